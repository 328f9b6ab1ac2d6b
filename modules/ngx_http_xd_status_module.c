/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd_status: how the gateway is doing, for people and for Prometheus.
 *
 * All workers' numbers stand in one shared zone, so whichever worker answers
 * speaks for all.
 */

#include "ngx_xd_identify.h"
#include "ngx_xd_metrics.h"


typedef struct {
    ngx_uint_t metrics; /* unsigned  metrics:1; else health */
} ngx_http_xd_status_conf_t;


static char *ngx_http_xd_status(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);
static void *ngx_http_xd_status_create_conf(ngx_conf_t *cf);
static ngx_int_t ngx_http_xd_status_init(ngx_conf_t *cf);


/* clang-format off */

static ngx_command_t  ngx_http_xd_status_commands[] = {

    /* xd_status health | metrics; */
    { ngx_string("xd_status"),
      NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_http_xd_status,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

      ngx_null_command
};


static ngx_http_module_t  ngx_http_xd_status_module_ctx = {
    NULL,                              /* preconfiguration */
    ngx_http_xd_status_init,           /* postconfiguration */

    NULL,                              /* create main configuration */
    NULL,                              /* init main configuration */

    NULL,                              /* create server configuration */
    NULL,                              /* merge server configuration */

    ngx_http_xd_status_create_conf,    /* create location configuration */
    NULL                               /* merge location configuration */
};


ngx_module_t  ngx_http_xd_status_module = {
    NGX_MODULE_V1,
    &ngx_http_xd_status_module_ctx,    /* module context */
    ngx_http_xd_status_commands,       /* module directives */
    NGX_HTTP_MODULE,                   /* module type */
    NULL,                              /* init master */
    NULL,                              /* init module */
    NULL,                              /* init process */
    NULL,                              /* init thread */
    NULL,                              /* exit thread */
    NULL,                              /* exit process */
    NULL,                              /* exit master */
    NGX_MODULE_V1_PADDING
};

/* clang-format on */


static ngx_int_t
ngx_http_xd_status_send(ngx_http_request_t *r, ngx_uint_t status,
    const char *type, const xd_buf_t *text)
{
    ngx_str_t body = ngx_null_string;
    ngx_chain_t out;
    ngx_buf_t *b;
    ngx_int_t rc;

    if (xd_buf_rc(text) == XD_OK) {
        body = ngx_xd_dup(r->pool, xd_buf_str(text));
    }

    b = ngx_calloc_buf(r->pool);
    if (body.data == NULL || b == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    b->pos = body.data;
    b->last = body.data + body.len;
    b->memory = 1;
    b->last_buf = 1;
    b->last_in_chain = 1;
    out.buf = b;
    out.next = NULL;

    r->headers_out.status = status;
    r->headers_out.content_type = ngx_xd_dup(r->pool, xd_str(type));
    r->headers_out.content_type_len = r->headers_out.content_type.len;
    r->headers_out.content_length_n = (off_t) body.len;

    rc = ngx_http_send_header(r);
    if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
        return rc;
    }

    return ngx_http_output_filter(r, &out);
}


/* 503 when a worker's link is down or blocked: what a probe looks at. */
static ngx_int_t
ngx_http_xd_status_handler(ngx_http_request_t *r)
{
    ngx_http_xd_status_conf_t *conf;
    const ngx_xd_identities_t *all;
    ngx_xd_request_t *record = ngx_xd_request(r);
    ngx_xd_metrics_t *m = ngx_xd_main(r)->metrics;
    ngx_uint_t good = 1;
    xd_buf_t text = { 0 };
    ngx_int_t rc;

    conf = ngx_http_get_module_loc_conf(r, ngx_http_xd_status_module);

    if (!(r->method & (NGX_HTTP_GET | NGX_HTTP_HEAD))) {
        return NGX_HTTP_NOT_ALLOWED;
    }

    rc = ngx_http_discard_request_body(r);
    if (rc != NGX_OK || record == NULL) {
        return record == NULL ? NGX_HTTP_INTERNAL_SERVER_ERROR : rc;
    }

    record->quiet = 1;

    if (conf->metrics) {
        all = ngx_http_get_module_main_conf(r, ngx_http_xd_auth_module);
        ngx_xd_metrics_write(m, &text);
        ngx_xd_keysets_write(&all->tokens.keysets, &text);
        rc = ngx_http_xd_status_send(r, NGX_HTTP_OK,
            "text/plain; version=0.0.4; charset=utf-8", &text);
    } else {
        ngx_xd_health_write(m, &text, &good);
        rc = ngx_http_xd_status_send(r,
            good ? NGX_HTTP_OK : NGX_HTTP_SERVICE_UNAVAILABLE,
            "application/health+json", &text);
    }

    xd_buf_free(&text);

    return rc;
}


/* How each request ended, whoever ended it. */
static ngx_int_t
ngx_http_xd_status_log_handler(ngx_http_request_t *r)
{
    ngx_http_xd_main_conf_t *mcf = ngx_xd_main(r);
    const ngx_xd_problem_t *row;
    ngx_xd_request_t *record;
    ngx_uint_t end = NGX_XD_ENDS_OTHER;

    if (mcf->registry == NULL) {
        return NGX_OK;
    }

    record = ngx_xd_request(r);
    if (record == NULL || record->quiet) {
        return NGX_OK;
    }

    row = record->problem != NULL
              ? record->problem
              : ngx_xd_problem_of_status(r->headers_out.status);

    if (record->accepted) {
        end = NGX_XD_ENDS_ACCEPTED;
    } else if (row != NULL) {
        end = (ngx_uint_t) (row - ngx_xd_problems);
    }

    (void) ngx_atomic_fetch_add(&mcf->metrics->ends[end], 1);

    return NGX_OK;
}


static char *
ngx_http_xd_status(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_xd_status_conf_t *scf = conf;
    ngx_http_core_loc_conf_t *clcf;
    ngx_http_xd_main_conf_t *mcf;
    ngx_str_t *value = cf->args->elts;

    if (ngx_strcmp(value[1].data, "metrics") == 0) {
        scf->metrics = 1;
    } else if (ngx_strcmp(value[1].data, "health") != 0) {
        return "takes health or metrics";
    }

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_xd_module);
    if (mcf->registry == NULL) {
        return "needs xd_registry, before it, in http";
    }

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);
    clcf->handler = ngx_http_xd_status_handler;

    return NGX_CONF_OK;
}


static void *
ngx_http_xd_status_create_conf(ngx_conf_t *cf)
{
    return ngx_pcalloc(cf->pool, sizeof(ngx_http_xd_status_conf_t));
}


static ngx_int_t
ngx_http_xd_status_init(ngx_conf_t *cf)
{
    ngx_http_core_main_conf_t *cmcf;
    ngx_http_handler_pt *h;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_core_module);

    h = ngx_array_push(&cmcf->phases[NGX_HTTP_LOG_PHASE].handlers);
    if (h == NULL) {
        return NGX_ERROR;
    }

    *h = ngx_http_xd_status_log_handler;

    return NGX_OK;
}
