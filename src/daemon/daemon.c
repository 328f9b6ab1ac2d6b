/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The life of a daemon.  Everything is opened before it says "up": what can
 * be wrong with configuration, store, secrets or socket ends the start with
 * a log line, and systemd sees the exit status.  A broker that is away is no
 * fault: the relay waits for it.
 */

#include "room.h"

#include <unistd.h>

#include "base/log.h"

#define FINDINGS_KEPT 100
#define DRAIN_MS      20000
#define SWEEP_MS      1000

/* Exit statuses, as of the command line tool. */
#define EXIT_GOOD   0
#define EXIT_FOUND  1
#define EXIT_UNABLE 2


xd_arena_t *
xd_daemon_arena(xd_daemon_t *d)
{
    return d->arena;
}


xd_loop_t *
xd_daemon_loop(xd_daemon_t *d)
{
    return d->loop;
}


xd_store_t *
xd_daemon_store(xd_daemon_t *d)
{
    return d->store;
}


const xd_conf_t *
xd_daemon_conf(xd_daemon_t *d)
{
    return d->conf;
}


xd_metrics_t *
xd_daemon_metrics(xd_daemon_t *d)
{
    return d->metrics;
}


xd_relay_t *
xd_daemon_relay(xd_daemon_t *d)
{
    return d->relay;
}

/* -- configuration --------------------------------------------------------- */

/* Reads and proves it; findings go to standard error. */
static xd_rc_t
conf_read(const xd_daemon_spec_t *spec, const char *path, xd_conf_t **out)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_vec_t queues = XD_VEC(xd_str_t);
    xd_report_t rep;
    xd_rc_t rc;

    *out = NULL;

    if (arena == NULL) {
        return XD_E_MEMORY;
    }

    xd_report_init(&rep, arena, FINDINGS_KEPT);
    rc = xd_conf_load(path, out, &rep);

    if (rc == XD_OK) {
        rc = queues_make(arena, spec->name, *out, &queues, &rep);
    }

    findings_print(&rep);

    if (rc != XD_OK) {
        xd_conf_free(*out);
        *out = NULL;
        xd_log(XD_LOG_ERROR, XD_FIELDS({ "path", xd_str(path) }),
            "the configuration cannot be used: %s", xd_rc_text(rc));
    }

    xd_arena_free(arena);

    return rc;
}


static void
log_level(const xd_daemon_t *d)
{
    xd_log_level_t level = XD_LOG_INFO;

    (void) xd_log_level_read(xd_text_at(d->conf->main, "log.level"), &level);
    xd_log_init(d->spec->name, level, STDERR_FILENO);
}


/* Keeps a configuration until nobody looks at it any more. */
static void
conf_retire(xd_daemon_t *d, xd_conf_t *conf)
{
    retired_t *r = d->unused;

    if (r != NULL) {
        d->unused = r->next;
    } else {
        r = xd_alloc(d->arena, sizeof(*r));
    }

    if (r == NULL) {
        return; /* kept for good: better than freed too early */
    }

    *r = (retired_t){ conf, d->retired };
    d->retired = r;
}


/* Nobody looks at replaced configurations any more. */
static void
conf_sweep(xd_daemon_t *d)
{
    while (d->retired != NULL) {
        retired_t *r = d->retired;

        xd_conf_free(r->conf);
        d->retired = r->next;
        r->next = d->unused;
        d->unused = r;
    }
}


/* Asynchronous works keep pointers into the configuration that they began
 * with; an idle moment is the end of all old ones. */
static void
sweep_fire(void *ctx)
{
    xd_daemon_t *d = ctx;

    if (xd_relay_busy(d->relay) == 0) {
        conf_sweep(d);
    }

    if (d->retired != NULL
        && xd_timer_set(d->loop, &d->sweep, SWEEP_MS) != XD_OK) {
        xd_log(XD_LOG_ERROR, NULL, "no memory for a timer");
    }
}


/* The relay's part and the daemon's own: both or none. */
static xd_rc_t
reload_parts(xd_daemon_t *d, const xd_conf_t *conf, xd_arena_t *arena,
    xd_report_t *rep)
{
    xd_vec_t queues = XD_VEC(xd_str_t);
    xd_rc_t rc = queues_make(arena, d->spec->name, conf, &queues, rep);

    rc = rc == XD_OK ? xd_relay_reload(d->relay, conf, &queues, rep) : rc;

    if (rc != XD_OK || d->spec->reload == NULL) {
        return rc;
    }

    rc = d->spec->reload(d->ctx, conf, rep);

    if (rc != XD_OK
        && xd_relay_reload(d->relay, d->conf, &queues, rep) != XD_OK) {
        /* It was good before, so only memory can be missing. */
        xd_log(XD_LOG_ERROR, NULL, "the old rules cannot be restored");
        d->stop = 1;
    }

    return rc;
}


/* The file as it was named at the start is read into a configuration of its
 * own; until every part has taken it, nothing points there. */
void
daemon_reload(xd_daemon_t *d)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_conf_t *conf = NULL;
    xd_report_t rep;
    xd_rc_t rc =
        arena == NULL ? XD_E_MEMORY : conf_read(d->spec, d->path, &conf);

    if (rc == XD_OK) {
        xd_report_init(&rep, arena, FINDINGS_KEPT);
        rc = reload_parts(d, conf, arena, &rep);
        findings_print(&rep);
    }

    if (rc == XD_OK) {
        conf_retire(d, d->conf);
        d->conf = conf;
        log_level(d);
        sweep_fire(d);
        rc = control_allow(d, conf);
    } else {
        xd_conf_free(conf);
    }

    xd_log(rc == XD_OK ? XD_LOG_INFO : XD_LOG_ERROR,
        XD_FIELDS({ "config", xd_str(d->conf->hash) }),
        rc == XD_OK ? "the new configuration is in use"
                    : "the old configuration stays in use");
    xd_arena_free(arena);
}

/* -- life ------------------------------------------------------------------ */

static xd_rc_t
store_make(xd_daemon_t *d)
{
    xd_str_t path = xd_fmt(d->arena, "%s/%s.db", xd_conf_path(d->conf, "state"),
        d->spec->name);

    return path.ptr == NULL
               ? XD_E_MEMORY
               : xd_store_open(path.ptr, &d->spec->schema, &d->store);
}


/* Last of what works: from here on inputs may come. */
static xd_rc_t
relay_make(xd_daemon_t *d)
{
    xd_relay_conf_t conf = {
        .loop = d->loop,
        .conf = d->conf,
        .store = d->store,
        .metrics = d->metrics,
        .process = d->spec->name,
        .does = &d->spec->does,
        .ctx = d->ctx,
    };
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, d->arena, 1);
    rc = queues_make(d->arena, d->spec->name, d->conf, &conf.queues, &rep);

    return rc == XD_OK ? xd_relay_new(&conf, &d->relay) : rc;
}


static xd_rc_t
owner_start(xd_daemon_t *d)
{
    xd_rc_t rc = d->spec->start == NULL ? XD_OK : d->spec->start(d, &d->ctx);

    d->started = rc == XD_OK;

    if (rc != XD_OK) {
        xd_log(XD_LOG_ERROR, NULL, "the daemon cannot start: %s",
            xd_rc_text(rc));
    }

    return rc;
}


/* Signals first: one that comes during the start is not lost. */
static xd_rc_t
daemon_open(xd_daemon_t *d)
{
    xd_rc_t rc;

    d->loop = xd_loop_new();
    d->metrics = xd_metrics_new(d->arena);
    if (d->loop == NULL || d->metrics == NULL) {
        return XD_E_MEMORY;
    }

    rc = signals_open(d);
    rc = rc == XD_OK ? folders_make(d->conf) : rc;
    rc = rc == XD_OK ? store_make(d) : rc;
    rc = rc == XD_OK ? owner_start(d) : rc;
    rc = rc == XD_OK ? relay_make(d) : rc;
    rc = rc == XD_OK ? control_allow(d, d->conf) : rc;
    rc = rc == XD_OK ? control_open(d) : rc;

    return rc == XD_OK ? privilege_drop(d) : rc;
}


/* In the order of who points into whom; parts that were never made are NULL
 * after a start that failed. */
static void
daemon_close(xd_daemon_t *d)
{
    xd_server_free(d->server);

    /* The owner before the works' memory, which it may point into. */
    if (d->started && d->spec->stop != NULL && d->ctx != NULL) {
        d->spec->stop(d->ctx);
    }

    xd_relay_free(d->relay);
    xd_store_close(d->store);

    if (d->loop != NULL) {
        xd_timer_clear(d->loop, &d->sweep);
        signals_close(d);
        xd_loop_free(d->loop);
    }

    conf_sweep(d);
    xd_conf_free(d->conf);
    xd_arena_free(d->arena);
}


static int
daemon_run(xd_daemon_t *d)
{
    xd_rc_t rc = daemon_open(d);

    if (rc == XD_OK) {
        xd_log(XD_LOG_INFO, XD_FIELDS({ "config", xd_str(d->conf->hash) }),
            "up");
        rc = xd_loop_run(d->loop, &d->stop);
        xd_relay_stop(d->relay, DRAIN_MS);
        xd_log(XD_LOG_INFO, NULL, "down");
    }

    daemon_close(d);

    return rc == XD_OK ? EXIT_GOOD : EXIT_UNABLE;
}


static int
daemon_begin(const xd_daemon_spec_t *spec, const char *path, xd_conf_t *conf)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_daemon_t *d = arena == NULL ? NULL : xd_alloc(arena, sizeof(*d));

    if (d == NULL) {
        xd_arena_free(arena);
        xd_conf_free(conf);
        return EXIT_UNABLE;
    }

    d->spec = spec;
    d->arena = arena;
    d->conf = conf;
    d->path = path;
    d->signals = -1;
    d->allowed = XD_VEC(uid_t);
    d->sweep = (xd_timer_t){ .fire = sweep_fire, .ctx = d };
    log_level(d);

    return daemon_run(d);
}


int
xd_daemon_main(const xd_daemon_spec_t *spec, int argc, char **argv)
{
    daemon_options_t options;
    xd_conf_t *conf;
    xd_rc_t rc;

    xd_log_init(spec->name, XD_LOG_INFO, STDERR_FILENO);
    options_read(spec, argc, argv, &options);

    if (options.mode == DAEMON_HELPED || options.mode == DAEMON_WRONG) {
        return options.mode == DAEMON_HELPED ? EXIT_GOOD : EXIT_UNABLE;
    }

    rc = conf_read(spec, options.conf, &conf);

    if (rc != XD_OK) {
        return rc == XD_E_CONF ? EXIT_FOUND : EXIT_UNABLE;
    }

    if (options.mode == DAEMON_CHECK) {
        xd_conf_free(conf);
        return EXIT_GOOD;
    }

    return daemon_begin(spec, options.conf, conf);
}
