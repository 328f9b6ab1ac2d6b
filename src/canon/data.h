/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_DATA_H
#define XD_CANON_DATA_H

#include "base/vec.h"
#include "canon/schema.h"

/* The data that stands beside the schemas: lifecycles/, codes/. */

typedef struct {
    xd_str_t path; /* below the folder of the schemas, "codes/rec-20.json" */
    const xd_node_t *root;
} xd_data_t;

/* Where from, and what it must be. */
typedef struct {
    xd_arena_t *arena;       /* owns what is read */
    const char *dir;         /* canonical-schemas/ */
    const char *folder;      /* "codes" */
    const xd_schema_t *form; /* the schema of each file */
    xd_report_t *rep;
} xd_data_from_t;

/*
 * xd_data_load - read every *.json of one folder, in the order of names
 *
 *   files  gains one xd_data_t each
 *
 * Returns XD_OK; XD_E_IO; XD_E_CONF with findings (path "file:pointer");
 * XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_data_load(const xd_data_from_t *from, xd_vec_t *files);

/* Adds a finding at a node of a file; its rule is an id that lives on. */
void xd_data_fault(const xd_data_from_t *from, const xd_data_t *file,
    const xd_node_t *at, const char *rule, const char *format, ...)
    XD_PRINTF(5, 6);

#endif
