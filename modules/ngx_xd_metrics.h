/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_METRICS_H
#define NGX_XD_METRICS_H

#include "ngx_xd_link.h"

/*
 * Counters that outlive workers and reloads, in a shared zone.
 *
 * What only grows is added by every worker to the same words, so a dead
 * worker's share stays.  What goes up and down stands in one cell per worker
 * process and counts only while that process lives.
 */

#define NGX_XD_BUCKETS  11 /* of a confirm's time; then +Inf */
#define NGX_XD_DOCS     32 /* label values of published documents */
#define NGX_XD_DOC_NAME 32
#define NGX_XD_CELLS    1024 /* nginx's own most: NGX_MAX_PROCESSES */

/* How requests ended, beside the problems. */
#define NGX_XD_ENDS_ACCEPTED NGX_XD_PROBLEMS
#define NGX_XD_ENDS_OTHER    (NGX_XD_PROBLEMS + 1)
#define NGX_XD_ENDS          (NGX_XD_PROBLEMS + 2)


struct ngx_xd_cell_s {
    ngx_atomic_t pid; /* 0: nobody */
    ngx_atomic_t state;
    ngx_atomic_t blocked;
    ngx_atomic_t inflight;
    ngx_atomic_t waiting;
};

/* The zone.  Its layout is its name's version: change both. */
#define NGX_XD_ZONE "xd_metrics_1"

struct ngx_xd_metrics_s {
    ngx_atomic_t docs; /* names in use; [0] is "other" */
    u_char doc[NGX_XD_DOCS][NGX_XD_DOC_NAME];
    ngx_atomic_t published[NGX_XD_DOCS][NGX_XD_OUTCOMES];
    ngx_atomic_t confirm[NGX_XD_BUCKETS + 1];
    ngx_atomic_t confirm_us; /* their sum, microseconds */
    ngx_atomic_t ends[NGX_XD_ENDS];
    ngx_xd_cell_t cell[NGX_XD_CELLS];
};


/* Declares the zone; mcf->metrics is set when nginx has made it. */
char *ngx_xd_metrics_zone(ngx_conf_t *cf, ngx_http_xd_main_conf_t *mcf);

/* Takes this process's cell. */
void ngx_xd_cell_take(ngx_http_xd_main_conf_t *mcf);
void ngx_xd_cell_leave(ngx_http_xd_main_conf_t *mcf);
void ngx_xd_cell_set(ngx_xd_cell_t *cell, ngx_xd_link_stats_t stats);

/* True while the process of that cell lives; else the cell is freed. */
ngx_uint_t ngx_xd_cell_alive(ngx_xd_cell_t *cell);

/* One publish ended; us is how long it took, microseconds. */
void ngx_xd_metrics_published(ngx_xd_metrics_t *m, ngx_uint_t doc,
    ngx_xd_outcome_t outcome, uint64_t us);

/* Prometheus text 0.0.4 at the end of b. */
void ngx_xd_metrics_write(ngx_xd_metrics_t *m, xd_buf_t *b);

/* The same cells as JSON; *good is false unless every link is up and free. */
void ngx_xd_health_write(ngx_xd_metrics_t *m, xd_buf_t *b, ngx_uint_t *good);

#endif
