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

static void
note(notes_t *n, const map_where_t *where, const xd_node_t *was,
    const xd_node_t *made)
{
    xd_arena_t *arena = n->m->arena;
    xd_node_t *one;

    if (n->out == NULL) {
        n->out = xd_node_new(arena, XD_ARRAY);
    }

    one = xd_node_add(arena, n->out, xd_node_new(arena, XD_OBJECT));
    if (one == NULL
        || xd_put_str(arena, one, "at", map_where_text(n->m, where)) == NULL)
    {
        n->m->rc = XD_E_MEMORY;
        return;
    }

    if (was != NULL) {
        map_put_copy(n->m, one, XD_STR("was"), was);
    }
    if (made != NULL) {
        map_put_copy(n->m, one, XD_STR("for"), made);
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


static void compare(notes_t *n, const map_where_t *where, const xd_node_t *was,
    const xd_node_t *made);


/* One member of two groups, of which one may not have it. */
static void
compare_member(notes_t *n, const map_where_t *where, const xd_node_t *was,
    const xd_node_t *made)
{
    map_where_t entry = { .up = where, .key = XD_STR_NONE };
    const xd_node_t *a = was != NULL ? was->first : NULL;
    const xd_node_t *b = made != NULL ? made->first : NULL;

    if (was == NULL || made == NULL || n->m->kind->is_value(was)
        || was->count != made->count)
    {
        if (was == NULL || made == NULL || !xd_node_equal(was, made)) {
            note(n, where, was, made);
        }
        return;
    }

    for (; a != NULL && b != NULL; a = a->next, b = b->next) {
        compare(n, &entry, a, b);
        entry.index++;
    }
}


/* Two groups.  Readers bound the depth of trees well below the limit here. */
static void
compare(notes_t *n, const map_where_t *where, const xd_node_t *was,
    const xd_node_t *made)
{
    map_where_t member = { .up = where };

    if (n->depth >= DEPTH_MAX || n->m->rc != XD_OK) {
        return;
    }

    n->depth++;
    xd_each (one, was) {
        if (!is_service(n->m, one->key)) {
            member.key = one->key;
            compare_member(n, &member, one, xd_get_str(made, one->key));
        }
    }
    xd_each (one, made) {
        if (!is_service(n->m, one->key) && xd_get_str(was, one->key) == NULL) {
            member.key = one->key;
            compare_member(n, &member, NULL, one);
        }
    }
    n->depth--;
}


xd_node_t *
map_exact(map_run_t *m, const xd_node_t *was, const xd_node_t *made)
{
    const map_where_t root = { .up = NULL };
    notes_t n = { .m = m };

    compare(&n, &root, was, made);

    return n.out;
}


/* -- putting back ---------------------------------------------------------- */

#define LEVELS 16

/* The entry of an array where the note before found one: notes follow each
 * other as their places do, so the next one is not far. */
typedef struct {
    const xd_node_t *array;
    xd_node_t *entry;
    uint64_t index;
} cursor_t;


static xd_node_t *
entry_at(cursor_t *c, const xd_node_t *array, uint64_t index)
{
    if (c->array != array || c->entry == NULL || index < c->index) {
        *c = (cursor_t){ .array = array, .entry = array->first };
    }

    while (c->entry != NULL && c->index < index) {
        c->entry = c->entry->next;
        c->index++;
    }

    return c->entry;
}


/* The group above a place, and the name of the member that stands there. */
static xd_node_t *
above(cursor_t cursors[LEVELS], xd_node_t *node, xd_str_t at, xd_str_t *name)
{
    xd_str_t rest = { at.ptr + 1, at.len > 0 ? at.len - 1 : 0 };
    unsigned level = 0;
    cursor_t far;

    *name = xd_str_cut(&rest, '/');
    while (node != NULL && rest.ptr != NULL) {
        uint64_t i;

        if (node->kind != XD_ARRAY) {
            node = xd_get_str(node, *name);
        } else if (xd_str_uint(*name, UINT32_MAX, &i)) {
            far = (cursor_t){ .array = NULL };
            node = entry_at(level < LEVELS ? &cursors[level] : &far, node, i);
            level++;
        } else {
            node = NULL;
        }
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
        from->index = NULL;
    }
}


/* Where the map wrote what it wrote then, what stood there comes back. */
static void
put_back(map_run_t *m, cursor_t cursors[LEVELS], const xd_node_t *one)
{
    const xd_node_t *was = xd_get(one, "was"), *made = xd_get(one, "for");
    xd_str_t at = xd_text(one, "at"), name;
    xd_node_t *in = at.len > 1 ? above(cursors, m->made, at, &name) : NULL;
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
        map_put_copy(m, in, map_kept(m, xd_dup(m->arena, name)), was);
    }
}


void
map_exact_write(map_run_t *m, const xd_node_t *notes)
{
    cursor_t cursors[LEVELS] = { { .array = NULL } };

    xd_each (one, notes) {
        if (m->rc == XD_OK && one->kind == XD_OBJECT) {
            put_back(m, cursors, one);
        }
    }
}
