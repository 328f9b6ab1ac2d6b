/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <sys/wait.h>
#include <unistd.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/id.h"

#define MANY  20000
#define START INT64_C(1778751082412)

/* Takes the place of the room's clock, so that it can stand still. */
static int64_t time_ms;


int64_t
xd_now_ms(void)
{
    return time_ms;
}


/* The milliseconds that an id says. */
static int64_t
time_of(const xd_uuid_t *u)
{
    char digits[13];

    memcpy(digits, u->text, 8);
    memcpy(digits + 8, u->text + 9, 4);
    digits[12] = '\0';

    return strtoll(digits, NULL, 16);
}


/* Far more than 12 bits can count, in a clock that stands still or worse. */
START_TEST(uuid7_only_grows)
{
    xd_uuid_t last;

    time_ms = START;
    last = xd_uuid7();

    for (int i = 0; i < MANY; i++) {
        xd_uuid_t next;

        time_ms = i < MANY / 2 ? START : START - 5000;
        next = xd_uuid7();
        ck_assert_str_gt(next.text, last.text);
        last = next;
    }

    ck_assert_int_gt(time_of(&last), START);
    ck_assert_int_lt(time_of(&last), START + 20);
}
END_TEST


/* Half of the count is free at the start of each millisecond. */
START_TEST(uuid7_says_the_time)
{
    for (time_ms = START; time_ms < START + 5; time_ms++) {
        for (int i = 0; i < 2048; i++) {
            xd_uuid_t u = xd_uuid7();

            ck_assert_int_eq(time_of(&u), time_ms);
        }
    }
}
END_TEST


START_TEST(uuid7_has_its_form)
{
    time_ms = START;

    for (int i = 0; i < 100; i++) {
        xd_uuid_t u = xd_uuid7();

        ck_assert(xd_uuid_valid(xd_uuid_str(&u)));
        ck_assert_uint_eq(strlen(u.text), XD_UUID_LEN);
        ck_assert_int_eq(u.text[14], '7');
        ck_assert_ptr_nonnull(strchr("89ab", u.text[19]));
    }
}
END_TEST


static const struct {
    const char *text;
    bool good;
} texts[] = {
    { "01890a5d-ac96-774b-bcce-b302099a8057", true },
    { "01890A5D-AC96-774B-BCCE-B302099A8057", true },
    { "01890a5d-ac96-774b-bcce-b302099a805", false },
    { "01890a5d-ac96-774b-bcce-b302099a80577", false },
    { "01890a5dxac96-774b-bcce-b302099a8057", false },
    { "01890a5d-ac96-774b-bcce-b302099a805g", false },
    { "-1890a5d-ac96-774b-bcce-b302099a8057", false },
    { "01890a5dac96-774b-bcce-b302099a8057--", false },
    { "", false },
};


START_TEST(knows_a_uuid)
{
    ck_assert(xd_uuid_valid(xd_str(texts[_i].text)) == texts[_i].good);
}
END_TEST


START_TEST(writes_sixteen_bytes)
{
    unsigned char raw[16];
    xd_uuid_t u;

    for (unsigned i = 0; i < 16; i++) {
        raw[i] = (unsigned char) (0x11 * i);
    }

    u = xd_uuid_of(raw);
    ck_assert_str_eq(u.text, "00112233-4455-6677-8899-aabbccddeeff");
}
END_TEST


/* Bytes in stock must not be given out by parent and child both. */
START_TEST(a_child_draws_other_bytes)
{
    unsigned char ours[16], theirs[16];
    int ends[2], status;
    pid_t pid;

    xd_random(ours, sizeof(ours)); /* now there is a stock */
    ck_assert_int_eq(pipe(ends), 0);

    pid = fork();
    if (pid == 0) {
        xd_random(ours, sizeof(ours));
        _exit(write(ends[1], ours, sizeof(ours)) != sizeof(ours));
    }

    xd_random(ours, sizeof(ours));
    ck_assert_int_eq(read(ends[0], theirs, sizeof(theirs)), sizeof(theirs));
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert_int_eq(status, 0);
    ck_assert_mem_ne(ours, theirs, sizeof(ours));
}
END_TEST


/* Over many stocks: no lot comes twice, none is left empty. */
START_TEST(small_lots_differ)
{
    unsigned char before[8] = { 0 }, now[8];

    for (int i = 0; i < 5000; i++) {
        xd_random(now, sizeof(now));
        ck_assert_mem_ne(before, now, sizeof(now));
        memcpy(before, now, sizeof(now));
    }
}
END_TEST


START_TEST(random_fills_all_that_was_asked)
{
    unsigned char a[1024] = { 0 }, zeros[64] = { 0 };

    xd_random(a, sizeof(a) - 64);
    ck_assert_int_ne(memcmp(a, a + 480, 480), 0);
    ck_assert_int_ne(memcmp(a + 896, zeros, 64), 0);
    ck_assert_int_eq(memcmp(a + 960, zeros, 64), 0);
}
END_TEST


START_TEST(hex_is_lower_case)
{
    char out[9];

    xd_hex("\x00\x7f\xab\xff", 4, out);
    ck_assert_str_eq(out, "007fabff");
    xd_hex("", 0, out);
    ck_assert_str_eq(out, "");
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("base");
    TCase *tc = tcase_create("id");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_test(tc, uuid7_only_grows);
    tcase_add_test(tc, uuid7_says_the_time);
    tcase_add_test(tc, uuid7_has_its_form);
    tcase_add_loop_test(tc, knows_a_uuid, 0,
        (int) (sizeof(texts) / sizeof(texts[0])));
    tcase_add_test(tc, writes_sixteen_bytes);
    tcase_add_test(tc, a_child_draws_other_bytes);
    tcase_add_test(tc, small_lots_differ);
    tcase_add_test(tc, random_fills_all_that_was_asked);
    tcase_add_test(tc, hex_is_lower_case);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
