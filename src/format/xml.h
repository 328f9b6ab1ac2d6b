/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FORMAT_XML_H
#define XD_FORMAT_XML_H

#include "base/buf.h"
#include "base/report.h"
#include "tree/node.h"

/*
 * XML as a tree.  Every element is an object whose key is its local name; its
 * members, in the order of the text, are
 *
 *   "@xmlns"    the namespace of the element, where it is not its parent's
 *   "@xmlns:p"  a prefix declared here; only values that hold names need it
 *   "@name"     an attribute; "@xml:lang" one of XML's own, "@{uri}name" one
 *               of another namespace
 *   "#text"     a run of characters
 *   "name"      an element; there may be several of one name
 *
 * <Qty xmlns="urn:x" unit="EA">12</Qty> is the object Qty with
 * {"@xmlns": "urn:x", "@unit": "EA", "#text": "12"}, so that a path such as
 * "Party.Name.#text" is always a value, with attributes or without.  Every
 * value is a string.  Prefixes mean nothing: whoever wrote cbc:ID, the key is
 * ID and xd_xml_ns tells the namespace.
 *
 * Runs of blanks between elements are left out; in an element with other text
 * among its elements (mixed content), and in one without elements, every
 * character stays.  Comments and processing instructions are left out, CDATA
 * is text.  An element's place is its "<", a text's its first byte.
 */

/* What is refused before memory is spent on it; 0: the default. */
typedef struct {
    size_t size;         /* bytes of the whole; 64 MiB */
    uint32_t depth;      /* most nested elements; 128, never above 250 */
    uint32_t elements;   /* in all; 1,000,000 */
    uint32_t attributes; /* of one element, namespaces too; 128 */
    uint32_t spaces;     /* namespaces declared around one element; 256 */
    uint32_t name;       /* bytes of a name; 256 */
    uint32_t names;      /* different names and namespaces, about; 20,000 */
    uint32_t value;      /* bytes of an attribute's value; 64 KiB */
    bool doctype;        /* a document type without declarations of its own is
                            passed over; nothing that it names is looked for */
} xd_xml_limits_t;

/*
 * xd_xml_read - an XML text into a tree
 *
 *   arena   owns the tree
 *   bytes   the whole text, in UTF-8 or what it declares itself to be in (a
 *           row of xml_encodings_table.c); must outlive the tree
 *   limits  NULL: the defaults
 *   out     the root element; set only when XD_OK is returned
 *   rep     gains the finding (rule "xml.…", line and column).  Offsets are
 *           of a text that is in UTF-8; of any other they are 0, and columns
 *           count the bytes that it would have
 *
 * A document type (<!DOCTYPE) is refused wherever it stands, but for one that
 * limits let pass, which is taken out of the text before it is parsed: so there
 * are no entities but XML's five, nothing is expanded and nothing is ever
 * fetched.
 * Returns XD_OK, XD_E_SYNTAX, XD_E_LIMIT or XD_E_MEMORY.
 *
 * Standard: XML 1.0 (fifth edition), Namespaces in XML 1.0.
 */
XD_CHECKED xd_rc_t xd_xml_read(xd_arena_t *arena, xd_str_t bytes,
    const xd_xml_limits_t *limits, xd_node_t **out, xd_report_t *rep);

/* Could this be XML?  Looks at the first bytes only, past a byte order mark
 * and blanks. */
bool xd_xml_looks(xd_str_t bytes);

typedef enum {
    XD_XML_PLAIN, /* nothing between elements: reads back as the same tree */
    XD_XML_PRETTY /* two blanks a level, where an element holds no text */
} xd_xml_form_t;

/*
 * xd_xml_write - an element of the shape above, with its declaration
 *
 * An element whose namespace has a prefix in scope gets it, any other declares
 * its own with xmlns.  Carriage returns, and tabs and line ends in
 * attributes, are written as references, so a reader gives them back.  Look at
 * xd_buf_rc(out): XD_E_SYNTAX means a character that XML cannot carry, a name
 * that is none, or a tree of another shape; XD_E_LIMIT too many prefixes.
 */
void xd_xml_write(xd_buf_t *out, const xd_node_t *element, xd_xml_form_t form);

/* Can XML carry every character of s?  Not those below the blank but tab, line
 * feed and carriage return, not U+FFFE and U+FFFF, nothing that is no UTF-8. */
bool xd_xml_carries(xd_str_t s);

/*
 * xd_xml_canonical - the canonical form, as signatures need it
 *
 *   exclusive  without namespaces that are not used
 *
 * Takes the same texts as xd_xml_read and refuses the same.  Comments are
 * left out.  Standard: Canonical XML 1.0, Exclusive XML Canonicalization 1.0.
 */
XD_CHECKED xd_rc_t xd_xml_canonical(xd_arena_t *arena, xd_str_t bytes,
    const xd_xml_limits_t *limits, bool exclusive, xd_buf_t *out,
    xd_report_t *rep);

/* -- looking into such a tree --------------------------------------------- */

static inline bool
xd_xml_is_attribute(const xd_node_t *node)
{
    return node->key.len > 0 && node->key.ptr[0] == '@';
}

static inline bool
xd_xml_is_text(const xd_node_t *node)
{
    return node->key.len > 0 && node->key.ptr[0] == '#';
}

static inline bool
xd_xml_is_element(const xd_node_t *node)
{
    return node->kind == XD_OBJECT;
}

/* The namespace that an element is in; empty: none. */
xd_str_t xd_xml_ns(const xd_node_t *element);

/* What stands in an element that holds no other, empty when nothing does.
 * XD_STR_NONE when it holds elements. */
xd_str_t xd_xml_text(const xd_node_t *element);

/* Where a person finds it: "/Invoice/InvoiceLine[2]/@ID".  An empty text when
 * the arena is full. */
xd_str_t xd_xml_path(xd_arena_t *arena, const xd_node_t *node);

/* -- making one ------------------------------------------------------------ */

/* An element in parent (NULL: a root); an attribute, whose key has its "@"; a
 * text.  NULL is passed on, as in node.h; nothing is copied. */
xd_node_t *xd_xml_add(xd_arena_t *arena, xd_node_t *parent, xd_str_t name);
xd_node_t *xd_xml_add_attribute(xd_arena_t *arena, xd_node_t *element,
    const char *key, xd_str_t value);
xd_node_t *xd_xml_add_text(xd_arena_t *arena, xd_node_t *element,
    xd_str_t text);

#endif
