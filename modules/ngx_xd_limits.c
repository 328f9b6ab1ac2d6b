/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd_limits.h"
#include "ngx_xd_metrics.h"
#include "ngx_xd_slots.h"


/* -- the zone -------------------------------------------------------------- */


/* Pairs of party and policy that the zone has not met yet. */
static ngx_uint_t
count_new(const ngx_xd_limits_t *limits, ngx_xd_slots_t *slots)
{
    const xd_party_t *party;
    const xd_policy_t *p;
    ngx_uint_t n, i, count = 0;

    for (n = 0; (party = xd_registry_nth(limits->registry, n)) != NULL; n++) {
        for (i = 0; i < party->plan->policies.count; i++) {
            p = XD_AT(&party->plan->policies, xd_policy_t, i);
            count += ngx_xd_slots_find(slots, party->id, p) == NULL;
        }
    }

    return count;
}


static void
fill_party(ngx_xd_slots_t *slots, const xd_party_t *party, ngx_xd_bucket_t *b)
{
    const xd_policy_t *p;
    size_t i;

    for (i = 0; i < party->plan->policies.count; i++) {
        p = XD_AT(&party->plan->policies, xd_policy_t, i);

        b[i].unit = xd_policy_unit_ns(p);
        b[i].most = b[i].unit * p->burst;
        b[i].tat = ngx_xd_slots_add(slots, party->id, p);
    }
}


/* data is what the zone held in the cycle before, when it was the same.  All
 * is added or nothing: a file that does not fit must not fill the zone. */
static ngx_int_t
zone_init(ngx_shm_zone_t *zone, void *data)
{
    ngx_xd_limits_t *limits = zone->data;
    const xd_party_t *party;
    ngx_xd_slots_t *slots;
    ngx_uint_t wanted;
    size_t n;

    slots = ngx_xd_slots(zone, data != NULL || zone->shm.exists);
    if (slots == NULL) {
        return NGX_ERROR;
    }

    wanted = count_new(limits, slots);

    if (wanted > ngx_xd_slots_room(slots)) {
        ngx_log_error(NGX_LOG_EMERG, zone->shm.log, 0,
            "xd_throttle_zone is full: of %ui new pairs of party and policy"
            " %ui fit; those of earlier configurations stay until a restart,"
            " another size is another zone",
            wanted, ngx_xd_slots_room(slots));
        return NGX_ERROR;
    }

    for (n = 0; (party = xd_registry_nth(limits->registry, n)) != NULL; n++) {
        fill_party(slots, party, limits->buckets[n]);
    }

    return NGX_OK;
}


static ngx_int_t
add_zone(ngx_conf_t *cf, ngx_xd_limits_t *limits, size_t size)
{
    ngx_str_t name = ngx_string(NGX_XD_SLOTS_ZONE);

    if (size < 8 * ngx_pagesize) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
            "\"xd_throttle_zone\" needs at least %uz bytes", 8 * ngx_pagesize);
        return NGX_ERROR;
    }

    limits->zone = ngx_shared_memory_add(cf, &name, size, &ngx_http_xd_module);
    if (limits->zone == NULL) {
        return NGX_ERROR;
    }

    limits->zone->init = zone_init;
    limits->zone->data = limits;

    return NGX_OK;
}


/* -- what it is filled by -------------------------------------------------- */


/* A place for each bucket; the zone gives their words. */
static ngx_int_t
add_buckets(ngx_conf_t *cf, ngx_xd_limits_t *limits)
{
    const xd_party_t *party;
    size_t n = 0, count;

    while (xd_registry_nth(limits->registry, n) != NULL) {
        n++;
    }

    limits->buckets = ngx_pcalloc(cf->pool, (n + 1) * sizeof(*limits->buckets));
    if (limits->buckets == NULL) {
        return NGX_ERROR;
    }

    for (n = 0; (party = xd_registry_nth(limits->registry, n)) != NULL; n++) {
        count = party->plan->policies.count;

        limits->buckets[n] =
            ngx_pcalloc(cf->pool, (count + 1) * sizeof(ngx_xd_bucket_t));
        if (limits->buckets[n] == NULL) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_int_t
label_plan(ngx_conf_t *cf, ngx_http_xd_main_conf_t *mcf, const xd_plan_t *plan)
{
    const xd_policy_t *p;
    ngx_str_t text;
    ngx_uint_t n;
    size_t i;

    for (i = 0; i < plan->policies.count; i++) {
        p = XD_AT(&plan->policies, xd_policy_t, i);
        text = ngx_xd_fmt(cf->pool, "plan=\"%.*s\",policy=\"%.*s\"",
            XD_FMT(plan->name), XD_FMT(p->name));

        if (ngx_xd_metrics_label(mcf, NGX_XD_L_POLICIES, text, &n) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_int_t
add_labels(ngx_conf_t *cf, ngx_xd_limits_t *limits)
{
    ngx_http_xd_main_conf_t *mcf;
    const xd_plan_t *plan;
    size_t n = 0;

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_xd_module);

    while (xd_registry_nth_plan(limits->registry, n) != NULL) {
        n++;
    }

    limits->labels = ngx_pcalloc(cf->pool, (n + 1) * sizeof(*limits->labels));
    if (limits->labels == NULL) {
        return NGX_ERROR;
    }

    for (n = 0; (plan = xd_registry_nth_plan(limits->registry, n)) != NULL; n++)
    {
        limits->labels[n] = mcf->labels[NGX_XD_L_POLICIES].nelts;

        if (label_plan(cf, mcf, plan) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


ngx_int_t
ngx_xd_limits(ngx_conf_t *cf, ngx_xd_limits_t *limits, size_t zone_size)
{
    ngx_http_xd_main_conf_t *mcf;

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_xd_module);

    if (mcf->registry == NULL) {
        return NGX_OK;
    }

    limits->registry = mcf->registry;

    if (add_zone(cf, limits, zone_size) != NGX_OK
        || add_buckets(cf, limits) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return add_labels(cf, limits);
}
