/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd-edifact - EDIFACT interchanges to canonical documents, and their answers
 *
 * Usage: xd-edifact [-c crossdock.yaml] [-t] [-V] [-h]
 *
 * Takes raw bytes from xd.q.edifact.raw (whatever transport brought them),
 * archives and grades them, answers each interchange with the CONTRL of the
 * partner's profile (out.<transport>.<party> on xd.raw), and publishes a
 * canonical document for each accepted message: DESADV becomes
 * shipment.created.  What was refused, or cannot be mapped, becomes
 * exception.opened.
 *
 * Takes commands from xd.q.edifact.<partner>.pNN (the routes make them): a
 * purchase-order becomes an ORDERS, which our own grader must find clean before
 * it leaves the same way.  CONTRL, ORDRSP, DESADV and INVOIC are held against
 * what was sent; an answer that has not come in its time becomes an exception
 * too.
 *
 * It alone owns the control numbers, the interchanges seen and what was sent
 * (state/xd-edifact.db): the same interchange again gets the same CONTRL again
 * and nothing else; the same control reference with other bytes goes to a
 * person.
 *
 * Settings: partners/<id>.yaml (edi, transport), limits.findings,
 * limits.message_memory, retention.edifact.  Signals: TERM drains and stops,
 * HUP reloads.
 */

#include "edifact.h"


static xd_rc_t
start(xd_daemon_t *d, void **ctx)
{
    return desk_start(d, &edifact_dialect, ctx);
}


int
main(int argc, char **argv)
{
    static const xd_daemon_spec_t spec = {
        .name = "xd-edifact",
        .summary = "EDIFACT interchanges to canonical documents and back",
        .schema = { desk_migrations },
        .does = { .work = desk_work },
        .start = start,
        .reload = desk_reload,
        .stop = desk_stop,
    };

    return xd_daemon_main(&spec, argc, argv);
}
