/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd_auth: who calls, and whether it may.
 *
 * One credential in one place: an API key, of which the registry holds a
 * peppered hash, or a token of an issuer of the registry.  Neither is ever
 * logged.
 */

#include "ngx_xd_identify.h"

#define FAILURES_MS   60000
#define FAILURES_MOST 100000


typedef struct {
    ngx_xd_accepted_t accepted; /* nothing: xd_auth off */
    ngx_uint_t set;             /* unsigned  set:1; here, not inherited */
    ngx_str_t scope;            /* empty: any authenticated party */
    ngx_xd_signing_t *signing; /* NULL: xd_auth_signature does not stand here */
} ngx_http_xd_auth_conf_t;


static char *ngx_http_xd_auth(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);
static char *ngx_http_xd_auth_signature(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_http_xd_auth_webhook(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_http_xd_auth_failures(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static void *ngx_http_xd_auth_create_main_conf(ngx_conf_t *cf);
static char *ngx_http_xd_auth_init_main_conf(ngx_conf_t *cf, void *conf);
static void *ngx_http_xd_auth_create_conf(ngx_conf_t *cf);
static char *ngx_http_xd_auth_merge_conf(ngx_conf_t *cf, void *parent,
    void *child);
static ngx_int_t ngx_http_xd_auth_init(ngx_conf_t *cf);
static ngx_int_t ngx_http_xd_auth_init_process(ngx_cycle_t *cycle);
static void ngx_http_xd_auth_exit_process(ngx_cycle_t *cycle);


/* clang-format off */

static ngx_command_t  ngx_http_xd_auth_commands[] = {

    /* xd_auth on | off | [key] [token] [opaque] [signature] [webhook]
     *     [certificate];  default: off.  One of those named is enough; on: key
     * and token; opaque: tokens that their issuer is asked about */
    { ngx_string("xd_auth"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_1MORE,
      ngx_http_xd_auth,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    /* xd_auth_signature [cover=@method,@target-uri] [age=5m] [tag=T]
     *     [label=L] [origin=https://api.example.com];  what a signed request
     * must cover, and how old it may be; origin: as signers see us.  A body
     * is always to be covered, by Content-Digest */
    { ngx_string("xd_auth_signature"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_1MORE,
      ngx_http_xd_auth_signature,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    /* xd_auth_webhook shopify webshop;  the profile, and the party whose
     * system posts here */
    { ngx_string("xd_auth_webhook"),
      NGX_HTTP_LOC_CONF|NGX_CONF_TAKE2,
      ngx_http_xd_auth_webhook,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    /* xd_auth_failures 100 per=1m;  credentials that an address may have
     * refused at once; as many are forgotten in that time.  Default: off */
    { ngx_string("xd_auth_failures"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE12,
      ngx_http_xd_auth_failures,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
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
    ngx_xd_variables,                  /* preconfiguration */
    ngx_http_xd_auth_init,             /* postconfiguration */

    ngx_http_xd_auth_create_main_conf, /* create main configuration */
    ngx_http_xd_auth_init_main_conf,   /* init main configuration */

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
    ngx_http_xd_auth_init_process,     /* init process */
    NULL,                              /* init thread */
    NULL,                              /* exit thread */
    ngx_http_xd_auth_exit_process,     /* exit process */
    NULL,                              /* exit master */
    NGX_MODULE_V1_PADDING
};

/* clang-format on */


/* A token's scope can only take away from what the party may do. */
static ngx_uint_t
ngx_http_xd_auth_may(const ngx_xd_request_t *record, xd_str_t scope)
{
    return xd_party_has_scope(record->party, scope)
           && (record->scope.ptr == NULL || xd_scope_has(record->scope, scope));
}


static ngx_int_t
ngx_http_xd_auth_scope(ngx_http_request_t *r,
    const ngx_http_xd_auth_conf_t *conf)
{
    ngx_str_t error, detail;

    error =
        ngx_xd_fmt(r->pool, ", error=\"insufficient_scope\", scope=\"%.*s\"",
            (int) conf->scope.len, (char *) conf->scope.data);
    detail = ngx_xd_fmt(r->pool, "This needs the scope %.*s.",
        (int) conf->scope.len, (char *) conf->scope.data);

    if (error.data == NULL || detail.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_xd_challenge(r, &conf->accepted, NGX_XD_P_INSUFFICIENT_SCOPE,
        (char *) error.data, (char *) detail.data);
}


static ngx_int_t
ngx_http_xd_auth_handler(ngx_http_request_t *r)
{
    ngx_http_xd_auth_conf_t *conf;
    ngx_xd_identities_t *amcf;
    ngx_xd_request_t *record;
    ngx_int_t rc;

    conf = ngx_http_get_module_loc_conf(r, ngx_http_xd_auth_module);
    if (conf->accepted.proofs == 0) {
        return NGX_DECLINED;
    }

    record = ngx_xd_request(r);
    if (record == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    amcf = ngx_http_get_module_main_conf(r, ngx_http_xd_auth_module);

    /* Known from before an internal redirect: the proof must do here too. */
    if (record->party == NULL
        || (conf->accepted.proofs & 1u << record->proof) == 0) {
        record->party = NULL;
        record->sealed = 0;

        rc = ngx_xd_identify(r, record, amcf, &conf->accepted);
        if (rc != NGX_OK) {
            return rc;
        }
    }

    if (record->sealed) {
        rc = ngx_xd_identify_body(r, record, amcf, &conf->accepted);
        if (rc != NGX_OK) {
            return rc;
        }
    }

    if (conf->scope.len != 0
        && !ngx_http_xd_auth_may(record, ngx_xd_to_str(conf->scope)))
    {
        return ngx_http_xd_auth_scope(r, conf);
    }

    return NGX_DECLINED;
}


static char *
ngx_http_xd_auth(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    static const struct {
        const char *name;
        ngx_uint_t proofs;
    } words[] = {
        { "off", 0 },
        { "on", 1u << NGX_XD_BY_KEY | 1u << NGX_XD_BY_TOKEN },
        { "key", 1u << NGX_XD_BY_KEY },
        { "token", 1u << NGX_XD_BY_TOKEN },
        { "signature", 1u << NGX_XD_BY_SIGNATURE },
        { "webhook", 1u << NGX_XD_BY_WEBHOOK },
        { "certificate", 1u << NGX_XD_BY_CERTIFICATE },
        { "opaque", 1u << NGX_XD_BY_OPAQUE },
    };

    ngx_http_xd_auth_conf_t *acf = conf;
    ngx_str_t *value = cf->args->elts;
    ngx_uint_t i;
    size_t w;

    if (acf->set) {
        return "is duplicate";
    }

    acf->set = 1;

    for (i = 1; i < cf->args->nelts; i++) {
        for (w = 0; w < sizeof(words) / sizeof(words[0]); w++) {
            if (ngx_strcmp(value[i].data, words[w].name) == 0) {
                break;
            }
        }

        if (w == sizeof(words) / sizeof(words[0])
            || (w < 2 && cf->args->nelts > 2)) {
            return "takes on, off, or what is taken here: key, token,"
                   " signature, webhook, certificate, opaque";
        }

        acf->accepted.proofs |= words[w].proofs;
    }

    return NGX_CONF_OK;
}


static char *
ngx_http_xd_auth_signature(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_xd_auth_conf_t *acf = conf;
    ngx_str_t *value = cf->args->elts;
    ngx_uint_t i;
    char *rv;

    if (acf->signing != NULL) {
        return "is duplicate";
    }

    acf->signing = ngx_xd_signing_new(cf);
    if (acf->signing == NULL) {
        return NGX_CONF_ERROR;
    }

    for (i = 1; i < cf->args->nelts; i++) {
        rv = ngx_xd_signing_word(cf, acf->signing, value[i]);
        if (rv != NGX_CONF_OK) {
            return rv;
        }
    }

    return ngx_xd_signing_accept(cf, acf->signing) == NGX_OK ? NGX_CONF_OK
                                                             : NGX_CONF_ERROR;
}


static char *
ngx_http_xd_auth_webhook(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_xd_auth_conf_t *acf = conf;
    ngx_str_t *value = cf->args->elts;
    ngx_http_xd_main_conf_t *mcf;
    const xd_webhook_t *profile;
    const xd_party_t *party;

    if (acf->accepted.hook != NULL) {
        return "is duplicate";
    }

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_xd_module);
    if (mcf->registry == NULL) {
        return "needs xd_registry, before it, in http";
    }

    profile = xd_webhook_find(ngx_xd_to_str(value[1]));
    party = xd_registry_party(mcf->registry, ngx_xd_to_str(value[2]));

    if (profile != NULL && party != NULL) {
        acf->accepted.hook =
            xd_hook_find(xd_registry_credentials(mcf->registry), party,
                profile);
    }

    return acf->accepted.hook != NULL
               ? NGX_CONF_OK
               : "names no party with a secret for such webhooks";
}


static char *
ngx_http_xd_auth_failures(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    static ngx_str_t per = ngx_string("per=");
    ngx_xd_identities_t *all = conf;
    ngx_str_t *value = cf->args->elts, time;

    if (all->failures_ms != 0) {
        return "is duplicate";
    }

    all->failures_ms = FAILURES_MS;

    if (cf->args->nelts == 2 && ngx_strcmp(value[1].data, "off") == 0) {
        return NGX_CONF_OK;
    }

    all->failures = ngx_atoi(value[1].data, value[1].len);
    if (all->failures < 1 || all->failures > FAILURES_MOST) {
        return "takes off, or a number from 1 to 100000";
    }

    if (cf->args->nelts == 3) {
        if (ngx_strncmp(value[2].data, per.data, per.len) != 0) {
            return "takes a number and per=";
        }

        time.data = value[2].data + per.len;
        time.len = value[2].len - per.len;
        all->failures_ms = (ngx_msec_t) ngx_parse_time(&time, 0);

        if (all->failures_ms < 1000 || all->failures_ms > 24 * 3600 * 1000) {
            return "takes a per= from 1s to 1d";
        }
    }

    return NGX_CONF_OK;
}


static void *
ngx_http_xd_auth_create_main_conf(ngx_conf_t *cf)
{
    return ngx_pcalloc(cf->pool, sizeof(ngx_xd_identities_t));
}


static char *
ngx_http_xd_auth_init_main_conf(ngx_conf_t *cf, void *conf)
{
    ngx_xd_identities_t *all = conf;

    if (ngx_xd_tokens(cf, &all->tokens) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    all->signers.credentials = all->tokens.credentials;
    all->signers.used = &all->tokens.used;

    if (all->signers.credentials == NULL) {
        return NGX_CONF_OK; /* no xd_registry */
    }

    return ngx_xd_keyring(cf, &all->signers.keyring, all->signers.credentials)
                       == NGX_OK
                   && ngx_xd_asked(cf, &all->asked, all->tokens.credentials)
                          == NGX_OK
               ? NGX_CONF_OK
               : NGX_CONF_ERROR;
}


static void *
ngx_http_xd_auth_create_conf(ngx_conf_t *cf)
{
    return ngx_pcalloc(cf->pool, sizeof(ngx_http_xd_auth_conf_t));
}


static char *
ngx_http_xd_auth_merge_conf(ngx_conf_t *cf, void *parent, void *child)
{
    ngx_http_xd_auth_conf_t *prev = parent;
    ngx_http_xd_auth_conf_t *conf = child;
    ngx_http_xd_main_conf_t *mcf;
    ngx_xd_identities_t *all;
    const xd_hook_t *hook;

    ngx_conf_merge_str_value(conf->scope, prev->scope, "");

    if (!conf->set) {
        hook = conf->accepted.hook;
        conf->accepted = prev->accepted;
        conf->accepted.hook = hook != NULL ? hook : prev->accepted.hook;
    }

    if (conf->signing == NULL) {
        conf->signing = prev->signing;
    }

    if (conf->signing == NULL
        && (conf->accepted.proofs & 1u << NGX_XD_BY_SIGNATURE))
    {
        conf->signing = ngx_xd_signing_new(cf);
        if (conf->signing == NULL
            || ngx_xd_signing_accept(cf, conf->signing) != NGX_OK) {
            return NGX_CONF_ERROR;
        }
    }

    conf->accepted.signing = conf->signing;

    if ((conf->accepted.proofs & 1u << NGX_XD_BY_WEBHOOK)
        && conf->accepted.hook == NULL)
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
            "\"xd_auth webhook\" needs \"xd_auth_webhook\" beside it");
        return NGX_CONF_ERROR;
    }

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_xd_module);
    all = ngx_http_conf_get_module_main_conf(cf, ngx_http_xd_auth_module);

    if ((conf->accepted.proofs & 1u << NGX_XD_BY_OPAQUE)
        && all->asked.issuer == NULL)
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
            "\"xd_auth opaque\" needs an issuer with \"introspect\"");
        return NGX_CONF_ERROR;
    }

    if (conf->accepted.proofs != 0 && mcf->registry == NULL) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
            "\"xd_auth\" needs \"xd_registry\" in http");
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


/* What all locations of a worker share; NULL elsewhere. */
static ngx_xd_identities_t *
ngx_http_xd_auth_of(ngx_cycle_t *cycle)
{
    if ((ngx_process != NGX_PROCESS_WORKER && ngx_process != NGX_PROCESS_SINGLE)
        || ngx_get_conf(cycle->conf_ctx, ngx_http_module) == NULL)
    {
        return NULL;
    }

    return ngx_http_cycle_get_module_main_conf(cycle, ngx_http_xd_auth_module);
}


static ngx_int_t
ngx_http_xd_auth_init_process(ngx_cycle_t *cycle)
{
    ngx_xd_identities_t *all = ngx_http_xd_auth_of(cycle);

    if (all != NULL) {
        ngx_xd_keysets_start(&all->tokens.keysets, cycle->log);
    }

    return NGX_OK;
}


static void
ngx_http_xd_auth_exit_process(ngx_cycle_t *cycle)
{
    ngx_xd_identities_t *all = ngx_http_xd_auth_of(cycle);

    if (all != NULL) {
        ngx_xd_keysets_stop(&all->tokens.keysets);
    }
}
