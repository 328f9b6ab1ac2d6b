/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_SEGMENTS_ROWS_H
#define XD_EDI_SEGMENTS_ROWS_H

#include "edi/segments.h"


/* Short words for the tables of segments and sets, and for nothing else. */

/* Members left out are 0: most rows need none of them. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define AN EDI_AN
#define ID EDI_ID
#define N0 EDI_N
#define RR EDI_R
#define DT EDI_DT
#define TM EDI_TM
#define BB EDI_B

/* Bit of an element in a note. */
#define E(n) ((uint32_t) 1 << (n))

/* A scheme, and a number of it: what an article is called. */
#define PAIR                                                                   \
    { 235, ID, 'X', 2, 2 },                                                    \
    {                                                                          \
        234, AN, 'X', 1, 48, 80                                                \
    }

/* A composite. */
#define PARTS(need, parts)                                                     \
    {                                                                          \
        0, EDI_COMPOSITE, need, 0, 0, 0, NULL, EDI_ROWS(parts)                 \
    }

/* A segment of its elements; the number is that of the last mandatory one. */
#define SEGMENT(id, needed, e)                                                 \
    const edi_segment_t edi_seg_##id = { #id, EDI_ROWS(e), NULL, 0, needed }
#define NOTED(id, needed, e, notes)                                            \
    const edi_segment_t edi_seg_##id = { #id, EDI_ROWS(e), EDI_ROWS(notes),    \
        needed }

/* The segment of a row. */
#define S(id) &edi_seg_##id

/* What a set is for, by its sender (353). */
#define EDI_PURPOSES                                                           \
    " 00 01 02 03 04 05 06 07 08 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24" \
    " 25 26 27 28 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49" \
    " 50 51 52 53 54 55 77 "

#endif
