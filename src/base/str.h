/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BASE_STR_H
#define XD_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>


/* A slice of bytes owned by somebody else; never NUL-terminated. */
typedef struct {
    const char *ptr;
    size_t len;
} xd_str_t;

#define XD_STR(literal) ((xd_str_t){ (literal), sizeof(literal) - 1 })
#define XD_STR_NONE     ((xd_str_t){ NULL, 0 })

/* For printf: printf("%.*s", XD_FMT(s)). */
#define XD_FMT(s) (int) (s).len, (s).ptr


static inline xd_str_t
xd_str(const char *text)
{
    return (xd_str_t){ text, text == NULL ? 0 : strlen(text) };
}


static inline bool
xd_str_eq(xd_str_t a, xd_str_t b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}


static inline bool
xd_str_is(xd_str_t a, const char *text)
{
    return xd_str_eq(a, xd_str(text));
}


/* Order of bytes, as memcmp; a shorter prefix comes first. */
int xd_str_cmp(xd_str_t a, xd_str_t b);

bool xd_str_starts(xd_str_t s, xd_str_t prefix);

/* Without blanks, tabs and line ends at both ends. */
xd_str_t xd_str_trim(xd_str_t s);

/*
 * xd_str_cut - take what stands before the next separator
 *
 *   rest  in: what is left; out: what stands behind the separator
 *   sep   one byte
 *
 * Returns the part before it, or all of rest when there is no separator
 * left (rest->ptr is then NULL).
 */
xd_str_t xd_str_cut(xd_str_t *rest, char sep);

/* A decimal number of digits only, at most max; false otherwise. */
bool xd_str_uint(xd_str_t s, uint64_t max, uint64_t *out);

#endif
