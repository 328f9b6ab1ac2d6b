/* SPDX-License-Identifier: BSD-2-Clause */

#include "format/xml.h"

#include <check.h>
#include <stdlib.h>

#include "format/json.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static xd_arena_t *arena;
static xd_report_t rep;
static xd_buf_t out;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&rep, arena, 100);
    out = (xd_buf_t){ 0 };
}


static void
teardown(void)
{
    xd_buf_free(&out);
    xd_arena_free(arena);
}


static xd_node_t *
read_xml(xd_str_t text)
{
    xd_node_t *root = NULL;

    ck_assert_int_eq(xd_xml_read(arena, text, NULL, &root, &rep), XD_OK);

    return root;
}


static xd_str_t
written(const xd_node_t *root, xd_xml_form_t form)
{
    xd_buf_reset(&out);
    xd_xml_write(&out, root, form);
    ck_assert_int_eq(xd_buf_rc(&out), XD_OK);

    return xd_dup(arena, xd_buf_str(&out));
}


static xd_str_t
json(const xd_node_t *root)
{
    xd_buf_reset(&out);
    xd_json_write(&out, root, XD_JSON_COMPACT);

    return xd_dup(arena, xd_buf_str(&out));
}


/* What is written for what was read; NULL: the same. */
static const struct {
    const char *xml, *want;
} rows[] = {
    { "<a/>", NULL },
    { "<a>x</a>", NULL },
    { "<a b=\"1\">x</a>", NULL },
    { "<a>&lt;&amp;&gt;\"'&#13;\n\t</a>", NULL },
    { "<a b=\"&lt;&amp;>&quot;'&#13;&#10;&#9;\"/>", NULL },
    { "<a> <b/> x</a>", NULL },
    { "<a xmlns=\"u\"><b/><c xmlns=\"\"><d/></c></a>", NULL },
    { "<a xmlns=\"u\"><b xmlns=\"v\"><c/></b><d/></a>", NULL },
    { "<p:a xmlns:p=\"u\"><p:b/><c/></p:a>", NULL },
    { "<a xmlns=\"u\" xmlns:q=\"v\"><q:b q:c=\"1\" d=\"2\"/></a>", NULL },
    { "<a xmlns:p=\"u\"><b xmlns:p=\"v\"><p:c/></b><p:d/></a>", NULL },
    /* A prefix that hides the one an element would need. */
    { "<p:a xmlns:p='u'><p:b xmlns:p='v' xmlns:q='u'><q:c/></p:b></p:a>",
        "<p:a xmlns:p=\"u\"><p:b xmlns:p=\"v\" xmlns:q=\"u\"><q:c/></p:b></p:a>" },
    { "<a xml:lang=\"de\"/>", NULL },
    { "<xml:a><b/></xml:a>", NULL },
    { "<a><![CDATA[<]]></a>", "<a>&lt;</a>" },
    { "<a>\xF0\x9F\x98\x80\xC2\x85</a>", NULL },
};


START_TEST(what_was_read_is_written)
{
    const char *want = rows[_i].want != NULL ? rows[_i].want : rows[_i].xml;
    const xd_node_t *root = read_xml(xd_str(rows[_i].xml)), *again;
    xd_str_t have = written(root, XD_XML_PLAIN);

    ck_assert_str_eq(have.ptr, xd_fmt(arena, HEAD "%s", want).ptr);
    again = read_xml(have);
    ck_assert_str_eq(json(again).ptr, json(root).ptr);

    again = read_xml(written(root, XD_XML_PRETTY));
    ck_assert_str_eq(json(again).ptr, json(root).ptr);
}
END_TEST


START_TEST(pretty_leaves_mixed_content_alone)
{
    xd_str_t text =
        written(read_xml(XD_STR("<a><b>1</b><c>x <d><e/></d> y</c></a>")),
            XD_XML_PRETTY);

    ck_assert_str_eq(text.ptr,
        HEAD "<a>\n  <b>1</b>\n  <c>x <d>\n      <e/>\n    </d> y</c>\n"
             "</a>\n");
}
END_TEST


/* A tree made by hand needs no declarations of prefixes. */
START_TEST(prefixes_are_made_where_they_are_needed)
{
    xd_node_t *a = xd_xml_add(arena, NULL, XD_STR("a"));
    xd_node_t *b = xd_xml_add(arena, a, XD_STR("b"));
    xd_str_t text;

    ck_assert(
        xd_xml_add_attribute(arena, a, "@xmlns:ns1", XD_STR("w")) != NULL);
    ck_assert(xd_xml_add_attribute(arena, b, "@{u}x", XD_STR("1")) != NULL);
    ck_assert(xd_xml_add_attribute(arena, b, "@{v}y", XD_STR("2")) != NULL);
    ck_assert(xd_xml_add_attribute(arena, b, "@{u}z", XD_STR("3")) != NULL);
    text = written(a, XD_XML_PLAIN);
    ck_assert_str_eq(text.ptr,
        HEAD "<a xmlns:ns1=\"w\"><b xmlns:ns2=\"u\" ns2:x=\"1\" xmlns:ns3=\"v\""
             " ns3:y=\"2\" ns2:z=\"3\"/></a>");
    (void) read_xml(text);
}
END_TEST


/* -- what cannot be written ----------------------------------------------- */


static xd_rc_t
rc_of(const xd_node_t *root)
{
    xd_buf_reset(&out);
    xd_xml_write(&out, root, XD_XML_PLAIN);

    return xd_buf_rc(&out);
}


START_TEST(what_xml_cannot_carry_is_refused)
{
    static const xd_str_t texts[] = { { "\x01", 1 }, { "a\0b", 3 },
        { "\xEF\xBF\xBF", 3 }, { "\xEF\xBF\xBE", 3 }, { "\xC3", 1 },
        { "\xED\xA0\x80", 3 } };
    static const char *const names[] = { "", "1a", "-a", "a b", "a<", "a>",
        "a:b", "a/", "a=", "a\"", "a\n", "\x80" };
    xd_node_t *a;

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        ck_assert(!xd_xml_carries(texts[i]));
        a = xd_xml_add(arena, NULL, XD_STR("a"));
        ck_assert(xd_xml_add_text(arena, a, texts[i]) != NULL);
        ck_assert_int_eq(rc_of(a), XD_E_SYNTAX);
        a = xd_xml_add(arena, NULL, XD_STR("a"));
        ck_assert(xd_xml_add_attribute(arena, a, "@b", texts[i]) != NULL);
        ck_assert_int_eq(rc_of(a), XD_E_SYNTAX);
    }

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        a = xd_xml_add(arena, NULL, xd_str(names[i]));
        ck_assert_int_eq(rc_of(a), XD_E_SYNTAX);
        a = xd_xml_add(arena, NULL, XD_STR("a"));
        ck_assert(xd_xml_add_attribute(arena, a,
                      xd_fmt(arena, "@%s", names[i]).ptr, XD_STR("1"))
                  != NULL);
        ck_assert_int_eq(rc_of(a), XD_E_SYNTAX);
    }
}
END_TEST


START_TEST(trees_of_another_shape_are_refused)
{
    static const char *const trees[] = { "{\"a\":1}", "{\"a\":[]}",
        "{\"@a\":1}", "{\"@a\":{}}", "{\"#text\":{}}", "{\"@{u\":\"\"}",
        "{\"@{}a\":\"\"}", "{\"a\":\"b\"}", "{\"@xmlns\":1}",
        "{\"@xmlns:p\":1}", "{\"@xmlns:p\":\"\"}" };
    xd_node_t *root;

    for (size_t i = 0; i < sizeof(trees) / sizeof(trees[0]); i++) {
        ck_assert_int_eq(xd_json_read(arena, xd_str(trees[i]), NULL, &root,
                             &rep),
            XD_OK);
        root->key = XD_STR("r");
        ck_assert_msg(rc_of(root) == XD_E_SYNTAX, "%s: %.*s", trees[i],
            XD_FMT(xd_buf_str(&out)));
    }
}
END_TEST


START_TEST(too_many_prefixes_are_refused)
{
    xd_node_t *a = xd_xml_add(arena, NULL, XD_STR("a"));

    for (int i = 0; i < 257; i++) {
        ck_assert(xd_xml_add_attribute(arena, a,
                      xd_fmt(arena, "@xmlns:p%d", i).ptr, XD_STR("u"))
                  != NULL);
    }
    ck_assert_int_eq(rc_of(a), XD_E_LIMIT);

    a = xd_xml_add(arena, NULL, XD_STR("a"));
    for (int i = 0; i < 10; i++) {
        ck_assert(xd_xml_add_attribute(arena, a,
                      xd_fmt(arena, "@{u%d}a", i).ptr, XD_STR("1"))
                  != NULL);
    }
    ck_assert_int_eq(rc_of(a), XD_E_LIMIT);
}
END_TEST


/* -- the canonical form --------------------------------------------------- */


static const struct {
    const char *xml, *inclusive, *exclusive;
} canonical[] = {
    { "<?xml version='1.0'?><!-- x --><a  c='2' b = '1'/>",
        "<a b=\"1\" c=\"2\"></a>", NULL },
    { "<a xmlns:q='u:q' xmlns='u:v'><b xmlns='u:v'>&#13;<![CDATA[<]]></b></a>",
        "<a xmlns=\"u:v\" xmlns:q=\"u:q\"><b>&#xD;&lt;</b></a>",
        "<a xmlns=\"u:v\"><b>&#xD;&lt;</b></a>" },
    { "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9 \n</a>",
        "<a>\xC3\xA9 \n</a>", NULL },
    { "<a>\n <b/>\r\n</a>", "<a>\n <b></b>\n</a>", NULL },
};


START_TEST(signatures_have_their_form)
{
    xd_str_t text = xd_str(canonical[_i].xml);
    const char *exclusive = canonical[_i].exclusive;

    ck_assert_int_eq(xd_xml_canonical(arena, text, NULL, false, &out, &rep),
        XD_OK);
    ck_assert_msg(xd_str_is(xd_buf_str(&out), canonical[_i].inclusive), "%.*s",
        XD_FMT(xd_buf_str(&out)));

    xd_buf_reset(&out);
    ck_assert_int_eq(xd_xml_canonical(arena, text, NULL, true, &out, &rep),
        XD_OK);
    ck_assert_msg(xd_str_is(xd_buf_str(&out),
                      exclusive != NULL ? exclusive : canonical[_i].inclusive),
        "%.*s", XD_FMT(xd_buf_str(&out)));
}
END_TEST


START_TEST(the_canonical_form_refuses_what_the_reader_does)
{
    ck_assert_int_eq(xd_xml_canonical(arena, XD_STR("<!DOCTYPE a><a/>"), NULL,
                         false, &out, &rep),
        XD_E_SYNTAX);
    ck_assert_str_eq(rep.kept[0].rule, "xml.doctype");
    ck_assert_uint_eq(out.len, 0);
    ck_assert_int_eq(xd_xml_canonical(arena, XD_STR("<a xmlns='relative'/>"),
                         NULL, false, &out, &rep),
        XD_E_SYNTAX);
    ck_assert_str_eq(rep.kept[1].rule, "xml.relative");
    ck_assert_int_eq(xd_xml_canonical(arena,
                         XD_STR("<a><b xmlns:p='u:&amp;p'/></a>"), NULL, false,
                         &out, &rep),
        XD_E_SYNTAX);
    ck_assert_str_eq(rep.kept[2].rule, "xml.relative");
    ck_assert_uint_eq(out.len, 0);
}
END_TEST


#define COUNT(table) (int) (sizeof(table) / sizeof(table[0]))


int
main(void)
{
    Suite *s = suite_create("xml_write");
    TCase *tc = tcase_create("xml_write");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, what_was_read_is_written, 0, COUNT(rows));
    tcase_add_test(tc, pretty_leaves_mixed_content_alone);
    tcase_add_test(tc, prefixes_are_made_where_they_are_needed);
    tcase_add_test(tc, what_xml_cannot_carry_is_refused);
    tcase_add_test(tc, trees_of_another_shape_are_refused);
    tcase_add_test(tc, too_many_prefixes_are_refused);
    tcase_add_loop_test(tc, signatures_have_their_form, 0, COUNT(canonical));
    tcase_add_test(tc, the_canonical_form_refuses_what_the_reader_does);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
