/* SPDX-License-Identifier: BSD-2-Clause */

/* Whole trees: copied and compared.  Both go down by recursion: readers bound
 * the depth of what they make. */

#include "tree/node.h"

#include "tree/number.h"


/* A copy of s in *out; no text stays no text. */
static bool
copy_text(xd_arena_t *arena, xd_str_t s, xd_str_t *out)
{
    *out = s.ptr == NULL ? s : xd_dup(arena, s);

    return s.ptr == NULL || out->ptr != NULL;
}


static xd_node_t *
copy_alone(xd_arena_t *arena, const xd_node_t *node)
{
    xd_node_t *copy = xd_node_new(arena, node->kind);

    if (copy == NULL || !copy_text(arena, node->key, &copy->key)
        || !copy_text(arena, node->text, &copy->text))
    {
        return NULL;
    }

    /* The place too: findings about a copy point into the same bytes. */
    copy->truth = node->truth;
    copy->line = node->line;
    copy->column = node->column;
    copy->offset = node->offset;

    return copy;
}


xd_node_t *
xd_node_copy(xd_arena_t *arena, const xd_node_t *node)
{
    xd_node_t *copy = copy_alone(arena, node);

    if (copy == NULL) {
        return NULL;
    }

    xd_each (child, node) {
        if (xd_node_add(arena, copy, xd_node_copy(arena, child)) == NULL) {
            return NULL;
        }
    }

    return copy;
}


static bool
equal_arrays(const xd_node_t *a, const xd_node_t *b)
{
    const xd_node_t *other = b->first;

    xd_each (child, a) {
        if (!xd_node_equal(child, other)) {
            return false;
        }
        other = other->next;
    }

    return true;
}


/* Of equal length, so members of b that a lacks would be missing here. */
static bool
equal_objects(const xd_node_t *a, const xd_node_t *b)
{
    xd_each (child, a) {
        const xd_node_t *other = xd_get_str(b, child->key);

        if (other == NULL || !xd_node_equal(child, other)) {
            return false;
        }
    }

    return true;
}


bool
xd_node_equal(const xd_node_t *a, const xd_node_t *b)
{
    if (a->kind != b->kind || a->count != b->count) {
        return false;
    }

    switch (a->kind) {
    case XD_BOOL:
        return a->truth == b->truth;
    case XD_NUMBER:
        return xd_number_cmp(a->text, b->text) == 0;
    case XD_STRING:
        return xd_str_eq(a->text, b->text);
    case XD_ARRAY:
        return equal_arrays(a, b);
    case XD_OBJECT:
        return equal_objects(a, b);
    case XD_NULL:
        break;
    }

    return true;
}
