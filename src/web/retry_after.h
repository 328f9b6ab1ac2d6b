/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_WEB_RETRY_AFTER_H
#define XD_WEB_RETRY_AFTER_H

#include "base/str.h"

#define XD_RETRY_AFTER_MAX_MS (INT64_C(24) * 3600 * 1000)

/*
 * xd_retry_after - the pause that a Retry-After field asks for
 *
 *   value   seconds, or an HTTP-date
 *   now_ms  xd_now_ms()
 *
 * Returns milliseconds, at most a day; 0 for a date that is past; -1 when the
 * value is neither.
 *
 * Standard: RFC 9110 sections 10.2.3 and 5.6.7.
 */
int64_t xd_retry_after(xd_str_t value, int64_t now_ms);

#endif
