/* SPDX-License-Identifier: BSD-2-Clause */

/* The code lists: files and tables say the same, maps of units go back. */

#include "canon/codes.h"

#include "base/decimal.h"
#include "canon/codelist.h"
#include "canon/document.h"
#include "canon/format.h"
#include "data_fixture.h"

static xd_codelists_t *set;


static void
setup(void)
{
    data_setup();
    ck_assert_int_eq(xd_codelists_load(arena, SCHEMAS, schemas, &set, &rep),
        XD_OK);
    ck_assert_uint_eq(rep.nkept, 0);
}


static const xd_codelist_t *
list(const char *name)
{
    const xd_codelist_t *l = xd_codelist_find(set, xd_str(name));

    ck_assert_msg(l != NULL, "%s", name);

    return l;
}


static const xd_node_t *
codes(const char *name)
{
    return xd_get(xd_codelist_root(list(name)), "codes");
}


/* -- tables ---------------------------------------------------------------- */


static void
same_codes(const xd_codes_t *table, const char *name)
{
    ck_assert_uint_eq(codes(name)->count, strlen(table->codes) / table->width);
    xd_each (row, codes(name)) {
        ck_assert_msg(xd_codes_have(table, xd_text(row, "code")), "%.*s",
            XD_FMT(xd_text(row, "code")));
    }
}


START_TEST(tables_and_files_say_the_same)
{
    same_codes(&xd_codes_currency, "iso-4217");
    same_codes(&xd_codes_country, "iso-3166-1");

    xd_each (row, codes("iso-4217")) {
        xd_str_t code = xd_text(row, "code");
        int64_t digits = xd_int(row, "minor", 0, 6, 6);

        ck_assert_msg(xd_codes_digits(code) == digits, "%.*s", XD_FMT(code));
    }
    ck_assert_int_eq(xd_codes_digits(XD_STR("EUR")), 2);
    ck_assert_int_eq(xd_codes_digits(XD_STR("JPY")), 0);
    ck_assert_int_eq(xd_codes_digits(XD_STR("KWD")), 3);
    ck_assert_int_eq(xd_codes_digits(XD_STR("CLF")), 4);
}
END_TEST


START_TEST(every_list_says_where_it_comes_from)
{
    static const char *const names[] = { "iso-4217", "iso-3166-1", "rec-20",
        "rec-21", "x12-355", "edifact-6411" };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const xd_node_t *root = xd_codelist_root(list(names[i]));

        ck_assert_ptr_nonnull(xd_text_at(root, "source.name").ptr);
        ck_assert_ptr_nonnull(xd_text_at(root, "source.edition").ptr);
        ck_assert_ptr_nonnull(xd_text_at(root, "source.retrieved").ptr);
        ck_assert(xd_str_is(xd_text(root, "list"), names[i]));
    }
    ck_assert_ptr_null(xd_codelist_find(set, XD_STR("none")));
    ck_assert_ptr_null(xd_codelist_row(list("rec-20"), XD_STR("KGS")));
}
END_TEST


/* -- units ----------------------------------------------------------------- */


static bool
is_unit(xd_str_t code)
{
    return xd_codelist_row(list("rec-20"), code) != NULL
           || xd_codelist_row(list("rec-21"), code) != NULL;
}


static void
goes_back(const char *name)
{
    const xd_codelist_t *l = list(name);

    xd_each (row, codes(name)) {
        xd_str_t code = xd_text(row, "code");
        xd_str_t unit = xd_codelist_rec20(l, code);
        xd_str_t back = xd_codelist_from_rec20(l, unit);

        ck_assert_msg(is_unit(unit), "%s %.*s", name, XD_FMT(code));
        ck_assert_msg(xd_str_eq(xd_codelist_rec20(l, back), unit), "%s %.*s",
            name, XD_FMT(code));
        ck_assert_msg(!xd_truth(row, "preferred", true)
                          || xd_str_eq(back, code),
            "%s %.*s", name, XD_FMT(code));
    }
}


START_TEST(units_of_others_go_forth_and_back)
{
    goes_back("x12-355");
    goes_back("edifact-6411");

    ck_assert(
        xd_str_is(xd_codelist_rec20(list("x12-355"), XD_STR("LB")), "LBR"));
    ck_assert(
        xd_str_is(xd_codelist_rec20(list("x12-355"), XD_STR("CS")), "XCS"));
    ck_assert(xd_str_is(xd_codelist_from_rec20(list("x12-355"), XD_STR("XCS")),
        "CA"));
    ck_assert(
        xd_str_is(xd_codelist_from_rec20(list("edifact-6411"), XD_STR("H87")),
            "PCE"));
    ck_assert_ptr_null(xd_codelist_rec20(list("x12-355"), XD_STR("QQ")).ptr);
    ck_assert_ptr_null(
        xd_codelist_from_rec20(list("x12-355"), XD_STR("QQQ")).ptr);
}
END_TEST


START_TEST(units_have_the_shape_of_units_and_convert)
{
    static const char *const names[] = { "rec-20", "rec-21" };

    for (size_t i = 0; i < 2; i++) {
        xd_each (row, codes(names[i])) {
            xd_str_t of = xd_text(row, "of");
            xd_str_t factor = xd_text(row, "factor");

            ck_assert(xd_format_uom(xd_text(row, "code")));
            ck_assert((of.ptr == NULL) == (factor.ptr == NULL));
            ck_assert_msg(of.ptr == NULL
                              || xd_codelist_row(list("rec-20"), of) != NULL,
                "%.*s", XD_FMT(of));
        }
    }
    ck_assert(xd_str_is(xd_text(xd_codelist_row(list("rec-20"), XD_STR("DZN")),
                            "factor"),
        "12"));
}
END_TEST


static void
knows_units(const char *document, const xd_node_t *node)
{
    xd_each (child, node) {
        bool uom =
            xd_str_is(child->key, "uom") || xd_str_is(child->key, "baseUom");

        ck_assert_msg(!uom || is_unit(child->text), "%s: %.*s", document,
            XD_FMT(child->text));
        knows_units(document, child);
    }
}


START_TEST(examples_use_units_of_the_lists)
{
    static const char *const sizes[] = { "minimal", "typical", "extreme" };

    for (const xd_document_t *d = xd_documents; d->name != NULL; d++) {
        for (int i = 0; i < 3; i++) {
            xd_str_t path = xd_fmt(arena, SCHEMAS "/%s/examples/%s.json",
                d->name, sizes[i]);
            xd_str_t bytes = XD_STR_NONE;
            xd_node_t *doc = NULL;

            ck_assert_int_eq(xd_file_read(arena, path.ptr, 1 << 20, &bytes),
                XD_OK);
            ck_assert_int_eq(xd_json_read(arena, bytes, NULL, &doc, &rep),
                XD_OK);
            knows_units(d->name, doc);
        }
    }
}
END_TEST


/* -- what is refused ------------------------------------------------------- */


#define LIST(rows)                                                             \
    "{\"list\":\"x\",\"title\":\"X\",\"source\":{\"name\":\"N\",\"edition\":"  \
    "\"1\",\"publisher\":\"P\",\"retrieved\":\"by hand\"},"                    \
    "\"members\":{\"rec20\":\"A unit\",\"preferred\":\"One\"},"                \
    "\"codes\":[" rows "]}"

/* clang-format off */
static const struct {
    const char *text, *rule, *path;
} faults[] = {
    { LIST("{\"code\":\"A\"},{\"code\":\"A\"}"),
      "codelist.twice", "/codes/1" },
    { LIST("{\"code\":\"A\",\"rec\":\"B\"}"),
      "codelist.member", "/codes/0/rec" },
    { LIST("{\"code\":\"A\",\"rec20\":\"EA\"},{\"code\":\"B\",\"rec20\":"
           "\"EA\"}"),
      "codelist.preferred", "/codes/1" },
    { LIST("{\"code\":\"A\",\"rec20\":\"EA\",\"preferred\":true},"
           "{\"code\":\"B\",\"rec20\":\"EA\",\"preferred\":true}"),
      "codelist.preferred", "/codes/1" },
    { LIST("{\"code\":\"A\",\"rec20\":\"EA\",\"preferred\":false}"),
      "codelist.preferred", "/codes/0" },
    { LIST("{\"code\":\"A\",\"rec20\":[]}"), "type", "/codes/0/rec20" },
    { LIST(""), "minItems", "/codes" },
};
/* clang-format on */


START_TEST(faults_are_told_with_their_place)
{
    put_file("codes", "x.json", faults[_i].text);
    ck_assert_int_eq(xd_codelists_load(arena, dir, schemas, &set, &rep),
        XD_E_CONF);
    found(faults[_i].rule,
        xd_fmt(arena, "codes/x.json:%s", faults[_i].path).ptr);
}
END_TEST


START_TEST(a_folder_or_schema_that_is_not_there_is_told)
{
    xd_schemas_t *none = NULL;

    ck_assert_int_eq(xd_codelists_load(arena, dir, schemas, &set, &rep),
        XD_E_IO);
    ck_assert_int_eq(xd_schemas_load(arena, dir, &none, &rep), XD_OK);
    ck_assert_int_eq(xd_codelists_load(arena, SCHEMAS, none, &set, &rep),
        XD_E_NOT_FOUND);
}
END_TEST


START_TEST(a_full_arena_is_told_at_every_allocation)
{
    xd_rc_t rc = XD_E_MEMORY;
    size_t n;

    put_file("codes", "x.json",
        LIST("{\"code\":\"A\",\"rec20\":\"EA\"},{\"code\":\"B\"}"));

    for (n = 1; rc == XD_E_MEMORY; n++) {
        xd_arena_t *own = xd_arena_new(0);
        xd_report_t mine;

        xd_report_init(&mine, arena, 5);
        xd_arena_fail_at(own, n);
        rc = xd_codelists_load(own, dir, schemas, &set, &mine);
        xd_arena_free(own);
    }
    ck_assert_int_eq(rc, XD_OK);
    ck_assert_uint_gt(n, 10);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("codes");
    TCase *tc = tcase_create("codes");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, data_teardown);
    tcase_add_test(tc, tables_and_files_say_the_same);
    tcase_add_test(tc, every_list_says_where_it_comes_from);
    tcase_add_test(tc, units_of_others_go_forth_and_back);
    tcase_add_test(tc, units_have_the_shape_of_units_and_convert);
    tcase_add_test(tc, examples_use_units_of_the_lists);
    tcase_add_loop_test(tc, faults_are_told_with_their_place, 0,
        sizeof(faults) / sizeof(faults[0]));
    tcase_add_test(tc, a_folder_or_schema_that_is_not_there_is_told);
    tcase_add_test(tc, a_full_arena_is_told_at_every_allocation);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
