/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The body in one piece.  Small ones lie in one buffer of nginx and are used
 * there; what came in several buffers or went to a temporary file is copied
 * into the request's pool, at most limits.body.
 */

#include "ngx_xd.h"


static off_t
chain_size(const ngx_chain_t *cl)
{
    off_t size = 0;

    for (; cl != NULL; cl = cl->next) {
        size += ngx_buf_size(cl->buf);
    }

    return size;
}


/* Reads what stands in a temporary file; the page cache still has it. */
static ngx_int_t
copy_file(ngx_buf_t *b, u_char *to)
{
    off_t at = b->file_pos;
    ssize_t n;

    while (at < b->file_last) {
        n = ngx_read_file(b->file, to, (size_t) (b->file_last - at), at);
        if (n <= 0) {
            return NGX_ERROR;
        }

        to += n;
        at += n;
    }

    return NGX_OK;
}


static ngx_int_t
gather(const ngx_chain_t *cl, u_char *to)
{
    for (; cl != NULL; cl = cl->next) {
        if (ngx_buf_in_memory(cl->buf)) {
            to = ngx_cpymem(to, cl->buf->pos,
                (size_t) (cl->buf->last - cl->buf->pos));

        } else if (copy_file(cl->buf, to) == NGX_OK) {
            to += cl->buf->file_last - cl->buf->file_pos;

        } else {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


ngx_int_t
ngx_xd_body(ngx_http_request_t *r, ngx_xd_request_t *record)
{
    ngx_chain_t *cl;

    if (record->body_ready) {
        return NGX_OK;
    }

    cl = r->request_body != NULL ? r->request_body->bufs : NULL;
    record->body.len = (size_t) chain_size(cl);

    if (cl != NULL && cl->next == NULL && ngx_buf_in_memory(cl->buf)) {
        record->body.data = cl->buf->pos;

    } else {
        record->body.data = ngx_palloc(r->pool, record->body.len + 1);

        if (record->body.data == NULL
            || gather(cl, record->body.data) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    record->body_ready = 1;

    return NGX_OK;
}


/* The body is here: the phases go on where they stopped. */
static void
resume(ngx_http_request_t *r)
{
    r->preserve_body = 1;
    r->write_event_handler = ngx_http_core_run_phases;
    ngx_http_core_run_phases(r);
}


ngx_int_t
ngx_xd_body_wait(ngx_http_request_t *r)
{
    ngx_int_t rc = ngx_http_read_client_request_body(r, resume);

    if (rc >= NGX_HTTP_SPECIAL_RESPONSE) {
        return rc;
    }

    ngx_http_finalize_request(r, NGX_DONE);

    return NGX_DONE;
}


ngx_int_t
ngx_xd_body_size(ngx_http_request_t *r, off_t size)
{
    size_t most = ngx_xd_main(r)->body_max;

    if (size <= (off_t) most) {
        return NGX_OK;
    }

    return ngx_xd_refuse(r, NGX_XD_P_TOO_LARGE,
        "The body may have %zu bytes at most.", most);
}
