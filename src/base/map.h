/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BASE_MAP_H
#define XD_BASE_MAP_H

#include "base/arena.h"


/* A dictionary inside an arena: SipHash under a random key of the process, so
 * that a partner cannot choose keys that collide. */
typedef struct xd_map_s xd_map_t;

/* NULL when the arena is full. */
xd_map_t *xd_map_new(xd_arena_t *arena);

/*
 * xd_map_put - set the value of a key
 *
 *   key    must live as long as the map; not copied
 *   value  not NULL
 *   old    gains the earlier value, or NULL; may itself be NULL
 *
 * Returns XD_OK or XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_map_put(xd_map_t *map, xd_str_t key, void *value,
    void **old);

/* The value of a key, or NULL. */
void *xd_map_get(const xd_map_t *map, xd_str_t key);

size_t xd_map_count(const xd_map_t *map);

/* SipHash-2-4 of s under the process's random key. */
uint64_t xd_hash(xd_str_t s);

#endif
