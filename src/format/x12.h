/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FORMAT_X12_H
#define XD_FORMAT_X12_H

#include "format/segment.h"

/*
 * The tolerant X12 tokenizer: bytes into segments, syntax only.  It never
 * aborts: every tolerance and fault is a finding, and reading goes on at the
 * next segment that makes sense.
 *
 * Standard: X12.5 (interchange control structures), X12.6 (application
 * control structure).
 */

#define XD_X12_ELEMENTS XD_SEGMENT_ELEMENTS

typedef xd_marks_t xd_x12_marks_t;
typedef xd_segment_t xd_x12_segment_t;

typedef struct xd_x12_reader_s xd_x12_reader_t;

/*
 * xd_x12_open - begin to read a file
 *
 *   arena  owns the reader; its memory does not grow with the file
 *   bytes  the file; slices of segments point into it
 *   rep    gains tolerances (info: "x12.tolerance.…", told at the end of each
 *          interchange with their count) and faults
 *
 * Returns NULL when the arena is full.
 */
xd_x12_reader_t *xd_x12_open(xd_arena_t *arena, xd_str_t bytes,
    xd_report_t *rep);

/*
 * xd_x12_next - the next segment
 *
 * ISA comes with its 16 elements, padding kept; then *xd_x12_marks() are the
 * interchange's own.  Returns false at the end of the file.
 */
bool xd_x12_next(xd_x12_reader_t *r, xd_x12_segment_t *seg);

const xd_x12_marks_t *xd_x12_marks(const xd_x12_reader_t *r);

/* Where element n (from 1) begins in the file, also when it was unwrapped (a
 * copy without line breaks) or is missing (where it would begin). */
size_t xd_x12_offset(const xd_x12_reader_t *r, const xd_x12_segment_t *seg,
    uint32_t n);

/* True when the slice points into the file; other ones (unwrapped) live only
 * until the next call of xd_x12_next. */
bool xd_x12_in_file(const xd_x12_reader_t *r, xd_str_t s);

/* Element n (from 1) or an empty slice. */
static inline xd_str_t
xd_x12_element(const xd_x12_segment_t *seg, uint32_t n)
{
    return xd_segment_element(seg, n);
}

/* True when the bytes, behind a BOM, blanks and line ends, begin with ISA. */
bool xd_x12_looks_like(xd_str_t bytes);

#endif
