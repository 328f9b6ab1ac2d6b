/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What nobody asks for: jobs go on, cases whose deadline has passed escalate
 * once, and the gauges say how full the ward is.
 */

#include "hospital.h"

#include "base/clock.h"
#include "crypt/digest.h"

#define TURN_MS      1000
#define TURN_MEMORY  ((size_t) 64 << 20)
#define LATE_OF_TURN 100

static const xd_family_t depth = { "xd_hospital_depth",
    "Cases that wait for a person.", XD_GAUGE, { NULL } };
static const xd_family_t oldest = { "xd_hospital_oldest_seconds",
    "Age of the oldest case that waits.", XD_GAUGE, { NULL } };
static const xd_family_t escalated = { "xd_hospital_late",
    "Cases that wait although their deadline has passed.", XD_GAUGE, { NULL } };


static xd_rc_t
late_message(xd_arena_t *arena, xd_str_t id, xd_message_t *out)
{
    xd_node_t *act = xd_node_new(arena, XD_OBJECT);
    xd_uuid_t message = XD_UUID5(XD_STR("escalate"), id);

    (void) xd_put_str(arena, act, "action", XD_STR("escalate"));
    (void) xd_put_str(arena, act, "who", XD_STR("xd-hospital"));
    (void) xd_put_str(arena, act, "why", XD_STR("its deadline has passed"));

    return xd_put_str(arena, act, "case", xd_dup(arena, id)) != NULL
               ? act_message(arena, xd_uuid_str(&message), act, out)
               : XD_E_MEMORY;
}


/* Instants in UTC of one form compare as texts. */
static xd_rc_t
late_messages(xd_store_t *store, xd_arena_t *arena, xd_vec_t *messages)
{
    xd_sql_t *q = xd_sql(store,
        "SELECT id FROM ward WHERE state = 'open' AND escalated = 0"
        " AND due <= ?1 ORDER BY seq LIMIT ?2");
    char now[XD_INSTANT_LEN + 1];
    xd_rc_t rc;

    xd_instant_write(xd_now_ms(), now);
    xd_sql_text(q, 1, xd_str(now));
    xd_sql_int(q, 2, LATE_OF_TURN);

    while ((rc = xd_sql_step(q)) == XD_OK) {
        xd_message_t *m = xd_vec_push(messages, arena);

        rc = m != NULL ? late_message(arena, xd_sql_col(q, 0), m) : XD_E_MEMORY;
        if (rc != XD_OK) {
            break;
        }
    }

    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


static void
gauges(const hospital_t *h)
{
    xd_metrics_t *metrics = xd_daemon_metrics(h->daemon);
    xd_sql_t *q = xd_sql(h->store,
        "SELECT count(*), ifnull(min(opened), ''), ifnull(sum(escalated), 0)"
        " FROM ward WHERE state = 'open'");
    int64_t opened;

    if (xd_sql_step(q) == XD_OK) {
        bool any = xd_instant_read(xd_sql_col(q, 1), &opened);

        xd_metric_set(metrics, &depth, xd_sql_col_int(q, 0), NULL);
        xd_metric_set(metrics, &oldest, any ? (xd_now_ms() - opened) / 1000 : 0,
            NULL);
        xd_metric_set(metrics, &escalated, xd_sql_col_int(q, 2), NULL);
    }

    xd_sql_done(q);
}


/* What fails is tried again at the next turn: nothing was taken. */
static void
turn(hospital_t *h, xd_relay_t *relay, xd_arena_t *arena)
{
    xd_vec_t messages = XD_VEC(xd_message_t);

    if (job_messages(h->store, arena, &messages) == XD_OK
        && late_messages(h->store, arena, &messages) == XD_OK
        && messages.count > 0)
    {
        (void) !xd_relay_inject(relay, XD_AT(&messages, xd_message_t, 0),
            messages.count, XD_STR(HOSPITAL_ACTS));
    }
}


void
watch_tick(void *ctx)
{
    hospital_t *h = ctx;
    xd_relay_t *relay = xd_daemon_relay(h->daemon);
    xd_arena_t *arena = xd_arena_new(TURN_MEMORY);

    if (arena != NULL && relay != NULL && xd_relay_takes(relay)) {
        turn(h, relay, arena);
        gauges(h);
    }

    xd_arena_free(arena);
    (void) !xd_timer_set(xd_daemon_loop(h->daemon), &h->timer, TURN_MS);
}
