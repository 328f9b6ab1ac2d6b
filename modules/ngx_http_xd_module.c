/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd_registry: the configuration of Crossdock inside nginx.
 *
 * The one module that all others lean on: it loads the registry at
 * configuration time, starts each worker's link, and walks the client's
 * headers before anybody else reads them.
 */

#include "ngx_xd_addresses.h"
#include "ngx_xd_metrics.h"

#define QUEUE_MAX 1024


static char *ngx_http_xd_registry(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static void *ngx_http_xd_create_main_conf(ngx_conf_t *cf);
static char *ngx_http_xd_init_main_conf(ngx_conf_t *cf, void *conf);
static ngx_int_t ngx_http_xd_init(ngx_conf_t *cf);
static ngx_int_t ngx_http_xd_init_process(ngx_cycle_t *cycle);
static void ngx_http_xd_exit_process(ngx_cycle_t *cycle);


/* clang-format off */

static ngx_command_t  ngx_http_xd_commands[] = {

    /* xd_registry conf/crossdock.yaml;  relative to nginx's conf folder */
    { ngx_string("xd_registry"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_http_xd_registry,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    /* xd_publish_queue 1024;  requests that may wait for the window */
    { ngx_string("xd_publish_queue"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_num_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_http_xd_main_conf_t, queue_max),
      NULL },

      ngx_null_command
};


static ngx_http_module_t  ngx_http_xd_module_ctx = {
    NULL,                              /* preconfiguration */
    ngx_http_xd_init,                  /* postconfiguration */

    ngx_http_xd_create_main_conf,      /* create main configuration */
    ngx_http_xd_init_main_conf,        /* init main configuration */

    NULL,                              /* create server configuration */
    NULL,                              /* merge server configuration */

    NULL,                              /* create location configuration */
    NULL                               /* merge location configuration */
};


ngx_module_t  ngx_http_xd_module = {
    NGX_MODULE_V1,
    &ngx_http_xd_module_ctx,           /* module context */
    ngx_http_xd_commands,              /* module directives */
    NGX_HTTP_MODULE,                   /* module type */
    NULL,                              /* init master */
    NULL,                              /* init module */
    ngx_http_xd_init_process,          /* init process */
    NULL,                              /* init thread */
    NULL,                              /* exit thread */
    ngx_http_xd_exit_process,          /* exit process */
    NULL,                              /* exit master */
    NGX_MODULE_V1_PADDING
};

/* clang-format on */


static ngx_int_t
ngx_http_xd_post_read_handler(ngx_http_request_t *r)
{
    if (ngx_xd_main(r)->registry == NULL) {
        return NGX_DECLINED;
    }

    if (ngx_xd_request_headers(r) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return NGX_DECLINED;
}


static char *
ngx_http_xd_registry(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_xd_main_conf_t *mcf = conf;
    ngx_str_t *value = cf->args->elts;

    if (mcf->path.len != 0) {
        return "is duplicate";
    }

    mcf->path = value[1];

    if (ngx_conf_full_name(cf->cycle, &mcf->path, 1) != NGX_OK
        || ngx_xd_registry_load(cf, mcf) != NGX_CONF_OK)
    {
        return NGX_CONF_ERROR;
    }

    mcf->addresses = ngx_xd_addresses(cf);
    if (mcf->addresses == NULL) {
        return NGX_CONF_ERROR;
    }

    return ngx_xd_metrics_zone(cf, mcf);
}


static void *
ngx_http_xd_create_main_conf(ngx_conf_t *cf)
{
    ngx_http_xd_main_conf_t *mcf;
    ngx_uint_t i;

    mcf = ngx_pcalloc(cf->pool, sizeof(*mcf));
    if (mcf == NULL) {
        return NULL;
    }

    for (i = 0; i < NGX_XD_LABELS; i++) {
        if (ngx_array_init(&mcf->labels[i], cf->pool, 4, sizeof(ngx_xd_label_t))
            != NGX_OK)
        {
            return NULL;
        }
    }

    mcf->queue_max = NGX_CONF_UNSET_UINT;

    return mcf;
}


static char *
ngx_http_xd_init_main_conf(ngx_conf_t *cf, void *conf)
{
    ngx_http_xd_main_conf_t *mcf = conf;

    ngx_conf_init_uint_value(mcf->queue_max, QUEUE_MAX);

    return NGX_CONF_OK;
}


static ngx_int_t
ngx_http_xd_init(ngx_conf_t *cf)
{
    ngx_http_core_main_conf_t *cmcf;
    ngx_http_handler_pt *h;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_core_module);

    h = ngx_array_push(&cmcf->phases[NGX_HTTP_POST_READ_PHASE].handlers);
    if (h == NULL) {
        return NGX_ERROR;
    }

    *h = ngx_http_xd_post_read_handler;

    return NGX_OK;
}


/* The configuration of this cycle; NULL where there is no http block or no
 * xd_registry in it. */
static ngx_http_xd_main_conf_t *
ngx_http_xd_cycle_conf(ngx_cycle_t *cycle)
{
    ngx_http_xd_main_conf_t *mcf;

    if (ngx_process != NGX_PROCESS_WORKER && ngx_process != NGX_PROCESS_SINGLE)
    {
        return NULL;
    }

    if (ngx_get_conf(cycle->conf_ctx, ngx_http_module) == NULL) {
        return NULL;
    }

    mcf = ngx_http_cycle_get_module_main_conf(cycle, ngx_http_xd_module);

    return mcf->registry == NULL ? NULL : mcf;
}


static ngx_int_t
ngx_http_xd_init_process(ngx_cycle_t *cycle)
{
    ngx_http_xd_main_conf_t *mcf = ngx_http_xd_cycle_conf(cycle);

    if (mcf == NULL) {
        return NGX_OK;
    }

    mcf->scratch = xd_arena_new(
        (size_t) xd_conf_bytes(mcf->conf->main, "limits.message_memory", 0));
    if (mcf->scratch == NULL) {
        return NGX_ERROR;
    }

    ngx_xd_cell_take(mcf);

    if (mcf->labels[NGX_XD_L_DOCS].nelts == 0) {
        return NGX_OK; /* nothing is published from here */
    }

    mcf->link = ngx_xd_link_create(cycle, mcf);

    return mcf->link == NULL ? NGX_ERROR : NGX_OK;
}


static void
ngx_http_xd_exit_process(ngx_cycle_t *cycle)
{
    ngx_http_xd_main_conf_t *mcf = ngx_http_xd_cycle_conf(cycle);

    if (mcf == NULL) {
        return;
    }

    if (mcf->link != NULL) {
        ngx_xd_link_close(mcf->link);
    }

    ngx_xd_cell_leave(mcf);
}
