/* SPDX-License-Identifier: BSD-2-Clause */

#include "canon/codes.h"


#define USUAL_DIGITS 2


/* Asked for every amount: most currencies are told by their first letter. */
int
xd_codes_digits(xd_str_t ccy)
{
    if (ccy.len != 3) {
        return USUAL_DIGITS;
    }

    for (const xd_minor_t *m = xd_codes_minor; m->ccy[0] != '\0'; m++) {
        if (m->ccy[0] == ccy.ptr[0] && memcmp(m->ccy, ccy.ptr, 3) == 0) {
            return m->digits;
        }
    }

    return USUAL_DIGITS;
}
