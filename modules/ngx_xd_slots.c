/* SPDX-License-Identifier: BSD-2-Clause */

/* Open addressing, linear probing: where an entry stands depends on nothing
 * but the hash and those that came before it. */

#include "ngx_xd_slots.h"
#include "crypt/digest.h"

#include <signal.h>

#define KIND    ((uint64_t) 3) /* bits of a key: which chunk, and what kind */
#define BURYING 1 /* instead of a pid: init's, which is no worker */


static ngx_xd_slots_t *
slots_new(ngx_slab_pool_t *pool)
{
    size_t bytes = pool->pfree * ngx_pagesize;
    ngx_xd_slots_t *slots;

    slots = bytes > sizeof(*slots) ? ngx_slab_calloc(pool, bytes) : NULL;
    if (slots == NULL) {
        return NULL;
    }

    slots->room = (bytes - sizeof(*slots)) / sizeof(ngx_xd_slot_t);
    slots->most = slots->room - slots->room / 8;
    slots->stamp = (ngx_atomic_uint_t) ngx_pid << 32
                   | (ngx_atomic_uint_t) (uint32_t) ngx_time();
    pool->data = slots;

    return slots;
}


ngx_xd_slots_t *
ngx_xd_slots(ngx_shm_zone_t *zone, ngx_uint_t exists)
{
    ngx_slab_pool_t *pool = (ngx_slab_pool_t *) (void *) zone->shm.addr;

    return exists ? pool->data : slots_new(pool);
}


/* -- entries --------------------------------------------------------------- */


static ngx_xd_kind_t
kind_of(const xd_policy_t *policy)
{
    if (policy->unit == XD_POLICY_CONCURRENT) {
        return NGX_XD_INFLIGHT;
    }

    return policy->calendar != XD_CALENDAR_NONE ? NGX_XD_QUOTA : NGX_XD_RATE;
}


ngx_xd_slot_key_t
ngx_xd_slot_key(ngx_str_t who, const xd_policy_t *p, int part)
{
    uint8_t digest[XD_SHA256_LEN];
    ngx_xd_slot_key_t key;
    char text[1024];
    int len;

    /* Only a rate's numbers are its own: they give its words their meaning. */
    len = snprintf(text, sizeof(text), "%.*s %.*s %d %d %d.%.*s", (int) who.len,
        (char *) who.data, XD_FMT(p->name), part, (int) p->unit,
        (int) p->calendar, XD_FMT(p->zone));

    if (kind_of(p) == NGX_XD_RATE) {
        len += snprintf(text + len, sizeof(text) - (size_t) len,
            " %lld/%lld+%lld", (long long) p->limit, (long long) p->window,
            (long long) p->burst);
    }

    xd_sha256((xd_str_t){ text, (size_t) len }, digest);
    ngx_memcpy(key.hash, digest, sizeof(key.hash));
    key.hash[0] = (key.hash[0] & ~KIND) | (uint64_t) part;
    key.hash[1] = (key.hash[1] & ~KIND) | (uint64_t) kind_of(p);

    return key;
}


ngx_uint_t
ngx_xd_slot_is_quota(const ngx_xd_slot_t *slot)
{
    return (slot->key.hash[0] | slot->key.hash[1]) != 0
           && (slot->key.hash[1] & KIND) == NGX_XD_QUOTA;
}


static ngx_uint_t
is_free(const ngx_xd_slot_t *s)
{
    return s->key.hash[0] == 0 && s->key.hash[1] == 0;
}


static ngx_uint_t
has_key(const ngx_xd_slot_t *s, const ngx_xd_slot_key_t *key)
{
    return s->key.hash[0] == key->hash[0] && s->key.hash[1] == key->hash[1];
}


/* Its entry, or the free one where it would stand: at most seven eighths are in
 * use, so every probe ends. */
static ngx_xd_slot_t *
probe(ngx_xd_slots_t *slots, const ngx_xd_slot_key_t *key)
{
    ngx_uint_t i = (key->hash[0] >> 2) % slots->room;

    while (!is_free(&slots->slot[i]) && !has_key(&slots->slot[i], key)) {
        i = (i + 1) % slots->room;
    }

    return &slots->slot[i];
}


ngx_xd_slot_t *
ngx_xd_slots_find(ngx_xd_slots_t *slots, ngx_xd_slot_key_t key)
{
    ngx_xd_slot_t *s = probe(slots, &key);

    return is_free(s) ? NULL : s;
}


ngx_xd_slot_t *
ngx_xd_slots_add(ngx_xd_slots_t *slots, ngx_xd_slot_key_t key)
{
    ngx_xd_slot_t *s = probe(slots, &key);

    if (is_free(s)) {
        s->key = key;
        slots->used++;
    }

    return s;
}


ngx_uint_t
ngx_xd_slots_room(const ngx_xd_slots_t *slots)
{
    return slots->most - slots->used;
}


/* -- columns of calls in flight -------------------------------------------- */


static void
empty_column(ngx_xd_slots_t *slots, ngx_uint_t column)
{
    ngx_xd_slot_t *s = slots->slot;
    ngx_uint_t i, part = column / NGX_XD_CHUNK;

    for (i = 0; i < slots->room; i++) {
        if (!is_free(&s[i]) && (s[i].key.hash[1] & KIND) == NGX_XD_INFLIGHT
            && (s[i].key.hash[0] & KIND) == part)
        {
            atomic_store(&s[i].u.held[column % NGX_XD_CHUNK], 0);
        }
    }
}


static ngx_uint_t
is_dead(ngx_atomic_uint_t pid)
{
    return pid > BURYING && kill((ngx_pid_t) pid, 0) == -1
           && ngx_errno == NGX_ESRCH;
}


ngx_uint_t
ngx_xd_slots_bury(ngx_xd_slots_t *slots)
{
    ngx_uint_t i, found = 0;
    ngx_atomic_uint_t pid;

    for (i = 0; i < NGX_XD_COLUMNS; i++) {
        pid = slots->pid[i];

        if (is_dead(pid) && ngx_atomic_cmp_set(&slots->pid[i], pid, BURYING)) {
            empty_column(slots, i);
            slots->pid[i] = 0;
            found = 1;
        }
    }

    return found;
}


ngx_int_t
ngx_xd_slots_column(ngx_xd_slots_t *slots)
{
    ngx_uint_t i;

    /* A dead worker's pid may be this one's now. */
    for (i = 0; i < NGX_XD_COLUMNS; i++) {
        if (slots->pid[i] == (ngx_atomic_uint_t) ngx_pid) {
            empty_column(slots, i);
            slots->pid[i] = 0;
        }
    }

    (void) ngx_xd_slots_bury(slots);

    for (i = 0; i < NGX_XD_COLUMNS; i++) {
        if (ngx_atomic_cmp_set(&slots->pid[i], 0, (ngx_atomic_uint_t) ngx_pid))
        {
            return (ngx_int_t) i;
        }
    }

    return NGX_ERROR;
}


void
ngx_xd_slots_leave(ngx_xd_slots_t *slots, ngx_uint_t column)
{
    empty_column(slots, column);
    slots->pid[column] = 0;
}
