/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The documents as components of OpenAPI 3.1: one's own description refers
 * to them.  "item" is the whole document, "item.posted" what a caller sends.
 */

#include "emit.h"

#include "canon/bundle.h"

#define WHERE "#/components/schemas/"


static xd_rc_t
put_schema(emit_t *e, xd_node_t *schemas, const xd_leaf_t *leaf)
{
    xd_str_t prefix = xd_fmt(e->arena, WHERE "%.*s", XD_FMT(leaf->name));
    xd_str_t posted = xd_fmt(e->arena, "%.*s.posted", XD_FMT(leaf->name));
    xd_node_t *bundle;
    xd_rc_t rc;

    if (prefix.ptr == NULL || posted.ptr == NULL) {
        return XD_E_MEMORY;
    }

    rc = xd_schema_bundle(e->arena, &e->book, leaf, prefix.ptr, &bundle);
    if (rc != XD_OK) {
        return rc;
    }

    bundle->key = leaf->name;
    (void) xd_node_add(e->arena, schemas, bundle);
    emit_ref(e, schemas, posted.ptr, prefix.ptr, XD_STR("/$defs/posted"));

    return XD_OK;
}


xd_rc_t
emit_openapi(emit_t *e)
{
    xd_node_t *root = xd_node_new(e->arena, XD_OBJECT);
    const xd_document_t *row;
    const xd_leaf_t *leaf;
    xd_node_t *schemas;
    xd_rc_t rc = XD_OK;

    emit_text(e, root, "openapi", "3.1.0");
    emit_info(e, root, "Crossdock documents",
        "The canonical documents, as components to refer to.");
    emit_text(e, root, "jsonSchemaDialect",
        "https://json-schema.org/draft/2020-12/schema");
    schemas = xd_put(e->arena, xd_put(e->arena, root, "components", XD_OBJECT),
        "schemas", XD_OBJECT);

    for (size_t n = 0;
         rc == XD_OK && (leaf = emit_document(e, n, &row)) != NULL; n++)
    {
        rc = put_schema(e, schemas, leaf);
    }

    return rc == XD_OK ? emit_json(e, "openapi.json", root) : rc;
}
