/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_X12_MAPS_H
#define XD_MAP_X12_MAPS_H

#include "base/report.h"
#include "tree/node.h"

/* What a transaction set becomes, and by which map: x12_maps_table.c. */
typedef struct {
    const char *set; /* ST01 */
    const char *document, *event;
    const char *occurred; /* dotted path of an instant, or NULL */
    const char *version;  /* of the map, for meta.origin */

    /* See xd_map_x12_856: the business part and what no row names. */
    xd_rc_t (*map)(xd_arena_t *arena, const xd_node_t *set, xd_report_t *rep,
        xd_node_t **out, xd_node_t **residue);
} xd_x12_map_t;

/* The row of a set, or NULL: no map reads it. */
const xd_x12_map_t *xd_x12_map_find(xd_str_t set);

#endif
