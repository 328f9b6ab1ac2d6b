/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_LIMITS_H
#define NGX_XD_LIMITS_H

#include "ngx_xd.h"
#include "ngx_xd_gcra.h"
#include "ngx_xd_slots.h"

/*
 * The pots that calls are charged to.  A pot is one policy for whom it is
 * meant: for each party, for a plan, for a route, for everybody, or for each
 * address.  Its words stand in the shared zone.
 */

typedef struct {
    const xd_plan_t *plan;
    const xd_policy_t *policy;
    ngx_str_t route;       /* empty: over all routes */
    unsigned each : 1;     /* of the plan's parties has words of its own */
    ngx_xd_words_t *words; /* by the party's number, or one */
    ngx_xd_slot_t **quota; /* the same for quotas: their entries */
    uint64_t salt;         /* of addresses: this pot's part of the hash */
    ngx_uint_t label;      /* among the metrics' policies */
    int64_t unit;
    xd_window_t now; /* of a calendar; each worker looks for itself */
} ngx_xd_pot_t;

typedef struct {
    const xd_registry_t *registry;
    ngx_array_t pots;   /* of ngx_xd_pot_t * */
    ngx_uint_t *labels; /* by plan: of its first policy; then the shared */
    size_t parties, plans;

    ngx_shm_zone_t *zone;
    ngx_xd_slots_t *slots; /* in it */

    ngx_str_t state;  /* file of the quotas; empty: none */
    ngx_int_t column; /* of this worker's calls in flight */
} ngx_xd_limits_t;

/*
 * ngx_xd_limits - the zones and labels of all policies
 *
 * At configuration time, behind xd_registry; without one nothing is made.  The
 * zones are there whether or not some location throttles, so that a reload
 * which turns limits off and on again loses nothing.
 */
ngx_int_t ngx_xd_limits(ngx_conf_t *cf, ngx_xd_limits_t *limits,
    size_t zone_size);

/* The pot of a policy; route counts only where the policy is per route.  NULL
 * without memory. */
ngx_xd_pot_t *ngx_xd_limits_pot(ngx_conf_t *cf, ngx_xd_limits_t *limits,
    const xd_plan_t *plan, const xd_policy_t *policy, ngx_str_t route);

/*
 * ngx_xd_pot_bucket - what this call would be charged to
 *
 *   party  NULL for strangers: only for pots that are not for each party
 *   most   units that may be spent together: see xd_policy_most
 */
void ngx_xd_pot_bucket(const ngx_xd_limits_t *limits, ngx_xd_pot_t *pot,
    ngx_http_request_t *r, const xd_party_t *party, int64_t most,
    ngx_xd_bucket_t *out);

#endif
