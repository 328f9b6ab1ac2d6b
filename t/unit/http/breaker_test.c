/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "connectors/http/breaker.h"

static breaker_t b;


static void
setup(void)
{
    b = (breaker_t){ .failures_max = 3, .pause_ms = 1000 };
}


static void
fail_times(int n, int64_t now)
{
    for (int i = 0; i < n; i++) {
        ck_assert(breaker_admits(&b, now));
        breaker_sick(&b, now);
    }
}


START_TEST(opens_after_failures_in_a_row)
{
    fail_times(2, 0);
    ck_assert(!b.open);
    ck_assert(breaker_admits(&b, 0));

    fail_times(1, 10);
    ck_assert(b.open);
    ck_assert(!breaker_admits(&b, 10));
    ck_assert_int_eq(breaker_wait(&b, 10), 1000);
    ck_assert(!breaker_admits(&b, 1009));
}
END_TEST


START_TEST(one_answer_starts_the_count_again)
{
    fail_times(2, 0);
    breaker_well(&b);
    fail_times(2, 0);
    ck_assert(!b.open);
}
END_TEST


START_TEST(lets_one_probe_through)
{
    fail_times(3, 0);
    ck_assert(breaker_admits(&b, 1000));
    ck_assert(!breaker_admits(&b, 1000));
    ck_assert(!breaker_admits(&b, 99999));
    ck_assert_int_eq(breaker_wait(&b, 99999), 250);
}
END_TEST


START_TEST(a_good_probe_closes)
{
    fail_times(3, 0);
    ck_assert(breaker_admits(&b, 1000));
    breaker_well(&b);

    ck_assert(!b.open);
    ck_assert(breaker_admits(&b, 1000));
    ck_assert(breaker_admits(&b, 1000));
    fail_times(2, 1000);
    ck_assert(!b.open);
}
END_TEST


START_TEST(a_bad_probe_opens_for_another_pause)
{
    fail_times(3, 0);
    ck_assert(breaker_admits(&b, 1500));
    breaker_sick(&b, 1600);

    ck_assert(!breaker_admits(&b, 2599));
    ck_assert(breaker_admits(&b, 2600));
}
END_TEST


START_TEST(a_probe_that_was_not_sent_leaves_its_place)
{
    fail_times(3, 0);
    ck_assert(breaker_admits(&b, 1000));
    breaker_unused(&b);

    ck_assert(b.open);
    ck_assert(breaker_admits(&b, 1000));
}
END_TEST


/* Four were under way when the system went down. */
START_TEST(stragglers_do_not_make_the_pause_longer)
{
    fail_times(3, 0);
    breaker_sick(&b, 900);
    ck_assert(breaker_admits(&b, 1000));
}
END_TEST


START_TEST(keeps_the_pause_that_was_asked_for)
{
    breaker_busy(&b, 100, 5000);
    ck_assert(!breaker_admits(&b, 5099));
    ck_assert_int_eq(breaker_wait(&b, 100), 5000);

    breaker_busy(&b, 200, 10); /* a shorter one does not end it */
    ck_assert(!breaker_admits(&b, 5099));
    ck_assert(breaker_admits(&b, 5100));
}
END_TEST


START_TEST(counts_for_ever)
{
    b.open = true;
    b.failures = UINT32_MAX;
    breaker_sick(&b, 0);
    ck_assert_uint_eq(b.failures, UINT32_MAX);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("http");
    TCase *tc = tcase_create("breaker");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, NULL);
    tcase_add_test(tc, opens_after_failures_in_a_row);
    tcase_add_test(tc, one_answer_starts_the_count_again);
    tcase_add_test(tc, lets_one_probe_through);
    tcase_add_test(tc, a_good_probe_closes);
    tcase_add_test(tc, a_bad_probe_opens_for_another_pause);
    tcase_add_test(tc, a_probe_that_was_not_sent_leaves_its_place);
    tcase_add_test(tc, stragglers_do_not_make_the_pause_longer);
    tcase_add_test(tc, keeps_the_pause_that_was_asked_for);
    tcase_add_test(tc, counts_for_ever);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
