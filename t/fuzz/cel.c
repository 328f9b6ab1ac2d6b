/* SPDX-License-Identifier: BSD-2-Clause */

/* CEL: whatever compiles runs within its cost, and what a run gives is, once
 * written, an expression that gives the same. */

#include "fuzz.h"

#include "base/file.h"
#include "canon/cel_types.h"
#include "format/json.h"

#define COST   20000
#define MEMORY (64 * 1024 * 1024)


/* An order with its types. */
static const xd_schema_t *order;
static xd_cel_binding_t order_bound[XD_CEL_DOCUMENT_BOUND];


static const xd_cel_type_t *
variable(void *ctx, xd_str_t name)
{
    (void) ctx;

    return xd_str_is(name, "x") || xd_str_is(name, "a.b")
               ? xd_cel_type(XD_CEL_DYN)
           : xd_str_is(name, "m") ? xd_cel_type(XD_CEL_DECIMAL)
                                  : NULL;
}


static xd_node_t *
document(xd_arena_t *arena)
{
    xd_node_t *root = xd_node_new(arena, XD_OBJECT);
    xd_node_t *list = xd_put(arena, root, "l", XD_ARRAY);

    (void) xd_put_num(arena, root, "n", 7);
    (void) xd_put_str(arena, root, "s", XD_STR("19.90"));
    for (int i = 0; i < 3; i++) {
        (void) xd_node_add(arena, list, xd_node_new(arena, XD_NULL));
    }

    return root;
}


/* What is written as a call, a decimal with many digits, may be refused when
 * it is read; what is read has to be the same. */
static void
reads_back(xd_arena_t *arena, const xd_cel_value_t *v)
{
    xd_buf_t out = { .limit = 4000 };
    xd_buf_t again = { 0 };
    xd_cel_program_t *program;
    xd_cel_value_t back;
    xd_report_t rep;

    xd_report_init(&rep, arena, 1);
    xd_cel_write(&out, v);

    if (xd_buf_rc(&out) == XD_OK
        && xd_cel_compile(arena, xd_buf_str(&out), NULL, &program, &rep)
               == XD_OK
        && xd_cel_eval(program, arena, NULL, 0, 0, &back) == XD_OK)
    {
        xd_cel_write(&again, &back);
        MUST(xd_str_eq(xd_buf_str(&out), xd_buf_str(&again)));
    }

    xd_buf_free(&out);
    xd_buf_free(&again);
}


static void
runs(xd_arena_t *arena, const xd_cel_program_t *program,
    const xd_cel_binding_t bound[2], bool checked)
{
    xd_arena_t *scratch = xd_arena_new(MEMORY);
    xd_cel_value_t v;
    xd_rc_t rc;

    MUST(scratch != NULL);
    MUST(xd_cel_estimate(program) > 0);
    rc = xd_cel_eval(program, scratch, bound, 2, COST, &v);
    MUST((rc == XD_OK) == (v.kind != XD_CEL_ERROR));

    if (rc == XD_OK) {
        reads_back(arena, &v);
        MUST(!checked || xd_cel_result(program)->kind != XD_CEL_BOOL
             || v.kind == XD_CEL_BOOL);
    } else {
        MUST(v.as.text.len > 0);
    }

    xd_arena_free(scratch);
}


static void
compiles(xd_arena_t *arena, xd_str_t bytes, const xd_cel_env_t *env,
    const xd_cel_binding_t bound[2])
{
    xd_cel_program_t *program;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, arena, KEPT);
    rc = xd_cel_compile(arena, bytes, env, &program, &rep);
    fuzz_findings(&rep, bytes);
    MUST((rc == XD_OK) == (xd_report_errors(&rep) == 0));

    if (rc == XD_OK) {
        runs(arena, program, bound, !env->unchecked);
    }
}


int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static xd_arena_t *arena; /* static: it lives as long as the process */
    xd_schemas_t *set;
    xd_node_t *doc;
    xd_report_t rep;
    xd_str_t bytes;

    (void) argc;
    (void) argv;

    arena = fuzz_arena();
    xd_report_init(&rep, arena, KEPT);
    MUST(xd_schemas_load(arena, "canonical-schemas", &set, &rep) == XD_OK);
    order = xd_schema_find(set, XD_STR("sales-order"));
    MUST(order != NULL);
    MUST(xd_file_read(arena,
             "canonical-schemas/sales-order/examples/extreme.json", 0, &bytes)
         == XD_OK);
    MUST(xd_json_read(arena, bytes, NULL, &doc, &rep) == XD_OK);
    MUST(xd_cel_document_bind(arena, doc, order_bound) == XD_OK);

    return 0;
}


static void
out_of_memory(xd_str_t bytes)
{
    xd_arena_t *arena = fuzz_arena();
    xd_cel_program_t *program;
    xd_cel_value_t v;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, arena, 0);
    xd_arena_fail_at(arena, fuzz_nth(bytes));
    rc = xd_cel_compile(arena, bytes, NULL, &program, &rep);
    if (rc == XD_OK) {
        rc = xd_cel_eval(program, arena, NULL, 0, COST, &v);
        MUST((rc == XD_OK) == (v.kind != XD_CEL_ERROR));
    }

    xd_arena_free(arena);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xd_str_t bytes = fuzz_bytes(data, size);

    xd_arena_t *arena = fuzz_arena();
    const xd_cel_env_t env = { .variable = variable };
    const xd_cel_env_t unchecked = { .variable = variable, .unchecked = true };
    const xd_cel_binding_t bound[] = {
        { XD_STR("x"), xd_cel_of_node(arena, document(arena)) },
        { XD_STR("m"), xd_cel_of_text(XD_STR("19.90")) },
    };
    xd_cel_env_t typed;
    xd_arena_t *types = fuzz_arena();

    compiles(arena, bytes, &env, bound);
    compiles(arena, bytes, &unchecked, bound);
    MUST(xd_cel_document_env(types, order, &typed) == XD_OK);
    compiles(arena, bytes, &typed, order_bound);
    out_of_memory(bytes);

    xd_arena_free(types);
    xd_arena_free(arena);

    return 0;
}
