/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_LINK_IMPL_H
#define NGX_XD_LINK_IMPL_H

/* Between ngx_xd_link.c, which has the socket, and ngx_xd_jobs.c, which has
 * the requests that wait; nobody else includes it. */

#include "ngx_xd_link.h"
#include "ngx_xd_metrics.h"

#define NGX_XD_LINK_BUFFER 65536


struct ngx_xd_link_s {
    ngx_http_xd_main_conf_t *mcf;
    xd_link_t *machine;
    ngx_connection_t *connection; /* NULL: the socket is closed */
    ngx_log_t *log;

    ngx_connection_t dumb; /* what nginx logs for events without a socket */
    ngx_event_t timer;     /* reconnect, connect deadline, heartbeat */
    ngx_event_t flush;     /* posted: something is to be written */

    ngx_uint_t unwritten; /* publishes since the last write */

    ngx_queue_t waiting; /* of jobs: the window is full */
    ngx_uint_t nwaiting;

    ngx_uint_t next_addr;
    ngx_msec_t backoff;
    uint16_t code; /* with which the broker closed; 0: not by itself */
    unsigned connected : 1;
    unsigned closing : 1; /* the worker ends: outcomes go nowhere */

    char buffer[NGX_XD_LINK_BUFFER];
};


/* Tells a job its outcome; nothing of it is under way from then on. */
void ngx_xd_job_done(ngx_xd_job_t *job, ngx_xd_outcome_t outcome);

/* A turn of the loop has many requests: the broker is to begin with the first
 * of them while the worker reads the others. */
void ngx_xd_link_write_early(ngx_xd_link_t *l);

/* Ends all that wait; nothing of them was written. */
void ngx_xd_waiting_fail(ngx_xd_link_t *l);

/* The window has moved: the oldest that wait go first. */
void ngx_xd_waiting_pump(ngx_xd_link_t *l);

/* Writes what others see of this link into the shared zone. */
void ngx_xd_link_note(const ngx_xd_link_t *l);


/* Access refused, exchange or virtual host missing: ours to mend. */
static inline ngx_uint_t
ngx_xd_is_refusal(uint16_t code)
{
    return code == 403 || code == 404 || code == 530;
}

#endif
