/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The record of a request: one walk over the client's headers takes those
 * that the modules read, and removes those that only we may set.
 */

#include "ngx_xd.h"
#include "bus/message.h"


static const ngx_str_t taken[NGX_XD_HEADERS] = {
    [NGX_XD_H_API_KEY] = ngx_string("x-api-key"),
    [NGX_XD_H_AUTHORIZATION] = ngx_string("authorization"),
    [NGX_XD_H_CONTENT_ENCODING] = ngx_string("content-encoding"),
    [NGX_XD_H_IDEMPOTENCY_KEY] = ngx_string("idempotency-key"),
    [NGX_XD_H_SIGNATURE] = ngx_string("signature"),
    [NGX_XD_H_SIGNATURE_INPUT] = ngx_string("signature-input"),
    [NGX_XD_H_TRACEPARENT] = ngx_string("traceparent"),
};

/* Beginnings of names that say who the caller is: ours to say. */
static const ngx_str_t stripped[] = {
    ngx_string("xd-"),
    ngx_string("client-cert"),
    ngx_string("x-consumer-"),
};


/* Does nothing: its address is what the record is found by. */
static void
record_cleanup(void *data)
{
}


static ngx_xd_request_t *
record_find(ngx_http_request_t *r)
{
    ngx_pool_cleanup_t *cln;

    for (cln = r->pool->cleanup; cln != NULL; cln = cln->next) {
        if (cln->handler == record_cleanup) {
            return cln->data;
        }
    }

    return NULL;
}


/* A traceparent that stands twice says nothing: W3C starts a new trace. */
static void
record_trace(ngx_http_request_t *r, ngx_xd_request_t *record)
{
    xd_arena_t *scratch = ngx_xd_main(r)->scratch;
    xd_str_t received = XD_STR_NONE, trace;

    if (record->seen[NGX_XD_H_TRACEPARENT] == 1) {
        received = ngx_xd_to_str(record->header[NGX_XD_H_TRACEPARENT]);
    }

    trace = xd_trace_accept(scratch, received);

    if (trace.len == NGX_XD_TRACE_LEN) {
        ngx_memcpy(record->trace, trace.ptr, NGX_XD_TRACE_LEN);
    }

    xd_arena_reset(scratch);
}


ngx_xd_request_t *
ngx_xd_request(ngx_http_request_t *r)
{
    ngx_xd_request_t *record;
    ngx_pool_cleanup_t *cln;

    record = ngx_http_get_module_ctx(r, ngx_http_xd_module);
    if (record != NULL) {
        return record;
    }

    record = record_find(r);

    if (record == NULL) {
        cln = ngx_pool_cleanup_add(r->pool, sizeof(*record));
        if (cln == NULL) {
            return NULL;
        }

        record = cln->data;
        ngx_memzero(record, sizeof(*record));
        record->request = r->main;
        cln->handler = record_cleanup;

        /* Whoever makes a record before the headers were walked, as for a
         * bad request line, gets a new trace. */
        record_trace(r, record);
    }

    ngx_http_set_ctx(r, record, ngx_http_xd_module);

    return record;
}


static ngx_uint_t
is_stripped(const ngx_table_elt_t *h)
{
    size_t i;

    for (i = 0; i < sizeof(stripped) / sizeof(stripped[0]); i++) {
        if (h->key.len >= stripped[i].len
            && ngx_memcmp(h->lowcase_key, stripped[i].data, stripped[i].len)
                   == 0)
        {
            return 1;
        }
    }

    return 0;
}


static void
take(ngx_xd_request_t *record, const ngx_table_elt_t *h)
{
    size_t i;

    for (i = 0; i < NGX_XD_HEADERS; i++) {
        if (h->key.len == taken[i].len
            && ngx_memcmp(h->lowcase_key, taken[i].data, taken[i].len) == 0)
        {
            if (record->seen[i]++ == 0) {
                record->header[i] = h->value;
            }

            return;
        }
    }
}


/* A run of kept elements becomes a part of the list being built. */
static ngx_int_t
add_run(ngx_http_request_t *r, ngx_table_elt_t *from, ngx_uint_t n)
{
    ngx_list_t *list = &r->headers_in.headers;
    ngx_list_part_t *part = list->last;

    if (n == 0) {
        return NGX_OK;
    }

    if (part->nelts != 0) {
        part->next = ngx_palloc(r->pool, sizeof(*part));
        if (part->next == NULL) {
            return NGX_ERROR;
        }

        part = part->next;
    }

    part->elts = from;
    part->nelts = n;
    part->next = NULL;
    list->last = part;

    /* The room behind a run is not a whole part's: a later push starts a part
     * of its own. */
    list->nalloc = n;

    return NGX_OK;
}


static ngx_int_t
add_kept(ngx_http_request_t *r, const ngx_list_part_t *part)
{
    ngx_table_elt_t *h = part->elts;
    ngx_uint_t i, first = 0;

    for (i = 0; i < part->nelts; i++) {
        if (is_stripped(&h[i])) {
            if (add_run(r, h + first, i - first) != NGX_OK) {
                return NGX_ERROR;
            }

            first = i + 1;
        }
    }

    return add_run(r, h + first, i - first);
}


/*
 * The list anew, without what only we may set.  No element moves, since nginx
 * holds pointers to them; and no part but the first is ever empty, since
 * nginx's own loops do not expect one.
 */
static ngx_int_t
strip(ngx_http_request_t *r)
{
    ngx_list_t *list = &r->headers_in.headers;
    ngx_list_part_t first = list->part;
    const ngx_list_part_t *part;

    list->part.nelts = 0;
    list->part.next = NULL;
    list->last = &list->part;

    for (part = &first; part != NULL; part = part->next) {
        if (add_kept(r, part) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_int_t
walk(ngx_http_request_t *r, ngx_xd_request_t *record)
{
    const ngx_list_part_t *part;
    ngx_table_elt_t *h;
    ngx_uint_t i, found = 0;

    for (part = &r->headers_in.headers.part; part != NULL; part = part->next) {
        h = part->elts;

        for (i = 0; i < part->nelts; i++) {
            if (is_stripped(&h[i])) {
                found = 1;
            } else {
                take(record, &h[i]);
            }
        }
    }

    return found ? strip(r) : NGX_OK;
}


ngx_int_t
ngx_xd_request_headers(ngx_http_request_t *r)
{
    ngx_xd_request_t *record = ngx_xd_request(r);

    if (record == NULL || walk(r, record) != NGX_OK) {
        return NGX_ERROR;
    }

    if (record->seen[NGX_XD_H_TRACEPARENT] != 0) {
        record_trace(r, record);
    }

    return NGX_OK;
}


ngx_int_t
ngx_xd_header_add(ngx_http_request_t *r, const char *name, ngx_str_t value)
{
    ngx_table_elt_t *h = ngx_list_push(&r->headers_out.headers);

    if (h == NULL) {
        return NGX_ERROR;
    }

    ngx_memzero(h, sizeof(*h));
    h->hash = 1;
    h->key = ngx_xd_dup(r->pool, xd_str(name));
    h->value = value;

    return h->key.data == NULL ? NGX_ERROR : NGX_OK;
}


ngx_str_t
ngx_xd_dup(ngx_pool_t *pool, xd_str_t s)
{
    ngx_str_t copy = ngx_null_string;

    copy.data = ngx_pnalloc(pool, s.len + 1);

    if (copy.data != NULL) {
        ngx_memcpy(copy.data, s.ptr, s.len);
        copy.data[s.len] = '\0';
        copy.len = s.len;
    }

    return copy;
}


ngx_str_t
ngx_xd_fmt(ngx_pool_t *pool, const char *format, ...)
{
    char text[1024];
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(text, sizeof(text), format, args);
    va_end(args);

    if (n < 0) {
        n = 0;
    } else if (n >= (int) sizeof(text)) {
        n = (int) sizeof(text) - 1;
    }

    return ngx_xd_dup(pool, (xd_str_t){ text, (size_t) n });
}
