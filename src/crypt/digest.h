/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CRYPT_DIGEST_H
#define XD_CRYPT_DIGEST_H

#include "base/arena.h"
#include "base/id.h"

#define XD_SHA256_LEN 32
#define XD_SHA256_HEX 64
#define XD_SHA512_LEN 64

/* All by OpenSSL 3; algorithms are fetched once per process. */

void xd_sha256(xd_str_t bytes, uint8_t out[XD_SHA256_LEN]);

void xd_sha512(xd_str_t bytes, uint8_t out[XD_SHA512_LEN]);

/* Lower-case hex, NUL-terminated. */
void xd_sha256_hex(xd_str_t bytes, char out[XD_SHA256_HEX + 1]);

void xd_hmac_sha256(xd_str_t key, xd_str_t bytes, uint8_t out[XD_SHA256_LEN]);

/* An HMAC-SHA-256 key made ready once, for many short texts. */
typedef struct xd_mac_s xd_mac_t;

/* NULL when the arena is full; ends with the arena. */
xd_mac_t *xd_mac_new(xd_arena_t *arena, xd_str_t key);

/* As xd_hmac_sha256 under that key, in half the time.  One thread at a time
 * may use one mac. */
void xd_mac_sha256(const xd_mac_t *mac, xd_str_t bytes,
    uint8_t out[XD_SHA256_LEN]);

/* Compares in a time that does not depend on where they differ. */
bool xd_equal_ct(const void *a, const void *b, size_t len);

/*
 * xd_uuid5 - an id derived from a name (RFC 9562 section 5.5)
 *
 *   parts   joined by one NUL byte, which none of them may contain; ends
 *           with a NULL .ptr.  The name space is Crossdock's own.
 */
xd_uuid_t xd_uuid5(const xd_str_t *parts);

#define XD_UUID5(...) xd_uuid5((const xd_str_t[]){ __VA_ARGS__, { NULL, 0 } })

#endif
