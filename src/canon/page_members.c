/* SPDX-License-Identifier: BSD-2-Clause */

/* The tables of a page: members with kind, need, limits and sentence. */

#include <ctype.h>

#include "canon/page_plan.h"

#define HOPS 16 /* a reference to a reference to … */


const xd_node_t *
xd_page_value(xd_pager_t *p, const xd_node_t *schema, const char *keyword)
{
    for (int i = 0; i < HOPS && schema != NULL; i++) {
        const xd_node_t *value = xd_get(schema, keyword);
        const xd_node_t *ref = xd_get(schema, "$ref");

        if (value != NULL || ref == NULL) {
            return value;
        }

        schema = xd_book_ref(p->page->book, ref, ref->text);
        if (schema == NULL) {
            p->rc = XD_E_SYNTAX;
        }
    }

    return NULL;
}


/* -- sections ------------------------------------------------------------ */


/* Where the members of an object are written. */
static const xd_node_t *
home(xd_pager_t *p, const xd_node_t *schema)
{
    const xd_node_t *properties = xd_page_value(p, schema, "properties");

    return properties != NULL ? properties->parent : NULL;
}


static bool
is_taken(const xd_pager_t *p, xd_str_t name)
{
    for (size_t i = 0; i < p->sections.count; i++) {
        if (xd_str_eq(XD_AT(&p->sections, xd_section_t, i)->name, name)) {
            return true;
        }
    }

    return false;
}


/* The name of an object's table, which is put on the list when it is new. */
static xd_str_t
section(xd_pager_t *p, const xd_node_t *object, xd_str_t name)
{
    xd_str_t base = name;
    xd_section_t *s;

    for (size_t i = 0; i < p->sections.count; i++) {
        s = XD_AT(&p->sections, xd_section_t, i);
        if (s->schema == object) {
            return s->name;
        }
    }

    for (unsigned n = 2; is_taken(p, name); n++) {
        name = xd_fmt(p->arena, "%.*s-%u", XD_FMT(base), n);
    }

    s = xd_vec_push(&p->sections, p->arena);
    if (s == NULL || name.ptr == NULL) {
        p->rc = XD_E_MEMORY;
        return XD_STR("");
    }

    *s = (xd_section_t){ name, object };

    return name;
}


/* -- kinds --------------------------------------------------------------- */


static void
use_format(xd_pager_t *p, const xd_format_t *format)
{
    const xd_format_t **place;

    for (size_t i = 0; i < p->formats.count; i++) {
        if (*XD_AT(&p->formats, const xd_format_t *, i) == format) {
            return;
        }
    }

    place = xd_vec_push(&p->formats, p->arena);
    if (place == NULL) {
        p->rc = XD_E_MEMORY;
    } else {
        *place = format;
    }
}


/* As Markdown's readers make an anchor of a heading. */
static void
write_anchor(xd_pager_t *p, xd_str_t name)
{
    for (size_t i = 0; i < name.len; i++) {
        xd_buf_byte(p->out, (char) tolower((unsigned char) name.ptr[i]));
    }
}


/* The name that an object goes by: of its $defs, else of the member. */
static xd_str_t
object_name(const xd_node_t *object, const xd_node_t *member)
{
    const xd_node_t *above = object->parent;
    bool defined = above != NULL && xd_str_is(above->key, "$defs");

    return defined ? object->key : member->key;
}


static void
write_scalar(xd_pager_t *p, const xd_node_t *schema)
{
    const xd_node_t *type = xd_page_value(p, schema, "type");
    const xd_node_t *format = xd_page_value(p, schema, "format");
    const xd_format_t *known =
        format != NULL ? xd_format_find(format->text) : NULL;

    if (known != NULL && !xd_str_is(format->text, "text")) {
        use_format(p, known);
        xd_buf_fmt(p->out, "`%s`", known->name);
    } else if (xd_page_value(p, schema, "enum") != NULL
               || xd_page_value(p, schema, "const") != NULL)
    {
        xd_buf_text(p->out, "code");
    } else if (type == NULL || type->kind != XD_STRING) {
        xd_buf_text(p->out, "any");
    } else if (xd_str_is(type->text, "boolean")) {
        xd_buf_text(p->out, "true or false");
    } else if (xd_str_is(type->text, "string")) {
        xd_buf_text(p->out, "text");
    } else {
        xd_buf_add(p->out, type->text);
    }
}


static void
write_kind(xd_pager_t *p, const xd_node_t *schema, const xd_node_t *member)
{
    const xd_node_t *items = xd_page_value(p, schema, "items");
    const xd_node_t *object = home(p, items != NULL ? items : schema);

    if (items != NULL) {
        xd_buf_text(p->out, "list of ");
    }

    if (object != NULL) {
        xd_str_t name = section(p, object, object_name(object, member));

        xd_buf_fmt(p->out, "[%.*s](#", XD_FMT(name));
        write_anchor(p, name);
        xd_buf_byte(p->out, ')');
    } else {
        write_scalar(p, items != NULL ? items : schema);
    }
}


/* -- tables -------------------------------------------------------------- */


static bool
is_needed(const xd_node_t *object, xd_str_t name)
{
    xd_each (one, xd_get(object, "required")) {
        if (xd_str_eq(one->text, name)) {
            return true;
        }
    }

    return false;
}


static void
write_row(xd_pager_t *p, const xd_node_t *object, const xd_node_t *member)
{
    const xd_node_t *says = xd_page_value(p, member, "description");
    const xd_node_t *items = xd_page_value(p, member, "items");

    xd_buf_fmt(p->out, "| `%.*s` | %s | ", XD_FMT(member->key),
        is_needed(object, member->key) ? "yes" : "");
    write_kind(p, member, member);
    xd_buf_text(p->out, " | ");
    xd_page_limits(p, member);
    xd_buf_text(p->out, " | ");

    if (says == NULL && items != NULL) {
        says = xd_page_value(p, items, "description");
    }

    if (says != NULL) {
        xd_buf_add(p->out, says->text);
    }

    if (xd_truth(member, "x-pii", false)) {
        xd_buf_text(p->out, " Personal: masked in logs.");
    }

    xd_buf_text(p->out, " |\n");
}


static void
write_table(xd_pager_t *p, xd_section_t s, bool first)
{
    xd_str_t says = xd_text(s.schema, "description");

    if (!first) {
        xd_buf_fmt(p->out, "### %.*s\n\n", XD_FMT(s.name));
        if (says.len > 0) {
            xd_buf_fmt(p->out, "%.*s\n\n", XD_FMT(says));
        }
    }

    xd_buf_text(p->out, "| Member | Needed | Kind | Limits | What it is |\n"
                        "|---|---|---|---|---|\n");
    xd_each (member, xd_get(s.schema, "properties")) {
        write_row(p, s.schema, member);
    }

    xd_buf_text(p->out, "\n");
    xd_page_conditions(p, s.schema);
}


static void
write_formats(xd_pager_t *p)
{
    if (p->formats.count == 0) {
        return;
    }

    xd_buf_text(p->out, "## Kinds\n\n| Kind | A value must be |\n|---|---|\n");
    for (size_t i = 0; i < p->formats.count; i++) {
        const xd_format_t *f = *XD_AT(&p->formats, const xd_format_t *, i);

        xd_buf_fmt(p->out, "| `%s` | %s%s |\n", f->name, f->text,
            f->digits > 0 ? "; the last is its check digit" : "");
    }

    xd_buf_text(p->out, "\n");
}


/* The business part of a document; what is none, its root. */
static const xd_node_t *
top(const xd_page_t *page)
{
    const xd_node_t *business =
        xd_get(xd_get(page->leaf->root, "$defs"), "business");

    return business != NULL ? business : page->leaf->root;
}


/* A schema without members of its own is a shelf: all its types. */
static void
list_types(xd_pager_t *p, const xd_node_t *root)
{
    xd_each (type, xd_get(root, "$defs")) {
        if (xd_get(type, "properties") != NULL) {
            (void) section(p, type, type->key);
        }
    }
}


void
xd_page_members(xd_pager_t *p)
{
    const xd_node_t *schema = top(p->page);
    bool shelf = xd_get(schema, "properties") == NULL;

    if (shelf) {
        list_types(p, schema);
    } else {
        (void) section(p, schema, XD_STR("Members"));
    }

    xd_buf_text(p->out, "## Members\n\n");

    /* Tables name further objects, which go on the list behind them. */
    for (size_t i = 0; i < p->sections.count && p->rc == XD_OK; i++) {
        write_table(p, *XD_AT(&p->sections, xd_section_t, i), i == 0 && !shelf);
    }

    write_formats(p);
}
