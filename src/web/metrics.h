/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_WEB_METRICS_H
#define XD_WEB_METRICS_H

#include "base/buf.h"
#include "base/vec.h"

/* Counters and gauges of one process, written as Prometheus text 0.0.4.
 * Single-threaded; the sandbox and daemons only (nginx has its own zone). */
typedef struct xd_metrics_s xd_metrics_t;

typedef enum { XD_COUNTER, XD_GAUGE, XD_HISTOGRAM } xd_metric_kind_t;

/* One family: a row of a static table. */
typedef struct {
    const char *name, *help;
    xd_metric_kind_t kind;
    const char *labels[4]; /* names; NULL ends */
} xd_family_t;

xd_metrics_t *xd_metrics_new(xd_arena_t *arena);

/* labels: one value per name of the family; new combinations are counted up
 * to 1,000 a family, then fall together under "other". */
void xd_metric_add(xd_metrics_t *m, const xd_family_t *f, int64_t n,
    const xd_str_t *labels);
void xd_metric_set(xd_metrics_t *m, const xd_family_t *f, int64_t value,
    const xd_str_t *labels);

/* Histograms: seconds, buckets 5 ms to 10 s. */
void xd_metric_observe(xd_metrics_t *m, const xd_family_t *f, int64_t ms,
    const xd_str_t *labels);

void xd_metrics_write(const xd_metrics_t *m, xd_buf_t *out);

#endif
