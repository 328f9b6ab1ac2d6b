/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Structured fields: the public tests, read in place where they are, and own
 * ones.  Base64 is read strictly and may be, as the public tests say of the
 * two that they mark can_fail.
 */

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "format/field.h"
#include "format/json.h"
#include "tree/number.h"

#define FILE_MAX   (8 << 20)
#define CASES_READ 1591

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


static xd_field_type_t
type_of(const xd_node_t *test)
{
    xd_str_t type = xd_text(test, "header_type");

    return xd_str_is(type, "item")   ? XD_FIELD_AS_ITEM
           : xd_str_is(type, "list") ? XD_FIELD_AS_LIST
                                     : XD_FIELD_AS_DICTIONARY;
}


/* RFC 4648 section 6: how the public tests write bytes. */
static xd_str_t
base32(xd_str_t text)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    char *out = xd_alloc(arena, text.len + 1);
    uint32_t bits = 0, have = 0;
    size_t len = 0;

    for (size_t i = 0; i < text.len && text.ptr[i] != '='; i++) {
        bits = bits << 5 | (uint32_t) (strchr(digits, text.ptr[i]) - digits);
        have += 5;
        if (have >= 8) {
            have -= 8;
            out[len++] = (char) (bits >> have);
        }
    }

    return (xd_str_t){ out, len };
}


/* A number of JSON; false when thousandths cannot hold it. */
static bool
number(xd_str_t text, xd_field_t *out)
{
    xd_str_t rest = text, whole = xd_str_cut(&rest, '.');
    int64_t value = 0;

    out->kind = rest.ptr == NULL ? XD_FIELD_INTEGER : XD_FIELD_DECIMAL;
    if (rest.ptr == NULL) {
        return xd_number_int(whole, &out->number);
    }

    if (rest.len > 3) {
        return false;
    }

    ck_assert(xd_number_int(xd_fmt(arena, "%.*s%.*s%.*s", XD_FMT(whole),
                                XD_FMT(rest), (int) (3 - rest.len), "00"),
        &value));
    out->number = value;

    return true;
}


static bool
bare(const xd_node_t *node, xd_field_t *out)
{
    static const struct {
        const char *name;
        xd_field_kind_t kind;
    } kinds[] = { { "token", XD_FIELD_TOKEN }, { "binary", XD_FIELD_BYTES },
        { "displaystring", XD_FIELD_DISPLAY }, { "date", XD_FIELD_DATE } };

    out->text = node->text;
    if (node->kind == XD_NUMBER) {
        return number(node->text, out);
    }

    out->kind = node->kind == XD_BOOL ? XD_FIELD_BOOLEAN : XD_FIELD_STRING;
    out->number = node->kind == XD_BOOL && node->truth;
    for (size_t i = 0; i < 4 && node->kind == XD_OBJECT; i++) {
        if (xd_str_is(xd_text(node, "__type"), kinds[i].name)) {
            out->kind = kinds[i].kind;
            out->text = xd_text(node, "value");
        }
    }

    if (out->kind == XD_FIELD_BYTES) {
        out->text = base32(out->text);
    }

    return out->kind != XD_FIELD_DATE || xd_number_int(out->text, &out->number);
}


static bool member(const xd_node_t *node, xd_field_t *out);


/* A list of members, or of [key, value] pairs. */
static bool
members(const xd_node_t *list, bool keyed, bool params, xd_field_t **out)
{
    bool good = true;

    xd_each (node, list) {
        const xd_node_t *value = keyed ? xd_nth(node, 1) : node;

        *out = xd_alloc(arena, sizeof(**out));
        (*out)->key = keyed ? xd_nth(node, 0)->text : XD_STR_NONE;
        good = (params ? bare(value, *out) : member(value, *out)) && good;
        out = &(*out)->next;
    }

    return good;
}


/* [value or list of members, parameters] */
static bool
member(const xd_node_t *node, xd_field_t *out)
{
    const xd_node_t *value = xd_nth(node, 0);
    bool good;

    if (value->kind == XD_ARRAY) {
        out->kind = XD_FIELD_INNER;
        good = members(value, false, false, &out->items);
    } else {
        good = bare(value, out);
    }

    return members(xd_nth(node, 1), true, true, &out->params) && good;
}


/* Lines may hold any byte, also NUL. */
static xd_str_t
joined(const xd_node_t *lines)
{
    xd_buf_t out = { 0 };
    xd_str_t copy;

    xd_each (line, lines) {
        xd_buf_text(&out, line == lines->first ? "" : ", ");
        xd_buf_add(&out, line->text);
    }

    copy = xd_dup(arena, xd_buf_str(&out));
    xd_buf_free(&out);

    return copy;
}


static void
same_text(const xd_node_t *test, const xd_field_t *value)
{
    const xd_node_t *lines = xd_get(test, "canonical");
    xd_str_t want = joined(lines != NULL ? lines : xd_get(test, "raw"));
    xd_buf_t out = { 0 };
    xd_rc_t rc = xd_field_write(&out, value, type_of(test));

    ck_assert_msg(rc == XD_OK && xd_str_eq(xd_buf_str(&out), want),
        "%.*s: wrote %.*s", XD_FMT(xd_text(test, "name")),
        XD_FMT(xd_buf_str(&out)));
    xd_buf_free(&out);
}


/* The value that the test expects, built by hand. */
static bool
expected(const xd_node_t *test, xd_field_t **out)
{
    const xd_node_t *want = xd_get(test, "expected");

    *out = NULL;
    if (type_of(test) == XD_FIELD_AS_ITEM) {
        *out = xd_alloc(arena, sizeof(**out));
        return member(want, *out);
    }

    return members(want, type_of(test) == XD_FIELD_AS_DICTIONARY, false, out);
}


/* Read, and written as the same text as what was expected. */
static void
try_read(const xd_node_t *test)
{
    bool must_fail = xd_truth(test, "must_fail", false);
    xd_field_t *value = NULL, *want = NULL;
    xd_rc_t rc = xd_field_read(arena, joined(xd_get(test, "raw")),
        type_of(test), 0, &value);

    ck_assert_msg(rc == XD_OK ? !must_fail
                              : must_fail || xd_truth(test, "can_fail", false),
        "%.*s: %s", XD_FMT(xd_text(test, "name")), xd_rc_text(rc));
    if (rc == XD_OK) {
        same_text(test, value);
        ck_assert(expected(test, &want));
        same_text(test, want);
    }
}


/* Values that no text could have given. */
static void
try_write(const xd_node_t *test)
{
    xd_buf_t out = { 0 };
    xd_field_t *value;

    /* Thousandths need no rounding: five tests have nothing to try. */
    if (!expected(test, &value)) {
        ck_assert_msg(strstr(xd_dup(arena, xd_text(test, "name")).ptr, "round ")
                          != NULL,
            "%.*s", XD_FMT(xd_text(test, "name")));
        return;
    }

    if (xd_truth(test, "must_fail", false)) {
        ck_assert_msg(xd_field_write(&out, value, type_of(test)) == XD_E_SYNTAX,
            "%.*s was written", XD_FMT(xd_text(test, "name")));
    } else {
        same_text(test, value);
    }

    xd_buf_free(&out);
}


static int
try_file(xd_str_t path, void try(const xd_node_t *test))
{
    xd_str_t bytes;
    xd_node_t *tree = NULL;
    xd_report_t rep;
    int n = 0;

    xd_report_init(&rep, arena, 1);
    ck_assert_int_eq(xd_file_read(arena, path.ptr, FILE_MAX, &bytes), XD_OK);
    ck_assert_int_eq(xd_json_read(arena, bytes, NULL, &tree, &rep), XD_OK);
    xd_each (test, tree) {
        try(test);
        n++;
    }

    return n;
}


static int
try_folder(const char *name, void try(const xd_node_t *test))
{
    const char *root = getenv("CROSSDOCK_CORPUS");
    xd_str_t dir = xd_fmt(arena, "%s/structured-fields/%s",
        root == NULL ? "../shared/corpus" : root, name);
    DIR *d = opendir(dir.ptr);
    const struct dirent *e;
    int n = 0;

    if (d == NULL) {
        printf("# SKIP the corpus is absent: %s\n", dir.ptr);
        return -1;
    }

    while ((e = readdir(d)) != NULL) {
        if (strstr(e->d_name, ".json") != NULL) {
            n += try_file(xd_fmt(arena, "%s/%s", dir.ptr, e->d_name), try);
        }
    }

    closedir(d);

    return n;
}


START_TEST(agrees_with_the_public_tests)
{
    int n = try_folder("", try_read);

    ck_assert_msg(n == -1 || n == CASES_READ, "%d", n);
}
END_TEST


START_TEST(writes_as_the_public_tests)
{
    int n = try_folder("serialisation-tests", try_write);

    ck_assert_msg(n == -1 || n > 500, "%d", n);
}
END_TEST


START_TEST(stops_at_its_limit)
{
    xd_field_t *value;

    ck_assert_int_eq(xd_field_read(arena, XD_STR("a, b, c"), XD_FIELD_AS_LIST,
                         3, &value),
        XD_OK);
    ck_assert_int_eq(xd_field_read(arena, XD_STR("a, b, c"), XD_FIELD_AS_LIST,
                         2, &value),
        XD_E_LIMIT);
    ck_assert_int_eq(xd_field_read(arena, XD_STR("a;b;c"), XD_FIELD_AS_ITEM, 2,
                         &value),
        XD_E_LIMIT);
}
END_TEST


START_TEST(survives_a_full_arena)
{
    const xd_str_t text = XD_STR("a=\"x\";p=:AA==:, b=(1 %\"%c3%bc\");q, c");
    xd_field_t *value;
    xd_rc_t rc = XD_E_MEMORY;
    size_t n;

    for (n = 1; rc == XD_E_MEMORY; n++) {
        xd_arena_fail_at(arena, n);
        rc = xd_field_read(arena, text, XD_FIELD_AS_DICTIONARY, 0, &value);
    }

    ck_assert_int_eq(rc, XD_OK);
    ck_assert_uint_gt(n, 8);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("field");
    TCase *tc = tcase_create("field");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, agrees_with_the_public_tests);
    tcase_add_test(tc, writes_as_the_public_tests);
    tcase_add_test(tc, stops_at_its_limit);
    tcase_add_test(tc, survives_a_full_arena);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
