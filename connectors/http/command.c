/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What a message asks for: a command for a system
 * (http.<system>.<document>.<verb>.v<major>.pNN), or bytes for a partner
 * (out.http.<party>).
 */

#include "http.h"

#include <stdio.h>

#include "format/json.h"
#include "relay/outgoing.h"

#define COMMAND_PARTS 6
#define RAW_PARTS     3


/* Who may send what; the broker has checked that user_id is true. */
static const char *const command_senders[] = { "xd-flow", "xd-hospital",
    "xd-x12", "xd-edifact", "xd-doc", "xd-replay", NULL };


static bool
is_one_of(xd_str_t user, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (xd_str_is(user, *names)) {
            return true;
        }
    }

    return false;
}


static xd_rc_t
refuse_key(http_job_t *job)
{
    xd_work_fail(job->w, "http.key", "\"%.*s\" is no command of xd-http",
        XD_FMT(job->w->message->routing_key));

    return XD_E_SYNTAX;
}


static xd_rc_t
check_sender(http_job_t *job)
{
    xd_str_t user = job->w->message->user_id;

    if (is_one_of(user, command_senders)) {
        return XD_OK;
    }
    xd_work_fail(job->w, "http.sender", "\"%.*s\" may not send this",
        XD_FMT(user));

    return XD_E_SYNTAX;
}


/* A system takes commands and a partner takes bytes; the other way round is a
 * mistake of whoever routed it. */
static xd_rc_t
find_gate(http_job_t *job, xd_str_t id, bool partner)
{
    job->gate = xd_map_get(job->h->by_id, id);

    if (job->gate != NULL && job->gate->target != NULL
        && job->gate->target->partner == partner)
    {
        return XD_OK;
    }
    xd_work_fail(job->w, "http.destination",
        partner ? "partner \"%.*s\" has no address (http.url)"
                : "no system \"%.*s\" is configured",
        XD_FMT(id));

    return XD_E_SYNTAX;
}


/* The document's own meta says which document it is. */
static xd_rc_t
read_meta(http_job_t *job)
{
    xd_work_t *w = job->w;
    xd_node_t *doc = NULL;
    const xd_node_t *meta;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, w->arena, 1);
    rc = xd_json_read(w->arena, w->message->body, NULL, &doc, &rep);
    if (rc == XD_E_MEMORY) {
        xd_work_fail(w, "http.memory", "the document needs too much memory");
        return rc;
    }

    meta = xd_get(doc, "meta");
    job->key = xd_text(meta, "key");
    job->doc_ref = xd_text(meta, "id");
    job->correlation_id = xd_text(meta, "correlationId");
    job->test = xd_truth(meta, "test", false);
    job->key_version = (uint64_t) xd_int(meta, "keyVersion", 0, INT64_MAX, 0);

    if (rc != XD_OK || job->key.len == 0 || job->doc_ref.len == 0) {
        xd_work_fail(w, "http.document", "the body is no document with meta");
        return XD_E_SYNTAX;
    }

    return XD_OK;
}


/* A repeat must have the same key, and nothing else may have it. */
static void
make_effect_key(http_job_t *job)
{
    char version[24];

    (void) snprintf(version, sizeof(version), "%llu",
        (unsigned long long) job->key_version);
    job->effect_key = XD_UUID5(job->gate->id, job->document, job->key,
        job->verb, xd_str(version));
}


static xd_rc_t
read_command(http_job_t *job, const xd_key_parts_t *key)
{
    xd_rc_t rc = check_sender(job);

    if (rc == XD_OK) {
        rc = find_gate(job, key->part[1], false);
    }
    if (rc == XD_OK) {
        rc = read_meta(job);
    }
    if (rc == XD_OK) {
        job->document = key->part[2];
        job->verb = key->part[3];
        make_effect_key(job);
    }

    return rc;
}


/* Bytes are their own reference, and their message-id the key of a repeat. */
static xd_rc_t
read_raw(http_job_t *job)
{
    const xd_message_t *m = job->w->message;
    xd_outgoing_t out;
    xd_rc_t rc = xd_outgoing_read(job->w, "http", &out);

    if (rc == XD_OK) {
        rc = find_gate(job, out.party, true);
    }
    if (rc != XD_OK) {
        return rc;
    }

    job->document = out.document;
    job->key = out.key;
    job->doc_ref = m->message_id;
    job->correlation_id = out.correlation_id;
    job->verb = XD_STR("send");
    job->key_version = 1;
    memcpy(job->effect_key.text, m->message_id.ptr, XD_UUID_LEN);

    return XD_OK;
}


xd_rc_t
http_command_read(http_job_t *job)
{
    xd_key_parts_t key = xd_key_split(job->w->message->routing_key);

    if (key.count == COMMAND_PARTS && xd_str_is(key.part[0], "http")) {
        return read_command(job, &key);
    }
    if (key.count == RAW_PARTS && xd_str_is(key.part[0], "out")
        && xd_str_is(key.part[1], "http"))
    {
        return read_raw(job);
    }

    return refuse_key(job);
}


/* Without a business key there is no order to keep, and no lane. */
xd_str_t
http_lane(void *ctx, const xd_message_t *m, xd_str_t queue, xd_arena_t *arena)
{
    xd_key_parts_t key = xd_key_split(m->routing_key);
    xd_str_t business = xd_header(m, "xd-key");
    xd_str_t to = key.count == RAW_PARTS ? key.part[2] : key.part[1];

    (void) ctx;
    (void) queue;

    if (business.len == 0 || key.count < RAW_PARTS) {
        return XD_STR_NONE;
    }

    return xd_fmt(arena, "%.*s>%.*s", XD_FMT(to), XD_FMT(business));
}
