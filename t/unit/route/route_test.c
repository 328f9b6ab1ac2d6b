/* SPDX-License-Identifier: BSD-2-Clause */

#include "route/route.h"

#include <check.h>
#include <stdlib.h>

#include "base/clock.h"
#include "format/json.h"
#include "format/yaml.h"


static xd_arena_t *arena;
static xd_report_t report;
static xd_routes_t *routes;
static xd_vec_t hits;
static xd_arena_t *forever; /* of schemas: compiled once for all */
static xd_schemas_t *schemas;


static void
load(void)
{
    xd_report_t rep;

    forever = xd_arena_new(0);
    xd_report_init(&rep, forever, 0);
    ck_assert_int_eq(xd_schemas_load(forever, "canonical-schemas", &schemas,
                         &rep),
        XD_OK);
}


static void
unload(void)
{
    xd_arena_free(forever);
}


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&report, arena, 100);
    routes = NULL;
    hits = XD_VEC(xd_route_hit_t);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static xd_node_t *
yaml(const char *text)
{
    xd_node_t *root = NULL;

    ck_assert_int_eq(xd_yaml_read(arena, xd_str(text), &root, &report), XD_OK);

    return root;
}


/* "a:http.erp.create b:http.wms.create" */
static xd_str_t
hits_text(void)
{
    xd_str_t text = XD_STR("");

    for (size_t i = 0; i < hits.count; i++) {
        const xd_route_hit_t *h = XD_AT(&hits, xd_route_hit_t, i);

        text = xd_fmt(arena, "%.*s%s%.*s:%.*s.%.*s.%.*s", XD_FMT(text),
            i > 0 ? " " : "", XD_FMT(h->route), XD_FMT(h->process),
            XD_FMT(h->destination), XD_FMT(h->verb));
    }

    return text;
}


static void
ck_hits(const char *want)
{
    xd_str_t have = hits_text();

    ck_assert_msg(xd_str_is(have, want), "'%.*s' is not '%s'", XD_FMT(have),
        want);
}


static const char sample[] =
    "routes:\n"
    "  - name: any\n"
    "    owner: us\n"
    "    when: { event: closed }\n"
    "    to: [ { process: http, destination: lake, verb: create } ]\n"
    "  - name: asn\n"
    "    owner: us\n"
    "    when: { document: shipment, event: created }\n"
    "    to:\n"
    "      - { process: http, destination: erp, verb: create }\n"
    "      - { process: http, destination: wms, verb: create }\n"
    "  - name: sites\n"
    "    owner: us\n"
    "    when: { document: [shipment, receipt], site: [s1, s2] }\n"
    "    to:\n"
    "      - { process: http, destination: lake, verb: create }\n"
    "      - { process: http, destination: erp, verb: create }\n"
    "  - name: second\n"
    "    owner: us\n"
    "    when: { document: shipment, version: [2, 3], partner: acme }\n"
    "    to: [ { process: x12, destination: acme, verb: write } ]\n";

static const struct {
    const char *document, *event, *site, *partner;
    uint32_t version;
    const char *want;
} matches[] = {
    { "shipment", "created", "none", "acme", 1,
        "asn:http.erp.create asn:http.wms.create" },
    /* The destination of the first route that wants it, once. */
    { "shipment", "created", "s1", "acme", 1,
        "asn:http.erp.create asn:http.wms.create sites:http.lake.create" },
    { "shipment", "closed", "s2", "acme", 1,
        "any:http.lake.create sites:http.erp.create" },
    { "shipment", "changed", "s2", "acme", 1,
        "sites:http.lake.create sites:http.erp.create" },
    { "shipment", "changed", "s3", "acme", 1, "" },
    { "shipment", "changed", "s3", "acme", 2, "second:x12.acme.write" },
    { "shipment", "changed", "s3", "acme", 3, "second:x12.acme.write" },
    { "shipment", "changed", "s3", "acme", 23, "" },
    { "shipment", "changed", "s3", "globex", 2, "" },
    { "shipment", "changed", "s3", "", 2, "" },
    { "receipt", "created", "s1", "", 1,
        "sites:http.lake.create sites:http.erp.create" },
    /* No route names it: only the general ones. */
    { "invoice", "closed", "none", "", 1, "any:http.lake.create" },
    { "invoice", "created", "none", "", 1, "" },
    /* A general route never carries what tells about deliveries. */
    { "exception", "closed", "none", "", 1, "" },
    { "", "", "", "", 0, "" },
    { "shipment", "create", "none", "", 4294967295u, "" },
};


START_TEST(matches_in_the_order_of_the_file)
{
    xd_route_fact_t fact = { xd_str(matches[_i].document),
        xd_str(matches[_i].event), xd_str(matches[_i].site),
        xd_str(matches[_i].partner), matches[_i].version, NULL, 0 };

    ck_assert_int_eq(xd_routes_compile(arena, yaml(sample), schemas, &routes,
                         &report),
        XD_OK);
    ck_assert_int_eq(xd_routes_match(routes, &fact, arena, &hits, &report),
        XD_OK);
    ck_hits(matches[_i].want);
}
END_TEST


/* What stands in hits already is another fact's. */
START_TEST(appends)
{
    xd_route_fact_t fact = { XD_STR("shipment"), XD_STR("created"),
        XD_STR("none"), XD_STR(""), 1, NULL, 0 };

    ck_assert_int_eq(xd_routes_compile(arena, yaml(sample), schemas, &routes,
                         &report),
        XD_OK);
    ck_assert_int_eq(xd_routes_match(routes, &fact, arena, &hits, &report),
        XD_OK);
    ck_assert_int_eq(xd_routes_match(routes, &fact, arena, &hits, &report),
        XD_OK);
    ck_assert_uint_eq(hits.count, 4);
}
END_TEST


START_TEST(lists_every_destination)
{
    ck_assert_int_eq(xd_routes_compile(arena, yaml(sample), schemas, &routes,
                         &report),
        XD_OK);
    ck_assert_int_eq(xd_routes_destinations(routes, arena, &hits), XD_OK);
    ck_hits("any:http.lake.create asn:http.erp.create asn:http.wms.create "
            "second:x12.acme.write");
}
END_TEST


START_TEST(takes_an_empty_file)
{
    xd_route_fact_t fact = { .document = XD_STR("shipment") };

    ck_assert_int_eq(xd_routes_compile(arena, yaml("routes: []"), schemas,
                         &routes, &report),
        XD_OK);
    ck_assert_int_eq(xd_routes_match(routes, &fact, arena, &hits, &report),
        XD_OK);
    ck_assert_int_eq(xd_routes_destinations(routes, arena, &hits), XD_OK);
    ck_assert_uint_eq(hits.count, 0);
}
END_TEST


#define ROUTE(name, when, to)                                                  \
    "  - { name: " name ", owner: us, when: {" when "}, to: [" to "] }\n"
#define TO(destination, verb)                                                  \
    "{ process: http, destination: " destination ", verb: " verb " }"

static const struct {
    const char *text;
    const char *rule; /* NULL: no fault */
    const char *path;
    uint32_t line;
} faults[] = {
    { "routes:\n" ROUTE("a", "document: shipmint", TO("erp", "create")),
        "route.document", "routes.yaml:/routes/0/when/document", 2 },
    { "routes:\n" ROUTE("a", "document: [shipment, nil]", TO("e", "create")),
        "route.document", "routes.yaml:/routes/0/when/document/1", 2 },
    { "routes:\n" ROUTE("a", "document: delivery", TO("erp", "create")),
        "route.ops", "routes.yaml:/routes/0/when/document", 2 },
    { "routes:\n" ROUTE("a", "site: {}", TO("erp", "create")), "route.value",
        "routes.yaml:/routes/0/when/site", 2 },
    { "routes:\n" ROUTE("a", "site: ''", TO("erp", "create")), "route.value",
        "routes.yaml:/routes/0/when/site", 2 },
    { "routes:\n  - name: a\n    to: [" TO("erp", "create") "]\n",
        "route.incomplete", "routes.yaml:/routes/0", 2 },
    { "routes:\n  - owner: a\n    to: [" TO("erp", "create") "]\n",
        "route.incomplete", "routes.yaml:/routes/0", 2 },
    { "routes:\n  - name: a\n    owner: us\n", "route.incomplete",
        "routes.yaml:/routes/0", 2 },
    { "routes:\n" ROUTE("a", "", "{ process: http, destination: e }"),
        "route.incomplete", "routes.yaml:/routes/0/to/0", 2 },
    { "routes:\n" ROUTE("a", "", "{ process: http, verb: e }"),
        "route.incomplete", "routes.yaml:/routes/0/to/0", 2 },
    { "routes:\n" ROUTE("a", "", "{ destination: e, verb: e }"),
        "route.incomplete", "routes.yaml:/routes/0/to/0", 2 },
    { "routes:\n" ROUTE("a", "", TO("e", "create") ", " TO("e", "create")),
        "route.twice", "routes.yaml:/routes/0/to/1", 2 },
    { "routes:\n" ROUTE("a", "", TO("e", "create") ", " TO("e", "change")),
        "route.twice", "routes.yaml:/routes/0/to/1", 2 },
    { "routes:\n" ROUTE("a", "event: x", TO("e", "create"))
            ROUTE("b", "document: shipment", TO("f", "x") ", " TO("e", "y")),
        "route.verb", "routes.yaml:/routes/1/to/1", 3 },
    /* Kept apart by one condition: no fact can match both. */
    { "routes:\n" ROUTE("a", "event: [x, y]", TO("e", "create"))
            ROUTE("b", "event: [z, w]", TO("e", "change")),
        NULL, NULL, 0 },
    { "routes:\n" ROUTE("a", "event: [x, y]", TO("e", "create"))
            ROUTE("b", "event: [z, y]", TO("e", "change")),
        "route.verb", "routes.yaml:/routes/1/to/0", 3 },
    { "routes:\n" ROUTE("a", "", TO("e", "create"))
            ROUTE("b", "site: x", TO("e", "create") "," TO("f", "create")),
        NULL, NULL, 0 },
    /* Conditions. */
    { "routes:\n" ROUTE("a", "condition: 'true'", TO("e", "create")),
        "route.condition", "routes.yaml:/routes/0/when/condition", 2 },
    { "routes:\n" ROUTE("a", "document: sales-order, condition: 'nolines'",
          TO("e", "create")),
        "route.condition", "routes.yaml:/routes/0/when/condition", 2 },
    { "routes:\n" ROUTE("a", "document: sales-order, condition: 'lines'",
          TO("e", "create")),
        "route.condition", "routes.yaml:/routes/0/when/condition", 2 },
    { "routes:\n" ROUTE("a", "document: sales-order, condition: 'lines.('",
          TO("e", "create")),
        "route.condition", "routes.yaml:/routes/0/when/condition", 2 },
    /* The second document has no such member. */
    { "routes:\n" ROUTE("a",
          "document: [shipment, receipt], condition: 'has(doc.eta)'",
          TO("e", "create")),
        "route.condition", "routes.yaml:/routes/0/when/condition", 2 },
    /* Only a fact can tell whether both hold. */
    { "routes:\n" ROUTE("a",
          "document: sales-order, condition: 'lines.size() > 1'",
          TO("e", "create"))
            ROUTE("b", "document: sales-order", TO("e", "change")),
        NULL, NULL, 0 },
    /* Dates. */
    { "routes:\n  - { name: a, owner: us, from: 2026-02-30, to: [" TO("e",
          "create") "] }\n",
        "route.date", "routes.yaml:/routes/0/from", 2 },
    { "routes:\n  - { name: a, owner: us, from: 2026-02-01, "
      "until: 2026-02-01T00:00:00Z, to: [" TO("e", "create") "] }\n",
        "route.date", "routes.yaml:/routes/0/until", 2 },
    { "routes: []\nexpect:\n  - { document: nil, destinations: 1 }\n",
        "route.document", "routes.yaml:/expect/0", 3 },
};


static const char conditional[] =
    "routes:\n"
    "  - name: big\n"
    "    owner: us\n"
    "    when:\n"
    "      document: sales-order\n"
    "      condition: totals.gross.amount > 100\n"
    "    to: [ { process: http, destination: fraud, verb: check } ]\n"
    "  - name: soon\n"
    "    owner: us\n"
    "    from: 2026-12-01\n"
    "    until: 2026-12-02T12:00:00Z\n"
    "    when: { document: [sales-order, shipment] }\n"
    "    to: [ { process: http, destination: lake, verb: create } ]\n"
    "  - name: buyers\n"
    "    owner: us\n"
    "    when:\n"
    "      document: sales-order\n"
    "      site: s9\n"
    "      condition: buyer.name == 'Ann'\n"
    "    to: [ { process: http, destination: crm, verb: create } ]\n"
    "  - name: clash\n"
    "    owner: us\n"
    "    when:\n"
    "      document: sales-order\n"
    "      site: s8\n"
    "      condition: lines.size() >= 1\n"
    "    to: [ { process: http, destination: fraud, verb: hold } ]\n"
    "expect:\n"
    "  - { document: sales-order, event: created, destinations: 1 }\n";

#define ORDER(gross)                                                           \
    "{\"lines\":[{\"lineNo\":1}],"                                             \
    "\"totals\":{\"gross\":{\"amount\":\"" gross "\",\"ccy\":\"EUR\"}}}"

static const struct {
    const char *document, *body, *site, *now, *want;
    const char *rule; /* of the one finding; NULL: none */
    xd_rc_t rc;
} conditions[] = {
    { "sales-order", ORDER("100.01"), "s1", "2026-11-30T23:59:59.999Z",
        "big:http.fraud.check", NULL, XD_OK },
    { "sales-order", ORDER("100.00"), "s1", "2026-12-01T00:00:00Z",
        "soon:http.lake.create", NULL, XD_OK },
    { "sales-order", ORDER("99"), "s1", "2026-12-02T12:00:00Z", "",
        "route.fanout", XD_OK },
    { "sales-order", ORDER("101"), "s1", "2026-12-02T11:59:59Z",
        "big:http.fraud.check soon:http.lake.create", "route.fanout", XD_OK },
    { "shipment", "{}", "s1", "2026-12-01T00:00:00Z", "soon:http.lake.create",
        NULL, XD_OK },
    /* An optional member that is missing: neither yes nor no. */
    { "sales-order", ORDER("99"), "s9", "2026-11-01T00:00:00Z", "",
        "route.condition", XD_E_SYNTAX },
    { "sales-order", NULL, "s1", "2026-11-01T00:00:00Z", "", "route.condition",
        XD_E_SYNTAX },
    /* Two routes hold that want different things of one destination. */
    { "sales-order", ORDER("101"), "s8", "2026-11-01T00:00:00Z",
        "big:http.fraud.check", "route.verb", XD_E_SYNTAX },
};


static xd_route_fact_t
conditional_fact(int row)
{
    xd_route_fact_t fact = { .document = xd_str(conditions[row].document),
        .event = XD_STR("created"),
        .site = xd_str(conditions[row].site),
        .version = 1 };
    xd_node_t *body = NULL;

    if (conditions[row].body != NULL) {
        ck_assert_int_eq(xd_json_read(arena, xd_str(conditions[row].body), NULL,
                             &body, &report),
            XD_OK);
    }

    fact.body = body;
    ck_assert(xd_instant_read(xd_str(conditions[row].now), &fact.now_ms));

    return fact;
}


START_TEST(asks_the_document_and_the_clock)
{
    xd_route_fact_t fact = conditional_fact(_i);

    ck_assert_int_eq(xd_routes_compile(arena, yaml(conditional), schemas,
                         &routes, &report),
        XD_OK);
    ck_assert_int_eq(xd_routes_match(routes, &fact, arena, &hits, &report),
        conditions[_i].rc);
    ck_hits(conditions[_i].want);
    ck_assert_uint_eq(report.nkept, conditions[_i].rule != NULL);

    if (conditions[_i].rule != NULL) {
        ck_assert_str_eq(report.kept[0].rule, conditions[_i].rule);
    }
}
END_TEST


/* To explain is to match, and to say why. */
START_TEST(explains_what_it_does)
{
    static const char *const want[] = { "holds", "the route does not hold yet",
        "its site is \"s1\"", "its site is \"s1\"" };
    xd_route_fact_t fact = conditional_fact(0);
    xd_vec_t verdicts = XD_VEC(xd_route_verdict_t);

    ck_assert_int_eq(xd_routes_compile(arena, yaml(conditional), schemas,
                         &routes, &report),
        XD_OK);
    ck_assert_int_eq(xd_routes_explain(routes, &fact, arena, &verdicts), XD_OK);
    ck_assert_uint_eq(verdicts.count, 4);

    for (size_t i = 0; i < 4; i++) {
        const xd_route_verdict_t *v = XD_AT(&verdicts, xd_route_verdict_t, i);

        ck_assert_int_eq(v->verdict, i == 0 ? XD_ROUTE_HOLDS : XD_ROUTE_PASSED);
        ck_assert(i == 0 || xd_str_is(v->why, want[i]));
    }

    fact.site = XD_STR("s9");
    verdicts.count = 0;
    ck_assert_int_eq(xd_routes_explain(routes, &fact, arena, &verdicts), XD_OK);
    ck_assert_int_eq(XD_AT(&verdicts, xd_route_verdict_t, 2)->verdict,
        XD_ROUTE_BROKEN);
}
END_TEST


static const struct {
    const char *text;
    bool told;
} unreachable[] = {
    { "routes:\n" ROUTE("a", "", TO("e", "create") "," TO("f", "create"))
            ROUTE("b", "site: x", TO("f", "create")),
        true },
    { "routes:\n" ROUTE("a", "site: [x, y]", TO("e", "create"))
            ROUTE("b", "site: y, event: z", TO("e", "create")),
        true },
    { "routes:\n" ROUTE("a", "site: [x, y]", TO("e", "create"))
            ROUTE("b", "site: [y, z]", TO("e", "create")),
        false },
    { "routes:\n" ROUTE("a", "site: x", TO("e", "create"))
            ROUTE("b", "", TO("e", "create")),
        false },
    /* The first may not hold. */
    { "routes:\n" ROUTE("a",
          "document: sales-order, condition: 'lines.size() > 1'",
          TO("e", "create"))
            ROUTE("b", "document: sales-order", TO("e", "create")),
        false },
};


START_TEST(warns_of_routes_that_add_nothing)
{
    ck_assert_int_eq(xd_routes_compile(arena, yaml(unreachable[_i].text),
                         schemas, &routes, &report),
        XD_OK);
    ck_assert_uint_eq(report.nkept, unreachable[_i].told);

    if (unreachable[_i].told) {
        ck_assert_str_eq(report.kept[0].rule, "route.unreachable");
        ck_assert_int_eq(report.kept[0].severity, XD_WARNING);
    }
}
END_TEST


START_TEST(names_each_fault)
{
    xd_rc_t rc = xd_routes_compile(arena, yaml(faults[_i].text), schemas,
        &routes, &report);
    const xd_finding_t *f;

    if (faults[_i].rule == NULL) {
        ck_assert_int_eq(rc, XD_OK);
        ck_assert_uint_eq(report.nkept, 0);
        return;
    }

    ck_assert_int_eq(rc, XD_E_CONF);
    ck_assert_ptr_null(routes);
    ck_assert_uint_eq(report.nkept, 1);

    f = &report.kept[0];
    ck_assert_str_eq(f->rule, faults[_i].rule);
    ck_assert_uint_eq(f->line, faults[_i].line);
    ck_assert_msg(xd_str_is(f->path, faults[_i].path), "%.*s", XD_FMT(f->path));
}
END_TEST


START_TEST(survives_every_full_arena)
{
    xd_route_fact_t fact = { XD_STR("shipment"), XD_STR("created"),
        XD_STR("s1"), XD_STR("acme"), 2, NULL, 0 };
    xd_arena_t *small = xd_arena_new(0);
    xd_node_t *tree = yaml(_i == 0 ? sample : conditional);
    xd_rc_t rc = XD_E_MEMORY;
    size_t n;

    if (_i == 1) {
        fact = conditional_fact(0);
    }

    for (n = 1; rc == XD_E_MEMORY && n < 5000; n++) {
        xd_arena_reset(small);
        xd_arena_fail_at(small, n);
        routes = NULL;
        hits = XD_VEC(xd_route_hit_t);
        rc = xd_routes_compile(small, tree, schemas, &routes, &report);
        ck_assert(rc == XD_OK || routes == NULL);

        if (rc == XD_OK) {
            rc = xd_routes_match(routes, &fact, small, &hits, &report);
        }
        if (rc == XD_OK) {
            rc = xd_routes_destinations(routes, small, &hits);
        }
    }

    ck_assert_msg(rc == XD_OK, "%d at %zu: %.*s", rc, n,
        XD_FMT(report.kept[report.nkept - 1].text));
    ck_assert_uint_gt(n, 10);
    xd_arena_free(small);
}
END_TEST


#define COUNT(rows) ((int) (sizeof(rows) / sizeof((rows)[0])))


int
main(void)
{
    Suite *s = suite_create("route");
    TCase *tc = tcase_create("route");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_unchecked_fixture(tc, load, unload);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, matches_in_the_order_of_the_file, 0,
        COUNT(matches));
    tcase_add_test(tc, appends);
    tcase_add_test(tc, lists_every_destination);
    tcase_add_test(tc, takes_an_empty_file);
    tcase_add_loop_test(tc, names_each_fault, 0, COUNT(faults));
    tcase_add_loop_test(tc, survives_every_full_arena, 0, 2);
    tcase_add_loop_test(tc, asks_the_document_and_the_clock, 0,
        COUNT(conditions));
    tcase_add_test(tc, explains_what_it_does);
    tcase_add_loop_test(tc, warns_of_routes_that_add_nothing, 0,
        COUNT(unreachable));

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
