/* SPDX-License-Identifier: BSD-2-Clause */

#include "tree/node.h"

#include "base/map.h"
#include "tree/number.h"


/* An object with more members than this has an index of them. */
#define INDEX_FROM 16


xd_node_t *
xd_node_new(xd_arena_t *arena, xd_kind_t kind)
{
    xd_node_t *node = xd_alloc(arena, sizeof(*node));

    if (node != NULL) {
        node->kind = kind;
    }

    return node;
}


/* The first of a name stays in the index, as it would be found in the list. */
static bool
index_member(xd_map_t *index, xd_node_t *member)
{
    return xd_map_get(index, member->key) != NULL
           || xd_map_put(index, member->key, member, NULL) == XD_OK;
}


static bool
make_index(xd_arena_t *arena, xd_node_t *obj)
{
    xd_map_t *index = xd_map_new(arena);

    if (index == NULL) {
        return false;
    }

    xd_each (member, obj) {
        if (!index_member(index, member)) {
            return false;
        }
    }

    obj->index = index;

    return true;
}


/* Makes all that may fail before the list is touched: a reader that gives up
 * leaves a tree that can still be walked. */
static bool
prepare(xd_arena_t *arena, xd_node_t *parent, xd_node_t *child)
{
    if (parent->kind != XD_OBJECT || parent->count < INDEX_FROM) {
        return true;
    }

    return (parent->index != NULL || make_index(arena, parent))
           && index_member(parent->index, child);
}


static bool
can_join(xd_arena_t *arena, xd_node_t *parent, xd_node_t *child)
{
    return parent != NULL && child != NULL && prepare(arena, parent, child);
}


xd_node_t *
xd_node_add(xd_arena_t *arena, xd_node_t *parent, xd_node_t *child)
{
    if (!can_join(arena, parent, child)) {
        return NULL;
    }

    if (parent->last == NULL) {
        parent->first = child;
    } else {
        parent->last->next = child;
    }

    parent->last = child;
    parent->count++;
    child->parent = parent;

    return child;
}


xd_node_t *
xd_node_add_first(xd_arena_t *arena, xd_node_t *parent, xd_node_t *child)
{
    if (!can_join(arena, parent, child)) {
        return NULL;
    }

    child->next = parent->first;
    if (parent->last == NULL) {
        parent->last = child;
    }

    parent->first = child;
    parent->count++;
    child->parent = parent;

    return child;
}


xd_node_t *
xd_put(xd_arena_t *arena, xd_node_t *obj, const char *key, xd_kind_t kind)
{
    xd_node_t *node = obj == NULL ? NULL : xd_node_new(arena, kind);

    if (node != NULL) {
        node->key = xd_str(key);
    }

    return xd_node_add(arena, obj, node);
}


xd_node_t *
xd_put_str(xd_arena_t *arena, xd_node_t *obj, const char *key, xd_str_t text)
{
    xd_node_t *node;

    /* Not an empty text: it came from an arena that was full. */
    if (text.ptr == NULL) {
        return NULL;
    }

    node = xd_put(arena, obj, key, XD_STRING);
    if (node != NULL) {
        node->text = text;
    }

    return node;
}


xd_node_t *
xd_put_num(xd_arena_t *arena, xd_node_t *obj, const char *key, int64_t value)
{
    xd_str_t text = xd_fmt(arena, "%lld", (long long) value);
    xd_node_t *node = xd_put_str(arena, obj, key, text);

    if (node != NULL) {
        node->kind = XD_NUMBER;
    }

    return node;
}


xd_node_t *
xd_put_bool(xd_arena_t *arena, xd_node_t *obj, const char *key, bool value)
{
    xd_node_t *node = xd_put(arena, obj, key, XD_BOOL);

    if (node != NULL) {
        node->truth = value;
    }

    return node;
}


/* Names of one object mostly differ in length or first letter: a call only
 * for those that do not. */
static inline bool
is_named(const xd_node_t *member, xd_str_t key)
{
    return member->key.len == key.len
           && (key.len == 0
               || (member->key.ptr[0] == key.ptr[0]
                   && memcmp(member->key.ptr, key.ptr, key.len) == 0));
}


xd_node_t *
xd_get_str(const xd_node_t *obj, xd_str_t key)
{
    if (obj == NULL || obj->kind != XD_OBJECT) {
        return NULL;
    }

    if (obj->index != NULL) {
        return xd_map_get(obj->index, key);
    }

    xd_each (member, obj) {
        if (is_named(member, key)) {
            return member;
        }
    }

    return NULL;
}


xd_node_t *
xd_get(const xd_node_t *obj, const char *key)
{
    return xd_get_str(obj, xd_str(key));
}


xd_node_t *
xd_nth(const xd_node_t *node, size_t n)
{
    if (node == NULL || n >= node->count) {
        return NULL;
    }

    xd_each (child, node) {
        if (n-- == 0) {
            return child;
        }
    }

    return NULL;
}


/* What callers print or compare: a number's text is as good as a string's. */
static xd_str_t
text_of(const xd_node_t *node)
{
    if (node == NULL || (node->kind != XD_STRING && node->kind != XD_NUMBER)) {
        return XD_STR_NONE;
    }

    return node->text;
}


xd_str_t
xd_text(const xd_node_t *obj, const char *key)
{
    return text_of(xd_get(obj, key));
}


xd_str_t
xd_text_at(const xd_node_t *node, const char *path)
{
    xd_str_t rest = xd_str(path);

    while (node != NULL && rest.ptr != NULL) {
        xd_str_t step = xd_str_cut(&rest, '.');
        uint64_t place;

        if (node->kind != XD_ARRAY) {
            node = xd_get_str(node, step);
        } else if (xd_str_uint(step, UINT32_MAX, &place)) {
            node = xd_nth(node, (size_t) place);
        } else {
            node = NULL;
        }
    }

    return text_of(node);
}


int64_t
xd_int(const xd_node_t *obj, const char *key, int64_t min, int64_t max,
    int64_t fallback)
{
    const xd_node_t *node = xd_get(obj, key);
    int64_t value;

    if (node == NULL || node->kind != XD_NUMBER
        || !xd_number_int(node->text, &value) || value < min || value > max)
    {
        return fallback;
    }

    return value;
}


bool
xd_truth(const xd_node_t *obj, const char *key, bool fallback)
{
    const xd_node_t *node = xd_get(obj, key);

    return node != NULL && node->kind == XD_BOOL ? node->truth : fallback;
}
