/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Maps of EDIFACT, both ways, and the law of all maps of EDI: what was read is
 * written back node by node.
 */

#include <dirent.h>
#include <stdio.h>

#include "edi/grade.h"
#include "map/edifact_map.h"
#include "t/unit/map/orders.h"

#define SAMPLES_MIN 50 /* sets of our own samples that a map writes back */

/* How sets fared. */
static struct {
    unsigned same, only_read, no_document;
} fared;


/* -- documents ------------------------------------------------------------- */

static const xd_mapping_t *
edifact_out(const char *document, const char *version)
{
    const xd_mapping_t *map = xd_mapping_out(&maps,
        &(xd_mapping_query_t){ .syntax = XD_STR("edifact"),
            .version = xd_str(version),
            .document = xd_str(document) });

    ck_assert_ptr_nonnull(map);

    return map;
}


static const struct {
    const char *document, *version;
} rows[] = {
    { "purchase-order", "D96A" },
    { "purchase-order", "D01B" },
    { "order-response", "D96A" },
    { "order-response", "D01B" },
    { "shipment", "D96A" },
    { "shipment", "D01B" },
    { "invoice", "D96A" },
    { "invoice", "D01B" },
    { "invoice", "D14B" },
};

START_TEST(examples_go_out_and_come_back)
{
    static const char *const names[] = { "minimal", "typical" };

    for (size_t i = 0; i < 2; i++) {
        laws(edifact_out(rows[_i].document, rows[_i].version),
            example(rows[_i].document, names[i]));
    }
}
END_TEST


START_TEST(broken_documents_do_no_harm)
{
    harmless(edifact_out(rows[_i].document, rows[_i].version),
        example(rows[_i].document, "typical"));
}
END_TEST


/* A buyer who is named twice has one number. */
START_TEST(a_buyer_has_one_gln)
{
    xd_node_t *doc = example("purchase-order", "typical"), *set;

    xd_get(xd_get(doc, "buyer"), "gln")->text = XD_STR("4399901760448");
    ck_assert_int_eq(writes_tree(edifact_out("purchase-order", "D96A"), doc,
                         &set),
        XD_E_SYNTAX);
    ck_assert(told("map.refused", "/buyer/gln"));
}
END_TEST


/* PIA 3 and 4 are of other articles, which may or must come instead. */
START_TEST(a_substitute_is_another_article)
{
    const xd_node_t *set = quoted(
        "{'BGM':[{'1':['231'],'2':'R','3':'29'}],'SG1':[{'1':['ON','PO-1']}],"
        "'SG26':[{'1':'1','2':'5','3':['4000000000013','EN'],'PIA':["
        "{'1':'3','2':['4000000000020','EN']},{'1':'1','2':['A','SA']}]}]}");
    const xd_mapping_t *map =
        xd_mapping_in(&maps, &(xd_mapping_query_t){ .syntax = XD_STR("edifact"),
                                 .set = XD_STR("ORDRSP"),
                                 .version = XD_STR("D96A") });

    ck_assert_ptr_nonnull(map);
    ck_assert_int_eq(reads(map, set), XD_OK);
    ck_assert_msg(xd_node_equal(xd_get(xd_nth(xd_get(got, "lines"), 0), "item"),
                      quoted("{'gtin':'04000000000013','altIds':[{'scheme':"
                             "'supplierSku','value':'A'}]}")),
        "%.*s", XD_FMT(shown(got)));
    ck_assert_msg(memmem(shown(left).ptr, shown(left).len, "4000000000020", 13)
                      != NULL,
        "%.*s", XD_FMT(shown(left)));
}
END_TEST


static void
put_text(xd_node_t *to, const char *key, const char *text)
{
    xd_put_str(arena, to, key, xd_str(text));
}


/* Whoever sends a document may write what he likes into its free zone. */
START_TEST(keys_that_no_reader_makes_are_no_components)
{
    xd_node_t *doc = example("order-response", "typical"), *set = NULL;
    xd_node_t *meta = xd_get(doc, "meta"), *ext;
    const xd_node_t *ali;

    remove_node(meta);
    meta = xd_put(arena, doc, "meta", XD_OBJECT);
    put_text(xd_put(arena, meta, "origin", XD_OBJECT), "docType", "ORDRSP");
    ext = xd_put(arena, meta, "ext", XD_OBJECT);
    ext = xd_put(arena, xd_put(arena, ext, "edifact", XD_OBJECT), "/ALI/0",
        XD_OBJECT);
    put_text(ext, "2.0", "x");
    put_text(ext, "2.x", "x");
    put_text(ext, "1.100", "x");
    put_text(ext, "3", "16");

    ck_assert_int_eq(writes_tree(edifact_out("order-response", "D96A"), doc,
                         &set),
        XD_OK);
    ali = xd_nth(xd_get(set, "ALI"), 0);
    ck_assert_msg(xd_node_equal(ali, quoted("{'3':'16'}")), "%.*s",
        XD_FMT(shown(set)));
}
END_TEST


/* DTM says no more than seconds. */
START_TEST(less_than_a_second_is_told)
{
    xd_node_t *doc = example("shipment", "typical"), *set = NULL;

    xd_get(doc, "shippedAt")->text = XD_STR("2026-05-14T09:31:22.412Z");
    ck_assert_int_eq(writes_tree(edifact_out("shipment", "D96A"), doc, &set),
        XD_OK);
    ck_assert(told("map.cut", NULL));
}
END_TEST


/* The same order by X12 and by EDIFACT is the same document, in all that both
 * can say. */
START_TEST(an_order_is_the_same_through_both)
{
    const xd_node_t *doc = example("purchase-order", "typical"), *x12;
    xd_node_t *set = NULL;

    ck_assert_int_eq(writes_tree(map_out("purchase-order"), doc, &set), XD_OK);
    ck_assert_int_eq(reads(map_out("purchase-order"), set), XD_OK);
    x12 = got;
    ck_assert_int_eq(writes_tree(edifact_out("purchase-order", "D01B"), x12,
                         &set),
        XD_OK);
    ck_assert_int_eq(reads(edifact_out("purchase-order", "D01B"), set), XD_OK);
    ck_assert_msg(within(x12, got), "%.*s\nbecame\n%.*s", XD_FMT(shown(x12)),
        XD_FMT(shown(got)));
}
END_TEST


/* The table holds what differs from Recommendation 20, and nothing else. */
START_TEST(units_are_those_of_the_code_list)
{
    const xd_node_t *list = sample("canonical-schemas/codes/edifact-6411.json");

    xd_each (row, xd_get(list, "codes")) {
        xd_str_t code = xd_text(row, "code"), unit = xd_text(row, "rec20");
        const char *name = map_code(edifact_units, code);

        if (xd_str_eq(code, unit)) {
            ck_assert_msg(name == NULL, "%.*s", XD_FMT(code));
            continue;
        }
        ck_assert_msg(name != NULL && xd_str_is(unit, name), "%.*s",
            XD_FMT(code));
        if (xd_truth(row, "preferred", true)) {
            ck_assert_msg(xd_str_is(code, map_code_of(edifact_units, unit)),
                "%.*s", XD_FMT(unit));
        }
    }
}
END_TEST


/* -- the law --------------------------------------------------------------- */

/* A tree without what the writer of the format makes itself. */
static xd_node_t *
without_service(const xd_node_t *set)
{
    static const char *const made[] = { "ST", "SE", "UNH", "UNT" };
    xd_node_t *out = xd_node_new(arena, XD_OBJECT);

    xd_each (member, set) {
        bool is_made = false;
        xd_node_t *copy;

        for (size_t i = 0; i < 4; i++) {
            is_made |= xd_str_is(member->key, made[i]);
        }
        if (!is_made) {
            copy = xd_node_copy(arena, member);
            copy->key = member->key;
            copy->next = copy->parent = NULL;
            xd_node_add(arena, out, copy);
        }
    }

    return out;
}


/* The document of a tree, with all that was left, as a connector hands it
 * on. */
static xd_node_t *
whole(const xd_mapping_t *map, const xd_edi_set_t *set)
{
    xd_node_t *meta = xd_put(arena, got, "meta", XD_OBJECT);

    xd_put_str(arena, xd_put(arena, meta, "origin", XD_OBJECT), "docType",
        set->code);
    if (left != NULL) {
        left->key = xd_str(map->syntax);
        xd_node_add(arena, xd_put(arena, meta, "ext", XD_OBJECT), left);
    }

    return got;
}


static void
law(const char *path, const xd_mapping_t *map, const xd_edi_set_t *set)
{
    xd_node_t *again = NULL, *was;

    if (reads(map, set->tree) != XD_OK) {
        fared.no_document++;
        return;
    }

    if (!map->writes) {
        fared.only_read++;
        return;
    }

    ck_assert_msg(xd_mapping_exact(map, arena, set->tree, got, &left) == XD_OK,
        "%s", path);
    ck_assert_msg(writes_tree(map, whole(map, set), &again) == XD_OK, "%s",
        path);
    was = without_service(set->tree);
    again = without_service(again);
    ck_assert_msg(xd_node_equal(was, again), "%s\n%.*s\n%.*s", path,
        XD_FMT(shown(was)), XD_FMT(shown(again)));
    fared.same++;
}


/* Is it the map that reads such a set, or one that writes it beside that? */
static bool
serves(const xd_mapping_t *map, const xd_mapping_query_t *query)
{
    return map == xd_mapping_in(&maps, query)
           || (map->writes && xd_str_is(query->set, map->set)
               && (strcmp(map->syntax, "edifact") == 0
                       ? xd_str_is(query->version, map->set_version)
                       : map->is_first
                             == xd_str_starts(query->version, XD_STR("004"))));
}


/* All maps that read a set of that version. */
static void
set_laws(const char *path, const xd_edi_interchange_t *ic,
    const xd_edi_group_t *group, const xd_edi_set_t *set)
{
    bool edifact = ic->syntax == XD_EDI_EDIFACT;
    xd_str_t version = edifact ? xd_fmt(arena, "%.*s%.*s", XD_FMT(set->version),
                           XD_FMT(set->release))
                               : group->version;

    for (size_t i = 0; i < maps.all.count; i++) {
        const xd_mapping_t *map = XD_AT(&maps.all, xd_mapping_t, i);
        const xd_mapping_query_t query = { .syntax = xd_str(map->syntax),
            .set = set->code,
            .version = version,
            .document = xd_str(map->document) };

        if (edifact == (strcmp(map->syntax, "edifact") == 0)
            && serves(map, &query)) {
            law(path, map, set);
        }
    }
}


static void
file_laws(const char *path)
{
    const xd_edi_options_t options = { .trees = true };
    xd_edi_file_t file;
    xd_str_t bytes;

    ck_assert_int_eq(xd_file_read(arena, path, 1 << 24, &bytes), XD_OK);
    ck_assert_int_eq(xd_edi_grade(arena, bytes, &options, &report, &file),
        XD_OK);

    for (size_t i = 0; i < file.interchanges.count; i++) {
        const xd_edi_interchange_t *ic =
            XD_AT(&file.interchanges, xd_edi_interchange_t, i);

        for (size_t g = 0; g < ic->groups.count; g++) {
            const xd_edi_group_t *group = XD_AT(&ic->groups, xd_edi_group_t, g);

            for (size_t s = 0; s < group->sets.count; s++) {
                const xd_edi_set_t *set = XD_AT(&group->sets, xd_edi_set_t, s);

                if (set->tree != NULL && set->verdict == 'A') {
                    set_laws(path, ic, group, set);
                }
            }
        }
    }
}


/* Every file below a folder, one arena each. */
static void
folder_laws(const char *path)
{
    DIR *dir = opendir(path);
    const struct dirent *e;

    while (dir != NULL && (e = readdir(dir)) != NULL) {
        char below[1024];

        (void) snprintf(below, sizeof(below), "%s/%s", path, e->d_name);
        if (e->d_name[0] == '.' || strcmp(e->d_name, "INDEX.tsv") == 0) {
            continue;
        }
        if (e->d_type == DT_DIR) {
            folder_laws(below);
            continue;
        }
        teardown();
        setup();
        file_laws(below);
    }
    if (dir != NULL) {
        (void) closedir(dir);
    }
}


START_TEST(samples_are_written_back)
{
    memset(&fared, 0, sizeof(fared));
    folder_laws("t/cases/x12");
    folder_laws("t/cases/edifact");
    folder_laws("docs/samples");
    ck_assert_uint_ge(fared.same, SAMPLES_MIN);
}
END_TEST


/* Real files, where they are at hand; of what is clean, whatever a map makes
 * of it. */
START_TEST(the_corpus_is_written_back)
{
    static const char *const folders[] = { "../shared/corpus/x12",
        "../shared/corpus/edifact" };

    for (size_t i = 0; i < 2; i++) {
        memset(&fared, 0, sizeof(fared));
        folder_laws(folders[i]);
        printf("# %s: %u sets written back, %u that a map only reads, %u that "
               "say no document\n",
            folders[i], fared.same, fared.only_read, fared.no_document);
    }
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("map");
    TCase *tc = tcase_create("edifact");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 120);
    tcase_add_unchecked_fixture(tc, load_maps, unload_maps);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, examples_go_out_and_come_back, 0,
        (int) (sizeof(rows) / sizeof(rows[0])));
    tcase_add_loop_test(tc, broken_documents_do_no_harm, 0,
        (int) (sizeof(rows) / sizeof(rows[0])));
    tcase_add_test(tc, a_buyer_has_one_gln);
    tcase_add_test(tc, a_substitute_is_another_article);
    tcase_add_test(tc, less_than_a_second_is_told);
    tcase_add_test(tc, keys_that_no_reader_makes_are_no_components);
    tcase_add_test(tc, an_order_is_the_same_through_both);
    tcase_add_test(tc, units_are_those_of_the_code_list);
    tcase_add_test(tc, samples_are_written_back);
    tcase_add_test(tc, the_corpus_is_written_back);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
