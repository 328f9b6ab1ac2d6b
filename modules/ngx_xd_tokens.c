/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd_tokens.h"
#include "crypt/digest.h"

#define VERDICTS_ZONE "xd_verdicts_2"
#define VERDICTS_SIZE (4 * 1024 * 1024) /* some 9,000 tokens */
#define USED_ZONE     "xd_used_1"
#define USED_SIZE     (4 * 1024 * 1024) /* some 100,000 nonces */
#define SCOPE_MAX     320               /* longer ones are verified each time */

/* What a verdict's entry carries.  Numbers are those of the registry whose
 * hash is part of the entry's key. */
typedef struct {
    uint64_t generation; /* of the issuer's keys */
    uint32_t party;
    uint16_t issuer;
    uint16_t scope_len;
    uint8_t scoped; /* its scope is known, be it empty */
    uint8_t bound;
    char x5t[XD_THUMBPRINT_LEN];
    char scope[SCOPE_MAX];
} verdict_t;


/* -- configuration time ---------------------------------------------------- */


/*
 * What a verdict is good under: this registry, whose party numbers it holds,
 * and these keys, whose files are no part of the registry's hash.  A key that
 * is gone takes its verdicts along.  Those of sets that are fetched carry
 * their set's generation instead.
 */
static xd_mac_t *
epoch_of(const ngx_http_xd_main_conf_t *mcf, ngx_xd_tokens_t *tokens)
{
    const xd_jwks_t *set;
    xd_buf_t text = { 0 };
    xd_mac_t *mac = NULL;
    uint64_t generation;
    size_t n, i;

    xd_buf_text(&text, mcf->conf->hash);

    for (n = 0; xd_issuer_nth(tokens->credentials, n) != NULL; n++) {
        set = ngx_xd_keysets_of(&tokens->keysets, n, &generation);

        for (i = 0; set != NULL && i < set->nkeys; i++) {
            xd_buf_fmt(&text, " %zu %d %s", n,
                (int) xd_key_alg(set->keys[i].key), set->keys[i].thumbprint);
        }
    }

    if (xd_buf_rc(&text) == XD_OK) {
        mac = xd_mac_new(tokens->keysets.arena, xd_buf_str(&text));
    }

    xd_buf_free(&text);

    return mac;
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

    if (ngx_xd_keysets(cf, &tokens->keysets, tokens->credentials) != NGX_OK) {
        return NGX_ERROR;
    }

    tokens->epoch = epoch_of(mcf, tokens);

    return tokens->epoch != NULL ? NGX_OK : NGX_ERROR;
}


/* -- verdicts -------------------------------------------------------------- */


/* What a new token is held to. */
static int
judge(ngx_http_request_t *r, ngx_xd_tokens_t *tokens, xd_str_t token,
    ngx_xd_judged_t *out)
{
    xd_arena_t *scratch = ngx_xd_main(r)->scratch;
    xd_claims_policy_t policy;
    const xd_issuer_t *issuer;
    const xd_jwks_t *keys;
    xd_jws_t jws;
    xd_str_t name;
    int fault;

    fault = (int) xd_jws_read(scratch, token, 0, &jws);
    if (fault != XD_TOKEN_GOOD) {
        return fault;
    }

    name = xd_jws_issuer(scratch, &jws);
    if (name.ptr == NULL) {
        return XD_TOKEN_CLAIMS;
    }

    issuer = xd_issuer_find(tokens->credentials, name);
    if (issuer == NULL || issuer->client.ptr != NULL) {
        return XD_TOKEN_ISSUER;
    }

    keys =
        ngx_xd_keysets_of(&tokens->keysets, issuer->number, &out->generation);
    if (keys == NULL) {
        return NGX_XD_TOKEN_KEYLESS;
    }

    fault = (int) xd_jws_verify(&jws, keys);
    if (fault == XD_TOKEN_KEY) {
        ngx_xd_keysets_ask(&tokens->keysets, issuer->number);
    }

    if (fault != XD_TOKEN_GOOD) {
        return fault;
    }

    out->issuer = issuer;
    policy = (xd_claims_policy_t){ .issuer = issuer->name,
        .audiences = XD_AT(&issuer->audiences, xd_str_t, 0),
        .naudiences = issuer->audiences.count,
        .type = issuer->type,
        .now = ngx_time(),
        .leeway = issuer->leeway,
        .life_max = issuer->life };

    fault = (int) xd_claims_read(scratch, &jws, &policy, &out->claims);
    out->until = out->claims.exp + issuer->leeway;

    return fault;
}


/* A token that is good for one call: from now on it was used. */
static int
use_up(const ngx_xd_tokens_t *tokens, const ngx_xd_judged_t *judged)
{
    const xd_issuer_t *issuer = judged->issuer;
    const xd_claims_t *claims = &judged->claims;
    uint8_t key[NGX_XD_MEMO_KEY];
    ngx_int_t rc;

    if (claims->jti.len == 0) {
        return XD_TOKEN_CLAIMS;
    }

    xd_hmac_sha256(issuer->name, claims->jti, key);
    rc = ngx_xd_memo_put(&tokens->used, key, ngx_time(), judged->until, "", 0);

    return rc == NGX_OK         ? XD_TOKEN_GOOD
           : rc == NGX_DECLINED ? NGX_XD_TOKEN_AGAIN
                                : NGX_XD_TOKEN_FULL;
}


static void
remember(const ngx_xd_tokens_t *tokens, const uint8_t *key,
    const ngx_xd_judged_t *judged, const ngx_xd_token_t *token)
{
    const xd_issuer_t *issuer = judged->issuer;
    verdict_t v = { .generation = judged->generation,
        .issuer = (uint16_t) issuer->number,
        .party = (uint32_t) token->party->number,
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

    (void) ngx_xd_memo_put(&tokens->verdicts, key, ngx_time(), judged->until,
        &v, 1);
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


int
ngx_xd_tokens_accept(ngx_http_request_t *r, const ngx_xd_tokens_t *tokens,
    const uint8_t key[NGX_XD_MEMO_KEY], const ngx_xd_judged_t *judged,
    ngx_xd_token_t *out)
{
    const xd_claims_t *claims = &judged->claims;
    const xd_node_t *name = xd_get_str(claims->tree, judged->issuer->claim);
    int fault;

    if (claims->iat < judged->issuer->issued_after) {
        return NGX_XD_TOKEN_REVOKED;
    }

    out->party = name != NULL && name->kind == XD_STRING
                     ? xd_credentials_token(tokens->credentials, judged->issuer,
                         name->text)
                     : NULL;
    if (out->party == NULL) {
        return NGX_XD_TOKEN_STRANGER;
    }

    out->scope = claims->scope;
    out->x5t = claims->x5t;

    if (judged->issuer->once) {
        fault = use_up(tokens, judged);
        if (fault != XD_TOKEN_GOOD) {
            return fault;
        }
    }

    remember(tokens, key, judged, out);

    return keep(r->pool, &out->scope) == NGX_OK
                   && keep(r->pool, &out->x5t) == NGX_OK
               ? XD_TOKEN_GOOD
               : XD_TOKEN_MEMORY;
}


/* Without the keys, or under others, nothing that was said holds.  Who is
 * asked has none: there only time ends it. */
static ngx_uint_t
still_holds(ngx_xd_tokens_t *tokens, const verdict_t *v, ngx_uint_t asked)
{
    const xd_issuer_t *issuer = xd_issuer_nth(tokens->credentials, v->issuer);
    uint64_t generation;

    if (asked || issuer->client.ptr != NULL) {
        return asked && issuer->client.ptr != NULL;
    }

    return ngx_xd_keysets_of(&tokens->keysets, v->issuer, &generation) != NULL
           && generation == v->generation;
}


int
ngx_xd_tokens_recall(ngx_http_request_t *r, ngx_xd_tokens_t *tokens,
    xd_str_t token, uint8_t key[NGX_XD_MEMO_KEY], ngx_xd_token_t *out)
{
    verdict_t v;

    xd_mac_sha256(tokens->epoch, token, key);

    if (ngx_xd_memo_get(&tokens->verdicts, key, ngx_time(), &v) != NGX_OK
        || !still_holds(tokens, &v, out->asked))
    {
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
ngx_xd_tokens_verify(ngx_http_request_t *r, ngx_xd_tokens_t *tokens,
    xd_str_t token, ngx_xd_token_t *out)
{
    ngx_xd_judged_t judged = { .issuer = NULL };
    uint8_t key[NGX_XD_MEMO_KEY];
    int fault;

    ngx_memzero(out, sizeof(*out));
    if (token.len > XD_TOKEN_MAX) {
        return XD_TOKEN_LONG;
    }

    fault = ngx_xd_tokens_recall(r, tokens, token, key, out);
    if (fault != XD_TOKEN_GOOD || out->party != NULL) {
        return fault;
    }

    fault = judge(r, tokens, token, &judged);
    if (fault == XD_TOKEN_GOOD) {
        fault = ngx_xd_tokens_accept(r, tokens, key, &judged, out);
    }

    xd_arena_reset(ngx_xd_main(r)->scratch);

    return fault;
}


const char *
ngx_xd_token_text(int fault)
{
    switch (fault) {
    case NGX_XD_TOKEN_STRANGER:
        return "caller unknown";
    case NGX_XD_TOKEN_REVOKED:
        return "token taken back";
    case NGX_XD_TOKEN_AGAIN:
        return "token used before";
    case NGX_XD_TOKEN_FULL:
        return "no room";
    case NGX_XD_TOKEN_KEYLESS:
        return "keys not here";
    default:
        return xd_token_text((xd_token_fault_t) fault);
    }
}
