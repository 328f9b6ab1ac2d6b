/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The poll() driver.  One timer serves, in turn, the wait before the next
 * connect, the connect's own deadline, and the link's deadline; a second one
 * of no length gathers everything that was given to the link in one turn of
 * the loop into one write.
 */

#include "bus/client_impl.h"

#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/log.h"
#include "bus/link_impl.h"

#define CONNECT_MS     5000
#define BACKOFF_MIN_MS 200
#define BACKOFF_MAX_MS 10000
#define BACKOFF_STEPS  6     /* 200 ms doubled so often is over the maximum */
#define STEADY_MS      10000 /* up so long: the next loss is a new one */
#define READ_SIZE      131072
#define READS_A_TURN   8 /* other descriptors of the loop want to live */


static void on_io(void *ctx, int fd, short revents);


/* -- timers and watching --------------------------------------------------- */

/* The heap has had room for both timers since xd_client_new; if it has none
 * now, the next event of the socket goes on where this timer would have. */
static void
set_timer(xd_client_t *client, xd_timer_t *timer, int64_t ms)
{
    if (xd_timer_set(client->loop, timer, ms) != XD_OK) {
        xd_log(XD_LOG_ERROR, NULL, "no memory for a timer of the broker link");
    }
}


/* Sooner is enough: a tick that comes early does nothing and asks again. */
static void
arm(xd_client_t *client)
{
    int64_t due = xd_link_deadline(client->link);

    if (due != 0 && (client->timer.slot == 0 || client->timer.due > due)) {
        int64_t wait = due - xd_mono_ms();

        set_timer(client, &client->timer, wait > 0 ? wait : 0);
    }
}


/* Most turns change nothing: the loop is not asked then.  false: no memory,
 * and the connection is given up, for nobody would hear of it any more. */
static bool
watch(xd_client_t *client, short events)
{
    if (client->watched == events) {
        return true;
    }

    client->watched = events;

    return xd_loop_watch(client->loop, client->fd, events, on_io, client)
           == XD_OK;
}


static void
drop_socket(xd_client_t *client)
{
    xd_loop_unwatch(client->loop, client->fd);
    (void) close(client->fd);

    client->fd = -1;
    client->watched = 0;
    client->connecting = false;
    xd_timer_clear(client->loop, &client->timer);
}


/* -- connecting ------------------------------------------------------------ */

/* Half of the doubled wait is fixed, half is random: many clients of one
 * broker must not come back in step. */
static int64_t
backoff(unsigned failures)
{
    unsigned steps = failures < BACKOFF_STEPS ? failures : BACKOFF_STEPS;
    uint64_t wait = (uint64_t) BACKOFF_MIN_MS << steps;
    uint32_t dice;

    wait = wait < BACKOFF_MAX_MS ? wait : BACKOFF_MAX_MS;
    xd_random(&dice, sizeof(dice));

    return (int64_t) (wait / 2 + dice % (wait / 2 + 1));
}


/* Every address was tried: their names may mean others by the next time. */
static void
round_over(xd_client_t *client)
{
    client->next = 0;
    client->addresses = XD_VEC(xd_address_t);
    set_timer(client, &client->timer, backoff(client->failures++));
}


/* The rest of the list comes first; only a whole round without luck waits. */
static void
try_next(xd_client_t *client)
{
    client->next++;

    if (client->next < client->addresses.count) {
        set_timer(client, &client->timer, 0);
    } else {
        round_over(client);
    }
}


/* Refused, unreachable, or too slow. */
static void
connect_failed(xd_client_t *client, int error)
{
    xd_log(XD_LOG_WARN,
        XD_FIELDS({ "broker",
            XD_AT(&client->addresses, xd_address_t, client->next)->shown }),
        "cannot connect to the broker: %s", strerror(error));

    if (client->fd != -1) {
        drop_socket(client);
    }

    try_next(client);
}


/* The connection is over, whoever ended it. */
static void
hang_up(xd_client_t *client)
{
    struct iovec iov;

    /* A close-ok may wait; nobody waits for whether it went. */
    if (xd_link_output(client->link, &iov, 1) == 1) {
        (void) !send(client->fd, iov.iov_base, iov.iov_len,
            MSG_NOSIGNAL | MSG_DONTWAIT);
    }

    drop_socket(client);
    xd_link_lost(client->link);

    if (client->closing) {
        return;
    }

    if (!client->was_up) {
        try_next(client);
        return;
    }

    client->stats.losses++;
    client->was_up = false;
    client->next = 0;
    /* What the broker refused to take is the owner's to hold back: others of
     * its messages must not wait longer each time. */
    if (xd_mono_ms() - client->up_since >= STEADY_MS
        || xd_link_refused(client->link))
    {
        client->failures = 0;
    }
    set_timer(client, &client->timer, backoff(client->failures++));
}


/* Writes what waits.  false: the connection is over. */
static bool
flush(xd_client_t *client)
{
    struct iovec iov;

    while (xd_link_output(client->link, &iov, 1) == 1) {
        ssize_t n = send(client->fd, iov.iov_base, iov.iov_len, MSG_NOSIGNAL);

        if (n >= 0) {
            xd_link_written(client->link, (size_t) n, xd_mono_ms());
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return watch(client, POLLIN | POLLOUT);
        } else if (errno != EINTR) {
            return false;
        }
    }

    return watch(client, POLLIN);
}


static void
flush_or_hang_up(xd_client_t *client)
{
    if (!flush(client)) {
        hang_up(client);
        return;
    }

    arm(client);
}


/* Small frames must not wait for each other's acknowledgement (TCP_NODELAY):
 * what can be gathered is gathered before the write. */
static void
connected(xd_client_t *client)
{
    const int on = 1;

    client->connecting = false;
    xd_timer_clear(client->loop, &client->timer);
    (void) setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));

    if (xd_link_start(client->link, xd_mono_ms()) != XD_OK) {
        hang_up(client);
        return;
    }

    flush_or_hang_up(client);
}


/* Never blocks: the outcome comes as POLLOUT, or the deadline comes first. */
static void
connect_to(xd_client_t *client, const xd_address_t *a)
{
    client->fd =
        socket(a->at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (client->fd == -1) {
        connect_failed(client, errno);
        return;
    }

    if (connect(client->fd, (const struct sockaddr *) &a->at, a->len) == 0) {
        connected(client);
        return;
    }

    if (errno != EINPROGRESS || !watch(client, POLLOUT)) {
        connect_failed(client, errno);
        return;
    }

    client->connecting = true;
    set_timer(client, &client->timer, CONNECT_MS);
}


static void
connect_next(xd_client_t *client)
{
    if (client->addresses.count == 0) {
        xd_arena_reset(client->resolved);
        client->addresses = XD_VEC(xd_address_t);

        if (xd_brokers_resolve(client->resolved, &client->brokers,
                &client->addresses)
                != XD_OK
            || client->addresses.count == 0)
        {
            round_over(client);
            return;
        }
    }

    connect_to(client,
        XD_AT(&client->addresses, const xd_address_t, client->next));
}


/* -- what the loop tells --------------------------------------------------- */

/* One read.  false: the connection is over; *more: there may be another. */
static bool
receive_some(xd_client_t *client, bool *more)
{
    ssize_t n = recv(client->fd, client->buffer, READ_SIZE, 0);

    *more = n == READ_SIZE || (n < 0 && errno == EINTR);

    if (n > 0) {
        return xd_link_input(client->link, client->buffer, (size_t) n,
                   xd_mono_ms())
               == XD_OK;
    }

    return n < 0 && (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK);
}


/* Reads what lies there, within this turn's share. */
static bool
receive(xd_client_t *client)
{
    bool more = true;

    for (int i = 0; i < READS_A_TURN && more; i++) {
        if (!receive_some(client, &more)) {
            return false;
        }
    }

    return true;
}


static void
on_io(void *ctx, int fd, short revents)
{
    xd_client_t *client = ctx;

    if (client->connecting) {
        int error = 0;
        socklen_t len = sizeof(error);

        (void) getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len);
        if (error != 0) {
            connect_failed(client, error);
        } else {
            connected(client);
        }
        return;
    }

    if ((revents & (POLLIN | POLLHUP | POLLERR)) && !receive(client)) {
        hang_up(client);
        return;
    }

    flush_or_hang_up(client);
}


static void
on_timer(void *ctx)
{
    xd_client_t *client = ctx;

    if (client->fd == -1) {
        connect_next(client);
    } else if (client->connecting) {
        connect_failed(client, ETIMEDOUT);
    }
    /* Bytes may lie there because we were busy, not because the broker was
     * silent: read before judging. */
    else if (!receive(client)
             || xd_link_tick(client->link, xd_mono_ms()) != XD_OK)
    {
        hang_up(client);
    } else {
        flush_or_hang_up(client);
    }
}


static void
on_kick(void *ctx)
{
    xd_client_t *client = ctx;

    if (client->fd != -1 && !client->connecting) {
        flush_or_hang_up(client);
    }
}


static void
wake(void *ctx)
{
    xd_client_kick(ctx);
}


/* -- life ------------------------------------------------------------------ */

/* The link calls wake as soon as it has bytes: owners need not kick. */
static xd_rc_t
make_link(xd_client_t *client, const xd_link_conf_t *conf, xd_str_t vhost)
{
    xd_link_conf_t with = *conf;

    if (with.vhost.len == 0) {
        with.vhost = vhost;
    }

    client->link = xd_link_new(&with, &client_events, client);
    if (client->link == NULL) {
        return XD_E_MEMORY;
    }

    link_on_output(client->link, wake, client);

    return XD_OK;
}


xd_rc_t
xd_client_new(xd_loop_t *loop, xd_str_t url, const xd_link_conf_t *conf,
    const xd_link_events_t *events, void *ctx, xd_client_t **out)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_client_t *client = arena ? xd_alloc(arena, sizeof(*client)) : NULL;
    xd_str_t vhost = XD_STR_NONE;
    xd_rc_t rc;

    if (client == NULL) {
        xd_arena_free(arena);
        return XD_E_MEMORY;
    }

    *client = (xd_client_t){
        .arena = arena,
        .resolved = xd_arena_new(0),
        .loop = loop,
        .on = *events,
        .ctx = ctx,
        .fd = -1,
        .brokers = XD_VEC(xd_broker_t),
        .addresses = XD_VEC(xd_address_t),
        .timer = { .fire = on_timer, .ctx = client },
        .kick = { .fire = on_kick, .ctx = client },
        .buffer = xd_alloc(arena, READ_SIZE),
    };

    rc = xd_brokers_read(arena, url, &client->brokers, &vhost);
    if (rc == XD_OK) {
        rc = client->resolved == NULL || client->buffer == NULL
                 ? XD_E_MEMORY
                 : make_link(client, conf, vhost);
    }

    /* Names are resolved in the loop: this call blocks in nothing. */
    if (rc == XD_OK) {
        rc = xd_timer_set(loop, &client->timer, 0);
    }

    if (rc != XD_OK) {
        xd_client_free(client);
        return rc;
    }

    *out = client;

    return XD_OK;
}


xd_link_t *
xd_client_link(xd_client_t *client)
{
    return client->link;
}


void
xd_client_kick(xd_client_t *client)
{
    if (client->kick.slot == 0) {
        set_timer(client, &client->kick, 0);
    }
}


/* Runs the owner's loop, so its events go on until the last confirm. */
void
xd_client_close(xd_client_t *client, int64_t ms)
{
    int64_t until = xd_mono_ms() + ms;
    int64_t left = ms;

    client->closing = true;
    xd_link_drain(client->link);

    while (xd_link_state(client->link) != XD_LINK_DOWN && left > 0) {
        if (xd_loop_once(client->loop, left > 1000 ? 1000 : (int) left)
            != XD_OK) {
            break;
        }
        left = until - xd_mono_ms();
    }

    if (client->fd != -1) {
        hang_up(client);
    }

    xd_timer_clear(client->loop, &client->timer);
    xd_timer_clear(client->loop, &client->kick);
}


void
xd_client_free(xd_client_t *client)
{
    if (client == NULL) {
        return;
    }

    if (client->fd != -1) {
        drop_socket(client);
    }

    xd_timer_clear(client->loop, &client->timer);
    xd_timer_clear(client->loop, &client->kick);
    xd_link_free(client->link);
    xd_arena_free(client->resolved);
    xd_arena_free(client->arena);
}


void
xd_client_stats(const xd_client_t *client, xd_client_stats_t *out)
{
    *out = client->stats;
    out->published = client->link->published;
}
