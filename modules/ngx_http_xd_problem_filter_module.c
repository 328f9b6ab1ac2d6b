/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Every error answer becomes application/problem+json.
 *
 * A filter, and not error_page: nginx makes some errors before a location is
 * known (a bad request line, headers too large), and an internal redirect
 * would run the phases again and forget what the modules knew.  Here all of
 * them pass, ours, nginx's and those of a proxied service; a body that is a
 * problem already goes through as it is.
 */

#include "ngx_xd.h"

#define PROBLEM "application/problem+json"
#define HEALTH  "application/health+json"


/* What the body filter has to do; in the context of this module. */
typedef struct {
    ngx_str_t body;
    unsigned sent : 1;
} ngx_http_xd_problem_ctx_t;


static ngx_int_t ngx_http_xd_problem_init(ngx_conf_t *cf);


/* clang-format off */

static ngx_http_module_t  ngx_http_xd_problem_filter_module_ctx = {
    NULL,                              /* preconfiguration */
    ngx_http_xd_problem_init,          /* postconfiguration */

    NULL,                              /* create main configuration */
    NULL,                              /* init main configuration */

    NULL,                              /* create server configuration */
    NULL,                              /* merge server configuration */

    NULL,                              /* create location configuration */
    NULL                               /* merge location configuration */
};


ngx_module_t  ngx_http_xd_problem_filter_module = {
    NGX_MODULE_V1,
    &ngx_http_xd_problem_filter_module_ctx, /* module context */
    NULL,                              /* module directives */
    NGX_HTTP_MODULE,                   /* module type */
    NULL,                              /* init master */
    NULL,                              /* init module */
    NULL,                              /* init process */
    NULL,                              /* init thread */
    NULL,                              /* exit thread */
    NULL,                              /* exit process */
    NULL,                              /* exit master */
    NGX_MODULE_V1_PADDING
};

/* clang-format on */


static ngx_http_output_header_filter_pt ngx_http_next_header_filter;
static ngx_http_output_body_filter_pt ngx_http_next_body_filter;


static ngx_uint_t
is_type(const ngx_http_request_t *r, const char *type, size_t len)
{
    const ngx_str_t *had = &r->headers_out.content_type;

    return had->len >= len && ngx_memcmp(had->data, type, len) == 0;
}


static ngx_uint_t
is_final(const ngx_http_request_t *r)
{
    return is_type(r, PROBLEM, sizeof(PROBLEM) - 1)
           || is_type(r, HEALTH, sizeof(HEALTH) - 1);
}


/* Headers that belong to all answers of that status, whoever made it. */
static ngx_int_t
add_headers(ngx_http_request_t *r, const ngx_xd_request_t *record)
{
    const ngx_xd_problem_t *row;
    ngx_uint_t seconds;
    ngx_str_t text;

    row = ngx_xd_problem_of(record, r->headers_out.status);

    if (r->upstream != NULL) {
        return NGX_OK; /* the service says when to come again, or nothing */
    }

    if (row == NULL) {
        return NGX_OK;
    }

    seconds = row->retry_after;
    if (row == record->problem && record->retry_after != 0) {
        seconds = record->retry_after;
    }

    if (seconds == 0) {
        return NGX_OK;
    }

    text = ngx_xd_fmt(r->pool, "%lu", (unsigned long) seconds);

    return text.data == NULL ? NGX_ERROR
                             : ngx_xd_header_add(r, "Retry-After", text);
}


static void
forget_body(ngx_http_request_t *r)
{
    ngx_http_clear_content_length(r);
    ngx_http_clear_accept_ranges(r);
    ngx_http_clear_last_modified(r);
    ngx_http_clear_etag(r);

    if (r->headers_out.content_encoding != NULL) {
        r->headers_out.content_encoding->hash = 0;
        r->headers_out.content_encoding = NULL;
    }
}


static ngx_int_t
replace(ngx_http_request_t *r, const ngx_xd_request_t *record)
{
    static ngx_str_t type = ngx_string(PROBLEM);
    ngx_http_xd_problem_ctx_t *ctx;

    ctx = ngx_pcalloc(r->pool, sizeof(*ctx));
    if (ctx == NULL || add_headers(r, record) != NGX_OK) {
        return NGX_ERROR;
    }

    ctx->body = ngx_xd_problem_body(r, r->headers_out.status);
    if (ctx->body.data == NULL) {
        return NGX_ERROR;
    }

    forget_body(r);
    r->headers_out.content_type = type;
    r->headers_out.content_type_len = type.len;
    r->headers_out.content_type_lowcase = NULL;
    r->headers_out.charset.len = 0;
    r->headers_out.content_length_n = (off_t) ctx->body.len;

    ngx_http_set_ctx(r, ctx, ngx_http_xd_problem_filter_module);

    return NGX_OK;
}


static ngx_int_t
ngx_http_xd_problem_header_filter(ngx_http_request_t *r)
{
    ngx_xd_request_t *record;
    ngx_str_t trace;

    if (r != r->main || ngx_xd_main(r)->registry == NULL) {
        return ngx_http_next_header_filter(r);
    }

    record = ngx_xd_request(r);
    if (record == NULL) {
        return NGX_ERROR;
    }

    trace.data = record->trace;
    trace.len = NGX_XD_TRACE_LEN;

    if (ngx_xd_header_add(r, "traceparent", trace) != NGX_OK) {
        return NGX_ERROR;
    }

    if (r->headers_out.status >= NGX_HTTP_BAD_REQUEST && !is_final(r)
        && replace(r, record) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_http_next_header_filter(r);
}


/* Drops what came; true when its end was there. */
static ngx_uint_t
swallow(ngx_chain_t *in)
{
    ngx_uint_t last = 0;
    ngx_chain_t *cl;

    for (cl = in; cl != NULL; cl = cl->next) {
        last |= cl->buf->last_buf;
        cl->buf->pos = cl->buf->last;
        cl->buf->file_pos = cl->buf->file_last;
    }

    return last;
}


static ngx_int_t
send_body(ngx_http_request_t *r, ngx_http_xd_problem_ctx_t *ctx)
{
    ngx_chain_t *out = ngx_alloc_chain_link(r->pool);
    ngx_buf_t *b = ngx_calloc_buf(r->pool);

    if (out == NULL || b == NULL) {
        return NGX_ERROR;
    }

    b->pos = ctx->body.data;
    b->last = b->pos + ctx->body.len;
    b->memory = 1;
    b->last_buf = 1;
    b->last_in_chain = 1;

    out->buf = b;
    out->next = NULL;
    ctx->sent = 1;

    return ngx_http_next_body_filter(r, out);
}


static ngx_int_t
ngx_http_xd_problem_body_filter(ngx_http_request_t *r, ngx_chain_t *in)
{
    ngx_http_xd_problem_ctx_t *ctx;

    ctx = ngx_http_get_module_ctx(r, ngx_http_xd_problem_filter_module);

    if (ctx == NULL || r != r->main) {
        return ngx_http_next_body_filter(r, in);
    }

    if (swallow(in) && !ctx->sent) {
        return send_body(r, ctx);
    }

    /* Without a chain the call is there to push what a slow client left. */
    return in == NULL ? ngx_http_next_body_filter(r, NULL) : NGX_OK;
}


static ngx_int_t
ngx_http_xd_problem_init(ngx_conf_t *cf)
{
    ngx_http_next_header_filter = ngx_http_top_header_filter;
    ngx_http_top_header_filter = ngx_http_xd_problem_header_filter;

    ngx_http_next_body_filter = ngx_http_top_body_filter;
    ngx_http_top_body_filter = ngx_http_xd_problem_body_filter;

    return NGX_OK;
}
