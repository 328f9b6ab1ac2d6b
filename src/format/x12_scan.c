/* SPDX-License-Identifier: BSD-2-Clause */

#include "format/x12_scan.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif


#ifdef __x86_64__

/* Thirty-two bytes at a time, where the machine can; asked at run time. */
__attribute__((target("avx2"))) static void
masks_avx2(const x12_scan_t *s, const char *at, uint64_t *marks,
    uint64_t *special)
{
    const __m256i element = _mm256_set1_epi8(s->element);
    const __m256i end = _mm256_set1_epi8(s->terminator);
    const __m256i component = _mm256_set1_epi8(s->component);
    const __m256i repetition = _mm256_set1_epi8(s->repetition);
    const __m256i blank = _mm256_set1_epi8(' ');
    const __m256i del = _mm256_set1_epi8(0x7f);

    for (unsigned i = 0; i < X12_BLOCK; i += 32) {
        __m256i b = _mm256_loadu_si256((const void *) (at + i));
        __m256i m = _mm256_or_si256(_mm256_cmpeq_epi8(b, element),
            _mm256_cmpeq_epi8(b, end));
        /* signed: bytes from 0x80 on are negative, so below blank too */
        __m256i x = _mm256_or_si256(_mm256_cmpgt_epi8(blank, b),
            _mm256_cmpeq_epi8(b, del));
        __m256i y = _mm256_or_si256(_mm256_cmpeq_epi8(b, component),
            _mm256_cmpeq_epi8(b, repetition));

        *marks |= (uint64_t) (unsigned) _mm256_movemask_epi8(m) << i;
        *special |=
            (uint64_t) (unsigned) _mm256_movemask_epi8(_mm256_or_si256(x, y))
            << i;
    }
}


static bool
has_avx2(void)
{
    return __builtin_cpu_supports("avx2");
}


/* Sixteen bytes at a time; SSE2 is part of every x86-64. */
static void
masks_sse2(const x12_scan_t *s, const char *at, uint64_t *marks,
    uint64_t *special)
{
    const __m128i element = _mm_set1_epi8(s->element);
    const __m128i end = _mm_set1_epi8(s->terminator);
    const __m128i component = _mm_set1_epi8(s->component);
    const __m128i repetition = _mm_set1_epi8(s->repetition);
    const __m128i blank = _mm_set1_epi8(' ');
    const __m128i del = _mm_set1_epi8(0x7f);

    for (unsigned i = 0; i < X12_BLOCK; i += 16) {
        __m128i b = _mm_loadu_si128((const void *) (at + i));
        __m128i m =
            _mm_or_si128(_mm_cmpeq_epi8(b, element), _mm_cmpeq_epi8(b, end));
        /* signed: bytes from 0x80 on are negative, so below blank too */
        __m128i x =
            _mm_or_si128(_mm_cmplt_epi8(b, blank), _mm_cmpeq_epi8(b, del));
        __m128i y = _mm_or_si128(_mm_cmpeq_epi8(b, component),
            _mm_cmpeq_epi8(b, repetition));

        *marks |= (uint64_t) (unsigned) _mm_movemask_epi8(m) << i;
        *special |= (uint64_t) (unsigned) _mm_movemask_epi8(_mm_or_si128(x, y))
                    << i;
    }
}

#endif


static void
masks_plain(const x12_scan_t *s, const char *at, uint64_t *marks,
    uint64_t *special)
{
    for (unsigned i = 0; i < X12_BLOCK; i++) {
        char c = at[i];
        uint64_t bit = (uint64_t) 1 << i;

        if (c == s->element || c == s->terminator) {
            *marks |= bit;
        }

        if ((unsigned char) c < ' ' || (unsigned char) c >= 0x7f
            || c == s->component || c == s->repetition)
        {
            *special |= bit;
        }
    }
}


static bool
always(void)
{
    return true;
}


const x12_scan_way_t x12_scan_ways[] = {
#ifdef __x86_64__
    { "avx2", has_avx2, masks_avx2 },
    { "sse2", always, masks_sse2 },
#endif
    { "plain", always, masks_plain },
    { NULL, NULL, NULL },
};


void
x12_scan_load(x12_scan_t *s, size_t block)
{
    char last[X12_BLOCK];
    const char *at = s->bytes.ptr + block;
    size_t left = s->bytes.len - block;
    uint64_t marks = 0, special = 0;

    if (left < X12_BLOCK) {
        memset(last, 'X', sizeof(last));
        memcpy(last, at, left);
        at = last;
    }

    s->way->masks(s, at, &marks, &special);

    if (left < X12_BLOCK) {
        marks &= ((uint64_t) 1 << left) - 1;
        special &= ((uint64_t) 1 << left) - 1;
    }

    s->block = block;
    s->marks = marks;
    s->special = special & ~marks;
}


void
x12_scan_marks(x12_scan_t *s, const xd_x12_marks_t *marks)
{
    s->element = marks->element;
    s->terminator = marks->terminator;
    s->component = marks->component;
    s->repetition = marks->repetition;
    s->block = SIZE_MAX;

    if (s->way == NULL) {
        s->way = x12_scan_ways;
        while (!s->way->is_there()) {
            s->way++;
        }
    }
}
