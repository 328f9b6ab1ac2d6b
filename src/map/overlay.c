/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Maps out of parts: included files, blocks that are used, and overlays, which
 * say only what differs from the map that they extend.
 */

#include "map/overlay.h"
#include "map/tree.h"

#include "canon/guess.h"

#define HOPS 8 /* an overlay of an overlay of … */

typedef struct {
    map_library_t *lib;
    const map_text_t *text; /* whose statements are at work */
    xd_vec_t parts;         /* of const map_text_t *: whose tables are joined */
    uint32_t depth;
    xd_rc_t rc;
} join_t;


static void
no_such(join_t *j, const map_at_t *at, const char *what,
    const xd_guess_t *guess)
{
    if (guess->best.ptr != NULL) {
        map_fault(j->lib->rep, at, "map.name",
            "There is no %s \"%.*s\"; did you mean \"%.*s\"?", what,
            XD_FMT(guess->asked), XD_FMT(guess->best));
    } else {
        map_fault(j->lib->rep, at, "map.name", "There is no %s \"%.*s\".", what,
            XD_FMT(guess->asked));
    }
    j->rc = XD_E_CONF;
}


/* -- tables ---------------------------------------------------------------- */

static map_text_table_t *
table_of(join_t *j, map_text_t *out, const map_text_table_t *like)
{
    map_text_table_t *table;

    for (size_t i = 0; i < out->tables.count; i++) {
        table = XD_AT(&out->tables, map_text_table_t, i);
        if (xd_str_eq(table->name, like->name)) {
            return table;
        }
    }

    table = xd_vec_push(&out->tables, j->lib->arena);
    if (table == NULL) {
        j->rc = XD_E_MEMORY;
        return NULL;
    }

    *table = (map_text_table_t){ .name = like->name,
        .rows = XD_VEC(map_text_row_t),
        .at = like->at };

    return table;
}


/* A row from another file gives way: of the same code it is gone, of the same
 * name it is only read from now on. */
static void
give_way(map_text_table_t *table, const map_text_row_t *row)
{
    for (size_t i = 0; i < table->rows.count; i++) {
        map_text_row_t *old = XD_AT(&table->rows, map_text_row_t, i);

        if (old->at.file == row->at.file) {
            continue;
        }
        if (row->reads && old->reads && xd_str_eq(old->code, row->code)) {
            old->reads = old->writes = false;
        }
        if (row->writes && xd_str_eq(old->name, row->name)) {
            old->writes = false;
        }
    }
}


static void
join_table(join_t *j, map_text_t *out, const map_text_table_t *table)
{
    map_text_table_t *to = table_of(j, out, table);

    for (size_t i = 0; to != NULL && i < table->rows.count; i++) {
        const map_text_row_t *row = XD_AT(&table->rows, map_text_row_t, i);
        map_text_row_t *slot;

        give_way(to, row);
        slot = xd_vec_push(&to->rows, j->lib->arena);
        if (slot == NULL) {
            j->rc = XD_E_MEMORY;
            return;
        }
        *slot = *row;
    }
}


/* -- blocks with a name ---------------------------------------------------- */

static void
join_block(join_t *j, map_text_t *out, const map_text_block_t *block)
{
    map_text_block_t *slot = NULL;

    for (size_t i = 0; i < out->blocks.count; i++) {
        map_text_block_t *old = XD_AT(&out->blocks, map_text_block_t, i);

        slot = xd_str_eq(old->name, block->name) ? old : slot;
    }

    slot = slot != NULL ? slot : xd_vec_push(&out->blocks, j->lib->arena);
    if (slot == NULL) {
        j->rc = XD_E_MEMORY;
    } else {
        *slot = *block;
    }
}


static const map_text_block_t *
find_block(const map_text_t *text, xd_str_t name, xd_guess_t *guess)
{
    for (size_t i = 0; i < text->blocks.count; i++) {
        const map_text_block_t *b = XD_AT(&text->blocks, map_text_block_t, i);

        if (xd_str_eq(b->name, name)) {
            return b;
        }
        xd_guess_try(guess, b->name);
    }

    return NULL;
}


/* -- copies of statements -------------------------------------------------- */

static void copy_block(join_t *j, const map_block_t *from, map_block_t *to);


/* "use" gives way to the statements of its block. */
static void
expand(join_t *j, const map_stmt_t *use, map_block_t *to)
{
    xd_guess_t guess = xd_guess(use->name);
    const map_text_block_t *b = find_block(j->text, use->name, &guess);

    if (b == NULL) {
        no_such(j, &use->at, "block", &guess);
    } else if (++j->depth > HOPS) {
        map_fault(j->lib->rep, &use->at, "map.block",
            "Blocks use each other without end.");
        j->rc = XD_E_CONF;
    } else {
        copy_block(j, &b->block, to);
        j->depth--;
    }
}


static void
copy_block(join_t *j, const map_block_t *from, map_block_t *to)
{
    for (const map_stmt_t *s = from->first; s != NULL && j->rc == XD_OK;
         s = s->next)
    {
        map_stmt_t *copy;

        if (s->kind == MAP_S_USE) {
            expand(j, s, to);
            continue;
        }

        copy = xd_alloc(j->lib->arena, sizeof(*copy));
        if (copy == NULL) {
            j->rc = XD_E_MEMORY;
            return;
        }

        *copy = *s;
        copy->next = NULL;
        copy->block = (map_block_t){ NULL, NULL };
        copy_block(j, &s->block, &copy->block);
        map_block_add(to, copy);
    }
}


/* -- overlays -------------------------------------------------------------- */

static bool
same_path(const map_path_t *a, const map_path_t *b)
{
    if (a->names.count != b->names.count
        || !xd_str_eq(a->scheme[0], b->scheme[0])
        || !xd_str_eq(a->scheme[1], b->scheme[1]))
    {
        return false;
    }

    for (size_t i = 0; i < a->names.count; i++) {
        if (!xd_str_eq(*XD_AT(&a->names, xd_str_t, i),
                *XD_AT(&b->names, xd_str_t, i))) {
            return false;
        }
    }

    return true;
}


/* Do two statements speak of the same member, or constants of the same place?
 */
static bool
same_target(const map_stmt_t *a, const map_stmt_t *b)
{
    if (a->kind == MAP_S_NAMED || b->kind == MAP_S_NAMED) {
        return a->kind == b->kind && xd_str_eq(a->name, b->name);
    }

    if (a->right.paths.count == 0 || b->right.paths.count == 0
        || a->right.function.len > 0 || b->right.function.len > 0)
    {
        return a->kind == b->kind && a->left.source.len > 0
               && xd_str_eq(a->left.source, b->left.source);
    }

    return same_path(XD_AT(&a->right.paths, map_path_t, 0),
        XD_AT(&b->right.paths, map_path_t, 0));
}


static void
unlink_stmt(map_block_t *in, map_stmt_t *before, map_stmt_t *s)
{
    if (before != NULL) {
        before->next = s->next;
    } else {
        in->first = s->next;
    }

    if (in->last == s) {
        in->last = before;
    }
}


/* Takes all that speak of the same away; tells where the first of them stood,
 * as the one before it. */
static bool
take_away(map_block_t *in, const map_stmt_t *like, map_stmt_t **place)
{
    map_stmt_t *before = NULL, *next;
    bool found = false;

    for (map_stmt_t *s = in->first; s != NULL; s = next) {
        map_stmt_t *inner = NULL;

        next = s->next;
        if (s->laid) {
            before = s;
            continue;
        }
        if (s->kind == MAP_S_FIRST) {
            if (take_away(&s->block, like, &inner) && !found) {
                found = true;
                *place = s;
            }
            if (s->block.first != NULL) {
                before = s;
                continue;
            }
        } else if (!same_target(s, like)) {
            before = s;
            continue;
        }

        if (!found || *place == s) {
            *place = before;
        }
        found = true;
        unlink_stmt(in, before, s);
    }

    return found;
}


static void
put_behind(map_block_t *in, map_stmt_t *place, map_stmt_t *s)
{
    s->next = place != NULL ? place->next : in->first;
    if (place != NULL) {
        place->next = s;
    } else {
        in->first = s;
    }

    if (in->last == place || in->last == NULL) {
        in->last = s;
    }
}


static map_stmt_t *
find_like(const map_block_t *in, const map_stmt_t *like)
{
    for (map_stmt_t *s = in->first; s != NULL; s = s->next) {
        if (!s->laid && same_target(s, like)) {
            return s;
        }
    }

    return NULL;
}


static void overlay(join_t *j, map_block_t *base, map_block_t *own);


static void
drop(join_t *j, map_block_t *base, const map_stmt_t *s)
{
    map_stmt_t *place = NULL;

    if (!take_away(base, s, &place)) {
        map_fault(j->lib->rep, &s->at, "map.drop",
            "The base has no line for \"%.*s\" here.", XD_FMT(s->source));
        j->rc = XD_E_CONF;
    }
}


/* Of a group of lines the first one says where it goes. */
static const map_stmt_t *
speaker(const map_stmt_t *s)
{
    return s->kind == MAP_S_FIRST && s->block.first != NULL ? s->block.first
                                                            : s;
}


static void
overlay_one(join_t *j, map_block_t *base, map_stmt_t *s)
{
    map_stmt_t *like = find_like(base, s), *place = NULL;

    if (s->kind == MAP_S_DROP) {
        drop(j, base, s);
        return;
    }

    if (like != NULL && like->has_block && s->has_block) {
        map_block_t own = s->block;

        s->block = like->block;
        overlay(j, &s->block, &own);
    }

    if (take_away(base, speaker(s), &place)) {
        put_behind(base, place, s);
    } else {
        s->next = NULL;
        map_block_add(base, s);
    }
}


static void
overlay(join_t *j, map_block_t *base, map_block_t *own)
{
    map_stmt_t *next;

    for (map_stmt_t *s = own->first; s != NULL && j->rc == XD_OK; s = next) {
        next = s->next;
        overlay_one(j, base, s);
        s->laid = true;
    }

    for (map_stmt_t *s = base->first; s != NULL; s = s->next) {
        s->laid = false;
    }
}


/* -- the whole ------------------------------------------------------------- */

/* What is found by its name, the last one first: trees, shapes, prefixes. */
static void
join_rows(join_t *j, xd_vec_t *to, const xd_vec_t *from)
{
    for (size_t i = 0; i < from->count && j->rc == XD_OK; i++) {
        void *slot = xd_vec_push(to, j->lib->arena);

        if (slot == NULL) {
            j->rc = XD_E_MEMORY;
        } else {
            memcpy(slot, (const char *) from->at + i * from->size, from->size);
        }
    }
}


/* Is it the first time for a file, which several may include? */
static bool
is_first_time(join_t *j, const map_text_t *text)
{
    const map_text_t **slot;

    for (size_t i = 0; i < j->parts.count; i++) {
        if (*XD_AT(&j->parts, const map_text_t *, i) == text) {
            return false;
        }
    }

    slot = xd_vec_push(&j->parts, j->lib->arena);
    if (slot == NULL) {
        j->rc = XD_E_MEMORY;
        return false;
    }
    *slot = text;

    return true;
}


/* Tables and blocks of a file and of what it includes, the nearest last. */
static void
join_parts(join_t *j, map_text_t *out, const map_text_t *text)
{
    if (++j->depth > HOPS) {
        map_fault(j->lib->rep, &text->at, "map.include",
            "Files include each other without end.");
        j->rc = XD_E_CONF;
        return;
    }

    for (size_t i = 0; i < text->includes.count && j->rc == XD_OK; i++) {
        join_parts(j, out, XD_AT(&text->includes, map_include_t, i)->text);
    }

    if (j->rc != XD_OK || !is_first_time(j, text)) {
        j->depth--;
        return;
    }

    for (size_t i = 0; i < text->tables.count && j->rc == XD_OK; i++) {
        join_table(j, out, XD_AT(&text->tables, map_text_table_t, i));
    }

    for (size_t i = 0; i < text->blocks.count && j->rc == XD_OK; i++) {
        join_block(j, out, XD_AT(&text->blocks, map_text_block_t, i));
    }

    join_rows(j, &out->trees, &text->trees);
    join_rows(j, &out->shapes, &text->shapes);
    join_rows(j, &out->spaces, &text->spaces);
    j->depth--;
}


/* What an overlay does not say of itself is its base's. */
static void
inherit(map_text_t *out, const map_text_t *own)
{
    out->is_map = true;
    out->at = own->at;
    out->name = own->name;
    out->version = own->version;
    out->party = own->party;
    out->usual = own->usual;
    if (own->test_path.len > 0) {
        out->test_path = own->test_path;
        out->test_code = own->test_code;
        out->test_at = own->test_at;
    }
    if (own->event.len > 0) {
        out->event = own->event;
    }
    if (own->occurred.len > 0) {
        out->occurred = own->occurred;
        out->occurred_at = own->occurred_at;
    }
    if (own->set_versions.count > 0) {
        out->set_versions = own->set_versions;
    }
    if (own->extends.len == 0) {
        out->syntax = own->syntax;
        out->set = own->set;
        out->set_at = own->set_at;
        out->document = own->document;
        out->document_at = own->document_at;
        out->reads = own->reads;
        out->writes = own->writes;
    }
}


static const map_text_t *
base_of(join_t *j, const map_text_t *text)
{
    const map_text_t *base = map_library_find(j->lib, text->extends);
    xd_guess_t guess = xd_guess(text->extends);

    for (size_t i = 0; base == NULL && i < j->lib->files.count; i++) {
        const map_text_t *one = *XD_AT(&j->lib->files, map_text_t *, i);

        if (one->is_map && one != text) {
            xd_guess_try(&guess, one->name);
        }
    }

    if (base == NULL) {
        no_such(j, &text->extends_at, "map", &guess);
    }

    return base;
}


/* The base first, then what lies over it. */
static void
whole(join_t *j, const map_text_t *text, map_text_t *out, unsigned hops)
{
    const map_text_t *base = NULL;
    map_block_t own = { NULL, NULL };

    if (hops > HOPS) {
        map_fault(j->lib->rep, &text->at, "map.extends",
            "Maps extend each other without end.");
        j->rc = XD_E_CONF;
        return;
    }

    if (text->extends.len > 0) {
        base = base_of(j, text);
        if (base != NULL) {
            whole(j, base, out, hops + 1);
        }
    }

    if (j->rc != XD_OK) {
        return;
    }

    inherit(out, text);
    join_parts(j, out, text);
    j->text = out;
    copy_block(j, &text->lines, &own);
    if (j->rc == XD_OK && base != NULL) {
        overlay(j, &out->lines, &own);
    } else {
        out->lines = own;
    }
}


xd_rc_t
map_whole(map_library_t *lib, const map_text_t *text, map_text_t *out)
{
    join_t j = { .lib = lib, .parts = XD_VEC(const map_text_t *) };

    *out = (map_text_t){ .includes = XD_VEC(map_include_t),
        .tables = XD_VEC(map_text_table_t),
        .blocks = XD_VEC(map_text_block_t),
        .trees = XD_VEC(map_tree_t *),
        .shapes = XD_VEC(map_form_t *),
        .spaces = XD_VEC(map_space_t) };
    whole(&j, text, out, 0);

    return j.rc;
}
