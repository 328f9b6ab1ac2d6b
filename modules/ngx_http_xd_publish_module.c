/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd_publish: the body becomes one message, and the answer waits for the
 * broker's confirm.
 *
 * 202 says that the message is on disk in a queue.  Every other outcome has
 * its own row; only "nothing was written" promises that nothing happened.
 */

#include "ngx_xd_content.h"
#include "ngx_xd_metrics.h"
#include "base/clock.h"
#include "base/id.h"

#define TIMEOUT     5000 /* ms */
#define KEY_MOST    255  /* characters of an Idempotency-Key */
#define MSG_HEADERS 4


typedef struct {
    const ngx_xd_format_t *format; /* NULL: nothing is published here */
    ngx_str_t document;            /* "sales-order", or empty */
    ngx_str_t route;               /* "x12", "json/sales-order" */
    ngx_uint_t doc;                /* among mcf->labels[NGX_XD_L_DOCS] */
    ngx_msec_t timeout;
} ngx_http_xd_publish_conf_t;

/* One publish under way; in the request's pool. */
typedef struct {
    ngx_xd_job_t job;
    ngx_http_request_t *request;
    ngx_xd_request_t *record;
    ngx_uint_t doc; /* its place in the zone */
    uint64_t started_us;
    xd_uuid_t id;
    char received[XD_INSTANT_LEN + 1];
    xd_header_t headers[MSG_HEADERS];
} ngx_http_xd_publish_t;


static char *ngx_http_xd_publish(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static void *ngx_http_xd_publish_create_conf(ngx_conf_t *cf);
static char *ngx_http_xd_publish_merge_conf(ngx_conf_t *cf, void *parent,
    void *child);


/* clang-format off */

static ngx_command_t  ngx_http_xd_publish_commands[] = {

    /* xd_publish edi;  xd_publish json sales-order; */
    { ngx_string("xd_publish"),
      NGX_HTTP_LOC_CONF|NGX_CONF_TAKE12,
      ngx_http_xd_publish,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    /* xd_publish_timeout 5s;  how long an answer waits for its confirm */
    { ngx_string("xd_publish_timeout"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_msec_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_xd_publish_conf_t, timeout),
      NULL },

      ngx_null_command
};


static ngx_http_module_t  ngx_http_xd_publish_module_ctx = {
    NULL,                              /* preconfiguration */
    NULL,                              /* postconfiguration */

    NULL,                              /* create main configuration */
    NULL,                              /* init main configuration */

    NULL,                              /* create server configuration */
    NULL,                              /* merge server configuration */

    ngx_http_xd_publish_create_conf,   /* create location configuration */
    ngx_http_xd_publish_merge_conf     /* merge location configuration */
};


ngx_module_t  ngx_http_xd_publish_module = {
    NGX_MODULE_V1,
    &ngx_http_xd_publish_module_ctx,   /* module context */
    ngx_http_xd_publish_commands,      /* module directives */
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


/* The problem of each outcome but the good one. */
static const ngx_xd_problem_id_t ngx_http_xd_publish_problems[] = {
    [NGX_XD_RETURNED] = NGX_XD_P_UNROUTABLE,
    [NGX_XD_REFUSED] = NGX_XD_P_BROKER_UNAVAILABLE,
    [NGX_XD_UNAVAILABLE] = NGX_XD_P_BROKER_UNAVAILABLE,
    [NGX_XD_MISCONFIGURED] = NGX_XD_P_BROKER_MISCONFIGURED,
    [NGX_XD_UNKNOWN] = NGX_XD_P_PUBLISH_UNCONFIRMED,
};


static uint64_t
now_us(void)
{
    struct timespec ts;

    (void) clock_gettime(CLOCK_MONOTONIC, &ts);

    return (uint64_t) ts.tv_sec * 1000000 + (uint64_t) ts.tv_nsec / 1000;
}


/* -- the answer ------------------------------------------------------------ */


static ngx_int_t
ngx_http_xd_publish_send(ngx_http_request_t *r, ngx_str_t text)
{
    static ngx_str_t type = ngx_string("application/json");
    ngx_chain_t out;
    ngx_buf_t *b;
    ngx_int_t rc;

    b = ngx_calloc_buf(r->pool);
    if (b == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    b->pos = text.data;
    b->last = text.data + text.len;
    b->memory = 1;
    b->last_buf = 1;
    b->last_in_chain = 1;
    out.buf = b;
    out.next = NULL;

    r->headers_out.status = NGX_HTTP_ACCEPTED;
    r->headers_out.content_type = type;
    r->headers_out.content_type_len = type.len;
    r->headers_out.content_length_n = (off_t) text.len;

    rc = ngx_http_send_header(r);
    if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
        return rc;
    }

    return ngx_http_output_filter(r, &out);
}


static ngx_int_t
ngx_http_xd_publish_accept(ngx_http_request_t *r, ngx_http_xd_publish_t *p)
{
    ngx_str_t where, text;

    where = ngx_xd_fmt(r->pool, "/status/%s", p->id.text);
    text = ngx_xd_fmt(r->pool, "{\"id\":\"%s\",\"state\":\"accepted\"}\n",
        p->id.text);

    if (where.data == NULL || text.data == NULL
        || ngx_xd_header_add(r, "Location", where) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    p->record->accepted = 1;

    return ngx_http_xd_publish_send(r, text);
}


static ngx_int_t
ngx_http_xd_publish_answer(ngx_http_xd_publish_t *p, ngx_xd_outcome_t outcome)
{
    ngx_http_request_t *r = p->request;

    ngx_xd_metrics_published(ngx_xd_main(r)->metrics, p->doc, outcome,
        now_us() - p->started_us);

    if (outcome == NGX_XD_CONFIRMED) {
        return ngx_http_xd_publish_accept(r, p);
    }

    if (outcome == NGX_XD_RETURNED || outcome == NGX_XD_MISCONFIGURED) {
        ngx_log_error(NGX_LOG_CRIT, r->connection->log, 0,
            "xd: message %s cannot be delivered: the broker's topology is"
            " incomplete",
            p->id.text);
    }

    return ngx_xd_refuse(r, ngx_http_xd_publish_problems[outcome], NULL);
}


/* The outcome came while the request waited. */
static void
ngx_http_xd_publish_settle(ngx_xd_job_t *job, ngx_xd_outcome_t outcome)
{
    ngx_http_xd_publish_t *p = job->data;
    ngx_http_request_t *r = p->request;
    ngx_connection_t *c = r->connection;

    ngx_http_finalize_request(r, ngx_http_xd_publish_answer(p, outcome));
    ngx_http_run_posted_requests(c);
}


/* The client left first, or everything is over. */
static void
ngx_http_xd_publish_cleanup(void *data)
{
    ngx_http_xd_publish_t *p = data;

    ngx_xd_link_forget(&p->job);
}


/* -- the message ----------------------------------------------------------- */


/*
 * The key inside its quotes (a structured-field string); empty when it is no
 * such string.  Escapes are left as they stand: equal keys are equal texts.
 */
static xd_str_t
ngx_http_xd_publish_key(ngx_str_t header)
{
    xd_str_t key = xd_str_trim(ngx_xd_to_str(header));
    size_t i;

    if (key.len < 3 || key.len > KEY_MOST + 2 || key.ptr[0] != '"'
        || key.ptr[key.len - 1] != '"')
    {
        return XD_STR_NONE;
    }

    key.ptr++;
    key.len -= 2;

    for (i = 0; i < key.len; i++) {
        if (key.ptr[i] == '\\' && i + 1 < key.len
            && (key.ptr[i + 1] == '"' || key.ptr[i + 1] == '\\'))
        {
            i++;
        } else if (key.ptr[i] < ' ' || key.ptr[i] > '~' || key.ptr[i] == '"'
                   || key.ptr[i] == '\\')
        {
            return XD_STR_NONE;
        }
    }

    return key;
}


/* What xd_check found the body to be; without it the location's first. */
static const ngx_xd_format_t *
ngx_http_xd_publish_format(const ngx_xd_request_t *record,
    const ngx_http_xd_publish_conf_t *conf)
{
    return record->format != NULL ? record->format : conf->format;
}


/* A repeat with the same key has the same id, so consumers drop it. */
static ngx_int_t
ngx_http_xd_publish_id(ngx_http_xd_publish_t *p,
    const ngx_http_xd_publish_conf_t *conf)
{
    ngx_xd_request_t *record = p->record;
    ngx_uint_t seen = record->seen[NGX_XD_H_IDEMPOTENCY_KEY];
    xd_str_t key, route;

    if (seen == 0) {
        p->id = xd_uuid7();
        return NGX_OK;
    }

    key = ngx_http_xd_publish_key(record->header[NGX_XD_H_IDEMPOTENCY_KEY]);

    if (seen > 1 || key.len == 0) {
        return ngx_xd_refuse(p->request, NGX_XD_P_IDEMPOTENCY_KEY, NULL);
    }

    route = conf->document.len != 0
                ? ngx_xd_to_str(conf->route)
                : xd_str(ngx_http_xd_publish_format(record, conf)->name);
    p->id = XD_UUID5(record->party->id, route, key);

    return NGX_OK;
}


static ngx_int_t
ngx_http_xd_publish_message(ngx_http_xd_publish_t *p,
    const ngx_http_xd_publish_conf_t *conf)
{
    ngx_http_request_t *r = p->request;
    ngx_xd_request_t *record = p->record;
    const ngx_xd_format_t *format = ngx_http_xd_publish_format(record, conf);
    xd_message_t *m = &p->job.message;
    int64_t now = xd_now_ms();
    ngx_str_t key;

    key = ngx_xd_fmt(r->pool, "in.%s.%.*s", format->name,
        XD_FMT(record->party->id));
    if (key.data == NULL) {
        return NGX_ERROR;
    }

    xd_instant_write(now, p->received);

    p->headers[0] = (xd_header_t){ XD_STR("traceparent"),
        { (const char *) record->trace, NGX_XD_TRACE_LEN } };
    p->headers[1] = (xd_header_t){ XD_STR("xd-party"), record->party->id };
    p->headers[2] = (xd_header_t){ XD_STR("xd-received"), xd_str(p->received) };
    p->headers[3] = (xd_header_t){ XD_STR("xd-config"),
        xd_str(ngx_xd_main(r)->conf->hash) };

    *m = (xd_message_t){
        .exchange = XD_STR("xd.raw"),
        .routing_key = ngx_xd_to_str(key),
        .content_type = xd_str(format->media_type),
        .message_id = xd_uuid_str(&p->id),
        .type = ngx_xd_to_str(conf->document),
        .app_id = XD_STR(NGX_XD_USER),
        .user_id = XD_STR(NGX_XD_USER),
        .timestamp = now / 1000,
        .headers = p->headers,
        .nheaders = MSG_HEADERS,
        .body = ngx_xd_to_str(record->body),
    };

    return NGX_OK;
}


/* -- the request ----------------------------------------------------------- */


static ngx_http_xd_publish_t *
ngx_http_xd_publish_create(ngx_http_request_t *r)
{
    ngx_pool_cleanup_t *cln;
    ngx_http_xd_publish_t *p;

    cln = ngx_pool_cleanup_add(r->pool, sizeof(*p));
    if (cln == NULL) {
        return NULL;
    }

    p = cln->data;
    ngx_memzero(p, sizeof(*p));
    cln->handler = ngx_http_xd_publish_cleanup;

    p->request = r;
    p->record = ngx_xd_request(r);

    return p->record == NULL ? NULL : p;
}


/* NGX_DONE while the outcome is to come; else the answer's status. */
static ngx_int_t
ngx_http_xd_publish_begin(ngx_http_request_t *r)
{
    ngx_http_xd_publish_conf_t *conf;
    ngx_http_xd_main_conf_t *mcf = ngx_xd_main(r);
    ngx_http_xd_publish_t *p = ngx_http_xd_publish_create(r);
    ngx_xd_outcome_t outcome;
    ngx_int_t rc;

    conf = ngx_http_get_module_loc_conf(r, ngx_http_xd_publish_module);

    if (p == NULL || ngx_xd_body(r, p->record) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    rc = ngx_http_xd_publish_id(p, conf);
    if (rc != NGX_OK) {
        return rc;
    }

    if (ngx_http_xd_publish_message(p, conf) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    p->record->id = ngx_xd_dup(r->pool, xd_uuid_str(&p->id));
    p->doc = ngx_xd_metrics_place(mcf, NGX_XD_L_DOCS, conf->doc);
    p->started_us = now_us();

    p->job.settle = ngx_http_xd_publish_settle;
    p->job.data = p;
    p->job.connection = r->connection;
    p->job.timeout = conf->timeout;

    outcome = ngx_xd_link_publish(mcf->link, &p->job);

    return outcome == NGX_XD_PENDING ? NGX_DONE
                                     : ngx_http_xd_publish_answer(p, outcome);
}


/* Reading the body has counted the request once more: that count waits. */
static void
ngx_http_xd_publish_body_handler(ngx_http_request_t *r)
{
    ngx_int_t rc = ngx_http_xd_publish_begin(r);

    if (rc != NGX_DONE) {
        ngx_http_finalize_request(r, rc);
        return;
    }

    /* A client that leaves is noticed, and its request is taken apart. */
    r->read_event_handler = ngx_http_test_reading;
    r->write_event_handler = ngx_http_request_empty_handler;
}


static ngx_int_t
ngx_http_xd_publish_handler(ngx_http_request_t *r)
{
    ngx_xd_request_t *record = ngx_xd_request(r);
    ngx_int_t rc;

    if (record == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (record->party == NULL) {
        return ngx_xd_refuse(r, NGX_XD_P_UNAUTHENTICATED, NULL);
    }

    rc = ngx_http_read_client_request_body(r, ngx_http_xd_publish_body_handler);

    return rc >= NGX_HTTP_SPECIAL_RESPONSE ? rc : NGX_DONE;
}


/* -- configuration --------------------------------------------------------- */


/* The label of this location's messages. */
static ngx_int_t
ngx_http_xd_publish_doc(ngx_conf_t *cf, ngx_http_xd_publish_conf_t *pcf)
{
    ngx_http_xd_main_conf_t *mcf;
    ngx_str_t name, text;

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_xd_module);
    name = pcf->document.len != 0 ? pcf->document : pcf->route;
    text = ngx_xd_fmt(cf->pool, "doc=\"%.*s\"", (int) name.len,
        (char *) name.data);

    return ngx_xd_metrics_label(mcf, NGX_XD_L_DOCS, text, &pcf->doc);
}


static char *
ngx_http_xd_publish(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_xd_publish_conf_t *pcf = conf;
    ngx_http_core_loc_conf_t *clcf;
    ngx_str_t *value = cf->args->elts;

    if (pcf->format != NULL) {
        return "is duplicate";
    }

    pcf->format = ngx_xd_format_find(value[1]);
    if (pcf->format == NULL) {
        return "takes edi, x12, edifact or json";
    }

    if (pcf->format->with_document != cf->args->nelts - 2) {
        return pcf->format->with_document ? "needs the name of a document"
                                          : "takes no document";
    }

    pcf->route = value[1];

    if (pcf->format->with_document) {
        pcf->document = value[2];
        pcf->route = ngx_xd_fmt(cf->pool, "%s/%.*s", pcf->format->name,
            (int) value[2].len, (char *) value[2].data);
    }

    if (pcf->route.data == NULL || ngx_http_xd_publish_doc(cf, pcf) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);
    clcf->handler = ngx_http_xd_publish_handler;

    return NGX_CONF_OK;
}


static void *
ngx_http_xd_publish_create_conf(ngx_conf_t *cf)
{
    ngx_http_xd_publish_conf_t *conf;

    conf = ngx_pcalloc(cf->pool, sizeof(*conf));
    if (conf != NULL) {
        conf->timeout = NGX_CONF_UNSET_MSEC;
    }

    return conf;
}


static char *
ngx_http_xd_publish_merge_conf(ngx_conf_t *cf, void *parent, void *child)
{
    ngx_http_xd_publish_conf_t *prev = parent;
    ngx_http_xd_publish_conf_t *conf = child;
    ngx_http_xd_main_conf_t *mcf;

    ngx_conf_merge_msec_value(conf->timeout, prev->timeout, TIMEOUT);

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_xd_module);

    if (conf->format != NULL && mcf->registry == NULL) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
            "\"xd_publish\" needs \"xd_registry\" in http");
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}
