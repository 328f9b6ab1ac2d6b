/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Stock, sales, receipts and returns.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/segments_rows.h"


/* 180, return: request, authorisation, notice. */
static const edi_row_t rows_180[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(BGN),  'M',    1,  0 },
    { S(RDR),  'O',    1,  0 },
    { S(PRF),  'O',    1,  0 },
    { S(DTM),  'O',   10,  0 },
    { S(N9),   'O',   10,  0 },
    { S(PER),  'O',    2,  0 },
    { S(SAC),  'O',   10,  0 },
    { S(G38),  'O',    1,  0 },
    { S(PKG),  'O',    5,  0 },
    { S(TD1),  'O',   10,  0 },
    { S(TD5),  'O',   10,  0 },
    { S(NTE),  'O',    5,  0 },

    { S(N1),   'O',    1,  1,  "N1",     200 },
    { S(N2),   'O',    2,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(PER),  'O',    5,  1 },

    { S(LM),   'O',    1,  1,  "LM",      10 },
    { S(LQ),   'M',  100,  1 },

    { S(BLI),  'O',    1,  1,  "BLI",      0 },
    { S(N9),   'O',   20,  1 },
    { S(PID),  'O',    5,  1 },
    { S(RDR),  'O',    1,  1 },
    { S(SAC),  'O',   10,  1 },
    { S(AMT),  'O',    0,  1 },
    { S(MEA),  'O',    0,  1 },
    { S(CRC),  'O',    0,  1 },
    { S(NTE),  'O',    0,  1 },
    { S(PRF),  'O',    1,  1 },
    { S(DTM),  'O',   15,  1 },
    { S(DD),   'O',  100,  1 },
    { S(GF),   'O',    1,  1 },
    { S(TD5),  'O',    5,  1 },
    { S(SDQ),  'O',  100,  1 },
    { S(LM),   'O',    1,  2,  "LM",      10 },
    { S(LQ),   'M',  100,  2 },
    { S(N1),   'O',    1,  2,  "N1",     200 },
    { S(N2),   'O',    2,  2 },
    { S(N3),   'O',    2,  2 },
    { S(N4),   'O',    1,  2 },
    { S(PER),  'O',    5,  2 },
    { S(QTY),  'O',    1,  2,  "QTY",      0 },
    { S(AMT),  'O',    5,  2 },
    { S(DTM),  'O',   10,  2 },
    { S(N1),   'O',    1,  2 },
    { S(LM),   'O',    1,  3,  "LM",      10 },
    { S(LQ),   'M',  100,  3 },
    { S(LX),   'O',    1,  3,  "LX",       0 },
    { S(N9),   'O',    0,  3 },
    { S(DTM),  'O',   10,  3 },
    { S(N1),   'O',    1,  3 },
    { S(LM),   'O',    1,  4,  "LM",      10 },
    { S(LQ),   'M',  100,  4 },
    { S(FA1),  'O',    1,  2,  "FA1",      0 },
    { S(FA2),  'M',    0,  2 },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_180 = { "180", "AN", EDI_ROWS(rows_180) };


/* 846, inventory. */
static const edi_row_t rows_846[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(BIA),  'M',    1,  0 },
    { S(CUR),  'O',    1,  0 },
    { S(DTM),  'O',   10,  0 },
    { S(REF),  'O',   12,  0 },
    { S(PER),  'O',    3,  0 },
    { S(MEA),  'O',   20,  0 },

    { S(N1),   'O',    1,  1,  "N1",       5 },
    { S(N2),   'O',    2,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(REF),  'O',   12,  1 },
    { S(PER),  'O',    3,  1 },

    { S(LM),   'O',    1,  1,  "LM",      10 },
    { S(LQ),   'M',  100,  1 },

    { S(LIN),  'M',    1,  1,  "LIN",  10000, EDI_AS_ITEM },
    { S(PID),  'O',  200,  1 },
    { S(MEA),  'O',   40,  1 },
    { S(PKG),  'O',   25,  1 },
    { S(DTM),  'O',   10,  1 },
    { S(CTP),  'O',   25,  1 },
    { S(CUR),  'O',    1,  1 },
    { S(SAC),  'O',   25,  1 },
    { S(REF),  'O',    0,  1 },
    { S(PER),  'O',    3,  1 },
    { S(SDQ),  'O',  500,  1 },
    { S(MAN),  'O',    1,  1 },
    { S(UIT),  'O',    5,  1 },
    { S(CS),   'O',    1,  1 },
    { S(DD),   'O',    0,  1 },
    { S(G53),  'O',    1,  1 },
    { S(PCT),  'O',    0,  1 },
    { S(LDT),  'O',   12,  1 },
    { S(LM),   'O',    1,  2,  "LM",      10 },
    { S(LQ),   'M',  100,  2 },
    { S(SLN),  'O',    1,  2,  "SLN",   1000 },
    { S(PID),  'O',  200,  2 },
    { S(MEA),  'O',   40,  2 },
    { S(PKG),  'O',   25,  2 },
    { S(MAN),  'O',    1,  3,  "MAN",    100 },
    { S(MEA),  'O',   40,  3 },
    { S(QTY),  'O',    1,  2,  "QTY",     99 },
    { S(UIT),  'O',   12,  2 },
    { S(MEA),  'O',   25,  2 },
    { S(LDT),  'O',   12,  2 },
    { S(DTM),  'O',   10,  2 },
    { S(SCH),  'O',    1,  3,  "SCH",     25 },
    { S(MEA),  'O',   25,  3 },
    { S(LM),   'O',    1,  3,  "LM",       0 },
    { S(LQ),   'M',  100,  3 },
    { S(LS),   'O',    1,  2 },
    { S(REF),  'O',    1,  3,  "REF",      0 },
    { S(DTM),  'O',    0,  3 },
    { S(N1),   'O',    1,  3 },
    { S(LM),   'O',    1,  4,  "LM",      10 },
    { S(LQ),   'M',  100,  4 },
    { S(LE),   'O',    1,  2 },
    { S(N1),   'O',    1,  2,  "N1",     200 },
    { S(N2),   'O',    2,  2 },
    { S(N3),   'O',    2,  2 },
    { S(N4),   'O',    1,  2 },
    { S(REF),  'O',   12,  2 },
    { S(PER),  'O',    3,  2 },

    { S(CTT),  'O',    1,  0,  NULL,       0, EDI_AS_TOTALS },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_846 = { "846", "IB", EDI_ROWS(rows_846) };


/* 852, product activity. */
static const edi_row_t rows_852[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(XQ),   'M',    1,  0 },
    { S(XPO),  'O',    0,  0 },
    { S(N9),   'O',    0,  0 },
    { S(PER),  'O',    3,  0 },

    { S(N1),   'O',    1,  1,  "N1",     200 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(FOB),  'O',    1,  1 },
    { S(TD5),  'O',    1,  1 },
    { S(DTM),  'O',    0,  1 },
    { S(N9),   'O',    0,  1 },
    { S(PER),  'O',    3,  1 },

    { S(LIN),  'O',    1,  1,  "LIN",      0, EDI_AS_ITEM },
    { S(CTP),  'O',   25,  1 },
    { S(SAC),  'O',    0,  1 },
    { S(PO4),  'O',    1,  1 },
    { S(N9),   'O',    0,  1 },
    { S(AMT),  'O',   10,  1 },
    { S(PAL),  'O',    1,  1 },
    { S(QTY),  'O',    0,  1 },
    { S(ZA),   'M',    1,  2,  "ZA",       0 },
    { S(QTY),  'O',    0,  2 },
    { S(CTP),  'O',   25,  2 },
    { S(SDQ),  'O',    0,  2 },
    { S(G95),  'O',    1,  3,  "G95",      1 },
    { S(DTM),  'O',    2,  3 },

    { S(CTT),  'O',    1,  0 },
    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_852 = { "852", "PD", EDI_ROWS(rows_852) };


/* 861, receiving advice. */
static const edi_row_t rows_861[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(BRA),  'M',    1,  0 },
    { S(CUR),  'O',    1,  0 },
    { S(REF),  'O',    0,  0 },
    { S(PER),  'O',    3,  0 },
    { S(DTM),  'M',   10,  0 },
    { S(PRF),  'O',   25,  0 },
    { S(TD1),  'O',    2,  0 },
    { S(TD5),  'O',   12,  0 },
    { S(TD3),  'O',   12,  0 },
    { S(TD4),  'O',    5,  0 },
    { S(MEA),  'O',   40,  0 },

    { S(N1),   'O',    1,  1,  "N1",     200 },
    { S(N2),   'O',    2,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(REF),  'O',  100,  1 },
    { S(PER),  'O',    3,  1 },
    { S(FOB),  'O',    1,  1 },

    { S(LM),   'O',    1,  1,  "LM",      10 },
    { S(LQ),   'M',  100,  1 },

    { S(FA1),  'O',    1,  1,  "FA1",      0 },
    { S(FA2),  'M',    0,  1 },

    { S(RCD),  'O',    1,  1,  "RCD", 200000, EDI_AS_ITEM },
    { S(SN1),  'O',    1,  1 },
    { S(CUR),  'O',    1,  1 },
    { S(LIN),  'O',  100,  1 },
    { S(PID),  'O', 1000,  1 },
    { S(PO4),  'O',  100,  1 },
    { S(REF),  'O',   12,  1 },
    { S(PER),  'O',    3,  1 },
    { S(DTM),  'O',   10,  1 },
    { S(PRF),  'O',   25,  1 },
    { S(MEA),  'O',    0,  1 },
    { S(FOB),  'O',    1,  1 },
    { S(TD1),  'O',   20,  1 },
    { S(TD5),  'O',   12,  1 },
    { S(TD3),  'O',   12,  1 },
    { S(TD4),  'O',    5,  1 },
    { S(SAC),  'O',   10,  1 },
    { S(MAN),  'O',    0,  1 },
    { S(LM),   'O',    1,  2,  "LM",      10 },
    { S(LQ),   'M',  100,  2 },
    { S(SLN),  'O',    1,  2,  "SLN",    100 },
    { S(PID),  'O', 1000,  2 },
    { S(NM1),  'O',    1,  2 },
    { S(LM),   'O',    1,  3,  "LM",      10 },
    { S(LQ),   'M',  100,  3 },
    { S(N1),   'O',    1,  2,  "N1",     200 },
    { S(N2),   'O',    2,  2 },
    { S(N3),   'O',    2,  2 },
    { S(N4),   'O',    1,  2 },
    { S(REF),  'O',  100,  2 },
    { S(PER),  'O',    3,  2 },
    { S(FOB),  'O',    1,  2 },
    { S(FA1),  'O',    1,  2,  "FA1",      0 },
    { S(FA2),  'M',    0,  2 },

    { S(CTT),  'O',    1,  0,  NULL,       0, EDI_AS_TOTALS },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_861 = { "861", "RC", EDI_ROWS(rows_861),
    .unverified = true };


/* 867, transfer and resale. */
static const edi_row_t rows_867[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(BPT),  'M',    1,  0 },
    { S(CUR),  'O',    1,  0 },
    { S(DTM),  'O',   10,  0 },
    { S(REF),  'O',   12,  0 },
    { S(PER),  'O',    3,  0 },
    { S(MEA),  'O',   20,  0 },
    { S(PSA),  'O',   10,  0 },

    { S(N1),   'O',    1,  1,  "N1",       5 },
    { S(N2),   'O',    2,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(REF),  'O',   12,  1 },
    { S(PER),  'O',    1,  2,  "PER",      0 },
    { S(REF),  'O',    0,  2 },

    { S(LM),   'O',    1,  1,  "LM",       0 },
    { S(LQ),   'M',  100,  1 },
    { S(LCD),  'O',    2,  1 },

    { S(PTD),  'M',    1,  1,  "PTD",      0 },
    { S(DTM),  'O',   10,  1 },
    { S(REF),  'O',   20,  1 },
    { S(PRF),  'O',    1,  1 },
    { S(PER),  'O',    3,  1 },
    { S(MAN),  'O',    1,  1 },
    { S(LCD),  'O',    2,  1 },
    { S(LQ),   'O',    0,  1 },
    { S(MEA),  'O',    0,  1 },
    { S(N1),   'O',    1,  2,  "N1",       5 },
    { S(N2),   'O',    2,  2 },
    { S(N3),   'O',    2,  2 },
    { S(N4),   'O',    1,  2 },
    { S(REF),  'O',   20,  2 },
    { S(PER),  'O',    3,  2 },
    { S(SII),  'O',    1,  3,  "SII",      0 },
    { S(N9),   'O',    1,  3 },
    { S(QTY),  'O',    1,  2,  "QTY",      0 },
    { S(LIN),  'O',    1,  2 },
    { S(PO3),  'O',   25,  2 },
    { S(PO4),  'O',    1,  2 },
    { S(UIT),  'O',   12,  2 },
    { S(AMT),  'O',   12,  2 },
    { S(ITA),  'O',   10,  2 },
    { S(PID),  'O',  200,  2 },
    { S(MEA),  'O',   40,  2 },
    { S(PWK),  'O',   25,  2 },
    { S(PKG),  'O',   25,  2 },
    { S(REF),  'O',    0,  2 },
    { S(PER),  'O',    3,  2 },
    { S(DTM),  'O',   10,  2 },
    { S(CUR),  'O',    1,  2 },
    { S(DD),   'O',    0,  2 },
    { S(LDT),  'O',    1,  2 },
    { S(LM),   'O',    1,  3,  "LM",       0 },
    { S(LQ),   'O',  100,  3 },
    { S(LX),   'O',    1,  3,  "LX",       0 },
    { S(REF),  'O',    0,  3 },
    { S(DTM),  'O',    1,  3 },
    { S(N1),   'O',    1,  3 },
    { S(LM),   'O',    1,  4,  "LM",       0 },
    { S(LQ),   'M',  100,  4 },
    { S(FA1),  'O',    1,  3,  "FA1",      0 },
    { S(FA2),  'M',    0,  3 },

    { S(CTT),  'O',    1,  1,  "CTT",      1 },
    { S(AMT),  'O',   12,  1 },
    { S(ITA),  'O',   10,  1 },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_867 = { "867", "PT", EDI_ROWS(rows_867) };
