/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd_memo.h"

#define WAYS 8

typedef struct {
    uint8_t key[NGX_XD_MEMO_KEY];
    int64_t until; /* seconds since 1970; 0: never used */
    u_char value[];
} entry_t;

/* The two sets of a key, and what was found in them. */
typedef struct {
    entry_t *same;   /* under that key, still good */
    entry_t *free;   /* of the emptier set */
    entry_t *oldest; /* of all */
} found_t;


static ngx_slab_pool_t *
pool_of(const ngx_xd_memo_t *memo)
{
    return (ngx_slab_pool_t *) (void *) memo->zone->shm.addr;
}


/* One piece: the pool's free pages as a whole, their size in front. */
static ngx_int_t
zone_init(ngx_shm_zone_t *zone, void *data)
{
    ngx_slab_pool_t *pool = (ngx_slab_pool_t *) (void *) zone->shm.addr;
    ngx_xd_memo_t *memo = zone->data;
    size_t bytes = pool->pfree * ngx_pagesize;

    if (data == NULL && !zone->shm.exists) {
        pool->data = ngx_slab_calloc(pool, bytes);
        if (pool->data == NULL) {
            return NGX_ERROR;
        }
        ((size_t *) pool->data)[0] = bytes;
    }

    bytes = ((size_t *) pool->data)[0];
    memo->entries = (u_char *) pool->data + sizeof(int64_t);
    memo->sets = (bytes - sizeof(int64_t)) / (memo->stride * WAYS);

    return memo->sets > 0 ? NGX_OK : NGX_ERROR;
}


ngx_int_t
ngx_xd_memo(ngx_conf_t *cf, ngx_xd_memo_t *memo, const char *name, size_t size,
    size_t value)
{
    ngx_str_t text = { ngx_strlen(name), (u_char *) (uintptr_t) name };

    memo->value = value;
    memo->stride = ngx_align(sizeof(entry_t) + value, sizeof(int64_t));
    memo->zone = ngx_shared_memory_add(cf, &text, size, &ngx_http_xd_module);
    if (memo->zone == NULL) {
        return NGX_ERROR;
    }

    memo->zone->init = zone_init;
    memo->zone->data = memo;

    return NGX_OK;
}


static entry_t *
entry_at(const ngx_xd_memo_t *memo, size_t set, size_t way)
{
    return (
        entry_t *) (void *) (memo->entries + (set * WAYS + way) * memo->stride);
}


/* Looks through one set; returns how many of its places are free. */
static ngx_uint_t
look_set(const ngx_xd_memo_t *memo, size_t set, const uint8_t *key, time_t now,
    found_t *found, entry_t **place)
{
    ngx_uint_t room = 0;
    entry_t *e;
    size_t i;

    for (i = 0; i < WAYS; i++) {
        e = entry_at(memo, set, i);

        if (e->until <= now) {
            *place = e;
            room++;
            continue;
        }

        if (ngx_memcmp(e->key, key, NGX_XD_MEMO_KEY) == 0) {
            found->same = e;
        }

        if (found->oldest == NULL || e->until < found->oldest->until) {
            found->oldest = e;
        }
    }

    return room;
}


static found_t
look(const ngx_xd_memo_t *memo, const uint8_t *key, time_t now)
{
    found_t found = { NULL, NULL, NULL };
    entry_t *places[2] = { NULL, NULL };
    ngx_uint_t room[2];
    uint64_t hash[2];
    int i;

    ngx_memcpy(hash, key, sizeof(hash));

    for (i = 0; i < 2; i++) {
        room[i] =
            look_set(memo, hash[i] % memo->sets, key, now, &found, &places[i]);
    }

    found.free = room[1] > room[0] ? places[1] : places[0];

    return found;
}


ngx_int_t
ngx_xd_memo_get(const ngx_xd_memo_t *memo, const uint8_t key[NGX_XD_MEMO_KEY],
    time_t now, void *value)
{
    ngx_slab_pool_t *pool = pool_of(memo);
    found_t found;

    ngx_shmtx_lock(&pool->mutex);

    found = look(memo, key, now);
    if (found.same != NULL) {
        ngx_memcpy(value, found.same->value, memo->value);
    }

    ngx_shmtx_unlock(&pool->mutex);

    return found.same != NULL ? NGX_OK : NGX_DECLINED;
}


ngx_int_t
ngx_xd_memo_put(const ngx_xd_memo_t *memo, const uint8_t key[NGX_XD_MEMO_KEY],
    time_t now, time_t until, const void *value, ngx_uint_t evict)
{
    ngx_slab_pool_t *pool = pool_of(memo);
    ngx_int_t rc = NGX_BUSY;
    entry_t *place;
    found_t found;

    ngx_shmtx_lock(&pool->mutex);

    found = look(memo, key, now);
    place = found.free == NULL && evict ? found.oldest : found.free;

    if (found.same != NULL) {
        rc = NGX_DECLINED;

    } else if (place != NULL) {
        ngx_memcpy(place->key, key, NGX_XD_MEMO_KEY);
        ngx_memcpy(place->value, value, memo->value);
        place->until = until;
        rc = NGX_OK;
    }

    ngx_shmtx_unlock(&pool->mutex);

    return rc;
}
