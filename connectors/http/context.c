/* SPDX-License-Identifier: BSD-2-Clause */

/* The life of xd-http's context: the calls of its daemon table. */

#include "context.h"

#include "base/log.h"
#include "http.h"


static void
log_findings(const xd_report_t *rep)
{
    for (size_t i = 0; i < rep->nkept; i++) {
        xd_log(XD_LOG_ERROR, XD_FIELDS({ "path", rep->kept[i].path }), "%.*s",
            XD_FMT(rep->kept[i].text));
    }
}


static xd_rc_t
load(http_t *h, const xd_conf_t *conf)
{
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, h->arena, 10);
    rc = http_targets_load(h, conf, &rep);
    log_findings(&rep);

    return rc;
}


xd_rc_t
http_start(xd_daemon_t *d, void **ctx)
{
    xd_arena_t *arena = xd_arena_new(0);
    http_t *h = arena != NULL ? xd_alloc(arena, sizeof(*h)) : NULL;
    xd_rc_t rc = XD_E_MEMORY;

    if (h == NULL) {
        xd_arena_free(arena);
        return rc;
    }

    h->arena = arena;
    h->loop = xd_daemon_loop(d);
    h->metrics = xd_daemon_metrics(d);
    h->by_id = xd_map_new(arena);
    h->web = xd_web_new(h->loop);

    if (h->by_id != NULL && h->web != NULL) {
        rc = load(h, xd_daemon_conf(d));
    }
    if (rc != XD_OK) {
        http_stop(h);
        return rc;
    }
    *ctx = h;

    return XD_OK;
}


/* Works under way keep their gates; only the settings behind these change. */
xd_rc_t
http_reload(void *ctx, const xd_conf_t *conf, xd_report_t *rep)
{
    return http_targets_load(ctx, conf, rep);
}


/* Works whose answer is still missing stay in the store as being worked on;
 * after the next start they are sent again, with the same key. */
void
http_stop(void *ctx)
{
    http_t *h = ctx;

    xd_web_free(h->web);
    xd_arena_free(h->settings);
    xd_arena_free(h->arena);
}
