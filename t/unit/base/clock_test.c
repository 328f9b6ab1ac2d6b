/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"

static const struct {
    const char *text;
    bool good;
    int64_t ms;
} instants[] = {
    { "1970-01-01T00:00:00Z", true, 0 },
    { "1970-01-01T00:00:00.001Z", true, 1 },
    { "1969-12-31T23:59:59.999Z", true, -1 },
    { "2026-05-14T09:31:22.412Z", true, 1778751082412 },
    { "2026-05-14T11:31:22.412+02:00", true, 1778751082412 },
    { "2026-05-14T04:01:22.412-05:30", true, 1778751082412 },
    { "2026-05-14t09:31:22.4129999z", true, 1778751082412 },
    { "2026-05-14T09:31:22.4Z", true, 1778751082400 },
    { "2000-02-29T00:00:00Z", true, 951782400000 },
    { "0000-01-01T00:00:00Z", true, -62167219200000 },
    { "9999-12-31T23:59:59.999Z", true, 253402300799999 },
    { "2016-12-31T23:59:60Z", true, 1483228800000 },
    { "2017-01-01T00:59:60+01:00", true, 1483228800000 },
    { "2016-12-31T22:59:60Z", false, 0 },
    { "2016-12-31T23:59:61Z", false, 0 },
    { "1900-02-29T00:00:00Z", false, 0 },
    { "2026-02-29T00:00:00Z", false, 0 },
    { "2026-00-10T00:00:00Z", false, 0 },
    { "2026-13-10T00:00:00Z", false, 0 },
    { "2026-04-31T00:00:00Z", false, 0 },
    { "2026-04-00T00:00:00Z", false, 0 },
    { "2026-05-14T24:00:00Z", false, 0 },
    { "2026-05-14T09:60:00Z", false, 0 },
    { "2026-05-14T09:31:22", false, 0 },
    { "2026-05-14T09:31:22.Z", false, 0 },
    { "2026-05-14T09:31:22.1234567890Z", false, 0 },
    { "2026-05-14T09:31:22+0200", false, 0 },
    { "2026-05-14T09:31:22+24:00", false, 0 },
    { "2026-05-14T09:31:22+02:60", false, 0 },
    { "2026-05-14T09:31:22Z ", false, 0 },
    { "2026-05-14 09:31:22Z", false, 0 },
    { "2026-5-14T09:31:22Z", false, 0 },
    { "+026-05-14T09:31:22Z", false, 0 },
    { "2026-05-14", false, 0 },
    { "", false, 0 },
};


START_TEST(reads_instants)
{
    int64_t ms = 0;

    ck_assert(
        xd_instant_read(xd_str(instants[_i].text), &ms) == instants[_i].good);
    if (instants[_i].good) {
        ck_assert_int_eq(ms, instants[_i].ms);
    }
}
END_TEST


/* The C library is the judge, some days apart through all the years. */
START_TEST(writes_as_the_system_does)
{
    char out[XD_INSTANT_LEN + 1], want[64];

    for (int64_t s = -62167219200; s <= 253402300799; s += 76543210) {
        time_t t = (time_t) s;
        struct tm tm;
        int64_t back;

        ck_assert_ptr_nonnull(gmtime_r(&t, &tm));
        (void) snprintf(want, sizeof(want),
            "%04d-%02d-%02dT%02d:%02d:%02d.007Z", tm.tm_year + 1900,
            tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
        xd_instant_write(s * 1000 + 7, out);
        ck_assert_str_eq(out, want);
        ck_assert(xd_instant_read(xd_str(out), &back));
        ck_assert_int_eq(back, s * 1000 + 7);
    }
}
END_TEST


START_TEST(stays_within_four_digits_of_year)
{
    char out[XD_INSTANT_LEN + 1];

    xd_instant_write(INT64_MAX, out);
    ck_assert_str_eq(out, "9999-12-31T23:59:59.999Z");
    xd_instant_write(INT64_MIN, out);
    ck_assert_str_eq(out, "0000-01-01T00:00:00.000Z");
}
END_TEST


START_TEST(knows_the_days_of_the_calendar)
{
    int64_t ms = -1;

    ck_assert(xd_date_valid(XD_STR("2024-02-29")));
    ck_assert(!xd_date_valid(XD_STR("2023-02-29")));
    ck_assert(xd_date_valid(XD_STR("2026-12-31")));
    ck_assert(!xd_date_valid(XD_STR("2026-12-32")));
    ck_assert(!xd_date_valid(XD_STR("2026-12-31Z")));

    ck_assert(xd_day_read(XD_STR("1970-01-02"), &ms));
    ck_assert_int_eq(ms, 86400000);
    ck_assert(xd_day_read(XD_STR("1970-01-01T01:00:00+01:00"), &ms));
    ck_assert_int_eq(ms, 0);
    ck_assert(!xd_day_read(XD_STR("1970-02-30"), &ms));
    ck_assert(!xd_day_read(XD_STR(""), &ms));
    ck_assert(!xd_date_valid(XD_STR("20261231")));
    ck_assert(!xd_date_valid(XD_STR("2026-12-3")));
    ck_assert(!xd_date_valid(XD_STR_NONE));
}
END_TEST


START_TEST(clocks_run)
{
    int64_t mono = xd_mono_ms(), now = xd_now_ms();
    struct timespec pause = { 0, 20000000 };

    (void) nanosleep(&pause, NULL);
    ck_assert_int_ge(xd_mono_ms() - mono, 19);
    ck_assert_int_ge(xd_now_ms() - now, 19);
    ck_assert_int_lt(llabs(now / 1000 - (int64_t) time(NULL)), 10);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("base");
    TCase *tc = tcase_create("clock");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_loop_test(tc, reads_instants, 0,
        (int) (sizeof(instants) / sizeof(instants[0])));
    tcase_add_test(tc, writes_as_the_system_does);
    tcase_add_test(tc, stays_within_four_digits_of_year);
    tcase_add_test(tc, knows_the_days_of_the_calendar);
    tcase_add_test(tc, clocks_run);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
