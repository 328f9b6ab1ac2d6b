/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_ROUTE_PLAN_H
#define XD_ROUTE_PLAN_H

/* The compiled routes, for the files of this room:
 *
 *   compile.c  from routes.yaml to rules
 *   pairs.c    what two rules mean together: contradictions, dead rules
 *   match.c    a fact held against them
 */

#include "base/map.h"
#include "canon/cel_types.h"
#include "route/route.h"

/* The texts of a fact that `when` may ask for.  The document is first: it
 * chooses the list. */
typedef enum { DOCUMENT, EVENT, VERSION, SITE, PARTNER, FIELDS } field_t;

extern const char *const route_field_names[FIELDS];

/* A rule's condition, compiled with the types of one document. */
typedef struct {
    xd_str_t document;
    xd_cel_program_t *program;
} condition_t;

typedef struct {
    xd_vec_t any[FIELDS];      /* of xd_str_t; empty: anything matches */
    xd_vec_t conditions;       /* of condition_t; empty: none */
    int64_t from_ms, until_ms; /* holds from the first, until the second */
    xd_vec_t to;               /* of target_t */
    xd_str_t name, owner;
    const xd_node_t *node;
} rule_t;

typedef struct {
    xd_route_hit_t hit;
    const xd_node_t *node;
} target_t;

/* How many destinations a fact should have. */
typedef struct {
    xd_str_t document, event; /* event empty: any */
    size_t destinations;
} expected_t;

struct xd_routes_s {
    xd_vec_t rules;    /* of rule_t */
    xd_map_t *lists;   /* document -> xd_vec_t of const rule_t *, in order */
    xd_vec_t general;  /* the same, of rules that name no document */
    xd_vec_t expected; /* of expected_t */
};

/* An empty list asks for nothing. */
bool route_holds(const xd_vec_t *any, xd_str_t text);

/* The verb is left out on purpose: a destination has one queue, and two verbs
 * for one fact there are two commands. */
bool route_same_destination(const xd_route_hit_t *a, const xd_route_hit_t *b);

/* Facts of the domain ops are about deliveries and cases: to carry them would
 * make deliveries of deliveries. */
bool route_told_only(xd_str_t document);

/* -- compiling ------------------------------------------------------------- */

typedef struct {
    xd_arena_t *arena;
    const xd_schemas_t *schemas;
    xd_routes_t *routes;
    xd_report_t *rep;
    size_t faults; /* errors; warnings are none */
} compiler_t;

void route_fault(compiler_t *c, const xd_node_t *node, xd_severity_t severity,
    const char *rule, xd_str_t text);

/* Looks at every pair of rules once, the earlier first. */
void route_check_pairs(compiler_t *c);

#endif
