/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_SLOTS_H
#define NGX_XD_SLOTS_H

#include "ngx_xd.h"
#include "ngx_xd_gcra.h"

/*
 * The buckets of known parties, in a shared zone: a directory that only
 * grows.  An entry is found by a hash of who and what, never moves and never
 * goes, so the workers of two configurations point to the same words.  Only
 * the master adds, while it reads a configuration.
 */

/* The layout is the name's version: change both. */
#define NGX_XD_SLOTS_ZONE "xd_limits_1"

typedef struct ngx_xd_slots_s ngx_xd_slots_t;

/* The directory of a zone, made at the first call; NULL without memory. */
ngx_xd_slots_t *ngx_xd_slots(ngx_shm_zone_t *zone, ngx_uint_t exists);

/*
 * ngx_xd_slots_find - the word of one party under one policy, or NULL
 *
 *   party  its id
 *
 * The policy's numbers belong to the key: one whose numbers change is another
 * and begins full, while workers of the old configuration go on with the old.
 */
ngx_xd_tat_t *ngx_xd_slots_find(ngx_xd_slots_t *slots, xd_str_t party,
    const xd_policy_t *policy);

/* The same, added when it is not there; only while there is room. */
ngx_xd_tat_t *ngx_xd_slots_add(ngx_xd_slots_t *slots, xd_str_t party,
    const xd_policy_t *policy);

/* How many more can be added. */
ngx_uint_t ngx_xd_slots_room(const ngx_xd_slots_t *slots);

#endif
