/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Running a plan.  A document that fits costs no memory: pointers and
 * sentences are made for faults only, and scratch is used by regular
 * expressions and long uniqueItems alone.
 */

#include <stdio.h>

#include "base/utf8.h"
#include "canon/digits.h"
#include "canon/plan.h"


#define SHOWN    60
#define SENTENCE 512

/* Steps of one search, and KiB of its memory: hostile texts end here. */
#define MATCH_LIMIT 100000
#define MATCH_DEPTH 1000
#define HEAP_LIMIT  1024

/* Schemas held against the same value, in all. */
#define DEPTH_LIMIT 3000

/* And one after the other: dozens for each node of the largest document. */
#define HELD_LIMIT 50000000


xd_str_t
xd_shown(xd_str_t text)
{
    if (text.len <= SHOWN) {
        return text;
    }

    text.len = SHOWN;
    text.len = xd_utf8_valid(text);

    return text;
}


bool
xd_fault(xd_run_t *run, const xd_node_t *node, const char *rule,
    const char *format, ...)
{
    xd_finding_t f = { .severity = XD_ERROR,
        .scope = XD_SCOPE_VALUE,
        .offset = node->offset,
        .line = node->line,
        .column = node->column,
        .rule = rule,
        .value = node->text };
    char text[SENTENCE];
    va_list args;

    if (run->quiet > 0 || run->full) {
        return false;
    }

    va_start(args, format);
    (void) vsnprintf(text, sizeof(text), format, args);
    va_end(args);

    f.path = xd_pointer_of(run->scratch, node);
    f.text = xd_str(text);
    xd_report(run->rep, &f);

    /* What is kept is full; a report that keeps nothing has a sink, or only
     * wants to know that there is a fault. */
    run->full = run->rep->most > 0 ? run->rep->nkept >= run->rep->most
                                   : run->rep->sink == NULL;

    return false;
}


bool
xd_break(xd_run_t *run, const xd_node_t *node, const char *rule,
    const char *text)
{
    unsigned quiet = run->quiet;

    if (!run->broken) {
        run->quiet = 0;
        run->broken = true;
        xd_fault(run, node, rule, "%s", text);
        run->quiet = quiet;
    }

    return false;
}


static const char *
kind_name(unsigned bit)
{
    static const char *const names[] = { "null", "true or false", "a number",
        "a string", "an array", "an object", "a whole number" };

    return names[__builtin_ctz(bit)];
}


/* "a string, an array or null" */
static void
list_kinds(unsigned kinds, char *out, size_t size)
{
    size_t n = 0;

    while (kinds != 0 && n < size) {
        unsigned bit = kinds & (~kinds + 1);
        const char *name = kind_name(bit);

        kinds &= ~bit;
        n += (size_t) snprintf(out + n, size - n, "%s%s",
            n == 0       ? ""
            : kinds == 0 ? " or "
                         : ", ",
            name);
    }
}


static bool
is_number_text(xd_str_t text)
{
    size_t i = text.len > 0 && text.ptr[0] == '-' ? 1 : 0;

    for (; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++) {
    }

    return text.len > 0 && text.len < 20 && i == text.len
           && text.ptr[i - 1] != '-';
}


/* What to do about the kind, where one change of the text gives it. */
static const char *
kind_hint(const xd_plan_t *plan, const xd_node_t *node)
{
    bool scalar = node->kind == XD_NUMBER || node->kind == XD_BOOL;

    if (scalar && (plan->kinds & XD_BIT(XD_STRING))) {
        return "; put it in quotes";
    }

    if (node->kind == XD_STRING && is_number_text(node->text)
        && (plan->kinds & (XD_BIT(XD_NUMBER) | XD_BIT_INTEGER)))
    {
        return "; take its quotes away";
    }

    return plan->kinds == XD_BIT(XD_ARRAY) ? "; put it in [ ]" : "";
}


static bool
wrong_kind(xd_run_t *run, const xd_plan_t *plan, const xd_node_t *node)
{
    char kinds[120];

    if (plan->kinds == 0) {
        return xd_fault(run, node, "false",
            "nothing may stand here; remove it");
    }

    if (run->quiet > 0) {
        return false;
    }

    list_kinds(plan->kinds, kinds, sizeof(kinds));

    return xd_fault(run, node, "type", "must be %s, not %s%s", kinds,
        kind_name(XD_BIT(node->kind)), kind_hint(plan, node));
}


static bool
is_kind(const xd_plan_t *plan, const xd_node_t *node)
{
    if (plan->kinds & XD_BIT(node->kind)) {
        return true;
    }

    return (plan->kinds & XD_BIT_INTEGER) && node->kind == XD_NUMBER
           && xd_digits_integer(node->text);
}


static inline bool
steps(xd_run_t *run, const xd_plan_t *plan, const xd_node_t *node)
{
    bool good = true;

    for (const xd_step_t *s = plan->first; s != NULL; s = s->next) {
        if ((s->kinds & XD_BIT(node->kind)) == 0 || s->check(run, s, node)) {
            continue;
        }

        good = false;
        if (run->quiet > 0 || run->full) {
            break;
        }
    }

    return good;
}


bool
xd_check_steps(xd_run_t *run, const xd_plan_t *plan, const xd_node_t *node)
{
    return steps(run, plan, node);
}


bool
xd_check(xd_run_t *run, const xd_plan_t *plan, const xd_node_t *node)
{
    if (!is_kind(plan, node)) {
        return wrong_kind(run, plan, node);
    }

    if (__builtin_expect(plan->special != 0, 0)) {
        return xd_check_special(run, plan, node);
    }

    return steps(run, plan, node);
}


/* Documents end somewhere, and what stands in place has no circles but those
 * that $dynamicRef makes: they end here. */
static inline bool
within(xd_run_t *run, const xd_plan_t *plan, const xd_node_t *node)
{
    bool good;

    if (run->depth >= DEPTH_LIMIT || ++run->held > HELD_LIMIT) {
        return xd_break(run, node, "schema.loop",
            "the schema refers to itself too often to be held against this");
    }

    run->depth++;
    good = xd_check(run, plan, node);
    run->depth--;

    return good;
}


bool
xd_check_within(xd_run_t *run, const xd_plan_t *plan, const xd_node_t *node)
{
    return within(run, plan, node);
}


bool
xd_check_ref(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    return within(run, step->arg.plans.at[0], node);
}


/* -- regular expressions ------------------------------------------------- */


static void *
scratch_alloc(size_t size, void *arena)
{
    return xd_alloc(arena, size);
}


static void
scratch_free(void *at, void *arena)
{
    (void) at;
    (void) arena;
}


/* What a search needs, made at the first one of a run. */
static bool
make_search(xd_run_t *run)
{
    pcre2_general_context *memory;

    if (run->match != NULL) {
        return true;
    }

    memory =
        pcre2_general_context_create(scratch_alloc, scratch_free, run->scratch);
    run->limits = memory == NULL ? NULL : pcre2_match_context_create(memory);
    if (run->limits == NULL) {
        return false;
    }

    pcre2_set_match_limit(run->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(run->limits, MATCH_DEPTH);
    pcre2_set_heap_limit(run->limits, HEAP_LIMIT);
    run->match = pcre2_match_data_create(1, memory);

    return run->match != NULL;
}


bool
xd_regex_found(xd_run_t *run, const pcre2_code *regex, const xd_node_t *node,
    xd_str_t text)
{
    int found;

    if (!make_search(run)) {
        run->rc = XD_E_MEMORY;
        return false;
    }

    found = pcre2_match(regex, (PCRE2_SPTR) text.ptr, text.len, 0, 0,
        run->match, run->limits);

    if (found == PCRE2_ERROR_NOMEMORY) {
        run->rc = XD_E_MEMORY;

    } else if (found < 0 && found != PCRE2_ERROR_NOMATCH) {
        xd_break(run, node, "pattern",
            "the pattern cannot be held against this text within its limits");
    }

    /* One group was asked for, so 0 means found with more groups. */
    return found >= 0;
}


/* -- what a schema holds against the same value -------------------------- */


bool
xd_check_all(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    bool good = true;

    for (uint32_t i = 0; i < step->arg.plans.count; i++) {
        good = xd_check_within(run, step->arg.plans.at[i], node) && good;

        if (!good && (run->quiet > 0 || run->full)) {
            break;
        }
    }

    return good;
}


static bool all_take_kind(const xd_plans_t *plans, const xd_node_t *node);


/* May a value of this kind fit the plan at all? */
static bool
takes_kind(const xd_plan_t *plan, const xd_node_t *node)
{
    if (!is_kind(plan, node)) {
        return false;
    }

    for (const xd_step_t *s = plan->first; s != NULL; s = s->next) {
        if (s->keyword->in_place == XD_ALWAYS
            && !all_take_kind(&s->arg.plans, node)) {
            return false;
        }
    }

    return true;
}


static bool
all_take_kind(const xd_plans_t *plans, const xd_node_t *node)
{
    bool all = true;

    for (uint32_t i = 0; i < plans->count; i++) {
        all = all && takes_kind(plans->at[i], node);
    }

    return all;
}


/* Is there one branch only that takes this kind of value?  *place tells it. */
static bool
only_branch(const xd_plans_t *plans, const xd_node_t *node, uint32_t *place)
{
    uint32_t found = 0;

    for (uint32_t i = 0; i < plans->count; i++) {
        if (takes_kind(plans->at[i], node)) {
            *place = i;
            found++;
        }
    }

    return found == 1;
}


/* What a branch is called: its title, or the members that it asks for. */
static xd_str_t
branch_name(const xd_plan_t *plan)
{
    const xd_node_t *required = xd_get(plan->source, "required");
    xd_str_t title = xd_text(plan->source, "title");

    return title.len > 0 || required == NULL || required->count != 1
               ? title
               : required->first->text;
}


/* "gtin, altIds"; empty when a branch has no name. */
static void
list_branches(const xd_plans_t *plans, char *out, size_t size)
{
    size_t n = 0;

    for (uint32_t i = 0; i < plans->count && n < size; i++) {
        xd_str_t name = branch_name(plans->at[i]);

        if (name.len == 0) {
            out[0] = '\0';
            return;
        }

        n += (size_t) snprintf(out + n, size - n, "%s%.*s", i == 0 ? "" : ", ",
            XD_FMT(name));
    }
}


/* Tells why no branch fits, as narrowly as it can. */
static bool
no_branch(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    uint32_t place = 0;
    char names[300] = "";

    if (run->quiet > 0) {
        return false;
    }

    if (only_branch(&step->arg.plans, node, &place)) {
        return xd_check_within(run, step->arg.plans.at[place], node);
    }

    list_branches(&step->arg.plans, names, sizeof(names));
    if (names[0] != '\0') {
        return xd_fault(run, node, step->keyword->name,
            "needs one of these: %s", names);
    }

    return xd_fault(run, node, step->keyword->name,
        "fits none of the %u forms that are allowed here; make it fit one",
        step->arg.plans.count);
}


bool
xd_check_any(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    bool marks = xd_marks_of(run, node) != NULL;
    bool fits = false;

    /* Where marks are wanted, those of every branch that fits count. */
    for (uint32_t i = 0; i < step->arg.plans.count && (marks || !fits); i++) {
        fits = xd_check_branch(run, step->arg.plans.at[i], node, true) || fits;
    }

    return fits || no_branch(run, step, node);
}


bool
xd_check_one(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    uint32_t fit = 0;

    for (uint32_t i = 0; i < step->arg.plans.count && fit < 2; i++) {
        fit += xd_check_branch(run, step->arg.plans.at[i], node, true);
    }

    if (fit == 0) {
        return no_branch(run, step, node);
    }

    return fit == 1
           || xd_fault(run, node, step->keyword->name,
               "fits more than one of the forms that are allowed here; make "
               "it fit just one");
}


bool
xd_check_not(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    const xd_plan_t *plan = step->arg.plans.at[0];
    xd_str_t why = xd_text(plan->source, "description");

    if (!xd_check_branch(run, plan, node, false)) {
        return true;
    }

    return xd_fault(run, node, step->keyword->name,
        "has a form that is not allowed here; change it%s%.*s",
        why.len > 0 ? ": " : "", XD_FMT(why));
}


bool
xd_check_if(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    const xd_plan_t **at = step->arg.plans.at;
    const xd_plan_t *branch =
        xd_check_branch(run, at[0], node, true) ? at[1] : at[2];

    return branch == NULL || xd_check_within(run, branch, node);
}
