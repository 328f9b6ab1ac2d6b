/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_CODELIST_H
#define XD_CANON_CODELIST_H

#include "canon/schema.h"

/*
 * Code lists of others, with where they come from: canonical-schemas/codes/,
 * one file each.  What is looked at for every document stands in codes.h.
 */

typedef struct xd_codelist_s xd_codelist_t;
typedef struct xd_codelists_s xd_codelists_t;

/*
 * xd_codelists_load - read codes/ and hold each to its schema
 *
 *   dir      canonical-schemas/
 *   schemas  the set of the same folder
 *
 * Also refused: a code that stands twice, a member that `members` does not
 * name, several codes for one `rec20` of which not exactly one is preferred.
 * Returns XD_OK; XD_E_IO; XD_E_CONF with findings (path "file:pointer");
 * XD_E_NOT_FOUND without a schema for it; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_codelists_load(xd_arena_t *arena, const char *dir,
    const xd_schemas_t *schemas, xd_codelists_t **out, xd_report_t *rep);

/* By name, "iso-4217"; NULL when there is none. */
const xd_codelist_t *xd_codelist_find(const xd_codelists_t *set, xd_str_t name);

/* The whole file: title, source, codes. */
const xd_node_t *xd_codelist_root(const xd_codelist_t *list);

/* The row of a code, an object; NULL when it has none. */
const xd_node_t *xd_codelist_row(const xd_codelist_t *list, xd_str_t code);

/* The code of Recommendation 20 for a unit of x12-355 or edifact-6411, and
 * the way back: where several codes mean one, the preferred.  XD_STR_NONE
 * when there is none. */
xd_str_t xd_codelist_rec20(const xd_codelist_t *list, xd_str_t code);
xd_str_t xd_codelist_from_rec20(const xd_codelist_t *list, xd_str_t unit);

#endif
