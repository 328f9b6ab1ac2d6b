/* SPDX-License-Identifier: BSD-2-Clause */

/* Asynchronous works: started in order per lane, settled as they end. */

#include "fixture.h"

#include "base/clock.h"

#define WORKS 3

static xd_work_t *under_way[16];
static size_t nunder_way;
static char started[256];
static int64_t asked; /* retry after; negative: not asked */
static xd_work_rc_t returns;


static xd_work_rc_t
work(void *ctx, xd_work_t *w)
{
    xd_message_t m = { .exchange = XD_STR("xd.raw"),
        .routing_key = XD_STR("never"),
        .message_id = w->message->message_id };

    (void) ctx;
    (void) snprintf(started + strlen(started),
        sizeof(started) - strlen(started), "%.*s ",
        XD_FMT(w->message->message_id));

    /* Undone unless the work is done. */
    ck_assert_int_eq(xd_work_emit(w, &m, XD_STR_NONE), XD_OK);

    if (returns == XD_WORK_LATER) {
        under_way[nunder_way++] = w;
    }

    return returns;
}

static const xd_relay_work_t does = { .work = work,
    .asynchronous = true,
    .concurrency = WORKS };


static void
setup(void)
{
    fixture_open();
    conf_make("");
    nunder_way = 0;
    started[0] = '\0';
    asked = -1;
    returns = XD_WORK_LATER;
    relay_open(&does, NULL);
}


static void
take(void)
{
    intake_turn(relay);
    held_turn(relay);
}


/* The nth work that was started is over. */
static void
finish(size_t n, xd_work_rc_t rc, xd_rc_t (*on_commit)(void *ctx, xd_work_t *w))
{
    if (rc != XD_WORK_DONE) {
        xd_work_fail(under_way[n], "http.503", "busy");
        if (asked >= 0) {
            xd_work_retry_after(under_way[n], asked);
        }
    }

    xd_work_finish(under_way[n], rc, on_commit, &asked);
    held_turn(relay);
}


static xd_rc_t
emit_answer(void *ctx, xd_work_t *w)
{
    xd_message_t m = { .exchange = XD_STR("xd.ops"),
        .routing_key = XD_STR("delivery.confirmed.v1.none.p00"),
        .message_id = XD_STR("answer") };

    ck_assert_ptr_eq(ctx, &asked);

    return xd_work_emit(w, &m, XD_STR("lane"));
}


static xd_rc_t
emit_and_fail(void *ctx, xd_work_t *w)
{
    ck_assert_int_eq(emit_answer(ctx, w), XD_OK);

    return XD_E_SYNTAX;
}


static xd_rc_t
store_fails(void *ctx, xd_work_t *w)
{
    (void) ctx;
    (void) w;

    return XD_E_STORE;
}


START_TEST(one_of_a_lane_is_under_way)
{
    deliver("a1", "A", "x");
    deliver("a2", "A", "x");
    deliver("b1", "B", "x");
    take();

    ck_assert_str_eq(started, "a1 b1 ");
    ck_assert_str_eq(texts("SELECT message_id FROM held WHERE state = 1"),
        "a1 b1");
    ck_assert_uint_eq(xd_relay_busy(relay), 2);
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 0);

    finish(0, XD_WORK_DONE, emit_answer);
    ck_assert_str_eq(started, "a1 b1 a2 ");
    ck_assert_str_eq(texts("SELECT message_id FROM outbox"), "answer");

    finish(1, XD_WORK_DONE, NULL);
    finish(2, XD_WORK_DONE, NULL);
    ck_assert_int_eq(number("SELECT count(*) FROM held"), 0);
    ck_assert_uint_eq(xd_relay_busy(relay), 0);
}
END_TEST


START_TEST(no_more_than_the_concurrency)
{
    for (int n = 0; n < 5; n++) {
        deliver(xd_fmt(arena, "m%d", n).ptr, xd_fmt(arena, "k%d", n).ptr, "x");
    }

    take();
    ck_assert_uint_eq(nunder_way, WORKS);
    held_turn(relay);
    ck_assert_uint_eq(nunder_way, WORKS);
    finish(1, XD_WORK_DONE, NULL);
    ck_assert_uint_eq(nunder_way, WORKS + 1);
}
END_TEST


START_TEST(a_failure_keeps_its_lane_waiting)
{
    int64_t left;

    asked = 60000;
    deliver("a1", "A", "x");
    deliver("a2", "A", "x");
    take();
    finish(0, XD_WORK_TRANSIENT, NULL);

    ck_assert_str_eq(started, "a1 ");
    left = number("SELECT due FROM held WHERE head = 1") - xd_now_ms();
    ck_assert_int_gt(left, 59000);
    ck_assert_int_le(left, 66000);
    ck_assert_int_eq(number("SELECT attempts FROM held WHERE head = 1"), 1);
}
END_TEST


START_TEST(not_tried_is_no_attempt)
{
    deliver("a1", "A", "x");
    take();

    for (int n = 0; n < 5; n++) {
        xd_work_not_tried(under_way[n], 0);
        finish((size_t) n, XD_WORK_TRANSIENT, NULL);
        ck_assert_int_eq(number("SELECT attempts FROM held"), 0);
        held_turn(relay);
    }

    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 0);
}
END_TEST


/* A breaker that is open for long would drown the reason why it opened. */
START_TEST(not_tried_leaves_the_reasons_as_they_are)
{
    asked = 0;
    deliver("a1", "A", "x");
    take();
    finish(0, XD_WORK_TRANSIENT, NULL);

    for (size_t n = 1; n < 5; n++) {
        xd_work_not_tried(under_way[n], 0);
        finish(n, XD_WORK_TRANSIENT, NULL);
    }

    ck_assert_uint_eq(nunder_way, 6);
    ck_assert_int_eq(number("SELECT attempts FROM held"), 1);
    ck_assert_uint_eq(json(texts("SELECT reasons FROM held"))->count, 1);
}
END_TEST


/* A destination that is down must not fill the table for all others. */
START_TEST(a_queue_with_its_share_is_not_consumed)
{
    const source_t *input = XD_AT(&relay->sources, source_t, 1);

    relay->rules->held_max = 10;
    for (int n = 0; n < 10; n++) {
        deliver(xd_fmt(arena, "m%d", n).ptr, xd_fmt(arena, "k%d", n).ptr, "x");
    }

    take();
    pressure_tick(relay);
    ck_assert_int_eq(relay->pressure, PRESSURE_NONE);
    ck_assert(!input->consuming);
    ck_assert(XD_AT(&relay->sources, source_t, 0)->consuming);

    /* Well below it, not just below. */
    for (size_t n = 0; n < 5; n++) {
        finish(n, XD_WORK_DONE, NULL);
    }
    pressure_tick(relay);
    ck_assert(!input->consuming);
    finish(5, XD_WORK_DONE, NULL);
    pressure_tick(relay);
    ck_assert(input->consuming);
    ck_assert(xd_str_is(input->queue, QUEUE));
}
END_TEST


START_TEST(a_refusal_goes_to_the_ward_with_its_own_fact)
{
    deliver("a1", "A", "x");
    take();
    finish(0, XD_WORK_PERMANENT, emit_answer);
    ck_assert_int_eq(number("SELECT state FROM held"), XD_HELD_WARD);
    ck_assert_int_eq(
        number("SELECT count(*) FROM outbox WHERE message_id = 'answer'"), 1);
    ck_assert_int_eq(number("SELECT count(*) FROM outbox WHERE routing_key"
                            " LIKE 'hospital.%'"),
        1);
}
END_TEST


START_TEST(an_outcome_that_cannot_be_told_is_a_case)
{
    deliver("a1", "A", "x");
    take();
    finish(0, XD_WORK_DONE, emit_and_fail);
    ck_assert_int_eq(number("SELECT state FROM held"), XD_HELD_WARD);
    ck_assert_int_eq(
        number("SELECT count(*) FROM outbox WHERE message_id = 'answer'"), 0);
}
END_TEST


START_TEST(a_store_that_fails_means_once_more)
{
    deliver("a1", "A", "x");
    take();
    finish(0, XD_WORK_DONE, store_fails);
    ck_assert_int_eq(number("SELECT state FROM held"), XD_HELD_WORKING);
    ck_assert_uint_eq(xd_relay_busy(relay), 0);

    pressure_tick(relay);
    held_turn(relay);
    ck_assert_str_eq(started, "a1 a1 ");
    finish(1, XD_WORK_DONE, NULL);
    ck_assert_int_eq(number("SELECT count(*) FROM held"), 0);
}
END_TEST


START_TEST(what_ends_at_once_is_settled_at_once)
{
    returns = XD_WORK_DONE;
    deliver("a1", "A", "x");
    deliver("a2", "A", "x");
    take();
    ck_assert_str_eq(started, "a1 a2 ");
    ck_assert_int_eq(number("SELECT count(*) FROM held"), 0);
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 2);

    returns = XD_WORK_PERMANENT;
    deliver("b1", "B", "x");
    take();
    ck_assert_int_eq(number("SELECT state FROM held"), XD_HELD_WARD);
    ck_assert_uint_eq(xd_relay_busy(relay), 0);
}
END_TEST


START_TEST(a_new_start_tries_again_what_was_under_way)
{
    deliver("a1", "A", "x");
    take();
    xd_relay_free(relay);
    relay_open(&does, NULL);
    held_turn(relay);
    ck_assert_str_eq(started, "a1 a1 ");
    ck_assert_uint_eq(under_way[1]->attempt, 1);
    finish(1, XD_WORK_DONE, NULL);
}
END_TEST


START_TEST(stopping_starts_nothing_and_waits)
{
    int64_t began = xd_mono_ms();

    deliver("a1", "A", "x");
    deliver("a2", "A", "x");
    take();
    xd_relay_stop(relay, 300);
    ck_assert_int_ge(xd_mono_ms() - began, 250);
    finish(0, XD_WORK_DONE, NULL);
    ck_assert_str_eq(started, "a1 ");
    ck_assert_int_eq(number("SELECT count(*) FROM held"), 1);
}
END_TEST


static void
add_tests(TCase *tc)
{
    tcase_add_test(tc, one_of_a_lane_is_under_way);
    tcase_add_test(tc, no_more_than_the_concurrency);
    tcase_add_test(tc, a_failure_keeps_its_lane_waiting);
    tcase_add_test(tc, not_tried_is_no_attempt);
    tcase_add_test(tc, not_tried_leaves_the_reasons_as_they_are);
    tcase_add_test(tc, a_queue_with_its_share_is_not_consumed);
    tcase_add_test(tc, a_refusal_goes_to_the_ward_with_its_own_fact);
    tcase_add_test(tc, an_outcome_that_cannot_be_told_is_a_case);
    tcase_add_test(tc, a_store_that_fails_means_once_more);
    tcase_add_test(tc, what_ends_at_once_is_settled_at_once);
    tcase_add_test(tc, a_new_start_tries_again_what_was_under_way);
    tcase_add_test(tc, stopping_starts_nothing_and_waits);
}


int
main(void)
{
    Suite *s = suite_create("relay");
    TCase *tc = tcase_create("held");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, fixture_close);
    add_tests(tc);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
