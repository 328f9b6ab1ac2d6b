/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CRYPT_KEY_IMPL_H
#define XD_CRYPT_KEY_IMPL_H

#include <openssl/evp.h>

#include "crypt/key.h"

/* Everything that OpenSSL would look up again for each signature. */
struct xd_key_s {
    xd_alg_t alg;
    bool secret; /* it can sign */
    EVP_PKEY *pkey;
    EVP_MD *md;
    EVP_PKEY_CTX *verify, *sign; /* RSA, EC */
    EVP_MD_CTX *whole;           /* Ed25519 takes the whole text */
    EVP_MAC_CTX *mac;
};

/* key->pkey from parts or PEM; XD_E_SYNTAX when it is no good key. */
XD_CHECKED xd_rc_t key_load_parts(xd_key_t *key,
    const xd_key_material_t *parts);
XD_CHECKED xd_rc_t key_load_pem(xd_key_t *key, xd_str_t pem);

/* The key is of the algorithm's kind, strong, and not known to be broken. */
bool key_is_sound(const xd_key_t *key);

#endif
