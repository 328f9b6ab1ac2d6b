/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The interchange header.  Its columns are fixed, but senders cut the padding,
 * lose a byte or break lines in it; so element marks are counted, and columns
 * are only compared.
 */

#include "format/x12_reader.h"


#define ISA_SPAN   512  /* a longer header is none */
#define FIRST_SPAN 8    /* nor is one whose ISA01 is longer */
#define BLANKS     64   /* between a header and what follows it */
#define GUESS_SPAN 4096 /* where a terminator is looked for */

/* Elements that hold codes and numbers cannot be padded: their widths tell a
 * header from data that happens to say ISA. */
static const struct {
    uint8_t element, least, most;
} likely[] = {
    /* 01 */ { 0, 1, 3 },
    /* 03 */ { 2, 1, 3 },
    /* 05 */ { 4, 1, 3 },
    /* 07 */ { 6, 1, 3 },
    /* 12 */ { 11, 3, 7 },
};


static bool
alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
           || (c >= 'a' && c <= 'z');
}


static bool
line_end(char c)
{
    return c == '\r' || c == '\n';
}


/* What follows a header: without this, no byte is taken for its end. */
static bool
group_at(xd_str_t b, size_t at, char element)
{
    static const char *const ids[] = { "GS", "TA1", "ISB", "IEA" };

    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        size_t len = strlen(ids[i]);

        if (at + len < b.len && memcmp(b.ptr + at, ids[i], len) == 0
            && b.ptr[at + len] == element)
        {
            return true;
        }
    }

    return false;
}


/* Bounded, so that a file of blanks costs no more than its length. */
static size_t
behind_blanks(xd_str_t b, size_t at)
{
    size_t stop = at < b.len && b.len - at > BLANKS ? at + BLANKS : b.len;

    while (at < stop
           && (b.ptr[at] == ' ' || b.ptr[at] == '\t' || line_end(b.ptr[at])))
    {
        at++;
    }

    return at;
}


/* Bytes of the UTF-8 character at an offset; 1 when it is none: some senders
 * end segments with an ellipsis or split by a broken bar. */
static size_t
width(xd_str_t b, size_t at)
{
    unsigned char c = (unsigned char) b.ptr[at];
    size_t len = c >= 0xc2 && c < 0xe0 ? 2 : c >= 0xe0 && c < 0xf0 ? 3 : 1;

    for (size_t i = 1; i < len; i++) {
        if (at + i >= b.len || ((unsigned char) b.ptr[at + i] & 0xc0) != 0x80) {
            return 1;
        }
    }

    return len;
}


/* The mark that ISA11 holds, where the version knows one. */
static char
repetition(xd_str_t b, const x12_isa_t *isa)
{
    size_t len = isa->end[11] - isa->start[11];
    char c = isa->end[10] > isa->start[10] ? b.ptr[isa->start[10]] : 'U';

    if (isa->end[10] - isa->start[10] != 1 || alnum(c) || c == ' ' || len != 5
        || memcmp(b.ptr + isa->start[11], "00402", 5) < 0
        || c == isa->marks.element || c == isa->marks.component)
    {
        return 0;
    }

    return c;
}


static void
terminator_set(xd_str_t b, size_t at, x12_isa_t *isa)
{
    size_t len = width(b, at);

    isa->marks.terminator = b.ptr[at];
    isa->tail_len = (uint8_t) (len - 1);
    memcpy(isa->tail, b.ptr + at + 1, len - 1);
    isa->past = at + len;
}


/* A letter cannot end segments: take what ends the next lines instead. */
static void
terminator_guess(xd_str_t b, size_t at, x12_isa_t *isa)
{
    size_t span = b.len - at < GUESS_SPAN ? b.len - at : GUESS_SPAN;

    isa->guessed = true;
    isa->marks.terminator = memchr(b.ptr + at, '~', span) != NULL ? '~' : '\n';
    isa->past = at;
}


/* Finds the terminator, which stands at an offset or behind blanks there. */
static void
terminator_read(xd_str_t b, size_t at, x12_isa_t *isa)
{
    while (at < b.len && (b.ptr[at] == ' ' || b.ptr[at] == '\t')) {
        at++;
    }

    if (at >= b.len) {
        isa->marks.terminator = '~';
        isa->guessed = true;
        isa->past = b.len;
        return;
    }

    if (b.ptr[at] == '\r' && at + 1 < b.len && b.ptr[at + 1] == '\n') {
        at++; /* CRLF: the reader drops a CR before the LF */
    }

    if (alnum(b.ptr[at]) || b.ptr[at] == isa->marks.element) {
        terminator_guess(b, at, isa);
        return;
    }

    terminator_set(b, at, isa);
}


/* ISA16 and the terminator, which begin at an offset. */
static void
ending_read(xd_str_t b, size_t at, x12_isa_t *isa)
{
    size_t len;

    isa->start[15] = isa->end[15] = at;
    isa->count = 16;

    if (at >= b.len || line_end(b.ptr[at])
        || group_at(b, at + 1, isa->marks.element))
    {
        isa->no_component = true;
        terminator_read(b, at, isa);
        return;
    }

    len = width(b, at);
    isa->end[15] = at + len;
    terminator_read(b, at + len, isa);

    isa->marks.component = b.ptr[at];
    if (len > 1 || alnum(b.ptr[at]) || b.ptr[at] == ' '
        || b.ptr[at] == isa->marks.element
        || b.ptr[at] == isa->marks.terminator)
    {
        isa->no_component = true;
        isa->marks.component = 0;
    }
}


/* True when the header ends at this byte although elements are missing. */
static bool
cut_here(xd_str_t b, size_t at, const x12_isa_t *isa)
{
    char c = b.ptr[at];

    return !alnum(c) && c != ' '
           && group_at(b, behind_blanks(b, at + 1), isa->marks.element);
}


/* Do all marks stand in the columns of the standard?  Then nothing in between
 * ends the header, whatever it looks like. */
static bool
in_columns(xd_str_t b, size_t at)
{
    static const uint8_t columns[] = { 6, 17, 20, 31, 34, 50, 53, 69, 76, 81,
        83, 89, 99, 101, 103 };

    if (b.len - at < 106) {
        return false;
    }

    for (size_t i = 0; i < sizeof(columns); i++) {
        if (b.ptr[at + columns[i]] != b.ptr[at + 3]) {
            return false;
        }
    }

    return true;
}


bool
x12_isa_probe(xd_str_t b, size_t at, x12_isa_t *isa)
{
    size_t i = at + 4, stop;
    bool whole;
    char sep = at + 4 < b.len ? b.ptr[at + 3] : 'X';

    *isa = (x12_isa_t){ 0 };
    isa->marks.element = sep;

    if (memcmp(b.ptr + at, "ISA", at + 4 < b.len ? 3 : 0) != 0 || alnum(sep)
        || sep == ' ' || sep == '\0' || line_end(sep))
    {
        return false;
    }

    stop = b.len - at > ISA_SPAN ? at + ISA_SPAN : b.len;
    whole = in_columns(b, at);
    isa->start[0] = i;

    for (; i < stop && isa->count < 15; i++) {
        if (isa->count == 0 && i - isa->start[0] > FIRST_SPAN) {
            return false;
        }

        if (b.ptr[i] == sep) {
            isa->end[isa->count++] = i;
            isa->start[isa->count] = i + 1;
        } else if (!whole && cut_here(b, i, isa)) {
            break;
        } else if (line_end(b.ptr[i])) {
            isa->broken_lines = true;
        }
    }

    if (isa->count == 15) {
        ending_read(b, i, isa);
    } else {
        isa->end[isa->count++] = i;
        isa->no_component = true;
        terminator_read(b, i, isa);
    }

    isa->marks.repetition = isa->count == 16 ? repetition(b, isa) : 0;

    return true;
}


bool
x12_isa_likely(const x12_isa_t *isa)
{
    if (isa->count < 16) {
        return isa->count > 4 && !isa->guessed;
    }

    for (size_t i = 0; i < sizeof(likely) / sizeof(likely[0]); i++) {
        size_t len =
            isa->end[likely[i].element] - isa->start[likely[i].element];

        if (len < likely[i].least || len > likely[i].most) {
            return false;
        }
    }

    return true;
}


/* -- taking on a header --------------------------------------------------- */

void
x12_pass_set(xd_x12_reader_t *r)
{
    static const char over[] = { ' ', '\t', '\r', '\n', '\0', 0x1a };

    memset(r->pass, 0, sizeof(r->pass));

    for (size_t i = 0; i < sizeof(over); i++) {
        bool mark = over[i] == r->marks.element
                    || (over[i] == r->marks.terminator && !line_end(over[i]));

        r->pass[(unsigned char) over[i]] = !mark;
    }
}


static void
isa_fault(xd_x12_reader_t *r, size_t offset, const char *rule, const char *ack,
    const char *text)
{
    xd_report(r->rep, &(xd_finding_t){ .severity = XD_ERROR,
                          .scope = XD_SCOPE_INTERCHANGE,
                          .offset = offset,
                          .rule = rule,
                          .path = XD_STR("ISA"),
                          .text = xd_str(text),
                          .ack = ack });
}


static void
isa_faults(xd_x12_reader_t *r, size_t at, const x12_isa_t *isa)
{
    xd_str_t b = r->scan.bytes;

    if (isa->count < 16) {
        xd_reportf(r->rep,
            &(xd_finding_t){ .severity = XD_FATAL,
                .scope = XD_SCOPE_INTERCHANGE,
                .offset = at,
                .rule = "x12.isa.truncated",
                .path = XD_STR("ISA"),
                .ack = "TA105:024" },
            "The interchange header has %u elements instead of 16.",
            isa->count);
    } else if (isa->guessed) {
        isa_fault(r, isa->past < b.len ? isa->past : at, "x12.isa.terminator",
            "TA105:004",
            "No byte that can end segments follows the interchange header.");
    } else if (isa->end[15] - isa->start[15] > 1) {
        x12_tolerate(r, X12_WIDE_MARK, isa->start[15]);
    } else if (isa->no_component) {
        isa_fault(r, isa->start[15], "x12.isa.component", "TA105:027",
            "ISA16 holds no byte that can separate components.");
    }

    if (isa->tail_len > 0) {
        x12_tolerate(r, X12_WIDE_MARK, isa->past - isa->tail_len - 1);
    }

    if (isa->count == 16 && !isa->broken_lines
        && isa->end[15] - isa->start[15] < 2 && isa->end[15] != at + 105)
    {
        x12_tolerate(r, X12_SHORT_ISA, at);
    }
}


void
x12_isa_take(xd_x12_reader_t *r, size_t at, const x12_isa_t *isa,
    xd_x12_segment_t *seg)
{
    xd_str_t b = r->scan.bytes;

    x12_told(r);
    r->marks = isa->marks;
    memcpy(r->tail, isa->tail, sizeof(r->tail));
    r->tail_len = isa->tail_len;
    r->edifact = false;
    r->inside = r->found = true;
    x12_scan_marks(&r->scan, &r->marks);
    x12_pass_set(r);

    seg->id = (xd_str_t){ b.ptr + at, 3 };
    seg->offset = at;
    seg->count = isa->count;
    seg->special = seg->binary = false;
    seg->header = true;

    for (uint32_t i = 0; i < isa->count; i++) {
        seg->elements[i] =
            (xd_str_t){ b.ptr + isa->start[i], isa->end[i] - isa->start[i] };
    }

    isa_faults(r, at, isa);

    if (isa->broken_lines) {
        x12_tolerate(r, X12_WRAPPED, at);
        x12_unwrap(r, seg);
    }

    r->pos = seg->end = isa->past;
}
