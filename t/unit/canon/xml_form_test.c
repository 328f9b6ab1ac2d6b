/* SPDX-License-Identifier: BSD-2-Clause */

#include "canon/xml_form.h"

#include <check.h>
#include <stdlib.h>

#include "base/file.h"
#include "canon/document.h"
#include "canon/schema.h"
#include "format/json.h"
#include "format/xml.h"

#define DOCUMENTS 34

static const char *const sizes[] = { "minimal", "typical", "extreme" };

#define SIZES (int) (sizeof(sizes) / sizeof(sizes[0]))

static xd_arena_t *arena;
static xd_report_t rep;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&rep, arena, 100);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static xd_node_t *
json(xd_str_t text)
{
    xd_node_t *doc = NULL;

    ck_assert_int_eq(xd_json_read(arena, text, NULL, &doc, &rep), XD_OK);

    return doc;
}


static xd_str_t
json_text(const xd_node_t *doc)
{
    xd_buf_t out = { 0 };
    xd_str_t text;

    xd_json_write(&out, doc, XD_JSON_COMPACT);
    ck_assert_int_eq(xd_buf_rc(&out), XD_OK);
    text = xd_dup(arena, xd_buf_str(&out));
    xd_buf_free(&out);

    return text;
}


static xd_str_t
xml_text(const xd_descriptor_t *row, const xd_node_t *doc, xd_xml_form_t form)
{
    xd_buf_t out = { 0 };
    xd_node_t *root;
    xd_str_t text;

    ck_assert_int_eq(xd_xml_form_make(arena, row, doc, &root), XD_OK);
    xd_xml_write(&out, root, form);
    ck_assert_int_eq(xd_buf_rc(&out), XD_OK);
    text = xd_dup(arena, xd_buf_str(&out));
    xd_buf_free(&out);

    return text;
}


static xd_rc_t
read_xml(xd_str_t text, xd_node_t **doc)
{
    const xd_xml_limits_t limits = { .depth = XD_XML_FORM_DEPTH };
    const xd_descriptor_t *row;
    xd_node_t *root;

    ck_assert_int_eq(xd_xml_read(arena, text, &limits, &root, &rep), XD_OK);

    return xd_xml_form_read(arena, xd_descriptors, root, &row, doc, &rep);
}


/* JSON, tree, XML, tree, JSON: the same bytes. */
static void
ck_comes_back(const xd_descriptor_t *row, xd_str_t text, xd_xml_form_t form)
{
    const xd_node_t *doc = json(text);
    xd_str_t want = json_text(doc), xml = xml_text(row, doc, form), have;
    xd_node_t *back = NULL;

    ck_assert_msg(read_xml(xml, &back) == XD_OK, "%s: %s", xml.ptr,
        rep.nkept > 0 ? rep.kept[0].text.ptr : "no finding");
    have = json_text(back);
    ck_assert_msg(xd_str_eq(want, have), "%s\nis not\n%s\nby\n%s", have.ptr,
        want.ptr, xml.ptr);
}


START_TEST(every_example_comes_back_byte_for_byte)
{
    const xd_document_t *row = &xd_documents[_i / SIZES];
    xd_str_t path = xd_fmt(arena, "canonical-schemas/%s/examples/%s.json",
        row->name, sizes[_i % SIZES]);
    const xd_descriptor_t *d =
        xd_descriptor_find(xd_descriptors, xd_str(row->name));
    xd_str_t text;

    ck_assert_ptr_nonnull(d);
    ck_assert_int_eq(xd_file_read(arena, path.ptr, 0, &text), XD_OK);
    ck_comes_back(d, text, XD_XML_PLAIN);
    ck_comes_back(d, text, XD_XML_PRETTY);
}
END_TEST


/* Whatever a JSON text holds, in its place or not. */
static const char *const texts[] = {
    "{}",
    "{\"orderNo\":\"\"}",
    "{\"orderNo\":null,\"ccy\":true,\"channel\":1.50,\"placedAt\":{},\"buyer\":[]}",
    "{\"orderNo\":{\"a\":1},\"ccy\":[1,[],{},[[\"x\"]]],\"lines\":{\"b\":2}}",
    "{\"totals\":{},\"lines\":[]}",
    "{\"lines\":[{},{\"lineNo\":1e2},{\"lineNo\":-0.10},{\"lineNo\":\"1\"}]}",
    "{\"lines\":[null,\"a\",[],7,false],\"totals\":\"x\"}",
    "{\"lines\":[{\"qty\":{\"uom\":\"EA\",\"value\":\"2\"},\"item\":{}}]}",
    "{\"totals\":{\"gross\":null},\"ccy\":\"EUR\",\"unknown\":{\"member\":1}}",
    "{\"member\":1,\"entry\":[2],\"\":3,\"a b\":4,\"<\":5,\"name\":{}}",
    "{\"meta\":{\"test\":false,\"ext\":{}}}",
    "{\"meta\":{\"ext\":{\"x\":{\"n\":19.90,\"big\":12345678901234567890123,"
    "\"e\":1E-7,\"t\":true,\"f\":false,\"z\":null,\"s\":\"\",\"a\":[],\"o\":{},"
    "\"num\":\"19.90\",\"bool\":\"true\",\"nul\":\"null\"}}}}",
    "{\"meta\":{\"ext\":{\"x\":[[1,[2,[3]]],{},[{}],null,\"\",[[]]]}}}",
    "{\"meta\":{\"ext\":{\"x\":{\"member\":{\"entry\":[{\"entry\":{}}]}}}}}",
    "{\"meta\":{\"ext\":{\"x\":{\"\":{\"\":[]},\"a\\tb\\nc\\rd\":\"e\\tf\\ng\\rh\"}}}}",
    "{\"meta\":{\"ext\":{\"x\":{\"\\u0000\\\\\":\"\\u0000\\u001f\\\\u0041\\uffff\\ufffe\"}}}}",
    "{\"orderNo\":\"\\u0001\\\\\",\"ccy\":\"\\\\u0041\",\"channel\":\"\\ufffd\\ud83d\\ude00\"}",
    "{\"orderNo\":\"  a  b \",\"ccy\":\" \",\"channel\":\"\\n\",\"placedAt\":\"\\r\\n\"}",
    "{\"orderNo\":\"<a>&amp;]]>\\\"'\",\"ccy\":\"]]>\"}",
    "{\"meta\":{\"ext\":{\"x\":{\"a\":\"  \",\"b\":[\" \",\"\\r\"]}}}}",
    "{\"meta\":[],\"type\":\"x\"}",
};


START_TEST(any_json_comes_back_byte_for_byte)
{
    const xd_descriptor_t *d =
        xd_descriptor_find(xd_descriptors, XD_STR("sales-order"));

    ck_comes_back(d, xd_str(texts[_i]), XD_XML_PLAIN);
    ck_comes_back(d, xd_str(texts[_i]), XD_XML_PRETTY);
}
END_TEST


START_TEST(values_of_several_kinds_come_back)
{
    const xd_descriptor_t *d =
        xd_descriptor_find(xd_descriptors, XD_STR("audit-note"));

    ck_comes_back(d,
        XD_STR(
            "{\"changes\":[{\"from\":1.0,\"to\":\"1.0\"},{\"from\":null,"
            "\"to\":true},{\"from\":{},\"to\":{\"a\":[1]}},{\"from\":[1]}]}"),
        XD_XML_PLAIN);
    d = xd_descriptor_find(xd_descriptors, XD_STR("decision"));
    ck_comes_back(d,
        XD_STR("{\"features\":{\"a-b\":1,\"c\":\"2\",\"d\":null,\"e\":false}}"),
        XD_XML_PLAIN);
}
END_TEST


/* As deep as JSON may be. */
START_TEST(the_deepest_json_comes_back)
{
    const xd_descriptor_t *d =
        xd_descriptor_find(xd_descriptors, XD_STR("sales-order"));
    xd_buf_t text = { 0 };

    xd_buf_text(&text, "{\"meta\":{\"ext\":{\"x\":");
    for (int i = 0; i < 124; i++) {
        xd_buf_byte(&text, '[');
    }
    xd_buf_byte(&text, '1');
    for (int i = 0; i < 124; i++) {
        xd_buf_byte(&text, ']');
    }
    xd_buf_text(&text, "}}}");
    ck_comes_back(d, xd_buf_str(&text), XD_XML_PLAIN);
    xd_buf_free(&text);
}
END_TEST


START_TEST(the_form_is_what_people_were_told)
{
    const xd_descriptor_t *d =
        xd_descriptor_find(xd_descriptors, XD_STR("sales-order"));
    xd_str_t xml = xml_text(d,
        json(XD_STR("{\"orderNo\":\"7\",\"lines\":[{\"lineNo\":1}],\"meta\":{"
                    "\"ext\":{\"shop\":{\"gift\":true,\"n\":[1.50]}}}}")),
        XD_XML_PRETTY);

    ck_assert_str_eq(xml.ptr,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<sales-order xmlns=\"urn:retail:sales-order:1\">\n"
        "  <orderNo>7</orderNo>\n"
        "  <lines>\n"
        "    <entry>\n"
        "      <lineNo>1</lineNo>\n"
        "    </entry>\n"
        "  </lines>\n"
        "  <meta>\n"
        "    <ext>\n"
        "      <member name=\"shop\">\n"
        "        <member name=\"gift\" type=\"boolean\">true</member>\n"
        "        <member name=\"n\">\n"
        "          <entry type=\"number\">1.50</entry>\n"
        "        </member>\n"
        "      </member>\n"
        "    </ext>\n"
        "  </meta>\n"
        "</sales-order>\n");
}
END_TEST


/* -- what is written by hand ---------------------------------------------- */


#define ORDER(inside)                                                          \
    "<sales-order xmlns=\"urn:retail:sales-order:1\">" inside "</sales-order>"

static const struct {
    const char *xml, *want;
} by_hand[] = {
    { ORDER(
          "<ccy>EUR</ccy><lines><entry><lineNo> 1\n</lineNo></entry></lines>"),
        "{\"ccy\":\"EUR\",\"lines\":[{\"lineNo\":1}]}" },
    { "<o:sales-order xmlns:o='urn:retail:sales-order:1'><o:ccy>a</o:ccy>"
      "</o:sales-order>",
        "{\"ccy\":\"a\"}" },
    { ORDER("<ccy>E<!-- c -->U<![CDATA[R]]></ccy>"), "{\"ccy\":\"EUR\"}" },
    /* Left to the schema: an unknown member, a text for a number. */
    { ORDER("<curency>EUR</curency><extra><a/></extra>"),
        "{\"curency\":\"EUR\",\"extra\":{\"a\":\"\"}}" },
    { ORDER("<lines><entry><lineNo>01</lineNo></entry></lines>"),
        "{\"lines\":[{\"lineNo\":\"01\"}]}" },
    { "<sales-order xmlns='urn:retail:sales-order:1' xmlns:xsi="
      "'http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='a b'/>",
        "{}" },
    { ORDER("<meta><test> true </test></meta>"), "{\"meta\":{\"test\":true}}" },
};


START_TEST(xml_by_hand_is_read)
{
    xd_node_t *doc = NULL;

    ck_assert_int_eq(read_xml(xd_str(by_hand[_i].xml), &doc), XD_OK);
    ck_assert_str_eq(json_text(doc).ptr, by_hand[_i].want);
}
END_TEST


static const struct {
    const char *xml, *rule, *path;
} wrong[] = {
    { ORDER("<ccy a='1'>EUR</ccy>"), "xml-form.attribute",
        "/sales-order/ccy/@a" },
    { ORDER("<ccy type='text'>EUR</ccy>"), "xml-form.type",
        "/sales-order/ccy" },
    { ORDER("<ccy type='number'>EUR</ccy>"), "xml-form.value",
        "/sales-order/ccy" },
    { ORDER("<ccy type='number'>01</ccy>"), "xml-form.value",
        "/sales-order/ccy" },
    { ORDER("<ccy type='null'> </ccy>"), "xml-form.value", "/sales-order/ccy" },
    { ORDER("<ccy type='boolean'>1</ccy>"), "xml-form.value",
        "/sales-order/ccy" },
    { ORDER("<ccy><b/></ccy>"), "xml-form.content", "/sales-order/ccy" },
    { ORDER("<totals>7</totals>"), "xml-form.content",
        "/sales-order/totals/#text" },
    { ORDER("<lines>7</lines>"), "xml-form.content",
        "/sales-order/lines/#text" },
    { ORDER("<lines><line/></lines>"), "xml-form.entry",
        "/sales-order/lines/line" },
    { ORDER("<ccy/><ccy/>"), "xml-form.duplicate", "/sales-order/ccy[2]" },
    { ORDER("<ccy xmlns=''/>"), "xml-form.namespace", "/sales-order/ccy" },
    { ORDER("<meta><ext><a/></ext></meta>"), "xml-form.member",
        "/sales-order/meta/ext/a" },
    { ORDER("<meta><ext><member name='a' escapedName='b'/></ext></meta>"),
        "xml-form.name", "/sales-order/meta/ext/member" },
    { ORDER("<ccy escaped='yes'>a</ccy>"), "xml-form.escaped",
        "/sales-order/ccy/@escaped" },
    { ORDER("<ccy escaped='true'>\\n</ccy>"), "xml-form.escape",
        "/sales-order/ccy" },
    { ORDER("<ccy escaped='true'>\\u00</ccy>"), "xml-form.escape",
        "/sales-order/ccy" },
    { ORDER("<ccy escaped='true'>\\ud800</ccy>"), "xml-form.escape",
        "/sales-order/ccy" },
    { ORDER("<ccy escaped='true'>a\\</ccy>"), "xml-form.escape",
        "/sales-order/ccy" },
};


START_TEST(what_is_not_of_the_form_is_told)
{
    xd_node_t *doc = NULL;

    ck_assert_int_eq(read_xml(xd_str(wrong[_i].xml), &doc), XD_E_SYNTAX);
    ck_assert_ptr_null(doc);
    ck_assert_uint_eq(rep.nkept, 1);
    ck_assert_str_eq(rep.kept[0].rule, wrong[_i].rule);
    ck_assert_str_eq(rep.kept[0].path.ptr, wrong[_i].path);
    ck_assert_uint_eq(rep.kept[0].line, 1);
    ck_assert_uint_gt(rep.kept[0].column, 40);
}
END_TEST


/* Each finding has a path, which costs a walk over all that stand before: a
 * document of a million faults is given up soon. */
START_TEST(a_million_faults_are_cheap)
{
    xd_buf_t text = { 0 };
    xd_node_t *doc = NULL;

    xd_buf_text(&text, "<sales-order xmlns='urn:retail:sales-order:1'><lines>");
    for (int i = 0; i < 900000; i++) {
        xd_buf_text(&text, "<x/>");
    }
    xd_buf_text(&text, "</lines></sales-order>");
    ck_assert_int_eq(read_xml(xd_buf_str(&text), &doc), XD_E_SYNTAX);
    ck_assert_uint_eq(xd_report_errors(&rep), 100);
    ck_assert_ptr_null(doc);
    xd_buf_free(&text);
}
END_TEST


START_TEST(other_namespaces_are_no_documents)
{
    static const char *const others[] = {
        "<sales-order/>",
        "<sales-order xmlns='urn:retail:sales-order:2'/>",
        "<order xmlns='urn:retail:sales-order:1'/>",
    };
    xd_node_t *doc;

    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        ck_assert_int_eq(read_xml(xd_str(others[i]), &doc), XD_E_NOT_FOUND);
    }
}
END_TEST


START_TEST(findings_of_the_schema_point_into_the_xml)
{
    xd_node_t *doc;
    xd_schemas_t *set;
    const xd_schema_t *schema;

    ck_assert_int_eq(xd_schemas_load(arena, "canonical-schemas", &set, &rep),
        XD_OK);
    schema = xd_schema_find(set, XD_STR("sales-order#business"));
    ck_assert_int_eq(
        read_xml(XD_STR("<sales-order xmlns='urn:retail:sales-order:1'>\n"
                        "<orderNo>1</orderNo><channel>web</channel>"
                        "<placedAt>2026-05-14T09:31:20Z</placedAt>\n"
                        "  <ccy>EURO</ccy><lines><entry><lineNo>a</lineNo>"
                        "</entry></lines></sales-order>"),
            &doc),
        XD_OK);
    ck_assert_int_eq(xd_schema_check(schema, doc, arena, &rep), XD_E_SYNTAX);
    ck_assert_uint_ge(rep.nkept, 2);

    for (size_t i = 0; i < rep.nkept; i++) {
        if (xd_str_is(rep.kept[i].path, "/ccy")) {
            ck_assert_uint_eq(rep.kept[i].line, 3);
            ck_assert_uint_eq(rep.kept[i].column, 3);
            return;
        }
    }
    ck_abort_msg("no finding about ccy");
}
END_TEST


/* -- memory --------------------------------------------------------------- */


START_TEST(a_full_arena_is_told_wherever_it_comes)
{
    const xd_descriptor_t *row,
        *d = xd_descriptor_find(xd_descriptors, XD_STR("sales-order"));
    xd_node_t *doc = json(xd_str(texts[15])), *made, *root, *back;
    xd_str_t xml = xml_text(d, doc, XD_XML_PLAIN);
    xd_rc_t rc = XD_E_MEMORY;
    size_t nth;

    for (nth = 1; rc == XD_E_MEMORY; nth++) {
        xd_arena_fail_at(arena, nth);
        rc = xd_xml_form_make(arena, d, doc, &made);
        xd_arena_fail_at(arena, 0);
    }
    ck_assert_int_eq(rc, XD_OK);
    ck_assert_uint_gt(nth, 10);

    ck_assert_int_eq(xd_xml_read(arena, xml, NULL, &root, &rep), XD_OK);
    for (nth = 1, rc = XD_E_MEMORY; rc == XD_E_MEMORY; nth++) {
        xd_arena_fail_at(arena, nth);
        rc = xd_xml_form_read(arena, xd_descriptors, root, &row, &back, &rep);
        xd_arena_fail_at(arena, 0);
    }
    ck_assert_int_eq(rc, XD_OK);
    ck_assert_uint_gt(nth, 5);
}
END_TEST


START_TEST(only_objects_have_a_form)
{
    xd_node_t *out;

    ck_assert_int_eq(xd_xml_form_make(arena, xd_descriptors, json(XD_STR("[]")),
                         &out),
        XD_E_SYNTAX);
}
END_TEST


#define COUNT(table) (int) (sizeof(table) / sizeof(table[0]))


int
main(void)
{
    Suite *s = suite_create("xml_form");
    TCase *tc = tcase_create("xml_form");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, every_example_comes_back_byte_for_byte, 0,
        DOCUMENTS * SIZES);
    tcase_add_loop_test(tc, any_json_comes_back_byte_for_byte, 0, COUNT(texts));
    tcase_add_test(tc, values_of_several_kinds_come_back);
    tcase_add_test(tc, the_deepest_json_comes_back);
    tcase_add_test(tc, the_form_is_what_people_were_told);
    tcase_add_loop_test(tc, xml_by_hand_is_read, 0, COUNT(by_hand));
    tcase_add_loop_test(tc, what_is_not_of_the_form_is_told, 0, COUNT(wrong));
    tcase_add_test(tc, a_million_faults_are_cheap);
    tcase_add_test(tc, other_namespaces_are_no_documents);
    tcase_add_test(tc, findings_of_the_schema_point_into_the_xml);
    tcase_add_test(tc, a_full_arena_is_told_wherever_it_comes);
    tcase_add_test(tc, only_objects_have_a_form);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
