/* SPDX-License-Identifier: BSD-2-Clause */

/* Numbers of articles, which stand in pairs of scheme and number. */

#include "canon/format.h"
#include "map/x12_line.h"


#define PAIRS 10 /* of a line */


/* Eight to fourteen digits, filled to fourteen; empty without a right check
 * digit. */
static xd_str_t
gtin(x12_map_t *m, xd_str_t id)
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
x12_put_item_id(x12_map_t *m, xd_node_t *item, const xd_node_t *seg,
    const char *scheme_at, const char *number_at)
{
    xd_str_t code = x12_take(m, seg, scheme_at);
    xd_str_t id = x12_take(m, seg, number_at), full;
    const char *scheme = x12_code(x12_item_ids, code);

    if (id.len == 0) {
        return;
    }

    if (scheme == NULL || strcmp(scheme, "gtin") != 0) {
        x12_put_id(m, item,
            scheme != NULL ? scheme : x12_scheme(m, "235", code), id);
        return;
    }

    full = gtin(m, id);
    if (full.len > 0 && xd_get(item, "gtin") == NULL) {
        x12_put(m, item, "gtin", full);
        return;
    }

    if (full.len == 0) {
        x12_warn(m, "x12.map.gtin", seg->offset, id,
            "The article number has no right check digit.");
    }
    x12_put_id(m, item, x12_scheme(m, "235", code), id);
}


/* -- both ways ------------------------------------------------------------ */

/* Pairs from the line's element on; schemes that are for other lines are left
 * alone (`with`).  Without any there is no article. */
static void
item_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    const xd_node_t *seg = x12_find(m, line, loop);
    xd_node_t *item = NULL;

    for (uint32_t n = line->element; n < line->element + 2U * PAIRS; n += 2) {
        xd_str_t code = xd_text(seg, x12_names[n]);

        if (code.len == 0 || xd_text(seg, x12_names[n + 1]).len == 0
            || (line->with != NULL && x12_listed(line->with, code)))
        {
            continue;
        }

        if (item == NULL) {
            item = x12_open(m, to, line->member, XD_OBJECT);
        }
        x12_put_item_id(m, item, seg, x12_names[n], x12_names[n + 1]);
    }
}


/* Sets the next pair that is free. */
static void
pair_set(x12_map_t *m, const x12_line_t *line, xd_node_t *loop, xd_str_t code,
    xd_str_t id, const xd_node_t *node)
{
    xd_node_t *seg = x12_make(m, line, loop);
    uint32_t n = line->element;

    while (n < line->element + 2U * PAIRS && xd_get(seg, x12_names[n]) != NULL)
    {
        n += 2;
    }

    if (n >= line->element + 2U * PAIRS) {
        x12_refuse(m, line, node, "it has room for %d numbers of an article.",
            PAIRS);
        return;
    }

    if (seg != NULL) {
        x12_put(m, seg, x12_names[n], code);
    }
    x12_set_element(m, line, seg, n + 1, id, node);
}


/* A GTIN by the shortest of its forms: 12, 13 or 14 digits. */
static void
gtin_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *item,
    xd_node_t *loop)
{
    const xd_node_t *node = xd_get(item, "gtin");
    xd_str_t id = node != NULL ? node->text : XD_STR("");

    if (id.len != 14) {
        return;
    }

    if (memcmp(id.ptr, "00", 2) == 0) {
        pair_set(m, line, loop, XD_STR("UP"),
            (xd_str_t){ id.ptr + 2, id.len - 2 }, node);
    } else if (id.ptr[0] == '0') {
        pair_set(m, line, loop, XD_STR("EN"),
            (xd_str_t){ id.ptr + 1, id.len - 1 }, node);
    } else {
        pair_set(m, line, loop, XD_STR("UK"), id, node);
    }
}


/* The code of a scheme; of "x12-235-ZZ" what stands there. */
static xd_str_t
scheme_code(xd_str_t scheme)
{
    static const char read[] = "x12-235-";
    const char *code = x12_code_of(x12_item_ids, scheme);

    if (code != NULL) {
        return xd_str(code);
    }

    return scheme.len == sizeof(read) + 1
                   && xd_str_starts(scheme, XD_STR("x12-235-"))
               ? (xd_str_t){ scheme.ptr + sizeof(read) - 1, 2 }
               : XD_STR_NONE;
}


static void
item_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *item = x12_member(from, line->member);
    bool any = xd_get(item, "gtin") != NULL;

    if (item == NULL) {
        return;
    }

    gtin_write(m, line, item, loop);

    xd_each (id, xd_get(item, "altIds")) {
        xd_str_t code = scheme_code(xd_text(id, "scheme"));

        if (code.ptr == NULL) {
            continue; /* told with all that was left out */
        }

        any = true;
        x12_used(m, xd_get(id, "scheme"));
        pair_set(m, line, loop, code, xd_text(id, "value"),
            xd_get(id, "value"));
    }

    if (!any) {
        x12_refuse(m, line, xd_nth(xd_get(item, "altIds"), 0),
            "no number of the article has a scheme that element 235 knows.");
    }
}


const x12_codec_t x12_as_item = { .read = item_read, .write = item_write };


/* -- one pair that is a member of its own --------------------------------- */

static void
pair_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    const xd_node_t *seg = x12_find(m, line, loop);

    for (uint32_t n = line->element; n < line->element + 2U * PAIRS; n += 2) {
        xd_str_t value = xd_text(seg, x12_names[n + 1]);
        uint64_t number;

        if (!xd_str_is(xd_text(seg, x12_names[n]), line->with) || value.len == 0
            || xd_get(to, line->member) != NULL)
        {
            continue;
        }

        if ((line->flags & X12_BARE) == 0) {
            x12_use(m, seg, x12_names[n]);
            x12_put(m, to, line->member, x12_take(m, seg, x12_names[n + 1]));
        } else if (xd_str_uint(value, 99999, &number) && number > 0) {
            /* a number of a line is one, or stays in the residue */
            x12_use(m, seg, x12_names[n]);
            x12_use(m, seg, x12_names[n + 1]);
            x12_put_number(m, to, line->member, (int64_t) number);
        }
    }
}


static void
pair_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *node = x12_member(from, line->member);

    if (node != NULL) {
        pair_set(m, line, loop, xd_str(line->with), node->text, node);
    }
}


const x12_codec_t x12_as_pair = { .read = pair_read, .write = pair_write };
