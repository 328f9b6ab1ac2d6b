/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_SIGNED_H
#define NGX_XD_SIGNED_H

#include "ngx_xd_keyring.h"
#include "ngx_xd_memo.h"
#include "auth/signature.h"

#define NGX_XD_COVER_MAX 16

/* What a location asks of a signed request. */
typedef struct {
    const char *cover[NGX_XD_COVER_MAX + 1]; /* ends with NULL */
    ngx_str_t label, tag;                    /* empty: whichever it is */
    ngx_str_t scheme, authority;             /* as signers see us; empty: as the
                                  * connection says */
    time_t age;                              /* seconds */
    ngx_str_t accept;                        /* the value of Accept-Signature */
} ngx_xd_signing_t;

/* Whose signatures are known, and where nonces are remembered. */
typedef struct {
    const xd_credentials_t *credentials;
    const ngx_xd_memo_t *used;
    ngx_xd_keyring_t keyring;
} ngx_xd_signers_t;

/* What holds without a word of xd_auth_signature; NULL without memory. */
ngx_xd_signing_t *ngx_xd_signing_new(ngx_conf_t *cf);

/* One word of it; NGX_CONF_OK, or the text of what is wrong. */
char *ngx_xd_signing_word(ngx_conf_t *cf, ngx_xd_signing_t *signing,
    ngx_str_t word);

/* Behind the last word: makes signing->accept. */
ngx_int_t ngx_xd_signing_accept(ngx_conf_t *cf, ngx_xd_signing_t *signing);

/* Why a signature was not taken, beside what xd_signature_fault_t knows. */
typedef enum {
    NGX_XD_SIGNED_STRANGER = XD_SIGNATURE_FAULTS, /* no such keyid */
    NGX_XD_SIGNED_AGAIN,                          /* its nonce was used */
    NGX_XD_SIGNED_FULL, /* ours: no room to remember it */
} ngx_xd_signed_fault_t;

/*
 * ngx_xd_signed - who signed this request
 *
 *   signer  becomes the one whose signature is good
 *
 * XD_SIGNATURE_GOOD, and record->sealed: what it covers of the body is held
 * against it by ngx_xd_seal, once it is here.
 */
int ngx_xd_signed(ngx_http_request_t *r, ngx_xd_request_t *record,
    const ngx_xd_signers_t *signers, const ngx_xd_signing_t *signing,
    const xd_signer_t **signer);

/* NULL, or why the body is not the one that was signed. */
const char *ngx_xd_seal(ngx_http_request_t *r, const ngx_xd_request_t *record);

const char *ngx_xd_signed_text(int fault);

#endif
