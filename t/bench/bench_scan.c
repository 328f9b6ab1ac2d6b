/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * bench_scan - tokenizing alone against memchr
 *
 *   bench_scan --body FILE [--rounds N]
 *
 * Splits every segment of the file into its elements, and looks with memchr
 * for each terminator of the same bytes, in turn; prints seconds of CPU of the
 * best round of each.
 */

#include <inttypes.h>

#include "format/edifact.h"
#include "t/bench/bench.h"


static uint64_t
tokenized(xd_arena_t *arena, xd_str_t bytes, uint64_t *segments)
{
    uint64_t from = bench_cpu();
    xd_edi_reader_t *r;
    xd_segment_t seg;
    xd_report_t rep;

    xd_arena_reset(arena);
    xd_report_init(&rep, arena, 0);
    r = xd_edi_open(arena, bytes, &rep);
    if (r == NULL) {
        bench_die("no memory");
    }

    for (*segments = 0; xd_edi_next(r, &seg);) {
        ++*segments;
    }

    return bench_cpu() - from;
}


static uint64_t
searched(xd_str_t bytes, char mark, uint64_t *found)
{
    uint64_t from = bench_cpu();
    const char *at = bytes.ptr, *end = bytes.ptr + bytes.len;

    for (*found = 0; at < end; ++*found) {
        const char *hit = memchr(at, mark, (size_t) (end - at));

        if (hit == NULL) {
            break;
        }
        at = hit + 1;
    }

    return bench_cpu() - from;
}


int
main(int argc, char **argv)
{
    const char *path = NULL;
    uint64_t rounds = 5, segments = 0, found = 0, ours = 0, peer = 0;
    const bench_option_t options[] = {
        { "--body", &path, NULL },
        { "--rounds", NULL, &rounds },
        { NULL, NULL, NULL },
    };
    xd_arena_t *arena = xd_arena_new(0);
    xd_file_t file;

    bench_options(argc, argv, options);
    if (arena == NULL || path == NULL || xd_file_map(path, &file) != XD_OK) {
        bench_die("--body: name a file of EDI");
    }

    for (uint64_t i = 0; i < rounds; i++) {
        char mark = file.bytes.len > 0 && file.bytes.ptr[0] == 'I' ? '~' : '\'';
        uint64_t t = tokenized(arena, file.bytes, &segments);
        uint64_t s = searched(file.bytes, mark, &found);

        ours = ours == 0 || t < ours ? t : ours;
        peer = peer == 0 || s < peer ? s : peer;
    }

    printf("tokenize=%.6f memchr=%.6f segments=%" PRIu64 " found=%" PRIu64 "\n",
        (double) ours / 1e9, (double) peer / 1e9, segments, found);
    xd_file_unmap(&file);
    xd_arena_free(arena);

    return 0;
}
