/* SPDX-License-Identifier: BSD-2-Clause */

/* What a work gives out: rows of the outbox, in its own transaction. */

#include "room.h"

#include <assert.h>

#include "base/clock.h"
#include "base/log.h"
#include "canon/document.h"
#include "canon/rules.h"
#include "format/json.h"

#define NAME_MAX_LEN   255 /* AMQP's short strings */
#define ROUTE_FINDINGS 4   /* of one fact */


/* What the link would refuse must not come into the outbox: it would stand
 * at the head of its lane for ever. */
static bool
names_fit(const xd_message_t *m)
{
    const xd_str_t names[] = { m->exchange, m->routing_key, m->content_type,
        m->message_id, m->correlation_id, m->type, m->app_id, m->user_id };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (names[i].len > NAME_MAX_LEN) {
            return false;
        }
    }

    return true;
}


xd_rc_t
outbox_put(xd_relay_t *relay, const xd_message_t *m, xd_str_t lane)
{
    xd_message_t full = *m;
    xd_outbox_row_t row;
    xd_rc_t rc;

    assert(m->message_id.len > 0);

    /* The broker compares user_id with who is logged in. */
    full.user_id = relay->process;
    full.app_id = full.app_id.len > 0 ? full.app_id : relay->process;

    if (!names_fit(&full)) {
        return XD_E_LIMIT;
    }

    xd_buf_reset(&relay->props);
    xd_message_props_write(&relay->props, &full);
    rc = xd_buf_rc(&relay->props);
    if (rc != XD_OK) {
        return rc;
    }

    row = (xd_outbox_row_t){ .lane = lane,
        .message_id = full.message_id,
        .exchange = full.exchange,
        .routing_key = full.routing_key,
        .props = xd_buf_str(&relay->props),
        .body = full.body,
        .made_ms = xd_now_ms() };

    rc = xd_outbox_add(relay->store, &row);
    relay->emitted += rc == XD_OK;

    return rc;
}


/* Order is kept per key and destination: a destination that takes nothing
 * must not hold up the others. */
static xd_rc_t
put_lane(xd_relay_t *relay, xd_arena_t *arena, const xd_message_t *m,
    xd_str_t key, xd_str_t destination)
{
    xd_str_t lane = XD_STR_NONE;

    if (key.len > 0) {
        lane = xd_fmt(arena, "%.*s %.*s", XD_FMT(key), XD_FMT(destination));
        if (lane.ptr == NULL) {
            return XD_E_MEMORY;
        }
    }

    return outbox_put(relay, m, lane);
}


xd_rc_t
xd_work_emit(xd_work_t *w, const xd_message_t *m, xd_str_t lane)
{
    if (lane.len > 0) {
        return outbox_put(w->relay, m, lane);
    }

    return put_lane(w->relay, w->arena, m, xd_header(m, "xd-key"), m->exchange);
}


/* By document and rule, so that a broken map shows in the metrics. */
static void
schema_count(xd_relay_t *relay, xd_str_t document, const xd_report_t *rep)
{
    xd_str_t labels[2] = { document, XD_STR("unknown") };

    for (size_t i = 0; i < rep->nkept; i++) {
        if (rep->kept[i].severity >= XD_ERROR) {
            labels[1] = xd_str(rep->kept[i].rule);
            xd_metric_add(relay->metrics, &relay_schema_errors, 1, labels);
        }
    }
}


/* Nothing leaves that its own schema or a business rule refuses: a consumer
 * could do nothing with it but complain.  Whatever syntax a document came in,
 * it passes here, so the rules are asked here and nowhere before. */
static xd_rc_t
hold(xd_work_t *w, const xd_node_t *doc, xd_report_t *rep)
{
    const xd_conf_t *conf = w->relay->rules->conf;
    xd_str_t name = xd_text_at(doc, "meta.schema");
    xd_str_t document = xd_text_at(doc, "meta.type");
    const xd_schema_t *schema = xd_schema_find(conf->schemas, name);
    xd_rc_t rc;

    if (schema == NULL) {
        xd_reportf(rep,
            &(xd_finding_t){ .severity = XD_ERROR,
                .rule = "relay.schema",
                .path = XD_STR("/meta/schema"),
                .value = name },
            "there is no schema \"%.*s\"", XD_FMT(name));
        return XD_E_SYNTAX;
    }

    rc = xd_schema_check(schema, doc, w->arena, rep);
    if (rc == XD_OK) {
        rc = xd_rules_check(document, doc, NULL, w->arena, rep);
    }

    if (rc == XD_E_SYNTAX) {
        schema_count(w->relay, document, rep);
    }

    return rc;
}


/* What the routes say beside where a fact goes: warnings for operations, the
 * rest for whoever asked. */
static void
routes_told(xd_relay_t *relay, const xd_report_t *said, xd_str_t document,
    xd_report_t *rep)
{
    for (size_t i = 0; i < said->nkept; i++) {
        const xd_finding_t *f = &said->kept[i];
        const xd_str_t labels[] = { document, xd_str(f->rule) };

        xd_metric_add(relay->metrics, &relay_route_findings, 1, labels);

        if (f->severity >= XD_ERROR) {
            xd_report(rep, f);
        } else {
            xd_log(XD_LOG_WARN, XD_FIELDS({ "rule", xd_str(f->rule) }), "%.*s",
                XD_FMT(f->text));
        }
    }
}


xd_route_fact_t
xd_relay_about(const xd_message_t *fact, const xd_node_t *doc)
{
    xd_key_parts_t key = xd_key_split(fact->routing_key);
    xd_route_fact_t about = { .document = key.part[0],
        .event = key.part[1],
        .site = key.part[3],
        .partner = xd_text_at(doc, "meta.source.partner"),
        .version = 1,
        .body = doc,
        .now_ms = xd_now_ms() };
    uint64_t major;

    if (key.part[2].len > 1
        && xd_str_uint((xd_str_t){ key.part[2].ptr + 1, key.part[2].len - 1 },
            UINT32_MAX, &major))
    {
        about.version = (uint32_t) major;
    }

    return about;
}


/* The destinations that the routes choose for a fact. */
static xd_rc_t
destinations(const xd_work_t *w, const xd_node_t *doc, const xd_message_t *fact,
    xd_vec_t *hits, xd_report_t *rep)
{
    xd_route_fact_t about = xd_relay_about(fact, doc);
    xd_report_t said;
    xd_rc_t rc;

    xd_report_init(&said, w->arena, ROUTE_FINDINGS);
    rc =
        xd_routes_match(w->relay->rules->routes, &about, w->arena, hits, &said);
    routes_told(w->relay, &said, about.document, rep);

    return rc;
}


/*
 * Tells in the header xd-routes where the commands went, as "http.erp.create
 * http.wms.create": the journal knows by it what is still to be answered, and
 * a replay makes the same commands again.
 */
static xd_rc_t
routes_tell(xd_arena_t *arena, const xd_vec_t *hits, xd_message_t *fact)
{
    xd_header_t *headers =
        xd_alloc_n(arena, fact->nheaders + 1, sizeof(*headers));
    xd_str_t text = XD_STR("");

    for (size_t i = 0; i < hits->count && text.ptr != NULL; i++) {
        const xd_route_hit_t *hit = XD_AT(hits, xd_route_hit_t, i);

        text = xd_fmt(arena, "%.*s%s%.*s.%.*s.%.*s", XD_FMT(text),
            i > 0 ? " " : "", XD_FMT(hit->process), XD_FMT(hit->destination),
            XD_FMT(hit->verb));
    }

    if (headers == NULL || text.ptr == NULL) {
        return XD_E_MEMORY;
    }

    if (hits->count > 0) {
        memcpy(headers, fact->headers, fact->nheaders * sizeof(*headers));
        headers[fact->nheaders++] = (xd_header_t){ XD_STR("xd-routes"), text };
        fact->headers = headers;
    }

    return XD_OK;
}


/* One command per destination. */
static xd_rc_t
commands_put(xd_work_t *w, const xd_node_t *doc, const xd_message_t *fact,
    const xd_vec_t *hits)
{
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; rc == XD_OK && i < hits->count; i++) {
        const xd_route_hit_t *hit = XD_AT(hits, xd_route_hit_t, i);
        xd_message_t command;

        rc = xd_message_command(w->arena, fact, hit->process, hit->destination,
            hit->verb, &command);
        rc = rc == XD_OK ? put_lane(w->relay, w->arena, &command,
                 xd_text_at(doc, "meta.key"), hit->destination)
                         : rc;
    }

    return rc;
}


/* The fact once, and a command to each destination. */
static xd_rc_t
fact_put(xd_work_t *w, const xd_node_t *doc, xd_message_t *fact,
    xd_report_t *rep)
{
    xd_vec_t hits = XD_VEC(xd_route_hit_t);
    xd_message_t plain = *fact;
    xd_rc_t rc = destinations(w, doc, fact, &hits, rep);

    rc = rc == XD_OK ? routes_tell(w->arena, &hits, fact) : rc;
    rc = rc == XD_OK ? put_lane(w->relay, w->arena, fact,
             xd_text_at(doc, "meta.key"), fact->exchange)
                     : rc;

    return rc == XD_OK ? commands_put(w, doc, &plain, &hits) : rc;
}


xd_rc_t
xd_work_fact(xd_work_t *w, const xd_node_t *doc, xd_report_t *rep)
{
    xd_relay_t *relay = w->relay;
    xd_message_t fact;
    xd_rc_t rc = hold(w, doc, rep);

    if (rc != XD_OK) {
        return rc;
    }

    xd_buf_reset(&relay->body);
    xd_json_write(&relay->body, doc, XD_JSON_COMPACT);
    rc = xd_buf_rc(&relay->body);

    rc = rc == XD_OK ? xd_message_fact(w->arena, doc, xd_buf_str(&relay->body),
             w->trace, relay->rules->config, &fact)
                     : rc;

    return rc == XD_OK ? fact_put(w, doc, &fact, rep) : rc;
}
