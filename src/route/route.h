/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_ROUTE_ROUTE_H
#define XD_ROUTE_ROUTE_H

#include "base/report.h"
#include "base/vec.h"
#include "canon/schema.h"
#include "tree/node.h"

/*
 * routes.yaml compiled: which destinations a fact goes to.
 *
 *   routes:
 *     - name: big-orders-to-fraud
 *       owner: payments
 *       from: 2026-12-01
 *       when:
 *         document: sales-order
 *         event: created
 *         condition: totals.gross.amount > 1000
 *       to: [ { process: http, destination: fraud, verb: create } ]
 *   expect:
 *     - { document: shipment, event: created, destinations: 2 }
 */

typedef struct xd_routes_s xd_routes_t;

typedef struct {
    xd_str_t document, event, site, partner;
    uint32_t version;
    const xd_node_t *body; /* the canonical document, for conditions */
    int64_t now_ms;        /* for routes that begin or end */
} xd_route_fact_t;

typedef struct {
    xd_str_t route;       /* its name: for xd explain */
    xd_str_t process;     /* "http" */
    xd_str_t destination; /* "erp" */
    xd_str_t verb;        /* "create" */
} xd_route_hit_t;

/*
 * xd_routes_compile - from the tree of routes.yaml
 *
 *   arena    owns the result; file must live as long
 *   schemas  of the canonical documents: they give conditions their types
 *   rep      gains findings: an unknown document, a destination twice for one
 *            fact, a route without owner, a condition that is wrong; warnings
 *            do not refuse (a route that never adds anything)
 *
 * XD_OK; XD_E_CONF with findings; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_routes_compile(xd_arena_t *arena, const xd_node_t *file,
    const xd_schemas_t *schemas, xd_routes_t **out, xd_report_t *rep);

/*
 * xd_routes_match - where a fact goes
 *
 *   hits  gains each destination once, in the order of the file.  None for
 *         facts of the domain ops: they tell what happened, and are carried
 *         nowhere
 *   rep   gains why it cannot be decided, and warnings ("route.fanout": not
 *         as many destinations as expected)
 *
 * XD_OK; XD_E_SYNTAX when a condition has no answer for this document, or two
 * routes want different things of one destination; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_routes_match(const xd_routes_t *routes,
    const xd_route_fact_t *fact, xd_arena_t *arena, xd_vec_t *hits,
    xd_report_t *rep);

typedef enum {
    XD_ROUTE_PASSED,
    XD_ROUTE_HOLDS,
    XD_ROUTE_BROKEN
} xd_route_says_t;

typedef struct {
    xd_str_t route, owner;
    xd_route_says_t verdict;
    xd_str_t why; /* half a sentence, unless it holds */
} xd_route_verdict_t;

/* What each route says of a fact, in the order of the file, as rows of
 * xd_route_verdict_t.  XD_OK or XD_E_MEMORY. */
XD_CHECKED xd_rc_t xd_routes_explain(const xd_routes_t *routes,
    const xd_route_fact_t *fact, xd_arena_t *arena, xd_vec_t *verdicts);

/* Every (process, destination, verb) that can be commanded: what the topology
 * needs queues for.  Rows of xd_route_hit_t. */
XD_CHECKED xd_rc_t xd_routes_destinations(const xd_routes_t *routes,
    xd_arena_t *arena, xd_vec_t *hits);

#endif
