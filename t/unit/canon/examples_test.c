/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The canonical schemas themselves: each compiles, each example fits its
 * document, and what an example loses is missed.
 */

#include <check.h>
#include <stdlib.h>

#include "base/file.h"
#include "canon/document.h"
#include "canon/schema.h"
#include "format/json.h"

#define SCHEMAS "canonical-schemas"

static const char *const sizes[] = { "minimal", "typical", "extreme" };

#define DOCUMENTS 34 /* rows of xd_documents */
#define SIZES     3

static xd_arena_t *arena;
static xd_report_t rep;
static xd_schemas_t *set;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&rep, arena, 20);
    ck_assert_int_eq(xd_schemas_load(arena, SCHEMAS, &set, &rep), XD_OK);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static xd_node_t *
example(const char *document, const char *size)
{
    xd_str_t path =
        xd_fmt(arena, SCHEMAS "/%s/examples/%s.json", document, size);
    xd_str_t bytes = XD_STR_NONE;
    xd_node_t *doc = NULL;

    ck_assert_int_eq(xd_file_read(arena, path.ptr, 1 << 20, &bytes), XD_OK);
    ck_assert_int_eq(xd_json_read(arena, bytes, NULL, &doc, &rep), XD_OK);

    return doc;
}


static xd_rc_t
check_against(const char *name, const xd_node_t *doc)
{
    const xd_schema_t *schema = xd_schema_find(set, xd_str(name));

    ck_assert_ptr_nonnull(schema);
    xd_report_init(&rep, arena, 20);

    return xd_schema_check(schema, doc, arena, &rep);
}


/* Takes a member out of an object. */
static void
drop(xd_node_t *obj, const char *key)
{
    xd_node_t **at = &obj->first;

    while (!xd_str_is((*at)->key, key)) {
        at = &(*at)->next;
    }
    *at = (*at)->next;
    obj->count--;
    obj->index = NULL;
}


START_TEST(every_example_fits)
{
    const char *document = xd_documents[_i / SIZES].name;
    xd_node_t *doc = example(document, sizes[_i % SIZES]);
    const xd_document_t *row = xd_document_find(xd_str(document));
    xd_rc_t rc = check_against(document, doc);

    ck_assert_msg(rc == XD_OK, "%s: %.*s %.*s", document,
        XD_FMT(rep.nkept > 0 ? rep.kept[0].path : XD_STR("")),
        XD_FMT(rep.nkept > 0 ? rep.kept[0].text : XD_STR("")));
    ck_assert_ptr_nonnull(row);
    ck_assert_ptr_nonnull(xd_document_number(row, doc).ptr);
    ck_assert(xd_str_is(xd_text_at(doc, "meta.type"), document));
    ck_assert(xd_str_starts(xd_text_at(doc, "meta.key"),
        xd_fmt(arena, "%s:", document)));
    ck_assert_int_eq(check_against(xd_fmt(arena, "%s#business", document).ptr,
                         doc),
        XD_OK);
}
END_TEST


START_TEST(every_required_member_is_missed)
{
    const char *document = xd_documents[_i].name;
    xd_node_t *minimal = example(document, "minimal");

    xd_each (member, minimal) {
        xd_node_t *doc = xd_node_copy(arena, minimal);

        drop(doc, xd_dup(arena, member->key).ptr);
        ck_assert_msg(check_against(document, doc) == XD_E_SYNTAX, "%.*s",
            XD_FMT(member->key));
        /* One of several numbers may be asked for: then anyOf tells it. */
        ck_assert_msg(strcmp(rep.kept[0].rule, "required") == 0
                          || strcmp(rep.kept[0].rule, "anyOf") == 0,
            "%s %.*s: %s", document, XD_FMT(member->key), rep.kept[0].rule);
    }
}
END_TEST


/* What a reader tries paths with: each finds something somewhere. */
START_TEST(every_path_of_the_table_finds_something)
{
    const xd_document_t *row = &xd_documents[_i];

    for (int i = -2; i < 0 || (row->also != NULL && row->also[i] != NULL); i++)
    {
        const char *path = i == -2   ? row->number
                           : i == -1 ? row->site
                                     : row->also[i];
        bool found = path == NULL;

        for (int size = 0; !found && size < SIZES; size++) {
            found =
                xd_text_at(example(row->name, sizes[size]), path).ptr != NULL;
        }
        ck_assert_msg(found, "%s: %s", row->name, path);
    }
    ck_assert_ptr_null(xd_documents[DOCUMENTS].name);
}
END_TEST


START_TEST(the_samples_that_are_no_documents_fit_too)
{
    static const struct {
        const char *folder, *schema;
    } samples[] = { { "system-of-record/examples/minimal",
                        "urn:retail:system-of-record:1.0" },
        { "system-of-record/examples/typical", "system-of-record" },
        { "system-of-record/examples/extreme", "system-of-record" } };

    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        xd_str_t path = xd_fmt(arena, SCHEMAS "/%s.json", samples[i].folder);
        xd_str_t bytes = XD_STR_NONE;
        xd_node_t *doc = NULL;

        ck_assert_int_eq(xd_file_read(arena, path.ptr, 1 << 20, &bytes), XD_OK);
        ck_assert_int_eq(xd_json_read(arena, bytes, NULL, &doc, &rep), XD_OK);
        ck_assert_int_eq(check_against(samples[i].schema, doc), XD_OK);
    }
}
END_TEST


START_TEST(unknown_members_are_refused_everywhere_but_in_ext)
{
    const char *document = xd_documents[_i].name;
    xd_node_t *doc = example(document, "extreme");
    xd_node_t *places[4] = { doc, xd_get(doc, "meta"),
        xd_pointer(doc, XD_STR("/meta/source")),
        xd_pointer(doc, XD_STR("/meta/ext/x12")) };

    for (int i = 0; i < 4; i++) {
        xd_node_t *more = xd_put_bool(arena, places[i], "newMember", true);

        ck_assert_ptr_nonnull(more);
        ck_assert_int_eq(check_against(document, doc),
            i == 3 ? XD_OK : XD_E_SYNTAX);
        drop(places[i], "newMember");
        places[i]->last = places[i]->first;
        while (places[i]->last->next != NULL) {
            places[i]->last = places[i]->last->next;
        }
    }
    ck_assert_int_eq(check_against(document, doc), XD_OK);
}
END_TEST


/* A caller of the gateway sends no meta, or of it only ext and test. */
START_TEST(posted_needs_no_meta)
{
    xd_node_t *doc = example("sales-order", "typical");

    ck_assert_int_eq(check_against("sales-order#posted", doc), XD_E_SYNTAX);
    drop(doc, "meta");
    ck_assert_int_eq(check_against("sales-order#posted", doc), XD_OK);
    ck_assert_int_eq(check_against("urn:retail:sales-order:1.0#posted", doc),
        XD_OK);
    ck_assert_int_eq(check_against("sales-order", doc), XD_E_SYNTAX);
    ck_assert_str_eq(rep.kept[0].rule, "required");

    ck_assert_int_eq(
        xd_json_read(arena,
            XD_STR("{\"meta\":{\"ext\":{\"shop\":{\"a\":[1]}}},"
                   "\"orderNo\":\"\",\"lines\":[],\"chanel\":\"web\"}"),
            NULL, &doc, &rep),
        XD_OK);
    ck_assert_int_eq(check_against("sales-order#posted", doc), XD_E_SYNTAX);
    /* orderNo, lines, chanel, and four that are missing. */
    ck_assert_uint_eq(rep.nkept, 7);
}
END_TEST


START_TEST(wrong_values_are_told_by_their_rule)
{
    static const struct {
        const char *at, *value, *rule;
    } wrong[] = {
        { "/lines/0/item/gtin", "06291041500214", "gtin14" },
        { "/lines/0/unitPrice/amount", "19,90", "decimal" },
        { "/lines/0/unitPrice/ccy", "EUX", "ccy" },
        { "/lines/0/qty/uom", "each", "uom" },
        { "/lines/0/fulfil/location/gln", "123", "gln13" },
        { "/lines/0/fulfil/method", "pigeon", "enum" },
        { "/placedAt", "2026-05-14T09:31:20+02:00", "instant" },
        { "/shipTo/address/country", "UK", "country" },
        { "/buyer/email", "nobody", "pattern" },
        { "/meta/id", "1", "uuid" },
        { "/meta/type", "shipment", "const" },
        { "/meta/origin/sha256", "00", "sha256" },
    };

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        xd_node_t *doc = example("sales-order", "typical");
        xd_node_t *node = xd_pointer(doc, xd_str(wrong[i].at));

        ck_assert_msg(node != NULL, "%s", wrong[i].at);
        node->text = xd_str(wrong[i].value);
        ck_assert_int_eq(check_against("sales-order", doc), XD_E_SYNTAX);
        ck_assert_uint_eq(rep.nkept, 1);
        ck_assert_str_eq(rep.kept[0].rule, wrong[i].rule);
        ck_assert(xd_str_is(rep.kept[0].path, wrong[i].at));
        ck_assert_uint_eq(rep.kept[0].line, node->line);
    }
}
END_TEST


/* At wire speed nothing is allocated for a document: what the regular
 * expressions need once a run does not grow with it. */
START_TEST(a_document_that_fits_costs_no_memory)
{
    const xd_schema_t *schema = xd_schema_find(set, XD_STR("sales-order"));
    xd_node_t *doc = example("sales-order", "typical");
    xd_node_t *lines = xd_get(doc, "lines");
    xd_arena_t *scratch = xd_arena_new(0);
    size_t once;

    ck_assert_int_eq(xd_schema_check(schema, doc, scratch, &rep), XD_OK);
    once = xd_arena_used(scratch);

    for (int i = 0; i < 500; i++) {
        xd_node_add(arena, lines, xd_node_copy(arena, lines->first));
    }
    xd_arena_reset(scratch);
    ck_assert_int_eq(xd_schema_check(schema, doc, scratch, &rep), XD_OK);
    ck_assert_uint_eq(xd_arena_used(scratch), once);
    xd_arena_free(scratch);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("examples");
    TCase *tc = tcase_create("canonical-schemas");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, every_example_fits, 0, DOCUMENTS * SIZES);
    tcase_add_loop_test(tc, every_required_member_is_missed, 0, DOCUMENTS);
    tcase_add_loop_test(tc, unknown_members_are_refused_everywhere_but_in_ext,
        0, DOCUMENTS);
    tcase_add_loop_test(tc, every_path_of_the_table_finds_something, 0,
        DOCUMENTS);
    tcase_add_test(tc, the_samples_that_are_no_documents_fit_too);
    tcase_add_test(tc, posted_needs_no_meta);
    tcase_add_test(tc, wrong_values_are_told_by_their_rule);
    tcase_add_test(tc, a_document_that_fits_costs_no_memory);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
