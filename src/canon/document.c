/* SPDX-License-Identifier: BSD-2-Clause */

#include "canon/document.h"

#include <zlib.h>


/* Every schema here is the first of its document. */
#define SCHEMA_VERSION "1.0"


const xd_document_t *
xd_document_find(xd_str_t name)
{
    for (const xd_document_t *d = xd_documents; d->name != NULL; d++) {
        if (xd_str_is(name, d->name)) {
            return d;
        }
    }

    return NULL;
}


xd_str_t
xd_document_number(const xd_document_t *row, const xd_node_t *doc)
{
    xd_str_t number = xd_text_at(doc, row->number);

    for (size_t i = 0;
         number.ptr == NULL && row->also != NULL && row->also[i] != NULL; i++)
    {
        number = xd_text_at(doc, row->also[i]);
    }

    return number;
}


uint32_t
xd_partition(xd_str_t key)
{
    uLong crc = crc32_z(0, (const Bytef *) key.ptr, key.len);

    return (uint32_t) (crc % XD_PARTITIONS);
}


/* Copies text into a new member; nothing for an empty text.  False when the
 * arena is full. */
static bool
put_text(xd_arena_t *arena, xd_node_t *obj, const char *name, xd_str_t text)
{
    return text.len == 0
           || xd_put_str(arena, obj, name, xd_dup(arena, text)) != NULL;
}


/* Hangs a filled object into meta; an empty one is left out. */
static bool
put_object(xd_arena_t *arena, xd_node_t *meta, const char *name, xd_node_t *obj)
{
    if (obj == NULL) {
        return false;
    }

    if (obj->count == 0) {
        return true;
    }

    obj->key = xd_str(name);

    return xd_node_add(arena, meta, obj) != NULL;
}


static bool
put_source(xd_arena_t *arena, xd_node_t *meta, const xd_meta_t *m)
{
    xd_node_t *source = xd_node_new(arena, XD_OBJECT);

    return source != NULL && put_text(arena, source, "system", m->system)
           && put_text(arena, source, "partner", m->partner)
           && put_text(arena, source, "controlNo", m->control)
           && put_object(arena, meta, "source", source);
}


static bool
put_origin(xd_arena_t *arena, xd_node_t *meta, const xd_meta_t *m)
{
    xd_node_t *origin = xd_node_new(arena, XD_OBJECT);

    if (origin == NULL || !put_text(arena, origin, "standard", m->standard)
        || !put_text(arena, origin, "docType", m->doc_type)
        || !put_text(arena, origin, "sha256", m->sha256)
        || !put_text(arena, origin, "map", m->map))
    {
        return false;
    }

    if (m->ordinal != 0
        && (xd_put_num(arena, origin, "set", m->set) == NULL
            || xd_put_num(arena, origin, "ordinal", m->ordinal) == NULL))
    {
        return false;
    }

    return put_object(arena, meta, "origin", origin);
}


static bool
put_version(xd_arena_t *arena, xd_node_t *meta, uint64_t version)
{
    xd_node_t *node = xd_put(arena, meta, "keyVersion", XD_NUMBER);

    if (node == NULL) {
        return false;
    }

    node->text = xd_fmt(arena, "%llu", (unsigned long long) version);

    return node->text.ptr != NULL;
}


/* Who and when. */
static bool
put_identity(xd_arena_t *arena, xd_node_t *meta, const xd_meta_t *m)
{
    xd_str_t schema =
        xd_fmt(arena, "urn:retail:%.*s:" SCHEMA_VERSION, XD_FMT(m->document));

    return xd_put_str(arena, meta, "schema", schema) != NULL
           && put_text(arena, meta, "id", m->id)
           && put_text(arena, meta, "type", m->document)
           && put_text(arena, meta, "event", m->event)
           && put_text(arena, meta, "key", m->key)
           && put_version(arena, meta, m->key_version)
           && put_text(arena, meta, "occurredAt", m->occurred_at)
           && put_text(arena, meta, "recordedAt", m->recorded_at);
}


/* Takes the ext out of the meta that a caller of the gateway may send. */
static xd_node_t *
posted_ext(xd_arena_t *arena, const xd_node_t *doc)
{
    const xd_node_t *ext = xd_get(xd_get(doc, "meta"), "ext");

    return ext == NULL ? NULL : xd_node_copy(arena, ext);
}


static bool
fill(xd_arena_t *arena, xd_node_t *meta, const xd_meta_t *m, xd_node_t *ext)
{
    return put_identity(arena, meta, m) && put_source(arena, meta, m)
           && put_text(arena, meta, "correlationId", m->correlation_id)
           && put_text(arena, meta, "causationId", m->causation_id)
           && xd_put_bool(arena, meta, "test", m->test) != NULL
           && put_origin(arena, meta, m)
           && (ext == NULL || put_object(arena, meta, "ext", ext));
}


/* The meta that stands in doc, emptied so that it can be filled anew and
 * keeps its place; else a new first member. */
static xd_node_t *
take_meta(xd_arena_t *arena, xd_node_t *doc)
{
    xd_node_t *meta = xd_get(doc, "meta");

    if (meta == NULL) {
        meta = xd_node_new(arena, XD_OBJECT);
        if (meta == NULL) {
            return NULL;
        }
        meta->key = XD_STR("meta");

        return xd_node_add_first(arena, doc, meta);
    }

    meta->kind = XD_OBJECT;
    meta->first = meta->last = NULL;
    meta->count = 0;
    meta->index = NULL;

    return meta;
}


xd_node_t *
xd_meta_put(xd_arena_t *arena, xd_node_t *doc, const xd_meta_t *m)
{
    xd_node_t *ext = m->ext;
    xd_node_t *meta;

    if (doc == NULL) {
        return NULL;
    }

    /* Read before the old meta is emptied. */
    if (ext == NULL && xd_get(xd_get(doc, "meta"), "ext") != NULL) {
        ext = posted_ext(arena, doc);
        if (ext == NULL) {
            return NULL;
        }
    }

    meta = take_meta(arena, doc);

    return meta != NULL && fill(arena, meta, m, ext) ? meta : NULL;
}
