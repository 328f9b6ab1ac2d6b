/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The whole relay against a real broker, killed at every crash point.
 *
 *   XD_TEST_AMQP_URL  amqp://127.0.0.1:5672/crossdock
 *   XD_TEST_MGMT      http://admin:password@127.0.0.1:15672
 *
 * A child is the daemon; this program publishes inputs, collects facts, and
 * looks: every input gave one fact (by message-id), facts of a key came in
 * the order of the inputs.  Without the two variables all is skipped.
 */

#include "fixture.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/map.h"
#include "canon/document.h"
#include "crypt/digest.h"
#include "base/base64.h"
#include "web/client.h"

#define KEYS        20
#define SETTLE_MS   15 /* an asynchronous work takes so long */
#define PATIENCE_MS 60000

#define IN_QUEUE    "xd.q.x12.raw"
#define OUT_QUEUE   "xd.q.test.facts"

static const char *amqp, *mgmt;
static volatile int told_to_stop;

/* -- the broker's objects -------------------------------------------------- */

static void
call(const char *method, const char *path, const char *body)
{
    const char *at = strrchr(mgmt, '@'), *user = strstr(mgmt, "//");
    xd_buf_t basic = { 0 };
    xd_web_header_t headers[] = {
        { XD_STR("Content-Type"), XD_STR("application/json") },
        { XD_STR("Authorization"), XD_STR_NONE },
    };
    xd_web_request_t request = { .method = method,
        .headers = headers,
        .nheaders = 2,
        .body = xd_str(body),
        .timeout_ms = 10000,
        .connect_ms = 2000 };
    xd_buf_t answer = { 0 };
    int status = 0;

    ck_assert(at != NULL && user != NULL);
    xd_buf_text(&basic, "Basic ");
    xd_base64_write(&basic, (xd_str_t){ user + 2, (size_t) (at - user - 2) },
        XD_BASE64);
    headers[1].value = xd_dup(arena, xd_buf_str(&basic));
    xd_buf_free(&basic);
    request.url = xd_fmt(arena, "http://%s/api/%s", at + 1, path);

    ck_assert_int_eq(xd_web_call(&request, &status, &answer), XD_OK);
    ck_assert_msg(status / 100 == 2 || status == 404, "%s %s: %d %.*s", method,
        path, status, XD_FMT(xd_buf_str(&answer)));
    xd_buf_free(&answer);
}


static void
queue(const char *name, const char *exchange, const char *key)
{
    call("DELETE", xd_fmt(arena, "queues/crossdock/%s", name).ptr, "");
    call("PUT", xd_fmt(arena, "queues/crossdock/%s", name).ptr,
        "{\"durable\":true,\"arguments\":{\"x-queue-type\":\"quorum\","
        "\"x-single-active-consumer\":true}}");

    if (key != NULL) {
        call("POST",
            xd_fmt(arena, "bindings/crossdock/e/%s/q/%s", exchange, name).ptr,
            xd_fmt(arena, "{\"routing_key\":\"%s\"}", key).ptr);
    }
}


static void
topology(void)
{
    static const char *const exchanges[] = { "xd.raw", "xd.cmd", "xd.ops",
        "xd.fulfil" };

    call("PUT", "vhosts/crossdock", "{}");
    call("PUT", "users/xd-x12", "{\"password\":\"pw\",\"tags\":\"\"}");
    call("PUT", "permissions/crossdock/xd-x12",
        "{\"configure\":\"^$\",\"write\":\".*\",\"read\":\".*\"}");

    for (size_t i = 0; i < 4; i++) {
        call("PUT", xd_fmt(arena, "exchanges/crossdock/%s", exchanges[i]).ptr,
            "{\"type\":\"topic\",\"durable\":true}");
    }

    queue(IN_QUEUE, "xd.raw", "in.x12.*");
    queue(OUT_QUEUE, "xd.fulfil", "#");
    queue("xd.q.x12.held", "xd.cmd", "x12.held.#");
    queue("xd.q.test.cmd", "xd.cmd", "http.erp.#");
    queue("xd.q.test.ward", "xd.cmd", "hospital.ward.#");
}

/* -- the daemon ------------------------------------------------------------ */

/* A shipment stands for any fact; its number is the input, "<key> <n>". */
static xd_node_t *
fact_make(xd_work_t *w)
{
    xd_uuid_t id = XD_UUID5(XD_STR("fact"), w->message->message_id);
    xd_node_t *doc = xd_node_new(w->arena, XD_OBJECT), *unit;
    char at[XD_INSTANT_LEN + 1];
    xd_str_t now;
    xd_meta_t meta = { .document = XD_STR("shipment"),
        .event = XD_STR("created"),
        .id = xd_dup(w->arena, xd_uuid_str(&id)),
        .key = xd_header(w->message, "xd-key"),
        .key_version = 1,
        .system = XD_STR("test"),
        .causation_id = w->message->message_id };

    xd_instant_write(w->now_ms, at);
    now = xd_dup(w->arena, xd_str(at));
    meta.occurred_at = meta.recorded_at = now;

    (void) xd_put_str(w->arena, doc, "shipmentNo", w->message->body);
    (void) xd_put_str(w->arena, xd_put(w->arena, doc, "shipFrom", XD_OBJECT),
        "name", XD_STR("a"));
    (void) xd_put_str(w->arena, xd_put(w->arena, doc, "shipTo", XD_OBJECT),
        "name", XD_STR("b"));
    (void) xd_put_str(w->arena, doc, "shippedAt", now);
    unit = xd_node_add(w->arena, xd_put(w->arena, doc, "units", XD_ARRAY),
        xd_node_new(w->arena, XD_OBJECT));
    (void) xd_put_num(w->arena, unit, "unitNo", 1);
    (void) xd_put(w->arena, unit, "contents", XD_ARRAY);

    return xd_meta_put(w->arena, doc, &meta) == NULL ? NULL : doc;
}


static xd_rc_t
emit_fact(void *ctx, xd_work_t *w)
{
    xd_node_t *doc = fact_make(w);
    xd_report_t rep;

    (void) ctx;
    xd_report_init(&rep, w->arena, 1);

    return doc == NULL ? XD_E_MEMORY : xd_work_fact(w, doc, &rep);
}


/* Every seventeenth fails at its first try, so that lanes are held too. */
static bool
stumbles(const xd_work_t *w)
{
    uint8_t hash[XD_SHA256_LEN];

    xd_sha256(w->message->message_id, hash);

    return w->attempt == 1 && hash[0] % 17 == 0;
}


static xd_work_rc_t
work_now(void *ctx, xd_work_t *w)
{
    (void) ctx;

    if (stumbles(w)) {
        xd_work_fail(w, "test.stumble", "at the first try");
        return XD_WORK_TRANSIENT;
    }

    return emit_fact(NULL, w) == XD_OK ? XD_WORK_DONE : XD_WORK_PERMANENT;
}


typedef struct {
    xd_timer_t timer;
    xd_work_t *w;
} slow_t;


static void
slow_over(void *ctx)
{
    slow_t *slow = ctx;

    if (stumbles(slow->w)) {
        xd_work_fail(slow->w, "test.stumble", "at the first try");
        xd_work_finish(slow->w, XD_WORK_TRANSIENT, NULL, NULL);
    } else {
        xd_work_finish(slow->w, XD_WORK_DONE, emit_fact, NULL);
    }
}


static xd_work_rc_t
work_slowly(void *ctx, xd_work_t *w)
{
    slow_t *slow = xd_alloc(w->arena, sizeof(*slow));

    (void) ctx;
    slow->timer = (xd_timer_t){ .fire = slow_over, .ctx = slow };
    slow->w = w;

    return xd_timer_set(loop, &slow->timer, SETTLE_MS) == XD_OK
               ? XD_WORK_LATER
               : XD_WORK_TRANSIENT;
}


static const xd_relay_work_t modes[] = {
    { .work = work_now },
    { .work = work_slowly, .asynchronous = true, .concurrency = 8 },
};


static void
on_term(int sig)
{
    (void) sig;
    told_to_stop = 1;
}


/* Never returns: dies at the point, or ends well when it is told to. */
static void
daemon_be(int mode, const char *crash)
{
    xd_str_t path = xd_fmt(arena, "%s/x.db", dir);

    (void) prctl(PR_SET_PDEATHSIG, SIGKILL); /* no test leaves one behind */
    (void) signal(SIGTERM, on_term);
    (void) setenv("XD_CRASH_AT", crash, 1);
    loop = xd_loop_new();

    if (xd_store_open(path.ptr, NULL, &store) != XD_OK) {
        _exit(9);
    }

    relay_open(&modes[mode], NULL);
    (void) !xd_loop_run(loop, &told_to_stop);
    xd_relay_stop(relay, 5000);
    xd_relay_free(relay);
    xd_store_close(store);
    xd_loop_free(loop);
    xd_arena_free(arena);
    _exit(0);
}


static pid_t
daemon_start(int mode, const char *crash)
{
    pid_t pid = fork();

    ck_assert_int_ne(pid, -1);
    if (pid == 0) {
        daemon_be(mode, crash);
    }

    return pid;
}

/* Drained, it ends well, and has nothing leaked. */
static void
daemon_stop(pid_t child)
{
    int status;

    ck_assert_int_eq(xd_loop_once(loop, 300), XD_OK);
    ck_assert_int_eq(kill(child, SIGTERM), 0);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* -- publishing and collecting --------------------------------------------- */

typedef struct {
    xd_client_t *client;
    size_t next, total, confirmed; /* inputs */
    const char *run;               /* part of their ids */
    xd_map_t *facts;               /* by id */
    size_t distinct, doubled, disordered;
    int64_t last[KEYS]; /* number of the last new fact of a key */
} bench_t;


static void
publish_one(bench_t *b, size_t n)
{
    xd_str_t number = xd_fmt(arena, "%s-%zu", b->run, n);
    xd_uuid_t id = XD_UUID5(XD_STR("input"), number);
    xd_str_t key = xd_fmt(arena, "key:%zu", n % KEYS);
    xd_header_t header = { XD_STR("xd-key"), key };
    xd_message_t m = { .exchange = XD_STR("xd.raw"),
        .routing_key = XD_STR("in.x12.acme"),
        .message_id = xd_uuid_str(&id),
        .headers = &header,
        .nheaders = 1,
        .body = xd_fmt(arena, "%zu %zu", n % KEYS, n) };

    if (xd_link_publish(xd_client_link(b->client), &m, b) == XD_OK) {
        b->next++;
    }
}


static void
pump_inputs(bench_t *b)
{
    size_t before;

    do {
        before = b->next;
        if (b->next < b->total) {
            publish_one(b, b->next);
        }
    } while (b->next > before);

    xd_client_kick(b->client);
}


static void
bench_up(void *ctx)
{
    pump_inputs(ctx);
}


static void
bench_settled(void *ctx, void *job, xd_outcome_t outcome)
{
    bench_t *b = ctx;

    (void) job;
    ck_assert_int_eq(outcome, XD_CONFIRMED);
    b->confirmed++;
    pump_inputs(b);
}


/* A fact: counted once by its id; a new one must be later than the last. */
static void
bench_delivery(void *ctx, const xd_delivery_t *d)
{
    bench_t *b = ctx;
    xd_str_t id = xd_dup(arena, d->message.message_id);
    xd_str_t body = xd_dup(arena, d->message.body);
    xd_str_t text = xd_text(json(body.ptr), "shipmentNo");
    unsigned long key = 0, n = 0;

    ck_assert_int_eq(sscanf(xd_dup(arena, text).ptr, "%lu %lu", &key, &n), 2);
    ck_assert_uint_lt(key, KEYS);
    ck_assert_ptr_nonnull(xd_header(&d->message, "traceparent").ptr);

    if (xd_map_get(b->facts, id) != NULL) {
        b->doubled++; /* the same message-id: dropped by any consumer */
    } else {
        ck_assert_int_eq(xd_map_put(b->facts, id, b, NULL), XD_OK);
        b->distinct++;
        b->disordered += (int64_t) n <= b->last[key];
        b->last[key] = (int64_t) n;
    }

    ck_assert_int_eq(xd_link_ack(xd_client_link(b->client), d->tag, false),
        XD_OK);
}


static const xd_link_events_t bench_events = {
    .up = bench_up,
    .settled = bench_settled,
    .delivery = bench_delivery,
};


static void
bench_open(bench_t *b, const char *run, size_t total, const char *from)
{
    const xd_link_conf_t link = { .user = XD_STR("xd-x12"),
        .password = XD_STR("pw"),
        .name = XD_STR("test") };
    uint32_t consumer;

    *b = (bench_t){ .run = run, .total = total };
    b->facts = xd_map_new(arena);
    for (size_t i = 0; i < KEYS; i++) {
        b->last[i] = -1;
    }

    ck_assert_int_eq(xd_client_new(loop, xd_str(amqp), &link, &bench_events, b,
                         &b->client),
        XD_OK);
    ck_assert_int_eq(xd_link_consume(xd_client_link(b->client), xd_str(from),
                         &consumer),
        XD_OK);
}


static void
bench_close(bench_t *b)
{
    xd_client_close(b->client, 1000);
    xd_client_free(b->client);
}


static void
bench_wait(const bench_t *b, size_t distinct)
{
    int64_t until = xd_mono_ms() + PATIENCE_MS;

    while (b->distinct < distinct && xd_mono_ms() < until) {
        ck_assert_int_eq(xd_loop_once(loop, 50), XD_OK);
    }

    ck_assert_uint_eq(b->distinct, distinct);
}


/* Until every input gave its fact; a daemon that died is started again. */
static int
bench_run(bench_t *b, int mode, const char *crash)
{
    int64_t until = xd_mono_ms() + PATIENCE_MS;
    pid_t child = daemon_start(mode, crash);
    int deaths = 0, status;

    while (b->distinct < b->total && xd_mono_ms() < until) {
        ck_assert_int_eq(xd_loop_once(loop, 50), XD_OK);

        if (waitpid(child, &status, WNOHANG) == child) {
            ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
            deaths++;
            child = daemon_start(mode, "");
        }
    }

    daemon_stop(child);

    return deaths;
}


/* What the daemon left behind. */
static void
store_is_empty(void)
{
    xd_str_t path = xd_fmt(arena, "%s/x.db", dir);

    ck_assert_int_eq(xd_store_open(path.ptr, NULL, &store), XD_OK);
    ck_assert_int_eq(number("SELECT count(*) FROM held"), 0);
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 0);
}


static void
setup(void)
{
    fixture_open();
    xd_store_close(store); /* the child has it */
    store = NULL;
    conf_make("");
    xd_each (tier, xd_get(xd_get(conf.main, "retry"), "tiers")) {
        tier->text = XD_STR("100ms");
    }
    xd_get(xd_get(conf.main, "broker"), "url")->text = xd_str(amqp);
    topology();
}


static void
one_run(const char *run, int mode, size_t total, const char *crash)
{
    bool dies = crash[0] != '\0';
    bench_t b;

    bench_open(&b, run, total, OUT_QUEUE);
    ck_assert_int_eq(bench_run(&b, mode, crash), dies);
    bench_close(&b);

    ck_assert_msg(b.distinct == total && b.disordered == 0
                      && (dies || b.doubled == 0),
        "%s: %zu of %zu facts, %zu out of order, %zu doubled", run, b.distinct,
        total, b.disordered, b.doubled);
    store_is_empty();
}


START_TEST(a_thousand_inputs_give_a_thousand_facts)
{
    one_run("plain", _i, 1000, "");
}
END_TEST


START_TEST(a_kill_loses_doubles_and_reorders_nothing)
{
    static const bool only_slow[CRASH_POINTS] = {
        [CRASH_BEFORE_START] = true,
        [CRASH_AFTER_START] = true,
        [CRASH_BEFORE_SETTLE] = true,
        [CRASH_AFTER_SETTLE] = true,
    };
    int mode = _i % 2;
    crash_point_t point = (crash_point_t) (_i / 2);

    /* Points of asynchronous works are never passed by the others. */
    if (mode == 0 && only_slow[point]) {
        return;
    }

    one_run(crash_names[point], mode, 300,
        xd_fmt(arena, "%s:3", crash_names[point]).ptr);
}
END_TEST


/* A destination without a queue holds its own commands, in order, and no
 * others; they go out once there is one. */
START_TEST(a_return_holds_its_lane)
{
    bench_t facts, commands;
    pid_t child;

    call("DELETE", "queues/crossdock/xd.q.test.cmd", "");
    bench_open(&facts, "returned", 60, OUT_QUEUE);
    child = daemon_start(0, "");
    bench_wait(&facts, 60); /* they come all the same */

    queue("xd.q.test.cmd", "xd.cmd", "http.erp.#");
    bench_open(&commands, "", 0, "xd.q.test.cmd");
    bench_wait(&commands, 60);
    ck_assert_uint_eq(commands.disordered, 0);
    ck_assert_uint_eq(commands.doubled, 0);

    daemon_stop(child);
    bench_close(&facts);
    bench_close(&commands);
    store_is_empty();
}
END_TEST


/* Check has no word for it, TAP has. */
static int
skipped(const char *why)
{
    (void) printf("1..0 # SKIP %s\n", why);

    return EXIT_SUCCESS;
}


int
main(void)
{
    Suite *s = suite_create("relay");
    TCase *tc = tcase_create("live");
    SRunner *runner;
    int failed;

    amqp = getenv("XD_TEST_AMQP_URL");
    mgmt = getenv("XD_TEST_MGMT");

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 120);
    tcase_add_checked_fixture(tc, setup, fixture_close);
    tcase_add_loop_test(tc, a_thousand_inputs_give_a_thousand_facts, 0, 2);
    tcase_add_loop_test(tc, a_kill_loses_doubles_and_reorders_nothing, 0,
        2 * CRASH_POINTS);
    tcase_add_test(tc, a_return_holds_its_lane);
    runner = srunner_create(s);

    if (amqp == NULL || mgmt == NULL) {
        srunner_free(runner);
        return skipped("XD_TEST_AMQP_URL and XD_TEST_MGMT name no broker");
    }

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
