/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_WEB_CLIENT_H
#define XD_WEB_CLIENT_H

#include "base/buf.h"
#include "base/loop.h"

/* Outgoing HTTP on a loop, by libcurl's multi interface; http and https only,
 * no redirects, no proxy from the environment, no cookies. */
typedef struct xd_web_s xd_web_t;

typedef struct {
    xd_str_t name, value;
} xd_web_header_t;

typedef struct {
    const char *method;      /* "POST" */
    xd_str_t url;            /* user:password@ becomes Basic authentication */
    const char *unix_socket; /* path, or NULL */
    const xd_web_header_t *headers;
    size_t nheaders;
    xd_str_t body;      /* must live until done */
    int64_t timeout_ms; /* whole exchange; 0: 30 s */
    int64_t connect_ms; /* 0: 5 s */
    size_t answer_max;  /* bytes of body kept; 0: 1 MiB */

    /* It may reach the server twice (a key makes that safe, or it is a GET):
     * an idle connection is used again, and libcurl repeats the request when
     * that one turns out to be dead.  False: a connection of its own. */
    bool repeatable;
} xd_web_request_t;

typedef enum {
    XD_WEB_ANSWERED, /* status is set */
    XD_WEB_NOT_SENT, /* no connection: nothing reached the server */
    XD_WEB_UNKNOWN   /* it left, and no whole answer came */
} xd_web_result_t;

typedef struct {
    xd_web_result_t result;
    int status;
    xd_str_t body; /* lives for the call */
    xd_str_t content_type;
    int64_t retry_after_ms; /* of Retry-After; -1: none */
    const char *error;      /* a sentence, when not answered */
} xd_web_answer_t;

typedef void xd_web_done_fn(void *ctx, const xd_web_answer_t *answer);

xd_web_t *xd_web_new(xd_loop_t *loop);

/* Requests under way are dropped without a call of done. */
void xd_web_free(xd_web_t *web);

/* XD_OK: done is called once, later (it may send again, but not free web);
 * XD_E_MEMORY; XD_E_CONF: a bad url, or a header with a control character. */
XD_CHECKED xd_rc_t xd_web_send(xd_web_t *web, const xd_web_request_t *request,
    xd_web_done_fn *done, void *ctx);

/*
 * xd_web_call - the same, waiting for the answer: for the command line
 *
 *   body  gains the answer's body
 *
 * Returns XD_OK with *status; XD_E_LINK when nothing answered.
 */
XD_CHECKED xd_rc_t xd_web_call(const xd_web_request_t *request, int *status,
    xd_buf_t *body);

#endif
