/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Segments of transport: bills of lading, tenders, status, freight invoices,
 * dangerous goods.  X12 004010 with
 * what 005010 has beyond it beside.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/segments_rows.h"


static const char purposes[] = EDI_PURPOSES;

/* AT1: a transport bill of lading begins. */
static const edi_element_t at1[] = {
    {  213, N0, 'M',  1,  3 },
};
SEGMENT(AT1, 1, at1);

/* AT2: line detail of a bill of lading. */
static const edi_element_t at2[] = {
    {   80, N0, 'O',  1,  7 },
    {  211, ID, 'O',  3,  3 },
    {  187, ID, 'M',  1,  2 },
    {  188, ID, 'M',  1,  1 },
    {   81, RR, 'M',  1, 10 },
    {   80, N0, 'X',  1,  7 },
    {  211, ID, 'X',  3,  3 },
    { 1073, ID, 'O',  1,  1 },
    {   22, AN, 'O',  1, 30 },
    {   59, ID, 'O',  2,  5 },
    { 1073, ID, 'O',  1,  1, .later = true },
    {    0, N0, 'O',  2,  9, .later = true },
};
static const edi_note_t at2_notes[] = {
    { 'P', 0, E(6) | E(7) },
};
NOTED(AT2, 5, at2, at2_notes);

/* AT3: rates and charges of a bill of lading. */
static const edi_element_t at3[] = {
    {   58, N0, 'M',  1, 12, 15 },
    { 1600, ID, 'X',  2,  2 },
    {   60, RR, 'X',  1,  9 },
    { 1601, ID, 'X',  2,  2 },
    {  380, RR, 'X',  1, 15 },
    { 1602, ID, 'X',  3,  3 },
    {  954, RR, 'X',  1, 10 },
};
static const edi_note_t at3_notes[] = {
    { 'P', 0, E(2) | E(3) }, { 'C', 4, E(2) }, { 'P', 0, E(4) | E(5) },
    { 'E', 0, E(2) | E(6) | E(7) }, { 'R', 0, E(2) | E(6) | E(7) },
};
NOTED(AT3, 1, at3, at3_notes);

/* AT4: what is shipped, in words. */
static const edi_element_t at4[] = {
    {   79, AN, 'M',  1, 50 },
};
SEGMENT(AT4, 1, at4);

/* AT5: special handling of a bill of lading. */
static const edi_element_t at5[] = {
    {  152, ID, 'X',  2,  3 },
    {  560, ID, 'X',  2, 10 },
    {  153, AN, 'X',  2, 30 },
    {  355, ID, 'O',  2,  2, .later = true },
    {  408, RR, 'O',  1,  4, .later = true },
    {  408, RR, 'O',  1,  4, .later = true },
};
static const edi_note_t at5_notes[] = {
    { 'E', 0, E(1) | E(3) }, { 'E', 0, E(2) | E(3) },
};
NOTED(AT5, 0, at5, at5_notes);

/* AT7: where a shipment stands, and since when. */
static const edi_element_t at7[] = {
    { 1650, ID, 'X',  2,  2 },
    { 1651, ID, 'X',  2,  2 },
    { 1652, ID, 'X',  2,  2 },
    { 1651, ID, 'X',  2,  2 },
    {  373, DT, 'X',  8,  8 },
    {  337, TM, 'X',  4,  8 },
    {  623, ID, 'X',  2,  2 },
};
static const edi_note_t at7_notes[] = {
    { 'E', 0, E(1) | E(3) }, { 'P', 0, E(1) | E(2) }, { 'P', 0, E(3) | E(4) },
    { 'C', 6, E(5) }, { 'C', 7, E(6) },
};
NOTED(AT7, 0, at7, at7_notes);

/* AT8: weight, packages and volume of a shipment. */
static const edi_element_t at8[] = {
    {  187, ID, 'X',  1,  2 },
    {  188, ID, 'X',  1,  1 },
    {   81, RR, 'X',  1, 10 },
    {   80, N0, 'O',  1,  7 },
    {   80, N0, 'O',  1,  7 },
    {  184, ID, 'X',  1,  1 },
    {  183, RR, 'X',  1,  8 },
};
static const edi_note_t at8_notes[] = {
    { 'P', 0, E(1) | E(2) | E(3) }, { 'P', 0, E(6) | E(7) },
};
NOTED(AT8, 0, at8, at8_notes);

/* AT9: what a trailer or container measures. */
static const edi_element_t at9[] = {
    {  567, N0, 'O',  4,  5 },
    {   65, RR, 'O',  1,  8 },
    {  189, RR, 'O',  1,  8 },
    {  187, ID, 'X',  1,  2 },
    {  188, ID, 'X',  1,  1 },
    {   81, RR, 'X',  1, 10 },
    {  184, ID, 'X',  1,  1 },
    {  183, RR, 'X',  1,  8 },
};
static const edi_note_t at9_notes[] = {
    { 'P', 0, E(4) | E(5) | E(6) }, { 'P', 0, E(7) | E(8) },
};
NOTED(AT9, 0, at9, at9_notes);

/* ATA: amounts of a transport. */
static const edi_element_t ata[] = {
    {  140, ID, 'M',  2,  4 },
    {  127, AN, 'M',  1, 30, 50 },
    {  373, DT, 'O',  8,  8 },
};
SEGMENT(ATA, 2, ata);

/* B1: a booking or tender is answered. */
static const edi_element_t b1[] = {
    {  140, ID, 'O',  2,  4 },
    {  145, AN, 'O',  1, 30 },
    {  373, DT, 'O',  8,  8 },
    {  558, ID, 'O',  1,  1 },
    { 1073, ID, 'O',  1,  1, .later = true },
    {    0, ID, 'O',  3,  3, .later = true },
};
SEGMENT(B1, 0, b1);

/* B10: a shipment status begins. */
static const edi_element_t b10[] = {
    {  127, AN, 'X',  1, 30, 50 },
    {  145, AN, 'O',  1, 30 },
    {  140, ID, 'M',  2,  4 },
    {   71, N0, 'O',  1,  3 },
    {  128, ID, 'X',  2,  3 },
    {  127, AN, 'X',  1, 30, 50 },
    { 1073, ID, 'O',  1,  1 },
    {  373, DT, 'O',  8,  8, .later = true },
    {  337, TM, 'O',  4,  8, .later = true },
};
static const edi_note_t b10_notes[] = {
    { 'R', 0, E(1) | E(6) }, { 'E', 0, E(1) | E(5) }, { 'P', 0, E(5) | E(6) },
};
NOTED(B10, 3, b10, b10_notes);

/* B2: a load tender begins. */
static const edi_element_t b2[] = {
    {  375, ID, 'O',  2,  2 },
    {  140, ID, 'O',  2,  4 },
    {  154, AN, 'O',  6,  9 },
    {  145, AN, 'O',  1, 30 },
    {  188, ID, 'O',  1,  1 },
    {  146, ID, 'M',  2,  2 },
    {  147, ID, 'O',  1,  1 },
    {   86, N0, 'O',  1,  3 },
    {  460, ID, 'O',  1,  1 },
    {  501, ID, 'O',  2,  2 },
    {  335, ID, 'O',  3,  3 },
    {  591, ID, 'O',  3,  3 },
};
SEGMENT(B2, 6, b2);

/* B2A: what the sender means with a tender. */
static const edi_element_t b2a[] = {
    {  353, ID, 'M',  2,  2, 0, purposes },
    {  346, ID, 'O',  2,  2 },
};
SEGMENT(B2A, 1, b2a);

/* B3: a carrier's invoice begins. */
static const edi_element_t b3[] = {
    {  147, ID, 'O',  1,  1 },
    {   76, AN, 'M',  1, 22 },
    {  145, AN, 'O',  1, 30 },
    {  146, ID, 'M',  2,  2 },
    {  188, ID, 'O',  1,  1 },
    {  373, DT, 'M',  8,  8 },
    {  193, N0, 'M',  1, 12 },
    {  202, ID, 'O',  2,  2 },
    {   32, DT, 'X',  8,  8 },
    {  374, ID, 'X',  3,  3 },
    {  140, ID, 'M',  2,  4 },
    {  373, DT, 'O',  8,  8 },
    {  375, ID, 'O',  2,  2 },
    {  335, ID, 'O',  3,  3 },
};
static const edi_note_t b3_notes[] = {
    { 'P', 0, E(9) | E(10) },
};
NOTED(B3, 11, b3, b3_notes);

/* BIN: binary bytes. */
static const edi_element_t bin[] = {
    {  784, N0, 'M',  1, 15 },
    {  785, BB, 'M',  1, UINT16_MAX },
};
SEGMENT(BIN, 2, bin);

/* BLR: which carrier may be used. */
static const edi_element_t blr[] = {
    {  140, ID, 'M',  2,  4 },
    {  373, DT, 'O',  8,  8 },
    {  337, TM, 'O',  4,  8, .later = true },
};
SEGMENT(BLR, 1, blr);

/* BNX: rail shipment data. */
static const edi_element_t bnx[] = {
    {  460, ID, 'O',  1,  1 },
    {  129, AN, 'O',  1, 13 },
    {   11, ID, 'O',  1,  1 },
    {  223, N0, 'O',  5,  5 },
};
SEGMENT(BNX, 0, bnx);

/* BOL: a bill of lading begins. */
static const edi_element_t bol[] = {
    {  140, ID, 'M',  2,  4 },
    {  146, ID, 'M',  2,  2 },
    {  145, AN, 'M',  1, 30 },
    {  373, DT, 'M',  8,  8 },
    {  337, TM, 'O',  4,  8 },
    {  127, AN, 'O',  1, 30, 50 },
    {  160, ID, 'O',  1,  1 },
    {  226, ID, 'O',  1,  1 },
    {  501, ID, 'O',  2,  2 },
    {  146, ID, 'O',  2,  2 },
    {  100, ID, 'O',  3,  3 },
};
SEGMENT(BOL, 4, bol);

/* C2: bank identification. */
static const edi_element_t c2[] = {
    {    8, ID, 'M',  1,  1 },
    {   66, ID, 'M',  1,  2 },
    {   67, AN, 'M',  2, 80 },
    {   20, AN, 'O',  3,  9 },
    {    7, AN, 'O',  6, 17 },
    {  107, ID, 'O',  1,  2 },
    {  373, DT, 'O',  8,  8 },
};
SEGMENT(C2, 3, c2);

/* C3: currency of a freight bill. */
static const edi_element_t c3[] = {
    {  100, ID, 'M',  3,  3 },
    {  280, RR, 'O',  4, 10 },
    {  100, ID, 'O',  3,  3 },
    {  100, ID, 'O',  3,  3 },
};
SEGMENT(C3, 1, c3);

/* CD3: a carton or package. */
static const edi_element_t cd3[] = {
    {  187, ID, 'X',  1,  2 },
    {   81, RR, 'X',  1, 10 },
    {  619, AN, 'O',  2,  3 },
    {   34, N0, 'O',  1,  4 },
    {  284, ID, 'X',  2,  2 },
    {  108, ID, 'O',  1,  2 },
    {  122, ID, 'X',  2,  2 },
    {   58, N0, 'X',  1, 12, 15 },
    {  122, ID, 'X',  2,  2 },
    {   58, N0, 'X',  1, 12, 15 },
    {  284, ID, 'X',  2,  2 },
    {  284, ID, 'X',  2,  2 },
    {  591, ID, 'O',  3,  3 },
    {   26, ID, 'X',  2,  3 },
};
static const edi_note_t cd3_notes[] = {
    { 'P', 0, E(1) | E(2) }, { 'P', 0, E(7) | E(8) }, { 'P', 0, E(9) | E(10) },
    { 'C', 11, E(5) }, { 'C', 12, E(11) }, { 'C', 14, E(5) },
};
NOTED(CD3, 0, cd3, cd3_notes);

/* H2: dangerous goods, more in words. */
static const edi_element_t h2[] = {
    {   64, AN, 'M',  2, 30 },
    {  274, AN, 'O',  1, 30 },
};
SEGMENT(H2, 1, h2);

/* H3: special handling. */
static const edi_element_t h3[] = {
    {  152, ID, 'X',  2,  3 },
    {  153, AN, 'X',  2, 30 },
    {  241, ID, 'O',  1,  4 },
    {  242, ID, 'O',  1,  7 },
    {  257, ID, 'O',  1,  1 },
};
static const edi_note_t h3_notes[] = {
    { 'E', 0, E(1) | E(2) },
};
NOTED(H3, 0, h3, h3_notes);

/* H6: special services. */
static const edi_element_t h6[] = {
    {  560, ID, 'X',  2, 10 },
    {  560, ID, 'X',  2, 10 },
    {  406, N0, 'O',  1,  3 },
    {  399, ID, 'O',  1,  1 },
    {   81, RR, 'O',  1, 10 },
    {  188, ID, 'O',  1,  1 },
    {  108, ID, 'X',  1,  2 },
};
static const edi_note_t h6_notes[] = {
    { 'R', 0, E(1) | E(7) }, { 'C', 2, E(1) },
};
NOTED(H6, 0, h6, h6_notes);

/* K1: a remark. */
static const edi_element_t k1[] = {
    {   61, AN, 'M',  1, 30 },
    {   61, AN, 'O',  1, 30 },
};
SEGMENT(K1, 1, k1);

/* L0: quantities and weight of a freight line. */
static const edi_element_t l0[] = {
    {  213, N0, 'O',  1,  3 },
    {  220, RR, 'X',  1, 11 },
    {  221, ID, 'X',  2,  2 },
    {   81, RR, 'X',  1, 10 },
    {  187, ID, 'X',  1,  2 },
    {  183, RR, 'X',  1,  8 },
    {  184, ID, 'X',  1,  1 },
    {   80, N0, 'X',  1,  7 },
    {  211, ID, 'X',  3,  3 },
    {  458, AN, 'O',  2, 25 },
    {  188, ID, 'X',  1,  1 },
    {   56, ID, 'O',  2,  2 },
    {  380, RR, 'X',  1, 15 },
    {  211, ID, 'O',  3,  3 },
    { 1073, ID, 'X',  1,  1 },
};
static const edi_note_t l0_notes[] = {
    { 'P', 0, E(2) | E(3) }, { 'P', 0, E(4) | E(5) }, { 'P', 0, E(6) | E(7) },
    { 'P', 0, E(8) | E(9) }, { 'C', 11, E(4) }, { 'P', 0, E(13) | E(15) },
};
NOTED(L0, 0, l0, l0_notes);

/* L1: rate and charge of a freight line. */
static const edi_element_t l1[] = {
    {  213, N0, 'O',  1,  3 },
    {   60, RR, 'X',  1,  9 },
    {  122, ID, 'X',  2,  2 },
    {   58, N0, 'X',  1, 12, 15 },
    {  191, N0, 'X',  1,  9 },
    {  117, N0, 'X',  1,  9, 15 },
    {  120, AN, 'O',  3,  9 },
    {  150, AN, 'O',  3,  3 },
    {  121, ID, 'O',  1,  3 },
    {   39, ID, 'O',  1,  1 },
    {   16, ID, 'O',  1,  1 },
    {  276, AN, 'O',  2, 25 },
    {  257, ID, 'O',  1,  1 },
    {   74, N0, 'X',  2, 12 },
    {  122, ID, 'X',  2,  2 },
    {  372, ID, 'O',  1,  1 },
    {  220, RR, 'X',  1, 11 },
    {  221, ID, 'X',  2,  2 },
    {  954, RR, 'O',  1, 10 },
    {  100, ID, 'O',  3,  3 },
    {  610, N0, 'O',  1, 15 },
    {    0, N0, 'O',  2,  9, .later = true },
};
static const edi_note_t l1_notes[] = {
    { 'P', 0, E(2) | E(3) }, { 'R', 0, E(4) | E(5) | E(6) },
    { 'P', 0, E(14) | E(15) }, { 'P', 0, E(17) | E(18) },
};
NOTED(L1, 0, l1, l1_notes);

/* L11: a business reference. */
static const edi_element_t l11[] = {
    {  127, AN, 'X',  1, 30, 50 },
    {  128, ID, 'X',  2,  3 },
    {  352, AN, 'X',  1, 80 },
    {  373, DT, 'O',  8,  8, .later = true },
    { 1073, ID, 'O',  1,  1, .later = true },
};
static const edi_note_t l11_notes[] = {
    { 'R', 0, E(1) | E(3) }, { 'P', 0, E(1) | E(2) },
};
NOTED(L11, 0, l11, l11_notes);

/* L3: weight and charges in all. */
static const edi_element_t l3[] = {
    {   81, RR, 'X',  1, 10 },
    {  187, ID, 'X',  1,  2 },
    {   60, RR, 'X',  1,  9 },
    {  122, ID, 'X',  2,  2 },
    {   58, N0, 'O',  1, 12, 15 },
    {  191, N0, 'O',  1,  9 },
    {  117, N0, 'O',  1,  9, 15 },
    {  150, AN, 'O',  3,  3 },
    {  183, RR, 'X',  1,  8 },
    {  184, ID, 'X',  1,  1 },
    {   80, N0, 'O',  1,  7 },
    {  188, ID, 'X',  1,  1 },
    {  171, AN, 'O',  1,  7 },
    {   74, N0, 'X',  2, 12 },
    {  122, ID, 'X',  2,  2 },
};
static const edi_note_t l3_notes[] = {
    { 'P', 0, E(1) | E(2) }, { 'P', 0, E(3) | E(4) }, { 'P', 0, E(9) | E(10) },
    { 'C', 12, E(1) }, { 'P', 0, E(14) | E(15) },
};
NOTED(L3, 0, l3, l3_notes);

/* L4: a measure of goods. */
static const edi_element_t l4[] = {
    {   82, RR, 'M',  1,  8 },
    {  189, RR, 'M',  1,  8 },
    {   65, RR, 'M',  1,  8 },
    {   90, ID, 'M',  1,  1 },
    {  380, RR, 'O',  1, 15 },
    { 1271, AN, 'O',  1, 30 },
};
SEGMENT(L4, 4, l4);

/* L5: what is shipped, in words and marks. */
static const edi_element_t l5[] = {
    {  213, N0, 'O',  1,  3 },
    {   79, AN, 'O',  1, 50 },
    {   22, AN, 'X',  1, 30 },
    {   23, ID, 'X',  1,  1 },
    {  103, AN, 'O',  3,  5 },
    {   87, AN, 'X',  1, 48 },
    {   88, ID, 'X',  1,  2 },
    {   23, ID, 'X',  1,  1 },
    {   22, AN, 'X',  1, 30 },
    {  595, ID, 'O',  1,  1 },
};
static const edi_note_t l5_notes[] = {
    { 'P', 0, E(3) | E(4) }, { 'C', 7, E(6) }, { 'P', 0, E(8) | E(9) },
};
NOTED(L5, 0, l5, l5_notes);

/* L9: a single charge. */
static const edi_element_t l9[] = {
    {  150, AN, 'M',  3,  3 },
    {  782, RR, 'M',  1, 18 },
};
SEGMENT(L9, 2, l9);

/* LAD: detail of what is loaded. */
static const edi_element_t lad[] = {
    {  211, ID, 'X',  3,  3 },
    {   80, N0, 'X',  1,  7 },
    {  188, ID, 'X',  1,  1 },
    {  395, RR, 'X',  1,  8 },
    {  188, ID, 'X',  1,  1 },
    {   81, RR, 'X',  1, 10 },
    PAIR, PAIR, PAIR,
    {   79, AN, 'O',  1, 50 },
    {    0, N0, 'O',  2,  9, .later = true },
};
static const edi_note_t lad_notes[] = {
    { 'P', 0, E(1) | E(2) }, { 'P', 0, E(3) | E(4) }, { 'P', 0, E(5) | E(6) },
    { 'P', 0, E(7) | E(8) }, { 'P', 0, E(9) | E(10) },
    { 'P', 0, E(11) | E(12) },
};
NOTED(LAD, 0, lad, lad_notes);

/* LEP: a permit for dangerous goods. */
static const edi_element_t lep[] = {
    {  806, AN, 'O',  4,  6 },
    {  807, AN, 'O', 12, 16 },
    {  156, ID, 'X',  2,  2 },
    {  127, AN, 'X',  1, 30, 50 },
};
static const edi_note_t lep_notes[] = {
    { 'P', 0, E(3) | E(4) },
};
NOTED(LEP, 0, lep, lep_notes);

/* LFG: dangerous goods of a freight line. */
static const edi_element_t lfg[] = {
    {  352, AN, 'M',  1, 80 },
    {  215, AN, 'M',  1, 30 },
    {  277, AN, 'M',  6,  6 },
    {  218, AN, 'M', 14, 40 },
    {  254, AN, 'O',  1,  3 },
    { 1577, ID, 'O',  1,  1 },
};
SEGMENT(LFG, 4, lfg);

/* LFH: dangerous goods, free text. */
static const edi_element_t lfh[] = {
    {  808, ID, 'M',  3,  3 },
    {  809, AN, 'M',  1, 25 },
    {  809, AN, 'O',  1, 25 },
    { 1023, ID, 'O',  1,  1 },
    {  355, ID, 'X',  2,  2 },
    {  380, RR, 'X',  1, 15 },
    {  380, RR, 'O',  1, 15 },
    {  373, DT, 'O',  8,  8, .later = true },
};
static const edi_note_t lfh_notes[] = {
    { 'P', 0, E(5) | E(6) },
};
NOTED(LFH, 2, lfh, lfh_notes);

/* LH1: dangerous goods, identified. */
static const edi_element_t lh1[] = {
    {  355, ID, 'M',  2,  2 },
    {   80, N0, 'M',  1,  7 },
    {  277, AN, 'O',  6,  6 },
    {  200, AN, 'O',  1,  6 },
    {   22, AN, 'O',  1, 30 },
    {  355, ID, 'O',  2,  2 },
    {  380, RR, 'O',  1, 15 },
    {  595, ID, 'O',  1,  1 },
    {  665, ID, 'O',  1,  1 },
    {  254, AN, 'O',  1,  3 },
    { 1375, AN, 'O',  1,  5 },
};
SEGMENT(LH1, 2, lh1);

/* LH2: class of dangerous goods. */
static const edi_element_t lh2[] = {
    {  215, AN, 'O',  1, 30 },
    {  983, ID, 'O',  1,  1 },
    {  218, AN, 'O', 14, 40 },
    {  222, AN, 'O',  4, 25 },
    {  759, ID, 'O',  2,  2 },
    {  355, ID, 'X',  2,  2 },
    {  408, RR, 'X',  1,  4 },
    {  355, ID, 'X',  2,  2 },
    {  408, RR, 'X',  1,  4 },
    {  355, ID, 'X',  2,  2 },
    {  408, RR, 'X',  1,  4 },
    {    0, ID, 'O',  1,  1, .later = true },
    {    0, RR, 'O',  1, 10, .later = true },
};
static const edi_note_t lh2_notes[] = {
    { 'P', 0, E(6) | E(7) }, { 'P', 0, E(8) | E(9) },
    { 'P', 0, E(10) | E(11) },
};
NOTED(LH2, 0, lh2, lh2_notes);

/* LH3: name of dangerous goods. */
static const edi_element_t lh3[] = {
    {  224, AN, 'X',  1, 25 },
    {  984, ID, 'X',  1,  1 },
    {  985, ID, 'O',  3,  3 },
    { 1073, ID, 'O',  1,  1 },
};
static const edi_note_t lh3_notes[] = {
    { 'P', 0, E(1) | E(2) },
};
NOTED(LH3, 0, lh3, lh3_notes);

/* LH4: whom to call about dangerous goods in Canada. */
static const edi_element_t lh4[] = {
    {  238, AN, 'O',  1, 12 },
    {  364, AN, 'O',  1, 256 },
    {  254, AN, 'O',  1,  3 },
    {  230, AN, 'O',  1,  3 },
    {  230, AN, 'O',  1,  3 },
    {  230, AN, 'O',  1,  3 },
    {  271, ID, 'O',  1,  2 },
    {  267, N0, 'X',  1, 10 },
    {  805, AN, 'O',  1, 25 },
    {  986, ID, 'O',  1,  1 },
    {  364, AN, 'O',  1, 256 },
    {  355, ID, 'X',  2,  2 },
};
static const edi_note_t lh4_notes[] = {
    { 'P', 0, E(8) | E(12) },
};
NOTED(LH4, 0, lh4, lh4_notes);

/* LH6: who certifies dangerous goods. */
static const edi_element_t lh6[] = {
    {   93, AN, 'O',  1, 60 },
    {  272, ID, 'X',  1,  1 },
    {  273, AN, 'X',  1, 25 },
    {  273, AN, 'O',  1, 25 },
};
static const edi_note_t lh6_notes[] = {
    { 'P', 0, E(2) | E(3) },
};
NOTED(LH6, 0, lh6, lh6_notes);

/* LHE: an empty car that held dangerous goods. */
static const edi_element_t lhe[] = {
    {  224, AN, 'M',  1, 25 },
    {  218, AN, 'M', 14, 40 },
    {  128, ID, 'M',  2,  3 },
    {  127, AN, 'M',  1, 30, 50 },
    {  759, ID, 'O',  2,  2 },
};
SEGMENT(LHE, 4, lhe);

/* LHR: reference of dangerous goods. */
static const edi_element_t lhr[] = {
    {  128, ID, 'M',  2,  3 },
    {  127, AN, 'M',  1, 30, 50 },
    {  373, DT, 'O',  8,  8 },
};
SEGMENT(LHR, 2, lhr);

/* LHT: how much dangerous goods are in transit. */
static const edi_element_t lht[] = {
    {  215, AN, 'O',  1, 30 },
    {  218, AN, 'O', 14, 40 },
    {  222, AN, 'O',  4, 25 },
};
SEGMENT(LHT, 0, lht);

/* M7: seal numbers. */
static const edi_element_t m7[] = {
    {  225, AN, 'M',  2, 15 },
    {  225, AN, 'O',  2, 15 },
    {  225, AN, 'O',  2, 15 },
    {  225, AN, 'O',  2, 15 },
    {   98, ID, 'O',  2,  3 },
};
SEGMENT(M7, 1, m7);

/* MS1: where equipment or a shipment is. */
static const edi_element_t ms1[] = {
    {   19, AN, 'X',  2, 30 },
    {  156, ID, 'X',  2,  2 },
    {   26, ID, 'X',  2,  3 },
    { 1654, AN, 'X',  7,  7 },
    { 1655, AN, 'X',  7,  7 },
    { 1280, ID, 'X',  1,  1 },
    { 1280, ID, 'X',  1,  1 },
    {  116, ID, 'O',  3, 15, .later = true },
};
static const edi_note_t ms1_notes[] = {
    { 'L', 1, E(2) | E(3) }, { 'C', 2, E(1) }, { 'C', 3, E(1) },
    { 'P', 0, E(4) | E(5) }, { 'E', 0, E(1) | E(4) }, { 'C', 6, E(4) },
    { 'C', 7, E(5) },
};
NOTED(MS1, 0, ms1, ms1_notes);

/* MS2: who owns the equipment, and what it is. */
static const edi_element_t ms2[] = {
    {  140, ID, 'X',  2,  4 },
    {  207, AN, 'X',  1, 10, 15 },
    {   40, ID, 'O',  2,  2 },
    {  761, N0, 'X',  1,  1 },
};
static const edi_note_t ms2_notes[] = {
    { 'P', 0, E(1) | E(2) }, { 'C', 4, E(2) },
};
NOTED(MS2, 0, ms2, ms2_notes);

/* MS3: between which carriers. */
static const edi_element_t ms3[] = {
    {  140, ID, 'M',  2,  4 },
    {  133, ID, 'M',  1,  2 },
    {   19, AN, 'X',  2, 30 },
    {   91, ID, 'O',  1,  2 },
    {  156, ID, 'X',  2,  2 },
};
static const edi_note_t ms3_notes[] = {
    { 'C', 5, E(3) },
};
NOTED(MS3, 2, ms3, ms3_notes);

/* N7: a trailer or container. */
static const edi_element_t n7[] = {
    {  206, AN, 'O',  1,  4 },
    {  207, AN, 'M',  1, 10, 15 },
    {   81, RR, 'X',  1, 10 },
    {  187, ID, 'X',  1,  2 },
    {  167, N0, 'X',  3,  8 },
    {  232, N0, 'O',  2,  6 },
    {  205, N0, 'O',  1,  6 },
    {  183, RR, 'X',  1,  8 },
    {  184, ID, 'X',  1,  1 },
    {  102, ID, 'O',  1,  1 },
    {   40, ID, 'O',  2,  2 },
    {  140, ID, 'O',  2,  4 },
    {  319, AN, 'O',  3,  6 },
    {  219, AN, 'O',  1,  3 },
    {  567, N0, 'O',  4,  5 },
    {  571, ID, 'X',  1,  1 },
    {  188, ID, 'O',  1,  1 },
    {  761, N0, 'O',  1,  1 },
    {   56, ID, 'O',  2,  2 },
    {   65, RR, 'O',  1,  8 },
    {  189, RR, 'O',  1,  8 },
    {   24, AN, 'O',  4,  4 },
    {  140, ID, 'O',  2,  4 },
    {  301, AN, 'O',  1,  4 },
};
static const edi_note_t n7_notes[] = {
    { 'P', 0, E(3) | E(4) }, { 'P', 0, E(5) | E(16) }, { 'P', 0, E(8) | E(9) },
};
NOTED(N7, 2, n7, n7_notes);

/* N7A: its extra equipment. */
static const edi_element_t n7a[] = {
    { 1042, ID, 'O',  2,  2 },
    {   82, RR, 'O',  1,  8 },
    { 1043, RR, 'O',  1,  2 },
    { 1044, ID, 'O',  3,  3 },
    { 1043, RR, 'O',  1,  2 },
    { 1043, RR, 'O',  1,  2 },
    { 1045, ID, 'O',  2,  2 },
    { 1046, ID, 'O',  2,  2 },
    { 1047, ID, 'O',  2,  2 },
};
SEGMENT(N7A, 0, n7a);

/* N7B: more about a trailer or container. */
static const edi_element_t n7b[] = {
    { 1024, N0, 'O',  1,  2 },
    { 1025, ID, 'O',  1,  1 },
    { 1026, ID, 'O',  3,  3 },
    { 1030, ID, 'O',  3,  3 },
    { 1031, ID, 'O',  3,  3 },
    {  127, AN, 'O',  1, 30, 50 },
};
SEGMENT(N7B, 0, n7b);

/* OID: an order and what is shipped for it. */
static const edi_element_t oid[] = {
    {  127, AN, 'X',  1, 30, 50 },
    {  324, AN, 'X',  1, 22 },
    {  127, AN, 'X',  1, 30, 50 },
    {  355, ID, 'X',  2,  3 },
    {  380, RR, 'X',  1, 15 },
    {  188, ID, 'X',  1,  1 },
    {   81, RR, 'X',  1, 10 },
    {  184, ID, 'X',  1,  1 },
    {  183, RR, 'X',  1,  8 },
    {    0, ID, 'O',  1,  3, .later = true },
    {    0, AN, 'O',  1, 50, .later = true },
};
static const edi_note_t oid_notes[] = {
    { 'R', 0, E(1) | E(2) }, { 'C', 3, E(2) }, { 'P', 0, E(4) | E(5) },
    { 'P', 0, E(6) | E(7) }, { 'P', 0, E(8) | E(9) },
};
NOTED(OID, 0, oid, oid_notes);

/* PLD: pallets shipped. */
static const edi_element_t pld[] = {
    {  406, N0, 'M',  1,  3 },
    {  399, ID, 'O',  1,  1 },
    {  188, ID, 'X',  1,  1 },
    {   81, RR, 'X',  1, 10 },
};
static const edi_note_t pld_notes[] = {
    { 'P', 0, E(3) | E(4) },
};
NOTED(PLD, 1, pld, pld_notes);

/* POD: proof of delivery. */
static const edi_element_t pod[] = {
    {  373, DT, 'M',  8,  8 },
    {  337, TM, 'O',  4,  8 },
    {   93, AN, 'M',  1, 60 },
};
SEGMENT(POD, 3, pod);

/* Q7: exceptions of a lading. */
static const edi_element_t q7[] = {
    {   33, ID, 'M',  1,  1 },
    {  211, ID, 'X',  3,  3 },
    {   80, N0, 'X',  1,  7 },
};
static const edi_note_t q7_notes[] = {
    { 'C', 2, E(3) },
};
NOTED(Q7, 1, q7, q7_notes);

/* R2: routing by road and rail. */
static const edi_element_t r2[] = {
    {  140, ID, 'M',  2,  4 },
    {  133, ID, 'M',  1,  2 },
    {   19, AN, 'O',  2, 30 },
    {  154, AN, 'O',  6,  9 },
    {  177, AN, 'O',  1,  2 },
    {   91, ID, 'O',  1,  2 },
    {  296, AN, 'X',  2,  4 },
    {  296, AN, 'X',  2,  4 },
    {   76, AN, 'O',  1, 22 },
    {  373, DT, 'O',  8,  8 },
    {  369, AN, 'O',  1, 45 },
    {   56, ID, 'O',  2,  2 },
    {  742, AN, 'O',  1, 35 },
};
static const edi_note_t r2_notes[] = {
    { 'C', 8, E(7) },
};
NOTED(R2, 2, r2, r2_notes);

/* R3: routing by motor carrier. */
static const edi_element_t r3[] = {
    {  140, ID, 'M',  2,  4 },
    {  133, ID, 'M',  1,  2 },
    {   19, AN, 'O',  2, 30 },
    {   91, ID, 'O',  1,  2 },
    {  154, AN, 'O',  6,  9 },
    {   76, AN, 'O',  1, 22 },
    {  373, DT, 'O',  8,  8 },
    {  610, N0, 'O',  1, 15 },
    {  369, AN, 'O',  1, 45 },
    {  284, ID, 'X',  2,  2 },
    {  284, ID, 'X',  2,  2 },
    {  284, ID, 'X',  2,  2 },
};
static const edi_note_t r3_notes[] = {
    { 'C', 11, E(10) }, { 'C', 12, E(11) },
};
NOTED(R3, 2, r3, r3_notes);

/* RTT: rate of freight. */
static const edi_element_t rtt[] = {
    {  122, ID, 'M',  2,  2 },
    {   60, RR, 'M',  1,  9 },
};
SEGMENT(RTT, 2, rtt);

/* S5: a stop. */
static const edi_element_t s5[] = {
    {  165, N0, 'M',  1,  3 },
    {  163, ID, 'M',  2,  2 },
    {   81, RR, 'X',  1, 10 },
    {  188, ID, 'X',  1,  1 },
    {  382, RR, 'X',  1, 10 },
    {  355, ID, 'X',  2,  2 },
    {  183, RR, 'X',  1,  8 },
    {  184, ID, 'X',  1,  1 },
    {  352, AN, 'O',  1, 80 },
    {  154, AN, 'O',  6,  9 },
    {  190, ID, 'O',  1,  1 },
};
static const edi_note_t s5_notes[] = {
    { 'P', 0, E(3) | E(4) }, { 'P', 0, E(5) | E(6) }, { 'P', 0, E(7) | E(8) },
};
NOTED(S5, 2, s5, s5_notes);

/* SMD: consolidation of a shipment. */
static const edi_element_t smd[] = {
    {  284, ID, 'M',  2,  2 },
    {  146, ID, 'M',  2,  2 },
    {  108, ID, 'O',  1,  2 },
};
SEGMENT(SMD, 2, smd);

/* SPO: an order in a shipment. */
static const edi_element_t spo[] = {
    {  324, AN, 'M',  1, 22 },
    {  127, AN, 'O',  1, 30, 50 },
    {  355, ID, 'X',  2,  2 },
    {  380, RR, 'X',  1, 15 },
    {  188, ID, 'X',  1,  1 },
    {   81, RR, 'X',  1, 10 },
    {  647, ID, 'O',  1,  3 },
    {  127, AN, 'O',  1, 30, 50 },
};
static const edi_note_t spo_notes[] = {
    { 'P', 0, E(3) | E(4) }, { 'P', 0, E(5) | E(6) },
};
NOTED(SPO, 1, spo, spo_notes);

/* V9: an event of a journey. */
static const edi_element_t v9[] = {
    {  304, ID, 'M',  3,  3 },
    {  106, AN, 'O',  1, 25 },
    {  373, DT, 'O',  8,  8 },
    {  337, TM, 'X',  4,  8 },
    {   19, AN, 'O',  2, 30 },
    {  156, ID, 'O',  2,  2 },
    {   26, ID, 'O',  2,  3 },
    {  641, ID, 'O',  3,  3 },
    {  154, AN, 'X',  6,  9 },
    {  380, RR, 'X',  1, 15 },
    { 1274, AN, 'X',  2,  2, 3 },
    {   61, AN, 'O',  1, 30 },
    {  623, ID, 'X',  2,  2 },
    {  380, RR, 'O',  1, 15 },
    {  154, AN, 'X',  6,  9 },
    {   86, N0, 'O',  1,  3 },
    {   86, N0, 'O',  1,  3 },
    {   86, N0, 'O',  1,  3 },
    {   81, RR, 'O',  1, 10 },
    {   82, RR, 'O',  1,  8 },
};
static const edi_note_t v9_notes[] = {
    { 'P', 0, E(10) | E(11) }, { 'C', 13, E(4) }, { 'C', 15, E(9) },
};
NOTED(V9, 1, v9, v9_notes);

/* CMC: what class of goods; not in 004010. */
static const edi_element_t cmc[] = {
    {   22, AN, 'O', 1, 30 },
    {   59, ID, 'O', 2,  5 },
};
SEGMENT(CMC, 0, cmc);

/* MSI: how many a movement takes; not in 004010. */
static const edi_element_t msi[] = {
    {    0, ID, 'M', 1,  1, .later = true },
    {    0, N0, 'O', 1,  3, .later = true },
};
SEGMENT(MSI, 1, msi);

/* USI: how service is used; not in 004010. */
static const edi_element_t usi[] = {
    {  380, RR, 'M', 1, 15 },
    {    0, ID, 'M', 3,  3, .later = true },
    {    0, ID, 'O', 1,  1, .later = true },
};
SEGMENT(USI, 2, usi);
