/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Both directions of the maps.  The laws: what was written says, read again,
 * all that the document said; what was read, written and read again, is the
 * same document.  Trees are those of t/cases/x12; that they are written and
 * read as the files beside them is tested in t/unit/edi/write_test.c.
 */

#include "t/unit/map/generate.h"

/* -- examples ------------------------------------------------------------- */

START_TEST(typical_documents_become_the_sample)
{
    const xd_mapping_t *map = map_out(outward[_i].document);
    const xd_node_t *want =
        sample(xd_fmt(arena, CASES "%s.tree.json", outward[_i].tree).ptr);
    xd_node_t *set = NULL;

    ck_assert_int_eq(writes_tree(map, example(outward[_i].document, "typical"),
                         &set),
        XD_OK);
    ck_assert_uint_eq(report.nkept, 0);
    ck_assert_msg(xd_node_equal(set, want), "%.*s", XD_FMT(shown(set)));
}
END_TEST


START_TEST(examples_go_out_and_come_back)
{
    static const char *const names[] = { "minimal", "typical" };

    for (size_t i = 0; i < 2; i++) {
        laws(map_out(outward[_i].document),
            example(outward[_i].document, names[i]));
    }
}
END_TEST


/* What X12 cannot say is named, member by member. */
START_TEST(extreme_documents_are_refused)
{
    static const char *const paths[][3] = {
        { "/poNo", "/note", "/lines/0/item/description" },
        { "/poNo", "/supplier", "/lines/0/qty" },
        { "/invoiceNo", "/totals/gross", "/lines/0/pricedQty" },
    };
    xd_node_t *set = NULL;

    ck_assert_int_eq(writes_tree(map_out(outward[_i].document),
                         example(outward[_i].document, "extreme"), &set),
        XD_E_SYNTAX);
    ck_assert_ptr_null(set);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_msg(told("map.refused", paths[_i][i]), "%s", paths[_i][i]);
    }
}
END_TEST


START_TEST(inbound_order_is_a_sales_order)
{
    const xd_mapping_t *map = map_in("850");
    const xd_node_t *want = sample(CASES "order-in.map.json");

    ck_assert_str_eq(map->document, "sales-order");
    ck_assert(!map->writes);
    ck_assert_int_eq(reads(map, sample(CASES "order-in.tree.json")), XD_OK);
    ck_assert_uint_eq(report.count[XD_WARNING], 0);
    ck_assert_msg(xd_node_equal(got, xd_get(want, "sales-order")), "%.*s",
        XD_FMT(shown(got)));
    ck_assert(xd_node_equal(left, xd_get(want, "residue")));
    fits_the_schema("sales-order", got);
}
END_TEST


START_TEST(maps_are_found)
{
    const xd_mapping_query_t none = { .document = XD_STR("sales-order") };

    ck_assert_str_eq(map_in("855")->document, "order-response");
    ck_assert_str_eq(map_in("810")->document, "invoice");
    ck_assert_str_eq(map_in("856")->document, "shipment");
    ck_assert_str_eq(map_in("860")->document, "order-change");
    ck_assert_ptr_null(map_in("204"));
    ck_assert_str_eq(map_out("purchase-order")->set, "850");
    ck_assert_ptr_null(xd_mapping_out(&maps, &none));
    ck_assert_ptr_null(
        xd_mapping_in(&maps, &(xd_mapping_query_t){ .set = XD_STR("850"),
                                 .document = XD_STR("order-response") }));
}
END_TEST


START_TEST(generated_documents_go_out_and_come_back)
{
    for (uint32_t n = 0; n < 150; n++) {
        xd_arena_reset(arena);
        xd_report_init(&report, arena, 100);
        laws(map_out(outward[_i].document), generated(_i, n));
    }
}
END_TEST


/* What no schema would let through is written or refused, no more. */
START_TEST(broken_documents_do_no_harm)
{
    harmless(map_out(outward[_i].document),
        example(outward[_i].document, "typical"));
}
END_TEST


START_TEST(full_arena_is_told)
{
    const xd_mapping_t *map = map_out(outward[_i].document);
    const xd_node_t *doc = example(outward[_i].document, "typical");
    xd_node_t *set = NULL;
    xd_rc_t rc = XD_E_MEMORY;

    for (size_t n = 1; rc != XD_OK; n++) {
        ck_assert_uint_lt(n, 10000);
        xd_arena_fail_at(arena, n);
        rc = writes_tree(map, doc, &set);
        xd_arena_fail_at(arena, 0);
        ck_assert_msg(rc == XD_OK || rc == XD_E_MEMORY, "write, %zu", n);
    }

    rc = XD_E_MEMORY;
    for (size_t n = 1; rc != XD_OK; n++) {
        ck_assert_uint_lt(n, 10000);
        xd_arena_fail_at(arena, n);
        rc = reads(map, set);
        xd_arena_fail_at(arena, 0);
        ck_assert_msg(rc == XD_OK || rc == XD_E_MEMORY, "read, %zu", n);
    }
}
END_TEST


START_TEST(full_arena_is_told_of_a_sales_order)
{
    const xd_node_t *set = sample(CASES "order-in.tree.json");
    xd_rc_t rc = XD_E_MEMORY;

    for (size_t n = 1; rc != XD_OK; n++) {
        ck_assert_uint_lt(n, 10000);
        xd_arena_fail_at(arena, n);
        rc = reads(map_in("850"), set);
        xd_arena_fail_at(arena, 0);
        ck_assert(rc == XD_OK || rc == XD_E_MEMORY);
    }
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("map");
    TCase *tc = tcase_create("x12_laws");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 60);
    tcase_add_unchecked_fixture(tc, load_maps, unload_maps);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, typical_documents_become_the_sample, 0, OUTWARD);
    tcase_add_loop_test(tc, examples_go_out_and_come_back, 0, OUTWARD);
    tcase_add_loop_test(tc, extreme_documents_are_refused, 0, OUTWARD);
    tcase_add_test(tc, inbound_order_is_a_sales_order);
    tcase_add_test(tc, maps_are_found);
    tcase_add_loop_test(tc, generated_documents_go_out_and_come_back, 0,
        OUTWARD);
    tcase_add_loop_test(tc, broken_documents_do_no_harm, 0, OUTWARD);
    tcase_add_loop_test(tc, full_arena_is_told, 0, OUTWARD);
    tcase_add_test(tc, full_arena_is_told_of_a_sales_order);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
