/* SPDX-License-Identifier: BSD-2-Clause */

/* Standard: RFC 6901. */

#include "tree/node.h"

#include <stdio.h>


/* Room for any array place in decimal. */
#define PLACE_MAX 24


/* Takes one character of an escaped token; -1 for a bad escape. */
static int
unescape(xd_str_t *token)
{
    char c = token->ptr[0];
    size_t step = 1;

    if (c == '~') {
        if (token->len < 2 || (token->ptr[1] != '0' && token->ptr[1] != '1')) {
            return -1;
        }

        c = token->ptr[1] == '0' ? '~' : '/';
        step = 2;
    }

    token->ptr += step;
    token->len -= step;

    return (unsigned char) c;
}


/* Compared as it is decoded: a lookup needs no memory. */
static bool
token_is(xd_str_t token, xd_str_t key)
{
    for (size_t i = 0; i < key.len; i++) {
        if (token.len == 0 || unescape(&token) != (unsigned char) key.ptr[i]) {
            return false;
        }
    }

    return token.len == 0;
}


/* Names with an escape are rare: only they are looked for one by one. */
static xd_node_t *
member(const xd_node_t *obj, xd_str_t token)
{
    if (token.len == 0 || memchr(token.ptr, '~', token.len) == NULL) {
        return xd_get_str(obj, token);
    }

    xd_each (child, obj) {
        if (token_is(token, child->key)) {
            return child;
        }
    }

    return NULL;
}


/* A place without leading zeros.  "-", the place behind the last, names
 * nothing that is there. */
static xd_node_t *
element(const xd_node_t *array, xd_str_t token)
{
    uint64_t place;

    if (!xd_str_uint(token, UINT32_MAX, &place)
        || (token.len > 1 && token.ptr[0] == '0'))
    {
        return NULL;
    }

    return xd_nth(array, (size_t) place);
}


/* The root as it was given: the caller's to change or not. */
static xd_node_t *
unconst(const xd_node_t *node)
{
    union {
        const xd_node_t *in;
        xd_node_t *out;
    } both = { .in = node };

    return both.out;
}


xd_node_t *
xd_pointer(const xd_node_t *root, xd_str_t pointer)
{
    xd_node_t *node = unconst(root);

    if (pointer.len > 0 && pointer.ptr[0] != '/') {
        return NULL;
    }

    if (pointer.len == 0) {
        return node;
    }

    pointer.ptr++;
    pointer.len--;

    while (node != NULL && pointer.ptr != NULL) {
        xd_str_t token = xd_str_cut(&pointer, '/');

        node = node->kind == XD_ARRAY    ? element(node, token)
               : node->kind == XD_OBJECT ? member(node, token)
                                         : NULL;
    }

    return node;
}


/* What names node in its parent, not escaped yet: its key, or its place
 * written into room. */
static xd_str_t
name_of(const xd_node_t *node, char room[PLACE_MAX])
{
    size_t place = 0;
    int len;

    if (node->parent->kind == XD_OBJECT) {
        return node->key;
    }

    for (const xd_node_t *n = node->parent->first; n != node; n = n->next) {
        place++;
    }

    len = snprintf(room, PLACE_MAX, "%zu", place);

    return (xd_str_t){ room, (size_t) len };
}


/* Bytes of a token with its slash. */
static size_t
token_len(xd_str_t name)
{
    size_t len = 1 + name.len;

    for (size_t i = 0; i < name.len; i++) {
        len += name.ptr[i] == '/' || name.ptr[i] == '~';
    }

    return len;
}


/* Writes a token so that it ends before end; returns its beginning. */
static char *
write_back(char *end, xd_str_t name)
{
    for (size_t i = name.len; i > 0; i--) {
        char c = name.ptr[i - 1];

        if (c == '/' || c == '~') {
            *--end = c == '/' ? '1' : '0';
            c = '~';
        }

        *--end = c;
    }

    *--end = '/';

    return end;
}


/* Measured on one way up, written from its end on a second. */
xd_str_t
xd_pointer_of(xd_arena_t *arena, const xd_node_t *node)
{
    char room[PLACE_MAX], *text, *end;
    size_t len = 0;

    for (const xd_node_t *n = node; n->parent != NULL; n = n->parent) {
        len += token_len(name_of(n, room));
    }

    text = xd_alloc(arena, len + 1);
    if (text == NULL) {
        return XD_STR_NONE;
    }

    end = text + len;
    for (const xd_node_t *n = node; n->parent != NULL; n = n->parent) {
        end = write_back(end, name_of(n, room));
    }

    return (xd_str_t){ text, len };
}
