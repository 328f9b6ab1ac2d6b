/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Public vectors, read in place: Wycheproof's JWS and JWK groups, and the
 * cookbook of RFC 7520 with its successors.  Each gets its published verdict
 * but for the exceptions below.
 */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "auth/token.h"
#include "base/file.h"
#include "format/json.h"

#define FILE_MAX (8 << 20)

/*
 * Where our verdict is the other one.  346 and 350: a PS384 token under a key
 * pinned to PS256.  347 and 351: the key says ES521, which is no algorithm.
 * 372 and 373: a question mark inside base64url is called valid.  367 and
 * 370: byte for byte the token of 357, which is valid; what was to be wrong
 * with it was lost.
 */
static const int exceptions[] = { 346, 347, 350, 351, 367, 370, 372, 373 };

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


/* The tree of a file of the corpus; NULL where there is none. */
static xd_node_t *
corpus(const char *name)
{
    const char *root = getenv("CROSSDOCK_CORPUS");
    xd_str_t path = xd_fmt(arena, "%s/jose/%s",
        root == NULL ? "../shared/corpus" : root, name);
    xd_node_t *tree = NULL;
    xd_str_t bytes;
    xd_report_t rep;

    if (xd_file_read(arena, path.ptr, FILE_MAX, &bytes) != XD_OK) {
        printf("# SKIP the corpus is absent: %s\n", path.ptr);
        return NULL;
    }

    xd_report_init(&rep, arena, 1);
    ck_assert_int_eq(xd_json_read(arena, bytes, NULL, &tree, &rep), XD_OK);

    return tree;
}


static xd_token_fault_t
verdict(const xd_node_t *key, xd_jwks_use_t use, xd_str_t token)
{
    xd_jwks_options_t options = { .use = use };
    xd_buf_t json = { 0 };
    xd_token_fault_t fault = XD_TOKEN_KEY;
    xd_jwks_t *set;
    xd_report_t rep;
    xd_jws_t jws;

    xd_report_init(&rep, arena, 0);
    xd_json_write(&json, key, XD_JSON_COMPACT);
    if (xd_jwks_read(arena, xd_dup(arena, xd_buf_str(&json)), &options, &set,
            &rep)
        == XD_OK)
    {
        fault = xd_jws_read(arena, token, 0, &jws);
        if (fault == XD_TOKEN_GOOD) {
            fault = xd_jws_verify(&jws, set);
        }
    }

    xd_buf_free(&json);

    return fault;
}


static bool
is_exception(int64_t id)
{
    for (size_t i = 0; i < sizeof(exceptions) / sizeof(int); i++) {
        if (exceptions[i] == id) {
            return true;
        }
    }

    return false;
}


static size_t
try_groups(const char *name, bool excepted)
{
    const xd_node_t *tree = corpus(name);
    size_t n = 0;

    xd_each (group, xd_get(tree, "testGroups")) {
        const xd_node_t *open = xd_get(group, "public");
        const xd_node_t *key = open != NULL ? open : xd_get(group, "private");

        xd_each (test, xd_get(group, "tests")) {
            int64_t id = xd_int(test, "tcId", 0, 1000, -1);
            bool want = xd_str_is(xd_text(test, "result"), "valid")
                        != (excepted && is_exception(id));
            xd_token_fault_t fault =
                verdict(key, open != NULL ? XD_JWKS_PUBLIC : XD_JWKS_SECRET,
                    xd_text(test, "jws"));

            ck_assert_msg((fault == XD_TOKEN_GOOD) == want, "%s %d (%.*s): %s",
                name, (int) id, XD_FMT(xd_text(test, "comment")),
                xd_token_text(fault));
            n++;
        }
    }

    return tree == NULL ? SIZE_MAX : n;
}


START_TEST(agrees_with_wycheproof_on_signatures)
{
    size_t n = try_groups("wycheproof/json_web_signature_test.json", true);

    ck_assert(n == SIZE_MAX || n == 401);
}
END_TEST


START_TEST(agrees_with_wycheproof_on_keys)
{
    size_t n = try_groups("wycheproof/json_web_key_test.json", false);

    ck_assert(n == SIZE_MAX || n == 26);
}
END_TEST


/* Only what is public of the cookbook's keys, for a set that an issuer could
 * publish; the algorithm is the one that the example names. */
static xd_node_t *
public_part(const xd_node_t *key, xd_str_t alg)
{
    static const char *const members[] = { "kty", "kid", "use", "crv", "x", "y",
        "n", "e" };
    xd_node_t *out = xd_node_new(arena, XD_OBJECT);

    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        if (xd_get(key, members[i]) != NULL) {
            xd_put_str(arena, out, members[i], xd_text(key, members[i]));
        }
    }

    xd_put_str(arena, out, "alg", alg);

    return out;
}


static xd_token_fault_t
cookbook(const char *name)
{
    const xd_node_t *tree = corpus(name);
    const xd_node_t *key = xd_pointer(tree, XD_STR("/input/key"));
    bool oct = xd_str_is(xd_text(key, "kty"), "oct");

    if (tree == NULL) {
        return XD_TOKEN_FAULTS;
    }

    return verdict(oct ? key : public_part(key, xd_text_at(tree, "input.alg")),
        oct ? XD_JWKS_SECRET : XD_JWKS_PUBLIC,
        xd_text_at(tree, "output.compact"));
}


static const struct {
    const char *name;
    xd_token_fault_t want;
} recipes[] = {
    { "cookbook/jws/4_1.rsa_v15_signature.json", XD_TOKEN_GOOD },
    { "cookbook/jws/4_2.rsa-pss_signature.json", XD_TOKEN_GOOD },
    { "cookbook/jws/4_3.ecdsa_signature.json", XD_TOKEN_GOOD },
    { "cookbook/jws/4_4.hmac-sha2_integrity_protection.json", XD_TOKEN_GOOD },
    { "cookbook/curve25519/jws.json", XD_TOKEN_GOOD },
    /* Only in the JSON form, which no caller may send. */
    { "cookbook/jws/4_6.protecting_specific_header_fields.json",
        XD_TOKEN_FORM },
    { "cookbook/jws/4_7.protecting_content_only.json", XD_TOKEN_FORM },
};


START_TEST(agrees_with_the_cookbook)
{
    xd_token_fault_t fault = cookbook(recipes[_i].name);

    ck_assert_msg(fault == XD_TOKEN_FAULTS || fault == recipes[_i].want,
        "%s: %s", recipes[_i].name, xd_token_text(fault));
}
END_TEST


START_TEST(refuses_an_unencoded_payload)
{
    const xd_node_t *tree = corpus("cookbook/rfc7797/hmac-sha2_b64_false.json");
    const xd_node_t *flat = xd_pointer(tree, XD_STR("/output/json_flat"));

    if (tree != NULL) {
        xd_str_t token =
            xd_fmt(arena, "%.*s..%.*s", XD_FMT(xd_text(flat, "protected")),
                XD_FMT(xd_text(flat, "signature")));

        ck_assert_int_eq(verdict(xd_pointer(tree, XD_STR("/input/key")),
                             XD_JWKS_SECRET, token),
            XD_TOKEN_CRIT);
    }
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("auth-vectors");
    TCase *tc = tcase_create("corpus");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, agrees_with_wycheproof_on_signatures);
    tcase_add_test(tc, agrees_with_wycheproof_on_keys);
    tcase_add_loop_test(tc, agrees_with_the_cookbook, 0,
        sizeof(recipes) / sizeof(recipes[0]));
    tcase_add_test(tc, refuses_an_unencoded_payload);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
