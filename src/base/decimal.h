/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BASE_DECIMAL_H
#define XD_BASE_DECIMAL_H

#include "base/arena.h"


/* Money and quantity: value = mantissa / 10^scale; no floating point. */
typedef struct {
    int64_t mantissa;
    uint8_t scale; /* 0..6 */
} xd_decimal_t;

#define XD_DECIMAL_MAX 32 /* bytes of the longest text */

/*
 * xd_decimal_read - "-19.90" as it stands in canonical documents
 *
 * Grammar: -?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?
 * Returns XD_OK; XD_E_SYNTAX when the text is no such number.
 */
XD_CHECKED xd_rc_t xd_decimal_read(xd_str_t text, xd_decimal_t *out);

/*
 * xd_decimal_read_edi - an X12 R or EDIFACT n value: also "+5", ".5", "007",
 * "5.", and a decimal comma when comma is true
 *
 * Returns XD_OK; XD_E_SYNTAX; XD_E_LIMIT when it has more than 12 digits
 * before (leading zeros are padding, not counted) or 6 after the point.
 */
XD_CHECKED xd_rc_t xd_decimal_read_edi(xd_str_t text, bool comma,
    xd_decimal_t *out);

/* Writes the canonical text, the scale kept; returns its length. */
size_t xd_decimal_write(xd_decimal_t d, char out[XD_DECIMAL_MAX]);

/* XD_E_LIMIT when the sum does not fit; the larger scale is kept. */
XD_CHECKED xd_rc_t xd_decimal_add(xd_decimal_t a, xd_decimal_t b,
    xd_decimal_t *sum);

/* Less than 0, 0, more than 0. */
int xd_decimal_cmp(xd_decimal_t a, xd_decimal_t b);

#endif
