/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CLI_SCHEMA_H
#define XD_CLI_SCHEMA_H

#include "cli.h"

#include "canon/book.h"

/* One run of xd schema. */
typedef struct {
    xd_arena_t *arena;
    const char *dir; /* canonical-schemas/ */
    xd_report_t rep;
    bool json;
} schema_t;

/* Tells what a loader found wrong with files, and rc of what it worked on;
 * CLI_GOOD for XD_OK, else CLI_FAILED: nothing was compared. */
XD_CHECKED int schema_told(schema_t *s, xd_rc_t rc, const char *what);

/* Leaves the schemas' folder in s->dir; CLI_FAILED after it was told that
 * there is none. */
XD_CHECKED int schema_need_dir(schema_t *s);

/* The schemas as they are now. */
XD_CHECKED int schema_head(schema_t *s, xd_book_t *book);

/*
 * schema_open - the version that a name means
 *
 *   name  a folder, a file, a release, a document or a URN
 *   leaf  the one schema that it names; NULL: the whole book
 *
 * Returns CLI_GOOD, or CLI_FAILED after the fault was told.
 */
XD_CHECKED int schema_open(schema_t *s, const char *name, xd_book_t *book,
    const xd_leaf_t **leaf);

#endif
