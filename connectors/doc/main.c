/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd-doc - posted documents, JSON or XML, to canonical facts
 *
 * Usage: xd-doc [-c crossdock.yaml] [-t] [-V] [-h]
 *
 * Takes documents from xd.q.doc.raw that a caller posted in canonical form
 * (the gateway checked them already), archives the bytes, writes their meta
 * (id, business key and its version, origin, causes) and publishes them as
 * facts: a sales-order becomes sales-order.created.  A document that does not
 * hold to its schema goes to the hospital with its place and reason.  XML from
 * xd.q.doc.xml is read by the map that knows its root element (conf/maps),
 * the party's own first.
 *
 * Settings: limits.findings, limits.message_memory.  Signals: TERM drains and
 * stops, HUP reloads.
 */

#include "doc.h"

#include <stdio.h>

#include "base/log.h"
#include "daemon/daemon.h"
#include "edi/shape.h"


/* The maps of one configuration; nothing of it is kept on a fault. */
static xd_rc_t
take_conf(doc_t *d, const xd_conf_t *conf, xd_report_t *rep)
{
    const xd_mappings_env_t env = { xd_conf_path(conf, "schemas"),
        xd_edi_shapes };
    xd_arena_t *arena = xd_arena_new(0);
    xd_mappings_t maps;
    xd_rc_t rc = arena == NULL
                     ? XD_E_MEMORY
                     : xd_mappings_load(arena, xd_conf_path(conf, "maps"), &env,
                         &maps, rep);

    if (rc != XD_OK) {
        xd_arena_free(arena);
        return rc;
    }

    xd_arena_free(d->arena);
    *d = (doc_t){
        .archive = xd_conf_path(conf, "archive"),
        .findings = (size_t) xd_int(xd_get(conf->main, "limits"), "findings", 1,
            1000000, 1000),
        .arena = arena,
        .maps = maps,
    };

    return XD_OK;
}


/* What keeps it from starting; at a reload the daemon tells. */
static void
told(void *ctx, const xd_finding_t *f)
{
    char line[12];

    (void) ctx;
    (void) snprintf(line, sizeof(line), "%u", f->line);
    xd_log(XD_LOG_ERROR,
        XD_FIELDS({ "file", f->path }, { "line", xd_str(line) },
            { "rule", xd_str(f->rule) }),
        "%.*s", XD_FMT(f->text));
}


static xd_rc_t
start(xd_daemon_t *d, void **ctx)
{
    doc_t *doc = xd_alloc(xd_daemon_arena(d), sizeof(*doc));
    xd_report_t rep;

    if (doc == NULL) {
        return XD_E_MEMORY;
    }

    *doc = (doc_t){ 0 };
    xd_report_init(&rep, NULL, 0);
    rep.sink = told;
    *ctx = doc;

    return take_conf(doc, xd_daemon_conf(d), &rep);
}


static xd_rc_t
reload(void *ctx, const xd_conf_t *conf, xd_report_t *rep)
{
    return take_conf(ctx, conf, rep);
}


static void
stop(void *ctx)
{
    doc_t *doc = ctx;

    xd_arena_free(doc->arena);
    doc->arena = NULL;
}


int
main(int argc, char **argv)
{
    static const xd_daemon_spec_t spec = {
        .name = "xd-doc",
        .summary = "posted documents, JSON or XML, to canonical facts",
        .does = { .work = doc_inbound },
        .start = start,
        .reload = reload,
        .stop = stop,
    };

    return xd_daemon_main(&spec, argc, argv);
}
