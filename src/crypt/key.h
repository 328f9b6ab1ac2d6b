/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CRYPT_KEY_H
#define XD_CRYPT_KEY_H

#include "base/arena.h"

/*
 * A key and the one algorithm that it is for.  JOSE (RFC 7518, RFC 8037) and
 * HTTP message signatures (RFC 9421) share the table; a key that was made for
 * one algorithm can never be talked into another.
 */
typedef enum {
    XD_ALG_NONE, /* no algorithm that we know; never verifies */
    XD_HS256,
    XD_HS384,
    XD_HS512,
    XD_RS256,
    XD_RS384,
    XD_RS512,
    XD_PS256,
    XD_PS384,
    XD_PS512,
    XD_ES256,
    XD_ES384,
    XD_ES512,
    XD_EDDSA, /* Ed25519 */
    XD_ALGS
} xd_alg_t;

typedef enum { XD_KTY_OCT, XD_KTY_RSA, XD_KTY_EC, XD_KTY_OKP } xd_kty_t;

typedef struct {
    const char *jose; /* "ES256" */
    const char *http; /* "ecdsa-p256-sha256"; NULL: none */
    xd_kty_t kty;
    const char *md;    /* OpenSSL's name; NULL: the scheme hashes itself */
    const char *group; /* OpenSSL's name of the curve */
    const char *crv;   /* JOSE's */
    size_t size;       /* oct: least bytes; EC: bytes of one coordinate */
    bool pss;
} xd_alg_row_t;

extern const xd_alg_row_t xd_algs[XD_ALGS];

/* XD_ALG_NONE when it is none of ours; case counts. */
xd_alg_t xd_alg_of_jose(xd_str_t name);

typedef struct xd_key_s xd_key_t;

#define XD_RSA_BITS_MIN  2048
#define XD_RSA_BITS_MAX  8192
#define XD_SIGNATURE_MAX (XD_RSA_BITS_MAX / 8)

/*
 * The parts of a key, big-endian bytes as they stand in a JWK:
 * oct: secret.  RSA: n, e.  EC: x, y, perhaps d.  OKP: x, perhaps d.
 */
typedef struct {
    xd_str_t secret, n, e, x, y, d;
} xd_key_material_t;

/*
 * xd_key_make - a key made ready once, for many signatures
 *
 *   arena  the key ends with it
 *   out    set only when XD_OK is returned
 *
 * Returns XD_E_SYNTAX for parts that are no good key of that algorithm: a
 * secret shorter than the hash, RSA below 2048 or above 8192 bits, with an
 * even or tiny exponent or the fingerprint of ROCA, a point off the curve, a
 * private part that belongs to another public one.  XD_E_MEMORY.
 *
 * One thread at a time may use one key.
 */
XD_CHECKED xd_rc_t xd_key_make(xd_arena_t *arena, xd_alg_t alg,
    const xd_key_material_t *parts, xd_key_t **out);

/* The same from a PEM file's bytes: a public key (SPKI) or, when secret is
 * true, a private one.  Encrypted files are refused. */
XD_CHECKED xd_rc_t xd_key_pem(xd_arena_t *arena, xd_alg_t alg, xd_str_t pem,
    bool secret, xd_key_t **out);

xd_alg_t xd_key_alg(const xd_key_t *key);

/* ECDSA signatures are r and s side by side, each of its full length. */
bool xd_key_verify(const xd_key_t *key, xd_str_t text, xd_str_t signature);

/* XD_E_CONF when the key is a public one; XD_E_MEMORY when OpenSSL fails. */
XD_CHECKED xd_rc_t xd_key_sign(const xd_key_t *key, xd_str_t text,
    uint8_t out[XD_SIGNATURE_MAX], size_t *len);

#endif
