/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The tick, once a second: rows are counted, old ids forgotten, and it is
 * decided whether to go on consuming.  What was stopped at a limit goes on
 * well below it, so that consumers do not come and go.
 */

#include "room.h"

#include "base/clock.h"
#include "base/log.h"
#include "store/seen.h"

#define TICK_MS       1000
#define CLOCK_STEP_MS 500 /* what a tick may find by mere measuring */
#define SEEN_KEEP_MS  ((int64_t) 45 * 24 * 3600 * 1000)
#define SEEN_A_TICK   1000

/* Name, and whether answers of the hospital are still taken: they make held
 * rows fewer. */
static const struct {
    const char *name;
    bool releases, inputs;
} pressures[] = {
    [PRESSURE_NONE] = { "none", true, true },
    [PRESSURE_HELD] = { "held", true, false },
    [PRESSURE_OUTBOX] = { "outbox", true, false },
    [PRESSURE_DISK] = { "disk", false, false },
    [PRESSURE_STORE] = { "store", false, false },
    [PRESSURE_STOP] = { "stop", false, false },
};


const char *
pressure_name(pressure_t pressure)
{
    return pressures[pressure].name;
}


static void
source_consume(xd_relay_t *relay, source_t *s)
{
    xd_rc_t rc = xd_link_consume(relay_link(relay), s->queue, &s->consumer);

    s->consuming = rc == XD_OK;

    if (rc != XD_OK) {
        xd_log(XD_LOG_ERROR, XD_FIELDS({ "queue", s->queue }),
            "a queue cannot be consumed: %s", xd_rc_text(rc));
    }
}


static void
source_cancel(xd_relay_t *relay, source_t *s)
{
    s->consuming = false;

    /* A link that is down has forgotten its consumer already. */
    (void) !xd_link_cancel(relay_link(relay), s->consumer);
}


/* Also heals: a consumer that the broker ended is asked for again. */
static void
sources_apply(xd_relay_t *relay)
{
    for (size_t i = 0; i < relay->sources.count; i++) {
        source_t *s = XD_AT(&relay->sources, source_t, i);
        bool want = s->release ? pressures[relay->pressure].releases
                               : pressures[relay->pressure].inputs && !s->full;

        if (want && !s->consuming) {
            source_consume(relay, s);
        } else if (!want && s->consuming) {
            source_cancel(relay, s);
        }
    }

    xd_client_kick(relay->client);
}


void
pressure_set(xd_relay_t *relay, pressure_t pressure)
{
    if (pressure != relay->pressure) {
        xd_log(pressure == PRESSURE_NONE || pressure == PRESSURE_STOP
                   ? XD_LOG_INFO
                   : XD_LOG_WARN,
            XD_FIELDS({ "reason", xd_str(pressure_name(pressure)) }),
            pressure == PRESSURE_NONE ? "inputs are consumed again"
                                      : "no inputs are consumed");
        relay->pressure = pressure;
    }

    sources_apply(relay);
}


/* Over the limit, or not yet well below it when it was the reason before. */
static bool
over(int64_t rows, int64_t most, bool already)
{
    return rows > (already ? most / 5 * 4 : most);
}


/*
 * A destination that is down fills `held` with what its queues bring.  Each
 * queue has a share, and all shares together stay below the limit at which
 * nothing at all would be taken: so whoever is down stops its own queues, and
 * they go on when their rows grow fewer.
 */
static int64_t
share(const xd_relay_t *relay)
{
    int64_t inputs = 0, most;

    for (size_t i = 0; i < relay->sources.count; i++) {
        inputs += !XD_AT(&relay->sources, source_t, i)->release;
    }

    most = relay->rules->held_max * 9 / 10 / (inputs > 0 ? inputs : 1);

    return most > 0 ? most : 1;
}


/* Which of them have it.  XD_OK or XD_E_STORE. */
static xd_rc_t
shares_look(xd_relay_t *relay)
{
    int64_t most = share(relay);

    for (size_t i = 0; i < relay->sources.count; i++) {
        source_t *s = XD_AT(&relay->sources, source_t, i);
        int64_t rows;
        bool was = s->full;
        xd_rc_t rc = xd_held_of_queue(relay->store, s->queue, &rows);

        if (rc != XD_OK) {
            return rc;
        }

        s->full = !s->release && over(rows, most, was);

        if (s->full != was) {
            xd_log(XD_LOG_INFO, XD_FIELDS({ "queue", s->queue }),
                s->full ? "its messages wait: it is not consumed for now"
                        : "it is consumed again");
        }
    }

    return XD_OK;
}


/* The worst reason wins, since it cancels the most. */
pressure_t
pressure_now(const xd_relay_t *relay)
{
    const rules_t *rules = relay->rules;
    uint64_t least = rules->disk_free;
    int64_t held = relay->held[0] + relay->held[1] + relay->held[2];

    if (relay->stopping) {
        return PRESSURE_STOP;
    }

    if (relay->pressure == PRESSURE_DISK) {
        least += least / 4;
    }

    if (xd_store_disk_low(relay->store, least)) {
        return PRESSURE_DISK;
    }

    if (over(held, rules->held_max, relay->pressure == PRESSURE_HELD)) {
        return PRESSURE_HELD;
    }

    return over(relay->outbox, rules->outbox_max,
               relay->pressure == PRESSURE_OUTBOX)
               ? PRESSURE_OUTBOX
               : PRESSURE_NONE;
}


/* Gauges are as of the last tick; counters are set where things happen. */
static void
gauges_set(xd_relay_t *relay)
{
    static const char *const states[] = { "waiting", "working", "ward" };
    xd_link_t *link = relay_link(relay);

    for (int i = 0; i < 3; i++) {
        xd_str_t label = xd_str(states[i]);

        xd_metric_set(relay->metrics, &relay_held_rows, relay->held[i], &label);
    }

    xd_metric_set(relay->metrics, &relay_outbox_rows, relay->outbox, NULL);
    xd_metric_set(relay->metrics, &relay_inflight, xd_link_inflight(link),
        NULL);
    xd_metric_set(relay->metrics, &relay_blocked, xd_link_is_blocked(link),
        NULL);
    xd_metric_set(relay->metrics, &relay_disk_low,
        relay->pressure == PRESSURE_DISK, NULL);
}


/* Times of tries are of the wall clock, since they outlive the process.  Set
 * back by an hour, it must not make everybody wait for that hour; set forward
 * it only makes the next try come early. */
static xd_rc_t
clock_watch(xd_relay_t *relay)
{
    int64_t offset = xd_now_ms() - xd_mono_ms();
    int64_t by = offset - relay->offset;
    xd_rc_t rc;

    if (by > -CLOCK_STEP_MS) {
        relay->offset = offset;
        return XD_OK;
    }

    xd_log(XD_LOG_WARN, NULL, "the clock was set back by %lld ms",
        (long long) -by);
    rc = xd_held_shift(relay->store, by);

    if (rc == XD_OK) {
        relay->offset = offset;
        relay_soon(relay, &relay->retry, 0);
    }

    return rc;
}


/* What needs a transaction: an idle store is not written to by it. */
static xd_rc_t
housekeeping(xd_relay_t *relay)
{
    int64_t now = xd_now_ms();
    xd_rc_t rc = xd_store_begin(relay->store);

    if (rc != XD_OK) {
        return rc;
    }

    rc = xd_seen_prune(relay->store, now - SEEN_KEEP_MS, SEEN_A_TICK);

    if (rc == XD_OK && relay->recover) {
        rc = xd_held_recover(relay->store, now);
    }

    rc = rc == XD_OK ? clock_watch(relay) : rc;
    rc = rc == XD_OK && relay->does->asynchronous ? shares_look(relay) : rc;

    rc = rc == XD_OK ? xd_held_count(relay->store, relay->held) : rc;
    rc = rc == XD_OK ? xd_outbox_count(relay->store, &relay->outbox) : rc;

    if (rc != XD_OK) {
        xd_store_rollback(relay->store);
        return rc;
    }

    rc = xd_store_commit(relay->store);

    if (rc == XD_OK && relay->recover) {
        relay->recover = false;
        relay_soon(relay, &relay->retry, 0);
    }

    return rc;
}


/* Once for each time that it comes to this; the disk still has room for it. */
static void
alarm_tell(xd_relay_t *relay)
{
    xd_rc_t rc = relay_begin(relay);

    if (rc != XD_OK) {
        return;
    }

    rc = ward_alarm(relay, "relay.disk",
        "the disk is nearly full: nothing more is taken from the broker");

    if (rc != XD_OK || relay_commit(relay) != XD_OK) {
        xd_store_rollback(relay->store);
    }
}


void
pressure_tick(void *ctx)
{
    xd_relay_t *relay = ctx;
    pressure_t before = relay->pressure, now;

    relay_soon(relay, &relay->tick, TICK_MS);

    now = housekeeping(relay) == XD_OK ? pressure_now(relay) : PRESSURE_STORE;

    if (now != PRESSURE_STORE) {
        intake_turn(relay); /* before messages of it are given back */
    }

    pressure_set(relay, now);

    refused_tell(relay);

    if (now == PRESSURE_DISK && before != PRESSURE_DISK) {
        alarm_tell(relay);
    }

    gauges_set(relay);
}
