/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_ROUTE_ROUTE_H
#define XD_ROUTE_ROUTE_H

#include "base/report.h"
#include "base/vec.h"
#include "tree/node.h"

/*
 * routes.yaml compiled: which destinations a fact goes to.  Equality on the
 * fields of the fact's key today; conditions in CEL come into `when`.
 *
 *   routes:
 *     - name: asn-to-erp
 *       owner: integration
 *       when: { document: shipment, event: created }
 *       to:   [ { process: http, destination: erp, verb: create } ]
 */

typedef struct xd_routes_s xd_routes_t;

typedef struct {
    xd_str_t document, event, site, partner;
    uint32_t version;
} xd_route_fact_t;

typedef struct {
    xd_str_t route;       /* its name: for xd explain */
    xd_str_t process;     /* "http" */
    xd_str_t destination; /* "erp" */
    xd_str_t verb;        /* "create" */
} xd_route_hit_t;

/* XD_OK; XD_E_CONF with findings (unknown document, a destination twice for
 * one fact, a route without owner); XD_E_MEMORY. */
XD_CHECKED xd_rc_t xd_routes_compile(xd_arena_t *arena, const xd_node_t *routes,
    xd_routes_t **out, xd_report_t *rep);

/* Appends each destination once, in the order of the file.  None for facts of
 * the domain ops: they tell what happened, and are carried nowhere. */
XD_CHECKED xd_rc_t xd_routes_match(const xd_routes_t *routes,
    const xd_route_fact_t *fact, xd_arena_t *arena, xd_vec_t *hits);

/* Every (process, destination, document, verb) that can be commanded: what
 * the topology needs queues for.  Rows of xd_route_hit_t. */
XD_CHECKED xd_rc_t xd_routes_destinations(const xd_routes_t *routes,
    xd_arena_t *arena, xd_vec_t *hits);

#endif
