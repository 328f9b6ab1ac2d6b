/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Motor carriers and routing.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/segments_rows.h"


/* 204, motor carrier load tender. */
static const edi_row_t rows_204[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(B2),   'M',    1,  0 },
    { S(B2A),  'M',    1,  0 },
    { S(C3),   'O',    1,  0 },
    { S(L11),  'O',    0,  0 },
    { S(G62),  'O',    1,  0 },
    { S(MS3),  'O',    1,  0 },

    { S(AT5),  'O',    1,  1,  "AT5",      6 },
    { S(RTT),  'O',    1,  1 },
    { S(C3),   'O',    1,  1 },

    { S(PLD),  'O',    1,  0 },
    { S(LH6),  'O',    6,  0 },
    { S(NTE),  'O',   10,  0 },

    { S(N1),   'O',    1,  1,  "N1",       5 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(L11),  'O',    1,  1 },
    { S(G61),  'O',    3,  1 },

    { S(N7),   'O',    1,  1,  "N7",      10 },
    { S(N7A),  'O',    1,  1 },
    { S(N7B),  'O',    1,  1 },
    { S(MEA),  'O',    1,  1 },
    { S(M7),   'O',    2,  1 },

    { S(S5),   'M',    1,  1,  "S5",     999 },
    { S(L11),  'O',    0,  1 },
    { S(G62),  'O',    3,  1 },
    { S(AT8),  'O',    1,  1 },
    { S(LAD),  'O',    0,  1 },
    { S(AT5),  'O',    1,  2,  "AT5",      6 },
    { S(RTT),  'O',    1,  2 },
    { S(C3),   'O',    1,  2 },
    { S(PLD),  'O',    1,  1 },
    { S(NTE),  'O',   20,  1 },
    { S(N1),   'O',    1,  2,  "N1",       1 },
    { S(N2),   'O',    1,  2 },
    { S(N3),   'O',    2,  2 },
    { S(N4),   'O',    1,  2 },
    { S(G61),  'O',    3,  2 },
    { S(L5),   'O',    1,  2,  "L5",       0 },
    { S(AT8),  'O',    1,  2 },
    { S(AT5),  'O',    1,  3,  "AT5",      6 },
    { S(RTT),  'O',    1,  3 },
    { S(C3),   'O',    1,  3 },
    { S(L11),  'O',    0,  2 },
    { S(MEA),  'O',   10,  2 },
    { S(PER),  'O',    1,  2 },
    { S(L4),   'O',    1,  2 },
    { S(G61),  'O',    1,  3,  "G61",     99 },
    { S(L11),  'O',    5,  3 },
    { S(LH6),  'O',    6,  3 },
    { S(LH1),  'O',    1,  4,  "LH1",     25 },
    { S(LH2),  'O',    4,  4 },
    { S(LH3),  'O',   10,  4 },
    { S(LFH),  'O',   20,  4 },
    { S(LEP),  'O',    3,  4 },
    { S(LH4),  'O',    1,  4 },
    { S(LHT),  'O',    3,  4 },
    { S(OID),  'O',    1,  2,  "OID",      0 },
    { S(G62),  'O',    2,  2 },
    { S(LAD),  'O',    0,  2 },
    { S(L5),   'O',    1,  3,  "L5",       0 },
    { S(AT8),  'O',    1,  3 },
    { S(L4),   'O',    1,  3 },
    { S(G61),  'O',    1,  4,  "G61",     99 },
    { S(L11),  'O',    5,  4 },
    { S(LH6),  'O',    6,  4 },
    { S(LH1),  'O',    1,  5,  "LH1",     25 },
    { S(LH2),  'O',    4,  5 },
    { S(LH3),  'O',   10,  5 },
    { S(LFH),  'O',   20,  5 },
    { S(LEP),  'O',    3,  5 },
    { S(LH4),  'O',    1,  5 },
    { S(LHT),  'O',    3,  5 },
    { S(N7),   'O',    1,  2,  "N7",      10 },
    { S(N7A),  'O',    1,  2 },
    { S(N7B),  'O',    1,  2 },
    { S(MEA),  'O',    1,  2 },
    { S(M7),   'O',    2,  2 },

    { S(L3),   'O',    1,  0 },

    { S(LX),   'O',    1,  1,  "LX",       1 },
    { S(L4),   'O',    1,  1 },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_204 = { "204", "SM", EDI_ROWS(rows_204),
    .unverified = true };


/* 210, motor carrier invoice. */
static const edi_row_t rows_210[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(B3),   'M',    1,  0 },
    { S(C2),   'O',    1,  0 },
    { S(C3),   'O',    1,  0 },
    { S(ITD),  'O',    1,  0 },
    { S(N9),   'O',  300,  0 },
    { S(L11),  'O',  300,  0 },
    { S(G62),  'O',    6,  0 },
    { S(R3),   'O',   12,  0 },
    { S(H3),   'O',    6,  0 },
    { S(K1),   'O',   10,  0 },

    { S(N1),   'O',    1,  1,  "N1",      10 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(N9),   'O',    5,  1 },
    { S(L11),  'O',    5,  1 },

    { S(N7),   'O',    1,  1,  "N7",      10 },
    { S(M7),   'O',    2,  1 },

    { S(SPO),  'O',    1,  1,  "SPO",      0 },
    { S(SDQ),  'O',   10,  1 },

    { S(OID),  'O',    1,  1,  "OID",      0 },
    { S(SDQ),  'O',   10,  1 },

    { S(S5),   'O',    1,  1,  "S5",     999 },
    { S(N9),   'O',   10,  1 },
    { S(L11),  'O',   10,  1 },
    { S(G62),  'O',   10,  1 },
    { S(H3),   'O',    6,  1 },
    { S(SPO),  'O',    1,  2,  "SPO",      0 },
    { S(SDQ),  'O',   10,  2 },
    { S(OID),  'O',    1,  2,  "OID",      0 },
    { S(SDQ),  'O',   10,  2 },
    { S(N1),   'O',    1,  2,  "N1",       2 },
    { S(N2),   'O',    1,  2 },
    { S(N3),   'O',    2,  2 },
    { S(N4),   'O',    1,  2 },
    { S(N9),   'O',    5,  2 },
    { S(L11),  'O',    5,  2 },
    { S(N7),   'O',    1,  3,  "N7",      10 },
    { S(M7),   'O',    2,  3 },

    { S(LX),   'O',    1,  1,  "LX",       0 },
    { S(N9),   'O',    5,  1 },
    { S(POD),  'O',    1,  1 },
    { S(L11),  'O',   20,  1 },
    { S(L5),   'O',   30,  1 },
    { S(H1),   'O',    3,  1 },
    { S(H2),   'O',    2,  1 },
    { S(L0),   'O',   10,  1 },
    { S(L1),   'O',   50,  1 },
    { S(L4),   'O',   10,  1 },
    { S(L7),   'O',   10,  1 },
    { S(K1),   'O',   10,  1 },
    { S(SPO),  'O',    1,  2,  "SPO",      0 },
    { S(SDQ),  'O',   10,  2 },
    { S(OID),  'O',    1,  2,  "OID",      0 },
    { S(SDQ),  'O',   10,  2 },
    { S(N1),   'O',    1,  2,  "N1",       0 },
    { S(N2),   'O',    1,  2 },
    { S(N3),   'O',    2,  2 },
    { S(N4),   'O',    1,  2 },
    { S(N9),   'O',   10,  2 },
    { S(L11),  'O',   10,  2 },
    { S(CD3),  'O',    1,  3,  "CD3",      0 },
    { S(N9),   'O',   20,  3 },
    { S(L11),  'O',   20,  3 },
    { S(H6),   'O',   10,  3 },
    { S(L9),   'O',   50,  3 },
    { S(POD),  'O',    1,  3 },
    { S(G62),  'O',    1,  3 },
    { S(SPO),  'O',    1,  3,  "SPO",      0 },
    { S(SDQ),  'O',   10,  3 },
    { S(OID),  'O',    1,  3,  "OID",      0 },
    { S(SDQ),  'O',   10,  3 },

    { S(L3),   'O',    1,  0 },
    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_210 = { "210", "IM", EDI_ROWS(rows_210) };


/* 211, motor carrier bill of lading. */
static const edi_row_t rows_211[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(BOL),  'M',    1,  0 },
    { S(B2A),  'M',    1,  0 },
    { S(MS3),  'O',   12,  0 },
    { S(MS2),  'O',    1,  0 },
    { S(L11),  'O',  100,  0 },
    { S(G62),  'O',    6,  0 },
    { S(AT5),  'O',   50,  0 },
    { S(K1),   'O',   10,  0 },

    { S(N1),   'O',    1,  1,  "N1",      10 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(G61),  'O',    3,  1 },

    { S(AT1),  'M',    1,  1,  "AT1",   9999 },
    { S(L11),  'O',  100,  1 },
    { S(AT3),  'O',    1,  1 },
    { S(AT4),  'O',   99,  1 },
    { S(AT2),  'O',    1,  2,  "AT2",      1 },
    { S(MAN),  'O',    0,  2 },
    { S(SPO),  'O',    0,  2 },
    { S(OID),  'O',    0,  2 },
    { S(L4),   'O',    1,  2 },
    { S(LX),   'O',    1,  2,  "LX",       0 },
    { S(MAN),  'O',    0,  2 },
    { S(SPO),  'O',    0,  2 },
    { S(OID),  'O',    0,  2 },
    { S(G61),  'O',    1,  2,  "G61",      2 },
    { S(L11),  'O',    5,  2 },
    { S(LH6),  'O',    6,  2 },
    { S(LH1),  'M',    1,  3,  "LH1",     25 },
    { S(LH2),  'O',    4,  3 },
    { S(LH3),  'O',   10,  3 },
    { S(LFH),  'O',   20,  3 },
    { S(LEP),  'O',    3,  3 },
    { S(LH4),  'O',    1,  3 },
    { S(LHT),  'O',    3,  3 },
    { S(L11),  'O',    5,  3 },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_211 = { "211", "BL", EDI_ROWS(rows_211),
    .unverified = true };


/* 212, motor carrier manifest. */
static const edi_row_t rows_212[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(ATA),  'M',    1,  0 },
    { S(B2A),  'M',    1,  0 },
    { S(L11),  'O',  300,  0 },

    { S(N1),   'O',    1,  1,  "N1",       1 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(G61),  'O',    1,  1 },
    { S(G62),  'O',    1,  1 },
    { S(L11),  'O',   10,  1 },

    { S(AT7),  'O',    1,  1,  "AT7",      1 },
    { S(G62),  'O',    5,  1 },
    { S(MS1),  'O',    1,  1 },
    { S(MS2),  'O',    1,  2,  "MS2",      1 },
    { S(M7),   'O',    1,  2 },
    { S(AT9),  'O',    1,  2 },

    { S(LX),   'O',    1,  1,  "LX",    9999 },
    { S(L11),  'O',   10,  1 },
    { S(AT7),  'O',    1,  1 },
    { S(BLR),  'O',    1,  1 },
    { S(MAN),  'O', 9999,  1 },
    { S(AT8),  'O',    1,  1 },
    { S(Q7),   'O',   10,  1 },
    { S(G62),  'O',    5,  1 },
    { S(TSD),  'O',    1,  1 },
    { S(SPO),  'O',    1,  2,  "SPO",      0 },
    { S(SDQ),  'O', 9999,  2 },
    { S(OID),  'O',    1,  2,  "OID",      0 },
    { S(SDQ),  'O', 9999,  2 },
    { S(N1),   'O',    1,  2,  "N1",       1 },
    { S(N2),   'O',    1,  2 },
    { S(N3),   'O',    2,  2 },
    { S(N4),   'O',    1,  2 },
    { S(L11),  'O',    5,  2 },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_212 = { "212", "TM", EDI_ROWS(rows_212),
    .unverified = true };


/* 214, shipment status. */
static const edi_row_t rows_214[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(B10),  'M',    1,  0 },
    { S(L11),  'O',  300,  0 },
    { S(MAN),  'O', 9999,  0 },
    { S(K1),   'O',   10,  0 },

    { S(N1),   'O',    1,  1,  "N1",      10 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },
    { S(G61),  'O',    1,  1 },
    { S(G62),  'O',    1,  1 },
    { S(L11),  'O',   10,  1 },

    { S(MS3),  'O',   12,  0 },

    { S(LX),   'O',    1,  1,  "LX",       0 },
    { S(AT7),  'O',    1,  2,  "AT7",     10 },
    { S(MS1),  'O',    1,  2 },
    { S(MS2),  'O',    1,  2 },
    { S(L11),  'O',   10,  1 },
    { S(MAN),  'O', 9999,  1 },
    { S(Q7),   'O',   10,  1 },
    { S(K1),   'O',   10,  1 },
    { S(AT5),  'O',   10,  1 },
    { S(AT8),  'O',   10,  1 },
    { S(CD3),  'O',    1,  2,  "CD3",      0 },
    { S(L11),  'O',   20,  2 },
    { S(AT7),  'O',    1,  3,  "AT7",     10 },
    { S(MS1),  'O',    1,  3 },
    { S(MS2),  'O',    1,  3 },
    { S(NM1),  'O',    1,  2 },
    { S(Q7),   'O',   10,  2 },
    { S(AT8),  'O',    1,  2 },
    { S(MAN),  'O', 9999,  2 },
    { S(N1),   'O',    1,  3,  "N1",       0 },
    { S(N2),   'O',    1,  3 },
    { S(N3),   'O',    3,  3 },
    { S(N4),   'O',    1,  3 },
    { S(L11),  'O',   10,  3 },
    { S(PRF),  'O',    1,  2,  "PRF",      0 },
    { S(N1),   'O',    1,  3,  "N1",       0 },
    { S(N2),   'O',    1,  3 },
    { S(N3),   'O',    2,  3 },
    { S(N4),   'O',    1,  3 },
    { S(L11),  'O',   10,  3 },
    { S(CD3),  'O',    1,  3,  "CD3",      0 },
    { S(L11),  'O',   20,  3 },
    { S(AT7),  'O',    1,  4,  "AT7",     10 },
    { S(MS1),  'O',    1,  4 },
    { S(MS2),  'O',    1,  4 },
    { S(MAN),  'O', 9999,  3 },
    { S(SPO),  'O',    1,  2,  "SPO",      0 },
    { S(SDQ),  'O',   10,  2 },
    { S(EFI),  'O',    1,  2,  "EFI",      0 },
    { S(BIN),  'M',    1,  2 },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_214 = { "214", "QM", EDI_ROWS(rows_214) };


/* 214, shipment status, from 004020 on. */
static const edi_row_t rows_214_4020[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(B10),  'M',    1,  0 },
    { S(MS3),  'O',   12,  0 },

    { S(LX),   'M',    1,  1,  "LX",       0 },
    { S(L11),  'O',  999,  1 },
    { S(MAN),  'O', 9999,  1 },
    { S(Q7),   'O',   10,  1 },
    { S(K1),   'O',   10,  1 },
    { S(AT5),  'O',   10,  1 },
    { S(AT8),  'O',   10,  1 },
    { S(AT7),  'M',    1,  2,  "AT7",     10 },
    { S(MS1),  'O',    1,  2 },
    { S(MS2),  'O',    2,  2 },
    { S(K1),   'O',    1,  2 },
    { S(M7),   'O',    1,  2 },
    { S(N1),   'O',    1,  2,  "N1",       5 },
    { S(N2),   'O',    1,  2 },
    { S(N3),   'O',    2,  2 },
    { S(N4),   'O',    1,  2 },
    { S(G62),  'O',    1,  2 },
    { S(L11),  'O',   10,  2 },
    { S(OID),  'O',    1,  2,  "OID",      0 },
    { S(SDQ),  'O',   10,  2 },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_214_4020 = { "214", "QM", EDI_ROWS(rows_214_4020),
    .since = "004020", .unverified = true };


/* 753, request for routing. */
static const edi_row_t rows_753[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(BGN),  'M',    1,  0 },
    { S(PER),  'O',    1,  0 },

    { S(N1),   'M',    1,  1,  "N1",       1 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },

    { S(LX),   'M',    1,  1,  "LX",       1 },
    { S(N1),   'M',    1,  2,  "N1",    9999 },
    { S(N2),   'O',    1,  2 },
    { S(N3),   'O',    2,  2 },
    { S(N4),   'O',    1,  2 },
    { S(L11),  'O',    5,  2 },
    { S(G62),  'O',    2,  2 },
    { S(USI),  'O',    1,  2 },
    { S(OID),  'M',    1,  3,  "OID",      0 },
    { S(CMC),  'O',    1,  3 },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_753 = { "753", "RF", EDI_ROWS(rows_753),
    .unverified = true };


/* 754, routing instructions. */
static const edi_row_t rows_754[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(BGN),  'M',    1,  0 },
    { S(PER),  'O',    5,  0 },

    { S(N1),   'M',    1,  1,  "N1",       5 },
    { S(N2),   'O',    1,  1 },
    { S(N3),   'O',    2,  1 },
    { S(N4),   'O',    1,  1 },

    { S(LX),   'M',    1,  1,  "LX",    9999 },
    { S(L11),  'O',    5,  1 },
    { S(BLR),  'O',    1,  1 },
    { S(SMD),  'O',    5,  1 },
    { S(OID),  'O',    0,  1 },
    { S(G62),  'O',    2,  1 },
    { S(MSI),  'O',    1,  1 },
    { S(QTY),  'O',    1,  2,  "QTY",     25 },
    { S(AT9),  'O',    1,  2 },
    { S(N1),   'O',    1,  2,  "N1",       1 },
    { S(N2),   'O',    1,  2 },
    { S(N3),   'O',    2,  2 },
    { S(N4),   'O',    1,  2 },

    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_754 = { "754", "RG", EDI_ROWS(rows_754),
    .unverified = true };


/* 990, answer to a load tender. */
static const edi_row_t rows_990[] = {
    /* segment  need  most  depth  loop   most  role */
    { S(ST),   'M',    1,  0 },
    { S(B1),   'M',    1,  0 },
    { S(N9),   'O',    1,  0 },
    { S(G62),  'O',    6,  0 },
    { S(N7),   'O',    1,  0 },
    { S(L9),   'O',   40,  0 },
    { S(V9),   'O',   10,  0 },
    { S(K1),   'O',   10,  0 },

    { S(S5),   'O',    1,  1,  "S5",     999 },
    { S(N9),   'O',   10,  1 },
    { S(G62),  'O',   10,  1 },
    { S(K1),   'O',   10,  1 },

    { S(L11),  'O',    1,  0 },
    { S(SE),   'M',    1,  0 },
};

const edi_set_t edi_set_990 = { "990", "GF", EDI_ROWS(rows_990),
    .unverified = true };
