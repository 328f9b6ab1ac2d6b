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

/* A fault of an envelope, as UCI, UCF and UCM tell it: code 0 when there is
 * none. */
typedef struct {
    uint16_t code;              /* 0085 */
    xd_str_t segment_id;        /* 0135; may be empty */
    uint8_t element, component; /* 0098 less one, 0104; 0: none */
} xd_edi_reason_t;

/* One of our messages or groups, as UCM or UCF answers it. */
typedef struct {
    xd_str_t code, control; /* 0065 and 0062; of a group 0048 alone */
    char status;            /* 0083: A or R; 0: none of those known */
    xd_edi_reason_t reason;
    xd_vec_t faults; /* of xd_edi_fault_t: UCS, and UCD of it; codes of 0085
                        are in segment_code and element_code */
} xd_edi_contrl_answer_t;

typedef struct {
    xd_str_t control; /* our 0020 */
    char status;      /* A or R; 8 of 0083, "it arrived", is A as well */
    xd_edi_reason_t reason;
    xd_vec_t groups, messages; /* of xd_edi_contrl_answer_t: those named;
                                  messages of groups too.  What is not named
                                  shares the fate of what is around it */
} xd_edi_contrl_t;

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

/*
 * xd_edi_read_contrl - the answer to an interchange of EDIFACT
 *
 *   arena, tree  as for xd_edi_read_997, of a CONTRL of syntax 3 or 4
 *
 * Returns XD_OK; XD_E_SYNTAX when UCI does not say which interchange it
 * answers, or what became of it; XD_E_MEMORY.
 *
 * Standard: UN/EDIFACT CONTRL D.3, ISO 9735-4 (CONTRL 4.1).
 */
XD_CHECKED xd_rc_t xd_edi_read_contrl(xd_arena_t *arena, const xd_node_t *tree,
    xd_edi_contrl_t *out);

#endif
