/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What failed for good goes to xd-hospital as a command with everything a
 * person needs: the bytes, their properties, every reason.  Beside it an
 * exception fact tells all others; a fact of ours that its own schema refuses
 * is logged and left out, for the case itself must get through.
 */

#include "room.h"

#include <stdio.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/log.h"
#include "canon/document.h"
#include "format/json.h"
#include "store/archive.h"

#define TEXT_MAX_LEN 500


static void
member(xd_buf_t *out, const char *name, xd_str_t value)
{
    xd_buf_fmt(out, ",\"%s\":", name);
    xd_json_string(out, value);
}


/* The bytes are in the archive when the work, or the edge, put them there. */
static void
archive_member(xd_buf_t *out, const xd_relay_t *relay, const char *hash)
{
    const char *dir = xd_conf_path(relay->rules->conf, "archive");

    if (dir != NULL && xd_archive_has(dir, xd_str(hash))) {
        member(out, "archive", xd_str(hash));
    }
}


/* Written straight into the buffer: a tree of it would hold the body twice. */
void
case_write(xd_buf_t *out, const xd_relay_t *relay, const case_t *c, xd_str_t id,
    xd_str_t at)
{
    const xd_message_t *m = c->message;
    uint8_t raw[XD_SHA256_LEN];
    char hash[XD_SHA256_HEX + 1];

    body_hash(m, raw);
    xd_hex(raw, sizeof(raw), hash);

    xd_buf_text(out, "{\"caseId\":");
    xd_json_string(out, id);
    member(out, "process", relay->name);
    member(out, "queue", c->queue);
    member(out, "messageId", m->message_id);
    member(out, "key", xd_header(m, "xd-key"));
    member(out, "lane", c->lane);
    member(out, "exchange", m->exchange);
    member(out, "routingKey", m->routing_key);
    member(out, "sha256", xd_str(hash));
    archive_member(out, relay, hash);
    member(out, "config", relay->rules->config);
    member(out, "openedAt", at);
    xd_buf_fmt(out,
        ",\"held\":%s,\"attempts\":%u,\"reasons\":", c->held ? "true" : "false",
        c->attempts);
    xd_buf_add(out, c->reasons.len > 0 ? c->reasons : XD_STR("[]"));
    xd_buf_text(out, ",\"properties\":");
    xd_message_props_write(out, m);
    xd_buf_text(out, ",\"body\":\"");
    xd_base64_write(out, m->body, XD_BASE64);
    xd_buf_text(out, "\"}");
}


/* Of what is one thing to a person: its key, else its lane, else itself. */
static xd_str_t
case_key(const case_t *c)
{
    xd_str_t key = xd_header(c->message, "xd-key");

    if (key.len > 0) {
        return key;
    }

    return c->lane.len > 0 ? c->lane : c->message->message_id;
}


static xd_str_t
correlation(const xd_message_t *m)
{
    return m->correlation_id.len > 0 ? m->correlation_id : m->message_id;
}


/* In the lane of its key: cases of one key open in order. */
static xd_rc_t
command_emit(xd_work_t *w, const case_t *c, xd_str_t id, xd_str_t at)
{
    xd_relay_t *relay = w->relay;
    xd_str_t key = case_key(c);
    const xd_header_t headers[] = {
        { XD_STR("traceparent"), w->trace },
        { XD_STR("xd-key"), key },
        { XD_STR("xd-config"), relay->rules->config },
        { XD_STR("xd-causation"), c->message->message_id },
    };
    xd_message_t m = {
        .exchange = XD_STR("xd.cmd"),
        .routing_key = xd_fmt(w->arena, "hospital.ward.case.open.v1.p%02u",
            xd_partition(key)),
        .content_type = XD_STR("application/json"),
        .message_id = id,
        .correlation_id = correlation(c->message),
        .timestamp = xd_now_ms() / 1000,
        .headers = headers,
        .nheaders = sizeof(headers) / sizeof(headers[0]),
    };

    xd_buf_reset(&relay->body);
    case_write(&relay->body, relay, c, id, at);
    m.body = xd_buf_str(&relay->body);

    return xd_buf_rc(&relay->body) == XD_OK && m.routing_key.ptr != NULL
               ? outbox_put(relay, &m, key)
               : XD_E_MEMORY;
}


/* The exception document, but its meta; NULL when the arena is full. */
static xd_node_t *
exception_make(xd_arena_t *arena, const case_t *c, xd_str_t id, xd_str_t at)
{
    xd_node_t *doc = xd_node_new(arena, XD_OBJECT);
    xd_str_t text = c->text.len > 0 ? c->text : c->code;
    xd_str_t about =
        c->message->message_id.len > 0 ? c->message->message_id : id;

    if (text.len > TEXT_MAX_LEN) {
        text.len = TEXT_MAX_LEN;
    }

    (void) xd_put_str(arena, doc, "exceptionId", id);
    (void) xd_put_str(arena, doc, "code", c->code);
    (void) xd_put_str(arena, doc, "severity", XD_STR("error"));
    (void) xd_put_str(arena, doc, "docRef", about);
    (void) xd_put_str(arena, doc, "state", XD_STR("open"));
    (void) xd_put_str(arena, doc, "text", text);

    if (c->queue.len > 0) {
        (void) xd_put_str(arena, doc, "queue", c->queue);
    }

    (void) xd_put_num(arena, doc, "attempts", c->attempts);

    return xd_put_str(arena, doc, "openedAt", at) == NULL ? NULL : doc;
}


/* By the schema and the routes, as any fact. */
static xd_rc_t
exception_emit(xd_work_t *w, const case_t *c, xd_str_t id, xd_str_t at)
{
    xd_relay_t *relay = w->relay;
    xd_uuid_t fact = XD_UUID5(XD_STR("exception"), id);
    xd_node_t *doc = exception_make(w->arena, c, id, at);
    xd_meta_t meta = {
        .document = XD_STR("exception"),
        .event = XD_STR("opened"),
        .id = xd_uuid_str(&fact),
        .key = xd_fmt(w->arena, "exception:%.*s", XD_FMT(id)),
        .key_version = 1,
        .occurred_at = at,
        .recorded_at = at,
        .system = xd_text(relay->rules->conf->main, "name"),
        .partner = xd_header(c->message, "xd-party"),
        .correlation_id = correlation(c->message),
        .causation_id = c->message->message_id,
    };
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, w->arena, 1);

    if (meta.key.ptr == NULL || xd_meta_put(w->arena, doc, &meta) == NULL) {
        return XD_E_MEMORY;
    }

    rc = xd_work_fact(w, doc, &rep);

    if (rc == XD_E_SYNTAX || rc == XD_E_LIMIT) {
        xd_log(XD_LOG_ERROR,
            XD_FIELDS({ "rule", c->code },
                { "reason", rep.nkept > 0 ? rep.kept[0].text : XD_STR_NONE }),
            "an exception fact is against its own schema");
        return XD_OK;
    }

    return rc;
}


/* Under the trace of the message, as a step of its own. */
static xd_rc_t
open_as(xd_relay_t *relay, const case_t *c, xd_uuid_t id)
{
    xd_arena_t *arena = relay->aside;
    xd_str_t trace =
        xd_trace_accept(arena, xd_header(c->message, "traceparent"));
    xd_work_t w = {
        .relay = relay,
        .arena = arena,
        .message = c->message,
        .queue = c->queue,
        .lane = c->lane,
        .trace = xd_trace_child(arena, trace),
    };
    char at[XD_INSTANT_LEN + 1];
    xd_rc_t rc;

    xd_instant_write(xd_now_ms(), at);
    rc = command_emit(&w, c, xd_uuid_str(&id), xd_str(at));

    return rc == XD_OK ? exception_emit(&w, c, xd_uuid_str(&id), xd_str(at))
                       : rc;
}


xd_rc_t
ward_open(xd_relay_t *relay, const case_t *c)
{
    char round[16];

    /* Another case each time that a released message fails again. */
    (void) snprintf(round, sizeof(round), "%u", c->attempts);

    return open_as(relay, c,
        XD_UUID5(XD_STR("case"), relay->process, c->message->message_id,
            xd_str(round)));
}


xd_rc_t
ward_refuse(xd_relay_t *relay, const input_t *in, const char *code,
    const char *text)
{
    case_t c = { .message = &in->message,
        .queue = in->queue,
        .code = xd_str(code),
        .text = xd_str(text) };
    uint8_t raw[XD_SHA256_LEN];
    char hash[XD_SHA256_HEX + 1];
    xd_buf_t reasons = { 0 };
    xd_rc_t rc;

    xd_log(XD_LOG_WARN,
        XD_FIELDS({ "msg_id", in->message.message_id }, { "queue", in->queue },
            { "rule", c.code }),
        "a message is refused: %s", text);

    xd_arena_reset(relay->aside);
    body_hash(&in->message, raw);
    xd_hex(raw, sizeof(raw), hash);
    rc = retry_reason(relay->aside, XD_STR_NONE, xd_now_ms(), c.code, c.text,
        &reasons);
    c.reasons = xd_buf_str(&reasons);

    /* By its body: the id may be missing, or another message's. */
    rc = rc == XD_OK ? open_as(relay, &c,
             XD_UUID5(XD_STR("case"), relay->process,
                 in->message.message_id.len > 0 ? in->message.message_id
                                                : in->queue,
                 xd_str(hash)))
                     : rc;
    xd_buf_free(&reasons);

    return rc;
}


xd_rc_t
ward_alarm(xd_relay_t *relay, const char *code, const char *text)
{
    /* There is no message: what it is about is the process. */
    const xd_message_t none = { .message_id = relay->process };
    const case_t c = { .message = &none,
        .code = xd_str(code),
        .text = xd_str(text) };
    char at[XD_INSTANT_LEN + 1];
    xd_work_t w = { .relay = relay, .arena = relay->aside };
    xd_uuid_t id;

    xd_arena_reset(relay->aside);
    xd_instant_write(xd_now_ms(), at);
    id = XD_UUID5(XD_STR("alarm"), relay->process, c.code, xd_str(at));
    w.trace = xd_trace_accept(relay->aside, XD_STR_NONE);

    return exception_emit(&w, &c, xd_uuid_str(&id), xd_str(at));
}


xd_rc_t
xd_work_exception(xd_work_t *w, const char *code, xd_str_t text)
{
    const case_t c = { .message = w->message,
        .queue = w->queue,
        .code = xd_str(code),
        .text = text,
        .attempts = w->attempt };
    xd_uuid_t id = XD_UUID5(XD_STR("exception"), w->relay->process,
        w->message->message_id, c.code);
    char at[XD_INSTANT_LEN + 1];
    xd_str_t name = xd_dup(w->arena, xd_uuid_str(&id)), now;

    xd_instant_write(xd_now_ms(), at);
    now = xd_dup(w->arena, xd_str(at));

    return name.ptr == NULL || now.ptr == NULL
               ? XD_E_MEMORY
               : exception_emit(w, &c, name, now);
}
