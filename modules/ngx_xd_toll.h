/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_TOLL_H
#define NGX_XD_TOLL_H

#include "ngx_xd.h"
#include "ngx_xd_limits.h"

/*
 * What a call was charged, and what its caller is told of that.
 */

/* Kinds of fields: xd_rate_fields. */
#define NGX_XD_FIELDS_DRAFT10 0x0002
#define NGX_XD_FIELDS_LEGACY  0x0004
#define NGX_XD_FIELDS_OFF     0x0008


/* One policy of a plan at one location. */
typedef struct {
    ngx_xd_pot_t *pot;
    int64_t most; /* units that calls of its class may have spent together */
} ngx_xd_term_t;

/* What one plan allows at one location; made at configuration time. */
typedef struct {
    const xd_plan_t *plan; /* NULL: of strangers */
    ngx_xd_term_t term[NGX_XD_BUCKETS_MAX];
    ngx_uint_t nterms;
    uint32_t mask;      /* those that hold, bit by place */
    uint32_t shadow;    /* those that only count */
    uint32_t shown;     /* of mask those that callers are told of */
    uint32_t shared;    /* of mask those that no plan owns */
    uint32_t bytes;     /* of all those that count bodies */
    uint32_t held;      /* of all those that count calls in flight */
    ngx_str_t policies; /* value of RateLimit-Policy */
    size_t room;        /* bytes of the longest RateLimit */
} ngx_xd_terms_t;

/* In the request's pool; the record points to it. */
struct ngx_xd_toll_s {
    ngx_xd_charge_t charge;
    const ngx_xd_bucket_t *buckets; /* by place of the policy */
    const ngx_xd_terms_t *terms;
    ngx_xd_limits_t *limits;
    ngx_uint_t fields;
    uint32_t held;     /* taken, and to be given back when the request ends */
    uint32_t shadowed; /* charged although they refuse nobody */
    unsigned paid : 1;
};

/* What a location says of its limits. */
typedef struct {
    ngx_array_t *names;  /* of ngx_str_t; NULL: every policy of the plan */
    ngx_array_t *shared; /* the same of those that no plan owns; NULL: none */
    ngx_int_t cost;
    xd_class_t class;
    ngx_str_t route; /* what policies per route know it by */
} ngx_xd_place_t;


/*
 * ngx_xd_terms - what the plans allow at a location
 *
 * An array by the plans' numbers, and one more for strangers.  NULL without
 * memory, for a name that no plan has, for a cost that no bucket holds: the
 * fault is logged.
 */
ngx_xd_terms_t *ngx_xd_terms(ngx_conf_t *cf, ngx_xd_limits_t *limits,
    const ngx_xd_place_t *place);

static inline const xd_policy_t *
ngx_xd_terms_policy(const ngx_xd_terms_t *terms, int place)
{
    return terms->term[place].pot->policy;
}


/*
 * ngx_xd_toll_make - what a call would be charged, nothing yet taken
 *
 *   cost  in requests; bodies and calls in flight say theirs themselves
 *
 * What it comes to hold in flight is given back with the request's pool.  NULL
 * without memory.
 */
ngx_xd_toll_t *ngx_xd_toll_make(ngx_http_request_t *r,
    const ngx_xd_request_t *record, ngx_xd_limits_t *limits,
    const ngx_xd_terms_t *terms, ngx_int_t cost);

/* A body that is more than all its plan lets it send at once never passes. */
ngx_uint_t ngx_xd_toll_too_large(const ngx_xd_toll_t *toll);

/* Charges all, or none: false then, and toll->charge says why. */
ngx_uint_t ngx_xd_toll_take(ngx_http_request_t *r, ngx_xd_toll_t *toll);

/* What policies in shadow would say: counted, logged, and the call goes on. */
void ngx_xd_toll_shadow(ngx_http_request_t *r, ngx_xd_toll_t *toll);

/* Adds one to the counter of each policy in bits. */
void ngx_xd_toll_blame(ngx_http_request_t *r, const ngx_xd_terms_t *terms,
    uint32_t bits, ngx_atomic_t *counters);


/*
 * ngx_xd_toll_fields - adds RateLimit, RateLimit-Policy or their elders
 *
 * Standard: draft-ietf-httpapi-ratelimit-headers-10.
 */
ngx_int_t ngx_xd_toll_fields(ngx_http_request_t *r, const ngx_xd_toll_t *toll);

/* The call is refused: 429, with Retry-After and who of the policies it was;
 * 503 where the caller's own would have let it pass. */
ngx_int_t ngx_xd_toll_refuse(ngx_http_request_t *r, ngx_xd_request_t *record);

/* What is left to a party of all that it may be told of, as JSON; NULL party
 * or memory: .data is NULL. */
ngx_str_t ngx_xd_usage(ngx_http_request_t *r, const ngx_xd_limits_t *limits,
    const xd_party_t *party);

#endif
