/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Conditions of guides.  `set` is the tree of the set, `here` the loop or
 * segment that the rule's path means, `value` its element.  Loops have types,
 * so that a wrong name is told when the guide is compiled; elements are texts
 * under their numbers.
 */

#include "canon/guess.h"
#include "edi/guide_plan.h"

#define FAULTS 5 /* of one condition that are told */


/* What an expression may speak of. */
typedef struct {
    xd_arena_t *arena;
    const edi_set_t *grammar;
    const guide_check_t *check;
} types_t;


/* The object of a loop; EDI_NO_ROW: the set. */
static const xd_cel_type_t *
loop_type(types_t *t, uint16_t row)
{
    uint16_t *loop = xd_alloc(t->arena, sizeof(*loop));
    const char *name =
        row == EDI_NO_ROW ? t->grammar->code : t->grammar->rows[row].loop;
    xd_cel_type_t *made = xd_alloc(t->arena, sizeof(*made));

    if (loop == NULL || made == NULL) {
        return &xd_cel_no_memory;
    }

    *loop = row;
    *made = (xd_cel_type_t){ .kind = XD_CEL_OBJECT,
        .name = xd_str(name),
        .ctx = loop };

    return made;
}


static const xd_cel_type_t *
list_type(types_t *t, const xd_cel_type_t *of)
{
    xd_cel_type_t *made = xd_alloc(t->arena, sizeof(*made));

    if (made == NULL || of == &xd_cel_no_memory) {
        return &xd_cel_no_memory;
    }

    *made = (xd_cel_type_t){ .kind = XD_CEL_LIST, .of = of };

    return made;
}


/* A segment, or a loop as a whole, that the path means; `value` is what stands
 * at its end. */
static const xd_cel_type_t *
variable(void *ctx, xd_str_t name)
{
    types_t *t = ctx;
    const guide_target_t *at = &t->check->at;
    bool placed = at->rows.count > 0;

    if (xd_str_is(name, "set")) {
        return loop_type(t, EDI_NO_ROW);
    }

    if (placed && xd_str_is(name, "here")) {
        return at->loop ? loop_type(t, *XD_AT(&at->rows, uint16_t, 0))
                        : xd_cel_type(XD_CEL_DYN);
    }

    if (at->element > 0 && xd_str_is(name, "value")) {
        bool text = at->value != NULL && at->value->type != EDI_COMPOSITE;

        return xd_cel_type(text ? XD_CEL_STRING : XD_CEL_DYN);
    }

    return NULL;
}


/* Elements of the segment that begins the loop stand beside those within. */
static bool
is_element(xd_str_t name)
{
    uint64_t n;

    return xd_str_uint(name, 99, &n);
}


static const xd_cel_type_t *
member(void *ctx, const xd_cel_type_t *object, xd_str_t name)
{
    types_t *t = ctx;
    const uint16_t *at = object->ctx;
    guide_within_t in = { t->grammar, *at };
    bool loop, whole = *at == EDI_NO_ROW;
    uint16_t row;

    if (is_element(name)) {
        return xd_cel_type(XD_CEL_DYN);
    }

    /* levels stand within each other, whatever the rows say */
    if (!whole && xd_str_is(name, "HL")
        && strcmp(t->grammar->rows[*at].loop, "HL") == 0)
    {
        return list_type(t, loop_type(t, *at));
    }

    row = edi_guide_child(&in, whole ? 0 : (uint16_t) (*at + 1), name, &loop);
    if (row == EDI_NO_ROW) {
        return NULL;
    }

    return list_type(t, loop ? loop_type(t, row) : xd_cel_type(XD_CEL_DYN));
}


static xd_str_t
nearest(void *ctx, const xd_cel_type_t *object, xd_str_t name)
{
    const types_t *t = ctx;
    guide_within_t in = { t->grammar, EDI_NO_ROW };
    xd_guess_t guess = xd_guess(name);

    if (object != NULL) {
        in.loop = *(const uint16_t *) object->ctx;
        return edi_guide_nearest(&in, name);
    }

    xd_guess_try(&guess, XD_STR("set"));
    xd_guess_try(&guess, XD_STR("here"));
    xd_guess_try(&guess, XD_STR("value"));

    return guess.best;
}


static bool
is_condition(const xd_cel_program_t *program)
{
    xd_cel_kind_t kind = xd_cel_result(program)->kind;

    return kind == XD_CEL_BOOL || kind == XD_CEL_DYN;
}


bool
edi_guide_condition(guide_compiler_t *c, const edi_set_t *grammar,
    guide_check_t *check)
{
    const guide_rule_t *rule = &check->rule;
    types_t types = { c->arena, grammar, check };
    const xd_cel_env_t env = { .ctx = &types,
        .variable = variable,
        .member = member,
        .nearest = nearest };
    xd_cel_program_t *program = NULL;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, c->arena, FAULTS);
    rc = xd_cel_compile(c->arena, rule->asked->text, &env, &program, &rep);

    if (rc == XD_E_MEMORY) {
        c->full = true;
        return false;
    }

    for (size_t i = 0; rc != XD_OK && i < rep.nkept; i++) {
        edi_guide_fault(c, rule->guide, rule->asked, "guide.condition",
            "Column %u of the condition: %.*s", rep.kept[i].column,
            XD_FMT(rep.kept[i].text));
    }

    if (rc == XD_OK && !is_condition(program)) {
        edi_guide_fault(c, rule->guide, rule->asked, "guide.condition",
            "A condition is true or false; this one is neither.");
        rc = XD_E_SYNTAX;
    }

    check->program = program;

    return rc == XD_OK;
}
