/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_CONTENT_H
#define NGX_XD_CONTENT_H

#include "ngx_xd.h"


/*
 * What a body may be: one row per format of ngx_xd_content.c.
 *
 * A judge reads record->body and returns NGX_OK, or the status of a problem
 * that it has set.  It may use mcf->scratch, which its caller resets.
 */
typedef struct ngx_xd_format_s ngx_xd_format_t;

struct ngx_xd_format_s {
    const char *name;         /* in directives and in routing keys */
    const char *family;       /* in directives, for all of it; or NULL */
    const char *media_type;   /* of requests and of messages */
    ngx_uint_t with_document; /* its directives name a document too */
    ngx_int_t (*judge)(ngx_http_request_t *r, ngx_xd_request_t *record,
        const xd_schema_t *schema, ngx_str_t document);
};

/* The first format of that name or family, and the one after it; NULL when
 * there is none. */
const ngx_xd_format_t *ngx_xd_format_find(ngx_str_t name);
const ngx_xd_format_t *ngx_xd_format_next(const ngx_xd_format_t *format,
    ngx_str_t name);

/* Judges of the formats. */
ngx_int_t ngx_xd_judge_x12(ngx_http_request_t *r, ngx_xd_request_t *record,
    const xd_schema_t *schema, ngx_str_t document);
ngx_int_t ngx_xd_judge_edifact(ngx_http_request_t *r, ngx_xd_request_t *record,
    const xd_schema_t *schema, ngx_str_t document);
ngx_int_t ngx_xd_judge_json(ngx_http_request_t *r, ngx_xd_request_t *record,
    const xd_schema_t *schema, ngx_str_t document);

#endif
