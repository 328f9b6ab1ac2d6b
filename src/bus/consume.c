/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Consumers.  One is a place in a table that outlives connections; its
 * number, the place with its generation, is also its tag on the wire, so a
 * late frame for a consumer that is no more finds nobody.
 *
 * Standard: AMQP 0-9-1 basic.consume, basic.cancel; RabbitMQ
 * consumer_cancel_notify.
 */

#include "bus/link_impl.h"

#include <inttypes.h>
#include <stdio.h>

#define PLACE_BITS 10
#define PLACES     (1U << PLACE_BITS)
#define NUMBER_MAX 24


static link_consumer_t *
place(xd_link_t *link, uint32_t n)
{
    return XD_AT(&link->consumers, link_consumer_t, n);
}


/* Never 0: generations begin with 1. */
static uint32_t
number_of(const link_consumer_t *c, uint32_t at)
{
    return c->generation << PLACE_BITS | at;
}


/* The consumer of that number, or NULL when it is no more. */
static link_consumer_t *
find(xd_link_t *link, uint64_t number)
{
    uint32_t at = (uint32_t) number & (PLACES - 1);
    link_consumer_t *c;

    if (at >= link->consumers.count) {
        return NULL;
    }

    c = place(link, at);

    return c->state != CONSUMER_FREE && number_of(c, at) == number ? c : NULL;
}


/* The same by its tag on the wire; *number gains it. */
link_consumer_t *
link_consumer_by_tag(xd_link_t *link, amqp_bytes_t tag, uint32_t *number)
{
    uint64_t n;

    if (!xd_str_uint(link_str(tag), UINT32_MAX, &n)) {
        return NULL;
    }

    *number = (uint32_t) n;

    return find(link, n);
}


/* The next consumer of this place gets another number. */
static void
consumer_free(link_consumer_t *c)
{
    c->state = CONSUMER_FREE;
    c->generation++;
}


/* RabbitMQ's argument of consumers of streams. */
static amqp_table_entry_t
stream_offset(int64_t from)
{
    amqp_table_entry_t e = { .key = amqp_cstring_bytes("x-stream-offset") };

    if (from > 0) {
        e.value.kind = AMQP_FIELD_KIND_TIMESTAMP;
        e.value.value.u64 = (uint64_t) from;
    } else {
        e.value.kind = AMQP_FIELD_KIND_UTF8;
        e.value.value.bytes =
            amqp_cstring_bytes(from == XD_STREAM_LAST ? "last" : "first");
    }

    return e;
}


/* The tag is ours to choose, so deliveries may come before consume-ok is
 * seen and still find their consumer. */
static xd_rc_t
ask(xd_link_t *link, uint32_t at)
{
    link_consumer_t *c = place(link, at);
    char tag[NUMBER_MAX];
    int len = snprintf(tag, sizeof(tag), "%" PRIu32, number_of(c, at));
    amqp_table_entry_t offset = stream_offset(c->from);
    amqp_basic_consume_t args = {
        .queue = { c->queue_len, c->queue },
        .consumer_tag = { (size_t) len, tag },
        .arguments = { c->from != 0, &offset },
    };
    xd_rc_t rc =
        link_send(link, LINK_CONSUMER, AMQP_BASIC_CONSUME_METHOD, &args);

    if (rc == XD_OK) {
        c->state = CONSUMER_ASKED;
    }

    return rc;
}


/* The last one of this queue is still leaving: until its cancel-ok there may
 * be deliveries on their way, which go back; asked for at once, the queue
 * would send what stands behind them first. */
static bool
leaving(xd_link_t *link, const link_consumer_t *c)
{
    for (uint32_t i = 0; i < link->consumers.count; i++) {
        const link_consumer_t *other = place(link, i);

        if (other->state == CONSUMER_CANCELLING
            && other->queue_len == c->queue_len
            && memcmp(other->queue, c->queue, c->queue_len) == 0)
        {
            return true;
        }
    }

    return false;
}


xd_rc_t
link_consume_all(xd_link_t *link)
{
    for (uint32_t i = 0; i < link->consumers.count; i++) {
        const link_consumer_t *c = place(link, i);

        if (c->state == CONSUMER_WANTED && !leaving(link, c)
            && ask(link, i) != XD_OK) {
            return link_fail(link, 0, "no memory to consume");
        }
    }

    return XD_OK;
}


/* With the connection every consumer of it ended; those that are still wanted
 * ask again at the next. */
void
link_consumers_lost(xd_link_t *link)
{
    for (uint32_t i = 0; i < link->consumers.count; i++) {
        link_consumer_t *c = place(link, i);

        if (c->state == CONSUMER_CANCELLING) {
            consumer_free(c);
        } else if (c->state != CONSUMER_FREE) {
            c->state = CONSUMER_WANTED;
        }
    }
}


/* A free place, or a new one; PLACES: there is none. */
static uint32_t
free_place(xd_link_t *link)
{
    uint32_t n = (uint32_t) link->consumers.count;
    link_consumer_t *c;

    for (uint32_t i = 0; i < n; i++) {
        if (place(link, i)->state == CONSUMER_FREE) {
            return i;
        }
    }

    if (n == PLACES) {
        return PLACES;
    }

    c = xd_vec_push(&link->consumers, link->arena);
    if (c == NULL) {
        return PLACES;
    }

    c->generation = 1;

    return n;
}


static xd_rc_t
consume(xd_link_t *link, xd_str_t queue, int64_t from, uint32_t *consumer)
{
    link_consumer_t *c;
    uint32_t at;

    if (queue.len == 0 || queue.len > LINK_SHORT_MAX) {
        return XD_E_LIMIT;
    }

    at = free_place(link);
    if (at == PLACES) {
        return link->consumers.count == PLACES ? XD_E_LIMIT : XD_E_MEMORY;
    }

    c = place(link, at);
    c->state = CONSUMER_WANTED;
    c->from = from;
    c->queue_len = (uint8_t) queue.len;
    memcpy(c->queue, queue.ptr, queue.len);
    *consumer = number_of(c, at);

    if (link->step == LINK_READY && !link->drain && !leaving(link, c)) {
        xd_rc_t rc = ask(link, at);

        if (rc != XD_OK) {
            consumer_free(c);
            return rc;
        }
    }

    return XD_OK;
}


xd_rc_t
xd_link_consume(xd_link_t *link, xd_str_t queue, uint32_t *consumer)
{
    return consume(link, queue, 0, consumer);
}


xd_rc_t
xd_link_consume_stream(xd_link_t *link, xd_str_t queue, int64_t from,
    uint32_t *consumer)
{
    return from == 0 || from < XD_STREAM_LAST
               ? XD_E_LIMIT
               : consume(link, queue, from, consumer);
}


/* All that a consumer's owner holds goes back into the queue. */
static xd_rc_t
give_back(xd_link_t *link, uint32_t consumer)
{
    xd_rc_t rc = XD_OK;
    size_t row = 0;
    uint64_t tag;

    while (rc == XD_OK && unacked_take(&link->unacked, consumer, &row, &tag)) {
        rc = link_send_nack(link, tag, false, true);
    }

    return rc;
}


xd_rc_t
xd_link_cancel(xd_link_t *link, uint32_t consumer)
{
    link_consumer_t *c = find(link, consumer);
    char tag[NUMBER_MAX];
    int len = snprintf(tag, sizeof(tag), "%" PRIu32, consumer);
    amqp_basic_cancel_t args = { .consumer_tag = { (size_t) len, tag } };
    xd_rc_t rc;

    if (c == NULL || c->state == CONSUMER_CANCELLING) {
        return XD_E_NOT_FOUND;
    }

    if (link->step != LINK_READY || c->state == CONSUMER_WANTED) {
        consumer_free(c);
        return XD_OK;
    }

    /* First no more, then back: else the broker would send them again here. */
    rc = link_send(link, LINK_CONSUMER, AMQP_BASIC_CANCEL_METHOD, &args);
    if (rc == XD_OK) {
        c->state = CONSUMER_CANCELLING;
        rc = give_back(link, consumer);
    }

    return rc;
}


xd_rc_t
on_consume_ok(xd_link_t *link, void *args)
{
    const amqp_basic_consume_ok_t *m = args;
    uint32_t number;
    link_consumer_t *c = link_consumer_by_tag(link, m->consumer_tag, &number);

    if (c != NULL && c->state == CONSUMER_ASKED) {
        c->state = CONSUMER_ACTIVE;
        if (link->on.consuming != NULL) {
            link->on.consuming(link->ctx, number);
        }
    }

    return XD_OK;
}


/* Only now is nothing more on its way for this consumer. */
xd_rc_t
on_cancel_ok(xd_link_t *link, void *args)
{
    const amqp_basic_cancel_ok_t *m = args;
    uint32_t number;
    link_consumer_t *c = link_consumer_by_tag(link, m->consumer_tag, &number);

    if (c == NULL || c->state != CONSUMER_CANCELLING) {
        return XD_OK;
    }

    consumer_free(c);

    return link->drain ? XD_OK : link_consume_all(link);
}


/* The queue is gone or moved.  What was delivered may still be settled. */
xd_rc_t
on_cancel(xd_link_t *link, void *args)
{
    const amqp_basic_cancel_t *m = args;
    uint32_t number;
    link_consumer_t *c = link_consumer_by_tag(link, m->consumer_tag, &number);
    bool ours = c != NULL && c->state == CONSUMER_CANCELLING;

    if (c == NULL) {
        return XD_OK;
    }

    consumer_free(c);

    if (ours) {
        return link->drain ? XD_OK : link_consume_all(link);
    }

    if (link->on.cancelled != NULL) {
        link->on.cancelled(link->ctx, number);
    }

    return XD_OK;
}
