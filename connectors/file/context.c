/* SPDX-License-Identifier: BSD-2-Clause */

/* The life of xd-file's context: the calls of its daemon table. */

#include "context.h"

#include "base/log.h"
#include "file.h"


static void
log_findings(const xd_report_t *rep)
{
    for (size_t i = 0; i < rep->nkept; i++) {
        xd_log(XD_LOG_ERROR, XD_FIELDS({ "path", rep->kept[i].path }), "%.*s",
            XD_FMT(rep->kept[i].text));
    }
}


static xd_rc_t
load(file_t *f, const xd_conf_t *conf)
{
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, f->arena, 10);
    rc = file_settings_load(f, conf, &rep);
    log_findings(&rep);

    return rc == XD_OK ? file_watch_start(f) : rc;
}


xd_rc_t
file_start(xd_daemon_t *d, void **ctx)
{
    xd_arena_t *arena = xd_arena_new(0);
    file_t *f = arena == NULL ? NULL : xd_alloc(arena, sizeof(*f));
    xd_rc_t rc = XD_E_MEMORY;

    if (f == NULL) {
        xd_arena_free(arena);
        return rc;
    }

    f->arena = arena;
    f->notify = -1;
    f->daemon = d;
    f->loop = xd_daemon_loop(d);
    f->store = xd_daemon_store(d);
    f->metrics = xd_daemon_metrics(d);
    f->batch = xd_arena_new(0);
    f->bytes = xd_arena_new(0);

    if (f->batch != NULL && f->bytes != NULL) {
        rc = load(f, xd_daemon_conf(d));
    }
    if (rc != XD_OK) {
        file_stop(f);
        return rc;
    }
    *ctx = f;

    return XD_OK;
}


/* All folders are opened anew.  What lies in a work folder stays there, so a
 * partner whose work folder is changed must have nothing under way. */
xd_rc_t
file_reload(void *ctx, const xd_conf_t *conf, xd_report_t *rep)
{
    file_t *f = ctx;
    xd_rc_t rc = file_settings_load(f, conf, rep);

    return rc == XD_OK ? file_watch_start(f) : rc;
}


void
file_stop(void *ctx)
{
    file_t *f = ctx;

    file_watch_stop(f);
    file_settings_free(f);
    xd_arena_free(f->batch);
    xd_arena_free(f->bytes);
    xd_arena_free(f->arena);
}
