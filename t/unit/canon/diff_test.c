/* SPDX-License-Identifier: BSD-2-Clause */

/* Two versions of a schema: each change is found, classed, placed. */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "canon/diff.h"
#include "canon/diff_plan.h"

static xd_arena_t *arena;
static xd_report_t rep;
static xd_book_t before, after;
static xd_diff_t diff;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&rep, arena, 20);
    before = xd_book_new(arena);
    after = xd_book_new(arena);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static void
put(xd_book_t *book, const char *path, const char *text)
{
    const xd_leaf_t *leaf;

    ck_assert_msg(xd_book_put(book, xd_str(path), xd_str(text), &leaf, &rep)
                      == XD_OK,
        "%s", text);
}


static xd_rc_t
compare(void)
{
    return xd_schema_diff(arena, (xd_diff_side_t){ &before, NULL },
        (xd_diff_side_t){ &after, NULL }, &diff, &rep);
}


static const char *
all(void)
{
    xd_str_t text = XD_STR("");

    for (size_t i = 0; i < diff.changes.count; i++) {
        const xd_change_t *c = XD_AT(&diff.changes, xd_change_t, i);

        text = xd_fmt(arena, "%.*s[%s %s %.*s]", XD_FMT(text),
            xd_diff_class_name(c->class), c->rule, XD_FMT(c->pointer));
    }

    return text.ptr;
}


/* What is told of two bodies; "" nothing, else "[class rule pointer]…". */
typedef struct {
    const char *old, *new, *told;
} case_t;

#define B   "[breaking "
#define A   "[additive "
#define D   "[documentation "
#define OBJ "\"properties\":{\"a\":{},\"b\":{}}"

static const case_t cases[] = {
    { "", "", "" },

    /* members */
    { OBJ, "\"properties\":{\"a\":{},\"b\":{},\"c\":{}}",
        A "member.added /properties/c]" },
    { OBJ, "\"properties\":{\"a\":{}}", B "member.removed /properties]" },
    { OBJ ",\"additionalProperties\":{\"type\":\"string\"}",
        "\"properties\":{\"a\":{},\"b\":{},\"c\":{}},"
        "\"additionalProperties\":{\"type\":\"string\"}",
        B "member.claimed /properties/c]" },
    { OBJ, OBJ ",\"required\":[\"a\"]", B "required.added /required]" },
    { OBJ ",\"required\":[\"a\"]", OBJ, B "required.removed ]" },
    { OBJ ",\"required\":[\"a\",\"b\"]", OBJ ",\"required\":[\"b\",\"a\"]",
        "" },
    { OBJ, OBJ ",\"additionalProperties\":false",
        B "members.closed /additionalProperties]" },
    { OBJ ",\"additionalProperties\":false", OBJ, A "members.opened ]" },
    { OBJ ",\"additionalProperties\":false",
        OBJ ",\"unevaluatedProperties\":false", "" },
    { OBJ, OBJ ",\"additionalProperties\":{\"type\":\"null\"}",
        B "check.set /additionalProperties]" },
    { "\"properties\":{\"a\":{\"maxLength\":5}}",
        "\"properties\":{\"a\":{\"maxLength\":4}}",
        B "limit.narrower /properties/a/maxLength]" },
    { "\"propertyNames\":{\"maxLength\":5}",
        "\"propertyNames\":{\"maxLength\":9}",
        A "limit.wider /propertyNames/maxLength]" },
    { "\"dependentRequired\":{\"a\":[\"b\"]}", "", A "check.lifted ]" },
    { "", "\"dependentRequired\":{\"a\":[\"b\"]}",
        B "check.set /dependentRequired]" },
    { OBJ, "\"properties\":{\"a\":false,\"b\":{}}",
        B "schema.false /properties/a]" },
    { "\"properties\":{\"a\":false}", "\"properties\":{\"a\":true}",
        A "schema.true /properties/a]" },

    /* values */
    { "\"type\":\"string\"", "\"type\":[\"string\",\"null\"]",
        B "type.widened /type]" },
    { "\"type\":[\"string\",\"null\"]", "\"type\":\"string\"",
        B "type.narrowed /type]" },
    { "\"type\":\"number\"", "\"type\":\"integer\"", B "type.narrowed /type]" },
    { "\"enum\":[1,2]", "\"enum\":[1.0,2,3]", A "code.added /enum]" },
    { "\"enum\":[1,2]", "\"enum\":[1]", B "code.removed /enum]" },
    { "\"const\":1", "\"enum\":[1,2]", A "code.added /enum]" },
    { "\"const\":1", "\"const\":2",
        B "code.removed /const]" A "code.added /const]" },
    { "", "\"enum\":[1]", B "codes.set /enum]" },
    { "\"const\":1", "", A "codes.lifted ]" },
    { "\"minLength\":1", "\"minLength\":2", B "limit.narrower /minLength]" },
    { "\"minLength\":2", "\"minLength\":1", A "limit.wider /minLength]" },
    { "\"maximum\":10", "\"maximum\":1e1", "" },
    { "\"maximum\":10", "\"maximum\":9.99", B "limit.narrower /maximum]" },
    { "\"exclusiveMinimum\":0", "", A "limit.lifted ]" },
    { "", "\"maxItems\":9", B "limit.set /maxItems]" },
    { "", "\"uniqueItems\":true", B "limit.set /uniqueItems]" },
    { "\"uniqueItems\":true", "\"uniqueItems\":false",
        A "limit.lifted /uniqueItems]" },
    { "\"multipleOf\":2", "\"multipleOf\":3", B "check.set /multipleOf]" },
    { "\"pattern\":\"a\"", "\"pattern\":\"b\"", B "pattern.set /pattern]" },
    { "\"pattern\":\"a\"", "", A "pattern.lifted ]" },
    { "\"format\":\"date\"", "", B "format.lifted ]" },
    { "\"format\":\"date\"", "\"format\":\"time\"",
        B "format.set /format]" B "format.lifted /format]" },

    /* elements, branches, conditions */
    { "\"items\":{\"minimum\":1}", "\"items\":{\"minimum\":2}",
        B "limit.narrower /items/minimum]" },
    { "", "\"items\":{\"minimum\":2}", B "check.set /items]" },
    { "\"items\":{\"minimum\":2}", "", A "check.lifted ]" },
    { "\"items\":[{}]", "\"items\":[{},{}]", B "check.set /items]" },
    { "\"anyOf\":[{\"type\":\"null\"}]",
        "\"anyOf\":[{\"type\":\"null\"},{\"type\":\"string\"}]",
        A "branch.added /anyOf/1]" },
    { "\"anyOf\":[{\"minimum\":1},{\"type\":\"string\"}]",
        "\"anyOf\":[{\"minimum\":2}]",
        B "limit.narrower /anyOf/0/minimum]" B "branch.removed /anyOf]" },
    { "\"oneOf\":[{\"type\":\"null\"}]",
        "\"oneOf\":[{\"type\":\"null\"},{\"type\":\"string\"}]",
        B "check.set /oneOf/1]" },
    { "", "\"anyOf\":[{}]", B "check.set /anyOf]" },
    { "\"not\":{\"minimum\":1}", "\"not\":{\"minimum\":2}",
        B "check.set /not]" },
    { "\"if\":{\"minimum\":1},\"then\":{\"maximum\":9}",
        "\"if\":{\"minimum\":1},\"then\":{\"maximum\":8}",
        B "limit.narrower /then/maximum]" },
    { "\"if\":{\"minimum\":1},\"then\":{}",
        "\"if\":{\"minimum\":0},\"then\":{}", B "check.set /if]" },
    { "\"allOf\":[{\"if\":{\"minimum\":1}},{\"if\":{\"minimum\":2}}]",
        "\"allOf\":[{\"if\":{\"minimum\":1}},{\"if\":{\"minimum\":3}}]",
        B "check.set /allOf/1/if]" },

    /* what is written in another way is the same */
    { "\"minLength\":1,\"maxLength\":2",
        "\"allOf\":[{\"minLength\":1},{\"maxLength\":2}]", "" },
    { "\"properties\":{\"a\":{\"type\":\"string\"}}",
        "\"properties\":{\"a\":{\"$ref\":\"#/$defs/s\"}},"
        "\"$defs\":{\"s\":{\"type\":\"string\"}}",
        "" },
    { "\"properties\":{\"a\":{\"$ref\":\"#\"}}",
        "\"properties\":{\"a\":{\"$ref\":\"#\"}}", "" },
    { "\"$ref\":\"#/$defs/s\",\"$defs\":{\"s\":{\"maxLength\":2}}",
        "\"$ref\":\"#/$defs/s\",\"$defs\":{\"s\":{\"maxLength\":1}}",
        B "limit.narrower /$defs/s/maxLength]" },

    /* forms, notes */
    { "\"$ref\":\"#p\",\"$defs\":{\"p\":{\"$anchor\":\"p\"}}",
        "\"$ref\":\"#/$defs/p\",\"$defs\":{\"p\":{}}",
        B "form.removed /$defs/p]" },
    { "\"$defs\":{\"p\":{}}", "\"$defs\":{\"p\":{},\"q\":{}}",
        A "form.added /$defs/q]" },
    { "\"title\":\"a\"", "\"title\":\"b\"", D "note /title]" },
    { "", "\"x-pii\":true", D "note /x-pii]" },
};


START_TEST(changes)
{
    const case_t *c = &cases[_i];
    bool breaking = strstr(c->told, "[breaking") != NULL;

    put(&before, "a.json",
        xd_fmt(arena, "{\"$id\":\"urn:t:a:1.0\"%s%s}", c->old[0] ? "," : "",
            c->old)
            .ptr);
    put(&after, "a.json",
        xd_fmt(arena, "{\"$id\":\"urn:t:a:1.1\"%s%s}", c->new[0] ? "," : "",
            c->new)
            .ptr);

    ck_assert_int_eq(compare(), XD_OK);
    ck_assert_str_eq(all(), c->told);
    ck_assert_int_eq(diff.refused, breaking);
}
END_TEST


static void
versions(const char *old, const char *new, bool refused)
{
    before = xd_book_new(arena);
    after = xd_book_new(arena);
    put(&before, "a.json", xd_fmt(arena, "{\"$id\":\"urn:t:a:%s\"}", old).ptr);
    put(&after, "a.json",
        xd_fmt(arena, "{\"$id\":\"urn:t:a:%s\",\"minimum\":1}", new).ptr);

    ck_assert_int_eq(compare(), XD_OK);
    ck_assert_int_eq(diff.refused, refused);
}


START_TEST(a_new_major_may_break)
{
    versions("1.0", "1.1", true);
    versions("1.9", "2.0", false);
    versions("2.0", "1.9", true);
}
END_TEST


START_TEST(going_back_is_told)
{
    versions("1.2", "1.1", true);
    ck_assert_str_eq(XD_AT(&diff.changes, xd_change_t, 0)->rule,
        "version.back");
}
END_TEST


START_TEST(schemas_come_and_go)
{
    put(&before, "a.json", "{\"$id\":\"urn:t:a:1.0\"}");
    put(&after, "b.json", "{\"$id\":\"urn:t:b:1.0\"}");
    ck_assert_int_eq(compare(), XD_OK);
    ck_assert_str_eq(all(), "[breaking schema.removed ][additive schema.added "
                            "]");
    ck_assert(diff.refused);
}
END_TEST


/* A shared type is told once, and counts for each who uses it. */
START_TEST(a_shared_type_breaks_all)
{
    static const char *const users[] = { "a", "b" };

    for (size_t i = 0; i < 2; i++) {
        const char *text = xd_fmt(arena,
            "{\"$id\":\"urn:t:%s:1.0\",\"$ref\":\"urn:t:c:1.0#/$defs/x\"}",
            users[i])
                               .ptr;

        put(&before, users[i], text);
        put(&after, users[i], text);
    }
    put(&before, "c",
        "{\"$id\":\"urn:t:c:1.0\",\"$defs\":{\"x\":{\"maxLength\":2}}}");
    put(&after, "c",
        "{\"$id\":\"urn:t:c:1.0\",\"$defs\":{\"x\":{\"maxLength\":1}}}");

    ck_assert_int_eq(compare(), XD_OK);
    ck_assert_str_eq(all(), "[breaking limit.narrower /$defs/x/maxLength]");
    ck_assert_uint_eq(diff.pairs.count, 3);
    for (size_t i = 0; i < 3; i++) {
        ck_assert(XD_AT(&diff.pairs, xd_diff_pair_t, i)->refused);
    }
}
END_TEST


START_TEST(a_reference_to_nothing)
{
    put(&before, "a", "{\"$id\":\"urn:t:a:1.0\"}");
    put(&after, "a", "{\"$id\":\"urn:t:a:1.0\",\"$ref\":\"#/$defs/x\"}");
    ck_assert_int_eq(compare(), XD_E_SYNTAX);
    ck_assert_uint_eq(rep.nkept, 1);
    ck_assert_str_eq(rep.kept[0].rule, "schema.ref");
}
END_TEST


START_TEST(too_deep)
{
    xd_str_t text = XD_STR("{}");

    for (int i = 0; i < 110; i++) {
        text = xd_fmt(arena, "{\"items\":%.*s}", XD_FMT(text));
    }

    put(&before, "a", text.ptr);
    put(&after, "a", text.ptr);
    ck_assert_int_eq(compare(), XD_E_LIMIT);
}
END_TEST


/* Every allocation in its turn is the one that fails. */
START_TEST(no_memory)
{
    xd_rc_t rc = XD_E_MEMORY;
    size_t n = 1;

    put(&before, "a",
        "{\"properties\":{\"a\":{\"enum\":[1]},\"b\":{\"$ref\":\"#\"}}}");
    put(&after, "a",
        "{\"properties\":{\"a\":{\"enum\":[2]}},\"required\":[\"a\"],"
        "\"allOf\":[{\"minimum\":1},{},{},{}]}");

    for (; rc != XD_OK; n++) {
        xd_arena_fail_at(arena, n);
        rc = compare();
        ck_assert(rc == XD_OK || rc == XD_E_MEMORY);
        ck_assert_uint_lt(n, 1000);
    }

    xd_arena_fail_at(arena, 0);
    ck_assert_uint_gt(n, 20);
    ck_assert_uint_eq(diff.changes.count, 5);
}
END_TEST


/* Each row says for whom it is bad, and what to do. */
START_TEST(sentences)
{
    const xd_change_row_t *row = &xd_change_rows[_i];

    ck_assert_ptr_nonnull(row->rule);
    ck_assert_ptr_nonnull(strchr(row->rule, row->class == 0 ? 'n' : '.'));
    ck_assert_msg(row->class != XD_DIFF_BREAKING
                      || strstr(row->after, "Put") != NULL
                      || strstr(row->after, "Take") != NULL
                      || strstr(row->after, "Leave") != NULL
                      || strstr(row->after, "Give") != NULL,
        "%s does not say what to do", row->rule);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("canon/diff");
    TCase *t = tcase_create("diff");
    SRunner *r;
    int failed;

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, changes, 0,
        (int) (sizeof(cases) / sizeof(cases[0])));
    tcase_add_test(t, a_new_major_may_break);
    tcase_add_test(t, going_back_is_told);
    tcase_add_test(t, schemas_come_and_go);
    tcase_add_test(t, a_shared_type_breaks_all);
    tcase_add_test(t, a_reference_to_nothing);
    tcase_add_test(t, too_deep);
    tcase_add_test(t, no_memory);
    tcase_add_loop_test(t, sentences, 0, XD_CHANGE_POSSIBLE + 1);
    suite_add_tcase(s, t);

    r = srunner_create(s);
    srunner_run_all(r, CK_ENV);
    failed = srunner_ntests_failed(r);
    srunner_free(r);

    return failed != 0;
}
