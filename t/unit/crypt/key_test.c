/* SPDX-License-Identifier: BSD-2-Clause */

/* Every algorithm, with keys made here: a signature is good for its text,
 * key and algorithm, and for nothing else. */

#include <check.h>
#include <stdlib.h>

#include <openssl/evp.h>
#include <openssl/pem.h>

#include "crypt/key.h"

static xd_arena_t *arena;


static void
setup(void)
{
    arena = xd_arena_new(0);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static EVP_PKEY *
generate(xd_alg_t alg, size_t bits)
{
    const xd_alg_row_t *row = &xd_algs[alg];

    return row->kty == XD_KTY_RSA ? EVP_PKEY_Q_keygen(NULL, NULL, "RSA", bits)
           : row->kty == XD_KTY_EC
               ? EVP_PKEY_Q_keygen(NULL, NULL, "EC", row->group)
               : EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
}


static xd_str_t
pem_of(EVP_PKEY *pkey, bool secret)
{
    BIO *bio = BIO_new(BIO_s_mem());
    char *text;
    long len;
    xd_str_t copy;

    ck_assert_int_eq(secret ? PEM_write_bio_PKCS8PrivateKey(bio, pkey, NULL,
                         NULL, 0, NULL, NULL)
                            : PEM_write_bio_PUBKEY(bio, pkey),
        1);
    len = BIO_get_mem_data(bio, &text);
    copy = xd_dup(arena, (xd_str_t){ text, (size_t) len });
    BIO_free(bio);

    return copy;
}


/* Signs with one half, verifies with the other. */
static void
try_pair(const xd_key_t *secret, const xd_key_t *open)
{
    const xd_str_t text = XD_STR("a text");
    uint8_t sig[XD_SIGNATURE_MAX];
    size_t len;

    ck_assert_int_eq(xd_key_sign(secret, text, sig, &len), XD_OK);
    for (int round = 0; round < 3; round++) {
        xd_str_t good = { (char *) sig, len };

        ck_assert(xd_key_verify(open, text, good));
        ck_assert(!xd_key_verify(open, XD_STR("a texT"), good));
        ck_assert(!xd_key_verify(open, XD_STR(""), good));
        ck_assert(!xd_key_verify(open, text, XD_STR("")));
        good.len--;
        ck_assert(!xd_key_verify(open, text, good));
    }

    sig[len / 2] ^= 1;
    ck_assert(!xd_key_verify(open, text, (xd_str_t){ (char *) sig, len }));
}


START_TEST(signs_and_verifies)
{
    xd_alg_t alg = (xd_alg_t) _i;
    EVP_PKEY *pkey = generate(alg, 2048);
    xd_key_t *secret, *open;

    ck_assert_int_eq(xd_key_pem(arena, alg, pem_of(pkey, true), true, &secret),
        XD_OK);
    ck_assert_int_eq(xd_key_pem(arena, alg, pem_of(pkey, false), false, &open),
        XD_OK);
    ck_assert_int_eq(xd_key_alg(open), alg);
    try_pair(secret, open);
    ck_assert_int_eq(xd_key_sign(open, XD_STR("x"),
                         (uint8_t[XD_SIGNATURE_MAX]){ 0 }, &(size_t){ 0 }),
        XD_E_CONF);
    EVP_PKEY_free(pkey);
}
END_TEST


START_TEST(knows_secrets)
{
    xd_alg_t alg = (xd_alg_t) _i;
    char bytes[64] = "0";
    xd_key_material_t parts = { .secret = { bytes, xd_algs[alg].size } };
    xd_key_t *key;

    ck_assert_int_eq(xd_key_make(arena, alg, &parts, &key), XD_OK);
    try_pair(key, key);
    parts.secret.len--;
    ck_assert_int_eq(xd_key_make(arena, alg, &parts, &key), XD_E_SYNTAX);
}
END_TEST


START_TEST(refuses_other_keys)
{
    EVP_PKEY *rsa = generate(XD_RS256, 1024), *ec = generate(XD_ES256, 0);
    xd_key_t *key;

    ck_assert_int_eq(xd_key_pem(arena, XD_RS256, pem_of(rsa, false), false,
                         &key),
        XD_E_SYNTAX);
    ck_assert_int_eq(xd_key_pem(arena, XD_ES384, pem_of(ec, false), false,
                         &key),
        XD_E_SYNTAX);
    ck_assert_int_eq(xd_key_pem(arena, XD_EDDSA, pem_of(ec, false), false,
                         &key),
        XD_E_SYNTAX);
    ck_assert_int_eq(xd_key_pem(arena, XD_HS256, pem_of(ec, false), false,
                         &key),
        XD_E_SYNTAX);
    ck_assert_int_eq(xd_key_pem(arena, XD_ALG_NONE, pem_of(ec, false), false,
                         &key),
        XD_E_SYNTAX);
    ck_assert_int_eq(xd_key_pem(arena, XD_ES256, XD_STR("no PEM"), false, &key),
        XD_E_SYNTAX);
    ck_assert_int_eq(xd_key_pem(arena, XD_ES256, pem_of(ec, false), true, &key),
        XD_E_SYNTAX);
    EVP_PKEY_free(rsa);
    EVP_PKEY_free(ec);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("key");
    TCase *tc = tcase_create("key");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, signs_and_verifies, XD_RS256, XD_ALGS);
    tcase_add_loop_test(tc, knows_secrets, XD_HS256, XD_RS256);
    tcase_add_test(tc, refuses_other_keys);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
