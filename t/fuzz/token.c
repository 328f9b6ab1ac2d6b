/* SPDX-License-Identifier: BSD-2-Clause */

/* Tokens: whatever is well-formed is signed by nobody here, so none is good;
 * claims are judged as if it were. */

#include "fuzz.h"

#include "auth/token.h"

#define KEY                                                                    \
    "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":"                              \
    "\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}"


static void
judge_claims(xd_arena_t *arena, const xd_jws_t *jws)
{
    const xd_str_t audience = XD_STR("api");
    const xd_claims_policy_t policy = { .issuer = XD_STR("idp"),
        .audiences = &audience,
        .naudiences = 1,
        .now = 1700000000,
        .leeway = 30 };
    xd_claims_t claims;
    xd_token_fault_t fault = xd_claims_read(arena, jws, &policy, &claims);

    MUST(fault != XD_TOKEN_GOOD
         || (claims.exp > policy.now - policy.leeway
             && xd_str_eq(claims.iss, policy.issuer)));
    MUST(xd_token_text(fault) != NULL);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xd_str_t bytes = fuzz_bytes(data, size);
    xd_arena_t *arena = fuzz_arena();
    xd_jwks_t *keys;
    xd_report_t rep;
    xd_jws_t jws;

    xd_report_init(&rep, arena, KEPT);
    MUST(xd_jwks_read(arena, XD_STR(KEY), NULL, &keys, &rep) == XD_OK);
    if (xd_jws_read(arena, bytes, 0, &jws) == XD_TOKEN_GOOD) {
        MUST(jws.alg > XD_ALG_NONE && jws.alg < XD_ALGS);
        MUST(jws.alg == XD_EDDSA || xd_jws_verify(&jws, keys) != XD_TOKEN_GOOD);
        judge_claims(arena, &jws);
    }

    /* The bytes as claims, too: base64 hides them from the mutator. */
    jws = (xd_jws_t){ .payload = bytes };
    judge_claims(arena, &jws);
    xd_arena_free(arena);

    return 0;
}
