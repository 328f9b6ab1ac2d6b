/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Grocery: orders, invoices, items, prices, direct store delivery.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/segments_rows.h"


/* 875, grocery order. */
static const edi_row_t rows_875[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(G50),  'M',    1,  0 },
    { S(N9),   'O',   50,  0 },
    { S(G61),  'O',    3,  0 },
    { S(G62),  'O',   10,  0 },
    { S(NTE),  'O',   20,  0 },
    { S(G66),  'O',    1,  0 },
    { S(G23),  'O',   20,  0 },

    { S(N1),   'M',    1,  1,  "N1",      10 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },

    { S(G72),  'O',    1,  1,  "G72",    100 },
    { S(G73),  'O',   10,  1 },

    { S(G68),  'M',    1,  1,  "G68",   9999 },
    { S(G69),  'O',    5,  1 },
    { S(G70),  'O',    2,  1 },
    { S(N9),   'O',   10,  1 },
    { S(G23),  'O',   20,  1 },
    { S(G72),  'O',    1,  2,  "G72",    100 },
    { S(G73),  'O',   10,  2 },
    { S(N1),   'O',    1,  2,  "N1",    9999 },
    { S(QTY),  'O',    1,  2 },
    { S(N9),   'O',   10,  2 },
    { S(SLN),  'O',    1,  2,  "SLN",    100 },
    { S(G72),  'O',    0,  2 },

    { S(G76),  'M',    1,  0 },
    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_875 = { "875", "OG", EDI_ROWS(rows_875) };


/* 876, grocery order change. */
static const edi_row_t rows_876[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(G92),  'M',    1,  0 },
    { S(N9),   'O',   50,  0 },
    { S(G61),  'O',    3,  0 },
    { S(G62),  'O',   10,  0 },
    { S(NTE),  'O',   20,  0 },
    { S(G66),  'O',    1,  0 },
    { S(G23),  'O',   20,  0 },

    { S(N1),   'M',    1,  1,  "N1",      10 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },

    { S(G72),  'O',    1,  1,  "G72",    100 },
    { S(G73),  'O',   10,  1 },

    { S(G68),  'O',    1,  1,  "G68",   9999 },
    { S(G69),  'O',    5,  1 },
    { S(G70),  'O',    2,  1 },
    { S(N9),   'O',   10,  1 },
    { S(G23),  'O',   20,  1 },
    { S(G72),  'O',    1,  2,  "G72",    100 },
    { S(G73),  'O',   10,  2 },
    { S(N1),   'O',    1,  2,  "N1",    9999 },
    { S(QTY),  'O',    1,  2 },
    { S(N9),   'O',   10,  2 },
    { S(SLN),  'O',    1,  2,  "SLN",    100 },
    { S(G72),  'O',    0,  2 },

    { S(G76),  'O',    1,  0 },
    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_876 = { "876", "OG", EDI_ROWS(rows_876),
    .unverified = true };


/* 879, price information. */
static const edi_row_t rows_879[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(G91),  'M',    1,  0 },

    { S(N1),   'M',    1,  1,  "N1",     999 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },

    { S(N9),   'O',   10,  0 },
    { S(G61),  'O',    0,  0 },
    { S(NTE),  'O',   20,  0 },
    { S(G36),  'O',    1,  0 },
    { S(G26),  'O',   99,  0 },
    { S(G43),  'O', 9999,  0 },
    { S(G62),  'M',   10,  0 },

    { S(G93),  'O',    1,  1,  "G93",     50 },
    { S(N1),   'O',    1,  1 },
    { S(G46),  'O',    1,  1 },
    { S(G26),  'O',    0,  1 },

    { S(G46),  'O',  100,  0 },

    { S(G28),  'M',    1,  1,  "G28",      0 },
    { S(G20),  'O',    1,  1 },
    { S(G69),  'O',    5,  1 },
    { S(G26),  'O',   99,  1 },
    { S(G43),  'O', 9999,  1 },
    { S(G62),  'O',    4,  1 },
    { S(G46),  'O',  100,  1 },
    { S(G22),  'O',    1,  1 },
    { S(SAC),  'O',   10,  1 },
    { S(G40),  'O',    1,  2,  "G40",    100 },
    { S(G46),  'O',  100,  2 },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_879 = { "879", "QG", EDI_ROWS(rows_879),
    .unverified = true };


/* 880, grocery invoice. */
static const edi_row_t rows_880[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(G01),  'M',    1,  0 },
    { S(N9),   'O',   10,  0 },
    { S(G61),  'O',    3,  0 },
    { S(G62),  'O',    5,  0 },
    { S(NTE),  'O',   20,  0 },
    { S(G27),  'O',    5,  0 },
    { S(CAD),  'O',    5,  0 },
    { S(G23),  'O',   20,  0 },
    { S(G25),  'O',    1,  0 },

    { S(N1),   'M',    1,  1,  "N1",      10 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },

    { S(G72),  'O',    1,  1,  "G72",    100 },
    { S(G73),  'O',   10,  1 },

    { S(G17),  'O',    1,  1,  "G17",   9999 },
    { S(G69),  'O',    5,  1 },
    { S(G19),  'O',   10,  1 },
    { S(G20),  'O',    1,  1 },
    { S(N9),   'O',    5,  1 },
    { S(G23),  'O',   20,  1 },
    { S(G25),  'O',    1,  1 },
    { S(G72),  'O',    1,  2,  "G72",    100 },
    { S(G73),  'O',   10,  2 },

    { S(ENT),  'O',    1,  1,  "ENT",    500 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    1,  1 },
    { S(N4),   'O',    1,  1 },
    { S(N9),   'O',    5,  1 },
    { S(REF),  'O',    1,  2,  "REF",      0 },
    { S(QTY),  'O',    1,  2 },
    { S(AMT),  'O',    2,  2 },
    { S(G72),  'O',    1,  2 },
    { S(G17),  'O',    1,  3,  "G17",      0 },
    { S(G19),  'O',   10,  3 },

    { S(G31),  'M',    1,  0 },
    { S(G33),  'M',    1,  0 },
    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_880 = { "880", "GP", EDI_ROWS(rows_880) };


/* 888, item maintenance. */
static const edi_row_t rows_888[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(BGN),  'O',    1,  0 },

    { S(N1),   'M',    1,  1,  "N1",       0 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },

    { S(N9),   'O',   10,  0 },
    { S(G61),  'O',    0,  0 },
    { S(NTE),  'O',   20,  0 },
    { S(G93),  'O',   50,  0 },
    { S(G62),  'M',    1,  0 },
    { S(LDT),  'O',    0,  0 },

    { S(LM),   'O',    1,  1,  "LM",       0 },
    { S(LQ),   'M',  100,  1 },

    { S(G53),  'M',    1,  1,  "G53",      0 },
    { S(G62),  'O',    3,  1 },
    { S(NTE),  'O',   20,  1 },
    { S(G39),  'O',    1,  2,  "G39",      0 },
    { S(G69),  'O',    5,  2 },
    { S(QTY),  'O',    0,  2 },
    { S(G23),  'O',   10,  2 },
    { S(G62),  'O',    2,  2 },
    { S(G36),  'O',    1,  2 },
    { S(G26),  'O',    2,  2 },
    { S(G43),  'O', 9999,  2 },
    { S(G24),  'O',  999,  2 },
    { S(G40),  'O',   99,  2 },
    { S(G93),  'O',   50,  2 },
    { S(G22),  'O',    5,  2 },
    { S(G46),  'O',   99,  2 },
    { S(H1),   'O',    5,  2 },
    { S(G54),  'O',   99,  2 },
    { S(N9),   'O',   10,  2 },
    { S(UIT),  'O',   10,  2 },
    { S(MEA),  'O',   10,  2 },
    { S(TD1),  'O',    1,  2 },
    { S(N1),   'O',    1,  3,  "N1",       0 },
    { S(N2),   'O',    2,  3 },
    { S(N3),   'O',    2,  3 },
    { S(N4),   'O',    1,  3 },
    { S(PAL),  'O',    0,  3 },
    { S(G55),  'O',    1,  3,  "G55",      0 },
    { S(G69),  'O',    5,  3 },
    { S(QTY),  'O',    1,  3 },
    { S(LM),   'O',    1,  3,  "LM",       0 },
    { S(LQ),   'M',  100,  3 },
    { S(LX),   'O',    1,  2,  "LX",       0 },
    { S(G39),  'O',    1,  2 },
    { S(G69),  'O',    5,  2 },
    { S(QTY),  'O',    0,  2 },
    { S(LIN),  'O',    1,  2 },
    { S(PID),  'O',  200,  2 },
    { S(PKG),  'O',   25,  2 },
    { S(G23),  'O',   10,  2 },
    { S(G62),  'O',    2,  2 },
    { S(G36),  'O',    1,  2 },
    { S(G26),  'O',    2,  2 },
    { S(G43),  'O', 9999,  2 },
    { S(G24),  'O',  999,  2 },
    { S(G40),  'O',   99,  2 },
    { S(G93),  'O',   50,  2 },
    { S(G22),  'O',    5,  2 },
    { S(G46),  'O',   99,  2 },
    { S(H1),   'O',    5,  2 },
    { S(G54),  'O',   99,  2 },
    { S(N9),   'O',   10,  2 },
    { S(UIT),  'O',   10,  2 },
    { S(MEA),  'O',   10,  2 },
    { S(TD1),  'O',    1,  2 },
    { S(TD4),  'O',    0,  2 },
    { S(LDT),  'O',    1,  2 },
    { S(N1),   'O',    1,  3,  "N1",       0 },
    { S(N2),   'O',    2,  3 },
    { S(N3),   'O',    2,  3 },
    { S(N4),   'O',    1,  3 },
    { S(PAL),  'O',    0,  3 },
    { S(G93),  'O',    1,  3 },
    { S(QTY),  'O',    1,  3 },
    { S(G55),  'O',    1,  3,  "G55",      0 },
    { S(G69),  'O',    5,  3 },
    { S(QTY),  'O',    1,  3 },
    { S(LIN),  'O',    1,  3 },
    { S(PID),  'O',  200,  3 },
    { S(H1),   'O',    5,  3 },
    { S(REF),  'O',   10,  3 },
    { S(PKG),  'O',   25,  3 },
    { S(MEA),  'O',   10,  3 },
    { S(TD1),  'O',    1,  3 },
    { S(TD4),  'O',    0,  3 },
    { S(SLN),  'O',  100,  3 },
    { S(LDT),  'O',    1,  3 },
    { S(LM),   'O',    1,  3,  "LM",       0 },
    { S(LQ),   'M',  100,  3 },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_888 = { "888", "QG", EDI_ROWS(rows_888),
    .unverified = true };


/* 889, promotion. */
static const edi_row_t rows_889[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(G42),  'M',    1,  0 },
    { S(N9),   'O',   10,  0 },
    { S(G61),  'O',    0,  0 },
    { S(G62),  'M',   50,  0 },
    { S(NTE),  'O',  300,  0 },
    { S(G43),  'O', 1000,  0 },
    { S(G23),  'O',    1,  0 },

    { S(N1),   'M',    1,  1,  "N1",       0 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(G62),  'O',    0,  1 },

    { S(G94),  'O',    1,  1,  "G94",     20 },
    { S(G95),  'O',   99,  1 },

    { S(LX),   'O',    1,  1,  "LX",    9999 },
    { S(G46),  'O',   20,  1 },
    { S(G51),  'O',    1,  1 },
    { S(G94),  'O',    1,  2,  "G94",     20 },
    { S(G95),  'O',    1,  3,  "G95",     99 },
    { S(G62),  'O',    2,  3 },
    { S(G45),  'O',    1,  2,  "G45",   9999 },
    { S(G69),  'O',    5,  2 },
    { S(G43),  'O', 9999,  2 },
    { S(G51),  'O',   10,  2 },
    { S(G23),  'O',    1,  2 },
    { S(G62),  'O',   10,  2 },
    { S(G22),  'O',    1,  2 },
    { S(QTY),  'O',   10,  2 },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_889 = { "889", "QG", EDI_ROWS(rows_889),
    .unverified = true };


/* 894, direct store delivery. */
static const edi_row_t rows_894[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(G82),  'M',    1,  0 },
    { S(N9),   'O',    0,  0 },
    { S(LS),   'O',    1,  0 },

    { S(G83),  'O',    1,  1,  "G83",   9999 },
    { S(G22),  'O',    1,  1 },
    { S(G72),  'O',   10,  1 },
    { S(G23),  'O',   20,  1 },

    { S(LE),   'O',    1,  0 },
    { S(G72),  'O',   20,  0 },
    { S(G23),  'O',   20,  0 },
    { S(G84),  'M',    1,  0 },
    { S(G86),  'M',    1,  0 },
    { S(G85),  'M',    1,  0 },
    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_894 = { "894", "DX", EDI_ROWS(rows_894),
    .unverified = true };


/* 895, direct store delivery, adjusted. */
static const edi_row_t rows_895[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(G87),  'M',    1,  0 },
    { S(G88),  'O',    1,  0 },
    { S(LS),   'O',    1,  0 },

    { S(G89),  'O',    1,  1,  "G89",   9999 },
    { S(G22),  'O',    1,  1 },
    { S(G72),  'O',   10,  1 },
    { S(G23),  'O',   20,  1 },

    { S(LE),   'O',    1,  0 },
    { S(G72),  'O',   20,  0 },
    { S(G23),  'O',   20,  0 },
    { S(G84),  'O',    1,  0 },
    { S(G86),  'M',    1,  0 },
    { S(G85),  'M',    1,  0 },
    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_895 = { "895", "DX", EDI_ROWS(rows_895),
    .unverified = true };
