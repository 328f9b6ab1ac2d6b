/* SPDX-License-Identifier: BSD-2-Clause */

/* An interchange of X12 as the partner's profile wants it. */

#include "x12.h"

#include "edi/write.h"

#define VERSION "004010"


static xd_x12_form_t
form_of(const desk_in_t *in)
{
    const xd_node_t *edi = xd_get(in->profile, "edi");
    xd_x12_form_t form = xd_x12_form_usual;
    xd_x12_marks_t *m = &form.marks;

    m->element = desk_mark(in, "element", m->element);
    m->component = desk_mark(in, "component", m->component);
    m->repetition = desk_mark(in, "repetition", m->repetition);
    m->terminator = desk_mark(in, "segment", m->terminator);
    if (xd_truth(xd_get(edi, "separators"), "lines", false)) {
        form.after = XD_STR("\n");
    }

    return form;
}


/* The version of X12, where one is given: that of EDIFACT begins with D. */
xd_str_t
x12_version(const desk_in_t *in)
{
    xd_str_t version = xd_text(xd_get(in->profile, "edi"), "version");

    return version.len > 0 && version.ptr[0] == '0' ? version : XD_STR(VERSION);
}


/* The first id of each side is the one that is written. */
static xd_edi_envelope_t
envelope_of(const desk_in_t *in, const desk_sent_t *sent)
{
    const xd_node_t *edi = xd_get(in->profile, "edi");
    const xd_node_t *us = xd_nth(xd_get(edi, "ours"), 0);
    const xd_node_t *them = xd_nth(xd_get(edi, "ids"), 0);

    return (xd_edi_envelope_t){
        .form = form_of(in),
        .sender_qualifier = xd_text(us, "qualifier"),
        .sender = xd_text(us, "id"),
        .receiver_qualifier = xd_text(them, "qualifier"),
        .receiver = xd_text(them, "id"),
        .version = x12_version(in),
        .isa_control = sent->isa,
        .now_ms = sent->sent_ms,
        .usage = sent->test ? 'T' : 'P',
        .guides = desk_guides(in),
        .wrap =
            (uint32_t) xd_int(xd_get(edi, "separators"), "wrap", 0, 1000, 0),
    };
}


/* Its own word for its sets is what the 997 of a group will name. */
static xd_rc_t
functional_read(desk_in_t *in, desk_parcel_t *p, xd_str_t bytes)
{
    const xd_edi_options_t options = { .only = XD_EDI_ONLY_X12 };
    const xd_edi_interchange_t *ic;
    xd_edi_file_t file;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, NULL, 0);
    rc = xd_edi_grade(in->w->arena, bytes, &options, &rep, &file);
    if (rc != XD_OK) {
        return rc;
    }

    ic = XD_AT(&file.interchanges, xd_edi_interchange_t, 0);
    for (size_t g = 0; g < ic->groups.count; g++) {
        xd_str_t functional = XD_AT(&ic->groups, xd_edi_group_t, g)->functional;
        uint32_t gs = XD_AT(&p->groups, xd_edi_out_group_t, g)->control;

        for (size_t i = 0; i < p->items.count; i++) {
            desk_sent_t *sent = &XD_AT(&p->items, desk_item_t, i)->sent;

            if (sent->gs == gs) {
                memcpy(sent->functional, functional.ptr, 2);
            }
        }
    }

    return XD_OK;
}


xd_rc_t
x12_write(desk_in_t *in, desk_parcel_t *p, xd_buf_t *out)
{
    xd_edi_envelope_t envelope =
        envelope_of(in, &XD_AT(&p->items, desk_item_t, 0)->sent);
    xd_rc_t rc;

    if (!xd_x12_marks_fit(&envelope.form.marks)) {
        xd_reportf(&in->report, &(xd_finding_t){ .severity = XD_ERROR },
            "the separators of this partner cannot be told apart");
        return XD_E_SYNTAX;
    }

    rc = xd_edi_write_groups(in->w->arena, &envelope, p->groups.at,
        p->groups.count, &in->report, out);

    return rc == XD_OK ? functional_read(in, p, xd_buf_str(out)) : rc;
}
