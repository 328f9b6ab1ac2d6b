/* SPDX-License-Identifier: BSD-2-Clause */

/* The XSD of each document, as they were made with it (XD_GEN), held by
 * libxml2 against every example, and against what is wrong. */

#include <check.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <stdlib.h>

#include "base/file.h"
#include "canon/document.h"
#include "canon/xml_form.h"
#include "format/json.h"
#include "format/xml.h"

#define DOCUMENTS 34

static const char *const sizes[] = { "minimal", "typical", "extreme" };

#define SIZES (sizeof(sizes) / sizeof(sizes[0]))

static xd_arena_t *arena;
static xd_report_t rep;
static xmlSchemaPtr schema;
static char said[400]; /* the first fault that libxml2 told */


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&rep, arena, 100);
}


static void
teardown(void)
{
    xmlSchemaFree(schema);
    schema = NULL;
    xd_arena_free(arena);
}


static void
on_error(void *ctx, xmlErrorPtr error)
{
    (void) ctx;
    if (said[0] == '\0') {
        snprintf(said, sizeof(said), "%s", error->message);
    }
}


static void
load(const char *document)
{
    xd_str_t path = xd_fmt(arena, XD_GEN "/doc/xsd/%s.xsd", document);
    xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt(path.ptr);

    said[0] = '\0';
    xmlSchemaSetParserStructuredErrors(parser, on_error, NULL);
    schema = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    ck_assert_msg(schema != NULL && said[0] == '\0', "%s: %s", path.ptr, said);
}


static bool
is_valid(xd_str_t xml)
{
    xmlDocPtr doc =
        xmlReadMemory(xml.ptr, (int) xml.len, NULL, NULL, XML_PARSE_NONET);
    xmlSchemaValidCtxtPtr valid = xmlSchemaNewValidCtxt(schema);
    int result;

    ck_assert_ptr_nonnull(doc);
    said[0] = '\0';
    xmlSchemaSetValidStructuredErrors(valid, on_error, NULL);
    result = xmlSchemaValidateDoc(valid, doc);
    ck_assert_int_ge(result, 0);
    xmlSchemaFreeValidCtxt(valid);
    xmlFreeDoc(doc);

    return result == 0;
}


static xd_str_t
text_of(const xd_node_t *root, xd_xml_form_t form)
{
    xd_buf_t out = { 0 };
    xd_str_t text;

    xd_xml_write(&out, root, form);
    ck_assert_int_eq(xd_buf_rc(&out), XD_OK);
    text = xd_dup(arena, xd_buf_str(&out));
    xd_buf_free(&out);

    return text;
}


static xd_str_t
json_of(const xd_node_t *doc)
{
    xd_buf_t out = { 0 };
    xd_str_t text;

    xd_json_write(&out, doc, XD_JSON_COMPACT);
    text = xd_dup(arena, xd_buf_str(&out));
    xd_buf_free(&out);

    return text;
}


static xd_node_t *
example(const char *document, const char *size)
{
    xd_str_t path =
        xd_fmt(arena, "canonical-schemas/%s/examples/%s.json", document, size);
    xd_node_t *doc = NULL;
    xd_str_t text;

    ck_assert_int_eq(xd_file_read(arena, path.ptr, 0, &text), XD_OK);
    ck_assert_int_eq(xd_json_read(arena, text, NULL, &doc, &rep), XD_OK);

    return doc;
}


static xd_node_t *
made(const char *document, const xd_node_t *doc)
{
    xd_node_t *root = NULL;

    ck_assert_int_eq(xd_xml_form_make(arena,
                         xd_descriptor_find(xd_descriptors, xd_str(document)),
                         doc, &root),
        XD_OK);

    return root;
}


/* -- what is right -------------------------------------------------------- */


/* JSON to XML, which is valid, and back to the same bytes. */
static void
ck_both_ways(const char *document, const xd_node_t *doc, xd_xml_form_t form)
{
    xd_str_t xml = text_of(made(document, doc), form);
    const xd_xml_limits_t limits = { .depth = XD_XML_FORM_DEPTH };
    const xd_descriptor_t *row;
    xd_node_t *root, *back;

    ck_assert_msg(is_valid(xml), "%s: %s", document, said);
    ck_assert_int_eq(xd_xml_read(arena, xml, &limits, &root, &rep), XD_OK);
    ck_assert_int_eq(xd_xml_form_read(arena, xd_descriptors, root, &row, &back,
                         &rep),
        XD_OK);
    ck_assert_str_eq(row->document, document);
    ck_assert_str_eq(json_of(back).ptr, json_of(doc).ptr);
}


/* The members of every object the other way round. */
static void
turn(xd_node_t *node)
{
    xd_node_t *next, *first = node->first;

    xd_each (child, node) {
        turn(child);
    }

    if (node->kind != XD_OBJECT || first == NULL) {
        return;
    }

    node->first = NULL;
    node->last = first;
    for (xd_node_t *child = first; child != NULL; child = next) {
        next = child->next;
        child->next = node->first;
        node->first = child;
    }
}


START_TEST(every_example_is_valid_both_ways)
{
    const char *document = xd_documents[_i].name;

    load(document);
    for (size_t i = 0; i < SIZES; i++) {
        xd_node_t *doc = example(document, sizes[i]);

        ck_both_ways(document, doc, XD_XML_PLAIN);
        ck_both_ways(document, doc, XD_XML_PRETTY);
        turn(doc);
        ck_both_ways(document, doc, XD_XML_PLAIN);
    }
}
END_TEST


/* -- what is wrong -------------------------------------------------------- */


static unsigned tried;


static void
ck_refused(const xd_node_t *root, const char *why, const xd_node_t *at)
{
    ck_assert_msg(!is_valid(text_of(root, XD_XML_PLAIN)), "%s: %s", why,
        xd_xml_path(arena, at).ptr);
    tried++;
}


/* Without this child of element, which has attributes before it or none. */
static void
try_without(const xd_node_t *root, xd_node_t *element, xd_node_t *child)
{
    xd_node_t **link = &element->first;

    while (*link != child) {
        link = &(*link)->next;
    }

    *link = child->next;
    ck_refused(root, "required", child);
    *link = child;
}


static void
try_text(const xd_node_t *root, xd_node_t *element, const char *text)
{
    xd_node_t *value = xd_get(element, "#text");
    xd_str_t before = value->text;

    value->text = xd_str(text);
    ck_refused(root, text, element);
    value->text = before;
}


static void
try_unknown(const xd_node_t *root, xd_node_t *element)
{
    xd_node_t *last = element->last;

    ck_assert(xd_xml_add(arena, element, XD_STR("unknown")) != NULL);
    ck_refused(root, "unknown", element);
    element->last = last;
    last->next = NULL;
    element->count--;
}


/* Every value of the document is made wrong, one at a time. */
static void
try_all(const xd_node_t *root, xd_node_t *element, const xd_field_t *field)
{
    switch (field->kind) {
    case XD_FIELD_INTEGER:
        try_text(root, element, "01");
        try_text(root, element, "1.5");
        try_text(root, element, "one");
        return;
    case XD_FIELD_NUMBER:
        try_text(root, element, "INF");
        return;
    case XD_FIELD_BOOLEAN:
        try_text(root, element, "1");
        return;
    case XD_FIELD_ARRAY:
        xd_each (entry, element) {
            try_all(root, entry, xd_field_items(field));
        }
        return;
    case XD_FIELD_OBJECT:
        break;
    case XD_FIELD_FREE:
        try_unknown(root, element);
        return;
    default:
        return;
    }

    try_unknown(root, element);
    xd_each (child, element) {
        const xd_field_t *below = xd_field_find(field, child->key);

        if (below != NULL && (below->flags & XD_FIELD_REQUIRED) != 0) {
            try_without(root, element, child);
        }
        if (below != NULL) {
            try_all(root, child, below);
        }
    }
}


START_TEST(every_value_is_missed_or_refused)
{
    const char *document = xd_documents[_i].name;
    xd_node_t *root = made(document, example(document, "typical"));

    load(document);
    ck_assert(is_valid(text_of(root, XD_XML_PLAIN)));
    tried = 0;
    try_all(root, root,
        &xd_descriptor_find(xd_descriptors, xd_str(document))->root);
    ck_assert_uint_gt(tried, 10);
}
END_TEST


/* In place of what stands at a path of the typical order. */
static const struct {
    const char *path, *text, *fault; /* a part of what libxml2 says */
} orders[] = {
    { "ccy", "EURO", "pattern" },
    { "ccy", "eur", "pattern" },
    { "ccy", "", "pattern" },
    { "placedAt", "2026-05-14", "pattern" },
    { "placedAt", "2026-05-14T09:31:20+02:00", "pattern" },
    { "channel", "Web Shop", "pattern" },
    { "orderNo", "", "minLength" },
    { "orderNo", "a\nb", "pattern" },
    { "meta.id", "0193f5c2", "pattern" },
    { "meta.test", "TRUE", "valid value" },
    { "lines.entry.lineNo", "0", "minInclusive" },
    { "lines.entry.lineNo", "100000", "maxInclusive" },
    { "lines.entry.lineNo", "1e0", "valid value" },
    { "lines.entry.qty.value", "1,5", "pattern" },
    { "lines.entry.unitPrice.amount", "1.1234567", "pattern" },
    { "lines.entry.fulfil.method", "teleport", "enumeration" },
};


static xd_node_t *
at(xd_node_t *root, const char *path)
{
    xd_str_t rest = xd_str(path);

    while (rest.ptr != NULL) {
        root = xd_get_str(root, xd_str_cut(&rest, '.'));
    }
    ck_assert_msg(root != NULL, "%s", path);

    return root;
}


START_TEST(values_are_held_to_their_limits)
{
    xd_node_t *root = made("sales-order", example("sales-order", "typical"));
    xd_node_t *value = xd_get(at(root, orders[_i].path), "#text");

    load("sales-order");
    ck_assert_ptr_nonnull(value);
    value->text = xd_str(orders[_i].text);
    ck_assert(!is_valid(text_of(root, XD_XML_PLAIN)));
    ck_assert_msg(strstr(said, orders[_i].fault) != NULL, "%s", said);
}
END_TEST


START_TEST(lists_and_namespaces_are_held_too)
{
    xd_node_t *root = made("sales-order", example("sales-order", "typical"));
    xd_node_t *lines = at(root, "lines");

    load("sales-order");
    lines->first = NULL;
    ck_assert(!is_valid(text_of(root, XD_XML_PLAIN)));
    ck_assert(!is_valid(XD_STR("<sales-order/>")));
    ck_assert(!is_valid(XD_STR("<sales-order xmlns='urn:retail:item:1'/>")));
    ck_assert(
        !is_valid(XD_STR("<sales-order xmlns='urn:retail:sales-order:1'/>")));
}
END_TEST


#define COUNT(table) (int) (sizeof(table) / sizeof(table[0]))


int
main(void)
{
    Suite *s = suite_create("xsd");
    TCase *tc = tcase_create("xsd");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, every_example_is_valid_both_ways, 0, DOCUMENTS);
    tcase_add_loop_test(tc, every_value_is_missed_or_refused, 0, DOCUMENTS);
    tcase_add_loop_test(tc, values_are_held_to_their_limits, 0, COUNT(orders));
    tcase_add_test(tc, lists_and_namespaces_are_held_too);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
