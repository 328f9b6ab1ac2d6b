/* SPDX-License-Identifier: BSD-2-Clause */

/* Looking into trees of XML, and making them. */

#include "format/xml.h"


/* Declarations come first, so few members are looked at. */
xd_str_t
xd_xml_ns(const xd_node_t *element)
{
    for (; element != NULL; element = element->parent) {
        xd_each (member, element) {
            if (!xd_xml_is_attribute(member)) {
                break;
            }

            if (xd_str_is(member->key, "@xmlns")) {
                return member->text;
            }
        }
    }

    return XD_STR("");
}


xd_str_t
xd_xml_text(const xd_node_t *element)
{
    xd_str_t text = XD_STR("");

    xd_each (member, element) {
        if (xd_xml_is_element(member)) {
            return XD_STR_NONE;
        }

        if (xd_xml_is_text(member)) {
            text = member->text;
        }
    }

    return text;
}


/* Which of the members of its name this one is, from 1; *only tells that
 * there is no other. */
static size_t
ordinal(const xd_node_t *node, bool *only)
{
    size_t n = 0, all = 0;

    xd_each (member, node->parent) {
        all += xd_str_eq(member->key, node->key);
        n = member == node ? all : n;
    }

    *only = all == 1;

    return n;
}


xd_str_t
xd_xml_path(xd_arena_t *arena, const xd_node_t *node)
{
    xd_str_t path = XD_STR("");

    for (; node != NULL && path.ptr != NULL; node = node->parent) {
        bool only = true;
        size_t n = node->parent != NULL ? ordinal(node, &only) : 1;

        path = only
                   ? xd_fmt(arena, "/%.*s%.*s", XD_FMT(node->key), XD_FMT(path))
                   : xd_fmt(arena, "/%.*s[%zu]%.*s", XD_FMT(node->key), n,
                       XD_FMT(path));
    }

    return path.ptr != NULL ? path : XD_STR("");
}


xd_node_t *
xd_xml_add(xd_arena_t *arena, xd_node_t *parent, xd_str_t name)
{
    xd_node_t *node = name.ptr == NULL ? NULL : xd_node_new(arena, XD_OBJECT);

    if (node == NULL) {
        return NULL;
    }

    node->key = name;

    return parent == NULL ? node : xd_node_add(arena, parent, node);
}


xd_node_t *
xd_xml_add_attribute(xd_arena_t *arena, xd_node_t *element, const char *key,
    xd_str_t value)
{
    return xd_put_str(arena, element, key, value);
}


xd_node_t *
xd_xml_add_text(xd_arena_t *arena, xd_node_t *element, xd_str_t text)
{
    return xd_put_str(arena, element, "#text", text);
}
