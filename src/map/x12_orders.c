/* SPDX-License-Identifier: BSD-2-Clause */

#include "map/x12_orders.h"

#include "map/x12_lines_table.h"


xd_rc_t
xd_map_x12_850_sales(xd_arena_t *arena, const xd_node_t *set, xd_report_t *rep,
    xd_node_t **out, xd_node_t **residue)
{
    return x12_lines_read(arena, &x12_sales_order_850, set, rep, out, residue);
}


xd_rc_t
xd_map_x12_850(xd_arena_t *arena, const xd_node_t *set, xd_report_t *rep,
    xd_node_t **out, xd_node_t **residue)
{
    return x12_lines_read(arena, &x12_purchase_order_850, set, rep, out,
        residue);
}


xd_rc_t
xd_map_x12_850_write(xd_arena_t *arena, const xd_node_t *doc, xd_report_t *rep,
    xd_node_t **set)
{
    return x12_lines_write(arena, &x12_purchase_order_850, doc, rep, set);
}


xd_rc_t
xd_map_x12_855(xd_arena_t *arena, const xd_node_t *set, xd_report_t *rep,
    xd_node_t **out, xd_node_t **residue)
{
    return x12_lines_read(arena, &x12_order_response_855, set, rep, out,
        residue);
}


xd_rc_t
xd_map_x12_855_write(xd_arena_t *arena, const xd_node_t *doc, xd_report_t *rep,
    xd_node_t **set)
{
    return x12_lines_write(arena, &x12_order_response_855, doc, rep, set);
}


xd_rc_t
xd_map_x12_810(xd_arena_t *arena, const xd_node_t *set, xd_report_t *rep,
    xd_node_t **out, xd_node_t **residue)
{
    return x12_lines_read(arena, &x12_invoice_810, set, rep, out, residue);
}


xd_rc_t
xd_map_x12_810_write(xd_arena_t *arena, const xd_node_t *doc, xd_report_t *rep,
    xd_node_t **set)
{
    return x12_lines_write(arena, &x12_invoice_810, doc, rep, set);
}
