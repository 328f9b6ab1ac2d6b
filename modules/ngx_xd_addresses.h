/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_ADDRESSES_H
#define NGX_XD_ADDRESSES_H

#include "ngx_xd.h"
#include "ngx_xd_gcra.h"

/*
 * Words of rates for addresses, in a shared zone: found by a keyed hash, so
 * nobody can aim at another's, no table fills up, and none is evicted.  Two
 * that collide share a word: together they get what one would.
 */
#define NGX_XD_ADDRESSES_RECENT 64

typedef struct {
    uint64_t salt;
    uint64_t address;   /* its four or eight bytes */
    ngx_xd_tat_t *cell; /* NULL: nothing yet */
} ngx_xd_address_t;

struct ngx_xd_addresses_s {
    ngx_xd_tat_t *cells; /* in the zone */
    size_t ncells;
    uint8_t secret[16]; /* of the hash; as old as the zone */
    ngx_xd_address_t recent[NGX_XD_ADDRESSES_RECENT]; /* this worker's */
};

/* The zone, at configuration time; NULL without memory. */
ngx_xd_addresses_t *ngx_xd_addresses(ngx_conf_t *cf);

/* The word of the caller's address for what salt names: of IPv6 that of its
 * /64, which one caller has as a whole. */
ngx_xd_tat_t *ngx_xd_address_cell(ngx_xd_addresses_t *addresses, uint64_t salt,
    const struct sockaddr *sa);

#endif
