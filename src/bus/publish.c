/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Publishing with a window of confirms.  A job keeps a copy of its
 * message-id: basic.return names no delivery tag, only what we published.
 *
 * Standard: AMQP 0-9-1 basic.publish, basic.return; RabbitMQ publisher
 * confirms.
 */

#include "bus/link_impl.h"

#define HEADERS_MAX     64
#define HEADER_NAME_MAX 128


/* Names of up to 128 bytes are what the protocol promises to carry. */
static bool
headers_fit(const xd_message_t *m)
{
    if (m->nheaders > HEADERS_MAX) {
        return false;
    }

    for (size_t i = 0; i < m->nheaders; i++) {
        if (m->headers[i].name.len > HEADER_NAME_MAX) {
            return false;
        }
    }

    return true;
}


/* Told here, the owner learns it of this message; told by the codec, it would
 * be half a frame. */
static bool
fits(const xd_message_t *m)
{
    const xd_str_t shorts[] = { m->exchange, m->routing_key, m->content_type,
        m->message_id, m->correlation_id, m->type, m->app_id, m->user_id };

    for (size_t i = 0; i < sizeof(shorts) / sizeof(shorts[0]); i++) {
        if (shorts[i].len > LINK_SHORT_MAX) {
            return false;
        }
    }

    /* Without a message-id a return could not be charged to anything. */
    return m->message_id.len > 0 && headers_fit(m);
}


/* An empty property is left out, not sent as an empty text. */
static void
put_short(amqp_basic_properties_t *props, amqp_flags_t flag,
    amqp_bytes_t *member, xd_str_t value)
{
    if (value.len > 0) {
        props->_flags |= flag;
        *member = link_bytes(value);
    }
}


static void
put_headers(amqp_basic_properties_t *props, const xd_message_t *m,
    amqp_table_entry_t entries[HEADERS_MAX])
{
    for (size_t i = 0; i < m->nheaders; i++) {
        entries[i].key = link_bytes(m->headers[i].name);
        entries[i].value.kind = AMQP_FIELD_KIND_UTF8;
        entries[i].value.value.bytes = link_bytes(m->headers[i].value);
    }

    if (m->nheaders > 0) {
        props->_flags |= AMQP_BASIC_HEADERS_FLAG;
        props->headers = (amqp_table_t){ (int) m->nheaders, entries };
    }
}


/* The broker refuses a user_id that is not its connection's, so whoever
 * leaves it empty means the link's own. */
static xd_rc_t
send_message(xd_link_t *link, const xd_message_t *m)
{
    amqp_table_entry_t entries[HEADERS_MAX];
    amqp_basic_publish_t method = {
        .exchange = link_bytes(m->exchange),
        .routing_key = link_bytes(m->routing_key),
        .mandatory = 1,
    };
    amqp_basic_properties_t p = {
        ._flags = AMQP_BASIC_DELIVERY_MODE_FLAG,
        .delivery_mode = AMQP_DELIVERY_PERSISTENT,
    };

    put_short(&p, AMQP_BASIC_CONTENT_TYPE_FLAG, &p.content_type,
        m->content_type);
    put_short(&p, AMQP_BASIC_CORRELATION_ID_FLAG, &p.correlation_id,
        m->correlation_id);
    put_short(&p, AMQP_BASIC_MESSAGE_ID_FLAG, &p.message_id, m->message_id);
    put_short(&p, AMQP_BASIC_TYPE_FLAG, &p.type, m->type);
    put_short(&p, AMQP_BASIC_APP_ID_FLAG, &p.app_id, m->app_id);
    put_short(&p, AMQP_BASIC_USER_ID_FLAG, &p.user_id,
        m->user_id.len > 0 ? m->user_id : link->conf.user);
    put_headers(&p, m, entries);

    if (m->timestamp > 0) {
        p._flags |= AMQP_BASIC_TIMESTAMP_FLAG;
        p.timestamp = (uint64_t) m->timestamp;
    }

    return link_send_publish(link, &method, &p, m->body);
}


/* The last one freed is the next one used: its memory is warm. */
static void
job_free(xd_link_t *link, link_job_t *job)
{
    job->next = link->free_jobs;
    link->free_jobs = job;
}


/* The frames stand in the outgoing bytes from mark on; the window has the
 * last word. */
static xd_rc_t
enter_window(xd_link_t *link, const xd_message_t *m, void *owner, size_t mark)
{
    link_job_t *job = link->free_jobs;

    job->job = owner;
    job->forgotten = false;
    job->id_len = (uint8_t) m->message_id.len;
    if (job->id_len > 0) {
        memcpy(job->id, m->message_id.ptr, job->id_len);
    }

    /* Jobs are free, yet the oldest tags may be settled out of their order:
     * then the ring is full all the same. */
    if (!xd_confirm_add(link->window, (xd_str_t){ job->id, job->id_len }, job))
    {
        link->out.len = mark;
        return XD_E_AGAIN;
    }

    link->free_jobs = job->next;
    link->inflight++;
    link->published++;

    return XD_OK;
}


xd_rc_t
xd_link_publish(xd_link_t *link, const xd_message_t *m, void *job)
{
    size_t mark = link->out.len;
    xd_rc_t rc;

    if (link->step != LINK_READY || link->drain) {
        return XD_E_LINK;
    }

    if (!fits(m)) {
        return XD_E_LIMIT;
    }

    if (link->blocked || link->free_jobs == NULL) {
        return XD_E_AGAIN;
    }

    rc = send_message(link, m);

    return rc == XD_OK ? enter_window(link, m, job, mark) : rc;
}


void
xd_link_forget(xd_link_t *link, void *job)
{
    /* Free ones have no owner: link_job_settled cleared it. */
    for (uint32_t i = 0; i < link->conf.window; i++) {
        if (link->jobs[i].job == job) {
            link->jobs[i].forgotten = true;
        }
    }
}


void
link_job_settled(void *arg, xd_outcome_t outcome)
{
    link_job_t *job = arg;
    xd_link_t *link = job->link;
    void *owner = job->job;
    bool tell = !job->forgotten && link->on.settled != NULL;

    job->job = NULL;
    job_free(link, job);
    link->inflight--;

    if (tell) {
        link->on.settled(link->ctx, owner, outcome);
    }
}


/* The last outcome of a draining link closes it. */
static xd_rc_t
settle(xd_link_t *link, uint64_t tag, bool multiple, bool acked)
{
    xd_confirm_settle(link->window, tag, multiple, acked);
    link_drained(link);

    return XD_OK;
}


xd_rc_t
on_ack(xd_link_t *link, void *args)
{
    const amqp_basic_ack_t *m = args;

    return settle(link, m->delivery_tag, m->multiple != 0, true);
}


xd_rc_t
on_nack(xd_link_t *link, void *args)
{
    const amqp_basic_nack_t *m = args;

    return settle(link, m->delivery_tag, m->multiple != 0, false);
}


/* Why it came back is known: it is always NO_ROUTE, since nothing is sent
 * `immediate`.  Which message it was stands in the header that follows. */
xd_rc_t
on_return(xd_link_t *link, void *args)
{
    (void) args;
    link->returned = (link_content_t){ .open = true };

    return XD_OK;
}


xd_rc_t
link_return_header(xd_link_t *link, const amqp_basic_properties_t *props)
{
    if (props->_flags & AMQP_BASIC_MESSAGE_ID_FLAG) {
        xd_confirm_returned(link->window, link_str(props->message_id));
    }

    return XD_OK;
}
