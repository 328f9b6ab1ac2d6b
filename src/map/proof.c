/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What must hold of a map before it is let in: all that a document must have is
 * read, nothing is read or written twice, and all that the grammar asks for is
 * written.
 */

#include "map/compile.h"


static map_line_t *
line_at(const map_scope_t *s, size_t i)
{
    return XD_AT(&s->lines, map_line_t, i);
}


static const map_stmt_t *
stmt_at(const map_scope_t *s, size_t i)
{
    return *XD_AT(&s->stmts, const map_stmt_t *, i);
}


static const map_fact_t *
fact_at(const map_scope_t *s, size_t i)
{
    return XD_AT(&s->facts, map_fact_t, i);
}


static bool
has(const map_line_t *line, uint32_t flag)
{
    return (line->flags & flag) != 0;
}


/* -- all that a document must have ----------------------------------------- */

/* Does a line read into a member, or into something below it? */
static bool
reads_into(const map_line_t *line, const xd_str_t *path, uint32_t n)
{
    if (!has(line, MAP_READS) || has(line, MAP_DOC) || line->nmember < n) {
        return false;
    }

    for (uint32_t i = 0; i < n; i++) {
        if (!xd_str_eq(line->member[i], path[i])) {
            return false;
        }
    }

    return true;
}


/* The last line that reads a member of the scope's object; also in blocks that
 * speak of the same object. */
static bool
find_last(const map_scope_t *s, const xd_str_t *path, uint32_t n,
    map_line_t **last)
{
    bool found = false;

    for (size_t i = 0; i < s->stmts.count; i++) {
        map_line_t *line = line_at(s, i);
        const map_fact_t *f = fact_at(s, i);

        if (reads_into(line, path, n)) {
            found = true;
            *last = line;
        }

        for (uint32_t b = 0; b < f->ninner; b++) {
            if (f->inner[b]->object == s->object
                && find_last(f->inner[b], path, n, last)) {
                found = true;
            }
        }
    }

    return found;
}


static bool
is_made(const map_scope_t *s, xd_str_t name)
{
    return s->makes != NULL && map_listed(s->makes, name);
}


/* Every member that must be there is read, by a line that tells when it is
 * not. */
static void
required(map_scope_t *s)
{
    for (size_t i = 0; i < s->object->count; i++) {
        const xd_field_t *f = &s->object->children[i];
        xd_str_t name = xd_str(f->name);
        map_line_t *last = NULL;

        if ((f->flags & XD_FIELD_REQUIRED) == 0 || is_made(s, name)
            || (s->up == NULL && strcmp(f->name, "meta") == 0))
        {
            continue;
        }

        if (!find_last(s, &name, 1, &last)) {
            map_wrong(s->c, &s->at, "map.required",
                "The member \"%s\" must be there, and no line reads it.",
                f->name);
        } else {
            last->flags |= MAP_MUST;
            last->nmust = 1;
        }
    }
}


/* Does a line make the object at once? */
static bool
is_whole(const map_scope_t *s, const xd_str_t *path, uint32_t n)
{
    for (size_t i = 0; i < s->stmts.count; i++) {
        const map_line_t *line = line_at(s, i);

        if (reads_into(line, path, n) && line->nmember == n) {
            return true;
        }
    }

    return false;
}


/* Of an object that lines make member by member, those that must be there are
 * among them. */
static void
required_inside(map_scope_t *s, size_t at)
{
    const map_line_t *line = line_at(s, at);
    const xd_field_t *f = s->object;
    uint32_t n = line->nmember > 0 ? line->nmember - 1 : 0;
    xd_str_t path[8];
    map_line_t *last = NULL;

    if (!has(line, MAP_READS) || has(line, MAP_DOC) || has(line, MAP_WITHIN)
        || line->scheme != NULL || n == 0 || n >= 8)
    {
        return;
    }

    for (uint32_t i = 0; i < n; i++) {
        path[i] = line->member[i];
        f = xd_field_find(f, path[i]);
    }

    if (is_whole(s, path, n)) {
        return;
    }

    for (size_t i = 0; f != NULL && i < f->count; i++) {
        path[n] = xd_str(f->children[i].name);
        if ((f->children[i].flags & XD_FIELD_REQUIRED) != 0
            && !find_last(s, path, n + 1, &last))
        {
            map_wrong(s->c, &stmt_at(s, at)->at, "map.required",
                "\"%.*s\" must have \"%.*s\", which no line reads.",
                XD_FMT(path[n - 1]), XD_FMT(path[n]));
        }
    }
}


/* -- nothing twice --------------------------------------------------------- */

static bool
same_member(const map_line_t *a, const map_line_t *b)
{
    if (a->nmember == 0 || a->nmember != b->nmember
        || has(a, MAP_DOC) != has(b, MAP_DOC)
        || (a->scheme != NULL) != (b->scheme != NULL)
        || (a->scheme != NULL && !xd_str_eq(a->scheme[1], b->scheme[1])))
    {
        return false;
    }

    for (uint32_t i = 0; i < a->nmember; i++) {
        if (!xd_str_eq(a->member[i], b->member[i])) {
            return false;
        }
    }

    return true;
}


static bool
looks_again(const map_fact_t *f)
{
    return f->row != NULL && f->row->again;
}


/* Lines that choose among themselves may speak of the same. */
static bool
may_meet(const map_scope_t *s, size_t i, size_t j)
{
    return line_at(s, i)->when != NULL || line_at(s, j)->when != NULL
           || looks_again(fact_at(s, i)) || looks_again(fact_at(s, j))
           || (has(line_at(s, i), MAP_FIRST) && has(line_at(s, j), MAP_FIRST));
}


static void
twice(map_scope_t *s, size_t i, size_t j)
{
    const map_line_t *a = line_at(s, i), *b = line_at(s, j);
    const map_stmt_t *x = stmt_at(s, i), *y = stmt_at(s, j);

    if (x == y) {
        return;
    }

    if (has(a, MAP_READS) && has(b, MAP_READS) && same_member(a, b)
        && !may_meet(s, i, j))
    {
        map_wrong(s->c, &y->at, "map.twice",
            "This member is read in line %u, too: put both into first { }, "
            "the better one first.",
            x->at.line);
    }

    if (has(a, MAP_WRITES) && has(b, MAP_WRITES) && x->left.keys.count > 0
        && xd_str_eq(x->left.source, y->left.source) && a->when == NULL
        && b->when == NULL)
    {
        map_wrong(s->c, &y->at, "map.twice", "Line %u writes the same place.",
            x->at.line);
    }
}


/* -- all that the grammar asks for ----------------------------------------- */

static bool
same_step(const map_step_t *a, const map_step_t *b)
{
    uint32_t i = 0, j = 0;

    if (strcmp(a->name, b->name) != 0) {
        return false;
    }

    for (;;) {
        while (i < a->nbeside && !a->beside[i].must) {
            i++;
        }
        while (j < b->nbeside && !b->beside[j].must) {
            j++;
        }
        if (i == a->nbeside || j == b->nbeside) {
            return i == a->nbeside && j == b->nbeside;
        }
        if (strcmp(a->beside[i].key, b->beside[j].key) != 0
            || !xd_str_eq(a->beside[i].codes[0], b->beside[j].codes[0]))
        {
            return false;
        }
        i++;
        j++;
    }
}


/* Do two lines write into one group? */
static bool
same_group(const map_line_t *a, const map_line_t *b)
{
    if (a->nsteps != b->nsteps || has(a, MAP_ROOT) != has(b, MAP_ROOT)) {
        return false;
    }

    for (uint32_t i = 0; i < a->nsteps; i++) {
        if (!same_step(&a->steps[i], &b->steps[i])) {
            return false;
        }
    }

    return true;
}


/* Is the key this element, or a component of it? */
static bool
is_of(const char *key, const char *element)
{
    size_t len = strlen(element);

    return strncmp(key, element, len) == 0
           && (key[len] == '\0' || key[len] == '.');
}


static bool
beside_has(const map_line_t *line, const char *key)
{
    const map_step_t *step = line == NULL        ? NULL
                             : line->own != NULL ? line->own
                             : line->nsteps > 0  ? map_last(line)
                                                 : NULL;

    for (uint32_t i = 0; step != NULL && i < step->nbeside; i++) {
        if (is_of(step->beside[i].key, key)) {
            return true;
        }
    }

    return false;
}


static bool
writes_key(const map_line_t *line, const map_fact_t *fact, const char *key)
{
    if (fact->row != NULL && fact->row->whole) {
        return true;
    }

    for (const char *const *k = line->keys; *k != NULL; k++) {
        if (is_of(*k, key)) {
            return true;
        }
    }

    /* a pair is two keys, the second one behind the first */
    return line->pairs > 0;
}


/* What writes one element of a group. */
typedef struct {
    bool any, certain, alone; /* alone: nothing else makes the group */
} written_t;

static written_t
who_writes(const map_scope_t *s, size_t at, const char *key)
{
    written_t w = { .alone = true };
    const map_line_t *like = line_at(s, at);

    if (like->nsteps == 0) {
        w.any = w.certain = s->whole || beside_has(s->around, key);
        w.alone = false;
    }

    for (size_t i = 0; i < s->stmts.count; i++) {
        const map_line_t *line = line_at(s, i);

        if (!has(line, MAP_WRITES) || !same_group(line, like)
            || stmt_at(s, i)->kind != MAP_S_LINE)
        {
            continue;
        }

        w.alone = w.alone && stmt_at(s, i) == stmt_at(s, at);
        if (beside_has(line, key)) {
            w.any = w.certain = true;
        } else if (writes_key(line, fact_at(s, i), key)) {
            w.any = true;
            w.certain |= fact_at(s, i)->certain && line->when == NULL;
        }
    }

    return w;
}


/* Is the line the first that writes into its group? */
static bool
is_first_of_group(const map_scope_t *s, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (has(line_at(s, i), MAP_WRITES) && stmt_at(s, i)->kind == MAP_S_LINE
            && same_group(line_at(s, i), line_at(s, at)))
        {
            return false;
        }
    }

    return true;
}


/* What the group is called that a line writes into. */
static const char *
group_name(const map_scope_t *s, size_t at)
{
    const map_line_t *line = line_at(s, at);

    line = line->nsteps == 0 ? s->around : line;

    return line != NULL && line->nsteps > 0 ? map_last(line)->name
                                            : "the group at hand";
}


/* Each element of a group that the grammar asks for is written whenever the
 * group is. */
static void
elements(map_scope_t *s, size_t at)
{
    const map_stmt_t *stmt = stmt_at(s, at);
    const xd_shape_place_t *in = &fact_at(s, at)->group;
    const map_fact_t *fact = fact_at(s, at);
    xd_shape_part_t part;

    if (stmt->kind != MAP_S_LINE || !has(line_at(s, at), MAP_WRITES)
        || stmt->left.fixed.count > 0 || fact->ninner > 0
        || (fact->row != NULL && fact->row->whole) || !is_first_of_group(s, at))
    {
        return;
    }

    for (uint32_t n = 0; s->c->shape->part(in, n, &part); n++) {
        written_t w;

        if (part.kind == XD_SHAPE_GROUP || !part.must) {
            continue;
        }

        w = who_writes(s, at, part.name.ptr);
        if (!w.any) {
            map_wrong(s->c, &stmt->at, "map.mandatory",
                "The grammar asks for element %.*s of %s, and no line writes "
                "it.",
                XD_FMT(part.name), group_name(s, at));
        } else if (!w.certain && !w.alone) {
            map_wrong(s->c, &stmt->at, "map.mandatory",
                "The grammar asks for element %.*s of %s, and what is written "
                "to it may be missing.",
                XD_FMT(part.name), group_name(s, at));
        }
    }
}


/* Each segment or loop that must stand in a group is written. */
static void
groups(map_scope_t *s)
{
    xd_shape_part_t part;

    for (uint32_t n = 0; s->c->shape->part(&s->group, n, &part); n++) {
        bool any = false;

        for (const char *const *w = s->c->kind->structure; *w != NULL; w++) {
            any |= strcmp(*w, "HL") != 0 && xd_str_is(part.name, *w);
        }

        for (size_t i = 0; !any && i < s->stmts.count; i++) {
            const map_line_t *line = line_at(s, i);

            any = has(line, MAP_WRITES) && line->nsteps > 0
                  && xd_str_is(part.name, line->steps[0].name);
        }

        if (part.kind == XD_SHAPE_GROUP && part.must && !any) {
            map_wrong(s->c, &s->at, "map.mandatory",
                "The grammar asks for %.*s, and no line writes it.",
                XD_FMT(part.name));
        }
    }
}


/* -- blocks ---------------------------------------------------------------- */

void
map_prove_block(map_scope_t *s)
{
    const map_text_t *text = s->c->text;
    bool own = s->up == NULL || s->up->object != s->object;

    if (text->reads && own && !s->partial) {
        required(s);
    }

    for (size_t i = 0; i < s->stmts.count; i++) {
        if (text->reads) {
            required_inside(s, i);
        }
        if (text->writes) {
            elements(s, i);
        }
        for (size_t j = i + 1; j < s->stmts.count; j++) {
            twice(s, i, j);
        }
    }
}


void
map_prove_whole(map_scope_t *s, bool writes)
{
    if (writes) {
        groups(s);
    }
}
