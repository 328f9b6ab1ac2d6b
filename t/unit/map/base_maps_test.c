/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Maps of EDI beside those of orders, answers, ship notices and invoices, both
 * ways: what a document says goes out in a set and comes back, but for members
 * that the set has no place for, and those are told.
 */

#include "edi/grade.h"
#include "t/unit/map/orders.h"

#define WITHOUT 12

#define RECADV                                                                 \
    {                                                                          \
        "sscc", "sealIntact", "final", "lines.status", "lines.reason"          \
    }

static const struct {
    const char *document, *set, *version;
    const char *without[WITHOUT]; /* members, dotted, of the document */
} rows[] = {
    { "order-change", "860", "", { NULL } },
    { "receipt", "861", "", { "sealIntact", "final", "lines.status" } },
    { "payment", "820", "", { NULL } },
    { "fulfilment", "940", "",
        { "method", "priority", "lines.qtyDone.=0", "lines.shortReason" } },
    { "fulfilment", "945", "",
        { "lines.item.altIds", "method", "priority", "releasedAt", "slaDueAt",
            "lines.shortReason" } },
    { "transfer", "943", "",
        { "reason", "receivedAt", "lines.qtyRecv", "lines.varianceReason" } },
    { "order-change", "ORDCHG", "D96A", { NULL } },
    { "order-change", "ORDCHG", "D01B", { NULL } },
    { "receipt", "RECADV", "D96A", RECADV },
    { "receipt", "RECADV", "D01B", RECADV },
    { "payment", "REMADV", "D96A", { NULL } },
    { "payment", "REMADV", "D01B", { NULL } },
};

#define ROWS ((int) (sizeof(rows) / sizeof(rows[0])))


static const xd_mapping_t *
map_of_row(int i)
{
    const xd_mapping_query_t query = { .set = xd_str(rows[i].set),
        .version = xd_str(rows[i].version),
        .document = xd_str(rows[i].document) };
    const xd_mapping_t *map = xd_mapping_out(&maps, &query);

    ck_assert_msg(map != NULL, "%s", rows[i].set);

    return map;
}


/* Takes a member away, from every entry of an array on its way; or, by "=0" in
 * the place of a last name, makes a quantity nothing. */
static unsigned
take(xd_node_t *node, xd_str_t path)
{
    xd_str_t rest = path, name;
    xd_node_t **at;
    unsigned n = 0;

    if (node == NULL || node->kind == XD_ARRAY) {
        for (xd_node_t *one = node != NULL ? node->first : NULL; one != NULL;
             one = one->next)
        {
            n += take(one, path);
        }
        return n;
    }

    name = xd_str_cut(&rest, '.');
    if (xd_str_starts(rest, XD_STR("="))) {
        xd_get(xd_get_str(node, name), "value")->text = XD_STR("0");
        return 1;
    }
    if (rest.ptr != NULL) {
        return take(xd_get_str(node, name), rest);
    }

    node->last = NULL;
    for (at = &node->first; *at != NULL;) {
        if (xd_str_eq((*at)->key, name)) {
            *at = (*at)->next;
            node->count--;
            n++;
        } else {
            node->last = *at;
            at = &(*at)->next;
        }
    }

    return n;
}


/* What the row says to leave out is lost, or refused, and that is told. */
static void
leave_out(int i, xd_node_t *doc)
{
    xd_node_t *set = NULL;
    bool told_it = writes_tree(map_of_row(i), doc, &set) == XD_E_SYNTAX
                   || told("map.lost", NULL);

    for (size_t w = 0; w < WITHOUT && rows[i].without[w] != NULL; w++) {
        ck_assert_msg(told_it, "%s was lost, and not told", rows[i].without[w]);
        ck_assert_msg(take(doc, xd_str(rows[i].without[w])) > 0, "%s",
            rows[i].without[w]);
    }
}


START_TEST(examples_go_out_and_come_back)
{
    xd_node_t *doc = example(rows[_i].document, "typical");

    if (strcmp(rows[_i].set, "REMADV") != 0) { /* the minimal one comes in */
        laws(map_of_row(_i), example(rows[_i].document, "minimal"));
    }
    leave_out(_i, doc);
    xd_report_init(&report, arena, 100);
    laws(map_of_row(_i), doc);
}
END_TEST


START_TEST(broken_documents_do_no_harm)
{
    harmless(map_of_row(_i), example(rows[_i].document, "typical"));
}
END_TEST


/* -- reading --------------------------------------------------------------- */

/* The tree of the only set of a file of t/cases. */
static const xd_edi_set_t *
set_of(const char *file)
{
    const xd_edi_options_t options = { .trees = true };
    const xd_edi_interchange_t *ic;
    const xd_edi_group_t *group;
    xd_edi_file_t *graded = xd_alloc(arena, sizeof(*graded));
    xd_str_t bytes;

    ck_assert_int_eq(xd_file_read(arena,
                         xd_fmt(arena, "t/cases/%s.edi", file).ptr, 1 << 20,
                         &bytes),
        XD_OK);
    ck_assert_int_eq(xd_edi_grade(arena, bytes, &options, &report, graded),
        XD_OK);
    ic = XD_AT(&graded->interchanges, xd_edi_interchange_t, 0);
    group = XD_AT(&ic->groups, xd_edi_group_t, 0);

    return XD_AT(&group->sets, xd_edi_set_t, 0);
}


static xd_rc_t
reads_file(const char *file, const char *version)
{
    const xd_edi_set_t *set = set_of(file);
    const xd_mapping_t *map = xd_mapping_in(&maps,
        &(xd_mapping_query_t){ .set = set->code, .version = xd_str(version) });

    ck_assert_msg(map != NULL, "%s", file);

    return reads(map, set->tree);
}


/* Each set of which there is a map has a sample that is a document. */
static const struct {
    const char *file, *version, *document;
} samples[] = {
    { "x12/sets/180-order", "004010", "return" },
    { "x12/sets/820-entities", "004010", "payment" },
    { "x12/sets/832", "004010", "price" },
    { "x12/sets/846", "004010", "inventory-position" },
    { "x12/sets/852", "004010", "inventory-position" },
    { "x12/sets/860", "004010", "order-change" },
    { "x12/sets/861", "004010", "receipt" },
    { "x12/sets/940-from", "004010", "fulfilment" },
    { "x12/sets/943-both-ends", "004010", "transfer" },
    { "x12/sets/944", "004010", "receipt" },
    { "x12/sets/945-from", "004010", "fulfilment" },
    { "x12/sets/947", "004010", "inventory-movement" },
    { "edifact/ordchg-d96a", "D96A", "order-change" },
    { "edifact/ordchg-d01b", "D01B", "order-change" },
    { "edifact/recadv-d96a", "D96A", "receipt" },
    { "edifact/recadv-d01b", "D01B", "receipt" },
    { "edifact/remadv-d96a", "D96A", "payment" },
    { "edifact/remadv-d01b", "D01B", "payment" },
    { "edifact/invrpt-d96a-one", "D96A", "inventory-position" },
    { "edifact/invrpt-d01b", "D01B", "inventory-position" },
    { "edifact/pricat-d96a", "D96A", "price" },
    { "edifact/pricat-d01b", "D01B", "price" },
    { "edifact/retann-d01b-order", "D01B", "return" },
};

#define SAMPLES ((int) (sizeof(samples) / sizeof(samples[0])))

START_TEST(samples_are_documents)
{
    ck_assert_msg(reads_file(samples[_i].file, samples[_i].version) == XD_OK,
        "%s", samples[_i].file);
    fits_the_schema(samples[_i].document, got);
}
END_TEST


/* Of what a partner pays nothing is passed over, whatever entity it is of. */
START_TEST(entities_are_read_together)
{
    const xd_node_t *all;

    ck_assert_int_eq(reads_file("x12/sets/820-entities", "004010"), XD_OK);
    ck_assert(xd_str_is(xd_text(got, "direction"), "in"));
    all = xd_get(got, "allocations");
    ck_assert_uint_eq(all->count, 3);
    ck_assert(xd_str_is(xd_text(xd_nth(all, 2), "creditNo"), "CM-31"));
}
END_TEST


START_TEST(several_articles_are_no_position)
{
    ck_assert_int_eq(reads_file("edifact/invrpt-d96a", "D96A"), XD_E_SYNTAX);
    ck_assert(told("map.several", NULL));
}
END_TEST


START_TEST(what_is_assumed_is_told)
{
    ck_assert_int_eq(reads_file("x12/sets/860", "004010"), XD_OK);
    ck_assert(told("map.assumed", NULL));
    ck_assert(xd_str_is(xd_text(got, "of"), "sales-order"));
    ck_assert(xd_get(got, "baseVersion")->kind == XD_NUMBER);
}
END_TEST


/* What came is what was accepted and what was rejected, in one unit. */
START_TEST(a_receipt_must_add_up)
{
    static const char *const wrong[] = { "{'value':'241','uom':'EA'}",
        "{'value':'240','uom':'XCT'}" };
    xd_node_t *doc = example("receipt", "typical"), *set = NULL, *line;

    line = xd_nth(xd_get(doc, "lines"), 0);
    for (size_t i = 0; i < 2; i++) {
        xd_node_t *q = quoted(wrong[i]), *old = xd_get(line, "qtyReceived");

        old->first = q->first;
        old->last = q->last;
        old->count = q->count;
        xd_report_init(&report, arena, 100);
        ck_assert_int_eq(writes_tree(map_of_row(1), doc, &set), XD_E_SYNTAX);
        ck_assert(told("map.refused", "/lines/0/qtyReceived"));
    }

    ck_assert_int_eq(reads_file("x12/sets/861", "004010"), XD_OK);
    line = xd_nth(xd_get(got, "lines"), 0);
    ck_assert(xd_str_is(xd_text_at(line, "qtyReceived.value"), "24"));
}
END_TEST


START_TEST(full_arena_is_told)
{
    xd_edi_set_t set = *set_of(samples[_i].file);
    const xd_mapping_t *map =
        xd_mapping_in(&maps, &(xd_mapping_query_t){ .set = set.code,
                                 .version = xd_str(samples[_i].version) });
    xd_rc_t rc = XD_E_MEMORY;

    for (size_t n = 1; rc != XD_OK; n++) {
        ck_assert_uint_lt(n, 10000);
        xd_arena_fail_at(arena, n);
        rc = reads(map, set.tree);
        xd_arena_fail_at(arena, 0);
        ck_assert(rc == XD_OK || rc == XD_E_MEMORY);
    }
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("map");
    TCase *tc = tcase_create("base_maps");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 60);
    tcase_add_unchecked_fixture(tc, load_maps, unload_maps);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, examples_go_out_and_come_back, 0, ROWS);
    tcase_add_loop_test(tc, broken_documents_do_no_harm, 0, ROWS);
    tcase_add_loop_test(tc, samples_are_documents, 0, SAMPLES);
    tcase_add_test(tc, entities_are_read_together);
    tcase_add_test(tc, several_articles_are_no_position);
    tcase_add_test(tc, what_is_assumed_is_told);
    tcase_add_test(tc, a_receipt_must_add_up);
    tcase_add_loop_test(tc, full_arena_is_told, 0, SAMPLES);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
