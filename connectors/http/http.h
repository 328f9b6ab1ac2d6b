/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_HTTP_HTTP_H
#define XD_HTTP_HTTP_H

#include "base/map.h"
#include "breaker.h"
#include "outcome.h"
#include "relay/relay.h"
#include "web/client.h"


/* Where commands go, as configured; one generation. */
typedef struct http_target_s {
    struct http_target_s *next;
    xd_str_t id;
    bool partner; /* bytes to its address, and not a document */
    xd_str_t url; /* without a slash at the end */
    int64_t timeout_ms, connect_ms;
    uint32_t concurrency;
    uint32_t failures; /* of the breaker */
    int64_t pause_ms;
    xd_str_t header; /* of the credentials; empty: none */
    xd_str_t file, secret;
} http_target_t;

typedef struct http_job_s http_job_t;

/* What lasts of a destination while the configuration changes. */
typedef struct http_gate_s {
    struct http_gate_s *next;
    xd_str_t id;
    http_target_t *target; /* NULL: no longer configured */
    breaker_t breaker;
    uint32_t under_way;
    http_job_t *first, **last; /* waiting for a place */
} http_gate_t;

/* xd-http's own context. */
typedef struct {
    xd_loop_t *loop;
    xd_web_t *web;
    xd_metrics_t *metrics;
    const xd_conf_t *conf;
    xd_arena_t *arena;    /* of the process: this and the gates */
    xd_arena_t *settings; /* of the generation: the targets */
    xd_map_t *by_id;      /* the gates; never removed */
    http_gate_t *gates;
} http_t;

/* One command on its way; lives in the arena of its work. */
struct http_job_s {
    http_t *h;
    http_gate_t *gate;
    xd_work_t *w;
    http_job_t *next;
    xd_str_t document, verb, key;
    uint64_t key_version;
    xd_str_t doc_ref; /* message-id of the fact */
    xd_str_t correlation_id;
    bool test;
    xd_uuid_t effect_key; /* its Idempotency-Key */
    int64_t sent_ms;      /* xd_mono_ms() */
    bool reread;          /* credentials were read again for it */
    const outcome_t *outcome;
    xd_str_t foreign_id, reason;
};

/* -- target.c: the destinations -------------------------------------------- */

/* Reads systems and partners into a new generation, and swaps it in; on any
 * fault the old one stays.  XD_OK; XD_E_CONF with findings; XD_E_MEMORY. */
XD_CHECKED xd_rc_t http_targets_load(http_t *h, const xd_conf_t *conf,
    xd_report_t *rep);

/* Reads a target's secret again; false: it cannot be read, or is as it was. */
bool http_target_reread(http_t *h, http_target_t *target);

/* -- command.c: what a message asks for ------------------------------------ */

/*
 * http_command_read - read a command or outgoing bytes into a job
 *
 * XD_OK; else the reason was given with xd_work_fail: XD_E_SYNTAX for a
 * message that no try can mend, XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t http_command_read(http_job_t *job);

/* Order is kept per business key and destination. */
xd_str_t http_lane(void *ctx, const xd_message_t *m, xd_str_t queue,
    xd_arena_t *arena);

/* -- effect.c: sending, and what came of it -------------------------------- */

/* The work function of the relay. */
xd_work_rc_t http_work(void *ctx, xd_work_t *w);

/* -- delivery.c: the fact about it ----------------------------------------- */

/* Emits delivery.confirmed or delivery.refused; ctx is the job. */
xd_rc_t http_delivery(void *ctx, xd_work_t *w);

/* -- count_table.c --------------------------------------------------------- */

extern const xd_family_t http_requests_total, http_request_seconds,
    http_breaker_open, http_under_way;

#endif
