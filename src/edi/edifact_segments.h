/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_EDIFACT_SEGMENTS_H
#define XD_EDI_EDIFACT_SEGMENTS_H

#include "edi/grammar.h"


/*
 * The segments of EDIFACT, for the tables of its messages.  A segment whose
 * later form does not only add to the earlier one stands twice, the later one
 * with its directory behind the name.
 */

extern const edi_segment_t edi_edifact_segments[];
extern const size_t edi_edifact_segments_count;

/* Every message that has a grammar, once for each directory. */
extern const edi_set_t *const edi_edifact_messages[];
extern const size_t edi_edifact_messages_count;

/* Places of edi_edifact_segments, for the rows of messages. */
enum {
    EDIFACT_AJT,
    EDIFACT_AJT_D01B,
    EDIFACT_ALC,
    EDIFACT_ALI,
    EDIFACT_APR,
    EDIFACT_BGM,
    EDIFACT_BGM_D01B,
    EDIFACT_CAV,
    EDIFACT_CCI,
    EDIFACT_CDI,
    EDIFACT_CED,
    EDIFACT_CNI,
    EDIFACT_CNT,
    EDIFACT_COD,
    EDIFACT_COM,
    EDIFACT_CPI,
    EDIFACT_CPS,
    EDIFACT_CTA,
    EDIFACT_CUX,
    EDIFACT_DGS,
    EDIFACT_DGS_D14B,
    EDIFACT_DIM,
    EDIFACT_DLI,
    EDIFACT_DLI_D01B,
    EDIFACT_DLM,
    EDIFACT_DOC,
    EDIFACT_DTM,
    EDIFACT_EFI,
    EDIFACT_EQA,
    EDIFACT_EQD,
    EDIFACT_EQN,
    EDIFACT_ERC,
    EDIFACT_FII,
    EDIFACT_FTX,
    EDIFACT_GDS,
    EDIFACT_GEI,
    EDIFACT_GID,
    EDIFACT_GIN,
    EDIFACT_GIR,
    EDIFACT_GIS,
    EDIFACT_GOR,
    EDIFACT_HAN,
    EDIFACT_HYN,
    EDIFACT_IDE,
    EDIFACT_IMD,
    EDIFACT_IMD_D01B,
    EDIFACT_INP,
    EDIFACT_INV,
    EDIFACT_IRQ,
    EDIFACT_LIN,
    EDIFACT_LIN_D01B,
    EDIFACT_LOC,
    EDIFACT_MEA,
    EDIFACT_MEA_D01B,
    EDIFACT_MKS,
    EDIFACT_MOA,
    EDIFACT_MTD,
    EDIFACT_NAD,
    EDIFACT_NAD_D01B,
    EDIFACT_NAD_D14B,
    EDIFACT_PAC,
    EDIFACT_PAI,
    EDIFACT_PAT,
    EDIFACT_PCD,
    EDIFACT_PCI,
    EDIFACT_PCI_D14B,
    EDIFACT_PGI,
    EDIFACT_PIA,
    EDIFACT_PRC,
    EDIFACT_PRI,
    EDIFACT_PTY,
    EDIFACT_PYT,
    EDIFACT_QTY,
    EDIFACT_QTY_D01B,
    EDIFACT_QVR,
    EDIFACT_RCS,
    EDIFACT_RFF,
    EDIFACT_RFF_D14B,
    EDIFACT_RJL,
    EDIFACT_RNG,
    EDIFACT_RTE,
    EDIFACT_SCC,
    EDIFACT_SEL,
    EDIFACT_SEL_D01B,
    EDIFACT_SGP,
    EDIFACT_STG,
    EDIFACT_STS,
    EDIFACT_STS_D01B,
    EDIFACT_TAX,
    EDIFACT_TCC,
    EDIFACT_TDT,
    EDIFACT_TDT_D14B,
    EDIFACT_TMD,
    EDIFACT_TMP,
    EDIFACT_TOD,
    EDIFACT_TPL,
    EDIFACT_TRU,
    EDIFACT_TSR,
    EDIFACT_UCD,
    EDIFACT_UCF,
    EDIFACT_UCF_S4,
    EDIFACT_UCI,
    EDIFACT_UCI_S4,
    EDIFACT_UCM,
    EDIFACT_UCM_S4,
    EDIFACT_UCS,
    EDIFACT_UNH,
    EDIFACT_UNS,
    EDIFACT_UNT,
    EDIFACT_SEGMENTS
};

#endif
