/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_KINDS_H
#define XD_EDI_KINDS_H

#include "base/str.h"

/*
 * What can be wrong, whatever the syntax, and the code that each
 * acknowledgement has for it.
 */

typedef enum {
    XD_EDI_NO_FAULT,

    /* a segment of a set */
    XD_EDI_SEGMENT_UNKNOWN,
    XD_EDI_SEGMENT_UNEXPECTED,
    XD_EDI_SEGMENT_MISSING,
    XD_EDI_LOOP_TOO_MANY,
    XD_EDI_SEGMENT_TOO_MANY,
    XD_EDI_SEGMENT_FOREIGN, /* not in this set */
    XD_EDI_SEGMENT_ORDER,

    /* an element or component */
    XD_EDI_ELEMENT_MISSING,
    XD_EDI_ELEMENT_CONDITION, /* missing, by a note */
    XD_EDI_ELEMENT_EXTRA,     /* more than the segment or composite has */
    XD_EDI_ELEMENT_SHORT,
    XD_EDI_ELEMENT_LONG,
    XD_EDI_ELEMENT_CHARACTER,
    XD_EDI_ELEMENT_TYPE, /* letters for digits, or digits for letters */
    XD_EDI_ELEMENT_CODE,
    XD_EDI_ELEMENT_DATE,
    XD_EDI_ELEMENT_TIME,
    XD_EDI_ELEMENT_EXCLUSION,
    XD_EDI_ELEMENT_REPEATS, /* too many repetitions */

    /* the same by a partner's guide; what has no row here is told as above */
    XD_EDI_GUIDE_SEGMENT_MISSING,
    XD_EDI_GUIDE_SEGMENT_UNUSED,
    XD_EDI_GUIDE_CONDITION, /* of a segment, a loop or the set */
    XD_EDI_GUIDE_ELEMENT_MISSING,
    XD_EDI_GUIDE_ELEMENT_UNUSED,
    XD_EDI_GUIDE_CODE,
    XD_EDI_GUIDE_VALUE, /* a condition of a value */
    XD_EDI_LAST_OF_SET = XD_EDI_GUIDE_VALUE,

    /* the envelope of a set */
    XD_EDI_SET_NOT_SUPPORTED,
    XD_EDI_SET_NO_TRAILER,
    XD_EDI_SET_CONTROL_DIFFERS,
    XD_EDI_SET_COUNT,
    XD_EDI_SET_BAD_ID,
    XD_EDI_SET_BAD_CONTROL,
    XD_EDI_SET_CONTROL_AGAIN,

    /* of a group */
    XD_EDI_GROUP_NO_TRAILER,
    XD_EDI_GROUP_CONTROL_DIFFERS,
    XD_EDI_GROUP_COUNT,
    XD_EDI_GROUP_BAD_CONTROL,

    /* of an interchange; what ISA holds has codes of its own */
    XD_EDI_INTERCHANGE_NO_TRAILER,
    XD_EDI_INTERCHANGE_CONTROL_DIFFERS,
    XD_EDI_INTERCHANGE_COUNT,
    XD_EDI_INTERCHANGE_STRUCTURE,
    XD_EDI_INTERCHANGE_CONTENT,
    XD_EDI_INTERCHANGE_COMPONENT,
    XD_EDI_INTERCHANGE_SYNTAX,  /* syntax version or level */
    XD_EDI_INTERCHANGE_MISSING, /* an element of UNB */
    XD_EDI_INTERCHANGE_AGAIN,   /* its number came before: only who keeps a
                                   ledger knows that */

    XD_EDI_KINDS
} xd_edi_kind_t;

/* The codes of one kind; 0: none there. */
typedef struct {
    uint8_t segment;     /* AK304, IK304 */
    uint8_t element;     /* AK403, IK403 */
    uint8_t set;         /* AK502, IK502 */
    uint8_t group;       /* AK905 */
    uint8_t interchange; /* TA105 */
    uint8_t contrl;      /* 0085, at each level of a CONTRL */
    uint8_t guide;       /* IK304 or IK403 behind an "I"; 0: as in AK3, AK4 */
} xd_edi_codes_t;

/* By xd_edi_kind_t. */
extern const xd_edi_codes_t xd_edi_codes[XD_EDI_KINDS];

/* -- for the grader ------------------------------------------------------- */

/* The rule of EDIFACT that is the same as one of X12 ("x12.…"); the rule
 * itself when it has no twin. */
const char *edi_rule_twin(const char *rule);

#endif
