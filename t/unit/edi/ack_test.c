/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "edi/ack.h"

#define ISA                                                                    \
    "ISA*00*          *00*          *01*ACME           *ZZ*CROSSDOCK      "    \
    "*260514*0931*U*00401*000000001*0*P*>~"
#define ISA_ASKS                                                               \
    "ISA*00*          *00*          *01*ACME           *ZZ*CROSSDOCK      "    \
    "*260514*0931*U*00401*000000001*1*P*>~"
#define GS   "GS*SH*AC*CD*20260514*0931*17*X*004010~"
#define SET  "ST*856*0001~BSN*00*ASN-1*20260514*0931~HL*1**S~SE*4*0001~"
#define TAIL "GE*1*17~IEA*1*000000001~"

static xd_arena_t *arena;
static xd_buf_t out;

static const xd_edi_ack_t ack = { .now_ms = 1778832000000 /* 15 May 2026 */,
    .isa_control = 77,
    .gs_control = 8,
    .usage = 'P' };


static void
setup(void)
{
    arena = xd_arena_new(0);
    out = (xd_buf_t){ 0 };
}


static void
teardown(void)
{
    xd_buf_free(&out);
    xd_arena_free(arena);
}


static const xd_edi_interchange_t *
graded(const char *bytes)
{
    const xd_edi_options_t options = { .trees = false };
    xd_edi_file_t file;
    xd_report_t rep;

    xd_report_init(&rep, arena, 0);
    ck_assert_int_eq(xd_edi_grade(arena, xd_str(bytes), &options, &rep, &file),
        XD_OK);
    ck_assert_uint_eq(file.interchanges.count, 1);

    return XD_AT(&file.interchanges, xd_edi_interchange_t, 0);
}


static void
wrote(const char *want)
{
    ck_assert_msg(xd_str_is(xd_buf_str(&out), want), "wrote\n%.*s",
        XD_FMT(xd_buf_str(&out)));
}


START_TEST(answers_a_group)
{
    ck_assert_int_eq(xd_edi_write_997(graded(ISA GS SET TAIL), &ack, &out),
        XD_OK);
    wrote("ISA*00*          *00*          *ZZ*CROSSDOCK      "
          "*01*ACME           *260515*0800*U*00401*000000077*0*P*>~"
          "GS*FA*CD*AC*20260515*0800*8*X*004010~"
          "ST*997*0001~AK1*SH*17~AK2*856*0001~AK5*A~AK9*A*1*1*1~SE*6*0001~"
          "GE*1*8~IEA*1*000000077~");
}
END_TEST


START_TEST(answers_every_group_but_acknowledgements)
{
    ck_assert_int_eq(
        xd_edi_write_997(graded(ISA GS SET
                             "GE*1*17~"
                             "GS*FA*AC*CD*20260514*0931*18*X*004010~"
                             "ST*997*0001~AK1*PO*1~AK9*A*1*1*1~SE*4*0001~"
                             "GE*1*18~"
                             "GS*SH*AC*CD*20260514*0931*19*X*004010~"
                             "GE*0*19~IEA*3*000000001~"),
            &ack, &out),
        XD_OK);
    ck_assert_ptr_nonnull(memmem(out.ptr, out.len,
        "~ST*997*0002~AK1*SH*19~AK9*A*0*0*0~SE*4*0002~GE*2*8~", 51));
    ck_assert_ptr_null(memmem(out.ptr, out.len, "*18", 3));
}
END_TEST


START_TEST(never_answers_an_answer)
{
    static const char *const some[] = {
        ISA_ASKS "GS*FA*AC*CD*20260514*0931*18*X*004010~ST*997*0001~"
                 "AK1*PO*1~AK9*A*1*1*1~SE*4*0001~GE*1*18~IEA*1*000000001~",
        ISA_ASKS "TA1*000000001*260513*0900*A*000~IEA*0*000000001~",
    };

    for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
        ck_assert_int_eq(xd_edi_write_997(graded(some[i]), &ack, &out),
            XD_E_NOT_FOUND);
        ck_assert_int_eq(xd_edi_write_ta1(graded(some[i]), &ack, &out),
            XD_E_NOT_FOUND);
        ck_assert_uint_eq(out.len, 0);
    }
}
END_TEST


START_TEST(writes_ta1_when_asked_or_needed)
{
    static const struct {
        const char *bytes, *segment; /* NULL: none is due */
    } some[] = {
        { ISA GS SET TAIL, NULL },
        { ISA_ASKS GS SET TAIL, "TA1*000000001*260514*0931*A*000~" },
        { ISA GS SET "GE*1*17~", "TA1*000000001*260514*0931*R*023~" },
        { ISA GS SET "GE*1*17~IEA*9*000000001~",
            "TA1*000000001*260514*0931*E*021~" },
        { ISA GS SET "GE*1*17~IEA*1*000000002~",
            "TA1*000000001*260514*0931*R*001~" },
        /* the first note stands, but one that rejects is worth more */
        { ISA GS SET "GE*1*17~IEA*9*000000002~",
            "TA1*000000001*260514*0931*R*001~" },
    };

    for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
        xd_rc_t rc = xd_edi_write_ta1(graded(some[i].bytes), &ack, &out);

        if (some[i].segment == NULL) {
            ck_assert_int_eq(rc, XD_E_NOT_FOUND);
            continue;
        }

        ck_assert_int_eq(rc, XD_OK);
        ck_assert_msg(memmem(out.ptr, out.len, some[i].segment,
                          strlen(some[i].segment))
                          != NULL,
            "row %zu: %.*s", i, XD_FMT(xd_buf_str(&out)));
        ck_assert_ptr_nonnull(
            memmem(out.ptr, out.len, "~IEA*0*000000077~", 17));
        xd_buf_reset(&out);
    }
}
END_TEST


START_TEST(uses_the_sender_s_marks_when_it_can)
{
    static const struct {
        char element, component, terminator;
        const char *begins, *ends;
    } some[] = {
        { '|', ':', '!', "ISA|00|", "IEA|1|000000077!" },
        { '*', '>', '\n', "ISA*00*", "IEA*1*000000077~" },
        { '~', '>', '\n', "ISA~00~", "IEA~1~000000077*" },
        { '\x1d', '\x1f', '\x1c', "ISA*00*", "IEA*1*000000077~" },
    };

    for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
        char bytes[] = ISA GS SET TAIL;

        for (char *c = bytes; *c != '\0'; c++) {
            *c = *c == '*'   ? some[i].element
                 : *c == '~' ? some[i].terminator
                 : *c == '>' ? some[i].component
                             : *c;
        }
        ck_assert_int_eq(xd_edi_write_997(graded(bytes), &ack, &out), XD_OK);
        ck_assert_msg(memcmp(out.ptr, some[i].begins, 7) == 0, "row %zu", i);
        ck_assert_msg(memcmp(out.ptr + out.len - 16, some[i].ends, 16) == 0,
            "row %zu: %.*s", i, XD_FMT(xd_buf_str(&out)));
        xd_buf_reset(&out);
    }
}
END_TEST


START_TEST(leaves_a_full_buffer_as_it_was)
{
    const xd_edi_interchange_t *ic = graded(ISA_ASKS GS SET TAIL);

    out.limit = 150;
    xd_buf_text(&out, "before");
    ck_assert_int_eq(xd_edi_write_997(ic, &ack, &out), XD_E_MEMORY);
    ck_assert_uint_eq(out.len, 6);
    ck_assert_int_eq(xd_edi_write_ta1(ic, &ack, &out), XD_E_MEMORY);
    wrote("before");
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("edi");
    TCase *tc = tcase_create("ack");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, answers_a_group);
    tcase_add_test(tc, answers_every_group_but_acknowledgements);
    tcase_add_test(tc, never_answers_an_answer);
    tcase_add_test(tc, writes_ta1_when_asked_or_needed);
    tcase_add_test(tc, uses_the_sender_s_marks_when_it_can);
    tcase_add_test(tc, leaves_a_full_buffer_as_it_was);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
