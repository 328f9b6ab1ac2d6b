/* SPDX-License-Identifier: BSD-2-Clause */

/* The fact about a command that a system answered: done, or refused. */

#include "http.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "canon/document.h"


/*
 * A command is confirmed once, but may be refused, mended, and refused again:
 * those are facts of their own.
 */
static xd_uuid_t
fact_id(const http_job_t *job, bool confirmed)
{
    char attempt[16];

    if (confirmed) {
        return XD_UUID5(XD_STR("delivery"), job->w->message->message_id);
    }
    snprintf(attempt, sizeof(attempt), "%u", job->w->attempt);

    return XD_UUID5(XD_STR("delivery"), job->w->message->message_id,
        XD_STR("refused"), xd_str(attempt));
}


static void
put_business(const http_job_t *job, xd_node_t *doc, xd_str_t id, xd_str_t at)
{
    xd_arena_t *arena = job->w->arena;
    bool confirmed = job->outcome->kind == OUTCOME_DONE;

    xd_put_str(arena, doc, "deliveryId", id);
    xd_put_str(arena, doc, "system", job->gate->id);
    xd_put_str(arena, doc, "document", job->document);
    xd_put_str(arena, doc, "verb", job->verb);
    xd_put_str(arena, doc, "key", job->key);
    xd_put_str(arena, doc, "docRef", job->doc_ref);
    if (confirmed && job->foreign_id.len > 0) {
        xd_put_str(arena, doc, "foreignId", job->foreign_id);
    }
    xd_put_str(arena, doc, "status",
        confirmed ? XD_STR("confirmed") : XD_STR("refused"));
    xd_put_num(arena, doc, "attempts", job->w->attempt);
    xd_put_str(arena, doc, "at", at);
    if (!confirmed) {
        xd_put_str(arena, doc, "reason", job->reason);
    }
}


/* Caused by the command, in the story of the document that it carried. */
static xd_node_t *
put_meta(const http_job_t *job, xd_node_t *doc, xd_str_t id, xd_str_t at)
{
    xd_arena_t *arena = job->w->arena;
    bool confirmed = job->outcome->kind == OUTCOME_DONE;
    bool partner = job->gate->target != NULL && job->gate->target->partner;
    xd_meta_t meta = { .document = XD_STR("delivery"),
        .event = confirmed ? XD_STR("confirmed") : XD_STR("refused"),
        .id = id,
        .key = xd_fmt(arena, "delivery:%.*s:%.*s", XD_FMT(job->gate->id),
            XD_FMT(job->key)),
        .key_version = job->key_version,
        .occurred_at = at,
        .recorded_at = at,
        .system = xd_text(job->h->conf->main, "name"),
        .partner = partner ? job->gate->id : XD_STR_NONE,
        .correlation_id = job->correlation_id,
        .causation_id = job->w->message->message_id,
        .test = job->test };

    return meta.key.ptr == NULL ? NULL : xd_meta_put(arena, doc, &meta);
}


static void
log_findings(const xd_report_t *rep)
{
    for (size_t i = 0; i < rep->nkept; i++) {
        xd_log(XD_LOG_ERROR,
            XD_FIELDS({ "path", rep->kept[i].path },
                { "text", rep->kept[i].text }),
            "a delivery is not as its schema says");
    }
}


xd_rc_t
http_delivery(void *ctx, xd_work_t *w)
{
    http_job_t *job = ctx;
    xd_node_t *doc = xd_node_new(w->arena, XD_OBJECT);
    xd_uuid_t *id = xd_alloc(w->arena, sizeof(*id));
    char *at = xd_alloc(w->arena, XD_INSTANT_LEN + 1);
    xd_report_t rep;
    xd_rc_t rc;

    if (doc == NULL || id == NULL || at == NULL) {
        return XD_E_MEMORY;
    }
    *id = fact_id(job, job->outcome->kind == OUTCOME_DONE);
    xd_instant_write(xd_now_ms(), at);

    put_business(job, doc, xd_uuid_str(id), xd_str(at));
    if (put_meta(job, doc, xd_uuid_str(id), xd_str(at)) == NULL) {
        return XD_E_MEMORY;
    }

    xd_report_init(&rep, w->arena, 10);
    rc = xd_work_fact(w, doc, &rep);
    log_findings(&rep);

    return rc;
}
