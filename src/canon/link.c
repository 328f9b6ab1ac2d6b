/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What can be said only when all plans are there.
 *
 * unevaluatedProperties: false is served where the names that it allows do
 * not depend on the document: those of the schema itself, of what it refers
 * to and of allOf.  Conditional branches (anyOf, oneOf, if) may name members
 * too, but only such as stand there as well.  Then one table of names, made
 * here, says it all, and a document costs one look-up a member.
 */

#include "canon/plan.h"


enum { NEW, OPEN, DONE };

typedef struct {
    xd_compiler_t *c;
    unsigned char *marks; /* of every plan, by its number */
} visit_t;

typedef struct {
    xd_compiler_t *c;
    const xd_step_t *step; /* the unevaluatedProperties */
    xd_members_t *names;
    bool everything; /* some schema speaks of all members */
} names_t;

/* Sees one plan that is held against the same value. */
typedef bool in_place_fn(void *ctx, const xd_plan_t *plan);


/* Calls fn for each plan that a step holds in place; stops at false. */
static bool
each_in_place(const xd_step_t *step, in_place_fn *fn, void *ctx)
{
    if (step->keyword->in_place == XD_ELSEWHERE) {
        return true;
    }

    for (uint32_t i = 0; i < step->arg.plans.count; i++) {
        const xd_plan_t *plan = step->arg.plans.at[i];

        if (plan != NULL && !fn(ctx, plan)) {
            return false;
        }
    }

    return true;
}


/* -- schemas without end ------------------------------------------------- */


/* Depth first: a plan that is met again while it is open never ends. */
static bool
visit(void *ctx, const xd_plan_t *plan)
{
    visit_t *v = ctx;
    unsigned char *mark = &v->marks[plan->number];

    if (*mark == OPEN) {
        xd_compile_refuse(v->c, plan->source, "schema.loop",
            "this schema refers to itself without looking at a member or "
            "element first; that would never end");
        return false;
    }

    if (*mark == DONE) {
        return true;
    }

    *mark = OPEN;
    for (const xd_step_t *s = plan->first; s != NULL; s = s->next) {
        if (!each_in_place(s, visit, v)) {
            return false;
        }
    }
    *mark = DONE;

    return true;
}


/* -- unevaluatedProperties ----------------------------------------------- */


static void
add_names(names_t *n, const xd_members_t *m)
{
    n->everything = n->everything || m->others != NULL;

    if (m->npatterns > 0) {
        xd_compile_refuse(n->c, n->step->value, "schema.unevaluated",
            "not served together with patternProperties");
        return;
    }

    for (uint32_t i = 0; i < m->count; i++) {
        if (m->rows[i].plan == NULL
            || xd_members_find(n->names, m->rows[i].name) != NULL)
        {
            continue;
        }

        if (n->names->count == n->names->room) {
            xd_compile_refuse(n->c, n->step->value, "schema.unevaluated",
                "an object's schema names at most %d members", XD_MEMBERS_MAX);
            return;
        }

        xd_members_add(n->names, m->rows[i].name)->plan = m->rows[i].plan;
    }
}


/* Names that are spoken of whatever the document says. */
static bool
gather(void *ctx, const xd_plan_t *plan)
{
    names_t *n = ctx;

    for (const xd_step_t *s = plan->first; s != NULL; s = s->next) {
        if (s->keyword->check == xd_check_members) {
            add_names(n, s->arg.members);

        } else if (s->keyword->check == xd_check_unevaluated && s != n->step) {
            n->everything = true;

        } else if (s->keyword->in_place == XD_ALWAYS) {
            each_in_place(s, gather, n);
        }
    }

    return true;
}


static bool
names_are_known(const names_t *n, const xd_members_t *m)
{
    if (m->others != NULL || m->npatterns > 0) {
        return false;
    }

    for (uint32_t i = 0; i < m->count; i++) {
        if (m->rows[i].plan != NULL
            && xd_members_find(n->names, m->rows[i].name) == NULL)
        {
            return false;
        }
    }

    return true;
}


/* Is every name of a branch known already? */
static bool
branch_is_known(void *ctx, const xd_plan_t *plan)
{
    names_t *n = ctx;
    bool known = true;

    for (const xd_step_t *s = plan->first; s != NULL && known; s = s->next) {
        if (s->keyword->check == xd_check_members) {
            known = names_are_known(n, s->arg.members);

        } else if (s->keyword->in_place != XD_NEGATED) {
            known = each_in_place(s, branch_is_known, n);
        }
    }

    return known;
}


/* Every branch below what is spoken of always. */
static bool
branches_are_known(void *ctx, const xd_plan_t *plan)
{
    names_t *n = ctx;

    for (const xd_step_t *s = plan->first; s != NULL; s = s->next) {
        in_place_fn *fn = s->keyword->in_place == XD_PERHAPS
                              ? branch_is_known
                              : branches_are_known;

        if (s->keyword->in_place != XD_NEGATED && !each_in_place(s, fn, n)) {
            return false;
        }
    }

    return true;
}


static bool
link_names(xd_compiler_t *c, const xd_plan_t *plan, xd_step_t *step)
{
    names_t n = { .c = c, .step = step };

    n.names = xd_members_new(c->arena, XD_MEMBERS_MAX);
    if (n.names == NULL) {
        return false;
    }

    gather(&n, plan);
    if (n.everything) {
        return true;
    }

    if (!branches_are_known(&n, plan)) {
        xd_compile_refuse(c, step->value, "schema.unevaluated",
            "served only where every member that a branch of anyOf, oneOf or "
            "if names stands in properties too");
    }

    step->arg.members = n.names;

    return true;
}


static bool
link_plan(xd_compiler_t *c, const xd_plan_t *plan)
{
    for (xd_step_t *s = plan->first; s != NULL; s = s->next) {
        if (s->keyword->check == xd_check_unevaluated && !s->value->truth
            && !link_names(c, plan, s))
        {
            return false;
        }
    }

    return true;
}


bool
xd_compile_link(xd_compiler_t *c)
{
    size_t count = c->set->plans.count;
    visit_t v = { .c = c, .marks = xd_alloc(c->arena, count) };

    if (v.marks == NULL) {
        return false;
    }

    /* Names are gathered by recursion: only where there are no circles. */
    for (size_t i = 0; i < count; i++) {
        if (!visit(&v, *XD_AT(&c->set->plans, xd_plan_t *, i))) {
            return true;
        }
    }

    for (size_t i = 0; i < count; i++) {
        if (!link_plan(c, *XD_AT(&c->set->plans, xd_plan_t *, i))) {
            return false;
        }
    }

    return true;
}
