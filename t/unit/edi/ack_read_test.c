/* SPDX-License-Identifier: BSD-2-Clause */

/* Acknowledgements that come in, as ours go out and as others write them. */

#include <check.h>
#include <stdlib.h>

#include "base/buf.h"
#include "edi/ack_read.h"

#define HEAD                                                                   \
    "ISA*00*          *00*          *ZZ*ACME           *ZZ*CROSSDOCK      "    \
    "*260514*0931*U*00401*000000905*0*P*>~"
#define GROUP "GS*FA*ACME*CROSSDOCK*20260514*0931*412*X*004010~ST*997*0001~"
#define TAIL  "GE*1*412~IEA*1*000000905~"

static xd_arena_t *arena;
static xd_report_t report;
static xd_edi_file_t file;
static xd_edi_997_t got;


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


static const xd_node_t *
tree(const char *bytes)
{
    const xd_edi_options_t options = { .trees = true };
    const xd_edi_interchange_t *ic;
    const xd_edi_group_t *group;

    ck_assert_int_eq(xd_edi_grade(arena, xd_str(bytes), &options, &report,
                         &file),
        XD_OK);
    ic = XD_AT(&file.interchanges, xd_edi_interchange_t, 0);
    group = XD_AT(&ic->groups, xd_edi_group_t, 0);

    return XD_AT(&group->sets, xd_edi_set_t, 0)->tree;
}


static const xd_edi_answer_t *
set_at(size_t n)
{
    ck_assert_uint_lt(n, got.sets.count);

    return XD_AT(&got.sets, xd_edi_answer_t, n);
}


/* The same answer as 997 and as 999. */
#define ANSWER(set, segment, element, verdict)                                 \
    "ST*" set "*0001~AK1*PO*77~AK2*850*0001~" verdict                          \
    "*A~AK2*850*0002~" segment "*PO1*9*PO1*8~" element "*4*212*6*ABC~" element \
    "*5>2*355*7~" segment "*CTT*20**3~" verdict                                \
    "*R*5*4~AK9*P*2*2*1~SE*12*0001~"

static const char *const answers[] = {
    HEAD "GS*FA*ACME*CROSSDOCK*20260514*0931*412*X*004010~" ANSWER("997", "AK3",
        "AK4", "AK5") TAIL,
    HEAD "GS*FA*ACME*CROSSDOCK*20260514*0931*412*X*005010~" ANSWER("999", "IK3",
        "IK4", "IK5") TAIL,
};


START_TEST(reads_groups_sets_and_faults)
{
    const xd_edi_fault_t *f;

    ck_assert_int_eq(xd_edi_read_997(arena, tree(answers[_i]), &got), XD_OK);
    ck_assert_uint_eq(xd_report_errors(&report), 0);

    ck_assert(xd_str_is(got.functional, "PO"));
    ck_assert(xd_str_is(got.control, "77"));
    ck_assert_int_eq(got.status, 'P');
    ck_assert_uint_eq(got.included, 2);
    ck_assert_uint_eq(got.accepted, 1);
    ck_assert_uint_eq(got.codes[0], 0);

    ck_assert(xd_str_is(set_at(0)->control, "0001"));
    ck_assert(xd_edi_accepts(set_at(0)->status));
    ck_assert(!xd_edi_accepts(set_at(1)->status));
    ck_assert_uint_eq(set_at(1)->codes[0], 5);
    ck_assert_uint_eq(set_at(1)->codes[1], 4);
    ck_assert_uint_eq(set_at(1)->faults.count, 3);

    f = XD_AT(&set_at(1)->faults, xd_edi_fault_t, 0);
    ck_assert(xd_str_is(f->segment_id, "PO1"));
    ck_assert(xd_str_is(f->loop_id, "PO1"));
    ck_assert_uint_eq(f->position, 9);
    ck_assert_uint_eq(f->element, 4);
    ck_assert_uint_eq(f->component, 0);
    ck_assert_uint_eq(f->reference, 212);
    ck_assert_uint_eq(f->element_code, 6);
    ck_assert(xd_str_is(f->value, "ABC"));
    ck_assert_uint_eq(f[1].element, 5);
    ck_assert_uint_eq(f[1].component, 2);
    ck_assert_uint_eq(f[2].element, 0);
    ck_assert_uint_eq(f[2].segment_code, 3);
}
END_TEST


/* A partner may answer a group without naming its sets. */
START_TEST(reads_what_says_little)
{
    ck_assert_int_eq(xd_edi_read_997(arena,
                         tree(HEAD GROUP
                             "AK1*PO*77~AK9*R*1*1*0*4~SE*4*0001~" TAIL),
                         &got),
        XD_OK);
    ck_assert_uint_eq(got.sets.count, 0);
    ck_assert_int_eq(got.status, 'R');
    ck_assert_uint_eq(got.codes[0], 4);
}
END_TEST


/* One with faults is read as far as it goes. */
START_TEST(reads_what_is_refused)
{
    ck_assert_int_eq(xd_edi_read_997(arena,
                         tree(HEAD GROUP "AK1*PO*77~AK2*850*0001~AK9*AA*X*1~"
                                         "SE*9*0001~" TAIL),
                         &got),
        XD_E_SYNTAX);
    ck_assert_int_eq(xd_edi_read_997(arena,
                         tree(HEAD GROUP "AK1*PO*77~AK2*850*0001~AK9*A*X*1~"
                                         "SE*5*0001~" TAIL),
                         &got),
        XD_OK);
    ck_assert_int_eq(set_at(0)->status, '\0');
    ck_assert_uint_eq(got.included, 0);
    ck_assert_int_eq(xd_edi_read_997(arena,
                         tree(HEAD GROUP "AK9*A*1*1*1~SE*3*0001~" TAIL), &got),
        XD_E_SYNTAX);
    ck_assert_int_eq(xd_edi_read_997(arena, NULL, &got), XD_E_SYNTAX);
}
END_TEST


START_TEST(faults_are_bounded)
{
    xd_buf_t many = { 0 };

    xd_buf_text(&many, HEAD GROUP "AK1*PO*77~AK2*850*0001~");
    for (int i = 0; i < XD_EDI_MOST_ANSWERS + 100; i++) {
        xd_buf_text(&many, "AK3*PO1*9**2~");
    }
    xd_buf_text(&many, "AK5*R*5~AK9*R*1*1*0~");
    xd_buf_fmt(&many, "SE*%d*0001~%s", XD_EDI_MOST_ANSWERS + 106, TAIL);
    xd_buf_byte(&many, '\0');

    ck_assert_int_eq(xd_edi_read_997(arena, tree(many.ptr), &got), XD_OK);
    ck_assert_uint_eq(set_at(0)->faults.count, XD_EDI_MOST_ANSWERS);
    xd_buf_free(&many);
}
END_TEST


START_TEST(full_arena_is_told)
{
    const xd_node_t *set =
        tree(HEAD GROUP "AK1*PO*77~AK2*850*0001~AK3*PO1*9**8~AK4*4*212*6~"
                        "AK5*R*5~AK9*R*1*1*0~SE*8*0001~" TAIL);
    xd_rc_t rc = XD_E_MEMORY;

    for (size_t n = 1; rc != XD_OK; n++) {
        ck_assert_uint_lt(n, 100);
        xd_arena_fail_at(arena, n);
        rc = xd_edi_read_997(arena, set, &got);
        xd_arena_fail_at(arena, 0);
        ck_assert(rc == XD_OK || rc == XD_E_MEMORY);
    }
}
END_TEST


START_TEST(answers_to_interchanges_are_kept)
{
    const xd_edi_interchange_t *ic;
    const xd_edi_ta1_t *ta1;

    (void) tree(HEAD "TA1*000000311*260513*1204*A*000~"
                     "TA1*000000312*260513*1205*R*025~" GROUP
                     "AK1*PO*77~AK9*A*1*1*1~SE*4*0001~" TAIL);
    ic = XD_AT(&file.interchanges, xd_edi_interchange_t, 0);
    ck_assert_uint_eq(xd_report_errors(&report), 0);
    ck_assert_uint_eq(ic->answers.count, 2);

    ta1 = XD_AT(&ic->answers, xd_edi_ta1_t, 1);
    ck_assert(xd_str_is(ta1->control, "000000312"));
    ck_assert(xd_str_is(ta1->date, "260513"));
    ck_assert(xd_str_is(ta1->time, "1205"));
    ck_assert_int_eq(ta1->status, 'R');
    ck_assert_uint_eq(ta1->note, 25);
}
END_TEST


START_TEST(odd_answers_to_interchanges_are_told)
{
    const xd_edi_interchange_t *ic;
    const xd_edi_ta1_t *ta1;

    (void) tree(HEAD "TA1*311*260513*1204*Y~" GROUP
                     "AK1*PO*77~AK9*A*1*1*1~SE*4*0001~" TAIL);
    ic = XD_AT(&file.interchanges, xd_edi_interchange_t, 0);
    ta1 = XD_AT(&ic->answers, xd_edi_ta1_t, 0);
    ck_assert(xd_str_is(ta1->control, "311"));
    ck_assert_int_eq(ta1->status, '\0');
    ck_assert_uint_eq(report.count[XD_WARNING], 2);
    ck_assert_int_eq(ic->verdict, 'A');
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("edi");
    TCase *tc = tcase_create("ack_read");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, reads_groups_sets_and_faults, 0, 2);
    tcase_add_test(tc, reads_what_says_little);
    tcase_add_test(tc, reads_what_is_refused);
    tcase_add_test(tc, faults_are_bounded);
    tcase_add_test(tc, full_arena_is_told);
    tcase_add_test(tc, answers_to_interchanges_are_kept);
    tcase_add_test(tc, odd_answers_to_interchanges_are_told);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
