/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Plans and schedules.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/segments_rows.h"


/* 830, planning schedule. */
static const edi_row_t rows_830[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(BFR),  'M',    1,  0 },
    { S(XPO),  'O',    0,  0 },
    { S(CUR),  'O',    1,  0 },
    { S(REF),  'O',   12,  0 },
    { S(PER),  'O',    3,  0 },
    { S(TAX),  'O',    3,  0 },
    { S(FOB),  'O',    1,  0 },
    { S(CTP),  'O',   25,  0 },
    { S(SAC),  'O',   25,  0 },
    { S(CSH),  'O',    1,  0 },
    { S(ITD),  'O',    2,  0 },
    { S(DTM),  'O',   10,  0 },
    { S(PID),  'O',  200,  0 },
    { S(MEA),  'O',   40,  0 },
    { S(PWK),  'O',   25,  0 },
    { S(PKG),  'O',   25,  0 },
    { S(TD1),  'O',    2,  0 },
    { S(TD5),  'O',   12,  0 },
    { S(TD3),  'O',   12,  0 },
    { S(TD4),  'O',    5,  0 },
    { S(MAN),  'O',   10,  0 },

    { S(N1),   'O',    1,  1,  "N1",     200 },
    { S(N2),   'O',    2,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(REF),  'O',   12,  1 },
    { S(PER),  'O',    3,  1 },
    { S(FOB),  'O',    1,  1 },

    { S(LM),   'O',    1,  1,  "LM",       0 },
    { S(LQ),   'M',  100,  1 },

    { S(LIN),  'M',    1,  1,  "LIN",      0, EDI_AS_ITEM },
    { S(UIT),  'O',    1,  1 },
    { S(DTM),  'O',   10,  1 },
    { S(CUR),  'O',    1,  1 },
    { S(PO3),  'O',   25,  1 },
    { S(CTP),  'O',   25,  1 },
    { S(PID),  'O', 1000,  1 },
    { S(MEA),  'O',   40,  1 },
    { S(PWK),  'O',   25,  1 },
    { S(PKG),  'O',   25,  1 },
    { S(PO4),  'O',    1,  1 },
    { S(PRS),  'O',    1,  1 },
    { S(REF),  'O',   12,  1 },
    { S(PER),  'O',    3,  1 },
    { S(SAC),  'O',   25,  1 },
    { S(ITD),  'O',    2,  1 },
    { S(TAX),  'O',    3,  1 },
    { S(FOB),  'O',    1,  1 },
    { S(LDT),  'O',   12,  1 },
    { S(QTY),  'O',    0,  1 },
    { S(ATH),  'O',   20,  1 },
    { S(TD1),  'O',    1,  1 },
    { S(TD5),  'O',   12,  1 },
    { S(TD3),  'O',   12,  1 },
    { S(TD4),  'O',    5,  1 },
    { S(MAN),  'O',   10,  1 },
    { S(DD),   'O',   10,  1 },
    { S(SLN),  'O',    1,  2,  "SLN",    100 },
    { S(PID),  'O', 1000,  2 },
    { S(NM1),  'O',   10,  2 },
    { S(N1),   'O',    1,  2,  "N1",     200 },
    { S(N2),   'O',    2,  2 },
    { S(N3),   'O',    2,  2 },
    { S(N4),   'O',    1,  2 },
    { S(REF),  'O',   12,  2 },
    { S(PER),  'O',    3,  2 },
    { S(FOB),  'O',    1,  2 },
    { S(LM),   'O',    1,  2,  "LM",       0 },
    { S(LQ),   'M',  100,  2 },
    { S(FST),  'O',    1,  2,  "FST",      0 },
    { S(QTY),  'O',    0,  2 },
    { S(SDQ),  'O',   50,  2 },
    { S(LM),   'O',    1,  3,  "LM",       0 },
    { S(LQ),   'M',  100,  3 },
    { S(SDP),  'O',    1,  2,  "SDP",    260 },
    { S(FST),  'O',  260,  2 },
    { S(SHP),  'O',    1,  2,  "SHP",     25 },
    { S(REF),  'O',    5,  2 },

    { S(CTT),  'O',    1,  0,  NULL,       0, EDI_AS_TOTALS },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_830 = { "830", "PS", EDI_ROWS(rows_830) };


/* 862, shipping schedule. */
static const edi_row_t rows_862[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(BSS),  'M',    1,  0 },
    { S(DTM),  'O',   10,  0 },

    { S(N1),   'O',    1,  1,  "N1",     200 },
    { S(N2),   'O',    2,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(REF),  'O',   12,  1 },
    { S(PER),  'O',    3,  1 },
    { S(FOB),  'O',    1,  1 },

    { S(LIN),  'M',    1,  1,  "LIN",  10000, EDI_AS_ITEM },
    { S(UIT),  'M',    1,  1 },
    { S(PKG),  'O',    0,  1 },
    { S(PO4),  'O',    0,  1 },
    { S(PRS),  'O',    1,  1 },
    { S(QTY),  'O',    1,  1 },
    { S(REF),  'O',   12,  1 },
    { S(PER),  'O',    1,  1 },
    { S(SDP),  'O',    1,  1 },
    { S(FST),  'O',    1,  2,  "FST",    100 },
    { S(DTM),  'O',    0,  2 },
    { S(SDQ),  'O',    0,  2 },
    { S(JIT),  'O',    1,  3,  "JIT",     96 },
    { S(REF),  'O',  500,  3 },
    { S(DTM),  'O',    0,  3 },
    { S(SHP),  'O',    1,  2,  "SHP",     10 },
    { S(REF),  'O',   12,  2 },
    { S(TD1),  'O',    1,  1 },
    { S(TD3),  'O',    1,  1 },
    { S(TD5),  'O',    1,  1 },

    { S(CTT),  'O',    1,  0,  NULL,       0, EDI_AS_TOTALS },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_862 = { "862", "SS", EDI_ROWS(rows_862),
    .unverified = true };
