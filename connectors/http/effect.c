/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * One command, one effect.  A work is admitted by its destination's breaker,
 * waits for a place among those under way, is sent with its key, and ends by
 * the row of outcome_table.c that its answer fits.
 */

#include "http.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"

#define HEADERS 5


static void send_next(http_gate_t *gate, http_t *h);


/* -- the queue of a gate --------------------------------------------------- */

static void
enqueue(http_gate_t *gate, http_job_t *job)
{
    *gate->last = job;
    gate->last = &job->next;
}


static http_job_t *
dequeue(http_gate_t *gate)
{
    http_job_t *job = gate->first;

    gate->first = job->next;
    if (gate->first == NULL) {
        gate->last = &gate->first;
    }
    job->next = NULL;

    return job;
}


/* Gauges follow every change, so that a page is never older than the gate. */
static void
count_gate(http_t *h, const http_gate_t *gate)
{
    xd_metric_set(h->metrics, &http_breaker_open, gate->breaker.open,
        &gate->id);
    xd_metric_set(h->metrics, &http_under_way, gate->under_way, &gate->id);
}


/* -- what came of it ------------------------------------------------------- */

static void
count_outcome(const http_job_t *job)
{
    http_t *h = job->h;
    xd_str_t labels[] = { job->gate->id, xd_str(job->outcome->label) };

    xd_metric_add(h->metrics, &http_requests_total, 1, labels);
    xd_metric_observe(h->metrics, &http_request_seconds,
        xd_mono_ms() - job->sent_ms, &job->gate->id);
}


static void
judge_health(http_gate_t *gate, health_t health, int64_t pause_ms)
{
    int64_t now = xd_mono_ms();
    bool was_open = gate->breaker.open;

    switch (health) {
    case HEALTH_WELL:
        breaker_well(&gate->breaker);
        break;
    case HEALTH_SICK:
        breaker_sick(&gate->breaker, now);
        break;
    case HEALTH_BUSY:
        breaker_busy(&gate->breaker, now,
            pause_ms >= 0 ? pause_ms : gate->breaker.pause_ms);
        break;
    }

    if (was_open != gate->breaker.open) {
        xd_log(gate->breaker.open ? XD_LOG_WARN : XD_LOG_INFO,
            XD_FIELDS({ "system", gate->id }),
            gate->breaker.open ? "the breaker opened" : "the breaker closed");
    }
}


/* Says why, in words that a person finds in the hospital. */
static void
explain(http_job_t *job, const xd_web_answer_t *answer, xd_str_t said)
{
    const outcome_t *o = job->outcome;
    xd_arena_t *arena = job->w->arena;
    char code[32];

    if (answer->result == XD_WEB_ANSWERED) {
        (void) snprintf(code, sizeof(code), "http.%d", answer->status);
        job->reason = said.len > 0
                          ? xd_fmt(arena, "%d %s: %.*s", answer->status,
                              o->text, XD_FMT(said))
                          : xd_fmt(arena, "%d %s", answer->status, o->text);
    } else {
        (void) snprintf(code, sizeof(code), "http.%s", o->label);
        job->reason = xd_fmt(arena, "%s: %s", o->text, answer->error);
    }
    if (job->reason.ptr == NULL) {
        job->reason = xd_str(o->text);
    }

    xd_work_fail(job->w, code, "%.*s", XD_FMT(job->reason));
}


/* The job lives in the arena of its work: after this it is gone. */
static void
settle(http_job_t *job, int64_t pause_ms)
{
    switch (job->outcome->kind) {
    case OUTCOME_DONE:
        xd_work_finish(job->w, XD_WORK_DONE, http_delivery, job);
        return;
    case OUTCOME_AGAIN:
        if (pause_ms >= 0) {
            xd_work_retry_after(job->w, pause_ms);
        }
        xd_work_finish(job->w, XD_WORK_TRANSIENT, NULL, NULL);
        return;
    case OUTCOME_REFUSED:
    case OUTCOME_LOCKED_OUT:
        xd_work_finish(job->w, XD_WORK_PERMANENT, http_delivery, job);
        return;
    }
}


/* -- sending ------------------------------------------------------------- */

static xd_str_t
address(http_job_t *job)
{
    const http_target_t *t = job->gate->target;

    if (t->partner) {
        return t->url;
    }

    return xd_fmt(job->w->arena, "%.*s/%.*s", XD_FMT(t->url),
        XD_FMT(job->document));
}


/* The system's span is a child of ours: the trace goes on at its side. */
static size_t
headers_of(http_job_t *job, xd_web_header_t headers[HEADERS])
{
    const http_target_t *t = job->gate->target;
    const xd_message_t *m = job->w->message;
    xd_str_t trace = xd_trace_child(job->w->arena, job->w->trace);
    size_t n = 0;

    headers[n++] = (xd_web_header_t){ XD_STR("Idempotency-Key"),
        xd_uuid_str(&job->effect_key) };
    headers[n++] = (xd_web_header_t){ XD_STR("Content-Type"),
        t->partner && m->content_type.len > 0 ? m->content_type
                                              : XD_STR("application/json") };
    if (trace.len > 0) {
        headers[n++] = (xd_web_header_t){ XD_STR("traceparent"), trace };
    }
    if (t->header.len > 0) {
        headers[n++] = (xd_web_header_t){ t->header, t->secret };
    }

    return n;
}


static void on_answer(void *ctx, const xd_web_answer_t *answer);


/* XD_WORK_LATER when it is under way. */
static xd_work_rc_t
send_job(http_job_t *job)
{
    http_gate_t *gate = job->gate;
    xd_web_header_t headers[HEADERS];
    xd_web_request_t r = { .method = "POST",
        .url = address(job),
        .headers = headers,
        .nheaders = headers_of(job, headers),
        .body = job->w->message->body,
        .timeout_ms = gate->target->timeout_ms,
        .connect_ms = gate->target->connect_ms,
        .repeatable = true };
    xd_rc_t rc = r.url.ptr == NULL
                     ? XD_E_MEMORY
                     : xd_web_send(job->h->web, &r, on_answer, job);

    if (rc == XD_OK) {
        job->sent_ms = xd_mono_ms();
        gate->under_way++;
        count_gate(job->h, gate);
        return XD_WORK_LATER;
    }

    breaker_unused(&gate->breaker);
    if (rc == XD_E_CONF) {
        xd_work_fail(job->w, "http.address",
            "the address or the credentials of \"%.*s\" cannot be used",
            XD_FMT(gate->id));
        return XD_WORK_PERMANENT;
    }
    xd_work_fail(job->w, "http.memory", "no memory to send it");

    return XD_WORK_TRANSIENT;
}


/* A work that has its place: sent, or turned away without trying. */
static xd_work_rc_t
try_job(http_job_t *job)
{
    http_gate_t *gate = job->gate;
    int64_t now = xd_mono_ms();

    if (gate->target == NULL) {
        xd_work_fail(job->w, "http.destination",
            "\"%.*s\" is no longer configured", XD_FMT(gate->id));
        return XD_WORK_PERMANENT;
    }
    if (!breaker_admits(&gate->breaker, now)) {
        xd_work_not_tried(job->w, breaker_wait(&gate->breaker, now));
        xd_work_fail(job->w, "http.breaker",
            "\"%.*s\" counts as down; not tried", XD_FMT(gate->id));
        return XD_WORK_TRANSIENT;
    }

    return send_job(job);
}


/* A place became free, or the target is gone.  Those that the breaker turns
 * away take no place, so the queue may empty at once. */
static void
send_next(http_gate_t *gate, http_t *h)
{
    while (gate->first != NULL
           && (gate->target == NULL
               || gate->under_way < gate->target->concurrency))
    {
        http_job_t *job = dequeue(gate);
        xd_work_t *w = job->w;
        xd_work_rc_t rc = try_job(job);

        if (rc != XD_WORK_LATER) {
            xd_work_finish(w, rc, NULL, NULL);
        }
    }
    count_gate(h, gate);
}


/* A secret may have been changed under us: then once more, at once. */
static bool
sent_again(http_job_t *job)
{
    http_target_t *target = job->gate->target;

    if (job->outcome->kind != OUTCOME_LOCKED_OUT || job->reread
        || target == NULL || !http_target_reread(job->h, target))
    {
        return false;
    }
    job->reread = true;

    return send_job(job) == XD_WORK_LATER;
}


/* Health first: whoever is sent next is judged by what this one showed. */
static void
on_answer(void *ctx, const xd_web_answer_t *answer)
{
    http_job_t *job = ctx;
    http_gate_t *gate = job->gate;
    http_t *h = job->h;
    bool any = gate->target != NULL && gate->target->partner;
    outcome_answer_t said;

    outcome_read(answer, any, job->w->arena, &said);
    job->outcome = outcome_of(answer->result, answer->status, said.signs);
    job->foreign_id = said.id;

    gate->under_way--;
    count_outcome(job);
    judge_health(gate, job->outcome->health, answer->retry_after_ms);

    if (!sent_again(job)) {
        if (job->outcome->kind != OUTCOME_DONE) {
            explain(job, answer, said.text);
        }
        settle(job, answer->retry_after_ms);
    }
    send_next(gate, h);
}


xd_work_rc_t
http_work(void *ctx, xd_work_t *w)
{
    http_job_t *job = xd_alloc(w->arena, sizeof(*job));
    http_gate_t *gate;
    xd_rc_t rc;

    if (job == NULL) {
        xd_work_fail(w, "http.memory", "no memory for the command");
        return XD_WORK_TRANSIENT;
    }
    job->h = ctx;
    job->w = w;

    rc = http_command_read(job);
    if (rc != XD_OK) {
        return XD_WORK_PERMANENT;
    }

    gate = job->gate;
    if (gate->under_way >= gate->target->concurrency) {
        enqueue(gate, job);
        return XD_WORK_LATER;
    }

    return try_job(job);
}
