/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_DAEMON_DAEMON_H
#define XD_DAEMON_DAEMON_H

#include "relay/relay.h"
#include "web/server.h"

/*
 * What every daemon has: options, configuration, log, store, relay, control
 * socket (run/<process>.sock: GET /health, GET /metrics, and its own verbs),
 * signals (TERM and INT drain and stop, HUP reloads), privilege drop.  A
 * daemon's main() is one of these tables and one call.
 */

typedef struct xd_daemon_s xd_daemon_t;

/* One verb of the control socket: "GET /status/". */
typedef struct {
    const char *method;
    const char *prefix; /* of the path */
    void (*serve)(void *ctx, const xd_call_t *call, xd_reply_t *reply);
} xd_verb_t;

typedef struct {
    const char *name;    /* "xd-x12" */
    const char *summary; /* one line for --help */
    xd_store_schema_t schema;
    xd_relay_work_t does;
    const xd_verb_t *verbs; /* ends with a NULL method; or NULL */

    /* Makes the daemon's context once configuration, store and loop stand;
     * NULL ctx and XD_OK are fine. */
    xd_rc_t (*start)(xd_daemon_t *d, void **ctx);

    /* A new configuration was read; XD_OK takes it over. */
    xd_rc_t (*reload)(void *ctx, const xd_conf_t *conf, xd_report_t *rep);
    void (*stop)(void *ctx);
} xd_daemon_spec_t;

/*
 * xd_daemon_main - be that daemon until told to stop
 *
 * Options: -c FILE crossdock.yaml, -t check the configuration and end,
 * -V version, -h help.  Returns the exit status.
 */
int xd_daemon_main(const xd_daemon_spec_t *spec, int argc, char **argv);

/* Memory that lives as long as the daemon. */
xd_arena_t *xd_daemon_arena(xd_daemon_t *d);
xd_loop_t *xd_daemon_loop(xd_daemon_t *d);
xd_store_t *xd_daemon_store(xd_daemon_t *d);
const xd_conf_t *xd_daemon_conf(xd_daemon_t *d);
xd_metrics_t *xd_daemon_metrics(xd_daemon_t *d);

/* NULL until start has returned. */
xd_relay_t *xd_daemon_relay(xd_daemon_t *d);

#endif
