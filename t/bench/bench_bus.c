/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * bench_bus - our own link as a producer, told the same as bench_producer
 *
 * bus/client on a loop, as the daemons use it: the window is filled whenever
 * outcomes come, and each message carries its own message-id.
 *
 *   bench_bus --port P --vhost V --user U --password-file F
 *       --exchange E --key K --body FILE [--count N] [--window 256]
 *
 * The window is a power of two.  Any outcome but a confirm ends it with 2.
 */

#include "base/id.h"
#include "base/log.h"
#include "bus/client.h"
#include "t/bench/bench.h"


typedef struct {
    bench_publish_t set;
    xd_client_t *client;
    uint64_t published, confirmed, from, cpu;
} producer_t;


/* False when the window is full: tags settled out of their order may keep it
 * so although fewer messages are in flight. */
static bool
publish(producer_t *p)
{
    const xd_uuid_t id = xd_uuid7();
    const xd_message_t m = {
        .exchange = xd_str(p->set.exchange),
        .routing_key = xd_str(p->set.key),
        .content_type = XD_STR("application/json"),
        .message_id = xd_uuid_str(&id),
        .body = p->set.body,
    };

    xd_rc_t rc = xd_link_publish(xd_client_link(p->client), &m, p);

    if (rc != XD_OK && rc != XD_E_AGAIN) {
        bench_die("a message was not taken: %s", xd_rc_text(rc));
    }
    p->published += rc == XD_OK;

    return rc == XD_OK;
}


/* A kick writes: one for all that fits the window now. */
static void
fill(producer_t *p)
{
    uint64_t before = p->published;

    while (p->published < p->set.count
           && p->published - p->confirmed < p->set.window && publish(p))
    {
    }

    if (p->published != before) {
        xd_client_kick(p->client);
    }
}


static void
up(void *ctx)
{
    producer_t *p = ctx;

    p->from = bench_now();
    p->cpu = bench_cpu();
    fill(p);
}


/* Outcomes come in rows: run() fills the window once for all of them. */
static void
settled(void *ctx, void *job, xd_outcome_t outcome)
{
    producer_t *p = ctx;

    (void) job;
    if (outcome != XD_CONFIRMED) {
        bench_die("a message was not confirmed");
    }
    p->confirmed++;
}


static void
closed(void *ctx, uint16_t code, xd_str_t text)
{
    producer_t *p = ctx;

    if (p->confirmed < p->set.count) {
        bench_die("the link closed: %u %.*s", code, XD_FMT(text));
    }
}


static void
run(producer_t *p, xd_loop_t *loop)
{
    while (p->confirmed < p->set.count) {
        if (xd_loop_once(loop, 10000) != XD_OK) {
            bench_die("poll failed");
        }
        if (p->published > 0) {
            fill(p);
        }
    }
}


int
main(int argc, char **argv)
{
    const xd_link_events_t events = { .up = up,
        .settled = settled,
        .closed = closed };
    xd_arena_t *arena = xd_arena_new(0);
    xd_loop_t *loop = xd_loop_new();
    producer_t p = { 0 };
    xd_link_conf_t conf;
    xd_str_t url;

    if (arena == NULL || loop == NULL) {
        bench_die("no memory");
    }

    xd_log_init("bench_bus", XD_LOG_WARN, 2);
    bench_publish_options(arena, argc, argv, &p.set);
    conf = (xd_link_conf_t){ .vhost = xd_str(p.set.vhost),
        .user = xd_str(p.set.user),
        .password = p.set.password,
        .name = XD_STR("bench"),
        .window = (uint32_t) p.set.window };
    url = xd_fmt(arena, "amqp://%s:%u/", p.set.host, (unsigned) p.set.port);

    if (url.ptr == NULL
        || xd_client_new(loop, url, &conf, &events, &p, &p.client) != XD_OK)
    {
        bench_die("no link to %.*s", XD_FMT(url));
    }

    run(&p, loop);
    bench_publish_result(p.confirmed, bench_now() - p.from,
        bench_cpu() - p.cpu);

    xd_client_close(p.client, 1000);
    xd_client_free(p.client);
    xd_loop_free(loop);
    xd_arena_free(arena);

    return 0;
}
