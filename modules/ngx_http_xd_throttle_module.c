/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd_throttle: how much a caller may have.
 *
 * Each party has the policies of its plan, and routes those that all share; a
 * call is charged to all of them or to none.  It runs behind xd_auth, so a
 * stranger is charged only where the location knows shared limits alone.  A
 * filter takes the charge back when the answer turns out to be free; calls in
 * flight are given back when the request ends, however it ends.
 */

#include "ngx_xd_limits.h"
#include "ngx_xd_metrics.h"
#include "ngx_xd_quotas.h"
#include "ngx_xd_toll.h"

#define ZONE_SIZE (2 * 1024 * 1024) /* some 28,000 parties by policies */
#define COST_MOST 1000000
#define EVERY_MS  1000 /* between two writes of the quotas */


typedef struct {
    size_t zone_size;
    ngx_msec_t every; /* ms between two writes of the quotas */
    ngx_xd_limits_t limits;
    ngx_event_t timer; /* of the one worker that writes them */
} ngx_http_xd_throttle_main_conf_t;

typedef struct {
    ngx_flag_t enable;
    ngx_xd_place_t place;
    ngx_uint_t fields;
    ngx_xd_terms_t *terms; /* by plan, then of strangers */
} ngx_http_xd_throttle_conf_t;


static char *ngx_http_xd_throttle(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_http_xd_quota_state(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_http_xd_usage(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);
static void *ngx_http_xd_throttle_create_main_conf(ngx_conf_t *cf);
static char *ngx_http_xd_throttle_init_main_conf(ngx_conf_t *cf, void *conf);
static void *ngx_http_xd_throttle_create_conf(ngx_conf_t *cf);
static char *ngx_http_xd_throttle_merge_conf(ngx_conf_t *cf, void *parent,
    void *child);
static ngx_int_t ngx_http_xd_throttle_init(ngx_conf_t *cf);
static ngx_int_t ngx_http_xd_throttle_init_process(ngx_cycle_t *cycle);
static void ngx_http_xd_throttle_exit_process(ngx_cycle_t *cycle);
static void ngx_http_xd_throttle_exit_master(ngx_cycle_t *cycle);


/* clang-format off */

static ngx_conf_bitmask_t  ngx_http_xd_throttle_fields[] = {
    { ngx_string("draft10"), NGX_XD_FIELDS_DRAFT10 },
    { ngx_string("legacy"), NGX_XD_FIELDS_LEGACY },
    { ngx_string("both"), NGX_XD_FIELDS_DRAFT10|NGX_XD_FIELDS_LEGACY },
    { ngx_string("off"), NGX_XD_FIELDS_OFF },
    { ngx_null_string, 0 }
};


static ngx_command_t  ngx_http_xd_throttle_commands[] = {

    /* xd_throttle [policy ...] [shared=policy ...] [cost=N] [class=high |
     *     normal | low] [route=NAME];  xd_throttle off;  default: off.
     * Without names all policies of the caller's plan hold, and no shared
     * one; where only shared ones can hold, strangers may call. */
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

    /* xd_quota_state PATH [every=1s];  where quotas survive a restart; without
     * it they begin anew.  The workers' user writes beside it. */
    { ngx_string("xd_quota_state"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE12,
      ngx_http_xd_quota_state,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    /* xd_usage;  answers with the caller's own numbers */
    { ngx_string("xd_usage"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_http_xd_usage,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

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
    ngx_http_xd_throttle_init_process, /* init process */
    NULL,                              /* init thread */
    NULL,                              /* exit thread */
    ngx_http_xd_throttle_exit_process, /* exit process */
    ngx_http_xd_throttle_exit_master,  /* exit master */
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


static ngx_xd_limits_t *
ngx_http_xd_throttle_limits(ngx_http_request_t *r)
{
    ngx_http_xd_throttle_main_conf_t *tmcf;

    tmcf = ngx_http_get_module_main_conf(r, ngx_http_xd_throttle_module);

    return &tmcf->limits;
}


static ngx_int_t
ngx_http_xd_throttle_refuse(ngx_http_request_t *r, ngx_xd_request_t *record)
{
    ngx_xd_toll_blame(r, record->toll->terms, record->toll->charge.full,
        ngx_xd_main(r)->metrics->refused);
    ngx_http_xd_throttle_count(r, NGX_XD_TOLL_REFUSED);

    return ngx_xd_toll_refuse(r, record);
}


static ngx_int_t
ngx_http_xd_throttle_charge(ngx_http_request_t *r, ngx_xd_request_t *record,
    const ngx_http_xd_throttle_conf_t *conf, const ngx_xd_terms_t *terms)
{
    ngx_xd_toll_t *toll;

    toll = ngx_xd_toll_make(r, record, ngx_http_xd_throttle_limits(r), terms,
        conf->place.cost);
    if (toll == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ngx_xd_toll_too_large(toll)) {
        return ngx_xd_refuse(r, NGX_XD_P_TOO_LARGE,
            "The body is larger than your plan lets you send at once.");
    }

    toll->fields = conf->fields;
    toll->paid = ngx_xd_toll_take(r, toll) & 1;
    record->toll = toll;

    if (!toll->paid) {
        return ngx_http_xd_throttle_refuse(r, record);
    }

    toll->held = terms->mask & terms->held;
    ngx_http_xd_throttle_count(r, NGX_XD_TOLL_ADMITTED);

    if (terms->shadow != 0) {
        ngx_xd_toll_shadow(r, toll);
    }

    return NGX_DECLINED;
}


/* Of whoever calls: a stranger comes in only where nothing but shared limits
 * can hold. */
static const ngx_xd_terms_t *
ngx_http_xd_throttle_terms(ngx_http_request_t *r,
    const ngx_xd_request_t *record, const ngx_http_xd_throttle_conf_t *conf)
{
    if (record->party != NULL) {
        return &conf->terms[record->party->plan->number];
    }

    return conf->place.shared != NULL && conf->place.names == NULL
               ? &conf->terms[ngx_http_xd_throttle_limits(r)->plans]
               : NULL;
}


static ngx_int_t
ngx_http_xd_throttle_handler(ngx_http_request_t *r)
{
    ngx_http_xd_throttle_conf_t *conf;
    const ngx_xd_terms_t *terms;
    ngx_xd_request_t *record;

    conf = ngx_http_get_module_loc_conf(r, ngx_http_xd_throttle_module);
    if (!conf->enable) {
        return NGX_DECLINED;
    }

    record = ngx_xd_request(r);
    if (record == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    terms = ngx_http_xd_throttle_terms(r, record, conf);
    if (terms == NULL) {
        return ngx_xd_refuse(r, NGX_XD_P_UNAUTHENTICATED, NULL);
    }

    /* An internal redirect runs the phases again: it is the same call. */
    if (record->toll != NULL || (terms->mask | terms->shadow) == 0) {
        return NGX_DECLINED;
    }

    if (terms->bytes != 0 && r->headers_in.content_length_n == -1
        && (r->headers_in.chunked || r->stream != NULL)
        && r->request_body == NULL)
    {
        /* It is known how long it is when it is here. */
        return ngx_xd_body_wait(r);
    }

    return ngx_http_xd_throttle_charge(r, record, conf, terms);
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

    ngx_xd_give(toll->buckets, &toll->charge,
        (toll->charge.mask | toll->shadowed) & ~toll->terms->held,
        ngx_xd_mono_ns);
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


/* -- /usage ---------------------------------------------------------------- */


static ngx_int_t
ngx_http_xd_usage_handler(ngx_http_request_t *r)
{
    static ngx_str_t type = ngx_string("application/json");

    ngx_xd_request_t *record = ngx_xd_request(r);
    ngx_http_complex_value_t cv;
    ngx_int_t rc;

    if (!(r->method & (NGX_HTTP_GET | NGX_HTTP_HEAD))) {
        return NGX_HTTP_NOT_ALLOWED;
    }

    rc = ngx_http_discard_request_body(r);
    if (rc != NGX_OK || record == NULL) {
        return record == NULL ? NGX_HTTP_INTERNAL_SERVER_ERROR : rc;
    }

    if (record->party == NULL) {
        return ngx_xd_refuse(r, NGX_XD_P_UNAUTHENTICATED, NULL);
    }

    ngx_memzero(&cv, sizeof(cv));
    cv.value = ngx_xd_usage(r, ngx_http_xd_throttle_limits(r), record->party);

    return cv.value.data == NULL
               ? NGX_HTTP_INTERNAL_SERVER_ERROR
               : ngx_http_send_response(r, NGX_HTTP_OK, &type, &cv);
}


static char *
ngx_http_xd_usage(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_core_loc_conf_t *clcf;
    ngx_http_xd_main_conf_t *mcf;

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_xd_module);
    if (mcf->registry == NULL) {
        return "needs xd_registry, before it, in http";
    }

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);
    clcf->handler = ngx_http_xd_usage_handler;

    return NGX_CONF_OK;
}


/* -- processes ------------------------------------------------------------- */


static ngx_http_xd_throttle_main_conf_t *
ngx_http_xd_throttle_of(ngx_cycle_t *cycle)
{
    ngx_http_xd_throttle_main_conf_t *tmcf;

    if (ngx_get_conf(cycle->conf_ctx, ngx_http_module) == NULL) {
        return NULL;
    }

    tmcf =
        ngx_http_cycle_get_module_main_conf(cycle, ngx_http_xd_throttle_module);

    return tmcf->limits.slots != NULL ? tmcf : NULL;
}


/* Writes ahead when somebody has used half of what was granted, so that calls
 * find it done. */
static void
ngx_http_xd_throttle_tick(ngx_event_t *ev)
{
    ngx_http_xd_throttle_main_conf_t *tmcf = ev->data;
    ngx_xd_limits_t *limits = &tmcf->limits;

    if (ngx_xd_quotas_behind(limits->slots)) {
        (void) ngx_xd_quotas_grant(limits->slots, &limits->state, NULL, 0, 0,
            ev->log);
    }

    ngx_add_timer(ev, tmcf->every);
}


static ngx_int_t
ngx_http_xd_throttle_init_process(ngx_cycle_t *cycle)
{
    ngx_http_xd_throttle_main_conf_t *tmcf;

    if (ngx_process != NGX_PROCESS_WORKER && ngx_process != NGX_PROCESS_SINGLE)
    {
        return NGX_OK;
    }

    tmcf = ngx_http_xd_throttle_of(cycle);
    if (tmcf == NULL) {
        return NGX_OK;
    }

    tmcf->limits.column = ngx_xd_slots_column(tmcf->limits.slots);
    if (tmcf->limits.column == NGX_ERROR) {
        ngx_log_error(NGX_LOG_EMERG, cycle->log, 0,
            "xd_throttle: more than %d workers", NGX_XD_COLUMNS);
        return NGX_ERROR;
    }

    if (tmcf->limits.state.len != 0 && ngx_worker == 0) {
        tmcf->timer.handler = ngx_http_xd_throttle_tick;
        tmcf->timer.data = tmcf;
        tmcf->timer.log = cycle->log;
        tmcf->timer.cancelable = 1;
        ngx_add_timer(&tmcf->timer, tmcf->every);
    }

    return NGX_OK;
}


static void
ngx_http_xd_throttle_exit_process(ngx_cycle_t *cycle)
{
    ngx_http_xd_throttle_main_conf_t *tmcf = ngx_http_xd_throttle_of(cycle);

    if (tmcf != NULL && tmcf->limits.column >= 0
        && (ngx_process == NGX_PROCESS_WORKER
            || ngx_process == NGX_PROCESS_SINGLE))
    {
        ngx_xd_slots_leave(tmcf->limits.slots,
            (ngx_uint_t) tmcf->limits.column);
    }
}


/* All workers are gone: what is spent is known exactly. */
static void
ngx_http_xd_throttle_exit_master(ngx_cycle_t *cycle)
{
    ngx_http_xd_throttle_main_conf_t *tmcf = ngx_http_xd_throttle_of(cycle);

    if (tmcf != NULL && tmcf->limits.state.len != 0) {
        ngx_xd_quotas_close(tmcf->limits.slots, &tmcf->limits.state,
            cycle->log);
    }
}


/* -- configuration --------------------------------------------------------- */


static char *
ngx_http_xd_throttle_name(ngx_conf_t *cf, ngx_array_t **names, ngx_str_t word)
{
    ngx_str_t *name;

    if (*names == NULL) {
        *names = ngx_array_create(cf->pool, 4, sizeof(ngx_str_t));
    }

    name = *names != NULL ? ngx_array_push(*names) : NULL;
    if (name == NULL) {
        return NGX_CONF_ERROR;
    }

    *name = word;

    return NGX_CONF_OK;
}


static char *
ngx_http_xd_throttle_class(ngx_xd_place_t *place, ngx_str_t word)
{
    static const char *const names[XD_CLASSES] = { "high", "normal", "low" };

    for (int i = 0; i < XD_CLASSES; i++) {
        if (xd_str_is(ngx_xd_to_str(word), names[i])) {
            place->class = (xd_class_t) i;
            return NGX_CONF_OK;
        }
    }

    return "takes a class of high, normal or low";
}


static char *
ngx_http_xd_throttle_word(ngx_conf_t *cf, ngx_http_xd_throttle_conf_t *tcf,
    ngx_str_t word)
{
    xd_str_t rest = ngx_xd_to_str(word);
    xd_str_t key = xd_str_cut(&rest, '=');
    ngx_str_t value = { rest.len, word.data + (word.len - rest.len) };
    ngx_xd_place_t *place = &tcf->place;

    if (rest.ptr == NULL) {
        return ngx_http_xd_throttle_name(cf, &place->names, word);
    }

    if (xd_str_is(key, "cost")) {
        place->cost = ngx_atoi(value.data, value.len);
        return place->cost >= 1 && place->cost <= COST_MOST
                   ? NGX_CONF_OK
                   : "takes a cost from 1 to 1000000";
    }

    if (xd_str_is(key, "class")) {
        return ngx_http_xd_throttle_class(place, value);
    }

    if (xd_str_is(key, "shared")) {
        return ngx_http_xd_throttle_name(cf, &place->shared, value);
    }

    if (xd_str_is(key, "route") && value.len != 0) {
        place->route = value;
        return NGX_CONF_OK;
    }

    return "takes policies, shared=, cost=, class= and route=";
}


static char *
ngx_http_xd_quota_state(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_xd_throttle_main_conf_t *tmcf = conf;
    ngx_str_t *value = cf->args->elts, every;

    if (tmcf->limits.state.len != 0) {
        return "is duplicate";
    }

    if (cf->args->nelts == 3) {
        if (ngx_strncmp(value[2].data, "every=", 6) != 0) {
            return "takes a file and every=";
        }

        every.data = value[2].data + 6;
        every.len = value[2].len - 6;
        tmcf->every = (ngx_msec_t) ngx_parse_time(&every, 0);

        if (tmcf->every < 100 || tmcf->every > 3600 * 1000) {
            return "takes an every= from 100ms to 1h";
        }
    }

    tmcf->limits.state = value[1];

    return ngx_conf_full_name(cf->cycle, &tmcf->limits.state, 0) == NGX_OK
               ? NGX_CONF_OK
               : NGX_CONF_ERROR;
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
        tmcf->every = EVERY_MS;
        tmcf->limits.column = NGX_ERROR;
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
        conf->place.cost = 1;
        conf->place.class = XD_CLASS_NORMAL;
    }

    return conf;
}


/* xd_throttle is inherited as a whole: names, cost and all; but a route that
 * was not named is each location's own. */
static char *
ngx_http_xd_throttle_merge_conf(ngx_conf_t *cf, void *parent, void *child)
{
    ngx_http_xd_throttle_conf_t *prev = parent;
    ngx_http_xd_throttle_conf_t *conf = child;
    ngx_http_xd_throttle_main_conf_t *tmcf;
    ngx_http_core_loc_conf_t *clcf;

    ngx_conf_merge_bitmask_value(conf->fields, prev->fields,
        (NGX_CONF_BITMASK_SET | NGX_XD_FIELDS_DRAFT10));

    if (conf->enable == NGX_CONF_UNSET) {
        conf->enable = prev->enable == NGX_CONF_UNSET ? 0 : prev->enable;
        conf->place = prev->place;
    }

    if (!conf->enable) {
        return NGX_CONF_OK;
    }

    tmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_xd_throttle_module);

    if (tmcf->limits.registry == NULL) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
            "\"xd_throttle\" needs \"xd_registry\" in http");
        return NGX_CONF_ERROR;
    }

    /* A location that says nothing of its route is one by itself. */
    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);
    if (conf->place.route.len == 0) {
        conf->place.route = clcf->name;
    }

    conf->terms = ngx_xd_terms(cf, &tmcf->limits, &conf->place);

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
