/* SPDX-License-Identifier: BSD-2-Clause */

#include "store/outbox.h"


xd_rc_t
xd_outbox_add(xd_store_t *store, const xd_outbox_row_t *row)
{
    xd_sql_t *q = xd_sql(store,
        "INSERT INTO outbox"
        " (lane, message_id, exchange, routing_key, made, props, body)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");

    xd_sql_text(q, 1, row->lane);
    xd_sql_text(q, 2, row->message_id);
    xd_sql_text(q, 3, row->exchange);
    xd_sql_text(q, 4, row->routing_key);
    xd_sql_int(q, 5, row->made_ms);
    xd_sql_text(q, 6, row->props);
    xd_sql_blob(q, 7, row->body);

    return xd_sql_run(q);
}


/* False when the arena is full: an empty text is no fault. */
static bool
copied(xd_arena_t *arena, xd_sql_t *q, int n, xd_str_t *out)
{
    *out = xd_dup(arena, xd_sql_col(q, n));

    return out->ptr != NULL;
}


static xd_rc_t
row_read(xd_arena_t *arena, xd_sql_t *q, xd_outbox_row_t *row)
{
    row->seq = xd_sql_col_int(q, 0);
    row->made_ms = xd_sql_col_int(q, 5);

    return copied(arena, q, 1, &row->lane)
                   && copied(arena, q, 2, &row->message_id)
                   && copied(arena, q, 3, &row->exchange)
                   && copied(arena, q, 4, &row->routing_key)
                   && copied(arena, q, 6, &row->props)
                   && copied(arena, q, 7, &row->body)
               ? XD_OK
               : XD_E_MEMORY;
}


/* By the primary key: no sort, and nothing read that is not wanted. */
xd_rc_t
xd_outbox_after(xd_store_t *store, int64_t after, int most, xd_arena_t *arena,
    xd_outbox_row_t **rows, size_t *count)
{
    xd_sql_t *q = xd_sql(store,
        "SELECT seq, lane, message_id, exchange, routing_key, made, props,"
        " body FROM outbox WHERE seq > ?1 ORDER BY seq LIMIT ?2");
    xd_rc_t rc = XD_OK;

    *count = 0;
    *rows = xd_alloc_n(arena, (size_t) most, sizeof(**rows));
    if (*rows == NULL) {
        return XD_E_MEMORY;
    }

    xd_sql_int(q, 1, after);
    xd_sql_int(q, 2, most);

    while (rc == XD_OK && (rc = xd_sql_step(q)) == XD_OK) {
        rc = row_read(arena, q, &(*rows)[*count]);
        *count += rc == XD_OK;
    }

    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


xd_rc_t
xd_outbox_delete(xd_store_t *store, int64_t seq)
{
    xd_sql_t *q = xd_sql(store, "DELETE FROM outbox WHERE seq = ?1");

    xd_sql_int(q, 1, seq);

    return xd_sql_run(q);
}


xd_rc_t
xd_outbox_count(xd_store_t *store, int64_t *count)
{
    xd_sql_t *q = xd_sql(store, "SELECT count(*) FROM outbox");
    xd_rc_t rc = xd_sql_step(q);

    if (rc == XD_OK) {
        *count = xd_sql_col_int(q, 0);
    }

    xd_sql_done(q);

    return rc;
}
