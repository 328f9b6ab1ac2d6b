/* SPDX-License-Identifier: BSD-2-Clause */

/* Posted JSON documents to facts. */

#include "t/unit/x12/played_relay.h"

#include "connectors/doc/doc.h"
#include "edi/shape.h"
#include "store/archive.h"

static doc_t doc;
static char archive[80], *order;
static int raw;


static void
setup(void)
{
    xd_str_t bytes;

    relay_setup(NULL);
    (void) snprintf(archive, sizeof(archive), "%s/archive", dir);
    doc = (doc_t){ .archive = archive, .findings = 1000 };
    ck_assert_int_eq(xd_file_read(arena,
                         "canonical-schemas/sales-order/examples/minimal.json",
                         0, &bytes),
        XD_OK);
    order = strdup(bytes.ptr);
    raw = 0;
}


static void
teardown(void)
{
    free(order);
    relay_teardown();
}


/* The example as a caller would post it: another meta, or none. */
static xd_str_t
posted(const char *meta)
{
    xd_node_t *tree = parse(order);
    xd_node_t *old = xd_get(tree, "meta");
    xd_buf_t out = { 0 };
    xd_str_t text;

    ck_assert(tree->first == old);
    tree->first = old->next;
    if (meta != NULL) {
        xd_node_t *made = parse(meta);

        made->key = XD_STR("meta");
        xd_node_add(arena, tree, made);
    }
    xd_json_write(&out, tree, XD_JSON_COMPACT);
    text = xd_dup(arena, xd_buf_str(&out));
    xd_buf_free(&out);

    return text;
}


static xd_message_t
message_of(xd_str_t body)
{
    return (xd_message_t){ .exchange = XD_STR("xd.raw"),
        .routing_key = XD_STR("in.json.webshop"),
        .content_type = XD_STR("application/json"),
        .message_id = xd_fmt(arena, "018f6c2e-0000-7000-8000-%012d", ++raw),
        .type = XD_STR("sales-order"),
        .body = body };
}


static xd_work_rc_t
give(xd_str_t body)
{
    xd_message_t m = message_of(body);

    return play(doc_inbound, &doc, &m);
}


START_TEST(meta_is_written_by_us)
{
    xd_str_t bytes = posted(NULL);
    xd_uuid_t id =
        XD_UUID5(XD_STR("doc"), XD_STR("018f6c2e-0000-7000-8000-000000000001"));
    const xd_node_t *fact;
    char hash[XD_SHA256_HEX + 1];

    ck_assert_int_eq(give(bytes), XD_WORK_DONE);
    ck_assert_uint_eq(sent.count, 1);
    fact = fact_of("sales-order", 0);
    xd_sha256_hex(bytes, hash);

    ck_text(fact, "meta.schema", "urn:retail:sales-order:1.0");
    ck_text(fact, "meta.id", id.text);
    ck_text(fact, "meta.event", "created");
    ck_text(fact, "meta.keyVersion", "1");
    ck_text(fact, "meta.source.system", "webshop");
    ck_text(fact, "meta.source.partner", "webshop");
    ck_text(fact, "meta.correlationId", "018f6c2e-0000-7000-8000-000000000001");
    ck_text(fact, "meta.causationId", "018f6c2e-0000-7000-8000-000000000001");
    ck_text(fact, "meta.origin.standard", "JSON");
    ck_text(fact, "meta.origin.sha256", hash);
    ck_assert(xd_str_eq(xd_text_at(fact, "meta.key"),
        xd_fmt(arena, "sales-order:webshop:%.*s",
            XD_FMT(xd_text(fact, "orderNo")))));
    ck_assert(!xd_truth(xd_get(fact, "meta"), "test", true));
    ck_assert(xd_archive_has(archive, xd_str(hash)));
    ck_assert(xd_str_is(sent_at(0)->message.exchange, "xd.order"));
}
END_TEST


/* Our own orders come the same way; the routes send them to suppliers. */
START_TEST(a_purchase_order_is_a_document_as_any)
{
    const char *path = "canonical-schemas/purchase-order/examples/typical.json";
    const xd_node_t *fact;
    xd_message_t m;
    xd_str_t bytes;

    free(order);
    ck_assert_int_eq(xd_file_read(arena, path, 0, &bytes), XD_OK);
    order = strdup(bytes.ptr);

    m = message_of(posted(NULL));
    m.routing_key = XD_STR("in.json.erp-out");
    m.type = XD_STR("purchase-order");
    ck_assert_int_eq(play(doc_inbound, &doc, &m), XD_WORK_DONE);
    ck_assert_uint_eq(sent.count, 1);

    fact = fact_of("purchase-order", 0);
    ck_text(fact, "meta.key", "purchase-order:erp-out:PO-100");
    ck_text(fact, "meta.source.partner", "erp-out");
    ck_assert(xd_str_is(sent_at(0)->message.exchange, "xd.order"));
    ck_has(sent_at(0)->message.routing_key, "purchase-order.created.v1.");
}
END_TEST


START_TEST(of_a_posted_meta_only_ext_and_test_are_believed)
{
    const xd_node_t *fact;

    ck_assert_int_eq(give(posted(
                         "{\"id\":\"018f6c2e-0000-7000-8000-00000000ffff\","
                         "\"key\":\"sales-order:other:1\",\"keyVersion\":99,"
                         "\"source\":{\"partner\":\"other\"},\"test\":true,"
                         "\"ext\":{\"webshop\":{\"basket\":[1,2]}}}")),
        XD_WORK_DONE);
    fact = fact_of("sales-order", 0);
    ck_text(fact, "meta.keyVersion", "1");
    ck_text(fact, "meta.source.partner", "webshop");
    ck_assert(!xd_str_is(xd_text_at(fact, "meta.id"),
        "018f6c2e-0000-7000-8000-00000000ffff"));
    ck_text(fact, "meta.ext.webshop.basket.1", "2");
    ck_assert(xd_truth(xd_get(fact, "meta"), "test", false));
}
END_TEST


START_TEST(a_repeat_has_the_same_id_and_an_order_again_the_next_version)
{
    xd_str_t bytes = posted(NULL);

    ck_assert_int_eq(give(bytes), XD_WORK_DONE);
    ck_assert_int_eq(give(bytes), XD_WORK_DONE);
    raw = 0;
    ck_assert_int_eq(give(bytes), XD_WORK_DONE);

    ck_text(fact_of("sales-order", 1), "meta.keyVersion", "2");
    ck_assert(xd_str_eq(sent_at(0)->message.message_id,
        sent_at(2)->message.message_id));
    ck_assert(!xd_str_eq(sent_at(0)->message.message_id,
        sent_at(1)->message.message_id));
}
END_TEST


static const struct {
    const char *body, *code, *text;
} bad[] = {
    { "", "doc.invalid", "1:1 " },
    { "{", "doc.invalid", "1:2 " },
    { "[]", "doc.invalid", "1:1 : a document is a JSON object" },
    { "\"order\"", "doc.invalid", "1:1 : a document is a JSON object" },
    { "null", "doc.invalid", "a document is a JSON object" },
    { "{\"orderNo\":\"1\",\"orderNo\":\"2\"}", "doc.invalid", "/orderNo" },
    { "{\"orderNo\":\"\"}", "doc.invalid", "" },
    { "{\n \"orderNo\": 5}", "doc.invalid", "2:13 /orderNo" },
    { "{\"meta\":5}", "doc.invalid", "" },
    { "\xEF\xBB\xBF{\"orderNo\":5}", "doc.invalid", "/orderNo" },
    { "{\"a\":\xff}", "doc.invalid", "1:6 " },
};


START_TEST(what_is_not_valid_is_refused_with_its_place)
{
    ck_assert_int_eq(give(xd_str(bad[_i].body)), XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, bad[_i].code);
    ck_assert_msg(strstr(last.text, bad[_i].text) != NULL, "%s", last.text);
    ck_assert_uint_eq(sent.count, 0);
    ck_assert_int_eq(number("SELECT count(*) FROM key_version"), 0);
}
END_TEST


START_TEST(an_order_whose_lines_do_not_sum_up_is_refused_by_its_rule)
{
    char *net = strstr(strstr(order, "\"net\""), "\"0\"");

    ck_assert_ptr_nonnull(net);
    net[1] = '7';
    ck_assert_int_eq(give(posted(NULL)), XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, "doc.invalid");
    ck_assert_msg(strstr(last.text, " /totals/net: ") != NULL, "%s", last.text);
    ck_assert_msg(strstr(last.text, "it says 7; the sum is 0 "
                                    "[sales-order.net]")
                      != NULL,
        "%s", last.text);
    ck_assert_uint_eq(sent.count, 0);
}
END_TEST


START_TEST(what_is_nested_too_deep_is_refused)
{
    xd_buf_t deep = { 0 };

    for (int i = 0; i < 200; i++) {
        xd_buf_text(&deep, "{\"a\":");
    }
    ck_assert_int_eq(give(xd_buf_str(&deep)), XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, "doc.limit");
    xd_buf_free(&deep);
}
END_TEST


START_TEST(a_byte_order_mark_is_no_fault)
{
    ck_assert_int_eq(give(xd_fmt(arena, "\xEF\xBB\xBF%.*s",
                         XD_FMT(posted(NULL)))),
        XD_WORK_DONE);
}
END_TEST


static const struct {
    const char *type, *key;
} unknown[] = {
    { "", "in.json.webshop" },
    { "sales-orders", "in.json.webshop" },
    { "../sales-order", "in.json.webshop" },
    { "sales-order", "in.json" },
    { "sales-order", "in.json.a.b" },
    { "sales-order", "in.json." },
};


START_TEST(what_is_not_addressed_is_refused)
{
    xd_message_t m = message_of(posted(NULL));

    m.type = xd_str(unknown[_i].type);
    m.routing_key = xd_str(unknown[_i].key);
    ck_assert_int_eq(play(doc_inbound, &doc, &m), XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, "doc.unknown");
    ck_assert_uint_eq(sent.count, 0);
}
END_TEST


START_TEST(a_failure_of_ours_is_tried_again)
{
    fail_sending_at = 1;
    ck_assert_int_eq(give(posted(NULL)), XD_WORK_TRANSIENT);
    ck_assert_str_eq(last.code, "doc.store");
    ck_assert_int_eq(number("SELECT count(*) FROM key_version"), 0);

    (void) snprintf(archive, sizeof(archive), "%s/x.db", dir);
    ck_assert_int_eq(give(posted(NULL)), XD_WORK_STUCK);
    ck_assert_str_eq(last.code, "doc.archive");
}
END_TEST


START_TEST(a_full_arena_refuses_the_whole)
{
    xd_str_t bytes = posted("{\"ext\":{\"webshop\":{\"a\":1}}}");
    int refused = 0;

    for (size_t n = 1, done = 0; done < 200; n++) {
        xd_work_rc_t rc;

        fail_alloc_at = n;
        sent = XD_VEC(sent_t);
        rc = give(bytes);

        if (rc == XD_WORK_DONE) {
            ck_assert_uint_eq(sent.count, 1);
            ck_text(fact_of("sales-order", 0), "meta.ext.webshop.a", "1");
            done++;
        } else {
            ck_assert_int_eq(rc, XD_WORK_PERMANENT);
            ck_assert_msg(strcmp(last.code, "doc.memory") == 0, "%zu: %s: %s",
                n, last.code, last.text);
            refused++;
            done = 0;
        }
        ck_assert_uint_lt(n, 10000);
    }

    ck_assert_int_gt(refused, 50);
}
END_TEST


/* -- XML ------------------------------------------------------------------ */

#define UBL "urn:oasis:names:specification:ubl:schema:xsd:"
#define ORDER                                                                  \
    "<Order xmlns='" UBL "Order-2' xmlns:c='" UBL "CommonBasicComponents-2' "  \
    "xmlns:a='" UBL "CommonAggregateComponents-2'><c:ID>7</c:ID>"              \
    "<c:IssueDate>2026-05-14</c:IssueDate>"                                    \
    "<c:DocumentCurrencyCode>EUR</c:DocumentCurrencyCode>"                     \
    "<a:Contract><c:ID>C-1</c:ID></a:Contract>"                                \
    "<a:BuyerCustomerParty><a:Party><a:PartyName><c:Name>B</c:Name>"           \
    "</a:PartyName></a:Party></a:BuyerCustomerParty>"                          \
    "<a:AnticipatedMonetaryTotal><c:LineExtensionAmount currencyID='EUR'>4"    \
    "</c:LineExtensionAmount><c:PayableAmount currencyID='EUR'>4"              \
    "</c:PayableAmount></a:AnticipatedMonetaryTotal><a:OrderLine><a:LineItem>" \
    "<c:ID>1</c:ID><c:Quantity unitCode='EA'>2</c:Quantity><a:Price>"          \
    "<c:PriceAmount currencyID='EUR'>2</c:PriceAmount></a:Price><a:Item>"      \
    "<c:Name>Pen</c:Name><a:SellersItemIdentification><c:ID>9</c:ID>"          \
    "</a:SellersItemIdentification></a:Item></a:LineItem></a:OrderLine>"       \
    "</Order>"


static xd_work_rc_t
give_xml(const char *text)
{
    const xd_mappings_env_t env = { "canonical-schemas", xd_edi_shapes };
    xd_message_t m = message_of(xd_str(text));
    xd_report_t none;

    xd_report_init(&none, NULL, 0);
    ck_assert_int_eq(xd_mappings_load(arena, "conf/maps", &env, &doc.maps,
                         &none),
        XD_OK);
    m.routing_key = XD_STR("in.xml.acme");
    m.type = XD_STR("");

    return play(doc_inbound, &doc, &m);
}


START_TEST(xml_is_read_by_its_map)
{
    const xd_node_t *fact;

    ck_assert_int_eq(give_xml(ORDER), XD_WORK_DONE);
    ck_assert_uint_eq(sent.count, 1);
    fact = fact_of("sales-order", 0);
    ck_text(fact, "orderNo", "7");
    ck_text(fact, "meta.key", "sales-order:acme:7");
    ck_text(fact, "meta.origin.standard", "UBL/2.1");
    ck_text(fact, "meta.origin.docType", "Order");
    ck_text(fact, "meta.origin.map", "ubl-order-sales/1");
    ck_text(fact, "meta.occurredAt", "2026-05-14T00:00:00.000Z");
    ck_assert_ptr_nonnull(
        xd_get(xd_get(xd_get(xd_get(fact, "meta"), "ext"), "ubl"),
            "/cac:Contract/0/cbc:ID/0"));
}
END_TEST


/* A fault has its place; nothing of the text is lost. */
START_TEST(xml_that_no_map_reads_is_refused)
{
    static const char *const texts[] = { "<a/>", "<a>", "",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "<Order xmlns='" UBL "Order-2'/>" };

    for (size_t i = 0; i < COUNT(texts); i++) {
        ck_assert_int_eq(give_xml(texts[i]), XD_WORK_PERMANENT);
        ck_assert_uint_eq(sent.count, 0);
    }
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("doc");
    TCase *tc = tcase_create("inbound");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, meta_is_written_by_us);
    tcase_add_test(tc, a_purchase_order_is_a_document_as_any);
    tcase_add_test(tc, of_a_posted_meta_only_ext_and_test_are_believed);
    tcase_add_test(tc,
        a_repeat_has_the_same_id_and_an_order_again_the_next_version);
    tcase_add_loop_test(tc, what_is_not_valid_is_refused_with_its_place, 0,
        COUNT(bad));
    tcase_add_test(tc,
        an_order_whose_lines_do_not_sum_up_is_refused_by_its_rule);
    tcase_add_test(tc, what_is_nested_too_deep_is_refused);
    tcase_add_test(tc, a_byte_order_mark_is_no_fault);
    tcase_add_loop_test(tc, what_is_not_addressed_is_refused, 0,
        COUNT(unknown));
    tcase_add_test(tc, a_failure_of_ours_is_tried_again);
    tcase_add_test(tc, a_full_arena_refuses_the_whole);
    tcase_add_test(tc, xml_is_read_by_its_map);
    tcase_add_test(tc, xml_that_no_map_reads_is_refused);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
