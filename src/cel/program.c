/* SPDX-License-Identifier: BSD-2-Clause */

/* Compile once, run many. */

#include "cel/room.h"

#include "base/utf8.h"

#define SOURCE_MOST (1024 * 1024)


const cel_row_t *
cel_rows_find(xd_str_t name, bool member)
{
    for (size_t i = 0; i < cel_nrows; i++) {
        if (cel_rows[i].member == member && xd_str_is(name, cel_rows[i].name)) {
            return &cel_rows[i];
        }
    }

    return NULL;
}


const char *
cel_param_end(const char *p)
{
    while (*p == 'L' || *p == 'O') {
        p++;
    }

    return *p == 'M' ? cel_param_end(cel_param_end(p + 1)) : p + 1;
}


static xd_cel_kind_t
kind_of(char letter)
{
    switch (letter) {
    case 'b':
        return XD_CEL_BOOL;
    case 'i':
        return XD_CEL_INT;
    case 'u':
        return XD_CEL_UINT;
    case 'd':
        return XD_CEL_DOUBLE;
    case 's':
        return XD_CEL_STRING;
    case 'y':
        return XD_CEL_BYTES;
    case 't':
        return XD_CEL_TIMESTAMP;
    case 'r':
        return XD_CEL_DURATION;
    case 'm':
        return XD_CEL_DECIMAL;
    case 'L':
        return XD_CEL_LIST;
    case 'M':
        return XD_CEL_MAP;
    case 'O':
        return XD_CEL_OPTIONAL;
    case 'T':
        return XD_CEL_TYPE;
    default:
        return XD_CEL_DYN;
    }
}


/* Which overload it is shows only now, where the checker knew only dyn. */
static bool
takes_these(const char *takes, const xd_cel_value_t *args, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        xd_cel_kind_t want;

        if (*takes == '\0' || *takes == ' ') {
            return false;
        }

        want = kind_of(*takes);
        if (want != XD_CEL_DYN && want != args[i].kind) {
            return false;
        }

        takes = cel_param_end(takes);
    }

    return *takes == '\0' || *takes == ' ';
}


xd_cel_value_t
cel_call(cel_run_t *run, const cel_node_t *node, const xd_cel_value_t *args,
    uint32_t nargs)
{
    const cel_row_t *end = cel_rows + cel_nrows;

    if (node->rows == NULL) {
        return cel_error(run, "there is no function %.*s", XD_FMT(node->name));
    }

    /* A document may say something else than its types do. */
    if (node->likely != NULL && takes_these(node->takes, args, nargs)) {
        return node->likely->run(run, node->likely, args);
    }

    for (const cel_row_t *row = node->rows;
         row < end && row->member == node->member
         && (row == node->rows || xd_str_is(node->name, row->name));
         row++)
    {
        const char *takes = row->takes;

        while (takes != NULL) {
            if (takes_these(takes, args, nargs)) {
                return row->run(run, row, args);
            }

            takes = strchr(takes, ' ');
            takes = takes != NULL ? takes + 1 : NULL;
        }
    }

    return cel_no_overload(run);
}


static void
reader_init(cel_reader_t *r, xd_arena_t *arena, const xd_cel_env_t *env,
    xd_report_t *rep)
{
    *r = (cel_reader_t){ .arena = arena, .rep = rep, .env = env };
    r->rule = "cel.syntax";
    r->depth_most =
        env->depth == 0 || env->depth > CEL_DEPTH ? CEL_DEPTH : env->depth;
    r->nodes_most = env->nodes == 0 ? CEL_NODES : env->nodes;
}


xd_rc_t
xd_cel_compile(xd_arena_t *arena, xd_str_t source, const xd_cel_env_t *env,
    xd_cel_program_t **out, xd_report_t *rep)
{
    static const xd_cel_env_t none = { 0 };
    xd_cel_program_t *p = xd_alloc(arena, sizeof(*p));
    xd_str_t copy = xd_dup(arena, source);
    cel_reader_t r;
    size_t valid;

    reader_init(&r, arena, env != NULL ? env : &none, rep);
    r.source = copy;

    if (p == NULL || copy.ptr == NULL) {
        cel_fault(&r, XD_E_MEMORY, 0, "%s", xd_rc_text(XD_E_MEMORY));
        return XD_E_MEMORY;
    }

    if (copy.len > SOURCE_MOST) {
        cel_fault(&r, XD_E_LIMIT, 0, "the expression is longer than 1 MiB");
        return XD_E_LIMIT;
    }

    valid = xd_utf8_valid(copy);
    if (valid < copy.len) {
        cel_fault(&r, XD_E_SYNTAX, (uint32_t) valid,
            "the expression is no UTF-8 here");
        return XD_E_SYNTAX;
    }

    p->source = copy;
    p->root = cel_parse(&r);
    if (p->root == NULL || cel_check(&r, p) != XD_OK) {
        return r.rc;
    }

    *out = p;

    return XD_OK;
}


const xd_cel_type_t *
xd_cel_result(const xd_cel_program_t *program)
{
    return program->root->type;
}


uint64_t
xd_cel_estimate(const xd_cel_program_t *program)
{
    return program->estimate;
}


xd_rc_t
xd_cel_eval(const xd_cel_program_t *program, xd_arena_t *scratch,
    const xd_cel_binding_t *bound, size_t nbound, uint64_t cost,
    xd_cel_value_t *out)
{
    cel_run_t run = { .program = program,
        .arena = scratch,
        .bound = bound,
        .nbound = nbound,
        .cost_most = cost == 0 ? CEL_COST : cost };

    if (program->slots > 0) {
        run.slots = xd_alloc_n(scratch, program->slots, sizeof(*run.slots));
        if (run.slots == NULL) {
            *out = cel_memory(&run);
            return XD_E_MEMORY;
        }
    }

    *out = cel_run(&run, program->root);
    if (run.rc != XD_OK) {
        *out = cel_text(XD_CEL_ERROR,
            run.rc == XD_E_LIMIT
                ? XD_STR("the expression needs more steps than it may")
                : xd_str(xd_rc_text(run.rc)));
        return run.rc;
    }

    return out->kind == XD_CEL_ERROR ? XD_E_SYNTAX : XD_OK;
}


xd_rc_t
xd_cel_holds(const xd_cel_program_t *program, xd_arena_t *scratch,
    const xd_cel_binding_t *bound, size_t nbound, bool *holds, xd_str_t *why)
{
    xd_cel_value_t v;
    xd_rc_t rc = xd_cel_eval(program, scratch, bound, nbound, 0, &v);
    xd_str_t text = XD_STR("the expression is no condition");

    *holds = rc == XD_OK && v.kind == XD_CEL_BOOL && v.as.truth;
    if (rc == XD_OK && v.kind == XD_CEL_BOOL) {
        return XD_OK;
    }

    if (why != NULL) {
        *why = rc == XD_OK ? text : v.as.text;
    }

    return rc == XD_OK ? XD_E_SYNTAX : rc;
}
