/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * libxml2's events into our tree.  It is given a text that xml_scan.c has
 * passed, in UTF-8 and as one block.  So where an element begins can be read
 * in the text: at an event its tag has just been parsed, and "<" cannot stand
 * inside of one.
 */

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "base/map.h"
#include "format/xml_plan.h"

/* NOENT, or "&amp;" in an attribute comes as "&#38;": without a document type
 * there are no entities to expand but XML's five.  HUGE: the limits are ours,
 * libxml2's own would end a text at 10 MB. */
#define OPTIONS                                                                \
    (XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOENT | XML_PARSE_HUGE)

typedef struct {
    xd_xml_input_t in;
    xmlParserCtxtPtr xml;
    xd_node_t *root, *open;
    xd_map_t *names; /* of attributes: "name" -> its key "@name" */
    xd_buf_t text;   /* the run of characters at hand */
    size_t behind;   /* where the last tag ended */
    xd_rc_t rc;
} reader_t;


/* -- results -------------------------------------------------------------- */


/* Nothing more is read: libxml2 calls nobody after this. */
static void
stop(reader_t *r, xd_rc_t rc)
{
    if (r->rc == XD_OK) {
        r->rc = rc;
    }

    xmlStopParser(r->xml);
}


/* Where the parser stands in in->text. */
static size_t
position(const reader_t *r)
{
    const xmlParserInput *input = r->xml->input;
    size_t at = input == NULL
                    ? 0
                    : input->consumed + (size_t) (input->cur - input->base);

    return at < r->in.text.len ? at : r->in.text.len;
}


/* Faults of libxml2 that have a sentence of our own. */
static const struct {
    int code;
    xd_xml_fault_t fault;
} known[] = {
    { XML_ERR_UNDECLARED_ENTITY, XD_XML_ENTITY },
    { XML_WAR_UNDECLARED_ENTITY, XD_XML_ENTITY },
    { XML_ERR_ENTITYREF_SEMICOL_MISSING, XD_XML_ENTITY },
    { XML_ERR_NAME_REQUIRED, XD_XML_SYNTAX },
    { XML_ERR_TAG_NAME_MISMATCH, XD_XML_TAGS },
    { XML_ERR_TAG_NOT_FINISHED, XD_XML_TAGS },
    { XML_NS_ERR_UNDEFINED_NAMESPACE, XD_XML_PREFIX },
    { XML_ERR_ATTRIBUTE_REDEFINED, XD_XML_TWICE },
    { XML_NS_ERR_ATTRIBUTE_REDEFINED, XD_XML_TWICE },
    { XML_ERR_INVALID_CHAR, XD_XML_CHARACTER },
    { XML_ERR_INVALID_CHARREF, XD_XML_CHARACTER },
    { XML_ERR_DOCUMENT_END, XD_XML_BEHIND },
    { XML_ERR_DOCUMENT_EMPTY, XD_XML_EMPTY },
};


/* What it says, without its line end. */
static void
refuse(reader_t *r, const xmlError *error)
{
    xd_xml_fault_t fault = XD_XML_SYNTAX;
    xd_str_t said = xd_str_trim(xd_str(error->message));

    if (error->code == XML_ERR_NO_MEMORY) {
        stop(r, XD_E_MEMORY);
        return;
    }

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (known[i].code == error->code) {
            fault = known[i].fault;
        }
    }

    said = xd_dup(r->in.arena, said);
    stop(r, xd_xml_fault(&r->in, fault, position(r), said.ptr));
}


/* Faults of namespaces are no fatal ones to libxml2; here they are, as nobody
 * knows what such a name means.  A relative namespace is only a warning. */
static void
on_error(void *ctx, xmlErrorPtr error)
{
    reader_t *r = ((xmlParserCtxtPtr) ctx)->_private;

    if (r->rc == XD_OK && error->level >= XML_ERR_ERROR) {
        refuse(r, error);
    }
}


/* -- nodes ---------------------------------------------------------------- */


/* The text of len bytes: a slice of what was received where it stands there
 * as it is, else a copy. */
static xd_str_t
keep(reader_t *r, size_t at, xd_str_t text)
{
    if (text.len == 0) {
        return XD_STR("");
    }

    return xd_xml_at(r->in.text, at, text)
               ? (xd_str_t){ r->in.text.ptr + at, text.len }
               : xd_dup(r->in.arena, text);
}


static void
add(reader_t *r, xd_node_t *node, size_t at)
{
    xd_xml_place_t place;

    if (node == NULL) {
        stop(r, XD_E_MEMORY);
        return;
    }

    place = xd_xml_place(&r->in, at);
    node->offset = place.offset;
    node->line = place.line;
    node->column = place.column;
}


static void
add_value(reader_t *r, xd_str_t key, xd_str_t value, size_t at)
{
    xd_node_t *node = xd_node_new(r->in.arena, XD_STRING);

    if (node == NULL || key.ptr == NULL || value.ptr == NULL) {
        stop(r, XD_E_MEMORY);
        return;
    }

    node->key = key;
    node->text = value;
    add(r, xd_node_add(r->in.arena, r->open, node), at);
}


/* Several attributes have one name: each key is made once. */
static xd_str_t
one_key(reader_t *r, xd_str_t made)
{
    xd_str_t *known_key;

    if (made.ptr == NULL) {
        return made;
    }

    known_key = xd_map_get(r->names, made);
    if (known_key != NULL) {
        return *known_key;
    }

    known_key = xd_alloc(r->in.arena, sizeof(*known_key));
    if (known_key == NULL
        || xd_map_put(r->names, made, known_key, NULL) != XD_OK) {
        return XD_STR_NONE;
    }

    *known_key = made;

    return made;
}


static xd_str_t
str(const xmlChar *text)
{
    return xd_str(text == NULL ? "" : (const char *) text);
}


/* "@name", "@xml:lang", "@{uri}name". */
static xd_str_t
key_of(reader_t *r, const xmlChar *local, const xmlChar *prefix,
    const xmlChar *uri)
{
    xd_arena_t *arena = r->in.arena;

    if (prefix == NULL) {
        return one_key(r, xd_fmt(arena, "@%s", (const char *) local));
    }

    if (strcmp((const char *) prefix, "xml") == 0) {
        return one_key(r, xd_fmt(arena, "@xml:%s", (const char *) local));
    }

    return one_key(r,
        xd_fmt(arena, "@{%s}%s", (const char *) uri, (const char *) local));
}


/* Declarations, and the element's own namespace where it is not that of its
 * parent. */
static void
add_spaces(reader_t *r, const xmlChar *uri, int count, const xmlChar **spaces,
    size_t at)
{
    xd_str_t own = str(uri);
    xd_str_t above =
        r->open->parent != NULL ? xd_xml_ns(r->open->parent) : XD_STR("");

    if (!xd_str_eq(own, above)) {
        add_value(r, XD_STR("@xmlns"), xd_dup(r->in.arena, own), at);
    }

    for (int i = 0; i < count && r->rc == XD_OK; i++) {
        if (spaces[2 * i] != NULL) {
            add_value(r,
                one_key(r, xd_fmt(r->in.arena, "@xmlns:%s",
                               (const char *) spaces[2 * i])),
                xd_dup(r->in.arena, str(spaces[2 * i + 1])), at);
        }
    }
}


/* The value of the next attribute that is no declaration, from *at on in the
 * text: attributes come in its order. */
static size_t
next_value(const reader_t *r, size_t *at)
{
    xd_str_t t = r->in.text;
    size_t name, value, i = *at;
    char quote;

    for (;;) {
        while (i < t.len && xd_xml_is_blank(t.ptr[i])) {
            i++;
        }

        name = i;
        while (i < t.len && t.ptr[i] != '"' && t.ptr[i] != '\'') {
            i++;
        }

        if (i >= t.len) {
            return t.len;
        }

        quote = t.ptr[i++];
        value = i;
        while (i < t.len && t.ptr[i] != quote) {
            i++;
        }

        i++;
        *at = i;
        if (!xd_xml_at(t, name, XD_STR("xmlns:"))
            && !xd_xml_at(t, name, XD_STR("xmlns="))
            && !xd_xml_at(t, name, XD_STR("xmlns ")))
        {
            return value;
        }
    }
}


/* libxml2 gives five pointers for each: name, prefix, URI, value, its end. */
static void
add_attributes(reader_t *r, int count, const xmlChar **attributes, size_t at)
{
    for (int i = 0; i < count && r->rc == XD_OK; i++) {
        const xmlChar **a = attributes + 5 * i;
        xd_str_t value = { (const char *) a[3], (size_t) (a[4] - a[3]) };
        size_t place = next_value(r, &at);

        add_value(r, key_of(r, a[0], a[1], a[2]), keep(r, place, value), place);
    }
}


/* -- text ----------------------------------------------------------------- */


static void
on_text(void *ctx, const xmlChar *text, int len)
{
    reader_t *r = ((xmlParserCtxtPtr) ctx)->_private;

    if (r->rc != XD_OK || r->open == NULL) {
        return;
    }

    xd_buf_add(&r->text, (xd_str_t){ (const char *) text, (size_t) len });
    if (xd_buf_rc(&r->text) != XD_OK) {
        stop(r, XD_E_MEMORY);
    }
}


static void
end_text(reader_t *r)
{
    if (r->text.len > 0 && r->open != NULL && r->rc == XD_OK) {
        add_value(r, XD_STR("#text"), keep(r, r->behind, xd_buf_str(&r->text)),
            r->behind);
        xd_buf_reset(&r->text);
    }
}


static bool
is_blank(xd_str_t s)
{
    return xd_str_trim(s).len == 0;
}


/* Is all text of an element blank, between elements? */
static bool
has_layout(const xd_node_t *element)
{
    bool elements = false, texts = false, blank = true;

    xd_each (node, element) {
        elements = elements || xd_xml_is_element(node);
        texts = texts || xd_xml_is_text(node);
        blank = blank && (!xd_xml_is_text(node) || is_blank(node->text));
    }

    return elements && texts && blank;
}


/* Blanks between elements are layout, unless there is other text: then it is
 * mixed content, and every blank of it counts.  The members that stay are put
 * in once more, so that an index knows only them. */
static void
drop_layout(reader_t *r, xd_node_t *element)
{
    xd_node_t *node = element->first, *next;

    if (!has_layout(element)) {
        return;
    }

    element->first = element->last = NULL;
    element->index = NULL;
    element->count = 0;

    for (; node != NULL; node = next) {
        next = node->next;
        node->next = NULL;
        if (!xd_xml_is_text(node)
            && xd_node_add(r->in.arena, element, node) == NULL) {
            stop(r, XD_E_MEMORY);
            return;
        }
    }
}


/* -- elements ------------------------------------------------------------- */


/* The "<" of the start tag that has just been parsed. */
static size_t
tag_start(const reader_t *r)
{
    size_t at = position(r);

    while (at > 0 && (at == r->in.text.len || r->in.text.ptr[at] != '<')) {
        at--;
    }

    return at;
}


static void
on_start(void *ctx, const xmlChar *local, const xmlChar *prefix,
    const xmlChar *uri, int nspaces, const xmlChar **spaces, int nattributes,
    int defaulted, const xmlChar **attributes)
{
    reader_t *r = ((xmlParserCtxtPtr) ctx)->_private;
    size_t at = tag_start(r);
    size_t name = at + 1;
    xd_node_t *node;

    (void) defaulted; /* there is no document type that could */
    end_text(r);
    if (r->rc != XD_OK) {
        return;
    }

    name += prefix != NULL ? str(prefix).len + 1 : 0;
    node = xd_xml_add(r->in.arena, r->open, keep(r, name, str(local)));
    add(r, node, at);
    if (r->rc != XD_OK) {
        return;
    }

    r->root = r->root != NULL ? r->root : node;
    r->open = node;
    add_spaces(r, uri, nspaces, spaces, at);
    add_attributes(r, nattributes, attributes, name + str(local).len);

    r->behind = position(r);
    while (r->behind < r->in.text.len && r->in.text.ptr[r->behind++] != '>') {
    }
}


static void
on_end(void *ctx, const xmlChar *local, const xmlChar *prefix,
    const xmlChar *uri)
{
    reader_t *r = ((xmlParserCtxtPtr) ctx)->_private;

    (void) local;
    (void) prefix;
    (void) uri;
    end_text(r);
    if (r->rc == XD_OK && r->open != NULL) {
        drop_layout(r, r->open);
        r->open = r->open->parent;
        r->behind = position(r);
    }
}


/* -- the whole ------------------------------------------------------------ */


static xd_rc_t
parse(reader_t *r)
{
    xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_text,
        .serror = on_error };

    r->names = xd_map_new(r->in.arena);
    r->xml = xmlCreateMemoryParserCtxt(r->in.text.ptr, (int) r->in.text.len);
    if (r->names == NULL || r->xml == NULL) {
        xmlFreeParserCtxt(r->xml);
        return XD_E_MEMORY;
    }

    *r->xml->sax = sax;
    r->xml->_private = r;
    (void) xmlCtxtUseOptions(r->xml, OPTIONS);
    (void) xmlParseDocument(r->xml);

    if (r->rc == XD_OK && (!r->xml->wellFormed || r->root == NULL)) {
        r->rc = xd_xml_fault(&r->in, XD_XML_SYNTAX, position(r), NULL);
    }

    xmlFreeParserCtxt(r->xml);

    return r->rc;
}


xd_rc_t
xd_xml_read(xd_arena_t *arena, xd_str_t bytes, const xd_xml_limits_t *limits,
    xd_node_t **out, xd_report_t *rep)
{
    reader_t r = { 0 };
    xd_rc_t rc = xd_xml_open(&r.in, arena, bytes, limits, rep);

    if (rc == XD_OK) {
        rc = parse(&r);
        xd_buf_free(&r.text);
    }

    if (rc == XD_OK) {
        *out = r.root;
    }

    return rc;
}
