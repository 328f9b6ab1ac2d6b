/* SPDX-License-Identifier: BSD-2-Clause */

/* Timestamps to the nanosecond from year 1 to 9999, durations of 64 bits of
 * nanoseconds. */

#include "cel/room.h"

#include <stdio.h>

#define SECOND 1000000000LL
#define FIRST  (-62135596800LL) /* 0001-01-01T00:00:00Z */
#define LAST   253402300799LL   /* 9999-12-31T23:59:59Z */
#define A_DAY  86400

typedef struct {
    int64_t year;
    int month, day; /* from 1 */
    int64_t days;   /* since 1970 */
} day_t;


/* Days since 1970-01-01 of a day of the Gregorian calendar; years begin in
 * March, so that the leap day is the last. */
static int64_t
days_of(int64_t year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year
           - 719468;
}


static day_t
day_of(int64_t days)
{
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t n = z - era * 146097;
    int64_t y = (n - n / 1460 + n / 36524 - n / 146096) / 365;
    int64_t of_year = n - (365 * y + y / 4 - y / 100);
    int64_t m = (5 * of_year + 2) / 153;
    day_t d = { .days = days };

    d.day = (int) (of_year - (153 * m + 2) / 5 + 1);
    d.month = (int) (m < 10 ? m + 3 : m - 9);
    d.year = y + era * 400 + (d.month <= 2 ? 1 : 0);

    return d;
}


bool
cel_time_valid(int64_t seconds)
{
    return seconds >= FIRST && seconds <= LAST;
}


/* n digits, within [min, max]. */
static bool
take(xd_str_t *s, size_t n, int min, int max, int *out)
{
    *out = 0;

    if (s->len < n) {
        return false;
    }

    for (size_t i = 0; i < n; i++) {
        if (s->ptr[i] < '0' || s->ptr[i] > '9') {
            return false;
        }

        *out = *out * 10 + (s->ptr[i] - '0');
    }

    *s = (xd_str_t){ s->ptr + n, s->len - n };

    return *out >= min && *out <= max;
}


static bool
sign(xd_str_t *s, const char *allowed)
{
    if (s->len == 0 || strchr(allowed, s->ptr[0]) == NULL || s->ptr[0] == '\0')
    {
        return false;
    }

    *s = (xd_str_t){ s->ptr + 1, s->len - 1 };

    return true;
}


static bool
fraction(xd_str_t *s, int32_t *nanos)
{
    int32_t unit = 100000000;
    size_t n = 0;

    *nanos = 0;
    if (!sign(s, ".")) {
        return true;
    }

    for (; s->len > 0 && s->ptr[0] >= '0' && s->ptr[0] <= '9'; n++) {
        *nanos += (s->ptr[0] - '0') * unit;
        unit /= 10;
        *s = (xd_str_t){ s->ptr + 1, s->len - 1 };
    }

    return n >= 1 && n <= 9;
}


/* Z, or +hh:mm. */
static bool
offset(xd_str_t *s, int64_t *seconds)
{
    int hours;
    int minutes;
    bool west;

    *seconds = 0;
    if (sign(s, "Zz")) {
        return s->len == 0;
    }

    west = s->len > 0 && s->ptr[0] == '-';
    if (!sign(s, "+-") || !take(s, 2, 0, 23, &hours) || !sign(s, ":")
        || !take(s, 2, 0, 59, &minutes))
    {
        return false;
    }

    *seconds = (west ? -1 : 1) * (hours * 3600 + minutes * 60);

    return s->len == 0;
}


bool
cel_time_read(xd_str_t s, xd_cel_time_t *out)
{
    int year;
    int month;
    int day;
    int h;
    int m;
    int sec;
    int64_t east;
    int64_t days;

    if (!take(&s, 4, 1, 9999, &year) || !sign(&s, "-")
        || !take(&s, 2, 1, 12, &month) || !sign(&s, "-")
        || !take(&s, 2, 1, 31, &day) || !sign(&s, "Tt")
        || !take(&s, 2, 0, 23, &h) || !sign(&s, ":") || !take(&s, 2, 0, 59, &m)
        || !sign(&s, ":") || !take(&s, 2, 0, 59, &sec)
        || !fraction(&s, &out->nanos) || !offset(&s, &east))
    {
        return false;
    }

    days = days_of(year, month, day);
    out->seconds = days * A_DAY + h * 3600 + m * 60 + sec - east;

    return day_of(days).day == day && cel_time_valid(out->seconds);
}


bool
cel_date_read(xd_str_t s, xd_cel_time_t *out)
{
    char text[] = "0000-00-00T00:00:00Z";

    if (s.len != 10) {
        return false;
    }

    memcpy(text, s.ptr, s.len);

    return cel_time_read(xd_str(text), out);
}


/* ".5", ".000000001", or nothing. */
static int
write_fraction(int64_t nanos, char *out, size_t room)
{
    int n;

    if (nanos == 0) {
        out[0] = '\0';
        return 0;
    }

    n = snprintf(out, room, ".%09lld", (long long) nanos);
    while (out[n - 1] == '0') {
        out[--n] = '\0';
    }

    return n;
}


static int64_t
floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}


size_t
cel_time_write(xd_cel_time_t t, char out[CEL_TIME_TEXT])
{
    int64_t days = floor_div(t.seconds, A_DAY);
    int rest = (int) (t.seconds - days * A_DAY);
    day_t d = day_of(days);
    int n = snprintf(out, CEL_TIME_TEXT - 12, "%04d-%02d-%02dT%02d:%02d:%02d",
        (int) d.year, d.month, d.day, rest / 3600, rest / 60 % 60, rest % 60);

    n += write_fraction(t.nanos, out + n, 11);
    out[n++] = 'Z';
    out[n] = '\0';

    return (size_t) n;
}


/* -- durations ------------------------------------------------------------ */

static const struct {
    const char *name;
    int64_t nanos;
} units[] = {
    { "ns", 1 },
    { "us", 1000 },
    { "\xC2\xB5s", 1000 },
    { "ms", 1000000 },
    { "s", SECOND },
    { "m", 60 * SECOND },
    { "h", 3600 * SECOND },
};


static int64_t
unit(xd_str_t *s)
{
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        size_t n = strlen(units[i].name);

        if (xd_str_starts(*s, xd_str(units[i].name))) {
            *s = (xd_str_t){ s->ptr + n, s->len - n };
            return units[i].nanos;
        }
    }

    return 0;
}


/* "1.5h": digits, perhaps a fraction, a unit. */
static bool
one_part(xd_str_t *s, __int128 *sum)
{
    __int128 whole = 0;
    __int128 scale = 1;
    size_t n = 0;
    bool point = false;
    int64_t nanos;

    for (; s->len > 0; *s = (xd_str_t){ s->ptr + 1, s->len - 1 }) {
        if (s->ptr[0] == '.' && !point) {
            point = true;
            continue;
        }

        if (s->ptr[0] < '0' || s->ptr[0] > '9' || ++n > 20) {
            break;
        }

        whole = whole * 10 + (s->ptr[0] - '0');
        scale *= point ? 10 : 1;
    }

    nanos = unit(s);
    if (n == 0 || nanos == 0 || n > 20) {
        return false;
    }

    *sum += whole * nanos / scale;

    return true;
}


bool
cel_duration_read(xd_str_t s, int64_t *nanos)
{
    bool negative = s.len > 0 && s.ptr[0] == '-';
    __int128 sum = 0;

    (void) sign(&s, "+-");
    if (s.len == 0 || s.len > 100) {
        return false;
    }

    if (xd_str_is(s, "0")) {
        *nanos = 0;
        return true;
    }

    while (s.len > 0) {
        if (!one_part(&s, &sum)) {
            return false;
        }
    }

    sum = negative ? -sum : sum;
    *nanos = (int64_t) sum;

    return sum >= INT64_MIN && sum <= INT64_MAX;
}


size_t
cel_duration_write(int64_t nanos, char out[CEL_TIME_TEXT])
{
    /* The smallest number has no opposite among its own. */
    uint64_t n = nanos < 0 ? 0 - (uint64_t) nanos : (uint64_t) nanos;
    int len = snprintf(out, CEL_TIME_TEXT - 12, "%s%llu", nanos < 0 ? "-" : "",
        (unsigned long long) (n / SECOND));

    len += write_fraction((int64_t) (n % SECOND), out + len, 11);
    out[len++] = 's';
    out[len] = '\0';

    return (size_t) len;
}


/* -- sums ----------------------------------------------------------------- */

static xd_cel_value_t
out_of_range(cel_run_t *run)
{
    return cel_error(run, "range error: no such time");
}


static xd_cel_value_t
moved(cel_run_t *run, xd_cel_time_t t, int64_t nanos, bool back)
{
    __int128 sum = (__int128) t.seconds * SECOND + t.nanos
                   + (back ? -(__int128) nanos : (__int128) nanos);
    __int128 seconds = sum / SECOND - (sum % SECOND < 0 ? 1 : 0);
    xd_cel_value_t v = { .kind = XD_CEL_TIMESTAMP };

    v.as.time.seconds = (int64_t) seconds;
    v.as.time.nanos = (int32_t) (sum - seconds * SECOND);

    return cel_time_valid(v.as.time.seconds) ? v : out_of_range(run);
}


static xd_cel_value_t
between(cel_run_t *run, xd_cel_time_t a, xd_cel_time_t b)
{
    __int128 n =
        (__int128) (a.seconds - b.seconds) * SECOND + a.nanos - b.nanos;

    if (n > INT64_MAX || n < INT64_MIN) {
        return out_of_range(run);
    }

    return (
        xd_cel_value_t){ .kind = XD_CEL_DURATION, .as.number = (int64_t) n };
}


xd_cel_value_t
cel_fn_time_math(cel_run_t *run, const cel_row_t *row,
    const xd_cel_value_t *args)
{
    const xd_cel_value_t *a = &args[0];
    const xd_cel_value_t *b = &args[1];
    xd_cel_value_t v = { .kind = XD_CEL_DURATION };
    bool back = row->tag == '-';

    if (a->kind == XD_CEL_TIMESTAMP && b->kind == XD_CEL_TIMESTAMP) {
        return between(run, a->as.time, b->as.time);
    }

    if (a->kind == XD_CEL_TIMESTAMP) {
        return moved(run, a->as.time, b->as.number, back);
    }

    if (b->kind == XD_CEL_TIMESTAMP) {
        return moved(run, b->as.time, a->as.number, false);
    }

    if (back ? __builtin_sub_overflow(a->as.number, b->as.number, &v.as.number)
             : __builtin_add_overflow(a->as.number, b->as.number, &v.as.number))
    {
        return out_of_range(run);
    }

    return v;
}


/* -- parts ---------------------------------------------------------------- */

static int64_t
part_of(int tag, int64_t seconds, int32_t nanos)
{
    int64_t days = floor_div(seconds, A_DAY);
    int64_t rest = seconds - days * A_DAY;
    day_t d = day_of(days);

    switch (tag) {
    case 'Y':
        return d.year;
    case 'm':
        return d.month - 1;
    case 'd':
        return d.day;
    case 'D':
        return d.day - 1;
    case 'w': /* 1970-01-01 was a Thursday */
        return ((days + 4) % 7 + 7) % 7;
    case 'y':
        return days - days_of(d.year, 1, 1);
    case 'H':
        return rest / 3600;
    case 'M':
        return rest / 60 % 60;
    case 'S':
        return rest % 60;
    default:
        return nanos / 1000000;
    }
}


/* "+11:00", also without the sign. */
static bool
fixed_zone(xd_str_t s, int64_t *seconds)
{
    char text[8] = "+";

    if (s.len != 5 && s.len != 6) {
        return false;
    }

    memcpy(text + (s.len == 5 ? 1 : 0), s.ptr, s.len);
    s = xd_str(text);

    return offset(&s, seconds);
}


xd_cel_value_t
cel_fn_time_part(cel_run_t *run, const cel_row_t *row,
    const xd_cel_value_t *args)
{
    xd_cel_time_t t = args[0].as.time;
    int64_t east = 0;

    if (run->node->nargs == 2) {
        xd_str_t zone = args[1].as.text;

        if (!fixed_zone(zone, &east)) {
            if (!cel_cost(run, 100)) {
                return cel_memory(run);
            }

            if (!cel_zone(zone, t.seconds, &east)) {
                return cel_error(run, "the time zone %.*s is not known here",
                    zone.len > 60 ? 60 : (int) zone.len, zone.ptr);
            }
        }
    }

    return cel_int(part_of(row->tag, t.seconds + east, t.nanos));
}


xd_cel_value_t
cel_fn_duration_part(cel_run_t *run, const cel_row_t *row,
    const xd_cel_value_t *args)
{
    int64_t n = args[0].as.number;

    (void) run;

    switch (row->tag) {
    case 'H':
        return cel_int(n / (3600 * SECOND));
    case 'M':
        return cel_int(n / (60 * SECOND));
    case 'S':
        return cel_int(n / SECOND);
    default:
        return cel_int(n / 1000000 % 1000);
    }
}
