/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_RELAY_ROOM_H
#define XD_RELAY_ROOM_H

/*
 * Inside of the relay, for the files of this room and its tests only:
 *
 *   relay.c    life: new, reload, stop, health; what the link tells
 *   rules.c    one generation of the configuration, compiled
 *   intake.c   deliveries to one transaction and one acknowledgement
 *   work.c     one message: its work, and its failure
 *   body.c     bytes in the archive that a message only names
 *   emit.c     messages and facts into the outbox, by the routes
 *   retry.c    tiers and reasons, pure
 *   held.c     heads of lanes that are due; asynchronous works
 *   ward.c     cases for xd-hospital
 *   release.c  its answers
 *   pump.c     outbox rows to the broker
 *   refused.c  exchanges and keys that the broker does not let us use
 *   pressure.c when to stop consuming; the tick
 *   outgoing.c bytes for partners, shared by the transports
 *   crash.c    places to die at, for tests
 */

#include "crash.h"
#include "crypt/digest.h"
#include "relay/relay.h"
#include "retry.h"

/* -- one generation of the configuration: rules.c -------------------------- */

typedef struct {
    xd_arena_t *arena;
    const xd_conf_t *conf;
    xd_str_t config; /* its hash */
    xd_routes_t *routes;
    retry_t retry;
    int64_t held_max, outbox_max;
    uint64_t disk_free;
    size_t message_memory;
} rules_t;

XD_CHECKED xd_rc_t rules_make(const xd_conf_t *conf, rules_t **out,
    xd_report_t *rep);
void rules_free(rules_t *rules);

/* -- the relay ------------------------------------------------------------- */

/* Why nothing is consumed. */
typedef enum {
    PRESSURE_NONE,
    PRESSURE_HELD,
    PRESSURE_OUTBOX,
    PRESSURE_DISK,
    PRESSURE_STORE,
    PRESSURE_STOP
} pressure_t;

typedef struct {
    xd_str_t queue;
    uint32_t consumer;
    bool consuming;
    bool release; /* answers of xd-hospital */
    bool full;    /* it has its share of held rows */
} source_t;

/* A delivery that was taken over from the link. */
typedef struct {
    xd_message_t message;
    uint64_t tag;
    xd_str_t queue;
    bool release;
} input_t;

/* A message being worked on, with what the work function need not see. */
typedef struct work_s work_t;
struct work_s {
    xd_work_t pub;        /* first: what the owner has is a pointer to this */
    xd_message_t message; /* as it came */
    xd_message_t whole;   /* with the bytes that it may only name */
    xd_held_row_t row;    /* seq 0: not held yet */
    int64_t retry_after;
    bool not_tried;
    char code[64], text[512];
    work_t *next; /* among the asynchronous ones under way */
};

typedef struct pump_item_s pump_item_t;

#define PUMP_LANES    1024
#define REFUSED_MAX   32
#define REFUSED_TEXT  256
#define REFUSED_NAMES 256 /* AMQP's short strings, and a NUL */

/* A place that the broker closes the channel for: an exchange; a key of one;
 * or one row alone.  Rows to it wait here until one of them gets through. */
typedef struct {
    uint16_t code; /* the broker's; 0: free */
    char exchange[REFUSED_NAMES], key[REFUSED_NAMES]; /* key "": any */
    char text[REFUSED_TEXT];                          /* the broker's words */
    int64_t row;                                      /* 0: any */
    int64_t due_ms;
    uint32_t failures;
    bool told;
    pump_item_t *rows, **rows_end;
    int64_t count; /* with the one that is tried */
} refused_t;

typedef struct {
    xd_arena_t *arena;              /* of items, which are used again */
    xd_arena_t *rows;               /* of one reading */
    int64_t cursor;                 /* rows up to here have been looked at */
    pump_item_t *lanes[PUMP_LANES]; /* heads: the oldest row of each lane */
    pump_item_t *ready, **ready_end;
    pump_item_t *waiting; /* nacked or returned, until due */
    pump_item_t *unused;
    xd_vec_t done; /* of int64_t: confirmed, to be deleted */
    xd_timer_t turn, wake, flush;
    size_t stuck;

    refused_t refused[REFUSED_MAX];
    refused_t *trying;  /* one of its rows is under way, or about to be */
    pump_item_t *tried; /* that row */
    bool alone;         /* nothing may go beside what is under way */
    bool suspect;       /* the link went for one of those under way */
    uint16_t blame;     /* the link went for the one under way: the code */
    char blame_text[REFUSED_TEXT];
} pump_t;

struct xd_relay_s {
    xd_arena_t *arena;
    xd_loop_t *loop;
    xd_store_t *store;
    xd_metrics_t *metrics;
    xd_str_t process, name; /* "xd-x12", "x12" */
    const xd_relay_work_t *does;
    void *ctx;
    rules_t *rules;
    crash_t crash;
    xd_client_t *client;

    xd_vec_t sources; /* of source_t */
    xd_arena_t *batch_arena;
    xd_vec_t batch; /* of input_t */
    xd_timer_t turn;

    xd_arena_t *work_arena; /* of the one synchronous work */
    xd_arena_t *aside;      /* for failures: the message's own may be full */
    xd_buf_t body, props;   /* of what is being emitted */
    uint64_t emitted;       /* rows put into the outbox, ever */

    xd_timer_t retry;
    work_t *active;
    uint32_t nactive;
    bool recover;   /* some rows stay WORKING though nobody works on them */
    int64_t offset; /* of the wall clock to the steady one, at the last tick */

    pump_t pump;

    xd_timer_t tick;
    pressure_t pressure;
    int64_t held[3], outbox; /* rows, as of the last tick */
    bool stopping;
};

xd_link_t *relay_link(xd_relay_t *relay);

/* Begins, and is XD_E_STORE when the store has failed. */
XD_CHECKED xd_rc_t relay_begin(xd_relay_t *relay);

/* Deletes what was confirmed, commits, and wakes who waits for it. */
XD_CHECKED xd_rc_t relay_commit(xd_relay_t *relay);

/* Asks for a timer; without memory for it the tick has to do. */
void relay_soon(xd_relay_t *relay, xd_timer_t *timer, int64_t ms);

/* -- intake.c -------------------------------------------------------------- */

void intake_delivery(void *ctx, const xd_delivery_t *d);
void intake_turn(void *ctx);

/* Takes one input inside the open transaction. */
XD_CHECKED xd_rc_t intake_take(xd_relay_t *relay, const input_t *in);

/* -- work.c ---------------------------------------------------------------- */

/* Fills work for a message; its lane is asked for unless row has one. */
XD_CHECKED xd_rc_t work_make(xd_relay_t *relay, xd_arena_t *arena,
    const xd_message_t *m, const xd_held_row_t *row, work_t *out);

/* Does the work inside the open transaction and settles it, unless it
 * returns XD_WORK_LATER. */
XD_CHECKED xd_rc_t work_run(work_t *w, xd_work_rc_t *rc);

/* After the work: its row goes, stays, or comes. */
XD_CHECKED xd_rc_t work_settle(work_t *w, xd_work_rc_t rc);

/* Into held, not tried yet, to be worked on at once when its turn comes. */
XD_CHECKED xd_rc_t work_hold(work_t *w);

/* One outbox row; slices need live only for the call. */
XD_CHECKED xd_rc_t outbox_put(xd_relay_t *relay, const xd_message_t *m,
    xd_str_t lane);

/* -- body.c ---------------------------------------------------------------- */

/* The hash of the bytes that a message carries or names: what `seen` and
 * cases compare. */
void body_hash(const xd_message_t *m, uint8_t hash[XD_SHA256_LEN]);

/* True for the headers of a reference: a message with bytes of its own must
 * not have them. */
bool body_is_reference(xd_str_t header);

/* Fills w->whole.  XD_WORK_DONE: the bytes are there; else the reason was
 * given, and the work is not done. */
xd_work_rc_t body_load(work_t *w);

/* -- ward.c ---------------------------------------------------------------- */

typedef struct {
    const xd_message_t *message;
    xd_str_t queue, lane, reasons;
    xd_str_t code, text; /* of the last reason */
    uint32_t attempts;
    bool held; /* its lane stands still until an answer comes */
} case_t;

/* The body of hospital.ward.case.open, as JSON. */
void case_write(xd_buf_t *out, const xd_relay_t *relay, const case_t *c,
    xd_str_t id, xd_str_t at);

/* Emits the command and the exception fact. */
XD_CHECKED xd_rc_t ward_open(xd_relay_t *relay, const case_t *c);

/* A case of which no row is held: the input itself is refused. */
XD_CHECKED xd_rc_t ward_refuse(xd_relay_t *relay, const input_t *in,
    const char *code, const char *text);

/* An exception fact about this process itself. */
XD_CHECKED xd_rc_t ward_alarm(xd_relay_t *relay, const char *code,
    const char *text);

/* -- held.c, release.c, pump.c, pressure.c --------------------------------- */

/* Tries what is due, or starts works; sets its timer again. */
void held_turn(void *ctx);

XD_CHECKED xd_rc_t release_take(xd_relay_t *relay, const input_t *in);

XD_CHECKED xd_rc_t pump_init(xd_relay_t *relay);
void pump_free(xd_relay_t *relay);
void pump_turn(void *ctx);
void pump_settled(void *ctx, void *job, xd_outcome_t outcome);

/* Deletes confirmed rows in the open transaction; forget them once it is
 * committed. */
XD_CHECKED xd_rc_t pump_delete(xd_relay_t *relay);
void pump_deleted(xd_relay_t *relay);

/* -- refused.c ------------------------------------------------------------- */

/* The link is down; was it for a row of ours? */
void refused_closed(void *ctx, uint16_t code, xd_str_t text);

/* A reload: whoever mended the broker need not wait for the next try. */
void refused_retry(xd_relay_t *relay);

/* What stays refused through all tiers becomes an exception, once. */
void refused_tell(xd_relay_t *relay);

/* Its member of /health. */
void refused_write(const xd_relay_t *relay, xd_buf_t *json);

/* Decides anew, and consumes or cancels accordingly. */
void pressure_set(xd_relay_t *relay, pressure_t pressure);
void pressure_tick(void *ctx);
pressure_t pressure_now(const xd_relay_t *relay);
const char *pressure_name(pressure_t pressure);

/* -- metrics_table.c ------------------------------------------------------- */

extern const xd_family_t relay_published, relay_confirm_seconds, relay_inflight,
    relay_consumed, relay_process_seconds, relay_retries, relay_dedupe,
    relay_schema_errors, relay_route_findings, relay_blocked, relay_held_rows,
    relay_outbox_rows, relay_disk_low, relay_refused_rows;

/* The document a message is about, for labels: "shipment", or "raw". */
xd_str_t relay_document(const xd_message_t *m);

#endif
