/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What no line took.  Of a tree that is read it goes along in meta.ext, so a
 * partner's own data is never lost although nobody here knows what it means;
 * of a document that is written it is told.  residue_write.c puts it back.
 */

#include "map/residue.h"

#include <stdlib.h>


/* A group on the way down, and which of its name it is. */
typedef struct step_s {
    const struct step_s *up;
    const xd_node_t *group;
    xd_str_t name;
    size_t index;
} step_t;


/* -- what was carried ------------------------------------------------------ */

static int
by_address(const void *a, const void *b)
{
    uintptr_t x = (uintptr_t) * (const xd_node_t *const *) a;
    uintptr_t y = (uintptr_t) * (const xd_node_t *const *) b;

    return (x > y) - (x < y);
}


static void
used_sort(map_run_t *m)
{
    if (m->used.count > 0) {
        qsort(m->used.at, m->used.count, m->used.size, by_address);
    }
}


static bool
carried(const map_run_t *m, const xd_node_t *node)
{
    return m->used.count > 0
           && bsearch(&node, m->used.at, m->used.count, m->used.size,
                  by_address)
                  != NULL;
}


bool
map_is_structure(const map_run_t *m, xd_str_t name)
{
    for (const char *const *s = m->kind->structure; *s != NULL; s++) {
        if (xd_str_is(name, *s)) {
            return true;
        }
    }

    return false;
}


/* Was a value carried, or one of its components? */
static bool
carried_of(const map_run_t *m, const xd_node_t *value)
{
    if (carried(m, value)) {
        return true;
    }

    xd_each (component, value) {
        if (carried(m, component)) {
            return true;
        }
    }

    return false;
}


/* A line took something of the group, or it is no data at all. */
static bool
is_taken(const map_run_t *m, const step_t *step)
{
    if (map_is_structure(m, step->name)) {
        return true;
    }

    xd_each (member, step->group) {
        if (m->kind->is_value(member) && carried_of(m, member)) {
            return true;
        }
    }

    return false;
}


/* -- where it stood -------------------------------------------------------- */

const char *
map_names_by(const map_run_t *m, const xd_node_t *group, xd_str_t name)
{
    const xd_node_t *first = xd_get(group, "1");

    return m->kind->names_by(name, first != NULL && first->kind == XD_ARRAY);
}


/* "~1" for "/", "~0" for "~". */
static void
add_escaped(xd_buf_t *path, xd_str_t text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == '~' || c == '/') {
            xd_buf_text(path, c == '~' ? "~0" : "~1");
        } else {
            xd_buf_byte(path, c);
        }
    }
}


static void
add_where(xd_buf_t *path, const map_where_t *where)
{
    if (where->up == NULL) {
        return;
    }

    add_where(path, where->up);
    xd_buf_byte(path, '/');
    if (where->key.ptr != NULL) {
        add_escaped(path, where->key);
    } else {
        xd_buf_fmt(path, "%zu", where->index);
    }
}


/* The text of a path that was put together, which is given up. */
static xd_str_t
path_text(map_run_t *m, xd_buf_t *path)
{
    xd_str_t text = xd_buf_rc(path) == XD_OK
                        ? xd_dup(m->arena, xd_buf_str(path))
                        : XD_STR_NONE;

    xd_buf_free(path);

    return map_kept(m, text);
}


xd_str_t
map_where_text(map_run_t *m, const map_where_t *where)
{
    xd_buf_t path = { 0 };

    add_where(&path, where);

    return path_text(m, &path);
}


/* The value that names a group among those of its name, "ST" of an N1, if it
 * will be there again when the document is written. */
static void
add_name(const map_run_t *m, const step_t *step, xd_buf_t *path)
{
    const char *key = map_names_by(m, step->group, step->name);
    const xd_node_t *node =
        key != NULL ? m->kind->value(step->group, key) : NULL;
    xd_str_t text =
        node != NULL && (carried(m, node) || map_is_structure(m, step->name))
            ? node->text
            : XD_STR("");

    xd_buf_byte(path, '=');
    add_escaped(path, text);
}


static void
add_path(const map_run_t *m, const step_t *step, xd_buf_t *path)
{
    if (step->up == NULL) {
        return;
    }

    add_path(m, step->up, path);
    xd_buf_fmt(path, "/%.*s/%zu", XD_FMT(step->name), step->index);
    if (is_taken(m, step)) {
        add_name(m, step, path);
    }
}


/* The place of a group in the residue: an object by its path. */
static xd_node_t *
place(map_run_t *m, xd_node_t *out, const step_t *step)
{
    xd_node_t *to = xd_node_new(m->arena, XD_OBJECT);
    xd_buf_t path = { 0 };
    xd_str_t key;

    add_path(m, step, &path);
    key = path_text(m, &path);

    if (to != NULL && key.ptr != NULL) {
        to->key = key;
        to = xd_node_add(m->arena, out, to);
    }

    if (to == NULL || key.ptr == NULL) {
        m->rc = XD_E_MEMORY;
        return NULL;
    }

    return to;
}


/* Of a value with components those that nobody took, "2.3". */
static void
keep_parts(map_run_t *m, xd_node_t *to, const xd_node_t *value)
{
    unsigned n = 0;

    xd_each (component, value) {
        n++;
        if (component->text.len > 0 && !carried(m, component)) {
            map_put_copy(m, to,
                xd_fmt(m->arena, "%.*s.%u", XD_FMT(value->key), n), component);
        }
    }
}


/* Is there something left of it? */
static bool
is_left(const map_run_t *m, const xd_node_t *value)
{
    if (carried(m, value)) {
        return false;
    }

    xd_each (component, value) {
        if (component->kind != XD_STRING
            || (component->text.len > 0 && !carried(m, component)))
        {
            return true;
        }
    }

    return value->first == NULL;
}


/* The values of one group that nobody took. */
static void
group(map_run_t *m, xd_node_t *out, const step_t *step)
{
    xd_node_t *to = NULL;

    xd_each (member, step->group) {
        if (!m->kind->is_value(member) || !is_left(m, member)) {
            continue;
        }

        to = to == NULL ? place(m, out, step) : to;
        if (to == NULL) {
            return;
        }

        if (carried_of(m, member)) {
            keep_parts(m, to, member);
        } else {
            map_put_copy(m, to, member->key, member);
        }
    }
}


/* All groups, and those in them; how deep they stand was the reader's to
 * bound. */
static void
walk(map_run_t *m, xd_node_t *out, const step_t *in)
{
    const xd_node_t *one = m->kind->groups(in->group, NULL);
    step_t step = { .up = in };

    for (; one != NULL && m->rc == XD_OK; one = m->kind->groups(in->group, one))
    {
        xd_str_t name = m->kind->name(one);

        /* those of one name follow each other */
        step.index = xd_str_eq(name, step.name) ? step.index + 1 : 0;
        step.group = one;
        step.name = name;

        if (!map_is_structure(m, name)) {
            group(m, out, &step);
        }
        walk(m, out, &step);
    }
}


xd_node_t *
map_residue(map_run_t *m)
{
    xd_node_t *out = xd_node_new(m->arena, XD_OBJECT);
    const step_t top = { .group = m->tree };

    if (out == NULL) {
        m->rc = XD_E_MEMORY;
        return NULL;
    }

    used_sort(m);
    walk(m, out, &top);

    return out->count > 0 ? out : NULL;
}


/* -- of a document --------------------------------------------------------- */

static void
lost_tell(map_run_t *m, const xd_node_t *node, const map_where_t *where)
{
    xd_str_t path = map_where_text(m, where);

    if (path.ptr == NULL) {
        return;
    }

    xd_reportf(m->rep,
        &(xd_finding_t){ .severity = XD_WARNING,
            .scope = XD_SCOPE_VALUE,
            .offset = node->offset,
            .rule = "map.lost",
            .path = path,
            .value = { node->text.ptr,
                node->text.len < 99 ? node->text.len : 99 } },
        "The map to set %s has no place for this; it was left out.", m->code);
}


static void
lost(map_run_t *m, const xd_node_t *node, const map_where_t *up)
{
    map_where_t where = { .up = up };

    xd_each (child, node) {
        where.key = node->kind == XD_OBJECT ? child->key : XD_STR_NONE;

        if (m->rc == XD_OK && !carried(m, child)) {
            if (child->kind == XD_OBJECT || child->kind == XD_ARRAY) {
                lost(m, child, &where);
            } else {
                lost_tell(m, child, &where);
            }
        }
        where.index++;
    }
}


void
map_lost(map_run_t *m, const xd_node_t *doc)
{
    const map_where_t root = { .up = NULL };

    used_sort(m);
    lost(m, doc, &root);
}
