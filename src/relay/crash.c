/* SPDX-License-Identifier: BSD-2-Clause */

#include "relay/crash.h"

#include <signal.h>
#include <unistd.h>


bool
crash_read(xd_str_t text, crash_t *out)
{
    xd_str_t name = xd_str_cut(&text, ':');

    *out = (crash_t){ .point = CRASH_POINTS, .left = 1 };

    if (text.ptr != NULL && !xd_str_uint(text, UINT32_MAX, &out->left)) {
        return false;
    }

    for (int i = 0; i < CRASH_POINTS; i++) {
        if (xd_str_is(name, crash_names[i])) {
            out->point = (crash_point_t) i;
        }
    }

    if (name.len > 0 && memchr(name.ptr, '.', name.len) != NULL) {
        out->own = name;
    }

    return out->point != CRASH_POINTS || out->own.len > 0;
}


/* The nth time is counted among those of the point that was named. */
static void
passed(crash_t *crash)
{
    if (crash->left > 0 && --crash->left == 0) {
        (void) kill(getpid(), SIGKILL);
    }
}


void
crash_at(crash_t *crash, crash_point_t point)
{
    if (crash->point == point) {
        passed(crash);
    }
}


void
crash_at_own(crash_t *crash, const char *point)
{
    if (crash->own.len > 0 && xd_str_is(crash->own, point)) {
        passed(crash);
    }
}
