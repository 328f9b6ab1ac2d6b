/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What is read is written back, byte for byte: every own sample, and every
 * file of the corpus that is read clean, where the corpus is at hand.
 */

#include <check.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "edi/write.h"

#define FOLDER "t/cases/x12/"

/* Read without an error, but not the same when it is written back. */
static const struct {
    const char *file, *why;
} exceptions[] = {
    { "wrapped.edi", "line breaks inside segments carry no data" },
    { "staedi/issue128/ts210_80char.edi",
        "line breaks inside segments carry no data" },
};

static glob_t files;
static char folder[512];
static xd_arena_t *arena;

static const struct {
    const char *name;
    int least; /* files that are read clean */
} corpora[] = { { "x12", 80 }, { "edifact", 20 } };


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


static const char *
exception(xd_str_t file)
{
    for (size_t i = 0; i < sizeof(exceptions) / sizeof(exceptions[0]); i++) {
        if (xd_str_is(file, exceptions[i].file)) {
            return exceptions[i].why;
        }
    }

    return NULL;
}


/* Of EDIFACT everything that is read is the same, clean or not. */
static bool
only_edifact(const xd_edi_file_t *file)
{
    for (size_t i = 0; i < file->interchanges.count; i++) {
        if (XD_AT(&file->interchanges, xd_edi_interchange_t, i)->syntax
            != XD_EDI_EDIFACT)
        {
            return false;
        }
    }

    return file->interchanges.count > 0;
}


/* Returns whether the file was read clean. */
static bool
again(xd_str_t name, const char *path)
{
    const xd_edi_options_t options = { .trees = true };
    xd_buf_t out = { 0 };
    xd_edi_file_t file;
    xd_report_t rep;
    xd_str_t bytes;
    const char *why = exception(name);
    bool clean, same;
    xd_rc_t rc;

    ck_assert_msg(xd_file_read(arena, path, 64 << 20, &bytes) == XD_OK, "%s",
        path);
    xd_report_init(&rep, arena, 1000);
    ck_assert_int_eq(xd_edi_grade(arena, bytes, &options, &rep, &file), XD_OK);
    clean = xd_report_errors(&rep) == 0 || only_edifact(&file);

    rc = xd_edi_write_again(arena, &file, bytes, &rep, &out);
    ck_assert_msg(rc == XD_OK || !clean || file.not_edi, "%.*s", XD_FMT(name));
    same = rc == XD_OK && xd_str_eq(xd_buf_str(&out), bytes);

    ck_assert_msg(same || !clean || why != NULL, "%.*s comes out as\n%.*s",
        XD_FMT(name), XD_FMT(xd_buf_str(&out)));
    ck_assert_msg(!same || why == NULL, "%.*s is the same, though %s",
        XD_FMT(name), why);
    xd_buf_free(&out);

    return clean;
}


START_TEST(own_samples_come_out_as_they_went_in)
{
    const char *path = files.gl_pathv[_i];

    (void) again(xd_str(strrchr(path, '/') + 1), path);
}
END_TEST


START_TEST(corpus_comes_out_as_it_went_in)
{
    const char *corpus = getenv("CROSSDOCK_CORPUS");
    xd_str_t all;
    int clean = 0;

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

        if (name.len > 0) {
            clean +=
                again(name, xd_fmt(arena, "%s/%.*s", folder, XD_FMT(name)).ptr);
        }
    }

    ck_assert_int_gt(clean, corpora[_i].least);
}
END_TEST


/* Whatever is read, something is written or refused. */
START_TEST(broken_files_do_no_harm)
{
    const xd_edi_options_t options = { .trees = true };
    xd_arena_t *work = xd_arena_new(0);
    xd_str_t bytes;

    ck_assert_int_eq(xd_file_read(arena, files.gl_pathv[_i], 1 << 20, &bytes),
        XD_OK);

    for (size_t len = 0; len < bytes.len; len += 9) {
        char *exactly = malloc(len + 1);
        xd_str_t cut = { exactly, len };
        xd_buf_t out = { 0 };
        xd_edi_file_t file;
        xd_report_t rep;
        xd_rc_t rc;

        ck_assert_ptr_nonnull(exactly);
        memcpy(exactly, bytes.ptr, len);
        xd_arena_reset(work);
        xd_report_init(&rep, work, 10);
        ck_assert_int_eq(xd_edi_grade(work, cut, &options, &rep, &file), XD_OK);
        rc = xd_edi_write_again(work, &file, cut, &rep, &out);
        ck_assert(rc == XD_OK || rc == XD_E_NOT_FOUND || rc == XD_E_SYNTAX);
        ck_assert_int_eq(rc == XD_E_NOT_FOUND, file.not_edi);
        ck_assert(rc == XD_OK || out.len == 0);
        xd_buf_free(&out);
        free(exactly);
    }

    xd_arena_free(work);
}
END_TEST


/* An allocation that fails ends it, and leaves the buffer as it was. */
static const char *const whole[] = { FOLDER "asn-pick-and-pack.edi",
    "t/cases/edifact/orders-d96a.edi" };


START_TEST(full_arena_is_told)
{
    const xd_edi_options_t options = { .trees = true };
    xd_edi_file_t file;
    xd_report_t rep;
    xd_str_t bytes;
    xd_buf_t out = { 0 };
    xd_rc_t rc = XD_E_MEMORY;

    ck_assert_int_eq(xd_file_read(arena, whole[_i], 1 << 20, &bytes), XD_OK);
    xd_report_init(&rep, arena, 10);
    ck_assert_int_eq(xd_edi_grade(arena, bytes, &options, &rep, &file), XD_OK);
    xd_buf_add(&out, XD_STR("before"));

    for (size_t n = 1; rc != XD_OK; n++) {
        ck_assert_uint_lt(n, 10000);
        xd_arena_fail_at(arena, n);
        rc = xd_edi_write_again(arena, &file, bytes, &rep, &out);
        xd_arena_fail_at(arena, 0);
        ck_assert(rc == XD_OK || rc == XD_E_MEMORY);
        ck_assert(rc == XD_OK || xd_str_is(xd_buf_str(&out), "before"));
    }

    xd_buf_free(&out);
}
END_TEST


static xd_str_t
written(xd_str_t bytes, xd_node_t **tree, const char *path, const char *value,
    xd_buf_t *out)
{
    const xd_edi_options_t options = { .trees = true };
    xd_edi_file_t file;
    xd_report_t rep;
    xd_edi_group_t *group;

    xd_report_init(&rep, arena, 10);
    ck_assert_int_eq(xd_edi_grade(arena, bytes, &options, &rep, &file), XD_OK);
    group = XD_AT(&XD_AT(&file.interchanges, xd_edi_interchange_t, 0)->groups,
        xd_edi_group_t, 0);
    *tree = XD_AT(&group->sets, xd_edi_set_t, 0)->tree;

    if (path != NULL) {
        xd_node_t *node = xd_pointer(*tree, xd_str(path));

        ck_assert_msg(node != NULL, "%s", path);
        node->text = xd_str(value);
    }

    if (xd_edi_write_again(arena, &file, bytes, &rep, out) != XD_OK) {
        return xd_str(rep.kept[rep.nkept - 1].rule);
    }

    return xd_buf_str(out);
}


#define HEAD                                                                   \
    "UNA:+.? '\nUNB+UNOC:3+A+B+260318:1015+1'\nUNH+1+ORDERS:D:96A:UN'\n"
#define TAIL                                                                   \
    "DTM+137:20260302:102'\nNAD+BY+1::9++?A?+ M\xfcller'\nLIN+1'\nUNS+S'\n"    \
    "UNT+7+1'\nUNZ+1+1'\n"


/* Only the segment that was changed, and it with the marks of the file. */
START_TEST(what_was_changed_is_written_anew)
{
    static const struct {
        const char *path, *value, *from, *to;
    } changes[] = {
        { NULL, NULL, "BGM+220+PO+9'", "BGM+220+PO+9'" },
        { NULL, NULL, "BGM+220:+?P?O+9+'", "BGM+220:+?P?O+9+'" },
        { "/BGM/0/2", "PO", "BGM+220:+?P?O+9+'", "BGM+220:+?P?O+9+'" },
        { "/BGM/0/2", "P'+?:O", "BGM+220+PO+9'", "BGM+220+P?'?+???:O+9'" },
        { "/BGM/0/1/0", "221", "BGM+220::9+?P?O+9+'", "BGM+221::9+PO+9'" },
        { "/BGM/0/2", "M\xc3\xbcller", "BGM+220+PO+9'",
            "BGM+220+M\xfcller+9'" },
        { "/BGM/0/2", "\xe2\x82\xac", "BGM+220+PO+9'", NULL },
        { "/BGM/0/2", "\x01", "BGM+220+PO+9'", NULL },
    };

    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        xd_str_t bytes = xd_fmt(arena, HEAD "%s\n" TAIL, changes[i].from), got;
        xd_buf_t out = { 0 };
        xd_node_t *tree;

        got = written(bytes, &tree, changes[i].path, changes[i].value, &out);
        ck_assert_msg(xd_str_is(got,
                          changes[i].to != NULL
                              ? xd_fmt(arena, HEAD "%s\n" TAIL, changes[i].to)
                                    .ptr
                              : "edifact.write.character"),
            "%zu: %.*s", i, XD_FMT(got));
        ck_assert(xd_str_is(xd_pointer(tree, XD_STR("/SG2/0/4/0"))->text,
            "A+ M\xc3\xbcller"));
        xd_buf_free(&out);
    }
}
END_TEST


START_TEST(both_syntaxes_in_one_file)
{
    xd_str_t x12, edifact, both;
    xd_buf_t out = { 0 };
    xd_node_t *tree;

    ck_assert_int_eq(xd_file_read(arena, whole[0], 1 << 20, &x12), XD_OK);
    ck_assert_int_eq(xd_file_read(arena, whole[1], 1 << 20, &edifact), XD_OK);
    both = xd_fmt(arena, " %.*s\r\n\r\n%.*s %.*s%.*s\x1a", XD_FMT(x12),
        XD_FMT(edifact), XD_FMT(edifact), XD_FMT(x12));

    ck_assert(xd_str_eq(written(both, &tree, NULL, NULL, &out), both));
    xd_buf_free(&out);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("edi");
    TCase *tc = tcase_create("again");
    SRunner *runner = srunner_create(s);
    int failed;

    (void) glob(FOLDER "*.edi", 0, NULL, &files);
    (void) glob(FOLDER "sets/*.edi", GLOB_APPEND, NULL, &files);
    (void) glob("t/cases/edifact/*.edi", GLOB_APPEND, NULL, &files);

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, own_samples_come_out_as_they_went_in, 0,
        (int) files.gl_pathc);
    tcase_add_loop_test(tc, broken_files_do_no_harm, 0, (int) files.gl_pathc);
    tcase_add_loop_test(tc, full_arena_is_told, 0,
        sizeof(whole) / sizeof(whole[0]));
    tcase_add_test(tc, what_was_changed_is_written_anew);
    tcase_add_test(tc, both_syntaxes_in_one_file);
    tcase_add_loop_test(tc, corpus_comes_out_as_it_went_in, 0,
        sizeof(corpora) / sizeof(corpora[0]));

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    globfree(&files);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
