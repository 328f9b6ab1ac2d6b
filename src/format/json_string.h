/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FORMAT_JSON_STRING_H
#define XD_FORMAT_JSON_STRING_H

#include "base/arena.h"
#include "format/json_fault.h"


/*
 * xd_json_string_read - one string with its quotes
 *
 *   at    in: the opening quote; out: behind the closing one, or the fault
 *   out   a slice of the input; a copy in arena when escapes were decoded
 *   what  which fault
 *
 * Returns XD_OK, XD_E_SYNTAX or XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_json_string_read(xd_arena_t *arena, const char **at,
    const char *end, xd_str_t *out, xd_json_fault_t *what);

#endif
