/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The tree that HL01 and HL02 draw.  Levels may come in any order and have
 * any code; a parent may even stand behind its child.  What cannot be true
 * (a parent that is nowhere, a circle) is told, and the level becomes a root,
 * so the tree is always a tree.
 */

#include "edi/grader.h"


#define HL_PLACED  0x01 /* HL01 is its place, counted from 1 */
#define HL_PENDING 0x02 /* its parent was not there yet */
#define HL_ON_WAY  0x04 /* on the walk at hand */

#define NOT_FOUND  UINT32_MAX

/* Levels as they usually stand below each other. */
static const char usual[] = "SOTPI";

/* Child and parent that cannot be: what is shipped holds all the rest, an
 * order holds its items, a pallet its cartons. */
static const char *const upside_down[] = { "SS", "SO", "ST", "SP", "SI", "OI",
    "TP" };


static edi_level_t *
level_at(edi_grader_t *g, uint32_t n)
{
    return XD_AT(&g->hl.levels, edi_level_t, n);
}


void
edi_hl_begin(edi_grader_t *g)
{
    /* all of it stood in the arena of the last set, which is empty now */
    g->hl = (edi_hl_t){ .levels = XD_VEC(edi_level_t),
        .pending = XD_VEC(edi_pending_t),
        .nodes = XD_VEC(xd_node_t *),
        .way = XD_VEC(uint32_t) };
}


/* -- finding levels by HL01 ----------------------------------------------- */

/* A number without leading zeros, up to 9 digits; 0 for all else. */
static uint32_t
plain_number(xd_str_t s)
{
    uint32_t n = 0;

    if (s.len == 0 || s.len > 9 || s.ptr[0] == '0') {
        return 0;
    }

    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') {
            return 0;
        }
        n = n * 10 + (uint32_t) (s.ptr[i] - '0');
    }

    return n;
}


static uint32_t
find(edi_grader_t *g, xd_str_t id)
{
    uint32_t n = plain_number(id);
    void *kept;

    if (n >= 1 && n <= g->hl.levels.count
        && (level_at(g, n - 1)->flags & HL_PLACED) != 0)
    {
        return n - 1;
    }

    kept = g->hl.ids != NULL ? xd_map_get(g->hl.ids, id) : NULL;

    return kept != NULL ? (uint32_t) (uintptr_t) kept - 1 : NOT_FOUND;
}


/* An HL01 that is not its place is kept by name. */
static void
remember(edi_grader_t *g, xd_str_t id, uint32_t level)
{
    if (g->hl.ids == NULL) {
        g->hl.ids = xd_map_new(g->set_arena);
    }

    if (g->hl.ids == NULL
        || xd_map_put(g->hl.ids, edi_keep(g, g->set_arena, id),
               /* only a number that fits: never followed */
               (void *) ((uintptr_t) level + 1), NULL)
               != XD_OK)
    {
        g->rc = XD_E_MEMORY;
    }
}


/* -- parents -------------------------------------------------------------- */

/* A flaw of an element of the HL at hand. */
static edi_flaw_t
hl_flaw(const edi_grader_t *g, const char *rule, uint32_t element)
{
    edi_flaw_t f = edi_flaw_element(g, rule, element, XD_EDI_ELEMENT_CODE);
    static const uint16_t references[] = { 0, 628, 734, 735, 736 };

    f.reference = references[element];

    return f;
}


static edi_flaw_t
pending_flaw(const edi_pending_t *p, const char *rule)
{
    return (edi_flaw_t){ .severity = XD_ERROR,
        .scope = XD_SCOPE_VALUE,
        .rule = rule,
        .offset = p->offset,
        .position = p->position,
        .level = p->level + 1,
        .segment_id = XD_STR("HL"),
        .element = 2,
        .kind = XD_EDI_ELEMENT_CODE,
        .reference = 734,
        .value = p->parent };
}


/* True when the child may stand below that parent. */
static bool
order_fits(edi_grader_t *g, uint32_t child, uint32_t parent)
{
    const char *c = level_at(g, child)->code, *p = level_at(g, parent)->code;

    if (c[1] != '\0' || p[1] != '\0') {
        return true;
    }

    for (size_t i = 0; i < sizeof(upside_down) / sizeof(upside_down[0]); i++) {
        if (upside_down[i][0] == c[0] && upside_down[i][1] == p[0]) {
            return false;
        }
    }

    return true;
}


static void
order_tell(edi_grader_t *g, uint32_t child, uint32_t parent,
    const edi_flaw_t *f)
{
    edi_flaw(g, f, "A level %.2s cannot stand below a level %.2s.",
        level_at(g, child)->code, level_at(g, parent)->code);
}


/* Makes one level the child of another.  False when it would stand too deep:
 * it is a root then. */
static bool
link_up(edi_grader_t *g, uint32_t child, uint32_t parent)
{
    edi_level_t *c = level_at(g, child);
    uint8_t depth = level_at(g, parent)->depth;

    c->parent = parent + 1;
    c->depth = depth == 0 ? 0 : (uint8_t) (depth + 1);

    if (c->depth <= EDI_HL_DEPTH) {
        return true;
    }

    c->parent = 0;
    c->depth = 1;

    return false;
}


static void
deep_tell(edi_grader_t *g, edi_flaw_t f)
{
    f.rule = "x12.hl.deep";
    f.severity = XD_ERROR;
    edi_flaw(g, &f, "More than %d levels stand below each other.",
        EDI_HL_DEPTH);
}


/* How deep a level usually stands, from 1; 0 for codes of which nothing is
 * known. */
static size_t
rank(const char code[2])
{
    const char *at =
        code[1] == '\0' && code[0] != '\0' ? strchr(usual, code[0]) : NULL;

    return at != NULL ? (size_t) (at - usual) + 1 : 0;
}


/*
 * The parent of a level that names none: the last level, or what it stands
 * in, that may hold this one.  A level of unknown code stands beside the
 * last one of the same code, or in the last one.
 */
static uint32_t
plausible(edi_grader_t *g, uint32_t child)
{
    const char *code = level_at(g, child)->code;
    size_t mine = rank(code);
    uint32_t at = child - 1, steps = 0;

    while (steps++ < EDI_HL_DEPTH) {
        const edi_level_t *l = level_at(g, at);

        if (memcmp(l->code, code, sizeof(l->code)) == 0) {
            return l->parent != 0 ? l->parent - 1 : NOT_FOUND;
        }

        if (mine == 0 || (rank(l->code) != 0 && rank(l->code) < mine)) {
            return at;
        }

        if (l->parent == 0) {
            break;
        }
        at = l->parent - 1;
    }

    return NOT_FOUND;
}


static void
parent_missing(edi_grader_t *g, uint32_t level)
{
    uint32_t parent = NOT_FOUND;
    edi_flaw_t f;

    level_at(g, level)->depth = 1;

    if (level > 0) {
        parent = plausible(g, level);
        f = hl_flaw(g, "x12.hl.no-parent", 2);
        f.severity = XD_WARNING;
        edi_flaw(g, &f, "HL02 is missing; the level was put %s.",
            parent == NOT_FOUND ? "at the top"
                                : "below the nearest one that may hold it");
    }

    if (parent != NOT_FOUND && !link_up(g, level, parent)) {
        deep_tell(g, hl_flaw(g, "", 2));
    }
}


static void
parent_pending(edi_grader_t *g, uint32_t level, xd_str_t id)
{
    edi_pending_t *p = xd_vec_push(&g->hl.pending, g->set_arena);

    if (p == NULL) {
        g->rc = XD_E_MEMORY;
        return;
    }

    level_at(g, level)->flags |= HL_PENDING;
    *p = (edi_pending_t){ .level = level,
        .position = g->set.segments,
        .offset = xd_x12_offset(g->reader, &g->seg, 2),
        .parent = edi_keep(g, g->set_arena, id) };
}


/* Adds the level at hand and keeps its HL01.  False when memory is out. */
static bool
level_add(edi_grader_t *g)
{
    xd_str_t id = xd_x12_element(&g->seg, 1);
    xd_str_t code = xd_x12_element(&g->seg, 3);
    uint32_t level = (uint32_t) g->hl.levels.count;
    bool twice = id.len > 0 && find(g, id) != NOT_FOUND;
    edi_level_t *l = xd_vec_push(&g->hl.levels, g->set_arena);

    if (l == NULL) {
        g->rc = XD_E_MEMORY;
        return false;
    }

    *l = (edi_level_t){ 0 };
    for (size_t i = 0; i < code.len && code.len <= sizeof(l->code); i++) {
        l->code[i] = code.ptr[i];
    }

    if (twice) {
        edi_flaw_t f = hl_flaw(g, "x12.hl.duplicate", 1);

        edi_flaw(g, &f, "This HL01 was given to another level before.");
    } else if (plain_number(id) == level + 1) {
        l->flags |= HL_PLACED;
    } else if (id.len > 0) {
        remember(g, id, level);
    }

    return true;
}


void
edi_hl(edi_grader_t *g)
{
    xd_str_t parent_id = xd_x12_element(&g->seg, 2);
    uint32_t level = (uint32_t) g->hl.levels.count, parent;

    /* a set with more is refused; what is behind need not be remembered */
    if (g->hl.seen++ >= EDI_MOST_LEVELS || !level_add(g)) {
        return;
    }

    if (parent_id.len == 0) {
        parent_missing(g, level);
        return;
    }

    parent = find(g, parent_id);
    if (parent == NOT_FOUND || parent == level) {
        parent_pending(g, level, parent_id);
        return;
    }

    if (!link_up(g, level, parent)) {
        deep_tell(g, hl_flaw(g, "", 2));
    }

    if (!order_fits(g, level, parent)) {
        edi_flaw_t f = hl_flaw(g, "x12.hl.order", 3);

        order_tell(g, level, parent, &f);
    }
}


/* -- what was open -------------------------------------------------------- */

static void
resolve(edi_grader_t *g, const edi_pending_t *p)
{
    edi_level_t *l = level_at(g, p->level);
    uint32_t parent = find(g, p->parent);
    edi_flaw_t f;

    if (parent == NOT_FOUND) {
        l->depth = 1;
        f = pending_flaw(p, "x12.hl.orphan");
        edi_flaw(g, &f, "No level has the HL01 that HL02 names.");
        return;
    }

    l->parent = parent + 1;

    if (parent == p->level) {
        return; /* a circle: seen on the walk */
    }

    f = pending_flaw(p, "x12.hl.forward");
    f.severity = XD_WARNING;
    edi_flaw(g, &f, "The parent stands behind this level.");

    if (!order_fits(g, p->level, parent)) {
        f = pending_flaw(p, "x12.hl.order");
        order_tell(g, p->level, parent, &f);
    }
}


static const edi_pending_t *
pending_of(edi_grader_t *g, uint32_t level)
{
    size_t low = 0, high = g->hl.pending.count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (XD_AT(&g->hl.pending, edi_pending_t, mid)->level < level) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }

    return XD_AT(&g->hl.pending, edi_pending_t, low);
}


/* Goes up from a level until the depth is known.  Returns the level where a
 * circle closes, or NOT_FOUND. */
static uint32_t
walk_up(edi_grader_t *g, uint32_t from)
{
    uint32_t at = from;

    g->hl.way.count = 0;

    for (;;) {
        edi_level_t *l = level_at(g, at);
        uint32_t *step;

        if (l->depth != 0) {
            return NOT_FOUND;
        }

        if ((l->flags & HL_ON_WAY) != 0) {
            return at;
        }

        step = xd_vec_push(&g->hl.way, g->set_arena);
        if (step == NULL) {
            g->rc = XD_E_MEMORY;
            return NOT_FOUND;
        }

        *step = at;
        l->flags |= HL_ON_WAY;

        if (l->parent == 0) {
            return NOT_FOUND;
        }
        at = l->parent - 1;
    }
}


/* Cuts the circle at the first of its levels that named a parent ahead; each
 * circle has one, as no level behind can close it. */
static void
circle_cut(edi_grader_t *g, uint32_t closing)
{
    uint32_t at = closing;
    edi_flaw_t f;

    while ((level_at(g, at)->flags & HL_PENDING) == 0) {
        at = level_at(g, at)->parent - 1;
    }

    level_at(g, at)->parent = 0;
    f = pending_flaw(pending_of(g, at), "x12.hl.circle");
    edi_flaw(g, &f, "By its parents this level stands below itself.");
}


/* Gives the levels of the walk their depths, from the top down. */
static void
walk_down(edi_grader_t *g)
{
    for (size_t i = g->hl.way.count; i-- > 0;) {
        uint32_t n = *XD_AT(&g->hl.way, uint32_t, i);
        edi_level_t *l = level_at(g, n);

        l->flags &= (uint8_t) ~HL_ON_WAY;
        if (l->parent == 0) {
            l->depth = 1;
        } else if (!link_up(g, n, l->parent - 1)) {
            deep_tell(g,
                pending_flaw(XD_AT(&g->hl.pending, edi_pending_t, 0), ""));
        }
    }
}


static void
forget_way(edi_grader_t *g)
{
    for (size_t i = 0; i < g->hl.way.count; i++) {
        uint32_t n = *XD_AT(&g->hl.way, uint32_t, i);

        level_at(g, n)->flags &= (uint8_t) ~HL_ON_WAY;
    }
}


void
edi_hl_end(edi_grader_t *g)
{
    for (size_t i = 0; i < g->hl.pending.count; i++) {
        resolve(g, XD_AT(&g->hl.pending, edi_pending_t, i));
    }

    if (g->hl.pending.count == 0) {
        return;
    }

    for (uint32_t n = 0; n < g->hl.levels.count && g->rc == XD_OK; n++) {
        uint32_t closing = walk_up(g, n);

        if (closing != NOT_FOUND) {
            circle_cut(g, closing);
            forget_way(g);
            (void) walk_up(g, n);
        }

        walk_down(g);
    }
}
