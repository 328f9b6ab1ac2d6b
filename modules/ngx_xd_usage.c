/* SPDX-License-Identifier: BSD-2-Clause */

/* A caller's own numbers.  What is not told in the fields of an answer is not
 * told here either. */

#include "ngx_xd_toll.h"
#include "base/buf.h"
#include "format/json.h"


static void
text(xd_buf_t *b, const char *name, xd_str_t value)
{
    xd_buf_fmt(b, "\"%s\":", name);
    xd_json_string(b, value);
    xd_buf_byte(b, ',');
}


/* What it is and for whom. */
static void
write_policy(xd_buf_t *b, const ngx_xd_pot_t *pot)
{
    static const char *const units[] = { "requests", "bytes", "concurrent" };
    static const char *const owners[] = { "consumer", "plan", "route",
        "address", "all" };
    static const char *const calendars[] = { "", "day", "week", "month" };

    const xd_policy_t *p = pot->policy;

    text(b, "name", p->name);
    text(b, "unit", xd_str(units[p->unit]));
    text(b, "per", xd_str(owners[p->per]));

    if (pot->route.len != 0) {
        text(b, "route", ngx_xd_to_str(pot->route));
    }

    if (p->calendar != XD_CALENDAR_NONE) {
        text(b, "calendar", xd_str(calendars[p->calendar]));
        text(b, "zone", p->zone.len != 0 ? p->zone : XD_STR("UTC"));
    } else if (p->unit != XD_POLICY_CONCURRENT) {
        xd_buf_fmt(b, "\"window\":%lld,\"burst\":%lld,", (long long) p->window,
            (long long) p->burst);
    }
}


static void
write_pot(xd_buf_t *b, ngx_http_request_t *r, const ngx_xd_limits_t *limits,
    ngx_xd_pot_t *pot, const xd_party_t *party)
{
    ngx_xd_charge_t c = { .mask = 1 };
    ngx_xd_bucket_t bucket;
    int64_t left;

    ngx_xd_pot_bucket(limits, pot, r, party,
        xd_policy_most(pot->policy, XD_CLASS_HIGH), &bucket);
    ngx_xd_look(&bucket, &c, ngx_xd_mono_ns);
    left = ngx_xd_left(&bucket, c.level[0]);

    xd_buf_byte(b, '{');
    write_policy(b, pot);
    xd_buf_fmt(b, "\"limit\":%lld,\"used\":%lld,\"left\":%lld,\"reset\":%lld}",
        (long long) pot->policy->limit,
        (long long) (bucket.most / bucket.unit - left), (long long) left,
        (long long) ngx_xd_until_next(&bucket, c.level[0]));
}


ngx_str_t
ngx_xd_usage(ngx_http_request_t *r, const ngx_xd_limits_t *limits,
    const xd_party_t *party)
{
    ngx_xd_pot_t **pot = limits->pots.elts;
    ngx_str_t out = ngx_null_string;
    const char *comma = "";
    xd_buf_t b = { 0 };
    ngx_uint_t i;

    xd_buf_byte(&b, '{');
    text(&b, "party", party->id);
    text(&b, "plan", party->plan->name);
    xd_buf_text(&b, "\"policies\":[");

    for (i = 0; i < limits->pots.nelts; i++) {
        if (pot[i]->plan == party->plan && pot[i]->policy->advertise) {
            xd_buf_text(&b, comma);
            write_pot(&b, r, limits, pot[i], party);
            comma = ",";
        }
    }

    xd_buf_text(&b, "]}\n");

    if (xd_buf_rc(&b) == XD_OK) {
        out = ngx_xd_dup(r->pool, xd_buf_str(&b));
    }

    xd_buf_free(&b);

    return out;
}
