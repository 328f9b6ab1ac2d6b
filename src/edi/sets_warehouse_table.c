/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Between an owner of stock and a warehouse.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/segments_rows.h"


/* 940, warehouse shipping order. */
static const edi_row_t rows_940[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(W05),  'M',    1,  0 },

    { S(N1),   'O',    1,  1,  "N1",      10 },
    { S(N2),   'O',    2,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(PER),  'O',    5,  1 },

    { S(N9),   'O',   10,  0 },
    { S(G61),  'O',    3,  0 },
    { S(G62),  'O',   10,  0 },
    { S(NTE),  'O',    0,  0 },
    { S(W09),  'O',    1,  0 },
    { S(W66),  'O',    1,  0 },
    { S(W6),   'O',    5,  0 },
    { S(R2),   'O',   13,  0 },
    { S(BNX),  'O',    1,  0 },

    { S(TD3),  'O',    1,  1,  "TD3",      1 },
    { S(AT9),  'O',    1,  1 },

    { S(LM),   'O',    1,  1,  "LM",      10 },
    { S(LQ),   'M',  100,  1 },

    { S(LX),   'O',    1,  1,  "LX",       0 },
    { S(MAN),  'O',    0,  1 },
    { S(SDQ),  'O',    0,  1 },
    { S(N1),   'O',    1,  1 },
    { S(G62),  'O',   10,  1 },
    { S(N9),   'O',    0,  1 },
    { S(W01),  'O',    1,  2,  "W01",      0 },
    { S(G69),  'O',    5,  2 },
    { S(N9),   'O',  200,  2 },
    { S(NTE),  'O',    0,  2 },
    { S(W20),  'O',    3,  2 },
    { S(QTY),  'O',   10,  2 },
    { S(AMT),  'O',    0,  2 },
    { S(G62),  'O',   10,  2 },
    { S(G66),  'O',    1,  2 },
    { S(N1),   'O',    1,  3,  "N1",       0 },
    { S(N2),   'O',    1,  3 },
    { S(N3),   'O',    1,  3 },
    { S(N4),   'O',    1,  3 },
    { S(PER),  'O',    5,  3 },
    { S(PER),  'O',    5,  2 },
    { S(LH2),  'O',    6,  2 },
    { S(LHR),  'O',    1,  2 },
    { S(LH6),  'O',    5,  2 },
    { S(LM),   'O',    1,  3,  "LM",      10 },
    { S(LQ),   'M',  100,  3 },
    { S(LS),   'O',    1,  2 },
    { S(LX),   'O',    1,  3,  "LX",       0 },
    { S(N9),   'O',    0,  3 },
    { S(G62),  'O',   10,  3 },
    { S(N1),   'O',    1,  3 },
    { S(SDQ),  'O',    0,  3 },
    { S(LM),   'O',    1,  4,  "LM",      10 },
    { S(LQ),   'M',  100,  4 },
    { S(LH1),  'O',    1,  4,  "LH1",      0 },
    { S(LH2),  'O',    4,  4 },
    { S(LH3),  'O',   10,  4 },
    { S(LFH),  'O',   20,  4 },
    { S(LEP),  'O',    3,  4 },
    { S(LH4),  'O',    1,  4 },
    { S(LHT),  'O',    3,  4 },
    { S(LHR),  'O',    5,  4 },
    { S(PER),  'O',    5,  4 },
    { S(LE),   'O',    1,  2 },
    { S(FA1),  'O',    1,  3,  "FA1",      0 },
    { S(FA2),  'M',    0,  3 },

    { S(W76),  'O',    1,  0 },
    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_940 = { "940", "OW", EDI_ROWS(rows_940) };


/* 943, stock transfer shipped. */
static const edi_row_t rows_943[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(W06),  'M',    1,  0 },

    { S(N1),   'M',    1,  1,  "N1",      10 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(PER),  'O',    5,  1 },

    { S(N9),   'O',   10,  0 },
    { S(G61),  'O',    3,  0 },
    { S(G62),  'O',    5,  0 },
    { S(NTE),  'O',   20,  0 },
    { S(W27),  'M',    1,  0 },
    { S(W28),  'O',    1,  0 },
    { S(W10),  'O',    1,  0 },

    { S(W04),  'M',    1,  1,  "W04",   9999 },
    { S(G69),  'O',    5,  1 },
    { S(N9),   'O',  200,  1 },
    { S(W20),  'O',    2,  1 },

    { S(W03),  'M',    1,  0 },
    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_943 = { "943", "AR", EDI_ROWS(rows_943),
    .unverified = true };


/* 944, stock transfer received. */
static const edi_row_t rows_944[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(W17),  'M',    1,  0 },

    { S(N1),   'M',    1,  1,  "N1",      10 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(PER),  'O',    5,  1 },

    { S(N9),   'O',   10,  0 },
    { S(G61),  'O',    3,  0 },
    { S(G62),  'O',    5,  0 },
    { S(NTE),  'O',   20,  0 },
    { S(W08),  'O',    1,  0 },
    { S(W18),  'O',   10,  0 },
    { S(G08),  'O',    2,  0 },

    { S(W07),  'M',    1,  1,  "W07",   9999 },
    { S(G69),  'O',    5,  1 },
    { S(N9),   'O',  200,  1 },
    { S(W20),  'O',    2,  1 },
    { S(W13),  'O',    1,  2,  "W13",     50 },
    { S(N9),   'O',  200,  2 },

    { S(W14),  'M',    1,  0 },
    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_944 = { "944", "RE", EDI_ROWS(rows_944),
    .unverified = true };


/* 944, stock transfer received, from 004020 on. */
static const edi_row_t rows_944_4020[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(W17),  'M',    1,  0 },

    { S(N1),   'M',    1,  1,  "N1",      10 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(PER),  'O',    5,  1 },

    { S(N9),   'O',   10,  0 },
    { S(G61),  'O',    3,  0 },
    { S(G62),  'O',    5,  0 },
    { S(NTE),  'O',   20,  0 },
    { S(W08),  'O',    1,  0 },
    { S(W18),  'O',   10,  0 },
    { S(G08),  'O',    2,  0 },
    { S(TD1),  'O',    5,  0 },

    { S(LX),   'M',    1,  1,  "LX",       0 },
    { S(MAN),  'O',    1,  1 },
    { S(PAL),  'O',    0,  1 },
    { S(N9),   'O',    5,  1 },
    { S(W07),  'O',    1,  2,  "W07",   9999 },
    { S(G69),  'O',    5,  2 },
    { S(N9),   'O',  200,  2 },
    { S(W20),  'O',    2,  2 },
    { S(W13),  'O',    1,  3,  "W13",     50 },
    { S(N9),   'O',  200,  3 },

    { S(W14),  'M',    1,  0 },
    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_944_4020 = { "944", "RE", EDI_ROWS(rows_944_4020),
    .since = "004020", .unverified = true };


/* 945, warehouse shipping advice. */
static const edi_row_t rows_945[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(W06),  'M',    1,  0 },

    { S(N1),   'M',    1,  1,  "N1",      10 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(PER),  'O',    5,  1 },

    { S(N9),   'O',   10,  0 },
    { S(G61),  'O',    3,  0 },
    { S(G62),  'O',    5,  0 },
    { S(NTE),  'O',   20,  0 },
    { S(W27),  'O',    1,  0 },
    { S(W6),   'O',    1,  0 },
    { S(W28),  'O',    1,  0 },
    { S(W10),  'O',   10,  0 },
    { S(G72),  'O',    5,  0 },
    { S(TD1),  'O',    5,  0 },

    { S(LM),   'O',    1,  1,  "LM",      10 },
    { S(LQ),   'M',  100,  1 },

    { S(LX),   'O',    1,  1,  "LX",       0 },
    { S(MAN),  'O',    0,  1 },
    { S(PAL),  'O',    1,  1 },
    { S(N9),   'O',    5,  1 },
    { S(W12),  'O',    1,  2,  "W12",      0 },
    { S(G69),  'O',    5,  2 },
    { S(N9),   'O',  200,  2 },
    { S(G62),  'O',   10,  2 },
    { S(QTY),  'O',   10,  2 },
    { S(MEA),  'O',    5,  2 },
    { S(AMT),  'O',    1,  2 },
    { S(R4),   'O',    5,  2 },
    { S(W27),  'O',    1,  2 },
    { S(N1),   'O',    1,  3,  "N1",       0 },
    { S(N2),   'O',    1,  3 },
    { S(N3),   'O',    1,  3 },
    { S(N4),   'O',    1,  3 },
    { S(PER),  'O',    1,  3 },
    { S(G72),  'O',    5,  2 },
    { S(LM),   'O',    1,  3,  "LM",      10 },
    { S(LQ),   'M',  100,  3 },
    { S(LS),   'O',    1,  2 },
    { S(LX),   'O',    1,  3,  "LX",       0 },
    { S(N9),   'O',    0,  3 },
    { S(G62),  'O',   10,  3 },
    { S(N1),   'O',    1,  3 },
    { S(LM),   'O',    1,  4,  "LM",      10 },
    { S(LQ),   'M',  100,  4 },
    { S(LE),   'O',    1,  2 },
    { S(FA1),  'O',    1,  3,  "FA1",      0 },
    { S(FA2),  'M',    0,  3 },

    { S(W03),  'O',    1,  0 },
    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_945 = { "945", "SW", EDI_ROWS(rows_945) };


/* 947, warehouse inventory adjustment. */
static const edi_row_t rows_947[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(W15),  'M',    1,  0 },

    { S(N1),   'M',    1,  1,  "N1",     100 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    1,  1 },
    { S(N4),   'O',    1,  1 },
    { S(PER),  'O',    5,  1 },

    { S(N9),   'O',   10,  0 },
    { S(G61),  'O',    3,  0 },
    { S(G62),  'O',    5,  0 },
    { S(NTE),  'O',   20,  0 },

    { S(LM),   'O',    1,  1,  "LM",      10 },
    { S(LQ),   'M',  100,  1 },

    { S(W19),  'M',    1,  1,  "W19",      0 },
    { S(G69),  'O',    5,  1 },
    { S(N9),   'O',   10,  1 },
    { S(CS),   'O',    1,  1 },
    { S(AMT),  'O',    1,  1 },
    { S(G62),  'O',   10,  1 },
    { S(LM),   'O',    1,  2,  "LM",      10 },
    { S(LQ),   'M',  100,  2 },
    { S(N1),   'O',    1,  2,  "N1",      50 },
    { S(N2),   'O',    2,  2 },
    { S(N3),   'O',    2,  2 },
    { S(N4),   'O',    1,  2 },
    { S(G61),  'O',    5,  2 },
    { S(LX),   'O',    1,  2,  "LX",       0 },
    { S(N9),   'O',    0,  2 },
    { S(G62),  'O',    1,  2 },
    { S(N1),   'O',    1,  2 },
    { S(LM),   'O',    1,  3,  "LM",      10 },
    { S(LQ),   'M',  100,  3 },
    { S(FA1),  'O',    1,  2,  "FA1",      0 },
    { S(FA2),  'M',    0,  2 },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_947 = { "947", "AW", EDI_ROWS(rows_947),
    .unverified = true };
