/* SPDX-License-Identifier: BSD-2-Clause */

#include "format/xml.h"

#include <check.h>
#include <stdlib.h>

#include "format/json.h"


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


/* From a block of just these bytes, so that ASan sees a read past the end. */
static xd_rc_t
read_bytes(xd_str_t text, const xd_xml_limits_t *limits, xd_node_t **root)
{
    char *bytes = malloc(text.len > 0 ? text.len : 1);
    xd_str_t copy;
    xd_node_t *read = NULL;
    xd_rc_t rc;

    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, text.ptr, text.len);
    rc = xd_xml_read(arena, (xd_str_t){ bytes, text.len }, limits, &read, &rep);
    ck_assert((rc == XD_OK) == (read != NULL));

    /* The same from bytes that stay, as the tree points into them. */
    copy = xd_dup(arena, text);
    free(bytes);
    if (rc == XD_OK) {
        ck_assert_int_eq(xd_xml_read(arena, copy, limits, root, &rep), XD_OK);
    }

    return rc;
}


static const char *
json_of(const xd_node_t *node)
{
    xd_buf_t out = { 0 };
    xd_str_t text;

    xd_json_write(&out, node, XD_JSON_COMPACT);
    text = xd_dup(arena, xd_buf_str(&out));
    xd_buf_free(&out);

    return text.ptr;
}


/* -- the shape ------------------------------------------------------------ */


static const struct {
    const char *xml, *want;
} shapes[] = {
    { "<a/>", "{}" },
    { "<a></a>", "{}" },
    { "<a> </a>", "{\"#text\":\" \"}" },
    { "<a>x</a>", "{\"#text\":\"x\"}" },
    { "<a b='1' c=\"2\">x</a>", "{\"@b\":\"1\",\"@c\":\"2\",\"#text\":\"x\"}" },
    { "<a>\n <b/>\n <b>2</b>\n</a>", "{\"b\":{},\"b\":{\"#text\":\"2\"}}" },
    { "<a>x <b/> <c/>\n</a>",
        "{\"#text\":\"x \",\"b\":{},\"#text\":\" \",\"c\":{},\"#text\":\"\\n\"}" },
    { "<a><!-- c --><?p i?></a>", "{}" },
    { "<a>x<!-- c -->y<![CDATA[<&]]>z</a>", "{\"#text\":\"xy<&z\"}" },
    { "<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x1F600;&#13;</a>",
        "{\"#text\":\"<&>\\\"'A\xF0\x9F\x98\x80\\r\"}" },
    { "<a b='&lt;&amp;&#10;&#9;x\ny\tz'/>", "{\"@b\":\"<&\\n\\tx y z\"}" },
    { "<a>1\r\n2\r3</a>", "{\"#text\":\"1\\n2\\n3\"}" },
    { "<a xmlns='urn:x'><b/></a>", "{\"@xmlns\":\"urn:x\",\"b\":{}}" },
    { "<p:a xmlns:p='urn:x'><p:b/><c/></p:a>",
        "{\"@xmlns\":\"urn:x\",\"@xmlns:p\":\"urn:x\",\"b\":{},"
        "\"c\":{\"@xmlns\":\"\"}}" },
    { "<a xmlns='urn:x' xmlns:q='urn:y'><q:b q:c='1' c='2'/></a>",
        "{\"@xmlns\":\"urn:x\",\"@xmlns:q\":\"urn:y\",\"b\":{\"@xmlns\":"
        "\"urn:y\",\"@{urn:y}c\":\"1\",\"@c\":\"2\"}}" },
    { "<a xml:lang='de' xml:space='preserve'/>",
        "{\"@xml:lang\":\"de\",\"@xml:space\":\"preserve\"}" },
    { "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n<a/>", "{}" },
    { "\xEF\xBB\xBF<a>\xC3\xA9</a>", "{\"#text\":\"\xC3\xA9\"}" },
    { "<?xml version='1.0' encoding='ISO-8859-1'?><a b='\xE9'>\xFF</a>",
        "{\"@b\":\"\xC3\xA9\",\"#text\":\"\xC3\xBF\"}" },
    { "<?xml version='1.0' encoding='windows-1252'?><a>\x80</a>",
        "{\"#text\":\"\xE2\x82\xAC\"}" },
    { "<a x='1>2' y=\"'\"/>", "{\"@x\":\"1>2\",\"@y\":\"'\"}" },
};


START_TEST(elements_become_objects)
{
    xd_node_t *root = NULL;

    ck_assert_msg(read_bytes(xd_str(shapes[_i].xml), NULL, &root) == XD_OK,
        "%s: %s", shapes[_i].xml,
        rep.nkept > 0 ? rep.kept[0].text.ptr : "no finding");
    ck_assert_str_eq(json_of(root), shapes[_i].want);
    ck_assert_uint_eq(rep.nkept, 0);
}
END_TEST


static xd_str_t
utf16(const char *ascii, bool big)
{
    xd_buf_t out = { 0 };
    xd_str_t text;

    for (; *ascii != '\0'; ascii++) {
        xd_buf_byte(&out, big ? '\0' : *ascii);
        xd_buf_byte(&out, big ? *ascii : '\0');
    }

    text = xd_dup(arena, xd_buf_str(&out));
    xd_buf_free(&out);

    return text;
}


START_TEST(sixteen_bits_are_read)
{
    static const char *const xml[] = { "<a>\n <b>x</b></a>",
        "<?xml version='1.0' encoding='UTF-16'?><a>\n <b>x</b></a>" };
    xd_node_t *root = NULL;
    xd_str_t text;

    for (int i = 0; i < 4; i++) {
        bool big = i >= 2;

        text = utf16(xml[i % 2], big);
        ck_assert_int_eq(read_bytes(text, NULL, &root), XD_OK);
        ck_assert_str_eq(json_of(root), "{\"b\":{\"#text\":\"x\"}}");
        ck_assert_uint_eq(xd_get(root, "b")->line, 2);
        ck_assert_uint_eq(xd_get(root, "b")->column, 2);
        ck_assert_uint_eq(xd_get(root, "b")->offset, 0);

        text = xd_fmt(arena, "%s%.*s", big ? "\xFE\xFF" : "\xFF\xFE", 0, "");
        text = (xd_str_t){ text.ptr, 2 };
        ck_assert(xd_xml_looks(text));
    }
}
END_TEST


/* -- places --------------------------------------------------------------- */


START_TEST(everything_has_its_place)
{
    xd_node_t *root = NULL, *b, *e;

    ck_assert_int_eq(read_bytes(XD_STR("\xEF\xBB\xBF<?xml version='1.0'?>\n"
                                       "<a>\n"
                                       "  <!-- <x> -->\n"
                                       "  <p:b\n xmlns:p = 'urn:p'\n  c = '1'\n"
                                       "  d='&amp;'>t</p:b><e/>\n"
                                       "</a>"),
                         NULL, &root),
        XD_OK);
    b = xd_get(root, "b");
    e = xd_get(root, "e");

    ck_assert_uint_eq(root->line, 2);
    ck_assert_uint_eq(root->column, 1);
    ck_assert_uint_eq(root->offset, 25);
    ck_assert_uint_eq(b->line, 4);
    ck_assert_uint_eq(b->column, 3);
    ck_assert_uint_eq(xd_get(b, "@c")->line, 6);
    ck_assert_uint_eq(xd_get(b, "@c")->column, 8);
    ck_assert_uint_eq(xd_get(b, "@d")->line, 7);
    ck_assert_uint_eq(xd_get(b, "@d")->column, 6);
    ck_assert_uint_eq(xd_get(b, "#text")->line, 7);
    ck_assert_uint_eq(xd_get(b, "#text")->column, 13);
    ck_assert_uint_eq(e->line, 7);
    ck_assert_uint_eq(e->column, 20);
}
END_TEST


/* Far behind what libxml2 keeps of its input at once. */
START_TEST(places_are_right_in_large_texts_too)
{
    xd_buf_t text = { 0 };
    xd_node_t *root = NULL;
    uint32_t line = 1;

    xd_buf_text(&text, "<a>");
    for (int i = 0; i < 20000; i++) {
        xd_buf_fmt(&text, "\n<b n='%d'>text &amp; more</b>", i);
    }
    xd_buf_text(&text, "</a>");
    ck_assert_int_eq(read_bytes(xd_buf_str(&text), NULL, &root), XD_OK);
    ck_assert_uint_eq(root->count, 20000);

    xd_each (b, root) {
        ck_assert_uint_eq(b->line, ++line);
        ck_assert_uint_eq(b->column, 1);
        ck_assert(memcmp(text.ptr + b->offset, "<b n=", 5) == 0);
    }
    xd_buf_free(&text);
}
END_TEST


/* A large element has an index: it too forgets what was layout. */
START_TEST(layout_is_gone_from_large_elements_too)
{
    xd_buf_t text = { 0 };
    xd_node_t *root = NULL;

    xd_buf_text(&text, "<a>");
    for (int i = 0; i < 40; i++) {
        xd_buf_fmt(&text, "\n <b%d/>", i);
    }
    xd_buf_text(&text, "\n</a>");
    ck_assert_int_eq(read_bytes(xd_buf_str(&text), NULL, &root), XD_OK);
    ck_assert_uint_eq(root->count, 40);
    ck_assert_ptr_null(xd_get(root, "#text"));
    ck_assert_ptr_nonnull(xd_get(root, "b39"));
    ck_assert_ptr_eq(root->last, xd_get(root, "b39"));
    xd_buf_free(&text);
}
END_TEST


/* -- what is refused ------------------------------------------------------ */


static const struct {
    const char *xml, *rule;
    uint32_t line, column;
} faults[] = {
    { "", "xml.empty", 1, 1 },
    { "  ", "xml.empty", 1, 3 },
    { "x", "xml.empty", 1, 1 },
    { "<a>", "xml.tags", 1, 4 },
    { "<a", "xml.unended", 1, 1 },
    { "<a b='", "xml.unended", 1, 6 },
    { "<a><!-- </a>", "xml.unended", 1, 4 },
    { "<a><![CDATA[</a>", "xml.unended", 1, 4 },
    { "<a><?p </a>", "xml.unended", 1, 4 },
    { "<a></b>", "xml.tags", 1, 8 },
    { "<a/><b/>", "xml.behind", 1, 5 },
    { "<a b='1' b='2'/>", "xml.duplicate", 1, 15 },
    { "<a xmlns:p='u' xmlns:q='u' p:b='' q:b=''/>", "xml.duplicate", 1, 41 },
    { "<p:a/>", "xml.prefix", 1, 5 },
    { "<a p:b='1'/>", "xml.prefix", 1, 11 },
    { "<a>&nbsp;</a>", "xml.entity", 1, 10 },
    { "<a b='&x;'/>", "xml.entity", 1, 10 },
    { "<a>a & b</a>", "xml.syntax", 1, 7 },
    { "<a>&#0;</a>", "xml.character", 1, 8 },
    { "<a>&#xFFFF;</a>", "xml.character", 1, 12 },
    { "<a>\x01</a>", "xml.character", 1, 4 },
    { "<a>\xC3</a>", "xml.bytes", 1, 4 },
    { "<a>\n\xED\xA0\x80</a>", "xml.bytes", 2, 1 },
    { "<a b=1/>", "xml.syntax", 1, 6 },
    { "<a b/>", "xml.syntax", 1, 5 },
    { "<a>]]></a>", "xml.syntax", 1, 4 },
    { "<1/>", "xml.syntax", 1, 2 },
    /* Document types, in each place and with all that they can do. */
    { "<!DOCTYPE a><a/>", "xml.doctype", 1, 1 },
    { "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
        "xml.doctype", 2, 1 },
    { "<!DOCTYPE a [<!ENTITY a '0123456789'><!ENTITY b '&a;&a;&a;&a;&a;'>"
      "<!ENTITY c '&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;'>]><a>&d;</a>",
        "xml.doctype", 1, 1 },
    { "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        "xml.doctype", 1, 1 },
    { "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a/>", "xml.doctype", 1,
        1 },
    { "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/'> %p;]><a/>",
        "xml.doctype", 1, 1 },
    { "<a><!DOCTYPE a></a>", "xml.doctype", 1, 4 },
    { "<!ENTITY a 'b'><a/>", "xml.doctype", 1, 1 },
    /* Encodings that are not what they say. */
    { "<?xml version='1.0' encoding='UTF-16'?><a/>", "xml.declared", 1, 1 },
    { "<?xml version='1.0' encoding='UTF-7'?><a/>", "xml.encoding", 1, 1 },
    { "<?xml version='1.0' encoding='IBM037'?><a/>", "xml.encoding", 1, 1 },
    { "<?xml version='1.0' encoding=''?><a/>", "xml.encoding", 1, 1 },
    { "<?xml version='1.0' encoding='ISO-2022-JP'?><a/>", "xml.encoding", 1,
        1 },
    { "<?xml version='1.0' encoding='US-ASCII'?><a>\xE9</a>", "xml.bytes", 1,
        45 },
    { "<?xml version='1.0' encoding='windows-1252'?><a>\x81</a>", "xml.bytes",
        1, 49 },
    { "\xEF\xBB\xBF<?xml version='1.0' encoding='ISO-8859-1'?><a/>",
        "xml.declared", 1, 1 },
    { "\x4C\x6F\xA7\x94", "xml.encoding", 1, 1 },
};


START_TEST(faults_are_told_with_their_place)
{
    xd_node_t *root = NULL;
    xd_rc_t rc = read_bytes(xd_str(faults[_i].xml), NULL, &root);

    ck_assert_int_eq(rc, XD_E_SYNTAX);
    ck_assert_uint_eq(rep.nkept, 1);
    ck_assert_msg(strcmp(rep.kept[0].rule, faults[_i].rule) == 0
                      && rep.kept[0].line == faults[_i].line
                      && rep.kept[0].column == faults[_i].column,
        "%s: %s at %u:%u (%s)", faults[_i].xml, rep.kept[0].rule,
        rep.kept[0].line, rep.kept[0].column, rep.kept[0].text.ptr);
}
END_TEST


/* A document type that only names a DTD may pass; with it no entity does. */
START_TEST(document_types_may_be_passed_over)
{
    static const struct {
        const char *xml, *rule; /* NULL: it is read */
    } rows[] = {
        { "<!DOCTYPE a><a/>", NULL },
        { "<?xml version='1.0'?>\n<!DOCTYPE a SYSTEM 'b>c'>\n<a>d</a>", NULL },
        { "<!DOCTYPE a PUBLIC \"x'[\" 'y'><a/>", NULL },
        { "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "xml.doctype" },
        { "<!DOCTYPE a SYSTEM 'b' [ ]><a/>", "xml.doctype" },
        { "<!DOCTYPE a <a/>", "xml.doctype" },
        { "<!DOCTYPE a SYSTEM 'b><a/>", "xml.unended" },
        { "<!DOCTYPE a", "xml.unended" },
        { "<a><!DOCTYPE a></a>", "xml.doctype" },
        { "<!DOCTYPE a SYSTEM 'b'><a>&c;</a>", "xml.entity" },
    };
    const xd_xml_limits_t limits = { .doctype = true };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        xd_node_t *root = NULL;
        xd_rc_t rc;

        xd_report_init(&rep, arena, 10);
        rc = read_bytes(xd_str(rows[i].xml), &limits, &root);
        if (rows[i].rule == NULL) {
            ck_assert_msg(rc == XD_OK, "%s", rows[i].xml);
            ck_assert(xd_str_is(root->key, "a"));
        } else {
            ck_assert_msg(rc == XD_E_SYNTAX
                              && strcmp(rep.kept[0].rule, rows[i].rule) == 0,
                "%s: %s", rows[i].xml,
                rep.nkept > 0 ? rep.kept[0].rule : "read");
        }
    }
}
END_TEST


/* With NULs inside, so not in the table. */
START_TEST(thirty_two_bits_and_halves_are_refused)
{
    static const struct {
        xd_str_t bytes;
        const char *rule;
    } rows[] = {
        { { "\xFF\xFE\0\0<\0\0\0", 8 }, "xml.encoding" },
        { { "\0\0\0<\0\0\0a", 8 }, "xml.encoding" },
        { { "\xFF\xFE<\0a\0/\0>", 9 }, "xml.bytes" },
        { { "\xFF\xFE<\0a\0>\0\0\xD8<\0/\0a\0>\0", 18 }, "xml.bytes" },
        { { "\xFF\xFE", 2 }, "xml.empty" },
        { { "<a>\0</a>", 8 }, "xml.character" },
        { { "<a\0b='1'/>", 10 }, "xml.character" },
    };
    xd_node_t *root;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        ck_assert_int_eq(read_bytes(rows[i].bytes, NULL, &root), XD_E_SYNTAX);
        ck_assert_uint_eq(rep.nkept, i + 1);
        ck_assert_msg(strcmp(rep.kept[i].rule, rows[i].rule) == 0, "%zu: %s", i,
            rep.kept[i].rule);
    }
}
END_TEST


START_TEST(a_text_cut_anywhere_is_refused)
{
    xd_str_t text = XD_STR("<?xml version='1.0'?><a b='c'><!-- d --><![CDATA[e"
                           "]]>&amp;<?f g?></a>");
    xd_node_t *root;

    for (size_t len = 0; len < text.len; len++) {
        ck_assert_int_eq(read_bytes((xd_str_t){ text.ptr, len }, NULL, &root),
            XD_E_SYNTAX);
    }
    ck_assert_int_eq(read_bytes(text, NULL, &root), XD_OK);
}
END_TEST


/* -- limits --------------------------------------------------------------- */


static xd_str_t
repeated(const char *before, const char *unit, size_t n, const char *after)
{
    xd_buf_t out = { 0 };
    xd_str_t text;

    xd_buf_text(&out, before);
    for (size_t i = 0; i < n; i++) {
        xd_buf_text(&out, unit);
    }
    xd_buf_text(&out, after);
    text = xd_dup(arena, xd_buf_str(&out));
    xd_buf_free(&out);

    return text;
}


static xd_str_t
many_attributes(size_t n, const char *format)
{
    xd_buf_t out = { 0 };
    xd_str_t text;

    xd_buf_text(&out, "<a");
    for (size_t i = 0; i < n; i++) {
        xd_buf_text(&out, format);
        xd_buf_fmt(&out, "%zu='u'", i);
    }
    xd_buf_text(&out, "/>");
    text = xd_dup(arena, xd_buf_str(&out));
    xd_buf_free(&out);

    return text;
}


/* More different names than allowed, each in its own piece of text. */
static xd_str_t
many_names(const char *before, const char *after)
{
    xd_buf_t out = { 0 };
    xd_str_t text;

    xd_buf_text(&out, "<a>");
    for (int i = 0; i < 30000; i++) {
        xd_buf_text(&out, before);
        xd_buf_fmt(&out, "%d", i);
        xd_buf_text(&out, after);
    }
    xd_buf_text(&out, "</a>");
    text = xd_dup(arena, xd_buf_str(&out));
    xd_buf_free(&out);

    return text;
}


/* Reads text, which passes its limit, with little memory. */
static void
ck_refused(xd_str_t text, const xd_xml_limits_t *limits, const char *rule)
{
    size_t before = xd_arena_used(arena);
    xd_node_t *root;

    rep.nkept = 0;
    ck_assert_int_eq(xd_xml_read(arena, text, limits, &root, &rep), XD_E_LIMIT);
    ck_assert_str_eq(rep.kept[0].rule, rule);
    ck_assert_uint_lt(xd_arena_used(arena) - before, 2000);
}


START_TEST(giants_are_refused_without_memory)
{
    ck_refused(repeated("", "<a>", 10000, ""), NULL, "xml.depth");
    ck_refused(repeated("", "<a>", 129, ""), NULL, "xml.depth");
    ck_refused(repeated("", "<a>", 251, ""),
        &(xd_xml_limits_t){ .depth = 100000 }, "xml.depth");
    ck_refused(many_attributes(1000000, " a"), NULL, "xml.attributes");
    ck_refused(many_attributes(129, " a"), NULL, "xml.attributes");
    ck_refused(many_attributes(257, " xmlns:a"),
        &(xd_xml_limits_t){ .attributes = 1000 }, "xml.namespaces");
    ck_refused(repeated("<a b='", "x", 5000000, "'/>"), NULL, "xml.value");
    ck_refused(repeated("<a b='", "x", 65537, "'/>"), NULL, "xml.value");
    ck_refused(repeated("<", "x", 5000000, "/>"), NULL, "xml.name");
    ck_refused(repeated("<a ", "x", 257, "='1'/>"), NULL, "xml.name");
    ck_refused(repeated("<a>", "<b/>", 10, "</a>"),
        &(xd_xml_limits_t){ .elements = 10 }, "xml.elements");
    ck_refused(many_names("<n", "/>"), NULL, "xml.names");
    ck_refused(many_names("<a n", "=''/>"), NULL, "xml.names");
    ck_refused(many_names("<a xmlns='u:", "'/>"), NULL, "xml.names");
    ck_refused(many_names("<?n", "?>"), NULL, "xml.names");
    ck_refused(XD_STR("<abc/>"), &(xd_xml_limits_t){ .size = 5 }, "xml.size");
}
END_TEST


START_TEST(what_is_just_allowed_is_read)
{
    xd_node_t *root = NULL;
    xd_str_t deep = repeated("", "<a>", 128, "");

    deep = xd_fmt(arena, "%s%s", deep.ptr, repeated("", "</a>", 128, "").ptr);
    ck_assert_int_eq(read_bytes(deep, NULL, &root), XD_OK);
    ck_assert_int_eq(read_bytes(many_attributes(128, " a"), NULL, &root),
        XD_OK);
    ck_assert_uint_eq(root->count, 128);
    ck_assert_int_eq(read_bytes(repeated("<a b='", "x", 65536, "'/>"), NULL,
                         &root),
        XD_OK);
    ck_assert_int_eq(read_bytes(repeated("<a>", "x", 5000000, "</a>"), NULL,
                         &root),
        XD_OK);
    ck_assert_uint_eq(xd_xml_text(root).len, 5000000);
    ck_assert_int_eq(read_bytes(repeated("<a>",
                                    "0123456789abcdef0123456789ABCDEF", 350000,
                                    "</a>"),
                         NULL, &root),
        XD_OK);
    ck_assert_int_eq(read_bytes(repeated("<a>", "<b c='0123456789'>text</b>",
                                    500000, "</a>"),
                         NULL, &root),
        XD_OK);

    /* Namespaces beside each other are not around each other. */
    ck_assert_int_eq(read_bytes(repeated("<a>",
                                    "<b xmlns:p='u'></b><b xmlns:p='u'/>", 500,
                                    "</a>"),
                         NULL, &root),
        XD_OK);
    ck_assert_uint_eq(rep.nkept, 0);
}
END_TEST


START_TEST(a_full_arena_is_told_wherever_it_comes)
{
    xd_str_t text = XD_STR("<?xml version='1.0' encoding='ISO-8859-1'?>"
                           "<a xmlns='u' b='1' xml:lang='x'>t<c>&lt;\xE9</c>"
                           "</a>");
    xd_rc_t rc = XD_E_MEMORY;
    xd_node_t *root;
    size_t nth;

    for (nth = 1; rc == XD_E_MEMORY; nth++) {
        xd_arena_fail_at(arena, nth);
        rc = xd_xml_read(arena, text, NULL, &root, &rep);
        xd_arena_fail_at(arena, 0);
    }
    ck_assert_int_eq(rc, XD_OK);
    ck_assert_uint_gt(nth, 10);
}
END_TEST


/* -- looking -------------------------------------------------------------- */


START_TEST(trees_are_looked_into)
{
    xd_node_t *root = NULL, *last;

    ck_assert_int_eq(
        read_bytes(XD_STR("<a xmlns='u'><b>1</b><b c='d'><e xmlns=''/></b>"
                          "</a>"),
            NULL, &root),
        XD_OK);
    last = root->last;
    ck_assert(xd_str_is(xd_xml_ns(last), "u"));
    ck_assert_uint_eq(xd_xml_ns(last->last).len, 0);
    ck_assert(xd_str_is(xd_xml_text(xd_get(root, "b")), "1"));
    ck_assert_ptr_null(xd_xml_text(last).ptr);
    ck_assert(xd_str_is(xd_xml_path(arena, last->last), "/a/b[2]/e"));
    ck_assert(xd_str_is(xd_xml_path(arena, xd_get(last, "@c")), "/a/b[2]/@c"));
    ck_assert(xd_str_is(xd_text_at(root, "b.#text"), "1"));
}
END_TEST


START_TEST(xml_is_told_from_json)
{
    ck_assert(xd_xml_looks(XD_STR(" \n<a/>")));
    ck_assert(xd_xml_looks(XD_STR("\xEF\xBB\xBF<a/>")));
    ck_assert(xd_xml_looks((xd_str_t){ "<\0a\0", 4 }));
    ck_assert(!xd_xml_looks(XD_STR("\xEF\xBB\xBF{}")));
    ck_assert(!xd_xml_looks(XD_STR("{\"a\":\"<a/>\"}")));
    ck_assert(!xd_xml_looks(XD_STR("")));
    ck_assert(!xd_xml_looks(XD_STR("  ")));
}
END_TEST


#define COUNT(table) (int) (sizeof(table) / sizeof(table[0]))


int
main(void)
{
    Suite *s = suite_create("xml_read");
    TCase *tc = tcase_create("xml_read");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 30);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, elements_become_objects, 0, COUNT(shapes));
    tcase_add_test(tc, sixteen_bits_are_read);
    tcase_add_test(tc, everything_has_its_place);
    tcase_add_test(tc, places_are_right_in_large_texts_too);
    tcase_add_test(tc, layout_is_gone_from_large_elements_too);
    tcase_add_loop_test(tc, faults_are_told_with_their_place, 0, COUNT(faults));
    tcase_add_test(tc, thirty_two_bits_and_halves_are_refused);
    tcase_add_test(tc, a_text_cut_anywhere_is_refused);
    tcase_add_test(tc, giants_are_refused_without_memory);
    tcase_add_test(tc, what_is_just_allowed_is_read);
    tcase_add_test(tc, a_full_arena_is_told_wherever_it_comes);
    tcase_add_test(tc, document_types_may_be_passed_over);
    tcase_add_test(tc, trees_are_looked_into);
    tcase_add_test(tc, xml_is_told_from_json);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
