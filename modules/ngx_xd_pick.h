/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_PICK_H
#define NGX_XD_PICK_H

#include "ngx_xd.h"

/*
 * Versions that are named beside the path: /api/edi with a header becomes
 * /v2/edi before a location is looked for, so that each version's locations
 * are its routes, however it was named.
 */

typedef struct {
    ngx_str_t prefix;   /* "/api/"; paths below it name no version */
    ngx_array_t *ways;  /* ways to name one, in the order they are asked */
    ngx_str_t fallback; /* "v1", or empty: one must be named */
} ngx_xd_pick_t;

/* One word of xd_version_from behind its prefix.  NULL, or what is wrong. */
char *ngx_xd_pick_word(ngx_conf_t *cf, ngx_xd_pick_t *pick, ngx_str_t word);

/*
 * ngx_xd_pick - gives the request the path of its version
 *
 * NGX_DECLINED: it has it, or lies elsewhere; else a status.
 */
ngx_int_t ngx_xd_pick(ngx_http_request_t *r, const ngx_xd_pick_t *pick);

#endif
