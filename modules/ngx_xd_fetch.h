/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_FETCH_H
#define NGX_XD_FETCH_H

#include "ngx_xd.h"

#include <ngx_event_connect.h>

/* Where something is fetched from, made at configuration time. */
typedef struct {
    ngx_addr_t *addrs;
    ngx_uint_t naddrs;
    ngx_str_t host; /* without the port, NUL-terminated: SNI, certificate */
    ngx_str_t authority, uri;
    ngx_ssl_t *ssl;       /* NULL: in the open */
    size_t most;          /* bytes that an answer may have, with its head */
    ngx_msec_t ms;        /* for all of it, from the start on */
    unsigned patient : 1; /* a worker that ends waits for it */
} ngx_xd_source_t;

/*
 * ngx_xd_source - take a url apart, look its host up, and trust
 *
 *   ca  file of certificates that may vouch for it; empty: the system's
 *
 * Its most and ms are for the caller to set.
 * NGX_CONF_OK, or the text of what is wrong.
 */
char *ngx_xd_source(ngx_conf_t *cf, xd_str_t url, xd_str_t ca,
    ngx_xd_source_t *out);

typedef struct ngx_xd_fetch_s ngx_xd_fetch_t;

/* Called once: body.ptr is NULL when nothing good came, and why says why. */
typedef void ngx_xd_fetched_fn(void *ctx, xd_str_t body, const char *why);

/*
 * ngx_xd_fetch - ask, in this worker's event loop
 *
 *   request  all of it, which outlives this; NULL: a plain GET
 *
 * 200 only, no redirect.  Returns NULL when it has ended before this returns;
 * done was called then.
 */
ngx_xd_fetch_t *ngx_xd_fetch(const ngx_xd_source_t *source,
    const ngx_str_t *request, ngx_log_t *log, ngx_xd_fetched_fn *done,
    void *ctx);

/* Ends one that is under way, without calling done. */
void ngx_xd_fetch_cancel(ngx_xd_fetch_t *fetch);

#endif
