/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Elements against their rows.  Most values pass one comparison of lengths;
 * all else here is about the few that do not, so nothing is prepared before
 * it is needed.
 */

#include "edi/grader.h"


/* What is checked: one value and the row that it must fit. */
typedef struct {
    edi_grader_t *g;
    const edi_element_t *row;
    uint32_t element, component;
    xd_str_t value;
} value_t;


/* -- flaws ---------------------------------------------------------------- */

static edi_flaw_t
flaw(const value_t *v, const char *rule, uint8_t code)
{
    edi_flaw_t f = edi_flaw_element(v->g, rule, v->element, code);

    f.component = v->component;
    f.reference = v->row != NULL ? v->row->reference : 0;
    f.value = v->value;

    if (v->component != 0 && xd_x12_in_file(v->g->reader, v->value)) {
        xd_str_t whole = xd_x12_element(&v->g->seg, v->element);

        f.offset += (size_t) (v->value.ptr - whole.ptr);
    }

    return f;
}


/* Code 1 mandatory, 2 by a note. */
static void
missing(const value_t *v, uint8_t code, const char *why)
{
    edi_flaw_t f = flaw(v, "x12.element.missing", code);

    edi_flaw(v->g, &f, "%.*s%02u is missing%s.", XD_FMT(v->g->seg.id),
        v->element, why);
}


static void
wrong_length(const value_t *v, size_t len, size_t limit, bool longer)
{
    edi_flaw_t f =
        flaw(v, longer ? "x12.element.too-long" : "x12.element.too-short",
            longer ? 5 : 4);

    edi_flaw(v->g, &f, "%.*s%02u has %zu characters; %zu is the %s allowed.",
        XD_FMT(v->g->seg.id), v->element, len, limit,
        longer ? "most" : "least");
}


static void
wrong_content(const value_t *v, const char *rule, uint8_t code,
    const char *what)
{
    edi_flaw_t f = flaw(v, rule, code);

    edi_flaw(v->g, &f, "%.*s%02u is no %s.", XD_FMT(v->g->seg.id), v->element,
        what);
}


/* -- types ---------------------------------------------------------------- */

static bool
digits(xd_str_t s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') {
            return false;
        }
    }

    return s.len > 0;
}


static unsigned
two(const char *at)
{
    return (unsigned) (at[0] - '0') * 10 + (unsigned) (at[1] - '0');
}


bool
edi_is_date(xd_str_t s)
{
    static const uint8_t days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30,
        31 };
    unsigned year, month, day;

    if ((s.len != 8 && s.len != 6) || !digits(s)) {
        return false;
    }

    year = s.len == 8 ? two(s.ptr) * 100 + two(s.ptr + 2) : two(s.ptr);
    month = two(s.ptr + s.len - 4);
    day = two(s.ptr + s.len - 2);

    if (month < 1 || month > 12 || day < 1 || day > days[month - 1]) {
        return false;
    }

    /* of two digits, 00 is 2000, which is a leap year */
    return month != 2 || day < 29
           || (year % 4 == 0
               && (s.len == 6 || year % 100 != 0 || year % 400 == 0));
}


bool
edi_is_time(xd_str_t s)
{
    return s.len >= 4 && s.len <= 8 && s.len != 5 && digits(s)
           && two(s.ptr) < 24 && two(s.ptr + 2) < 60
           && (s.len < 6 || two(s.ptr + 4) < 60);
}


/* Digits of a number, or SIZE_MAX when it is none: sign and point do not
 * count for its length. */
static size_t
number_length(xd_str_t s, bool point)
{
    size_t i = s.len > 0 && s.ptr[0] == '-', n = 0;

    for (; i < s.len; i++) {
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9') {
            n++;
        } else if (s.ptr[i] == '.' && point) {
            point = false;
        } else {
            return SIZE_MAX;
        }
    }

    return n > 0 ? n : SIZE_MAX;
}


/* A code list is blanks and codes: " 00 01 ". */
static bool
listed(const char *codes, xd_str_t code)
{
    size_t len = strlen(codes);

    for (size_t i = 1; i + code.len < len; i++) {
        if (codes[i - 1] == ' ' && codes[i + code.len] == ' '
            && memcmp(codes + i, code.ptr, code.len) == 0)
        {
            return true;
        }
    }

    return false;
}


static void
length_check(const value_t *v, size_t len)
{
    size_t most = v->g->place.later && v->row->max_later != 0
                      ? v->row->max_later
                      : v->row->max;

    if (len > most) {
        wrong_length(v, len, most, true);
    } else if (len < v->row->min) {
        wrong_length(v, len, v->row->min, false);
    }
}


/* -- characters ----------------------------------------------------------- */

/* Only called when the segment holds some byte that is worth a look. */
static void
characters(const value_t *v)
{
    const xd_x12_marks_t *marks = xd_x12_marks(v->g->reader);
    edi_flaw_t f;

    for (size_t i = 0; i < v->value.len; i++) {
        unsigned char c = (unsigned char) v->value.ptr[i];
        bool control = c < ' ' || c == 0x7f;
        bool part =
            marks->component != 0 && c == (unsigned char) marks->component;
        bool again =
            marks->repetition != 0 && c == (unsigned char) marks->repetition;

        if (control || part) {
            f = flaw(v, part ? "x12.element.components" : "x12.element.control",
                6);
            edi_flaw(v->g, &f,
                part ? "%.*s%02u is not composite but holds a component mark."
                     : "%.*s%02u holds a control character.",
                XD_FMT(v->g->seg.id), v->element);
            return;
        }

        if (again || c >= 0x80) {
            f = flaw(v,
                again ? "x12.element.repeated" : "x12.element.non-ascii", 0);
            f.severity = XD_WARNING;
            edi_flaw(v->g, &f,
                again ? "%.*s%02u may not repeat; the mark was read as data."
                      : "%.*s%02u holds bytes that are not ASCII.",
                XD_FMT(v->g->seg.id), v->element);
            return;
        }
    }
}


static void
text_check(const value_t *v)
{
    length_check(v, v->value.len);

    if (v->row->codes != NULL && !listed(v->row->codes, v->value)) {
        wrong_content(v, "x12.element.code", 7, "code of its list");
    }

    if (v->g->seg.special) {
        characters(v);
    }
}


static void
number_check(const value_t *v, bool point)
{
    size_t len = number_length(v->value, point);

    if (len == SIZE_MAX) {
        wrong_content(v, "x12.element.number", 6,
            point ? "number" : "whole number");
    } else {
        length_check(v, len);
    }
}


static void composite_check(const value_t *v);


static void
value_check(const value_t *v)
{
    switch (v->row->type) {

    case EDI_AN:
    case EDI_ID:
        text_check(v);
        break;

    case EDI_N:
    case EDI_R:
        number_check(v, v->row->type == EDI_R);
        break;

    case EDI_DT:
        if (v->value.len == 6 && v->row->min == 8) {
            wrong_length(v, 6, 8, false);
        } else if (!edi_is_date(v->value)) {
            wrong_content(v, "x12.element.date", 8, "date");
        }
        break;

    case EDI_TM:
        if (!edi_is_time(v->value)) {
            wrong_content(v, "x12.element.time", 9, "time");
        }
        break;

    case EDI_COMPOSITE:
        composite_check(v);
        break;

    default: /* EDI_B: any bytes */
        break;
    }
}


static void
composite_check(const value_t *v)
{
    char mark = xd_x12_marks(v->g->reader)->component;
    xd_str_t rest = v->value;
    value_t part = *v;

    for (part.component = 1; rest.ptr != NULL; part.component++) {
        part.value = mark != 0 ? xd_str_cut(&rest, mark) : rest;
        if (mark == 0) {
            rest = XD_STR_NONE;
        }

        if (part.component > v->row->nparts) {
            edi_flaw_t f = flaw(&part, "x12.element.components", 3);

            edi_flaw(v->g, &f, "%.*s%02u has more than %u components.",
                XD_FMT(v->g->seg.id), v->element, v->row->nparts);
            return;
        }

        part.row = &v->row->parts[part.component - 1];
        if (part.value.len > 0) {
            value_check(&part);
        } else if (part.row->need == 'M') {
            missing(&part, 1, "");
        }
    }
}


/* -- notes ---------------------------------------------------------------- */

/* The first element of a set of bits. */
static uint32_t
lowest(uint32_t bits)
{
    return (uint32_t) __builtin_ctz(bits);
}


static void
note_broken(edi_grader_t *g, const edi_segment_t *def, uint32_t n,
    const char *why)
{
    value_t v = { .g = g, .row = &def->elements[n - 1], .element = n };

    missing(&v, 2, why);
}


static void
note_check(edi_grader_t *g, const edi_segment_t *def, const edi_note_t *note,
    uint32_t present)
{
    uint32_t there = present & note->rest, absent = note->rest & ~present;
    bool first = (present >> note->first & 1) != 0;

    switch (note->kind) {

    case 'P':
        if (there != 0 && absent != 0) {
            note_broken(g, def, lowest(absent),
                ", though what belongs to it is there");
        }
        break;

    case 'R':
        if (there == 0) {
            note_broken(g, def, lowest(absent),
                ", and so is all that may replace it");
        }
        break;

    case 'C':
    case 'L':
        if (first && (note->kind == 'C' ? absent != 0 : there == 0)) {
            note_broken(g, def, lowest(absent),
                ", though an element that needs it is there");
        }
        break;

    case 'E':
        if ((there & (there - 1)) != 0) {
            edi_flaw_t f = edi_flaw_element(g, "x12.element.exclusion",
                31 - (uint32_t) __builtin_clz(there), 10);

            edi_flaw(g, &f, "%.*s%02u excludes another element that is there.",
                XD_FMT(g->seg.id), f.element);
        }
        break;

    default:
        break;
    }
}


/* -- one segment ---------------------------------------------------------- */

static void
too_many(edi_grader_t *g, const edi_segment_t *def)
{
    for (uint32_t n = def->count + 1U; n <= g->seg.count; n++) {
        if (g->seg.elements[n - 1].len > 0) {
            edi_flaw_t f = edi_flaw_element(g, "x12.segment.elements", n, 3);

            edi_flaw(g, &f, "%.*s has no element %02u.", XD_FMT(g->seg.id), n);
            return;
        }
    }
}


/* What holds for most values: a text of the right length, of any code. */
static inline bool
plain(const value_t *v)
{
    return v->row->type <= EDI_ID && v->row->codes == NULL && !v->g->seg.special
           && v->value.len >= v->row->min && v->value.len <= v->row->max;
}


void
edi_elements(edi_grader_t *g, const edi_segment_t *def)
{
    value_t v = { .g = g };
    uint32_t present = 0, last;

    if (def->count == 0) {
        return;
    }

    last = g->seg.count < def->count ? g->seg.count : def->count;
    last = last < def->needed ? def->needed : last;

    for (v.element = 1; v.element <= last; v.element++) {
        v.row = &def->elements[v.element - 1];
        v.value = xd_x12_element(&g->seg, v.element);

        if (v.value.len > 0) {
            present |= (uint32_t) 1 << v.element;
            if (!plain(&v)) {
                value_check(&v);
            }
        } else if (v.row->need == 'M') {
            missing(&v, 1, "");
        }
    }

    if (g->seg.count > def->count) {
        too_many(g, def);
    }

    for (uint8_t i = 0; i < def->nnotes; i++) {
        const edi_note_t *note = &def->notes[i];

        if (note->kind == 'R'
            || (present & (note->rest | (uint32_t) 1 << note->first)) != 0)
        {
            note_check(g, def, note, present);
        }
    }
}
