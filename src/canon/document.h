/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_DOCUMENT_H
#define XD_CANON_DOCUMENT_H

#include "base/rc.h"
#include "tree/node.h"

/* The documents of Crossdock and where their facts go: documents_table.c. */
typedef struct {
    const char *name;   /* "shipment" */
    const char *domain; /* "fulfil": its exchange is xd.<domain> */
    const char *number; /* dotted path of its number, "shipmentNo" */
    const char *site;   /* dotted path of its site's GLN or code, or NULL */
    const char *const
        *also; /* further paths that people search by; NULL ends */
} xd_document_t;

const xd_document_t *xd_document_find(xd_str_t name);

/* What people call this document's number: what stands at `number`, or at the
 * first of `also` where that is missing (an item without a GTIN).  XD_STR_NONE
 * when there is none. */
xd_str_t xd_document_number(const xd_document_t *row, const xd_node_t *doc);

/* All rows; ends with a NULL name. */
extern const xd_document_t xd_documents[];

/* The partitions of keys: contracts, "Names and exchanges". */
#define XD_PARTITIONS 8

/* CRC-32 of a business key modulo the partitions. */
uint32_t xd_partition(xd_str_t key);

/* What `meta` is made from; slices need live only for the call. */
typedef struct {
    xd_str_t document; /* "shipment" */
    xd_str_t event;    /* "created" */
    xd_str_t id;       /* message-id of the fact */
    xd_str_t key;      /* business key; ordering and dedupe */
    uint64_t key_version;
    xd_str_t occurred_at, recorded_at; /* instants */
    xd_str_t system, partner, control; /* meta.source; empty: left out */
    xd_str_t correlation_id, causation_id;
    bool test;
    xd_str_t standard, doc_type, sha256, map; /* meta.origin */
    uint32_t set, ordinal;
    xd_node_t *ext; /* an object, or NULL */
} xd_meta_t;

/* Puts meta as the first member of doc, texts copied.  A meta that a caller
 * of the gateway posted is written over in its place; its ext is kept when
 * meta->ext is NULL.  NULL when the arena is full. */
xd_node_t *xd_meta_put(xd_arena_t *arena, xd_node_t *doc,
    const xd_meta_t *meta);

#endif
