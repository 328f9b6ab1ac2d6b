/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Segments of catalogues, inventory, receipts, schedules and the like.  X12 004010 with
 * what 005010 has beyond it beside.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/segments_rows.h"


static const char purposes[] = EDI_PURPOSES;

/* AAA: why a request is refused. */
static const edi_element_t aaa[] = {
    { 1073, ID, 'M',  1,  1 },
    {  559, ID, 'O',  2,  2 },
    {  901, ID, 'O',  2,  2 },
    {  889, ID, 'O',  1,  1 },
};
SEGMENT(AAA, 1, aaa);

/* ASI: whether something is to be added, changed or ended. */
static const edi_element_t asi[] = {
    {  306, ID, 'M',  1,  2 },
    {  875, ID, 'M',  3,  3 },
    {  641, ID, 'O',  3,  3 },
};
SEGMENT(ASI, 2, asi);

/* ATH: amounts of an account over a time. */
static const edi_element_t ath[] = {
    {  672, ID, 'M',  2,  2 },
    {  373, DT, 'X',  8,  8 },
    {  380, RR, 'X',  1, 15 },
    {  380, RR, 'X',  1, 15 },
    {  373, DT, 'X',  8,  8 },
};
static const edi_note_t ath_notes[] = {
    { 'R', 0, E(2) | E(3) }, { 'C', 3, E(5) }, { 'C', 4, E(5) },
};
NOTED(ATH, 1, ath, ath_notes);

/* BCA: an answer to an order change begins. */
static const edi_element_t bca[] = {
    {  353, ID, 'M',  2,  2, 0, purposes },
    {  587, ID, 'O',  2,  2 },
    {  324, AN, 'M',  1, 22 },
    {  328, AN, 'O',  1, 30 },
    {  327, AN, 'O',  1,  8 },
    {  373, DT, 'M',  8,  8 },
    {  326, AN, 'O',  1, 45 },
    {  367, AN, 'O',  1, 30 },
    {  127, AN, 'O',  1, 30, 50 },
    {  373, DT, 'O',  8,  8 },
    {  373, DT, 'O',  8,  8 },
    {  373, DT, 'O',  8,  8 },
    {   92, ID, 'O',  2,  2 },
    {  786, ID, 'O',  2,  2 },
    {  640, ID, 'O',  2,  2 },
};
SEGMENT(BCA, 6, bca);

/* BCH: a change of an order begins. */
static const edi_element_t bch[] = {
    {  353, ID, 'M',  2,  2, 0, purposes },
    {   92, ID, 'M',  2,  2 },
    {  324, AN, 'M',  1, 22 },
    {  328, AN, 'O',  1, 30 },
    {  327, AN, 'O',  1,  8 },
    {  373, DT, 'M',  8,  8 },
    {  326, AN, 'O',  1, 45 },
    {  367, AN, 'O',  1, 30 },
    {  127, AN, 'O',  1, 30, 50 },
    {  373, DT, 'O',  8,  8 },
    {  373, DT, 'O',  8,  8 },
    { 1166, ID, 'O',  2,  2 },
    {  786, ID, 'O',  2,  2 },
    {  587, ID, 'O',  2,  2 },
    {  640, ID, 'O',  2,  2 },
    { 1232, ID, 'O',  2,  2 },
};
SEGMENT(BCH, 6, bch);

/* BCT: a price catalogue begins. */
static const edi_element_t bct[] = {
    {  683, ID, 'M',  2,  2 },
    {  684, AN, 'O',  1, 15 },
    {  685, AN, 'O',  1, 15 },
    {  686, AN, 'O',  1,  6 },
    {  355, ID, 'O',  2,  2 },
    {  684, AN, 'O',  1, 15 },
    {  685, AN, 'O',  1, 15 },
    {  686, AN, 'O',  1,  6 },
    {  352, AN, 'O',  1, 80 },
    {  353, ID, 'O',  2,  2, 0, purposes },
};
SEGMENT(BCT, 1, bct);

/* BFR: a forecast or plan begins. */
static const edi_element_t bfr[] = {
    {  353, ID, 'M',  2,  2, 0, purposes },
    {  127, AN, 'X',  1, 30, 50 },
    {  328, AN, 'X',  1, 30 },
    {  675, ID, 'M',  2,  2 },
    {  676, ID, 'M',  1,  1 },
    {  373, DT, 'M',  8,  8 },
    {  373, DT, 'O',  8,  8 },
    {  373, DT, 'M',  8,  8 },
    {  373, DT, 'O',  8,  8 },
    {  367, AN, 'O',  1, 30 },
    {  324, AN, 'O',  1, 22 },
    {  783, ID, 'O',  2,  2 },
    {  306, ID, 'O',  1,  2 },
};
static const edi_note_t bfr_notes[] = {
    { 'R', 0, E(2) | E(3) },
};
NOTED(BFR, 8, bfr, bfr_notes);

/* BGN: a business paper begins. */
static const edi_element_t bgn[] = {
    {  353, ID, 'M',  2,  2, 0, purposes },
    {  127, AN, 'M',  1, 30, 50 },
    {  373, DT, 'M',  8,  8 },
    {  337, TM, 'X',  4,  8 },
    {  623, ID, 'X',  2,  2 },
    {  127, AN, 'O',  1, 30, 50 },
    {  640, ID, 'O',  2,  2 },
    {  306, ID, 'O',  1,  2 },
    {  786, ID, 'O',  2,  2 },
};
static const edi_note_t bgn_notes[] = {
    { 'C', 5, E(4) },
};
NOTED(BGN, 3, bgn, bgn_notes);

/* BHT: a hierarchical paper begins. */
static const edi_element_t bht[] = {
    { 1005, ID, 'M',  4,  4 },
    {  353, ID, 'M',  2,  2, 0, purposes },
    {  127, AN, 'O',  1, 30, 50 },
    {  373, DT, 'O',  8,  8 },
    {  337, TM, 'O',  4,  8 },
    {  640, ID, 'O',  2,  2 },
};
SEGMENT(BHT, 2, bht);

/* BIA: an inventory report begins. */
static const edi_element_t bia[] = {
    {  353, ID, 'M',  2,  2, 0, purposes },
    {  755, ID, 'M',  2,  2 },
    {  127, AN, 'M',  1, 30, 50 },
    {  373, DT, 'M',  8,  8 },
    {  337, TM, 'O',  4,  8 },
    {  306, ID, 'O',  1,  2 },
};
SEGMENT(BIA, 4, bia);

/* BLI: a line of a request or answer. */
static const edi_element_t bli[] = {
    {  235, ID, 'M',  2,  2 },
    {  234, AN, 'M',  1, 48, 80 },
    {  380, RR, 'O',  1, 15 },
    {  355, ID, 'O',  2,  2 },
    {  236, ID, 'X',  3,  3 },
    {  212, RR, 'X',  1, 17 },
    {  355, ID, 'X',  2,  2 },
    PAIR, PAIR, PAIR,
    { 1161, ID, 'O',  1,  2 },
    { 1161, ID, 'O',  1,  2 },
    { 1161, ID, 'O',  1,  2 },
    { 1161, ID, 'O',  1,  2 },
    {  594, ID, 'O',  1,  1 },
};
static const edi_note_t bli_notes[] = {
    { 'P', 0, E(5) | E(6) }, { 'C', 7, E(6) }, { 'P', 0, E(8) | E(9) },
    { 'P', 0, E(10) | E(11) }, { 'P', 0, E(12) | E(13) },
};
NOTED(BLI, 2, bli, bli_notes);

/* BMG: a text message begins. */
static const edi_element_t bmg[] = {
    {  353, ID, 'M',  2,  2, 0, purposes },
    {  352, AN, 'O',  1, 80 },
    {  640, ID, 'O',  2,  2 },
};
SEGMENT(BMG, 1, bmg);

/* BPT: a report of transfers and resales begins. */
static const edi_element_t bpt[] = {
    {  353, ID, 'M',  2,  2, 0, purposes },
    {  127, AN, 'O',  1, 30, 50 },
    {  373, DT, 'M',  8,  8 },
    {  755, ID, 'O',  2,  2 },
    {  648, ID, 'X',  3,  3 },
    {  649, RR, 'X',  1, 10 },
    {  306, ID, 'O',  1,  2 },
    {  337, TM, 'O',  4,  8 },
    {  127, AN, 'O',  1, 30, 50 },
    {  786, ID, 'O',  2,  2 },
};
static const edi_note_t bpt_notes[] = {
    { 'P', 0, E(5) | E(6) },
};
NOTED(BPT, 3, bpt, bpt_notes);

/* BRA: a receiving advice begins. */
static const edi_element_t bra[] = {
    {  127, AN, 'M',  1, 30, 50 },
    {  373, DT, 'M',  8,  8 },
    {  353, ID, 'M',  2,  2, 0, purposes },
    {  962, ID, 'M',  1,  1 },
    {  337, TM, 'O',  4,  8 },
    {  412, ID, 'O',  2,  2 },
    {  306, ID, 'O',  1,  2 },
};
SEGMENT(BRA, 4, bra);

/* BSI: an order status inquiry begins. */
static const edi_element_t bsi[] = {
    {  127, AN, 'M',  1, 30, 50 },
    {  373, DT, 'M',  8,  8 },
    {  847, ID, 'M',  1,  2 },
    {  848, ID, 'O',  1,  2 },
    {  849, ID, 'O',  1,  2 },
    {  337, TM, 'O',  4,  8 },
    {  353, ID, 'O',  2,  2, 0, purposes },
    {  640, ID, 'O',  2,  2 },
    {  306, ID, 'O',  1,  2 },
};
SEGMENT(BSI, 3, bsi);

/* BSR: an order status report begins. */
static const edi_element_t bsr[] = {
    {  850, ID, 'M',  1,  2 },
    {  847, ID, 'M',  1,  2 },
    {  127, AN, 'M',  1, 30, 50 },
    {  373, DT, 'M',  8,  8 },
    {  848, ID, 'O',  1,  2 },
    {  849, ID, 'O',  1,  2 },
    {  337, TM, 'O',  4,  8 },
    {  127, AN, 'O',  1, 30, 50 },
    {  373, DT, 'O',  8,  8 },
    {  337, TM, 'O',  4,  8 },
    {  353, ID, 'O',  2,  2, 0, purposes },
    {  306, ID, 'O',  1,  2 },
};
SEGMENT(BSR, 4, bsr);

/* BSS: a shipping schedule begins. */
static const edi_element_t bss[] = {
    {  353, ID, 'M',  2,  2, 0, purposes },
    {  127, AN, 'M',  1, 30, 50 },
    {  373, DT, 'M',  8,  8 },
    {  675, ID, 'M',  2,  2 },
    {  373, DT, 'M',  8,  8 },
    {  373, DT, 'M',  8,  8 },
    {  328, AN, 'X',  1, 30 },
    {  127, AN, 'X',  1, 30, 50 },
    {  367, AN, 'O',  1, 30 },
    {  324, AN, 'O',  1, 22 },
    {  676, ID, 'O',  1,  1 },
};
static const edi_note_t bss_notes[] = {
    { 'R', 0, E(7) | E(8) },
};
NOTED(BSS, 6, bss, bss_notes);

/* CRD: a credit of a carrier's charges. */
static const edi_element_t crd[] = {
    {   26, ID, 'M',  2,  3 },
    {  522, ID, 'X',  1,  3 },
    {  782, RR, 'X',  1, 18 },
    {  488, N0, 'X',  1,  3 },
};
static const edi_note_t crd_notes[] = {
    { 'P', 0, E(2) | E(3) }, { 'R', 0, E(3) | E(4) },
};
NOTED(CRD, 1, crd, crd_notes);

/* CS: summary of a contract. */
static const edi_element_t cs[] = {
    {  367, AN, 'O',  1, 30 },
    {  327, AN, 'O',  1,  8 },
    {  328, AN, 'O',  1, 30 },
    {  128, ID, 'X',  2,  3 },
    {  127, AN, 'X',  1, 30, 50 },
    {  324, AN, 'O',  1, 22 },
    {  560, ID, 'O',  2, 10 },
    {  433, ID, 'O',  2,  2 },
    {  954, RR, 'O',  1, 10 },
    {  954, RR, 'O',  1, 10 },
    {  782, RR, 'O',  1, 18 },
    {  336, ID, 'O',  2,  2 },
    {  560, ID, 'O',  2, 10 },
    {  355, ID, 'O',  2,  2 },
    {  212, RR, 'O',  1, 17 },
    {  336, ID, 'O',  2,  2 },
    { 1073, ID, 'O',  1,  1 },
    { 1073, ID, 'O',  1,  1 },
};
static const edi_note_t cs_notes[] = {
    { 'P', 0, E(4) | E(5) },
};
NOTED(CS, 0, cs, cs_notes);

/* DD: demand and its class. */
static const edi_element_t dd[] = {
    { 1271, AN, 'X',  1, 30 },
    { 1270, ID, 'X',  1,  3 },
    {  128, ID, 'X',  2,  3 },
    {  127, AN, 'X',  1, 30, 50 },
    { 1271, AN, 'X',  1, 30 },
    { 1270, ID, 'X',  1,  3 },
    {  380, RR, 'O',  1, 15 },
    { 1073, ID, 'O',  1,  1 },
    { 1271, AN, 'X',  1, 30 },
    { 1270, ID, 'X',  1,  3 },
};
static const edi_note_t dd_notes[] = {
    { 'C', 2, E(1) }, { 'P', 0, E(3) | E(4) | E(5) }, { 'C', 6, E(5) },
    { 'C', 10, E(9) },
};
NOTED(DD, 0, dd, dd_notes);

/* EFI: an electronic file that is attached. */
static const edi_element_t efi[] = {
    {  786, ID, 'M',  2,  2 },
    {  933, AN, 'O',  1, 264 },
    {  797, ID, 'O',  2,  2 },
    {  799, AN, 'X',  1, 30 },
    {  802, AN, 'X',  1, 30 },
    {  799, AN, 'X',  1, 30 },
    {  801, AN, 'X',  1, 30 },
    {  799, AN, 'X',  1, 30 },
    {  800, AN, 'X',  1, 30 },
    {  789, AN, 'O',  2,  2 },
    {  803, AN, 'O',  1, 64 },
    {  804, AN, 'O',  1,  4 },
    {  787, N0, 'O',  1, 15 },
    {  788, N0, 'O',  1,  5 },
    {  799, AN, 'X',  1, 30 },
    { 1570, ID, 'X',  3,  3 },
};
static const edi_note_t efi_notes[] = {
    { 'C', 5, E(4) }, { 'C', 7, E(6) }, { 'C', 9, E(8) },
    { 'P', 0, E(15) | E(16) },
};
NOTED(EFI, 1, efi, efi_notes);

/* ENT: an entity and its payments. */
static const edi_element_t ent[] = {
    {  554, N0, 'O',  1,  6 },
    {   98, ID, 'X',  2,  3 },
    {   66, ID, 'X',  1,  2 },
    {   67, AN, 'X',  2, 80 },
    {   98, ID, 'X',  2,  3 },
    {   66, ID, 'X',  1,  2 },
    {   67, AN, 'X',  2, 80 },
    {  128, ID, 'X',  2,  3 },
    {  127, AN, 'X',  1, 30, 50 },
};
static const edi_note_t ent_notes[] = {
    { 'P', 0, E(2) | E(3) | E(4) }, { 'P', 0, E(5) | E(6) | E(7) },
    { 'P', 0, E(8) | E(9) },
};
NOTED(ENT, 0, ent, ent_notes);

/* FST: a forecast quantity. */
static const edi_element_t fst[] = {
    {  380, RR, 'M',  1, 15 },
    {  680, ID, 'M',  1,  1 },
    {  681, ID, 'M',  1,  1 },
    {  373, DT, 'M',  8,  8 },
    {  373, DT, 'O',  8,  8 },
    {  374, ID, 'X',  3,  3 },
    {  337, TM, 'X',  4,  8 },
    {  128, ID, 'X',  2,  3 },
    {  127, AN, 'X',  1, 30, 50 },
    {  783, ID, 'O',  2,  2 },
    {    0, ID, 'O',  2,  2, .later = true },
    {    0, ID, 'O',  2,  2, .later = true },
    {  352, AN, 'O',  1, 80, .later = true },
};
static const edi_note_t fst_notes[] = {
    { 'P', 0, E(6) | E(7) }, { 'P', 0, E(8) | E(9) },
};
NOTED(FST, 4, fst, fst_notes);

/* H1: dangerous goods. */
static const edi_element_t h1[] = {
    {   62, AN, 'M',  4, 10 },
    {  209, AN, 'O',  1,  4 },
    {  208, ID, 'O',  1,  1 },
    {   64, AN, 'O',  2, 30 },
    {   63, AN, 'O',  1, 24 },
    {  200, AN, 'O',  1,  6 },
    {   77, N0, 'X',  1,  3 },
    {  355, ID, 'X',  2,  2 },
    {  254, AN, 'O',  1,  3 },
};
static const edi_note_t h1_notes[] = {
    { 'P', 0, E(7) | E(8) },
};
NOTED(H1, 1, h1, h1_notes);

/* IN2: a part of a person's name. */
static const edi_element_t in2[] = {
    { 1104, ID, 'M',  2,  2 },
    {   93, AN, 'M',  1, 60 },
    {    0, AN, 'O',  1, 60, .later = true },
};
SEGMENT(IN2, 2, in2);

/* ISR: what became of an item. */
static const edi_element_t isr[] = {
    {  368, ID, 'M',  2,  2 },
    {  373, DT, 'O',  8,  8 },
    {  641, ID, 'O',  3,  3 },
};
SEGMENT(ISR, 1, isr);

/* ITA: an allowance, charge or service. */
static const edi_element_t ita[] = {
    {  248, ID, 'M',  1,  1 },
    {  559, ID, 'X',  2,  2 },
    {  560, ID, 'X',  2, 10 },
    {  331, ID, 'M',  2,  2 },
    {  341, AN, 'O',  1, 16 },
    {  359, RR, 'O',  1, 15 },
    {  360, N0, 'O',  1, 15 },
    {  378, ID, 'X',  1,  1 },
    {  332, RR, 'X',  1,  6 },
    {  380, RR, 'X',  1, 15 },
    {  355, ID, 'X',  2,  2 },
    {  380, RR, 'X',  1, 15 },
    {  352, AN, 'X',  1, 80 },
    {  150, AN, 'X',  3,  3 },
    {  822, AN, 'X',  1, 15 },
    {  662, ID, 'O',  1,  1 },
    {  355, ID, 'X',  2,  2 },
};
static const edi_note_t ita_notes[] = {
    { 'L', 2, E(3) | E(13) | E(14) }, { 'C', 8, E(9) },
    { 'P', 0, E(10) | E(11) }, { 'C', 15, E(2) }, { 'C', 17, E(12) },
};
NOTED(ITA, 4, ita, ita_notes);

/* JIT: a just-in-time delivery. */
static const edi_element_t jit[] = {
    {  380, RR, 'M',  1, 15 },
    {  337, TM, 'M',  4,  8 },
};
SEGMENT(JIT, 2, jit);

/* LCD: place and class of a quantity. */
static const edi_element_t lcd[] = {
    {  350, AN, 'O',  1, 20 },
    {   98, ID, 'O',  2,  3 },
    {  306, ID, 'O',  1,  2 },
    {  373, DT, 'O',  8,  8 },
    {   66, ID, 'X',  1,  2 },
    {   67, AN, 'X',  2, 80 },
};
static const edi_note_t lcd_notes[] = {
    { 'P', 0, E(5) | E(6) },
};
NOTED(LCD, 0, lcd, lcd_notes);

/* LX: a number for what follows. */
static const edi_element_t lx[] = {
    {  554, N0, 'M',  1,  6 },
};
SEGMENT(LX, 1, lx);

/* MIT: identification of a message. */
static const edi_element_t mit[] = {
    {  127, AN, 'M',  1, 30, 50 },
    {  352, AN, 'O',  1, 80 },
    {  931, N0, 'O',  1,  3 },
    {  932, N0, 'O',  1,  3 },
};
SEGMENT(MIT, 1, mit);

/* NM1: a party or a person. */
static const edi_element_t nm1[] = {
    {   98, ID, 'M',  2,  3 },
    { 1065, ID, 'M',  1,  1 },
    { 1035, AN, 'O',  1, 60 },
    { 1036, AN, 'O',  1, 35 },
    { 1037, AN, 'O',  1, 25 },
    { 1038, AN, 'O',  1, 10 },
    { 1039, AN, 'O',  1, 10 },
    {   66, ID, 'X',  1,  2 },
    {   67, AN, 'X',  2, 80 },
    {  706, ID, 'X',  2,  2 },
    {   98, ID, 'X',  2,  3 },
    { 1035, AN, 'O',  1, 60, .later = true },
};
static const edi_note_t nm1_notes[] = {
    { 'P', 0, E(8) | E(9) }, { 'C', 11, E(10) },
};
NOTED(NM1, 2, nm1, nm1_notes);

/* PD: what is sold or lost over a time. */
static const edi_element_t pd[] = {
    {  344, ID, 'M',  2,  2 },
    {  373, DT, 'M',  8,  8 },
    PARTS('M', edi_parts_C001),
    {  380, RR, 'M',  1, 15 },
    {   93, AN, 'M',  1, 60 },
    {  352, AN, 'O',  1, 80 },
    { 1196, ID, 'O',  2,  2 },
    {  127, AN, 'O',  1, 30, 50 },
    {  352, AN, 'O',  1, 80 },
    { 1401, ID, 'O',  1,  3 },
};
SEGMENT(PD, 5, pd);

/* PDD: a deduction in detail. */
static const edi_element_t pdd[] = {
    {  350, AN, 'M',  1, 20 },
    {  380, RR, 'X',  1, 15 },
    {  782, RR, 'X',  1, 18 },
    {  954, RR, 'X',  1, 10 },
    { 1401, ID, 'O',  1,  3 },
};
static const edi_note_t pdd_notes[] = {
    { 'R', 0, E(2) | E(3) | E(4) },
};
NOTED(PDD, 1, pdd, pdd_notes);

/* PKL: a packing list. */
static const edi_element_t pkl[] = {
    {  235, ID, 'M',  2,  2 },
    {  234, AN, 'M',  1, 48, 80 },
    {  355, ID, 'M',  2,  2 },
    {  380, RR, 'M',  1, 15 },
    {   65, RR, 'X',  1,  8 },
    {  189, RR, 'X',  1,  8 },
    {  677, RR, 'X',  1,  6 },
    {  355, ID, 'X',  2,  2 },
    {  384, RR, 'X',  1,  9 },
    {  355, ID, 'X',  2,  2 },
    {  385, RR, 'X',  1,  9 },
    {  355, ID, 'X',  2,  2 },
    { 1073, ID, 'O',  1,  1 },
};
static const edi_note_t pkl_notes[] = {
    { 'C', 5, E(8) }, { 'C', 6, E(8) }, { 'C', 7, E(8) },
    { 'L', 8, E(5) | E(6) | E(7) }, { 'P', 0, E(9) | E(10) },
    { 'P', 0, E(11) | E(12) },
};
NOTED(PKL, 4, pkl, pkl_notes);

/* POC: a changed line of an order. */
static const edi_element_t poc[] = {
    {  350, AN, 'O',  1, 20 },
    {  670, ID, 'M',  2,  2 },
    {  330, RR, 'X',  1, 15 },
    {  671, RR, 'X',  1,  9 },
    PARTS('X', edi_parts_C001),
    {  212, RR, 'X',  1, 17 },
    {  639, ID, 'X',  2,  2 },
    PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR, PAIR,
};
static const edi_note_t poc_notes[] = {
    { 'C', 3, E(4) | E(5) }, { 'C', 7, E(6) }, { 'P', 0, E(8) | E(9) },
    { 'P', 0, E(10) | E(11) }, { 'P', 0, E(12) | E(13) },
    { 'P', 0, E(14) | E(15) }, { 'P', 0, E(16) | E(17) },
    { 'P', 0, E(18) | E(19) }, { 'P', 0, E(20) | E(21) },
    { 'P', 0, E(22) | E(23) }, { 'P', 0, E(24) | E(25) },
    { 'P', 0, E(26) | E(27) },
};
NOTED(POC, 2, poc, poc_notes);

/* PRS: status of a part. */
static const edi_element_t prs[] = {
    {  682, ID, 'M',  1,  2 },
    {  352, AN, 'O',  1, 80 },
};
SEGMENT(PRS, 1, prs);

/* PSA: a budget or account. */
static const edi_element_t psa[] = {
    {   66, ID, 'M',  1,  2 },
    {   67, AN, 'M',  2, 80 },
    {  826, RR, 'M',  1,  8 },
    {  782, RR, 'X',  1, 18 },
    {  522, ID, 'X',  1,  3 },
};
static const edi_note_t psa_notes[] = {
    { 'C', 5, E(4) },
};
NOTED(PSA, 3, psa, psa_notes);

/* PTD: a transfer or resale begins. */
static const edi_element_t ptd[] = {
    {  521, ID, 'M',  2,  2 },
    {  648, ID, 'X',  3,  3 },
    {  649, RR, 'X',  1, 10 },
    {  128, ID, 'X',  2,  3 },
    {  127, AN, 'X',  1, 30, 50 },
    {  486, ID, 'O',  2,  2 },
};
static const edi_note_t ptd_notes[] = {
    { 'P', 0, E(2) | E(3) }, { 'P', 0, E(4) | E(5) },
};
NOTED(PTD, 1, ptd, ptd_notes);

/* RCD: what was received. */
static const edi_element_t rcd[] = {
    {  350, AN, 'O',  1, 20 },
    {  663, RR, 'X',  1,  9 },
    PARTS('X', edi_parts_C001),
    {  664, RR, 'X',  1,  9 },
    PARTS('X', edi_parts_C001),
    {  667, RR, 'X',  1,  9 },
    PARTS('X', edi_parts_C001),
    {  412, ID, 'X',  2,  2 },
    {  667, RR, 'X',  1,  9 },
    PARTS('X', edi_parts_C001),
    {  412, ID, 'X',  2,  2 },
    {  667, RR, 'X',  1,  9 },
    PARTS('X', edi_parts_C001),
    {  412, ID, 'X',  2,  2 },
    {  667, RR, 'X',  1,  9 },
    PARTS('X', edi_parts_C001),
    {  412, ID, 'X',  2,  2 },
    {  667, RR, 'X',  1,  9 },
    PARTS('X', edi_parts_C001),
    {  412, ID, 'X',  2,  2 },
    {  380, RR, 'O',  1, 15 },
};
static const edi_note_t rcd_notes[] = {
    { 'R', 0, E(2) | E(4) | E(6) }, { 'P', 0, E(2) | E(3) },
    { 'P', 0, E(4) | E(5) }, { 'P', 0, E(6) | E(7) | E(8) },
    { 'P', 0, E(9) | E(10) | E(11) }, { 'P', 0, E(12) | E(13) | E(14) },
    { 'P', 0, E(15) | E(16) | E(17) }, { 'P', 0, E(18) | E(19) | E(20) },
};
NOTED(RCD, 0, rcd, rcd_notes);

/* RDR: why an item comes back. */
static const edi_element_t rdr[] = {
    { 1292, ID, 'O',  2,  2 },
    { 1293, ID, 'X',  2,  2 },
    { 1294, ID, 'X',  2,  2 },
    {  352, AN, 'O',  1, 80 },
    { 1073, ID, 'O',  1,  1 },
};
static const edi_note_t rdr_notes[] = {
    { 'E', 0, E(2) | E(3) },
};
NOTED(RDR, 0, rdr, rdr_notes);

/* SDP: days and times of shipping. */
static const edi_element_t sdp[] = {
    {  678, ID, 'M',  1,  2 },
    {  679, ID, 'M',  1,  1 },
    {  678, ID, 'O',  1,  2 },
    {  679, ID, 'O',  1,  1 },
    {  678, ID, 'O',  1,  2 },
    {  679, ID, 'O',  1,  1 },
    {  678, ID, 'O',  1,  2 },
    {  679, ID, 'O',  1,  1 },
};
SEGMENT(SDP, 2, sdp);

/* SHP: what was shipped or received. */
static const edi_element_t shp[] = {
    {  673, ID, 'X',  2,  2 },
    {  380, RR, 'X',  1, 15 },
    {  374, ID, 'X',  3,  3 },
    {  373, DT, 'X',  8,  8 },
    {  337, TM, 'X',  4,  8 },
    {  373, DT, 'O',  8,  8 },
    {  337, TM, 'O',  4,  8 },
};
static const edi_note_t shp_notes[] = {
    { 'C', 1, E(2) }, { 'L', 3, E(4) | E(5) }, { 'C', 4, E(3) },
    { 'C', 5, E(3) },
};
NOTED(SHP, 0, shp, shp_notes);

/* SII: how sales pay. */
static const edi_element_t sii[] = {
    {  235, ID, 'M',  2,  2 },
    {  234, AN, 'M',  1, 48, 80 },
    {  380, RR, 'M',  1, 15 },
    PARTS('M', edi_parts_C001),
    {  212, RR, 'O',  1, 17 },
    {  212, RR, 'O',  1, 17 },
    {  782, RR, 'O',  1, 18 },
};
SEGMENT(SII, 4, sii);

/* UIT: how a unit is counted. */
static const edi_element_t uit[] = {
    PARTS('M', edi_parts_C001),
    {  212, RR, 'X',  1, 17 },
    {  639, ID, 'X',  2,  2 },
};
static const edi_note_t uit_notes[] = {
    { 'C', 3, E(2) },
};
NOTED(UIT, 1, uit, uit_notes);

/* XPO: pre-assigned order numbers. */
static const edi_element_t xpo[] = {
    {  324, AN, 'M',  1, 22 },
    {  324, AN, 'O',  1, 22 },
    {   66, ID, 'X',  1,  2 },
    {   67, AN, 'X',  2, 80 },
};
static const edi_note_t xpo_notes[] = {
    { 'P', 0, E(3) | E(4) },
};
NOTED(XPO, 1, xpo, xpo_notes);

/* XQ: from when to when is reported. */
static const edi_element_t xq[] = {
    {  305, ID, 'M',  1,  2 },
    {  373, DT, 'M',  8,  8 },
    {  373, DT, 'O',  8,  8 },
    {  127, AN, 'O',  1, 50, .later = true },
    {    0, ID, 'O',  2,  2, .later = true },
};
SEGMENT(XQ, 2, xq);

/* ZA: what sold or is there. */
static const edi_element_t za[] = {
    {  859, ID, 'M',  2,  2 },
    {  380, RR, 'X',  1, 15 },
    {  355, ID, 'X',  2,  2 },
    {  374, ID, 'X',  3,  3 },
    {  373, DT, 'X',  8,  8 },
    {  128, ID, 'X',  2,  3 },
    {  127, AN, 'X',  1, 30, 50 },
    { 1073, ID, 'O',  1,  1 },
};
static const edi_note_t za_notes[] = {
    { 'P', 0, E(2) | E(3) }, { 'P', 0, E(4) | E(5) }, { 'P', 0, E(6) | E(7) },
};
NOTED(ZA, 1, za, za_notes);
