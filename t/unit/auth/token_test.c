/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Attacks on tokens, each refused for its own reason, beside the token that
 * is as it should be.
 */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "auth/token.h"
#include "base/base64.h"

#define NOW INT64_C(1700000000)

/* The Ed25519 key pair of RFC 8037 appendix A. */
#define ED_X "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
#define ED_D "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
#define ED   "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" ED_X "\""

/* The P-256 pair of RFC 7515 appendix A.3. */
#define EC_X "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"
#define EC_Y "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
#define EC_D "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"
#define EC                                                                     \
    "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" EC_X "\",\"y\":\"" EC_Y "\""

#define OCT                                                                    \
    "\"kty\":\"oct\",\"k\":\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY\""

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


static xd_rc_t
read_set(const char *json, xd_jwks_use_t use, xd_jwks_t **out)
{
    xd_jwks_options_t options = { .use = use };
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, arena, 10);
    rc = xd_jwks_read(arena, xd_str(json), &options, out, &rep);
    ck_assert(rc == XD_OK || rc == XD_E_MEMORY || xd_report_errors(&rep) > 0);

    return rc;
}


static xd_jwks_t *
set_of(const char *json, xd_jwks_use_t use)
{
    xd_jwks_t *set = NULL;

    ck_assert_int_eq(read_set(json, use, &set), XD_OK);

    return set;
}


static xd_str_t
base64url(xd_str_t bytes)
{
    xd_buf_t out = { 0 };
    xd_str_t text;

    xd_base64_write(&out, bytes, XD_BASE64URL);
    text = xd_dup(arena, xd_buf_str(&out));
    xd_buf_free(&out);

    return text;
}


/* A token with a header of the attacker's choice, honestly signed. */
static xd_str_t
forge(const xd_key_t *key, const char *header, const char *payload)
{
    uint8_t signature[XD_SIGNATURE_MAX];
    size_t len;
    xd_str_t signing = xd_fmt(arena, "%s.%s", base64url(xd_str(header)).ptr,
        base64url(xd_str(payload)).ptr);

    ck_assert_int_eq(xd_key_sign(key, signing, signature, &len), XD_OK);

    return xd_fmt(arena, "%s.%s", signing.ptr,
        base64url((xd_str_t){ (char *) signature, len }).ptr);
}


static xd_token_fault_t
verify(xd_str_t token, const xd_jwks_t *keys)
{
    xd_jws_t jws;
    xd_token_fault_t fault = xd_jws_read(arena, token, 0, &jws);

    return fault == XD_TOKEN_GOOD ? xd_jws_verify(&jws, keys) : fault;
}


static const xd_key_t *
signing_key(void)
{
    return set_of("{" ED ",\"d\":\"" ED_D "\",\"kid\":\"a\"}", XD_JWKS_SIGNING)
        ->keys[0]
        .key;
}


static const struct {
    const char *header;
    xd_token_fault_t want;
} headers[] = {
    { "{\"alg\":\"EdDSA\",\"kid\":\"a\"}", XD_TOKEN_GOOD },
    { "{\"alg\":\"EdDSA\",\"kid\":\"a\",\"typ\":\"JWT\"}", XD_TOKEN_GOOD },
    { "{\"alg\":\"none\",\"kid\":\"a\"}", XD_TOKEN_ALG },
    { "{\"alg\":\"None\",\"kid\":\"a\"}", XD_TOKEN_ALG },
    { "{\"alg\":\"NONE\",\"kid\":\"a\"}", XD_TOKEN_ALG },
    { "{\"alg\":\"nOnE\",\"kid\":\"a\"}", XD_TOKEN_ALG },
    { "{\"alg\":\"eddsa\",\"kid\":\"a\"}", XD_TOKEN_ALG },
    { "{\"alg\":\"\",\"kid\":\"a\"}", XD_TOKEN_HEADER },
    { "{\"alg\":7,\"kid\":\"a\"}", XD_TOKEN_HEADER },
    { "{\"kid\":\"a\"}", XD_TOKEN_ALG },
    { "{\"alg\":\"HS256\",\"kid\":\"a\"}", XD_TOKEN_ALG },
    { "{\"alg\":\"ES256\",\"kid\":\"a\"}", XD_TOKEN_ALG },
    /* Where it leads is of no interest. */
    { "{\"alg\":\"EdDSA\",\"kid\":\"a\",\"jku\":\"http://evil/\"}",
        XD_TOKEN_GOOD },
    { "{\"alg\":\"EdDSA\",\"kid\":\"b\",\"jku\":\"http://evil/\"}",
        XD_TOKEN_KEY },
    { "{\"alg\":\"EdDSA\",\"kid\":\"b\",\"x5u\":\"http://evil/\"}",
        XD_TOKEN_KEY },
    { "{\"alg\":\"EdDSA\",\"kid\":\"b\",\"x5c\":[\"MIIB\"]}", XD_TOKEN_KEY },
    { "{\"alg\":\"EdDSA\",\"kid\":\"b\",\"jwk\":{" ED "}}", XD_TOKEN_KEY },
    /* A kid is a name, whatever it looks like. */
    { "{\"alg\":\"EdDSA\",\"kid\":\"../../dev/null\"}", XD_TOKEN_KEY },
    { "{\"alg\":\"EdDSA\",\"kid\":\"a\\u0000\"}", XD_TOKEN_KEY },
    { "{\"alg\":\"EdDSA\",\"kid\":\"a' or '1'='1\"}", XD_TOKEN_KEY },
    { "{\"alg\":\"EdDSA\",\"kid\":[\"a\"]}", XD_TOKEN_HEADER },
    { "{\"alg\":\"EdDSA\",\"kid\":\"\"}", XD_TOKEN_HEADER },
    { "{\"alg\":\"EdDSA\"}", XD_TOKEN_GOOD },
    { "{\"alg\":\"EdDSA\",\"kid\":\"a\",\"crit\":[\"exp\"],\"exp\":1}",
        XD_TOKEN_CRIT },
    { "{\"alg\":\"EdDSA\",\"kid\":\"a\",\"crit\":[]}", XD_TOKEN_CRIT },
    { "{\"alg\":\"EdDSA\",\"kid\":\"a\",\"crit\":[\"b64\"],\"b64\":false}",
        XD_TOKEN_CRIT },
    { "{\"alg\":\"EdDSA\",\"kid\":\"a\",\"b64\":false}", XD_TOKEN_CRIT },
    { "{\"alg\":\"none\",\"alg\":\"EdDSA\",\"kid\":\"a\"}", XD_TOKEN_HEADER },
    { "{\"alg\":\"EdDSA\",\"kid\":\"a\",\"x\":[[[[[[[[[1]]]]]]]]]}",
        XD_TOKEN_HEADER },
    { "\xef\xbb\xbf{\"alg\":\"EdDSA\",\"kid\":\"a\"}", XD_TOKEN_HEADER },
    { "{\"alg\":\"EdDSA\",\"kid\":\"a\",\"x\":\"\xff\"}", XD_TOKEN_HEADER },
    { "{\"alg\":\"EdDSA\",\"kid\":\"a\"} ?", XD_TOKEN_HEADER },
    { "[\"EdDSA\"]", XD_TOKEN_HEADER },
};


START_TEST(judges_the_header)
{
    xd_str_t token = forge(signing_key(), headers[_i].header, "{}");
    xd_token_fault_t fault =
        verify(token, set_of("{" ED ",\"kid\":\"a\"}", XD_JWKS_PUBLIC));

    ck_assert_msg(fault == headers[_i].want, "%s: %s", headers[_i].header,
        xd_token_text(fault));
}
END_TEST


/* What is public about a key is no secret, in any of its spellings. */
START_TEST(takes_no_public_key_for_a_secret)
{
    static const char *const spellings[] = { ED_X ED_X, "{" ED "}",
        "-----BEGIN PUBLIC KEY-----\n"
        "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
        "-----END PUBLIC KEY-----\n" };

    for (size_t i = 0; i < 3; i++) {
        xd_key_material_t parts = { .secret = xd_str(spellings[i]) };
        xd_key_t *key;

        ck_assert_int_eq(xd_key_make(arena, XD_HS256, &parts, &key), XD_OK);
        ck_assert_int_eq(verify(forge(key, "{\"alg\":\"HS256\",\"kid\":\"a\"}",
                                    "{}"),
                             set_of("{" ED ",\"kid\":\"a\"}", XD_JWKS_PUBLIC)),
            XD_TOKEN_ALG);
    }
}
END_TEST


/* Without a kid there must be no choice; another issuer's key of the same
 * kid is another key; and the payload's issuer chooses the set. */
START_TEST(keeps_keys_apart)
{
    const xd_jwks_t *two =
        set_of("{\"keys\":[{" ED ",\"kid\":\"a\"},{" EC ",\"kid\":\"b\"}]}",
            XD_JWKS_PUBLIC);
    const xd_jwks_t *other =
        set_of("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"a\",\"x\":"
               "\"JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs\"}",
            XD_JWKS_PUBLIC);
    xd_str_t token = forge(signing_key(), "{\"alg\":\"EdDSA\",\"kid\":\"a\"}",
        "{\"iss\":\"x\"}");
    xd_jws_t jws;

    ck_assert_int_eq(verify(token, two), XD_TOKEN_GOOD);
    ck_assert_int_eq(verify(token, other), XD_TOKEN_SIGNATURE);
    ck_assert_int_eq(verify(forge(signing_key(), "{\"alg\":\"EdDSA\"}", "{}"),
                         two),
        XD_TOKEN_KEY);
    ck_assert_int_eq(xd_jws_read(arena, token, 0, &jws), XD_TOKEN_GOOD);
    ck_assert(xd_str_is(xd_jws_issuer(arena, &jws), "x"));
}
END_TEST


START_TEST(judges_the_form)
{
    const xd_jwks_t *set = set_of("{" ED ",\"kid\":\"a\"}", XD_JWKS_PUBLIC);
    xd_str_t good = forge(signing_key(), "{\"alg\":\"EdDSA\"}", "{}");
    const char *t = good.ptr;
    int len = (int) good.len;
    const xd_str_t bad[] = {
        XD_STR(""),
        XD_STR("."),
        XD_STR(".."),
        xd_fmt(arena, "%s.", t),
        xd_fmt(arena, "%s.e30", t),
        xd_fmt(arena, ".%s", t),
        xd_fmt(arena, "%s=", t),
        xd_fmt(arena, "%s==", t),
        xd_fmt(arena, "%s\n", t),
        xd_fmt(arena, " %s", t),
        xd_fmt(arena, "%.*s", len - 86, t),
        xd_fmt(arena, "%.*s", len - 87, t),
        /* Bits behind the last byte: a second text of one signature. */
        xd_fmt(arena, "%.*s%c", len - 1, t, t[len - 1] + 1),
        XD_STR("{\"payload\":\"e30\",\"signature\":\"AA\"}"),
    };

    ck_assert_int_eq(verify(good, set), XD_TOKEN_GOOD);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        ck_assert_msg(verify(bad[i], set) == XD_TOKEN_FORM, "%s", bad[i].ptr);
    }

    /* Shortened by whole groups it is well-formed, and no signature. */
    ck_assert_int_eq(verify(xd_fmt(arena, "%.*s", len - 6, t), set),
        XD_TOKEN_SIGNATURE);
}
END_TEST


START_TEST(refuses_long_tokens)
{
    const xd_jwks_t *set = set_of("{" ED ",\"kid\":\"a\"}", XD_JWKS_PUBLIC);
    char *payload = xd_alloc(arena, XD_TOKEN_MAX + 1);
    xd_str_t token;

    memset(payload, ' ', XD_TOKEN_MAX);
    token = forge(signing_key(), "{\"alg\":\"EdDSA\"}", payload);
    ck_assert_int_eq(verify(token, set), XD_TOKEN_LONG);
}
END_TEST


#define ZEROS32 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define ORDER   "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"

static xd_str_t
unhex(const char *text)
{
    char *out = xd_alloc(arena, strlen(text) / 2 + 1);
    size_t n = strlen(text) / 2;

    for (size_t i = 0; i < n; i++) {
        const char two[] = { text[2 * i], text[2 * i + 1], '\0' };

        out[i] = (char) strtoul(two, NULL, 16);
    }

    return (xd_str_t){ out, n };
}


#define ONE "0000000000000000000000000000000000000000000000000000000000000001"
#define NIL "0000000000000000000000000000000000000000000000000000000000000000"

START_TEST(refuses_impossible_ecdsa)
{
    static const char *const signatures[] = { NIL NIL, NIL ONE, ONE NIL,
        ORDER ORDER, ORDER ONE, ONE ORDER, ONE, "", ONE ONE "00", "00" ONE ONE,
        "3006020101020101" };
    const xd_key_t *key =
        set_of("{" EC ",\"kid\":\"e\"}", XD_JWKS_PUBLIC)->keys[0].key;

    for (size_t i = 0; i < sizeof(signatures) / sizeof(char *); i++) {
        ck_assert_msg(!xd_key_verify(key, XD_STR("x"), unhex(signatures[i])),
            "%s", signatures[i]);
    }
}
END_TEST


/* A good signature with anything behind or before it is none. */
START_TEST(refuses_padded_ecdsa)
{
    const xd_key_t *key =
        set_of("{" EC ",\"d\":\"" EC_D "\"}", XD_JWKS_SIGNING)->keys[0].key;
    uint8_t sig[XD_SIGNATURE_MAX + 1] = { 0 };
    size_t len;

    ck_assert_int_eq(xd_key_sign(key, XD_STR("text"), sig + 1, &len), XD_OK);
    ck_assert_uint_eq(len, 64);
    ck_assert(xd_key_verify(key, XD_STR("text"),
        (xd_str_t){ (char *) sig + 1, len }));
    ck_assert(!xd_key_verify(key, XD_STR("text"),
        (xd_str_t){ (char *) sig + 1, len + 1 }));
    ck_assert(!xd_key_verify(key, XD_STR("text"),
        (xd_str_t){ (char *) sig, len + 1 }));
    ck_assert(!xd_key_verify(key, XD_STR("texT"),
        (xd_str_t){ (char *) sig + 1, len }));
}
END_TEST


static const struct {
    const char *json;
    xd_jwks_use_t use;
    xd_rc_t want;
} sets[] = {
    { "{\"keys\":[{" ED ",\"kid\":\"a\"},{" EC ",\"kid\":\"b\"}]}",
        XD_JWKS_PUBLIC, XD_OK },
    { "{\"keys\":[{" ED ",\"kid\":\"a\"},{" EC ",\"kid\":\"a\"}]}",
        XD_JWKS_PUBLIC, XD_E_SYNTAX },
    { "{\"keys\":[{" ED "},{" EC "}]}", XD_JWKS_PUBLIC, XD_E_SYNTAX },
    { "{\"keys\":[{" ED ",\"kid\":\"a\"},{" OCT ",\"kid\":\"b\"}]}",
        XD_JWKS_PUBLIC, XD_E_SYNTAX },
    { "{" ED ",\"d\":\"" ED_D "\"}", XD_JWKS_PUBLIC, XD_E_SYNTAX },
    { "{" OCT ",\"alg\":\"HS256\"}", XD_JWKS_SECRET, XD_OK },
    { "{" OCT "}", XD_JWKS_SECRET, XD_E_SYNTAX },
    { "{" OCT ",\"alg\":\"HS384\"}", XD_JWKS_SECRET, XD_E_SYNTAX },
    { "{" ED "}", XD_JWKS_SECRET, XD_E_SYNTAX },
    { "{\"keys\":[]}", XD_JWKS_PUBLIC, XD_E_SYNTAX },
    { "{\"keys\":{}}", XD_JWKS_PUBLIC, XD_E_SYNTAX },
    { "{}", XD_JWKS_PUBLIC, XD_E_SYNTAX },
    { "[]", XD_JWKS_PUBLIC, XD_E_SYNTAX },
    { "<html></html>", XD_JWKS_PUBLIC, XD_E_SYNTAX },
    { "{\"keys\":[7]}", XD_JWKS_PUBLIC, XD_E_SYNTAX },
    { "{" ED ",\"kid\":\"\\u0000\"}", XD_JWKS_PUBLIC, XD_E_SYNTAX },
    { "{" ED ",\"use\":\"enc\"}", XD_JWKS_PUBLIC, XD_E_SYNTAX },
    { "{" ED ",\"key_ops\":[\"sign\"]}", XD_JWKS_PUBLIC, XD_E_SYNTAX },
    { "{" ED ",\"key_ops\":\"verify\"}", XD_JWKS_PUBLIC, XD_E_SYNTAX },
    { "{" ED ",\"key_ops\":[\"verify\"]}", XD_JWKS_PUBLIC, XD_OK },
    { "{" ED ",\"alg\":\"ES256\"}", XD_JWKS_PUBLIC, XD_E_SYNTAX },
    { "{" EC ",\"alg\":\"ES384\"}", XD_JWKS_PUBLIC, XD_E_SYNTAX },
    /* Off the curve: y's last byte is another. */
    { "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" EC_X
      "\",\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a4\"}",
        XD_JWKS_PUBLIC, XD_E_SYNTAX },
    { "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" ZEROS32 "\",\"y\":\"" ZEROS32
      "\"}",
        XD_JWKS_PUBLIC, XD_E_SYNTAX },
    { "{" EC ",\"d\":\"" ED_D "\"}", XD_JWKS_SIGNING, XD_E_SYNTAX },
    /* An unknown key beside a good one is left out. */
    { "{\"keys\":[{\"kty\":\"AKP\",\"kid\":\"q\"},{" ED ",\"kid\":\"a\"}]}",
        XD_JWKS_PUBLIC, XD_OK },
};


START_TEST(judges_sets)
{
    xd_jwks_t *set;

    ck_assert_msg(read_set(sets[_i].json, sets[_i].use, &set) == sets[_i].want,
        "%s", sets[_i].json);
}
END_TEST


START_TEST(stops_at_the_limits_of_a_set)
{
    static const char two[] =
        "{\"keys\":[{" ED ",\"kid\":\"a\"},{" EC ",\"kid\":\"b\"}]}";
    xd_jwks_options_t options = { .keys_max = 1 };
    xd_jwks_t *set;
    xd_report_t rep;

    xd_report_init(&rep, arena, 10);
    ck_assert_int_eq(xd_jwks_read(arena, XD_STR(two), &options, &set, &rep),
        XD_E_LIMIT);
    options = (xd_jwks_options_t){ .bytes_max = sizeof(two) - 2 };
    ck_assert_int_eq(xd_jwks_read(arena, XD_STR(two), &options, &set, &rep),
        XD_E_LIMIT);
    ck_assert_uint_eq(xd_report_errors(&rep), 2);
}
END_TEST


/* RFC 8037 appendix A.3. */
START_TEST(makes_thumbprints)
{
    ck_assert_str_eq(set_of("{" ED "}", XD_JWKS_PUBLIC)->keys[0].thumbprint,
        "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}
END_TEST


#define CLAIMS "{\"iss\":\"https://idp\",\"aud\":\"api\",\"exp\":1700000100"

static const struct {
    const char *claims, *typ;
    xd_token_fault_t want;
} cases[] = {
    { CLAIMS "}", "at+jwt", XD_TOKEN_GOOD },
    { CLAIMS "}", "application/AT+JWT", XD_TOKEN_GOOD },
    { CLAIMS "}", "JWT", XD_TOKEN_TYPE },
    { CLAIMS "}", NULL, XD_TOKEN_TYPE },
    { CLAIMS ",\"nbf\":1700000030,\"iat\":1700000030}", "at+jwt",
        XD_TOKEN_GOOD },
    { CLAIMS ",\"nbf\":1700000031}", "at+jwt", XD_TOKEN_EARLY },
    { CLAIMS ",\"nbf\":1700000030.5}", "at+jwt", XD_TOKEN_EARLY },
    { CLAIMS ",\"iat\":1700000031}", "at+jwt", XD_TOKEN_EARLY },
    { CLAIMS ",\"iat\":\"1\"}", "at+jwt", XD_TOKEN_CLAIMS },
    { CLAIMS ",\"nbf\":null}", "at+jwt", XD_TOKEN_CLAIMS },
    { CLAIMS ",\"scope\":[\"a\"]}", "at+jwt", XD_TOKEN_CLAIMS },
    { CLAIMS ",\"sub\":7}", "at+jwt", XD_TOKEN_CLAIMS },
    { CLAIMS ",\"exp\":1800000000}", "at+jwt", XD_TOKEN_CLAIMS },
    { CLAIMS ",\"cnf\":{\"jkt\":\"x\"}}", "at+jwt", XD_TOKEN_CLAIMS },
    { CLAIMS "} x", "at+jwt", XD_TOKEN_CLAIMS },
    { "[]", "at+jwt", XD_TOKEN_CLAIMS },
    { "", "at+jwt", XD_TOKEN_CLAIMS },
    { "{\"iss\":\"https://idp\",\"aud\":[\"x\",\"api\"],\"exp\":1.7e9}",
        "at+jwt", XD_TOKEN_GOOD },
    { "{\"iss\":\"https://idp\",\"aud\":[\"x\"],\"exp\":1700000100}", "at+jwt",
        XD_TOKEN_AUDIENCE },
    { "{\"iss\":\"https://idp\",\"aud\":[\"api\",7],\"exp\":1700000100}",
        "at+jwt", XD_TOKEN_CLAIMS },
    { "{\"iss\":\"https://idp\",\"aud\":[],\"exp\":1700000100}", "at+jwt",
        XD_TOKEN_AUDIENCE },
    { "{\"iss\":\"https://idp\",\"exp\":1700000100}", "at+jwt",
        XD_TOKEN_AUDIENCE },
    { "{\"iss\":\"https://idp.evil\",\"aud\":\"api\",\"exp\":1700000100}",
        "at+jwt", XD_TOKEN_ISSUER },
    { "{\"aud\":\"api\",\"exp\":1700000100}", "at+jwt", XD_TOKEN_ISSUER },
    { "{\"iss\":\"https://idp\",\"aud\":\"api\"}", "at+jwt", XD_TOKEN_CLAIMS },
};


/* exp alone; leeway is 30 s, life_max a day. */
static const struct {
    const char *exp;
    xd_token_fault_t want;
} times[] = {
    { "1699999971", XD_TOKEN_GOOD },
    { "1699999970", XD_TOKEN_EXPIRED },
    { "1699999971.25", XD_TOKEN_GOOD },
    { "1699999970.75", XD_TOKEN_EXPIRED },
    { "1700086430", XD_TOKEN_GOOD },
    { "1700086431", XD_TOKEN_LIFE },
    { "99999999999", XD_TOKEN_LIFE },
    { "\"1700000100\"", XD_TOKEN_CLAIMS },
    { "-1", XD_TOKEN_CLAIMS },
    { "-0.5", XD_TOKEN_CLAIMS },
    { "1e400", XD_TOKEN_CLAIMS },
    { "1e99999999999", XD_TOKEN_CLAIMS },
    { "9223372036854775808", XD_TOKEN_CLAIMS },
    { "17000001000000000000000000000000000000000000", XD_TOKEN_CLAIMS },
    { "true", XD_TOKEN_CLAIMS },
    { "null", XD_TOKEN_CLAIMS },
    { "[1700000100]", XD_TOKEN_CLAIMS },
};


static xd_token_fault_t
claims(const char *text, const char *typ, xd_claims_t *out)
{
    const xd_str_t audiences[] = { XD_STR("other"), XD_STR("api") };
    const xd_claims_policy_t policy = { .issuer = XD_STR("https://idp"),
        .audiences = audiences,
        .naudiences = 2,
        .type = XD_STR("at+jwt"),
        .now = NOW,
        .leeway = 30,
        .life_max = 86400 };
    xd_jws_t jws = { .payload = xd_str(text), .typ = xd_str(typ) };

    return xd_claims_read(arena, &jws, &policy, out);
}


START_TEST(judges_claims)
{
    xd_claims_t out;
    xd_token_fault_t fault = claims(cases[_i].claims, cases[_i].typ, &out);

    ck_assert_msg(fault == cases[_i].want, "%s: %s", cases[_i].claims,
        xd_token_text(fault));
}
END_TEST


START_TEST(judges_expiry)
{
    xd_claims_t out;
    xd_token_fault_t fault =
        claims(xd_fmt(arena,
                   "{\"iss\":\"https://idp\",\"aud\":\"api\",\"exp\":%s}",
                   times[_i].exp)
                   .ptr,
            "at+jwt", &out);

    ck_assert_msg(fault == times[_i].want, "%s: %s", times[_i].exp,
        xd_token_text(fault));
}
END_TEST


START_TEST(holds_tokens_to_their_certificate)
{
    char x5t[XD_THUMBPRINT_LEN + 1];
    xd_claims_t out;

    xd_x5t_s256(XD_STR("a certificate"), x5t);
    ck_assert_int_eq(claims(xd_fmt(arena,
                                CLAIMS ",\"cnf\":{\"x5t#S256\":\"%s\"}}", x5t)
                                .ptr,
                         "at+jwt", &out),
        XD_TOKEN_GOOD);
    ck_assert_int_eq(xd_claims_bound(&out, XD_STR("a certificate")),
        XD_TOKEN_GOOD);
    ck_assert_int_eq(xd_claims_bound(&out, XD_STR("another")),
        XD_TOKEN_BINDING);
    ck_assert_int_eq(xd_claims_bound(&out, XD_STR_NONE), XD_TOKEN_BINDING);

    ck_assert_int_eq(claims(CLAIMS "}", "at+jwt", &out), XD_TOKEN_GOOD);
    ck_assert_int_eq(xd_claims_bound(&out, XD_STR_NONE), XD_TOKEN_GOOD);
}
END_TEST


START_TEST(finds_scopes)
{
    const xd_str_t scope = XD_STR("edi:write status:read");

    ck_assert(xd_scope_has(scope, XD_STR("edi:write")));
    ck_assert(xd_scope_has(scope, XD_STR("status:read")));
    ck_assert(!xd_scope_has(scope, XD_STR("status")));
    ck_assert(!xd_scope_has(scope, XD_STR("write")));
    ck_assert(!xd_scope_has(scope, XD_STR("")));
    ck_assert(!xd_scope_has(XD_STR_NONE, XD_STR("edi:write")));
}
END_TEST


/* What we sign ourselves is read again; one bit more or less is not. */
START_TEST(signs)
{
    static const struct {
        const char *json;
        xd_jwks_use_t use;
    } rows[] = { { "{" OCT ",\"alg\":\"HS256\",\"kid\":\"k\"}",
                     XD_JWKS_SECRET },
        { "{" ED ",\"d\":\"" ED_D "\",\"kid\":\"k\"}", XD_JWKS_SIGNING },
        { "{" EC ",\"d\":\"" EC_D "\",\"kid\":\"k\"}", XD_JWKS_SIGNING } };
    const xd_jwks_t *set = set_of(rows[_i].json, rows[_i].use);
    xd_buf_t out = { 0 };

    ck_assert_int_eq(xd_jws_sign(&out, set->keys[0].key, XD_STR("k"),
                         XD_STR("JWT"), XD_STR("{\"sub\":\"anna\"}")),
        XD_OK);
    ck_assert_int_eq(verify(xd_buf_str(&out), set), XD_TOKEN_GOOD);
    out.ptr[out.len - 10] ^= 1;
    ck_assert_int_ne(verify(xd_buf_str(&out), set), XD_TOKEN_GOOD);
    xd_buf_free(&out);

    ck_assert_int_eq(xd_jws_sign(&out,
                         set_of("{" ED "}", XD_JWKS_PUBLIC)->keys[0].key,
                         XD_STR_NONE, XD_STR_NONE, XD_STR("")),
        XD_E_CONF);
    xd_buf_free(&out);
}
END_TEST


START_TEST(survives_a_full_arena)
{
    xd_str_t token = forge(signing_key(), "{\"alg\":\"EdDSA\"}", CLAIMS "}");
    xd_token_fault_t fault = XD_TOKEN_MEMORY;
    xd_jwks_t *set;
    xd_rc_t rc = XD_E_MEMORY;
    xd_jws_t jws;
    size_t n;

    for (n = 1; fault == XD_TOKEN_MEMORY; n++) {
        xd_arena_fail_at(arena, n);
        fault = xd_jws_read(arena, token, 0, &jws);
    }

    ck_assert_int_eq(fault, XD_TOKEN_GOOD);
    for (n = 1; rc == XD_E_MEMORY; n++) {
        xd_arena_fail_at(arena, n);
        rc = read_set("{\"keys\":[{" ED "}]}", XD_JWKS_PUBLIC, &set);
    }

    ck_assert_int_eq(rc, XD_OK);
    ck_assert_uint_gt(n, 5);
}
END_TEST


#define COUNT(rows) (int) (sizeof(rows) / sizeof((rows)[0]))

int
main(void)
{
    Suite *s = suite_create("token");
    TCase *tc = tcase_create("token");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, judges_the_header, 0, COUNT(headers));
    tcase_add_test(tc, takes_no_public_key_for_a_secret);
    tcase_add_test(tc, keeps_keys_apart);
    tcase_add_test(tc, judges_the_form);
    tcase_add_test(tc, refuses_long_tokens);
    tcase_add_test(tc, refuses_impossible_ecdsa);
    tcase_add_test(tc, refuses_padded_ecdsa);
    tcase_add_loop_test(tc, judges_sets, 0, COUNT(sets));
    tcase_add_test(tc, stops_at_the_limits_of_a_set);
    tcase_add_test(tc, makes_thumbprints);
    tcase_add_loop_test(tc, judges_claims, 0, COUNT(cases));
    tcase_add_loop_test(tc, judges_expiry, 0, COUNT(times));
    tcase_add_test(tc, holds_tokens_to_their_certificate);
    tcase_add_test(tc, finds_scopes);
    tcase_add_loop_test(tc, signs, 0, 3);
    tcase_add_test(tc, survives_a_full_arena);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
