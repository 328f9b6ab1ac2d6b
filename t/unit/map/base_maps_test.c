/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Maps of X12 beside those of orders, answers, ship notices and invoices, both
 * ways: what a document says goes out in a set and comes back, but for members
 * that the set has no place for, and those are told.
 */

#include "t/unit/map/orders.h"

#define WITHOUT 12

static const struct {
    const char *document, *set;
    const char *without[WITHOUT]; /* members, dotted, of the document */
} rows[] = {
    { "order-change", "860", { NULL } },
    { "receipt", "861", { "sealIntact", "final", "lines.status" } },
    { "payment", "820", { NULL } },
};

#define ROWS ((int) (sizeof(rows) / sizeof(rows[0])))


static const xd_mapping_t *
map_of_row(int i)
{
    const xd_mapping_query_t query = { .syntax = XD_STR("x12"),
        .set = xd_str(rows[i].set),
        .document = xd_str(rows[i].document) };
    const xd_mapping_t *map = xd_mapping_out(&maps, &query);

    ck_assert_msg(map != NULL, "%s", rows[i].set);

    return map;
}


/* Takes a member away, from every entry of an array on its way. */
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


START_TEST(examples_go_out_and_come_back)
{
    static const char *const names[] = { "minimal", "typical" };

    for (size_t i = 0; i < 2; i++) {
        xd_node_t *doc = example(rows[_i].document, names[i]), *set = NULL;
        unsigned taken = 0;

        if (writes_tree(map_of_row(_i), doc, &set) == XD_OK) {
            for (size_t f = 0; f < report.nkept; f++) {
                taken += strcmp(report.kept[f].rule, "map.lost") == 0;
            }
        }

        for (size_t w = 0; w < WITHOUT && rows[_i].without[w] != NULL; w++) {
            unsigned n = take(doc, xd_str(rows[_i].without[w]));

            ck_assert_msg(i == 0 || n > 0, "%s", rows[_i].without[w]);
            ck_assert_msg(n == 0 || taken > 0, "%s was lost, and not told",
                rows[_i].without[w]);
        }
        laws(map_of_row(_i), doc);
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

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
