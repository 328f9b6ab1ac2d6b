/* SPDX-License-Identifier: BSD-2-Clause */

/* A schema with all that it refers to, in one document. */

#include "canon/bundle.h"

#include "base/map.h"

#define DEPTH_MOST 200

typedef struct {
    xd_arena_t *arena;
    const xd_book_t *book;
    const xd_leaf_t *leaf;
    const char *prefix;
    xd_node_t *defs;
    xd_map_t *done; /* names under defs */
    xd_rc_t rc;
} bundle_t;


static void
fail(bundle_t *b, xd_rc_t rc)
{
    b->rc = b->rc == XD_OK ? rc : b->rc;
}


/* "common.money" of #/$defs/money in common; "item" of a whole schema. */
static xd_str_t
name_of(bundle_t *b, const xd_leaf_t *leaf, const xd_node_t *target)
{
    return target->parent == NULL ? leaf->name
                                  : xd_fmt(b->arena, "%.*s.%.*s",
                                      XD_FMT(leaf->name), XD_FMT(target->key));
}


/* What has a name of its own would be another document. */
static bool
is_dropped(const bundle_t *b, const xd_node_t *child, bool own)
{
    return (xd_str_is(child->key, "$id") || xd_str_is(child->key, "$schema")
               || xd_str_is(child->key, "$anchor"))
           && (!own || b->prefix[1] != '\0');
}


static xd_node_t *copy(bundle_t *b, const xd_node_t *node, bool own,
    unsigned depth);


/* Puts what stands in another file under $defs, once. */
static void
take(bundle_t *b, xd_str_t name, const xd_node_t *target, unsigned depth)
{
    void *old = NULL;
    xd_node_t *made;

    if (xd_map_put(b->done, name, b, &old) != XD_OK) {
        fail(b, XD_E_MEMORY);
    }

    if (b->rc != XD_OK || old != NULL) {
        return;
    }

    made = copy(b, target, false, depth + 1);
    if (made != NULL) {
        made->key = name;
        if (xd_node_add(b->arena, b->defs, made) == NULL) {
            fail(b, XD_E_MEMORY);
        }
    }
}


/* The text of a reference as it must read in the bundle. */
static xd_str_t
refer(bundle_t *b, const xd_node_t *ref, unsigned depth)
{
    const xd_node_t *target = xd_book_ref(b->book, ref, ref->text);
    const xd_leaf_t *leaf =
        target != NULL ? xd_book_leaf_of(b->book, target) : NULL;
    xd_str_t name;

    if (leaf == NULL) {
        fail(b, XD_E_SYNTAX);
        return XD_STR_NONE;
    }

    if (leaf == b->leaf) {
        return xd_fmt(b->arena, "%s%.*s", b->prefix,
            XD_FMT(xd_pointer_of(b->arena, target)));
    }

    name = name_of(b, leaf, target);
    if (name.ptr == NULL) {
        return XD_STR_NONE;
    }

    take(b, name, target, depth);

    return xd_fmt(b->arena, "%s/$defs/%.*s", b->prefix, XD_FMT(name));
}


static void
add_children(bundle_t *b, const xd_node_t *node, xd_node_t *made, bool own,
    unsigned depth)
{
    xd_each (child, node) {
        xd_node_t *one;

        if (is_dropped(b, child, own)) {
            continue;
        }

        one = copy(b, child, own, depth + 1);
        if (one != NULL) {
            one->key = child->key;
        }

        if (xd_node_add(b->arena, made, one) == NULL) {
            fail(b, XD_E_MEMORY);
        }

        if (b->rc != XD_OK) {
            return;
        }
    }
}


static xd_node_t *
copy(bundle_t *b, const xd_node_t *node, bool own, unsigned depth)
{
    xd_node_t *made = xd_node_new(b->arena, node->kind);

    if (made == NULL || depth > DEPTH_MOST) {
        fail(b, made == NULL ? XD_E_MEMORY : XD_E_LIMIT);
        return NULL;
    }

    made->text = node->text;
    made->truth = node->truth;

    if (xd_str_is(node->key, "$ref") && node->kind == XD_STRING) {
        made->text = refer(b, node, depth);
        if (made->text.ptr == NULL) {
            fail(b, XD_E_MEMORY);
        }
    }

    /* The root is there before its children: what they refer to is put into
     * its $defs, which come last. */
    if (depth == 0) {
        b->defs = xd_node_new(b->arena, XD_OBJECT);
        if (b->defs == NULL) {
            fail(b, XD_E_MEMORY);
        }
    }

    add_children(b, node, made, own, depth);

    return b->rc == XD_OK ? made : NULL;
}


/* One $defs: what others gave goes behind its own. */
static void
join(bundle_t *b, xd_node_t *root)
{
    xd_node_t *own = xd_get(root, "$defs"), *next;

    if (b->defs->count == 0) {
        return;
    }

    if (own == NULL) {
        own = xd_put(b->arena, root, "$defs", XD_OBJECT);
    }

    for (xd_node_t *n = b->defs->first; n != NULL; n = next) {
        next = n->next;
        n->next = NULL;
        n->parent = NULL;
        if (xd_node_add(b->arena, own, n) == NULL) {
            fail(b, XD_E_MEMORY);
            return;
        }
    }
}


xd_rc_t
xd_schema_bundle(xd_arena_t *arena, const xd_book_t *book,
    const xd_leaf_t *leaf, const char *prefix, xd_node_t **out)
{
    bundle_t b = { .arena = arena,
        .book = book,
        .leaf = leaf,
        .prefix = prefix,
        .done = xd_map_new(arena) };
    xd_node_t *root;

    if (b.done == NULL) {
        return XD_E_MEMORY;
    }

    root = copy(&b, leaf->root, true, 0);
    if (root != NULL) {
        join(&b, root);
    }

    if (b.rc == XD_OK) {
        *out = root;
    }

    return b.rc;
}
