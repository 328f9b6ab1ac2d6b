/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Public sample files, where the corpus is at hand: every one is graded, the
 * ones that its index calls clean without an error, and what we would answer
 * is clean for all of them.
 */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "edi/ack.h"

/* Called clean, but the standard says otherwise; the rules that tell it. */
static const struct {
    const char *file, *rules;
} exceptions[] = {
    /* the sender's id is all blanks: nobody could be answered */
    { "x12parser/ORD/_820/Example2_ScanaEnergy.txt",
        "x12.isa.value x12.element.too-short x12.element.too-long "
        "x12.element.missing" },
    /* N1 without a name, L11 without a number */
    { "omniparser/1_canadapost_edi_214.input.txt", "x12.element.missing" },
    /* AK202 has three digits */
    { "x12parser/Acknowledgments/_999/DHS_Wisconsin_Sample.txt",
        "x12.element.too-short" },
    /* dates of six digits, and a version where the purpose stands */
    { "x12parser/FIN/_824/FromTmhpSpec.txt",
        "x12.element.too-short x12.element.too-long x12.element.code" },
    /* an amount with a point where it has none */
    { "x12parser/MAN/_867/Example2.txt", "x12.element.number" },
    { "x12parser/MAN/_867/Example3.txt", "x12.element.number" },
    /* TX1 in place of TXI */
    { "x12parser/ORD/_820/Example1_MortgageBankers.txt",
        "x12.segment.unknown" },
    /* BPR lacks an element, so that all behind it is in the wrong place */
    { "x12parser/ORD/_820/Example5_Wikipedia.txt",
        "x12.element.too-short x12.element.too-long" },
    /* DTM once more behind its place */
    { "x12parser/ORD/_832/_4010/Example1_HIBCC.txt", "x12.segment.unexpected" },
    /* two terminators are missing */
    { "x12parser/ORD/_846/Example2.txt",
        "x12.element.too-long x12.segment.elements x12.element.exclusion" },
    /* a date of nine digits */
    { "x12parser/ORD/_865/FromAdvanceAutoParts.txt", "x12.element.date" },
    /* "xx.xx" for numbers, and the set ends without its totals */
    { "x12parser/ORD/_880/SimplotExample1.txt",
        "x12.element.number x12.segment.missing" },
    /* N402 is a word in place of a code of two letters */
    { "x12parser/ORD/_856/Example4.txt", "x12.element.too-long" },
    /* ISS stands before TDS, where the summary has it after it: what follows
     * has no place any more */
    { "x12parser/ORD/_810/Example3_MultiInvoice.txt",
        "x12.segment.missing x12.segment.unexpected" },
    { "x12parser/ORD/_810/Example5_Walmart.txt",
        "x12.segment.missing x12.segment.unexpected" },
    /* a date where the function of the message stands */
    { "php-edifact/D96ADESADV.edi", "edifact.element.too-long" },
    /* TRADACOMS is recognised, and not read */
    { "oboe/tradacoms/Tradacoms.ORDER", "edifact.tradacoms.not-read" },
    { "staedi/tradacoms/order-blocked.edi", "edifact.tradacoms.not-read" },
    { "staedi/tradacoms/order-extra-mhd-data.edi",
        "edifact.tradacoms.not-read" },
    { "staedi/tradacoms/order.edi", "edifact.tradacoms.not-read" },
};

static xd_arena_t *arena;
static char folder[512];

static const struct {
    const char *name;
    int least; /* files */
} corpora[] = { { "x12", 100 }, { "edifact", 50 } };


static xd_str_t
read_file(const char *name, int len)
{
    xd_str_t bytes, path = xd_fmt(arena, "%s/%.*s", folder, len, name);

    ck_assert_msg(xd_file_read(arena, path.ptr, 64 << 20, &bytes) == XD_OK,
        "%s cannot be read", path.ptr);

    return bytes;
}


static bool
is_exception(xd_str_t file, const xd_report_t *rep)
{
    for (size_t i = 0; i < sizeof(exceptions) / sizeof(exceptions[0]); i++) {
        if (!xd_str_is(file, exceptions[i].file)) {
            continue;
        }

        for (size_t k = 0; k < rep->nkept; k++) {
            if (rep->kept[k].severity >= XD_ERROR
                && strstr(exceptions[i].rules, rep->kept[k].rule) == NULL)
            {
                return false;
            }
        }

        return xd_report_errors(rep) > 0;
    }

    return false;
}


/* What we would answer is clean, whatever it answers. */
static void
answer(xd_str_t name, const xd_edi_interchange_t *ic)
{
    xd_rc_t (*const write[])(const xd_edi_interchange_t *in,
        const xd_edi_ack_t *ack, xd_buf_t *out) = { xd_edi_write_ta1,
        xd_edi_write_997, xd_edi_write_999, xd_edi_write_contrl };
    const xd_edi_ack_t ack = { .now_ms = 1778750000000,
        .isa_control = 12,
        .gs_control = 34,
        .usage = 'P' };
    const xd_edi_options_t options = { .trees = false };
    xd_buf_t out = { 0 };
    xd_edi_file_t file;
    xd_report_t rep;

    for (size_t i = 0; i < sizeof(write) / sizeof(write[0]); i++) {
        xd_buf_reset(&out);
        if (write[i](ic, &ack, &out) != XD_OK) {
            continue;
        }

        xd_report_init(&rep, arena, 10);
        ck_assert_int_eq(xd_edi_grade(arena, xd_buf_str(&out), &options, &rep,
                             &file),
            XD_OK);
        ck_assert_msg(rep.nkept == 0, "%.*s: %s in\n%.*s", XD_FMT(name),
            rep.kept[0].rule, XD_FMT(xd_buf_str(&out)));
    }

    xd_buf_free(&out);
}


static void
grade(xd_str_t name, bool clean)
{
    const xd_edi_options_t options = { .trees = true };
    xd_str_t bytes = read_file(name.ptr, (int) name.len);
    char *exactly = malloc(bytes.len + 1);
    xd_edi_file_t file;
    xd_report_t rep;

    ck_assert_ptr_nonnull(exactly);
    memcpy(exactly, bytes.ptr, bytes.len);
    xd_report_init(&rep, arena, 1000);
    ck_assert_int_eq(xd_edi_grade(arena, (xd_str_t){ exactly, bytes.len },
                         &options, &rep, &file),
        XD_OK);
    ck_assert_msg(!clean || xd_report_errors(&rep) == 0
                      || is_exception(name, &rep),
        "%.*s: %s", XD_FMT(name), rep.kept[rep.nkept - 1].rule);

    for (size_t i = 0; i < file.interchanges.count; i++) {
        answer(name, XD_AT(&file.interchanges, xd_edi_interchange_t, i));
    }

    free(exactly);
}


START_TEST(grades_every_file)
{
    const char *corpus = getenv("CROSSDOCK_CORPUS");
    xd_str_t all;
    int files = 0;

    (void) snprintf(folder, sizeof(folder), "%s/%s",
        corpus != NULL ? corpus : "../shared/corpus", corpora[_i].name);
    if (xd_file_read(arena, xd_fmt(arena, "%s/INDEX.tsv", folder).ptr, 1 << 20,
            &all)
        != XD_OK)
    {
        (void) fprintf(stderr, "no corpus at %s: skipped\n", folder);
        return;
    }

    (void) xd_str_cut(&all, '\n'); /* the names of the columns */

    while (all.ptr != NULL) {
        xd_str_t line = xd_str_cut(&all, '\n');
        xd_str_t name = xd_str_cut(&line, '\t');

        for (int skipped = 0; skipped < 4; skipped++) {
            (void) xd_str_cut(&line, '\t');
        }

        if (name.len > 0) {
            grade(name, xd_str_is(xd_str_cut(&line, '\t'), "clean"));
            files++;
        }
    }

    ck_assert_int_ge(files, corpora[_i].least);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("edi");
    TCase *tc = tcase_create("corpus");
    SRunner *runner = srunner_create(s);
    int failed;

    arena = xd_arena_new(0);
    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, grades_every_file, 0,
        sizeof(corpora) / sizeof(corpora[0]));

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    xd_arena_free(arena);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
