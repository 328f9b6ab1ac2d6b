/* SPDX-License-Identifier: BSD-2-Clause */

#include "conf/credentials.h"

#include <check.h>
#include <stdlib.h>

#include "format/yaml.h"


static xd_arena_t *arena;
static xd_report_t report;
static xd_conf_t conf;
static xd_registry_t *reg;


static xd_node_t *
yaml(const char *text)
{
    xd_node_t *root = NULL;

    ck_assert_int_eq(xd_yaml_read(arena, xd_str(text), &root, &report), XD_OK);

    return root;
}


#define OTHER "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define CERT  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const char consumers[] =
    "plans: { standard: {} }\n"
    "issuers:\n"
    "  - id: login\n"
    "    issuer: https://login.test/\n"
    "    audiences: [https://api.test/, urn:api]\n"
    "    keys: { file: keys/login, rsa: RS256 }\n"
    "  - id: house\n"
    "    issuer: house\n"
    "    audiences: [urn:api]\n"
    "    type: any\n"
    "    claim: sub\n"
    "    leeway: 5s\n"
    "    life: 1h\n"
    "    once: true\n"
    "    issued_after: 2026-01-01T00:00:00Z\n"
    "    keys: { file: /etc/keys/house, kind: secret, oct: HS512 }\n"
    "  - id: far\n"
    "    issuer: far\n"
    "    audiences: [urn:api]\n"
    "    keys: { url: https://far.test/keys, ca: ca.pem, refresh: 90s,\n"
    "            stale: 1h }\n"
    "  - id: asked\n"
    "    issuer: asked\n"
    "    audiences: [urn:api]\n"
    "    introspect: { url: https://asked.test/i, client: us, secret: s,\n"
    "                  ttl: 5s }\n"
    "consumers:\n"
    "  - id: webshop\n"
    "    plan: standard\n"
    "    tokens: [ { issuer: login, subject: shop },\n"
    "              { issuer: house, subject: clerk } ]\n"
    "  - id: kiosk\n"
    "    plan: standard\n"
    "    tokens: [ { issuer: house, subject: shop } ]\n";

static const char partners[] =
    "acme:\n"
    "  plan: standard\n"
    "  tokens: [ { issuer: login, subject: acme-client } ]\n"
    "  signatures: [ { keyid: k1, alg: ed25519, file: k1.pem },\n"
    "                { keyid: k2, alg: hmac-sha256, file: /etc/k2 } ]\n"
    "  webhooks: [ { profile: shopify, secret: shop } ]\n"
    "  certificates: [ { sha256: " CERT " } ]\n";


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&report, arena, 100);
    conf = (xd_conf_t){ .arena = arena, .dir = XD_STR("/etc/xd") };
    conf.consumers = yaml(consumers);
    conf.partners = yaml(partners);
    reg = NULL;
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static const xd_credentials_t *
made(void)
{
    ck_assert_int_eq(xd_registry_make(arena, &conf, XD_STR("p"), &reg, &report),
        XD_OK);

    return xd_registry_credentials(reg);
}


START_TEST(knows_each_issuer)
{
    const xd_credentials_t *c = made();
    const xd_issuer_t *i = xd_issuer_find(c, XD_STR("https://login.test/"));

    ck_assert_ptr_nonnull(i);
    ck_assert_ptr_eq(i, xd_issuer_nth(c, 0));
    ck_assert_uint_eq(i->audiences.count, 2);
    ck_assert(xd_str_is(i->type, "at+jwt"));
    ck_assert(xd_str_is(i->claim, "client_id"));
    ck_assert_int_eq(i->leeway, 30);
    ck_assert_int_eq(i->life, 86400);
    ck_assert(!i->once);
    ck_assert_int_eq(i->issued_after, 0);
    ck_assert_int_eq(i->keys.use, XD_JWKS_PUBLIC);
    ck_assert_int_eq(i->keys.rsa_alg, XD_RS256);
    ck_assert_int_eq(i->keys.oct_alg, XD_ALG_NONE);
    ck_assert(xd_str_is(i->file, "/etc/xd/keys/login"));

    i = xd_issuer_nth(c, 1);
    ck_assert(xd_str_is(i->name, "house"));
    ck_assert_ptr_null(i->type.ptr);
    ck_assert(xd_str_is(i->claim, "sub"));
    ck_assert_int_eq(i->leeway, 5);
    ck_assert_int_eq(i->life, 3600);
    ck_assert(i->once);
    ck_assert_int_eq(i->issued_after, 1767225600);
    ck_assert_int_eq(i->keys.use, XD_JWKS_SECRET);
    ck_assert_int_eq(i->keys.oct_alg, XD_HS512);
    ck_assert(xd_str_is(i->file, "/etc/keys/house"));

    i = xd_issuer_nth(c, 2);
    ck_assert_ptr_null(i->file.ptr);
    ck_assert(xd_str_is(i->url, "https://far.test/keys"));
    ck_assert(xd_str_is(i->ca, "/etc/xd/ca.pem"));
    ck_assert_int_eq(i->refresh, 90);
    ck_assert_int_eq(i->stale, 3600);

    i = xd_issuer_nth(c, 3);
    ck_assert_ptr_eq(i, xd_issuer_asked(c));
    ck_assert(xd_str_is(i->url, "https://asked.test/i"));
    ck_assert(xd_str_is(i->client, "us"));
    ck_assert(xd_str_is(i->secret, "/etc/xd/s"));
    ck_assert_int_eq(i->ttl, 5);

    ck_assert_ptr_null(xd_issuer_nth(c, 4));
    ck_assert_ptr_null(xd_issuer_find(c, XD_STR("https://login.test")));
    ck_assert_ptr_null(xd_issuer_find(c, XD_STR("login")));
}
END_TEST


static const struct {
    size_t issuer;
    const char *subject, *owner;
} subjects[] = {
    { 0, "shop", "webshop" },
    { 1, "clerk", "webshop" },
    { 1, "shop", "kiosk" },
    { 0, "acme-client", "acme" },
    { 0, "clerk", NULL },
    { 1, "acme-client", NULL },
    { 0, "Shop", NULL },
    { 0, "", NULL },
};


START_TEST(finds_the_owner_of_a_token)
{
    const xd_credentials_t *c = made();
    const xd_party_t *party = xd_credentials_token(c,
        xd_issuer_nth(c, subjects[_i].issuer), xd_str(subjects[_i].subject));

    if (subjects[_i].owner == NULL) {
        ck_assert_ptr_null(party);
    } else {
        ck_assert_ptr_nonnull(party);
        ck_assert(xd_str_is(party->id, subjects[_i].owner));
    }
}
END_TEST


/* Who calls with 300 letters is nobody, whatever stands in the file. */
START_TEST(a_subject_has_a_most)
{
    const xd_credentials_t *c = made();
    char text[257];

    memset(text, 'x', sizeof(text));
    ck_assert_ptr_null(xd_credentials_token(c, xd_issuer_nth(c, 0),
        (xd_str_t){ text, sizeof(text) }));
}
END_TEST


START_TEST(knows_each_signer)
{
    const xd_credentials_t *c = made();
    const xd_party_t *acme = xd_registry_party(reg, XD_STR("acme"));
    const xd_signer_t *signer = xd_signer_find(c, XD_STR("k1"));

    ck_assert_ptr_nonnull(signer);
    ck_assert_ptr_eq(signer, xd_signer_nth(c, 0));
    ck_assert_ptr_eq(signer->party, acme);
    ck_assert_int_eq(signer->alg, XD_EDDSA);
    ck_assert(xd_str_is(signer->file, "/etc/xd/k1.pem"));

    signer = xd_signer_find(c, XD_STR("k2"));
    ck_assert_uint_eq(signer->number, 1);
    ck_assert_int_eq(signer->alg, XD_HS256);
    ck_assert(xd_str_is(signer->file, "/etc/k2"));

    ck_assert_ptr_null(xd_signer_nth(c, 2));
    ck_assert_ptr_null(xd_signer_find(c, XD_STR("K1")));
    ck_assert_ptr_null(xd_signer_find(c, XD_STR_NONE));
}
END_TEST


START_TEST(knows_webhooks_and_certificates)
{
    const xd_credentials_t *c = made();
    const xd_party_t *acme = xd_registry_party(reg, XD_STR("acme"));
    const xd_webhook_t *shopify = xd_webhook_find(XD_STR("shopify"));
    const xd_hook_t *hook = xd_hook_find(c, acme, shopify);

    ck_assert_ptr_nonnull(hook);
    ck_assert_ptr_eq(hook, xd_hook_nth(c, 0));
    ck_assert(xd_str_is(hook->file, "/etc/xd/shop"));
    ck_assert_ptr_null(xd_hook_nth(c, 1));
    ck_assert_ptr_null(
        xd_hook_find(c, acme, xd_webhook_find(XD_STR("erpnext"))));
    ck_assert_ptr_null(
        xd_hook_find(c, xd_registry_party(reg, XD_STR("kiosk")), shopify));

    ck_assert_ptr_eq(xd_credentials_certificate(c, CERT), acme);
    ck_assert_ptr_null(xd_credentials_certificate(c, OTHER));
}
END_TEST


#define ISSUER(id, iss, more)                                                  \
    "  - { id: " id ", issuer: " iss                                           \
    ", audiences: [x], keys: { file: f }" more " }\n"

#define KEYS(keys)                                                             \
    "issuers: [ { id: a, issuer: i, audiences: [x], keys: { " keys " } } ]\n"

#define ASKED(id, url, more)                                                   \
    "  - { id: " id ", issuer: " id                                            \
    ", audiences: [x], introspect: { url: '" url                               \
    "', client: c, secret: s }" more " }\n"

static const struct {
    const char *consumers, *rule, *path;
} faults[] = {
    { "issuers:\n" ISSUER("a", "i", "") ISSUER("b", "i", ""),
        "conf.issuer.twice", "consumers.yaml:/issuers/1" },
    { "issuers:\n" ISSUER("a", "i", "") ISSUER("a", "j", ""),
        "conf.issuer.twice", "consumers.yaml:/issuers/1" },
    { "issuers:\n" ISSUER("a", "i", ", leeway: 301s"), "conf.issuer.leeway",
        "consumers.yaml:/issuers/0/leeway" },
    { "issuers: [ { id: a, issuer: i, audiences: [x] } ]\n", "conf.issuer.keys",
        "consumers.yaml:/issuers/0" },
    { "issuers:\n" ASKED("a", "https://x", "") ASKED("b", "https://y", ""),
        "conf.issuer.introspect", "consumers.yaml:/issuers/1/introspect" },
    { "issuers:\n" ASKED("a", "http://x.test", ""), "conf.issuer.url",
        "consumers.yaml:/issuers/0/introspect/url" },
    { "issuers:\n" ASKED("a", "https://x", ", keys: { file: f }"),
        "conf.issuer.keys", "consumers.yaml:/issuers/0/introspect" },
    { "issuers:\n" ASKED("a", "https://x", ", once: true"), "conf.issuer.once",
        "consumers.yaml:/issuers/0/once" },
    { KEYS("kind: public"), "conf.issuer.keys",
        "consumers.yaml:/issuers/0/keys" },
    { KEYS("file: f, url: 'https://x'"), "conf.issuer.keys",
        "consumers.yaml:/issuers/0/keys" },
    { KEYS("url: 'https://x', kind: secret"), "conf.issuer.secret",
        "consumers.yaml:/issuers/0/keys" },
    { KEYS("url: 'http://example.com/keys'"), "conf.issuer.url",
        "consumers.yaml:/issuers/0/keys/url" },
    { KEYS("url: 'http://localhost.example.com/keys'"), "conf.issuer.url",
        "consumers.yaml:/issuers/0/keys/url" },
    { "consumers:\n  - { id: c, signatures: [ { keyid: k, file: f } ] }\n"
      "  - { id: d, signatures: [ { keyid: k, file: f } ] }\n",
        "conf.credential.twice", "consumers.yaml:/consumers/1/signatures/0" },
    { "consumers:\n  - { id: c, webhooks: [ { profile: no, secret: f } ] }\n",
        "conf.webhook.profile", "consumers.yaml:/consumers/0/webhooks/0" },
    { "consumers:\n  - id: c\n    webhooks: [ { profile: hex, secret: f },\n"
      "                { profile: hex, secret: f } ]\n",
        "conf.webhook.profile", "consumers.yaml:/consumers/0/webhooks/1" },
    { "consumers:\n  - { id: c, certificates: [ { sha256: " CERT " } ] }\n"
      "  - { id: d, certificates: [ { sha256: " CERT " } ] }\n",
        "conf.credential.twice", "consumers.yaml:/consumers/1/certificates/0" },
    { "consumers:\n  - { id: c, tokens: [ { issuer: a, subject: s } ] }\n",
        "conf.token.issuer", "consumers.yaml:/consumers/0/tokens/0" },
    { "issuers:\n" ISSUER("a", "i",
          "") "consumers:\n"
              "  - { id: c, tokens: [ { issuer: a, subject: s } ] }\n"
              "  - { id: d, tokens: [ { issuer: a, subject: s } ] }\n",
        "conf.credential.twice", "consumers.yaml:/consumers/1/tokens/0" },
};


START_TEST(refuses_what_cannot_be)
{
    const xd_finding_t *f;

    conf.consumers = yaml(faults[_i].consumers);
    conf.partners = yaml("{}");
    ck_assert_int_eq(xd_registry_make(arena, &conf, XD_STR("p"), &reg, &report),
        XD_E_CONF);

    ck_assert_uint_eq(report.nkept, 1);
    f = &report.kept[0];
    ck_assert_str_eq(f->rule, faults[_i].rule);
    ck_assert_msg(xd_str_is(f->path, faults[_i].path), "%.*s", XD_FMT(f->path));
}
END_TEST


START_TEST(survives_every_full_arena)
{
    xd_arena_t *small = xd_arena_new(0);
    const xd_credentials_t *c;
    xd_rc_t rc = XD_E_MEMORY;
    size_t n;

    for (n = 1; rc == XD_E_MEMORY && n < 1000; n++) {
        xd_arena_reset(small);
        xd_arena_fail_at(small, n);
        reg = NULL;
        rc = xd_registry_make(small, &conf, XD_STR("p"), &reg, &report);
        ck_assert(rc == XD_OK || reg == NULL);
    }

    ck_assert_int_eq(rc, XD_OK);
    ck_assert_uint_gt(n, 20);
    c = xd_registry_credentials(reg);
    ck_assert_ptr_nonnull(xd_issuer_nth(c, 1)->file.ptr);
    ck_assert_ptr_nonnull(
        xd_credentials_token(c, xd_issuer_nth(c, 0), XD_STR("acme-client")));
    xd_arena_free(small);
}
END_TEST


#define COUNT(rows) ((int) (sizeof(rows) / sizeof((rows)[0])))


int
main(void)
{
    Suite *s = suite_create("credentials");
    TCase *tc = tcase_create("credentials");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, knows_each_issuer);
    tcase_add_loop_test(tc, finds_the_owner_of_a_token, 0, COUNT(subjects));
    tcase_add_test(tc, a_subject_has_a_most);
    tcase_add_test(tc, knows_each_signer);
    tcase_add_test(tc, knows_webhooks_and_certificates);
    tcase_add_loop_test(tc, refuses_what_cannot_be, 0, COUNT(faults));
    tcase_add_test(tc, survives_every_full_arena);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
