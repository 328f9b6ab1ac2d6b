/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_STORE_HELD_H
#define XD_STORE_HELD_H

#include "store/store.h"

/*
 * Inputs taken over and acknowledged, whose work is not done: in order per
 * lane (business key + destination).  Only the head of a lane is tried.
 */

typedef enum {
    XD_HELD_WAITING, /* until due_ms */
    XD_HELD_WORKING, /* its effect is under way: after a crash, unknown */
    XD_HELD_WARD     /* with the hospital; the lane stands still */
} xd_held_state_t;

typedef struct {
    int64_t seq;
    xd_str_t lane, message_id, queue;
    xd_held_state_t state;
    int64_t due_ms;   /* xd_now_ms() at which it is tried next */
    int64_t first_ms; /* when it was taken */
    uint32_t attempts;
    xd_str_t reasons; /* JSON array of {at, code, text}, oldest first */
    xd_str_t exchange, routing_key, props, body;
} xd_held_row_t;

XD_CHECKED xd_rc_t xd_held_add(xd_store_t *store, const xd_held_row_t *row,
    int64_t *seq);

/* XD_OK when the lane has a row, XD_E_NOT_FOUND when it is free. */
XD_CHECKED xd_rc_t xd_held_lane(xd_store_t *store, xd_str_t lane);

/* Heads of lanes that are WAITING and due, oldest first, at most `most`. */
XD_CHECKED xd_rc_t xd_held_due(xd_store_t *store, int64_t now_ms, int most,
    xd_arena_t *arena, xd_held_row_t **rows, size_t *count);

/* When the next head becomes due; 0: none waits. */
XD_CHECKED xd_rc_t xd_held_next_due(xd_store_t *store, int64_t *due_ms);

/* Changes state, due time, attempts and reasons of a row. */
XD_CHECKED xd_rc_t xd_held_update(xd_store_t *store, const xd_held_row_t *row);

/* Another body in the place of a row, under an id of its own: order stays. */
XD_CHECKED xd_rc_t xd_held_mend(xd_store_t *store, int64_t seq,
    xd_str_t message_id, xd_str_t props, xd_str_t body);

XD_CHECKED xd_rc_t xd_held_get(xd_store_t *store, xd_str_t message_id,
    xd_arena_t *arena, xd_held_row_t *row);
XD_CHECKED xd_rc_t xd_held_delete(xd_store_t *store, int64_t seq);

/* After a start: what was WORKING is WAITING again, due now. */
XD_CHECKED xd_rc_t xd_held_recover(xd_store_t *store, int64_t now_ms);

/* The wall clock was set by ms (negative: back): who waits goes on waiting as
 * long as before. */
XD_CHECKED xd_rc_t xd_held_shift(xd_store_t *store, int64_t ms);

/* Nobody waits for longer than until then. */
XD_CHECKED xd_rc_t xd_held_latest(xd_store_t *store, int64_t due_ms);

/* Rows of one queue that no person has to look at. */
XD_CHECKED xd_rc_t xd_held_of_queue(xd_store_t *store, xd_str_t queue,
    int64_t *count);

/* Rows in each state, for metrics and back-pressure. */
XD_CHECKED xd_rc_t xd_held_count(xd_store_t *store, int64_t counts[3]);

#endif
