/* SPDX-License-Identifier: BSD-2-Clause */

/* Inputs of the owner's own, bodies that stay in the archive, and what the
 * transports share. */

#include "fixture.h"

#include <signal.h>
#include <sys/wait.h>

#include "base/base64.h"
#include "relay/outgoing.h"
#include "store/archive.h"

#define ID  "018f6c2e-0000-7000-8000-000000000001"
#define ID2 "018f6c2e-0000-7000-8000-000000000002"

static char worked[2048]; /* what the works saw */
static size_t body_len;   /* of the last one */
static const char *fail_code;
static xd_rc_t (*emits)(xd_work_t *w); /* what the works give out */


static xd_work_rc_t
work(void *ctx, xd_work_t *w)
{
    (void) ctx;
    body_len = w->message->body.len;
    (void) snprintf(worked + strlen(worked), sizeof(worked) - strlen(worked),
        "%.*s:%.*s:%.8s ", XD_FMT(w->queue), XD_FMT(w->message->message_id),
        body_len > 0 ? w->message->body.ptr : "");

    if (fail_code != NULL) {
        xd_work_fail(w, fail_code, "as it was told");
        return XD_WORK_TRANSIENT;
    }

    return emits == NULL || emits(w) == XD_OK ? XD_WORK_DONE
                                              : XD_WORK_PERMANENT;
}

static const xd_relay_work_t does = { .work = work };


static void
setup(void)
{
    fixture_open();
    conf_make("");
    worked[0] = '\0';
    fail_code = NULL;
    emits = NULL;
    relay_open(&does, NULL);
}


static xd_message_t
own(const char *id, const char *body)
{
    return (xd_message_t){ .routing_key = XD_STR("in.x12.acme"),
        .message_id = xd_str(id),
        .body = xd_str(body) };
}


static xd_rc_t
inject(const xd_message_t *m, size_t n)
{
    return xd_relay_inject(relay, m, n, XD_STR("own"));
}

/* -- inject ---------------------------------------------------------------- */

static xd_rc_t
emit_raw(xd_work_t *w)
{
    xd_message_t m = *w->message;

    m.exchange = XD_STR("xd.raw");

    return xd_work_emit(w, &m, XD_STR("in acme"));
}


START_TEST(an_own_input_goes_the_way_of_deliveries)
{
    const xd_message_t m[] = { own("m1", "one"), own("m2", "two") };

    emits = emit_raw;
    ck_assert_int_eq(inject(m, 2), XD_OK);
    ck_assert_str_eq(worked, "own:m1:one own:m2:two ");
    ck_assert_str_eq(texts("SELECT message_id FROM outbox ORDER BY seq"),
        "m1 m2");
    ck_assert_str_eq(texts("SELECT lane FROM outbox"), "in acme in acme");

    /* Once more, as after a crash. */
    ck_assert_int_eq(inject(m, 2), XD_OK);
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 2);
    ck_assert_str_eq(worked, "own:m1:one own:m2:two ");
}
END_TEST


START_TEST(another_body_under_the_same_id_is_a_case)
{
    xd_message_t m = own("m1", "one");

    ck_assert_int_eq(inject(&m, 1), XD_OK);
    m.body = XD_STR("other");
    ck_assert_int_eq(inject(&m, 1), XD_OK);
    ck_assert_str_eq(worked, "own:m1:one ");
    ck_assert_int_eq(number("SELECT count(*) FROM outbox WHERE"
                            " routing_key LIKE 'hospital.ward.case.open%'"),
        1);
}
END_TEST


START_TEST(a_failed_one_is_held_and_tried_again)
{
    const xd_message_t m = own("m1", "one");

    fail_code = "test.now";
    ck_assert_int_eq(inject(&m, 1), XD_OK);
    ck_assert_str_eq(texts("SELECT queue FROM held"), "own");
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 0);

    fail_code = NULL;
    ck_assert_int_eq(xd_sql_run(xd_sql(store, "UPDATE held SET due = 1")),
        XD_OK);
    held_turn(relay);
    ck_assert_str_eq(worked, "own:m1:one own:m1:one ");
    ck_assert_int_eq(number("SELECT count(*) FROM held"), 0);
}
END_TEST


START_TEST(under_pressure_nothing_is_taken)
{
    const xd_message_t m = own("m1", "one");

    ck_assert(xd_relay_takes(relay));
    pressure_set(relay, PRESSURE_OUTBOX);
    ck_assert(!xd_relay_takes(relay));
    ck_assert_int_eq(inject(&m, 1), XD_E_AGAIN);
    ck_assert_int_eq(number("SELECT count(*) FROM seen"), 0);

    pressure_set(relay, PRESSURE_NONE);
    ck_assert_int_eq(inject(&m, 1), XD_OK);
    xd_relay_stop(relay, 0);
    ck_assert(!xd_relay_takes(relay));
    ck_assert_int_eq(inject(&m, 1), XD_E_AGAIN);
}
END_TEST


START_TEST(a_store_that_fails_takes_none)
{
    const xd_message_t m[] = { own("m1", "one"), own("m2", "two") };

    ck_assert_int_eq(xd_sql_run(xd_sql(store,
                         "CREATE TRIGGER full BEFORE INSERT ON seen WHEN"
                         " (SELECT count(*) FROM seen) = 1 BEGIN"
                         " SELECT RAISE(ABORT, 'full'); END")),
        XD_OK);
    ck_assert_int_ne(inject(m, 2), XD_OK);
    ck_assert_int_eq(number("SELECT count(*) FROM seen"), 0);
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 0);
}
END_TEST


/* Dies in a child, which shares nothing with the fixture's own relay. */
static void
die_at(const char *point)
{
    int status;
    pid_t pid = fork();

    ck_assert_int_ne(pid, -1);
    if (pid == 0) {
        if (!crash_read(xd_str(point), &relay->crash)) {
            _exit(7);
        }
        xd_relay_crash(relay, "test.other");
        xd_relay_crash(relay, "test.here");
        xd_relay_crash(relay, "test.here");
        _exit(3);
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert_int_eq(WIFSIGNALED(status) ? WTERMSIG(status)
                                         : -WEXITSTATUS(status),
        strcmp(point, "test.here:2") == 0   ? SIGKILL
        : strcmp(point, "test.here:3") == 0 ? -3
                                            : -7);
}


START_TEST(the_owner_has_crash_points_too)
{
    die_at("test.here:2");
    die_at("test.here:3");
    die_at("nothing");
}
END_TEST

/* -- bodies in the archive ------------------------------------------------- */

static char hash[XD_SHA256_HEX + 1];
static const char *archive_dir;


/* A body that is too long to travel, in the archive. */
static xd_str_t
body_of(size_t len)
{
    char *bytes = xd_alloc(arena, len);
    xd_str_t body = { bytes, len };

    memset(bytes, 'x', body.len);
    archive_dir = xd_conf_path(&conf, "archive");
    ck_assert_int_eq(xd_archive_put(archive_dir, body, hash), XD_OK);

    return body;
}


static xd_str_t
long_body(void)
{
    return body_of(XD_BODY_INLINE + 1);
}


static xd_message_t
referring(const char *id, xd_str_t body)
{
    static const xd_header_t key = { { "xd-key", 6 }, { "A", 1 } };
    xd_message_t m = own(id, "");

    m.headers = &key;
    m.nheaders = 1;
    m.body = body;
    ck_assert_int_eq(xd_body_refer(arena, &m, hash), XD_OK);

    return m;
}


START_TEST(a_long_body_becomes_a_reference)
{
    xd_message_t m = referring("m1", long_body());

    ck_assert_uint_eq(m.body.len, 0);
    ck_assert_uint_eq(m.nheaders, 3);
    ck_assert(xd_str_is(xd_header(&m, "xd-key"), "A"));
    ck_assert(xd_str_is(xd_header(&m, "sha256"), hash));
    ck_assert(xd_str_is(xd_header(&m, "dataref"),
        xd_fmt(arena, "archive:%s", hash).ptr));

    m = own("m1", "");
    m.body = long_body();
    m.body.len--;
    ck_assert_int_eq(xd_body_refer(arena, &m, hash), XD_OK);
    ck_assert_uint_eq(m.body.len, XD_BODY_INLINE);
    ck_assert_uint_eq(m.nheaders, 0);
}
END_TEST


START_TEST(a_reference_needs_memory)
{
    xd_arena_t *small = xd_arena_new(0);

    for (size_t n = 1; n <= 3; n++) {
        xd_message_t m = own("m1", "");

        m.body = long_body();
        xd_arena_reset(small);
        xd_arena_fail_at(small, n);
        ck_assert_int_eq(xd_body_refer(small, &m, hash), XD_E_MEMORY);
    }
    xd_arena_free(small);
}
END_TEST


START_TEST(the_work_gets_the_bytes_themselves)
{
    const xd_message_t m = referring("m1", long_body());

    ck_assert_int_eq(inject(&m, 1), XD_OK);
    ck_assert_str_eq(worked, "own:m1:xxxxxxxx ");
    ck_assert_uint_eq(body_len, XD_BODY_INLINE + 1);
}
END_TEST


/* The same bytes, once named and once sent: a repeat and no conflict. */
START_TEST(a_reference_and_its_bytes_are_one_body)
{
    const xd_message_t m = referring("m1", long_body());
    xd_message_t plain = own("m1", "");

    plain.body = long_body();
    ck_assert_int_eq(inject(&m, 1), XD_OK);
    ck_assert_int_eq(inject(&plain, 1), XD_OK);
    ck_assert_str_eq(worked, "own:m1:xxxxxxxx ");
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 0);
}
END_TEST


START_TEST(held_it_stays_a_reference)
{
    const xd_message_t m = referring("m1", long_body());

    fail_code = "test.now";
    ck_assert_int_eq(inject(&m, 1), XD_OK);
    ck_assert_int_eq(number("SELECT length(body) FROM held"), 0);

    fail_code = NULL;
    ck_assert_int_eq(xd_sql_run(xd_sql(store, "UPDATE held SET due = 1")),
        XD_OK);
    held_turn(relay);
    ck_assert_str_eq(worked, "own:m1:xxxxxxxx own:m1:xxxxxxxx ");
}
END_TEST


/* What the archive, or the headers, may be like; the fourth column is how the
 * row stands afterwards: 0 waits, 2 is with the hospital. */
static const struct {
    const char *dataref, *sha256, *body;
    const char *archive; /* shell, about the file $f; or NULL */
    int state;
    const char *text;
} broken[] = {
    { "archive:%s", "%s", "", "rm $f", 0, "no bytes" },
    { "archive:%s", "%s", "", "echo y >> $f", 2, "no longer" },
    { "archive:%s", "%s", "", "rm $f && mkdir $f", 0, "cannot be read" },
    { "archive:%s", "%s", "bytes", NULL, 2, "do not name" },
    { "archive:%s", "", "", NULL, 2, "do not name" },
    { "archive:%s", "00", "", NULL, 2, "do not name" },
    { "file:/etc/passwd", "%s", "", NULL, 2, "do not name" },
    { "archive:../../x", "../../x", "", NULL, 0, "no bytes" },
};


START_TEST(a_reference_that_leads_nowhere)
{
    xd_message_t m = own("m1", broken[_i].body);
    xd_header_t headers[2];

    (void) long_body();
    headers[0] = (xd_header_t){ XD_STR("dataref"), XD_STR_NONE };
    headers[1] = (xd_header_t){ XD_STR("sha256"), XD_STR_NONE };
    headers[0].value = strchr(broken[_i].dataref, '%') == NULL
                           ? xd_str(broken[_i].dataref)
                           : xd_fmt(arena, "archive:%s", hash);
    headers[1].value = strchr(broken[_i].sha256, '%') == NULL
                           ? xd_str(broken[_i].sha256)
                           : xd_str(hash);
    m.headers = headers;
    m.nheaders = 2;

    if (broken[_i].archive != NULL) {
        ck_assert_int_eq(system(xd_fmt(arena, "f=%s/%.2s/%s; %s", archive_dir,
                             hash, hash, broken[_i].archive)
                                    .ptr),
            0);
    }

    ck_assert_int_eq(inject(&m, 1), XD_OK);
    ck_assert_str_eq(worked, "");
    ck_assert_int_eq(number("SELECT state FROM held"), broken[_i].state);
    ck_assert_ptr_nonnull(
        strstr(texts("SELECT reasons FROM held"), broken[_i].text));
}
END_TEST


START_TEST(a_body_beyond_the_memory_is_a_case)
{
    const xd_message_t m = referring("m1", body_of((size_t) 65 << 20));

    xd_relay_free(relay);
    conf_make(",\"limits\":{\"message_memory\":\"1MiB\"}"); /* the least */
    relay_open(&does, NULL);
    ck_assert_int_eq(inject(&m, 1), XD_OK);
    ck_assert_str_eq(worked, "");
    ck_assert_ptr_nonnull(
        strstr(texts("SELECT reasons FROM held"), "relay.memory"));
}
END_TEST


/* The case names the archived bytes, and a mended body takes their place. */
START_TEST(a_case_of_a_reference_can_be_mended)
{
    const xd_message_t m = referring("m1", long_body());
    xd_node_t *c;
    xd_buf_t b64 = { 0 };
    uint64_t before;

    fail_code = "test.now";
    ck_assert_int_eq(inject(&m, 1), XD_OK);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(xd_sql_run(xd_sql(store, "UPDATE held SET due = 1")),
            XD_OK);
        held_turn(relay);
    }
    c = json(texts("SELECT body FROM outbox WHERE exchange = 'xd.cmd'"));
    ck_assert(xd_str_is(xd_text(c, "sha256"), hash));
    ck_assert(xd_str_is(xd_text(c, "archive"), hash));

    fail_code = NULL;
    before = strlen(worked);
    xd_base64_write(&b64, XD_STR("mended"), XD_BASE64);
    deliver_to("xd.q.x12.held", "r1", "A",
        xd_fmt(arena,
            "{\"messageId\":\"m1\",\"action\":\"mended\",\"body\":\"%.*s\"}",
            XD_FMT(xd_buf_str(&b64)))
            .ptr);
    xd_buf_free(&b64);
    intake_turn(relay);
    held_turn(relay);
    ck_assert_ptr_nonnull(strstr(worked + before, ":mended"));
}
END_TEST

/* -- facts ----------------------------------------------------------------- */

static xd_rc_t
emit_exception(xd_work_t *w)
{
    return xd_work_exception(w, "test.code", XD_STR("something happened"));
}


START_TEST(an_exception_is_told_once)
{
    xd_message_t m = own(ID, "one");
    xd_node_t *fact;

    m.correlation_id = XD_STR(ID2);
    emits = emit_exception;
    ck_assert_int_eq(inject(&m, 1), XD_OK);

    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 1);
    fact = json(texts("SELECT body FROM outbox WHERE exchange = 'xd.ops'"));
    ck_assert(xd_str_is(xd_text(fact, "code"), "test.code"));
    ck_assert(xd_str_is(xd_text(fact, "text"), "something happened"));
    ck_assert(xd_str_is(xd_text(fact, "docRef"), ID));
    ck_assert(xd_str_is(xd_text_at(fact, "meta.correlationId"), ID2));
}
END_TEST


static xd_rc_t
emit_delivered(xd_work_t *w)
{
    const xd_delivered_t d = { .origin = XD_STR("crossdock"),
        .system = XD_STR("acme"),
        .partner = true,
        .document = XD_STR("functional-ack"),
        .verb = XD_STR("send"),
        .key = XD_STR("functional-ack:acme:1"),
        .key_version = 1,
        .doc_ref = w->message->message_id,
        .foreign_id = XD_STR("x.edi"),
        .confirmed = w->message->body.ptr[0] == 'y',
        .reason = XD_STR("no room") };

    return xd_work_delivered(w, &d);
}


START_TEST(a_delivery_is_told)
{
    const xd_message_t yes = own(ID, "yes"), no = own(ID2, "no");
    xd_node_t *fact;

    emits = emit_delivered;
    ck_assert_int_eq(inject(&yes, 1), XD_OK);
    fact = json(texts("SELECT body FROM outbox"));
    ck_assert(xd_str_is(xd_text(fact, "status"), "confirmed"));
    ck_assert(xd_str_is(xd_text(fact, "foreignId"), "x.edi"));
    ck_assert(xd_str_is(xd_text_at(fact, "meta.source.partner"), "acme"));
    ck_assert(xd_str_is(xd_text_at(fact, "meta.causationId"), ID));

    ck_assert_int_eq(inject(&no, 1), XD_OK);
    fact = json(texts("SELECT body FROM outbox ORDER BY seq DESC LIMIT 1"));
    ck_assert(xd_str_is(xd_text(fact, "status"), "refused"));
    ck_assert(xd_str_is(xd_text(fact, "reason"), "no room"));
    ck_assert_ptr_null(xd_get(fact, "foreignId"));
}
END_TEST


/* Bytes of several documents: a fact about each, in its own story. */
START_TEST(each_document_that_was_carried_is_told)
{
    xd_header_t carries[] = { { XD_STR("xd-carries"),
        XD_STR("[[\"018f6c2e-bbbb-7000-8000-000000000001\","
               "\"018f6c2e-aaaa-7000-8000-000000000001\","
               "\"purchase-order\",\"purchase-order:erp:PO-1\"],"
               "[\"018f6c2e-bbbb-7000-8000-000000000002\","
               "\"018f6c2e-aaaa-7000-8000-000000000002\","
               "\"purchase-order\",\"purchase-order:erp:PO-2\"]]") } };
    xd_message_t m = own(ID, "yes");
    xd_node_t *fact;

    m.headers = carries;
    m.nheaders = 1;
    emits = emit_delivered;
    ck_assert_int_eq(inject(&m, 1), XD_OK);
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 2);
    ck_assert_int_eq(number("SELECT count(DISTINCT message_id) FROM outbox"),
        2);
    fact = json(texts("SELECT body FROM outbox ORDER BY seq DESC LIMIT 1"));
    ck_assert(xd_str_is(xd_text(fact, "docRef"),
        "018f6c2e-bbbb-7000-8000-000000000002"));
    ck_assert(xd_str_is(xd_text(fact, "key"), "purchase-order:erp:PO-2"));
    ck_assert(xd_str_is(xd_text(fact, "document"), "purchase-order"));
    ck_assert(xd_str_is(xd_text_at(fact, "meta.correlationId"),
        "018f6c2e-aaaa-7000-8000-000000000002"));
    ck_assert(xd_str_is(xd_text_at(fact, "meta.key"),
        "delivery:acme:purchase-order:erp:PO-2"));
    ck_assert(xd_str_is(xd_text_at(fact, "meta.causationId"), ID));
}
END_TEST


static const char *const no_carries[] = { "[", "[1]", "[[\"a\"]]",
    "[[\"not-an-id\",\"b\",\"c\",\"d\"]]" };

START_TEST(what_was_carried_must_be_named_well)
{
    xd_header_t carries[] = { { XD_STR("xd-carries"),
        xd_str(no_carries[_i]) } };
    xd_message_t m = own(ID, "yes");

    m.headers = carries;
    m.nheaders = 1;
    emits = emit_delivered;
    ck_assert_int_eq(inject(&m, 1), XD_OK);
    ck_assert_int_eq(number("SELECT count(*) FROM outbox WHERE routing_key"
                            " LIKE 'delivery.%'"),
        0);
    ck_assert_int_eq(number("SELECT count(*) FROM held"), 1);
}
END_TEST


static xd_rc_t
emit_shipment(xd_work_t *w)
{
    xd_node_t *doc = NULL;
    xd_str_t text;
    xd_report_t rep;

    xd_report_init(&rep, w->arena, 1);
    ck_assert_int_eq(xd_file_read(w->arena,
                         "canonical-schemas/shipment/examples/minimal.json", 0,
                         &text),
        XD_OK);
    ck_assert_int_eq(xd_json_read(w->arena, text, NULL, &doc, &rep), XD_OK);

    return xd_work_fact(w, doc, &rep);
}


/* Once to its domain, once to each destination of the routes. */
START_TEST(a_fact_is_routed)
{
    const xd_message_t m = own(ID, "one");

    emits = emit_shipment;
    ck_assert_int_eq(inject(&m, 1), XD_OK);
    ck_assert_str_eq(texts("SELECT exchange FROM outbox ORDER BY seq"),
        "xd.fulfil xd.cmd");
    ck_assert_str_eq(
        texts("SELECT lane FROM outbox WHERE exchange = 'xd.cmd'"
              " AND routing_key LIKE 'http.erp.shipment.create.v1.p%'"),
        "shipment:acme:S1 erp");
    ck_assert_ptr_nonnull(
        strstr(texts("SELECT props FROM outbox WHERE exchange = 'xd.fulfil'"),
            "http.erp"));
}
END_TEST

/* -- bytes for partners ---------------------------------------------------- */

static const struct {
    const char *key, *user, *id, *document, *code;
} incoming[] = {
    { "out.file.acme", "xd-x12", ID, "functional-ack", "" },
    { "out.file.acme", "xd-hospital", ID, "functional-ack", "" },
    { "out.http.acme", "xd-x12", ID, "functional-ack", "file.key" },
    { "in.file.acme", "xd-x12", ID, "functional-ack", "file.key" },
    { "out.file", "xd-x12", ID, "functional-ack", "file.key" },
    { "out.file.acme.x", "xd-x12", ID, "functional-ack", "file.key" },
    { "out.file.acme", "xd-gateway", ID, "functional-ack", "file.sender" },
    { "out.file.acme", "", ID, "functional-ack", "file.sender" },
    { "out.file.acme", "xd-x12", "1", "functional-ack", "file.headers" },
    { "out.file.acme", "xd-x12", ID, "", "file.headers" },
};


START_TEST(bytes_for_a_partner_are_read)
{
    const xd_header_t headers[] = {
        { XD_STR("xd-document"), xd_str(incoming[_i].document) },
        { XD_STR("xd-key"), XD_STR("functional-ack:acme:1") },
        { XD_STR("xd-control"), XD_STR("000000042") },
        { XD_STR("xd-causation"), XD_STR("raw-1") },
    };
    const xd_message_t m = { .routing_key = xd_str(incoming[_i].key),
        .user_id = xd_str(incoming[_i].user),
        .message_id = xd_str(incoming[_i].id),
        .headers = headers,
        .nheaders = 4 };
    work_t w = { .pub = { .arena = arena, .message = &m } };
    xd_outgoing_t out;
    xd_rc_t rc = xd_outgoing_read(&w.pub, "file", &out);

    ck_assert_str_eq(w.code, incoming[_i].code);
    ck_assert_int_eq(rc, incoming[_i].code[0] == '\0' ? XD_OK : XD_E_SYNTAX);
    if (rc == XD_OK) {
        ck_assert(xd_str_is(out.party, "acme"));
        ck_assert(xd_str_is(out.control, "000000042"));
        ck_assert(xd_str_is(out.correlation_id, "raw-1"));
    }
}
END_TEST


static void
more_tests(TCase *tc)
{
    tcase_add_test(tc, a_long_body_becomes_a_reference);
    tcase_add_test(tc, a_reference_needs_memory);
    tcase_add_test(tc, the_work_gets_the_bytes_themselves);
    tcase_add_test(tc, a_reference_and_its_bytes_are_one_body);
    tcase_add_test(tc, held_it_stays_a_reference);
    tcase_add_loop_test(tc, a_reference_that_leads_nowhere, 0,
        sizeof(broken) / sizeof(broken[0]));
    tcase_add_test(tc, a_body_beyond_the_memory_is_a_case);
    tcase_add_test(tc, a_case_of_a_reference_can_be_mended);
    tcase_add_test(tc, an_exception_is_told_once);
    tcase_add_test(tc, a_delivery_is_told);
    tcase_add_test(tc, each_document_that_was_carried_is_told);
    tcase_add_loop_test(tc, what_was_carried_must_be_named_well, 0,
        sizeof(no_carries) / sizeof(no_carries[0]));
    tcase_add_test(tc, a_fact_is_routed);
    tcase_add_loop_test(tc, bytes_for_a_partner_are_read, 0,
        sizeof(incoming) / sizeof(incoming[0]));
}


int
main(void)
{
    Suite *s = suite_create("relay");
    TCase *tc = tcase_create("own");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, fixture_close);
    tcase_add_test(tc, an_own_input_goes_the_way_of_deliveries);
    tcase_add_test(tc, another_body_under_the_same_id_is_a_case);
    tcase_add_test(tc, a_failed_one_is_held_and_tried_again);
    tcase_add_test(tc, under_pressure_nothing_is_taken);
    tcase_add_test(tc, a_store_that_fails_takes_none);
    tcase_add_test(tc, the_owner_has_crash_points_too);
    more_tests(tc);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
