/* SPDX-License-Identifier: BSD-2-Clause */

/* Codecs of one value: a value of the tree on one side, a text or number on the
 * other. */

#include "base/decimal.h"
#include "map/line.h"


/* -- both ways, by a conversion -------------------------------------------- */

/* What the set does not say and the document wants: the map's own word for it,
 * which is told. */
static xd_str_t
assumed(map_run_t *m, const map_line_t *line)
{
    xd_reportf(m->rep,
        &(xd_finding_t){ .severity = XD_INFO,
            .scope = XD_SCOPE_VALUE,
            .offset = m->tree->offset,
            .rule = "map.assumed",
            .value = line->with.other },
        "The set does not say \"%s\": %.*s was assumed.", map_key(line),
        XD_FMT(line->with.other));

    return line->with.other;
}


void
map_read_value(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    xd_str_t value, out;
    xd_node_t *around, *node;
    bool assumes;

    if (map_member(to, line) != NULL
        || ((line->flags & MAP_WITHIN) != 0 && map_around(m, to, line) == NULL))
    {
        return;
    }

    value = map_value(m, line, group);
    assumes = value.len == 0 && line->with.other.len > 0;
    if (value.len == 0 && !assumes) {
        return;
    }

    out = assumes ? assumed(m, line) : line->codec->from(m, line, value);
    if (out.ptr == NULL) {
        if ((line->flags & MAP_QUIET) == 0) {
            map_warn(m, "map.value", map_find(m, line, group)->offset, value,
                "The value could not be carried over.");
        }
        return;
    }

    around = map_around(m, to, line);
    map_put(m, around, map_key(line), out);
    node = line->codec->kind == XD_NUMBER && around != NULL
               ? xd_get(around, map_key(line))
               : NULL;
    if (node != NULL) {
        node->kind = XD_NUMBER;
    }
}


void
map_write_value(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *node = map_member(from, line);
    xd_str_t value;

    if (node == NULL) {
        return;
    }

    if (line->scheme != NULL) {
        map_used(m, xd_get(node->parent, line->scheme[0].ptr));
    }

    value = line->codec->to(m, line, node->text);
    if (value.ptr == NULL) {
        map_refuse(m, line, node, "it wants %s.", line->codec->is);
        return;
    }

    map_set(m, line, group, value, node);
}


/* -- text ------------------------------------------------------------------ */

static xd_str_t
as_it_is(map_run_t *m, const map_line_t *line, xd_str_t value)
{
    (void) m;
    (void) line;

    return value;
}


const map_codec_t map_as_text = { map_read_value, map_write_value, as_it_is,
    as_it_is, "a text", XD_STRING };


/* Capital letters alone, as many as the words say at most. */
static xd_str_t
letters(map_run_t *m, const map_line_t *line, xd_str_t value)
{
    (void) m;

    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] < 'A' || value.ptr[i] > 'Z') {
            return XD_STR_NONE;
        }
    }

    return value.len >= 2 && value.len <= (size_t) line->with.number
               ? value
               : XD_STR_NONE;
}


const map_codec_t map_as_letters = { map_read_value, map_write_value, letters,
    letters, "capital letters", XD_STRING };


/* -- numbers --------------------------------------------------------------- */

static xd_str_t
integer_from(map_run_t *m, const map_line_t *line, xd_str_t value)
{
    uint64_t n;

    (void) line;

    if (!xd_str_uint(value, UINT32_MAX, &n)) {
        return XD_STR_NONE;
    }

    return map_kept(m, xd_fmt(m->arena, "%u", (uint32_t) n));
}


const map_codec_t map_as_integer = { map_read_value, map_write_value,
    integer_from, as_it_is, "a whole number", XD_NUMBER };


static xd_str_t
decimal_from(map_run_t *m, const map_line_t *line, xd_str_t value)
{
    char text[XD_DECIMAL_MAX];
    xd_decimal_t d;

    (void) line;

    if (xd_decimal_read_edi(value, false, &d) != XD_OK) {
        return XD_STR_NONE;
    }

    return map_kept(m,
        xd_dup(m->arena, (xd_str_t){ text, xd_decimal_write(d, text) }));
}


void
map_set_digits(map_run_t *m, const map_line_t *line, xd_node_t *group,
    xd_str_t value, const xd_node_t *node)
{
    map_line_t wide = *line;
    size_t digits = 0;

    for (size_t i = 0; i < value.len; i++) {
        digits += value.ptr[i] >= '0' && value.ptr[i] <= '9';
    }

    if (line->max > 0 && digits > line->max) {
        map_refuse(m, line, node, "it wants a number of at most %u digits.",
            line->max);
        return;
    }

    wide.max = line->max > 0 ? line->max + 2 : 0;
    map_set(m, &wide, group, value, node);
}


static void
decimal_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *node = map_member(from, line);

    if (node != NULL) {
        map_set_digits(m, line, group, node->text, node);
    }
}


const map_codec_t map_as_decimal = { map_read_value, decimal_write,
    decimal_from, as_it_is, "a number", XD_STRING };


/* -- codes ----------------------------------------------------------------- */

static xd_str_t
name_of(map_run_t *m, const map_line_t *line, xd_str_t value)
{
    (void) m;

    return map_table_name(line->with.tables[0], value);
}


xd_str_t
map_code_value(map_run_t *m, const map_line_t *line, xd_str_t value)
{
    (void) m;

    return map_table_code(line->with.tables[0], value);
}


const map_codec_t map_as_table = { map_read_value, map_write_value, name_of,
    map_code_value, "a value that has a code", XD_STRING };


/* A number as the code that says it: 100, 100.0 and 1e2 have one code. */
static xd_str_t
factor_to(map_run_t *m, const map_line_t *line, xd_str_t value)
{
    const map_table_t *table = line->with.tables[0];
    xd_decimal_t mine, one;

    (void) m;

    if (xd_decimal_read(value, &mine) != XD_OK) {
        return XD_STR_NONE;
    }

    for (size_t i = 0; i < table->count; i++) {
        if (table->rows[i].writes
            && xd_decimal_read(table->rows[i].name, &one) == XD_OK
            && xd_decimal_cmp(mine, one) == 0)
        {
            return table->rows[i].code;
        }
    }

    return XD_STR_NONE;
}


const map_codec_t map_as_factor = { map_read_value, map_write_value, name_of,
    factor_to, "a number that has a code", XD_STRING };


/* -- numbers of lines ------------------------------------------------------ */

/* A line without a number, or with one that is none, has its place. */
static void
line_no_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *in = map_find(m, line, group);
    const map_frame_t *entry = m->frame;
    uint64_t n;

    while (entry != NULL && entry->is_object) {
        entry = entry->up;
    }

    if (xd_str_uint(map_text(m, in, line->keys[0]), 99999, &n) && n > 0) {
        (void) map_value(m, line, group);
    } else {
        n = entry != NULL ? entry->index + 1U : 1;
    }

    map_put_number(m, map_around(m, to, line), map_key(line), (int64_t) n);
}


const map_codec_t map_as_line_no = { line_no_read, map_write_value, NULL,
    as_it_is, "a number", XD_NUMBER };


/* The number of a line of something else: one that is none says nothing. */
static xd_str_t
line_ref_from(map_run_t *m, const map_line_t *line, xd_str_t value)
{
    uint64_t n;

    (void) line;

    if (!xd_str_uint(value, 99999, &n) || n == 0) {
        return XD_STR_NONE;
    }

    return map_kept(m, xd_fmt(m->arena, "%u", (uint32_t) n));
}


const map_codec_t map_as_line_ref = { map_read_value, map_write_value,
    line_ref_from, as_it_is, "a number", XD_NUMBER };
