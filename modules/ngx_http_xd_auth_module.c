/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd_auth: who calls, and whether it may.
 *
 * An API key comes as X-API-Key or as a Bearer token, in one place only.  The
 * registry holds peppered hashes; a key is never logged.
 */

#include "ngx_xd.h"
#include "base/clock.h"

#define NGX_XD_REALM "Bearer realm=\"api\""


typedef struct {
    ngx_flag_t enable;
    ngx_str_t scope; /* empty: any authenticated party */
} ngx_http_xd_auth_conf_t;


static void *ngx_http_xd_auth_create_conf(ngx_conf_t *cf);
static char *ngx_http_xd_auth_merge_conf(ngx_conf_t *cf, void *parent,
    void *child);
static ngx_int_t ngx_http_xd_auth_add_variables(ngx_conf_t *cf);
static ngx_int_t ngx_http_xd_auth_init(ngx_conf_t *cf);


/* clang-format off */

static ngx_command_t  ngx_http_xd_auth_commands[] = {

    /* xd_auth on;  default: off */
    { ngx_string("xd_auth"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_FLAG,
      ngx_conf_set_flag_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_xd_auth_conf_t, enable),
      NULL },

    /* xd_scope edi:write;  what the party must hold to come in here */
    { ngx_string("xd_scope"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_str_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_xd_auth_conf_t, scope),
      NULL },

      ngx_null_command
};


static ngx_http_module_t  ngx_http_xd_auth_module_ctx = {
    ngx_http_xd_auth_add_variables,    /* preconfiguration */
    ngx_http_xd_auth_init,             /* postconfiguration */

    NULL,                              /* create main configuration */
    NULL,                              /* init main configuration */

    NULL,                              /* create server configuration */
    NULL,                              /* merge server configuration */

    ngx_http_xd_auth_create_conf,      /* create location configuration */
    ngx_http_xd_auth_merge_conf        /* merge location configuration */
};


ngx_module_t  ngx_http_xd_auth_module = {
    NGX_MODULE_V1,
    &ngx_http_xd_auth_module_ctx,      /* module context */
    ngx_http_xd_auth_commands,         /* module directives */
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


/* Refuses with a challenge; error is what stands behind the realm. */
static ngx_int_t
ngx_http_xd_auth_challenge(ngx_http_request_t *r, ngx_xd_problem_id_t id,
    const char *error)
{
    ngx_str_t value = ngx_xd_fmt(r->pool, NGX_XD_REALM "%s", error);

    if (value.data == NULL
        || ngx_xd_header_add(r, "WWW-Authenticate", value) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_xd_refuse(r, id, NULL);
}


/* RFC 6750 section 2.3: a token in the query, which is never accepted. */
static ngx_uint_t
ngx_http_xd_auth_in_query(ngx_http_request_t *r)
{
    static ngx_str_t name = ngx_string("access_token");
    ngx_str_t value;

    return ngx_http_arg(r, name.data, name.len, &value) == NGX_OK;
}


/* The key of "Bearer <key>"; empty for another scheme. */
static xd_str_t
ngx_http_xd_auth_bearer(ngx_str_t header)
{
    static ngx_str_t scheme = ngx_string("bearer ");
    size_t len = scheme.len;

    if (header.len <= len
        || ngx_strncasecmp(header.data, scheme.data, len) != 0) {
        return XD_STR_NONE;
    }

    header.data += len;
    header.len -= len;

    return xd_str_trim(ngx_xd_to_str(header));
}


static ngx_int_t
ngx_http_xd_auth_identify(ngx_http_request_t *r, ngx_xd_request_t *record)
{
    ngx_uint_t keys = record->seen[NGX_XD_H_API_KEY];
    ngx_uint_t tokens = record->seen[NGX_XD_H_AUTHORIZATION];
    xd_str_t key;

    if (keys + tokens == 0) {
        return ngx_http_xd_auth_challenge(r, NGX_XD_P_UNAUTHENTICATED, "");
    }

    if (keys + tokens > 1 || ngx_http_xd_auth_in_query(r)) {
        return ngx_http_xd_auth_challenge(r, NGX_XD_P_AMBIGUOUS_CREDENTIALS,
            ", error=\"invalid_request\"");
    }

    key = keys != 0
              ? ngx_xd_to_str(record->header[NGX_XD_H_API_KEY])
              : ngx_http_xd_auth_bearer(record->header[NGX_XD_H_AUTHORIZATION]);

    record->party = xd_registry_key(ngx_xd_main(r)->registry, key, xd_now_ms());

    if (record->party == NULL) {
        return ngx_http_xd_auth_challenge(r, NGX_XD_P_INVALID_CREDENTIALS,
            ", error=\"invalid_token\", error_description=\"key unknown,"
            " not yet valid, or expired\"");
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_xd_auth_scope(ngx_http_request_t *r, const ngx_str_t *scope)
{
    ngx_str_t value;

    value = ngx_xd_fmt(r->pool,
        NGX_XD_REALM ", error=\"insufficient_scope\", scope=\"%.*s\"",
        (int) scope->len, (char *) scope->data);

    if (value.data == NULL
        || ngx_xd_header_add(r, "WWW-Authenticate", value) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_xd_refuse(r, NGX_XD_P_INSUFFICIENT_SCOPE,
        "This needs the scope %.*s.", (int) scope->len, (char *) scope->data);
}


static ngx_int_t
ngx_http_xd_auth_handler(ngx_http_request_t *r)
{
    ngx_http_xd_auth_conf_t *conf;
    ngx_xd_request_t *record;
    ngx_int_t rc;

    conf = ngx_http_get_module_loc_conf(r, ngx_http_xd_auth_module);
    if (!conf->enable) {
        return NGX_DECLINED;
    }

    record = ngx_xd_request(r);
    if (record == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (record->party == NULL) {
        rc = ngx_http_xd_auth_identify(r, record);
        if (rc != NGX_OK) {
            return rc;
        }
    }

    if (conf->scope.len != 0
        && !xd_party_has_scope(record->party, ngx_xd_to_str(conf->scope)))
    {
        return ngx_http_xd_auth_scope(r, &conf->scope);
    }

    return NGX_DECLINED;
}


/* $xd_party: the authenticated party's id; not found before. */
static ngx_int_t
ngx_http_xd_auth_party(ngx_http_request_t *r, ngx_http_variable_value_t *v,
    uintptr_t data)
{
    ngx_xd_request_t *record = ngx_xd_request(r);

    if (record == NULL) {
        return NGX_ERROR;
    }

    if (record->party == NULL) {
        v->not_found = 1;
        return NGX_OK;
    }

    v->len = record->party->id.len & 0xfffffff; /* a field of 28 bits */
    v->data = ngx_pnalloc(r->pool, record->party->id.len);
    if (v->data == NULL) {
        return NGX_ERROR;
    }

    ngx_memcpy(v->data, record->party->id.ptr, record->party->id.len);
    v->valid = 1;
    v->no_cacheable = 0;
    v->not_found = 0;

    return NGX_OK;
}


/* $xd_traceparent: as accepted or made, for the next hop. */
static ngx_int_t
ngx_http_xd_auth_trace(ngx_http_request_t *r, ngx_http_variable_value_t *v,
    uintptr_t data)
{
    ngx_xd_request_t *record = ngx_xd_request(r);

    if (record == NULL) {
        return NGX_ERROR;
    }

    v->len = NGX_XD_TRACE_LEN;
    v->data = record->trace;
    v->valid = 1;
    v->no_cacheable = 0;
    v->not_found = 0;

    return NGX_OK;
}


static ngx_int_t
ngx_http_xd_auth_add_variables(ngx_conf_t *cf)
{
    static const struct {
        ngx_str_t name;
        ngx_http_get_variable_pt get;
    } rows[] = {
        { ngx_string("xd_party"), ngx_http_xd_auth_party },
        { ngx_string("xd_traceparent"), ngx_http_xd_auth_trace },
    };

    ngx_http_variable_t *v;
    ngx_str_t name;
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        name = rows[i].name;
        v = ngx_http_add_variable(cf, &name, NGX_HTTP_VAR_NOCACHEABLE);
        if (v == NULL) {
            return NGX_ERROR;
        }

        v->get_handler = rows[i].get;
    }

    return NGX_OK;
}


static void *
ngx_http_xd_auth_create_conf(ngx_conf_t *cf)
{
    ngx_http_xd_auth_conf_t *conf;

    conf = ngx_pcalloc(cf->pool, sizeof(*conf));
    if (conf != NULL) {
        conf->enable = NGX_CONF_UNSET;
    }

    return conf;
}


static char *
ngx_http_xd_auth_merge_conf(ngx_conf_t *cf, void *parent, void *child)
{
    ngx_http_xd_auth_conf_t *prev = parent;
    ngx_http_xd_auth_conf_t *conf = child;
    ngx_http_xd_main_conf_t *mcf;

    ngx_conf_merge_value(conf->enable, prev->enable, 0);
    ngx_conf_merge_str_value(conf->scope, prev->scope, "");

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_xd_module);

    if (conf->enable && mcf->registry == NULL) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
            "\"xd_auth on\" needs \"xd_registry\" in http");
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


static ngx_int_t
ngx_http_xd_auth_init(ngx_conf_t *cf)
{
    ngx_http_core_main_conf_t *cmcf;
    ngx_http_handler_pt *h;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_core_module);

    h = ngx_array_push(&cmcf->phases[NGX_HTTP_ACCESS_PHASE].handlers);
    if (h == NULL) {
        return NGX_ERROR;
    }

    *h = ngx_http_xd_auth_handler;

    return NGX_OK;
}
