/* SPDX-License-Identifier: BSD-2-Clause */

/* Members of documents that lines name, and what is told of them. */

#include <stdarg.h>
#include <stdio.h>

#include "map/line.h"


#define PATH_MAX_BYTES 160
#define TEXT_MAX_BYTES 200


/* -- members --------------------------------------------------------------- */

/* The entry of an array that has the line's scheme; or the one node. */
static xd_node_t *
entry_of(xd_node_t *array, const map_line_t *line)
{
    if (line->scheme == NULL) {
        return array;
    }

    xd_each (entry, array) {
        if (xd_str_eq(xd_text(entry, line->scheme[0].ptr), line->scheme[1])) {
            return entry;
        }
    }

    return NULL;
}


const xd_node_t *
map_member(const xd_node_t *from, const map_line_t *line)
{
    uint32_t last = line->scheme != NULL ? line->nmember - 1 : line->nmember;

    for (uint32_t i = 0; from != NULL && i < last; i++) {
        from = xd_get_str(from, line->member[i]);
    }

    if (line->scheme == NULL || from == NULL) {
        return from;
    }

    return xd_get_str(entry_of((xd_node_t *) (uintptr_t) from, line),
        line->member[last]);
}


/* The object of a name in another one; made when it is not there and may be.
 */
static xd_node_t *
step_into(map_run_t *m, xd_node_t *in, const map_line_t *line, uint32_t i)
{
    bool array = line->scheme != NULL && i + 2 == line->nmember;
    xd_node_t *next = xd_get_str(in, line->member[i]), *entry;

    if (next == NULL && (line->flags & MAP_WITHIN) == 0) {
        next =
            map_open(m, in, line->member[i].ptr, array ? XD_ARRAY : XD_OBJECT);
    }

    if (!array || next == NULL) {
        return next;
    }

    entry = entry_of(next, line);
    if (entry == NULL) {
        entry = map_append(m, next, XD_OBJECT);
        map_put(m, entry, line->scheme[0].ptr, line->scheme[1]);
    }

    return entry;
}


xd_node_t *
map_around(map_run_t *m, xd_node_t *to, const map_line_t *line)
{
    for (uint32_t i = 0; to != NULL && i + 1 < line->nmember; i++) {
        to = step_into(m, to, line, i);
    }

    return to;
}


const xd_node_t *
map_at(const xd_node_t *from, xd_str_t path)
{
    while (from != NULL && path.ptr != NULL) {
        from = xd_get_str(from, xd_str_cut(&path, '.'));
    }

    return from;
}


/* -- telling --------------------------------------------------------------- */

static void
path_put(char *to, size_t *len, xd_str_t name)
{
    int n = snprintf(to + *len, PATH_MAX_BYTES - *len, "/%.*s", XD_FMT(name));

    *len += n > 0 ? (size_t) n : 0;
    *len = *len < PATH_MAX_BYTES ? *len : PATH_MAX_BYTES - 1;
}


/* "lines/3/qty": frames from the outside in. */
static void
path_add(const map_frame_t *f, char *to, size_t *len)
{
    char index[12];

    if (f == NULL || *len >= PATH_MAX_BYTES - 1) {
        return;
    }

    path_add(f->up, to, len);
    path_put(to, len, xd_str(f->member));
    if (f->is_object) {
        return;
    }
    (void) snprintf(index, sizeof(index), "%u", f->index);
    path_put(to, len, xd_str(index));
}


static xd_str_t
path_write(const map_run_t *m, const map_line_t *line, uint32_t names,
    char to[PATH_MAX_BYTES])
{
    size_t len = 0;

    if ((line->flags & MAP_DOC) == 0) {
        path_add(m->frame, to, &len);
    }

    for (uint32_t i = 0; i < names; i++) {
        path_put(to, &len, line->member[i]);
    }

    if (names == 0) {
        path_put(to, &len, XD_STR(""));
    }

    return (xd_str_t){ to, len };
}


void
map_missing(map_run_t *m, const map_line_t *line, const xd_node_t *at)
{
    char path[PATH_MAX_BYTES], place[MAP_PLACE_NAME];
    const map_beside_t *b = line->nsteps > 0 && map_last(line)->nbeside > 0
                                    && map_last(line)->beside[0].must
                                ? map_last(line)->beside
                                : NULL;
    xd_str_t where = map_place_name(line, at, line->keys[0], place);

    m->bad = true;
    xd_reportf(m->rep,
        &(xd_finding_t){ .severity = m->skips ? XD_WARNING : XD_ERROR,
            .scope = XD_SCOPE_SET,
            .offset = at != NULL ? at->offset : 0,
            .rule = "map.missing",
            .path = path_write(m, line, line->nmust, path) },
        "The member is missing%s%.*s%s%.*s%s.",
        where.len > 0 ? ": the set has it in " : "", XD_FMT(where),
        b != NULL ? " (" : "", b != NULL ? (int) b->codes[0].len : 0,
        b != NULL ? b->codes[0].ptr : "", b != NULL ? ")" : "");
}


void
map_refuse(map_run_t *m, const map_line_t *line, const xd_node_t *node,
    const char *format, ...)
{
    char path[PATH_MAX_BYTES], text[TEXT_MAX_BYTES];
    xd_str_t at;
    va_list args;
    int len;

    va_start(args, format);
    len = vsnprintf(text, sizeof(text), format, args);
    va_end(args);

    /* a line against the whole object does not name its member */
    at = line->nmember == 0 && node != NULL
             ? map_kept(m, xd_pointer_of(m->arena, node))
             : path_write(m, line, line->nmember, path);

    m->bad = true;
    xd_reportf(m->rep,
        &(xd_finding_t){ .severity = XD_ERROR,
            .scope = XD_SCOPE_VALUE,
            .offset = node != NULL ? node->offset : 0,
            .rule = "map.refused",
            .path = at,
            .value = node != NULL && node->text.ptr != NULL
                         ? (xd_str_t){ node->text.ptr,
                             node->text.len < 99 ? node->text.len : 99 }
                         : XD_STR("") },
        "Set %s cannot say this: %.*s", m->code,
        len < 0                    ? 0
        : len < (int) sizeof(text) ? len
                                   : (int) sizeof(text) - 1,
        text);
}
