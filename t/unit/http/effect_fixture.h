/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_T_HTTP_EFFECT_FIXTURE_H
#define XD_T_HTTP_EFFECT_FIXTURE_H

/*
 * A fake relay that notes what it is told, and a played system on the same
 * loop; client and server between them are the real ones.
 */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "canon/document.h"
#include "connectors/http/http.h"
#include "daemon/daemon.h"
#include "format/json.h"
#include "web/server.h"

#define WORKS   16
#define FACT_ID "018f6c2e-0000-7000-8000-000000000001"

static xd_arena_t *arena;
static xd_loop_t *loop;
static xd_server_t *server;
static http_t http;
static xd_conf_t conf;
static xd_report_t report;
static char dir[] = "/tmp/xd-effect-XXXXXX";

/* -- the relay, played ----------------------------------------------------- */

typedef struct {
    xd_work_t pub;
    xd_message_t message;
    bool over;
    xd_work_rc_t rc;
    char code[64], text[600];
    int64_t retry_after, not_tried;
    xd_node_t *fact;
} fake_t;

static fake_t works[WORKS];
static int nworks, nover;


void
xd_work_fail(xd_work_t *w, const char *code, const char *format, ...)
{
    fake_t *f = (fake_t *) w;
    va_list args;

    snprintf(f->code, sizeof(f->code), "%s", code);
    va_start(args, format);
    vsnprintf(f->text, sizeof(f->text), format, args);
    va_end(args);
}


void
xd_work_retry_after(xd_work_t *w, int64_t ms)
{
    ((fake_t *) w)->retry_after = ms;
}


void
xd_work_not_tried(xd_work_t *w, int64_t ms)
{
    ((fake_t *) w)->not_tried = ms;
}


xd_rc_t
xd_work_fact(xd_work_t *w, const xd_node_t *doc, xd_report_t *rep)
{
    const xd_schema_t *schema =
        xd_schema_find(conf.schemas, XD_STR("delivery"));
    xd_arena_t *scratch = xd_arena_new(0);
    xd_rc_t rc;

    ck_assert_ptr_nonnull(schema);
    rc = xd_schema_check(schema, doc, scratch, rep);
    xd_arena_free(scratch);
    ((fake_t *) w)->fact = xd_node_copy(arena, doc);

    return rc;
}


void
xd_work_finish(xd_work_t *w, xd_work_rc_t rc,
    xd_rc_t (*on_commit)(void *ctx, xd_work_t *w), void *ctx)
{
    fake_t *f = (fake_t *) w;

    ck_assert(!f->over);
    if (on_commit != NULL) {
        ck_assert_int_eq(on_commit(ctx, w), XD_OK);
    }
    f->over = true;
    f->rc = rc;
    nover++;
    xd_arena_free(w->arena);
    w->arena = NULL;
}


/* What the daemon would hand over; context.c is not under test. */
xd_loop_t *
xd_daemon_loop(xd_daemon_t *d)
{
    (void) d;

    return loop;
}


const xd_conf_t *
xd_daemon_conf(xd_daemon_t *d)
{
    (void) d;

    return &conf;
}


xd_metrics_t *
xd_daemon_metrics(xd_daemon_t *d)
{
    (void) d;

    return http.metrics;
}


/* -- the system, played ---------------------------------------------------- */

static int status, calls;
static const char *body;
static char seen_key[64], seen_type[64], seen_trace[64], seen_auth[64],
    seen_path[64], seen_body[1024];
static int64_t delay_ms;


static void
copy(char *to, size_t room, xd_str_t from)
{
    snprintf(to, room, "%.*s", XD_FMT(from));
}


static void
serve(void *ctx, const xd_call_t *call, xd_reply_t *reply)
{
    (void) ctx;
    calls++;
    copy(seen_path, sizeof(seen_path), call->path);
    copy(seen_body, sizeof(seen_body), call->body);
    copy(seen_key, sizeof(seen_key), xd_server_header(call, "Idempotency-Key"));
    copy(seen_type, sizeof(seen_type), xd_server_header(call, "Content-Type"));
    copy(seen_trace, sizeof(seen_trace), xd_server_header(call, "traceparent"));
    copy(seen_auth, sizeof(seen_auth), xd_server_header(call, "Authorization"));

    reply->status = status;
    reply->delay_ms = delay_ms;
    if (status == 429) {
        reply->headers[reply->nheaders++] =
            (xd_web_header_t){ XD_STR("Retry-After"), XD_STR("2") };
    }
    if (status == 401 && strcmp(seen_auth, "new") == 0) {
        reply->status = 200;
    }
    xd_buf_text(&reply->body, body);
}


/* -- set-up ---------------------------------------------------------------- */

static XD_PRINTF(1, 2) xd_node_t *parse(const char *format, ...)
{
    xd_node_t *node = NULL;
    xd_str_t text;
    va_list args;

    va_start(args, format);
    text = xd_vfmt(arena, format, args);
    va_end(args);
    ck_assert_int_eq(xd_json_read(arena, text, NULL, &node, &report), XD_OK);

    return node;
}


static void
write_secret(const char *text)
{
    char path[64];

    snprintf(path, sizeof(path), "%s/secret", dir);
    ck_assert_int_eq(xd_file_write(path, xd_str(text), 0600), XD_OK);
}


static void
configure(unsigned port)
{
    conf.arena = arena;
    ck_assert_int_eq(xd_schemas_load(arena, "canonical-schemas", &conf.schemas,
                         &report),
        XD_OK);
    conf.dir = xd_str(dir);
    conf.main = parse("{\"name\":\"crossdock\"}");
    conf.systems =
        parse("{\"erp\":{\"id\":\"erp\",\"url\":\"http://127.0.0.1:%u/erp/\","
              "\"concurrency\":2,\"timeout\":\"500ms\",\"connect\":\"200ms\","
              "\"breaker\":{\"failures\":3,\"pause\":\"200ms\"},"
              "\"credentials\":{\"header\":\"Authorization\","
              "\"file\":\"%s/secret\"}}}",
            port, dir);
    conf.partners =
        parse("{\"acme\":{\"id\":\"acme\",\"http\":{"
              "\"url\":\"http://127.0.0.1:%u/in\",\"timeout\":\"1s\"}},"
              "\"files\":{\"id\":\"files\"}}",
            port);
}


static void
setup(void)
{
    xd_server_conf_t sc = { .idle_ms = 5000 };

    arena = xd_arena_new(0);
    xd_report_init(&report, arena, 10);
    loop = xd_loop_new();
    strcpy(dir + strlen(dir) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    write_secret("old");

    ck_assert_int_eq(xd_server_new(loop, &sc, serve, NULL, &server), XD_OK);
    configure(xd_server_port(server));

    http = (http_t){ .loop = loop,
        .web = xd_web_new(loop),
        .metrics = xd_metrics_new(arena),
        .arena = xd_arena_new(0) };
    http.by_id = xd_map_new(http.arena);
    ck_assert_int_eq(http_targets_load(&http, &conf, &report), XD_OK);

    nworks = nover = calls = 0;
    status = 201;
    body = "{\"id\":\"ERP-1\"}";
    delay_ms = 0;
}


static void
teardown(void)
{
    char path[64];

    xd_web_free(http.web);
    for (int i = 0; i < nworks; i++) {
        xd_arena_free(works[i].pub.arena);
    }
    xd_server_free(server);
    xd_arena_free(http.settings);
    xd_arena_free(http.arena);
    xd_loop_free(loop);
    xd_arena_free(arena);
    snprintf(path, sizeof(path), "%s/secret", dir);
    unlink(path);
    ck_assert_int_eq(rmdir(dir), 0);
}


static const char shipment[] =
    "{\"meta\":{\"id\":\"" FACT_ID "\",\"key\":\"shipment:acme:1\","
    "\"keyVersion\":2,\"correlationId\":\"raw-1\",\"test\":true}}";


static fake_t *
give(xd_message_t m)
{
    fake_t *f = &works[nworks++];

    *f = (fake_t){ .message = m, .retry_after = -1, .not_tried = -1 };
    f->pub.arena = xd_arena_new(0);
    f->pub.message = &f->message;
    f->pub.attempt = 1;
    f->pub.trace =
        XD_STR("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    f->rc = http_work(&http, &f->pub);
    if (f->rc != XD_WORK_LATER) {
        f->over = true;
        nover++;
    }

    return f;
}


static xd_message_t
command(void)
{
    return (xd_message_t){ .exchange = XD_STR("xd.cmd"),
        .routing_key = XD_STR("http.erp.shipment.create.v1.p03"),
        .user_id = XD_STR("xd-x12"),
        .message_id = XD_STR("018f6c2e-0000-7000-8000-00000000000c"),
        .body = XD_STR(shipment) };
}


static fake_t *
give_one(void)
{
    return give(command());
}


static void
pump(int want)
{
    int64_t end = xd_mono_ms() + 5000;

    while (nover < want) {
        ck_assert_int_eq(xd_loop_once(loop, 50), XD_OK);
        ck_assert_int_lt(xd_mono_ms(), end);
    }
}


static fake_t *
carry_one(void)
{
    fake_t *f = give_one();

    pump(nworks);

    return f;
}


#define ck_text(doc, path, want)                                               \
    ck_assert_msg(xd_str_is(xd_text_at((doc), (path)), (want)), "%s is %.*s",  \
        (path), XD_FMT(xd_text_at((doc), (path))))

#endif
