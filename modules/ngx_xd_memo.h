/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_MEMO_H
#define NGX_XD_MEMO_H

#include "ngx_xd.h"

/*
 * What all workers remember for a time: equal entries in a shared zone, each
 * under a hash.  An entry can stand in two sets of eight, and goes into the
 * emptier one; so the zone fills evenly, and a look is short.
 */

#define NGX_XD_MEMO_KEY 32 /* bytes, of a SHA-256 */

typedef struct {
    ngx_shm_zone_t *zone;
    u_char *entries; /* in it */
    size_t sets;
    size_t value;  /* bytes that an entry carries */
    size_t stride; /* from one entry to the next */
} ngx_xd_memo_t;

/*
 * ngx_xd_memo - the zone of a memo, at configuration time
 *
 *   name   with the layout's version in it
 *   value  bytes that each entry carries; 0: it only says that it is there
 */
ngx_int_t ngx_xd_memo(ngx_conf_t *cf, ngx_xd_memo_t *memo, const char *name,
    size_t size, size_t value);

/* NGX_OK with a copy of the value; NGX_DECLINED: nothing, or no longer. */
ngx_int_t ngx_xd_memo_get(const ngx_xd_memo_t *memo,
    const uint8_t key[NGX_XD_MEMO_KEY], time_t now, void *value);

/*
 * ngx_xd_memo_put - remember until that second
 *
 *   evict  when both sets are full: what would be forgotten first goes
 *
 * NGX_OK; NGX_DECLINED: it is there already, and stays as it was; NGX_BUSY:
 * no room, and nothing may go.
 */
ngx_int_t ngx_xd_memo_put(const ngx_xd_memo_t *memo,
    const uint8_t key[NGX_XD_MEMO_KEY], time_t now, time_t until,
    const void *value, ngx_uint_t evict);

#endif
