/* SPDX-License-Identifier: BSD-2-Clause */

/* An interchange of X12 as the partner's profile wants it. */

#include "x12.h"

#include "edi/write.h"

#define VERSION "004010"


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
envelope_of(const desk_in_t *in, const desk_sent_t *sent)
{
    const xd_node_t *edi = xd_get(in->profile, "edi");
    const xd_node_t *us = xd_nth(xd_get(edi, "ours"), 0);
    const xd_node_t *them = xd_nth(xd_get(edi, "ids"), 0);
    xd_str_t version = xd_text(edi, "version");

    return (xd_edi_envelope_t){
        .form = form_of(edi),
        .sender_qualifier = xd_text(us, "qualifier"),
        .sender = xd_text(us, "id"),
        .receiver_qualifier = xd_text(them, "qualifier"),
        .receiver = xd_text(them, "id"),
        .version = version.len > 0 ? version : XD_STR(VERSION),
        .isa_control = sent->isa,
        .gs_control = sent->gs,
        .st_control = sent->st,
        .now_ms = sent->sent_ms,
        .usage = sent->test ? 'T' : 'P',
    };
}


/* The group's own word for its sets is what the 997 will name. */
static xd_rc_t
functional_read(desk_in_t *in, desk_parcel_t *p)
{
    const xd_edi_options_t options = { .only = XD_EDI_ONLY_X12 };
    const xd_edi_interchange_t *ic;
    const xd_edi_group_t *group;
    xd_edi_file_t file;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, NULL, 0);
    rc = xd_edi_grade(in->w->arena, p->bytes, &options, &rep, &file);
    if (rc != XD_OK) {
        return rc;
    }

    ic = XD_AT(&file.interchanges, xd_edi_interchange_t, 0);
    group = XD_AT(&ic->groups, xd_edi_group_t, 0);
    memcpy(p->sent.functional, group->functional.ptr, 2);

    return XD_OK;
}


xd_rc_t
x12_write(desk_in_t *in, desk_parcel_t *p)
{
    xd_arena_t *arena = in->w->arena;
    xd_edi_envelope_t envelope;
    xd_buf_t out = { 0 };
    xd_rc_t rc = desk_numbers(in, &p->sent);

    if (rc != XD_OK) {
        return rc;
    }

    envelope = envelope_of(in, &p->sent);
    if (!xd_x12_marks_fit(&envelope.form.marks)) {
        xd_reportf(&in->report, &(xd_finding_t){ .severity = XD_ERROR },
            "the separators of this partner cannot be told apart");
        return XD_E_SYNTAX;
    }

    rc = xd_edi_write(arena, &envelope, &p->set, 1, &in->report, &out);
    p->bytes = rc == XD_OK ? xd_dup(arena, xd_buf_str(&out)) : XD_STR_NONE;
    xd_buf_free(&out);

    if (rc != XD_OK) {
        return rc;
    }

    return p->bytes.ptr != NULL ? functional_read(in, p) : XD_E_MEMORY;
}
