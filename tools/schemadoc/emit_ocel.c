/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Object types and event types for process mining, as OCEL 2.0: an object
 * type for each document with its plain members, an event type for each
 * activity of the lifecycles.
 */

#include "emit.h"

#include "base/map.h"

#define HOPS 16


/* What OCEL calls the value; NULL for what is no plain value. */
static const char *
kind_of(const emit_t *e, const xd_node_t *schema)
{
    static const struct {
        const char *keyword, *value, *kind;
    } kinds[] = {
        { "format", "instant", "time" },
        { "format", "date", "time" },
        { "type", "integer", "integer" },
        { "type", "boolean", "boolean" },
        { "type", "string", "string" },
    };

    for (int hop = 0; hop < HOPS && schema != NULL; hop++) {
        xd_str_t ref = xd_text(schema, "$ref");

        for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
            if (xd_str_is(xd_text(schema, kinds[i].keyword), kinds[i].value)) {
                return kinds[i].kind;
            }
        }

        if (xd_get(schema, "enum") != NULL) {
            return "string";
        }

        schema = ref.len > 0 ? xd_book_ref(&e->book, schema, ref) : NULL;
    }

    return NULL;
}


static xd_node_t *
put_type(emit_t *e, xd_node_t *types, xd_str_t name)
{
    xd_node_t *type =
        xd_node_add(e->arena, types, xd_node_new(e->arena, XD_OBJECT));

    (void) xd_put_str(e->arena, type, "name", name);

    return xd_put(e->arena, type, "attributes", XD_ARRAY);
}


static void
put_attribute(emit_t *e, xd_node_t *attributes, xd_str_t name, const char *kind)
{
    xd_node_t *one =
        xd_node_add(e->arena, attributes, xd_node_new(e->arena, XD_OBJECT));

    (void) xd_put_str(e->arena, one, "name", name);
    emit_text(e, one, "type", kind);
}


static void
put_document(emit_t *e, xd_node_t *types, const xd_leaf_t *leaf)
{
    xd_node_t *attributes = put_type(e, types, leaf->name);
    const xd_node_t *business = xd_get(xd_get(leaf->root, "$defs"), "business");

    xd_each (member, xd_get(business, "properties")) {
        const char *kind = kind_of(e, member);

        if (kind != NULL) {
            put_attribute(e, attributes, member->key, kind);
        }
    }
}


/* Several rows, also of several lifecycles, may be one activity. */
static xd_rc_t
put_activity(emit_t *e, xd_node_t *types, xd_map_t *done,
    const xd_life_step_t *step)
{
    xd_node_t *attributes;
    void *old = NULL;
    xd_rc_t rc = xd_map_put(done, step->activity, e, &old);

    if (rc != XD_OK || old != NULL) {
        return rc;
    }

    attributes = put_type(e, types, step->activity);
    put_attribute(e, attributes, XD_STR("event"), "string");
    put_attribute(e, attributes, XD_STR("from"), "string");
    put_attribute(e, attributes, XD_STR("to"), "string");

    return XD_OK;
}


static xd_rc_t
put_lifecycle(emit_t *e, xd_node_t *types, xd_map_t *done,
    const xd_lifecycle_t *life)
{
    size_t count;
    const xd_life_state_t *states = xd_lifecycle_states(life, &count);
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; rc == XD_OK && k < states[i].count; k++) {
            rc = put_activity(e, types, done, &states[i].steps[k]);
        }
    }

    return rc;
}


xd_rc_t
emit_ocel(emit_t *e)
{
    xd_node_t *root = xd_node_new(e->arena, XD_OBJECT);
    xd_map_t *done = xd_map_new(e->arena);
    xd_node_t *objects = xd_put(e->arena, root, "objectTypes", XD_ARRAY);
    xd_node_t *events = xd_put(e->arena, root, "eventTypes", XD_ARRAY);
    const xd_lifecycle_t *life;
    const xd_document_t *row;
    const xd_leaf_t *leaf;
    xd_rc_t rc = done != NULL ? XD_OK : XD_E_MEMORY;

    (void) xd_put(e->arena, root, "objects", XD_ARRAY);
    (void) xd_put(e->arena, root, "events", XD_ARRAY);

    for (size_t n = 0; (leaf = emit_document(e, n, &row)) != NULL; n++) {
        put_document(e, objects, leaf);
    }

    for (size_t n = 0;
         rc == XD_OK && (life = xd_lifecycle_nth(e->lifecycles, n)) != NULL;
         n++)
    {
        rc = put_lifecycle(e, events, done, life);
    }

    return rc == XD_OK ? emit_json(e, "ocel.json", root) : rc;
}
