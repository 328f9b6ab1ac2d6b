/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "base/buf.h"

static xd_buf_t buf;


static void
setup(void)
{
    buf = (xd_buf_t){ 0 };
}


static void
teardown(void)
{
    xd_buf_free(&buf);
}


START_TEST(joins_what_is_added)
{
    xd_buf_add(&buf, XD_STR("ab"));
    xd_buf_byte(&buf, 'c');
    xd_buf_text(&buf, "de");
    xd_buf_fmt(&buf, "%d%s", 12, "f");
    xd_buf_add(&buf, XD_STR_NONE);
    ck_assert(xd_str_is(xd_buf_str(&buf), "abcde12f"));
    ck_assert_int_eq(xd_buf_rc(&buf), XD_OK);
}
END_TEST


/* Whatever the room left, formatted text arrives whole: its NUL needs one
 * byte more than it takes. */
START_TEST(formats_at_every_fill)
{
    for (size_t fill = 0; fill < 300; fill++) {
        xd_buf_t b = { 0 };

        for (size_t i = 0; i < fill; i++) {
            xd_buf_byte(&b, '.');
        }

        xd_buf_fmt(&b, "%300d", 5);
        ck_assert_int_eq(xd_buf_rc(&b), XD_OK);
        ck_assert_uint_eq(b.len, fill + 300);
        ck_assert_int_eq(b.ptr[b.len - 1], '5');
        xd_buf_free(&b);
    }
}
END_TEST


START_TEST(formats_just_as_much_as_there_is_room)
{
    for (size_t i = 0; i < 212; i++) {
        xd_buf_byte(&buf, '.');
    }

    ck_assert_uint_eq(buf.cap, 256);
    xd_buf_fmt(&buf, "%44d", 5);
    xd_buf_reset(&buf);
    xd_buf_fmt(&buf, "%256d", 5);
    ck_assert_uint_eq(buf.len, 256);
    ck_assert_int_eq(buf.ptr[255], '5');
}
END_TEST


START_TEST(stops_at_the_limit_and_stays_stopped)
{
    buf.limit = 4;
    xd_buf_text(&buf, "abcd");
    ck_assert_int_eq(xd_buf_rc(&buf), XD_OK);
    xd_buf_byte(&buf, 'e');
    ck_assert_int_eq(xd_buf_rc(&buf), XD_E_LIMIT);

    xd_buf_drop(&buf, 4);
    xd_buf_text(&buf, "x");
    xd_buf_fmt(&buf, "%d", 1);
    ck_assert_uint_eq(buf.len, 0);

    xd_buf_reset(&buf);
    xd_buf_text(&buf, "x");
    ck_assert_int_eq(xd_buf_rc(&buf), XD_OK);
    ck_assert(xd_str_is(xd_buf_str(&buf), "x"));
}
END_TEST


START_TEST(a_length_beyond_memory_is_refused)
{
    xd_buf_text(&buf, "a");
    xd_buf_add(&buf, (xd_str_t){ "x", SIZE_MAX });
    ck_assert_int_eq(xd_buf_rc(&buf), XD_E_LIMIT);
    ck_assert_uint_eq(buf.len, 1);
}
END_TEST


START_TEST(drops_from_the_front)
{
    xd_buf_text(&buf, "abcdef");
    xd_buf_drop(&buf, 0);
    xd_buf_drop(&buf, 2);
    ck_assert(xd_str_is(xd_buf_str(&buf), "cdef"));
    xd_buf_drop(&buf, 99);
    ck_assert_uint_eq(buf.len, 0);
}
END_TEST


START_TEST(freed_it_keeps_its_limit)
{
    buf.limit = 3;
    xd_buf_text(&buf, "abc");
    xd_buf_free(&buf);
    xd_buf_text(&buf, "abcd");
    ck_assert_int_eq(xd_buf_rc(&buf), XD_E_LIMIT);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("base");
    TCase *tc = tcase_create("buf");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, joins_what_is_added);
    tcase_add_test(tc, formats_at_every_fill);
    tcase_add_test(tc, formats_just_as_much_as_there_is_room);
    tcase_add_test(tc, stops_at_the_limit_and_stays_stopped);
    tcase_add_test(tc, a_length_beyond_memory_is_refused);
    tcase_add_test(tc, drops_from_the_front);
    tcase_add_test(tc, freed_it_keeps_its_limit);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
