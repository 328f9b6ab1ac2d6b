/* SPDX-License-Identifier: BSD-2-Clause */

/* After the check: what is the same in each run is made once. */

#include "cel/check.h"

#define MANY  (UINT64_MAX / 64)
#define USUAL 10 /* elements of a list that nobody has seen */


/* A pattern that is written out is compiled once, and its faults are told. */
static void
prepare_regex(cel_check_t *c, cel_node_t *node)
{
    const cel_node_t *pattern;
    xd_str_t why;

    if (node->kind != CEL_CALL || !xd_str_is(node->name, "matches")
        || node->nargs != 2)
    {
        return;
    }

    pattern = node->args[1];
    if (pattern->kind == CEL_CONST && pattern->value.kind == XD_CEL_STRING) {
        node->regex =
            cel_regex_compile(c->r->arena, pattern->value.as.text, &why);
        if (node->regex == NULL && why.ptr == NULL) {
            c->u.full = true;
        } else if (node->regex == NULL) {
            cel_complain(c, pattern->at, "the pattern is refused: %.*s",
                XD_FMT(why));
        }
    }
}


/* decimal('19.90') is the same in each run, so it is made here.  One that
 * fails is left to the run, where an && may absorb it. */
static void
prepare_constant(cel_check_t *c, cel_node_t *node)
{
    static const char *const names[] = { "decimal", "timestamp", "duration" };
    cel_run_t run = { .arena = c->r->arena, .cost_most = CEL_COST };
    bool known = false;
    xd_cel_value_t v;

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        known = known || xd_str_is(node->name, names[i]);
    }

    if (!known || node->kind != CEL_CALL || node->member || node->nargs != 1
        || node->args[0]->kind != CEL_CONST)
    {
        return;
    }

    v = cel_run(&run, node);
    if (v.kind != XD_CEL_ERROR) {
        node->kind = CEL_CONST;
        node->nargs = 0;
        node->value = v;
    }
}


uint64_t
cel_finish(cel_check_t *c, cel_node_t *node)
{
    uint64_t steps = 1;

    node->type = cel_type_final(&c->u, node->type);
    prepare_regex(c, node);

    for (uint32_t i = 0; i < node->nargs; i++) {
        uint64_t n = cel_finish(c, node->args[i]);

        steps += node->kind == CEL_FOLD && i > 0 ? n * USUAL : n;
        steps = steps > MANY ? MANY : steps;
    }

    prepare_constant(c, node);

    return steps;
}
