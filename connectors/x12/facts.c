/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Accepted sets become canonical documents; what cannot become one, or was
 * refused, becomes an exception for a person.
 */

#include "x12.h"

#include <stdio.h>

#include "map/x12_maps.h"
#include "store/version.h"


/*
 * Names the set inside its interchange; the same at every repetition.  What
 * is said of a whole interchange is named by where it stood, for the same
 * name may come again with other bytes: that is what may have to be said.
 */
static xd_uuid_t
fact_id(x12_in_t *in, const x12_place_t *at, const char *what)
{
    const xd_edi_interchange_t *ic = at->ic;
    bool whole = at->ordinal == 0;
    char place[24];

    (void) snprintf(place, sizeof(place), "%zu",
        whole ? ic->offset : (size_t) at->ordinal);

    return XD_UUID5(xd_str(what), ic->sender_qualifier, ic->sender,
        ic->receiver_qualifier, ic->receiver, ic->date, ic->control,
        whole ? in->w->message->message_id : XD_STR("set"), xd_str(place));
}


static xd_str_t
standard_of(x12_in_t *in, const xd_edi_group_t *group)
{
    xd_arena_t *arena = in->w->arena;
    xd_str_t standard;

    if (group == NULL || group->version.len == 0) {
        return XD_STR("X12");
    }

    standard = xd_fmt(arena, "X12/%.*s", XD_FMT(group->version));

    return standard.ptr != NULL ? x12_label(arena, standard) : standard;
}


/* The members of meta that every fact of this message shares. */
static xd_rc_t
meta_of(x12_in_t *in, const x12_place_t *at, xd_meta_t *meta)
{
    *meta = (xd_meta_t){
        .event = XD_STR("created"),
        .occurred_at = { in->now, XD_INSTANT_LEN },
        .recorded_at = { in->now, XD_INSTANT_LEN },
        .system = in->x->identity,
        .partner = in->party->id,
        .control = x12_label(in->w->arena, at->ic->control),
        .correlation_id = x12_correlation(in),
        .causation_id = in->w->message->message_id,
        .test = at->ic->test,
        .standard = standard_of(in, at->group),
        .doc_type = at->set != NULL ? x12_label(in->w->arena, at->set->code)
                                    : XD_STR("ISA"),
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
x12_exception(x12_in_t *in, const x12_place_t *at, const char *code,
    xd_str_t text)
{
    xd_arena_t *arena = in->w->arena;
    xd_uuid_t id = fact_id(in, at, code);
    xd_node_t *doc = xd_node_new(arena, XD_OBJECT);
    xd_str_t name = xd_dup(arena, xd_uuid_str(&id));
    xd_meta_t meta;
    xd_rc_t rc = meta_of(in, at, &meta);

    if (rc != XD_OK) {
        return rc;
    }

    meta.document = XD_STR("exception");
    meta.event = XD_STR("opened");
    meta.id = name;
    meta.key = xd_fmt(arena, "exception:%.*s", XD_FMT(name));

    if (xd_put_str(arena, doc, "exceptionId", name) == NULL
        || xd_put_str(arena, doc, "code", xd_str(code)) == NULL
        || xd_put_str(arena, doc, "severity", XD_STR("error")) == NULL
        || xd_put_str(arena, doc, "docRef", in->w->message->message_id) == NULL
        || xd_put_str(arena, doc, "state", XD_STR("open")) == NULL
        || xd_put_str(arena, doc, "text", text) == NULL
        || xd_put_str(arena, doc, "openedAt", xd_dup(arena, meta.recorded_at))
               == NULL
        || meta.key.ptr == NULL || xd_meta_put(arena, doc, &meta) == NULL)
    {
        return XD_E_MEMORY;
    }

    return xd_work_fact(in->w, doc, &in->report);
}


/* What the map names of nowhere else is kept under its syntax. */
static xd_rc_t
put_ext(x12_in_t *in, xd_node_t *residue, xd_meta_t *meta)
{
    if (residue == NULL) {
        return XD_OK;
    }

    meta->ext = xd_node_new(in->w->arena, XD_OBJECT);
    residue->key = XD_STR("x12");

    return xd_node_add(in->w->arena, meta->ext, residue) != NULL ? XD_OK
                                                                 : XD_E_MEMORY;
}


/* Fills meta and emits; XD_E_SYNTAX when the schema refuses the document. */
static xd_rc_t
emit(x12_in_t *in, const x12_place_t *at, const xd_x12_map_t *row,
    xd_node_t *doc, xd_node_t *residue)
{
    xd_arena_t *arena = in->w->arena;
    const xd_document_t *kind = xd_document_find(xd_str(row->document));
    xd_uuid_t id = fact_id(in, at, row->document);
    xd_str_t occurred =
        row->occurred != NULL ? xd_text_at(doc, row->occurred) : XD_STR_NONE;
    xd_meta_t meta;
    xd_rc_t rc = meta_of(in, at, &meta);

    if (rc != XD_OK) {
        return rc;
    }

    meta.document = xd_str(row->document);
    meta.event = xd_str(row->event);
    meta.id = xd_uuid_str(&id);
    meta.map = xd_str(row->version);
    meta.key = xd_fmt(arena, "%s:%.*s:%.*s", row->document,
        XD_FMT(in->party->id), XD_FMT(xd_text_at(doc, kind->number)));

    if (occurred.len != 0) {
        meta.occurred_at = occurred;
    }

    rc = meta.key.ptr != NULL ? put_ext(in, residue, &meta) : XD_E_MEMORY;
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


xd_rc_t
x12_fact(x12_in_t *in, const x12_place_t *at)
{
    const xd_x12_map_t *row = xd_x12_map_find(at->set->code);
    const x12_span_t mapping = { .first = in->report.nkept, .to = SIZE_MAX };
    xd_str_t text = XD_STR("the set cannot be mapped; its bytes are kept");
    xd_node_t *doc, *residue = NULL;
    xd_rc_t rc;

    if (xd_str_is(at->group->functional, "FA")) {
        return XD_OK; /* an acknowledgement of ours: nothing to make of it */
    }

    if (row == NULL || at->set->tree == NULL) {
        return x12_exception(in, at, "x12.set.unmapped",
            xd_fmt(in->w->arena, "no map reads set %.*s; its bytes are kept",
                XD_FMT(x12_label(in->w->arena, at->set->code))));
    }

    rc = row->map(in->w->arena, at->set->tree, &in->report, &doc, &residue);
    if (rc == XD_OK) {
        rc = emit(in, at, row, doc, residue);
    }

    if (rc != XD_E_SYNTAX) {
        return rc;
    }

    (void) x12_reason(in, &mapping, &text);

    return x12_exception(in, at, "x12.map", text);
}
