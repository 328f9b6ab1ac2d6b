/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What codes of X12 are called in canonical documents, where no map says it:
 * conf/maps/x12/common.map has the others.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "map/x12_map.h"


/* Element 355: units of measure; the same rows as canonical-schemas/codes, and
 * of several codes for one unit the preferred one first. */
const map_code_t x12_units[] = {
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

/* Element 623: hours from UTC. */
const map_code_t x12_zones[] = {
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
