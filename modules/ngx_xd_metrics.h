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

#define NGX_XD_BUCKETS 11   /* of a confirm's time; then +Inf */
#define NGX_XD_CELLS   1024 /* nginx's own most: NGX_MAX_PROCESSES */

/* Most labels of a family; [0] takes whoever comes later. */
#define NGX_XD_DOCS     32
#define NGX_XD_POLICIES 64
#define NGX_XD_USERS    1024
#define NGX_XD_LABEL    128 /* bytes */

/* How requests ended, beside the problems. */
#define NGX_XD_ENDS_ACCEPTED NGX_XD_PROBLEMS
#define NGX_XD_ENDS_OTHER    (NGX_XD_PROBLEMS + 1)
#define NGX_XD_ENDS          (NGX_XD_PROBLEMS + 2)


/* What limits said to a call. */
typedef enum {
    NGX_XD_TOLL_ADMITTED,
    NGX_XD_TOLL_REFUSED,
    NGX_XD_TOLL_REFUNDED, /* admitted, and ended in a way that is free */
    NGX_XD_TOLLS
} ngx_xd_tolled_t;


/* What became of a credential. */
typedef enum {
    NGX_XD_PROVED,
    NGX_XD_PROVED_CACHED, /* as another call before */
    NGX_XD_PROVED_REFUSED,
    NGX_XD_PROVEDS
} ngx_xd_proved_t;


struct ngx_xd_cell_s {
    ngx_atomic_t pid; /* 0: nobody */
    ngx_atomic_t state;
    ngx_atomic_t blocked;
    ngx_atomic_t inflight;
    ngx_atomic_t waiting;
};

/* The zone.  Its layout is its name's version: change both. */
#define NGX_XD_ZONE "xd_metrics_9"

struct ngx_xd_metrics_s {
    ngx_atomic_t labels[NGX_XD_LABELS]; /* in use */
    u_char doc[NGX_XD_DOCS][NGX_XD_LABEL];
    u_char policy[NGX_XD_POLICIES][NGX_XD_LABEL];
    u_char user[NGX_XD_USERS][NGX_XD_LABEL];
    ngx_atomic_t calls[NGX_XD_TOLLS];
    ngx_atomic_t refused[NGX_XD_POLICIES];
    ngx_atomic_t shadowed[NGX_XD_POLICIES]; /* would have been refused */
    ngx_atomic_t used[NGX_XD_USERS];
    ngx_atomic_t last[NGX_XD_USERS]; /* of them, seconds since 1970 */
    ngx_atomic_t published[NGX_XD_DOCS][NGX_XD_OUTCOMES];
    ngx_atomic_t confirm[NGX_XD_BUCKETS + 1];
    ngx_atomic_t confirm_us; /* their sum, microseconds */
    ngx_atomic_t ends[NGX_XD_ENDS];
    ngx_atomic_t proved[NGX_XD_PROOFS][NGX_XD_PROVEDS];
    ngx_xd_cell_t cell[NGX_XD_CELLS];
};


/*
 * ngx_xd_metrics_label - a label that this configuration has
 *
 *   text  name="value", several joined by commas; is kept
 *
 * At configuration time.  *n becomes its place in mcf->labels[family], whose
 * .place is known from when the zone is there.
 */
ngx_int_t ngx_xd_metrics_label(ngx_http_xd_main_conf_t *mcf,
    ngx_xd_labels_t family, ngx_str_t text, ngx_uint_t *n);

/* The place in the zone of the nth label of this configuration. */
static inline ngx_uint_t
ngx_xd_metrics_place(const ngx_http_xd_main_conf_t *mcf, ngx_xd_labels_t family,
    ngx_uint_t n)
{
    return ((ngx_xd_label_t *) mcf->labels[family].elts)[n].place;
}


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
