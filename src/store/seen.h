/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_STORE_SEEN_H
#define XD_STORE_SEEN_H

#include "store/store.h"

/*
 * xd_seen - take a message-id once
 *
 *   id    message-id
 *   hash  SHA-256 of the body, 32 bytes
 *
 * Returns XD_OK: it is new, and now noted in the open transaction;
 * XD_E_AGAIN: seen before with the same body, drop it; XD_E_CONFLICT: seen
 * before with another body, a case for a person; XD_E_STORE.
 */
XD_CHECKED xd_rc_t xd_seen(xd_store_t *store, xd_str_t id,
    const uint8_t hash[32], int64_t now_ms);

/* Forgets what is older; looks at `most` rows a call, goes on where the last
 * call ended, and begins anew at the end. */
XD_CHECKED xd_rc_t xd_seen_prune(xd_store_t *store, int64_t before_ms,
    int most);

#endif
