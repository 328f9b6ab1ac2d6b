/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_LINK_H
#define NGX_XD_LINK_H

#include "ngx_xd.h"
#include "bus/link.h"

/*
 * The nginx driver of bus/link: one link per worker, in its event loop.  It
 * never blocks, starts with the broker away, reconnects for ever.
 */


/* What became of one publish, as a caller must be told. */
typedef enum {
    NGX_XD_PENDING,       /* its handler will be called */
    NGX_XD_CONFIRMED,     /* on disk in every queue that it was routed to */
    NGX_XD_RETURNED,      /* no queue wanted it */
    NGX_XD_REFUSED,       /* basic.nack: not taken */
    NGX_XD_UNAVAILABLE,   /* nothing was written: down, blocked, or full */
    NGX_XD_MISCONFIGURED, /* the broker closed with 403 or 404 */
    NGX_XD_UNKNOWN,       /* given to the link, and no outcome came */
    NGX_XD_OUTCOMES
} ngx_xd_outcome_t;


typedef struct ngx_xd_job_s ngx_xd_job_t;

/* Told once; the job may be reused or freed from then on. */
typedef void ngx_xd_settle_fn(ngx_xd_job_t *job, ngx_xd_outcome_t outcome);

/* One publish, in its request's pool; zeroed before the first use. */
struct ngx_xd_job_s {
    xd_message_t message; /* its slices live as long as the job */
    ngx_xd_settle_fn *settle;
    void *data;
    ngx_connection_t *connection; /* whose log the timer may use */
    ngx_msec_t timeout;

    /* The link's own. */
    ngx_xd_link_t *link; /* NULL: nothing is under way */
    ngx_queue_t queue;   /* among those that wait for the window */
    ngx_event_t timer;
    unsigned written : 1; /* given to the link, no more among the waiting */
};


/* Where the broker is and how to speak to it: read at configuration time. */
struct ngx_xd_broker_s {
    ngx_array_t addrs; /* of ngx_addr_t, never empty */
    xd_link_conf_t link;
};

/* Numbers of one link, for the shared zone. */
typedef struct {
    xd_link_state_t state;
    ngx_uint_t blocked;
    ngx_uint_t inflight;
    ngx_uint_t waiting;
} ngx_xd_link_stats_t;


/* Starts to connect; called in a worker.  NULL without memory. */
ngx_xd_link_t *ngx_xd_link_create(ngx_cycle_t *cycle,
    ngx_http_xd_main_conf_t *mcf);

/* The worker ends: says good-bye to the broker and closes the socket. */
void ngx_xd_link_close(ngx_xd_link_t *link);

/*
 * ngx_xd_link_publish - send one message, or queue it for the window
 *
 *   job  with message, settle, data, connection and timeout
 *
 * Returns NGX_XD_PENDING, or the outcome, when it is clear at once: settle
 * is not called then.
 */
ngx_xd_outcome_t ngx_xd_link_publish(ngx_xd_link_t *link, ngx_xd_job_t *job);

/* The request is gone: the job is detached, its outcome dropped. */
void ngx_xd_link_forget(ngx_xd_job_t *job);

ngx_xd_link_stats_t ngx_xd_link_stats(const ngx_xd_link_t *link);

#endif
