/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CONF_CALENDAR_H
#define XD_CONF_CALENDAR_H

#include "base/str.h"

/*
 * Days, weeks (from Monday on) and months of a named time zone, as numbered
 * windows: what quotas are counted by.
 */

typedef enum {
    XD_CALENDAR_NONE,
    XD_CALENDAR_DAY,
    XD_CALENDAR_WEEK,
    XD_CALENDAR_MONTH,
} xd_calendar_t;

typedef struct {
    int64_t id;    /* counts up by one from window to window */
    int64_t start; /* seconds since 1970, UTC */
    int64_t end;   /* the first second behind it */
} xd_window_t;

/*
 * xd_calendar_window - the window that an instant lies in
 *
 *   calendar  not XD_CALENDAR_NONE
 *   now       seconds since 1970, UTC; not negative
 *
 * False when the system knows no such zone; *out is that of UTC then.
 */
bool xd_calendar_window(xd_calendar_t calendar, xd_str_t zone, int64_t now,
    xd_window_t *out);

#endif
