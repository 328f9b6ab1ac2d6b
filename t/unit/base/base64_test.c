/* SPDX-License-Identifier: BSD-2-Clause */

#include "base/base64.h"

#include <check.h>
#include <stdlib.h>

static xd_arena_t *arena;


static void
setup(void)
{
    arena = xd_arena_new(0);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static const struct {
    const char *bytes, *text, *url;
} pairs[] = {
    { "", "", "" },
    { "f", "Zg==", "Zg" },
    { "fo", "Zm8=", "Zm8" },
    { "foo", "Zm9v", "Zm9v" },
    { "foob", "Zm9vYg==", "Zm9vYg" },
    { "fooba", "Zm9vYmE=", "Zm9vYmE" },
    { "foobar", "Zm9vYmFy", "Zm9vYmFy" },
    { "\xff\xfe\xfd", "//79", "__79" },
    { "\xfb\xf0", "+/A=", "-_A" },
};


static void
goes_there_and_back(const char *bytes, const char *text, xd_base64_t form)
{
    xd_buf_t out = { 0 };
    xd_str_t back;

    xd_base64_write(&out, xd_str(bytes), form);
    ck_assert(xd_str_is(xd_buf_str(&out), text));
    ck_assert_int_eq(xd_base64_read(arena, xd_str(text), form, &back), XD_OK);
    ck_assert(xd_str_is(back, bytes));
    ck_assert_ptr_nonnull(back.ptr);
    xd_buf_free(&out);
}


START_TEST(both_alphabets_go_there_and_back)
{
    goes_there_and_back(pairs[_i].bytes, pairs[_i].text, XD_BASE64);
    goes_there_and_back(pairs[_i].bytes, pairs[_i].url, XD_BASE64URL);
}
END_TEST


/* One value has one text: whatever no writer makes is refused. */
static const struct {
    const char *text;
    xd_base64_t form;
} refused[] = {
    { "Zg", XD_BASE64 },
    { "Zg=", XD_BASE64 },
    { "Z===", XD_BASE64 },
    { "Zm9v\n", XD_BASE64 },
    { "Zm-v", XD_BASE64 },
    { "=m9v", XD_BASE64 },
    { "Zm=v", XD_BASE64 },
    { "Zg==Zg==", XD_BASE64 },
    { "Zh==", XD_BASE64 }, /* bits behind the last byte */
    { "Zg==", XD_BASE64URL },
    { "Z", XD_BASE64URL },
    { "//79", XD_BASE64URL },
    { "Zh", XD_BASE64URL },
    { " Zg", XD_BASE64URL },
};


START_TEST(what_no_writer_makes_is_refused)
{
    xd_str_t out;

    ck_assert_int_eq(xd_base64_read(arena, xd_str(refused[_i].text),
                         refused[_i].form, &out),
        XD_E_SYNTAX);
}
END_TEST


START_TEST(a_full_arena_is_told)
{
    xd_str_t out;

    xd_arena_fail_at(arena, 1);
    ck_assert_int_eq(xd_base64_read(arena, XD_STR("Zm9v"), XD_BASE64, &out),
        XD_E_MEMORY);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("base64");
    TCase *tc = tcase_create("base64");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, both_alphabets_go_there_and_back, 0,
        (int) (sizeof(pairs) / sizeof(pairs[0])));
    tcase_add_loop_test(tc, what_no_writer_makes_is_refused, 0,
        (int) (sizeof(refused) / sizeof(refused[0])));
    tcase_add_test(tc, a_full_arena_is_told);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
