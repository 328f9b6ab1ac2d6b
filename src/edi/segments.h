/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_SEGMENTS_H
#define XD_EDI_SEGMENTS_H

#include "edi/grammar.h"


/* The segments of X12, for the tables of its sets. */

/* All of them, by id. */
extern const edi_segment_t *const edi_segments[];
extern const size_t edi_segments_count;

/* Composites that several segments have. */
extern const edi_element_t edi_parts_C001[15], edi_parts_C002[5],
    edi_parts_C030[3], edi_parts_C040[6];

extern const edi_segment_t edi_seg_AAA, edi_seg_ACK, edi_seg_ACS, edi_seg_ADV,
    edi_seg_ADX, edi_seg_AIN, edi_seg_AK1, edi_seg_AK2, edi_seg_AK3,
    edi_seg_AK4, edi_seg_AK5, edi_seg_AK9, edi_seg_AMT, edi_seg_ASI,
    edi_seg_ASM, edi_seg_AT1, edi_seg_AT2, edi_seg_AT3, edi_seg_AT4,
    edi_seg_AT5, edi_seg_AT7, edi_seg_AT8, edi_seg_AT9, edi_seg_ATA,
    edi_seg_ATH, edi_seg_ATN, edi_seg_B1, edi_seg_B10, edi_seg_B2, edi_seg_B2A,
    edi_seg_B3, edi_seg_B3A, edi_seg_BAK, edi_seg_BAL, edi_seg_BCA, edi_seg_BCD,
    edi_seg_BCH, edi_seg_BCT, edi_seg_BEG, edi_seg_BFR, edi_seg_BGN,
    edi_seg_BHT, edi_seg_BIA, edi_seg_BIG, edi_seg_BIN, edi_seg_BLI,
    edi_seg_BLR, edi_seg_BMG, edi_seg_BNX, edi_seg_BOL, edi_seg_BPR,
    edi_seg_BPT, edi_seg_BRA, edi_seg_BSI, edi_seg_BSN, edi_seg_BSR,
    edi_seg_BSS, edi_seg_C2, edi_seg_C3, edi_seg_CAD, edi_seg_CB1, edi_seg_CD3,
    edi_seg_CDD, edi_seg_CLD, edi_seg_CMC, edi_seg_CN1, edi_seg_CRC,
    edi_seg_CRD, edi_seg_CS, edi_seg_CSH, edi_seg_CTB, edi_seg_CTP, edi_seg_CTT,
    edi_seg_CTX, edi_seg_CUR, edi_seg_DD, edi_seg_DED, edi_seg_DIS, edi_seg_DMG,
    edi_seg_DTM, edi_seg_DTP, edi_seg_EFI, edi_seg_EMS, edi_seg_ENT,
    edi_seg_ETD, edi_seg_FA1, edi_seg_FA2, edi_seg_FOB, edi_seg_FST,
    edi_seg_G01, edi_seg_G08, edi_seg_G17, edi_seg_G19, edi_seg_G20,
    edi_seg_G22, edi_seg_G23, edi_seg_G24, edi_seg_G25, edi_seg_G26,
    edi_seg_G27, edi_seg_G28, edi_seg_G31, edi_seg_G33, edi_seg_G36,
    edi_seg_G38, edi_seg_G39, edi_seg_G40, edi_seg_G42, edi_seg_G43,
    edi_seg_G45, edi_seg_G46, edi_seg_G47, edi_seg_G50, edi_seg_G51,
    edi_seg_G53, edi_seg_G54, edi_seg_G55, edi_seg_G61, edi_seg_G62,
    edi_seg_G66, edi_seg_G68, edi_seg_G69, edi_seg_G70, edi_seg_G72,
    edi_seg_G73, edi_seg_G76, edi_seg_G82, edi_seg_G83, edi_seg_G84,
    edi_seg_G85, edi_seg_G86, edi_seg_G87, edi_seg_G88, edi_seg_G89,
    edi_seg_G91, edi_seg_G92, edi_seg_G93, edi_seg_G94, edi_seg_G95, edi_seg_GF,
    edi_seg_H1, edi_seg_H2, edi_seg_H3, edi_seg_H6, edi_seg_HL, edi_seg_IK3,
    edi_seg_IK4, edi_seg_IK5, edi_seg_IN2, edi_seg_INC, edi_seg_INV,
    edi_seg_ISR, edi_seg_ISS, edi_seg_IT1, edi_seg_IT3, edi_seg_IT8,
    edi_seg_ITA, edi_seg_ITD, edi_seg_JIT, edi_seg_K1, edi_seg_L0, edi_seg_L1,
    edi_seg_L10, edi_seg_L11, edi_seg_L3, edi_seg_L4, edi_seg_L5, edi_seg_L7,
    edi_seg_L9, edi_seg_LAD, edi_seg_LCD, edi_seg_LDT, edi_seg_LE, edi_seg_LEP,
    edi_seg_LFG, edi_seg_LFH, edi_seg_LH1, edi_seg_LH2, edi_seg_LH3,
    edi_seg_LH4, edi_seg_LH6, edi_seg_LHE, edi_seg_LHR, edi_seg_LHT,
    edi_seg_LIN, edi_seg_LM, edi_seg_LOC, edi_seg_LQ, edi_seg_LS, edi_seg_LX,
    edi_seg_M7, edi_seg_MAN, edi_seg_MEA, edi_seg_MIT, edi_seg_MS1, edi_seg_MS2,
    edi_seg_MS3, edi_seg_MSG, edi_seg_MSI, edi_seg_MTX, edi_seg_N1, edi_seg_N11,
    edi_seg_N2, edi_seg_N3, edi_seg_N4, edi_seg_N7, edi_seg_N7A, edi_seg_N7B,
    edi_seg_N9, edi_seg_NM1, edi_seg_NTE, edi_seg_NX2, edi_seg_OID, edi_seg_OTI,
    edi_seg_P1, edi_seg_PAL, edi_seg_PAM, edi_seg_PCT, edi_seg_PD, edi_seg_PDD,
    edi_seg_PEN, edi_seg_PER, edi_seg_PID, edi_seg_PKG, edi_seg_PKL,
    edi_seg_PLD, edi_seg_PO1, edi_seg_PO3, edi_seg_PO4, edi_seg_POC,
    edi_seg_POD, edi_seg_PRF, edi_seg_PRS, edi_seg_PSA, edi_seg_PTD,
    edi_seg_PWK, edi_seg_PYD, edi_seg_Q7, edi_seg_QTY, edi_seg_R1, edi_seg_R2,
    edi_seg_R3, edi_seg_R4, edi_seg_RCD, edi_seg_RDM, edi_seg_RDR, edi_seg_RED,
    edi_seg_REF, edi_seg_RMR, edi_seg_RMT, edi_seg_RPA, edi_seg_RTT,
    edi_seg_RYL, edi_seg_S5, edi_seg_SAC, edi_seg_SCH, edi_seg_SDP, edi_seg_SDQ,
    edi_seg_SE, edi_seg_SHD, edi_seg_SHP, edi_seg_SI, edi_seg_SII, edi_seg_SL1,
    edi_seg_SLN, edi_seg_SMD, edi_seg_SN1, edi_seg_SPI, edi_seg_SPO, edi_seg_SR,
    edi_seg_ST, edi_seg_TAX, edi_seg_TC2, edi_seg_TD1, edi_seg_TD3, edi_seg_TD4,
    edi_seg_TD5, edi_seg_TDS, edi_seg_TED, edi_seg_TRN, edi_seg_TSD,
    edi_seg_TXI, edi_seg_TXP, edi_seg_UIT, edi_seg_USI, edi_seg_V1, edi_seg_V9,
    edi_seg_VEH, edi_seg_W01, edi_seg_W03, edi_seg_W04, edi_seg_W05,
    edi_seg_W06, edi_seg_W07, edi_seg_W08, edi_seg_W09, edi_seg_W10,
    edi_seg_W12, edi_seg_W13, edi_seg_W14, edi_seg_W15, edi_seg_W17,
    edi_seg_W18, edi_seg_W19, edi_seg_W20, edi_seg_W27, edi_seg_W28, edi_seg_W6,
    edi_seg_W66, edi_seg_W76, edi_seg_XPO, edi_seg_XQ, edi_seg_YNQ, edi_seg_ZA;

#endif
