/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FORMAT_SEGMENT_H
#define XD_FORMAT_SEGMENT_H

#include "base/report.h"

/*
 * One segment, whatever its syntax: X12 and EDIFACT are read into the same
 * form, and graded from it.
 */

#define XD_SEGMENT_ELEMENTS 64 /* of one; more are reported and cut */

typedef struct {
    char element, component, repetition, terminator; /* repetition 0: none */
    char release, decimal;                           /* EDIFACT; in X12 0 */
} xd_marks_t;

typedef struct {
    xd_str_t id;
    size_t offset;  /* of the id's first byte */
    size_t end;     /* behind the terminator and the line end after it */
    uint32_t count; /* elements present */
    bool special;   /* some byte is no printable ASCII, or a mark that asks
                        for a closer look: in X12 that of components and
                        repetitions, in EDIFACT of repetition and release */
    bool header;    /* begins an interchange (ISA, whole or cut; UNB), and is
                        no segment that only is called so */
    bool binary;    /* BIN or BDS: the last element was read by length */
    xd_str_t elements[XD_SEGMENT_ELEMENTS]; /* [0] is element 01; in EDIFACT
                                               as they stand, with release
                                               characters */
} xd_segment_t;

/* Element n (from 1) or an empty slice. */
static inline xd_str_t
xd_segment_element(const xd_segment_t *seg, uint32_t n)
{
    return n >= 1 && n <= seg->count ? seg->elements[n - 1] : XD_STR("");
}

#endif
