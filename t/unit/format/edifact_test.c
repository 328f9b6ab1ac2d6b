/* SPDX-License-Identifier: BSD-2-Clause */

/* The tokenizer of EDIFACT: what is read, what is told, what values mean. */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "format/edifact.h"
#include "format/edifact_write.h"

#define UNB "UNB+UNOC:3+A+B+260318:1015+1'"

typedef struct {
    const char *name, *bytes;
    const char *segments; /* "UNB/5 FTX(a|b)": header and count, or values */
    const char *rules;
} case_t;

static const case_t cases[] = {
    { "plain", UNB "FTX+a:b+c'UNZ+0+1'", "UNB/5 FTX(a:b|c) UNZ(0|1)", "" },
    { "service string", "UNA=*.? ~UNB*UNOC=3*A*B*1*1~FTX*a=b*+:'~UNZ*0~",
        "UNB/5 FTX(a=b|+:') UNZ(0)", "" },
    { "line end behind UNA", "UNA:+.? '\r\n" UNB "UNZ+0'", "UNB/5 UNZ(0)", "" },
    { "line end as terminator", "UNA:+.? \nUNB+UNOC:3+A+B+1+1\nUNZ+0+1\n",
        "UNB/5 UNZ(0|1)", "" },
    { "level B of old",
        "UNB\035UNOB\0371\035A\035B\0351\0351\034FTX\035?+\034UNZ\0350\034",
        "UNB/5 FTX(?+) UNZ(0)", "" },
    { "released marks", UNB "FTX+?+?:?'??+b'UNZ+0'", "UNB/5 FTX(+:'?|b) UNZ(0)",
        "" },
    { "two and three releases", UNB "A+a\?\?'B+\?\?\?'b'C+\?\?\?\?'UNZ+0'",
        "UNB/5 A(a\?) B(\?'b) C(\?\?) UNZ(0)", "" },
    { "release in vain", UNB "A+?x?1'UNZ+0'", "UNB/5 A(x1) UNZ(0)", "" },
    { "released blank stays", UNB "A+x? 'UNZ+0'", "UNB/5 A(x ) UNZ(0)", "" },
    { "release at the end", UNB "A+x?", "UNB/5 A(x?)",
        "edifact.tolerance.no-final-terminator" },
    { "wrapped", UNB "FT\nX+a?\r\n'b\n+c'UNZ+0'", "UNB/5 FTX(a'b|c) UNZ(0)",
        "edifact.tolerance.wrapped" },
    { "line ends and blanks", UNB "\r\n A+1 '\n\nUNZ+0'", "UNB/5 A(1) UNZ(0)",
        "edifact.tolerance.line-ends edifact.tolerance.blanks "
        "edifact.tolerance.blank-end" },
    { "empty segments", UNB "''A'UNZ+0'", "UNB/5 A() UNZ(0)",
        "edifact.tolerance.empty-segment" },
    { "trailing separators", UNB "A+1++'UNZ+0'", "UNB/5 A(1||) UNZ(0)",
        "edifact.tolerance.trailing" },
    { "byte order mark", "\xef\xbb\xbf" UNB "UNZ+0'", "UNB/5 UNZ(0)",
        "edifact.tolerance.bom" },
    { "junk before", "Subject: order\n" UNB "UNZ+0'", "UNB/5 UNZ(0)",
        "edifact.junk.leading" },
    { "junk between", UNB "UNZ+0'-- UNA is data --" UNB "UNZ+0'",
        "UNB/5 UNZ(0) UNB/5 UNZ(0)", "edifact.junk.between" },
    { "no trailer", UNB "A+1'" UNB "UNZ+0'", "UNB/5 A(1) UNB/5 UNZ(0)", "" },
    { "UNB in data", UNB "FTX+UNB+UNOC:3'UNB+x'UNZ+0'",
        "UNB/5 FTX(UNB|UNOC:3) UNB(x) UNZ(0)", "" },
    { "ISA in EDIFACT", UNB "ISA+1'UNZ+0'", "UNB/5 ISA(1) UNZ(0)", "" },
    { "other marks and no UNA", "UNB\"UNOB=1\"A\"B;UNZ\"0;", "",
        "edifact.una.missing" },
    { "UNA that cannot be", "UNA+++++++UNB+UNOA:1'", "UNB/1",
        "edifact.una.marks edifact.junk.leading" },
    { "TRADACOMS", "STX=ANAA:1+A'MHD=1+X:9'END=1'", "",
        "edifact.tradacoms.not-read" },
    { "interactive", "UIB+UNOA:3'UIZ'", "", "edifact.interactive.not-read" },
    { "segment END", UNB "END+1'STX=1'UNZ+0'", "UNB/5 END(1) STX=1() UNZ(0)",
        "" },
    { "foreign bytes", "UNB+UNOA:1+A+B+1+1'A+\xfc'B+\xfc'UNZ+0'",
        "UNB/5 A(\xc3\xbc) B(\xc3\xbc) UNZ(0)", "edifact.tolerance.charset" },
    { "8859-1", UNB "A+M\xfcller?''UNZ+0'", "UNB/5 A(M\xc3\xbcller') UNZ(0)",
        "" },
    { "8859-5", "UNB+UNOE:3+A+B+1+1'A+\xd0'UNZ+0'", "UNB/5 A(\xd0\xb0) UNZ(0)",
        "" },
    { "UTF-8 that is called 8859-1", UNB "A+M\xc3\xbcller'UNZ+0'",
        "UNB/5 A(M\xc3\xbcller) UNZ(0)", "edifact.tolerance.utf-8" },
    { "UTF-8", "UNB+UNOY:4+A+B+1+1'A+\xe2\x82\xac'UNZ+0'",
        "UNB/5 A(\xe2\x82\xac) UNZ(0)", "" },
    { "no UTF-8", "UNB+UNOY:4+A+B+1+1'A+x\xff'UNZ+0'",
        "UNB/5 A(x\xef\xbf\xbd) UNZ(0)", "edifact.tolerance.invalid" },
    { "nothing", "", "", "" },
    { "only a tag", "UNB", "", "" },
    { "a word", "UNBELIEVABLE", "", "" },
};

static xd_arena_t *arena;


static void
setup(void)
{
    arena = xd_arena_new(0);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static void
show(xd_edi_reader_t *r, const xd_segment_t *seg, xd_buf_t *out)
{
    xd_buf_fmt(out, "%s%.*s", out->len > 0 ? " " : "", XD_FMT(seg->id));

    if (seg->header) {
        xd_buf_fmt(out, "/%u", seg->count);
        return;
    }

    xd_buf_byte(out, '(');
    for (uint32_t n = 1; n <= seg->count; n++) {
        xd_str_t v = xd_edi_value(r, arena, xd_segment_element(seg, n));

        xd_buf_fmt(out, "%s%.*s", n > 1 ? "|" : "", XD_FMT(v));
    }
    xd_buf_byte(out, ')');
}


static void
reads(const case_t *c, xd_str_t bytes)
{
    xd_buf_t got = { 0 }, rules = { 0 };
    xd_report_t rep;
    xd_edi_reader_t *r;
    xd_segment_t seg;

    xd_report_init(&rep, arena, 20);
    r = xd_edi_open(arena, bytes, &rep);
    ck_assert_ptr_nonnull(r);
    while (xd_edi_next(r, &seg)) {
        show(r, &seg, &got);
    }
    for (size_t i = 0; i < rep.nkept; i++) {
        xd_buf_fmt(&rules, "%s%s", i > 0 ? " " : "", rep.kept[i].rule);
    }

    ck_assert_msg(xd_str_is(xd_buf_str(&got), c->segments), "%s: %.*s", c->name,
        XD_FMT(xd_buf_str(&got)));
    ck_assert_msg(xd_str_is(xd_buf_str(&rules), c->rules), "%s: told %.*s",
        c->name, XD_FMT(xd_buf_str(&rules)));
    xd_buf_free(&got);
    xd_buf_free(&rules);
}


START_TEST(reads_and_tells)
{
    reads(&cases[_i], xd_str(cases[_i].bytes));
}
END_TEST


/* Runs of releases and marks over all places of a block, and of the next. */
START_TEST(releases_cross_blocks)
{
    char as[140];

    memset(as, 'a', sizeof(as));
    for (size_t pad = 1; pad < 140; pad++) {
        for (size_t run = 0; run < 6; run++) {
            char text[400], want[400];
            const case_t c = { "blocks", text, want, "" };
            size_t kept = run / 2;

            (void) snprintf(text, sizeof(text), UNB "A+%.*s%.*s'B+x'UNZ+0'",
                (int) pad, as, (int) run, "??????");
            (void) snprintf(want, sizeof(want), "UNB/5 A(%.*s%.*s%s) UNZ(0)",
                (int) pad, as, (int) kept, "??????",
                run % 2 == 0 ? ") B(x" : "'B|x");
            reads(&c, xd_str(text));
        }
    }
}
END_TEST


START_TEST(tolerances_are_counted)
{
    xd_report_t rep;
    xd_edi_reader_t *r;
    xd_segment_t seg;

    xd_report_init(&rep, arena, 20);
    r = xd_edi_open(arena, XD_STR(UNB "\nA+1'\nB+2'\nUNZ+0'\n" UNB "UNZ+0'"),
        &rep);
    while (xd_edi_next(r, &seg)) {
    }

    ck_assert_uint_eq(rep.nkept, 1);
    ck_assert_uint_eq(rep.kept[0].offset, sizeof(UNB) - 1);
    ck_assert_ptr_nonnull(
        memmem(rep.kept[0].text.ptr, rep.kept[0].text.len, "(4 times)", 9));
}
END_TEST


START_TEST(lengths_are_of_characters)
{
    xd_report_t rep;
    xd_edi_reader_t *r;
    xd_segment_t seg;

    xd_report_init(&rep, arena, 20);
    r = xd_edi_open(arena,
        XD_STR(UNB "A+abc+?'??+M\xc3\xbcller+M\xfcl?''UNZ+0'"), &rep);
    ck_assert(xd_edi_next(r, &seg) && xd_edi_next(r, &seg));
    ck_assert_uint_eq(xd_edi_length(r, seg.elements[0]), 3);
    ck_assert_uint_eq(xd_edi_length(r, seg.elements[1]), 2);
    ck_assert_uint_eq(xd_edi_length(r, seg.elements[2]), 6);
    ck_assert_uint_eq(xd_edi_length(r, seg.elements[3]), 4);
}
END_TEST


/* Repetition is a mark from syntax 4 on. */
START_TEST(repetition_is_of_syntax_4)
{
    static const struct {
        const char *bytes;
        char mark;
    } some[] = {
        { "UNB+UNOC:3+A+B+1+1'", 0 },
        { "UNB+UNOC:4+A+B+1+1'", '*' },
        { "UNA:+.?^'UNB+UNOC:4+A+B+1+1'", '^' },
        { "UNA:+.?^'UNB+UNOC:3+A+B+1+1'", 0 },
        { "UNA:+.? 'UNB+UNOC:4+A+B+1+1'", 0 },
    };

    for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
        xd_report_t rep;
        xd_edi_reader_t *r;
        xd_segment_t seg;

        xd_report_init(&rep, arena, 20);
        r = xd_edifact_open(arena, xd_str(some[i].bytes), &rep);
        ck_assert(xd_edi_next(r, &seg));
        ck_assert_int_eq(xd_x12_marks(r)->repetition, some[i].mark);
    }
}
END_TEST


/* What is written reads as it was meant. */
START_TEST(writes_what_it_reads)
{
    static const char *const sets[] = { "UNOC", "UNOY" };
    const xd_str_t parts[] = { XD_STR("a+'"), XD_STR(""), XD_STR("M\xc3\xbc:?"),
        XD_STR("") };

    for (size_t i = 0; i < 2; i++) {
        xd_edifact_form_t form = xd_edifact_form_usual;
        xd_edifact_writer_t w;
        xd_buf_t out = { 0 };
        size_t bad = 0;

        form.set = xd_str(sets[i]);
        xd_edifact_write_open(&w, &form, &out);
        xd_edifact_write_una(&w);
        xd_buf_fmt(&out, "UNB+%s:4+A+B+1+1'", sets[i]);
        xd_edifact_write_begin(&w, XD_STR("FTX"));
        ck_assert(xd_edifact_write_element(&w, XD_STR("")));
        ck_assert(xd_edifact_write_composite(&w, parts, 4, &bad));
        xd_edifact_write_number(&w, 7);
        ck_assert(xd_edifact_write_element(&w, XD_STR("")));
        ck_assert(!xd_edifact_write_element(&w, XD_STR("\x01")));
        ck_assert_int_eq(xd_edifact_write_element(&w, XD_STR("\xe2\x82\xac")),
            i == 1);
        xd_edifact_write_end(&w);

        reads(&(case_t){ "written", "",
                  i == 0 ? "UNB/5 FTX(|a+'::M\xc3\xbc:?|7)"
                         : "UNB/5 FTX(|a+'::M\xc3\xbc:?|7||\xe2\x82\xac)",
                  "" },
            xd_buf_str(&out));
        xd_buf_free(&out);
    }
}
END_TEST


START_TEST(full_arena_opens_nothing)
{
    xd_report_t rep;

    xd_report_init(&rep, arena, 0);
    for (size_t n = 1; n <= 2; n++) {
        xd_arena_fail_at(arena, n);
        ck_assert_ptr_null(xd_edi_open(arena, XD_STR(UNB), &rep));
    }
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("edifact");
    TCase *tc = tcase_create("reader");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, reads_and_tells, 0,
        sizeof(cases) / sizeof(cases[0]));
    tcase_add_test(tc, releases_cross_blocks);
    tcase_add_test(tc, tolerances_are_counted);
    tcase_add_test(tc, lengths_are_of_characters);
    tcase_add_test(tc, repetition_is_of_syntax_4);
    tcase_add_test(tc, writes_what_it_reads);
    tcase_add_test(tc, full_arena_opens_nothing);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
