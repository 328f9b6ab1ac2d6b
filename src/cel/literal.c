/* SPDX-License-Identifier: BSD-2-Clause */

/* Quoted texts: prefixes, escapes.  In a string an escape is a code point, in
 * bytes it is a byte. */

#include "cel/room.h"

#include "base/utf8.h"

typedef struct {
    cel_reader_t *r;
    uint32_t at;
    xd_str_t in; /* what is left */
    char *out;
    size_t len;
    bool bytes;
} unquote_t;


static int
digit(char c, unsigned base)
{
    int d = c >= '0' && c <= '9'   ? c - '0'
            : c >= 'a' && c <= 'f' ? c - 'a' + 10
            : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                   : 99;

    return d < (int) base ? d : -1;
}


/* n digits; false when one is missing. */
static bool
code(unquote_t *u, size_t n, unsigned base, uint32_t *out)
{
    *out = 0;

    for (size_t i = 0; i < n; i++) {
        int d = u->in.len > 0 ? digit(u->in.ptr[0], base) : -1;

        if (d < 0) {
            return false;
        }

        *out = *out * base + (uint32_t) d;
        u->in.ptr++;
        u->in.len--;
    }

    return true;
}


static bool
put(unquote_t *u, uint32_t c, bool unicode)
{
    if (u->bytes && !unicode) {
        if (c > 0xFF) {
            return false;
        }

        u->out[u->len++] = (char) c;
        return true;
    }

    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
        return false;
    }

    u->len += xd_utf8_write(c, u->out + u->len);

    return true;
}


static bool
numbered(unquote_t *u, char c)
{
    uint32_t n;

    if (c >= '0' && c <= '3') {
        u->in.ptr--;
        u->in.len++;
        return code(u, 3, 8, &n) && put(u, n, false);
    }

    switch (c) {
    case 'x':
    case 'X':
        return code(u, 2, 16, &n) && put(u, n, false);
    case 'u':
        return !u->bytes && code(u, 4, 16, &n) && put(u, n, true);
    case 'U':
        return !u->bytes && code(u, 8, 16, &n) && put(u, n, true);
    default:
        return false;
    }
}


static bool
escape(unquote_t *u)
{
    static const char from[] = "abfnrtv\\?\"'`";
    static const char to[] = "\a\b\f\n\r\t\v\\?\"'`";
    const char *found;
    char c;

    if (u->in.len == 0) {
        return false;
    }

    c = *u->in.ptr++;
    u->in.len--;
    found = c != '\0' ? strchr(from, c) : NULL;
    if (found != NULL) {
        u->out[u->len++] = to[found - from];
        return true;
    }

    return numbered(u, c);
}


static xd_rc_t
escapes(unquote_t *u)
{
    while (u->in.len > 0) {
        char c = *u->in.ptr++;

        u->in.len--;
        if (c != '\\') {
            u->out[u->len++] = c;
        } else if (!escape(u)) {
            cel_fault(u->r, XD_E_SYNTAX, u->at,
                "the text holds an escape that means nothing; write \\\\ for "
                "a backslash");
            return XD_E_SYNTAX;
        }
    }

    return XD_OK;
}


xd_rc_t
cel_unquote(cel_reader_t *r, uint32_t at, xd_str_t s, xd_cel_value_t *out)
{
    unquote_t u = { .r = r, .at = at };
    bool raw = false;
    size_t quotes;
    xd_rc_t rc;

    for (; s.ptr[0] != '"' && s.ptr[0] != '\''; s.ptr++, s.len--) {
        raw = raw || (s.ptr[0] | 0x20) == 'r';
        u.bytes = u.bytes || (s.ptr[0] | 0x20) == 'b';
    }

    quotes = s.len >= 6 && s.ptr[1] == s.ptr[0] && s.ptr[2] == s.ptr[0] ? 3 : 1;
    u.in = (xd_str_t){ s.ptr + quotes, s.len - 2 * quotes };
    *out = cel_text(u.bytes ? XD_CEL_BYTES : XD_CEL_STRING, u.in);

    if (raw || u.in.len == 0 || memchr(u.in.ptr, '\\', u.in.len) == NULL) {
        return XD_OK;
    }

    /* No escape is longer than what it writes. */
    u.out = xd_alloc(r->arena, u.in.len);
    if (u.out == NULL) {
        cel_fault(r, XD_E_MEMORY, at, "%s", xd_rc_text(XD_E_MEMORY));
        return XD_E_MEMORY;
    }

    rc = escapes(&u);
    out->as.text = (xd_str_t){ u.out, u.len };

    return rc;
}
