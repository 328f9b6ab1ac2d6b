/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "edi/ack.h"

/* ORDERS D.96A, as short as it may be. */
#define UNB3  "UNB+UNOC:3+4009999000011:14+4009999000028:14+260514:0931+142'"
#define UNB4  "UNB+UNOC:4+4009999000011:14+4009999000028:14+20260514:0931+142'"
#define UNH   "UNH+7+ORDERS:D:96A:UN'"
#define BGM   "BGM+220+PO-1+9'"
#define DTM   "DTM+137:20260514:102'"
#define BUYER "NAD+BY+4009999000011::9'"
#define LINE  "LIN+1++4006381333931:EN'QTY+21:240'"
#define END   "UNS+S'CNT+2:1'"
#define GOOD  UNH BGM DTM BUYER LINE END "UNT+9+7'"
#define UNZ   "UNZ+1+142'"

/* What stands around the report in every answer. */
#define HEAD                                                                   \
    "UNA:+.? 'UNB+UNOC:3+4009999000028:14+4009999000011:14+260515:0800+77'"    \
    "UNH+1+CONTRL:D:3:UN'UCI+142+4009999000011:14+4009999000028:14+"

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


static const struct {
    const char *bytes, *want;
} answers[] = {
    { UNB3 GOOD UNZ, HEAD "7'UNT+3+1'UNZ+1+77'" },
    /* A message is missing a segment: at its place, by its number. */
    { UNB3 UNH DTM BUYER LINE END "UNT+8+7'" UNZ,
        HEAD "7'UCM+7+ORDERS:D:96A:UN+4'UCS+2+13'UNT+5+1'UNZ+1+77'" },
    /* A component that is no number. */
    { UNB3 UNH BGM DTM BUYER "LIN+1++4006381333931:EN'QTY+21:many'" END
                             "UNT+9+7'" UNZ,
        HEAD "7'UCM+7+ORDERS:D:96A:UN+4'UCS+6'UCD+37+2:2'UNT+6+1'UNZ+1+77'" },
    /* Two faults of one segment stand under one UCS. */
    { UNB3 UNH "BGM+2200+PO-1+9900'" DTM BUYER LINE END "UNT+9+7'" UNZ,
        HEAD "7'UCM+7+ORDERS:D:96A:UN+4'UCS+2'UCD+39+2:1'UCD+39+4'UNT+7+1'"
             "UNZ+1+77'" },
    /* Only the message that is refused is named. */
    { UNB3 GOOD "UNH+8+ORDERS:D:96A:UN'" DTM BUYER LINE END
                "UNT+8+8'UNZ+2+142'",
        HEAD "7'UCM+8+ORDERS:D:96A:UN+4'UCS+2+13'UNT+5+1'UNZ+1+77'" },
    /* The trailer does not fit: the message itself is at fault. */
    { UNB3 UNH BGM DTM BUYER LINE END "UNT+9+8'" UNZ,
        HEAD "7'UCM+7+ORDERS:D:96A:UN+4+28+UNT+3'UNT+4+1'UNZ+1+77'" },
    /* The interchange itself: nothing below is named. */
    { UNB3 GOOD "UNZ+1+143'", HEAD "4+28+UNZ+3'UNT+3+1'UNZ+1+77'" },
    { UNB3 GOOD, HEAD "4+13+UNZ'UNT+3+1'UNZ+1+77'" },
};


START_TEST(says_what_was_wrong)
{
    ck_assert_int_eq(xd_edi_write_contrl(graded(answers[_i].bytes), &ack, &out),
        XD_OK);
    ck_assert_msg(xd_str_is(xd_buf_str(&out), answers[_i].want), "%.*s",
        XD_FMT(xd_buf_str(&out)));
}
END_TEST


START_TEST(speaks_syntax_4)
{
    ck_assert_int_eq(xd_edi_write_contrl(graded(UNB4 GOOD UNZ), &ack, &out),
        XD_OK);
    ck_assert_msg(xd_str_is(xd_buf_str(&out),
                      "UNA:+.? 'UNB+UNOC:4+4009999000028:14+4009999000011:14+"
                      "20260515:0800+77'UNH+1+CONTRL:4:1:UN'UCI+142+"
                      "4009999000011:14+4009999000028:14+7'UNT+3+1'"
                      "UNZ+1+77'"),
        "%.*s", XD_FMT(xd_buf_str(&out)));
}
END_TEST


START_TEST(groups_are_named)
{
    static const char want[] = "'UCF+3+SHOP:14+US:14+4+28+UNE+3'";

    ck_assert_int_eq(xd_edi_write_contrl(graded(
                                             UNB3 "UNG+ORDERS+SHOP:14+US:14+"
                                                  "260514:0931+3+UN+D:96A'" GOOD
                                                  "UNE+1+4'" UNZ),
                         &ack, &out),
        XD_OK);
    ck_assert_msg(memmem(out.ptr, out.len, want, sizeof(want) - 1) != NULL,
        "%.*s", XD_FMT(xd_buf_str(&out)));
}
END_TEST


/* An answer to an answer would never end; X12 has answers of its own. */
START_TEST(is_silent)
{
    static const char *const some[] = {
        UNB3 "UNH+7+CONTRL:D:3:UN'UCI+1+A+B+7'UNT+3+7'" UNZ,
        "ISA*00*          *00*          *01*ACME           *ZZ*CROSSDOCK      "
        "*260514*0931*U*00401*000000001*1*P*>~IEA*0*000000001~",
    };

    ck_assert_int_eq(xd_edi_write_contrl(graded(some[_i]), &ack, &out),
        XD_E_NOT_FOUND);
    ck_assert_uint_eq(out.len, 0);
}
END_TEST


/* A value that cannot be sent in the partner's own character set. */
START_TEST(hostile_values_are_sendable)
{
    static const char bytes[] = "UNB+UNOA:1+\x01\xff?+'s:14+US+260514:0931+"
                                "?'''" GOOD UNZ;
    const xd_edi_options_t options = { .trees = false };
    xd_edi_file_t again;
    xd_report_t rep;

    ck_assert_int_eq(xd_edi_write_contrl(graded(bytes), &ack, &out), XD_OK);
    xd_report_init(&rep, arena, 5);
    ck_assert_int_eq(xd_edi_grade(arena, xd_buf_str(&out), &options, &rep,
                         &again),
        XD_OK);
    ck_assert_msg(rep.nkept == 0, "%s: %.*s in %.*s", rep.kept[0].rule,
        XD_FMT(rep.kept[0].text), XD_FMT(xd_buf_str(&out)));
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("contrl");
    TCase *tc = tcase_create("contrl");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, says_what_was_wrong, 0,
        (int) (sizeof(answers) / sizeof(answers[0])));
    tcase_add_test(tc, speaks_syntax_4);
    tcase_add_test(tc, groups_are_named);
    tcase_add_loop_test(tc, is_silent, 0, 2);
    tcase_add_test(tc, hostile_values_are_sendable);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
