/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_DIGITS_H
#define XD_CANON_DIGITS_H

#include "base/str.h"

/*
 * A JSON number of any size, exactly: rest * 10^power, where rest stands for
 * the digits without point and zeros at the end, modulo a divisor.  Equal
 * numbers give equal results.
 */
typedef struct {
    uint64_t rest;
    int64_t power; /* cut to +-10^15 */
    bool negative, zero;
} xd_digits_t;

/* text is a JSON number; modulus from 1 to 10^18. */
xd_digits_t xd_digits(xd_str_t text, uint64_t modulus);

/* Has the number no fraction? */
bool xd_digits_integer(xd_str_t text);

/* A positive decimal without exponent, at most 18 digits in all, as
 * mantissa / 10^scale. */
bool xd_digits_divisor(xd_str_t text, uint64_t *mantissa, uint32_t *scale);

/* Most bytes of a divisor that is looked at as text. */
#define XD_DIGITS_DIVISOR 400

/* Is text a multiple of a positive number of any form, at most as long as
 * that? */
bool xd_digits_multiple_of(xd_str_t text, xd_str_t divisor);

/* Is text a multiple of mantissa / 10^scale? */
bool xd_digits_multiple(xd_str_t text, uint64_t mantissa, uint32_t scale);

#endif
