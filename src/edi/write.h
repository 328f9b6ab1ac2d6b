/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_WRITE_H
#define XD_EDI_WRITE_H

#include "edi/grade.h"
#include "format/x12_write.h"

/*
 * Trees back into sets, groups and interchanges.  A tree is what edi/grade.h
 * makes of a set, or what a map made in that shape; control numbers are the
 * caller's.  Counts are computed: SE01, GE01, IEA01, and CTT01 where the tree
 * has a CTT without it.
 *
 * Segments are set down in the order of the grammar, or, of a tree that was
 * read, as they stood.
 */

/* Who writes to whom, under which numbers. */
typedef struct {
    xd_x12_form_t form;                    /* xd_x12_form_usual, or others */
    xd_str_t sender_qualifier, sender;     /* ISA05, ISA06 */
    xd_str_t receiver_qualifier, receiver; /* ISA07, ISA08 */
    xd_str_t group_sender, group_receiver; /* GS02, GS03; empty: as in ISA */
    xd_str_t version;                      /* GS08; ISA12 is made of it */
    uint32_t isa_control;                  /* ISA13, at most 9 digits */
    uint32_t gs_control;                   /* GS06 */
    uint32_t st_control;                   /* ST02 of the first set */
    int64_t now_ms;
    char usage;                /* ISA15: P or T */
    bool ack_requested;        /* ISA14: a TA1 is wanted */
    const xd_guides_t *guides; /* of the partner, which it must fit; or NULL */
    uint32_t wrap;             /* a line break behind so many bytes; 0: none */
} xd_edi_envelope_t;

/* A set on its way out. */
typedef struct {
    const xd_node_t *tree;
    uint32_t control; /* ST02, 0062 */
    xd_str_t code;    /* of EDIFACT, 0065, where the tree has no UNH */
} xd_edi_out_t;

/* Sets of one kind. */
typedef struct {
    const xd_edi_out_t *sets;
    size_t count;
    uint32_t control; /* GS06, 0048 */
} xd_edi_out_group_t;

/*
 * xd_edi_write_groups - one interchange of groups of sets
 *
 * As xd_edi_write below, which writes one group; gs_control and st_control of
 * the envelope are not looked at.
 */
XD_CHECKED xd_rc_t xd_edi_write_groups(xd_arena_t *arena,
    const xd_edi_envelope_t *e, const xd_edi_out_group_t *groups, size_t count,
    xd_report_t *rep, xd_buf_t *out);

/*
 * xd_edi_write - one interchange of one group of sets
 *
 *   arena  for what is needed on the way; may be emptied after the call
 *   sets   trees, all of one ST01 whose grammar is known in that version
 *   rep    gains what cannot be written, by the JSON Pointer of its tree
 *          (x12.write.…), and what our own grader finds in what was written
 *   out    gains the interchange; as it was when that fails
 *
 * Returns XD_OK; XD_E_SYNTAX when something cannot be written, or what was
 * written is not clean; XD_E_MEMORY; XD_E_LIMIT of the buffer.
 */
XD_CHECKED xd_rc_t xd_edi_write(xd_arena_t *arena, const xd_edi_envelope_t *e,
    const xd_node_t *const *sets, size_t count, xd_report_t *rep,
    xd_buf_t *out);

/*
 * xd_edi_write_set - the segments of one set, from ST to SE
 *
 *   w        open; its segments are counted anew
 *   tree     of edi/grade.h
 *   version  GS08 of the group around it
 *   control  ST02; empty: as the tree says
 *
 * Returns XD_OK; XD_E_SYNTAX when something of it cannot be written;
 * XD_E_NOT_FOUND when the set has no grammar; XD_E_MEMORY.  A failing buffer
 * is for the caller to see.
 */
XD_CHECKED xd_rc_t xd_edi_write_set(xd_x12_writer_t *w, xd_arena_t *arena,
    const xd_node_t *tree, xd_str_t version, xd_str_t control,
    xd_report_t *rep);

/*
 * xd_edi_write_again - what was read, written back
 *
 *   file   graded of bytes with trees
 *   bytes  the file: headers, trailers and what stands between segments are
 *          taken from it, sets from their trees
 *
 * Of a clean file the same bytes, but for line breaks inside segments; of
 * others, too, but that SE01 is put right.  Nothing is graded again.
 *
 * Returns XD_OK; XD_E_NOT_FOUND when the file holds no interchange;
 * XD_E_SYNTAX when a mark stands in data where no mark can (as a terminator of
 * several bytes of which the first is data elsewhere); XD_E_MEMORY;
 * XD_E_LIMIT of the buffer.
 */
XD_CHECKED xd_rc_t xd_edi_write_again(xd_arena_t *arena,
    const xd_edi_file_t *file, xd_str_t bytes, xd_report_t *rep, xd_buf_t *out);

/*
 * xd_edi_proof - is that clean?
 *
 *   guides  that it must fit, too; or NULL
 *
 * Returns XD_OK; XD_E_SYNTAX when our own grader finds errors, which rep
 * gains; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_edi_proof(xd_arena_t *arena, xd_str_t bytes,
    const xd_guides_t *guides, xd_report_t *rep);

#endif
