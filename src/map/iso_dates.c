/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Days and points in time by ISO 8601, as XML writes them: the
 * extended form, or the basic one, 20260514, where the line says `basic`.
 */

#include "base/clock.h"
#include "map/line.h"


#define DAY     10 /* bytes of 2026-05-14 */
#define INSTANT 40 /* bytes that a point in time may have */


/* -- reading --------------------------------------------------------------- */

static bool
all_digits(xd_str_t s, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i >= s.len || s.ptr[i] < '0' || s.ptr[i] > '9') {
            return false;
        }
    }

    return true;
}


/* The day at the begin of a text, extended; *rest is what stands behind. */
static bool
day_of(xd_str_t value, char to[DAY + 1], xd_str_t *rest)
{
    size_t len = all_digits(value, 8) ? 8 : DAY;

    if (value.len < len) {
        return false;
    }

    if (len == 8) {
        memcpy(to, value.ptr, 4);
        to[4] = to[7] = '-';
        memcpy(to + 5, value.ptr + 4, 2);
        memcpy(to + 8, value.ptr + 6, 2);
    } else {
        memcpy(to, value.ptr, DAY);
    }
    to[DAY] = '\0';
    *rest = (xd_str_t){ value.ptr + len, value.len - len };

    return xd_date_valid((xd_str_t){ to, DAY });
}


/* Nothing, Z or an offset, as +01:00. */
static bool
is_zone(xd_str_t s)
{
    return s.len == 0 || (s.len == 1 && s.ptr[0] == 'Z')
           || (s.len == 6 && (s.ptr[0] == '+' || s.ptr[0] == '-')
               && s.ptr[3] == ':');
}


static void
zone_assumed(map_run_t *m)
{
    if (!m->zone_told) {
        m->zone_told = true;
        xd_report(m->rep,
            &(xd_finding_t){ .severity = XD_INFO,
                .scope = XD_SCOPE_SET,
                .rule = "map.zone",
                .text = XD_STR("Times without a zone are taken as UTC.") });
    }
}


/* A time, extended or basic, to the text of a point in time. */
static bool
add_time(map_run_t *m, xd_str_t time, char *to, size_t *len)
{
    xd_str_t zone;
    size_t clock = 8;

    if (all_digits(time, 6)) {
        memcpy(to + *len,
            (char[]){ time.ptr[0], time.ptr[1], ':', time.ptr[2], time.ptr[3],
                ':', time.ptr[4], time.ptr[5] },
            8);
        clock = 6;
    } else if (time.len >= 8) {
        memcpy(to + *len, time.ptr, 8);
    } else {
        return false;
    }
    *len += 8;

    while (clock < time.len
           && (time.ptr[clock] == '.'
               || (time.ptr[clock] >= '0' && time.ptr[clock] <= '9'))
           && *len < INSTANT - 8)
    {
        to[(*len)++] = time.ptr[clock++];
    }

    zone = (xd_str_t){ time.ptr + clock, time.len - clock };
    if (!is_zone(zone)) {
        return false;
    }
    if (zone.len == 0) {
        zone_assumed(m);
        zone = XD_STR("Z");
    }
    memcpy(to + *len, zone.ptr, zone.len);
    *len += zone.len;

    return true;
}


/* A day, and a time behind it or beside it; midnight without one. */
static xd_str_t
instant_of(map_run_t *m, xd_str_t value, xd_str_t time)
{
    char text[INSTANT + 8], out[XD_INSTANT_LEN + 1];
    size_t len = DAY;
    xd_str_t rest;
    int64_t ms;

    if (!day_of(value, text, &rest)) {
        return XD_STR_NONE;
    }

    if (rest.len > 0 && (rest.ptr[0] == 'T' || rest.ptr[0] == ' ')) {
        time = (xd_str_t){ rest.ptr + 1, rest.len - 1 };
    } else if (!is_zone(rest)) {
        return XD_STR_NONE;
    }

    text[len++] = 'T';
    if (!add_time(m, time.len > 0 ? time : XD_STR("00:00:00"), text, &len)
        || !xd_instant_read((xd_str_t){ text, len }, &ms))
    {
        return XD_STR_NONE;
    }

    xd_instant_write(ms, out);

    return map_kept(m, xd_dup(m->arena, (xd_str_t){ out, XD_INSTANT_LEN }));
}


static xd_str_t
day_from(map_run_t *m, const map_line_t *line, xd_str_t value)
{
    char day[DAY + 1];
    xd_str_t rest;

    (void) line;

    return day_of(value, day, &rest) && (is_zone(rest) || rest.ptr[0] == 'T')
               ? map_kept(m, xd_dup(m->arena, (xd_str_t){ day, DAY }))
               : XD_STR_NONE;
}


/* -- writing --------------------------------------------------------------- */

static bool
is_basic(const map_line_t *line)
{
    return line->with.words[0].ptr != NULL
           && xd_str_is(line->with.words[0], "basic");
}


static xd_str_t
day_to(map_run_t *m, const map_line_t *line, xd_str_t value)
{
    if (value.len < DAY) {
        return XD_STR_NONE;
    }

    return is_basic(line)
               ? map_kept(m, xd_fmt(m->arena, "%.4s%.2s%.2s", value.ptr,
                                 value.ptr + 5, value.ptr + 8))
               : (xd_str_t){ value.ptr, DAY };
}


static xd_str_t
time_to(map_run_t *m, const map_line_t *line, xd_str_t value)
{
    if (value.len < DAY + 9) {
        return XD_STR_NONE;
    }

    return is_basic(line)
               ? map_kept(m, xd_fmt(m->arena, "%.2s%.2s%.2s", value.ptr + 11,
                                 value.ptr + 14, value.ptr + 17))
               : (xd_str_t){ value.ptr + DAY + 1, value.len - DAY - 1 };
}


const map_codec_t map_as_iso_day = { map_read_value, map_write_value, day_from,
    day_to, "a day", XD_STRING };


/* -- points in time -------------------------------------------------------- */

static void
instant_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *in = map_find(m, line, group);
    xd_str_t value, time, at;

    if (in == NULL || map_member(to, line) != NULL) {
        return;
    }

    value = map_value(m, line, group);
    if (value.len == 0) {
        return;
    }

    time = line->keys[1] != NULL ? map_take(m, in, line->keys[1]) : XD_STR("");
    at = instant_of(m, value, time);
    if (at.ptr != NULL) {
        map_put(m, map_around(m, to, line), map_key(line), at);
    } else if ((line->flags & MAP_QUIET) == 0) {
        map_warn(m, "map.value", in->offset, value,
            "This is no day or point in time.");
    }
}


/* A day and a time where the line has two keys; the day alone where the tree
 * holds no more (`number`). */
static void
instant_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *node = map_member(from, line);
    xd_str_t time;

    if (node == NULL) {
        return;
    }

    if (node->text.len < DAY) {
        map_refuse(m, line, node, "it wants a day, or a point in time.");
        return;
    }

    if (line->keys[1] == NULL) {
        map_set(m, line, group,
            line->with.number != 0 ? day_to(m, line, node->text) : node->text,
            node);
        return;
    }

    map_set(m, line, group, day_to(m, line, node->text), node);
    time = time_to(m, line, node->text);
    if (time.ptr != NULL) {
        map_set_at(m, line, map_make(m, line, group), line->keys[1],
            (map_room_t){ 0, 0 }, time, node);
    }
}


const map_codec_t map_as_iso_instant = { .read = instant_read,
    .write = instant_write };


/* The same, which is a day when no time stands behind or beside it. */
static void
moment_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *in = map_find(m, line, group);
    xd_str_t value = xd_str_trim(map_text(m, in, line->keys[0]));
    bool time =
        memchr(value.ptr, 'T', value.len) != NULL
        || (line->keys[1] != NULL && map_text(m, in, line->keys[1]).len > 0);

    if (time) {
        instant_read(m, line, group, to);
    } else {
        map_read_value(m, line, group, to);
    }
}


const map_codec_t map_as_iso_moment = { .read = moment_read,
    .write = instant_write,
    .from = day_from };
