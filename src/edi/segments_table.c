/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Segments and their elements, X12 004010 with the wider limits of 005010
 * beside them.  Names are our own words.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/segments_rows.h"


/* -- code lists: only those that are short and closed --------------------- */

static const char purposes[] = EDI_PURPOSES;
static const char has_children[] = " 0 1 ";
static const char credit_or_debit[] = " C D ";
static const char segment_faults[] = " 1 2 3 4 5 6 7 8 ";
static const char element_faults[] = " 1 2 3 4 5 6 7 8 9 10 12 13 ";
static const char set_verdicts[] = " A E M R W X ";
static const char set_faults[] = " 1 2 3 4 5 6 7 8 9 10 11 12 13 15 16 17 18"
    " 19 20 21 22 23 24 25 26 27 ";
static const char guide_segment_faults[] = " 1 2 3 4 5 6 7 8 I4 I6 I7 I8 I9 ";
static const char guide_element_faults[] = " 1 2 3 4 5 6 7 8 9 10 12 13 I6 I9 I10"
    " I11 I12 I13 ";
static const char guide_set_faults[] = " 1 2 3 4 5 6 7 8 9 10 11 12 13 15 16 17"
    " 18 19 20 21 22 23 24 25 26 27 I5 I6 ";
static const char group_verdicts[] = " A E M P R W X ";
static const char group_faults[] = " 1 2 3 4 5 6 10 11 12 13 14 15 16 17 18 19"
    " 20 21 22 23 24 25 26 ";

/* -- control segments of a set -------------------------------------------- */

/* ST: a set begins. */
static const edi_element_t st[] = {
    {  143, ID, 'M', 3,  3 },
    {  329, AN, 'M', 4,  9 },
    { 1705, AN, 'O', 1, 35, .later = true },
};
SEGMENT(ST, 2, st);

/* SE: a set ends. */
static const edi_element_t se[] = {
    {   96, N0, 'M', 1, 10 },
    {  329, AN, 'M', 4,  9 },
};
SEGMENT(SE, 2, se);

/* -- segments of the ship notice ------------------------------------------ */

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
NOTED(BSN, 4, bsn, bsn_notes);

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
NOTED(DTM, 1, dtm, dtm_notes);

/* HL: a level of the load and the level above it. */
static const edi_element_t hl[] = {
    {  628, AN, 'M', 1, 12 },
    {  734, AN, 'O', 1, 12 },
    {  735, ID, 'M', 1,  2 },
    {  736, ID, 'O', 1,  1, 0, has_children },
};
SEGMENT(HL, 3, hl);

/* LIN: numbers of an article, in pairs of scheme and number. */
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
NOTED(LIN, 3, lin, lin_notes);

/* SN1: how much was shipped. */
static const edi_element_t sn1[] = {
    {  350, AN, 'O', 1, 20 },
    {  382, RR, 'M', 1, 10 },
    {  355, ID, 'M', 2,  2 },
    {  646, RR, 'O', 1, 15 },
    {  330, RR, 'X', 1, 15 },
    {  355, ID, 'X', 2,  2 },
    {  728, ID, 'O', 1,  3 },
    {  668, ID, 'O', 2,  2 },
};
static const edi_note_t sn1_notes[] = { { 'P', 0, E(5) | E(6) } };
NOTED(SN1, 3, sn1, sn1_notes);

/* SLN: a part of an article. */
static const edi_element_t sln[] = {
    {  350, AN, 'M', 1, 20 },
    {  350, AN, 'O', 1, 20 },
    {  662, ID, 'M', 1,  1 },
    {  380, RR, 'X', 1, 15 },
    PARTS('X', edi_parts_C001),
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
NOTED(SLN, 3, sln, sln_notes);

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
SEGMENT(PRF, 1, prf);

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
    { 'C', 5, E(6) }, { 'C', 17, E(16) }, { 'C', 18, E(4) },
};
NOTED(PO4, 0, po4, po4_notes);

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
NOTED(PID, 1, pid, pid_notes);

/* MEA: a measure or a range of it. */
static const edi_element_t mea[] = {
    {  737, ID, 'O', 2,  2 },
    {  738, ID, 'O', 1,  3 },
    {  739, RR, 'X', 1, 20 },
    PARTS('X', edi_parts_C001),
    {  740, RR, 'X', 1, 20 },
    {  741, RR, 'X', 1, 20 },
    {  935, ID, 'O', 2,  2 },
    {  936, ID, 'X', 2,  4 },
    {  752, ID, 'O', 2,  2 },
    { 1373, ID, 'O', 2,  4 },
    { 1270, ID, 'O', 1,  3, .later = true },
    { 1271, AN, 'O', 1, 30, .later = true },
};
static const edi_note_t mea_notes[] = {
    { 'R', 0, E(3) | E(5) | E(6) | E(8) },
    { 'C', 5, E(4) }, { 'C', 6, E(4) },
    { 'L', 7, E(3) | E(5) | E(6) },
    { 'E', 0, E(8) | E(3) },
};
NOTED(MEA, 0, mea, mea_notes);

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
NOTED(TD1, 0, td1, td1_notes);

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
NOTED(TD5, 0, td5, td5_notes);

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
    { 'E', 0, E(1) | E(10) }, { 'C', 2, E(3) }, { 'C', 4, E(5) },
    { 'P', 0, E(5) | E(6) },
};
NOTED(TD3, 0, td3, td3_notes);

/* REF: a number of somebody else's. */
static const edi_element_t ref[] = {
    {  128, ID, 'M', 2,  3 },
    {  127, AN, 'X', 1, 30, 50 },
    {  352, AN, 'X', 1, 80 },
    PARTS('O', edi_parts_C040),
};
static const edi_note_t ref_notes[] = { { 'R', 0, E(2) | E(3) } };
NOTED(REF, 1, ref, ref_notes);

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
NOTED(PER, 1, per, per_notes);

/* CLD: how many packages hold how much. */
static const edi_element_t cld[] = {
    {  622, N0, 'M', 1,  5 },
    {  382, RR, 'M', 1, 10 },
    {  103, AN, 'O', 3,  5 },
    {  357, RR, 'O', 1,  8 },
    {  355, ID, 'X', 2,  2 },
};
static const edi_note_t cld_notes[] = { { 'C', 5, E(4) } };
NOTED(CLD, 2, cld, cld_notes);

/* DTP: a date or a period, and what it is of. */
static const edi_element_t dtp[] = {
    {  374, ID, 'M', 3,  3 },
    { 1250, ID, 'M', 2,  3 },
    { 1251, AN, 'M', 1, 35 },
};
SEGMENT(DTP, 3, dtp);

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
NOTED(MAN, 2, man, man_notes);

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
NOTED(FOB, 1, fob, fob_notes);

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
NOTED(N1, 1, n1, n1_notes);

/* N2: more of its name. */
static const edi_element_t n2[] = {
    {   93, AN, 'M', 1, 60 },
    {   93, AN, 'O', 1, 60 },
};
SEGMENT(N2, 1, n2);

/* N3: its street. */
static const edi_element_t n3[] = {
    {  166, AN, 'M', 1, 55 },
    {  166, AN, 'O', 1, 55 },
};
SEGMENT(N3, 1, n3);

/* N4: its town, region and country. */
static const edi_element_t n4[] = {
    {   19, AN, 'O', 2, 30 },
    {  156, ID, 'O', 2,  2 },
    {  116, ID, 'O', 3, 15 },
    {   26, ID, 'X', 2,  3 },
    {  309, ID, 'X', 1,  2 },
    {  310, AN, 'O', 1, 30 },
    { 1715, ID, 'X', 1,  3, .later = true },
};
static const edi_note_t n4_notes[] = { { 'C', 6, E(5) } };
NOTED(N4, 0, n4, n4_notes);

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
NOTED(CTT, 1, ctt, ctt_notes);

/* CUR: which currency, of whom, at which rate and when. */
static const edi_element_t cur[] = {
    {   98, ID, 'M', 2,  3 },
    {  100, ID, 'M', 3,  3 },
    {  280, RR, 'O', 4, 10 },
    {   98, ID, 'O', 2,  3 },
    {  100, ID, 'O', 3,  3 },
    {  669, ID, 'O', 3,  3 },
    {  374, ID, 'X', 3,  3 },
    {  373, DT, 'X', 8,  8 },
    {  337, TM, 'X', 4,  8 },
    {  374, ID, 'X', 3,  3 },
    {  373, DT, 'X', 8,  8 },
    {  337, TM, 'X', 4,  8 },
    {  374, ID, 'X', 3,  3 },
    {  373, DT, 'X', 8,  8 },
    {  337, TM, 'X', 4,  8 },
    {  374, ID, 'X', 3,  3 },
    {  373, DT, 'X', 8,  8 },
    {  337, TM, 'X', 4,  8 },
    {  374, ID, 'X', 3,  3 },
    {  373, DT, 'X', 8,  8 },
    {  337, TM, 'X', 4,  8 },
};
static const edi_note_t cur_notes[] = {
    { 'C', 8, E(7) }, { 'C', 9, E(7) }, { 'L', 10, E(11) | E(12) },
    { 'C', 11, E(10) }, { 'C', 12, E(10) }, { 'L', 13, E(14) | E(15) },
    { 'C', 14, E(13) }, { 'C', 15, E(13) }, { 'L', 16, E(17) | E(18) },
    { 'C', 17, E(16) }, { 'C', 18, E(16) }, { 'L', 19, E(20) | E(21) },
    { 'C', 20, E(19) }, { 'C', 21, E(19) },
};
NOTED(CUR, 2, cur, cur_notes);

/* ETD: freight above the usual, and who pays it. */
static const edi_element_t etd[] = {
    {  626, ID, 'M', 1,  2 },
    {  627, ID, 'M', 1,  1 },
    {  128, ID, 'X', 2,  3 },
    {  127, AN, 'X', 1, 30, 50 },
    {  743, ID, 'O', 1,  2 },
};
static const edi_note_t etd_notes[] = { { 'P', 0, E(3) | E(4) } };
NOTED(ETD, 2, etd, etd_notes);

/* GF: goods that the government gave. */
static const edi_element_t gf[] = {
    {  128, ID, 'X', 2,  3 },
    {  127, AN, 'X', 1, 30, 50 },
    {  367, AN, 'O', 1, 30 },
    {  782, RR, 'O', 1, 18 },
    {  128, ID, 'X', 2,  3 },
    {  127, AN, 'X', 1, 30, 50 },
    {  328, AN, 'O', 1, 30 },
    {  128, ID, 'X', 2,  3 },
    {  127, AN, 'X', 1, 30, 50 },
};
static const edi_note_t gf_notes[] = {
    { 'P', 0, E(1) | E(2) }, { 'P', 0, E(5) | E(6) }, { 'P', 0, E(8) | E(9) },
};
NOTED(GF, 0, gf, gf_notes);

/* LE: the end of a loop that LS began. */
static const edi_element_t le[] = {
    {  447, ID, 'M', 1,  6 },
};
SEGMENT(LE, 1, le);

/* LM: whose codes follow. */
static const edi_element_t lm[] = {
    {  559, ID, 'M', 2,  2 },
    {  822, AN, 'O', 1, 15 },
};
SEGMENT(LM, 1, lm);

/* LQ: a code of somebody's list. */
static const edi_element_t lq[] = {
    { 1270, ID, 'X', 1,  3 },
    { 1271, AN, 'X', 1, 30 },
};
static const edi_note_t lq_notes[] = { { 'C', 1, E(2) } };
NOTED(LQ, 0, lq, lq_notes);

/* LS: the begin of a loop. */
static const edi_element_t ls[] = {
    {  447, ID, 'M', 1,  6 },
};
SEGMENT(LS, 1, ls);

/* PAL: a pallet and what it bears. */
static const edi_element_t pal[] = {
    {  883, ID, 'O', 1,  2 },
    {  884, N0, 'O', 1,  3 },
    {  885, N0, 'O', 1,  3 },
    {  356, N0, 'O', 1,  6 },
    {  395, RR, 'X', 1,  8 },
    {  355, ID, 'X', 2,  2 },
    {   82, RR, 'X', 1,  8 },
    {  189, RR, 'X', 1,  8 },
    {   65, RR, 'X', 1,  8 },
    {  355, ID, 'X', 2,  2 },
    {  384, RR, 'X', 1,  9 },
    {  355, ID, 'X', 2,  2 },
    {  385, RR, 'X', 1,  9 },
    {  355, ID, 'X', 2,  2 },
    {  399, ID, 'O', 1,  1 },
    {  810, N0, 'O', 1,  6 },
    {    0, ID, 'O', 1,  1, .later = true },
};
static const edi_note_t pal_notes[] = {
    { 'P', 0, E(5) | E(6) }, { 'C', 7, E(10) }, { 'C', 8, E(10) },
    { 'C', 9, E(10) }, { 'L', 10, E(7) | E(8) | E(9) },
    { 'P', 0, E(11) | E(12) }, { 'P', 0, E(13) | E(14) },
};
NOTED(PAL, 0, pal, pal_notes);

/* PKG: how goods are to be packed or marked. */
static const edi_element_t pkg[] = {
    {  349, ID, 'X', 1,  1 },
    {  753, ID, 'O', 1,  5 },
    {  559, ID, 'X', 2,  2 },
    {  754, AN, 'X', 1,  7 },
    {  352, AN, 'X', 1, 80 },
    {  400, ID, 'X', 2,  2 },
};
static const edi_note_t pkg_notes[] = {
    { 'C', 4, E(3) }, { 'R', 0, E(4) | E(5) | E(6) }, { 'C', 5, E(1) },
};
NOTED(PKG, 0, pkg, pkg_notes);

/* PWK: papers that go along. */
static const edi_element_t pwk[] = {
    {  755, ID, 'M', 2,  2 },
    {  756, ID, 'O', 1,  2 },
    {  757, N0, 'O', 1,  2 },
    {   98, ID, 'O', 2,  3 },
    {   66, ID, 'X', 1,  2 },
    {   67, AN, 'X', 2, 80 },
    {  352, AN, 'O', 1, 80 },
    PARTS('O', edi_parts_C002),
    { 1525, ID, 'O', 1,  2 },
};
static const edi_note_t pwk_notes[] = { { 'P', 0, E(5) | E(6) } };
NOTED(PWK, 1, pwk, pwk_notes);

/* R4: a port or terminal. */
static const edi_element_t r4[] = {
    {  115, ID, 'M', 1,  1 },
    {  309, ID, 'X', 1,  2 },
    {  310, AN, 'X', 1, 30 },
    {  114, AN, 'O', 2, 24 },
    {   26, ID, 'O', 2,  3 },
    {  174, AN, 'O', 2, 30 },
    {  113, AN, 'O', 1,  4 },
    {  156, ID, 'O', 2,  2 },
};
static const edi_note_t r4_notes[] = { { 'P', 0, E(2) | E(3) } };
NOTED(R4, 1, r4, r4_notes);

/* SAC: an allowance or a charge. */
static const edi_element_t sac[] = {
    {  248, ID, 'M', 1,  1 },
    { 1300, ID, 'X', 4,  4 },
    {  559, ID, 'X', 2,  2 },
    { 1301, AN, 'X', 1, 10 },
    {  610, N0, 'O', 1, 15 },
    {  378, ID, 'X', 1,  1 },
    {  332, RR, 'X', 1,  6 },
    {  118, RR, 'O', 1,  9 },
    {  355, ID, 'X', 2,  2 },
    {  380, RR, 'X', 1, 15 },
    {  380, RR, 'X', 1, 15 },
    {  331, ID, 'O', 2,  2 },
    {  127, AN, 'X', 1, 30, 50 },
    {  770, AN, 'X', 1, 20 },
    {  352, AN, 'X', 1, 80 },
    {  819, ID, 'X', 2,  3 },
};
static const edi_note_t sac_notes[] = {
    { 'R', 0, E(2) | E(3) }, { 'P', 0, E(3) | E(4) }, { 'P', 0, E(6) | E(7) },
    { 'P', 0, E(9) | E(10) }, { 'C', 11, E(10) }, { 'L', 13, E(2) | E(4) },
    { 'C', 14, E(13) }, { 'C', 16, E(15) },
};
NOTED(SAC, 1, sac, sac_notes);

/* SDQ: how much for which store. */
static const edi_element_t sdq[] = {
    {  355, ID, 'M', 2,  2 },
    {   66, ID, 'O', 1,  2 },
    {   67, AN, 'M', 2, 80 },
    {  380, RR, 'M', 1, 15 },
    {   67, AN, 'X', 2, 80 },
    {  380, RR, 'X', 1, 15 },
    {   67, AN, 'X', 2, 80 },
    {  380, RR, 'X', 1, 15 },
    {   67, AN, 'X', 2, 80 },
    {  380, RR, 'X', 1, 15 },
    {   67, AN, 'X', 2, 80 },
    {  380, RR, 'X', 1, 15 },
    {   67, AN, 'X', 2, 80 },
    {  380, RR, 'X', 1, 15 },
    {   67, AN, 'X', 2, 80 },
    {  380, RR, 'X', 1, 15 },
    {   67, AN, 'X', 2, 80 },
    {  380, RR, 'X', 1, 15 },
    {   67, AN, 'X', 2, 80 },
    {  380, RR, 'X', 1, 15 },
    {   67, AN, 'X', 2, 80 },
    {  380, RR, 'X', 1, 15 },
    {  310, AN, 'O', 1, 30 },
};
static const edi_note_t sdq_notes[] = {
    { 'P', 0, E(5) | E(6) }, { 'P', 0, E(7) | E(8) }, { 'P', 0, E(9) | E(10) },
    { 'P', 0, E(11) | E(12) }, { 'P', 0, E(13) | E(14) },
    { 'P', 0, E(15) | E(16) }, { 'P', 0, E(17) | E(18) },
    { 'P', 0, E(19) | E(20) }, { 'P', 0, E(21) | E(22) },
};
NOTED(SDQ, 4, sdq, sdq_notes);

/* TD4: what must be known of dangerous goods. */
static const edi_element_t td4[] = {
    {  152, ID, 'X', 2,  3 },
    {  208, ID, 'X', 1,  1 },
    {  209, AN, 'X', 1,  4 },
    {  352, AN, 'X', 1, 80 },
    { 1073, ID, 'O', 1,  1 },
};
static const edi_note_t td4_notes[] = {
    { 'R', 0, E(1) | E(2) | E(4) }, { 'C', 2, E(3) },
};
NOTED(TD4, 0, td4, td4_notes);

/* TSD: a trailer or car. */
static const edi_element_t tsd[] = {
    {  350, AN, 'O', 1, 20 },
    {  219, AN, 'O', 1,  3 },
};
SEGMENT(TSD, 0, tsd);

/* V1: a ship and its voyage. */
static const edi_element_t v1[] = {
    {  597, AN, 'X', 1,  8 },
    {  182, AN, 'X', 2, 28 },
    {   26, ID, 'O', 2,  3 },
    {   55, ID, 'O', 2, 10 },
    {  140, ID, 'O', 2,  4 },
    {  249, ID, 'O', 1,  1 },
    {  854, ID, 'O', 2,  2 },
    {  897, ID, 'X', 1,  1 },
    {   91, ID, 'O', 1,  2 },
};
static const edi_note_t v1_notes[] = {
    { 'R', 0, E(1) | E(2) }, { 'C', 8, E(1) },
};
NOTED(V1, 0, v1, v1_notes);

/* YNQ: an answer of yes or no. */
static const edi_element_t ynq[] = {
    { 1321, ID, 'X', 2,  2 },
    { 1073, ID, 'M', 1,  1 },
    { 1250, ID, 'X', 2,  3 },
    { 1251, AN, 'X', 1, 35 },
    {  933, AN, 'O', 1, 264 },
    {  933, AN, 'O', 1, 264 },
    {  933, AN, 'O', 1, 264 },
    { 1270, ID, 'X', 1,  3 },
    { 1271, AN, 'X', 1, 30 },
    {  933, AN, 'X', 1, 264 },
};
static const edi_note_t ynq_notes[] = {
    { 'E', 0, E(1) | E(9) | E(10) }, { 'P', 0, E(3) | E(4) }, { 'C', 9, E(8) },
};
NOTED(YNQ, 2, ynq, ynq_notes);

/* -- segments of orders, their answers and invoices ----------------------- */

/* ACK: what the seller does about a line. */
static const edi_element_t ack[] = {
    {  668, ID, 'M', 2,  2 },
    {  380, RR, 'X', 1, 15 },
    {  355, ID, 'X', 2,  2 },
    {  374, ID, 'X', 3,  3 },
    {  373, DT, 'X', 8,  8 },
    {  326, AN, 'O', 1, 45 },
    PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR,
    {  559, ID, 'X', 2,  2 },
    {  822, AN, 'X', 1, 15 },
    { 1271, AN, 'X', 1, 30 },
};
static const edi_note_t ack_notes[] = {
    { 'P', 0, E(2) | E(3) }, { 'C', 4, E(5) }, { 'P', 0, E(7) | E(8) },
    { 'P', 0, E(9) | E(10) }, { 'P', 0, E(11) | E(12) },
    { 'P', 0, E(13) | E(14) }, { 'P', 0, E(15) | E(16) },
    { 'P', 0, E(17) | E(18) }, { 'P', 0, E(19) | E(20) },
    { 'P', 0, E(21) | E(22) }, { 'P', 0, E(23) | E(24) },
    { 'P', 0, E(25) | E(26) }, { 'P', 0, E(27) | E(28) },
    { 'C', 28, E(27) | E(29) },
};
NOTED(ACK, 1, ack, ack_notes);

/* ADV: the advertisement that it is for. */
static const edi_element_t adv[] = {
    {  559, ID, 'M', 2,  2 },
    { 1000, ID, 'M', 2,  2 },
    {  740, RR, 'O', 1, 18 },
    {  741, RR, 'O', 1, 18 },
    {  729, AN, 'O', 1,  6 },
    { 1000, ID, 'X', 2,  2 },
    {  739, RR, 'X', 1, 18 },
};
static const edi_note_t adv_notes[] = { { 'P', 0, E(6) | E(7) } };
NOTED(ADV, 2, adv, adv_notes);

/* AMT: an amount, and what it is of. */
static const edi_element_t amt[] = {
    {  522, ID, 'M', 1,  3 },
    {  782, RR, 'M', 1, 18 },
    {  478, ID, 'O', 1,  1, 0, credit_or_debit },
};
SEGMENT(AMT, 2, amt);

/* BAK: which order is answered, and how. */
static const edi_element_t bak[] = {
    {  353, ID, 'M', 2,  2, 0, purposes },
    {  587, ID, 'M', 2,  2 },
    {  324, AN, 'M', 1, 22 },
    {  373, DT, 'M', 8,  8 },
    {  328, AN, 'O', 1, 30 },
    {  326, AN, 'O', 1, 45 },
    {  367, AN, 'O', 1, 30 },
    {  127, AN, 'O', 1, 30, 50 },
    {  373, DT, 'O', 8,  8 },
    {  640, ID, 'O', 2,  2 },
};
SEGMENT(BAK, 4, bak);

/* BAL: a balance of an account. */
static const edi_element_t bal[] = {
    {  951, ID, 'M', 1,  2 },
    {  522, ID, 'M', 1,  3 },
    {  782, RR, 'M', 1, 18 },
};
SEGMENT(BAL, 3, bal);

/* BEG: which order, of what kind and day. */
static const edi_element_t beg[] = {
    {  353, ID, 'M', 2,  2, 0, purposes },
    {   92, ID, 'M', 2,  2 },
    {  324, AN, 'M', 1, 22 },
    {  328, AN, 'O', 1, 30 },
    {  373, DT, 'M', 8,  8 },
    {  367, AN, 'O', 1, 30 },
    {  587, ID, 'O', 2,  2 },
    { 1019, ID, 'O', 3,  3 },
    { 1166, ID, 'O', 2,  2 },
    { 1232, ID, 'O', 2,  2 },
    {  786, ID, 'O', 2,  2 },
    {  640, ID, 'O', 2,  2 },
};
SEGMENT(BEG, 5, beg);

/* BIG: which invoice, and for which order. */
static const edi_element_t big[] = {
    {  373, DT, 'M', 8,  8 },
    {   76, AN, 'M', 1, 22 },
    {  373, DT, 'O', 8,  8 },
    {  324, AN, 'O', 1, 22 },
    {  328, AN, 'O', 1, 30 },
    {  327, AN, 'O', 1,  8 },
    {  640, ID, 'O', 2,  2 },
    {  353, ID, 'O', 2,  2, 0, purposes },
    {  306, ID, 'O', 1,  2 },
    {   76, AN, 'O', 1, 22 },
    { 1005, ID, 'O', 4,  4, .later = true },
};
SEGMENT(BIG, 2, big);

/* CAD: who carried the goods, and under which number. */
static const edi_element_t cad[] = {
    {   91, ID, 'O', 1,  2 },
    {  206, AN, 'O', 1,  4 },
    {  207, AN, 'O', 1, 10, 15 },
    {  140, ID, 'X', 2,  4 },
    {  387, AN, 'X', 1, 35 },
    {  368, ID, 'O', 2,  2 },
    {  128, ID, 'X', 2,  3 },
    {  127, AN, 'X', 1, 30, 50 },
    {  284, ID, 'O', 2,  2 },
};
static const edi_note_t cad_notes[] = {
    { 'R', 0, E(5) | E(4) }, { 'C', 7, E(8) },
};
NOTED(CAD, 0, cad, cad_notes);

/* CB1: what costs a contract asks to be told. */
static const edi_element_t cb1[] = {
    { 1309, ID, 'M', 2,  2 },
    { 1310, ID, 'O', 1,  1 },
};
SEGMENT(CB1, 1, cb1);

/* CN1: the contract that holds. */
static const edi_element_t cn1[] = {
    { 1166, ID, 'M', 2,  2 },
    {  782, RR, 'O', 1, 18 },
    {  332, RR, 'O', 1,  6 },
    {  127, AN, 'O', 1, 30, 50 },
    {  338, RR, 'O', 1,  6 },
    {  799, AN, 'O', 1, 30 },
};
SEGMENT(CN1, 1, cn1);

/* CRC: whether a condition holds. */
static const edi_element_t crc[] = {
    { 1136, ID, 'M', 2,  2 },
    { 1073, ID, 'M', 1,  1 },
    { 1321, ID, 'M', 2,  2 },
    { 1321, ID, 'O', 2,  2 },
    { 1321, ID, 'O', 2,  2 },
    { 1321, ID, 'O', 2,  2 },
    { 1321, ID, 'O', 2,  2 },
};
SEGMENT(CRC, 3, crc);

/* CSH: what the seller may do when not all is there. */
static const edi_element_t csh[] = {
    {  563, ID, 'O', 1,  2 },
    {  306, ID, 'X', 1,  2 },
    {  610, N0, 'X', 1, 15 },
    {  508, AN, 'O', 1, 35 },
    {  373, DT, 'O', 8,  8 },
    {  559, ID, 'X', 2,  2 },
    {  560, ID, 'X', 2, 10 },
    {  566, ID, 'O', 1,  2 },
    {  954, RR, 'X', 1, 10 },
    { 1004, ID, 'X', 1,  2 },
};
static const edi_note_t csh_notes[] = {
    { 'C', 2, E(3) }, { 'P', 0, E(6) | E(7) }, { 'P', 0, E(9) | E(10) },
};
NOTED(CSH, 0, csh, csh_notes);

/* CTB: a limit of quantity or amount. */
static const edi_element_t ctb[] = {
    {  688, ID, 'M', 2,  2 },
    {  352, AN, 'X', 1, 80 },
    {  673, ID, 'X', 2,  2 },
    {  380, RR, 'X', 1, 15 },
    {  522, ID, 'X', 1,  3 },
    {  610, N0, 'X', 1, 15 },
    { 0, EDI_COMPOSITE, 'O', 0, 0, 0, NULL, EDI_ROWS(edi_parts_C001),
        .later = true },
};
static const edi_note_t ctb_notes[] = {
    { 'R', 0, E(2) | E(4) | E(6) }, { 'P', 0, E(3) | E(4) },
    { 'P', 0, E(5) | E(6) },
};
NOTED(CTB, 1, ctb, ctb_notes);

/* CTP: a price, for whom and from how many on. */
static const edi_element_t ctp[] = {
    {  687, ID, 'O', 2,  2 },
    {  236, ID, 'X', 3,  3 },
    {  212, RR, 'X', 1, 17 },
    {  380, RR, 'X', 1, 15 },
    PARTS('X', edi_parts_C001),
    {  648, ID, 'X', 3,  3 },
    {  649, RR, 'X', 1, 10 },
    {  782, RR, 'O', 1, 18 },
    {  639, ID, 'X', 2,  2 },
    {  499, AN, 'X', 1, 10 },
    {  289, N0, 'X', 1,  2 },
};
static const edi_note_t ctp_notes[] = {
    { 'P', 0, E(4) | E(5) }, { 'C', 6, E(7) }, { 'C', 9, E(2) },
    { 'C', 10, E(2) }, { 'C', 11, E(3) },
};
NOTED(CTP, 0, ctp, ctp_notes);

/* DIS: a discount for those who order much. */
static const edi_element_t dis[] = {
    {  653, ID, 'M', 3,  3 },
    {  654, ID, 'M', 2,  2 },
    {  655, RR, 'M', 1, 10 },
    {  656, ID, 'M', 2,  3 },
    {  657, N0, 'M', 1, 10 },
    {  657, N0, 'O', 1, 10 },
};
SEGMENT(DIS, 5, dis);

/* DMG: a person by birth and the like. */
static const edi_element_t dmg[] = {
    { 1250, ID, 'X', 2,  3 },
    { 1251, AN, 'X', 1, 35 },
    { 1068, ID, 'O', 1,  1 },
    { 1067, ID, 'O', 1,  1 },
    { 1109, ID, 'O', 1,  1 },
    { 1066, ID, 'O', 1,  2 },
    {   26, ID, 'O', 2,  3 },
    {  659, ID, 'O', 1,  2 },
    {  380, RR, 'O', 1, 15 },
    { 1270, ID, 'O', 1,  3, .later = true },
    { 1271, AN, 'O', 1, 30, .later = true },
};
static const edi_note_t dmg_notes[] = { { 'P', 0, E(1) | E(2) } };
NOTED(DMG, 0, dmg, dmg_notes);

/* FA1: whose accounts follow. */
static const edi_element_t fa1[] = {
    {  559, ID, 'M', 2,  2 },
    { 1300, ID, 'O', 4,  4 },
    {  248, ID, 'O', 1,  1 },
};
SEGMENT(FA1, 1, fa1);

/* FA2: an account. */
static const edi_element_t fa2[] = {
    { 1196, ID, 'M', 2,  2 },
    { 1195, AN, 'M', 1, 80 },
};
SEGMENT(FA2, 2, fa2);

/* G61: whom to ask about a specification. */
static const edi_element_t g61[] = {
    {  366, ID, 'M', 2,  2 },
    {   93, AN, 'M', 1, 60 },
    {  365, ID, 'X', 2,  2 },
    {  364, AN, 'X', 1, 80, 256 },
    {  443, AN, 'O', 1, 20 },
};
static const edi_note_t g61_notes[] = { { 'P', 0, E(3) | E(4) } };
NOTED(G61, 2, g61, g61_notes);

/* INC: payment by instalments. */
static const edi_element_t inc[] = {
    {  336, ID, 'M', 2,  2 },
    PARTS('M', edi_parts_C001),
    {  380, RR, 'M', 1, 15 },
    {  380, RR, 'M', 1, 15 },
    {  782, RR, 'O', 1, 18 },
    {    0, ID, 'O', 1,  3, .later = true },
};
SEGMENT(INC, 4, inc);

/* ISS: how much was shipped in all. */
static const edi_element_t iss[] = {
    {  382, RR, 'X', 1, 10 },
    {  355, ID, 'X', 2,  2 },
    {   81, RR, 'X', 1, 10 },
    {  355, ID, 'X', 2,  2 },
    {  183, RR, 'X', 1,  8 },
    {  355, ID, 'X', 2,  2 },
    {  380, RR, 'O', 1, 15 },
    {   81, RR, 'O', 1, 10 },
};
static const edi_note_t iss_notes[] = {
    { 'R', 0, E(1) | E(3) | E(5) }, { 'P', 0, E(1) | E(2) },
    { 'P', 0, E(3) | E(4) }, { 'P', 0, E(5) | E(6) },
};
NOTED(ISS, 0, iss, iss_notes);

/* IT1: a line of an invoice. */
static const edi_element_t it1[] = {
    {  350, AN, 'O', 1, 20 },
    {  358, RR, 'X', 1, 10, 15 },
    {  355, ID, 'X', 2,  2 },
    {  212, RR, 'X', 1, 17 },
    {  639, ID, 'O', 2,  2 },
    PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR,
};
static const edi_note_t it1_notes[] = {
    { 'P', 0, E(2) | E(3) | E(4) }, { 'P', 0, E(6) | E(7) },
    { 'P', 0, E(8) | E(9) }, { 'P', 0, E(10) | E(11) },
    { 'P', 0, E(12) | E(13) }, { 'P', 0, E(14) | E(15) },
    { 'P', 0, E(16) | E(17) }, { 'P', 0, E(18) | E(19) },
    { 'P', 0, E(20) | E(21) }, { 'P', 0, E(22) | E(23) },
    { 'P', 0, E(24) | E(25) },
};
NOTED(IT1, 0, it1, it1_notes);

/* IT3: how a line of an invoice was shipped. */
static const edi_element_t it3[] = {
    {  382, RR, 'X', 1, 10 },
    {  355, ID, 'X', 2,  2 },
    {  368, ID, 'X', 2,  2 },
    {  383, RR, 'X', 1,  9 },
    {  371, ID, 'X', 2,  2 },
};
static const edi_note_t it3_notes[] = {
    { 'P', 0, E(1) | E(2) }, { 'R', 0, E(1) | E(3) | E(4) | E(5) },
};
NOTED(IT3, 0, it3, it3_notes);

/* IT8: what may be sent instead. */
static const edi_element_t it8[] = {
    {  563, ID, 'X', 1,  2 },
    {  306, ID, 'X', 1,  2 },
    {  610, N0, 'X', 1, 15 },
    {  508, AN, 'O', 1, 35 },
    {  373, DT, 'X', 8,  8 },
    {  559, ID, 'O', 2,  2 },
    {  566, ID, 'X', 1,  2 },
    PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR,
};
static const edi_note_t it8_notes[] = {
    { 'R', 0, E(1) | E(2) | E(3) | E(5) | E(7) }, { 'P', 0, E(8) | E(9) },
    { 'P', 0, E(10) | E(11) }, { 'P', 0, E(12) | E(13) },
    { 'P', 0, E(14) | E(15) }, { 'P', 0, E(16) | E(17) },
    { 'P', 0, E(18) | E(19) }, { 'P', 0, E(20) | E(21) },
    { 'P', 0, E(22) | E(23) }, { 'P', 0, E(24) | E(25) },
    { 'P', 0, E(26) | E(27) },
};
NOTED(IT8, 0, it8, it8_notes);

/* ITD: when and how is paid. */
static const edi_element_t itd[] = {
    {  336, ID, 'O', 2,  2 },
    {  333, ID, 'O', 1,  2 },
    {  338, RR, 'X', 1,  6 },
    {  370, DT, 'X', 8,  8 },
    {  351, N0, 'X', 1,  3 },
    {  446, DT, 'O', 8,  8 },
    {  386, N0, 'O', 1,  3 },
    {  362, N0, 'X', 1, 10 },
    {  388, DT, 'X', 8,  8 },
    {  389, N0, 'X', 1, 10 },
    {  342, RR, 'X', 1,  5 },
    {  352, AN, 'O', 1, 80 },
    {  765, N0, 'X', 1,  2 },
    {  107, ID, 'O', 1,  2 },
    {  954, RR, 'O', 1, 10 },
};
static const edi_note_t itd_notes[] = {
    { 'L', 3, E(4) | E(5) | E(13) }, { 'L', 8, E(4) | E(5) | E(13) },
    { 'L', 9, E(10) | E(11) },
};
NOTED(ITD, 0, itd, itd_notes);

/* L7: which tariff the freight is by. */
static const edi_element_t l7[] = {
    {  213, N0, 'O', 1,  3 },
    {  168, AN, 'O', 1,  4 },
    {  171, AN, 'O', 1,  7 },
    {  172, AN, 'O', 1,  2 },
    {  169, AN, 'O', 1, 16 },
    {  170, N0, 'O', 1,  2 },
    {   59, ID, 'O', 2,  5 },
    {  173, AN, 'O', 1,  4 },
    {   46, AN, 'O', 4,  4 },
    {  373, DT, 'O', 8,  8 },
    {  119, AN, 'O', 1,  6 },
    {  227, AN, 'O', 1,  2 },
    {  294, N0, 'O', 1,  5 },
    {  295, ID, 'O', 1,  1 },
    {   19, AN, 'O', 2, 30 },
    {  156, ID, 'O', 2,  2 },
};
SEGMENT(L7, 0, l7);

/* LDT: how long it takes. */
static const edi_element_t ldt[] = {
    {  345, ID, 'M', 2,  2 },
    {  380, RR, 'M', 1, 15 },
    {  344, ID, 'M', 2,  2 },
    {  373, DT, 'O', 8,  8 },
};
SEGMENT(LDT, 3, ldt);

/* MSG: a text. */
static const edi_element_t msg[] = {
    {  933, AN, 'M', 1, 264 },
    {  934, ID, 'X', 2,  2 },
    { 1470, N0, 'X', 1,  9 },
};
static const edi_note_t msg_notes[] = { { 'C', 3, E(2) } };
NOTED(MSG, 1, msg, msg_notes);

/* MTX: a text, and how it is set. */
static const edi_element_t mtx[] = {
    {  363, ID, 'X', 3,  3 },
    { 1551, AN, 'X', 1, 760 },
    { 1551, AN, 'X', 1, 760 },
    {  934, ID, 'O', 2,  2 },
    { 1470, N0, 'O', 1,  9, .later = true },
    {  819, ID, 'O', 2,  3, .later = true },
};
static const edi_note_t mtx_notes[] = {
    { 'C', 1, E(2) }, { 'C', 3, E(2) },
};
NOTED(MTX, 0, mtx, mtx_notes);

/* N9: a number that more is told of. */
static const edi_element_t n9[] = {
    {  128, ID, 'M', 2,  3 },
    {  127, AN, 'X', 1, 30, 50 },
    {  369, AN, 'X', 1, 45 },
    {  373, DT, 'O', 8,  8 },
    {  337, TM, 'X', 4,  8 },
    {  623, ID, 'X', 2,  2 },
    PARTS('O', edi_parts_C040),
};
static const edi_note_t n9_notes[] = {
    { 'R', 0, E(2) | E(3) }, { 'C', 6, E(5) },
};
NOTED(N9, 1, n9, n9_notes);

/* NTE: a remark. */
static const edi_element_t nte[] = {
    {  363, ID, 'O', 3,  3 },
    {  352, AN, 'M', 1, 80 },
};
SEGMENT(NTE, 2, nte);

/* NX2: a part of an address. */
static const edi_element_t nx2[] = {
    { 1106, ID, 'M', 2,  2 },
    {  166, AN, 'M', 1, 55 },
    { 1096, AN, 'O', 5,  5 },
    {    0, ID, 'O', 2,  2, .later = true },
    {    0, AN, 'O', 1, 55, .later = true },
};
SEGMENT(NX2, 2, nx2);

/* PAM: an amount of a quantity or a time. */
static const edi_element_t pam[] = {
    {  673, ID, 'X', 2,  2 },
    {  380, RR, 'X', 1, 15 },
    PARTS('X', edi_parts_C001),
    {  522, ID, 'X', 1,  3 },
    {  782, RR, 'X', 1, 18 },
    {  344, ID, 'X', 2,  2 },
    {  374, ID, 'X', 3,  3 },
    {  373, DT, 'X', 8,  8 },
    {  337, TM, 'X', 4,  8 },
    {  374, ID, 'X', 3,  3 },
    {  373, DT, 'X', 8,  8 },
    {  337, TM, 'X', 4,  8 },
    { 1004, ID, 'X', 1,  2 },
    {  954, RR, 'X', 1, 10 },
    { 1073, ID, 'O', 1,  1 },
};
static const edi_note_t pam_notes[] = {
    { 'P', 0, E(1) | E(2) | E(3) }, { 'R', 0, E(2) | E(5) | E(14) },
    { 'P', 0, E(4) | E(5) }, { 'P', 0, E(6) | E(7) }, { 'C', 7, E(6) },
    { 'L', 7, E(8) | E(9) }, { 'C', 8, E(7) }, { 'C', 9, E(7) },
    { 'L', 10, E(11) | E(12) }, { 'C', 11, E(10) }, { 'C', 12, E(10) },
    { 'P', 0, E(13) | E(14) },
};
NOTED(PAM, 0, pam, pam_notes);

/* PCT: a rate in per cent. */
static const edi_element_t pct[] = {
    { 1004, ID, 'M', 1,  2 },
    {  954, RR, 'M', 1, 10 },
};
SEGMENT(PCT, 2, pct);

/* PO1: a line of an order. */
static const edi_element_t po1[] = {
    {  350, AN, 'O', 1, 20 },
    {  330, RR, 'X', 1, 15 },
    {  355, ID, 'X', 2,  2 },
    {  212, RR, 'X', 1, 17 },
    {  639, ID, 'X', 2,  2 },
    PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR,
};
static const edi_note_t po1_notes[] = {
    { 'C', 3, E(2) }, { 'C', 5, E(4) }, { 'P', 0, E(6) | E(7) },
    { 'P', 0, E(8) | E(9) }, { 'P', 0, E(10) | E(11) },
    { 'P', 0, E(12) | E(13) }, { 'P', 0, E(14) | E(15) },
    { 'P', 0, E(16) | E(17) }, { 'P', 0, E(18) | E(19) },
    { 'P', 0, E(20) | E(21) }, { 'P', 0, E(22) | E(23) },
    { 'P', 0, E(24) | E(25) },
};
NOTED(PO1, 0, po1, po1_notes);

/* PO3: how a line was changed. */
static const edi_element_t po3[] = {
    {  371, ID, 'M', 2,  2 },
    {  373, DT, 'O', 8,  8 },
    {  236, ID, 'X', 3,  3 },
    {  212, RR, 'X', 1, 17 },
    {  639, ID, 'X', 2,  2 },
    {  380, RR, 'M', 1, 15 },
    {  355, ID, 'M', 2,  2 },
    {  352, AN, 'O', 1, 80 },
};
static const edi_note_t po3_notes[] = { { 'L', 4, E(3) | E(5) } };
NOTED(PO3, 7, po3, po3_notes);

/* QTY: a quantity, and what it is of. */
static const edi_element_t qty[] = {
    {  673, ID, 'M', 2,  2 },
    {  380, RR, 'X', 1, 15 },
    PARTS('O', edi_parts_C001),
    {   61, AN, 'X', 1, 30 },
};
static const edi_note_t qty_notes[] = {
    { 'R', 0, E(2) | E(4) }, { 'E', 0, E(2) | E(4) },
};
NOTED(QTY, 1, qty, qty_notes);

/* SCH: how much is due when. */
static const edi_element_t sch[] = {
    {  380, RR, 'M', 1, 15 },
    {  355, ID, 'M', 2,  2 },
    {   98, ID, 'X', 2,  3 },
    {   93, AN, 'X', 1, 60 },
    {  374, ID, 'M', 3,  3 },
    {  373, DT, 'M', 8,  8 },
    {  337, TM, 'O', 4,  8 },
    {  374, ID, 'X', 3,  3 },
    {  373, DT, 'X', 8,  8 },
    {  337, TM, 'X', 4,  8 },
    {  326, AN, 'O', 1, 45 },
    {  350, AN, 'O', 1, 20 },
};
static const edi_note_t sch_notes[] = {
    { 'C', 3, E(4) }, { 'L', 8, E(9) | E(10) }, { 'C', 9, E(8) },
    { 'C', 10, E(8) },
};
NOTED(SCH, 6, sch, sch_notes);

/* SI: a service. */
static const edi_element_t si[] = {
    {  559, ID, 'M', 2,  2 },
    { 1000, ID, 'M', 2,  2 },
    {  234, AN, 'M', 1, 48, 80 },
    { 1000, ID, 'X', 2,  2 },
    {  234, AN, 'X', 1, 48, 80 },
    { 1000, ID, 'X', 2,  2 },
    {  234, AN, 'X', 1, 48, 80 },
    { 1000, ID, 'X', 2,  2 },
    {  234, AN, 'X', 1, 48, 80 },
    { 1000, ID, 'X', 2,  2 },
    {  234, AN, 'X', 1, 48, 80 },
    { 1000, ID, 'X', 2,  2 },
    {  234, AN, 'X', 1, 48, 80 },
    { 1000, ID, 'X', 2,  2 },
    {  234, AN, 'X', 1, 48, 80 },
    { 1000, ID, 'X', 2,  2 },
    {  234, AN, 'X', 1, 48, 80 },
    { 1000, ID, 'X', 2,  2 },
    {  234, AN, 'X', 1, 48, 80 },
    { 1000, ID, 'X', 2,  2 },
    {  234, AN, 'X', 1, 48, 80 },
};
static const edi_note_t si_notes[] = {
    { 'P', 0, E(4) | E(5) }, { 'P', 0, E(6) | E(7) }, { 'P', 0, E(8) | E(9) },
    { 'P', 0, E(10) | E(11) }, { 'P', 0, E(12) | E(13) },
    { 'P', 0, E(14) | E(15) }, { 'P', 0, E(16) | E(17) },
    { 'P', 0, E(18) | E(19) }, { 'P', 0, E(20) | E(21) },
};
NOTED(SI, 3, si, si_notes);

/* SPI: which specification holds. */
static const edi_element_t spi[] = {
    {  786, ID, 'M', 2,  2 },
    {  128, ID, 'X', 2,  3 },
    {  127, AN, 'X', 1, 30, 50 },
    {  790, AN, 'O', 1, 132 },
    {  791, AN, 'O', 1, 80 },
    {  792, ID, 'O', 1,  1 },
    {  353, ID, 'O', 2,  2, 0, purposes },
    {  755, ID, 'O', 2,  2 },
    {  786, ID, 'O', 2,  2 },
    {  559, ID, 'O', 2,  2 },
    {  822, AN, 'O', 1, 15 },
    {  554, N0, 'O', 1,  6 },
    { 1322, ID, 'O', 1,  1 },
    { 1401, ID, 'O', 1,  3 },
    { 1005, ID, 'O', 4,  4 },
};
static const edi_note_t spi_notes[] = { { 'P', 0, E(2) | E(3) } };
NOTED(SPI, 1, spi, spi_notes);

/* SR: when an advertisement runs. */
static const edi_element_t sr[] = {
    {  350, AN, 'O', 1, 20 },
    { 1430, AN, 'O', 1,  7 },
    {  337, TM, 'X', 4,  8 },
    {  337, TM, 'X', 4,  8 },
    {    3, AN, 'O', 1, 60 },
    {  212, RR, 'O', 1, 17 },
    {  380, RR, 'O', 1, 15 },
    {  373, DT, 'X', 8,  8 },
    {  373, DT, 'X', 8,  8 },
    {  234, AN, 'O', 1, 48, 80 },
    {  234, AN, 'O', 1, 48, 80 },
};
static const edi_note_t sr_notes[] = {
    { 'C', 4, E(3) }, { 'C', 9, E(8) },
};
NOTED(SR, 0, sr, sr_notes);

/* TAX: which tax rules hold. */
static const edi_element_t tax[] = {
    {  325, AN, 'X', 1, 20 },
    {  309, ID, 'X', 1,  2 },
    {  310, AN, 'X', 1, 30 },
    {  309, ID, 'X', 1,  2 },
    {  310, AN, 'X', 1, 30 },
    {  309, ID, 'X', 1,  2 },
    {  310, AN, 'X', 1, 30 },
    {  309, ID, 'X', 1,  2 },
    {  310, AN, 'X', 1, 30 },
    {  309, ID, 'X', 1,  2 },
    {  310, AN, 'X', 1, 30 },
    {  441, ID, 'O', 1,  1 },
    { 1179, ID, 'O', 1,  1 },
};
static const edi_note_t tax_notes[] = {
    { 'R', 0, E(1) | E(3) }, { 'P', 0, E(2) | E(3) }, { 'P', 0, E(4) | E(5) },
    { 'P', 0, E(6) | E(7) }, { 'P', 0, E(8) | E(9) },
    { 'P', 0, E(10) | E(11) },
};
NOTED(TAX, 0, tax, tax_notes);

/* TC2: a class of goods. */
static const edi_element_t tc2[] = {
    {   23, ID, 'M', 1,  1 },
    {   22, AN, 'M', 1, 30 },
};
SEGMENT(TC2, 2, tc2);

/* TDS: the sums of an invoice, two decimals implied. */
static const edi_element_t tds[] = {
    {  610, N0, 'M', 1, 15 },
    {  610, N0, 'O', 1, 15 },
    {  610, N0, 'O', 1, 15 },
    {  610, N0, 'O', 1, 15 },
};
SEGMENT(TDS, 1, tds);

/* TXI: a tax. */
static const edi_element_t txi[] = {
    {  963, ID, 'M', 2,  2 },
    {  782, RR, 'X', 1, 18 },
    {  954, RR, 'X', 1, 10 },
    {  955, ID, 'X', 2,  2 },
    {  956, AN, 'X', 1, 10 },
    {  441, ID, 'X', 1,  1 },
    {  662, ID, 'O', 1,  1 },
    {  828, RR, 'X', 1,  9 },
    {  325, AN, 'O', 1, 20 },
    {  350, AN, 'O', 1, 20 },
};
static const edi_note_t txi_notes[] = {
    { 'R', 0, E(2) | E(3) | E(6) }, { 'P', 0, E(4) | E(5) }, { 'C', 8, E(3) },
};
NOTED(TXI, 1, txi, txi_notes);

/* -- segments of the functional acknowledgement --------------------------- */

/* AK1: the group that is answered. */
static const edi_element_t ak1[] = {
    {  479, ID, 'M', 2,  2 },
    {   28, N0, 'M', 1,  9 },
    {  480, AN, 'O', 1, 12, .later = true },
};
SEGMENT(AK1, 2, ak1);

/* AK2: one of its sets. */
static const edi_element_t ak2[] = {
    {  143, ID, 'M', 3,  3 },
    {  329, AN, 'M', 4,  9 },
    { 1705, AN, 'O', 1, 35, .later = true },
};
SEGMENT(AK2, 2, ak2);

/* AK3: a segment with a fault. */
static const edi_element_t ak3[] = {
    {  721, ID, 'M', 2,  3 },
    {  719, N0, 'M', 1,  6, 10 },
    {  447, AN, 'O', 1,  6 },
    {  720, ID, 'O', 1,  3, 0, segment_faults },
};
SEGMENT(AK3, 2, ak3);

/* AK4: an element with a fault. */
static const edi_element_t ak4[] = {
    PARTS('M', edi_parts_C030),
    {  725, N0, 'O', 1,  4 },
    {  723, ID, 'M', 1,  3, 0, element_faults },
    {  724, AN, 'O', 1, 99 },
};
SEGMENT(AK4, 3, ak4);

/* AK5: what became of the set. */
static const edi_element_t ak5[] = {
    {  717, ID, 'M', 1,  1, 0, set_verdicts },
    {  718, ID, 'O', 1,  3, 0, set_faults },
    {  718, ID, 'O', 1,  3, 0, set_faults },
    {  718, ID, 'O', 1,  3, 0, set_faults },
    {  718, ID, 'O', 1,  3, 0, set_faults },
    {  718, ID, 'O', 1,  3, 0, set_faults },
};
SEGMENT(AK5, 1, ak5);

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
SEGMENT(AK9, 4, ak9);

/* -- segments of the implementation acknowledgement, from 005010 on -------- */

/* C998: what a context is called, and its value. */
static const edi_element_t context_parts[] = {
    { 9999, AN, 'M', 1, 35 }, { 9998, AN, 'O', 1, 35 },
};

/* C999: the elements that are meant: numbers, or C and three digits. */
static const edi_element_t number_parts[] = {
    {  725, AN, 'M', 1,  4 }, {  725, AN, 'O', 1,  4 },
};

/* IK3: a segment in error. */
static const edi_element_t ik3[] = {
    {  721, ID, 'M', 2,  3 },
    {  719, N0, 'M', 1, 10 },
    {  447, AN, 'O', 1,  4,  6 },
    {  620, ID, 'O', 1,  3, 0, guide_segment_faults },
};
SEGMENT(IK3, 2, ik3);

/* CTX: in which context an error lies. */
static const edi_element_t ctx[] = {
    { 0, EDI_COMPOSITE, 'M', 0, 0, 0, NULL, EDI_ROWS(context_parts), 10 },
    {  721, ID, 'O', 2,  3 },
    {  719, N0, 'O', 1, 10 },
    {  447, AN, 'O', 1,  4,  6 },
    PARTS('O', edi_parts_C030),
    PARTS('O', number_parts),
};
SEGMENT(CTX, 1, ctx);

/* IK4: an element in error. */
static const edi_element_t ik4[] = {
    PARTS('M', edi_parts_C030),
    {  725, N0, 'O', 1,  4 },
    {  621, ID, 'M', 1,  3, 0, guide_element_faults },
    {  724, AN, 'O', 1, 99 },
};
SEGMENT(IK4, 3, ik4);

/* IK5: the verdict on a set. */
static const edi_element_t ik5[] = {
    {  717, ID, 'M', 1,  1, 0, set_verdicts },
    {  618, ID, 'O', 1,  3, 0, guide_set_faults },
    {  618, ID, 'O', 1,  3, 0, guide_set_faults },
    {  618, ID, 'O', 1,  3, 0, guide_set_faults },
    {  618, ID, 'O', 1,  3, 0, guide_set_faults },
    {  618, ID, 'O', 1,  3, 0, guide_set_faults },
};
SEGMENT(IK5, 1, ik5);
