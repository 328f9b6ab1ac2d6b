/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A command becomes an interchange: written with control numbers of the open
 * transaction, graded by ourselves, archived, noted, and sent.  What cannot be
 * written, or is not clean, never leaves, and its numbers are free again.
 */

#include "x12.h"

#include "edi/write.h"
#include "format/json.h"
#include "store/archive.h"

#define COMMAND_PARTS 6 /* x12.<partner>.<document>.<verb>.v<major>.pNN */
#define VERSION       "004010"


/* One command on its way through. */
typedef struct {
    x12_in_t in; /* first */
    xd_node_t *doc;
    const xd_mapping_t *map;
    xd_node_t *set; /* the tree to write */
    xd_edi_envelope_t envelope;
    x12_sent_t sent;
    xd_str_t bytes;
} out_t;


/* Who may have something sent to partners; the broker has checked user_id. */
static const char *const senders[] = { "xd-doc", "xd-flow", "xd-hospital",
    "xd-x12", "xd-edifact", NULL };


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


/* -- what is asked for --------------------------------------------------- */

/* The version of X12 that the partner wants. */
static xd_str_t
version_of(const xd_node_t *edi)
{
    xd_str_t version = xd_text(edi, "version");

    return version.len > 0 ? version : XD_STR(VERSION);
}


static const xd_mapping_t *
map_of(const out_t *o, xd_str_t document)
{
    return xd_mapping_out(&o->in.x->maps,
        &(xd_mapping_query_t){ .syntax = XD_STR("x12"),
            .version = version_of(xd_get(o->in.profile, "edi")),
            .document = document,
            .party = o->in.party->id });
}


static bool
addressed(out_t *o)
{
    xd_work_t *w = o->in.w;
    xd_key_parts_t key = xd_key_split(w->message->routing_key);
    xd_str_t party = key.count == COMMAND_PARTS ? key.part[1] : XD_STR_NONE;

    o->in.party = xd_registry_party(o->in.x->registry, party);

    if (key.count != COMMAND_PARTS || !xd_str_is(key.part[3], "write")) {
        xd_work_fail(w, "x12.key", "\"%.*s\" is no command of xd-x12",
            XD_FMT(w->message->routing_key));
    } else if (!is_sender(w->message->user_id)) {
        xd_work_fail(w, "x12.sender", "\"%.*s\" may not send this",
            XD_FMT(w->message->user_id));
    } else if (o->in.party == NULL || !o->in.party->partner) {
        xd_work_fail(w, "x12.party", "\"%.*s\" is no partner", XD_FMT(party));
    } else if (xd_text(o->in.party->entry, "transport").len == 0) {
        xd_work_fail(w, "x12.transport",
            "partner \"%.*s\" has no transport: nothing can be sent",
            XD_FMT(party));
    } else if ((o->map = map_of(o, key.part[2])) == NULL) {
        xd_work_fail(w, "x12.unmapped", "no map writes a document \"%.*s\"",
            XD_FMT(key.part[2]));
    } else {
        o->in.profile = o->in.party->entry;
        return true;
    }

    return false;
}


static xd_rc_t
document_read(out_t *o)
{
    xd_arena_t *arena = o->in.w->arena;
    xd_rc_t rc = xd_json_read(arena, o->in.w->message->body, NULL, &o->doc,
        &o->in.report);
    const xd_node_t *meta = rc == XD_OK ? xd_get(o->doc, "meta") : NULL;
    const xd_document_t *kind = xd_document_find(xd_str(o->map->document));

    if (rc != XD_OK) {
        return rc;
    }

    o->sent = (x12_sent_t){
        .party = o->in.party->id,
        .code = xd_str(o->map->set),
        .document = xd_str(o->map->document),
        .number = xd_document_number(kind, o->doc),
        .key = xd_text(meta, "key"),
        .fact = xd_text(meta, "id"),
        .correlation = x12_correlation(&o->in),
        .trace = o->in.w->trace,
        .test = xd_truth(meta, "test", false),
        .sent_ms = o->in.w->now_ms,
    };

    return xd_uuid_valid(o->sent.fact) && o->sent.key.len > 0
                   && o->sent.number.len > 0
               ? XD_OK
               : XD_E_SYNTAX;
}


/* -- the interchange ----------------------------------------------------- */

static char
mark(const xd_node_t *marks, const char *name, char usual)
{
    xd_str_t text = xd_text(marks, name);

    return text.len == 1 ? text.ptr[0] : usual;
}


static xd_x12_form_t
form_of(const xd_node_t *edi)
{
    const xd_node_t *marks = xd_get(edi, "separators");
    xd_x12_form_t form = xd_x12_form_usual;

    form.marks.element = mark(marks, "element", form.marks.element);
    form.marks.component = mark(marks, "component", form.marks.component);
    form.marks.repetition = mark(marks, "repetition", form.marks.repetition);
    form.marks.terminator = mark(marks, "segment", form.marks.terminator);
    if (xd_truth(marks, "lines", false)) {
        form.after = XD_STR("\n");
    }

    return form;
}


/* The first id of each side is the one that is written. */
static xd_edi_envelope_t
envelope_of(const out_t *o)
{
    const xd_node_t *edi = xd_get(o->in.profile, "edi");
    const xd_node_t *us = xd_nth(xd_get(edi, "ours"), 0);
    const xd_node_t *them = xd_nth(xd_get(edi, "ids"), 0);

    return (xd_edi_envelope_t){
        .form = form_of(edi),
        .sender_qualifier = xd_text(us, "qualifier"),
        .sender = xd_text(us, "id"),
        .receiver_qualifier = xd_text(them, "qualifier"),
        .receiver = xd_text(them, "id"),
        .version = version_of(edi),
        .isa_control = o->sent.isa,
        .gs_control = o->sent.gs,
        .st_control = o->sent.st,
        .now_ms = o->sent.sent_ms,
        .usage = o->sent.test ? 'T' : 'P',
    };
}


static xd_rc_t
numbers_take(out_t *o)
{
    xd_rc_t rc = x12_control(&o->in, "ISA", &o->sent.isa);

    if (rc == XD_OK) {
        rc = x12_control(&o->in, "GS", &o->sent.gs);
    }

    return rc == XD_OK ? x12_control(&o->in, "ST", &o->sent.st) : rc;
}


/* The group's own word for its sets is what the 997 will name. */
static xd_rc_t
functional_read(out_t *o)
{
    const xd_edi_options_t options = { .x12_only = true };
    const xd_edi_interchange_t *ic;
    const xd_edi_group_t *group;
    xd_edi_file_t file;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, NULL, 0);
    rc = xd_edi_grade(o->in.w->arena, o->bytes, &options, &rep, &file);
    if (rc != XD_OK) {
        return rc;
    }

    ic = XD_AT(&file.interchanges, xd_edi_interchange_t, 0);
    group = XD_AT(&ic->groups, xd_edi_group_t, 0);
    memcpy(o->sent.functional, group->functional.ptr, 2);

    return XD_OK;
}


static xd_rc_t
interchange_write(out_t *o)
{
    xd_arena_t *arena = o->in.w->arena;
    const xd_node_t *set;
    xd_buf_t out = { 0 };
    xd_rc_t rc =
        xd_mapping_write(o->map, arena, o->doc, &o->in.report, NULL, &o->set);

    rc = rc == XD_OK ? numbers_take(o) : rc;
    if (rc != XD_OK) {
        return rc;
    }

    o->envelope = envelope_of(o);
    if (!xd_x12_marks_fit(&o->envelope.form.marks)) {
        xd_reportf(&o->in.report, &(xd_finding_t){ .severity = XD_ERROR },
            "the separators of this partner cannot be told apart");
        return XD_E_SYNTAX;
    }

    set = o->set;
    rc = xd_edi_write(arena, &o->envelope, &set, 1, &o->in.report, &out);
    o->bytes = rc == XD_OK ? xd_dup(arena, xd_buf_str(&out)) : XD_STR_NONE;
    xd_buf_free(&out);

    if (rc != XD_OK) {
        return rc;
    }

    return o->bytes.ptr != NULL ? functional_read(o) : XD_E_MEMORY;
}


/* -- out ----------------------------------------------------------------- */

/*
 * Under the id of the fact that it carries: the transport's delivery then
 * names that fact, and a command that is given once more is known there.
 */
static xd_rc_t
send_bytes(out_t *o)
{
    xd_arena_t *arena = o->in.w->arena;
    xd_header_t headers[] = {
        { XD_STR("traceparent"), xd_trace_child(arena, o->in.w->trace) },
        { XD_STR("xd-document"), o->sent.document },
        { XD_STR("xd-key"), o->sent.key },
        { XD_STR("xd-control"), xd_fmt(arena, "%09u", o->sent.isa) },
        { XD_STR("xd-causation"), o->in.w->message->message_id },
    };
    xd_message_t m = {
        .exchange = XD_STR("xd.raw"),
        .routing_key = xd_fmt(arena, "out.%.*s.%.*s",
            XD_FMT(xd_text(o->in.profile, "transport")),
            XD_FMT(o->in.party->id)),
        .content_type = XD_STR("application/edi-x12"),
        .message_id = o->sent.fact,
        .correlation_id = o->sent.correlation,
        .type = o->sent.document,
        .app_id = XD_STR("xd-x12"),
        .timestamp = o->sent.sent_ms / 1000,
        .headers = headers,
        .nheaders = sizeof(headers) / sizeof(headers[0]),
        .body = o->bytes,
    };

    if (m.routing_key.ptr == NULL || headers[0].value.ptr == NULL
        || headers[3].value.ptr == NULL)
    {
        return XD_E_MEMORY;
    }

    return xd_work_emit(o->in.w, &m, o->sent.key);
}


static xd_rc_t
outbound(out_t *o)
{
    xd_rc_t rc = document_read(o);

    rc = rc == XD_OK ? interchange_write(o) : rc;
    rc = rc == XD_OK ? xd_archive_put(o->in.x->archive, o->bytes, o->in.sha256)
                     : rc;
    rc = rc == XD_OK ? x12_sent_add(&o->in, &o->sent, o->in.sha256) : rc;
    rc = rc == XD_OK ? x12_match_order(&o->in, &o->sent, o->doc) : rc;
    rc = rc == XD_OK ? x12_due_set(&o->in, &o->sent) : rc;

    return rc == XD_OK ? send_bytes(o) : rc;
}


/* The first error says best why nothing was sent. */
static xd_work_rc_t
failed(const out_t *o, xd_rc_t rc)
{
    const x12_span_t all = { .to = SIZE_MAX };
    xd_str_t text = XD_STR("the document lacks its meta or number");

    if (rc != XD_E_SYNTAX) {
        return x12_failed(o->in.w, rc);
    }

    (void) x12_reason(&o->in, &all, &text);
    xd_work_fail(o->in.w, "x12.write", "not sent: %.*s", XD_FMT(text));

    return XD_WORK_PERMANENT;
}


xd_work_rc_t
x12_outbound(void *ctx, xd_work_t *w)
{
    out_t o = { .in = { .x = ctx, .w = w, .bytes = w->message->body } };
    xd_rc_t rc;

    if (!addressed(&o)) {
        return XD_WORK_PERMANENT;
    }

    xd_instant_write(w->now_ms, o.in.now);
    xd_report_init(&o.in.report, w->arena, o.in.x->findings);

    rc = outbound(&o);

    return rc == XD_OK ? XD_WORK_DONE : failed(&o, rc);
}
