/* SPDX-License-Identifier: BSD-2-Clause */

/* The tokenizer of EDIFACT, alone and beside X12: always on, always inside of
 * the file, and every value in UTF-8. */

#include "fuzz.h"

#include "base/utf8.h"
#include "format/edifact.h"


static void
value(xd_edi_reader_t *r, xd_arena_t *arena, xd_str_t raw)
{
    xd_str_t v = xd_edi_value(r, arena, raw);

    MUST(xd_edi_length(r, raw) <= raw.len);
    if (v.ptr == NULL) {
        return; /* no memory for a converter */
    }

    MUST(v.len <= (raw.len + 1) * 4);

    if (xd_edi_syntax(r) == XD_EDI_EDIFACT) {
        MUST(xd_utf8_valid(v) == v.len);
    }
}


/* Cut at its marks a value has as many bytes as before. */
static void
parts(xd_edi_reader_t *r, xd_arena_t *arena, xd_str_t element)
{
    char mark = xd_x12_marks(r)->component;
    xd_str_t rest = element;
    size_t bytes = 0, n = 0;

    while (rest.ptr != NULL) {
        xd_str_t part = xd_edi_cut(r, &rest, mark);

        value(r, arena, part);
        bytes += part.len;
        n++;
    }

    MUST(bytes + n - 1 == element.len);
    MUST(xd_edi_has(r, element, mark) == (n > 1));
}


static void
elements(xd_edi_reader_t *r, xd_arena_t *arena, const xd_segment_t *seg,
    xd_str_t bytes)
{
    MUST(seg->count <= XD_SEGMENT_ELEMENTS);

    for (uint32_t i = 1; i <= seg->count; i++) {
        xd_str_t e = xd_segment_element(seg, i);
        size_t at = xd_x12_offset(r, seg, i);

        MUST(at <= bytes.len);
        MUST(e.len <= seg->end - seg->offset);
        MUST(e.len == 0 || !xd_x12_in_file(r, e) || e.ptr == bytes.ptr + at);

        if (e.len > 0) {
            parts(r, arena, e);
        }
    }
}


typedef xd_edi_reader_t *open_fn(xd_arena_t *arena, xd_str_t bytes,
    xd_report_t *rep);


static size_t
read_all(open_fn *open, xd_arena_t *arena, xd_str_t bytes, xd_report_t *rep)
{
    xd_edi_reader_t *r = open(arena, bytes, rep);
    xd_arena_t *own = fuzz_arena();
    xd_segment_t seg;
    size_t end = 0, n = 0;

    while (r != NULL && xd_edi_next(r, &seg)) {
        MUST(seg.offset >= end && seg.end > seg.offset);
        MUST(seg.end <= bytes.len);
        MUST(seg.id.len <= seg.end - seg.offset);
        MUST(!seg.header || xd_edi_start(r) <= seg.offset);
        xd_arena_reset(own);
        elements(r, own, &seg, bytes);
        end = seg.end;
        n++;
    }

    MUST(r == NULL || !xd_edi_next(r, &seg));
    xd_arena_free(own);

    return n;
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xd_str_t bytes = fuzz_bytes(data, size);
    xd_arena_t *arena = fuzz_arena();
    xd_report_t rep;
    size_t segments;

    xd_report_init(&rep, arena, KEPT);
    segments = read_all(xd_edi_open, arena, bytes, &rep);
    fuzz_findings(&rep, bytes);

    xd_report_init(&rep, arena, 0);
    (void) read_all(xd_edifact_open, arena, bytes, &rep);

    xd_arena_fail_at(arena, fuzz_nth(bytes) % 4 + 1);
    MUST(read_all(xd_edi_open, arena, bytes, &rep) <= segments);
    xd_arena_free(arena);

    return 0;
}
