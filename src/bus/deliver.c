/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What is delivered, and its acknowledgement.  A tag that the owner holds
 * carries the connection's epoch above the broker's 48 bits: one of an
 * earlier connection is known and ignored, where the broker would close the
 * channel for it.
 *
 * Standard: AMQP 0-9-1 class basic.
 */

#include "bus/link_impl.h"

#include <inttypes.h>

#define TAG_BITS 48
#define TAG_MASK (((uint64_t) 1 << TAG_BITS) - 1)
#define KEEP_MAX 1048576 /* a larger body's memory is given back */


/* -- deliveries ------------------------------------------------------------ */

/* requeue: the broker gives it to somebody again, and keeps its place. */
xd_rc_t
link_send_nack(xd_link_t *link, uint64_t tag, bool multiple, bool requeue)
{
    amqp_basic_nack_t args = {
        .delivery_tag = tag,
        .multiple = multiple,
        .requeue = requeue,
    };

    return link_send(link, LINK_CONSUMER, AMQP_BASIC_NACK_METHOD, &args);
}


/* Everything is copied at once: what the codec decoded is gone with the next
 * frame.  Deliveries nobody waits for are read to their end all the same. */
xd_rc_t
on_deliver(xd_link_t *link, void *args)
{
    const amqp_basic_deliver_t *m = args;
    xd_delivery_t *d = &link->incoming;
    uint32_t number = 0;
    const link_consumer_t *c =
        link_consumer_by_tag(link, m->consumer_tag, &number);

    if (m->delivery_tag <= link->last_tag || m->delivery_tag > TAG_MASK) {
        return link_fail(link, AMQP_COMMAND_INVALID,
            "delivery tag %" PRIu64 " after %" PRIu64, m->delivery_tag,
            link->last_tag);
    }

    link->last_tag = m->delivery_tag;
    link->delivery = (link_content_t){ .open = true };
    link->wanted = c != NULL && c->state != CONSUMER_CANCELLING
                   && link->step == LINK_READY && !link->drain;

    xd_arena_reset(link->incoming_arena);
    xd_buf_reset(&link->body);
    *d = (xd_delivery_t){
        .tag = (uint64_t) link->epoch << TAG_BITS | m->delivery_tag,
        .redelivered = m->redelivered != 0,
        .consumer = number,
        .message = {
            .exchange = xd_dup(link->incoming_arena, link_str(m->exchange)),
            .routing_key = xd_dup(link->incoming_arena,
                link_str(m->routing_key)),
        },
    };

    return d->message.exchange.ptr == NULL || d->message.routing_key.ptr == NULL
               ? link_fail(link, AMQP_RESOURCE_ERROR,
                   "no memory for a delivery")
               : XD_OK;
}


/* Text of a header; tables, arrays and floating point have none here. */
static bool
header_text(xd_arena_t *arena, const amqp_field_value_t *v, xd_str_t *out)
{
    switch (v->kind) {

    case AMQP_FIELD_KIND_UTF8:
    case AMQP_FIELD_KIND_BYTES:
        *out = xd_dup(arena, link_str(v->value.bytes));
        return true;

    case AMQP_FIELD_KIND_BOOLEAN:
        *out = v->value.boolean ? XD_STR("true") : XD_STR("false");
        return true;

    case AMQP_FIELD_KIND_I8:
        *out = xd_fmt(arena, "%d", v->value.i8);
        return true;

    case AMQP_FIELD_KIND_U8:
        *out = xd_fmt(arena, "%u", v->value.u8);
        return true;

    case AMQP_FIELD_KIND_I16:
        *out = xd_fmt(arena, "%d", v->value.i16);
        return true;

    case AMQP_FIELD_KIND_U16:
        *out = xd_fmt(arena, "%u", v->value.u16);
        return true;

    case AMQP_FIELD_KIND_I32:
        *out = xd_fmt(arena, "%" PRId32, v->value.i32);
        return true;

    case AMQP_FIELD_KIND_U32:
        *out = xd_fmt(arena, "%" PRIu32, v->value.u32);
        return true;

    case AMQP_FIELD_KIND_I64:
        *out = xd_fmt(arena, "%" PRId64, v->value.i64);
        return true;

    case AMQP_FIELD_KIND_U64:
    case AMQP_FIELD_KIND_TIMESTAMP:
        *out = xd_fmt(arena, "%" PRIu64, v->value.u64);
        return true;

    default:
        return false;
    }
}


/* In their order; those without a text are left out. */
static xd_rc_t
copy_headers(xd_arena_t *arena, const amqp_table_t *table, xd_message_t *m)
{
    xd_header_t *headers =
        xd_alloc_n(arena, (size_t) table->num_entries, sizeof(*headers));

    if (headers == NULL) {
        return XD_E_MEMORY;
    }

    m->headers = headers;

    for (int i = 0; i < table->num_entries; i++) {
        const amqp_table_entry_t *e = &table->entries[i];
        xd_header_t *h = &headers[m->nheaders];

        if (!header_text(arena, &e->value, &h->value)) {
            continue;
        }

        h->name = xd_dup(arena, link_str(e->key));
        if (h->name.ptr == NULL || h->value.ptr == NULL) {
            return XD_E_MEMORY;
        }

        m->nheaders++;
    }

    return XD_OK;
}


/* Flags say which members are there: the others hold nothing of sense. */
static xd_rc_t
copy_properties(xd_arena_t *arena, const amqp_basic_properties_t *p,
    xd_message_t *m)
{
    const struct {
        amqp_flags_t flag;
        amqp_bytes_t from;
        xd_str_t *to;
    } texts[] = {
        { AMQP_BASIC_CONTENT_TYPE_FLAG, p->content_type, &m->content_type },
        { AMQP_BASIC_CORRELATION_ID_FLAG, p->correlation_id,
            &m->correlation_id },
        { AMQP_BASIC_MESSAGE_ID_FLAG, p->message_id, &m->message_id },
        { AMQP_BASIC_TYPE_FLAG, p->type, &m->type },
        { AMQP_BASIC_APP_ID_FLAG, p->app_id, &m->app_id },
        { AMQP_BASIC_USER_ID_FLAG, p->user_id, &m->user_id },
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (!(p->_flags & texts[i].flag)) {
            continue;
        }

        *texts[i].to = xd_dup(arena, link_str(texts[i].from));
        if (texts[i].to->ptr == NULL) {
            return XD_E_MEMORY;
        }
    }

    if ((p->_flags & AMQP_BASIC_TIMESTAMP_FLAG) && p->timestamp <= INT64_MAX) {
        m->timestamp = (int64_t) p->timestamp;
    }

    return p->_flags & AMQP_BASIC_HEADERS_FLAG
               ? copy_headers(arena, &p->headers, m)
               : XD_OK;
}


/* The size is judged before a byte of the body is kept. */
xd_rc_t
link_delivery_header(xd_link_t *link, const amqp_basic_properties_t *props,
    uint64_t size)
{
    if (!link->wanted) {
        return XD_OK;
    }

    if (size > link->conf.body_max) {
        return link_fail(link, AMQP_CONTENT_TOO_LARGE,
            "a delivery of %" PRIu64 " bytes is over the limit of %zu", size,
            link->conf.body_max);
    }

    return copy_properties(link->incoming_arena, props, &link->incoming.message)
                   == XD_OK
               ? XD_OK
               : link_fail(link, AMQP_RESOURCE_ERROR,
                   "no memory for a delivery's properties");
}


xd_rc_t
link_delivery_body(xd_link_t *link, xd_str_t part)
{
    if (!link->wanted) {
        return XD_OK;
    }

    /* A body of one frame is handed on where it lies. */
    if (link->delivery.left == 0 && link->body.len == 0) {
        link->incoming.message.body = part;
        return XD_OK;
    }

    xd_buf_add(&link->body, part);
    link->incoming.message.body = xd_buf_str(&link->body);

    return xd_buf_rc(&link->body) == XD_OK
               ? XD_OK
               : link_fail(link, AMQP_RESOURCE_ERROR,
                   "no memory for a delivery's body");
}


/* The tag is noted before the owner hears of it: it may acknowledge at once. */
xd_rc_t
link_delivery_done(xd_link_t *link)
{
    const xd_delivery_t *d = &link->incoming;
    uint64_t tag = d->tag & TAG_MASK;
    xd_rc_t rc = XD_OK;

    if (link->wanted) {
        rc = unacked_add(&link->unacked, tag, d->consumer);
        if (rc == XD_OK && link->on.delivery != NULL) {
            link->on.delivery(link->ctx, d);
        }
    } else if (link->step == LINK_READY && !link->drain) {
        rc = link_send_nack(link, tag, false, true);
    }

    if (link->body.cap > KEEP_MAX) {
        xd_buf_free(&link->body);
    }

    return rc == XD_OK ? rc
                       : link_fail(link, AMQP_RESOURCE_ERROR,
                           "no memory to keep a delivery's tag");
}


/* -- acknowledgements ------------------------------------------------------ */

/* The tag to send, when there is one of this connection. */
static bool
outstanding(const xd_link_t *link, uint64_t tag, bool multiple, size_t *row)
{
    return link->step == LINK_READY && tag >> TAG_BITS == link->epoch
           && unacked_find(&link->unacked, tag & TAG_MASK, multiple, row);
}


/* The row is dropped only when the frame was made: a failed call changed
 * nothing and may be repeated. */
xd_rc_t
xd_link_ack(xd_link_t *link, uint64_t tag, bool multiple)
{
    amqp_basic_ack_t args = { .multiple = multiple };
    xd_rc_t rc;
    size_t row;

    if (!outstanding(link, tag, multiple, &row)) {
        return XD_OK;
    }

    args.delivery_tag = unacked_tag(&link->unacked, row);
    rc = link_send(link, LINK_CONSUMER, AMQP_BASIC_ACK_METHOD, &args);
    if (rc == XD_OK) {
        unacked_drop(&link->unacked, row, multiple);
    }

    return rc;
}


xd_rc_t
xd_link_nack(xd_link_t *link, uint64_t tag, bool multiple, bool requeue)
{
    xd_rc_t rc;
    size_t row;

    if (!outstanding(link, tag, multiple, &row)) {
        return XD_OK;
    }

    rc = link_send_nack(link, unacked_tag(&link->unacked, row), multiple,
        requeue);
    if (rc == XD_OK) {
        unacked_drop(&link->unacked, row, multiple);
    }

    return rc;
}
