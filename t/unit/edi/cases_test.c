/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Every file of t/cases/x12 against its line of INDEX.tsv: all rules that
 * are told, the verdicts, and what the acknowledgements say.
 */

#include <check.h>
#include <stdlib.h>

#include "base/file.h"
#include "edi/ack.h"

#define FOLDER "t/cases/x12/"
#define MOST   512

/* The columns of INDEX.tsv. */
typedef struct {
    xd_str_t file, errors, rules, verdicts, answers;
} line_t;

static line_t lines[MOST];
static int nlines;
static xd_arena_t *always, *arena;


static void
index_read(void)
{
    xd_str_t all;

    always = xd_arena_new(0);
    if (xd_file_read(always, FOLDER "INDEX.tsv", 1 << 20, &all) != XD_OK) {
        return; /* the first test says so */
    }

    while (all.ptr != NULL && nlines < MOST) {
        xd_str_t line = xd_str_cut(&all, '\n');
        line_t *l = &lines[nlines];

        if (line.len > 0 && line.ptr[0] != '#') {
            l->file = xd_str_cut(&line, '\t');
            l->errors = xd_str_cut(&line, '\t');
            l->rules = xd_str_cut(&line, '\t');
            l->verdicts = xd_str_cut(&line, '\t');
            l->answers = xd_str_cut(&line, '\t');
            nlines++;
        }
    }
}


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


/* A text "-" stands for none. */
static void
same(const line_t *l, const char *what, xd_buf_t *got, xd_str_t want)
{
    if (got->len == 0) {
        xd_buf_byte(got, '-');
    }

    ck_assert_msg(xd_str_eq(xd_buf_str(got), want),
        "%.*s: %s are\n  %.*s\nand should be\n  %.*s", XD_FMT(l->file), what,
        XD_FMT(xd_buf_str(got)), XD_FMT(want));
    xd_buf_free(got);
}


static int
by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}


static void
rules_of(const xd_report_t *rep, xd_buf_t *out)
{
    const char *rules[100] = { NULL };
    size_t n = 0;

    ck_assert_uint_le(rep->nkept, 100);
    for (size_t i = 0; i < rep->nkept; i++) {
        rules[n++] = rep->kept[i].rule;
    }
    qsort(rules, n, sizeof(rules[0]), by_text);

    for (size_t i = 0; i < n; i++) {
        if (i == 0 || strcmp(rules[i], rules[i - 1]) != 0) {
            xd_buf_fmt(out, "%s%s", out->len > 0 ? " " : "", rules[i]);
        }
    }
}


/* What stands between AK1 and SE. */
static void
answer_of(const xd_edi_interchange_t *ic, xd_buf_t *out)
{
    const xd_edi_ack_t ack = { .isa_control = 7,
        .gs_control = 8,
        .usage = 'P' };
    xd_buf_t whole = { 0 };
    xd_rc_t rc = xd_edi_write_997(ic, &ack, &whole);
    const char *from, *to;

    if (rc != XD_OK) {
        ck_assert_int_eq(rc, XD_E_NOT_FOUND);
        ck_assert_uint_eq(whole.len, 0);
        return;
    }

    from = memmem(whole.ptr, whole.len, "AK1", 3);
    to = memmem(whole.ptr, whole.len, "SE*", 3);
    xd_buf_fmt(out, "%s%.*s", out->len > 0 ? " " : "", (int) (to - from), from);
    xd_buf_free(&whole);
}


START_TEST(is_graded_as_the_index_says)
{
    const line_t *l = &lines[_i];
    xd_buf_t rules = { 0 }, verdicts = { 0 }, answers = { 0 };
    const xd_edi_options_t options = { .trees = true };
    xd_str_t path = xd_fmt(arena, FOLDER "%.*s", XD_FMT(l->file)), bytes;
    xd_edi_file_t file;
    xd_report_t rep;

    xd_report_init(&rep, arena, 100);
    ck_assert_int_eq(xd_file_read(arena, path.ptr, 1 << 20, &bytes), XD_OK);
    ck_assert_int_eq(xd_edi_grade(arena, bytes, &options, &rep, &file), XD_OK);

    ck_assert_int_eq((int) xd_report_errors(&rep), atoi(l->errors.ptr));
    rules_of(&rep, &rules);

    for (size_t i = 0; i < file.interchanges.count; i++) {
        const xd_edi_interchange_t *ic =
            XD_AT(&file.interchanges, xd_edi_interchange_t, i);

        xd_buf_fmt(&verdicts, "%s%c%03u", i > 0 ? " " : "", ic->verdict,
            ic->note);
        answer_of(ic, &answers);
    }

    same(l, "the rules", &rules, l->rules);
    same(l, "the verdicts", &verdicts, l->verdicts);
    same(l, "the answers", &answers, l->answers);
}
END_TEST


START_TEST(index_is_there)
{
    ck_assert_int_gt(nlines, 50);
    ck_assert_int_lt(nlines, MOST);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("edi");
    TCase *tc = tcase_create("cases");
    SRunner *runner = srunner_create(s);
    int failed;

    index_read();
    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, index_is_there);
    tcase_add_loop_test(tc, is_graded_as_the_index_says, 0, nlines);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    xd_arena_free(always);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
