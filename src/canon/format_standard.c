/* SPDX-License-Identifier: BSD-2-Clause */

/* Formats of the standard beside our own: for schemas of others, and only
 * when somebody asks that they are asserted. */

#include <arpa/inet.h>

#include "base/clock.h"
#include "canon/ecma.h"
#include "canon/format.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>


#define ADDRESS_MAX 46


static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}


/* Two digits at a place, less than limit; -1 when they are not there. */
static int
two_digits(xd_str_t text, size_t at, int limit)
{
    int value;

    if (at + 2 > text.len || !is_digit(text.ptr[at])
        || !is_digit(text.ptr[at + 1])) {
        return -1;
    }

    value = (text.ptr[at] - '0') * 10 + (text.ptr[at + 1] - '0');

    return value < limit ? value : -1;
}


/* Z, or hours and minutes from it: as minutes; false for anything else. */
static bool
offset_read(xd_str_t text, int *minutes)
{
    int h, m;

    *minutes = 0;
    if (text.len == 1) {
        return (text.ptr[0] | 0x20) == 'z';
    }

    h = two_digits(text, 1, 24);
    m = two_digits(text, 4, 60);
    if (text.len != 6 || (text.ptr[0] != '+' && text.ptr[0] != '-')
        || text.ptr[3] != ':' || h < 0 || m < 0)
    {
        return false;
    }

    *minutes = (text.ptr[0] == '-' ? -1 : 1) * (h * 60 + m);

    return true;
}


/* Standard: RFC 3339, full-time.  A leap second ends a day in UTC. */
bool
xd_format_time(xd_str_t text)
{
    int h = two_digits(text, 0, 24);
    int m = two_digits(text, 3, 60);
    int s = two_digits(text, 6, 61);
    size_t n = 8;
    int offset;

    if (h < 0 || m < 0 || s < 0 || text.ptr[2] != ':' || text.ptr[5] != ':') {
        return false;
    }

    if (n < text.len && text.ptr[n] == '.') {
        for (n++; n < text.len && is_digit(text.ptr[n]);) {
            n++;
        }

        if (n == 9) {
            return false;
        }
    }

    if (n == text.len
        || !offset_read((xd_str_t){ text.ptr + n, text.len - n }, &offset))
    {
        return false;
    }

    return s < 60 || (h * 60 + m - offset + 2 * 1440) % 1440 == 1439;
}


/* Standard: RFC 3339, date-time. */
bool
xd_format_date_time(xd_str_t text)
{
    return text.len > 11 && (text.ptr[10] | 0x20) == 't'
           && xd_date_valid((xd_str_t){ text.ptr, 10 })
           && xd_format_time((xd_str_t){ text.ptr + 11, text.len - 11 });
}


static bool
is_address(int family, xd_str_t text)
{
    char copy[ADDRESS_MAX];
    char out[16];

    if (text.len >= sizeof(copy) || memchr(text.ptr, '\0', text.len) != NULL) {
        return false;
    }

    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';

    return inet_pton(family, copy, out) == 1;
}


bool
xd_format_ipv4(xd_str_t text)
{
    return is_address(AF_INET, text);
}


bool
xd_format_ipv6(xd_str_t text)
{
    return is_address(AF_INET6, text);
}


/* Standard: RFC 6901. */
bool
xd_format_json_pointer(xd_str_t text)
{
    if (text.len > 0 && text.ptr[0] != '/') {
        return false;
    }

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '~'
            && (i + 1 == text.len
                || (text.ptr[i + 1] != '0' && text.ptr[i + 1] != '1')))
        {
            return false;
        }
    }

    return true;
}


bool
xd_format_regex(xd_str_t text)
{
    xd_buf_t words = { 0 };
    pcre2_code *code = NULL;
    int error;
    size_t at;

    if (xd_ecma_translate(text, &words) == NULL && xd_buf_rc(&words) == XD_OK) {
        code = pcre2_compile((PCRE2_SPTR) xd_buf_str(&words).ptr,
            xd_buf_str(&words).len, PCRE2_UTF, &error, &at, NULL);
    }

    xd_buf_free(&words);
    pcre2_code_free(code);

    return code != NULL;
}
