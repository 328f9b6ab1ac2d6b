/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_PAGE_H
#define XD_CANON_PAGE_H

#include "base/buf.h"
#include "canon/book.h"
#include "canon/lifecycle.h"

/* A schema as a page for people, in Markdown that reads well on a terminal
 * too: from it alone a document can be written by hand. */
typedef struct {
    const xd_book_t *book;
    const xd_leaf_t *leaf;
    const xd_lifecycles_t *lifecycles; /* or NULL */
    const xd_node_t *example;          /* a whole document, or NULL */
} xd_page_t;

/* Writes the page at the end of out; look at xd_buf_rc(out).  XD_OK;
 * XD_E_SYNTAX when a reference leads nowhere; XD_E_MEMORY. */
XD_CHECKED xd_rc_t xd_page_write(xd_arena_t *arena, const xd_page_t *page,
    xd_buf_t *out);

/* What others call a document: a row of standards_table.c. */
typedef struct {
    const char *document, *x12, *edifact, *other; /* NULL: nothing */
} xd_standard_t;

extern const xd_standard_t xd_standards[]; /* ends with a NULL document */

const xd_standard_t *xd_standard_find(xd_str_t document);

#endif
