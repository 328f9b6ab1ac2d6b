/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd_registry at configuration time: the whole of crossdock.yaml and what
 * stands beside it is read and checked here, by the master, with its rights;
 * workers only look things up.
 */

#include "ngx_xd.h"
#include "ngx_xd_link.h"
#include "base/file.h"

#define FINDINGS     50 /* shown of a bad configuration */
#define AMQP_PORT    5672
#define WINDOW       256
#define WINDOW_MOST  65535
#define HEARTBEAT_MS 10000
#define BODY_MAX     (8 * 1024 * 1024)


static void
registry_free(void *data)
{
    ngx_http_xd_main_conf_t *mcf = data;

    xd_conf_free(mcf->conf);
    mcf->conf = NULL;
    mcf->registry = NULL;
}


/* Each finding as its own line, as nginx reports its own faults. */
static void
log_findings(ngx_conf_t *cf, const xd_report_t *rep)
{
    for (size_t i = 0; i < rep->nkept; i++) {
        const xd_finding_t *f = &rep->kept[i];

        if (f->severity < XD_ERROR) {
            continue;
        }

        ngx_log_error(NGX_LOG_EMERG, cf->log, 0,
            "xd_registry: %*s:%uD:%uD: %*s", f->path.len, f->path.ptr, f->line,
            f->column, f->text.len, f->text.ptr);
    }
}


static char *
fail(ngx_conf_t *cf, const char *what, const char *path, xd_rc_t rc)
{
    ngx_conf_log_error(NGX_LOG_EMERG, cf, rc == XD_E_IO ? ngx_errno : 0,
        "xd_registry: %s \"%s\": %s", what, path, xd_rc_text(rc));

    return NGX_CONF_ERROR;
}


static char *
read_secret(ngx_conf_t *cf, ngx_http_xd_main_conf_t *mcf, const char *path,
    xd_str_t *out)
{
    xd_rc_t rc = xd_file_secret(mcf->conf->arena, path, out);

    return rc == XD_OK ? NGX_CONF_OK
                       : fail(cf, "cannot use the secret", path, rc);
}


static char *
load_parties(ngx_conf_t *cf, ngx_http_xd_main_conf_t *mcf, xd_report_t *rep)
{
    xd_conf_t *conf = mcf->conf;
    xd_str_t path, pepper;

    path = xd_conf_resolve(conf, xd_text(conf->consumers, "pepper"));
    path = xd_dup(conf->arena, path);

    if (path.ptr == NULL
        || read_secret(cf, mcf, path.ptr, &pepper) != NGX_CONF_OK) {
        return NGX_CONF_ERROR;
    }

    if (xd_registry_make(conf->arena, conf, pepper, &mcf->registry, rep)
        != XD_OK) {
        log_findings(cf, rep);
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


/* One of amqp://host:port/vhost[,amqp://...]; adds its addresses. */
static char *
add_url(ngx_conf_t *cf, ngx_xd_broker_t *broker, xd_str_t text)
{
    static const xd_str_t scheme = { "amqp://", 7 };
    xd_str_t rest = text, authority, at;
    ngx_addr_t *addr;
    ngx_url_t u;

    if (!xd_str_starts(text, scheme)) {
        return "is not amqp://host:port/vhost";
    }

    rest.ptr += scheme.len;
    rest.len -= scheme.len;
    authority = xd_str_cut(&rest, '/');

    /* User and password come from elsewhere; what stands here is dropped. */
    at = authority;
    (void) xd_str_cut(&at, '@');
    authority = at.ptr != NULL ? at : authority;

    ngx_memzero(&u, sizeof(u));
    u.url = ngx_xd_dup(cf->pool, authority);
    u.default_port = AMQP_PORT;

    if (u.url.data == NULL || ngx_parse_url(cf->pool, &u) != NGX_OK) {
        return u.err != NULL ? u.err : "has no host";
    }

    addr = ngx_array_push_n(&broker->addrs, u.naddrs);
    if (addr == NULL) {
        return "needs more memory than there is";
    }

    ngx_memcpy(addr, u.addrs, u.naddrs * sizeof(*addr));

    if (broker->link.vhost.len == 0 && rest.len != 0) {
        broker->link.vhost = rest;
    }

    return NGX_CONF_OK;
}


static char *
load_urls(ngx_conf_t *cf, ngx_xd_broker_t *broker, xd_str_t list)
{
    xd_str_t rest = list, one;
    char *err;

    while (rest.ptr != NULL) {
        one = xd_str_trim(xd_str_cut(&rest, ','));

        err = add_url(cf, broker, one);
        if (err != NGX_CONF_OK) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                "xd_registry: broker url \"%*s\" %s", one.len, one.ptr, err);
            return NGX_CONF_ERROR;
        }
    }

    if (broker->link.vhost.len == 0) {
        broker->link.vhost = XD_STR("/");
    }

    return NGX_CONF_OK;
}


/* The ring of confirms needs a power of two: the next one up. */
static uint32_t
window_of(const xd_node_t *main)
{
    uint64_t wanted = WINDOW;
    uint32_t window = 1;

    (void) xd_str_uint(xd_text_at(main, "broker.window"), WINDOW_MOST, &wanted);

    while (window < wanted) {
        window *= 2;
    }

    return window;
}


static char *
load_broker(ngx_conf_t *cf, ngx_http_xd_main_conf_t *mcf)
{
    xd_conf_t *conf = mcf->conf;
    ngx_xd_broker_t *broker;
    xd_str_t path;

    broker = ngx_pcalloc(cf->pool, sizeof(*broker));
    if (broker == NULL
        || ngx_array_init(&broker->addrs, cf->pool, 4, sizeof(ngx_addr_t))
               != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    path = xd_fmt(conf->arena, "%s/broker/" NGX_XD_USER,
        xd_conf_path(conf, "secrets"));

    if (path.ptr == NULL
        || read_secret(cf, mcf, path.ptr, &broker->link.password)
               != NGX_CONF_OK)
    {
        return NGX_CONF_ERROR;
    }

    broker->link.user = XD_STR(NGX_XD_USER);
    broker->link.window = window_of(conf->main);
    broker->link.heartbeat =
        (uint16_t) (xd_conf_ms(conf->main, "broker.heartbeat", HEARTBEAT_MS)
                    / 1000);
    mcf->broker = broker;

    return load_urls(cf, broker, xd_text_at(conf->main, "broker.url"));
}


static char *
load_all(ngx_conf_t *cf, ngx_http_xd_main_conf_t *mcf, xd_report_t *rep)
{
    const char *path = (const char *) mcf->path.data;
    xd_rc_t rc = xd_conf_load(path, &mcf->conf, rep);

    if (rc != XD_OK) {
        log_findings(cf, rep);
        return fail(cf, "cannot load", path, rc);
    }

    mcf->body_max =
        (size_t) xd_conf_bytes(mcf->conf->main, "limits.body", BODY_MAX);

    if (load_parties(cf, mcf, rep) != NGX_CONF_OK) {
        return NGX_CONF_ERROR;
    }

    return load_broker(cf, mcf);
}


char *
ngx_xd_registry_load(ngx_conf_t *cf, ngx_http_xd_main_conf_t *mcf)
{
    xd_arena_t *arena = xd_arena_new(0);
    ngx_pool_cleanup_t *cln;
    xd_report_t rep;
    char *rv;

    cln = ngx_pool_cleanup_add(cf->pool, 0);
    if (cln == NULL || arena == NULL) {
        xd_arena_free(arena);
        return NGX_CONF_ERROR;
    }

    cln->handler = registry_free;
    cln->data = mcf;

    xd_report_init(&rep, arena, FINDINGS);
    rv = load_all(cf, mcf, &rep);
    xd_arena_free(arena);

    return rv;
}
