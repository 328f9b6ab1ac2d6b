/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd_limits.h"
#include "ngx_xd_addresses.h"
#include "ngx_xd_metrics.h"
#include "ngx_xd_quotas.h"

#define RESERVE_PART 16 /* of a limit a write grants ahead */


/* -- the zone -------------------------------------------------------------- */


static ngx_xd_kind_t
kind_of(const ngx_xd_pot_t *pot)
{
    if (pot->policy->unit == XD_POLICY_CONCURRENT) {
        return NGX_XD_INFLIGHT;
    }

    return pot->policy->calendar != XD_CALENDAR_NONE ? NGX_XD_QUOTA
                                                     : NGX_XD_RATE;
}


/* Names whose words they are; .len is 0 when that party has none here. */
static ngx_str_t
who_is(const ngx_xd_pot_t *pot, const xd_party_t *party, u_char room[512])
{
    static const char *const kinds[] = {
        [XD_POLICY_CONSUMER] = "party",
        [XD_POLICY_PLAN] = "plan",
        [XD_POLICY_ROUTE] = "route",
        [XD_POLICY_ADDRESS] = "address",
        [XD_POLICY_ALL] = "all",
    };

    xd_str_t owner = pot->plan->name;
    int n;

    if (pot->each) {
        if (party->plan != pot->plan) {
            return (ngx_str_t){ 0, NULL };
        }
        owner = party->id;
    }

    n = snprintf((char *) room, 512, "%s %.*s", kinds[pot->policy->per],
        XD_FMT(owner));

    if (pot->route.len != 0) {
        n += snprintf((char *) room + n, (size_t) (512 - n), " %.*s",
            (int) pot->route.len, (char *) pot->route.data);
    }

    return (ngx_str_t){ (size_t) ngx_min(n, 511), room };
}


typedef ngx_uint_t (*visit_t)(ngx_xd_limits_t *limits, ngx_xd_pot_t *pot,
    size_t n, ngx_str_t who);


/* Every owner of words in every pot; returns the sum of what visit says. */
static ngx_uint_t
each_owner(ngx_xd_limits_t *limits, visit_t visit)
{
    ngx_xd_pot_t **pot = limits->pots.elts;
    ngx_uint_t i, sum = 0;
    u_char room[512];
    ngx_str_t who;
    size_t n;

    for (i = 0; i < limits->pots.nelts; i++) {
        if (pot[i]->policy->per == XD_POLICY_ADDRESS) {
            continue;
        }

        for (n = 0; n < (pot[i]->each ? limits->parties : 1); n++) {
            who = who_is(pot[i], xd_registry_nth(limits->registry, n), room);
            sum += who.len != 0 ? visit(limits, pot[i], n, who) : 0;
        }
    }

    return sum;
}


static int
parts_of(const ngx_xd_pot_t *pot)
{
    return kind_of(pot) == NGX_XD_INFLIGHT ? NGX_XD_CHUNKS : 1;
}


/* Entries that the zone has not met yet. */
static ngx_uint_t
count_new(ngx_xd_limits_t *limits, ngx_xd_pot_t *pot, size_t n, ngx_str_t who)
{
    ngx_uint_t count = 0;
    int part;

    for (part = 0; part < parts_of(pot); part++) {
        count += ngx_xd_slots_find(limits->slots,
                     ngx_xd_slot_key(who, pot->policy, part))
                 == NULL;
    }

    return count;
}


static ngx_uint_t
fill(ngx_xd_limits_t *limits, ngx_xd_pot_t *pot, size_t n, ngx_str_t who)
{
    ngx_xd_words_t *w = &pot->words[n];
    ngx_xd_slot_t *s;
    int part;

    for (part = 0; part < parts_of(pot); part++) {
        s = ngx_xd_slots_add(limits->slots,
            ngx_xd_slot_key(who, pot->policy, part));

        switch (kind_of(pot)) {
        case NGX_XD_RATE:
            w->tat = &s->u.tat;
            break;

        case NGX_XD_QUOTA:
            w->tat = &s->u.quota.spent;
            w->granted = limits->state.len != 0 ? &s->u.quota.granted : NULL;
            atomic_store(&s->u.quota.reserve,
                pot->policy->limit / RESERVE_PART + 1);
            pot->quota[n] = s;
            break;

        case NGX_XD_INFLIGHT:
            w->held[part] = s->u.held;
            break;
        }
    }

    return 0;
}


/* data is what the zone held in the cycle before, when it was the same.  All
 * is added or nothing: a file that does not fit must not fill the zone. */
static ngx_int_t
zone_init(ngx_shm_zone_t *zone, void *data)
{
    ngx_xd_limits_t *limits = zone->data;
    ngx_uint_t exists = data != NULL || zone->shm.exists;
    ngx_uint_t wanted;

    limits->slots = ngx_xd_slots(zone, exists);
    if (limits->slots == NULL) {
        return NGX_ERROR;
    }

    if (!exists && limits->state.len != 0
        && ngx_xd_quotas_load(limits->slots, &limits->state, zone->shm.log)
               != NGX_OK)
    {
        return NGX_ERROR;
    }

    wanted = each_owner(limits, count_new);

    if (wanted > ngx_xd_slots_room(limits->slots)) {
        ngx_log_error(NGX_LOG_EMERG, zone->shm.log, 0,
            "xd_throttle_zone is full: of %ui new entries of parties and"
            " policies %ui fit; those of earlier configurations stay until a"
            " restart, another size is another zone",
            wanted, ngx_xd_slots_room(limits->slots));
        return NGX_ERROR;
    }

    (void) each_owner(limits, fill);

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

    limits->zone->data = limits;
    limits->zone->init = zone_init;

    return NGX_OK;
}


/* -- pots ------------------------------------------------------------------ */


static ngx_xd_pot_t *
find_pot(const ngx_xd_limits_t *limits, const xd_policy_t *policy,
    ngx_str_t route)
{
    ngx_xd_pot_t **pot = limits->pots.elts;
    ngx_uint_t i;

    for (i = 0; i < limits->pots.nelts; i++) {
        if (pot[i]->policy == policy && pot[i]->route.len == route.len
            && ngx_memcmp(pot[i]->route.data, route.data, route.len) == 0)
        {
            return pot[i];
        }
    }

    return NULL;
}


static uint64_t
salt_of(const ngx_xd_pot_t *pot)
{
    u_char room[512];

    return ngx_xd_slot_key(who_is(pot, NULL, room), pot->policy, 0).hash[0];
}


/* What a pot of that policy is made with, and room for its words. */
static ngx_int_t
make_pot(ngx_conf_t *cf, const ngx_xd_limits_t *limits, ngx_xd_pot_t *pot)
{
    const xd_policy_t *p = pot->policy;
    const xd_plan_t *shared = xd_registry_shared(limits->registry);
    size_t n, first;

    pot->each = p->per == XD_POLICY_CONSUMER
                || (p->per == XD_POLICY_ROUTE && pot->plan != shared);
    n = pot->each ? limits->parties + 1 : 1;
    first = pot->plan == shared ? limits->plans : pot->plan->number;
    pot->label = limits->labels[first]
                 + (size_t) (p - XD_AT(&pot->plan->policies, xd_policy_t, 0));
    pot->unit = kind_of(pot) == NGX_XD_RATE ? xd_policy_unit_ns(p) : 1;
    pot->words = ngx_pcalloc(cf->pool, n * sizeof(*pot->words));
    pot->quota = ngx_pcalloc(cf->pool, n * sizeof(*pot->quota));

    if (p->per == XD_POLICY_ADDRESS) {
        pot->salt = salt_of(pot);
    }

    return pot->words != NULL && pot->quota != NULL ? NGX_OK : NGX_ERROR;
}


ngx_xd_pot_t *
ngx_xd_limits_pot(ngx_conf_t *cf, ngx_xd_limits_t *limits,
    const xd_plan_t *plan, const xd_policy_t *policy, ngx_str_t route)
{
    ngx_xd_pot_t *pot, **slot;

    if (policy->per != XD_POLICY_ROUTE) {
        ngx_str_null(&route);
    }

    pot = find_pot(limits, policy, route);
    if (pot != NULL) {
        return pot;
    }

    pot = ngx_pcalloc(cf->pool, sizeof(*pot));
    slot = ngx_array_push(&limits->pots);
    if (pot == NULL || slot == NULL) {
        return NULL;
    }

    pot->plan = plan;
    pot->policy = policy;
    pot->route = route;
    *slot = pot;

    return make_pot(cf, limits, pot) == NGX_OK ? pot : NULL;
}


static void
turn_page(ngx_xd_pot_t *pot, ngx_xd_slot_t *slot, ngx_xd_bucket_t *out)
{
    const xd_policy_t *p = pot->policy;
    time_t now = ngx_time();

    if (now >= pot->now.end || now < pot->now.start) {
        (void) xd_calendar_window(p->calendar, p->zone, now, &pot->now);
    }

    if (atomic_load(&slot->u.quota.ends) != pot->now.end) {
        atomic_store(&slot->u.quota.ends, pot->now.end);
    }

    out->window = pot->now.id;
    out->ends = ngx_max(pot->now.end - now, 1);
}


void
ngx_xd_pot_bucket(const ngx_xd_limits_t *limits, ngx_xd_pot_t *pot,
    ngx_http_request_t *r, const xd_party_t *party, int64_t most,
    ngx_xd_bucket_t *out)
{
    size_t n = pot->each ? party->number : 0;

    out->kind = kind_of(pot);
    out->unit = pot->unit;
    out->most = pot->unit * most;
    out->at = pot->words[n];
    out->column = (int) limits->column;

    if (out->kind == NGX_XD_QUOTA) {
        turn_page(pot, pot->quota[n], out);
    }

    if (pot->policy->per == XD_POLICY_ADDRESS) {
        out->at.tat = ngx_xd_address_cell(ngx_xd_main(r)->addresses, pot->salt,
            r->connection->sockaddr);
    }
}


/* -- labels ---------------------------------------------------------------- */


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


/* All plans, then what they share. */
static ngx_int_t
add_labels(ngx_conf_t *cf, ngx_xd_limits_t *limits)
{
    ngx_http_xd_main_conf_t *mcf;
    const xd_plan_t *plan;
    size_t n;

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_xd_module);

    limits->labels =
        ngx_pcalloc(cf->pool, (limits->plans + 1) * sizeof(*limits->labels));
    if (limits->labels == NULL) {
        return NGX_ERROR;
    }

    for (n = 0; n <= limits->plans; n++) {
        plan = n < limits->plans ? xd_registry_nth_plan(limits->registry, n)
                                 : xd_registry_shared(limits->registry);
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

    while (xd_registry_nth(limits->registry, limits->parties) != NULL) {
        limits->parties++;
    }

    while (xd_registry_nth_plan(limits->registry, limits->plans) != NULL) {
        limits->plans++;
    }

    if (ngx_array_init(&limits->pots, cf->pool, 8, sizeof(ngx_xd_pot_t *))
            != NGX_OK
        || add_zone(cf, limits, zone_size) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return add_labels(cf, limits);
}
