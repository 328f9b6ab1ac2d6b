/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_DIFF_PLAN_H
#define XD_CANON_DIFF_PLAN_H

/* Inside of diff: what its files share. */

#include "base/map.h"
#include "canon/diff.h"

/*
 * All the schemas that hold for one value: the one that stands there, what it
 * refers to, and the branches of its allOf.  Of each keyword all are asked;
 * so it does not matter in which of them it is written.
 */
typedef struct {
    const xd_node_t **at;
    size_t count, room;
} xd_view_t;

/* What may change: rows of diff_table.c, in this order. */
typedef enum {
    XD_CHANGE_SCHEMA_ADDED,
    XD_CHANGE_SCHEMA_REMOVED,
    XD_CHANGE_VERSION_BACK,
    XD_CHANGE_FORM_ADDED,
    XD_CHANGE_FORM_REMOVED,
    XD_CHANGE_NOTE,
    XD_CHANGE_MEMBER_ADDED,
    XD_CHANGE_MEMBER_CLAIMED,
    XD_CHANGE_MEMBER_REMOVED,
    XD_CHANGE_REQUIRED_ADDED,
    XD_CHANGE_REQUIRED_REMOVED,
    XD_CHANGE_CLOSED,
    XD_CHANGE_OPENED,
    XD_CHANGE_TYPE_WIDENED,
    XD_CHANGE_TYPE_NARROWED,
    XD_CHANGE_CODE_ADDED,
    XD_CHANGE_CODE_REMOVED,
    XD_CHANGE_CODES_SET,
    XD_CHANGE_CODES_LIFTED,
    XD_CHANGE_LIMIT_WIDER,
    XD_CHANGE_LIMIT_NARROWER,
    XD_CHANGE_LIMIT_SET,
    XD_CHANGE_LIMIT_LIFTED,
    XD_CHANGE_PATTERN_SET,
    XD_CHANGE_PATTERN_LIFTED,
    XD_CHANGE_FORMAT_SET,
    XD_CHANGE_FORMAT_LIFTED,
    XD_CHANGE_CHECK_SET,
    XD_CHANGE_CHECK_LIFTED,
    XD_CHANGE_BRANCH_ADDED,
    XD_CHANGE_BRANCH_REMOVED,
    XD_CHANGE_IMPOSSIBLE,
    XD_CHANGE_POSSIBLE
} xd_change_kind_t;

/* The sentence is before, what it is about, after. */
typedef struct {
    xd_diff_class_t class;
    const char *rule, *before, *after;
} xd_change_row_t;

extern const xd_change_row_t xd_change_rows[];

typedef struct xd_differ_s xd_differ_t;

/* Compares one keyword of two views. */
typedef void xd_diff_fn(xd_differ_t *d, const xd_view_t *old,
    const xd_view_t *new, const char *keyword);

typedef struct {
    const char *keyword;
    xd_diff_fn *compare;
} xd_diff_row_t;

extern const xd_diff_row_t xd_diff_rows[]; /* ends with a NULL keyword */

struct xd_differ_s {
    xd_arena_t *arena;
    xd_diff_side_t old, new;
    xd_diff_t *out;
    xd_report_t *rep;
    xd_map_t *told;       /* changes: each is told once */
    xd_map_t *seen;       /* pairs of views, of this pair of schemas */
    xd_diff_pair_t *pair; /* the schemas at work */
    size_t steps;
    unsigned depth;
    xd_rc_t rc; /* the first failure; nothing more is done then */
};

/* Compares what two views say of a value; empty ones say nothing. */
void xd_diff_views(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new);

/* The view of one schema; empty for NULL. */
xd_view_t xd_diff_view(xd_differ_t *d, const xd_book_t *book,
    const xd_node_t *schema);

/* Adds a schema with all that it refers to. */
void xd_diff_expand(xd_differ_t *d, const xd_book_t *book, xd_view_t *view,
    const xd_node_t *schema);

/* All that a keyword's schemas say: `items` of each schema of a view. */
xd_view_t xd_diff_below(xd_differ_t *d, const xd_book_t *book,
    const xd_view_t *view, const char *keyword);

/* The first value of a keyword; NULL when no schema of the view has it. */
const xd_node_t *xd_diff_first(const xd_view_t *view, const char *keyword);

/* Tells a change at a node of either book. */
void xd_diff_tell(xd_differ_t *d, xd_change_kind_t kind, const xd_node_t *at,
    xd_str_t about);

/* Where a change is told: at the keyword, else at the schema. */
const xd_node_t *xd_diff_place(const xd_view_t *view, const char *keyword);

/* diff_values.c */
xd_diff_fn xd_diff_type, xd_diff_enum, xd_diff_least, xd_diff_most,
    xd_diff_flag, xd_diff_pattern, xd_diff_format, xd_diff_whole, xd_diff_note;

/* diff_members.c */
xd_diff_fn xd_diff_members, xd_diff_required, xd_diff_rest, xd_diff_one,
    xd_diff_branches, xd_diff_when;

#endif
