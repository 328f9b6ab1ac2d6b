/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd-insight - the journal of facts, and what became of each message
 *
 * Usage: xd-insight [-c crossdock.yaml] [-t] [-V] [-h]
 *
 * Takes every fact of every domain (xd.q.insight.facts), keeps it once in
 * its journal (state/xd-insight.db), and answers on its control socket:
 *
 *   GET /status/<id>    what became of an accepted message: behind the
 *                       gateway, for the caller that sent it
 *   GET /trace?key=K    every step of the documents that a number, business
 *                       key, control number or id names: for xd trace
 *   GET /totals         what was accepted, published, delivered and confirmed,
 *                       and what does not add up: for xd totals
 *
 * What is missing after its period and the time to settle (totals.period,
 * totals.settle) becomes the fact exception.opened, and resolves by itself.
 *
 * Signals: TERM drains and stops, HUP reloads.
 */

#include "insight.h"

#include "base/clock.h"

#define LOOKS       10 /* at the totals, in the time to settle */
#define LOOK_MIN_MS 1000
#define LOOK_MAX_MS 60000
#define LOOK_MEMORY ((size_t) 8 << 20)


/* What fails is looked at again: nothing was taken. */
static void
tick(void *ctx)
{
    insight_t *in = ctx;
    xd_relay_t *relay = xd_daemon_relay(in->daemon);
    xd_arena_t *arena = xd_arena_new(LOOK_MEMORY);
    xd_vec_t messages = XD_VEC(xd_message_t);
    int64_t pause = in->settle_ms / LOOKS;

    pause = pause < LOOK_MIN_MS   ? LOOK_MIN_MS
            : pause > LOOK_MAX_MS ? LOOK_MAX_MS
                                  : pause;

    if (arena != NULL && relay != NULL && xd_relay_takes(relay)
        && check_messages(in, arena, xd_now_ms(), &messages) == XD_OK
        && messages.count > 0)
    {
        (void) !xd_relay_inject(relay, XD_AT(&messages, xd_message_t, 0),
            messages.count, XD_STR(INSIGHT_CHECKS));
    }

    xd_arena_free(arena);
    (void) !xd_timer_set(xd_daemon_loop(in->daemon), &in->timer, pause);
}


static xd_work_rc_t
work(void *ctx, xd_work_t *w)
{
    return xd_str_is(w->queue, INSIGHT_CHECKS) ? check_take(ctx, w)
                                               : insight_take(ctx, w);
}


static xd_rc_t
start(xd_daemon_t *d, void **ctx)
{
    insight_t *in = xd_alloc(xd_daemon_arena(d), sizeof(*in));

    if (in == NULL) {
        return XD_E_MEMORY;
    }

    *in = (insight_t){ .store = xd_daemon_store(d), .daemon = d };
    in->timer = (xd_timer_t){ .fire = tick, .ctx = in };
    check_settings(in, xd_daemon_conf(d));
    *ctx = in;

    return xd_timer_set(xd_daemon_loop(d), &in->timer, 0);
}


static xd_rc_t
reload(void *ctx, const xd_conf_t *conf, xd_report_t *rep)
{
    (void) rep;
    check_settings(ctx, conf);

    return XD_OK;
}


static void
stop(void *ctx)
{
    insight_t *in = ctx;

    xd_timer_clear(xd_daemon_loop(in->daemon), &in->timer);
}


int
main(int argc, char **argv)
{
    static const xd_verb_t verbs[] = {
        { "GET", "/status/", insight_status },
        { "GET", "/trace", insight_trace },
        { "GET", "/totals", insight_totals },
        { NULL, NULL, NULL },
    };
    static const xd_daemon_spec_t spec = {
        .name = "xd-insight",
        .summary = "the journal of facts, and what became of each message",
        .schema = { insight_migrations },
        .does = { .work = work },
        .verbs = verbs,
        .start = start,
        .reload = reload,
        .stop = stop,
    };

    return xd_daemon_main(&spec, argc, argv);
}
