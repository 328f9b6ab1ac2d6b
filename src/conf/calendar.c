/* SPDX-License-Identifier: BSD-2-Clause */

/* The days of the proleptic Gregorian calendar are counted from 1970-01-01, a
 * Thursday; years begin in March here, so that a leap day is a year's last. */

#include "conf/calendar.h"

#include "cel/zone.h"

#define DAY         86400
#define ERA         146097 /* days of 400 years */
#define EPOCH_SHIFT 719468 /* days from 0000-03-01 to 1970-01-01 */


/* Months since year 0 of a day from 1970 on. */
static int64_t
month_of(int64_t day)
{
    int64_t z = day + EPOCH_SHIFT;
    int64_t in_era = z % ERA;
    int64_t year =
        (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int64_t in_year = in_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * in_year + 2) / 153; /* 0: March */

    return (z / ERA * 400 + year) * 12 + month + 2;
}


/* The first day of a month counted so. */
static int64_t
month_start(int64_t month)
{
    int64_t from_march = month - 2;
    int64_t year = from_march / 12;
    int64_t in_year = (153 * (from_march % 12) + 2) / 5;

    return year * 365 + year / 4 - year / 100 + year / 400 + in_year
           - EPOCH_SHIFT;
}


static int64_t
id_of(xd_calendar_t calendar, int64_t day)
{
    switch (calendar) {
    case XD_CALENDAR_WEEK:
        return (day + 3) / 7; /* 1969-12-29 was a Monday */
    case XD_CALENDAR_MONTH:
        return month_of(day);
    default:
        return day;
    }
}


static int64_t
first_day(xd_calendar_t calendar, int64_t id)
{
    switch (calendar) {
    case XD_CALENDAR_WEEK:
        return id * 7 - 3;
    case XD_CALENDAR_MONTH:
        return month_start(id);
    default:
        return id;
    }
}


/* When that day begins there.  The offset is asked for twice, since it may
 * change between Greenwich's midnight and that of the zone. */
static int64_t
midnight(xd_str_t zone, int64_t day, int64_t offset)
{
    int64_t at = day * DAY - offset;

    if (cel_zone(zone, at, &offset)) {
        at = day * DAY - offset;
    }

    return at;
}


bool
xd_calendar_window(xd_calendar_t calendar, xd_str_t zone, int64_t now,
    xd_window_t *out)
{
    int64_t offset = 0;
    bool known = zone.len == 0 || cel_zone(zone, now, &offset);

    if (!known || zone.len == 0) {
        zone = XD_STR("UTC");
        offset = 0;
    }

    out->id = id_of(calendar, (now + offset) / DAY);
    out->start = midnight(zone, first_day(calendar, out->id), offset);
    out->end = midnight(zone, first_day(calendar, out->id + 1), offset);

    /* Where clocks skip or repeat midnight the number is the law. */
    if (out->end <= now) {
        out->end = now + 1;
    }

    return known;
}
