/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Maps of XML, by those of UBL.  The laws: what was read, and written again
 * with what goes along, is the same element by C14N; what was written, read
 * again, says all that the document said.
 */

#include <dirent.h>

#include "format/xml.h"
#include "t/unit/map/orders.h"


/* What the corpus has: credit notes there name no invoice, most orders no GLN
 * of the buyer, and one has no line. */
static const struct {
    const char *document, *dir;
    size_t read, refused;
} sets[] = {
    { "invoice", "invoice", 25, 0 },
    { "credit-memo", "creditnote", 0, 3 },
    { "purchase-order", "order", 2, 4 },
    { "order-response", "orderresponse", 1, 0 },
    { "shipment", "despatchadvice", 1, 0 },
};

#define SETS ((int) (sizeof(sets) / sizeof(sets[0])))


static const xd_mapping_t *
ubl(const char *document)
{
    const xd_mapping_t *map =
        xd_mapping_out(&maps, &(xd_mapping_query_t){ .syntax = XD_STR("ubl"),
                                  .document = xd_str(document) });

    ck_assert_ptr_nonnull(map);

    return map;
}


static xd_str_t
canonical(const xd_node_t *root)
{
    xd_buf_t text = { 0 }, form = { 0 };
    xd_str_t out;

    xd_xml_write(&text, root, XD_XML_PLAIN);
    ck_assert_int_eq(xd_buf_rc(&text), XD_OK);
    ck_assert_int_eq(xd_xml_canonical(arena, xd_buf_str(&text), NULL, false,
                         &form, &report),
        XD_OK);
    out = xd_dup(arena, xd_buf_str(&form));
    xd_buf_free(&text);
    xd_buf_free(&form);

    return out;
}


static xd_node_t *
element(xd_str_t bytes)
{
    xd_node_t *root = NULL;

    ck_assert_msg(xd_xml_read(arena, bytes, NULL, &root, &report) == XD_OK,
        "%.*s", XD_FMT(report.nkept > 0 ? report.kept[0].text : XD_STR("?")));

    return root;
}


/* Who writes it has its meta, with what goes along. */
static void
add_meta(xd_node_t *doc, const xd_mapping_t *map, xd_node_t *residue)
{
    xd_node_t *meta = xd_put(arena, doc, "meta", XD_OBJECT);
    xd_node_t *origin = xd_put(arena, meta, "origin", XD_OBJECT);
    xd_node_t *ext = xd_put(arena, meta, "ext", XD_OBJECT);

    xd_put_str(arena, origin, "docType", xd_str(map->set));
    if (residue != NULL) {
        residue->key = XD_STR("ubl");
        xd_node_add(arena, ext, residue);
    }
}


static void
same_text_as(xd_str_t want, xd_str_t is, const char *path)
{
    size_t i = 0;

    while (i < want.len && i < is.len && want.ptr[i] == is.ptr[i]) {
        i++;
    }

    ck_assert_msg(xd_str_eq(want, is), "%s at %zu:\n%.*s\nbecame\n%.*s", path,
        i, (int) (want.len - i < 300 ? want.len - i : 300), want.ptr + i,
        (int) (is.len - i < 300 ? is.len - i : 300), is.ptr + i);
}


/* Reads and writes again; false when the document is refused. */
static bool
comes_back(const xd_mapping_t *map, xd_str_t bytes, const char *path)
{
    xd_node_t *root = element(bytes), *tree = NULL;
    xd_str_t want = canonical(element(bytes));
    const xd_mapping_t *usual = xd_mapping_of_xml(&maps, root, XD_STR(""));

    ck_assert_msg(usual != NULL && strcmp(usual->set, map->set) == 0, "%s",
        path);
    left = NULL;
    if (xd_mapping_read_xml(map, arena, root, &report, &got, &left) != XD_OK) {
        ck_assert_msg(xd_report_errors(&report) > 0, "%s", path);
        return false;
    }

    add_meta(got, map, left);
    ck_assert_msg(writes_tree(map, got, &tree) == XD_OK, "%s: %.*s: %.*s", path,
        XD_FMT(report.kept[report.nkept - 1].path),
        XD_FMT(report.kept[report.nkept - 1].text));
    ck_assert_int_eq(xd_mapping_xml_out(map, arena, tree), XD_OK);
    same_text_as(want, canonical(tree), path);

    return true;
}


/* -- samples --------------------------------------------------------------- */

static const char *
corpus(const char *dir)
{
    const char *base = getenv("CROSSDOCK_CORPUS");

    return xd_fmt(arena, "%s/ubl/%s", base != NULL ? base : "../shared/corpus",
        dir)
        .ptr;
}


START_TEST(samples_come_back)
{
    DIR *d = opendir(corpus(sets[_i].dir));
    size_t read = 0, refused = 0;
    const struct dirent *e;

    while (d != NULL && (e = readdir(d)) != NULL) {
        xd_str_t bytes;
        const char *path;

        if (strstr(e->d_name, ".xml") == NULL) {
            continue;
        }

        xd_arena_reset(arena);
        xd_report_init(&report, arena, 100);
        path = xd_fmt(arena, "%s/%s", corpus(sets[_i].dir), e->d_name).ptr;
        ck_assert_int_eq(xd_file_read(arena, path, 1 << 20, &bytes), XD_OK);
        if (comes_back(ubl(sets[_i].document), bytes, path)) {
            read++;
        } else {
            refused++;
        }
    }

    if (d != NULL) {
        (void) closedir(d);
        ck_assert_uint_ge(read, sets[_i].read);
        ck_assert_uint_le(refused, sets[_i].refused);
    }
}
END_TEST


/* -- documents ------------------------------------------------------------- */

/* Units of UBL are those of Recommendation 20; what a sender of EDI called one
 * has no place in it. */
static xd_node_t *
without_codes(xd_node_t *node)
{
    xd_node_t *before = NULL;

    xd_each (one, node) {
        if (!xd_str_is(one->key, "origUom")) {
            before = without_codes(one);
            continue;
        }
        before->next = one->next;
        node->last = node->last == one ? before : node->last;
        node->count--;
    }

    return node;
}


START_TEST(examples_go_out_and_come_back)
{
    static const char *const names[] = { "minimal", "typical" };

    for (size_t i = 0; i < 2; i++) {
        laws(ubl(sets[_i].document),
            without_codes(example(sets[_i].document, names[i])));
    }
}
END_TEST


/* A notice names packages beside what is in them, and none around others. */
START_TEST(shipments_go_out_and_come_back)
{
    xd_node_t *doc = without_codes(example("shipment", "typical"));
    xd_node_t *units = xd_get(doc, "units"), *tree = NULL;

    ck_assert_int_eq(writes_tree(ubl("shipment"), doc, &tree), XD_E_SYNTAX);
    ck_assert(told("map.refused", "/units/1/parent"));

    units->first = units->first->next;
    units->count--;
    xd_each (unit, units) {
        xd_node_t *no = xd_get(unit, "unitNo");

        no->text = xd_fmt(arena, "%u", unit == units->first ? 1U : 2U);
        no->next = no->next->next; /* its parent */
        unit->count--;
    }
    xd_report_init(&report, arena, 100);
    laws(ubl("shipment"), doc);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("map");
    TCase *tc = tcase_create("ubl");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 60);
    tcase_add_unchecked_fixture(tc, load_maps, unload_maps);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, samples_come_back, 0, SETS);
    tcase_add_loop_test(tc, examples_go_out_and_come_back, 0, SETS - 1);
    tcase_add_test(tc, shipments_go_out_and_come_back);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
