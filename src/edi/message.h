/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_MESSAGE_H
#define XD_EDI_MESSAGE_H

#include "edi/write.h"
#include "format/edifact_write.h"

/*
 * Trees back into messages, groups and interchanges of EDIFACT, as
 * edi/write.h does it for X12.  Control numbers are the caller's; counts are
 * computed: UNT, UNE, UNZ, and CNT+2 where the tree has it without a value.
 *
 * Standard: ISO 9735 (syntax versions 3 and 4), ISO 9735-1 clause 7.
 */

/* One side of UNB. */
typedef struct {
    xd_str_t id, qualifier; /* 0004 or 0010, 0007 */
    xd_str_t internal;      /* 0008 or 0014; mostly empty */
} xd_edifact_party_t;

typedef struct {
    xd_edifact_form_t form; /* xd_edifact_form_usual, or others; what the set
                               cannot say is refused by its place */
    char syntax;            /* '3' or '4' */
    bool una;               /* also where its marks are the usual ones */
    bool groups;            /* UNG and UNE around each kind of message */
    uint32_t wrap;          /* a line break behind so many bytes; 0: none */
    xd_edifact_party_t sender, receiver;
    xd_str_t application, agreement;        /* 0026, 0032; mostly empty */
    xd_str_t version, release, association; /* 0052, 0054, 0057: "D", "96A",
                                                "EAN008"; each where the tree
                                                of a message does not say it */
    uint32_t control;                       /* 0020 */
    int64_t now_ms;
    bool test, ack_requested;  /* 0035, 0031 */
    const xd_guides_t *guides; /* of the partner, which it must fit; or NULL */
} xd_edifact_envelope_t;

/*
 * xd_edi_write_edifact - one interchange of groups of messages
 *
 *   arena   for what is needed on the way; may be emptied after the call
 *   groups  messages of one kind each; where e->groups is false they follow
 *           each other without UNG
 *   rep     gains what cannot be written, by the JSON Pointer of its tree
 *           (edifact.write.…), and what our own grader finds in what was
 *           written
 *   out     gains the interchange; as it was when that fails
 *
 * Returns XD_OK; XD_E_SYNTAX when something cannot be written, or what was
 * written is not clean; XD_E_MEMORY; XD_E_LIMIT of the buffer.
 */
XD_CHECKED xd_rc_t xd_edi_write_edifact(xd_arena_t *arena,
    const xd_edifact_envelope_t *e, const xd_edi_out_group_t *groups,
    size_t count, xd_report_t *rep, xd_buf_t *out);

#endif
