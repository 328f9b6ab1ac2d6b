/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_WEB_SERVER_H
#define XD_WEB_SERVER_H

#include <sys/types.h>

#include "base/buf.h"
#include "base/loop.h"
#include "web/client.h"

/* Incoming HTTP on a loop, by libmicrohttpd: control sockets (unix) of the
 * daemons, and loopback ports of the sandbox. */
typedef struct xd_server_s xd_server_t;

typedef struct {
    const char *method;
    xd_str_t path;     /* without the query */
    xd_str_t query;    /* decoded by xd_server_arg */
    xd_str_t body;     /* whole; over the limit it was answered 413 */
    void *handle;      /* for xd_server_header and xd_server_arg */
    uid_t uid;         /* of a unix peer (SO_PEERCRED); (uid_t) -1 on TCP */
    xd_arena_t *arena; /* lives until the answer is made: for its headers */
} xd_call_t;

typedef struct {
    int status;                 /* 0: 200 */
    const char *type;           /* NULL: application/json */
    xd_web_header_t headers[8]; /* literals, or in the call's arena */
    size_t nheaders;
    xd_buf_t body;    /* freed by the server */
    int64_t delay_ms; /* it leaves no sooner */
    bool cut;         /* reset the connection instead */
} xd_reply_t;

/* Serves one call; slices live for the call. */
typedef void xd_serve_fn(void *ctx, const xd_call_t *call, xd_reply_t *reply);

typedef struct {
    const char *unix_path; /* a socket with this mode, or NULL */
    mode_t mode;
    uint16_t port;        /* on 127.0.0.1, when unix_path is NULL; 0: any */
    size_t body_max;      /* 0: 1 MiB */
    uint32_t connections; /* 0: 64 */
    int64_t idle_ms;      /* 0: 30 s */
} xd_server_conf_t;

/* XD_OK; XD_E_IO with errno: the address is taken or not allowed. */
XD_CHECKED xd_rc_t xd_server_new(xd_loop_t *loop, const xd_server_conf_t *conf,
    xd_serve_fn *serve, void *ctx, xd_server_t **out);
void xd_server_free(xd_server_t *server);

/* The port it listens on; 0: a unix socket. */
uint16_t xd_server_port(const xd_server_t *server);

xd_str_t xd_server_header(const xd_call_t *call, const char *name);
xd_str_t xd_server_arg(const xd_call_t *call, const char *name);

/* problem+json, RFC 9457: type is the last part of its URI. */
void xd_reply_problem(xd_reply_t *reply, int status, const char *type,
    const char *detail);

#endif
