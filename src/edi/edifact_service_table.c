/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Answers: to the syntax (CONTRL) and to the matter (APERAK).
 * Which segments, in which order and how often; groups are loops under their
 * numbers.  UN/EDIFACT directories D.96A, D.01B and, for invoices, D.14B.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/edifact_segments.h"

/* Members left out are 0: most rows need none of them. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define S(name) &edi_edifact_segments[EDIFACT_##name]


/* CONTRL D3, the answer to the syntax. */
static const edi_row_t rows_contrl_d3[] = {
    { S(UNH),        'M',      1, 0 },
    { S(UCI),        'M',      1, 0 },

    { S(UCM),        'O',      1, 1, "SG1", 999999 },
    { S(UCS),        'O',      1, 2, "SG2", 999 },
    { S(UCD),        'O',     99, 2 },

    { S(UCF),        'O',      1, 1, "SG3", 999999 },
    { S(UCM),        'O',      1, 2, "SG4", 999999 },
    { S(UCS),        'O',      1, 3, "SG5", 999 },
    { S(UCD),        'O',     99, 3 },
    { S(UNT),        'M',      1, 0 },
};

/* CONTRL 41, the answer to the syntax. */
static const edi_row_t rows_contrl_41[] = {
    { S(UNH),        'M',      1, 0 },
    { S(UCI_S4),     'M',      1, 0 },

    { S(UCM_S4),     'O',      1, 1, "SG1", 999999 },
    { S(UCS),        'O',      1, 2, "SG2", 999 },
    { S(UCD),        'O',     99, 2 },

    { S(UCF_S4),     'O',      1, 1, "SG3", 999999 },
    { S(UCM_S4),     'O',      1, 2, "SG4", 999999 },
    { S(UCS),        'O',      1, 3, "SG5", 999 },
    { S(UCD),        'O',     99, 3 },
    { S(UNT),        'M',      1, 0 },
};

/* APERAK D96A, the answer of the application. */
static const edi_row_t rows_aperak_d96a[] = {
    { S(UNH),        'M',      1, 0 },
    { S(BGM),        'M',      1, 0 },
    { S(DTM),        'O',      9, 0 },
    { S(FTX),        'O',      9, 0 },
    { S(CNT),        'O',      9, 0 },

    { S(RFF),        'O',      1, 1, "SG1", 9 },
    { S(DTM),        'O',      9, 1 },

    { S(NAD),        'O',      1, 1, "SG2", 9 },
    { S(CTA),        'O',      9, 1 },
    { S(COM),        'O',      9, 1 },

    { S(ERC),        'O',      1, 1, "SG3", 999 },
    { S(FTX),        'O',      1, 1 },
    { S(RFF),        'O',      1, 2, "SG4", 1 },
    { S(FTX),        'O',      9, 2 },
    { S(UNT),        'M',      1, 0 },
};

/* APERAK D01B, the answer of the application. */
static const edi_row_t rows_aperak_d01b[] = {
    { S(UNH),        'M',      1, 0 },
    { S(BGM_D01B),   'M',      1, 0 },
    { S(DTM),        'O',      9, 0 },
    { S(FTX),        'O',      9, 0 },
    { S(CNT),        'O',      9, 0 },

    { S(DOC),        'O',      1, 1, "SG1", 99 },
    { S(DTM),        'O',     99, 1 },

    { S(RFF),        'O',      1, 1, "SG2", 9 },
    { S(DTM),        'O',      9, 1 },

    { S(NAD_D01B),   'O',      1, 1, "SG3", 9 },
    { S(CTA),        'O',      9, 1 },
    { S(COM),        'O',      9, 1 },

    { S(ERC),        'O',      1, 1, "SG4", 99999 },
    { S(FTX),        'O',      1, 1 },
    { S(RFF),        'O',      1, 2, "SG5", 9 },
    { S(FTX),        'O',      9, 2 },
    { S(UNT),        'M',      1, 0 },
};


extern const edi_set_t
    edi_contrl_22, edi_contrl_d3, edi_contrl_41, edi_aperak_d96a,
    edi_aperak_d01b;

/* What EANCOM has for syntax 3: the same. */
const edi_set_t edi_contrl_22 = {
    "CONTRL", NULL, EDI_ROWS(rows_contrl_d3), "22"
};
const edi_set_t edi_contrl_d3 = {
    "CONTRL", NULL, EDI_ROWS(rows_contrl_d3), "D3"
};
const edi_set_t edi_contrl_41 = {
    "CONTRL", NULL, EDI_ROWS(rows_contrl_41), "41"
};
const edi_set_t edi_aperak_d96a = {
    "APERAK", NULL, EDI_ROWS(rows_aperak_d96a), "D96A"
};
const edi_set_t edi_aperak_d01b = {
    "APERAK", NULL, EDI_ROWS(rows_aperak_d01b), "D01B"
};
