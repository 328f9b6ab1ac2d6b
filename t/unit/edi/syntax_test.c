/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the two syntaxes have of their own in grading: envelopes and messages
 * of EDIFACT, versions of X12, repetition, and grammars that nobody has tried.
 */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "edi/grade.h"

#define UNB  "UNB+UNOC:3+A:14+B:14+260318:1015+7'"
#define BODY "BGM+220+1+9'DTM+137:20260302:102'NAD+BY+1::9'LIN+1'UNS+S'"

/* An order of one line, with what stands in it behind DTM. */
#define ORDER(more, count)                                                     \
    UNB "UNH+1+ORDERS:D:96A:UN'BGM+220+1+9'DTM+137:20260302:102'"              \
        "NAD+BY+1::9'" more "UNS+S'UNT+" count "+1'UNZ+1+7'"

#define ISA(version, mark)                                                     \
    "ISA*00*          *00*          *ZZ*ACME           *ZZ*CROSSDOCK      "    \
    "*260514*0931*" mark "*" version "*000000001*0*P*>~"
#define X12(version, code, functional, body)                                   \
    ISA("00401", "U")                                                          \
    "GS*" functional "*ACME*CROSSDOCK*20260514*0931*1*X*" version "~ST*" code  \
    "*0001~" body "GE*1*1~IEA*1*000000001~"

typedef struct {
    const char *name, *bytes;
    const char *told;     /* "rule@path ack" of each that is no info */
    const char *verdicts; /* interchange, note, groups */
} case_t;

static const case_t cases[] = {
    { "an order", ORDER("LIN+1'", "7"), "", "A0 A" },
    { "a group",
        UNB "UNG+ORDERS+A+B+260318:1015+5+UN+D:96A'UNH+1+ORDERS:D:96A:UN'" BODY
            "UNT+7+1'UNE+1+5'UNZ+1+7'",
        "", "A0 A" },
    { "a group and a message beside it",
        UNB "UNG+ORDERS+A+B+260318:1015+5+UN+D:96A'UNH+1+ORDERS:D:96A:UN'" BODY
            "UNT+7+1'UNE+1+5'UNH+2+ORDERS:D:96A:UN'" BODY "UNT+7+2'UNZ+1+7'",
        "", "A0 A A" },
    { "a count of groups", UNB "UNG+X+A+B+1:1+5+UN+D:96A'UNE+1+6'UNZ+2+7'",
        "edifact.group.count@UNE/1 0085:29 "
        "edifact.group.control-differs@UNE/2 0085:28 "
        "edifact.interchange.count@UNZ/1 0085:29",
        "E29 R" },
    { "no UNE", UNB "UNG+X+A+B+1:1+5+UN+D:96A'UNZ+1+7'",
        "edifact.group.no-trailer@UNE 0085:13", "A0 R" },
    { "no UNT", UNB "UNH+1+ORDERS:D:96A:UN'" BODY "UNZ+1+7'",
        "edifact.set.no-trailer@UNT 0085:13", "A0 R" },
    { "no UNZ", UNB "UNH+1+ORDERS:D:96A:UN'" BODY "UNT+7+1'",
        "edifact.interchange.no-trailer@UNZ 0085:13", "R13 A" },
    { "UNT alone", UNB "UNT+1+1'UNZ+0+7'", "edifact.segment.stray@UNT 0085:33",
        "E33" },
    { "the same reference twice",
        UNB "UNH+1+ORDERS:D:96A:UN'" BODY "UNT+7+1'UNH+1+ORDERS:D:96A:UN'" BODY
            "UNT+7+1'UNZ+2+7'",
        "edifact.set.control-again@UNH/1 0085:26", "A0 P" },
    { "what UNB lacks", "UNB+UNOC+A++260318'UNZ+0+'",
        "edifact.unb.missing@UNB/1/2 0085:13 "
        "edifact.unb.missing@UNB/3/1 0085:13 "
        "edifact.unb.missing@UNB/4/2 0085:13 "
        "edifact.unb.missing@UNB/5 0085:13",
        "R13" },
    { "a syntax of the future", "UNB+UNOC:7+A+B+260318:1015+7'UNZ+0+7'",
        "edifact.unb.syntax@UNB/1/2 0085:2", "E2" },
    { "no such directory", UNB "UNH+1+ORDERS:D:97A:UN'UNT+2+1'UNZ+1+7'", "",
        "A0 R" },
    { "0 for D, and a blank",
        UNB "UNH+1+ORDERS:0: 96A:UN'" BODY "UNT+7+1'UNZ+1+7'",
        "edifact.element.padding@UNH/2/3 -", "A0 A" },
    { "a wrong number of lines", ORDER("LIN+1'LIN+2'", "9"),
        "edifact.set.count@UNT/1 0085:29", "A0 R" },
    { "CNT", UNB "UNH+1+ORDERS:D:96A:UN'" BODY "CNT+2:3'UNT+8+1'UNZ+1+7'",
        "edifact.total.lines@CNT/1/2 -", "A0 A" },
    { "a component too many", ORDER("LIN+1'QTY+21:1:PCE:9'", "8"),
        "edifact.element.components@SG25[1]/QTY/1/4 0085:16", "A0 R" },
    { "a component that is released", ORDER("LIN+1'QTY+21:1:P?:E'", "8"), "",
        "A0 A" },
    { "a component where none can be", ORDER("LIN+1:2'", "7"),
        "edifact.element.number@SG25[1]/LIN/1 0085:37", "A0 R" },
    { "a decimal comma, a sign", ORDER("LIN+1'QTY+21:-1,5'", "8"), "", "A0 A" },
    { "two decimal marks", ORDER("LIN+1'QTY+21:1.000,5'", "8"),
        "edifact.element.number@SG25[1]/QTY/1/2 0085:37", "A0 R" },
    { "characters, not bytes",
        ORDER("LIN+1'PIA+1+\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc"
              "\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3"
              "\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc:SA'",
            "8"),
        "edifact.tolerance.utf-8@ -", "A0 A" },
    { "a control byte", ORDER("LIN+1'PIA+1+a\001b:SA'", "8"),
        "edifact.element.control@SG25[1]/PIA/2/1 0085:21", "A0 R" },
    { "only CONTRL", UNB "UNH+1+CONTRL:D:3:UN'UCI+4+A+B+7'UNT+3+1'UNZ+1+7'", "",
        "A0 A" },

    /* X12 */
    { "002000",
        ISA("00200",
            "U") "GS*PO*A1*B1*260514*0931*1*X*002000~"
                 "ST*850*0001~BEG*00*SA*1**260514~SE*3*0001~GE*1*1~IEA*1*000000001~",
        "", "A0 R" },
    { "003040", X12("003040", "850", "PO", "BEG*00*SA*1**260514~SE*3*0001~"),
        "", "A0 R" },
    { "008020",
        ISA("00802",
            "^") "GS*PO*ACME*CROSSDOCK*20260514*0931*1*X*008020~ST*850*0001~"
                 "BEG*00*SA*1**20260514~SE*3*0001~GE*1*1~IEA*1*000000001~",
        "", "A0 R" },
    { "an element that 004010 lacks",
        X12("004010", "997", "FA", "AK1*PO*1*004010~AK9*A*1*1*1~SE*4*0001~"),
        "x12.segment.elements@AK1/3 AK403:3", "A0 R" },
    { "and 005010 has",
        X12("005010", "997", "FA", "AK1*PO*1*005010~AK9*A*1*1*1~SE*4*0001~"),
        "", "A0 A" },
    { "an unverified grammar",
        X12("004010", "861", "RC",
            "BRA*1*20260514*99*1~DTM*050*20260514~SE*4*0001~"),
        "x12.element.code@BRA/3 -", "A0 A" },
    { "and its envelope",
        X12("004010", "861", "RC",
            "BRA*1*20260514*00*1~DTM*050*20260514~SE*9*0001~"),
        "x12.set.count@SE/1 AK502:4", "A0 R" },
};

static xd_arena_t *arena;
static xd_report_t report;
static xd_edi_file_t file;


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
grade(xd_str_t bytes)
{
    const xd_edi_options_t options = { .trees = true };

    ck_assert_int_eq(xd_edi_grade(arena, bytes, &options, &report, &file),
        XD_OK);
    ck_assert_uint_gt(file.interchanges.count, 0);

    return XD_AT(&file.interchanges, xd_edi_interchange_t, 0);
}


static const xd_edi_group_t *
group(const xd_edi_interchange_t *ic, size_t i)
{
    return XD_AT(&ic->groups, xd_edi_group_t, i);
}


static const xd_edi_set_t *
first_set(const xd_edi_interchange_t *ic)
{
    return XD_AT(&group(ic, 0)->sets, xd_edi_set_t, 0);
}


START_TEST(is_judged)
{
    const case_t *c = &cases[_i];
    const xd_edi_interchange_t *ic = grade(xd_str(c->bytes));
    xd_buf_t told = { 0 }, verdicts = { 0 };

    for (size_t i = 0; i < report.nkept; i++) {
        const xd_finding_t *f = &report.kept[i];

        if (f->severity > XD_INFO) {
            xd_buf_fmt(&told, "%s%s@%.*s %s", told.len > 0 ? " " : "", f->rule,
                XD_FMT(f->path), f->ack != NULL ? f->ack : "-");
        }
    }

    xd_buf_fmt(&verdicts, "%c%u", ic->verdict, ic->note);
    for (size_t i = 0; i < ic->groups.count; i++) {
        xd_buf_fmt(&verdicts, " %c", group(ic, i)->verdict);
    }

    ck_assert_msg(xd_str_is(xd_buf_str(&told), c->told), "%s: told %.*s",
        c->name, XD_FMT(xd_buf_str(&told)));
    ck_assert_msg(xd_str_is(xd_buf_str(&verdicts), c->verdicts), "%s: %.*s",
        c->name, XD_FMT(xd_buf_str(&verdicts)));
    xd_buf_free(&told);
    xd_buf_free(&verdicts);
}
END_TEST


START_TEST(tells_the_envelope)
{
    const xd_edi_interchange_t *ic = grade(XD_STR(
        "UNA:+.? 'UNB+UNOC:3+A?+:14:in+B:ZZ:out+20260318:1015+7++APP++1++1'"
        "UNH+m1+ORDERS:D:96A:UN:EAN008'" BODY "UNT+7+m1'UNZ+1+7'"));
    const xd_edi_set_t *set = first_set(ic);

    ck_assert_int_eq(ic->syntax, XD_EDI_EDIFACT);
    ck_assert(xd_str_is(ic->charset, "UNOC") && xd_str_is(ic->version, "3"));
    ck_assert(xd_str_is(ic->sender, "A+"));
    ck_assert(xd_str_is(ic->sender_qualifier, "14"));
    ck_assert(xd_str_is(ic->sender_internal, "in"));
    ck_assert(xd_str_is(ic->receiver, "B"));
    ck_assert(xd_str_is(ic->receiver_qualifier, "ZZ"));
    ck_assert(xd_str_is(ic->receiver_internal, "out"));
    ck_assert(xd_str_is(ic->date, "20260318") && xd_str_is(ic->time, "1015"));
    ck_assert(xd_str_is(ic->control, "7"));
    ck_assert(xd_str_is(ic->application, "APP"));
    ck_assert(ic->ack_requested && ic->test && !ic->acknowledges);
    ck_assert_uint_eq(ic->offset, 0);
    ck_assert_uint_eq(ic->received, 1);
    ck_assert_uint_eq(ic->accepted, 1);
    ck_assert(group(ic, 0)->implied);
    ck_assert(xd_str_is(set->code, "ORDERS") && xd_str_is(set->version, "D"));
    ck_assert(xd_str_is(set->release, "96A") && xd_str_is(set->agency, "UN"));
    ck_assert(xd_str_is(set->association, "EAN008"));
    ck_assert(xd_str_is(set->control, "m1"));
}
END_TEST


/* What UCS, UCD and UCM will say. */
START_TEST(faults_have_their_place)
{
    const xd_edi_interchange_t *ic =
        grade(XD_STR(ORDER("LIN+1'QTY+21:x'QTY+21:1:PCE:9'FOO'", "3")));
    const xd_edi_set_t *set = first_set(ic);
    const xd_edi_fault_t *f = XD_AT(&set->faults, xd_edi_fault_t, 0);

    ck_assert_uint_eq(set->faults.count, 3);
    ck_assert_uint_eq(f[0].kind, XD_EDI_ELEMENT_TYPE);
    ck_assert_uint_eq(xd_edi_codes[f[0].kind].contrl, 37);
    ck_assert_uint_eq(f[0].position, 6);
    ck_assert_uint_eq(f[0].element, 1);
    ck_assert_uint_eq(f[0].component, 2);
    ck_assert_uint_eq(f[1].component, 4);
    ck_assert_uint_eq(f[2].kind, XD_EDI_SEGMENT_UNKNOWN);
    ck_assert_uint_eq(f[2].element, 0);
    ck_assert_uint_eq(set->error.kind, XD_EDI_SET_COUNT);
    ck_assert_str_eq(set->error.segment_id, "UNT");
    ck_assert_uint_eq(set->error.element, 1);
}
END_TEST


/* One array for both places of a segment, in the order of the file. */
START_TEST(the_tree_keeps_the_order)
{
    const xd_edi_interchange_t *ic = grade(XD_STR(UNB
        "UNH+1+ORDERS:D:96A:UN'BGM+220+P?'?+1+9'DTM+137:20260302:102'"
        "ALC+A'MOA+8:1'LIN+1'QTY+21:5'UNS+S'ALC+C'MOA+8:2'UNT+11+1'UNZ+1+7'"));
    const xd_node_t *tree = first_set(ic)->tree;

    ck_assert(xd_str_is(xd_pointer(tree, XD_STR("/BGM/0/2"))->text, "P'+1"));
    ck_assert(xd_str_is(xd_pointer(tree, XD_STR("/BGM/0/1/0"))->text, "220"));
    ck_assert(
        xd_str_is(xd_pointer(tree, XD_STR("/SG25/0/QTY/0/1/1"))->text, "5"));
    ck_assert_ptr_nonnull(xd_pointer(tree, XD_STR("/UNS/0/1")));
}
END_TEST


START_TEST(only_contrl_is_an_answer)
{
    ck_assert(grade(XD_STR(UNB "UNH+1+CONTRL:D:3:UN'UCI+4+A+B+7'UNT+3+1'"
                               "UNZ+1+7'"))
                  ->acknowledges);
}
END_TEST


/* CTX01 of a 999 may stand ten times. */
START_TEST(repetitions_are_counted)
{
    for (int times = 1; times <= 12; times++) {
        xd_buf_t ctx = { 0 };
        xd_str_t bytes;
        size_t before = xd_report_errors(&report);

        for (int i = 0; i < times; i++) {
            xd_buf_text(&ctx, i > 0 ? "^CLM01>1" : "CLM01>1");
        }
        bytes = xd_fmt(arena,
            ISA("00501",
                "^") "GS*FA*ACME*CROSSDOCK*20260514*0931*1*X*005010X231A1~"
                     "ST*999*0001*005010X231A1~AK1*HC*1*005010~AK2*837*0001~"
                     "IK3*CLM*1**8~CTX*%.*s~IK5*R*5~AK9*R*1*1*0~SE*8*0001~GE*1*1~"
                     "IEA*1*000000001~",
            XD_FMT(xd_buf_str(&ctx)));
        (void) grade(bytes);

        ck_assert_msg((xd_report_errors(&report) == before) == (times <= 10),
            "%d times: %s", times, report.kept[report.nkept - 1].rule);
        xd_buf_free(&ctx);
    }

    ck_assert_str_eq(report.kept[report.nkept - 1].ack, "AK403:12");
}
END_TEST


static void
passed(void *ctx, size_t offset)
{
    size_t *last = ctx;

    ck_assert_uint_gt(offset, *last);
    *last = offset;
}


/* Verdicts alone: the same, and nothing kept. */
START_TEST(verdicts_need_no_sets)
{
    size_t last = 0;
    const xd_edi_options_t options = { .verdicts_only = true,
        .passed = passed,
        .passed_ctx = &last };
    const xd_edi_interchange_t *ic;
    xd_buf_t out = { 0 };

    xd_buf_text(&out, UNB);
    for (int i = 0; i < 20000; i++) {
        xd_buf_fmt(&out, "UNH+%d+ORDERS:D:96A:UN'" BODY "UNT+7+%d'", i, i);
    }
    xd_buf_text(&out, "UNZ+20000+7'");

    ck_assert_int_eq(xd_edi_grade(arena, xd_buf_str(&out), &options, &report,
                         &file),
        XD_OK);
    ic = XD_AT(&file.interchanges, xd_edi_interchange_t, 0);
    ck_assert_uint_eq(ic->received, 20000);
    ck_assert_uint_eq(ic->accepted, 20000);
    ck_assert_uint_eq(ic->groups.count, 0);
    ck_assert(xd_str_is(ic->control, "7"));
    ck_assert_uint_gt(last, 1000000);
    ck_assert_uint_lt(xd_arena_used(arena), 200000);
    xd_buf_free(&out);
}
END_TEST


/* An interchange of the other syntax is none for who asks for X12 alone. */
START_TEST(x12_alone)
{
    const xd_edi_options_t options = { .only = XD_EDI_ONLY_X12 };

    ck_assert_int_eq(xd_edi_grade(arena, XD_STR(ORDER("LIN+1'", "7")), &options,
                         &report, &file),
        XD_OK);
    ck_assert(file.not_edi);
}
END_TEST


/* Whatever a kind is, somebody has a code for it. */
START_TEST(kinds_have_codes)
{
    for (int k = 1; k < XD_EDI_KINDS; k++) {
        const xd_edi_codes_t *c = &xd_edi_codes[k];

        ck_assert_msg(c->contrl != 0, "%d", k);
        ck_assert_msg((c->segment != 0) + (c->element != 0) + (c->set != 0)
                              + (c->group != 0) + (c->interchange != 0)
                          == 1,
            "%d", k);
    }
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("edi");
    TCase *tc = tcase_create("syntax");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, is_judged, 0, sizeof(cases) / sizeof(cases[0]));
    tcase_add_test(tc, tells_the_envelope);
    tcase_add_test(tc, faults_have_their_place);
    tcase_add_test(tc, the_tree_keeps_the_order);
    tcase_add_test(tc, only_contrl_is_an_answer);
    tcase_add_test(tc, repetitions_are_counted);
    tcase_add_test(tc, verdicts_need_no_sets);
    tcase_add_test(tc, x12_alone);
    tcase_add_test(tc, kinds_have_codes);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
