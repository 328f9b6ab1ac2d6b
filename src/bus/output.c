/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Methods and contents into the outgoing bytes.  Frame header, method id and
 * end octet are ours; arguments and properties are encoded by the codec.
 * Everything that waits stands in one buffer, so a driver writes a whole
 * window of publishes by one call.
 *
 * Standard: AMQP 0-9-1 section 4.2.3.
 */

#include "bus/link_impl.h"

#define FRAME_HEADER   7
#define METHOD_ID      4
#define CONTENT_HEADER 12 /* class, weight, body size */
#define BASIC_CLASS    60
#define KEEP_MAX       1048576 /* a larger buffer is freed once it is empty */
#define COMPACT_MIN    262144  /* written bytes in front that are moved away */


/* Network byte order. */
static void
put32(char *at, uint32_t v)
{
    for (int i = 3; i >= 0; i--, v >>= 8) {
        at[i] = (char) (uint8_t) v;
    }
}


static void
put_frame_header(char *at, int type, uint16_t channel, size_t size)
{
    at[0] = (char) type;
    at[1] = (char) (uint8_t) (channel >> 8);
    at[2] = (char) (uint8_t) channel;
    put32(at + 3, (uint32_t) size);
}


size_t
link_pending(const xd_link_t *link)
{
    return link->out.len - link->out_at;
}


/* Takes back what was added since mark: half a frame must never be sent. */
static xd_rc_t
undo(xd_link_t *link, size_t mark)
{
    xd_rc_t rc = xd_buf_rc(&link->out);

    link->out.len = mark;
    link->out.rc = XD_OK;

    return rc;
}


/* Keeps what was added, or takes all of it back.  The driver is woken by the
 * first byte only. */
static xd_rc_t
finish(xd_link_t *link, size_t mark)
{
    bool first = mark == link->out_at;

    if (xd_buf_rc(&link->out) != XD_OK) {
        return undo(link, mark);
    }

    if (first && link->wake != NULL) {
        link->wake(link->wake_ctx);
    }

    return XD_OK;
}


xd_rc_t
link_send_bytes(xd_link_t *link, xd_str_t bytes)
{
    size_t mark = link->out.len;

    xd_buf_add(&link->out, bytes);

    return finish(link, mark);
}


/* Length of a whole method frame made in scratch; 0: too long. */
static size_t
make_method(xd_link_t *link, uint16_t channel, amqp_method_number_t id,
    void *args)
{
    size_t room = link->frame_max - LINK_FRAME_EXTRA - METHOD_ID;
    char *at = link->scratch;
    int len = amqp_encode_method(id, args,
        (amqp_bytes_t){ room, at + FRAME_HEADER + METHOD_ID });

    if (len < 0) {
        return 0;
    }

    put_frame_header(at, AMQP_FRAME_METHOD, channel, METHOD_ID + (size_t) len);
    put32(at + FRAME_HEADER, id);
    at[FRAME_HEADER + METHOD_ID + len] = (char) AMQP_FRAME_END;

    return LINK_FRAME_EXTRA + METHOD_ID + (size_t) len;
}


/* The same for a content header of the class basic. */
static size_t
make_header(xd_link_t *link, uint16_t channel, amqp_basic_properties_t *props,
    size_t size)
{
    size_t room = link->frame_max - LINK_FRAME_EXTRA - CONTENT_HEADER;
    char *at = link->scratch;
    int len = amqp_encode_properties(BASIC_CLASS, props,
        (amqp_bytes_t){ room, at + FRAME_HEADER + CONTENT_HEADER });

    if (len < 0) {
        return 0;
    }

    put_frame_header(at, AMQP_FRAME_HEADER, channel,
        CONTENT_HEADER + (size_t) len);
    put32(at + FRAME_HEADER, (uint32_t) BASIC_CLASS << 16); /* weight 0 */
    put32(at + FRAME_HEADER + 4, (uint32_t) ((uint64_t) size >> 32));
    put32(at + FRAME_HEADER + 8, (uint32_t) size);
    at[FRAME_HEADER + CONTENT_HEADER + len] = (char) AMQP_FRAME_END;

    return LINK_FRAME_EXTRA + CONTENT_HEADER + (size_t) len;
}


xd_rc_t
link_send(xd_link_t *link, uint16_t channel, amqp_method_number_t id,
    void *args)
{
    size_t len = make_method(link, channel, id, args);

    if (len == 0) {
        return XD_E_LIMIT;
    }

    return link_send_bytes(link, (xd_str_t){ link->scratch, len });
}


/* An empty body has no frame. */
static void
add_bodies(xd_link_t *link, xd_str_t body)
{
    size_t most = link->frame_max - LINK_FRAME_EXTRA;

    while (body.len > 0) {
        size_t part = body.len < most ? body.len : most;
        char header[FRAME_HEADER];

        put_frame_header(header, AMQP_FRAME_BODY, LINK_PUBLISHER, part);
        xd_buf_add(&link->out, (xd_str_t){ header, FRAME_HEADER });
        xd_buf_add(&link->out, (xd_str_t){ body.ptr, part });
        xd_buf_byte(&link->out, (char) AMQP_FRAME_END);

        body.ptr += part;
        body.len -= part;
    }
}


/* Bytes of the body frames of a message. */
static size_t
bodies_size(const xd_link_t *link, size_t body)
{
    size_t most = link->frame_max - LINK_FRAME_EXTRA;

    return body + (body + most - 1) / most * LINK_FRAME_EXTRA;
}


/* All three parts or none: the size is known before the body is copied. */
xd_rc_t
link_send_publish(xd_link_t *link, amqp_basic_publish_t *method,
    amqp_basic_properties_t *props, xd_str_t body)
{
    size_t mark = link->out.len;
    size_t len =
        make_method(link, LINK_PUBLISHER, AMQP_BASIC_PUBLISH_METHOD, method);
    size_t total;

    if (len == 0) {
        return XD_E_LIMIT;
    }

    xd_buf_add(&link->out, (xd_str_t){ link->scratch, len });

    len = make_header(link, LINK_PUBLISHER, props, body.len);
    if (len == 0) {
        (void) undo(link, mark);
        return XD_E_LIMIT;
    }

    xd_buf_add(&link->out, (xd_str_t){ link->scratch, len });

    total = link->out.len - mark + bodies_size(link, body.len);
    if (mark - link->out_at + total > link->conf.pending_max) {
        (void) undo(link, mark);
        return total > link->conf.pending_max ? XD_E_LIMIT : XD_E_AGAIN;
    }

    add_bodies(link, body);

    return finish(link, mark);
}


int
xd_link_output(xd_link_t *link, struct iovec *iov, int max)
{
    if (max < 1 || link_pending(link) == 0) {
        return 0;
    }

    iov[0].iov_base = link->out.ptr + link->out_at;
    iov[0].iov_len = link_pending(link);

    return 1;
}


void
xd_link_written(xd_link_t *link, size_t bytes, int64_t now_ms)
{
    link->out_at += bytes;
    link->sent = now_ms;

    if (link->out_at < link->out.len) {
        /* Moved only when that halves it: the cost stays linear. */
        if (link->out_at >= COMPACT_MIN && link->out_at >= link->out.len / 2) {
            xd_buf_drop(&link->out, link->out_at);
            link->out_at = 0;
        }
        return;
    }

    link->out_at = 0;
    if (link->out.cap > KEEP_MAX) {
        xd_buf_free(&link->out);
    } else {
        xd_buf_reset(&link->out);
    }
}
