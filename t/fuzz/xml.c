/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * XML: what was read is written and read back as the same tree, and has a
 * canonical form that is its own.  The XML form: what is a document comes back
 * from JSON, and any object of JSON comes back from XML, byte for byte.
 */

#include "fuzz.h"

#include "canon/xml_form.h"
#include "format/json.h"
#include "format/xml.h"

static const xd_xml_limits_t limits = { .depth = XD_XML_FORM_DEPTH };


static xd_str_t
json_of(xd_arena_t *arena, const xd_node_t *tree)
{
    xd_buf_t out = { 0 };
    xd_str_t text;

    xd_json_write(&out, tree, XD_JSON_COMPACT);
    MUST(xd_buf_rc(&out) == XD_OK);
    text = xd_dup(arena, xd_buf_str(&out));
    xd_buf_free(&out);

    return text;
}


static xd_node_t *
read_again(xd_arena_t *arena, const xd_node_t *tree, xd_xml_form_t form)
{
    xd_buf_t out = { 0 };
    xd_node_t *back;
    xd_report_t rep;
    xd_str_t text;

    xd_xml_write(&out, tree, form);
    MUST(xd_buf_rc(&out) == XD_OK);
    text = xd_dup(arena, xd_buf_str(&out));
    xd_buf_free(&out);
    xd_report_init(&rep, arena, KEPT);
    MUST(xd_xml_read(arena, text, &limits, &back, &rep) == XD_OK);

    return back;
}


static void
reads_back(xd_arena_t *arena, const xd_node_t *tree, xd_xml_form_t form)
{
    const xd_node_t *back = read_again(arena, tree, form);

    MUST(xd_str_eq(json_of(arena, back), json_of(arena, tree)));
    MUST(xd_str_eq(back->key, tree->key));
}


/* The canonical form of the canonical form is the same. */
static void
is_canonical(xd_arena_t *arena, xd_str_t bytes)
{
    xd_buf_t once = { 0 }, twice = { 0 };
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, arena, KEPT);
    rc = xd_xml_canonical(arena, bytes, &limits, false, &once, &rep);
    MUST(rc == XD_OK || rc == XD_E_SYNTAX);
    if (rc == XD_OK) {
        rc = xd_xml_canonical(arena, xd_buf_str(&once), &limits, false, &twice,
            &rep);
        MUST(rc == XD_OK || rc == XD_E_LIMIT);
        MUST(rc != XD_OK || xd_str_eq(xd_buf_str(&once), xd_buf_str(&twice)));
    }

    xd_buf_free(&once);
    xd_buf_free(&twice);
}


/* A document, to XML and back. */
static void
comes_back(xd_arena_t *arena, const xd_descriptor_t *row, const xd_node_t *doc)
{
    const xd_descriptor_t *read;
    xd_node_t *made, *back;
    xd_report_t rep;

    MUST(xd_xml_form_make(arena, row, doc, &made) == XD_OK);
    xd_report_init(&rep, arena, KEPT);
    MUST(xd_xml_form_read(arena, xd_descriptors,
             read_again(arena, made, XD_XML_PLAIN), &read, &back, &rep)
         == XD_OK);
    MUST(read == row);
    MUST(xd_str_eq(json_of(arena, back), json_of(arena, doc)));
}


static void
has_form(xd_arena_t *arena, const xd_node_t *tree, xd_str_t bytes)
{
    const xd_descriptor_t *row;
    xd_node_t *doc;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, arena, KEPT);
    rc = xd_xml_form_read(arena, xd_descriptors, tree, &row, &doc, &rep);
    fuzz_findings(&rep, bytes);
    MUST(
        rc == XD_E_NOT_FOUND || (rc == XD_OK) == (xd_report_errors(&rep) == 0));
    if (rc == XD_OK) {
        comes_back(arena, row, doc);
    }
}


static void
try_json(xd_arena_t *arena, xd_str_t bytes)
{
    const xd_descriptor_t *row =
        xd_descriptor_find(xd_descriptors, XD_STR("sales-order"));
    xd_node_t *doc;
    xd_report_t rep;

    xd_report_init(&rep, arena, 0);
    if (xd_json_read(arena, bytes, NULL, &doc, &rep) == XD_OK
        && doc->kind == XD_OBJECT)
    {
        comes_back(arena, row, doc);
    }
}


static void
out_of_memory(xd_arena_t *arena, xd_str_t bytes, xd_rc_t before)
{
    const xd_descriptor_t *row;
    xd_node_t *tree, *doc;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, arena, 0);
    xd_arena_fail_at(arena, fuzz_nth(bytes));
    rc = xd_xml_read(arena, bytes, &limits, &tree, &rep);
    MUST(rc == before || rc == XD_E_MEMORY);
    if (rc == XD_OK) {
        rc = xd_xml_form_read(arena, xd_descriptors, tree, &row, &doc, &rep);
        MUST(rc != XD_OK || doc != NULL);
    }
    xd_arena_fail_at(arena, 0);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xd_str_t bytes = fuzz_bytes(data, size);
    xd_arena_t *arena = fuzz_arena();
    xd_node_t *tree;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, arena, KEPT);
    rc = xd_xml_read(arena, bytes, &limits, &tree, &rep);
    fuzz_findings(&rep, bytes);
    MUST((rc == XD_OK) == (xd_report_errors(&rep) == 0));

    if (rc == XD_OK) {
        MUST(xd_xml_looks(bytes));
        reads_back(arena, tree, XD_XML_PLAIN);
        reads_back(arena, tree, XD_XML_PRETTY);
        is_canonical(arena, bytes);
        has_form(arena, tree, bytes);
    } else {
        try_json(arena, bytes);
    }

    out_of_memory(arena, bytes, rc);
    xd_arena_free(arena);

    return 0;
}
