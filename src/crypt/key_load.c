/* SPDX-License-Identifier: BSD-2-Clause */

#include "crypt/key_impl.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#define COORDINATE_MAX 66
#define EXPONENT_BITS  33 /* larger ones only make verifying slow */


static BIGNUM *
number(xd_str_t bytes)
{
    return BN_bin2bn((const unsigned char *) bytes.ptr, (int) bytes.len, NULL);
}


/* The key of what was built; NULL when OpenSSL refuses it. */
static EVP_PKEY *
from_params(const char *type, OSSL_PARAM_BLD *bld, bool secret)
{
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(bld);
    EVP_PKEY *pkey = NULL;

    if (ctx == NULL || params == NULL || EVP_PKEY_fromdata_init(ctx) != 1
        || EVP_PKEY_fromdata(ctx, &pkey,
               secret ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, params)
               != 1)
    {
        pkey = NULL;
    }

    OSSL_PARAM_free(params);
    EVP_PKEY_CTX_free(ctx);

    return pkey;
}


static EVP_PKEY *
load_rsa(const xd_key_material_t *parts)
{
    OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
    BIGNUM *n = NULL, *e = NULL;
    EVP_PKEY *pkey = NULL;

    /* Before any arithmetic: a huge modulus costs whoever reads it. */
    if (parts->n.len <= XD_RSA_BITS_MAX / 8 && parts->e.len <= 8) {
        n = number(parts->n);
        e = number(parts->e);
    }

    if (bld != NULL && n != NULL && e != NULL
        && OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_N, n) == 1
        && OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_E, e) == 1)
    {
        pkey = from_params("RSA", bld, false);
    }

    BN_free(n);
    BN_free(e);
    OSSL_PARAM_BLD_free(bld);

    return pkey;
}


static EVP_PKEY *
load_ec(const xd_alg_row_t *row, const xd_key_material_t *parts)
{
    unsigned char point[1 + 2 * COORDINATE_MAX] = { 4 };
    OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
    BIGNUM *d = parts->d.len > 0 ? BN_secure_new() : NULL;
    size_t size = row->size;
    EVP_PKEY *pkey = NULL;

    memcpy(point + 1, parts->x.ptr, size);
    memcpy(point + 1 + size, parts->y.ptr, size);

    if (bld != NULL
        && OSSL_PARAM_BLD_push_utf8_string(bld, OSSL_PKEY_PARAM_GROUP_NAME,
               row->group, 0)
               == 1
        && OSSL_PARAM_BLD_push_octet_string(bld, OSSL_PKEY_PARAM_PUB_KEY, point,
               1 + 2 * size)
               == 1
        && (parts->d.len == 0
            || (d != NULL
                && BN_bin2bn((const unsigned char *) parts->d.ptr,
                       (int) parts->d.len, d)
                       != NULL
                && OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_PRIV_KEY, d)
                       == 1)))
    {
        pkey = from_params("EC", bld, parts->d.len > 0);
    }

    BN_clear_free(d);
    OSSL_PARAM_BLD_free(bld);

    return pkey;
}


/* A private Ed25519 key makes its own public one: they must be the same. */
static EVP_PKEY *
load_okp(const xd_key_material_t *parts)
{
    const unsigned char *x = (const unsigned char *) parts->x.ptr;
    unsigned char own[32];
    size_t len = sizeof(own);
    EVP_PKEY *pkey;

    if (parts->d.len == 0) {
        return EVP_PKEY_new_raw_public_key_ex(NULL, "ED25519", NULL, x,
            parts->x.len);
    }

    pkey = EVP_PKEY_new_raw_private_key_ex(NULL, "ED25519", NULL,
        (const unsigned char *) parts->d.ptr, parts->d.len);
    if (pkey != NULL
        && (EVP_PKEY_get_raw_public_key(pkey, own, &len) != 1
            || memcmp(own, x, sizeof(own)) != 0))
    {
        EVP_PKEY_free(pkey);
        return NULL;
    }

    return pkey;
}


/* Lengths are exact (RFC 7518 sections 6.2.1 and 6.2.2, RFC 8037). */
static bool
lengths_fit(const xd_alg_row_t *row, const xd_key_material_t *parts)
{
    if (row->kty == XD_KTY_RSA) {
        return parts->n.len > 0 && parts->e.len > 0 && parts->d.len == 0;
    }

    return parts->x.len == row->size
           && (row->kty != XD_KTY_EC || parts->y.len == row->size)
           && (parts->d.len == 0 || parts->d.len == row->size);
}


xd_rc_t
key_load_parts(xd_key_t *key, const xd_key_material_t *parts)
{
    const xd_alg_row_t *row = &xd_algs[key->alg];

    if (!lengths_fit(row, parts)) {
        return XD_E_SYNTAX;
    }

    key->secret = parts->d.len > 0;
    key->pkey = row->kty == XD_KTY_RSA  ? load_rsa(parts)
                : row->kty == XD_KTY_EC ? load_ec(row, parts)
                                        : load_okp(parts);

    return key->pkey == NULL ? XD_E_SYNTAX : XD_OK;
}


/* Nobody is asked for a pass phrase. */
static int
no_phrase(char *buf, int size, int rwflag, void *ctx)
{
    (void) buf;
    (void) size;
    (void) rwflag;
    (void) ctx;

    return -1;
}


xd_rc_t
key_load_pem(xd_key_t *key, xd_str_t pem)
{
    BIO *bio = BIO_new_mem_buf(pem.ptr, (int) pem.len);

    if (bio == NULL) {
        return XD_E_MEMORY;
    }

    key->pkey = key->secret
                    ? PEM_read_bio_PrivateKey(bio, NULL, no_phrase, NULL)
                    : PEM_read_bio_PUBKEY(bio, NULL, no_phrase, NULL);
    BIO_free(bio);

    return key->pkey == NULL ? XD_E_SYNTAX : XD_OK;
}


/*
 * ROCA (CVE-2017-15361): a chip's primes were powers of 65537 modulo many
 * small primes, and so are their products.  A random modulus looks like that
 * for all of these with a chance below 2^-27.
 */
static bool
is_roca(const BIGNUM *n)
{
    static const unsigned char primes[] = { 3, 5, 7, 11, 13, 17, 19, 23, 29, 31,
        37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107,
        109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167 };

    for (size_t i = 0; i < sizeof(primes); i++) {
        BN_ULONG p = primes[i], want = BN_mod_word(n, p), power = 1;

        do {
            power = power * (65537 % p) % p;
        } while (power != want && power != 1);

        if (power != want) {
            return false;
        }
    }

    return true;
}


static bool
rsa_is_sound(const EVP_PKEY *pkey)
{
    BIGNUM *n = NULL, *e = NULL;
    int bits = EVP_PKEY_get_bits(pkey);
    bool sound = bits >= XD_RSA_BITS_MIN && bits <= XD_RSA_BITS_MAX
                 && EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_RSA_N, &n) == 1
                 && EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_RSA_E, &e) == 1
                 && BN_is_odd(n) && BN_is_odd(e) && !BN_is_one(e)
                 && BN_num_bits(e) <= EXPONENT_BITS && !is_roca(n);

    BN_free(n);
    BN_free(e);

    return sound;
}


/* The point is on the curve, and the private part is its own. */
static bool
ec_is_sound(EVP_PKEY *pkey, const char *group, bool secret)
{
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL);
    char name[32] = "";
    size_t len;
    bool sound = ctx != NULL
                 && EVP_PKEY_get_group_name(pkey, name, sizeof(name), &len) == 1
                 && strcmp(name, group) == 0 && EVP_PKEY_public_check(ctx) == 1
                 && (!secret || EVP_PKEY_pairwise_check(ctx) == 1);

    EVP_PKEY_CTX_free(ctx);

    return sound;
}


bool
key_is_sound(const xd_key_t *key)
{
    const xd_alg_row_t *row = &xd_algs[key->alg];

    switch (row->kty) {
    case XD_KTY_RSA:
        return EVP_PKEY_is_a(key->pkey, "RSA") && rsa_is_sound(key->pkey);
    case XD_KTY_EC:
        return EVP_PKEY_is_a(key->pkey, "EC")
               && ec_is_sound(key->pkey, row->group, key->secret);
    case XD_KTY_OKP:
        return EVP_PKEY_is_a(key->pkey, "ED25519");
    default:
        return false;
    }
}
