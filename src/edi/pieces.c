/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The tree of a set has segments by their names; here they are brought into a
 * row: as the grammar has them, or as they stood in the bytes when they come
 * from there.
 */

#include "edi/pieces.h"

#include <stdlib.h>

#define NO_ROW    UINT16_MAX
#define MOST_DEEP 80 /* loops within loops: levels of HL and three more */

typedef struct {
    xd_arena_t *arena;
    const edi_set_t *grammar;
    uint32_t keys[EDI_MOST_ROWS];
    edi_pieces_t *out;
    size_t at;
    bool sorted;
    xd_rc_t rc;
} rows_t;


static void
piece(rows_t *w, const xd_node_t *node, const edi_row_t *row)
{
    edi_piece_t *p = xd_vec_push(&w->out->all, w->arena);

    if (p == NULL) {
        w->rc = XD_E_MEMORY;
        return;
    }

    if (node->offset != 0) {
        w->sorted = w->sorted && node->offset >= w->at;
        w->at = node->offset;
    }

    *p = (edi_piece_t){ .node = node,
        .id = row != NULL ? xd_str(row->segment->id) : node->parent->key,
        .row = row,
        .at = w->at,
        .ordinal = w->out->all.count };

    if (row != NULL) {
        w->out->levels += row->role == EDI_AS_LEVEL;
        w->out->items += row->role == EDI_AS_ITEM;
    }
}


/* Does the row stand behind the loop of that depth? */
static bool
behind_loop(const edi_row_t *row, uint8_t depth)
{
    return row->depth < depth || (row->depth == depth && row->loop != NULL);
}


/* The next row of a name inside a loop, from one on: of a segment, or of a
 * loop's first. */
static uint16_t
row_of(const rows_t *w, uint16_t from, uint8_t depth, xd_str_t name)
{
    const edi_row_t *rows = w->grammar->rows;
    uint32_t key = edi_key(name);
    uint16_t i = from;

    for (; i < w->grammar->count && !behind_loop(&rows[i], depth); i++) {
        uint8_t own = rows[i].loop != NULL ? (uint8_t) (rows[i].depth - 1)
                                           : rows[i].depth;

        if (own == depth
            && (rows[i].loop != NULL ? xd_str_is(name, rows[i].loop)
                                     : w->keys[i] == key))
        {
            return i;
        }
    }

    return NO_ROW;
}


/* A loop at hand: its object, the row that began it, how deep it is. */
typedef struct {
    const xd_node_t *node;
    uint16_t first;
    uint8_t depth;
    unsigned deep; /* with the levels of HL */
} loop_t;

/* A member of a loop, to be ordered by its row: all of an array, or a part. */
typedef struct {
    const xd_node_t *first;
    uint32_t count;
    uint16_t row;
} member_t;

typedef struct {
    rows_t *w;
    const loop_t *loop;
    xd_vec_t all; /* of member_t */
} members_t;


static void
member_add(members_t *m, const member_t *one)
{
    member_t *slot = xd_vec_push(&m->all, m->w->arena);
    size_t i = m->all.count - 1;

    if (slot == NULL) {
        m->w->rc = XD_E_MEMORY;
        return;
    }

    for (; i > 0 && XD_AT(&m->all, member_t, i - 1)->row > one->row; i--) {
        *XD_AT(&m->all, member_t, i) = *XD_AT(&m->all, member_t, i - 1);
    }
    *XD_AT(&m->all, member_t, i) = *one;
}


/* How many may stand at a row; of a name without a row any number. */
static uint32_t
most_of(const rows_t *w, uint16_t row)
{
    const edi_row_t *r = row != NO_ROW ? &w->grammar->rows[row] : NULL;
    uint32_t most = r == NULL ? 0 : r->loop != NULL ? r->loop_most : r->most;

    return most != 0 ? most : UINT32_MAX;
}


/* A name may have two places: what the first has no room for stands at the
 * next. */
static void
array_add(members_t *m, const xd_node_t *array)
{
    const loop_t *loop = m->loop;
    uint16_t row = row_of(m->w, loop->depth == 0 ? 0 : loop->first + 1U,
        loop->depth, array->key);
    const xd_node_t *at = xd_nth(array, 0);
    uint32_t left = array->count;

    while (left > 0 && m->w->rc == XD_OK) {
        uint32_t most = most_of(m->w, row);
        uint16_t next = left > most
                            ? row_of(m->w, row + 1U, loop->depth, array->key)
                            : NO_ROW;
        member_t one = { at, next != NO_ROW ? most : left, row };

        member_add(m, &one);
        for (uint32_t i = 0; i < one.count; i++) {
            at = at->next;
        }
        left -= one.count;
        row = next;
    }
}


/* Members in the order of their rows; unknown ones, and the levels below a
 * level, come last. */
static void
members_of(members_t *m)
{
    xd_each (child, m->loop->node) {
        if (!edi_is_element(child) && child->kind == XD_ARRAY) {
            array_add(m, child);
        }
    }
}


static bool
is_level(const rows_t *w, const loop_t *loop, const xd_node_t *array)
{
    return loop->depth > 0 && w->grammar->rows[loop->first].role == EDI_AS_LEVEL
           && xd_str_is(array->key, "HL");
}


static void walk(rows_t *w, const loop_t *loop);


/* What a member of a loop holds: segments, loops, or levels of its own. */
static void
member(rows_t *w, const loop_t *loop, const member_t *m)
{
    bool level = is_level(w, loop, m->first->parent);
    uint16_t at = level ? loop->first : m->row;
    const edi_row_t *row = at != NO_ROW ? &w->grammar->rows[at] : NULL;
    const xd_node_t *one = m->first;

    for (uint32_t i = 0; i < m->count; i++, one = one->next) {
        const loop_t inner = { one, at, row != NULL ? row->depth : 0,
            loop->deep + 1 };

        if (w->rc != XD_OK) {
            return;
        }

        piece(w, one, row);
        if (row != NULL && row->loop != NULL) {
            walk(w, &inner);
        }
    }
}


static void
walk(rows_t *w, const loop_t *loop)
{
    members_t m = { w, loop, XD_VEC(member_t) };

    if (loop->deep > MOST_DEEP) {
        w->rc = XD_E_LIMIT;
        return;
    }

    members_of(&m);
    for (size_t i = 0; i < m.all.count && w->rc == XD_OK; i++) {
        member(w, loop, XD_AT(&m.all, member_t, i));
    }
}


static int
by_place(const void *a, const void *b)
{
    const edi_piece_t *x = a, *y = b;

    if (x->at != y->at) {
        return x->at > y->at ? 1 : -1;
    }

    return x->ordinal > y->ordinal ? 1 : -1;
}


xd_rc_t
edi_pieces(xd_arena_t *arena, const edi_set_t *grammar, const xd_node_t *tree,
    edi_pieces_t *out)
{
    const loop_t root = { .node = tree };
    rows_t w = { .arena = arena,
        .grammar = grammar,
        .out = out,
        .sorted = true };

    *out = (edi_pieces_t){ .all = XD_VEC(edi_piece_t) };

    for (uint16_t i = 0; i < grammar->count; i++) {
        w.keys[i] = edi_id_key(grammar->rows[i].segment->id);
    }

    walk(&w, &root);
    if (w.rc == XD_OK && !w.sorted && out->all.count > 0) {
        qsort(out->all.at, out->all.count, out->all.size, by_place);
    }

    return w.rc;
}
