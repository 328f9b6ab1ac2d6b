/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A command becomes an interchange: its document is mapped and leaves in a
 * parcel.  What cannot be written, or is not clean, never leaves, and its
 * numbers are free again.
 */

#include "desk.h"

#define COMMAND_PARTS 6 /* <dialect>.<partner>.<document>.<verb>.v<major>.pNN */


/* One command on its way through. */
typedef struct {
    desk_in_t in; /* first */
    desk_ask_t ask;
} out_t;


/* Who may have something sent to partners; the broker has checked user_id. */
static const char *const senders[] = { "xd-doc", "xd-flow", "xd-hospital",
    "xd-x12", "xd-edifact", "xd-replay", NULL };


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
    } else {
        o->in.profile = o->in.party->entry;
        o->ask = (desk_ask_t){ .document = key.part[2],
            .body = w->message->body,
            .correlation = desk_correlation(&o->in),
            .trace = w->trace };
        return true;
    }

    return false;
}


/* -- out ----------------------------------------------------------------- */

static xd_rc_t
outbound(out_t *o)
{
    desk_parcel_t parcel = { .items = XD_VEC(desk_item_t) };
    desk_item_t *item = xd_vec_push(&parcel.items, o->in.w->arena);
    desk_batch_t batch;
    xd_rc_t rc =
        item != NULL ? desk_item_make(&o->in, &o->ask, item) : XD_E_MEMORY;

    if (rc != XD_OK) {
        return rc;
    }

    if (desk_batch_of(&o->in, &batch)) {
        return desk_batch_add(&o->in, &o->ask, &batch, item);
    }

    rc = desk_parcel_write(&o->in, &parcel);

    return rc == XD_OK ? desk_parcel_send(&o->in, &parcel) : rc;
}


/* The first error says best why nothing was sent. */
xd_work_rc_t
desk_not_sent(const desk_in_t *in, xd_rc_t rc)
{
    const desk_span_t all = { .to = SIZE_MAX };
    xd_str_t text = XD_STR("the document lacks its meta or number");

    if (rc != XD_E_SYNTAX) {
        return desk_failed(in, rc);
    }

    (void) desk_reason(in, &all, &text);

    return desk_fail(in, "write", "not sent: %.*s", XD_FMT(text));
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
    if (rc == XD_E_NOT_FOUND) {
        return desk_fail(&o.in, "unmapped", "no map writes a document \"%.*s\"",
            XD_FMT(o.ask.document));
    }

    return rc == XD_OK ? XD_WORK_DONE : desk_not_sent(&o.in, rc);
}
