/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_IDENTIFY_H
#define NGX_XD_IDENTIFY_H

#include "ngx_xd_asked.h"
#include "ngx_xd_signed.h"

/* What all locations share. */
typedef struct {
    ngx_xd_tokens_t tokens;
    ngx_xd_asked_t asked;
    ngx_xd_signers_t signers;
    ngx_int_t failures;     /* that an address may have at once; 0: any */
    ngx_msec_t failures_ms; /* in which as many are forgotten */
} ngx_xd_identities_t;

extern ngx_module_t ngx_http_xd_auth_module; /* its main configuration */


/* What one location takes; one of them is enough. */
typedef struct {
    ngx_uint_t proofs; /* bits, by ngx_xd_proof_t */
    const ngx_xd_signing_t *signing;
    const xd_hook_t *hook; /* whose webhooks come in here */
} ngx_xd_accepted_t;


/*
 * ngx_xd_identify - who calls, by what was brought
 *
 * NGX_OK with record->party, ->proof and ->scope; NGX_DONE or NGX_AGAIN: to
 * be called again, with the body or an issuer's answer; else the status of the
 * refusal, its challenge already among the headers.
 */
ngx_int_t ngx_xd_identify(ngx_http_request_t *r, ngx_xd_request_t *record,
    ngx_xd_identities_t *all, const ngx_xd_accepted_t *accepted);

/* What was signed of the body, when it is here: as ngx_xd_identify. */
ngx_int_t ngx_xd_identify_body(ngx_http_request_t *r, ngx_xd_request_t *record,
    const ngx_xd_identities_t *all, const ngx_xd_accepted_t *accepted);

/*
 * ngx_xd_challenge - refuse, and say what would be taken here
 *
 *   error   what stands behind the realm of Bearer: "", or from a comma on
 *   detail  for the problem; NULL: its row's
 *
 * Standard: RFC 9110 section 11.6.1, RFC 6750 section 3.
 */
ngx_int_t ngx_xd_challenge(ngx_http_request_t *r,
    const ngx_xd_accepted_t *accepted, ngx_xd_problem_id_t id,
    const char *error, const char *detail);

#endif
