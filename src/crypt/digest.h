/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CRYPT_DIGEST_H
#define XD_CRYPT_DIGEST_H

#include "base/arena.h"
#include "base/id.h"

#define XD_SHA256_LEN 32
#define XD_SHA256_HEX 64

/* All by OpenSSL 3; algorithms are fetched once per process. */

void xd_sha256(xd_str_t bytes, uint8_t out[XD_SHA256_LEN]);

/* Lower-case hex, NUL-terminated. */
void xd_sha256_hex(xd_str_t bytes, char out[XD_SHA256_HEX + 1]);

void xd_hmac_sha256(xd_str_t key, xd_str_t bytes, uint8_t out[XD_SHA256_LEN]);

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
