/* SPDX-License-Identifier: BSD-2-Clause */

/* A schema and a tree, walked side by side. */

#include "conf/fill.h"

#include "conf/forms.h"
#include "conf/place.h"


typedef struct {
    const xd_conf_t *conf;
    const xd_node_t *root; /* of the schema, for $ref */
    xd_report_t *rep;
} fill_t;


static xd_rc_t walk(const fill_t *f, const xd_node_t *schema, xd_node_t *node);


/* What a schema refers to; itself when it does not.  Only "#/…" is in use
 * here, so that editors need no more than one file. */
static const xd_node_t *
target(const fill_t *f, const xd_node_t *schema)
{
    xd_str_t ref = xd_text(schema, "$ref");
    const xd_node_t *found;

    if (!xd_str_starts(ref, XD_STR("#/"))) {
        return schema;
    }

    found = xd_pointer(f->root, (xd_str_t){ ref.ptr + 1, ref.len - 1 });

    return found != NULL ? found : schema;
}


static void
check_form(const fill_t *f, const xd_node_t *schema, const xd_node_t *node)
{
    const xd_conf_form_t *form = xd_conf_form(xd_text(schema, "format"));
    bool served = form != NULL
                  && (node->kind == XD_STRING
                      || (node->kind == XD_NUMBER && form->number));

    if (served && !form->good(node->text)) {
        xd_conf_fault(f->rep, f->conf, node, form->rule, "%s", form->advice);
    }
}


/* A default has no place of its own: not the schema's line, and none here. */
static void
forget_place(xd_node_t *node)
{
    node->line = 0;
    node->column = 0;
    node->offset = 0;

    xd_each (child, node) {
        forget_place(child);
    }
}


static xd_rc_t
add_default(const fill_t *f, const xd_node_t *property, xd_node_t *obj)
{
    const xd_node_t *value = xd_get(property, "default");
    xd_node_t *member;

    if (value == NULL) {
        value = xd_get(target(f, property), "default");
    }

    if (value == NULL) {
        return XD_OK;
    }

    member = xd_node_copy(f->conf->arena, value);
    if (member == NULL) {
        return XD_E_MEMORY;
    }

    forget_place(member);
    member->parent = NULL;
    member->next = NULL;
    member->key = xd_dup(f->conf->arena, property->key);

    return member->key.ptr != NULL
                   && xd_node_add(f->conf->arena, obj, member) != NULL
               ? XD_OK
               : XD_E_MEMORY;
}


/* Defaults first: a default that is an object gets the defaults of its own
 * members on the way down, so schemas write "default": {} and no more. */
static xd_rc_t
walk_object(const fill_t *f, const xd_node_t *schema, xd_node_t *obj)
{
    const xd_node_t *properties = xd_get(schema, "properties");
    const xd_node_t *others = xd_get(schema, "additionalProperties");
    xd_rc_t rc = XD_OK;

    xd_each (property, properties) {
        if (rc == XD_OK && xd_get_str(obj, property->key) == NULL) {
            rc = add_default(f, property, obj);
        }
    }

    xd_each (member, obj) {
        const xd_node_t *property = xd_get_str(properties, member->key);

        if (rc == XD_OK) {
            rc = walk(f, property != NULL ? property : others, member);
        }
    }

    return rc;
}


static xd_rc_t
walk_array(const fill_t *f, const xd_node_t *schema, xd_node_t *array)
{
    const xd_node_t *items = xd_get(schema, "items");
    xd_rc_t rc = XD_OK;

    xd_each (item, array) {
        if (rc == XD_OK) {
            rc = walk(f, items, item);
        }
    }

    return rc;
}


static xd_rc_t
walk(const fill_t *f, const xd_node_t *schema, xd_node_t *node)
{
    schema = target(f, schema);
    if (schema == NULL || schema->kind != XD_OBJECT) {
        return XD_OK;
    }

    check_form(f, schema, node);

    if (node->kind == XD_OBJECT) {
        return walk_object(f, schema, node);
    }

    return node->kind == XD_ARRAY ? walk_array(f, schema, node) : XD_OK;
}


xd_rc_t
xd_conf_fill(const xd_conf_t *conf, const xd_node_t *schema, xd_node_t *doc,
    xd_report_t *rep)
{
    fill_t f = { conf, schema, rep };

    return walk(&f, schema, doc);
}
