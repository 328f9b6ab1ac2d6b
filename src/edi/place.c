/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Segments against the rows of their set.  A segment is looked for from the
 * last row on, so what is missing and what is out of order is seen at the
 * place where it matters; one that cannot be placed never moves the set.
 */

#include "edi/grader.h"


#define NO_ROW UINT16_MAX


static uint8_t
role_of(const edi_syntax_t *s, const edi_row_t *row)
{
    for (size_t i = 0; i < s->nspecials && row->role == EDI_NO_ROLE; i++) {
        if (strcmp(s->specials[i].id, row->segment->id) == 0) {
            return s->specials[i].role;
        }
    }

    return row->role;
}


void
edi_place_begin(edi_grader_t *g, const edi_set_t *grammar)
{
    edi_place_t *p = &g->place;

    p->row = 0;
    p->uses = 1;
    p->depth = 0;
    p->start[0] = 0;

    if (grammar == p->grammar || grammar == NULL) {
        p->grammar = grammar;
        return;
    }

    p->grammar = grammar;
    memset(p->ways, 0, sizeof(p->ways));
    for (uint16_t i = 0; i < grammar->count; i++) {
        p->keys[i] = edi_id_key(grammar->rows[i].segment->id);
        p->roles[i] = role_of(g->syntax, &grammar->rows[i]);
        p->gs1[i] = edi_gs1_of(g->syntax, grammar->rows[i].segment);
    }
}


/* True when the row stands behind the loop of that depth. */
static bool
behind_loop(const edi_row_t *row, uint8_t depth)
{
    return row->depth < depth || (row->depth == depth && row->loop != NULL);
}


/* True when the row can follow inside the loop of that depth: a segment of
 * its own, or the first one of a loop within. */
static bool
open_to(const edi_row_t *row, uint8_t depth)
{
    return row->depth == depth
           || (row->depth == depth + 1 && row->loop != NULL);
}


typedef void skipped_fn(edi_grader_t *g, const edi_row_t *row);


/*
 * Looks forward from the last row for a segment: the rest of its loop, that
 * loop once more, then the same in the loop around it.  Mandatory rows that
 * are passed are counted, and told to `tell` on the second walk.
 */
static edi_way_t
forward(edi_grader_t *g, uint32_t key, skipped_fn *tell)
{
    const edi_place_t *p = &g->place;
    const edi_row_t *rows = p->grammar->rows;
    uint16_t i = (uint16_t) (p->row + 1), n = p->grammar->count;
    edi_way_t way = { .key = key, .row = NO_ROW, .depth = p->depth };

    for (;;) {
        for (; i < n && !behind_loop(&rows[i], way.depth); i++) {
            if (!open_to(&rows[i], way.depth)) {
                continue;
            }

            if (p->keys[i] == key) {
                way.row = i;
                way.depth = rows[i].depth;
                return way;
            }

            if (rows[i].need == 'M') {
                way.skipped++;
                if (tell != NULL) {
                    tell(g, &rows[i]);
                }
            }
        }

        if (way.depth == 0) {
            return way;
        }

        if (p->keys[p->start[way.depth]] == key) {
            way.row = p->start[way.depth];
            return way;
        }

        way.depth--;
    }
}


static void
missing(edi_grader_t *g, const edi_row_t *row)
{
    edi_flaw_t f =
        edi_flaw_segment(g, "x12.segment.missing", XD_EDI_SEGMENT_MISSING);

    f.segment_id = xd_str(row->segment->id);
    f.loop_id = row->loop != NULL ? xd_str(row->loop) : XD_STR("");
    edi_flaw(g, &f, "The mandatory segment %s should stand before this %.*s.",
        row->segment->id, XD_FMT(g->seg.id));
}


static void
too_often(edi_grader_t *g, const edi_row_t *row, bool loop)
{
    edi_flaw_t f =
        edi_flaw_segment(g, loop ? "x12.loop.too-many" : "x12.segment.too-many",
            loop ? XD_EDI_LOOP_TOO_MANY : XD_EDI_SEGMENT_TOO_MANY);

    f.loop_id = loop ? xd_str(row->loop) : XD_STR("");
    edi_flaw(g, &f, "%.*s may stand here at most %u times.", XD_FMT(g->seg.id),
        loop ? row->loop_most : row->most);
}


/* Goes to the row and counts. */
static void
move(edi_grader_t *g, const edi_way_t *way)
{
    edi_place_t *p = &g->place;
    const edi_row_t *row = &p->grammar->rows[way->row];
    uint8_t d = way->depth;
    uint32_t most = row->most;
    uint32_t *count = &p->uses;

    if (row->loop != NULL) {
        bool again = p->depth >= d && p->start[d] == way->row;

        p->turns[d] = again ? p->turns[d] : 0;
        p->start[d] = way->row;
        most = row->loop_most;
        count = &p->turns[d];
    } else if (p->row != way->row) {
        p->uses = 0;
    }

    p->row = way->row;
    p->depth = d;
    ++*count;

    if (most != 0 && *count > most) {
        too_often(g, row, row->loop != NULL);
    }
}


/* The segment exists in this grammar, but not from here on. */
static const edi_row_t *
elsewhere(edi_grader_t *g)
{
    const edi_place_t *p = &g->place;
    const edi_row_t *rows = p->grammar->rows;

    for (uint16_t i = 0; i < p->grammar->count; i++) {
        bool earlier =
            i > p->start[p->depth] && i < p->row && rows[i].depth == p->depth;
        edi_flaw_t f;

        if (p->keys[i] != g->key) {
            continue;
        }

        f = edi_flaw_segment(g,
            earlier ? "x12.segment.order" : "x12.segment.unexpected",
            earlier ? XD_EDI_SEGMENT_ORDER : XD_EDI_SEGMENT_UNEXPECTED);
        edi_flaw(g, &f,
            earlier ? "%.*s should stand before the segments it follows here."
                    : "%.*s is not expected here.",
            XD_FMT(g->seg.id));

        return &rows[i];
    }

    return NULL;
}


static void
unknown(edi_grader_t *g)
{
    bool named = g->syntax->segment(g->seg.id) != NULL;
    edi_flaw_t f = edi_flaw_segment(g,
        named ? "x12.segment.foreign" : "x12.segment.unknown",
        named ? XD_EDI_SEGMENT_FOREIGN : XD_EDI_SEGMENT_UNKNOWN);

    f.value =
        (xd_str_t){ g->seg.id.ptr, g->seg.id.len < 32 ? g->seg.id.len : 32 };
    edi_flaw(g, &f,
        named ? "This segment does not belong to the %s %.*s."
              : "This segment is not known to the %s %.*s.",
        g->syntax->set, XD_FMT(g->set.code));
}


/* Ids differ most in their second and third letters. */
static unsigned
way_slot(uint32_t key)
{
    return (key >> 8 ^ key >> 17 ^ key) % EDI_WAYS;
}


const edi_row_t *
edi_place_find(edi_grader_t *g, bool *moved)
{
    edi_place_t *p = &g->place;
    const edi_row_t *row = &p->grammar->rows[p->row];
    edi_way_t *known = &p->ways[p->row][way_slot(g->key)], way;

    *moved = true;

    if (p->keys[p->row] == g->key && row->loop == NULL && p->row != 0) {
        way = (edi_way_t){ .row = p->row, .depth = p->depth };
        move(g, &way);
        return row;
    }

    /* where a segment leads depends on the last row alone */
    if (known->key == g->key && g->key != 0) {
        move(g, known);
        return &p->grammar->rows[known->row];
    }

    way = forward(g, g->key, NULL);
    if (way.row != NO_ROW) {
        if (way.skipped > 0) {
            (void) forward(g, g->key, missing);
        } else {
            *known = way;
        }
        move(g, &way);
        return &p->grammar->rows[way.row];
    }

    *moved = false;
    row = elsewhere(g);
    if (row == NULL) {
        unknown(g);
    }

    return row;
}
