/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_STORE_ROOM_H
#define XD_STORE_ROOM_H

#include <sqlite3.h>

#include "store/store.h"

/* Inside this room only: nobody else sees SQLite. */

#define STORE_STATEMENTS 256 /* buckets; a power of two */
#define STORE_SEEN_KEY   16

struct xd_sql_s {
    sqlite3_stmt *stmt;
    const char *text; /* the literal: its address is the key */
    xd_store_t *store;
    xd_rc_t rc; /* of binding; told at the next step */
    xd_sql_t *next;
};

struct xd_store_s {
    xd_arena_t *arena;
    sqlite3 *db;
    const char *path;
    int lock;    /* descriptor that keeps other processes out */
    bool inside; /* a transaction was begun */
    bool broken; /* and cannot be kept: commit must fail */
    uint8_t seen_at[STORE_SEEN_KEY]; /* how far xd_seen_prune has walked */
    xd_sql_t *kept[STORE_STATEMENTS];
};

/* Runs SQL that gives no rows, one statement or several; faults are logged. */
XD_CHECKED xd_rc_t store_exec(xd_store_t *store, const char *sql);

/* XD_E_STORE, after a log line with SQLite's own words. */
xd_rc_t store_fault(xd_store_t *store, const char *doing);

/* Brings both parts of the schema up to this program: schema.c. */
XD_CHECKED xd_rc_t store_migrate(xd_store_t *store,
    const xd_store_schema_t *process);

/* Keeps other processes out of this path, until the descriptor is closed. */
XD_CHECKED xd_rc_t store_lock(xd_store_t *store);

#endif
