/* SPDX-License-Identifier: BSD-2-Clause */

/* Envelopes, their copies, their JSON, and traceparent. */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/id.h"
#include "bus/message.h"
#include "canon/document.h"
#include "crypt/digest.h"
#include "format/json.h"

#define TRACE "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

static const char shipment[] =
    "{\"meta\":{\"schema\":\"urn:retail:shipment:1.0\","
    "\"id\":\"018f0000-0000-7000-8000-000000000001\",\"type\":\"shipment\","
    "\"event\":\"created\",\"key\":\"shipment:acme:S1\",\"keyVersion\":1,"
    "\"occurredAt\":\"2026-05-14T09:31:22.412Z\","
    "\"recordedAt\":\"2026-05-14T09:31:23.000Z\","
    "\"source\":{\"system\":\"crossdock\",\"partner\":\"acme\"},"
    "\"correlationId\":\"018f0000-0000-7000-8000-0000000000aa\"},"
    "\"shipmentNo\":\"S1\",\"shipTo\":{\"gln\":\"Store.0216/Ä\"}}";

static xd_arena_t *arena;
static xd_report_t report;
static xd_node_t *doc;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&report, arena, 0);
    ck_assert_int_eq(xd_json_read(arena, XD_STR(shipment), NULL, &doc, &report),
        XD_OK);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static void
expect_header(const xd_message_t *m, const char *name, const char *value)
{
    ck_assert_msg(xd_str_is(xd_header(m, name), value), "%s: %.*s", name,
        XD_FMT(xd_header(m, name)));
}


START_TEST(fact_says_what_happened)
{
    xd_message_t m;
    char key[80];

    (void) snprintf(key, sizeof(key), "shipment.created.v1.%s.p%02u",
        "store-0216---", (unsigned) xd_partition(XD_STR("shipment:acme:S1")));
    ck_assert_int_eq(xd_message_fact(arena, doc, XD_STR("{}"), XD_STR(TRACE),
                         XD_STR("cafe"), &m),
        XD_OK);

    ck_assert(xd_str_is(m.exchange, "xd.fulfil"));
    ck_assert(xd_str_is(m.routing_key, key));
    ck_assert(xd_str_is(m.content_type, "application/json"));
    ck_assert(xd_str_is(m.message_id, "018f0000-0000-7000-8000-000000000001"));
    ck_assert(
        xd_str_is(m.correlation_id, "018f0000-0000-7000-8000-0000000000aa"));
    ck_assert(xd_str_is(m.type, "urn:retail:shipment:1.0"));
    ck_assert_int_eq(m.timestamp, 1778751083);
    ck_assert(xd_str_is(m.body, "{}"));

    expect_header(&m, "cloudEvents_specversion", "1.0");
    expect_header(&m, "cloudEvents_id", "018f0000-0000-7000-8000-000000000001");
    expect_header(&m, "cloudEvents_source", "crossdock");
    expect_header(&m, "cloudEvents_type", "shipment.created.v1");
    expect_header(&m, "cloudEvents_time", "2026-05-14T09:31:22.412Z");
    expect_header(&m, "cloudEvents_subject", "shipment:acme:S1");
    expect_header(&m, "cloudEvents_dataschema", "urn:retail:shipment:1.0");
    expect_header(&m, "traceparent", TRACE);
    expect_header(&m, "xd-key", "shipment:acme:S1");
    expect_header(&m, "xd-config", "cafe");
}
END_TEST


START_TEST(fact_without_site_or_trace)
{
    xd_message_t m;

    xd_get(doc, "shipTo")->kind = XD_NULL;
    xd_get(doc, "shipTo")->first = NULL;
    ck_assert_int_eq(xd_message_fact(arena, doc, XD_STR("{}"), XD_STR_NONE,
                         XD_STR_NONE, &m),
        XD_OK);
    ck_assert(xd_str_starts(m.routing_key, XD_STR("shipment.created.v1.none."
                                                  "p0")));
    ck_assert_ptr_null(xd_header(&m, "traceparent").ptr);
    ck_assert_ptr_null(xd_header(&m, "xd-config").ptr);
}
END_TEST


static const char *const needed[] = { "schema", "id", "type", "event", "key",
    "occurredAt", "source" };


START_TEST(fact_needs_its_meta)
{
    xd_message_t m;
    xd_node_t *member = xd_get(xd_get(doc, "meta"), needed[_i]);

    member->kind = XD_NULL;
    member->text = XD_STR_NONE;
    member->first = NULL;
    ck_assert_int_eq(xd_message_fact(arena, doc, XD_STR("{}"), XD_STR_NONE,
                         XD_STR_NONE, &m),
        XD_E_SYNTAX);
}
END_TEST


/* member of meta, a value with which there is no key */
static const char *const strange[][2] = { { "type", "spaceship" },
    { "schema", "urn:retail:shipment" }, { "schema", "urn:retail:shipment:x" },
    { "schema", "1.0:" } };


START_TEST(fact_of_nothing_known)
{
    xd_message_t m;

    xd_get(xd_get(doc, "meta"), strange[_i][0])->text = xd_str(strange[_i][1]);
    ck_assert_int_eq(xd_message_fact(arena, doc, XD_STR("{}"), XD_STR_NONE,
                         XD_STR_NONE, &m),
        XD_E_SYNTAX);
}
END_TEST


START_TEST(command_names_one_destination)
{
    xd_message_t fact, m;
    xd_uuid_t id;

    ck_assert_int_eq(xd_message_fact(arena, doc, XD_STR("{}"), XD_STR(TRACE),
                         XD_STR("cafe"), &fact),
        XD_OK);
    ck_assert_int_eq(xd_message_command(arena, &fact, XD_STR("http"),
                         XD_STR("erp"), XD_STR("create"), &m),
        XD_OK);

    id = XD_UUID5(fact.message_id, XD_STR("erp"), XD_STR("create"));
    ck_assert(xd_str_is(m.exchange, "xd.cmd"));
    ck_assert(
        xd_str_starts(m.routing_key, XD_STR("http.erp.shipment.create.v1.p0")));
    ck_assert_int_eq(m.routing_key.ptr[m.routing_key.len - 1],
        fact.routing_key.ptr[fact.routing_key.len - 1]);
    ck_assert(xd_str_eq(m.message_id, xd_uuid_str(&id)));
    ck_assert(xd_str_eq(m.body, fact.body));
    ck_assert(xd_str_eq(m.correlation_id, fact.correlation_id));
    expect_header(&m, "cloudEvents_id", id.text);
    expect_header(&m, "cloudEvents_type", "shipment.create.v1");
    expect_header(&m, "xd-key", "shipment:acme:S1");
    expect_header(&m, "traceparent", TRACE);
    expect_header(&m, "xd-causation", "018f0000-0000-7000-8000-000000000001");

    /* The fact itself is as it was. */
    expect_header(&fact, "cloudEvents_type", "shipment.created.v1");
    ck_assert_uint_eq(m.nheaders, fact.nheaders + 1);
}
END_TEST


START_TEST(command_of_what_is_no_fact)
{
    xd_message_t raw = { .routing_key = XD_STR("in.x12.acme") }, m;

    ck_assert_int_eq(xd_message_command(arena, &raw, XD_STR("http"),
                         XD_STR("erp"), XD_STR("create"), &m),
        XD_E_SYNTAX);
}
END_TEST


START_TEST(every_allocation_may_fail)
{
    xd_message_t fact, m;
    size_t n = 0;
    xd_rc_t rc = XD_E_MEMORY;

    ck_assert_int_eq(xd_message_fact(arena, doc, XD_STR("{}"), XD_STR(TRACE),
                         XD_STR("c"), &fact),
        XD_OK);

    while (rc == XD_E_MEMORY) {
        xd_arena_fail_at(arena, ++n);
        rc = _i == 0 ? xd_message_fact(arena, doc, XD_STR("{}"), XD_STR(TRACE),
                 XD_STR("c"), &m)
             : _i == 1 ? xd_message_command(arena, &fact, XD_STR("http"),
                   XD_STR("erp"), XD_STR("create"), &m)
                       : xd_message_copy(arena, &fact, &m);
        xd_arena_fail_at(arena, 0);
    }

    ck_assert_int_eq(rc, XD_OK);
    ck_assert_uint_gt(n, 10);
}
END_TEST


static const struct {
    const char *key;
    uint32_t count;
    const char *second;
} keys[] = {
    { "in.x12.acme", 3, "x12" },
    { "one", 1, NULL },
    { "a..c", 3, "" },
    { "a.", 2, "" },
    { "1.2.3.4.5.6.7.8.9.10.11.12.13.14", 12, "2" },
};


START_TEST(keys_split_at_dots)
{
    xd_key_parts_t k = xd_key_split(xd_str(keys[_i].key));

    ck_assert_uint_eq(k.count, keys[_i].count);
    if (keys[_i].second != NULL) {
        ck_assert(xd_str_is(k.part[1], keys[_i].second));
    }
}
END_TEST


/* -- JSON ------------------------------------------------------------------ */

static void
expect_same(const xd_message_t *a, const xd_message_t *b)
{
    ck_assert(xd_str_eq(a->exchange, b->exchange));
    ck_assert(xd_str_eq(a->routing_key, b->routing_key));
    ck_assert(xd_str_eq(a->content_type, b->content_type));
    ck_assert(xd_str_eq(a->message_id, b->message_id));
    ck_assert(xd_str_eq(a->correlation_id, b->correlation_id));
    ck_assert(xd_str_eq(a->type, b->type));
    ck_assert(xd_str_eq(a->app_id, b->app_id));
    ck_assert(xd_str_eq(a->user_id, b->user_id));
    ck_assert_int_eq(a->timestamp, b->timestamp);
    ck_assert_uint_eq(a->nheaders, b->nheaders);
    for (size_t i = 0; i < a->nheaders; i++) {
        ck_assert(xd_str_eq(a->headers[i].name, b->headers[i].name));
        ck_assert(xd_str_eq(a->headers[i].value, b->headers[i].value));
    }
}


START_TEST(properties_survive_their_json)
{
    const xd_header_t headers[] = {
        { XD_STR("xd-key"), XD_STR("a \"quoted\" \\ key\n") },
        { XD_STR("twice"), XD_STR("1") },
        { XD_STR("twice"), XD_STR("") },
    };
    const xd_message_t messages[] = {
        { .exchange = XD_STR("xd.raw"),
            .routing_key = XD_STR("in.x12.acme"),
            .content_type = XD_STR("application/edi-x12"),
            .message_id = XD_STR("id"),
            .correlation_id = XD_STR("corr"),
            .type = XD_STR("type"),
            .app_id = XD_STR("xd-gateway"),
            .user_id = XD_STR("xd-gateway"),
            .timestamp = 1778751083,
            .headers = headers,
            .nheaders = 3 },
        { .timestamp = 0 },
    };
    xd_buf_t json = { 0 };
    xd_message_t back;

    xd_message_props_write(&json, &messages[_i]);
    ck_assert_int_eq(xd_buf_rc(&json), XD_OK);
    ck_assert_int_eq(xd_message_props_read(arena, xd_buf_str(&json), &back),
        XD_OK);

    /* The copy stands by itself. */
    memset(json.ptr, 'x', json.len);
    xd_buf_free(&json);
    expect_same(&messages[_i], &back);
}
END_TEST


static const char *const broken_json[] = { "", "[]", "{", "7",
    "{\"headers\":[[\"only\"]]}", "{\"headers\":[[1,2]]}",
    "{\"headers\":[\"no pair\"]}", "{\"headers\":[[]]}" };


START_TEST(broken_json_is_refused)
{
    xd_message_t back;

    ck_assert_int_eq(xd_message_props_read(arena, xd_str(broken_json[_i]),
                         &back),
        XD_E_SYNTAX);
}
END_TEST


START_TEST(json_reading_may_run_out_of_memory)
{
    xd_str_t json = XD_STR("{\"message_id\":\"a\\nb\",\"timestamp\":7,"
                           "\"headers\":[[\"n\",\"v\\u00e4\"]]}");
    xd_rc_t rc = XD_E_MEMORY;
    xd_message_t back;
    size_t n = 0;

    while (rc == XD_E_MEMORY) {
        xd_arena_fail_at(arena, ++n);
        rc = xd_message_props_read(arena, json, &back);
        xd_arena_fail_at(arena, 0);
    }

    ck_assert_int_eq(rc, XD_OK);
    ck_assert(xd_str_is(back.message_id, "a\nb"));
    ck_assert_int_eq(back.timestamp, 7);
    ck_assert_uint_gt(n, 3);
}
END_TEST


/* -- trace ----------------------------------------------------------------- */

static const struct {
    const char *text;
    bool good;
} traces[] = {
    { TRACE, true },
    { "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", true },
    { "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what", true },
    { "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", true },
    { "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.what", false },
    { "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what", false },
    { "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", false },
    { "00-00000000000000000000000000000000-b7ad6b7169203331-01", false },
    { "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", false },
    { "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", false },
    { "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333-101", false },
    { "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", false },
    { "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g", false },
    { "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0", false },
    { "", false },
};


START_TEST(accepts_only_what_is_valid)
{
    xd_str_t received = xd_str(traces[_i].text);
    xd_str_t out = xd_trace_accept(arena, received);
    xd_str_t child = xd_trace_child(arena, received);

    ck_assert_int_eq(xd_str_eq(out, received), traces[_i].good);
    ck_assert(xd_str_eq(xd_trace_accept(arena, out), out));
    ck_assert_uint_eq(child.len, 55);
    ck_assert(xd_str_eq(xd_trace_accept(arena, child), child));

    if (traces[_i].good) {
        ck_assert_mem_eq(child.ptr, "00-", 3);
        ck_assert_mem_eq(child.ptr + 3, received.ptr + 3, 33);
        ck_assert_mem_ne(child.ptr + 36, received.ptr + 36, 16);
        ck_assert_mem_eq(child.ptr + 53, received.ptr + 53, 2);
    }
}
END_TEST


START_TEST(new_traces_differ)
{
    xd_str_t a = xd_trace_accept(arena, XD_STR_NONE);
    xd_str_t b = xd_trace_accept(arena, XD_STR_NONE);

    ck_assert_mem_ne(a.ptr + 3, b.ptr + 3, 32);
    xd_arena_fail_at(arena, 1);
    ck_assert_ptr_null(xd_trace_accept(arena, XD_STR_NONE).ptr);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("bus");
    TCase *tc = tcase_create("message");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, fact_says_what_happened);
    tcase_add_test(tc, fact_without_site_or_trace);
    tcase_add_loop_test(tc, fact_needs_its_meta, 0,
        sizeof(needed) / sizeof(needed[0]));
    tcase_add_loop_test(tc, fact_of_nothing_known, 0,
        sizeof(strange) / sizeof(strange[0]));
    tcase_add_test(tc, command_names_one_destination);
    tcase_add_test(tc, command_of_what_is_no_fact);
    tcase_add_loop_test(tc, every_allocation_may_fail, 0, 3);
    tcase_add_loop_test(tc, keys_split_at_dots, 0,
        sizeof(keys) / sizeof(keys[0]));
    tcase_add_loop_test(tc, properties_survive_their_json, 0, 2);
    tcase_add_loop_test(tc, broken_json_is_refused, 0,
        sizeof(broken_json) / sizeof(broken_json[0]));
    tcase_add_test(tc, json_reading_may_run_out_of_memory);
    tcase_add_loop_test(tc, accepts_only_what_is_valid, 0,
        sizeof(traces) / sizeof(traces[0]));
    tcase_add_test(tc, new_traces_differ);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
