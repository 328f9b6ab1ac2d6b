/* SPDX-License-Identifier: BSD-2-Clause */

/* Codecs of one value: an element on one side, a text or number on the
 * other. */

#include "base/decimal.h"
#include "canon/format.h"
#include "map/x12_line.h"


static const xd_str_t nothing = { NULL, 0 };


/* A text in the arena. */
static xd_str_t
kept(x12_map_t *m, xd_str_t text)
{
    if (text.ptr == NULL) {
        m->rc = XD_E_MEMORY;
    }

    return text;
}


/* -- both ways, by a conversion ------------------------------------------- */

void
x12_read_value(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    const char *key;
    xd_str_t value, out;
    xd_node_t *around = to;

    if (x12_member(to, line->member) != NULL) {
        return;
    }

    if ((line->flags & X12_WITHIN) != 0) {
        around = x12_around(m, to, line, &key);
    }

    value = around != NULL ? x12_value(m, line, loop) : XD_STR("");
    if (value.len == 0) {
        return;
    }

    out = line->codec->from(m, line, value);
    if (out.ptr == NULL) {
        const xd_node_t *seg = x12_find(m, line, loop);

        if ((line->flags & X12_BARE) == 0) {
            x12_warn(m, "x12.map.value", seg->offset, value,
                "The value could not be carried over.");
        }
        return;
    }

    around = x12_around(m, to, line, &key);
    x12_put(m, around, key, out);
    if (line->codec->kind == XD_NUMBER && around != NULL
        && xd_get(around, key) != NULL)
    {
        xd_get(around, key)->kind = XD_NUMBER;
    }
}


void
x12_write_value(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *node = x12_member(from, line->member);
    xd_str_t value;

    if (node == NULL) {
        return;
    }

    value = line->codec->to(m, line, node->text);
    if (value.ptr == NULL) {
        x12_refuse(m, line, node, "it wants %s.", line->codec->is);
        return;
    }

    x12_set(m, line, loop, value, node);
}


/* -- text ----------------------------------------------------------------- */

static xd_str_t
as_it_is(x12_map_t *m, const x12_line_t *line, xd_str_t value)
{
    (void) m;
    (void) line;

    return value;
}


const x12_codec_t x12_as_text = { x12_read_value, x12_write_value, as_it_is,
    as_it_is, "a text", XD_STRING };


/* -- dates ---------------------------------------------------------------- */

static xd_str_t
date_from(x12_map_t *m, const x12_line_t *line, xd_str_t value)
{
    xd_str_t date = x12_date(m, value);

    (void) line;

    return date.len > 0 ? date : nothing;
}


/* YYYY-MM-DD at the begin of a text as CCYYMMDD. */
static xd_str_t
day(x12_map_t *m, xd_str_t value)
{
    return kept(m, xd_fmt(m->arena, "%.4s%.2s%.2s", value.ptr, value.ptr + 5,
                       value.ptr + 8));
}


static xd_str_t
date_to(x12_map_t *m, const x12_line_t *line, xd_str_t value)
{
    (void) line;

    return value.len == 10 ? day(m, value) : nothing;
}


const x12_codec_t x12_as_date = { x12_read_value, x12_write_value, date_from,
    date_to, "a day", XD_STRING };


static xd_str_t
day_from(x12_map_t *m, const x12_line_t *line, xd_str_t value)
{
    xd_str_t at = x12_instant(m, value, XD_STR(""), XD_STR(""));

    (void) line;

    return at.len > 0 ? at : nothing;
}


static xd_str_t
day_to(x12_map_t *m, const x12_line_t *line, xd_str_t value)
{
    (void) line;

    return value.len >= 10 ? day(m, value) : nothing;
}


/* A point in time of which X12 has the day only. */
const x12_codec_t x12_as_instant_day = { x12_read_value, x12_write_value,
    day_from, day_to, "a point in time", XD_STRING };


/* The day of what may be more. */
const x12_codec_t x12_as_day = { x12_read_value, x12_write_value, date_from,
    day_to, "a day", XD_STRING };


/* A day that must be set and says nothing to us: that of the member, or else
 * of another one (`with`). */
static void
order_date_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *node = x12_member(from, line->member);

    if (node == NULL) {
        node = x12_member(from, line->with);
    }

    if (node == NULL || node->text.len < 10) {
        x12_refuse(m, line, node, "it wants a day.");
    } else {
        x12_set(m, line, loop, day(m, node->text), node);
    }
}


const x12_codec_t x12_as_order_date = { .write = order_date_write };


/* A day with a time beside it, and the zone beside that. */
static void
moment_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    const xd_node_t *seg = x12_find(m, line, loop);
    uint32_t n = line->element;
    xd_str_t at;

    if (xd_text(seg, x12_names[n + 1]).len == 0) {
        x12_read_value(m, line, loop, to);
        return;
    }

    at = x12_instant(m, x12_value(m, line, loop),
        x12_take(m, seg, x12_names[n + 1]), x12_take(m, seg, x12_names[n + 2]));
    x12_put(m, to, line->member, at);
}


static void
moment_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *node = x12_member(from, line->member);
    x12_line_t part = *line;
    xd_str_t at, clock;

    /* a day alone has a place of its own */
    if (node == NULL || node->text.len <= 10) {
        return;
    }

    at = node->text;
    if (at.len > 20 || at.ptr[at.len - 1] != 'Z') {
        x12_warn(m, "x12.map.cut", 0, at,
            "Less than a second, or a zone, was left out.");
    }

    x12_set(m, line, loop, day(m, at), node);
    clock = kept(m, xd_fmt(m->arena, "%.2s%.2s%.2s", at.ptr + 11, at.ptr + 14,
                        at.ptr + 17));
    part.min = 2;
    x12_set_element(m, &part, x12_make(m, line, loop), line->element + 1U,
        clock, node);
    x12_set_element(m, &part, x12_make(m, line, loop), line->element + 2U,
        XD_STR("UT"), node);
}


const x12_codec_t x12_as_moment = { moment_read, moment_write, date_from,
    date_to, "a point in time", XD_STRING };


/* -- numbers -------------------------------------------------------------- */

static xd_str_t
integer_from(x12_map_t *m, const x12_line_t *line, xd_str_t value)
{
    uint64_t n;

    (void) line;

    if (!xd_str_uint(value, UINT32_MAX, &n)) {
        return nothing;
    }

    return kept(m, xd_fmt(m->arena, "%u", (uint32_t) n));
}


const x12_codec_t x12_as_integer = { x12_read_value, x12_write_value,
    integer_from, as_it_is, "a whole number", XD_NUMBER };


static xd_str_t
decimal_from(x12_map_t *m, const x12_line_t *line, xd_str_t value)
{
    char text[XD_DECIMAL_MAX];
    xd_decimal_t d;

    (void) line;

    if (xd_decimal_read_edi(value, false, &d) != XD_OK) {
        return nothing;
    }

    return kept(m,
        xd_dup(m->arena, (xd_str_t){ text, xd_decimal_write(d, text) }));
}


/* Sign and point are no digits, and only digits are counted. */
static xd_str_t
decimal_to(x12_map_t *m, const x12_line_t *line, xd_str_t value)
{
    size_t digits = 0;

    (void) m;

    for (size_t i = 0; i < value.len; i++) {
        digits += value.ptr[i] >= '0' && value.ptr[i] <= '9';
    }

    return digits <= line->max ? value : nothing;
}


/* The sign and the point come on top of the digits. */
static void
decimal_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    x12_line_t wide = *line;
    const xd_node_t *node = x12_member(from, line->member);

    if (node == NULL) {
        return;
    }

    if (decimal_to(m, line, node->text).ptr == NULL) {
        x12_refuse(m, line, node, "it wants a number of at most %u digits.",
            line->max);
        return;
    }

    wide.max = (uint16_t) (line->max + 2);
    x12_set(m, &wide, loop, node->text, node);
}


const x12_codec_t x12_as_decimal = { x12_read_value, decimal_write,
    decimal_from, decimal_to, "a number", XD_STRING };


/* -- codes ---------------------------------------------------------------- */

static xd_str_t
coded_from(x12_map_t *m, const x12_line_t *line, xd_str_t value)
{
    (void) m;

    return xd_str(x12_code(line->with, value));
}


static xd_str_t
coded_to(x12_map_t *m, const x12_line_t *line, xd_str_t value)
{
    (void) m;

    return xd_str(x12_code_of(line->with, value));
}


const x12_codec_t x12_as_coded = { x12_read_value, x12_write_value, coded_from,
    coded_to, "a value that has a code", XD_STRING };


/* The number of units that a price is for, as the code that says so. */
static xd_str_t
base_to(x12_map_t *m, const x12_line_t *line, xd_str_t value)
{
    const x12_code_t *row = line->with;
    xd_decimal_t mine, one;

    (void) m;

    for (; row->code != NULL && xd_decimal_read(value, &mine) == XD_OK; row++) {
        if (xd_decimal_read(xd_str(row->name), &one) == XD_OK
            && xd_decimal_cmp(mine, one) == 0)
        {
            return xd_str(row->code);
        }
    }

    return nothing;
}


const x12_codec_t x12_as_base = { x12_read_value, x12_write_value, coded_from,
    base_to, "a price for 1, 10, 100 or 1000 units", XD_STRING };


/* -- numbers of lines ----------------------------------------------------- */

/* A line without a number, or with one that is none, has its place. */
static void
line_no_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    const xd_node_t *seg = x12_find(m, line, loop);
    uint64_t n;

    if (xd_str_uint(xd_text(seg, x12_names[line->element]), 99999, &n) && n > 0)
    {
        (void) x12_value(m, line, loop);
    } else {
        n = m->frame != NULL ? m->frame->index + 1U : 1;
    }

    x12_put_number(m, to, line->member, (int64_t) n);
}


const x12_codec_t x12_as_line_no = { line_no_read, x12_write_value, NULL,
    as_it_is, "a number", XD_NUMBER };
