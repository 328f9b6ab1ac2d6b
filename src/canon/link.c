/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What can be said only when all plans are there.
 *
 * unevaluatedProperties: false needs no marks where the names that it allows
 * do not depend on the document: those of the schema itself, of what it refers
 * to and of allOf.  Conditional branches (anyOf, oneOf, if) may name members
 * too, but only such as stand there as well.  Then one table of names, made
 * here, says it all, and a document costs one look-up a member.  Every other
 * unevaluated… makes its plan special: it is run with marks.
 */

#include "canon/plan.h"


/* Schemas in place of each other; more than any person writes. */
#define HEIGHT_LIMIT 400

/* Schemas that double at every level are left to marks. */
#define SEEN_LIMIT 20000

/* A mark below DONE, or DONE and the plan's height. */
enum { NEW, OPEN, DONE };

typedef struct {
    xd_compiler_t *c;
    uint16_t *marks; /* of every plan, by its number */
    uint16_t depth;
    uint16_t height; /* of the highest below the plan that is open */
} visit_t;

typedef struct {
    xd_compiler_t *c;
    const xd_step_t *step; /* the unevaluatedProperties */
    xd_members_t *names;
    unsigned seen;   /* plans, each as often as it is met */
    bool everything; /* some schema speaks of all members */
    bool unknown;    /* which names, only the document tells */
} names_t;

/* Sees one plan that is held against the same value. */
typedef bool in_place_fn(void *ctx, const xd_plan_t *plan);


/* Calls fn for each plan that a step holds in place; stops at false. */
static bool
each_in_place(const xd_step_t *step, in_place_fn *fn, void *ctx)
{
    if (step->keyword->in_place == XD_ELSEWHERE
        || step->keyword->in_place == XD_DYNAMIC)
    {
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
    uint16_t *mark = &v->marks[plan->number];
    uint16_t beside = v->height;

    if (*mark == OPEN) {
        xd_compile_refuse(v->c, plan->source, "schema.loop",
            "this schema refers to itself without looking at a member or "
            "element first; that would never end");
        return false;
    }

    if (*mark == NEW) {
        *mark = OPEN;
        v->height = 0;
        v->depth++;

        for (const xd_step_t *s = plan->first; s != NULL; s = s->next) {
            if (v->depth <= HEIGHT_LIMIT && !each_in_place(s, visit, v)) {
                return false;
            }
        }

        v->depth--;
        *mark = (uint16_t) (DONE + v->height);
    }

    v->height = (uint16_t) (*mark - DONE + 1);
    if (v->height + v->depth > HEIGHT_LIMIT) {
        xd_compile_refuse(v->c, plan->source, "schema.deep",
            "schemas refer to each other more than %d deep", HEIGHT_LIMIT);
        return false;
    }

    v->height = v->height > beside ? v->height : beside;

    return true;
}


/* -- unevaluatedProperties ----------------------------------------------- */


static void
add_names(names_t *n, const xd_members_t *m)
{
    n->everything = n->everything || m->others != NULL;

    n->unknown = n->unknown || m->npatterns > 0;

    for (uint32_t i = 0; i < m->count; i++) {
        if (m->rows[i].plan == NULL
            || xd_members_find(n->names, m->rows[i].name) != NULL)
        {
            continue;
        }

        if (n->names->count == n->names->room) {
            n->unknown = true;
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

    if (++n->seen > SEEN_LIMIT) {
        n->unknown = true;
        return false;
    }

    for (const xd_step_t *s = plan->first; s != NULL; s = s->next) {
        if (s->keyword->check == xd_check_members) {
            add_names(n, s->arg.members);

        } else if (s->keyword->check == xd_check_other_members && s != n->step)
        {
            n->everything = true;

        } else if (s->keyword->in_place == XD_ALWAYS
                   && !each_in_place(s, gather, n)) {
            return false;
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
    bool known = ++n->seen <= SEEN_LIMIT;

    for (const xd_step_t *s = plan->first; s != NULL && known; s = s->next) {
        if (s->keyword->check == xd_check_members) {
            known = names_are_known(n, s->arg.members);

        } else if (s->keyword->check == xd_check_other_members
                   || s->keyword->in_place == XD_DYNAMIC)
        {
            known = false;

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

    if (++n->seen > SEEN_LIMIT) {
        return false;
    }

    for (const xd_step_t *s = plan->first; s != NULL; s = s->next) {
        in_place_fn *fn = s->keyword->in_place == XD_PERHAPS
                              ? branch_is_known
                              : branches_are_known;

        if (s->keyword->in_place == XD_DYNAMIC
            || (s->keyword->in_place != XD_NEGATED && !each_in_place(s, fn, n)))
        {
            return false;
        }
    }

    return true;
}


static bool
link_names(xd_compiler_t *c, xd_plan_t *plan, xd_step_t *step)
{
    names_t n = { .c = c, .step = step };
    xd_unevaluated_t *arg = &step->arg.unevaluated;

    n.names = xd_members_new(c->arena, XD_MEMBERS_MAX);
    if (n.names == NULL) {
        return false;
    }

    (void) gather(&n, plan);
    arg->known = n.everything
                 || (!n.unknown && arg->plan->kinds == 0
                     && branches_are_known(&n, plan));

    if (!arg->known) {
        plan->special |= XD_MARKED;

    } else if (!n.everything) {
        arg->names = n.names;
    }

    return true;
}


static bool
link_plan(xd_compiler_t *c, xd_plan_t *plan)
{
    plan->special = c->dynamics.count > 0 ? XD_SCOPED : 0;

    for (xd_step_t *s = plan->first; s != NULL; s = s->next) {
        if (s->keyword->check == xd_check_other_items) {
            plan->special |= XD_MARKED;

        } else if (s->keyword->check == xd_check_other_members
                   && !link_names(c, plan, s))
        {
            return false;
        }
    }

    return true;
}


/* -- $dynamicRef --------------------------------------------------------- */


/* Every schema that a $dynamicRef may mean gets its plan.  That may find more
 * of either, so it goes on until there are no more. */
static bool
compile_dynamics(xd_compiler_t *c)
{
    for (size_t i = 0; c->dynamics.count > 0 && i < c->anchors.count; i++) {
        const xd_anchor_t *anchor = *XD_AT(&c->anchors, xd_anchor_t *, i);

        if (anchor->dynamic && xd_compile(c, anchor->node) == NULL) {
            return false;
        }
    }

    return true;
}


static bool
link_dynamic(xd_compiler_t *c, xd_dynamic_t *dynamic)
{
    dynamic->rows =
        xd_alloc_n(c->arena, c->anchors.count, sizeof(*dynamic->rows));
    if (dynamic->rows == NULL) {
        return false;
    }

    for (size_t i = 0; i < c->anchors.count; i++) {
        const xd_anchor_t *anchor = *XD_AT(&c->anchors, xd_anchor_t *, i);

        if (!anchor->dynamic || !xd_str_eq(anchor->name, dynamic->name)) {
            continue;
        }

        dynamic->rows[dynamic->count].resource = anchor->resource;
        dynamic->rows[dynamic->count].plan = xd_compile(c, anchor->node);
        if (dynamic->rows[dynamic->count++].plan == NULL) {
            return false;
        }
    }

    return true;
}


static bool
link_dynamics(xd_compiler_t *c)
{
    if (!compile_dynamics(c)) {
        return false;
    }

    for (size_t i = 0; i < c->dynamics.count; i++) {
        if (!link_dynamic(c, *XD_AT(&c->dynamics, xd_dynamic_t *, i))) {
            return false;
        }
    }

    return true;
}


bool
xd_compile_link(xd_compiler_t *c)
{
    visit_t v = { .c = c };
    size_t count;

    if (!link_dynamics(c)) {
        return false;
    }

    count = c->set->plans.count;
    v.marks = xd_alloc_n(c->arena, count, sizeof(*v.marks));
    if (v.marks == NULL) {
        return false;
    }

    /* Names are gathered by recursion: only where there are no circles. */
    for (size_t i = 0; i < count; i++) {
        v.height = 0;
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
