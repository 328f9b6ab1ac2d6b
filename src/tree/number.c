/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A number is cut down to what carries its value: sign, the digits between
 * the first and the last that are not 0, and the place of the first.
 */

#include "tree/number.h"


/* Beyond this an exponent is only "huge": texts decide then. */
#define EXPONENT_MAX INT64_C(1000000000000000)

typedef struct {
    int sign;          /* -1, 0, 1 */
    int64_t magnitude; /* the value is 0.digits * 10^magnitude */
    xd_str_t digits;   /* may have the point among them */
} number_t;


static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}


static size_t
digits_at(xd_str_t s)
{
    size_t n = 0;

    while (n < s.len && is_digit(s.ptr[n])) {
        n++;
    }

    return n;
}


static xd_str_t
from(xd_str_t s, size_t n)
{
    return (xd_str_t){ s.ptr + n, s.len - n };
}


/* "e-12" or nothing, to the end of the text. */
static bool
read_exponent(xd_str_t s, int64_t *out)
{
    bool negative;
    uint64_t value;

    *out = 0;
    if (s.len == 0) {
        return true;
    }

    if (s.ptr[0] != 'e' && s.ptr[0] != 'E') {
        return false;
    }

    s = from(s, 1);
    negative = s.len > 0 && s.ptr[0] == '-';
    if (s.len > 0 && (s.ptr[0] == '-' || s.ptr[0] == '+')) {
        s = from(s, 1);
    }

    if (s.len == 0 || digits_at(s) != s.len) {
        return false;
    }

    if (!xd_str_uint(s, EXPONENT_MAX, &value)) {
        value = 2 * EXPONENT_MAX;
    }

    *out = negative ? -(int64_t) value : (int64_t) value;

    return true;
}


/* Cuts zeros and the point off both ends of the digits: what is left is the
 * same for 1, 1.0 and 10e-1.  A zero has no sign. */
static void
normalize(number_t *n, size_t whole)
{
    xd_str_t d = n->digits;

    n->magnitude += (int64_t) whole;

    while (d.len > 0 && (d.ptr[0] == '0' || d.ptr[0] == '.')) {
        n->magnitude -= d.ptr[0] == '0';
        d = from(d, 1);
    }

    while (d.len > 0 && (d.ptr[d.len - 1] == '0' || d.ptr[d.len - 1] == '.')) {
        d.len--;
    }

    if (d.len == 0) {
        n->sign = 0;
        n->magnitude = 0;
    }

    n->digits = d;
}


static bool
read_number(xd_str_t text, number_t *n)
{
    bool negative = text.len > 0 && text.ptr[0] == '-';
    xd_str_t s = from(text, negative);
    size_t whole = digits_at(s), fraction = 0, len = whole;

    if (whole == 0) {
        return false;
    }

    if (len < s.len && s.ptr[len] == '.') {
        fraction = digits_at(from(s, len + 1));
        len += 1 + fraction;

        if (fraction == 0) {
            return false;
        }
    }

    if (!read_exponent(from(s, len), &n->magnitude)) {
        return false;
    }

    n->sign = negative ? -1 : 1;
    n->digits = (xd_str_t){ s.ptr, len };
    normalize(n, whole);

    return true;
}


bool
xd_number_valid(xd_str_t text)
{
    bool negative = text.len > 0 && text.ptr[0] == '-';
    xd_str_t s = from(text, negative);
    number_t n;

    return read_number(text, &n) && (s.ptr[0] != '0' || digits_at(s) == 1);
}


/* The next digit, '0' behind the last; steps over the point. */
static char
next_digit(xd_str_t *d)
{
    char digit;

    if (d->len > 0 && d->ptr[0] == '.') {
        *d = from(*d, 1);
    }

    if (d->len == 0) {
        return '0';
    }

    digit = d->ptr[0];
    *d = from(*d, 1);

    return digit;
}


/* By distance from zero: the longer way before the point first, then digit
 * by digit, as if both stood behind "0.". */
static int
cmp_size(const number_t *a, const number_t *b)
{
    xd_str_t left = a->digits, right = b->digits;

    if (a->magnitude != b->magnitude) {
        return a->magnitude < b->magnitude ? -1 : 1;
    }

    while (left.len > 0 || right.len > 0) {
        int order = next_digit(&left) - next_digit(&right);

        if (order != 0) {
            return order;
        }
    }

    return 0;
}


static bool
is_huge(const number_t *n)
{
    return n->magnitude >= EXPONENT_MAX || n->magnitude <= -EXPONENT_MAX;
}


int
xd_number_cmp(xd_str_t a, xd_str_t b)
{
    number_t left, right;
    bool left_is = read_number(a, &left), right_is = read_number(b, &right);
    int order;

    if (!left_is || !right_is) {
        return left_is != right_is ? left_is - right_is : xd_str_cmp(a, b);
    }

    if (left.sign != right.sign) {
        return left.sign - right.sign;
    }

    /* Of two below zero the one that is further away is less. */
    order = left.sign * cmp_size(&left, &right);

    return order == 0 && is_huge(&left) ? xd_str_cmp(a, b) : order;
}


bool
xd_number_int(xd_str_t text, int64_t *out)
{
    number_t n;
    int64_t value = 0;

    if (!read_number(text, &n) || n.magnitude < 0 || n.magnitude > 19) {
        return false;
    }

    for (int64_t i = 0; i < n.magnitude; i++) {
        int digit = next_digit(&n.digits) - '0';

        /* Built on the side of its sign: -2^63 has no positive twin. */
        if (__builtin_mul_overflow(value, 10, &value)
            || __builtin_add_overflow(value, n.sign * digit, &value))
        {
            return false;
        }
    }

    *out = value;

    return n.digits.len == 0;
}
