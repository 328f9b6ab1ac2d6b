/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_BUNDLE_H
#define XD_CANON_BUNDLE_H

#include "canon/book.h"

/*
 * xd_schema_bundle - one schema that stands alone
 *
 *   prefix  what a reference to its own root begins with: "#", or
 *           "#/components/schemas/item" where it is put into another document
 *
 * A copy of the leaf's schema in which what it refers to in other files
 * stands under its $defs, as "common.money".  Anchors are left out of what is
 * copied from others; with a prefix other than "#" its own $id, $schema and
 * $anchor too, so that it means the same inside of that document.
 * Returns XD_OK; XD_E_SYNTAX when a reference leads nowhere; XD_E_LIMIT when
 * it is nested too deep; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_schema_bundle(xd_arena_t *arena, const xd_book_t *book,
    const xd_leaf_t *leaf, const char *prefix, xd_node_t **out);

#endif
