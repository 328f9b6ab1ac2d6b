/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "base/report.h"
#include "base/utf8.h"

static xd_arena_t *arena;
static xd_report_t rep;

typedef struct {
    size_t calls;
    xd_str_t text;
    char copy[600];
} seen_t;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&rep, arena, 3);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static void
see(void *ctx, const xd_finding_t *f)
{
    seen_t *seen = ctx;

    seen->calls++;
    memcpy(seen->copy, f->text.ptr, f->text.len);
    seen->text = (xd_str_t){ seen->copy, f->text.len };
}


START_TEST(keeps_a_copy_of_its_own)
{
    char path[] = "HL[1]", value[] = "12", text[] = "Too long.";
    char ack[] = "AK403:5";
    xd_finding_t f = { .severity = XD_ERROR,
        .scope = XD_SCOPE_SET,
        .offset = 12,
        .segment = 4,
        .rule = "x12.element.too-long",
        .path = xd_str(path),
        .value = xd_str(value),
        .text = xd_str(text),
        .ack = ack };

    xd_report(&rep, &f);
    memset(path, '!', 5);
    memset(value, '!', 2);
    memset(text, '!', 9);
    memset(ack, '!', 7);

    ck_assert_uint_eq(rep.nkept, 1);
    ck_assert(xd_str_is(rep.kept[0].path, "HL[1]"));
    ck_assert(xd_str_is(rep.kept[0].value, "12"));
    ck_assert(xd_str_is(rep.kept[0].text, "Too long."));
    ck_assert_str_eq(rep.kept[0].ack, "AK403:5");
    ck_assert_uint_eq(rep.kept[0].offset, 12);
    ck_assert_uint_eq(rep.kept[0].segment, 4);
}
END_TEST


START_TEST(counts_beyond_what_it_keeps)
{
    xd_finding_t f = { .severity = XD_WARNING, .rule = "a" };

    for (int i = 0; i < 10; i++) {
        xd_report(&rep, &f);
    }
    f.severity = XD_FATAL;
    xd_report(&rep, &f);
    f.severity = XD_ERROR;
    xd_report(&rep, &f);

    ck_assert_uint_eq(rep.nkept, 3);
    ck_assert_uint_eq(rep.count[XD_WARNING], 10);
    ck_assert_uint_eq(xd_report_errors(&rep), 2);
    ck_assert_ptr_null(rep.kept[0].ack);
    ck_assert_ptr_null(rep.kept[0].path.ptr);
}
END_TEST


START_TEST(keeps_many_in_their_order)
{
    xd_report_init(&rep, arena, 1000);

    for (size_t i = 0; i < 1000; i++) {
        xd_reportf(&rep, &(xd_finding_t){ .offset = i }, "n%zu", i);
    }

    ck_assert_uint_eq(rep.nkept, 1000);
    for (size_t i = 0; i < 1000; i++) {
        ck_assert_uint_eq(rep.kept[i].offset, i);
    }
    ck_assert(xd_str_is(rep.kept[999].text, "n999"));
}
END_TEST


START_TEST(only_counts_without_an_arena)
{
    xd_report_init(&rep, NULL, 0);
    xd_reportf(&rep, &(xd_finding_t){ .severity = XD_ERROR }, "x");
    ck_assert_uint_eq(rep.nkept, 0);
    ck_assert_uint_eq(xd_report_errors(&rep), 1);
}
END_TEST


START_TEST(a_full_arena_still_counts)
{
    for (size_t n = 1; n <= 5; n++) {
        xd_finding_t f = { .severity = XD_ERROR,
            .path = XD_STR("p"),
            .value = XD_STR("v"),
            .text = XD_STR("t"),
            .ack = "a" };

        xd_report_init(&rep, arena, 3);
        xd_arena_fail_at(arena, n);
        xd_report(&rep, &f);
        ck_assert_uint_eq(rep.count[XD_ERROR], 1);
        ck_assert_uint_eq(rep.nkept, 0);
    }
}
END_TEST


START_TEST(shows_each_to_its_sink)
{
    seen_t seen = { 0 };

    xd_report_init(&rep, NULL, 0);
    rep.sink = see;
    rep.sink_ctx = &seen;
    xd_reportf(&rep, &(xd_finding_t){ 0 }, "%d and %s", 1, "two");
    ck_assert_uint_eq(seen.calls, 1);
    ck_assert(xd_str_is(seen.text, "1 and two"));
}
END_TEST


/* Cut between characters, whichever byte the bound falls on. */
START_TEST(cuts_long_text_and_values)
{
    char value[400];

    for (size_t shift = 0; shift < 4; shift++) {
        memset(value, 'a', sizeof(value));
        for (size_t i = shift; i + 4 <= sizeof(value); i += 4) {
            memcpy(value + i, "\xf0\x9f\x8e\x81", 4);
        }

        xd_report_init(&rep, arena, 1);
        xd_reportf(&rep, &(xd_finding_t){ .value = { value, sizeof(value) } },
            "%.*s%.*s", 400, value, 396, value + shift);

        ck_assert_uint_le(rep.kept[0].value.len, 256);
        ck_assert_uint_gt(rep.kept[0].value.len, 252);
        ck_assert_uint_le(rep.kept[0].text.len, 512);
        ck_assert_uint_gt(rep.kept[0].text.len, 508);
        ck_assert_uint_eq(xd_utf8_valid(rep.kept[0].value),
            rep.kept[0].value.len);
    }
}
END_TEST


START_TEST(names_are_those_of_the_tool)
{
    ck_assert_str_eq(xd_severity_name(XD_INFO), "info");
    ck_assert_str_eq(xd_severity_name(XD_WARNING), "warning");
    ck_assert_str_eq(xd_severity_name(XD_ERROR), "error");
    ck_assert_str_eq(xd_severity_name(XD_FATAL), "fatal");
    ck_assert_str_eq(xd_scope_name(XD_SCOPE_VALUE), "value");
    ck_assert_str_eq(xd_scope_name(XD_SCOPE_SET), "set");
    ck_assert_str_eq(xd_scope_name(XD_SCOPE_GROUP), "group");
    ck_assert_str_eq(xd_scope_name(XD_SCOPE_INTERCHANGE), "interchange");
    ck_assert_str_eq(xd_scope_name(XD_SCOPE_FILE), "file");
}
END_TEST


START_TEST(names_the_file)
{
    const xd_finding_t found = { .severity = XD_ERROR,
        .line = 3,
        .rule = "test.rule",
        .path = XD_STR("/a"),
        .text = XD_STR("Wrong.") };
    xd_report_in(&rep, arena, XD_STR("some.yaml"), &found);
    ck_assert_uint_eq(rep.nkept, 1);
    ck_assert(xd_str_is(rep.kept[0].path, "some.yaml:/a"));
    ck_assert_uint_eq(rep.kept[0].line, 3);
    ck_assert(xd_str_is(found.path, "/a"));
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("base");
    TCase *tc = tcase_create("report");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, keeps_a_copy_of_its_own);
    tcase_add_test(tc, counts_beyond_what_it_keeps);
    tcase_add_test(tc, keeps_many_in_their_order);
    tcase_add_test(tc, only_counts_without_an_arena);
    tcase_add_test(tc, a_full_arena_still_counts);
    tcase_add_test(tc, shows_each_to_its_sink);
    tcase_add_test(tc, cuts_long_text_and_values);
    tcase_add_test(tc, names_are_those_of_the_tool);
    tcase_add_test(tc, names_the_file);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
