/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The reader between segments: from one header to the next, over all that
 * senders put in between.  Nothing here ends the reading but the end of the
 * bytes; whatever was passed over is told once an interchange.
 */

#include "format/x12_reader.h"


#define X12_SCRATCH 16384 /* unwrapped bytes of one segment */
#define NOT_BINARY  UINT32_MAX

static const char bom[] = { (char) 0xef, (char) 0xbb, (char) 0xbf };

/* In the order of x12_tolerance_t. */
static const struct {
    const char *rule, *text;
} tolerances[X12_TOLERANCES] = {
    { "x12.tolerance.line-ends", "Line ends follow the terminators." },
    { "x12.tolerance.blanks", "Blanks stand between segments." },
    { "x12.tolerance.blank-end", "Blanks stand before a terminator." },
    { "x12.tolerance.padding", "NUL or Ctrl-Z bytes stand between segments." },
    { "x12.tolerance.wrapped",
        "Line breaks stand inside segments and are taken out." },
    { "x12.tolerance.no-final-terminator",
        "The last segment has no terminator." },
    { "x12.tolerance.empty-segment", "A segment is empty." },
    { "x12.tolerance.bom", "The file begins with a byte order mark." },
    { "x12.tolerance.wide-mark",
        "A separator or terminator is a character of several bytes." },
    { "x12.tolerance.isa-length",
        "The interchange header is not 106 bytes long; it was read by its "
        "separators." },
};


void
x12_tolerate(xd_x12_reader_t *r, x12_tolerance_t what, size_t offset)
{
    if ((r->told & (1U << what)) != 0) {
        return;
    }

    r->told |= 1U << what;
    xd_report(r->rep, &(xd_finding_t){ .severity = XD_INFO,
                          .scope = XD_SCOPE_INTERCHANGE,
                          .offset = offset,
                          .rule = tolerances[what].rule,
                          .text = xd_str(tolerances[what].text) });
}


xd_x12_reader_t *
xd_x12_open(xd_arena_t *arena, xd_str_t bytes, xd_report_t *rep)
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

    return r;
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


/* The next likely header from an offset on; the file's length if none. */
static size_t
isa_find(xd_str_t b, size_t at, x12_isa_t *isa)
{
    while (at + 4 < b.len) {
        const char *hit = memmem(b.ptr + at, b.len - at, "ISA", 3);

        if (hit == NULL) {
            break;
        }

        at = (size_t) (hit - b.ptr);
        if (x12_isa_worth(b, at) && x12_isa_probe(b, at, isa)
            && x12_isa_likely(isa)) {
            return at;
        }
        at += 3;
    }

    return b.len;
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
            .rule = r->found ? "x12.junk.between" : "x12.junk.leading",
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
    x12_isa_t isa;
    size_t at = r->pos;

    if (b.len - at >= sizeof(bom) && memcmp(b.ptr + at, bom, sizeof(bom)) == 0)
    {
        x12_tolerate(r, X12_BOM, at);
        r->pos += sizeof(bom);
        pass_over(r);
        at = r->pos;
    }

    /* where a header is due, it need not look likely */
    if (!x12_isa_probe(b, at, &isa)) {
        at = isa_find(b, at, &isa);
        if ((r->found || at < b.len) && at > r->pos) {
            junk(r, at);
        }
        r->pos = at;
    }

    if (at >= b.len) {
        return false;
    }

    x12_isa_take(r, at, &isa, seg);

    return true;
}


bool
xd_x12_next(xd_x12_reader_t *r, xd_x12_segment_t *seg)
{
    xd_str_t b = r->scan.bytes;
    x12_isa_t isa;

    for (;;) {
        pass_over(r);
        if (r->pos >= b.len) {
            return false;
        }

        if (!r->inside) {
            return outside(r, seg);
        }

        if (b.ptr[r->pos] == 'I' && x12_isa_worth(b, r->pos)
            && x12_isa_probe(b, r->pos, &isa) && x12_isa_likely(&isa))
        {
            x12_isa_take(r, r->pos, &isa, seg);
            return true;
        }

        if (x12_segment_read(r, seg)) {
            if (xd_str_eq(seg->id, XD_STR("IEA"))) {
                r->inside = false;
            }
            return true;
        }
    }
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
