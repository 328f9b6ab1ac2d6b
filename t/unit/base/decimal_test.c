/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "base/decimal.h"

#define N INT64_C(999999999999999999) /* twelve and six nines */

static const struct {
    const char *text;
    xd_rc_t want;
    int64_t mantissa;
    uint8_t scale;
} canonical[] = {
    { "0", XD_OK, 0, 0 },
    { "-19.90", XD_OK, -1990, 2 },
    { "0.000001", XD_OK, 1, 6 },
    { "999999999999.999999", XD_OK, N, 6 },
    { "-999999999999.999999", XD_OK, -N, 6 },
    { "-0", XD_OK, 0, 0 },
    { "", XD_E_SYNTAX, 0, 0 },
    { "-", XD_E_SYNTAX, 0, 0 },
    { ".", XD_E_SYNTAX, 0, 0 },
    { "+1", XD_E_SYNTAX, 0, 0 },
    { "01", XD_E_SYNTAX, 0, 0 },
    { "00", XD_E_SYNTAX, 0, 0 },
    { ".5", XD_E_SYNTAX, 0, 0 },
    { "5.", XD_E_SYNTAX, 0, 0 },
    { "1.0000000", XD_E_SYNTAX, 0, 0 },
    { "1000000000000", XD_E_SYNTAX, 0, 0 },
    { "1e2", XD_E_SYNTAX, 0, 0 },
    { "1,5", XD_E_SYNTAX, 0, 0 },
    { "--1", XD_E_SYNTAX, 0, 0 },
    { "1.2.3", XD_E_SYNTAX, 0, 0 },
    { " 1", XD_E_SYNTAX, 0, 0 },
    { "1.-2", XD_E_SYNTAX, 0, 0 },
};

static const struct {
    const char *text;
    bool comma;
    xd_rc_t want;
    int64_t mantissa;
    uint8_t scale;
} edi[] = {
    { "+5", false, XD_OK, 5, 0 },
    { ".5", false, XD_OK, 5, 1 },
    { "-.5", false, XD_OK, -5, 1 },
    { "007", false, XD_OK, 7, 0 },
    { "-007.50", false, XD_OK, -750, 2 },
    { "5.", false, XD_OK, 5, 0 },
    { "0000000000000000000012", false, XD_OK, 12, 0 },
    { "000", false, XD_OK, 0, 0 },
    { "1,5", true, XD_OK, 15, 1 },
    { ",5", true, XD_OK, 5, 1 },
    { "1.5", true, XD_OK, 15, 1 },
    { "1,5", false, XD_E_SYNTAX, 0, 0 },
    { "1.5,5", true, XD_E_SYNTAX, 0, 0 },
    { "1,000,000", true, XD_E_SYNTAX, 0, 0 },
    { "", false, XD_E_SYNTAX, 0, 0 },
    { "+", false, XD_E_SYNTAX, 0, 0 },
    { "-", false, XD_E_SYNTAX, 0, 0 },
    { ".", false, XD_E_SYNTAX, 0, 0 },
    { ",", true, XD_E_SYNTAX, 0, 0 },
    { "+-5", false, XD_E_SYNTAX, 0, 0 },
    { "5-", false, XD_E_SYNTAX, 0, 0 },
    { "12A", false, XD_E_SYNTAX, 0, 0 },
    { "1000000000000", false, XD_E_LIMIT, 0, 0 },
    { "1.0000000", false, XD_E_LIMIT, 0, 0 },
};

static const struct {
    xd_decimal_t d;
    const char *want;
} written[] = {
    { { 0, 0 }, "0" },
    { { 0, 2 }, "0.00" },
    { { -5, 2 }, "-0.05" },
    { { 1990, 2 }, "19.90" },
    { { -N, 6 }, "-999999999999.999999" },
    { { INT64_MIN, 0 }, "-9223372036854775808" },
    { { INT64_MIN, 6 }, "-9223372036854.775808" },
};

static const struct {
    const char *a, *b, *sum; /* NULL: does not fit */
    int order;
} pairs[] = {
    { "1", "0.5", "1.5", 1 },
    { "0.10", "0.1", "0.20", 0 },
    { "-1", "1.000000", "0.000000", -1 },
    { "19.99", "0.01", "20.00", 1 },
    { "999999999999", "0.999999", "999999999999.999999", 1 },
    { "999999999999", "1", NULL, 1 },
    { "999999999999.999999", "0.000001", NULL, 1 },
    { "-999999999999", "-1", NULL, -1 },
    { "999999999999.999999", "999999999999.999999", NULL, 0 },
    { "-2", "-3", "-5", 1 },
};


START_TEST(reads_the_canonical_grammar_only)
{
    xd_decimal_t d = { 77, 3 };

    ck_assert_int_eq(xd_decimal_read(xd_str(canonical[_i].text), &d),
        canonical[_i].want);
    if (canonical[_i].want == XD_OK) {
        ck_assert_int_eq(d.mantissa, canonical[_i].mantissa);
        ck_assert_uint_eq(d.scale, canonical[_i].scale);
    } else {
        ck_assert_int_eq(d.mantissa, 77);
    }
}
END_TEST


START_TEST(reads_what_partners_write)
{
    xd_decimal_t d = { 77, 3 };

    ck_assert_int_eq(xd_decimal_read_edi(xd_str(edi[_i].text), edi[_i].comma,
                         &d),
        edi[_i].want);
    if (edi[_i].want == XD_OK) {
        ck_assert_int_eq(d.mantissa, edi[_i].mantissa);
        ck_assert_uint_eq(d.scale, edi[_i].scale);
    }
}
END_TEST


START_TEST(writes_the_scale_it_has)
{
    char out[XD_DECIMAL_MAX];
    size_t len = xd_decimal_write(written[_i].d, out);

    ck_assert(xd_str_is((xd_str_t){ out, len }, written[_i].want));
}
END_TEST


START_TEST(adds_and_orders_across_scales)
{
    xd_decimal_t a, b, sum;
    char out[XD_DECIMAL_MAX];
    xd_rc_t rc;

    ck_assert_int_eq(xd_decimal_read(xd_str(pairs[_i].a), &a), XD_OK);
    ck_assert_int_eq(xd_decimal_read(xd_str(pairs[_i].b), &b), XD_OK);
    ck_assert_int_eq(xd_decimal_cmp(a, b), pairs[_i].order);
    ck_assert_int_eq(xd_decimal_cmp(b, a), -pairs[_i].order);

    rc = xd_decimal_add(a, b, &sum);
    ck_assert_int_eq(rc, pairs[_i].sum == NULL ? XD_E_LIMIT : XD_OK);
    if (rc == XD_OK) {
        size_t len = xd_decimal_write(sum, out);

        ck_assert(xd_str_is((xd_str_t){ out, len }, pairs[_i].sum));
    }
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("base");
    TCase *tc = tcase_create("decimal");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_loop_test(tc, reads_the_canonical_grammar_only, 0,
        (int) (sizeof(canonical) / sizeof(canonical[0])));
    tcase_add_loop_test(tc, reads_what_partners_write, 0,
        (int) (sizeof(edi) / sizeof(edi[0])));
    tcase_add_loop_test(tc, writes_the_scale_it_has, 0,
        (int) (sizeof(written) / sizeof(written[0])));
    tcase_add_loop_test(tc, adds_and_orders_across_scales, 0,
        (int) (sizeof(pairs) / sizeof(pairs[0])));

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
