/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_STORE_ARCHIVE_H
#define XD_STORE_ARCHIVE_H

#include "crypt/digest.h"

/*
 * archive/<aa>/<sha256>: bytes as received or sent.  Any process adds.
 */

/*
 * xd_archive_put - keep bytes under their hash
 *
 * Temporary name, fsync, rename, fsync of the folder; fine when they are
 * there already.  Returns XD_OK with the hash; XD_E_IO with errno.
 */
XD_CHECKED xd_rc_t xd_archive_put(const char *dir, xd_str_t bytes,
    char hash[XD_SHA256_HEX + 1]);

/* XD_OK; XD_E_NOT_FOUND; XD_E_IO; XD_E_CONFLICT when the bytes no longer
 * have that hash. */
XD_CHECKED xd_rc_t xd_archive_get(xd_arena_t *arena, const char *dir,
    xd_str_t hash, xd_str_t *bytes);

/* True when bytes of that hash were kept. */
bool xd_archive_has(const char *dir, xd_str_t hash);

#endif
