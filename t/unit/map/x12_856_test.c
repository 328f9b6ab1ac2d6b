/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Ship notice to shipment.  The map reads trees as edi/grade.h makes them;
 * here they are JSON, with ' for ".  That the grader makes the tree of the
 * full sample is tested in t/unit/edi/tree_test.c.
 */

#include "t/unit/map/orders.h"

#define HEAD                                                                   \
    "{'ST':[{'1':'856','2':'0001'}],"                                          \
    "'BSN':[{'1':'00','2':'A1','3':'20260514','4':'0925'}],"
#define PARTIES                                                                \
    "'N1':[{'1':'SF','2':'ACME'},{'1':'ST','2':'DC','3':'92','4':'D1'}]"
#define ITEM "'LIN':[{'2':'VN','3':'AC-1'}],'SN1':[{'2':'5','3':'EA'}]"
#define TAIL "}"

static xd_rc_t
map(const char *json)
{
    got = NULL;

    return reads(map_in("856"), quoted(json));
}


static xd_str_t
at(const char *path)
{
    xd_str_t text = xd_text_at(got, path);

    return text.ptr != NULL ? text : XD_STR("(nothing)");
}


#define ck_is(path, want)                                                      \
    ck_assert_msg(xd_str_is(at(path), want), "%s is %.*s", path,               \
        XD_FMT(at(path)))


START_TEST(maps_the_full_sample)
{
    const xd_node_t *set = sample("t/cases/x12/asn-pick-and-pack.tree.json");
    const xd_node_t *want = sample("t/cases/x12/asn-pick-and-pack.map.json");

    ck_assert_int_eq(reads(map_in("856"), set), XD_OK);
    ck_assert(xd_node_equal(got, xd_get(want, "shipment")));
    ck_assert(xd_node_equal(left, xd_get(want, "residue")));
    ck_assert_uint_eq(report.nkept, 0);
    fits_the_schema("shipment", got);
}
END_TEST


START_TEST(items_without_packs_stand_in_the_load)
{
    ck_assert_int_eq(map(HEAD
                         "'HL':[{'1':'1','3':'S'," PARTIES ",'HL':["
                         "{'1':'2','3':'O','PRF':[{'1':'PO-1'}],'HL':["
                         "{'1':'3','3':'I'," ITEM "},{'1':'4','3':'I'," ITEM
                         "}]},"
                         "{'1':'5','3':'P','MAN':[{'1':'ZZ','2':'BOX'}],'HL':["
                         "{'1':'6','3':'I'," ITEM "}]}]}]" TAIL),
        XD_OK);
    ck_is("units.0.kind", "load");
    ck_is("units.0.contents.1.poNo", "PO-1");
    ck_is("units.0.contents.1.lineNo", "2");
    ck_is("units.1.kind", "carton");
    ck_is("units.1.altIds.0.scheme", "x12-88-ZZ");
    ck_is("units.1.contents.0.lineNo", "3");
    ck_is("units.1.contents.0.poNo", "(nothing)");
    ck_is("shippedAt", "2026-05-14T09:25:00.000Z");
    ck_assert(told("map.zone", NULL));
    fits_the_schema("shipment", got);
}
END_TEST


START_TEST(packs_below_items_hold_them)
{
    ck_assert_int_eq(map(HEAD
                         "'HL':[{'1':'1','3':'S'," PARTIES ",'HL':["
                         "{'1':'2','3':'I'," ITEM
                         ",'HL':[{'1':'3','3':'P','MAN':"
                         "[{'1':'GM','2':'00340123450000000017'}]}]}]}]" TAIL),
        XD_OK);
    ck_is("units.0.sscc", "340123450000000017");
    ck_is("units.0.contents.0.qty.value", "5");
    ck_is("units.1.kind", "(nothing)");
    fits_the_schema("shipment", got);
}
END_TEST


START_TEST(an_item_over_several_packs_is_told)
{
    ck_assert_int_eq(map(HEAD "'HL':[{'1':'1','3':'S'," PARTIES ",'HL':["
                              "{'1':'2','3':'I'," ITEM
                              ",'HL':[{'1':'3','3':'P'},"
                              "{'1':'4','3':'P'}]}]}]" TAIL),
        XD_OK);
    ck_assert(told("map.spread", NULL));
    ck_is("units.0.kind", "load");
    ck_is("units.0.contents.0.qty.value", "5");
    ck_is("units.2.kind", "carton");
    fits_the_schema("shipment", got);
}
END_TEST


START_TEST(pallets_nest)
{
    ck_assert_int_eq(
        map(HEAD "'HL':[{'1':'1','3':'S'," PARTIES
                 ",'HL':[{'1':'2','3':'T','HL':["
                 "{'1':'3','3':'P','PO4':[{'1':'1'}],'HL':[{'1':'4','3':'O',"
                 "'PRF':[{'1':'PO-9','5':'44'}],'HL':[{'1':'5','3':'I'," ITEM
                 "}]}]}]}]}]" TAIL),
        XD_OK);
    ck_is("units.1.parent", "1");
    ck_is("units.1.contents.0.poNo", "PO-9");
    ck_is("units.1.contents.0.lineNo", "44");
    fits_the_schema("shipment", got);
}
END_TEST


/* Values in, what the document says. */
static const struct {
    const char *level; /* members of the S level beside parties */
    const char *item;  /* the item's own members */
    const char *path, *value;
    const char *rule; /* NULL: none but the zone */
} values[] = {
    { "", "'LIN':[{'2':'UP','3':'042100005264'}],'SN1':[{'2':'.5','3':'LB'}]",
        "units.0.contents.0.item.gtin", "00042100005264", NULL },
    { "", "'LIN':[{'2':'UP','3':'042100005264'}],'SN1':[{'2':'.5','3':'LB'}]",
        "units.0.contents.0.qty.value", "0.5", NULL },
    { "", "'LIN':[{'2':'UP','3':'042100005264'}],'SN1':[{'2':'.5','3':'LB'}]",
        "units.0.contents.0.qty.uom", "LBR", NULL },
    { "", "'LIN':[{'2':'UP','3':'042100005265'}],'SN1':[{'2':'5','3':'EA'}]",
        "units.0.contents.0.item.altIds.0.scheme", "x12-235-UP", "map.gtin" },
    { "", "'LIN':[{'2':'ZZ','3':'Q'}],'SN1':[{'2':'5','3':'QQ'}]",
        "units.0.contents.0.qty.uom", "QQ", "map.unit" },
    { "", "'LIN':[{'1':'007','2':'ZZ','3':'Q'}],'SN1':[{'2':'5','3':'EA'}]",
        "units.0.contents.0.lineNo", "7", NULL },
    { "",
        "'LIN':[{'1':'A7','2':'ZZ','3':'Q'}],"
        "'SN1':[{'1':'12','2':'5','3':'EA'}]",
        "units.0.contents.0.lineNo", "12", NULL },
    { "",
        "'LIN':[{'2':'VN','3':'A','4':'LT','5':'L1'}],"
        "'SN1':[{'2':'5','3':'EA'}],'REF':[{'1':'LT','2':'L2'}]",
        "units.0.contents.0.lot", "L1", NULL },
    { "'DTM':[{'1':'011','2':'20260514','3':'2330','4':'PD'}]", ITEM,
        "shippedAt", "2026-05-15T06:30:00.000Z", NULL },
    { "'DTM':[{'1':'011','2':'20261399'}]", ITEM, "shippedAt",
        "2026-05-14T09:25:00.000Z", NULL },
    { "'DTM':[{'1':'017','2':'20260516','3':'12','4':'UT'}]", ITEM, "eta",
        "2026-05-16T12:00:00.000Z", NULL },
    { "'DTM':[{'1':'067','2':'260516'}]", ITEM, "eta", "2026-05-16", NULL },
    { "'TD5':[{'2':'2','3':'UPSN'}]", ITEM, "carrier.scac", "UPSN", NULL },
    { "'TD5':[{'2':'2','3':'FED2'}]", ITEM, "carrier.scac", "(nothing)", NULL },
    { "'TD5':[{'5':'BY TRUCK'}]", ITEM, "carrier.name", "BY TRUCK", NULL },
    { "'REF':[{'1':'CN','2':'T1'},{'1':'CN','2':'T1'},{'1':'2I','2':'T2'}]",
        ITEM, "tracking.1", "T2", NULL },
    { "'REF':[{'1':'MB','2':'M'},{'1':'BM','2':'B'}]", ITEM, "bol", "B", NULL },
    { "'TD1':[{'6':'G','7':'12.50','8':'KG'}]", ITEM, "weight.value", "12.50",
        NULL },
    { "'TD1':[{'7':'12.50'}]", ITEM, "weight.value", "(nothing)", NULL },
};

START_TEST(carries_values_over)
{
    const char *level = values[_i].level;
    xd_str_t json = xd_fmt(arena,
        "%s'HL':[{'1':'1','3':'S',%s%s%s,'HL':["
        "{'1':'2','3':'I',%s}]}]}",
        HEAD, level, level[0] != '\0' ? "," : "", PARTIES, values[_i].item);

    ck_assert_int_eq(map(json.ptr), XD_OK);
    ck_is(values[_i].path, values[_i].value);
    ck_assert_uint_eq(report.count[XD_WARNING], values[_i].rule != NULL);
    ck_assert(values[_i].rule == NULL || told(values[_i].rule, NULL));
    fits_the_schema("shipment", got);
}
END_TEST


/* Names of partners who send ISO 8859-1, and what no text may hold. */
START_TEST(texts_become_utf8)
{
    static const struct {
        const char *raw, *want;
    } texts[] = { { "CAF\xc9", "CAF\xc3\x89" },
        { "CAF\xc3\x89", "CAF\xc3\x89" }, { " A\tB\x7f", "A B" },
        { "A\x85\xe9", "A \xc3\xa9" } };
    const char *json = "{\"BSN\":[{\"2\":\"A1\",\"3\":\"20260514\"}],"
                       "\"HL\":[{\"3\":\"S\",\"N1\":[{\"1\":\"SF\","
                       "\"2\":\"A\"},{\"1\":\"ST\",\"2\":\"B\"}],"
                       "\"LIN\":[{\"2\":\"VN\",\"3\":\"C\"}],"
                       "\"SN1\":[{\"2\":\"1\",\"3\":\"EA\"}]}]}";

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        xd_node_t *set = tree(xd_str(json));
        xd_node_t *name = xd_pointer(set, XD_STR("/HL/0/N1/0/2"));

        name->text = xd_str(texts[i].raw);
        ck_assert_int_eq(reads(map_in("856"), set), XD_OK);
        ck_is("shipFrom.name", texts[i].want);
        fits_the_schema("shipment", got);
    }
}
END_TEST


START_TEST(a_bad_sscc_is_kept_as_a_mark)
{
    ck_assert_int_eq(map(HEAD "'HL':[{'1':'1','3':'S'," PARTIES
                              ",'HL':[{'1':'2','3':'P','MAN':["
                              "{'1':'GM','2':'00340123450000000018'}],"
                              "'HL':[{'1':'3','3':'I'," ITEM "}]}]}]" TAIL),
        XD_OK);
    ck_assert(told("map.sscc", NULL));
    ck_is("units.0.sscc", "(nothing)");
    ck_is("units.0.altIds.0.value", "00340123450000000018");
    fits_the_schema("shipment", got);
}
END_TEST


/* What makes a shipment impossible, and the member that is named. */
static const struct {
    const char *json, *path;
} impossible[] = {
    { "{'HL':[{'1':'1','3':'S'," PARTIES "," ITEM "}]}", "/shipmentNo" },
    { HEAD "'HL':[{'1':'1','3':'S','N1':[{'1':'ST','2':'DC'}]," ITEM "}]}",
        "/shipFrom" },
    { HEAD "'HL':[{'1':'1','3':'S','N1':[{'1':'SF','2':'A'}]," ITEM "}]}",
        "/shipTo" },
    { HEAD "'HL':[{'1':'1','3':'S'," PARTIES "}]}", "/units" },
    { HEAD "'HL':[{'1':'1','3':'S'," PARTIES ",'LIN':[{'2':'VN','3':'A'}]}]}",
        "/units/0/contents/0/qty" },
    { "{}", "/shipmentNo" },
};

START_TEST(says_why_a_shipment_cannot_be_made)
{
    ck_assert_int_eq(map(impossible[_i].json), XD_E_SYNTAX);
    ck_assert_ptr_null(got);
    ck_assert_uint_gt(report.count[XD_ERROR], 0);

    for (size_t i = 0; i < report.nkept; i++) {
        if (xd_str_is(report.kept[i].path, impossible[_i].path)) {
            return;
        }
    }
    ck_abort_msg("%s is not named", impossible[_i].path);
}
END_TEST


START_TEST(no_residue_is_none)
{
    ck_assert_int_eq(
        map("{'BSN':[{'2':'A1'}],"
            "'HL':[{'1':'1','3':'S','DTM':[{'1':'011','2':'20260514'}]," PARTIES
            ",'HL':[{'1':'2','3':'I'," ITEM "}]}]}"),
        XD_OK);
    ck_assert_ptr_null(left);
}
END_TEST


START_TEST(survives_a_full_arena_anywhere)
{
    const xd_node_t *set = sample("t/cases/x12/asn-pick-and-pack.tree.json");
    xd_arena_t *small = xd_arena_new(0);
    xd_rc_t rc = XD_E_MEMORY;
    size_t n = 1;

    for (; rc == XD_E_MEMORY && n < 100000; n++) {
        xd_arena_reset(small);
        xd_arena_fail_at(small, n);
        got = NULL;
        rc = xd_mapping_read(map_in("856"), small, set, &report, NULL, &got,
            &left);
        xd_arena_fail_at(small, 0);
        ck_assert((rc == XD_OK) == (got != NULL));
    }

    ck_assert_int_eq(rc, XD_OK);
    ck_assert_uint_gt(n, 100);
    xd_arena_free(small);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("map");
    TCase *tc = tcase_create("x12_856");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 60);
    tcase_add_unchecked_fixture(tc, load_maps, unload_maps);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, maps_the_full_sample);
    tcase_add_test(tc, items_without_packs_stand_in_the_load);
    tcase_add_test(tc, packs_below_items_hold_them);
    tcase_add_test(tc, an_item_over_several_packs_is_told);
    tcase_add_test(tc, pallets_nest);
    tcase_add_loop_test(tc, carries_values_over, 0,
        (int) (sizeof(values) / sizeof(values[0])));
    tcase_add_test(tc, texts_become_utf8);
    tcase_add_test(tc, a_bad_sscc_is_kept_as_a_mark);
    tcase_add_loop_test(tc, says_why_a_shipment_cannot_be_made, 0,
        (int) (sizeof(impossible) / sizeof(impossible[0])));
    tcase_add_test(tc, no_residue_is_none);
    tcase_add_test(tc, survives_a_full_arena_anywhere);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
