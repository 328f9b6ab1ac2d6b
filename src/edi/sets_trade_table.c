/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Catalogue, places, texts, order status.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/segments_rows.h"


/* 816, places and organisation. */
static const edi_row_t rows_816[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(BHT),  'M',    1,  0 },
    { S(DTM),  'O',   10,  0 },
    { S(REF),  'O',   12,  0 },

    { S(N1),   'M',    1,  1,  "N1",       0 },
    { S(N2),   'O',    2,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(PER),  'O',    3,  1 },
    { S(REF),  'O',   12,  1 },

    { S(HL),   'M',    1,  1,  "HL",       0, EDI_AS_LEVEL },
    { S(N1),   'M',    1,  2,  "N1",       0 },
    { S(N2),   'O',    2,  2 },
    { S(N3),   'O',    2,  2 },
    { S(N4),   'O',    1,  2 },
    { S(PER),  'O',    0,  2 },
    { S(REF),  'O',   12,  2 },
    { S(QTY),  'O',    5,  2 },
    { S(DTM),  'O',   10,  2 },
    { S(LQ),   'O',    0,  2 },
    { S(ASI),  'O',    1,  2 },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_816 = { "816", "OR", EDI_ROWS(rows_816) };


/* 832, price and sales catalogue. */
static const edi_row_t rows_832[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(BCT),  'M',    1,  0 },
    { S(CTP),  'O',  100,  0 },
    { S(REF),  'O',    0,  0 },
    { S(YNQ),  'O',   10,  0 },
    { S(PER),  'O',    0,  0 },
    { S(DTM),  'O',   10,  0 },
    { S(CTB),  'O',   25,  0 },
    { S(CUR),  'O',    5,  0 },
    { S(ITD),  'O',    2,  0 },
    { S(LDT),  'O',    0,  0 },
    { S(SAC),  'O',    0,  0 },
    { S(TD1),  'O',    0,  0 },
    { S(TD5),  'O',    0,  0 },
    { S(TD3),  'O',    0,  0 },
    { S(TD4),  'O',    0,  0 },
    { S(FOB),  'O',    1,  0 },
    { S(PKG),  'O',    0,  0 },

    { S(G93),  'O',    1,  1,  "G93",      0 },
    { S(SAC),  'O',    1,  1 },
    { S(N1),   'O',    1,  1 },
    { S(G26),  'O',    1,  1 },

    { S(TXI),  'O',    0,  0 },
    { S(AAA),  'O',    1,  0 },
    { S(MTX),  'O',    0,  0 },
    { S(PWK),  'O',   25,  0 },

    { S(N1),   'O',    1,  1,  "N1",       0 },
    { S(N2),   'O',    2,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    0,  1 },
    { S(REF),  'O',   12,  1 },
    { S(PKG),  'O',    0,  1 },
    { S(PER),  'O',    0,  1 },
    { S(DTM),  'O',   10,  1 },
    { S(MTX),  'O',    0,  1 },
    { S(SPI),  'O',    1,  1 },

    { S(LM),   'O',    1,  1,  "LM",       0 },
    { S(LQ),   'M',    0,  1 },

    { S(N9),   'O',    1,  1,  "N9",       0 },
    { S(DTM),  'O',    0,  1 },
    { S(MTX),  'O',    0,  1 },
    { S(PWK),  'O',    0,  1 },
    { S(EFI),  'O',    0,  1 },

    { S(LIN),  'O',    1,  1,  "LIN",      0, EDI_AS_ITEM },
    { S(PO1),  'O',    1,  1 },
    { S(G53),  'O',    1,  1 },
    { S(SI),   'O',    0,  1 },
    { S(DTM),  'O',   10,  1 },
    { S(REF),  'O',    0,  1 },
    { S(YNQ),  'O',   10,  1 },
    { S(PER),  'O',    0,  1 },
    { S(CRD),  'O',    0,  1 },
    { S(CTB),  'O',   25,  1 },
    { S(PID),  'O',  200,  1 },
    { S(MEA),  'O',   40,  1 },
    { S(PKG),  'O',   25,  1 },
    { S(PO4),  'O',    1,  1 },
    { S(TD1),  'O',    0,  1 },
    { S(TD5),  'O',    0,  1 },
    { S(TD3),  'O',    0,  1 },
    { S(TD4),  'O',    0,  1 },
    { S(ITD),  'O',    2,  1 },
    { S(LDT),  'O',    1,  1 },
    { S(SAC),  'O',    0,  1 },
    { S(FOB),  'O',    1,  1 },
    { S(AAA),  'O',    1,  1 },
    { S(TC2),  'O',    2,  1 },
    { S(TXI),  'O',    0,  1 },
    { S(MTX),  'O',    0,  1 },
    { S(G55),  'O',    1,  1 },
    { S(G54),  'O',    1,  1 },
    { S(CTP),  'O',    1,  2,  "CTP",      0 },
    { S(G40),  'O',    1,  3,  "G40",      0 },
    { S(SAC),  'O',    1,  3 },
    { S(G93),  'O',    0,  3 },
    { S(DTM),  'O',   10,  2 },
    { S(G36),  'O',    1,  2 },
    { S(LDT),  'O',    1,  2 },
    { S(CUR),  'O',    5,  2 },
    { S(PO4),  'O',    1,  2 },
    { S(CTB),  'O',    5,  2 },
    { S(REF),  'O',    0,  2 },
    { S(G43),  'O', 9999,  2 },
    { S(SAC),  'O',    0,  2 },
    { S(G26),  'O',   99,  2 },
    { S(TXI),  'O',    0,  2 },
    { S(ITD),  'O',    1,  2 },
    { S(LS),   'O',    1,  2 },
    { S(LM),   'O',    1,  3,  "LM",       0 },
    { S(LQ),   'M',    0,  3 },
    { S(LE),   'O',    1,  2 },
    { S(N1),   'O',    1,  3,  "N1",       0 },
    { S(N2),   'O',    2,  3 },
    { S(N3),   'O',    2,  3 },
    { S(N4),   'O',    2,  3 },
    { S(N1),   'O',    1,  2,  "N1",       0 },
    { S(N2),   'O',    2,  2 },
    { S(N3),   'O',    2,  2 },
    { S(N4),   'O',    1,  2 },
    { S(REF),  'O',   12,  2 },
    { S(PER),  'O',    0,  2 },
    { S(DTM),  'O',   10,  2 },
    { S(MTX),  'O',    0,  2 },
    { S(PKG),  'O',    0,  2 },
    { S(PAL),  'O',    0,  2 },
    { S(SPI),  'O',    1,  2 },
    { S(G39),  'O',    1,  2,  "G39",      0 },
    { S(CTP),  'O',    1,  2 },
    { S(PKL),  'O',    1,  2,  "PKL",     20 },
    { S(CTP),  'O',    1,  2 },
    { S(PKG),  'O',    2,  2 },
    { S(G53),  'O',    1,  2 },
    { S(DTM),  'O',    0,  2 },
    { S(LFG),  'O',    1,  2,  "LFG",      1 },
    { S(CRC),  'O',    1,  3,  "CRC",      0 },
    { S(QTY),  'O',    1,  3 },
    { S(LM),   'O',    1,  2,  "LM",       0 },
    { S(LQ),   'M',    1,  3,  "LQ",       0 },
    { S(REF),  'O',    0,  3 },
    { S(EFI),  'O',    1,  3 },
    { S(DTM),  'O',    0,  3 },
    { S(PID),  'O',    1,  4,  "PID",      0 },
    { S(MEA),  'O',    0,  4 },
    { S(MTX),  'O',    1,  4 },
    { S(SLN),  'O',    1,  2,  "SLN",      0 },
    { S(SI),   'O',    0,  2 },
    { S(PID),  'O',    0,  2 },
    { S(DTM),  'O',    0,  2 },
    { S(CTP),  'O',    0,  2 },
    { S(PAM),  'O',    0,  2 },
    { S(PO4),  'O',    0,  2 },
    { S(PKG),  'O',    0,  2 },
    { S(QTY),  'O',    0,  2 },
    { S(MEA),  'O',    0,  2 },
    { S(SAC),  'O',    0,  2 },
    { S(MTX),  'O',    0,  2 },
    { S(LM),   'O',    1,  3,  "LM",       0 },
    { S(LQ),   'M',    0,  3 },
    { S(N1),   'O',    1,  3,  "N1",       0 },
    { S(N2),   'O',    2,  3 },
    { S(N3),   'O',    2,  3 },
    { S(N4),   'O',    0,  3 },
    { S(REF),  'O',   12,  3 },
    { S(PER),  'O',    0,  3 },
    { S(DTM),  'O',   10,  3 },
    { S(N9),   'O',    1,  2,  "N9",       0 },
    { S(DTM),  'O',    0,  2 },
    { S(MTX),  'O',    0,  2 },
    { S(PWK),  'O',    0,  2 },
    { S(EFI),  'O',    0,  2 },

    { S(CTT),  'O',    1,  0,  NULL,       0, EDI_AS_TOTALS },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_832 = { "832", "SC", EDI_ROWS(rows_832) };


/* 864, text. */
static const edi_row_t rows_864[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(BMG),  'M',    1,  0 },
    { S(DTM),  'O',   10,  0 },

    { S(N1),   'O',    1,  1,  "N1",     200 },
    { S(N2),   'O',    2,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(REF),  'O',   12,  1 },
    { S(PER),  'O',    3,  1 },

    { S(MIT),  'M',    1,  1,  "MIT",      0 },
    { S(N1),   'O',    1,  2,  "N1",     200 },
    { S(N2),   'O',    2,  2 },
    { S(N3),   'O',    2,  2 },
    { S(N4),   'O',    1,  2 },
    { S(REF),  'O',   12,  2 },
    { S(PER),  'O',    3,  2 },
    { S(MSG),  'M',    0,  1 },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_864 = { "864", "TX", EDI_ROWS(rows_864),
    .unverified = true };


/* 869, order status inquiry. */
static const edi_row_t rows_869[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(BSI),  'M',    1,  0 },
    { S(NTE),  'O',  100,  0 },

    { S(HL),   'M',    1,  1,  "HL",       0, EDI_AS_LEVEL },
    { S(PRF),  'O',    1,  1 },
    { S(DTM),  'O',   10,  1 },
    { S(LIN),  'O',    0,  1 },
    { S(PID),  'O', 1000,  1 },
    { S(MEA),  'O',   40,  1 },
    { S(QTY),  'O',    1,  1 },
    { S(DD),   'O',    0,  1 },
    { S(GF),   'O',    1,  1 },
    { S(REF),  'O',    1,  2,  "REF",      0 },
    { S(DTM),  'O',    0,  2 },
    { S(N1),   'O',    1,  2,  "N1",       0 },
    { S(N2),   'O',    2,  2 },
    { S(N3),   'O',    2,  2 },
    { S(N4),   'O',    1,  2 },
    { S(REF),  'O',   12,  2 },
    { S(PER),  'O',    3,  2 },
    { S(LM),   'O',    1,  2,  "LM",       0 },
    { S(LQ),   'M',    0,  2 },
    { S(FA1),  'O',    1,  2,  "FA1",      0 },
    { S(FA2),  'M',    0,  2 },

    { S(CTT),  'O',    1,  0,  NULL,       0, EDI_AS_TOTALS },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_869 = { "869", "RS", EDI_ROWS(rows_869),
    .unverified = true };


/* 870, order status report. */
static const edi_row_t rows_870[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(BSR),  'M',    1,  0 },
    { S(TD3),  'O',    1,  0 },
    { S(TD4),  'O',    1,  0 },
    { S(TD5),  'O',    1,  0 },
    { S(DTM),  'O',   10,  0 },

    { S(REF),  'O',    1,  1,  "REF",      0 },
    { S(DTM),  'O',    0,  1 },

    { S(N1),   'O',    1,  1,  "N1",     200 },
    { S(N2),   'O',    2,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(REF),  'O',   12,  1 },
    { S(PER),  'O',    3,  1 },
    { S(PWK),  'O',    1,  1 },

    { S(LM),   'O',    1,  1,  "LM",      10 },
    { S(LQ),   'M',  100,  1 },

    { S(HL),   'M',    1,  1,  "HL",    1000, EDI_AS_LEVEL },
    { S(PRF),  'O',    1,  1 },
    { S(ISR),  'O',    1,  2,  "ISR",    104 },
    { S(PID),  'O',    6,  2 },
    { S(QTY),  'O',    4,  2 },
    { S(PER),  'O',    3,  1 },
    { S(DTM),  'O',   10,  1 },
    { S(CS),   'O',    3,  1 },
    { S(REF),  'O',    1,  2,  "REF",      0 },
    { S(DTM),  'O',    0,  2 },
    { S(N1),   'O',    1,  2,  "N1",     200 },
    { S(N2),   'O',    2,  2 },
    { S(N3),   'O',    2,  2 },
    { S(N4),   'O',    1,  2 },
    { S(REF),  'O',   12,  2 },
    { S(PER),  'O',    3,  2 },
    { S(LM),   'O',    1,  2,  "LM",      10 },
    { S(LQ),   'M',  100,  2 },
    { S(PO1),  'O',    1,  2,  "PO1",   1000, EDI_AS_ITEM },
    { S(CUR),  'O',    1,  2 },
    { S(SLN),  'O',  100,  2 },
    { S(PO3),  'O',    1,  2 },
    { S(PID),  'O', 1000,  2 },
    { S(MEA),  'O',   40,  2 },
    { S(PKG),  'O',   25,  2 },
    { S(ISR),  'O',    1,  3,  "ISR",    104 },
    { S(PID),  'O',    6,  3 },
    { S(QTY),  'O',    4,  3 },
    { S(DTM),  'O',   10,  3 },
    { S(N1),   'O',    1,  3 },
    { S(N2),   'O',    2,  3 },
    { S(N3),   'O',    2,  3 },
    { S(N4),   'O',    1,  3 },
    { S(TD1),  'O',    1,  3 },
    { S(TD5),  'O',    1,  3 },
    { S(TD3),  'O',    1,  3 },
    { S(TD4),  'O',    1,  3 },
    { S(REF),  'O',   12,  3 },
    { S(SAC),  'O',   25,  3 },
    { S(LM),   'O',    1,  4,  "LM",      10 },
    { S(LQ),   'M',  100,  4 },
    { S(LX),   'O',    1,  3,  "LX",       0 },
    { S(REF),  'O',    0,  3 },
    { S(N1),   'O',    1,  3 },
    { S(DTM),  'O',   10,  3 },
    { S(LM),   'O',    1,  4,  "LM",      10 },
    { S(LQ),   'M',  100,  4 },

    { S(CTT),  'O',    1,  0,  NULL,       0, EDI_AS_TOTALS },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_870 = { "870", "RS", EDI_ROWS(rows_870),
    .unverified = true };
