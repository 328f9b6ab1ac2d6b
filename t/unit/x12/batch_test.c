/* SPDX-License-Identifier: BSD-2-Clause */

/* Orders that wait for others before they leave. */

#include "orders.h"

#define HOUR ((int64_t) 3600000)

static int orders_given;


static xd_work_rc_t
give_order(const char *party, bool test)
{
    xd_str_t body = xd_fmt(arena, "%s", ORDER_FACT("PO-0", FACT_1));
    char *own = xd_alloc(arena, body.len + 64);
    char *at;
    xd_str_t fact =
        xd_fmt(arena, "018f6c2e-bbbb-7000-8000-%012d", ++orders_given);

    memcpy(own, body.ptr, body.len);
    own[body.len] = '\0';
    while ((at = strstr(own, "PO-0")) != NULL) {
        at[3] = (char) ('0' + orders_given % 10);
    }
    memcpy(strstr(own, FACT_1), fact.ptr, fact.len);
    if (test) {
        at = strstr(own, "\"keyVersion\"");
        memmove(at + 12, at, strlen(at) + 1);
        memcpy(at, "\"test\":true,", 12);
    }

    return order_to(party, own);
}


static void
give_orders(const char *party, int n)
{
    for (int i = 0; i < n; i++) {
        ck_assert_int_eq(give_order(party, false), XD_WORK_DONE);
    }
}


static void
begin(void)
{
    setup();
    orders_given = 0;
}


static int64_t
waiting(void)
{
    return number("SELECT count(*) FROM waiting");
}


/* What the clock would find then. */
static size_t
ripe(int64_t in_ms, xd_vec_t *messages)
{
    *messages = XD_VEC(xd_message_t);
    ck_assert_int_eq(desk_batch_messages(&x12_dialect, store, arena,
                         xd_now_ms() + in_ms, messages),
        XD_OK);

    return messages->count;
}


static xd_work_rc_t
play_ripe(const xd_vec_t *messages)
{
    return play(desk_work, &x12, XD_AT(messages, xd_message_t, 0));
}


static size_t
count_of(xd_str_t text, const char *what)
{
    size_t n = 0;
    const char *at = text.ptr;

    while ((at = memmem(at, (size_t) (text.ptr + text.len - at), what,
                strlen(what)))
           != NULL)
    {
        at += strlen(what);
        n++;
    }

    return n;
}


START_TEST(they_leave_when_there_are_enough)
{
    const xd_message_t *m;

    give_orders("batch", 2);
    ck_assert_uint_eq(sent.count, 0);
    ck_assert_int_eq(waiting(), 2);
    ck_assert_int_eq(number("SELECT count(*) FROM control"), 0);

    give_orders("batch", 1);
    ck_assert_uint_eq(sent.count, 1);
    ck_assert_int_eq(waiting(), 0);
    m = &ack_at(0)->message;
    ck_has(m->body, "~GS*PO*");
    ck_has(m->body, "~ST*850*0001~BEG*00*SA*PO-1*");
    ck_has(m->body, "~ST*850*0002~BEG*00*SA*PO-2*");
    ck_has(m->body, "~ST*850*0003~BEG*00*SA*PO-3*");
    ck_has(m->body, "~GE*3*1~IEA*1*000000001~");

    /* each of them is named, and kept under the numbers of all */
    ck_assert_uint_eq(count_of(xd_header(m, "xd-carries"), STORY), 3);
    ck_has(xd_header(m, "xd-carries"), "\"purchase-order:erp-out:PO-2\"]");
    ck_assert_int_eq(number("SELECT sum(isa * 1000 + gs * 100 + st) FROM sent"),
        3306);
    ck_assert_int_eq(number("SELECT count(DISTINCT sent_ms) FROM sent"), 1);
    ck_assert_int_eq(number("SELECT count(*) FROM ordered"), 6);
    ck_assert_int_eq(number("SELECT count(*) FROM due"), 3);

    give_orders("batch", 1);
    ck_assert_int_eq(waiting(), 1);
    ck_assert_uint_eq(sent.count, 1);
}
END_TEST


START_TEST(they_leave_when_their_time_has_come)
{
    xd_vec_t messages, again;

    give_orders("batch", 2);
    ck_assert_uint_eq(ripe(HOUR - 5000, &messages), 0);
    ck_assert_uint_eq(ripe(HOUR + 1000, &messages), 1);
    ck_assert_uint_eq(ripe(HOUR + 2000, &again), 1);
    ck_assert(xd_str_eq(XD_AT(&messages, xd_message_t, 0)->message_id,
        XD_AT(&again, xd_message_t, 0)->message_id));
    ck_assert_int_eq(play_ripe(&messages), XD_WORK_DONE);
    ck_assert_uint_eq(sent.count, 1);
    ck_assert(xd_str_eq(ack_at(0)->message.message_id,
        XD_AT(&messages, xd_message_t, 0)->message_id));
    ck_has(ack_at(0)->message.body, "~GE*2*1~");
    ck_assert_int_eq(waiting(), 0);

    /* given once more nothing is left of it; the next batch is another */
    ck_assert_int_eq(play_ripe(&messages), XD_WORK_DONE);
    ck_assert_uint_eq(sent.count, 1);
    give_orders("batch", 1);
    ck_assert_uint_eq(ripe(HOUR + 5000, &again), 1);
    ck_assert(!xd_str_eq(XD_AT(&messages, xd_message_t, 0)->message_id,
        XD_AT(&again, xd_message_t, 0)->message_id));

    /* one alone leaves as it would without waiting: under its fact's id */
    ck_assert_int_eq(play_ripe(&again), XD_WORK_DONE);
    ck_assert(xd_str_is(ack_at(1)->message.message_id,
        "018f6c2e-bbbb-7000-8000-000000000003"));
    ck_assert_uint_eq(xd_header(&ack_at(1)->message, "xd-carries").len, 0);
}
END_TEST


/* Test documents stand in interchanges of their own, partners too. */
START_TEST(lots_are_kept_apart)
{
    xd_vec_t messages;

    give_orders("batch", 2);
    ck_assert_int_eq(give_order("batch", true), XD_WORK_DONE);
    give_orders("all", 1);
    ck_assert_uint_eq(sent.count, 0);
    ck_assert_uint_eq(ripe(HOUR + 1000, &messages), 3);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(play(desk_work, &x12,
                             XD_AT(&messages, xd_message_t, i)),
            XD_WORK_DONE);
    }
    ck_assert_uint_eq(sent.count, 3);
    ck_assert_int_eq(waiting(), 0);
}
END_TEST


/* An example of another document, as a command. */
static xd_work_rc_t
give_example(const char *party, const char *document)
{
    xd_str_t body;
    xd_message_t m;

    ck_assert_int_eq(xd_file_read(arena,
                         xd_fmt(arena,
                             "canonical-schemas/%s/examples/typical.json",
                             document)
                             .ptr,
                         1 << 20, &body),
        XD_OK);
    m = command_of(xd_fmt(arena, "x12.%s.%s.write.v1.p03", party, document).ptr,
        "xd-doc", xd_fmt(arena, "%.*s", XD_FMT(body)).ptr);

    return play(desk_work, &x12, &m);
}


START_TEST(a_group_for_each_kind)
{
    give_orders("all", 1);
    ck_assert_int_eq(give_example("all", "order-response"), XD_WORK_DONE);
    ck_assert_uint_eq(sent.count, 0);
    give_orders("all", 1);
    ck_assert_uint_eq(sent.count, 1);
    ck_has(ack_at(0)->message.body, "~GS*PO*CROSSDOCK*ALL*");
    ck_has(ack_at(0)->message.body, "~GE*2*1~GS*PR*CROSSDOCK*ALL*");
    ck_has(ack_at(0)->message.body, "~GE*1*2~IEA*2*000000001~");
    ck_assert_int_eq(number("SELECT count(*) FROM sent WHERE functional = 'PR'"
                            " AND gs = 2 AND code = '855'"),
        1);
    ck_assert_int_eq(number("SELECT count(*) FROM sent WHERE functional = 'PO'"
                            " AND gs = 1"),
        2);
}
END_TEST


/* Who cannot be written is told at once, and holds up nobody. */
START_TEST(what_cannot_be_written_does_not_wait)
{
    give_orders("batch", 2);
    ck_assert_int_eq(order_to("batch",
                         "{\"meta\":{\"id\":\"" FACT_2 "\",\"key\":\"k\"},"
                         "\"poNo\":\"PO*9\",\"orderDate\":\"2026-05-04\"}"),
        XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, "x12.write");
    ck_assert_int_eq(waiting(), 2);
    give_orders("batch", 1);
    ck_has(ack_at(0)->message.body, "~GE*3*1~");
}
END_TEST


START_TEST(each_of_them_is_acknowledged)
{
    give_orders("batch", 3);
    sent.count = 0;
    ck_assert_int_eq(
        give_from("batch",
            interchange((ic_t){ .sender = "BATCH",
                .groups = "GS*FA*BATCH*CROSSDOCK*20260505*0915*1*X*004010~"
                          "ST*997*0001~AK1*PO*1~AK2*850*0002~AK5*R*5~"
                          "AK9*P*3*3*2~SE*6*0001~GE*1*1~" })),
        XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("functional-ack"), 3);
    ck_assert_int_eq(number("SELECT count(*) FROM sent WHERE state = 82"), 1);
    ck_text(only_case("x12.ack.rejected"), "docRef",
        "018f6c2e-bbbb-7000-8000-000000000002");
}
END_TEST


/* -- faults ---------------------------------------------------------------- */

START_TEST(nothing_is_lost_when_sending_fails)
{
    xd_vec_t messages;

    give_orders("batch", 2);
    fail_sending_at = 1;
    ck_assert_int_eq(give_order("batch", false), XD_WORK_TRANSIENT);
    ck_assert_int_eq(waiting(), 2);
    ck_assert_int_eq(number("SELECT count(*) FROM sent"), 0);

    ck_assert_uint_eq(ripe(HOUR + 1000, &messages), 1);
    fail_sending_at = 1;
    ck_assert_int_eq(play_ripe(&messages), XD_WORK_TRANSIENT);
    ck_assert_int_eq(waiting(), 2);
    ck_assert_int_eq(play_ripe(&messages), XD_WORK_DONE);
    ck_assert_int_eq(waiting(), 0);
    ck_assert_uint_eq(sent.count, 1);
}
END_TEST


START_TEST(every_failing_allocation_is_told)
{
    xd_work_rc_t rc = XD_WORK_PERMANENT;
    size_t n;

    give_orders("batch", 2);
    for (n = 1; rc != XD_WORK_DONE; n++) {
        ck_assert_uint_lt(n, 20000);
        fail_alloc_at = n;
        orders_given = 2;
        rc = give_order("batch", false);
        ck_assert(rc == XD_WORK_DONE
                  || (rc == XD_WORK_PERMANENT
                      && strcmp(last.code, "x12.memory") == 0));
        ck_assert_int_eq(waiting(), rc == XD_WORK_DONE ? 0 : 2);
    }
    ck_assert_uint_gt(n, 100);
    ck_assert_uint_eq(sent.count, 1);
}
END_TEST


START_TEST(a_partner_that_is_gone_is_told)
{
    xd_message_t m = message_of("batch", XD_STR("nobody P 850"));

    m.routing_key = XD_STR("batch.ripe");
    ck_assert_int_eq(play(desk_work, &x12, &m), XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, "x12.batch");
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("x12");
    TCase *tc = tcase_create("batch");
    SRunner *runner;
    int failed;

    tcase_add_unchecked_fixture(tc, load_maps, unload_maps);
    tcase_add_checked_fixture(tc, begin, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, they_leave_when_there_are_enough);
    tcase_add_test(tc, they_leave_when_their_time_has_come);
    tcase_add_test(tc, lots_are_kept_apart);
    tcase_add_test(tc, a_group_for_each_kind);
    tcase_add_test(tc, what_cannot_be_written_does_not_wait);
    tcase_add_test(tc, each_of_them_is_acknowledged);
    tcase_add_test(tc, nothing_is_lost_when_sending_fails);
    tcase_add_test(tc, every_failing_allocation_is_told);
    tcase_add_test(tc, a_partner_that_is_gone_is_told);
    suite_add_tcase(s, tc);

    runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
