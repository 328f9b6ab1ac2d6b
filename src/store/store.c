/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * One SQLite file, opened for good: WAL, so that a commit is one append and
 * one fsync; synchronous=FULL, since NORMAL may lose the last commits when
 * the power goes, and the broker has been told by then that we have them.
 */

#include "room.h"

#include <sys/statvfs.h>
#include <unistd.h>

#include "base/log.h"

#define BUSY_MS 5000

static const char pragmas[] = "PRAGMA journal_mode=WAL;"
                              "PRAGMA synchronous=FULL;"
                              "PRAGMA temp_store=MEMORY;"
                              "PRAGMA foreign_keys=ON;"
                              "PRAGMA journal_size_limit=67108864;";


xd_rc_t
store_fault(xd_store_t *store, const char *doing)
{
    xd_log(XD_LOG_ERROR,
        XD_FIELDS({ "path", xd_str(store->path) },
            { "fault", xd_str(sqlite3_errmsg(store->db)) }),
        "the store failed at %s", doing);

    return XD_E_STORE;
}


xd_rc_t
store_exec(xd_store_t *store, const char *sql)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK
               ? XD_OK
               : store_fault(store, sql);
}


/* One thread, one connection: SQLite's own mutexes would only cost. */
static xd_rc_t
store_connect(xd_store_t *store)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
                | SQLITE_OPEN_EXRESCODE;

    if (sqlite3_open_v2(store->path, &store->db, flags, NULL) != SQLITE_OK) {
        return store_fault(store, "open");
    }

    if (sqlite3_busy_timeout(store->db, BUSY_MS) != SQLITE_OK) {
        return store_fault(store, "busy time-out");
    }

    return store_exec(store, pragmas);
}


xd_rc_t
xd_store_open(const char *path, const xd_store_schema_t *schema,
    xd_store_t **out)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_store_t *store = arena == NULL ? NULL : xd_alloc(arena, sizeof(*store));
    xd_rc_t rc;

    *out = NULL;

    if (store == NULL) {
        xd_arena_free(arena);
        return XD_E_STORE;
    }

    store->arena = arena;
    store->lock = -1;
    store->path = xd_dup(arena, xd_str(path)).ptr;

    rc = store->path == NULL ? XD_E_STORE : store_lock(store);
    rc = rc == XD_OK ? store_connect(store) : rc;
    rc = rc == XD_OK ? store_migrate(store, schema) : rc;

    if (rc != XD_OK) {
        xd_store_close(store);
        return XD_E_STORE;
    }

    *out = store;

    return XD_OK;
}


void
xd_store_close(xd_store_t *store)
{
    if (store == NULL) {
        return;
    }

    for (size_t i = 0; i < STORE_STATEMENTS; i++) {
        for (xd_sql_t *q = store->kept[i]; q != NULL; q = q->next) {
            (void) sqlite3_finalize(q->stmt);
        }
    }

    /* An open transaction is rolled back by this. */
    (void) sqlite3_close(store->db);

    if (store->lock != -1) {
        (void) close(store->lock);
    }

    xd_arena_free(store->arena);
}


/* IMMEDIATE: a transaction that begins to read and then writes may be refused
 * half way; this one waits for its right at the start. */
xd_rc_t
xd_store_begin(xd_store_t *store)
{
    xd_rc_t rc = store_exec(store, "BEGIN IMMEDIATE");

    store->inside = rc == XD_OK;
    store->broken = false;

    return rc;
}


/* After some faults (disk full, I/O) SQLite has rolled back by itself; what
 * is written after that would commit statement by statement. */
static bool
store_lost(const xd_store_t *store)
{
    return !store->inside || store->broken
           || sqlite3_get_autocommit(store->db) != 0;
}


/* Whatever it returns, the transaction is over. */
xd_rc_t
xd_store_commit(xd_store_t *store)
{
    xd_rc_t rc = store_lost(store) ? XD_E_STORE : store_exec(store, "COMMIT");

    if (rc != XD_OK) {
        xd_store_rollback(store);
    }

    store->inside = false;

    return rc;
}


void
xd_store_rollback(xd_store_t *store)
{
    if (sqlite3_get_autocommit(store->db) == 0) {
        (void) !store_exec(store, "ROLLBACK");
    }

    store->inside = false;
}


/* The three steps of a savepoint run once a message: prepared, not parsed. */
static xd_rc_t
store_step(xd_store_t *store, xd_sql_t *q)
{
    if (store_lost(store)) {
        xd_sql_done(q);
        return XD_E_STORE;
    }

    return xd_sql_run(q);
}


xd_rc_t
xd_store_savepoint(xd_store_t *store)
{
    return store_step(store, xd_sql(store, "SAVEPOINT message"));
}


xd_rc_t
xd_store_release(xd_store_t *store)
{
    return store_step(store, xd_sql(store, "RELEASE message"));
}


void
xd_store_undo(xd_store_t *store)
{
    xd_rc_t rc = store_step(store, xd_sql(store, "ROLLBACK TO message"));

    /* What could not be undone must not be committed either. */
    if (rc != XD_OK || xd_store_release(store) != XD_OK) {
        store->broken = true;
    }
}


/* What cannot be read counts as low: better to stop than to fail half way. */
bool
xd_store_disk_low(const xd_store_t *store, uint64_t bytes)
{
    struct statvfs fs;

    if (statvfs(store->path, &fs) != 0) {
        xd_log(XD_LOG_ERROR, XD_FIELDS({ "path", xd_str(store->path) }),
            "free disk space cannot be read: %m");
        return true;
    }

    return (uint64_t) fs.f_bavail * fs.f_frsize < bytes;
}


int64_t
xd_store_last_id(const xd_store_t *store)
{
    return sqlite3_last_insert_rowid(store->db);
}


int64_t
xd_store_changes(const xd_store_t *store)
{
    return sqlite3_changes64(store->db);
}
