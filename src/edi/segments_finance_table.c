/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Segments of payments, adjustments and application advice.  X12 004010 with
 * what 005010 has beyond it beside.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/segments_rows.h"


static const char purposes[] = EDI_PURPOSES;
static const char credit_or_debit[] = " C D ";

/* ACS: other charges of a line. */
static const edi_element_t acs[] = {
    {  610, N0, 'M',  1, 15 },
    {  150, AN, 'M',  3,  3 },
    {  352, AN, 'O',  1, 80 },
    {  146, ID, 'O',  2,  2 },
};
SEGMENT(ACS, 2, acs);

/* ADX: an adjustment of a payment. */
static const edi_element_t adx[] = {
    {  782, RR, 'M',  1, 18 },
    {  426, ID, 'M',  2,  2 },
    {  128, ID, 'X',  2,  3 },
    {  127, AN, 'X',  1, 30, 50 },
};
static const edi_note_t adx_notes[] = {
    { 'P', 0, E(3) | E(4) },
};
NOTED(ADX, 2, adx, adx_notes);

/* AIN: income of a person. */
static const edi_element_t ain[] = {
    { 1186, ID, 'M',  2,  2 },
    {  594, ID, 'M',  1,  1 },
    {  782, RR, 'M',  1, 18 },
    {  380, RR, 'O',  1, 15 },
    { 1073, ID, 'O',  1,  1 },
    {  127, AN, 'O',  1, 30, 50 },
    {  522, ID, 'O',  1,  3 },
    { 1685, ID, 'O',  1,  1 },
    { 1687, RR, 'X',  1, 15 },
    {  355, ID, 'X',  2,  2 },
    {  380, RR, 'O',  1, 15 },
    { 1271, AN, 'O',  1, 30 },
    {  352, AN, 'O',  1, 80, .later = true },
};
static const edi_note_t ain_notes[] = {
    { 'P', 0, E(9) | E(10) },
};
NOTED(AIN, 3, ain, ain_notes);

/* ASM: amount and its settlement. */
static const edi_element_t asm_[] = {
    {  610, N0, 'M',  1, 15 },
    {  107, ID, 'O',  1,  2 },
    {  522, ID, 'O',  1,  3 },
};
SEGMENT(ASM, 1, asm_);

/* ATN: an attendance. */
static const edi_element_t atn[] = {
    {  380, RR, 'M',  1, 15 },
    {  355, ID, 'O',  2,  2 },
    {  673, ID, 'O',  2,  2 },
    {  594, ID, 'O',  1,  1 },
    { 1684, AN, 'O',  1,  4 },
    {  352, AN, 'O',  1, 80 },
};
SEGMENT(ATN, 1, atn);

/* B3A: what kind of freight invoice it is. */
static const edi_element_t b3a[] = {
    {  640, ID, 'M',  2,  2 },
    {   21, N0, 'O',  1,  5 },
};
SEGMENT(B3A, 1, b3a);

/* BCD: a credit or debit note begins. */
static const edi_element_t bcd[] = {
    {  373, DT, 'M',  8,  8 },
    {  475, AN, 'M',  1, 22 },
    {  305, ID, 'M',  1,  2 },
    {  610, N0, 'M',  1, 15 },
    {  478, ID, 'M',  1,  1, 0, credit_or_debit },
    {  373, DT, 'O',  8,  8 },
    {   76, AN, 'X',  1, 22 },
    {  424, AN, 'O',  1, 22 },
    {  373, DT, 'O',  8,  8 },
    {  324, AN, 'X',  1, 22 },
    {  353, ID, 'O',  2,  2, 0, purposes },
    {  640, ID, 'O',  2,  2 },
    {  128, ID, 'X',  2,  3 },
    {  127, AN, 'X',  1, 30, 50 },
    {  306, ID, 'O',  1,  2 },
};
static const edi_note_t bcd_notes[] = {
    { 'R', 0, E(7) | E(10) | E(14) }, { 'P', 0, E(13) | E(14) },
};
NOTED(BCD, 5, bcd, bcd_notes);

/* BPR: how a payment is made. */
static const edi_element_t bpr[] = {
    {  305, ID, 'M',  1,  2 },
    {  782, RR, 'M',  1, 18 },
    {  478, ID, 'M',  1,  1, 0, credit_or_debit },
    {  591, ID, 'M',  3,  3 },
    {  812, ID, 'O',  1, 10 },
    {  506, ID, 'X',  2,  2 },
    {  507, AN, 'X',  3, 12 },
    {  569, ID, 'X',  1,  3 },
    {  508, AN, 'X',  1, 35 },
    {  509, AN, 'O', 10, 10 },
    {  510, AN, 'O',  9,  9 },
    {  506, ID, 'X',  2,  2 },
    {  507, AN, 'X',  3, 12 },
    {  569, ID, 'X',  1,  3 },
    {  508, AN, 'X',  1, 35 },
    {  373, DT, 'O',  8,  8 },
    { 1048, ID, 'O',  1,  3 },
    {  506, ID, 'X',  2,  2 },
    {  507, AN, 'X',  3, 12 },
    {  569, ID, 'X',  1,  3 },
    {  508, AN, 'X',  1, 35 },
};
static const edi_note_t bpr_notes[] = {
    { 'P', 0, E(6) | E(7) }, { 'C', 8, E(9) }, { 'P', 0, E(12) | E(13) },
    { 'C', 14, E(15) }, { 'P', 0, E(18) | E(19) }, { 'C', 20, E(21) },
};
NOTED(BPR, 4, bpr, bpr_notes);

/* CDD: one credit or debit. */
static const edi_element_t cdd[] = {
    {  426, ID, 'M',  2,  2 },
    {  478, ID, 'M',  1,  1, 0, credit_or_debit },
    {  350, AN, 'O',  1, 20 },
    {  610, N0, 'X',  1, 15 },
    { 1073, ID, 'O',  1,  1 },
    {  417, AN, 'O',  1,  3 },
    {  477, RR, 'X',  1, 10 },
    {  355, ID, 'X',  2,  2 },
    {  427, RR, 'O',  1, 15 },
    {  236, ID, 'X',  3,  3 },
    {  212, RR, 'X',  1, 17 },
    {  236, ID, 'X',  3,  3 },
    {  212, RR, 'X',  1, 17 },
    {  933, AN, 'O',  1, 264, .later = true },
};
static const edi_note_t cdd_notes[] = {
    { 'R', 0, E(4) | E(7) }, { 'C', 7, E(11) }, { 'P', 0, E(7) | E(8) },
    { 'P', 0, E(10) | E(11) }, { 'P', 0, E(12) | E(13) },
};
NOTED(CDD, 2, cdd, cdd_notes);

/* DED: a deduction from pay. */
static const edi_element_t ded[] = {
    { 1511, ID, 'M',  2,  2 },
    {  127, AN, 'M',  1, 30, 50 },
    {  373, DT, 'M',  8,  8 },
    {  610, N0, 'M',  1, 15 },
    {  127, AN, 'M',  1, 30, 50 },
    { 1073, ID, 'M',  1,  1 },
    {   93, AN, 'O',  1, 60 },
    {  127, AN, 'O',  1, 30, 50 },
    { 1073, ID, 'O',  1,  1 },
};
SEGMENT(DED, 6, ded);

/* EMS: work of an employee. */
static const edi_element_t ems[] = {
    {  352, AN, 'O',  1, 80 },
    { 1176, ID, 'O',  2,  3 },
    { 1149, AN, 'O',  4,  6 },
    {  584, ID, 'O',  2,  2 },
    {  128, ID, 'X',  2,  3 },
    {  127, AN, 'X',  1, 30, 50 },
    {  127, AN, 'O',  1, 30, 50 },
    {    0, ID, 'O',  2,  3, .later = true },
    {    0, ID, 'O',  1,  2, .later = true },
    {    0, AN, 'O',  2, 80, .later = true },
    {    0, RR, 'O',  1,  6, .later = true },
    {    0, ID, 'O',  2,  2, .later = true },
    {    0, ID, 'O',  1,  2, .later = true },
    {    0, AN, 'O',  2, 80, .later = true },
    {    0, ID, 'O',  2,  3, .later = true },
};
static const edi_note_t ems_notes[] = {
    { 'P', 0, E(5) | E(6) },
};
NOTED(EMS, 0, ems, ems_notes);

/* INV: an investment. */
static const edi_element_t inv[] = {
    {  352, AN, 'M',  1, 80 },
    {  954, RR, 'X',  1, 10 },
    {  782, RR, 'X',  1, 18 },
    {  380, RR, 'X',  1, 15 },
    {  156, ID, 'O',  2,  2 },
    {  352, AN, 'O',  1, 80 },
    {  782, RR, 'O',  1, 18 },
};
static const edi_note_t inv_notes[] = {
    { 'E', 0, E(2) | E(3) | E(4) },
};
NOTED(INV, 1, inv, inv_notes);

/* L10: a weight. */
static const edi_element_t l10[] = {
    {   81, RR, 'M',  1, 10 },
    {  187, ID, 'M',  1,  2 },
    {  188, ID, 'O',  1,  1 },
};
SEGMENT(L10, 2, l10);

/* LOC: a place. */
static const edi_element_t loc[] = {
    {  128, ID, 'M',  2,  3 },
    {  127, AN, 'M',  1, 30, 50 },
    {  352, AN, 'O',  1, 80 },
    {  127, AN, 'O',  1, 30, 50 },
    {  729, AN, 'O',  1,  6 },
    {  128, ID, 'X',  2,  3 },
    {  127, AN, 'X',  1, 30, 50 },
    {  352, AN, 'O',  1, 80 },
    {  127, AN, 'O',  1, 30, 50 },
    {  739, RR, 'X',  1, 20 },
    PARTS('X', edi_parts_C001),
    {  739, RR, 'X',  1, 20 },
    PARTS('X', edi_parts_C001),
    {  739, RR, 'X',  1, 20 },
    PARTS('X', edi_parts_C001),
    {  739, RR, 'X',  1, 20 },
    PARTS('X', edi_parts_C001),
    {  739, RR, 'X',  1, 20 },
    PARTS('X', edi_parts_C001),
    {  739, RR, 'X',  1, 20 },
    PARTS('X', edi_parts_C001),
    {  128, ID, 'X',  2,  3 },
    {  127, AN, 'X',  1, 30, 50 },
    {  352, AN, 'O',  1, 80 },
};
static const edi_note_t loc_notes[] = {
    { 'P', 0, E(6) | E(7) }, { 'C', 11, E(10) }, { 'C', 13, E(12) },
    { 'C', 15, E(14) }, { 'C', 17, E(16) }, { 'C', 19, E(18) },
    { 'C', 21, E(20) }, { 'P', 0, E(22) | E(23) },
};
NOTED(LOC, 2, loc, loc_notes);

/* N11: a store's number. */
static const edi_element_t n11[] = {
    {  614, AN, 'M',  1, 10 },
    {  310, AN, 'O',  1, 30 },
    {  127, AN, 'O',  1, 30, 50 },
};
SEGMENT(N11, 1, n11);

/* OTI: an original document. */
static const edi_element_t oti[] = {
    {  110, ID, 'M',  1,  2 },
    {  128, ID, 'M',  2,  3 },
    {  127, AN, 'M',  1, 30, 50 },
    {  142, AN, 'O',  2, 15 },
    {  124, AN, 'O',  2, 15 },
    {  373, DT, 'O',  8,  8 },
    {  337, TM, 'O',  4,  8 },
    {   28, N0, 'X',  1,  9 },
    {  329, AN, 'X',  4,  9 },
    {  143, ID, 'O',  3,  3 },
    {  480, AN, 'O',  1, 12 },
    {  353, ID, 'O',  2,  2, 0, purposes },
    {  640, ID, 'O',  2,  2 },
    {  346, ID, 'O',  2,  2 },
    {  306, ID, 'O',  1,  2 },
    {  305, ID, 'O',  1,  2 },
    {  641, ID, 'O',  3,  3 },
};
static const edi_note_t oti_notes[] = {
    { 'C', 9, E(8) },
};
NOTED(OTI, 3, oti, oti_notes);

/* P1: a pickup. */
static const edi_element_t p1[] = {
    {  108, ID, 'O',  1,  2 },
    {  109, DT, 'M',  8,  8 },
    {  374, ID, 'M',  3,  3 },
    {  111, TM, 'O',  4,  4 },
    {  206, AN, 'O',  1,  4 },
    {  207, AN, 'O',  1, 10, 15 },
    {   21, N0, 'O',  1,  5 },
};
SEGMENT(P1, 3, p1);

/* PEN: a pension. */
static const edi_element_t pen[] = {
    {  640, ID, 'M',  2,  2 },
    {  782, RR, 'X',  1, 18 },
    { 1224, ID, 'O',  2,  2 },
    {  954, RR, 'X',  1, 10 },
    { 1296, AN, 'O',  1,  6 },
    {  127, AN, 'O',  1, 30, 50 },
    { 1470, N0, 'O',  1,  9 },
    { 1262, ID, 'O',  1,  2 },
    {  875, ID, 'O',  3,  3 },
};
static const edi_note_t pen_notes[] = {
    { 'R', 0, E(2) | E(4) },
};
NOTED(PEN, 1, pen, pen_notes);

/* PYD: pay of a person. */
static const edi_element_t pyd[] = {
    {  782, RR, 'M',  1, 18 },
    {  594, ID, 'O',  1,  1 },
    { 1685, ID, 'O',  1,  1 },
    { 1688, AN, 'O',  1,  4 },
    {  352, AN, 'O',  1, 80 },
};
SEGMENT(PYD, 1, pyd);

/* R1: routing by air. */
static const edi_element_t r1[] = {
    {  140, ID, 'O',  2,  4 },
    {  140, ID, 'O',  2,  4 },
    {    5, AN, 'M',  3,  5 },
    {    4, AN, 'M',  3,  3 },
    {    5, AN, 'M',  3,  5 },
    {    4, AN, 'X',  3,  3 },
    {    5, AN, 'X',  3,  5 },
    {    4, AN, 'X',  3,  3 },
    {    5, AN, 'X',  3,  5 },
    {    4, AN, 'X',  3,  3 },
    {    5, AN, 'X',  3,  5 },
    {    4, AN, 'X',  3,  3 },
    {    5, AN, 'X',  3,  5 },
};
static const edi_note_t r1_notes[] = {
    { 'P', 0, E(6) | E(7) }, { 'P', 0, E(8) | E(9) },
    { 'P', 0, E(10) | E(11) }, { 'P', 0, E(12) | E(13) },
};
NOTED(R1, 5, r1, r1_notes);

/* RDM: how a remittance is delivered. */
static const edi_element_t rdm[] = {
    {  756, ID, 'M',  1,  2 },
    {   93, AN, 'O',  1, 60 },
    {  364, AN, 'O',  1, 256 },
    PARTS('O', edi_parts_C040),
    PARTS('O', edi_parts_C040),
};
SEGMENT(RDM, 1, rdm);

/* RED: a related number. */
static const edi_element_t red[] = {
    {  352, AN, 'M',  1, 80 },
    { 1609, ID, 'X',  2,  3 },
    {  559, ID, 'X',  2,  2 },
    {  822, AN, 'X',  1, 15 },
    { 1270, ID, 'X',  1,  3 },
    { 1271, AN, 'X',  1, 30 },
};
static const edi_note_t red_notes[] = {
    { 'E', 0, E(2) | E(6) }, { 'R', 0, E(2) | E(6) },
    { 'P', 0, E(3) | E(5) | E(6) }, { 'C', 4, E(3) },
};
NOTED(RED, 1, red, red_notes);

/* RMR: an open item that is paid. */
static const edi_element_t rmr[] = {
    {  128, ID, 'X',  2,  3 },
    {  127, AN, 'X',  1, 30, 50 },
    {  482, ID, 'O',  2,  2 },
    {  782, RR, 'O',  1, 18 },
    {  782, RR, 'O',  1, 18 },
    {  782, RR, 'O',  1, 18 },
    {  426, ID, 'X',  2,  2 },
    {  782, RR, 'X',  1, 18 },
};
static const edi_note_t rmr_notes[] = {
    { 'P', 0, E(1) | E(2) }, { 'P', 0, E(7) | E(8) },
};
NOTED(RMR, 0, rmr, rmr_notes);

/* RMT: a remittance. */
static const edi_element_t rmt[] = {
    {  128, ID, 'M',  2,  3 },
    {  127, AN, 'M',  1, 30, 50 },
    {  782, RR, 'O',  1, 18 },
    {  782, RR, 'O',  1, 18 },
    {  782, RR, 'O',  1, 18 },
    {  782, RR, 'O',  1, 18 },
    {  782, RR, 'O',  1, 18 },
    {  782, RR, 'O',  1, 18 },
    {  426, ID, 'O',  2,  2 },
    {  352, AN, 'O',  1, 80 },
};
SEGMENT(RMT, 2, rmt);

/* RPA: rates and amounts. */
static const edi_element_t rpa[] = {
    {  562, ID, 'M',  1,  2 },
    {  782, RR, 'X',  1, 18 },
    {  118, RR, 'X',  1,  9 },
    PARTS('O', edi_parts_C001),
    {  954, RR, 'X',  1, 10 },
};
static const edi_note_t rpa_notes[] = {
    { 'R', 0, E(2) | E(3) | E(5) },
};
NOTED(RPA, 1, rpa, rpa_notes);

/* RYL: a royalty. */
static const edi_element_t ryl[] = {
    {  554, N0, 'M',  1,  6 },
    { 1035, AN, 'O',  1, 60 },
    {   66, ID, 'X',  1,  2 },
    {   67, AN, 'X',  2, 80 },
};
static const edi_note_t ryl_notes[] = {
    { 'P', 0, E(3) | E(4) },
};
NOTED(RYL, 1, ryl, ryl_notes);

/* SHD: a shipment. */
static const edi_element_t shd[] = {
    {  382, RR, 'X',  1, 10 },
    {  413, RR, 'X',  1,  7 },
    {  355, ID, 'X',  2,  2 },
    {   81, RR, 'X',  1, 10 },
    {  355, ID, 'X',  2,  2 },
    {  183, RR, 'X',  1,  8 },
    {  355, ID, 'X',  2,  2 },
    {  398, RR, 'O',  1, 10 },
    {  417, AN, 'O',  1,  3 },
    {   91, ID, 'O',  1,  2 },
    {  140, ID, 'O',  2,  4 },
    {  368, ID, 'O',  2,  2 },
    {  128, ID, 'X',  2,  3 },
    {  127, AN, 'X',  1, 30, 50 },
};
static const edi_note_t shd_notes[] = {
    { 'R', 0, E(1) | E(2) }, { 'C', 2, E(3) }, { 'C', 1, E(3) },
    { 'P', 0, E(4) | E(5) }, { 'P', 0, E(6) | E(7) }, { 'C', 13, E(14) },
};
NOTED(SHD, 0, shd, shd_notes);

/* SL1: a tariff of a line. */
static const edi_element_t sl1[] = {
    {  284, ID, 'M',  2,  2 },
    {  171, AN, 'O',  1,  7 },
    {   22, AN, 'X',  1, 30 },
    {  320, AN, 'X',  1, 10 },
    {  373, DT, 'O',  8,  8 },
    {  284, ID, 'O',  2,  2 },
    {  146, ID, 'O',  2,  2 },
    {  982, ID, 'O',  2,  2 },
    {  210, ID, 'O',  1,  1 },
};
static const edi_note_t sl1_notes[] = {
    { 'R', 0, E(3) | E(4) },
};
NOTED(SL1, 1, sl1, sl1_notes);

/* TED: an error of an application. */
static const edi_element_t ted[] = {
    {  647, ID, 'M',  1,  3 },
    {    3, AN, 'O',  1, 60 },
    {  721, ID, 'O',  2,  3 },
    {  719, N0, 'O',  1,  6, 10 },
    {  722, N0, 'O',  1,  2 },
    {  725, N0, 'O',  1,  4 },
    {  724, AN, 'O',  1, 99 },
    {  961, AN, 'O',  1, 99 },
};
SEGMENT(TED, 1, ted);

/* TRN: a trace number. */
static const edi_element_t trn[] = {
    {  481, ID, 'M',  1,  2 },
    {  127, AN, 'M',  1, 30, 50 },
    {  509, AN, 'O', 10, 10 },
    {  127, AN, 'O',  1, 30, 50 },
};
SEGMENT(TRN, 2, trn);

/* TXP: a tax payment. */
static const edi_element_t txp[] = {
    {  325, AN, 'M',  1, 20 },
    { 1049, AN, 'M',  1,  5 },
    {  373, DT, 'M',  8,  8 },
    {  817, AN, 'M',  1, 30 },
    { 1051, N0, 'M',  1, 10 },
    {  817, AN, 'X',  1, 30 },
    { 1051, N0, 'X',  1, 10 },
    {  817, AN, 'X',  1, 30 },
    { 1051, N0, 'X',  1, 10 },
    { 1050, AN, 'O',  1,  6 },
};
static const edi_note_t txp_notes[] = {
    { 'P', 0, E(6) | E(7) }, { 'P', 0, E(8) | E(9) },
};
NOTED(TXP, 5, txp, txp_notes);

/* VEH: a vehicle. */
static const edi_element_t veh[] = {
    {  554, N0, 'O',  1,  6 },
    {  539, AN, 'O',  1, 25, 30 },
    { 1095, N0, 'O',  4,  4 },
    {  559, ID, 'X',  2,  2 },
    {  751, AN, 'X',  1, 50, 80 },
    {  751, AN, 'X',  1, 50, 80 },
    {  751, AN, 'X',  1, 50, 80 },
    {   82, RR, 'O',  1,  8 },
    {  127, AN, 'O',  1, 30, 50 },
    {  156, ID, 'O',  2,  2 },
    {  310, AN, 'O',  1, 30 },
    { 1073, ID, 'O',  1,  1 },
    {  610, N0, 'O',  1, 15 },
    { 1073, ID, 'O',  1,  1 },
    {  610, N0, 'O',  1, 15 },
    {  306, ID, 'O',  1,  2 },
    {    0, ID, 'O',  2,  3, .later = true },
    {    0, AN, 'O',  1, 60, .later = true },
    {    0, ID, 'O',  2,  3, .later = true },
};
static const edi_note_t veh_notes[] = {
    { 'L', 4, E(5) | E(7) }, { 'C', 5, E(4) }, { 'C', 6, E(4) | E(5) },
    { 'C', 7, E(4) },
};
NOTED(VEH, 0, veh, veh_notes);
