/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd_tokens.h"
#include "base/file.h"
#include "crypt/digest.h"

#define VERDICTS_ZONE "xd_verdicts_1"
#define VERDICTS_SIZE (4 * 1024 * 1024) /* some 9,000 tokens */
#define USED_ZONE     "xd_used_1"
#define USED_SIZE     (4 * 1024 * 1024) /* some 100,000 nonces */
#define FILE_MAX      (256 * 1024)
#define FINDINGS      20
#define SCOPE_MAX     320 /* longer ones are verified each time */

/* What a verdict's entry carries.  Numbers are those of the registry whose
 * hash is part of the entry's key. */
typedef struct {
    uint32_t party;
    uint16_t scope_len;
    uint8_t scoped; /* its scope is known, be it empty */
    uint8_t bound;
    char x5t[XD_THUMBPRINT_LEN];
    char scope[SCOPE_MAX];
} verdict_t;


/* -- configuration time ---------------------------------------------------- */


static void
arena_end(void *data)
{
    xd_arena_free(data);
}


static void
log_findings(ngx_conf_t *cf, const char *path, const xd_report_t *rep)
{
    for (size_t i = 0; i < rep->nkept; i++) {
        const xd_finding_t *f = &rep->kept[i];
        ngx_uint_t level =
            f->severity < XD_ERROR ? NGX_LOG_WARN : NGX_LOG_EMERG;

        ngx_log_error(level, cf->log, 0, "xd_registry: %s:%uD:%uD: %*s", path,
            f->line, f->column, f->text.len, f->text.ptr);
    }
}


static ngx_int_t
load_file(ngx_conf_t *cf, ngx_xd_tokens_t *tokens, const xd_issuer_t *issuer)
{
    xd_str_t path = xd_dup(tokens->arena, issuer->file), bytes;
    xd_report_t rep;
    xd_rc_t rc;

    rc = path.ptr == NULL
             ? XD_E_MEMORY
             : xd_file_read(tokens->arena, path.ptr, FILE_MAX, &bytes);

    if (rc == XD_OK) {
        xd_report_init(&rep, tokens->arena, FINDINGS);
        rc = xd_jwks_read(tokens->arena, bytes, &issuer->keys,
            &tokens->keys[issuer->number], &rep);
        log_findings(cf, path.ptr, &rep);
    }

    if (rc == XD_OK) {
        return NGX_OK;
    }

    ngx_conf_log_error(NGX_LOG_EMERG, cf, rc == XD_E_IO ? ngx_errno : 0,
        "xd_registry: cannot use the keys \"%s\" of the issuer \"%*s\": %s",
        path.ptr == NULL ? "" : path.ptr, issuer->id.len, issuer->id.ptr,
        xd_rc_text(rc));

    return NGX_ERROR;
}


/*
 * What a verdict is good under: this registry, whose party numbers it holds,
 * and these keys, whose files are no part of the registry's hash.  A key that
 * is gone takes its verdicts along.
 */
static xd_mac_t *
epoch_of(ngx_conf_t *cf, const ngx_xd_tokens_t *tokens)
{
    ngx_http_xd_main_conf_t *mcf;
    const xd_jwks_t *set;
    xd_buf_t text = { 0 };
    xd_mac_t *mac = NULL;
    size_t n, i;

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_xd_module);
    xd_buf_text(&text, mcf->conf->hash);

    for (n = 0; xd_issuer_nth(tokens->credentials, n) != NULL; n++) {
        set = tokens->keys[n];

        for (i = 0; i < set->nkeys; i++) {
            xd_buf_fmt(&text, " %zu %d %s", n,
                (int) xd_key_alg(set->keys[i].key), set->keys[i].thumbprint);
        }
    }

    if (xd_buf_rc(&text) == XD_OK) {
        mac = xd_mac_new(tokens->arena, xd_buf_str(&text));
    }

    xd_buf_free(&text);

    return mac;
}


static ngx_int_t
load_keys(ngx_conf_t *cf, ngx_xd_tokens_t *tokens)
{
    const xd_issuer_t *issuer;
    ngx_pool_cleanup_t *cln;
    size_t n;

    tokens->arena = xd_arena_new(0);
    cln = ngx_pool_cleanup_add(cf->pool, 0);
    if (cln == NULL || tokens->arena == NULL) {
        xd_arena_free(tokens->arena);
        return NGX_ERROR;
    }

    cln->handler = arena_end;
    cln->data = tokens->arena;

    tokens->keys =
        xd_alloc_n(tokens->arena, XD_ISSUERS_MAX, sizeof(*tokens->keys));
    if (tokens->keys == NULL) {
        return NGX_ERROR;
    }

    for (n = 0; (issuer = xd_issuer_nth(tokens->credentials, n)) != NULL; n++) {
        if (load_file(cf, tokens, issuer) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    tokens->epoch = epoch_of(cf, tokens);

    return tokens->epoch != NULL ? NGX_OK : NGX_ERROR;
}


ngx_int_t
ngx_xd_tokens(ngx_conf_t *cf, ngx_xd_tokens_t *tokens)
{
    ngx_http_xd_main_conf_t *mcf;

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_xd_module);
    if (mcf->registry == NULL) {
        return NGX_OK;
    }

    tokens->credentials = xd_registry_credentials(mcf->registry);

    if (ngx_xd_memo(cf, &tokens->verdicts, VERDICTS_ZONE, VERDICTS_SIZE,
            sizeof(verdict_t))
            != NGX_OK
        || ngx_xd_memo(cf, &tokens->used, USED_ZONE, USED_SIZE, 0) != NGX_OK)
    {
        return NGX_ERROR;
    }

    return load_keys(cf, tokens);
}


/* -- verdicts -------------------------------------------------------------- */


/* What a new token is held to. */
static xd_token_fault_t
judge(ngx_http_request_t *r, const ngx_xd_tokens_t *tokens, xd_str_t token,
    const xd_issuer_t **issuer, xd_claims_t *claims)
{
    xd_arena_t *scratch = ngx_xd_main(r)->scratch;
    xd_claims_policy_t policy;
    xd_token_fault_t fault;
    xd_jws_t jws;
    xd_str_t name;

    fault = xd_jws_read(scratch, token, 0, &jws);
    if (fault != XD_TOKEN_GOOD) {
        return fault;
    }

    name = xd_jws_issuer(scratch, &jws);
    if (name.ptr == NULL) {
        return XD_TOKEN_CLAIMS;
    }

    *issuer = xd_issuer_find(tokens->credentials, name);
    if (*issuer == NULL) {
        return XD_TOKEN_ISSUER;
    }

    fault = xd_jws_verify(&jws, tokens->keys[(*issuer)->number]);
    if (fault != XD_TOKEN_GOOD) {
        return fault;
    }

    policy = (xd_claims_policy_t){ .issuer = (*issuer)->name,
        .audiences = XD_AT(&(*issuer)->audiences, xd_str_t, 0),
        .naudiences = (*issuer)->audiences.count,
        .type = (*issuer)->type,
        .now = ngx_time(),
        .leeway = (*issuer)->leeway,
        .life_max = (*issuer)->life };

    return xd_claims_read(scratch, &jws, &policy, claims);
}


/* A token that is good for one call: from now on it was used. */
static int
use_up(const ngx_xd_tokens_t *tokens, const xd_issuer_t *issuer,
    const xd_claims_t *claims)
{
    uint8_t key[NGX_XD_MEMO_KEY];
    ngx_int_t rc;

    if (claims->jti.len == 0) {
        return XD_TOKEN_CLAIMS;
    }

    xd_hmac_sha256(issuer->name, claims->jti, key);
    rc = ngx_xd_memo_put(&tokens->used, key, ngx_time(),
        claims->exp + issuer->leeway, "", 0);

    return rc == NGX_OK         ? XD_TOKEN_GOOD
           : rc == NGX_DECLINED ? NGX_XD_TOKEN_AGAIN
                                : NGX_XD_TOKEN_FULL;
}


static void
remember(const ngx_xd_tokens_t *tokens, const uint8_t *key,
    const xd_issuer_t *issuer, const xd_claims_t *claims,
    const ngx_xd_token_t *token)
{
    verdict_t v = { .party = (uint32_t) token->party->number,
        .scoped = token->scope.ptr != NULL,
        .scope_len = (uint16_t) token->scope.len,
        .bound = token->x5t.ptr != NULL };

    if (issuer->once || token->scope.len > SCOPE_MAX
        || (v.bound && token->x5t.len != XD_THUMBPRINT_LEN))
    {
        return;
    }

    if (v.scoped) {
        ngx_memcpy(v.scope, token->scope.ptr, token->scope.len);
    }

    if (v.bound) {
        ngx_memcpy(v.x5t, token->x5t.ptr, XD_THUMBPRINT_LEN);
    }

    (void) ngx_xd_memo_put(&tokens->verdicts, key, ngx_time(),
        claims->exp + issuer->leeway, &v, 1);
}


static ngx_int_t
keep(ngx_pool_t *pool, xd_str_t *text)
{
    ngx_str_t copy;

    if (text->ptr == NULL) {
        return NGX_OK;
    }

    copy = ngx_xd_dup(pool, *text);
    *text = ngx_xd_to_str(copy);

    return copy.data != NULL ? NGX_OK : NGX_ERROR;
}


static int
verify_new(ngx_http_request_t *r, const ngx_xd_tokens_t *tokens, xd_str_t token,
    const uint8_t *key, ngx_xd_token_t *out)
{
    const xd_issuer_t *issuer = NULL;
    const xd_node_t *name;
    xd_claims_t claims;
    int fault;

    fault = (int) judge(r, tokens, token, &issuer, &claims);
    if (fault != XD_TOKEN_GOOD) {
        return fault;
    }

    name = xd_get_str(claims.tree, issuer->claim);
    out->party =
        name != NULL && name->kind == XD_STRING
            ? xd_credentials_token(tokens->credentials, issuer, name->text)
            : NULL;
    if (out->party == NULL) {
        return NGX_XD_TOKEN_STRANGER;
    }

    out->scope = claims.scope;
    out->x5t = claims.x5t;

    if (issuer->once) {
        fault = use_up(tokens, issuer, &claims);
        if (fault != XD_TOKEN_GOOD) {
            return fault;
        }
    }

    remember(tokens, key, issuer, &claims, out);

    return keep(r->pool, &out->scope) == NGX_OK
                   && keep(r->pool, &out->x5t) == NGX_OK
               ? XD_TOKEN_GOOD
               : XD_TOKEN_MEMORY;
}


/* A verdict that is still good; party is NULL when there is none. */
static int
recall(ngx_http_request_t *r, const ngx_xd_tokens_t *tokens, const uint8_t *key,
    ngx_xd_token_t *out)
{
    verdict_t v;

    if (ngx_xd_memo_get(&tokens->verdicts, key, ngx_time(), &v) != NGX_OK) {
        return XD_TOKEN_GOOD;
    }

    out->party = xd_registry_nth(ngx_xd_main(r)->registry, v.party);
    out->cached = 1;

    if (v.scoped) {
        out->scope = (xd_str_t){ v.scope, v.scope_len };
    }

    if (v.bound) {
        out->x5t = (xd_str_t){ v.x5t, sizeof(v.x5t) };
    }

    return keep(r->pool, &out->scope) == NGX_OK
                   && keep(r->pool, &out->x5t) == NGX_OK
               ? XD_TOKEN_GOOD
               : XD_TOKEN_MEMORY;
}


int
ngx_xd_tokens_verify(ngx_http_request_t *r, const ngx_xd_tokens_t *tokens,
    xd_str_t token, ngx_xd_token_t *out)
{
    uint8_t key[NGX_XD_MEMO_KEY];
    int fault;

    ngx_memzero(out, sizeof(*out));
    if (token.len > XD_TOKEN_MAX) {
        return XD_TOKEN_LONG;
    }

    xd_mac_sha256(tokens->epoch, token, key);
    fault = recall(r, tokens, key, out);

    if (fault == XD_TOKEN_GOOD && out->party == NULL) {
        fault = verify_new(r, tokens, token, key, out);
        xd_arena_reset(ngx_xd_main(r)->scratch);
    }

    return fault;
}


const char *
ngx_xd_token_text(int fault)
{
    switch (fault) {
    case NGX_XD_TOKEN_STRANGER:
        return "caller unknown";
    case NGX_XD_TOKEN_AGAIN:
        return "token used before";
    case NGX_XD_TOKEN_FULL:
        return "no room";
    default:
        return xd_token_text((xd_token_fault_t) fault);
    }
}
