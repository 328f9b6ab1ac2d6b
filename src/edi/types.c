/* SPDX-License-Identifier: BSD-2-Clause */

/* What a single value can be: a date, a time, a number, a code of a list. */

#include "edi/grader.h"


bool
edi_is_digits(xd_str_t s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') {
            return false;
        }
    }

    return s.len > 0;
}


static unsigned
two(const char *at)
{
    return (unsigned) (at[0] - '0') * 10 + (unsigned) (at[1] - '0');
}


bool
edi_is_date(xd_str_t s)
{
    static const uint8_t days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30,
        31 };
    unsigned year, month, day;

    if ((s.len != 8 && s.len != 6) || !edi_is_digits(s)) {
        return false;
    }

    year = s.len == 8 ? two(s.ptr) * 100 + two(s.ptr + 2) : two(s.ptr);
    month = two(s.ptr + s.len - 4);
    day = two(s.ptr + s.len - 2);

    if (month < 1 || month > 12 || day < 1 || day > days[month - 1]) {
        return false;
    }

    /* of two digits, 00 is 2000, which is a leap year */
    return month != 2 || day < 29
           || (year % 4 == 0
               && (s.len == 6 || year % 100 != 0 || year % 400 == 0));
}


bool
edi_is_time(xd_str_t s)
{
    return s.len >= 4 && s.len <= 8 && s.len != 5 && edi_is_digits(s)
           && two(s.ptr) < 24 && two(s.ptr + 2) < 60
           && (s.len < 6 || two(s.ptr + 4) < 60);
}


size_t
edi_number_length(xd_str_t s, const char *marks)
{
    size_t i = s.len > 0 && s.ptr[0] == '-', n = 0;
    bool point = false;

    for (; i < s.len; i++) {
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9') {
            n++;
        } else if (!point && s.ptr[i] != '\0'
                   && strchr(marks, s.ptr[i]) != NULL) {
            point = true;
        } else {
            return SIZE_MAX;
        }
    }

    return n > 0 ? n : SIZE_MAX;
}


bool
edi_listed(const char *codes, xd_str_t code)
{
    size_t len = strlen(codes);

    for (size_t i = 1; i + code.len < len; i++) {
        if (codes[i - 1] == ' ' && codes[i + code.len] == ' '
            && memcmp(codes + i, code.ptr, code.len) == 0)
        {
            return true;
        }
    }

    return false;
}
