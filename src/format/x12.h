/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FORMAT_X12_H
#define XD_FORMAT_X12_H

#include "base/report.h"

/*
 * The tolerant X12 tokenizer: bytes into segments, syntax only.  It never
 * aborts: every tolerance and fault is a finding, and reading goes on at the
 * next segment that makes sense.
 *
 * Standard: X12.5 (interchange control structures), X12.6 (application
 * control structure).
 */

#define XD_X12_ELEMENTS 64 /* of one segment; more are reported and cut */

typedef struct {
    char element, component, repetition, terminator; /* repetition 0: none */
} xd_x12_marks_t;

typedef struct {
    xd_str_t id;
    size_t offset;  /* of the id's first byte */
    size_t end;     /* behind the terminator and the line end after it */
    uint32_t count; /* elements present */
    bool special;   /* some byte is a component or repetition mark, or no
                        printable ASCII: worth a closer look */
    bool header;    /* a whole or cut ISA that begins an interchange, not a
                        segment that only is called so */
    bool binary;    /* BIN or BDS: the last element was read by length */
    xd_str_t elements[XD_X12_ELEMENTS]; /* [0] is element 01 */
} xd_x12_segment_t;

typedef struct xd_x12_reader_s xd_x12_reader_t;

/*
 * xd_x12_open - begin to read a file
 *
 *   arena  owns the reader; its memory does not grow with the file
 *   bytes  the file; slices of segments point into it
 *   rep    gains tolerances (info: "x12.tolerance.…") and faults
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
    return n >= 1 && n <= seg->count ? seg->elements[n - 1] : XD_STR("");
}

/* True when the bytes, behind a BOM, blanks and line ends, begin with ISA. */
bool xd_x12_looks_like(xd_str_t bytes);

#endif
