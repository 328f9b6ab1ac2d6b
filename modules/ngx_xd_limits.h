/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_LIMITS_H
#define NGX_XD_LIMITS_H

#include "ngx_xd.h"
#include "ngx_xd_gcra.h"

/* The buckets of every known party, and their words in the shared zone. */
typedef struct {
    ngx_shm_zone_t *zone;
    const xd_registry_t *registry;
    ngx_xd_bucket_t **buckets; /* by party, then by place in its plan */
    ngx_uint_t *labels;        /* by plan: of its first policy */
} ngx_xd_limits_t;

/*
 * ngx_xd_limits - a bucket for each party under each policy of its plan
 *
 * At configuration time, behind xd_registry; without one nothing is made.  The
 * zone is there whether or not some location throttles, so that a reload which
 * turns limits off and on again loses nothing.
 */
ngx_int_t ngx_xd_limits(ngx_conf_t *cf, ngx_xd_limits_t *limits,
    size_t zone_size);

#endif
