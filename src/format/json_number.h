/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FORMAT_JSON_NUMBER_H
#define XD_FORMAT_JSON_NUMBER_H

#include "base/str.h"

#define XD_JSON_NUMBER_MAX 32

/*
 * xd_json_number_canonical - a number as ECMAScript prints its double
 *
 *   text  NUL-terminated JSON number
 *
 * Returns the length written; 0 when the number is too large for a double.
 *
 * Standard: RFC 8785 section 3.2.2.3; ECMA-262, Number::toString.
 */
size_t xd_json_number_canonical(const char *text, char out[XD_JSON_NUMBER_MAX]);

#endif
