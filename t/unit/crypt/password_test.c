/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "crypt/password.h"

/* Well-formed, and of no password. */
#define SALT "AAAAAAAAAAAAAAAAAAAAAA"
#define HASH "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

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


START_TEST(knows_its_password_again)
{
    xd_buf_t one = { 0 }, two = { 0 };

    ck_assert_int_eq(xd_password_hash(&one, XD_STR("correct horse")), XD_OK);
    ck_assert_int_eq(xd_password_hash(&two, XD_STR("correct horse")), XD_OK);
    ck_assert(!xd_str_eq(xd_buf_str(&one), xd_buf_str(&two)));
    ck_assert_int_eq(xd_password_verify(arena, xd_buf_str(&one),
                         XD_STR("correct horse")),
        XD_OK);
    ck_assert_int_eq(xd_password_verify(arena, xd_buf_str(&one),
                         XD_STR("Correct horse")),
        XD_E_NOT_FOUND);
    ck_assert_int_eq(xd_password_verify(arena, xd_buf_str(&one), XD_STR("")),
        XD_E_NOT_FOUND);
    ck_assert_int_eq(xd_password_hash(&two, XD_STR("")), XD_E_LIMIT);
    xd_buf_free(&one);
    xd_buf_free(&two);
}
END_TEST


static const struct {
    const char *hash;
    xd_rc_t want;
} hashes[] = {
    { "$scrypt$ln=14,r=8,p=1$" SALT "$" HASH, XD_E_NOT_FOUND },
    { "$scrypt$ln=13,r=8,p=1$" SALT "$" HASH, XD_E_SYNTAX },
    { "$scrypt$ln=18,r=8,p=1$" SALT "$" HASH, XD_E_SYNTAX },
    { "$scrypt$ln=14,r=9,p=1$" SALT "$" HASH, XD_E_SYNTAX },
    { "$scrypt$ln=14,r=8,p=0$" SALT "$" HASH, XD_E_SYNTAX },
    { "$scrypt$ln=14,r=8,p=5$" SALT "$" HASH, XD_E_SYNTAX },
    { "$scrypt$ln=14,r=8,p=1$" SALT "$", XD_E_SYNTAX },
    { "$scrypt$ln=14,r=8,p=1$" SALT, XD_E_SYNTAX },
    { "$scrypt$ln=14,r=8,p=1$$" HASH, XD_E_SYNTAX },
    { "$scrypt$ln=14,r=8,p=1$" SALT "$" HASH "=", XD_E_SYNTAX },
    { "$scrypt$r=8,ln=14,p=1$" SALT "$" HASH, XD_E_SYNTAX },
    { "$scrypt$ln=14", XD_E_SYNTAX },
    { "$2b$10$abcdefghijklmnopqrstuv", XD_E_SYNTAX },
    { "secret", XD_E_SYNTAX },
    { "", XD_E_SYNTAX },
};


START_TEST(judges_stored_hashes)
{
    ck_assert_int_eq(xd_password_verify(arena, xd_str(hashes[_i].hash),
                         XD_STR("x")),
        hashes[_i].want);
}
END_TEST


/* RFC 7636 appendix B. */
START_TEST(proves_possession)
{
    const xd_str_t verifier =
        XD_STR("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    const xd_str_t challenge =
        XD_STR("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    char fresh[XD_PKCE_LEN + 1], own[XD_PKCE_LEN + 1];

    ck_assert(xd_pkce_is(verifier, challenge));
    ck_assert(!xd_pkce_is(challenge, verifier));
    ck_assert(!xd_pkce_is(XD_STR("short"), challenge));
    ck_assert(!xd_pkce_is(XD_STR("dBjftJeZ4CVP-mB92K27uhbUJU1p1r/wW1gFWFOEjXk"),
        challenge));

    xd_pkce_verifier(fresh);
    xd_pkce_challenge(xd_str(fresh), own);
    ck_assert(xd_pkce_is(xd_str(fresh), xd_str(own)));
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("password");
    TCase *tc = tcase_create("password");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 30);
    tcase_add_test(tc, knows_its_password_again);
    tcase_add_loop_test(tc, judges_stored_hashes, 0,
        sizeof(hashes) / sizeof(hashes[0]));
    tcase_add_test(tc, proves_possession);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
