/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "auth/token.h"

#define NOW INT64_C(1700000000)

static const xd_str_t audiences[] = { { "urn:api", 7 } };
static const xd_claims_policy_t policy = { .issuer = { "urn:issuer", 10 },
    .audiences = audiences,
    .naudiences = 1,
    .now = NOW,
    .leeway = 30,
    .life_max = 86400 };

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


#define GOOD "{\"active\":true"

static const struct {
    const char *bytes;
    xd_token_fault_t want;
} answers[] = {
    { GOOD "}", XD_TOKEN_GOOD },
    { GOOD ",\"client_id\":\"shop\",\"exp\":1700000100}", XD_TOKEN_GOOD },
    { GOOD ",\"iss\":\"urn:issuer\",\"aud\":[\"x\",\"urn:api\"]}",
        XD_TOKEN_GOOD },
    { GOOD ",\"exp\":1699999980}", XD_TOKEN_GOOD }, /* within the leeway */
    { "{\"active\":false}", XD_TOKEN_INACTIVE },
    { "{\"active\":false,\"iss\":\"urn:other\"}", XD_TOKEN_INACTIVE },
    { "{}", XD_TOKEN_CLAIMS },
    { "{\"active\":\"true\"}", XD_TOKEN_CLAIMS },
    { "{\"active\":1}", XD_TOKEN_CLAIMS },
    { "{\"active\":null}", XD_TOKEN_CLAIMS },
    { "{\"active\":true,\"active\":true}", XD_TOKEN_CLAIMS },
    { "[true]", XD_TOKEN_CLAIMS },
    { "<html>", XD_TOKEN_CLAIMS },
    { "", XD_TOKEN_CLAIMS },
    { GOOD "}x", XD_TOKEN_CLAIMS },
    { GOOD ",\"scope\":[\"a\"]}", XD_TOKEN_CLAIMS },
    { GOOD ",\"cnf\":{\"jkt\":\"x\"}}", XD_TOKEN_CLAIMS },
    { GOOD ",\"iss\":\"urn:other\"}", XD_TOKEN_ISSUER },
    { GOOD ",\"aud\":\"x\"}", XD_TOKEN_AUDIENCE },
    { GOOD ",\"aud\":7}", XD_TOKEN_CLAIMS },
    { GOOD ",\"exp\":1699999970}", XD_TOKEN_EXPIRED },
    { GOOD ",\"exp\":\"1700000100\"}", XD_TOKEN_CLAIMS },
    { GOOD ",\"nbf\":1700000031}", XD_TOKEN_EARLY },
    { GOOD ",\"exp\":1700000100,\"nbf\":1700000031}", XD_TOKEN_EARLY },
    { GOOD ",\"iat\":1700000031}", XD_TOKEN_EARLY },
    { GOOD ",\"iat\":\"x\"}", XD_TOKEN_CLAIMS },
};


START_TEST(judges_answers)
{
    xd_claims_t out;

    ck_assert_int_eq(xd_introspection_read(arena, xd_str(answers[_i].bytes),
                         &policy, &out),
        answers[_i].want);
}
END_TEST


START_TEST(says_what_is_there)
{
    xd_claims_t out;

    ck_assert_int_eq(
        xd_introspection_read(arena,
            XD_STR(GOOD ",\"sub\":\"u\",\"client_id\":\"c\",\"scope\":\"a b\","
                        "\"exp\":1700000100,\"cnf\":{\"x5t#S256\":\"t\"}}"),
            &policy, &out),
        XD_TOKEN_GOOD);
    ck_assert(xd_str_is(out.sub, "u"));
    ck_assert(xd_str_is(out.client_id, "c"));
    ck_assert(xd_str_is(out.scope, "a b"));
    ck_assert(xd_str_is(out.x5t, "t"));
    ck_assert_int_eq(out.exp, 1700000100);

    ck_assert_int_eq(xd_introspection_read(arena, XD_STR(GOOD "}"), &policy,
                         &out),
        XD_TOKEN_GOOD);
    ck_assert_ptr_null(out.scope.ptr);
    ck_assert_int_eq(out.exp, 0);
}
END_TEST


START_TEST(survives_a_full_arena)
{
    xd_token_fault_t fault = XD_TOKEN_MEMORY;
    xd_claims_t out;
    size_t n;

    for (n = 1; fault == XD_TOKEN_MEMORY; n++) {
        xd_arena_fail_at(arena, n);
        fault = xd_introspection_read(arena,
            XD_STR(GOOD ",\"scope\":\"a\",\"exp\":1700000100}"), &policy, &out);
    }

    ck_assert_int_eq(fault, XD_TOKEN_GOOD);
    ck_assert_uint_gt(n, 2);
}
END_TEST


#define COUNT(rows) (int) (sizeof(rows) / sizeof((rows)[0]))

int
main(void)
{
    Suite *s = suite_create("introspection");
    TCase *tc = tcase_create("introspection");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, judges_answers, 0, COUNT(answers));
    tcase_add_test(tc, says_what_is_there);
    tcase_add_test(tc, survives_a_full_arena);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
