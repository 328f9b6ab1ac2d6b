/* SPDX-License-Identifier: BSD-2-Clause */

#include "conf/registry.h"

#include <check.h>
#include <stdlib.h>

#include "base/clock.h"
#include "format/yaml.h"


#define PEPPER XD_STR("pepper of the test")
#define ZEROS  "0000000000000000000000000000000000000000000000000000000000000000"

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


/* The hash of a key, for the templates below. */
static const char *
hash_of(const char *key)
{
    char hex[XD_SHA256_HEX + 1];
    xd_str_t copy;

    xd_registry_hash(PEPPER, xd_str(key), hex);
    copy = xd_dup(arena, xd_str(hex));
    ck_assert_ptr_nonnull(copy.ptr);

    return copy.ptr;
}


/* Each '@' and the word behind it is replaced by the hash of that word. */
static const char *
with_hashes(const char *text)
{
    xd_str_t rest = xd_str(text);
    xd_str_t out = xd_str_cut(&rest, '@');

    while (rest.ptr != NULL) {
        xd_str_t part = xd_str_cut(&rest, '@');
        size_t n = 0;
        xd_str_t key;

        while (n < part.len && strchr(" ,}\n", part.ptr[n]) == NULL) {
            n++;
        }

        key = xd_dup(arena, (xd_str_t){ part.ptr, n });
        out = xd_fmt(arena, "%.*s%s%.*s", XD_FMT(out), hash_of(key.ptr),
            (int) (part.len - n), part.ptr + n);
    }

    return out.ptr;
}


static const char consumers[] =
    "plans:\n"
    "  standard:\n"
    "    policies:\n"
    "      - { name: burst, limit: 100, window: 60s, burst: 20 }\n"
    "      - { name: daily, limit: 7, window: 1d, advertise: false }\n"
    "  free: {}\n"
    "consumers:\n"
    "  - id: webshop\n"
    "    plan: standard\n"
    "    scopes: [sales-order:write, status:read]\n"
    "    keys:\n"
    "      - { prefix: one, hash: @one.secret }\n"
    "      - { prefix: two, hash: @two.secret,\n"
    "          not_before: 2026-01-01T00:00:00Z,\n"
    "          expires: 2026-02-01T00:00:00Z }\n"
    "      - { prefix: demo, hash: '" ZEROS "' }\n"
    "  - id: kiosk\n"
    "    plan: free\n"
    "    scopes: []\n"
    "    keys: [ { prefix: demo, hash: '" ZEROS "' } ]\n";

static const char partners[] =
    "acme:\n"
    "  id: acme\n"
    "  plan: standard\n"
    "  scopes: [edi:write]\n"
    "  keys: [ { prefix: a, hash: @acme.secret } ]\n"
    "  edi:\n"
    "    ids: [ { qualifier: ZZ, id: ACME },\n"
    "           { qualifier: '01', id: '123456789' } ]\n"
    "globex:\n"
    "  id: globex\n"
    "  plan: standard\n"
    "  scopes: [edi:write]\n"
    "  edi:\n"
    "    ids: [ { qualifier: '12', id: '123456789' } ]\n";


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&report, arena, 100);
    conf = (xd_conf_t){ .arena = arena };
    conf.consumers = yaml(with_hashes(consumers));
    conf.partners = yaml(with_hashes(partners));
    reg = NULL;
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static xd_rc_t
make(void)
{
    return xd_registry_make(arena, &conf, PEPPER, &reg, &report);
}


static int64_t
at(const char *instant)
{
    int64_t ms;

    ck_assert(xd_instant_read(xd_str(instant), &ms));

    return ms;
}


static const struct {
    const char *key, *when;
    const char *owner; /* NULL: nobody */
} key_cases[] = {
    { "one.secret", "1970-01-01T00:00:00Z", "webshop" },
    { "one.secret", "2126-01-01T00:00:00Z", "webshop" },
    { "two.secret", "2025-12-31T23:59:59.999Z", NULL },
    { "two.secret", "2026-01-01T00:00:00Z", "webshop" },
    { "two.secret", "2026-01-31T23:59:59.999Z", "webshop" },
    { "two.secret", "2026-02-01T00:00:00Z", NULL },
    { "acme.secret", "2026-01-01T00:00:00Z", "acme" },
    { "acme.secret ", "2026-01-01T00:00:00Z", NULL },
    { "ACME.secret", "2026-01-01T00:00:00Z", NULL },
    { "one.", "2026-01-01T00:00:00Z", NULL },
    { "", "2026-01-01T00:00:00Z", NULL },
    { ZEROS, "2026-01-01T00:00:00Z", NULL },
};


START_TEST(finds_the_owner_of_a_key)
{
    const xd_party_t *party;

    ck_assert_int_eq(make(), XD_OK);
    party =
        xd_registry_key(reg, xd_str(key_cases[_i].key), at(key_cases[_i].when));

    if (key_cases[_i].owner == NULL) {
        ck_assert_ptr_null(party);
        return;
    }

    ck_assert_ptr_nonnull(party);
    ck_assert(xd_str_is(party->id, key_cases[_i].owner));
}
END_TEST


/* A hash that leaked out of the file is no key. */
START_TEST(a_hash_opens_nothing)
{
    ck_assert_int_eq(make(), XD_OK);
    ck_assert_ptr_null(xd_registry_key(reg, xd_str(hash_of("one.secret")), 1));
}
END_TEST


START_TEST(another_pepper_opens_nothing)
{
    ck_assert_int_eq(xd_registry_make(arena, &conf, XD_STR("other"), &reg,
                         &report),
        XD_OK);
    ck_assert_ptr_null(xd_registry_key(reg, XD_STR("one.secret"), 1));
}
END_TEST


/* RFC 4231, test case 2. */
START_TEST(hashes_as_the_standard_says)
{
    char hex[XD_SHA256_HEX + 1];

    xd_registry_hash(XD_STR("Jefe"), XD_STR("what do ya want for nothing?"),
        hex);
    ck_assert_str_eq(hex,
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}
END_TEST


START_TEST(allocates_nothing_at_request_time)
{
    size_t used;

    ck_assert_int_eq(make(), XD_OK);
    used = xd_arena_used(arena);

    ck_assert_ptr_nonnull(xd_registry_key(reg, XD_STR("one.secret"), 1));
    ck_assert_ptr_null(xd_registry_key(reg, XD_STR("none.secret"), 1));
    ck_assert_ptr_nonnull(xd_registry_party(reg, XD_STR("acme")));
    ck_assert_ptr_nonnull(xd_registry_edi(reg, XD_STR("ZZ"), XD_STR("ACME")));

    ck_assert_uint_eq(xd_arena_used(arena), used);
}
END_TEST


START_TEST(knows_each_party)
{
    const xd_party_t *party;

    ck_assert_int_eq(make(), XD_OK);

    party = xd_registry_party(reg, XD_STR("webshop"));
    ck_assert_ptr_nonnull(party);
    ck_assert(!party->partner);
    ck_assert(xd_str_is(party->plan->name, "standard"));
    ck_assert(xd_party_has_scope(party, XD_STR("status:read")));
    ck_assert(!xd_party_has_scope(party, XD_STR("status")));
    ck_assert(!xd_party_has_scope(party, XD_STR("edi:write")));
    ck_assert(!xd_party_is_edi(party, XD_STR("ZZ"), XD_STR("ACME")));

    party = xd_registry_party(reg, XD_STR("acme"));
    ck_assert_ptr_nonnull(party);
    ck_assert(party->partner);
    ck_assert_ptr_eq(party->entry, xd_get(conf.partners, "acme"));

    ck_assert_ptr_null(xd_registry_party(reg, XD_STR("nobody")));
    ck_assert_ptr_null(xd_registry_party(reg, XD_STR("")));
}
END_TEST


static const struct {
    const char *qualifier, *id;
    const char *owner;
} edi_cases[] = {
    { "ZZ", "ACME", "acme" },
    { "ZZ", "ACME           ", "acme" }, /* ISA pads with blanks */
    { "01", "123456789", "acme" },
    { "12", "123456789", "globex" },
    { "14", "123456789", NULL },
    { "", "ZZACME", NULL },
    { "ZZA", "CME", NULL },
    { "ZZ", "", NULL },
    { "ZZ", "acme", NULL },
    { "123456789", "ACME", NULL },
    { "ZZ", "123456789012345678901234567890123456", NULL },
};


START_TEST(finds_the_owner_of_an_edi_id)
{
    xd_str_t qualifier = xd_str(edi_cases[_i].qualifier);
    xd_str_t id = xd_str(edi_cases[_i].id);
    const xd_party_t *party;

    ck_assert_int_eq(make(), XD_OK);
    party = xd_registry_edi(reg, qualifier, id);

    if (edi_cases[_i].owner == NULL) {
        ck_assert_ptr_null(party);
        ck_assert(!xd_party_is_edi(xd_registry_party(reg, XD_STR("acme")),
            qualifier, id));
        return;
    }

    ck_assert_ptr_nonnull(party);
    ck_assert(xd_str_is(party->id, edi_cases[_i].owner));
    ck_assert(xd_party_is_edi(party, qualifier, id));
}
END_TEST


START_TEST(knows_each_plan)
{
    const xd_plan_t *plan;
    const xd_policy_t *p;

    ck_assert_int_eq(make(), XD_OK);

    plan = xd_registry_plan(reg, XD_STR("standard"));
    ck_assert_ptr_nonnull(plan);
    ck_assert_ptr_eq(plan, xd_registry_party(reg, XD_STR("webshop"))->plan);
    ck_assert_uint_eq(plan->policies.count, 2);

    p = xd_plan_policy(plan, XD_STR("burst"));
    ck_assert_ptr_eq(p, XD_AT(&plan->policies, xd_policy_t, 0));
    ck_assert_int_eq(p->limit, 100);
    ck_assert_int_eq(p->window, 60);
    ck_assert_int_eq(p->burst, 20);
    ck_assert(p->advertise);
    ck_assert_int_eq(xd_policy_unit_ns(p), 600000000);

    /* Rounded up: 7 units must not come back before the day is over. */
    p = xd_plan_policy(plan, XD_STR("daily"));
    ck_assert_int_eq(p->burst, 7);
    ck_assert(!p->advertise);
    ck_assert_int_eq(xd_policy_unit_ns(p), 12342857142858);

    ck_assert_ptr_null(xd_plan_policy(plan, XD_STR("hourly")));
    ck_assert_uint_eq(xd_registry_party(reg, XD_STR("kiosk"))
                          ->plan->policies.count,
        0);
    ck_assert_ptr_null(xd_registry_plan(reg, XD_STR("none")));
}
END_TEST


START_TEST(knows_every_kind_of_policy)
{
    const xd_plan_t *plan;
    const xd_policy_t *p;

    conf.consumers =
        yaml("plans: { a: { policies: [\n"
             "  { name: day, limit: 1000, calendar: day, zone: Europe/Berlin,\n"
             "    per: plan, classes: { normal: 90, low: 33 } },\n"
             "  { name: in, limit: 5, unit: concurrent, per: route },\n"
             "  { name: volume, limit: 1000000000000, unit: bytes,\n"
             "    calendar: month, shadow: true } ] } }\n"
             "shared: [ { name: erp, limit: 9, window: 1s } ]\n");
    conf.partners = yaml("{}");
    ck_assert_int_eq(make(), XD_OK);
    plan = xd_registry_plan(reg, XD_STR("a"));
    ck_assert_uint_eq(plan->policies.count, 3);

    p = XD_AT(&plan->policies, xd_policy_t, 0);
    ck_assert_int_eq(p->calendar, XD_CALENDAR_DAY);
    ck_assert_int_eq(p->window, 86400);
    ck_assert_int_eq(p->per, XD_POLICY_PLAN);
    ck_assert(p->advertise && !p->shadow);
    ck_assert_int_eq(xd_policy_most(p, XD_CLASS_HIGH), 1000);
    ck_assert_int_eq(xd_policy_most(p, XD_CLASS_NORMAL), 900);
    ck_assert_int_eq(xd_policy_most(p, XD_CLASS_LOW), 330);

    p = XD_AT(&plan->policies, xd_policy_t, 1);
    ck_assert_int_eq(p->unit, XD_POLICY_CONCURRENT);
    ck_assert_int_eq(p->per, XD_POLICY_ROUTE);

    p = XD_AT(&plan->policies, xd_policy_t, 2);
    ck_assert_int_eq(p->unit, XD_POLICY_BYTES);
    ck_assert(p->shadow && !p->advertise);
    ck_assert_int_eq(xd_policy_most(p, XD_CLASS_LOW), 1000000000000);

    p = xd_plan_policy(xd_registry_shared(reg), XD_STR("erp"));
    ck_assert_ptr_nonnull(p);
    ck_assert_int_eq(p->per, XD_POLICY_ALL);
    ck_assert(!p->advertise);
}
END_TEST


START_TEST(numbers_parties_and_plans)
{
    const xd_party_t *party;
    const xd_plan_t *plan;
    size_t n = 0;

    ck_assert_int_eq(make(), XD_OK);

    while ((party = xd_registry_nth(reg, n)) != NULL) {
        ck_assert_uint_eq(party->number, n++);
        ck_assert_ptr_eq(party, xd_registry_party(reg, party->id));
    }
    ck_assert_uint_eq(n, 4);

    n = 0;
    while ((plan = xd_registry_nth_plan(reg, n)) != NULL) {
        ck_assert_uint_eq(plan->number, n++);
        ck_assert_ptr_eq(plan, xd_registry_plan(reg, plan->name));
    }
    ck_assert_uint_eq(n, 2);
}
END_TEST


/* Settings of a policy that do not go together. */
#define FORM(settings)                                                         \
    {                                                                          \
        "plans: { a: { policies: [ { name: x, limit: 1, " settings             \
        " } ] } }\n",                                                          \
            "{}", "conf.policy.form", "consumers.yaml:/plans/a/policies/0", 1  \
    }

static const struct {
    const char *consumers, *partners;
    const char *rule, *path;
    uint32_t line;
} faults[] = {
    { "consumers:\n  - { id: a, keys: [ { hash: @k } ] }\n"
      "  - { id: b, keys: [ { hash: @k } ] }\n",
        "{}", "conf.key.twice", "consumers.yaml:/consumers/1/keys/0", 3 },
    { "consumers:\n  - { id: a, keys: [ { hash: @k } ] }\n",
        "p:\n  keys:\n  - hash: @k\n", "conf.key.twice",
        "partners/p.yaml:/keys/0", 3 },
    { "consumers:\n  - id: a\n  - id: a\n", "{}", "conf.id.twice",
        "consumers.yaml:/consumers/1", 3 },
    { "consumers: [ { id: p } ]\n", "p: { id: p }\n", "conf.id.twice",
        "partners/p.yaml:", 1 },
    { "{}",
        "p:\n  edi: { ids: [ { qualifier: ZZ, id: X } ] }\n"
        "q:\n  edi: { ids: [ { qualifier: ZZ, id: X } ] }\n",
        "conf.edi-id.twice", "partners/q.yaml:/edi/ids/0", 4 },
    { "{}",
        "p:\n  edi: { ids: [ { qualifier: ZZ, id: X },\n"
        "                { qualifier: ZZ, id: 'X ' } ] }\n",
        "conf.edi-id.twice", "partners/p.yaml:/edi/ids/1", 3 },
    { "plans:\n  a:\n    policies:\n"
      "      - { name: x, limit: 1, window: 1s }\n"
      "      - { name: x, limit: 2, window: 2s }\n",
        "{}", "conf.policy.twice", "consumers.yaml:/plans/a/policies/1", 5 },
    { "plans: { a: { policies: [ { name: x, limit: 1, window: 1500ms } ] } }\n",
        "{}", "conf.policy.window", "consumers.yaml:/plans/a/policies/0/window",
        1 },
    { "plans: { a: { policies: [ { name: x, limit: 1, window: 367d } ] } }\n",
        "{}", "conf.policy.window", "consumers.yaml:/plans/a/policies/0/window",
        1 },
    { "plans: { a: { policies: [\n"
      "  { name: x, limit: 1, window: 366d, burst: 145 },\n"
      "  { name: y, limit: 1, window: 366d, burst: 146 } ] } }\n",
        "{}", "conf.policy.burst", "consumers.yaml:/plans/a/policies/1", 3 },
    FORM("unit: concurrent, window: 1s"),
    FORM("unit: concurrent, calendar: day"),
    FORM("unit: requests"),
    FORM("window: 1s, calendar: day"),
    FORM("calendar: day, burst: 2"),
    FORM("window: 1s, zone: Europe/Berlin"),
    FORM("calendar: day, zone: Europe/Atlantis"),
    FORM("calendar: day, zone: ../../etc/passwd"),
    { "plans: { a: { policies: [ { name: x, limit: 60001, unit: concurrent } "
      "] } }\n",
        "{}", "conf.policy.form", "consumers.yaml:/plans/a/policies/0", 1 },
    FORM("per: address, calendar: day"),
    FORM("per: address, unit: concurrent"),
    FORM("per: all, window: 1s"),
    { "shared: [ { name: x, limit: 1, window: 1s, per: plan } ]\n", "{}",
        "conf.policy.form", "consumers.yaml:/shared/0", 1 },
    { "shared: [ { name: x, limit: 1, window: 1s, per: consumer } ]\n", "{}",
        "conf.policy.form", "consumers.yaml:/shared/0", 1 },
    { "shared: [ { name: x, limit: 1, window: 1s, advertise: true } ]\n", "{}",
        "conf.policy.form", "consumers.yaml:/shared/0", 1 },
};


START_TEST(refuses_what_stands_twice)
{
    const xd_finding_t *f;

    conf.consumers = yaml(with_hashes(faults[_i].consumers));
    conf.partners = yaml(with_hashes(faults[_i].partners));

    ck_assert_int_eq(make(), XD_E_CONF);
    ck_assert_ptr_null(reg);
    ck_assert_uint_eq(report.nkept, 1);

    f = &report.kept[0];
    ck_assert_str_eq(f->rule, faults[_i].rule);
    ck_assert_uint_eq(f->line, faults[_i].line);
    ck_assert_msg(xd_str_is(f->path, faults[_i].path), "%.*s", XD_FMT(f->path));
}
END_TEST


START_TEST(survives_every_full_arena)
{
    xd_arena_t *small = xd_arena_new(0);
    xd_rc_t rc = XD_E_MEMORY;
    size_t n;

    for (n = 1; rc == XD_E_MEMORY && n < 1000; n++) {
        xd_arena_reset(small);
        xd_arena_fail_at(small, n);
        reg = NULL;
        rc = xd_registry_make(small, &conf, PEPPER, &reg, &report);
        ck_assert(rc == XD_OK || reg == NULL);
    }

    ck_assert_int_eq(rc, XD_OK);
    ck_assert_uint_gt(n, 10);
    ck_assert_ptr_nonnull(xd_registry_key(reg, XD_STR("acme.secret"), 1));
    xd_arena_free(small);
}
END_TEST


#define COUNT(rows) ((int) (sizeof(rows) / sizeof((rows)[0])))


int
main(void)
{
    Suite *s = suite_create("registry");
    TCase *tc = tcase_create("registry");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, finds_the_owner_of_a_key, 0, COUNT(key_cases));
    tcase_add_test(tc, a_hash_opens_nothing);
    tcase_add_test(tc, another_pepper_opens_nothing);
    tcase_add_test(tc, hashes_as_the_standard_says);
    tcase_add_test(tc, allocates_nothing_at_request_time);
    tcase_add_test(tc, knows_each_party);
    tcase_add_test(tc, knows_each_plan);
    tcase_add_test(tc, knows_every_kind_of_policy);
    tcase_add_test(tc, numbers_parties_and_plans);
    tcase_add_loop_test(tc, finds_the_owner_of_an_edi_id, 0, COUNT(edi_cases));
    tcase_add_loop_test(tc, refuses_what_stands_twice, 0, COUNT(faults));
    tcase_add_test(tc, survives_every_full_arena);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
