/* SPDX-License-Identifier: BSD-2-Clause */

#include "relay/crash.h"

#include <signal.h>
#include <unistd.h>


bool
crash_read(xd_str_t text, crash_t *out)
{
    xd_str_t name = xd_str_cut(&text, ':');

    *out = (crash_t){ CRASH_POINTS, 1 };

    if (text.ptr != NULL && !xd_str_uint(text, UINT32_MAX, &out->left)) {
        return false;
    }

    for (int i = 0; i < CRASH_POINTS; i++) {
        if (xd_str_is(name, crash_names[i])) {
            out->point = (crash_point_t) i;
        }
    }

    return out->point != CRASH_POINTS;
}


void
crash_at(crash_t *crash, crash_point_t point)
{
    if (crash->point == point && crash->left > 0 && --crash->left == 0) {
        (void) kill(getpid(), SIGKILL);
    }
}
