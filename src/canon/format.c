/* SPDX-License-Identifier: BSD-2-Clause */

#include "canon/format.h"

#include "base/clock.h"
#include "base/decimal.h"
#include "base/utf8.h"
#include "canon/codes.h"


#define TEXT_MAX 512
#define CODE_MAX 40

/* 2026-05-14T09:31:22Z and with milliseconds. */
#define INSTANT_MIN 20


const xd_format_t *
xd_format_find(xd_str_t name)
{
    for (const xd_format_t *f = xd_formats; f->name != NULL; f++) {
        if (xd_str_is(name, f->name)) {
            return f;
        }
    }

    return NULL;
}


bool
xd_codes_have(const xd_codes_t *list, xd_str_t code)
{
    size_t low = 0;
    size_t high = list->count;

    if (code.len != list->width) {
        return false;
    }

    while (low < high) {
        size_t middle = (low + high) / 2;
        int order =
            memcmp(code.ptr, list->codes + middle * list->width, list->width);

        if (order == 0) {
            return true;
        }

        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }

    return false;
}


static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}


static bool
is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}


bool
xd_format_digits(xd_str_t text, size_t count)
{
    if (text.len != count) {
        return false;
    }

    for (size_t i = 0; i < count; i++) {
        if (!is_digit(text.ptr[i])) {
            return false;
        }
    }

    return true;
}


char
xd_check_digit(xd_str_t digits)
{
    unsigned sum = 0;
    unsigned weight = 3;

    for (size_t i = digits.len - 1; i > 0; i--) {
        sum += (unsigned) (digits.ptr[i - 1] - '0') * weight;
        weight = 4 - weight;
    }

    return (char) ('0' + (10 - sum % 10) % 10);
}


static bool
checked(xd_str_t text, size_t count)
{
    return xd_format_digits(text, count)
           && text.ptr[count - 1] == xd_check_digit(text);
}


bool
xd_format_gtin14(xd_str_t text)
{
    return checked(text, 14);
}


bool
xd_format_gln13(xd_str_t text)
{
    return checked(text, 13);
}


bool
xd_format_sscc18(xd_str_t text)
{
    return checked(text, 18);
}


bool
xd_format_decimal(xd_str_t text)
{
    xd_decimal_t value;

    return xd_decimal_read(text, &value) == XD_OK;
}


bool
xd_format_ccy(xd_str_t text)
{
    return xd_codes_have(&xd_codes_currency, text);
}


bool
xd_format_country(xd_str_t text)
{
    return xd_codes_have(&xd_codes_country, text);
}


/* The lists have some two thousand codes and grow each year: their shape. */
bool
xd_format_uom(xd_str_t text)
{
    if (text.len < 2 || text.len > 3) {
        return false;
    }

    for (size_t i = 0; i < text.len; i++) {
        if (!is_capital(text.ptr[i]) && !is_digit(text.ptr[i])) {
            return false;
        }
    }

    return true;
}


/* RFC 3339 knows more; a canonical instant is UTC and ends with Z. */
bool
xd_format_instant(xd_str_t text)
{
    int64_t ms;

    return text.len >= INSTANT_MIN && text.len <= XD_INSTANT_LEN
           && text.ptr[text.len - 1] == 'Z' && text.ptr[10] == 'T'
           && xd_instant_read(text, &ms);
}


bool
xd_format_sha256(xd_str_t text)
{
    if (text.len != 64) {
        return false;
    }

    for (size_t i = 0; i < text.len; i++) {
        if (!is_digit(text.ptr[i])
            && !(text.ptr[i] >= 'a' && text.ptr[i] <= 'f')) {
            return false;
        }
    }

    return true;
}


bool
xd_format_code(xd_str_t text)
{
    if (text.len < 1 || text.len > CODE_MAX) {
        return false;
    }

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (!is_capital(c) && !is_digit(c) && c != '_' && c != '.' && c != '-')
        {
            return false;
        }
    }

    return true;
}


/* C0, DEL, and C1, which UTF-8 writes as C2 80 to C2 9F. */
static bool
is_control(xd_str_t text, size_t i)
{
    unsigned char c = (unsigned char) text.ptr[i];

    if (c == 0xC2 && i + 1 < text.len) {
        return (unsigned char) text.ptr[i + 1] < 0xA0;
    }

    return c < 0x20 || c == 0x7F;
}


bool
xd_format_text(xd_str_t text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (is_control(text, i)) {
            return false;
        }
    }

    return text.len <= TEXT_MAX || xd_utf8_count(text) <= TEXT_MAX;
}
