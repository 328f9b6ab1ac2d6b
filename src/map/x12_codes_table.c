/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What codes of X12 are called in canonical documents.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "map/x12_map.h"


/* Element 355: units of measure; the same rows as canonical-schemas/codes, and
 * of several codes for one unit the preferred one first. */
const x12_code_t x12_units[] = {
    { "AS", "AS" }, { "BD", "XBE" }, { "BG", "XBG" }, { "BO", "XBO" },
    { "BX", "XBX" }, { "CA", "XCS" }, { "CC", "CMQ" }, { "CE", "CEL" },
    { "CF", "FTQ" }, { "CI", "INQ" }, { "CM", "CMT" }, { "CN", "XCX" },
    { "CR", "MTQ" }, { "CT", "XCT" }, { "DA", "DAY" }, { "DP", "DPR" },
    { "DR", "XDR" }, { "DZ", "DZN" }, { "EA", "EA" }, { "FA", "FAH" },
    { "FO", "OZA" }, { "FT", "FOT" }, { "GA", "GLL" }, { "GR", "GRM" },
    { "GS", "GRO" }, { "HR", "HUR" }, { "HU", "CEN" }, { "IN", "INH" },
    { "JR", "XJR" }, { "KE", "XKG" }, { "KG", "KGM" }, { "KT", "KT" },
    { "LB", "LBR" }, { "LF", "LF" }, { "LM", "LM" }, { "LT", "LTR" },
    { "ME", "MGM" }, { "MJ", "MIN" }, { "ML", "MLT" }, { "MM", "MMT" },
    { "MO", "MON" }, { "MP", "TNE" }, { "MR", "MTR" }, { "OZ", "ONZ" },
    { "P1", "P1" }, { "PA", "XPL" }, { "PC", "H87" }, { "PK", "XPK" },
    { "PL", "XPX" }, { "PR", "PR" }, { "PT", "PTL" }, { "QT", "QTL" },
    { "RE", "XRL" }, { "RL", "XRO" }, { "RM", "RM" }, { "SF", "FTK" },
    { "SH", "XST" }, { "SI", "INK" }, { "SM", "MTK" }, { "ST", "SET" },
    { "SY", "YDK" }, { "TB", "XTU" }, { "TH", "MIL" }, { "TN", "STN" },
    { "TY", "XPU" }, { "UN", "C62" }, { "VI", "XVI" }, { "WK", "WEE" },
    { "YD", "YRD" }, { "YR", "ANN" }, { "CS", "XCS" },
    { NULL, NULL },
};

/* Element 235: whose number of an article it is. */
const x12_code_t x12_item_ids[] = {
    { "UP", "gtin" }, { "UA", "gtin" }, { "UK", "gtin" }, { "EN", "gtin" },
    { "EO", "gtin" },
    { "VN", "supplierSku" }, { "VP", "supplierSku" }, { "VA", "supplierSku" },
    { "IN", "buyerSku" },    { "BP", "buyerSku" },    { "PI", "buyerSku" },
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

/* Element 128: numbers of a party that have a code of their own. */
const x12_code_t x12_party_refs[] = {
    { "VR", "vendorNo" }, { "ST", "storeNo" }, { "VX", "vat" },
    { "TJ", "taxId" },    { "GT", "gst" },
    { NULL, NULL },
};

/* Element 1300: why something is taken off or put on. */
const x12_code_t x12_charges[] = {
    { "D240", "freight" },  { "C310", "discount" }, { "I530", "volume" },
    { "F800", "promotion" }, { "D500", "handling" }, { "G740", "service" },
    { "F155", "packing" },
    { NULL, NULL },
};

/* Element 639: the number of units that a price is for. */
const x12_code_t x12_bases[] = {
    { "PE", "1" }, { "PN", "10" }, { "HP", "100" }, { "TP", "1000" },
    { NULL, NULL },
};

/* Element 587: what becomes of an order; of those for one status the first is
 * written. */
const x12_code_t x12_answers[] = {
    { "AD", "accepted" }, { "AC", "changed" },  { "RD", "rejected" },
    { "AT", "accepted" }, { "AK", "accepted" }, { "AP", "accepted" },
    { "AE", "changed" },  { "RJ", "rejected" }, { "RF", "rejected" },
    { NULL, NULL },
};

/* The same, for an answer without lines. */
const x12_code_t x12_short_answers[] = {
    { "AK", "accepted" }, { "AC", "changed" }, { "RJ", "rejected" },
    { NULL, NULL },
};

/* Element 668: what becomes of a line. */
const x12_code_t x12_line_answers[] = {
    { "IA", "accepted" },    { "IC", "changed" },  { "IR", "rejected" },
    { "IB", "backordered" }, { "IS", "substituted" },
    { "AA", "accepted" },    { "AC", "accepted" }, { "AR", "accepted" },
    { "IP", "changed" },     { "IQ", "changed" },  { "DR", "changed" },
    { "IE", "changed" },     { "SP", "accepted" },
    { "BP", "backordered" }, { "ID", "rejected" },
    { "R1", "rejected" },    { "R2", "rejected" }, { "R3", "rejected" },
    { "R4", "rejected" },    { "R5", "rejected" }, { "R6", "rejected" },
    { "R7", "rejected" },    { "R8", "rejected" },
    { NULL, NULL },
};
