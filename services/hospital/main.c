/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd-hospital - what needs a person: show, mend, release, discard
 *
 * Usage: xd-hospital [-c crossdock.yaml] [-t] [-V] [-h]
 *
 * Takes every case (xd.q.hospital.ward): a message that failed for good, with
 * its bytes and all reasons, while its process keeps it and holds what comes
 * after it of the same key.  Answers on its control socket, for xd hospital:
 *
 *   GET  /cases                  the cases, by state, process, queue, key, code
 *   GET  /cases/<id>             all of one
 *   POST /cases/<id>/<action>    release, mend, discard, assign, note, approve,
 *                                refuse
 *   POST /jobs                   release or discard many
 *   GET  /jobs/<id>              what became of each
 *
 * A decision goes to the process as a command and to everybody as the fact
 * exception.resolved.  Cases whose deadline passes escalate.
 *
 * Signals: TERM drains and stops, HUP reloads.
 */

#include "hospital.h"


static xd_work_rc_t
work(void *ctx, xd_work_t *w)
{
    return xd_str_is(w->queue, HOSPITAL_ACTS) ? act_take(ctx, w)
                                              : ward_take(ctx, w);
}


static xd_rc_t
start(xd_daemon_t *d, void **ctx)
{
    hospital_t *h = xd_alloc(xd_daemon_arena(d), sizeof(*h));

    if (h == NULL) {
        return XD_E_MEMORY;
    }

    *h = (hospital_t){ .daemon = d,
        .store = xd_daemon_store(d),
        .conf = xd_daemon_conf(d) };
    h->timer = (xd_timer_t){ .fire = watch_tick, .ctx = h };
    *ctx = h;

    return xd_timer_set(xd_daemon_loop(d), &h->timer, 0);
}


static xd_rc_t
reload(void *ctx, const xd_conf_t *conf, xd_report_t *rep)
{
    hospital_t *h = ctx;

    (void) rep;
    h->conf = conf;

    return XD_OK;
}


static void
stop(void *ctx)
{
    hospital_t *h = ctx;

    xd_timer_clear(xd_daemon_loop(h->daemon), &h->timer);
}


int
main(int argc, char **argv)
{
    static const xd_verb_t verbs[] = {
        { "GET", "/cases", serve_cases },
        { "GET", "/cases/", serve_cases },
        { "POST", "/cases/", serve_act },
        { "POST", "/jobs", serve_jobs },
        { "GET", "/jobs/", serve_job },
        { NULL, NULL, NULL },
    };
    static const xd_daemon_spec_t spec = {
        .name = "xd-hospital",
        .summary = "what needs a person: show, mend, release, discard",
        .schema = { hospital_migrations },
        .does = { .work = work },
        .verbs = verbs,
        .start = start,
        .reload = reload,
        .stop = stop,
    };

    return xd_daemon_main(&spec, argc, argv);
}
