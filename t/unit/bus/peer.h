/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_T_BUS_PEER_H
#define XD_T_BUS_PEER_H

/*
 * A scripted broker: its frames are written byte by byte, without the codec
 * under test, and what the link answers is told as one line of text:
 *
 *   "AMQP"        the protocol header        "60.40/1"  a method, its channel
 *   "H:1:12"      content header, body size  "B:1:12"   body, its length
 *   "HB"          heartbeat
 *
 * What the owner is told is a line of text as well: "up", "confirmed:3", ...
 */

#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "bus/link.h"

typedef struct {
    xd_link_t *link;
    int64_t now;
    xd_buf_t bytes;    /* to be fed */
    xd_buf_t wire;     /* taken from the link */
    xd_buf_t told;     /* events */
    xd_buf_t sent;     /* frames of the link, as text */
    uint64_t last_tag; /* of the last delivery */
    uint64_t tags[512];
    size_t ntags;
    void (*on_settled)(void *job, xd_outcome_t outcome);
    void (*on_delivery)(const xd_delivery_t *d);
} peer_t;

static peer_t peer;


/* -- bytes ----------------------------------------------------------------- */

static inline void
put(xd_buf_t *b, uint64_t v, int bytes)
{
    while (bytes-- > 0) {
        xd_buf_byte(b, (char) (uint8_t) (v >> (8 * bytes)));
    }
}


static inline void
put_short(xd_buf_t *b, const char *s)
{
    put(b, strlen(s), 1);
    xd_buf_text(b, s);
}


static inline void
put_long(xd_buf_t *b, xd_str_t s)
{
    put(b, s.len, 4);
    xd_buf_add(b, s);
}


static inline void
put_frame(xd_buf_t *b, int type, unsigned channel, xd_str_t payload)
{
    put(b, (unsigned) type, 1);
    put(b, channel, 2);
    put(b, payload.len, 4);
    xd_buf_add(b, payload);
    put(b, 0xce, 1);
}


/* A method frame: %1 %2 %4 %8 are integers, %s a short, %l a long string. */
static inline void
method(unsigned channel, unsigned class_id, unsigned method_id,
    const char *args, ...)
{
    xd_buf_t b = { 0 };
    va_list ap;

    put(&b, class_id, 2);
    put(&b, method_id, 2);
    va_start(ap, args);
    for (; *args != '\0'; args++) {
        switch (*args) {
        case 's':
            put_short(&b, va_arg(ap, const char *));
            break;
        case 'l':
            put_long(&b, xd_str(va_arg(ap, const char *)));
            break;
        case '8':
            put(&b, va_arg(ap, uint64_t), 8);
            break;
        default:
            put(&b, va_arg(ap, unsigned), *args - '0');
        }
    }
    va_end(ap);

    put_frame(&peer.bytes, 1, channel, xd_buf_str(&b));
    xd_buf_free(&b);
}


/* A content header with just a message-id, and raw properties behind it. */
static inline void
header(unsigned channel, uint64_t size, unsigned flags, xd_str_t props)
{
    xd_buf_t b = { 0 };

    put(&b, 60, 2);
    put(&b, 0, 2);
    put(&b, size, 8);
    put(&b, flags, 2);
    xd_buf_add(&b, props);
    put_frame(&peer.bytes, 2, channel, xd_buf_str(&b));
    xd_buf_free(&b);
}


#define FLAG_TYPE    0x8000
#define FLAG_HEADERS 0x2000
#define FLAG_ID      0x0080


static inline void
header_id(unsigned channel, uint64_t size, const char *id)
{
    xd_buf_t b = { 0 };

    put_short(&b, id);
    header(channel, size, FLAG_ID, xd_buf_str(&b));
    xd_buf_free(&b);
}


static inline void
body(unsigned channel, const char *text)
{
    put_frame(&peer.bytes, 3, channel, xd_str(text));
}


/* -- events ---------------------------------------------------------------- */

#define TELL(...)                                                              \
    do {                                                                       \
        if (peer.told.len > 0) {                                               \
            xd_buf_byte(&peer.told, ' ');                                      \
        }                                                                      \
        xd_buf_fmt(&peer.told, __VA_ARGS__);                                   \
    } while (0)


static inline void
told_up(void *ctx)
{
    (void) ctx;
    TELL("up");
}


static inline void
told_settled(void *ctx, void *job, xd_outcome_t outcome)
{
    static const char *const names[] = { "confirmed", "returned", "refused",
        "unknown" };

    (void) ctx;
    TELL("%s:%d", names[outcome], (int) (intptr_t) job);
    if (peer.on_settled != NULL) {
        peer.on_settled(job, outcome);
    }
}


static inline void
told_delivery(void *ctx, const xd_delivery_t *d)
{
    (void) ctx;
    TELL("delivery:%.*s:%.*s%s", XD_FMT(d->message.message_id),
        XD_FMT(d->message.body), d->redelivered ? ":again" : "");
    peer.last_tag = d->tag;
    if (peer.ntags < 512) {
        peer.tags[peer.ntags++] = d->tag;
    }
    if (peer.on_delivery != NULL) {
        peer.on_delivery(d);
    }
}


static inline void
told_consuming(void *ctx, uint32_t consumer)
{
    (void) ctx;
    TELL("consuming:%" PRIu32, consumer);
}


static inline void
told_cancelled(void *ctx, uint32_t consumer)
{
    (void) ctx;
    TELL("cancelled:%" PRIu32, consumer);
}


static inline void
told_blocked(void *ctx, bool on, xd_str_t reason)
{
    (void) ctx;
    TELL("blocked:%s:%.*s", on ? "on" : "off", XD_FMT(reason));
}


static inline void
told_closed(void *ctx, uint16_t code, xd_str_t text)
{
    (void) ctx;
    TELL("closed:%u:%.*s", code, XD_FMT(text));
}


static const xd_link_events_t peer_events = {
    .up = told_up,
    .settled = told_settled,
    .delivery = told_delivery,
    .consuming = told_consuming,
    .cancelled = told_cancelled,
    .blocked = told_blocked,
    .closed = told_closed,
};


/* -- feeding and looking --------------------------------------------------- */

/* Feeds what was scripted in pieces of at most step bytes; each piece is a
 * block of its own, so ASan sees a read past it. */
static inline xd_rc_t
feed_by(size_t step)
{
    xd_rc_t rc = XD_OK;
    size_t at = 0;

    while (at < peer.bytes.len && rc == XD_OK) {
        size_t n = peer.bytes.len - at < step ? peer.bytes.len - at : step;
        char *piece = malloc(n);

        memcpy(piece, peer.bytes.ptr + at, n);
        rc = xd_link_input(peer.link, piece, n, peer.now);
        free(piece);
        at += n;
    }

    xd_buf_reset(&peer.bytes);

    return rc;
}


static inline xd_rc_t
feed(void)
{
    return feed_by(SIZE_MAX);
}


static inline uint32_t
number_at(const char *at, int bytes)
{
    uint32_t v = 0;

    for (int i = 0; i < bytes; i++) {
        v = v << 8 | (uint8_t) at[i];
    }

    return v;
}


static inline void
name_frame(const char *at, uint32_t size)
{
    xd_buf_t *b = &peer.sent;
    unsigned channel = number_at(at + 1, 2);

    if (b->len > 0) {
        xd_buf_byte(b, ' ');
    }

    switch (at[0]) {
    case 1:
        xd_buf_fmt(b, "%u.%u/%u", number_at(at + 7, 2), number_at(at + 9, 2),
            channel);
        break;
    case 2:
        xd_buf_fmt(b, "H:%u:%u", channel, number_at(at + 15, 4));
        break;
    case 3:
        xd_buf_fmt(b, "B:%u:%u", channel, size);
        break;
    default:
        xd_buf_text(b, "HB");
    }
}


/* Takes the link's bytes and names its frames; NUL-terminated. */
static inline const char *
sent(void)
{
    size_t at = 0;
    struct iovec iov;

    xd_buf_reset(&peer.wire);
    xd_buf_reset(&peer.sent);
    while (xd_link_output(peer.link, &iov, 1) == 1) {
        xd_buf_add(&peer.wire, (xd_str_t){ iov.iov_base, iov.iov_len });
        xd_link_written(peer.link, iov.iov_len, peer.now);
    }

    if (peer.wire.len >= 8 && memcmp(peer.wire.ptr, "AMQP", 4) == 0) {
        ck_assert_mem_eq(peer.wire.ptr, "AMQP\0\0\011\001", 8);
        xd_buf_text(&peer.sent, "AMQP");
        at = 8;
    }

    while (at < peer.wire.len) {
        const char *f = peer.wire.ptr + at;
        uint32_t size = number_at(f + 3, 4);

        ck_assert_uint_le(at + size + 8, peer.wire.len);
        ck_assert_int_eq((uint8_t) f[7 + size], 0xce);
        name_frame(f, size);
        at += size + 8;
    }

    xd_buf_byte(&peer.sent, '\0');

    return peer.sent.ptr;
}


/* What the owner was told since the last look. */
static inline const char *
told(void)
{
    static char text[65536];

    (void) snprintf(text, sizeof(text), "%.*s", (int) peer.told.len,
        peer.told.ptr == NULL ? "" : peer.told.ptr);
    xd_buf_reset(&peer.told);

    return text;
}


/* Payload of the nth frame of the bytes last taken (frames only). */
static inline xd_str_t
payload(size_t n)
{
    size_t at = memcmp(peer.wire.ptr, "AMQP", 4) == 0 ? 8 : 0;

    while (n-- > 0) {
        at += number_at(peer.wire.ptr + at + 3, 4) + 8;
    }

    return (xd_str_t){ peer.wire.ptr + at + 7,
        number_at(peer.wire.ptr + at + 3, 4) };
}


/* -- the way up ------------------------------------------------------------ */

static inline void
script_start_with(xd_str_t table, const char *mechanisms)
{
    xd_buf_t b = { 0 };

    put(&b, 10, 2);
    put(&b, 10, 2);
    put(&b, 9, 2); /* version 0-9 */
    put_long(&b, table);
    put_long(&b, xd_str(mechanisms));
    put_long(&b, XD_STR("en_US"));
    put_frame(&peer.bytes, 1, 0, xd_buf_str(&b));
    xd_buf_free(&b);
}


static inline void
script_start(void)
{
    xd_buf_t table = { 0 };

    put_short(&table, "version");
    xd_buf_byte(&table, 'S');
    put_long(&table, XD_STR("3.10.8"));
    script_start_with(xd_buf_str(&table), "AMQPLAIN PLAIN");
    xd_buf_free(&table);
}


static inline void
script_tune(unsigned channels, unsigned frame_max, unsigned heartbeat)
{
    method(0, 10, 30, "242", channels, frame_max, heartbeat);
}


static inline void
script_channels(void)
{
    method(0, 10, 41, "s", "");
    method(1, 20, 11, "l", "");
    method(1, 85, 11, "");
    method(2, 20, 11, "l", "");
    method(2, 60, 11, "");
}


static inline void
peer_new(const xd_link_conf_t *conf)
{
    static const xd_link_conf_t plain = {
        .vhost = { "crossdock", 9 },
        .user = { "xd-test", 7 },
        .password = { "secret", 6 },
        .name = { "test", 4 },
        .window = 8,
    };

    peer = (peer_t){ .now = 1000 };
    peer.link = xd_link_new(conf == NULL ? &plain : conf, &peer_events, NULL);
    ck_assert_ptr_nonnull(peer.link);
}


static inline void
peer_up(const xd_link_conf_t *conf)
{
    peer_new(conf);
    ck_assert_int_eq(xd_link_start(peer.link, peer.now), XD_OK);
    script_start();
    script_tune(2047, 131072, 60);
    script_channels();
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_str_eq(told(), "up");
    (void) sent();
}


static inline void
peer_free(void)
{
    xd_link_free(peer.link);
    xd_buf_free(&peer.bytes);
    xd_buf_free(&peer.wire);
    xd_buf_free(&peer.told);
    xd_buf_free(&peer.sent);
}


static inline xd_message_t
message(const char *id, const char *text)
{
    return (xd_message_t){
        .exchange = XD_STR("xd.order"),
        .routing_key = XD_STR("sales-order.created.v1.none.p01"),
        .content_type = XD_STR("application/json"),
        .message_id = xd_str(id),
        .body = xd_str(text),
    };
}


static inline xd_rc_t
publish(const char *id, int job)
{
    xd_message_t m = message(id, "{}");

    return xd_link_publish(peer.link, &m, (void *) (intptr_t) job);
}


static inline int
run(const char *room, TCase *tc)
{
    Suite *s = suite_create(room);
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
