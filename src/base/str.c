/* SPDX-License-Identifier: BSD-2-Clause */

#include "base/str.h"


int
xd_str_cmp(xd_str_t a, xd_str_t b)
{
    size_t both = a.len < b.len ? a.len : b.len;
    int order = both == 0 ? 0 : memcmp(a.ptr, b.ptr, both);

    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}


bool
xd_str_starts(xd_str_t s, xd_str_t prefix)
{
    return s.len >= prefix.len
           && xd_str_eq((xd_str_t){ s.ptr, prefix.len }, prefix);
}


static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}


xd_str_t
xd_str_trim(xd_str_t s)
{
    while (s.len > 0 && is_blank(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }

    while (s.len > 0 && is_blank(s.ptr[s.len - 1])) {
        s.len--;
    }

    return s;
}


xd_str_t
xd_str_cut(xd_str_t *rest, char sep)
{
    xd_str_t part = *rest;
    const char *at = rest->len == 0 ? NULL : memchr(rest->ptr, sep, rest->len);

    if (at == NULL) {
        *rest = XD_STR_NONE;
        return part;
    }

    part.len = (size_t) (at - part.ptr);
    rest->len -= part.len + 1;
    rest->ptr = at + 1;

    return part;
}


bool
xd_str_uint(xd_str_t s, uint64_t max, uint64_t *out)
{
    uint64_t value = 0;

    for (size_t i = 0; i < s.len; i++) {
        uint64_t digit = (uint64_t) (unsigned char) s.ptr[i] - '0';

        /* Anything below '0' wraps round to a large number. */
        if (digit > 9 || digit > max || value > (max - digit) / 10) {
            return false;
        }

        value = value * 10 + digit;
    }

    *out = value;

    return s.len > 0;
}
