/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_GUIDE_PLAN_H
#define XD_EDI_GUIDE_PLAN_H

#include "cel/cel.h"
#include "edi/grammar.h"
#include "edi/guide.h"


/* The files of the guides among themselves. */

#define EDI_GUIDE_CHAIN  8    /* guides that extend each other */
#define EDI_GUIDE_CHECKS 1000 /* of one guide */
#define EDI_NO_ROW       UINT16_MAX

typedef enum {
    GUIDE_OPTIONAL, /* no check: lifts what an extended guide asks */
    GUIDE_REQUIRED,
    GUIDE_UNUSED,
    GUIDE_MOST,
    GUIDE_CODES,
    GUIDE_LENGTH,
    GUIDE_MUST
} guide_kind_t;

extern const char *const edi_guide_asks[];

/* One thing that a rule asks, as the files say it. */
typedef struct {
    guide_kind_t kind;
    xd_severity_t severity;
    xd_str_t guide;         /* of the file that it stands in */
    xd_str_t id, at, says;  /* may be empty */
    const xd_node_t *rule;  /* the whole */
    const xd_node_t *asked; /* the member that asks */
} guide_rule_t;

/* "(1/1=ST|BY)": which segments a name means. */
typedef struct {
    uint8_t element, component; /* element 0: all */
    xd_vec_t codes;             /* of xd_str_t */
} guide_test_t;

typedef struct {
    uint16_t row; /* that begins the loop */
    guide_test_t test;
} guide_step_t;

/* A path on the rows of a grammar. */
typedef struct {
    guide_step_t loops[EDI_DEPTH]; /* around it, from the outside */
    uint8_t nloops;
    bool loop;     /* a loop as a whole */
    xd_vec_t rows; /* of uint16_t: where the segment may stand */
    guide_test_t test;
    uint8_t element, component;
    const edi_element_t *value; /* its row, or NULL */
} guide_target_t;

typedef struct guide_check_s {
    guide_rule_t rule;
    guide_target_t at; /* no rows: the whole set */
    uint32_t least, most;
    xd_vec_t codes; /* of xd_str_t */
    const xd_cel_program_t *program;
} guide_check_t;

/* What a segment of a row means for a check. */
typedef enum {
    GUIDE_OPENS,  /* the loop of its path at `step` */
    GUIDE_RESETS, /* the loop in which it counts */
    GUIDE_MEETS   /* the segment itself */
} guide_meaning_t;

typedef struct {
    uint16_t check;
    uint8_t meaning, step;
} guide_ref_t;

/* A guide on one grammar. */
typedef struct guide_plan_s {
    const edi_set_t *grammar;
    guide_check_t *checks;
    uint16_t count;
    guide_ref_t *refs; /* by row; in a row by meaning */
    uint32_t *first;   /* of each row in refs; one more at the end */
    xd_vec_t needed;   /* of uint16_t: checks that miss a segment */
    bool conditions;   /* some need the tree */
} guide_plan_t;

struct xd_guide_s {
    xd_str_t id, set;
    const xd_node_t *root, *versions;
    xd_vec_t rules; /* of guide_rule_t */
    xd_vec_t plans; /* of guide_plan_t; of one grammar once */
    size_t first;   /* of its checks among all */
    size_t checks;
};

/* -- compiling ------------------------------------------------------------ */

typedef struct {
    xd_arena_t *arena;
    const xd_node_t *all;
    const char *folder;
    xd_report_t *rep;
    size_t faults;
    bool full; /* the arena */
} guide_compiler_t;

/* A fault of a file at a node. */
void edi_guide_fault(guide_compiler_t *c, xd_str_t guide, const xd_node_t *node,
    const char *rule, const char *format, ...) XD_PRINTF(5, 6);

/* Reads a guide and what it extends into rules; what is wrong is told. */
void edi_guide_gather(guide_compiler_t *c, xd_guide_t *guide);

/* A path as text on a grammar; false after a fault was told. */
bool edi_guide_path(guide_compiler_t *c, const edi_set_t *grammar,
    const guide_rule_t *rule, guide_target_t *to);

/* Rows within a loop (EDI_NO_ROW: the set): of a segment, or the one that
 * begins a loop. */
typedef struct {
    const edi_set_t *grammar;
    uint16_t loop;
} guide_within_t;

/* The row that is `from` or comes after it, directly within the loop, with
 * that name; EDI_NO_ROW: none.  *loop tells whether it begins a loop of it. */
uint16_t edi_guide_child(const guide_within_t *in, uint16_t from, xd_str_t name,
    bool *loop);

/* The name in the loop that looks most like it; ptr NULL: none does. */
xd_str_t edi_guide_nearest(const guide_within_t *in, xd_str_t name);

/* All rules of a guide on a grammar. */
void edi_guide_plan(guide_compiler_t *c, const xd_guide_t *guide,
    guide_plan_t *plan);

/* A condition; false after a fault was told. */
bool edi_guide_condition(guide_compiler_t *c, const edi_set_t *grammar,
    guide_check_t *check);

#endif
