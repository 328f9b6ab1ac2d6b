/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BASE_ID_H
#define XD_BASE_ID_H

#include "base/rc.h"
#include "base/str.h"

#define XD_UUID_LEN 36

typedef struct {
    char text[XD_UUID_LEN + 1]; /* lower case, NUL-terminated */
} xd_uuid_t;

/* UUIDv7: 48 bits of milliseconds, then random; strictly growing within the
 * process (RFC 9562 section 6.2, method 1).  Derived ids: crypt/digest.h. */
xd_uuid_t xd_uuid7(void);

/* The text of 16 bytes, their version and variant already set. */
xd_uuid_t xd_uuid_of(const unsigned char raw[16]);

/* True for 8-4-4-4-12 hex digits. */
bool xd_uuid_valid(xd_str_t text);

static inline xd_str_t
xd_uuid_str(const xd_uuid_t *u)
{
    return (xd_str_t){ u->text, XD_UUID_LEN };
}

/* Bytes from the kernel's generator; aborts when there are none. */
void xd_random(void *out, size_t len);

/* Lower-case hex; out has room for 2 * len + 1. */
void xd_hex(const void *bytes, size_t len, char *out);

#endif
