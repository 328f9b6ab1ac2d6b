/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The publishes of one worker: given to the link while its window has room,
 * else in a bounded queue, oldest first.  Every one ends by an outcome, by its
 * deadline, or because its request is gone; each end is told apart by whether
 * the link has been given the message.
 */

#include "ngx_xd_link_impl.h"


void
ngx_xd_link_note(const ngx_xd_link_t *l)
{
    ngx_xd_cell_set(l->mcf->cell, ngx_xd_link_stats(l));
}


void
ngx_xd_job_done(ngx_xd_job_t *job, ngx_xd_outcome_t outcome)
{
    if (job->timer.timer_set) {
        ngx_del_timer(&job->timer);
    }

    job->link = NULL;
    job->settle(job, outcome);
}


static void
job_enqueue(ngx_xd_link_t *l, ngx_xd_job_t *job)
{
    ngx_queue_insert_tail(&l->waiting, &job->queue);
    l->nwaiting++;
    ngx_xd_link_note(l);
}


static void
job_unqueue(ngx_xd_job_t *job)
{
    ngx_queue_remove(&job->queue);
    job->link->nwaiting--;
    ngx_xd_link_note(job->link);
}


/* The deadline: only what never left the queue is known not to be taken. */
static void
job_expired(ngx_event_t *ev)
{
    ngx_xd_job_t *job = ngx_queue_data(ev, ngx_xd_job_t, timer);
    ngx_xd_outcome_t outcome = NGX_XD_UNAVAILABLE;

    if (job->written) {
        xd_link_forget(job->link->machine, job);
        outcome = NGX_XD_UNKNOWN;
    } else {
        job_unqueue(job);
    }

    ngx_xd_job_done(job, outcome);
}


static xd_rc_t
job_give(ngx_xd_link_t *l, ngx_xd_job_t *job)
{
    xd_rc_t rc = xd_link_publish(l->machine, &job->message, job);

    if (rc == XD_OK) {
        job->written = 1;
        ngx_post_event(&l->flush, &ngx_posted_events);
    }

    return rc;
}


static ngx_xd_outcome_t
link_down_outcome(const ngx_xd_link_t *l)
{
    return ngx_xd_is_refusal(l->code) ? NGX_XD_MISCONFIGURED
                                      : NGX_XD_UNAVAILABLE;
}


void
ngx_xd_waiting_fail(ngx_xd_link_t *l)
{
    ngx_xd_job_t *job;

    while (!ngx_queue_empty(&l->waiting)) {
        job = ngx_queue_data(ngx_queue_head(&l->waiting), ngx_xd_job_t, queue);
        job_unqueue(job);
        ngx_xd_job_done(job, link_down_outcome(l));
    }
}


void
ngx_xd_waiting_pump(ngx_xd_link_t *l)
{
    ngx_xd_job_t *job;
    xd_rc_t rc;

    if (xd_link_is_blocked(l->machine)) {
        ngx_xd_waiting_fail(l);
        return;
    }

    if (xd_link_state(l->machine) != XD_LINK_UP) {
        return;
    }

    while (!ngx_queue_empty(&l->waiting)) {
        job = ngx_queue_data(ngx_queue_head(&l->waiting), ngx_xd_job_t, queue);

        rc = job_give(l, job);
        if (rc == XD_E_AGAIN) {
            return;
        }

        job_unqueue(job);

        if (rc != XD_OK) {
            ngx_xd_job_done(job, NGX_XD_UNAVAILABLE);
        }
    }
}


ngx_xd_outcome_t
ngx_xd_link_publish(ngx_xd_link_t *l, ngx_xd_job_t *job)
{
    xd_rc_t rc = XD_E_AGAIN;

    /* While a connect is under way a request may wait for it: a worker that
     * a reload has just started refuses nobody. */
    if (l->connection == NULL) {
        return link_down_outcome(l);
    }

    if (xd_link_is_blocked(l->machine)) {
        return NGX_XD_UNAVAILABLE;
    }

    if (xd_link_state(l->machine) == XD_LINK_UP && ngx_queue_empty(&l->waiting))
    {
        rc = job_give(l, job);
        ngx_xd_link_write_early(l);
    }

    if (rc == XD_E_AGAIN && l->nwaiting < l->mcf->queue_max) {
        job_enqueue(l, job);
        rc = XD_OK;
    }

    if (rc != XD_OK) {
        return NGX_XD_UNAVAILABLE;
    }

    job->link = l;
    job->timer.handler = job_expired;
    job->timer.data = job->connection;
    job->timer.log = job->connection->log;
    ngx_add_timer(&job->timer, job->timeout);

    return NGX_XD_PENDING;
}


void
ngx_xd_link_forget(ngx_xd_job_t *job)
{
    if (job->link == NULL) {
        return;
    }

    if (job->written) {
        xd_link_forget(job->link->machine, job);
    } else {
        job_unqueue(job);
    }

    if (job->timer.timer_set) {
        ngx_del_timer(&job->timer);
    }

    job->link = NULL;
}


ngx_xd_link_stats_t
ngx_xd_link_stats(const ngx_xd_link_t *l)
{
    return (ngx_xd_link_stats_t){
        .state = xd_link_state(l->machine),
        .blocked = xd_link_is_blocked(l->machine),
        .inflight = xd_link_inflight(l->machine),
        .waiting = l->nwaiting,
    };
}
