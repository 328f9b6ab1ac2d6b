/* SPDX-License-Identifier: BSD-2-Clause */

#include "edi/ack_writer.h"

#include "base/clock.h"


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
marks_choose(ack_writer_t *w)
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

void
ack_begin(ack_writer_t *w, const char *id)
{
    xd_buf_text(w->out, id);
    w->segments++;
}


void
ack_end(ack_writer_t *w)
{
    xd_buf_byte(w->out, w->marks.terminator);
}


void
ack_mark(ack_writer_t *w)
{
    xd_buf_byte(w->out, w->marks.element);
}


void
ack_text(ack_writer_t *w, const char *value)
{
    ack_mark(w);
    xd_buf_text(w->out, value);
}


void
ack_number(ack_writer_t *w, uint32_t value, uint32_t most)
{
    ack_mark(w);
    xd_buf_fmt(w->out, "%u", value < most ? value : most);
}


static bool
sendable(const ack_writer_t *w, char c)
{
    return c >= ' ' && c < 0x7f && !taken(&w->marks, c);
}


static void
filled(ack_writer_t *w, ack_fit_t fit, size_t len)
{
    for (; len < fit.min; len++) {
        xd_buf_byte(w->out, fit.fill);
    }
}


/* A partner's value, cut or filled; bytes that cannot be sent are replaced
 * by what can always be. */
void
ack_fitted(ack_writer_t *w, xd_str_t value, ack_fit_t fit)
{
    char other = taken(&w->marks, '?') ? 'X' : '?';
    size_t len;

    value = xd_str_trim(value);
    value.len = value.len < fit.max ? value.len : fit.max;
    value = xd_str_trim(value); /* what was cut may end in blanks again */
    len = value.len;

    ack_mark(w);

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
void
ack_digits(ack_writer_t *w, xd_str_t value, size_t min, size_t max)
{
    size_t len = value.len < max ? value.len : max;

    ack_mark(w);
    filled(w, (ack_fit_t){ min, max, '0', true }, len);

    for (size_t i = 0; i < len; i++) {
        char c = value.ptr[i];

        xd_buf_byte(w->out, c >= '0' && c <= '9' ? c : '0');
    }
}


/* -- envelope ------------------------------------------------------------- */

bool
ack_is_digits(xd_str_t s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (i >= s.len || s.ptr[i] < '0' || s.ptr[i] > '9') {
            return false;
        }
    }

    return true;
}


static void
now_set(ack_writer_t *w)
{
    char instant[XD_INSTANT_LEN + 1];

    xd_instant_write(w->ack->now_ms, instant);
    memcpy(w->date, instant, 4);
    memcpy(w->date + 4, instant + 5, 2);
    memcpy(w->date + 6, instant + 8, 2);
    memcpy(w->time, instant + 11, 2);
    memcpy(w->time + 2, instant + 14, 2);
}


void
ack_writer(ack_writer_t *w, const xd_edi_interchange_t *in,
    const xd_edi_ack_t *ack, xd_buf_t *out)
{
    *w = (ack_writer_t){ .in = in, .ack = ack, .out = out };
    marks_choose(w);
    now_set(w);
}


/* ISA, sender and receiver swapped. */
void
ack_isa(ack_writer_t *w)
{
    const ack_fit_t name = { 15, 15, ' ', false };
    const ack_fit_t code = { 2, 2, 'Z', false };
    const xd_edi_interchange_t *in = w->in;
    bool version = in->version.len == 5 && ack_is_digits(in->version, 5)
                   && memcmp(in->version.ptr, "00200", 5) >= 0;

    xd_buf_text(w->out, "ISA");
    ack_text(w, "00");
    ack_text(w, "          ");
    ack_text(w, "00");
    ack_text(w, "          ");
    ack_fitted(w, in->receiver_qualifier, code);
    ack_fitted(w, in->receiver.len > 0 ? in->receiver : XD_STR("UNKNOWN"),
        name);
    ack_fitted(w, in->sender_qualifier, code);
    ack_fitted(w, in->sender.len > 0 ? in->sender : XD_STR("UNKNOWN"), name);
    ack_text(w, w->date + 2);
    ack_text(w, w->time);
    ack_mark(w);
    xd_buf_byte(w->out, w->marks.repetition != 0 ? w->marks.repetition : 'U');
    ack_fitted(w, version ? in->version : XD_STR("00401"),
        (ack_fit_t){ 5, 5, '0', true });
    ack_mark(w);
    xd_buf_fmt(w->out, "%09u", w->ack->isa_control % 1000000000U);
    ack_text(w, "0");
    ack_mark(w);
    xd_buf_byte(w->out, w->ack->usage == 'T' ? 'T' : 'P');
    ack_mark(w);
    xd_buf_byte(w->out, w->marks.component);
    ack_end(w);
}


void
ack_iea(ack_writer_t *w, uint32_t groups)
{
    ack_begin(w, "IEA");
    ack_number(w, groups, 99999);
    ack_mark(w);
    xd_buf_fmt(w->out, "%09u", w->ack->isa_control % 1000000000U);
    ack_end(w);
}


xd_rc_t
ack_finish(xd_buf_t *out, size_t before)
{
    if (xd_buf_rc(out) == XD_OK) {
        return XD_OK;
    }

    out->len = before;

    return XD_E_MEMORY;
}
