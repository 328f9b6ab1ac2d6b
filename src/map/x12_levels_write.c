/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The HL tree of a ship notice, written: shipment, order, pallet, carton, item
 * where each pallet or carton that stands alone holds goods of one order, else
 * shipment, pallet, carton, order, item.
 */

#include "base/map.h"
#include "map/x12_levels.h"

#define DEEP_MAX 60 /* units in units; levels of HL nest up to 64 */

typedef struct {
    map_run_t *m;
    const map_line_t *line;
    const xd_node_t *units;
    xd_map_t *children; /* unitNo -> xd_vec_t of const xd_node_t * */
    xd_vec_t roots;     /* of const xd_node_t * */
    int64_t count;      /* levels */
    int64_t unit_no;    /* units written */
    bool order_first, renumbered;
} writer_t;

/* A level that was made. */
typedef struct {
    xd_node_t *hl;
    xd_str_t number;
} level_t;


/* -- which unit stands where ----------------------------------------------- */

static void
note(writer_t *w, xd_vec_t *in, const xd_node_t *unit)
{
    const xd_node_t **slot = xd_vec_push(in, w->m->arena);

    if (slot == NULL) {
        w->m->rc = XD_E_MEMORY;
    } else {
        *slot = unit;
    }
}


/* The units that stand in one; an empty row at first. */
static xd_vec_t *
children_of(writer_t *w, xd_str_t number)
{
    xd_vec_t *row = xd_map_get(w->children, number);

    if (row == NULL) {
        row = xd_alloc(w->m->arena, sizeof(*row));
        if (row == NULL || xd_map_put(w->children, number, row, NULL) != XD_OK)
        {
            w->m->rc = XD_E_MEMORY;
            return NULL;
        }
        *row = XD_VEC(const xd_node_t *);
    }

    return row;
}


static bool
is_load(const xd_node_t *unit)
{
    return xd_str_is(xd_text(unit, "kind"), "load");
}


/* Brings units to their parents; one whose parent is not there is refused. */
static void
gather(writer_t *w)
{
    xd_each (unit, w->units) {
        (void) children_of(w, xd_text(unit, "unitNo"));
    }

    xd_each (unit, w->units) {
        xd_str_t parent = xd_text(unit, "parent");
        xd_vec_t *in =
            parent.ptr == NULL ? &w->roots : xd_map_get(w->children, parent);

        if (in == NULL) {
            map_refuse(w->m, w->line, xd_get(unit, "parent"),
                "there is no unit of that number.");
        } else {
            note(w, in, unit);
        }
    }
}


/* -- orders ---------------------------------------------------------------- */

/* Does a line of the block `order` carry a member of that name? */
static bool
is_of_order(const writer_t *w, xd_str_t name)
{
    const map_line_t *l = x12_level_lines(w->line, X12_LEVEL_ORDER);

    for (; l->codec != NULL; l++) {
        if (l->nmember == 1 && (l->flags & MAP_WRITES) != 0
            && xd_str_eq(l->member[0], name))
        {
            return true;
        }
    }

    return false;
}


static bool
has_order(const writer_t *w, const xd_node_t *content)
{
    xd_each (member, content) {
        if (is_of_order(w, member->key)) {
            return true;
        }
    }

    return false;
}


/* Are all members that orders have the same? */
static bool
one_order(const writer_t *w, const xd_node_t *a, const xd_node_t *b)
{
    xd_each (member, a) {
        const xd_node_t *other = xd_get_str(b, member->key);

        if (is_of_order(w, member->key)
            && (other == NULL || !xd_node_equal(member, other)))
        {
            return false;
        }
    }

    xd_each (member, b) {
        if (is_of_order(w, member->key) && xd_get_str(a, member->key) == NULL) {
            return false;
        }
    }

    return true;
}


/* The order of all that is in a unit, as one of its contents; *clean becomes
 * false when there are several. */
static const xd_node_t *
order_of(writer_t *w, const xd_node_t *unit, bool *clean, unsigned deep)
{
    const xd_node_t *first = NULL;
    const xd_vec_t *in = xd_map_get(w->children, xd_text(unit, "unitNo"));

    xd_each (content, xd_get(unit, "contents")) {
        if (first != NULL && !one_order(w, first, content)) {
            *clean = false;
        }
        first = first == NULL ? content : first;
    }

    for (size_t i = 0; in != NULL && i < in->count && deep < DEEP_MAX; i++) {
        const xd_node_t *below =
            order_of(w, *XD_AT(in, const xd_node_t *, i), clean, deep + 1);

        if (first != NULL && below != NULL && !one_order(w, first, below)) {
            *clean = false;
        }
        first = first == NULL ? below : first;
    }

    return first;
}


/* -- levels ---------------------------------------------------------------- */

static xd_str_t
number_text(writer_t *w, int64_t n)
{
    return map_kept(w->m, xd_fmt(w->m->arena, "%lld", (long long) n));
}


static level_t
level_open(writer_t *w, const level_t *in, const char *code)
{
    level_t made = { map_another(w->m, in != NULL ? in->hl : w->m->made, "HL"),
        number_text(w, ++w->count) };

    map_write_value_at(w->m, made.hl, "1", made.number);
    if (in != NULL) {
        map_write_value_at(w->m, made.hl, "2", in->number);
    }
    map_write_value_at(w->m, made.hl, "3", xd_str(code));

    return made;
}


static void
item_write(writer_t *w, const xd_node_t *content, const level_t *in,
    map_frame_t *frame)
{
    level_t made = level_open(w, in, "I");
    const map_frame_t *up = w->m->frame;

    frame->entry = content;
    w->m->frame = frame;
    xd_each (member, content) {
        if (is_of_order(w, member->key)) {
            map_used(w->m, member); /* as the level above says */
        }
    }
    map_write_lines(w->m, x12_level_lines(w->line, X12_LEVEL_ITEM), content,
        made.hl);
    w->m->frame = up;
    frame->index++;
}


/* The level of an item's order below another one; that one itself, when the
 * item names no order or one level for all has been made. */
static level_t
order_level(writer_t *w, const xd_node_t *content, const level_t *in)
{
    level_t made = *in;

    if (has_order(w, content)) {
        made = level_open(w, in, "O");
        map_write_lines(w->m, x12_level_lines(w->line, X12_LEVEL_ORDER),
            content, made.hl);
    }

    return made;
}


/* What is in a unit; `ordered`: its order has been said. */
static void
contents_write(writer_t *w, const xd_node_t *unit, const level_t *in,
    const map_frame_t *around, bool ordered)
{
    map_frame_t frame = { .up = around, .member = "contents" };
    const xd_node_t *last = NULL;
    level_t at = *in;

    xd_each (content, xd_get(unit, "contents")) {
        if (w->m->rc != XD_OK) {
            return;
        }
        if (!ordered && (last == NULL || !one_order(w, last, content))) {
            at = order_level(w, content, in);
        }
        item_write(w, content, &at, &frame);
        last = content;
    }
}


static void
unit_numbers(writer_t *w, const xd_node_t *unit)
{
    const xd_node_t *number = xd_get(unit, "unitNo");

    map_used(w->m, number);
    map_used(w->m, xd_get(unit, "parent"));
    map_used(w->m, xd_get(unit, "kind"));
    w->unit_no++;

    if (number != NULL && !w->renumbered
        && !xd_str_eq(number->text, number_text(w, w->unit_no)))
    {
        w->renumbered = true;
        map_warn(w->m, "map.renumbered", number->offset, number->text,
            "Numbers of units are not carried over: who reads this counts "
            "them anew, in the order in which they stand in each other.");
    }
}


static void unit_write(writer_t *w, const xd_node_t *unit, const level_t *in,
    bool ordered, unsigned deep);


static void
units_below(writer_t *w, const xd_node_t *unit, const level_t *in, bool ordered,
    unsigned deep)
{
    const xd_vec_t *row = xd_map_get(w->children, xd_text(unit, "unitNo"));

    for (size_t i = 0; row != NULL && i < row->count; i++) {
        unit_write(w, *XD_AT(row, const xd_node_t *, i), in, ordered, deep + 1);
    }
}


static size_t
index_of(const writer_t *w, const xd_node_t *unit)
{
    size_t n = 0;

    for (const xd_node_t *u = w->units->first; u != unit; u = u->next) {
        n++;
    }

    return n;
}


static void
unit_write(writer_t *w, const xd_node_t *unit, const level_t *in, bool ordered,
    unsigned deep)
{
    xd_str_t kind = xd_text(unit, "kind");
    map_frame_t frame = { .up = w->m->frame,
        .member = map_key(w->line),
        .index = (uint32_t) index_of(w, unit),
        .entry = unit };
    const map_frame_t *up = w->m->frame;
    xd_str_t code = map_table_code(w->line->with.tables[0],
        kind.ptr != NULL ? kind : XD_STR("carton"));
    level_t made;

    if (deep > DEEP_MAX || code.ptr == NULL) {
        map_refuse(w->m, w->line, xd_get(unit, "kind"),
            deep > DEEP_MAX ? "units stand too deep in each other."
                            : "this kind of unit has no level.");
        return;
    }

    unit_numbers(w, unit);
    made = level_open(w, in, code.ptr);
    w->m->frame = &frame;
    map_write_lines(w->m, x12_level_lines(w->line, X12_LEVEL_UNIT), unit,
        made.hl);
    w->m->frame = up;
    contents_write(w, unit, &made, &frame, ordered);
    units_below(w, unit, &made, ordered, deep);
}


/* Goods that stand in no pack. */
static void
load_write(writer_t *w, const xd_node_t *unit, const level_t *in)
{
    const map_frame_t frame = { .up = w->m->frame,
        .member = map_key(w->line),
        .index = (uint32_t) index_of(w, unit),
        .entry = unit };

    unit_numbers(w, unit);
    contents_write(w, unit, in, &frame, false);
    units_below(w, unit, in, false, 0);
}


/* -- the whole ------------------------------------------------------------- */

/* Units one behind the other, those of one order together below its level. */
static void
roots_write(writer_t *w, const level_t *top)
{
    const xd_node_t *order = NULL;
    level_t at = *top;
    bool clean;

    for (size_t i = 0; i < w->roots.count && w->m->rc == XD_OK; i++) {
        const xd_node_t *unit = *XD_AT(&w->roots, const xd_node_t *, i);
        const xd_node_t *own = order_of(w, unit, &clean, 0);

        if (is_load(unit)) {
            load_write(w, unit, top);
            order = NULL;
            continue;
        }

        if (w->order_first && own != NULL
            && (order == NULL || !one_order(w, order, own)))
        {
            at = order_level(w, own, top);
            order = own;
        }
        unit_write(w, unit, w->order_first && own != NULL ? &at : top,
            w->order_first, 0);
    }
}


static bool
can_order_first(writer_t *w)
{
    bool clean = true;

    for (size_t i = 0; i < w->roots.count; i++) {
        const xd_node_t *unit = *XD_AT(&w->roots, const xd_node_t *, i);

        if (!is_load(unit)) {
            (void) order_of(w, unit, &clean, 0);
        }
    }

    return clean;
}


void
x12_levels_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    writer_t w = { .m = m,
        .line = line,
        .units = map_member(from, line),
        .children = xd_map_new(m->arena),
        .roots = XD_VEC(const xd_node_t *) };
    level_t top;

    (void) group;

    if (w.children == NULL) {
        m->rc = XD_E_MEMORY;
        return;
    }

    top = level_open(&w, NULL, "S");
    map_write_lines(m, x12_level_lines(line, X12_LEVEL_SHIPMENT), from, top.hl);
    gather(&w);
    if (m->rc != XD_OK || m->bad) {
        return;
    }

    w.order_first = can_order_first(&w);
    roots_write(&w, &top);
    if (w.unit_no < (int64_t) (w.units != NULL ? w.units->count : 0)) {
        map_refuse(m, line, w.units, "units stand in each other in a circle.");
    }
}
