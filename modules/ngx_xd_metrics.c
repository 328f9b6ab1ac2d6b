/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd_metrics.h"

#include <signal.h>

#define ZONE_SIZE (sizeof(ngx_xd_metrics_t) + 64 * 1024) /* slab's own share */


/* Upper ends of the histogram's buckets, in microseconds and as text. */
static const struct {
    uint64_t us;
    const char *le;
} buckets[NGX_XD_BUCKETS] = {
    { 5000, "0.005" },
    { 10000, "0.01" },
    { 25000, "0.025" },
    { 50000, "0.05" },
    { 100000, "0.1" },
    { 250000, "0.25" },
    { 500000, "0.5" },
    { 1000000, "1" },
    { 2500000, "2.5" },
    { 5000000, "5" },
    { 10000000, "10" },
};

static const char *const results[NGX_XD_OUTCOMES] = {
    [NGX_XD_PENDING] = NULL,
    [NGX_XD_CONFIRMED] = "confirmed",
    [NGX_XD_RETURNED] = "returned",
    [NGX_XD_REFUSED] = "refused",
    [NGX_XD_UNAVAILABLE] = "unavailable",
    [NGX_XD_MISCONFIGURED] = "misconfigured",
    [NGX_XD_UNKNOWN] = "unknown",
};

static const char *const states[] = {
    [XD_LINK_DOWN] = "down",
    [XD_LINK_OPENING] = "opening",
    [XD_LINK_UP] = "up",
    [XD_LINK_DRAINING] = "draining",
};


/* -- the zone -------------------------------------------------------------- */


/* The labels of one family in the zone. */
typedef struct {
    u_char (*text)[NGX_XD_LABEL];
    ngx_uint_t most;
} family_t;


static family_t
family_of(ngx_xd_metrics_t *m, ngx_xd_labels_t id)
{
    switch (id) {
    case NGX_XD_L_DOCS:
        return (family_t){ m->doc, NGX_XD_DOCS };
    case NGX_XD_L_POLICIES:
        return (family_t){ m->policy, NGX_XD_POLICIES };
    default:
        return (family_t){ m->user, NGX_XD_USERS };
    }
}


static ngx_uint_t
label_place(ngx_xd_metrics_t *m, ngx_xd_labels_t id, const ngx_str_t *text)
{
    family_t f = family_of(m, id);
    ngx_uint_t i;

    for (i = 1; i < m->labels[id]; i++) {
        if (ngx_strncmp(f.text[i], text->data, text->len) == 0
            && f.text[i][text->len] == '\0')
        {
            return i;
        }
    }

    if (m->labels[id] == f.most) {
        return 0;
    }

    /* The text first: a worker of the old cycle may be writing them out. */
    ngx_memcpy(f.text[i], text->data, text->len);
    ngx_memory_barrier();
    m->labels[id] = i + 1;

    return i;
}


static void
place_labels(ngx_http_xd_main_conf_t *mcf)
{
    ngx_xd_label_t *label;
    ngx_uint_t id, i;

    for (id = 0; id < NGX_XD_LABELS; id++) {
        label = mcf->labels[id].elts;

        for (i = 0; i < mcf->labels[id].nelts; i++) {
            label[i].place =
                label_place(mcf->metrics, (ngx_xd_labels_t) id, &label[i].text);
        }
    }
}


static ngx_xd_metrics_t *
zone_new(ngx_slab_pool_t *pool)
{
    static const char *const others[NGX_XD_LABELS] = {
        [NGX_XD_L_DOCS] = "doc=\"other\"",
        [NGX_XD_L_POLICIES] = "plan=\"other\",policy=\"other\"",
        [NGX_XD_L_USERS] = "version=\"other\",party=\"other\"",
    };

    ngx_xd_metrics_t *m = ngx_slab_calloc(pool, sizeof(*m));
    ngx_uint_t id;

    if (m == NULL) {
        return NULL;
    }

    pool->data = m;

    for (id = 0; id < NGX_XD_LABELS; id++) {
        ngx_memcpy(family_of(m, (ngx_xd_labels_t) id).text[0], others[id],
            ngx_strlen(others[id]));
        m->labels[id] = 1;
    }

    return m;
}


/* data is what the zone held in the cycle before, when it was the same. */
static ngx_int_t
zone_init(ngx_shm_zone_t *zone, void *data)
{
    ngx_slab_pool_t *pool = (ngx_slab_pool_t *) (void *) zone->shm.addr;
    ngx_http_xd_main_conf_t *mcf = zone->data;

    if (data != NULL || zone->shm.exists) {
        mcf->metrics = pool->data;
    } else {
        mcf->metrics = zone_new(pool);
    }

    if (mcf->metrics == NULL) {
        return NGX_ERROR;
    }

    place_labels(mcf);

    return NGX_OK;
}


ngx_int_t
ngx_xd_metrics_label(ngx_http_xd_main_conf_t *mcf, ngx_xd_labels_t family,
    ngx_str_t text, ngx_uint_t *n)
{
    ngx_xd_label_t *label;

    *n = mcf->labels[family].nelts;

    label = ngx_array_push(&mcf->labels[family]);
    if (label == NULL || text.data == NULL) {
        return NGX_ERROR;
    }

    label->text = text;
    label->text.len = ngx_min(text.len, NGX_XD_LABEL - 1);
    label->place = 0;

    return NGX_OK;
}


char *
ngx_xd_metrics_zone(ngx_conf_t *cf, ngx_http_xd_main_conf_t *mcf)
{
    ngx_str_t name = ngx_string(NGX_XD_ZONE);

    mcf->zone =
        ngx_shared_memory_add(cf, &name, ZONE_SIZE, &ngx_http_xd_module);
    if (mcf->zone == NULL) {
        return NGX_CONF_ERROR;
    }

    mcf->zone->init = zone_init;
    mcf->zone->data = mcf;

    return NGX_CONF_OK;
}


/* -- cells ----------------------------------------------------------------- */


void
ngx_xd_cell_take(ngx_http_xd_main_conf_t *mcf)
{
    ngx_uint_t n = (ngx_uint_t) ngx_process_slot % NGX_XD_CELLS;

    mcf->cell = &mcf->metrics->cell[n];
    ngx_memzero(mcf->cell, sizeof(*mcf->cell));
    mcf->cell->pid = (ngx_atomic_uint_t) ngx_pid;
}


void
ngx_xd_cell_leave(ngx_http_xd_main_conf_t *mcf)
{
    if (mcf->cell != NULL && mcf->cell->pid == (ngx_atomic_uint_t) ngx_pid) {
        mcf->cell->pid = 0;
    }
}


void
ngx_xd_cell_set(ngx_xd_cell_t *cell, ngx_xd_link_stats_t stats)
{
    cell->state = stats.state;
    cell->blocked = stats.blocked;
    cell->inflight = stats.inflight;
    cell->waiting = stats.waiting;
}


ngx_uint_t
ngx_xd_cell_alive(ngx_xd_cell_t *cell)
{
    ngx_atomic_uint_t pid = cell->pid;

    if (pid == 0) {
        return 0;
    }

    if (kill((ngx_pid_t) pid, 0) == -1 && ngx_errno == NGX_ESRCH) {
        (void) ngx_atomic_cmp_set(&cell->pid, pid, 0);
        return 0;
    }

    return 1;
}


/* -- counting -------------------------------------------------------------- */


void
ngx_xd_metrics_published(ngx_xd_metrics_t *m, ngx_uint_t doc,
    ngx_xd_outcome_t outcome, uint64_t us)
{
    ngx_uint_t i = 0;

    (void) ngx_atomic_fetch_add(&m->published[doc][outcome], 1);

    if (outcome != NGX_XD_CONFIRMED) {
        return;
    }

    while (i < NGX_XD_BUCKETS && us > buckets[i].us) {
        i++;
    }

    (void) ngx_atomic_fetch_add(&m->confirm[i], 1);
    (void) ngx_atomic_fetch_add(&m->confirm_us, us);
}


/* -- Prometheus text ------------------------------------------------------- */


static void
family(xd_buf_t *b, const char *name, const char *kind, const char *help)
{
    xd_buf_fmt(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind);
}


static void
write_published(const ngx_xd_metrics_t *m, xd_buf_t *b)
{
    ngx_uint_t doc, o;

    family(b, "xd_messages_published_total", "counter",
        "Messages given to the broker, by what became of them.");

    for (doc = 0; doc < m->labels[NGX_XD_L_DOCS]; doc++) {
        for (o = NGX_XD_CONFIRMED; o < NGX_XD_OUTCOMES; o++) {
            if (doc != 0 || m->published[doc][o] != 0) {
                xd_buf_fmt(b,
                    "xd_messages_published_total{exchange=\"xd.raw\","
                    "%s,result=\"%s\"} %lu\n",
                    (const char *) m->doc[doc], results[o],
                    m->published[doc][o]);
            }
        }
    }
}


static void
write_confirm(const ngx_xd_metrics_t *m, xd_buf_t *b)
{
    ngx_atomic_uint_t n = 0;
    ngx_uint_t i;

    family(b, "xd_publish_confirm_seconds", "histogram",
        "From the request's publish to the broker's confirm.");

    for (i = 0; i < NGX_XD_BUCKETS; i++) {
        n += m->confirm[i];
        xd_buf_fmt(b, "xd_publish_confirm_seconds_bucket{le=\"%s\"} %lu\n",
            buckets[i].le, n);
    }

    n += m->confirm[NGX_XD_BUCKETS];
    xd_buf_fmt(b,
        "xd_publish_confirm_seconds_bucket{le=\"+Inf\"} %lu\n"
        "xd_publish_confirm_seconds_sum %lu.%06lu\n"
        "xd_publish_confirm_seconds_count %lu\n",
        n, m->confirm_us / 1000000, m->confirm_us % 1000000, n);
}


static void
write_ends(const ngx_xd_metrics_t *m, xd_buf_t *b)
{
    const char *name;
    ngx_uint_t i;

    family(b, "xd_requests_total", "counter",
        "Requests by how they ended: the problem's name, accepted, other.");

    for (i = 0; i < NGX_XD_ENDS; i++) {
        name = i < NGX_XD_PROBLEMS         ? ngx_xd_problems[i].name
               : i == NGX_XD_ENDS_ACCEPTED ? "accepted"
                                           : "other";
        xd_buf_fmt(b, "xd_requests_total{outcome=\"%s\"} %lu\n", name,
            m->ends[i]);
    }
}


static void
write_proved(const ngx_xd_metrics_t *m, xd_buf_t *b)
{
    static const char *const by[NGX_XD_PROOFS] = {
        [NGX_XD_BY_KEY] = "key",
        [NGX_XD_BY_TOKEN] = "token",
        [NGX_XD_BY_SIGNATURE] = "signature",
        [NGX_XD_BY_WEBHOOK] = "webhook",
        [NGX_XD_BY_CERTIFICATE] = "certificate",
        [NGX_XD_BY_OPAQUE] = "opaque",
    };
    static const char *const outcomes[NGX_XD_PROVEDS] = {
        [NGX_XD_PROVED] = "accepted",
        [NGX_XD_PROVED_CACHED] = "cached",
        [NGX_XD_PROVED_REFUSED] = "refused",
    };

    ngx_uint_t i, o;

    family(b, "xd_credentials_total", "counter",
        "Credentials that callers brought; cached ones were accepted before.");

    for (i = NGX_XD_BY_NOTHING + 1; i < NGX_XD_PROOFS; i++) {
        for (o = 0; o < NGX_XD_PROVEDS; o++) {
            xd_buf_fmt(b,
                "xd_credentials_total{by=\"%s\",outcome=\"%s\"} %lu\n", by[i],
                outcomes[o], m->proved[i][o]);
        }
    }
}


/* One line for each label whose counter has moved. */
static void
write_counters(xd_buf_t *b, const char *name,
    const u_char (*label)[NGX_XD_LABEL], const ngx_atomic_t *counter,
    ngx_uint_t n)
{
    ngx_uint_t i;

    for (i = 0; i < n; i++) {
        if (counter[i] != 0) {
            xd_buf_fmt(b, "%s{%s} %lu\n", name, (const char *) label[i],
                counter[i]);
        }
    }
}


static void
write_limits(const ngx_xd_metrics_t *m, xd_buf_t *b)
{
    static const char *const outcomes[NGX_XD_TOLLS] = {
        [NGX_XD_TOLL_ADMITTED] = "admitted",
        [NGX_XD_TOLL_REFUSED] = "refused",
        [NGX_XD_TOLL_REFUNDED] = "refunded",
    };

    ngx_uint_t i;

    family(b, "xd_limit_calls_total", "counter",
        "Calls by what the limits of their plan said; refunded ones were"
        " admitted before.");

    for (i = 0; i < NGX_XD_TOLLS; i++) {
        xd_buf_fmt(b, "xd_limit_calls_total{outcome=\"%s\"} %lu\n", outcomes[i],
            m->calls[i]);
    }

    family(b, "xd_limit_refused_total", "counter",
        "Calls that a policy refused.");
    write_counters(b, "xd_limit_refused_total", m->policy, m->refused,
        m->labels[NGX_XD_L_POLICIES]);

    family(b, "xd_limit_shadow_total", "counter",
        "Calls that a policy in shadow would have refused.");
    write_counters(b, "xd_limit_shadow_total", m->policy, m->shadowed,
        m->labels[NGX_XD_L_POLICIES]);

    family(b, "xd_version_ending_requests_total", "counter",
        "Authenticated calls of versions that are deprecated or have a last"
        " day, by who called.");
    write_counters(b, "xd_version_ending_requests_total", m->user, m->used,
        m->labels[NGX_XD_L_USERS]);

    family(b, "xd_version_ending_last_seconds", "gauge",
        "When each of them called last, seconds since 1970.");
    write_counters(b, "xd_version_ending_last_seconds", m->user, m->last,
        m->labels[NGX_XD_L_USERS]);
}


typedef struct {
    ngx_atomic_uint_t workers, up, blocked, inflight, waiting;
} sums_t;


static sums_t
sum_cells(ngx_xd_metrics_t *m)
{
    sums_t s = { 0, 0, 0, 0, 0 };
    ngx_xd_cell_t *c;
    ngx_uint_t i;

    for (i = 0; i < NGX_XD_CELLS; i++) {
        c = &m->cell[i];

        if (ngx_xd_cell_alive(c)) {
            s.workers++;
            s.up += c->state == XD_LINK_UP;
            s.blocked += c->blocked;
            s.inflight += c->inflight;
            s.waiting += c->waiting;
        }
    }

    return s;
}


/* A number that falls from reload to reload would be a leak. */
static void
write_zones(xd_buf_t *b)
{
    volatile const ngx_list_part_t *part = &ngx_cycle->shared_memory.part;
    const ngx_slab_pool_t *pool;
    const ngx_shm_zone_t *zone;
    ngx_uint_t i;

    family(b, "xd_zone_free_pages", "gauge",
        "Pages of a shared zone that nobody uses.");

    for (; part != NULL; part = part->next) {
        zone = part->elts;

        for (i = 0; i < part->nelts; i++) {
            pool = (const ngx_slab_pool_t *) (void *) zone[i].shm.addr;
            xd_buf_fmt(b, "xd_zone_free_pages{zone=\"%.*s\"} %lu\n",
                (int) zone[i].shm.name.len, (char *) zone[i].shm.name.data,
                (unsigned long) pool->pfree);
        }
    }
}


void
ngx_xd_metrics_write(ngx_xd_metrics_t *m, xd_buf_t *b)
{
    sums_t s = sum_cells(m);

    write_published(m, b);
    write_confirm(m, b);

    family(b, "xd_publish_inflight", "gauge",
        "Messages given to the broker and not yet confirmed.");
    xd_buf_fmt(b, "xd_publish_inflight %lu\n", s.inflight);

    family(b, "xd_publish_waiting", "gauge",
        "Requests that wait for room in the window.");
    xd_buf_fmt(b, "xd_publish_waiting %lu\n", s.waiting);

    family(b, "xd_broker_links", "gauge", "Links of workers to the broker.");
    xd_buf_fmt(b,
        "xd_broker_links{state=\"up\"} %lu\n"
        "xd_broker_links{state=\"down\"} %lu\n",
        s.up, s.workers - s.up);

    family(b, "xd_broker_blocked", "gauge",
        "Links on which the broker blocks publishing.");
    xd_buf_fmt(b, "xd_broker_blocked %lu\n", s.blocked);

    write_proved(m, b);
    write_limits(m, b);
    write_zones(b);
    write_ends(m, b);
}


void
ngx_xd_health_write(ngx_xd_metrics_t *m, xd_buf_t *b, ngx_uint_t *good)
{
    sums_t s = sum_cells(m);
    const char *comma = "";
    ngx_xd_cell_t *c;
    ngx_uint_t i;

    *good = s.workers != 0 && s.up == s.workers && s.blocked == 0;

    xd_buf_fmt(b,
        "{\"status\":\"%s\",\"inflight\":%lu,\"waiting\":%lu,"
        "\"workers\":[",
        *good ? "pass" : "fail", s.inflight, s.waiting);

    for (i = 0; i < NGX_XD_CELLS; i++) {
        c = &m->cell[i];

        if (ngx_xd_cell_alive(c)) {
            xd_buf_fmt(b,
                "%s{\"pid\":%lu,\"link\":\"%s\",\"blocked\":%s,"
                "\"inflight\":%lu,\"waiting\":%lu}",
                comma, c->pid, states[c->state & 3],
                c->blocked ? "true" : "false", c->inflight, c->waiting);
            comma = ",";
        }
    }

    xd_buf_text(b, "]}\n");
}
