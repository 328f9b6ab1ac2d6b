/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_CODES_H
#define XD_CANON_CODES_H

#include "base/str.h"

/* Codes of one width without gaps, sorted. */
typedef struct {
    size_t width, count;
    const char *codes;
} xd_codes_t;

extern const xd_codes_t xd_codes_country;  /* ISO 3166-1 alpha-2 */
extern const xd_codes_t xd_codes_currency; /* ISO 4217 */

bool xd_codes_have(const xd_codes_t *list, xd_str_t code);

/* Currencies whose amounts have other than two digits behind the point. */
typedef struct {
    char ccy[4];
    int digits;
} xd_minor_t;

extern const xd_minor_t xd_codes_minor[]; /* sorted; ends with an empty ccy */

/* Digits behind the point of a currency: 2 for EUR, 0 for JPY, 3 for KWD. */
int xd_codes_digits(xd_str_t ccy);

#endif
