/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * From findings to remarks: what each is called in data element 647, and where
 * in the set it stands.
 */

#include "edi/advice.h"

#define REMARKS_MOST 100


/* -- codes ---------------------------------------------------------------- */

/* The first row whose word is in the rule. */
static const struct {
    const char *word, *code;
} codes[] = {
    { ".total.", "010" },         /* total out of balance */
    { ".gs1.sscc-again", "006" }, /* duplicate */
    { ".gs1.", "848" },           /* incorrect data */
    { "missing", "007" },         /* missing data */
    { "required", "007" },
    { "date", "009" }, /* invalid date */
    { "instant", "009" },
    { "minimum", "008" }, /* out of range */
    { "maximum", "008" },
    { "kind", "012" }, /* invalid combination */
    { "currency", "012" },
    { "rule.", "011" }, /* not matching */
    { "enum", "848" },
    { "code", "848" },
    { "format", "848" },
    { "pattern", "848" },
    { "gtin", "848" },
    { "gln", "848" },
    { "sscc", "848" },
    { "refused", "848" },
};


static const char *
code_of(const char *rule)
{
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        if (strstr(rule, codes[i].word) != NULL) {
            return codes[i].code;
        }
    }

    return "024"; /* another reason */
}


/* -- places --------------------------------------------------------------- */

/* What a byte is in the segment at hand. */
static bool
is_mark(const xd_x12_marks_t *m, char c)
{
    return c == m->terminator || c == m->element
           || (c == m->component && c != 0);
}


/* To behind the value that begins at p. */
static const char *
value_end(const xd_x12_marks_t *m, const char *p, const char *end)
{
    while (p < end && !is_mark(m, *p)) {
        p += *p == m->release && m->release != 0 && p + 1 < end ? 2 : 1;
    }

    return p;
}


/* Segment, element and component of an offset of the set. */
static void
place(const xd_edi_advised_t *of, size_t offset, xd_edi_remark_t *r)
{
    const xd_x12_marks_t *m = &of->ic->marks;
    const char *p = of->bytes.ptr + of->set->offset;
    const char *end = p + of->set->length, *at = of->bytes.ptr + offset;

    while (p < end) {
        const char *stop = value_end(m, p, end);

        if (r->segment_id.len == 0) {
            r->segment_id = xd_str_trim((xd_str_t){ p, (size_t) (stop - p) });
            r->position++;
        }

        if (at <= stop || stop == end) {
            r->value = r->element > 0 ? (xd_str_t){ p, (size_t) (stop - p) }
                                      : XD_STR("");
            return;
        }

        if (*stop == m->terminator) {
            r->segment_id.len = 0;
            r->element = r->component = 0;
        } else if (*stop == m->element) {
            r->element++;
            r->component = 0;
        } else {
            r->component = r->component == 0 ? 2 : r->component + 1;
        }
        p = stop + 1;
    }
}


/* -- the document --------------------------------------------------------- */

/* Where a document says its own number, and what such numbers are called in
 * 128, or in 1153. */
static const struct {
    char id[4];
    uint8_t element;
    const char *qualifier;
} numbers[] = {
    { "BSN", 2, "SI" },
    { "BEG", 3, "PO" },
    { "BAK", 3, "PO" },
    { "BCH", 3, "PO" },
    { "BCA", 3, "PO" },
    { "BIG", 2, "IV" },
};

static const struct {
    const char *message, *qualifier;
} references[] = {
    { "ORDERS", "ON" },
    { "ORDCHG", "ON" },
    { "ORDRSP", "ON" },
    { "DESADV", "AAK" },
    { "INVOIC", "IV" },
};


static xd_str_t
element(const xd_x12_marks_t *m, xd_str_t *rest)
{
    const char *end = rest->ptr + rest->len;
    const char *p = rest->ptr;
    xd_str_t got;

    while (p < end && *p != m->element && *p != m->terminator) {
        p += *p == m->release && m->release != 0 && p + 1 < end ? 2 : 1;
    }

    got = (xd_str_t){ rest->ptr, (size_t) (p - rest->ptr) };
    if (p < end && *p == m->element) {
        p++;
    }
    *rest = (xd_str_t){ p, (size_t) (end - p) };

    return xd_str_trim(got);
}


/* A value as it is meant: without release characters; NULL .ptr when the arena
 * is full. */
static xd_str_t
meant(xd_arena_t *arena, const xd_x12_marks_t *m, xd_str_t value)
{
    char *to;
    size_t len = 0;

    if (m->release == 0 || memchr(value.ptr, m->release, value.len) == NULL) {
        return value;
    }

    to = xd_alloc(arena, value.len);
    if (to == NULL) {
        return XD_STR_NONE;
    }

    for (size_t i = 0; i < value.len; i++) {
        i += value.ptr[i] == m->release && i + 1 < value.len;
        to[len++] = value.ptr[i];
    }

    return (xd_str_t){ to, len };
}


/* The number in the segment behind ST or UNH; false when memory is out. */
static bool
number_find(xd_arena_t *arena, const xd_edi_advised_t *of, xd_edi_advice_t *out)
{
    const xd_x12_marks_t *m = &of->ic->marks;
    xd_str_t rest = { of->bytes.ptr + of->set->offset, of->set->length };
    bool edifact = of->ic->syntax == XD_EDI_EDIFACT;
    uint8_t n = 2;
    xd_str_t id;

    while (rest.len > 0 && rest.ptr[0] != m->terminator) {
        (void) element(m, &rest);
    }
    if (rest.len == 0) {
        return true;
    }
    rest = (xd_str_t){ rest.ptr + 1, rest.len - 1 };
    id = element(m, &rest);

    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        if (!edifact && xd_str_is(id, numbers[i].id)) {
            n = numbers[i].element;
            out->qualifier = numbers[i].qualifier;
        }
    }

    while (n-- > 1) {
        (void) element(m, &rest);
    }

    out->number = element(m, &rest);
    if (edifact) { /* of D.01B a composite */
        out->number = (xd_str_t){ out->number.ptr,
            (size_t) (value_end(m, out->number.ptr,
                          out->number.ptr + out->number.len)
                      - out->number.ptr) };
    }
    out->number = meant(arena, m, out->number);

    return out->number.ptr != NULL;
}


static const char *
reference_of(xd_str_t message)
{
    for (size_t i = 0; i < sizeof(references) / sizeof(references[0]); i++) {
        if (xd_str_is(message, references[i].message)) {
            return references[i].qualifier;
        }
    }

    return "ACE"; /* a related document */
}


/* -- findings ------------------------------------------------------------- */

/* Acknowledgements and advice are never advised about. */
static bool
is_answer(const xd_edi_advised_t *of)
{
    return xd_str_is(of->group->functional, "FA")
           || xd_str_is(of->group->functional, "AG")
           || xd_str_is(of->set->code, "CONTRL")
           || xd_str_is(of->set->code, "APERAK");
}


static bool
is_within(const xd_edi_advised_t *of, size_t offset)
{
    return offset >= of->set->offset
           && offset < of->set->offset + of->set->length;
}


/* Of grading, what a person would tell the sender of. */
static bool
is_remark(const xd_edi_advised_t *of, const xd_finding_t *f)
{
    return f->severity == XD_WARNING && is_within(of, f->offset)
           && (strstr(f->rule, ".total.") != NULL
               || strstr(f->rule, ".gs1.") != NULL);
}


static bool
remark_add(xd_arena_t *arena, const xd_edi_advised_t *of, const xd_finding_t *f,
    xd_edi_advice_t *out)
{
    xd_edi_remark_t *r;

    if (out->remarks.count == REMARKS_MOST) {
        return true;
    }

    r = xd_vec_push(&out->remarks, arena);
    if (r == NULL) {
        return false;
    }

    r->code = code_of(f->rule);
    r->text = f->text;

    /* what has no place, or another document's, is of the set as a whole */
    if (is_within(of, f->offset)) {
        place(of, f->offset, r);
    }

    return true;
}


xd_rc_t
xd_edi_advise(xd_arena_t *arena, const xd_edi_advised_t *of,
    xd_edi_advice_t *out)
{
    *out = (xd_edi_advice_t){ .group = of->group,
        .set = of->set,
        .status = 'A',
        .qualifier = of->ic->syntax == XD_EDI_EDIFACT
                         ? reference_of(of->set->code)
                         : "TN",
        .remarks = XD_VEC(xd_edi_remark_t) };

    if (of->set->verdict == 'R' || of->group->verdict == 'R'
        || of->ic->verdict == 'R' || is_answer(of))
    {
        return XD_E_NOT_FOUND;
    }

    if (!number_find(arena, of, out)) {
        return XD_E_MEMORY;
    }

    for (size_t i = 0; i < of->rep->nkept; i++) {
        const xd_finding_t *f = &of->rep->kept[i];
        bool own = i >= of->from && i < of->to && f->severity >= XD_ERROR;

        if (!own && !is_remark(of, f)) {
            continue;
        }

        out->status = own || out->status == 'R' ? 'R' : 'E';
        if (!remark_add(arena, of, f, out)) {
            return XD_E_MEMORY;
        }
    }

    return XD_OK;
}
