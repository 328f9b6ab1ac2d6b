/* SPDX-License-Identifier: BSD-2-Clause */

#include "canon/digits.h"


#define POWER_MAX      INT64_C(1000000000000000)
#define DIVISOR_DIGITS 18

__extension__ typedef unsigned __int128 wide_t;


static uint64_t
times(uint64_t a, uint64_t b, uint64_t modulus)
{
    return (uint64_t) ((wide_t) a * b % modulus);
}


/* 10^power modulo. */
static uint64_t
power_of_ten(uint64_t power, uint64_t modulus)
{
    uint64_t result = 1 % modulus;
    uint64_t square = 10 % modulus;

    for (; power > 0; power /= 2) {
        if (power % 2 == 1) {
            result = times(result, square, modulus);
        }
        square = times(square, square, modulus);
    }

    return result;
}


/* What stands behind the e of a number. */
static int64_t
exponent(xd_str_t text)
{
    bool negative = text.len > 0 && text.ptr[0] == '-';
    int64_t value = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9' && value < POWER_MAX) {
            value = value * 10 + (text.ptr[i] - '0');
        }
    }

    return negative ? -value : value;
}


xd_digits_t
xd_digits(xd_str_t text, uint64_t modulus)
{
    xd_digits_t d = { .negative = text.len > 0 && text.ptr[0] == '-',
        .zero = true };
    uint64_t zeros = 0; /* seen, but perhaps at the end */
    bool fraction = false;

    for (size_t i = d.negative; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == 'e' || c == 'E') {
            d.power +=
                exponent((xd_str_t){ text.ptr + i + 1, text.len - i - 1 });
            break;
        }

        if (c == '.') {
            fraction = true;
            continue;
        }

        d.power -= fraction;
        if (c == '0') {
            zeros += !d.zero;
            continue;
        }

        d.rest = times(d.rest, power_of_ten(zeros + 1, modulus), modulus);
        d.rest = (d.rest + (uint64_t) (c - '0')) % modulus;
        d.zero = false;
        zeros = 0;
    }

    d.power += (int64_t) zeros;
    if (d.zero) {
        d.power = 0;
        d.negative = false;
    }

    return d;
}


bool
xd_digits_integer(xd_str_t text)
{
    return xd_digits(text, 1).power >= 0;
}


bool
xd_digits_divisor(xd_str_t text, uint64_t *mantissa, uint32_t *scale)
{
    bool fraction = false;
    size_t digits = 0;

    *mantissa = 0;
    *scale = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '.') {
            fraction = true;
            continue;
        }

        if (text.ptr[i] < '0' || text.ptr[i] > '9' || ++digits > DIVISOR_DIGITS)
        {
            return false;
        }

        *mantissa = *mantissa * 10 + (uint64_t) (text.ptr[i] - '0');
        *scale += fraction;
    }

    return *mantissa > 0;
}


/*
 * V * 10^p is a multiple of M / 10^s just when V * 10^(p+s) is a whole
 * multiple of M.  V does not end in 0, so below zero it never is.
 */
bool
xd_digits_multiple(xd_str_t text, uint64_t mantissa, uint32_t scale)
{
    xd_digits_t d = xd_digits(text, mantissa);
    int64_t power = d.power + (int64_t) scale;

    if (d.zero) {
        return true;
    }

    return power >= 0
           && times(d.rest, power_of_ten((uint64_t) power, mantissa), mantissa)
                  == 0;
}
