/* SPDX-License-Identifier: BSD-2-Clause */

#include "format/yaml.h"

#include <check.h>
#include <stdlib.h>


static xd_arena_t *arena;
static xd_report_t report;
static xd_node_t *root;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&report, arena, 100);
    root = NULL;
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


/* Reads from a block of just these bytes, so that ASan sees a read past the
 * end; it is gone before the tree is looked at, so it sees slices too. */
static xd_rc_t
read_bytes(const char *text, size_t len)
{
    char *bytes = malloc(len > 0 ? len : 1);
    xd_rc_t rc;

    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, text, len);
    rc = xd_yaml_read(arena, (xd_str_t){ bytes, len }, &root, &report);
    free(bytes);

    return rc;
}


static void
ck_text(xd_str_t have, const char *want)
{
    ck_assert_msg(xd_str_is(have, want), "'%.*s' is not '%s'", XD_FMT(have),
        want);
}


static const struct {
    const char *yaml;
    const char *text; /* of a string or number */
    xd_kind_t kind;
    bool truth;
} scalars[] = {
    { "null", "", XD_NULL, false },
    { "", "", XD_NULL, false },
    { "true", "", XD_BOOL, true },
    { "false", "", XD_BOOL, false },
    { "True", "True", XD_STRING, false },
    { "NO", "NO", XD_STRING, false },
    { "~", "~", XD_STRING, false },
    { "'true'", "true", XD_STRING, false },
    { "\"null\"", "null", XD_STRING, false },
    { "''", "", XD_STRING, false },
    { "0", "0", XD_NUMBER, false },
    { "-0", "-0", XD_NUMBER, false },
    { "1.20", "1.20", XD_NUMBER, false },
    { "-12e+3", "-12e+3", XD_NUMBER, false },
    { "6E2", "6E2", XD_NUMBER, false },
    { "12345678901234567890123", "12345678901234567890123", XD_NUMBER, false },
    { "007", "007", XD_STRING, false },
    { "+1", "+1", XD_STRING, false },
    { "1.", "1.", XD_STRING, false },
    { ".5", ".5", XD_STRING, false },
    { "1e", "1e", XD_STRING, false },
    { "1e+", "1e+", XD_STRING, false },
    { "0x1F", "0x1F", XD_STRING, false },
    { "1_000", "1_000", XD_STRING, false },
    { "10s", "10s", XD_STRING, false },
    { "12:30", "12:30", XD_STRING, false },
    { "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", XD_STRING, false },
    { "'12'", "12", XD_STRING, false },
    { "|\n  two\n  lines\n", "two\nlines\n", XD_STRING, false },
    { ">-\n  two\n  lines\n", "two lines", XD_STRING, false },
    { "\"\\u00e9\\t\\\"\"", "\xC3\xA9\t\"", XD_STRING, false },
    { "value # comment", "value", XD_STRING, false },
};


START_TEST(reads_scalars_as_json_does)
{
    xd_str_t yaml;
    const xd_node_t *node;

    yaml = xd_fmt(arena, "k: %s", scalars[_i].yaml);
    ck_assert_int_eq(read_bytes(yaml.ptr, yaml.len), XD_OK);
    node = xd_get(root, "k");
    ck_assert_ptr_nonnull(node);
    ck_assert_int_eq(node->kind, scalars[_i].kind);
    ck_assert_int_eq(node->truth, scalars[_i].truth);
    ck_text(node->text, scalars[_i].text);
}
END_TEST


static const char places[] = "# \xC3\xA4 comment\n"
                             "a: one\n"
                             "b:\n"
                             "  - x\n"
                             "  - \xC3\xA9: {q: 1}\n"
                             "    r: 2\n"
                             "c:\n"
                             "d: [\n"
                             "  y ]\n";

static const struct {
    const char *pointer;
    uint32_t line, column;
} place_cases[] = {
    { "", 2, 1 },
    { "/a", 2, 4 },
    { "/b", 3, 1 }, /* a block collection: at its key */
    { "/b/0", 4, 5 },
    { "/b/1", 5, 5 },
    { "/b/1/\xC3\xA9", 5, 9 }, /* columns are bytes */
    { "/b/1/\xC3\xA9/q", 5, 13 },
    { "/b/1/r", 6, 8 },
    { "/c", 7, 1 }, /* nothing: at its key */
    { "/d", 8, 4 },
    { "/d/0", 9, 3 },
};


START_TEST(knows_where_everything_stands)
{
    const xd_node_t *node;

    ck_assert_int_eq(read_bytes(places, sizeof(places) - 1), XD_OK);
    node = xd_pointer(root, xd_str(place_cases[_i].pointer));
    ck_assert_ptr_nonnull(node);
    ck_assert_uint_eq(node->line, place_cases[_i].line);
    ck_assert_uint_eq(node->column, place_cases[_i].column);
}
END_TEST


START_TEST(keeps_order_and_offsets)
{
    ck_assert_int_eq(read_bytes("z: 1\na: 2\r\nm: 3", 15), XD_OK);
    ck_assert_uint_eq(root->count, 3);
    ck_text(xd_nth(root, 0)->key, "z");
    ck_text(xd_nth(root, 1)->key, "a");
    ck_text(xd_nth(root, 2)->key, "m");
    ck_assert_uint_eq(xd_nth(root, 2)->offset, 14);
    ck_assert_uint_eq(xd_nth(root, 2)->line, 3);
}
END_TEST


START_TEST(reads_nothing_as_null)
{
    ck_assert_int_eq(read_bytes("", 0), XD_OK);
    ck_assert_int_eq(root->kind, XD_NULL);
    ck_assert_int_eq(read_bytes("# only a comment\n", 17), XD_OK);
    ck_assert_int_eq(root->kind, XD_NULL);
    ck_assert_uint_eq(root->line, 1);
}
END_TEST


static const struct {
    const char *yaml;
    const char *rule;
    uint32_t line, column;
    const char *path;
} faults[] = {
    { "a: 1\nb: *x\n", "yaml.alias", 2, 4, "/b" },
    { "a: 1\nb: &x 2\n", "yaml.anchor", 2, 7, "/b" },
    { "a: &x\n  b: 1\n", "yaml.anchor", 1, 1, "/a" },
    { "a: &x [1]\n", "yaml.anchor", 1, 7, "/a" },
    { "a: !!int 1\n", "yaml.tag", 1, 10, "/a" },
    { "- !x {a: 1}\n", "yaml.tag", 1, 6, "/0" },
    { "- !x [1]\n", "yaml.tag", 1, 6, "/0" },
    { "a: 1\nc:\n  <<: 1\n", "yaml.merge", 3, 3, "/c" },
    { "a: 1\nb: 2\na: 3\n", "yaml.duplicate-key", 3, 1, "/a" },
    { "a: 1\n? [b]\n: 2\n", "yaml.key", 2, 3, "" },
    { "? {b: 1}\n: 2\n", "yaml.key", 1, 3, "" },
    { "a: 1\n*b : 2\n", "yaml.key", 2, 1, "" },
    { "a: 1\n: 2\n", "yaml.key", 1, 1, "" },
    { "a: 1\n&x b: 2\n", "yaml.key", 2, 4, "" },
    { "a: 1\n---\nb: 2\n", "yaml.documents", 2, 1, "" },
    { "a: 1\n...\nb\n", "yaml.documents", 1, 1, "" },
    { ">0\n", "yaml.syntax", 1, 1, "" },
    { "d) : >\n   ", "yaml.syntax", 2, 1, "" },
    { "a: b: c\n", "yaml.syntax", 1, 5, "" },
    { "\xC3\xA4: b: c\n", "yaml.syntax", 1, 6, "" },
    { "a: 1\nb: 'x\n", "yaml.syntax", 2, 5, "" },
    { "a: @x\n", "yaml.syntax", 1, 4, "" },
    { "a:\n\tb: 1\n", "yaml.tab", 2, 1, "" },
    { "a: 1\nb: \xFF\n", "yaml.utf8", 2, 4, "" },
    { "a: 1\nb: \x01\n", "yaml.utf8", 2, 4, "" },
};


START_TEST(names_each_fault)
{
    const xd_finding_t *f;

    ck_assert_int_eq(read_bytes(faults[_i].yaml, strlen(faults[_i].yaml)),
        XD_E_SYNTAX);
    ck_assert_ptr_null(root);
    ck_assert_uint_eq(report.nkept, 1);

    f = &report.kept[0];
    ck_assert_str_eq(f->rule, faults[_i].rule);
    ck_assert_uint_eq(f->line, faults[_i].line);
    ck_assert_uint_eq(f->column, faults[_i].column);
    ck_text(f->path, faults[_i].path);
    ck_assert_uint_gt(f->text.len, 0);
}
END_TEST


START_TEST(gathers_faults_of_the_profile)
{
    static const char yaml[] = "a: &x 1\nb: *x\na: !t 2\n";

    ck_assert_int_eq(read_bytes(yaml, sizeof(yaml) - 1), XD_E_SYNTAX);
    ck_assert_uint_eq(report.nkept, 4);
}
END_TEST


START_TEST(finds_a_nul_byte)
{
    ck_assert_int_eq(read_bytes("a: 1\n\0b: 2\n", 11), XD_E_SYNTAX);
    ck_assert_str_eq(report.kept[0].rule, "yaml.utf8");
    ck_assert_uint_eq(report.kept[0].line, 2);
    ck_assert_uint_eq(report.kept[0].offset, 5);
}
END_TEST


START_TEST(limits_the_depth)
{
    char deep[128];

    memset(deep, '[', 64);
    memset(deep + 64, ']', 64);
    ck_assert_int_eq(read_bytes(deep, 128), XD_OK);

    memset(deep, '[', 65);
    ck_assert_int_eq(read_bytes(deep, 65), XD_E_LIMIT);
    ck_assert_str_eq(report.kept[0].rule, "yaml.depth");
    ck_assert_uint_eq(report.kept[0].column, 65);
}
END_TEST


START_TEST(survives_every_full_arena)
{
    xd_rc_t rc = XD_E_MEMORY;
    size_t n;

    for (n = 1; rc == XD_E_MEMORY && n < 1000; n++) {
        xd_arena_reset(arena);
        xd_arena_fail_at(arena, n);
        root = NULL;
        rc = read_bytes(places, sizeof(places) - 1);
        ck_assert(rc == XD_OK || root == NULL);
    }

    ck_assert_int_eq(rc, XD_OK);
    ck_assert_uint_gt(n, 10);
}
END_TEST


/* Whatever the bytes are: never a tree beside a fault. */
static void
ck_whole_or_nothing(const char *bytes, size_t len)
{
    root = NULL;
    if (read_bytes(bytes, len) != XD_OK) {
        ck_assert_ptr_null(root);
    }

    xd_arena_reset(arena);
    xd_report_init(&report, arena, 100);
}


START_TEST(survives_every_prefix)
{
    for (size_t len = 0; len < sizeof(places) - 1; len++) {
        ck_whole_or_nothing(places, len);
    }
}
END_TEST


START_TEST(survives_every_byte_replaced)
{
    static const char hostile[] = "\0[]{}:,-?#&*!|>'\"%@`\t\n\xFF";
    size_t many = sizeof(hostile) - 1;
    char copy[sizeof(places)];

    for (size_t i = 0; i < (sizeof(places) - 1) * many; i++) {
        memcpy(copy, places, sizeof(places));
        copy[i / many] = hostile[i % many];
        ck_whole_or_nothing(copy, sizeof(places) - 1);
    }
}
END_TEST


#define COUNT(rows) ((int) (sizeof(rows) / sizeof((rows)[0])))


int
main(void)
{
    Suite *s = suite_create("yaml");
    TCase *tc = tcase_create("yaml");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, reads_scalars_as_json_does, 0, COUNT(scalars));
    tcase_add_loop_test(tc, knows_where_everything_stands, 0,
        COUNT(place_cases));
    tcase_add_test(tc, keeps_order_and_offsets);
    tcase_add_test(tc, reads_nothing_as_null);
    tcase_add_loop_test(tc, names_each_fault, 0, COUNT(faults));
    tcase_add_test(tc, gathers_faults_of_the_profile);
    tcase_add_test(tc, finds_a_nul_byte);
    tcase_add_test(tc, limits_the_depth);
    tcase_add_test(tc, survives_every_full_arena);
    tcase_add_test(tc, survives_every_prefix);
    tcase_add_test(tc, survives_every_byte_replaced);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
