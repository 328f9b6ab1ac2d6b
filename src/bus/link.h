/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BUS_LINK_H
#define XD_BUS_LINK_H

#include <sys/uio.h>

#include "bus/confirm.h"
#include "bus/message.h"

/*
 * An AMQP 0-9-1 client as a machine without a socket: it is fed bytes and
 * the time, and drained of bytes.  Drivers: bus/client.h (poll) for daemons,
 * modules/ngx_xd_link.h for nginx.
 *
 * Two channels: 1 publishes with confirms, 2 consumes.  Everything declared
 * on the broker is made by `xd topology`, never here.
 *
 * Standard: AMQP 0-9-1; RabbitMQ extensions confirm.select, basic.nack,
 * connection.blocked, consumer_cancel_notify.
 */

typedef struct xd_link_s xd_link_t;

typedef struct {
    xd_str_t vhost, user, password;
    xd_str_t name;      /* shown in the broker's connection list */
    uint32_t frame_max; /* 0: 131072; at least 8192 */
    uint16_t heartbeat; /* seconds; 0: 10 */
    uint32_t window;    /* most unconfirmed publishes, a power of two;
                            0: 256 */
    uint16_t prefetch;  /* unacknowledged deliveries a consumer; 0: 100 */
    size_t body_max;    /* of a delivery; 0: 16 MiB; larger closes the link */
    size_t pending_max; /* bytes waiting to be written; 0: 64 MiB */
} xd_link_conf_t;

/* What the owner is told.  Any may be NULL.  No call may free, start or lose
 * the link; all other calls are fine. */
typedef struct {
    void (*up)(void *ctx); /* ready to publish */
    void (*settled)(void *ctx, void *job, xd_outcome_t outcome);
    void (*delivery)(void *ctx, const xd_delivery_t *d); /* slices live only
                                                            for the call */
    void (*consuming)(void *ctx, uint32_t consumer);     /* consume-ok */
    void (*cancelled)(void *ctx, uint32_t consumer);     /* by the broker */
    void (*blocked)(void *ctx, bool on, xd_str_t reason);
    /* connection.close, channel.close, a fault, or the socket went away
       (code 0); then the link is down */
    void (*closed)(void *ctx, uint16_t code, xd_str_t text);
} xd_link_events_t;

typedef enum {
    XD_LINK_DOWN,
    XD_LINK_OPENING,
    XD_LINK_UP,
    XD_LINK_DRAINING
} xd_link_state_t;

/* NULL when there is no memory.  conf's slices are copied. */
xd_link_t *xd_link_new(const xd_link_conf_t *conf,
    const xd_link_events_t *events, void *ctx);
void xd_link_free(xd_link_t *link);

/* A socket is connected: begin the handshake. */
XD_CHECKED xd_rc_t xd_link_start(xd_link_t *link, int64_t now_ms);

/*
 * xd_link_input - bytes came from the broker
 *
 * Returns XD_OK; XD_E_LINK when the connection is over (closed was called):
 * close the socket, call xd_link_lost, reconnect.
 */
XD_CHECKED xd_rc_t xd_link_input(xd_link_t *link, const char *bytes, size_t len,
    int64_t now_ms);

/* What waits to be written: fills at most max slices, returns their number.
 * They stay valid until xd_link_written, which says how many bytes went. */
int xd_link_output(xd_link_t *link, struct iovec *iov, int max);
void xd_link_written(xd_link_t *link, size_t bytes, int64_t now_ms);

/* When xd_link_tick must be called at the latest (xd_mono_ms); 0: never. */
int64_t xd_link_deadline(const xd_link_t *link);

/* Sends a heartbeat when due.  XD_E_LINK when the broker has been silent for
 * two intervals, or the handshake takes over 10 s. */
XD_CHECKED xd_rc_t xd_link_tick(xd_link_t *link, int64_t now_ms);

/* The socket is gone.  Every unsettled job ends XD_UNKNOWN; consumers are
 * remembered and start again at the next xd_link_start. */
void xd_link_lost(xd_link_t *link);

xd_link_state_t xd_link_state(const xd_link_t *link);
bool xd_link_is_blocked(const xd_link_t *link);

/* True from closed on until the next start, when the broker ended the link for
 * one of our publishes: an exchange that is not there (404), a key that is not
 * ours (403).  It was one of those in flight; the broker does not say which. */
bool xd_link_refused(const xd_link_t *link);
uint32_t xd_link_inflight(const xd_link_t *link);
xd_str_t xd_link_server_version(const xd_link_t *link);

/*
 * xd_link_publish - send one message, mandatory and persistent
 *
 *   m    copied into the outgoing frames before the call returns
 *   job  handed to settled, exactly once, when XD_OK was returned
 *
 * Returns XD_OK; XD_E_AGAIN when the window is full or the broker blocks;
 * XD_E_LINK when the link is not up; XD_E_LIMIT when a name is over 255
 * bytes, there is no message-id, the headers do not fit one frame or the
 * whole does not fit pending_max; XD_E_MEMORY.  An empty user_id stands for
 * the link's own user.
 */
XD_CHECKED xd_rc_t xd_link_publish(xd_link_t *link, const xd_message_t *m,
    void *job);

/*
 * xd_link_forget - the owner of job is gone
 *
 * Its outcome is dropped when it comes; the slot stays taken until then.
 */
void xd_link_forget(xd_link_t *link, void *job);

/* Consume a queue, now and after every reconnect; *consumer names it. */
XD_CHECKED xd_rc_t xd_link_consume(xd_link_t *link, xd_str_t queue,
    uint32_t *consumer);

/*
 * xd_link_consume_stream - read a stream
 *
 *   from  seconds since 1970: what came then, and a little before it, for a
 *         stream is cut in chunks; or one of the two below
 *
 * Each delivery must be acknowledged, and has the header x-stream-offset.
 * After a reconnect it begins there again.  Returns as xd_link_consume.
 */
#define XD_STREAM_FIRST (-1)
#define XD_STREAM_LAST  (-2) /* its last chunk */

XD_CHECKED xd_rc_t xd_link_consume_stream(xd_link_t *link, xd_str_t queue,
    int64_t from, uint32_t *consumer);

/* Stop consuming; deliveries not yet acknowledged are given back. */
XD_CHECKED xd_rc_t xd_link_cancel(xd_link_t *link, uint32_t consumer);

/* For deliveries of this connection only; a tag of an earlier one is
 * ignored, since the broker delivers it again. */
XD_CHECKED xd_rc_t xd_link_ack(xd_link_t *link, uint64_t tag, bool multiple);
XD_CHECKED xd_rc_t xd_link_nack(xd_link_t *link, uint64_t tag, bool multiple,
    bool requeue);

/* No more publishes; closes by itself once nothing is in flight. */
void xd_link_drain(xd_link_t *link);

#endif
