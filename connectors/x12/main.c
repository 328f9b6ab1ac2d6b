/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd-x12 - X12 interchanges to canonical documents, and their answers
 *
 * Usage: xd-x12 [-c crossdock.yaml] [-t] [-V] [-h]
 *
 * Takes raw bytes from xd.q.x12.raw (whatever transport brought them),
 * archives and grades them, answers each interchange with the TA1 and 997 of
 * the partner's profile (out.<transport>.<party> on xd.raw), and publishes a
 * canonical document for each accepted set: 856 becomes shipment.created.
 * What was refused, or cannot be mapped, becomes exception.opened; of the
 * latter an 824 tells the partners that ask for it (edi.advise).
 *
 * Takes commands from xd.q.x12.<partner>.pNN (the routes make them): a
 * purchase-order becomes an 850, which our own grader must find clean before
 * it leaves the same way.  997, TA1, 855, 856 and 810 are held against what was
 * sent; an answer that has not come in its time becomes an exception too.
 *
 * It alone owns the control numbers, the interchanges seen and what was sent
 * (state/xd-x12.db): the same interchange again gets the same acknowledgement
 * again and nothing else; the same control number with other bytes goes to a
 * person.
 *
 * Settings: partners/<id>.yaml (edi, transport), guides/<id>.yaml,
 * limits.findings, limits.message_memory, retention.x12.  Signals: TERM drains
 * and stops, HUP reloads.
 */

#include "x12.h"


static xd_rc_t
start(xd_daemon_t *d, void **ctx)
{
    return desk_start(d, &x12_dialect, ctx);
}


int
main(int argc, char **argv)
{
    static const xd_daemon_spec_t spec = {
        .name = "xd-x12",
        .summary = "X12 interchanges to canonical documents and back",
        .schema = { desk_migrations },
        .does = { .work = desk_work },
        .start = start,
        .reload = desk_reload,
        .stop = desk_stop,
    };

    return xd_daemon_main(&spec, argc, argv);
}
