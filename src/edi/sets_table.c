/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Ship notice and acknowledgements.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/segments_rows.h"


/* 856, ship notice. */
static const edi_row_t rows_856[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(BSN),  'M',    1,  0 },
    { S(DTM),  'O',   10,  0 },

    { S(HL),   'M',    1,  1,  "HL",  200000, EDI_AS_LEVEL },
    { S(LIN),  'O',    1,  1 },
    { S(SN1),  'O',    1,  1,  NULL,       0, EDI_AS_ITEM },
    { S(SLN),  'O', 1000,  1 },
    { S(PRF),  'O',    1,  1 },
    { S(PO4),  'O',    1,  1 },
    { S(PID),  'O',  200,  1 },
    { S(MEA),  'O',   40,  1 },
    { S(PWK),  'O',   25,  1 },
    { S(PKG),  'O',   25,  1 },
    { S(TD1),  'O',   20,  1 },
    { S(TD5),  'O',   12,  1 },
    { S(TD3),  'O',    1,  2,  "TD3",     12 },
    { S(AT9),  'O',    1,  2 },
    { S(TD4),  'O',    5,  1 },
    { S(TSD),  'O',    1,  1 },
    { S(REF),  'O',    0,  1 },
    { S(PER),  'O',    3,  1 },
    { S(LH1),  'O',    1,  2,  "LH1",    100 },
    { S(LH2),  'O',    4,  2 },
    { S(LH3),  'O',   12,  2 },
    { S(LFH),  'O',   20,  2 },
    { S(LEP),  'O',    0,  2 },
    { S(LH4),  'O',    4,  2 },
    { S(LHT),  'O',    3,  2 },
    { S(LHR),  'O',   10,  2 },
    { S(PER),  'O',    5,  2 },
    { S(LHE),  'O',    1,  2 },
    { S(CLD),  'O',    1,  2,  "CLD",    200 },
    { S(REF),  'O',  200,  2 },
    { S(DTP),  'O',    1,  2 },
    { S(MAN),  'O',    0,  1 },
    { S(DTM),  'O',   10,  1 },
    { S(FOB),  'O',    1,  1 },
    { S(PAL),  'O',    1,  1 },
    { S(N1),   'O',    1,  2,  "N1",     200 },
    { S(N2),   'O',    2,  2 },
    { S(N3),   'O',    2,  2 },
    { S(N4),   'O',    1,  2 },
    { S(REF),  'O',   12,  2 },
    { S(PER),  'O',    3,  2 },
    { S(FOB),  'O',    1,  2 },
    { S(SDQ),  'O',   50,  1 },
    { S(ETD),  'O',    1,  1 },
    { S(CUR),  'O',    1,  1 },
    { S(SAC),  'O',    1,  2,  "SAC",      0 },
    { S(CUR),  'O',    1,  2 },
    { S(GF),   'O',    1,  1 },
    { S(YNQ),  'O',   10,  1 },
    { S(LM),   'O',    1,  2,  "LM",      10 },
    { S(LQ),   'M',  100,  2 },
    { S(V1),   'O',    1,  2,  "V1",       0 },
    { S(R4),   'O',    0,  2 },
    { S(DTM),  'O',    0,  2 },

    { S(CTT),  'O',    1,  0,  NULL,       0, EDI_AS_TOTALS },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_856 = { "856", "SH", EDI_ROWS(rows_856) };


/* 997, functional acknowledgement. */
static const edi_row_t rows_997[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(AK1),  'M',    1,  0 },

    { S(AK2),  'O',    1,  1,  "AK2",      0 },
    { S(AK3),  'O',    1,  2,  "AK3",      0 },
    { S(AK4),  'O',   99,  2 },
    { S(AK5),  'M',    1,  1 },

    { S(AK9),  'M',    1,  0 },
    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_997 = { "997", "FA", EDI_ROWS(rows_997) };


/* 999, implementation acknowledgement. */
static const edi_row_t rows_999[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(AK1),  'M',    1,  0 },

    { S(AK2),  'O',    1,  1,  "AK2",      0 },
    { S(IK3),  'O',    1,  2,  "IK3",      0 },
    { S(CTX),  'O',   10,  2 },
    { S(IK4),  'O',    1,  3,  "IK4",      0 },
    { S(CTX),  'O',   10,  3 },
    { S(IK5),  'M',    1,  1 },

    { S(AK9),  'M',    1,  0 },
    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_999 = { "999", "FA", EDI_ROWS(rows_999) };
