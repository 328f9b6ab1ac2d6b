/* SPDX-License-Identifier: BSD-2-Clause */

/* Open addressing, linear probing: where an entry stands depends on nothing
 * but the hash and those that came before it. */

#include "ngx_xd_slots.h"
#include "crypt/digest.h"

#define LINE 64 /* bytes that two processors do not share */


/* A line each: one party's calls do not slow another's. */
typedef struct {
    _Alignas(LINE) uint64_t key[2]; /* zeros: free */
    ngx_xd_tat_t tat;
} slot_t;

struct ngx_xd_slots_s {
    _Alignas(LINE) ngx_uint_t room; /* entries */
    ngx_uint_t most; /* of them in use: the rest keeps probes short */
    ngx_uint_t used;
    slot_t slot[];
};


static ngx_xd_slots_t *
slots_new(ngx_slab_pool_t *pool)
{
    size_t bytes = pool->pfree * ngx_pagesize;
    ngx_xd_slots_t *slots;

    slots = bytes > sizeof(*slots) ? ngx_slab_calloc(pool, bytes) : NULL;
    if (slots == NULL) {
        return NULL;
    }

    slots->room = (bytes - sizeof(*slots)) / sizeof(slot_t);
    slots->most = slots->room - slots->room / 8;
    pool->data = slots;

    return slots;
}


ngx_xd_slots_t *
ngx_xd_slots(ngx_shm_zone_t *zone, ngx_uint_t exists)
{
    ngx_slab_pool_t *pool = (ngx_slab_pool_t *) (void *) zone->shm.addr;

    return exists ? pool->data : slots_new(pool);
}


static void
key_of(xd_str_t party, const xd_policy_t *policy, uint64_t key[2])
{
    uint8_t digest[XD_SHA256_LEN];
    char text[256];
    int len;

    len = snprintf(text, sizeof(text), "party %.*s %.*s %lld/%lld+%lld",
        XD_FMT(party), XD_FMT(policy->name), (long long) policy->limit,
        (long long) policy->window, (long long) policy->burst);

    xd_sha256((xd_str_t){ text, (size_t) len }, digest);
    ngx_memcpy(key, digest, 2 * sizeof(uint64_t));
}


/* Its entry, or the free one where it would stand: at most seven eighths are in
 * use, so every probe ends. */
static slot_t *
probe(ngx_xd_slots_t *slots, const uint64_t key[2])
{
    ngx_uint_t i = key[0] % slots->room;
    slot_t *s = &slots->slot[i];

    while ((s->key[0] != 0 || s->key[1] != 0)
           && (s->key[0] != key[0] || s->key[1] != key[1]))
    {
        i = (i + 1) % slots->room;
        s = &slots->slot[i];
    }

    return s;
}


ngx_xd_tat_t *
ngx_xd_slots_find(ngx_xd_slots_t *slots, xd_str_t party,
    const xd_policy_t *policy)
{
    uint64_t key[2];
    slot_t *s;

    key_of(party, policy, key);
    s = probe(slots, key);

    return s->key[0] == key[0] && s->key[1] == key[1] ? &s->tat : NULL;
}


ngx_xd_tat_t *
ngx_xd_slots_add(ngx_xd_slots_t *slots, xd_str_t party,
    const xd_policy_t *policy)
{
    uint64_t key[2];
    slot_t *s;

    key_of(party, policy, key);
    s = probe(slots, key);

    if (s->key[0] == 0 && s->key[1] == 0) {
        ngx_memcpy(s->key, key, sizeof(key));
        slots->used++;
    }

    return &s->tat;
}


ngx_uint_t
ngx_xd_slots_room(const ngx_xd_slots_t *slots)
{
    return slots->most - slots->used;
}
