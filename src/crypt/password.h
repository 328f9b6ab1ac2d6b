/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CRYPT_PASSWORD_H
#define XD_CRYPT_PASSWORD_H

#include "base/buf.h"

/*
 * Hashes of people's passwords:
 *
 *   $scrypt$ln=15,r=8,p=1$<salt>$<hash>     base64url, 16 and 32 bytes
 *
 * ln is the binary logarithm of the cost: 2^ln * r * 128 bytes of memory.
 */
#define XD_PASSWORD_MAX 1024 /* bytes */

/* A new hash under a random salt, at the end of out.  XD_E_LIMIT when the
 * password is empty or too long; XD_E_MEMORY.  Takes about a tenth of a
 * second: never inside an event loop. */
XD_CHECKED xd_rc_t xd_password_hash(xd_buf_t *out, xd_str_t password);

/*
 * XD_OK: it is the password.  XD_E_NOT_FOUND: it is not.  XD_E_SYNTAX: the
 * hash is none of ours, or asks for less than ln=14 or more than ln=17, r=8,
 * p=4.  XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_password_verify(xd_arena_t *arena, xd_str_t hash,
    xd_str_t password);

#define XD_PKCE_LEN 43

/* A fresh code_verifier, NUL-terminated, and the S256 challenge of one.
 * Standard: RFC 7636. */
void xd_pkce_verifier(char out[XD_PKCE_LEN + 1]);
void xd_pkce_challenge(xd_str_t verifier, char out[XD_PKCE_LEN + 1]);

/* True when the verifier has 43 to 128 good characters and is the
 * challenge's. */
bool xd_pkce_is(xd_str_t verifier, xd_str_t challenge);

#endif
