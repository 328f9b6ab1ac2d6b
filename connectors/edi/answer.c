/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Acknowledgements: written with control numbers of the open transaction,
 * archived, sent to where the partner takes them, and told as facts.
 */

#include "desk.h"

#include <stdio.h>

#include "store/archive.h"
#include "store/version.h"

#define ERRORS_MOST 9999 /* as the functional-ack document allows */


xd_rc_t
desk_write_kind(desk_in_t *in, const xd_edi_interchange_t *ic,
    const desk_kind_t *kind, xd_buf_t *out)
{
    xd_edi_ack_t ack = { .now_ms = in->w->now_ms,
        .usage = ic->test ? 'T' : 'P' };
    size_t before = out->len;
    xd_rc_t rc = kind->write(ic, &ack, out);

    if (rc != XD_OK) {
        return rc;
    }

    /* It is due: written again, with numbers that only now are taken. */
    out->len = before;

    rc = desk_control(in, DESK_INTERCHANGE, &ack.isa_control);
    if (rc == XD_OK && kind->grouped) {
        rc = desk_control(in, DESK_GROUP, &ack.gs_control);
    }

    return rc == XD_OK ? kind->write(ic, &ack, out) : rc;
}


xd_rc_t
desk_send(desk_in_t *in, const xd_edi_interchange_t *ic, const char *what,
    size_t offset, xd_str_t bytes)
{
    xd_arena_t *arena = in->w->arena;
    xd_str_t transport = xd_text(in->profile, "transport");
    xd_str_t control = desk_label(arena, ic->control);
    xd_uuid_t id;
    char place[24];
    xd_header_t headers[] = {
        { XD_STR("traceparent"), xd_trace_child(arena, in->w->trace) },
        { XD_STR("xd-document"), XD_STR("functional-ack") },
        { XD_STR("xd-key"), xd_fmt(arena, "functional-ack:%.*s:%.*s",
                                XD_FMT(in->party->id), XD_FMT(control)) },
        { XD_STR("xd-causation"), in->w->message->message_id },
    };
    xd_message_t m = {
        .exchange = XD_STR("xd.raw"),
        .routing_key = xd_fmt(arena, "out.%.*s.%.*s", XD_FMT(transport),
            XD_FMT(in->party->id)),
        .content_type = xd_str(in->x->dialect->content_type),
        .correlation_id = desk_correlation(in),
        .type = XD_STR("functional-ack"),
        .app_id = xd_str(in->x->dialect->process),
        .timestamp = in->w->now_ms / 1000,
        .headers = headers,
        .nheaders = sizeof(headers) / sizeof(headers[0]),
        .body = bytes,
    };

    /* By its place: a file may hold one interchange twice, and each is
     * answered. */
    (void) snprintf(place, sizeof(place), "%zu", offset);
    id = XD_UUID5(xd_str(what), in->w->message->message_id, xd_str(place));
    m.message_id = xd_uuid_str(&id);

    if (control.ptr == NULL || m.routing_key.ptr == NULL
        || headers[0].value.ptr == NULL || headers[2].value.ptr == NULL)
    {
        return XD_E_MEMORY;
    }

    return xd_work_emit(in->w, &m, headers[2].value);
}


bool
desk_put_error(xd_arena_t *arena, xd_node_t *errors, const xd_edi_set_t *set,
    const xd_edi_fault_t *fault, xd_str_t code)
{
    xd_node_t *error = xd_node_new(arena, XD_OBJECT);

    if (errors->count >= ERRORS_MOST) {
        return true;
    }

    if (set != NULL
        && xd_put_str(arena, error, "set", desk_label(arena, set->control))
               == NULL)
    {
        return false;
    }

    if (fault != NULL
        && (xd_put_num(arena, error, "position", fault->position) == NULL
            || xd_put_str(arena, error, "segment",
                   desk_label(arena, fault->segment_id))
                   == NULL
            || xd_put_num(arena, error, "element", fault->element) == NULL))
    {
        return false;
    }

    return xd_put_str(arena, error, "code", code) != NULL
           && xd_node_add(arena, errors, error) != NULL;
}


/* What advice says of one set. */
static bool
put_advice(desk_in_t *in, xd_node_t *errors, const xd_edi_advice_t *advice)
{
    xd_arena_t *arena = in->w->arena;

    for (size_t i = 0; i < advice->remarks.count; i++) {
        const xd_edi_remark_t *r = XD_AT(&advice->remarks, xd_edi_remark_t, i);
        const xd_edi_fault_t fault = { .position = r->position,
            .segment_id = r->segment_id,
            .element = (uint8_t) r->element };

        if (!desk_put_error(arena, errors, advice->set,
                r->segment_id.len > 0 ? &fault : NULL,
                xd_fmt(arena, "%s:%s", in->x->dialect->advice->element,
                    r->code)))
        {
            return false;
        }
    }

    return true;
}


static bool
put_errors(desk_in_t *in, xd_node_t *doc, const desk_said_t *said)
{
    xd_arena_t *arena = in->w->arena;
    xd_node_t *errors = xd_node_new(arena, XD_ARRAY);

    if (errors == NULL
        || !(said->advice != NULL
                 ? put_advice(in, errors, said->advice)
                 : said->kind->errors(arena, errors, said->ic, said->group)))
    {
        return false;
    }

    errors->key = XD_STR("errors");

    return errors->count == 0 || xd_node_add(arena, doc, errors) != NULL;
}


static xd_rc_t
meta_of(desk_in_t *in, const desk_said_t *said, xd_meta_t *meta)
{
    xd_arena_t *arena = in->w->arena;
    const xd_edi_interchange_t *ic = said->ic;
    xd_str_t control = desk_label(arena, ic->control);
    xd_uuid_t id;
    char place[40];

    (void) snprintf(place, sizeof(place), "%zu.%u",
        said->advice != NULL ? said->advice->set->offset : ic->offset,
        said->nth);
    id = XD_UUID5(XD_STR("functional-ack"), xd_str(said->kind->kind),
        in->w->message->message_id, xd_str(place));

    *meta = (xd_meta_t){
        .document = XD_STR("functional-ack"),
        .event = XD_STR("sent"),
        .id = xd_dup(arena, xd_uuid_str(&id)),
        .key = xd_fmt(arena, "functional-ack:%.*s:%.*s", XD_FMT(in->party->id),
            XD_FMT(control)),
        .occurred_at = { in->now, XD_INSTANT_LEN },
        .recorded_at = { in->now, XD_INSTANT_LEN },
        .system = in->x->identity,
        .partner = in->party->id,
        .control = control,
        .correlation_id = desk_correlation(in),
        .causation_id = in->w->message->message_id,
        .test = ic->test,
        .standard = xd_str(in->x->dialect->standard),
        .doc_type = xd_str(said->kind->kind),
        .sha256 = { in->sha256, XD_SHA256_HEX },
    };

    if (control.ptr == NULL || meta->id.ptr == NULL || meta->key.ptr == NULL) {
        return XD_E_MEMORY;
    }

    return xd_key_version(xd_work_store(in->w), meta->key, &meta->key_version);
}


xd_rc_t
desk_tell(desk_in_t *in, const desk_said_t *said)
{
    xd_arena_t *arena = in->w->arena;
    const xd_edi_group_t *group = said->group;
    char status = said->status != 0 ? said->status
                  : group != NULL   ? group->verdict
                                    : said->ic->verdict;
    xd_node_t *doc = xd_node_new(arena, XD_OBJECT);
    xd_node_t *of = xd_put(arena, doc, "ackOf", XD_OBJECT);
    xd_meta_t meta;
    xd_rc_t rc = meta_of(in, said, &meta);

    if (rc != XD_OK) {
        return rc;
    }

    if (xd_put_str(arena, of, "interchange", meta.control) == NULL
        || (group != NULL
            && xd_put_str(arena, of, "group", desk_label(arena, group->control))
                   == NULL)
        || (said->advice != NULL
            && xd_put_str(arena, of, "set",
                   desk_label(arena, said->advice->set->control))
                   == NULL)
        || xd_put_str(arena, doc, "kind", xd_str(said->kind->kind)) == NULL
        || xd_put_str(arena, doc, "status",
               xd_dup(arena, (xd_str_t){ &status, 1 }))
               == NULL
        || !put_errors(in, doc, said) || xd_meta_put(arena, doc, &meta) == NULL)
    {
        return XD_E_MEMORY;
    }

    return xd_work_fact(in->w, doc, &in->report);
}


xd_rc_t
desk_answer(desk_in_t *in, const xd_edi_interchange_t *ic,
    const desk_interchange_t *seen)
{
    xd_buf_t out = { 0 };
    char hash[XD_SHA256_HEX + 1];
    xd_str_t bytes;
    xd_rc_t rc = in->x->dialect->answer(in, ic, &out);

    rc = rc == XD_OK ? xd_buf_rc(&out) : rc;
    bytes = rc == XD_OK ? xd_dup(in->w->arena, xd_buf_str(&out)) : XD_STR_NONE;
    xd_buf_free(&out);

    if (rc == XD_OK && bytes.ptr == NULL) {
        rc = XD_E_MEMORY;
    }

    if (rc != XD_OK || bytes.len == 0) {
        return rc;
    }

    rc = xd_archive_put(in->x->archive, bytes, hash);
    if (rc == XD_OK && seen->row != 0) {
        rc = desk_interchange_answered(in, seen->row, xd_str(hash));
    }

    return rc == XD_OK ? desk_send(in, ic, "ack", ic->offset, bytes) : rc;
}


xd_rc_t
desk_answer_again(desk_in_t *in, const xd_edi_interchange_t *ic,
    const desk_interchange_t *seen)
{
    xd_str_t bytes;
    xd_rc_t rc;

    if (seen->ack.len == 0) {
        return XD_OK; /* nothing was due the first time either */
    }

    rc = xd_archive_get(in->w->arena, in->x->archive, seen->ack, &bytes);

    return rc == XD_OK ? desk_send(in, ic, "ack", ic->offset, bytes) : rc;
}
