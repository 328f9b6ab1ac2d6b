/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Accepted sets become canonical documents; what cannot become one, or was
 * refused, becomes an exception for a person.
 */

#include "desk.h"

#include <stdio.h>

#include "store/version.h"


/*
 * Names the set inside its interchange; the same at every repetition.  What
 * is said of a whole interchange is named by where it stood, for the same
 * name may come again with other bytes: that is what may have to be said.
 */
static xd_uuid_t
fact_id(desk_in_t *in, const desk_place_t *at, const char *what)
{
    const xd_edi_interchange_t *ic = at->ic;
    bool whole = at->ordinal == 0;
    char place[24];

    (void) snprintf(place, sizeof(place), "%zu",
        whole ? ic->offset : (size_t) at->ordinal);

    return XD_UUID5(xd_str(what), ic->sender_qualifier, ic->sender,
        ic->receiver_qualifier, ic->receiver, ic->date, ic->control,
        whole              ? in->w->message->message_id
        : in->copy.len > 0 ? in->copy
                           : xd_str(in->x->dialect->unit),
        xd_str(place));
}


/* "X12/004010", "EDIFACT/D96A" */
static xd_str_t
standard_of(desk_in_t *in, const desk_place_t *at)
{
    xd_arena_t *arena = in->w->arena;
    xd_str_t version = xd_edi_version(in->w->arena, at->group, at->set),
             standard;

    if (version.len == 0) {
        return version.ptr != NULL ? xd_str(in->x->dialect->standard) : version;
    }

    standard =
        xd_fmt(arena, "%s/%.*s", in->x->dialect->standard, XD_FMT(version));

    return standard.ptr != NULL ? desk_label(arena, standard) : standard;
}


xd_rc_t
desk_meta(desk_in_t *in, const desk_place_t *at, xd_meta_t *meta)
{
    const desk_level_t *whole = &in->x->dialect->levels[DESK_INTERCHANGE];

    *meta = (xd_meta_t){
        .event = XD_STR("created"),
        .occurred_at = { in->now, XD_INSTANT_LEN },
        .recorded_at = { in->now, XD_INSTANT_LEN },
        .system = in->x->identity,
        .partner = in->party->id,
        .control = desk_label(in->w->arena, at->ic->control),
        .correlation_id = desk_correlation(in),
        .causation_id = in->w->message->message_id,
        .test = at->ic->test,
        .standard = standard_of(in, at),
        .doc_type = at->set != NULL ? desk_label(in->w->arena, at->set->code)
                                    : xd_str(whole->name),
        .sha256 = { in->sha256, XD_SHA256_HEX },
        .set = at->ordinal,
        .ordinal = at->ordinal,
        .key_version = 1,
    };

    return meta->control.ptr != NULL && meta->standard.ptr != NULL
                   && meta->doc_type.ptr != NULL
               ? XD_OK
               : XD_E_MEMORY;
}


xd_rc_t
desk_case(desk_in_t *in, const desk_case_t *c, xd_meta_t *meta)
{
    xd_arena_t *arena = in->w->arena;
    xd_node_t *doc = xd_node_new(arena, XD_OBJECT);
    xd_str_t severity = xd_str(c->severity != NULL ? c->severity : "error");
    const char *code = desk_code(in, c->code);

    meta->document = XD_STR("exception");
    meta->event = XD_STR("opened");
    meta->id = c->id;
    meta->key = xd_fmt(arena, "exception:%.*s", XD_FMT(c->id));

    if (code == NULL || xd_put_str(arena, doc, "exceptionId", c->id) == NULL
        || xd_put_str(arena, doc, "code", xd_str(code)) == NULL
        || xd_put_str(arena, doc, "severity", severity) == NULL
        || xd_put_str(arena, doc, "docRef", c->doc_ref) == NULL
        || xd_put_str(arena, doc, "state", XD_STR("open")) == NULL
        || xd_put_str(arena, doc, "text", c->text) == NULL
        || xd_put_str(arena, doc, "openedAt", xd_dup(arena, meta->recorded_at))
               == NULL
        || meta->key.ptr == NULL || xd_meta_put(arena, doc, meta) == NULL)
    {
        return XD_E_MEMORY;
    }

    return xd_work_fact(in->w, doc, &in->report);
}


xd_rc_t
desk_told(desk_in_t *in, const desk_place_t *at, const char *code,
    const char *severity, xd_str_t text)
{
    xd_uuid_t id = fact_id(in, at, code);
    xd_meta_t meta;
    xd_rc_t rc = desk_meta(in, at, &meta);
    const desk_case_t c = {
        .code = code,
        .severity = severity,
        .text = text,
        .id = xd_dup(in->w->arena, xd_uuid_str(&id)),
        .doc_ref = in->w->message->message_id,
    };

    return rc == XD_OK ? desk_case(in, &c, &meta) : rc;
}


xd_rc_t
desk_exception(desk_in_t *in, const desk_place_t *at, const char *code,
    xd_str_t text)
{
    return desk_told(in, at, code, NULL, text);
}


/* What the map names of nowhere else is kept under its syntax; the order that
 * a document answers under our own name. */
static xd_rc_t
put_ext(desk_in_t *in, xd_node_t *residue, xd_str_t order, xd_meta_t *meta)
{
    xd_arena_t *arena = in->w->arena;

    if (residue == NULL && order.len == 0) {
        return XD_OK;
    }

    meta->ext = xd_node_new(arena, XD_OBJECT);

    if (residue != NULL) {
        residue->key = xd_str(in->x->dialect->name);
        if (xd_node_add(arena, meta->ext, residue) == NULL) {
            return XD_E_MEMORY;
        }
    }

    if (order.len > 0
        && xd_put_str(arena, xd_put(arena, meta->ext, "crossdock", XD_OBJECT),
               "order", order)
               == NULL)
    {
        return XD_E_MEMORY;
    }

    return meta->ext != NULL ? XD_OK : XD_E_MEMORY;
}


/* A set as its map made it. */
typedef struct {
    const xd_mapping_t *row;
    xd_node_t *doc, *residue;
} made_t;


/* Fills meta and emits; XD_E_SYNTAX when the schema refuses the document. */
static xd_rc_t
emit(desk_in_t *in, const desk_place_t *at, const made_t *made, xd_str_t order)
{
    const xd_mapping_t *row = made->row;
    xd_node_t *doc = made->doc;
    xd_arena_t *arena = in->w->arena;
    const xd_document_t *kind = xd_document_find(xd_str(row->document));
    xd_uuid_t id = fact_id(in, at, row->document);
    xd_str_t occurred =
        row->occurred != NULL ? xd_text_at(doc, row->occurred) : XD_STR_NONE;
    xd_meta_t meta;
    xd_rc_t rc = desk_meta(in, at, &meta);

    if (rc != XD_OK) {
        return rc;
    }

    meta.document = xd_str(row->document);
    meta.event = xd_str(row->event);
    meta.id = xd_uuid_str(&id);
    meta.map = xd_str(row->version);
    meta.key = xd_fmt(arena, "%s:%.*s:%.*s", row->document,
        XD_FMT(in->party->id), XD_FMT(xd_document_number(kind, doc)));

    if (occurred.len != 0) {
        meta.occurred_at = occurred;
    }

    rc = meta.key.ptr != NULL ? put_ext(in, made->residue, order, &meta)
                              : XD_E_MEMORY;
    if (rc == XD_OK) {
        rc = xd_key_version(xd_work_store(in->w), meta.key, &meta.key_version);
    }

    if (rc != XD_OK) {
        return rc;
    }

    return xd_meta_put(arena, doc, &meta) != NULL
               ? xd_work_fact(in->w, doc, &in->report)
               : XD_E_MEMORY;
}


/* An invoice counts once, whatever interchange brings it. */
static xd_rc_t
invoice_again(desk_in_t *in, const desk_place_t *at, const made_t *made,
    const desk_invoice_t *first)
{
    xd_str_t number = xd_text_at(made->doc, "invoiceNo");

    if (first->seen == DESK_AGAIN) {
        return desk_told(in, at, "invoice.again", "info",
            xd_fmt(in->w->arena,
                "invoice %.*s came before in interchange %.*s, with the same "
                "content; it was not passed on again",
                XD_FMT(number), XD_FMT(first->control)));
    }

    return desk_exception(in, at, "invoice.changed",
        xd_fmt(in->w->arena,
            "invoice %.*s came before in interchange %.*s, with other content; "
            "it was not passed on",
            XD_FMT(number), XD_FMT(first->control)));
}


/* A document is published whatever it says of its order; the differences are
 * a person's. */
static xd_rc_t
publish(desk_in_t *in, const desk_place_t *at, const made_t *made)
{
    desk_match_t match;
    xd_rc_t rc = desk_match(in, made->row->document, made->doc, &match);

    if (rc == XD_OK) {
        rc = emit(in, at, made, match.order);
    }

    return rc == XD_OK && match.code != NULL
               ? desk_exception(in, at, match.code, match.text)
               : rc;
}


static xd_rc_t
publish_once(desk_in_t *in, const desk_place_t *at, const made_t *made)
{
    desk_invoice_t first;
    xd_rc_t rc;

    if (strcmp(made->row->document, "invoice") != 0) {
        return publish(in, at, made);
    }

    rc = desk_invoice_seen(in, made->doc, &first);
    if (rc == XD_OK && first.seen != DESK_NEW) {
        return invoice_again(in, at, made, &first);
    }

    /* Noted only when it went out: a mended one may come under its number. */
    rc = rc == XD_OK ? publish(in, at, made) : rc;

    return rc == XD_OK ? desk_invoice_note(in, at, &first) : rc;
}


/* What the set is from this partner: by a map of his own, as his profile says,
 * else as usual. */
static const xd_mapping_t *
map_of(const desk_in_t *in, const desk_place_t *at)
{
    xd_str_t set = at->set->code;
    const xd_node_t *roles = xd_get(xd_get(in->profile, "edi"), "roles");
    const xd_node_t *role = xd_get_str(roles, set);

    return xd_mapping_in(&in->x->maps,
        &(xd_mapping_query_t){ .syntax = xd_str(in->x->dialect->name),
            .set = set,
            .version = xd_edi_version(in->w->arena, at->group, at->set),
            .document = role != NULL ? role->text : XD_STR(""),
            .party = in->party->id });
}


xd_rc_t
desk_fact(desk_in_t *in, const desk_place_t *at)
{
    made_t made = { .row = map_of(in, at) };
    const desk_span_t mapping = { .first = in->report.nkept, .to = SIZE_MAX };
    xd_str_t text = XD_STR("the set cannot be mapped; its bytes are kept");
    xd_rc_t rc;

    if (in->x->dialect->acknowledges(at)) {
        return in->x->dialect->received(in, at);
    }

    if (made.row == NULL || at->set->tree == NULL) {
        return desk_exception(in, at, "set.unmapped",
            xd_fmt(in->w->arena, "no map reads %s %.*s; its bytes are kept",
                in->x->dialect->unit,
                XD_FMT(desk_label(in->w->arena, at->set->code))));
    }

    rc = xd_mapping_read(made.row, in->w->arena, at->set->tree, &in->report,
        NULL, &made.doc, &made.residue);
    if (rc == XD_OK) {
        rc = publish_once(in, at, &made);
    }

    if (rc != XD_E_SYNTAX) {
        return rc;
    }

    (void) desk_reason(in, &mapping, &text);
    rc = desk_exception(in, at, "map", text);

    return rc == XD_OK ? desk_advise(in, at, mapping.first) : rc;
}
