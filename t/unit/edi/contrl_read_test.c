/* SPDX-License-Identifier: BSD-2-Clause */

/* CONTRL that come in, as ours go out and as others write them. */

#include <check.h>
#include <stdlib.h>

#include "edi/ack.h"
#include "edi/ack_read.h"

#define UNB "UNB+UNOC:3+SHOP:14+US:14+260514:0931+77'"
#define END "UNZ+1+77'"

static xd_arena_t *arena;
static xd_report_t report;
static xd_edi_file_t file;
static xd_edi_contrl_t got;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&report, arena, 100);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static const xd_edi_interchange_t *
graded(xd_str_t bytes)
{
    const xd_edi_options_t options = { .trees = true };

    ck_assert_int_eq(xd_edi_grade(arena, bytes, &options, &report, &file),
        XD_OK);

    return XD_AT(&file.interchanges, xd_edi_interchange_t, 0);
}


static const xd_node_t *
tree(xd_str_t bytes)
{
    const xd_edi_interchange_t *ic = graded(bytes);
    const xd_edi_group_t *group = XD_AT(&ic->groups, xd_edi_group_t, 0);

    return XD_AT(&group->sets, xd_edi_set_t, 0)->tree;
}


static xd_rc_t
take(const char *segments)
{
    xd_str_t bytes = xd_fmt(arena, UNB "%s" END, segments);

    return xd_edi_read_contrl(arena, tree(bytes), &got);
}


static const xd_edi_contrl_answer_t *
message(size_t n)
{
    ck_assert_uint_lt(n, got.messages.count);

    return XD_AT(&got.messages, xd_edi_contrl_answer_t, n);
}


/* The same in the three versions that are in use. */
static const char *const versions[] = { "CONTRL:D:3:UN", "CONTRL:2:2:UN:EAN002",
    "CONTRL:4:1:UN" };


START_TEST(reads_messages_and_faults)
{
    const xd_edi_fault_t *f;

    ck_assert_int_eq(
        take(xd_fmt(arena,
            "UNH+1+%s'UCI+905+US:14+SHOP:14+7'UCM+1+ORDERS:D:96A:UN+7'"
            "UCM+2+ORDERS:D:96A:UN+4+29+UNT+2:1'"
            "UCM+3+ORDERS:D:96A:UN+4'UCS+7+13'UCS+9'UCD+12+2:1'UCD+39+4'"
            "UNT+10+1'",
            versions[_i])
                 .ptr),
        XD_OK);
    ck_assert_uint_eq(xd_report_errors(&report), 0);
    ck_assert(xd_str_is(got.control, "905"));
    ck_assert_int_eq(got.status, 'A');
    ck_assert_uint_eq(got.reason.code, 0);
    ck_assert_uint_eq(got.messages.count, 3);

    ck_assert(xd_str_is(message(0)->control, "1"));
    ck_assert(xd_str_is(message(0)->code, "ORDERS"));
    ck_assert_int_eq(message(0)->status, 'A');
    ck_assert_int_eq(message(1)->status, 'R');
    ck_assert_uint_eq(message(1)->reason.code, 29);
    ck_assert(xd_str_is(message(1)->reason.segment_id, "UNT"));
    ck_assert_uint_eq(message(1)->reason.element, 1);
    ck_assert_uint_eq(message(1)->reason.component, 1);

    ck_assert_uint_eq(message(2)->faults.count, 3);
    f = XD_AT(&message(2)->faults, xd_edi_fault_t, 0);
    ck_assert_uint_eq(f->position, 7);
    ck_assert_uint_eq(f->segment_code, 13);
    ck_assert_uint_eq(f->element, 0);
    f = XD_AT(&message(2)->faults, xd_edi_fault_t, 1);
    ck_assert_uint_eq(f->position, 9);
    ck_assert_uint_eq(f->segment_code, 0);
    ck_assert_uint_eq(f->element_code, 12);
    ck_assert_uint_eq(f->element, 1);
    ck_assert_uint_eq(f->component, 1);
    f = XD_AT(&message(2)->faults, xd_edi_fault_t, 2);
    ck_assert_uint_eq(f->element, 3);
    ck_assert_uint_eq(f->component, 0);
}
END_TEST


START_TEST(reads_groups)
{
    ck_assert_int_eq(take("UNH+1+CONTRL:D:3:UN'UCI+905+US:14+SHOP:14+7'"
                          "UCF+12+US:14+SHOP:14+7'"
                          "UCM+4+ORDERS:D:96A:UN+4'UCS+3+15'"
                          "UCF+13+US:14+SHOP:14+4+28+UNE+3'UNT+7+1'"),
        XD_OK);
    ck_assert_uint_eq(got.groups.count, 2);
    ck_assert_int_eq(XD_AT(&got.groups, xd_edi_contrl_answer_t, 0)->status,
        'A');
    ck_assert(xd_str_is(XD_AT(&got.groups, xd_edi_contrl_answer_t, 1)->control,
        "13"));
    ck_assert_int_eq(XD_AT(&got.groups, xd_edi_contrl_answer_t, 1)->status,
        'R');
    ck_assert_uint_eq(XD_AT(&got.groups, xd_edi_contrl_answer_t, 1)
                          ->reason.code,
        28);
    ck_assert_uint_eq(got.messages.count, 1);
    ck_assert(xd_str_is(message(0)->control, "4"));
    ck_assert_uint_eq(message(0)->faults.count, 1);
}
END_TEST


static const struct {
    const char *uci;
    xd_rc_t rc;
    char status;
    unsigned code;
} heads[] = {
    { "UCI+905+US:14+SHOP:14+8'", XD_OK, 'A', 0 },
    { "UCI+905+US:14+SHOP:14+4+2+UNB+2:2'", XD_OK, 'R', 2 },
    { "UCI+905+US:14+SHOP:14+4'", XD_OK, 'R', 0 },
    { "UCI+905+US:14+SHOP:14+9'", XD_E_SYNTAX, 0, 0 },
    { "UCI+905+US:14+SHOP:14'", XD_E_SYNTAX, 0, 0 },
    { "UCI++US:14+SHOP:14+7'", XD_E_SYNTAX, 0, 0 },
    { "", XD_E_SYNTAX, 0, 0 },
};

START_TEST(the_head_must_say_what_and_how)
{
    ck_assert_int_eq(take(xd_fmt(arena, "UNH+1+CONTRL:D:3:UN'%sUNT+3+1'",
                         heads[_i].uci)
                              .ptr),
        heads[_i].rc);
    if (heads[_i].rc == XD_OK) {
        ck_assert_int_eq(got.status, heads[_i].status);
        ck_assert_uint_eq(got.reason.code, heads[_i].code);
    }
}
END_TEST


/* Ours of an interchange with a bad message, read as its sender would. */
START_TEST(reads_what_we_write)
{
    const xd_edi_ack_t ack = { .now_ms = 1778750000000,
        .isa_control = 12,
        .usage = 'P' };
    xd_buf_t out = { 0 };

    ck_assert_int_eq(
        xd_edi_write_contrl(
            graded(XD_STR("UNB+UNOC:3+SHOP:14+US:14+260514:0931+77'"
                          "UNH+M1+ORDERS:D:96A:UN'BGM+220+1+9'UNS+S'UNT+4+M1'"
                          "UNZ+1+77'")),
            &ack, &out),
        XD_OK);
    ck_assert_int_eq(xd_edi_read_contrl(arena,
                         tree(xd_dup(arena, xd_buf_str(&out))), &got),
        XD_OK);
    ck_assert(xd_str_is(got.control, "77"));
    ck_assert_int_eq(got.status, 'A');
    ck_assert_uint_eq(got.messages.count, 1);
    ck_assert(xd_str_is(message(0)->control, "M1"));
    ck_assert_int_eq(message(0)->status, 'R');
    ck_assert_uint_gt(message(0)->faults.count, 0);
    ck_assert_uint_eq(XD_AT(&message(0)->faults, xd_edi_fault_t, 0)
                          ->segment_code,
        13);
    xd_buf_free(&out);
}
END_TEST


START_TEST(full_arena_is_told)
{
    const xd_node_t *whole = tree(
        XD_STR(UNB "UNH+1+CONTRL:D:3:UN'UCI+905+US:14+SHOP:14+7'"
                   "UCF+12+US:14+SHOP:14+7'UCM+4+ORDERS:D:96A:UN+4'UCS+3+15'"
                   "UCD+12+2:1'UNT+7+1'" END));
    xd_rc_t rc = XD_E_MEMORY;
    size_t n;

    for (n = 1; rc == XD_E_MEMORY; n++) {
        xd_arena_t *small = xd_arena_new(0);

        xd_arena_fail_at(small, n);
        rc = xd_edi_read_contrl(small, whole, &got);
        xd_arena_free(small);
    }

    ck_assert_int_eq(rc, XD_OK);
    ck_assert_uint_gt(n, 2);
}
END_TEST


START_TEST(endless_ones_are_cut)
{
    xd_buf_t text = { 0 };

    xd_buf_text(&text, UNB "UNH+1+CONTRL:D:3:UN'UCI+905+US:14+SHOP:14+7'");
    for (int i = 0; i < XD_EDI_MOST_ANSWERS + 10; i++) {
        xd_buf_fmt(&text, "UCM+%d+ORDERS:D:96A:UN+4'UCS+3+15'", i + 1);
    }
    xd_buf_text(&text, "UNT+9+1'" END);
    ck_assert_int_eq(xd_edi_read_contrl(arena, tree(xd_buf_str(&text)), &got),
        XD_OK);
    ck_assert_uint_eq(got.messages.count, XD_EDI_MOST_ANSWERS / 2);
    xd_buf_free(&text);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("contrl_read");
    TCase *tc = tcase_create("contrl");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, reads_messages_and_faults, 0,
        sizeof(versions) / sizeof(versions[0]));
    tcase_add_test(tc, reads_groups);
    tcase_add_loop_test(tc, the_head_must_say_what_and_how, 0,
        sizeof(heads) / sizeof(heads[0]));
    tcase_add_test(tc, reads_what_we_write);
    tcase_add_test(tc, full_arena_is_told);
    tcase_add_test(tc, endless_ones_are_cut);
    suite_add_tcase(s, tc);

    runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
