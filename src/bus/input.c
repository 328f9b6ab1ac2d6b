/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Bytes into frames.  Each frame's header is judged before anything else is
 * done with it, and the codec sees only whole frames of methods that a client
 * may get at this step; so none of its states is ever left half-way.  Body
 * frames need no decoding and go past it.
 *
 * Standard: AMQP 0-9-1 sections 2.3.5 and 4.2.
 */

#include "bus/link_impl.h"

#define HEADER         7
#define METHOD_MIN     4
#define CONTENT_MIN    14
#define START_TABLE_AT 6 /* method id, two bytes of version */
#define BASIC_CLASS    60
#define BODY_SIZE_AT   4 /* of a content header's payload */


typedef struct {
    uint8_t type;
    uint16_t channel;
    xd_str_t whole; /* header to end octet */
    xd_str_t payload;
} frame_t;


/* Network byte order. */
static uint32_t
get(const char *at, size_t bytes)
{
    uint32_t v = 0;

    for (size_t i = 0; i < bytes; i++) {
        v = v << 8 | (uint8_t) at[i];
    }

    return v;
}


/* The codec's own limit, which is small until tuning. */
static uint32_t
largest_frame(const xd_link_t *link)
{
    return (uint32_t) amqp_get_frame_max(link->codec);
}


/* Each type has a least size: method id, or class to flags; a heartbeat has
 * no payload at all. */
static bool
size_fits(const xd_link_t *link, uint8_t type, uint32_t size)
{
    if (size > largest_frame(link) - LINK_FRAME_EXTRA) {
        return false;
    }

    switch (type) {
    case AMQP_FRAME_METHOD:
        return size >= METHOD_MIN;
    case AMQP_FRAME_HEADER:
        return size >= CONTENT_MIN;
    default:
        return type == AMQP_FRAME_BODY || size == 0;
    }
}


/* We opened channels 1 and 2; contents come only there. */
static bool
channel_fits(uint8_t type, uint16_t channel)
{
    switch (type) {
    case AMQP_FRAME_METHOD:
        return channel <= LINK_CONSUMER;
    case AMQP_FRAME_HEADER:
    case AMQP_FRAME_BODY:
        return channel == LINK_PUBLISHER || channel == LINK_CONSUMER;
    default:
        return type == AMQP_FRAME_HEARTBEAT && channel == 0;
    }
}


/* Judges the seven bytes; *total gains the length of the frame. */
static xd_rc_t
check_header(xd_link_t *link, const char *at, size_t *total)
{
    uint8_t type = (uint8_t) at[0];
    uint16_t channel = (uint16_t) get(at + 1, 2);
    uint32_t size = get(at + 3, 4);

    if (type == 'A' && link->step == LINK_HEADER) {
        return link_fail(link, 0,
            "the peer does not speak AMQP 0-9-1: it answered with another "
            "protocol header");
    }

    if (!channel_fits(type, channel)) {
        return link_fail(link, AMQP_FRAME_ERROR,
            "frame of type %u on channel %u", type, channel);
    }

    if (!size_fits(link, type, size)) {
        return link_fail(link, AMQP_FRAME_ERROR,
            "frame of type %u with a payload of %u bytes", type, size);
    }

    *total = (size_t) size + LINK_FRAME_EXTRA;

    return XD_OK;
}


/* Hands a whole, judged frame to the codec. */
static xd_rc_t
decode(xd_link_t *link, const frame_t *frame, amqp_frame_t *out)
{
    int used = amqp_handle_input(link->codec, link_bytes(frame->whole), out);

    if (used < 0) {
        return link_fail(link, AMQP_SYNTAX_ERROR, "cannot decode a frame: %s",
            amqp_error_string2(used));
    }

    if ((size_t) used != frame->whole.len || out->frame_type != frame->type) {
        return link_fail(link, AMQP_SYNTAX_ERROR,
            "a frame is longer than what it says");
    }

    return XD_OK;
}


static link_content_t *
content_of(xd_link_t *link, uint16_t channel)
{
    return channel == LINK_PUBLISHER ? &link->returned : &link->delivery;
}


/* The row of a method that may come now, or NULL. */
static const link_method_t *
method_row(const xd_link_t *link, amqp_method_number_t id, uint16_t channel)
{
    const link_method_t *row = link_methods;

    while (row->id != 0
           && (row->id != id || row->channel != channel
               || link->step < row->from || link->step > row->to))
    {
        row++;
    }

    return row->id == 0 ? NULL : row;
}


/* Only connection.start brings a table. */
static bool
tables_fit(amqp_method_number_t id, xd_str_t payload)
{
    return id != AMQP_CONNECTION_START_METHOD
           || (payload.len >= START_TABLE_AT
               && walk_table((xd_str_t){ payload.ptr + START_TABLE_AT,
                   payload.len - START_TABLE_AT }));
}


static xd_rc_t
take_method(xd_link_t *link, const frame_t *frame)
{
    amqp_method_number_t id = get(frame->payload.ptr, METHOD_MIN);
    const link_method_t *row = method_row(link, id, frame->channel);
    amqp_frame_t f;
    xd_rc_t rc;

    if (row == NULL) {
        const char *name = amqp_method_name(id);

        return link_fail(link, AMQP_COMMAND_INVALID,
            "unexpected method %s (%#x) on channel %u",
            name == NULL ? "unknown" : name, id, frame->channel);
    }

    if (frame->channel != 0 && content_of(link, frame->channel)->open) {
        return link_fail(link, AMQP_UNEXPECTED_FRAME,
            "a method inside of a content");
    }

    if (!tables_fit(id, frame->payload)) {
        return link_fail(link, AMQP_SYNTAX_ERROR,
            "malformed server properties");
    }

    rc = decode(link, frame, &f);

    return rc == XD_OK ? row->handle(link, f.payload.method.decoded) : rc;
}


/* Cleared first: the owner's callback may lead to the next content. */
static xd_rc_t
content_done(xd_link_t *link, const frame_t *frame)
{
    *content_of(link, frame->channel) = (link_content_t){ 0 };

    return frame->channel == LINK_CONSUMER ? link_delivery_done(link) : XD_OK;
}


/* Raw bytes first: the decoder would follow any nesting and any flag. */
static xd_rc_t
take_header(xd_link_t *link, const frame_t *frame)
{
    link_content_t *content = content_of(link, frame->channel);
    const char *at = frame->payload.ptr;
    amqp_frame_t f;
    xd_rc_t rc;

    if (!content->open || content->has_header) {
        return link_fail(link, AMQP_UNEXPECTED_FRAME,
            "content header without its method");
    }

    if (get(at, 2) != BASIC_CLASS || !walk_header(frame->payload)) {
        return link_fail(link, AMQP_SYNTAX_ERROR, "malformed content header");
    }

    content->has_header = true;
    content->left = (uint64_t) get(at + BODY_SIZE_AT, 4) << 32
                    | get(at + BODY_SIZE_AT + 4, 4);

    rc = decode(link, frame, &f);
    if (rc == XD_OK) {
        rc = frame->channel == LINK_PUBLISHER
                 ? link_return_header(link, f.payload.properties.decoded)
                 : link_delivery_header(link, f.payload.properties.decoded,
                     content->left);
    }

    return rc == XD_OK && content->left == 0 ? content_done(link, frame) : rc;
}


static xd_rc_t
take_body(xd_link_t *link, const frame_t *frame)
{
    link_content_t *content = content_of(link, frame->channel);
    xd_rc_t rc = XD_OK;

    if (!content->open || !content->has_header
        || frame->payload.len > content->left)
    {
        return link_fail(link, AMQP_UNEXPECTED_FRAME,
            "more body than its header said");
    }

    content->left -= frame->payload.len;

    if (frame->channel == LINK_CONSUMER && frame->payload.len > 0) {
        rc = link_delivery_body(link, frame->payload);
    }

    return rc == XD_OK && content->left == 0 ? content_done(link, frame) : rc;
}


static xd_rc_t
take_frame(xd_link_t *link, const char *at, size_t total)
{
    frame_t frame = {
        .type = (uint8_t) at[0],
        .channel = (uint16_t) get(at + 1, 2),
        .whole = { at, total },
        .payload = { at + HEADER, total - LINK_FRAME_EXTRA },
    };
    xd_rc_t rc = XD_OK;

    if ((uint8_t) at[total - 1] != AMQP_FRAME_END) {
        return link_fail(link, AMQP_FRAME_ERROR, "a frame has no end octet");
    }

    switch (frame.type) {

    case AMQP_FRAME_METHOD:
        rc = take_method(link, &frame);
        break;

    case AMQP_FRAME_HEADER:
        rc = take_header(link, &frame);
        break;

    case AMQP_FRAME_BODY:
        return take_body(link, &frame);

    default: /* a heartbeat: that it came is all it says */
        return XD_OK;
    }

    /* Handlers copied what they keep. */
    amqp_maybe_release_buffers_on_channel(link->codec, frame.channel);

    return rc;
}


/* Moves bytes into the incomplete frame until it has `want` of them. */
static void
gather(xd_link_t *link, xd_str_t *bytes, size_t want)
{
    size_t n = want > link->in.len ? want - link->in.len : 0;

    n = n < bytes->len ? n : bytes->len;
    xd_buf_add(&link->in, (xd_str_t){ bytes->ptr, n });
    bytes->ptr += n;
    bytes->len -= n;
}


/* A frame that came in pieces.  Goes on until it is whole or bytes end. */
static xd_rc_t
take_pieces(xd_link_t *link, xd_str_t *bytes)
{
    size_t total = HEADER;
    xd_rc_t rc = XD_OK;

    gather(link, bytes, HEADER);

    if (link->in.len >= HEADER) {
        rc = check_header(link, link->in.ptr, &total);
        if (rc != XD_OK) {
            return rc;
        }

        gather(link, bytes, total);
    }

    if (xd_buf_rc(&link->in) != XD_OK) {
        return link_fail(link, AMQP_RESOURCE_ERROR, "no memory for a frame");
    }

    if (total > HEADER && link->in.len == total) {
        rc = take_frame(link, link->in.ptr, total);
        xd_buf_reset(&link->in);
    }

    return rc;
}


/* Frames that lie whole in the given bytes are taken where they lie. */
xd_rc_t
xd_link_input(xd_link_t *link, const char *bytes, size_t len, int64_t now_ms)
{
    xd_str_t rest = { bytes, len };
    xd_rc_t rc = XD_OK;
    size_t total = 0;

    if (link->step == LINK_DOWN || link->step == LINK_BROKEN) {
        return XD_E_LINK;
    }

    link->received = now_ms;

    while (rc == XD_OK && rest.len > 0) {
        if (link->in.len > 0 || rest.len < HEADER) {
            rc = take_pieces(link, &rest);
            continue;
        }

        rc = check_header(link, rest.ptr, &total);
        if (rc == XD_OK && rest.len >= total) {
            rc = take_frame(link, rest.ptr, total);
            rest = (xd_str_t){ rest.ptr + total, rest.len - total };
        } else if (rc == XD_OK) {
            rc = take_pieces(link, &rest);
        }
    }

    return rc;
}
