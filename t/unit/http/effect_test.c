/* SPDX-License-Identifier: BSD-2-Clause */

/* Commands from the relay's call to their settlement, as effect_fixture.h
 * plays both ends. */

#include "effect_fixture.h"


/* -- commands ------------------------------------------------------------ */

START_TEST(carries_a_command)
{
    xd_uuid_t key = XD_UUID5(XD_STR("erp"), XD_STR("shipment"),
        XD_STR("shipment:acme:1"), XD_STR("create"), XD_STR("2"));
    fake_t *f = carry_one();

    ck_assert_int_eq(f->rc, XD_WORK_DONE);
    ck_assert_str_eq(seen_path, "/erp/shipment");
    ck_assert_str_eq(seen_key, key.text);
    ck_assert_str_eq(seen_type, "application/json");
    ck_assert_str_eq(seen_body, shipment);
    ck_assert_str_eq(seen_auth, "old");
    ck_assert_int_eq(strncmp(seen_trace, "00-4bf92f3577b34da6a3ce929d0e0e4736-",
                         36),
        0);
    ck_assert_str_ne(seen_trace,
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
}
END_TEST


START_TEST(tells_that_it_was_done)
{
    xd_uuid_t id = XD_UUID5(XD_STR("delivery"), command().message_id);
    fake_t *f = carry_one();

    ck_assert_ptr_nonnull(f->fact);
    ck_text(f->fact, "deliveryId", id.text);
    ck_text(f->fact, "system", "erp");
    ck_text(f->fact, "document", "shipment");
    ck_text(f->fact, "verb", "create");
    ck_text(f->fact, "key", "shipment:acme:1");
    ck_text(f->fact, "docRef", FACT_ID);
    ck_text(f->fact, "foreignId", "ERP-1");
    ck_text(f->fact, "status", "confirmed");
    ck_text(f->fact, "attempts", "1");
    ck_text(f->fact, "meta.id", id.text);
    ck_text(f->fact, "meta.event", "confirmed");
    ck_text(f->fact, "meta.key", "delivery:erp:shipment:acme:1");
    ck_text(f->fact, "meta.keyVersion", "2");
    ck_text(f->fact, "meta.correlationId", "raw-1");
    ck_text(f->fact, "meta.causationId",
        "018f6c2e-0000-7000-8000-00000000000c");
    ck_assert(xd_truth(xd_get(f->fact, "meta"), "test", false));
}
END_TEST


START_TEST(tells_that_it_was_refused)
{
    fake_t *f;

    status = 422;
    body = "{\"detail\":\"/units is missing\"}";
    f = carry_one();

    ck_assert_int_eq(f->rc, XD_WORK_PERMANENT);
    ck_assert_str_eq(f->code, "http.422");
    ck_assert_str_eq(f->text, "422 refused: /units is missing");
    ck_text(f->fact, "status", "refused");
    ck_text(f->fact, "meta.event", "refused");
    ck_text(f->fact, "reason", "422 refused: /units is missing");
    ck_assert_ptr_null(xd_get(f->fact, "foreignId"));
}
END_TEST


/* A fact's id names one content: a second refusal is another fact. */
START_TEST(each_refusal_is_a_fact_of_its_own)
{
    fake_t *first, *second;

    status = 422;
    first = give_one();
    second = give_one();
    second->pub.attempt = 9;
    pump(2);

    ck_assert(!xd_str_eq(xd_text(first->fact, "deliveryId"),
        xd_text(second->fact, "deliveryId")));
}
END_TEST


static const struct {
    int status;
    xd_work_rc_t rc;
    const char *code;
    int64_t retry_after;
} failures[] = {
    { 500, XD_WORK_TRANSIENT, "http.500", -1 },
    { 429, XD_WORK_TRANSIENT, "http.429", 2000 },
    { 404, XD_WORK_PERMANENT, "http.404", -1 },
    { 409, XD_WORK_PERMANENT, "http.409", -1 },
    { 401, XD_WORK_PERMANENT, "http.401", -1 },
    { 302, XD_WORK_PERMANENT, "http.302", -1 },
};


START_TEST(fails_as_the_answer_says)
{
    fake_t *f;

    status = failures[_i].status;
    body = "{}";
    f = carry_one();

    ck_assert_int_eq(f->rc, failures[_i].rc);
    ck_assert_str_eq(f->code, failures[_i].code);
    ck_assert_int_eq(f->retry_after, failures[_i].retry_after);
    ck_assert_int_eq(f->not_tried, -1);
    ck_assert_int_eq(calls, 1);
    ck_assert_int_eq(f->fact != NULL, f->rc == XD_WORK_PERMANENT);
}
END_TEST


START_TEST(an_answer_too_late_is_tried_again)
{
    fake_t *f;

    delay_ms = 800;
    f = carry_one();
    ck_assert_int_eq(f->rc, XD_WORK_TRANSIENT);
    ck_assert_str_eq(f->code, "http.unknown");
    ck_assert_ptr_null(f->fact);
}
END_TEST


START_TEST(a_changed_secret_is_read_once_more)
{
    fake_t *f;

    status = 401;
    write_secret("new");
    f = carry_one();

    ck_assert_int_eq(f->rc, XD_WORK_DONE);
    ck_assert_int_eq(calls, 2);

    f = carry_one(); /* and is kept */
    ck_assert_int_eq(f->rc, XD_WORK_DONE);
    ck_assert_int_eq(calls, 3);
}
END_TEST


START_TEST(a_secret_that_does_not_help_is_read_no_more)
{
    fake_t *f;

    status = 401;
    write_secret("wrong too");
    f = carry_one();

    ck_assert_int_eq(f->rc, XD_WORK_PERMANENT);
    ck_assert_int_eq(calls, 2);
}
END_TEST


/* -- what is no command ---------------------------------------------------- */

static const xd_header_t raw_headers[] = {
    { { "xd-document", 11 }, { "functional-ack", 14 } },
    { { "xd-key", 6 }, { "functional-ack:acme:42", 22 } },
    { { "xd-causation", 12 }, { "raw-7", 5 } },
};

static const struct {
    const char *key, *user, *body, *code;
} wrong[] = {
    { "http.erp.shipment.create.v1.p03", "xd-insight", shipment,
        "http.sender" },
    { "http.erp.shipment.create.v1.p03", "", shipment, "http.sender" },
    { "http.crm.shipment.create.v1.p03", "xd-x12", shipment,
        "http.destination" },
    { "http.acme.shipment.create.v1.p03", "xd-x12", shipment,
        "http.destination" },
    { "http.erp.shipment.create.v1", "xd-x12", shipment, "http.key" },
    { "x12.erp.shipment.create.v1.p03", "xd-x12", shipment, "http.key" },
    { "", "xd-x12", shipment, "http.key" },
    { "http.erp.shipment.create.v1.p03", "xd-x12", "{}", "http.document" },
    { "http.erp.shipment.create.v1.p03", "xd-x12", "[", "http.document" },
    { "http.erp.shipment.create.v1.p03", "xd-x12", "", "http.document" },
    { "out.http.acme", "xd-flow", "ISA", "http.sender" },
    { "out.http.erp", "xd-x12", "ISA", "http.destination" },
    { "out.http.files", "xd-x12", "ISA", "http.destination" },
    { "out.file.acme", "xd-x12", "ISA", "http.key" },
    { "out.http.acme", "xd-x12", "ISA", "http.headers" },
};


START_TEST(refuses_what_is_no_command)
{
    xd_message_t m = command();
    fake_t *f;

    m.routing_key = xd_str(wrong[_i].key);
    m.user_id = xd_str(wrong[_i].user);
    m.body = xd_str(wrong[_i].body);
    if (strcmp(wrong[_i].code, "http.headers") != 0) {
        m.headers = raw_headers;
        m.nheaders = sizeof(raw_headers) / sizeof(raw_headers[0]);
    }
    f = give(m);

    ck_assert_int_eq(f->rc, XD_WORK_PERMANENT);
    ck_assert_str_eq(f->code, wrong[_i].code);
    ck_assert_int_eq(calls, 0);
}
END_TEST


/* -- bytes for partners ---------------------------------------------------- */

static xd_message_t
bytes_out(void)
{
    return (xd_message_t){ .exchange = XD_STR("xd.raw"),
        .routing_key = XD_STR("out.http.acme"),
        .user_id = XD_STR("xd-x12"),
        .content_type = XD_STR("application/edi-x12"),
        .message_id = XD_STR("018f6c2e-0000-7000-8000-00000000000d"),
        .headers = raw_headers,
        .nheaders = 3,
        .body = XD_STR("ISA*00*~") };
}


START_TEST(carries_bytes_to_a_partner)
{
    fake_t *f;

    body = "thank you";
    f = give(bytes_out());
    pump(1);

    ck_assert_int_eq(f->rc, XD_WORK_DONE);
    ck_assert_str_eq(seen_path, "/in");
    ck_assert_str_eq(seen_type, "application/edi-x12");
    ck_assert_str_eq(seen_key, "018f6c2e-0000-7000-8000-00000000000d");
    ck_assert_str_eq(seen_body, "ISA*00*~");
    ck_assert_str_eq(seen_auth, "");
    ck_text(f->fact, "system", "acme");
    ck_text(f->fact, "document", "functional-ack");
    ck_text(f->fact, "verb", "send");
    ck_text(f->fact, "key", "functional-ack:acme:42");
    ck_text(f->fact, "meta.source.partner", "acme");
    ck_text(f->fact, "meta.correlationId", "raw-7");
}
END_TEST


START_TEST(keeps_order_by_key_and_destination)
{
    xd_header_t h = { XD_STR("xd-key"), XD_STR("shipment:acme:1") };
    xd_message_t m = command();
    xd_str_t raw;

    ck_assert_uint_eq(http_lane(NULL, &m, XD_STR_NONE, arena).len, 0);
    m.headers = &h;
    m.nheaders = 1;
    ck_assert(xd_str_is(http_lane(NULL, &m, XD_STR_NONE, arena),
        "erp>shipment:acme:1"));

    m = bytes_out();
    raw = http_lane(NULL, &m, XD_STR_NONE, arena);
    ck_assert(xd_str_is(raw, "acme>functional-ack:acme:42"));
}
END_TEST


/* -- many ---------------------------------------------------------------- */

START_TEST(no_more_at_once_than_allowed)
{
    http_gate_t *gate = xd_map_get(http.by_id, XD_STR("erp"));

    delay_ms = 30;
    for (int i = 0; i < 7; i++) {
        ck_assert_int_eq(give_one()->rc, XD_WORK_LATER);
        ck_assert_uint_le(gate->under_way, 2);
    }
    while (nover < 7) {
        ck_assert_int_eq(xd_loop_once(loop, 50), XD_OK);
        ck_assert_uint_le(gate->under_way, 2);
    }

    ck_assert_int_eq(calls, 7);
    ck_assert_uint_eq(gate->under_way, 0);
    for (int i = 0; i < 7; i++) {
        ck_assert_int_eq(works[i].rc, XD_WORK_DONE);
    }
}
END_TEST


static void
down(int failing)
{
    status = 500;
    for (int i = 0; i < failing; i++) {
        carry_one();
    }
}


START_TEST(an_open_breaker_tries_nothing)
{
    fake_t *f;

    down(3);
    ck_assert_int_eq(calls, 3);
    f = give_one();

    ck_assert_int_eq(f->rc, XD_WORK_TRANSIENT);
    ck_assert_str_eq(f->code, "http.breaker");
    ck_assert_int_gt(f->not_tried, 0);
    ck_assert_int_eq(calls, 3);

    f = give(bytes_out()); /* another destination */
    status = 200;
    pump(nworks);
    ck_assert_int_eq(f->rc, XD_WORK_DONE);
}
END_TEST


START_TEST(a_probe_closes_it_again)
{
    fake_t *probe, *other;

    down(3);
    status = 201;
    usleep(250 * 1000);
    probe = give_one();
    other = give_one();

    ck_assert_int_eq(other->rc, XD_WORK_TRANSIENT);
    pump(nworks);
    ck_assert_int_eq(probe->rc, XD_WORK_DONE);
    ck_assert_int_eq(carry_one()->rc, XD_WORK_DONE);
}
END_TEST


START_TEST(who_waits_is_turned_away_when_it_opens)
{
    status = 500;
    for (int i = 0; i < 8; i++) {
        give_one();
    }
    pump(8);

    /* The two beside the third were under way already. */
    ck_assert_int_le(calls, 4);
    ck_assert_str_eq(works[7].code, "http.breaker");
    for (int i = 0; i < 8; i++) {
        ck_assert_int_eq(works[i].rc, XD_WORK_TRANSIENT);
    }
}
END_TEST


/* -- configuration --------------------------------------------------------- */

START_TEST(a_reload_keeps_the_breaker)
{
    down(3);
    ck_assert_int_eq(http_targets_load(&http, &conf, &report), XD_OK);
    ck_assert_str_eq(give_one()->code, "http.breaker");
}
END_TEST


START_TEST(a_system_taken_away_is_gone)
{
    fake_t *waiting;

    give_one();
    give_one();
    waiting = give_one();
    conf.systems = parse("{}");
    ck_assert_int_eq(http_targets_load(&http, &conf, &report), XD_OK);

    ck_assert_str_eq(give_one()->code, "http.destination");
    pump(4);
    ck_assert_int_eq(works[0].rc, XD_WORK_DONE);
    ck_assert_int_eq(waiting->rc, XD_WORK_PERMANENT);
    ck_assert_str_eq(waiting->code, "http.destination");
}
END_TEST


START_TEST(a_reload_without_its_secret_changes_nothing)
{
    char path[64];

    snprintf(path, sizeof(path), "%s/secret", dir);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(http_targets_load(&http, &conf, &report), XD_E_CONF);
    ck_assert_uint_eq(xd_report_errors(&report), 1);
    ck_assert_int_eq(carry_one()->rc, XD_WORK_DONE);
}
END_TEST


START_TEST(counts_what_came_of_it)
{
    xd_buf_t page = { 0 };

    carry_one();
    status = 500;
    carry_one();
    xd_metrics_write(http.metrics, &page);
    xd_buf_byte(&page, '\0');

    ck_assert_ptr_nonnull(strstr(page.ptr,
        "xd_http_requests_total{system=\"erp\",outcome=\"done\"} 1\n"));
    ck_assert_ptr_nonnull(strstr(page.ptr,
        "xd_http_requests_total{system=\"erp\",outcome=\"error\"} 1\n"));
    ck_assert_ptr_nonnull(
        strstr(page.ptr, "xd_http_request_seconds_count{system=\"erp\"} 2\n"));
    ck_assert_ptr_nonnull(
        strstr(page.ptr, "xd_http_breaker_open{system=\"erp\"} 0\n"));
    ck_assert_ptr_nonnull(
        strstr(page.ptr, "xd_http_under_way{system=\"erp\"} 0\n"));
    xd_buf_free(&page);
}
END_TEST


#define COUNT(table) ((int) (sizeof(table) / sizeof((table)[0])))

int
main(void)
{
    Suite *s = suite_create("http");
    TCase *tc = tcase_create("effect");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, carries_a_command);
    tcase_add_test(tc, tells_that_it_was_done);
    tcase_add_test(tc, tells_that_it_was_refused);
    tcase_add_test(tc, each_refusal_is_a_fact_of_its_own);
    tcase_add_loop_test(tc, fails_as_the_answer_says, 0, COUNT(failures));
    tcase_add_test(tc, an_answer_too_late_is_tried_again);
    tcase_add_test(tc, a_changed_secret_is_read_once_more);
    tcase_add_test(tc, a_secret_that_does_not_help_is_read_no_more);
    tcase_add_loop_test(tc, refuses_what_is_no_command, 0, COUNT(wrong));
    tcase_add_test(tc, carries_bytes_to_a_partner);
    tcase_add_test(tc, keeps_order_by_key_and_destination);
    tcase_add_test(tc, no_more_at_once_than_allowed);
    tcase_add_test(tc, an_open_breaker_tries_nothing);
    tcase_add_test(tc, a_probe_closes_it_again);
    tcase_add_test(tc, who_waits_is_turned_away_when_it_opens);
    tcase_add_test(tc, a_reload_keeps_the_breaker);
    tcase_add_test(tc, a_system_taken_away_is_gone);
    tcase_add_test(tc, a_reload_without_its_secret_changes_nothing);
    tcase_add_test(tc, counts_what_came_of_it);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
