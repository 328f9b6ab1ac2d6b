/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CONF_PLACE_H
#define XD_CONF_PLACE_H

#include "conf/conf.h"

/*
 * xd_conf_place - the file and pointer of a node: "partners/acme.yaml:/edi"
 *
 *   arena  owns the text
 *   node   from one of conf's trees
 *
 * A NULL .ptr when the arena is full.
 */
xd_str_t xd_conf_place(xd_arena_t *arena, const xd_conf_t *conf,
    const xd_node_t *node);

/* A fault at a node, with its place; the sentence is formatted. */
void xd_conf_fault(xd_report_t *rep, const xd_conf_t *conf,
    const xd_node_t *node, const char *rule, const char *format, ...)
    XD_PRINTF(5, 6);

#endif
