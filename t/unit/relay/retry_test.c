/* SPDX-License-Identifier: BSD-2-Clause */

/* The pure parts: tiers, reasons, names of crash points. */

#include <check.h>
#include <stdlib.h>

#include "format/json.h"
#include "relay/crash.h"
#include "relay/retry.h"

static xd_arena_t *arena;
static xd_report_t rep;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&rep, arena, 10);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static xd_node_t *
json(const char *text)
{
    xd_node_t *node;

    ck_assert_int_eq(xd_json_read(arena, xd_str(text), NULL, &node, &rep),
        XD_OK);

    return node;
}


static retry_t
tiers(const char *text)
{
    retry_t retry;

    ck_assert_int_eq(retry_read(json(text), &retry, &rep), XD_OK);

    return retry;
}


START_TEST(tiers_are_read)
{
    retry_t r = tiers("{\"retry\":{\"tiers\":[\"250ms\",\"1s\",\"2m\"],"
                      "\"attempts\":5}}");

    ck_assert_uint_eq(r.count, 3);
    ck_assert_int_eq(r.ms[0], 250);
    ck_assert_int_eq(r.ms[2], 120000);
    ck_assert_uint_eq(r.attempts, 5);
}
END_TEST


#define SEVENTEEN                                                              \
    "[\"1s\",\"1s\",\"1s\",\"1s\",\"1s\",\"1s\",\"1s\",\"1s\",\"1s\","         \
    "\"1s\",\"1s\",\"1s\",\"1s\",\"1s\",\"1s\",\"1s\",\"1s\"]"

static const char *const wrong[] = {
    "{}",
    "{\"retry\":{\"tiers\":[]}}",
    "{\"retry\":{\"tiers\":[\"soon\"]}}",
    "{\"retry\":{\"tiers\":" SEVENTEEN "}}",
};

START_TEST(wrong_tiers_are_told)
{
    retry_t retry;

    ck_assert_int_eq(retry_read(json(wrong[_i]), &retry, &rep), XD_E_CONF);
    ck_assert_uint_eq(xd_report_errors(&rep), 1);
}
END_TEST


/* attempt, what was asked, chance -> least and most milliseconds */
static const struct {
    uint32_t attempt;
    int64_t asked;
    uint32_t chance;
    int64_t want;
} delays[] = {
    { 1, -1, 0, 900 }, /* a tenth less */
    { 1, -1, 100, 1000 },
    { 1, -1, 200, 1100 }, /* a tenth more */
    { 2, -1, 100, 5000 },
    { 3, -1, 100, 5000 }, /* the last tier repeats */
    { 5, -1, 100, 1000 }, /* a new round after a release */
    { 1, 7000, 0, 7000 }, /* what was asked for, never less */
    { 1, 7000, 100, 7700 },
    { 1, 0, 55, 0 },
    { 1, INT64_MAX, 0, 86400000 },
};

START_TEST(delays_follow_the_tiers)
{
    retry_t r = tiers("{\"retry\":{\"tiers\":[\"1s\",\"5s\"],\"attempts\":4}}");

    ck_assert_int_eq(retry_delay(&r, delays[_i].attempt, delays[_i].asked,
                         delays[_i].chance),
        delays[_i].want);
}
END_TEST


START_TEST(every_round_ends)
{
    retry_t r = tiers("{\"retry\":{\"tiers\":[\"1s\"],\"attempts\":3}}");
    static const bool want[] = { false, false, true, false, false, true };

    for (uint32_t n = 0; n < 6; n++) {
        ck_assert_int_eq(retry_spent(&r, n + 1), want[n]);
    }
}
END_TEST


START_TEST(the_first_and_the_last_reasons_are_kept)
{
    xd_str_t all = XD_STR_NONE;
    xd_buf_t out = { 0 };
    xd_node_t *read;

    for (int n = 1; n <= 40; n++) {
        xd_str_t text = xd_fmt(arena, "reason \"%d\"", n);

        xd_buf_reset(&out);
        ck_assert_int_eq(retry_reason(arena, all, n, XD_STR("http.503"), text,
                             &out),
            XD_OK);
        all = xd_dup(arena, xd_buf_str(&out));
    }

    xd_buf_free(&out);
    read = json(all.ptr);
    ck_assert_uint_eq(read->count, 32);
    ck_assert(xd_str_is(xd_text(xd_nth(read, 0), "text"), "reason \"1\""));
    ck_assert(xd_str_is(xd_text(xd_nth(read, 31), "text"), "reason \"40\""));
    ck_assert(xd_str_is(xd_text(xd_nth(read, 31), "code"), "http.503"));
    ck_assert(
        xd_str_is(xd_text(xd_nth(read, 31), "at"), "1970-01-01T00:00:00.040Z"));
}
END_TEST


START_TEST(a_reason_survives_a_full_arena)
{
    for (size_t nth = 1; nth < 5; nth++) {
        xd_arena_t *small = xd_arena_new(0);
        xd_buf_t out = { 0 };

        xd_arena_fail_at(small, nth);
        ck_assert_int_eq(retry_reason(small, XD_STR_NONE, 0, XD_STR("a"),
                             XD_STR("b"), &out),
            XD_E_MEMORY);
        xd_buf_free(&out);
        xd_arena_free(small);
    }
}
END_TEST


START_TEST(crash_points_have_names)
{
    crash_t crash;

    for (int i = 0; i < CRASH_POINTS; i++) {
        ck_assert_ptr_nonnull(crash_names[i]);
        ck_assert(crash_read(xd_str(crash_names[i]), &crash));
        ck_assert_int_eq(crash.point, i);
        ck_assert_uint_eq(crash.left, 1);
    }

    ck_assert(crash_read(XD_STR("after-ack:17"), &crash));
    ck_assert_uint_eq(crash.left, 17);
    ck_assert(!crash_read(XD_STR("after-ack:x"), &crash));
    ck_assert(!crash_read(XD_STR("nowhere"), &crash));

    /* Another point, or none left, and the process lives on. */
    ck_assert(crash_read(XD_STR("after-ack:2"), &crash));
    crash_at(&crash, CRASH_BEFORE_COMMIT);
    crash_at(&crash, CRASH_AFTER_ACK);
    ck_assert_uint_eq(crash.left, 1);
}
END_TEST


START_TEST(the_nth_time_kills)
{
    crash_t crash;

    ck_assert(crash_read(XD_STR("after-ack:2"), &crash));
    crash_at(&crash, CRASH_AFTER_ACK);
    crash_at(&crash, CRASH_AFTER_ACK);
}
END_TEST


static void
add_tests(TCase *tc)
{
    tcase_add_test(tc, tiers_are_read);
    tcase_add_loop_test(tc, wrong_tiers_are_told, 0,
        sizeof(wrong) / sizeof(wrong[0]));
    tcase_add_loop_test(tc, delays_follow_the_tiers, 0,
        sizeof(delays) / sizeof(delays[0]));
    tcase_add_test(tc, every_round_ends);
    tcase_add_test(tc, the_first_and_the_last_reasons_are_kept);
    tcase_add_test(tc, a_reason_survives_a_full_arena);
    tcase_add_test(tc, crash_points_have_names);
    tcase_add_test_raise_signal(tc, the_nth_time_kills, 9);
}


int
main(void)
{
    Suite *s = suite_create("relay");
    TCase *tc = tcase_create("retry");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    add_tests(tc);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
