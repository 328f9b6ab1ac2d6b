/* SPDX-License-Identifier: BSD-2-Clause */

/* How a call is charged: its buckets, all of them or none, and what only
 * counts. */

#include "ngx_xd_metrics.h"
#include "ngx_xd_quotas.h"
#include "ngx_xd_toll.h"

#define GRANTS      24  /* writes that one call may wait for: some a quota */
#define PATIENCE_MS 200 /* with a write of somebody else */


/* Adds one to the counter of each policy in bits. */
void
ngx_xd_toll_blame(ngx_http_request_t *r, const ngx_xd_terms_t *terms,
    uint32_t bits, ngx_atomic_t *counters)
{
    ngx_uint_t place;

    for (; bits != 0; bits &= bits - 1) {
        place = ngx_xd_metrics_place(ngx_xd_main(r), NGX_XD_L_POLICIES,
            terms->term[__builtin_ctz(bits)].pot->label);
        (void) ngx_atomic_fetch_add(&counters[place], 1);
    }
}


/* Calls in flight are given back when the request is gone, whatever it was
 * that ended it. */
static void
leave(void *data)
{
    ngx_xd_toll_t *toll = data;

    ngx_xd_give(toll->buckets, &toll->charge, toll->held, ngx_xd_mono_ns);
    toll->held = 0;
}


/* Has the disk know as much as this call needs of one quota.  Another worker
 * that writes now may write what is wanted: it is worth the wait, which is as
 * long as one write. */
static ngx_int_t
grant(ngx_http_request_t *r, const ngx_xd_toll_t *toll, int i)
{
    ngx_xd_limits_t *limits = toll->limits;
    const ngx_xd_pot_t *pot = toll->terms->term[i].pot;
    const ngx_xd_request_t *record = ngx_xd_request(r);
    ngx_uint_t tries;
    ngx_int_t rc = NGX_BUSY;

    for (tries = 0; rc == NGX_BUSY && tries < PATIENCE_MS; tries++) {
        rc = ngx_xd_quotas_grant(limits->slots, &limits->state,
            pot->quota[pot->each ? record->party->number : 0],
            toll->buckets[i].window, toll->charge.cost[i], r->connection->log);

        if (rc == NGX_BUSY) {
            ngx_msleep(1);
        }
    }

    return rc;
}


/* Cells of dead workers hold nobody, but are looked at only when it matters. */
static ngx_uint_t
bury(ngx_http_request_t *r, const ngx_xd_toll_t *toll)
{
    return (toll->charge.full & toll->terms->held) != 0
           && ngx_xd_slots_bury(toll->limits->slots);
}


ngx_uint_t
ngx_xd_toll_take(ngx_http_request_t *r, ngx_xd_toll_t *toll)
{
    ngx_xd_charge_t *c = &toll->charge;
    ngx_uint_t grants = 0;

    while (!ngx_xd_take(toll->buckets, c, ngx_xd_mono_ns)) {
        if (bury(r, toll)) {
            continue;
        }

        if (c->full != 0 || grants++ == GRANTS
            || grant(r, toll, __builtin_ctz(c->stale)) != NGX_OK)
        {
            return 0;
        }
    }

    return 1;
}


/* What policies in shadow would say: counted, logged, and the call goes on. */
void
ngx_xd_toll_shadow(ngx_http_request_t *r, ngx_xd_toll_t *toll)
{
    ngx_xd_charge_t *c = &toll->charge;
    ngx_xd_charge_t one = *c;
    uint32_t bits, full = 0;
    const xd_policy_t *p;
    int i;

    for (bits = toll->terms->shadow; bits != 0; bits &= bits - 1) {
        i = __builtin_ctz(bits);
        one.mask = 1u << i;

        if (ngx_xd_take(toll->buckets, &one, ngx_xd_mono_ns)) {
            toll->held |= one.mask & toll->terms->held;
            toll->shadowed |= one.mask;
            continue;
        }

        if (one.full != 0) {
            p = ngx_xd_terms_policy(toll->terms, i);
            full |= one.mask;
            ngx_log_error(NGX_LOG_NOTICE, r->connection->log, 0,
                "xd_throttle: policy \"%*s\" in shadow would refuse this",
                p->name.len, p->name.ptr);
        }
    }

    ngx_xd_toll_blame(r, toll->terms, full, ngx_xd_main(r)->metrics->shadowed);
}


/* The buckets of this call, and what it costs of each. */
ngx_xd_toll_t *
ngx_xd_toll_make(ngx_http_request_t *r, const ngx_xd_request_t *record,
    ngx_xd_limits_t *limits, const ngx_xd_terms_t *terms, ngx_int_t cost)
{
    static const xd_policy_unit_t at_once = XD_POLICY_CONCURRENT;

    ngx_xd_bucket_t *b;
    ngx_pool_cleanup_t *cln;
    ngx_xd_toll_t *toll;
    const xd_policy_t *p;
    ngx_uint_t i;

    toll = ngx_palloc(r->pool, sizeof(*toll));
    b = ngx_palloc(r->pool, terms->nterms * sizeof(*b));
    if (toll == NULL || b == NULL) {
        return NULL;
    }

    if (terms->held != 0) {
        cln = ngx_pool_cleanup_add(r->pool, 0);
        if (cln == NULL) {
            return NULL;
        }
        cln->handler = leave;
        cln->data = toll;
    }

    for (i = 0; i < terms->nterms; i++) {
        p = terms->term[i].pot->policy;
        ngx_xd_pot_bucket(limits, terms->term[i].pot, r, record->party,
            terms->term[i].most, &b[i]);

        /* Nobody waits for the disk where nobody is refused. */
        if (p->shadow) {
            b[i].at.granted = NULL;
        }

        toll->charge.cost[i] = p->unit == XD_POLICY_BYTES
                                   ? ngx_max(r->headers_in.content_length_n, 0)
                               : p->unit == at_once ? 1
                                                    : cost;
    }

    toll->charge.mask = terms->mask;
    toll->buckets = b;
    toll->terms = terms;
    toll->limits = limits;
    toll->held = 0;
    toll->shadowed = 0;

    return toll;
}


/* A body that is more than all its plan lets it send at once never passes. */
ngx_uint_t
ngx_xd_toll_too_large(const ngx_xd_toll_t *toll)
{
    uint32_t bits = toll->terms->bytes & toll->terms->mask;
    int i;

    for (; bits != 0; bits &= bits - 1) {
        i = __builtin_ctz(bits);

        if (toll->charge.cost[i] > toll->terms->term[i].most) {
            return 1;
        }
    }

    return 0;
}
