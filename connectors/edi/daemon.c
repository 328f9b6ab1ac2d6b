/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The daemon of a dialect: its configuration with the maps, and the clock that
 * looks at deadlines and old rows.
 */

#include "desk.h"

#include <stdio.h>

#include "base/log.h"
#include "edi/shape.h"

#define LOOK_MS     1000 /* between looks at the deadlines */
#define PRUNE_MOST  200  /* rows of a kind, at each look */
#define RETAIN_MS   ((int64_t) 730 * 24 * 3600 * 1000)
#define LOOK_MEMORY ((size_t) 1 << 20)


typedef xd_rc_t look_fn(const desk_dialect_t *dialect, xd_store_t *store,
    xd_arena_t *arena, int64_t now_ms, xd_vec_t *messages);


/* -- configuration --------------------------------------------------------- */


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


/* The guides of every partner that has some, compiled. */
static xd_rc_t
guides_make(xd_arena_t *arena, const xd_conf_t *conf, xd_map_t **out,
    xd_report_t *rep)
{
    xd_rc_t rc = XD_OK;

    *out = xd_map_new(arena);
    if (*out == NULL) {
        return XD_E_MEMORY;
    }

    xd_each (partner, conf->partners) {
        const xd_node_t *names = xd_get(xd_get(partner, "edi"), "guides");
        xd_guides_t *guides = xd_alloc(arena, sizeof(*guides));

        if (rc != XD_OK || names == NULL) {
            continue;
        }

        rc = guides != NULL ? xd_guides_compile(arena, conf->guides, names,
                 "guides", guides, rep)
                            : XD_E_MEMORY;
        if (rc == XD_OK) {
            rc = xd_map_put(*out, partner->key, guides, NULL);
        }
    }

    return rc;
}


/* The parties, maps and guides of one configuration; nothing of it is kept on a
 * fault. */
static xd_rc_t
take_conf(desk_t *x, const xd_conf_t *conf, xd_report_t *rep)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_registry_t *registry;
    xd_mappings_t maps;
    xd_map_t *guides;
    xd_rc_t rc;

    if (arena == NULL) {
        return XD_E_MEMORY;
    }

    /* No key is ever looked up here, so the pepper stays unread. */
    rc = xd_registry_make(arena, conf, XD_STR(""), &registry, rep);
    rc = rc == XD_OK ? load_maps(arena, conf, &maps, rep) : rc;
    rc = rc == XD_OK ? guides_make(arena, conf, &guides, rep) : rc;
    if (rc != XD_OK) {
        xd_arena_free(arena);
        return rc;
    }

    xd_arena_free(x->arena);
    x->conf = conf;
    x->arena = arena;
    x->registry = registry;
    x->maps = maps;
    x->guides = guides;
    x->archive = xd_conf_path(conf, "archive");
    x->retain_ms = xd_conf_ms(conf->main, x->dialect->retention, RETAIN_MS);
    x->identity = xd_text(conf->main, "name");
    x->findings = (size_t) xd_int(xd_get(conf->main, "limits"), "findings", 1,
        1000000, 1000);

    return XD_OK;
}


/* What is older than anybody asks for.  A store that fails is the relay's to
 * tell, whose tick looks at it too. */
static void
prune(const desk_t *x)
{
    xd_store_t *store = xd_daemon_store(x->daemon);

    if (xd_store_begin(store) != XD_OK) {
        return;
    }

    if (desk_prune(store, xd_now_ms() - x->retain_ms, PRUNE_MOST) != XD_OK
        || xd_store_commit(store) != XD_OK)
    {
        xd_store_rollback(store);
    }
}


/* What has to be done at a time becomes an input of the relay.  What fails here
 * is tried again at the next turn; the relay logs why. */
static void
inject(const desk_t *x, xd_relay_t *relay, look_fn *look, const char *source)
{
    xd_arena_t *arena = xd_arena_new(LOOK_MEMORY);
    xd_vec_t messages = XD_VEC(xd_message_t);

    if (arena != NULL
        && look(x->dialect, xd_daemon_store(x->daemon), arena, xd_now_ms(),
               &messages)
               == XD_OK
        && messages.count > 0)
    {
        (void) !xd_relay_inject(relay, XD_AT(&messages, xd_message_t, 0),
            messages.count, xd_str(source));
    }

    xd_arena_free(arena);
}


static void
tick(void *ctx)
{
    desk_t *x = ctx;
    xd_relay_t *relay = xd_daemon_relay(x->daemon);

    if (relay != NULL && xd_relay_takes(relay)) {
        inject(x, relay, desk_due_messages, "due");
        inject(x, relay, desk_batch_messages, "batch");
        prune(x);
    }

    (void) !xd_timer_set(xd_daemon_loop(x->daemon), &x->timer, LOOK_MS);
}


static xd_rc_t
clock_start(desk_t *x, xd_daemon_t *d)
{
    x->daemon = d;
    x->timer = (xd_timer_t){ .fire = tick, .ctx = x };

    return xd_timer_set(xd_daemon_loop(d), &x->timer, LOOK_MS);
}


static void
clock_stop(desk_t *x)
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


xd_rc_t
desk_start(xd_daemon_t *d, const desk_dialect_t *dialect, void **ctx)
{
    desk_t *x = xd_alloc(xd_daemon_arena(d), sizeof(*x));
    xd_report_t rep;
    xd_rc_t rc;

    if (x == NULL) {
        return XD_E_MEMORY;
    }

    *x = (desk_t){ .dialect = dialect };
    xd_report_init(&rep, NULL, 0);
    rep.sink = told;
    *ctx = x;
    rc = take_conf(x, xd_daemon_conf(d), &rep);

    return rc == XD_OK ? clock_start(x, d) : rc;
}


xd_rc_t
desk_reload(void *ctx, const xd_conf_t *conf, xd_report_t *rep)
{
    return take_conf(ctx, conf, rep);
}


void
desk_stop(void *ctx)
{
    desk_t *x = ctx;

    clock_stop(x);
    xd_arena_free(x->arena);
    x->arena = NULL;
}
