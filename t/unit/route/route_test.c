/* SPDX-License-Identifier: BSD-2-Clause */

#include "route/route.h"

#include <check.h>
#include <stdlib.h>

#include "format/yaml.h"


static xd_arena_t *arena;
static xd_report_t report;
static xd_routes_t *routes;
static xd_vec_t hits;


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
        xd_str(matches[_i].partner), matches[_i].version };

    ck_assert_int_eq(xd_routes_compile(arena, yaml(sample), &routes, &report),
        XD_OK);
    ck_assert_int_eq(xd_routes_match(routes, &fact, arena, &hits), XD_OK);
    ck_hits(matches[_i].want);
}
END_TEST


/* What stands in hits already is another fact's. */
START_TEST(appends)
{
    xd_route_fact_t fact = { XD_STR("shipment"), XD_STR("created"),
        XD_STR("none"), XD_STR(""), 1 };

    ck_assert_int_eq(xd_routes_compile(arena, yaml(sample), &routes, &report),
        XD_OK);
    ck_assert_int_eq(xd_routes_match(routes, &fact, arena, &hits), XD_OK);
    ck_assert_int_eq(xd_routes_match(routes, &fact, arena, &hits), XD_OK);
    ck_assert_uint_eq(hits.count, 4);
}
END_TEST


START_TEST(lists_every_destination)
{
    ck_assert_int_eq(xd_routes_compile(arena, yaml(sample), &routes, &report),
        XD_OK);
    ck_assert_int_eq(xd_routes_destinations(routes, arena, &hits), XD_OK);
    ck_hits("any:http.lake.create asn:http.erp.create asn:http.wms.create "
            "second:x12.acme.write");
}
END_TEST


START_TEST(takes_an_empty_file)
{
    xd_route_fact_t fact = { .document = XD_STR("shipment") };

    ck_assert_int_eq(xd_routes_compile(arena, yaml("routes: []"), &routes,
                         &report),
        XD_OK);
    ck_assert_int_eq(xd_routes_match(routes, &fact, arena, &hits), XD_OK);
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
            ROUTE("b", "", TO("e", "create")),
        NULL, NULL, 0 },
};


START_TEST(names_each_fault)
{
    xd_rc_t rc =
        xd_routes_compile(arena, yaml(faults[_i].text), &routes, &report);
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
        XD_STR("s1"), XD_STR("acme"), 2 };
    xd_arena_t *small = xd_arena_new(0);
    xd_node_t *tree = yaml(sample);
    xd_rc_t rc = XD_E_MEMORY;
    size_t n;

    for (n = 1; rc == XD_E_MEMORY && n < 1000; n++) {
        xd_arena_reset(small);
        xd_arena_fail_at(small, n);
        routes = NULL;
        hits = XD_VEC(xd_route_hit_t);
        rc = xd_routes_compile(small, tree, &routes, &report);
        ck_assert(rc == XD_OK || routes == NULL);

        if (rc == XD_OK) {
            rc = xd_routes_match(routes, &fact, small, &hits);
        }
        if (rc == XD_OK) {
            rc = xd_routes_destinations(routes, small, &hits);
        }
    }

    ck_assert_int_eq(rc, XD_OK);
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
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, matches_in_the_order_of_the_file, 0,
        COUNT(matches));
    tcase_add_test(tc, appends);
    tcase_add_test(tc, lists_every_destination);
    tcase_add_test(tc, takes_an_empty_file);
    tcase_add_loop_test(tc, names_each_fault, 0, COUNT(faults));
    tcase_add_test(tc, survives_every_full_arena);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
