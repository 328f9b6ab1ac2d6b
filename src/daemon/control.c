/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The control socket: any local user may connect, and who it is decides.
 * The kernel says so (SO_PEERCRED), not the caller.
 */

#include "room.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

#include "base/log.h"

#define SOCKET_MODE 0666
#define BODY_MAX    ((size_t) 16 << 20) /* a mended body, in base64 */


static void
serve_health(void *ctx, const xd_call_t *call, xd_reply_t *reply)
{
    xd_daemon_t *d = ctx;

    (void) call;
    xd_relay_health(d->relay, &reply->body);
}


/* By the name that Prometheus' own clients give it. */
static void
memory_write(xd_buf_t *out)
{
    unsigned long long all, resident;
    FILE *f = fopen("/proc/self/statm", "re");

    if (f == NULL) {
        return;
    }

    if (fscanf(f, "%llu %llu", &all, &resident) == 2) {
        xd_buf_fmt(out,
            "# TYPE process_resident_memory_bytes gauge\n"
            "process_resident_memory_bytes %llu\n",
            resident * (unsigned long long) sysconf(_SC_PAGESIZE));
    }

    (void) fclose(f);
}


static void
serve_metrics(void *ctx, const xd_call_t *call, xd_reply_t *reply)
{
    xd_daemon_t *d = ctx;

    (void) call;
    reply->type = "text/plain; version=0.0.4";
    xd_metrics_write(d->metrics, &reply->body);
    memory_write(&reply->body);
}


/* Of every daemon; their context is the daemon itself. */
static const xd_verb_t common_verbs[] = {
    { "GET", "/health", serve_health },
    { "GET", "/metrics", serve_metrics },
    { NULL, NULL, NULL },
};


/* A prefix that ends with '/' stands for all below it, another for itself. */
static bool
path_fits(xd_str_t path, const char *prefix)
{
    xd_str_t p = xd_str(prefix);

    return p.ptr[p.len - 1] == '/' ? xd_str_starts(path, p)
                                   : xd_str_eq(path, p);
}


/* The verb, or NULL; *known when only the method is another. */
static const xd_verb_t *
verb_find(const xd_verb_t *verb, const xd_call_t *call, bool *known)
{
    for (; verb != NULL && verb->method != NULL; verb++) {
        if (!path_fits(call->path, verb->prefix)) {
            continue;
        }

        *known = true;
        if (strcmp(call->method, verb->method) == 0) {
            return verb;
        }
    }

    return NULL;
}


/* Root and our own user always may; a call without a peer never. */
static bool
is_allowed(const xd_daemon_t *d, uid_t uid)
{
    if (uid == (uid_t) -1) {
        return false;
    }

    if (uid == 0 || uid == geteuid()) {
        return true;
    }

    for (size_t i = 0; i < d->allowed.count; i++) {
        if (*XD_AT(&d->allowed, uid_t, i) == uid) {
            return true;
        }
    }

    return false;
}


/* First who asks, then what for: a stranger learns no paths. */
void
control_serve(void *ctx, const xd_call_t *call, xd_reply_t *reply)
{
    xd_daemon_t *d = ctx;
    bool known = false;
    const xd_verb_t *verb;

    if (!is_allowed(d, call->uid)) {
        xd_reply_problem(reply, 403, "forbidden",
            "This user may not use the control socket; see control.allow.");
        return;
    }

    verb = verb_find(common_verbs, call, &known);
    if (verb != NULL) {
        verb->serve(d, call, reply);
        return;
    }

    verb = verb_find(d->spec->verbs, call, &known);
    if (verb != NULL) {
        verb->serve(d->ctx, call, reply);
        return;
    }

    if (known) {
        xd_reply_problem(reply, 405, "method-not-allowed",
            "This path is served, but not by this method.");
        return;
    }

    xd_reply_problem(reply, 404, "not-found", "There is no such path.");
}


/* Looked up once a configuration: names are turned into ids here, so that a
 * call never waits for the user database. */
xd_rc_t
control_allow(xd_daemon_t *d, const xd_conf_t *conf)
{
    d->allowed.count = 0;

    xd_each (name, xd_get(xd_get(conf->main, "control"), "allow")) {
        xd_str_t text = xd_dup(d->arena, name->text);
        const struct passwd *user;
        uid_t *uid;

        if (text.ptr == NULL) {
            return XD_E_MEMORY;
        }

        user = getpwnam(text.ptr);
        if (user == NULL) {
            xd_log(XD_LOG_WARN, XD_FIELDS({ "user", text }),
                "control.allow names a user that this machine does not know");
            continue;
        }

        uid = xd_vec_push(&d->allowed, d->arena);
        if (uid == NULL) {
            return XD_E_MEMORY;
        }

        *uid = user->pw_uid;
    }

    return XD_OK;
}


xd_rc_t
control_open(xd_daemon_t *d)
{
    const char *run = xd_conf_path(d->conf, "run");
    xd_server_conf_t conf = { .mode = SOCKET_MODE, .body_max = BODY_MAX };
    xd_rc_t rc;

    d->socket_path =
        xd_fmt(d->arena, "%s/%s.sock", run == NULL ? "." : run, d->spec->name)
            .ptr;
    if (d->socket_path == NULL) {
        return XD_E_MEMORY;
    }

    conf.unix_path = d->socket_path;
    rc = xd_server_new(d->loop, &conf, control_serve, d, &d->server);

    if (rc != XD_OK) {
        xd_log(XD_LOG_ERROR, XD_FIELDS({ "path", xd_str(d->socket_path) }),
            "the control socket cannot be opened: %m");
    }

    return rc;
}
