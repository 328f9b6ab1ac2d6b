/* SPDX-License-Identifier: BSD-2-Clause */

/* Names that come from partners, and names that go to them. */

#include <check.h>
#include <limits.h>
#include <stdlib.h>

#include "connectors/file/name.h"

#define ID "018f6c2e-0000-7000-8000-000000000001"

static xd_arena_t *arena;


static void
setup(void)
{
    arena = xd_arena_new(0);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static const struct {
    const char *from, *to;
} cleaned[] = {
    { "856.edi", "856.edi" },
    { "J\303\274rgen 1.edi", "J\303\274rgen 1.edi" },
    { "a\nb\tc\177d", "a_b_c_d" },
    { "\377\376x", "__x" },
    { "\303", "_" },
    { "a\303(b", "a_(b" },
    { "", "_" },
};


START_TEST(cleans_what_a_partner_calls_a_file)
{
    ck_assert_str_eq(name_clean(arena, cleaned[_i].from).ptr, cleaned[_i].to);
}
END_TEST


/* Wherever a long name is cut, it stays valid and within its room. */
START_TEST(cuts_long_names)
{
    for (size_t lead = 0; lead < 4; lead++) {
        char name[NAME_MAX + 1];
        size_t at = 0;
        xd_str_t got;

        while (at < lead) {
            name[at++] = 'a';
        }
        for (; at + 3 <= NAME_MAX; at += 3) {
            memcpy(name + at, "\342\202\254", 3);
        }
        name[at] = '\0';

        got = name_clean(arena, name);
        ck_assert_uint_eq(got.len, NAME_KEPT);
        ck_assert_uint_lt(got.len + strlen(".." ID ".in.reason"), NAME_MAX);
        ck_assert_int_eq(memcmp(got.ptr, name, NAME_KEPT - 3), 0);
    }
}
END_TEST


static const struct {
    const char *name, *kind, *rest; /* rest NULL: it is none */
} splits[] = {
    { "in." ID ".856.edi", "in", "856.edi" },
    { "in." ID "..", "in", "." },
    { "out." ID ".data", "out", "data" },
    { "out." ID ".data", "in", NULL },
    { "in." ID ".", "in", NULL },
    { "in." ID, "in", NULL },
    { "in." ID "x856.edi", "in", NULL },
    { "in.018f6c2e-0000-7000-8000-00000000000g.x", "in", NULL },
    { ".in." ID ".x", "in", NULL },
    { "in", "in", NULL },
    { "", "in", NULL },
};


START_TEST(splits_names_of_the_work_folder)
{
    name_parts_t parts;

    ck_assert_int_eq(name_split(splits[_i].name, splits[_i].kind, &parts),
        splits[_i].rest != NULL);
    if (splits[_i].rest != NULL) {
        ck_assert(xd_str_is(parts.id, ID));
        ck_assert_str_eq(parts.rest, splits[_i].rest);
    }
}
END_TEST


static const struct {
    const char *template;
    unsigned n;
    const char *control, *made;
} made[] = {
    { "{document}-{control}-{id}.edi", 1, "42",
        "functional-ack-42-" ID ".edi" },
    { "{party}_{date}{time}_{seq}.x12", 1, "",
        "acme_20260514093122_000007.x12" },
    { "plain.edi", 1, "", "plain.edi" },
    { "plain.edi", 2, "", "plain-2.edi" },
    { "plain", 12, "", "plain-12" },
    { "{control}.edi", 1, "../../etc/passwd", "_._.._etc_passwd.edi" },
    { "{control}.edi", 1, "a b/\n\303\274", "a_b____.edi" },
    { "{control}", 1, ".hidden", "_hidden" },
    { "{control}x", 1, "", "nonex" },
    { "{seq}{seq}", 1, "", "000007000007" },
};


START_TEST(makes_outgoing_names)
{
    const name_values_t v = { .party = XD_STR("acme"),
        .document = XD_STR("functional-ack"),
        .control = xd_str(made[_i].control),
        .id = XD_STR(ID),
        .seq = 7,
        .at_ms = 1778751082412 };
    xd_str_t name = name_make(arena, xd_str(made[_i].template), &v, made[_i].n);

    ck_assert_str_eq(name.ptr, made[_i].made);
    ck_assert_int_eq(name_wants_seq(xd_str(made[_i].template)),
        strstr(made[_i].template, "{seq}") != NULL);
}
END_TEST


START_TEST(says_when_memory_is_out)
{
    const name_values_t v = { .id = XD_STR(ID) };

    xd_arena_fail_at(arena, 1);
    ck_assert_ptr_null(name_clean(arena, "x").ptr);
    for (size_t n = 1; n <= 2; n++) {
        xd_arena_fail_at(arena, n);
        ck_assert_ptr_null(name_make(arena, XD_STR("{id}.edi"), &v, 2).ptr);
    }
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("file");
    TCase *tc = tcase_create("name");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, cleans_what_a_partner_calls_a_file, 0,
        sizeof(cleaned) / sizeof(cleaned[0]));
    tcase_add_test(tc, cuts_long_names);
    tcase_add_loop_test(tc, splits_names_of_the_work_folder, 0,
        sizeof(splits) / sizeof(splits[0]));
    tcase_add_loop_test(tc, makes_outgoing_names, 0,
        sizeof(made) / sizeof(made[0]));
    tcase_add_test(tc, says_when_memory_is_out);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
