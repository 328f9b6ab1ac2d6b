/* SPDX-License-Identifier: BSD-2-Clause */

/* Expressions about documents: the types that schemas give, wrong names. */

#include "canon/cel_types.h"
#include "t/unit/canon/data_fixture.h"

#define DIALECT "\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","


static const xd_schema_t *
schema_of(const char *name)
{
    const xd_schema_t *schema = xd_schema_find(schemas, xd_str(name));

    ck_assert_ptr_nonnull(schema);

    return schema;
}


static xd_rc_t
compile(const xd_schema_t *schema, const char *source, xd_cel_program_t **out)
{
    xd_cel_env_t env;

    xd_report_init(&rep, arena, 20);
    ck_assert_int_eq(xd_cel_document_env(arena, schema, &env), XD_OK);

    return xd_cel_compile(arena, xd_str(source), &env, out, &rep);
}


static const struct {
    const char *document, *expression, *type;
} types[] = {
    { "sales-order", "orderNo", "string" },
    { "sales-order", "doc.orderNo", "string" },
    { "sales-order", "placedAt", "google.protobuf.Timestamp" },
    { "sales-order", "totals.gross.amount", "decimal" },
    { "sales-order", "totals.gross", "money" },
    { "sales-order", "lines", "list(line)" },
    { "sales-order", "lines[0].qty", "quantity" },
    { "sales-order", "lines[0].qty.value", "decimal" },
    { "sales-order", "lines[0].fulfil.method", "string" },
    { "sales-order", "lines.map(l, l.lineNo)", "list(int)" },
    { "sales-order", "shipTo.address.lines", "list(string)" },
    { "sales-order", "doc.?shipTo.?name", "optional_type(string)" },
    { "sales-order", "has(doc.shipTo)", "bool" },
    { "sales-order", "meta.test", "bool" },
    { "sales-order", "meta.keyVersion", "int" },
    { "sales-order", "meta.type", "string" },
    { "sales-order", "meta.ext", "dyn" },
    { "sales-order", "meta.ext.acme.anything[3]", "dyn" },
    { "sales-order", "totals.net == totals.gross", "bool" },
    { "sales-order", "doc", "sales-order" },
    { "sales-order#posted", "doc", "sales-order" },
    { "sales-order#posted", "meta.ext.acme", "dyn" },
    { "sales-order#business", "doc.whatever", "dyn" },
    { "invoice", "issueDate", "google.protobuf.Timestamp" },
    { "shipment", "units[0].contents[0].qty.value", "decimal" },
};

START_TEST(each_member_has_the_type_of_its_schema)
{
    xd_buf_t out = { 0 };
    xd_cel_program_t *program;

    ck_assert_msg(compile(schema_of(types[_i].document), types[_i].expression,
                      &program)
                      == XD_OK,
        "%s: %.*s", types[_i].expression,
        XD_FMT(rep.nkept > 0 ? rep.kept[0].text : XD_STR("")));
    xd_cel_type_write(&out, xd_cel_result(program));
    ck_assert_msg(xd_str_is(xd_buf_str(&out), types[_i].type), "%s: %.*s",
        types[_i].expression, XD_FMT(xd_buf_str(&out)));
    xd_buf_free(&out);
}
END_TEST


static const struct {
    const char *document, *expression;
    uint32_t column;
    const char *text;
} wrong[] = {
    { "sales-order", "chanel == 'web'", 1,
        "there is no variable chanel; did you mean channel?" },
    { "sales-order", "dok.orderNo", 1,
        "there is no variable dok; did you mean doc?" },
    { "sales-order", "zzzzzzzzzz", 1, "there is no variable zzzzzzzzzz" },
    { "sales-order", "true && totals.grosss.amount > 1", 15,
        "totals has no member grosss; did you mean gross?" },
    { "sales-order", "lines.exists(l, l.qty.valu > 1)", 22,
        "quantity has no member valu; did you mean value?" },
    { "sales-order", "has(doc.shipTos)", 8,
        "sales-order has no member shipTos; did you mean shipTo?" },
    { "sales-order", "doc.?shipTo.?naem", 12,
        "party has no member naem; did you mean name?" },
    { "sales-order#posted", "meta.id == 'x'", 5,
        "metaPosted has no member id" },
    { "sales-order#business", "whatever", 1, "there is no variable whatever" },
    { "sales-order", "channel > 5", 9, "_>_ does not take (string, int)" },
    { "sales-order", "totals.gross > 5", 14, "_>_ does not take (money, int)" },
    { "sales-order", "totals.gross.amount > 1.5", 21,
        "_>_ does not take (decimal, double)" },
};

START_TEST(a_wrong_name_is_told_when_it_is_compiled)
{
    xd_cel_program_t *program;

    ck_assert_int_eq(compile(schema_of(wrong[_i].document),
                         wrong[_i].expression, &program),
        XD_E_SYNTAX);
    ck_assert_uint_eq(rep.nkept, 1);
    ck_assert_str_eq(rep.kept[0].rule, "cel.type");
    ck_assert_msg(xd_str_is(rep.kept[0].text, wrong[_i].text), "%s: %.*s",
        wrong[_i].expression, XD_FMT(rep.kept[0].text));
    ck_assert_msg(rep.kept[0].column == wrong[_i].column, "%s: column %u",
        wrong[_i].expression, rep.kept[0].column);
}
END_TEST


static const xd_node_t *
example(const char *document)
{
    xd_str_t path =
        xd_fmt(arena, SCHEMAS "/%s/examples/typical.json", document);
    xd_node_t *doc = NULL;
    xd_str_t bytes;

    ck_assert_int_eq(xd_file_read(arena, path.ptr, 1 << 20, &bytes), XD_OK);
    ck_assert_int_eq(xd_json_read(arena, bytes, NULL, &doc, &rep), XD_OK);

    return doc;
}


static const struct {
    const char *document, *condition;
    bool holds;
    const char *why; /* NULL: it has an answer */
} conditions[] = {
    { "sales-order", "totals.gross.amount == decimal('47.360')", true, NULL },
    { "sales-order", "totals.gross.amount > 47", true, NULL },
    { "sales-order", "doc.totals.gross.amount > decimal('47.37')", false,
        NULL },
    { "sales-order", "lines.exists(l, l.qty.value >= 2 && l.lineNo == 1)", true,
        NULL },
    { "sales-order", "placedAt < timestamp('2026-05-14T09:31:21Z')", true,
        NULL },
    { "sales-order",
        "lines.all(l, l.fulfil.promiseAt - placedAt > "
        "duration('24h'))",
        true, NULL },
    { "sales-order", "has(doc.billTo) && doc.billTo.name == 'x'", false, NULL },
    { "sales-order", "doc.?billTo.?name.orValue('none') == 'none'", true,
        NULL },
    { "sales-order", "doc.billTo.name == 'x'", false,
        "no such key: billTo; it is optional: ask has() first" },
    { "sales-order", "billTo.name == 'x'", false,
        "the variable billTo has no value; it is optional: ask has() of its "
        "document first" },
    { "invoice", "issueDate == timestamp('2026-05-15T00:00:00Z')", true, NULL },
};

START_TEST(a_condition_is_asked_of_the_document)
{
    const xd_node_t *doc = example(conditions[_i].document);
    xd_cel_binding_t bound[XD_CEL_DOCUMENT_BOUND];
    xd_str_t why = XD_STR_NONE;
    xd_cel_program_t *program;
    bool holds;

    ck_assert_int_eq(compile(schema_of(conditions[_i].document),
                         conditions[_i].condition, &program),
        XD_OK);
    ck_assert_int_eq(xd_cel_document_bind(arena, doc, bound), XD_OK);
    ck_assert_int_eq(xd_cel_holds(program, arena, bound, XD_CEL_DOCUMENT_BOUND,
                         &holds, &why),
        conditions[_i].why == NULL ? XD_OK : XD_E_SYNTAX);
    ck_assert_msg(holds == conditions[_i].holds, "%s",
        conditions[_i].condition);
    ck_assert_msg(conditions[_i].why == NULL
                      || xd_str_is(why, conditions[_i].why),
        "%s: %.*s", conditions[_i].condition, XD_FMT(why));
}
END_TEST


/* A schema of one's own below dir, as the variable names it. */
static const xd_schema_t *
own_schema(const char *members)
{
    xd_schemas_t *set = NULL;

    put_file(".", "thing.json",
        xd_fmt(arena, "{" DIALECT "\"$id\":\"urn:test:thing:1.0\",%s}", members)
            .ptr);
    ck_assert_int_eq(xd_schemas_load(arena, dir, &set, &rep), XD_OK);

    return xd_schema_find(set, XD_STR("thing"));
}


static const struct {
    const char *schema, *expression, *type;
} odd[] = {
    /* A tree of itself, a list of itself. */
    { "\"type\":\"object\",\"properties\":{\"of\":{\"$ref\":\"#\"}}",
        "doc.of.of.of.of", "of" },
    { "\"type\":\"object\",\"properties\":{\"l\":{\"$ref\":\"#/$defs/l\"}},"
      "\"$defs\":{\"l\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/"
      "l\"}}}",
        "l[0][0][0][0][0][0][0][0][0][0][0]", "dyn" },
    /* Said twice, in part; of several kinds; of none. */
    { "\"properties\":{\"a\":{\"allOf\":[{\"type\":[\"string\",\"null\"]},"
      "{\"type\":\"string\"},{\"format\":\"instant\"}]}}",
        "a", "google.protobuf.Timestamp" },
    { "\"properties\":{\"a\":{\"type\":[\"string\",\"integer\"]}}", "a",
        "dyn" },
    { "\"properties\":{\"a\":{\"type\":[\"number\",\"integer\"]}}", "a",
        "double" },
    { "\"properties\":{\"a\":{\"allOf\":[{\"type\":\"number\"},{\"type\":"
      "\"integer\"}]}}",
        "a", "int" },
    { "\"properties\":{\"a\":false}", "a", "dyn" },
    { "\"properties\":{\"a\":true}", "a", "dyn" },
    { "\"properties\":{\"a\":{\"const\":true}}", "a", "bool" },
    { "\"properties\":{\"a\":{\"enum\":[\"x\",\"y\"]}}", "a", "string" },
    { "\"properties\":{\"a\":{\"type\":\"array\"}}", "a", "list(dyn)" },
    { "\"properties\":{\"a\":{\"type\":\"array\",\"prefixItems\":[{\"type\":"
      "\"string\"}]}}",
        "a", "list(dyn)" },
    { "\"properties\":{\"a\":{\"type\":\"object\"}}", "a.b.c", "dyn" },
    { "\"properties\":{\"a\":{\"type\":\"object\",\"properties\":{\"b\":"
      "{\"type\":\"boolean\"}}}}",
        "a.c", "dyn" },
};

START_TEST(schemas_of_every_form_have_a_type)
{
    xd_buf_t out = { 0 };
    xd_cel_program_t *program;

    ck_assert_int_eq(compile(own_schema(odd[_i].schema), odd[_i].expression,
                         &program),
        XD_OK);
    xd_cel_type_write(&out, xd_cel_result(program));
    ck_assert_msg(xd_str_is(xd_buf_str(&out), odd[_i].type), "%d: %.*s", _i,
        XD_FMT(xd_buf_str(&out)));
    xd_buf_free(&out);
}
END_TEST


/* Schemas that double at every level would have 2^20 plans. */
START_TEST(schemas_that_double_end_as_dyn)
{
    xd_buf_t text = { 0 };
    xd_cel_program_t *program;

    xd_buf_text(&text, "\"properties\":{\"a\":{\"$ref\":\"#/$defs/d0\"}},"
                       "\"$defs\":{");
    for (int i = 0; i < 20; i++) {
        xd_buf_add(&text, xd_fmt(arena,
                              "\"d%d\":{\"allOf\":[{\"$ref\":\"#/$defs/d%d\"},"
                              "{\"$ref\":\"#/$defs/d%d\"}]},",
                              i, i + 1, i + 1));
    }
    xd_buf_text(&text, "\"d20\":{\"type\":\"string\"}}");
    xd_buf_byte(&text, '\0');

    ck_assert_int_eq(compile(own_schema(xd_buf_str(&text).ptr), "a", &program),
        XD_OK);
    ck_assert_int_eq(xd_cel_result(program)->kind, XD_CEL_DYN);
    xd_buf_free(&text);
}
END_TEST


/* Whatever allocation fails, the answer is "no memory" or a program. */
START_TEST(a_full_arena_is_told)
{
    const xd_schema_t *schema = schema_of("sales-order");
    xd_arena_t *small = xd_arena_new(0);
    xd_rc_t rc = XD_E_MEMORY;

    for (size_t n = 1; rc != XD_OK; n++) {
        xd_cel_program_t *program = NULL;
        xd_cel_env_t env;

        ck_assert_uint_lt(n, 1000);
        xd_arena_reset(small);
        xd_arena_fail_at(small, n);
        xd_report_init(&rep, arena, 1);
        rc = xd_cel_document_env(small, schema, &env);
        if (rc == XD_OK) {
            rc = xd_cel_compile(small,
                XD_STR("lines.exists(l, l.qty.value > decimal('1') && "
                       "l.fulfil.method in ['ship', 'collect'])"),
                &env, &program, &rep);
        }
        ck_assert(rc == XD_OK || rc == XD_E_MEMORY);
    }

    xd_arena_free(small);
}
END_TEST


int
main(void)
{
    Suite *suite = suite_create("cel-types");
    TCase *tcase = tcase_create("cel-types");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(tcase, data_setup, data_teardown);
    tcase_add_loop_test(tcase, each_member_has_the_type_of_its_schema, 0,
        sizeof(types) / sizeof(types[0]));
    tcase_add_loop_test(tcase, a_wrong_name_is_told_when_it_is_compiled, 0,
        sizeof(wrong) / sizeof(wrong[0]));
    tcase_add_loop_test(tcase, a_condition_is_asked_of_the_document, 0,
        sizeof(conditions) / sizeof(conditions[0]));
    tcase_add_loop_test(tcase, schemas_of_every_form_have_a_type, 0,
        sizeof(odd) / sizeof(odd[0]));
    tcase_add_test(tcase, schemas_that_double_end_as_dyn);
    tcase_add_test(tcase, a_full_arena_is_told);
    suite_add_tcase(suite, tcase);

    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed == 0 ? 0 : 1;
}
