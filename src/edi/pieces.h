/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_PIECES_H
#define XD_EDI_PIECES_H

#include "base/vec.h"
#include "edi/grammar.h"
#include "tree/node.h"

/* One segment of a tree in the row that is written. */
typedef struct {
    const xd_node_t *node; /* holds its elements */
    xd_str_t id;
    const edi_row_t *row; /* NULL: the grammar has none */
    size_t at; /* where it stood; made ones stand with those before */
    size_t ordinal;
} edi_piece_t;

typedef struct {
    xd_vec_t all; /* of edi_piece_t */
    uint32_t levels, items;
} edi_pieces_t;

/*
 * edi_pieces - the segments of a set in the order of their bytes
 *
 *   tree  of edi/grade.h, which must live as long as out
 *
 * Returns XD_OK; XD_E_LIMIT when loops stand too deep in each other;
 * XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t edi_pieces(xd_arena_t *arena, const edi_set_t *grammar,
    const xd_node_t *tree, edi_pieces_t *out);

/* Is that member of a loop an element of its first segment? */
static inline bool
edi_is_element(const xd_node_t *member)
{
    const xd_node_t *first = xd_nth(member, 0);

    return member->key.len > 0 && member->key.ptr[0] >= '0'
           && member->key.ptr[0] <= '9'
           && (first == NULL || first->kind != XD_OBJECT);
}

#endif
