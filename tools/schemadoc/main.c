/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * schemadoc - what is generated from the schemas for people and machines
 *
 * Usage: schemadoc SCHEMAS OUT
 *
 * Writes below OUT: schemas/<document>.md, asyncapi.json, openapi.json,
 * ocel.json and xsd/<document>.xsd.  Exit status: 0 written, 1 not.
 */

#include "emit.h"

#include <errno.h>
#include <stdio.h>

#include "base/file.h"
#include "format/json.h"

static const struct {
    const char *what;
    emit_fn *run;
} emitters[] = {
    { "pages", emit_pages },
    { "asyncapi.json", emit_asyncapi },
    { "openapi.json", emit_openapi },
    { "ocel.json", emit_ocel },
    { "xsd", emit_xsd },
};


const xd_leaf_t *
emit_document(const emit_t *e, size_t n, const xd_document_t **row)
{
    for (size_t i = 0; i < e->book.leaves.count; i++) {
        const xd_leaf_t *leaf = *XD_AT(&e->book.leaves, xd_leaf_t *, i);

        *row = xd_document_find(leaf->name);
        if (*row != NULL && n-- == 0) {
            return leaf;
        }
    }

    return NULL;
}


xd_rc_t
emit_file(emit_t *e, xd_str_t name, xd_str_t bytes)
{
    xd_str_t path = xd_fmt(e->arena, "%s/%.*s", e->out, XD_FMT(name));

    return path.ptr == NULL ? XD_E_MEMORY
                            : xd_file_write(path.ptr, bytes, 0644);
}


xd_rc_t
emit_json(emit_t *e, const char *name, const xd_node_t *root)
{
    xd_buf_t out = { 0 };
    xd_rc_t rc = XD_E_MEMORY;

    if (root != NULL) {
        xd_json_write(&out, root, XD_JSON_PRETTY);
        rc = xd_buf_rc(&out);
    }

    if (rc == XD_OK) {
        rc = emit_file(e, xd_str(name), xd_buf_str(&out));
    }

    xd_buf_free(&out);

    return rc;
}


void
emit_text(emit_t *e, xd_node_t *obj, const char *key, const char *text)
{
    (void) xd_put_str(e->arena, obj, key, xd_str(text));
}


xd_node_t *
emit_object(emit_t *e, xd_node_t *obj, xd_str_t key)
{
    xd_node_t *made = xd_node_new(e->arena, XD_OBJECT);

    if (made == NULL) {
        return NULL;
    }

    made->key = key;

    return xd_node_add(e->arena, obj, made);
}


void
emit_item(emit_t *e, xd_node_t *array, xd_str_t text)
{
    xd_node_t *item = xd_node_new(e->arena, XD_STRING);

    if (item != NULL) {
        item->text = text;
        (void) xd_node_add(e->arena, array, item);
    }
}


void
emit_ref(emit_t *e, xd_node_t *obj, const char *key, const char *prefix,
    xd_str_t name)
{
    xd_node_t *ref = xd_put(e->arena, obj, key, XD_OBJECT);

    (void) xd_put_str(e->arena, ref, "$ref",
        xd_fmt(e->arena, "%s%.*s", prefix, XD_FMT(name)));
}


void
emit_info(emit_t *e, xd_node_t *root, const char *title,
    const char *description)
{
    xd_node_t *info = xd_put(e->arena, root, "info", XD_OBJECT);

    emit_text(e, info, "title", title);
    emit_text(e, info, "version", "1.0");
    emit_text(e, info, "description", description);
}


static xd_rc_t
load(emit_t *e)
{
    xd_schemas_t *set = NULL;
    xd_str_t pages = xd_fmt(e->arena, "%s/schemas", e->out);
    xd_rc_t rc =
        pages.ptr != NULL ? xd_file_mkdirs(pages.ptr, 0755) : XD_E_MEMORY;

    if (rc == XD_OK) {
        rc = xd_schemas_load(e->arena, e->dir, &set, &e->rep);
    }

    if (rc == XD_OK) {
        rc = xd_lifecycles_load(e->arena, e->dir, set, &e->lifecycles, &e->rep);
    }

    return rc == XD_OK ? xd_book_load(e->arena, e->dir, &e->book, &e->rep) : rc;
}


static int
tell(const emit_t *e, const char *what, xd_rc_t rc)
{
    for (size_t i = 0; i < e->rep.nkept; i++) {
        const xd_finding_t *f = &e->rep.kept[i];

        fprintf(stderr, "schemadoc: %.*s: %.*s\n", XD_FMT(f->path),
            XD_FMT(f->text));
    }

    fprintf(stderr, "schemadoc: %s: %s\n", what,
        rc == XD_E_IO ? strerror(errno) : xd_rc_text(rc));

    return 1;
}


static int
run(emit_t *e)
{
    xd_rc_t rc = load(e);

    if (rc != XD_OK) {
        return tell(e, e->dir, rc);
    }

    for (size_t i = 0; i < sizeof(emitters) / sizeof(emitters[0]); i++) {
        rc = emitters[i].run(e);
        if (rc != XD_OK) {
            return tell(e, emitters[i].what, rc);
        }
    }

    return 0;
}


int
main(int argc, char **argv)
{
    emit_t e = { .arena = xd_arena_new(0) };
    int status;

    if (argc != 3 || e.arena == NULL) {
        fprintf(stderr, "usage: schemadoc SCHEMAS OUT\n");
        xd_arena_free(e.arena);
        return 1;
    }

    e.dir = argv[1];
    e.out = argv[2];
    xd_report_init(&e.rep, e.arena, 20);

    status = run(&e);
    xd_arena_free(e.arena);

    return status;
}
