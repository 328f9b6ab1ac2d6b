/* SPDX-License-Identifier: BSD-2-Clause */

/* Standard: RFC 3339, in the proleptic Gregorian calendar, years 0 to 9999. */

#include "base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>


#define DAY_MS   INT64_C(86400000)
#define FIRST_MS INT64_C(-62167219200000) /* 0000-01-01T00:00:00.000Z */
#define LAST_MS  INT64_C(253402300799999) /* 9999-12-31T23:59:59.999Z */

typedef struct {
    int year, month, day;
} date_t;


static int64_t
read_clock(clockid_t which)
{
    struct timespec ts;

    /* Cannot fail for the two clocks that every Linux has. */
    (void) clock_gettime(which, &ts);

    return (int64_t) ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}


int64_t
xd_now_ms(void)
{
    return read_clock(CLOCK_REALTIME);
}


int64_t
xd_mono_ms(void)
{
    return read_clock(CLOCK_MONOTONIC);
}


/*
 * Days since 1970-01-01.  Years are counted from March, so that the leap day
 * is the last of its year, in eras of 400 years of 146,097 days.
 */
static int64_t
days_of(date_t d)
{
    int64_t year = d.year - (d.month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year =
        (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;

    return era * 146097 + year_of_era * 365 + year_of_era / 4
           - year_of_era / 100 + day_of_year - 719468;
}


/* The way back. */
static date_t
date_of(int64_t days)
{
    int64_t shifted = days + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t day = shifted - era * 146097;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int64_t day_of_year = day - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    date_t d;

    d.day = (int) (day_of_year - (153 * month + 2) / 5 + 1);
    d.month = (int) (month < 10 ? month + 3 : month - 9);
    d.year = (int) (year + era * 400 + (d.month <= 2));

    return d;
}


void
xd_instant_write(int64_t ms, char out[XD_INSTANT_LEN + 1])
{
    int64_t at = ms < FIRST_MS ? FIRST_MS : ms > LAST_MS ? LAST_MS : ms;
    int64_t in_day = ((at % DAY_MS) + DAY_MS) % DAY_MS;
    date_t d = date_of((at - in_day) / DAY_MS);
    char text[64];

    (void) snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
        d.year, d.month, d.day, (int) (in_day / 3600000),
        (int) (in_day / 60000 % 60), (int) (in_day / 1000 % 60),
        (int) (in_day % 1000));
    memcpy(out, text, XD_INSTANT_LEN);
    out[XD_INSTANT_LEN] = '\0';
}


/* Takes just so many digits from the front. */
static bool
take_digits(xd_str_t *s, size_t digits, int *out)
{
    uint64_t value;

    if (s->len < digits
        || !xd_str_uint((xd_str_t){ s->ptr, digits }, 9999, &value)) {
        return false;
    }

    *out = (int) value;
    s->ptr += digits;
    s->len -= digits;

    return true;
}


/* Takes one byte that is a or b. */
static bool
take_byte(xd_str_t *s, char a, char b)
{
    if (s->len == 0 || (s->ptr[0] != a && s->ptr[0] != b)) {
        return false;
    }

    s->ptr++;
    s->len--;

    return true;
}


static int
days_in_month(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
        31 };
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return days[month - 1] + (month == 2 && leap);
}


static bool
take_date(xd_str_t *s, date_t *d)
{
    return take_digits(s, 4, &d->year) && take_byte(s, '-', '-')
           && take_digits(s, 2, &d->month) && take_byte(s, '-', '-')
           && take_digits(s, 2, &d->day) && d->month >= 1 && d->month <= 12
           && d->day >= 1 && d->day <= days_in_month(d->year, d->month);
}


/* Takes ".4123": milliseconds, the rest cut off. */
static bool
take_fraction(xd_str_t *s, int64_t *ms)
{
    int64_t weight = 100;
    size_t digits = 0;
    int digit;

    *ms = 0;
    if (!take_byte(s, '.', '.')) {
        return true;
    }

    while (take_digits(s, 1, &digit)) {
        *ms += digit * weight;
        weight /= 10;
        digits++;
    }

    return digits >= 1 && digits <= 9;
}


/* Takes "Z" or "+02:00": minutes to take off for UTC. */
static bool
take_offset(xd_str_t *s, int64_t *minutes)
{
    bool west = s->len > 0 && s->ptr[0] == '-';
    int hour, minute;

    *minutes = 0;
    if (take_byte(s, 'Z', 'z')) {
        return true;
    }

    if (!take_byte(s, '+', '-') || !take_digits(s, 2, &hour)
        || !take_byte(s, ':', ':') || !take_digits(s, 2, &minute) || hour > 23
        || minute > 59)
    {
        return false;
    }

    *minutes = (west ? -1 : 1) * (hour * INT64_C(60) + minute);

    return true;
}


bool
xd_instant_read(xd_str_t text, int64_t *ms)
{
    int64_t fraction, offset, minutes;
    int hour, minute, second;
    date_t d;

    if (!take_date(&text, &d) || !take_byte(&text, 'T', 't')
        || !take_digits(&text, 2, &hour) || !take_byte(&text, ':', ':')
        || !take_digits(&text, 2, &minute) || !take_byte(&text, ':', ':')
        || !take_digits(&text, 2, &second) || !take_fraction(&text, &fraction)
        || !take_offset(&text, &offset) || text.len > 0 || hour > 23
        || minute > 59 || second > 60)
    {
        return false;
    }

    minutes = days_of(d) * 1440 + hour * INT64_C(60) + minute - offset;

    /* A leap second ends a day of UTC: read as the second that follows. */
    if (second == 60 && (minutes % 1440 + 1440) % 1440 != 1439) {
        return false;
    }

    *ms = minutes * 60000 + second * INT64_C(1000) + fraction;

    return true;
}


bool
xd_date_valid(xd_str_t text)
{
    date_t d;

    return take_date(&text, &d) && text.len == 0;
}


bool
xd_day_read(xd_str_t text, int64_t *ms)
{
    char instant[] = "0000-00-00T00:00:00Z";

    if (!xd_date_valid(text)) {
        return xd_instant_read(text, ms);
    }

    memcpy(instant, text.ptr, text.len);

    return xd_instant_read(xd_str(instant), ms);
}
