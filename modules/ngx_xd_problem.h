/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_PROBLEM_H
#define NGX_XD_PROBLEM_H

#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>

#include "base/rc.h"

#define NGX_XD_UNPROCESSABLE 422 /* nginx has no names for these */
#define NGX_XD_GONE          410


/* Every refusal of ours: one row of ngx_xd_problem_table.c each.  The number
 * is also its counter's place in the shared zone: add at the end only. */
typedef enum {
    NGX_XD_P_UNAUTHENTICATED,
    NGX_XD_P_INVALID_CREDENTIALS,
    NGX_XD_P_INSUFFICIENT_SCOPE,
    NGX_XD_P_AMBIGUOUS_CREDENTIALS,
    NGX_XD_P_SENDER_MISMATCH,
    NGX_XD_P_ENVELOPE,
    NGX_XD_P_NOT_WELL_FORMED,
    NGX_XD_P_SCHEMA,
    NGX_XD_P_IDEMPOTENCY_KEY,
    NGX_XD_P_VERSION_WITHDRAWN,
    NGX_XD_P_VERSION_UNKNOWN,
    NGX_XD_P_METHOD,
    NGX_XD_P_MEDIA_TYPE,
    NGX_XD_P_TOO_LARGE,
    NGX_XD_P_BROKER_UNAVAILABLE,
    NGX_XD_P_UNROUTABLE,
    NGX_XD_P_BROKER_MISCONFIGURED,
    NGX_XD_P_PUBLISH_UNCONFIRMED,
    NGX_XD_P_UPSTREAM_ERROR,
    NGX_XD_P_UPSTREAM_TIMEOUT,
    NGX_XD_P_UPSTREAM_OPEN,
    NGX_XD_P_INTERNAL,
    NGX_XD_P_QUOTA_EXCEEDED,
    NGX_XD_P_ABNORMAL_USAGE,
    NGX_XD_P_RULES,
    NGX_XD_P_REDUCED_CAPACITY,
    NGX_XD_P_VERSION_MISSING,
    NGX_XD_P_AUTHORISATION_UNAVAILABLE,
    NGX_XD_PROBLEMS
} ngx_xd_problem_id_t;

typedef struct {
    const char *name; /* last part of its type */
    const char *base; /* what stands before it */
    ngx_uint_t status;
    ngx_uint_t retry_after; /* seconds; 0: no such header */
    ngx_uint_t charged;     /* a call that ends so counts against limits */
    const char *title;
    const char *detail; /* when the place that refuses says nothing better */
} ngx_xd_problem_t;

extern const ngx_xd_problem_t ngx_xd_problems[NGX_XD_PROBLEMS];

/* Titles of statuses that have no row: nginx's own answers. */
typedef struct {
    ngx_uint_t status;
    const char *title;
} ngx_xd_status_title_t;

extern const ngx_xd_status_title_t ngx_xd_status_titles[];


/*
 * ngx_xd_refuse - this request ends with that problem
 *
 *   detail  one sentence for the caller, by printf's rules; NULL: the row's
 *
 * Returns the status, to be returned from a handler or given to
 * ngx_http_finalize_request; the filter writes the body.
 */
ngx_int_t ngx_xd_refuse(ngx_http_request_t *r, ngx_xd_problem_id_t id,
    const char *detail, ...) XD_PRINTF(3, 4);

/* The row of a status that nginx made by itself, or NULL. */
const ngx_xd_problem_t *ngx_xd_problem_of_status(ngx_uint_t status);

/*
 * ngx_xd_problem_body - application/problem+json of a request's end
 *
 *   status  of the answer; decides when nobody of ours refused
 *
 * .data is NULL without memory.
 * Standard: RFC 9457.
 */
ngx_str_t ngx_xd_problem_body(ngx_http_request_t *r, ngx_uint_t status);

#endif
