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
 * What was refused, or cannot be mapped, becomes exception.opened.
 *
 * It alone owns the control numbers and the interchanges seen
 * (state/xd-x12.db): the same interchange again gets the same acknowledgement
 * again and nothing else; the same control number with other bytes goes to a
 * person.
 *
 * Settings: partners/<id>.yaml (edi, transport), limits.findings,
 * limits.message_memory.  Signals: TERM drains and stops, HUP reloads.
 */

#include "x12.h"

#include "daemon/daemon.h"


/* The parties of one configuration; nothing of it is kept on a fault. */
static xd_rc_t
take_conf(x12_t *x, const xd_conf_t *conf, xd_report_t *rep)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_registry_t *registry;
    xd_rc_t rc;

    if (arena == NULL) {
        return XD_E_MEMORY;
    }

    /* No key is ever looked up here, so the pepper stays unread. */
    rc = xd_registry_make(arena, conf, XD_STR(""), &registry, rep);
    if (rc != XD_OK) {
        xd_arena_free(arena);
        return rc;
    }

    xd_arena_free(x->arena);
    *x = (x12_t){
        .conf = conf,
        .arena = arena,
        .registry = registry,
        .archive = xd_conf_path(conf, "archive"),
        .identity = xd_text(conf->main, "name"),
        .findings = (size_t) xd_int(xd_get(conf->main, "limits"), "findings", 1,
            1000000, 1000),
    };

    return XD_OK;
}


static xd_rc_t
start(xd_daemon_t *d, void **ctx)
{
    x12_t *x = xd_alloc(xd_daemon_arena(d), sizeof(*x));
    xd_report_t rep;

    if (x == NULL) {
        return XD_E_MEMORY;
    }

    xd_report_init(&rep, NULL, 0);
    *ctx = x;

    return take_conf(x, xd_daemon_conf(d), &rep);
}


static xd_rc_t
reload(void *ctx, const xd_conf_t *conf, xd_report_t *rep)
{
    return take_conf(ctx, conf, rep);
}


static void
stop(void *ctx)
{
    x12_t *x = ctx;

    xd_arena_free(x->arena);
    x->arena = NULL;
}


int
main(int argc, char **argv)
{
    static const xd_daemon_spec_t spec = {
        .name = "xd-x12",
        .summary = "X12 interchanges to canonical documents and back",
        .schema = { x12_migrations },
        .does = { .work = x12_inbound },
        .start = start,
        .reload = reload,
        .stop = stop,
    };

    return xd_daemon_main(&spec, argc, argv);
}
