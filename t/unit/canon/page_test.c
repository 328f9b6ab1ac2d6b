/* SPDX-License-Identifier: BSD-2-Clause */

/* Books, bundles and pages of schemas made here. */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "canon/bundle.h"
#include "canon/page.h"
#include "crypt/digest.h"
#include "format/json.h"

#define THING "{\"$id\":\"urn:t:thing:1.2\",\"type\":\"object\"}"
#define OTHER "{\"$id\":\"urn:t:thing:1.3\",\"type\":\"object\"}"

static xd_arena_t *arena;
static xd_report_t rep;
static xd_book_t book;
static char folder[32];


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&rep, arena, 20);
    book = xd_book_new(arena);
    strcpy(folder, "/tmp/xd-page-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}


static void
teardown(void)
{
    static const char *const names[] = { "released/1.0/MANIFEST",
        "released/1.0/thing.json", "released/1.0", "released", "thing.json" };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        (void) remove(xd_fmt(arena, "%s/%s", folder, names[i]).ptr);
    }

    ck_assert_int_eq(rmdir(folder), 0);
    xd_arena_free(arena);
}


static const xd_leaf_t *
put(const char *path, const char *text)
{
    const xd_leaf_t *leaf;

    ck_assert_int_eq(xd_book_put(&book, xd_str(path), xd_str(text), &leaf,
                         &rep),
        XD_OK);

    return leaf;
}


static void
write_file(const char *name, const char *text)
{
    const char *path = xd_fmt(arena, "%s/%s", folder, name).ptr;
    char *dir = strdup(path);

    *strrchr(dir, '/') = '\0';
    ck_assert_int_eq(xd_file_mkdirs(dir, 0700), XD_OK);
    ck_assert_int_eq(xd_file_write(path, xd_str(text), 0600), XD_OK);
    free(dir);
}


/* -- books --------------------------------------------------------------- */


START_TEST(names)
{
    const xd_leaf_t *old = put("a", "{\"$id\":\"urn:t:thing:1.9\"}");
    const xd_leaf_t *new = put("b", "{\"$id\":\"urn:t:thing:1.10\"}");
    const xd_leaf_t *bare = put("c", "{}");
    const xd_leaf_t *again = put("d", "{\"$id\":\"urn:t:thing:1.9\"}");

    ck_assert_ptr_eq(xd_book_find(&book, XD_STR("thing")), new);
    ck_assert_ptr_eq(xd_book_find(&book, XD_STR("urn:t:thing:1.9")), again);
    ck_assert_ptr_eq(xd_book_find(&book, XD_STR("c")), bare);
    ck_assert_ptr_null(xd_book_find(&book, XD_STR("a")));
    ck_assert_ptr_null(xd_book_leaf_of(&book, old->root));
    ck_assert_uint_eq(book.leaves.count, 3);
}
END_TEST


START_TEST(references)
{
    const xd_leaf_t *a = put("a",
        "{\"$id\":\"urn:t:a:1.0\",\"$defs\":{\"x y\":{\"$anchor\":\"z\"}}}");
    const xd_leaf_t *b = put("b", "{\"$id\":\"urn:t:b:1.0\"}");
    const xd_node_t *x = xd_pointer(a->root, XD_STR("/$defs/x y"));
    static const char *const none[] = { "#/$defs/q", "#q", "urn:t:c:1.0" };

    ck_assert_ptr_eq(xd_book_ref(&book, a->root, XD_STR("#")), a->root);
    ck_assert_ptr_eq(xd_book_ref(&book, a->root, XD_STR("#/$defs/x%20y")), x);
    ck_assert_ptr_eq(xd_book_ref(&book, b->root, XD_STR("urn:t:a:1.0#z")), x);

    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
        ck_assert_ptr_null(xd_book_ref(&book, a->root, xd_str(none[i])));
    }
}
END_TEST


/* As sha256sum writes it. */
static void
release(const char *text)
{
    char hex[XD_SHA256_HEX + 1];

    xd_sha256_hex(xd_str(text), hex);
    write_file("released/1.0/MANIFEST",
        xd_fmt(arena, "%s  thing.json\n%s  thing/examples/a.json\n", hex, hex)
            .ptr);
}


static xd_rc_t
open_release(const char *version)
{
    return xd_book_release(arena, folder, xd_str(version), &book, &rep);
}


START_TEST(a_release)
{
    write_file("thing.json", THING);
    release(THING);
    ck_assert_int_eq(open_release("1.0"), XD_OK);
    ck_assert_uint_eq(book.leaves.count, 1);
    ck_assert_uint_eq(xd_book_find(&book, XD_STR("thing"))->minor, 2);

    /* Changed, and the old one not kept. */
    write_file("thing.json", OTHER);
    ck_assert_int_eq(open_release("1.0"), XD_E_CONF);
    ck_assert_uint_eq(rep.nkept, 1);
    ck_assert_str_eq(rep.kept[0].rule, "release.file");

    write_file("released/1.0/thing.json", OTHER);
    ck_assert_int_eq(open_release("1.0"), XD_E_CONF);

    write_file("released/1.0/thing.json", THING);
    ck_assert_int_eq(open_release("1.0"), XD_OK);
    ck_assert_uint_eq(xd_book_find(&book, XD_STR("thing"))->minor, 2);

    ck_assert_int_eq(open_release("2.0"), XD_E_IO);
}
END_TEST


/* -- bundles and pages --------------------------------------------------- */


#define COMMON                                                                 \
    "{\"$id\":\"urn:t:common:1.0\",\"$defs\":{\"money\":{\"$anchor\":\"m\","   \
    "\"type\":\"object\",\"required\":[\"amount\"],\"properties\":{"           \
    "\"amount\":{\"$ref\":\"#/$defs/decimal\"}}},"                             \
    "\"decimal\":{\"type\":\"string\",\"format\":\"decimal\"}}}"

#define DOCUMENT                                                               \
    "{\"$id\":\"urn:t:a:1.0\",\"title\":\"A\",\"description\":\"About it.\","  \
    "\"properties\":{\"p\":{\"$ref\":\"urn:t:common:1.0#m\"},"                 \
    "\"q\":{\"type\":\"array\",\"items\":{\"enum\":[\"x|y\",\"z\"]},"          \
    "\"minItems\":1},\"self\":{\"$ref\":\"#\"},\"t\":{\"type\":\"string\","    \
    "\"maxLength\":9,\"description\":\"A text.\",\"x-pii\":true}},"            \
    "\"required\":[\"q\"],\"if\":{\"properties\":{\"t\":{\"const\":\"k\"}}},"  \
    "\"then\":{\"required\":[\"p\"]},"                                         \
    "\"dependentRequired\":{\"t\":[\"self\"]},\"minProperties\":1,"            \
    "\"anyOf\":[{\"required\":[\"p\"]},{\"required\":[\"t\"]}]}"


static const char *
bundle(const xd_leaf_t *leaf, const char *prefix)
{
    xd_buf_t out = { 0 };
    xd_node_t *root;
    const char *text;

    ck_assert_int_eq(xd_schema_bundle(arena, &book, leaf, prefix, &root),
        XD_OK);
    xd_json_write(&out, root, XD_JSON_COMPACT);
    text = xd_dup(arena, xd_buf_str(&out)).ptr;
    xd_buf_free(&out);

    return text;
}


START_TEST(a_bundle_stands_alone)
{
    const xd_leaf_t *leaf;
    const char *text;

    put("common", COMMON);
    leaf = put("a", "{\"$id\":\"urn:t:a:1.0\",\"$anchor\":\"own\","
                    "\"$ref\":\"urn:t:common:1.0#m\"}");
    text = bundle(leaf, "#");
    ck_assert_str_eq(text,
        "{\"$id\":\"urn:t:a:1.0\",\"$anchor\":\"own\","
        "\"$ref\":\"#/$defs/common.money\",\"$defs\":{"
        "\"common.decimal\":{\"type\":\"string\",\"format\":\"decimal\"},"
        "\"common.money\":{\"type\":\"object\",\"required\":[\"amount\"],"
        "\"properties\":{\"amount\":{\"$ref\":\"#/$defs/common.decimal\"}}}"
        "}}");

    text = bundle(leaf, "#/c/a");
    ck_assert_ptr_nonnull(strstr(text, "{\"$ref\":\"#/c/a/$defs/common.money"));
    ck_assert_ptr_null(strstr(text, "$id"));
}
END_TEST


START_TEST(a_bundle_of_nothing)
{
    const xd_leaf_t *leaf = put("a", "{\"$ref\":\"#/q\"}");
    xd_node_t *root;

    ck_assert_int_eq(xd_schema_bundle(arena, &book, leaf, "#", &root),
        XD_E_SYNTAX);
}
END_TEST


static const char *
page(void)
{
    xd_buf_t out = { 0 };
    const char *text;

    put("common", COMMON);
    ck_assert_int_eq(xd_page_write(arena,
                         &(xd_page_t){ .book = &book,
                             .leaf = put("a", DOCUMENT) },
                         &out),
        XD_OK);
    text = xd_dup(arena, xd_buf_str(&out)).ptr;
    xd_buf_free(&out);

    return text;
}


static const char *const lines[] = {
    "# A\n\nAbout it.\n",
    "Schema: `urn:t:a:1.0`.\n",
    "\n| `p` |  | [money](#money) |  |  |\n",
    "\n| `q` | yes | list of code | `x\\|y` or `z`; at least 1 elements |  |\n",
    "\n| `self` |  | [Members](#members) |",
    "\n| `t` |  | text | at most 9 characters | A text. Personal: masked in "
    "logs. |\n",
    "\nAt least one of these must be there: `p` or `t`.\n",
    "\nWhen `t` is `k`, there must be `p`.\n",
    "\nWhere there is `t` there must also be `self`.\n",
    "\nAt least 1 of the members must be there.\n",
    "\n### money\n",
    "\n| `amount` | yes | `decimal` |  |  |\n",
    "\n| `decimal` | a decimal number as text",
};


START_TEST(a_page_says_all)
{
    const char *text = page();

    ck_assert_msg(strstr(text, lines[_i]) != NULL, "%s", text);
}
END_TEST


START_TEST(no_memory)
{
    const xd_leaf_t *leaf;
    xd_rc_t rc = XD_E_MEMORY;
    xd_buf_t out = { 0 };
    xd_node_t *root;
    size_t n;

    put("common", COMMON);
    leaf = put("a", DOCUMENT);

    for (n = 1; rc != XD_OK && n < 1000; n++) {
        xd_arena_fail_at(arena, n);
        rc = xd_schema_bundle(arena, &book, leaf, "#", &root);
        ck_assert(rc == XD_OK || rc == XD_E_MEMORY);
    }
    ck_assert_uint_gt(n, 20);

    rc = XD_E_MEMORY;
    for (n = 1; rc != XD_OK && n < 1000; n++) {
        xd_arena_fail_at(arena, n);
        rc = xd_page_write(arena, &(xd_page_t){ .book = &book, .leaf = leaf },
            &out);
        ck_assert(rc == XD_OK || rc == XD_E_MEMORY);
    }
    ck_assert_uint_lt(n, 1000);

    xd_arena_fail_at(arena, 0);
    xd_buf_free(&out);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("canon/page");
    TCase *t = tcase_create("page");
    SRunner *r;
    int failed;

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, names);
    tcase_add_test(t, references);
    tcase_add_test(t, a_release);
    tcase_add_test(t, a_bundle_stands_alone);
    tcase_add_test(t, a_bundle_of_nothing);
    tcase_add_loop_test(t, a_page_says_all, 0,
        (int) (sizeof(lines) / sizeof(lines[0])));
    tcase_add_test(t, no_memory);
    suite_add_tcase(s, t);

    r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    failed = srunner_ntests_failed(r);
    srunner_free(r);

    return failed != 0;
}
