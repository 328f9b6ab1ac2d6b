/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Payments, adjustments, freight by air, application advice.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/segments_rows.h"


/* 812, credit or debit adjustment. */
static const edi_row_t rows_812[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(BCD),  'M',    1,  0 },
    { S(CUR),  'O',    1,  0 },
    { S(N9),   'O',    0,  0 },
    { S(PER),  'O',    0,  0 },
    { S(ITD),  'O',    0,  0 },
    { S(DTM),  'O',    0,  0 },
    { S(FOB),  'O',    1,  0 },
    { S(SHD),  'O',    0,  0 },
    { S(SAC),  'O',   25,  0 },

    { S(N1),   'M',    1,  1,  "N1",     200 },
    { S(N2),   'O',    2,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(N9),   'O',   12,  1 },
    { S(PER),  'O',    3,  1 },
    { S(AMT),  'O',   10,  1 },

    { S(LM),   'O',    1,  1,  "LM",      10 },
    { S(LQ),   'M',  100,  1 },

    { S(FA1),  'O',    1,  1,  "FA1",      0 },
    { S(FA2),  'M',    0,  1 },

    { S(CDD),  'O',    1,  1,  "CDD",      0 },
    { S(LIN),  'O',    1,  1 },
    { S(PO4),  'O',    1,  1 },
    { S(SAC),  'O',    1,  2,  "SAC",     25 },
    { S(DTM),  'O',    5,  2 },
    { S(N9),   'O',    0,  1 },
    { S(DTM),  'O',    5,  1 },
    { S(LM),   'O',    1,  2,  "LM",      10 },
    { S(LQ),   'M',  100,  2 },
    { S(N11),  'O',    1,  2,  "N11",      0 },
    { S(AMT),  'O',   10,  2 },
    { S(PCT),  'O',    2,  2 },
    { S(N1),   'O',    1,  3,  "N1",       0 },
    { S(AMT),  'O',   10,  3 },
    { S(PCT),  'O',    2,  3 },
    { S(FA1),  'O',    1,  2,  "FA1",      0 },
    { S(FA2),  'M',    0,  2 },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_812 = { "812", "CD", EDI_ROWS(rows_812),
    .unverified = true };


/* 820, payment and remittance. */
static const edi_row_t rows_820[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(BPR),  'M',    1,  0 },
    { S(NTE),  'O',    0,  0 },
    { S(TRN),  'O',    1,  0 },
    { S(CUR),  'O',    1,  0 },
    { S(REF),  'O',    0,  0 },
    { S(DTM),  'O',    0,  0 },

    { S(N1),   'O',    1,  1,  "N1",       0 },
    { S(N2),   'O',    0,  1 },
    { S(N3),   'O',    0,  1 },
    { S(N4),   'O',    1,  1 },
    { S(REF),  'O',    0,  1 },
    { S(PER),  'O',    0,  1 },
    { S(RDM),  'O',    1,  1 },
    { S(DTM),  'O',    1,  1 },

    { S(ENT),  'O',    1,  1,  "ENT",      0 },
    { S(FA1),  'O',    1,  2,  "FA1",      0 },
    { S(FA2),  'M',    0,  2 },
    { S(NM1),  'O',    1,  2,  "NM1",      0 },
    { S(N2),   'O',    0,  2 },
    { S(N3),   'O',    0,  2 },
    { S(N4),   'O',    1,  2 },
    { S(REF),  'O',    0,  2 },
    { S(PER),  'O',    0,  2 },
    { S(ADX),  'O',    1,  2,  "ADX",      0 },
    { S(NTE),  'O',    0,  2 },
    { S(PER),  'O',    0,  2 },
    { S(DTM),  'O',    1,  2 },
    { S(REF),  'O',    1,  3,  "REF",      0 },
    { S(DTM),  'O',    0,  3 },
    { S(IT1),  'O',    1,  3,  "IT1",      0 },
    { S(RPA),  'O',    1,  3 },
    { S(QTY),  'O',    1,  3 },
    { S(REF),  'O',    1,  4,  "REF",      0 },
    { S(DTM),  'O',    1,  4 },
    { S(SAC),  'O',    1,  4,  "SAC",      0 },
    { S(TXI),  'O',    0,  4 },
    { S(DTM),  'O',   10,  4 },
    { S(SLN),  'O',    1,  4,  "SLN",      0 },
    { S(REF),  'O',    1,  5,  "REF",      0 },
    { S(DTM),  'O',    0,  5 },
    { S(SAC),  'O',    1,  5,  "SAC",      0 },
    { S(TXI),  'O',    0,  5 },
    { S(FA1),  'O',    1,  3,  "FA1",      0 },
    { S(FA2),  'M',    0,  3 },
    { S(RMR),  'O',    1,  2,  "RMR",      0 },
    { S(NTE),  'O',    0,  2 },
    { S(REF),  'O',    0,  2 },
    { S(DTM),  'O',    0,  2 },
    { S(VEH),  'O',    1,  2 },
    { S(IT1),  'O',    1,  3,  "IT1",      0 },
    { S(RPA),  'O',    1,  3 },
    { S(QTY),  'O',    1,  3 },
    { S(REF),  'O',    1,  4,  "REF",      0 },
    { S(DTM),  'O',    1,  4 },
    { S(SAC),  'O',    1,  4,  "SAC",      0 },
    { S(TXI),  'O',    0,  4 },
    { S(SLN),  'O',    1,  4,  "SLN",      0 },
    { S(REF),  'O',    1,  5,  "REF",      0 },
    { S(DTM),  'O',    0,  5 },
    { S(SAC),  'O',    1,  5,  "SAC",      0 },
    { S(TXI),  'O',    0,  5 },
    { S(ADX),  'O',    1,  3,  "ADX",      0 },
    { S(NTE),  'O',    0,  3 },
    { S(PER),  'O',    0,  3 },
    { S(REF),  'O',    1,  4,  "REF",      0 },
    { S(DTM),  'O',    0,  4 },
    { S(IT1),  'O',    1,  4,  "IT1",      0 },
    { S(RPA),  'O',    1,  4 },
    { S(QTY),  'O',    1,  4 },
    { S(REF),  'O',    1,  5,  "REF",      0 },
    { S(DTM),  'O',    1,  5 },
    { S(SAC),  'O',    1,  5,  "SAC",      0 },
    { S(TXI),  'O',    0,  5 },
    { S(DTM),  'O',   10,  5 },
    { S(SLN),  'O',    1,  5,  "SLN",      0 },
    { S(REF),  'O',    1,  6,  "REF",      0 },
    { S(DTM),  'O',    0,  6 },
    { S(SAC),  'O',    1,  6,  "SAC",      0 },
    { S(TXI),  'O',    0,  6 },
    { S(FA1),  'O',    1,  3,  "FA1",      0 },
    { S(FA2),  'M',    0,  3 },

    { S(TXP),  'O',    1,  1,  "TXP",      0 },
    { S(TXI),  'O',    0,  1 },
    { S(REF),  'O',    0,  1 },
    { S(DTM),  'O',    0,  1 },

    { S(DED),  'O',    0,  0 },

    { S(LX),   'O',    1,  1,  "LX",       0 },
    { S(REF),  'O',    0,  1 },
    { S(TRN),  'O',    0,  1 },
    { S(NM1),  'O',    1,  2,  "NM1",      0 },
    { S(REF),  'O',    0,  2 },
    { S(G53),  'O',    1,  2 },
    { S(AIN),  'O',    1,  3,  "AIN",      0 },
    { S(QTY),  'O',    0,  3 },
    { S(DTP),  'O',    0,  3 },
    { S(PEN),  'O',    1,  3,  "PEN",      0 },
    { S(AMT),  'O',    0,  3 },
    { S(DTP),  'O',    0,  3 },
    { S(INV),  'O',    1,  4,  "INV",      0 },
    { S(DTP),  'O',    0,  4 },

    { S(N9),   'O',    1,  1,  "N9",       1 },
    { S(REF),  'O',    0,  1 },
    { S(AMT),  'O',    1,  2,  "AMT",      0 },
    { S(REF),  'O',    0,  2 },
    { S(N1),   'O',    1,  2,  "N1",       0 },
    { S(REF),  'O',    0,  2 },
    { S(EMS),  'O',    1,  3,  "EMS",      0 },
    { S(ATN),  'O',    0,  3 },
    { S(AIN),  'O',    0,  3 },
    { S(PYD),  'O',    0,  3 },

    { S(RYL),  'O',    1,  1,  "RYL",      0 },
    { S(NM1),  'O',    1,  2,  "NM1",      0 },
    { S(LOC),  'O',    1,  3,  "LOC",      0 },
    { S(PID),  'O',    1,  4,  "PID",      0 },
    { S(DTM),  'O',    1,  4 },
    { S(PCT),  'O',    1,  5,  "PCT",      0 },
    { S(QTY),  'O',    1,  5 },
    { S(AMT),  'O',    1,  6,  "AMT",      0 },
    { S(ADX),  'O',    0,  6 },
    { S(ASM),  'O',    1,  3,  "ASM",      1 },
    { S(ADX),  'O',    1,  3 },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_820 = { "820", "RA", EDI_ROWS(rows_820) };


/* 824, application advice. */
static const edi_row_t rows_824[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(BGN),  'M',    1,  0 },

    { S(N1),   'O',    1,  1,  "N1",       0 },
    { S(N2),   'O',    2,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(REF),  'O',   12,  1 },
    { S(PER),  'O',    3,  1 },

    { S(OTI),  'M',    1,  1,  "OTI",      0 },
    { S(REF),  'O',   12,  1 },
    { S(DTM),  'O',    2,  1 },
    { S(PER),  'O',    3,  1 },
    { S(AMT),  'O',    0,  1 },
    { S(QTY),  'O',    0,  1 },
    { S(NM1),  'O',    9,  1 },
    { S(TED),  'O',    1,  2,  "TED",      0 },
    { S(CTX),  'O',   10,  2 },
    { S(NTE),  'O',  100,  2 },
    { S(RED),  'O',  100,  2 },
    { S(LM),   'O',    1,  2,  "LM",       0 },
    { S(LQ),   'M',    1,  3,  "LQ",     100 },
    { S(RED),  'O',  100,  3 },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_824 = { "824", "AG", EDI_ROWS(rows_824) };


/* 110, invoice of an air carrier. */
static const edi_row_t rows_110[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(B3),   'M',    1,  0 },
    { S(B3A),  'O',    1,  0 },
    { S(C2),   'O',    1,  0 },
    { S(C3),   'O',    1,  0 },
    { S(ITD),  'O',    1,  0 },

    { S(N1),   'O',    1,  1,  "N1",       3 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(N9),   'O',   30,  1 },
    { S(PER),  'O',    1,  1 },

    { S(LX),   'M',    1,  1,  "LX",       0 },
    { S(N1),   'O',    1,  2,  "N1",       2 },
    { S(N2),   'O',    1,  2 },
    { S(N3),   'O',    2,  2 },
    { S(N4),   'O',    1,  2 },
    { S(N9),   'O',   30,  2 },
    { S(PER),  'O',    1,  2 },
    { S(P1),   'O',    1,  1 },
    { S(R1),   'O',    1,  1 },
    { S(POD),  'O',    1,  1 },
    { S(V9),   'O',    1,  1 },
    { S(RMT),  'O',   10,  1 },
    { S(G47),  'O',    1,  1 },
    { S(NTE),  'O',   10,  1 },
    { S(L5),   'M',    1,  2,  "L5",       4 },
    { S(L0),   'O',    1,  2 },
    { S(L4),   'O',    4,  2 },
    { S(L10),  'O',    4,  2 },
    { S(SL1),  'O',    1,  2 },
    { S(L1),   'O',    1,  3,  "L1",      30 },
    { S(C3),   'O',    1,  3 },

    { S(L3),   'M',    1,  0 },
    { S(ACS),  'O',    1,  0 },
    { S(NTE),  'O',    5,  0 },
    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_110 = { "110", "IA", EDI_ROWS(rows_110) };
