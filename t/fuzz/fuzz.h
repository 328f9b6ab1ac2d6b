/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_T_FUZZ_H
#define XD_T_FUZZ_H

/*
 * What every fuzz target shares.  A target is one file: bytes from libFuzzer
 * go through one reader, and MUST says what has to hold whatever they are.
 * tools/fuzz.sh builds and runs each t/fuzz/NAME.c with the seeds of
 * t/fuzz/seeds/NAME and, where there is one, the words of t/fuzz/NAME.dict.
 */

#include <stdio.h>
#include <stdlib.h>

#include "base/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

#define KEPT 100 /* findings of one reading */

/* A broken promise ends the run as a crash does: libFuzzer keeps the bytes. */
#define MUST(promise)                                                          \
    do {                                                                       \
        if (!(promise)) {                                                      \
            fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__,         \
                #promise);                                                     \
            abort();                                                           \
        }                                                                      \
    } while (0)


static inline xd_str_t
fuzz_bytes(const uint8_t *data, size_t size)
{
    return (xd_str_t){ (const char *) data, size };
}


/* An arena without limit; the machine's own lack of memory is no finding. */
static inline xd_arena_t *
fuzz_arena(void)
{
    xd_arena_t *arena = xd_arena_new(0);

    MUST(arena != NULL);

    return arena;
}


/* Which allocation fails in a second reading: it follows from the bytes, so a
 * crash comes again, and wanders over all as the bytes change. */
static inline size_t
fuzz_nth(xd_str_t bytes)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < bytes.len; i++) {
        h = (h ^ (uint8_t) bytes.ptr[i]) * 16777619u;
    }

    return 1 + h % 64;
}


/* A finding is told to a person and lies inside of the input. */
static inline void
fuzz_findings(const xd_report_t *rep, xd_str_t bytes)
{
    for (size_t i = 0; i < rep->nkept; i++) {
        const xd_finding_t *f = &rep->kept[i];

        MUST(f->rule != NULL && f->rule[0] != '\0');
        MUST(f->text.len > 0);
        MUST(f->offset <= bytes.len);
        MUST(f->line == 0 || f->column > 0);
    }
}

#endif
