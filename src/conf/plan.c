/* SPDX-License-Identifier: BSD-2-Clause */

#include "conf/plan.h"

#include "base/clock.h"
#include "cel/zone.h"
#include "conf/place.h"


#define SECOND_MS  1000
#define SECOND_NS  1000000000LL
#define UNITS_MAX  1000000000000LL     /* the schema's limit too */
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


int64_t
xd_policy_most(const xd_policy_t *policy, xd_class_t class)
{
    int64_t share = policy->share[class];

    /* In two steps: the product of a large burst fits no word. */
    return policy->burst / 100 * share + policy->burst % 100 * share / 100;
}


static void
fault(const maker_t *m, const xd_node_t *at, const char *rule, const char *text)
{
    *m->faults += 1;
    xd_conf_fault(m->rep, m->conf, at, rule, "%s", text);
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

    fault(m, xd_get(entry, "window"), "conf.policy.window",
        "A window has whole seconds, at least 1s and at most 366d.");

    return false;
}


/* The place of a word in a list that ends with NULL; 0 for one that is not in
 * it, as the schema has said already. */
static int
word_of(const xd_node_t *entry, const char *key, const char *const *words)
{
    xd_str_t text = xd_text(entry, key);

    for (int i = 0; words[i] != NULL; i++) {
        if (xd_str_is(text, words[i])) {
            return i;
        }
    }

    return 0;
}


/* Settings that do not go together; the first row that holds is told. */
static bool
is_sound(const maker_t *m, const xd_policy_t *p, bool shared)
{
    const xd_node_t *e = p->entry;
    bool at_once = p->unit == XD_POLICY_CONCURRENT;
    bool by_calendar = p->calendar != XD_CALENDAR_NONE;
    bool has_window = xd_get(e, "window") != NULL;
    int64_t offset;
    const struct {
        bool holds;
        const char *text;
    } rows[] = {
        { at_once && (by_calendar || has_window),
            "Calls at once know no window and no calendar." },
        { !at_once && by_calendar == has_window,
            "A policy has either a window or a calendar." },
        { (at_once || by_calendar) && xd_get(e, "burst") != NULL,
            "A burst belongs to a window." },
        { !by_calendar && p->zone.len != 0, "A zone belongs to a calendar." },
        { p->zone.len != 0
                && !cel_zone(p->zone, xd_now_ms() / SECOND_MS, &offset),
            "The system knows no time zone of this name." },
        { at_once && p->limit > XD_POLICY_AT_ONCE,
            "At most 60000 calls at once." },
        { p->per == XD_POLICY_ADDRESS && (at_once || by_calendar),
            "Addresses are limited by a window: they are not remembered"
            " for longer." },
        { shared && p->per <= XD_POLICY_PLAN,
            "What is shared is per all, route or address." },
        { !shared && p->per == XD_POLICY_ALL,
            "What all share stands under shared." },
        { shared && xd_truth(e, "advertise", false),
            "What is shared is not a caller's own to be told of." },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].holds) {
            fault(m, e, "conf.policy.form", rows[i].text);
            return false;
        }
    }

    return true;
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

    if (xd_get(policy->entry, "window") != NULL && policy->burst > most) {
        *m->faults += 1;
        xd_conf_fault(m->rep, m->conf, policy->entry, "conf.policy.burst",
            "This burst would take more than a century to fill up again: at "
            "this limit it is %lld at most.",
            (long long) most);
        return false;
    }

    return true;
}


/* Seconds of a window as it is told; a month has no one length. */
static bool
read_span(const maker_t *m, xd_policy_t *p)
{
    static const int64_t spans[] = {
        [XD_CALENDAR_NONE] = 1,
        [XD_CALENDAR_DAY] = 24 * 3600,
        [XD_CALENDAR_WEEK] = 7 * 24 * 3600,
        [XD_CALENDAR_MONTH] = 30 * 24 * 3600,
    };

    if (xd_get(p->entry, "window") != NULL) {
        return read_window(m, p->entry, &p->window);
    }

    p->window = spans[p->calendar];

    return true;
}


/* Who says nothing of classes lets each of them have all. */
static void
read_shares(xd_policy_t *p)
{
    static const char *const names[XD_CLASSES] = { "high", "normal", "low" };
    const xd_node_t *classes = xd_get(p->entry, "classes");

    for (int i = 0; i < XD_CLASSES; i++) {
        p->share[i] = xd_int(classes, names[i], 1, 100, 100);
    }
}


static xd_policy_t
read_policy(const xd_node_t *entry, bool shared)
{
    static const char *const units[] = { "requests", "bytes", "concurrent",
        NULL };
    static const char *const owners[] = { "consumer", "plan", "route",
        "address", "all", NULL };
    static const char *const calendars[] = { "", "day", "week", "month", NULL };

    xd_policy_t p = {
        .name = xd_text(entry, "name"),
        .limit = xd_int(entry, "limit", 1, UNITS_MAX, 0),
        .unit = (xd_policy_unit_t) word_of(entry, "unit", units),
        .per = (xd_policy_per_t) word_of(entry, "per", owners),
        .calendar = (xd_calendar_t) word_of(entry, "calendar", calendars),
        .zone = xd_text(entry, "zone"),
        .advertise = !shared && xd_truth(entry, "advertise", true),
        .shadow = xd_truth(entry, "shadow", false),
        .entry = entry,
    };

    if (shared && xd_get(entry, "per") == NULL) {
        p.per = XD_POLICY_ALL;
    }

    /* Nobody is told of a limit that does not hold yet. */
    p.advertise = p.advertise && !p.shadow;

    /* Whoever says nothing of bursts may spend a whole window's units. */
    p.burst = xd_int(entry, "burst", 1, UNITS_MAX, p.limit);
    read_shares(&p);

    return p;
}


/* A policy that is at fault is left out: nobody uses a plan with faults. */
static xd_rc_t
add_policy(const maker_t *m, xd_plan_t *plan, const xd_node_t *entry,
    bool shared)
{
    xd_policy_t policy = read_policy(entry, shared);
    xd_policy_t *slot;

    if (policy.name.len == 0 || policy.name.len > XD_POLICY_NAME_MAX
        || policy.limit == 0 || !is_sound(m, &policy, shared)
        || !read_span(m, &policy) || !fits(m, plan, &policy)
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
            rc = add_policy(m, plan, policy, false);
        }
    }

    return rc;
}


static xd_rc_t
add_shared(const maker_t *m, xd_plan_t *shared)
{
    xd_rc_t rc = XD_OK;

    *shared = (xd_plan_t){ .name = XD_STR("shared"),
        .policies = XD_VEC(xd_policy_t) };

    xd_each (policy, xd_get(m->conf->consumers, "shared")) {
        if (rc == XD_OK) {
            rc = add_policy(m, shared, policy, true);
        }
    }

    return rc;
}


xd_rc_t
xd_plans_make(xd_arena_t *arena, const xd_conf_t *conf, xd_map_t *plans,
    xd_plan_t *shared, size_t *faults, xd_report_t *rep)
{
    maker_t m = { arena, conf, rep, faults };
    xd_rc_t rc = add_shared(&m, shared);

    xd_each (entry, xd_get(conf->consumers, "plans")) {
        if (rc == XD_OK) {
            rc = add_plan(&m, plans, entry);
        }
    }

    return rc;
}
