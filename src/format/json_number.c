/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The one place where a number becomes a double: RFC 8785 asks for it.  The C
 * library prints a correctly rounded decimal of any length, so the shortest
 * one that reads back as the same double is searched from short to long.
 * Both calls know the decimal point of the "C" locale only, which is the one
 * that every program of ours runs in.
 */

#include "format/json_number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>


#define DIGITS 17 /* always enough for a double */

/* 0.d1d2d3... * 10^point */
typedef struct {
    char digits[DIGITS + 1];
    int count;
    int point;
} shortest_t;


/* Takes apart what "%.*e" wrote: d.ddde+xx. */
static void
take_apart(const char *text, shortest_t *s)
{
    const char *e = strchr(text, 'e');

    s->count = 0;
    for (const char *p = text; p < e; p++) {
        if (*p != '.') {
            s->digits[s->count++] = *p;
        }
    }

    while (s->count > 1 && s->digits[s->count - 1] == '0') {
        s->count--;
    }

    s->point = (int) strtol(e + 1, NULL, 10) + 1;
}


/* Adds one to the last digit: "1.99e+05" to "2.00e+05"; false for all nines,
 * which a shorter try has covered. */
static bool
next_up(char *text)
{
    for (char *p = strchr(text, 'e') - 1; p >= text; p--) {
        if (*p == '.') {
            continue;
        }
        if (*p != '9') {
            (*p)++;
            return true;
        }
        *p = '0';
    }

    return false;
}


/* The shortest decimal of a positive double. */
static void
find_shortest(double value, shortest_t *s)
{
    char text[XD_JSON_NUMBER_MAX];

    for (int places = 0; places < DIGITS; places++) {
        (void) snprintf(text, sizeof(text), "%.*e", places, value);
        if (strtod(text, NULL) == value) {
            break;
        }

        /* Above a power of two doubles are twice as wide apart as below it,
         * so the farther neighbour may read back when the nearer does not. */
        if (next_up(text) && strtod(text, NULL) == value) {
            break;
        }
    }

    take_apart(text, s);
}


static size_t
put_zeros(char *out, int count)
{
    memset(out, '0', (size_t) count);

    return (size_t) count;
}


static size_t
put_digits(char *out, const shortest_t *s, int from, int to)
{
    memcpy(out, s->digits + from, (size_t) (to - from));

    return (size_t) (to - from);
}


/* 1e+21, 1.5e-7 */
static size_t
put_exponent(char *out, const shortest_t *s)
{
    size_t n = put_digits(out, s, 0, 1);

    if (s->count > 1) {
        out[n++] = '.';
        n += put_digits(out + n, s, 1, s->count);
    }

    n += (size_t) snprintf(out + n, 8, "e%+d", s->point - 1);

    return n;
}


static size_t
put_plain(char *out, const shortest_t *s)
{
    size_t n = 0;

    if (s->point >= s->count) {
        n += put_digits(out, s, 0, s->count);
        return n + put_zeros(out + n, s->point - s->count);
    }

    if (s->point > 0) {
        n += put_digits(out, s, 0, s->point);
        out[n++] = '.';
        return n + put_digits(out + n, s, s->point, s->count);
    }

    out[n++] = '0';
    out[n++] = '.';
    n += put_zeros(out + n, -s->point);

    return n + put_digits(out + n, s, 0, s->count);
}


size_t
xd_json_number_canonical(const char *text, char out[XD_JSON_NUMBER_MAX])
{
    double value = strtod(text, NULL);
    size_t n = 0;
    shortest_t s;

    if (!isfinite(value)) {
        return 0;
    }

    /* Minus zero too. */
    if (value == 0) {
        out[0] = '0';
        return 1;
    }

    if (value < 0) {
        out[n++] = '-';
        value = -value;
    }

    find_shortest(value, &s);

    return n
           + (s.point > -6 && s.point <= 21 ? put_plain(out + n, &s)
                                            : put_exponent(out + n, &s));
}
