/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_DIFF_H
#define XD_CANON_DIFF_H

#include "canon/book.h"

/*
 * What has changed between two versions of schemas, and for whom that is bad.
 *
 * Within a major a change must hurt neither side:
 * - who writes by the old schema must not be refused by the new one: nothing
 *   is asked for or ruled out that was not before;
 * - who reads by the old schema must find what it relies on: a member that
 *   was required, the kind of a value, its format.  It passes over members
 *   that it does not know, and takes an unknown code of an enum as OTHER.
 * So a new optional member, a new code and a wider limit are additive; all
 * else that changes what a document may be is breaking.
 */

typedef enum {
    XD_DIFF_DOCUMENTATION, /* what people read */
    XD_DIFF_ADDITIVE,      /* fine in a new minor */
    XD_DIFF_BREAKING,      /* asks for a new major */
    XD_DIFF_CLASSES
} xd_diff_class_t;

typedef struct {
    xd_diff_class_t class;
    const char *rule; /* stable id, "required.added" */
    xd_str_t path;    /* of the file it stands in: the new one, or the old one
                       * when it is gone there */
    xd_str_t pointer; /* into that file */
    xd_str_t text;    /* why, and what to do */
} xd_change_t;

/* One schema in both versions. */
typedef struct {
    const xd_leaf_t *old, *new;    /* old NULL: new schema; new NULL: gone */
    size_t count[XD_DIFF_CLASSES]; /* what it sees, through references too */
    bool new_major;                /* then it may break */
    bool refused;                  /* it breaks and may not */
} xd_diff_pair_t;

typedef struct {
    xd_vec_t changes; /* of xd_change_t; each told once, where it stands */
    xd_vec_t pairs;   /* of xd_diff_pair_t */
    size_t count[XD_DIFF_CLASSES];
    bool refused; /* one of them is */
} xd_diff_t;

/* A version to compare: a whole book, or one leaf of it. */
typedef struct {
    const xd_book_t *book;
    const xd_leaf_t *leaf; /* NULL: every one, matched by name */
} xd_diff_side_t;

/*
 * xd_schema_diff - compare two versions
 *
 * References are followed in their own book; alike schemas that are only
 * written in another way (a $ref, an allOf) are no change.
 * Returns XD_OK; XD_E_SYNTAX after a finding: a reference leads nowhere;
 * XD_E_LIMIT: nested too deep or too entangled; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_schema_diff(xd_arena_t *arena, xd_diff_side_t old,
    xd_diff_side_t new, xd_diff_t *out, xd_report_t *rep);

/* "breaking" */
const char *xd_diff_class_name(xd_diff_class_t class);

#endif
