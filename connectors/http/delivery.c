/* SPDX-License-Identifier: BSD-2-Clause */

/* The fact about a command that a system answered: done, or refused. */

#include "http.h"

#include "relay/outgoing.h"


xd_rc_t
http_delivery(void *ctx, xd_work_t *w)
{
    const http_job_t *job = ctx;
    const http_target_t *target = job->gate->target;
    const xd_delivered_t delivered = {
        .origin = xd_text(job->h->conf->main, "name"),
        .system = job->gate->id,
        .partner = target != NULL && target->partner,
        .document = job->document,
        .verb = job->verb,
        .key = job->key,
        .key_version = job->key_version,
        .doc_ref = job->doc_ref,
        .correlation_id = job->correlation_id,
        .foreign_id = job->foreign_id,
        .test = job->test,
        .confirmed = job->outcome->kind == OUTCOME_DONE,
        .reason = job->reason,
    };

    return xd_work_delivered(w, &delivered);
}
