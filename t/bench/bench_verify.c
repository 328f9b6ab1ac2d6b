/* SPDX-License-Identifier: BSD-2-Clause */

/* Verifications a second of each signature algorithm, one core, a text of
 * 512 bytes, keys made here: "verify-ES256 per_second=14500". */

#include <stdio.h>
#include <stdlib.h>

#include <openssl/pem.h>

#include "base/clock.h"
#include "crypt/key.h"

#define TEXT_LEN 512
#define WINDOW   300 /* ms */


static xd_key_t *
make(xd_arena_t *arena, xd_alg_t alg)
{
    const xd_alg_row_t *row = &xd_algs[alg];
    char text[TEXT_LEN] = "";
    const xd_key_material_t parts = { .secret = { text, row->size } };
    EVP_PKEY *pkey;
    BIO *bio;
    char *pem;
    long len;
    xd_key_t *key = NULL;

    if (row->kty == XD_KTY_OCT) {
        return xd_key_make(arena, alg, &parts, &key) == XD_OK ? key : NULL;
    }

    pkey = row->kty == XD_KTY_RSA
               ? EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t) 2048)
           : row->kty == XD_KTY_EC
               ? EVP_PKEY_Q_keygen(NULL, NULL, "EC", row->group)
               : EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    bio = BIO_new(BIO_s_mem());
    if (PEM_write_bio_PKCS8PrivateKey(bio, pkey, NULL, NULL, 0, NULL, NULL)
        == 1) {
        len = BIO_get_mem_data(bio, &pem);
        if (xd_key_pem(arena, alg, (xd_str_t){ pem, (size_t) len }, true, &key)
            != XD_OK)
        {
            key = NULL;
        }
    }

    BIO_free(bio);
    EVP_PKEY_free(pkey);

    return key;
}


int
main(void)
{
    static const char text[TEXT_LEN] = "x";
    xd_arena_t *arena = xd_arena_new(0);

    for (xd_alg_t alg = XD_ALG_NONE + 1; alg < XD_ALGS; alg++) {
        const xd_key_t *key = make(arena, alg);
        uint8_t sig[XD_SIGNATURE_MAX];
        int64_t until, n = 0;
        size_t len;

        if (key == NULL
            || xd_key_sign(key, (xd_str_t){ text, TEXT_LEN }, sig, &len)
                   != XD_OK)
        {
            return EXIT_FAILURE;
        }

        for (until = xd_mono_ms() + WINDOW; xd_mono_ms() < until; n++) {
            if (!xd_key_verify(key, (xd_str_t){ text, TEXT_LEN },
                    (xd_str_t){ (char *) sig, len }))
            {
                return EXIT_FAILURE;
            }
        }

        printf("verify-%s per_second=%lld\n", xd_algs[alg].jose,
            (long long) (n * 1000 / WINDOW));
    }

    xd_arena_free(arena);

    return EXIT_SUCCESS;
}
