/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd_toll.h"

#define NUMBER NGX_INT64_LEN
#define SPREAD 30 /* seconds */


/* -- fields ---------------------------------------------------------------- */


/* "burst";r=50;t=30, "daily";r=1000.  Without t where nothing is spent: there
 * is no more to wait for. */
static ngx_int_t
add_ratelimit(ngx_http_request_t *r, const ngx_xd_toll_t *toll)
{
    const ngx_xd_terms_t *terms = toll->terms;
    const xd_policy_t *p;
    int64_t level, next;
    ngx_str_t value;
    uint32_t bits;
    u_char *at;
    int i;

    at = ngx_pnalloc(r->pool, terms->room);
    if (at == NULL) {
        return NGX_ERROR;
    }

    value.data = at;

    for (bits = terms->shown; bits != 0; bits &= bits - 1) {
        i = __builtin_ctz(bits);
        p = ngx_xd_terms_policy(terms, i);
        level = toll->charge.level[i];

        at = ngx_sprintf(at, "%s\"%*s\";r=%L", at == value.data ? "" : ", ",
            p->name.len, p->name.ptr, ngx_xd_left(&toll->buckets[i], level));

        next = ngx_xd_until_next(&toll->buckets[i], level);
        if (next != 0) {
            at = ngx_sprintf(at, ";t=%L", next);
        }
    }

    value.len = (size_t) (at - value.data);

    return ngx_xd_header_add(r, "RateLimit", value);
}


/* The one policy of which the least is left. */
static int
tightest(const ngx_xd_toll_t *toll)
{
    uint32_t bits = toll->terms->shown;
    int best = __builtin_ctz(bits), i;
    int64_t least = INT64_MAX, left;

    for (; bits != 0; bits &= bits - 1) {
        i = __builtin_ctz(bits);
        left = ngx_xd_left(&toll->buckets[i], toll->charge.level[i]);

        if (left < least) {
            least = left;
            best = i;
        }
    }

    return best;
}


static ngx_int_t
add_number(ngx_http_request_t *r, const char *name, int64_t number)
{
    ngx_str_t value;

    value.data = ngx_pnalloc(r->pool, NUMBER);
    if (value.data == NULL) {
        return NGX_ERROR;
    }

    value.len = (size_t) (ngx_sprintf(value.data, "%L", number) - value.data);

    return ngx_xd_header_add(r, name, value);
}


/* These know one policy only: the caller sees the one that it meets first. */
static ngx_int_t
add_legacy(ngx_http_request_t *r, const ngx_xd_toll_t *toll)
{
    int i = tightest(toll);
    const ngx_xd_bucket_t *b = &toll->buckets[i];
    int64_t level = toll->charge.level[i];

    if (add_number(r, "X-RateLimit-Limit",
            ngx_xd_terms_policy(toll->terms, i)->limit)
            != NGX_OK
        || add_number(r, "X-RateLimit-Remaining", ngx_xd_left(b, level))
               != NGX_OK)
    {
        return NGX_ERROR;
    }

    return add_number(r, "X-RateLimit-Reset", ngx_xd_until_next(b, level));
}


ngx_int_t
ngx_xd_toll_fields(ngx_http_request_t *r, const ngx_xd_toll_t *toll)
{
    if (toll->terms->shown == 0) {
        return NGX_OK;
    }

    if ((toll->fields & NGX_XD_FIELDS_DRAFT10)
        && (ngx_xd_header_add(r, "RateLimit-Policy", toll->terms->policies)
                != NGX_OK
            || add_ratelimit(r, toll) != NGX_OK))
    {
        return NGX_ERROR;
    }

    if (toll->fields & NGX_XD_FIELDS_LEGACY) {
        return add_legacy(r, toll);
    }

    return NGX_OK;
}


/* -- the refusal ----------------------------------------------------------- */


/* ["burst","daily"] */
static ngx_int_t
write_violated(ngx_http_request_t *r, const ngx_xd_toll_t *toll, ngx_str_t *out)
{
    const xd_policy_t *p;
    uint32_t bits;
    u_char *at;

    at = ngx_pnalloc(r->pool, toll->terms->room);
    if (at == NULL) {
        return NGX_ERROR;
    }

    out->data = at;

    for (bits = toll->charge.full & toll->terms->shown; bits != 0;
         bits &= bits - 1) {
        p = ngx_xd_terms_policy(toll->terms, __builtin_ctz(bits));
        at = ngx_sprintf(at, "%c\"%*s\"", at == out->data ? '[' : ',',
            p->name.len, p->name.ptr);
    }

    *at++ = ']';
    out->len = (size_t) (at - out->data);

    return NGX_OK;
}


static ngx_uint_t
of_address(const ngx_xd_toll_t *toll)
{
    uint32_t bits = toll->charge.full;

    for (; bits != 0; bits &= bits - 1) {
        if (ngx_xd_terms_policy(toll->terms, __builtin_ctz(bits))->per
            == XD_POLICY_ADDRESS)
        {
            return 1;
        }
    }

    return 0;
}


/* Seconds until all that refused would let it pass.  Quotas of all callers
 * begin anew in one second: each is told a little later than the others. */
static int64_t
wait_of(const ngx_xd_toll_t *toll, const xd_party_t *party)
{
    const ngx_xd_charge_t *c = &toll->charge;
    const ngx_xd_bucket_t *b;
    int64_t wait = 1, one;
    uint32_t bits;
    int i;

    for (bits = c->full; bits != 0; bits &= bits - 1) {
        i = __builtin_ctz(bits);
        b = &toll->buckets[i];
        one = ngx_xd_until_free(b, c->level[i], c->cost[i]);

        if (b->kind == NGX_XD_QUOTA && party != NULL) {
            one += (int64_t) (party->number % SPREAD);
        }

        wait = ngx_max(wait, one);
    }

    return wait;
}


ngx_int_t
ngx_xd_toll_refuse(ngx_http_request_t *r, ngx_xd_request_t *record)
{
    const ngx_xd_toll_t *toll = record->toll;
    const ngx_xd_charge_t *c = &toll->charge;

    record->retry_after = (ngx_uint_t) wait_of(toll, record->party);

    /* Of addresses it is the caller who sends too much, else we bear no more;
     * with nothing full what the disk takes is what is short. */
    if ((c->full & ~toll->terms->shared) == 0 && !of_address(toll)) {
        return ngx_xd_refuse(r, NGX_XD_P_REDUCED_CAPACITY, NULL);
    }

    if ((c->full & toll->terms->shown) == 0) {
        return ngx_xd_refuse(r, NGX_XD_P_ABNORMAL_USAGE, NULL);
    }

    if (write_violated(r, toll, &record->violated) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_xd_refuse(r, NGX_XD_P_QUOTA_EXCEEDED, NULL);
}
