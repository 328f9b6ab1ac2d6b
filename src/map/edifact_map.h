/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_EDIFACT_MAP_H
#define XD_MAP_EDIFACT_MAP_H

#include "map/line.h"

/* 6411 where it is not Recommendation 20 itself; edifact_codes_table.c */
extern const map_code_t edifact_units[];

#endif
