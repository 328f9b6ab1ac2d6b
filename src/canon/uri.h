/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_URI_H
#define XD_CANON_URI_H

#include "base/arena.h"

/*
 * xd_uri_resolve - a reference against its base, as one URI
 *
 *   base  absolute, or empty
 *   ref   as written; its fragment is kept
 *
 * Returns .ptr NULL when the arena is full.
 *
 * Standard: RFC 3986, section 5.2.
 */
xd_str_t xd_uri_resolve(xd_arena_t *arena, xd_str_t base, xd_str_t ref);

/* Without percent-escapes; a wrong escape stays as it is.  .ptr NULL when the
 * arena is full. */
xd_str_t xd_uri_decode(xd_arena_t *arena, xd_str_t text);

#endif
