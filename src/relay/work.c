/* SPDX-License-Identifier: BSD-2-Clause */

/* One message: its work, and what becomes of it when that fails. */

#include "room.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/log.h"


/* A held row keeps the lane that it was given: the rule may have changed
 * with a reload, and rows must not change their lane under way. */
static void
lane_find(work_t *w)
{
    xd_relay_t *relay = w->pub.relay;

    if (w->row.seq != 0) {
        w->pub.lane = w->row.lane;
    } else if (relay->does->lane != NULL) {
        w->pub.lane = relay->does->lane(relay->ctx, &w->message, w->pub.queue,
            w->pub.arena);
    } else {
        w->pub.lane = xd_header(&w->message, "xd-key");
    }
}


xd_rc_t
work_make(xd_relay_t *relay, xd_arena_t *arena, const xd_message_t *m,
    const xd_held_row_t *row, work_t *out)
{
    xd_str_t trace = xd_trace_accept(arena, xd_header(m, "traceparent"));

    *out = (work_t){
        .pub = {
            .relay = relay,
            .arena = arena,
            .queue = row->queue,
            .trace = xd_trace_child(arena, trace),
            .attempt = row->attempts + 1,
            .now_ms = xd_now_ms(),
            .seq = row->seq,
        },
        .message = *m,
        .row = *row,
        .retry_after = -1,
    };

    if (out->pub.trace.ptr == NULL) {
        return XD_E_MEMORY;
    }

    lane_find(out);

    return XD_OK;
}


/* The row of an input that is held for the first time. */
static xd_rc_t
row_add(work_t *w)
{
    xd_relay_t *relay = w->pub.relay;
    xd_held_row_t *row = &w->row;
    xd_rc_t rc;

    xd_buf_reset(&relay->props);
    xd_message_props_write(&relay->props, &w->message);
    rc = xd_buf_rc(&relay->props);
    if (rc != XD_OK) {
        return rc;
    }

    row->lane = w->pub.lane;
    row->message_id = w->message.message_id;
    row->exchange = w->message.exchange;
    row->routing_key = w->message.routing_key;
    row->props = xd_buf_str(&relay->props);
    row->body = w->message.body;
    row->first_ms = w->pub.now_ms;

    rc = xd_held_add(relay->store, row, &row->seq);

    if (rc == XD_E_CONFLICT) {
        /* Held for longer than `seen` remembers; it is the same message. */
        xd_log(XD_LOG_WARN, XD_FIELDS({ "msg_id", row->message_id }),
            "a message came that is held already");
        return XD_OK;
    }

    return rc;
}


/* Due at once: it is tried as soon as it is the head of its lane. */
xd_rc_t
work_hold(work_t *w)
{
    w->row.state = XD_HELD_WAITING;
    w->row.due_ms = w->pub.now_ms;

    return row_add(w);
}


/* Once a failure; the body is a partner's and stays out of the log. */
static void
failure_log(const work_t *w, const char *what)
{
    xd_log(XD_LOG_WARN,
        XD_FIELDS({ "msg_id", w->message.message_id }, { "key", w->pub.lane },
            { "queue", w->pub.queue }, { "rule", xd_str(w->code) },
            { "reason", xd_str(w->text) }),
        "%s", what);
}


static void
retry_count(const work_t *w)
{
    xd_relay_t *relay = w->pub.relay;
    char tier[24];
    xd_str_t label;

    (void) snprintf(tier, sizeof(tier), "%zu",
        retry_tier(&relay->rules->retry, w->pub.attempt));
    label = xd_str(tier);
    xd_metric_add(relay->metrics, &relay_retries, 1, &label);
}


/* State and time of the row after a failure.  What was not even tried (an
 * open breaker) uses up no attempt. */
static void
row_fail(work_t *w, bool ward)
{
    const retry_t *retry = &w->pub.relay->rules->retry;
    uint32_t chance;

    xd_random(&chance, sizeof(chance));

    w->row.attempts = w->pub.attempt - (w->not_tried ? 1 : 0);
    w->row.state = ward ? XD_HELD_WARD : XD_HELD_WAITING;
    w->row.due_ms =
        xd_now_ms()
        + retry_delay(retry, w->pub.attempt, w->retry_after, chance);
}


/* Not even tried, and not for the first time: that is no news.  The reasons
 * of real tries must not be pushed out by it. */
static xd_rc_t
put_off(work_t *w)
{
    row_fail(w, false);

    return xd_held_update(w->pub.relay->store, &w->row);
}


/* The row waits for its next try, or with the hospital; its own writes were
 * undone before, so this is all that the transaction keeps of the work. */
static xd_rc_t
failed(work_t *w, bool permanent, xd_buf_t *reasons)
{
    xd_relay_t *relay = w->pub.relay;
    bool ward =
        permanent
        || (!w->not_tried && retry_spent(&relay->rules->retry, w->pub.attempt));
    xd_rc_t rc;

    row_fail(w, ward);
    w->row.reasons = xd_buf_str(reasons);
    failure_log(w, ward ? "a message is handed to the hospital"
                        : "a message failed and will be tried again");

    rc = w->row.seq == 0 ? row_add(w) : xd_held_update(relay->store, &w->row);

    if (rc != XD_OK || !ward) {
        retry_count(w);
        return rc;
    }

    return ward_open(relay, &(case_t){ .message = &w->message,
                                .queue = w->pub.queue,
                                .lane = w->pub.lane,
                                .reasons = w->row.reasons,
                                .code = xd_str(w->code),
                                .text = xd_str(w->text),
                                .attempts = w->row.attempts,
                                .held = true });
}


xd_rc_t
work_settle(work_t *w, xd_work_rc_t rc)
{
    xd_relay_t *relay = w->pub.relay;
    xd_buf_t reasons = { 0 };
    xd_rc_t told;

    if (rc == XD_WORK_DONE) {
        return w->row.seq == 0 ? XD_OK
                               : xd_held_delete(relay->store, w->row.seq);
    }

    if (w->not_tried && w->row.reasons.len > 0) {
        return put_off(w);
    }

    if (w->code[0] == '\0') {
        xd_work_fail(&w->pub, "relay.unknown", "no reason was given");
    }

    xd_arena_reset(relay->aside);
    told = retry_reason(relay->aside, w->row.reasons, xd_now_ms(),
        xd_str(w->code), xd_str(w->text), &reasons);

    if (told == XD_OK) {
        told = failed(w, rc == XD_WORK_PERMANENT, &reasons);
    }

    xd_buf_free(&reasons);

    return told;
}


/* A full archive is no message's own fault.  Held without a lane, each would
 * come back when it likes, and a later one of its key before it. */
static xd_rc_t
stuck(work_t *w)
{
    if (w->code[0] == '\0') {
        xd_work_fail(&w->pub, "relay.stuck", "no reason was given");
    }

    failure_log(w, "a message cannot be worked on now");

    return XD_E_IO;
}


/* The savepoint lies around the work alone: what the relay itself writes
 * about the message, before and after, stays. */
xd_rc_t
work_run(work_t *w, xd_work_rc_t *done)
{
    xd_relay_t *relay = w->pub.relay;
    int64_t began = xd_mono_ms();
    xd_rc_t rc = xd_store_savepoint(relay->store);

    /* Here and not in work_make: the struct may have been copied since. */
    w->pub.message = &w->whole;
    *done = XD_WORK_TRANSIENT;

    if (rc != XD_OK) {
        return rc;
    }

    *done = body_load(w);
    if (*done == XD_WORK_DONE) {
        *done = relay->does->work(relay->ctx, &w->pub);
    }
    xd_metric_observe(relay->metrics, &relay_process_seconds,
        xd_mono_ms() - began, &w->pub.queue);

    if (*done == XD_WORK_LATER && !relay->does->asynchronous) {
        xd_work_fail(&w->pub, "relay.later", "the work cannot be put off");
        *done = XD_WORK_PERMANENT;
    }

    if (*done == XD_WORK_DONE) {
        rc = xd_store_release(relay->store);
    } else {
        xd_store_undo(relay->store);
    }

    if (*done == XD_WORK_STUCK && !relay->does->asynchronous) {
        return stuck(w);
    }

    return rc != XD_OK || *done == XD_WORK_LATER ? rc : work_settle(w, *done);
}


void
xd_work_fail(xd_work_t *w, const char *code, const char *format, ...)
{
    work_t *self = (work_t *) w;
    va_list args;

    (void) snprintf(self->code, sizeof(self->code), "%s", code);

    va_start(args, format);
    /* The analyser of clang 14 does not see va_start in a variadic function
     * that it enters from a caller. NOLINTNEXTLINE(clang-analyzer-valist*) */
    (void) vsnprintf(self->text, sizeof(self->text), format, args);
    va_end(args);
}


void
xd_work_retry_after(xd_work_t *w, int64_t ms)
{
    ((work_t *) w)->retry_after = ms;
}


void
xd_work_not_tried(xd_work_t *w, int64_t ms)
{
    work_t *self = (work_t *) w;

    self->not_tried = true;
    self->retry_after = ms;
}


xd_store_t *
xd_work_store(xd_work_t *w)
{
    return w->relay->store;
}


const xd_conf_t *
xd_work_conf(xd_work_t *w)
{
    return w->relay->rules->conf;
}
