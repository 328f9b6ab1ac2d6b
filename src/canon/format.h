/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_FORMAT_H
#define XD_CANON_FORMAT_H

#include "base/str.h"

/* A format that the keyword "format" asserts: a row of formats_table.c. */
typedef struct {
    const char *name;
    bool (*good)(xd_str_t text);
    uint32_t digits;  /* with a check digit at the end; 0: none */
    const char *text; /* what a value must be: "must be …" */
    bool standard;    /* a format of JSON Schema too */
} xd_format_t;

extern const xd_format_t xd_formats[]; /* ends with a NULL name */

const xd_format_t *xd_format_find(xd_str_t name);

/*
 * The check digit of digits, the last of which is the check digit itself:
 * modulo 10, weights 3 and 1 from the right.
 *
 * Standard: GS1 General Specifications, section 7.9.
 */
char xd_check_digit(xd_str_t digits);

bool xd_format_decimal(xd_str_t text);
bool xd_format_ccy(xd_str_t text);
bool xd_format_uom(xd_str_t text);
bool xd_format_gtin14(xd_str_t text);
bool xd_format_gln13(xd_str_t text);
bool xd_format_sscc18(xd_str_t text);
bool xd_format_instant(xd_str_t text);
bool xd_format_sha256(xd_str_t text);
bool xd_format_code(xd_str_t text);
bool xd_format_text(xd_str_t text);
bool xd_format_country(xd_str_t text);

/* Of the standard alone: RFC 3339, RFC 4291, RFC 6901, ECMA-262. */
bool xd_format_time(xd_str_t text);
bool xd_format_date_time(xd_str_t text);
bool xd_format_ipv4(xd_str_t text);
bool xd_format_ipv6(xd_str_t text);
bool xd_format_json_pointer(xd_str_t text);
bool xd_format_regex(xd_str_t text);

/* True for count digits and nothing else. */
bool xd_format_digits(xd_str_t text, size_t count);

#endif
