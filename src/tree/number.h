/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_TREE_NUMBER_H
#define XD_TREE_NUMBER_H

#include "base/str.h"


/*
 * Numbers as they stand in documents, of any size and precision, without
 * floating point: 1.0, 1 and 10e-1 are one number.
 */

/* Less than 0, 0, more than 0.  A text that is no JSON number comes before
 * every number, in the order of bytes. */
int xd_number_cmp(xd_str_t a, xd_str_t b);

/* Is this text a JSON number (RFC 8259, section 6)? */
bool xd_number_valid(xd_str_t text);

/* The value of a number without fraction, "5", "5.0", "5e2"; false when it
 * has one, is none, or does not fit. */
bool xd_number_int(xd_str_t text, int64_t *out);

#endif
