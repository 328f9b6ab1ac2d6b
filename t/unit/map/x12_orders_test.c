/* SPDX-License-Identifier: BSD-2-Clause */

/* Orders, their answers and invoices, line by line of their maps. */

#include "map/x12_map.h"
#include "t/unit/map/orders.h"

#define PO                                                                     \
    "'poNo':'1','buyerGln':'4012345000016','supplier':{'name':'A'},"           \
    "'shipTo':{'name':'B'},'orderDate':'2026-05-14'"
#define PO_LINE                                                                \
    "{'lineNo':1,'item':{'gtin':'04012345001013'},'qty':{'value':'1',"         \
    "'uom':'EA'},'netPrice':{'amount':'1','ccy':'EUR'}"


static xd_rc_t
writes(const char *document, const char *json)
{
    return writes_tree(map_out(document), quoted(json), &got);
}


START_TEST(refuses_what_850_cannot_say)
{
    static const struct {
        const char *json, *path;
    } some[] = {
        { "{" PO ",'lines':[" PO_LINE ",'priceBase':'12'}]}",
            "/lines/0/priceBase" },
        { "{" PO ",'lines':[" PO_LINE "}," PO_LINE ",'priceBase':'1000000'}]}",
            "/lines/1/priceBase" },
        { "{" PO ",'ccy':'USD','lines':[" PO_LINE "}]}", "/lines/0/netPrice" },
        { "{" PO ",'lines':[{'lineNo':1,'item':{'altIds':[{'scheme':'x',"
          "'value':'1'}]},'qty':{'value':'1','uom':'EA'},'netPrice':{'amount':"
          "'1','ccy':'EUR'}}]}",
            "/lines/0/item" },
        { "{" PO ",'lines':[{'lineNo':1,'item':{'gtin':'04012345001013'},"
          "'qty':{'value':'1','uom':'XXX'},'netPrice':{'amount':'1','ccy':"
          "'EUR'}}]}",
            "/lines/0/qty" },
        { "{" PO ",'allowances':[{'kind':'charge','amount':{'amount':'1.005',"
          "'ccy':'EUR'}}],'lines':[" PO_LINE "}]}",
            "/allowances/0/amount" },
        { "{" PO ",'terms':{'code':'NET30'},'lines':[" PO_LINE "}]}",
            "/terms/code" },
        { "{" PO ",'billTo':{'altIds':[{'scheme':'house','value':'1'}]},"
          "'lines':[" PO_LINE "}]}",
            "/billTo" },
    };

    for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
        ck_assert_msg(writes("purchase-order", some[i].json) == XD_E_SYNTAX,
            "%s", some[i].json);
        ck_assert_msg(told("map.refused", some[i].path), "%s", some[i].path);
    }
}
END_TEST


START_TEST(tells_what_is_left_out)
{
    ck_assert_int_eq(writes("purchase-order",
                         "{" PO ",'totals':{'net':{'amount':'1','ccy':'EUR'},"
                         "'tax':{'amount':'0.19','ccy':'EUR'}},'lines':["
                         "{'lineNo':1,'item':{'gtin':'04012345001013','altIds'"
                         ":[{'scheme':'house','value':'7'}]},'qty':{'value':"
                         "'1','uom':'EA'},'netPrice':{'amount':'1','ccy':"
                         "'EUR'}}]}"),
        XD_OK);
    ck_assert(told("map.lost", "/totals/tax/amount"));
    ck_assert(told("map.lost", "/lines/0/item/altIds/0/value"));
    ck_assert_uint_eq(xd_report_errors(&report), 0);
}
END_TEST


START_TEST(a_buyer_has_one_gln)
{
    ck_assert_int_eq(writes("purchase-order",
                         "{" PO ",'buyer':{'gln':'9436465792104','name':'A'},"
                         "'lines':[" PO_LINE "}]}"),
        XD_E_SYNTAX);
    ck_assert(told("map.refused", "/buyer"));
}
END_TEST


#define SET_850_OF                                                             \
    "{'ST':[{'1':'850'}],'BEG':[{'1':'%s','3':'O-1','5':'20260514'}],"
#define SET_850                                                                \
    "{'ST':[{'1':'850'}],'BEG':[{'1':'00','3':'O-1','5':'20260514'}],"
#define SET_PO1 "'PO1':[{'1':'1','2':'2','3':'EA','4':'3','6':'SK','7':'A'}]}"


START_TEST(other_orders_than_new_ones_are_refused)
{
    static const char *const codes[] = { "01", "04", "05", "07", "22", "ZZ" };
    const xd_mapping_t *map = map_in("850");

    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        xd_str_t json = xd_fmt(arena, SET_850_OF SET_PO1, codes[i]);

        xd_report_init(&report, arena, 100);
        ck_assert_int_eq(reads(map, quoted(json.ptr)), XD_E_SYNTAX);
        ck_assert(told("map.kind", NULL));
    }

    ck_assert_int_eq(reads(map, quoted(SET_850 SET_PO1)), XD_OK);
    ck_assert(told("map.currency", NULL));
    ck_assert(xd_str_is(xd_text(got, "ccy"), "USD"));
}
END_TEST


START_TEST(orders_without_what_must_be_are_refused)
{
    static const struct {
        const char *json, *path;
    } some[] = {
        { "{'ST':[{'1':'850'}],'BEG':[{'1':'00','5':'20260514'}]," SET_PO1,
            "/orderNo" },
        { SET_850 "'PO1':[{'2':'2','3':'EA','6':'SK','7':'A'}]}",
            "/lines/0/unitPrice" },
        { SET_850 "'PO1':[{'2':'2','3':'EA','4':'x','6':'SK','7':'A'}]}",
            "/lines/0/unitPrice" },
        { SET_850 "'PO1':[{'2':'2','3':'EA','4':'1'}]}", "/lines/0/item" },
        { SET_850 "'PO1':[{'2':'','3':'EA','4':'1','6':'SK','7':'A'}]}",
            "/lines/0/qty" },
        { SET_850 "'REF':[{'1':'DP','2':'1'}]}", "/lines" },
    };

    for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
        ck_assert_msg(reads(map_in("850"), quoted(some[i].json)) == XD_E_SYNTAX,
            "%s", some[i].json);
        ck_assert_msg(told("map.missing", some[i].path), "%s", some[i].path);
    }
}
END_TEST


/* An allowance by rate alone has no amount: it stays in the residue. */
START_TEST(allowances_without_amount_are_left)
{
    ck_assert_int_eq(reads(map_of("850", "purchase-order"),
                         quoted("{'ST':[{'1':'850'}],'BEG':[{'1':'00','3':"
                                "'O-1','5':'20260514'}],'SAC':[{'1':'A','2':"
                                "'C310','6':'3','7':'5'}],'N1':[{'1':'BY','3':"
                                "'UL','4':'4012345000016'},{'1':'VN','2':'A'},"
                                "{'1':'ST','2':'B'}]," SET_PO1)),
        XD_OK);
    ck_assert_uint_eq(xd_get(got, "allowances")->count, 0);
    ck_assert(told("map.missing", "/allowances/0/amount"));
    ck_assert_uint_eq(xd_report_errors(&report), 0);
    ck_assert(xd_str_is(xd_text(xd_get(left, "/SAC/0"), "2"), "C310"));
}
END_TEST


#define SET_855 "{'ST':[{'1':'855'}],'BAK':[{'1':'00','2':'%s','3':'PO-1'}],"


static const char *
status_of(const char *kind, const char *lines)
{
    xd_str_t json = xd_fmt(arena, SET_855 "%s}", kind, lines);

    xd_report_init(&report, arena, 100);
    ck_assert_msg(reads(map_of("855", "order-response"), quoted(json.ptr))
                      == XD_OK,
        "%s", json.ptr);
    fits_the_schema("order-response", got);

    return xd_dup(arena, xd_text(got, "status")).ptr;
}


START_TEST(answers_say_what_their_lines_say)
{
#define ACK(code) "{'1':'1','ACK':[{'1':'" code "','2':'5','3':'EA'}]}"
    ck_assert_str_eq(status_of("AT", "'REF':[]"), "accepted");
    ck_assert_str_eq(status_of("RJ", "'REF':[]"), "rejected");
    ck_assert_str_eq(status_of("AD", "'PO1':[" ACK("IA") "]"), "accepted");
    ck_assert_str_eq(status_of("AD", "'PO1':[" ACK("IA") "," ACK("IB") "]"),
        "changed");
    ck_assert(told("map.status", NULL));
    ck_assert_str_eq(status_of("AC", "'PO1':[" ACK("IA") "]"), "changed");
    ck_assert_str_eq(status_of("NA", "'PO1':[" ACK("R2") "]"), "rejected");
    ck_assert_str_eq(status_of("NA", "'PO1':[" ACK("IB") "]"), "changed");
    ck_assert_str_eq(status_of("RD", "'PO1':[{'1':'1'}]"), "rejected");
    ck_assert(xd_str_is(xd_text_at(got, "lines.0.status"), "rejected"));
}
END_TEST


START_TEST(split_and_odd_lines_are_changed)
{
    (void) status_of("AC", "'PO1':[{'1':'1','ACK':[{'1':'IR'},{'1':'IA','2':"
                           "'3','3':'EA'},{'1':'IB','2':'2','3':'EA'}]}]");
    ck_assert(xd_str_is(xd_text_at(got, "lines.0.status"), "changed"));
    ck_assert(xd_str_is(xd_text_at(got, "lines.0.qty.value"), "3"));
    ck_assert(told("map.split", NULL));

    (void) status_of("AC", "'PO1':[" ACK("IH") "," ACK("IS") "]");
    ck_assert(xd_str_is(xd_text_at(got, "lines.0.status"), "changed"));
    ck_assert(xd_str_is(xd_text_at(got, "lines.1.status"), "changed"));
    ck_assert(told("map.value", NULL));
}
END_TEST


START_TEST(credits_are_no_invoices)
{
    ck_assert_int_eq(reads(map_of("810", "invoice"),
                         quoted("{'ST':[{'1':'810'}],'BIG':[{'1':'20260514',"
                                "'2':'I-1','7':'CR'}]}")),
        XD_E_SYNTAX);
    ck_assert(told("map.kind", NULL));
}
END_TEST


/* Parties that an invoice does not name, taxes that have no rate, nets that no
 * line says. */
START_TEST(sparse_invoices_are_read)
{
    ck_assert_int_eq(
        reads(map_of("810", "invoice"),
            quoted("{'ST':[{'1':'810'}],'BIG':[{'1':'20260514','2':'I-1'}],"
                   "'CUR':[{'1':'SE','2':'JPY'}],'N1':[{'1':'RE','2':'BANK'},"
                   "{'1':'ST','2':'STORE'}],'IT1':[{'2':'3','3':'EA','4':"
                   "'1250','5':'HP','6':'SK','7':'A'}],'TDS':[{'1':'4700'}],"
                   "'TXI':[{'1':'ST','2':'9'}]}")),
        XD_OK);
    fits_the_schema("invoice", got);
    ck_assert(xd_str_is(xd_text_at(got, "seller.name"), "BANK"));
    ck_assert(xd_str_is(xd_text_at(got, "buyer.name"), "STORE"));
    ck_assert(told("map.party", NULL));
    ck_assert(xd_str_is(xd_text_at(got, "lines.0.net.amount"), "38"));
    ck_assert(xd_str_is(xd_text_at(got, "totals.gross.amount"), "47"));
    ck_assert(xd_str_is(xd_text_at(got, "totals.net.amount"), "38"));
    ck_assert_uint_eq(xd_get(got, "taxes")->count, 0);
}
END_TEST


START_TEST(invoices_that_do_not_add_up_are_not_written)
{
    xd_node_t *doc = example("invoice", "typical"), *set;
    xd_node_t *tax = xd_get(xd_get(doc, "totals"), "tax");

    xd_get(tax, "amount")->text = XD_STR("587.36");
    ck_assert_int_eq(writes_tree(map_out("invoice"), doc, &set), XD_E_SYNTAX);
    ck_assert(told("map.refused", "/totals"));
}
END_TEST


/* -- codes, memory -------------------------------------------------------- */

/* The table of units is the list of canonical-schemas/codes, both ways. */
START_TEST(units_are_those_of_the_code_list)
{
    const xd_node_t *list = sample("canonical-schemas/codes/x12-355.json");
    size_t rows = 0;

    xd_each (row, xd_get(list, "codes")) {
        xd_str_t code = xd_text(row, "code"), unit = xd_text(row, "rec20");
        const char *name = map_code(x12_units, code);

        ck_assert_msg(name != NULL && xd_str_is(unit, name), "%.*s",
            XD_FMT(code));
        if (xd_truth(row, "preferred", true)) {
            ck_assert_msg(xd_str_is(code, map_code_of(x12_units, unit)), "%.*s",
                XD_FMT(unit));
        }
        rows++;
    }

    while (rows > 0 && x12_units[rows - 1].code != NULL) {
        rows--;
    }
    ck_assert_uint_eq(rows, 0);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("map");
    TCase *tc = tcase_create("x12_orders");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 60);
    tcase_add_unchecked_fixture(tc, load_maps, unload_maps);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, refuses_what_850_cannot_say);
    tcase_add_test(tc, tells_what_is_left_out);
    tcase_add_test(tc, a_buyer_has_one_gln);
    tcase_add_test(tc, other_orders_than_new_ones_are_refused);
    tcase_add_test(tc, orders_without_what_must_be_are_refused);
    tcase_add_test(tc, allowances_without_amount_are_left);
    tcase_add_test(tc, answers_say_what_their_lines_say);
    tcase_add_test(tc, split_and_odd_lines_are_changed);
    tcase_add_test(tc, credits_are_no_invoices);
    tcase_add_test(tc, sparse_invoices_are_read);
    tcase_add_test(tc, invoices_that_do_not_add_up_are_not_written);
    tcase_add_test(tc, units_are_those_of_the_code_list);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
