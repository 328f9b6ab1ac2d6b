/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BASE_SIPHASH_H
#define XD_BASE_SIPHASH_H

#include "base/str.h"


typedef struct {
    uint64_t k0, k1;
} xd_sipkey_t;

/* SipHash-2-4 of in; xd_hash() of base/map.h is this under the process's
 * key. */
uint64_t xd_siphash(xd_sipkey_t key, xd_str_t in);

#endif
