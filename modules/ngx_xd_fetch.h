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
    ngx_str_t request;
    ngx_ssl_t *ssl; /* NULL: in the open */
} ngx_xd_source_t;

/*
 * ngx_xd_source - take a url apart, look its host up, and trust
 *
 *   ca  file of certificates that may vouch for it; empty: the system's
 *
 * NGX_CONF_OK, or the text of what is wrong.
 */
char *ngx_xd_source(ngx_conf_t *cf, xd_str_t url, xd_str_t ca,
    ngx_xd_source_t *out);

typedef struct ngx_xd_fetch_s ngx_xd_fetch_t;

/* Called once: body.ptr is NULL when nothing good came, and why says why. */
typedef void ngx_xd_fetched_fn(void *ctx, xd_str_t body, const char *why);

/*
 * ngx_xd_fetch - get it, in this worker's event loop
 *
 *   most  bytes that the answer may have, with its head
 *   ms    for all of it, from now on
 *
 * One GET, 200 only, no redirect.  Returns NULL when it has ended before this
 * returns; done was called then.  Nothing of it keeps a worker from ending.
 */
ngx_xd_fetch_t *ngx_xd_fetch(const ngx_xd_source_t *source, size_t most,
    ngx_msec_t ms, ngx_log_t *log, ngx_xd_fetched_fn *done, void *ctx);

/* Ends one that is under way, without calling done. */
void ngx_xd_fetch_cancel(ngx_xd_fetch_t *fetch);

#endif
