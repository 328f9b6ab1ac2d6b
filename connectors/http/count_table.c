/* SPDX-License-Identifier: BSD-2-Clause */

/* What xd-http counts.  Hand-set: clang-format leaves *_table.c alone. */

#include "http.h"


const xd_family_t http_requests_total = { "xd_http_requests_total",
    "Requests to systems and partners, by what came of them.", XD_COUNTER,
    { "system", "outcome" } };

const xd_family_t http_request_seconds = { "xd_http_request_seconds",
    "Time from sending to the answer, or to giving up.", XD_HISTOGRAM,
    { "system" } };

const xd_family_t http_breaker_open = { "xd_http_breaker_open",
    "1 while a system counts as down or asked for a pause.", XD_GAUGE,
    { "system" } };

const xd_family_t http_under_way = { "xd_http_under_way",
    "Requests that wait for their answer.", XD_GAUGE, { "system" } };
