/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The poll() driver against a broker of a few lines that lives in the same
 * loop: what it does with sockets, addresses and time.  A real broker is met
 * in client_live_test.c.
 */

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "bus/address.h"
#include "bus/client.h"

/* start, tune (heartbeat 1 s), open-ok and both channels, as one run. */
static const char welcome[] =
    "\1\0\0\0\0\0\31\0\12\0\12\0\11\0\0\0\0\0\0\0\5PLAIN\0\0\0\2en\316"
    "\1\0\0\0\0\0\14\0\12\0\36\0\0\0\2\0\0\0\1\316"
    "\1\0\0\0\0\0\5\0\12\0\51\0\316"
    "\1\0\1\0\0\0\10\0\24\0\13\0\0\0\0\316"
    "\1\0\1\0\0\0\4\0\125\0\13\316"
    "\1\0\2\0\0\0\10\0\24\0\13\0\0\0\0\316"
    "\1\0\2\0\0\0\4\0\74\0\13\316";

static const char close_ok[] = "\1\0\0\0\0\0\4\0\12\0\63\316";

static xd_loop_t *loop;
static xd_client_t *client;
static int listener, served;
static char url[160];

/* What the peer does and saw. */
static struct {
    bool silent;   /* never says a word */
    bool hangs_up; /* accepts and closes */
    unsigned accepted;
    size_t reads, bytes; /* since it came up */
    bool says_good_bye;
} server;

static unsigned ups, closes, unknowns;
static char reason[200];


static void
on_up(void *ctx)
{
    (void) ctx;
    ups++;
    server.reads = server.bytes = 0;
}


static void
on_settled(void *ctx, void *job, xd_outcome_t outcome)
{
    (void) ctx;
    (void) job;
    unknowns += outcome == XD_UNKNOWN;
}


static void
on_closed(void *ctx, uint16_t code, xd_str_t text)
{
    (void) ctx;
    (void) snprintf(reason, sizeof(reason), "%u %.*s", code, XD_FMT(text));
    closes++;
}


static void
serve(void *ctx, int fd, short revents)
{
    static char buffer[1 << 20];
    ssize_t n = read(fd, buffer, sizeof(buffer));

    (void) ctx;
    (void) revents;

    if (n <= 0) {
        xd_loop_unwatch(loop, fd);
        (void) close(fd);
        served = -1;
        return;
    }

    server.reads++;
    server.bytes += (size_t) n;
    if (n >= 8 && memcmp(buffer, "AMQP", 4) == 0 && !server.silent) {
        ck_assert_int_eq(write(fd, welcome, sizeof(welcome) - 1),
            sizeof(welcome) - 1);
    }
    if (memmem(buffer, (size_t) n, "\0\12\0\62", 4) != NULL
        && server.says_good_bye) {
        ck_assert_int_eq(write(fd, close_ok, sizeof(close_ok) - 1),
            sizeof(close_ok) - 1);
    }
}


static void
accept_one(void *ctx, int fd, short revents)
{
    int peer = accept(fd, NULL, NULL);

    (void) ctx;
    (void) revents;
    ck_assert_int_ge(peer, 0);
    server.accepted++;

    if (server.hangs_up) {
        (void) close(peer);
        return;
    }

    served = peer;
    ck_assert_int_eq(xd_loop_watch(loop, peer, POLLIN, serve, NULL), XD_OK);
}


/* A socket bound on loopback, and its port. */
static int
bound(bool listening, unsigned *port)
{
    struct sockaddr_in at = { .sin_family = AF_INET };
    socklen_t len = sizeof(at);
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ck_assert_int_eq(bind(fd, (struct sockaddr *) &at, len), 0);
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *) &at, &len), 0);
    if (listening) {
        ck_assert_int_eq(listen(fd, 8), 0);
    }
    *port = ntohs(at.sin_port);

    return fd;
}


static void
setup(void)
{
    unsigned port;

    xd_log_init("client_test", XD_LOG_ERROR, 2);
    memset(&server, 0, sizeof(server));
    server.says_good_bye = true;
    ups = closes = unknowns = 0;
    reason[0] = '\0';
    client = NULL;
    served = -1;
    loop = xd_loop_new();
    listener = bound(true, &port);
    (void) snprintf(url, sizeof(url), "amqp://127.0.0.1:%u/crossdock", port);
    ck_assert_int_eq(xd_loop_watch(loop, listener, POLLIN, accept_one, NULL),
        XD_OK);
}


static void
teardown(void)
{
    xd_client_free(client);
    xd_loop_free(loop);
    (void) close(listener);
    if (served != -1) {
        (void) close(served);
    }
}


static void
connect_with(const char *to)
{
    static const xd_link_events_t events = { .up = on_up,
        .settled = on_settled,
        .closed = on_closed };
    const xd_link_conf_t conf = { .user = XD_STR("u"),
        .password = XD_STR("p"),
        .name = XD_STR("t") };

    ck_assert_int_eq(xd_client_new(loop, xd_str(to), &conf, &events, NULL,
                         &client),
        XD_OK);
}


/* Runs the loop until *counter reaches want, or for ms. */
static bool
until(const unsigned *counter, unsigned want, int64_t ms)
{
    int64_t end = xd_mono_ms() + ms;

    while (*counter < want && xd_mono_ms() < end) {
        ck_assert_int_eq(xd_loop_once(loop, 20), XD_OK);
    }

    return *counter >= want;
}


static xd_rc_t
publish(void)
{
    const xd_message_t m = { .exchange = XD_STR("x"),
        .routing_key = XD_STR("k"),
        .message_id = XD_STR("id"),
        .body = XD_STR("{}") };

    return xd_link_publish(xd_client_link(client), &m, NULL);
}


START_TEST(comes_up_and_says_good_bye)
{
    xd_client_stats_t stats;

    connect_with(url);
    ck_assert(until(&ups, 1, 2000));
    xd_client_close(client, 2000);
    ck_assert_str_eq(reason, "200 closed by us");
    xd_client_stats(client, &stats);
    ck_assert_uint_eq(stats.connects, 1);
    ck_assert_uint_eq(stats.losses, 0);
    ck_assert(!until(&server.accepted, 2, 400)); /* and stays away */
}
END_TEST


START_TEST(everything_of_a_turn_is_one_write)
{
    connect_with(url);
    ck_assert(until(&ups, 1, 2000));
    for (int i = 0; i < 100; i++) {
        ck_assert_int_eq(publish(), XD_OK);
        xd_client_kick(client);
    }
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(xd_loop_once(loop, 20), XD_OK);
    }
    ck_assert_uint_gt(server.bytes, 100 * 40);
    ck_assert_uint_le(server.reads, 2); /* the end of the handshake, and it */
}
END_TEST


START_TEST(comes_back_after_a_loss)
{
    xd_client_stats_t stats;
    int64_t lost;

    connect_with(url);
    ck_assert(until(&ups, 1, 2000));
    ck_assert_int_eq(publish(), XD_OK);
    xd_loop_unwatch(loop, served);
    (void) close(served);
    served = -1;
    ck_assert(until(&closes, 1, 2000));
    lost = xd_mono_ms();
    ck_assert_str_eq(reason, "0 the connection was lost");
    ck_assert_uint_eq(unknowns, 1);
    ck_assert(until(&ups, 2, 2000));
    ck_assert_int_ge(xd_mono_ms() - lost, 90); /* not at once */
    xd_client_stats(client, &stats);
    ck_assert_uint_eq(stats.connects, 2);
    ck_assert_uint_eq(stats.losses, 1);
    ck_assert_uint_eq(stats.published, 1);
    ck_assert_uint_eq(stats.unknown, 1);
}
END_TEST


/* Nobody listens at first: the client waits longer and longer. */
START_TEST(starts_with_the_broker_down)
{
    unsigned port;
    int late = bound(false, &port);
    char to[160];

    (void) snprintf(to, sizeof(to), "amqp://127.0.0.1:%u/v", port);
    connect_with(to);
    ck_assert(!until(&ups, 1, 500));
    ck_assert_int_eq(publish(), XD_E_LINK);

    xd_loop_unwatch(loop, listener);
    (void) close(listener);
    listener = late;
    ck_assert_int_eq(listen(late, 8), 0);
    ck_assert_int_eq(xd_loop_watch(loop, late, POLLIN, accept_one, NULL),
        XD_OK);
    ck_assert(until(&ups, 1, 4000));
}
END_TEST


START_TEST(goes_to_the_next_host_at_once)
{
    unsigned port;
    int dead = bound(false, &port);
    char to[400];
    int64_t start = xd_mono_ms();

    (void) snprintf(to, sizeof(to),
        "amqp://127.0.0.1:%u/v,amqp://host.invalid/v,%s", port, url);
    connect_with(to);
    ck_assert(until(&ups, 1, 5000));
    if (xd_mono_ms() - start > 1000) {
        printf("# looking up a name that is none took long here\n");
    }
    (void) close(dead);
}
END_TEST


/* Each failed round doubles the wait: no storm of connects. */
START_TEST(backs_off_from_a_broker_that_hangs_up)
{
    server.hangs_up = true;
    connect_with(url);
    (void) until(&ups, 1, 1500);
    ck_assert_uint_ge(server.accepted, 2);
    ck_assert_uint_le(server.accepted, 6);
}
END_TEST


START_TEST(leaves_a_silent_broker)
{
    connect_with(url);
    ck_assert(until(&ups, 1, 2000));
    xd_loop_unwatch(loop, served); /* reads and says nothing any more */
    ck_assert(until(&closes, 1, 4000));
    ck_assert_str_eq(reason, "0 the broker was silent for 2000 ms");
}
END_TEST


START_TEST(beats_while_idle)
{
    connect_with(url);
    ck_assert(until(&ups, 1, 2000));
    (void) until(&closes, 1, 1200);
    ck_assert_uint_ge(server.bytes, 16); /* two heartbeats */
}
END_TEST


START_TEST(closing_has_a_deadline)
{
    int64_t start;

    connect_with(url);
    ck_assert(until(&ups, 1, 2000));
    ck_assert_int_eq(publish(), XD_OK); /* will never be confirmed */
    start = xd_mono_ms();
    xd_client_close(client, 300);
    ck_assert_int_ge(xd_mono_ms() - start, 290);
    ck_assert_int_le(xd_mono_ms() - start, 1500);
    ck_assert_uint_eq(unknowns, 1);
}
END_TEST


/* -- urls ------------------------------------------------------------------ */

static const struct {
    const char *url;
    const char *host, *port, *vhost; /* of the first; NULL: refused */
    size_t count;
} urls[] = {
    { "amqp://127.0.0.1:5673/crossdock", "127.0.0.1", "5673", "crossdock", 1 },
    { "amqp://h", "h", "5672", "/", 1 },
    { "amqp://h/", "h", "5672", "/", 1 },
    { "amqp://h:1/%2f", "h", "1", "/", 1 },
    { "amqp://h/a%20b%c3%A4", "h", "5672", "a b\303\244", 1 },
    { "amqp://[::1]:5673/v", "::1", "5673", "v", 1 },
    { "amqp://[::1]/v", "::1", "5672", "v", 1 },
    { "amqp://a/v, amqp://b:2/w", "a", "5672", "v", 2 },
    { "amqps://h/v", NULL, NULL, NULL, 0 },
    { "http://h/v", NULL, NULL, NULL, 0 },
    { "h:5672", NULL, NULL, NULL, 0 },
    { "", NULL, NULL, NULL, 0 },
    { "amqp://", NULL, NULL, NULL, 0 },
    { "amqp://:5672/v", NULL, NULL, NULL, 0 },
    { "amqp://h:0/v", NULL, NULL, NULL, 0 },
    { "amqp://h:65536/v", NULL, NULL, NULL, 0 },
    { "amqp://h:x/v", NULL, NULL, NULL, 0 },
    { "amqp://h:/v", NULL, NULL, NULL, 0 },
    { "amqp://[::1/v", NULL, NULL, NULL, 0 },
    { "amqp://[::1]x/v", NULL, NULL, NULL, 0 },
    { "amqp://u:p@h/v", NULL, NULL, NULL, 0 },
    { "amqp://h/%2", NULL, NULL, NULL, 0 },
    { "amqp://h/%zz", NULL, NULL, NULL, 0 },
    { "amqp://a/v,", NULL, NULL, NULL, 0 },
};


START_TEST(reads_urls)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_vec_t brokers = XD_VEC(xd_broker_t);
    xd_str_t vhost = XD_STR_NONE;
    xd_rc_t rc = xd_brokers_read(arena, xd_str(urls[_i].url), &brokers, &vhost);

    ck_assert_int_eq(rc, urls[_i].host == NULL ? XD_E_CONF : XD_OK);
    if (rc == XD_OK) {
        ck_assert_uint_eq(brokers.count, urls[_i].count);
        ck_assert_str_eq(XD_AT(&brokers, xd_broker_t, 0)->host.ptr,
            urls[_i].host);
        ck_assert_str_eq(XD_AT(&brokers, xd_broker_t, 0)->port.ptr,
            urls[_i].port);
        ck_assert(xd_str_is(vhost, urls[_i].vhost));
    }
    xd_arena_free(arena);
}
END_TEST


START_TEST(bad_url_makes_no_client)
{
    const xd_link_conf_t conf = { .user = XD_STR("u") };
    const xd_link_events_t none = { .up = NULL };

    ck_assert_int_eq(xd_client_new(loop, XD_STR("amqp://u:p@h/"), &conf, &none,
                         NULL, &client),
        XD_E_CONF);
    ck_assert_ptr_null(client);
}
END_TEST


START_TEST(resolving_may_run_out_of_memory)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_vec_t brokers = XD_VEC(xd_broker_t), addresses;
    xd_str_t vhost;
    xd_rc_t rc = XD_E_MEMORY;
    size_t n = 0;

    while (rc == XD_E_MEMORY) {
        brokers = XD_VEC(xd_broker_t);
        addresses = XD_VEC(xd_address_t);
        xd_arena_fail_at(arena, ++n);
        rc = xd_brokers_read(arena, XD_STR("amqp://127.0.0.1/v"), &brokers,
            &vhost);
        if (rc == XD_OK) {
            rc = xd_brokers_resolve(arena, &brokers, &addresses);
        }
        xd_arena_fail_at(arena, 0);
    }

    ck_assert_int_eq(rc, XD_OK);
    ck_assert_uint_eq(addresses.count, 1);
    ck_assert_uint_gt(n, 5);
    xd_arena_free(arena);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("bus");
    TCase *tc = tcase_create("client");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 30);
    tcase_add_test(tc, comes_up_and_says_good_bye);
    tcase_add_test(tc, everything_of_a_turn_is_one_write);
    tcase_add_test(tc, comes_back_after_a_loss);
    tcase_add_test(tc, starts_with_the_broker_down);
    tcase_add_test(tc, goes_to_the_next_host_at_once);
    tcase_add_test(tc, backs_off_from_a_broker_that_hangs_up);
    tcase_add_test(tc, leaves_a_silent_broker);
    tcase_add_test(tc, beats_while_idle);
    tcase_add_test(tc, closing_has_a_deadline);
    tcase_add_loop_test(tc, reads_urls, 0, sizeof(urls) / sizeof(urls[0]));
    tcase_add_test(tc, bad_url_makes_no_client);
    tcase_add_test(tc, resolving_may_run_out_of_memory);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
