/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BASE_CLOCK_H
#define XD_BASE_CLOCK_H

#include "base/str.h"

#define XD_INSTANT_LEN 24 /* 2026-05-14T09:31:22.412Z */

/* Milliseconds since 1970, UTC. */
int64_t xd_now_ms(void);

/* Milliseconds of a clock that never jumps; for timers and deadlines. */
int64_t xd_mono_ms(void);

/* RFC 3339 in UTC with milliseconds; NUL-terminated. */
void xd_instant_write(int64_t ms, char out[XD_INSTANT_LEN + 1]);

/* Reads RFC 3339 with Z or an offset and up to 9 fraction digits (cut to
 * ms); false when it is none, or no day of the calendar. */
bool xd_instant_read(xd_str_t text, int64_t *ms);

/* True for YYYY-MM-DD that is a day of the calendar. */
bool xd_date_valid(xd_str_t text);

/* Reads an instant, or a day, which begins at midnight in UTC. */
bool xd_day_read(xd_str_t text, int64_t *ms);

#endif
