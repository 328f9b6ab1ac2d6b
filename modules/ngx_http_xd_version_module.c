/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd_version: which versions of the API stand behind /v<n>/ paths, and how
 * each of them ends.
 *
 * Runs in the preaccess phase, before authentication: a caller of a version
 * that is gone must learn that, and not that its key is wrong.  Who calls one
 * that will go is counted at the end, when it is known who that was.
 */

#include "ngx_xd_metrics.h"
#include "ngx_xd_pick.h"
#include "base/clock.h"
#include "conf/forms.h"


/* One version; its fields are written once, at configuration time. */
struct ngx_xd_lifecycle_s {
    ngx_str_t name;
    time_t deprecated;   /* 0: not said */
    time_t sunset;       /* 0: not said; from then on 410 */
    ngx_str_t successor; /* path, or empty */
    ngx_str_t policy;    /* URL of a page for people, or empty */

    ngx_str_t deprecated_field; /* @1688169599; all of them may be empty */
    ngx_str_t sunset_field;     /* Sun, 30 Jun 2024 23:59:59 GMT */
    ngx_str_t link_field;

    ngx_uint_t users; /* label of the first party; NO_USERS: not counted */
};

#define NO_USERS       NGX_CONF_UNSET_UINT
#define REFERENCE_MOST 200 /* bytes: all links together fit a line */

typedef struct {
    ngx_array_t *versions; /* of ngx_xd_lifecycle_t; NULL: no check */
    ngx_xd_pick_t pick;    /* of a server */
} ngx_http_xd_version_conf_t;


static char *ngx_http_xd_version(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_http_xd_version_from(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static void *ngx_http_xd_version_create_conf(ngx_conf_t *cf);
static char *ngx_http_xd_version_merge_conf(ngx_conf_t *cf, void *parent,
    void *child);
static ngx_int_t ngx_http_xd_version_init(ngx_conf_t *cf);


/* clang-format off */

static ngx_command_t  ngx_http_xd_version_commands[] = {

    /* xd_version v1 [deprecated=<date>] [sunset=<date>] [successor=<path>]
     *     [policy=<url>];  may be repeated.  A date is 2026-06-30, which is
     * 00:00 UTC, or 2026-06-30T23:59:59Z. */
    { ngx_string("xd_version"),
      NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_1MORE,
      ngx_http_xd_version,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    /* xd_version_from /api/ [header=NAME] [media=NAME] [query=NAME]
     *     [default=v1];  a path below the prefix gets /v<n>/ instead, by the
     * first of these that the request has. */
    { ngx_string("xd_version_from"),
      NGX_HTTP_SRV_CONF|NGX_CONF_2MORE,
      ngx_http_xd_version_from,
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


static ngx_xd_lifecycle_t *
ngx_http_xd_version_find(const ngx_array_t *versions, const ngx_str_t *name)
{
    ngx_xd_lifecycle_t *v = versions->elts;
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


/* -- a call ---------------------------------------------------------------- */


/* Standard: RFC 9745, RFC 8594; all answers of the version carry them. */
static ngx_int_t
ngx_http_xd_version_fields(ngx_http_request_t *r, const ngx_xd_lifecycle_t *v)
{
    const struct {
        const char *name;
        ngx_str_t value;
    } rows[] = {
        { "Deprecation", v->deprecated_field },
        { "Sunset", v->sunset_field },
        { "Link", v->link_field },
    };

    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].value.len != 0
            && ngx_xd_header_add(r, rows[i].name, rows[i].value) != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_xd_version_refuse(ngx_http_request_t *r, const ngx_xd_lifecycle_t *v)
{
    if (v->successor.len == 0) {
        return ngx_xd_refuse(r, NGX_XD_P_VERSION_WITHDRAWN,
            "Version %.*s is no longer served.", (int) v->name.len,
            (char *) v->name.data);
    }

    return ngx_xd_refuse(r, NGX_XD_P_VERSION_WITHDRAWN,
        "Version %.*s is no longer served; its successor is %.*s.",
        (int) v->name.len, (char *) v->name.data, (int) v->successor.len,
        (char *) v->successor.data);
}


static ngx_int_t
ngx_http_xd_version_enter(ngx_http_request_t *r, const ngx_xd_lifecycle_t *v)
{
    ngx_xd_request_t *record = ngx_xd_request(r);

    if (record == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    /* An internal redirect runs the phases again: the fields are there. */
    if (record->version == NULL) {
        record->version = v;

        if (ngx_http_xd_version_fields(r, v) != NGX_OK) {
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }
    }

    return v->sunset != 0 && ngx_time() >= v->sunset
               ? ngx_http_xd_version_refuse(r, v)
               : NGX_DECLINED;
}


static ngx_int_t
ngx_http_xd_version_handler(ngx_http_request_t *r)
{
    ngx_http_xd_version_conf_t *conf;
    const ngx_xd_lifecycle_t *v;
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

    return ngx_http_xd_version_enter(r, v);
}


/* Before a location is looked for: the server's own configuration. */
static ngx_int_t
ngx_http_xd_version_rewrite_handler(ngx_http_request_t *r)
{
    ngx_http_xd_version_conf_t *conf;

    conf = ngx_http_get_module_loc_conf(r, ngx_http_xd_version_module);

    return ngx_xd_pick(r, &conf->pick);
}


/* Who still uses what will go. */
static ngx_int_t
ngx_http_xd_version_log_handler(ngx_http_request_t *r)
{
    ngx_http_xd_main_conf_t *mcf = ngx_xd_main(r);
    ngx_xd_request_t *record;
    ngx_uint_t place;

    record = mcf->registry != NULL ? ngx_xd_request(r) : NULL;

    if (record == NULL || record->party == NULL || record->version == NULL
        || record->version->users == NO_USERS)
    {
        return NGX_OK;
    }

    place = ngx_xd_metrics_place(mcf, NGX_XD_L_USERS,
        record->version->users + record->party->number);
    (void) ngx_atomic_fetch_add(&mcf->metrics->used[place], 1);
    mcf->metrics->last[place] = (ngx_atomic_uint_t) ngx_time();

    return NGX_OK;
}


/* -- configuration --------------------------------------------------------- */


static ngx_int_t
ngx_http_xd_version_date(ngx_conf_t *cf, ngx_str_t text, time_t *out)
{
    int64_t ms;

    if (xd_date_valid(ngx_xd_to_str(text))) {
        text = ngx_xd_fmt(cf->pool, "%.*sT00:00:00Z", (int) text.len,
            (char *) text.data);
    }

    if (!xd_instant_read(ngx_xd_to_str(text), &ms) || ms <= 0) {
        return NGX_ERROR;
    }

    *out = (time_t) (ms / 1000);

    return NGX_OK;
}


/* What may stand between the angle brackets of a Link. */
static ngx_uint_t
ngx_http_xd_version_is_reference(ngx_str_t text)
{
    size_t i;

    for (i = 0; i < text.len; i++) {
        if (text.data[i] <= ' ' || text.data[i] > '~' || text.data[i] == '<'
            || text.data[i] == '>' || text.data[i] == '"')
        {
            return 0;
        }
    }

    return text.len != 0 && text.len <= REFERENCE_MOST;
}


/* One of name=value. */
static char *
ngx_http_xd_version_word(ngx_conf_t *cf, ngx_xd_lifecycle_t *v, ngx_str_t word)
{
    xd_str_t rest = ngx_xd_to_str(word);
    xd_str_t name = xd_str_cut(&rest, '=');
    ngx_str_t value = ngx_null_string;

    if (rest.ptr != NULL) {
        value.len = rest.len;
        value.data = word.data + name.len + 1;
    }

    if (xd_str_is(name, "deprecated") || xd_str_is(name, "sunset")) {
        return ngx_http_xd_version_date(cf, value,
                   name.ptr[0] == 'd' ? &v->deprecated : &v->sunset)
                       == NGX_OK
                   ? NGX_CONF_OK
                   : "takes dates such as 2026-06-30 or 2026-06-30T23:59:59Z";
    }

    if (xd_str_is(name, "successor")) {
        v->successor = value;
        return ngx_http_xd_version_is_reference(value) && value.data[0] == '/'
                   ? NGX_CONF_OK
                   : "takes the path of a successor, such as /v2/";
    }

    if (xd_str_is(name, "policy")) {
        v->policy = value;
        return ngx_http_xd_version_is_reference(value)
                       && xd_conf_is_http_url(ngx_xd_to_str(value))
                   ? NGX_CONF_OK
                   : "takes the address of a policy, such as https://...";
    }

    return "takes deprecated=, sunset=, successor= and policy=";
}


/* <a>; rel="deprecation"; type="text/html", <b>; rel="successor-version" */
static ngx_str_t
ngx_http_xd_version_links(ngx_conf_t *cf, const ngx_xd_lifecycle_t *v)
{
    const struct {
        ngx_uint_t wanted;
        const ngx_str_t *target;
        const char *relation;
    } rows[] = {
        { v->deprecated != 0, &v->policy,
            "rel=\"deprecation\"; type=\"text/html\"" },
        { v->sunset != 0, &v->policy, "rel=\"sunset\"; type=\"text/html\"" },
        { 1, &v->successor, "rel=\"successor-version\"" },
    };

    ngx_str_t all = ngx_null_string;
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].wanted && rows[i].target->len != 0) {
            all = ngx_xd_fmt(cf->pool, "%.*s%s<%.*s>; %s", (int) all.len,
                all.len != 0 ? (char *) all.data : "", all.len != 0 ? ", " : "",
                (int) rows[i].target->len, (char *) rows[i].target->data,
                rows[i].relation);
        }
    }

    return all;
}


static char *
ngx_http_xd_version_finish(ngx_conf_t *cf, ngx_xd_lifecycle_t *v)
{
    u_char date[sizeof("Mon, 28 Sep 1970 06:00:00 GMT")];

    if (v->deprecated == 0 && v->sunset == 0
        && (v->successor.len != 0 || v->policy.len != 0))
    {
        return "names a successor or policy without deprecated= or sunset=";
    }

    if (v->sunset != 0 && v->sunset < v->deprecated) {
        return "has a sunset before it is deprecated";
    }

    if (v->deprecated != 0) {
        v->deprecated_field =
            ngx_xd_fmt(cf->pool, "@%lld", (long long) v->deprecated);
    }

    if (v->sunset != 0) {
        *ngx_http_time(date, v->sunset) = '\0';
        v->sunset_field = ngx_xd_fmt(cf->pool, "%s", (char *) date);
    }

    v->link_field = ngx_http_xd_version_links(cf, v);

    return NGX_CONF_OK;
}


static char *
ngx_http_xd_version(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_xd_version_conf_t *vcf = conf;
    ngx_str_t *value = cf->args->elts;
    ngx_xd_lifecycle_t *v;
    ngx_uint_t i;
    char *rv;

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
    v->users = NO_USERS;

    for (i = 2; i < cf->args->nelts; i++) {
        rv = ngx_http_xd_version_word(cf, v, value[i]);
        if (rv != NGX_CONF_OK) {
            return rv;
        }
    }

    return ngx_http_xd_version_finish(cf, v);
}


static char *
ngx_http_xd_version_from(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_xd_version_conf_t *vcf = conf;
    ngx_str_t *value = cf->args->elts;
    ngx_uint_t i;
    char *rv;

    if (vcf->pick.prefix.len != 0) {
        return "is duplicate";
    }

    vcf->pick.prefix = value[1];

    if (value[1].len < 2 || value[1].data[0] != '/'
        || value[1].data[value[1].len - 1] != '/')
    {
        return "takes a prefix such as /api/";
    }

    for (i = 2; i < cf->args->nelts; i++) {
        rv = ngx_xd_pick_word(cf, &vcf->pick, value[i]);
        if (rv != NGX_CONF_OK) {
            return rv;
        }
    }

    return NGX_CONF_OK;
}


/* A label for each party in each version that will go: who uses what is told
 * by a number in the zone that nobody has to look for. */
static ngx_int_t
ngx_http_xd_version_label(ngx_conf_t *cf, ngx_http_xd_main_conf_t *mcf,
    ngx_xd_lifecycle_t *v)
{
    const xd_party_t *party;
    ngx_uint_t label;
    ngx_str_t text;
    size_t n;

    if ((v->deprecated == 0 && v->sunset == 0) || v->users != NO_USERS) {
        return NGX_OK;
    }

    v->users = mcf->labels[NGX_XD_L_USERS].nelts;

    for (n = 0; (party = xd_registry_nth(mcf->registry, n)) != NULL; n++) {
        text = ngx_xd_fmt(cf->pool, "version=\"%.*s\",party=\"%.*s\"",
            (int) ngx_min(v->name.len, 16), (char *) v->name.data,
            XD_FMT(party->id));

        if (ngx_xd_metrics_label(mcf, NGX_XD_L_USERS, text, &label) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
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
    ngx_http_xd_main_conf_t *mcf;
    ngx_xd_lifecycle_t *v;
    ngx_uint_t i;

    if (conf->versions == NULL) {
        conf->versions = prev->versions;
    }

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_xd_module);

    if (conf->versions == NULL || mcf->registry == NULL) {
        return NGX_CONF_OK;
    }

    v = conf->versions->elts;

    for (i = 0; i < conf->versions->nelts; i++) {
        if (ngx_http_xd_version_label(cf, mcf, &v[i]) != NGX_OK) {
            return NGX_CONF_ERROR;
        }
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

    h = ngx_array_push(&cmcf->phases[NGX_HTTP_SERVER_REWRITE_PHASE].handlers);
    if (h == NULL) {
        return NGX_ERROR;
    }

    *h = ngx_http_xd_version_rewrite_handler;

    h = ngx_array_push(&cmcf->phases[NGX_HTTP_LOG_PHASE].handlers);
    if (h == NULL) {
        return NGX_ERROR;
    }

    *h = ngx_http_xd_version_log_handler;

    return NGX_OK;
}
