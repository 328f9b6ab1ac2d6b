/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FORMAT_JSON_H
#define XD_FORMAT_JSON_H

#include "base/buf.h"
#include "base/report.h"
#include "tree/node.h"


typedef struct {
    uint32_t depth;        /* most nested values; 0: 128 */
    uint32_t members;      /* most nodes in all; 0: 1,000,000 */
    bool allow_duplicates; /* public test suites only */
    bool allow_bom;        /* files from partners; gives an info finding */
} xd_json_limits_t;

/*
 * xd_json_read - a JSON text into a tree, losing nothing
 *
 *   arena   owns the tree; strings without escapes point into bytes, which
 *           must outlive it
 *   bytes   the whole text, UTF-8
 *   limits  NULL: the defaults
 *   out     set only when XD_OK is returned
 *   rep     gains the finding (rule "json.…", line and column, pointer)
 *
 * Numbers stay as written; a duplicate member is a fault with its pointer.
 * Returns XD_OK, XD_E_SYNTAX, XD_E_LIMIT (depth, members) or XD_E_MEMORY.
 *
 * Standard: RFC 8259.
 */
XD_CHECKED xd_rc_t xd_json_read(xd_arena_t *arena, xd_str_t bytes,
    const xd_json_limits_t *limits, xd_node_t **out, xd_report_t *rep);

typedef enum {
    XD_JSON_COMPACT,
    XD_JSON_PRETTY,   /* two blanks a level, a line end at the end */
    XD_JSON_CANONICAL /* RFC 8785: sorted members, numbers as ECMAScript */
} xd_json_form_t;

/* Writes node at the end of out; look at xd_buf_rc(out). */
void xd_json_write(xd_buf_t *out, const xd_node_t *node, xd_json_form_t form);

/* Writes s as a JSON string with its quotes; bytes that are no UTF-8 become
 * U+FFFD. */
void xd_json_string(xd_buf_t *out, xd_str_t s);

#endif
