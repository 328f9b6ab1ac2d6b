/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Conditions wait for the end of their set: only then its tree is whole.
 * Until then it is remembered where each of them applies.
 */

#include <stdio.h>

#include "edi/grader.h"
#include "edi/guide_plan.h"

/* Steps of all conditions of a set together, and of one of them. */
#define COST_ALL   20000000
#define COST_MOST  1000000
#define COST_LEAST 2000


/* Where the segment at hand stands in the tree; it was built just before. */
static const xd_node_t *
node_of(const edi_grader_t *g, const guide_check_t *check)
{
    const edi_row_t *row = &g->place.grammar->rows[g->place.row];

    if (check->at.rows.count == 0) {
        return g->set.tree;
    }

    if (row->loop != NULL) {
        return g->loops[row->depth];
    }

    return xd_get(g->loops[row->depth], row->segment->id)->last;
}


void
edi_guide_hold(edi_grader_t *g, const guide_check_t *check)
{
    edi_held_t *held;

    if (g->rc != XD_OK
        || (check->at.element != 0
            && xd_segment_element(&g->seg, check->at.element).len == 0))
    {
        return;
    }

    held = xd_vec_push(&g->guide.held, g->set_arena);
    if (held == NULL) {
        g->rc = XD_E_MEMORY;
        return;
    }

    *held = (edi_held_t){ .check = check,
        .node = node_of(g, check),
        .offset = check->at.element != 0
                      ? xd_x12_offset(g->reader, &g->seg, check->at.element)
                      : g->seg.offset,
        .position = g->set.segments,
        .segment_id = edi_keep(g, g->set_arena, g->seg.id),
        .mark = edi_mark_take(g) };
}


/* -- at the end ----------------------------------------------------------- */

/* The element or component of a check; NULL when it is not there. */
static const xd_node_t *
value_of(const edi_held_t *held)
{
    const guide_target_t *at = &held->check->at;
    char name[4];
    const xd_node_t *node;

    (void) snprintf(name, sizeof(name), "%u", at->element);
    node = xd_get(held->node, name);

    return at->component != 0 && node != NULL ? xd_nth(node, at->component - 1U)
                                              : node;
}


static edi_flaw_t
flaw(const edi_held_t *held, const char *rule, const xd_node_t *value)
{
    const guide_target_t *at = &held->check->at;

    return (edi_flaw_t){ .severity = held->check->rule.severity,
        .scope = at->element != 0 ? XD_SCOPE_VALUE : XD_SCOPE_SET,
        .rule = rule,
        .offset = held->offset,
        .position = held->position,
        .segment_id = held->segment_id,
        .element = at->element,
        .component = at->component,
        .reference = at->value != NULL ? at->value->reference : 0,
        .kind = at->element != 0 ? XD_EDI_GUIDE_VALUE : XD_EDI_GUIDE_CONDITION,
        .value = value != NULL ? value->text : XD_STR("") };
}


static void
told(edi_grader_t *g, const edi_held_t *held, const xd_node_t *value,
    const xd_str_t *why)
{
    const guide_check_t *check = held->check;
    edi_flaw_t f = flaw(held, "guide.must", value);
    edi_mark_t now = edi_mark_take(g);

    edi_mark_set(g, &held->mark);

    if (why == NULL) {
        edi_guide_tell(g, check, &f, "What the guide asks for is not so.");
    } else {
        f.rule = "guide.undecided";
        f.kind = XD_EDI_NO_FAULT;
        f.severity = XD_WARNING;
        edi_flaw(g, &f,
            "The guide's condition has no answer: %.*s (guide "
            "%.*s, line %u)",
            XD_FMT(*why), XD_FMT(check->rule.guide), check->rule.asked->line);
    }

    edi_mark_set(g, &now);
}


/* Is it so?  XD_OK, or as xd_cel_eval, with why there is no answer. */
static xd_rc_t
run(edi_grader_t *g, const edi_held_t *held, const xd_node_t *value,
    uint64_t cost, bool *holds, xd_str_t *why)
{
    xd_arena_t *scratch = g->guide.scratch;
    const xd_cel_binding_t bound[] = {
        { XD_STR("set"), xd_cel_of_node(scratch, g->set.tree) },
        { XD_STR("here"), xd_cel_of_node(scratch, held->node) },
        { XD_STR("value"),
            xd_cel_of_node(scratch, value != NULL ? value : held->node) },
    };
    xd_cel_value_t out = { 0 };
    xd_rc_t rc = xd_cel_eval(held->check->program, scratch, bound,
        value != NULL ? 3 : 2, cost, &out);

    *holds = rc == XD_OK && out.kind == XD_CEL_BOOL && out.as.truth;
    *why = rc == XD_E_LIMIT           ? XD_STR("the set is too large for it")
           : out.kind == XD_CEL_ERROR ? out.as.text
                                      : XD_STR("it is neither true nor false");

    return rc == XD_OK && out.kind != XD_CEL_BOOL ? XD_E_SYNTAX : rc;
}


static void
decide(edi_grader_t *g, const edi_held_t *held, uint64_t cost)
{
    bool valued = held->check->at.element != 0, holds;
    const xd_node_t *value = valued ? value_of(held) : NULL;
    xd_str_t why;
    xd_rc_t rc;

    if (valued
        && (value == NULL
            || (value->kind == XD_STRING && value->text.len == 0)))
    {
        return; /* a component that is not there */
    }

    edi_guide_count(g, held->check, false);
    rc = run(g, held, value, cost, &holds, &why);

    if (rc == XD_E_MEMORY) {
        g->rc = rc;
    } else if (rc != XD_OK) {
        told(g, held, value, &why);
    } else if (!holds) {
        told(g, held, value, NULL);
    }
}


/* Many that apply share what one may cost, so that no set costs more than
 * another of its size. */
void
edi_guide_decide(edi_grader_t *g)
{
    size_t n = g->guide.held.count;
    uint64_t cost = n > 0 ? COST_ALL / n : 0;

    cost = cost > COST_MOST ? COST_MOST : cost < COST_LEAST ? COST_LEAST : cost;

    if (n > 0 && g->guide.scratch == NULL) {
        g->guide.scratch = xd_arena_new(0);
        if (g->guide.scratch == NULL) {
            g->rc = XD_E_MEMORY;
        }
    }

    for (size_t i = 0; i < n && g->rc == XD_OK; i++) {
        xd_arena_reset(g->guide.scratch);
        decide(g, XD_AT(&g->guide.held, edi_held_t, i), cost);
    }
}
