/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_TREE_NODE_H
#define XD_TREE_NODE_H

#include "base/arena.h"


typedef enum {
    XD_NULL,
    XD_BOOL,
    XD_NUMBER, /* text holds it as written: nothing is lost */
    XD_STRING,
    XD_ARRAY,
    XD_OBJECT
} xd_kind_t;

typedef struct xd_node_s xd_node_t;

/*
 * One value of a document, whatever its syntax, with its place in the bytes.
 * Children are a list in their order; members of an object have a key.
 */
struct xd_node_s {
    xd_kind_t kind;
    bool truth;      /* XD_BOOL */
    uint32_t line;   /* from 1; 0: made, not read */
    uint32_t column; /* bytes, from 1 */
    uint32_t count;  /* children */
    size_t offset;   /* of its first byte in the input */
    xd_str_t key;    /* decoded name, for a member */
    xd_str_t text;   /* XD_STRING: decoded; XD_NUMBER: as written */
    xd_node_t *first, *last, *next, *parent;
    struct xd_map_s *index; /* of a large object; else NULL */
};


/* A new node without place; NULL when the arena is full. */
xd_node_t *xd_node_new(xd_arena_t *arena, xd_kind_t kind);

/* Adds child at the end of an array or object; for a member, child->key is
 * set first.  A NULL child or parent is passed on, so calls may be nested;
 * returns child, or NULL when the arena is full. */
xd_node_t *xd_node_add(xd_arena_t *arena, xd_node_t *parent, xd_node_t *child);

/* The same at the beginning. */
xd_node_t *xd_node_add_first(xd_arena_t *arena, xd_node_t *parent,
    xd_node_t *child);

/* Adds a member: an object, array, string, number or truth value.  key and
 * text are not copied.  NULL when the arena is full, obj is NULL or text.ptr
 * is: what a full arena gave is passed on. */
xd_node_t *xd_put(xd_arena_t *arena, xd_node_t *obj, const char *key,
    xd_kind_t kind);
xd_node_t *xd_put_str(xd_arena_t *arena, xd_node_t *obj, const char *key,
    xd_str_t text);
xd_node_t *xd_put_num(xd_arena_t *arena, xd_node_t *obj, const char *key,
    int64_t value);
xd_node_t *xd_put_bool(xd_arena_t *arena, xd_node_t *obj, const char *key,
    bool value);

/* The member of that name, or NULL; also NULL when obj is no object.  Of
 * several of one name (public suites only) the first that was added. */
xd_node_t *xd_get(const xd_node_t *obj, const char *key);
xd_node_t *xd_get_str(const xd_node_t *obj, xd_str_t key);

/* The nth child, from 0; NULL when there is none. */
xd_node_t *xd_nth(const xd_node_t *node, size_t n);

/* Text of the member, when it is a string (or number); else XD_STR_NONE. */
xd_str_t xd_text(const xd_node_t *obj, const char *key);

/* Text at a dotted path of member names, "meta.source.system"; numbers are
 * array places, from 0.  XD_STR_NONE when something is missing. */
xd_str_t xd_text_at(const xd_node_t *node, const char *path);

/* An integer member (5, 5.0, 5e0) within [min, max]; otherwise fallback. */
int64_t xd_int(const xd_node_t *obj, const char *key, int64_t min, int64_t max,
    int64_t fallback);

bool xd_truth(const xd_node_t *obj, const char *key, bool fallback);

/* JSON Pointer (RFC 6901): the node it names, or NULL. */
xd_node_t *xd_pointer(const xd_node_t *root, xd_str_t pointer);

/* The JSON Pointer of a node, from its root. */
xd_str_t xd_pointer_of(xd_arena_t *arena, const xd_node_t *node);

/* A deep copy, places kept, texts copied too; NULL when the arena is full. */
xd_node_t *xd_node_copy(xd_arena_t *arena, const xd_node_t *node);

/* Equal values: members in any order, numbers compared as numbers. */
bool xd_node_equal(const xd_node_t *a, const xd_node_t *b);

#define xd_each(child, node)                                                   \
    for (xd_node_t *child = (node) != NULL ? (node)->first : NULL;             \
         child != NULL; child = child->next)

#endif
