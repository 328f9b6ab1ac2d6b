/* SPDX-License-Identifier: BSD-2-Clause */

/* int(), string(), … : what cannot be said in the other type is an error. */

#include "cel/room.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"


static xd_cel_value_t
range(cel_run_t *run, const char *to)
{
    return cel_error(run, "range error: it does not fit in %s", to);
}


static xd_cel_value_t
unreadable(cel_run_t *run, xd_str_t s, const char *to)
{
    return cel_error(run, "Type conversion error: \"%.*s\" is no %s",
        s.len > 60 ? 60 : (int) s.len, s.ptr, to);
}


static xd_cel_value_t
text_to_int(cel_run_t *run, xd_str_t s)
{
    bool negative = s.len > 0 && s.ptr[0] == '-';
    xd_str_t digits = s;
    uint64_t n;

    if (s.len > 1 && (s.ptr[0] == '-' || s.ptr[0] == '+')) {
        digits = (xd_str_t){ s.ptr + 1, s.len - 1 };
    }

    if (!xd_str_uint(digits, (uint64_t) INT64_MAX + (negative ? 1 : 0), &n)) {
        return unreadable(run, s, "int");
    }

    return cel_int(negative ? (int64_t) (0 - n) : (int64_t) n);
}


xd_cel_value_t
cel_fn_to_int(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    const xd_cel_value_t *v = &args[0];

    (void) row;

    switch (v->kind) {
    case XD_CEL_UINT:
        return v->as.natural <= INT64_MAX ? cel_int((int64_t) v->as.natural)
                                          : range(run, "an int");
    case XD_CEL_DOUBLE: /* the ends are no doubles: their neighbours are out */
        return v->as.real > -9223372036854775808.0
                       && v->as.real < 9223372036854775808.0
                   ? cel_int((int64_t) v->as.real)
                   : range(run, "an int");
    case XD_CEL_STRING:
        return text_to_int(run, v->as.text);
    case XD_CEL_TIMESTAMP:
        return cel_int(v->as.time.seconds);
    default:
        return cel_int(v->as.number);
    }
}


xd_cel_value_t
cel_fn_to_uint(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    const xd_cel_value_t *v = &args[0];
    uint64_t n;

    (void) row;

    switch (v->kind) {
    case XD_CEL_INT:
        return v->as.number >= 0 ? cel_uint((uint64_t) v->as.number)
                                 : range(run, "a uint");
    case XD_CEL_DOUBLE:
        return v->as.real >= 0 && v->as.real < 18446744073709551616.0
                   ? cel_uint((uint64_t) v->as.real)
                   : range(run, "a uint");
    case XD_CEL_STRING:
        return xd_str_uint(v->as.text, UINT64_MAX, &n)
                   ? cel_uint(n)
                   : unreadable(run, v->as.text, "uint");
    default:
        return *v;
    }
}


static xd_cel_value_t
text_to_double(cel_run_t *run, xd_str_t s)
{
    char text[400];
    char *end;
    double d;

    if (s.len == 0 || s.len >= sizeof(text) || s.ptr[0] == ' '
        || (s.ptr[0] >= 9 && s.ptr[0] <= 13)
        || memchr(s.ptr, '\0', s.len) != NULL)
    {
        return unreadable(run, s, "double");
    }

    memcpy(text, s.ptr, s.len);
    text[s.len] = '\0';
    d = strtod(text, &end);

    return *end == '\0' ? cel_double(d) : unreadable(run, s, "double");
}


xd_cel_value_t
cel_fn_to_double(cel_run_t *run, const cel_row_t *row,
    const xd_cel_value_t *args)
{
    const xd_cel_value_t *v = &args[0];
    char text[XD_DECIMAL_MAX];

    (void) row;

    switch (v->kind) {
    case XD_CEL_INT:
        return cel_double((double) v->as.number);
    case XD_CEL_UINT:
        return cel_double((double) v->as.natural);
    case XD_CEL_STRING:
        return text_to_double(run, v->as.text);
    case XD_CEL_DECIMAL:
        return text_to_double(run,
            (xd_str_t){ text, xd_decimal_write(v->as.decimal, text) });
    default:
        return *v;
    }
}


/* The shortest digits that read back as the same number. */
static void
shortest(double d, char out[40])
{
    for (int precision = 15; precision <= 17; precision++) {
        (void) snprintf(out, 40, "%.*e", precision - 1, d);
        if (memcmp(&(double){ strtod(out, NULL) }, &d, sizeof(d)) == 0) {
            return;
        }
    }
}


/* From "d.ddde±x" to digits without trailing zeros and a point's place. */
static void
plain(const char *e_form, int exponent, char out[40])
{
    char digits[24];
    int n = 0;
    int at = 0;

    for (const char *p = e_form; *p != 'e'; p++) {
        if (*p >= '0' && *p <= '9') {
            digits[n++] = *p;
        }
    }

    while (n > 1 && digits[n - 1] == '0') {
        n--;
    }

    if (e_form[0] == '-') {
        out[at++] = '-';
    }

    for (int i = exponent < 0 ? exponent : 0; i < n || i <= exponent; i++) {
        if (i == exponent + 1 && i <= n) {
            out[at++] = '.';
        }

        out[at++] = i < 0 || i >= n ? '0' : digits[i];
    }

    out[at] = '\0';
}


/* Go's 'g' with the least digits: an exponent below -4 and from 21 on. */
void
cel_double_text(double d, char out[40], bool go)
{
    char text[40];
    int exponent;
    char *e;

    if (isnan(d) || isinf(d)) {
        (void) snprintf(out, 40, "%s",
            isnan(d) ? "NaN"
            : d > 0  ? (go ? "+Inf" : "Infinity")
                     : (go ? "-Inf" : "-Infinity"));
        return;
    }

    shortest(d, text);
    e = strchr(text, 'e');
    exponent = atoi(e + 1);
    if (exponent >= -4 && exponent < 21) {
        plain(text, exponent, out);
        return;
    }

    /* d.ddd, its trailing zeros cut, then the exponent. */
    *e = '\0';
    while (strchr(text, '.') != NULL
           && (text[strlen(text) - 1] == '0' || text[strlen(text) - 1] == '.'))
    {
        bool point = text[strlen(text) - 1] == '.';

        text[strlen(text) - 1] = '\0';
        if (point) {
            break;
        }
    }

    (void) snprintf(out, 40, "%.25se%c%02d", text, exponent < 0 ? '-' : '+',
        exponent < 0 ? -exponent : exponent);
}


xd_cel_value_t
cel_to_string(cel_run_t *run, const xd_cel_value_t *v)
{
    xd_str_t made;
    char text[64];
    size_t n = 0;

    switch (v->kind) {
    case XD_CEL_STRING:
        return *v;
    case XD_CEL_BYTES:
        return xd_utf8_valid(v->as.text) == v->as.text.len
                   ? xd_cel_of_text(v->as.text)
                   : cel_error(run, "invalid UTF-8");
    case XD_CEL_BOOL:
        return xd_cel_of_text(v->as.truth ? XD_STR("true") : XD_STR("false"));
    case XD_CEL_INT:
        (void) snprintf(text, sizeof(text), "%lld", (long long) v->as.number);
        n = strlen(text);
        break;
    case XD_CEL_UINT:
        (void) snprintf(text, sizeof(text), "%llu",
            (unsigned long long) v->as.natural);
        n = strlen(text);
        break;
    case XD_CEL_DOUBLE:
        cel_double_text(v->as.real, text, true);
        n = strlen(text);
        break;
    case XD_CEL_TIMESTAMP:
        n = cel_time_write(v->as.time, text);
        break;
    case XD_CEL_DURATION:
        n = cel_duration_write(v->as.number, text);
        break;
    case XD_CEL_DECIMAL:
        n = xd_decimal_write(v->as.decimal, text);
        break;
    default:
        return cel_no_overload(run);
    }

    made = xd_dup(run->arena, (xd_str_t){ text, n });

    return made.ptr != NULL ? xd_cel_of_text(made) : cel_memory(run);
}


xd_cel_value_t
cel_fn_to_string(cel_run_t *run, const cel_row_t *row,
    const xd_cel_value_t *args)
{
    (void) row;

    return cel_to_string(run, &args[0]);
}


xd_cel_value_t
cel_fn_to_bytes(cel_run_t *run, const cel_row_t *row,
    const xd_cel_value_t *args)
{
    (void) run;
    (void) row;

    return cel_text(XD_CEL_BYTES, args[0].as.text);
}


xd_cel_value_t
cel_fn_to_bool(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    static const char *const words[] = { "1", "t", "true", "TRUE", "True", "0",
        "f", "false", "FALSE", "False" };

    (void) row;

    if (args[0].kind == XD_CEL_BOOL) {
        return args[0];
    }

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (xd_str_is(args[0].as.text, words[i])) {
            return cel_bool(i < 5);
        }
    }

    return unreadable(run, args[0].as.text, "bool");
}


xd_cel_value_t
cel_fn_to_timestamp(cel_run_t *run, const cel_row_t *row,
    const xd_cel_value_t *args)
{
    xd_cel_value_t v = { .kind = XD_CEL_TIMESTAMP };

    (void) row;

    if (args[0].kind == XD_CEL_TIMESTAMP) {
        return args[0];
    }

    if (args[0].kind == XD_CEL_INT) {
        v.as.time = (xd_cel_time_t){ args[0].as.number, 0 };
        return cel_time_valid(v.as.time.seconds) ? v
                                                 : range(run, "a timestamp");
    }

    return cel_time_read(args[0].as.text, &v.as.time)
               ? v
               : unreadable(run, args[0].as.text, "timestamp in range");
}


xd_cel_value_t
cel_fn_to_duration(cel_run_t *run, const cel_row_t *row,
    const xd_cel_value_t *args)
{
    xd_cel_value_t v = { .kind = XD_CEL_DURATION };

    (void) row;

    if (args[0].kind == XD_CEL_DURATION) {
        return args[0];
    }

    return cel_duration_read(args[0].as.text, &v.as.number)
               ? v
               : unreadable(run, args[0].as.text, "duration in range");
}


#define DIGITS 1000000000000000000 /* of a mantissa: 18 */


xd_cel_value_t
cel_fn_to_decimal(cel_run_t *run, const cel_row_t *row,
    const xd_cel_value_t *args)
{
    xd_cel_value_t v = { .kind = XD_CEL_DECIMAL };

    (void) row;

    if (args[0].kind == XD_CEL_DECIMAL) {
        return args[0];
    }

    if (args[0].kind == XD_CEL_INT) {
        v.as.decimal.mantissa = args[0].as.number;
        return args[0].as.number > -DIGITS && args[0].as.number < DIGITS
                   ? v
                   : range(run, "a decimal");
    }

    return xd_decimal_read(args[0].as.text, &v.as.decimal) == XD_OK
               ? v
               : unreadable(run, args[0].as.text, "decimal");
}


xd_cel_value_t
cel_fn_same(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    (void) run;
    (void) row;

    return args[0];
}


xd_cel_value_t
cel_fn_type(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    (void) run;
    (void) row;

    return cel_text(XD_CEL_TYPE, xd_str(xd_cel_kind_name(args[0].kind)));
}
