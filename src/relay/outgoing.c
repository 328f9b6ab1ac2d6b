/* SPDX-License-Identifier: BSD-2-Clause */

/* Only through the public calls of the relay: a transport's tests may play
 * them. */

#include "relay/outgoing.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "canon/document.h"
#include "crypt/digest.h"
#include "format/json.h"

#define RAW_PARTS 3


/* Who may send bytes to partners. */
static const char *const senders[] = { "xd-x12", "xd-edifact", "xd-doc",
    "xd-hospital", NULL };


static bool
is_sender(xd_str_t user)
{
    for (const char *const *name = senders; *name != NULL; name++) {
        if (xd_str_is(user, *name)) {
            return true;
        }
    }

    return false;
}


static xd_rc_t
refuse(xd_work_t *w, const char *transport, const char *what, xd_str_t text)
{
    char code[48];

    (void) snprintf(code, sizeof(code), "%s.%s", transport, what);
    xd_work_fail(w, code, "%.*s", XD_FMT(text));

    return XD_E_SYNTAX;
}


/* Bytes name their document in a header; they are their own reference. */
static void
headers_read(const xd_message_t *m, xd_outgoing_t *out)
{
    out->document = xd_header(m, "xd-document");
    out->key = xd_header(m, "xd-key");
    out->control = xd_header(m, "xd-control");
    out->correlation_id = m->correlation_id.len > 0
                              ? m->correlation_id
                              : xd_header(m, "xd-causation");
}


xd_rc_t
xd_outgoing_read(xd_work_t *w, const char *transport, xd_outgoing_t *out)
{
    const xd_message_t *m = w->message;
    xd_key_parts_t key = xd_key_split(m->routing_key);

    *out = (xd_outgoing_t){ 0 };

    if (key.count != RAW_PARTS || !xd_str_is(key.part[0], "out")
        || !xd_str_is(key.part[1], transport))
    {
        return refuse(w, transport, "key",
            xd_fmt(w->arena, "\"%.*s\" is nothing that xd-%s carries",
                XD_FMT(m->routing_key), transport));
    }

    if (!is_sender(m->user_id)) {
        return refuse(w, transport, "sender",
            xd_fmt(w->arena, "\"%.*s\" may not send this", XD_FMT(m->user_id)));
    }

    out->party = key.part[2];
    headers_read(m, out);

    if (out->document.len == 0 || out->key.len == 0
        || !xd_uuid_valid(m->message_id))
    {
        return refuse(w, transport, "headers",
            XD_STR("xd-document, xd-key or the message-id is missing"));
    }

    return XD_OK;
}


/*
 * A message is confirmed once, but may be refused, mended, and refused again:
 * those are facts of their own.
 */
static xd_uuid_t
fact_id(const xd_work_t *w, const xd_delivered_t *d)
{
    xd_str_t id = w->message->message_id;
    char attempt[16];

    if (d->confirmed && !d->one_of_many) {
        return XD_UUID5(XD_STR("delivery"), id);
    }
    if (d->confirmed) {
        return XD_UUID5(XD_STR("delivery"), id, XD_STR("of"), d->doc_ref);
    }
    (void) snprintf(attempt, sizeof(attempt), "%u", w->attempt);

    return d->one_of_many ? XD_UUID5(XD_STR("delivery"), id, XD_STR("refused"),
               xd_str(attempt), d->doc_ref)
                          : XD_UUID5(XD_STR("delivery"), id, XD_STR("refused"),
                              xd_str(attempt));
}


static void
put_business(xd_work_t *w, const xd_delivered_t *d, xd_node_t *doc, xd_str_t id,
    xd_str_t at)
{
    xd_arena_t *arena = w->arena;

    xd_put_str(arena, doc, "deliveryId", id);
    xd_put_str(arena, doc, "system", d->system);
    xd_put_str(arena, doc, "document", d->document);
    xd_put_str(arena, doc, "verb", d->verb);
    xd_put_str(arena, doc, "key", d->key);
    xd_put_str(arena, doc, "docRef", d->doc_ref);
    if (d->confirmed && d->foreign_id.len > 0) {
        xd_put_str(arena, doc, "foreignId", d->foreign_id);
    }
    xd_put_str(arena, doc, "status",
        d->confirmed ? XD_STR("confirmed") : XD_STR("refused"));
    xd_put_num(arena, doc, "attempts", w->attempt);
    xd_put_str(arena, doc, "at", at);
    if (!d->confirmed) {
        xd_put_str(arena, doc, "reason", d->reason);
    }
}


/* Caused by the message, in the story of the document that it carried. */
static xd_node_t *
put_meta(xd_work_t *w, const xd_delivered_t *d, xd_node_t *doc, xd_str_t id,
    xd_str_t at)
{
    xd_meta_t meta = { .document = XD_STR("delivery"),
        .event = d->confirmed ? XD_STR("confirmed") : XD_STR("refused"),
        .id = id,
        .key = xd_fmt(w->arena, "delivery:%.*s:%.*s", XD_FMT(d->system),
            XD_FMT(d->key)),
        .key_version = d->key_version,
        .occurred_at = at,
        .recorded_at = at,
        .system = d->origin,
        .partner = d->partner ? d->system : XD_STR_NONE,
        .correlation_id = d->correlation_id,
        .causation_id = w->message->message_id,
        .test = d->test };

    return meta.key.ptr == NULL ? NULL : xd_meta_put(w->arena, doc, &meta);
}


static void
log_findings(const xd_report_t *rep)
{
    for (size_t i = 0; i < rep->nkept; i++) {
        xd_log(XD_LOG_ERROR,
            XD_FIELDS({ "path", rep->kept[i].path },
                { "reason", rep->kept[i].text }),
            "a delivery is not as its schema says");
    }
}


static xd_rc_t
delivered(xd_work_t *w, const xd_delivered_t *d)
{
    xd_node_t *doc = xd_node_new(w->arena, XD_OBJECT);
    xd_uuid_t *id = xd_alloc(w->arena, sizeof(*id));
    char *at = xd_alloc(w->arena, XD_INSTANT_LEN + 1);
    xd_report_t rep;
    xd_rc_t rc;

    if (doc == NULL || id == NULL || at == NULL) {
        return XD_E_MEMORY;
    }
    *id = fact_id(w, d);
    xd_instant_write(xd_now_ms(), at);

    put_business(w, d, doc, xd_uuid_str(id), xd_str(at));
    if (put_meta(w, d, doc, xd_uuid_str(id), xd_str(at)) == NULL) {
        return XD_E_MEMORY;
    }

    xd_report_init(&rep, w->arena, 10);
    rc = xd_work_fact(w, doc, &rep);
    log_findings(&rep);

    return rc;
}


/* One of several documents that the bytes carried: fact, story, document,
 * key. */
static bool
carried(const xd_node_t *row, xd_delivered_t *d)
{
    xd_str_t *const texts[] = { &d->doc_ref, &d->correlation_id, &d->document,
        &d->key };
    uint32_t n = 0;

    xd_each (one, row) {
        if (n < sizeof(texts) / sizeof(texts[0])) {
            *texts[n] = one->text;
        }
        n++;
    }
    d->one_of_many = true;

    return n == sizeof(texts) / sizeof(texts[0]) && xd_uuid_valid(d->doc_ref);
}


xd_rc_t
xd_work_delivered(xd_work_t *w, const xd_delivered_t *d)
{
    xd_str_t carries = xd_header(w->message, "xd-carries");
    xd_node_t *rows = NULL;
    xd_report_t rep;
    xd_rc_t rc;

    if (carries.len == 0) {
        return delivered(w, d);
    }

    xd_report_init(&rep, w->arena, 1);
    rc = xd_json_read(w->arena, carries, NULL, &rows, &rep);

    xd_each (row, rows) {
        xd_delivered_t one = *d;

        rc = rc == XD_OK && !carried(row, &one) ? XD_E_SYNTAX : rc;
        rc = rc == XD_OK ? delivered(w, &one) : rc;
    }

    return rc;
}
