/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * libmicrohttpd without threads: its epoll descriptor is one more descriptor
 * of the loop, and its time-out one more timer.  A call is served once its
 * body is there as a whole.
 */

#include "web/server.h"

#include <microhttpd.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/log.h"
#include "web/listen.h"

#define BODY_MAX    ((size_t) 1024 * 1024)
#define CONNECTIONS 64
#define IDLE_MS     30000

/* So much over the limit is read and dropped: an answer sent while the
 * caller still writes is often lost with the reset that follows. */
#define DRAIN_MAX ((size_t) 16 * 1024 * 1024)


typedef struct request_s request_t;

/* One request under way. */
struct request_s {
    xd_server_t *server;
    request_t *prev, *next; /* while it is delayed */
    struct MHD_Connection *connection;
    xd_arena_t *arena; /* owns this and the query */
    xd_str_t query;
    xd_buf_t body;
    size_t dropped; /* bytes over the limit */
    bool begun, served;
    xd_timer_t timer;
    xd_reply_t reply;
};

struct xd_server_s {
    xd_arena_t *arena;
    xd_loop_t *loop;
    struct MHD_Daemon *mhd;
    xd_listen_t listen;
    int epoll_fd;
    size_t body_max;
    xd_serve_fn *serve;
    void *ctx;
    xd_timer_t timer;
    request_t *delayed;
    bool stopping; /* nothing is delayed any more */
};


/* -- the loop's side ----------------------------------------------------- */

/* One turn serves all that is due.  Its time-out changes with every turn, so
 * the timer is set anew each time. */
static void
turn(xd_server_t *s)
{
    MHD_UNSIGNED_LONG_LONG ms;

    (void) MHD_run(s->mhd);

    if (MHD_get_timeout(s->mhd, &ms) != MHD_YES) {
        xd_timer_clear(s->loop, &s->timer);
        return;
    }
    if (xd_timer_set(s->loop, &s->timer, (int64_t) ms) != XD_OK) {
        xd_log(XD_LOG_ERROR, NULL, "no memory for the server's timer");
    }
}


static void
on_io(void *ctx, int fd, short revents)
{
    (void) fd;
    (void) revents;
    turn(ctx);
}


static void
on_due(void *ctx)
{
    turn(ctx);
}


/* -- delayed answers ----------------------------------------------------- */

static void
resume(request_t *r)
{
    xd_server_t *s = r->server;

    if (r->prev != NULL) {
        r->prev->next = r->next;
    } else {
        s->delayed = r->next;
    }
    if (r->next != NULL) {
        r->next->prev = r->prev;
    }
    r->prev = r->next = NULL;

    xd_timer_clear(s->loop, &r->timer);
    MHD_resume_connection(r->connection);
}


/* A connection that is resumed moves only at the next turn. */
static void
on_delay_over(void *ctx)
{
    request_t *r = ctx;
    xd_server_t *s = r->server;

    resume(r);
    turn(s);
}


/* False: it leaves at once (there is no memory for the timer, or no time). */
static bool
delay(request_t *r)
{
    xd_server_t *s = r->server;

    r->timer = (xd_timer_t){ .fire = on_delay_over, .ctx = r };
    if (s->stopping
        || xd_timer_set(s->loop, &r->timer, r->reply.delay_ms) != XD_OK) {
        return false;
    }

    r->next = s->delayed;
    if (r->next != NULL) {
        r->next->prev = r;
    }
    s->delayed = r;
    MHD_suspend_connection(r->connection);

    return true;
}


/* -- answers ------------------------------------------------------------- */

/* A header that does not fit is left out and logged: the answer itself is
 * worth more. */
static void
add_header(struct MHD_Response *response, const xd_web_header_t *h)
{
    char name[64], value[1024];

    if (h->name.len >= sizeof(name) || h->value.len >= sizeof(value)) {
        xd_log(XD_LOG_WARN, NULL, "a header of an answer is too long");
        return;
    }
    memcpy(name, h->name.ptr, h->name.len);
    name[h->name.len] = '\0';
    memcpy(value, h->value.ptr, h->value.len);
    value[h->value.len] = '\0';

    /* It refuses line ends by itself. */
    if (MHD_add_response_header(response, name, value) != MHD_YES) {
        xd_log(XD_LOG_WARN, NULL, "header %s of an answer is not valid", name);
    }
}


/* The connection ends with a reset, as if the machine had gone. */
static enum MHD_Result
cut(struct MHD_Connection *connection)
{
    const struct linger now = { .l_onoff = 1, .l_linger = 0 };
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);

    if (info != NULL) {
        (void) setsockopt(info->connect_fd, SOL_SOCKET, SO_LINGER, &now,
            sizeof(now));
    }

    return MHD_NO;
}


/* The body is copied by the library: the connection may outlive the request. */
static enum MHD_Result
answer(request_t *r)
{
    xd_reply_t *reply = &r->reply;
    struct MHD_Response *response;
    enum MHD_Result rc;

    if (reply->cut) {
        return cut(r->connection);
    }

    if (xd_buf_rc(&reply->body) != XD_OK) {
        xd_buf_reset(&reply->body);
        xd_reply_problem(reply, 500, "no-memory", "the answer does not fit");
    }

    response = MHD_create_response_from_buffer(reply->body.len, reply->body.ptr,
        MHD_RESPMEM_MUST_COPY);
    if (response == NULL) {
        return MHD_NO;
    }

    add_header(response,
        &(xd_web_header_t){ XD_STR("Content-Type"),
            xd_str(reply->type != NULL ? reply->type : "application/json") });
    for (size_t i = 0; i < reply->nheaders; i++) {
        add_header(response, &reply->headers[i]);
    }

    rc = MHD_queue_response(r->connection,
        reply->status != 0 ? (unsigned) reply->status : 200, response);
    MHD_destroy_response(response);

    return rc;
}


/* -- requests ------------------------------------------------------------ */

/* Of the process that connected; it may have handed its socket on since, which
 * is its own affair. */
static uid_t
peer_uid(const xd_server_t *s, struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info;
    struct ucred cred = { .uid = (uid_t) -1 };
    socklen_t len = sizeof(cred);

    if (s->listen.path == NULL) {
        return (uid_t) -1;
    }

    info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (info == NULL
        || getsockopt(info->connect_fd, SOL_SOCKET, SO_PEERCRED, &cred, &len)
               != 0)
    {
        return (uid_t) -1;
    }

    return cred.uid;
}


static void
serve(request_t *r, const char *path, const char *method)
{
    xd_server_t *s = r->server;
    xd_call_t call = { .method = method,
        .path = xd_str(path),
        .query = r->query,
        .body = xd_buf_str(&r->body),
        .handle = r->connection,
        .uid = peer_uid(s, r->connection),
        .arena = r->arena };

    r->served = true;

    if (r->dropped > 0) {
        xd_reply_problem(&r->reply, 413, "too-large",
            "the body is over the limit");
        return;
    }
    if (xd_buf_rc(&r->body) != XD_OK) {
        xd_reply_problem(&r->reply, 503, "no-memory",
            "there is no memory for the body");
        return;
    }
    s->serve(s->ctx, &call, &r->reply);
}


/* The announced length, when it is so large that reading it to the end would
 * be a service to nobody. */
static bool
hopeless(const request_t *r)
{
    const char *text = MHD_lookup_connection_value(r->connection,
        MHD_HEADER_KIND, "Content-Length");
    uint64_t len;

    return text != NULL
           && (!xd_str_uint(xd_str(text), UINT64_MAX, &len)
               || len > r->server->body_max + DRAIN_MAX);
}


/* MHD_NO closes the connection: in the middle of a body there is no way to
 * answer. */
static enum MHD_Result
take_body(request_t *r, const char *bytes, size_t *len)
{
    xd_str_t part = { bytes, *len };

    *len = 0;

    if (r->dropped > 0 || part.len > r->server->body_max - r->body.len) {
        r->dropped += part.len;
        return r->dropped > DRAIN_MAX ? MHD_NO : MHD_YES;
    }
    xd_buf_add(&r->body, part);

    return MHD_YES;
}


/* libmicrohttpd calls this for the head, for each part of the body, and at
 * the end; once more after a delay.  Its parameters are the library's. */
static enum MHD_Result /* NOLINTNEXTLINE(readability-function-size) */
on_request(void *ctx, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *bytes, size_t *len,
    void **con)
{
    request_t *r = *con;

    (void) ctx;
    (void) version;

    if (r == NULL) {
        return MHD_NO;
    }

    if (!r->begun) {
        r->begun = true;
        r->connection = connection;
        if (!hopeless(r)) {
            return MHD_YES;
        }
        r->dropped = 1;
    } else if (*len > 0) {
        return take_body(r, bytes, len);
    }

    if (!r->served) {
        serve(r, url, method);
        if (r->reply.delay_ms > 0 && delay(r)) {
            return MHD_YES;
        }
    }

    return answer(r);
}


/* The first call about a request, and the only one that shows its query. */
static void *
on_uri(void *ctx, const char *uri, struct MHD_Connection *connection)
{
    xd_arena_t *arena = xd_arena_new(0);
    request_t *r = arena != NULL ? xd_alloc(arena, sizeof(*r)) : NULL;
    const char *query = strchr(uri, '?');

    (void) connection;

    if (r == NULL) {
        xd_arena_free(arena);
        return NULL;
    }
    r->server = ctx;
    r->arena = arena;
    r->query = xd_dup(arena, query != NULL ? xd_str(query + 1) : XD_STR(""));

    return r;
}


/* Also called for requests that were cut off before they were served. */
static void
on_completed(void *ctx, struct MHD_Connection *connection, void **con,
    enum MHD_RequestTerminationCode why)
{
    request_t *r = *con;

    (void) ctx;
    (void) connection;
    (void) why;

    if (r != NULL) {
        xd_buf_free(&r->body);
        xd_buf_free(&r->reply.body);
        xd_arena_free(r->arena);
        *con = NULL;
    }
}


/* -- life ---------------------------------------------------------------- */

static xd_rc_t
start(xd_server_t *s, const xd_server_conf_t *conf)
{
    int64_t idle_ms = conf->idle_ms > 0 ? conf->idle_ms : IDLE_MS;
    const union MHD_DaemonInfo *info;

    s->mhd = MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL,
        NULL, on_request, s, MHD_OPTION_LISTEN_SOCKET, s->listen.fd,
        MHD_OPTION_URI_LOG_CALLBACK, on_uri, s, MHD_OPTION_NOTIFY_COMPLETED,
        on_completed, s, MHD_OPTION_CONNECTION_LIMIT,
        conf->connections > 0 ? conf->connections : CONNECTIONS,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned) ((idle_ms + 999) / 1000),
        MHD_OPTION_END);
    if (s->mhd == NULL) {
        return XD_E_IO;
    }

    info = MHD_get_daemon_info(s->mhd, MHD_DAEMON_INFO_EPOLL_FD);
    if (info == NULL) {
        return XD_E_IO;
    }
    s->epoll_fd = info->epoll_fd;

    return xd_loop_watch(s->loop, s->epoll_fd, POLLIN, on_io, s);
}


xd_rc_t
xd_server_new(xd_loop_t *loop, const xd_server_conf_t *conf,
    xd_serve_fn *serve_fn, void *ctx, xd_server_t **out)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_server_t *s = arena != NULL ? xd_alloc(arena, sizeof(*s)) : NULL;
    xd_rc_t rc = XD_E_MEMORY;

    if (s != NULL) {
        s->arena = arena;
        s->loop = loop;
        s->epoll_fd = -1;
        s->serve = serve_fn;
        s->ctx = ctx;
        s->body_max = conf->body_max > 0 ? conf->body_max : BODY_MAX;
        s->timer = (xd_timer_t){ .fire = on_due, .ctx = s };

        rc = conf->unix_path != NULL
                 ? xd_listen_unix(xd_dup(arena, xd_str(conf->unix_path)).ptr,
                     conf->mode, &s->listen)
                 : xd_listen_tcp(conf->port, &s->listen);
    }
    if (rc != XD_OK) {
        xd_arena_free(arena);
        return rc;
    }

    rc = start(s, conf);
    if (rc != XD_OK) {
        xd_server_free(s);
        return rc;
    }
    *out = s;

    return XD_OK;
}


void
xd_server_free(xd_server_t *server)
{
    if (server == NULL) {
        return;
    }

    /* It may not be stopped while a connection is suspended. */
    server->stopping = true;
    while (server->delayed != NULL) {
        resume(server->delayed);
    }
    if (server->mhd != NULL) {
        (void) MHD_run(server->mhd);
    }

    if (server->epoll_fd >= 0) {
        xd_loop_unwatch(server->loop, server->epoll_fd);
    }
    xd_timer_clear(server->loop, &server->timer);
    xd_listen_forget(&server->listen);
    if (server->mhd != NULL) {
        MHD_stop_daemon(server->mhd); /* closes the listening socket too */
    }
    xd_arena_free(server->arena);
}


uint16_t
xd_server_port(const xd_server_t *server)
{
    return server->listen.port;
}


xd_str_t
xd_server_header(const xd_call_t *call, const char *name)
{
    return xd_str(
        MHD_lookup_connection_value(call->handle, MHD_HEADER_KIND, name));
}


xd_str_t
xd_server_arg(const xd_call_t *call, const char *name)
{
    return xd_str(
        MHD_lookup_connection_value(call->handle, MHD_GET_ARGUMENT_KIND, name));
}
