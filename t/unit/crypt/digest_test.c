/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <pthread.h>
#include <stdlib.h>

#include "crypt/digest.h"

#define THREADS 8
#define ROUNDS  200

/* FIPS 180-4 examples. */
static const struct {
    const char *text, *want;
} hashes[] = {
    { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { "abc",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
};

/* RFC 4231 cases 1, 2 and 6; the last is HMAC of nothing under no key. */
static const struct {
    const char *key;
    size_t repeat; /* the key's one byte; 0: as it stands */
    const char *text, *want;
} macs[] = {
    { "\x0b", 20, "Hi There",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7" },
    { "Jefe", 0, "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" },
    { "\xaa", 131, "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54" },
    { "", 0, "",
        "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad" },
};


START_TEST(hashes_as_published)
{
    char hex[XD_SHA256_HEX + 1];

    xd_sha256_hex(xd_str(hashes[_i].text), hex);
    ck_assert_str_eq(hex, hashes[_i].want);
}
END_TEST


START_TEST(nothing_hashes_as_the_empty_text)
{
    char hex[XD_SHA256_HEX + 1];

    xd_sha256_hex(XD_STR_NONE, hex);
    ck_assert_str_eq(hex, hashes[0].want);
}
END_TEST


/* The same under a kept key, twice, with another text between. */
static void
kept_case(xd_str_t secret, int i)
{
    xd_arena_t *arena = xd_arena_new(0);
    const xd_mac_t *kept = xd_mac_new(arena, secret);
    uint8_t mac[XD_SHA256_LEN];
    char hex[XD_SHA256_HEX + 1];

    ck_assert_ptr_nonnull(kept);

    for (int n = 0; n < 2; n++) {
        xd_mac_sha256(kept, XD_STR("between"), mac);
        xd_mac_sha256(kept, xd_str(macs[i].text), mac);
        xd_hex(mac, sizeof(mac), hex);
        ck_assert_str_eq(hex, macs[i].want);
    }

    xd_arena_fail_at(arena, 2);
    ck_assert_ptr_null(xd_mac_new(arena, secret));
    xd_arena_free(arena);
}


static void
mac_case(int i)
{
    uint8_t mac[XD_SHA256_LEN];
    char key[200], hex[XD_SHA256_HEX + 1];
    xd_str_t secret = xd_str(macs[i].key);

    if (macs[i].repeat != 0) {
        memset(key, macs[i].key[0], sizeof(key));
        secret = (xd_str_t){ key, macs[i].repeat };
    }

    xd_hmac_sha256(secret, xd_str(macs[i].text), mac);
    xd_hex(mac, sizeof(mac), hex);
    ck_assert_str_eq(hex, macs[i].want);
    kept_case(secret, i);
}


/* Twice over: one call must leave nothing for the next. */
START_TEST(signs_as_published)
{
    mac_case(_i);
    mac_case((_i + 1) % 4);
    mac_case(_i);
}
END_TEST


static void *
sign_much(void *arg)
{
    size_t *wrong = arg;
    uint8_t mac[XD_SHA256_LEN];
    char hex[XD_SHA256_HEX + 1];

    for (size_t i = 0; i < ROUNDS; i++) {
        xd_hmac_sha256(xd_str(macs[1].key), xd_str(macs[1].text), mac);
        xd_hex(mac, sizeof(mac), hex);
        *wrong += strcmp(hex, macs[1].want) != 0;
    }

    return NULL;
}


START_TEST(threads_do_not_disturb_each_other)
{
    pthread_t threads[THREADS];
    size_t wrong[THREADS] = { 0 };

    for (size_t i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_create(&threads[i], NULL, sign_much,
                             &wrong[i]),
            0);
    }

    for (size_t i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        ck_assert_uint_eq(wrong[i], 0);
    }
}
END_TEST


START_TEST(equality_looks_at_every_byte)
{
    char a[XD_SHA256_LEN] = { 0 }, b[XD_SHA256_LEN] = { 0 };

    ck_assert(xd_equal_ct(a, b, sizeof(a)));
    for (size_t i = 0; i < sizeof(a); i++) {
        b[i] = 1;
        ck_assert(!xd_equal_ct(a, b, sizeof(a)));
        ck_assert(xd_equal_ct(a, b, i));
        b[i] = 0;
    }
}
END_TEST


/* Fixed for ever: ids in stores and at partners were made with it.  Worked
 * out with another program from the name space and "doc" NUL "1". */
START_TEST(derived_ids_never_change)
{
    xd_uuid_t u =
        xd_uuid5((const xd_str_t[]){ XD_STR("doc"), XD_STR("1"), XD_STR_NONE });

    ck_assert_str_eq(u.text, "4a069d48-b677-525b-a79d-07dadaba5081");
    u = XD_UUID5(XD_STR("doc"), XD_STR("1"));
    ck_assert_str_eq(u.text, "4a069d48-b677-525b-a79d-07dadaba5081");
    ck_assert(xd_uuid_valid(xd_uuid_str(&u)));
}
END_TEST


START_TEST(parts_do_not_run_together)
{
    xd_uuid_t a = XD_UUID5(XD_STR("ab"), XD_STR("c"));
    xd_uuid_t b = XD_UUID5(XD_STR("a"), XD_STR("bc"));
    xd_uuid_t c = XD_UUID5(XD_STR("abc"));
    xd_uuid_t d = XD_UUID5(XD_STR("abc"), XD_STR(""));

    ck_assert_str_ne(a.text, b.text);
    ck_assert_str_ne(a.text, c.text);
    ck_assert_str_ne(b.text, c.text);
    ck_assert_str_ne(c.text, d.text);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("crypt");
    TCase *tc = tcase_create("digest");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_loop_test(tc, hashes_as_published, 0,
        (int) (sizeof(hashes) / sizeof(hashes[0])));
    tcase_add_test(tc, nothing_hashes_as_the_empty_text);
    tcase_add_loop_test(tc, signs_as_published, 0,
        (int) (sizeof(macs) / sizeof(macs[0])));
    tcase_add_test(tc, threads_do_not_disturb_each_other);
    tcase_add_test(tc, equality_looks_at_every_byte);
    tcase_add_test(tc, derived_ids_never_change);
    tcase_add_test(tc, parts_do_not_run_together);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
