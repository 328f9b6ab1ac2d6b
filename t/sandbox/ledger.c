/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the played systems remember.  A try is counted before anything else, an
 * effect is there before it is answered; both survive kill -9.
 */

#include "sandbox.h"

#include "base/clock.h"
#include "crypt/digest.h"
#include "format/json.h"


const char *const sandbox_migrations[] = {
    "CREATE TABLE try ("
    "  role TEXT NOT NULL, key TEXT NOT NULL,"
    "  count INTEGER NOT NULL,"
    "  PRIMARY KEY (role, key)"
    ") WITHOUT ROWID;"
    "CREATE TABLE effect ("
    "  role TEXT NOT NULL, number INTEGER NOT NULL,"
    "  id TEXT NOT NULL, key TEXT NOT NULL, document TEXT NOT NULL,"
    "  business TEXT NOT NULL, traceparent TEXT NOT NULL,"
    "  type TEXT NOT NULL, sha256 TEXT NOT NULL, at_ms INTEGER NOT NULL,"
    "  body BLOB NOT NULL,"
    "  PRIMARY KEY (role, number), UNIQUE (role, key), UNIQUE (role, id)"
    ");"
    "CREATE INDEX effect_business ON effect (role, business);"
    "CREATE TABLE fault ("
    "  seq INTEGER PRIMARY KEY,"
    "  role TEXT NOT NULL, mode TEXT NOT NULL, count INTEGER NOT NULL"
    ");",
    NULL
};


/* -- tries and effects --------------------------------------------------- */

xd_rc_t
sandbox_try(xd_store_t *store, const sandbox_post_t *post)
{
    xd_sql_t *q = xd_sql(store,
        "INSERT INTO try (role, key, count) VALUES (?1, ?2, 1)"
        " ON CONFLICT (role, key) DO UPDATE SET count = count + 1");

    if (q == NULL) {
        return XD_E_STORE;
    }
    xd_sql_text(q, 1, xd_str(post->role->name));
    xd_sql_text(q, 2, post->key);

    return xd_sql_run(q);
}


/* The same key for another document is a conflict too, whatever its body. */
static xd_rc_t
find_effect(xd_store_t *store, xd_arena_t *arena, const sandbox_post_t *post,
    const char *hash, sandbox_effect_t *out)
{
    xd_sql_t *q = xd_sql(store, "SELECT id, sha256, document FROM effect"
                                " WHERE role = ?1 AND key = ?2");
    xd_rc_t rc;

    if (q == NULL) {
        return XD_E_STORE;
    }
    xd_sql_text(q, 1, xd_str(post->role->name));
    xd_sql_text(q, 2, post->key);
    rc = xd_sql_step(q);
    if (rc == XD_OK) {
        out->id = xd_dup(arena, xd_sql_col(q, 0));
        out->repeat = true;
        out->conflict = !xd_str_is(xd_sql_col(q, 1), hash)
                        || !xd_str_eq(xd_sql_col(q, 2), post->document);
        rc = out->id.ptr != NULL ? XD_OK : XD_E_MEMORY;
    }
    xd_sql_done(q);

    return rc;
}


/* Numbers without gaps: nothing is ever deleted, and one process writes. */
static xd_rc_t
next_number(xd_store_t *store, const sandbox_role_t *role, int64_t *number)
{
    xd_sql_t *q = xd_sql(store,
        "SELECT COALESCE(MAX(number), 0) + 1 FROM effect WHERE role = ?1");
    xd_rc_t rc;

    if (q == NULL) {
        return XD_E_STORE;
    }
    xd_sql_text(q, 1, xd_str(role->name));
    rc = xd_sql_step(q);
    if (rc == XD_OK) {
        *number = xd_sql_col_int(q, 0);
    }
    xd_sql_done(q);

    return rc;
}


static xd_rc_t
add_effect(xd_store_t *store, const sandbox_post_t *post, const char *hash,
    const sandbox_effect_t *effect)
{
    xd_sql_t *q = xd_sql(store,
        "INSERT INTO effect (role, number, id, key, document, business,"
        " traceparent, type, sha256, at_ms, body)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");

    if (q == NULL) {
        return XD_E_STORE;
    }
    xd_sql_text(q, 1, xd_str(post->role->name));
    xd_sql_int(q, 2, effect->number);
    xd_sql_text(q, 3, effect->id);
    xd_sql_text(q, 4, post->key);
    xd_sql_text(q, 5, post->document);
    xd_sql_text(q, 6, post->business);
    xd_sql_text(q, 7, post->traceparent);
    xd_sql_text(q, 8, post->type);
    xd_sql_text(q, 9, xd_str(hash));
    xd_sql_int(q, 10, post->now_ms);
    xd_sql_blob(q, 11, post->body);

    return xd_sql_run(q);
}


xd_rc_t
sandbox_effect(xd_store_t *store, xd_arena_t *arena, const sandbox_post_t *post,
    sandbox_effect_t *out)
{
    char hash[XD_SHA256_HEX + 1];
    xd_rc_t rc;

    *out = (sandbox_effect_t){ 0 };
    xd_sha256_hex(post->body, hash);

    rc = find_effect(store, arena, post, hash, out);
    if (rc != XD_E_NOT_FOUND) {
        return rc;
    }

    rc = next_number(store, post->role, &out->number);
    if (rc != XD_OK) {
        return rc;
    }
    out->id =
        xd_fmt(arena, "%s-%06lld", post->role->prefix, (long long) out->number);
    if (out->id.ptr == NULL) {
        return XD_E_MEMORY;
    }

    return add_effect(store, post, hash, out);
}


/* -- looking ------------------------------------------------------------- */

static void
write_member(xd_buf_t *out, const char *name, xd_str_t value)
{
    xd_buf_fmt(out, "\"%s\":", name);
    xd_json_string(out, value);
    xd_buf_byte(out, ',');
}


static void
write_effect(xd_buf_t *out, xd_sql_t *q)
{
    static const char *const names[] = { "id", "key", "document", "business",
        "traceparent", "type", "sha256" };
    char at[XD_INSTANT_LEN + 1];

    xd_buf_byte(out, '{');
    for (int i = 0; i < 7; i++) {
        write_member(out, names[i], xd_sql_col(q, i));
    }
    xd_instant_write(xd_sql_col_int(q, 7), at);
    write_member(out, "at", xd_str(at));
    xd_buf_fmt(out, "\"attempts\":%lld}", (long long) xd_sql_col_int(q, 8));
}


/* Every effect has its try: both were written in one transaction. */
xd_rc_t
sandbox_ledger(xd_store_t *store, const sandbox_role_t *role, xd_str_t key,
    xd_buf_t *out)
{
    xd_sql_t *q = xd_sql(store,
        "SELECT e.id, e.key, e.document, e.business, e.traceparent, e.type,"
        "  e.sha256, e.at_ms, t.count"
        " FROM effect e JOIN try t ON t.role = e.role AND t.key = e.key"
        " WHERE e.role = ?1"
        "  AND (?2 = '' OR e.key = ?2 OR e.business = ?2 OR e.id = ?2)"
        " ORDER BY e.number");
    int64_t count = 0;
    xd_rc_t rc;

    if (q == NULL) {
        return XD_E_STORE;
    }
    xd_sql_text(q, 1, xd_str(role->name));
    xd_sql_text(q, 2, key.ptr != NULL ? key : XD_STR(""));

    xd_buf_fmt(out, "{\"role\":\"%s\",\"effects\":[", role->name);
    while ((rc = xd_sql_step(q)) == XD_OK) {
        xd_buf_text(out, count++ > 0 ? ",\n" : "\n");
        write_effect(out, q);
    }
    xd_sql_done(q);
    xd_buf_fmt(out, "],\"count\":%lld}\n", (long long) count);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


xd_rc_t
sandbox_document(xd_store_t *store, xd_arena_t *arena,
    const sandbox_role_t *role, xd_str_t id, xd_buf_t *body, xd_str_t *type)
{
    xd_sql_t *q = xd_sql(store,
        "SELECT body, type FROM effect WHERE role = ?1 AND id = ?2");
    xd_rc_t rc;

    if (q == NULL) {
        return XD_E_STORE;
    }
    xd_sql_text(q, 1, xd_str(role->name));
    xd_sql_text(q, 2, id);
    rc = xd_sql_step(q);
    if (rc == XD_OK) {
        xd_buf_add(body, xd_sql_col(q, 0));
        *type = xd_dup(arena, xd_sql_col(q, 1));
        rc = type->ptr != NULL ? XD_OK : XD_E_MEMORY;
    }
    xd_sql_done(q);

    return rc;
}


/* -- faults -------------------------------------------------------------- */

xd_rc_t
sandbox_fault_set(xd_store_t *store, const sandbox_role_t *role,
    const sandbox_fault_t *fault, int64_t count)
{
    xd_sql_t *q =
        count > 0 ? xd_sql(store,
            "INSERT INTO fault (role, mode, count) VALUES (?1, ?2, ?3)")
                  : xd_sql(store, "DELETE FROM fault WHERE role = ?1");

    if (q == NULL) {
        return XD_E_STORE;
    }
    xd_sql_text(q, 1, xd_str(role->name));
    if (count > 0) {
        xd_sql_text(q, 2, xd_str(fault->mode));
        xd_sql_int(q, 3, count);
    }

    return xd_sql_run(q);
}


/* Counts a fault down; used up, it goes. */
static xd_rc_t
use_up(xd_store_t *store, int64_t seq, int64_t left)
{
    xd_sql_t *q =
        left > 0 ? xd_sql(store, "UPDATE fault SET count = ?2 WHERE seq = ?1")
                 : xd_sql(store, "DELETE FROM fault WHERE seq = ?1");

    if (q == NULL) {
        return XD_E_STORE;
    }
    xd_sql_int(q, 1, seq);
    if (left > 0) {
        xd_sql_int(q, 2, left);
    }

    return xd_sql_run(q);
}


/* In the transaction of the document: killed before its commit, the fault is
 * still to come. */
xd_rc_t
sandbox_fault_take(xd_store_t *store, const sandbox_role_t *role,
    const sandbox_fault_t **fault)
{
    xd_sql_t *q =
        xd_sql(store, "SELECT seq, mode, count FROM fault WHERE role = ?1"
                      " ORDER BY seq LIMIT 1");
    int64_t seq = 0, count = 0;
    xd_rc_t rc;

    *fault = NULL;
    if (q == NULL) {
        return XD_E_STORE;
    }
    xd_sql_text(q, 1, xd_str(role->name));
    rc = xd_sql_step(q);
    if (rc == XD_OK) {
        seq = xd_sql_col_int(q, 0);
        *fault = sandbox_fault(xd_sql_col(q, 1));
        count = xd_sql_col_int(q, 2);
    }
    xd_sql_done(q);

    if (rc != XD_OK) {
        return rc == XD_E_NOT_FOUND ? XD_OK : rc;
    }

    return use_up(store, seq, count - 1);
}
