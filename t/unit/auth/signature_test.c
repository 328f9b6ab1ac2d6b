/* SPDX-License-Identifier: BSD-2-Clause */

/* HTTP message signatures: values of RFC 9421 appendix B.2 and others made
 * by hand; digests of bodies and signatures of webhooks. */

#include <check.h>
#include <stdlib.h>

#include "auth/signature.h"
#include "auth/webhook.h"
#include "base/base64.h"

#define NOW 1618884473

static xd_arena_t *arena;

static const xd_http_field_t fields[] = {
    { XD_STR("Host"), XD_STR("example.com") },
    { XD_STR("Date"), XD_STR("Tue, 20 Apr 2021 02:07:55 GMT") },
    { XD_STR("Content-Type"), XD_STR("application/json") },
    { XD_STR("Content-Length"), XD_STR(" 18 ") },
    { XD_STR("X-Two"), XD_STR(" a") },
    { XD_STR("x-two"), XD_STR("b\r\n  c ") },
    { XD_STR("X-Empty"), XD_STR("") },
    { XD_STR("Priority"), XD_STR("u=1,   i") },
    { XD_STR("X-Bad"), XD_STR("caf\xc3\xa9") },
};

static const xd_http_field_t trailers[] = { { XD_STR("Expires"),
    XD_STR("Wed, 9 Nov 2022") } };

static const xd_http_message_t request = { .method = XD_STR("POST"),
    .scheme = XD_STR("https"),
    .authority = XD_STR("Example.com:443"),
    .target = XD_STR("/foo?param=Value&Pet=dog&a%20b=c+d&twice=1&twice=2"),
    .fields = fields,
    .nfields = sizeof(fields) / sizeof(fields[0]),
    .trailers = trailers,
    .ntrailers = 1 };


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


static xd_key_t *
secret_key(void)
{
    xd_key_material_t parts = { 0 };
    xd_key_t *key = NULL;

    ck_assert_int_eq(
        xd_base64_read(arena,
            XD_STR("uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkd"
                   "JPBtbmHhIDi6pcl8jsasjlTMtDQ=="),
            XD_BASE64, &parts.secret),
        XD_OK);
    ck_assert_int_eq(xd_key_make(arena, XD_HS256, &parts, &key), XD_OK);

    return key;
}


static xd_key_t *
ed_key(void)
{
    xd_key_material_t parts = { 0 };
    xd_key_t *key = NULL;

    ck_assert_int_eq(xd_base64_read(arena,
                         XD_STR("JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs"),
                         XD_BASE64URL, &parts.x),
        XD_OK);
    ck_assert_int_eq(xd_key_make(arena, XD_EDDSA, &parts, &key), XD_OK);

    return key;
}


/* The request with two fields more. */
static xd_http_message_t
with(const char *input, const char *signature)
{
    xd_http_message_t m = request;
    xd_http_field_t *all = xd_alloc_n(arena, m.nfields + 2, sizeof(*all));

    memcpy(all, fields, sizeof(fields));
    all[m.nfields] =
        (xd_http_field_t){ XD_STR("Signature-Input"), xd_str(input) };
    all[m.nfields + 1] =
        (xd_http_field_t){ XD_STR("Signature"), xd_str(signature) };
    m.fields = all;
    m.nfields += 2;

    return m;
}


static xd_signature_fault_t
verify(const char *input, const char *signature, const xd_key_t *key,
    const xd_signature_policy_t *policy)
{
    static const xd_signature_policy_t any = { .now = NOW };
    xd_http_message_t m = with(input, signature);
    xd_signature_t found;
    xd_signature_fault_t fault =
        xd_signature_find(arena, &m, XD_STR_NONE, XD_STR_NONE, &found);

    return fault != XD_SIGNATURE_GOOD ? fault
                                      : xd_signature_verify(arena, &m, &found,
                                          key, policy == NULL ? &any : policy);
}


#define B25_LIST                                                               \
    "(\"date\" \"@authority\" \"content-type\");created=1618884473"            \
    ";keyid=\"test-shared-secret\""
#define B25     "sig-b25=" B25_LIST
#define B25_SIG "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:"
#define B26                                                                    \
    "sig-b26=(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" " \
    "\"content-length\");created=1618884473;keyid=\"test-key-ed25519\""
#define B26_SIG                                                                \
    "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPi" \
    "u4A0w6vuQv5lIp5WPpBKRCw==:"


START_TEST(verifies_published_signatures)
{
    ck_assert_int_eq(verify(B25, B25_SIG, secret_key(), NULL),
        XD_SIGNATURE_GOOD);
    ck_assert_int_eq(verify(B26, B26_SIG, ed_key(), NULL), XD_SIGNATURE_GOOD);

    /* Each under the other's key, and with another order of components. */
    ck_assert_int_eq(verify(B26, B26_SIG, secret_key(), NULL),
        XD_SIGNATURE_BAD);
    ck_assert_int_eq(verify("sig-b25=(\"@authority\" \"date\" \"content-type\")"
                            ";created=1618884473;keyid=\"test-shared-secret\"",
                         B25_SIG, secret_key(), NULL),
        XD_SIGNATURE_BAD);
}
END_TEST


START_TEST(signs_as_published)
{
    xd_buf_t input = { 0 }, signature = { 0 };

    ck_assert_int_eq(xd_signature_sign(arena, &request, "sig-b25",
                         XD_STR(B25_LIST), secret_key(), &input, &signature),
        XD_SIGNATURE_GOOD);
    ck_assert(xd_str_is(xd_buf_str(&input), B25));
    ck_assert(xd_str_is(xd_buf_str(&signature), B25_SIG));
    xd_buf_free(&input);
    xd_buf_free(&signature);
}
END_TEST


static const struct {
    const char *id;
    const char *line; /* NULL: refused */
} components[] = {
    { "\"@method\"", "POST" },
    { "\"@scheme\"", "https" },
    { "\"@authority\"", "example.com" },
    { "\"@path\"", "/foo" },
    { "\"@query\"", "?param=Value&Pet=dog&a%20b=c+d&twice=1&twice=2" },
    { "\"@query-param\";name=\"Pet\"", "dog" },
    { "\"@query-param\";name=\"a%20b\"", "c%20d" },
    { "\"@query-param\";name=\"twice\"", NULL },
    { "\"@query-param\";name=\"none\"", NULL },
    { "\"@query-param\"", NULL },
    { "\"@status\"", NULL },
    { "\"@unknown\"", NULL },
    { "\"@method\";req", NULL },
    { "\"@method\";sf", NULL },
    { "\"x-two\"", "a, b c" },
    { "\"x-two\";bs", ":YQ==:, :Yg0KICBj:" },
    { "\"x-two\";bs;sf", NULL },
    { "\"x-two\";what", NULL },
    { "\"X-Two\"", NULL },
    { "\"x-empty\"", "" },
    { "\"x-absent\"", NULL },
    { "\"x-bad\"", NULL },
    { "\"priority\"", "u=1,   i" },
    { "\"priority\";sf", "u=1, i" },
    { "\"priority\";key=\"u\"", "1" },
    { "\"priority\";key=\"z\"", NULL },
    { "\"date\";sf", NULL },
    { "\"expires\"", NULL },
    { "\"expires\";tr", "Wed, 9 Nov 2022" },
    { "date", NULL },
    { "\"date\" \"date\"", NULL },
};


START_TEST(makes_components)
{
    const char *id = components[_i].id, *line = components[_i].line;
    xd_buf_t out = { 0 };
    xd_field_t *list;
    xd_signature_fault_t fault;

    ck_assert_int_eq(xd_field_read(arena, xd_fmt(arena, "(%s)", id),
                         XD_FIELD_AS_LIST, 0, &list),
        XD_OK);
    fault = xd_signature_base(arena, &request, list, &out);
    ck_assert_int_eq(fault,
        line == NULL ? XD_SIGNATURE_COMPONENT : XD_SIGNATURE_GOOD);
    if (line != NULL) {
        xd_str_t want =
            xd_fmt(arena, "%s: %s\n\"@signature-params\": (%s)", id, line, id);

        ck_assert_msg(xd_str_eq(xd_buf_str(&out), want), "%.*s",
            XD_FMT(xd_buf_str(&out)));
    }

    xd_buf_free(&out);
}
END_TEST


START_TEST(holds_to_the_policy)
{
    static const char *const cover[] = { "@authority", "date", NULL };
    static const char *const more[] = { "@method", NULL };
    const xd_signature_policy_t good = { .cover = cover,
        .now = NOW + 60,
        .age_max = 60 };
    const xd_signature_policy_t bad[] = {
        { .cover = more, .now = NOW },
        { .now = NOW + 61, .age_max = 60 },
        { .now = NOW - 2, .leeway = 1 },
        { .now = NOW, .nonce = true },
    };
    static const xd_signature_fault_t want[] = { XD_SIGNATURE_COVER,
        XD_SIGNATURE_AGE, XD_SIGNATURE_AGE, XD_SIGNATURE_NONCE };

    ck_assert_int_eq(verify(B25, B25_SIG, secret_key(), &good),
        XD_SIGNATURE_GOOD);
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(verify(B25, B25_SIG, secret_key(), &bad[i]), want[i]);
    }

    ck_assert_int_eq(verify("s=(\"date\");expires=1618884472",
                         "s=:AA==:", secret_key(), NULL),
        XD_SIGNATURE_AGE);
    ck_assert_int_eq(verify("s=(\"date\");alg=\"ed25519\"",
                         "s=:AA==:", secret_key(), NULL),
        XD_SIGNATURE_ALG);
    ck_assert_int_eq(verify("s=(\"date\");created=\"1\"",
                         "s=:AA==:", secret_key(), NULL),
        XD_SIGNATURE_FORM);
    ck_assert_int_eq(verify("s=(\"date\")", "t=:AA==:", secret_key(), NULL),
        XD_SIGNATURE_FORM);
    ck_assert_int_eq(verify("s=()", "s=::", secret_key(), NULL),
        XD_SIGNATURE_BAD);
    ck_assert_int_eq(verify("s=(), t=()", "s=::", secret_key(), NULL),
        XD_SIGNATURE_ABSENT);
    ck_assert_int_eq(verify("s=(", "s=::", secret_key(), NULL),
        XD_SIGNATURE_FORM);
}
END_TEST


#define HELLO     "{\"hello\": \"world\"}"
#define HELLO_256 "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"
#define HELLO_512                                                              \
    "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7"  \
    "BNNyealdVLvRwEmTHWXvJwew==:"


START_TEST(compares_digests)
{
    const xd_str_t body = XD_STR(HELLO);
    xd_buf_t out = { 0 };

    ck_assert(xd_content_digest_is(arena, XD_STR(HELLO_256), body));
    ck_assert(xd_content_digest_is(arena, XD_STR(HELLO_512), body));
    ck_assert(
        xd_content_digest_is(arena, XD_STR(HELLO_256 ", " HELLO_512), body));
    ck_assert(!xd_content_digest_is(arena, XD_STR(HELLO_256), XD_STR("{}")));
    ck_assert(!xd_content_digest_is(arena, XD_STR(HELLO_256 ", sha-512=:AA==:"),
        body));
    ck_assert(!xd_content_digest_is(arena, XD_STR("md5=:AA==:"), body));
    ck_assert(!xd_content_digest_is(arena, XD_STR(""), body));
    ck_assert(!xd_content_digest_is(arena, XD_STR("sha-256=1"), body));

    xd_content_digest_write(&out, body);
    ck_assert(xd_str_is(xd_buf_str(&out), HELLO_256));
    xd_buf_free(&out);
}
END_TEST


/* HMAC-SHA-256 of "Hello, World!" as GitHub's documentation gives it. */
#define HUB "It's a Secret to Everybody"
#define HUB_HEX                                                                \
    "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
#define HUB_64 "dXEH6g6yUJ/CESIczphLijdXC211hsIsRvQ3nIsEPhc="

static const struct {
    const char *profile, *value;
    bool want;
} hooks[] = {
    { "github", "sha256=" HUB_HEX, true },
    { "github", HUB_HEX, false },
    { "github", "sha1=" HUB_HEX, false },
    { "github", "sha256=" HUB_HEX "0", false },
    { "github", "sha256=", false },
    { "github", "", false },
    { "hex",
        "sha256=757107EA0EB2509FC211221CCE984B8A37570B6D7586C22C46F4379C8B"
        "043E17",
        true },
    { "shopify", HUB_64, true },
    { "shopify", "dXEH6g6yUJ/CESIczphLijdXC211hsIsRvQ3nIsEPhd=", false },
    { "shopify", HUB_HEX, false },
    { "erpnext", HUB_64, true },
    { "erpnext", "", false },
};


START_TEST(verifies_webhooks)
{
    const xd_webhook_t *profile = xd_webhook_find(xd_str(hooks[_i].profile));
    xd_str_t value = xd_str(hooks[_i].value);

    ck_assert_ptr_nonnull(profile);
    ck_assert_int_eq(xd_webhook_verify(profile, XD_STR(HUB),
                         XD_STR("Hello, World!"), value),
        hooks[_i].want);
    ck_assert(!xd_webhook_verify(profile, XD_STR(HUB), XD_STR("Hello, World"),
        value));
    ck_assert(!xd_webhook_verify(profile, XD_STR(""), XD_STR("Hello, World!"),
        value));
    ck_assert_ptr_null(xd_webhook_find(XD_STR("none")));
}
END_TEST


#define COUNT(rows) (int) (sizeof(rows) / sizeof((rows)[0]))

int
main(void)
{
    Suite *s = suite_create("signature");
    TCase *tc = tcase_create("signature");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, verifies_published_signatures);
    tcase_add_test(tc, signs_as_published);
    tcase_add_loop_test(tc, makes_components, 0, COUNT(components));
    tcase_add_test(tc, holds_to_the_policy);
    tcase_add_test(tc, compares_digests);
    tcase_add_loop_test(tc, verifies_webhooks, 0, COUNT(hooks));

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
