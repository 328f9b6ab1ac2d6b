/* SPDX-License-Identifier: BSD-2-Clause */

/* The X12 tokenizer: always on, always inside of the file. */

#include "fuzz.h"

#include "format/x12.h"


/* Elements lie in their segment, or are unwrapped copies of what does. */
static void
elements(const xd_x12_reader_t *r, const xd_x12_segment_t *seg, xd_str_t bytes)
{
    MUST(seg->count <= XD_X12_ELEMENTS);

    for (uint32_t i = 1; i <= seg->count; i++) {
        xd_str_t e = xd_x12_element(seg, i);
        size_t at = xd_x12_offset(r, seg, i);

        MUST(at <= bytes.len);
        MUST(e.len <= seg->end - seg->offset);

        if (e.len > 0 && xd_x12_in_file(r, e)) {
            MUST(e.ptr == bytes.ptr + at);
            MUST(at + e.len <= seg->end);
        }
    }

    MUST(xd_x12_offset(r, seg, seg->count + 1) <= bytes.len);
}


static size_t
read_all(xd_arena_t *arena, xd_str_t bytes, xd_report_t *rep)
{
    xd_x12_reader_t *r = xd_x12_open(arena, bytes, rep);
    xd_x12_segment_t seg;
    size_t end = 0, n = 0;

    if (r == NULL) {
        return 0;
    }

    while (xd_x12_next(r, &seg)) {
        MUST(seg.offset >= end && seg.end > seg.offset);
        MUST(seg.end <= bytes.len);
        MUST(seg.id.len <= seg.end - seg.offset);
        MUST(!seg.header || xd_x12_marks(r)->element != '\0');
        elements(r, &seg, bytes);
        end = seg.end;
        n++;
    }

    MUST(!xd_x12_next(r, &seg));

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
    segments = read_all(arena, bytes, &rep);
    fuzz_findings(&rep, bytes);
    (void) xd_x12_looks_like(bytes);

    xd_report_init(&rep, arena, 0);
    xd_arena_fail_at(arena, fuzz_nth(bytes) % 8 + 1);
    MUST(read_all(arena, bytes, &rep) <= segments);
    xd_arena_free(arena);

    return 0;
}
