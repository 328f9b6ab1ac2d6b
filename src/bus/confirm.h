/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BUS_CONFIRM_H
#define XD_BUS_CONFIRM_H

#include <stdbool.h>

#include "base/arena.h"


/* What became of one published message. */
typedef enum {
    XD_CONFIRMED, /* the broker has it on every queue it was routed to */
    XD_RETURNED,  /* mandatory, and no queue wanted it */
    XD_REFUSED,   /* basic.nack: the broker could not take it */
    XD_UNKNOWN    /* the link died first: publish again, same message-id */
} xd_outcome_t;

/* Called once for each job, in any order; may publish again at once, but not
 * on XD_UNKNOWN: the link is down then, and xd_confirm_add says no. */
typedef void xd_outcome_fn(void *job, xd_outcome_t outcome);

typedef struct xd_confirm_s xd_confirm_t;


/*
 * xd_confirm_new - the window of one channel's unconfirmed publishes
 *
 *   arena   owns the window
 *   size    most messages outstanding at once; a power of two
 *   settle  told the outcome of every job that was added
 *
 * Returns NULL when the arena is full.
 */
xd_confirm_t *xd_confirm_new(xd_arena_t *arena, uint32_t size,
    xd_outcome_fn *settle);

/*
 * xd_confirm_add - note a message that is about to be written to the link
 *
 *   id   its message-id; must live until the job is settled
 *   job  handed to settle
 *
 * Returns false when the window is full or the link is being given up: write
 * nothing, wait for an outcome.
 */
bool xd_confirm_add(xd_confirm_t *c, xd_str_t id, void *job);

/*
 * xd_confirm_returned - basic.return came for this message-id
 *
 * It names no delivery tag, and the ack that follows looks like success; so
 * the slot is marked here and settled there.  An unknown id is ignored.
 *
 * Standard: AMQP 0-9-1 basic.return; RabbitMQ publisher confirms.
 */
void xd_confirm_returned(xd_confirm_t *c, xd_str_t id);

/* basic.ack or basic.nack for tag, or for all up to it when multiple. */
void xd_confirm_settle(xd_confirm_t *c, uint64_t tag, bool multiple,
    bool acked);

/* The link is gone: every job outstanding ends as XD_UNKNOWN; tags restart. */
void xd_confirm_lost(xd_confirm_t *c);

#endif
