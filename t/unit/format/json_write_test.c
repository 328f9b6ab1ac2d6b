/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "format/json.h"
#include "format/json_number.h"

static xd_arena_t *arena;
static xd_report_t rep;
static xd_buf_t out;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&rep, arena, 10);
    out = (xd_buf_t){ 0 };
}


static void
teardown(void)
{
    xd_buf_free(&out);
    xd_arena_free(arena);
}


static xd_node_t *
read_good(const char *text)
{
    xd_node_t *tree = NULL;

    ck_assert_int_eq(xd_json_read(arena, xd_str(text), NULL, &tree, &rep),
        XD_OK);

    return tree;
}


static void
wrote(const char *want)
{
    ck_assert_int_eq(xd_buf_rc(&out), XD_OK);
    ck_assert_msg(xd_str_is(xd_buf_str(&out), want), "%.*s",
        XD_FMT(xd_buf_str(&out)));
}


START_TEST(compact_loses_nothing)
{
    static const char text[] =
        "{\"b\":[1.50,-0,1E+400,[],{}],\"a\":null,\"\":[true,false,\"x\"]}";

    xd_json_write(&out, read_good(text), XD_JSON_COMPACT);
    wrote(text);
}
END_TEST


START_TEST(pretty_has_two_blanks_a_level)
{
    xd_json_write(&out, read_good("{\"a\":[1,{\"b\":{}}],\"c\":[]}"),
        XD_JSON_PRETTY);
    wrote("{\n"
          "  \"a\": [\n"
          "    1,\n"
          "    {\n"
          "      \"b\": {}\n"
          "    }\n"
          "  ],\n"
          "  \"c\": []\n"
          "}\n");
}
END_TEST


START_TEST(pretty_goes_deep)
{
    xd_buf_t text = { 0 };

    for (int i = 0; i < 60; i++) {
        xd_buf_byte(&text, '[');
    }
    for (int i = 0; i < 60; i++) {
        xd_buf_byte(&text, ']');
    }
    xd_buf_byte(&text, '\0');

    xd_json_write(&out, read_good(text.ptr), XD_JSON_PRETTY);
    ck_assert_int_eq(xd_buf_rc(&out), XD_OK);
    /* 59 lines down with 0..58 levels, the innermost pair, 59 up. */
    ck_assert_uint_eq(out.len, 2 * 59 * 2 + 2 * 58 * 59 + 2 * 59 + 2 + 1);
    xd_buf_free(&text);
}
END_TEST


START_TEST(part_of_a_tree_alone)
{
    xd_node_t *tree = read_good("{\"a\":[1,{\"b\":2}],\"c\":3}");

    xd_json_write(&out, xd_pointer(tree, XD_STR("/a/1")), XD_JSON_COMPACT);
    wrote("{\"b\":2}");
    xd_buf_reset(&out);
    xd_json_write(&out, xd_pointer(tree, XD_STR("/a")), XD_JSON_CANONICAL);
    wrote("[1,{\"b\":2}]");
}
END_TEST


/* The order of RFC 8785 section 3.2.3: by UTF-16, so U+1F600 (D83D) comes
 * before U+FB33, whose UTF-8 is smaller. */
START_TEST(canonical_sorts_by_utf16)
{
    xd_json_write(&out,
        read_good("{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,"
                  "\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7,"
                  "\"10\":{\"b\":[],\"a\":0}}"),
        XD_JSON_CANONICAL);
    wrote("{\"\\r\":2,\"1\":4,\"10\":{\"a\":0,\"b\":[]},\"\xC2\x80\":6,"
          "\"\xC3\xB6\":7,\"\xE2\x82\xAC\":1,\"\xF0\x9F\x98\x80\":5,"
          "\"\xEF\xAC\xB3\":3}");
}
END_TEST


static const struct {
    const char *text, *want;
} numbers[] = {
    { "0", "0" },
    { "-0.0", "0" },
    { "19.90", "19.9" },
    { "100", "100" },
    { "-1e2", "-100" },
    { "333333333.33333329", "333333333.3333333" },
    { "1E30", "1e+30" },
    { "4.50", "4.5" },
    { "2e-3", "0.002" },
    { "0.000000000000000000000000001", "1e-27" },
    { "1e21", "1e+21" },
    { "1e20", "100000000000000000000" },
    { "123456789012345678901", "123456789012345680000" },
    { "0.000001", "0.000001" },
    { "0.0000001", "1e-7" },
    { "1.5e-7", "1.5e-7" },
    { "5e-324", "5e-324" },
    { "1.7976931348623157e308", "1.7976931348623157e+308" },
    { "9007199254740993", "9007199254740992" },
    { "0.1", "0.1" },
    /* Powers of two, where doubles are wider apart above than below. */
    { "9.5367431640625e-07", "9.5367431640625e-7" },
    { "5.684341886080802e-14", "5.684341886080802e-14" },
    { "2.2250738585072014e-308", "2.2250738585072014e-308" },
    { "9.007199254740992e15", "9007199254740992" },
    { "1e23", "1e+23" },
};


START_TEST(canonical_numbers_are_those_of_ecmascript)
{
    char text[XD_JSON_NUMBER_MAX];
    size_t len = xd_json_number_canonical(numbers[_i].text, text);

    ck_assert_msg(xd_str_is((xd_str_t){ text, len }, numbers[_i].want),
        "%s: %.*s", numbers[_i].text, (int) len, text);
}
END_TEST


START_TEST(a_number_beyond_doubles_has_no_canonical_form)
{
    xd_json_write(&out, read_good("[1e400]"), XD_JSON_CANONICAL);
    ck_assert_int_eq(xd_buf_rc(&out), XD_E_LIMIT);
}
END_TEST


START_TEST(strings_are_escaped_and_mended)
{
    xd_json_string(&out,
        XD_STR("a\"\\\b\f\n\r\t\x01\x1f\x7f\xC3\xA9\xFF\xC3(\xED\xA0\x80"));
    wrote("\"a\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\xC3\xA9\xEF\xBF\xBD"
          "\xEF\xBF\xBD(\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
    xd_buf_reset(&out);
    xd_json_string(&out, XD_STR_NONE);
    wrote("\"\"");
}
END_TEST


START_TEST(a_full_buffer_marks_itself)
{
    const xd_node_t *tree = read_good("{\"a\":[1,2,3,\"some text\"]}");

    for (size_t limit = 1; limit < 20; limit++) {
        out.limit = limit;
        for (int form = XD_JSON_COMPACT; form <= XD_JSON_CANONICAL; form++) {
            xd_buf_reset(&out);
            xd_json_write(&out, tree, (xd_json_form_t) form);
            ck_assert_int_eq(xd_buf_rc(&out), XD_E_LIMIT);
            ck_assert_uint_le(out.len, limit);
        }
    }
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("json-write");
    TCase *tc = tcase_create("write");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, compact_loses_nothing);
    tcase_add_test(tc, pretty_has_two_blanks_a_level);
    tcase_add_test(tc, pretty_goes_deep);
    tcase_add_test(tc, part_of_a_tree_alone);
    tcase_add_test(tc, canonical_sorts_by_utf16);
    tcase_add_loop_test(tc, canonical_numbers_are_those_of_ecmascript, 0,
        sizeof(numbers) / sizeof(numbers[0]));
    tcase_add_test(tc, a_number_beyond_doubles_has_no_canonical_form);
    tcase_add_test(tc, strings_are_escaped_and_mended);
    tcase_add_test(tc, a_full_buffer_marks_itself);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
