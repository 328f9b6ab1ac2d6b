/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_MATCH_H
#define XD_EDI_MATCH_H

#include "desk.h"


/* One document being held against its orders. */
typedef struct {
    desk_in_t *in;
    const char *document;
    xd_str_t number; /* its own */
    xd_str_t po;     /* of the order at hand */
    desk_sent_t order;
    bool known;          /* order is the one named po */
    xd_str_t missing;    /* the last po that was told as unknown */
    xd_vec_t order_rows; /* of int64_t: all that it touched */
    size_t told;         /* differences in words; the rest is counted */
    desk_match_t *out;
} match_t;

/* A line as it was ordered. */
typedef struct {
    int64_t line;
    xd_str_t gtin, qty, uom, price, base;
} ordered_t;

/* A line as the document has it; what it does not say is empty. */
typedef struct {
    int64_t line;
    xd_str_t gtin, qty, uom, price, base;
} said_t;

/* All return XD_OK, XD_E_STORE or XD_E_MEMORY; differences are gathered in
 * m->out. */

/* -- match.c ------------------------------------------------------------- */

/* One difference; a text without .ptr is memory that is out. */
XD_CHECKED xd_rc_t match_differ(match_t *m, const char *code, xd_str_t text);
XD_CHECKED xd_rc_t match_line_differs(match_t *m, int64_t line, xd_str_t text);

/* The line is not on the order. */
XD_CHECKED xd_rc_t match_line_unknown(match_t *m, const said_t *said);

/* -- lines.c: the orders and their lines --------------------------------- */

/* The order becomes the one at hand; XD_E_NOT_FOUND: it never went out. */
XD_CHECKED xd_rc_t match_order(match_t *m, xd_str_t po);

/* XD_E_NOT_FOUND: it has no such line. */
XD_CHECKED xd_rc_t match_line(match_t *m, const said_t *said, ordered_t *out);

XD_CHECKED xd_rc_t match_price(match_t *m, const ordered_t *o,
    const said_t *said);

/* Numbers of two units cannot be compared, and are not added up. */
XD_CHECKED xd_rc_t match_unit(match_t *m, const ordered_t *o,
    const said_t *said, bool *same);

/* -- claims.c: what documents claim of lines ----------------------------- */

/* What this document, in an earlier form, claimed. */
XD_CHECKED xd_rc_t match_forget(match_t *m);

/* One line of a shipment or invoice. */
XD_CHECKED xd_rc_t match_claim(match_t *m, const said_t *said);

/* All claims to the lines that it claims, against what was ordered. */
XD_CHECKED xd_rc_t match_sums(match_t *m);

#endif
