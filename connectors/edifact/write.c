/* SPDX-License-Identifier: BSD-2-Clause */

/* An interchange of EDIFACT as the partner's profile wants it. */

#include "edifact.h"

#include "edi/message.h"

#define DIRECTORY "D96A"


static xd_edifact_form_t
form_of(const desk_in_t *in)
{
    const xd_node_t *edi = xd_get(in->profile, "edi");
    xd_str_t charset = xd_text_at(edi, "edifact.charset");
    xd_edifact_form_t form = xd_edifact_form_usual;
    xd_marks_t *m = &form.marks;

    m->element = desk_mark(in, "element", m->element);
    m->component = desk_mark(in, "component", m->component);
    m->repetition = desk_mark(in, "repetition", m->repetition);
    m->terminator = desk_mark(in, "segment", m->terminator);
    m->release = desk_mark(in, "release", m->release);
    m->decimal = desk_mark(in, "decimal", m->decimal);
    if (xd_truth(xd_get(edi, "separators"), "lines", false)) {
        form.after = XD_STR("\n");
    }
    if (charset.len > 0) {
        form.set = charset;
    }

    return form;
}


/* "D96A" is version D and release 96A; a version of X12 is none. */
xd_str_t
edifact_version(const desk_in_t *in)
{
    xd_str_t version = xd_text(xd_get(in->profile, "edi"), "version");

    return version.len > 1 && version.ptr[0] == 'D' ? version
                                                    : XD_STR(DIRECTORY);
}


/* The first id of each side is the one that is written. */
static xd_edifact_envelope_t
envelope_of(const desk_in_t *in, const desk_sent_t *sent)
{
    const xd_node_t *edi = xd_get(in->profile, "edi");
    const xd_node_t *us = xd_nth(xd_get(edi, "ours"), 0);
    const xd_node_t *them = xd_nth(xd_get(edi, "ids"), 0);
    const xd_node_t *own = xd_get(edi, "edifact");
    xd_str_t directory = edifact_version(in);

    return (xd_edifact_envelope_t){
        .form = form_of(in),
        .syntax = xd_int(own, "syntax", 3, 4, 3) == 4 ? '4' : '3',
        .una = xd_truth(own, "una", false),
        .groups = xd_truth(own, "groups", false),
        .wrap =
            (uint32_t) xd_int(xd_get(edi, "separators"), "wrap", 0, 1000, 0),
        .sender = { xd_text(us, "id"), xd_text(us, "qualifier"), XD_STR("") },
        .receiver = { xd_text(them, "id"), xd_text(them, "qualifier"),
            XD_STR("") },
        .version = { directory.ptr, 1 },
        .release = { directory.ptr + 1, directory.len - 1 },
        .association = xd_text(own, "association"),
        .control = sent->isa,
        .now_ms = sent->sent_ms,
        .test = sent->test,
        .guides = desk_guides(in),
        .ack_requested = xd_truth(own, "ask", true),
    };
}


xd_rc_t
edifact_write(desk_in_t *in, desk_parcel_t *p, xd_buf_t *out)
{
    const xd_edifact_envelope_t envelope =
        envelope_of(in, &XD_AT(&p->items, desk_item_t, 0)->sent);

    for (size_t i = 0; i < p->items.count; i++) {
        desk_sent_t *sent = &XD_AT(&p->items, desk_item_t, i)->sent;

        if (!envelope.groups) {
            sent->gs = 0; /* none is written */
        }
    }

    return xd_edi_write_edifact(in->w->arena, &envelope, p->groups.at,
        p->groups.count, &in->report, out);
}
