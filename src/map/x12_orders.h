/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_X12_ORDERS_H
#define XD_MAP_X12_ORDERS_H

#include "base/report.h"
#include "tree/node.h"

/* Orders, their answers and invoices: functions of x12_maps.h, made of the
 * tables of lines. */

/* 850 as an order of a customer. */
XD_CHECKED xd_rc_t xd_map_x12_850_sales(xd_arena_t *arena, const xd_node_t *set,
    xd_report_t *rep, xd_node_t **out, xd_node_t **residue);

/* 850 as a purchase order of ours. */
XD_CHECKED xd_rc_t xd_map_x12_850(xd_arena_t *arena, const xd_node_t *set,
    xd_report_t *rep, xd_node_t **out, xd_node_t **residue);
XD_CHECKED xd_rc_t xd_map_x12_850_write(xd_arena_t *arena, const xd_node_t *doc,
    xd_report_t *rep, xd_node_t **set);

XD_CHECKED xd_rc_t xd_map_x12_855(xd_arena_t *arena, const xd_node_t *set,
    xd_report_t *rep, xd_node_t **out, xd_node_t **residue);
XD_CHECKED xd_rc_t xd_map_x12_855_write(xd_arena_t *arena, const xd_node_t *doc,
    xd_report_t *rep, xd_node_t **set);

XD_CHECKED xd_rc_t xd_map_x12_810(xd_arena_t *arena, const xd_node_t *set,
    xd_report_t *rep, xd_node_t **out, xd_node_t **residue);
XD_CHECKED xd_rc_t xd_map_x12_810_write(xd_arena_t *arena, const xd_node_t *doc,
    xd_report_t *rep, xd_node_t **set);

#endif
