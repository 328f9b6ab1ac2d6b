/* SPDX-License-Identifier: BSD-2-Clause */

/* When a file counts as whole. */

#include <check.h>
#include <stdlib.h>

#include "connectors/file/ready.h"

static const char *const all[] = { "*", NULL };
static const char *const some[] = { "*.edi", "INV[0-9]*", "a?c", NULL };


static ready_rule_t
rule_of(ready_how_t how, const char *const *match)
{
    return (ready_rule_t){ .how = how,
        .stable_ms = 1000,
        .marker = XD_STR(".done"),
        .match = match };
}


static const struct {
    const char *name;
    ready_how_t how;
    const char *const *match;
    bool taken;
} names[] = {
    { "a.edi", READY_STABLE, all, true },
    { ".a.edi", READY_STABLE, all, false },
    { ".", READY_STABLE, all, false },
    { "a.edi.done", READY_STABLE, all, true },
    { "a.edi.done", READY_MARKER, all, false },
    { ".done", READY_MARKER, all, false },
    { "a.edi", READY_MARKER, all, true },
    { "a.edi", READY_RENAMED, some, true },
    { "a.EDI", READY_RENAMED, some, false },
    { "a.edi.tmp", READY_RENAMED, some, false },
    { "INV7", READY_RENAMED, some, true },
    { "INVx", READY_RENAMED, some, false },
    { "abc", READY_RENAMED, some, true },
    { "abbc", READY_RENAMED, some, false },
};


START_TEST(takes_names_that_match)
{
    const ready_rule_t rule = rule_of(names[_i].how, names[_i].match);

    ck_assert_int_eq(ready_matches(&rule, names[_i].name), names[_i].taken);
}
END_TEST


/* What may change between two looks, and whether the clock begins anew. */
static const struct {
    ino_t ino;
    off_t size;
    time_t sec;
    long nsec;
    bool same;
} seconds[] = {
    { 7, 100, 50, 5, true },
    { 8, 100, 50, 5, false },
    { 7, 101, 50, 5, false },
    { 7, 100, 51, 5, false },
    { 7, 100, 50, 6, false },
    { 7, 99, 50, 5, false },
};


START_TEST(is_stable_when_nothing_changes)
{
    const ready_rule_t rule = rule_of(READY_STABLE, all);
    struct stat st = { .st_ino = 7,
        .st_size = 100,
        .st_mtim = { 50, 5 },
        .st_ctim = { 50, 5 } };
    look_t first, second;

    ready_look(&first, "a", &st, NULL, 10000);
    ck_assert_int_eq(ready_in(&rule, &first, NULL, 10000), 1000);

    st.st_ino = seconds[_i].ino;
    st.st_size = seconds[_i].size;
    st.st_mtim = (struct timespec){ seconds[_i].sec, seconds[_i].nsec };
    ready_look(&second, "a", &st, &first, 10600);

    ck_assert_int_eq(ready_in(&rule, &second, NULL, 10600),
        seconds[_i].same ? 400 : 1000);
    ck_assert_int_eq(ready_in(&rule, &second, NULL, 10999),
        seconds[_i].same ? 1 : 601);
    ck_assert_int_eq(ready_in(&rule, &second, NULL, 11000),
        seconds[_i].same ? 0 : 600);
    ck_assert_int_eq(ready_in(&rule, &second, NULL, 99999), 0);
}
END_TEST


START_TEST(a_marker_must_not_be_older_than_its_file)
{
    const ready_rule_t rule = rule_of(READY_MARKER, all);
    struct stat st = { .st_ctim = { 50, 5 } }, marker = st;
    look_t l;

    ready_look(&l, "a", &st, NULL, 0);
    ck_assert_int_eq(ready_in(&rule, &l, NULL, 999999), READY_NEVER);
    ck_assert_int_eq(ready_in(&rule, &l, &marker, 0), 0);

    marker.st_ctim.tv_nsec = 4;
    ck_assert_int_eq(ready_in(&rule, &l, &marker, 0), READY_NEVER);
    marker.st_ctim = (struct timespec){ 49, 999 };
    ck_assert_int_eq(ready_in(&rule, &l, &marker, 0), READY_NEVER);
    marker.st_ctim = (struct timespec){ 51, 0 };
    ck_assert_int_eq(ready_in(&rule, &l, &marker, 0), 0);
}
END_TEST


START_TEST(a_renamed_file_is_whole)
{
    const ready_rule_t rule = rule_of(READY_RENAMED, all);
    const struct stat st = { .st_size = 1 };
    look_t l;

    ready_look(&l, "a", &st, NULL, 0);
    ck_assert_int_eq(ready_in(&rule, &l, NULL, 0), 0);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("file");
    TCase *tc = tcase_create("ready");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_loop_test(tc, takes_names_that_match, 0,
        sizeof(names) / sizeof(names[0]));
    tcase_add_loop_test(tc, is_stable_when_nothing_changes, 0,
        sizeof(seconds) / sizeof(seconds[0]));
    tcase_add_test(tc, a_marker_must_not_be_older_than_its_file);
    tcase_add_test(tc, a_renamed_file_is_whole);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
