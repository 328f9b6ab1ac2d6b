/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The public JSON Schema test suite, read in place: every required test of
 * 2020-12 and of draft-07, and the optional ones of what is served.
 */

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "canon/schema.h"
#include "format/json.h"

/*
 * Of the folders of the suite: how many tests must be right.  Known to be
 * wrong is one pattern: PCRE2 has no lookbehind of variable width.  Not here,
 * as not served: formats that are not in our table, drafts but these two, and
 * content… as more than notes.
 */
static const struct {
    const char *dir;
    const char *file; /* NULL: all of the folder */
    bool draft07, formats;
    int wanted;
    int known; /* that are wrong, and are known to be */
} folders[] = {
    { "draft2020-12", NULL, false, false, 1299, 0 },
    { "draft7", NULL, true, false, 927, 0 },
    { "draft2020-12/optional/format", "date.json", false, true, 1, 0 },
    { "draft2020-12/optional/format", "date-time.json", false, true, 1, 0 },
    { "draft2020-12/optional/format", "time.json", false, true, 1, 0 },
    { "draft2020-12/optional/format", "ipv4.json", false, true, 1, 0 },
    { "draft2020-12/optional/format", "ipv6.json", false, true, 1, 0 },
    { "draft2020-12/optional/format", "json-pointer.json", false, true, 1, 0 },
    { "draft2020-12/optional/format", "regex.json", false, true, 1, 0 },
    { "draft2020-12/optional/format", "ecmascript-regex.json", false, true, 11,
        1 },
    { "draft2020-12/optional/format", "unknown.json", false, true, 1, 0 },
    { "draft2020-12/optional/format", "uuid.json", false, true, 1, 0 },
    { "draft2020-12/optional", "bignum.json", false, false, 1, 0 },
    { "draft2020-12/optional", "ecmascript-regex.json", false, false, 1, 0 },
    { "draft2020-12/optional", "float-overflow.json", false, false, 1, 0 },
    { "draft2020-12/optional", "id.json", false, false, 1, 0 },
    { "draft2020-12/optional", "non-bmp-regex.json", false, false, 1, 0 },
    { "draft2020-12/optional", "unknownKeyword.json", false, false, 1, 0 },
    { "draft2020-12/optional", "anchor.json", false, false, 1, 0 },
    { "draft2020-12/optional", "dependencies-compatibility.json", false, false,
        1, 0 },
    { "draft2020-12/optional", "dynamicRef.json", false, false, 1, 0 },
    { "draft2020-12/optional", "no-schema.json", false, false, 1, 0 },
    { "draft2020-12/optional", "refOfUnknownKeyword.json", false, false, 1, 0 },
    { "draft2020-12/optional", "format-assertion.json", false, false, 1, 0 },
    { "draft7/optional/format", "date.json", true, true, 1, 0 },
    { "draft7/optional/format", "date-time.json", true, true, 1, 0 },
    { "draft7/optional/format", "time.json", true, true, 1, 0 },
    { "draft7/optional/format", "ipv4.json", true, true, 1, 0 },
    { "draft7/optional/format", "ipv6.json", true, true, 1, 0 },
    { "draft7/optional/format", "json-pointer.json", true, true, 1, 0 },
    { "draft7/optional/format", "regex.json", true, true, 1, 0 },
    { "draft7/optional/format", "ecmascript-regex.json", true, true, 11, 1 },
    { "draft7/optional/format", "unknown.json", true, true, 1, 0 },
    { "draft7/optional", "bignum.json", true, false, 1, 0 },
    { "draft7/optional", "ecmascript-regex.json", true, false, 1, 0 },
    { "draft7/optional", "float-overflow.json", true, false, 1, 0 },
    { "draft7/optional", "id.json", true, false, 1, 0 },
    { "draft7/optional", "non-bmp-regex.json", true, false, 1, 0 },
    { "draft7/optional", "unknownKeyword.json", true, false, 1, 0 },
};

static xd_arena_t *arena;
static const char *remotes;
static int right, wrong;


static void
setup(void)
{
    arena = xd_arena_new(0);
    right = wrong = 0;
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static void
count(bool good, const char *file, const xd_node_t *group,
    const xd_node_t *test, const char *why)
{
    if (good) {
        right++;
        return;
    }

    wrong++;
    printf("# %s: %.*s: %.*s: %s\n", file,
        XD_FMT(xd_text(group, "description")),
        XD_FMT(xd_text(test, "description")), why);
}


static void
try_test(const char *file, const xd_node_t *group, const xd_node_t *test,
    const xd_schema_t *schema)
{
    bool want = xd_truth(test, "valid", false);
    xd_arena_t *own = xd_arena_new(0);
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, own, 10);
    rc = xd_schema_check(schema, xd_get(test, "data"), own, &rep);

    count(rc == (want ? XD_OK : XD_E_SYNTAX)
              && (xd_report_errors(&rep) > 0) == !want,
        file, group, test, want ? "refused" : "taken");
    xd_arena_free(own);
}


static void
try_group(const char *file, const xd_node_t *group,
    const xd_schema_options_t *options)
{
    xd_arena_t *own = xd_arena_new(0);
    const xd_schema_t *schema = NULL;
    const xd_node_t *root;
    xd_node_t *copy;
    xd_report_t rep;
    xd_rc_t rc;

    /* A tree of its own: a schema's root has no parent. */
    root = xd_get(group, "schema");
    copy = xd_node_copy(own, root);
    copy->parent = copy->next = NULL;
    copy->key = XD_STR_NONE;

    xd_report_init(&rep, own, 10);
    rc = xd_schema_compile(own, copy, XD_STR(""), XD_STR(""), options, &schema,
        &rep);

    xd_each (test, xd_get(group, "tests")) {
        if (rc == XD_OK) {
            try_test(file, group, test, schema);
        } else {
            count(false, file, group, test,
                rep.nkept > 0 ? xd_dup(own, rep.kept[0].text).ptr : "?");
        }
    }

    xd_arena_free(own);
}


static void
try_file(const char *dir, const char *name, const xd_schema_options_t *options)
{
    const xd_json_limits_t limits = { .allow_duplicates = true };
    xd_str_t path = xd_fmt(arena, "%s/%s", dir, name);
    xd_str_t bytes = XD_STR_NONE;
    xd_node_t *groups = NULL;
    xd_report_t rep;

    xd_report_init(&rep, arena, 1);
    ck_assert_int_eq(xd_file_read(arena, path.ptr, 1 << 24, &bytes), XD_OK);
    ck_assert_int_eq(xd_json_read(arena, bytes, &limits, &groups, &rep), XD_OK);

    xd_each (group, groups) {
        try_group(name, group, options);
    }
}


START_TEST(agrees_with_the_public_suite)
{
    const char *corpus = getenv("CROSSDOCK_CORPUS");
    const char *home = corpus == NULL ? "../shared/corpus" : corpus;
    xd_schema_options_t options = { .draft07 = folders[_i].draft07,
        .assert_formats = folders[_i].formats };
    xd_str_t dir =
        xd_fmt(arena, "%s/json-schema/tests/%s", home, folders[_i].dir);
    DIR *d = opendir(dir.ptr);
    const struct dirent *e;

    if (d == NULL) {
        printf("# SKIP the corpus is absent: %s\n", dir.ptr);
        return;
    }

    remotes = xd_fmt(arena, "%s/json-schema/remotes", home).ptr;
    options.refs = remotes;

    while ((e = readdir(d)) != NULL) {
        if (strstr(e->d_name, ".json") != NULL
            && (folders[_i].file == NULL
                || strcmp(folders[_i].file, e->d_name) == 0))
        {
            try_file(dir.ptr, e->d_name, &options);
        }
    }

    closedir(d);
    printf("# %s%s%s: %d right, %d wrong\n", folders[_i].dir,
        folders[_i].file == NULL ? "" : "/",
        folders[_i].file == NULL ? "" : folders[_i].file, right, wrong);
    ck_assert_int_le(wrong, folders[_i].known);
    ck_assert_int_ge(right, folders[_i].wanted);
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
    tcase_add_loop_test(tc, agrees_with_the_public_suite, 0,
        sizeof(folders) / sizeof(folders[0]));

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
