/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "format/json.h"

static xd_arena_t *arena;
static xd_report_t rep;
static char *block;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&rep, arena, 10);
    block = NULL;
}


static void
teardown(void)
{
    xd_arena_free(arena);
    free(block);
}


/* A block of just these bytes, so that ASan sees a read one past the end. */
static xd_str_t
received(const char *text, size_t len)
{
    free(block);
    block = malloc(len == 0 ? 1 : len);
    ck_assert_ptr_nonnull(block);
    memcpy(block, text, len);

    return (xd_str_t){ block, len };
}


static xd_node_t *
read_good(const char *text)
{
    xd_node_t *tree = NULL;

    ck_assert_int_eq(xd_json_read(arena, received(text, strlen(text)), NULL,
                         &tree, &rep),
        XD_OK);

    return tree;
}


static const struct {
    const char *text;
    xd_rc_t rc;
    const char *rule;
    uint32_t line, column;
    const char *path;
} faults[] = {
    { "", XD_E_SYNTAX, "json.empty", 1, 1, "" },
    { " \n\t", XD_E_SYNTAX, "json.empty", 2, 2, "" },
    { "\xEF\xBB\xBF{}", XD_E_SYNTAX, "json.bom", 1, 1, "" },
    { "[1,\n 2,\n  True]", XD_E_SYNTAX, "json.value", 3, 3, "/2" },
    { "nul", XD_E_SYNTAX, "json.value", 1, 1, "" },
    { "{\"a\":01}", XD_E_SYNTAX, "json.number", 1, 6, "/a" },
    { "[-]", XD_E_SYNTAX, "json.number", 1, 2, "/0" },
    { "[1.]", XD_E_SYNTAX, "json.number", 1, 2, "/0" },
    { "[1e]", XD_E_SYNTAX, "json.number", 1, 2, "/0" },
    { "[1.2.3]", XD_E_SYNTAX, "json.number", 1, 2, "/0" },
    { "[+1]", XD_E_SYNTAX, "json.number", 1, 2, "/0" },
    { "[\"a\tb\"]", XD_E_SYNTAX, "json.control", 1, 4, "/0" },
    { "[\"a\\qb\"]", XD_E_SYNTAX, "json.escape", 1, 4, "/0" },
    { "[\"\\u12g4\"]", XD_E_SYNTAX, "json.escape", 1, 3, "/0" },
    { "[\"\\u12", XD_E_SYNTAX, "json.escape", 1, 3, "/0" },
    { "[\"\\uD800\"]", XD_E_SYNTAX, "json.surrogate", 1, 3, "/0" },
    { "[\"\\uDC00\\uD800\"]", XD_E_SYNTAX, "json.surrogate", 1, 3, "/0" },
    { "[\"\\uD800\\u0041\"]", XD_E_SYNTAX, "json.surrogate", 1, 3, "/0" },
    { "[\"ab\xC3(\"]", XD_E_SYNTAX, "json.utf8", 1, 5, "/0" },
    { "[\"\xED\xA0\x80\"]", XD_E_SYNTAX, "json.utf8", 1, 3, "/0" },
    { "{\"x\":\"abc", XD_E_SYNTAX, "json.string", 1, 6, "/x" },
    { "{\"x\":[1,2", XD_E_SYNTAX, "json.unclosed", 1, 10, "/x" },
    { "{\"x\"", XD_E_SYNTAX, "json.unclosed", 1, 5, "/x" },
    { "{\"x\":", XD_E_SYNTAX, "json.unclosed", 1, 6, "/x" },
    { "{\"x\":1,", XD_E_SYNTAX, "json.unclosed", 1, 8, "" },
    { "[1 2]", XD_E_SYNTAX, "json.comma", 1, 4, "" },
    { "[1}", XD_E_SYNTAX, "json.comma", 1, 3, "" },
    { "[1,]", XD_E_SYNTAX, "json.trailing-comma", 1, 4, "" },
    { "{\"a\":1,}", XD_E_SYNTAX, "json.trailing-comma", 1, 8, "" },
    { "{a:1}", XD_E_SYNTAX, "json.name", 1, 2, "" },
    { "{\"a\" 1}", XD_E_SYNTAX, "json.colon", 1, 6, "/a" },
    { "{} x", XD_E_SYNTAX, "json.behind", 1, 4, "" },
    { "{\"b\":[{},{\"a~/\":1,\n\"a~/\":2}]}", XD_E_SYNTAX, "json.duplicate", 2,
        1, "/b/1/a~0~1" },
    { "{\"a\":1,\"\\u0061\":2}", XD_E_SYNTAX, "json.duplicate", 1, 8, "/a" },
    { "{\"\":1,\"\":2}", XD_E_SYNTAX, "json.duplicate", 1, 7, "/" },
    { "[[[[[1]]]]]", XD_E_LIMIT, "json.depth", 1, 5, "/0/0/0/0" },
    { "[1,2,3,4,5,6,7,8]", XD_E_LIMIT, "json.members", 1, 16, "/7" },
};


START_TEST(names_the_fault_and_its_place)
{
    const xd_json_limits_t limits = { .depth = 4, .members = 8 };
    xd_node_t *tree = NULL;
    const xd_finding_t *f;

    ck_assert_int_eq(xd_json_read(arena,
                         received(faults[_i].text, strlen(faults[_i].text)),
                         &limits, &tree, &rep),
        faults[_i].rc);
    ck_assert_ptr_null(tree);
    ck_assert_uint_eq(rep.nkept, 1);

    f = &rep.kept[0];
    ck_assert_str_eq(f->rule, faults[_i].rule);
    ck_assert_uint_eq(f->line, faults[_i].line);
    ck_assert_uint_eq(f->column, faults[_i].column);
    ck_assert_msg(xd_str_is(f->path, faults[_i].path), "%.*s", XD_FMT(f->path));
    ck_assert_uint_gt(f->text.len, 0);
    ck_assert_int_eq(f->severity, XD_ERROR);
}
END_TEST


START_TEST(keeps_numbers_as_written_and_places)
{
    xd_node_t *tree =
        read_good("{\n  \"a\": [19.90, -0, 1E+400],\n\t\"b\": {}\n}");
    xd_node_t *a = xd_get(tree, "a");

    ck_assert_uint_eq(tree->count, 2);
    ck_assert_uint_eq(a->line, 2);
    ck_assert_uint_eq(a->column, 8);
    ck_assert_uint_eq(a->offset, 9);
    ck_assert(xd_str_is(xd_nth(a, 0)->text, "19.90"));
    ck_assert(xd_str_is(xd_nth(a, 1)->text, "-0"));
    ck_assert(xd_str_is(xd_nth(a, 2)->text, "1E+400"));
    ck_assert_uint_eq(xd_get(tree, "b")->line, 3);
    ck_assert_uint_eq(xd_get(tree, "b")->column, 7);
    ck_assert_int_eq(xd_get(tree, "b")->kind, XD_OBJECT);
}
END_TEST


START_TEST(reads_scalars_alone)
{
    ck_assert_int_eq(read_good(" null ")->kind, XD_NULL);
    ck_assert(read_good("true")->truth);
    ck_assert(!read_good("false")->truth);
    ck_assert(xd_str_is(read_good("-12.5e-3")->text, "-12.5e-3"));
    ck_assert(xd_str_is(read_good("\"\"")->text, ""));
}
END_TEST


START_TEST(strings_are_slices_or_decoded)
{
    xd_node_t *tree = read_good(
        "[\"plain text of some length\", \"\\\"\\\\\\/\\b\\f\\n\\r\\t\", "
        "\"x\\u00e9\\u20ac\\ud83d\\ude00y\", \"\\u0000\", \"\xC3\xA9\"]");
    xd_str_t plain = xd_nth(tree, 0)->text;

    ck_assert(plain.ptr > block && plain.ptr < block + 40);
    ck_assert(xd_str_is(xd_nth(tree, 1)->text, "\"\\/\b\f\n\r\t"));
    ck_assert(xd_str_is(xd_nth(tree, 2)->text,
        "x\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80y"));
    ck_assert(xd_str_eq(xd_nth(tree, 3)->text, XD_STR("\0")));
    ck_assert(xd_str_is(xd_nth(tree, 4)->text, "\xC3\xA9"));
}
END_TEST


/* The scanner looks at eight bytes at once: put what ends a run everywhere. */
START_TEST(finds_what_ends_a_run_at_every_place)
{
    static const char ends[] = { '"', '\\', '\x1f', '\x00', '\x7f', ' ', '!',
        '#', '[', ']', '\x80' };

    for (size_t at = 0; at < 40; at++) {
        for (size_t e = 0; e < sizeof(ends); e++) {
            char text[48] = "\"";
            xd_node_t *tree;
            xd_rc_t rc;
            bool good = strchr("\x7f !#[]", ends[e]) != NULL && ends[e] != 0;

            memset(text + 1, 'a', 41);
            text[42] = '"';
            text[1 + at] = ends[e];
            rc = xd_json_read(arena, received(text, 43), NULL, &tree, &rep);
            ck_assert_msg((rc == XD_OK) == good, "%zu %02x", at,
                (unsigned) (unsigned char) ends[e]);
        }
    }
}
END_TEST


START_TEST(tolerates_a_bom_where_allowed)
{
    const xd_json_limits_t limits = { .allow_bom = true };
    xd_node_t *tree = NULL;

    ck_assert_int_eq(xd_json_read(arena, XD_STR("\xEF\xBB\xBF[]"), &limits,
                         &tree, &rep),
        XD_OK);
    ck_assert_uint_eq(rep.count[XD_INFO], 1);
    ck_assert_uint_eq(xd_report_errors(&rep), 0);
    ck_assert_str_eq(rep.kept[0].rule, "json.bom");
}
END_TEST


/* More members than are compared one by one. */
START_TEST(finds_duplicates_among_many)
{
    xd_buf_t text = { 0 };
    xd_node_t *tree = NULL;

    xd_buf_byte(&text, '{');
    for (int i = 0; i < 5000; i++) {
        xd_buf_fmt(&text, "\"m%d\":%d,", i, i);
    }
    xd_buf_text(&text, "\"m17\":0}");

    ck_assert_int_eq(xd_json_read(arena, xd_buf_str(&text), NULL, &tree, &rep),
        XD_E_SYNTAX);
    ck_assert_str_eq(rep.kept[0].rule, "json.duplicate");
    ck_assert(xd_str_is(rep.kept[0].path, "/m17"));
    xd_buf_free(&text);
}
END_TEST


static const char sample[] =
    "{\"orderNo\":\"1\\u00e90\",\"lines\":[{\"qty\":{\"value\":\"2\"},"
    "\"n\":-1.5e3},null,true,[[]],\"\xE2\x82\xAC\"],\"a\":1,\"b\":2,\"c\":3,"
    "\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8,\"i\":9,\"j\":10,\"k\":11,"
    "\"l\":12,\"m\":13,\"n\":14,\"o\":15,\"p\":16,\"q\":17}";


START_TEST(every_beginning_of_a_text_is_refused)
{
    for (size_t len = 0; len < sizeof(sample) - 1; len++) {
        xd_node_t *tree = NULL;
        xd_rc_t rc =
            xd_json_read(arena, received(sample, len), NULL, &tree, &rep);

        ck_assert_msg(rc == XD_E_SYNTAX, "%zu bytes: %d", len, rc);
        ck_assert_ptr_null(tree);
    }
}
END_TEST


/* Any byte in any place: an answer, never a crash. */
START_TEST(survives_every_wrong_byte)
{
    static const char bytes[] = { 0, '"', '\\', '{', ']', ',', '\n', '\x80',
        '\xF4', 'e', '-' };

    for (size_t at = 0; at < sizeof(sample) - 1; at++) {
        for (size_t b = 0; b < sizeof(bytes); b++) {
            xd_arena_t *own = xd_arena_new(0);
            xd_str_t text = received(sample, sizeof(sample) - 1);
            xd_node_t *tree = NULL;
            xd_report_t mine;
            xd_rc_t rc;

            block[at] = bytes[b];
            xd_report_init(&mine, own, 5);
            rc = xd_json_read(own, text, NULL, &tree, &mine);
            ck_assert((rc == XD_OK) == (tree != NULL));
            ck_assert_uint_eq(xd_report_errors(&mine), rc != XD_OK);
            xd_arena_free(own);
        }
    }
}
END_TEST


START_TEST(survives_a_full_arena_at_every_allocation)
{
    xd_node_t *tree = NULL;
    xd_rc_t rc = XD_E_MEMORY;
    size_t n;

    for (n = 1; rc != XD_OK; n++) {
        xd_arena_t *own = xd_arena_new(0);

        tree = NULL;
        xd_arena_fail_at(own, n);
        rc = xd_json_read(own, XD_STR(sample), NULL, &tree, &rep);
        ck_assert(rc == XD_E_MEMORY || rc == XD_OK);
        ck_assert((tree != NULL) == (rc == XD_OK));
        xd_arena_free(own);
    }

    ck_assert_uint_gt(n, 4);
    ck_assert_uint_eq(rep.nkept, 0);
}
END_TEST


START_TEST(a_fault_is_told_even_when_the_arena_is_full)
{
    xd_node_t *tree = NULL;

    for (size_t n = 1; n < 10; n++) {
        xd_arena_t *own = xd_arena_new(0);
        xd_rc_t rc;

        xd_arena_fail_at(own, n);
        rc = xd_json_read(own, XD_STR("{\"a\":[1,{\"b\":tru}]}"), NULL, &tree,
            &rep);
        ck_assert(rc == XD_E_MEMORY || rc == XD_E_SYNTAX);
        xd_arena_free(own);
    }
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("json-read");
    TCase *tc = tcase_create("read");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, names_the_fault_and_its_place, 0,
        sizeof(faults) / sizeof(faults[0]));
    tcase_add_test(tc, keeps_numbers_as_written_and_places);
    tcase_add_test(tc, reads_scalars_alone);
    tcase_add_test(tc, strings_are_slices_or_decoded);
    tcase_add_test(tc, finds_what_ends_a_run_at_every_place);
    tcase_add_test(tc, tolerates_a_bom_where_allowed);
    tcase_add_test(tc, finds_duplicates_among_many);
    tcase_add_test(tc, every_beginning_of_a_text_is_refused);
    tcase_add_test(tc, survives_every_wrong_byte);
    tcase_add_test(tc, survives_a_full_arena_at_every_allocation);
    tcase_add_test(tc, a_fault_is_told_even_when_the_arena_is_full);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
