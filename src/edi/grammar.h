/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_GRAMMAR_H
#define XD_EDI_GRAMMAR_H

#include "base/str.h"


/*
 * What a standard allows, as rows.  One row is one line of a table of the
 * standard: nothing here knows how it is checked.
 */

typedef enum {
    EDI_AN, /* text */
    EDI_ID, /* a code */
    EDI_A,  /* text without digits (EDIFACT a) */
    EDI_N,  /* an integer: implied decimals are the reader's matter */
    EDI_R,  /* a number with its own point */
    EDI_DT, /* CCYYMMDD, or YYMMDD */
    EDI_TM, /* HHMM, HHMMSS, and up to two decimals of a second */
    EDI_B,  /* any bytes */
    EDI_COMPOSITE
} edi_type_t;

typedef struct edi_element_s {
    uint16_t reference; /* data element number; 0 for a composite */
    uint8_t type;
    char need; /* M always, O at will, X as the notes say */
    uint16_t min, max;
    uint16_t
        max_later; /* most from 005010 or D.01B on, where it differs; or 0 */
    const char *codes; /* " 00 01 ", all that are allowed; NULL: any */
    const struct edi_element_s *parts; /* of a composite */
    uint8_t nparts;
    uint8_t repeat; /* most times, where versions repeat; 0: once */
    bool later;     /* not in 004010: reference may be 0 */
} edi_element_t;

/* A relation between elements of a segment. */
typedef struct {
    char kind;     /* P R E C L, as X12.6 names them */
    uint8_t first; /* the condition of C and L */
    uint32_t rest; /* bit n: element n (the first one included but for C, L) */
} edi_note_t;

typedef struct {
    char id[4]; /* NUL behind two or three letters */
    const edi_element_t *elements;
    uint8_t count; /* 0: elements are not checked */
    const edi_note_t *notes;
    uint8_t nnotes;
    uint8_t needed; /* the last element that is mandatory; 0: none */
} edi_segment_t;

/*
 * One place of a transaction set, in order.  A row with a loop name begins a
 * loop of its depth, which holds the rows after it of that depth or more, up
 * to the next row that begins a loop of that depth, or has less.
 */
typedef struct {
    const edi_segment_t *segment;
    char need;        /* M or O */
    uint32_t most;    /* uses in its loop; 0: any number */
    uint8_t depth;    /* 0: outside of loops */
    const char *loop; /* the name of the loop that it begins, or NULL */
    uint32_t loop_most;
    uint8_t role; /* of edi_role_t */
} edi_row_t;

/* What a segment is for, beside its own rules. */
typedef enum {
    EDI_NO_ROLE,
    EDI_AS_LEVEL,     /* HL: a level of the tree */
    EDI_AS_ITEM,      /* counted by CTT01; its quantity is summed by CTT02 */
    EDI_AS_TOTALS,    /* CTT */
    EDI_AS_CHARGE,    /* SAC of an invoice */
    EDI_AS_TAX,       /* TXI of an invoice */
    EDI_AS_ORDER_SUM, /* AMT of an order: what lines and charges come to */
    EDI_AS_SUM,       /* TDS: what lines, charges and taxes come to */
    EDI_AS_LINE,      /* LIN of EDIFACT: counted by CNT+2 */
    EDI_AS_CONTROL,   /* CNT of EDIFACT */
    EDI_AS_QUANTITY,  /* QTY of EDIFACT: summed by CNT+1 */
    EDI_AS_ALLOWANCE, /* ALC: whether what follows is taken off or added */
    EDI_AS_SUMMARY,   /* UNS: lines end here */
    EDI_AS_AMOUNT     /* MOA of EDIFACT */
} edi_role_t;

#define EDI_DEPTH     8   /* loops within loops, and the set itself */
#define EDI_MOST_ROWS 512 /* of a set */

typedef struct {
    const char *code;       /* ST01, or the message type of UNH */
    const char *functional; /* GS01; NULL in EDIFACT */
    const edi_row_t *rows;
    uint16_t count;
    const char *directory; /* "D96A"; NULL in X12 */
    const char *since;     /* the version of X12 in which a set was built anew;
                              NULL: 004010 */
    bool unverified;       /* no sample and no code list was at hand: it never
                              rejects on its own account */
} edi_set_t;

/* A segment that has its role wherever it stands. */
typedef struct {
    char id[4];
    uint8_t role;
} edi_special_t;

#define EDI_ROWS(table) (table), sizeof(table) / sizeof((table)[0])

/* -- the tables ----------------------------------------------------------- */

/* Every transaction set of X12. */
extern const edi_set_t *const edi_x12_sets[];
extern const size_t edi_x12_sets_count;

/* -- looking up ----------------------------------------------------------- */

/*
 * edi_grammar_set - the grammar of a transaction set
 *
 *   code     ST01
 *   version  GS08; tables hold for 004010 up to 005999
 *
 * Of several grammars of a set, the newest that is not newer than the version.
 * Returns NULL when there is none.
 */
const edi_set_t *edi_grammar_set(xd_str_t code, xd_str_t version);

/*
 * edi_grammar_message - the grammar of a message of EDIFACT
 *
 *   code, version, release  of UNH: "ORDERS", "D", "96A"
 *
 * Returns NULL when that directory has none here.
 */
const edi_set_t *edi_grammar_message(xd_str_t code, xd_str_t version,
    xd_str_t release);

/* The segment of that id, whatever the set; NULL when no table knows it. */
const edi_segment_t *edi_grammar_segment(xd_str_t id);
const edi_segment_t *edi_grammar_edifact_segment(xd_str_t id);

/* The key of an id in a table. */
static inline uint32_t
edi_id_key(const char id[4])
{
    uint32_t key;

    memcpy(&key, id, sizeof(key));

    return key;
}


/* A segment id as a number that is quick to compare; 0 when it has not two or
 * three bytes. */
static inline uint32_t
edi_key(xd_str_t id)
{
    char bytes[4] = { 0 };

    if (id.len != 2 && id.len != 3) {
        return 0;
    }

    memcpy(bytes, id.ptr, 2);
    bytes[2] = id.len == 3 ? id.ptr[2] : '\0';

    return edi_id_key(bytes);
}

#endif
