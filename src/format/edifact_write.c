/* SPDX-License-Identifier: BSD-2-Clause */

#include "format/edifact_write.h"

#include "format/x12_reader.h"

#include "base/utf8.h"


const xd_edifact_form_t xd_edifact_form_usual = { .marks = { .element = '+',
                                                      .component = ':',
                                                      .terminator = '\'',
                                                      .release = '?',
                                                      .decimal = '.' },
    .after = { "", 0 },
    .set = { "UNOC", 4 } };


void
xd_edifact_write_open(xd_edifact_writer_t *w, const xd_edifact_form_t *form,
    xd_buf_t *out)
{
    *w = (xd_edifact_writer_t){ .out = out, .form = *form };
}


void
xd_edifact_write_una(xd_edifact_writer_t *w)
{
    const xd_marks_t *m = &w->form.marks;
    const char una[] = { m->component, m->element, m->decimal,
        m->release != 0 ? m->release : ' ',
        m->repetition != 0 ? m->repetition : ' ', m->terminator };

    xd_buf_text(w->out, "UNA");
    xd_buf_add(w->out, (xd_str_t){ una, sizeof(una) });
    if (w->form.after.len > 0) {
        xd_buf_add(w->out, w->form.after);
    }
}


void
xd_edifact_write_begin(xd_edifact_writer_t *w, xd_str_t id)
{
    xd_buf_add(w->out, id);
    w->segments++;
    w->empty = 0;
}


/* -- marks ---------------------------------------------------------------- */

static bool
fits_as_mark(char c)
{
    return (c >= 0x1c && c <= 0x1f)
           || (c > ' ' && c < 0x7f && !(c >= '0' && c <= '9')
               && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z'));
}


bool
xd_edifact_marks_fit(const xd_marks_t *m)
{
    const char all[] = { m->element, m->component, m->terminator, m->release,
        m->repetition };
    const size_t needed = 3;

    for (size_t i = 0; i < sizeof(all); i++) {
        if (all[i] == 0 && i >= needed) {
            continue;
        }
        if (!fits_as_mark(all[i]) || memchr(all, all[i], i) != NULL) {
            return false;
        }
    }

    return (m->decimal == '.' || m->decimal == ',')
           && memchr(all, m->decimal, sizeof(all)) == NULL;
}


bool
xd_edifact_marks_usual(const xd_marks_t *m, char syntax)
{
    const xd_marks_t *u = &xd_edifact_form_usual.marks;

    return m->element == u->element && m->component == u->component
           && m->terminator == u->terminator && m->release == u->release
           && m->decimal == u->decimal
           && m->repetition == (syntax >= '4' ? '*' : 0);
}


/* -- values --------------------------------------------------------------- */

/* Level A of old: what a telex has; level B has small letters, too. */
static bool
in_level(char c, bool small)
{
    static const char others[] = " .,-()/='+:?!\"%&*;<>";

    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || (small && c >= 'a' && c <= 'z')
           || (c != '\0' && strchr(others, c) != NULL);
}


/* Is it of the level that the interchange names? */
static bool
allowed(const xd_edifact_form_t *form, char c)
{
    bool a = xd_str_is(form->set, "UNOA");

    return !form->strict || !(a || xd_str_is(form->set, "UNOB"))
           || in_level(c, !a);
}


static bool
is_mark(const xd_marks_t *m, char c)
{
    return c == m->element || c == m->component || c == m->terminator
           || (m->release != 0 && c == m->release)
           || (m->repetition != 0 && c == m->repetition);
}


/* Can all of it be written?  *wide tells whether it must be converted. */
static bool
fits(const xd_edifact_writer_t *w, xd_str_t value, bool *wide)
{
    const xd_marks_t *m = &w->form.marks;

    *wide = false;

    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char) value.ptr[i];

        if (c < ' ' || c == 0x7f
            || (m->release == 0 && is_mark(m, value.ptr[i]))
            || !allowed(&w->form, value.ptr[i]))
        {
            return false;
        }
        *wide |= c >= 0x80;
    }

    return !*wide || xd_utf8_valid(value) == value.len;
}


static void
put(xd_edifact_writer_t *w, xd_str_t bytes)
{
    const xd_marks_t *m = &w->form.marks;

    for (size_t i = 0; i < bytes.len; i++) {
        if (is_mark(m, bytes.ptr[i])) {
            xd_buf_byte(w->out, m->release);
        }
        xd_buf_byte(w->out, bytes.ptr[i]);
    }
}


/* In the character set; a few values need it, so nothing is kept open. */
static bool
put_converted(xd_edifact_writer_t *w, xd_str_t value)
{
    const edifact_charset_t *set = edifact_charset(w->form.set);
    char some[256];
    union {
        const char *from;
        char *in;
    } p = { .from = value.ptr };
    size_t left = value.len, before = w->out->len;
    iconv_t to;
    bool good;

    if (set->utf8) {
        put(w, value);
        return true;
    }

    to = set->name != NULL ? iconv_open(set->name, "UTF-8") : (iconv_t) -1;
    if (to == (iconv_t) -1) {
        return false;
    }

    do {
        char *out = some;
        size_t room = sizeof(some);

        good = iconv(to, &p.in, &left, &out, &room) != (size_t) -1
               || (left > 0 && room < sizeof(some) / 2);
        put(w, (xd_str_t){ some, sizeof(some) - room });
    } while (good && left > 0);

    (void) iconv_close(to);
    if (!good) {
        w->out->len = before;
    }

    return good;
}


static bool
write_value(xd_edifact_writer_t *w, xd_str_t value)
{
    bool wide;

    if (!fits(w, value, &wide)) {
        return false;
    }

    if (wide) {
        return put_converted(w, value);
    }

    put(w, value);

    return true;
}


/* -- segments ------------------------------------------------------------- */

/* The mark before an element, and those of the empty ones before it. */
static void
marks(xd_edifact_writer_t *w)
{
    for (; w->empty > 0; w->empty--) {
        xd_buf_byte(w->out, w->form.marks.element);
    }

    xd_buf_byte(w->out, w->form.marks.element);
}


bool
xd_edifact_write_composite(xd_edifact_writer_t *w, const xd_str_t *parts,
    size_t count, size_t *bad)
{
    size_t last = count, before = w->out->len;
    uint32_t empty = w->empty;

    while (last > 0 && parts[last - 1].len == 0) {
        last--;
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
        if (!write_value(w, parts[i])) {
            w->out->len = before;
            w->empty = empty;
            *bad = i + 1;
            return false;
        }
    }

    return true;
}


bool
xd_edifact_write_element(xd_edifact_writer_t *w, xd_str_t value)
{
    size_t bad;

    return xd_edifact_write_composite(w, &value, 1, &bad);
}


void
xd_edifact_write_number(xd_edifact_writer_t *w, uint64_t number)
{
    marks(w);
    xd_buf_fmt(w->out, "%llu", (unsigned long long) number);
}


void
xd_edifact_write_end(xd_edifact_writer_t *w)
{
    w->empty = 0;
    xd_buf_byte(w->out, w->form.marks.terminator);
    if (w->form.after.len > 0) {
        xd_buf_add(w->out, w->form.after);
    }
}
