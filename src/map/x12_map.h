/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_X12_MAP_H
#define XD_MAP_X12_MAP_H

#include "map/line.h"


/* What codecs of X12 have in common; rows stand in x12_codes_table.c. */

extern const map_code_t x12_units[]; /* 355 -> Recommendation 20, 21 */
extern const map_code_t x12_zones[]; /* 623 -> "+01:00" */

/* Keys of elements: x12_names[1] is "1". */
#define X12_NAMES 40
extern const char *const x12_names[X12_NAMES];

/* The first segment of that id whose first element is the qualifier; any when
 * that is NULL.  NULL when there is none. */
const xd_node_t *x12_segment(const xd_node_t *in, const char *id,
    const char *qualifier);

/* A scheme for a code without name: "x12-235-ZZ". */
const char *x12_scheme(map_run_t *m, const char *element, xd_str_t code);

/* CCYYMMDD or YYMMDD as YYYY-MM-DD; empty when it is none. */
xd_str_t x12_date(map_run_t *m, xd_str_t date);

/* A point in time in UTC; empty when date or time are none.  No time is
 * midnight, no zone is UTC: that is told once. */
xd_str_t x12_instant(map_run_t *m, xd_str_t date, xd_str_t time, xd_str_t zone);

/* An N1 loop as a party; NULL when memory is out. */
xd_node_t *x12_put_party(map_run_t *m, xd_node_t *to, const char *key,
    const xd_node_t *n1, const map_table_t *ids);

/* One pair of scheme and number of an article, as its gtin or an altId. */
void x12_put_item_id(map_run_t *m, xd_node_t *item, const xd_node_t *seg,
    const char *scheme, const char *number, const map_table_t *ids);

#endif
