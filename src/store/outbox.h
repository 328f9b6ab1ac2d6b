/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_STORE_OUTBOX_H
#define XD_STORE_OUTBOX_H

#include "store/store.h"

/* A message that waits to be confirmed.  This room is on the bus's floor, so
 * properties travel as the JSON of xd_message_props_write. */
typedef struct {
    int64_t seq;   /* order of publishing */
    xd_str_t lane; /* business key + destination: order is kept in it */
    xd_str_t message_id;
    xd_str_t exchange, routing_key;
    xd_str_t props, body;
    int64_t made_ms;
} xd_outbox_row_t;

XD_CHECKED xd_rc_t xd_outbox_add(xd_store_t *store, const xd_outbox_row_t *row);

/* The next rows with seq > after, at most `most`, copied into arena. */
XD_CHECKED xd_rc_t xd_outbox_after(xd_store_t *store, int64_t after, int most,
    xd_arena_t *arena, xd_outbox_row_t **rows, size_t *count);

XD_CHECKED xd_rc_t xd_outbox_delete(xd_store_t *store, int64_t seq);
XD_CHECKED xd_rc_t xd_outbox_count(xd_store_t *store, int64_t *count);

#endif
