/* SPDX-License-Identifier: BSD-2-Clause */

#include "conf/plan.h"

#include "conf/place.h"


#define SECOND_MS  1000
#define SECOND_NS  1000000000LL
#define UNITS_MAX  1000000000LL        /* the schema's limit too */
#define WINDOW_MAX (366LL * 24 * 3600) /* seconds */


/* What plans are made with. */
typedef struct {
    xd_arena_t *arena;
    const xd_conf_t *conf;
    xd_report_t *rep;
    size_t *faults;
} maker_t;


const xd_policy_t *
xd_plan_policy(const xd_plan_t *plan, xd_str_t name)
{
    for (size_t i = 0; i < plan->policies.count; i++) {
        const xd_policy_t *p = XD_AT(&plan->policies, xd_policy_t, i);

        if (xd_str_eq(p->name, name)) {
            return p;
        }
    }

    return NULL;
}


int64_t
xd_policy_unit_ns(const xd_policy_t *policy)
{
    return (policy->window * SECOND_NS + policy->limit - 1) / policy->limit;
}


/* Whole seconds: that is what RateLimit-Policy can say. */
static bool
read_window(const maker_t *m, const xd_node_t *entry, int64_t *seconds)
{
    int64_t ms;

    if (!xd_conf_duration(xd_text(entry, "window"), &ms)) {
        return false; /* was reported where the file was checked */
    }

    *seconds = ms / SECOND_MS;

    if (ms % SECOND_MS == 0 && *seconds >= 1 && *seconds <= WINDOW_MAX) {
        return true;
    }

    *m->faults += 1;
    xd_conf_fault(m->rep, m->conf, xd_get(entry, "window"),
        "conf.policy.window",
        "A window has whole seconds, at least 1s and at most 366d.");

    return false;
}


static bool
fits(const maker_t *m, const xd_plan_t *plan, const xd_policy_t *policy)
{
    const xd_policy_t *twin = xd_plan_policy(plan, policy->name);
    int64_t most = XD_POLICY_MOST_NS / xd_policy_unit_ns(policy);

    if (twin != NULL) {
        *m->faults += 1;
        xd_conf_fault(m->rep, m->conf, policy->entry, "conf.policy.twice",
            "'%.*s' stands in line %u too: a plan has one policy of a name.",
            XD_FMT(policy->name), twin->entry->line);
        return false;
    }

    if (policy->burst > most) {
        *m->faults += 1;
        xd_conf_fault(m->rep, m->conf, policy->entry, "conf.policy.burst",
            "This burst would take more than a century to fill up again: at "
            "this limit it is %lld at most.",
            (long long) most);
        return false;
    }

    return true;
}


/* A policy that is at fault is left out: nobody uses a plan with faults. */
static xd_rc_t
add_policy(const maker_t *m, xd_plan_t *plan, const xd_node_t *entry)
{
    xd_policy_t policy = {
        .name = xd_text(entry, "name"),
        .limit = xd_int(entry, "limit", 1, UNITS_MAX, 0),
        .advertise = xd_truth(entry, "advertise", true),
        .entry = entry,
    };
    xd_policy_t *slot;

    /* Whoever says nothing of bursts may spend a whole window's units. */
    policy.burst = xd_int(entry, "burst", 1, UNITS_MAX, policy.limit);

    if (policy.name.len == 0 || policy.limit == 0
        || !read_window(m, entry, &policy.window) || !fits(m, plan, &policy)
        || plan->policies.count == XD_POLICIES_MAX)
    {
        return XD_OK;
    }

    slot = xd_vec_push(&plan->policies, m->arena);
    if (slot == NULL) {
        return XD_E_MEMORY;
    }

    *slot = policy;

    return XD_OK;
}


static xd_rc_t
add_plan(const maker_t *m, xd_map_t *plans, const xd_node_t *entry)
{
    xd_plan_t *plan = xd_alloc(m->arena, sizeof(*plan));
    xd_rc_t rc;

    if (plan == NULL) {
        return XD_E_MEMORY;
    }

    *plan = (xd_plan_t){ .name = entry->key,
        .number = xd_map_count(plans),
        .policies = XD_VEC(xd_policy_t),
        .entry = entry };

    rc = xd_map_put(plans, plan->name, plan, NULL);

    xd_each (policy, xd_get(entry, "policies")) {
        if (rc == XD_OK) {
            rc = add_policy(m, plan, policy);
        }
    }

    return rc;
}


xd_rc_t
xd_plans_make(xd_arena_t *arena, const xd_conf_t *conf, xd_map_t *plans,
    size_t *faults, xd_report_t *rep)
{
    maker_t m = { arena, conf, rep, faults };
    xd_rc_t rc = XD_OK;

    xd_each (entry, xd_get(conf->consumers, "plans")) {
        if (rc == XD_OK) {
            rc = add_plan(&m, plans, entry);
        }
    }

    return rc;
}
