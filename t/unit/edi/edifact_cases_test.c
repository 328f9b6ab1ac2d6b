/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Every file of t/cases/edifact, graded: clean ones without a finding but
 * tolerances, each other one with the flaw that its line of INDEX.tsv names
 * first.  t/unit/edi/edifact_tables_test.c holds the same lines to the tables
 * by a reader of its own.
 */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "edi/grade.h"

#define FOLDER "t/cases/edifact/"
#define MOST   256

/* A word of the index, and the rules that tell it here. */
static const struct {
    const char *word, *rules;
} words[] = {
    { "missing", "edifact.segment.missing edifact.element.missing" },
    { "type", "edifact.element.number" },
    { "code", "edifact.element.code" },
    { "long", "edifact.element.too-long" },
    { "many", "edifact.segment.elements" },
    { "place", "edifact.segment.unexpected edifact.segment.too-many" },
};

/* Where two readings of the same flaw are right, and this is the grader's. */
static const struct {
    const char *file, *told;
} others[] = {
    { "ordchg-d01b-two-bgm.edi", "BGM edifact.segment.too-many" },
    /* the loop that LOC begins is not there for LIN */
    { "slsrpt-d96a-no-loc.edi", "LIN edifact.segment.unexpected" },
};

static xd_str_t files[MOST], wants[MOST];
static int nfiles;
static xd_arena_t *always, *arena;


static void
index_read(void)
{
    xd_str_t all;

    always = xd_arena_new(0);
    if (xd_file_read(always, FOLDER "INDEX.tsv", 1 << 20, &all) != XD_OK) {
        return; /* the first test says so */
    }

    while (all.ptr != NULL && nfiles < MOST) {
        xd_str_t line = xd_str_cut(&all, '\n');

        if (line.len > 0 && line.ptr[0] != '#') {
            files[nfiles] = xd_str_cut(&line, '\t');
            wants[nfiles++] = line;
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


static const xd_finding_t *
first_error(const xd_report_t *rep)
{
    for (size_t i = 0; i < rep->nkept; i++) {
        if (rep->kept[i].severity > XD_INFO) {
            return &rep->kept[i];
        }
    }

    return NULL;
}


static xd_str_t
last_part(xd_str_t path)
{
    size_t at = path.len;

    while (at > 0 && path.ptr[at - 1] != ']') {
        at--;
    }
    at += at < path.len && path.ptr[at] == '/';

    return (xd_str_t){ path.ptr + at, path.len - at };
}


/* "QTY01.2 type" becomes the place "QTY/1/2" and the rules of "type". */
static void
is_told(xd_str_t file, xd_str_t want, const xd_finding_t *f)
{
    xd_str_t place = xd_str_cut(&want, ' '), what = want, got;
    char path[32], told[96];
    unsigned n = 0, part = 0;

    if (xd_str_is(place, "missing") || xd_str_is(place, "place")) {
        what = place;
        place = want;
    }

    (void) sscanf(place.ptr + 3, "%2u.%1u", &n, &part);
    (void) snprintf(path, sizeof(path), "%.3s", place.ptr);
    if (n > 0 && place.len > 3) {
        (void) snprintf(path, sizeof(path), part > 0 ? "%.3s/%u/%u" : "%.3s/%u",
            place.ptr, n, part);
    }
    got = last_part(f->path);

    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (xd_str_is(file, others[i].file)) {
            (void) snprintf(told, sizeof(told), "%.*s %s", XD_FMT(got),
                f->rule);
            ck_assert_str_eq(told, others[i].told);
            return;
        }
    }

    ck_assert_msg(xd_str_starts(got, xd_str(path)), "%.*s: at %.*s, not %s",
        XD_FMT(file), XD_FMT(got), path);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (xd_str_is(what, words[i].word)) {
            ck_assert_msg(strstr(words[i].rules, f->rule) != NULL, "%.*s: %s",
                XD_FMT(file), f->rule);
            return;
        }
    }
    ck_abort_msg("%.*s: no such word", XD_FMT(file));
}


START_TEST(is_graded_as_the_index_says)
{
    const xd_edi_options_t options = { .trees = _i % 2 == 0 };
    xd_str_t path = xd_fmt(arena, FOLDER "%.*s", XD_FMT(files[_i])), bytes;
    const xd_finding_t *f;
    const xd_edi_interchange_t *ic;
    xd_edi_file_t file;
    xd_report_t rep;
    bool clean = xd_str_is(wants[_i], "-");

    xd_report_init(&rep, arena, 100);
    ck_assert_int_eq(xd_file_read(arena, path.ptr, 1 << 20, &bytes), XD_OK);
    ck_assert_int_eq(xd_edi_grade(arena, bytes, &options, &rep, &file), XD_OK);
    ck_assert_uint_eq(file.interchanges.count, 1);

    ic = XD_AT(&file.interchanges, xd_edi_interchange_t, 0);
    ck_assert_int_eq(ic->syntax, XD_EDI_EDIFACT);
    ck_assert_int_eq(ic->verdict, 'A');
    ck_assert_uint_eq(ic->length, bytes.len - ic->offset);
    ck_assert_int_eq(XD_AT(&ic->groups, xd_edi_group_t, 0)->verdict,
        clean ? 'A' : 'R');

    f = first_error(&rep);
    ck_assert_msg(clean == (f == NULL), "%s: %s", path.ptr,
        f != NULL ? f->rule : "nothing found");
    if (f != NULL) {
        ck_assert_int_eq(strncmp(f->ack, "0085:", 5), 0);
        is_told(files[_i], wants[_i], f);
    }
}
END_TEST


START_TEST(index_is_there)
{
    ck_assert_int_gt(nfiles, 100);
    ck_assert_int_lt(nfiles, MOST);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("edi");
    TCase *tc = tcase_create("edifact cases");
    SRunner *runner = srunner_create(s);
    int failed;

    index_read();
    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, index_is_there);
    tcase_add_loop_test(tc, is_graded_as_the_index_says, 0, nfiles);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    xd_arena_free(always);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
