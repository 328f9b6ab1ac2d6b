/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_AUTH_SIGNATURE_H
#define XD_AUTH_SIGNATURE_H

#include "crypt/key.h"
#include "format/field.h"

/* One line of a header; name in any case, value as received. */
typedef struct {
    xd_str_t name, value;
} xd_http_field_t;

/* What a signature may cover.  target is the request target as received,
 * neither decoded nor normalised: "/path?query" or absolute. */
typedef struct xd_http_message_s xd_http_message_t;
struct xd_http_message_s {
    xd_str_t method, scheme, authority, target;
    int status; /* of a response; 0: this is a request */
    const xd_http_field_t *fields;
    size_t nfields;
    const xd_http_field_t *trailers;
    size_t ntrailers;
    const xd_http_message_t *request; /* of a response, for ;req; or NULL */
};

typedef enum {
    XD_SIGNATURE_GOOD,
    XD_SIGNATURE_MEMORY,    /* our fault, not the caller's */
    XD_SIGNATURE_ABSENT,    /* none of that label and tag */
    XD_SIGNATURE_FORM,      /* the two fields are malformed */
    XD_SIGNATURE_COMPONENT, /* covers what is unknown, absent or twice there */
    XD_SIGNATURE_COVER,     /* does not cover what it has to */
    XD_SIGNATURE_ALG,       /* says another algorithm than the key's */
    XD_SIGNATURE_AGE,       /* created too long ago, ahead, or expired */
    XD_SIGNATURE_NONCE,     /* has none and has to */
    XD_SIGNATURE_BAD,
    XD_SIGNATURE_FAULTS
} xd_signature_fault_t;

const char *xd_signature_text(xd_signature_fault_t fault);

/* One signature of a message; slices point into the fields or the arena. */
typedef struct {
    const xd_field_t *input; /* the inner list with its parameters */
    xd_str_t bytes;
    xd_str_t keyid, alg, nonce, tag; /* .ptr NULL: not given */
    int64_t created, expires;        /* -1: not given */
} xd_signature_t;

/*
 * xd_signature_find - the signature of a label (or, label.ptr being NULL, the
 * only one; of a tag, when tag.ptr is not NULL) among those of a message
 *
 * Nothing is verified; find the key by keyid, then xd_signature_verify.
 */
XD_CHECKED xd_signature_fault_t xd_signature_find(xd_arena_t *arena,
    const xd_http_message_t *message, xd_str_t label, xd_str_t tag,
    xd_signature_t *out);

/*
 * xd_signature_base - the text that is signed, at the end of out
 *
 * Standard: RFC 9421 section 2.
 */
XD_CHECKED xd_signature_fault_t xd_signature_base(xd_arena_t *arena,
    const xd_http_message_t *message, const xd_field_t *input, xd_buf_t *out);

/* Seconds since 1970. */
typedef struct {
    const char *const *cover; /* names that must be covered; ends with NULL */
    int64_t now;
    int64_t age_max; /* created is required and not older; 0: not looked at */
    int64_t leeway;  /* how far created may lie ahead */
    bool nonce;      /* one is required; that it is new is the caller's */
} xd_signature_policy_t;

XD_CHECKED xd_signature_fault_t xd_signature_verify(xd_arena_t *arena,
    const xd_http_message_t *message, const xd_signature_t *signature,
    const xd_key_t *key, const xd_signature_policy_t *policy);

/*
 * xd_signature_sign - the values of Signature-Input and Signature
 *
 *   label  a key of a structured dictionary
 *   input  the inner list as text: ("@method" "content-digest");created=1
 */
XD_CHECKED xd_signature_fault_t xd_signature_sign(xd_arena_t *arena,
    const xd_http_message_t *message, const char *label, xd_str_t input,
    const xd_key_t *key, xd_buf_t *input_field, xd_buf_t *signature_field);

/* Content-Digest, RFC 9530: every digest of ours that it holds must be the
 * body's, and one of them must be there (sha-256, sha-512). */
bool xd_content_digest_is(xd_arena_t *arena, xd_str_t field, xd_str_t body);
void xd_content_digest_write(xd_buf_t *out, xd_str_t body);

#endif
