/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_ACK_H
#define XD_EDI_ACK_H

#include "base/buf.h"
#include "edi/grade.h"

/* Who acknowledges, and with which control numbers. */
typedef struct {
    int64_t now_ms;
    uint32_t isa_control; /* ISA13 or 0020 of what is written */
    uint32_t gs_control;  /* GS06 of its group */
    char usage;           /* ISA15: P or T */
} xd_edi_ack_t;

/*
 * xd_edi_write_997 - the functional acknowledgements of one interchange
 *
 *   in   as graded; its group verdicts and faults become AK1..AK9.  Sender
 *        and receiver are swapped with their qualifiers; the marks are those
 *        of the interchange received, but never a line end alone.
 *   out  one interchange: ISA, a GS of type FA, one 997 for each group
 *
 * An interchange of EDIFACT is answered by CONTRL, never here: XD_E_NOT_FOUND.
 * A group of type FA (an acknowledgement) is never acknowledged.  Groups of
 * a rejected interchange are answered too when asked for: whether to send
 * more than its TA1 is the caller's to decide.
 * Returns XD_OK; XD_E_NOT_FOUND when nothing is to be acknowledged (out is
 * left as it was); XD_E_MEMORY.
 *
 * Standard: X12 997 (004010), segments AK1..AK9.
 */
XD_CHECKED xd_rc_t xd_edi_write_997(const xd_edi_interchange_t *in,
    const xd_edi_ack_t *ack, xd_buf_t *out);

/*
 * xd_edi_write_999 - the implementation acknowledgement
 *
 * As xd_edi_write_997, in version 005010 or later: IK3..IK5 for AK3..AK5, and
 * a CTX behind each element that a note of its segment needs or forbids.
 *
 * Standard: X12 999 (005010), segments AK1, AK2, IK3, CTX, IK4, IK5, AK9.
 */
XD_CHECKED xd_rc_t xd_edi_write_999(const xd_edi_interchange_t *in,
    const xd_edi_ack_t *ack, xd_buf_t *out);

/*
 * xd_edi_write_contrl - the syntax and service report of EDIFACT
 *
 *   in   as graded; what was rejected is named with its codes of 0085 down to
 *        the component, what is not named shares the fate of its interchange
 *        (action 7 of 0083)
 *   out  one interchange of one CONTRL, in the syntax version and character
 *        set of the one received, sender and receiver swapped; its reference
 *        is ack->isa_control
 *
 * Returns XD_OK; XD_E_NOT_FOUND for X12 and for an interchange that only holds
 * CONTRL (out is left as it was); XD_E_MEMORY.
 *
 * Standard: ISO 9735-4 (syntax 4), UN/EDIFACT CONTRL D.3 (syntax 1 to 3).
 */
XD_CHECKED xd_rc_t xd_edi_write_contrl(const xd_edi_interchange_t *in,
    const xd_edi_ack_t *ack, xd_buf_t *out);

/*
 * xd_edi_write_ta1 - the interchange acknowledgement
 *
 * One interchange of ISA, TA1, IEA.  Same returns as xd_edi_write_997;
 * XD_E_NOT_FOUND when ISA14 asked for none and the envelope was good.
 *
 * Standard: X12.5 segment TA1.
 */
XD_CHECKED xd_rc_t xd_edi_write_ta1(const xd_edi_interchange_t *in,
    const xd_edi_ack_t *ack, xd_buf_t *out);

#endif
