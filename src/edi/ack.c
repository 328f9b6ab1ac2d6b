/* SPDX-License-Identifier: BSD-2-Clause */

#include "edi/ack_writer.h"


/* 997 and 999 say the same under other names; the 999 also says what it was
 * that made an element needed. */
typedef struct ack_form_s {
    const char *set;
    const char *segment, *element, *verdict; /* AK3, AK4, AK5 */
    const char *since; /* the first version that has the set */
    bool context;
} form_t;

#define ELEMENTS_IN_ERROR 8 /* AK304 */
#define SEGMENTS_IN_ERROR 5 /* AK502 */

static const form_t form_997 = { "997", "AK3", "AK4", "AK5", "004010", false };
static const form_t form_999 = { "999", "IK3", "IK4", "IK5", "005010", true };


/* -- 997 ------------------------------------------------------------------ */

/* Acknowledgements are never acknowledged; nor can a group be that gave no
 * code and number to name it by. */
static bool
answerable(const xd_edi_group_t *group)
{
    return group->functional.len == 2 && group->control.len > 0
           && !xd_str_is(group->functional, "FA");
}


static const xd_edi_group_t *
first_answerable(const xd_edi_interchange_t *in)
{
    for (size_t i = 0; i < in->groups.count; i++) {
        const xd_edi_group_t *group = XD_AT(&in->groups, xd_edi_group_t, i);

        if (answerable(group)) {
            return group;
        }
    }

    return NULL;
}


static void
gs_write(ack_writer_t *w, const xd_edi_group_t *first)
{
    const ack_fit_t name = { 2, 15, '0', false };

    ack_begin(w, "GS");
    ack_text(w, "FA");
    ack_fitted(w, first->receiver, name);
    ack_fitted(w, first->sender, name);
    ack_text(w, w->date);
    ack_text(w, w->time);
    ack_number(w, w->ack->gs_control, 999999999);
    ack_text(w, "X");
    ack_text(w, w->version);
    ack_end(w);
}


/* The version of the group received, when the set exists in it. */
static void
version_choose(ack_writer_t *w, const xd_edi_group_t *first)
{
    xd_str_t v = first->version;

    memcpy(w->version, w->form->since, 7);
    if (ack_is_digits(v, 6) && memcmp(v.ptr, w->form->since, 6) > 0
        && memcmp(v.ptr, "005999", 6) < 0)
    {
        memcpy(w->version, v.ptr, 6);
    }

    w->later = memcmp(w->version, "005010", 6) >= 0;
}


/* The 999 has codes of its own for what only a guide forbids. */
static void
fault_code(ack_writer_t *w, const xd_edi_fault_t *f, uint8_t code)
{
    uint8_t own = w->form->context && code != ELEMENTS_IN_ERROR
                      ? xd_edi_codes[f->kind].guide
                      : 0;

    ack_mark(w);
    if (own != 0) {
        xd_buf_fmt(w->out, "I%u", own);
    } else {
        xd_buf_fmt(w->out, "%u", code);
    }
}


static void
ak4_write(ack_writer_t *w, const xd_edi_fault_t *f)
{
    ack_begin(w, w->form->element);
    ack_number(w, f->element, 99);

    if (f->component != 0) {
        xd_buf_byte(w->out, w->marks.component);
        xd_buf_fmt(w->out, "%u", f->component);
    }

    ack_mark(w);
    if (f->reference != 0) {
        xd_buf_fmt(w->out, "%u", f->reference);
    }
    fault_code(w, f, f->element_code);

    if (xd_str_trim(f->value).len > 0) {
        ack_fitted(w, f->value, (ack_fit_t){ 1, 99, ' ', false });
    }
    ack_end(w);
}


/* A note of the segment made the element needed, or forbade it. */
static void
context_write(ack_writer_t *w, const xd_edi_fault_t *f)
{
    if (f->kind != XD_EDI_ELEMENT_CONDITION
        && f->kind != XD_EDI_ELEMENT_EXCLUSION) {
        return;
    }

    ack_begin(w, "CTX");
    ack_text(w, "SITUATIONAL TRIGGER");
    ack_fitted(w, f->segment_id, (ack_fit_t){ 2, 3, 'X', false });
    ack_number(w, f->position > 0 ? f->position : 1, UINT32_MAX);
    ack_mark(w);
    xd_buf_add(w->out, f->loop_id);
    ack_number(w, f->element, 99);
    ack_end(w);
}


/* Faults of one segment that stand together become one AK3. */
static bool
same_segment(const xd_edi_fault_t *a, const xd_edi_fault_t *b)
{
    return a->position == b->position && a->element != 0 && b->element != 0
           && xd_str_eq(a->segment_id, b->segment_id);
}


static void
ak3_write(ack_writer_t *w, const xd_edi_fault_t *f)
{
    ack_begin(w, w->form->segment);
    ack_fitted(w, f->segment_id, (ack_fit_t){ 2, 3, 'X', false });
    ack_number(w, f->position > 0 ? f->position : 1,
        w->later ? UINT32_MAX : 999999);
    ack_mark(w);
    xd_buf_add(w->out, f->loop_id);
    fault_code(w, f, f->element != 0 ? ELEMENTS_IN_ERROR : f->segment_code);
    ack_end(w);
}


static void
faults_write(ack_writer_t *w, const xd_edi_set_t *set)
{
    const xd_edi_fault_t *last = NULL;
    uint32_t elements = 0;

    for (size_t i = 0; i < set->faults.count; i++) {
        const xd_edi_fault_t *f = XD_AT(&set->faults, xd_edi_fault_t, i);

        if (last == NULL || !same_segment(last, f)) {
            ak3_write(w, f);
            elements = 0;
        }

        if (f->element != 0 && elements++ < 99) {
            ak4_write(w, f);
            if (w->form->context) {
                context_write(w, f);
            }
        }
        last = f;
    }
}


/* All of it agrees with the standard, but not with the partner's guide. */
static bool
by_guide_alone(const xd_edi_set_t *set)
{
    for (size_t i = 0; i < set->faults.count; i++) {
        if (!XD_AT(&set->faults, xd_edi_fault_t, i)->guide) {
            return false;
        }
    }

    return set->faults.count > 0;
}


static void
codes_write(ack_writer_t *w, const uint8_t codes[5])
{
    for (size_t i = 0; i < 5 && codes[i] != 0; i++) {
        ack_number(w, codes[i], 999);
    }
}


static void
set_write(ack_writer_t *w, const xd_edi_set_t *set)
{
    const char verdict[] = { set->verdict, '\0' };

    ack_begin(w, "AK2");
    ack_fitted(w, set->code, (ack_fit_t){ 3, 3, '0', true });
    ack_fitted(w, set->control, (ack_fit_t){ 4, 9, '0', true });
    ack_end(w);

    faults_write(w, set);

    ack_begin(w, w->form->verdict);
    ack_text(w, verdict);
    if (w->form->context && set->set_codes[0] == SEGMENTS_IN_ERROR
        && set->set_codes[1] == 0 && by_guide_alone(set))
    {
        ack_text(w, "I5");
    } else {
        codes_write(w, set->set_codes);
    }
    ack_end(w);
}


static void
group_write(ack_writer_t *w, const xd_edi_group_t *group, uint32_t number_of)
{
    const char verdict[] = { group->verdict, '\0' };

    w->segments = 0;
    ack_begin(w, "ST");
    ack_text(w, w->form->set);
    ack_mark(w);
    xd_buf_fmt(w->out, "%04u", number_of);
    ack_end(w);

    ack_begin(w, "AK1");
    ack_fitted(w, group->functional, (ack_fit_t){ 2, 2, 'X', false });
    ack_digits(w, group->control, 1, 9);
    if (w->later) {
        ack_fitted(w, group->version, (ack_fit_t){ 1, 12, '0', false });
    }
    ack_end(w);

    for (size_t i = 0; i < group->sets.count; i++) {
        set_write(w, XD_AT(&group->sets, xd_edi_set_t, i));
    }

    ack_begin(w, "AK9");
    ack_text(w, verdict);
    ack_number(w, group->declared, 999999);
    ack_number(w, group->received, 999999);
    ack_number(w, group->accepted, 999999);
    codes_write(w, group->group_codes);
    ack_end(w);

    ack_begin(w, "SE");
    ack_number(w, w->segments, UINT32_MAX);
    ack_mark(w);
    xd_buf_fmt(w->out, "%04u", number_of);
    ack_end(w);
}


static xd_rc_t
functional_write(const form_t *form, const xd_edi_interchange_t *in,
    const xd_edi_ack_t *ack, xd_buf_t *out)
{
    const xd_edi_group_t *first = first_answerable(in);
    size_t before = out->len;
    uint32_t written = 0;
    ack_writer_t w;

    if (first == NULL || in->syntax != XD_EDI_X12) {
        return XD_E_NOT_FOUND;
    }

    ack_writer(&w, in, ack, out);
    w.form = form;
    version_choose(&w, first);
    ack_isa(&w);
    gs_write(&w, first);

    for (size_t i = 0; i < in->groups.count; i++) {
        const xd_edi_group_t *group = XD_AT(&in->groups, xd_edi_group_t, i);

        if (answerable(group)) {
            group_write(&w, group, ++written);
        }
    }

    ack_begin(&w, "GE");
    ack_number(&w, written, 999999);
    ack_number(&w, ack->gs_control, 999999999);
    ack_end(&w);
    ack_iea(&w, 1);

    return ack_finish(out, before);
}


xd_rc_t
xd_edi_write_997(const xd_edi_interchange_t *in, const xd_edi_ack_t *ack,
    xd_buf_t *out)
{
    return functional_write(&form_997, in, ack, out);
}


xd_rc_t
xd_edi_write_999(const xd_edi_interchange_t *in, const xd_edi_ack_t *ack,
    xd_buf_t *out)
{
    return functional_write(&form_999, in, ack, out);
}


/* -- TA1 ------------------------------------------------------------------ */

/* An interchange of acknowledgements only. */
static bool
only_answers(const xd_edi_interchange_t *in)
{
    for (size_t i = 0; i < in->groups.count; i++) {
        if (!xd_str_is(XD_AT(&in->groups, xd_edi_group_t, i)->functional, "FA"))
        {
            return false;
        }
    }

    return in->groups.count > 0 || in->acknowledges;
}


xd_rc_t
xd_edi_write_ta1(const xd_edi_interchange_t *in, const xd_edi_ack_t *ack,
    xd_buf_t *out)
{
    const char verdict[] = { in->verdict, '\0' };
    size_t before = out->len;
    ack_writer_t w;

    if (in->syntax != XD_EDI_X12 || only_answers(in)
        || (!in->ack_requested && in->verdict == 'A'))
    {
        return XD_E_NOT_FOUND;
    }

    ack_writer(&w, in, ack, out);
    ack_isa(&w);

    ack_begin(&w, "TA1");
    ack_digits(&w, in->control, 9, 9);
    ack_digits(&w, in->date, 6, 6);
    ack_digits(&w, in->time, 4, 4);
    ack_text(&w, verdict);
    ack_mark(&w);
    xd_buf_fmt(out, "%03u", in->note);
    ack_end(&w);

    ack_iea(&w, 0);

    return ack_finish(out, before);
}
