/* SPDX-License-Identifier: BSD-2-Clause */

/* The window by itself; through a link it is tested in publish_test.c. */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "bus/confirm.h"

static xd_arena_t *arena;
static xd_confirm_t *window;
static char told[1024];
static int again; /* publishes that settle makes */


static void
settle(void *job, xd_outcome_t outcome)
{
    size_t len = strlen(told);

    (void) snprintf(told + len, sizeof(told) - len, "%d%c ",
        (int) (intptr_t) job, "crnu"[outcome]);

    if (again > 0) {
        again--;
        ck_assert_int_eq(xd_confirm_add(window, XD_STR("n"),
                             (void *) (intptr_t) 100),
            outcome != XD_UNKNOWN);
    }
}


static void
setup(void)
{
    arena = xd_arena_new(0);
    window = xd_confirm_new(arena, 4, settle);
    told[0] = '\0';
    again = 0;
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static bool
add(int job)
{
    return xd_confirm_add(window, XD_STR("id"), (void *) (intptr_t) job);
}


START_TEST(fills_and_empties_for_ever)
{
    for (uint64_t round = 0; round < 1000; round++) {
        told[0] = '\0';
        for (int i = 1; i <= 4; i++) {
            ck_assert(add(i));
        }
        ck_assert(!add(5));
        xd_confirm_settle(window, round * 4 + 4, true, true);
        ck_assert_str_eq(told, "1c 2c 3c 4c ");
    }
}
END_TEST


START_TEST(settling_may_publish_into_the_slot)
{
    for (int i = 1; i <= 4; i++) {
        ck_assert(add(i));
    }
    again = 4;
    xd_confirm_settle(window, 4, true, true);
    ck_assert(!add(9));
    xd_confirm_settle(window, 8, true, false);
    ck_assert_str_eq(told, "1c 2c 3c 4c 100n 100n 100n 100n ");
}
END_TEST


START_TEST(a_hole_keeps_the_window_shut)
{
    for (int i = 1; i <= 4; i++) {
        ck_assert(add(i));
    }
    xd_confirm_settle(window, 2, false, true);
    xd_confirm_settle(window, 3, false, true);
    ck_assert(!add(5));
    xd_confirm_settle(window, 1, false, true);
    ck_assert(add(5) && add(6) && add(7) && !add(8));
}
END_TEST


START_TEST(unknown_tags_settle_nothing)
{
    static const uint64_t tags[] = { 0, 2, 5, UINT64_MAX };

    ck_assert(add(1));
    xd_confirm_settle(window, tags[_i], true, true);
    xd_confirm_settle(window, tags[_i], false, false);
    ck_assert_str_eq(told, "");
}
END_TEST


START_TEST(a_return_needs_its_ack)
{
    ck_assert(xd_confirm_add(window, XD_STR("a"), (void *) (intptr_t) 1));
    ck_assert(xd_confirm_add(window, XD_STR("ab"), (void *) (intptr_t) 2));
    xd_confirm_returned(window, XD_STR("ab"));
    xd_confirm_returned(window, XD_STR("abc"));
    ck_assert_str_eq(told, "");
    xd_confirm_settle(window, 2, true, true);
    ck_assert_str_eq(told, "1c 2r ");
}
END_TEST


/* Refused is refused, and lost is unknown, returned before or not. */
START_TEST(a_return_does_not_hide_worse)
{
    ck_assert(xd_confirm_add(window, XD_STR("a"), (void *) (intptr_t) 1));
    ck_assert(xd_confirm_add(window, XD_STR("b"), (void *) (intptr_t) 2));
    xd_confirm_returned(window, XD_STR("a"));
    xd_confirm_returned(window, XD_STR("b"));
    xd_confirm_settle(window, 1, false, false);
    xd_confirm_lost(window);
    ck_assert_str_eq(told, "1n 2u ");
}
END_TEST


START_TEST(lost_settles_all_and_restarts_tags)
{
    ck_assert(add(1) && add(2) && add(3));
    xd_confirm_settle(window, 2, false, true);
    again = 2; /* refused while the link is being given up */
    xd_confirm_lost(window);
    ck_assert_str_eq(told, "2c 1u 3u ");
    ck_assert_int_eq(again, 0);
}
END_TEST


START_TEST(tags_count_from_one_again)
{
    ck_assert(add(1) && add(2));
    xd_confirm_lost(window);
    told[0] = '\0';
    ck_assert(add(7));
    xd_confirm_settle(window, 1, false, true);
    ck_assert_str_eq(told, "7c ");
}
END_TEST


START_TEST(needs_memory_once)
{
    xd_arena_fail_at(arena, 1);
    ck_assert_ptr_null(xd_confirm_new(arena, 4, settle));
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("bus");
    TCase *tc = tcase_create("confirm");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, fills_and_empties_for_ever);
    tcase_add_test(tc, settling_may_publish_into_the_slot);
    tcase_add_test(tc, a_hole_keeps_the_window_shut);
    tcase_add_loop_test(tc, unknown_tags_settle_nothing, 0, 4);
    tcase_add_test(tc, a_return_needs_its_ack);
    tcase_add_test(tc, a_return_does_not_hide_worse);
    tcase_add_test(tc, lost_settles_all_and_restarts_tags);
    tcase_add_test(tc, tags_count_from_one_again);
    tcase_add_test(tc, needs_memory_once);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
