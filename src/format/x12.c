/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The reader between segments: from one header to the next, over all that
 * senders put in between.  Nothing here ends the reading but the end of the
 * bytes; whatever was passed over is told once an interchange.
 */

#include "format/x12_reader.h"


static const char bom[] = { (char) 0xef, (char) 0xbb, (char) 0xbf };

#define BOTH(rule)                                                             \
    {                                                                          \
        "x12.tolerance." rule, "edifact.tolerance." rule                       \
    }

/* In the order of x12_tolerance_t: the rule in each syntax. */
static const struct {
    const char *rule[2], *text;
    xd_severity_t severity;
} tolerances[X12_TOLERANCES] = {
    { BOTH("line-ends"), "Line ends follow the terminators.", XD_INFO },
    { BOTH("blanks"), "Blanks stand between segments.", XD_INFO },
    { BOTH("blank-end"), "Blanks stand before a terminator.", XD_INFO },
    { BOTH("padding"), "NUL or Ctrl-Z bytes stand between segments.", XD_INFO },
    { BOTH("wrapped"), "Line breaks stand inside segments and are taken out.",
        XD_INFO },
    { BOTH("no-final-terminator"), "The last segment has no terminator.",
        XD_INFO },
    { BOTH("empty-segment"), "A segment is empty.", XD_INFO },
    { BOTH("bom"), "The file begins with a byte order mark.", XD_INFO },
    { BOTH("wide-mark"),
        "A separator or terminator is a character of several bytes.", XD_INFO },
    { BOTH("isa-length"),
        "The interchange header is not 106 bytes long; it was read by its "
        "separators.",
        XD_INFO },
    { BOTH("charset"),
        "Values hold bytes that the character set of UNB has not.",
        XD_WARNING },
    { BOTH("utf-8"), "Values are in UTF-8, though UNB names another set.",
        XD_WARNING },
    { BOTH("invalid"), "Bytes are no characters of the set that UNB names.",
        XD_WARNING },
    { BOTH("trailing"), "Separators stand behind the last value.", XD_INFO },
};


void
x12_tolerate(xd_x12_reader_t *r, x12_tolerance_t what, size_t offset)
{
    if (r->told[what].count++ == 0) {
        r->told[what].first = offset;
    }
}


void
x12_told(xd_x12_reader_t *r)
{
    for (size_t i = 0; i < X12_TOLERANCES; i++) {
        size_t count = r->told[i].count;
        xd_finding_t f = { .severity = tolerances[i].severity,
            .scope = XD_SCOPE_INTERCHANGE,
            .offset = r->told[i].first,
            .rule = tolerances[i].rule[r->edifact],
            .text = xd_str(tolerances[i].text) };

        r->told[i].count = 0;
        if (count == 1) {
            xd_report(r->rep, &f);
        } else if (count > 1) {
            xd_reportf(r->rep, &f, "%s (%zu times)", tolerances[i].text, count);
        }
    }
}


static xd_x12_reader_t *
reader_open(xd_arena_t *arena, xd_str_t bytes, xd_report_t *rep, unsigned reads)
{
    xd_x12_reader_t *r = xd_alloc(arena, sizeof(*r));

    if (r == NULL) {
        return NULL;
    }

    r->scratch = xd_alloc(arena, X12_SCRATCH);
    if (r->scratch == NULL) {
        return NULL;
    }

    r->arena = arena;
    r->rep = rep;
    r->scan.bytes = bytes;
    r->scan.block = SIZE_MAX;
    r->reads = (uint8_t) reads;
    r->iconv = (iconv_t) -1;

    return r;
}


xd_x12_reader_t *
xd_x12_open(xd_arena_t *arena, xd_str_t bytes, xd_report_t *rep)
{
    return reader_open(arena, bytes, rep, 1U << XD_EDI_X12);
}


xd_edi_reader_t *
xd_edifact_open(xd_arena_t *arena, xd_str_t bytes, xd_report_t *rep)
{
    return reader_open(arena, bytes, rep, 1U << XD_EDI_EDIFACT);
}


xd_edi_reader_t *
xd_edi_open(xd_arena_t *arena, xd_str_t bytes, xd_report_t *rep)
{
    return reader_open(arena, bytes, rep,
        1U << XD_EDI_X12 | 1U << XD_EDI_EDIFACT);
}


const xd_x12_marks_t *
xd_x12_marks(const xd_x12_reader_t *r)
{
    return &r->marks;
}


bool
xd_x12_in_file(const xd_x12_reader_t *r, xd_str_t s)
{
    const char *first = r->scan.bytes.ptr;

    return s.ptr >= first && s.ptr <= first + r->scan.bytes.len;
}


size_t
xd_x12_offset(const xd_x12_reader_t *r, const xd_x12_segment_t *seg, uint32_t n)
{
    size_t behind = 0;

    if (n > seg->count) {
        behind = n - seg->count;
        n = seg->count;
    }

    for (; n >= 1; n--) {
        xd_str_t e = seg->elements[n - 1];

        if (xd_x12_in_file(r, e)) {
            return (size_t) (e.ptr - r->scan.bytes.ptr)
                   + (behind > 0 ? e.len : 0);
        }

        behind += e.len + 1;
    }

    return seg->offset + seg->id.len;
}


/* -- between segments ----------------------------------------------------- */

/* What may stand outside interchanges, too. */
static bool
filler(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0'
           || c == 0x1a;
}


static void
filler_tell(xd_x12_reader_t *r, char c, size_t at)
{
    x12_tolerate(r,
        c == '\r' || c == '\n'  ? X12_LINE_ENDS
        : c == ' ' || c == '\t' ? X12_BLANKS
                                : X12_PADDING,
        at);
}


static void
pass_over(xd_x12_reader_t *r)
{
    xd_str_t b = r->scan.bytes;

    while (r->pos < b.len
           && (r->inside ? r->pass[(unsigned char) b.ptr[r->pos]] != 0
                         : filler(b.ptr[r->pos])))
    {
        filler_tell(r, b.ptr[r->pos], r->pos);
        r->pos++;
    }
}


/* A header of either syntax. */
typedef struct {
    bool edifact;
    x12_isa_t isa;
    edifact_header_t unb;
} header_t;


/* A header at an offset, of a syntax that is looked for. */
static bool
header_at(const xd_x12_reader_t *r, size_t at, header_t *h)
{
    xd_str_t b = r->scan.bytes;

    h->edifact = b.len - at > 4 && b.ptr[at] == 'U';

    if (h->edifact) {
        return (r->reads & 1U << XD_EDI_EDIFACT) != 0
               && edifact_probe(b, at, &h->unb);
    }

    return (r->reads & 1U << XD_EDI_X12) != 0 && x12_isa_probe(b, at, &h->isa);
}


/* In the midst of a file a header must look like one, too. */
static bool
header_likely(const xd_x12_reader_t *r, size_t at, header_t *h)
{
    xd_str_t b = r->scan.bytes;

    if (b.ptr[at] == 'I' && !x12_isa_worth(b, at)) {
        return false;
    }

    return header_at(r, at, h)
           && (h->edifact ? edifact_likely(b, &h->unb)
                          : x12_isa_likely(&h->isa));
}


static void
header_take(xd_x12_reader_t *r, size_t at, const header_t *h, xd_segment_t *seg)
{
    if (h->edifact) {
        edifact_take(r, &h->unb, seg);
    } else {
        r->start = at;
        x12_isa_take(r, at, &h->isa, seg);
    }
}


/* The next place of a word from an offset on; the file's length if none. */
static size_t
word_find(xd_str_t b, size_t at, const char *word)
{
    const char *hit =
        b.len - at > 4 ? memmem(b.ptr + at, b.len - at, word, 3) : NULL;

    return hit != NULL ? (size_t) (hit - b.ptr) : b.len;
}


/* The next likely header from an offset on; the file's length if none. */
static size_t
header_find(xd_x12_reader_t *r, size_t at, header_t *h)
{
    static const struct {
        char word[4];
        xd_edi_syntax_t syntax;
    } words[] = { { "ISA", XD_EDI_X12 }, { "UNA", XD_EDI_EDIFACT },
        { "UNB", XD_EDI_EDIFACT } };
    xd_str_t b = r->scan.bytes;
    size_t *next = r->words, best = at;

    for (size_t i = 0; i < 3; i++) {
        if ((r->reads & 1U << words[i].syntax) == 0) {
            next[i] = b.len;
        } else if (next[i] <= at) {
            next[i] = word_find(b, at, words[i].word);
        }
    }

    for (;;) {
        size_t first = next[0] < next[1] ? 0 : 1;

        first = next[2] < next[first] ? 2 : first;
        best = next[first];
        if (best >= b.len || header_likely(r, best, h)) {
            return best;
        }
        next[first] = word_find(b, best + 3, words[first].word);
    }
}


static void
junk(xd_x12_reader_t *r, size_t to)
{
    xd_str_t b = r->scan.bytes;
    size_t len = to - r->pos;

    xd_reportf(r->rep,
        &(xd_finding_t){ .severity = r->found ? XD_ERROR : XD_WARNING,
            .scope = XD_SCOPE_FILE,
            .offset = r->pos,
            .rule =
                r->found
                    ? x12_rule(r, "x12.junk.between", "edifact.junk.between")
                    : x12_rule(r, "x12.junk.leading", "edifact.junk.leading"),
            .value = { b.ptr + r->pos, len < 32 ? len : 32 } },
        "%zu bytes that belong to no interchange were passed over.", len);
}


/*
 * Outside interchanges: goes on to the next header.  Nothing is said of a
 * file without any: that is for the caller to say.
 */
static bool
outside(xd_x12_reader_t *r, xd_x12_segment_t *seg)
{
    xd_str_t b = r->scan.bytes;
    header_t h;
    size_t at = r->pos;

    if (b.len - at >= sizeof(bom) && memcmp(b.ptr + at, bom, sizeof(bom)) == 0)
    {
        x12_tolerate(r, X12_BOM, at);
        r->pos += sizeof(bom);
        pass_over(r);
        at = r->pos;
    }

    /* where a header is due, it need not look likely */
    if (at >= b.len || !header_at(r, at, &h)) {
        edifact_refuse(r);
        at = header_find(r, at, &h);
        r->edifact = r->found ? r->edifact : at < b.len && h.edifact;
        if ((r->found || at < b.len) && at > r->pos) {
            junk(r, at);
        }
        r->pos = at;
    }

    if (at >= b.len) {
        return false;
    }

    if (!r->found) {
        r->edifact = h.edifact; /* what stood before the first is told so */
    }

    header_take(r, at, &h, seg);

    return true;
}


/* Is it the end of the interchange? */
static bool
closes(const xd_x12_reader_t *r, const xd_x12_segment_t *seg)
{
    const char *id = r->edifact ? "UNZ" : "IEA";

    return seg->id.len == 3 && seg->id.ptr[0] == id[0]
           && seg->id.ptr[1] == id[1] && seg->id.ptr[2] == id[2];
}


static bool
next(xd_x12_reader_t *r, xd_x12_segment_t *seg)
{
    xd_str_t b = r->scan.bytes;
    header_t h;

    for (;;) {
        pass_over(r);
        if (r->pos >= b.len) {
            return false;
        }

        if (!r->inside) {
            return outside(r, seg);
        }

        if ((b.ptr[r->pos] == 'I' || b.ptr[r->pos] == 'U')
            && header_likely(r, r->pos, &h))
        {
            header_take(r, r->pos, &h, seg);
            return true;
        }

        if (x12_segment_read(r, seg)) {
            r->inside = !closes(r, seg);
            return true;
        }
    }
}


bool
xd_x12_next(xd_x12_reader_t *r, xd_x12_segment_t *seg)
{
    if (next(r, seg)) {
        return true;
    }

    x12_told(r);

    return false;
}


bool
xd_x12_looks_like(xd_str_t b)
{
    size_t at = 0;

    if (b.len >= sizeof(bom) && memcmp(b.ptr, bom, sizeof(bom)) == 0) {
        at = sizeof(bom);
    }

    while (at < b.len && filler(b.ptr[at])) {
        at++;
    }

    return b.len - at > 3 && memcmp(b.ptr + at, "ISA", 3) == 0
           && !((b.ptr[at + 3] >= 'A' && b.ptr[at + 3] <= 'Z')
                || (b.ptr[at + 3] >= 'a' && b.ptr[at + 3] <= 'z')
                || (b.ptr[at + 3] >= '0' && b.ptr[at + 3] <= '9'));
}
