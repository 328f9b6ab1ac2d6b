/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_KEYSETS_H
#define NGX_XD_KEYSETS_H

#include "ngx_xd.h"
#include "base/buf.h"
#include "conf/credentials.h"

/*
 * The key sets of all issuers.  Those of files are read by the master with the
 * configuration.  Those of urls are fetched by one worker in the background
 * and stand in a shared zone, which outlives workers and reloads; each worker
 * makes its own keys of them when they have changed.
 */

typedef struct ngx_xd_keyset_s ngx_xd_keyset_t;

typedef struct {
    const xd_credentials_t *credentials;
    xd_arena_t *arena;     /* of the sets that come from files */
    ngx_xd_keyset_t *sets; /* by the issuers' numbers */
    ngx_uint_t nsets;
    ngx_shm_zone_t *zone; /* NULL: nothing is fetched */
    ngx_event_t timer;    /* of the worker that fetches */
    ngx_connection_t dumb;
} ngx_xd_keysets_t;

/* At configuration time; faults are logged with the file or url. */
ngx_int_t ngx_xd_keysets(ngx_conf_t *cf, ngx_xd_keysets_t *keysets,
    const xd_credentials_t *credentials);

/* Begins to fetch, in the worker that is meant to. */
void ngx_xd_keysets_start(ngx_xd_keysets_t *keysets, ngx_log_t *log);

/* At a worker's end: what it was fetching is given up. */
void ngx_xd_keysets_stop(ngx_xd_keysets_t *keysets);

/*
 * ngx_xd_keysets_of - the keys of an issuer, as they are now
 *
 *   generation  becomes theirs: another set has another.  0: of a file
 *
 * NULL while there are none: not fetched yet, or too long ago.  The set holds
 * until the next call.
 */
const xd_jwks_t *ngx_xd_keysets_of(ngx_xd_keysets_t *keysets, size_t issuer,
    uint64_t *generation);

/* A token names a key that its issuer's set lacks: fetch sooner, if the
 * budget allows. */
void ngx_xd_keysets_ask(ngx_xd_keysets_t *keysets, size_t issuer);

/* Prometheus text: how old fetched sets are, and how fetching went. */
void ngx_xd_keysets_write(const ngx_xd_keysets_t *keysets, xd_buf_t *b);

#endif
