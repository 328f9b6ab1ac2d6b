/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Prepared statements, kept for the life of the store.  A statement is found
 * by the address of its literal: the look-up is on the way of every message.
 * A NULL statement (preparing failed, and was logged) is taken by every call
 * and answered with XD_E_STORE, so callers check once, at the step.
 */

#include "room.h"

#include "base/log.h"


static xd_sql_t **
bucket_of(xd_store_t *store, const char *sql)
{
    uintptr_t n = (uintptr_t) sql;

    return &store->kept[(n >> 3 ^ n >> 11) & (STORE_STATEMENTS - 1)];
}


static xd_sql_t *
sql_prepare(xd_store_t *store, const char *sql)
{
    xd_sql_t *q = xd_alloc(store->arena, sizeof(*q));

    if (q == NULL
        || sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
               &q->stmt, NULL)
               != SQLITE_OK)
    {
        (void) store_fault(store, sql);
        return NULL;
    }

    q->text = sql;
    q->store = store;

    return q;
}


xd_sql_t *
xd_sql(xd_store_t *store, const char *sql)
{
    xd_sql_t **bucket = bucket_of(store, sql);
    xd_sql_t *q = *bucket;

    while (q != NULL && q->text != sql) {
        q = q->next;
    }

    if (q == NULL) {
        q = sql_prepare(store, sql);
        if (q != NULL) {
            q->next = *bucket;
            *bucket = q;
        }
    }

    return q;
}


/* A binding that fails is told by the step: writers bind many in a row. */
static void
bound(xd_sql_t *q, int rc)
{
    if (rc != SQLITE_OK) {
        q->rc = store_fault(q->store, "bind");
    }
}


void
xd_sql_text(xd_sql_t *q, int n, xd_str_t value)
{
    if (q != NULL) {
        /* A NULL pointer would bind NULL; an empty slice is empty text. */
        bound(q,
            sqlite3_bind_text64(q->stmt, n, value.ptr == NULL ? "" : value.ptr,
                value.len, SQLITE_STATIC, SQLITE_UTF8));
    }
}


void
xd_sql_blob(xd_sql_t *q, int n, xd_str_t value)
{
    if (q != NULL) {
        bound(q,
            sqlite3_bind_blob64(q->stmt, n, value.ptr == NULL ? "" : value.ptr,
                value.len, SQLITE_STATIC));
    }
}


void
xd_sql_int(xd_sql_t *q, int n, int64_t value)
{
    if (q != NULL) {
        bound(q, sqlite3_bind_int64(q->stmt, n, value));
    }
}


void
xd_sql_null(xd_sql_t *q, int n)
{
    if (q != NULL) {
        bound(q, sqlite3_bind_null(q->stmt, n));
    }
}


/* Constraints are answers; anything else is a fault of ours and logged. */
xd_rc_t
xd_sql_step(xd_sql_t *q)
{
    if (q == NULL || q->rc != XD_OK) {
        return XD_E_STORE;
    }

    /* The transaction went away beneath us: see store_lost. */
    if (q->store->inside && sqlite3_get_autocommit(q->store->db) != 0) {
        return XD_E_STORE;
    }

    switch (sqlite3_step(q->stmt)) {

    case SQLITE_ROW:
        return XD_OK;

    case SQLITE_DONE:
        return XD_E_NOT_FOUND;

    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return XD_E_CONFLICT;

    default:
        return store_fault(q->store, q->text);
    }
}


xd_str_t
xd_sql_col(xd_sql_t *q, int n)
{
    /* The blob call first: it gives text as it is stored, unconverted. */
    const char *ptr = sqlite3_column_blob(q->stmt, n);

    return (xd_str_t){ ptr, (size_t) sqlite3_column_bytes(q->stmt, n) };
}


int64_t
xd_sql_col_int(xd_sql_t *q, int n)
{
    return sqlite3_column_int64(q->stmt, n);
}


void
xd_sql_done(xd_sql_t *q)
{
    if (q != NULL) {
        /* Both repeat the fault of the last step, which was told then. */
        (void) sqlite3_reset(q->stmt);
        (void) sqlite3_clear_bindings(q->stmt);
        q->rc = XD_OK;
    }
}


xd_rc_t
xd_sql_run(xd_sql_t *q)
{
    xd_rc_t rc = xd_sql_step(q);

    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}
