/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_CERTIFICATE_H
#define NGX_XD_CERTIFICATE_H

#include "ngx_xd.h"
#include "conf/credentials.h"

/* The certificate that a client showed, whose key the handshake has proved. */
struct ngx_xd_certificate_s {
    ngx_str_t der;
    char x5t[XD_THUMBPRINT_LEN + 1];
    const xd_party_t *party; /* whose it is, by the registry; NULL: nobody's */
    unsigned verified : 1;   /* by an authority that nginx.conf names */
};

/*
 * ngx_xd_certificate - what this request's connection shows
 *
 *   out  NULL when it shows none, or one that is not valid now
 *
 * NGX_OK, or NGX_ERROR without memory.  Looked at once for each request.
 */
ngx_int_t ngx_xd_certificate(ngx_http_request_t *r, ngx_xd_request_t *record,
    const ngx_xd_certificate_t **out);

/* For the next hop: Client-Cert of RFC 9440.  .data is NULL without memory. */
ngx_str_t ngx_xd_certificate_field(ngx_pool_t *pool,
    const ngx_xd_certificate_t *certificate);

#endif
