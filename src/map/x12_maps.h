/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_X12_MAPS_H
#define XD_MAP_X12_MAPS_H

#include "base/report.h"
#include "tree/node.h"

/*
 * Between transaction sets and documents, both ways: x12_maps_table.c.
 *
 * map - a set into the business part of a document
 *
 *   arena    owns the result; texts may be those of the set
 *   set      the tree of edi/grade.h
 *   rep      gains what could not be carried over, by path and offset
 *   out      the document without its meta; set only when XD_OK
 *   residue  what no line of the map names, for the caller's meta.ext.x12; an
 *            object, or NULL when nothing is left
 *
 * Returns XD_OK; XD_E_SYNTAX when there is no document in it, by a finding
 * that names the member; XD_E_MEMORY.
 *
 * write - a document into a set
 *
 *   doc  canonical, valid; with or without its meta
 *   rep  gains what the set cannot say, by the JSON Pointer of the member:
 *        errors, and warnings of what was left out (x12.map.lost)
 *   set  a tree as edi/write.h takes it, without ST02; set only when XD_OK
 *
 * Returns XD_OK; XD_E_SYNTAX when the document cannot be said in that set;
 * XD_E_MEMORY.  What was written, read again, is the same document in all
 * that the map names.
 */
typedef struct {
    const char *set; /* ST01 */
    const char *document, *event;
    const char *occurred; /* dotted path of an instant, or NULL */
    const char *version;  /* of the map, for meta.origin */

    xd_rc_t (*map)(xd_arena_t *arena, const xd_node_t *set, xd_report_t *rep,
        xd_node_t **out, xd_node_t **residue);

    /* NULL: this document is never written as this set. */
    xd_rc_t (*write)(xd_arena_t *arena, const xd_node_t *doc, xd_report_t *rep,
        xd_node_t **set);
} xd_x12_map_t;

/* The row of a set that comes in, or NULL: no map reads it.  An order that
 * comes in is a sales-order. */
const xd_x12_map_t *xd_x12_map_find(xd_str_t set);

/* The row of a document that goes out, or NULL: no map writes it. */
const xd_x12_map_t *xd_x12_map_out(xd_str_t document);

/* The row of a set and a document, for partners of whom the rules above do not
 * hold; or NULL. */
const xd_x12_map_t *xd_x12_map_of(xd_str_t set, xd_str_t document);

#endif
