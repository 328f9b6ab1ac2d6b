/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd_fetch.h"
#include "ngx_xd_answer.h"

#define PROTOCOLS (NGX_SSL_TLSv1_2 | NGX_SSL_TLSv1_3)
#define DEPTH     4

struct ngx_xd_fetch_s {
    const ngx_xd_source_t *source;
    ngx_pool_t *pool; /* everything of it, and itself */
    ngx_connection_t *connection;
    ngx_event_t timer;
    ngx_connection_t dumb; /* what the timer logs by */
    ngx_str_t request;
    size_t sent;
    u_char *bytes;
    size_t len;
    ngx_xd_fetched_fn *done;
    void *ctx;
    unsigned starting : 1; /* its caller has not got it yet */
    unsigned ended : 1;
};


/* -- configuration time ---------------------------------------------------- */


static char *
make_ssl(ngx_conf_t *cf, xd_str_t ca, ngx_xd_source_t *out)
{
    ngx_pool_cleanup_t *cln = ngx_pool_cleanup_add(cf->pool, 0);
    ngx_ssl_t *ssl = ngx_pcalloc(cf->pool, sizeof(*ssl));
    ngx_str_t file = ngx_xd_dup(cf->pool, ca);

    if (cln == NULL || ssl == NULL || file.data == NULL) {
        return "needs more memory than there is";
    }

    ssl->log = cf->log;
    if (ngx_ssl_create(ssl, PROTOCOLS, NULL) != NGX_OK) {
        return "cannot be spoken to by TLS";
    }

    cln->handler = ngx_ssl_cleanup_ctx;
    cln->data = ssl;
    out->ssl = ssl;

    if (file.len == 0) {
        if (SSL_CTX_set_default_verify_paths(ssl->ctx) != 1) {
            return "has nobody to vouch for it on this system";
        }
    } else if (ngx_ssl_trusted_certificate(cf, ssl, &file, DEPTH) != NGX_OK) {
        return "has a ca that cannot be used";
    }

    SSL_CTX_set_verify(ssl->ctx, SSL_VERIFY_PEER, NULL);

    return NGX_CONF_OK;
}


char *
ngx_xd_source(ngx_conf_t *cf, xd_str_t url, xd_str_t ca, ngx_xd_source_t *out)
{
    const xd_str_t plain = XD_STR("http://"), secure = XD_STR("https://");
    ngx_uint_t tls = xd_str_starts(url, secure);
    xd_str_t rest = url, authority;
    ngx_url_t u;

    if (url.len > 512) {
        return "is longer than 512 bytes";
    }

    rest.ptr += tls ? secure.len : plain.len;
    rest.len -= tls ? secure.len : plain.len;

    ngx_memzero(&u, sizeof(u));
    u.url = ngx_xd_dup(cf->pool, rest);
    u.uri_part = 1;
    u.default_port = tls ? 443 : 80;
    authority = xd_str_cut(&rest, '/');

    if (u.url.data == NULL || ngx_parse_url(cf->pool, &u) != NGX_OK) {
        return u.err != NULL ? u.err : "has no host";
    }

    if (u.uri.len == 0) {
        ngx_str_set(&u.uri, "/");
    }

    out->addrs = u.addrs;
    out->naddrs = u.naddrs;
    out->uri = u.uri;
    out->host = ngx_xd_dup(cf->pool, ngx_xd_to_str(u.host));
    out->authority = ngx_xd_dup(cf->pool, authority);

    if (out->host.data == NULL || out->authority.data == NULL) {
        return "needs more memory than there is";
    }

    return tls ? make_ssl(cf, ca, out) : NGX_CONF_OK;
}


/* -- one fetch ------------------------------------------------------------- */


void
ngx_xd_fetch_cancel(ngx_xd_fetch_t *f)
{
    ngx_connection_t *c = f->connection;

    if (f->timer.timer_set) {
        ngx_del_timer(&f->timer);
    }

    if (c != NULL) {
        if (c->ssl != NULL) {
            c->ssl->no_wait_shutdown = 1;
            c->ssl->no_send_shutdown = 1;
            (void) ngx_ssl_shutdown(c);
        }

        ngx_close_connection(c);
    }

    ngx_destroy_pool(f->pool);
}


/* Its end, whatever it was.  Whoever started it is told at once, or learns of
 * it from the call that did. */
static void
finish(ngx_xd_fetch_t *f, xd_str_t body, const char *why)
{
    f->ended = 1;
    f->done(f->ctx, body, why);

    if (!f->starting) {
        ngx_xd_fetch_cancel(f);
    }
}


static void
fail(ngx_xd_fetch_t *f, const char *why)
{
    finish(f, XD_STR_NONE, why);
}


static void
on_timer(ngx_event_t *ev)
{
    fail(((ngx_connection_t *) ev->data)->data, "took too long");
}


/* Not whole yet: there must be room for more. */
static void
on_answer(ngx_xd_fetch_t *f, ngx_uint_t ended)
{
    ngx_xd_answer_t answer;

    switch (ngx_xd_answer_read((char *) f->bytes, f->len, ended, &answer)) {
    case NGX_XD_ANSWER_MORE:
        if (f->len == f->source->most) {
            fail(f, "is too long");
        } else if (ngx_handle_read_event(f->connection->read, 0) != NGX_OK) {
            fail(f, "cannot be waited for");
        }
        return;

    case NGX_XD_ANSWER_BAD:
        fail(f, answer.why);
        return;

    default:
        if (answer.status == 200) {
            finish(f, answer.body, NULL);
        } else {
            fail(f, "has a status other than 200");
        }
    }
}


static void
on_read(ngx_event_t *rev)
{
    ngx_connection_t *c = rev->data;
    ngx_xd_fetch_t *f = c->data;
    ssize_t n = NGX_AGAIN;

    /* A worker that is told to end calls here too. */
    if (c->close) {
        fail(f, "is not waited for: the worker ends");
        return;
    }

    while (f->len < f->source->most) {
        n = c->recv(c, f->bytes + f->len, f->source->most - f->len);
        if (n <= 0) {
            break;
        }
        f->len += (size_t) n;
    }

    if (n == NGX_ERROR) {
        fail(f, "was cut off");
        return;
    }

    on_answer(f, n == 0);
}


static void
on_write(ngx_event_t *wev)
{
    ngx_connection_t *c = wev->data;
    ngx_xd_fetch_t *f = c->data;
    const ngx_str_t *request = &f->request;
    ssize_t n;

    while (f->sent < request->len) {
        n = c->send(c, request->data + f->sent, request->len - f->sent);
        if (n == NGX_AGAIN) {
            break;
        }
        if (n <= 0) {
            fail(f, "could not be asked for");
            return;
        }
        f->sent += (size_t) n;
    }

    if (ngx_handle_write_event(wev, 0) != NGX_OK) {
        fail(f, "could not be asked for");
    }
}


static void
speak(ngx_xd_fetch_t *f)
{
    f->connection->read->handler = on_read;
    f->connection->write->handler = on_write;
    on_write(f->connection->write);
}


/* The certificate was verified by the handshake; whose it is is asked here. */
static void
on_handshake(ngx_connection_t *c)
{
    ngx_xd_fetch_t *f = c->data;
    ngx_str_t host = f->source->host;

    if (!c->ssl->handshaked) {
        fail(f, "does not prove itself by TLS");
        return;
    }

    if (ngx_ssl_check_host(c, &host) != NGX_OK) {
        fail(f, "has a certificate of another name");
        return;
    }

    speak(f);
}


static void
start_tls(ngx_xd_fetch_t *f)
{
    ngx_connection_t *c = f->connection;
    ngx_int_t rc;

    if (ngx_ssl_create_connection(f->source->ssl, c,
            NGX_SSL_BUFFER | NGX_SSL_CLIENT)
            != NGX_OK
        || SSL_set_tlsext_host_name(c->ssl->connection,
               (char *) f->source->host.data)
               != 1)
    {
        fail(f, "cannot be spoken to by TLS");
        return;
    }

    c->ssl->handler = on_handshake;
    rc = ngx_ssl_handshake(c);

    if (rc != NGX_AGAIN) {
        on_handshake(c);
    }
}


static void
on_connected(ngx_event_t *wev)
{
    ngx_connection_t *c = wev->data;
    ngx_xd_fetch_t *f = c->data;
    socklen_t len = sizeof(int);
    int err = 0;

    if (getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &err, &len) == -1) {
        err = ngx_socket_errno;
    }

    if (err != 0) {
        fail(f, "cannot be reached");
    } else if (f->source->ssl != NULL) {
        start_tls(f);
    } else {
        speak(f);
    }
}


/* Before there is a connection nothing can be read but its failure. */
static void
on_early(ngx_event_t *rev)
{
    ngx_connection_t *c = rev->data;

    if (c->close) {
        fail(c->data, "is not waited for: the worker ends");
    }
}


static void
start(ngx_xd_fetch_t *f, ngx_log_t *log)
{
    ngx_uint_t any = (ngx_uint_t) ngx_random() % f->source->naddrs;
    ngx_addr_t *addr = &f->source->addrs[any];
    ngx_peer_connection_t peer;
    ngx_connection_t *c;
    ngx_int_t rc;

    ngx_memzero(&peer, sizeof(peer));
    peer.sockaddr = addr->sockaddr;
    peer.socklen = addr->socklen;
    peer.name = &addr->name;
    peer.get = ngx_event_get_peer;
    peer.log = log;
    peer.log_error = NGX_ERROR_ERR;

    rc = ngx_event_connect_peer(&peer);
    if (rc != NGX_OK && rc != NGX_AGAIN) {
        fail(f, "cannot be reached");
        return;
    }

    c = peer.connection;
    c->data = f;
    c->pool = f->pool;
    c->idle = !f->source->patient;
    c->log = log;
    c->read->log = log;
    c->write->log = log;
    c->read->handler = on_early;
    c->write->handler = on_connected;
    f->connection = c;

    if (rc == NGX_OK) {
        on_connected(c->write);
    }
}


static ngx_str_t
plain_get(ngx_pool_t *pool, const ngx_xd_source_t *source)
{
    return ngx_xd_fmt(pool,
        "GET %.*s HTTP/1.1\r\n"
        "Host: %.*s\r\n"
        "Accept: application/jwk-set+json, application/json\r\n"
        "Accept-Encoding: identity\r\n"
        "User-Agent: crossdock\r\n"
        "Connection: close\r\n\r\n",
        (int) source->uri.len, (char *) source->uri.data,
        (int) source->authority.len, (char *) source->authority.data);
}


static ngx_xd_fetch_t *
fetch_new(const ngx_xd_source_t *source, const ngx_str_t *request,
    ngx_log_t *log)
{
    ngx_pool_t *pool = ngx_create_pool(4096, log);
    ngx_xd_fetch_t *f = pool == NULL ? NULL : ngx_pcalloc(pool, sizeof(*f));

    if (f != NULL) {
        f->bytes = ngx_palloc(pool, source->most);
        f->request = request != NULL ? *request : plain_get(pool, source);
    }

    if (f == NULL || f->bytes == NULL || f->request.data == NULL) {
        if (pool != NULL) {
            ngx_destroy_pool(pool);
        }
        return NULL;
    }

    f->source = source;
    f->pool = pool;
    f->dumb.fd = (ngx_socket_t) -1;
    f->dumb.data = f;
    f->timer.handler = on_timer;
    f->timer.data = &f->dumb;
    f->timer.log = log;
    f->timer.cancelable = !source->patient;

    return f;
}


ngx_xd_fetch_t *
ngx_xd_fetch(const ngx_xd_source_t *source, const ngx_str_t *request,
    ngx_log_t *log, ngx_xd_fetched_fn *done, void *ctx)
{
    ngx_xd_fetch_t *f = fetch_new(source, request, log);

    if (f == NULL) {
        done(ctx, XD_STR_NONE, "needs more memory than there is");
        return NULL;
    }

    f->done = done;
    f->ctx = ctx;
    ngx_add_timer(&f->timer, source->ms);

    f->starting = 1;
    start(f, log);
    f->starting = 0;

    if (f->ended) {
        ngx_xd_fetch_cancel(f);
        return NULL;
    }

    return f;
}
