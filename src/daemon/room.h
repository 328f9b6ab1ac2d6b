/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_DAEMON_ROOM_H
#define XD_DAEMON_ROOM_H

#include "daemon/daemon.h"

/*
 * Inside of the daemon, for the files of this room and its tests only:
 *
 *   daemon.c     life: start, run, reload, stop
 *   options.c    the command line
 *   queues.c     what is consumed, from topology and routes
 *   control.c    the control socket
 *   privilege.c  folders, owners, who we are
 *   signals.c    signals as one more descriptor of the loop
 */

/* A configuration that was replaced; works under way may still look at it. */
typedef struct retired_s retired_t;
struct retired_s {
    xd_conf_t *conf;
    retired_t *next;
};

struct xd_daemon_s {
    const xd_daemon_spec_t *spec;
    xd_arena_t *arena;
    const char *path; /* of crossdock.yaml, as it was given */
    xd_conf_t *conf;
    retired_t *retired, *unused;
    xd_loop_t *loop;
    xd_store_t *store;
    xd_metrics_t *metrics;
    xd_relay_t *relay;
    xd_server_t *server;
    void *ctx;
    bool started;
    int signals;       /* descriptor; -1: none */
    volatile int stop; /* not 0: leave the loop */
    xd_vec_t allowed;  /* of uid_t: who may use the control socket */
    xd_timer_t sweep;
    const char *socket_path;
};

/* -- options.c ------------------------------------------------------------- */

typedef enum {
    DAEMON_RUN,
    DAEMON_CHECK,
    DAEMON_HELPED, /* help or version was printed */
    DAEMON_WRONG   /* what was wrong was printed */
} daemon_mode_t;

typedef struct {
    daemon_mode_t mode;
    const char *conf;
} daemon_options_t;

void options_read(const xd_daemon_spec_t *spec, int argc, char **argv,
    daemon_options_t *out);

/* Findings as lines for a person, "place: severity: sentence (rule)". */
void findings_print(const xd_report_t *rep);

/* -- queues.c -------------------------------------------------------------- */

/* The queues of a process: names of xd_str_t in arena.  XD_E_CONF with
 * findings when the routes cannot be compiled. */
XD_CHECKED xd_rc_t queues_make(xd_arena_t *arena, const char *process,
    const xd_conf_t *conf, xd_vec_t *out, xd_report_t *rep);

/* -- control.c ------------------------------------------------------------- */

XD_CHECKED xd_rc_t control_open(xd_daemon_t *d);

/* Who may use it, from control.allow; names that are none are logged. */
XD_CHECKED xd_rc_t control_allow(xd_daemon_t *d, const xd_conf_t *conf);
void control_serve(void *ctx, const xd_call_t *call, xd_reply_t *reply);

/* -- privilege.c ----------------------------------------------------------- */

/* Makes the folders that a daemon writes to. */
XD_CHECKED xd_rc_t folders_make(const xd_conf_t *conf);

/* Becomes `user` of the configuration, when there is one and we are root;
 * what was opened before is handed over. */
XD_CHECKED xd_rc_t privilege_drop(const xd_daemon_t *d);

/* -- signals.c ------------------------------------------------------------- */

XD_CHECKED xd_rc_t signals_open(xd_daemon_t *d);
void signals_close(xd_daemon_t *d);

/* A new configuration, whole or not at all: daemon.c. */
void daemon_reload(xd_daemon_t *d);

#endif
