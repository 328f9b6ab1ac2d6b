/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BUS_LINK_IMPL_H
#define XD_BUS_LINK_IMPL_H

/*
 * Inside of bus/link, for the files of this room only:
 *
 *   link.c       life, time, what the drivers call
 *   input.c      bytes to frames, each checked, to its handler
 *   output.c     methods and contents to bytes
 *   handshake.c  connection.*, channel.*, until everything is up
 *   publish.c    publishing, confirms, returns
 *   consume.c    consumers
 *   deliver.c    deliveries, acknowledgements
 *   unacked.c    tags handed to the owner and not settled yet
 *   walk.c       field tables measured before they are decoded
 */

#include <sys/time.h>

#if __has_include(<rabbitmq-c/amqp.h>)
#include <rabbitmq-c/amqp.h>
#include <rabbitmq-c/framing.h>
#else
#include <amqp.h>
#include <amqp_framing.h>
#endif

#include "base/vec.h"
#include "bus/link.h"

#define LINK_PUBLISHER   1 /* channel with confirms */
#define LINK_CONSUMER    2 /* channel with deliveries */

#define LINK_FRAME_EXTRA 8   /* 7 bytes of header, 1 end octet */
#define LINK_SHORT_MAX   255 /* bytes of a short string */
#define LINK_OPENING_MS  10000

/* Where a link stands.  Their order counts: input.c compares. */
typedef enum {
    LINK_DOWN,     /* no socket */
    LINK_HEADER,   /* protocol header sent; connection.start awaited */
    LINK_TUNING,   /* start-ok sent; connection.tune awaited */
    LINK_OPENED,   /* connection.open sent; open-ok awaited */
    LINK_CHANNELS, /* both channels are being opened */
    LINK_READY,
    LINK_CLOSING, /* connection.close sent; close-ok awaited */
    LINK_BROKEN   /* closed was called; the driver has to hang up */
} link_step_t;

/* One publish under way; what confirm.c knows as its job. */
typedef struct link_job_s link_job_t;
struct link_job_s {
    xd_link_t *link;
    void *job;        /* the owner's */
    link_job_t *next; /* when free */
    bool forgotten;
    uint8_t id_len;
    char id[LINK_SHORT_MAX];
};

typedef enum {
    CONSUMER_FREE,
    CONSUMER_WANTED, /* basic.consume is to be sent when the link is up */
    CONSUMER_ASKED,  /* sent */
    CONSUMER_ACTIVE,
    CONSUMER_CANCELLING /* what still comes is given back */
} consumer_state_t;

/* A place is used again with another generation, so old ids stay strange. */
typedef struct {
    consumer_state_t state;
    uint32_t generation;
    int64_t from; /* of a stream: where to begin; 0: no stream */
    uint8_t queue_len;
    char queue[LINK_SHORT_MAX];
} link_consumer_t;

/* A delivery that the owner holds; rows are in the order of their tags. */
typedef struct {
    uint64_t tag;
    uint32_t consumer;
} unacked_t;

/* Method, header and bodies of one message coming in on a channel. */
typedef struct {
    bool open; /* its method came */
    bool has_header;
    uint64_t left; /* bytes of body still to come */
} link_content_t;

struct xd_link_s {
    xd_arena_t *arena; /* owns the link itself */
    xd_link_conf_t conf;
    xd_link_events_t on;
    void *ctx;

    link_step_t step;
    bool drain, blocked;
    uint32_t awaited;                /* replies, a bit each: handshake.c */
    int64_t started, sent, received; /* ms; bytes last went, last came */
    uint32_t frame_max;              /* as tuned */
    uint32_t heartbeat_ms;           /* 0 until tuned */
    char version[32];

    amqp_connection_state_t codec; /* of this connection; else NULL */
    xd_buf_t in;                   /* a frame of which bytes are missing */
    xd_buf_t out;
    size_t out_at;           /* bytes of out that are written */
    char *scratch;           /* one frame being made */
    void (*wake)(void *ctx); /* the first byte waits to be written */
    void *wake_ctx;

    xd_confirm_t *window;
    link_job_t *jobs, *free_jobs;
    uint32_t inflight;
    bool refused; /* closed for one of those in flight */
    uint64_t published;
    link_content_t returned;

    xd_vec_t consumers; /* of link_consumer_t */
    xd_buf_t unacked;   /* of unacked_t */
    uint16_t epoch;     /* of this connection, in each tag given out */
    uint64_t last_tag;
    link_content_t delivery;
    bool wanted; /* the delivery coming in is for the owner */
    xd_delivery_t incoming;
    xd_arena_t *incoming_arena;
    xd_buf_t body;
};

/* The codec never writes through what it is given, but says void *. */
static inline amqp_bytes_t
link_bytes(xd_str_t s)
{
    return (amqp_bytes_t){ s.len, (void *) (uintptr_t) s.ptr };
}


static inline xd_str_t
link_str(amqp_bytes_t b)
{
    return (xd_str_t){ b.bytes, b.len };
}

/* -- link.c ---------------------------------------------------------------- */

/* The connection is over by a fault that we found: tells the owner, and the
 * broker too when code is not 0.  Returns XD_E_LINK. */
xd_rc_t link_fail(xd_link_t *link, uint16_t code, const char *format, ...)
    XD_PRINTF(3, 4);

/* The connection is over: tells the owner.  Returns XD_E_LINK. */
xd_rc_t link_closed(xd_link_t *link, uint16_t code, xd_str_t text);

/* Puts a last word into the outgoing bytes.  When there is no memory for it
 * the driver hangs up without. */
void link_say(xd_link_t *link, amqp_method_number_t id, void *args);
void link_say_close(xd_link_t *link, uint16_t code, xd_str_t text);

/* Says good-bye when draining is over. */
void link_drained(xd_link_t *link);

/* A driver wants to be told, once, when bytes begin to wait. */
void link_on_output(xd_link_t *link, void (*wake)(void *ctx), void *ctx);

/* -- output.c -------------------------------------------------------------- */

size_t link_pending(const xd_link_t *link);

/* XD_OK; XD_E_LIMIT when it does not fit a frame; XD_E_MEMORY; nothing was
 * written unless XD_OK. */
XD_CHECKED xd_rc_t link_send(xd_link_t *link, uint16_t channel,
    amqp_method_number_t id, void *args);
XD_CHECKED xd_rc_t link_send_publish(xd_link_t *link,
    amqp_basic_publish_t *method, amqp_basic_properties_t *props,
    xd_str_t body);
XD_CHECKED xd_rc_t link_send_bytes(xd_link_t *link, xd_str_t bytes);

/* -- handlers of methods; each returns XD_OK or XD_E_LINK ------------------ */

typedef xd_rc_t link_method_fn(xd_link_t *link, void *args);

link_method_fn on_start, on_secure, on_tune, on_open_ok, on_blocked,
    on_unblocked, on_connection_close, on_connection_close_ok;
link_method_fn on_publisher_open, on_consumer_open, on_confirm_ok, on_qos_ok,
    on_channel_close;
link_method_fn on_ack, on_nack, on_return;
link_method_fn on_consume_ok, on_cancel_ok, on_cancel, on_deliver;

typedef struct {
    amqp_method_number_t id;
    uint16_t channel;
    link_step_t from, to; /* steps in which it may come */
    link_method_fn *handle;
} link_method_t;

/* Ends with an id of 0. */
extern const link_method_t link_methods[];

/* Contents: the header's properties, then parts of the body. */
XD_CHECKED xd_rc_t link_return_header(xd_link_t *link,
    const amqp_basic_properties_t *props);
XD_CHECKED xd_rc_t link_delivery_header(xd_link_t *link,
    const amqp_basic_properties_t *props, uint64_t size);
XD_CHECKED xd_rc_t link_delivery_body(xd_link_t *link, xd_str_t part);
XD_CHECKED xd_rc_t link_delivery_done(xd_link_t *link);

/* Remembered consumers ask again. */
XD_CHECKED xd_rc_t link_consume_all(xd_link_t *link);
void link_consumers_lost(xd_link_t *link);

/* The consumer of that tag on the wire, or NULL; *number gains its number. */
link_consumer_t *link_consumer_by_tag(xd_link_t *link, amqp_bytes_t tag,
    uint32_t *number);

/* basic.nack for a tag of the broker's. */
XD_CHECKED xd_rc_t link_send_nack(xd_link_t *link, uint64_t tag, bool multiple,
    bool requeue);

/* Told by confirm.c. */
void link_job_settled(void *arg, xd_outcome_t outcome);

/* -- unacked.c ------------------------------------------------------------- */

XD_CHECKED xd_rc_t unacked_add(xd_buf_t *rows, uint64_t tag, uint32_t consumer);

/* The row that an acknowledgement of tag names: that of tag itself, or with
 * multiple the last one up to it.  false: there is none. */
bool unacked_find(const xd_buf_t *rows, uint64_t tag, bool multiple,
    size_t *row);
uint64_t unacked_tag(const xd_buf_t *rows, size_t row);

/* Drops that row, or with multiple all up to it. */
void unacked_drop(xd_buf_t *rows, size_t row, bool multiple);

/* Takes the first row of a consumer at or behind *row; false: none. */
bool unacked_take(xd_buf_t *rows, uint32_t consumer, size_t *row,
    uint64_t *tag);

/* -- walk.c ---------------------------------------------------------------- */

#define WALK_DEPTH 8

/* True when bytes begin with a whole field table of known types, at most
 * WALK_DEPTH deep. */
bool walk_table(xd_str_t bytes);

/* The same for a content header's payload (class, weight, size, flags,
 * properties): its table, and no flags behind the first sixteen. */
bool walk_header(xd_str_t payload);

#endif
