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


/* -- divisors of any size ------------------------------------------------ */


#define LIMB  UINT64_C(1000000000)
#define LIMBS (XD_DIGITS_DIVISOR / 9 + 2)

/* A whole number in limbs of nine digits, the lowest first. */
typedef struct {
    uint32_t limb[LIMBS];
    size_t count;
} whole_t;


/* n = n * 10 + digit. */
static void
push_digit(whole_t *n, unsigned digit)
{
    uint64_t carry = digit;

    for (size_t i = 0; i < n->count; i++) {
        uint64_t value = (uint64_t) n->limb[i] * 10 + carry;

        n->limb[i] = (uint32_t) (value % LIMB);
        carry = value / LIMB;
    }

    if (carry > 0) {
        n->limb[n->count++] = (uint32_t) carry;
    }
}


static bool
at_least(const whole_t *a, const whole_t *b)
{
    if (a->count != b->count) {
        return a->count > b->count;
    }

    for (size_t i = a->count; i-- > 0;) {
        if (a->limb[i] != b->limb[i]) {
            return a->limb[i] > b->limb[i];
        }
    }

    return true;
}


/* a = a - b, where a is not less. */
static void
subtract(whole_t *a, const whole_t *b)
{
    uint32_t borrow = 0;

    for (size_t i = 0; i < a->count; i++) {
        uint32_t take = (i < b->count ? b->limb[i] : 0) + borrow;

        borrow = a->limb[i] < take;
        a->limb[i] += (borrow ? (uint32_t) LIMB : 0) - take;
    }

    while (a->count > 0 && a->limb[a->count - 1] == 0) {
        a->count--;
    }
}


/* One more digit of what is divided: at most nine subtractions. */
static void
divide_digit(whole_t *rest, const whole_t *by, unsigned digit)
{
    push_digit(rest, digit);

    while (at_least(rest, by)) {
        subtract(rest, by);
    }
}


/* The digits of a number but the zeros at its end, into whole, modulo by. */
static void
take_digits(xd_str_t text, whole_t *whole, const whole_t *by)
{
    size_t zeros = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == 'e' || c == 'E') {
            break;
        }

        if (c == '0') {
            zeros++;

        } else if (c >= '1' && c <= '9') {
            for (; zeros > 0; zeros--) {
                by == NULL ? push_digit(whole, 0) : divide_digit(whole, by, 0);
            }
            by == NULL ? push_digit(whole, (unsigned) (c - '0'))
                       : divide_digit(whole, by, (unsigned) (c - '0'));
        }
    }
}


/*
 * V * 10^p against M * 10^q, neither V nor M ending in 0: never when p < q.
 * Of the tens that are left more than four for each digit of M change
 * nothing: they give every 2 and 5 that M can have.
 */
bool
xd_digits_multiple_of(xd_str_t text, xd_str_t divisor)
{
    xd_digits_t value = xd_digits(text, 1);
    int64_t tens = value.power - xd_digits(divisor, 1).power;
    whole_t by = { .count = 0 };
    whole_t rest = { .count = 0 };

    if (value.zero) {
        return true;
    }

    if (tens < 0) {
        return false;
    }

    take_digits(divisor, &by, NULL);
    take_digits(text, &rest, &by);
    if (tens > 4 * XD_DIGITS_DIVISOR) {
        tens = 4 * XD_DIGITS_DIVISOR;
    }

    for (; tens > 0 && rest.count > 0; tens--) {
        divide_digit(&rest, &by, 0);
    }

    return rest.count == 0;
}
