/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_T_UNIT_INSIGHT_TOTALS_H
#define XD_T_UNIT_INSIGHT_TOTALS_H

/* What the tests of totals and of tills share: facts that are taken. */

#include "t/unit/x12/played_relay.h"

#include "services/insight/insight.h"

#define HOUR   ((int64_t) 3600000)
#define MINUTE ((int64_t) 60000)
#define RAW    "018f6c2e-0000-7000-8000-00000000000a"
#define RAW_2  "018f6c2e-0000-7000-8000-00000000000b"
#define FACT   "018f6c2e-0000-7000-8000-0000000000f1"
#define FACT_2 "018f6c2e-0000-7000-8000-0000000000f2"
#define WHEN   "2026-05-14T09:31:22.412Z"

static insight_t insight;
static xd_conf_t with_main;
static int serial;

/* What a test says of a fact; the rest is the same for all. */
typedef struct {
    const char *document, *event, *body;
    const char *id, *key, *cause, *correlation, *routes, *action;
    bool json, test;
} fact_t;


static inline xd_node_t *
ext_of(const fact_t *f)
{
    return f->action != NULL ? parse(
               xd_fmt(arena, "{\"crossdock\":{\"action\":\"%s\"}}", f->action)
                   .ptr)
                             : NULL;
}


static inline xd_message_t
message_of(const fact_t *f)
{
    xd_node_t *doc = parse(f->body);
    const char *cause = f->cause != NULL ? f->cause : RAW;
    xd_meta_t meta = {
        .document = xd_str(f->document),
        .event = xd_str(f->event),
        .id = f->id != NULL
                  ? xd_str(f->id)
                  : xd_fmt(arena, "018f6c2e-0000-7000-8001-%012d", ++serial),
        .key = xd_str(f->key != NULL ? f->key : "some:key"),
        .key_version = 1,
        .occurred_at = XD_STR(WHEN),
        .recorded_at = XD_STR(WHEN),
        .system = XD_STR("crossdock"),
        .partner = XD_STR("acme"),
        .correlation_id = xd_str(f->correlation != NULL ? f->correlation : RAW),
        .causation_id = xd_str(cause),
        .standard = f->json ? XD_STR("JSON") : XD_STR("X12/004010"),
        .test = f->test,
        .ext = ext_of(f),
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


static inline void
taken(fact_t f)
{
    xd_message_t m = message_of(&f);

    ck_assert_int_eq(play(insight_take, &insight, &m), XD_WORK_DONE);
}


static const fact_t order = { .document = "sales-order",
    .event = "created",
    .body = "{\"orderNo\":\"A-1\",\"totals\":{\"gross\":{\"amount\":\"47.36\","
            "\"ccy\":\"EUR\"}},\"lines\":[{\"qty\":{\"value\":\"2\"}},"
            "{\"qty\":{\"value\":\"0.5\"}}]}",
    .id = FACT,
    .key = "sales-order:webshop:A-1",
    .routes = "http.erp.create http.wms.create",
    .json = true };

static const fact_t shipment = { .document = "shipment",
    .event = "created",
    .body = "{\"shipmentNo\":\"S-1\"}",
    .id = FACT,
    .key = "shipment:acme:S-1" };

static const fact_t purchase = { .document = "purchase-order",
    .event = "created",
    .body = "{\"poNo\":\"P-1\"}",
    .id = FACT,
    .key = "purchase-order:acme:P-1",
    .routes = "x12.acme.write",
    .json = true };


static inline fact_t
answer(const char *system, const char *status)
{
    return (fact_t){ .document = "delivery",
        .event = status,
        .body = xd_fmt(arena,
            "{\"docRef\":\"" FACT "\",\"system\":\"%s\",\"status\":\"%s\"}",
            system, status)
                    .ptr,
        .cause = RAW_2 };
}


static inline fact_t
acknowledgement(const char *event, const char *kind, const char *status)
{
    return (fact_t){ .document = "functional-ack",
        .event = event,
        .key = "functional-ack:acme:000000905",
        .body = xd_fmt(arena,
            "{\"ackOf\":{\"interchange\":\"000000905\"},\"kind\":\"%s\","
            "\"status\":\"%s\"}",
            kind, status)
                    .ptr };
}


/* "accepted published delivered confirmed discarded" of a document and
 * destination, counts joined by blanks. */
static inline const char *
counts(const char *document, const char *destination)
{
    int64_t n[STAGES] = { 0 };
    xd_sql_t *q = xd_sql(store, "SELECT stage, sum(count) FROM total WHERE"
                                " document = ?1 AND destination = ?2"
                                " GROUP BY stage");

    xd_sql_text(q, 1, xd_str(document));
    xd_sql_text(q, 2, xd_str(destination));
    while (xd_sql_step(q) == XD_OK) {
        n[xd_sql_col_int(q, 0)] = xd_sql_col_int(q, 1);
    }
    xd_sql_done(q);

    return xd_fmt(arena, "%d %d %d %d %d", (int) n[0], (int) n[1], (int) n[2],
        (int) n[3], (int) n[4])
        .ptr;
}


#define DUE number("SELECT count(*) FROM due")


static inline void
setup(void)
{
    xd_node_t *settings;

    relay_setup(insight_migrations);
    settings = parse("{\"name\":\"crossdock\"}");
    with_main = conf;
    with_main.main = settings;
    insight = (insight_t){ .store = store };
    check_settings(&insight, &with_main);
    serial = 0;
}


/* A look at that time, whose inputs are worked on at once; how many. */
static inline size_t
look(int64_t now_ms)
{
    xd_vec_t messages = XD_VEC(xd_message_t);

    ck_assert_int_eq(check_messages(&insight, arena, now_ms, &messages), XD_OK);
    for (size_t i = 0; i < messages.count; i++) {
        ck_assert_int_eq(play(check_take, &insight,
                             XD_AT(&messages, xd_message_t, i)),
            XD_WORK_DONE);
    }

    return messages.count;
}

static inline const xd_node_t *
told(size_t n)
{
    ck_assert_ptr_nonnull(sent_at(n)->doc);

    return sent_at(n)->doc;
}

#endif
