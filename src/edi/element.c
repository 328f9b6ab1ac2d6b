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
flaw(const value_t *v, const char *rule, xd_edi_kind_t kind)
{
    edi_flaw_t f = edi_flaw_element(v->g, rule, v->element, kind);

    f.component = v->component;
    f.reference = v->row != NULL ? v->row->reference : 0;
    f.value = v->value;

    if (v->value.len > 0 && xd_x12_in_file(v->g->reader, v->value)) {
        xd_str_t whole = xd_segment_element(&v->g->seg, v->element);

        f.offset += (size_t) (v->value.ptr - whole.ptr);
    }

    return f;
}


static void
missing(const value_t *v, xd_edi_kind_t kind, const char *why)
{
    edi_flaw_t f = flaw(v, "x12.element.missing", kind);

    edi_flaw(v->g, &f, "%.*s%02u is missing%s.", XD_FMT(v->g->seg.id),
        v->element, why);
}


static void
wrong_length(const value_t *v, size_t len, size_t limit, bool longer)
{
    edi_flaw_t f =
        flaw(v, longer ? "x12.element.too-long" : "x12.element.too-short",
            longer ? XD_EDI_ELEMENT_LONG : XD_EDI_ELEMENT_SHORT);

    edi_flaw(v->g, &f, "%.*s%02u has %zu characters; %zu is the %s allowed.",
        XD_FMT(v->g->seg.id), v->element, len, limit,
        longer ? "most" : "least");
}


static void
wrong_content(const value_t *v, const char *rule, xd_edi_kind_t kind,
    const char *what)
{
    edi_flaw_t f = flaw(v, rule, kind);

    edi_flaw(v->g, &f, "%.*s%02u is no %s.", XD_FMT(v->g->seg.id), v->element,
        what);
}


/* -- lengths and types ---------------------------------------------------- */

/* Blanks that fill a value up mean nothing in EDIFACT. */
static void
padded(const value_t *v)
{
    edi_flaw_t f = flaw(v, "edifact.element.padding", XD_EDI_NO_FAULT);

    f.severity = XD_WARNING;
    edi_flaw(v->g, &f, "%.*s%02u is filled up with blanks.",
        XD_FMT(v->g->seg.id), v->element);
}


static void
length_check(const value_t *v, size_t len)
{
    size_t most = v->g->place.later && v->row->max_later != 0
                      ? v->row->max_later
                      : v->row->max;

    if (len > most && v->g->syntax->edifact
        && xd_edi_length(v->g->reader, xd_str_trim(v->value)) <= most)
    {
        padded(v);
    } else if (len > most) {
        wrong_length(v, len, most, true);
    } else if (len < v->row->min) {
        wrong_length(v, len, v->row->min, false);
    }
}


/* -- characters ----------------------------------------------------------- */

static void
components_tell(const value_t *v)
{
    edi_flaw_t f = flaw(v, "x12.element.components",
        v->g->syntax->edifact ? XD_EDI_ELEMENT_EXTRA
                              : XD_EDI_ELEMENT_CHARACTER);

    edi_flaw(v->g, &f, "%.*s%02u is not composite but holds a component mark.",
        XD_FMT(v->g->seg.id), v->element);
}


static void
repeated_tell(const value_t *v)
{
    edi_flaw_t f = flaw(v, "x12.element.repeated", XD_EDI_NO_FAULT);

    f.severity = XD_WARNING;
    edi_flaw(v->g, &f, "%.*s%02u may not repeat; the mark was read as data.",
        XD_FMT(v->g->seg.id), v->element);
}


static void
control_tell(const value_t *v)
{
    edi_flaw_t f = flaw(v, "x12.element.control", XD_EDI_ELEMENT_CHARACTER);

    edi_flaw(v->g, &f, "%.*s%02u holds a control character.",
        XD_FMT(v->g->seg.id), v->element);
}


/* The reader has told it of EDIFACT, where UNB names the character set. */
static void
foreign_tell(const value_t *v)
{
    edi_flaw_t f = flaw(v, "x12.element.non-ascii", XD_EDI_NO_FAULT);

    if (v->g->syntax->edifact) {
        return;
    }

    f.severity = XD_WARNING;
    edi_flaw(v->g, &f, "%.*s%02u holds bytes that are not ASCII.",
        XD_FMT(v->g->seg.id), v->element);
}


/* Only called when the segment holds some byte that is worth a look. */
static void
characters(const value_t *v)
{
    const xd_marks_t *marks = xd_x12_marks(v->g->reader);
    bool escapes = marks->release != 0;

    for (size_t i = 0; i < v->value.len; i++) {
        char c = v->value.ptr[i];

        if (escapes && c == marks->release) {
            i++; /* what is released is data */
        } else if ((unsigned char) c < ' ' || c == 0x7f) {
            control_tell(v);
            return;
        } else if (c == marks->component && marks->component != 0) {
            components_tell(v);
            return;
        } else if (c == marks->repetition && marks->repetition != 0) {
            repeated_tell(v);
            return;
        } else if ((unsigned char) c >= 0x80) {
            foreign_tell(v);
            return;
        }
    }
}


static bool
has_digit(xd_str_t s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9') {
            return true;
        }
    }

    return false;
}


/* As it is meant; of most segments as it stands. */
static xd_str_t
meant(const value_t *v)
{
    edi_grader_t *g = v->g;
    xd_str_t value = v->value;

    if (g->seg.special && g->syntax->edifact) {
        value = xd_edi_value(g->reader, g->set_arena, value);
        if (value.ptr == NULL) {
            g->rc = XD_E_MEMORY;
            return XD_STR("");
        }
    }

    return value;
}


static void
text_check(const value_t *v)
{
    const xd_marks_t *marks = xd_x12_marks(v->g->reader);
    bool special = v->g->seg.special;

    length_check(v,
        special ? xd_edi_length(v->g->reader, v->value) : v->value.len);

    if (v->row->codes != NULL && !edi_listed(v->row->codes, meant(v))) {
        wrong_content(v, "x12.element.code", XD_EDI_ELEMENT_CODE,
            "code of its list");
    }

    if (v->row->type == EDI_A && has_digit(v->value)) {
        wrong_content(v, "x12.element.number", XD_EDI_ELEMENT_TYPE,
            "text without digits");
    }

    if (special) {
        characters(v);
    } else if (v->g->syntax->edifact && v->component == 0
               && memchr(v->value.ptr, marks->component, v->value.len) != NULL)
    {
        components_tell(v);
    }
}


/* EDIFACT writes decimals with either mark, whatever UNA says. */
static void
number_check(const value_t *v, bool point)
{
    const char *marks = !point ? "" : v->g->syntax->edifact ? ".," : ".";
    size_t len = edi_number_length(meant(v), marks);

    if (len == SIZE_MAX) {
        wrong_content(v, "x12.element.number", XD_EDI_ELEMENT_TYPE,
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
    case EDI_A:
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
            wrong_content(v, "x12.element.date", XD_EDI_ELEMENT_DATE, "date");
        }
        break;

    case EDI_TM:
        if (!edi_is_time(v->value)) {
            wrong_content(v, "x12.element.time", XD_EDI_ELEMENT_TIME, "time");
        }
        break;

    case EDI_COMPOSITE:
        composite_check(v);
        break;

    default: /* EDI_B: any bytes */
        break;
    }
}


/* One component, which row has no place for when it is one too many. */
static bool
part_check(const value_t *whole, value_t *part)
{
    const edi_element_t *row = whole->row;

    if (part->component > row->nparts) {
        edi_flaw_t f =
            flaw(part, "x12.element.components", XD_EDI_ELEMENT_EXTRA);

        edi_flaw(part->g, &f, "%.*s%02u has more than %u components.",
            XD_FMT(part->g->seg.id), part->element, row->nparts);
        return false;
    }

    part->row = &row->parts[part->component - 1];
    if (part->value.len > 0) {
        value_check(part);
    } else if (part->row->need == 'M') {
        missing(part, XD_EDI_ELEMENT_MISSING, "");
    }

    return true;
}


static void
composite_check(const value_t *v)
{
    char mark = xd_x12_marks(v->g->reader)->component;
    const edi_grader_t *g = v->g;
    xd_str_t rest = v->value;
    value_t part = *v;

    if (g->syntax->edifact && rest.ptr[rest.len - 1] == mark) {
        xd_edi_trailing(g->reader, &g->seg, v->element);
        rest.len -= !xd_edi_ends_released(g->reader, rest);
    }

    for (part.component = 1; rest.ptr != NULL; part.component++) {
        part.value = xd_edi_cut(g->reader, &rest, mark);
        if (!part_check(v, &part)) {
            return;
        }
    }

    /* those that were left out at the end */
    for (; part.component <= v->row->nparts; part.component++) {
        part.value = XD_STR("");
        if (g->syntax->edifact) {
            (void) part_check(v, &part);
        }
    }
}


/* An element that may stand several times, one behind the other. */
static void
repeated_check(const value_t *v)
{
    char mark = xd_x12_marks(v->g->reader)->repetition;
    xd_str_t rest = v->value;
    value_t one = *v;
    uint32_t times = 0;
    edi_flaw_t f;

    while (rest.ptr != NULL) {
        one.value = xd_edi_cut(v->g->reader, &rest, mark);
        times++;
        if (one.value.len > 0) {
            value_check(&one);
        }
    }

    if (times > v->row->repeat) {
        f = flaw(v, "x12.element.repeated", XD_EDI_ELEMENT_REPEATS);
        edi_flaw(v->g, &f, "%.*s%02u stands %u times; %u are allowed.",
            XD_FMT(v->g->seg.id), v->element, times, v->row->repeat);
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

    missing(&v, XD_EDI_ELEMENT_CONDITION, why);
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
                31 - (uint32_t) __builtin_clz(there), XD_EDI_ELEMENT_EXCLUSION);

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
extra(edi_grader_t *g, uint32_t n, const char *why)
{
    edi_flaw_t f =
        edi_flaw_element(g, "x12.segment.elements", n, XD_EDI_ELEMENT_EXTRA);

    edi_flaw(g, &f, "%.*s has no element %02u%s.", XD_FMT(g->seg.id), n, why);
}


static void
too_many(edi_grader_t *g, const edi_segment_t *def)
{
    for (uint32_t n = def->count + 1U; n <= g->seg.count; n++) {
        if (g->seg.elements[n - 1].len > 0) {
            extra(g, n, "");
            return;
        }
    }
}


/* A value that is there, by its row. */
static void
element_check(const value_t *v)
{
    const xd_marks_t *marks = xd_x12_marks(v->g->reader);

    if (v->row->later && v->g->place.first) {
        extra(v->g, v->element, " in this version");
    } else if (v->row->repeat > 1 && marks->repetition != 0
               && xd_edi_has(v->g->reader, v->value, marks->repetition))
    {
        repeated_check(v);
    } else {
        value_check(v);
    }
}


/* -- what holds for most values ------------------------------------------- */

/* A text of the right length, of any code. */
static inline bool
text_fits(const edi_element_t *row, size_t len)
{
    return row->type <= EDI_ID && row->codes == NULL && len >= row->min
           && len <= row->max;
}


/* Digits of the right length, perhaps with a decimal mark between them. */
static inline bool
digits_fit(const edi_element_t *row, const char *from, const char *to)
{
    const char *p = from;
    bool digit = false, point = false;

    for (; p < to; p++) {
        if (*p >= '0' && *p <= '9') {
            digit = true;
        } else if ((*p == '.' || *p == ',') && !point) {
            point = true;
        } else {
            return false;
        }
    }

    return digit && row->type == EDI_R && (size_t) (to - from) <= row->max;
}


/*
 * Components that are all plain: each is looked at once.  Of a segment without
 * release characters; false only means that a closer look is needed.
 */
static bool
components_plain(const edi_element_t *whole, xd_str_t value, char mark)
{
    const edi_element_t *row = whole->parts, *end = row + whole->nparts;
    const char *p = value.ptr, *stop = p + value.len;

    for (bool more = true; more; row++) {
        const char *from = p;

        while (p < stop && *p != mark) {
            p++;
        }

        if (row == end
            || (p == from ? row->need == 'M' || p == stop
                          : !text_fits(row, (size_t) (p - from))
                                && !digits_fit(row, from, p)))
        {
            return false;
        }

        more = p < stop;
        p += more;
    }

    for (; row < end; row++) {
        if (row->need == 'M') {
            return false;
        }
    }

    return true;
}


static inline bool
plain(const value_t *v)
{
    return !v->g->seg.special && text_fits(v->row, v->value.len)
           && !v->row->later;
}


/* The same of EDIFACT, where a component mark may stand anywhere. */
static bool
edifact_plain(const value_t *v, char mark)
{
    const char *p = v->value.ptr, *end = p + v->value.len;

    if (v->g->seg.special) {
        return false;
    }

    if (v->row->type == EDI_COMPOSITE) {
        return components_plain(v->row, v->value, mark);
    }

    if (!text_fits(v->row, v->value.len)) {
        return digits_fit(v->row, p, end);
    }

    while (p < end && *p != mark) {
        p++;
    }

    return p == end;
}


void
edi_elements(edi_grader_t *g, const edi_segment_t *def)
{
    value_t v = { .g = g };
    uint32_t present = 0, last;
    bool edifact = g->syntax->edifact;
    char mark = xd_x12_marks(g->reader)->component;

    if (def->count == 0) {
        return;
    }

    last = g->seg.count < def->count ? g->seg.count : def->count;
    last = last < def->needed ? def->needed : last;

    for (v.element = 1; v.element <= last; v.element++) {
        v.row = &def->elements[v.element - 1];
        v.value = xd_segment_element(&g->seg, v.element);

        if (v.value.len > 0) {
            present |= (uint32_t) 1 << v.element;
            if (edifact ? !edifact_plain(&v, mark) : !plain(&v)) {
                element_check(&v);
            }
        } else if (v.row->need == 'M') {
            missing(&v, XD_EDI_ELEMENT_MISSING, "");
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
