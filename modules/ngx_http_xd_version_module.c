/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd_version: which versions of the API stand behind /v<n>/ paths.
 *
 * Runs in the preaccess phase, before authentication: a caller of a retired
 * version must learn that, and not that its key is wrong.
 */

#include "ngx_xd.h"


typedef struct {
    ngx_str_t name;
    ngx_str_t successor; /* path; only of a retired version */
    ngx_uint_t retired;  /* unsigned  retired:1; */
} ngx_http_xd_version_t;

typedef struct {
    ngx_array_t *versions; /* of ngx_http_xd_version_t; NULL: no check */
} ngx_http_xd_version_conf_t;


static char *ngx_http_xd_version(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static void *ngx_http_xd_version_create_conf(ngx_conf_t *cf);
static char *ngx_http_xd_version_merge_conf(ngx_conf_t *cf, void *parent,
    void *child);
static ngx_int_t ngx_http_xd_version_init(ngx_conf_t *cf);


/* clang-format off */

static ngx_command_t  ngx_http_xd_version_commands[] = {

    /* xd_version v2;  xd_version v1 retired=/v2/;  may be repeated */
    { ngx_string("xd_version"),
      NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE12,
      ngx_http_xd_version,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

      ngx_null_command
};


static ngx_http_module_t  ngx_http_xd_version_module_ctx = {
    NULL,                              /* preconfiguration */
    ngx_http_xd_version_init,          /* postconfiguration */

    NULL,                              /* create main configuration */
    NULL,                              /* init main configuration */

    NULL,                              /* create server configuration */
    NULL,                              /* merge server configuration */

    ngx_http_xd_version_create_conf,   /* create location configuration */
    ngx_http_xd_version_merge_conf     /* merge location configuration */
};


ngx_module_t  ngx_http_xd_version_module = {
    NGX_MODULE_V1,
    &ngx_http_xd_version_module_ctx,   /* module context */
    ngx_http_xd_version_commands,      /* module directives */
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


/* "v1" of "/v1/edi"; empty when the path names no version. */
static ngx_str_t
ngx_http_xd_version_named(const ngx_str_t *uri)
{
    ngx_str_t name = ngx_null_string;
    size_t n = 2;

    if (uri->len < 3 || uri->data[0] != '/' || uri->data[1] != 'v') {
        return name;
    }

    while (n < uri->len && uri->data[n] >= '0' && uri->data[n] <= '9') {
        n++;
    }

    if (n > 2 && (n == uri->len || uri->data[n] == '/')) {
        name.data = uri->data + 1;
        name.len = n - 1;
    }

    return name;
}


static ngx_http_xd_version_t *
ngx_http_xd_version_find(const ngx_array_t *versions, const ngx_str_t *name)
{
    ngx_http_xd_version_t *v = versions->elts;
    ngx_uint_t i;

    for (i = 0; i < versions->nelts; i++) {
        if (v[i].name.len == name->len
            && ngx_memcmp(v[i].name.data, name->data, name->len) == 0)
        {
            return &v[i];
        }
    }

    return NULL;
}


static ngx_int_t
ngx_http_xd_version_refuse(ngx_http_request_t *r,
    const ngx_http_xd_version_t *v)
{
    ngx_str_t link;

    link = ngx_xd_fmt(r->pool, "<%.*s>; rel=\"successor-version\"",
        (int) v->successor.len, (char *) v->successor.data);

    if (link.data == NULL || ngx_xd_header_add(r, "Link", link) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_xd_refuse(r, NGX_XD_P_VERSION_WITHDRAWN,
        "Version %.*s is no longer served; its successor is %.*s.",
        (int) v->name.len, (char *) v->name.data, (int) v->successor.len,
        (char *) v->successor.data);
}


static ngx_int_t
ngx_http_xd_version_handler(ngx_http_request_t *r)
{
    ngx_http_xd_version_conf_t *conf;
    ngx_http_xd_version_t *v;
    ngx_xd_request_t *record;
    ngx_str_t named;

    conf = ngx_http_get_module_loc_conf(r, ngx_http_xd_version_module);
    if (conf->versions == NULL) {
        return NGX_DECLINED;
    }

    named = ngx_http_xd_version_named(&r->uri);
    if (named.len == 0) {
        return NGX_DECLINED;
    }

    v = ngx_http_xd_version_find(conf->versions, &named);
    if (v == NULL) {
        return ngx_xd_refuse(r, NGX_XD_P_VERSION_UNKNOWN,
            "There is no version %.*s.", (int) ngx_min(named.len, 16),
            (char *) named.data);
    }

    if (v->retired) {
        return ngx_http_xd_version_refuse(r, v);
    }

    record = ngx_xd_request(r);
    if (record == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    record->version = v->name;

    return NGX_DECLINED;
}


static char *
ngx_http_xd_version(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    static ngx_str_t prefix = ngx_string("retired=");

    ngx_http_xd_version_conf_t *vcf = conf;
    ngx_str_t *value = cf->args->elts;
    ngx_http_xd_version_t *v;

    if (vcf->versions == NULL) {
        vcf->versions = ngx_array_create(cf->pool, 4, sizeof(*v));
        if (vcf->versions == NULL) {
            return NGX_CONF_ERROR;
        }
    }

    if (ngx_http_xd_version_find(vcf->versions, &value[1]) != NULL) {
        return "names a version twice";
    }

    v = ngx_array_push(vcf->versions);
    if (v == NULL) {
        return NGX_CONF_ERROR;
    }

    ngx_memzero(v, sizeof(*v));
    v->name = value[1];

    if (cf->args->nelts == 3) {
        if (value[2].len <= prefix.len
            || ngx_strncmp(value[2].data, prefix.data, prefix.len) != 0)
        {
            return "takes \"retired=<path of the successor>\"";
        }

        v->retired = 1;
        v->successor.data = value[2].data + prefix.len;
        v->successor.len = value[2].len - prefix.len;
    }

    return NGX_CONF_OK;
}


static void *
ngx_http_xd_version_create_conf(ngx_conf_t *cf)
{
    return ngx_pcalloc(cf->pool, sizeof(ngx_http_xd_version_conf_t));
}


static char *
ngx_http_xd_version_merge_conf(ngx_conf_t *cf, void *parent, void *child)
{
    ngx_http_xd_version_conf_t *prev = parent;
    ngx_http_xd_version_conf_t *conf = child;

    if (conf->versions == NULL) {
        conf->versions = prev->versions;
    }

    return NGX_CONF_OK;
}


static ngx_int_t
ngx_http_xd_version_init(ngx_conf_t *cf)
{
    ngx_http_core_main_conf_t *cmcf;
    ngx_http_handler_pt *h;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_core_module);

    h = ngx_array_push(&cmcf->phases[NGX_HTTP_PREACCESS_PHASE].handlers);
    if (h == NULL) {
        return NGX_ERROR;
    }

    *h = ngx_http_xd_version_handler;

    return NGX_OK;
}
