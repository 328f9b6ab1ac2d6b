/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What a partner acknowledges: matched to what was sent by control numbers,
 * told as a fact in the story of the document that it answers; a refusal
 * goes to a person with its reason.
 */

#include "desk.h"

#include <stdio.h>

#include "store/version.h"

#define ERRORS_MOST 9999 /* as the functional-ack document allows */


/* -- its errors ---------------------------------------------------------- */

/* CONTRL does not name the segment. */
static xd_str_t
reason_of(desk_in_t *in, const xd_edi_fault_t *f, xd_str_t code)
{
    xd_str_t id = desk_label(in->w->arena, f->segment_id);

    return id.ptr != NULL ? xd_fmt(in->w->arena,
               "segment %u%s%.*s element %u: %.*s", f->position,
               id.len > 0 ? " " : "", XD_FMT(id), f->element, XD_FMT(code))
                          : XD_STR_NONE;
}


xd_rc_t
desk_ack_error(desk_in_t *in, desk_ack_t *a, const xd_edi_fault_t *f,
    xd_str_t set, xd_str_t code)
{
    xd_arena_t *arena = in->w->arena;
    xd_node_t *error;

    if (a->errors->count >= ERRORS_MOST) {
        return XD_OK;
    }

    error = xd_node_add(arena, a->errors, xd_node_new(arena, XD_OBJECT));

    if ((set.len > 0 && xd_put_str(arena, error, "set", set) == NULL)
        || (f != NULL
            && (xd_put_str(arena, error, "segment",
                    desk_label(arena, f->segment_id))
                    == NULL
                || xd_put_num(arena, error, "position", f->position) == NULL
                || xd_put_num(arena, error, "element", f->element) == NULL))
        || xd_put_str(arena, error, "code", code) == NULL)
    {
        return XD_E_MEMORY;
    }

    if (a->reason.ptr == NULL) {
        a->reason = f != NULL ? reason_of(in, f, code) : code;
    }

    return a->reason.ptr != NULL ? XD_OK : XD_E_MEMORY;
}


xd_rc_t
desk_ack_remark(desk_in_t *in, desk_ack_t *a, const xd_edi_fault_t *f,
    xd_str_t code, xd_str_t words)
{
    xd_str_t says = desk_label(in->w->arena, words);
    bool first = a->reason.ptr == NULL;
    xd_rc_t rc = desk_ack_error(in, a, f, XD_STR(""), code);

    if (rc == XD_OK && first && says.len > 0) {
        a->reason = says;
    }

    return says.ptr != NULL ? rc : XD_E_MEMORY;
}


/* -- what is told of it -------------------------------------------------- */

/* Both facts belong to the document's story; their cause is the message. */
static xd_rc_t
meta_of(desk_in_t *in, const desk_ack_t *a, xd_meta_t *meta)
{
    xd_rc_t rc = desk_meta(in, a->at, meta);

    meta->correlation_id = a->sent.correlation;

    return rc;
}


/* By message and place: one interchange may answer many, and one twice. */
static xd_str_t
id_of(desk_in_t *in, const desk_ack_t *a, const char *what)
{
    char place[48];
    xd_uuid_t id;

    (void) snprintf(place, sizeof(place), "%zu.%u", a->at->ic->offset,
        a->at->ordinal);
    id = XD_UUID5(xd_str(what), in->w->message->message_id, xd_str(place),
        a->sent.fact, xd_str(a->kind));

    return xd_dup(in->w->arena, xd_uuid_str(&id));
}


static bool
put_of(desk_in_t *in, const desk_ack_t *a, xd_node_t *doc)
{
    xd_arena_t *arena = in->w->arena;
    xd_node_t *of = xd_put(arena, doc, "ackOf", XD_OBJECT);
    const struct {
        const char *name;
        int level;
        uint32_t number; /* 0: there is no such level, or it is not meant */
    } parts[] = {
        { "interchange", DESK_INTERCHANGE, a->sent.isa },
        { "group", DESK_GROUP, a->whole ? 0 : a->sent.gs },
        { "set", DESK_SET, a->whole ? 0 : a->sent.st },
    };

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (parts[i].number != 0
            && xd_put_str(arena, of, parts[i].name,
                   desk_number(in, parts[i].level, parts[i].number))
                   == NULL)
        {
            return false;
        }
    }

    return true;
}


static xd_rc_t
emit(desk_in_t *in, const desk_ack_t *a)
{
    xd_arena_t *arena = in->w->arena;
    xd_node_t *doc = xd_node_new(arena, XD_OBJECT);
    xd_meta_t meta;
    xd_rc_t rc = meta_of(in, a, &meta);

    if (rc != XD_OK) {
        return rc;
    }

    meta.document = XD_STR("functional-ack");
    meta.event = XD_STR("received");
    meta.id = id_of(in, a, "functional-ack.received");
    meta.key = xd_fmt(arena, "functional-ack:%.*s:%.*s", XD_FMT(in->party->id),
        XD_FMT(desk_number(in, DESK_INTERCHANGE, a->sent.isa)));

    if (meta.id.ptr == NULL || meta.key.ptr == NULL || !put_of(in, a, doc)
        || xd_put_str(arena, doc, "kind", xd_str(a->kind)) == NULL
        || xd_put_str(arena, doc, "status",
               xd_dup(arena, (xd_str_t){ &a->status, 1 }))
               == NULL)
    {
        return XD_E_MEMORY;
    }

    a->errors->key = XD_STR("errors");
    if (a->errors->count > 0 && xd_node_add(arena, doc, a->errors) == NULL) {
        return XD_E_MEMORY;
    }

    rc = xd_key_version(xd_work_store(in->w), meta.key, &meta.key_version);
    if (rc != XD_OK) {
        return rc;
    }

    return xd_meta_put(arena, doc, &meta) != NULL
               ? xd_work_fact(in->w, doc, &in->report)
               : XD_E_MEMORY;
}


static xd_rc_t
refused(desk_in_t *in, const desk_ack_t *a)
{
    xd_meta_t meta;
    xd_rc_t rc = meta_of(in, a, &meta);
    const desk_case_t c = {
        .code = "ack.rejected",
        .id = id_of(in, a, "ack.rejected"),
        .doc_ref = a->sent.fact,
        .text = xd_fmt(in->w->arena,
            "%.*s refused %.*s %.*s (%.*s, %s %.*s): %.*s",
            XD_FMT(in->party->id), XD_FMT(a->sent.document),
            XD_FMT(a->sent.number), XD_FMT(desk_where(in, &a->sent)),
            in->x->dialect->unit, XD_FMT(desk_number(in, DESK_SET, a->sent.st)),
            XD_FMT(a->reason.ptr != NULL ? a->reason
                                         : XD_STR("no reason was given"))),
    };

    if (c.id.ptr == NULL || c.text.ptr == NULL) {
        return XD_E_MEMORY;
    }

    return rc == XD_OK ? desk_case(in, &c, &meta) : rc;
}


xd_rc_t
desk_ack_settle(desk_in_t *in, const desk_ack_t *a)
{
    bool over = a->status == 'R';
    xd_rc_t rc = XD_OK;

    /* One of the envelope alone leaves that of its sets still to come. */
    if (over || !a->whole) {
        rc = desk_sent_state(in, a->sent.row, a->status);
        if (rc == XD_OK) {
            rc = desk_due_done(in, a->sent.row, over ? NULL : "functional-ack");
        }
    }

    rc = rc == XD_OK ? emit(in, a) : rc;

    return rc == XD_OK && over ? refused(in, a) : rc;
}


/* Several of one message may be strange, so its id names the number too. */
xd_rc_t
desk_ack_unmatched(desk_in_t *in, const desk_place_t *at, const char *what,
    xd_str_t control)
{
    xd_arena_t *arena = in->w->arena;
    xd_str_t label = desk_label(arena, control);
    char place[48];
    xd_meta_t meta;
    xd_uuid_t id;
    desk_case_t c = { .code = "ack.unmatched",
        .doc_ref = in->w->message->message_id };
    xd_rc_t rc = desk_meta(in, at, &meta);

    (void) snprintf(place, sizeof(place), "%zu.%u", at->ic->offset,
        at->ordinal);
    id = XD_UUID5(xd_str(c.code), in->w->message->message_id, xd_str(place),
        control);
    c.id = xd_dup(arena, xd_uuid_str(&id));
    c.text = xd_fmt(arena, "%.*s acknowledges %s %.*s, which was never sent",
        XD_FMT(in->party->id), what, XD_FMT(label));

    if (c.id.ptr == NULL || c.text.ptr == NULL || label.ptr == NULL) {
        return XD_E_MEMORY;
    }

    return rc == XD_OK ? desk_case(in, &c, &meta) : rc;
}
