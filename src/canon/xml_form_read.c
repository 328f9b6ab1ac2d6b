/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * From XML to a document's tree.  What a schema can say better is left to it:
 * an element that no descriptor has becomes a member of its name, a text that
 * is no number stays a text.
 */

#include <stdarg.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "canon/xml_form.h"
#include "format/xml.h"
#include "tree/number.h"

#define FAULTS_MAX 100 /* then reading ends: each path costs a walk */

#define XSI        "@{http://www.w3.org/2001/XMLSchema-instance}"

typedef struct {
    xd_arena_t *arena;
    xd_report_t *rep;
    xd_str_t space;
    size_t faults;
    bool full; /* memory is out */
} reader_t;

/* What the attributes of an element say. */
typedef struct {
    xd_str_t type, name, odd;
    bool escaped;
} marks_t;


static void XD_PRINTF(4, 5) fault(reader_t *r, const xd_node_t *at,
    const char *rule, const char *format, ...)
{
    xd_finding_t f = { .severity = XD_ERROR,
        .offset = at->offset,
        .line = at->line,
        .column = at->column,
        .rule = rule,
        .path = xd_xml_path(r->arena, at) };
    va_list args;

    va_start(args, format);
    f.text = xd_vfmt(r->arena, format, args);
    va_end(args);

    r->full = r->full || f.text.ptr == NULL;
    r->faults++;
    xd_report(r->rep, &f);
}


static xd_node_t *
node_at(reader_t *r, xd_kind_t kind, const xd_node_t *at)
{
    xd_node_t *node = xd_node_new(r->arena, kind);

    if (node == NULL) {
        r->full = true;
        return NULL;
    }

    node->offset = at->offset;
    node->line = at->line;
    node->column = at->column;

    return node;
}


/* -- attributes ----------------------------------------------------------- */


/* Declarations of namespaces, and hints for other tools. */
static bool
is_passed_over(xd_str_t key)
{
    return xd_str_is(key, "@xmlns") || xd_str_starts(key, XD_STR("@xmlns:"))
           || xd_str_starts(key, XD_STR(XSI)) || xd_str_is(key, "@xml:space")
           || xd_str_is(key, "@xml:lang");
}


static void
take_mark(reader_t *r, marks_t *marks, const xd_node_t *a)
{
    if (xd_str_is(a->key, XD_XML_FORM_TYPE)) {
        marks->type = a->text;
    } else if (xd_str_is(a->key, XD_XML_FORM_NAME)) {
        marks->name = a->text;
    } else if (xd_str_is(a->key, XD_XML_FORM_ODD)) {
        marks->odd = a->text;
    } else if (xd_str_is(a->key, XD_XML_FORM_ESCAPED)) {
        marks->escaped = xd_str_is(a->text, "true");
        if (!marks->escaped && !xd_str_is(a->text, "false")) {
            fault(r, a, "xml-form.escaped", "write true or false");
        }
    } else if (!is_passed_over(a->key)) {
        fault(r, a, "xml-form.attribute",
            "there is no attribute %.*s; members are elements",
            XD_FMT(((xd_str_t){ a->key.ptr + 1, a->key.len - 1 })));
    }
}


static marks_t
marks_of(reader_t *r, const xd_node_t *element)
{
    marks_t marks = { 0 };

    xd_each (member, element) {
        if (!xd_xml_is_attribute(member)) {
            break;
        }
        take_mark(r, &marks, member);
    }

    return marks;
}


static bool
is_named(const xd_node_t *element, const char *name)
{
    return xd_str_is(element->key, name);
}


/* An entry is one of an array's, a member has a name in an attribute. */
static bool
is_member(const xd_node_t *element)
{
    return is_named(element, XD_XML_FORM_MEMBER)
           && (xd_get(element, XD_XML_FORM_NAME) != NULL
               || xd_get(element, XD_XML_FORM_ODD) != NULL);
}


static const xd_node_t *
first_element(const xd_node_t *element)
{
    xd_each (member, element) {
        if (xd_xml_is_element(member)) {
            return member;
        }
    }

    return NULL;
}


/* What a value is: what it says, what its descriptor says, what it holds. */
static bool
kind_of(reader_t *r, const xd_node_t *element, const marks_t *marks,
    const xd_field_t *field, xd_kind_t *out)
{
    const xd_node_t *first = first_element(element);

    *out = xd_xml_form_kind(field);

    if (marks->type.ptr != NULL) {
        for (unsigned k = XD_NULL; k <= XD_OBJECT; k++) {
            if (xd_str_is(marks->type, xd_xml_form_types[k])) {
                *out = (xd_kind_t) k;
                return true;
            }
        }

        fault(r, element, "xml-form.type",
            "type is string, number, boolean, null, object or array");
        return false;
    }

    if (first != NULL && (field == NULL || field->kind == XD_FIELD_ANY)) {
        *out = is_named(first, XD_XML_FORM_ENTRY) ? XD_ARRAY : XD_OBJECT;
    }

    return true;
}


/* -- texts ---------------------------------------------------------------- */


static int
hex(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c != '\0' ? strchr(digits, c | 0x20) : NULL;

    return at != NULL ? (int) (at - digits) : -1;
}


/* The character of four hex digits; 0xD800, which is none, when they are
 * not. */
static uint32_t
code_point(xd_str_t s, size_t at)
{
    uint32_t cp = 0;

    for (size_t i = at; i < at + 4; i++) {
        int digit = i < s.len ? hex(s.ptr[i]) : -1;

        if (digit < 0) {
            return 0xD800;
        }
        cp = cp * 16 + (uint32_t) digit;
    }

    return cp;
}


static bool
unescape_into(xd_str_t s, xd_buf_t *out)
{
    char utf8[4];

    for (size_t i = 0; i < s.len; i++) {
        uint32_t cp;

        if (s.ptr[i] != '\\') {
            xd_buf_byte(out, s.ptr[i]);
            continue;
        }

        if (++i < s.len && s.ptr[i] == '\\') {
            xd_buf_byte(out, '\\');
            continue;
        }

        cp = i < s.len && s.ptr[i] == 'u' ? code_point(s, i + 1) : 0xD800;
        if (cp >= 0xD800 && cp < 0xE000) {
            return false;
        }

        xd_buf_add(out, (xd_str_t){ utf8, xd_utf8_write(cp, utf8) });
        i += 4;
    }

    return true;
}


/* ptr NULL after a fault. */
static xd_str_t
unescape(reader_t *r, const xd_node_t *at, xd_str_t s)
{
    xd_buf_t out = { 0 };
    xd_str_t text = XD_STR_NONE;

    if (!unescape_into(s, &out)) {
        fault(r, at, "xml-form.escape",
            "in an escaped text write \\\\ for a backslash, and \\u with four "
            "hex digits for a character that XML cannot carry");
    } else {
        text = xd_buf_rc(&out) != XD_OK ? XD_STR_NONE
               : out.len == 0           ? XD_STR("")
                                        : xd_dup(r->arena, xd_buf_str(&out));
        r->full = r->full || text.ptr == NULL;
    }

    xd_buf_free(&out);

    return text;
}


/* -- values --------------------------------------------------------------- */


/* A text that is not what it should be stays a text, so that the schema says
 * what is expected; where it says itself what it is, nobody else would. */
static xd_node_t *
read_scalar(reader_t *r, const xd_node_t *element, const marks_t *marks,
    xd_kind_t kind)
{
    xd_str_t text = xd_xml_text(element), trimmed;
    xd_node_t *node;
    bool good;

    if (text.ptr == NULL) {
        fault(r, element, "xml-form.content",
            "a text is expected here, not elements");
        return NULL;
    }

    if (marks->escaped) {
        text = unescape(r, element, text);
        if (text.ptr == NULL) {
            return NULL;
        }
    }

    trimmed = xd_str_trim(text);
    good = kind == XD_STRING || (kind == XD_NUMBER && xd_number_valid(trimmed))
           || (kind == XD_NULL && text.len == 0)
           || (kind == XD_BOOL
               && (xd_str_is(trimmed, "true") || xd_str_is(trimmed, "false")));

    if (!good && marks->type.ptr != NULL) {
        fault(r, element, "xml-form.value", "this is no %s",
            xd_xml_form_types[kind]);
        return NULL;
    }

    node = node_at(r, good ? kind : XD_STRING, element);
    if (node != NULL) {
        node->truth = kind == XD_BOOL && xd_str_is(trimmed, "true");
        node->text = node->kind == XD_NUMBER ? trimmed : text;
    }

    return node;
}


static xd_node_t *read_value(reader_t *r, const xd_node_t *element,
    const xd_field_t *field, bool open);


/* The name of a member; ptr NULL after a fault.  Where any name may stand
 * only <member> gives one: a mistyped element would pass unseen. */
static xd_str_t
name_of(reader_t *r, const xd_node_t *element, bool open)
{
    const xd_node_t *odd = xd_get(element, XD_XML_FORM_ODD);
    const xd_node_t *name = xd_get(element, XD_XML_FORM_NAME);

    if (!is_member(element)) {
        if (open) {
            fault(r, element, "xml-form.member",
                "write <member name=\"%.*s\"> where any name may stand",
                XD_FMT(element->key));
            return XD_STR_NONE;
        }

        return element->key;
    }

    if (odd != NULL && name != NULL) {
        fault(r, element, "xml-form.name",
            "give name or escapedName, not both");
        return XD_STR_NONE;
    }

    return odd != NULL ? unescape(r, odd, odd->text) : name->text;
}


static void
add(reader_t *r, xd_node_t *parent, xd_node_t *child)
{
    if (child != NULL && xd_node_add(r->arena, parent, child) == NULL) {
        r->full = true;
    }
}


static void
read_member(reader_t *r, const xd_node_t *element, const xd_field_t *field,
    bool open, xd_node_t *object)
{
    const xd_field_t *below = NULL;
    xd_str_t name = name_of(r, element, open);
    xd_node_t *node;

    if (name.ptr == NULL) {
        return;
    }

    if (xd_get_str(object, name) != NULL) {
        fault(r, element, "xml-form.duplicate",
            "this member stands twice; several values go into one element, "
            "each an <entry>");
        return;
    }

    if (field != NULL && field->kind == XD_FIELD_OBJECT) {
        below = xd_field_find(field, name);
    }

    node = read_value(r, element, below, open);
    if (node != NULL) {
        node->key = name;
        add(r, object, node);
    }
}


/* A text between elements belongs to nobody. */
static void
check_text(reader_t *r, const xd_node_t *text, xd_kind_t kind)
{
    if (xd_str_trim(text->text).len > 0) {
        fault(r, text, "xml-form.content",
            kind == XD_ARRAY ? "an array holds <entry> elements, no text"
                             : "an object holds elements, no text");
    }
}


static xd_node_t *
read_children(reader_t *r, const xd_node_t *element, const xd_field_t *field,
    xd_kind_t kind, bool open)
{
    xd_node_t *node = node_at(r, kind, element);

    if (node == NULL) {
        return NULL;
    }

    open = open || (field != NULL && xd_xml_form_is_open(field));
    xd_each (child, element) {
        if (r->faults >= FAULTS_MAX) {
            return NULL;
        }

        if (xd_xml_is_text(child)) {
            check_text(r, child, kind);
        } else if (xd_xml_is_element(child) && kind == XD_OBJECT) {
            read_member(r, child, field, open, node);
        } else if (xd_xml_is_element(child)
                   && is_named(child, XD_XML_FORM_ENTRY)) {
            add(r, node, read_value(r, child, xd_field_items(field), open));
        } else if (xd_xml_is_element(child)) {
            fault(r, child, "xml-form.entry",
                "an array holds <entry> elements only");
        }
    }

    return node;
}


/* NULL after a fault, or without memory. */
static xd_node_t *
read_value(reader_t *r, const xd_node_t *element, const xd_field_t *field,
    bool open)
{
    marks_t marks = marks_of(r, element);
    xd_kind_t kind;

    if (!xd_str_eq(xd_xml_ns(element), r->space)) {
        fault(r, element, "xml-form.namespace",
            "this element is in another namespace than its document, %.*s",
            XD_FMT(r->space));
        return NULL;
    }

    if (r->full || r->faults >= FAULTS_MAX
        || !kind_of(r, element, &marks, field, &kind))
    {
        return NULL;
    }

    return kind == XD_OBJECT || kind == XD_ARRAY
               ? read_children(r, element, field, kind, open)
               : read_scalar(r, element, &marks, kind);
}


xd_rc_t
xd_xml_form_read(xd_arena_t *arena, const xd_descriptor_t *rows,
    const xd_node_t *element, const xd_descriptor_t **row, xd_node_t **doc,
    xd_report_t *rep)
{
    reader_t r = { .arena = arena, .rep = rep, .space = xd_xml_ns(element) };
    xd_node_t *root;

    *row = xd_descriptor_of_space(rows, r.space);
    if (*row == NULL || !is_named(element, (*row)->document)) {
        *row = NULL;
        return XD_E_NOT_FOUND;
    }

    root = read_value(&r, element, &(*row)->root, false);
    if (r.full) {
        return XD_E_MEMORY;
    }

    if (r.faults > 0 || root == NULL) {
        return XD_E_SYNTAX;
    }

    *doc = root;

    return XD_OK;
}
