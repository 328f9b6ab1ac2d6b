/* SPDX-License-Identifier: BSD-2-Clause */

/* Answers, shipments and invoices against the order that went out. */

#include "orders.h"

#define LINE_1               "PO1*1*240*EA*8**UP*012345001013~"

#define RESPONSE(status, po) "BAK*00*" status "*" po "*20260504~"

#define SHIP(number, contents)                                                 \
    "BSN*00*" number "*20260506*0912*0001~HL*1**S~DTM*011*20260506~"           \
    "N1*SF*ACME*UL*0614141000012~N1*ST*DC*UL*9436465792104~HL*2*1*O~"          \
    "PRF*PO-1~HL*3*2*P~MAN*GM*006141410000001026~" contents

#define ITEM(hl, line, gtin, qty, unit)                                        \
    "HL*" hl "*3*I~LIN*" line "*UK*" gtin "~SN1*" line "*" qty "*" unit "~"

#define BILL(number, po, lines, gross)                                         \
    "BIG*20260508*" number "*20260504*" po "~CUR*SE*EUR~"                      \
    "N1*SE*ACME*1*123456789~N1*BY*RETAILER*UL*4012345000016~" lines            \
    "TDS*" gross "~CTT*1~"

#define BILLED(qty, price, gtin) "IT1*1*" qty "*EA*" price "**UK*" gtin "~"

#define SHIRT                    "04012345001013"
#define PINS                     "04012345001037"
#define OTHER                    "00614141121014"


static const struct {
    const char *functional, *set, *segments;
    const char *document;
    const char *code, *text; /* NULL: it is as ordered */
} rows[] = {
    /* -- answers --------------------------------------------------------- */
    { "PR", "855", RESPONSE("AC", "PO-1") LINE_1 "ACK*IA*240*EA~CTT*1~",
        "order-response", NULL, NULL },
    { "PR", "855", RESPONSE("AC", "PO-9") LINE_1 "ACK*IA*240*EA~CTT*1~",
        "order-response", "x12.order.unknown", "PO-9" },
    { "PR", "855",
        RESPONSE("AC", "PO-1") "PO1*7*240*EA*8**UP*614141121019~"
                               "ACK*IA*240*EA~CTT*1~",
        "order-response", "x12.order.differs", "PO-1 line 7: " },
    { "PR", "855",
        RESPONSE("AC", "PO-1") "PO1*1*240*EA*8.5**UP*012345001013~"
                               "ACK*IA*240*EA~CTT*1~",
        "order-response", "x12.order.differs",
        "PO-1 line 1: price 8.5 per 1, ordered at 8.00 per 1" },
    { "PR", "855", RESPONSE("AC", "PO-1") LINE_1 "ACK*IA*239*EA~CTT*1~",
        "order-response", "x12.order.differs",
        "PO-1 line 1: accepted with 239, 240 ordered" },

    /* -- shipments ------------------------------------------------------- */
    { "SH", "856", SHIP("S-1", ITEM("4", "1", SHIRT, "240", "EA") "CTT*4~"),
        "shipment", NULL, NULL },
    { "SH", "856", SHIP("S-1", ITEM("4", "1", SHIRT, "240.5", "EA") "CTT*4~"),
        "shipment", "x12.order.differs",
        "PO-1 line 1: 240.5 in all, 240 ordered" },
    { "SH", "856",
        SHIP("S-1", ITEM("4", "1", SHIRT, "200", "EA")
                        ITEM("5", "1", SHIRT, "41", "EA") "CTT*5~"),
        "shipment", "x12.order.differs", "line 1: 241 in all" },
    { "SH", "856", SHIP("S-1", ITEM("4", "1", SHIRT, "20", "CA") "CTT*4~"),
        "shipment", "x12.order.differs", "ordered in EA" },
    /* Lines counted in the supplier's own way: the article tells. */
    { "SH", "856", SHIP("S-1", ITEM("4", "1", PINS, "5000", "EA") "CTT*4~"),
        "shipment", NULL, NULL },
    { "SH", "856", SHIP("S-1", ITEM("4", "1", OTHER, "1", "EA") "CTT*4~"),
        "shipment", "x12.order.differs", OTHER " is not on the order" },

    /* -- invoices -------------------------------------------------------- */
    { "IN", "810", BILL("I-1", "PO-1", BILLED("240", "8", SHIRT), "192000"),
        "invoice", NULL, NULL },
    { "IN", "810", BILL("I-1", "PO-1", BILLED("241", "8", SHIRT), "192800"),
        "invoice", "x12.order.differs", "241 in all, 240 ordered" },
    { "IN", "810", BILL("I-1", "PO-1", BILLED("240", "8.01", SHIRT), "192240"),
        "invoice", "x12.order.differs", "price 8.01 per 1" },
    /* 12.40 for a thousand is 0.0124 for one. */
    { "IN", "810", BILL("I-1", "PO-1", BILLED("5000", ".0124", PINS), "6200"),
        "invoice", NULL, NULL },
    { "IN", "810", BILL("I-1", "PO-9", BILLED("1", "8", SHIRT), "800"),
        "invoice", "x12.order.unknown", "PO-9" },
    { "IN", "810", BILL("I-1", "", BILLED("1", "8", SHIRT), "800"), "invoice",
        "x12.order.unknown", "no purchase order is named" },
};


/* What no schema sees, the rules do: by the same ids as for JSON. */
START_TEST(an_invoice_that_does_not_sum_up_is_no_fact)
{
    order_out();
    ck_assert_int_eq(answer("IN", "810",
                         BILL("I-1", "PO-1", BILLED("240", "8", SHIRT),
                             "192500")),
        XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("invoice"), 0);
    ck_has(xd_text(only_case("x12.map"), "text"),
        "it says 1925; the sum is 1920 [invoice.");
}
END_TEST


/* It is published all the same. */
START_TEST(an_answer_is_held_against_its_order)
{
    const xd_node_t *doc;

    order_out();
    ck_assert_int_eq(answer(rows[_i].functional, rows[_i].set,
                         rows[_i].segments),
        XD_WORK_DONE);
    ck_assert_uint_eq(facts_of(rows[_i].document), 1);
    doc = fact_of(rows[_i].document, 0);

    if (rows[_i].code == NULL) {
        ck_assert_uint_eq(facts_of("exception"), 0);
        ck_text(doc, "meta.ext.crossdock.order", FACT_1);
        ck_assert_int_eq(awaited(), strcmp(rows[_i].set, "810") == 0 ? 3 : 2);
    } else {
        ck_has(xd_text(only_case(rows[_i].code), "text"), rows[_i].text);
    }
}
END_TEST


/* Goods may have been ordered in other ways. */
START_TEST(a_shipment_of_an_unknown_order_is_no_case)
{
    ck_assert_int_eq(answer("SH", "856",
                         SHIP("S-1",
                             ITEM("4", "1", SHIRT, "1", "EA") "CTT*4~")),
        XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("shipment"), 1);
    ck_assert_uint_eq(facts_of("exception"), 0);
}
END_TEST


START_TEST(shipments_add_up)
{
    order_out();
    ck_assert_int_eq(answer("SH", "856",
                         SHIP("S-1",
                             ITEM("4", "1", SHIRT, "140", "EA") "CTT*4~")),
        XD_WORK_DONE);

    /* The same notice again, with another quantity, replaces the first. */
    ck_assert_int_eq(answer("SH", "856",
                         SHIP("S-1",
                             ITEM("4", "1", SHIRT, "150", "EA") "CTT*4~")),
        XD_WORK_DONE);
    ck_assert_int_eq(answer("SH", "856",
                         SHIP("S-2",
                             ITEM("4", "1", SHIRT, "90", "EA") "CTT*4~")),
        XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("exception"), 0);

    ck_assert_int_eq(answer("SH", "856",
                         SHIP("S-3",
                             ITEM("4", "1", SHIRT, "1", "EA") "CTT*4~")),
        XD_WORK_DONE);
    ck_has(xd_text(only_case("x12.order.differs"), "text"),
        "241 in all, 240 ordered");
}
END_TEST


START_TEST(a_refused_order_is_awaited_no_more)
{
    order_out();
    ck_assert_int_eq(answer("PR", "855",
                         RESPONSE("RJ", "PO-1") LINE_1 "ACK*IR~CTT*1~"),
        XD_WORK_DONE);
    ck_text(fact_of("order-response", 0), "status", "rejected");
    ck_assert_uint_eq(facts_of("exception"), 0);
    ck_assert_int_eq(awaited(), 0);
}
END_TEST


START_TEST(an_invoice_counts_once)
{
    const char *bill = BILL("I-1", "PO-1", BILLED("240", "8", SHIRT), "192000");

    order_out();
    ck_assert_int_eq(answer("IN", "810", bill), XD_WORK_DONE);
    ck_assert_int_eq(answer("IN", "810", bill), XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("invoice"), 1);
    ck_text(only_case("x12.invoice.again"), "severity", "info");

    ck_assert_int_eq(answer("IN", "810",
                         BILL("I-1", "PO-1", BILLED("1", "8", SHIRT), "800")),
        XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("invoice"), 1);
    ck_text(fact_of("exception", 1), "code", "x12.invoice.changed");
    ck_text(fact_of("exception", 1), "severity", "error");

    ck_assert_int_eq(answer("IN", "810",
                         BILL("I-2", "PO-1", BILLED("1", "8", SHIRT), "800")),
        XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("invoice"), 2);
}
END_TEST


#define ORDER_IN(sender)                                                       \
    "GS*PO*" sender "*CROSSDOCK*20260504*0915*7*X*004010~ST*850*0001~"         \
    "BEG*00*SA*PO-7**20260504~CUR*BY*EUR~N1*BY*X*UL*4012345000016~"            \
    "N1*SU*ACME*1*123456789~N1*ST*DC*UL*9436465792104~"                        \
    "N3*1 MAIN ST~N4*DAYTON*OH*45402*US~"                                      \
    "PO1*1*2*EA*8**UK*04012345001013~CTT*1~SE*11*0001~GE*1*7~"

/* We sell, but for whom the profile turns round. */
START_TEST(an_order_is_what_the_profile_says)
{
    ck_assert_int_eq(give(interchange((ic_t){ .groups = ORDER_IN("ACME") })),
        XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("sales-order"), 1);

    ck_assert_int_eq(give_from("quiet", interchange((ic_t){ .sender = "QUIET",
                                            .groups = ORDER_IN("QUIET") })),
        XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("purchase-order"), 1);
    ck_assert_uint_eq(facts_of("exception"), 0);
}
END_TEST


/* Lines of three orders, of which two never went out. */
START_TEST(each_unknown_order_is_told_once)
{
    xd_str_t text;

    order_out();
    ck_assert_int_eq(
        answer("IN", "810",
            "BIG*20260508*I-1*20260504~CUR*SE*EUR~N1*SE*ACME*1*123456789~"
            "N1*BY*US*UL*4012345000016~"
            "IT1*1*241*EA*8**UK*" SHIRT "*PO*PO-1~"
            "IT1*2*1*EA*8**UK*" SHIRT "*PO*PO-8~"
            "IT1*3*1*EA*8**UK*" SHIRT "*PO*PO-8~"
            "IT1*4*1*EA*8**UK*" SHIRT "*PO*PO-9~TDS*195200~CTT*4~"),
        XD_WORK_DONE);
    text = xd_text(only_case("x12.order.unknown"), "text");
    ck_assert(xd_str_is(text,
        "no purchase order PO-8 went to acme; no purchase order PO-9 went to "
        "acme; PO-1 line 1: 241 in all, 240 ordered"));
}
END_TEST


/* Differences are told up to a limit, and the rest is counted. */
START_TEST(many_differences_fit_one_case)
{
    xd_str_t lines = XD_STR("");
    xd_str_t text;

    order_out();
    for (int i = 0; i < 50; i++) {
        lines = xd_fmt(arena, "%.*sIT1*%d*1*EA*8**UK*" OTHER "~", XD_FMT(lines),
            i + 10);
    }
    ck_assert_int_eq(answer("IN", "810",
                         xd_fmt(arena,
                             "BIG*20260508*I-1*20260504*PO-1~CUR*SE*EUR~"
                             "N1*SE*ACME*1*123456789~N1*BY*US*UL*4012345000016~"
                             "%.*sTDS*40000~CTT*50~",
                             XD_FMT(lines))
                             .ptr),
        XD_WORK_DONE);
    text = xd_text(only_case("x12.order.differs"), "text");
    ck_has(text, "PO-1 line 29: ");
    ck_has(text, "; and 30 more");
    ck_assert_uint_lt(text.len, 4000);
}
END_TEST


/* Every message and every allocation fails once. */
START_TEST(nothing_remains_of_a_failed_work)
{
    const char *bill = BILL("I-1", "PO-1", BILLED("241", "9", SHIRT), "216900");
    xd_work_rc_t rc = XD_WORK_PERMANENT;

    order_out();
    for (int n = 1; n <= 3; n++) {
        fail_sending_at = n;
        ck_assert_int_eq(answer("IN", "810", bill), XD_WORK_TRANSIENT);
    }

    for (size_t n = 1; rc != XD_WORK_DONE; n++) {
        ck_assert_int_eq(number("SELECT count(*) FROM claim"), 0);
        ck_assert_int_eq(number("SELECT count(*) FROM invoice"), 0);
        ck_assert_uint_eq(facts_of("invoice"), 0);
        fail_alloc_at = n;
        rc = answer("IN", "810", bill);
    }

    ck_assert_uint_eq(facts_of("invoice"), 1);
    (void) only_case("x12.order.differs");
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("x12");
    TCase *tc = tcase_create("match");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_unchecked_fixture(tc, load_maps, unload_maps);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, an_invoice_that_does_not_sum_up_is_no_fact);
    tcase_add_loop_test(tc, an_answer_is_held_against_its_order, 0,
        COUNT(rows));
    tcase_add_test(tc, a_shipment_of_an_unknown_order_is_no_case);
    tcase_add_test(tc, shipments_add_up);
    tcase_add_test(tc, a_refused_order_is_awaited_no_more);
    tcase_add_test(tc, an_invoice_counts_once);
    tcase_add_test(tc, an_order_is_what_the_profile_says);
    tcase_add_test(tc, each_unknown_order_is_told_once);
    tcase_add_test(tc, many_differences_fit_one_case);
    tcase_add_test(tc, nothing_remains_of_a_failed_work);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
