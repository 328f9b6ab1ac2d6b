/* SPDX-License-Identifier: BSD-2-Clause */

/* Taking, keeping, refusing and releasing, synchronously. */

#include "fixture.h"

#include "base/clock.h"
#include "base/base64.h"
#include "store/archive.h"

#define RELEASE_QUEUE "xd.q.x12.held"

/* What the next works return, by the body of their message. */
static const struct {
    const char *body;
    xd_work_rc_t rc;
} answers[] = {
    { "good", XD_WORK_DONE },
    { "later", XD_WORK_TRANSIENT },
    { "never", XD_WORK_PERMANENT },
    { "wrong", XD_WORK_LATER },
    { "stuck", XD_WORK_STUCK },
};

#define ANSWERS (sizeof(answers) / sizeof(answers[0]))

static char worked[512]; /* message-ids in the order of their works */
static bool healed;      /* everything is good from now on */
static uint32_t last_attempt;


static xd_rc_t
emit_copy(xd_work_t *w)
{
    xd_message_t m = { .exchange = XD_STR("xd.raw"),
        .routing_key = XD_STR("out.http.acme"),
        .message_id = w->message->message_id,
        .headers = w->message->headers,
        .nheaders = w->message->nheaders,
        .body = w->message->body };

    return xd_work_emit(w, &m, XD_STR_NONE);
}


static xd_work_rc_t
work(void *ctx, xd_work_t *w)
{
    (void) ctx;
    last_attempt = w->attempt;
    (void) snprintf(worked + strlen(worked), sizeof(worked) - strlen(worked),
        "%.*s ", XD_FMT(w->message->message_id));
    ck_assert_int_eq(emit_copy(w), XD_OK);

    for (size_t i = 0; !healed && i < ANSWERS; i++) {
        if (xd_str_is(w->message->body, answers[i].body)) {
            if (answers[i].rc != XD_WORK_DONE) {
                xd_work_fail(w, "test.body", "the body says %s",
                    answers[i].body);
            }
            return answers[i].rc;
        }
    }

    return XD_WORK_DONE;
}

static const xd_relay_work_t does = { .work = work };


static void
setup(void)
{
    fixture_open();
    conf_make("");
    worked[0] = '\0';
    healed = false;
    relay_open(&does, NULL);
}


/* All held rows are due now. */
static void
time_passes(void)
{
    xd_sql_t *q = xd_sql(store, "UPDATE held SET due = 1");

    ck_assert_int_eq(xd_sql_run(q), XD_OK);
    held_turn(relay);
}


START_TEST(a_batch_is_one_transaction)
{
    deliver("m1", "A", "good");
    deliver("m2", "B", "good");
    deliver("m3", "A", "good");
    ck_assert_str_eq(worked, "");

    intake_turn(relay);

    ck_assert_str_eq(worked, "m1 m2 m3 ");
    ck_assert_str_eq(texts("SELECT message_id FROM outbox ORDER BY seq"),
        "m1 m2 m3");
    ck_assert_str_eq(texts("SELECT lane FROM outbox ORDER BY seq"),
        "A xd.raw B xd.raw A xd.raw");
    ck_assert_int_eq(number("SELECT count(*) FROM seen"), 3);
    ck_assert_int_eq(number("SELECT count(*) FROM held"), 0);
    ck_assert_uint_eq(relay->batch.count, 0);
}
END_TEST


START_TEST(a_repeat_is_dropped)
{
    deliver("m1", "A", "good");
    deliver("m1", "A", "good");
    intake_turn(relay);
    deliver("m1", "A", "good");
    intake_turn(relay);

    ck_assert_str_eq(worked, "m1 ");
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 1);
}
END_TEST


START_TEST(a_failure_is_undone_and_holds_its_lane_only)
{
    deliver("m1", "A", "later");
    deliver("m2", "A", "good");
    deliver("m3", "B", "good");
    intake_turn(relay);

    ck_assert_str_eq(worked, "m1 m3 ");
    ck_assert_str_eq(texts("SELECT message_id FROM outbox"), "m3");
    ck_assert_str_eq(texts("SELECT message_id FROM held ORDER BY seq"),
        "m1 m2");
    ck_assert_int_eq(number("SELECT attempts FROM held WHERE head = 1"), 1);

    /* A lane goes on in its order. */
    healed = true;
    time_passes();
    ck_assert_str_eq(worked, "m1 m3 m1 m2 ");
    ck_assert_str_eq(texts("SELECT message_id FROM outbox ORDER BY seq"),
        "m3 m1 m2");
    ck_assert_int_eq(number("SELECT count(*) FROM held"), 0);
}
END_TEST


START_TEST(the_pause_is_that_of_the_tier)
{
    int64_t left;

    deliver("m1", "A", "later");
    intake_turn(relay);
    left = number("SELECT due FROM held") - xd_now_ms();
    ck_assert_int_gt(left, 500);
    ck_assert_int_le(left, 1100);

    time_passes();
    ck_assert_uint_eq(last_attempt, 2);
    left = number("SELECT due FROM held") - xd_now_ms();
    ck_assert_int_gt(left, 500000);

    /* Not due: nothing is tried. */
    held_turn(relay);
    ck_assert_str_eq(worked, "m1 m1 ");
}
END_TEST


/* The case command as it stands in the outbox. */
static xd_node_t *
case_read(void)
{
    return json(texts("SELECT body FROM outbox WHERE routing_key LIKE"
                      " 'hospital.ward.case.open.v1.p0%'"));
}


START_TEST(after_the_last_attempt_it_is_a_case)
{
    xd_node_t *c;
    xd_str_t body;

    deliver("m1", "A", "later");
    intake_turn(relay);
    time_passes();
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 0);
    time_passes();

    ck_assert_int_eq(number("SELECT state FROM held"), XD_HELD_WARD);
    c = case_read();
    ck_assert(xd_str_is(xd_text(c, "messageId"), "m1"));
    ck_assert(xd_str_is(xd_text(c, "process"), "x12"));
    ck_assert(xd_str_is(xd_text(c, "queue"), QUEUE));
    ck_assert(xd_str_is(xd_text(c, "key"), "A"));
    ck_assert(xd_str_is(xd_text(c, "config"), "0123"));
    ck_assert(xd_str_is(xd_text(c, "attempts"), "3"));
    ck_assert(xd_truth(c, "held", false));
    ck_assert_ptr_null(xd_get(c, "archive"));
    ck_assert_uint_eq(xd_get(c, "reasons")->count, 3);
    ck_assert(xd_str_is(xd_text_at(c, "reasons.0.code"), "test.body"));
    ck_assert(xd_str_is(xd_text_at(c, "properties.content_type"),
        "application/edi-x12"));
    ck_assert_int_eq(xd_base64_read(arena, xd_text(c, "body"), XD_BASE64,
                         &body),
        XD_OK);
    ck_assert(xd_str_is(body, "later"));

    /* Nobody tries it any more. */
    time_passes();
    ck_assert_str_eq(worked, "m1 m1 m1 ");
}
END_TEST


START_TEST(a_permanent_fault_is_a_case_at_once_and_a_fact)
{
    char hash[XD_SHA256_HEX + 1];
    xd_node_t *c, *fact;

    ck_assert_int_eq(xd_archive_put(xd_conf_path(&conf, "archive"),
                         XD_STR("never"), hash),
        XD_OK);
    deliver("m1", "A", "never");
    deliver("m2", "A", "good");
    intake_turn(relay);

    c = case_read();
    ck_assert(xd_str_is(xd_text(c, "archive"), hash));
    ck_assert_str_eq(texts("SELECT message_id FROM held WHERE state = 2"),
        "m1");
    ck_assert_str_eq(texts("SELECT message_id FROM held WHERE state = 0"),
        "m2");

    fact = json(texts("SELECT body FROM outbox WHERE exchange = 'xd.ops'"));
    ck_assert(xd_str_eq(xd_text(fact, "exceptionId"), xd_text(c, "caseId")));
    ck_assert(xd_str_is(xd_text(fact, "docRef"), "m1"));
    ck_assert(xd_str_is(xd_text(fact, "code"), "test.body"));
    ck_assert(xd_str_is(xd_text_at(fact, "meta.causationId"), "m1"));
}
END_TEST


START_TEST(a_work_cannot_be_put_off_here)
{
    deliver("m1", "A", "wrong");
    intake_turn(relay);
    ck_assert(
        xd_str_is(xd_text_at(case_read(), "reasons.0.code"), "relay.later"));
}
END_TEST


static const struct {
    const char *id, *body, *code;
} refused[] = {
    { "", "anything", "relay.no-id" },
    { "m1", "other", "relay.conflict" },
};

START_TEST(what_cannot_be_told_apart_is_refused)
{
    xd_node_t *c;

    deliver("m1", "A", "good");
    intake_turn(relay);
    deliver(refused[_i].id, "A", refused[_i].body);
    intake_turn(relay);

    c = case_read();
    ck_assert(xd_str_is(xd_text_at(c, "reasons.0.code"), refused[_i].code));
    ck_assert(!xd_truth(c, "held", true));
    ck_assert_str_eq(worked, "m1 ");
    ck_assert_int_eq(number("SELECT count(*) FROM held"), 0);
    ck_assert_int_eq(number("SELECT count(*) FROM outbox WHERE exchange ="
                            " 'xd.ops'"),
        1);
}
END_TEST


START_TEST(messages_without_a_key_do_not_wait_for_each_other)
{
    deliver("m1", "", "later");
    deliver("m2", "", "good");
    intake_turn(relay);
    ck_assert_str_eq(texts("SELECT message_id FROM held"), "m1");
    ck_assert_str_eq(texts("SELECT message_id FROM outbox"), "m2");
}
END_TEST

/* -- releases -------------------------------------------------------------- */

static void
park(void)
{
    deliver("m1", "A", "never");
    deliver("m2", "A", "good");
    intake_turn(relay);
    worked[0] = '\0';
    ck_assert_int_eq(number("SELECT count(*) FROM held WHERE state = 2"), 1);
}


static void
answer(const char *id, const char *body)
{
    deliver_to(RELEASE_QUEUE, id, "A", body);
    intake_turn(relay);
    held_turn(relay);
}


START_TEST(released_as_it_is)
{
    park();
    healed = true;
    answer("r1", "{\"messageId\":\"m1\",\"action\":\"as-is\"}");
    ck_assert_str_eq(worked, "m1 m2 ");
    ck_assert_uint_eq(last_attempt, 1); /* of m2 */
    ck_assert_int_eq(number("SELECT count(*) FROM held"), 0);
}
END_TEST


START_TEST(released_and_failing_again_is_another_case)
{
    park();
    answer("r1", "{\"messageId\":\"m1\",\"action\":\"as-is\"}");
    ck_assert_str_eq(worked, "m1 ");
    ck_assert_int_eq(number("SELECT count(DISTINCT message_id) FROM outbox"
                            " WHERE routing_key LIKE 'hospital.%'"),
        2);
}
END_TEST


START_TEST(released_with_another_body)
{
    const char *id;

    park();
    answer("r1", "{\"messageId\":\"m1\",\"action\":\"mended\","
                 "\"body\":\"Z29vZA==\",\"n\":1}");
    id = xd_dup(arena, xd_str(worked)).ptr;
    ck_assert_int_eq((int) strlen(id), 36 + 1 + 3);
    ck_assert_str_eq(id + 37, "m2 ");
    ck_assert_int_eq(number("SELECT count(*) FROM held"), 0);
    ck_assert_str_eq(texts("SELECT body FROM outbox WHERE exchange ="
                           " 'xd.raw'"),
        "good good");

    /* It names what it came from. */
    ck_assert_ptr_nonnull(strstr(
        texts("SELECT props FROM outbox WHERE exchange = 'xd.raw' LIMIT 1"),
        "xd-causation"));
}
END_TEST


START_TEST(discarded)
{
    park();
    answer("r1", "{\"messageId\":\"m1\",\"action\":\"discarded\"}");
    ck_assert_str_eq(worked, "m2 ");
    ck_assert_int_eq(number("SELECT count(*) FROM held"), 0);
}
END_TEST


START_TEST(a_release_of_what_does_not_wait_is_ignored)
{
    deliver("m1", "A", "later");
    intake_turn(relay);
    answer("r1", "{\"messageId\":\"m1\",\"action\":\"discarded\"}");
    answer("r2", "{\"messageId\":\"m9\",\"action\":\"discarded\"}");
    ck_assert_int_eq(number("SELECT count(*) FROM held"), 1);
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 0);
}
END_TEST


static const char *const unreadable[] = {
    "",
    "no json",
    "{\"messageId\":\"m1\"}",
    "{\"messageId\":\"m1\",\"action\":\"eaten\"}",
    "{\"messageId\":\"m1\",\"action\":\"mended\",\"body\":\"%%%\"}",
};

START_TEST(a_release_that_says_nothing_is_a_case_itself)
{
    park();
    answer("r1", unreadable[_i]);
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"
                            " WHERE routing_key LIKE 'hospital.%'"),
        2);
    ck_assert_int_eq(number("SELECT count(*) FROM held WHERE state = 2"), 1);
    ck_assert_str_eq(worked, "");
}
END_TEST

/* -- limits ---------------------------------------------------------------- */

START_TEST(too_much_held_stops_inputs_but_no_releases)
{
    relay->rules->held_max = 10;

    for (int n = 0; n < 11; n++) {
        deliver(xd_fmt(arena, "m%d", n).ptr, xd_fmt(arena, "k%d", n).ptr,
            "later");
    }

    intake_turn(relay);
    pressure_tick(relay);
    ck_assert_int_eq(relay->pressure, PRESSURE_HELD);
    (void) consumer_of(RELEASE_QUEUE);
    ck_assert(!XD_AT(&relay->sources, source_t, 1)->consuming);

    /* Hysteresis: nine are fewer than ten, and still too many. */
    ck_assert_int_eq(xd_sql_run(xd_sql(store, "DELETE FROM held WHERE seq <"
                                              " 3")),
        XD_OK);
    pressure_tick(relay);
    ck_assert_int_eq(relay->pressure, PRESSURE_HELD);
    ck_assert_int_eq(xd_sql_run(xd_sql(store, "DELETE FROM held WHERE seq <"
                                              " 4")),
        XD_OK);
    pressure_tick(relay);
    ck_assert_int_eq(relay->pressure, PRESSURE_NONE);
    (void) consumer_of(QUEUE);
}
END_TEST


START_TEST(a_long_outbox_stops_inputs)
{
    relay->rules->outbox_max = 1;
    deliver("m1", "A", "good");
    deliver("m2", "A", "good");
    intake_turn(relay);
    pressure_tick(relay);
    ck_assert_int_eq(relay->pressure, PRESSURE_OUTBOX);
}
END_TEST


START_TEST(a_full_disk_stops_all_and_says_so)
{
    relay->rules->disk_free = UINT64_MAX / 2;
    pressure_tick(relay);
    ck_assert_int_eq(relay->pressure, PRESSURE_DISK);
    ck_assert(!XD_AT(&relay->sources, source_t, 0)->consuming);
    ck_assert_int_eq(number("SELECT count(*) FROM outbox WHERE exchange ="
                            " 'xd.ops'"),
        1);
    pressure_tick(relay);
    ck_assert_int_eq(number("SELECT count(*) FROM outbox WHERE exchange ="
                            " 'xd.ops'"),
        1);

    relay->rules->disk_free = 1;
    pressure_tick(relay);
    ck_assert_int_eq(relay->pressure, PRESSURE_NONE);
}
END_TEST


/* The store says no: nothing is half taken, and all comes again. */
START_TEST(a_store_that_fails_gives_everything_back)
{
    deliver("m1", "A", "good");
    ck_assert_int_eq(xd_store_begin(store), XD_OK); /* so no other can */
    intake_turn(relay);
    ck_assert_int_eq(relay->pressure, PRESSURE_STORE);
    ck_assert_uint_eq(relay->batch.count, 0);
    xd_store_rollback(store);

    pressure_tick(relay);
    ck_assert_int_eq(relay->pressure, PRESSURE_NONE);
    deliver("m1", "A", "good");
    intake_turn(relay);
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 1);
}
END_TEST


/* A full archive: what came first must not be overtaken while it waits. */
START_TEST(a_work_that_cannot_write_stops_all_and_keeps_the_order)
{
    deliver("m1", "", "good");
    deliver("m2", "", "stuck");
    deliver("m3", "", "good");
    intake_turn(relay);

    ck_assert_str_eq(worked, "m1 m2 ");
    ck_assert_int_eq(relay->pressure, PRESSURE_STORE);
    ck_assert_int_eq(number("SELECT count(*) FROM seen"), 0);
    ck_assert_int_eq(number("SELECT count(*) FROM held"), 0);
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 0);

    healed = true;
    pressure_tick(relay);
    deliver("m1", "", "good");
    deliver("m2", "", "stuck");
    deliver("m3", "", "good");
    intake_turn(relay);
    ck_assert_str_eq(texts("SELECT message_id FROM outbox ORDER BY seq"),
        "m1 m2 m3");
}
END_TEST


START_TEST(a_held_row_that_cannot_write_stays_as_it_is)
{
    deliver("m1", "A", "later");
    intake_turn(relay);
    ck_assert_int_eq(xd_sql_run(xd_sql(store,
                         "UPDATE held SET body = CAST('stuck' AS BLOB)")),
        XD_OK);
    time_passes();
    ck_assert_str_eq(worked, "m1 m1 ");
    ck_assert_int_eq(number("SELECT attempts FROM held"), 1);
    ck_assert_int_eq(number("SELECT state FROM held"), XD_HELD_WAITING);

    healed = true;
    time_passes();
    ck_assert_int_eq(number("SELECT count(*) FROM held"), 0);
}
END_TEST


/* By an hour: whoever waits would wait for that hour too. */
START_TEST(a_clock_set_back_makes_nobody_wait_longer)
{
    int64_t left;

    deliver("m1", "A", "later");
    intake_turn(relay);
    ck_assert_int_eq(xd_sql_run(
                         xd_sql(store, "UPDATE held SET due = due + 3600000")),
        XD_OK);
    relay->offset += 3600000;
    pressure_tick(relay);
    left = number("SELECT due FROM held") - xd_now_ms();
    ck_assert_int_gt(left, 500);
    ck_assert_int_le(left, 1100);

    /* Set forward, the next try comes early; what failed since must not be
     * put off for that. */
    relay->offset -= 3600000;
    pressure_tick(relay);
    ck_assert_int_le(number("SELECT due FROM held") - xd_now_ms(), 1100);
}
END_TEST


/* While nobody ran: at the start there is nothing to compare with. */
START_TEST(nobody_waits_longer_than_the_tiers_after_a_start)
{
    deliver("m1", "A", "later");
    intake_turn(relay);
    ck_assert_int_eq(xd_sql_run(
                         xd_sql(store, "UPDATE held SET due = due + 86400000")),
        XD_OK);
    xd_relay_free(relay);
    relay_open(&does, NULL);
    ck_assert_int_le(number("SELECT due FROM held") - xd_now_ms(), 660000);
}
END_TEST


START_TEST(a_reload_is_whole_or_not_at_all)
{
    xd_conf_t other = conf;
    xd_report_t rep;

    xd_report_init(&rep, arena, 5);
    other.main = json("{\"retry\":{\"tiers\":[]}}");
    ck_assert_int_eq(xd_relay_reload(relay, &other, &queues, &rep), XD_E_CONF);
    ck_assert_ptr_eq(relay->rules->conf, &conf);

    *(xd_str_t *) xd_vec_push(&queues, arena) = XD_STR("xd.q.x12.acme.p00");
    other.main = conf.main;
    ck_assert_int_eq(xd_relay_reload(relay, &other, &queues, &rep), XD_OK);
    ck_assert_ptr_eq(relay->rules->conf, &other);
    (void) consumer_of("xd.q.x12.acme.p00");
}
END_TEST


START_TEST(health_is_json)
{
    xd_buf_t out = { 0 };
    xd_node_t *health;

    xd_relay_health(relay, &out);
    xd_buf_byte(&out, '\0');
    health = json(out.ptr);
    ck_assert(!xd_truth(xd_get(health, "broker"), "up", true));
    ck_assert(xd_str_is(xd_text(health, "process"), "xd-x12"));
    ck_assert(xd_str_is(xd_text_at(health, "held.ward"), "0"));
    xd_buf_free(&out);
}
END_TEST


static void
add_tests(TCase *tc)
{
    tcase_add_test(tc, a_batch_is_one_transaction);
    tcase_add_test(tc, a_repeat_is_dropped);
    tcase_add_test(tc, a_failure_is_undone_and_holds_its_lane_only);
    tcase_add_test(tc, the_pause_is_that_of_the_tier);
    tcase_add_test(tc, after_the_last_attempt_it_is_a_case);
    tcase_add_test(tc, a_permanent_fault_is_a_case_at_once_and_a_fact);
    tcase_add_test(tc, a_work_cannot_be_put_off_here);
    tcase_add_loop_test(tc, what_cannot_be_told_apart_is_refused, 0, 2);
    tcase_add_test(tc, messages_without_a_key_do_not_wait_for_each_other);
    tcase_add_test(tc, released_as_it_is);
    tcase_add_test(tc, released_and_failing_again_is_another_case);
    tcase_add_test(tc, released_with_another_body);
    tcase_add_test(tc, discarded);
    tcase_add_test(tc, a_release_of_what_does_not_wait_is_ignored);
    tcase_add_loop_test(tc, a_release_that_says_nothing_is_a_case_itself, 0, 5);
    tcase_add_test(tc, too_much_held_stops_inputs_but_no_releases);
    tcase_add_test(tc, a_long_outbox_stops_inputs);
    tcase_add_test(tc, a_full_disk_stops_all_and_says_so);
    tcase_add_test(tc, a_store_that_fails_gives_everything_back);
    tcase_add_test(tc, a_work_that_cannot_write_stops_all_and_keeps_the_order);
    tcase_add_test(tc, a_held_row_that_cannot_write_stays_as_it_is);
    tcase_add_test(tc, a_clock_set_back_makes_nobody_wait_longer);
    tcase_add_test(tc, nobody_waits_longer_than_the_tiers_after_a_start);
    tcase_add_test(tc, a_reload_is_whole_or_not_at_all);
    tcase_add_test(tc, health_is_json);
}


int
main(void)
{
    Suite *s = suite_create("relay");
    TCase *tc = tcase_create("intake");
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
