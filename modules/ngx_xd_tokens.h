/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_TOKENS_H
#define NGX_XD_TOKENS_H

#include "ngx_xd_keysets.h"
#include "ngx_xd_memo.h"
#include "auth/token.h"

/*
 * Tokens of the issuers of the registry: their keys, and the verdicts on
 * tokens that were verified already, which all workers share.
 */

typedef struct {
    const xd_credentials_t *credentials;
    ngx_xd_keysets_t keysets;
    xd_mac_t *epoch; /* over tokens: under this configuration's hash */
    ngx_xd_memo_t verdicts;
    ngx_xd_memo_t used; /* tokens that are good for one call, and nonces */
} ngx_xd_tokens_t;

/* What a token proved. */
typedef struct {
    const xd_party_t *party;
    xd_str_t scope; /* .ptr NULL: it says nothing of scopes */
    xd_str_t x5t;   /* the certificate that it is bound to, or .ptr NULL */
    ngx_uint_t cached;
    ngx_uint_t asked; /* its issuer was, and it is not signed */
} ngx_xd_token_t;

/* Why a token was not taken, beside what xd_token_fault_t knows. */
typedef enum {
    NGX_XD_TOKEN_STRANGER = XD_TOKEN_FAULTS, /* good, and no party's */
    NGX_XD_TOKEN_AGAIN,                      /* of one call, and used */
    NGX_XD_TOKEN_REVOKED, /* issued before a day that the registry names */
    NGX_XD_TOKEN_FULL,    /* ours: no room to remember that it was used */
    NGX_XD_TOKEN_KEYLESS, /* ours: its issuer's word is not here */
    NGX_XD_TOKEN_ASKED,   /* none: its issuer has not answered yet */
} ngx_xd_token_fault_t;

/* Reads the key files, looks hosts up and makes the zones, at configuration
 * time; faults are logged.  Without xd_registry nothing is made. */
ngx_int_t ngx_xd_tokens(ngx_conf_t *cf, ngx_xd_tokens_t *tokens);

/*
 * ngx_xd_tokens_verify - whose token this is
 *
 *   token  as sent
 *   out    points into the pool
 *
 * XD_TOKEN_GOOD, or why not.  A binding is not looked at: the caller holds it
 * against the connection each time.
 */
int ngx_xd_tokens_verify(ngx_http_request_t *r, ngx_xd_tokens_t *tokens,
    xd_str_t token, ngx_xd_token_t *out);

/* What is known of a token that was judged to be good. */
typedef struct {
    const xd_issuer_t *issuer;
    uint64_t generation; /* of the keys that it was judged by */
    time_t until;        /* when the verdict ends */
    xd_claims_t claims;
} ngx_xd_judged_t;

/* Whose it is, and remembers it under that key.  XD_TOKEN_GOOD, or why not. */
int ngx_xd_tokens_accept(ngx_http_request_t *r, const ngx_xd_tokens_t *tokens,
    const uint8_t key[NGX_XD_MEMO_KEY], const ngx_xd_judged_t *judged,
    ngx_xd_token_t *out);

/*
 * ngx_xd_tokens_recall - what was said of a token before
 *
 *   out  ->asked tells which kind of verdict is meant: a token that an issuer
 *        was asked about is none that was verified.  ->party is NULL when
 *        nothing was said
 *   key  becomes that of its verdict
 */
int ngx_xd_tokens_recall(ngx_http_request_t *r, ngx_xd_tokens_t *tokens,
    xd_str_t token, uint8_t key[NGX_XD_MEMO_KEY], ngx_xd_token_t *out);

/* Fit for error_description. */
const char *ngx_xd_token_text(int fault);

#endif
