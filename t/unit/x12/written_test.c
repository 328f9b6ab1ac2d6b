/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Documents through map and writer: whatever a map makes, the interchange is
 * clean by our own grader and becomes the same document again.  Here, because
 * rooms of one floor do not see each other.
 */

#include "edi/write.h"
#include "t/unit/map/generate.h"

static xd_buf_t out;


static void
begin(void)
{
    setup();
    out = (xd_buf_t){ 0 };
}


static void
end(void)
{
    xd_buf_free(&out);
    teardown();
}


/* Some partners' ways. */
static const struct {
    xd_x12_marks_t marks;
    const char *version;
} forms[] = {
    { { '*', '>', 0, '~', 0, 0 }, "004010" },
    { { '|', ':', '^', '\'', 0, 0 }, "005010" },
    { { 0x1d, 0x1f, 0, 0x1c, 0, 0 }, "004030" },
};


static const xd_node_t *
through_bytes(const xd_node_t *set, size_t form)
{
    const xd_node_t *const sets[] = { set };
    const xd_edi_options_t options = { .trees = true };
    const xd_edi_envelope_t envelope = { .form = { .marks = forms[form].marks },
        .sender_qualifier = XD_STR("ZZ"),
        .sender = XD_STR("CROSSDOCK"),
        .receiver_qualifier = XD_STR("ZZ"),
        .receiver = XD_STR("ACME"),
        .version = xd_str(forms[form].version),
        .isa_control = 1,
        .gs_control = 1,
        .st_control = 1,
        .now_ms = 1778750000000,
        .usage = 'T' };
    const xd_edi_interchange_t *ic;
    const xd_edi_group_t *group;
    xd_edi_file_t file;

    xd_buf_reset(&out);
    ck_assert_msg(xd_edi_write(arena, &envelope, sets, 1, &report, &out)
                      == XD_OK,
        "%.*s: %.*s", XD_FMT(report.kept[report.nkept - 1].path),
        XD_FMT(report.kept[report.nkept - 1].text));

    xd_report_init(&report, arena, 100);
    ck_assert_int_eq(xd_edi_grade(arena, xd_buf_str(&out), &options, &report,
                         &file),
        XD_OK);
    ic = XD_AT(&file.interchanges, xd_edi_interchange_t, 0);
    group = XD_AT(&ic->groups, xd_edi_group_t, 0);

    return XD_AT(&group->sets, xd_edi_set_t, 0)->tree;
}


START_TEST(what_is_written_is_clean_and_the_same)
{
    const xd_mapping_t *map = map_out(outward[_i].document);

    for (uint32_t n = 0; n < 150; n++) {
        xd_node_t *doc, *set = NULL;

        xd_arena_reset(arena);
        xd_report_init(&report, arena, 100);
        doc = generated(_i, n);
        ck_assert_int_eq(writes_tree(map, doc, &set), XD_OK);
        ck_assert_int_eq(reads(map, through_bytes(set, n % 3)), XD_OK);
        ck_assert_msg(within(doc, got), "%.*s\nbecame\n%.*s",
            XD_FMT(shown(doc)), XD_FMT(shown(got)));
    }
}
END_TEST


START_TEST(examples_are_clean)
{
    static const char *const names[] = { "minimal", "typical" };
    const xd_mapping_t *map = map_out(outward[_i].document);

    for (size_t i = 0; i < 2; i++) {
        xd_node_t *set = NULL;
        const xd_node_t *doc = example(outward[_i].document, names[i]);

        ck_assert_int_eq(writes_tree(map, doc, &set), XD_OK);
        ck_assert_int_eq(reads(map, through_bytes(set, i)), XD_OK);
        ck_assert(within(business(doc), got));
    }
}
END_TEST


/* The same for sets beside those, where the example can be said. */
static const struct {
    const char *document, *set, *example;
} beside[] = {
    { "order-change", "860", "minimal" },
    { "order-change", "860", "typical" },
    { "receipt", "861", "minimal" },
    { "receipt", "861", "typical" },
    { "payment", "820", "minimal" },
    { "payment", "820", "typical" },
    { "fulfilment", "940", "minimal" },
    { "fulfilment", "945", "minimal" },
    { "transfer", "943", "minimal" },
    { "transfer", "943", "typical" },
};

START_TEST(base_maps_write_clean_sets)
{
    const xd_mapping_query_t query = { .syntax = XD_STR("x12"),
        .set = xd_str(beside[_i].set),
        .document = xd_str(beside[_i].document) };
    const xd_mapping_t *map = xd_mapping_out(&maps, &query);
    xd_node_t *doc = example(beside[_i].document, beside[_i].example);
    xd_node_t *set = NULL, *line = xd_nth(xd_get(doc, "lines"), 0);

    /* a set names the article, a task may leave it out */
    if (strcmp(beside[_i].document, "fulfilment") == 0) {
        xd_put_str(arena, xd_put(arena, line, "item", XD_OBJECT), "gtin",
            XD_STR("04012345001013"));
    }

    ck_assert_int_eq(writes_tree(map, doc, &set), XD_OK);
    ck_assert_ptr_nonnull(through_bytes(set, 0));
    ck_assert_msg(xd_report_errors(&report) == 0, "%.*s\n%.*s",
        XD_FMT(report.kept[report.nkept - 1].text), XD_FMT(xd_buf_str(&out)));
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("x12");
    TCase *tc = tcase_create("written");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 60);
    tcase_add_unchecked_fixture(tc, load_maps, unload_maps);
    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_loop_test(tc, what_is_written_is_clean_and_the_same, 0, OUTWARD);
    tcase_add_loop_test(tc, examples_are_clean, 0, OUTWARD);
    tcase_add_loop_test(tc, base_maps_write_clean_sets, 0,
        (int) (sizeof(beside) / sizeof(beside[0])));

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
