/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The HL tree of a ship notice, read.  Lines of the block `shipment` speak of
 * the document, at the level of the shipment; those of `unit` of a pack and of
 * `item` of what is in it.  What `order` finds at a level is known by all items
 * below it.  Whatever order the levels have, packs become units and items
 * their contents.
 */

#include "map/x12_levels.h"


/* What an item knows from the levels above it. */
typedef struct {
    const xd_node_t *known;   /* members that orders gave */
    const map_frame_t *frame; /* of the unit around it; NULL: none */
    xd_node_t *contents;      /* of that unit */
    int64_t unit;             /* its number */
} above_t;

typedef struct {
    map_run_t *m;
    const map_line_t *line;
    xd_node_t *doc, *units;
    map_frame_t load_frame;
    xd_node_t *load; /* contents of the unit for what is in no pack */
    int64_t unit_no, line_no;
} reader_t;


xd_str_t
x12_level_code(const xd_node_t *hl)
{
    return xd_str_trim(xd_text(hl, "3"));
}


const map_line_t *
x12_level_lines(const map_line_t *line, x12_level_block_t block)
{
    return line->blocks[block];
}


/* The kind of unit that a level is: empty when it is none. */
static xd_str_t
unit_kind(const reader_t *r, const xd_node_t *hl)
{
    return map_table_name(r->line->with.tables[0], x12_level_code(hl));
}


/* -- units ----------------------------------------------------------------- */

static xd_node_t *
unit_open(reader_t *r, xd_str_t kind, int64_t parent)
{
    xd_node_t *unit = map_append(r->m, r->units, XD_OBJECT);

    map_put_number(r->m, unit, "unitNo", ++r->unit_no);
    if (parent != 0) {
        map_put_number(r->m, unit, "parent", parent);
    }
    map_put(r->m, unit, "kind", kind);

    return unit;
}


static map_frame_t
unit_frame(const reader_t *r)
{
    return (map_frame_t){ .up = r->m->frame,
        .member = map_key(r->line),
        .index = r->units->count - 1,
        .entry = r->units->last };
}


/* Where items go that stand in no pack. */
static void
into_load(reader_t *r, above_t *where)
{
    if (r->load == NULL) {
        xd_node_t *unit = unit_open(r, XD_STR("load"), 0);

        r->load = map_open(r->m, unit, "contents", XD_ARRAY);
        r->load_frame = unit_frame(r);
    }

    where->contents = r->load;
    where->frame = &r->load_frame;
}


/* A pack: its own lines, and room for its contents. */
static xd_node_t *
pack(reader_t *r, const xd_node_t *hl, map_frame_t *frame, int64_t parent)
{
    xd_node_t *unit = unit_open(r, unit_kind(r, hl), parent);
    const map_frame_t *up = r->m->frame;

    *frame = unit_frame(r);
    r->m->frame = frame;
    map_read_lines(r->m, x12_level_lines(r->line, X12_LEVEL_UNIT), hl, unit);
    r->m->frame = up;

    return map_open(r->m, unit, "contents", XD_ARRAY);
}


/* -- what a level says of the order ---------------------------------------- */

/* A copy of what was known, with what this level says in its place. */
static void
learn(reader_t *r, const xd_node_t *hl, above_t *above)
{
    xd_node_t *own = xd_node_new(r->m->arena, XD_OBJECT);

    if (own == NULL) {
        r->m->rc = XD_E_MEMORY;
        return;
    }

    map_read_lines(r->m, x12_level_lines(r->line, X12_LEVEL_ORDER), hl, own);
    if (own->count == 0) {
        return;
    }

    xd_each (member, above->known) {
        if (xd_get_str(own, member->key) == NULL) {
            map_put_copy(r->m, own, member->key, member);
        }
    }
    above->known = own;
}


/* Members that the item does not have. */
static void
tell(reader_t *r, const above_t *above, xd_node_t *item, bool line_no)
{
    xd_each (member, above->known) {

        if (xd_str_is(member->key, "lineNo") != line_no
            || xd_get_str(item, member->key) != NULL)
        {
            continue;
        }

        map_put_copy(r->m, item, member->key, member);
    }
}


/* -- items ----------------------------------------------------------------- */

static void
item(reader_t *r, const xd_node_t *hl, const above_t *above,
    const above_t *where)
{
    xd_node_t *c = map_append(r->m, where->contents, XD_OBJECT);
    const map_frame_t *up = r->m->frame;
    map_frame_t frame = { .up = where->frame, .member = "contents" };

    r->line_no++;
    if (c == NULL || where->contents == NULL) {
        return;
    }

    frame.index = where->contents->count - 1;
    frame.entry = c;
    r->m->frame = &frame;
    tell(r, above, c, false);
    map_read_lines(r->m, x12_level_lines(r->line, X12_LEVEL_ITEM), hl, c);
    tell(r, above, c, true);
    if (xd_get(c, "lineNo") == NULL) {
        map_put_number(r->m, c, "lineNo", r->line_no);
    }
    r->m->frame = up;
}


/* -- levels ---------------------------------------------------------------- */

/* Where an item goes: into the pack around it, else into the only pack below
 * it, else into the load.  Returns that pack below. */
static const xd_node_t *
place(reader_t *r, const xd_node_t *hl, above_t *where, map_frame_t *frame)
{
    const xd_node_t *packs = xd_get(hl, "HL"), *only = xd_nth(packs, 0);

    if (where->contents != NULL) {
        return NULL;
    }

    if (only == NULL || unit_kind(r, only).len == 0) {
        into_load(r, where);
        return NULL;
    }

    if (packs->count > 1) {
        map_warn(r->m, "map.spread", hl->offset, xd_text(hl, "1"),
            "The item is spread over several packs; its quantity cannot be "
            "told for each.");
        into_load(r, where);
        return NULL;
    }

    where->contents = pack(r, only, frame, where->unit);
    where->frame = frame;

    return only;
}


static void level(reader_t *r, const xd_node_t *hl, above_t above);


static void
levels(reader_t *r, const xd_node_t *hl, const above_t *above,
    const xd_node_t *but)
{
    xd_each (child, xd_get(hl, "HL")) {
        if (child != but && r->m->rc == XD_OK) {
            level(r, child, *above);
        }
    }
}


/* One level and what stands below it; the grader bounds how deep. */
static void
level(reader_t *r, const xd_node_t *hl, above_t above)
{
    map_frame_t frame, below;
    const xd_node_t *inside = NULL;

    learn(r, hl, &above);

    if (unit_kind(r, hl).len > 0) {
        above.contents = pack(r, hl, &frame, above.unit);
        above.frame = &frame;
        above.unit = r->unit_no;
    }

    if (xd_get(hl, "LIN") != NULL) {
        above_t where = above;

        inside = place(r, hl, &where, &below);
        item(r, hl, &above, &where);
    }

    levels(r, hl, &above, inside);
}


/* The level of the shipment: the first S, or whatever comes first. */
static const xd_node_t *
shipment_level(const xd_node_t *set)
{
    const xd_node_t *hls = xd_get(set, "HL");

    xd_each (hl, hls) {
        if (xd_str_is(x12_level_code(hl), "S")) {
            return hl;
        }
    }

    return xd_nth(hls, 0);
}


static void
levels_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    static const xd_node_t nothing = { .kind = XD_OBJECT };
    reader_t r = { .m = m, .line = line, .doc = to };
    const above_t above = { .known = NULL };
    const xd_node_t *top = shipment_level(group);

    map_read_lines(m, x12_level_lines(line, X12_LEVEL_SHIPMENT),
        top != NULL ? top : &nothing, to);
    r.units = map_open(m, to, map_key(line), XD_ARRAY);
    if (r.units == NULL) {
        return;
    }

    levels(&r, group, &above, NULL);

    if (r.units->count == 0 && m->rc == XD_OK) {
        m->bad = true;
        xd_report(m->rep,
            &(xd_finding_t){ .severity = XD_ERROR,
                .scope = XD_SCOPE_SET,
                .offset = group->offset,
                .rule = "map.missing",
                .path = XD_STR("/units"),
                .text = XD_STR("The notice has no pack and no item.") });
    }
}


const map_codec_t x12_as_levels = { .read = levels_read,
    .write = x12_levels_write };
