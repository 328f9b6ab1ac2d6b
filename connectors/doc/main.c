/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd-doc - posted JSON documents to canonical facts
 *
 * Usage: xd-doc [-c crossdock.yaml] [-t] [-V] [-h]
 *
 * Takes documents from xd.q.doc.raw that a caller posted in canonical form
 * (the gateway checked them already), archives the bytes, writes their meta
 * (id, business key and its version, origin, causes) and publishes them as
 * facts: a sales-order becomes sales-order.created.  A document that does not
 * hold to its schema goes to the hospital with its place and reason.
 *
 * Settings: limits.findings, limits.message_memory.  Signals: TERM drains and
 * stops, HUP reloads.
 */

#include "doc.h"

#include "daemon/daemon.h"


static void
take_conf(doc_t *d, const xd_conf_t *conf)
{
    *d = (doc_t){
        .archive = xd_conf_path(conf, "archive"),
        .findings = (size_t) xd_int(xd_get(conf->main, "limits"), "findings", 1,
            1000000, 1000),
    };
}


static xd_rc_t
start(xd_daemon_t *d, void **ctx)
{
    doc_t *doc = xd_alloc(xd_daemon_arena(d), sizeof(*doc));

    if (doc == NULL) {
        return XD_E_MEMORY;
    }

    take_conf(doc, xd_daemon_conf(d));
    *ctx = doc;

    return XD_OK;
}


static xd_rc_t
reload(void *ctx, const xd_conf_t *conf, xd_report_t *rep)
{
    (void) rep;
    take_conf(ctx, conf);

    return XD_OK;
}


int
main(int argc, char **argv)
{
    static const xd_daemon_spec_t spec = {
        .name = "xd-doc",
        .summary = "posted JSON documents to canonical facts",
        .does = { .work = doc_inbound },
        .start = start,
        .reload = reload,
    };

    return xd_daemon_main(&spec, argc, argv);
}
