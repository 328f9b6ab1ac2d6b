/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_BOOK_H
#define XD_CANON_BOOK_H

#include "base/report.h"
#include "base/vec.h"
#include "tree/node.h"

/*
 * Schemas as they are written, not compiled: for who compares, bundles or
 * explains them.  A book is a folder of schemas, a release of one, or a file
 * with what it refers to.
 */

typedef struct {
    xd_str_t path;         /* below the folder, "item/item.schema.json" */
    xd_str_t id;           /* its $id, or empty */
    xd_str_t name;         /* "item" of urn:retail:item:1.0, else the path */
    uint32_t major, minor; /* 1, 0; 0, 0 where $id says none */
    const xd_node_t *root;
} xd_leaf_t;

typedef struct {
    xd_arena_t *arena;
    xd_vec_t leaves; /* of xd_leaf_t *, in the order of paths */
} xd_book_t;

/* A book without leaves. */
xd_book_t xd_book_new(xd_arena_t *arena);

/* Every schema below a folder.  XD_OK; XD_E_IO; XD_E_SYNTAX or XD_E_LIMIT
 * with findings; XD_E_MEMORY. */
XD_CHECKED xd_rc_t xd_book_load(xd_arena_t *arena, const char *dir,
    xd_book_t *out, xd_report_t *rep);

/*
 * xd_book_release - the schemas as they were released
 *
 *   dir      canonical-schemas/
 *   version  "1.0": released/1.0/MANIFEST lists each file with its SHA-256
 *
 * A file that has not changed since stands in its place; of one that has, the
 * old bytes stand below released/1.0/.  Where neither has the digest of the
 * manifest there is a finding "release.file", and XD_E_CONF.
 * Otherwise as xd_book_load.
 */
XD_CHECKED xd_rc_t xd_book_release(xd_arena_t *arena, const char *dir,
    xd_str_t version, xd_book_t *out, xd_report_t *rep);

/* Adds a schema to a book, in the place of the one of the same $id; *leaf is
 * its own.  path and bytes live as long as the book.  As xd_book_load. */
XD_CHECKED xd_rc_t xd_book_put(xd_book_t *book, xd_str_t path, xd_str_t bytes,
    const xd_leaf_t **leaf, xd_report_t *rep);

/* The same with the bytes of a file. */
XD_CHECKED xd_rc_t xd_book_add(xd_book_t *book, const char *path,
    const xd_leaf_t **leaf, xd_report_t *rep);

/*
 * xd_book_find - a schema by name
 *
 *   name  an $id, a path, or a document: then the newest of that name
 *
 * Returns NULL when there is none.
 */
const xd_leaf_t *xd_book_find(const xd_book_t *book, xd_str_t name);

/* The leaf that a node stands in; NULL when it is of no book. */
const xd_leaf_t *xd_book_leaf_of(const xd_book_t *book, const xd_node_t *node);

/* What a $ref at a node of the book refers to; NULL when it is not there. */
const xd_node_t *xd_book_ref(const xd_book_t *book, const xd_node_t *at,
    xd_str_t ref);

#endif
