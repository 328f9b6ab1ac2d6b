/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * bench_producer - the peer: a windowed producer on librabbitmq
 *
 * It is what a careful user of the library writes: its blocking calls, one
 * channel, confirm.select, persistent and mandatory messages, and a wait for
 * confirms whenever the window is full.  Nothing of Crossdock's bus is in it.
 *
 *   bench_producer --port P --vhost V --user U --password-file F
 *       --exchange E --key K --body FILE [--count N] [--window 256]
 *
 * Prints messages, seconds, messages a second and CPU a message of its own.
 * A return, a nack or a lost connection is no measure: it ends with 2.
 */

#include <amqp.h>
#include <amqp_tcp_socket.h>

#include "t/bench/bench.h"

#define CHANNEL 1


/* Tags count from 1 without gaps; a tag's slot is the tag modulo window. */
typedef struct {
    amqp_connection_state_t conn;
    bench_publish_t set;
    bool *waiting;
    uint64_t oldest, next;
} producer_t;


static void
must(amqp_connection_state_t conn, const char *what)
{
    amqp_rpc_reply_t r = amqp_get_rpc_reply(conn);

    if (r.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION) {
        bench_die("%s: %s", what, amqp_error_string2(r.library_error));
    } else if (r.reply_type != AMQP_RESPONSE_NORMAL) {
        bench_die("%s: refused by the broker", what);
    }
}


static void
open_channel(producer_t *p, xd_arena_t *arena)
{
    xd_str_t password = xd_dup(arena, p->set.password);
    amqp_socket_t *socket;
    amqp_rpc_reply_t r;

    p->conn = amqp_new_connection();
    socket = p->conn == NULL ? NULL : amqp_tcp_socket_new(p->conn);
    if (socket == NULL || password.ptr == NULL) {
        bench_die("no memory");
    }

    if (amqp_socket_open(socket, p->set.host, (int) p->set.port) != 0) {
        bench_die("no broker at %s:%d", p->set.host, (int) p->set.port);
    }

    r = amqp_login(p->conn, p->set.vhost, 0, 131072, 0, AMQP_SASL_METHOD_PLAIN,
        p->set.user, password.ptr);
    if (r.reply_type != AMQP_RESPONSE_NORMAL) {
        bench_die("login as %s refused", p->set.user);
    }

    (void) amqp_channel_open(p->conn, CHANNEL);
    must(p->conn, "channel.open");
    (void) amqp_confirm_select(p->conn, CHANNEL);
    must(p->conn, "confirm.select");
}


static void
publish(producer_t *p)
{
    const amqp_basic_properties_t props = {
        ._flags = AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_DELIVERY_MODE_FLAG,
        .content_type = amqp_cstring_bytes("application/json"),
        .delivery_mode = AMQP_DELIVERY_PERSISTENT,
    };
    amqp_bytes_t body = { p->set.body.len, NULL };
    int rc;

    /* The library only reads it; its type cannot say so. */
    memcpy(&body.bytes, &p->set.body.ptr, sizeof(body.bytes));
    rc = amqp_basic_publish(p->conn, CHANNEL,
        amqp_cstring_bytes(p->set.exchange), amqp_cstring_bytes(p->set.key), 1,
        0, &props, body);
    if (rc != AMQP_STATUS_OK) {
        bench_die("basic.publish: %s", amqp_error_string2(rc));
    }

    p->waiting[p->next++ % p->set.window] = true;
}


static void
acked(producer_t *p, const amqp_basic_ack_t *ack)
{
    uint64_t tag = ack->delivery_tag;

    if (tag < p->oldest || tag >= p->next) {
        bench_die("basic.ack of a tag that is not in flight");
    }

    for (uint64_t t = ack->multiple ? p->oldest : tag; t <= tag; t++) {
        p->waiting[t % p->set.window] = false;
    }

    while (p->oldest < p->next && !p->waiting[p->oldest % p->set.window]) {
        p->oldest++;
    }
}


static void
wait_for_confirm(producer_t *p)
{
    amqp_frame_t frame;
    int rc = amqp_simple_wait_frame(p->conn, &frame);

    if (rc != AMQP_STATUS_OK) {
        bench_die("waiting for confirms: %s", amqp_error_string2(rc));
    }

    if (frame.frame_type != AMQP_FRAME_METHOD
        || frame.payload.method.id != AMQP_BASIC_ACK_METHOD)
    {
        bench_die("a return, a nack or a close instead of a confirm");
    }

    acked(p, frame.payload.method.decoded);
    amqp_maybe_release_buffers(p->conn);
}


static void
run(producer_t *p)
{
    uint64_t last = p->set.count;

    while (p->oldest <= last) {
        while (p->next <= last && p->next - p->oldest < p->set.window) {
            publish(p);
        }
        wait_for_confirm(p);
    }
}


int
main(int argc, char **argv)
{
    xd_arena_t *arena = xd_arena_new(0);
    producer_t p = { .oldest = 1, .next = 1 };
    uint64_t from, cpu;

    if (arena == NULL) {
        bench_die("no memory");
    }

    bench_publish_options(arena, argc, argv, &p.set);
    p.waiting = xd_alloc_n(arena, p.set.window, sizeof(*p.waiting));
    if (p.waiting == NULL) {
        bench_die("no memory");
    }

    open_channel(&p, arena);
    from = bench_now();
    cpu = bench_cpu();
    run(&p);
    bench_publish_result(p.set.count, bench_now() - from, bench_cpu() - cpu);

    (void) amqp_connection_close(p.conn, AMQP_REPLY_SUCCESS);
    (void) amqp_destroy_connection(p.conn);
    xd_arena_free(arena);

    return 0;
}
