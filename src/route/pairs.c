/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What two rules mean together.  By equality alone this is decided exactly;
 * conditions and dates are not looked into: such a rule may always hold, and
 * may always not.
 */

#include "plan.h"


/* Whether one fact can match both: no condition keeps them apart. */
static bool
overlap(const rule_t *a, const rule_t *b)
{
    for (field_t f = 0; f < FIELDS; f++) {
        bool meet = a->any[f].count == 0;

        for (size_t i = 0; i < a->any[f].count && !meet; i++) {
            meet = route_holds(&b->any[f], *XD_AT(&a->any[f], xd_str_t, i));
        }

        if (!meet) {
            return false;
        }
    }

    return true;
}


/* What only a fact itself can tell: then match.c looks whether both hold. */
static bool
conditional(const rule_t *rule)
{
    return rule->conditions.count > 0 || rule->from_ms != INT64_MIN
           || rule->until_ms != INT64_MAX;
}


/* A destination gets a fact once, so two routes that can mean the same fact
 * must want the same done with it there. */
static void
check_verbs(compiler_t *c, const rule_t *a, const rule_t *b)
{
    for (size_t i = 0; i < a->to.count * b->to.count; i++) {
        const target_t *x = XD_AT(&a->to, target_t, i / b->to.count);
        const target_t *y = XD_AT(&b->to, target_t, i % b->to.count);

        if (route_same_destination(&x->hit, &y->hit)
            && !xd_str_eq(x->hit.verb, y->hit.verb))
        {
            route_fault(c, y->node, XD_ERROR, "route.verb",
                xd_fmt(c->arena,
                    "Route '%.*s' sends the same facts there with the verb "
                    "'%.*s'.",
                    XD_FMT(a->name), XD_FMT(x->hit.verb)));
        }
    }
}


/* Does every value that b asks for satisfy a too? */
static bool
field_covers(const xd_vec_t *a, const xd_vec_t *b)
{
    if (a->count > 0 && b->count == 0) {
        return false;
    }

    for (size_t i = 0; i < b->count; i++) {
        if (!route_holds(a, *XD_AT(b, xd_str_t, i))) {
            return false;
        }
    }

    return true;
}


static bool
has_target(const rule_t *rule, const xd_route_hit_t *hit)
{
    for (size_t i = 0; i < rule->to.count; i++) {
        const xd_route_hit_t *have = &XD_AT(&rule->to, target_t, i)->hit;

        if (route_same_destination(have, hit)
            && xd_str_eq(have->verb, hit->verb)) {
            return true;
        }
    }

    return false;
}


/* Does a send all that b could, wherever b could? */
static bool
covers(const rule_t *a, const rule_t *b)
{
    if (conditional(a)) {
        return false;
    }

    for (field_t f = 0; f < FIELDS; f++) {
        if (!field_covers(&a->any[f], &b->any[f])) {
            return false;
        }
    }

    for (size_t i = 0; i < b->to.count; i++) {
        if (!has_target(a, &XD_AT(&b->to, target_t, i)->hit)) {
            return false;
        }
    }

    return true;
}


static void
check_pair(compiler_t *c, const rule_t *a, const rule_t *b)
{
    if (overlap(a, b) && !conditional(a) && !conditional(b)) {
        check_verbs(c, a, b);
    }

    if (covers(a, b)) {
        route_fault(c, b->node, XD_WARNING, "route.unreachable",
            xd_fmt(c->arena,
                "Route '%.*s' sends all of this already: take one of them "
                "out.",
                XD_FMT(a->name)));
    }
}


void
route_check_pairs(compiler_t *c)
{
    const xd_vec_t *rules = &c->routes->rules;

    for (size_t n = 0; n < rules->count * rules->count; n++) {
        const rule_t *a = XD_AT(rules, rule_t, n % rules->count);
        const rule_t *b = XD_AT(rules, rule_t, n / rules->count);

        if (a < b) {
            check_pair(c, a, b);
        }
    }
}
