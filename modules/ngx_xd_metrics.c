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


static ngx_uint_t
doc_place(ngx_xd_metrics_t *m, const ngx_str_t *name)
{
    size_t len = ngx_min(name->len, NGX_XD_DOC_NAME - 1);
    ngx_uint_t i;

    for (i = 1; i < m->docs; i++) {
        if (ngx_strncmp(m->doc[i], name->data, len) == 0
            && m->doc[i][len] == '\0') {
            return i;
        }
    }

    if (m->docs == NGX_XD_DOCS) {
        return 0;
    }

    /* The name first: a worker of the old cycle may be writing them out. */
    ngx_memcpy(m->doc[i], name->data, len);
    ngx_memory_barrier();
    m->docs = i + 1;

    return i;
}


static ngx_xd_metrics_t *
zone_new(ngx_slab_pool_t *pool)
{
    ngx_xd_metrics_t *m = ngx_slab_calloc(pool, sizeof(*m));

    if (m != NULL) {
        pool->data = m;
        ngx_memcpy(m->doc[0], "other", sizeof("other"));
        m->docs = 1;
    }

    return m;
}


/* data is what the zone held in the cycle before, when it was the same. */
static ngx_int_t
zone_init(ngx_shm_zone_t *zone, void *data)
{
    ngx_slab_pool_t *pool = (ngx_slab_pool_t *) (void *) zone->shm.addr;
    ngx_http_xd_main_conf_t *mcf = zone->data;
    ngx_xd_doc_t *doc = mcf->docs.elts;
    ngx_uint_t i;

    if (data != NULL || zone->shm.exists) {
        mcf->metrics = pool->data;
    } else {
        mcf->metrics = zone_new(pool);
    }

    if (mcf->metrics == NULL) {
        return NGX_ERROR;
    }

    for (i = 0; i < mcf->docs.nelts; i++) {
        doc[i].place = doc_place(mcf->metrics, &doc[i].name);
    }

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

    for (doc = 0; doc < m->docs; doc++) {
        for (o = NGX_XD_CONFIRMED; o < NGX_XD_OUTCOMES; o++) {
            if (doc != 0 || m->published[doc][o] != 0) {
                xd_buf_fmt(b,
                    "xd_messages_published_total{exchange=\"xd.raw\","
                    "doc=\"%s\",result=\"%s\"} %lu\n",
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
