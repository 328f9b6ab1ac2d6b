/* SPDX-License-Identifier: BSD-2-Clause */

/* The side of the format: paths are held against its grammar, and what they
 * lead to says how much room there is. */

#include "canon/guess.h"
#include "map/compile.h"


/* -- both ways: grammars, and trees of XML (tree_left.c) ------------------- */

map_left_kind_t
map_left_of(xd_shape_kind_t kind)
{
    switch (kind) {
    case XD_SHAPE_NUMBER:
        return MAP_L_NUMBER;
    case XD_SHAPE_INTEGER:
        return MAP_L_INTEGER;
    case XD_SHAPE_DATE:
        return MAP_L_DATE;
    case XD_SHAPE_TIME:
        return MAP_L_TIME;
    default:
        return MAP_L_TEXT;
    }
}


const map_part_t *
map_left_last(const map_left_t *left, map_line_t *line, map_left_kind_t *kind)
{
    const map_part_t *last =
        left->parts.count > 0 && !left->own
            ? XD_AT(&left->parts, map_part_t, left->parts.count - 1)
            : NULL;

    *kind = last == NULL  ? MAP_L_HERE
            : last->every ? MAP_L_GROUPS
                          : MAP_L_GROUP;
    line->flags |= last != NULL && last->every ? MAP_MANY : 0;

    return last;
}


bool
map_left_every(map_compiler_t *c, const map_left_t *left, size_t part)
{
    const map_part_t *p = XD_AT(&left->parts, map_part_t, part);

    if (!p->every || part + 1 == left->parts.count) {
        return true;
    }

    map_wrong(c, &p->at, "map.path",
        "Only the last part of a path may be all of its name: write a block "
        "for %.*s[*].",
        XD_FMT(p->name));

    return false;
}


/* -- grammar --------------------------------------------------------------- */

/* What a name may mean in a place: the segment or loop that is called so, or
 * loops that begin with such a segment, as those of EDIFACT have numbers that
 * nobody knows by heart. */
typedef struct {
    xd_shape_part_t named, begun;
    bool is_named;
    unsigned loops;
} meaning_t;


/* Looks for a name in one section of a set: before UNS, or behind. */
static meaning_t
look(const map_compiler_t *c, const xd_shape_place_t *in, xd_str_t name,
    bool behind, xd_guess_t *guess)
{
    meaning_t m = { .is_named = false };
    xd_shape_part_t part;
    bool past = false;

    for (uint32_t n = 0; c->shape->part(in, n, &part); n++) {
        past |=
            c->kind->section != NULL && xd_str_is(part.name, c->kind->section);
        if (part.kind != XD_SHAPE_GROUP || past != behind) {
            continue;
        }
        if (xd_str_eq(part.name, name) && !m.is_named) {
            m.is_named = true;
            m.named = part;
        } else if (xd_str_eq(part.first, name)) {
            m.begun = part;
            m.loops++;
        }
        xd_guess_try(guess, part.name);
        xd_guess_try(guess, part.first);
    }

    return m;
}


/* The segment or loop of a name: in the section that the path names, else in
 * the first that has it. */
static bool
group_of(map_compiler_t *c, const xd_shape_place_t *in, const map_part_t *name,
    bool behind, xd_shape_part_t *out)
{
    xd_guess_t guess = xd_guess(name->name);
    meaning_t m = look(c, in, name->name, behind, &guess);

    if (!m.is_named && m.loops == 0 && !behind) {
        m = look(c, in, name->name, true, &guess);
    }

    *out = m.is_named ? m.named : m.begun;
    if (!m.is_named && m.loops > 1) {
        map_wrong(c, &name->at, "map.name",
            "Several loops begin with %.*s here; name the one by its number, "
            "as %.*s.",
            XD_FMT(name->name), XD_FMT(out->name));
    } else if (!m.is_named && m.loops == 0) {
        map_unknown(c, &name->at, "segment or loop", name->name, guess.best);
    }

    return m.is_named || m.loops == 1;
}


static bool
value_of(const map_compiler_t *c, const xd_shape_place_t *in, xd_str_t name,
    xd_shape_part_t *out)
{
    for (uint32_t n = 0; c->shape->part(in, n, out); n++) {
        if (out->kind != XD_SHAPE_GROUP && xd_str_eq(out->name, name)) {
            return true;
        }
    }

    return false;
}


/* A component of the element in out. */
static bool
component_of(map_compiler_t *c, xd_str_t element, xd_str_t component,
    const map_at_t *at, xd_shape_part_t *out)
{
    xd_shape_place_t parts = out->place;

    if (!value_of(c, &parts, component, out)) {
        map_unknown(c, at, "component", component, XD_STR_NONE);
        return false;
    }

    out->name =
        xd_fmt(c->arena, "%.*s.%.*s", XD_FMT(element), XD_FMT(component));
    if (out->name.ptr == NULL) {
        c->rc = XD_E_MEMORY;
    }

    return c->rc == XD_OK;
}


/* The element or component of a key, "2" or "2.1"; of an element that has
 * components "2" is the first, as directories differ in which have some. */
static bool
element_of(map_compiler_t *c, const xd_shape_place_t *in, xd_str_t key,
    const map_at_t *at, xd_shape_part_t *out)
{
    xd_str_t rest = key, element = xd_str_cut(&rest, '.');

    if (!value_of(c, in, element, out)) {
        map_unknown(c, at, "element", element, XD_STR_NONE);
        return false;
    }

    if (out->kind == XD_SHAPE_PARTS) {
        return component_of(c, element, rest.ptr != NULL ? rest : XD_STR("1"),
            at, out);
    }

    if (rest.ptr != NULL) {
        map_wrong(c, at, "map.path", "Element %.*s has no components.",
            XD_FMT(element));
    }

    return rest.ptr == NULL;
}


/* Is a code one that may stand there? */
static void
check_code(map_compiler_t *c, const xd_shape_part_t *part, xd_str_t code,
    const map_at_t *at)
{
    if (part->codes != NULL && !map_listed(part->codes, code)) {
        map_wrong(c, at, "map.code", "\"%.*s\" is no code of element %.*s.",
            XD_FMT(code), XD_FMT(part->name));
    } else if (code.len < part->min || (part->max > 0 && code.len > part->max))
    {
        map_wrong(c, at, "map.code",
            "\"%.*s\" does not fit: element %.*s holds %u to %u bytes.",
            XD_FMT(code), XD_FMT(part->name), part->min, part->max);
    }
}


/* -- steps ----------------------------------------------------------------- */

static bool
condition(map_compiler_t *c, const map_cond_t *cond, const map_part_t *part,
    const xd_shape_place_t *in, map_beside_t *out)
{
    xd_shape_part_t value;
    bool composite =
        value_of(c, in, XD_STR("1"), &value) && value.kind == XD_SHAPE_PARTS;
    const char *named = c->kind->names_by(part->name, composite);
    xd_str_t key = cond->key.len > 0 ? cond->key
                   : named != NULL   ? xd_str(named)
                                     : XD_STR("1");

    if (!element_of(c, in, key, &cond->at, &value)) {
        return false;
    }

    for (size_t i = 0; i < cond->codes.count; i++) {
        check_code(c, &value, *XD_AT(&cond->codes, xd_str_t, i), &cond->at);
    }

    out->key = value.name.ptr;
    out->must = cond->must;
    out->codes = map_texts(c, &cond->codes);

    return out->codes != NULL;
}


/* One step; a part without a name stays where it is. */
static bool
step(map_compiler_t *c, const map_part_t *part, bool behind,
    xd_shape_place_t *at, map_step_t *out)
{
    map_beside_t *beside = NULL;
    xd_shape_part_t found = { .place = *at };

    if (part->name.len > 0 && !group_of(c, at, part, behind, &found)) {
        return false;
    }

    *at = found.place;
    *out = (map_step_t){ .name = map_chars(c, found.name),
        .shown = map_chars(c, part->name),
        .nbeside = (uint32_t) part->conds.count };
    if (out->nbeside > 0) {
        beside = map_room(c, out->nbeside, sizeof(*beside));
        out->beside = beside;
    }

    for (size_t i = 0; beside != NULL && i < out->nbeside; i++) {
        if (!condition(c, XD_AT(&part->conds, map_cond_t, i), part, at,
                &beside[i])) {
            return false;
        }
    }

    return c->rc == XD_OK;
}


/* The place that the path begins at: the block's group, or the whole tree. */
static bool
begin(map_scope_t *s, const map_left_t *left, map_line_t *line,
    xd_shape_place_t *at)
{
    const map_scope_t *root = s;

    *at = s->group;
    if (!left->root) {
        return true;
    }

    while (root->up != NULL) {
        root = root->up;
    }
    *at = root->group;
    line->flags |= MAP_ROOT;

    return true;
}


/* UNS/MOA: the segment between the sections, with something behind it. */
static bool
is_section(const map_scope_t *s, const map_left_t *left)
{
    const map_part_t *first = XD_AT(&left->parts, map_part_t, 0);

    return s->c->kind->section != NULL && left->parts.count > 1
           && xd_str_is(first->name, s->c->kind->section);
}


static bool
steps(map_scope_t *s, const map_left_t *left, map_line_t *line,
    xd_shape_place_t *at)
{
    size_t from;
    map_step_t *row;

    if (!begin(s, left, line, at) || left->parts.count == 0) {
        return true;
    }

    from = is_section(s, left);
    row = map_room(s->c, left->parts.count - from, sizeof(*row));
    if (row == NULL) {
        return false;
    }

    if (left->own) {
        line->own = row;
    } else {
        line->steps = row;
        line->nsteps = (uint32_t) (left->parts.count - from);
    }

    for (size_t i = from; i < left->parts.count; i++) {
        const map_part_t *part = XD_AT(&left->parts, map_part_t, i);

        if (!map_left_every(s->c, left, i)
            || !step(s->c, part, from == 1 && i == 1, at, &row[i - from]))
        {
            return false;
        }
    }

    return true;
}


/* -- keys ------------------------------------------------------------------ */

/* Pairs of a code of two bytes and a number, from the first key on. */
static uint32_t
pairs_from(const map_scope_t *s, const xd_shape_place_t *in, xd_str_t key,
    uint32_t *max)
{
    xd_shape_part_t code, number;
    uint32_t n = 0, pairs = 0, room = 0;

    while (s->c->shape->part(in, n, &code) && !xd_str_eq(code.name, key)) {
        n++;
    }

    while (s->c->shape->part(in, n, &code)
           && s->c->shape->part(in, n + 1, &number)
           && code.kind == XD_SHAPE_TEXT && code.min == 2 && code.max == 2
           && number.kind == XD_SHAPE_TEXT && (room == 0 || number.max == room))
    {
        room = number.max;
        pairs++;
        n += 2;
    }

    *max = room;

    return pairs;
}


static bool
pairs(map_scope_t *s, const map_left_t *left, const xd_shape_place_t *at,
    map_line_t *line)
{
    line->pairs =
        pairs_from(s, at, *XD_AT(&left->keys, xd_str_t, 0), &line->max);
    line->min = 1;

    if (line->pairs == 0 || left->keys.count > 1) {
        map_wrong(s->c, &left->at, "map.path",
            "No pairs of a code and a number begin at element %.*s.",
            XD_FMT(*XD_AT(&left->keys, xd_str_t, 0)));
        return false;
    }

    return true;
}


static bool
keys(map_scope_t *s, const map_left_t *left, const xd_shape_place_t *at,
    map_line_t *line, map_left_kind_t *kind)
{
    const char **row = map_room(s->c, left->keys.count + 1, sizeof(*row));
    xd_shape_part_t first = { .kind = XD_SHAPE_TEXT }, part;

    if (row == NULL) {
        return false;
    }

    line->keys = row;
    for (size_t i = 0; i < left->keys.count; i++) {
        if (!element_of(s->c, at, *XD_AT(&left->keys, xd_str_t, i), &left->at,
                &part)) {
            return false;
        }
        row[i] = part.name.ptr;
        first = i == 0 ? part : first;
    }

    line->min = first.min;
    line->max = first.max;
    *kind = map_left_of(first.kind);
    if (left->keys.count > 1) {
        *kind = *kind == MAP_L_DATE ? MAP_L_DATES : MAP_L_VALUES;
    }

    return !left->pairs || pairs(s, left, at, line);
}


/* What is written cannot be one code and whatever the member says; what is
 * read may be one of several. */
static void
check_apart(map_scope_t *s, const map_stmt_t *stmt, const map_line_t *line)
{
    const map_step_t *step = line->own != NULL  ? line->own
                             : line->nsteps > 0 ? map_last(line)
                                                : NULL;

    for (uint32_t i = 0; stmt->writes && step != NULL && i < step->nbeside; i++)
    {
        for (const char *const *key = line->keys; *key != NULL; key++) {
            if (strcmp(*key, step->beside[i].key) == 0) {
                map_wrong(s->c, &stmt->at, "map.twice",
                    "Element %s is said to be %.*s, and is read and written "
                    "as a value.",
                    *key, XD_FMT(step->beside[i].codes[0]));
            }
        }
    }
}


/* -- the side -------------------------------------------------------------- */

/* A value that may stand there: of constants, of tables. */
static void
check_constants(map_scope_t *s, const map_stmt_t *stmt,
    const xd_shape_place_t *at)
{
    xd_shape_part_t part;

    if (stmt->left.keys.count == 0 || stmt->right.codes.count == 0
        || !element_of(s->c, at, *XD_AT(&stmt->left.keys, xd_str_t, 0),
            &stmt->left.at, &part))
    {
        return;
    }

    for (size_t i = 0; i < stmt->right.codes.count; i++) {
        check_code(s->c, &part, *XD_AT(&stmt->right.codes, xd_str_t, i),
            &stmt->right.at);
    }
}


bool
map_compile_left(map_scope_t *s, const map_stmt_t *stmt, map_line_t *line,
    map_fact_t *fact, map_left_kind_t *kind)
{
    static const char *const no_keys[] = { "", "", NULL };
    const map_left_t *left = &stmt->left;
    const map_part_t *last;

    line->keys = no_keys;
    if (left->fixed.count > 0) {
        *kind = MAP_L_FIXED;
        fact->group = s->group;
        return true;
    }

    if (s->c->tree != NULL) {
        return map_tree_left(s, stmt, line, fact, kind);
    }

    if (!steps(s, left, line, &fact->group)) {
        return false;
    }

    last = map_left_last(left, line, kind);

    if (left->keys.count > 0 && !keys(s, left, &fact->group, line, kind)) {
        return false;
    }

    check_constants(s, stmt, &fact->group);
    check_apart(s, stmt, line);
    if (left->pairs) {
        *kind = left->pair.len > 0 ? MAP_L_PAIR : MAP_L_PAIRS;
    } else if (last != NULL && last->every && left->keys.count > 0) {
        *kind = MAP_L_TEXTS;
    }

    return s->c->rc == XD_OK;
}
