/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FORMAT_EDIFACT_H
#define XD_FORMAT_EDIFACT_H

#include "format/x12.h"

/*
 * The tolerant EDIFACT tokenizer, and the one that reads both syntaxes: the
 * reader is that of format/x12.h, for only the ends of an interchange and the
 * release character differ.
 *
 * Standard: ISO 9735 (syntax versions 1 to 4), ISO 9735-1 clause 8 (service
 * characters).
 */

typedef xd_x12_reader_t xd_edi_reader_t;

typedef enum { XD_EDI_X12, XD_EDI_EDIFACT } xd_edi_syntax_t;

/*
 * xd_edi_open, xd_edifact_open - begin to read a file
 *
 * The first looks for interchanges of X12 and EDIFACT, the second for those of
 * EDIFACT.  As xd_x12_open: NULL when the arena is full.  Tolerances are told
 * at the end of their interchange, each with its count.
 */
xd_edi_reader_t *xd_edi_open(xd_arena_t *arena, xd_str_t bytes,
    xd_report_t *rep);
xd_edi_reader_t *xd_edifact_open(xd_arena_t *arena, xd_str_t bytes,
    xd_report_t *rep);

/*
 * xd_edi_next - the next segment
 *
 * UNA is none: it is part of the header, which is UNB.  Returns false at the
 * end of the file.
 */
static inline bool
xd_edi_next(xd_edi_reader_t *r, xd_segment_t *seg)
{
    return xd_x12_next(r, seg);
}


/* Of the interchange at hand. */
xd_edi_syntax_t xd_edi_syntax(const xd_edi_reader_t *r);

/* What it calls its character set; "UNOA" where nobody knows that. */
xd_str_t xd_edi_charset(const xd_edi_reader_t *r);

/* Where it begins: at UNA when it has one. */
size_t xd_edi_start(const xd_edi_reader_t *r);

/* True when the reader told what kind of file this is that it cannot read:
 * TRADACOMS, an interactive interchange, separators that nothing names. */
bool xd_edi_told(const xd_edi_reader_t *r);

/*
 * xd_edi_cut - what stands before the next mark that is not released
 *
 * As xd_str_cut; a mark of 0 stands nowhere.
 */
xd_str_t xd_edi_cut(const xd_edi_reader_t *r, xd_str_t *rest, char mark);

/* Does a mark stand in the value that is not released? */
bool xd_edi_has(const xd_edi_reader_t *r, xd_str_t value, char mark);

/* How many characters the value has: release characters are none, and one of
 * several bytes is one. */
size_t xd_edi_length(const xd_edi_reader_t *r, xd_str_t value);

/*
 * xd_edi_value - a value as it is meant
 *
 *   value  a component or element as it stands in the segment
 *
 * Without release characters and in UTF-8, which what is no character of the
 * interchange's set becomes U+FFFD in.  The slice itself when nothing of that
 * is needed, as it never is in X12; else a copy in the arena, with a NULL .ptr
 * when it is full.
 */
xd_str_t xd_edi_value(xd_edi_reader_t *r, xd_arena_t *arena, xd_str_t value);

/* Counts a separator at the end of element n as a tolerance. */
void xd_edi_trailing(xd_edi_reader_t *r, const xd_segment_t *seg, uint32_t n);

/* Is the last byte of the value released? */
bool xd_edi_ends_released(const xd_edi_reader_t *r, xd_str_t value);

#endif
