/* SPDX-License-Identifier: BSD-2-Clause */

/* What each plan allows at a location: worked out once, at configuration
 * time, so that a call finds its policies and their text ready. */

#include "ngx_xd_toll.h"


static ngx_uint_t
is_named(const ngx_array_t *names, xd_str_t name)
{
    ngx_str_t *n = names->elts;
    ngx_uint_t i;

    for (i = 0; i < names->nelts; i++) {
        if (xd_str_eq(ngx_xd_to_str(n[i]), name)) {
            return 1;
        }
    }

    return 0;
}


/* "burst";q=100;w=60, "daily";q=1000;w=86400;qu="content-bytes" */
static u_char *
write_policy(u_char *at, const xd_policy_t *p)
{
    static const char *const units[] = {
        [XD_POLICY_REQUESTS] = "",
        [XD_POLICY_BYTES] = ";qu=\"content-bytes\"",
        [XD_POLICY_CONCURRENT] = ";qu=\"concurrent-requests\"",
    };

    at = ngx_sprintf(at, "\"%*s\";q=%L", p->name.len, p->name.ptr, p->limit);

    /* Months differ, and what is in flight has no window. */
    if (p->unit != XD_POLICY_CONCURRENT && p->calendar != XD_CALENDAR_MONTH) {
        at = ngx_sprintf(at, ";w=%L", p->window);
    }

    return ngx_sprintf(at, "%s", units[p->unit]);
}


static ngx_int_t
write_policies(ngx_conf_t *cf, ngx_xd_terms_t *terms)
{
    uint32_t bits;
    u_char *at;

    at = ngx_pnalloc(cf->pool, terms->room);
    if (at == NULL) {
        return NGX_ERROR;
    }

    terms->policies.data = at;

    for (bits = terms->shown; bits != 0; bits &= bits - 1) {
        if (at != terms->policies.data) {
            at = ngx_sprintf(at, ", ");
        }
        at = write_policy(at, ngx_xd_terms_policy(terms, __builtin_ctz(bits)));
    }

    terms->policies.len = (size_t) (at - terms->policies.data);

    return NGX_OK;
}


static void
mark(ngx_xd_terms_t *out, uint32_t bit, const xd_policy_t *p, ngx_uint_t shared)
{
    static const size_t most =
        2 * NGX_INT64_LEN + sizeof(", \"\";q=;w=;qu=\"concurrent-requests\"")
        - 1;

    *(p->shadow ? &out->shadow : &out->mask) |= bit;
    out->shared |= shared && !p->shadow ? bit : 0;
    out->bytes |= p->unit == XD_POLICY_BYTES ? bit : 0;
    out->held |= p->unit == XD_POLICY_CONCURRENT ? bit : 0;

    if (p->advertise) {
        out->shown |= bit;
        out->room += p->name.len + most;
    }
}


/* The policies of a plan that are named; without names all of them. */
static ngx_int_t
add_terms(ngx_conf_t *cf, ngx_xd_limits_t *limits, const xd_plan_t *plan,
    const ngx_array_t *names, const ngx_xd_place_t *place, ngx_xd_terms_t *out)
{
    const xd_policy_t *p;
    ngx_xd_term_t *t;
    size_t i;

    for (i = 0; i < plan->policies.count; i++) {
        p = XD_AT(&plan->policies, xd_policy_t, i);

        if (names != NULL && !is_named(names, p->name)) {
            continue;
        }

        t = &out->term[out->nterms];
        t->most = xd_policy_most(p, place->class);
        t->pot = ngx_xd_limits_pot(cf, limits, plan, p, place->route);
        if (t->pot == NULL) {
            return NGX_ERROR;
        }

        mark(out, 1u << out->nterms, p,
            plan == xd_registry_shared(limits->registry));
        out->nterms++;
    }

    return NGX_OK;
}


static ngx_int_t
make_terms(ngx_conf_t *cf, ngx_xd_limits_t *limits, const xd_plan_t *plan,
    const ngx_xd_place_t *place, ngx_xd_terms_t *out)
{
    out->plan = plan;

    if (plan != NULL
        && add_terms(cf, limits, plan, place->names, place, out) != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (place->shared != NULL
        && add_terms(cf, limits, xd_registry_shared(limits->registry),
               place->shared, place, out)
               != NGX_OK)
    {
        return NGX_ERROR;
    }

    return out->shown == 0 ? NGX_OK : write_policies(cf, out);
}


static ngx_uint_t
some_plan_has(const xd_registry_t *registry, xd_str_t name)
{
    const xd_plan_t *plan;
    size_t n;

    for (n = 0; (plan = xd_registry_nth_plan(registry, n)) != NULL; n++) {
        if (xd_plan_policy(plan, name) != NULL) {
            return 1;
        }
    }

    return 0;
}


/* A name that no plan has is a slip of the pen. */
static ngx_int_t
check_names(ngx_conf_t *cf, const xd_registry_t *registry,
    const ngx_xd_place_t *place)
{
    ngx_str_t *name;
    ngx_uint_t i;

    name = place->names != NULL ? place->names->elts : NULL;

    for (i = 0; name != NULL && i < place->names->nelts; i++) {
        if (!some_plan_has(registry, ngx_xd_to_str(name[i]))) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                "\"xd_throttle\": no plan has a policy \"%V\"", &name[i]);
            return NGX_ERROR;
        }
    }

    name = place->shared != NULL ? place->shared->elts : NULL;

    for (i = 0; name != NULL && i < place->shared->nelts; i++) {
        if (xd_plan_policy(xd_registry_shared(registry), ngx_xd_to_str(name[i]))
            == NULL)
        {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                "\"xd_throttle\": no shared policy is \"%V\"", &name[i]);
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


/* A call that costs more than a burst would never pass. */
static ngx_int_t
check_cost(ngx_conf_t *cf, const ngx_xd_terms_t *terms, ngx_int_t cost)
{
    const xd_policy_t *p;
    const xd_plan_t *plan;
    uint32_t bits;
    int64_t most;
    int i;

    for (bits = (terms->mask | terms->shadow) & ~terms->bytes; bits != 0;
         bits &= bits - 1)
    {
        i = __builtin_ctz(bits);
        p = ngx_xd_terms_policy(terms, i);
        plan = terms->term[i].pot->plan;
        most = terms->term[i].most;

        if ((p->unit == XD_POLICY_REQUESTS ? cost : 1) > most) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                "\"xd_throttle\": cost=%i is more than plan \"%*s\" lets"
                " anybody of this class spend at once: burst %L of policy"
                " \"%*s\"",
                cost, plan->name.len, plan->name.ptr, most, p->name.len,
                p->name.ptr);
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


ngx_xd_terms_t *
ngx_xd_terms(ngx_conf_t *cf, ngx_xd_limits_t *limits,
    const ngx_xd_place_t *place)
{
    const xd_plan_t *plan;
    ngx_xd_terms_t *terms;
    size_t n;

    if (check_names(cf, limits->registry, place) != NGX_OK) {
        return NULL;
    }

    terms = ngx_pcalloc(cf->pool, (limits->plans + 1) * sizeof(*terms));
    if (terms == NULL) {
        return NULL;
    }

    for (n = 0; n <= limits->plans; n++) {
        plan = xd_registry_nth_plan(limits->registry, n);

        if (make_terms(cf, limits, plan, place, &terms[n]) != NGX_OK
            || check_cost(cf, &terms[n], place->cost) != NGX_OK)
        {
            return NULL;
        }
    }

    return terms;
}
