/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_RELAY_RELAY_H
#define XD_RELAY_RELAY_H

#include "base/loop.h"
#include "bus/client.h"
#include "conf/conf.h"
#include "route/route.h"
#include "store/held.h"
#include "store/outbox.h"
#include "store/store.h"
#include "web/metrics.h"

/*
 * The one loop of every daemon: take -> commit -> ack -> publish with
 * confirms; what fails for now is held in order, what fails for good goes to
 * the hospital.  A repeat is dropped by `seen`.
 *
 *   1. Deliveries gather up to the prefetch; one transaction notes each in
 *      `seen`, does its work and writes what it emits to `outbox` (or puts
 *      it into `held`), then commits.
 *   2. The inputs are acknowledged after the commit.
 *   3. Outbox rows are published in order with a window of confirms and
 *      deleted on a confirm without a return.  A nack or return keeps the row
 *      and holds later rows of its lane.
 */

typedef struct xd_relay_s xd_relay_t;

/* One message being worked on. */
typedef struct xd_work_s xd_work_t;
struct xd_work_s {
    xd_relay_t *relay;
    xd_arena_t *arena;           /* of this message */
    const xd_message_t *message; /* the input, with its real bytes */
    xd_str_t queue;              /* where it came from */
    xd_str_t lane;               /* its ordering key */
    xd_str_t trace;              /* traceparent of this step */
    uint32_t attempt;            /* 1: the first */
    int64_t now_ms;
    int64_t seq; /* of its held row; 0: none */
};

typedef enum {
    XD_WORK_DONE,
    XD_WORK_LATER,     /* asynchronous: xd_work_finish will be called */
    XD_WORK_TRANSIENT, /* failed for now: held in order, tried again */
    XD_WORK_PERMANENT, /* failed for good: to the hospital, lane held */
    XD_WORK_STUCK      /* we cannot write: every message would fail, so inputs
                        * go back in their order and stop until the next tick;
                        * of an asynchronous work as XD_WORK_TRANSIENT */
} xd_work_rc_t;

/* What a daemon does with its messages. */
typedef struct {
    /*
     * The work itself, inside the transaction.  On anything but XD_WORK_DONE
     * its own writes are undone.  The reason of a failure is given with
     * xd_work_fail before.
     */
    xd_work_rc_t (*work)(void *ctx, xd_work_t *w);

    /*
     * The ordering key of an input, or an empty slice: none.  NULL: the
     * header xd-key.
     */
    xd_str_t (*lane)(void *ctx, const xd_message_t *m, xd_str_t queue,
        xd_arena_t *arena);

    /*
     * True: every input is first taken into `held` and acknowledged, then
     * worked on from there (xd-http).  work may then return XD_WORK_LATER.
     */
    bool asynchronous;
    uint32_t concurrency; /* asynchronous works under way at once */
} xd_relay_work_t;

typedef struct {
    xd_loop_t *loop;
    const xd_conf_t *conf;
    xd_store_t *store;
    xd_metrics_t *metrics;
    const char *process; /* "xd-x12" */
    xd_vec_t queues;     /* of xd_str_t: to consume */
    const xd_relay_work_t *does;
    void *ctx;
} xd_relay_conf_t;

/* Connects and begins.  XD_OK, XD_E_CONF, XD_E_STORE, XD_E_MEMORY. */
XD_CHECKED xd_rc_t xd_relay_new(const xd_relay_conf_t *conf, xd_relay_t **out);

/* Takes over a new configuration (routes, limits, retry tiers): all or
 * nothing; the old stays on any fault, and must live until xd_relay_busy is
 * 0 otherwise.  Queues that are new are consumed too. */
XD_CHECKED xd_rc_t xd_relay_reload(xd_relay_t *relay, const xd_conf_t *conf,
    const xd_vec_t *queues, xd_report_t *rep);

/* What the routes are asked about a fact, from its key and its document. */
xd_route_fact_t xd_relay_about(const xd_message_t *fact, const xd_node_t *doc);

/* Asynchronous works under way. */
uint32_t xd_relay_busy(const xd_relay_t *relay);

/* No new inputs; finishes what is under way, at most ms. */
void xd_relay_stop(xd_relay_t *relay, int64_t ms);
void xd_relay_free(xd_relay_t *relay);

/* Up, blocked, how much is held and unpublished: the control socket's
 * /health. */
void xd_relay_health(const xd_relay_t *relay, xd_buf_t *json);

/* -- for an owner with inputs of its own: files, timers ------------------- */

/*
 * xd_relay_inject - take inputs that no queue brought
 *
 *   messages  each has a message-id, by which a repeat is known; they go the
 *             way of deliveries: `seen`, work, outbox
 *   source    what stands for a queue, in metrics and cases
 *
 * One transaction for all.  Never from inside a work.  Returns XD_OK: they
 * are the relay's from now on, or were before; XD_E_AGAIN: it takes nothing
 * now, ask later; XD_E_STORE and XD_E_MEMORY: none was taken.
 */
XD_CHECKED xd_rc_t xd_relay_inject(xd_relay_t *relay,
    const xd_message_t *messages, size_t count, xd_str_t source);

/* False while it takes nothing: it stops, or has too much already. */
bool xd_relay_takes(const xd_relay_t *relay);

/* Tests only: dies here when XD_CRASH_AT names this point of the owner's,
 * which has a dot in its name: "file.claimed". */
void xd_relay_crash(xd_relay_t *relay, const char *point);

/*
 * xd_body_refer - make a long body a reference
 *
 *   m     above XD_BODY_INLINE it loses its body for the headers `dataref`
 *         and `sha256`; else it stays as it is
 *   hash  of the body, whose bytes are in the archive
 *
 * A relay that works on such a message gives the work the bytes themselves,
 * so nobody else need know.  XD_OK or XD_E_MEMORY.
 */
#define XD_BODY_INLINE ((size_t) 256 * 1024)

XD_CHECKED xd_rc_t xd_body_refer(xd_arena_t *arena, xd_message_t *m,
    const char *hash);

/* -- for the work function ------------------------------------------------ */

/* Why it failed: code is stable ("http.422"), text for a person. */
void xd_work_fail(xd_work_t *w, const char *code, const char *format, ...)
    XD_PRINTF(3, 4);

/* The destination asked for this pause before the next try. */
void xd_work_retry_after(xd_work_t *w, int64_t ms);

/* It was not even tried (an open breaker): try again in ms, and this does
 * not count as an attempt.  Then return XD_WORK_TRANSIENT. */
void xd_work_not_tried(xd_work_t *w, int64_t ms);

/*
 * xd_work_emit - publish a message after the commit
 *
 *   lane  order is kept among messages of one lane; empty: the key of m
 */
XD_CHECKED xd_rc_t xd_work_emit(xd_work_t *w, const xd_message_t *m,
    xd_str_t lane);

/*
 * xd_work_fact - publish a canonical document: once to its domain exchange,
 * and once per destination of the routes to xd.cmd
 *
 *   doc  with its meta
 *
 * Returns XD_OK; XD_E_SYNTAX when doc is against its schema or a business
 * rule (findings in rep, with warnings also when it is good); XD_E_STORE;
 * XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_work_fact(xd_work_t *w, const xd_node_t *doc,
    xd_report_t *rep);

/*
 * xd_work_exception - tell people: the fact exception.opened about the message
 *
 *   code  stable, "file.empty"; one exception a message and code
 *   text  one sentence
 *
 * Returns as xd_work_fact does, but a fact against its schema is logged and
 * left out.
 */
XD_CHECKED xd_rc_t xd_work_exception(xd_work_t *w, const char *code,
    xd_str_t text);

/*
 * xd_work_finish - an asynchronous work is over
 *
 *   w   as it was given; invalid afterwards
 *   rc  not XD_WORK_LATER
 *   on_commit  NULL, or called inside the transaction that settles it, to
 *              write own state and emit facts
 */
void xd_work_finish(xd_work_t *w, xd_work_rc_t rc,
    xd_rc_t (*on_commit)(void *ctx, xd_work_t *w), void *ctx);

xd_store_t *xd_work_store(xd_work_t *w);
const xd_conf_t *xd_work_conf(xd_work_t *w);

#endif
