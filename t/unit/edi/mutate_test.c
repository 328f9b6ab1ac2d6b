/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Every sample cut at every byte, and with every byte changed in turn: always
 * a grade, never a crash, and every acknowledgement that is written for it
 * reads back without a fault.
 */

#include <check.h>
#include <glob.h>
#include <stdlib.h>

#include "base/file.h"
#include "edi/ack.h"

static glob_t files;
static int edifact; /* the first of them that is EDIFACT */
static xd_arena_t *arena, *work;


static void
setup(void)
{
    arena = xd_arena_new(0);
    work = xd_arena_new(0);
}


static void
teardown(void)
{
    xd_arena_free(arena);
    xd_arena_free(work);
}


/* What we send must be clean, whatever it answers. */
static void
reads_back(const xd_buf_t *sent, const char *file, size_t at)
{
    const xd_edi_options_t options = { .trees = false };
    xd_edi_file_t again;
    xd_report_t rep;

    xd_report_init(&rep, work, 20);
    ck_assert_int_eq(xd_edi_grade(work, xd_buf_str(sent), &options, &rep,
                         &again),
        XD_OK);
    ck_assert_msg(rep.nkept == 0, "%s, byte %zu: %s in\n%.*s", file, at,
        rep.nkept > 0 ? rep.kept[0].rule : "", XD_FMT(xd_buf_str(sent)));
    ck_assert_uint_eq(again.interchanges.count, 1);
    ck_assert_int_eq(XD_AT(&again.interchanges, xd_edi_interchange_t, 0)
                         ->verdict,
        'A');
}


static void
answers(const xd_edi_interchange_t *ic, const char *file, size_t at)
{
    const xd_edi_ack_t ack = { .now_ms = 1778750000000,
        .isa_control = 12,
        .gs_control = 34,
        .usage = 'T' };
    xd_rc_t (*const write[])(const xd_edi_interchange_t *in,
        const xd_edi_ack_t *ack, xd_buf_t *out) = { xd_edi_write_ta1,
        xd_edi_write_997, xd_edi_write_999, xd_edi_write_contrl };
    xd_buf_t out = { 0 };

    for (size_t i = 0; i < sizeof(write) / sizeof(write[0]); i++) {
        /* The 999 is written by the code of the 997: now and then will do. */
        bool skip = write[i] == xd_edi_write_999 && at % 8 != 0;

        xd_buf_reset(&out);
        if (!skip && write[i](ic, &ack, &out) == XD_OK) {
            reads_back(&out, file, at);
        }
    }

    xd_buf_free(&out);
}


/* at is where it was changed, for the message. */
static void
grade(xd_str_t bytes, const char *file, size_t at)
{
    const xd_edi_options_t options = { .trees = at % 2 == 0 };
    char *exactly = malloc(bytes.len > 0 ? bytes.len : 1);
    xd_edi_file_t out;
    xd_report_t rep;

    ck_assert_ptr_nonnull(exactly);
    memcpy(exactly, bytes.ptr, bytes.len);
    xd_arena_reset(work);
    xd_report_init(&rep, work, 1000);

    ck_assert_int_eq(xd_edi_grade(work, (xd_str_t){ exactly, bytes.len },
                         &options, &rep, &out),
        XD_OK);
    ck_assert_uint_eq(out.not_edi, out.interchanges.count == 0);
    ck_assert(!out.not_edi || xd_report_errors(&rep) > 0);

    for (size_t i = 0; i < out.interchanges.count; i++) {
        answers(XD_AT(&out.interchanges, xd_edi_interchange_t, i), file, at);
    }

    free(exactly);
}


static xd_str_t
sample(int i)
{
    xd_str_t bytes;

    ck_assert_int_eq(xd_file_read(arena, files.gl_pathv[i], 1 << 20, &bytes),
        XD_OK);

    return bytes;
}


START_TEST(cut_at_every_byte)
{
    xd_str_t bytes = sample(_i);

    for (size_t len = 0; len <= bytes.len; len++) {
        grade((xd_str_t){ bytes.ptr, len }, files.gl_pathv[_i], len);
    }
}
END_TEST


START_TEST(every_byte_changed)
{
    static const char changes[] = { 0x01, 0x10, (char) 0x80 };
    xd_str_t bytes = sample(_i);
    char *mine = xd_alloc(arena, bytes.len + 1);

    for (size_t at = 0; at < bytes.len; at++) {
        for (size_t c = 0; c < sizeof(changes); c++) {
            memcpy(mine, bytes.ptr, bytes.len);
            mine[at] = (char) (mine[at] ^ changes[c]);
            grade((xd_str_t){ mine, bytes.len }, files.gl_pathv[_i], at);
        }
    }
}
END_TEST


/* Every separator by another one: what most faults of senders come down to. */
START_TEST(every_mark_lost_or_swapped)
{
    const char *others = _i < edifact ? "*~>\n " : "+:'?\n";
    xd_str_t bytes = sample(_i);
    char *mine = xd_alloc(arena, bytes.len + 1);

    for (size_t at = 0; at < bytes.len; at++) {
        if (bytes.ptr[at] == '\0' || strchr(others, bytes.ptr[at]) == NULL) {
            continue;
        }

        memcpy(mine, bytes.ptr, at);
        memcpy(mine + at, bytes.ptr + at + 1, bytes.len - at - 1);
        grade((xd_str_t){ mine, bytes.len - 1 }, files.gl_pathv[_i], at);

        for (const char *c = others; *c != '\0'; c++) {
            memcpy(mine, bytes.ptr, bytes.len);
            mine[at] = *c;
            grade((xd_str_t){ mine, bytes.len }, files.gl_pathv[_i], at);
        }
    }
}
END_TEST


/* Memory that ends at any point ends the grading, and nothing else. */
START_TEST(every_allocation_failing)
{
    const xd_edi_options_t options = { .trees = true };
    xd_str_t bytes = sample(_i);
    xd_rc_t rc = XD_E_MEMORY;
    size_t nth;

    for (nth = 1; rc == XD_E_MEMORY && nth < 100000; nth++) {
        xd_edi_file_t out;
        xd_report_t rep;

        xd_arena_reset(work);
        xd_report_init(&rep, work, 0);
        xd_arena_fail_at(work, nth);
        rc = xd_edi_grade(work, bytes, &options, &rep, &out);
        xd_arena_fail_at(work, 0);
    }

    ck_assert_int_eq(rc, XD_OK);
    ck_assert_uint_gt(nth, 2);
}
END_TEST


START_TEST(samples_are_there)
{
    ck_assert_uint_gt(files.gl_pathc, 100);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("edi");
    TCase *tc = tcase_create("mutate");
    SRunner *runner = srunner_create(s);
    int failed, all;

    (void) glob("t/cases/x12/*.edi", 0, NULL, &files);
    /* of each further set the clean sample is enough */
    (void) glob("t/cases/x12/sets/*[!s].edi", GLOB_APPEND, NULL, &files);
    edifact = (int) files.gl_pathc;
    (void) glob("t/cases/edifact/*[0-9][a-z0-9].edi", GLOB_APPEND, NULL,
        &files);
    all = (int) files.gl_pathc;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 120);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, samples_are_there);
    tcase_add_loop_test(tc, cut_at_every_byte, 0, all);
    tcase_add_loop_test(tc, every_byte_changed, 0, all);
    tcase_add_loop_test(tc, every_mark_lost_or_swapped, 0, all);
    tcase_add_loop_test(tc, every_allocation_failing, edifact, all);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    globfree(&files);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
