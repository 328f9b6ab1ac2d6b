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

typedef struct xd_data_reader_s xd_data_reader_t;

/* A kind of data: its files become rows of one size. */
typedef struct {
    const char *folder; /* "codes" */
    const char *form;   /* the schema of each file, "codelist" */
    size_t size;        /* of a row, which comes zeroed */
    void (*read)(xd_data_reader_t *r, void *row); /* of r->file */
} xd_data_kind_t;

struct xd_data_reader_s {
    xd_arena_t *arena; /* owns what is read */
    const char *dir;   /* canonical-schemas/ */
    xd_report_t *rep;
    const xd_data_t *file; /* the one being read */
    size_t faults;
    xd_rc_t rc; /* XD_E_MEMORY: read sets it, and nothing more is read */
};

/*
 * xd_data_load - read every *.json of one kind's folder, in the order of names
 *
 *   all, count  gain the rows, one for each file
 *
 * What is wrong in one file does not keep the others from being read.
 * Returns XD_OK; XD_E_NOT_FOUND when schemas has no such form; XD_E_IO;
 * XD_E_CONF with findings (path "file:pointer"); XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_data_load(xd_data_reader_t *r,
    const xd_schemas_t *schemas, const xd_data_kind_t *kind, void **all,
    size_t *count);

/* Tells a fault at a node of r->file; its rule is an id that lives on. */
void xd_data_fault(xd_data_reader_t *r, const xd_node_t *at, const char *rule,
    const char *format, ...) XD_PRINTF(4, 5);

#endif
