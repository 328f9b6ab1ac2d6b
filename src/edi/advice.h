/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_ADVICE_H
#define XD_EDI_ADVICE_H

#include "edi/ack.h"

/*
 * Application advice: what became of a set whose syntax was accepted, and why
 * it could not be used.  An 824 in X12, an APERAK in EDIFACT.
 */

/* One thing that is wrong, where it stands in the set. */
typedef struct {
    const char *code; /* TED01, ERC01: of data element 647 */
    xd_str_t text;
    xd_str_t segment_id;         /* empty: the set as a whole */
    uint32_t position;           /* in the set, ST = 1 */
    uint32_t element, component; /* 0: none */
    xd_str_t value;
} xd_edi_remark_t;

typedef struct {
    const xd_edi_group_t *group;
    const xd_edi_set_t *set;
    char status;           /* A used; E used, with remarks; R not used */
    const char *qualifier; /* of number: 128 or 1153 */
    xd_str_t number;       /* the document's own */
    xd_vec_t remarks;      /* of xd_edi_remark_t, at most 100 */
} xd_edi_advice_t;

/* A set, and what was found in it. */
typedef struct {
    xd_str_t bytes; /* the file */
    const xd_edi_interchange_t *ic;
    const xd_edi_group_t *group;
    const xd_edi_set_t *set;
    const xd_report_t *rep;
    size_t from, to; /* findings [from, to) of rep are of its map and rules */
} xd_edi_advised_t;

/*
 * xd_edi_advise - the advice about one set
 *
 * Errors of its map and rules say that it was not used.  Sums that do not fit
 * and numbers of GS1 that are none, which grading found in it, are remarks.
 *
 * Returns XD_OK; XD_E_NOT_FOUND when nothing is to be advised: the set was
 * rejected, or is an answer itself; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_edi_advise(xd_arena_t *arena, const xd_edi_advised_t *of,
    xd_edi_advice_t *out);

/*
 * xd_edi_write_824, xd_edi_write_aperak - advice as bytes
 *
 *   advices  of xd_edi_advice_t, all of the interchange `in`
 *   out      one interchange: one 824 with an OTI for each, or an APERAK for
 *            each
 *
 * Returns XD_OK; XD_E_NOT_FOUND when there are none, or the syntax is the
 * other one (out is left as it was); XD_E_MEMORY.
 *
 * Standard: X12 824 (004010), segments BGN, OTI, TED, NTE; UN/EDIFACT APERAK
 * D.96A and D.01B, segments BGM, DTM, RFF, ERC, FTX.
 */
XD_CHECKED xd_rc_t xd_edi_write_824(const xd_edi_interchange_t *in,
    const xd_edi_ack_t *ack, const xd_vec_t *advices, xd_buf_t *out);
XD_CHECKED xd_rc_t xd_edi_write_aperak(const xd_edi_interchange_t *in,
    const xd_edi_ack_t *ack, const xd_vec_t *advices, xd_buf_t *out);

#endif
