/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Composites of segments, by their numbers in the standard.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/segments_rows.h"


/* C001: a unit and what it is multiplied by, up to five times. */
const edi_element_t edi_parts_C001[] = {
    {  355, ID, 'M', 2,  2 }, { 1018, RR, 'O', 1, 15 }, { 649, RR, 'O', 1, 10 },
    {  355, ID, 'O', 2,  2 }, { 1018, RR, 'O', 1, 15 }, { 649, RR, 'O', 1, 10 },
    {  355, ID, 'O', 2,  2 }, { 1018, RR, 'O', 1, 15 }, { 649, RR, 'O', 1, 10 },
    {  355, ID, 'O', 2,  2 }, { 1018, RR, 'O', 1, 15 }, { 649, RR, 'O', 1, 10 },
    {  355, ID, 'O', 2,  2 }, { 1018, RR, 'O', 1, 15 }, { 649, RR, 'O', 1, 10 },
};

/* C040: up to three further references. */
const edi_element_t edi_parts_C040[] = {
    {  128, ID, 'M', 2,  3 }, {  127, AN, 'M', 1, 30, 50 },
    {  128, ID, 'X', 2,  3 }, {  127, AN, 'X', 1, 30, 50 },
    {  128, ID, 'X', 2,  3 }, {  127, AN, 'X', 1, 30, 50 },
};

/* C002: what is to be done with papers. */
const edi_element_t edi_parts_C002[] = {
    { 704, ID, 'M', 2, 2 }, { 704, ID, 'O', 2, 2 }, { 704, ID, 'O', 2, 2 },
    { 704, ID, 'O', 2, 2 }, { 704, ID, 'O', 2, 2 },
};

/* C030: the place of an element in a segment, of a part, of a repetition. */
const edi_element_t edi_parts_C030[] = {
    {  722, N0, 'M', 1,  2 }, { 1528, N0, 'O', 1,  2 }, { 1686, N0, 'O', 1,  4 },
};
