/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The public JSON Schema test suite (2020-12, required tests), read in place.
 * A group whose schema uses what is not served yet must be refused when it is
 * compiled; of every other group each verdict must be the suite's.
 */

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "canon/schema.h"
#include "format/json.h"

/* Fewer would mean that something served before is refused now. */
#define SERVED_WANTED 740

static xd_arena_t *arena;
static char folder[32];
static char schema_path[64];
static int served, refused;


static void
setup(void)
{
    arena = xd_arena_new(0);
    strcpy(folder, "/tmp/xd-suite-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(schema_path, sizeof(schema_path), "%s/schema.json", folder);
}


static void
teardown(void)
{
    unlink(schema_path);
    rmdir(folder);
    xd_arena_free(arena);
}


/* The group's schema as a file of its own, named as our files are. */
static bool
write_schema(xd_arena_t *own, const xd_node_t *schema)
{
    xd_node_t *copy = xd_node_copy(own, schema);
    xd_buf_t out = { 0 };

    if (copy->kind != XD_OBJECT) {
        return false;
    }

    copy->parent = copy->next = NULL;
    if (xd_get(copy, "$id") == NULL) {
        xd_put_str(own, copy, "$id", XD_STR("urn:test:schema:1.0"));
    }

    xd_json_write(&out, copy, XD_JSON_COMPACT);
    ck_assert_int_eq(xd_buf_rc(&out), XD_OK);
    ck_assert_int_eq(xd_file_write(schema_path, xd_buf_str(&out), 0600), XD_OK);
    xd_buf_free(&out);

    return true;
}


static void
try_tests(const char *file, const xd_node_t *group, xd_schemas_t *set,
    xd_arena_t *own)
{
    const xd_schema_t *schema = xd_schema_find(set, XD_STR("schema.json"));

    ck_assert_ptr_nonnull(schema);

    xd_each (test, xd_get(group, "tests")) {
        bool want = xd_truth(test, "valid", false);
        xd_report_t rep;
        xd_rc_t rc;

        xd_report_init(&rep, own, 10);
        rc = xd_schema_check(schema, xd_get(test, "data"), own, &rep);
        served++;
        ck_assert_msg(rc == (want ? XD_OK : XD_E_SYNTAX), "%s: %.*s: %.*s: %d",
            file, XD_FMT(xd_text(group, "description")),
            XD_FMT(xd_text(test, "description")), rc);
        ck_assert_msg((xd_report_errors(&rep) > 0) == !want,
            "%s: %.*s: a fault without a finding", file,
            XD_FMT(xd_text(test, "description")));
    }
}


static void
try_group(const char *file, const xd_node_t *group)
{
    xd_arena_t *own = xd_arena_new(0);
    xd_schemas_t *set = NULL;
    xd_report_t rep;

    xd_report_init(&rep, own, 10);

    if (write_schema(own, xd_get(group, "schema"))
        && xd_schemas_load(own, folder, &set, &rep) == XD_OK)
    {
        try_tests(file, group, set, own);
    } else {
        refused += (int) xd_get(group, "tests")->count;
    }

    xd_arena_free(own);
}


static void
try_file(const char *dir, const char *name)
{
    const xd_json_limits_t limits = { .allow_duplicates = true };
    xd_str_t path = xd_fmt(arena, "%s/%s", dir, name);
    xd_str_t bytes = XD_STR_NONE;
    xd_node_t *groups = NULL;
    xd_report_t rep;
    int before = served;

    xd_report_init(&rep, arena, 1);
    ck_assert_int_eq(xd_file_read(arena, path.ptr, 1 << 24, &bytes), XD_OK);
    ck_assert_int_eq(xd_json_read(arena, bytes, &limits, &groups, &rep), XD_OK);

    xd_each (group, groups) {
        try_group(name, group);
    }

    printf("# %4d served  %s\n", served - before, name);
}


START_TEST(agrees_with_the_public_suite_or_refuses)
{
    const char *corpus = getenv("CROSSDOCK_CORPUS");
    xd_str_t dir = xd_fmt(arena, "%s/json-schema/tests/draft2020-12",
        corpus == NULL ? "../shared/corpus" : corpus);
    DIR *d = opendir(dir.ptr);
    const struct dirent *e;

    if (d == NULL) {
        printf("# SKIP the corpus is absent: %s\n", dir.ptr);
        return;
    }

    while ((e = readdir(d)) != NULL) {
        /* There a wrong date is only a note; our own schemas mean it. */
        if (strstr(e->d_name, ".json") != NULL
            && strcmp(e->d_name, "format.json") != 0) {
            try_file(dir.ptr, e->d_name);
        }
    }

    closedir(d);
    printf("# %d tests served, %d refused when compiled\n", served, refused);
    ck_assert_int_ge(served, SERVED_WANTED);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("schema-suite");
    TCase *tc = tcase_create("corpus");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, agrees_with_the_public_suite_or_refuses);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
