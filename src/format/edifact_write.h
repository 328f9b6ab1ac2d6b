/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FORMAT_EDIFACT_WRITE_H
#define XD_FORMAT_EDIFACT_WRITE_H

#include "base/buf.h"
#include "format/edifact.h"

/*
 * Segments of EDIFACT into bytes, syntax only.  What is a mark is released;
 * values are in UTF-8 and are written in the interchange's character set.
 *
 * Standard: ISO 9735-1 clause 8 (service characters), 10 (leaving out).
 */

/* How segments are set down. */
typedef struct {
    xd_marks_t marks;
    xd_str_t after; /* behind each terminator: a line end, or none */
    xd_str_t set;   /* "UNOC": the character set, as UNB names it */
    bool strict;    /* UNOA and UNOB hold only what is theirs; else ASCII */
} xd_edifact_form_t;

/* UNA:+.? ' with UNOC, one segment after the other. */
extern const xd_edifact_form_t xd_edifact_form_usual;

/* A segment on its way.  Failures of the buffer stay in it, to be looked at
 * once at the end. */
typedef struct {
    xd_buf_t *out;
    xd_edifact_form_t form;
    uint32_t segments; /* begun since it was last set to 0 */
    uint32_t empty;    /* elements left out so far: written when one follows */
} xd_edifact_writer_t;

/*
 * xd_edifact_marks_fit - can these be told apart by all readers?
 *
 * Different bytes that are neither letters nor digits nor blanks; release and
 * repetition may be 0, the decimal mark is a point or a comma.
 */
bool xd_edifact_marks_fit(const xd_marks_t *marks);

/* Are they those that hold where no UNA is, in that syntax version? */
bool xd_edifact_marks_usual(const xd_marks_t *marks, char syntax);

void xd_edifact_write_open(xd_edifact_writer_t *w,
    const xd_edifact_form_t *form, xd_buf_t *out);

/* UNA with the marks of the form. */
void xd_edifact_write_una(xd_edifact_writer_t *w);

void xd_edifact_write_begin(xd_edifact_writer_t *w, xd_str_t id);

/*
 * xd_edifact_write_element - the next element of the segment
 *
 *   value  empty: left out; nothing is written of what stands empty at the
 *          end of a segment or of a composite
 *
 * Returns false when the value holds what cannot be written: a control byte, a
 * character that the set has not, or a mark where there is no release
 * character.  Nothing is written of it then.
 */
XD_CHECKED bool xd_edifact_write_element(xd_edifact_writer_t *w,
    xd_str_t value);

/* The same for a composite; *bad gains the component that was refused, from
 * 1. */
XD_CHECKED bool xd_edifact_write_composite(xd_edifact_writer_t *w,
    const xd_str_t *parts, size_t count, size_t *bad);

/* A number of ours. */
void xd_edifact_write_number(xd_edifact_writer_t *w, uint64_t number);

void xd_edifact_write_end(xd_edifact_writer_t *w);

#endif
