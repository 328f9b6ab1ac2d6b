/* SPDX-License-Identifier: BSD-2-Clause */

/* Interchanges that go out, and what partners acknowledge of them. */

#include <check.h>

#include "t/unit/edifact/fixture.h"

#define STORY "018f6c2e-aaaa-7000-8000-000000000001"


/* -- orders that go out ---------------------------------------------------- */

static const char order_tree[] =
    "{\"BGM\":[{\"1\":[\"220\"],\"2\":[\"PO-1\"],\"3\":\"9\"}],"
    "\"DTM\":[{\"1\":[\"137\",\"20260504\",\"102\"]}],"
    "\"SG25\":[{\"1\":\"1\",\"3\":[\"4006381333931\",\"EN\"],"
    "\"QTY\":[{\"1\":[\"21\",\"12.5\"]}]}],"
    "\"UNS\":[{\"1\":\"S\"}],\"CNT\":[{\"1\":[\"2\"]}]}";

static const char later_tree[] =
    "{\"BGM\":[{\"1\":[\"220\"],\"2\":[\"PO-1\"],\"3\":\"9\"}],"
    "\"DTM\":[{\"1\":[\"137\",\"20260504\",\"102\"]}],"
    "\"SG28\":[{\"1\":\"1\",\"3\":[\"4006381333931\",\"EN\"],"
    "\"QTY\":[{\"1\":[\"21\",\"12.5\"]}]}],"
    "\"UNS\":[{\"1\":\"S\"}],\"MOA\":[{\"1\":[\"79\",\"45.50\"]}]}";


/* So many orders in one parcel to the partner. */
typedef struct {
    const char *party, *tree;
    int count;
} order_t;

static order_t orders;

static const char *const facts[] = { "018f6c2e-bbbb-7000-8000-000000000001",
    "018f6c2e-bbbb-7000-8000-000000000002",
    "018f6c2e-bbbb-7000-8000-000000000003" };


static xd_work_rc_t
send_orders(void *ctx, xd_work_t *w)
{
    desk_in_t in = { .x = ctx, .w = w };
    desk_parcel_t parcel = { .items = XD_VEC(desk_item_t) };
    xd_rc_t rc;

    xd_instant_write(w->now_ms, in.now);
    xd_report_init(&in.report, w->arena, 100);
    in.party = xd_registry_party(in.x->registry, xd_str(orders.party));
    in.profile = in.party->entry;

    for (int i = 0; i < orders.count; i++) {
        desk_item_t *item = xd_vec_push(&parcel.items, w->arena);
        xd_node_t *doc = xd_node_new(w->arena, XD_OBJECT);
        xd_node_t *tree = parse(orders.tree);

        if (item == NULL || doc == NULL) {
            return desk_failed(&in, XD_E_MEMORY);
        }
        *item = (desk_item_t){ .tree = tree,
            .doc = doc,
            .sent = { .party = in.party->id,
                .code = XD_STR("ORDERS"),
                .document = XD_STR("purchase-order"),
                .number = xd_fmt(arena, "PO-%d", i + 1),
                .key = xd_fmt(arena, "purchase-order:erp:PO-%d", i + 1),
                .fact = xd_str(facts[i]),
                .correlation = XD_STR(STORY),
                .trace = XD_STR(TRACE),
                .sent_ms = w->now_ms } };
    }

    rc = desk_parcel_write(&in, &parcel);
    rc = rc == XD_OK ? desk_parcel_send(&in, &parcel) : rc;
    if (rc == XD_OK) {
        return XD_WORK_DONE;
    }

    return rc == XD_E_SYNTAX ? desk_fail(&in, "write", "%s",
               in.report.nkept > 0 ? in.report.kept[0].rule : "unknown")
                             : desk_failed(&in, rc);
}


static xd_work_rc_t
send_to(const char *party, const char *tree, int count)
{
    xd_message_t m = message_of(party, XD_STR(""));

    orders = (order_t){ party, tree, count };

    return play(send_orders, &desk, &m);
}


START_TEST(an_order_leaves_as_the_profile_says)
{
    const xd_message_t *m;

    ck_assert_int_eq(send_to("nordic", order_tree, 1), XD_WORK_DONE);
    m = bytes_at(0);
    ck_assert(xd_str_is(m->routing_key, "out.http.nordic"));
    ck_assert(xd_str_is(m->content_type, "application/edifact"));
    ck_assert(xd_str_is(m->message_id, facts[0]));
    ck_assert(xd_str_is(m->correlation_id, STORY));
    ck_assert(xd_str_starts(m->body,
        XD_STR("UNB+UNOC:3+4098765000005:14+4012345000009:14+")));
    ck_has(m->body, "+1++++1'UNH+1+ORDERS:D:96A:UN'BGM+220+PO-1+9'");
    ck_has(m->body, "QTY+21:12.5'UNS+S'CNT+2:1'UNT+8+1'UNZ+1+1'");
    ck_assert_int_eq(number("SELECT isa * 100 + gs * 10 + st FROM sent"), 101);
    ck_assert_int_eq(number("SELECT count(*) FROM due"), 2);

    /* the next has the next numbers */
    ck_assert_int_eq(send_to("nordic", order_tree, 2), XD_WORK_DONE);
    m = bytes_at(1);
    ck_has(m->body, "+2++++1'UNH+2+");
    ck_has(m->body, "'UNH+3+");
    ck_has(m->body, "UNZ+2+2'");
}
END_TEST


/* By a command of the routes, and its map. */
START_TEST(a_command_becomes_an_orders)
{
    xd_message_t m = {
        .exchange = XD_STR("xd.cmd"),
        .routing_key = XD_STR("edifact.nordic.purchase-order.write.v1.p03"),
        .content_type = XD_STR("application/json"),
        .message_id = XD_STR("018f6c2e-cccc-7000-8000-000000000001"),
        .correlation_id = XD_STR(STORY),
        .user_id = XD_STR("xd-doc"),
        .body = XD_STR(
            "{\"meta\":{\"schema\":\"urn:retail:purchase-order:1.0\","
            "\"id\":\"018f6c2e-bbbb-7000-8000-000000000001\","
            "\"type\":\"purchase-order\",\"event\":\"created\","
            "\"key\":\"purchase-order:erp-out:PO-7\",\"keyVersion\":1,"
            "\"test\":true},\"poNo\":\"PO-7\","
            "\"buyerGln\":\"4012345000016\",\"supplier\":{"
            "\"name\":\"Nordic\",\"gln\":\"4012345000009\"},"
            "\"shipTo\":{\"gln\":\"9436465792104\",\"name\":\"K\xc3\xb6ln"
            "\"},\"orderDate\":\"2026-05-04\",\"ccy\":\"EUR\","
            "\"lines\":[{\"lineNo\":1,\"item\":{\"gtin\":"
            "\"04006381333931\"},\"qty\":{\"value\":\"12\",\"uom\":"
            "\"EA\"},\"netPrice\":{\"amount\":\"8.00\",\"ccy\":"
            "\"EUR\"}}]}"),
    };

    ck_assert_msg(play(desk_work, &desk, &m) == XD_WORK_DONE, "%s: %s",
        last.code, last.text);
    ck_has(bytes_at(0)->body, "++1'UNH+1+ORDERS:D:96A:UN'BGM+220+PO-7+9'");
    ck_has(bytes_at(0)->body, "K\xf6ln'");
    ck_has(bytes_at(0)->body, "CNT+2:1'");
    ck_assert(xd_str_is(xd_header(bytes_at(0), "xd-key"),
        "purchase-order:erp-out:PO-7"));
    ck_assert_int_eq(number("SELECT count(*) FROM ordered"), 1);
    ck_assert_int_eq(number("SELECT count(*) FROM due"), 2);

    /* what no map writes, or who may not ask */
    m.routing_key = XD_STR("edifact.nordic.sales-order.write.v1.p03");
    ck_assert_int_eq(play(desk_work, &desk, &m), XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, "edifact.unmapped");
    m.user_id = XD_STR("xd-http");
    ck_assert_int_eq(play(desk_work, &desk, &m), XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, "edifact.sender");
}
END_TEST


START_TEST(another_profile_writes_another_form)
{
    ck_assert_int_eq(send_to("asked", later_tree, 2), XD_WORK_DONE);
    ck_has(bytes_at(0)->body, "UNA:|,\\*'\nUNB|UNOY:4|4098765000005:14|");
    ck_has(bytes_at(0)->body, "|1'\nUNG|ORDERS|4098765000005:14|");
    ck_has(bytes_at(0)->body, "|1|UN|D:01B:EAN010'\nUNH|1|ORDERS:D:01B:UN:");
    ck_has(bytes_at(0)->body, "UNS|S'\nMOA|79:45,50'\nUNT|8|1'\n");
    ck_has(bytes_at(0)->body, "UNE|2|1'\nUNZ|1|1'\n");
    ck_assert_int_eq(number("SELECT sum(gs) FROM sent"), 2);
}
END_TEST


/* Its numbers are free again. */
START_TEST(what_cannot_be_written_does_not_leave)
{
    ck_assert_int_eq(send_to("twins", order_tree, 1), XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, "edifact.write");
    ck_assert_str_eq(last.text, "edifact.write.envelope");
    ck_assert_int_eq(send_to("nordic", "{\"BGM\":[{\"1\":[\"220\"]}]}", 1),
        XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, "edifact.write");
    ck_assert_uint_eq(sent.count, 0);
    ck_assert_int_eq(number("SELECT count(*) FROM control"), 0);
    ck_assert_int_eq(number("SELECT count(*) FROM sent"), 0);
}
END_TEST


/* -- CONTRL that come in --------------------------------------------------- */

/* One of the partner's, in an interchange of its own. */
static xd_work_rc_t
contrl(const char *party, const char *sender, const char *segments)
{
    static int control = 7000;
    size_t count = 2;

    for (const char *c = segments; *c != '\0'; c++) {
        count += *c == '\'';
    }

    return give_from(party,
        interchange((ic_t){ .sender = sender,
            .control = xd_fmt(arena, "%d", ++control).ptr,
            .messages = xd_fmt(arena, "UNH+1+CONTRL:D:3:UN'%sUNT+%zu+1'",
                segments, count)
                            .ptr }));
}


static xd_work_rc_t
answer(const char *segments)
{
    return contrl("nordic", "4012345000009", segments);
}


#define UCI "UCI+1+4098765000005:14+4012345000009:14+"

static const struct {
    const char *segments;
    char status[3]; /* of the two messages */
    const char *error, *reason;
} answers[] = {
    { UCI "7'", "AA", NULL, NULL },
    { UCI "8'", "AA", NULL, NULL },
    { "UCI+000000001+4098765000005:14+4012345000009:14+7'", "AA", NULL, NULL },
    { UCI "7'UCM+2+ORDERS:D:96A:UN+4'UCS+3+13'", "AR", "0085:13",
        "nordic refused purchase-order PO-2 (interchange 1, message 2): "
        "segment 3" },
    { UCI "7'UCM+1+ORDERS:D:96A:UN+4'UCS+6'UCD+12+2:2'", "RA", "0085:12",
        "element 1: 0085:12" },
    { UCI "7'UCM+1+ORDERS:D:96A:UN+4+29+UNT+2'UCM+2+ORDERS:D:96A:UN+7'", "RA",
        "0085:29", "0085:29" },
    { UCI "4+26+UNB+6'", "RR", "0085:26", "0085:26" },
    /* what refuses the whole refuses all that is in it */
    { UCI "4'UCM+1+ORDERS:D:96A:UN+7'", "RR", NULL, "no reason was given" },
};

START_TEST(a_contrl_belongs_to_what_was_sent)
{
    size_t refused = 0;

    ck_assert_int_eq(send_to("nordic", order_tree, 2), XD_WORK_DONE);
    sent.count = 0;
    ck_assert_int_eq(answer(answers[_i].segments), XD_WORK_DONE);
    ck_assert_uint_eq(bytes_sent(), 0);
    ck_assert_uint_eq(facts_of("functional-ack"), 2);

    for (int i = 0; i < 2; i++) {
        const xd_node_t *doc = fact_of("functional-ack", (size_t) i);
        const char status[] = { answers[_i].status[i], '\0' };
        const char set[] = { (char) ('1' + i), '\0' };

        ck_text(doc, "meta.event", "received");
        ck_text(doc, "meta.correlationId", STORY);
        ck_text(doc, "ackOf.interchange", "1");
        ck_text(doc, "ackOf.set", set);
        ck_text(doc, "kind", "contrl");
        ck_text(doc, "status", status);
        ck_assert_int_eq(number(i == 0 ? "SELECT state FROM sent WHERE id = 1"
                                       : "SELECT state FROM sent WHERE id = 2"),
            status[0]);
        if (status[0] == 'R') {
            refused++;
            if (answers[_i].error != NULL) {
                ck_text(doc, "errors.0.code", answers[_i].error);
            }
        }
    }

    ck_assert_uint_eq(facts_of("exception"), refused);
    if (refused > 0) {
        ck_text(fact_of("exception", 0), "code", "edifact.ack.rejected");
        ck_has(xd_text(fact_of("exception", 0), "text"), answers[_i].reason);
    }

    /* of what was accepted its answer is awaited, of others nothing */
    ck_assert_int_eq(number("SELECT count(*) FROM due WHERE told = 0"),
        2 - (int) refused);
}
END_TEST


/* -- APERAK that come in --------------------------------------------------- */

static const struct {
    const char *release, *segments;
    char status; /* of the first message; 0: nothing is said of it */
    const char *error, *text;
} advices[] = {
    { "96A", "BGM++A-1+9+AP'RFF+ON:PO-1'", 'A', NULL, NULL },
    { "96A", "BGM++A-1+9'RFF+ON:PO-1'", 'A', NULL, NULL },
    { "96A", "BGM++A-1+9+RE'RFF+ON:PO-1'ERC+12'FTX+AAO+++PRICE UNKNOWN'", 'R',
        "ERC:12", "PRICE UNKNOWN" },
    { "96A", "BGM++A-1+9'RFF+ACW:X'RFF+ON:PO-1'ERC+12'", 'R', "ERC:12",
        "ERC:12" },
    { "96A", "BGM++A-1+9+AP'RFF+ON:PO-1'ERC+12'FTX+AAO+++LATE'", 'E', "ERC:12",
        NULL },
    { "01B", "BGM++A-1+9+RE'RFF+ON:PO-1'ERC+12'FTX+AAO+++PRICE UNKNOWN'", 'R',
        "ERC:12", "PRICE UNKNOWN" },
    /* 1225 says it where 4343 does not, as in our own */
    { "96A", "BGM+312+A-1+27'RFF+ON:PO-1'", 'R', NULL, NULL },
    { "96A", "BGM+313+A-1+29'RFF+ON:PO-1'ERC+12'", 'E', "ERC:12", NULL },
    { "96A", "BGM+312+A-1+29'RFF+ON:PO-1'", 'A', NULL, NULL },
    /* a number of something else is no order's */
    { "96A", "BGM++A-1+9+RE'RFF+ACW:PO-1'ERC+12'", 0, NULL, "never sent" },
    { "96A", "BGM++A-1+9+RE'RFF+IV:PO-1'ERC+12'", 0, NULL, "PO-1" },
    { "96A", "BGM++A-1+9+RE'RFF+ON:PO-9'ERC+12'", 0, NULL, "PO-9" },
    { "96A", "BGM++A-1+9+RE'", 0, NULL, "never sent" },
};

START_TEST(an_aperak_belongs_to_what_was_sent)
{
    size_t count = 2;
    const xd_node_t *doc = NULL;

    for (const char *c = advices[_i].segments; *c != '\0'; c++) {
        count += *c == '\'';
    }

    ck_assert_int_eq(send_to("nordic", order_tree, 2), XD_WORK_DONE);
    sent.count = 0;
    ck_assert_int_eq(give_from("nordic",
                         interchange((ic_t){ .sender = "4012345000009",
                             .control = "8000",
                             .messages = xd_fmt(arena,
                                 "UNH+1+APERAK:D:%s:UN'%sUNT+%zu+1'",
                                 advices[_i].release, advices[_i].segments,
                                 count)
                                             .ptr })),
        XD_WORK_DONE);

    for (size_t i = 0; i < facts_of("functional-ack"); i++) {
        const xd_node_t *one = fact_of("functional-ack", i);

        doc = xd_str_is(xd_text(one, "kind"), "aperak") ? one : doc;
    }

    if (advices[_i].status == 0) {
        ck_assert_ptr_null(doc);
        ck_assert_int_eq(number("SELECT state FROM sent WHERE id = 1"), 'S');
        ck_text(fact_of("exception", 0), "code", "edifact.ack.unmatched");
    } else {
        const char status[] = { advices[_i].status, '\0' };

        ck_text(doc, "status", status);
        ck_text(doc, "ackOf.set", "1");
        ck_assert_int_eq(number("SELECT state FROM sent WHERE id = 1"),
            status[0]);
        ck_assert_int_eq(number("SELECT state FROM sent WHERE id = 2"), 'S');
        if (advices[_i].error != NULL) {
            ck_text(doc, "errors.0.code", advices[_i].error);
        }
    }
    if (advices[_i].text != NULL) {
        ck_has(xd_text(fact_of("exception", 0), "text"), advices[_i].text);
    }
}
END_TEST


START_TEST(groups_may_be_refused)
{
    ck_assert_int_eq(send_to("asked", later_tree, 2), XD_WORK_DONE);
    sent.count = 0;
    ck_assert_int_eq(contrl("asked", "4012345000016",
                         "UCI+1+4098765000005:14+4012345000016:14+7'"
                         "UCF+1+4098765000005:14+4012345000016:14+4+28+UNE+3'"),
        XD_WORK_DONE);
    ck_text(fact_of("functional-ack", 0), "status", "R");
    ck_text(fact_of("functional-ack", 1), "status", "R");
    ck_text(fact_of("functional-ack", 0), "ackOf.group", "1");
    ck_has(xd_text(fact_of("exception", 0), "text"),
        "(interchange 1, group 1, message 1): 0085:28");
}
END_TEST


static const struct {
    const char *segments, *code, *text;
} strange[] = {
    { "UCI+2+4098765000005:14+4012345000009:14+7'", "edifact.ack.unmatched",
        "nordic acknowledges interchange 2, which was never sent" },
    { "UCI+X+4098765000005:14+4012345000009:14+7'", "edifact.ack.unmatched",
        "interchange X" },
};

START_TEST(what_was_never_sent_is_told)
{
    ck_assert_int_eq(send_to("nordic", order_tree, 1), XD_WORK_DONE);
    sent.count = 0;
    ck_assert_int_eq(answer(strange[_i].segments), XD_WORK_DONE);
    ck_has(xd_text(only_case(strange[_i].code), "text"), strange[_i].text);
    ck_assert_uint_eq(facts_of("functional-ack"), 0);
    ck_assert_int_eq(number("SELECT state FROM sent"), 'S');
}
END_TEST


/* Another partner's number is none of this one's. */
START_TEST(numbers_are_a_partners_own)
{
    ck_assert_int_eq(send_to("asked", later_tree, 1), XD_WORK_DONE);
    sent.count = 0;
    ck_assert_int_eq(answer(UCI "7'"), XD_WORK_DONE);
    (void) only_case("edifact.ack.unmatched");
}
END_TEST


/* -- what does not come ---------------------------------------------------- */

START_TEST(what_stays_out_is_told_once)
{
    xd_vec_t messages = XD_VEC(xd_message_t);
    const int64_t hour = 3600000;

    ck_assert_int_eq(send_to("nordic", order_tree, 1), XD_WORK_DONE);
    sent.count = 0;
    ck_assert_int_eq(desk_due_messages(desk.dialect, store, arena,
                         xd_now_ms() + hour + 1000, &messages),
        XD_OK);
    ck_assert_uint_eq(messages.count, 1);
    ck_assert_int_eq(play(desk_work, &desk, XD_AT(&messages, xd_message_t, 0)),
        XD_WORK_DONE);
    ck_has(xd_text(only_case("edifact.overdue.functional-ack"), "text"),
        "for purchase-order PO-1 (interchange 1, sent ");

    messages.count = 0;
    ck_assert_int_eq(desk_due_messages(desk.dialect, store, arena,
                         xd_now_ms() + hour + 1000, &messages),
        XD_OK);
    ck_assert_uint_eq(messages.count, 0);
}
END_TEST


START_TEST(every_failing_allocation_is_told)
{
    xd_work_rc_t rc = XD_WORK_PERMANENT;
    size_t n;

    for (n = 1; rc != XD_WORK_DONE; n++) {
        ck_assert_uint_lt(n, 20000);
        fail_alloc_at = n;
        rc = send_to("nordic", order_tree, 2);
        ck_assert(rc == XD_WORK_DONE
                  || (rc == XD_WORK_PERMANENT
                      && strcmp(last.code, "edifact.memory") == 0));
    }
    ck_assert_uint_gt(n, 10);

    rc = XD_WORK_PERMANENT;
    for (n = 1; rc != XD_WORK_DONE; n++) {
        ck_assert_uint_lt(n, 20000);
        fail_alloc_at = n;
        rc = answer(UCI "7'UCM+2+ORDERS:D:96A:UN+4'UCS+3+13'");
        ck_assert(rc == XD_WORK_DONE
                  || (rc == XD_WORK_PERMANENT
                      && strcmp(last.code, "edifact.memory") == 0));
    }
    ck_assert_uint_gt(n, 50);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("edifact");
    TCase *tc = tcase_create("received");
    SRunner *runner;
    int failed;

    tcase_add_unchecked_fixture(tc, load_maps, unload_maps);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, an_order_leaves_as_the_profile_says);
    tcase_add_test(tc, a_command_becomes_an_orders);
    tcase_add_test(tc, another_profile_writes_another_form);
    tcase_add_test(tc, what_cannot_be_written_does_not_leave);
    tcase_add_loop_test(tc, a_contrl_belongs_to_what_was_sent, 0,
        COUNT(answers));
    tcase_add_loop_test(tc, an_aperak_belongs_to_what_was_sent, 0,
        (int) (sizeof(advices) / sizeof(advices[0])));
    tcase_add_test(tc, groups_may_be_refused);
    tcase_add_loop_test(tc, what_was_never_sent_is_told, 0, COUNT(strange));
    tcase_add_test(tc, numbers_are_a_partners_own);
    tcase_add_test(tc, what_stays_out_is_told_once);
    tcase_add_test(tc, every_failing_allocation_is_told);
    suite_add_tcase(s, tc);

    runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
