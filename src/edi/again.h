/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_AGAIN_H
#define XD_EDI_AGAIN_H

#include "base/buf.h"
#include "base/vec.h"
#include "format/edifact_write.h"
#include "tree/node.h"

/* For the writers: segments of EDIFACT, from the bytes and from a tree. */

typedef struct {
    xd_arena_t *arena;
    xd_edi_reader_t *reader;
    xd_report_t *rep;
    xd_str_t bytes;
    xd_buf_t *out;
} edi_again_t;

/*
 * edi_edifact_element - the next element of a segment from its node
 *
 *   node  a text, or an array of them; NULL: left out
 *
 * False when a value cannot be written, which is told by its path.
 */
XD_CHECKED bool edi_edifact_element(xd_arena_t *arena, xd_edifact_writer_t *w,
    const xd_node_t *node, xd_report_t *rep);

/* Breaks what stands from there on into lines of that many bytes; 0: none. */
XD_CHECKED xd_rc_t edi_wrap(xd_buf_t *out, size_t from, uint32_t width);

/* The elements of a node by their numbers; returns the last one. */
uint32_t edi_elements_of(const xd_node_t *node,
    const xd_node_t *at[XD_SEGMENT_ELEMENTS + 1]);

/* Where the segment of a node stood. */
typedef struct {
    size_t offset;
    const xd_node_t *node;
} edi_again_node_t;

/* All segments of a message, in the order of the file; of one without a tree
 * none. */
XD_CHECKED xd_rc_t edi_again_nodes(xd_arena_t *arena, const xd_node_t *tree,
    xd_vec_t *nodes);

/* The node of the segment at an offset, or NULL. */
const xd_node_t *edi_again_node(const xd_vec_t *nodes, size_t offset);

/*
 * edi_again_segment - one segment with the line end behind it
 *
 *   node  its elements; NULL: those of the bytes
 *
 * As it stands in the bytes when the node says the same, whatever was released
 * there; else anew.  Returns XD_OK; XD_E_SYNTAX when a value cannot be
 * written, which is told; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t edi_again_segment(const edi_again_t *a,
    const xd_segment_t *seg, const xd_node_t *node);

#endif
