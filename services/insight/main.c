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
 *
 * Signals: TERM drains and stops, HUP reloads.
 */

#include "insight.h"


static xd_rc_t
start(xd_daemon_t *d, void **ctx)
{
    insight_t *in = xd_alloc(xd_daemon_arena(d), sizeof(*in));

    if (in == NULL) {
        return XD_E_MEMORY;
    }

    in->store = xd_daemon_store(d);
    *ctx = in;

    return XD_OK;
}


int
main(int argc, char **argv)
{
    static const xd_verb_t verbs[] = {
        { "GET", "/status/", insight_status },
        { "GET", "/trace", insight_trace },
        { NULL, NULL, NULL },
    };
    static const xd_daemon_spec_t spec = {
        .name = "xd-insight",
        .summary = "the journal of facts, and what became of each message",
        .schema = { insight_migrations },
        .does = { .work = insight_take },
        .verbs = verbs,
        .start = start,
    };

    return xd_daemon_main(&spec, argc, argv);
}
