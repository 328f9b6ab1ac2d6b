/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_TOLL_H
#define NGX_XD_TOLL_H

#include "ngx_xd.h"
#include "ngx_xd_gcra.h"

/*
 * What a call was charged, and what its caller is told of that.
 */

/* Kinds of fields: xd_rate_fields. */
#define NGX_XD_FIELDS_DRAFT10 0x0002
#define NGX_XD_FIELDS_LEGACY  0x0004
#define NGX_XD_FIELDS_OFF     0x0008


/* What one plan allows at one location; made at configuration time. */
typedef struct {
    const xd_plan_t *plan;
    uint32_t mask;      /* its policies that hold there, bit by place */
    uint32_t shown;     /* of them those that callers are told of */
    ngx_str_t policies; /* value of RateLimit-Policy */
    size_t room;        /* bytes of the longest RateLimit */
} ngx_xd_terms_t;

/* In the request's pool; the record points to it. */
struct ngx_xd_toll_s {
    ngx_xd_charge_t charge;
    const ngx_xd_bucket_t *buckets; /* of the party, by place of the policy */
    const ngx_xd_terms_t *terms;
    ngx_uint_t fields;
    unsigned paid : 1;
};


/*
 * ngx_xd_terms - what the plans allow at a location
 *
 *   names  of ngx_str_t, the policies that hold there; NULL: all of a plan
 *   cost   of a call there
 *
 * An array by the plans' numbers.  NULL without memory, for a name that no
 * plan has, for a cost that no bucket holds: the fault is logged.
 */
ngx_xd_terms_t *ngx_xd_terms(ngx_conf_t *cf, const xd_registry_t *registry,
    const ngx_array_t *names, ngx_int_t cost);

static inline const xd_policy_t *
ngx_xd_terms_policy(const ngx_xd_terms_t *terms, int place)
{
    return XD_AT(&terms->plan->policies, xd_policy_t, place);
}


/*
 * ngx_xd_toll_fields - adds RateLimit, RateLimit-Policy or their elders
 *
 * Standard: draft-ietf-httpapi-ratelimit-headers-10.
 */
ngx_int_t ngx_xd_toll_fields(ngx_http_request_t *r, const ngx_xd_toll_t *toll);

/* The call is refused: 429, with Retry-After and who of the policies it was. */
ngx_int_t ngx_xd_toll_refuse(ngx_http_request_t *r, ngx_xd_request_t *record);

#endif
