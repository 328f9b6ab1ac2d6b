/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_X12_LEVELS_H
#define XD_MAP_X12_LEVELS_H

#include "map/x12_map.h"


/* Blocks of the codec `levels`, in the order of its row in codecs_table.c. */
typedef enum {
    X12_LEVEL_SHIPMENT,
    X12_LEVEL_UNIT,
    X12_LEVEL_ORDER,
    X12_LEVEL_ITEM
} x12_level_block_t;

const map_line_t *x12_level_lines(const map_line_t *line,
    x12_level_block_t block);

/* HL03. */
xd_str_t x12_level_code(const xd_node_t *hl);

/* x12_levels_write.c */
map_write_fn x12_levels_write;

#endif
