/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_RULE_CHECKS_H
#define XD_CANON_RULE_CHECKS_H

#include "canon/rules.h"

/* Between the rule table, the checks that it names, and the runner. */

struct xd_rule_run_s {
    const xd_rule_t *rule;
    const xd_node_t *doc;
    const xd_rules_t *with;
    xd_arena_t *scratch;
    xd_report_t *rep;
    size_t errors;
    xd_rc_t rc;
};

/* Reports the run's rule at a node; format is the end of its sentence. */
void xd_rule_found(xd_rule_run_t *run, const xd_node_t *at, const char *format,
    ...) XD_PRINTF(3, 4);

/* The same, when the rule's text says all. */
void xd_rule_broken(xd_rule_run_t *run, const xd_node_t *at);

/* -- paths ----------------------------------------------------------------- */

/* The node at a dotted path of members; "a|b" is b where a is missing. */
const xd_node_t *xd_rule_node(const xd_node_t *from, const char *path);

/* Where a list or value begins: the document for a path with a slash in
 * front, which is taken off. */
const xd_node_t *xd_rule_root(const xd_rule_run_t *run, const xd_node_t *at,
    const char **path);

/* Calls fn for each node at a dotted path, arrays walked through; an empty
 * path is from itself. */
typedef void xd_rule_each_fn(void *ctx, const xd_node_t *node);
void xd_rule_each(const xd_node_t *from, xd_str_t path, xd_rule_each_fn *fn,
    void *ctx);

/* Does "member=text" or "member!=text" hold, or is a "member" there? */
bool xd_rule_holds(const xd_node_t *at, const char *condition);

/* -- checks: what a and b are ---------------------------------------------- */

/* a is the sum of the terms; without a the terms sum up to nothing, and the
 * finding stands at b. */
xd_rule_fn xd_rule_sum;

/* No two of the nodes at list a (`only` some of them) have the same members
 * b: "x+y", where y may be missing. */
xd_rule_fn xd_rule_unique;

/* Each value at a stands among the values at b, where there are any. */
xd_rule_fn xd_rule_refers;

/* a is not later than b; a day against a point in time: by the day. */
xd_rule_fn xd_rule_order;

/* a is more than 0. */
xd_rule_fn xd_rule_positive;

/* a and b differ: texts, places by their GLN, or whole nodes. */
xd_rule_fn xd_rule_differ;

/* All quantities at a ("x|y": at x and at y) have one unit. */
xd_rule_fn xd_rule_one_unit;

/* The array a has as many as the quantity b says, when it counts pieces. */
xd_rule_fn xd_rule_serials;

/* b stands there when a is more than 0. */
xd_rule_fn xd_rule_reason;

/* When the work is over and less of a was done than qtyReq, b stands there. */
xd_rule_fn xd_rule_short_reason;

/* Amounts are in the currency that stands at a of the document. */
xd_rule_fn xd_rule_currency;

/* Amounts have no more digits than their currency. */
xd_rule_fn xd_rule_minor_digits;

/* The header of an order response says what its lines say. */
xd_rule_fn xd_rule_response;

/* No unit of a shipment stands in itself. */
xd_rule_fn xd_rule_circle;

/* The writer of the document may write its fields, by the system-of-record
 * document; a is what becomes of a conflict there. */
xd_rule_fn xd_rule_owner;

#endif
