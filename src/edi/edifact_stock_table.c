/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Stock, sales and forecasts.
 * Which segments, in which order and how often; groups are loops under their
 * numbers.  UN/EDIFACT directories D.96A, D.01B and, for invoices, D.14B.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/edifact_segments.h"

/* Members left out are 0: most rows need none of them. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define S(name) &edi_edifact_segments[EDIFACT_##name]


/* INVRPT D96A, stock. */
static const edi_row_t rows_invrpt_d96a[] = {
    { S(UNH),        'M',      1, 0 },
    { S(BGM),        'M',      1, 0 },
    { S(DTM),        'M',     10, 0 },

    { S(RFF),        'O',      1, 1, "SG1", 10 },
    { S(DTM),        'O',      1, 1 },

    { S(NAD),        'O',      1, 1, "SG2", 20 },
    { S(LOC),        'O',      5, 1 },
    { S(RFF),        'O',      1, 2, "SG3", 10 },
    { S(DTM),        'O',      1, 2 },
    { S(CTA),        'O',      1, 2, "SG4", 10 },
    { S(COM),        'O',      5, 2 },

    { S(CUX),        'O',      1, 1, "SG5", 5 },
    { S(DTM),        'O',      1, 1 },

    { S(CPS),        'O',      1, 1, "SG6", 9999 },
    { S(PAC),        'O',      1, 2, "SG7", 999 },
    { S(PCI),        'O',   1000, 2 },
    { S(QTY),        'O',      1, 3, "SG8", 9999 },
    { S(GIN),        'O',   9999, 3 },
    { S(DTM),        'O',      5, 3 },

    { S(LIN),        'O',      1, 1, "SG9", 9999 },
    { S(PIA),        'O',     10, 1 },
    { S(IMD),        'O',     10, 1 },
    { S(MEA),        'O',     10, 1 },
    { S(ALI),        'O',     10, 1 },
    { S(LOC),        'O',      5, 1 },
    { S(DTM),        'O',      5, 1 },
    { S(RFF),        'O',      1, 2, "SG10", 10 },
    { S(DTM),        'O',      1, 2 },
    { S(QTY),        'O',      1, 2, "SG11", 9999 },
    { S(INV),        'O',      1, 2 },
    { S(GIN),        'O',   9999, 2 },
    { S(LOC),        'O',      5, 2 },
    { S(DTM),        'O',      5, 2 },
    { S(STS),        'O',      9, 2 },
    { S(NAD),        'O',      1, 3, "SG12", 5 },
    { S(LOC),        'O',      1, 3 },
    { S(PRI),        'O',      1, 3, "SG13", 5 },
    { S(CUX),        'O',      1, 3 },
    { S(DTM),        'O',      1, 3 },
    { S(RFF),        'O',      1, 3, "SG14", 10 },
    { S(DTM),        'O',      1, 3 },
    { S(CPS),        'O',      1, 3, "SG15", 9999 },
    { S(PAC),        'O',      1, 4, "SG16", 9999 },
    { S(MEA),        'O',     10, 4 },
    { S(QTY),        'O',     10, 4 },
    { S(PCI),        'O',      1, 5, "SG17", 9999 },
    { S(RFF),        'O',      1, 5 },
    { S(DTM),        'O',      5, 5 },
    { S(GIN),        'O',   9999, 5 },
    { S(UNT),        'M',      1, 0 },
};

/* INVRPT D01B, stock. */
static const edi_row_t rows_invrpt_d01b[] = {
    { S(UNH),        'M',      1, 0 },
    { S(BGM_D01B),   'M',      1, 0 },
    { S(FTX),        'O',     99, 0 },
    { S(DTM),        'M',     10, 0 },

    { S(RFF),        'O',      1, 1, "SG1", 10 },
    { S(DTM),        'O',      1, 1 },

    { S(NAD_D01B),   'O',      1, 1, "SG2", 20 },
    { S(LOC),        'O',      5, 1 },
    { S(RFF),        'O',      1, 2, "SG3", 99 },
    { S(DTM),        'O',      1, 2 },
    { S(CTA),        'O',      1, 2, "SG4", 10 },
    { S(COM),        'O',      5, 2 },

    { S(CUX),        'O',      1, 1, "SG5", 5 },
    { S(DTM),        'O',      1, 1 },

    { S(CPS),        'O',      1, 1, "SG6", 9999 },
    { S(PAC),        'O',      1, 2, "SG7", 999 },
    { S(PCI),        'O',   1000, 2 },
    { S(QTY_D01B),   'O',      1, 3, "SG8", 9999 },
    { S(GIN),        'O',   9999, 3 },
    { S(DTM),        'O',      5, 3 },

    { S(LIN_D01B),   'O',      1, 1, "SG9", 9999999 },
    { S(PIA),        'O',     10, 1 },
    { S(IMD_D01B),   'O',     10, 1 },
    { S(NAD_D01B),   'O',      1, 1 },
    { S(MEA_D01B),   'O',     10, 1 },
    { S(ALI),        'O',     10, 1 },
    { S(LOC),        'O',      5, 1 },
    { S(DTM),        'O',      5, 1 },
    { S(FTX),        'O',     99, 1 },
    { S(RFF),        'O',      1, 2, "SG10", 10 },
    { S(DTM),        'O',      1, 2 },
    { S(INV),        'O',      1, 2, "SG11", 9999 },
    { S(QTY_D01B),   'M',      1, 2 },
    { S(GIN),        'O',   9999, 2 },
    { S(LOC),        'O',      5, 2 },
    { S(DTM),        'O',      5, 2 },
    { S(STS_D01B),   'O',      9, 2 },
    { S(NAD_D01B),   'O',      1, 3, "SG12", 5 },
    { S(LOC),        'O',      1, 3 },
    { S(PRI),        'O',      1, 3, "SG13", 5 },
    { S(CUX),        'O',      1, 3 },
    { S(DTM),        'O',      1, 3 },
    { S(RFF),        'O',      1, 3, "SG14", 10 },
    { S(DTM),        'O',      1, 3 },
    { S(CPS),        'O',      1, 3, "SG15", 9999 },
    { S(PAC),        'O',      1, 4, "SG16", 9999 },
    { S(MEA_D01B),   'O',     10, 4 },
    { S(QTY_D01B),   'O',     10, 4 },
    { S(PCI),        'O',      1, 5, "SG17", 9999 },
    { S(RFF),        'O',      1, 5 },
    { S(DTM),        'O',      5, 5 },
    { S(GIN),        'O',   9999, 5 },
    { S(GIR),        'O',      1, 6, "SG18", 99 },
    { S(DTM),        'O',      5, 6 },
    { S(UNT),        'M',      1, 0 },
};

/* SLSRPT D96A, what was sold. */
static const edi_row_t rows_slsrpt_d96a[] = {
    { S(UNH),        'M',      1, 0 },
    { S(BGM),        'M',      1, 0 },
    { S(DTM),        'M',      5, 0 },

    { S(NAD),        'M',      1, 1, "SG1", 5 },
    { S(CTA),        'O',      1, 2, "SG2", 5 },
    { S(COM),        'O',      5, 2 },

    { S(RFF),        'O',      1, 1, "SG3", 5 },
    { S(DTM),        'O',      5, 1 },

    { S(CUX),        'O',      1, 1, "SG4", 5 },
    { S(DTM),        'O',      5, 1 },

    { S(LOC),        'M',      1, 1, "SG5", 200000 },
    { S(DTM),        'O',      5, 1 },
    { S(RFF),        'O',      1, 2, "SG6", 99 },
    { S(DTM),        'O',      5, 2 },
    { S(LIN),        'O',      1, 2, "SG7", 200000 },
    { S(PIA),        'O',      5, 2 },
    { S(IMD),        'O',      5, 2 },
    { S(PAC),        'O',      5, 2 },
    { S(RFF),        'O',      5, 2 },
    { S(DOC),        'O',      5, 2 },
    { S(ALI),        'O',      5, 2 },
    { S(MOA),        'O',      5, 2 },
    { S(PRI),        'O',      5, 2 },
    { S(GIN),        'O',   9999, 2 },
    { S(QTY),        'O',      1, 3, "SG8", 999 },
    { S(MKS),        'O',      1, 3 },
    { S(NAD),        'O',      1, 3 },
    { S(UNT),        'M',      1, 0 },
};

/* SLSRPT D01B, what was sold. */
static const edi_row_t rows_slsrpt_d01b[] = {
    { S(UNH),        'M',      1, 0 },
    { S(BGM_D01B),   'M',      1, 0 },
    { S(DTM),        'M',      5, 0 },
    { S(MKS),        'O',      1, 0 },

    { S(RFF),        'O',      1, 1, "SG1", 9 },
    { S(DTM),        'O',      9, 1 },

    { S(NAD_D01B),   'M',      1, 1, "SG2", 5 },
    { S(CTA),        'O',      1, 2, "SG3", 5 },
    { S(COM),        'O',      5, 2 },
    { S(RFF),        'O',      1, 2, "SG4", 9 },
    { S(DTM),        'O',      9, 2 },

    { S(CUX),        'O',      1, 1, "SG5", 5 },
    { S(DTM),        'O',      5, 1 },
    { S(STS_D01B),   'O',      5, 1 },

    { S(LOC),        'O',      1, 1, "SG6", 200000 },
    { S(DTM),        'O',      5, 1 },
    { S(FTX),        'O',      5, 1 },
    { S(RFF),        'O',      1, 2, "SG7", 99 },
    { S(DTM),        'O',      5, 2 },
    { S(LIN_D01B),   'O',      1, 2, "SG8", 200000 },
    { S(PIA),        'O',      5, 2 },
    { S(IMD_D01B),   'O',      5, 2 },
    { S(DTM),        'O',      9, 2 },
    { S(PAC),        'O',      5, 2 },
    { S(RFF),        'O',      5, 2 },
    { S(DOC),        'O',      5, 2 },
    { S(ALI),        'O',      5, 2 },
    { S(MOA),        'O',      5, 2 },
    { S(GIN),        'O',   9999, 2 },
    { S(PRI),        'O',      1, 3, "SG9", 999 },
    { S(CUX),        'O',      1, 3 },
    { S(PAI),        'O',      9, 2 },
    { S(QTY_D01B),   'O',      1, 3, "SG10", 999 },
    { S(MKS),        'O',      1, 3 },
    { S(NAD_D01B),   'O',      1, 3 },
    { S(PRI),        'O',      9, 3 },
    { S(DTM),        'O',      9, 3 },
    { S(RFF),        'O',      9, 3 },
    { S(STS_D01B),   'O',      9, 3 },

    { S(GIS),        'O',      1, 1, "SG11", 1 },
    { S(LIN_D01B),   'O',      1, 2, "SG12", 99999 },
    { S(PIA),        'O',     99, 2 },
    { S(IMD_D01B),   'O',      9, 2 },
    { S(PAC),        'O',      9, 2 },
    { S(MOA),        'O',      9, 2 },
    { S(LOC),        'O',      1, 3, "SG13", 9999 },
    { S(RFF),        'O',      9, 3 },
    { S(DTM),        'O',      9, 3 },
    { S(MOA),        'O',      9, 3 },
    { S(QTY_D01B),   'O',      1, 4, "SG14", 99 },
    { S(PRI),        'O',      9, 4 },
    { S(DTM),        'O',      9, 4 },
    { S(RFF),        'O',      9, 4 },
    { S(STS_D01B),   'O',      9, 4 },
    { S(UNS),        'M',      1, 0 },
    { S(MOA),        'O',      9, 0 },
    { S(UNT),        'M',      1, 0 },
};

/* DELFOR D96A, what will be called off. */
static const edi_row_t rows_delfor_d96a[] = {
    { S(UNH),        'M',      1, 0 },
    { S(BGM),        'M',      1, 0 },
    { S(DTM),        'M',     10, 0 },

    { S(RFF),        'O',      1, 1, "SG1", 10 },
    { S(DTM),        'O',      1, 1 },

    { S(NAD),        'O',      1, 1, "SG2", 20 },
    { S(LOC),        'O',     10, 1 },
    { S(CTA),        'O',      1, 2, "SG3", 5 },
    { S(COM),        'O',      5, 2 },
    { S(UNS),        'M',      1, 0 },

    { S(NAD),        'O',      1, 1, "SG4", 500 },
    { S(LOC),        'O',     10, 1 },
    { S(FTX),        'O',      5, 1 },
    { S(DOC),        'O',      1, 2, "SG5", 10 },
    { S(DTM),        'O',     10, 2 },
    { S(CTA),        'O',      1, 2, "SG6", 5 },
    { S(COM),        'O',      5, 2 },
    { S(TDT),        'O',      1, 2, "SG7", 10 },
    { S(DTM),        'O',      5, 2 },
    { S(LIN),        'O',      1, 2, "SG8", 9999 },
    { S(PIA),        'O',     10, 2 },
    { S(IMD),        'O',     10, 2 },
    { S(MEA),        'O',      5, 2 },
    { S(ALI),        'O',      5, 2 },
    { S(GIN),        'O',    100, 2 },
    { S(GIR),        'O',    100, 2 },
    { S(LOC),        'O',    100, 2 },
    { S(DTM),        'O',      5, 2 },
    { S(FTX),        'O',      5, 2 },
    { S(CTA),        'O',      1, 3, "SG9", 5 },
    { S(COM),        'O',      5, 3 },
    { S(RFF),        'O',      1, 3, "SG10", 10 },
    { S(DTM),        'O',      1, 3 },
    { S(TDT),        'O',      1, 3, "SG11", 10 },
    { S(DTM),        'O',      5, 3 },
    { S(QTY),        'O',      1, 3, "SG12", 200 },
    { S(SCC),        'O',      1, 3 },
    { S(DTM),        'O',      2, 3 },
    { S(RFF),        'O',      1, 4, "SG13", 10 },
    { S(DTM),        'O',      1, 4 },
    { S(PAC),        'O',      1, 3, "SG14", 50 },
    { S(MEA),        'O',     10, 3 },
    { S(QTY),        'O',      5, 3 },
    { S(DTM),        'O',      5, 3 },
    { S(PCI),        'O',      1, 4, "SG15", 10 },
    { S(GIN),        'O',     10, 4 },
    { S(QVR),        'O',      1, 4, "SG16", 10 },
    { S(DTM),        'O',      5, 4 },
    { S(RFF),        'O',      1, 5, "SG17", 10 },
    { S(DTM),        'O',      1, 5 },

    { S(LIN),        'O',      1, 1, "SG18", 9999 },
    { S(PIA),        'O',     10, 1 },
    { S(IMD),        'O',     10, 1 },
    { S(MEA),        'O',      5, 1 },
    { S(ALI),        'O',      5, 1 },
    { S(GIN),        'O',    100, 1 },
    { S(GIR),        'O',    100, 1 },
    { S(DTM),        'O',      5, 1 },
    { S(FTX),        'O',      5, 1 },
    { S(RFF),        'O',      1, 2, "SG19", 10 },
    { S(DTM),        'O',      1, 2 },
    { S(QTY),        'O',      1, 2, "SG20", 50 },
    { S(SCC),        'O',      1, 2 },
    { S(DTM),        'O',      2, 2 },
    { S(RFF),        'O',      1, 3, "SG21", 10 },
    { S(DTM),        'O',      1, 3 },
    { S(PAC),        'O',      1, 2, "SG22", 10 },
    { S(MEA),        'O',     10, 2 },
    { S(QTY),        'O',      5, 2 },
    { S(DTM),        'O',      5, 2 },
    { S(PCI),        'O',      1, 3, "SG23", 10 },
    { S(GIN),        'O',     10, 3 },
    { S(NAD),        'O',      1, 2, "SG24", 500 },
    { S(LOC),        'O',     10, 2 },
    { S(FTX),        'O',      5, 2 },
    { S(DOC),        'O',      1, 3, "SG25", 10 },
    { S(DTM),        'O',      1, 3 },
    { S(CTA),        'O',      1, 3, "SG26", 5 },
    { S(COM),        'O',      5, 3 },
    { S(QTY),        'O',      1, 3, "SG27", 50 },
    { S(SCC),        'O',      1, 3 },
    { S(DTM),        'O',      2, 3 },
    { S(RFF),        'O',      1, 4, "SG28", 10 },
    { S(DTM),        'O',      1, 4 },
    { S(QVR),        'O',      1, 3, "SG29", 10 },
    { S(DTM),        'O',      5, 3 },
    { S(RFF),        'O',      1, 4, "SG30", 10 },
    { S(DTM),        'O',      1, 4 },
    { S(TDT),        'O',      1, 3, "SG31", 10 },
    { S(DTM),        'O',      5, 3 },
    { S(UNS),        'M',      1, 0 },
    { S(CNT),        'O',      5, 0 },
    { S(FTX),        'O',      5, 0 },
    { S(UNT),        'M',      1, 0 },
};

/* DELFOR D01B, what will be called off. */
static const edi_row_t rows_delfor_d01b[] = {
    { S(UNH),        'M',      1, 0 },
    { S(BGM_D01B),   'M',      1, 0 },
    { S(DTM),        'M',     10, 0 },
    { S(FTX),        'O',      5, 0 },

    { S(RFF),        'O',      1, 1, "SG1", 10 },
    { S(DTM),        'O',      1, 1 },

    { S(NAD_D01B),   'O',      1, 1, "SG2", 99 },
    { S(RFF),        'O',      1, 2, "SG3", 10 },
    { S(DTM),        'O',      1, 2 },
    { S(CTA),        'O',      1, 2, "SG4", 5 },
    { S(COM),        'O',      5, 2 },

    { S(TDT),        'O',      1, 1, "SG5", 10 },
    { S(DTM),        'O',      5, 1 },

    { S(GIS),        'O',      1, 1, "SG6", 9999 },
    { S(NAD_D01B),   'O',      1, 2, "SG7", 1 },
    { S(LOC),        'O',     10, 2 },
    { S(FTX),        'O',      5, 2 },
    { S(RFF),        'O',      1, 3, "SG8", 10 },
    { S(DTM),        'O',      1, 3 },
    { S(DOC),        'O',      1, 3, "SG9", 10 },
    { S(DTM),        'O',     10, 3 },
    { S(CTA),        'O',      1, 3, "SG10", 5 },
    { S(COM),        'O',      5, 3 },
    { S(TDT),        'O',      1, 3, "SG11", 10 },
    { S(DTM),        'O',      5, 3 },
    { S(LIN_D01B),   'O',      1, 2, "SG12", 9999 },
    { S(PIA),        'O',     10, 2 },
    { S(IMD_D01B),   'O',     10, 2 },
    { S(MEA_D01B),   'O',      5, 2 },
    { S(ALI),        'O',      5, 2 },
    { S(GIN),        'O',    999, 2 },
    { S(GIR),        'O',    999, 2 },
    { S(LOC),        'O',    999, 2 },
    { S(DTM),        'O',      5, 2 },
    { S(FTX),        'O',      5, 2 },
    { S(RFF),        'O',      1, 3, "SG13", 10 },
    { S(DTM),        'O',      1, 3 },
    { S(TDT),        'O',      1, 3, "SG14", 10 },
    { S(TMD),        'O',      1, 3 },
    { S(DTM),        'O',      5, 3 },
    { S(QTY_D01B),   'O',      1, 3, "SG15", 99 },
    { S(DTM),        'O',      2, 3 },
    { S(RFF),        'O',      1, 4, "SG16", 10 },
    { S(DTM),        'O',      1, 4 },
    { S(SCC),        'O',      1, 3, "SG17", 999 },
    { S(QTY_D01B),   'O',      1, 4, "SG18", 999 },
    { S(DTM),        'O',      2, 4 },
    { S(RFF),        'O',      1, 5, "SG19", 10 },
    { S(DTM),        'O',      1, 5 },
    { S(PAC),        'O',      1, 3, "SG20", 99 },
    { S(MEA_D01B),   'O',     10, 3 },
    { S(QTY_D01B),   'O',      5, 3 },
    { S(DTM),        'O',      5, 3 },
    { S(PCI),        'O',      1, 4, "SG21", 10 },
    { S(GIN),        'O',     10, 4 },
    { S(NAD_D01B),   'O',      1, 3, "SG22", 999 },
    { S(LOC),        'O',     10, 3 },
    { S(FTX),        'O',      5, 3 },
    { S(DOC),        'O',      1, 4, "SG23", 10 },
    { S(DTM),        'O',      1, 4 },
    { S(CTA),        'O',      1, 4, "SG24", 5 },
    { S(COM),        'O',      5, 4 },
    { S(QTY_D01B),   'O',      1, 4, "SG25", 10 },
    { S(DTM),        'O',      2, 4 },
    { S(RFF),        'O',      1, 5, "SG26", 10 },
    { S(DTM),        'O',      1, 5 },
    { S(SCC),        'M',      1, 4, "SG27", 999 },
    { S(QTY_D01B),   'M',      1, 5, "SG28", 999 },
    { S(DTM),        'O',      2, 5 },
    { S(RFF),        'O',      1, 6, "SG29", 10 },
    { S(DTM),        'O',      1, 6 },
    { S(TDT),        'O',      1, 4, "SG30", 10 },
    { S(DTM),        'O',      5, 4 },
    { S(UNT),        'M',      1, 0 },
};


extern const edi_set_t
    edi_invrpt_d96a, edi_invrpt_d01b, edi_slsrpt_d96a, edi_slsrpt_d01b,
    edi_delfor_d96a, edi_delfor_d01b;

const edi_set_t edi_invrpt_d96a = {
    "INVRPT", NULL, EDI_ROWS(rows_invrpt_d96a), "D96A"
};
const edi_set_t edi_invrpt_d01b = {
    "INVRPT", NULL, EDI_ROWS(rows_invrpt_d01b), "D01B"
};
const edi_set_t edi_slsrpt_d96a = {
    "SLSRPT", NULL, EDI_ROWS(rows_slsrpt_d96a), "D96A"
};
const edi_set_t edi_slsrpt_d01b = {
    "SLSRPT", NULL, EDI_ROWS(rows_slsrpt_d01b), "D01B"
};
const edi_set_t edi_delfor_d96a = {
    "DELFOR", NULL, EDI_ROWS(rows_delfor_d96a), "D96A"
};
const edi_set_t edi_delfor_d01b = {
    "DELFOR", NULL, EDI_ROWS(rows_delfor_d01b), "D01B"
};
