/* SPDX-License-Identifier: BSD-2-Clause */

#include "canon/guess.h"


/* Longer names are not compared: who mistypes them sees it. */
#define LETTERS 40


static char
lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
}


static size_t
least(size_t a, size_t b)
{
    return a < b ? a : b;
}


/* One row of the table of distances (optimal string alignment): letters
 * added, left out, changed, or swapped with their neighbour; case is free. */
static void
next_row(size_t rows[3][LETTERS + 1], xd_str_t a, xd_str_t b, size_t i)
{
    size_t *row = rows[i % 3];
    const size_t *above = rows[(i + 2) % 3];
    const size_t *twice = rows[(i + 1) % 3];
    char now = lower(a.ptr[i - 1]);

    row[0] = i;

    for (size_t j = 1; j <= b.len; j++) {
        bool same = now == lower(b.ptr[j - 1]);

        row[j] = least(above[j], row[j - 1]) + 1;
        row[j] = least(row[j], above[j - 1] + !same);

        if (i > 1 && j > 1 && now == lower(b.ptr[j - 2])
            && lower(a.ptr[i - 2]) == lower(b.ptr[j - 1]))
        {
            row[j] = least(row[j], twice[j - 2] + 1);
        }
    }
}


static size_t
distance(xd_str_t a, xd_str_t b)
{
    size_t rows[3][LETTERS + 1];

    for (size_t j = 0; j <= b.len; j++) {
        rows[0][j] = j;
    }

    for (size_t i = 1; i <= a.len; i++) {
        next_row(rows, a, b, i);
    }

    return rows[a.len % 3][b.len];
}


void
xd_guess_try(xd_guess_t *guess, xd_str_t name)
{
    size_t d;

    if (name.len > LETTERS || guess->asked.len > LETTERS) {
        return;
    }

    /* The first of equals stays; a name without a letter in common is none. */
    d = distance(guess->asked, name);
    if (d < guess->distance && d < name.len) {
        guess->best = name;
        guess->distance = d;
    }
}
