/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The socket of bus/link in nginx's event loop.
 *
 * What is published in one turn of the loop is written by one writev at its
 * end: a posted event.  All timers of the link are cancelable, those of the
 * requests that wait are not: so a worker that is told to end stays for its
 * confirms, and for nothing else.
 */

#include "ngx_xd_link_impl.h"
#include "base/clock.h"

#define SLICES          64
#define EARLY           16   /* publishes that need not wait for more */
#define CONNECT_TIMEOUT 5000 /* ms */
#define BACKOFF_FIRST   200
#define BACKOFF_MOST    10000


static void link_connect(ngx_xd_link_t *l);


/* -- what the machine tells ------------------------------------------------ */


static void
on_up(void *ctx)
{
    ngx_xd_link_t *l = ctx;

    ngx_log_error(NGX_LOG_NOTICE, l->log, 0, "xd: broker link is up");

    /* A broker that lets us in and then refuses what we publish would be
     * asked five times a second: its pause ends with the first confirm. */
    if (!ngx_xd_is_refusal(l->code)) {
        l->backoff = 0;
    }

    l->code = 0;
}


static void
on_settled(void *ctx, void *data, xd_outcome_t outcome)
{
    static const ngx_xd_outcome_t outcomes[] = {
        [XD_CONFIRMED] = NGX_XD_CONFIRMED,
        [XD_RETURNED] = NGX_XD_RETURNED,
        [XD_REFUSED] = NGX_XD_REFUSED,
        [XD_UNKNOWN] = NGX_XD_UNKNOWN,
    };

    ngx_xd_link_t *l = ctx;
    ngx_xd_outcome_t o = outcomes[outcome];

    if (l->closing) {
        return;
    }

    if (o == NGX_XD_CONFIRMED) {
        l->backoff = 0;

    } else if (o == NGX_XD_UNKNOWN && ngx_xd_is_refusal(l->code)) {
        o = NGX_XD_MISCONFIGURED;
    }

    ngx_xd_job_done(data, o);
}


static void
on_blocked(void *ctx, bool on, xd_str_t reason)
{
    ngx_xd_link_t *l = ctx;

    ngx_log_error(NGX_LOG_WARN, l->log, 0, "xd: broker %s publishing: \"%*s\"",
        on ? "blocks" : "allows", reason.len, reason.ptr);
}


static void
on_closed(void *ctx, uint16_t code, xd_str_t text)
{
    ngx_xd_link_t *l = ctx;
    ngx_uint_t level =
        ngx_xd_is_refusal(code) != 0 ? NGX_LOG_CRIT : NGX_LOG_ERR;

    l->code = code;

    if (!l->closing) {
        ngx_log_error(level, l->log, 0, "xd: broker link closed: %ui \"%*s\"",
            (ngx_uint_t) code, text.len, text.ptr);
    }
}


/* -- the socket ------------------------------------------------------------ */


/* One timer serves three ends, so it is set anew at each change. */
static void
link_timer(ngx_xd_link_t *l, ngx_msec_t ms)
{
    if (l->timer.timer_set) {
        ngx_del_timer(&l->timer);
    }

    ngx_add_timer(&l->timer, ms);
}


static void
link_schedule(ngx_xd_link_t *l)
{
    int64_t due = xd_link_deadline(l->machine);
    int64_t ms = due - xd_mono_ms();

    if (due != 0) {
        ngx_add_timer(&l->timer, (ngx_msec_t) ngx_max(ms, 1));
    }
}


/* The socket is closed and everything that hung on it ends. */
static void
link_lost(ngx_xd_link_t *l)
{
    ngx_msec_t pause;

    if (l->connection != NULL) {
        ngx_close_connection(l->connection);
        l->connection = NULL;
    }

    if (l->flush.posted) {
        ngx_delete_posted_event(&l->flush);
    }

    l->connected = 0;
    xd_link_lost(l->machine);
    ngx_xd_waiting_fail(l);
    ngx_xd_link_note(l);

    l->backoff =
        l->backoff == 0 ? BACKOFF_FIRST : ngx_min(l->backoff * 2, BACKOFF_MOST);
    pause = l->backoff / 2;
    pause += (ngx_msec_t) ngx_random() % (pause + 1);

    link_timer(l, pause);
}


/* XD_E_LINK when the socket failed, XD_E_AGAIN when it takes no more. */
static xd_rc_t
link_write_once(ngx_xd_link_t *l)
{
    struct iovec iov[SLICES];
    ngx_connection_t *c = l->connection;
    ngx_err_t err;
    ssize_t sent;
    int n;

    n = xd_link_output(l->machine, iov, SLICES);
    if (n == 0) {
        return XD_E_AGAIN;
    }

    sent = writev(c->fd, iov, n);

    if (sent >= 0) {
        xd_link_written(l->machine, (size_t) sent, xd_mono_ms());
        return XD_OK;
    }

    err = ngx_socket_errno;

    if (err == NGX_EINTR) {
        return XD_OK;
    }

    if (err == NGX_EAGAIN) {
        c->write->ready = 0;
        return XD_E_AGAIN;
    }

    ngx_connection_error(c, err, "xd: writing to the broker failed");

    return XD_E_LINK;
}


void
ngx_xd_link_write_early(ngx_xd_link_t *l)
{
    if (++l->unwritten >= EARLY && l->connected && l->connection->write->ready)
    {
        l->unwritten = 0;

        /* A fault is for link_flush, which is posted: it may end requests,
         * and here one of them is still on its way in. */
        (void) link_write_once(l);
    }
}


static void
link_flush(ngx_event_t *ev)
{
    ngx_xd_link_t *l = ((ngx_connection_t *) ev->data)->data;
    xd_rc_t rc = XD_OK;

    if (l->connection == NULL || !l->connected) {
        return;
    }

    l->unwritten = 0;

    while (rc == XD_OK && l->connection->write->ready) {
        rc = link_write_once(l);
    }

    if (rc == XD_E_LINK
        || ngx_handle_write_event(l->connection->write, 0) != NGX_OK)
    {
        link_lost(l);
        return;
    }

    ngx_xd_link_note(l);
    link_schedule(l);
}


/* The last words of a connection that ends: close-ok. */
static void
link_last_words(ngx_xd_link_t *l)
{
    while (l->connection->write->ready) {
        if (link_write_once(l) != XD_OK) {
            return;
        }
    }
}


static void
link_read(ngx_event_t *rev)
{
    ngx_connection_t *c = rev->data;
    ngx_xd_link_t *l = c->data;
    ssize_t n;

    /* The write handler judges a connect.  A worker that is told to end
     * calls here too (c->close): the link stays, since requests under way
     * will still publish; ngx_xd_link_close ends it with the worker. */
    c->close = 0;

    while (l->connected) {
        n = c->recv(c, (u_char *) l->buffer, NGX_XD_LINK_BUFFER);

        if (n == NGX_AGAIN) {
            break;
        }

        if (n == 0) {
            ngx_log_error(NGX_LOG_ERR, l->log, 0,
                "xd: broker closed the socket");
        }

        if (n <= 0) {
            link_lost(l);
            return;
        }

        if (xd_link_input(l->machine, l->buffer, (size_t) n, xd_mono_ms())
            != XD_OK) {
            link_last_words(l);
            link_lost(l);
            return;
        }
    }

    if (ngx_handle_read_event(rev, 0) != NGX_OK) {
        link_lost(l);
        return;
    }

    ngx_xd_waiting_pump(l);
    ngx_post_event(&l->flush, &ngx_posted_events);
}


static void
link_write(ngx_event_t *wev)
{
    ngx_connection_t *c = wev->data;
    ngx_xd_link_t *l = c->data;
    socklen_t len = sizeof(int);
    int err = 0;

    if (l->connected) {
        ngx_post_event(&l->flush, &ngx_posted_events);
        return;
    }

    if (getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &err, &len) == -1) {
        err = ngx_socket_errno;
    }

    if (err != 0 || ngx_tcp_nodelay(c) != NGX_OK
        || xd_link_start(l->machine, xd_mono_ms()) != XD_OK)
    {
        ngx_log_error(NGX_LOG_ERR, l->log, err,
            "xd: connecting to the broker failed");
        link_lost(l);
        return;
    }

    l->connected = 1;

    if (l->timer.timer_set) {
        ngx_del_timer(&l->timer);
    }

    ngx_post_event(&l->flush, &ngx_posted_events);
}


static void
link_connect(ngx_xd_link_t *l)
{
    ngx_array_t *addrs = &l->mcf->broker->addrs;
    ngx_addr_t *addr = addrs->elts;
    ngx_peer_connection_t peer;
    ngx_connection_t *c;
    ngx_int_t rc;

    addr += l->next_addr++ % addrs->nelts;

    ngx_memzero(&peer, sizeof(peer));
    peer.sockaddr = addr->sockaddr;
    peer.socklen = addr->socklen;
    peer.name = &addr->name;
    peer.get = ngx_event_get_peer;
    peer.log = l->log;
    peer.log_error = NGX_ERROR_ERR;

    rc = ngx_event_connect_peer(&peer);

    if (rc != NGX_OK && rc != NGX_AGAIN) {
        link_lost(l);
        return;
    }

    c = peer.connection;
    c->data = l;
    c->idle = 1;
    c->log = l->log;
    c->read->log = l->log;
    c->write->log = l->log;
    c->read->handler = link_read;
    c->write->handler = link_write;

    l->connection = c;
    link_timer(l, CONNECT_TIMEOUT);

    if (rc == NGX_OK) {
        link_write(c->write);
    }
}


static void
link_tick(ngx_event_t *ev)
{
    ngx_xd_link_t *l = ((ngx_connection_t *) ev->data)->data;

    if (l->connection == NULL) {
        link_connect(l);
        return;
    }

    if (!l->connected || xd_link_tick(l->machine, xd_mono_ms()) != XD_OK) {
        ngx_log_error(NGX_LOG_ERR, l->log, 0, "xd: the broker does not answer");
        link_lost(l);
        return;
    }

    ngx_post_event(&l->flush, &ngx_posted_events);
    link_schedule(l);
}


/* -- its life -------------------------------------------------------------- */


static xd_link_t *
machine_new(ngx_cycle_t *cycle, ngx_xd_link_t *l)
{
    static const xd_link_events_t events = {
        .up = on_up,
        .settled = on_settled,
        .blocked = on_blocked,
        .closed = on_closed,
    };

    xd_link_conf_t conf = l->mcf->broker->link;
    ngx_str_t name;

    name = ngx_xd_fmt(cycle->pool, NGX_XD_USER " worker %d", (int) ngx_pid);
    if (name.data == NULL) {
        return NULL;
    }

    conf.name = ngx_xd_to_str(name);

    return xd_link_new(&conf, &events, l);
}


ngx_xd_link_t *
ngx_xd_link_create(ngx_cycle_t *cycle, ngx_http_xd_main_conf_t *mcf)
{
    ngx_xd_link_t *l = ngx_pcalloc(cycle->pool, sizeof(*l));

    if (l == NULL) {
        return NULL;
    }

    l->mcf = mcf;
    l->log = cycle->log;
    l->machine = machine_new(cycle, l);
    if (l->machine == NULL) {
        return NULL;
    }

    ngx_queue_init(&l->waiting);
    l->dumb.fd = (ngx_socket_t) -1;
    l->dumb.data = l;

    l->timer.handler = link_tick;
    l->timer.data = &l->dumb;
    l->timer.log = l->log;
    l->timer.cancelable = 1;

    l->flush.handler = link_flush;
    l->flush.data = &l->dumb;
    l->flush.log = l->log;

    /* Workers that start together try different brokers first. */
    l->next_addr = (ngx_uint_t) ngx_process_slot;
    link_connect(l);

    return l;
}


void
ngx_xd_link_close(ngx_xd_link_t *l)
{
    l->closing = 1;

    if (l->connected && xd_link_inflight(l->machine) == 0) {
        xd_link_drain(l->machine);
        link_last_words(l);
    }

    if (l->connection != NULL) {
        ngx_close_connection(l->connection);
        l->connection = NULL;
    }

    if (l->timer.timer_set) {
        ngx_del_timer(&l->timer);
    }

    xd_link_free(l->machine);
    l->machine = NULL;
}
