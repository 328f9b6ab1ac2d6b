/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Two schemas live in one file, each with its own version: the tables of
 * this room, the same in every process, and the process's own.  A step runs
 * in one transaction with its version, so a crash leaves the old or the new.
 */

#include "room.h"

#include "base/log.h"

#define VERSIONS                                                               \
    "CREATE TABLE IF NOT EXISTS schema_version ("                              \
    " part TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID"

/*
 * seen    narrow: sixteen bytes each of id and hash, no rowid, no second
 *         index; it has the most rows of all.
 * outbox  AUTOINCREMENT: a number never comes again, so that the pump may
 *         remember how far it has read.
 * held    `head` marks the first row of each lane; with its partial index
 *         the due ones are found without a look at those that queue behind.
 * key_version  how often a business key has been published.
 */
static const char *const room_migrations[] = {
    "CREATE TABLE seen ("
    " id BLOB PRIMARY KEY, hash BLOB NOT NULL, at INTEGER NOT NULL"
    ") WITHOUT ROWID;"
    "CREATE TABLE outbox ("
    " seq INTEGER PRIMARY KEY AUTOINCREMENT, lane TEXT NOT NULL,"
    " message_id TEXT NOT NULL, exchange TEXT NOT NULL,"
    " routing_key TEXT NOT NULL, made INTEGER NOT NULL,"
    " props TEXT NOT NULL, body BLOB NOT NULL);"
    "CREATE TABLE held ("
    " seq INTEGER PRIMARY KEY AUTOINCREMENT, head INTEGER NOT NULL,"
    " state INTEGER NOT NULL, due INTEGER NOT NULL, first INTEGER NOT NULL,"
    " attempts INTEGER NOT NULL, lane TEXT NOT NULL,"
    " message_id TEXT NOT NULL UNIQUE, queue TEXT NOT NULL,"
    " exchange TEXT NOT NULL, routing_key TEXT NOT NULL,"
    " reasons TEXT NOT NULL, props TEXT NOT NULL, body BLOB NOT NULL);"
    "CREATE INDEX held_lane ON held (lane, seq, state);"
    "CREATE INDEX held_ready ON held (due, seq) WHERE head = 1 AND state = 0;"
    "CREATE TABLE key_version ("
    " key TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;",
    /* How much one queue has in `held`, without a look at the bodies. */
    "CREATE INDEX held_queue ON held (queue, state);", NULL
};


static xd_rc_t
version_read(xd_store_t *store, const char *part, int64_t *version)
{
    xd_sql_t *q =
        xd_sql(store, "SELECT version FROM schema_version WHERE part = ?1");
    xd_rc_t rc;

    xd_sql_text(q, 1, xd_str(part));
    rc = xd_sql_step(q);
    *version = rc == XD_OK ? xd_sql_col_int(q, 0) : 0;
    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


static xd_rc_t
version_write(xd_store_t *store, const char *part, int64_t version)
{
    xd_sql_t *q = xd_sql(store,
        "INSERT INTO schema_version (part, version) VALUES (?1, ?2)"
        " ON CONFLICT (part) DO UPDATE SET version = ?2");

    xd_sql_text(q, 1, xd_str(part));
    xd_sql_int(q, 2, version);

    return xd_sql_run(q);
}


/* SQLite's DDL is transactional: a step that fails leaves no table behind. */
static xd_rc_t
migration_apply(xd_store_t *store, const char *part, const char *sql,
    int64_t version)
{
    xd_rc_t rc = xd_store_begin(store);

    if (rc != XD_OK) {
        return rc;
    }

    rc = store_exec(store, sql);
    rc = rc == XD_OK ? version_write(store, part, version) : rc;

    if (rc != XD_OK) {
        xd_store_rollback(store);
        return rc;
    }

    return xd_store_commit(store);
}


/* From where this file stands to where the program is. */
static xd_rc_t
part_migrate(xd_store_t *store, const char *part, const char *const *migrations)
{
    int64_t have = 0, want = 0;
    xd_rc_t rc = version_read(store, part, &have);

    while (migrations[want] != NULL) {
        want++;
    }

    if (rc == XD_OK && have > want) {
        xd_log(XD_LOG_ERROR, XD_FIELDS({ "path", xd_str(store->path) }),
            "the %s tables have version %lld, newer than this program's %lld",
            part, (long long) have, (long long) want);
        return XD_E_STORE;
    }

    for (; rc == XD_OK && have < want; have++) {
        rc = migration_apply(store, part, migrations[have], have + 1);
    }

    return rc;
}


xd_rc_t
store_migrate(xd_store_t *store, const xd_store_schema_t *process)
{
    xd_rc_t rc = store_exec(store, VERSIONS);

    rc = rc == XD_OK ? part_migrate(store, "room", room_migrations) : rc;

    if (rc == XD_OK && process != NULL && process->migrations != NULL) {
        rc = part_migrate(store, "process", process->migrations);
    }

    return rc;
}
