/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_AUTH_TOKEN_H
#define XD_AUTH_TOKEN_H

#include "auth/jwk.h"
#include "base/buf.h"

/* Why a token was refused; the text is fit for error_description. */
typedef enum {
    XD_TOKEN_GOOD,
    XD_TOKEN_MEMORY, /* our fault, not the caller's */
    XD_TOKEN_LONG,
    XD_TOKEN_FORM,   /* not three parts of strict base64url */
    XD_TOKEN_HEADER, /* no strict JSON, or a member of the wrong kind */
    XD_TOKEN_ALG,    /* unknown, none, or not the key's */
    XD_TOKEN_CRIT,
    XD_TOKEN_KEY, /* no such key in the issuer's set: perhaps refresh */
    XD_TOKEN_SIGNATURE,
    XD_TOKEN_CLAIMS, /* no strict JSON, or a claim of the wrong kind */
    XD_TOKEN_ISSUER,
    XD_TOKEN_AUDIENCE,
    XD_TOKEN_TYPE,
    XD_TOKEN_EXPIRED,
    XD_TOKEN_EARLY,    /* nbf or iat lies ahead */
    XD_TOKEN_LIFE,     /* valid for longer than allowed */
    XD_TOKEN_BINDING,  /* bound to another certificate, or to none shown */
    XD_TOKEN_INACTIVE, /* its issuer says so */
    XD_TOKEN_FAULTS
} xd_token_fault_t;

const char *xd_token_text(xd_token_fault_t fault);

#define XD_TOKEN_MAX 8192

/* A JWS in its compact form; slices point into the token or the arena. */
typedef struct {
    xd_alg_t alg;
    xd_str_t kid; /* .ptr NULL: none */
    xd_str_t typ;
    xd_str_t payload;   /* decoded */
    xd_str_t signature; /* decoded */
    xd_str_t signing;   /* what was signed */
} xd_jws_t;

/*
 * xd_jws_read - take a token apart, trusting nothing
 *
 *   token_max  most bytes; 0: XD_TOKEN_MAX
 *
 * jwk, jku, x5u and x5c of the header are not looked at; crit is refused
 * whatever it names, since we understand no extension (b64 among them).
 *
 * Standard: RFC 7515, RFC 8725.
 */
XD_CHECKED xd_token_fault_t xd_jws_read(xd_arena_t *arena, xd_str_t token,
    size_t token_max, xd_jws_t *out);

/* Finds the key by kid and verifies; the key's algorithm must be the
 * header's. */
XD_CHECKED xd_token_fault_t xd_jws_verify(const xd_jws_t *jws,
    const xd_jwks_t *keys);

/*
 * xd_jws_sign - header.payload.signature at the end of out
 *
 *   typ, kid  left out of the header when their .ptr is NULL
 *
 * Returns XD_OK, XD_E_CONF (a public key) or XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_jws_sign(xd_buf_t *out, const xd_key_t *key, xd_str_t kid,
    xd_str_t typ, xd_str_t payload);

/* What a resource asks of a token; seconds since 1970. */
typedef struct {
    xd_str_t issuer;           /* must be iss, byte for byte */
    const xd_str_t *audiences; /* one of them must be in aud */
    size_t naudiences;
    xd_str_t type; /* "at+jwt"; .ptr NULL: any */
    int64_t now;
    int64_t leeway;   /* at most this much is forgiven */
    int64_t life_max; /* exp lies no further ahead; 0: any time */
} xd_claims_policy_t;

typedef struct {
    xd_str_t iss, sub, client_id, jti;
    xd_str_t scope;   /* names, one blank between */
    xd_str_t x5t;     /* cnf.x5t#S256; .ptr NULL: not bound */
    int64_t exp, iat; /* seconds; iat 0: none.  A fraction is cut */
    xd_node_t *tree;
} xd_claims_t;

/*
 * xd_claims_read - the claims of a verified token, held to the policy
 *
 *   jws  verified before: nothing here looks at the signature
 *
 * iss, aud and exp are required; times are numbers, never strings, and may
 * have a fraction.  What cannot be a time (negative, 1e400) is refused.
 *
 * Standard: RFC 7519, RFC 8725, RFC 9068.
 */
XD_CHECKED xd_token_fault_t xd_claims_read(xd_arena_t *arena,
    const xd_jws_t *jws, const xd_claims_policy_t *policy, xd_claims_t *out);

/*
 * xd_introspection_read - what an issuer answers of an opaque token
 *
 *   out  exp is 0 where the answer does not say how long the token is good
 *
 * iss, aud and the times are held to the policy where they are there.
 * XD_TOKEN_INACTIVE when the issuer disowns it; XD_TOKEN_CLAIMS when this is
 * no answer at all: then nobody knows, which is no reason to let it in.
 *
 * Standard: RFC 7662 section 2.2.
 */
XD_CHECKED xd_token_fault_t xd_introspection_read(xd_arena_t *arena,
    xd_str_t bytes, const xd_claims_policy_t *policy, xd_claims_t *out);

/* The issuer that a token claims, to choose its keys by, before anything is
 * verified; XD_STR_NONE when there is none. */
xd_str_t xd_jws_issuer(xd_arena_t *arena, const xd_jws_t *jws);

/* True when the list has exactly that name. */
bool xd_scope_has(xd_str_t scope, xd_str_t name);

/* XD_TOKEN_BINDING unless the token is free or bound to that certificate;
 * der.ptr NULL: the caller showed none.  Standard: RFC 8705 section 3. */
XD_CHECKED xd_token_fault_t xd_claims_bound(const xd_claims_t *claims,
    xd_str_t der);

#endif
