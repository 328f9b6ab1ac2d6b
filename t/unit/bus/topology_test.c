/* SPDX-License-Identifier: BSD-2-Clause */

/* The plan: complete, in an order that can be made, and readable as JSON. */

#include <check.h>
#include <stdlib.h>

#include "bus/topology.h"
#include "canon/document.h"
#include "format/json.h"

static const xd_topo_destination_t routes[] = {
    { { "http", sizeof("http") - 1 }, { "erp", sizeof("erp") - 1 } },
    { { "http", sizeof("http") - 1 }, { "wms", sizeof("wms") - 1 } },
    { { "http", sizeof("http") - 1 },
        { "erp", sizeof("erp") - 1 } }, /* twice: one set of queues */
    { { "hospital", sizeof("hospital") - 1 },
        { "ward", sizeof("ward") - 1 } }, /* fixed: in the tables already */
    { { "x12", sizeof("x12") - 1 }, { "acme", sizeof("acme") - 1 } },
};

#define NROUTES (sizeof(routes) / sizeof(routes[0]))

static xd_arena_t *arena;
static xd_vec_t rows;


static void
setup(void)
{
    arena = xd_arena_new(0);
    ck_assert_int_eq(xd_topology_plan(arena, XD_STR("crossdock"), routes,
                         NROUTES, &rows),
        XD_OK);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static const xd_topo_row_t *
row(xd_topo_kind_t kind, const char *name)
{
    for (size_t i = 0; i < rows.count; i++) {
        const xd_topo_row_t *r = XD_AT(&rows, xd_topo_row_t, i);

        if (r->kind == kind && xd_str_is(r->name, name)) {
            return r;
        }
    }

    ck_abort_msg("no row %s", name);

    return NULL;
}


static size_t
count(xd_topo_kind_t kind, const char *prefix)
{
    size_t n = 0;

    for (size_t i = 0; i < rows.count; i++) {
        const xd_topo_row_t *r = XD_AT(&rows, xd_topo_row_t, i);

        n += r->kind == kind && xd_str_starts(r->name, xd_str(prefix));
    }

    return n;
}


static const struct {
    xd_topo_kind_t kind;
    const char *name, *method, *path, *body, *line;
} samples[] = {
    { XD_TOPO_VHOST, "crossdock", "PUT", "vhosts/crossdock", "{}",
        "rabbitmqctl add_vhost 'crossdock'" },
    { XD_TOPO_EXCHANGE, "xd.fulfil", "PUT", "exchanges/crossdock/xd.fulfil",
        "{\"type\":\"topic\",\"durable\":true}",
        "rabbitmqadmin --vhost='crossdock' declare exchange name=xd.fulfil "
        "type=topic durable=true" },
    { XD_TOPO_QUEUE, "xd.q.x12.raw", "PUT", "queues/crossdock/xd.q.x12.raw",
        "{\"durable\":true,\"arguments\":{\"x-queue-type\":\"quorum\","
        "\"x-single-active-consumer\":true}}",
        "rabbitmqadmin --vhost='crossdock' declare queue name=xd.q.x12.raw "
        "durable=true arguments='{\"x-queue-type\":\"quorum\","
        "\"x-single-active-consumer\":true}'" },
    { XD_TOPO_QUEUE, "xd.q.http.out", "PUT", "queues/crossdock/xd.q.http.out",
        "{\"durable\":true,\"arguments\":{\"x-queue-type\":\"quorum\"}}",
        NULL },
    { XD_TOPO_QUEUE, "xd.audit", "PUT", "queues/crossdock/xd.audit",
        "{\"durable\":true,\"arguments\":{\"x-queue-type\":\"stream\"}}",
        NULL },
    { XD_TOPO_BINDING, "xd.cmd http.erp.*.*.*.p07 -> xd.q.http.erp.p07", "POST",
        "bindings/crossdock/e/xd.cmd/q/xd.q.http.erp.p07",
        "{\"routing_key\":\"http.erp.*.*.*.p07\",\"arguments\":{}}",
        "rabbitmqadmin --vhost='crossdock' declare binding source=xd.cmd "
        "destination_type=queue destination=xd.q.http.erp.p07 "
        "routing_key='http.erp.*.*.*.p07'" },
    { XD_TOPO_BINDING, "xd.cmd hospital.ward.# -> xd.q.hospital.ward", "POST",
        "bindings/crossdock/e/xd.cmd/q/xd.q.hospital.ward", NULL, NULL },
    { XD_TOPO_USER, "xd-http", "PUT", "users/xd-http",
        "{\"password\":\"@\",\"tags\":\"\"}",
        "rabbitmqctl add_user xd-http '@'" },
    { XD_TOPO_PERMISSION, "xd-gateway", "PUT",
        "permissions/crossdock/xd-gateway",
        "{\"configure\":\"^$\",\"write\":\"^(xd\\\\.raw)$\","
        "\"read\":\"^$\"}",
        "rabbitmqctl set_permissions -p 'crossdock' xd-gateway '^$' "
        "'^(xd\\.raw)$' '^$'" },
    { XD_TOPO_PERMISSION, "xd-http", "PUT", "permissions/crossdock/xd-http",
        "{\"configure\":\"^$\",\"write\":\"^(xd\\\\.ops|xd\\\\.cmd)$\","
        "\"read\":\"^xd\\\\.q\\\\.http\\\\.\"}",
        NULL },
    { XD_TOPO_TOPIC_PERMISSION, "xd-gateway xd.raw", "PUT",
        "topic-permissions/crossdock/xd-gateway",
        "{\"exchange\":\"xd.raw\",\"write\":\"^in\\\\.(x12|edifact|xml|json|"
        "flat)\\\\.[a-z0-9-]+$\",\"read\":\"^$\"}",
        NULL },
    { XD_TOPO_TOPIC_PERMISSION, "xd-file xd.raw", "PUT",
        "topic-permissions/crossdock/xd-file",
        "{\"exchange\":\"xd.raw\",\"write\":\"^in\\\\.(x12|edifact|xml|json|"
        "flat)\\\\.[a-z0-9-]+$\",\"read\":\"^$\"}",
        NULL },
    { XD_TOPO_PERMISSION, "xd-file", "PUT", "permissions/crossdock/xd-file",
        "{\"configure\":\"^$\",\"write\":\"^(xd\\\\.raw|xd\\\\.ops|"
        "xd\\\\.cmd)$\",\"read\":\"^xd\\\\.q\\\\.file\\\\.\"}",
        NULL },
    { XD_TOPO_TOPIC_PERMISSION, "xd-x12 xd.cmd", "PUT",
        "topic-permissions/crossdock/xd-x12",
        "{\"exchange\":\"xd.cmd\",\"write\":\"^(hospital\\\\.ward|http\\\\.erp"
        "|http\\\\.wms|x12\\\\.acme)\\\\.\",\"read\":\"^$\"}",
        NULL },
    { XD_TOPO_PERMISSION, "xd-replay", "PUT", "permissions/crossdock/xd-replay",
        "{\"configure\":\"^$\",\"write\":\"^(xd\\\\.cmd)$\","
        "\"read\":\"^xd\\\\.audit$\"}",
        NULL },
    { XD_TOPO_POLICY, "xd-audit", "PUT", "policies/crossdock/xd-audit", NULL,
        NULL },
};


START_TEST(says_each_object_thrice)
{
    const xd_topo_row_t *r = row(samples[_i].kind, samples[_i].name);

    ck_assert(xd_str_is(r->method, samples[_i].method));
    ck_assert(xd_str_is(r->path, samples[_i].path));
    if (samples[_i].body != NULL) {
        ck_assert_msg(xd_str_is(r->body, samples[_i].body), "%.*s",
            XD_FMT(r->body));
    }
    if (samples[_i].line != NULL) {
        ck_assert_msg(xd_str_is(r->line, samples[_i].line), "%.*s",
            XD_FMT(r->line));
    }
}
END_TEST


START_TEST(is_complete)
{
    ck_assert_uint_eq(count(XD_TOPO_EXCHANGE, "xd."), 9);
    ck_assert_uint_eq(count(XD_TOPO_QUEUE, "xd.q.http.erp.p"), XD_PARTITIONS);
    ck_assert_uint_eq(count(XD_TOPO_QUEUE, "xd.q.x12.acme.p"), XD_PARTITIONS);
    ck_assert_uint_eq(count(XD_TOPO_QUEUE, "xd.q.hospital."), 2);
    ck_assert_uint_eq(count(XD_TOPO_QUEUE, "xd."), 16 + 3 * XD_PARTITIONS);
    ck_assert_uint_eq(count(XD_TOPO_USER, "xd-"), 9);
    ck_assert_uint_eq(count(XD_TOPO_PERMISSION, "xd-"), 9);

    /* Facts: to insight and to the audit, from every domain and no more. */
    for (const xd_document_t *d = xd_documents; d->name != NULL; d++) {
        xd_str_t name = xd_fmt(arena, "xd.%s # -> ", d->domain);

        ck_assert_uint_eq(count(XD_TOPO_BINDING, name.ptr), 2);
    }
    ck_assert_uint_eq(count(XD_TOPO_BINDING, "xd.raw #"), 0);
    ck_assert_uint_eq(count(XD_TOPO_BINDING, "xd.cmd #"), 0);
}
END_TEST


/* A broker takes each only when what it names is there. */
START_TEST(is_in_an_order_that_can_be_made)
{
    static const xd_topo_kind_t before[][2] = {
        { XD_TOPO_VHOST, XD_TOPO_EXCHANGE },
        { XD_TOPO_EXCHANGE, XD_TOPO_BINDING },
        { XD_TOPO_POLICY, XD_TOPO_QUEUE },
    };
    bool seen[8] = { false };

    for (size_t i = 0; i < rows.count; i++) {
        const xd_topo_row_t *r = XD_AT(&rows, xd_topo_row_t, i);

        seen[r->kind] = true;
        for (size_t n = 0; n < sizeof(before) / sizeof(before[0]); n++) {
            ck_assert(r->kind != before[n][0] || !seen[before[n][1]]);
        }
        if (r->kind == XD_TOPO_BINDING) {
            const char *queue = strstr(r->path.ptr, "/q/") + 3;

            ck_assert(row(XD_TOPO_QUEUE, queue) < r);
        }
        if (r->kind == XD_TOPO_PERMISSION) {
            (void) row(XD_TOPO_USER, strrchr(r->path.ptr, '/') + 1);
        }
    }
}
END_TEST


START_TEST(every_body_is_json)
{
    xd_report_t rep;
    xd_node_t *node;

    xd_report_init(&rep, arena, 0);
    for (size_t i = 0; i < rows.count; i++) {
        const xd_topo_row_t *r = XD_AT(&rows, xd_topo_row_t, i);

        ck_assert_int_eq(xd_json_read(arena, r->body, NULL, &node, &rep),
            XD_OK);
        ck_assert_int_eq(node->kind, XD_OBJECT);
    }
}
END_TEST


START_TEST(any_virtual_host_can_be_named)
{
    const xd_topo_row_t *first;

    ck_assert_int_eq(xd_topology_plan(arena, XD_STR("/it's%\303\244"), NULL, 0,
                         &rows),
        XD_OK);
    first = XD_AT(&rows, xd_topo_row_t, 0);
    ck_assert(xd_str_is(first->path, "vhosts/%2Fit%27s%25%C3%A4"));
    ck_assert(
        xd_str_is(first->line, "rabbitmqctl add_vhost '/it'\\''s%\303\244'"));
    ck_assert(xd_str_starts(XD_AT(&rows, xd_topo_row_t, 1)->path,
        XD_STR("exchanges/%2Fit%27s%25%C3%A4/")));
}
END_TEST


START_TEST(every_allocation_may_fail)
{
    xd_rc_t rc = XD_E_MEMORY;
    size_t n = 0;

    while (rc == XD_E_MEMORY) {
        xd_arena_reset(arena);
        xd_arena_fail_at(arena, ++n);
        rc = _i == 0 ? xd_topology_plan(arena, XD_STR("v"), routes, 1, &rows)
                     : xd_topology_queues(arena, XD_STR("http"), routes,
                         NROUTES, &rows);
        xd_arena_fail_at(arena, 0);
    }

    ck_assert_int_eq(rc, XD_OK);
    ck_assert_uint_gt(n, 10);
}
END_TEST


static const struct {
    const char *process;
    size_t count;
    const char *first, *last;
} processes[] = {
    { "xd-http", 2 + 2 * XD_PARTITIONS, "xd.q.http.out", "xd.q.http.wms.p07" },
    { "http", 2 + 2 * XD_PARTITIONS, "xd.q.http.out", "xd.q.http.wms.p07" },
    { "xd-x12", 2 + XD_PARTITIONS, "xd.q.x12.raw", "xd.q.x12.acme.p07" },
    { "xd-edifact", 2, "xd.q.edifact.raw", "xd.q.edifact.held" },
    { "xd-file", 2, "xd.q.file.out", "xd.q.file.held" },
    { "xd-doc", 3, "xd.q.doc.raw", "xd.q.doc.held" },
    { "xd-insight", 2, "xd.q.insight.held", "xd.q.insight.facts" },
    { "xd-gateway", 0, NULL, NULL },
};


START_TEST(queues_of_a_process)
{
    xd_vec_t names;

    ck_assert_int_eq(xd_topology_queues(arena, xd_str(processes[_i].process),
                         routes, NROUTES, &names),
        XD_OK);
    ck_assert_uint_eq(names.count, processes[_i].count);
    if (names.count > 0) {
        ck_assert(xd_str_is(*XD_AT(&names, xd_str_t, 0), processes[_i].first));
        ck_assert(xd_str_is(*XD_AT(&names, xd_str_t, names.count - 1),
            processes[_i].last));
    }
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("bus");
    TCase *tc = tcase_create("topology");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, says_each_object_thrice, 0,
        sizeof(samples) / sizeof(samples[0]));
    tcase_add_test(tc, is_complete);
    tcase_add_test(tc, is_in_an_order_that_can_be_made);
    tcase_add_test(tc, every_body_is_json);
    tcase_add_test(tc, any_virtual_host_can_be_named);
    tcase_add_loop_test(tc, every_allocation_may_fail, 0, 2);
    tcase_add_loop_test(tc, queues_of_a_process, 0,
        sizeof(processes) / sizeof(processes[0]));

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
