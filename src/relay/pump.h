/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_RELAY_PUMP_H
#define XD_RELAY_PUMP_H

/* What pump.c and refused.c share: rows of the outbox on their way. */

#include "room.h"
#include "store/outbox.h"

struct pump_item_s {
    xd_relay_t *relay;
    int64_t seq, sent_ms, due_ms;
    uint64_t lane; /* 0: none */
    uint32_t failures;
    bool alone;                 /* nothing goes beside it */
    pump_item_t *behind;        /* next row of the lane */
    pump_item_t *last;          /* of the lane; kept in its head */
    pump_item_t *next_lane;     /* in the bucket; kept in the head */
    pump_item_t *next;          /* in ready, waiting, refused or unused */
    char exchange[32], doc[48]; /* labels */
};

/* Its turn comes when those before it have gone; or before all others. */
void pump_ready(pump_item_t *item);
void pump_ready_first(pump_item_t *item);

/* The row of an item, in pump.rows; XD_E_STORE when it is not there. */
XD_CHECKED xd_rc_t pump_row(const pump_item_t *item, xd_outbox_row_t **row);

/* Keeps the row and its lane for a while; said once a failure. */
void pump_wait(pump_item_t *item, const char *why);

/* True when the row's place is refused: the item waits there now. */
bool refused_holds(pump_item_t *item, const xd_outbox_row_t *row);

/* The link went, and the item was under way: true when it went for this one,
 * which waits then. */
bool refused_blames(pump_item_t *item);

/* The broker took the item, or said no in a way that keeps the link. */
void refused_passed(pump_item_t *item);

/* Tries what is due; when the next will be, or 0. */
int64_t refused_wake(xd_relay_t *relay, int64_t now);

#endif
