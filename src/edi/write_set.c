/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * One set, from its tree.  The tree has segments by their names; here they
 * are brought into a row: as the grammar has them, or as they stood in the
 * bytes when they come from there.
 */

#include <stdlib.h>

#include "base/vec.h"
#include "edi/grammar.h"
#include "edi/write.h"


#define NO_ROW    UINT16_MAX
#define MOST_DEEP 80 /* loops within loops: levels of HL and three more */

/* One segment of the row. */
typedef struct {
    const xd_node_t *node; /* holds its elements */
    xd_str_t id;
    const edi_row_t *row; /* NULL: the grammar has none */
    size_t at; /* where it stood; made ones stand with those before */
    size_t ordinal;
} piece_t;

typedef struct {
    xd_x12_writer_t *x;
    xd_arena_t *arena;
    xd_report_t *rep;
    const edi_set_t *grammar;
    uint32_t keys[EDI_MOST_ROWS];
    xd_vec_t pieces; /* of piece_t */
    size_t at;
    uint32_t levels, items;
    bool sorted;
    xd_rc_t rc;
} set_writer_t;


/* -- bringing segments into a row ----------------------------------------- */

static void
piece(set_writer_t *w, const xd_node_t *node, const edi_row_t *row)
{
    piece_t *p = xd_vec_push(&w->pieces, w->arena);

    if (p == NULL) {
        w->rc = XD_E_MEMORY;
        return;
    }

    if (node->offset != 0) {
        w->sorted = w->sorted && node->offset >= w->at;
        w->at = node->offset;
    }

    *p = (piece_t){ .node = node,
        .id = node->parent->key,
        .row = row,
        .at = w->at,
        .ordinal = w->pieces.count };

    if (row != NULL) {
        w->levels += row->role == EDI_AS_LEVEL;
        w->items += row->role == EDI_AS_ITEM;
    }
}


/* Does the row stand behind the loop of that depth? */
static bool
behind_loop(const edi_row_t *row, uint8_t depth)
{
    return row->depth < depth || (row->depth == depth && row->loop != NULL);
}


/* The row of a name inside a loop: of a segment, or of a loop's first. */
static uint16_t
row_of(const set_writer_t *w, uint16_t first, uint8_t depth, xd_str_t name)
{
    const edi_row_t *rows = w->grammar->rows;
    uint32_t key = edi_key(name);
    uint16_t i = depth == 0 ? 0 : (uint16_t) (first + 1);

    for (; i < w->grammar->count && !behind_loop(&rows[i], depth); i++) {
        uint8_t own = rows[i].loop != NULL ? (uint8_t) (rows[i].depth - 1)
                                           : rows[i].depth;

        if (w->keys[i] == key && own == depth) {
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

/* A member of a loop, to be ordered by its row. */
typedef struct {
    const xd_node_t *array;
    uint16_t row;
} member_t;


static bool
is_element(const xd_node_t *member)
{
    return member->key.len > 0 && member->key.ptr[0] >= '0'
           && member->key.ptr[0] <= '9';
}


/* Members in the order of their rows; unknown ones, and the levels below a
 * level, come last. */
static member_t *
members_of(set_writer_t *w, const loop_t *loop, size_t *count)
{
    member_t *all = xd_alloc_n(w->arena, loop->node->count + 1U, sizeof(*all));

    *count = 0;

    if (all == NULL) {
        w->rc = XD_E_MEMORY;
        return NULL;
    }

    xd_each (child, loop->node) {
        size_t i = *count;
        uint16_t row;

        if (is_element(child) || child->kind != XD_ARRAY) {
            continue;
        }

        row = row_of(w, loop->first, loop->depth, child->key);
        for (; i > 0 && all[i - 1].row > row; i--) {
            all[i] = all[i - 1];
        }
        all[i] = (member_t){ child, row };
        ++*count;
    }

    return all;
}


static bool
is_level(const set_writer_t *w, const loop_t *loop, const xd_node_t *array)
{
    return loop->depth > 0 && w->grammar->rows[loop->first].role == EDI_AS_LEVEL
           && xd_str_is(array->key, "HL");
}


static void walk(set_writer_t *w, const loop_t *loop);


/* What a member of a loop holds: segments, loops, or levels of its own. */
static void
member(set_writer_t *w, const loop_t *loop, const member_t *m)
{
    bool level = is_level(w, loop, m->array);
    uint16_t at = level ? loop->first : m->row;
    const edi_row_t *row = at != NO_ROW ? &w->grammar->rows[at] : NULL;

    xd_each (one, m->array) {
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
walk(set_writer_t *w, const loop_t *loop)
{
    size_t count;
    member_t *all;

    if (loop->deep > MOST_DEEP) {
        w->rc = XD_E_LIMIT;
        return;
    }

    all = members_of(w, loop, &count);
    for (size_t i = 0; i < count && w->rc == XD_OK; i++) {
        member(w, loop, &all[i]);
    }
}


static int
by_place(const void *a, const void *b)
{
    const piece_t *x = a, *y = b;

    if (x->at != y->at) {
        return x->at > y->at ? 1 : -1;
    }

    return x->ordinal > y->ordinal ? 1 : -1;
}


/* -- writing one ---------------------------------------------------------- */

static void
refuse(set_writer_t *w, const piece_t *p, uint32_t n, const xd_node_t *node)
{
    xd_str_t path = xd_pointer_of(w->arena, node);

    xd_reportf(w->rep,
        &(xd_finding_t){ .severity = XD_ERROR,
            .scope = XD_SCOPE_VALUE,
            .offset = node->offset,
            .rule = "x12.write.mark",
            .path = path.ptr != NULL ? path : XD_STR(""),
            .value = { node->text.ptr,
                node->text.len < 99 ? node->text.len : 99 } },
        "%.*s%02u holds a byte that is a mark here, or a control byte: X12 "
        "cannot escape it.",
        XD_FMT(p->id), n);
    w->rc = XD_E_SYNTAX;
}


static void
composite(set_writer_t *w, const piece_t *p, uint32_t n, const xd_node_t *node)
{
    xd_str_t parts[XD_X12_ELEMENTS];
    size_t count = 0, bad = 0;

    xd_each (part, node) {
        if (count < XD_X12_ELEMENTS) {
            parts[count++] = part->text;
        }
    }

    if (!xd_x12_write_composite(w->x, parts, count, &bad)) {
        refuse(w, p, n, xd_nth(node, bad - 1));
    }
}


static bool
is_binary(xd_str_t id)
{
    return xd_str_is(id, "BIN") || xd_str_is(id, "BDS");
}


static void
elements(set_writer_t *w, const piece_t *p)
{
    const xd_node_t *at[XD_X12_ELEMENTS + 1] = { NULL };
    uint64_t n, last = 0;

    xd_each (child, p->node) {
        if (is_element(child) && xd_str_uint(child->key, XD_X12_ELEMENTS, &n)
            && n > 0) {
            at[n] = child;
            last = n > last ? n : last;
        }
    }

    for (n = 1; n <= last && w->rc == XD_OK; n++) {
        xd_str_t value = at[n] != NULL ? at[n]->text : XD_STR("");

        if (at[n] != NULL && at[n]->kind == XD_ARRAY) {
            composite(w, p, (uint32_t) n, at[n]);
        } else if (n == last && is_binary(p->id)) {
            xd_x12_write_binary(w->x, value);
        } else if (!xd_x12_write_element(w->x, value)) {
            refuse(w, p, (uint32_t) n, at[n]);
        }
    }
}


/* CTT without its count: lines, or the levels of a ship notice. */
static void
count(set_writer_t *w, const piece_t *p)
{
    if (p->row == NULL || p->row->role != EDI_AS_TOTALS
        || xd_get(p->node, "1") != NULL)
    {
        elements(w, p);
        return;
    }

    xd_x12_write_number(w->x, w->levels > 0 ? w->levels : w->items);
}


static void
begin(set_writer_t *w, const xd_node_t *st, xd_str_t control)
{
    static const char *const later[] = { "3", "4" };

    xd_x12_write_begin(w->x, XD_STR("ST"));

    if (!xd_x12_write_element(w->x, xd_text(st, "1"))
        || !xd_x12_write_element(w->x,
            control.len > 0 ? control : xd_text(st, "2")))
    {
        w->rc = XD_E_SYNTAX;
    }

    for (size_t i = 0; i < 2; i++) {
        xd_str_t value = xd_text(st, later[i]);

        if (!xd_x12_write_element(w->x, value.ptr != NULL ? value : XD_STR("")))
        {
            w->rc = XD_E_SYNTAX;
        }
    }

    xd_x12_write_end(w->x);
}


/* SE says how many there were; a number that says the same with zeros before
 * it is kept. */
static void
end(set_writer_t *w, const xd_node_t *tree, xd_str_t control)
{
    const xd_node_t *st = xd_nth(xd_get(tree, "ST"), 0);
    const xd_node_t *se = xd_nth(xd_get(tree, "SE"), 0);
    xd_str_t said = xd_text(se, "1"), again = xd_text(se, "2");
    uint64_t count;

    xd_x12_write_begin(w->x, XD_STR("SE"));

    if (said.ptr == NULL || !xd_str_uint(said, UINT32_MAX, &count)
        || count != w->x->segments || !xd_x12_write_element(w->x, said))
    {
        xd_x12_write_number(w->x, w->x->segments);
    }

    if (control.len == 0) {
        control = again.len > 0 ? again : xd_text(st, "2");
    }

    if (!xd_x12_write_element(w->x, control)) {
        w->rc = XD_E_SYNTAX;
    }

    xd_x12_write_end(w->x);
}


static void
body(set_writer_t *w)
{
    for (size_t i = 0; i < w->pieces.count && w->rc == XD_OK; i++) {
        const piece_t *p = XD_AT(&w->pieces, piece_t, i);

        if (xd_str_is(p->id, "ST") || xd_str_is(p->id, "SE")) {
            continue;
        }

        xd_x12_write_begin(w->x, p->id);
        count(w, p);
        xd_x12_write_end(w->x);
    }
}


xd_rc_t
xd_edi_write_set(xd_x12_writer_t *x, xd_arena_t *arena, const xd_node_t *tree,
    xd_str_t version, xd_str_t control, xd_report_t *rep)
{
    const xd_node_t *st = xd_nth(xd_get(tree, "ST"), 0);
    const loop_t root = { .node = tree };
    set_writer_t w = { .x = x,
        .arena = arena,
        .rep = rep,
        .grammar = edi_grammar_set(xd_text(st, "1"), version),
        .pieces = XD_VEC(piece_t),
        .sorted = true };

    if (w.grammar == NULL) {
        return XD_E_NOT_FOUND;
    }

    for (uint16_t i = 0; i < w.grammar->count; i++) {
        w.keys[i] = edi_id_key(w.grammar->rows[i].segment->id);
    }

    walk(&w, &root);
    if (!w.sorted && w.pieces.count > 0) {
        qsort(w.pieces.at, w.pieces.count, w.pieces.size, by_place);
    }

    x->segments = 0;
    if (w.rc == XD_OK) {
        begin(&w, st, control);
    }
    body(&w);
    if (w.rc == XD_OK) {
        end(&w, tree, control);
    }

    return w.rc;
}
