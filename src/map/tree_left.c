/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The side of the format where a map declares its tree: paths of elements.  A
 * path that ends in a part which holds a text means that text.
 */

#include "canon/guess.h"
#include "map/compile.h"
#include "map/tree.h"


/* -- names ----------------------------------------------------------------- */

static const map_form_t *
part_of(const map_form_t *in, xd_str_t name)
{
    size_t n = 0;

    return map_form_part(in, name, &n);
}


static void
unknown(map_compiler_t *c, const map_at_t *at, const map_form_t *in,
    xd_str_t name)
{
    const map_form_t *inner = map_form_inner(in);
    xd_guess_t guess = xd_guess(name);

    for (size_t i = 0; inner != NULL && i < inner->parts.count; i++) {
        xd_guess_try(&guess, (*XD_AT(&inner->parts, map_form_t *, i))->name);
    }

    map_unknown(c, at, "part of the tree", name, guess.best);
}


/* The value of a key; a fault when there is none. */
static const map_form_t *
value_of(map_compiler_t *c, const map_form_t *in, xd_str_t path,
    const map_at_t *at, xd_str_t *key)
{
    const map_form_t *value = map_form_value(c->arena, in, path, key);
    xd_str_t rest = path;

    if (key->ptr == NULL) {
        c->rc = XD_E_MEMORY;
        return NULL;
    }

    while (value == NULL && in != NULL && rest.ptr != NULL) {
        xd_str_t name = xd_str_cut(&rest, '/');
        const map_form_t *part = part_of(in, name);

        if (part == NULL) {
            unknown(c, at, in, name);
            return NULL;
        }
        in = part;
    }

    if (value == NULL) {
        map_wrong(c, at, "map.path", "\"%.*s\" holds no text.", XD_FMT(path));
    }

    return value;
}


/* -- steps ----------------------------------------------------------------- */

static bool
condition(map_compiler_t *c, const map_cond_t *cond, const map_form_t *in,
    map_beside_t *out)
{
    xd_str_t path = cond->key.len > 0 ? cond->key
                    : in->by.len > 0  ? in->by
                                      : XD_STR("#text");
    xd_str_t key;

    if (value_of(c, in, path, &cond->at, &key) == NULL) {
        return false;
    }

    out->key = key.ptr;
    out->must = cond->must;
    out->not_these = cond->not_these;
    out->codes = map_texts(c, &cond->codes);

    return out->codes != NULL;
}


/* One step; a part without a name stays where it is. */
static bool
step(map_compiler_t *c, const map_part_t *part, const map_form_t **at,
    map_step_t *out)
{
    const map_form_t *found =
        part->name.len > 0 ? part_of(*at, part->name) : *at;
    map_beside_t *beside = NULL;

    if (found == NULL || found->kind != XD_SHAPE_GROUP) {
        unknown(c, &part->at, *at, part->name);
        return false;
    }

    *at = found;
    *out = (map_step_t){ .name = map_chars(c, part->name),
        .nbeside = (uint32_t) part->conds.count };
    if (out->nbeside > 0) {
        beside = map_room(c, out->nbeside, sizeof(*beside));
        out->beside = beside;
    }

    for (size_t i = 0; beside != NULL && i < out->nbeside; i++) {
        if (!condition(c, XD_AT(&part->conds, map_cond_t, i), found,
                &beside[i])) {
            return false;
        }
    }

    return c->rc == XD_OK;
}


static bool
steps(map_scope_t *s, const map_left_t *left, size_t count, map_line_t *line,
    const map_form_t **at)
{
    map_step_t *row = map_room(s->c, count, sizeof(*row));

    if (row == NULL) {
        return false;
    }

    if (left->own) {
        line->own = row;
    } else if (count > 0) {
        line->steps = row;
        line->nsteps = (uint32_t) count;
    }

    for (size_t i = 0; i < count; i++) {
        const map_part_t *part = XD_AT(&left->parts, map_part_t, i);

        if (!map_left_every(s->c, left, i) || !step(s->c, part, at, &row[i])) {
            return false;
        }
    }

    return true;
}


/* -- keys ------------------------------------------------------------------ */

static bool
keys(map_scope_t *s, const map_left_t *left, const map_form_t *in,
    map_line_t *line, map_left_kind_t *kind)
{
    const char **row = map_room(s->c, left->keys.count + 1, sizeof(*row));

    if (row == NULL) {
        return false;
    }

    line->keys = row;
    for (size_t i = 0; i < left->keys.count; i++) {
        xd_str_t key;
        const map_form_t *value = value_of(s->c, in,
            *XD_AT(&left->keys, xd_str_t, i), &left->at, &key);

        if (value == NULL) {
            return false;
        }
        row[i] = key.ptr;
        *kind = i == 0 ? map_left_of(value->kind) : *kind;
    }

    if (left->keys.count > 1) {
        *kind = *kind == MAP_L_DATE ? MAP_L_DATES : MAP_L_VALUES;
    }

    return true;
}


/* -- the side -------------------------------------------------------------- */

/* A last part that is a value is a key; one that holds a text means it, where
 * the line has no block. */
static bool
named_value(map_scope_t *s, const map_stmt_t *stmt, const map_form_t *around,
    map_left_t *left)
{
    const map_part_t *last =
        left->parts.count > 0 && !left->own
            ? XD_AT(&left->parts, map_part_t, left->parts.count - 1)
            : NULL;
    const map_form_t *form = around;
    xd_str_t *slot;

    if (last == NULL || left->keys.count > 0 || stmt->has_block) {
        return true;
    }

    for (size_t i = 0; form != NULL && i < left->parts.count; i++) {
        form = part_of(form, XD_AT(&left->parts, map_part_t, i)->name);
    }

    if (form == NULL
        || (form->kind == XD_SHAPE_GROUP
            && part_of(form, XD_STR("#text")) == NULL))
    {
        return true;
    }

    left->keys = XD_VEC(xd_str_t);
    slot = xd_vec_push(&left->keys, s->c->arena);
    if (slot == NULL) {
        s->c->rc = XD_E_MEMORY;
        return false;
    }

    *slot = form->kind == XD_SHAPE_GROUP ? XD_STR("#text") : last->name;
    left->parts.count -= form->kind != XD_SHAPE_GROUP;

    return true;
}


/* The form that the path begins at: the block's group, or the whole tree. */
static const map_form_t *
begin(map_scope_t *s, const map_left_t *left, map_line_t *line)
{
    const map_scope_t *from = s;

    if (left->root) {
        line->flags |= MAP_ROOT;
        while (from->up != NULL) {
            from = from->up;
        }
    }

    return from->group.of;
}


bool
map_tree_left(map_scope_t *s, const map_stmt_t *stmt, map_line_t *line,
    map_fact_t *fact, map_left_kind_t *kind)
{
    map_left_t left = stmt->left;
    const map_form_t *at = begin(s, &left, line);
    const map_part_t *last;

    if (!named_value(s, stmt, at, &left)
        || !steps(s, &left, left.parts.count, line, &at))
    {
        return false;
    }

    /* who asks for the keys of the line later finds what it means; the
     * statement is this map's own copy */
    ((map_stmt_t *) (uintptr_t) stmt)->left = left;

    fact->group = (xd_shape_place_t){ .of = at };
    last = map_left_last(&left, line, kind);

    if (left.pairs) {
        map_wrong(s->c, &left.at, "map.path",
            "Pairs are of EDI; a tree has names.");
        return false;
    }
    if (left.keys.count > 0 && !keys(s, &left, at, line, kind)) {
        return false;
    }
    if (last != NULL && last->every && left.keys.count > 0) {
        *kind = MAP_L_TEXTS;
    }

    return s->c->rc == XD_OK;
}


void
map_tree_test(map_compiler_t *c, xd_mapping_t *out)
{
    const map_text_t *t = c->text;
    xd_str_t key;

    if (c->tree == NULL) {
        map_wrong(c, &t->test_at, "map.path",
            "The envelope of EDI says what is a test.");
    } else if (value_of(c, &c->tree->form, t->test_path, &t->test_at, &key)
               != NULL) {
        out->test_key = key.ptr;
        out->test_code = t->test_code;
    }
}
