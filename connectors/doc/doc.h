/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_DOC_DOC_H
#define XD_DOC_DOC_H

#include "canon/document.h"
#include "conf/conf.h"
#include "map/mapping.h"
#include "relay/relay.h"


/* xd-doc's own context, one generation of the configuration. */
typedef struct {
    const char *archive; /* folder */
    size_t findings;     /* kept of one message */
    xd_arena_t *arena;   /* owns the maps */
    xd_mappings_t maps;
} doc_t;

/* A document that came as XML: the map that read it, and what goes along. */
typedef struct {
    const xd_mapping_t *map;
    xd_node_t *doc, *residue; /* residue: or NULL */
    bool test;
} doc_read_t;

/* The work function of the relay: one raw document, of JSON or XML. */
xd_work_rc_t doc_inbound(void *ctx, xd_work_t *w);

/*
 * doc_read_xml - a text of XML by the map of its party, or of everybody
 *
 *   party  whose it is; lives as long as arena
 *   rep    gains findings
 *
 * Returns XD_OK; XD_E_SYNTAX, also when no map reads it; XD_E_LIMIT;
 * XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t doc_read_xml(const doc_t *d, xd_arena_t *arena,
    xd_str_t party, xd_str_t bytes, xd_report_t *rep, doc_read_t *out);

/* What meta says of such a document: set, standard, map, ext, when.  False
 * when the arena is full. */
bool doc_meta_xml(xd_arena_t *arena, const doc_read_t *read, xd_meta_t *meta);

#endif
