/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_TOOLS_EMIT_H
#define XD_TOOLS_EMIT_H

#include "canon/book.h"
#include "canon/document.h"
#include "canon/lifecycle.h"

/* What every emitter is made from. */
typedef struct {
    xd_arena_t *arena;
    const char *dir; /* canonical-schemas/ */
    const char *out; /* the folder written to */
    xd_book_t book;
    xd_lifecycles_t *lifecycles;
    xd_report_t rep;
} emit_t;

/* One kind of output; errno tells why for XD_E_IO. */
typedef xd_rc_t emit_fn(emit_t *e);

emit_fn emit_pages, emit_asyncapi, emit_openapi, emit_ocel, emit_xsd;

/* The documents in the order of their schemas; NULL behind the last. */
const xd_leaf_t *emit_document(const emit_t *e, size_t n,
    const xd_document_t **row);

/* Writes bytes, or a tree as JSON, to a file of the output. */
XD_CHECKED xd_rc_t emit_file(emit_t *e, xd_str_t name, xd_str_t bytes);
XD_CHECKED xd_rc_t emit_json(emit_t *e, const char *name,
    const xd_node_t *root);

/* Puts "info": title, version, description. */
void emit_info(emit_t *e, xd_node_t *root, const char *title,
    const char *description);

/* Puts {"$ref": "<prefix><name>"} as a member. */
void emit_ref(emit_t *e, xd_node_t *obj, const char *key, const char *prefix,
    xd_str_t name);

/* Puts a member whose key is made. */
xd_node_t *emit_object(emit_t *e, xd_node_t *obj, xd_str_t key);

/* Puts a text literal. */
void emit_text(emit_t *e, xd_node_t *obj, const char *key, const char *text);

/* Adds a string to an array. */
void emit_item(emit_t *e, xd_node_t *array, xd_str_t text);

#endif
