/* SPDX-License-Identifier: BSD-2-Clause */

/* Numbers of articles, which stand in pairs of scheme and number. */

#include "canon/format.h"
#include "map/x12_map.h"


/* Eight to fourteen digits, filled to fourteen; empty without a right check
 * digit. */
static xd_str_t
gtin(map_run_t *m, xd_str_t id)
{
    static const char zeros[] = "00000000000000";
    xd_str_t full = XD_STR("");

    if (id.len >= 8 && id.len <= 14) {
        full = xd_fmt(m->arena, "%.*s%.*s", (int) (14 - id.len), zeros,
            XD_FMT(id));
        if (full.ptr == NULL) {
            m->rc = XD_E_MEMORY;
            return XD_STR("");
        }
    }

    return xd_format_gtin14(full) ? full : XD_STR("");
}


void
x12_put_item_id(map_run_t *m, xd_node_t *item, const xd_node_t *seg,
    const char *scheme_at, const char *number_at, const map_table_t *ids)
{
    xd_str_t code = map_take(m, seg, scheme_at);
    xd_str_t id = map_take(m, seg, number_at), full;
    xd_str_t scheme = map_table_name(ids, code);

    if (id.len == 0) {
        return;
    }

    if (!xd_str_is(scheme, "gtin")) {
        map_put_id(m, item,
            scheme.ptr != NULL ? scheme.ptr : x12_scheme(m, "235", code), id);
        return;
    }

    full = gtin(m, id);
    if (full.len > 0 && xd_get(item, "gtin") == NULL) {
        map_put(m, item, "gtin", full);
        return;
    }

    if (full.len == 0) {
        map_warn(m, "map.gtin", seg->offset, id,
            "The article number has no right check digit.");
    }
    map_put_id(m, item, x12_scheme(m, "235", code), id);
}


/* -- both ways ------------------------------------------------------------- */

/* Where the first pair stands. */
static uint32_t
first_pair(const map_line_t *line)
{
    uint64_t n = 1;

    (void) xd_str_uint(xd_str(line->keys[0]), X12_NAMES - 1, &n);

    return (uint32_t) n;
}


/* Behind the last pair that there may be. */
static uint32_t
last_pair(const map_line_t *line)
{
    uint32_t n = first_pair(line) + 2U * line->pairs;

    return n < X12_NAMES - 1 ? n : X12_NAMES - 1;
}


/* Is it for another line? */
static bool
is_apart(const map_line_t *line, xd_str_t code)
{
    for (const xd_str_t *s = line->with.apart; s->ptr != NULL; s++) {
        if (xd_str_eq(code, *s)) {
            return true;
        }
    }

    return false;
}


/* Pairs from the line's element on; without any there is no article. */
static void
item_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *seg = map_find(m, line, group);
    xd_node_t *item = NULL;

    for (uint32_t n = first_pair(line); n < last_pair(line); n += 2) {
        xd_str_t code = xd_text(seg, x12_names[n]);

        if (code.len == 0 || xd_text(seg, x12_names[n + 1]).len == 0
            || is_apart(line, code))
        {
            continue;
        }

        if (item == NULL) {
            item =
                map_open(m, map_around(m, to, line), map_key(line), XD_OBJECT);
        }
        x12_put_item_id(m, item, seg, x12_names[n], x12_names[n + 1],
            line->with.tables[0]);
    }
}


/* Sets the next pair that is free. */
static void
pair_set(map_run_t *m, const map_line_t *line, xd_node_t *group, xd_str_t code,
    xd_str_t id, const xd_node_t *node)
{
    xd_node_t *seg = map_make(m, line, group);
    uint32_t n = first_pair(line);

    while (n < last_pair(line) && xd_get(seg, x12_names[n]) != NULL) {
        n += 2;
    }

    if (n >= last_pair(line)) {
        map_refuse(m, line, node, "it has room for %u numbers of an article.",
            line->pairs);
        return;
    }

    map_write_value_at(m, seg, x12_names[n], code);
    map_set_at(m, line, seg, x12_names[n + 1],
        (map_room_t){ line->min, line->max }, id, node);
}


/* A GTIN by the shortest of its forms: 12, 13 or 14 digits. */
static void
gtin_write(map_run_t *m, const map_line_t *line, const xd_node_t *item,
    xd_node_t *group)
{
    const xd_node_t *node = xd_get(item, "gtin");
    xd_str_t id = node != NULL ? node->text : XD_STR("");
    size_t zeros;

    if (id.len != 14) {
        return;
    }

    zeros = id.ptr[0] != '0' ? 0 : id.ptr[1] != '0' ? 1 : 2;
    pair_set(m, line, group,
        zeros == 2   ? XD_STR("UP")
        : zeros == 1 ? XD_STR("EN")
                     : XD_STR("UK"),
        (xd_str_t){ id.ptr + zeros, id.len - zeros }, node);
}


/* The code of a scheme; of "x12-235-ZZ" what stands there. */
static xd_str_t
scheme_code(const map_line_t *line, xd_str_t scheme)
{
    static const char read[] = "x12-235-";
    xd_str_t code = map_table_code(line->with.tables[0], scheme);

    if (code.ptr != NULL) {
        return code;
    }

    return scheme.len == sizeof(read) + 1
                   && xd_str_starts(scheme, XD_STR("x12-235-"))
               ? (xd_str_t){ scheme.ptr + sizeof(read) - 1, 2 }
               : XD_STR_NONE;
}


static void
item_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *item = map_member(from, line);
    bool any = xd_get(item, "gtin") != NULL;

    if (item == NULL) {
        return;
    }

    gtin_write(m, line, item, group);

    xd_each (id, xd_get(item, "altIds")) {
        xd_str_t code = scheme_code(line, xd_text(id, "scheme"));

        if (code.ptr == NULL) {
            continue; /* told with all that was left out */
        }

        any = true;
        map_used(m, xd_get(id, "scheme"));
        pair_set(m, line, group, code, xd_text(id, "value"),
            xd_get(id, "value"));
    }

    if (!any) {
        map_refuse(m, line, xd_nth(xd_get(item, "altIds"), 0),
            "no number of the article has a scheme that element 235 knows.");
    }
}


const map_codec_t x12_as_item = { .read = item_read, .write = item_write };


/* -- one pair that is a member of its own ---------------------------------- */

/* A number of a line (`number`) is one, or stays in what is left. */
static void
pair_put(map_run_t *m, const map_line_t *line, const xd_node_t *seg, uint32_t n,
    xd_node_t *to)
{
    xd_str_t value = xd_text(seg, x12_names[n + 1]);
    xd_node_t *around = map_around(m, to, line);
    uint64_t number;

    if (line->with.number == 0) {
        map_use(m, seg, x12_names[n]);
        map_put(m, around, map_key(line), map_take(m, seg, x12_names[n + 1]));
    } else if (xd_str_uint(value, 99999, &number) && number > 0) {
        map_use(m, seg, x12_names[n]);
        map_use(m, seg, x12_names[n + 1]);
        map_put_number(m, around, map_key(line), (int64_t) number);
    }
}


static void
pair_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *seg = map_find(m, line, group);

    for (uint32_t n = first_pair(line); n < last_pair(line); n += 2) {
        if (xd_str_eq(xd_text(seg, x12_names[n]), line->with.words[0])
            && xd_text(seg, x12_names[n + 1]).len > 0
            && map_member(to, line) == NULL)
        {
            pair_put(m, line, seg, n, to);
        }
    }
}


static void
pair_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *node = map_member(from, line);

    if (node != NULL) {
        pair_set(m, line, group, line->with.words[0], node->text, node);
    }
}


const map_codec_t x12_as_pair = { .read = pair_read, .write = pair_write };


/* -- a number of its own place --------------------------------------------- */

static xd_str_t
gtin_from(map_run_t *m, const map_line_t *line, xd_str_t value)
{
    xd_str_t full = gtin(m, value);

    (void) line;

    return full.len > 0 ? full : XD_STR_NONE;
}


/* Without the zeros in front that the place does not hold. */
static xd_str_t
gtin_to(map_run_t *m, const map_line_t *line, xd_str_t value)
{
    (void) m;

    while (line->max > 0 && value.len > line->max && value.ptr[0] == '0') {
        value.ptr++;
        value.len--;
    }

    return value;
}


const map_codec_t x12_as_gtin = { map_read_value, map_write_value, gtin_from,
    gtin_to, "a number with a right check digit", XD_STRING };
