/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Lanes in SQL: the first row of a lane has head = 1, and only such rows are
 * tried.  A row without a lane is always its own head.
 */

#include "store/held.h"

#define COLUMNS                                                                \
    "seq, state, due, first, attempts, lane, message_id, queue, exchange,"     \
    " routing_key, reasons, props, body"


/* Whether it is the head is decided by the same statement that adds it. */
xd_rc_t
xd_held_add(xd_store_t *store, const xd_held_row_t *row, int64_t *seq)
{
    xd_sql_t *q = xd_sql(store,
        "INSERT INTO held (head, state, due, first, attempts, lane,"
        " message_id, queue, exchange, routing_key, reasons, props, body)"
        " VALUES (?5 = '' OR NOT EXISTS"
        "  (SELECT 1 FROM held WHERE lane = ?5),"
        " ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
    xd_rc_t rc;

    xd_sql_int(q, 1, row->state);
    xd_sql_int(q, 2, row->due_ms);
    xd_sql_int(q, 3, row->first_ms);
    xd_sql_int(q, 4, row->attempts);
    xd_sql_text(q, 5, row->lane);
    xd_sql_text(q, 6, row->message_id);
    xd_sql_text(q, 7, row->queue);
    xd_sql_text(q, 8, row->exchange);
    xd_sql_text(q, 9, row->routing_key);
    xd_sql_text(q, 10, row->reasons);
    xd_sql_text(q, 11, row->props);
    xd_sql_blob(q, 12, row->body);

    rc = xd_sql_run(q);
    *seq = rc == XD_OK ? xd_store_last_id(store) : 0;

    return rc;
}


xd_rc_t
xd_held_lane(xd_store_t *store, xd_str_t lane)
{
    xd_sql_t *q = xd_sql(store, "SELECT 1 FROM held WHERE lane = ?1 LIMIT 1");
    xd_rc_t rc;

    if (lane.len == 0) {
        return XD_E_NOT_FOUND;
    }

    xd_sql_text(q, 1, lane);
    rc = xd_sql_step(q);
    xd_sql_done(q);

    return rc;
}


/* False when the arena is full: an empty text is no fault. */
static bool
copied(xd_arena_t *arena, xd_sql_t *q, int n, xd_str_t *out)
{
    *out = xd_dup(arena, xd_sql_col(q, n));

    return out->ptr != NULL;
}


static xd_rc_t
row_read(xd_arena_t *arena, xd_sql_t *q, xd_held_row_t *row)
{
    *row = (xd_held_row_t){
        .seq = xd_sql_col_int(q, 0),
        .state = (xd_held_state_t) xd_sql_col_int(q, 1),
        .due_ms = xd_sql_col_int(q, 2),
        .first_ms = xd_sql_col_int(q, 3),
        .attempts = (uint32_t) xd_sql_col_int(q, 4),
    };

    return copied(arena, q, 5, &row->lane)
                   && copied(arena, q, 6, &row->message_id)
                   && copied(arena, q, 7, &row->queue)
                   && copied(arena, q, 8, &row->exchange)
                   && copied(arena, q, 9, &row->routing_key)
                   && copied(arena, q, 10, &row->reasons)
                   && copied(arena, q, 11, &row->props)
                   && copied(arena, q, 12, &row->body)
               ? XD_OK
               : XD_E_MEMORY;
}


/* In the order of held_ready: of two that are due the one due longer. */
xd_rc_t
xd_held_due(xd_store_t *store, int64_t now_ms, int most, xd_arena_t *arena,
    xd_held_row_t **rows, size_t *count)
{
    xd_sql_t *q = xd_sql(store,
        "SELECT " COLUMNS " FROM held WHERE head = 1 AND state = 0"
        " AND due <= ?1 ORDER BY due, seq LIMIT ?2");
    xd_rc_t rc = XD_OK;

    *count = 0;
    *rows = xd_alloc_n(arena, (size_t) most, sizeof(**rows));
    if (*rows == NULL) {
        return XD_E_MEMORY;
    }

    xd_sql_int(q, 1, now_ms);
    xd_sql_int(q, 2, most);

    while (rc == XD_OK && (rc = xd_sql_step(q)) == XD_OK) {
        rc = row_read(arena, q, &(*rows)[*count]);
        *count += rc == XD_OK;
    }

    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


xd_rc_t
xd_held_next_due(xd_store_t *store, int64_t *due_ms)
{
    xd_sql_t *q =
        xd_sql(store, "SELECT due FROM held WHERE head = 1 AND state = 0"
                      " ORDER BY due LIMIT 1");
    xd_rc_t rc = xd_sql_step(q);

    *due_ms = rc == XD_OK ? xd_sql_col_int(q, 0) : 0;
    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


xd_rc_t
xd_held_update(xd_store_t *store, const xd_held_row_t *row)
{
    xd_sql_t *q = xd_sql(store,
        "UPDATE held SET state = ?2, due = ?3, attempts = ?4, reasons = ?5"
        " WHERE seq = ?1");

    xd_sql_int(q, 1, row->seq);
    xd_sql_int(q, 2, row->state);
    xd_sql_int(q, 3, row->due_ms);
    xd_sql_int(q, 4, row->attempts);
    xd_sql_text(q, 5, row->reasons);

    return xd_sql_run(q);
}


xd_rc_t
xd_held_mend(xd_store_t *store, int64_t seq, xd_str_t message_id,
    xd_str_t props, xd_str_t body)
{
    xd_sql_t *q =
        xd_sql(store, "UPDATE held SET message_id = ?2, props = ?3, body = ?4"
                      " WHERE seq = ?1");

    xd_sql_int(q, 1, seq);
    xd_sql_text(q, 2, message_id);
    xd_sql_text(q, 3, props);
    xd_sql_blob(q, 4, body);

    return xd_sql_run(q);
}


xd_rc_t
xd_held_get(xd_store_t *store, xd_str_t message_id, xd_arena_t *arena,
    xd_held_row_t *row)
{
    xd_sql_t *q =
        xd_sql(store, "SELECT " COLUMNS " FROM held WHERE message_id = ?1");
    xd_rc_t rc;

    xd_sql_text(q, 1, message_id);
    rc = xd_sql_step(q);

    if (rc == XD_OK) {
        rc = row_read(arena, q, row);
    }

    xd_sql_done(q);

    return rc;
}


/* The head of a lane hands on to the next row; any other row just goes. */
xd_rc_t
xd_held_delete(xd_store_t *store, int64_t seq)
{
    xd_sql_t *q = xd_sql(store,
        "UPDATE held SET head = 1 WHERE seq = (SELECT n.seq FROM held d"
        " JOIN held n ON n.lane = d.lane AND n.seq > d.seq"
        " WHERE d.seq = ?1 AND d.head = 1 AND d.lane <> ''"
        " ORDER BY n.seq LIMIT 1)");
    xd_rc_t rc;

    xd_sql_int(q, 1, seq);
    rc = xd_sql_run(q);

    if (rc == XD_OK) {
        q = xd_sql(store, "DELETE FROM held WHERE seq = ?1");
        xd_sql_int(q, 1, seq);
        rc = xd_sql_run(q);
    }

    return rc;
}


xd_rc_t
xd_held_recover(xd_store_t *store, int64_t now_ms)
{
    xd_sql_t *q =
        xd_sql(store, "UPDATE held SET state = 0, due = ?1 WHERE state = 1");

    xd_sql_int(q, 1, now_ms);

    return xd_sql_run(q);
}


xd_rc_t
xd_held_shift(xd_store_t *store, int64_t ms)
{
    xd_sql_t *q =
        xd_sql(store, "UPDATE held SET due = due + ?1 WHERE state = 0");

    xd_sql_int(q, 1, ms);

    return xd_sql_run(q);
}


xd_rc_t
xd_held_latest(xd_store_t *store, int64_t due_ms)
{
    xd_sql_t *q =
        xd_sql(store, "UPDATE held SET due = ?1 WHERE state = 0 AND due > ?1");

    xd_sql_int(q, 1, due_ms);

    return xd_sql_run(q);
}


xd_rc_t
xd_held_of_queue(xd_store_t *store, xd_str_t queue, int64_t *count)
{
    xd_sql_t *q = xd_sql(store,
        "SELECT count(*) FROM held WHERE queue = ?1 AND state IN (0, 1)");
    xd_rc_t rc;

    xd_sql_text(q, 1, queue);
    rc = xd_sql_step(q);
    *count = rc == XD_OK ? xd_sql_col_int(q, 0) : 0;
    xd_sql_done(q);

    return rc;
}


xd_rc_t
xd_held_count(xd_store_t *store, int64_t counts[3])
{
    /* Answered from held_lane alone: the bodies are not touched. */
    xd_sql_t *q = xd_sql(store,
        "SELECT total(state = 0), total(state = 1), total(state = 2)"
        " FROM held");
    xd_rc_t rc = xd_sql_step(q);

    for (int i = 0; i < 3; i++) {
        counts[i] = rc == XD_OK ? xd_sql_col_int(q, i) : 0;
    }

    xd_sql_done(q);

    return rc;
}
