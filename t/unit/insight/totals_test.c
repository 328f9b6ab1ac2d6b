/* SPDX-License-Identifier: BSD-2-Clause */

/* Counts and sums, what is still to come, and what becomes of it. */

#include "t/unit/insight/totals.h"

/* -- measures -------------------------------------------------------------- */

START_TEST(every_row_of_the_table_measures_its_example)
{
    const totals_path_t *row = &totals_paths[_i];
    xd_str_t path = xd_fmt(arena, "canonical-schemas/%s/examples/typical.json",
        row->document);
    xd_file_t file;
    measure_t m;

    ck_assert_int_eq(xd_file_map(path.ptr, &file), XD_OK);
    m = totals_measure(xd_str(row->document),
        parse(xd_dup(arena, file.bytes).ptr));
    xd_file_unmap(&file);

    ck_assert_int_eq(m.amount != 0, row->amount != NULL);
    ck_assert_int_eq(m.ccy.len > 0, row->amount != NULL);
    ck_assert_int_eq(m.quantity != 0, row->quantity != NULL);
}
END_TEST


START_TEST(millionths_are_exact)
{
    measure_t m = totals_measure(XD_STR("sales-order"), parse(order.body));

    ck_assert_int_eq(m.amount, 47360000);
    ck_assert_int_eq(m.quantity, 2500000);
    ck_assert(xd_str_is(m.ccy, "EUR"));

    m = totals_measure(XD_STR("sales-order"),
        parse("{\"totals\":{\"gross\":{\"amount\":\"1e9\",\"ccy\":\"EUR\"}},"
              "\"lines\":{\"qty\":3}}"));
    ck_assert_int_eq(m.amount, 0);
    ck_assert_int_eq(m.quantity, 0);

    m = totals_measure(XD_STR("hologram"), parse("{}"));
    ck_assert_int_eq(m.quantity, 0);
}
END_TEST


/* A sum that is too large stands still; it never turns over. */
START_TEST(sums_do_not_turn_over)
{
    fact_t f = order;
    const char *most = "{\"orderNo\":\"A-1\",\"totals\":{\"gross\":{\"amount\":"
                       "\"999999999999.999999\",\"ccy\":\"EUR\"}}}";

    ck_assert_int_eq(totals_sum(INT64_MAX, 1), INT64_MAX);
    ck_assert_int_eq(totals_sum(INT64_MIN, -1), INT64_MIN);
    ck_assert_int_eq(totals_sum(40, 2), 42);

    f.id = NULL;
    f.body = most;
    f.routes = NULL;
    for (int i = 0; i < 12; i++) {
        taken(f);
    }
    ck_assert_int_eq(number("SELECT amount FROM total WHERE stage = 1"),
        INT64_MAX);
    ck_assert_int_eq(number("SELECT count FROM total WHERE stage = 1"), 12);
}
END_TEST


/* -- counts ---------------------------------------------------------------- */

START_TEST(a_document_is_counted_at_each_stage)
{
    taken(order);
    ck_assert_str_eq(counts("sales-order", ""), "1 1 0 0 0");
    ck_assert_str_eq(counts("sales-order", "erp"), "0 1 0 0 0");
    ck_assert_int_eq(DUE, 2);
    ck_assert_int_eq(number("SELECT hour FROM total LIMIT 1"),
        number("SELECT strftime('%s', '2026-05-14T09:00:00Z') * 1000"));

    taken(answer("erp", "confirmed"));
    ck_assert_str_eq(counts("sales-order", "erp"), "0 1 1 1 0");
    ck_assert_str_eq(counts("sales-order", "wms"), "0 1 0 0 0");
    ck_assert_int_eq(number("SELECT amount FROM total WHERE stage = 3"),
        47360000);
    ck_assert_int_eq(number("SELECT quantity FROM total WHERE stage = 3"),
        2500000);
    ck_assert_int_eq(DUE, 1);
}
END_TEST


START_TEST(a_repeated_answer_counts_once)
{
    taken(order);
    taken(answer("erp", "confirmed"));
    taken(answer("erp", "confirmed"));
    taken(answer("pos", "confirmed"));
    ck_assert_str_eq(counts("sales-order", "erp"), "0 1 1 1 0");
    ck_assert_int_eq(DUE, 1);
}
END_TEST


START_TEST(an_answer_before_its_document_counts)
{
    taken(answer("erp", "confirmed"));
    taken(order);
    ck_assert_str_eq(counts("sales-order", "erp"), "0 1 1 1 0");
    ck_assert_int_eq(DUE, 1);
}
END_TEST


START_TEST(what_is_refused_stays_due)
{
    taken(order);
    taken(answer("erp", "refused"));
    taken(answer("erp", "refused"));
    ck_assert_str_eq(counts("sales-order", "erp"), "0 1 1 0 0");
    ck_assert_int_eq(number("SELECT count(*) FROM due WHERE state = 'refused'"),
        1);

    /* Mended, and taken. */
    taken(answer("erp", "confirmed"));
    ck_assert_str_eq(counts("sales-order", "erp"), "0 1 1 1 0");
    ck_assert_int_eq(DUE, 1);
}
END_TEST


START_TEST(what_is_given_up_is_no_longer_due)
{
    xd_uuid_t command = XD_UUID5(XD_STR(FACT), XD_STR("erp"), XD_STR("create"));
    fact_t given_up = { .document = "exception",
        .event = "resolved",
        .body = xd_fmt(arena, "{\"docRef\":\"%s\"}", command.text).ptr,
        .cause = RAW_2,
        .action = "release" };

    taken(order);
    taken(given_up);
    ck_assert_int_eq(DUE, 2);
    given_up.action = "discard";
    taken(given_up);
    ck_assert_int_eq(DUE, 1);
    ck_assert_str_eq(counts("sales-order", "erp"), "0 1 0 0 1");
}
END_TEST


START_TEST(a_test_is_no_business)
{
    fact_t f = order;

    f.test = true;
    taken(f);
    ck_assert_int_eq(number("SELECT count(*) FROM total"), 0);
    ck_assert_int_eq(DUE, 0);
}
END_TEST


/* Journals of before have no verb in their routes. */
START_TEST(a_route_without_a_verb_is_known)
{
    fact_t f = order;

    f.routes = "http.erp http. .";
    taken(f);
    taken(answer("erp", "confirmed"));
    ck_assert_str_eq(counts("sales-order", "erp"), "0 1 1 1 0");
    ck_assert_int_eq(DUE, 0);
}
END_TEST


/* -- interchanges ---------------------------------------------------------- */

START_TEST(an_interchange_is_accepted_once)
{
    fact_t other = shipment;

    taken(acknowledgement("sent", "997", "A"));
    ck_assert_str_eq(counts("interchange", ""), "1 0 0 0 0");
    ck_assert_int_eq(DUE, 1);

    other.id = FACT_2;
    taken(shipment);
    taken(other);
    ck_assert_str_eq(counts("interchange", ""), "1 0 0 0 0");
    ck_assert_str_eq(counts("shipment", ""), "0 2 0 0 0");
    ck_assert_int_eq(DUE, 0);
}
END_TEST


START_TEST(in_whatever_order_they_are_journalled)
{
    taken(shipment);
    taken(acknowledgement("sent", "997", "A"));
    ck_assert_str_eq(counts("interchange", ""), "1 0 0 0 0");
    ck_assert_int_eq(DUE, 0);
}
END_TEST


static const struct {
    const char *kind, *status;
} no_promises[] = { { "997", "R" }, { "ta1", "A" } };

START_TEST(what_promises_nothing_is_not_waited_for)
{
    taken(
        acknowledgement("sent", no_promises[_i].kind, no_promises[_i].status));
    ck_assert_int_eq(number("SELECT count(*) FROM total"), 0);
    ck_assert_int_eq(DUE, 0);
}
END_TEST


START_TEST(a_case_keeps_the_promise_too)
{
    taken(acknowledgement("sent", "997", "P"));
    taken((fact_t){ .document = "exception",
        .event = "opened",
        .body = "{\"docRef\":\"" RAW "\"}" });
    ck_assert_str_eq(counts("interchange", ""), "1 0 0 0 0");
    ck_assert_int_eq(DUE, 0);
}
END_TEST


/* An interchange that is an acknowledgement itself: it belongs to the story
 * of what it answers. */
START_TEST(an_inbound_acknowledgement_keeps_it_too)
{
    fact_t ack = acknowledgement("received", "997", "A");

    taken(acknowledgement("sent", "999", "A"));
    ack.correlation = RAW_2;
    taken(ack);
    ck_assert_int_eq(DUE, 0);
}
END_TEST


START_TEST(a_partner_confirms_by_his_acknowledgement)
{
    fact_t ack = acknowledgement("received", "ta1", "A");

    taken(purchase);
    taken(answer("acme", "confirmed"));
    ck_assert_str_eq(counts("purchase-order", "acme"), "0 1 1 0 0");
    ck_assert_int_eq(number("SELECT count(*) FROM due WHERE told = '-'"), 1);

    ack.cause = RAW_2;
    taken(ack);
    ck_assert_str_eq(counts("purchase-order", "acme"), "0 1 1 0 0");
    ack = acknowledgement("received", "997", "E");
    ack.cause = RAW_2;
    taken(ack);
    ck_assert_str_eq(counts("purchase-order", "acme"), "0 1 1 1 0");
    ck_assert_int_eq(DUE, 0);
}
END_TEST


START_TEST(a_partner_may_refuse)
{
    fact_t ack = acknowledgement("received", "997", "R");

    taken(purchase);
    taken(answer("acme", "confirmed"));
    ack.cause = RAW_2;
    taken(ack);
    ck_assert_int_eq(
        number(
            "SELECT count(*) FROM due WHERE state = 'refused' AND told = ''"),
        1);
}
END_TEST


/* -- differences ----------------------------------------------------------- */


START_TEST(what_is_missing_is_told_once_and_resolves)
{
    int64_t now = xd_now_ms();

    taken(order);
    ck_assert_uint_eq(look(now + 14 * MINUTE), 0);
    ck_assert_uint_eq(look(now + 16 * MINUTE), 2);
    ck_assert_uint_eq(facts_of("exception"), 2);
    ck_text(told(0), "code", "totals.unconfirmed");
    ck_text(told(0), "state", "open");
    ck_text(told(0), "docRef", FACT);
    ck_assert_ptr_nonnull(strstr(xd_dup(arena, xd_text(told(0), "text")).ptr,
        "1 of 1 sales-order of acme, in the period from "
        "2026-05-14T09:00:00.000Z, are not confirmed by erp: "
        "sales-order:webshop:A-1"));
    ck_assert_uint_eq(look(now + 20 * MINUTE), 0);

    taken(answer("erp", "confirmed"));
    ck_assert_uint_eq(look(now + 21 * MINUTE), 1);
    ck_text(told(2), "state", "resolved");
    ck_text(told(2), "exceptionId",
        xd_dup(arena, xd_text(told(0), "exceptionId")).ptr);
    ck_text(told(2), "meta.event", "resolved");
    ck_text(told(2), "meta.keyVersion", "2");
    ck_assert_uint_eq(look(now + 22 * MINUTE), 0);
}
END_TEST


/* The period must be over, whenever its documents came. */
START_TEST(a_period_is_not_judged_before_its_end)
{
    int64_t now = xd_now_ms();

    insight.period_ms = 2 * now; /* from 1970 on */
    taken(order);
    ck_assert_uint_eq(look(now + HOUR), 0);
    ck_assert_uint_eq(look(2 * now + HOUR), 2);
}
END_TEST


START_TEST(what_comes_to_be_missing_later_is_told_too)
{
    fact_t other = order;
    int64_t now = xd_now_ms();

    other.id = FACT_2;
    other.key = "sales-order:webshop:A-2";
    taken(order);
    ck_assert_uint_eq(look(now + HOUR), 2);
    taken(other);
    ck_assert_uint_eq(look(now + HOUR), 2);
    ck_assert_ptr_null(
        strstr(xd_dup(arena, xd_text(told(2), "text")).ptr, "A-1"));
    ck_assert_int_eq(number("SELECT count(*) FROM difference"), 4);
}
END_TEST


START_TEST(a_promise_that_is_not_kept_is_told)
{
    taken(acknowledgement("sent", "997", "A"));
    ck_assert_uint_eq(look(xd_now_ms() + HOUR), 1);
    ck_text(told(0), "code", "totals.unpublished");
    taken(shipment);
    ck_assert_uint_eq(look(xd_now_ms() + HOUR), 1);
    ck_text(told(1), "state", "resolved");
}
END_TEST


/* Delivered after it was told: the transport's part is done. */
START_TEST(a_late_delivery_resolves_too)
{
    taken(purchase);
    ck_assert_uint_eq(look(xd_now_ms() + HOUR), 1);
    taken(answer("acme", "confirmed"));
    ck_assert_uint_eq(look(xd_now_ms() + HOUR), 1);
    ck_text(told(1), "state", "resolved");
    ck_assert_uint_eq(look(xd_now_ms() + HOUR), 0);
}
END_TEST


/* The text keeps to what its schema takes, and says that there are more. */
START_TEST(a_long_list_is_cut)
{
    fact_t f = order;

    f.routes = "http.erp.create";
    for (int i = 0; i < 300; i++) {
        f.id = NULL;
        f.key = xd_fmt(arena, "sales-order:webshop:%030d", i).ptr;
        taken(f);
    }
    ck_assert_uint_eq(look(xd_now_ms() + HOUR), 1);
    ck_assert_uint_lt(xd_text(told(0), "text").len, 4000);
    ck_assert_ptr_nonnull(
        strstr(xd_dup(arena, xd_text(told(0), "text")).ptr, " more"));
}
END_TEST


static const char *const unreadable[] = { "", "[]", "{\"do\":\"florb\"}" };

START_TEST(a_check_that_cannot_be_read_is_a_case)
{
    const xd_message_t m = { .message_id = XD_STR(RAW),
        .body = xd_str(unreadable[_i]) };

    ck_assert_int_eq(play(check_take, &insight, &m), XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, "insight.check");
}
END_TEST


/* Nothing is marked as told unless it was told. */
START_TEST(every_allocation_of_a_check_fails_once)
{
    xd_vec_t messages = XD_VEC(xd_message_t);
    xd_work_rc_t rc = XD_WORK_TRANSIENT;
    size_t n = 0;

    taken(order);
    ck_assert_int_eq(check_messages(&insight, arena, xd_now_ms() + HOUR,
                         &messages),
        XD_OK);

    while (rc != XD_WORK_DONE) {
        fail_alloc_at = ++n;
        rc = play(check_take, &insight, XD_AT(&messages, xd_message_t, 0));
        ck_assert_int_eq(number("SELECT count(*) FROM due WHERE told <> ''")
                             > 0,
            rc == XD_WORK_DONE);
        ck_assert_uint_lt(n, 500);
    }

    ck_assert_uint_gt(n, 10);
    ck_assert_uint_eq(sent.count, 1);
}
END_TEST


START_TEST(a_broken_store_is_tried_again)
{
    ck_assert_int_eq(xd_store_begin(store), XD_OK);
    ck_assert_int_eq(xd_sql_run(xd_sql(store, "DROP TABLE due")), XD_OK);
    ck_assert_int_eq(xd_store_commit(store), XD_OK);

    xd_message_t m = message_of(&order);
    ck_assert_int_eq(play(insight_take, &insight, &m), XD_WORK_TRANSIENT);
    ck_assert_int_eq(number("SELECT count(*) FROM total"), 0);
}
END_TEST


static void
add_counts(TCase *tc)
{
    int rows = 0;

    while (totals_paths[rows].document != NULL) {
        rows++;
    }

    tcase_add_loop_test(tc, every_row_of_the_table_measures_its_example, 0,
        rows);
    tcase_add_test(tc, millionths_are_exact);
    tcase_add_test(tc, sums_do_not_turn_over);
    tcase_add_test(tc, a_document_is_counted_at_each_stage);
    tcase_add_test(tc, a_repeated_answer_counts_once);
    tcase_add_test(tc, an_answer_before_its_document_counts);
    tcase_add_test(tc, what_is_refused_stays_due);
    tcase_add_test(tc, what_is_given_up_is_no_longer_due);
    tcase_add_test(tc, a_test_is_no_business);
    tcase_add_test(tc, a_route_without_a_verb_is_known);
    tcase_add_test(tc, an_interchange_is_accepted_once);
    tcase_add_test(tc, in_whatever_order_they_are_journalled);
    tcase_add_loop_test(tc, what_promises_nothing_is_not_waited_for, 0,
        COUNT(no_promises));
    tcase_add_test(tc, a_case_keeps_the_promise_too);
    tcase_add_test(tc, an_inbound_acknowledgement_keeps_it_too);
    tcase_add_test(tc, a_partner_confirms_by_his_acknowledgement);
    tcase_add_test(tc, a_partner_may_refuse);
}


static void
add_differences(TCase *tc)
{
    tcase_add_test(tc, what_is_missing_is_told_once_and_resolves);
    tcase_add_test(tc, a_period_is_not_judged_before_its_end);
    tcase_add_test(tc, what_comes_to_be_missing_later_is_told_too);
    tcase_add_test(tc, a_promise_that_is_not_kept_is_told);
    tcase_add_test(tc, a_late_delivery_resolves_too);
    tcase_add_test(tc, a_long_list_is_cut);
    tcase_add_loop_test(tc, a_check_that_cannot_be_read_is_a_case, 0,
        COUNT(unreadable));
    tcase_add_test(tc, every_allocation_of_a_check_fails_once);
    tcase_add_test(tc, a_broken_store_is_tried_again);
}


int
main(void)
{
    Suite *s = suite_create("totals");
    TCase *tc = tcase_create("totals");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, relay_teardown);
    tcase_set_timeout(tc, 120);
    add_counts(tc);
    add_differences(tc);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
