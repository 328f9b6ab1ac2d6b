/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BASE_BASE64_H
#define XD_BASE_BASE64_H

#include "base/buf.h"

/* Bytes as text, RFC 4648: section 4 with its padding, or section 5 (for
 * URLs and tokens), which never has any. */
typedef enum { XD_BASE64, XD_BASE64URL } xd_base64_t;

void xd_base64_write(xd_buf_t *out, xd_str_t bytes, xd_base64_t form);

/*
 * xd_base64_read - the bytes of a text that is exactly what a writer makes
 *
 *   out  in arena; never NULL, also when there are no bytes
 *
 * One value has one text: anything that xd_base64_write would not write is
 * refused (blanks, missing or needless padding, bits behind the last byte).
 * Returns XD_OK, XD_E_SYNTAX or XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_base64_read(xd_arena_t *arena, xd_str_t text,
    xd_base64_t form, xd_str_t *out);

#endif
