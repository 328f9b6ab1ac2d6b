/* SPDX-License-Identifier: BSD-2-Clause */

/* The side of the document: paths are held against its schema. */

#include "map/compile.h"


/* The field behind an array that is asked for one entry of a scheme. */
static const xd_field_t *
into_scheme(map_scope_t *s, const map_path_t *path, const xd_field_t *f)
{
    const xd_field_t *items = xd_field_items(f);

    if (items == NULL || items->kind != XD_FIELD_OBJECT) {
        map_wrong(s->c, &path->at, "map.path",
            "[%.*s=…] asks for an entry of an array of objects, and this is "
            "none.",
            XD_FMT(path->scheme[0]));
        return NULL;
    }

    if (xd_field_find(items, path->scheme[0]) == NULL) {
        map_unknown(s->c, &path->at, "member", path->scheme[0],
            map_field_nearest(items, path->scheme[0]));
        return NULL;
    }

    return items;
}


/* The object of a name, and the next one. */
static const xd_field_t *
into(map_scope_t *s, const map_path_t *path, const xd_field_t *in, size_t i)
{
    xd_str_t name = *XD_AT(&path->names, xd_str_t, i);
    const xd_field_t *f = xd_field_find(in, name);
    bool last = i + 1 == path->names.count;

    if (in->kind == XD_FIELD_FREE) {
        map_wrong(s->c, &path->at, "map.path",
            "Nothing is known of what stands in the free zone of a document.");
        return NULL;
    }

    if (f == NULL) {
        map_unknown(s->c, &path->at, "member", name,
            map_field_nearest(in, name));
        return NULL;
    }

    if (!last && path->scheme[0].len > 0 && i + 2 == path->names.count) {
        return into_scheme(s, path, f);
    }

    if (!last && f->kind != XD_FIELD_OBJECT) {
        map_wrong(s->c, &path->at, "map.path", "\"%.*s\" has no members%s.",
            XD_FMT(name),
            f->kind == XD_FIELD_ARRAY ? ": it is an array, and wants a block"
                                      : "");
        return NULL;
    }

    return f;
}


/* Members of the whole document, where a block's own object has none of that
 * name: meta.occurredAt. */
static bool
is_of_document(const map_scope_t *s, const map_path_t *path)
{
    xd_str_t first = *XD_AT(&path->names, xd_str_t, 0);

    return s->up != NULL && xd_field_find(s->object, first) == NULL
           && xd_str_is(first, "meta");
}


static bool
names(map_scope_t *s, const map_path_t *path, map_line_t *line)
{
    xd_str_t *row = map_room(s->c, path->names.count, sizeof(*row));

    for (size_t i = 0; row != NULL && i < path->names.count; i++) {
        xd_str_t name = *XD_AT(&path->names, xd_str_t, i);

        row[i] = (xd_str_t){ map_chars(s->c, name), name.len };
    }

    line->member = row;
    line->nmember = (uint32_t) path->names.count;

    return row != NULL && s->c->rc == XD_OK;
}


static bool
scheme(map_scope_t *s, const map_path_t *path, map_line_t *line)
{
    xd_str_t *row;

    if (path->scheme[0].len == 0) {
        return true;
    }

    if (path->names.count < 2) {
        map_wrong(s->c, &path->at, "map.path",
            "Behind [%.*s=%.*s] a member is missing, as .value.",
            XD_FMT(path->scheme[0]), XD_FMT(path->scheme[1]));
        return false;
    }

    row = map_room(s->c, 2, sizeof(*row));
    for (int i = 0; row != NULL && i < 2; i++) {
        row[i] =
            (xd_str_t){ map_chars(s->c, path->scheme[i]), path->scheme[i].len };
    }
    line->scheme = row;

    return row != NULL && s->c->rc == XD_OK;
}


bool
map_compile_right(map_scope_t *s, const map_path_t *path, map_line_t *line,
    map_fact_t *fact, map_right_kind_t *kind)
{
    const xd_field_t *f = s->object;

    *kind = MAP_R_NONE;
    line->flags |= path->within ? MAP_WITHIN : 0;

    if (path->names.count == 0) {
        fact->field = s->object;
        return true;
    }

    if (is_of_document(s, path)) {
        f = s->c->doc;
        line->flags |= MAP_DOC;
    }

    for (size_t i = 0; f != NULL && i < path->names.count; i++) {
        f = into(s, path, f, i);
    }

    if (f == NULL || !names(s, path, line) || !scheme(s, path, line)) {
        return false;
    }

    if (path->every && f->kind != XD_FIELD_ARRAY) {
        map_wrong(s->c, &path->at, "map.path",
            "\"%.*s\" is no array: [*] has no meaning there.",
            XD_FMT(line->member[line->nmember - 1]));
        return false;
    }

    fact->field = f;
    *kind = map_right_kind(s->c->targets, f);

    return true;
}
