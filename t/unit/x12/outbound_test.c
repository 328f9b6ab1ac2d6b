/* SPDX-License-Identifier: BSD-2-Clause */

/* Orders out: what is written, under which numbers, and what never leaves. */

#include "orders.h"

#include "store/archive.h"


START_TEST(an_order_becomes_an_850)
{
    const xd_message_t *m;
    char hash[XD_SHA256_HEX + 1];

    ck_assert_int_eq(order_to("acme", ORDER_FACT("PO-1", FACT_1)),
        XD_WORK_DONE);
    ck_assert_uint_eq(sent.count, 1);
    m = &sent_at(0)->message;

    ck_has(m->body, "*ZZ*CROSSDOCK      *ZZ*ACME           *");
    ck_has(m->body, "*00401*000000001*0*P*>~GS*PO*CROSSDOCK*ACME*");
    ck_has(m->body, "*1*X*004010~ST*850*0001~BEG*00*SA*PO-1**20260504~");
    ck_has(m->body, "~PO1*1*240*EA*8.00*");
    ck_has(m->body, "~GE*1*1~IEA*1*000000001~");

    ck_assert(xd_str_is(m->exchange, "xd.raw"));
    ck_assert(xd_str_is(m->routing_key, "out.http.acme"));
    ck_assert(xd_str_is(m->message_id, FACT_1));
    ck_assert(xd_str_is(m->correlation_id, STORY));
    ck_assert(xd_str_is(xd_header(m, "xd-document"), "purchase-order"));
    ck_assert(xd_str_is(xd_header(m, "xd-control"), "000000001"));
    ck_assert(xd_str_is(xd_header(m, "xd-key"), "purchase-order:erp-out:PO-1"));
    ck_assert(xd_str_is(sent_at(0)->lane, "purchase-order:erp-out:PO-1"));
    ck_has(xd_header(m, "traceparent"), "00-4bf92f3577b34da6a3ce929d0e0e4736");

    xd_sha256_hex(m->body, hash);
    ck_assert(xd_archive_has(archive, xd_str(hash)));
    ck_assert_int_eq(number("SELECT count(*) FROM sent WHERE number = 'PO-1'"
                            " AND functional = 'PO' AND state = 83"),
        1);
    ck_assert_int_eq(number("SELECT count(*) FROM ordered"), 2);
    ck_assert_int_eq(awaited(), 3);
}
END_TEST


START_TEST(numbers_are_never_given_twice)
{
    order_out();
    ck_assert_int_eq(order_to("acme", ORDER_FACT("PO-2", FACT_2)),
        XD_WORK_DONE);
    ck_has(sent_at(0)->message.body, "*000000002*0*P*");
    ck_has(sent_at(0)->message.body, "ST*850*0002~");

    /* Each partner counts by itself. */
    ck_assert_int_eq(order_to("odd", ORDER_FACT("PO-2", FACT_2)), XD_WORK_DONE);
    ck_has(sent_at(1)->message.body, "|000000001|");
}
END_TEST


START_TEST(a_profile_says_how_it_is_written)
{
    ck_assert_int_eq(order_to("odd", ORDER_FACT("PO-1", FACT_1)), XD_WORK_DONE);
    ck_has(sent_at(0)->message.body, "|01|123456789      |");
    ck_has(sent_at(0)->message.body, "|^|00501|000000001|0|P|:!\n");
    ck_has(sent_at(0)->message.body, "|X|005010!\nST|850|0001!\n");
    ck_assert(xd_str_is(sent_at(0)->message.routing_key, "out.file.odd"));
    ck_assert_int_eq(awaited(), 0);
}
END_TEST


static const struct {
    const char *key, *user, *body, *code, *text;
} refused[] = {
    { "x12.acme.purchase-order.write.v1", "xd-doc", "{}", "x12.key", NULL },
    { "x12.acme.purchase-order.read.v1.p01", "xd-doc", "{}", "x12.key", NULL },
    { "smtp.acme", "xd-doc", "{}", "x12.key", "smtp" },
    { "x12.acme" WRITE, "xd-gateway", "{}", "x12.sender", "xd-gateway" },
    { "x12.acme" WRITE, "", "{}", "x12.sender", NULL },
    { "x12.nobody" WRITE, "xd-doc", "{}", "x12.party", "nobody" },
    { "x12.webshop" WRITE, "xd-doc", "{}", "x12.party", "webshop" },
    { "x12.mute" WRITE, "xd-doc", "{}", "x12.transport", "mute" },
    { "x12.acme.item.write.v1.p01", "xd-doc", "{}", "x12.unmapped", "item" },
    { "x12.acme" WRITE, "xd-doc", "{", "x12.write", NULL },
    { "x12.acme" WRITE, "xd-doc", "{\"poNo\":\"1\"}", "x12.write", "meta" },
    { "x12.twins" WRITE, "xd-doc", ORDER_FACT("PO-1", FACT_1), "x12.write",
        "separators" },
    { "x12.acme" WRITE, "xd-doc", ORDER_FACT("PO*1", FACT_1), "x12.write",
        NULL },
    { "x12.acme" WRITE, "xd-doc",
        ORDER_FACT("PO-12345678901234567890123", FACT_1), "x12.write", NULL },
};


/* Nothing leaves, and no number is used up. */
START_TEST(what_cannot_be_written_never_leaves)
{
    xd_message_t m =
        command_of(refused[_i].key, refused[_i].user, refused[_i].body);

    ck_assert_int_eq(play(desk_work, &x12, &m), XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, refused[_i].code);
    if (refused[_i].text != NULL) {
        ck_has(xd_str(last.text), refused[_i].text);
    }
    ck_assert_uint_eq(sent.count, 0);
    ck_assert_int_eq(number("SELECT count(*) FROM control"), 0);
    ck_assert_int_eq(number("SELECT count(*) FROM sent"), 0);
}
END_TEST


/* What is against the partner's guide would come back as a chargeback. */
START_TEST(what_a_guide_refuses_never_leaves)
{
    xd_guides_t guides;
    xd_report_t rep;

    xd_report_init(&rep, arena, 10);
    ck_assert_int_eq(
        xd_guides_compile(arena,
            parse("{\"po\":{\"set\":\"850\",\"versions\":[\"004010\"],"
                  "\"rules\":[{\"at\":\"REF(1=DP)\",\"use\":\"required\","
                  "\"says\":\"Name a department.\"}]}}"),
            parse("[\"po\"]"), "guides", &guides, &rep),
        XD_OK);
    x12.guides = xd_map_new(arena);
    ck_assert_int_eq(xd_map_put(x12.guides, XD_STR("acme"), &guides, NULL),
        XD_OK);

    ck_assert_int_eq(order_to("acme", ORDER_FACT("PO-1", FACT_1)),
        XD_WORK_PERMANENT);
    ck_assert_uint_eq(sent.count, 0);
    ck_assert_int_eq(order_to("odd", ORDER_FACT("PO-1", FACT_1)), XD_WORK_DONE);
}
END_TEST


START_TEST(an_archive_that_takes_nothing_is_tried_again)
{
    x12.archive = "/dev/null/archive";
    ck_assert_int_eq(order_to("acme", ORDER_FACT("PO-1", FACT_1)),
        XD_WORK_STUCK);
    ck_assert_uint_eq(sent.count, 0);
    ck_assert_int_eq(number("SELECT count(*) FROM control"), 0);
}
END_TEST


/* Whatever fails, the next try has the same number, and only one left. */
START_TEST(nothing_remains_of_a_failed_work)
{
    xd_work_rc_t rc = XD_WORK_PERMANENT;

    fail_sending_at = 1;
    ck_assert_int_eq(order_to("acme", ORDER_FACT("PO-1", FACT_1)),
        XD_WORK_TRANSIENT);

    for (size_t n = 1; rc != XD_WORK_DONE; n++) {
        ck_assert_int_eq(number("SELECT count(*) FROM control"), 0);
        ck_assert_int_eq(number("SELECT count(*) FROM due"), 0);
        fail_alloc_at = n;
        rc = order_to("acme", ORDER_FACT("PO-1", FACT_1));
        ck_assert_int_ne(rc, XD_WORK_LATER);
    }

    ck_assert_uint_eq(sent.count, 1);
    ck_has(sent_at(0)->message.body, "*000000001*0*P*");
}
END_TEST


/* -- deadlines ----------------------------------------------------------- */

#define HOUR ((int64_t) 3600000)

/* What is due in `ms`, as the clock of the daemon finds it. */
static xd_vec_t
due_in(int64_t ms)
{
    xd_vec_t messages = XD_VEC(xd_message_t);

    ck_assert_int_eq(desk_due_messages(&x12_dialect, store, arena,
                         xd_now_ms() + ms, &messages),
        XD_OK);

    return messages;
}


static xd_work_rc_t
give_due(const xd_vec_t *messages, size_t n)
{
    return play(desk_work, &x12, XD_AT(messages, xd_message_t, n));
}


START_TEST(silence_is_told_at_the_deadline)
{
    const xd_node_t *doc;
    xd_vec_t due;

    order_out();
    ck_assert_uint_eq(due_in(HOUR - 60000).count, 0);
    due = due_in(HOUR + 1000);
    ck_assert_uint_eq(due.count, 1);
    ck_assert_int_eq(give_due(&due, 0), XD_WORK_DONE);

    doc = only_case("x12.overdue.functional-ack");
    ck_text(doc, "docRef", FACT_1);
    ck_text(doc, "meta.correlationId", STORY);
    ck_text(doc, "meta.causationId", FACT_1);
    ck_text(doc, "meta.source.partner", "acme");
    ck_has(xd_text(doc, "text"), "purchase-order PO-1 (interchange 000000001");

    /* Once, however often it is asked; the others have their own time. */
    ck_assert_uint_eq(due_in(HOUR + 1000).count, 0);
    ck_assert_int_eq(give_due(&due, 0), XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("exception"), 1);
    ck_assert_uint_eq(due_in(4 * HOUR).count, 2);
}
END_TEST


START_TEST(an_answer_in_between_is_in_time)
{
    xd_vec_t due;

    order_out();
    due = due_in(HOUR + 1000);
    ck_assert_int_eq(answer("FA", "997", "AK1*PO*1~AK9*A*1*1*1~"),
        XD_WORK_DONE);
    ck_assert_int_eq(give_due(&due, 0), XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("exception"), 0);
}
END_TEST


/* An order sent again has its own times; the first one's are not waited for. */
START_TEST(an_order_sent_again_is_answered_once)
{
    order_out();
    ck_assert_int_eq(order_to("acme", ORDER_FACT("PO-1", FACT_2)),
        XD_WORK_DONE);
    ck_assert_int_eq(number("SELECT count(*) FROM due WHERE sent = 1"), 1);
    ck_assert_int_eq(number("SELECT count(*) FROM due WHERE sent = 2"), 3);
}
END_TEST


static const char *const no_deadlines[] = { "", "1", "x functional-ack",
    "1 functional-ack-of-a-name-that-is-much-too-long-to-be-one-of-our-own" };

START_TEST(what_is_no_deadline_is_refused)
{
    xd_message_t m = command_of("due.overdue", "", no_deadlines[_i]);

    ck_assert_int_eq(play(desk_work, &x12, &m), XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, "x12.due");
}
END_TEST


START_TEST(a_deadline_that_fails_is_told_later)
{
    xd_work_rc_t rc = XD_WORK_PERMANENT;
    xd_vec_t due;

    order_out();
    due = due_in(HOUR + 1000);
    fail_sending_at = 1;
    ck_assert_int_eq(give_due(&due, 0), XD_WORK_TRANSIENT);

    for (size_t n = 1; rc != XD_WORK_DONE; n++) {
        ck_assert_uint_eq(facts_of("exception"), 0);
        fail_alloc_at = n;
        rc = give_due(&due, 0);
    }

    ck_assert_uint_eq(facts_of("exception"), 1);
}
END_TEST


START_TEST(deadlines_without_memory_are_read_later)
{
    order_out();

    for (size_t n = 1;; n++) {
        xd_arena_t *small = xd_arena_new(0);
        xd_vec_t messages = XD_VEC(xd_message_t);
        xd_rc_t rc;

        xd_arena_fail_at(small, n);
        rc = desk_due_messages(&x12_dialect, store, small,
            xd_now_ms() + 4 * HOUR, &messages);
        xd_arena_free(small);
        if (rc == XD_OK) {
            ck_assert_uint_gt(n, 1);
            return;
        }
        ck_assert_int_eq(rc, XD_E_MEMORY);
    }
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("x12");
    TCase *tc = tcase_create("outbound");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_unchecked_fixture(tc, load_maps, unload_maps);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, an_order_becomes_an_850);
    tcase_add_test(tc, numbers_are_never_given_twice);
    tcase_add_test(tc, a_profile_says_how_it_is_written);
    tcase_add_loop_test(tc, what_cannot_be_written_never_leaves, 0,
        COUNT(refused));
    tcase_add_test(tc, what_a_guide_refuses_never_leaves);
    tcase_add_test(tc, an_archive_that_takes_nothing_is_tried_again);
    tcase_add_test(tc, nothing_remains_of_a_failed_work);
    tcase_add_test(tc, silence_is_told_at_the_deadline);
    tcase_add_test(tc, an_answer_in_between_is_in_time);
    tcase_add_test(tc, an_order_sent_again_is_answered_once);
    tcase_add_loop_test(tc, what_is_no_deadline_is_refused, 0,
        COUNT(no_deadlines));
    tcase_add_test(tc, a_deadline_that_fails_is_told_later);
    tcase_add_test(tc, deadlines_without_memory_are_read_later);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
