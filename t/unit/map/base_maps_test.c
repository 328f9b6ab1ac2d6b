/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Maps of EDI beside those of orders, answers, ship notices and invoices, both
 * ways: what a document says goes out in a set and comes back, but for members
 * that the set has no place for, and those are told.
 */

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

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
