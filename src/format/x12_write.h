/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FORMAT_X12_WRITE_H
#define XD_FORMAT_X12_WRITE_H

#include "base/buf.h"
#include "format/x12.h"

/*
 * Segments into bytes, syntax only.  X12 has no release character: what is a
 * mark cannot be data.
 *
 * Standard: X12.5 (interchange control structures), X12.6 (application
 * control structure).
 */

/* How segments are set down. */
typedef struct {
    xd_x12_marks_t marks;
    xd_str_t after; /* behind each terminator: a line end, or none */
    char instead;   /* of bytes that no element can hold; 0: they are refused */
    bool as_read;   /* texts were read under these marks: component and
                       repetition marks in them stay what they are */
} xd_x12_form_t;

/* "*", ">" and "~", no repetition, one segment after the other. */
extern const xd_x12_form_t xd_x12_form_usual;

/*
 * A segment on its way.  Failures to write stay in the buffer, to be looked
 * at once at the end.
 */
typedef struct {
    xd_buf_t *out;
    xd_x12_form_t form;
    uint32_t segments; /* begun since it was last set to 0 */
    uint32_t empty;    /* elements left out so far: written when one follows */

    /* Where the bytes are copied that ended each segment when it was read,
     * from behind its last value to the next segment: terminator, line ends,
     * whatever else.  NULL: the terminator and form.after. */
    const xd_str_t *ends;
    size_t nends, at;
} xd_x12_writer_t;

void xd_x12_write_open(xd_x12_writer_t *w, const xd_x12_form_t *form,
    xd_buf_t *out);

/* Four different bytes (the repetition mark may be 0) that are neither
 * letters nor digits nor blanks, for which all readers look? */
bool xd_x12_marks_fit(const xd_x12_marks_t *marks);

void xd_x12_write_begin(xd_x12_writer_t *w, xd_str_t id);

/*
 * xd_x12_write_element - the next element of the segment
 *
 *   value  empty: left out; nothing is written of what stands empty at the
 *          end of a segment or of a composite
 *
 * Returns false when the value holds what no element can: a mark, or a
 * control byte.  Nothing is written of it then.
 */
XD_CHECKED bool xd_x12_write_element(xd_x12_writer_t *w, xd_str_t value);

/* The same for a composite; *bad gains the component that was refused, from
 * 1. */
XD_CHECKED bool xd_x12_write_composite(xd_x12_writer_t *w,
    const xd_str_t *parts, size_t count, size_t *bad);

/* Binary data, whose length the element before it says. */
void xd_x12_write_binary(xd_x12_writer_t *w, xd_str_t bytes);

/* A number of ours. */
void xd_x12_write_number(xd_x12_writer_t *w, uint64_t number);

void xd_x12_write_end(xd_x12_writer_t *w);

#define XD_X12_ISA 16 /* elements of an interchange header */

/*
 * xd_x12_write_isa - the header of an interchange
 *
 *   elements  ISA01 to ISA16; filled with blanks to their widths, ISA13 with
 *             zeros before it.  An empty ISA11 becomes the repetition mark,
 *             or U where there is none; ISA16 is the component mark.
 *
 * Returns 0, or the element that is too long or holds a mark; then nothing
 * is written.
 */
XD_CHECKED uint32_t xd_x12_write_isa(xd_x12_writer_t *w,
    const xd_str_t elements[XD_X12_ISA]);

#endif
