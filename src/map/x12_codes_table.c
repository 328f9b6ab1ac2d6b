/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What codes of X12 are called in canonical documents.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "map/x12_map.h"


/* Element 355: units of measure. */
const x12_code_t x12_units[] = {
    { "EA", "EA" },  { "PC", "H87" }, { "UN", "C62" }, { "PR", "PR" },
    { "DZ", "DZN" }, { "ST", "SET" },
    { "CA", "XCS" }, { "CS", "XCS" }, { "CT", "XCT" }, { "BX", "XBX" },
    { "PK", "XPK" }, { "BG", "XBG" }, { "BO", "XBO" }, { "CN", "XCX" },
    { "JR", "XJR" }, { "RL", "XRO" }, { "PL", "XPX" },
    { "LB", "LBR" }, { "OZ", "ONZ" }, { "KG", "KGM" }, { "GR", "GRM" },
    { "FT", "FOT" }, { "IN", "INH" }, { "YD", "YRD" }, { "MR", "MTR" },
    { "CM", "CMT" }, { "SF", "FTK" }, { "CF", "FTQ" },
    { "GA", "GLL" }, { "LT", "LTR" }, { "ML", "MLT" },
    { NULL, NULL },
};

/* Element 235: whose number of an article it is. */
const x12_code_t x12_item_ids[] = {
    { "UP", "gtin" }, { "UA", "gtin" }, { "UK", "gtin" }, { "EN", "gtin" },
    { "EO", "gtin" },
    { "VN", "supplierSku" }, { "VP", "supplierSku" }, { "VA", "supplierSku" },
    { "BP", "buyerSku" },    { "IN", "buyerSku" },    { "PI", "buyerSku" },
    { "CB", "buyerSku" },    { "SK", "sku" },
    { "MG", "manufacturerPart" }, { "MF", "manufacturerPart" },
    { NULL, NULL },
};

/* Element 66: who gave a party its number. */
const x12_code_t x12_party_ids[] = {
    { "UL", "gln" },   { "1", "duns" },   { "9", "dunsPlus4" },
    { "2", "scac" },   { "91", "sellerNo" }, { "92", "buyerNo" },
    { NULL, NULL },
};

/* Element 88: what the mark on a package is. */
const x12_code_t x12_package_ids[] = {
    { "GM", "sscc" }, { "AA", "sscc" }, { "CP", "carrierPackage" },
    { NULL, NULL },
};

/* Element 623: hours from UTC. */
const x12_code_t x12_zones[] = {
    { "UT", "+00:00" }, { "GM", "+00:00" },
    { "ES", "-05:00" }, { "ED", "-04:00" }, { "CS", "-06:00" },
    { "CD", "-05:00" }, { "MS", "-07:00" }, { "MD", "-06:00" },
    { "PS", "-08:00" }, { "PD", "-07:00" },
    { "01", "+01:00" }, { "02", "+02:00" }, { "03", "+03:00" },
    { "04", "+04:00" }, { "05", "+05:00" }, { "06", "+06:00" },
    { "07", "+07:00" }, { "08", "+08:00" }, { "09", "+09:00" },
    { "10", "+10:00" }, { "11", "+11:00" }, { "12", "+12:00" },
    { "13", "-12:00" }, { "14", "-11:00" }, { "15", "-10:00" },
    { "16", "-09:00" }, { "17", "-08:00" }, { "18", "-07:00" },
    { "19", "-06:00" }, { "20", "-05:00" }, { "21", "-04:00" },
    { "22", "-03:00" }, { "23", "-02:00" }, { "24", "-01:00" },
    { NULL, NULL },
};
