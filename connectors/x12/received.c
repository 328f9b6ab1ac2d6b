/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What a partner acknowledges: matched to what was sent by control numbers,
 * told as a fact in the story of the document that it answers; a refusal
 * goes to a person with its reason.
 */

#include "x12.h"

#include <stdio.h>

#include "edi/ack_read.h"
#include "store/version.h"

#define ERRORS_MOST 9999 /* as the functional-ack document allows */


/* One acknowledgement of one thing that was sent. */
typedef struct {
    const x12_place_t *at;
    const char *kind; /* as in the functional-ack document */
    x12_sent_t sent;
    char status;       /* as the document knows it: A, E, P, R */
    xd_node_t *errors; /* an array */
    xd_str_t reason;   /* the first of them, for a person */
} ack_t;


/* AK501, AK901 and TA104 know more ways to refuse than we tell apart. */
static char
status_of(char status)
{
    return xd_edi_accepts(status) || status == 'P' ? status : 'R';
}


/* -- its errors ---------------------------------------------------------- */

static xd_rc_t
put_error(x12_in_t *in, ack_t *a, const xd_edi_fault_t *f, xd_str_t set,
    xd_str_t code)
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
                    x12_label(arena, f->segment_id))
                    == NULL
                || xd_put_num(arena, error, "position", f->position) == NULL
                || xd_put_num(arena, error, "element", f->element) == NULL))
        || xd_put_str(arena, error, "code", code) == NULL)
    {
        return XD_E_MEMORY;
    }

    if (a->reason.ptr == NULL) {
        a->reason =
            f != NULL ? xd_fmt(arena, "segment %u %.*s element %u: %.*s",
                f->position, XD_FMT(x12_label(arena, f->segment_id)),
                f->element, XD_FMT(code))
                      : code;
    }

    return a->reason.ptr != NULL ? XD_OK : XD_E_MEMORY;
}


static xd_rc_t
put_codes(x12_in_t *in, ack_t *a, const char *element, xd_str_t set,
    const uint16_t codes[5])
{
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; rc == XD_OK && i < 5 && codes[i] != 0; i++) {
        rc = put_error(in, a, NULL, set,
            xd_fmt(in->w->arena, "%s:%u", element, codes[i]));
    }

    return rc;
}


/* What AK3 and AK4 say of one set, then AK5. */
static xd_rc_t
put_answer(x12_in_t *in, ack_t *a, const xd_edi_answer_t *answer)
{
    xd_str_t set = x12_label(in->w->arena, answer->control);
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; rc == XD_OK && i < answer->faults.count; i++) {
        const xd_edi_fault_t *f = XD_AT(&answer->faults, xd_edi_fault_t, i);

        rc = put_error(in, a, f, set,
            f->element_code != 0
                ? xd_fmt(in->w->arena, "AK403:%u", f->element_code)
                : xd_fmt(in->w->arena, "AK304:%u", f->segment_code));
    }

    return rc == XD_OK ? put_codes(in, a, "AK502", set, answer->codes) : rc;
}


/* -- what is told of it -------------------------------------------------- */

/* Both facts belong to the document's story; their cause is the message. */
static xd_rc_t
meta_of(x12_in_t *in, const ack_t *a, xd_meta_t *meta)
{
    xd_rc_t rc = x12_meta(in, a->at, meta);

    meta->correlation_id = a->sent.correlation;

    return rc;
}


/* By message and place: one interchange may answer many, and one twice. */
static xd_str_t
id_of(x12_in_t *in, const ack_t *a, const char *what)
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
put_of(x12_in_t *in, const ack_t *a, xd_node_t *doc)
{
    xd_arena_t *arena = in->w->arena;
    xd_node_t *of = xd_put(arena, doc, "ackOf", XD_OBJECT);
    bool whole = strcmp(a->kind, "ta1") == 0;

    return xd_put_str(arena, of, "interchange",
               xd_fmt(arena, "%09u", a->sent.isa))
               != NULL
           && (whole
               || (xd_put_str(arena, of, "group",
                       xd_fmt(arena, "%u", a->sent.gs))
                       != NULL
                   && xd_put_str(arena, of, "set",
                          xd_fmt(arena, "%04u", a->sent.st))
                          != NULL));
}


static xd_rc_t
emit(x12_in_t *in, const ack_t *a)
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
    meta.key = xd_fmt(arena, "functional-ack:%.*s:%09u", XD_FMT(in->party->id),
        a->sent.isa);

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
refused(x12_in_t *in, const ack_t *a)
{
    xd_meta_t meta;
    xd_rc_t rc = meta_of(in, a, &meta);
    const x12_case_t c = {
        .code = "x12.ack.rejected",
        .id = id_of(in, a, "x12.ack.rejected"),
        .doc_ref = a->sent.fact,
        .text = xd_fmt(in->w->arena,
            "%.*s refused %.*s %.*s (interchange %09u, group %u, set %04u): "
            "%.*s",
            XD_FMT(in->party->id), XD_FMT(a->sent.document),
            XD_FMT(a->sent.number), a->sent.isa, a->sent.gs, a->sent.st,
            XD_FMT(a->reason.ptr != NULL ? a->reason
                                         : XD_STR("no reason was given"))),
    };

    if (c.id.ptr == NULL || c.text.ptr == NULL) {
        return XD_E_MEMORY;
    }

    return rc == XD_OK ? x12_case(in, &c, &meta) : rc;
}


/* The ledger, the deadlines, the fact, and the exception if it is one. */
static xd_rc_t
settle(x12_in_t *in, const ack_t *a)
{
    bool over = a->status == 'R';
    bool whole = strcmp(a->kind, "ta1") == 0;
    xd_rc_t rc = XD_OK;

    /* A TA1 that accepts leaves the 997 still to come. */
    if (over || !whole) {
        rc = x12_sent_state(in, a->sent.row, a->status);
        if (rc == XD_OK) {
            rc = x12_due_done(in, a->sent.row, over ? NULL : "functional-ack");
        }
    }

    rc = rc == XD_OK ? emit(in, a) : rc;

    return rc == XD_OK && over ? refused(in, a) : rc;
}


/* Several of one message may be strange, so its id names the number too. */
static xd_rc_t
unmatched(x12_in_t *in, const ack_t *a, const char *what, xd_str_t control)
{
    xd_arena_t *arena = in->w->arena;
    xd_str_t label = x12_label(arena, control);
    char place[48];
    xd_meta_t meta;
    xd_uuid_t id;
    x12_case_t c = { .code = "x12.ack.unmatched",
        .doc_ref = in->w->message->message_id };
    xd_rc_t rc = x12_meta(in, a->at, &meta);

    (void) snprintf(place, sizeof(place), "%zu.%u", a->at->ic->offset,
        a->at->ordinal);
    id = XD_UUID5(xd_str(c.code), in->w->message->message_id, xd_str(place),
        control);
    c.id = xd_dup(arena, xd_uuid_str(&id));
    c.text = xd_fmt(arena, "%.*s acknowledges %s %.*s, which was never sent",
        XD_FMT(in->party->id), what, XD_FMT(label));

    if (c.id.ptr == NULL || c.text.ptr == NULL || label.ptr == NULL) {
        return XD_E_MEMORY;
    }

    return rc == XD_OK ? x12_case(in, &c, &meta) : rc;
}


/* -- 997 ----------------------------------------------------------------- */

/* The set of ours in the group; NULL: only the group is spoken of. */
static const xd_edi_answer_t *
answer_of(const xd_edi_997_t *ack, uint32_t st)
{
    for (size_t i = 0; i < ack->sets.count; i++) {
        const xd_edi_answer_t *answer = XD_AT(&ack->sets, xd_edi_answer_t, i);
        uint64_t n;

        if (xd_str_uint(answer->control, 999999999, &n) && n == st) {
            return answer;
        }
    }

    return NULL;
}


xd_rc_t
x12_received_997(x12_in_t *in, const x12_place_t *at)
{
    bool implementation = xd_str_is(at->set->code, "999");
    ack_t a = { .at = at,
        .kind = implementation ? "999" : "997",
        .errors = xd_node_new(in->w->arena, XD_ARRAY) };
    const xd_edi_answer_t *answer;
    xd_edi_997_t ack;
    xd_rc_t rc = at->set->tree != NULL
                         && (implementation || xd_str_is(at->set->code, "997"))
                     ? xd_edi_read_997(in->w->arena, at->set->tree, &ack)
                     : XD_E_SYNTAX;

    if (rc == XD_E_SYNTAX) {
        return x12_exception(in, at, "x12.ack.unreadable",
            XD_STR("this acknowledgement does not say what it answers, or "
                   "how; its bytes are kept"));
    }

    rc = rc == XD_OK ? x12_sent_group(in, ack.functional, ack.control, &a.sent)
                     : rc;
    if (rc == XD_E_NOT_FOUND) {
        return unmatched(in, &a, "group", ack.control);
    }
    if (rc != XD_OK || a.errors == NULL) {
        return rc != XD_OK ? rc : XD_E_MEMORY;
    }

    answer = answer_of(&ack, a.sent.st);
    a.status = status_of(
        answer != NULL && answer->status != 0 ? answer->status : ack.status);
    rc = answer != NULL ? put_answer(in, &a, answer) : XD_OK;
    if (rc == XD_OK) {
        rc = put_codes(in, &a, "AK905", XD_STR_NONE, ack.codes);
    }

    return rc == XD_OK ? settle(in, &a) : rc;
}


/* -- TA1 ----------------------------------------------------------------- */

static xd_rc_t
received_one(x12_in_t *in, const x12_place_t *at, const xd_edi_ta1_t *ta1)
{
    const uint16_t codes[5] = { ta1->note };
    ack_t a = { .at = at,
        .kind = "ta1",
        .status = status_of(ta1->status),
        .errors = xd_node_new(in->w->arena, XD_ARRAY) };
    xd_rc_t rc = x12_sent_interchange(in, ta1->control, &a.sent);

    if (rc == XD_E_NOT_FOUND) {
        return unmatched(in, &a, "interchange", ta1->control);
    }
    if (rc != XD_OK || a.errors == NULL) {
        return rc != XD_OK ? rc : XD_E_MEMORY;
    }

    rc = put_codes(in, &a, "TA105", XD_STR_NONE, codes);

    return rc == XD_OK ? settle(in, &a) : rc;
}


xd_rc_t
x12_received_ta1(x12_in_t *in, const xd_edi_interchange_t *ic)
{
    const x12_place_t at = { .ic = ic };
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; rc == XD_OK && i < ic->answers.count; i++) {
        rc = received_one(in, &at, XD_AT(&ic->answers, xd_edi_ta1_t, i));
    }

    return rc;
}
