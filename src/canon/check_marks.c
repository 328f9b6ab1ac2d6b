/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What few schemas need: marks for unevaluatedItems and
 * unevaluatedProperties, and the resources entered for $dynamicRef.
 *
 * A plan that looks at marks opens a set of them for its value; whatever is
 * held against the same value below it notes the children that it spoke of.
 * Sets know their value, so schemas of children leave them alone.  A branch
 * has a set of its own, which is kept only when the branch fits.
 */

#include "canon/plan.h"


static bool
marks_open(xd_run_t *run, xd_marks_t *marks, const xd_node_t *node)
{
    size_t words = node->count / 64 + 1;

    *marks = (xd_marks_t){ .node = node, .outer = run->marks };
    marks->bits = words <= sizeof(marks->few) / sizeof(marks->few[0])
                      ? marks->few
                      : xd_alloc_n(run->scratch, words, sizeof(uint64_t));

    if (marks->bits == NULL) {
        run->rc = XD_E_MEMORY;
        return false;
    }

    run->marks = marks;

    return true;
}


/* What was spoken of below is spoken of for the schema around it too. */
static void
marks_close(xd_run_t *run, xd_marks_t *marks, bool keep)
{
    xd_marks_t *outer;

    run->marks = marks->outer;
    outer = xd_marks_of(run, marks->node);

    for (size_t i = 0; keep && outer != NULL && i <= marks->node->count / 64;
         i++) {
        outer->bits[i] |= marks->bits[i];
    }
}


bool
xd_check_branch(xd_run_t *run, const xd_plan_t *plan, const xd_node_t *node,
    bool keep)
{
    xd_marks_t marks;
    bool good;

    if (xd_marks_of(run, node) == NULL) {
        run->quiet++;
        good = xd_check_within(run, plan, node);
        run->quiet--;

        return good;
    }

    if (!marks_open(run, &marks, node)) {
        return false;
    }

    run->quiet++;
    good = xd_check_within(run, plan, node);
    run->quiet--;
    marks_close(run, &marks, good && keep);

    return good;
}


static bool
check_marked(xd_run_t *run, const xd_plan_t *plan, const xd_node_t *node)
{
    xd_marks_t marks;
    bool good;

    if ((plan->special & XD_MARKED) == 0) {
        return xd_check_steps(run, plan, node);
    }

    if (!marks_open(run, &marks, node)) {
        return false;
    }

    good = xd_check_steps(run, plan, node);
    marks_close(run, &marks, true);

    return good;
}


bool
xd_check_special(xd_run_t *run, const xd_plan_t *plan, const xd_node_t *node)
{
    const xd_entered_t scope = { plan->resource, run->scope };
    bool enters = run->scope == NULL || run->scope->resource != plan->resource;
    bool good;

    if ((plan->special & XD_SCOPED) == 0 || !enters) {
        return check_marked(run, plan, node);
    }

    run->scope = &scope;
    good = check_marked(run, plan, node);
    run->scope = scope.outer;

    return good;
}


/* The schema that a resource gives for an anchor, or NULL. */
static const xd_plan_t *
given_by(const xd_dynamic_t *dynamic, const xd_resource_t *resource)
{
    for (uint32_t i = 0; i < dynamic->count; i++) {
        if (dynamic->rows[i].resource == resource) {
            return dynamic->rows[i].plan;
        }
    }

    return NULL;
}


bool
xd_check_dynamic(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    const xd_dynamic_t *dynamic = step->arg.dynamic;
    const xd_plan_t *plan = dynamic->fixed;

    for (const xd_entered_t *s = run->scope; s != NULL; s = s->outer) {
        const xd_plan_t *given = given_by(dynamic, s->resource);

        plan = given != NULL ? given : plan;
    }

    return xd_check_within(run, plan, node);
}


/* -- children that nobody spoke of ---------------------------------------- */


/* Everything is spoken of after an unevaluated…. */
static void
mark_all(xd_run_t *run, const xd_node_t *node)
{
    xd_marks_t *marks = xd_marks_of(run, node);

    for (uint32_t i = 0; marks != NULL && i < node->count; i++) {
        xd_mark(marks, i);
    }
}


static bool
is_marked(const xd_marks_t *marks, uint32_t n)
{
    return (marks->bits[n / 64] >> (n % 64)) & 1;
}


static bool
check_rest(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    const xd_plan_t *plan = step->arg.unevaluated.plan;
    const xd_marks_t *marks = xd_marks_of(run, node);
    bool good = true;
    uint32_t n = 0;

    xd_each (child, node) {
        if (marks != NULL && is_marked(marks, n++)) {
            continue;
        }

        if (plan->kinds == 0) {
            good = xd_fault(run, child, step->keyword->name,
                node->kind == XD_OBJECT
                    ? "there is no member \"%.*s\" here; remove it"
                    : "no element may stand here; remove it",
                XD_FMT(xd_shown(child->key)));
        } else {
            good = xd_check(run, plan, child) && good;
        }

        if (!good && (run->quiet > 0 || run->full)) {
            return false;
        }
    }

    mark_all(run, node);

    return good;
}


bool
xd_check_other_items(xd_run_t *run, const xd_step_t *step,
    const xd_node_t *node)
{
    return check_rest(run, step, node);
}


bool
xd_check_other_members(xd_run_t *run, const xd_step_t *step,
    const xd_node_t *node)
{
    bool good = true;

    if (!step->arg.unevaluated.known) {
        return check_rest(run, step, node);
    }

    if (step->arg.unevaluated.names != NULL) {
        good = xd_check_names_known(run, step, node);
    }

    mark_all(run, node);

    return good;
}
