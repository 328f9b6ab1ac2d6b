/* SPDX-License-Identifier: BSD-2-Clause */

/* The formats that are asserted.  Hand-set. */

#include "canon/format.h"

#include "base/clock.h"
#include "base/id.h"


const xd_format_t xd_formats[] = {
    /* name       good               check digit  a value must be … */
    { "decimal",  xd_format_decimal,  0,
      "a decimal number as text, such as \"19.90\": up to 12 digits before and "
      "6 after the point", false },
    { "ccy",      xd_format_ccy,      0,
      "a currency code of ISO 4217, such as EUR", false },
    { "uom",      xd_format_uom,      0,
      "a unit code of UN/ECE Recommendation 20 or 21, such as EA, KGM or XCT", false },
    { "gtin14",   xd_format_gtin14,   14,
      "a GTIN of 14 digits; fill a shorter one up with zeros in front", false },
    { "gln13",    xd_format_gln13,    13,
      "a GLN of 13 digits", false },
    { "sscc18",   xd_format_sscc18,   18,
      "an SSCC of 18 digits, without the (00) in front", false },
    { "instant",  xd_format_instant,  0,
      "a point in time in UTC, such as 2026-05-14T09:31:22Z, with milliseconds "
      "at most", false },
    { "date",     xd_date_valid,      0,
      "a day of the calendar, such as 2026-05-14", true },
    { "uuid",     xd_uuid_valid,      0,
      "a UUID, such as 0193f5c2-7b1e-7c3a-9a55-0d6f1c2b3a44", true },
    { "sha256",   xd_format_sha256,   0,
      "a SHA-256 hash: 64 hex digits in lower case", false },
    { "code",     xd_format_code,     0,
      "a code: 1 to 40 capital letters, digits, \"_\", \".\" or \"-\"", false },
    { "text",     xd_format_text,     0,
      "a text of one line: at most 512 characters, no control characters", false },
    { "country",  xd_format_country,  0,
      "a country code of ISO 3166, such as DE", false },

    { "date-time",    xd_format_date_time,    0,
      "a point in time, such as 2026-05-14T09:31:22.5+02:00", true },
    { "time",         xd_format_time,         0,
      "a time of the day with its offset, such as 09:31:22Z", true },
    { "ipv4",         xd_format_ipv4,         0,
      "an IPv4 address, such as 192.0.2.1", true },
    { "ipv6",         xd_format_ipv6,         0,
      "an IPv6 address, such as 2001:db8::1", true },
    { "json-pointer", xd_format_json_pointer, 0,
      "a JSON Pointer, such as /lines/0", true },
    { "regex",        xd_format_regex,        0,
      "a regular expression of ECMA-262", true },
    { 0 }
};
