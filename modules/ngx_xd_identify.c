/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd_identify.h"
#include "ngx_xd_addresses.h"
#include "ngx_xd_certificate.h"
#include "ngx_xd_metrics.h"
#include "base/clock.h"
#include "crypt/digest.h"

#define SALT 0x6661696c75726573 /* of failures, among what addresses have */


#define BEARER                                                                 \
    (1u << NGX_XD_BY_KEY | 1u << NGX_XD_BY_TOKEN | 1u << NGX_XD_BY_OPAQUE)


/* A 401 needs a challenge, also where nothing of RFC 6750 is taken: then it
 * names what is, and error has no place. */
ngx_int_t
ngx_xd_challenge(ngx_http_request_t *r, const ngx_xd_accepted_t *accepted,
    ngx_xd_problem_id_t id, const char *error, const char *detail)
{
    ngx_uint_t signature = accepted->proofs & 1u << NGX_XD_BY_SIGNATURE;
    ngx_str_t value;

    if (accepted->proofs & BEARER) {
        value = ngx_xd_fmt(r->pool, "Bearer realm=\"api\"%s", error);
    } else {
        value = ngx_xd_fmt(r->pool, "%s realm=\"api\"",
            signature                                        ? "Signature"
            : accepted->proofs & 1u << NGX_XD_BY_CERTIFICATE ? "Certificate"
                                                             : "Webhook");
    }

    if (value.data == NULL
        || ngx_xd_header_add(r, "WWW-Authenticate", value) != NGX_OK
        || (signature
            && ngx_xd_header_add(r, "Accept-Signature",
                   accepted->signing->accept)
                   != NGX_OK))
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return detail == NULL ? ngx_xd_refuse(r, id, NULL)
                          : ngx_xd_refuse(r, id, "%s", detail);
}


static void
count(ngx_http_request_t *r, ngx_xd_proof_t proof, ngx_xd_proved_t how)
{
    (void) ngx_atomic_fetch_add(&ngx_xd_main(r)->metrics->proved[proof][how],
        1);
}


/* -- failures of an address ------------------------------------------------ */


static ngx_xd_bucket_t
bucket_of(ngx_http_request_t *r, const ngx_xd_identities_t *all)
{
    int64_t unit = (int64_t) all->failures_ms * 1000000 / all->failures;

    return (ngx_xd_bucket_t){ .kind = NGX_XD_RATE,
        .unit = unit,
        .most = unit * all->failures,
        .at.tat = ngx_xd_address_cell(ngx_xd_main(r)->addresses, SALT,
            r->connection->sockaddr) };
}


/*
 * Who has failed too often is not even tried: else the answer would tell
 * whether the guess was good.  What is refused here is not counted, so the
 * address comes back by itself.
 */
static ngx_int_t
guard(ngx_http_request_t *r, ngx_xd_request_t *record,
    const ngx_xd_identities_t *all)
{
    ngx_xd_charge_t c = { .mask = 1 };
    ngx_xd_bucket_t b;
    ngx_int_t rc;

    if (all->failures == 0) {
        return NGX_OK;
    }

    b = bucket_of(r, all);
    ngx_xd_look(&b, &c, ngx_xd_mono_ns);
    if (ngx_xd_left(&b, c.level[0]) > 0) {
        return NGX_OK;
    }

    rc = ngx_xd_refuse(r, NGX_XD_P_ABNORMAL_USAGE,
        "Credentials from your address were refused too often.");
    record->retry_after = (ngx_uint_t) ngx_xd_until_free(&b, c.level[0], 1);

    return rc;
}


static void
charge(ngx_http_request_t *r, const ngx_xd_identities_t *all)
{
    ngx_xd_charge_t c = { .mask = 1, .cost = { 1 } };
    ngx_xd_bucket_t b;

    if (all->failures != 0) {
        b = bucket_of(r, all);

        /* Full: others of this address have just filled it. */
        (void) ngx_xd_take(&b, &c, ngx_xd_mono_ns);
    }
}


/* -- what was brought ------------------------------------------------------ */


/* What was brought is not good: why stands in both places for people. */
static ngx_int_t
refuse(ngx_http_request_t *r, const ngx_xd_accepted_t *accepted,
    ngx_xd_proof_t proof, const char *why)
{
    ngx_str_t error = ngx_string(""), detail;

    count(r, proof, NGX_XD_PROVED_REFUSED);

    if (BEARER & 1u << proof) {
        error = ngx_xd_fmt(r->pool,
            ", error=\"invalid_token\", error_description=\"%s\"", why);
    }

    detail = ngx_xd_fmt(r->pool, "Not accepted: %s.", why);

    if (error.data == NULL || detail.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_xd_challenge(r, accepted, NGX_XD_P_INVALID_CREDENTIALS,
        (char *) error.data, (char *) detail.data);
}


static ngx_int_t
by_key(ngx_http_request_t *r, ngx_xd_request_t *record,
    const ngx_xd_accepted_t *accepted, xd_str_t key)
{
    record->party = xd_registry_key(ngx_xd_main(r)->registry, key, xd_now_ms());

    if (record->party == NULL) {
        return refuse(r, accepted, NGX_XD_BY_KEY,
            "key unknown, not yet valid, or expired");
    }

    record->proof = NGX_XD_BY_KEY;
    count(r, NGX_XD_BY_KEY, NGX_XD_PROVED);

    return NGX_OK;
}


/* RFC 8705 section 3: a token that is bound needs its certificate, each time
 * that it is used. */
static ngx_uint_t
is_bound(const ngx_xd_request_t *record, xd_str_t x5t)
{
    return x5t.ptr == NULL
           || (record->certificate != NULL && x5t.len == XD_THUMBPRINT_LEN
               && xd_equal_ct(record->certificate->x5t, x5t.ptr, x5t.len));
}


/* The end of a token, signed or asked about. */
static ngx_int_t
settle(ngx_http_request_t *r, ngx_xd_request_t *record,
    const ngx_xd_accepted_t *accepted, ngx_xd_proof_t proof, int fault,
    const ngx_xd_token_t *token)
{
    if (fault == NGX_XD_TOKEN_KEYLESS) {
        return ngx_xd_refuse(r, NGX_XD_P_AUTHORISATION_UNAVAILABLE, NULL);
    }

    if (fault == XD_TOKEN_MEMORY || fault == NGX_XD_TOKEN_FULL) {
        return ngx_xd_refuse(r, NGX_XD_P_REDUCED_CAPACITY, NULL);
    }

    if (fault == XD_TOKEN_GOOD && !is_bound(record, token->x5t)) {
        fault = XD_TOKEN_BINDING;
    }

    if (fault != XD_TOKEN_GOOD) {
        return refuse(r, accepted, proof, ngx_xd_token_text(fault));
    }

    record->party = token->party;
    record->scope = token->scope;
    record->proof = proof;
    count(r, proof, token->cached ? NGX_XD_PROVED_CACHED : NGX_XD_PROVED);

    return NGX_OK;
}


static ngx_int_t
by_token(ngx_http_request_t *r, ngx_xd_request_t *record,
    ngx_xd_identities_t *all, const ngx_xd_accepted_t *accepted, xd_str_t text)
{
    ngx_xd_token_t token;
    int fault = ngx_xd_tokens_verify(r, &all->tokens, text, &token);

    return settle(r, record, accepted, NGX_XD_BY_TOKEN, fault, &token);
}


static ngx_int_t
by_opaque(ngx_http_request_t *r, ngx_xd_request_t *record,
    ngx_xd_identities_t *all, const ngx_xd_accepted_t *accepted, xd_str_t text)
{
    ngx_xd_token_t token;
    int fault =
        ngx_xd_asked_verify(r, record, &all->asked, &all->tokens, text, &token);

    return fault == NGX_XD_TOKEN_ASKED
               ? NGX_AGAIN
               : settle(r, record, accepted, NGX_XD_BY_OPAQUE, fault, &token);
}


/* RFC 6750 section 2.3: a token in the query, which is never accepted. */
static ngx_uint_t
in_query(ngx_http_request_t *r)
{
    static ngx_str_t name = ngx_string("access_token");
    ngx_str_t value;

    return ngx_http_arg(r, name.data, name.len, &value) == NGX_OK;
}


/* What stands behind "Bearer"; empty for another scheme. */
static xd_str_t
bearer(ngx_str_t header)
{
    static ngx_str_t scheme = ngx_string("bearer ");
    size_t len = scheme.len;

    if (header.len <= len
        || ngx_strncasecmp(header.data, scheme.data, len) != 0) {
        return XD_STR_NONE;
    }

    header.data += len;
    header.len -= len;

    return xd_str_trim(ngx_xd_to_str(header));
}


/* The one rule: a token has two dots or more, a key has fewer. */
static ngx_xd_proof_t
kind_of(xd_str_t text)
{
    ngx_uint_t dots = 0;

    while (text.ptr != NULL && dots < 3) {
        (void) xd_str_cut(&text, '.');
        dots++;
    }

    return dots < 3 ? NGX_XD_BY_KEY : NGX_XD_BY_TOKEN;
}


static ngx_int_t
by_signature(ngx_http_request_t *r, ngx_xd_request_t *record,
    const ngx_xd_identities_t *all, const ngx_xd_accepted_t *accepted)
{
    const xd_signer_t *signer;
    int fault;

    fault = ngx_xd_signed(r, record, &all->signers, accepted->signing, &signer);

    if (fault == XD_SIGNATURE_MEMORY || fault == NGX_XD_SIGNED_FULL) {
        return ngx_xd_refuse(r, NGX_XD_P_REDUCED_CAPACITY, NULL);
    }

    if (fault != XD_SIGNATURE_GOOD) {
        return refuse(r, accepted, NGX_XD_BY_SIGNATURE,
            ngx_xd_signed_text(fault));
    }

    record->party = signer->party;
    record->proof = NGX_XD_BY_SIGNATURE;
    count(r, NGX_XD_BY_SIGNATURE, NGX_XD_PROVED);

    return NGX_OK;
}


/* The body in record->body; NGX_DONE: it is being read. */
static ngx_int_t
body(ngx_http_request_t *r, ngx_xd_request_t *record)
{
    ngx_int_t rc = ngx_xd_body_size(r, r->headers_in.content_length_n);

    if (rc != NGX_OK) {
        return rc;
    }

    if (r->request_body == NULL) {
        return ngx_xd_body_wait(r);
    }

    return ngx_xd_body(r, record) == NGX_OK
               ? ngx_xd_body_size(r, (off_t) record->body.len)
               : NGX_HTTP_INTERNAL_SERVER_ERROR;
}


ngx_int_t
ngx_xd_identify_body(ngx_http_request_t *r, ngx_xd_request_t *record,
    const ngx_xd_identities_t *all, const ngx_xd_accepted_t *accepted)
{
    ngx_int_t rc = body(r, record);
    const char *why;

    if (rc != NGX_OK) {
        return rc;
    }

    why = ngx_xd_seal(r, record);
    if (why != NULL) {
        record->party = NULL;
        charge(r, all);
        return refuse(r, accepted, NGX_XD_BY_SIGNATURE, why);
    }

    record->sealed = 0;

    return NGX_OK;
}


/* The value of the field of that name, and how many there are. */
static ngx_uint_t
find_field(ngx_http_request_t *r, const char *name, xd_str_t *value)
{
    const ngx_list_part_t *part;
    const ngx_table_elt_t *h;
    size_t len = ngx_strlen(name);
    ngx_uint_t i, n = 0;

    for (part = &r->headers_in.headers.part; part != NULL; part = part->next) {
        h = part->elts;

        for (i = 0; i < part->nelts; i++) {
            if (h[i].key.len == len
                && ngx_memcmp(h[i].lowcase_key, name, len) == 0) {
                *value = ngx_xd_to_str(h[i].value);
                n++;
            }
        }
    }

    return n;
}


/* The body is what is signed, so it is read first. */
static ngx_int_t
by_webhook(ngx_http_request_t *r, ngx_xd_request_t *record,
    const ngx_xd_identities_t *all, const ngx_xd_accepted_t *accepted,
    xd_str_t value)
{
    const xd_hook_t *hook = accepted->hook;
    ngx_int_t rc = body(r, record);

    if (rc != NGX_OK) {
        return rc;
    }

    if (!xd_webhook_verify(hook->profile,
            all->signers.keyring.hooks[hook->number],
            ngx_xd_to_str(record->body), value))
    {
        return refuse(r, accepted, NGX_XD_BY_WEBHOOK, "bad signature");
    }

    record->party = hook->party;
    record->proof = NGX_XD_BY_WEBHOOK;
    count(r, NGX_XD_BY_WEBHOOK, NGX_XD_PROVED);

    return NGX_OK;
}


static ngx_int_t
by_certificate(ngx_http_request_t *r, ngx_xd_request_t *record,
    const ngx_xd_accepted_t *accepted)
{
    if (record->certificate->party == NULL) {
        return refuse(r, accepted, NGX_XD_BY_CERTIFICATE,
            "certificate unknown");
    }

    record->party = record->certificate->party;
    record->proof = NGX_XD_BY_CERTIFICATE;
    count(r, NGX_XD_BY_CERTIFICATE, NGX_XD_PROVED);

    return NGX_OK;
}


/* Where tokens that say nothing are taken, one is whatever is no key of ours
 * and, where signed ones are taken too, does not look like them. */
static ngx_xd_proof_t
kind_here(ngx_http_request_t *r, const ngx_xd_accepted_t *accepted,
    xd_str_t text)
{
    ngx_xd_proof_t kind = kind_of(text);

    if ((accepted->proofs & 1u << NGX_XD_BY_OPAQUE) == 0
        || (kind == NGX_XD_BY_TOKEN && (accepted->proofs & 1u << kind)))
    {
        return kind;
    }

    return kind == NGX_XD_BY_KEY && (accepted->proofs & 1u << kind)
                   && xd_registry_key(ngx_xd_main(r)->registry, text,
                          xd_now_ms())
                          != NULL
               ? kind
               : NGX_XD_BY_OPAQUE;
}


/* What a request brings, of what is looked at here. */
typedef struct {
    ngx_uint_t n;
    ngx_xd_proof_t proof; /* of the last */
    xd_str_t text;
} brought_t;


static brought_t
look(ngx_http_request_t *r, const ngx_xd_request_t *record,
    const ngx_xd_accepted_t *accepted)
{
    brought_t b = { .n = record->seen[NGX_XD_H_API_KEY],
        .proof = NGX_XD_BY_KEY,
        .text = ngx_xd_to_str(record->header[NGX_XD_H_API_KEY]) };
    ngx_uint_t n;

    if (record->seen[NGX_XD_H_AUTHORIZATION] != 0) {
        b.n += record->seen[NGX_XD_H_AUTHORIZATION];
        b.text = bearer(record->header[NGX_XD_H_AUTHORIZATION]);
        b.proof = kind_here(r, accepted, b.text);
    }

    if ((accepted->proofs & 1u << NGX_XD_BY_SIGNATURE)
        && record->seen[NGX_XD_H_SIGNATURE]
                   + record->seen[NGX_XD_H_SIGNATURE_INPUT]
               != 0)
    {
        b.n++;
        b.proof = NGX_XD_BY_SIGNATURE;
    }

    if (accepted->proofs & 1u << NGX_XD_BY_WEBHOOK) {
        n = find_field(r, accepted->hook->profile->header, &b.text);
        b.n += n;
        b.proof = n != 0 ? NGX_XD_BY_WEBHOOK : b.proof;
    }

    /* It belongs to the connection: beside something else it may bind a
     * token, and is no second credential. */
    if ((accepted->proofs & 1u << NGX_XD_BY_CERTIFICATE) && b.n == 0
        && record->certificate != NULL)
    {
        b.n = 1;
        b.proof = NGX_XD_BY_CERTIFICATE;
    }

    return b;
}


static ngx_int_t
identify(ngx_http_request_t *r, ngx_xd_request_t *record,
    ngx_xd_identities_t *all, const ngx_xd_accepted_t *accepted)
{
    brought_t b = look(r, record, accepted);

    if (b.n == 0) {
        return ngx_xd_challenge(r, accepted, NGX_XD_P_UNAUTHENTICATED, "",
            NULL);
    }

    if (b.n > 1 || in_query(r)) {
        return ngx_xd_challenge(r, accepted, NGX_XD_P_AMBIGUOUS_CREDENTIALS,
            ", error=\"invalid_request\"", NULL);
    }

    if ((accepted->proofs & 1u << b.proof) == 0) {
        return refuse(r, accepted, b.proof, "not taken here");
    }

    switch (b.proof) {
    case NGX_XD_BY_KEY:
        return by_key(r, record, accepted, b.text);
    case NGX_XD_BY_TOKEN:
        return by_token(r, record, all, accepted, b.text);
    case NGX_XD_BY_OPAQUE:
        return by_opaque(r, record, all, accepted, b.text);
    case NGX_XD_BY_SIGNATURE:
        return by_signature(r, record, all, accepted);
    case NGX_XD_BY_CERTIFICATE:
        return by_certificate(r, record, accepted);
    default:
        return by_webhook(r, record, all, accepted, b.text);
    }
}


/* Who shows one party's certificate and brings another's credential has one
 * of them by theft or mistake. */
static ngx_int_t
compare(ngx_http_request_t *r, ngx_xd_request_t *record,
    const ngx_xd_accepted_t *accepted)
{
    if (record->certificate == NULL || record->certificate->party == NULL
        || record->certificate->party == record->party)
    {
        return NGX_OK;
    }

    record->party = NULL;

    return refuse(r, accepted, record->proof,
        "the certificate is another party's");
}


ngx_int_t
ngx_xd_identify(ngx_http_request_t *r, ngx_xd_request_t *record,
    ngx_xd_identities_t *all, const ngx_xd_accepted_t *accepted)
{
    const ngx_xd_certificate_t *certificate;
    ngx_int_t rc = guard(r, record, all);

    if (rc != NGX_OK) {
        return rc;
    }

    if (ngx_xd_certificate(r, record, &certificate) != NGX_OK) {
        return ngx_xd_refuse(r, NGX_XD_P_REDUCED_CAPACITY, NULL);
    }

    rc = identify(r, record, all, accepted);
    if (rc == NGX_OK) {
        rc = compare(r, record, accepted);
    }

    if (rc != NGX_OK
        && record->problem == &ngx_xd_problems[NGX_XD_P_INVALID_CREDENTIALS])
    {
        charge(r, all);
    }

    return rc;
}
