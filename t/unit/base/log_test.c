/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/utf8.h"

static int ends[2];
static char got[PIPE_BUF * 2];


/* A packet socket keeps each write apart: two writes would be two packets. */
static void
setup(void)
{
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0,
                         ends),
        0);
    xd_log_init("xd-test", XD_LOG_INFO, ends[1]);
}


static void
teardown(void)
{
    (void) close(ends[0]);
    (void) close(ends[1]);
}


/* The one line that was written, without its time. */
static const char *
line(void)
{
    static const char head[] = "{\"time\":\"";
    ssize_t len = read(ends[0], got, sizeof(got) - 1);
    xd_str_t time = { got + sizeof(head) - 1, XD_INSTANT_LEN };
    char rest[16];
    int64_t ms;

    ck_assert_int_gt(len, 0);
    got[len] = '\0';
    ck_assert_int_eq(read(ends[0], rest, sizeof(rest)), -1);
    ck_assert_mem_eq(got, head, sizeof(head) - 1);
    ck_assert(xd_instant_read(time, &ms));
    ck_assert_int_eq(got[len - 1], '\n');

    return got + sizeof(head) - 1 + XD_INSTANT_LEN;
}


START_TEST(a_line_is_one_write_of_json)
{
    xd_log(XD_LOG_WARN,
        XD_FIELDS({ "queue", XD_STR("xd.q") }, { "id", XD_STR("7") }),
        "took %d", 3);
    ck_assert_str_eq(line(), "\",\"level\":\"warn\",\"program\":\"xd-test\","
                             "\"text\":\"took 3\",\"queue\":\"xd.q\","
                             "\"id\":\"7\"}\n");
}
END_TEST


START_TEST(below_the_level_nothing_is_written)
{
    char c;

    xd_log(XD_LOG_DEBUG, NULL, "quiet");
    ck_assert_int_eq(read(ends[0], &c, 1), -1);
    xd_log(XD_LOG_INFO, NULL, "heard");
    ck_assert_ptr_nonnull(strstr(line(), "heard"));
}
END_TEST


START_TEST(hostile_values_are_escaped)
{
    xd_log(XD_LOG_INFO,
        XD_FIELDS(
            { "v", XD_STR("\"\\\n\x1b[0m\x7f\0\xff\xc3\xa4\xed\xa0\x80") }),
        "x");
    ck_assert_ptr_nonnull(strstr(line(),
        "\"v\":\"\\\"\\\\\\u000a\\u001b[0m\\u007f\\u0000\xef\xbf\xbd\xc3\xa4"
        "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"}\n"));
}
END_TEST


START_TEST(long_values_are_cut_between_characters)
{
    char value[1000];
    const char *seen;

    for (size_t shift = 0; shift < 2; shift++) {
        memset(value, 'a', sizeof(value));
        for (size_t i = shift; i + 2 <= sizeof(value); i += 2) {
            memcpy(value + i, "\xc3\xa4", 2);
        }

        xd_log(XD_LOG_INFO, XD_FIELDS({ "v", { value, sizeof(value) } }), "x");
        seen = strstr(line(), "\"v\":\"");
        ck_assert_ptr_nonnull(seen);
        ck_assert_uint_eq(xd_utf8_valid(xd_str(got)), strlen(got));
        ck_assert_uint_le(strlen(seen), 256 + 12);
        ck_assert_ptr_nonnull(strstr(seen, "\xe2\x80\xa6\"}\n"));
    }
}
END_TEST


/* What does not fit is left out whole; the line stays JSON. */
START_TEST(a_line_never_outgrows_a_pipe)
{
    char value[256];
    xd_field_t fields[40];

    memset(value, '\n', sizeof(value));
    for (size_t i = 0; i < 39; i++) {
        fields[i] = (xd_field_t){ "field", { value, sizeof(value) } };
    }
    fields[38] = (xd_field_t){ "last", XD_STR("small") };
    fields[39] = (xd_field_t){ NULL, XD_STR_NONE };

    xd_log(XD_LOG_ERROR, fields, "%0999d", 1);
    ck_assert_ptr_nonnull(strstr(line(), ",\"last\":\"small\"}\n"));
    ck_assert_uint_le(strlen(got), PIPE_BUF);
    ck_assert_ptr_nonnull(strstr(got, "\\u000a\",\""));
}
END_TEST


START_TEST(a_long_sentence_is_cut)
{
    xd_log(XD_LOG_ERROR, NULL, "%02000d", 1);
    ck_assert_ptr_nonnull(strstr(line(), "000\xe2\x80\xa6\"}\n"));
}
END_TEST


START_TEST(errno_is_the_callers)
{
    (void) close(ends[1]);
    errno = ENOSPC;
    xd_log(XD_LOG_ERROR, NULL, "x");
    ck_assert_int_eq(errno, ENOSPC);
    ends[1] = open("/dev/null", O_WRONLY | O_CLOEXEC);
}
END_TEST


START_TEST(levels_have_names)
{
    xd_log_level_t level;

    ck_assert(xd_log_level_read(XD_STR("debug"), &level));
    ck_assert_int_eq(level, XD_LOG_DEBUG);
    ck_assert(xd_log_level_read(XD_STR("error"), &level));
    ck_assert_int_eq(level, XD_LOG_ERROR);
    ck_assert(!xd_log_level_read(XD_STR("loud"), &level));
    ck_assert(!xd_log_level_read(XD_STR(""), &level));
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("base");
    TCase *tc = tcase_create("log");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_line_is_one_write_of_json);
    tcase_add_test(tc, below_the_level_nothing_is_written);
    tcase_add_test(tc, hostile_values_are_escaped);
    tcase_add_test(tc, long_values_are_cut_between_characters);
    tcase_add_test(tc, a_line_never_outgrows_a_pipe);
    tcase_add_test(tc, a_long_sentence_is_cut);
    tcase_add_test(tc, errno_is_the_callers);
    tcase_add_test(tc, levels_have_names);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
