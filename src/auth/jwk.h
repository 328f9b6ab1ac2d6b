/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_AUTH_JWK_H
#define XD_AUTH_JWK_H

#include "base/report.h"
#include "crypt/key.h"
#include "tree/node.h"

#define XD_KID_MAX        256
#define XD_THUMBPRINT_LEN 43

/* One key of a set, its algorithm fixed; kid is only ever compared. */
typedef struct {
    xd_str_t kid; /* .ptr NULL: it has none */
    xd_key_t *key;
    char thumbprint[XD_THUMBPRINT_LEN + 1]; /* RFC 7638, SHA-256, base64url */
} xd_jwk_t;

/* The keys of one issuer; another issuer's are another set. */
typedef struct {
    xd_jwk_t *keys;
    size_t nkeys;
} xd_jwks_t;

typedef enum {
    XD_JWKS_PUBLIC, /* what an issuer publishes: no secret, no private part */
    XD_JWKS_SECRET, /* our own file of shared secrets: kty oct only */
    XD_JWKS_SIGNING /* our own file of private keys: EC and OKP */
} xd_jwks_use_t;

typedef struct {
    xd_jwks_use_t use;
    xd_alg_t rsa_alg; /* of RSA keys without alg; XD_ALG_NONE: none such */
    xd_alg_t oct_alg; /* the same of secrets */
    size_t keys_max;  /* 0: 64 */
    size_t bytes_max; /* 0: 256 KiB */
} xd_jwks_options_t;

/*
 * xd_jwks_read - a JWK set, or a single JWK, into keys made ready
 *
 *   arena    owns the set
 *   bytes    JSON; must outlive the set
 *   options  NULL: a public set with the defaults
 *   out      set only when XD_OK is returned: keep the old set otherwise
 *   rep      gains "jwks.…" findings
 *
 * A key for something else (use, key_ops, kty, alg) or a bad one is left out
 * with a warning, as RFC 7517 section 5 asks for.  The whole set is refused
 * when what is wrong puts all of it in doubt: no JSON, a secret or private
 * part in a public set, two keys of one kid, several without one, none left.
 * Members that lead elsewhere (jku, x5u, x5c) are not looked at.
 *
 * Returns XD_OK, XD_E_SYNTAX, XD_E_LIMIT or XD_E_MEMORY.
 *
 * Standard: RFC 7517, RFC 7518 section 6, RFC 8037.
 */
XD_CHECKED xd_rc_t xd_jwks_read(xd_arena_t *arena, xd_str_t bytes,
    const xd_jwks_options_t *options, xd_jwks_t **out, xd_report_t *rep);

/* The key of that kid; with a NULL .ptr the only key of the set.  NULL when
 * there is none. */
const xd_jwk_t *xd_jwks_find(const xd_jwks_t *set, xd_str_t kid);

/* x5t#S256 of a certificate (RFC 8705): base64url of the DER's SHA-256. */
void xd_x5t_s256(xd_str_t der, char out[XD_THUMBPRINT_LEN + 1]);

#endif
