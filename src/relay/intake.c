/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Deliveries gather while the loop serves the socket, and are taken when it
 * comes round: one transaction, one acknowledgement.  The prefetch bounds
 * how many they can be.
 */

#include "room.h"

#include "base/clock.h"
#include "base/log.h"
#include "store/seen.h"


static const source_t *
source_of(const xd_relay_t *relay, uint32_t consumer)
{
    for (size_t i = 0; i < relay->sources.count; i++) {
        const source_t *s = XD_AT(&relay->sources, source_t, i);

        if (s->consuming && s->consumer == consumer) {
            return s;
        }
    }

    return NULL;
}


void
intake_delivery(void *ctx, const xd_delivery_t *d)
{
    xd_relay_t *relay = ctx;
    const source_t *source = source_of(relay, d->consumer);
    input_t *in;

    /* Of a consumer just cancelled: the link gives it back. */
    if (source == NULL) {
        return;
    }

    in = xd_vec_push(&relay->batch, relay->batch_arena);

    if (in == NULL
        || xd_message_copy(relay->batch_arena, &d->message, &in->message)
               != XD_OK)
    {
        xd_log(XD_LOG_ERROR, NULL, "no memory for a delivery");
        relay->batch.count -= in != NULL;
        pressure_set(relay, PRESSURE_STORE);
        return;
    }

    in->tag = d->tag;
    in->queue = source->queue;
    in->release = source->release;
    relay_soon(relay, &relay->turn, 0);
}


static void
count_input(xd_relay_t *relay, const input_t *in, const char *outcome)
{
    const xd_str_t labels[] = { in->queue, relay_document(&in->message),
        xd_str(outcome) };

    xd_metric_add(relay->metrics, &relay_consumed, 1, labels);
}


/* A new message: behind others of its lane, into held, or worked on now. */
static xd_rc_t
take_new(xd_relay_t *relay, const input_t *in)
{
    const xd_held_row_t row = { .queue = in->queue };
    xd_work_rc_t done;
    work_t w;
    xd_rc_t rc;

    xd_arena_reset(relay->work_arena);
    rc = work_make(relay, relay->work_arena, &in->message, &row, &w);
    if (rc != XD_OK) {
        return rc == XD_E_MEMORY ? ward_refuse(relay, in, "relay.memory",
                   "the message needs more than limits.message_memory")
                                 : rc;
    }

    rc = relay->does->asynchronous ? XD_OK
                                   : xd_held_lane(relay->store, w.pub.lane);

    if (rc == XD_OK) {
        count_input(relay, in, "held");
        return work_hold(&w);
    }

    if (rc != XD_E_NOT_FOUND) {
        return rc;
    }

    rc = work_run(&w, &done);
    count_input(relay, in, done == XD_WORK_DONE ? "done" : "failed");

    return rc;
}


/* `seen` comes first, so that whatever becomes of a message, it becomes of it
 * once; a body that differs under the same id is nobody's to decide here. */
xd_rc_t
intake_take(xd_relay_t *relay, const input_t *in)
{
    uint8_t hash[XD_SHA256_LEN];
    xd_rc_t rc;

    if (in->message.message_id.len == 0) {
        count_input(relay, in, "refused");
        return ward_refuse(relay, in, "relay.no-id",
            "the message has no message-id, so a repeat could not be told");
    }

    body_hash(&in->message, hash);
    rc = xd_seen(relay->store, in->message.message_id, hash, xd_now_ms());

    switch (rc) {

    case XD_OK:
        return in->release ? release_take(relay, in) : take_new(relay, in);

    case XD_E_AGAIN:
        xd_metric_add(relay->metrics, &relay_dedupe, 1, NULL);
        count_input(relay, in, "repeat");
        return XD_OK;

    case XD_E_CONFLICT:
        count_input(relay, in, "refused");
        return ward_refuse(relay, in, "relay.conflict",
            "this message-id came before with another body");

    default:
        return rc;
    }
}


/* The end of a transaction that took inputs; all or none: a fault here is the
 * store's, and no message's own. */
static xd_rc_t
take_end(xd_relay_t *relay, xd_rc_t rc)
{
    if (rc != XD_OK) {
        xd_store_rollback(relay->store);
        return rc;
    }

    crash_at(&relay->crash, CRASH_BEFORE_COMMIT);
    rc = relay_commit(relay);

    if (rc == XD_OK) {
        crash_at(&relay->crash, CRASH_AFTER_COMMIT);
    }

    return rc;
}


static xd_rc_t
take_all(xd_relay_t *relay)
{
    xd_rc_t rc = relay_begin(relay);

    for (size_t i = 0; rc == XD_OK && i < relay->batch.count; i++) {
        rc = intake_take(relay, XD_AT(&relay->batch, input_t, i));
    }

    return take_end(relay, rc);
}


void
intake_turn(void *ctx)
{
    xd_relay_t *relay = ctx;
    size_t count = relay->batch.count;
    uint64_t last;

    if (count == 0) {
        return;
    }

    last = XD_AT(&relay->batch, input_t, count - 1)->tag;

    if (take_all(relay) == XD_OK) {
        /* Tags of a lost connection are ignored; what else could fail is
         * healed by the next delivery of the same messages. */
        (void) !xd_link_ack(relay_link(relay), last, true);
        xd_client_kick(relay->client);
        crash_at(&relay->crash, CRASH_AFTER_ACK);
    } else {
        xd_log(XD_LOG_ERROR, NULL,
            "%zu messages are given back: they cannot be kept", count);
        pressure_set(relay, PRESSURE_STORE);
    }

    relay->batch = XD_VEC(input_t);
    xd_arena_reset(relay->batch_arena);
}


bool
xd_relay_takes(const xd_relay_t *relay)
{
    return relay->pressure == PRESSURE_NONE && !relay->stopping;
}


xd_rc_t
xd_relay_inject(xd_relay_t *relay, const xd_message_t *messages, size_t count,
    xd_str_t source)
{
    xd_rc_t rc;

    if (!xd_relay_takes(relay)) {
        return XD_E_AGAIN;
    }

    rc = relay_begin(relay);

    for (size_t i = 0; rc == XD_OK && i < count; i++) {
        const input_t in = { .message = messages[i], .queue = source };

        rc = intake_take(relay, &in);
    }

    rc = take_end(relay, rc);

    if (rc != XD_OK) {
        xd_log(XD_LOG_ERROR, XD_FIELDS({ "queue", source }),
            "%zu inputs of our own cannot be kept: %s", count, xd_rc_text(rc));
    }

    return rc;
}
