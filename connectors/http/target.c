/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Destinations: systems/<id>.yaml and the partners that take bytes over HTTP.
 * Settings are made anew with each configuration; a gate, with its breaker and
 * what is under way, lives as long as the process.
 */

#include "http.h"

#include "base/file.h"
#include "base/log.h"

/* What partners/<id>.yaml does not say. */
#define CONCURRENCY 2
#define FAILURES    5
#define PAUSE_MS    10000
#define TIMEOUT_MS  10000
#define CONNECT_MS  2000


/* So that both "…/erp" and "…/erp/" lead to "…/erp/shipment". */
static xd_str_t
without_slash(xd_str_t url)
{
    while (url.len > 0 && url.ptr[url.len - 1] == '/') {
        url.len--;
    }

    return url;
}


static xd_rc_t
read_secret(xd_arena_t *arena, const http_target_t *t, xd_str_t *secret)
{
    xd_rc_t rc = xd_file_secret(arena, t->file.ptr, secret);

    if (rc != XD_OK) {
        xd_log(XD_LOG_ERROR,
            XD_FIELDS({ "system", t->id }, { "file", t->file }),
            "the credentials cannot be read: %s", xd_rc_text(rc));
    }

    return rc;
}


static xd_rc_t
read_credentials(xd_arena_t *arena, const xd_conf_t *conf,
    const xd_node_t *node, http_target_t *t)
{
    const xd_node_t *credentials = xd_get(node, "credentials");

    if (credentials == NULL) {
        return XD_OK;
    }

    t->header = xd_dup(arena, xd_text(credentials, "header"));
    t->file =
        xd_dup(arena, xd_conf_resolve(conf, xd_text(credentials, "file")));
    if (t->header.ptr == NULL || t->file.ptr == NULL) {
        return XD_E_MEMORY;
    }

    return read_secret(arena, t, &t->secret);
}


/* Copies a target in front of the list. */
static xd_rc_t
put_target(xd_arena_t *arena, const http_target_t *from,
    http_target_t **targets)
{
    http_target_t *t = xd_alloc(arena, sizeof(*t));

    if (t == NULL) {
        return XD_E_MEMORY;
    }
    *t = *from;
    t->id = xd_dup(arena, t->id);
    t->url = xd_dup(arena, without_slash(t->url));
    if (t->id.ptr == NULL || t->url.ptr == NULL) {
        return XD_E_MEMORY;
    }
    t->next = *targets;
    *targets = t;

    return XD_OK;
}


static xd_rc_t
add_system(xd_arena_t *arena, const xd_conf_t *conf, const xd_node_t *node,
    http_target_t **targets)
{
    const xd_node_t *breaker = xd_get(node, "breaker");
    http_target_t t = { .id = node->key,
        .url = xd_text(node, "url"),
        .timeout_ms = xd_conf_ms(node, "timeout", TIMEOUT_MS),
        .connect_ms = xd_conf_ms(node, "connect", CONNECT_MS),
        .concurrency =
            (uint32_t) xd_int(node, "concurrency", 1, 256, CONCURRENCY),
        .failures = (uint32_t) xd_int(breaker, "failures", 1, 1000, FAILURES),
        .pause_ms = xd_conf_ms(node, "breaker.pause", PAUSE_MS) };
    xd_rc_t rc = read_credentials(arena, conf, node, &t);

    return rc != XD_OK ? rc : put_target(arena, &t, targets);
}


static xd_rc_t
add_partner(xd_arena_t *arena, const xd_node_t *node, http_target_t **targets)
{
    http_target_t t = { .id = node->key,
        .partner = true,
        .url = xd_text_at(node, "http.url"),
        .timeout_ms = xd_conf_ms(node, "http.timeout", TIMEOUT_MS),
        .connect_ms = CONNECT_MS,
        .concurrency = CONCURRENCY,
        .failures = FAILURES,
        .pause_ms = PAUSE_MS };

    /* The others get their documents by another transport. */
    return t.url.len == 0 ? XD_OK : put_target(arena, &t, targets);
}


static xd_rc_t
read_targets(xd_arena_t *arena, const xd_conf_t *conf, http_target_t **targets)
{
    xd_rc_t rc = XD_OK;

    xd_each (system, conf->systems) {
        if (rc == XD_OK) {
            rc = add_system(arena, conf, system, targets);
        }
    }
    xd_each (partner, conf->partners) {
        if (rc == XD_OK) {
            rc = add_partner(arena, partner, targets);
        }
    }

    return rc;
}


/* -- gates --------------------------------------------------------------- */

/* Made once per id and kept: a work under way holds on to its gate, whatever
 * a reload does. */
static http_gate_t *
gate_of(http_t *h, xd_str_t id)
{
    http_gate_t *gate = xd_map_get(h->by_id, id);

    if (gate != NULL) {
        return gate;
    }

    gate = xd_alloc(h->arena, sizeof(*gate));
    if (gate == NULL) {
        return NULL;
    }
    gate->id = xd_dup(h->arena, id);
    gate->last = &gate->first;

    if (gate->id.ptr == NULL
        || xd_map_put(h->by_id, gate->id, gate, NULL) != XD_OK) {
        return NULL;
    }
    gate->next = h->gates;
    h->gates = gate;

    return gate;
}


/* A gate without a target does no harm, so this may stop half-way. */
static xd_rc_t
make_gates(http_t *h, const http_target_t *targets)
{
    for (const http_target_t *t = targets; t != NULL; t = t->next) {
        if (gate_of(h, t->id) == NULL) {
            return XD_E_MEMORY;
        }
    }

    return XD_OK;
}


/* Nothing can fail here: all gates are there. */
static void
swap_targets(http_t *h, http_target_t *targets)
{
    for (http_gate_t *gate = h->gates; gate != NULL; gate = gate->next) {
        gate->target = NULL;
    }

    for (http_target_t *t = targets; t != NULL; t = t->next) {
        http_gate_t *gate = xd_map_get(h->by_id, t->id);

        gate->target = t;
        gate->breaker.failures_max = t->failures;
        gate->breaker.pause_ms = t->pause_ms;
    }
}


xd_rc_t
http_targets_load(http_t *h, const xd_conf_t *conf, xd_report_t *rep)
{
    xd_arena_t *arena = xd_arena_new(0);
    http_target_t *targets = NULL;
    xd_rc_t rc = arena != NULL ? XD_OK : XD_E_MEMORY;

    if (rc == XD_OK) {
        rc = read_targets(arena, conf, &targets);
    }
    if (rc == XD_OK) {
        rc = make_gates(h, targets);
    }
    if (rc == XD_E_IO || rc == XD_E_CONF || rc == XD_E_LIMIT) {
        xd_reportf(rep,
            &(xd_finding_t){ .severity = XD_ERROR,
                .scope = XD_SCOPE_FILE,
                .rule = "http.credentials",
                .path = XD_STR("systems") },
            "the credentials of a system cannot be read");
        rc = XD_E_CONF;
    }
    if (rc != XD_OK) {
        xd_arena_free(arena);
        return rc;
    }

    swap_targets(h, targets);
    xd_arena_free(h->settings);
    h->settings = arena;
    h->conf = conf;

    return XD_OK;
}


/* The old text stays in the arena until the next reload; secrets change
 * seldom. */
bool
http_target_reread(http_t *h, http_target_t *target)
{
    xd_str_t secret;

    if (target->file.len == 0
        || read_secret(h->settings, target, &secret) != XD_OK
        || xd_str_eq(secret, target->secret))
    {
        return false;
    }
    target->secret = secret;

    return true;
}
