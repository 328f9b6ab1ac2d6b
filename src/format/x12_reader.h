/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FORMAT_X12_READER_H
#define XD_FORMAT_X12_READER_H

#include "format/x12_scan.h"


#define X12_SCRATCH 16384 /* unwrapped bytes of one segment */


/* What is tolerated; each is told once an interchange. */
typedef enum {
    X12_LINE_ENDS,
    X12_BLANKS,
    X12_BLANK_END,
    X12_PADDING,
    X12_WRAPPED,
    X12_NO_TERMINATOR,
    X12_EMPTY_SEGMENT,
    X12_BOM,
    X12_WIDE_MARK,
    X12_SHORT_ISA,
    X12_TOLERANCES
} x12_tolerance_t;

struct xd_x12_reader_s {
    xd_arena_t *arena;
    xd_report_t *rep;
    size_t pos;
    xd_x12_marks_t marks;
    x12_scan_t scan; /* holds the bytes */
    char tail[3];    /* of a terminator of several bytes (UTF-8) */
    uint8_t tail_len;
    bool inside;       /* behind ISA, before IEA's end */
    bool found;        /* an ISA was read */
    uint8_t pass[256]; /* 1: passed over between segments */
    char *scratch;     /* unwrapped elements of the segment at hand */
    size_t scratch_used;
    uint32_t told; /* bits of x12_tolerance_t */
};

/* A header as it was found, whatever its widths. */
typedef struct {
    size_t start[16], end[16]; /* elements; raw, perhaps with line breaks */
    uint32_t count;            /* of elements, 16 in a whole header */
    bool broken_lines;         /* line breaks inside */
    bool no_component;         /* ISA16 is missing, or of no use as a mark */
    bool guessed;              /* the terminator cannot be right: guessed */
    xd_x12_marks_t marks;
    char tail[3];
    uint8_t tail_len;
    size_t past; /* behind the terminator */
} x12_isa_t;

/*
 * x12_isa_probe - find out whether a header stands at an offset
 *
 * Counts 16 element marks instead of trusting the columns, so headers that
 * are too short, too long or wrapped are read alike.
 * Returns false when these bytes are no ISA segment at all.
 */
bool x12_isa_probe(xd_str_t bytes, size_t at, x12_isa_t *out);

/* A cheap look before a probe: ISA and an element of one to three bytes. */
static inline bool
x12_isa_worth(xd_str_t b, size_t at)
{
    return b.len - at > 8 && memcmp(b.ptr + at, "ISA", 3) == 0
           && memchr(b.ptr + at + 5, b.ptr[at + 3], 3) != NULL;
}


/* True for a header with 16 elements of likely widths, or one that is cut
 * but leads to GS: what may begin an interchange in the midst of a file. */
bool x12_isa_likely(const x12_isa_t *isa);

/* Hands the header over as a segment and takes on its marks. */
void x12_isa_take(xd_x12_reader_t *r, size_t at, const x12_isa_t *isa,
    xd_x12_segment_t *seg);

/* Tells a tolerance, once an interchange. */
void x12_tolerate(xd_x12_reader_t *r, x12_tolerance_t what, size_t offset);

/* Reads one segment.  False when there was none: only its terminator. */
bool x12_segment_read(xd_x12_reader_t *r, xd_x12_segment_t *seg);

/* Takes line breaks out of the elements that hold some. */
void x12_unwrap(xd_x12_reader_t *r, xd_x12_segment_t *seg);

#endif
