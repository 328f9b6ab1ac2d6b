/* SPDX-License-Identifier: BSD-2-Clause */

/* Codecs of EDIFACT: times beside the code of their form (2379), numbers of
 * parties beside who gave them (3055), numbers of articles in LIN and PIA. */

#include <stdio.h>

#include "canon/format.h"
#include "map/edifact_map.h"
#include "map/target.h"
#include "map/x12_map.h"


/* -- DTM ------------------------------------------------------------------- */

/* Forms of points in time that are read; of which a day has eight bytes. */
static bool
is_form(xd_str_t form, xd_str_t value)
{
    static const struct {
        const char *code;
        size_t len;
    } rows[] = { { "101", 6 }, { "102", 8 }, { "203", 12 }, { "204", 14 } };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (xd_str_is(form, rows[i].code)) {
            return value.len == rows[i].len;
        }
    }

    return false;
}


static void
dated_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *in = map_find(m, line, group);
    xd_str_t value = xd_str_trim(map_text(m, in, line->keys[0])), at;
    xd_str_t day = { value.ptr, value.len < 8 ? value.len : 8 };
    bool timed = value.len > 8;

    if (value.len == 0 || map_member(to, line) != NULL) {
        return;
    }

    at =
        !is_form(map_text(m, in, line->keys[1]), value) ? XD_STR("")
        : line->with.number == MAP_R_DATE
                || (line->with.number == MAP_R_MOMENT && !timed)
            ? x12_date(m, day)
            : x12_instant(m, day,
                timed ? (xd_str_t){ value.ptr + 8, value.len - 8 } : XD_STR(""),
                XD_STR(""));
    if (at.len == 0) {
        map_warn(m, "map.value", in->offset, value,
            "The time could not be carried over.");
        return;
    }

    (void) map_value(m, line, group);
    map_use(m, in, line->keys[1]);
    map_put(m, map_around(m, to, line), map_key(line), at);
}


/* A day by 102; a point in time by 203, or 204 where it has seconds. */
static void
dated_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *node = map_member(from, line);
    xd_str_t at = node != NULL ? node->text : XD_STR_NONE, form;
    bool day, second;
    char text[16];
    xd_node_t *in;

    if (at.len < 10) {
        return;
    }

    day = at.len < 20 || line->with.number == MAP_R_DATE
          || (line->with.number == MAP_R_INSTANT
              && memcmp(at.ptr + 11, "00:00:00", 8) == 0);
    second = !day && memcmp(at.ptr + 17, "00", 2) != 0;
    form = day ? XD_STR("102") : second ? XD_STR("204") : XD_STR("203");
    (void) snprintf(text, sizeof(text), "%.4s%.2s%.2s%.2s%.2s%.2s", at.ptr,
        at.ptr + 5, at.ptr + 8, day ? "" : at.ptr + 11, day ? "" : at.ptr + 14,
        second ? at.ptr + 17 : "");

    if (!day && at.len > 20 && memcmp(at.ptr + 19, ".000Z", 5) != 0) {
        map_warn(m, "map.cut", 0, at, "Less than a second was left out.");
    }

    in = map_make(m, line, group);
    map_set(m, line, group, map_kept(m, xd_dup(m->arena, xd_str(text))), node);
    map_write_value_at(m, in, line->keys[1], form);
}


const map_codec_t edifact_as_dated = { .read = dated_read,
    .write = dated_write };


/* -- numbers in schemes ---------------------------------------------------- */

#define OWN_3055 "edifact-3055-"
#define OWN_7143 "edifact-7143-"

/* The scheme of a code that no table names: "edifact-3055-92". */
static xd_str_t
own_scheme(map_run_t *m, const char *prefix, xd_str_t code)
{
    for (size_t i = 0; i < code.len; i++) {
        char c = code.ptr[i];

        if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z')
            && !(c >= 'a' && c <= 'z'))
        {
            code.len = 0;
        }
    }

    return map_kept(m,
        xd_fmt(m->arena, "%s%.*s", prefix, (int) code.len, code.ptr));
}


/* The code of a scheme: of a table, or the one that it is named by; ptr NULL
 * when it has none. */
static xd_str_t
scheme_code(const map_table_t *table, const char *prefix, xd_str_t scheme)
{
    xd_str_t code = map_table_code(table, scheme);
    size_t len = strlen(prefix);

    return code.ptr != NULL ? code
           : xd_str_starts(scheme, xd_str(prefix))
               ? (xd_str_t){ scheme.ptr + len, scheme.len - len }
               : XD_STR_NONE;
}


static xd_str_t
text_of(const xd_node_t *node)
{
    return node != NULL && node->kind == XD_STRING ? node->text : XD_STR("");
}


static bool
is_apart(const map_line_t *line, xd_str_t scheme)
{
    for (const xd_str_t *s = line->with.apart; s->ptr != NULL; s++) {
        if (xd_str_eq(scheme, *s)) {
            return true;
        }
    }

    return false;
}


/* -- parties --------------------------------------------------------------- */

static void
identity_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *in = map_find(m, line, group);
    xd_str_t agency = xd_str_trim(map_text(m, in, line->keys[1])), id, scheme;

    if (map_text(m, in, line->keys[0]).len == 0) {
        return;
    }

    id = map_value(m, line, group);
    map_use(m, in, line->keys[1]);
    scheme = map_table_name(line->with.tables[0], agency);

    if (xd_str_is(scheme, "gln") && xd_format_gln13(id)) {
        map_put(m, to, "gln", id);
        return;
    }

    if (xd_str_is(scheme, "gln")) {
        map_warn(m, "map.gln", in->offset, id,
            "The location number has no right check digit.");
        scheme = XD_STR_NONE;
    }

    scheme = scheme.ptr != NULL ? scheme : own_scheme(m, OWN_3055, agency);
    if (scheme.ptr != NULL) {
        map_put_id(m, to, scheme.ptr, id);
    }
}


/* The GLN, or the first number whose scheme has a code; others are for lines
 * that name their schemes. */
static void
identity_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *value = xd_get(from, "gln"), *scheme = NULL, *there;
    xd_str_t code = map_table_code(line->with.tables[0], XD_STR("gln"));
    xd_node_t *in;

    for (const xd_node_t *id = xd_nth(xd_get(from, "altIds"), 0);
         value == NULL && id != NULL; id = id->next)
    {
        scheme = xd_get(id, "scheme");
        code = scheme_code(line->with.tables[0], OWN_3055, text_of(scheme));
        if (code.ptr != NULL && !is_apart(line, scheme->text)) {
            value = xd_get(id, "value");
        }
    }

    if (value == NULL) {
        return;
    }

    /* another line may have said who it is */
    in = map_make(m, line, group);
    there = in != NULL ? m->kind->value(in, line->keys[0]) : NULL;
    if (there != NULL && !xd_str_eq(there->text, value->text)) {
        map_refuse(m, line, value,
            "the party has one number, and another one was given.");
        return;
    }

    map_set(m, line, group, value->text, value);
    map_used(m, scheme);
    map_write_value_at(m, in, line->keys[1], code);
}


const map_codec_t edifact_as_identity = { .read = identity_read,
    .write = identity_write };


/* -- articles -------------------------------------------------------------- */

#define PIA_FIRST 2 /* elements of PIA with a number each */
#define PIA_LAST  6

static const char *const numbers[] = { "2.1", "3.1", "4.1", "5.1", "6.1" };
static const char *const types[] = { "2.2", "3.2", "4.2", "5.2", "6.2" };


/* Fills a GTIN to 14 digits; empty without a right check digit. */
static xd_str_t
gtin_of(map_run_t *m, xd_str_t id)
{
    static const char zeros[] = "00000000000000";
    xd_str_t full = id.len >= 8 && id.len <= 14 ? map_kept(m,
                        xd_fmt(m->arena, "%.*s%.*s", (int) (14 - id.len), zeros,
                            XD_FMT(id)))
                                                : XD_STR("");

    return xd_format_gtin14(full) ? full : XD_STR("");
}


static void
goods_put(map_run_t *m, const map_line_t *line, xd_node_t *to,
    const xd_node_t *in, const char *number, const char *type)
{
    xd_str_t id = map_text(m, in, number), code, scheme, full;
    xd_node_t *item;

    if (id.len == 0) {
        return;
    }

    item = xd_get(map_around(m, to, line), map_key(line));
    if (item == NULL) {
        item = map_open(m, map_around(m, to, line), map_key(line), XD_OBJECT);
    }

    id = map_take(m, in, number);
    code = map_take(m, in, type);
    scheme = map_table_name(line->with.tables[0], code);

    full = xd_str_is(scheme, "gtin") ? gtin_of(m, id) : XD_STR("");
    if (full.len > 0 && xd_get(item, "gtin") == NULL) {
        map_put(m, item, "gtin", full);
        return;
    }

    if (xd_str_is(scheme, "gtin")) {
        if (full.len == 0) {
            map_warn(m, "map.gtin", in->offset, id,
                "The article number has no right check digit.");
        }
        scheme = XD_STR_NONE;
    }

    scheme = scheme.ptr != NULL ? scheme : own_scheme(m, OWN_7143, code);
    if (scheme.ptr != NULL) {
        map_put_id(m, item, scheme.ptr, id);
    }
}


/* 4347: 1 and 5 are numbers of the article at hand; others, as 3, are of
 * articles that come instead. */
static bool
is_own(xd_str_t function)
{
    return xd_str_is(function, "1") || xd_str_is(function, "5");
}


static void
goods_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    goods_put(m, line, to, group, "3.1", "3.2");

    xd_each (pia, xd_get(group, "PIA")) {
        if (!is_own(map_text(m, pia, "1"))) {
            continue; /* it stays in what is left */
        }
        map_use(m, pia, "1");
        for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
            goods_put(m, line, to, pia, numbers[i], types[i]);
        }
    }
}


/* The next free place of the PIA that there are, or of one more.  5: these are
 * the article; 1: they stand beside LIN's. */
static void
pia_put(map_run_t *m, const map_line_t *line, xd_node_t *group, bool beside,
    xd_str_t code, const xd_node_t *value)
{
    xd_node_t *array = xd_get(group, "PIA");
    xd_node_t *pia = array != NULL ? array->last : NULL;
    size_t n = 0;

    while (pia != NULL && n <= PIA_LAST - PIA_FIRST
           && m->kind->value(pia, numbers[n]) != NULL)
    {
        n++;
    }

    if (pia == NULL || n > PIA_LAST - PIA_FIRST) {
        pia = map_another(m, group, "PIA");
        map_write_value_at(m, pia, "1", beside ? XD_STR("1") : XD_STR("5"));
        n = 0;
    }

    map_set_at(m, line, pia, numbers[n], (map_room_t){ 1, 35 }, value->text,
        value);
    map_write_value_at(m, pia, types[n], code);
}


static void
gtin_write(map_run_t *m, const map_line_t *line, const xd_node_t *gtin,
    xd_node_t *group)
{
    xd_str_t id = gtin->text;
    size_t zeros = 0;

    while (zeros < id.len && id.ptr[zeros] == '0') {
        zeros++;
    }

    /* 14 digits, 13, or the 8 of small articles */
    zeros = zeros >= 6 ? 6 : zeros > 0 ? 1 : 0;
    map_set_at(m, line, group, "3.1", (map_room_t){ 1, 35 },
        (xd_str_t){ id.ptr + zeros, id.len - zeros }, gtin);
    map_write_value_at(m, group, "3.2",
        map_table_code(line->with.tables[0], XD_STR("gtin")));
}


static void
goods_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *item = map_member(from, line);
    const xd_node_t *gtin = xd_get(item, "gtin");
    bool any = gtin != NULL;

    if (item == NULL) {
        return;
    }

    if (gtin != NULL) {
        gtin_write(m, line, gtin, group);
    }

    xd_each (id, xd_get(item, "altIds")) {
        const xd_node_t *scheme = xd_get(id, "scheme");
        const xd_node_t *value = xd_get(id, "value");
        xd_str_t code =
            scheme_code(line->with.tables[0], OWN_7143, text_of(scheme));

        if (code.ptr != NULL && value != NULL) {
            any = true;
            map_used(m, scheme);
            pia_put(m, line, group, gtin != NULL, code, value);
        }
    }

    if (!any) {
        map_refuse(m, line, xd_nth(xd_get(item, "altIds"), 0),
            "no number of the article has a scheme with a code.");
    }
}


const map_codec_t edifact_as_goods = { .read = goods_read,
    .write = goods_write };
