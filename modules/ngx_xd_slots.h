/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_SLOTS_H
#define NGX_XD_SLOTS_H

#include "ngx_xd.h"
#include "ngx_xd_gcra.h"

/*
 * The words of known parties, plans and routes in a shared zone: a directory
 * that only grows.  An entry is found by a hash of who and what, never moves
 * and never goes, so the workers of two configurations point to the same
 * words.  Only the master adds, while it reads a configuration.
 */

/* The layout is the name's version: change both. */
#define NGX_XD_SLOTS_ZONE "xd_limits_2"

#define NGX_XD_SLOT_LINE  64 /* bytes that two processors do not share */

typedef struct {
    uint64_t hash[2]; /* zeros: none */
} ngx_xd_slot_key_t;

typedef struct {
    ngx_xd_tat_t spent;   /* window and units */
    ngx_xd_tat_t granted; /* the same, as the disk knows it */
    ngx_xd_tat_t reserve; /* units that a write grants ahead; 0: no quota */
    ngx_xd_tat_t ends;    /* of the window, seconds since 1970 */
} ngx_xd_slot_quota_t;

/* A line each: one party's calls do not slow another's. */
typedef struct {
    _Alignas(NGX_XD_SLOT_LINE) ngx_xd_slot_key_t key;
    union {
        ngx_xd_tat_t tat;
        ngx_xd_slot_quota_t quota;
        ngx_xd_held_t held[NGX_XD_CHUNK];
    } u;
} ngx_xd_slot_t;

typedef struct {
    ngx_uint_t room; /* entries */
    ngx_uint_t most; /* of them in use: the rest keeps probes short */
    ngx_uint_t used;
    ngx_atomic_t writer; /* pid of who writes the quotas out; 0: nobody */
    ngx_atomic_t stamp;  /* of this zone, in what it writes */
    ngx_atomic_t pid[NGX_XD_COLUMNS]; /* whose cells in flight; 0: nobody's */
    ngx_xd_slot_t slot[];
} ngx_xd_slots_t;


/* The directory of a zone, made at the first call; NULL without memory. */
ngx_xd_slots_t *ngx_xd_slots(ngx_shm_zone_t *zone, ngx_uint_t exists);

/*
 * ngx_xd_slot_key - the key of an entry
 *
 *   who   text that names whose words they are: "party acme"
 *   part  of calls in flight: which of their chunks; else 0
 *
 * The numbers of a rate belong to the key: one whose numbers change is another
 * and begins full, while workers of the old configuration go on with the old.
 * A quota and calls in flight go on counting under new limits.
 */
ngx_xd_slot_key_t ngx_xd_slot_key(ngx_str_t who, const xd_policy_t *policy,
    int part);

/* Its entry, or NULL. */
ngx_xd_slot_t *ngx_xd_slots_find(ngx_xd_slots_t *slots, ngx_xd_slot_key_t key);

/* The same, added when it is not there; only while there is room. */
ngx_xd_slot_t *ngx_xd_slots_add(ngx_xd_slots_t *slots, ngx_xd_slot_key_t key);

/* True for an entry that holds a quota. */
ngx_uint_t ngx_xd_slot_is_quota(const ngx_xd_slot_t *slot);

/* How many more can be added. */
ngx_uint_t ngx_xd_slots_room(const ngx_xd_slots_t *slots);

/* Takes a column of cells in flight for this process, and empties those of
 * dead ones; NGX_ERROR when all belong to the living. */
ngx_int_t ngx_xd_slots_column(ngx_xd_slots_t *slots);

/* At its end: what it still held is given back. */
void ngx_xd_slots_leave(ngx_xd_slots_t *slots, ngx_uint_t column);

/* Empties the columns of dead processes; true when there was one. */
ngx_uint_t ngx_xd_slots_bury(ngx_xd_slots_t *slots);

#endif
