/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CONF_PLAN_H
#define XD_CONF_PLAN_H

#include "base/map.h"
#include "base/vec.h"
#include "conf/calendar.h"
#include "conf/conf.h"

/*
 * What a plan of consumers.yaml allows: policies, each a rate with room for a
 * burst, a quota of a calendar's window, or a number of calls at once.  A
 * policy's numbers fit the arithmetic of whoever applies it: see
 * XD_POLICY_MOST_NS.
 */

#define XD_POLICIES_MAX    8           /* of one plan */
#define XD_POLICY_MOST_NS  (1LL << 62) /* in ns: an empty burst full again */
#define XD_POLICY_AT_ONCE  60000       /* most calls in flight */
#define XD_POLICY_NAME_MAX 64          /* bytes */

typedef enum {
    XD_POLICY_REQUESTS, /* a call costs one, or what its route says */
    XD_POLICY_BYTES,    /* of the body */
    XD_POLICY_CONCURRENT,
} xd_policy_unit_t;

/* Who spends from one pot. */
typedef enum {
    XD_POLICY_CONSUMER, /* each caller by itself, over all routes */
    XD_POLICY_PLAN,     /* all callers of the plan together */
    XD_POLICY_ROUTE,    /* each caller at each route; shared: each route */
    XD_POLICY_ADDRESS,  /* each address that calls */
    XD_POLICY_ALL,      /* everybody together: shared ones only */
} xd_policy_per_t;

/* Whose calls may fill how much of a pot. */
typedef enum {
    XD_CLASS_HIGH,
    XD_CLASS_NORMAL,
    XD_CLASS_LOW,
    XD_CLASSES
} xd_class_t;

typedef struct {
    xd_str_t name;  /* lower case, digits, '-' */
    int64_t limit;  /* units per window; concurrent: at once */
    int64_t window; /* seconds; of a calendar: nominal, for display */
    int64_t burst;  /* units that may be spent at once */
    xd_policy_unit_t unit;
    xd_policy_per_t per;
    xd_calendar_t calendar;    /* XD_CALENDAR_NONE: a rate, or concurrent */
    xd_str_t zone;             /* of the calendar */
    int64_t share[XD_CLASSES]; /* percent that calls of a class may fill */
    bool advertise;            /* callers are told its name and what is left */
    bool shadow;               /* counts whom it would refuse, and admits */
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
 *   shared  becomes the policies under `shared`, as a plan of that name
 *   faults  is raised by one for each finding: a policy's name that stands
 *           twice in a plan, a window of broken seconds, a burst beyond
 *           XD_POLICY_MOST_NS, settings that do not go together
 *
 * Returns XD_OK or XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_plans_make(xd_arena_t *arena, const xd_conf_t *conf,
    xd_map_t *plans, xd_plan_t *shared, size_t *faults, xd_report_t *rep);

/* Units of a policy that calls of that class may have spent together. */
int64_t xd_policy_most(const xd_policy_t *policy, xd_class_t class);

/* Nanoseconds in which one unit comes back, rounded up: never more than the
 * limit comes back within a window. */
int64_t xd_policy_unit_ns(const xd_policy_t *policy);

/* The policy of that name, or NULL. */
const xd_policy_t *xd_plan_policy(const xd_plan_t *plan, xd_str_t name);

#endif
