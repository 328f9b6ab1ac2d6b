/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Strings are checked in one pass that finds the closing quote; a second pass
 * decodes, and only those that hold a backslash.
 */

#include "format/json_string.h"

#include "base/utf8.h"
#include "format/json_scan.h"


/* Value of a hex digit, or -1. */
static int
hex_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }

    c = (char) (c | 0x20);

    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}


/* The four digits behind \u, or -1. */
static int32_t
hex4(const char *p, const char *end)
{
    int32_t unit = 0;

    if (end - p < 4) {
        return -1;
    }

    for (int i = 0; i < 4; i++) {
        int digit = hex_value(p[i]);

        if (digit < 0) {
            return -1;
        }
        unit = unit * 16 + digit;
    }

    return unit;
}


/* The character of a \u escape whose digits begin at *p, which moves behind
 * it, or behind both halves of a pair. */
static bool
escaped_char(const char **p, const char *end, uint32_t *cp,
    xd_json_fault_t *what)
{
    int32_t high = hex4(*p, end);
    int32_t low;

    if (high < 0) {
        *what = XD_JSON_ESCAPE;
        return false;
    }

    *p += 4;
    *cp = (uint32_t) high;
    if (high < 0xD800 || high > 0xDFFF) {
        return true;
    }

    *what = XD_JSON_SURROGATE;
    if (high > 0xDBFF || end - *p < 6 || (*p)[0] != '\\' || (*p)[1] != 'u') {
        return false;
    }

    low = hex4(*p + 2, end);
    if (low < 0xDC00 || low > 0xDFFF) {
        return false;
    }

    *p += 6;
    *cp = 0x10000 + (((uint32_t) high - 0xD800) << 10)
          + ((uint32_t) low - 0xDC00);

    return true;
}


/* What a backslash and this letter stand for; 0: no such escape. */
static char
escaped_byte(char letter)
{
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    const char *at = letter == '\0' ? NULL : strchr(from, letter);

    return at == NULL ? '\0' : to[at - from];
}


/* Steps over one escape, checking it. */
static bool
skip_escape(const char **p, const char *end, xd_json_fault_t *what)
{
    const char *at = *p + 1;
    uint32_t cp;

    if (at < end && *at == 'u') {
        at++;
        if (!escaped_char(&at, end, &cp, what)) {
            return false;
        }
        *p = at;
        return true;
    }

    *what = XD_JSON_ESCAPE;
    if (at == end || escaped_byte(*at) == '\0') {
        return false;
    }

    *p = at + 1;

    return true;
}


/* Steps over a run of bytes above 7F, checking it. */
static bool
skip_high(const char **p, const char *end, xd_json_fault_t *what)
{
    xd_str_t run = { *p, (size_t) (xd_json_high(*p, end) - *p) };
    size_t good = xd_utf8_valid(run);

    *p += good;
    *what = XD_JSON_UTF8;

    return good == run.len;
}


/* Decodes one escape that was checked before; returns its bytes. */
static size_t
decode_escape(const char **p, const char *end, char *to)
{
    char letter = (*p)[1];
    xd_json_fault_t what;
    uint32_t cp = 0;

    *p += 2;
    if (letter != 'u') {
        *to = escaped_byte(letter);
        return 1;
    }

    return escaped_char(p, end, &cp, &what) ? xd_utf8_write(cp, to) : 0;
}


static size_t
decode(const char *p, const char *end, char *out)
{
    char *to = out;

    while (p < end) {
        const char *slash = memchr(p, '\\', (size_t) (end - p));
        size_t plain = (size_t) ((slash == NULL ? end : slash) - p);

        memcpy(to, p, plain);
        to += plain;
        p += plain;

        if (p < end) {
            to += decode_escape(&p, end, to);
        }
    }

    return (size_t) (to - out);
}


/* The string between its quotes as a decoded copy. */
static xd_rc_t
decoded(xd_arena_t *arena, const char *p, const char *end, xd_str_t *out)
{
    /* No escape is shorter than what it stands for. */
    char *copy = xd_alloc(arena, (size_t) (end - p));

    if (copy == NULL) {
        return XD_E_MEMORY;
    }

    *out = (xd_str_t){ copy, decode(p, end, copy) };

    return XD_OK;
}


xd_rc_t
xd_json_string_read(xd_arena_t *arena, const char **at, const char *end,
    xd_str_t *out, xd_json_fault_t *what)
{
    const char *start = *at + 1;
    const char *p = start;
    bool escapes = false;
    bool good = true;

    for (;;) {
        p = xd_json_plain(p, end);

        if (p == end) {
            *what = XD_JSON_UNENDED;
            return XD_E_SYNTAX;
        }

        if (*p == '"') {
            break;
        }

        if (*p == '\\') {
            escapes = true;
            good = skip_escape(&p, end, what);

        } else if ((unsigned char) *p >= 0x80) {
            good = skip_high(&p, end, what);

        } else {
            *what = XD_JSON_CONTROL;
            good = false;
        }

        if (!good) {
            *at = p;
            return XD_E_SYNTAX;
        }
    }

    *at = p + 1;
    *out = (xd_str_t){ start, (size_t) (p - start) };

    return escapes ? decoded(arena, start, p, out) : XD_OK;
}
