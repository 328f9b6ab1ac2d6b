/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd_asked.h"
#include "base/base64.h"
#include "base/file.h"

#define ANSWER_MOST (32 * 1024)
#define ANSWER_MS   5000
#define ASKING_MOST 256 /* of one worker: more would only wait longer */

/* A question; lives in the pool of the request that waits for it. */
struct ngx_xd_ask_s {
    ngx_http_request_t *request;
    ngx_xd_asked_t *asked;
    ngx_xd_tokens_t *tokens;
    uint8_t key[NGX_XD_MEMO_KEY]; /* of the verdict */
    ngx_xd_fetch_t *fetch;        /* NULL: answered */
    int fault;
    ngx_xd_token_t token;
    unsigned starting : 1; /* nothing waits yet */
};


/* -- configuration time ---------------------------------------------------- */


/* As a form writes it. */
static ngx_str_t
escape(ngx_pool_t *pool, xd_str_t text)
{
    u_char *from = (u_char *) (uintptr_t) text.ptr;
    ngx_str_t out = ngx_null_string;
    size_t more;

    more = 2
           * (size_t) ngx_escape_uri(NULL, from, text.len,
               NGX_ESCAPE_URI_COMPONENT);

    out.data = ngx_pnalloc(pool, text.len + more + 1);
    if (out.data != NULL) {
        (void) ngx_escape_uri(out.data, from, text.len,
            NGX_ESCAPE_URI_COMPONENT);
        out.len = text.len + more;
    }

    return out;
}


/* RFC 6749 section 2.3.1: both parts as in a form, then Basic. */
static ngx_str_t
basic(ngx_conf_t *cf, xd_str_t client, xd_str_t secret)
{
    ngx_str_t name = escape(cf->pool, client), word = escape(cf->pool, secret);
    ngx_str_t out = ngx_null_string;
    xd_buf_t pair = { 0 }, text = { 0 };

    if (name.data != NULL && word.data != NULL) {
        xd_buf_add(&pair, ngx_xd_to_str(name));
        xd_buf_byte(&pair, ':');
        xd_buf_add(&pair, ngx_xd_to_str(word));
        xd_base64_write(&text, xd_buf_str(&pair), XD_BASE64);

        if (xd_buf_rc(&pair) == XD_OK && xd_buf_rc(&text) == XD_OK) {
            out = ngx_xd_dup(cf->pool, xd_buf_str(&text));
        }
    }

    xd_buf_free(&pair);
    xd_buf_free(&text);

    return out;
}


static ngx_int_t
fail(ngx_conf_t *cf, const xd_issuer_t *issuer, const char *why)
{
    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
        "xd_registry: the issuer \"%*s\" cannot be asked: %s", issuer->id.len,
        issuer->id.ptr, why);

    return NGX_ERROR;
}


static ngx_int_t
make_head(ngx_conf_t *cf, ngx_xd_asked_t *asked, xd_str_t secret)
{
    ngx_str_t word = basic(cf, asked->issuer->client, secret);
    xd_buf_t text = { 0 };

    if (word.data == NULL) {
        return NGX_ERROR;
    }

    /* Not by ngx_xd_fmt: a secret may be longer than its kilobyte. */
    xd_buf_fmt(&text,
        "POST %.*s HTTP/1.1\r\n"
        "Host: %.*s\r\n"
        "Authorization: Basic %.*s\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        "Accept: application/json\r\n"
        "Accept-Encoding: identity\r\n"
        "User-Agent: crossdock\r\n"
        "Connection: close\r\n"
        "Content-Length: ",
        (int) asked->source.uri.len, (char *) asked->source.uri.data,
        (int) asked->source.authority.len,
        (char *) asked->source.authority.data, (int) word.len,
        (char *) word.data);

    if (xd_buf_rc(&text) == XD_OK) {
        asked->head = ngx_xd_dup(cf->pool, xd_buf_str(&text));
    }

    xd_buf_free(&text);

    return asked->head.data != NULL ? NGX_OK : NGX_ERROR;
}


ngx_int_t
ngx_xd_asked(ngx_conf_t *cf, ngx_xd_asked_t *asked,
    const xd_credentials_t *credentials)
{
    const xd_issuer_t *issuer = xd_issuer_asked(credentials);
    xd_arena_t *arena;
    xd_str_t path, secret;
    xd_rc_t rc = XD_E_MEMORY;
    ngx_int_t done = NGX_ERROR;
    char *err;

    if (issuer == NULL) {
        return NGX_OK;
    }

    asked->issuer = issuer;
    err = ngx_xd_source(cf, issuer->url, issuer->ca, &asked->source);
    if (err != NGX_CONF_OK) {
        return fail(cf, issuer, err);
    }

    asked->source.most = ANSWER_MOST;
    asked->source.ms = ANSWER_MS;
    asked->source.patient = 1;

    arena = xd_arena_new(0);
    path = arena != NULL ? xd_dup(arena, issuer->secret) : XD_STR_NONE;
    if (path.ptr != NULL) {
        rc = xd_file_secret(arena, path.ptr, &secret);
    }

    done = rc == XD_OK ? make_head(cf, asked, secret)
                       : fail(cf, issuer, xd_rc_text(rc));
    xd_arena_free(arena);

    return done;
}


/* -- a question ------------------------------------------------------------ */


/* What was answered is a verdict like that on a signed token, but for how
 * long it is remembered. */
static int
judge(ngx_xd_ask_t *ask, xd_str_t body)
{
    const xd_issuer_t *issuer = ask->asked->issuer;
    xd_claims_policy_t policy = { .issuer = issuer->name,
        .audiences = XD_AT(&issuer->audiences, xd_str_t, 0),
        .naudiences = issuer->audiences.count,
        .now = ngx_time(),
        .leeway = issuer->leeway,
        .life_max = 0 };
    ngx_xd_judged_t judged = { .issuer = issuer,
        .until = ngx_time() + issuer->ttl };
    int fault;

    fault = (int) xd_introspection_read(ngx_xd_main(ask->request)->scratch,
        body, &policy, &judged.claims);

    if (fault == XD_TOKEN_CLAIMS) {
        return NGX_XD_TOKEN_KEYLESS;
    }

    if (fault != XD_TOKEN_GOOD) {
        return fault;
    }

    if (judged.claims.exp != 0) {
        judged.until =
            ngx_min(judged.until, judged.claims.exp + issuer->leeway);
    }

    return ngx_xd_tokens_accept(ask->request, ask->tokens, ask->key, &judged,
        &ask->token);
}


static void
on_answer(void *ctx, xd_str_t body, const char *why)
{
    ngx_xd_ask_t *ask = ctx;
    ngx_http_request_t *r = ask->request;
    ngx_connection_t *c = r->connection;

    ask->fetch = NULL;
    ask->asked->asking--;

    if (body.ptr == NULL) {
        ngx_log_error(NGX_LOG_WARN, c->log, 0,
            "xd: the answer about a token %s", why);
        ask->fault = NGX_XD_TOKEN_KEYLESS;
    } else {
        ask->fault = judge(ask, body);
        xd_arena_reset(ngx_xd_main(r)->scratch);
    }

    if (ask->starting) {
        return;
    }

    /* The phases go on where they stopped; r may be gone behind this. */
    ngx_http_set_log_request(c->log, r);
    r->read_event_handler = ngx_http_block_reading;
    r->write_event_handler = ngx_http_core_run_phases;
    ngx_http_core_run_phases(r);
    ngx_http_run_posted_requests(c);
}


/* The request is gone, perhaps before its answer came. */
static void
forget(void *data)
{
    ngx_xd_ask_t *ask = data;

    if (ask->fetch != NULL) {
        ngx_xd_fetch_cancel(ask->fetch);
        ask->fetch = NULL;
        ask->asked->asking--;
    }
}


static ngx_int_t
make_question(ngx_pool_t *pool, const ngx_xd_asked_t *asked, xd_str_t token,
    ngx_str_t *out)
{
    ngx_str_t text = escape(pool, token);
    xd_buf_t b = { 0 };

    if (text.data == NULL) {
        return NGX_ERROR;
    }

    xd_buf_add(&b, ngx_xd_to_str(asked->head));
    xd_buf_fmt(&b,
        "%zu\r\n\r\n"
        "token_type_hint=access_token&token=",
        text.len + sizeof("token_type_hint=access_token&token=") - 1);
    xd_buf_add(&b, ngx_xd_to_str(text));

    *out =
        ngx_xd_dup(pool, xd_buf_rc(&b) == XD_OK ? xd_buf_str(&b) : XD_STR(""));
    xd_buf_free(&b);

    return out->len != 0 ? NGX_OK : NGX_ERROR;
}


static ngx_xd_ask_t *
ask_new(ngx_http_request_t *r, ngx_xd_asked_t *asked, ngx_xd_tokens_t *tokens)
{
    ngx_pool_cleanup_t *cln = ngx_pool_cleanup_add(r->pool, 0);
    ngx_xd_ask_t *ask = ngx_pcalloc(r->pool, sizeof(*ask));

    if (cln == NULL || ask == NULL) {
        return NULL;
    }

    cln->handler = forget;
    cln->data = ask;
    ask->request = r;
    ask->asked = asked;
    ask->tokens = tokens;
    ask->starting = 1;

    return ask;
}


/* Nothing to do until the answer comes, but to see that the client leaves. */
static void
wait_for_answer(ngx_http_request_t *r)
{
    ngx_event_t *rev = r->connection->read;

    if (rev->ready) {
        ngx_post_event(rev, &ngx_posted_events);
    } else if (ngx_handle_read_event(rev, 0) != NGX_OK) {
        return; /* the answer comes all the same */
    }

    r->read_event_handler = ngx_http_test_reading;
    r->write_event_handler = ngx_http_request_empty_handler;
}


static int
start(ngx_http_request_t *r, ngx_xd_ask_t *ask, xd_str_t token)
{
    ngx_str_t question;

    if (make_question(r->pool, ask->asked, token, &question) != NGX_OK) {
        return XD_TOKEN_MEMORY;
    }

    ask->asked->asking++;
    ask->fetch = ngx_xd_fetch(&ask->asked->source, &question, ngx_cycle->log,
        on_answer, ask);
    ask->starting = 0;

    if (ask->fetch == NULL) {
        return ask->fault;
    }

    wait_for_answer(r);

    return NGX_XD_TOKEN_ASKED;
}


int
ngx_xd_asked_verify(ngx_http_request_t *r, ngx_xd_request_t *record,
    ngx_xd_asked_t *asked, ngx_xd_tokens_t *tokens, xd_str_t token,
    ngx_xd_token_t *out)
{
    ngx_xd_ask_t *ask = record->ask;
    uint8_t key[NGX_XD_MEMO_KEY];
    int fault;

    if (ask != NULL) {
        *out = ask->token;
        return ask->fetch != NULL ? (int) NGX_XD_TOKEN_ASKED : ask->fault;
    }

    ngx_memzero(out, sizeof(*out));
    if (token.len == 0 || token.len > XD_TOKEN_MAX) {
        return XD_TOKEN_FORM;
    }

    out->asked = 1;
    fault = ngx_xd_tokens_recall(r, tokens, token, key, out);
    if (fault != XD_TOKEN_GOOD || out->party != NULL) {
        return fault;
    }

    if (asked->asking >= ASKING_MOST) {
        return NGX_XD_TOKEN_KEYLESS;
    }

    ask = ask_new(r, asked, tokens);
    if (ask == NULL) {
        return XD_TOKEN_MEMORY;
    }

    ngx_memcpy(ask->key, key, sizeof(key));
    record->ask = ask;
    fault = start(r, ask, token);
    *out = ask->token;

    return fault;
}
