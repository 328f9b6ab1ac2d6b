/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What no map took.  Of a set that is read it goes along in meta.ext, so a
 * partner's own data is never lost although nobody here knows what it means;
 * of a document that is written it is told.
 */

#include "map/x12_map.h"

#include <stdlib.h>


/* Segments whose content is what the document is made of, not data in it. */
static const char *const structure[] = { "ST", "SE", "CTT", "HL" };


static int
by_address(const void *a, const void *b)
{
    uintptr_t x = (uintptr_t) * (const xd_node_t *const *) a;
    uintptr_t y = (uintptr_t) * (const xd_node_t *const *) b;

    return (x > y) - (x < y);
}


static void
used_sort(x12_map_t *m)
{
    if (m->used.count > 0) {
        qsort(m->used.at, m->used.count, m->used.size, by_address);
    }
}


static bool
carried(const x12_map_t *m, const xd_node_t *node)
{
    return m->used.count > 0
           && bsearch(&node, m->used.at, m->used.count, m->used.size,
                  by_address)
                  != NULL;
}


static bool
is_element(const xd_node_t *member)
{
    return member->key.len > 0 && member->key.ptr[0] >= '0'
           && member->key.ptr[0] <= '9';
}


static bool
is_structure(xd_str_t id)
{
    for (size_t i = 0; i < sizeof(structure) / sizeof(structure[0]); i++) {
        if (xd_str_is(id, structure[i])) {
            return true;
        }
    }

    return false;
}


static void
keep(x12_map_t *m, xd_node_t *to, const xd_node_t *element)
{
    xd_node_t *copy = xd_node_copy(m->arena, element);

    if (copy != NULL) {
        copy->key = element->key;
        copy->next = copy->parent = NULL;
    }

    if (xd_node_add(m->arena, to, copy) == NULL) {
        m->rc = XD_E_MEMORY;
    }
}


/* The place of a segment in the residue: an object by its pointer. */
static xd_node_t *
place(x12_map_t *m, xd_node_t *out, const xd_node_t *seg)
{
    xd_str_t pointer = xd_pointer_of(m->arena, seg);
    xd_node_t *to = xd_node_new(m->arena, XD_OBJECT);

    if (to == NULL || pointer.ptr == NULL) {
        m->rc = XD_E_MEMORY;
        return NULL;
    }

    to->key = pointer;
    if (xd_node_add(m->arena, out, to) == NULL) {
        m->rc = XD_E_MEMORY;
    }

    return to;
}


/* The elements of one segment that nobody took. */
static void
segment(x12_map_t *m, xd_node_t *out, const xd_node_t *seg)
{
    xd_node_t *to = NULL;

    xd_each (member, seg) {
        if (!is_element(member) || carried(m, member)) {
            continue;
        }

        to = to == NULL ? place(m, out, seg) : to;
        if (m->rc != XD_OK) {
            return;
        }

        keep(m, to, member);
    }
}


static void walk(x12_map_t *m, xd_node_t *out, const xd_node_t *loop);


/* Segments of one name, or loops. */
static void
walk_array(x12_map_t *m, xd_node_t *out, const xd_node_t *array)
{
    bool data = !is_structure(array->key);

    xd_each (one, array) {
        if (data) {
            segment(m, out, one);
        }
        walk(m, out, one);
    }
}


/* Loops hold segments and loops; the grader bounds how deep. */
static void
walk(x12_map_t *m, xd_node_t *out, const xd_node_t *loop)
{
    xd_each (array, loop) {
        if (!is_element(array) && m->rc == XD_OK) {
            walk_array(m, out, array);
        }
    }
}


xd_node_t *
x12_residue(x12_map_t *m)
{
    xd_node_t *out = xd_node_new(m->arena, XD_OBJECT);

    if (out == NULL) {
        m->rc = XD_E_MEMORY;
        return NULL;
    }

    used_sort(m);
    walk(m, out, m->set);

    return out->count > 0 ? out : NULL;
}


/* -- of a document -------------------------------------------------------- */

static void
lost_tell(x12_map_t *m, const xd_node_t *node)
{
    xd_str_t path = xd_pointer_of(m->arena, node);

    if (path.ptr == NULL) {
        m->rc = XD_E_MEMORY;
        return;
    }

    xd_reportf(m->rep,
        &(xd_finding_t){ .severity = XD_WARNING,
            .scope = XD_SCOPE_VALUE,
            .offset = node->offset,
            .rule = "x12.map.lost",
            .path = path,
            .value = { node->text.ptr,
                node->text.len < 99 ? node->text.len : 99 } },
        "The map to set %s has no place for this; it was left out.", m->code);
}


static void
lost(x12_map_t *m, const xd_node_t *node)
{
    xd_each (child, node) {
        if (m->rc != XD_OK || carried(m, child)) {
            continue;
        }

        if (child->kind == XD_OBJECT || child->kind == XD_ARRAY) {
            lost(m, child);
        } else {
            lost_tell(m, child);
        }
    }
}


void
x12_lost(x12_map_t *m, const xd_node_t *doc)
{
    used_sort(m);
    lost(m, doc);
}
