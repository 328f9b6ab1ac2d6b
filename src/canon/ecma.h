/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_ECMA_H
#define XD_CANON_ECMA_H

#include "base/buf.h"

/*
 * xd_ecma_translate - a pattern of ECMA-262 in the words of PCRE2
 *
 *   out  gains the pattern; look at xd_buf_rc(out)
 *
 * Classes mean what they mean there (\d and \w are ASCII, \s is not, a point
 * takes no line end); what only Perl knows is refused.  Returns NULL, or why
 * it is refused.
 *
 * Standard: ECMA-262, section 22.2.1, with the flag u, lenient on
 * escapes that are not needed.
 */
const char *xd_ecma_translate(xd_str_t pattern, xd_buf_t *out);

#endif
