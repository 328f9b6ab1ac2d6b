/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_STORE_VERSION_H
#define XD_STORE_VERSION_H

#include "store/store.h"

/*
 * xd_key_version - the next version of a business key: 1, 2, ...
 *
 * For meta.keyVersion.  Counted in the open transaction: undone with it.
 * Returns XD_OK; XD_E_STORE (logged).
 */
XD_CHECKED xd_rc_t xd_key_version(xd_store_t *store, xd_str_t key,
    uint64_t *version);

#endif
