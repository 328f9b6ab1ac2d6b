/* SPDX-License-Identifier: BSD-2-Clause */

/* Facts into the journal, and what its answers make of them. */

#include "t/unit/x12/played_relay.h"

#include "services/insight/insight.h"

static insight_t insight;
static xd_loop_t *loop;
static xd_server_t *server;
static xd_web_t *web;
static int serial;


/* -- facts, made as the other processes make them -------------------------- */

/* What a test says of a fact; the rest is the same for all. */
typedef struct {
    const char *document, *event, *body; /* members beside meta */
    const char *id, *key, *party, *correlation, *control, *routes;
} fact_t;

#define RAW_A "018f6c2e-0000-7000-8000-00000000000a"
#define RAW_B "018f6c2e-0000-7000-8000-00000000000b"
#define FACT  "018f6c2e-0000-7000-8000-0000000000f1"

static const fact_t shipment = { "shipment", "created",
    "{\"shipmentNo\":\"SHP-1\",\"bol\":\"BOL-1\",\"tracking\":[\"1Z9\"]}", FACT,
    "shipment:acme:SHP-1", "acme", RAW_A, "000000905", "http.erp http.wms" };


static xd_message_t
message_of(const fact_t *f)
{
    xd_node_t *doc = parse(f->body);
    xd_meta_t meta = {
        .document = xd_str(f->document),
        .event = xd_str(f->event),
        .id = f->id != NULL
                  ? xd_str(f->id)
                  : xd_fmt(arena, "018f6c2e-0000-7000-8000-%012d", ++serial),
        .key = xd_str(f->key),
        .key_version = 1,
        .occurred_at = XD_STR("2026-05-14T09:31:22.412Z"),
        .recorded_at = XD_STR("2026-05-14T09:31:22.412Z"),
        .system = XD_STR("crossdock"),
        .partner = xd_str(f->party),
        .control = xd_str(f->control),
        .correlation_id = xd_str(f->correlation),
        .causation_id = xd_str(f->correlation),
    };
    xd_buf_t body = { 0 };
    xd_message_t m;
    xd_header_t *headers = xd_alloc_n(arena, 16, sizeof(*headers));

    ck_assert_ptr_nonnull(xd_meta_put(arena, doc, &meta));
    xd_json_write(&body, doc, XD_JSON_COMPACT);
    ck_assert_int_eq(xd_message_fact(arena, doc,
                         xd_dup(arena, xd_buf_str(&body)), XD_STR(TRACE),
                         XD_STR("0123"), &m),
        XD_OK);
    xd_buf_free(&body);

    if (f->routes != NULL) {
        memcpy(headers, m.headers, m.nheaders * sizeof(*headers));
        headers[m.nheaders++] =
            (xd_header_t){ XD_STR("xd-routes"), xd_str(f->routes) };
        m.headers = headers;
    }

    return m;
}


static xd_work_rc_t
take(fact_t f)
{
    xd_message_t m = message_of(&f);

    return play(insight_take, &insight, &m);
}


static void
taken(fact_t f)
{
    ck_assert_int_eq(take(f), XD_WORK_DONE);
}


static fact_t
delivery(const char *system, const char *status)
{
    return (fact_t){ "delivery",
        strcmp(status, "confirmed") == 0 ? "confirmed" : "refused",
        xd_fmt(arena,
            "{\"deliveryId\":\"018f6c2e-0000-7000-8000-%012d\",\"system\":"
            "\"%s\",\"docRef\":\"" FACT "\",\"status\":\"%s\",\"foreignId\":"
            "\"ERP-7\",\"at\":\"2026-05-14T09:31:23.000Z\",\"key\":"
            "\"shipment:acme:SHP-1\"}",
            ++serial, system, status)
            .ptr,
        NULL, "delivery:erp:shipment:acme:SHP-1", NULL, RAW_A, NULL, NULL };
}


static fact_t
exception(const char *correlation, const char *party)
{
    return (fact_t){ "exception", "opened",
        "{\"exceptionId\":\"e-1\",\"code\":\"x12.map\",\"text\":\"why\","
        "\"docRef\":\"" RAW_A "\"}",
        NULL, "exception:e-1", party, correlation, NULL, NULL };
}


static fact_t
functional_ack(void)
{
    return (fact_t){ "functional-ack", "sent",
        "{\"ackOf\":{\"interchange\":\"000000905\",\"group\":\"905\"},"
        "\"kind\":\"997\",\"status\":\"A\"}",
        NULL, "functional-ack:acme:000000905", "acme", RAW_A, "000000905",
        NULL };
}


/* -- questions, over a real server ----------------------------------------- */

static int status;
static xd_node_t *answer;


static void
serve(void *ctx, const xd_call_t *call, xd_reply_t *reply)
{
    if (xd_str_starts(call->path, XD_STR("/status/"))) {
        insight_status(ctx, call, reply);
    } else {
        insight_trace(ctx, call, reply);
    }
}


static void
heard(void *ctx, const xd_web_answer_t *a)
{
    xd_report_t rep;

    ck_assert_int_eq(a->result, XD_WEB_ANSWERED);
    status = a->status;
    xd_report_init(&rep, arena, 1);
    ck_assert_int_eq(xd_json_read(arena, xd_dup(arena, a->body), NULL, &answer,
                         &rep),
        XD_OK);
    *(bool *) ctx = true;
}


static const xd_node_t *
ask(const char *path, const char *party)
{
    xd_web_header_t header = { XD_STR("XD-Party"), xd_str(party) };
    xd_web_request_t r = { .method = "GET",
        .url = xd_fmt(arena, "http://127.0.0.1:%u%s", xd_server_port(server),
            path),
        .headers = &header,
        .nheaders = party != NULL,
        .answer_max = 64 << 20 };
    int64_t end = xd_mono_ms() + 20000;
    bool done = false;

    ck_assert_int_eq(xd_web_send(web, &r, heard, &done), XD_OK);
    while (!done) {
        ck_assert_int_eq(xd_loop_once(loop, 50), XD_OK);
        ck_assert_int_lt(xd_mono_ms(), end);
    }

    return answer;
}


/* The state of message A as its sender sees it. */
static xd_str_t
state(void)
{
    return xd_text(ask("/status/" RAW_A, "acme"), "state");
}


#define ck_state(want)                                                         \
    ck_assert_msg(xd_str_is(state(), want), "the state is %.*s",               \
        XD_FMT(xd_text(answer, "state")))


static void
setup(void)
{
    xd_server_conf_t sc = { .idle_ms = 30000 };

    relay_setup(insight_migrations);
    insight.store = store;
    loop = xd_loop_new();
    web = xd_web_new(loop);
    ck_assert_int_eq(xd_server_new(loop, &sc, serve, &insight, &server), XD_OK);
    serial = 0;
}


static void
teardown(void)
{
    xd_web_free(web);
    xd_server_free(server);
    xd_loop_free(loop);
    relay_teardown();
}


/* -- the journal ----------------------------------------------------------- */

START_TEST(each_fact_is_kept_once)
{
    taken(shipment);
    taken(shipment);
    ck_assert_int_eq(number("SELECT count(*) FROM fact"), 1);
    ck_assert_int_eq(number("SELECT count(*) FROM fact WHERE id = '" FACT
                            "' AND correlation = '" RAW_A "' AND document ="
                            " 'shipment' AND number = 'SHP-1' AND party ="
                            " 'acme' AND routes = 'http.erp http.wms' AND"
                            " trace = '" TRACE "'"),
        1);
}
END_TEST


START_TEST(another_fact_under_its_id_is_a_persons_matter)
{
    fact_t other = shipment;

    taken(shipment);
    other.body = "{\"shipmentNo\":\"SHP-2\"}";
    ck_assert_int_eq(take(other), XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, "insight.conflict");
    ck_assert_int_eq(number("SELECT count(*) FROM fact"), 1);
}
END_TEST


static const struct {
    const char *body, *code;
} unreadable[] = {
    { "", "insight.syntax" },
    { "{", "insight.syntax" },
    { "[]", "insight.meta" },
    { "{\"meta\":{\"type\":\"shipment\"}}", "insight.meta" },
    { "{\"meta\":{\"id\":\"x\"}}", "insight.meta" },
};


START_TEST(what_is_no_fact_is_refused)
{
    xd_message_t m = { .message_id = XD_STR(FACT),
        .body = xd_str(unreadable[_i].body) };

    ck_assert_int_eq(play(insight_take, &insight, &m), XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, unreadable[_i].code);
}
END_TEST


/* A document that the table does not know yet has no number, but a place. */
START_TEST(an_unknown_document_is_kept_too)
{
    xd_message_t m = { .message_id = XD_STR(FACT),
        .body = XD_STR(
            "{\"meta\":{\"id\":\"" FACT "\",\"type\":\"hologram\","
            "\"key\":\"hologram:1\",\"correlationId\":\"" RAW_A "\"}}") };

    ck_assert_int_eq(play(insight_take, &insight, &m), XD_WORK_DONE);
    ck_text(ask("/trace?key=hologram:1", NULL), "ways.0.steps.0.document",
        "hologram");
}
END_TEST


START_TEST(a_broken_store_is_tried_again)
{
    ck_assert_int_eq(xd_store_begin(store), XD_OK);
    ck_assert_int_eq(xd_sql_run(xd_sql(store, "DROP TABLE term")), XD_OK);
    ck_assert_int_eq(xd_store_commit(store), XD_OK);
    ck_assert_int_eq(take(shipment), XD_WORK_TRANSIENT);
    ck_assert_str_eq(last.code, "insight.store");
    ck_assert_int_eq(number("SELECT count(*) FROM fact"), 0);

    ask("/trace?key=SHP-1", NULL);
    ck_assert_int_eq(status, 503);
}
END_TEST


/* -- states ---------------------------------------------------------------- */

START_TEST(nothing_is_known_yet)
{
    const xd_node_t *a = ask("/status/" RAW_A, "acme");

    ck_assert_int_eq(status, 200);
    ck_text(a, "id", RAW_A);
    ck_text(a, "state", "accepted");
    ck_assert_uint_eq(xd_get(a, "documents")->count, 0);
    ck_assert_uint_eq(xd_get(a, "deliveries")->count, 0);
}
END_TEST


/* The acknowledgement may be journalled before what it acknowledges. */
START_TEST(an_acknowledgement_alone_says_nothing)
{
    taken(functional_ack());
    ck_state("accepted");
    ck_text(answer, "documents.0.kind", "997");
    ck_text(answer, "documents.0.status", "A");
}
END_TEST


START_TEST(it_is_processing_until_each_destination_answered)
{
    taken(shipment);
    ck_state("processing");
    ck_assert_uint_eq(xd_get(answer, "deliveries")->count, 2);
    ck_text(answer, "deliveries.0.system", "erp");
    ck_text(answer, "deliveries.0.status", "pending");
    ck_text(answer, "deliveries.0.docRef", FACT);

    taken(delivery("erp", "confirmed"));
    ck_state("processing");
    ck_assert_uint_eq(xd_get(answer, "deliveries")->count, 2);
    ck_text(answer, "deliveries.0.status", "confirmed");
    ck_text(answer, "deliveries.0.foreignId", "ERP-7");
    ck_text(answer, "deliveries.1.system", "wms");
    ck_text(answer, "deliveries.1.status", "pending");

    taken(delivery("wms", "confirmed"));
    ck_state("done");
    ck_text(answer, "documents.0.number", "SHP-1");
}
END_TEST


START_TEST(without_a_destination_it_is_done_at_once)
{
    fact_t f = shipment;

    f.routes = NULL;
    taken(f);
    ck_state("done");
}
END_TEST


/* The answer to another document's command is none to this. */
START_TEST(only_its_own_answer_counts)
{
    fact_t other = shipment;

    other.id = NULL;
    other.routes = "http.erp";
    taken(other);
    taken(delivery("erp", "confirmed"));
    ck_state("processing");
}
END_TEST


START_TEST(a_refusal_is_told_and_may_be_mended)
{
    taken(shipment);
    taken(delivery("wms", "confirmed"));
    taken(delivery("erp", "refused"));
    taken(exception(RAW_A, NULL));
    ck_state("refused");

    /* Released by a person, and confirmed: its case stays known. */
    taken(delivery("erp", "confirmed"));
    ck_state("exception");
    ck_assert_uint_eq(xd_get(answer, "deliveries")->count, 3);
}
END_TEST


START_TEST(a_refusal_that_was_mended_is_done)
{
    taken(shipment);
    taken(delivery("wms", "confirmed"));
    taken(delivery("erp", "refused"));
    taken(delivery("erp", "confirmed"));
    ck_state("done");
}
END_TEST


START_TEST(an_exception_shows_its_reason)
{
    taken(exception(RAW_A, "acme"));
    ck_state("exception");
    ck_text(answer, "documents.0.code", "x12.map");
    ck_text(answer, "documents.0.text", "why");
}
END_TEST


START_TEST(a_foreign_message_looks_like_an_unknown_one)
{
    taken(shipment);
    ck_text(ask("/status/" RAW_A, "webshop"), "state", "accepted");
    ck_assert_uint_eq(xd_get(answer, "documents")->count, 0);
    ck_assert_uint_eq(xd_get(answer, "deliveries")->count, 0);

    /* A local administrator comes without the header. */
    ck_text(ask("/status/" RAW_A, NULL), "state", "processing");
}
END_TEST


static const char *const no_ids[] = { "/status/", "/status/1",
    "/status/%2e%2e/trace", "/status/018f6c2e-0000-7000-8000-00000000000a/x" };


START_TEST(what_is_no_id_is_not_found)
{
    ask(no_ids[_i], "acme");
    ck_assert_int_eq(status, 404);
}
END_TEST


/* -- traces ---------------------------------------------------------------- */

static const char *const terms[] = { "SHP-1", "BOL-1", "1Z9", "000000905",
    "shipment:acme:SHP-1", FACT, RAW_A, "shipment%3Aacme%3ASHP-1" };


START_TEST(a_trace_is_found_by_what_people_know)
{
    const xd_node_t *a;

    taken(shipment);
    a = ask(xd_fmt(arena, "/trace?key=%s", terms[_i]).ptr, NULL);
    ck_assert_int_eq(status, 200);
    ck_assert_uint_eq(xd_get(a, "ways")->count, 1);
    ck_text(a, "ways.0.id", RAW_A);
    ck_text(a, "ways.0.state", "processing");
    ck_text(a, "ways.0.steps.0.id", FACT);
    ck_text(a, "ways.0.steps.0.cause", RAW_A);
    ck_text(a, "ways.0.steps.0.traceparent", TRACE);
    ck_text(a, "ways.0.steps.0.body.shipmentNo", "SHP-1");
    ck_text(a, "ways.0.pending.0.system", "erp");
    ck_text(a, "ways.0.pending.1.system", "wms");
}
END_TEST


START_TEST(a_trace_shows_every_way_newest_first)
{
    fact_t again = shipment;

    again.id = NULL;
    again.correlation = RAW_B;
    taken(shipment);
    taken(delivery("erp", "confirmed"));
    taken(again);

    ck_text(ask("/trace?key=SHP-1", NULL), "ways.0.id", RAW_B);
    ck_text(answer, "ways.1.id", RAW_A);
    ck_text(answer, "ways.1.steps.1.document", "delivery");
    ck_text(answer, "ways.1.pending.0.system", "wms");
}
END_TEST


START_TEST(a_trace_of_nothing_is_empty)
{
    ask("/trace?key=SHP-1'%20OR%201=1", NULL);
    ck_assert_int_eq(status, 200);
    ck_assert_uint_eq(xd_get(answer, "ways")->count, 0);

    ask("/trace", NULL);
    ck_assert_int_eq(status, 400);
    ask("/trace?key=", NULL);
    ck_assert_int_eq(status, 400);
}
END_TEST


START_TEST(a_caller_of_the_gateway_traces_nothing)
{
    taken(shipment);
    ask("/trace?key=SHP-1", "acme");
    ck_assert_int_eq(status, 403);
    ck_assert_ptr_null(xd_get(answer, "ways"));
}
END_TEST


/* A file of two thousand notices: one look at each, not one at each pair. */
START_TEST(a_large_file_is_answered_soon)
{
    int64_t began;

    for (int i = 0; i < 2000; i++) {
        fact_t f = shipment, d = delivery("erp", "confirmed");
        char id[40], *at;

        (void) snprintf(id, sizeof(id), "018f6c2e-0000-7000-8000-%012d",
            500000 + i);
        f.id = id;
        taken(f);
        at = strstr(d.body, FACT);
        memcpy(at, id, 36);
        taken(d);
    }

    began = xd_mono_ms();
    ck_state("processing");
    ck_assert_uint_eq(xd_get(answer, "deliveries")->count, 4000);
    ck_assert_int_lt(xd_mono_ms() - began, 3000);
}
END_TEST


/* -- limits ---------------------------------------------------------------- */

START_TEST(an_answer_that_is_too_large_says_so)
{
    static const char head[] = "{\"shipmentNo\":\"SHP-1\",\"bol\":\"";
    char *body = malloc(3 << 20);

    memset(body, 'x', 3 << 20);
    memcpy(body, head, sizeof(head) - 1);
    strcpy(body + (3 << 20) - 3, "\"}");

    for (int i = 0; i < 24; i++) {
        fact_t f = shipment;

        f.id = NULL;
        f.body = body;
        taken(f);
    }
    free(body);

    ask("/trace?key=SHP-1", NULL);
    ck_assert_int_eq(status, 500);
    ck_has(xd_text(answer, "type"), "answer-too-large");

    /* The status needs none of those bodies. */
    ck_state("processing");
}
END_TEST


/* Every allocation fails once: never a part of a story. */
START_TEST(a_full_arena_gives_no_half_story)
{
    xd_arena_t *own = xd_arena_new(0);
    xd_rc_t rc = XD_E_MEMORY;
    int refused = 0;

    taken(shipment);
    taken(delivery("erp", "confirmed"));
    taken(delivery("wms", "refused"));

    for (size_t n = 1; rc != XD_OK; n++) {
        story_t s = { .arena = own };
        const char *word = "";

        xd_arena_reset(own);
        xd_arena_fail_at(own, n);
        rc = story_read(&s, &insight, XD_STR(RAW_A), true);
        if (rc == XD_OK) {
            word = story_state(&s);
            rc = s.rc;
        }

        ck_assert(rc == XD_E_MEMORY || strcmp(word, "refused") == 0);
        refused += rc != XD_OK;
        ck_assert_uint_lt(n, 1000);
    }

    ck_assert_int_gt(refused, 20);
    xd_arena_free(own);
}
END_TEST


static void
add_answers(TCase *tc)
{
    tcase_add_test(tc, nothing_is_known_yet);
    tcase_add_test(tc, an_acknowledgement_alone_says_nothing);
    tcase_add_test(tc, it_is_processing_until_each_destination_answered);
    tcase_add_test(tc, without_a_destination_it_is_done_at_once);
    tcase_add_test(tc, only_its_own_answer_counts);
    tcase_add_test(tc, a_refusal_is_told_and_may_be_mended);
    tcase_add_test(tc, a_refusal_that_was_mended_is_done);
    tcase_add_test(tc, an_exception_shows_its_reason);
    tcase_add_test(tc, a_foreign_message_looks_like_an_unknown_one);
    tcase_add_loop_test(tc, what_is_no_id_is_not_found, 0, COUNT(no_ids));
    tcase_add_loop_test(tc, a_trace_is_found_by_what_people_know, 0,
        COUNT(terms));
    tcase_add_test(tc, a_trace_shows_every_way_newest_first);
    tcase_add_test(tc, a_trace_of_nothing_is_empty);
    tcase_add_test(tc, a_caller_of_the_gateway_traces_nothing);
    tcase_add_test(tc, a_large_file_is_answered_soon);
    tcase_add_test(tc, an_answer_that_is_too_large_says_so);
    tcase_add_test(tc, a_full_arena_gives_no_half_story);
}


int
main(void)
{
    Suite *s = suite_create("insight");
    TCase *tc = tcase_create("journal");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, each_fact_is_kept_once);
    tcase_add_test(tc, another_fact_under_its_id_is_a_persons_matter);
    tcase_add_loop_test(tc, what_is_no_fact_is_refused, 0, COUNT(unreadable));
    tcase_add_test(tc, an_unknown_document_is_kept_too);
    tcase_add_test(tc, a_broken_store_is_tried_again);
    add_answers(tc);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
