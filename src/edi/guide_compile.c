/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Rules become checks on the rows of a grammar.  A guide can only narrow what
 * its grammar allows: what it lets pass beyond that would still be refused,
 * so a rule that is wider is a mistake of its author.
 */

#include "edi/grader.h"
#include "edi/guide_plan.h"


static void
narrow(guide_compiler_t *c, const guide_rule_t *rule, const char *text)
{
    edi_guide_fault(c, rule->guide, rule->asked, "guide.wider", "%s", text);
}


static void
misplaced(guide_compiler_t *c, const guide_rule_t *rule, const char *text)
{
    edi_guide_fault(c, rule->guide, rule->asked, "guide.rule", "%s", text);
}


static const edi_row_t *
row_of(const guide_check_t *check, const edi_set_t *grammar)
{
    return &grammar->rows[*XD_AT(&check->at.rows, uint16_t, 0)];
}


/* -- one respect each ----------------------------------------------------- */

static void
unused_check(guide_compiler_t *c, const edi_set_t *grammar,
    guide_check_t *check)
{
    char need = check->at.element == 0    ? row_of(check, grammar)->need
                : check->at.value != NULL ? check->at.value->need
                                          : 'O';

    if (need == 'M' && check->at.test.element == 0) {
        narrow(c, &check->rule,
            "What the standard cannot do without cannot be unused.");
    }
}


static void
most_check(guide_compiler_t *c, const edi_set_t *grammar, guide_check_t *check)
{
    const edi_row_t *row = row_of(check, grammar);
    uint32_t most = check->at.loop ? row->loop_most : row->most;

    check->most = (uint32_t) xd_int(check->rule.rule, "most", 1, UINT32_MAX, 1);

    if (check->at.element != 0) {
        misplaced(c, &check->rule, "'most' is about segments and loops.");
    } else if (most != 0 && check->at.rows.count == 1 && check->most > most) {
        narrow(c, &check->rule, "The standard allows fewer.");
    }
}


/* Rules about values need one value: an element, or a component. */
static bool
is_value(guide_compiler_t *c, const guide_check_t *check)
{
    if (check->at.element != 0
        && (check->at.value == NULL || check->at.value->type != EDI_COMPOSITE))
    {
        return true;
    }

    misplaced(c, &check->rule,
        check->at.element == 0
            ? "The path must end with the number of an element."
            : "This element is composite: the path must go on with the number "
              "of a component.");

    return false;
}


static void
codes_check(guide_compiler_t *c, guide_check_t *check)
{
    const edi_element_t *value = check->at.value;

    check->codes = XD_VEC(xd_str_t);
    if (!is_value(c, check)) {
        return;
    }

    xd_each (code, check->rule.asked) {
        xd_str_t *slot = xd_vec_push(&check->codes, c->arena);

        if (slot == NULL) {
            c->full = true;
            return;
        }

        *slot = code->text;
        if (value != NULL && value->codes != NULL
            && !edi_listed(value->codes, code->text))
        {
            edi_guide_fault(c, check->rule.guide, code, "guide.wider",
                "'%.*s' is no code of this element; there is:%s.",
                XD_FMT(code->text), value->codes);
        }
    }
}


static void
length_check(guide_compiler_t *c, guide_check_t *check)
{
    const edi_element_t *value = check->at.value;
    const xd_node_t *asked = check->rule.asked;
    uint32_t widest = value == NULL                   ? 0
                      : value->max_later > value->max ? value->max_later
                                                      : value->max;

    if (!is_value(c, check)) {
        return;
    }

    check->least = (uint32_t) xd_int(asked, "least", 1, UINT16_MAX, 0);
    check->most = (uint32_t) xd_int(asked, "most", 1, UINT16_MAX, 0);

    if (check->most != 0 && check->most < check->least) {
        misplaced(c, &check->rule, "The most is less than the least.");
    } else if (value != NULL
               && (check->least > widest
                   || (check->most != 0 && check->most < value->min)))
    {
        edi_guide_fault(c, check->rule.guide, asked, "guide.wider",
            "The standard allows %u to %u characters: no value could fit.",
            value->min, widest);
    }
}


static bool
check_make(guide_compiler_t *c, const edi_set_t *grammar, guide_check_t *check)
{
    if (check->rule.at.len == 0) {
        check->at.rows = XD_VEC(uint16_t);
        if (check->rule.kind != GUIDE_MUST) {
            edi_guide_fault(c, check->rule.guide, check->rule.rule,
                "guide.rule",
                "This rule needs 'at': the path that it is about.");
            return false;
        }
    } else if (!edi_guide_path(c, grammar, &check->rule, &check->at)) {
        return false;
    }

    switch (check->rule.kind) {

    case GUIDE_UNUSED:
        unused_check(c, grammar, check);
        break;

    case GUIDE_MOST:
        most_check(c, grammar, check);
        break;

    case GUIDE_CODES:
        codes_check(c, check);
        break;

    case GUIDE_LENGTH:
        length_check(c, check);
        break;

    case GUIDE_MUST:
        return edi_guide_condition(c, grammar, check);

    default:
        break;
    }

    return true;
}


/* -- checks by row -------------------------------------------------------- */

/* Does it count segments in a loop? */
static bool
counts(const guide_check_t *check)
{
    return check->at.rows.count > 0 && check->at.element == 0
           && check->rule.kind <= GUIDE_MOST;
}


static bool
means(const guide_plan_t *plan, uint16_t row, guide_ref_t *ref)
{
    const guide_check_t *check = &plan->checks[ref->check];
    const guide_target_t *at = &check->at;

    if (ref->meaning == GUIDE_OPENS) {
        return ref->step < at->nloops && at->loops[ref->step].row == row;
    }

    if (ref->step > 0) {
        return false; /* the others have no steps */
    }

    if (ref->meaning == GUIDE_RESETS) {
        return counts(check) && at->nloops > 0
               && at->loops[at->nloops - 1].row == row;
    }

    for (size_t i = 0; i < at->rows.count; i++) {
        if (*XD_AT(&at->rows, uint16_t, i) == row) {
            return true;
        }
    }

    return false;
}


/* Elements in their order, as answers tell them. */
static void
order(const guide_plan_t *plan, guide_ref_t *refs, uint32_t n)
{
    for (; n > 0; n--) {
        const guide_check_t *a = &plan->checks[refs[n - 1].check];
        const guide_check_t *b = &plan->checks[refs[n].check];
        guide_ref_t ref = refs[n];

        if (refs[n - 1].meaning != GUIDE_MEETS
            || a->at.element <= b->at.element) {
            return;
        }
        refs[n] = refs[n - 1];
        refs[n - 1] = ref;
    }
}


/* All that a row means, in the order of the meanings; returns how many.  refs
 * NULL: they are only counted. */
static uint32_t
row_refs(const guide_plan_t *plan, uint16_t row, guide_ref_t *refs)
{
    uint32_t n = 0;
    guide_ref_t ref = { 0 };

    for (ref.meaning = GUIDE_OPENS; ref.meaning <= GUIDE_MEETS; ref.meaning++) {
        for (uint32_t i = 0; i < (uint32_t) plan->count * EDI_DEPTH; i++) {
            ref.check = (uint16_t) (i / EDI_DEPTH);
            ref.step = i % EDI_DEPTH;
            if (!means(plan, row, &ref)) {
                continue;
            }
            if (refs != NULL) {
                refs[n] = ref;
                order(plan, refs, ref.meaning == GUIDE_MEETS ? n : 0);
            }
            n++;
        }
    }

    return n;
}


static void
index_rows(guide_compiler_t *c, guide_plan_t *plan)
{
    uint16_t rows = plan->grammar->count;
    uint32_t n = 0;

    for (uint16_t row = 0; row < rows; row++) {
        n += row_refs(plan, row, NULL);
    }

    plan->refs = xd_alloc_n(c->arena, n + 1U, sizeof(guide_ref_t));
    plan->first = xd_alloc_n(c->arena, rows + 1U, sizeof(uint32_t));
    if (plan->refs == NULL || plan->first == NULL) {
        c->full = true;
        return;
    }

    n = 0;
    for (uint16_t row = 0; row < rows; row++) {
        plan->first[row] = n;
        n += row_refs(plan, row, plan->refs + n);
    }
    plan->first[rows] = n;
}


static void
index_needed(guide_compiler_t *c, guide_plan_t *plan)
{
    plan->needed = XD_VEC(uint16_t);

    for (uint16_t i = 0; i < plan->count; i++) {
        const guide_check_t *check = &plan->checks[i];
        uint16_t *slot;

        plan->conditions |= check->rule.kind == GUIDE_MUST;

        if (check->rule.kind != GUIDE_REQUIRED || !counts(check)) {
            continue;
        }

        slot = xd_vec_push(&plan->needed, c->arena);
        if (slot == NULL) {
            c->full = true;
            return;
        }
        *slot = i;
    }
}


void
edi_guide_plan(guide_compiler_t *c, const xd_guide_t *guide, guide_plan_t *plan)
{
    plan->checks =
        xd_alloc_n(c->arena, guide->rules.count + 1, sizeof(guide_check_t));
    if (plan->checks == NULL) {
        c->full = true;
        return;
    }

    if (guide->rules.count > EDI_GUIDE_CHECKS) {
        edi_guide_fault(c, guide->id, guide->root, "guide.limit",
            "This guide asks %zu things with what it extends; at most %d are "
            "read.",
            guide->rules.count, EDI_GUIDE_CHECKS);
        return;
    }

    for (size_t i = 0; i < guide->rules.count && !c->full; i++) {
        guide_check_t *check = &plan->checks[plan->count];

        check->rule = *XD_AT(&guide->rules, guide_rule_t, i);
        if (check->rule.kind != GUIDE_OPTIONAL) {
            plan->count++; /* also at fault: then nothing is ever run */
            (void) check_make(c, plan->grammar, check);
        }
    }

    index_needed(c, plan);
    index_rows(c, plan);
}
