/* SPDX-License-Identifier: BSD-2-Clause */

#include "web_fixture.h"
#include "web/retry_after.h"

#define NOW 1778750000000LL /* Thu, 14 May 2026 09:13:20 GMT */

static const struct {
    const char *value;
    int64_t want;
} cases[] = {
    { "120", 120000 },
    { " 7\r\n", 7000 },
    { "0", 0 },
    { "4294967295", XD_RETRY_AFTER_MAX_MS },
    { "99999999999999999999", -1 },
    { "-1", -1 },
    { "1.5", -1 },
    { "20990101", XD_RETRY_AFTER_MAX_MS }, /* seconds, no date */
    { "", -1 },
    { "soon", -1 },
    { "Thu, 14 May 2026 09:13:50 GMT", 30000 },
    { "Thursday, 14-May-26 09:13:50 GMT", 30000 },
    { "Thu May 14 09:13:50 2026", 30000 },
    { "Thu, 14 May 2026 09:13:20 GMT", 0 },
    { "Thu, 14 May 2020 09:13:20 GMT", 0 },
    { "Fri, 14 May 2066 09:13:20 GMT", XD_RETRY_AFTER_MAX_MS },
    { "Thu, 14 May 999999951 GMT", -1 },
    { "Thu, 99 Xyz 2026 09:13:50 GMT", -1 },
    { "2026-05-14T09:13:50.000Z", -1 },
};


START_TEST(reads_seconds_and_dates)
{
    ck_assert_msg(xd_retry_after(xd_str(cases[_i].value), NOW)
                      == cases[_i].want,
        "\"%s\" gives %lld", cases[_i].value,
        (long long) xd_retry_after(xd_str(cases[_i].value), NOW));
}
END_TEST


START_TEST(takes_no_text_without_end)
{
    char text[4096];

    memset(text, 'T', sizeof(text));
    ck_assert_int_eq(xd_retry_after((xd_str_t){ text, sizeof(text) }, NOW), -1);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("web");
    TCase *tc = tcase_create("retry-after");

    suite_add_tcase(s, tc);
    tcase_add_loop_test(tc, reads_seconds_and_dates, 0,
        sizeof(cases) / sizeof(cases[0]));
    tcase_add_test(tc, takes_no_text_without_end);

    return run_suite(s);
}
