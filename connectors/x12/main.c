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
 * Settings: partners/<id>.yaml (edi, transport), limits.findings,
 * limits.message_memory, retention.x12.  Signals: TERM drains and stops, HUP
 * reloads.
 */

#include "x12.h"

#include <stdio.h>

#include "base/log.h"
#include "edi/shape.h"

#define LOOK_MS     1000 /* between looks at the deadlines */
#define PRUNE_MOST  200  /* rows of a kind, at each look */
#define RETAIN_MS   ((int64_t) 730 * 24 * 3600 * 1000)
#define LOOK_MEMORY ((size_t) 1 << 20)


static xd_rc_t
load_maps(xd_arena_t *arena, const xd_conf_t *conf, xd_mappings_t *maps,
    xd_report_t *rep)
{
    const xd_mappings_env_t env = { xd_conf_path(conf, "schemas"),
        xd_edi_shapes };
    xd_rc_t rc =
        xd_mappings_load(arena, xd_conf_path(conf, "maps"), &env, maps, rep);

    if (rc == XD_E_IO) {
        xd_report(rep,
            &(xd_finding_t){ .severity = XD_ERROR,
                .scope = XD_SCOPE_FILE,
                .rule = "map.file",
                .path = xd_str(xd_conf_path(conf, "maps")),
                .text = XD_STR("The maps cannot be read from this folder.") });
        rc = XD_E_CONF;
    }

    return rc;
}


/* The parties and maps of one configuration; nothing of it is kept on a fault.
 */
static xd_rc_t
take_conf(x12_t *x, const xd_conf_t *conf, xd_report_t *rep)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_registry_t *registry;
    xd_mappings_t maps;
    xd_rc_t rc;

    if (arena == NULL) {
        return XD_E_MEMORY;
    }

    /* No key is ever looked up here, so the pepper stays unread. */
    rc = xd_registry_make(arena, conf, XD_STR(""), &registry, rep);
    rc = rc == XD_OK ? load_maps(arena, conf, &maps, rep) : rc;
    if (rc != XD_OK) {
        xd_arena_free(arena);
        return rc;
    }

    xd_arena_free(x->arena);
    x->conf = conf;
    x->arena = arena;
    x->registry = registry;
    x->maps = maps;
    x->archive = xd_conf_path(conf, "archive");
    x->retain_ms = xd_conf_ms(conf->main, "retention.x12", RETAIN_MS);
    x->identity = xd_text(conf->main, "name");
    x->findings = (size_t) xd_int(xd_get(conf->main, "limits"), "findings", 1,
        1000000, 1000);

    return XD_OK;
}


/* What is older than anybody asks for.  A store that fails is the relay's to
 * tell, whose tick looks at it too. */
static void
prune(const x12_t *x)
{
    xd_store_t *store = xd_daemon_store(x->daemon);

    if (xd_store_begin(store) != XD_OK) {
        return;
    }

    if (x12_prune(store, xd_now_ms() - x->retain_ms, PRUNE_MOST) != XD_OK
        || xd_store_commit(store) != XD_OK)
    {
        xd_store_rollback(store);
    }
}


/* What fails here is tried again at the next turn; the relay logs why. */
static void
tick(void *ctx)
{
    x12_t *x = ctx;
    xd_relay_t *relay = xd_daemon_relay(x->daemon);
    xd_arena_t *arena = xd_arena_new(LOOK_MEMORY);
    xd_vec_t messages = XD_VEC(xd_message_t);

    if (arena != NULL && relay != NULL && xd_relay_takes(relay)
        && x12_due_messages(xd_daemon_store(x->daemon), arena, xd_now_ms(),
               &messages)
               == XD_OK
        && messages.count > 0)
    {
        (void) !xd_relay_inject(relay, XD_AT(&messages, xd_message_t, 0),
            messages.count, XD_STR("x12.due"));
    }

    xd_arena_free(arena);

    if (relay != NULL && xd_relay_takes(relay)) {
        prune(x);
    }

    (void) !xd_timer_set(xd_daemon_loop(x->daemon), &x->timer, LOOK_MS);
}


static xd_rc_t
clock_start(x12_t *x, xd_daemon_t *d)
{
    x->daemon = d;
    x->timer = (xd_timer_t){ .fire = tick, .ctx = x };

    return xd_timer_set(xd_daemon_loop(d), &x->timer, LOOK_MS);
}


static void
clock_stop(x12_t *x)
{
    if (x->daemon != NULL) {
        xd_timer_clear(xd_daemon_loop(x->daemon), &x->timer);
    }
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
    x12_t *x = xd_alloc(xd_daemon_arena(d), sizeof(*x));
    xd_report_t rep;
    xd_rc_t rc;

    if (x == NULL) {
        return XD_E_MEMORY;
    }

    *x = (x12_t){ 0 };
    xd_report_init(&rep, NULL, 0);
    rep.sink = told;
    *ctx = x;
    rc = take_conf(x, xd_daemon_conf(d), &rep);

    return rc == XD_OK ? clock_start(x, d) : rc;
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

    clock_stop(x);
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
        .does = { .work = x12_work },
        .start = start,
        .reload = reload,
        .stop = stop,
    };

    return xd_daemon_main(&spec, argc, argv);
}
