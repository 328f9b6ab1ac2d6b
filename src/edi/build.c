/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The tree of a set, for maps.  Segments that have no place in the grammar
 * are kept too, where they stood: nothing a partner sent is lost on the way
 * to the residue.
 */

#include "edi/grader.h"


/* Keys of elements, so that no tree holds its own copies. */
static const char *const names[XD_X12_ELEMENTS] = { "1", "2", "3", "4", "5",
    "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18",
    "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30",
    "31", "32", "33", "34", "35", "36", "37", "38", "39", "40", "41", "42",
    "43", "44", "45", "46", "47", "48", "49", "50", "51", "52", "53", "54",
    "55", "56", "57", "58", "59", "60", "61", "62", "63", "64" };


static xd_node_t *
node(edi_grader_t *g, xd_kind_t kind, size_t offset)
{
    xd_node_t *n = xd_node_new(g->tree_arena, kind);

    if (n == NULL) {
        g->rc = XD_E_MEMORY;
    } else {
        n->offset = offset;
    }

    return n;
}


static xd_node_t *
text(edi_grader_t *g, xd_str_t s, size_t offset)
{
    xd_node_t *n = node(g, XD_STRING, offset);
    xd_str_t value;

    if (n == NULL) {
        return NULL;
    }

    value = g->seg.special ? xd_edi_value(g->reader, g->tree_arena, s) : s;
    if (value.ptr == NULL && s.len > 0) {
        g->rc = XD_E_MEMORY;
    } else {
        n->text = value.ptr == s.ptr ? edi_keep(g, g->tree_arena, s) : value;
    }

    return n;
}


static void
attach(edi_grader_t *g, xd_node_t *parent, xd_node_t *child)
{
    if (xd_node_add(g->tree_arena, parent, child) == NULL) {
        g->rc = XD_E_MEMORY;
    }
}


static void
attach_as(edi_grader_t *g, xd_node_t *parent, const char *key, xd_node_t *child)
{
    if (child != NULL) {
        child->key = xd_str(key);
    }

    attach(g, parent, child);
}


/* A segment may call itself 2, like an element of the loop that it is in. */
static bool
holds_segments(const xd_node_t *n)
{
    const xd_node_t *first = xd_nth(n, 0);

    return n->kind == XD_ARRAY && (first == NULL || first->kind == XD_OBJECT);
}


/* The array of that name in an object, made when it is not there. */
static xd_node_t *
row_of(edi_grader_t *g, xd_node_t *in, xd_str_t name)
{
    xd_node_t *array = xd_get_str(in, name);

    if (array == NULL || !holds_segments(array)) {
        array = node(g, XD_ARRAY, g->seg.offset);
        if (array != NULL) {
            array->key = edi_keep(g, g->tree_arena, name);
        }
        attach(g, in, array);
    }

    return array;
}


static xd_node_t *
composite(edi_grader_t *g, xd_str_t value, size_t offset)
{
    char mark = xd_x12_marks(g->reader)->component;
    xd_node_t *array = node(g, XD_ARRAY, offset);
    xd_str_t rest = value;

    while (rest.ptr != NULL) {
        const char *at = rest.ptr;
        xd_str_t part = xd_edi_cut(g->reader, &rest, mark);

        attach(g, array, text(g, part, offset + (size_t) (at - value.ptr)));
    }

    return array;
}


/* By its row; where no row knows it, EDIFACT still tells what is composite. */
static bool
is_composite(const edi_grader_t *g, const edi_segment_t *def, uint32_t n)
{
    if (def != NULL) {
        return n <= def->count && def->elements[n - 1].type == EDI_COMPOSITE;
    }

    return g->syntax->edifact
           && xd_edi_has(g->reader, g->seg.elements[n - 1],
               xd_x12_marks(g->reader)->component);
}


static void
elements(edi_grader_t *g, xd_node_t *to, const edi_segment_t *def)
{
    for (uint32_t n = 1; n <= g->seg.count && g->rc == XD_OK; n++) {
        xd_str_t value = g->seg.elements[n - 1];
        size_t offset = xd_x12_offset(g->reader, &g->seg, n);

        if (value.len > 0) {
            attach_as(g, to, names[n - 1],
                is_composite(g, def, n) ? composite(g, value, offset)
                                        : text(g, value, offset));
        }
    }
}


void
edi_build_begin(edi_grader_t *g)
{
    g->loops[0] = g->set.tree = node(g, XD_OBJECT, g->seg.offset);
}


static bool
is_hl(const edi_row_t *row)
{
    return row != NULL && row->loop != NULL && strcmp(row->loop, "HL") == 0;
}


/* An HL loop stands in its parent at the set's end; one too many nowhere. */
static void
level_keep(edi_grader_t *g, xd_node_t *hl)
{
    xd_node_t **slot;

    if (g->hl.nodes.count >= g->hl.levels.count) {
        return;
    }

    slot = xd_vec_push(&g->hl.nodes, g->set_arena);
    if (slot == NULL) {
        g->rc = XD_E_MEMORY;
    } else {
        *slot = hl;
    }
}


void
edi_build(edi_grader_t *g, const edi_row_t *row)
{
    xd_node_t *in = g->loops[g->place.depth], *obj;
    bool opens = row != NULL && row->loop != NULL;

    if (g->rc != XD_OK) {
        return;
    }

    if (opens) {
        in = g->loops[row->depth - 1];
    }

    obj = node(g, XD_OBJECT, g->seg.offset);

    if (is_hl(row)) {
        level_keep(g, obj);
    } else {
        attach(g, row_of(g, in, opens ? xd_str(row->loop) : g->seg.id), obj);
    }

    if (opens) {
        g->loops[row->depth] = obj;
    }

    elements(g, obj, row != NULL ? row->segment : NULL);
}


void
edi_build_end(edi_grader_t *g)
{
    for (size_t i = 0; i < g->hl.nodes.count && g->rc == XD_OK; i++) {
        xd_node_t *hl = *XD_AT(&g->hl.nodes, xd_node_t *, i);
        uint32_t parent = XD_AT(&g->hl.levels, edi_level_t, i)->parent;
        xd_node_t *in = parent != 0
                            ? *XD_AT(&g->hl.nodes, xd_node_t *, parent - 1)
                            : g->set.tree;

        attach(g, row_of(g, in, XD_STR("HL")), hl);
    }
}
