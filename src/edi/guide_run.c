/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A guide while a set is graded.  Each segment that found its row is held
 * against the checks of that row alone; what has to be there is looked for
 * when its loop ends, or when the set has gone past its place.
 */

#include "edi/grader.h"
#include "edi/guide_plan.h"

#define STEPS(n) ((uint8_t) ((1U << (n)) - 1))
#define NOTHING  (-1) /* not even the set goes on */


/* -- values --------------------------------------------------------------- */

static bool
listed(edi_grader_t *g, const xd_vec_t *codes, xd_str_t value)
{
    if (g->seg.special && g->syntax->edifact) {
        value = xd_edi_value(g->reader, g->set_arena, value);
        if (value.ptr == NULL) {
            g->rc = XD_E_MEMORY;
            return true;
        }
    }

    for (size_t i = 0; i < codes->count; i++) {
        if (xd_str_eq(*XD_AT(codes, xd_str_t, i), value)) {
            return true;
        }
    }

    return false;
}


static bool
is_meant(edi_grader_t *g, const guide_test_t *test)
{
    return test->element == 0
           || listed(g, &test->codes,
               edi_raw(g, test->element, test->component));
}


/* -- what is told --------------------------------------------------------- */

static edi_guide_state_t *
state_of(edi_grader_t *g, const guide_check_t *check)
{
    return &g->guide.states[check - g->guide.plan->checks];
}


/* The loops of its path are those that are open. */
static bool
holds(edi_grader_t *g, const guide_check_t *check)
{
    return state_of(g, check)->open == STEPS(check->at.nloops);
}


void
edi_guide_count(edi_grader_t *g, const guide_check_t *check, bool broken)
{
    size_t n = (size_t) (check - g->guide.plan->checks);

    if (g->use != NULL) {
        g->use[g->guide.first + n].tried += !broken;
        g->use[g->guide.first + n].broken += broken;
    }
}


void
edi_guide_tell(edi_grader_t *g, const guide_check_t *check, edi_flaw_t *f,
    const char *otherwise)
{
    const guide_rule_t *rule = &check->rule;
    xd_str_t says = rule->says.len > 0 ? rule->says : xd_str(otherwise);

    f->severity = rule->severity;
    edi_guide_count(g, check, true);
    edi_flaw(g, f, "%.*s (guide %.*s, line %u)", XD_FMT(says),
        XD_FMT(rule->guide), rule->asked->line);
}


static edi_flaw_t
value_flaw(const edi_grader_t *g, const guide_check_t *check, const char *rule,
    xd_edi_kind_t kind)
{
    edi_flaw_t f = edi_flaw_element(g, rule, check->at.element, kind);
    xd_str_t value = edi_raw(g, check->at.element, check->at.component);

    f.component = check->at.component;
    f.reference = check->at.value != NULL ? check->at.value->reference : 0;

    if (value.len > 0 && xd_x12_in_file(g->reader, value)) {
        f.offset += (size_t) (value.ptr - f.value.ptr);
    }
    f.value = value;

    return f;
}


/* It should stand in the loop that ends here, or before this segment. */
static void
missing(edi_grader_t *g, const guide_check_t *check)
{
    const edi_row_t *row =
        &g->place.grammar->rows[*XD_AT(&check->at.rows, uint16_t, 0)];
    edi_flaw_t f =
        edi_flaw_segment(g, "guide.required", XD_EDI_GUIDE_SEGMENT_MISSING);

    f.segment_id = xd_str(row->segment->id);
    f.loop_id = row->loop != NULL ? xd_str(row->loop) : XD_STR("");
    state_of(g, check)->told = true;
    edi_guide_tell(g, check, &f, "This has to be here, and is not.");
}


/* -- checks of values ----------------------------------------------------- */

/* Each repetition of a value; cut off from the rest, which is NULL at the end.
 */
static xd_str_t
next_value(edi_grader_t *g, const guide_check_t *check, xd_str_t *rest)
{
    bool repeats = check->at.value != NULL && check->at.value->repeat > 1;

    return xd_edi_cut(g->reader, rest,
        repeats ? xd_x12_marks(g->reader)->repetition : '\0');
}


static void
codes_check(edi_grader_t *g, const guide_check_t *check, xd_str_t value)
{
    xd_str_t rest = value;

    while (rest.ptr != NULL) {
        if (!listed(g, &check->codes, next_value(g, check, &rest))) {
            edi_flaw_t f =
                value_flaw(g, check, "guide.codes", XD_EDI_GUIDE_CODE);

            edi_guide_tell(g, check, &f, "This code is not used.");
            return;
        }
    }
}


/* Of numbers the digits count, as in the grammar. */
static size_t
length_of(const edi_grader_t *g, const guide_check_t *check, xd_str_t value)
{
    const edi_element_t *row = check->at.value;
    size_t digits = row != NULL && (row->type == EDI_R || row->type == EDI_N)
                        ? edi_number_length(value, ".,")
                        : SIZE_MAX;

    return digits != SIZE_MAX ? digits : xd_edi_length(g->reader, value);
}


static void
length_check(edi_grader_t *g, const guide_check_t *check, xd_str_t value)
{
    xd_str_t rest = value;

    while (rest.ptr != NULL) {
        size_t len = length_of(g, check, next_value(g, check, &rest));
        bool longer = check->most != 0 && len > check->most;
        edi_flaw_t f;

        if (!longer && len >= check->least) {
            continue;
        }

        f = value_flaw(g, check, "guide.length",
            longer ? XD_EDI_ELEMENT_LONG : XD_EDI_ELEMENT_SHORT);
        edi_guide_tell(g, check, &f,
            longer ? "This value is longer than agreed."
                   : "This value is shorter than agreed.");
        return;
    }
}


static void
value_check(edi_grader_t *g, const guide_check_t *check)
{
    xd_str_t value = edi_raw(g, check->at.element, check->at.component);
    bool there = value.len > 0;
    edi_flaw_t f;

    if (!there && check->rule.kind >= GUIDE_CODES) {
        return; /* of what is not there, nothing is asked */
    }

    edi_guide_count(g, check, false);

    if (check->rule.kind == GUIDE_CODES) {
        codes_check(g, check, value);

    } else if (check->rule.kind == GUIDE_LENGTH) {
        length_check(g, check, value);

    } else if (check->rule.kind == GUIDE_REQUIRED && !there) {
        f = value_flaw(g, check, "guide.required",
            XD_EDI_GUIDE_ELEMENT_MISSING);
        edi_guide_tell(g, check, &f, "This value has to be here.");

    } else if (check->rule.kind == GUIDE_UNUSED && there) {
        f = value_flaw(g, check, "guide.unused", XD_EDI_GUIDE_ELEMENT_UNUSED);
        edi_guide_tell(g, check, &f, "This value is not used.");
    }
}


/* -- checks of segments and loops ----------------------------------------- */

static void
segment_check(edi_grader_t *g, const guide_check_t *check)
{
    edi_guide_state_t *state = state_of(g, check);
    bool loop = check->at.loop;
    edi_flaw_t f;

    state->count++;

    if (check->rule.kind == GUIDE_UNUSED) {
        f = edi_flaw_segment(g, "guide.unused", XD_EDI_GUIDE_SEGMENT_UNUSED);
        edi_guide_tell(g, check, &f, "This is not used.");

    } else if (check->rule.kind == GUIDE_MOST && state->count > check->most) {
        f = edi_flaw_segment(g, "guide.most",
            loop ? XD_EDI_LOOP_TOO_MANY : XD_EDI_SEGMENT_TOO_MANY);
        f.loop_id = loop ? xd_str(g->place.grammar->rows[g->place.row].loop)
                         : XD_STR("");
        edi_guide_tell(g, check, &f, "This is more often here than agreed.");
    }
}


static void
meet(edi_grader_t *g, const guide_check_t *check)
{
    if (!holds(g, check) || !is_meant(g, &check->at.test)) {
        return;
    }

    if (check->rule.kind == GUIDE_MUST) {
        edi_guide_hold(g, check);
    } else if (check->at.element != 0) {
        value_check(g, check);
    } else {
        segment_check(g, check);
    }
}


/* It counts anew; that it could have been broken here is one try. */
static void
reset(edi_grader_t *g, const guide_check_t *check)
{
    edi_guide_state_t *state = state_of(g, check);

    state->count = 0;
    state->told = false;

    if (holds(g, check)) {
        edi_guide_count(g, check, false);
    }
}


void
edi_guide_segment(edi_grader_t *g, const edi_row_t *row)
{
    const guide_plan_t *plan = g->guide.plan;
    size_t at = (size_t) (row - g->place.grammar->rows);

    for (uint32_t i = plan->first[at]; i < plan->first[at + 1]; i++) {
        const guide_ref_t *ref = &plan->refs[i];
        const guide_check_t *check = &plan->checks[ref->check];
        edi_guide_state_t *state = &g->guide.states[ref->check];

        if (ref->meaning == GUIDE_MEETS) {
            meet(g, check);
        } else if (ref->meaning == GUIDE_RESETS) {
            reset(g, check);
        } else if (is_meant(g, &check->at.loops[ref->step].test)) {
            state->open |= (uint8_t) (1U << ref->step);
        } else {
            state->open &= (uint8_t) ~(1U << ref->step);
        }
    }

    g->guide.before = edi_mark_take(g);
}


/* -- what is missing ------------------------------------------------------ */

/* The depth of the loop that it has to stand in. */
static uint8_t
depth_of(const edi_set_t *grammar, const guide_check_t *check)
{
    return check->at.nloops == 0
               ? 0
               : grammar->rows[check->at.loops[check->at.nloops - 1].row].depth;
}


/* Is the loop that it has to stand in the one that is open at that mark? */
static bool
is_within(const edi_grader_t *g, const guide_check_t *check,
    const edi_mark_t *mark)
{
    uint8_t depth = depth_of(g->place.grammar, check);

    return depth == 0
           || (depth <= mark->depth
               && mark->start[depth]
                      == check->at.loops[check->at.nloops - 1].row);
}


/* The row comes behind it in the same loop; a loop within may still come
 * again, as long as the rows are its own. */
static bool
is_past(const edi_grader_t *g, const guide_check_t *check, size_t at)
{
    const edi_row_t *row = &g->place.grammar->rows[at];
    uint8_t depth = depth_of(g->place.grammar, check);
    uint16_t last = *XD_AT(&check->at.rows, uint16_t, check->at.rows.count - 1);

    return at > last && row->depth == (row->loop != NULL ? depth + 1 : depth);
}


/*
 * Tells what is missing in loops that end before the row at hand, and in those
 * that go on behind its place.  keep is the depth of the innermost loop that
 * goes on; the finding's path is the loop's own.
 */
static void
look(edi_grader_t *g, int keep, size_t row)
{
    const guide_plan_t *plan = g->guide.plan;
    const edi_mark_t *before = &g->guide.before, now = edi_mark_take(g);

    for (size_t i = 0; i < plan->needed.count; i++) {
        const guide_check_t *check =
            &plan->checks[*XD_AT(&plan->needed, uint16_t, i)];
        const edi_guide_state_t *state = state_of(g, check);
        uint8_t depth = depth_of(plan->grammar, check);

        if (state->count > 0 || state->told || !holds(g, check)
            || !is_within(g, check, before)
            || (depth <= keep && !is_past(g, check, row)))
        {
            continue;
        }

        edi_mark_set(g, before);
        g->place.depth = depth;
        missing(g, check);
        edi_mark_set(g, &now);
    }
}


void
edi_guide_leave(edi_grader_t *g, const edi_row_t *row)
{
    uint8_t keep = row->loop != NULL ? (uint8_t) (row->depth - 1) : row->depth;

    look(g, keep, (size_t) (row - g->place.grammar->rows));
}


/* -- the set -------------------------------------------------------------- */

static bool
is_for(const xd_guide_t *guide, const edi_grader_t *g)
{
    if (!xd_str_is(guide->set, g->place.grammar->code)) {
        return false;
    }

    if (g->syntax->edifact) {
        return true; /* a directory has a grammar of its own */
    }

    xd_each (version, guide->versions) {
        if (xd_str_starts(g->group.version, version->text)) {
            return true;
        }
    }

    return false;
}


/* Has the grammar a plan in a guide that is for this version? */
static void
choose(edi_grader_t *g)
{
    for (size_t i = 0; i < g->guides->count; i++) {
        const xd_guide_t *guide = g->guides->at[i];

        if (!is_for(guide, g)) {
            continue;
        }

        for (size_t p = 0; p < guide->plans.count; p++) {
            const guide_plan_t *plan = XD_AT(&guide->plans, guide_plan_t, p);

            if (plan->grammar == g->place.grammar) {
                g->guide.plan = plan;
                g->guide.first = guide->first;
            }
        }
    }
}


/* Room for the guide with the most checks, once. */
static bool
states_make(edi_grader_t *g)
{
    size_t most = 1;

    for (size_t i = 0; i < g->guides->count; i++) {
        most =
            g->guides->at[i]->checks > most ? g->guides->at[i]->checks : most;
    }

    g->guide.room = most;
    g->guide.states = xd_alloc_n(g->arena, most, sizeof(edi_guide_state_t));

    if (g->guide.states == NULL) {
        g->rc = XD_E_MEMORY;
    }

    return g->guide.states != NULL;
}


void
edi_guide_choose(edi_grader_t *g)
{
    g->guide.plan = NULL;

    if (g->guides == NULL || g->place.grammar == NULL
        || (g->guide.states == NULL && !states_make(g)))
    {
        return;
    }

    choose(g);
    if (g->guide.plan == NULL) {
        return;
    }

    g->out->guided++;
    memset(g->guide.states, 0, g->guide.room * sizeof(edi_guide_state_t));
    g->guide.held = (xd_vec_t){ .size = sizeof(edi_held_t) };
    g->guide.before = edi_mark_take(g);
    g->building = g->building || g->guide.plan->conditions;
}


/* What is not within a loop is asked of the set once. */
void
edi_guide_begin(edi_grader_t *g)
{
    const guide_plan_t *plan = g->guide.plan;

    for (uint16_t i = 0; i < plan->count; i++) {
        const guide_check_t *check = &plan->checks[i];

        if (check->at.rows.count == 0) {
            edi_guide_hold(g, check);
        } else if (check->at.nloops == 0 && check->at.element == 0
                   && check->rule.kind <= GUIDE_MOST)
        {
            edi_guide_count(g, check, false);
        }
    }

    edi_guide_segment(g, &g->place.grammar->rows[0]);
}


void
edi_guide_end(edi_grader_t *g)
{
    look(g, NOTHING, 0);
    edi_guide_decide(g);
}
