/* SPDX-License-Identifier: BSD-2-Clause */

#include "room.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"

#define TICK_FIRST_MS        200
#define STOP_STEP_MS         20
#define WINDOW_DEFAULT       256
#define PREFETCH_DEFAULT     100
#define HEARTBEAT_DEFAULT_MS 10000


xd_link_t *
relay_link(xd_relay_t *relay)
{
    return xd_client_link(relay->client);
}


void
relay_soon(xd_relay_t *relay, xd_timer_t *timer, int64_t ms)
{
    if (xd_timer_set(relay->loop, timer, ms) != XD_OK) {
        xd_log(XD_LOG_ERROR, NULL, "no memory for a timer");
    }
}


xd_rc_t
relay_begin(xd_relay_t *relay)
{
    return xd_store_begin(relay->store);
}


xd_rc_t
relay_commit(xd_relay_t *relay)
{
    xd_rc_t rc = pump_delete(relay);

    if (rc != XD_OK) {
        xd_store_rollback(relay->store);
        return rc;
    }

    rc = xd_store_commit(relay->store);

    if (rc == XD_OK) {
        pump_deleted(relay);
        relay_soon(relay, &relay->pump.turn, 0);
        relay_soon(relay, &relay->retry, 0);
    }

    return rc;
}


/* The place of the document in a key differs between facts and commands. */
xd_str_t
relay_document(const xd_message_t *m)
{
    xd_key_parts_t key = xd_key_split(m->routing_key);

    if (xd_str_is(m->exchange, "xd.raw")) {
        return XD_STR("raw");
    }

    return key.part[xd_str_is(m->exchange, "xd.cmd") ? 2 : 0];
}


/* -- what the link tells --------------------------------------------------- */

/* Consumers come back by themselves; the outbox has to be told. */
static void
on_up(void *ctx)
{
    xd_relay_t *relay = ctx;

    relay_soon(relay, &relay->pump.turn, 0);
}


static void
on_blocked(void *ctx, bool on, xd_str_t reason)
{
    xd_relay_t *relay = ctx;

    xd_log(XD_LOG_WARN, XD_FIELDS({ "reason", reason }),
        on ? "the broker is blocked" : "the broker takes messages again");
    xd_metric_set(relay->metrics, &relay_blocked, on, NULL);

    if (!on) {
        relay_soon(relay, &relay->pump.turn, 0);
    }
}


/* Its queue moved or went: the tick asks again. */
static void
on_cancelled(void *ctx, uint32_t consumer)
{
    xd_relay_t *relay = ctx;

    for (size_t i = 0; i < relay->sources.count; i++) {
        source_t *s = XD_AT(&relay->sources, source_t, i);

        if (s->consuming && s->consumer == consumer) {
            s->consuming = false;
            xd_log(XD_LOG_WARN, XD_FIELDS({ "queue", s->queue }),
                "the broker ended a consumer");
        }
    }
}


static const xd_link_events_t events = {
    .up = on_up,
    .settled = pump_settled,
    .delivery = intake_delivery,
    .cancelled = on_cancelled,
    .blocked = on_blocked,
    .closed = refused_closed,
};


/* Confirmed rows that no other commit has taken along. */
static void
flush_fire(void *ctx)
{
    xd_relay_t *relay = ctx;

    if (relay->pump.done.count == 0) {
        return;
    }

    if (relay_begin(relay) != XD_OK || relay_commit(relay) != XD_OK) {
        relay_soon(relay, &relay->pump.flush, 1000);
    }
}


/* -- life ------------------------------------------------------------------ */

/* A queue once, whoever names it. */
static xd_rc_t
source_add(xd_relay_t *relay, xd_str_t queue, bool release)
{
    source_t *s;

    for (size_t i = 0; i < relay->sources.count; i++) {
        if (xd_str_eq(XD_AT(&relay->sources, source_t, i)->queue, queue)) {
            return XD_OK;
        }
    }

    s = xd_vec_push(&relay->sources, relay->arena);
    if (s == NULL) {
        return XD_E_MEMORY;
    }

    s->queue = xd_dup(relay->arena, queue);
    s->release = release;

    return s->queue.ptr == NULL ? XD_E_MEMORY : XD_OK;
}


/* The queue of releases first: it is every relay's own. */
static xd_rc_t
sources_add(xd_relay_t *relay, const xd_vec_t *queues)
{
    xd_str_t held = xd_fmt(relay->arena, "xd.q.%.*s.held", XD_FMT(relay->name));
    xd_rc_t rc = held.ptr == NULL ? XD_E_MEMORY : source_add(relay, held, true);

    for (size_t i = 0; rc == XD_OK && i < queues->count; i++) {
        rc = source_add(relay, *XD_AT(queues, xd_str_t, i), false);
    }

    return rc;
}


/* secrets/broker/<process>; copied into the link, which needs it again at
 * every reconnect. */
static xd_rc_t
password_read(xd_relay_t *relay, const xd_conf_t *conf, xd_str_t *out)
{
    const char *secrets = xd_conf_path(conf, "secrets");
    xd_str_t path = xd_fmt(relay->arena, "%s/broker/%.*s",
        secrets == NULL ? "" : secrets, XD_FMT(relay->process));
    xd_rc_t rc = path.ptr == NULL ? XD_E_MEMORY
                                  : xd_file_secret(relay->arena, path.ptr, out);

    if (rc != XD_OK) {
        xd_log(XD_LOG_ERROR, XD_FIELDS({ "path", path }),
            "the broker's password cannot be read: %s",
            rc == XD_E_IO ? "no such file, or no right" : xd_rc_text(rc));
        return XD_E_CONF;
    }

    return XD_OK;
}


/* The user is the process: the broker's rights are given to it, and it checks
 * user_id of every message against it. */
static xd_rc_t
client_make(xd_relay_t *relay, const xd_conf_t *conf)
{
    const xd_node_t *broker = xd_get(conf->main, "broker");
    int64_t beat =
        xd_conf_ms(conf->main, "broker.heartbeat", HEARTBEAT_DEFAULT_MS);
    xd_link_conf_t link = {
        .user = relay->process,
        .name = relay->process,
        .heartbeat = (uint16_t) (beat < 1000 ? 1 : beat / 1000),
        .window = (uint32_t) xd_int(broker, "window", 1, 65536, WINDOW_DEFAULT),
        .prefetch =
            (uint16_t) xd_int(broker, "prefetch", 1, 10000, PREFETCH_DEFAULT),
    };
    xd_rc_t rc = password_read(relay, conf, &link.password);

    return rc == XD_OK ? xd_client_new(relay->loop, xd_text(broker, "url"),
               &link, &events, relay, &relay->client)
                       : rc;
}


static xd_rc_t
memory_make(xd_relay_t *relay)
{
    relay->batch_arena = xd_arena_new(0);
    relay->work_arena = xd_arena_new(relay->rules->message_memory);
    relay->aside = xd_arena_new(0);
    relay->batch = XD_VEC(input_t);
    relay->sources = XD_VEC(source_t);
    relay->turn = (xd_timer_t){ .fire = intake_turn, .ctx = relay };
    relay->retry = (xd_timer_t){ .fire = held_turn, .ctx = relay };
    relay->tick = (xd_timer_t){ .fire = pressure_tick, .ctx = relay };
    relay->pump.flush = (xd_timer_t){ .fire = flush_fire, .ctx = relay };

    return relay->batch_arena == NULL || relay->work_arena == NULL
                   || relay->aside == NULL
               ? XD_E_MEMORY
               : pump_init(relay);
}


/* Tests only, and only where the configuration says so. */
static void
crash_init(xd_relay_t *relay, const xd_conf_t *conf)
{
    const char *at = getenv("XD_CRASH_AT");

    relay->crash.point = CRASH_POINTS;

    if (at != NULL && xd_truth(conf->main, "testing", false)
        && !crash_read(xd_str(at), &relay->crash))
    {
        xd_log(XD_LOG_ERROR, NULL, "XD_CRASH_AT names no crash point");
    }
}


void
xd_relay_crash(xd_relay_t *relay, const char *point)
{
    crash_at_own(&relay->crash, point);
}


/* What a crash left WORKING is tried again: its outcome is unknown.  The clock
 * may have been set back while nobody ran, so nobody waits from now on for
 * longer than the longest tier. */
static xd_rc_t
recover(xd_relay_t *relay)
{
    int64_t now = xd_now_ms();
    xd_rc_t rc = relay_begin(relay);

    if (rc != XD_OK) {
        return rc;
    }

    relay->offset = now - xd_mono_ms();
    rc = xd_held_recover(relay->store, now);
    rc = rc == XD_OK ? xd_held_latest(relay->store,
             now + retry_longest(&relay->rules->retry))
                     : rc;
    if (rc != XD_OK) {
        xd_store_rollback(relay->store);
        return rc;
    }

    return relay_commit(relay);
}


/* The broker last: once it is asked for, things begin to happen. */
static xd_rc_t
relay_fill(xd_relay_t *relay, const xd_relay_conf_t *conf)
{
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, relay->arena, 1);
    relay->loop = conf->loop;
    relay->store = conf->store;
    relay->metrics = conf->metrics;
    relay->does = conf->does;
    relay->ctx = conf->ctx;
    relay->process = xd_dup(relay->arena, xd_str(conf->process));
    relay->name = relay->process;
    if (xd_str_starts(relay->name, XD_STR("xd-"))) {
        relay->name.ptr += 3;
        relay->name.len -= 3;
    }

    rc = relay->process.ptr == NULL
             ? XD_E_MEMORY
             : rules_make(conf->conf, &relay->rules, &rep);
    if (rc != XD_OK) {
        if (rep.nkept > 0) {
            xd_log(XD_LOG_ERROR,
                XD_FIELDS({ "path", rep.kept[0].path },
                    { "reason", rep.kept[0].text }),
                "the configuration cannot be used");
        }
        return rc;
    }

    crash_init(relay, conf->conf);
    rc = memory_make(relay);
    rc = rc == XD_OK ? sources_add(relay, &conf->queues) : rc;
    rc = rc == XD_OK ? recover(relay) : rc;
    rc = rc == XD_OK ? client_make(relay, conf->conf) : rc;

    return rc;
}


xd_rc_t
xd_relay_new(const xd_relay_conf_t *conf, xd_relay_t **out)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_relay_t *relay = arena == NULL ? NULL : xd_alloc(arena, sizeof(*relay));
    xd_rc_t rc;

    *out = NULL;

    if (relay == NULL) {
        xd_arena_free(arena);
        return XD_E_MEMORY;
    }

    relay->arena = arena;
    rc = relay_fill(relay, conf);

    if (rc != XD_OK) {
        xd_relay_free(relay);
        return rc;
    }

    relay_soon(relay, &relay->tick, TICK_FIRST_MS);
    pressure_set(relay, PRESSURE_NONE);
    *out = relay;

    return XD_OK;
}


/* The link's own settings (url, window, prefetch) need a new start. */
xd_rc_t
xd_relay_reload(xd_relay_t *relay, const xd_conf_t *conf,
    const xd_vec_t *queues, xd_report_t *rep)
{
    rules_t *rules;
    xd_rc_t rc = rules_make(conf, &rules, rep);

    if (rc != XD_OK) {
        return rc;
    }

    rc = sources_add(relay, queues);
    if (rc != XD_OK) {
        rules_free(rules);
        return rc;
    }

    rules_free(relay->rules);
    relay->rules = rules;
    refused_retry(relay);
    pressure_set(relay, relay->pressure);

    return XD_OK;
}


/* Works end and confirms come; rows that stay are published next time. */
static void
drain(xd_relay_t *relay, int64_t until)
{
    while (xd_mono_ms() < until
           && (relay->nactive > 0 || xd_link_inflight(relay_link(relay)) > 0))
    {
        if (xd_loop_once(relay->loop, STOP_STEP_MS) != XD_OK) {
            return;
        }
    }
}


/* Inputs that were gathered are still taken; those not yet acknowledged when
 * the consumers go are given back by the link. */
void
xd_relay_stop(xd_relay_t *relay, int64_t ms)
{
    int64_t until = xd_mono_ms() + ms, left;

    intake_turn(relay);
    relay->stopping = true;
    pressure_set(relay, PRESSURE_STOP);
    pump_turn(relay);
    drain(relay, until);
    flush_fire(relay);

    left = until - xd_mono_ms();
    xd_client_close(relay->client, left > 0 ? left : 0);
}


static void
timers_clear(xd_relay_t *relay)
{
    xd_timer_clear(relay->loop, &relay->turn);
    xd_timer_clear(relay->loop, &relay->retry);
    xd_timer_clear(relay->loop, &relay->tick);
}


void
xd_relay_free(xd_relay_t *relay)
{
    if (relay == NULL) {
        return;
    }

    if (relay->client != NULL) {
        xd_client_free(relay->client);
    }

    /* Their rows stay WORKING: the next start tries them again. */
    while (relay->active != NULL) {
        work_t *w = relay->active;

        relay->active = w->next;
        xd_arena_free(w->pub.arena);
    }

    timers_clear(relay);
    pump_free(relay);
    rules_free(relay->rules);
    xd_buf_free(&relay->body);
    xd_buf_free(&relay->props);
    xd_arena_free(relay->batch_arena);
    xd_arena_free(relay->work_arena);
    xd_arena_free(relay->aside);
    xd_arena_free(relay->arena);
}
