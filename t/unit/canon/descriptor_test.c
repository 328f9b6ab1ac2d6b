/* SPDX-License-Identifier: BSD-2-Clause */

#include "canon/descriptor.h"

#include <check.h>
#include <stdlib.h>

#include "canon/document.h"

#define DOCUMENTS 34

static xd_arena_t *arena;
static xd_report_t rep;
static xd_book_t book;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&rep, arena, 100);
    book = xd_book_new(arena);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static bool
same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}


static void
ck_same(const xd_field_t *a, const xd_field_t *b)
{
    ck_assert(same_text(a->name, b->name));
    ck_assert(same_text(a->pointer, b->pointer));
    ck_assert(same_text(a->format, b->format));
    ck_assert_int_eq(a->kind, b->kind);
    ck_assert_uint_eq(a->flags, b->flags);
    ck_assert_uint_eq(a->count, b->count);

    for (size_t i = 0; i < a->count; i++) {
        ck_same(&a->children[i], &b->children[i]);
    }
}


/* The compiled table says what the schemas say now. */
START_TEST(what_was_compiled_is_what_stands_there)
{
    xd_describer_t *d;
    xd_descriptor_t row;
    size_t n = 0;

    ck_assert_int_eq(xd_book_load(arena, "canonical-schemas", &book, &rep),
        XD_OK);
    d = xd_describer_new(arena, &book);

    for (const xd_document_t *doc = xd_documents; doc->name != NULL; doc++) {
        const xd_descriptor_t *made =
            xd_descriptor_find(xd_descriptors, xd_str(doc->name));
        const xd_leaf_t *leaf = xd_book_find(&book, xd_str(doc->name));

        ck_assert_ptr_nonnull(made);
        ck_assert_ptr_nonnull(leaf);
        ck_assert_int_eq(xd_describe(d, leaf, &row), XD_OK);
        ck_assert_str_eq(made->id, row.id);
        ck_assert_str_eq(made->space, row.space);
        ck_assert_ptr_eq(xd_descriptor_of_space(xd_descriptors,
                             xd_str(row.space)),
            made);
        ck_same(&made->root, &row.root);
        n++;
    }
    ck_assert_uint_eq(n, DOCUMENTS);
}
END_TEST


/* -- one document by hand ------------------------------------------------- */


static const xd_field_t *
at(const xd_descriptor_t *row, const char *path)
{
    const xd_field_t *f = &row->root;
    xd_str_t rest = xd_str(path);

    while (rest.ptr != NULL) {
        xd_str_t name = xd_str_cut(&rest, '/');

        f = xd_str_is(name, "*") ? xd_field_items(f) : xd_field_find(f, name);
        ck_assert_msg(f != NULL, "%s", path);
    }

    return f;
}


static const struct {
    const char *path, *pointer, *format;
    xd_field_kind_t kind;
    unsigned flags;
} rows[] = {
    { "orderNo",
        "urn:retail:sales-order:1.0#/$defs/business/properties/orderNo", "text",
        XD_FIELD_STRING, XD_FIELD_REQUIRED },
    { "ccy", "urn:retail:sales-order:1.0#/$defs/business/properties/ccy", "ccy",
        XD_FIELD_STRING, XD_FIELD_REQUIRED },
    { "lines", "urn:retail:sales-order:1.0#/$defs/business/properties/lines",
        NULL, XD_FIELD_ARRAY, XD_FIELD_REQUIRED },
    { "lines/*/lineNo",
        "urn:retail:sales-order:1.0#/$defs/line/properties/lineNo", NULL,
        XD_FIELD_INTEGER, XD_FIELD_REQUIRED },
    { "lines/*/qty/value",
        "urn:retail:common:1.0#/$defs/quantity/properties/value", "decimal",
        XD_FIELD_STRING, XD_FIELD_REQUIRED },
    { "lines/*/fulfil/method",
        "urn:retail:sales-order:1.0#/$defs/fulfil/properties/method", NULL,
        XD_FIELD_STRING, XD_FIELD_REQUIRED },
    { "buyer/address", "urn:retail:common:1.0#/$defs/party/properties/address",
        NULL, XD_FIELD_OBJECT, XD_FIELD_PII },
    { "buyer/phone", "urn:retail:common:1.0#/$defs/party/properties/phone",
        "text", XD_FIELD_STRING, XD_FIELD_PII },
    { "meta/test", "urn:retail:common:1.0#/$defs/meta/properties/test", NULL,
        XD_FIELD_BOOLEAN, XD_FIELD_REQUIRED },
    { "meta/ext", "urn:retail:common:1.0#/$defs/meta/properties/ext", NULL,
        XD_FIELD_FREE, 0 },
};


START_TEST(fields_are_described)
{
    const xd_descriptor_t *row =
        xd_descriptor_find(xd_descriptors, XD_STR("sales-order"));
    const xd_field_t *f = at(row, rows[_i].path);

    ck_assert_str_eq(f->pointer, rows[_i].pointer);
    ck_assert_int_eq(f->kind, rows[_i].kind);
    ck_assert_uint_eq(f->flags, rows[_i].flags);
    ck_assert(same_text(f->format, rows[_i].format));
}
END_TEST


START_TEST(what_is_written_once_is_one_table)
{
    const xd_descriptor_t *order =
        xd_descriptor_find(xd_descriptors, XD_STR("sales-order"));
    const xd_descriptor_t *invoice =
        xd_descriptor_find(xd_descriptors, XD_STR("invoice"));

    ck_assert_ptr_eq(at(order, "meta")->children,
        at(invoice, "meta")->children);
    ck_assert_ptr_eq(at(order, "lines/*/unitPrice")->children,
        at(invoice, "totals/net")->children);
}
END_TEST


START_TEST(nothing_is_found_in_nothing)
{
    const xd_descriptor_t *row = xd_descriptors;

    ck_assert_ptr_null(xd_descriptor_find(row, XD_STR("order")));
    ck_assert_ptr_null(xd_descriptor_of_space(row, XD_STR("")));
    ck_assert_ptr_null(xd_field_find(NULL, XD_STR("a")));
    ck_assert_ptr_null(xd_field_find(&row->root, XD_STR("")));
    ck_assert_ptr_null(xd_field_items(NULL));
    ck_assert_ptr_null(xd_field_items(&row->root));
}
END_TEST


/* -- schemas of all shapes ------------------------------------------------ */


#define ID "{\"$id\":\"urn:retail:x:2.1\","

static const struct {
    const char *schema;
    xd_rc_t rc;
    xd_field_kind_t kind; /* of the member "a" */
} shapes[] = {
    { ID "\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"}}}",
        XD_OK, XD_FIELD_NUMBER },
    { ID "\"properties\":{\"a\":{\"enum\":[\"x\"]}}}", XD_OK, XD_FIELD_STRING },
    { ID "\"properties\":{\"a\":{\"enum\":[\"x\",1]}}}", XD_OK, XD_FIELD_ANY },
    { ID "\"properties\":{\"a\":{\"const\":\"x\"}}}", XD_OK, XD_FIELD_STRING },
    { ID "\"properties\":{\"a\":{\"const\":1}}}", XD_OK, XD_FIELD_ANY },
    { ID "\"properties\":{\"a\":{\"type\":[\"string\",\"null\"]}}}", XD_OK,
        XD_FIELD_ANY },
    { ID "\"properties\":{\"a\":{}}}", XD_OK, XD_FIELD_ANY },
    { ID "\"properties\":{\"a\":{\"type\":\"object\",\"additionalProperties\":"
         "true}}}",
        XD_OK, XD_FIELD_FREE },
    { ID "\"properties\":{\"a\":{\"type\":\"object\"}}}", XD_OK,
        XD_FIELD_FREE },
    { ID "\"properties\":{\"a\":{\"type\":\"object\",\"additionalProperties\":"
         "false}}}",
        XD_OK, XD_FIELD_OBJECT },
    { ID "\"properties\":{\"a\":{\"type\":\"array\"}}}", XD_OK,
        XD_FIELD_ARRAY },
    { ID "\"properties\":{\"a\":{\"$ref\":\"#/$defs/b\"}},\"$defs\":{\"b\":{"
         "\"properties\":{\"c\":{\"type\":\"string\"}}}}}",
        XD_OK, XD_FIELD_OBJECT },
    { ID "\"properties\":{\"a\":{\"$ref\":\"#/$defs/none\"}}}", XD_E_SYNTAX,
        XD_FIELD_ANY },
    /* An object that holds itself has no end. */
    { ID "\"properties\":{\"a\":{\"$ref\":\"#\"}}}", XD_E_LIMIT, XD_FIELD_ANY },
};


static const xd_leaf_t *
put(const char *schema)
{
    const xd_leaf_t *leaf = NULL;

    ck_assert_int_eq(xd_book_put(&book, XD_STR("x.json"), xd_str(schema), &leaf,
                         &rep),
        XD_OK);

    return leaf;
}


START_TEST(schemas_of_all_shapes_are_described)
{
    const xd_leaf_t *leaf = put(shapes[_i].schema);
    xd_descriptor_t row;

    ck_assert_int_eq(xd_describe(xd_describer_new(arena, &book), leaf, &row),
        shapes[_i].rc);
    if (shapes[_i].rc == XD_OK) {
        ck_assert_str_eq(row.document, "x");
        ck_assert_str_eq(row.id, "urn:retail:x:2.1");
        ck_assert_str_eq(row.space, "urn:retail:x:2");
        ck_assert_int_eq(at(&row, "a")->kind, shapes[_i].kind);
    }
}
END_TEST


/* A reference that found no memory is one that leads nowhere. */
START_TEST(a_full_arena_is_told_wherever_it_comes)
{
    const xd_leaf_t *leaf = put(shapes[11].schema);
    xd_rc_t rc = XD_E_MEMORY;
    xd_descriptor_t row;
    size_t nth;

    for (nth = 1; rc == XD_E_MEMORY || rc == XD_E_SYNTAX; nth++) {
        xd_describer_t *d;

        xd_arena_fail_at(arena, nth);
        d = xd_describer_new(arena, &book);
        rc = d == NULL ? XD_E_MEMORY : xd_describe(d, leaf, &row);
        xd_arena_fail_at(arena, 0);
    }
    ck_assert_int_eq(rc, XD_OK);
    ck_assert_uint_gt(nth, 10);
}
END_TEST


#define COUNT(table) (int) (sizeof(table) / sizeof(table[0]))


int
main(void)
{
    Suite *s = suite_create("descriptor");
    TCase *tc = tcase_create("descriptor");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, what_was_compiled_is_what_stands_there);
    tcase_add_loop_test(tc, fields_are_described, 0, COUNT(rows));
    tcase_add_test(tc, what_is_written_once_is_one_table);
    tcase_add_test(tc, nothing_is_found_in_nothing);
    tcase_add_loop_test(tc, schemas_of_all_shapes_are_described, 0,
        COUNT(shapes));
    tcase_add_test(tc, a_full_arena_is_told_wherever_it_comes);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
