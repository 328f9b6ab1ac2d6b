/* SPDX-License-Identifier: BSD-2-Clause */

#include "format/x12_write.h"


const xd_x12_form_t xd_x12_form_usual = {
    .marks = { .element = '*', .component = '>', .terminator = '~' },
    .after = { "", 0 }
};

static const uint8_t isa_widths[XD_X12_ISA] = { 2, 10, 2, 10, 2, 15, 2, 15, 6,
    4, 1, 5, 9, 1, 1, 1 };


void
xd_x12_write_open(xd_x12_writer_t *w, const xd_x12_form_t *form, xd_buf_t *out)
{
    *w = (xd_x12_writer_t){ .out = out, .form = *form };
}


/* -- marks ---------------------------------------------------------------- */

static bool
alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
           || (c >= 'a' && c <= 'z');
}


bool
xd_x12_marks_fit(const xd_x12_marks_t *m)
{
    const char all[] = { m->element, m->terminator, m->component,
        m->repetition };
    size_t n = m->repetition != 0 ? 4 : 3;

    for (size_t i = 0; i < n; i++) {
        if (all[i] == '\0' || all[i] == ' ' || alnum(all[i])
            || memchr(all, all[i], i) != NULL)
        {
            return false;
        }
    }

    return m->element != '\r' && m->element != '\n';
}


/* What may stand in a value.  Bytes above ASCII pass: who may not have them
 * must say so in their profile. */
static bool
data(const xd_x12_writer_t *w, char c)
{
    const xd_x12_marks_t *m = &w->form.marks;

    if (c == m->element || c == m->terminator) {
        return false;
    }

    if (w->form.as_read) {
        return true;
    }

    return c != m->component && (m->repetition == 0 || c != m->repetition)
           && (unsigned char) c >= ' ' && c != 0x7f;
}


static bool
fits(const xd_x12_writer_t *w, xd_str_t value)
{
    for (size_t i = 0; i < value.len; i++) {
        if (!data(w, value.ptr[i])
            && (w->form.instead == 0 || !data(w, w->form.instead)))
        {
            return false;
        }
    }

    return true;
}


static void
put(xd_x12_writer_t *w, xd_str_t value)
{
    size_t from = 0;

    for (size_t i = 0; i < value.len; i++) {
        if (!data(w, value.ptr[i])) {
            xd_buf_add(w->out, (xd_str_t){ value.ptr + from, i - from });
            xd_buf_byte(w->out, w->form.instead);
            from = i + 1;
        }
    }

    if (value.len > from) {
        xd_buf_add(w->out, (xd_str_t){ value.ptr + from, value.len - from });
    }
}


/* -- segments ------------------------------------------------------------- */

void
xd_x12_write_begin(xd_x12_writer_t *w, xd_str_t id)
{
    xd_buf_add(w->out, id);
    w->segments++;
    w->empty = 0;
}


/* The mark before an element, and those of the empty ones before it. */
static void
marks(xd_x12_writer_t *w)
{
    for (; w->empty > 0; w->empty--) {
        xd_buf_byte(w->out, w->form.marks.element);
    }

    xd_buf_byte(w->out, w->form.marks.element);
}


bool
xd_x12_write_element(xd_x12_writer_t *w, xd_str_t value)
{
    if (value.len == 0) {
        w->empty++;
        return true;
    }

    if (!fits(w, value)) {
        return false;
    }

    marks(w);
    put(w, value);

    return true;
}


bool
xd_x12_write_composite(xd_x12_writer_t *w, const xd_str_t *parts, size_t count,
    size_t *bad)
{
    size_t last = 0;

    for (size_t i = 0; i < count; i++) {
        if (!fits(w, parts[i])) {
            *bad = i + 1;
            return false;
        }

        if (parts[i].len > 0) {
            last = i + 1;
        }
    }

    if (last == 0) {
        w->empty++;
        return true;
    }

    marks(w);
    for (size_t i = 0; i < last; i++) {
        if (i > 0) {
            xd_buf_byte(w->out, w->form.marks.component);
        }
        put(w, parts[i]);
    }

    return true;
}


void
xd_x12_write_binary(xd_x12_writer_t *w, xd_str_t bytes)
{
    marks(w);
    if (bytes.len > 0) {
        xd_buf_add(w->out, bytes);
    }
}


void
xd_x12_write_number(xd_x12_writer_t *w, uint64_t number)
{
    marks(w);
    xd_buf_fmt(w->out, "%llu", (unsigned long long) number);
}


void
xd_x12_write_end(xd_x12_writer_t *w)
{
    w->empty = 0;

    if (w->at < w->nends) {
        xd_buf_add(w->out, w->ends[w->at++]);
        return;
    }

    xd_buf_byte(w->out, w->form.marks.terminator);
    if (w->form.after.len > 0) {
        xd_buf_add(w->out, w->form.after);
    }
}


/* -- the header ----------------------------------------------------------- */

static void
fill(xd_x12_writer_t *w, size_t count, char c)
{
    while (count-- > 0) {
        xd_buf_byte(w->out, c);
    }
}


uint32_t
xd_x12_write_isa(xd_x12_writer_t *w, const xd_str_t elements[XD_X12_ISA])
{
    const xd_x12_marks_t *m = &w->form.marks;
    char standard = m->repetition != 0 ? m->repetition : 'U';

    for (uint32_t n = 1; n <= 15; n++) {
        xd_str_t e = elements[n - 1];

        /* as it was read, a header may be too long and is kept so */
        if ((e.len > isa_widths[n - 1] && !w->form.as_read)
            || (n != 11 && !fits(w, e))) {
            return n;
        }
    }

    xd_x12_write_begin(w, XD_STR("ISA"));

    for (uint32_t n = 1; n <= 15; n++) {
        xd_str_t e = elements[n - 1];
        size_t width = isa_widths[n - 1];
        size_t room = e.len < width && !w->form.as_read ? width - e.len : 0;

        if (n == 11 && e.len == 0) {
            e = (xd_str_t){ &standard, 1 };
            room = 0;
        }

        xd_buf_byte(w->out, m->element);
        fill(w, n == 13 ? room : 0, '0');
        if (n == 11) {
            xd_buf_add(w->out, e); /* it names a mark, and so may be one */
        } else {
            put(w, e);
        }
        fill(w, n == 13 ? 0 : room, ' ');
    }

    xd_buf_byte(w->out, m->element);
    if (elements[15].len > 0) {
        xd_buf_add(w->out, elements[15]);
    } else {
        xd_buf_byte(w->out, m->component);
    }
    xd_x12_write_end(w);

    return 0;
}
