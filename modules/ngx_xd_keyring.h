/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_KEYRING_H
#define NGX_XD_KEYRING_H

#include "ngx_xd.h"
#include "conf/credentials.h"

/* Keys that parties sign with, read by the master with the configuration. */
typedef struct {
    xd_arena_t *arena;
    xd_key_t **signers; /* by the signers' numbers */
    xd_str_t *hooks;    /* secrets, by the hooks' numbers */
} ngx_xd_keyring_t;

/* Reads all of them; faults are logged with the file. */
ngx_int_t ngx_xd_keyring(ngx_conf_t *cf, ngx_xd_keyring_t *keyring,
    const xd_credentials_t *credentials);

#endif
