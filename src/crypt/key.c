/* SPDX-License-Identifier: BSD-2-Clause */

#include "crypt/key_impl.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

#define COORDINATE_MAX 66
#define DER_MAX        (2 * (COORDINATE_MAX + 4) + 4)


xd_alg_t
xd_alg_of_jose(xd_str_t name)
{
    for (xd_alg_t alg = XD_ALG_NONE + 1; alg < XD_ALGS; alg++) {
        if (xd_str_is(name, xd_algs[alg].jose)) {
            return alg;
        }
    }

    return XD_ALG_NONE;
}


xd_alg_t
xd_key_alg(const xd_key_t *key)
{
    return key->alg;
}


static void
key_end(void *ctx)
{
    xd_key_t *key = ctx;

    EVP_PKEY_CTX_free(key->verify);
    EVP_PKEY_CTX_free(key->sign);
    EVP_MD_CTX_free(key->whole);
    EVP_MAC_CTX_free(key->mac);
    EVP_MD_free(key->md);
    EVP_PKEY_free(key->pkey);
}


static xd_key_t *
key_new(xd_arena_t *arena, xd_alg_t alg)
{
    xd_key_t *key = xd_alloc(arena, sizeof(*key));

    if (key == NULL || !xd_arena_defer(arena, key_end, key)) {
        return NULL;
    }

    key->alg = alg;

    return key;
}


/* Padding and hash stand in the context before the first signature. */
static bool
set_scheme(EVP_PKEY_CTX *ctx, const xd_alg_row_t *row, const EVP_MD *md)
{
    if (EVP_PKEY_CTX_set_signature_md(ctx, md) != 1) {
        return false;
    }

    if (row->kty != XD_KTY_RSA) {
        return true;
    }

    if (!row->pss) {
        return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING) == 1;
    }

    return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PSS_PADDING) == 1
           && EVP_PKEY_CTX_set_rsa_mgf1_md(ctx, md) == 1
           && EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, RSA_PSS_SALTLEN_DIGEST)
                  == 1;
}


static bool
make_contexts(xd_key_t *key)
{
    const xd_alg_row_t *row = &xd_algs[key->alg];

    if (row->kty == XD_KTY_OKP) {
        key->whole = EVP_MD_CTX_new();
        return key->whole != NULL;
    }

    key->md = EVP_MD_fetch(NULL, row->md, NULL);
    key->verify = EVP_PKEY_CTX_new_from_pkey(NULL, key->pkey, NULL);
    if (key->md == NULL || key->verify == NULL
        || EVP_PKEY_verify_init(key->verify) != 1
        || !set_scheme(key->verify, row, key->md))
    {
        return false;
    }

    if (!key->secret) {
        return true;
    }

    key->sign = EVP_PKEY_CTX_new_from_pkey(NULL, key->pkey, NULL);

    return key->sign != NULL && EVP_PKEY_sign_init(key->sign) == 1
           && set_scheme(key->sign, row, key->md);
}


static bool
make_mac(xd_key_t *key, xd_str_t secret)
{
    char name[8];
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
        OSSL_PARAM_construct_end(),
    };
    EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);

    memcpy(name, xd_algs[key->alg].md, strlen(xd_algs[key->alg].md) + 1);
    key->secret = true;
    key->mac = mac == NULL ? NULL : EVP_MAC_CTX_new(mac);
    EVP_MAC_free(mac);

    return key->mac != NULL
           && EVP_MAC_init(key->mac, (const unsigned char *) secret.ptr,
                  secret.len, params)
                  == 1;
}


/* The same end for both ways in. */
static xd_rc_t
finish(xd_key_t *key, xd_rc_t rc, xd_key_t **out)
{
    if (rc == XD_OK && !key_is_sound(key)) {
        rc = XD_E_SYNTAX;
    }

    if (rc == XD_OK && !make_contexts(key)) {
        rc = XD_E_MEMORY;
    }

    /* What OpenSSL thinks of a stranger's key is of no use to who comes
     * next in this thread, such as nginx. */
    ERR_clear_error();
    if (rc == XD_OK) {
        *out = key;
    }

    return rc;
}


xd_rc_t
xd_key_make(xd_arena_t *arena, xd_alg_t alg, const xd_key_material_t *parts,
    xd_key_t **out)
{
    xd_key_t *key;

    if (alg == XD_ALG_NONE) {
        return XD_E_SYNTAX;
    }

    key = key_new(arena, alg);
    if (key == NULL) {
        return XD_E_MEMORY;
    }

    if (xd_algs[alg].kty != XD_KTY_OCT) {
        return finish(key, key_load_parts(key, parts), out);
    }

    if (parts->secret.len < xd_algs[alg].size) {
        return XD_E_SYNTAX;
    }

    if (!make_mac(key, parts->secret)) {
        return XD_E_MEMORY;
    }

    *out = key;

    return XD_OK;
}


xd_rc_t
xd_key_pem(xd_arena_t *arena, xd_alg_t alg, xd_str_t pem, bool secret,
    xd_key_t **out)
{
    xd_key_t *key;

    if (alg == XD_ALG_NONE || xd_algs[alg].kty == XD_KTY_OCT) {
        return XD_E_SYNTAX;
    }

    key = key_new(arena, alg);
    if (key == NULL) {
        return XD_E_MEMORY;
    }

    key->secret = secret;

    return finish(key, key_load_pem(key, pem), out);
}


/* An INTEGER of DER; 0 for zero, which no signature may contain. */
static size_t
der_number(const uint8_t *in, size_t size, uint8_t *out)
{
    size_t skip = 0, pad, len;

    while (skip < size && in[skip] == 0) {
        skip++;
    }

    if (skip == size) {
        return 0;
    }

    pad = (in[skip] & 0x80) != 0;
    len = size - skip;
    out[0] = 2;
    out[1] = (uint8_t) (len + pad);
    out[2] = 0;
    memcpy(out + 2 + pad, in + skip, len);

    return 2 + pad + len;
}


/* r and s as OpenSSL wants them; 0 when they are none.  OpenSSL itself
 * refuses what is not below the order. */
static size_t
raw_to_der(xd_str_t raw, size_t size, uint8_t out[DER_MAX])
{
    const uint8_t *in = (const uint8_t *) raw.ptr;
    uint8_t body[DER_MAX];
    size_t r, s, head;

    if (raw.len != 2 * size) {
        return 0;
    }

    r = der_number(in, size, body);
    s = r == 0 ? 0 : der_number(in + size, size, body + r);
    if (s == 0) {
        return 0;
    }

    head = r + s > 127 ? 3 : 2;
    out[0] = 0x30;
    out[1] = 0x81;
    out[head - 1] = (uint8_t) (r + s);
    memcpy(out + head, body, r + s);

    return head + r + s;
}


static bool
verify_hashed(const xd_key_t *key, xd_str_t text, xd_str_t signature)
{
    const xd_alg_row_t *row = &xd_algs[key->alg];
    const uint8_t *sig = (const uint8_t *) signature.ptr;
    size_t len = signature.len;
    uint8_t digest[EVP_MAX_MD_SIZE], der[DER_MAX];
    unsigned int size;

    if (row->kty == XD_KTY_EC) {
        len = raw_to_der(signature, row->size, der);
        sig = der;
    } else if (len != (size_t) EVP_PKEY_get_size(key->pkey)) {
        return false;
    }

    return len > 0
           && EVP_Digest(text.ptr, text.len, digest, &size, key->md, NULL) == 1
           && EVP_PKEY_verify(key->verify, sig, len, digest, size) == 1;
}


static bool
verify_mac(const xd_key_t *key, xd_str_t text, xd_str_t signature)
{
    uint8_t mac[EVP_MAX_MD_SIZE];
    size_t len = 0;

    return EVP_MAC_init(key->mac, NULL, 0, NULL) == 1
           && EVP_MAC_update(key->mac, (const unsigned char *) text.ptr,
                  text.len)
                  == 1
           && EVP_MAC_final(key->mac, mac, &len, sizeof(mac)) == 1
           && len == signature.len
           && CRYPTO_memcmp(mac, signature.ptr, len) == 0;
}


static bool
verify_whole(const xd_key_t *key, xd_str_t text, xd_str_t signature)
{
    return EVP_DigestVerifyInit(key->whole, NULL, NULL, NULL, key->pkey) == 1
           && EVP_DigestVerify(key->whole,
                  (const unsigned char *) signature.ptr, signature.len,
                  (const unsigned char *) text.ptr, text.len)
                  == 1;
}


bool
xd_key_verify(const xd_key_t *key, xd_str_t text, xd_str_t signature)
{
    bool good = key->mac != NULL     ? verify_mac(key, text, signature)
                : key->whole != NULL ? verify_whole(key, text, signature)
                                     : verify_hashed(key, text, signature);

    if (!good) {
        ERR_clear_error();
    }

    return good;
}


/* OpenSSL's signature as r and s side by side. */
static bool
der_to_raw(const uint8_t *der, size_t len, size_t size, uint8_t *out)
{
    ECDSA_SIG *sig = d2i_ECDSA_SIG(NULL, &der, (long) len);
    bool done =
        sig != NULL
        && BN_bn2binpad(ECDSA_SIG_get0_r(sig), out, (int) size) == (int) size
        && BN_bn2binpad(ECDSA_SIG_get0_s(sig), out + size, (int) size)
               == (int) size;

    ECDSA_SIG_free(sig);

    return done;
}


static bool
sign_hashed(const xd_key_t *key, xd_str_t text, uint8_t *out, size_t *len)
{
    const xd_alg_row_t *row = &xd_algs[key->alg];
    uint8_t digest[EVP_MAX_MD_SIZE], der[DER_MAX];
    unsigned int size;

    if (EVP_Digest(text.ptr, text.len, digest, &size, key->md, NULL) != 1) {
        return false;
    }

    if (row->kty != XD_KTY_EC) {
        return EVP_PKEY_sign(key->sign, out, len, digest, size) == 1;
    }

    *len = sizeof(der);
    if (EVP_PKEY_sign(key->sign, der, len, digest, size) != 1
        || !der_to_raw(der, *len, row->size, out))
    {
        return false;
    }

    *len = 2 * row->size;

    return true;
}


static bool
sign_mac(const xd_key_t *key, xd_str_t text, uint8_t *out, size_t *len)
{
    return EVP_MAC_init(key->mac, NULL, 0, NULL) == 1
           && EVP_MAC_update(key->mac, (const unsigned char *) text.ptr,
                  text.len)
                  == 1
           && EVP_MAC_final(key->mac, out, len, XD_SIGNATURE_MAX) == 1;
}


static bool
sign_whole(const xd_key_t *key, xd_str_t text, uint8_t *out, size_t *len)
{
    return EVP_DigestSignInit(key->whole, NULL, NULL, NULL, key->pkey) == 1
           && EVP_DigestSign(key->whole, out, len,
                  (const unsigned char *) text.ptr, text.len)
                  == 1;
}


xd_rc_t
xd_key_sign(const xd_key_t *key, xd_str_t text, uint8_t out[XD_SIGNATURE_MAX],
    size_t *len)
{
    bool done;

    if (!key->secret) {
        return XD_E_CONF;
    }

    *len = XD_SIGNATURE_MAX;
    done = key->mac != NULL     ? sign_mac(key, text, out, len)
           : key->whole != NULL ? sign_whole(key, text, out, len)
                                : sign_hashed(key, text, out, len);
    ERR_clear_error();

    return done ? XD_OK : XD_E_MEMORY;
}
