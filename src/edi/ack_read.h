/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_ACK_READ_H
#define XD_EDI_ACK_READ_H

#include "edi/grade.h"

/*
 * What a partner answers to what we sent, to be matched by its control
 * numbers.  The answer to an interchange (TA1) is xd_edi_ta1_t of grade.h: it
 * stands outside of sets.
 */

/* Most faults of one answer that are kept. */
#define XD_EDI_MOST_ANSWERS 20000

/* One of our sets, as AK2 to AK5 answer it. */
typedef struct {
    xd_str_t code, control; /* AK201, AK202: our ST01, ST02 */
    char status;            /* AK501: A, E, M, R, W, X; 0: AK5 is missing */
    uint16_t codes[5];      /* AK502..06; 0 ends */
    xd_vec_t faults;        /* of xd_edi_fault_t: AK3, and AK4 of it.  A
                               segment code of 8 stands with its elements */
} xd_edi_answer_t;

typedef struct {
    xd_str_t functional;                   /* AK101: our GS01 */
    xd_str_t control;                      /* AK102: our GS06 */
    char status;                           /* AK901: A, E, M, P, R, W, X */
    uint32_t included, received, accepted; /* AK902..04 */
    uint16_t codes[5];                     /* AK905..09; 0 ends */
    xd_vec_t sets;                         /* of xd_edi_answer_t: those named;
                                              others share the group's fate */
} xd_edi_997_t;

/* Accepted, if with errors noted? */
static inline bool
xd_edi_accepts(char status)
{
    return status == 'A' || status == 'E';
}


/*
 * xd_edi_read_997 - a functional or an implementation acknowledgement
 *
 *   arena  owns the lists; texts are those of the tree
 *   tree   of a 997 or 999, as graded: one that was refused is read as far as
 *          it goes
 *
 * Returns XD_OK; XD_E_SYNTAX when it does not say which group it answers
 * (AK1), or what became of it (AK9); XD_E_MEMORY.
 *
 * Standard: X12 997 (004010), segments AK1 to AK9; X12 999 (005010), where
 * IK3 to IK5 stand for AK3 to AK5.
 */
XD_CHECKED xd_rc_t xd_edi_read_997(xd_arena_t *arena, const xd_node_t *tree,
    xd_edi_997_t *out);

#endif
