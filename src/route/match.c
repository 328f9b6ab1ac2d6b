/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A fact held against the rules.  To match and to explain is one piece of
 * code, so what people are told is what happens.
 */

#include "plan.h"

#define VERSION_DIGITS 10

/* One fact on its way through the rules. */
typedef struct {
    const xd_route_fact_t *fact;
    xd_str_t fields[FIELDS];
    char version[VERSION_DIGITS];
    xd_arena_t *arena;
    xd_cel_binding_t bound[XD_CEL_DOCUMENT_BOUND];
    bool is_bound;
    bool explain; /* say why a rule does not hold */
    xd_str_t why;
} meeting_t;


/* The version as text, so that all fields of a fact compare alike. */
static xd_str_t
version_text(uint32_t version, char out[VERSION_DIGITS])
{
    size_t at = VERSION_DIGITS;

    do {
        out[--at] = (char) ('0' + version % 10);
        version /= 10;
    } while (version > 0);

    return (xd_str_t){ out + at, VERSION_DIGITS - at };
}


static void
meet(meeting_t *m, const xd_route_fact_t *fact, xd_arena_t *arena)
{
    *m = (meeting_t){ .fact = fact, .arena = arena };
    m->fields[DOCUMENT] = fact->document;
    m->fields[EVENT] = fact->event;
    m->fields[VERSION] = version_text(fact->version, m->version);
    m->fields[SITE] = fact->site;
    m->fields[PARTNER] = fact->partner;
}


static bool
fields_hold(meeting_t *m, const rule_t *rule)
{
    for (field_t f = 0; f < FIELDS; f++) {
        if (!route_holds(&rule->any[f], m->fields[f])) {
            if (m->explain) {
                m->why = xd_fmt(m->arena, "its %s is \"%.*s\"",
                    route_field_names[f], XD_FMT(m->fields[f]));
            }
            return false;
        }
    }

    return true;
}


static bool
dates_hold(meeting_t *m, const rule_t *rule)
{
    if (m->fact->now_ms < rule->from_ms) {
        m->why = XD_STR("the route does not hold yet");
        return false;
    }

    if (m->fact->now_ms >= rule->until_ms) {
        m->why = XD_STR("the route holds no longer");
        return false;
    }

    return true;
}


/* XD_E_SYNTAX, and why, when there is neither yes nor no. */
static xd_rc_t
condition_holds(meeting_t *m, const condition_t *condition, bool *holds)
{
    xd_rc_t rc = XD_OK;

    if (m->fact->body == NULL) {
        m->why = XD_STR("its condition asks the document, which is not here");
        return XD_E_SYNTAX;
    }

    if (!m->is_bound) {
        rc = xd_cel_document_bind(m->arena, m->fact->body, m->bound);
        m->is_bound = rc == XD_OK;
    }

    rc = rc == XD_OK ? xd_cel_holds(condition->program, m->arena, m->bound,
             XD_CEL_DOCUMENT_BOUND, holds, &m->why)
                     : rc;

    if (rc == XD_OK && !*holds) {
        m->why = XD_STR("its condition does not hold");
    }

    return rc == XD_E_LIMIT ? XD_E_SYNTAX : rc;
}


static xd_rc_t
conditions_hold(meeting_t *m, const rule_t *rule, bool *holds)
{
    for (size_t i = 0; i < rule->conditions.count; i++) {
        const condition_t *c = XD_AT(&rule->conditions, condition_t, i);

        if (xd_str_eq(c->document, m->fact->document)) {
            return condition_holds(m, c, holds);
        }
    }

    return XD_OK;
}


static xd_rc_t
rule_holds(meeting_t *m, const rule_t *rule, bool *holds)
{
    m->why = XD_STR_NONE;
    *holds = fields_hold(m, rule) && dates_hold(m, rule);

    return *holds ? conditions_hold(m, rule, holds) : XD_OK;
}


static void
tell(xd_report_t *rep, xd_severity_t severity, const char *rule, xd_str_t text)
{
    xd_report(rep, &(xd_finding_t){ .severity = severity,
                       .scope = XD_SCOPE_FILE,
                       .rule = rule,
                       .path = XD_STR("routes.yaml"),
                       .text = text });
}


/* Is an equal hit there from `from` on?  One of another verb is a contradiction
 * that only this fact shows. */
static xd_rc_t
have_hit(const meeting_t *m, const xd_vec_t *hits, size_t from,
    const xd_route_hit_t *hit, xd_report_t *rep, bool *have)
{
    for (size_t i = from; i < hits->count; i++) {
        const xd_route_hit_t *other = XD_AT(hits, xd_route_hit_t, i);

        if (!route_same_destination(other, hit)) {
            continue;
        }

        *have = true;
        if (xd_str_eq(other->verb, hit->verb)) {
            return XD_OK;
        }

        tell(rep, XD_ERROR, "route.verb",
            xd_fmt(m->arena,
                "Routes '%.*s' and '%.*s' both hold, and want '%.*s' and "
                "'%.*s' of %.*s.",
                XD_FMT(other->route), XD_FMT(hit->route), XD_FMT(other->verb),
                XD_FMT(hit->verb), XD_FMT(hit->destination)));
        return XD_E_SYNTAX;
    }

    return XD_OK;
}


static xd_rc_t
push_hit(xd_arena_t *arena, xd_vec_t *hits, const xd_route_hit_t *hit)
{
    xd_route_hit_t *slot = xd_vec_push(hits, arena);

    if (slot == NULL) {
        return XD_E_MEMORY;
    }

    *slot = *hit;

    return XD_OK;
}


static xd_rc_t
add_hits(const meeting_t *m, const rule_t *rule, xd_vec_t *hits, size_t from,
    xd_report_t *rep)
{
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; i < rule->to.count && rc == XD_OK; i++) {
        const xd_route_hit_t *hit = &XD_AT(&rule->to, target_t, i)->hit;
        bool have = false;

        rc = have_hit(m, hits, from, hit, rep, &have);
        rc = rc == XD_OK && !have ? push_hit(m->arena, hits, hit) : rc;
    }

    return rc;
}


/* No answer is no "no": the document would silently go nowhere. */
static xd_rc_t
broken(const meeting_t *m, const rule_t *rule, xd_report_t *rep)
{
    tell(rep, XD_ERROR, "route.condition",
        xd_fmt(m->arena, "Route '%.*s' cannot be decided: %.*s",
            XD_FMT(rule->name), XD_FMT(m->why)));

    return XD_E_SYNTAX;
}


static const xd_vec_t *
list_of(const xd_routes_t *routes, xd_str_t document)
{
    const xd_vec_t *list = xd_map_get(routes->lists, document);

    return list != NULL ? list : &routes->general;
}


static void
check_expected(const meeting_t *m, const xd_routes_t *routes, size_t hits,
    xd_report_t *rep)
{
    for (size_t i = 0; i < routes->expected.count; i++) {
        const expected_t *e = XD_AT(&routes->expected, expected_t, i);

        if (xd_str_eq(e->document, m->fact->document)
            && (e->event.len == 0 || xd_str_eq(e->event, m->fact->event))
            && e->destinations != hits)
        {
            tell(rep, XD_WARNING, "route.fanout",
                xd_fmt(m->arena,
                    "%.*s.%.*s goes to %zu destinations; %zu are expected.",
                    XD_FMT(m->fact->document), XD_FMT(m->fact->event), hits,
                    e->destinations));
        }
    }
}


xd_rc_t
xd_routes_match(const xd_routes_t *routes, const xd_route_fact_t *fact,
    xd_arena_t *arena, xd_vec_t *hits, xd_report_t *rep)
{
    const xd_vec_t *list = list_of(routes, fact->document);
    size_t from = hits->count;
    xd_rc_t rc = XD_OK;
    meeting_t m;

    if (route_told_only(fact->document)) {
        return XD_OK;
    }

    meet(&m, fact, arena);

    for (size_t i = 0; i < list->count && rc == XD_OK; i++) {
        const rule_t *rule = *XD_AT(list, const rule_t *, i);
        bool holds;

        rc = rule_holds(&m, rule, &holds);
        if (rc == XD_OK && holds) {
            rc = add_hits(&m, rule, hits, from, rep);
        } else if (rc == XD_E_SYNTAX) {
            rc = broken(&m, rule, rep);
        }
    }

    if (rc == XD_OK) {
        check_expected(&m, routes, hits->count - from, rep);
    }

    return rc;
}


xd_rc_t
xd_routes_explain(const xd_routes_t *routes, const xd_route_fact_t *fact,
    xd_arena_t *arena, xd_vec_t *verdicts)
{
    xd_rc_t rc = XD_OK;
    meeting_t m;

    meet(&m, fact, arena);
    m.explain = true;

    for (size_t i = 0; i < routes->rules.count && rc != XD_E_MEMORY; i++) {
        const rule_t *rule = XD_AT(&routes->rules, rule_t, i);
        xd_route_verdict_t *slot = xd_vec_push(verdicts, arena);
        bool holds;

        if (slot == NULL) {
            return XD_E_MEMORY;
        }

        rc = rule_holds(&m, rule, &holds);
        *slot = (xd_route_verdict_t){ .route = rule->name,
            .owner = rule->owner,
            .verdict = rc != XD_OK ? XD_ROUTE_BROKEN
                       : holds     ? XD_ROUTE_HOLDS
                                   : XD_ROUTE_PASSED,
            .why = m.why };
    }

    return rc == XD_E_MEMORY ? rc : XD_OK;
}


static xd_rc_t
add_destination(xd_arena_t *arena, xd_vec_t *hits, size_t from,
    const xd_route_hit_t *hit)
{
    for (size_t i = from; i < hits->count; i++) {
        const xd_route_hit_t *have = XD_AT(hits, xd_route_hit_t, i);

        if (route_same_destination(have, hit)
            && xd_str_eq(have->verb, hit->verb)) {
            return XD_OK;
        }
    }

    return push_hit(arena, hits, hit);
}


xd_rc_t
xd_routes_destinations(const xd_routes_t *routes, xd_arena_t *arena,
    xd_vec_t *hits)
{
    size_t from = hits->count;
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; i < routes->rules.count; i++) {
        const rule_t *rule = XD_AT(&routes->rules, rule_t, i);

        for (size_t n = 0; n < rule->to.count && rc == XD_OK; n++) {
            rc = add_destination(arena, hits, from,
                &XD_AT(&rule->to, target_t, n)->hit);
        }
    }

    return rc;
}
