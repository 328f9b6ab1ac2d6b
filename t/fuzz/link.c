/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The AMQP link against a hostile broker.  The first byte of the input says
 * how the rest is played, see mode_t; then the link is lost, and has to come
 * up again with an honest one.
 */

#include "fuzz.h"

#include "base/buf.h"
#include "bus/link.h"

#define JOBS       4
#define FRAME_MAX  131072
#define FRAME_END  0xce
#define HEAD_BYTES 7

/* Bits of the first byte. */
typedef struct {
    unsigned steps; /* 0..3, of the way up, that go well before */
    bool framed;    /* records of type, channel, length, payload are made
                       frames; else they are raw bytes */
    bool nacks;     /* the owner gives back what it gets; else it acks */
    size_t piece;   /* bytes that come at once */
} play_t;

typedef struct {
    xd_link_t *link;
    xd_buf_t wire; /* what the link wrote on this connection */
    bool nacks;
    unsigned settled[JOBS];
    bool used[JOBS];
} owner_t;


/* -- an honest broker's way up --------------------------------------------- */

static const struct {
    unsigned step; /* of play_t.steps, from which it was sent */
    uint8_t channel;
    xd_str_t payload;
} way_up[] = {
#define BYTES(text)                                                            \
    {                                                                          \
        (text), sizeof(text) - 1                                               \
    }
    /* connection.start, with PLAIN; tune; open-ok */
    { 1, 0, BYTES("\0\12\0\12\0\11\0\0\0\0\0\0\0\5PLAIN\0\0\0\5en_US") },
    { 2, 0, BYTES("\0\12\0\36\7\377\0\2\0\0\0\74") },
    { 3, 0, BYTES("\0\12\0\51\0") },
    /* channel.open-ok and confirm.select-ok; channel.open-ok and qos-ok */
    { 3, 1, BYTES("\0\24\0\13\0\0\0\0") },
    { 3, 1, BYTES("\0\125\0\13") },
    { 3, 2, BYTES("\0\24\0\13\0\0\0\0") },
    { 3, 2, BYTES("\0\74\0\13") },
};

#define FRAMES (sizeof(way_up) / sizeof(way_up[0]))


static void
frame(xd_buf_t *b, uint8_t type, uint8_t channel, xd_str_t payload)
{
    const char head[HEAD_BYTES] = { (char) type, 0, (char) channel,
        (char) (payload.len >> 24), (char) (payload.len >> 16),
        (char) (payload.len >> 8), (char) payload.len };

    xd_buf_add(b, (xd_str_t){ head, sizeof(head) });
    xd_buf_add(b, payload);
    xd_buf_byte(b, (char) FRAME_END);
}


/* -- the owner ------------------------------------------------------------- */

static void
settled(void *ctx, void *job, xd_outcome_t outcome)
{
    owner_t *o = ctx;

    MUST(outcome <= XD_UNKNOWN);
    ++*(unsigned *) job;
    MUST(
        (unsigned *) job >= o->settled && (unsigned *) job < o->settled + JOBS);
}


static void
delivery(void *ctx, const xd_delivery_t *d)
{
    owner_t *o = ctx;
    xd_rc_t rc;

    MUST(d->message.body.len == 0 || d->message.body.ptr != NULL);
    (void) xd_header(&d->message, "traceparent");
    rc = o->nacks ? xd_link_nack(o->link, d->tag, false, true)
                  : xd_link_ack(o->link, d->tag, true);
    MUST(rc == XD_OK || rc == XD_E_LINK);
}


static const xd_link_events_t events = {
    .settled = settled,
    .delivery = delivery,
};


static uint32_t
number_at(const char *at, size_t bytes)
{
    uint32_t n = 0;

    for (size_t i = 0; i < bytes; i++) {
        n = n << 8 | (uint8_t) at[i];
    }

    return n;
}


/* All that the link wrote is whole frames, whatever it was told. */
static void
wrote_frames(const xd_buf_t *wire)
{
    size_t at = 8;

    MUST(wire->len >= 8 && memcmp(wire->ptr, "AMQP\0\0\11\1", 8) == 0);

    while (at < wire->len) {
        const char *f = wire->ptr + at;
        uint32_t size;

        MUST(wire->len - at > HEAD_BYTES);
        MUST(memchr("\1\2\3\10", f[0], 4) != NULL);
        size = number_at(f + 3, 4);
        MUST(size <= FRAME_MAX - HEAD_BYTES - 1);
        at += HEAD_BYTES + size;
        MUST(at < wire->len && (uint8_t) wire->ptr[at] == FRAME_END);
        at++;
    }
}


static void
drain(owner_t *o)
{
    struct iovec iov;

    while (xd_link_output(o->link, &iov, 1) == 1) {
        xd_buf_add(&o->wire, (xd_str_t){ iov.iov_base, iov.iov_len });
        xd_link_written(o->link, iov.iov_len, 1000);
    }
}


static xd_rc_t
feed(owner_t *o, xd_str_t bytes, size_t piece)
{
    xd_rc_t rc = XD_OK;

    for (size_t at = 0; rc == XD_OK && at < bytes.len; at += piece) {
        size_t n = bytes.len - at < piece ? bytes.len - at : piece;
        char *alone = malloc(n); /* its own end, which ASan guards */

        MUST(alone != NULL);
        memcpy(alone, bytes.ptr + at, n);
        rc = xd_link_input(o->link, alone, n, 1000);
        free(alone);
        drain(o);
    }

    return rc;
}


static void
go_up(owner_t *o, unsigned steps)
{
    xd_buf_t bytes = { 0 };

    xd_buf_reset(&o->wire);
    MUST(xd_link_start(o->link, 1000) == XD_OK);
    drain(o);

    for (size_t i = 0; i < FRAMES; i++) {
        if (way_up[i].step <= steps) {
            frame(&bytes, 1, way_up[i].channel, way_up[i].payload);
        }
    }

    MUST(feed(o, xd_buf_str(&bytes), SIZE_MAX / 2) == XD_OK);
    MUST((xd_link_state(o->link) == XD_LINK_UP) == (steps == 3));
    xd_buf_free(&bytes);
}


static void
publish(owner_t *o)
{
    for (size_t i = 0; i < JOBS; i++) {
        const char id[] = { (char) ('a' + i), '\0' };
        xd_message_t m = {
            .exchange = XD_STR("xd.order"),
            .routing_key = XD_STR("sales-order.created.v1.none.p01"),
            .message_id = xd_str(id),
            .body = XD_STR("{}"),
        };

        o->used[i] = xd_link_publish(o->link, &m, &o->settled[i]) == XD_OK;
    }
}


/* Records of type, channel, 2 bytes of length, payload, made whole frames. */
static void
make_frames(xd_buf_t *out, xd_str_t in)
{
    while (in.len >= 4) {
        size_t len = number_at(in.ptr + 2, 2);

        len = len < in.len - 4 ? len : in.len - 4;
        frame(out, (uint8_t) in.ptr[0], (uint8_t) in.ptr[1],
            (xd_str_t){ in.ptr + 4, len });
        in = (xd_str_t){ in.ptr + 4 + len, in.len - 4 - len };
    }
}


static void
play(owner_t *o, const play_t *mode, xd_str_t bytes)
{
    xd_buf_t made = { 0 };
    uint32_t consumer;
    xd_rc_t rc;

    MUST(xd_link_consume(o->link, XD_STR("q"), &consumer) == XD_OK);
    go_up(o, mode->steps);
    publish(o);

    if (mode->framed) {
        make_frames(&made, bytes);
        bytes = xd_buf_str(&made);
    }

    rc = feed(o, bytes, mode->piece);
    MUST(rc == XD_OK || rc == XD_E_LINK);
    MUST(rc == XD_OK || xd_link_state(o->link) == XD_LINK_DOWN);
    rc = xd_link_tick(o->link, 7000);
    MUST(rc == XD_OK || rc == XD_E_LINK);
    drain(o);
    wrote_frames(&o->wire);

    xd_link_lost(o->link);
    for (size_t i = 0; i < JOBS; i++) {
        MUST(o->settled[i] == (o->used[i] ? 1 : 0));
    }

    MUST(xd_link_inflight(o->link) == 0);
    go_up(o, 3);
    xd_buf_free(&made);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t pieces[] = { SIZE_MAX / 2, 1, 7, 64 };
    const xd_link_conf_t conf = { .vhost = XD_STR("crossdock"),
        .user = XD_STR("xd-test"),
        .password = XD_STR("secret"),
        .name = XD_STR("test"),
        .window = 8,
        .body_max = 65536,
        .pending_max = 1 << 20 };
    owner_t o = { 0 };
    play_t mode;

    if (size == 0) {
        return 0;
    }

    mode = (play_t){ data[0] & 3, (data[0] & 4) != 0, (data[0] & 8) != 0,
        pieces[data[0] >> 4 & 3] };
    o.nacks = mode.nacks;
    o.link = xd_link_new(&conf, &events, &o);
    MUST(o.link != NULL);

    play(&o, &mode, fuzz_bytes(data + 1, size - 1));

    xd_link_free(o.link);
    xd_buf_free(&o.wire);

    return 0;
}
