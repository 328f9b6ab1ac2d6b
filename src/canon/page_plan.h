/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_PAGE_PLAN_H
#define XD_CANON_PAGE_PLAN_H

/* Inside of page: what its files share. */

#include "canon/format.h"
#include "canon/page.h"

/* One object of the page: a table of its own. */
typedef struct {
    xd_str_t name; /* of its heading */
    const xd_node_t *schema;
} xd_section_t;

typedef struct {
    xd_arena_t *arena;
    const xd_page_t *page;
    xd_buf_t *out;
    xd_vec_t sections; /* those written and those to come */
    xd_vec_t formats;  /* of const xd_format_t *: used so far */
    xd_rc_t rc;
} xd_pager_t;

/* Writes the table of the document, of each object in it, and the kinds. */
void xd_page_members(xd_pager_t *p);

/* The first value of a keyword here or in what is referred to; NULL. */
const xd_node_t *xd_page_value(xd_pager_t *p, const xd_node_t *schema,
    const char *keyword);

/* The limits of a value, as words in a cell. */
void xd_page_limits(xd_pager_t *p, const xd_node_t *schema);

/* What an object asks for beside its required members, as sentences. */
void xd_page_conditions(xd_pager_t *p, const xd_node_t *schema);

#endif
