/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_GRADE_H
#define XD_EDI_GRADE_H

#include "base/report.h"
#include "base/vec.h"
#include "edi/guide.h"
#include "edi/kinds.h"
#include "format/edifact.h"
#include "tree/node.h"

/*
 * Grading: one streaming pass over a file that checks envelopes, counts,
 * segments, elements and the HL tree against the grammar, remembers what the
 * acknowledgement must say, and hands over each transaction set as a tree
 * when somebody wants it.
 *
 * Memory is bounded by the largest HL tree and the findings that are kept,
 * not by the file, unless trees are asked for.
 */

/* Sets a verdict has in AK5/AK9: A, E, R (and P for a group). */
typedef char xd_verdict_t;

/* One fault as an acknowledgement tells it; kind names it in all of them. */
typedef struct {
    uint8_t kind;         /* of xd_edi_kind_t; of one that was read back: 0 */
    bool guide;           /* the standard allows it, the partner's guide not */
    xd_str_t segment_id;  /* AK301 */
    uint32_t position;    /* AK302, UCS 0096: in its set, ST or UNH = 1 */
    xd_str_t loop_id;     /* AK303, may be empty */
    uint8_t segment_code; /* AK304; 0: none */
    uint8_t element;      /* AK401-1; UCD 0098 is one more, as the segment's
                             tag is 1 there; 0: the segment itself */
    uint8_t component;    /* AK401-2, UCD 0104; 0: none */
    uint16_t reference;   /* AK402, X12 data element number; 0: none */
    uint8_t element_code; /* AK403 */
    xd_str_t value;       /* AK404, copied, at most 99 bytes */
} xd_edi_fault_t;

/* The first fault of an envelope, as UCI, UCF or UCM of a CONTRL tells it. */
typedef struct {
    uint8_t kind;               /* of xd_edi_kind_t; 0: none */
    char segment_id[4];         /* 0135 */
    uint8_t element, component; /* 0098 less one, 0104; 0: none */
} xd_edi_error_t;

typedef struct {
    xd_str_t code;    /* ST01 "856", 0065 "ORDERS" */
    xd_str_t control; /* ST02, 0062 */
    xd_str_t version, release, agency, association; /* 0052, 0054, 0051, 0057:
                                                       "D", "96A", "UN" */
    size_t offset;                                  /* of ST, UNH */
    size_t length;                                  /* to behind SE, UNT */
    uint32_t segments; /* counted, ST and SE included */
    bool unverified;   /* its grammar has not been tried on real files: what it
                          finds rejects nothing */
    bool again;        /* its number stands before in the group, which the
                          options bear with */
    xd_edi_error_t error; /* of UNH, UNT */
    xd_verdict_t verdict;
    uint8_t set_codes[5]; /* AK502..06; 0 ends */
    xd_vec_t faults;      /* of xd_edi_fault_t, most 200 kept */
    xd_node_t *tree;      /* when trees were asked for; else NULL */
} xd_edi_set_t;

typedef struct {
    bool implied;              /* sets of an interchange that has no UNG */
    xd_str_t functional;       /* GS01 "SH", 0038 "ORDERS" */
    xd_str_t sender, receiver; /* GS02, GS03; 0040, 0044 */
    xd_str_t sender_qualifier, receiver_qualifier; /* 0007, twice */
    xd_str_t control;                              /* GS06, 0048 */
    xd_str_t version;     /* GS08 "004010"; in EDIFACT a set says it */
    xd_edi_error_t error; /* of UNG, UNE */
    xd_vec_t sets;        /* of xd_edi_set_t */
    uint32_t declared;    /* GE01; as received when there is none */
    uint32_t received;    /* all, also those that are not kept */
    uint32_t accepted;
    xd_verdict_t verdict;
    uint8_t group_codes[5]; /* AK905..09 */
} xd_edi_group_t;

/* The answer to an interchange of ours, as it stands in another. */
typedef struct {
    xd_str_t control;    /* TA101: our ISA13 */
    xd_str_t date, time; /* TA102, TA103: our ISA09, ISA10 */
    char status;         /* TA104: A, E or R; 0: none of these */
    uint16_t note;       /* TA105; 0: none */
} xd_edi_ta1_t;

typedef struct {
    xd_edi_syntax_t syntax;
    xd_str_t sender_qualifier, sender;     /* ISA05, ISA06 trimmed; S002 */
    xd_str_t receiver_qualifier, receiver; /* ISA07, ISA08 trimmed; S003 */
    xd_str_t sender_internal, receiver_internal; /* 0008, 0014 */
    xd_str_t date, time;                         /* ISA09, ISA10; S004 */
    xd_str_t version;                            /* ISA12; 0002: "3" */
    xd_str_t charset;                            /* 0001: "UNOC" */
    xd_str_t application;                        /* 0026 */
    xd_str_t control;                            /* ISA13; 0020 */
    bool ack_requested;                          /* ISA14 = 1; 0031 = 1 */
    bool test;                                   /* ISA15 = T; 0035 = 1 */
    xd_x12_marks_t marks;
    size_t offset, length;       /* in the file; from UNA on */
    xd_verdict_t verdict;        /* TA104: A, E or R */
    uint16_t note;               /* TA105, or 0085; 0 none */
    xd_edi_error_t error;        /* of UNB, UNZ */
    bool acknowledges;           /* holds a TA1, or nothing but CONTRL */
    uint32_t received, accepted; /* sets, of all groups */
    xd_vec_t answers;            /* of xd_edi_ta1_t */
    xd_vec_t groups;             /* of xd_edi_group_t */
} xd_edi_interchange_t;

typedef struct {
    xd_vec_t interchanges; /* of xd_edi_interchange_t */
    bool not_edi;          /* no interchange was found at all */
    uint32_t guided;       /* sets that a guide was for */
} xd_edi_file_t;

typedef enum { XD_EDI_ANY, XD_EDI_ONLY_X12, XD_EDI_ONLY_EDIFACT } xd_edi_only_t;

typedef struct {
    bool trees;         /* build xd_edi_set_t.tree for known sets */
    uint32_t most_sets; /* kept in the result, and as many groups and
                           interchanges; further ones are graded and counted
                           only; 0: 100,000 */
    xd_edi_only_t only; /* another syntax is no interchange then */
    bool bears_again;   /* a set whose number stands before in its group is
                           a warning, and marked; else it is rejected */
    bool verdicts_only; /* sets and groups are judged and counted, none is
                           kept: memory does not grow with them */

    const xd_guides_t *guides; /* of the partner; NULL: none */
    xd_guide_use_t *use;       /* counts for each check of them, or NULL */

    /* Told now and then up to where the bytes will not be looked at again;
     * NULL: nobody wants to know. */
    void (*passed)(void *ctx, size_t offset);
    void *passed_ctx;
} xd_edi_options_t;

/*
 * xd_edi_grade - read and judge all of a file
 *
 *   arena  owns the result
 *   bytes  the file; the result's slices point into it
 *   rep    gains every finding
 *   out    always set when XD_OK is returned, however bad the file is
 *
 * Returns XD_OK or XD_E_MEMORY.
 *
 * The tree of a set: an object per loop.  A segment id names an array of its
 * occurrences, each an object {"1": a, "2": b} of the elements that are there
 * (text nodes with their offsets; a composite is an array of texts); a loop's
 * name names an array of loop objects, which begin with the elements of their
 * first segment.  HL loops are nested by HL02: each has its children in "HL".
 * So BSN02 of the 856 is at /BSN/0/2, the first HL03 at /HL/0/3, the name of
 * its first party at /HL/0/N1/0/2 and the first item's quantity at
 * /HL/0/HL/0/HL/0/SN1/0/2.
 *
 * In EDIFACT a loop bears the number of its group, values are without release
 * characters and in UTF-8, and a composite is an array even of one text: BGM02
 * is at /BGM/0/2, the quantity of the first line of an ORDERS D.96A at
 * /SG25/0/QTY/0/1/1.  A segment that has two places in one loop (before and
 * behind UNS) has one array for both, in the order of the file.
 */
XD_CHECKED xd_rc_t xd_edi_grade(xd_arena_t *arena, xd_str_t bytes,
    const xd_edi_options_t *options, xd_report_t *rep, xd_edi_file_t *out);

/* Which version of its grammar a set is of: "004010" of a group, "D96A" of a
 * message; in the arena, with a NULL .ptr when that is full. */
xd_str_t xd_edi_version(xd_arena_t *arena, const xd_edi_group_t *group,
    const xd_edi_set_t *set);

#endif
