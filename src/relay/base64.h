/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_RELAY_BASE64_H
#define XD_RELAY_BASE64_H

#include "base/buf.h"

/* Bytes inside JSON, for cases.  Standard: RFC 4648 section 4, padded. */

void base64_write(xd_buf_t *out, xd_str_t bytes);

/* XD_OK; XD_E_SYNTAX for anything but whole groups of four with padding at
 * the end only; XD_E_MEMORY. */
XD_CHECKED xd_rc_t base64_read(xd_arena_t *arena, xd_str_t text, xd_str_t *out);

#endif
