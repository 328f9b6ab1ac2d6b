/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Segments and their elements, X12 004010 with the wider limits of 005010
 * beside them.  Names are our own words.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/grammar.h"

/* Members left out are 0: most rows need none of them. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define AN EDI_AN
#define ID EDI_ID
#define N0 EDI_N
#define RR EDI_R
#define DT EDI_DT
#define TM EDI_TM

/* Bit of an element in a note. */
#define E(n) ((uint32_t) 1 << (n))


/* -- code lists: only those that are short and closed --------------------- */

static const char purposes[] = " 00 01 02 03 04 05 06 07 08 10 11 12 13 14 15"
    " 16 17 18 19 20 21 22 23 24 25 26 27 28 30 31 32 33 34 35 36 37 38 39 40"
    " 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 77 ";
static const char has_children[] = " 0 1 ";
static const char segment_faults[] = " 1 2 3 4 5 6 7 8 ";
static const char element_faults[] = " 1 2 3 4 5 6 7 8 9 10 12 13 ";
static const char set_verdicts[] = " A E M R W X ";
static const char set_faults[] = " 1 2 3 4 5 6 7 8 9 10 11 12 13 15 16 17 18"
    " 19 20 21 22 23 24 25 26 27 ";
static const char group_verdicts[] = " A E M P R W X ";
static const char group_faults[] = " 1 2 3 4 5 6 10 11 12 13 14 15 16 17 18 19"
    " 20 21 22 23 24 25 26 ";

/* -- composites -------------------------------------------------------------- */

/* C001: a unit and what it is multiplied by, up to five times. */
static const edi_element_t unit_parts[] = {
    {  355, ID, 'M', 2,  2 }, { 1018, RR, 'O', 1, 15 }, { 649, RR, 'O', 1, 10 },
    {  355, ID, 'O', 2,  2 }, { 1018, RR, 'O', 1, 15 }, { 649, RR, 'O', 1, 10 },
    {  355, ID, 'O', 2,  2 }, { 1018, RR, 'O', 1, 15 }, { 649, RR, 'O', 1, 10 },
    {  355, ID, 'O', 2,  2 }, { 1018, RR, 'O', 1, 15 }, { 649, RR, 'O', 1, 10 },
    {  355, ID, 'O', 2,  2 }, { 1018, RR, 'O', 1, 15 }, { 649, RR, 'O', 1, 10 },
};

/* C040: up to three further references. */
static const edi_element_t reference_parts[] = {
    {  128, ID, 'M', 2,  3 }, {  127, AN, 'M', 1, 30, 50 },
    {  128, ID, 'X', 2,  3 }, {  127, AN, 'X', 1, 30, 50 },
    {  128, ID, 'X', 2,  3 }, {  127, AN, 'X', 1, 30, 50 },
};

/* C030: the place of an element in a segment, of a part, of a repetition. */
static const edi_element_t place_parts[] = {
    {  722, N0, 'M', 1,  2 }, { 1528, N0, 'O', 1,  2 }, { 1686, N0, 'O', 1,  4 },
};

/* -- control segments of a set ------------------------------------------------- */

/* ST: a set begins. */
static const edi_element_t st[] = {
    {  143, ID, 'M', 3,  3 },
    {  329, AN, 'M', 4,  9 },
    { 1705, AN, 'O', 1, 35 },
};

/* SE: a set ends. */
static const edi_element_t se[] = {
    {   96, N0, 'M', 1, 10 },
    {  329, AN, 'M', 4,  9 },
};

/* -- segments of the ship notice ------------------------------------------- */

/* BSN: which notice, from when, in what structure. */
static const edi_element_t bsn[] = {
    {  353, ID, 'M', 2,  2, 0, purposes },
    {  396, AN, 'M', 2, 30 },
    {  373, DT, 'M', 8,  8 },
    {  337, TM, 'M', 4,  8 },
    { 1005, ID, 'O', 4,  4 },
    {  640, ID, 'X', 2,  2 },
    {  641, ID, 'O', 3,  3 },
};
static const edi_note_t bsn_notes[] = { { 'C', 7, E(6) } };

/* DTM: a date or time, and what it is of. */
static const edi_element_t dtm[] = {
    {  374, ID, 'M', 3,  3 },
    {  373, DT, 'X', 8,  8 },
    {  337, TM, 'X', 4,  8 },
    {  623, ID, 'O', 2,  2 },
    { 1250, ID, 'X', 2,  3 },
    { 1251, AN, 'X', 1, 35 },
};
static const edi_note_t dtm_notes[] = {
    { 'R', 0, E(2) | E(3) | E(5) },
    { 'C', 4, E(3) },
    { 'P', 0, E(5) | E(6) },
};

/* HL: a level of the load and the level above it. */
static const edi_element_t hl[] = {
    {  628, AN, 'M', 1, 12 },
    {  734, AN, 'O', 1, 12 },
    {  735, ID, 'M', 1,  2 },
    {  736, ID, 'O', 1,  1, 0, has_children },
};

/* LIN: numbers of an article, in pairs of scheme and number. */
#define PAIR { 235, ID, 'X', 2, 2 }, { 234, AN, 'X', 1, 48, 80 }
static const edi_element_t lin[] = {
    {  350, AN, 'O', 1, 20 },
    {  235, ID, 'M', 2,  2 },
    {  234, AN, 'M', 1, 48, 80 },
    PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR,
    PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR,
};
static const edi_note_t lin_notes[] = {
    { 'P', 0, E(4) | E(5) },   { 'P', 0, E(6) | E(7) },
    { 'P', 0, E(8) | E(9) },   { 'P', 0, E(10) | E(11) },
    { 'P', 0, E(12) | E(13) }, { 'P', 0, E(14) | E(15) },
    { 'P', 0, E(16) | E(17) }, { 'P', 0, E(18) | E(19) },
    { 'P', 0, E(20) | E(21) }, { 'P', 0, E(22) | E(23) },
    { 'P', 0, E(24) | E(25) }, { 'P', 0, E(26) | E(27) },
    { 'P', 0, E(28) | E(29) }, { 'P', 0, E(30) | E(31) },
};

/* SN1: how much was shipped. */
static const edi_element_t sn1[] = {
    {  350, AN, 'O', 1, 20 },
    {  382, RR, 'M', 1, 10 },
    {  355, ID, 'M', 2,  2 },
    {  646, RR, 'O', 1,  9, 15 },
    {  330, RR, 'X', 1,  9, 15 },
    {  355, ID, 'X', 2,  2 },
    {  728, ID, 'O', 1,  3 },
    {  668, ID, 'O', 2,  2 },
};
static const edi_note_t sn1_notes[] = { { 'P', 0, E(5) | E(6) } };

/* SLN: a part of an article. */
static const edi_element_t sln[] = {
    {  350, AN, 'M', 1, 20 },
    {  350, AN, 'O', 1, 20 },
    {  662, ID, 'M', 1,  1 },
    {  380, RR, 'X', 1, 15 },
    {    0, EDI_COMPOSITE, 'X', 0, 0, 0, NULL, EDI_ROWS(unit_parts) },
    {  212, RR, 'X', 1, 17 },
    {  639, ID, 'O', 2,  2 },
    {  662, ID, 'O', 1,  1 },
    PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR,
};
static const edi_note_t sln_notes[] = {
    { 'P', 0, E(4) | E(5) },   { 'C', 7, E(6) },
    { 'C', 8, E(6) },
    { 'P', 0, E(9) | E(10) },  { 'P', 0, E(11) | E(12) },
    { 'P', 0, E(13) | E(14) }, { 'P', 0, E(15) | E(16) },
    { 'P', 0, E(17) | E(18) }, { 'P', 0, E(19) | E(20) },
    { 'P', 0, E(21) | E(22) }, { 'P', 0, E(23) | E(24) },
    { 'P', 0, E(25) | E(26) }, { 'P', 0, E(27) | E(28) },
};

/* PRF: the order that this belongs to. */
static const edi_element_t prf[] = {
    {  324, AN, 'M', 1, 22 },
    {  328, AN, 'O', 1, 30 },
    {  327, AN, 'O', 1,  8 },
    {  373, DT, 'O', 8,  8 },
    {  350, AN, 'O', 1, 20 },
    {  367, AN, 'O', 1, 30 },
    {   92, ID, 'O', 2,  2 },
};

/* PO4: how an article is packed. */
static const edi_element_t po4[] = {
    {  356, N0, 'O', 1,  6 },
    {  357, RR, 'X', 1,  8 },
    {  355, ID, 'X', 2,  2 },
    {  103, AN, 'X', 3, 25 },
    {  187, ID, 'O', 1,  2 },
    {  384, RR, 'X', 1,  9 },
    {  355, ID, 'X', 2,  2 },
    {  385, RR, 'X', 1,  9 },
    {  355, ID, 'X', 2,  2 },
    {   82, RR, 'X', 1,  8 },
    {  189, RR, 'X', 1,  8 },
    {   65, RR, 'X', 1,  8 },
    {  355, ID, 'X', 2,  2 },
    {  810, N0, 'O', 1,  6 },
    {  752, ID, 'O', 2,  2 },
    {  350, AN, 'X', 1, 20 },
    {  350, AN, 'O', 1, 20 },
    { 1470, N0, 'O', 1,  9 },
};
static const edi_note_t po4_notes[] = {
    { 'P', 0, E(2) | E(3) },
    { 'P', 0, E(6) | E(7) },
    { 'P', 0, E(8) | E(9) },
    { 'C', 10, E(13) }, { 'C', 11, E(13) }, { 'C', 12, E(13) },
    { 'L', 13, E(10) | E(11) | E(12) },
    { 'C', 17, E(16) },
};

/* PID: a description, by code or in words. */
static const edi_element_t pid[] = {
    {  349, ID, 'M', 1,  1 },
    {  750, ID, 'O', 2,  3 },
    {  559, ID, 'X', 2,  2 },
    {  751, AN, 'X', 1, 12 },
    {  352, AN, 'X', 1, 80 },
    {  752, ID, 'O', 2,  2 },
    {  822, AN, 'O', 1, 15 },
    { 1073, ID, 'O', 1,  1 },
    {  819, ID, 'O', 2,  3 },
};
static const edi_note_t pid_notes[] = {
    { 'C', 4, E(3) }, { 'R', 0, E(4) | E(5) }, { 'C', 7, E(3) },
    { 'C', 8, E(4) }, { 'C', 9, E(5) },
};

/* MEA: a measure or a range of it. */
static const edi_element_t mea[] = {
    {  737, ID, 'O', 2,  2 },
    {  738, ID, 'O', 1,  3 },
    {  739, RR, 'X', 1, 20 },
    {    0, EDI_COMPOSITE, 'X', 0, 0, 0, NULL, EDI_ROWS(unit_parts) },
    {  740, RR, 'X', 1, 20 },
    {  741, RR, 'X', 1, 20 },
    {  935, ID, 'O', 2,  2 },
    {  936, ID, 'X', 2,  4 },
    {  752, ID, 'O', 2,  2 },
    { 1373, ID, 'O', 2,  4 },
};
static const edi_note_t mea_notes[] = {
    { 'R', 0, E(3) | E(5) | E(6) | E(8) },
    { 'C', 5, E(4) }, { 'C', 6, E(4) },
    { 'L', 7, E(3) | E(5) | E(6) },
    { 'E', 0, E(8) | E(3) },
};

/* TD1: number, kind and weight of packages. */
static const edi_element_t td1[] = {
    {  103, AN, 'O', 3,  5 },
    {   80, N0, 'X', 1,  7 },
    {   23, ID, 'O', 1,  1 },
    {   22, AN, 'X', 1, 30 },
    {   79, AN, 'O', 1, 50 },
    {  187, ID, 'O', 1,  2 },
    {   81, RR, 'X', 1, 10 },
    {  355, ID, 'X', 2,  2 },
    {  183, RR, 'X', 1,  8 },
    {  355, ID, 'X', 2,  2 },
};
static const edi_note_t td1_notes[] = {
    { 'C', 1, E(2) }, { 'C', 3, E(4) }, { 'C', 6, E(7) },
    { 'P', 0, E(7) | E(8) }, { 'P', 0, E(9) | E(10) },
};

/* TD5: carrier and way of transport. */
static const edi_element_t td5[] = {
    {  133, ID, 'O', 1,  2 },
    {   66, ID, 'X', 1,  2 },
    {   67, AN, 'X', 2, 80 },
    {   91, ID, 'X', 1,  2 },
    {  387, AN, 'X', 1, 35 },
    {  368, ID, 'X', 2,  2 },
    {  309, ID, 'O', 1,  2 },
    {  310, AN, 'X', 1, 30 },
    {  731, ID, 'O', 2,  2 },
    {  732, ID, 'X', 2,  2 },
    {  733, RR, 'X', 1,  4 },
    {  284, ID, 'X', 2,  2 },
    {  284, ID, 'O', 2,  2 },
    {  284, ID, 'O', 2,  2 },
    {   26, ID, 'O', 2,  3 },
};
static const edi_note_t td5_notes[] = {
    { 'R', 0, E(2) | E(4) | E(5) | E(6) | E(12) },
    { 'C', 2, E(3) }, { 'C', 7, E(8) }, { 'C', 10, E(11) },
    { 'C', 13, E(12) }, { 'C', 14, E(13) }, { 'C', 15, E(12) },
};

/* TD3: the vehicle or container. */
static const edi_element_t td3[] = {
    {   40, ID, 'X', 2,  2 },
    {  206, AN, 'O', 1,  4 },
    {  207, AN, 'X', 1, 10, 15 },
    {  187, ID, 'O', 1,  2 },
    {   81, RR, 'X', 1, 10 },
    {  355, ID, 'X', 2,  2 },
    {  102, ID, 'O', 1,  1 },
    {  407, ID, 'O', 1,  4 },
    {  225, AN, 'O', 2, 15 },
    {   24, ID, 'X', 2,  4 },
};
static const edi_note_t td3_notes[] = {
    { 'C', 2, E(3) }, { 'P', 0, E(5) | E(6) },
};

/* REF: a number of somebody else's. */
static const edi_element_t ref[] = {
    {  128, ID, 'M', 2,  3 },
    {  127, AN, 'X', 1, 30, 50 },
    {  352, AN, 'X', 1, 80 },
    {    0, EDI_COMPOSITE, 'O', 0, 0, 0, NULL, EDI_ROWS(reference_parts) },
};
static const edi_note_t ref_notes[] = { { 'R', 0, E(2) | E(3) } };

/* PER: whom to ask, and how to reach them. */
static const edi_element_t per[] = {
    {  366, ID, 'M', 2,  2 },
    {   93, AN, 'O', 1, 60 },
    {  365, ID, 'X', 2,  2 }, {  364, AN, 'X', 1, 80, 256 },
    {  365, ID, 'X', 2,  2 }, {  364, AN, 'X', 1, 80, 256 },
    {  365, ID, 'X', 2,  2 }, {  364, AN, 'X', 1, 80, 256 },
    {  443, AN, 'O', 1, 20 },
};
static const edi_note_t per_notes[] = {
    { 'P', 0, E(3) | E(4) }, { 'P', 0, E(5) | E(6) }, { 'P', 0, E(7) | E(8) },
};

/* CLD: how many packages hold how much. */
static const edi_element_t cld[] = {
    {  622, N0, 'M', 1,  5 },
    {  382, RR, 'M', 1, 10 },
    {  103, AN, 'O', 3,  5 },
    {  357, RR, 'O', 1,  8 },
    {  355, ID, 'X', 2,  2 },
};
static const edi_note_t cld_notes[] = { { 'C', 5, E(4) } };

/* DTP: a date or a period, and what it is of. */
static const edi_element_t dtp[] = {
    {  374, ID, 'M', 3,  3 },
    { 1250, ID, 'M', 2,  3 },
    { 1251, AN, 'M', 1, 35 },
};

/* MAN: what is marked on a package, such as its SSCC. */
static const edi_element_t man[] = {
    {   88, ID, 'M', 1,  2 },
    {   87, AN, 'M', 1, 48 },
    {   87, AN, 'O', 1, 48 },
    {   88, ID, 'X', 1,  2 },
    {   87, AN, 'X', 1, 48 },
    {   87, AN, 'O', 1, 48 },
};
static const edi_note_t man_notes[] = {
    { 'P', 0, E(4) | E(5) }, { 'C', 6, E(5) },
};

/* FOB: who pays the freight, and where the risk passes. */
static const edi_element_t fob[] = {
    {  146, ID, 'M', 2,  2 },
    {  309, ID, 'X', 1,  2 },
    {  352, AN, 'O', 1, 80 },
    {  334, ID, 'O', 2,  2 },
    {  335, ID, 'X', 3,  3 },
    {  309, ID, 'X', 1,  2 },
    {  352, AN, 'O', 1, 80 },
    {   54, ID, 'O', 2,  2 },
    {  352, AN, 'X', 1, 80 },
};
static const edi_note_t fob_notes[] = {
    { 'C', 3, E(2) }, { 'C', 4, E(5) }, { 'C', 7, E(6) }, { 'C', 8, E(9) },
};

/* N1: a party or place, by name or number. */
static const edi_element_t n1[] = {
    {   98, ID, 'M', 2,  3 },
    {   93, AN, 'X', 1, 60 },
    {   66, ID, 'X', 1,  2 },
    {   67, AN, 'X', 2, 80 },
    {  706, ID, 'O', 2,  2 },
    {   98, ID, 'O', 2,  3 },
};
static const edi_note_t n1_notes[] = {
    { 'R', 0, E(2) | E(3) }, { 'P', 0, E(3) | E(4) },
};

/* N2: more of its name. */
static const edi_element_t n2[] = {
    {   93, AN, 'M', 1, 60 },
    {   93, AN, 'O', 1, 60 },
};

/* N3: its street. */
static const edi_element_t n3[] = {
    {  166, AN, 'M', 1, 55 },
    {  166, AN, 'O', 1, 55 },
};

/* N4: its town, region and country. */
static const edi_element_t n4[] = {
    {   19, AN, 'O', 2, 30 },
    {  156, ID, 'O', 2,  2 },
    {  116, ID, 'O', 3, 15 },
    {   26, ID, 'X', 2,  3 },
    {  309, ID, 'X', 1,  2 },
    {  310, AN, 'O', 1, 30 },
    { 1715, ID, 'X', 1,  3 },
};
static const edi_note_t n4_notes[] = { { 'C', 6, E(5) } };

/* CTT: totals to check by. */
static const edi_element_t ctt[] = {
    {  354, N0, 'M', 1,  6 },
    {  347, RR, 'O', 1, 10 },
    {   81, RR, 'X', 1, 10 },
    {  355, ID, 'X', 2,  2 },
    {  183, RR, 'X', 1,  8 },
    {  355, ID, 'X', 2,  2 },
    {  352, AN, 'O', 1, 80 },
};
static const edi_note_t ctt_notes[] = {
    { 'P', 0, E(3) | E(4) }, { 'P', 0, E(5) | E(6) },
};

/* -- segments of the functional acknowledgement ------------------------------- */

/* AK1: the group that is answered. */
static const edi_element_t ak1[] = {
    {  479, ID, 'M', 2,  2 },
    {   28, N0, 'M', 1,  9 },
    {  480, AN, 'O', 1, 12 },
};

/* AK2: one of its sets. */
static const edi_element_t ak2[] = {
    {  143, ID, 'M', 3,  3 },
    {  329, AN, 'M', 4,  9 },
    { 1705, AN, 'O', 1, 35 },
};

/* AK3: a segment with a fault. */
static const edi_element_t ak3[] = {
    {  721, ID, 'M', 2,  3 },
    {  719, N0, 'M', 1,  6, 10 },
    {  447, AN, 'O', 1,  6 },
    {  720, ID, 'O', 1,  3, 0, segment_faults },
};

/* AK4: an element with a fault. */
static const edi_element_t ak4[] = {
    {    0, EDI_COMPOSITE, 'M', 0, 0, 0, NULL, EDI_ROWS(place_parts) },
    {  725, N0, 'O', 1,  4 },
    {  723, ID, 'M', 1,  3, 0, element_faults },
    {  724, AN, 'O', 1, 99 },
};

/* AK5: what became of the set. */
static const edi_element_t ak5[] = {
    {  717, ID, 'M', 1,  1, 0, set_verdicts },
    {  718, ID, 'O', 1,  3, 0, set_faults },
    {  718, ID, 'O', 1,  3, 0, set_faults },
    {  718, ID, 'O', 1,  3, 0, set_faults },
    {  718, ID, 'O', 1,  3, 0, set_faults },
    {  718, ID, 'O', 1,  3, 0, set_faults },
};

/* AK9: what became of the group. */
static const edi_element_t ak9[] = {
    {  715, ID, 'M', 1,  1, 0, group_verdicts },
    {   97, N0, 'M', 1,  6 },
    {  123, N0, 'M', 1,  6 },
    {    2, N0, 'M', 1,  6 },
    {  716, ID, 'O', 1,  3, 0, group_faults },
    {  716, ID, 'O', 1,  3, 0, group_faults },
    {  716, ID, 'O', 1,  3, 0, group_faults },
    {  716, ID, 'O', 1,  3, 0, group_faults },
    {  716, ID, 'O', 1,  3, 0, group_faults },
};

/* -- all of them ---------------------------------------------------------------- */

#define SEGMENT(place, id, needed, e) \
    [place] = { id, EDI_ROWS(e), NULL, 0, needed }
#define NOTED(place, id, needed, e, notes) \
    [place] = { id, EDI_ROWS(e), EDI_ROWS(notes), needed }
#define NAMED(place, id) [place] = { id, NULL, 0, NULL, 0, 0 }

const edi_segment_t edi_segments[] = {
    SEGMENT(EDI_ST,   "ST", 2, st),
    SEGMENT(EDI_SE,   "SE", 2, se),
    NOTED(EDI_BSN,    "BSN", 4, bsn, bsn_notes),
    NOTED(EDI_DTM,    "DTM", 1, dtm, dtm_notes),
    SEGMENT(EDI_HL,   "HL", 3, hl),
    NOTED(EDI_LIN,    "LIN", 3, lin, lin_notes),
    NOTED(EDI_SN1,    "SN1", 3, sn1, sn1_notes),
    NOTED(EDI_SLN,    "SLN", 3, sln, sln_notes),
    SEGMENT(EDI_PRF,  "PRF", 1, prf),
    NOTED(EDI_PO4,    "PO4", 0, po4, po4_notes),
    NOTED(EDI_PID,    "PID", 1, pid, pid_notes),
    NOTED(EDI_MEA,    "MEA", 0, mea, mea_notes),
    NAMED(EDI_PWK,   "PWK"),
    NAMED(EDI_PKG,   "PKG"),
    NOTED(EDI_TD1,    "TD1", 0, td1, td1_notes),
    NOTED(EDI_TD5,    "TD5", 0, td5, td5_notes),
    NOTED(EDI_TD3,    "TD3", 0, td3, td3_notes),
    NAMED(EDI_TD4,   "TD4"),
    NAMED(EDI_TSD,   "TSD"),
    NOTED(EDI_REF,    "REF", 1, ref, ref_notes),
    NOTED(EDI_PER,    "PER", 1, per, per_notes),
    NAMED(EDI_LS,    "LS"),
    NAMED(EDI_LE,    "LE"),
    NOTED(EDI_CLD,    "CLD", 2, cld, cld_notes),
    SEGMENT(EDI_DTP,  "DTP", 3, dtp),
    NOTED(EDI_MAN,    "MAN", 2, man, man_notes),
    NOTED(EDI_FOB,    "FOB", 1, fob, fob_notes),
    NAMED(EDI_PAL,   "PAL"),
    NOTED(EDI_N1,     "N1", 1, n1, n1_notes),
    SEGMENT(EDI_N2,   "N2", 1, n2),
    SEGMENT(EDI_N3,   "N3", 1, n3),
    NOTED(EDI_N4,     "N4", 0, n4, n4_notes),
    NAMED(EDI_SDQ,   "SDQ"),
    NAMED(EDI_ETD,   "ETD"),
    NAMED(EDI_CUR,   "CUR"),
    NAMED(EDI_SAC,   "SAC"),
    NAMED(EDI_GF,    "GF"),
    NAMED(EDI_YNQ,   "YNQ"),
    NAMED(EDI_LM,    "LM"),
    NAMED(EDI_LQ,    "LQ"),
    NAMED(EDI_V1,    "V1"),
    NAMED(EDI_R4,    "R4"),
    NOTED(EDI_CTT,    "CTT", 1, ctt, ctt_notes),
    SEGMENT(EDI_AK1,  "AK1", 2, ak1),
    SEGMENT(EDI_AK2,  "AK2", 2, ak2),
    SEGMENT(EDI_AK3,  "AK3", 2, ak3),
    SEGMENT(EDI_AK4,  "AK4", 3, ak4),
    SEGMENT(EDI_AK5,  "AK5", 1, ak5),
    SEGMENT(EDI_AK9,  "AK9", 4, ak9),
};

const size_t edi_segments_count = sizeof(edi_segments)
                                  / sizeof(edi_segments[0]);
