/* SPDX-License-Identifier: BSD-2-Clause */

/* What the engine stands on: URIs, patterns, long divisors; and schemas of
 * others compiled by themselves. */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "canon/digits.h"
#include "canon/ecma.h"
#include "canon/schema.h"
#include "canon/uri.h"
#include "format/json.h"

static xd_arena_t *arena;
static xd_report_t rep;
static const xd_schema_t *schema;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&rep, arena, 20);
    schema = NULL;
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


/* RFC 3986, section 5.4, and what has no slashes. */
static const struct {
    const char *base, *ref, *uri;
} uris[] = {
    { "http://a/b/c/d;p?q", "g:h", "g:h" },
    { "http://a/b/c/d;p?q", "g", "http://a/b/c/g" },
    { "http://a/b/c/d;p?q", "./g", "http://a/b/c/g" },
    { "http://a/b/c/d;p?q", "g/", "http://a/b/c/g/" },
    { "http://a/b/c/d;p?q", "/g", "http://a/g" },
    { "http://a/b/c/d;p?q", "//g", "http://g" },
    { "http://a/b/c/d;p?q", "?y", "http://a/b/c/d;p?y" },
    { "http://a/b/c/d;p?q", "g?y#s", "http://a/b/c/g?y#s" },
    { "http://a/b/c/d;p?q", "#s", "http://a/b/c/d;p?q#s" },
    { "http://a/b/c/d;p?q", "", "http://a/b/c/d;p?q" },
    { "http://a/b/c/d;p?q", ".", "http://a/b/c/" },
    { "http://a/b/c/d;p?q", "..", "http://a/b/" },
    { "http://a/b/c/d;p?q", "../g", "http://a/b/g" },
    { "http://a/b/c/d;p?q", "../../../g", "http://a/g" },
    { "http://a/b/c/d;p?q", "/../g", "http://a/g" },
    { "http://a/b/c/d;p?q", "g.", "http://a/b/c/g." },
    { "http://a/b/c/d;p?q", "..g", "http://a/b/c/..g" },
    { "http://a/b/c/d;p?q", "./g/../h", "http://a/b/c/h" },
    { "http://a/b/c/d;p?q", "g?y/../x", "http://a/b/c/g?y/../x" },
    { "http://a", "g", "http://a/g" },
    { "urn:a:b", "#c", "urn:a:b#c" },
    { "urn:a:b", "c", "urn:c" },
    { "", "a/b", "a/b" },
};


START_TEST(resolves_references)
{
    xd_str_t uri =
        xd_uri_resolve(arena, xd_str(uris[_i].base), xd_str(uris[_i].ref));

    ck_assert_msg(xd_str_is(uri, uris[_i].uri), "%.*s", XD_FMT(uri));
}
END_TEST


START_TEST(decodes_escapes)
{
    ck_assert(xd_str_is(xd_uri_decode(arena, XD_STR("a%25%2fb%")), "a%/b%"));
    ck_assert(xd_str_is(xd_uri_decode(arena, XD_STR("%4")), "%4"));
    ck_assert(xd_str_is(xd_uri_decode(arena, XD_STR("%zz")), "%zz"));
}
END_TEST


/* words NULL: refused. */
static const struct {
    const char *pattern, *words;
} patterns[] = {
    { "^a\\d{2,3}?$", "^a\\d{2,3}?$" },
    { "\\v\\cA\\x41\\u0041\\0", "\\x{b}\\x{1}\\x{41}\\x{41}\\x{0}" },
    { "\\ud83d\\ude00\\u{1F600}", "\\x{1f600}\\x{1f600}" },
    { "\\p{Letter}\\P{gc=Nd}\\p{Script=Greek}", "\\p{L}\\P{Nd}\\p{sc:Greek}" },
    { "[[\\]\\-]", "[\\[\\]\\-]" },
    { "[]", "(?!)" },
    { "[^]", "(?s:.)" },
    { ".", "[^\\n\\r\\x{2028}\\x{2029}]" },
    { "a{,3}}]", "a\\{,3\\}\\}\\]" },
    { "(?:a)(?=b)(?!c)(?<=d)(?<!e)(?<n>f)\\k<n>\\1",
        "(?:a)(?=b)(?!c)(?<=d)(?<!e)(?<n>f)\\k<n>\\g{1}" },
    { "\\/\\-\\\"", "\\/\\-\\\"" },
    { "a++", NULL },
    { "a{2}+", NULL },
    { "(?i)a", NULL },
    { "(?>a)", NULL },
    { "(?P<n>a)", NULL },
    { "(?R)", NULL },
    { "(*FAIL)", NULL },
    { "\\Aa\\Z", NULL },
    { "\\Qa\\E", NULL },
    { "\\a", NULL },
    { "\\h", NULL },
    { "\\012", NULL },
    { "\\c1", NULL },
    { "\\xg0", NULL },
    { "\\u12", NULL },
    { "\\u{110000}", NULL },
    { "\\ud800", NULL },
    { "\\p{L", NULL },
    { "\\pL", NULL },
    { "\\p{a b}", NULL },
    { "\\p{x=y}", NULL },
    { "[\\B]", NULL },
    { "[a", NULL },
    { "(?", NULL },
    { "\\", NULL },
};


START_TEST(translates_patterns)
{
    xd_buf_t out = { 0 };
    const char *why = xd_ecma_translate(xd_str(patterns[_i].pattern), &out);

    ck_assert_int_eq(xd_buf_rc(&out), XD_OK);
    ck_assert_msg((why == NULL) == (patterns[_i].words != NULL), "%s",
        why == NULL ? "taken" : why);
    ck_assert_msg(why != NULL
                      || xd_str_is(xd_buf_str(&out), patterns[_i].words),
        "%.*s", XD_FMT(xd_buf_str(&out)));
    xd_buf_free(&out);
}
END_TEST


static const struct {
    const char *text, *divisor;
    bool multiple;
} divisions[] = {
    { "0", "1e400", true },
    { "1e400", "1e400", true },
    { "-3e400", "1e400", true },
    { "1e399", "1e400", false },
    { "12391239123", "1e-8", true },
    { "0.00000001", "1e-8", true },
    { "0.000000015", "1e-8", false },
    { "246913578024691357802", "123456789012345678901", true },
    { "246913578024691357803", "123456789012345678901", false },
    { "1e1000000000000", "1024000000000000000001", false },
    { "1e1000000000000", "1024e20", true },
    { "1000000000000000000000", "1000000000000000000000", true },
    { "7.5", "2.50000000000000000000", true },
    { "1", "3333333333333333333333333333.3", false },
};


START_TEST(divides_by_numbers_of_any_length)
{
    ck_assert_int_eq(xd_digits_multiple_of(xd_str(divisions[_i].text),
                         xd_str(divisions[_i].divisor)),
        divisions[_i].multiple);
}
END_TEST


/* -- schemas by themselves ----------------------------------------------- */


static const xd_node_t *
tree(const char *text)
{
    xd_node_t *root = NULL;

    ck_assert_int_eq(xd_json_read(arena, xd_str(text), NULL, &root, &rep),
        XD_OK);

    return root;
}


static xd_rc_t
compile(xd_arena_t *own, const char *text)
{
    return xd_schema_compile(own, tree(text), XD_STR(""), XD_STR(""), NULL,
        &schema, &rep);
}


/* Something of everything that takes memory. */
static const char many[] =
    "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"$id\":"
    "\"http://x/a\",\"$dynamicAnchor\":\"n\",\"properties\":{\"c\":{\"items\":"
    "{\"$dynamicRef\":\"#n\"}}},\"anyOf\":[{\"properties\":{\"d\":true}},"
    "true],\"unevaluatedProperties\":false,\"$defs\":{\"m\":{\"$ref\":"
    "\"https://json-schema.org/draft/2020-12/meta/content\"},\"b\":{\"$id\":"
    "\"b\",\"$anchor\":\"q\",\"contains\":{\"multipleOf\":1e-30},"
    "\"dependentSchemas\":{\"a\":true},\"pattern\":\"\\\\s\"},\"r\":"
    "{\"$ref\":\"b#q\"}}}";


START_TEST(a_full_arena_is_told_at_every_allocation)
{
    xd_rc_t rc = XD_E_MEMORY;
    size_t n;

    for (n = 1; rc != XD_OK; n++) {
        xd_arena_t *own = xd_arena_new(0);

        schema = NULL;
        xd_arena_fail_at(own, n);
        rc = compile(own, many);
        ck_assert_msg(rc == XD_E_MEMORY || rc == XD_OK, "%zu: %d", n, rc);
        ck_assert((schema != NULL) == (rc == XD_OK));
        xd_arena_free(own);
    }

    ck_assert_uint_gt(n, 100);
    ck_assert_uint_eq(xd_report_errors(&rep), 0);
}
END_TEST


START_TEST(marks_of_many_members_need_scratch)
{
    xd_buf_t doc = { 0 };
    const xd_node_t *node;

    ck_assert_int_eq(compile(arena,
                         "{\"anyOf\":[{\"properties\":{\"m0\":true}},true],"
                         "\"unevaluatedProperties\":{\"type\":\"null\"}}"),
        XD_OK);

    xd_buf_text(&doc, "{\"m0\":1");
    for (int i = 1; i < 300; i++) {
        xd_buf_fmt(&doc, ",\"m%d\":null", i);
    }
    xd_buf_text(&doc, "}");
    xd_buf_byte(&doc, '\0');
    node = tree(doc.ptr);

    ck_assert_int_eq(xd_schema_check(schema, node, arena, &rep), XD_OK);
    for (size_t n = 1; n < 4; n++) {
        xd_arena_t *own = xd_arena_new(0);

        xd_arena_fail_at(own, n);
        ck_assert_int_eq(xd_schema_check(schema, node, own, &rep), XD_E_MEMORY);
        xd_arena_free(own);
    }
    xd_buf_free(&doc);
}
END_TEST


/* A document that fits costs nothing where no marks are asked for. */
START_TEST(plain_schemas_allocate_nothing)
{
    xd_arena_t *own = xd_arena_new(0);

    ck_assert_int_eq(compile(arena,
                         "{\"properties\":{\"a\":{\"contains\":{\"const\":1},"
                         "\"uniqueItems\":true}},\"oneOf\":[true,false],"
                         "\"dependentSchemas\":{\"a\":{\"required\":[\"a\"]}},"
                         "\"unevaluatedProperties\":false}"),
        XD_OK);
    ck_assert_int_eq(xd_schema_check(schema, tree("{\"a\":[1,2]}"), own, &rep),
        XD_OK);
    ck_assert_uint_eq(xd_arena_used(own), 0);
    xd_arena_free(own);
}
END_TEST


/* One fault each, with its place. */
static const struct {
    const char *schema, *rule, *path;
} refused[] = {
    { "3", "schema.value", ":" },
    { "[]", "schema.value", ":" },
    { "{\"$schema\":\"urn:x\"}", "schema.dialect", ":/$schema" },
    { "{\"$schema\":1}", "schema.dialect", ":/$schema" },
    { "{\"$id\":1}", "schema.id", ":/$id" },
    { "{\"$ref\":1}", "schema.ref", ":/$ref" },
    { "{\"$ref\":\"#nothing\"}", "schema.ref", ":/$ref" },
    { "{\"$ref\":\"#/a\",\"a\":1}", "schema.value", ":/a" },
    { "{\"$ref\":\"file:///etc/passwd\"}", "schema.ref", ":/$ref" },
    { "{\"$dynamicRef\":[]}", "schema.ref", ":/$dynamicRef" },
    { "{\"$dynamicAnchor\":\"#\"}", "schema.id", ":/$dynamicAnchor" },
    { "{\"$defs\":{\"a\":{\"$anchor\":\"x\"},\"b\":{\"$anchor\":\"x\"}}}",
        "schema.id", ":/$defs/b/$anchor" },
    { "{\"items\":[true]}", "schema.value", ":/items" },
    { "{\"unevaluatedItems\":0}", "schema.value", ":/unevaluatedItems" },
    { "{\"maxContains\":1.5}", "schema.value", ":/maxContains" },
    { "{\"allOf\":[{\"$ref\":\"#\"}]}", "schema.loop", ":" },
    { "{\"propertyNames\":{\"pattern\":\"a**\"}}", "schema.pattern",
        ":/propertyNames/pattern" },
};


START_TEST(refuses_what_is_no_schema)
{
    ck_assert_int_eq(compile(arena, refused[_i].schema), XD_E_CONF);
    ck_assert_ptr_null(schema);
    ck_assert_str_eq(rep.kept[0].rule, refused[_i].rule);
    ck_assert_msg(xd_str_is(rep.kept[0].path, refused[_i].path), "%.*s",
        XD_FMT(rep.kept[0].path));
}
END_TEST


START_TEST(a_limit_is_a_fault_below_not_too)
{
    ck_assert_int_eq(compile(arena,
                         "{\"$id\":\"http://x/a\",\"$dynamicAnchor\":\"t\","
                         "\"not\":{\"$ref\":\"b\"},\"$defs\":{\"b\":{\"$id\":"
                         "\"b\",\"$dynamicRef\":\"#t\",\"$defs\":{\"t\":"
                         "{\"$dynamicAnchor\":\"t\"}}}}}"),
        XD_OK);
    ck_assert_int_eq(xd_schema_check(schema, tree("1"), arena, &rep),
        XD_E_SYNTAX);
    ck_assert_uint_eq(rep.nkept, 1);
    ck_assert_str_eq(rep.kept[0].rule, "schema.loop");
}
END_TEST


/* Forty levels, each of which doubles what the one below costs. */
START_TEST(schemas_that_double_end)
{
    xd_buf_t text = { 0 };

    xd_buf_text(&text, "{\"$ref\":\"#/$defs/a0\","
                       "\"unevaluatedProperties\":false,\"$defs\":{");
    for (int i = 0; i < 40; i++) {
        xd_buf_fmt(&text,
            "\"a%d\":{\"allOf\":[{\"$ref\":\"#/$defs/a%d\"},"
            "{\"$ref\":\"#/$defs/a%d\"}]},",
            i, i + 1, i + 1);
    }
    xd_buf_text(&text, "\"a40\":true}}");
    xd_buf_byte(&text, '\0');

    ck_assert_int_eq(compile(arena, text.ptr), XD_OK);
    ck_assert_int_eq(xd_schema_check(schema, tree("{}"), arena, &rep),
        XD_E_SYNTAX);
    ck_assert_uint_eq(rep.nkept, 1);
    ck_assert_str_eq(rep.kept[0].rule, "schema.loop");
    xd_buf_free(&text);
}
END_TEST


START_TEST(ours_is_told_by_its_id)
{
    ck_assert(xd_schema_is_ours(tree("{\"$id\":\"urn:retail:item:1.0\"}")));
    ck_assert(!xd_schema_is_ours(tree("{\"$id\":\"http://a:b/item:1.0\"}")));
    ck_assert(!xd_schema_is_ours(tree("{\"$id\":\"urn:uuid:1-2\"}")));
    ck_assert(!xd_schema_is_ours(tree("true")));
}
END_TEST


#define ROWS(table) sizeof(table) / sizeof((table)[0])


int
main(void)
{
    Suite *s = suite_create("schema-parts");
    TCase *tc = tcase_create("parts");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, resolves_references, 0, ROWS(uris));
    tcase_add_test(tc, decodes_escapes);
    tcase_add_loop_test(tc, translates_patterns, 0, ROWS(patterns));
    tcase_add_loop_test(tc, divides_by_numbers_of_any_length, 0,
        ROWS(divisions));
    tcase_add_test(tc, a_full_arena_is_told_at_every_allocation);
    tcase_add_test(tc, marks_of_many_members_need_scratch);
    tcase_add_test(tc, plain_schemas_allocate_nothing);
    tcase_add_loop_test(tc, refuses_what_is_no_schema, 0, ROWS(refused));
    tcase_add_test(tc, a_limit_is_a_fault_below_not_too);
    tcase_add_test(tc, schemas_that_double_end);
    tcase_add_test(tc, ours_is_told_by_its_id);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
