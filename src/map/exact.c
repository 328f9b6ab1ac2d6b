/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What a map would write otherwise than a tree has it, though it means the
 * same: one text cut elsewhere, parties in another order.  Kept beside the
 * residue under "=", as places with what stood there (was) and what the map
 * writes (for); put back where the map writes that again.
 */

#include "map/residue.h"

#include "map/mapping.h"

#define DEPTH_MAX 80

typedef struct {
    map_run_t *m;
    xd_node_t *out; /* array of {at, was, for}; made when it is needed */
    unsigned depth;
} notes_t;


/* -- noting ---------------------------------------------------------------- */

static xd_node_t *
copy_as(notes_t *n, xd_node_t *to, const char *key, const xd_node_t *node)
{
    xd_node_t *copy = node != NULL ? xd_node_copy(n->m->arena, node) : NULL;

    if (copy == NULL) {
        return NULL;
    }

    copy->key = xd_str(key);
    copy->next = copy->parent = NULL;

    return xd_node_add(n->m->arena, to, copy);
}


static void
note(notes_t *n, xd_str_t at, const xd_node_t *was, const xd_node_t *made)
{
    xd_arena_t *arena = n->m->arena;
    xd_node_t *one = xd_node_new(arena, XD_OBJECT);

    if (n->out == NULL) {
        n->out = xd_node_new(arena, XD_ARRAY);
    }

    if (xd_node_add(arena, n->out, one) == NULL
        || xd_put_str(arena, one, "at", at) == NULL
        || (was != NULL && copy_as(n, one, "was", was) == NULL)
        || (made != NULL && copy_as(n, one, "for", made) == NULL))
    {
        n->m->rc = XD_E_MEMORY;
    }
}


static bool
is_service(const map_run_t *m, xd_str_t name)
{
    for (const char *const *s = m->kind->service; *s != NULL; s++) {
        if (xd_str_is(name, *s)) {
            return true;
        }
    }

    return false;
}


static void compare(notes_t *n, xd_str_t at, const xd_node_t *was,
    const xd_node_t *made);


/* One member of two groups, of which one may not have it. */
static void
compare_member(notes_t *n, xd_str_t at, const xd_node_t *was,
    const xd_node_t *made)
{
    const xd_node_t *a = was != NULL ? was->first : NULL;
    const xd_node_t *b = made != NULL ? made->first : NULL;
    size_t i = 0;

    if (was == NULL || made == NULL || n->m->kind->is_value(was)
        || was->count != made->count)
    {
        if (was == NULL || made == NULL || !xd_node_equal(was, made)) {
            note(n, at, was, made);
        }
        return;
    }

    for (; a != NULL && b != NULL; a = a->next, b = b->next) {
        compare(n, xd_fmt(n->m->arena, "%.*s/%zu", XD_FMT(at), i++), a, b);
    }
}


static void
compare(notes_t *n, xd_str_t at, const xd_node_t *was, const xd_node_t *made)
{
    if (at.ptr == NULL || n->depth >= DEPTH_MAX) {
        n->m->rc = at.ptr == NULL ? XD_E_MEMORY : n->m->rc;
        return;
    }

    n->depth++;
    xd_each (member, was) {
        if (!is_service(n->m, member->key)) {
            compare_member(n,
                xd_fmt(n->m->arena, "%.*s/%.*s", XD_FMT(at),
                    XD_FMT(member->key)),
                member, xd_get_str(made, member->key));
        }
    }
    xd_each (member, made) {
        if (!is_service(n->m, member->key)
            && xd_get_str(was, member->key) == NULL) {
            compare_member(n,
                xd_fmt(n->m->arena, "%.*s/%.*s", XD_FMT(at),
                    XD_FMT(member->key)),
                NULL, member);
        }
    }
    n->depth--;
}


xd_node_t *
map_exact(map_run_t *m, const xd_node_t *was, const xd_node_t *made)
{
    notes_t n = { .m = m };

    compare(&n, XD_STR(""), was, made);

    return n.out;
}


/* -- putting back ---------------------------------------------------------- */

/* The node above a place, and the name of the member that stands there. */
static xd_node_t *
above(xd_node_t *node, xd_str_t at, xd_str_t *name)
{
    xd_str_t rest = { at.ptr + 1, at.len > 0 ? at.len - 1 : 0 };

    *name = xd_str_cut(&rest, '/');
    while (node != NULL && rest.ptr != NULL) {
        uint64_t i;

        node = node->kind != XD_ARRAY            ? xd_get_str(node, *name)
               : xd_str_uint(*name, 1000000, &i) ? xd_nth(node, (size_t) i)
                                                 : NULL;
        *name = xd_str_cut(&rest, '/');
    }

    return node != NULL && node->kind == XD_OBJECT ? node : NULL;
}


static void
take_out(xd_node_t *from, const xd_node_t *member)
{
    xd_node_t **link = &from->first, *last = NULL;

    while (*link != NULL && *link != member) {
        last = *link;
        link = &last->next;
    }

    if (*link != NULL) {
        *link = member->next;
        from->last = from->last == member ? last : from->last;
        from->count--;
    }
}


/* Where the map wrote what it wrote then, what stood there comes back. */
static void
put_back(notes_t *n, const xd_node_t *one)
{
    const xd_node_t *was = xd_get(one, "was"), *made = xd_get(one, "for");
    xd_str_t at = xd_text(one, "at"), name;
    xd_node_t *in = at.len > 1 ? above(n->m->made, at, &name) : NULL;
    xd_node_t *there = in != NULL ? xd_get_str(in, name) : NULL;

    if (in == NULL || (there == NULL) != (made == NULL)
        || (made != NULL && !xd_node_equal(there, made)))
    {
        return;
    }

    if (there != NULL) {
        take_out(in, there);
    }

    if (was != NULL) {
        xd_str_t key = map_kept(n->m, xd_dup(n->m->arena, name));

        if (key.ptr != NULL && copy_as(n, in, key.ptr, was) == NULL) {
            n->m->rc = XD_E_MEMORY;
        }
    }
}


void
map_exact_write(map_run_t *m, const xd_node_t *notes)
{
    notes_t n = { .m = m };

    xd_each (one, notes) {
        if (m->rc == XD_OK && one->kind == XD_OBJECT) {
            put_back(&n, one);
        }
    }
}
