/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Envelopes: what stands around a canonical document on the broker.
 *
 * Standard: CloudEvents 1.0.2, AMQP protocol binding 1.0.2 (binary mode, with
 * the prefix that RabbitMQ's clients can carry: cloudEvents_).
 */

#include "bus/message.h"

#include <ctype.h>

#include "base/clock.h"
#include "canon/document.h"
#include "crypt/digest.h"

#define FACT_HEADERS 10
#define SITE_MAX     40


xd_str_t
xd_header(const xd_message_t *m, const char *name)
{
    for (size_t i = 0; i < m->nheaders; i++) {
        if (xd_str_is(m->headers[i].name, name)) {
            return m->headers[i].value;
        }
    }

    return XD_STR_NONE;
}


/* No key of ours has as many parts as there is room for; a longer one is cut
 * off, and fits no pattern then. */
xd_key_parts_t
xd_key_split(xd_str_t routing_key)
{
    const uint32_t room =
        sizeof(((xd_key_parts_t *) 0)->part) / sizeof(xd_str_t);
    xd_key_parts_t parts = { .count = 0 };

    while (routing_key.ptr != NULL && parts.count < room) {
        parts.part[parts.count++] = xd_str_cut(&routing_key, '.');
    }

    return parts;
}


/* -- facts ----------------------------------------------------------------- */

/* The members of meta that an envelope needs. */
typedef struct {
    xd_str_t schema, id, type, event, key, occurred_at, source;
} meta_t;


/* A fact without one of these could be neither routed, ordered nor traced. */
static xd_rc_t
read_meta(const xd_node_t *doc, meta_t *m)
{
    const xd_node_t *meta = xd_get(doc, "meta");

    *m = (meta_t){
        .schema = xd_text(meta, "schema"),
        .id = xd_text(meta, "id"),
        .type = xd_text(meta, "type"),
        .event = xd_text(meta, "event"),
        .key = xd_text(meta, "key"),
        .occurred_at = xd_text(meta, "occurredAt"),
        .source = xd_text_at(meta, "source.system"),
    };

    return m->schema.len > 0 && m->id.len > 0 && m->type.len > 0
                   && m->event.len > 0 && m->key.len > 0
                   && m->occurred_at.len > 0 && m->source.len > 0
               ? XD_OK
               : XD_E_SYNTAX;
}


/* "1" of urn:retail:shipment:1.0; empty when there is none. */
static xd_str_t
major_of(xd_str_t schema)
{
    xd_str_t last = XD_STR_NONE;
    uint64_t number;

    while (schema.ptr != NULL) {
        last = xd_str_cut(&schema, ':');
    }

    last = xd_str_cut(&last, '.');

    return xd_str_uint(last, UINT32_MAX, &number) ? last : XD_STR_NONE;
}


/* A site as one word of a routing key: a store's own code may hold dots. */
static xd_str_t
site_word(const xd_node_t *doc, const char *path, char word[SITE_MAX])
{
    xd_str_t site = path == NULL ? XD_STR_NONE : xd_text_at(doc, path);
    size_t len = site.len < SITE_MAX ? site.len : SITE_MAX;

    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char) site.ptr[i];

        word[i] = c < 0x80 && isalnum(c) ? (char) tolower(c) : '-';
    }

    return len > 0 ? (xd_str_t){ word, len } : XD_STR("none");
}


/* <document>.<event>.v<major>.<site>.pNN: everything a subscriber may choose
 * by, and the partition of the business key last. */
static xd_rc_t
fact_key(xd_arena_t *arena, const xd_node_t *doc, const meta_t *meta,
    xd_message_t *out)
{
    const xd_document_t *row = xd_document_find(meta->type);
    xd_str_t major = major_of(meta->schema);
    char word[SITE_MAX];
    xd_str_t site;

    if (row == NULL || major.len == 0) {
        return XD_E_SYNTAX;
    }

    site = site_word(doc, row->site, word);
    out->exchange = xd_fmt(arena, "xd.%s", row->domain);
    out->routing_key = xd_fmt(arena, "%.*s.%.*s.v%.*s.%.*s.p%02u",
        XD_FMT(meta->type), XD_FMT(meta->event), XD_FMT(major), XD_FMT(site),
        (unsigned) xd_partition(meta->key));

    return out->exchange.ptr != NULL && out->routing_key.ptr != NULL
               ? XD_OK
               : XD_E_MEMORY;
}


/* Names are literals; an empty value leaves the header out. */
static void
add_header(xd_header_t *headers, size_t *n, const char *name, xd_str_t value)
{
    if (value.len > 0) {
        headers[(*n)++] = (xd_header_t){ xd_str(name), value };
    }
}


/* Copies the values: those of meta may point into bytes that go away. */
static xd_rc_t
put_headers(xd_arena_t *arena, const xd_header_t *all, size_t n,
    xd_message_t *out)
{
    xd_header_t *headers = xd_alloc_n(arena, n, sizeof(*headers));

    if (headers == NULL) {
        return XD_E_MEMORY;
    }

    for (size_t i = 0; i < n; i++) {
        headers[i].name = all[i].name;
        headers[i].value = xd_dup(arena, all[i].value);
        if (headers[i].value.ptr == NULL) {
            return XD_E_MEMORY;
        }
    }

    out->headers = headers;
    out->nheaders = n;

    return XD_OK;
}


/* CloudEvents' type says what happened: shipment.created.v1; AMQP's own type
 * says by which schema the body is written. */
static xd_rc_t
fact_headers(xd_arena_t *arena, const meta_t *meta, xd_str_t traceparent,
    xd_str_t config, xd_message_t *out)
{
    xd_header_t headers[FACT_HEADERS];
    xd_str_t happened = xd_fmt(arena, "%.*s.%.*s.v%.*s", XD_FMT(meta->type),
        XD_FMT(meta->event), XD_FMT(major_of(meta->schema)));
    size_t n = 0;

    if (happened.ptr == NULL) {
        return XD_E_MEMORY;
    }

    add_header(headers, &n, "cloudEvents_specversion", XD_STR("1.0"));
    add_header(headers, &n, "cloudEvents_id", meta->id);
    add_header(headers, &n, "cloudEvents_source", meta->source);
    add_header(headers, &n, "cloudEvents_type", happened);
    add_header(headers, &n, "cloudEvents_time", meta->occurred_at);
    add_header(headers, &n, "cloudEvents_subject", meta->key);
    add_header(headers, &n, "cloudEvents_dataschema", meta->schema);
    add_header(headers, &n, "traceparent", traceparent);
    add_header(headers, &n, "xd-key", meta->key);
    add_header(headers, &n, "xd-config", config);

    return put_headers(arena, headers, n, out);
}


/* AMQP's timestamp has whole seconds; the header cloudEvents_time has all. */
static int64_t
recorded_seconds(const xd_node_t *doc)
{
    int64_t ms;

    return xd_instant_read(xd_text_at(doc, "meta.recordedAt"), &ms) ? ms / 1000
                                                                    : 0;
}


/* Empty ones stay as they are. */
static bool
copy_texts(xd_arena_t *arena, xd_str_t *const texts[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (texts[i]->len == 0) {
            continue;
        }

        *texts[i] = xd_dup(arena, *texts[i]);
        if (texts[i]->ptr == NULL) {
            return false;
        }
    }

    return true;
}


xd_rc_t
xd_message_fact(xd_arena_t *arena, const xd_node_t *doc, xd_str_t body,
    xd_str_t traceparent, xd_str_t config, xd_message_t *out)
{
    xd_message_t m = {
        .content_type = XD_STR("application/json"),
        .timestamp = recorded_seconds(doc),
        .body = body,
    };
    xd_str_t *const texts[] = { &m.message_id, &m.correlation_id, &m.type };
    meta_t meta;
    xd_rc_t rc = read_meta(doc, &meta);

    if (rc == XD_OK) {
        rc = fact_key(arena, doc, &meta, &m);
    }

    if (rc == XD_OK) {
        rc = fact_headers(arena, &meta, traceparent, config, &m);
    }

    m.message_id = meta.id;
    m.type = meta.schema;
    m.correlation_id = xd_text_at(doc, "meta.correlationId");

    if (rc == XD_OK
        && !copy_texts(arena, texts, sizeof(texts) / sizeof(texts[0]))) {
        rc = XD_E_MEMORY;
    }

    if (rc == XD_OK) {
        *out = m;
    }

    return rc;
}


/* -- commands -------------------------------------------------------------- */

/* The headers of the fact, but for what the command is itself. */
static xd_rc_t
command_headers(xd_arena_t *arena, const xd_message_t *fact, xd_str_t type,
    xd_message_t *out)
{
    xd_header_t *headers =
        xd_alloc_n(arena, fact->nheaders + 1, sizeof(*headers));

    if (headers == NULL) {
        return XD_E_MEMORY;
    }

    for (size_t i = 0; i < fact->nheaders; i++) {
        headers[i] = fact->headers[i];

        if (xd_str_is(headers[i].name, "cloudEvents_id")) {
            headers[i].value = out->message_id;
        } else if (xd_str_is(headers[i].name, "cloudEvents_type")) {
            headers[i].value = type;
        }
    }

    headers[fact->nheaders] =
        (xd_header_t){ XD_STR("xd-causation"), fact->message_id };
    out->headers = headers;
    out->nheaders = fact->nheaders + 1;

    return XD_OK;
}


/* The id follows from the fact, so whoever publishes it again after a crash
 * names the same command. */
xd_rc_t
xd_message_command(xd_arena_t *arena, const xd_message_t *fact,
    xd_str_t process, xd_str_t destination, xd_str_t verb, xd_message_t *out)
{
    xd_key_parts_t key = xd_key_split(fact->routing_key);
    xd_message_t m = *fact;
    xd_str_t type;
    xd_uuid_t id;

    /* <document>.<event>.v<major>.<site>.pNN */
    if (key.count != 5) {
        return XD_E_SYNTAX;
    }

    id = XD_UUID5(fact->message_id, destination, verb);
    type = xd_fmt(arena, "%.*s.%.*s.%.*s", XD_FMT(key.part[0]), XD_FMT(verb),
        XD_FMT(key.part[2]));

    m.exchange = XD_STR("xd.cmd");
    m.message_id = xd_dup(arena, xd_uuid_str(&id));
    m.routing_key = xd_fmt(arena, "%.*s.%.*s.%.*s.%.*s", XD_FMT(process),
        XD_FMT(destination), XD_FMT(type), XD_FMT(key.part[4]));

    if (type.ptr == NULL || m.message_id.ptr == NULL
        || m.routing_key.ptr == NULL
        || command_headers(arena, fact, type, &m) != XD_OK)
    {
        return XD_E_MEMORY;
    }

    return xd_message_copy(arena, &m, out);
}


/* -- copies ---------------------------------------------------------------- */

xd_rc_t
xd_message_copy(xd_arena_t *arena, const xd_message_t *m, xd_message_t *out)
{
    xd_message_t copy = *m;
    xd_header_t *headers = NULL;
    xd_str_t *const texts[] = { &copy.exchange, &copy.routing_key,
        &copy.content_type, &copy.message_id, &copy.correlation_id, &copy.type,
        &copy.app_id, &copy.user_id, &copy.body };

    if (!copy_texts(arena, texts, sizeof(texts) / sizeof(texts[0]))) {
        return XD_E_MEMORY;
    }

    if (m->nheaders > 0) {
        headers = xd_alloc_n(arena, m->nheaders, sizeof(*headers));
        if (headers == NULL) {
            return XD_E_MEMORY;
        }
    }

    for (size_t i = 0; i < m->nheaders; i++) {
        xd_str_t *const pair[] = { &headers[i].name, &headers[i].value };

        headers[i] = m->headers[i];
        if (!copy_texts(arena, pair, 2)) {
            return XD_E_MEMORY;
        }
    }

    copy.headers = headers;
    *out = copy;

    return XD_OK;
}
