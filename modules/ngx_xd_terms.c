/* SPDX-License-Identifier: BSD-2-Clause */

/* What each plan allows at a location: worked out once, at configuration
 * time, so that a call finds its policies and their text ready. */

#include "ngx_xd_toll.h"


static ngx_uint_t
is_named(const ngx_array_t *names, xd_str_t name)
{
    ngx_str_t *n;
    ngx_uint_t i;

    if (names == NULL) {
        return 1;
    }

    n = names->elts;

    for (i = 0; i < names->nelts; i++) {
        if (xd_str_eq(ngx_xd_to_str(n[i]), name)) {
            return 1;
        }
    }

    return 0;
}


/* "burst";q=100;w=60, "daily";q=1000;w=86400 */
static ngx_int_t
write_policies(ngx_conf_t *cf, ngx_xd_terms_t *terms)
{
    const xd_policy_t *p;
    uint32_t bits;
    u_char *at;

    at = ngx_pnalloc(cf->pool, terms->room);
    if (at == NULL) {
        return NGX_ERROR;
    }

    terms->policies.data = at;

    for (bits = terms->shown; bits != 0; bits &= bits - 1) {
        p = ngx_xd_terms_policy(terms, __builtin_ctz(bits));
        at = ngx_sprintf(at, "%s\"%*s\";q=%L;w=%L",
            at == terms->policies.data ? "" : ", ", p->name.len, p->name.ptr,
            p->limit, p->window);
    }

    terms->policies.len = (size_t) (at - terms->policies.data);

    return NGX_OK;
}


static ngx_int_t
make_terms(ngx_conf_t *cf, const xd_plan_t *plan, const ngx_array_t *names,
    ngx_xd_terms_t *out)
{
    const xd_policy_t *p;
    size_t i;

    *out = (ngx_xd_terms_t){ .plan = plan };

    for (i = 0; i < plan->policies.count; i++) {
        p = XD_AT(&plan->policies, xd_policy_t, i);

        if (!is_named(names, p->name)) {
            continue;
        }

        out->mask |= 1u << i;

        if (p->advertise) {
            out->shown |= 1u << i;
            out->room +=
                p->name.len + 2 * NGX_INT64_LEN + sizeof(", \"\";r=;t=") - 1;
        }
    }

    return out->shown == 0 ? NGX_OK : write_policies(cf, out);
}


/* A name that no plan has is a slip of the pen. */
static ngx_int_t
check_names(ngx_conf_t *cf, const xd_registry_t *registry,
    const ngx_array_t *names)
{
    ngx_str_t *name = names != NULL ? names->elts : NULL;
    const xd_plan_t *plan;
    ngx_uint_t i, found;
    size_t n;

    for (i = 0; names != NULL && i < names->nelts; i++) {
        found = 0;

        for (n = 0; (plan = xd_registry_nth_plan(registry, n)) != NULL; n++) {
            found |= xd_plan_policy(plan, ngx_xd_to_str(name[i])) != NULL;
        }

        if (!found) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                "\"xd_throttle\": no plan has a policy \"%V\"", &name[i]);
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
    uint32_t bits;

    for (bits = terms->mask; bits != 0; bits &= bits - 1) {
        p = ngx_xd_terms_policy(terms, __builtin_ctz(bits));

        if (cost > p->burst) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                "\"xd_throttle\": cost=%i is more than plan \"%*s\" lets"
                " anybody spend at once: burst %L of policy \"%*s\"",
                cost, terms->plan->name.len, terms->plan->name.ptr, p->burst,
                p->name.len, p->name.ptr);
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


ngx_xd_terms_t *
ngx_xd_terms(ngx_conf_t *cf, const xd_registry_t *registry,
    const ngx_array_t *names, ngx_int_t cost)
{
    const xd_plan_t *plan;
    ngx_xd_terms_t *terms;
    size_t n = 0;

    if (check_names(cf, registry, names) != NGX_OK) {
        return NULL;
    }

    while (xd_registry_nth_plan(registry, n) != NULL) {
        n++;
    }

    terms = ngx_pcalloc(cf->pool, (n + 1) * sizeof(*terms));
    if (terms == NULL) {
        return NULL;
    }

    for (n = 0; (plan = xd_registry_nth_plan(registry, n)) != NULL; n++) {
        if (make_terms(cf, plan, names, &terms[n]) != NGX_OK
            || check_cost(cf, &terms[n], cost) != NGX_OK)
        {
            return NULL;
        }
    }

    return terms;
}
