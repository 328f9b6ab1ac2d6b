/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_X12_856_H
#define XD_MAP_X12_856_H

#include "base/report.h"
#include "tree/node.h"

/*
 * xd_map_x12_856 - an 856 set into the business part of a canonical shipment
 *
 *   arena  owns the result
 *   set    the tree of edi/grade.h
 *   rep    gains what could not be carried over, by path and offset
 *   out    the document without its meta; set only when XD_OK
 *
 * What no row names goes to the caller's meta.ext.x12 by way of *residue (an
 * object, or NULL when nothing is left).
 *
 * Returns XD_OK, XD_E_SYNTAX when a shipment cannot be made, XD_E_MEMORY.
 *
 * Standard: X12 004010 to 005010, transaction set 856.
 */
XD_CHECKED xd_rc_t xd_map_x12_856(xd_arena_t *arena, const xd_node_t *set,
    xd_report_t *rep, xd_node_t **out, xd_node_t **residue);

/* The version of this map, part of meta.origin. */
#define XD_MAP_X12_856_VERSION "x12-856/1"

#endif
