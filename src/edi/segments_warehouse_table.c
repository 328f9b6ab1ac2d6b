/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Segments of warehouses (W) and of groceries (G).  X12 004010 with
 * what 005010 has beyond it beside.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/segments_rows.h"


static const char purposes[] = EDI_PURPOSES;
static const char credit_or_debit[] = " C D ";

/* G01: a grocery invoice begins. */
static const edi_element_t g01[] = {
    {  373, DT, 'M',  8,  8 },
    {   76, AN, 'M',  1, 22 },
    {  373, DT, 'O',  8,  8 },
    {  324, AN, 'O',  1, 22 },
    {  424, AN, 'O',  1, 22 },
    {  474, AN, 'X',  1, 22 },
    {  472, N0, 'X',  6,  6 },
    {  640, ID, 'O',  2,  2 },
};
static const edi_note_t g01_notes[] = {
    { 'P', 0, E(6) | E(7) },
};
NOTED(G01, 2, g01, g01_notes);

/* G08: a pallet exchange. */
static const edi_element_t g08[] = {
    {  409, N0, 'O',  1,  3 },
    {  410, N0, 'O',  1,  3 },
    {  411, RR, 'X',  1,  7 },
    {  412, ID, 'X',  2,  2 },
};
static const edi_note_t g08_notes[] = {
    { 'P', 0, E(3) | E(4) },
};
NOTED(G08, 0, g08, g08_notes);

/* G17: a line of a grocery invoice. */
static const edi_element_t g17[] = {
    {  358, RR, 'M',  1, 10, 15 },
    {  355, ID, 'M',  2,  2 },
    {  237, RR, 'X',  1,  9 },
    {  438, AN, 'X', 12, 12 },
    PAIR, PAIR,
    {  417, AN, 'O',  1,  3 },
    {  382, RR, 'X',  1, 10 },
    {  355, ID, 'X',  2,  2 },
    {  439, AN, 'O',  1, 16 },
    {  440, AN, 'O',  1, 16 },
    {  782, RR, 'X',  1, 18 },
};
static const edi_note_t g17_notes[] = {
    { 'R', 0, E(3) | E(14) }, { 'R', 0, E(4) | E(5) }, { 'P', 0, E(5) | E(6) },
    { 'P', 0, E(7) | E(8) }, { 'P', 0, E(10) | E(11) },
};
NOTED(G17, 2, g17, g17_notes);

/* G19: what is invoiced, described. */
static const edi_element_t g19[] = {
    {  382, RR, 'X',  1, 10 },
    {  355, ID, 'X',  2,  2 },
    {  383, RR, 'X',  1,  9 },
    {  368, ID, 'X',  2,  2 },
    {  381, ID, 'O',  1,  1 },
    {  445, ID, 'O',  2,  2 },
    {  438, AN, 'O', 12, 12 },
    {  235, ID, 'X',  2,  2 },
    {  234, AN, 'X',  1, 48, 80 },
};
static const edi_note_t g19_notes[] = {
    { 'P', 0, E(1) | E(2) }, { 'P', 0, E(3) | E(4) }, { 'P', 0, E(8) | E(9) },
};
NOTED(G19, 0, g19, g19_notes);

/* G20: packing of an invoiced line. */
static const edi_element_t g20[] = {
    {  356, N0, 'O',  1,  6 },
    {  357, RR, 'X',  1,  8 },
    {  355, ID, 'X',  2,  2 },
    {   81, RR, 'X',  1, 10 },
    {  355, ID, 'X',  2,  2 },
    {  183, RR, 'X',  1,  8 },
    {  355, ID, 'X',  2,  2 },
    {  397, AN, 'O',  1, 10 },
    {  810, N0, 'O',  1,  6 },
};
static const edi_note_t g20_notes[] = {
    { 'P', 0, E(2) | E(3) }, { 'P', 0, E(4) | E(5) }, { 'P', 0, E(6) | E(7) },
};
NOTED(G20, 0, g20, g20_notes);

/* G22: price label. */
static const edi_element_t g22[] = {
    {  288, ID, 'M',  1,  1 },
    {  420, N0, 'O',  2,  7 },
    {  289, N0, 'O',  1,  2 },
    {    3, AN, 'O',  1, 60 },
    {  373, DT, 'O',  8,  8 },
};
SEGMENT(G22, 1, g22);

/* G23: terms of sale of a grocery invoice. */
static const edi_element_t g23[] = {
    {  336, ID, 'M',  2,  2 },
    {  333, ID, 'M',  1,  2 },
    {  282, DT, 'O',  8,  8 },
    {  283, ID, 'O',  2,  2 },
    {  338, RR, 'O',  1,  6 },
    {  370, DT, 'O',  8,  8 },
    {  351, N0, 'O',  1,  3 },
    {  446, DT, 'X',  8,  8 },
    {  386, N0, 'X',  1,  3 },
    {  362, N0, 'O',  1, 10 },
    {  391, N0, 'O',  1, 10 },
    {  390, N0, 'O',  1, 10 },
    {  343, N0, 'O',  1, 10 },
    {  342, RR, 'O',  1,  5 },
    {    3, AN, 'O',  1, 60 },
    {  713, N0, 'O',  2,  2 },
};
static const edi_note_t g23_notes[] = {
    { 'R', 0, E(8) | E(9) },
};
NOTED(G23, 2, g23, g23_notes);

/* G24: a penalty. */
static const edi_element_t g24[] = {
    {  341, AN, 'M',  1, 16 },
};
SEGMENT(G24, 1, g24);

/* G25: delivery terms. */
static const edi_element_t g25[] = {
    {  146, ID, 'M',  2,  2 },
    {  433, ID, 'M',  2,  2 },
    {  434, AN, 'O',  1, 30 },
};
SEGMENT(G25, 2, g25);

/* G26: a price condition. */
static const edi_element_t g26[] = {
    {  290, ID, 'M',  2,  2 },
    {  432, ID, 'X',  2,  2 },
    {  373, DT, 'X',  8,  8 },
    {  292, ID, 'X',  3,  3 },
    {  380, RR, 'X',  1, 15 },
    {  355, ID, 'X',  2,  2 },
};
static const edi_note_t g26_notes[] = {
    { 'P', 0, E(2) | E(3) }, { 'P', 0, E(4) | E(5) | E(6) },
};
NOTED(G26, 1, g26, g26_notes);

/* G27: carrier of a grocery order. */
static const edi_element_t g27[] = {
    {   91, ID, 'M',  1,  2 },
    {  206, AN, 'O',  1,  4 },
    {  207, AN, 'O',  1, 10 },
    {  140, ID, 'X',  2,  4 },
    {  387, AN, 'X',  1, 35 },
    {  368, ID, 'O',  2,  2 },
};
static const edi_note_t g27_notes[] = {
    { 'R', 0, E(4) | E(5) },
};
NOTED(G27, 1, g27, g27_notes);

/* G28: the item that is spoken of. */
static const edi_element_t g28[] = {
    {  438, AN, 'X', 12, 12 },
    {  766, AN, 'X', 12, 12 },
    PAIR, PAIR,
};
static const edi_note_t g28_notes[] = {
    { 'R', 0, E(1) | E(2) | E(3) }, { 'P', 0, E(3) | E(4) },
    { 'P', 0, E(5) | E(6) },
};
NOTED(G28, 0, g28, g28_notes);

/* G31: totals of a grocery invoice. */
static const edi_element_t g31[] = {
    {  382, RR, 'M',  1, 10 },
    {  355, ID, 'M',  2,  2 },
    {   81, RR, 'X',  1, 10 },
    {  355, ID, 'X',  2,  2 },
    {  183, RR, 'X',  1,  8 },
    {  355, ID, 'X',  2,  2 },
    {  398, RR, 'X',  1, 10 },
    {  417, AN, 'O',  1,  3 },
    {  107, ID, 'O',  1,  2 },
    {  380, RR, 'O',  1, 15 },
    {   81, RR, 'O',  1, 10 },
};
static const edi_note_t g31_notes[] = {
    { 'P', 0, E(3) | E(4) }, { 'P', 0, E(5) | E(6) }, { 'C', 7, E(4) },
};
NOTED(G31, 2, g31, g31_notes);

/* G33: what a grocery invoice comes to. */
static const edi_element_t g33[] = {
    {  610, N0, 'M',  1, 15 },
};
SEGMENT(G33, 1, g33);

/* G36: a price list. */
static const edi_element_t g36[] = {
    {  439, AN, 'M',  1, 16 },
    {  440, AN, 'O',  1, 16 },
    {  373, DT, 'M',  8,  8 },
    {  291, ID, 'O',  3,  3 },
};
SEGMENT(G36, 3, g36);

/* G38: a rebate. */
static const edi_element_t g38[] = {
    {  782, RR, 'M',  1, 18 },
    {  591, ID, 'O',  3,  3 },
    { 1292, ID, 'O',  2,  2 },
};
SEGMENT(G38, 1, g38);

/* G39: an item of the vendor. */
static const edi_element_t g39[] = {
    {  438, AN, 'X', 12, 12 },
    {  235, ID, 'X',  2,  2 },
    {  234, AN, 'X',  1, 48, 80 },
    {  152, ID, 'O',  2,  3 },
    {  395, RR, 'X',  1,  8 },
    {  187, ID, 'X',  1,  2 },
    {  188, ID, 'X',  1,  1 },
    {   65, RR, 'X',  1,  8 },
    {  355, ID, 'X',  2,  2 },
    {  189, RR, 'X',  1,  8 },
    {  355, ID, 'X',  2,  2 },
    {   82, RR, 'X',  1,  8 },
    {  355, ID, 'X',  2,  2 },
    {  183, RR, 'X',  1,  8 },
    {  355, ID, 'X',  2,  2 },
    {  416, N0, 'O',  6,  6 },
    {  356, N0, 'O',  1,  6 },
    {  357, RR, 'X',  1,  8 },
    {  355, ID, 'X',  2,  2 },
    {  397, AN, 'O',  1, 10 },
    {  398, RR, 'O',  1, 10 },
    {  876, AN, 'O',  1,  3 },
    {  235, ID, 'X',  2,  2 },
    {  234, AN, 'X',  1, 48, 80 },
    {  187, ID, 'X',  1,  2 },
    {  395, RR, 'X',  1,  8 },
    {  810, N0, 'O',  1,  6 },
    {  103, AN, 'O',  3,  5 },
    {    0, AN, 'O',  1, 20, .later = true },
};
static const edi_note_t g39_notes[] = {
    { 'R', 0, E(1) | E(2) }, { 'P', 0, E(2) | E(3) },
    { 'P', 0, E(5) | E(6) | E(7) }, { 'P', 0, E(6) | E(7) },
    { 'P', 0, E(8) | E(9) }, { 'P', 0, E(10) | E(11) },
    { 'P', 0, E(12) | E(13) }, { 'P', 0, E(14) | E(15) },
    { 'P', 0, E(18) | E(19) }, { 'P', 0, E(23) | E(24) },
    { 'P', 0, E(25) | E(26) },
};
NOTED(G39, 0, g39, g39_notes);

/* G40: a price of an item. */
static const edi_element_t g40[] = {
    {  417, AN, 'O',  1,  3 },
    {  418, RR, 'M',  1,  9 },
    {  419, RR, 'O',  1,  9 },
    {  369, AN, 'O',  1, 45 },
    {  420, N0, 'O',  2,  7 },
    {  421, N0, 'O',  2,  7 },
    {  355, ID, 'O',  2,  2 },
    {  236, ID, 'O',  3,  3 },
    { 1470, N0, 'O',  1,  9 },
};
SEGMENT(G40, 2, g40);

/* G42: a promotion begins. */
static const edi_element_t g42[] = {
    {  423, ID, 'M',  2,  2 },
    {  341, AN, 'M',  1, 16 },
    {  640, ID, 'O',  2,  2 },
};
SEGMENT(G42, 2, g42);

/* G43: market area of a promotion. */
static const edi_element_t g43[] = {
    {  771, ID, 'M',  1,  3 },
    {  767, AN, 'O',  1, 13 },
    {  352, AN, 'O',  1, 80 },
    {  687, ID, 'O',  2,  2 },
};
SEGMENT(G43, 1, g43);

/* G45: an item of a promotion. */
static const edi_element_t g45[] = {
    {  438, AN, 'X', 12, 12 },
    {  766, AN, 'X', 12, 12 },
    {  341, AN, 'O',  1, 16 },
    {  769, AN, 'O',  1, 16 },
    {  235, ID, 'X',  2,  2 },
    {  234, AN, 'X',  1, 48, 80 },
    {  356, N0, 'O',  1,  6 },
    {  357, RR, 'X',  1,  8 },
    {  355, ID, 'X',  2,  2 },
    {  432, ID, 'X',  2,  2 },
    {  373, DT, 'X',  8,  8 },
    {  810, N0, 'O',  1,  6 },
    {  359, RR, 'O',  1, 15 },
    {  235, ID, 'O',  2,  2, .later = true },
    {  234, AN, 'O',  1, 48, .later = true },
    {  235, ID, 'O',  2,  2, .later = true },
    {  234, AN, 'O',  1, 48, .later = true },
};
static const edi_note_t g45_notes[] = {
    { 'R', 0, E(1) | E(2) | E(5) }, { 'P', 0, E(5) | E(6) },
    { 'P', 0, E(8) | E(9) }, { 'P', 0, E(10) | E(11) },
};
NOTED(G45, 0, g45, g45_notes);

/* G46: an allowance of a promotion. */
static const edi_element_t g46[] = {
    {  340, ID, 'M',  1,  3 },
    {  331, ID, 'M',  2,  2 },
    {  359, RR, 'X',  1, 15 },
    {  355, ID, 'X',  2,  2 },
    {  610, N0, 'X',  1, 15 },
    {  378, ID, 'X',  1,  1 },
    {  332, RR, 'X',  1,  6 },
    {  769, AN, 'O',  1, 16 },
    {  770, AN, 'O',  1, 20 },
    {  352, AN, 'O',  1, 80 },
    {  236, ID, 'O',  3,  3 },
    { 1470, N0, 'O',  1,  9 },
};
static const edi_note_t g46_notes[] = {
    { 'E', 0, E(3) | E(5) | E(6) }, { 'P', 0, E(3) | E(4) },
    { 'P', 0, E(6) | E(7) },
};
NOTED(G46, 2, g46, g46_notes);

/* G47: a statement of an account. */
static const edi_element_t g47[] = {
    {  373, DT, 'M',  8,  8 },
    {  613, AN, 'M',  1, 16 },
};
SEGMENT(G47, 2, g47);

/* G50: a grocery order begins. */
static const edi_element_t g50[] = {
    {  473, ID, 'M',  1,  1 },
    {  373, DT, 'M',  8,  8 },
    {  324, AN, 'M',  1, 22 },
    {  441, ID, 'O',  1,  1 },
    {  474, AN, 'X',  1, 22 },
    {  472, N0, 'X',  6,  6 },
    {   92, ID, 'O',  2,  2 },
};
static const edi_note_t g50_notes[] = {
    { 'P', 0, E(5) | E(6) },
};
NOTED(G50, 3, g50, g50_notes);

/* G51: a change of a grocery order begins. */
static const edi_element_t g51[] = {
    {  773, N0, 'X',  1,  9 },
    {  355, ID, 'X',  2,  2 },
    {  768, N0, 'M',  1,  9 },
    {  355, ID, 'M',  2,  2 },
    {  438, AN, 'O', 12, 12 },
    {  766, AN, 'O', 12, 12 },
    {  235, ID, 'X',  2,  2 },
    {  234, AN, 'X',  1, 48, 80 },
};
static const edi_note_t g51_notes[] = {
    { 'P', 0, E(1) | E(2) }, { 'P', 0, E(7) | E(8) },
};
NOTED(G51, 4, g51, g51_notes);

/* G53: what is to be done with a record. */
static const edi_element_t g53[] = {
    {  875, ID, 'M',  3,  3 },
};
SEGMENT(G53, 1, g53);

/* G54: an item of a promotion and its change. */
static const edi_element_t g54[] = {
    {  380, RR, 'M',  1, 15 },
    {  355, ID, 'M',  2,  2 },
    {  438, AN, 'X', 12, 12 },
    {  235, ID, 'X',  2,  2 },
    {  234, AN, 'X',  1, 48, 80 },
    {  369, AN, 'O',  1, 45 },
};
static const edi_note_t g54_notes[] = {
    { 'R', 0, E(3) | E(4) }, { 'P', 0, E(4) | E(5) },
};
NOTED(G54, 2, g54, g54_notes);

/*
 * G55: what a consumer unit is like.  Its elements are more than a note has bits, so they are not
 * checked.
 */
const edi_segment_t edi_seg_G55 = { .id = "G55" };

/* G62: a date or time. */
static const edi_element_t g62[] = {
    {  432, ID, 'X',  2,  2 },
    {  373, DT, 'X',  8,  8 },
    {  176, ID, 'X',  1,  2 },
    {  337, TM, 'X',  4,  8 },
    {  623, ID, 'O',  2,  2 },
};
static const edi_note_t g62_notes[] = {
    { 'R', 0, E(1) | E(3) }, { 'P', 0, E(1) | E(2) }, { 'P', 0, E(3) | E(4) },
};
NOTED(G62, 0, g62, g62_notes);

/* G66: transport instructions. */
static const edi_element_t g66[] = {
    {  146, ID, 'O',  2,  2 },
    {   91, ID, 'O',  1,  2 },
    {  399, ID, 'O',  1,  1 },
    {  400, ID, 'O',  2,  2 },
    {  387, AN, 'O',  1, 35 },
    {  433, ID, 'O',  2,  2 },
    {  434, AN, 'O',  1, 30 },
};
SEGMENT(G66, 0, g66);

/* G68: a line of a grocery order. */
static const edi_element_t g68[] = {
    {  330, RR, 'M',  1, 15 },
    {  355, ID, 'M',  2,  2 },
    {  237, RR, 'O',  1,  9 },
    {  438, AN, 'X', 12, 12 },
    PAIR, PAIR,
    {  417, AN, 'O',  1,  3 },
    {  258, N0, 'X',  1,  9 },
    {  355, ID, 'X',  2,  2 },
    {  439, AN, 'O',  1, 16 },
    {  440, AN, 'O',  1, 16 },
    {  857, N0, 'O',  1,  9 },
    {  858, RR, 'O',  1,  9 },
};
static const edi_note_t g68_notes[] = {
    { 'R', 0, E(4) | E(5) }, { 'P', 0, E(5) | E(6) }, { 'P', 0, E(7) | E(8) },
    { 'P', 0, E(10) | E(11) },
};
NOTED(G68, 2, g68, g68_notes);

/* G69: an item in words. */
static const edi_element_t g69[] = {
    {  369, AN, 'M',  1, 45 },
};
SEGMENT(G69, 1, g69);

/* G70: packing of an item. */
static const edi_element_t g70[] = {
    {  356, N0, 'O',  1,  6 },
    {  357, RR, 'X',  1,  8 },
    {  355, ID, 'X',  2,  2 },
    {  444, ID, 'O',  2,  2 },
    {  381, ID, 'O',  1,  1 },
    {  445, ID, 'O',  2,  2 },
    {  441, ID, 'O',  1,  1 },
    {  397, AN, 'O',  1, 10 },
    {  416, N0, 'O',  6,  6 },
    {  810, N0, 'O',  1,  6 },
};
static const edi_note_t g70_notes[] = {
    { 'P', 0, E(2) | E(3) },
};
NOTED(G70, 0, g70, g70_notes);

/* G72: an allowance or a charge. */
static const edi_element_t g72[] = {
    {  340, ID, 'M',  1,  3 },
    {  331, ID, 'M',  2,  2 },
    {  341, AN, 'X',  1, 16 },
    {  769, AN, 'O',  1, 16 },
    {  359, RR, 'X',  1, 15 },
    {  339, RR, 'X',  1, 10 },
    {  355, ID, 'X',  2,  2 },
    {  360, N0, 'X',  1, 15 },
    {  332, RR, 'X',  1,  6 },
    {  828, RR, 'X',  1,  9 },
    {  770, AN, 'X',  1, 20 },
};
static const edi_note_t g72_notes[] = {
    { 'R', 0, E(3) | E(5) | E(8) | E(9) }, { 'E', 0, E(5) | E(8) | E(9) },
    { 'P', 0, E(6) | E(7) }, { 'P', 0, E(9) | E(10) }, { 'C', 11, E(3) },
};
NOTED(G72, 2, g72, g72_notes);

/* G73: an allowance in words. */
static const edi_element_t g73[] = {
    {  369, AN, 'M',  1, 45 },
};
SEGMENT(G73, 1, g73);

/* G76: totals of a grocery order. */
static const edi_element_t g76[] = {
    {  330, RR, 'M',  1, 15 },
    {  355, ID, 'M',  2,  2 },
    {   81, RR, 'X',  1, 10 },
    {  355, ID, 'X',  2,  2 },
    {  183, RR, 'X',  1,  8 },
    {  355, ID, 'X',  2,  2 },
    {  398, RR, 'X',  1, 10 },
    {  610, N0, 'O',  1, 15 },
    {  417, AN, 'O',  1,  3 },
    {  107, ID, 'O',  1,  2 },
};
static const edi_note_t g76_notes[] = {
    { 'P', 0, E(3) | E(4) }, { 'P', 0, E(5) | E(6) }, { 'C', 7, E(4) },
};
NOTED(G76, 2, g76, g76_notes);

/* G82: a direct delivery or return begins. */
static const edi_element_t g82[] = {
    {  478, ID, 'M',  1,  1, 0, credit_or_debit },
    {  861, AN, 'M',  1, 22 },
    {  860, AN, 'O',  9,  9 },
    {  862, AN, 'M',  1,  6, 13 },
    {  860, AN, 'O',  9,  9 },
    {  871, AN, 'M',  1,  6, 13 },
    {  872, DT, 'M',  8,  8 },
    {  873, DT, 'O',  8,  8 },
    {  324, AN, 'O',  1, 22 },
    {  323, DT, 'O',  8,  8 },
    {  146, ID, 'O',  2,  2 },
    {  625, ID, 'O',  1,  1 },
};
SEGMENT(G82, 7, g82);

/* G83: an item of a direct delivery. */
static const edi_element_t g83[] = {
    {  204, N0, 'M',  1,  4 },
    {  380, RR, 'M',  1, 15 },
    {  355, ID, 'M',  2,  2 },
    {  766, AN, 'X', 12, 12 },
    {  235, ID, 'X',  2,  2 },
    {  234, AN, 'X',  1, 48, 80 },
    {  438, AN, 'X', 12, 12 },
    {  237, RR, 'O',  1,  9 },
    {  356, N0, 'X',  1,  6 },
    {  878, AN, 'O',  1, 20 },
    {  235, ID, 'X',  2,  2 },
    {  234, AN, 'X',  1, 48, 80 },
    {  810, N0, 'O',  1,  6 },
};
static const edi_note_t g83_notes[] = {
    { 'R', 0, E(4) | E(5) }, { 'P', 0, E(5) | E(6) }, { 'C', 7, E(9) },
    { 'P', 0, E(11) | E(12) },
};
NOTED(G83, 3, g83, g83_notes);

/* G84: totals of a direct delivery. */
static const edi_element_t g84[] = {
    {  380, RR, 'X',  1, 15 },
    {  361, N0, 'X',  1, 10 },
    {  865, N0, 'O',  1,  6 },
};
static const edi_note_t g84_notes[] = {
    { 'R', 0, E(1) | E(2) },
};
NOTED(G84, 0, g84, g84_notes);

/* G85: the integrity check of a record. */
static const edi_element_t g85[] = {
    {  866, AN, 'M',  1, 12 },
};
SEGMENT(G85, 1, g85);

/* G86: a signature. */
static const edi_element_t g86[] = {
    {  867, AN, 'O',  1, 12 },
    {   93, AN, 'O',  1, 60 },
};
SEGMENT(G86, 0, g86);

/* G87: an adjustment of a delivery begins. */
static const edi_element_t g87[] = {
    {  868, ID, 'M',  1,  1 },
    {  478, ID, 'M',  1,  1, 0, credit_or_debit },
    {  861, AN, 'M',  1, 22 },
    {  866, AN, 'M',  1, 12 },
    {  869, N0, 'M',  1,  1 },
    {  870, AN, 'O',  1, 22 },
};
SEGMENT(G87, 5, g87);

/* G88: an adjusted item is named. */
static const edi_element_t g88[] = {
    {  872, DT, 'O',  8,  8 },
    {  873, DT, 'O',  8,  8 },
    {  324, AN, 'O',  1, 22 },
    {  323, DT, 'O',  8,  8 },
    {  862, AN, 'O',  1,  6, 13 },
};
SEGMENT(G88, 0, g88);

/* G89: an item that is adjusted. */
static const edi_element_t g89[] = {
    {  204, N0, 'M',  1,  4 },
    {  380, RR, 'O',  1, 15 },
    {  355, ID, 'O',  2,  2 },
    {  766, AN, 'O', 12, 12 },
    {  235, ID, 'O',  2,  2 },
    {  234, AN, 'O',  1, 48, 80 },
    {  438, AN, 'O', 12, 12 },
    {  237, RR, 'O',  1,  9 },
    {  356, N0, 'O',  1,  6 },
    {  810, N0, 'O',  1,  6 },
};
SEGMENT(G89, 1, g89);

/* G91: a price change. */
static const edi_element_t g91[] = {
    {  259, ID, 'M',  1,  1 },
    {    0, ID, 'O',  3,  3, .later = true },
};
SEGMENT(G91, 1, g91);

/* G92: a grocery change begins. */
static const edi_element_t g92[] = {
    {  670, ID, 'M',  2,  2 },
    {  373, DT, 'M',  8,  8 },
    {  324, AN, 'M',  1, 22 },
};
SEGMENT(G92, 3, g92);

/* G93: a price bracket. */
static const edi_element_t g93[] = {
    {  417, AN, 'O',  1,  3 },
    {  380, RR, 'X',  1, 15 },
    {  355, ID, 'X',  2,  2 },
    {  369, AN, 'O',  1, 45 },
    {   91, ID, 'O',  1,  2 },
    {  236, ID, 'O',  3,  3 },
    {  306, ID, 'O',  1,  2 },
    { 1073, ID, 'O',  1,  1 },
};
static const edi_note_t g93_notes[] = {
    { 'P', 0, E(2) | E(3) },
};
NOTED(G93, 0, g93, g93_notes);

/* G94: conditions of a promotion. */
static const edi_element_t g94[] = {
    {  293, ID, 'O',  2,  2 },
    {  770, AN, 'M',  1, 20 },
};
SEGMENT(G94, 2, g94);

/* G95: how a promotion performs. */
static const edi_element_t g95[] = {
    {  293, ID, 'O',  2,  2 },
    {  422, ID, 'M',  2,  2 },
    {  554, N0, 'O',  1,  6 },
    {  380, RR, 'X',  1, 15 },
    {  355, ID, 'X',  2,  2 },
    {  352, AN, 'O',  1, 80 },
    { 1470, N0, 'O',  1,  9 },
};
static const edi_note_t g95_notes[] = {
    { 'P', 0, E(4) | E(5) },
};
NOTED(G95, 2, g95, g95_notes);

/* W01: a line to be shipped. */
static const edi_element_t w01[] = {
    {  330, RR, 'M',  1, 15 },
    {  355, ID, 'M',  2,  2 },
    {  438, AN, 'X', 12, 12 },
    PAIR, PAIR,
    {   59, ID, 'O',  2,  5 },
    {  121, ID, 'O',  1,  3 },
    {   23, ID, 'X',  1,  1 },
    {   22, AN, 'X',  1, 30 },
    {  416, N0, 'O',  6,  6 },
    {  451, AN, 'O',  1, 12 },
    {  286, ID, 'O',  2,  2 },
    {  235, ID, 'X',  2,  2 },
    {  234, AN, 'X',  1, 48, 80 },
};
static const edi_note_t w01_notes[] = {
    { 'R', 0, E(3) | E(4) }, { 'P', 0, E(4) | E(5) }, { 'P', 0, E(6) | E(7) },
    { 'P', 0, E(10) | E(11) }, { 'P', 0, E(15) | E(16) },
};
NOTED(W01, 2, w01, w01_notes);

/* W03: totals of a shipment. */
static const edi_element_t w03[] = {
    {  382, RR, 'M',  1, 10 },
    {   81, RR, 'X',  1, 10 },
    {  355, ID, 'X',  2,  2 },
    {  183, RR, 'X',  1,  8 },
    {  355, ID, 'X',  2,  2 },
    {   80, N0, 'X',  1,  7 },
    {  355, ID, 'X',  2,  2 },
};
static const edi_note_t w03_notes[] = {
    { 'C', 2, E(3) }, { 'P', 0, E(4) | E(5) }, { 'P', 0, E(6) | E(7) },
};
NOTED(W03, 1, w03, w03_notes);

/* W04: a line that was received or shipped. */
static const edi_element_t w04[] = {
    {  382, RR, 'M',  1, 10 },
    {  355, ID, 'M',  2,  2 },
    {  438, AN, 'X', 12, 12 },
    PAIR, PAIR,
    {   59, ID, 'O',  2,  5 },
    {  121, ID, 'O',  1,  3 },
    {   23, ID, 'X',  1,  1 },
    {   22, AN, 'X',  1, 30 },
    {  416, N0, 'O',  6,  6 },
    {  844, ID, 'O',  2,  2 },
    {  235, ID, 'X',  2,  2 },
    {  234, AN, 'X',  1, 48, 80 },
};
static const edi_note_t w04_notes[] = {
    { 'R', 0, E(3) | E(4) }, { 'P', 0, E(4) | E(5) }, { 'P', 0, E(6) | E(7) },
    { 'P', 0, E(10) | E(11) }, { 'P', 0, E(14) | E(15) },
};
NOTED(W04, 2, w04, w04_notes);

/* W05: a shipping order begins. */
static const edi_element_t w05[] = {
    {  473, ID, 'M',  1,  1 },
    {  285, AN, 'M',  1, 22 },
    {  324, AN, 'O',  1, 22 },
    {  472, N0, 'X',  6,  6 },
    {  474, AN, 'X',  1, 22 },
    {  640, ID, 'O',  2,  2 },
    {  306, ID, 'O',  1,  2 },
    {    0, ID, 'O',  2,  2, .later = true },
};
static const edi_note_t w05_notes[] = {
    { 'P', 0, E(4) | E(5) },
};
NOTED(W05, 2, w05, w05_notes);

/* W06: a warehouse shipment begins. */
static const edi_element_t w06[] = {
    {  514, ID, 'M',  1,  1 },
    {  285, AN, 'O',  1, 22 },
    {  373, DT, 'O',  8,  8 },
    {  145, AN, 'O',  1, 30 },
    {  531, AN, 'O',  1, 12 },
    {  324, AN, 'O',  1, 22 },
    {  474, AN, 'X',  1, 22 },
    {  472, N0, 'X',  6,  6 },
    {  152, ID, 'O',  2,  3 },
    {  891, ID, 'O',  2,  2 },
    {  640, ID, 'O',  2,  2 },
    {  306, ID, 'O',  1,  2 },
};
static const edi_note_t w06_notes[] = {
    { 'P', 0, E(7) | E(8) },
};
NOTED(W06, 1, w06, w06_notes);

/* W07: a line of stock received. */
static const edi_element_t w07[] = {
    {  413, RR, 'M',  1,  7 },
    {  355, ID, 'M',  2,  2 },
    {  438, AN, 'X', 12, 12 },
    PAIR, PAIR,
    {  451, AN, 'O',  1, 12 },
    {  893, ID, 'O',  1,  1 },
    {  235, ID, 'X',  2,  2 },
    {  234, AN, 'X',  1, 48, 80 },
};
static const edi_note_t w07_notes[] = {
    { 'R', 0, E(3) | E(4) }, { 'P', 0, E(4) | E(5) }, { 'P', 0, E(6) | E(7) },
    { 'P', 0, E(10) | E(11) },
};
NOTED(W07, 2, w07, w07_notes);

/* W08: how it came in. */
static const edi_element_t w08[] = {
    {   91, ID, 'M',  1,  2 },
    {  140, ID, 'X',  2,  4 },
    {  387, AN, 'O',  1, 35 },
    {  206, AN, 'X',  1,  4 },
    {  207, AN, 'X',  1, 10, 15 },
    {  225, AN, 'O',  2, 15 },
    {  225, AN, 'O',  2, 15 },
    {  407, ID, 'O',  2,  2 },
    {  400, ID, 'O',  2,  2 },
};
static const edi_note_t w08_notes[] = {
    { 'R', 0, E(2) | E(4) }, { 'P', 0, E(4) | E(5) },
};
NOTED(W08, 1, w08, w08_notes);

/* W09: equipment and its temperature. */
static const edi_element_t w09[] = {
    {   40, ID, 'M',  2,  2 },
    {  408, RR, 'X',  1,  4 },
    {  355, ID, 'X',  2,  2 },
    {  408, RR, 'X',  1,  4 },
    {  355, ID, 'X',  2,  2 },
    {    3, AN, 'O',  1, 60 },
    { 1122, ID, 'O',  1,  1 },
    {  488, N0, 'O',  1,  3 },
    {  380, RR, 'O',  1, 15 },
};
static const edi_note_t w09_notes[] = {
    { 'P', 0, E(2) | E(3) }, { 'P', 0, E(4) | E(5) },
};
NOTED(W09, 1, w09, w09_notes);

/* W10: further warehouse information. */
static const edi_element_t w10[] = {
    {  400, ID, 'O',  2,  2 },
    {  406, N0, 'O',  1,  3 },
    {  399, ID, 'O',  1,  1 },
    {  225, AN, 'O',  2, 15 },
    {  225, AN, 'O',  2, 15 },
    {  408, RR, 'X',  1,  4 },
    {  355, ID, 'X',  2,  2 },
    {  408, RR, 'X',  1,  4 },
    {  355, ID, 'X',  2,  2 },
};
static const edi_note_t w10_notes[] = {
    { 'P', 0, E(6) | E(7) }, { 'P', 0, E(8) | E(9) },
};
NOTED(W10, 0, w10, w10_notes);

/* W12: a line of a warehouse shipment. */
static const edi_element_t w12[] = {
    {  368, ID, 'M',  2,  2 },
    {  330, RR, 'O',  1, 15 },
    {  382, RR, 'O',  1, 10 },
    {  383, RR, 'O',  1,  9 },
    {  355, ID, 'O',  2,  2 },
    {  438, AN, 'X', 12, 12 },
    {  235, ID, 'X',  2,  2 },
    {  234, AN, 'X',  1, 48, 80 },
    {  451, AN, 'O',  1, 12 },
    {   81, RR, 'X',  1, 10 },
    {  187, ID, 'X',  1,  2 },
    {  188, ID, 'X',  1,  1 },
    {   81, RR, 'X',  1, 10 },
    {  187, ID, 'X',  1,  2 },
    {  188, ID, 'X',  1,  1 },
    {  438, AN, 'O', 12, 12 },
    {  235, ID, 'X',  2,  2 },
    {  234, AN, 'X',  1, 48, 80 },
    {  892, ID, 'O',  2,  2 },
    {  893, ID, 'O',  1,  1 },
    {  235, ID, 'X',  2,  2 },
    {  234, AN, 'X',  1, 48, 80 },
};
static const edi_note_t w12_notes[] = {
    { 'R', 0, E(6) | E(7) }, { 'P', 0, E(7) | E(8) },
    { 'P', 0, E(10) | E(11) | E(12) }, { 'P', 0, E(13) | E(14) | E(15) },
    { 'P', 0, E(17) | E(18) }, { 'P', 0, E(21) | E(22) },
};
NOTED(W12, 1, w12, w12_notes);

/* W13: an exception of a line. */
static const edi_element_t w13[] = {
    {  380, RR, 'M',  1, 15 },
    {  355, ID, 'M',  2,  2 },
    {  412, ID, 'M',  2,  2 },
    {  451, AN, 'O',  1, 12 },
    {  853, ID, 'O',  2,  2 },
};
SEGMENT(W13, 3, w13);

/* W14: totals of a receipt. */
static const edi_element_t w14[] = {
    {  413, RR, 'M',  1,  7 },
    {  382, RR, 'O',  1, 10 },
    {  452, RR, 'O',  1,  9 },
    {  414, N0, 'O',  1,  7 },
    {   80, N0, 'O',  1,  7 },
};
SEGMENT(W14, 1, w14);

/* W15: an adjustment begins. */
static const edi_element_t w15[] = {
    {  373, DT, 'M',  8,  8 },
    {   31, AN, 'X',  1, 22 },
    {   31, AN, 'X',  1, 22 },
    {  353, ID, 'O',  2,  2, 0, purposes },
    {  640, ID, 'O',  2,  2 },
    {  306, ID, 'O',  1,  2 },
};
static const edi_note_t w15_notes[] = {
    { 'P', 0, E(2) | E(3) },
};
NOTED(W15, 1, w15, w15_notes);

/* W17: a receipt begins. */
static const edi_element_t w17[] = {
    {  514, ID, 'M',  1,  1 },
    {  373, DT, 'M',  8,  8 },
    {  394, AN, 'M',  1, 12 },
    {  285, AN, 'O',  1, 22 },
    {  145, AN, 'O',  1, 30 },
    {  176, ID, 'X',  1,  2 },
    {  337, TM, 'X',  4,  8 },
    {  474, AN, 'X',  1, 22 },
    {  472, N0, 'X',  6,  6 },
};
static const edi_note_t w17_notes[] = {
    { 'P', 0, E(6) | E(7) }, { 'P', 0, E(8) | E(9) },
};
NOTED(W17, 3, w17, w17_notes);

/* W18: a temperature. */
static const edi_element_t w18[] = {
    {  456, ID, 'M',  2,  2 },
    {  408, RR, 'M',  1,  4 },
    {  355, ID, 'O',  2,  2 },
};
SEGMENT(W18, 2, w18);

/* W19: an adjusted line. */
static const edi_element_t w19[] = {
    {  181, ID, 'M',  2,  2 },
    {  477, RR, 'M',  1, 10 },
    {  355, ID, 'M',  2,  2 },
    {  438, AN, 'X', 12, 12 },
    PAIR, PAIR,
    {  451, AN, 'O',  1, 12 },
    {   81, RR, 'X',  1, 10 },
    {  187, ID, 'X',  1,  2 },
    {  188, ID, 'X',  1,  1 },
    {   81, RR, 'X',  1, 10 },
    {  187, ID, 'X',  1,  2 },
    {  188, ID, 'X',  1,  1 },
    {  529, ID, 'O',  1,  2 },
    {  235, ID, 'X',  2,  2 },
    {  234, AN, 'X',  1, 48, 80 },
};
static const edi_note_t w19_notes[] = {
    { 'R', 0, E(4) | E(5) }, { 'P', 0, E(5) | E(6) }, { 'P', 0, E(7) | E(8) },
    { 'C', 10, E(11) | E(12) }, { 'C', 13, E(14) | E(15) },
    { 'P', 0, E(17) | E(18) },
};
NOTED(W19, 3, w19, w19_notes);

/* W20: packing of a line. */
static const edi_element_t w20[] = {
    {  356, N0, 'O',  1,  6 },
    {  357, RR, 'X',  1,  8 },
    {  355, ID, 'X',  2,  2 },
    {   81, RR, 'X',  1, 10 },
    {  187, ID, 'X',  1,  2 },
    {  188, ID, 'X',  1,  1 },
    {  395, RR, 'O',  1,  8 },
    {  183, RR, 'X',  1,  8 },
    {  355, ID, 'X',  2,  2 },
    {  397, AN, 'O',  1, 10 },
};
static const edi_note_t w20_notes[] = {
    { 'P', 0, E(2) | E(3) }, { 'P', 0, E(4) | E(5) | E(6) },
    { 'P', 0, E(8) | E(9) },
};
NOTED(W20, 0, w20, w20_notes);

/* W27: how it goes out. */
static const edi_element_t w27[] = {
    {   91, ID, 'M',  1,  2 },
    {  140, ID, 'X',  2,  4 },
    {  387, AN, 'X',  1, 35 },
    {  146, ID, 'O',  2,  2 },
    {   40, ID, 'O',  2,  2 },
    {  206, AN, 'O',  1,  4 },
    {  207, AN, 'O',  1, 10, 15 },
    {  368, ID, 'O',  2,  2 },
    {  152, ID, 'O',  2,  3 },
    {  890, ID, 'O',  2,  2 },
};
static const edi_note_t w27_notes[] = {
    { 'R', 0, E(2) | E(3) },
};
NOTED(W27, 1, w27, w27_notes);

/* W28: how it was consolidated. */
static const edi_element_t w28[] = {
    {  604, ID, 'M',  1,  1 },
    {   81, RR, 'X',  1, 10 },
    {  187, ID, 'X',  1,  2 },
    {  188, ID, 'X',  1,  1 },
    {  466, N0, 'O',  1,  2 },
    {  310, AN, 'X',  1, 30 },
    {  309, ID, 'X',  1,  2 },
    {  598, AN, 'O',  1, 25 },
};
static const edi_note_t w28_notes[] = {
    { 'P', 0, E(2) | E(3) | E(4) }, { 'P', 0, E(6) | E(7) },
};
NOTED(W28, 1, w28, w28_notes);

/* W6: special handling of a warehouse. */
static const edi_element_t w6[] = {
    {  152, ID, 'M',  2,  3 },
    {  152, ID, 'O',  2,  3 },
    {  152, ID, 'O',  2,  3 },
    {  152, ID, 'O',  2,  3 },
};
SEGMENT(W6, 1, w6);

/* W66: by which carrier a warehouse ships. */
static const edi_element_t w66[] = {
    {  146, ID, 'M',  2,  2 },
    {   91, ID, 'M',  1,  2 },
    {  399, ID, 'O',  1,  1 },
    {  400, ID, 'O',  2,  2 },
    {  387, AN, 'O',  1, 35 },
    {  433, ID, 'O',  2,  2 },
    {  434, AN, 'O',  1, 30 },
    {  625, ID, 'X',  1,  1 },
    {  610, N0, 'X',  1, 15 },
    {  140, ID, 'O',  2,  4 },
};
static const edi_note_t w66_notes[] = {
    { 'P', 0, E(8) | E(9) },
};
NOTED(W66, 2, w66, w66_notes);

/* W76: totals of a shipping order. */
static const edi_element_t w76[] = {
    {  330, RR, 'M',  1, 15 },
    {   81, RR, 'X',  1, 10 },
    {  355, ID, 'X',  2,  2 },
    {  183, RR, 'X',  1,  8 },
    {  355, ID, 'X',  2,  2 },
    {  398, RR, 'X',  1, 10 },
};
static const edi_note_t w76_notes[] = {
    { 'P', 0, E(2) | E(3) }, { 'P', 0, E(4) | E(5) }, { 'C', 6, E(3) },
};
NOTED(W76, 1, w76, w76_notes);
