/* SPDX-License-Identifier: BSD-2-Clause */

/* Schemas made here: what is told of a fault, and what is refused. */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "canon/schema.h"
#include "format/json.h"

#define DIALECT "\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","
#define HEAD    "{" DIALECT "\"$id\":\"urn:test:thing:1.0\","

static xd_arena_t *arena;
static xd_report_t rep;
static char folder[32];
static xd_schemas_t *set;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&rep, arena, 20);
    set = NULL;
    strcpy(folder, "/tmp/xd-schema-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}


static void
put_file(const char *name, const char *text)
{
    ck_assert_int_eq(xd_file_write(xd_fmt(arena, "%s/%s", folder, name).ptr,
                         xd_str(text), 0600),
        XD_OK);
}


static void
teardown(void)
{
    static const char *const names[] = { "thing.json", "other.json",
        "sub/thing.json", "examples/no.json", "note.txt" };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        unlink(xd_fmt(arena, "%s/%s", folder, names[i]).ptr);
    }
    rmdir(xd_fmt(arena, "%s/sub", folder).ptr);
    rmdir(xd_fmt(arena, "%s/examples", folder).ptr);
    ck_assert_int_eq(rmdir(folder), 0);
    xd_arena_free(arena);
}


static xd_rc_t
load(void)
{
    return xd_schemas_load(arena, folder, &set, &rep);
}


static xd_rc_t
check_text(const char *name, const char *doc)
{
    const xd_schema_t *schema = xd_schema_find(set, xd_str(name));
    xd_node_t *tree = NULL;

    ck_assert_ptr_nonnull(schema);
    ck_assert_int_eq(xd_json_read(arena, xd_str(doc), NULL, &tree, &rep),
        XD_OK);

    return xd_schema_check(schema, tree, arena, &rep);
}


/* One fault each: its rule, its place, and words of its sentence. */
static const struct {
    const char *schema, *doc, *rule, *path, *words;
} faults[] = {
    { "\"type\":\"string\"", "1", "type", "", "a string, not a number; put" },
    { "\"type\":[\"array\",\"null\"]", "{}", "type", "", "null or an array" },
    { "\"type\":\"integer\"", "1.5", "type", "", "a whole number" },
    { "\"type\":\"integer\"", "\"1\"", "type", "", "not a string" },
    { "\"const\":\"a\"", "\"b\"", "const", "", "must be \"a\"" },
    { "\"const\":{\"a\":1}", "1", "const", "", "must be an object" },
    { "\"enum\":[\"red\",\"green\"]", "\"gren\"", "enum", "",
        "\"red\", \"green\"; did you mean \"green\"?" },
    { "\"enum\":[997,true,null]", "998", "enum", "", "one of 997, true, null" },
    { "\"minLength\":1", "\"\"", "minLength", "", "must not be empty" },
    { "\"minLength\":3", "\"\xC3\xA9\xC3\xA9\"", "minLength", "",
        "at least 3" },
    { "\"maxLength\":2", "\"\xC3\xA9\xC3\xA9\xC3\xA9\"", "maxLength", "",
        "at most 2 characters long; it has 3" },
    { "\"pattern\":\"^a+$\"", "\"aab\"", "pattern", "", "^a+$" },
    { "\"pattern\":\"^a$\"", "\"a\\n\"", "pattern", "", "^a$" },
    { "\"format\":\"gtin14\"", "\"06291041500214\"", "gtin14", "",
        "should be 3" },
    { "\"format\":\"gtin14\"", "\"6291041500213\"", "gtin14", "",
        "a GTIN of 14 digits" },
    { "\"minimum\":1", "0.999", "minimum", "", "at least 1" },
    { "\"maximum\":10", "1e2", "maximum", "", "at most 10" },
    { "\"exclusiveMinimum\":1", "1.0", "exclusiveMinimum", "", "more than 1" },
    { "\"exclusiveMaximum\":1", "1.0", "exclusiveMaximum", "", "less than 1" },
    { "\"multipleOf\":0.01", "19.905", "multipleOf", "", "a multiple of 0.01" },
    { "\"minItems\":2", "[1]", "minItems", "",
        "at least 2 elements; it has 1" },
    { "\"maxItems\":1", "[1,2]", "maxItems", "", "at most 1 elements" },
    { "\"uniqueItems\":true", "[1,{\"a\":1},1.0]", "uniqueItems", "/2",
        "twice" },
    { "\"items\":{\"type\":\"null\"}", "[null,1]", "type", "/1", "null" },
    { "\"prefixItems\":[true],\"items\":false", "[1,2]", "false", "/1",
        "remove" },
    { "\"minProperties\":1", "{}", "minProperties", "", "at least 1" },
    { "\"maxProperties\":0", "{\"a\":1}", "maxProperties", "", "at most 0" },
    { "\"required\":[\"a\",\"b\"]", "{\"a\":1}", "required", "",
        "\"b\" is missing" },
    { "\"properties\":{\"orderNo\":true},\"additionalProperties\":false",
        "{\"x\":{}, \"ordreNo\":1}", "additionalProperties", "/x", "remove" },
    { "\"properties\":{\"orderNo\":true},\"additionalProperties\":false",
        "{\"ordreNo\":1}", "additionalProperties", "/ordreNo",
        "did you mean \"orderNo\"?" },
    { "\"additionalProperties\":{\"type\":\"null\"}", "{\"a\":1}", "type", "/a",
        "null" },
    { "\"patternProperties\":{\"^n\":{\"type\":\"null\"}},"
      "\"additionalProperties\":false",
        "{\"n1\":1}", "type", "/n1", "null" },
    { "\"patternProperties\":{\"^n\":true},\"additionalProperties\":false",
        "{\"n1\":1,\"m\":1}", "additionalProperties", "/m", "\"m\"" },
    { "\"propertyNames\":{\"maxLength\":2}", "{\"ab\":1,\"abc\":2}",
        "maxLength", "/abc", "at most 2" },
    { "\"dependentRequired\":{\"a\":[\"b\"]}", "{\"a\":1}", "dependentRequired",
        "", "\"b\" is needed" },
    { "\"anyOf\":[{\"required\":[\"gtin\"]},{\"required\":[\"altIds\"]}]", "{}",
        "anyOf", "", "one of these: gtin, altIds" },
    { "\"anyOf\":[{\"type\":\"object\",\"required\":[\"a\"]},"
      "{\"type\":\"string\"}]",
        "{}", "required", "", "\"a\" is missing" },
    { "\"oneOf\":[{\"minimum\":1},{\"maximum\":9}]", "5", "oneOf", "",
        "more than one" },
    { "\"oneOf\":[{\"minimum\":9},{\"maximum\":1}]", "5", "oneOf", "",
        "none of the 2 forms" },
    { "\"not\":{\"required\":[\"a\"],\"description\":\"a is old\"}",
        "{\"a\":1}", "not", "", "a is old" },
    { "\"if\":{\"const\":1},\"then\":false", "1", "false", "", "remove" },
    { "\"if\":{\"const\":1},\"else\":{\"const\":2}", "3", "const", "", "2" },
    { "\"allOf\":[{\"properties\":{\"a\":true}}],\"properties\":{\"b\":true},"
      "\"unevaluatedProperties\":false",
        "{\"a\":1,\"b\":2,\"c\":3}", "unevaluatedProperties", "/c", "\"c\"" },
    { "\"anyOf\":[{\"properties\":{\"a\":true},\"required\":[\"x\"]},"
      "{\"properties\":{\"b\":true}}],\"unevaluatedProperties\":false",
        "{\"b\":1,\"a\":2}", "unevaluatedProperties", "/a", "\"a\"" },
    { "\"patternProperties\":{\"^n\":true},\"unevaluatedProperties\":"
      "{\"type\":\"null\"}",
        "{\"n1\":1,\"m\":1}", "type", "/m", "null" },
    { "\"not\":{\"not\":{\"properties\":{\"a\":true}}},"
      "\"unevaluatedProperties\":{\"type\":\"null\"}",
        "{\"a\":1}", "type", "/a", "null" },
    { "\"prefixItems\":[true],\"contains\":{\"const\":2},"
      "\"unevaluatedItems\":false",
        "[1,2,3]", "unevaluatedItems", "/2", "remove" },
    { "\"contains\":{\"const\":2}", "[1]", "contains", "", "at least 1" },
    { "\"contains\":{\"const\":2},\"minContains\":2", "[2]", "minContains", "",
        "at least 2 elements of a certain form; it has 1" },
    { "\"contains\":{\"const\":2},\"maxContains\":1.0", "[2,2]", "maxContains",
        "", "at most 1" },
    { "\"dependentSchemas\":{\"a\":{\"required\":[\"b\"]}}", "{\"a\":1}",
        "required", "", "\"b\" is missing" },
    { "\"multipleOf\":123456789012345678901", "1234567890123456789010.5",
        "multipleOf", "", "a multiple of 123456789012345678901" },
    { "\"pattern\":\"^\\\\p{Letter}\\\\d$\"", "\"a\xD9\xA1\"", "pattern", "",
        "Letter" },
    { "\"$ref\":\"#/$defs/n\",\"$defs\":{\"n\":{\"properties\":{\"n\":"
      "{\"$ref\":\"#/$defs/n\"}},\"type\":\"object\"}}",
        "{\"n\":{\"n\":[]}}", "type", "/n/n", "an object, not an array" },
};


START_TEST(tells_what_to_change)
{
    xd_str_t schema = xd_fmt(arena, HEAD "%s}", faults[_i].schema);
    const xd_finding_t *f = NULL;

    put_file("thing.json", schema.ptr);
    ck_assert_int_eq(load(), XD_OK);
    ck_assert_int_eq(check_text("thing", faults[_i].doc), XD_E_SYNTAX);
    ck_assert_uint_ge(rep.nkept, 1);

    f = &rep.kept[0];
    ck_assert_str_eq(f->rule, faults[_i].rule);
    ck_assert_msg(xd_str_is(f->path, faults[_i].path), "%.*s", XD_FMT(f->path));
    ck_assert_msg(strstr(xd_dup(arena, f->text).ptr, faults[_i].words) != NULL,
        "%.*s", XD_FMT(f->text));
    ck_assert_uint_eq(f->line, 1);
    ck_assert_uint_ge(f->column, 1);
}
END_TEST


static const struct {
    const char *text, *rule, *path;
} refused[] = {
    { "{", "json.unclosed", "thing.json:" },
    { "{\"$id\":\"urn:x:1.0\"}", "schema.dialect", "thing.json:" },
    { "{" DIALECT "\"type\":\"null\"}", "schema.id", "thing.json:" },
    { HEAD "\"requierd\":[]}", "schema.keyword", "thing.json:/requierd" },
    { HEAD "\"definitions\":{}}", "schema.keyword", "thing.json:/definitions" },
    { HEAD "\"contains\":[]}", "schema.value", "thing.json:/contains" },
    { HEAD "\"contains\":true,\"minContains\":-1}", "schema.value",
        "thing.json:/minContains" },
    { HEAD "\"pattern\":\"(?i)a\"}", "schema.pattern", "thing.json:/pattern" },
    { HEAD "\"multipleOf\":-1e30}", "schema.value", "thing.json:/multipleOf" },
    { HEAD "\"$anchor\":1}", "schema.id", "thing.json:/$anchor" },
    { HEAD "\"dependentSchemas\":{\"a\":[]}}", "schema.value",
        "thing.json:/dependentSchemas/a" },
    { HEAD "\"$defs\":{\"a\":{\"minLenght\":1}}}", "schema.keyword",
        "thing.json:/$defs/a/minLenght" },
    { HEAD "\"properties\":{\"a\":3}}", "schema.value",
        "thing.json:/properties/a" },
    { HEAD "\"properties\":[]}", "schema.value", "thing.json:/properties" },
    { HEAD "\"required\":[1]}", "schema.value", "thing.json:/required" },
    { HEAD "\"type\":\"text\"}", "schema.value", "thing.json:/type" },
    { HEAD "\"type\":[]}", "schema.value", "thing.json:/type" },
    { HEAD "\"enum\":[]}", "schema.value", "thing.json:/enum" },
    { HEAD "\"minLength\":-1}", "schema.value", "thing.json:/minLength" },
    { HEAD "\"minimum\":\"1\"}", "schema.value", "thing.json:/minimum" },
    { HEAD "\"multipleOf\":0}", "schema.value", "thing.json:/multipleOf" },
    { HEAD "\"uniqueItems\":1}", "schema.value", "thing.json:/uniqueItems" },
    { HEAD "\"pattern\":\"(\"}", "schema.pattern", "thing.json:/pattern" },
    { HEAD "\"pattern\":1}", "schema.value", "thing.json:/pattern" },
    { HEAD "\"patternProperties\":{\"[\":true}}", "schema.pattern",
        "thing.json:/patternProperties/[" },
    { HEAD "\"format\":\"gtin\"}", "schema.format", "thing.json:/format" },
    { HEAD "\"$ref\":\"#/$defs/none\"}", "schema.ref", "thing.json:/$ref" },
    { HEAD "\"$ref\":\"http://example.org/x\"}", "schema.ref",
        "thing.json:/$ref" },
    { HEAD "\"$ref\":\"#\"}", "schema.loop", "thing.json:" },
    { HEAD "\"allOf\":[{\"not\":{\"$ref\":\"#\"}}]}", "schema.loop",
        "thing.json:" },
    { HEAD "\"allOf\":[]}", "schema.value", "thing.json:/allOf" },
    { HEAD "\"then\":true}", "schema.value", "thing.json:/then" },
    { HEAD "\"prefixItems\":{}}", "schema.value", "thing.json:/prefixItems" },
    { HEAD "\"dependentRequired\":{\"a\":\"b\"}}", "schema.value",
        "thing.json:/dependentRequired/a" },
    { HEAD "\"dependentRequired\":[]}", "schema.value",
        "thing.json:/dependentRequired" },
    { HEAD "\"$defs\":[]}", "schema.value", "thing.json:/$defs" },
    { HEAD "\"items\":{\"$id\":\"urn:x:1.0\"}}", "schema.id",
        "thing.json:/items/$id" },
    { HEAD "\"$defs\":{\"a\":{\"$anchor\":\"x\"},\"b\":{\"$anchor\":\"x\"}}}",
        "schema.id", "thing.json:/$defs/b/$anchor" },
    { HEAD "\"unevaluatedProperties\":1}", "schema.value",
        "thing.json:/unevaluatedProperties" },
};


START_TEST(refuses_what_it_does_not_serve)
{
    put_file("thing.json", refused[_i].text);
    ck_assert_int_eq(load(), XD_E_CONF);
    ck_assert_ptr_null(set);
    ck_assert_uint_ge(rep.nkept, 1);
    ck_assert_str_eq(rep.kept[0].rule, refused[_i].rule);
    ck_assert_msg(xd_str_is(rep.kept[0].path, refused[_i].path), "%.*s",
        XD_FMT(rep.kept[0].path));
    ck_assert_uint_ge(rep.kept[0].line, 1);
}
END_TEST


START_TEST(reports_every_fault_of_a_document)
{
    put_file("thing.json",
        HEAD "\"properties\":{\"a\":{\"type\":\"null\"},\"b\":{\"minimum\":1}},"
             "\"required\":[\"c\"],\"additionalProperties\":false,"
             "\"minProperties\":9}");
    ck_assert_int_eq(load(), XD_OK);
    ck_assert_int_eq(check_text("thing", "{\n\"a\":1,\n  \"b\":0,\n\"d\":0}"),
        XD_E_SYNTAX);
    ck_assert_uint_eq(rep.nkept, 5);
    ck_assert_uint_eq(rep.kept[2].line, 3);
    ck_assert_uint_eq(rep.kept[2].column, 7);
}
END_TEST


/* A document of a million faults costs as much as the report keeps. */
START_TEST(stops_when_the_report_is_full)
{
    xd_report_t little;
    xd_node_t *tree = NULL;
    const xd_schema_t *schema;

    put_file("thing.json", HEAD "\"items\":{\"type\":\"null\"}}");
    ck_assert_int_eq(load(), XD_OK);
    schema = xd_schema_find(set, XD_STR("thing"));
    ck_assert_int_eq(xd_json_read(arena, XD_STR("[1,2,3,4,5,6]"), NULL, &tree,
                         &rep),
        XD_OK);

    for (size_t most = 0; most < 4; most++) {
        xd_report_init(&little, arena, most);
        ck_assert_int_eq(xd_schema_check(schema, tree, arena, &little),
            XD_E_SYNTAX);
        ck_assert_uint_eq(little.nkept, most);
        ck_assert_uint_eq(xd_report_errors(&little), most == 0 ? 1 : most);
    }
}
END_TEST


START_TEST(finds_by_id_file_document_and_anchor)
{
    const xd_schema_t *s;

    mkdir(xd_fmt(arena, "%s/sub", folder).ptr, 0700);
    mkdir(xd_fmt(arena, "%s/examples", folder).ptr, 0700);
    put_file("examples/no.json", "no schema at all");
    put_file("note.txt", "nor this");
    put_file("thing.json",
        HEAD "\"$ref\":\"#a\",\"$defs\":{\"a\":{\"$anchor\":\"a\","
             "\"type\":\"null\"}}}");
    put_file("sub/thing.json", "{" DIALECT "\"$id\":\"urn:test:thing:1.10\","
                               "\"items\":{\"$ref\":\"urn:test:thing:1.0#a\"},"
                               "\"florb\":false}");
    ck_assert_int_eq(load(), XD_E_CONF);

    put_file("sub/thing.json",
        "{" DIALECT "\"$id\":\"urn:test:thing:1.10\","
        "\"items\":{\"$ref\":\"urn:test:thing:1.0#a\"},"
        "\"prefixItems\":[{\"$ref\":\"../thing.json#/$defs/a\"}]}");
    xd_report_init(&rep, arena, 20);
    ck_assert_int_eq(load(), XD_OK);

    s = xd_schema_find(set, XD_STR("thing"));
    ck_assert(xd_str_is(xd_schema_id(s), "urn:test:thing:1.10"));
    s = xd_schema_find(set, XD_STR("urn:test:thing:1.0"));
    ck_assert(xd_str_is(xd_schema_id(s), "urn:test:thing:1.0"));
    s = xd_schema_find(set, XD_STR("thing.json"));
    ck_assert(xd_str_is(xd_schema_id(s), "urn:test:thing:1.0"));
    s = xd_schema_find(set, XD_STR("sub/thing.json"));
    ck_assert(xd_str_is(xd_schema_id(s), "urn:test:thing:1.10"));
    s = xd_schema_find(set, XD_STR("thing#a"));
    ck_assert(xd_str_is(xd_schema_id(s), "urn:test:thing:1.0#a"));
    ck_assert_ptr_null(xd_schema_find(set, XD_STR("thing#b")));
    ck_assert_ptr_null(xd_schema_find(set, XD_STR("thin")));
    ck_assert_ptr_null(xd_schema_find(set, XD_STR("")));

    ck_assert_int_eq(check_text("thing", "[null,null]"), XD_OK);
    ck_assert_int_eq(check_text("thing", "[null,1]"), XD_E_SYNTAX);
}
END_TEST


START_TEST(two_files_do_not_share_an_id)
{
    put_file("thing.json", HEAD "\"type\":\"null\"}");
    put_file("other.json", HEAD "\"type\":\"null\"}");
    ck_assert_int_eq(load(), XD_E_CONF);
    ck_assert_str_eq(rep.kept[0].rule, "schema.id");
    ck_assert_ptr_nonnull(
        strstr(xd_dup(arena, rep.kept[0].text).ptr, "other.json"));
}
END_TEST


START_TEST(a_missing_folder_is_an_io_fault)
{
    ck_assert_int_eq(xd_schemas_load(arena, "/nonexistent", &set, &rep),
        XD_E_IO);
}
END_TEST


START_TEST(a_hostile_pattern_ends_within_limits)
{
    xd_buf_t doc = { 0 };

    put_file("thing.json", HEAD "\"pattern\":\"^(a+)+(b+)+$\"}");
    ck_assert_int_eq(load(), XD_OK);
    xd_buf_byte(&doc, '"');
    for (int i = 0; i < 5000; i++) {
        xd_buf_byte(&doc, 'a');
    }
    xd_buf_text(&doc, "!\"");
    xd_buf_byte(&doc, '\0');

    ck_assert_int_eq(check_text("thing", doc.ptr), XD_E_SYNTAX);
    ck_assert_str_eq(rep.kept[0].rule, "pattern");
    ck_assert_ptr_nonnull(
        strstr(xd_dup(arena, rep.kept[0].text).ptr, "limits"));
    xd_buf_free(&doc);
}
END_TEST


/* Long arrays are compared by hashes: numbers and objects by their value. */
START_TEST(finds_repeats_in_long_arrays)
{
    static const char *const last[] = { "12.50", "{\"b\":[1],\"a\":\"x\"}",
        "\"s7\"", "null", "[true,[]]" };

    put_file("thing.json", HEAD "\"uniqueItems\":true}");
    ck_assert_int_eq(load(), XD_OK);

    for (size_t i = 0; i <= sizeof(last) / sizeof(last[0]); i++) {
        bool repeats = i < sizeof(last) / sizeof(last[0]);
        xd_buf_t doc = { 0 };

        xd_buf_text(&doc, "[1.25e1,{\"a\":\"x\",\"b\":[1.0]},null,true,"
                          "[true,[]],[[],true],-12.5,125");
        for (int n = 0; n < 500; n++) {
            xd_buf_fmt(&doc, ",\"s%d\",{\"n\":%d}", n, n);
        }
        xd_buf_fmt(&doc, ",%s]", repeats ? last[i] : "0.125");
        xd_buf_byte(&doc, '\0');
        ck_assert_msg(check_text("thing", doc.ptr)
                          == (repeats ? XD_E_SYNTAX : XD_OK),
            "%zu", i);
        xd_buf_free(&doc);
    }
}
END_TEST


START_TEST(notes_and_foreign_formats_say_nothing)
{
    put_file("thing.json",
        HEAD "\"title\":\"t\",\"description\":\"d\",\"default\":1,"
             "\"examples\":[],\"$comment\":\"c\",\"x-pii\":true,"
             "\"deprecated\":true,\"format\":\"xd-duration\"}");
    ck_assert_int_eq(load(), XD_OK);
    ck_assert_int_eq(check_text("thing", "\"x\""), XD_OK);
}
END_TEST


START_TEST(a_full_arena_is_told_at_every_allocation)
{
    xd_rc_t rc = XD_E_MEMORY;
    size_t n;

    put_file("thing.json", HEAD
        "\"properties\":{\"a\":{\"enum\":[\"x\"]}},\"anyOf\":[true],"
        "\"patternProperties\":{\"^b\":true},\"items\":{\"pattern\":\"c\"},"
        "\"prefixItems\":[true],\"if\":true,\"then\":true,"
        "\"dependentRequired\":{\"a\":[\"b\"]},\"multipleOf\":2,"
        "\"$defs\":{\"e\":{\"$anchor\":\"e\",\"properties\":{\"a\":true},"
        "\"unevaluatedProperties\":false}}}");

    for (n = 1; rc != XD_OK; n++) {
        xd_arena_t *own = xd_arena_new(0);

        set = NULL;
        xd_arena_fail_at(own, n);
        rc = xd_schemas_load(own, folder, &set, &rep);
        ck_assert_msg(rc == XD_E_MEMORY || rc == XD_OK, "%zu: %d", n, rc);
        ck_assert((set != NULL) == (rc == XD_OK));
        xd_arena_free(own);
    }

    ck_assert_uint_gt(n, 40);
    ck_assert_uint_eq(xd_report_errors(&rep), 0);
}
END_TEST


START_TEST(scratch_that_is_full_is_told)
{
    xd_node_t *tree = NULL;
    const xd_schema_t *schema;

    put_file("thing.json", HEAD "\"pattern\":\"a\"}");
    ck_assert_int_eq(load(), XD_OK);
    schema = xd_schema_find(set, XD_STR("thing"));
    ck_assert_int_eq(xd_json_read(arena, XD_STR("\"a\""), NULL, &tree, &rep),
        XD_OK);

    for (size_t n = 1; n < 4; n++) {
        xd_arena_t *own = xd_arena_new(0);

        xd_arena_fail_at(own, n);
        ck_assert_int_eq(xd_schema_check(schema, tree, own, &rep), XD_E_MEMORY);
        xd_arena_free(own);
    }
    ck_assert_int_eq(xd_schema_check(schema, tree, arena, &rep), XD_OK);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("schema");
    TCase *tc = tcase_create("schema");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, tells_what_to_change, 0,
        sizeof(faults) / sizeof(faults[0]));
    tcase_add_loop_test(tc, refuses_what_it_does_not_serve, 0,
        sizeof(refused) / sizeof(refused[0]));
    tcase_add_test(tc, reports_every_fault_of_a_document);
    tcase_add_test(tc, stops_when_the_report_is_full);
    tcase_add_test(tc, finds_by_id_file_document_and_anchor);
    tcase_add_test(tc, two_files_do_not_share_an_id);
    tcase_add_test(tc, a_missing_folder_is_an_io_fault);
    tcase_add_test(tc, a_hostile_pattern_ends_within_limits);
    tcase_add_test(tc, finds_repeats_in_long_arrays);
    tcase_add_test(tc, notes_and_foreign_formats_say_nothing);
    tcase_add_test(tc, a_full_arena_is_told_at_every_allocation);
    tcase_add_test(tc, scratch_that_is_full_is_told);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
