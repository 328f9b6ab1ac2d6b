/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "base/rc.h"
#include "base/str.h"


START_TEST(orders_by_bytes_then_length)
{
    ck_assert_int_lt(xd_str_cmp(XD_STR("ab"), XD_STR("abc")), 0);
    ck_assert_int_gt(xd_str_cmp(XD_STR("b"), XD_STR("abc")), 0);
    ck_assert_int_eq(xd_str_cmp(XD_STR("ab"), XD_STR("ab")), 0);
    ck_assert_int_gt(xd_str_cmp(XD_STR("\xff"), XD_STR("a")), 0);
    ck_assert_int_lt(xd_str_cmp(XD_STR_NONE, XD_STR("a")), 0);
    ck_assert_int_eq(xd_str_cmp(XD_STR_NONE, XD_STR("")), 0);
}
END_TEST


START_TEST(equality_needs_length_and_bytes)
{
    ck_assert(xd_str_eq(XD_STR("a\0b"), XD_STR("a\0b")));
    ck_assert(!xd_str_eq(XD_STR("a\0b"), XD_STR("a\0c")));
    ck_assert(!xd_str_is(XD_STR("a\0b"), "a"));
    ck_assert(xd_str_is(XD_STR_NONE, ""));
}
END_TEST


START_TEST(starts_with_a_prefix)
{
    ck_assert(xd_str_starts(XD_STR("in.x12"), XD_STR("in.")));
    ck_assert(xd_str_starts(XD_STR("in."), XD_STR("in.")));
    ck_assert(xd_str_starts(XD_STR("in."), XD_STR("")));
    ck_assert(!xd_str_starts(XD_STR("in"), XD_STR("in.")));
}
END_TEST


START_TEST(trims_both_ends_only)
{
    ck_assert(xd_str_is(xd_str_trim(XD_STR(" \t a b \r\n")), "a b"));
    ck_assert(xd_str_is(xd_str_trim(XD_STR("ab")), "ab"));
    ck_assert_uint_eq(xd_str_trim(XD_STR(" \n ")).len, 0);
    ck_assert_uint_eq(xd_str_trim(XD_STR_NONE).len, 0);
}
END_TEST


START_TEST(cuts_at_each_separator)
{
    xd_str_t rest = XD_STR("a::b:");
    const char *want[] = { "a", "", "b", "" };

    for (size_t i = 0; i < 4; i++) {
        ck_assert_ptr_nonnull(rest.ptr);
        ck_assert(xd_str_is(xd_str_cut(&rest, ':'), want[i]));
    }

    ck_assert_ptr_null(rest.ptr);
    ck_assert_ptr_null(xd_str_cut(&rest, ':').ptr);
}
END_TEST


static const struct {
    const char *text;
    uint64_t max;
    bool good;
    uint64_t value;
} numbers[] = {
    { "0", 0, true, 0 },
    { "007", 10, true, 7 },
    { "255", 255, true, 255 },
    { "256", 255, false, 0 },
    { "10", 9, false, 0 },
    { "7", 5, false, 0 },
    { "18446744073709551615", UINT64_MAX, true, UINT64_MAX },
    { "18446744073709551616", UINT64_MAX, false, 0 },
    { "99999999999999999999999", UINT64_MAX, false, 0 },
    { "", 9, false, 0 },
    { "-1", 9, false, 0 },
    { "+1", 9, false, 0 },
    { " 1", 9, false, 0 },
    { "1a", 99, false, 0 },
    { "1:", 99, false, 0 },
};


START_TEST(reads_digits_up_to_a_bound)
{
    uint64_t value = 0;

    ck_assert(xd_str_uint(xd_str(numbers[_i].text), numbers[_i].max, &value)
              == numbers[_i].good);
    if (numbers[_i].good) {
        ck_assert_uint_eq(value, numbers[_i].value);
    }
}
END_TEST


START_TEST(each_code_has_its_text)
{
    for (int a = XD_OK; a >= XD_E_CONF; a--) {
        const char *text = xd_rc_text((xd_rc_t) a);

        ck_assert_str_ne(text, "unknown fault");
        for (int b = XD_OK; b > a; b--) {
            ck_assert_str_ne(text, xd_rc_text((xd_rc_t) b));
        }
    }

    ck_assert_str_eq(xd_rc_text((xd_rc_t) (XD_E_CONF - 1)), "unknown fault");
    ck_assert_str_eq(xd_rc_text((xd_rc_t) 1), "unknown fault");
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("base");
    TCase *tc = tcase_create("str");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_test(tc, orders_by_bytes_then_length);
    tcase_add_test(tc, equality_needs_length_and_bytes);
    tcase_add_test(tc, starts_with_a_prefix);
    tcase_add_test(tc, trims_both_ends_only);
    tcase_add_test(tc, cuts_at_each_separator);
    tcase_add_loop_test(tc, reads_digits_up_to_a_bound, 0,
        (int) (sizeof(numbers) / sizeof(numbers[0])));
    tcase_add_test(tc, each_code_has_its_text);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
