/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What no line took, back into a tree that lines have made.  A group that was
 * left as a whole is put where it stood among those of its name; values of
 * one that lines took something of go to the group that lines made for it,
 * known by the value that names it.
 */

#include "map/residue.h"

#include "base/map.h"

#define STEPS 80 /* levels within levels, and some more */

/* "/N1/1=ST": a name, a place, and by what it is known. */
typedef struct {
    xd_str_t name, known; /* known.ptr NULL: it was left as a whole */
    uint64_t index;
} step_t;

typedef struct {
    map_run_t *m;
    xd_map_t *put; /* path -> the group that was put there */
} back_t;


/* Takes a step off a path; false when it is none. */
static bool
step_next(xd_str_t *path, step_t *out)
{
    xd_str_t rest = *path, number;

    if (rest.len == 0 || rest.ptr[0] != '/') {
        return false;
    }

    rest.ptr++;
    rest.len--;
    out->name = xd_str_cut(&rest, '/');
    if (rest.ptr == NULL || out->name.len == 0) {
        return false;
    }

    number = xd_str_cut(&rest, '/');
    *path = rest.ptr != NULL ? (xd_str_t){ rest.ptr - 1, rest.len + 1 }
                             : XD_STR("");
    out->known = number;
    number = xd_str_cut(&out->known, '=');

    return xd_str_uint(number, 1000000, &out->index);
}


/* "~1" is "/", "~0" is "~". */
static bool
is_known(xd_str_t escaped, xd_str_t text)
{
    size_t at = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = at < escaped.len ? escaped.ptr[at++] : '\0';

        if (c == '~' && at < escaped.len) {
            c = escaped.ptr[at++] == '1' ? '/' : '~';
        }
        if (c != text.ptr[i]) {
            return false;
        }
    }

    return at == escaped.len;
}


/* The group that lines made: at its place, if it is the one, else the first
 * that is.  One that nothing names is known by its place alone. */
static xd_node_t *
find_known(back_t *b, xd_node_t *in, const step_t *step, const char *name)
{
    const map_kind_t *kind = b->m->kind;
    const xd_node_t *one = kind->first(in, name), *first = NULL;

    for (uint64_t i = 0; one != NULL; one = kind->next(one), i++) {
        const char *key = map_names_by(b->m, one, step->name);

        if (step->known.len > 0
            && (key == NULL
                || !is_known(step->known, map_text(b->m, one, key))))
        {
            continue;
        }
        if (i == step->index) {
            return (xd_node_t *) (uintptr_t) one;
        }
        first = first == NULL ? one : first;
    }

    return step->known.len > 0 ? (xd_node_t *) (uintptr_t) first : NULL;
}


/* A group that was left as a whole: made where it stood, once. */
static xd_node_t *
put_whole(back_t *b, xd_node_t *in, const step_t *step, const char *name,
    xd_str_t path)
{
    xd_node_t *group = xd_map_get(b->put, path);

    if (group != NULL) {
        return group;
    }

    group = b->m->kind->insert(b->m->arena, in, name, (size_t) step->index);
    if (group == NULL || xd_map_put(b->put, path, group, NULL) != XD_OK) {
        b->m->rc = XD_E_MEMORY;
    }

    return group;
}


static xd_node_t *
go(back_t *b, xd_node_t *in, const step_t *step, xd_str_t path)
{
    xd_str_t name = map_kept(b->m, xd_dup(b->m->arena, step->name));
    xd_node_t *known;

    if (name.ptr == NULL) {
        return NULL;
    }

    if (step->known.ptr == NULL) {
        return put_whole(b, in, step, name.ptr, path);
    }

    known = find_known(b, in, step, name.ptr);

    /* totals that nobody made are made: they hold what was left in them */
    return known == NULL && step->known.len == 0
                   && map_is_structure(b->m, step->name)
               ? map_another(b->m, in, name.ptr)
               : known;
}


static void
homeless(back_t *b, const xd_node_t *entry)
{
    xd_report(b->m->rep, &(xd_finding_t){ .severity = XD_WARNING,
                             .scope = XD_SCOPE_VALUE,
                             .offset = entry->offset,
                             .rule = "map.residue",
                             .path = entry->key,
                             .text = XD_STR("What was kept here has no place "
                                            "in what is written.") });
}


/* "2", or "2.3" of 1 to 99 components: others, which no reader made, would be
 * filled up with components that say nothing. */
static bool
is_key(xd_str_t key)
{
    xd_str_t rest = key, element = xd_str_cut(&rest, '.');
    uint64_t n;

    return xd_str_uint(element, 999, &n) && n > 0
           && (rest.ptr == NULL || (xd_str_uint(rest, 99, &n) && n > 0));
}


/* Values that are not there yet. */
static void
put_value(back_t *b, const xd_node_t *value, xd_node_t *group)
{
    xd_str_t key = map_kept(b->m, xd_dup(b->m->arena, value->key));

    if (key.ptr == NULL || !is_key(key)
        || b->m->kind->value(group, key.ptr) != NULL)
    {
        return;
    }

    if (value->kind == XD_STRING) {
        map_write_value_at(b->m, group, key.ptr, value->text);
    } else {
        map_put_copy(b->m, group, key, value);
    }
}


static void
entry_write(back_t *b, const xd_node_t *entry)
{
    xd_str_t rest = entry->key;
    xd_node_t *group = b->m->made;
    step_t step;

    for (int i = 0; group != NULL && rest.len > 0 && i < STEPS; i++) {
        if (!step_next(&rest, &step)) {
            group = NULL;
            break;
        }
        group = go(b, group, &step,
            (xd_str_t){ entry->key.ptr, entry->key.len - rest.len });
    }

    if (group == NULL || rest.len > 0 || group == b->m->made) {
        homeless(b, entry);
    } else {
        xd_each (value, entry) {
            put_value(b, value, group);
        }
    }
}


void
map_residue_write(map_run_t *m, const xd_node_t *residue)
{
    back_t b = { m, NULL };

    if (residue == NULL || residue->kind != XD_OBJECT) {
        return;
    }

    b.put = xd_map_new(m->arena);
    if (b.put == NULL) {
        m->rc = XD_E_MEMORY;
        return;
    }

    xd_each (entry, residue) {
        if (m->rc != XD_OK) {
            return;
        }
        if (entry->kind == XD_OBJECT) {
            entry_write(&b, entry);
        }
    }

    map_exact_write(m, xd_get(residue, "="));
}
