/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd-http - carries commands to systems, and bytes to partners, over HTTP
 *
 *   xd-http -c FILE   with this crossdock.yaml
 *   xd-http -t -c FILE   check the configuration and end
 *
 * It takes commands (http.<system>.<document>.<verb>.v1.pNN on xd.cmd) and
 * outgoing bytes (out.http.<party> on xd.raw), first into its own store, and
 * posts each with a key that stays the same at every repeat, in order per
 * business key and destination.  What came of it leaves as the fact
 * delivery.confirmed or delivery.refused.  What fails for now is tried again;
 * what a system refuses waits in the hospital.
 *
 * Files: systems/<id>.yaml and partners/<id>.yaml beside crossdock.yaml, the
 * secrets that they name, state/xd-http.db, run/xd-http.sock.
 *
 * Signals: TERM and INT finish what is under way and stop; HUP reads the
 * configuration and the secrets again.
 */

#include "context.h"
#include "http.h"

/* Works that may wait for their answer or for a place at once. */
#define WORKS 256


int
main(int argc, char **argv)
{
    static const xd_daemon_spec_t spec = {
        .name = "xd-http",
        .summary = "carries commands to systems and bytes to partners",
        .does = {
            .work = http_work,
            .lane = http_lane,
            .asynchronous = true,
            .concurrency = WORKS,
        },
        .start = http_start,
        .reload = http_reload,
        .stop = http_stop,
    };

    return xd_daemon_main(&spec, argc, argv);
}
