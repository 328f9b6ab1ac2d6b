/* SPDX-License-Identifier: BSD-2-Clause */

#include "conf/calendar.h"

#include "base/clock.h"

#include <check.h>
#include <stdlib.h>


static int64_t
at(const char *text)
{
    int64_t ms = -1;

    ck_assert(xd_instant_read(xd_str(text), &ms));

    return ms / 1000;
}


static const struct {
    xd_calendar_t calendar;
    const char *zone, *now, *start, *end;
} rows[] = {
    { XD_CALENDAR_DAY, "", "2026-05-14T09:31:22Z", "2026-05-14T00:00:00Z",
        "2026-05-15T00:00:00Z" },
    { XD_CALENDAR_DAY, "UTC", "2026-05-14T23:59:59Z", "2026-05-14T00:00:00Z",
        "2026-05-15T00:00:00Z" },
    { XD_CALENDAR_DAY, "UTC", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z",
        "1970-01-02T00:00:00Z" },
    { XD_CALENDAR_DAY, "Europe/Berlin", "2026-05-14T22:00:00Z",
        "2026-05-14T22:00:00Z", "2026-05-15T22:00:00Z" },
    /* Days of 23 and 25 hours. */
    { XD_CALENDAR_DAY, "Europe/Berlin", "2026-03-29T12:00:00Z",
        "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z" },
    { XD_CALENDAR_DAY, "Europe/Berlin", "2026-10-25T00:30:00Z",
        "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z" },
    { XD_CALENDAR_DAY, "America/New_York", "2026-01-01T04:59:59Z",
        "2025-12-31T05:00:00Z", "2026-01-01T05:00:00Z" },
    { XD_CALENDAR_WEEK, "UTC", "1970-01-01T00:00:00Z", "1969-12-29T00:00:00Z",
        "1970-01-05T00:00:00Z" },
    { XD_CALENDAR_WEEK, "UTC", "2026-05-17T23:59:59Z", "2026-05-11T00:00:00Z",
        "2026-05-18T00:00:00Z" },
    { XD_CALENDAR_WEEK, "UTC", "2026-05-18T00:00:00Z", "2026-05-18T00:00:00Z",
        "2026-05-25T00:00:00Z" },
    { XD_CALENDAR_MONTH, "UTC", "2026-12-31T23:59:59Z", "2026-12-01T00:00:00Z",
        "2027-01-01T00:00:00Z" },
    { XD_CALENDAR_MONTH, "UTC", "2028-02-29T00:00:00Z", "2028-02-01T00:00:00Z",
        "2028-03-01T00:00:00Z" },
    { XD_CALENDAR_MONTH, "UTC", "2000-03-01T00:00:00Z", "2000-03-01T00:00:00Z",
        "2000-04-01T00:00:00Z" },
    { XD_CALENDAR_MONTH, "Europe/Berlin", "2026-03-15T00:00:00Z",
        "2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z" },
};


START_TEST(finds_each_window)
{
    xd_window_t w, next;

    ck_assert(xd_calendar_window(rows[_i].calendar, xd_str(rows[_i].zone),
        at(rows[_i].now), &w));
    ck_assert_int_eq(w.start, at(rows[_i].start));
    ck_assert_int_eq(w.end, at(rows[_i].end));

    ck_assert(xd_calendar_window(rows[_i].calendar, xd_str(rows[_i].zone),
        w.end, &next));
    ck_assert_int_eq(next.id, w.id + 1);
    ck_assert_int_eq(next.start, w.end);
}
END_TEST


/* Every hour of ten years: ids never fall back, and each is in its window. */
START_TEST(never_goes_back)
{
    static const char *const zones[] = { "UTC", "Europe/Berlin",
        "America/Sao_Paulo", "Pacific/Apia" };
    int64_t now, last = 0, until = at("2020-01-01T00:00:00Z");
    xd_window_t w = { 0, 0, 0 };

    for (now = at("2010-01-01T00:00:00Z"); now < until; now += 3600) {
        ck_assert(
            xd_calendar_window(XD_CALENDAR_DAY, xd_str(zones[_i]), now, &w));
        ck_assert_int_ge(w.id, last);
        ck_assert_int_gt(w.end, now);
        last = w.id;
    }
}
END_TEST


START_TEST(falls_back_to_utc)
{
    xd_window_t w, utc;

    ck_assert(!xd_calendar_window(XD_CALENDAR_DAY, XD_STR("Europe/Atlantis"),
        100000, &w));
    ck_assert(xd_calendar_window(XD_CALENDAR_DAY, XD_STR("UTC"), 100000, &utc));
    ck_assert_int_eq(w.id, utc.id);
    ck_assert_int_eq(w.end, utc.end);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("calendar");
    TCase *tc = tcase_create("all");
    SRunner *sr;
    int failed;

    tcase_add_loop_test(tc, finds_each_window, 0,
        (int) (sizeof(rows) / sizeof(rows[0])));
    tcase_add_loop_test(tc, never_goes_back, 0, 4);
    tcase_add_test(tc, falls_back_to_utc);
    tcase_set_timeout(tc, 60);
    suite_add_tcase(s, tc);
    sr = srunner_create(s);
    srunner_run_all(sr, CK_NORMAL);
    failed = srunner_ntests_failed(sr);
    srunner_free(sr);

    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
