/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_AUTH_WEBHOOK_H
#define XD_AUTH_WEBHOOK_H

#include "base/str.h"

/* How a system signs what it posts: HMAC-SHA-256 of the body, in a header. */
typedef struct {
    const char *name;   /* in the configuration */
    const char *header; /* lower case */
    const char *prefix; /* before the text */
    bool hex;           /* lower or upper case; false: base64 */
} xd_webhook_t;

/* The profile of that name; NULL when there is none. */
const xd_webhook_t *xd_webhook_find(xd_str_t name);

/* True when value is the signature of exactly that body. */
bool xd_webhook_verify(const xd_webhook_t *profile, xd_str_t secret,
    xd_str_t body, xd_str_t value);

#endif
