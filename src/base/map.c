/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Open addressing with linear probing.  The table doubles at three quarters
 * full; nothing is ever removed, so there are no tombstones.
 */

#include "base/map.h"

#include <pthread.h>

#include "base/id.h"
#include "base/siphash.h"


#define FIRST_ROOM 16

typedef struct {
    uint64_t hash;
    xd_str_t key;
    void *value; /* NULL: the slot is free */
} slot_t;

struct xd_map_s {
    xd_arena_t *arena;
    slot_t *slots;
    size_t room, count; /* room: a power of two */
};

/* The one state of the process here: drawn once, then only read. */
static pthread_once_t drawn = PTHREAD_ONCE_INIT;
static xd_sipkey_t process_key;


static void
draw_key(void)
{
    xd_random(&process_key, sizeof(process_key));
}


uint64_t
xd_hash(xd_str_t s)
{
    (void) pthread_once(&drawn, draw_key);

    return xd_siphash(process_key, s);
}


xd_map_t *
xd_map_new(xd_arena_t *arena)
{
    xd_map_t *map = xd_alloc(arena, sizeof(*map));

    if (map != NULL) {
        map->arena = arena;
    }

    return map;
}


/* The slot of the key, or the free one where it would go. */
static slot_t *
find(slot_t *slots, size_t room, uint64_t hash, xd_str_t key)
{
    size_t at = hash & (room - 1);

    while (slots[at].value != NULL
           && (slots[at].hash != hash || !xd_str_eq(slots[at].key, key)))
    {
        at = (at + 1) & (room - 1);
    }

    return &slots[at];
}


static bool
grow(xd_map_t *map)
{
    size_t room = map->room == 0 ? FIRST_ROOM : map->room * 2;
    slot_t *slots = xd_alloc_n(map->arena, room, sizeof(*slots));

    if (slots == NULL) {
        return false;
    }

    for (size_t i = 0; i < map->room; i++) {
        slot_t *old = &map->slots[i];

        if (old->value != NULL) {
            *find(slots, room, old->hash, old->key) = *old;
        }
    }

    map->slots = slots;
    map->room = room;

    return true;
}


xd_rc_t
xd_map_put(xd_map_t *map, xd_str_t key, void *value, void **old)
{
    uint64_t hash = xd_hash(key);
    slot_t *slot;

    if (map->count + 1 > map->room / 4 * 3 && !grow(map)) {
        return XD_E_MEMORY;
    }

    slot = find(map->slots, map->room, hash, key);
    if (old != NULL) {
        *old = slot->value;
    }

    map->count += slot->value == NULL;
    *slot = (slot_t){ .hash = hash, .key = key, .value = value };

    return XD_OK;
}


void *
xd_map_get(const xd_map_t *map, xd_str_t key)
{
    if (map->count == 0) {
        return NULL;
    }

    return find(map->slots, map->room, xd_hash(key), key)->value;
}


size_t
xd_map_count(const xd_map_t *map)
{
    return map->count;
}
