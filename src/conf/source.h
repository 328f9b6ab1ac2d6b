/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CONF_SOURCE_H
#define XD_CONF_SOURCE_H

#include "base/vec.h"
#include "conf/kinds.h"

/* The files of one load, while it lasts. */
typedef struct {
    xd_conf_t *conf;
    xd_arena_t *scratch; /* gone after the load */
    xd_report_t *rep;
    xd_schemas_t *shapes; /* conf/schemas/, compiled */
    xd_vec_t files;       /* of xd_conf_file_t, as read */
    bool unreadable;      /* a file that has to be there could not be read */
} xd_conf_source_t;

typedef struct {
    xd_str_t name; /* "partners/acme.yaml" */
    xd_str_t bytes;
} xd_conf_file_t;

/*
 * xd_conf_read_kind - read, check and fill the files of one kind
 *
 * Sets the kind's tree in any case: for a file that could not be read it is
 * null, so that nothing that refers to it is reported as well.
 *
 * Returns XD_OK, also with faults in the report; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_conf_read_kind(xd_conf_source_t *src,
    const xd_conf_kind_t *kind);

/* One hash over names and bytes of all files read; XD_OK or XD_E_MEMORY. */
XD_CHECKED xd_rc_t xd_conf_hash(xd_conf_source_t *src);

#endif
