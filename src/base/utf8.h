/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BASE_UTF8_H
#define XD_BASE_UTF8_H

#include "base/str.h"

/* Length of the longest prefix that is well-formed UTF-8 (RFC 3629: no
 * surrogates, nothing overlong, nothing above U+10FFFF). */
size_t xd_utf8_valid(xd_str_t s);

/* Writes cp (a scalar value); returns 1 to 4 bytes. */
size_t xd_utf8_write(uint32_t cp, char out[4]);

/* Code points in well-formed s: what JSON Schema counts as length. */
size_t xd_utf8_count(xd_str_t s);

#endif
