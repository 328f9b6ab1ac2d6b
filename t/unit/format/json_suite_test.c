/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The public test suite for JSON parsers, read in place: a name that begins
 * with y_ must be read, n_ refused; i_ is free, but must not crash.
 */

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "format/json.h"

#define FILES_WANTED 318

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


static xd_str_t
folder(void)
{
    const char *corpus = getenv("CROSSDOCK_CORPUS");

    return xd_fmt(arena, "%s/json",
        corpus == NULL ? "../shared/corpus" : corpus);
}


/* The verdict on one file: must be one of the suite's, and what is read must
 * be read again from what is written. */
static void
try_file(const char *dir, const char *name)
{
    const xd_json_limits_t limits = { .allow_duplicates = true };
    xd_arena_t *own = xd_arena_new(0);
    xd_str_t bytes = XD_STR_NONE;
    xd_node_t *tree = NULL, *again = NULL;
    xd_buf_t out = { 0 }, twice = { 0 };
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, own, 10);
    ck_assert_int_eq(xd_file_read(own, xd_fmt(own, "%s/%s", dir, name).ptr,
                         1 << 24, &bytes),
        XD_OK);

    rc = xd_json_read(own, bytes, &limits, &tree, &rep);
    ck_assert_msg(name[0] != 'y' || rc == XD_OK, "%s was refused", name);
    ck_assert_msg(name[0] != 'n' || rc == XD_E_SYNTAX || rc == XD_E_LIMIT,
        "%s was read", name);
    ck_assert_uint_eq(xd_report_errors(&rep), rc != XD_OK);

    if (rc == XD_OK) {
        xd_json_write(&out, tree, XD_JSON_PRETTY);
        rc = xd_json_read(own, xd_buf_str(&out), &limits, &again, &rep);
        ck_assert_int_eq(rc, XD_OK);
        xd_json_write(&twice, again, XD_JSON_PRETTY);
        ck_assert_int_eq(xd_buf_rc(&twice), XD_OK);
        ck_assert_msg(xd_str_eq(xd_buf_str(&out), xd_buf_str(&twice)),
            "%s was changed", name);
    }

    xd_buf_free(&twice);
    xd_buf_free(&out);
    xd_arena_free(own);
}


START_TEST(agrees_with_the_public_suite)
{
    xd_str_t dir = folder();
    DIR *d = opendir(dir.ptr);
    const struct dirent *e;
    int files = 0;

    if (d == NULL) {
        printf("# SKIP the corpus is absent: %s\n", dir.ptr);
        return;
    }

    while ((e = readdir(d)) != NULL) {
        if (strchr("yni", e->d_name[0]) != NULL && e->d_name[1] == '_') {
            try_file(dir.ptr, e->d_name);
            files++;
        }
    }

    closedir(d);
    ck_assert_int_eq(files, FILES_WANTED);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("json-suite");
    TCase *tc = tcase_create("corpus");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, agrees_with_the_public_suite);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
