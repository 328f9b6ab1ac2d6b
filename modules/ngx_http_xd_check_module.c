/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd_check: what a request may carry here.
 *
 * Runs in the access phase behind xd_auth, since it compares the sender of an
 * interchange with the party that was authenticated.  It reads the whole body
 * there, before any content handler.
 */

#include "ngx_xd_content.h"


typedef struct {
    const ngx_xd_format_t *format; /* the first; NULL: no check */
    ngx_str_t name;                /* of the format, or of a family */
    const xd_schema_t *schema;
    ngx_str_t document;
} ngx_http_xd_check_conf_t;


static char *ngx_http_xd_check(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);
static void *ngx_http_xd_check_create_conf(ngx_conf_t *cf);
static char *ngx_http_xd_check_merge_conf(ngx_conf_t *cf, void *parent,
    void *child);
static ngx_int_t ngx_http_xd_check_init(ngx_conf_t *cf);


/* clang-format off */

static ngx_command_t  ngx_http_xd_check_commands[] = {

    /* xd_check edi;  xd_check json sales-order; */
    { ngx_string("xd_check"),
      NGX_HTTP_LOC_CONF|NGX_CONF_TAKE12,
      ngx_http_xd_check,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

      ngx_null_command
};


static ngx_http_module_t  ngx_http_xd_check_module_ctx = {
    NULL,                              /* preconfiguration */
    ngx_http_xd_check_init,            /* postconfiguration */

    NULL,                              /* create main configuration */
    NULL,                              /* init main configuration */

    NULL,                              /* create server configuration */
    NULL,                              /* merge server configuration */

    ngx_http_xd_check_create_conf,     /* create location configuration */
    ngx_http_xd_check_merge_conf       /* merge location configuration */
};


ngx_module_t  ngx_http_xd_check_module = {
    NGX_MODULE_V1,
    &ngx_http_xd_check_module_ctx,     /* module context */
    ngx_http_xd_check_commands,        /* module directives */
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
ngx_http_xd_check_method(ngx_http_request_t *r)
{
    static ngx_str_t allow = ngx_string("POST");

    if (r->method == NGX_HTTP_POST) {
        return NGX_OK;
    }

    if (ngx_xd_header_add(r, "Allow", allow) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_xd_refuse(r, NGX_XD_P_METHOD, "Only POST is served here.");
}


/* The type without its parameters, in any case: RFC 9110 section 8.3.1. */
static ngx_uint_t
ngx_http_xd_check_is_type(ngx_http_request_t *r, const char *type)
{
    xd_str_t rest, had;
    size_t len = ngx_strlen(type);

    if (r->headers_in.content_type == NULL) {
        return 0;
    }

    rest = ngx_xd_to_str(r->headers_in.content_type->value);
    had = xd_str_trim(xd_str_cut(&rest, ';'));

    return had.len == len && strncasecmp(had.ptr, type, len) == 0;
}


/* What the location takes, for people and for Accept. */
static ngx_str_t
ngx_http_xd_check_types(ngx_http_request_t *r,
    const ngx_http_xd_check_conf_t *conf)
{
    const ngx_xd_format_t *format = conf->format;
    ngx_str_t types = ngx_xd_dup(r->pool, xd_str(format->media_type));

    while (types.data != NULL
           && (format = ngx_xd_format_next(format, conf->name)) != NULL)
    {
        types = ngx_xd_fmt(r->pool, "%.*s, %s", (int) types.len,
            (char *) types.data, format->media_type);
    }

    return types;
}


/* The format of the body is the one that its type names. */
static ngx_int_t
ngx_http_xd_check_media_type(ngx_http_request_t *r,
    const ngx_http_xd_check_conf_t *conf, ngx_xd_request_t *record)
{
    const ngx_xd_format_t *format = conf->format;
    ngx_str_t accept;

    while (format != NULL && !ngx_http_xd_check_is_type(r, format->media_type))
    {
        format = ngx_xd_format_next(format, conf->name);
    }

    record->format = format;
    if (format != NULL && record->seen[NGX_XD_H_CONTENT_ENCODING] == 0) {
        return NGX_OK;
    }

    accept = ngx_http_xd_check_types(r, conf);

    if (accept.data == NULL || ngx_xd_header_add(r, "Accept", accept) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_xd_refuse(r, NGX_XD_P_MEDIA_TYPE,
        "The body must be %.*s, without a Content-Encoding.", (int) accept.len,
        (char *) accept.data);
}


/* What the head of the request tells, before its body is read. */
static ngx_int_t
ngx_http_xd_check_head(ngx_http_request_t *r, ngx_xd_request_t *record,
    const ngx_http_xd_check_conf_t *conf)
{
    ngx_int_t rc = ngx_http_xd_check_method(r);

    if (rc == NGX_OK) {
        rc = ngx_http_xd_check_media_type(r, conf, record);
    }

    if (rc == NGX_OK) {
        rc = ngx_xd_body_size(r, r->headers_in.content_length_n);
    }

    return rc;
}


static ngx_int_t
ngx_http_xd_check_body(ngx_http_request_t *r, ngx_xd_request_t *record,
    const ngx_http_xd_check_conf_t *conf)
{
    ngx_int_t rc;

    if (ngx_xd_body(r, record) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    rc = ngx_xd_body_size(r, (off_t) record->body.len);
    if (rc != NGX_OK) {
        return rc;
    }

    rc = record->format->judge(r, record, conf->schema, conf->document);
    xd_arena_reset(ngx_xd_main(r)->scratch);

    return rc == NGX_OK ? NGX_DECLINED : rc;
}


static ngx_int_t
ngx_http_xd_check_handler(ngx_http_request_t *r)
{
    ngx_http_xd_check_conf_t *conf;
    ngx_xd_request_t *record;
    ngx_int_t rc;

    conf = ngx_http_get_module_loc_conf(r, ngx_http_xd_check_module);
    if (conf->format == NULL) {
        return NGX_DECLINED;
    }

    record = ngx_xd_request(r);
    if (record == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    /* A location without xd_auth: nobody is known, so nobody comes in. */
    if (record->party == NULL) {
        return ngx_xd_refuse(r, NGX_XD_P_UNAUTHENTICATED, NULL);
    }

    /* Others may have read the body already: the head comes first anyway. */
    if (!record->head_ready) {
        rc = ngx_http_xd_check_head(r, record, conf);
        if (rc != NGX_OK) {
            return rc;
        }
        record->head_ready = 1;
    }

    return r->request_body != NULL ? ngx_http_xd_check_body(r, record, conf)
                                   : ngx_xd_body_wait(r);
}


/* A document's form for callers is the part of its schema named "posted". */
static const xd_schema_t *
ngx_http_xd_check_schema(ngx_conf_t *cf, ngx_str_t document)
{
    ngx_http_xd_main_conf_t *mcf;
    const xd_schema_t *schema;
    xd_str_t name;

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_xd_module);
    schema = xd_schema_find(mcf->conf->schemas, ngx_xd_to_str(document));

    if (schema == NULL) {
        return NULL;
    }

    name =
        xd_fmt(mcf->conf->arena, "%.*s#posted", XD_FMT(xd_schema_id(schema)));

    return name.ptr == NULL ? NULL : xd_schema_find(mcf->conf->schemas, name);
}


static char *
ngx_http_xd_check(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_xd_check_conf_t *ccf = conf;
    ngx_str_t *value = cf->args->elts;

    if (ccf->format != NULL) {
        return "is duplicate";
    }

    ccf->name = value[1];
    ccf->format = ngx_xd_format_find(ccf->name);
    if (ccf->format == NULL) {
        return "takes edi, x12, edifact or json";
    }

    if (ccf->format->with_document != cf->args->nelts - 2) {
        return ccf->format->with_document ? "needs the name of a document"
                                          : "takes no document";
    }

    if (ccf->format->with_document) {
        ccf->document = value[2];
    }

    return NGX_CONF_OK;
}


static void *
ngx_http_xd_check_create_conf(ngx_conf_t *cf)
{
    return ngx_pcalloc(cf->pool, sizeof(ngx_http_xd_check_conf_t));
}


/* Only its own location: a body is checked where it is taken. */
static char *
ngx_http_xd_check_merge_conf(ngx_conf_t *cf, void *parent, void *child)
{
    ngx_http_xd_check_conf_t *conf = child;
    ngx_http_xd_main_conf_t *mcf;

    if (conf->format == NULL) {
        return NGX_CONF_OK;
    }

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_xd_module);

    if (mcf->registry == NULL) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
            "\"xd_check\" needs \"xd_registry\" in http");
        return NGX_CONF_ERROR;
    }

    if (!conf->format->with_document) {
        return NGX_CONF_OK;
    }

    conf->schema = ngx_http_xd_check_schema(cf, conf->document);
    if (conf->schema == NULL) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
            "\"xd_check\": callers cannot post a \"%V\": no schema of that"
            " name, or no part \"posted\" in it",
            &conf->document);
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


static ngx_int_t
ngx_http_xd_check_init(ngx_conf_t *cf)
{
    ngx_http_core_main_conf_t *cmcf;
    ngx_http_handler_pt *h;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_core_module);

    h = ngx_array_push(&cmcf->phases[NGX_HTTP_ACCESS_PHASE].handlers);
    if (h == NULL) {
        return NGX_ERROR;
    }

    *h = ngx_http_xd_check_handler;

    return NGX_OK;
}
