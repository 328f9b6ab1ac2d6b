/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_ASKED_H
#define NGX_XD_ASKED_H

#include "ngx_xd_fetch.h"
#include "ngx_xd_tokens.h"

/* Tokens that say nothing: their issuer is asked (RFC 7662), and the request
 * waits, not the worker.  Who cannot be asked has vouched for nobody. */
typedef struct {
    const xd_issuer_t *issuer; /* NULL: there is none */
    ngx_xd_source_t source;
    ngx_str_t head;    /* of the question, up to its length */
    ngx_uint_t asking; /* questions of this worker under way */
} ngx_xd_asked_t;

/* At configuration time; faults are logged with the file or url. */
ngx_int_t ngx_xd_asked(ngx_conf_t *cf, ngx_xd_asked_t *asked,
    const xd_credentials_t *credentials);

/*
 * ngx_xd_asked_verify - whose token this is
 *
 *   out  points into the pool
 *
 * As ngx_xd_tokens_verify; NGX_XD_TOKEN_ASKED: not yet known.  The handler
 * returns NGX_AGAIN then, and is called again with the answer.
 */
int ngx_xd_asked_verify(ngx_http_request_t *r, ngx_xd_request_t *record,
    ngx_xd_asked_t *asked, ngx_xd_tokens_t *tokens, xd_str_t token,
    ngx_xd_token_t *out);

#endif
