/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What EDIFACT has of its own: headers with or without a service string, and
 * marks that a release character takes back.  All between is read as in X12.
 */

#include "format/x12_reader.h"


#define UNA_LEN 9
#define BLANKS  64 /* between UNA and UNB */

static const xd_marks_t usual = { .element = '+',
    .component = ':',
    .terminator = '\'',
    .release = '?',
    .decimal = '.' };

/* Level B of old: control bytes, which nothing needs to release. */
static const xd_marks_t control_bytes = { .element = 0x1d,
    .component = 0x1f,
    .terminator = 0x1c,
    .decimal = '.' };

/* The character sets of UNB.  What is not here is read as ASCII. */
static const edifact_charset_t charsets[] = {
    { "UNOC", "ISO-8859-1", false },
    { "UNOD", "ISO-8859-2", false },
    { "UNOE", "ISO-8859-5", false },
    { "UNOF", "ISO-8859-7", false },
    { "UNOG", "ISO-8859-3", false },
    { "UNOH", "ISO-8859-4", false },
    { "UNOI", "ISO-8859-6", false },
    { "UNOJ", "ISO-8859-8", false },
    { "UNOK", "ISO-8859-9", false },
    { "UNOL", "ISO-8859-15", false },
    { "UNOW", "UTF-8", true },
    { "UNOX", "ISO-2022-JP-2", false },
    { "UNOY", "UTF-8", true },
};

static const edifact_charset_t ascii = { "UNOA", NULL, false };


static bool
alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
           || (c >= 'a' && c <= 'z');
}


static bool
blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}


static bool
starts(xd_str_t b, size_t at, const char *word)
{
    size_t len = strlen(word);

    return b.len - at >= len && memcmp(b.ptr + at, word, len) == 0;
}


/* -- headers -------------------------------------------------------------- */

/* Marks that can tell segments, elements and components apart? */
static bool
marks_fit(const xd_marks_t *m)
{
    const char all[] = { m->element, m->component, m->terminator };

    for (size_t i = 0; i < sizeof(all); i++) {
        if (alnum(all[i]) || all[i] == ' ' || all[i] == '\0'
            || memchr(all, all[i], i) != NULL)
        {
            return false;
        }
    }

    return !alnum(m->release) && memchr(all, m->release, 3) == NULL;
}


/* The six characters of UNA. */
static void
una_read(const char *at, edifact_header_t *h)
{
    h->marks = (xd_marks_t){ .component = at[0],
        .element = at[1],
        .decimal = at[2],
        .release = at[3] == ' ' ? '\0' : at[3],
        .terminator = at[5] };

    /* a CR LF ends segments by its LF; the reader drops the CR */
    if (at[5] == '\r' && at[6] == '\n') {
        h->marks.terminator = '\n';
    }

    h->repeats = at[4] == ' ' || alnum(at[4]) ? '\0' : at[4];
}


bool
edifact_probe(xd_str_t b, size_t at, edifact_header_t *h)
{
    size_t stop;

    *h = (edifact_header_t){ .start = at, .unb = at, .repeats = '*' };

    if (starts(b, at, "UNA") && b.len - at > UNA_LEN + 3) {
        una_read(b.ptr + at + 3, h);
        h->unb = at + UNA_LEN;
        stop = b.len - h->unb > BLANKS ? h->unb + BLANKS : b.len;
        while (h->unb < stop && blank(b.ptr[h->unb])) {
            h->unb++;
        }
    } else {
        h->marks = b.len - at > 3 && b.ptr[at + 3] == control_bytes.element
                       ? control_bytes
                       : usual;
    }

    return marks_fit(&h->marks) && starts(b, h->unb, "UNB")
           && b.len - h->unb > 3 && b.ptr[h->unb + 3] == h->marks.element;
}


bool
edifact_likely(xd_str_t b, const edifact_header_t *h)
{
    size_t at = h->unb + 4, n = 0;

    while (at + n < b.len && n < 5 && alnum(b.ptr[at + n])) {
        n++;
    }

    return (n == 3 || n == 4) && at + n < b.len
           && (b.ptr[at + n] == h->marks.component
               || b.ptr[at + n] == h->marks.element);
}


const edifact_charset_t *
edifact_charset(xd_str_t id)
{
    for (size_t i = 0; i < sizeof(charsets) / sizeof(charsets[0]); i++) {
        if (xd_str_is(id, charsets[i].id)) {
            return &charsets[i];
        }
    }

    return &ascii;
}


static void
marks_set(xd_x12_reader_t *r)
{
    xd_marks_t scanned = r->marks;

    /* most values have components: their mark is none that asks for a look */
    scanned.component = r->marks.release;
    x12_scan_marks(&r->scan, &scanned);
}


void
edifact_take(xd_x12_reader_t *r, const edifact_header_t *h, xd_segment_t *seg)
{
    xd_str_t syntax, id;

    x12_told(r);
    r->marks = h->marks;
    r->tail_len = 0;
    r->edifact = r->inside = r->found = true;
    r->start = h->start;
    r->pos = h->unb;
    r->charset = NULL;
    marks_set(r);
    x12_pass_set(r);

    (void) x12_segment_read(r, seg); /* it has an id: so it is one */
    seg->header = true;

    syntax = xd_segment_element(seg, 1);
    id = xd_edi_cut(r, &syntax, r->marks.component);
    r->charset = edifact_charset(id);
    edifact_bytes(r, seg);

    if (syntax.len > 0 && syntax.ptr[0] >= '4' && syntax.ptr[0] <= '9'
        && h->repeats != r->marks.element && h->repeats != r->marks.component
        && h->repeats != r->marks.terminator)
    {
        r->marks.repetition = h->repeats;
        marks_set(r);
    }
}


/* What may stand where a header is due. */
static const struct {
    const char *word, *rule, *text;
} refused[] = {
    { "STX=", "edifact.tradacoms.not-read",
        "This is TRADACOMS, which is not read." },
    { "UIB", "edifact.interactive.not-read",
        "This is an interactive interchange (UIB), which is not read." },
    { "UNA", "edifact.una.marks",
        "The service string (UNA) leads to no interchange header: its "
        "characters cannot all be separators, or UNB does not follow." },
    { "UNB", "edifact.una.missing",
        "The interchange header has separators that no service string (UNA) "
        "names." },
};


void
edifact_refuse(xd_x12_reader_t *r)
{
    xd_str_t b = r->scan.bytes;

    if ((r->reads & 1U << XD_EDI_EDIFACT) == 0 || r->pos >= b.len) {
        return;
    }

    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        size_t end = r->pos + strlen(refused[i].word);

        if (!starts(b, r->pos, refused[i].word) || end >= b.len
            || (i > 0 && alnum(b.ptr[end])))
        {
            continue;
        }

        r->refused = true;
        xd_report(r->rep, &(xd_finding_t){ .severity = XD_FATAL,
                              .scope = XD_SCOPE_FILE,
                              .offset = r->pos,
                              .rule = refused[i].rule,
                              .value = { b.ptr + r->pos, end - r->pos },
                              .text = xd_str(refused[i].text) });
        return;
    }
}


xd_edi_syntax_t
xd_edi_syntax(const xd_edi_reader_t *r)
{
    return r->edifact ? XD_EDI_EDIFACT : XD_EDI_X12;
}


xd_str_t
xd_edi_charset(const xd_edi_reader_t *r)
{
    return xd_str(r->charset != NULL ? r->charset->id : ascii.id);
}


size_t
xd_edi_start(const xd_edi_reader_t *r)
{
    return r->start;
}


bool
xd_edi_told(const xd_edi_reader_t *r)
{
    return r->refused;
}


/* -- release characters --------------------------------------------------- */

/* The next release character of the block from a place on; X12_BLOCK: none. */
static size_t
release_next(const xd_x12_reader_t *r, size_t at)
{
    const x12_scan_t *s = &r->scan;
    uint64_t left = at < X12_BLOCK ? s->special & ~(uint64_t) 0 << at : 0;

    for (; left != 0; left &= left - 1) {
        size_t n = (size_t) __builtin_ctzll(left);

        if (s->bytes.ptr[s->block + n] == r->marks.release) {
            return n;
        }
    }

    return X12_BLOCK;
}


/*
 * A release character takes what follows it for data, be it a mark or another
 * release character.  In a file that was wrapped, a line break may have got
 * between the two.
 */
void
edifact_escapes(xd_x12_reader_t *r, size_t at)
{
    x12_scan_t *s = &r->scan;
    const char *b = s->bytes.ptr + s->block;
    size_t left = s->bytes.len - s->block;
    size_t end = left < X12_BLOCK ? left : X12_BLOCK;

    if (r->marks.release == 0) {
        return;
    }

    for (;;) {
        if (!r->escaping) {
            at = release_next(r, at) + 1;
            if (at > X12_BLOCK) {
                return;
            }
            r->escaping = true;
        }

        while (at < end && (b[at] == '\r' || b[at] == '\n')
               && b[at] != r->marks.terminator)
        {
            at++;
        }

        if (at >= end) {
            return; /* it goes on in the next block */
        }

        s->marks &= ~((uint64_t) 1 << at);
        at++;
        r->escaping = false;
    }
}
