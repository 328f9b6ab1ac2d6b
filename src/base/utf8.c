/* SPDX-License-Identifier: BSD-2-Clause */

/* Standard: RFC 3629 section 4. */

#include "base/utf8.h"


/* Well-formed sequences by their first byte; the second byte's narrower
 * range keeps out overlong forms, surrogates and what is above U+10FFFF. */
static const struct {
    unsigned char from, to, len, second_min, second_max;
} leads[] = {
    { 0xc2, 0xdf, 2, 0x80, 0xbf },
    { 0xe0, 0xe0, 3, 0xa0, 0xbf },
    { 0xe1, 0xec, 3, 0x80, 0xbf },
    { 0xed, 0xed, 3, 0x80, 0x9f },
    { 0xee, 0xef, 3, 0x80, 0xbf },
    { 0xf0, 0xf0, 4, 0x90, 0xbf },
    { 0xf1, 0xf3, 4, 0x80, 0xbf },
    { 0xf4, 0xf4, 4, 0x80, 0x8f },
};

#define NLEADS (sizeof(leads) / sizeof(leads[0]))


static bool
is_tail(unsigned char c)
{
    return (c & 0xc0) == 0x80;
}


/* Length of the sequence that starts s and is no ASCII; 0: ill-formed. */
static size_t
sequence(const unsigned char *s, size_t len)
{
    size_t n = 0;

    while (n < NLEADS && (s[0] < leads[n].from || s[0] > leads[n].to)) {
        n++;
    }

    if (n == NLEADS || len < leads[n].len || s[1] < leads[n].second_min
        || s[1] > leads[n].second_max)
    {
        return 0;
    }

    for (size_t i = 2; i < leads[n].len; i++) {
        if (!is_tail(s[i])) {
            return 0;
        }
    }

    return leads[n].len;
}


/* Length of the ASCII at the front, eight bytes at a time. */
static size_t
ascii_run(const unsigned char *s, size_t len)
{
    size_t at = 0;
    uint64_t word;

    while (len - at >= sizeof(word)) {
        memcpy(&word, s + at, sizeof(word));
        if (word & UINT64_C(0x8080808080808080)) {
            break;
        }
        at += sizeof(word);
    }

    while (at < len && s[at] < 0x80) {
        at++;
    }

    return at;
}


size_t
xd_utf8_valid(xd_str_t s)
{
    const unsigned char *bytes = (const unsigned char *) s.ptr;
    size_t at = 0;

    while (at < s.len) {
        size_t step = ascii_run(bytes + at, s.len - at);

        if (step == 0) {
            step = sequence(bytes + at, s.len - at);
        }

        if (step == 0) {
            break;
        }

        at += step;
    }

    return at;
}


size_t
xd_utf8_write(uint32_t cp, char out[4])
{
    static const unsigned char marks[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
    size_t len = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;

    for (size_t i = len - 1; i > 0; i--) {
        out[i] = (char) (0x80 | (cp & 0x3f));
        cp >>= 6;
    }

    out[0] = (char) (marks[len] | cp);

    return len;
}


size_t
xd_utf8_count(xd_str_t s)
{
    size_t count = 0;

    for (size_t i = 0; i < s.len; i++) {
        count += !is_tail((unsigned char) s.ptr[i]);
    }

    return count;
}
