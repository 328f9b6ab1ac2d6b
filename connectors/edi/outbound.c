/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A command becomes an interchange: its document is mapped and leaves in a
 * parcel.  What cannot be written, or is not clean, never leaves, and its
 * numbers are free again.
 */

#include "desk.h"

#include "format/json.h"

#define COMMAND_PARTS 6 /* <dialect>.<partner>.<document>.<verb>.v<major>.pNN */


/* One command on its way through. */
typedef struct {
    desk_in_t in; /* first */
    xd_node_t *doc;
    const xd_mapping_t *map;
    desk_item_t item;
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

static const xd_mapping_t *
map_of(const out_t *o, xd_str_t document)
{
    return xd_mapping_out(&o->in.x->maps,
        &(xd_mapping_query_t){ .syntax = xd_str(o->in.x->dialect->name),
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
        (void) desk_fail(&o->in, "key", "\"%.*s\" is no command of %s",
            XD_FMT(w->message->routing_key), o->in.x->dialect->process);
    } else if (!is_sender(w->message->user_id)) {
        (void) desk_fail(&o->in, "sender", "\"%.*s\" may not send this",
            XD_FMT(w->message->user_id));
    } else if (o->in.party == NULL || !o->in.party->partner) {
        (void) desk_fail(&o->in, "party", "\"%.*s\" is no partner",
            XD_FMT(party));
    } else if (xd_text(o->in.party->entry, "transport").len == 0) {
        (void) desk_fail(&o->in, "transport",
            "partner \"%.*s\" has no transport: nothing can be sent",
            XD_FMT(party));
    } else if ((o->map = map_of(o, key.part[2])) == NULL) {
        (void) desk_fail(&o->in, "unmapped",
            "no map writes a document \"%.*s\"", XD_FMT(key.part[2]));
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

    o->item.sent = (desk_sent_t){
        .party = o->in.party->id,
        .code = xd_str(o->map->set),
        .document = xd_str(o->map->document),
        .number = xd_document_number(kind, o->doc),
        .key = xd_text(meta, "key"),
        .fact = xd_text(meta, "id"),
        .correlation = desk_correlation(&o->in),
        .trace = o->in.w->trace,
        .test = xd_truth(meta, "test", false),
        .sent_ms = o->in.w->now_ms,
    };

    return xd_uuid_valid(o->item.sent.fact) && o->item.sent.key.len > 0
                   && o->item.sent.number.len > 0
               ? XD_OK
               : XD_E_SYNTAX;
}


/* -- out ----------------------------------------------------------------- */

static xd_rc_t
outbound(out_t *o)
{
    xd_arena_t *arena = o->in.w->arena;
    desk_parcel_t parcel = { .items = XD_VEC(desk_item_t) };
    desk_item_t *slot;
    xd_node_t *tree;
    xd_rc_t rc = document_read(o);

    rc = rc == XD_OK ? xd_mapping_write(o->map, arena, o->doc, &o->in.report,
             NULL, &tree)
                     : rc;
    if (rc != XD_OK) {
        return rc;
    }

    o->item.tree = tree;
    o->item.doc = o->doc;
    slot = xd_vec_push(&parcel.items, arena);
    if (slot == NULL) {
        return XD_E_MEMORY;
    }
    *slot = o->item;
    rc = desk_parcel_write(&o->in, &parcel);

    return rc == XD_OK ? desk_parcel_send(&o->in, &parcel) : rc;
}


/* The first error says best why nothing was sent. */
static xd_work_rc_t
failed(const out_t *o, xd_rc_t rc)
{
    const desk_span_t all = { .to = SIZE_MAX };
    xd_str_t text = XD_STR("the document lacks its meta or number");

    if (rc != XD_E_SYNTAX) {
        return desk_failed(&o->in, rc);
    }

    (void) desk_reason(&o->in, &all, &text);
    return desk_fail(&o->in, "write", "not sent: %.*s", XD_FMT(text));
}


xd_work_rc_t
desk_outbound(void *ctx, xd_work_t *w)
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
