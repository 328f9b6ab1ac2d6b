/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The largest table of a process, and on the way of every message: so an id
 * is sixteen bytes (a UUID as such, any other id by its hash), the body's
 * hash is cut to sixteen, and there is no index on time.  Old rows are found
 * by walking along the ids, a stretch a call.
 */

#include "store/seen.h"

#include "crypt/digest.h"
#include "room.h"


static int
hex_value(char c)
{
    return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}


/* A UUID in either case is the same id. */
static void
seen_key(xd_str_t id, uint8_t key[XD_SHA256_LEN])
{
    size_t n = 0;

    if (!xd_uuid_valid(id)) {
        xd_sha256(id, key);
        return;
    }

    for (size_t i = 0; i < id.len; i++) {
        if (id.ptr[i] != '-') {
            key[n] = (uint8_t) (hex_value(id.ptr[i]) << 4
                                | hex_value(id.ptr[i + 1]));
            n++;
            i++;
        }
    }
}


static xd_str_t
sixteen(const void *bytes)
{
    return (xd_str_t){ bytes, STORE_SEEN_KEY };
}


/* Only when the id was there already, which is rare: the usual way is one
 * insert. */
static xd_rc_t
seen_compare(xd_store_t *store, xd_str_t key, const uint8_t hash[32])
{
    xd_sql_t *q = xd_sql(store, "SELECT hash FROM seen WHERE id = ?1");
    xd_rc_t rc;

    xd_sql_blob(q, 1, key);
    rc = xd_sql_step(q);

    if (rc == XD_OK) {
        rc = xd_str_eq(xd_sql_col(q, 0), sixteen(hash)) ? XD_E_AGAIN
                                                        : XD_E_CONFLICT;
    }

    xd_sql_done(q);

    return rc;
}


xd_rc_t
xd_seen(xd_store_t *store, xd_str_t id, const uint8_t hash[32], int64_t now_ms)
{
    uint8_t key[XD_SHA256_LEN];
    xd_sql_t *q =
        xd_sql(store, "INSERT INTO seen (id, hash, at) VALUES (?1, ?2, ?3)"
                      " ON CONFLICT DO NOTHING");
    xd_rc_t rc;

    seen_key(id, key);
    xd_sql_blob(q, 1, sixteen(key));
    xd_sql_blob(q, 2, sixteen(hash));
    xd_sql_int(q, 3, now_ms / 1000);

    rc = xd_sql_run(q);
    if (rc != XD_OK || xd_store_changes(store) == 1) {
        return rc;
    }

    return seen_compare(store, sixteen(key), hash);
}


/* The id at the end of the next stretch, or none: this is the last one. */
static xd_rc_t
stretch_end(xd_store_t *store, int most, uint8_t end[STORE_SEEN_KEY])
{
    xd_sql_t *q = xd_sql(store,
        "SELECT id FROM seen WHERE id > ?1 ORDER BY id LIMIT 1 OFFSET ?2");
    xd_rc_t rc;

    xd_sql_blob(q, 1, sixteen(store->seen_at));
    xd_sql_int(q, 2, most - 1);
    rc = xd_sql_step(q);

    if (rc == XD_OK) {
        memcpy(end, xd_sql_col(q, 0).ptr, STORE_SEEN_KEY);
    }

    xd_sql_done(q);

    return rc;
}


xd_rc_t
xd_seen_prune(xd_store_t *store, int64_t before_ms, int most)
{
    uint8_t end[STORE_SEEN_KEY];
    xd_rc_t rc = stretch_end(store, most, end);
    bool last = rc == XD_E_NOT_FOUND;
    xd_sql_t *q;

    if (rc != XD_OK && !last) {
        return rc;
    }

    if (last) {
        memset(end, 0xff, sizeof(end));
    }

    q = xd_sql(store,
        "DELETE FROM seen WHERE id > ?1 AND id <= ?2 AND at < ?3");
    xd_sql_blob(q, 1, sixteen(store->seen_at));
    xd_sql_blob(q, 2, sixteen(end));
    xd_sql_int(q, 3, before_ms / 1000);
    rc = xd_sql_run(q);

    if (last) {
        memset(end, 0, sizeof(end));
    }

    memcpy(store->seen_at, end, sizeof(end));

    return rc;
}
