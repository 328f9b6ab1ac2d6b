/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_XML_FORM_H
#define XD_CANON_XML_FORM_H

#include "canon/descriptor.h"

/*
 * The XML form of canonical documents (docs/XML.md): one element for each
 * member, in the namespace of the document and its major version; an array is
 * an element of <entry> elements; what a descriptor does not know is a
 * <member name="...">.  Nothing is lost: a tree comes back with its order, the
 * spelling of its numbers, its empty and null values.
 */

/* Most nested elements of a document that JSON's reader takes. */
#define XD_XML_FORM_DEPTH 130

/*
 * xd_xml_form_make - the XML of a document
 *
 *   doc  an object; valid or not: a value of another kind than it should be
 *        is marked so
 *   out  its root element, for xd_xml_write; points into doc's texts
 *
 * Returns XD_OK; XD_E_SYNTAX when doc is no object; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_xml_form_make(xd_arena_t *arena,
    const xd_descriptor_t *row, const xd_node_t *doc, xd_node_t **out);

/*
 * xd_xml_form_read - the document of an XML text
 *
 *   rows     xd_descriptors
 *   element  of xd_xml_read
 *   row      gains the document that its name and namespace say; NULL: none
 *   doc      its tree, with the places of the elements, so that what a schema
 *            finds points into the XML; points into element's texts
 *   rep      gains what is not of this form: rules "xml-form.…", the path is
 *            that of the element; at most some 100.  Unknown elements are
 *            no fault here: they become members, and the schema tells
 *
 * Returns XD_OK, XD_E_NOT_FOUND (no such document; no finding), XD_E_SYNTAX
 * with findings, or XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_xml_form_read(xd_arena_t *arena,
    const xd_descriptor_t *rows, const xd_node_t *element,
    const xd_descriptor_t **row, xd_node_t **doc, xd_report_t *rep);

/* Inside of xml_form: what both ways share. */

#define XD_XML_FORM_ENTRY   "entry"
#define XD_XML_FORM_MEMBER  "member"
#define XD_XML_FORM_TYPE    "@type"
#define XD_XML_FORM_NAME    "@name"
#define XD_XML_FORM_ESCAPED "@escaped"
#define XD_XML_FORM_ODD     "@escapedName"

/* The kind of a value without a type; ours where field is NULL is a string,
 * but an object or array where there are elements. */
xd_kind_t xd_xml_form_kind(const xd_field_t *field);

/* "string", "number", "boolean", "null", "object", "array". */
extern const char *const xd_xml_form_types[];

/* May members of any name stand below? */
bool xd_xml_form_is_open(const xd_field_t *field);

#endif
