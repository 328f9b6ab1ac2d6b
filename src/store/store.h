/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_STORE_STORE_H
#define XD_STORE_STORE_H

#include "base/arena.h"

/*
 * One process's own durable memory: a SQLite file (WAL, synchronous=FULL)
 * with the tables of this room and the process's own.  Only this room knows
 * that it is SQLite; others speak by xd_sql_….
 *
 * Every write happens inside a transaction that the relay opens; one commit
 * carries a whole batch.
 */

typedef struct xd_store_s xd_store_t;

/* The process's own tables: one row a version, applied in order in one
 * transaction each; the database refuses to open when it is newer. */
typedef struct {
    const char *const *migrations; /* SQL; ends with NULL */
} xd_store_schema_t;

/*
 * xd_store_open - open or make state/<process>.db
 *
 *   path    its folder must exist
 *   schema  of the process; may be NULL
 *
 * Returns XD_OK; XD_E_STORE (logged), also when another process has it open
 * or its version is newer than the program.
 */
XD_CHECKED xd_rc_t xd_store_open(const char *path,
    const xd_store_schema_t *schema, xd_store_t **out);
void xd_store_close(xd_store_t *store);

XD_CHECKED xd_rc_t xd_store_begin(xd_store_t *store);
XD_CHECKED xd_rc_t xd_store_commit(xd_store_t *store);
void xd_store_rollback(xd_store_t *store);

/* A point inside the transaction to which one message's work can be undone;
 * they do not nest. */
XD_CHECKED xd_rc_t xd_store_savepoint(xd_store_t *store);
XD_CHECKED xd_rc_t xd_store_release(xd_store_t *store);
void xd_store_undo(xd_store_t *store);

/* True when disk space below the path is under bytes. */
bool xd_store_disk_low(const xd_store_t *store, uint64_t bytes);

/* -- statements ------------------------------------------------------- */

typedef struct xd_sql_s xd_sql_t; /* one prepared statement */

/* Prepared once and kept by the store; sql is a string literal.  NULL after
 * a fault, which is logged; binding, step, run and done take that NULL, and
 * answer XD_E_STORE. */
xd_sql_t *xd_sql(xd_store_t *store, const char *sql);

/* Parameters count from 1.  Slices must live until xd_sql_done. */
void xd_sql_text(xd_sql_t *q, int n, xd_str_t value);
void xd_sql_blob(xd_sql_t *q, int n, xd_str_t value);
void xd_sql_int(xd_sql_t *q, int n, int64_t value);
void xd_sql_null(xd_sql_t *q, int n);

/* XD_OK: a row stands ready; XD_E_NOT_FOUND: no more rows (or a statement
 * without rows is done); XD_E_CONFLICT: a unique constraint; XD_E_STORE. */
XD_CHECKED xd_rc_t xd_sql_step(xd_sql_t *q);

/* Columns count from 0; slices live until the next step or done. */
xd_str_t xd_sql_col(xd_sql_t *q, int n);
int64_t xd_sql_col_int(xd_sql_t *q, int n);

/* Ready for the next use; parameters are cleared. */
void xd_sql_done(xd_sql_t *q);

/* Steps a statement that gives no rows, and is done with it. */
XD_CHECKED xd_rc_t xd_sql_run(xd_sql_t *q);

int64_t xd_store_last_id(const xd_store_t *store);
int64_t xd_store_changes(const xd_store_t *store);

#endif
