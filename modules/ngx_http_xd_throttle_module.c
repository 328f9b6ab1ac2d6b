/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd_throttle: how much a caller may have.
 *
 * Each party has the policies of its plan; a call is charged to all of them
 * or to none.  It runs behind xd_auth, so a stranger is charged to nobody, and
 * a filter takes the charge back when the answer turns out to be free.
 */

#include "ngx_xd_limits.h"
#include "ngx_xd_metrics.h"
#include "ngx_xd_toll.h"

#define ZONE_SIZE (2 * 1024 * 1024) /* some 28,000 parties by policies */
#define COST_MOST 1000000


typedef struct {
    size_t zone_size;
    ngx_xd_limits_t limits;
} ngx_http_xd_throttle_main_conf_t;

typedef struct {
    ngx_flag_t enable;
    ngx_array_t *names; /* of ngx_str_t; NULL: every policy of the plan */
    ngx_int_t cost;
    ngx_uint_t fields;
    ngx_xd_terms_t *terms; /* by plan */
} ngx_http_xd_throttle_conf_t;


static char *ngx_http_xd_throttle(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static void *ngx_http_xd_throttle_create_main_conf(ngx_conf_t *cf);
static char *ngx_http_xd_throttle_init_main_conf(ngx_conf_t *cf, void *conf);
static void *ngx_http_xd_throttle_create_conf(ngx_conf_t *cf);
static char *ngx_http_xd_throttle_merge_conf(ngx_conf_t *cf, void *parent,
    void *child);
static ngx_int_t ngx_http_xd_throttle_init(ngx_conf_t *cf);


/* clang-format off */

static ngx_conf_bitmask_t  ngx_http_xd_throttle_fields[] = {
    { ngx_string("draft10"), NGX_XD_FIELDS_DRAFT10 },
    { ngx_string("legacy"), NGX_XD_FIELDS_LEGACY },
    { ngx_string("both"), NGX_XD_FIELDS_DRAFT10|NGX_XD_FIELDS_LEGACY },
    { ngx_string("off"), NGX_XD_FIELDS_OFF },
    { ngx_null_string, 0 }
};


static ngx_command_t  ngx_http_xd_throttle_commands[] = {

    /* xd_throttle [policy ...] [cost=N];  xd_throttle off;  default: off.
     * Without names all policies of the caller's plan hold. */
    { ngx_string("xd_throttle"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_ANY,
      ngx_http_xd_throttle,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    /* xd_rate_fields draft10 | legacy | both | off;  default: draft10 */
    { ngx_string("xd_rate_fields"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_bitmask_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_xd_throttle_conf_t, fields),
      &ngx_http_xd_throttle_fields },

    /* xd_throttle_zone 2m;  another size begins with full buckets */
    { ngx_string("xd_throttle_zone"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_size_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_http_xd_throttle_main_conf_t, zone_size),
      NULL },

      ngx_null_command
};


static ngx_http_module_t  ngx_http_xd_throttle_module_ctx = {
    NULL,                              /* preconfiguration */
    ngx_http_xd_throttle_init,         /* postconfiguration */

    ngx_http_xd_throttle_create_main_conf,
    ngx_http_xd_throttle_init_main_conf,

    NULL,                              /* create server configuration */
    NULL,                              /* merge server configuration */

    ngx_http_xd_throttle_create_conf,  /* create location configuration */
    ngx_http_xd_throttle_merge_conf    /* merge location configuration */
};


ngx_module_t  ngx_http_xd_throttle_module = {
    NGX_MODULE_V1,
    &ngx_http_xd_throttle_module_ctx,  /* module context */
    ngx_http_xd_throttle_commands,     /* module directives */
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


static ngx_http_output_header_filter_pt ngx_http_next_header_filter;


/* -- a call ---------------------------------------------------------------- */


static void
ngx_http_xd_throttle_count(ngx_http_request_t *r, ngx_xd_tolled_t what)
{
    (void) ngx_atomic_fetch_add(&ngx_xd_main(r)->metrics->calls[what], 1);
}


static ngx_int_t
ngx_http_xd_throttle_refuse(ngx_http_request_t *r, ngx_xd_request_t *record)
{
    ngx_http_xd_throttle_main_conf_t *tmcf;
    ngx_http_xd_main_conf_t *mcf = ngx_xd_main(r);
    uint32_t bits = record->toll->charge.full;
    ngx_uint_t first, place;

    tmcf = ngx_http_get_module_main_conf(r, ngx_http_xd_throttle_module);
    first = tmcf->limits.labels[record->party->plan->number];

    for (; bits != 0; bits &= bits - 1) {
        place = ngx_xd_metrics_place(mcf, NGX_XD_L_POLICIES,
            first + (ngx_uint_t) __builtin_ctz(bits));
        (void) ngx_atomic_fetch_add(&mcf->metrics->refused[place], 1);
    }

    ngx_http_xd_throttle_count(r, NGX_XD_TOLL_REFUSED);

    return ngx_xd_toll_refuse(r, record);
}


static ngx_int_t
ngx_http_xd_throttle_charge(ngx_http_request_t *r, ngx_xd_request_t *record,
    const ngx_http_xd_throttle_conf_t *conf)
{
    ngx_http_xd_throttle_main_conf_t *tmcf;
    const ngx_xd_terms_t *terms = &conf->terms[record->party->plan->number];
    ngx_xd_toll_t *toll;

    if (terms->mask == 0) {
        return NGX_DECLINED;
    }

    toll = ngx_palloc(r->pool, sizeof(*toll));
    if (toll == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    tmcf = ngx_http_get_module_main_conf(r, ngx_http_xd_throttle_module);

    toll->charge.mask = terms->mask;
    toll->charge.cost = conf->cost;
    toll->buckets = tmcf->limits.buckets[record->party->number];
    toll->terms = terms;
    toll->fields = conf->fields;
    toll->paid = ngx_xd_take(toll->buckets, &toll->charge, ngx_xd_mono_ns);
    record->toll = toll;

    if (!toll->paid) {
        return ngx_http_xd_throttle_refuse(r, record);
    }

    ngx_http_xd_throttle_count(r, NGX_XD_TOLL_ADMITTED);

    return NGX_DECLINED;
}


static ngx_int_t
ngx_http_xd_throttle_handler(ngx_http_request_t *r)
{
    ngx_http_xd_throttle_conf_t *conf;
    ngx_xd_request_t *record;

    conf = ngx_http_get_module_loc_conf(r, ngx_http_xd_throttle_module);
    if (!conf->enable) {
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

    /* An internal redirect runs the phases again: it is the same call. */
    if (record->toll != NULL) {
        return NGX_DECLINED;
    }

    return ngx_http_xd_throttle_charge(r, record, conf);
}


/* What a service said is its answer, and costs what it costs. */
static ngx_uint_t
ngx_http_xd_throttle_is_free(const ngx_http_request_t *r,
    const ngx_xd_request_t *record)
{
    const ngx_xd_problem_t *row;

    row = ngx_xd_problem_of(record, r->headers_out.status);

    return row != NULL && !row->charged
           && (r->upstream == NULL || row == record->problem);
}


static void
ngx_http_xd_throttle_settle(ngx_http_request_t *r,
    const ngx_xd_request_t *record)
{
    ngx_xd_toll_t *toll = record->toll;

    if (!ngx_http_xd_throttle_is_free(r, record)) {
        ngx_xd_look(toll->buckets, &toll->charge, ngx_xd_mono_ns);
        return;
    }

    ngx_xd_give(toll->buckets, &toll->charge, ngx_xd_mono_ns);
    toll->paid = 0;
    ngx_http_xd_throttle_count(r, NGX_XD_TOLL_REFUNDED);
}


static ngx_int_t
ngx_http_xd_throttle_header_filter(ngx_http_request_t *r)
{
    ngx_xd_request_t *record;
    ngx_uint_t status = r->headers_out.status;

    if (r != r->main || ngx_xd_main(r)->registry == NULL) {
        return ngx_http_next_header_filter(r);
    }

    record = ngx_xd_request(r);
    if (record == NULL) {
        return NGX_ERROR;
    }

    if (record->toll == NULL) {
        return ngx_http_next_header_filter(r);
    }

    if (record->toll->paid) {
        ngx_http_xd_throttle_settle(r, record);
    }

    if ((status < NGX_HTTP_SPECIAL_RESPONSE || status >= NGX_HTTP_BAD_REQUEST)
        && ngx_xd_toll_fields(r, record->toll) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_http_next_header_filter(r);
}


/* -- configuration --------------------------------------------------------- */


static char *
ngx_http_xd_throttle_word(ngx_conf_t *cf, ngx_http_xd_throttle_conf_t *tcf,
    ngx_str_t word)
{
    static ngx_str_t prefix = ngx_string("cost=");

    ngx_str_t *name;

    if (ngx_strncmp(word.data, prefix.data, prefix.len) == 0) {
        tcf->cost = ngx_atoi(word.data + prefix.len, word.len - prefix.len);

        return tcf->cost >= 1 && tcf->cost <= COST_MOST
                   ? NGX_CONF_OK
                   : "takes a cost from 1 to 1000000";
    }

    if (tcf->names == NULL) {
        tcf->names = ngx_array_create(cf->pool, 4, sizeof(ngx_str_t));
    }

    name = tcf->names != NULL ? ngx_array_push(tcf->names) : NULL;
    if (name == NULL) {
        return NGX_CONF_ERROR;
    }

    *name = word;

    return NGX_CONF_OK;
}


static char *
ngx_http_xd_throttle(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_xd_throttle_conf_t *tcf = conf;
    ngx_str_t *value = cf->args->elts;
    ngx_uint_t i;
    char *rv;

    if (tcf->enable != NGX_CONF_UNSET) {
        return "is duplicate";
    }

    tcf->enable = 1;

    if (cf->args->nelts == 2 && ngx_strcmp(value[1].data, "off") == 0) {
        tcf->enable = 0;
        return NGX_CONF_OK;
    }

    for (i = 1; i < cf->args->nelts; i++) {
        rv = ngx_http_xd_throttle_word(cf, tcf, value[i]);
        if (rv != NGX_CONF_OK) {
            return rv;
        }
    }

    return NGX_CONF_OK;
}


static void *
ngx_http_xd_throttle_create_main_conf(ngx_conf_t *cf)
{
    ngx_http_xd_throttle_main_conf_t *tmcf;

    tmcf = ngx_pcalloc(cf->pool, sizeof(*tmcf));
    if (tmcf != NULL) {
        tmcf->zone_size = NGX_CONF_UNSET_SIZE;
    }

    return tmcf;
}


static char *
ngx_http_xd_throttle_init_main_conf(ngx_conf_t *cf, void *conf)
{
    ngx_http_xd_throttle_main_conf_t *tmcf = conf;

    ngx_conf_init_size_value(tmcf->zone_size, ZONE_SIZE);

    return ngx_xd_limits(cf, &tmcf->limits, tmcf->zone_size) == NGX_OK
               ? NGX_CONF_OK
               : NGX_CONF_ERROR;
}


static void *
ngx_http_xd_throttle_create_conf(ngx_conf_t *cf)
{
    ngx_http_xd_throttle_conf_t *conf;

    conf = ngx_pcalloc(cf->pool, sizeof(*conf));
    if (conf != NULL) {
        conf->enable = NGX_CONF_UNSET;
        conf->cost = 1;
    }

    return conf;
}


/* xd_throttle is inherited as a whole: names, cost and all. */
static char *
ngx_http_xd_throttle_merge_conf(ngx_conf_t *cf, void *parent, void *child)
{
    ngx_http_xd_throttle_conf_t *prev = parent;
    ngx_http_xd_throttle_conf_t *conf = child;
    ngx_http_xd_main_conf_t *mcf;

    ngx_conf_merge_bitmask_value(conf->fields, prev->fields,
        (NGX_CONF_BITMASK_SET | NGX_XD_FIELDS_DRAFT10));

    if (conf->enable == NGX_CONF_UNSET) {
        conf->enable = prev->enable == NGX_CONF_UNSET ? 0 : prev->enable;
        conf->names = prev->names;
        conf->cost = prev->cost;
        conf->terms = prev->terms;
    }

    if (!conf->enable || conf->terms != NULL) {
        return NGX_CONF_OK;
    }

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_xd_module);

    if (mcf->registry == NULL) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
            "\"xd_throttle\" needs \"xd_registry\" in http");
        return NGX_CONF_ERROR;
    }

    conf->terms = ngx_xd_terms(cf, mcf->registry, conf->names, conf->cost);

    return conf->terms == NULL ? NGX_CONF_ERROR : NGX_CONF_OK;
}


static ngx_int_t
ngx_http_xd_throttle_init(ngx_conf_t *cf)
{
    ngx_http_core_main_conf_t *cmcf;
    ngx_http_handler_pt *h;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_core_module);

    h = ngx_array_push(&cmcf->phases[NGX_HTTP_ACCESS_PHASE].handlers);
    if (h == NULL) {
        return NGX_ERROR;
    }

    *h = ngx_http_xd_throttle_handler;

    ngx_http_next_header_filter = ngx_http_top_header_filter;
    ngx_http_top_header_filter = ngx_http_xd_throttle_header_filter;

    return NGX_OK;
}
