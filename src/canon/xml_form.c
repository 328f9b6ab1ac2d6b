/* SPDX-License-Identifier: BSD-2-Clause */

/* From a document's tree to its XML. */

#include "canon/xml_form.h"

#include "base/buf.h"
#include "format/xml.h"


const char *const xd_xml_form_types[] = {
    [XD_NULL] = "null",
    [XD_BOOL] = "boolean",
    [XD_NUMBER] = "number",
    [XD_STRING] = "string",
    [XD_ARRAY] = "array",
    [XD_OBJECT] = "object",
};


xd_kind_t
xd_xml_form_kind(const xd_field_t *field)
{
    static const xd_kind_t usual[] = {
        [XD_FIELD_STRING] = XD_STRING,
        [XD_FIELD_NUMBER] = XD_NUMBER,
        [XD_FIELD_INTEGER] = XD_NUMBER,
        [XD_FIELD_BOOLEAN] = XD_BOOL,
        [XD_FIELD_OBJECT] = XD_OBJECT,
        [XD_FIELD_ARRAY] = XD_ARRAY,
        [XD_FIELD_FREE] = XD_OBJECT,
        [XD_FIELD_ANY] = XD_STRING,
    };

    return field != NULL ? usual[field->kind] : XD_STRING;
}


bool
xd_xml_form_is_open(const xd_field_t *field)
{
    return field == NULL || field->kind == XD_FIELD_FREE
           || field->kind == XD_FIELD_ANY;
}


/* Would a reader take this kind without being told?  Where anything may
 * stand, elements inside tell that it is an object or an array. */
static bool
goes_without(const xd_field_t *field, const xd_node_t *node)
{
    if (node->kind == xd_xml_form_kind(field)) {
        return true;
    }

    return node->count > 0 && (field == NULL || field->kind == XD_FIELD_ANY);
}


/* What XML cannot carry, and the backslash, as in JSON: \u0001 and \\. */
static xd_str_t
escape(xd_arena_t *arena, xd_str_t s)
{
    xd_buf_t out = { 0 };
    xd_str_t made = XD_STR_NONE;

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char) s.ptr[i];

        if (c == '\\') {
            xd_buf_text(&out, "\\\\");
        } else if (c < ' ' && c != '\t' && c != '\n' && c != '\r') {
            xd_buf_fmt(&out, "\\u%04x", c);
        } else if (c == 0xEF && i + 2 < s.len
                   && !xd_xml_carries((xd_str_t){ s.ptr + i, 3 }))
        {
            xd_buf_fmt(&out, "\\uff%02x",
                (unsigned char) s.ptr[i + 2] == 0xBE ? 0xFE : 0xFF);
            i += 2;
        } else {
            xd_buf_byte(&out, (char) c);
        }
    }

    if (xd_buf_rc(&out) == XD_OK) {
        made = xd_dup(arena, xd_buf_str(&out));
    }

    xd_buf_free(&out);

    return made;
}


static bool
put_text(xd_arena_t *arena, xd_node_t *element, xd_str_t text)
{
    if (text.len == 0) {
        return true;
    }

    if (!xd_xml_carries(text)) {
        text = escape(arena, text);
        if (xd_xml_add_attribute(arena, element, XD_XML_FORM_ESCAPED,
                XD_STR("true"))
            == NULL)
        {
            return false;
        }
    }

    return xd_xml_add_text(arena, element, text) != NULL;
}


/* The element of a member: by its name where the descriptor has one, else
 * <member name="...">. */
static xd_node_t *
member_element(xd_arena_t *arena, xd_node_t *parent, const xd_node_t *member,
    const xd_field_t *field)
{
    bool plain = xd_xml_carries(member->key);
    xd_node_t *element;

    if (field != NULL) {
        return xd_xml_add(arena, parent, member->key);
    }

    element = xd_xml_add(arena, parent, XD_STR(XD_XML_FORM_MEMBER));

    return xd_xml_add_attribute(arena, element,
               plain ? XD_XML_FORM_NAME : XD_XML_FORM_ODD,
               plain ? (member->key.len > 0 ? member->key : XD_STR(""))
                     : escape(arena, member->key))
                   != NULL
               ? element
               : NULL;
}


static bool fill(xd_arena_t *arena, xd_node_t *element, const xd_node_t *node,
    const xd_field_t *field);


static bool
fill_members(xd_arena_t *arena, xd_node_t *element, const xd_node_t *node,
    const xd_field_t *field)
{
    bool known = field != NULL && field->kind == XD_FIELD_OBJECT;

    xd_each (member, node) {
        const xd_field_t *below =
            known ? xd_field_find(field, member->key) : NULL;
        xd_node_t *made = member_element(arena, element, member, below);

        if (made == NULL || !fill(arena, made, member, below)) {
            return false;
        }
    }

    return true;
}


static bool
fill_entries(xd_arena_t *arena, xd_node_t *element, const xd_node_t *node,
    const xd_field_t *field)
{
    xd_each (item, node) {
        xd_node_t *made = xd_xml_add(arena, element, XD_STR(XD_XML_FORM_ENTRY));

        if (made == NULL || !fill(arena, made, item, xd_field_items(field))) {
            return false;
        }
    }

    return true;
}


static bool
fill(xd_arena_t *arena, xd_node_t *element, const xd_node_t *node,
    const xd_field_t *field)
{
    if (!goes_without(field, node)
        && xd_xml_add_attribute(arena, element, XD_XML_FORM_TYPE,
               xd_str(xd_xml_form_types[node->kind]))
               == NULL)
    {
        return false;
    }

    switch (node->kind) {
    case XD_OBJECT:
        return fill_members(arena, element, node, field);
    case XD_ARRAY:
        return fill_entries(arena, element, node, field);
    case XD_BOOL:
        return put_text(arena, element,
            node->truth ? XD_STR("true") : XD_STR("false"));
    case XD_NUMBER:
    case XD_STRING:
        return put_text(arena, element, node->text);
    case XD_NULL:
        break;
    }

    return true;
}


xd_rc_t
xd_xml_form_make(xd_arena_t *arena, const xd_descriptor_t *row,
    const xd_node_t *doc, xd_node_t **out)
{
    xd_node_t *root;

    if (doc->kind != XD_OBJECT) {
        return XD_E_SYNTAX;
    }

    root = xd_xml_add(arena, NULL, xd_str(row->document));
    if (xd_xml_add_attribute(arena, root, "@xmlns", xd_str(row->space)) == NULL
        || !fill(arena, root, doc, &row->root))
    {
        return XD_E_MEMORY;
    }

    *out = root;

    return XD_OK;
}
