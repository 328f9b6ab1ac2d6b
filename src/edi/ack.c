/* SPDX-License-Identifier: BSD-2-Clause */

#include "edi/ack.h"

#include "base/clock.h"


/*
 * Writers.  Whatever was received, what is written is well-formed: a value
 * from the partner's bytes is fitted to what its place allows.
 */

/* 997 and 999 say the same under other names; the 999 also says what it was
 * that made an element needed. */
typedef struct {
    const char *set;
    const char *segment, *element, *verdict; /* AK3, AK4, AK5 */
    const char *since; /* the first version that has the set */
    bool context;
} form_t;

static const form_t form_997 = { "997", "AK3", "AK4", "AK5", "004010", false };
static const form_t form_999 = { "999", "IK3", "IK4", "IK5", "005010", true };

typedef struct {
    xd_buf_t *out;
    const xd_edi_interchange_t *in;
    const xd_edi_ack_t *ack;
    const form_t *form;
    xd_x12_marks_t marks;
    uint32_t segments; /* of the set at hand */
    char date[9], time[5];
    char version[7]; /* of the group: GS08 */
    bool later;      /* 005010 and after */
} writer_t;


/* -- marks ---------------------------------------------------------------- */

static bool
usable(char mark)
{
    return mark > ' ' && mark < 0x7f && !(mark >= '0' && mark <= '9')
           && !(mark >= 'A' && mark <= 'Z') && !(mark >= 'a' && mark <= 'z')
           && mark != '-' && mark != '.';
}


static bool
taken(const xd_x12_marks_t *m, char mark)
{
    return mark == m->element || mark == m->component || mark == m->repetition
           || mark == m->terminator;
}


/* The mark received when it can be seen and sent; else a usual one. */
static void
mark_set(xd_x12_marks_t *m, char *mark, char received)
{
    static const char usual[] = "*~>^|:";

    if (usable(received) && !taken(m, received)) {
        *mark = received;
        return;
    }

    for (size_t i = 0; i < sizeof(usual) - 1; i++) {
        if (!taken(m, usual[i])) {
            *mark = usual[i];
            return;
        }
    }
}


static void
marks_choose(writer_t *w)
{
    const xd_x12_marks_t *in = &w->in->marks;

    mark_set(&w->marks, &w->marks.element, in->element);
    mark_set(&w->marks, &w->marks.terminator, in->terminator);
    mark_set(&w->marks, &w->marks.component, in->component);

    if (in->repetition != 0) {
        mark_set(&w->marks, &w->marks.repetition, in->repetition);
    }
}


/* -- segments and elements ------------------------------------------------ */

static void
begin(writer_t *w, const char *id)
{
    xd_buf_text(w->out, id);
    w->segments++;
}


static void
end(writer_t *w)
{
    xd_buf_byte(w->out, w->marks.terminator);
}


static void
mark(writer_t *w)
{
    xd_buf_byte(w->out, w->marks.element);
}


static void
text(writer_t *w, const char *value)
{
    mark(w);
    xd_buf_text(w->out, value);
}


static void
number(writer_t *w, uint32_t value, uint32_t most)
{
    mark(w);
    xd_buf_fmt(w->out, "%u", value < most ? value : most);
}


static bool
sendable(const writer_t *w, char c)
{
    return c >= ' ' && c < 0x7f && !taken(&w->marks, c);
}


/* Sizes of an element, and what fills one that is too short. */
typedef struct {
    size_t min, max;
    char fill;
    bool before; /* the filling stands before the value */
} size_fit_t;

static void
filled(writer_t *w, size_fit_t fit, size_t len)
{
    for (; len < fit.min; len++) {
        xd_buf_byte(w->out, fit.fill);
    }
}


/* A partner's value, cut or filled; bytes that cannot be sent are replaced
 * by what can always be. */
static void
fitted(writer_t *w, xd_str_t value, size_fit_t fit)
{
    char other = taken(&w->marks, '?') ? 'X' : '?';
    size_t len;

    value = xd_str_trim(value);
    value.len = value.len < fit.max ? value.len : fit.max;
    value = xd_str_trim(value); /* what was cut may end in blanks again */
    len = value.len;

    mark(w);

    if (fit.before) {
        filled(w, fit, len);
    }

    for (size_t i = 0; i < len; i++) {
        char c = value.ptr[i];

        xd_buf_byte(w->out, sendable(w, c) ? c : other);
    }

    if (!fit.before) {
        filled(w, fit, len);
    }
}


/* Digits of a partner's number; others become zeros. */
static void
fitted_digits(writer_t *w, xd_str_t value, size_t min, size_t max)
{
    size_t len = value.len < max ? value.len : max;

    mark(w);
    filled(w, (size_fit_t){ min, max, '0', true }, len);

    for (size_t i = 0; i < len; i++) {
        char c = value.ptr[i];

        xd_buf_byte(w->out, c >= '0' && c <= '9' ? c : '0');
    }
}


/* -- envelope ------------------------------------------------------------- */

static bool
digits(xd_str_t s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (i >= s.len || s.ptr[i] < '0' || s.ptr[i] > '9') {
            return false;
        }
    }

    return true;
}


static void
now_set(writer_t *w)
{
    char instant[XD_INSTANT_LEN + 1];

    xd_instant_write(w->ack->now_ms, instant);
    memcpy(w->date, instant, 4);
    memcpy(w->date + 4, instant + 5, 2);
    memcpy(w->date + 6, instant + 8, 2);
    memcpy(w->time, instant + 11, 2);
    memcpy(w->time + 2, instant + 14, 2);
}


static void
writer_init(writer_t *w, const xd_edi_interchange_t *in,
    const xd_edi_ack_t *ack, xd_buf_t *out)
{
    *w = (writer_t){ .in = in, .ack = ack, .out = out };
    marks_choose(w);
    now_set(w);
}


/* ISA, sender and receiver swapped. */
static void
isa_write(writer_t *w)
{
    const size_fit_t name = { 15, 15, ' ', false };
    const size_fit_t code = { 2, 2, 'Z', false };
    const xd_edi_interchange_t *in = w->in;
    bool version = in->version.len == 5 && digits(in->version, 5)
                   && memcmp(in->version.ptr, "00200", 5) >= 0;

    xd_buf_text(w->out, "ISA");
    text(w, "00");
    text(w, "          ");
    text(w, "00");
    text(w, "          ");
    fitted(w, in->receiver_qualifier, code);
    fitted(w, in->receiver.len > 0 ? in->receiver : XD_STR("UNKNOWN"), name);
    fitted(w, in->sender_qualifier, code);
    fitted(w, in->sender.len > 0 ? in->sender : XD_STR("UNKNOWN"), name);
    text(w, w->date + 2);
    text(w, w->time);
    mark(w);
    xd_buf_byte(w->out, w->marks.repetition != 0 ? w->marks.repetition : 'U');
    fitted(w, version ? in->version : XD_STR("00401"),
        (size_fit_t){ 5, 5, '0', true });
    mark(w);
    xd_buf_fmt(w->out, "%09u", w->ack->isa_control % 1000000000U);
    text(w, "0");
    mark(w);
    xd_buf_byte(w->out, w->ack->usage == 'T' ? 'T' : 'P');
    mark(w);
    xd_buf_byte(w->out, w->marks.component);
    end(w);
}


static void
iea_write(writer_t *w, uint32_t groups)
{
    begin(w, "IEA");
    number(w, groups, 99999);
    mark(w);
    xd_buf_fmt(w->out, "%09u", w->ack->isa_control % 1000000000U);
    end(w);
}


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
gs_write(writer_t *w, const xd_edi_group_t *first)
{
    const size_fit_t name = { 2, 15, '0', false };

    begin(w, "GS");
    text(w, "FA");
    fitted(w, first->receiver, name);
    fitted(w, first->sender, name);
    text(w, w->date);
    text(w, w->time);
    number(w, w->ack->gs_control, 999999999);
    text(w, "X");
    text(w, w->version);
    end(w);
}


/* The version of the group received, when the set exists in it. */
static void
version_choose(writer_t *w, const xd_edi_group_t *first)
{
    xd_str_t v = first->version;

    memcpy(w->version, w->form->since, 7);
    if (digits(v, 6) && memcmp(v.ptr, w->form->since, 6) > 0
        && memcmp(v.ptr, "005999", 6) < 0)
    {
        memcpy(w->version, v.ptr, 6);
    }

    w->later = memcmp(w->version, "005010", 6) >= 0;
}


static void
ak4_write(writer_t *w, const xd_edi_fault_t *f)
{
    begin(w, w->form->element);
    number(w, f->element, 99);

    if (f->component != 0) {
        xd_buf_byte(w->out, w->marks.component);
        xd_buf_fmt(w->out, "%u", f->component);
    }

    mark(w);
    if (f->reference != 0) {
        xd_buf_fmt(w->out, "%u", f->reference);
    }
    number(w, f->element_code, 999);

    if (xd_str_trim(f->value).len > 0) {
        fitted(w, f->value, (size_fit_t){ 1, 99, ' ', false });
    }
    end(w);
}


/* A note of the segment made the element needed, or forbade it. */
static void
context_write(writer_t *w, const xd_edi_fault_t *f)
{
    if (f->kind != XD_EDI_ELEMENT_CONDITION
        && f->kind != XD_EDI_ELEMENT_EXCLUSION) {
        return;
    }

    begin(w, "CTX");
    text(w, "SITUATIONAL TRIGGER");
    fitted(w, f->segment_id, (size_fit_t){ 2, 3, 'X', false });
    number(w, f->position > 0 ? f->position : 1, UINT32_MAX);
    mark(w);
    xd_buf_add(w->out, f->loop_id);
    number(w, f->element, 99);
    end(w);
}


/* Faults of one segment that stand together become one AK3. */
static bool
same_segment(const xd_edi_fault_t *a, const xd_edi_fault_t *b)
{
    return a->position == b->position && a->element != 0 && b->element != 0
           && xd_str_eq(a->segment_id, b->segment_id);
}


static void
ak3_write(writer_t *w, const xd_edi_fault_t *f)
{
    begin(w, w->form->segment);
    fitted(w, f->segment_id, (size_fit_t){ 2, 3, 'X', false });
    number(w, f->position > 0 ? f->position : 1,
        w->later ? UINT32_MAX : 999999);
    mark(w);
    xd_buf_add(w->out, f->loop_id);
    number(w, f->element != 0 ? 8 : f->segment_code, 999);
    end(w);
}


static void
faults_write(writer_t *w, const xd_edi_set_t *set)
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


static void
codes_write(writer_t *w, const uint8_t codes[5])
{
    for (size_t i = 0; i < 5 && codes[i] != 0; i++) {
        number(w, codes[i], 999);
    }
}


static void
set_write(writer_t *w, const xd_edi_set_t *set)
{
    const char verdict[] = { set->verdict, '\0' };

    begin(w, "AK2");
    fitted(w, set->code, (size_fit_t){ 3, 3, '0', true });
    fitted(w, set->control, (size_fit_t){ 4, 9, '0', true });
    end(w);

    faults_write(w, set);

    begin(w, w->form->verdict);
    text(w, verdict);
    codes_write(w, set->set_codes);
    end(w);
}


static void
group_write(writer_t *w, const xd_edi_group_t *group, uint32_t number_of)
{
    const char verdict[] = { group->verdict, '\0' };

    w->segments = 0;
    begin(w, "ST");
    text(w, w->form->set);
    mark(w);
    xd_buf_fmt(w->out, "%04u", number_of);
    end(w);

    begin(w, "AK1");
    fitted(w, group->functional, (size_fit_t){ 2, 2, 'X', false });
    fitted_digits(w, group->control, 1, 9);
    if (w->later) {
        fitted(w, group->version, (size_fit_t){ 1, 12, '0', false });
    }
    end(w);

    for (size_t i = 0; i < group->sets.count; i++) {
        set_write(w, XD_AT(&group->sets, xd_edi_set_t, i));
    }

    begin(w, "AK9");
    text(w, verdict);
    number(w, group->declared, 999999);
    number(w, group->received, 999999);
    number(w, group->accepted, 999999);
    codes_write(w, group->group_codes);
    end(w);

    begin(w, "SE");
    number(w, w->segments, UINT32_MAX);
    mark(w);
    xd_buf_fmt(w->out, "%04u", number_of);
    end(w);
}


/* A buffer that failed midway goes back to what it held. */
static xd_rc_t
finish(xd_buf_t *out, size_t before)
{
    if (xd_buf_rc(out) == XD_OK) {
        return XD_OK;
    }

    out->len = before;

    return XD_E_MEMORY;
}


static xd_rc_t
functional_write(const form_t *form, const xd_edi_interchange_t *in,
    const xd_edi_ack_t *ack, xd_buf_t *out)
{
    const xd_edi_group_t *first = first_answerable(in);
    size_t before = out->len;
    uint32_t written = 0;
    writer_t w;

    if (first == NULL || in->syntax != XD_EDI_X12) {
        return XD_E_NOT_FOUND;
    }

    writer_init(&w, in, ack, out);
    w.form = form;
    version_choose(&w, first);
    isa_write(&w);
    gs_write(&w, first);

    for (size_t i = 0; i < in->groups.count; i++) {
        const xd_edi_group_t *group = XD_AT(&in->groups, xd_edi_group_t, i);

        if (answerable(group)) {
            group_write(&w, group, ++written);
        }
    }

    begin(&w, "GE");
    number(&w, written, 999999);
    number(&w, ack->gs_control, 999999999);
    end(&w);
    iea_write(&w, 1);

    return finish(out, before);
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
    writer_t w;

    if (in->syntax != XD_EDI_X12 || only_answers(in)
        || (!in->ack_requested && in->verdict == 'A'))
    {
        return XD_E_NOT_FOUND;
    }

    writer_init(&w, in, ack, out);
    isa_write(&w);

    begin(&w, "TA1");
    fitted_digits(&w, in->control, 9, 9);
    fitted_digits(&w, in->date, 6, 6);
    fitted_digits(&w, in->time, 4, 4);
    text(&w, verdict);
    mark(&w);
    xd_buf_fmt(out, "%03u", in->note);
    end(&w);

    iea_write(&w, 0);

    return finish(out, before);
}
