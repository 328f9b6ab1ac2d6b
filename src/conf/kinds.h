/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CONF_KINDS_H
#define XD_CONF_KINDS_H

#include "conf/conf.h"

/* One kind of configuration file; the rows stand in kinds_table.c. */
typedef struct {
    const char *name;   /* file without .yaml, or folder of such files */
    const char *schema; /* "partner": schemas/partner.schema.json */
    size_t tree;        /* offset of its tree in xd_conf_t */
    bool folder;        /* a tree of id -> file */
    bool optional;      /* may be absent */
} xd_conf_kind_t;

/* Ends with a NULL name. */
extern const xd_conf_kind_t xd_conf_kinds[];

/* Where conf keeps the tree of a kind. */
static inline xd_node_t **
xd_conf_tree(xd_conf_t *conf, const xd_conf_kind_t *kind)
{
    return (xd_node_t **) (void *) ((char *) conf + kind->tree);
}

#endif
