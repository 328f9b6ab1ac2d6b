/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "canon/codes.h"
#include "canon/digits.h"
#include "canon/format.h"
#include "canon/guess.h"
#include "canon/members.h"


static const struct {
    const char *format, *text;
    bool good;
} values[] = {
    { "decimal", "19.90", true },
    { "decimal", "-0", true },
    { "decimal", "999999999999.999999", true },
    { "decimal", "1000000000000", false },
    { "decimal", "1.1234567", false },
    { "decimal", "01", false },
    { "decimal", "1e3", false },
    { "decimal", "", false },
    { "ccy", "EUR", true },
    { "ccy", "EUT", false },
    { "ccy", "eur", false },
    { "ccy", "AED", true },
    { "ccy", "ZWL", true },
    { "country", "AD", true },
    { "country", "ZW", true },
    { "country", "UK", false },
    { "country", "DEU", false },
    { "uom", "EA", true },
    { "uom", "C62", true },
    { "uom", "E", false },
    { "uom", "ea", false },
    { "gtin14", "06291041500213", true },
    { "gtin14", "06291041500214", false },
    { "gtin14", "6291041500213", false },
    { "gtin14", "0629104150021x", false },
    { "gln13", "9436465792104", true },
    { "gln13", "9436465792105", false },
    { "sscc18", "106141412345678908", true },
    { "sscc18", "106141412345678909", false },
    { "instant", "2026-05-14T09:31:22Z", true },
    { "instant", "2026-05-14T09:31:22.412Z", true },
    { "instant", "2026-05-14T09:31:22.4127Z", false },
    { "instant", "2026-05-14T09:31:22+02:00", false },
    { "instant", "2026-05-14 09:31:22Z", false },
    { "instant", "2026-02-30T09:31:22Z", false },
    { "date", "2024-02-29", true },
    { "date", "2023-02-29", false },
    { "uuid", "0193f5c2-7b1e-7c3a-9a55-0d6f1c2b3a44", true },
    { "uuid", "0193f5c2-7b1e-7c3a-9a55-0d6f1c2b3a4", false },
    { "sha256",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        true },
    { "sha256",
        "9F86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        false },
    { "sha256", "9f86", false },
    { "code", "A_b", false },
    { "code", "A_B.C-1", true },
    { "code", "", false },
    { "text", "plain \xC3\xA9\xC2\xA0", true },
    { "text", "two\nlines", false },
    { "text", "\x7f", false },
    { "text", "\xC2\x85", false },
    { "text", "", true },
};


START_TEST(formats_take_and_refuse)
{
    const xd_format_t *f = xd_format_find(xd_str(values[_i].format));

    ck_assert_ptr_nonnull(f);
    ck_assert_msg(f->good(xd_str(values[_i].text)) == values[_i].good, "%s %s",
        values[_i].format, values[_i].text);
}
END_TEST


START_TEST(every_format_has_a_sentence_and_refuses_something)
{
    for (const xd_format_t *f = xd_formats; f->name != NULL; f++) {
        ck_assert_uint_gt(strlen(f->text), 10);
        ck_assert(!f->good(XD_STR("(\n")));
    }
    ck_assert_ptr_null(xd_format_find(XD_STR("gtin")));
}
END_TEST


START_TEST(text_counts_characters)
{
    char text[2 * 513];

    for (size_t i = 0; i < sizeof(text); i += 2) {
        memcpy(text + i, "\xC3\xA9", 2);
    }
    ck_assert(xd_format_text((xd_str_t){ text, 2 * 512 }));
    ck_assert(!xd_format_text((xd_str_t){ text, 2 * 513 }));
}
END_TEST


/* Found by halves, so their order matters. */
START_TEST(code_lists_are_sorted)
{
    const xd_codes_t *lists[] = { &xd_codes_country, &xd_codes_currency };

    for (int l = 0; l < 2; l++) {
        size_t width = lists[l]->width;
        size_t len = strlen(lists[l]->codes);

        ck_assert_uint_eq(len % width, 0);
        for (size_t i = 0; i < len; i += width) {
            const char *at = lists[l]->codes + i;

            ck_assert(i == 0 || memcmp(at - width, at, width) < 0);
            ck_assert(xd_codes_have(lists[l], (xd_str_t){ at, width }));
        }
    }
}
END_TEST


static const struct {
    const char *text;
    bool integer;
    const char *divisor;
    bool multiple;
} numbers[] = {
    { "0", true, "0.01", true },
    { "-0.0e5", true, "7", true },
    { "1.0", true, "1", true },
    { "1.50e1", true, "5", true },
    { "19.90", false, "0.01", true },
    { "19.905", false, "0.01", false },
    { "-4.5", false, "1.5", true },
    { "1e308", true, "7", false },
    { "7e308", true, "7", true },
    { "1e-7", false, "0.0000001", true },
    { "1e-8", false, "0.0000001", false },
    { "123456789012345678901234567890", true, "10", true },
    { "123456789012345678901234567891", true, "10", false },
    { "999999999999999999999999999999.5", false, "0.5", true },
    { "1e999999999999999999999", true, "3", false },
};


START_TEST(numbers_are_exact)
{
    uint64_t mantissa;
    uint32_t scale;

    ck_assert(
        xd_digits_integer(xd_str(numbers[_i].text)) == numbers[_i].integer);
    ck_assert(
        xd_digits_divisor(xd_str(numbers[_i].divisor), &mantissa, &scale));
    ck_assert_msg(xd_digits_multiple(xd_str(numbers[_i].text), mantissa, scale)
                      == numbers[_i].multiple,
        "%s", numbers[_i].text);
}
END_TEST


START_TEST(divisors_are_plain)
{
    static const char *const bad[] = { "0", "0.00", "-1", "1e2",
        "1234567890123456789" };
    uint64_t mantissa;
    uint32_t scale;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        ck_assert(!xd_digits_divisor(xd_str(bad[i]), &mantissa, &scale));
    }
}
END_TEST


static const struct {
    const char *asked, *want;
} guesses[] = {
    { "orderno", "orderNo" },
    { "ordreNo", "orderNo" },
    { "order", "orderNo" },
    { "lnies", "lines" },
    { "line", "lines" },
    { "zzz", NULL },
    { "", NULL },
    { "a-name-that-is-much-too-long-to-be-mistyped-by-one", NULL },
};


START_TEST(guesses_what_was_meant)
{
    xd_guess_t guess = xd_guess(xd_str(guesses[_i].asked));

    xd_guess_try(&guess, XD_STR("lines"));
    xd_guess_try(&guess, XD_STR("orderNo"));
    xd_guess_try(&guess, XD_STR("totals"));

    if (guesses[_i].want == NULL) {
        ck_assert_ptr_null(guess.best.ptr);
    } else {
        ck_assert_msg(xd_str_is(guess.best, guesses[_i].want), "%.*s",
            XD_FMT(guess.best));
    }
}
END_TEST


START_TEST(names_are_found_when_the_table_is_full)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_members_t *m = xd_members_new(arena, XD_MEMBERS_MAX);
    xd_str_t name;

    for (int i = 0; i < XD_MEMBERS_MAX; i++) {
        /* One length, ends and middle: every name hashes alike. */
        name = xd_fmt(arena, "a%03dmm%03da", i, 999 - i);
        xd_members_add(m, name)->required = true;
        ck_assert_ptr_eq(xd_members_add(m, name), &m->rows[i]);
    }

    ck_assert_uint_eq(m->count, XD_MEMBERS_MAX);
    for (int i = 0; i < XD_MEMBERS_MAX; i++) {
        name = xd_fmt(arena, "a%03dmm%03da", i, 999 - i);
        ck_assert_ptr_eq(xd_members_find(m, name), &m->rows[i]);
    }
    ck_assert_ptr_null(xd_members_find(m, XD_STR("a999mm000a")));
    ck_assert_ptr_null(xd_members_find(m, XD_STR("")));
    xd_arena_free(arena);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("format");
    TCase *tc = tcase_create("values");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_loop_test(tc, formats_take_and_refuse, 0,
        sizeof(values) / sizeof(values[0]));
    tcase_add_test(tc, every_format_has_a_sentence_and_refuses_something);
    tcase_add_test(tc, text_counts_characters);
    tcase_add_test(tc, code_lists_are_sorted);
    tcase_add_loop_test(tc, numbers_are_exact, 0,
        sizeof(numbers) / sizeof(numbers[0]));
    tcase_add_test(tc, divisors_are_plain);
    tcase_add_loop_test(tc, guesses_what_was_meant, 0,
        sizeof(guesses) / sizeof(guesses[0]));
    tcase_add_test(tc, names_are_found_when_the_table_is_full);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
