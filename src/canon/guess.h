/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_GUESS_H
#define XD_CANON_GUESS_H

#include "base/str.h"

/* "Did you mean": the nearest of several names, when one is near enough. */
typedef struct {
    xd_str_t asked;
    xd_str_t best; /* ptr NULL: none so far */
    size_t distance;
} xd_guess_t;

/* Begins a guess; a third of the letters may differ, and one more. */
static inline xd_guess_t
xd_guess(xd_str_t asked)
{
    return (xd_guess_t){ asked, XD_STR_NONE, asked.len / 3 + 2 };
}

/* Offers a name; slices must outlive the guess. */
void xd_guess_try(xd_guess_t *guess, xd_str_t name);

#endif
