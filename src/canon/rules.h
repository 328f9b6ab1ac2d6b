/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_RULES_H
#define XD_CANON_RULES_H

#include "base/report.h"
#include "tree/node.h"

/*
 * The business rules that no schema can say: sums, debits and credits, dates
 * in order, numbers that stand once, who may write a field.  They look at the
 * canonical tree alone, so a rule has one id whatever the syntax of what came
 * in.  The rules stand in rules_table.c.
 */

typedef struct xd_rule_s xd_rule_t;
typedef struct xd_rule_run_s xd_rule_run_t;

/* Checks a rule at one place of the document; adds to the report. */
typedef void xd_rule_fn(xd_rule_run_t *run, const xd_node_t *at);

/*
 * One part of a sum: sign * value * times / per, in each element of list.
 * Paths are dotted member names; arrays on the way are walked through.
 */
typedef struct {
    int sign;          /* 1 or -1; 0 ends the terms */
    const char *list;  /* from the rule's place, or from the document with a
                        * slash in front; NULL: the place itself */
    const char *value; /* an amount, a quantity or a decimal */
    const char *times; /* the same; "a|b" takes b where a is missing */
    const char *per;   /* the same, or a number of its own, as "100" */
    const char *only;  /* counts where this holds, as "kind=charge" */
} xd_term_t;

/* How a sum is held against what is written. */
typedef enum {
    XD_EXACT,   /* equal */
    XD_CENT,    /* within 0.01 */
    XD_HALF_UP, /* each product is rounded, halves away from zero, to the
                 * digits of its currency; then within 0.01 or one unit of
                 * the last digit, whichever is more */
    XD_AT_MOST  /* what is written is not more than the sum */
} xd_rounding_t;

struct xd_rule_s {
    const char *id; /* "invoice.net"; stable */
    xd_severity_t severity;
    xd_rule_fn *check;
    const char *each;    /* path of the places to look at; NULL: the document */
    const char *when;    /* looks only where this holds, as "fourEyes=true" */
    const char *a, *b;   /* what the check is about: see rule_checks.h */
    const char *only;    /* of several nodes, those where this holds */
    const xd_str_t *but; /* names of members left out; ends with an empty one */
    const xd_term_t *terms;
    xd_rounding_t rounding;
    const char *text; /* what is wrong, for a person */
};

/* What the rules know beside the document; members may be NULL. */
typedef struct {
    const xd_node_t *owners; /* a system-of-record document */
} xd_rules_t;

/* The rules of one document, ended by a NULL id. */
typedef struct {
    const char *document;
    const xd_rule_t *rules;
} xd_rule_set_t;

extern const xd_rule_set_t xd_rule_sets[]; /* ends with a NULL document */
extern const xd_rule_t xd_rules_any[];     /* those of every document */

/* NULL when the document has no rules of its own. */
const xd_rule_t *xd_rules_of(xd_str_t document);

/*
 * xd_rules_check - hold a document to the rules
 *
 *   document  "invoice"; a name without rules has those of every document
 *   doc       fits its schema; where it does not, a rule that misses what it
 *             needs says nothing
 *   with      may be NULL
 *   scratch   may be reset after the call
 *   rep       gains each finding: the rule's id, the pointer, line and column
 *             of the node that offends, a sentence
 *
 * Returns XD_OK, also with warnings; XD_E_SYNTAX after an error; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_rules_check(xd_str_t document, const xd_node_t *doc,
    const xd_rules_t *with, xd_arena_t *scratch, xd_report_t *rep);

#endif
