/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * One segment: its parts, found by masks of the scanner; binary data by its
 * length; broken lines put together.
 */

#include "format/x12_reader.h"


#define NOT_BINARY UINT32_MAX


/* -- line breaks inside segments ------------------------------------------ */

static bool
has_break(xd_str_t s)
{
    return s.len > 0
           && (memchr(s.ptr, '\n', s.len) != NULL
               || memchr(s.ptr, '\r', s.len) != NULL);
}


/* A copy without line breaks; as it was when there is no room. */
static xd_str_t
unwrapped(xd_x12_reader_t *r, xd_str_t s)
{
    char *to = r->scratch + r->scratch_used;
    size_t len = 0;

    if (s.len > X12_SCRATCH - r->scratch_used) {
        return s;
    }

    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] != '\r' && s.ptr[i] != '\n') {
            to[len++] = s.ptr[i];
        }
    }

    r->scratch_used += len;

    return (xd_str_t){ to, len };
}


void
x12_unwrap(xd_x12_reader_t *r, xd_x12_segment_t *seg)
{
    uint32_t n = seg->binary ? seg->count - 1 : seg->count;

    r->scratch_used = 0;

    if (has_break(seg->id)) {
        x12_tolerate(r, X12_WRAPPED, seg->offset);
        seg->id = unwrapped(r, seg->id);
    }

    for (uint32_t i = 0; i < n; i++) {
        if (has_break(seg->elements[i])) {
            x12_tolerate(r, X12_WRAPPED, seg->offset);
            seg->elements[i] = unwrapped(r, seg->elements[i]);
        }
    }
}


/* -- one segment ---------------------------------------------------------- */

/* What is known while a segment is scanned. */
typedef struct {
    size_t from;     /* where the part at hand begins */
    uint32_t parts;  /* closed: the id and elements */
    uint32_t length; /* the part that holds a length, or NOT_BINARY */
    bool special;
    bool by_length; /* segments of binary data are known here */
    bool ended;     /* by a terminator, not by the end of the file */
} part_t;


static void
part_close(xd_x12_segment_t *seg, part_t *p, const char *base, size_t at)
{
    xd_str_t s = { base + p->from, at - p->from };

    if (p->parts == 0) {
        seg->id = s;
        if (p->by_length && s.len == 3 && s.ptr[0] == 'B') {
            /* the length is BIN01 and BDS02 */
            p->length = memcmp(s.ptr, "BIN", 3) == 0   ? 1
                        : memcmp(s.ptr, "BDS", 3) == 0 ? 2
                                                       : NOT_BINARY;
        }
    } else if (p->parts <= XD_X12_ELEMENTS) {
        seg->elements[p->parts - 1] = s;
    }

    p->parts++;
    p->from = at + 1;
}


static bool
terminator_at(const xd_x12_reader_t *r, size_t at)
{
    xd_str_t b = r->scan.bytes;

    return at < b.len && b.ptr[at] == r->marks.terminator
           && (r->tail_len == 0
               || (at + r->tail_len < b.len
                   && memcmp(b.ptr + at + 1, r->tail, r->tail_len) == 0));
}


/*
 * Binary data begins at p->from; its length was the part just closed.
 * Returns where its terminator stands, or 0 when the length leads to none:
 * then it is read by its separators like any other.
 */
static size_t
binary_end(const xd_x12_reader_t *r, const xd_x12_segment_t *seg,
    const part_t *p)
{
    xd_str_t b = r->scan.bytes;
    uint64_t len;
    size_t at;

    if (!xd_str_uint(xd_str_trim(seg->elements[p->length - 1]), b.len - p->from,
            &len))
    {
        return 0;
    }

    for (at = p->from + (size_t) len; at < b.len; at++) {
        if (terminator_at(r, at)) {
            return at;
        }

        if (b.ptr[at] != '\r' && b.ptr[at] != '\n' && b.ptr[at] != ' ') {
            break;
        }
    }

    return 0;
}


static void
binary_fault(xd_x12_reader_t *r, const xd_x12_segment_t *seg, const part_t *p)
{
    xd_str_t value = seg->elements[p->length - 1];

    xd_reportf(r->rep,
        &(xd_finding_t){ .severity = XD_ERROR,
            .scope = XD_SCOPE_VALUE,
            .offset = xd_x12_offset(r, seg, p->length),
            .rule = "x12.binary.length",
            .path = p->length == 1 ? XD_STR("BIN/1") : XD_STR("BDS/2"),
            .value = { value.ptr, value.len < 32 ? value.len : 32 },
            .ack = "AK304:8" },
        "The length of the binary data leads to no terminator; the segment "
        "was read by its separators.");
}


/* Takes the data by its length.  Returns its terminator's place or 0. */
static size_t
binary_take(xd_x12_reader_t *r, xd_x12_segment_t *seg, part_t *p)
{
    size_t end = binary_end(r, seg, p);
    uint64_t len = 0;

    if (end == 0) {
        seg->count = p->length;
        binary_fault(r, seg, p);
        p->length = NOT_BINARY;
        return 0;
    }

    (void) xd_str_uint(xd_str_trim(seg->elements[p->length - 1]), UINT64_MAX,
        &len);
    part_close(seg, p, r->scan.bytes.ptr, p->from + (size_t) len);
    seg->binary = p->ended = true;

    return end;
}


/* An element mark: closes a part.  Returns the place of the segment's
 * terminator when binary data followed, which has no marks; else 0. */
static size_t
element_mark(xd_x12_reader_t *r, xd_x12_segment_t *seg, part_t *p, size_t at)
{
    part_close(seg, p, r->scan.bytes.ptr, at);

    return p->parts == p->length + 1 ? binary_take(r, seg, p) : 0;
}


/* Bytes of the last block before the terminator.  The CR of CRLF is no data,
 * and would make every segment special. */
static void
block_end(part_t *p, const char *base, size_t block, size_t at,
    uint64_t special)
{
    size_t end = at;

    if (at > block && base[at] == '\n' && base[at - 1] == '\r') {
        end--;
    }

    p->special |= (special & (((uint64_t) 1 << (end - block)) - 1)) != 0;
    p->ended = true;
}


static void
load(xd_x12_reader_t *r, size_t block, size_t from)
{
    x12_scan_load(&r->scan, block);

    if (r->edifact && (r->escaping || r->scan.special != 0)) {
        edifact_escapes(r, from - block);
    }
}


/*
 * Splits the segment that begins at r->pos.  Returns where its terminator
 * stands, or the file's length.
 */
static size_t
split(xd_x12_reader_t *r, xd_x12_segment_t *seg, part_t *p)
{
    x12_scan_t *s = &r->scan;
    const char *base = s->bytes.ptr;
    size_t block = r->pos & ~(size_t) (X12_BLOCK - 1), at, end;
    uint64_t mask = ~(uint64_t) 0 << (r->pos - block), marks, special;

    if (s->block != block) {
        r->escaping = false;
        load(r, block, r->pos);
    }

    marks = s->marks & mask;
    special = s->special & mask;

    for (;;) {
        while (marks == 0) {
            p->special |= special != 0;
            block += X12_BLOCK;
            if (block >= s->bytes.len) {
                return s->bytes.len;
            }
            load(r, block, block);
            marks = s->marks;
            special = s->special;
        }

        at = block + (size_t) __builtin_ctzll(marks);
        marks &= marks - 1;

        if (base[at] == s->element) {
            end = element_mark(r, seg, p, at);
            if (end != 0) {
                return end;
            }
        } else if (r->tail_len == 0 || terminator_at(r, at)) {
            block_end(p, base, block, at, special);
            return at;
        } else {
            p->special = true; /* the first byte of another character */
        }
    }
}


/* A blank that somebody took the trouble to release is data. */
static bool
released(const xd_x12_reader_t *r, const char *base, size_t from, size_t at)
{
    return r->marks.release != 0 && at > from
           && base[at - 1] == r->marks.release;
}


/* Drops blanks and line ends before the terminator, as they are no data. */
static size_t
trimmed(xd_x12_reader_t *r, const part_t *p, size_t at)
{
    const char *base = r->scan.bytes.ptr;
    size_t end = at;

    if (end > p->from && base[end - 1] == '\r' && p->ended && base[at] == '\n')
    {
        end--;
    }

    while (
        end > p->from && !released(r, base, p->from, end - 1)
        && (base[end - 1] == ' ' || base[end - 1] == '\t'
            || base[end - 1] == '\r' || base[end - 1] == '\n'
            || (!p->ended && (base[end - 1] == '\0' || base[end - 1] == 0x1a))))
    {
        end--;
        x12_tolerate(r, p->ended ? X12_BLANK_END : X12_PADDING, end);
    }

    return end;
}


/* Steps over the terminator and one line end behind it. */
static void
step_over(xd_x12_reader_t *r, xd_x12_segment_t *seg, size_t at)
{
    xd_str_t b = r->scan.bytes;
    size_t pos = at + 1 + r->tail_len;

    if (pos < b.len && (b.ptr[pos] == '\r' || b.ptr[pos] == '\n')
        && r->pass[(unsigned char) b.ptr[pos]])
    {
        x12_tolerate(r, X12_LINE_ENDS, pos);
        pos += b.ptr[pos] == '\r' && pos + 1 < b.len && b.ptr[pos + 1] == '\n'
                   ? 2
                   : 1;
    }

    r->pos = seg->end = pos;
}


static void
too_many(xd_x12_reader_t *r, const xd_x12_segment_t *seg, uint32_t count)
{
    xd_reportf(r->rep,
        &(xd_finding_t){ .severity = XD_ERROR,
            .scope = XD_SCOPE_VALUE,
            .offset = seg->offset,
            .rule =
                x12_rule(r, "x12.segment.elements", "edifact.segment.elements"),
            .path = { seg->id.ptr, seg->id.len < 3 ? seg->id.len : 3 },
            .ack = x12_rule(r, "AK403:3", "0085:16") },
        "The segment has %u elements; those behind the %dth are not read.",
        count, XD_X12_ELEMENTS);
}


bool
x12_segment_read(xd_x12_reader_t *r, xd_x12_segment_t *seg)
{
    part_t p = { .from = r->pos,
        .length = NOT_BINARY,
        .by_length = !r->edifact };
    size_t start = r->pos, at;

    seg->offset = start;
    seg->binary = seg->header = false;
    at = split(r, seg, &p);

    if (!seg->binary) {
        part_close(seg, &p, r->scan.bytes.ptr, trimmed(r, &p, at));
    }

    if (p.ended) {
        step_over(r, seg, at);
    } else {
        r->pos = seg->end = r->scan.bytes.len;
    }

    if (p.parts == 1 && seg->id.len == 0) {
        x12_tolerate(r, X12_EMPTY_SEGMENT, start);
        return false;
    }

    seg->count = p.parts - 1;
    seg->special = p.special;

    if (r->edifact && seg->count > 0 && seg->count <= XD_X12_ELEMENTS
        && seg->elements[seg->count - 1].len == 0)
    {
        xd_edi_trailing(r, seg, seg->count);
    }

    if (seg->count > XD_X12_ELEMENTS) {
        too_many(r, seg, seg->count);
        seg->count = XD_X12_ELEMENTS;
    }

    if (p.special) {
        if (r->edifact) {
            edifact_bytes(r, seg);
        }
        x12_unwrap(r, seg);
    }

    if (!p.ended) {
        x12_tolerate(r, X12_NO_TERMINATOR, seg->end);
    }

    return true;
}
