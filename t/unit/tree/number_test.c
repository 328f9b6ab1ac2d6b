/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "tree/number.h"

#define BIG "1234567890123456789012345678901234567890"

static const struct {
    const char *a, *b;
    int order;
} pairs[] = {
    { "1", "1.0", 0 },
    { "100", "1e2", 0 },
    { "100", "1.00E+2", 0 },
    { "0.001", "1e-3", 0 },
    { "0.10", "1e-1", 0 },
    { "12.5", "125e-1", 0 },
    { "0", "-0", 0 },
    { "0", "0.000e99", 0 },
    { "0e1000000000000000000000", "0", 0 },
    { BIG, BIG ".000", 0 },
    { BIG, BIG "e0", 0 },
    { "1.5", "15e-1", 0 },
    { "10.05", "1005e-2", 0 },
    { "1e400", "10e399", 0 },
    { "1", "2", -1 },
    { "9", "10", -1 },
    { "0.9", "0.91", -1 },
    { "10.05", "10.5", -1 },
    { "-2", "-1", -1 },
    { "-1", "0", -1 },
    { "-0.1", "0.1", -1 },
    { "1e400", "2e400", -1 },
    { "1e-400", "1e400", -1 },
    { "-1e400", "1e-400", -1 },
    { BIG ".1", BIG ".2", -1 },
    { "0.1", "0.1000000000000000000000000000000001", -1 },
    { "1e99999999999999999999998", "1e99999999999999999999999", -1 },
    { "0.01e99999999999999999999998", "0.01e99999999999999999999999", -1 },
    { "1e-99999999999999999999999", "1", -1 },
    { "x", "0", -1 },
    { "x", "y", -1 },
    { "x", "x", 0 },
};

static const struct {
    const char *text;
    bool good;
    int64_t value;
} ints[] = {
    { "0", true, 0 },
    { "-0", true, 0 },
    { "0e5", true, 0 },
    { "5", true, 5 },
    { "5.00", true, 5 },
    { "1.5e1", true, 15 },
    { "500e-2", true, 5 },
    { "-12e1", true, -120 },
    { "9223372036854775807", true, INT64_MAX },
    { "-9223372036854775808", true, INT64_MIN },
    { "9.223372036854775807e18", true, INT64_MAX },
    { "1e18", true, 1000000000000000000 },
    { "9223372036854775808", false, 0 },
    { "-9223372036854775809", false, 0 },
    { "1e19", false, 0 },
    { "1e99999999999999999999", false, 0 },
    { "5.5", false, 0 },
    { "0.5", false, 0 },
    { "1e-1", false, 0 },
    { "1e-99999999999999999999", false, 0 },
    { "", false, 0 },
    { "-", false, 0 },
    { "5.", false, 0 },
    { ".5", false, 0 },
    { "+5", false, 0 },
    { "5e", false, 0 },
    { "5e+", false, 0 },
    { "5e1x", false, 0 },
    { "5x", false, 0 },
    { "0x10", false, 0 },
};


static int
sign(int order)
{
    return (order > 0) - (order < 0);
}


START_TEST(orders_by_value_not_by_writing)
{
    xd_str_t a = xd_str(pairs[_i].a), b = xd_str(pairs[_i].b);

    ck_assert_int_eq(sign(xd_number_cmp(a, b)), pairs[_i].order);
    ck_assert_int_eq(sign(xd_number_cmp(b, a)), -pairs[_i].order);
    ck_assert_int_eq(xd_number_cmp(a, a), 0);
}
END_TEST


START_TEST(reads_whole_numbers)
{
    int64_t value = 0;

    ck_assert(xd_number_int(xd_str(ints[_i].text), &value) == ints[_i].good);
    if (ints[_i].good) {
        ck_assert_int_eq(value, ints[_i].value);
    }
}
END_TEST


START_TEST(tells_numbers_from_texts)
{
    static const struct {
        const char *text;
        bool good;
    } rows[] = {
        { "0", true },
        { "-0", true },
        { "10", true },
        { "1.20", true },
        { "0.5", true },
        { "-1e5", true },
        { "1E+5", true },
        { "", false },
        { "-", false },
        { "01", false },
        { "-01", false },
        { "00", false },
        { "+1", false },
        { ".5", false },
        { "1.", false },
        { "1e", false },
        { " 1", false },
        { "1 ", false },
        { "0x1", false },
        { "NaN", false },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        ck_assert_msg(xd_number_valid(xd_str(rows[i].text)) == rows[i].good,
            "%s", rows[i].text);
    }
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("tree");
    TCase *tc = tcase_create("number");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_loop_test(tc, orders_by_value_not_by_writing, 0,
        (int) (sizeof(pairs) / sizeof(pairs[0])));
    tcase_add_test(tc, tells_numbers_from_texts);
    tcase_add_loop_test(tc, reads_whole_numbers, 0,
        (int) (sizeof(ints) / sizeof(ints[0])));

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
