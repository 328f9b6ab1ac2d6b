/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Units of EDIFACT that Recommendation 20 calls otherwise: packages without
 * their X, and pieces.  Of several for one the first is written.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "map/edifact_map.h"


/* canonical-schemas/codes/edifact-6411.json, as far as it differs */
const map_code_t edifact_units[] = {
    { "BE", "XBE" }, { "BG", "XBG" }, { "BO", "XBO" }, { "BX", "XBX" },
    { "CR", "XCR" }, { "CS", "XCS" }, { "CT", "XCT" }, { "CX", "XCX" },
    { "DR", "XDR" }, { "JR", "XJR" }, { "PCE", "H87" }, { "PK", "XPK" },
    { "PU", "XPU" }, { "PX", "XPX" }, { "RO", "XRO" }, { "TU", "XTU" },
    { NULL, NULL },
};
