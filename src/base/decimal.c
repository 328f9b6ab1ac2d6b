/* SPDX-License-Identifier: BSD-2-Clause */

#include "base/decimal.h"

#include <stdio.h>


#define WHOLE_MAX 12
#define SCALE_MAX 6

/* Wide enough for any mantissa at any scale, so that nothing overflows. */
typedef __int128 wide_t;

static const int64_t powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };

/* A number cut into its parts; digits are not looked at yet. */
typedef struct {
    bool negative, has_point;
    xd_str_t whole, fraction;
} parts_t;


static bool
all_digits(xd_str_t s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') {
            return false;
        }
    }

    return true;
}


static parts_t
split(xd_str_t text, char point)
{
    parts_t p = { 0 };

    if (text.len > 0 && text.ptr[0] == '-') {
        p.negative = true;
        text.ptr++;
        text.len--;
    }

    p.whole = xd_str_cut(&text, point);
    p.has_point = text.ptr != NULL;
    p.fraction = text;

    return p;
}


/* At most 18 digits: below 2^63. */
static xd_decimal_t
join(const parts_t *p)
{
    xd_decimal_t d = { .scale = (uint8_t) p->fraction.len };

    for (size_t i = 0; i < p->whole.len; i++) {
        d.mantissa = d.mantissa * 10 + (p->whole.ptr[i] - '0');
    }

    for (size_t i = 0; i < p->fraction.len; i++) {
        d.mantissa = d.mantissa * 10 + (p->fraction.ptr[i] - '0');
    }

    if (p->negative) {
        d.mantissa = -d.mantissa;
    }

    return d;
}


xd_rc_t
xd_decimal_read(xd_str_t text, xd_decimal_t *out)
{
    parts_t p = split(text, '.');

    if (p.whole.len == 0 || p.whole.len > WHOLE_MAX
        || p.fraction.len > SCALE_MAX || (p.has_point && p.fraction.len == 0)
        || (p.whole.ptr[0] == '0' && p.whole.len > 1) || !all_digits(p.whole)
        || !all_digits(p.fraction))
    {
        return XD_E_SYNTAX;
    }

    *out = join(&p);

    return XD_OK;
}


xd_rc_t
xd_decimal_read_edi(xd_str_t text, bool comma, xd_decimal_t *out)
{
    bool has_comma =
        comma && text.len > 0 && memchr(text.ptr, ',', text.len) != NULL;
    parts_t p;

    if (text.len > 0 && text.ptr[0] == '+') {
        text.ptr++;
        text.len--;

        if (text.len > 0 && text.ptr[0] == '-') {
            return XD_E_SYNTAX;
        }
    }

    p = split(text, has_comma ? ',' : '.');
    if (p.whole.len + p.fraction.len == 0 || !all_digits(p.whole)
        || !all_digits(p.fraction))
    {
        return XD_E_SYNTAX;
    }

    /* Padding is no magnitude: leading zeros do not count. */
    while (p.whole.len > 0 && p.whole.ptr[0] == '0') {
        p.whole.ptr++;
        p.whole.len--;
    }

    if (p.whole.len > WHOLE_MAX || p.fraction.len > SCALE_MAX) {
        return XD_E_LIMIT;
    }

    *out = join(&p);

    return XD_OK;
}


size_t
xd_decimal_write(xd_decimal_t d, char out[XD_DECIMAL_MAX])
{
    uint64_t size =
        d.mantissa < 0 ? -(uint64_t) d.mantissa : (uint64_t) d.mantissa;
    uint64_t power = (uint64_t) powers[d.scale];
    const char *sign = d.mantissa < 0 ? "-" : "";
    int len;

    if (d.scale == 0) {
        len = snprintf(out, XD_DECIMAL_MAX, "%s%llu", sign,
            (unsigned long long) size);
    } else {
        len = snprintf(out, XD_DECIMAL_MAX, "%s%llu.%0*llu", sign,
            (unsigned long long) (size / power), (int) d.scale,
            (unsigned long long) (size % power));
    }

    return (size_t) len;
}


static wide_t
at_scale(xd_decimal_t d, uint8_t scale)
{
    return (wide_t) d.mantissa * powers[scale - d.scale];
}


xd_rc_t
xd_decimal_add(xd_decimal_t a, xd_decimal_t b, xd_decimal_t *sum)
{
    uint8_t scale = a.scale > b.scale ? a.scale : b.scale;
    wide_t total = at_scale(a, scale) + at_scale(b, scale);
    wide_t bound = (wide_t) powers[6] * powers[6] * powers[scale];

    /* 12 digits before the point, as in what may be read. */
    if (total >= bound || total <= -bound) {
        return XD_E_LIMIT;
    }

    *sum = (xd_decimal_t){ (int64_t) total, scale };

    return XD_OK;
}


int
xd_decimal_cmp(xd_decimal_t a, xd_decimal_t b)
{
    wide_t left = at_scale(a, SCALE_MAX);
    wide_t right = at_scale(b, SCALE_MAX);

    return (left > right) - (left < right);
}
