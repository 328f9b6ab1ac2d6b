/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CONF_PLAN_H
#define XD_CONF_PLAN_H

#include "base/map.h"
#include "base/vec.h"
#include "conf/conf.h"

/*
 * What a plan of consumers.yaml allows: policies, each a rate with room for a
 * burst.  A policy's numbers fit the arithmetic of whoever applies it: see
 * XD_POLICY_MOST_NS.
 */

#define XD_POLICIES_MAX   8           /* of one plan */
#define XD_POLICY_MOST_NS (1LL << 62) /* in ns: an empty burst full again */

typedef struct {
    xd_str_t name;  /* lower case, digits, '-' */
    int64_t limit;  /* units per window */
    int64_t window; /* seconds */
    int64_t burst;  /* units that may be spent at once */
    bool advertise; /* callers are told its name and what is left */
    const xd_node_t *entry;
} xd_policy_t;

typedef struct {
    xd_str_t name;
    size_t number;     /* its place among all plans, from 0 */
    xd_vec_t policies; /* of xd_policy_t, in the order of the file */
    const xd_node_t *entry;
} xd_plan_t;

/*
 * xd_plans_make - the plans of a configuration
 *
 *   plans   gains name -> xd_plan_t
 *   faults  is raised by one for each finding: a policy's name that stands
 *           twice in a plan, a window of broken seconds, a burst beyond
 *           XD_POLICY_MOST_NS
 *
 * Returns XD_OK or XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_plans_make(xd_arena_t *arena, const xd_conf_t *conf,
    xd_map_t *plans, size_t *faults, xd_report_t *rep);

/* Nanoseconds in which one unit comes back, rounded up: never more than the
 * limit comes back within a window. */
int64_t xd_policy_unit_ns(const xd_policy_t *policy);

/* The policy of that name, or NULL. */
const xd_policy_t *xd_plan_policy(const xd_plan_t *plan, xd_str_t name);

#endif
