/* SPDX-License-Identifier: BSD-2-Clause */

/* Days and points in time of X12: CCYYMMDD, HHMM, and a zone beside. */

#include "base/clock.h"
#include "map/x12_map.h"


xd_str_t
x12_date(map_run_t *m, xd_str_t date)
{
    const char *century = date.len == 6 ? "20" : "";
    size_t year = date.len == 6 ? 2 : 4;
    xd_str_t text;

    if (date.len != 6 && date.len != 8) {
        return XD_STR("");
    }

    text = xd_fmt(m->arena, "%s%.*s-%.2s-%.2s", century, (int) year, date.ptr,
        date.ptr + year, date.ptr + year + 2);
    if (text.ptr == NULL) {
        m->rc = XD_E_MEMORY;
    }

    return text.ptr != NULL && xd_date_valid(text) ? text : XD_STR("");
}


xd_str_t
x12_instant(map_run_t *m, xd_str_t date, xd_str_t time, xd_str_t zone)
{
    char clock[] = "000000", out[XD_INSTANT_LEN + 1];
    const char *from_utc = map_code(x12_zones, zone);
    xd_str_t day = x12_date(m, date), text;
    int64_t ms;

    memcpy(clock, time.ptr, time.len < 6 ? time.len & ~(size_t) 1 : 6);

    if (from_utc == NULL && day.len > 0 && !m->zone_told) {
        m->zone_told = true;
        xd_report(m->rep,
            &(xd_finding_t){ .severity = XD_INFO,
                .scope = XD_SCOPE_SET,
                .rule = "map.zone",
                .text = XD_STR("Times without a zone are taken as UTC.") });
    }

    text = xd_fmt(m->arena, "%.*sT%.2s:%.2s:%.2s%s", XD_FMT(day), clock,
        clock + 2, clock + 4, from_utc != NULL ? from_utc : "Z");
    if (text.ptr == NULL) {
        m->rc = XD_E_MEMORY;
        return XD_STR("");
    }

    if (day.len == 0 || !xd_instant_read(text, &ms)) {
        return XD_STR("");
    }

    xd_instant_write(ms, out);
    text = xd_dup(m->arena, (xd_str_t){ out, XD_INSTANT_LEN });
    if (text.ptr == NULL) {
        m->rc = XD_E_MEMORY;
        return XD_STR("");
    }

    return text;
}


/* -- codecs ---------------------------------------------------------------- */

static xd_str_t
date_from(map_run_t *m, const map_line_t *line, xd_str_t value)
{
    xd_str_t date = x12_date(m, value);

    (void) line;

    return date.len > 0 ? date : XD_STR_NONE;
}


/* YYYY-MM-DD at the begin of a text as CCYYMMDD. */
static xd_str_t
day(map_run_t *m, xd_str_t value)
{
    return map_kept(m, xd_fmt(m->arena, "%.4s%.2s%.2s", value.ptr,
                           value.ptr + 5, value.ptr + 8));
}


static xd_str_t
date_to(map_run_t *m, const map_line_t *line, xd_str_t value)
{
    (void) line;

    return value.len == 10 ? day(m, value) : XD_STR_NONE;
}


const map_codec_t x12_as_date = { map_read_value, map_write_value, date_from,
    date_to, "a day", XD_STRING };


/* The day of a member that may say more; of one that must (`number`) it is
 * midnight. */
static xd_str_t
day_from(map_run_t *m, const map_line_t *line, xd_str_t value)
{
    xd_str_t at = line->with.number != 0
                      ? x12_instant(m, value, XD_STR(""), XD_STR(""))
                      : x12_date(m, value);

    return at.len > 0 ? at : XD_STR_NONE;
}


static xd_str_t
day_to(map_run_t *m, const map_line_t *line, xd_str_t value)
{
    (void) line;

    return value.len >= 10 ? day(m, value) : XD_STR_NONE;
}


const map_codec_t x12_as_day = { map_read_value, map_write_value, day_from,
    day_to, "a day", XD_STRING };


/* A day, the time beside it, and the zone beside that, of which the last two
 * may be missing. */
static void
instant_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *in = map_find(m, line, group);
    const char *zone = line->keys[2];
    xd_str_t at, value;

    if (in == NULL || map_member(to, line) != NULL) {
        return;
    }

    value = map_text(m, in, line->keys[0]);
    at = x12_instant(m, xd_str_trim(value),
        xd_str_trim(map_text(m, in, line->keys[1])),
        zone != NULL ? xd_str_trim(map_text(m, in, zone)) : XD_STR(""));
    if (at.len == 0) {
        return;
    }

    (void) map_value(m, line, group);
    map_use(m, in, line->keys[1]);
    if (zone != NULL) {
        map_use(m, in, zone);
    }
    map_put(m, map_around(m, to, line), map_key(line), at);
}


static void
instant_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *node = map_member(from, line);
    xd_str_t at = node != NULL ? node->text : XD_STR_NONE, clock;
    xd_node_t *in;

    if (node == NULL) {
        return;
    }

    if (at.len < 10) {
        map_refuse(m, line, node, "it wants a day, or a point in time.");
        return;
    }

    map_set(m, line, group, day(m, at), node);
    if (at.len < 20) {
        return;
    }

    if (at.ptr[at.len - 1] != 'Z'
        || (at.len > 20 && memcmp(at.ptr + 19, ".000Z", 5) != 0))
    {
        map_warn(m, "map.cut", 0, at,
            "Less than a second, or a zone, was left out.");
    }

    in = map_make(m, line, group);
    clock = map_kept(m, xd_fmt(m->arena, "%.2s%.2s%.2s", at.ptr + 11,
                            at.ptr + 14, at.ptr + 17));
    map_set_at(m, line, in, line->keys[1], (map_room_t){ 2, 8 }, clock, node);
    if (line->keys[2] != NULL) {
        map_set_at(m, line, in, line->keys[2], (map_room_t){ 2, 2 },
            XD_STR("UT"), node);
    }
}


const map_codec_t x12_as_instant = { .read = instant_read,
    .write = instant_write };


/* The same, which is a day alone when no time stands beside it. */
static void
moment_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *in = map_find(m, line, group);

    if (map_text(m, in, line->keys[1]).len > 0) {
        instant_read(m, line, group, to);
    } else {
        map_read_value(m, line, group, to);
    }
}


const map_codec_t x12_as_moment = { .read = moment_read,
    .write = instant_write,
    .from = date_from };
