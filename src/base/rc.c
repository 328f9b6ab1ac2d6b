/* SPDX-License-Identifier: BSD-2-Clause */

#include "base/rc.h"

#include <stddef.h>


/* By the negated code: a new code is one row here and one in rc.h. */
static const char *const texts[] = {
    [-XD_OK] = "no fault",
    [-XD_E_MEMORY] = "memory limit reached",
    [-XD_E_SYNTAX] = "input is wrong",
    [-XD_E_LINK] = "peer is gone",
    [-XD_E_AGAIN] = "not possible now",
    [-XD_E_LIMIT] = "limit reached",
    [-XD_E_NOT_FOUND] = "not found",
    [-XD_E_CONFLICT] = "same id with another content",
    [-XD_E_IO] = "file or socket call failed",
    [-XD_E_STORE] = "database failed",
    [-XD_E_CONF] = "configuration is wrong",
};


const char *
xd_rc_text(xd_rc_t rc)
{
    size_t n = (size_t) - (long) rc;

    return n < sizeof(texts) / sizeof(texts[0]) ? texts[n] : "unknown fault";
}
