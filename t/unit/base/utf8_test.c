/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "base/utf8.h"

static const struct {
    const char *bytes;
    size_t valid, count; /* count of the valid part */
} texts[] = {
    { "", 0, 0 },
    { "plain ascii, more than eight", 28, 28 },
    { "eight888\xff", 8, 8 },
    { "a\xc3\xa4"
      "b",
        4, 3 },
    { "\xe2\x82\xac", 3, 1 },
    { "\xf0\x9f\x8e\x81"
      "ab",
        6, 3 },
    { "\xef\xbf\xbf", 3, 1 },
    { "\xf4\x8f\xbf\xbf", 4, 1 },
    { "ab\xc0\x80", 2, 2 }, /* overlong */
    { "ab\xc1\xbf", 2, 2 },
    { "ab\xe0\x9f\xbf", 2, 2 },
    { "ab\xf0\x8f\xbf\xbf", 2, 2 },
    { "ab\xed\xa0\x80", 2, 2 },     /* surrogate */
    { "ab\xf4\x90\x80\x80", 2, 2 }, /* above U+10FFFF */
    { "ab\xf5\x80\x80\x80", 2, 2 },
    { "ab\x80", 2, 2 }, /* a tail alone */
    { "ab\xc3", 2, 2 }, /* cut short */
    { "ab\xe2\x82", 2, 2 },
    { "ab\xf0\x9f\x8e", 2, 2 },
    { "ab\xe2\x82x", 2, 2 },
    { "ab\xe2xx", 2, 2 },
};


/* In a block of just these bytes, so that a read past the end is seen. */
START_TEST(ends_at_the_first_fault)
{
    size_t len = strlen(texts[_i].bytes);
    char *block = malloc(len + (len == 0));

    memcpy(block, texts[_i].bytes, len);
    ck_assert_uint_eq(xd_utf8_valid((xd_str_t){ block, len }), texts[_i].valid);
    ck_assert_uint_eq(xd_utf8_count((xd_str_t){ block, texts[_i].valid }),
        texts[_i].count);
    free(block);
}
END_TEST


/* Counted, not asserted one by one: there are a million. */
START_TEST(takes_every_scalar_value_and_no_other)
{
    size_t wrong = 0;

    for (uint32_t cp = 0; cp <= 0x110000; cp++) {
        bool scalar = cp < 0x110000 && (cp < 0xd800 || cp > 0xdfff);
        char out[4];
        size_t len = xd_utf8_write(cp, out);

        wrong += xd_utf8_valid((xd_str_t){ out, len }) != (scalar ? len : 0);

        for (size_t part = 1; part < len; part++) {
            wrong += xd_utf8_valid((xd_str_t){ out, part }) != 0;
        }
    }

    ck_assert_uint_eq(wrong, 0);
}
END_TEST


START_TEST(writes_the_known_forms)
{
    char out[4];

    ck_assert_uint_eq(xd_utf8_write('A', out), 1);
    ck_assert_int_eq(out[0], 'A');
    ck_assert_uint_eq(xd_utf8_write(0xe4, out), 2);
    ck_assert_mem_eq(out, "\xc3\xa4", 2);
    ck_assert_uint_eq(xd_utf8_write(0x20ac, out), 3);
    ck_assert_mem_eq(out, "\xe2\x82\xac", 3);
    ck_assert_uint_eq(xd_utf8_write(0x1f381, out), 4);
    ck_assert_mem_eq(out, "\xf0\x9f\x8e\x81", 4);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("base");
    TCase *tc = tcase_create("utf8");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_loop_test(tc, ends_at_the_first_fault, 0,
        (int) (sizeof(texts) / sizeof(texts[0])));
    tcase_add_test(tc, takes_every_scalar_value_and_no_other);
    tcase_add_test(tc, writes_the_known_forms);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
