/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A value that cannot be read is no pause at all, never one of zero: a system
 * that is asked again at once, because its field was misspelt, is not helped.
 */

#include "web/retry_after.h"

#include <curl/curl.h>


static int64_t
at_most_a_day(int64_t ms)
{
    return ms > XD_RETRY_AFTER_MAX_MS ? XD_RETRY_AFTER_MAX_MS : ms;
}


/* All three forms of an HTTP-date begin with the name of a day, and
 * curl_getdate would take much more for a date. */
static bool
looks_like_date(xd_str_t s)
{
    return s.len >= 24 && s.len < 64
           && ((s.ptr[0] >= 'A' && s.ptr[0] <= 'Z')
               || (s.ptr[0] >= 'a' && s.ptr[0] <= 'z'));
}


static int64_t
date_ms(xd_str_t s)
{
    char text[64];
    time_t when;

    if (!looks_like_date(s)) {
        return -1;
    }

    memcpy(text, s.ptr, s.len);
    text[s.len] = '\0';
    when = curl_getdate(text, NULL);

    /* A year of many digits is read as far beyond what milliseconds hold. */
    if (when < 0 || when > INT64_MAX / 1000) {
        return -1;
    }

    return (int64_t) when * 1000;
}


int64_t
xd_retry_after(xd_str_t value, int64_t now_ms)
{
    xd_str_t s = xd_str_trim(value);
    uint64_t seconds;
    int64_t when;

    if (xd_str_uint(s, UINT32_MAX, &seconds)) {
        return at_most_a_day((int64_t) seconds * 1000);
    }

    when = date_ms(s);
    if (when < 0) {
        return -1;
    }

    return when <= now_ms ? 0 : at_most_a_day(when - now_ms);
}
