/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Acknowledgements: written with control numbers of the open transaction,
 * archived, sent to where the partner takes them, and told as facts.
 */

#include "x12.h"

#include <stdio.h>

#include "store/archive.h"
#include "store/version.h"

#define ERRORS_MOST 9999 /* as the functional-ack document allows */


/* What is written for an interchange, in the order of their bytes. */
typedef struct {
    const char *kind; /* as in the functional-ack document */
    xd_rc_t (*write)(const xd_edi_interchange_t *in, const xd_edi_ack_t *ack,
        xd_buf_t *out);
} kind_t;

static const kind_t ta1 = { "ta1", xd_edi_write_ta1 };
static const kind_t fa997 = { "997", xd_edi_write_997 };
static const kind_t fa999 = { "999", xd_edi_write_999 };


/* One acknowledgement at the end of out; XD_E_NOT_FOUND: none is due, and
 * then no number was used up. */
static xd_rc_t
write_kind(x12_in_t *in, const xd_edi_interchange_t *ic, const kind_t *kind,
    xd_buf_t *out)
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

    rc = x12_control(in, "ISA", &ack.isa_control);
    if (rc == XD_OK) {
        rc = x12_control(in, "GS", &ack.gs_control);
    }

    return rc == XD_OK ? kind->write(ic, &ack, out) : rc;
}


/* To where the partner takes what we send. */
static xd_rc_t
send_bytes(x12_in_t *in, const xd_edi_interchange_t *ic, xd_str_t bytes)
{
    xd_arena_t *arena = in->w->arena;
    xd_str_t transport = xd_text(in->profile, "transport");
    xd_str_t control = x12_label(arena, ic->control);
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
        .content_type = XD_STR("application/edi-x12"),
        .correlation_id = x12_correlation(in),
        .type = XD_STR("functional-ack"),
        .app_id = XD_STR("xd-x12"),
        .timestamp = in->w->now_ms / 1000,
        .headers = headers,
        .nheaders = sizeof(headers) / sizeof(headers[0]),
        .body = bytes,
    };

    /* By its place: a file may hold one interchange twice, and each is
     * answered. */
    (void) snprintf(place, sizeof(place), "%zu", ic->offset);
    id = XD_UUID5(XD_STR("ack"), in->w->message->message_id, xd_str(place));
    m.message_id = xd_uuid_str(&id);

    if (control.ptr == NULL || m.routing_key.ptr == NULL
        || headers[0].value.ptr == NULL || headers[2].value.ptr == NULL)
    {
        return XD_E_MEMORY;
    }

    return xd_work_emit(in->w, &m, headers[2].value);
}


/* One code of an acknowledgement, "AK304:8", and where it was said. */
static bool
put_error(xd_arena_t *arena, xd_node_t *errors, const xd_edi_set_t *set,
    const xd_edi_fault_t *fault, xd_str_t code)
{
    xd_node_t *error = xd_node_new(arena, XD_OBJECT);

    if (errors->count >= ERRORS_MOST) {
        return true;
    }

    if (set != NULL
        && xd_put_str(arena, error, "set", x12_label(arena, set->control))
               == NULL)
    {
        return false;
    }

    if (fault != NULL
        && (xd_put_num(arena, error, "position", fault->position) == NULL
            || xd_put_str(arena, error, "segment",
                   x12_label(arena, fault->segment_id))
                   == NULL
            || xd_put_num(arena, error, "element", fault->element) == NULL))
    {
        return false;
    }

    return xd_put_str(arena, error, "code", code) != NULL
           && xd_node_add(arena, errors, error) != NULL;
}


/* A short list of codes that 0 ends. */
static bool
put_codes(xd_arena_t *arena, xd_node_t *errors, const xd_edi_set_t *set,
    const char *element, const uint8_t codes[5])
{
    for (size_t i = 0; i < 5 && codes[i] != 0; i++) {
        if (!put_error(arena, errors, set, NULL,
                xd_fmt(arena, "%s:%u", element, codes[i])))
        {
            return false;
        }
    }

    return true;
}


static bool
put_set(xd_arena_t *arena, xd_node_t *errors, const xd_edi_set_t *set)
{
    for (size_t f = 0; f < set->faults.count; f++) {
        const xd_edi_fault_t *fault = XD_AT(&set->faults, xd_edi_fault_t, f);
        xd_str_t code = fault->element_code != 0
                            ? xd_fmt(arena, "AK403:%u", fault->element_code)
                            : xd_fmt(arena, "AK304:%u", fault->segment_code);

        if (!put_error(arena, errors, set, fault, code)) {
            return false;
        }
    }

    return put_codes(arena, errors, set, "AK502", set->set_codes);
}


static bool
put_group(xd_arena_t *arena, xd_node_t *errors, const xd_edi_group_t *group)
{
    for (size_t s = 0; s < group->sets.count; s++) {
        if (!put_set(arena, errors, XD_AT(&group->sets, xd_edi_set_t, s))) {
            return false;
        }
    }

    return put_codes(arena, errors, NULL, "AK905", group->group_codes);
}


static bool
put_note(xd_arena_t *arena, xd_node_t *errors, const xd_edi_interchange_t *ic)
{
    return ic->note == 0
           || put_error(arena, errors, NULL, NULL,
               xd_fmt(arena, "TA105:%03u", ic->note));
}


/* Every code that was sent, about the interchange (group NULL) or a group. */
static bool
put_errors(xd_arena_t *arena, xd_node_t *doc, const xd_edi_interchange_t *ic,
    const xd_edi_group_t *group)
{
    xd_node_t *errors = xd_node_new(arena, XD_ARRAY);

    if (errors == NULL
        || !(group != NULL ? put_group(arena, errors, group)
                           : put_note(arena, errors, ic)))
    {
        return false;
    }

    errors->key = XD_STR("errors");

    return errors->count == 0 || xd_node_add(arena, doc, errors) != NULL;
}


/* What was said, about the interchange (group NULL) or one of its groups. */
typedef struct {
    const kind_t *kind;
    const xd_edi_interchange_t *ic;
    const xd_edi_group_t *group;
    uint32_t nth; /* of the group, from 1: its number may come twice */
} said_t;

static xd_rc_t
meta_of(x12_in_t *in, const said_t *said, xd_meta_t *meta)
{
    xd_arena_t *arena = in->w->arena;
    const xd_edi_interchange_t *ic = said->ic;
    xd_str_t control = x12_label(arena, ic->control);
    xd_uuid_t id;
    char place[40];

    (void) snprintf(place, sizeof(place), "%zu.%u", ic->offset, said->nth);
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
        .correlation_id = x12_correlation(in),
        .causation_id = in->w->message->message_id,
        .test = ic->test,
        .standard = XD_STR("X12"),
        .doc_type = xd_str(said->kind->kind),
        .sha256 = { in->sha256, XD_SHA256_HEX },
    };

    if (control.ptr == NULL || meta->id.ptr == NULL || meta->key.ptr == NULL) {
        return XD_E_MEMORY;
    }

    return xd_key_version(xd_work_store(in->w), meta->key, &meta->key_version);
}


static xd_rc_t
tell(x12_in_t *in, const said_t *said)
{
    xd_arena_t *arena = in->w->arena;
    const xd_edi_group_t *group = said->group;
    const char *status = group != NULL ? &group->verdict : &said->ic->verdict;
    xd_node_t *doc = xd_node_new(arena, XD_OBJECT);
    xd_node_t *of = xd_put(arena, doc, "ackOf", XD_OBJECT);
    xd_meta_t meta;
    xd_rc_t rc = meta_of(in, said, &meta);

    if (rc != XD_OK) {
        return rc;
    }

    if (xd_put_str(arena, of, "interchange", meta.control) == NULL
        || (group != NULL
            && xd_put_str(arena, of, "group", x12_label(arena, group->control))
                   == NULL)
        || xd_put_str(arena, doc, "kind", xd_str(said->kind->kind)) == NULL
        || xd_put_str(arena, doc, "status",
               xd_dup(arena, (xd_str_t){ status, 1 }))
               == NULL
        || !put_errors(arena, doc, said->ic, group)
        || xd_meta_put(arena, doc, &meta) == NULL)
    {
        return XD_E_MEMORY;
    }

    return xd_work_fact(in->w, doc, &in->report);
}


/* The groups that a 997 or 999 names: see xd_edi_write_997. */
static bool
named(const xd_edi_group_t *group)
{
    return group->functional.len == 2 && group->control.len > 0
           && !xd_str_is(group->functional, "FA");
}


static xd_rc_t
tell_groups(x12_in_t *in, const xd_edi_interchange_t *ic, const kind_t *kind)
{
    xd_rc_t rc = XD_OK;

    for (size_t g = 0; rc == XD_OK && g < ic->groups.count; g++) {
        const xd_edi_group_t *group = XD_AT(&ic->groups, xd_edi_group_t, g);

        if (named(group)) {
            rc = tell(in, &(said_t){ .kind = kind,
                              .ic = ic,
                              .group = group,
                              .nth = (uint32_t) g + 1 });
        }
    }

    return rc;
}


/* TA1 and 997 or 999 of one interchange, as the partner's profile asks.  A TA1
 * is due whatever the profile says; an interchange that was refused has no
 * groups that could be answered. */
static xd_rc_t
write_all(x12_in_t *in, const xd_edi_interchange_t *ic, xd_buf_t *out)
{
    xd_str_t wanted = xd_text_at(in->profile, "edi.acknowledge");
    const kind_t *kind = xd_str_is(wanted, "999") ? &fa999 : &fa997;
    xd_rc_t rc = write_kind(in, ic, &ta1, out);

    if (rc == XD_OK) {
        rc = tell(in, &(said_t){ .kind = &ta1, .ic = ic });
    }

    if ((rc != XD_OK && rc != XD_E_NOT_FOUND) || xd_str_is(wanted, "none")
        || ic->verdict == 'R')
    {
        return rc == XD_E_NOT_FOUND ? XD_OK : rc;
    }

    rc = write_kind(in, ic, kind, out);
    if (rc == XD_OK) {
        rc = tell_groups(in, ic, kind);
    }

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


xd_rc_t
x12_answer(x12_in_t *in, const xd_edi_interchange_t *ic,
    const x12_interchange_t *seen)
{
    xd_buf_t out = { 0 };
    char hash[XD_SHA256_HEX + 1];
    xd_str_t bytes;
    xd_rc_t rc = write_all(in, ic, &out);

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
    if (rc == XD_OK) {
        rc = x12_interchange_answered(in, seen->row, xd_str(hash));
    }

    return rc == XD_OK ? send_bytes(in, ic, bytes) : rc;
}


xd_rc_t
x12_answer_again(x12_in_t *in, const xd_edi_interchange_t *ic,
    const x12_interchange_t *seen)
{
    xd_str_t bytes;
    xd_rc_t rc;

    if (seen->ack.len == 0) {
        return XD_OK; /* nothing was due the first time either */
    }

    rc = xd_archive_get(in->w->arena, in->x->archive, seen->ack, &bytes);

    return rc == XD_OK ? send_bytes(in, ic, bytes) : rc;
}
