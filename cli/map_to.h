/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CLI_MAP_TO_H
#define XD_CLI_MAP_TO_H

#include "cli.h"

#include "base/report.h"

/* What xd map --to makes: canonical, same, x12:850/005010, edifact:ORDERS/D96A,
 * ubl:Order/2.1 */
typedef enum {
    MAP_TO_CANONICAL,
    MAP_TO_SAME,
    MAP_TO_SETS,
    MAP_TO_XML
} map_to_kind_t;

typedef struct {
    map_to_kind_t kind;
    const char *text;              /* as it was asked for */
    xd_str_t syntax, set, version; /* of sets and XML; version may be empty */
} map_to_t;

/* False when the text is none of these. */
bool map_to_read(const char *text, map_to_t *out);

/* What was read, written back: EDI byte for byte, JSON by RFC 8785.  XD_OK;
 * XD_E_SYNTAX with findings; XD_E_NOT_FOUND when it is neither; XD_E_MEMORY;
 * XD_E_IO. */
XD_CHECKED xd_rc_t map_to_same(xd_arena_t *arena, xd_str_t bytes,
    xd_report_t *rep);

/* Is it a document, and no interchange? */
bool map_is_json(xd_str_t bytes);

#endif
