/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The client against a real broker.  t/system/bus.t starts one, makes what
 * stands below, and does to it what the cases of faults ask for:
 *
 *   XD_TEST_AMQP_URL   amqp://user:password@host:port/vhost; for "rights" the
 *                      gateway's user, else one with all rights
 *   XD_TEST_DIR        for the cases of faults: a folder in which a file
 *                      "ready" asks for the fault, and "done" says that it
 *                      was done
 *   exchange xd.test (topic), quorum queues xd.test.q <- q.#, xd.test.r <- r.#,
 *   xd.test.gone <- gone.#
 *
 * With the argument --plan it prints the topology's rows instead, for that
 * test to apply: method, path and body, separated by tabs.
 */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/log.h"
#include "bus/client.h"
#include "bus/topology.h"

#define MANY 10000
#define MORE 3000

static xd_arena_t *arena;
static xd_loop_t *loop;
static xd_client_t *client;
static xd_link_t *link_;
static xd_link_conf_t conf;
static char url[300];

/* What was told. */
static unsigned ups, closes, consuming, cancelled, blocked, unblocked;
static unsigned outcomes[4], deliveries, redelivered;
static uint16_t code;
static char reason[256];
static uint8_t state[MANY]; /* of each message: outcome + 1 */
static unsigned seen[MANY]; /* deliveries of each */
static bool acks;           /* acknowledge what is delivered */
static uint64_t last_tag;
static xd_message_t last;
static int expected_next; /* -1: order does not matter */


/* -- what is told ---------------------------------------------------------- */

static void
on_up(void *ctx)
{
    (void) ctx;
    ups++;
}


static void
on_settled(void *ctx, void *job, xd_outcome_t outcome)
{
    (void) ctx;
    outcomes[outcome]++;
    state[(size_t) (uintptr_t) job] = (uint8_t) (outcome + 1);
}


static void
on_delivery(void *ctx, const xd_delivery_t *d)
{
    uint64_t n = 0;

    (void) ctx;
    deliveries++;
    redelivered += d->redelivered;
    last_tag = d->tag;

    if (xd_str_uint(xd_header(&d->message, "n"), MANY - 1, &n)) {
        seen[n]++;
        if (expected_next >= 0) {
            ck_assert_uint_eq(n, (unsigned) expected_next);
            expected_next++;
        }
    }
    if (deliveries == 1) {
        ck_assert_int_eq(xd_message_copy(arena, &d->message, &last), XD_OK);
    }
    if (acks && (deliveries % 100 == 0 || deliveries % MANY == 0)) {
        ck_assert_int_eq(xd_link_ack(link_, d->tag, true), XD_OK);
    }
}


static void
on_consuming(void *ctx, uint32_t consumer)
{
    (void) ctx;
    (void) consumer;
    consuming++;
}


static void
on_cancelled(void *ctx, uint32_t consumer)
{
    (void) ctx;
    (void) consumer;
    cancelled++;
}


static void
on_blocked(void *ctx, bool on, xd_str_t why)
{
    (void) ctx;
    (void) why;
    blocked += on;
    unblocked += !on;
}


static void
on_closed(void *ctx, uint16_t why, xd_str_t text)
{
    (void) ctx;
    closes++;
    code = why;
    (void) snprintf(reason, sizeof(reason), "%.*s", XD_FMT(text));
}


static const xd_link_events_t events = { .up = on_up,
    .settled = on_settled,
    .delivery = on_delivery,
    .consuming = on_consuming,
    .cancelled = on_cancelled,
    .blocked = on_blocked,
    .closed = on_closed };


/* -- running --------------------------------------------------------------- */

/* user:password@ goes from the url into conf. */
static void
read_url(void)
{
    const char *given = getenv("XD_TEST_AMQP_URL");
    const char *at = strrchr(given, '@');
    xd_str_t login = { given + 7, (size_t) (at - given - 7) };

    conf.user = xd_str_cut(&login, ':');
    conf.password = login;
    conf.name = XD_STR("client_live_test");
    (void) snprintf(url, sizeof(url), "amqp://%s", at + 1);
}


static void
start(void)
{
    ck_assert_int_eq(xd_client_new(loop, xd_str(url), &conf, &events, NULL,
                         &client),
        XD_OK);
    link_ = xd_client_link(client);
}


static void
setup(void)
{
    xd_log_init("client_live_test", XD_LOG_ERROR, 2);
    conf = (xd_link_conf_t){ .heartbeat = 5 };
    read_url();
    arena = xd_arena_new(0);
    loop = xd_loop_new();
    acks = true;
    expected_next = -1;
}


static void
teardown(void)
{
    xd_client_free(client);
    xd_loop_free(loop);
    xd_arena_free(arena);
}


static bool
until(const unsigned *counter, unsigned want, int64_t ms)
{
    int64_t end = xd_mono_ms() + ms;

    while (*counter < want && xd_mono_ms() < end) {
        ck_assert_int_eq(xd_loop_once(loop, 50), XD_OK);
    }

    return *counter >= want;
}


static void
come_up(void)
{
    start();
    ck_assert_msg(until(&ups, 1, 15000), "not up: %u %s", code, reason);
}


/* Publishes message n; its number is id and header. */
static xd_rc_t
publish(unsigned n, const char *key, xd_str_t body)
{
    char number[12], id[24];
    xd_header_t header = { .name = XD_STR("n") };
    xd_message_t m = {
        .exchange = XD_STR("xd.test"),
        .routing_key = xd_str(key),
        .content_type = XD_STR("application/octet-stream"),
        .headers = &header,
        .nheaders = 1,
        .body = body,
    };

    (void) snprintf(number, sizeof(number), "%u", n);
    (void) snprintf(id, sizeof(id), "message-%u", n);
    header.value = xd_str(number);
    m.message_id = xd_str(id);
    state[n] = 0;

    return xd_link_publish(link_, &m, (void *) (uintptr_t) n);
}


static void
consume(const char *queue)
{
    uint32_t consumer;

    ck_assert_int_eq(xd_link_consume(link_, xd_str(queue), &consumer), XD_OK);
}


/* Takes what is left in a queue, so that cases do not see each other's. */
static void
empty(const char *queue)
{
    consume(queue);
    while (until(&deliveries, deliveries + 1, 500)) {
        continue;
    }
    if (last_tag != 0) {
        ck_assert_int_eq(xd_link_ack(link_, last_tag, true), XD_OK);
    }
    xd_client_close(client, 2000);
}


/* -- without faults -------------------------------------------------------- */

START_TEST(ten_thousand_go_and_come_in_order)
{
    static char body[1024];
    xd_client_stats_t stats;
    int64_t end = xd_mono_ms() + 60000;
    unsigned next = 0;

    expected_next = 0;
    come_up();
    consume("xd.test.q");

    while ((outcomes[XD_CONFIRMED] < MANY || deliveries < MANY)
           && xd_mono_ms() < end)
    {
        xd_rc_t rc = XD_OK;

        while (next < MANY && rc == XD_OK) {
            rc = publish(next, "q.many", (xd_str_t){ body, sizeof(body) });
            next += rc == XD_OK;
        }
        ck_assert(rc == XD_OK || rc == XD_E_AGAIN);
        ck_assert_int_eq(xd_loop_once(loop, 50), XD_OK);
    }

    ck_assert_uint_eq(outcomes[XD_CONFIRMED], MANY);
    ck_assert_uint_eq(deliveries, MANY);
    ck_assert_uint_eq(redelivered, 0);
    ck_assert_uint_eq(closes, 0);
    xd_client_close(client, 5000);
    ck_assert_uint_eq(code, 200);
    xd_client_stats(client, &stats);
    ck_assert_uint_eq(stats.published, MANY);
    ck_assert_uint_eq(stats.confirmed, MANY);
    ck_assert_uint_eq(stats.delivered, MANY);
}
END_TEST


START_TEST(only_the_unroutable_are_returned)
{
    come_up();
    for (unsigned n = 0; n < 200; n++) {
        ck_assert_int_eq(publish(n, n % 7 == 3 ? "nobody.wants" : "r.some",
                             XD_STR("{}")),
            XD_OK);
    }
    while (xd_link_inflight(link_) > 0) {
        ck_assert_int_eq(xd_loop_once(loop, 50), XD_OK);
    }
    for (unsigned n = 0; n < 200; n++) {
        ck_assert_int_eq(state[n],
            1 + (n % 7 == 3 ? XD_RETURNED : XD_CONFIRMED));
    }
    empty("xd.test.r");
    ck_assert_uint_eq(deliveries, 200 - outcomes[XD_RETURNED]);
}
END_TEST


START_TEST(a_message_comes_as_it_went)
{
    static char body[1 << 20];
    const xd_header_t headers[] = {
        { XD_STR("traceparent"), XD_STR("00-0af7651916cd43dd8448eb211c80319c-"
                                        "b7ad6b7169203331-01") },
        { XD_STR("xd-key"), XD_STR("order:WEB:\303\244") },
    };
    xd_message_t m = {
        .exchange = XD_STR("xd.test"),
        .routing_key = XD_STR("r.whole"),
        .content_type = XD_STR("application/json"),
        .message_id = XD_STR("whole"),
        .correlation_id = XD_STR("corr"),
        .type = XD_STR("urn:retail:sales-order:1.0"),
        .app_id = XD_STR("xd-test"),
        .timestamp = 1778751083,
        .headers = headers,
        .nheaders = 2,
        .body = { body, _i == 0 ? 0 : sizeof(body) },
    };

    xd_random(body, sizeof(body));
    come_up();
    ck_assert_int_eq(xd_link_publish(link_, &m, NULL), XD_OK);
    consume("xd.test.r");
    ck_assert(until(&deliveries, 1, 10000));
    ck_assert(xd_str_eq(last.exchange, m.exchange));
    ck_assert(xd_str_eq(last.routing_key, m.routing_key));
    ck_assert(xd_str_eq(last.content_type, m.content_type));
    ck_assert(xd_str_eq(last.message_id, m.message_id));
    ck_assert(xd_str_eq(last.correlation_id, m.correlation_id));
    ck_assert(xd_str_eq(last.type, m.type));
    ck_assert(xd_str_eq(last.app_id, m.app_id));
    ck_assert(xd_str_eq(last.user_id, conf.user));
    ck_assert_int_eq(last.timestamp, m.timestamp);
    ck_assert(xd_str_eq(xd_header(&last, "xd-key"), headers[1].value));
    ck_assert(xd_str_eq(xd_header(&last, "traceparent"), headers[0].value));
    ck_assert(xd_str_eq(last.body, m.body));
    ck_assert_int_eq(xd_link_ack(link_, last_tag, false), XD_OK);
    xd_client_close(client, 2000);
}
END_TEST


/* What the broker answers by closing a channel, and that we come back. */
START_TEST(closed_channels_make_everything_unknown)
{
    const xd_message_t wrong[] = {
        { .exchange = XD_STR("xd.test"),
            .routing_key = XD_STR("r.x"),
            .message_id = XD_STR("w"),
            .user_id = XD_STR("somebody") },
        { .exchange = XD_STR("xd.not-there"),
            .routing_key = XD_STR("r.x"),
            .message_id = XD_STR("w") },
    };
    static const uint16_t codes[] = { 406, 404 };

    come_up();
    ck_assert_int_eq(xd_link_publish(link_, &wrong[_i], (void *) 1), XD_OK);
    ck_assert_int_eq(publish(2, "r.x", XD_STR("{}")), XD_OK);
    ck_assert(until(&closes, 1, 5000));
    ck_assert_uint_eq(code, codes[_i]);
    ck_assert(until(&outcomes[XD_UNKNOWN], 2, 1000));
    ck_assert(until(&ups, 2, 15000));
    empty("xd.test.r");
}
END_TEST


START_TEST(a_queue_that_is_not_there)
{
    come_up();
    consume("xd.test.not-there");
    ck_assert(until(&closes, 1, 5000));
    ck_assert_uint_eq(code, 404);
}
END_TEST


START_TEST(a_wrong_password_is_told)
{
    conf.password = XD_STR("wrong");
    start();
    ck_assert(until(&closes, 1, 10000));
    ck_assert_uint_eq(code, 403);
    ck_assert_uint_eq(ups, 0);
}
END_TEST


START_TEST(cancel_gives_back_and_nothing_is_lost)
{
    uint32_t consumer;

    acks = false;
    conf.prefetch = 10;
    come_up();
    for (unsigned n = 0; n < 50; n++) {
        ck_assert_int_eq(publish(n, "r.cancel", XD_STR("{}")), XD_OK);
    }
    ck_assert_int_eq(xd_link_consume(link_, XD_STR("xd.test.r"), &consumer),
        XD_OK);
    ck_assert(until(&deliveries, 10, 5000));
    ck_assert(!until(&deliveries, 11, 300)); /* prefetch */
    ck_assert_int_eq(xd_link_cancel(link_, consumer), XD_OK);
    ck_assert(!until(&deliveries, 11, 300));

    acks = true;
    ck_assert_int_eq(xd_link_consume(link_, XD_STR("xd.test.r"), &consumer),
        XD_OK);
    while (deliveries < 60) {
        unsigned had = deliveries;

        ck_assert(until(&deliveries, had + 1, 5000));
        ck_assert_int_eq(xd_link_ack(link_, last_tag, true), XD_OK);
    }
    for (unsigned n = 0; n < 50; n++) {
        ck_assert_uint_ge(seen[n], 1);
    }
    ck_assert_uint_eq(redelivered, 10);
    xd_client_close(client, 2000);
}
END_TEST


START_TEST(closing_waits_for_the_confirms)
{
    come_up();
    for (unsigned n = 0; n < 200; n++) {
        ck_assert_int_eq(publish(n, "r.close", XD_STR("{}")), XD_OK);
    }
    xd_client_close(client, 10000);
    ck_assert_uint_eq(outcomes[XD_CONFIRMED], 200);
    ck_assert_uint_eq(code, 200);
    xd_client_free(client);
    start();
    ck_assert(until(&ups, 2, 10000));
    empty("xd.test.r");
    ck_assert_uint_eq(deliveries, 200);
}
END_TEST


/* The gateway's user may bring raw bytes in, and nothing else. */
START_TEST(rights)
{
    static const struct {
        const char *exchange, *key;
        bool allowed;
    } keys[] = {
        { "xd.raw", "in.x12.acme", true },
        { "xd.raw", "in.json.webshop", true },
        { "xd.raw", "out.http.acme", false },
        { "xd.raw", "in.x12.acme.more", false },
        { "xd.cmd", "http.erp.shipment.create.v1.p00", false },
        { "xd.fulfil", "shipment.created.v1.none.p00", false },
        { "xd.nowhere", "in.x12.acme", false },
    };

    come_up();
    for (unsigned i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        const xd_message_t m = { .exchange = xd_str(keys[i].exchange),
            .routing_key = xd_str(keys[i].key),
            .message_id = XD_STR("id") };
        unsigned had_ups = ups, had_closes = closes;

        ck_assert_int_eq(xd_link_publish(link_, &m, NULL), XD_OK);
        while (xd_link_inflight(link_) > 0) {
            ck_assert_int_eq(xd_loop_once(loop, 50), XD_OK);
        }
        ck_assert_int_eq(state[0],
            1 + (keys[i].allowed ? XD_CONFIRMED : XD_UNKNOWN));
        if (!keys[i].allowed) {
            ck_assert_uint_eq(closes, had_closes + 1);
            ck_assert_uint_eq(code, 403);
            ck_assert(until(&ups, had_ups + 1, 20000));
        }
    }

    consume("xd.q.x12.raw");
    code = 0;
    ck_assert(until(&closes, closes + 1, 5000));
    ck_assert_uint_eq(code, 403);
}
END_TEST


/* -- with faults ----------------------------------------------------------- */

static const char *
file(const char *name)
{
    static char path[400];

    (void) snprintf(path, sizeof(path), "%s/%s", getenv("XD_TEST_DIR"), name);

    return path;
}


static void
ask_for_the_fault(void)
{
    FILE *f = fopen(file("ready"), "w");

    ck_assert_ptr_nonnull(f);
    ck_assert_int_eq(fclose(f), 0);
}


static bool
fault_done(void)
{
    return access(file("done"), F_OK) == 0;
}


/* Publishes what is not confirmed yet, from the start, until all is. */
static void
publish_until_confirmed(unsigned count, int64_t ms, unsigned fault_at)
{
    int64_t end = xd_mono_ms() + ms;
    unsigned next = 0;

    while (xd_mono_ms() < end) {
        xd_rc_t rc = XD_OK;

        while (next < count && rc == XD_OK) {
            if (state[next] == 0 || state[next] == 1 + XD_UNKNOWN) {
                rc = publish(next, "q.fault", XD_STR("{}"));
                state[next] = rc == XD_OK ? 100 : state[next];
            }
            next += rc == XD_OK;
        }
        if (fault_at != 0 && outcomes[XD_CONFIRMED] >= fault_at) {
            ask_for_the_fault();
            fault_at = 0;
        }
        ck_assert_int_eq(xd_loop_once(loop, 50), XD_OK);
        if (next == count && xd_link_inflight(link_) == 0) {
            for (next = 0; next < count && state[next] == 1 + XD_CONFIRMED;) {
                next++;
            }
            if (next == count) {
                return;
            }
        }
    }

    ck_abort_msg("%u of %u confirmed, closes %u, ups %u",
        outcomes[XD_CONFIRMED], count, closes, ups);
}


/* Killed and started again: every confirmed message is there. */
START_TEST(restart)
{
    come_up();
    consume("xd.test.q");
    publish_until_confirmed(MORE, 90000, MORE / 10);
    ck_assert_uint_ge(closes, 1);
    ck_assert_uint_ge(ups, 2);

    while (until(&deliveries, deliveries + 1, 3000)) {
        continue;
    }
    for (unsigned n = 0; n < MORE; n++) {
        ck_assert_msg(seen[n] >= 1, "message %u was confirmed and is lost", n);
    }
    ck_assert_int_eq(xd_link_ack(link_, last_tag, true), XD_OK);
    xd_client_close(client, 5000);
}
END_TEST


START_TEST(alarm_)
{
    come_up();
    ask_for_the_fault();
    while (!fault_done()) {
        ck_assert_int_eq(xd_loop_once(loop, 50), XD_OK);
    }

    /* The broker says so only to those who publish. */
    ck_assert_int_eq(publish(0, "r.alarm", XD_STR("{}")), XD_OK);
    ck_assert(until(&blocked, 1, 10000));
    ck_assert(xd_link_is_blocked(link_));
    ck_assert_int_eq(publish(1, "r.alarm", XD_STR("{}")), XD_E_AGAIN);
    ck_assert(!until(&closes, 1, 12000)); /* heartbeats go on */

    ck_assert_int_eq(unlink(file("done")), 0);
    ask_for_the_fault();
    ck_assert(until(&unblocked, 1, 20000));
    ck_assert_int_eq(publish(1, "r.alarm", XD_STR("{}")), XD_OK);
    ck_assert(until(&outcomes[XD_CONFIRMED], 2, 10000));
    empty("xd.test.r");
}
END_TEST


/* The socket stays open, and nothing comes any more. */
START_TEST(silence)
{
    conf.heartbeat = 1;
    come_up();
    ask_for_the_fault();
    ck_assert(until(&closes, 1, 10000));
    ck_assert_str_eq(reason, "the broker was silent for 2000 ms");
    ck_assert(until(&ups, 2, 30000));
    xd_client_close(client, 5000);
}
END_TEST


START_TEST(deleted)
{
    come_up();
    consume("xd.test.gone");
    ck_assert(until(&consuming, 1, 5000));
    ask_for_the_fault();
    ck_assert(until(&cancelled, 1, 10000));
    ck_assert_uint_eq(closes, 0);
    xd_client_close(client, 5000);
}
END_TEST


/* -- the plan -------------------------------------------------------------- */

static int
print_plan(void)
{
    static const xd_topo_destination_t routes[] = {
        { { "http", 4 }, { "erp", 3 } },
        { { "http", 4 }, { "wms", 3 } },
    };
    xd_vec_t rows;

    arena = xd_arena_new(0);
    if (xd_topology_plan(arena, XD_STR("crossdock"), routes, 2, &rows) != XD_OK)
    {
        return EXIT_FAILURE;
    }

    for (size_t i = 0; i < rows.count; i++) {
        const xd_topo_row_t *r = XD_AT(&rows, xd_topo_row_t, i);

        printf("%.*s\t%.*s\t%.*s\n", XD_FMT(r->method), XD_FMT(r->path),
            XD_FMT(r->body));
    }
    xd_arena_free(arena);

    return EXIT_SUCCESS;
}


static void
add_case(Suite *s, const char *name, const TTest *test)
{
    TCase *tc = tcase_create(name);

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, test);
}


int
main(int argc, char **argv)
{
    Suite *s;
    TCase *tc;
    SRunner *runner;
    int failed;

    if (argc == 2 && strcmp(argv[1], "--plan") == 0) {
        return print_plan();
    }

    if (getenv("XD_TEST_AMQP_URL") == NULL) {
        printf("1..0 # SKIP no broker: t/system/bus.t gives one\n");
        return EXIT_SUCCESS;
    }

    s = suite_create("bus");
    tc = tcase_create("live");
    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, ten_thousand_go_and_come_in_order);
    tcase_add_test(tc, only_the_unroutable_are_returned);
    tcase_add_loop_test(tc, a_message_comes_as_it_went, 0, 2);
    tcase_add_loop_test(tc, closed_channels_make_everything_unknown, 0, 2);
    tcase_add_test(tc, a_queue_that_is_not_there);
    tcase_add_test(tc, a_wrong_password_is_told);
    tcase_add_test(tc, cancel_gives_back_and_nothing_is_lost);
    tcase_add_test(tc, closing_waits_for_the_confirms);

    if (getenv("XD_TEST_DIR") != NULL) {
        add_case(s, "rights", rights);
        add_case(s, "restart", restart);
        add_case(s, "alarm", alarm_);
        add_case(s, "silence", silence);
        add_case(s, "deleted", deleted);
    }

    runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
