/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Grammars as shapes.  A place is a run of rows: a set is all of them, a loop
 * its own from the one that begins it, a segment that one row.  `within` is
 * the depth at which parts are looked for.
 */

#include "edi/shape.h"

#include "edi/grammar.h"

#define NUMERALS 51

/* Keys of elements, as the trees have them. */
static const char *const numerals[NUMERALS] = { "0", "1", "2", "3", "4", "5",
    "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18",
    "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30",
    "31", "32", "33", "34", "35", "36", "37", "38", "39", "40", "41", "42",
    "43", "44", "45", "46", "47", "48", "49", "50" };

static const xd_shape_kind_t kinds[] = {
    [EDI_AN] = XD_SHAPE_TEXT,
    [EDI_ID] = XD_SHAPE_TEXT,
    [EDI_A] = XD_SHAPE_TEXT,
    [EDI_N] = XD_SHAPE_INTEGER,
    [EDI_R] = XD_SHAPE_NUMBER,
    [EDI_DT] = XD_SHAPE_DATE,
    [EDI_TM] = XD_SHAPE_TIME,
    [EDI_B] = XD_SHAPE_TEXT,
    [EDI_COMPOSITE] = XD_SHAPE_PARTS,
};


static void
element_part(const edi_element_t *e, uint32_t n, bool later,
    xd_shape_part_t *out)
{
    *out = (xd_shape_part_t){ .name = xd_str(numerals[n]),
        .kind = kinds[e->type],
        .must = e->need == 'M',
        .many = e->repeat > 1,
        .min = e->min,
        .max = later && e->max_later > 0 ? e->max_later : e->max,
        .codes = e->codes,
        .place = { .of = e->parts, .from = e->nparts, .later = later } };
}


/* The row behind a loop that begins at a row. */
static uint32_t
loop_end(const edi_set_t *set, uint32_t row)
{
    uint8_t depth = set->rows[row].depth;
    uint32_t end = row + 1;

    while (end < set->count && set->rows[end].depth >= depth
           && !(set->rows[end].depth == depth && set->rows[end].loop != NULL))
    {
        end++;
    }

    return end;
}


static void
row_part(const edi_set_t *set, uint32_t row, bool later, xd_shape_part_t *out)
{
    const edi_row_t *r = &set->rows[row];
    bool loop = r->loop != NULL;

    *out = (xd_shape_part_t){ .name = xd_str(loop ? r->loop : r->segment->id),
        .first = loop ? xd_str(r->segment->id) : XD_STR(""),
        .kind = XD_SHAPE_GROUP,
        .must = r->need == 'M',
        .many = loop ? r->loop_most != 1 : r->most != 1,
        .place = { .of = set,
            .from = row,
            .to = loop ? loop_end(set, row) : row + 1,
            .within = r->depth,
            .later = later } };
}


/* The nth segment or loop of a place: what is not inside of another loop. */
static bool
group_at(const xd_shape_place_t *in, uint32_t n, xd_shape_part_t *out)
{
    const edi_set_t *set = in->of;
    bool whole = in->from == 0 && in->to == set->count;
    uint32_t row = whole ? 0 : in->from + 1;

    for (; row < in->to; n--) {
        row_part(set, row, in->later, out);
        if (n == 0) {
            return true;
        }
        row = out->place.to;
    }

    /* levels stand in each other, whatever the grammar's rows are */
    if (n == 0 && !whole && set->rows[in->from].role == EDI_AS_LEVEL) {
        row_part(set, in->from, in->later, out);
        out->must = false;
        return true;
    }

    return false;
}


static bool
part_of(const xd_shape_place_t *in, uint32_t n, xd_shape_part_t *out)
{
    const edi_set_t *set = in->of;
    const edi_segment_t *segment = NULL;

    if (in->to == 0) { /* of a composite */
        const edi_element_t *parts = in->of;

        if (n >= in->from) {
            return false;
        }
        element_part(&parts[n], n + 1, in->later, out);
        return true;
    }

    if (in->from > 0 || in->to < set->count) {
        segment = set->rows[in->from].segment;
    }

    if (segment != NULL && n < segment->count && n + 1 < NUMERALS) {
        element_part(&segment->elements[n], n + 1, in->later, out);
        return true;
    }

    return group_at(in, segment != NULL ? n - segment->count : n, out);
}


static bool
root_of(const edi_set_t *set, bool later, xd_shape_place_t *out)
{
    if (set != NULL) {
        *out =
            (xd_shape_place_t){ .of = set, .to = set->count, .later = later };
    }

    return set != NULL;
}


static bool
x12_root(xd_str_t name, xd_str_t version, xd_shape_place_t *out)
{
    const edi_set_t *set =
        edi_grammar_set(name, version.len > 0 ? version : XD_STR("004010"));

    if (set == NULL && version.len == 0) {
        set = edi_grammar_set(name, XD_STR("005010"));
    }

    return root_of(set,
        version.len >= 6 && memcmp(version.ptr, "005010", 6) >= 0, out);
}


/* "D96A" is version D and release 96A. */
static bool
edifact_root(xd_str_t name, xd_str_t version, xd_shape_place_t *out)
{
    xd_str_t release = { version.ptr + 1, version.len - 1 };

    return version.len > 1
           && root_of(edi_grammar_message(name, (xd_str_t){ version.ptr, 1 },
                          release),
               !xd_str_is(version, "D96A"), out);
}


const xd_shape_t xd_edi_x12_shape = { "x12", x12_root, part_of };
const xd_shape_t xd_edi_edifact_shape = { "edifact", edifact_root, part_of };
const xd_shape_t *const xd_edi_shapes[] = { &xd_edi_x12_shape,
    &xd_edi_edifact_shape, NULL };
