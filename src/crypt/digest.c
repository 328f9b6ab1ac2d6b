/* SPDX-License-Identifier: BSD-2-Clause */

#include "crypt/digest.h"

#include <pthread.h>
#include <stdlib.h>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>


/*
 * Looking an algorithm up by name costs more than hashing a short text, so
 * each is fetched once.  The HMAC context is never used itself: each call
 * works on a copy, which knows its digest already.
 */
static pthread_once_t fetched = PTHREAD_ONCE_INIT;
static EVP_MD *sha1, *sha256, *sha512;
static EVP_MAC_CTX *hmac;

/* Crossdock's name space of derived ids, drawn once by chance.  It is part of
 * every derived id: a change would make repeats look new. */
static const unsigned char name_space[16] = { 0x99, 0xa9, 0x4a, 0x15, 0x28,
    0x62, 0x41, 0x52, 0xab, 0x07, 0x73, 0x70, 0xba, 0x76, 0xfc, 0x23 };


/* Without its hashes no process can name, sign or recognise anything. */
static void
must(bool done)
{
    if (!done) {
        abort();
    }
}


static void
fetch_all(void)
{
    char name[] = "SHA256";
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
        OSSL_PARAM_construct_end(),
    };
    EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);

    sha1 = EVP_MD_fetch(NULL, "SHA1", NULL);
    sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    sha512 = EVP_MD_fetch(NULL, "SHA512", NULL);
    must(sha1 != NULL && sha256 != NULL && sha512 != NULL && mac != NULL);

    hmac = EVP_MAC_CTX_new(mac);
    must(hmac != NULL && EVP_MAC_CTX_set_params(hmac, params) == 1);

    /* The context holds on to it. */
    EVP_MAC_free(mac);
}


static void
ready(void)
{
    must(pthread_once(&fetched, fetch_all) == 0);
}


void
xd_sha256(xd_str_t bytes, uint8_t out[XD_SHA256_LEN])
{
    ready();
    must(EVP_Digest(bytes.ptr, bytes.len, out, NULL, sha256, NULL) == 1);
}


void
xd_sha512(xd_str_t bytes, uint8_t out[XD_SHA512_LEN])
{
    ready();
    must(EVP_Digest(bytes.ptr, bytes.len, out, NULL, sha512, NULL) == 1);
}


void
xd_sha256_hex(xd_str_t bytes, char out[XD_SHA256_HEX + 1])
{
    uint8_t digest[XD_SHA256_LEN];

    xd_sha256(bytes, digest);
    xd_hex(digest, sizeof(digest), out);
}


/* A copy of the kept context, under a key. */
static EVP_MAC_CTX *
keyed(xd_str_t key)
{
    /* A NULL key would mean "the one set before", and there is none. */
    const unsigned char *secret =
        (const unsigned char *) (key.len == 0 ? "" : key.ptr);
    EVP_MAC_CTX *ctx;

    ready();
    ctx = EVP_MAC_CTX_dup(hmac);
    must(ctx != NULL && EVP_MAC_init(ctx, secret, key.len, NULL) == 1);

    return ctx;
}


static void
finish(EVP_MAC_CTX *ctx, xd_str_t bytes, uint8_t out[XD_SHA256_LEN])
{
    size_t len;

    must(EVP_MAC_update(ctx, (const unsigned char *) bytes.ptr, bytes.len) == 1
         && EVP_MAC_final(ctx, out, &len, XD_SHA256_LEN) == 1);
}


void
xd_hmac_sha256(xd_str_t key, xd_str_t bytes, uint8_t out[XD_SHA256_LEN])
{
    EVP_MAC_CTX *ctx = keyed(key);

    finish(ctx, bytes, out);
    EVP_MAC_CTX_free(ctx);
}


struct xd_mac_s {
    EVP_MAC_CTX *ctx;
};


static void
mac_end(void *ctx)
{
    EVP_MAC_CTX_free(ctx);
}


xd_mac_t *
xd_mac_new(xd_arena_t *arena, xd_str_t key)
{
    xd_mac_t *mac = xd_alloc(arena, sizeof(*mac));

    if (mac == NULL) {
        return NULL;
    }

    mac->ctx = keyed(key);
    if (!xd_arena_defer(arena, mac_end, mac->ctx)) {
        EVP_MAC_CTX_free(mac->ctx);
        return NULL;
    }

    return mac;
}


void
xd_mac_sha256(const xd_mac_t *mac, xd_str_t bytes, uint8_t out[XD_SHA256_LEN])
{
    /* Without a key: the same one again, from its start. */
    must(EVP_MAC_init(mac->ctx, NULL, 0, NULL) == 1);
    finish(mac->ctx, bytes, out);
}


bool
xd_equal_ct(const void *a, const void *b, size_t len)
{
    return CRYPTO_memcmp(a, b, len) == 0;
}


/* The joined name into the digest; false when OpenSSL fails. */
static bool
hash_parts(EVP_MD_CTX *ctx, const xd_str_t *parts)
{
    for (size_t i = 0; parts[i].ptr != NULL; i++) {
        if ((i > 0 && EVP_DigestUpdate(ctx, "", 1) != 1)
            || EVP_DigestUpdate(ctx, parts[i].ptr, parts[i].len) != 1)
        {
            return false;
        }
    }

    return true;
}


xd_uuid_t
xd_uuid5(const xd_str_t *parts)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    EVP_MD_CTX *ctx;

    ready();
    ctx = EVP_MD_CTX_new();

    must(ctx != NULL && EVP_DigestInit_ex2(ctx, sha1, NULL) == 1
         && EVP_DigestUpdate(ctx, name_space, sizeof(name_space)) == 1
         && hash_parts(ctx, parts)
         && EVP_DigestFinal_ex(ctx, digest, NULL) == 1);

    EVP_MD_CTX_free(ctx);

    digest[6] = (unsigned char) (0x50 | (digest[6] & 0x0f));
    digest[8] = (unsigned char) (0x80 | (digest[8] & 0x3f));

    return xd_uuid_of(digest);
}
