/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FORMAT_X12_READER_H
#define XD_FORMAT_X12_READER_H

#include "format/edifact.h"
#include "format/x12_scan.h"

#include <iconv.h>


#define X12_SCRATCH 16384 /* unwrapped bytes of one segment */


/* What is tolerated; each is told once an interchange, with its count. */
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
    EDIFACT_FOREIGN_BYTES,
    EDIFACT_UTF8,
    EDIFACT_INVALID,
    EDIFACT_TRAILING,
    X12_TOLERANCES
} x12_tolerance_t;

/* A character set of UNB, and what iconv calls it. */
typedef struct {
    char id[5];
    const char *name; /* NULL: ASCII only */
    bool utf8;
} edifact_charset_t;

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
    struct {
        size_t count, first; /* how often, and where first */
    } told[X12_TOLERANCES];

    uint8_t reads;   /* bits of 1 << xd_edi_syntax_t: looked for */
    bool edifact;    /* the interchange at hand */
    bool escaping;   /* the byte behind the block is released */
    bool refused;    /* xd_edi_told */
    size_t words[3]; /* where what may begin a header stands next, as far as
                        it was looked for: junk is searched once */
    size_t start;    /* of the interchange */
    const edifact_charset_t *charset;
    iconv_t iconv; /* of that charset; (iconv_t) -1: not open */
    const edifact_charset_t *iconv_of;
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

/* Counts a tolerance, to be told once an interchange. */
void x12_tolerate(xd_x12_reader_t *r, x12_tolerance_t what, size_t offset);

/* Tells what was tolerated, and begins to count anew. */
void x12_told(xd_x12_reader_t *r);

/* A rule of the syntax at hand. */
static inline const char *
x12_rule(const xd_x12_reader_t *r, const char *x12, const char *edifact)
{
    return r->edifact ? edifact : x12;
}


/* New marks: bytes that are passed over between segments, but for those that
 * are marks here. */
void x12_pass_set(xd_x12_reader_t *r);

/* Reads one segment.  False when there was none: only its terminator. */
bool x12_segment_read(xd_x12_reader_t *r, xd_x12_segment_t *seg);

/* Takes line breaks out of the elements that hold some. */
void x12_unwrap(xd_x12_reader_t *r, xd_x12_segment_t *seg);

/* -- edifact.c ------------------------------------------------------------ */

/* The headers of an interchange as they were found. */
typedef struct {
    size_t start, unb; /* of UNA, if there is one, and of UNB */
    xd_marks_t marks;
    char repeats; /* the mark of repetition that syntax 4 would have */
} edifact_header_t;

/* A header at an offset?  UNB with the usual marks, or UNA and UNB. */
bool edifact_probe(xd_str_t bytes, size_t at, edifact_header_t *out);

/* True when UNB names a character set: what may begin an interchange in the
 * midst of a file. */
bool edifact_likely(xd_str_t bytes, const edifact_header_t *h);

/* Reads UNB and takes on its marks. */
void edifact_take(xd_x12_reader_t *r, const edifact_header_t *h,
    xd_segment_t *seg);

/* Tells what stands where a header is due and is none that can be read. */
void edifact_refuse(xd_x12_reader_t *r);

/* Takes out of the block's marks what is released; at: where to begin. */
void edifact_escapes(xd_x12_reader_t *r, size_t at);

/* The character set of that name; ASCII when nobody knows it. */
const edifact_charset_t *edifact_charset(xd_str_t id);

/* Counts bytes that do not belong to the character set. */
void edifact_bytes(xd_x12_reader_t *r, const xd_segment_t *seg);

#endif
