/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FORMAT_JSON_SCAN_H
#define XD_FORMAT_JSON_SCAN_H

#include <endian.h>

#include "base/str.h"


/* What reader and writer of JSON both do: find where a plain run ends. */

#define XD_JSON_ONES 0x0101010101010101u
#define XD_JSON_HIGH 0x8080808080808080u


/* The high bit of each byte that a string cannot hold as it is, or that needs
 * a look: quote, backslash, control character, above 7F.  Bits above the
 * first one set may be wrong; the first is right. */
static inline uint64_t
xd_json_marks(uint64_t w)
{
    uint64_t quote = w ^ (XD_JSON_ONES * '"');
    uint64_t slash = w ^ (XD_JSON_ONES * '\\');
    uint64_t hits = (w - XD_JSON_ONES * 0x20) | (quote - XD_JSON_ONES)
                    | (slash - XD_JSON_ONES);

    /* A byte above 7F marks itself; for the others the borrow tells. */
    return (hits | w) & XD_JSON_HIGH;
}


static inline bool
xd_json_is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}


/* The first byte from p on that is not plain, or end.  Eight bytes a step:
 * most of a document is inside its strings. */
static inline const char *
xd_json_plain(const char *p, const char *end)
{
    while (end - p >= 8) {
        uint64_t w, marks;

        memcpy(&w, p, sizeof(w));
        marks = xd_json_marks(le64toh(w));
        if (marks != 0) {
            return p + (__builtin_ctzll(marks) >> 3);
        }
        p += 8;
    }

    while (p < end && xd_json_is_plain((unsigned char) *p)) {
        p++;
    }

    return p;
}


/* Behind a run of blanks, which a line's indent is; it may stop early near
 * end, but never late. */
static inline const char *
xd_json_blanks(const char *p, const char *end)
{
    while (end - p >= 8) {
        uint64_t w;

        memcpy(&w, p, sizeof(w));
        w = le64toh(w) ^ (XD_JSON_ONES * ' ');
        if (w != 0) {
            return p + (__builtin_ctzll(w) >> 3);
        }
        p += 8;
    }

    return p;
}


/* The end of a run of bytes above 7F. */
static inline const char *
xd_json_high(const char *p, const char *end)
{
    while (p < end && (unsigned char) *p >= 0x80) {
        p++;
    }

    return p;
}

#endif
