/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * From statements to a plan.  What is wrong with one statement does not keep
 * the others from being looked at; proofs are asked only of what is right so
 * far.
 */

#include "map/compile.h"

#include <stdarg.h>
#include <stdio.h>

#include "canon/guess.h"
#include "map/tree.h"

#define LINES_MAX  1000 /* of one map */
#define BLOCKS_MAX 8    /* of one line */


/* -- shared ---------------------------------------------------------------- */

/* Was this place told of before?  It is noted. */
static bool
was_told(map_compiler_t *c, const map_at_t *at)
{
    map_at_t *slot;

    for (size_t i = 0; i < c->told.count; i++) {
        const map_at_t *one = XD_AT(&c->told, map_at_t, i);

        if (one->file == at->file && one->offset == at->offset) {
            return true;
        }
    }

    slot = xd_vec_push(&c->told, c->arena);
    if (slot == NULL) {
        c->rc = XD_E_MEMORY;
    } else {
        *slot = *at;
    }

    return false;
}


void
map_wrong(map_compiler_t *c, const map_at_t *at, const char *rule,
    const char *format, ...)
{
    char text[256];
    va_list args;

    va_start(args, format);
    (void) vsnprintf(text, sizeof(text), format, args);
    va_end(args);

    c->bad = true;
    if (!was_told(c, at)) {
        map_fault(c->rep, at, rule, "%s", text);
    }
}


void
map_unknown(map_compiler_t *c, const map_at_t *at, const char *what,
    xd_str_t name, xd_str_t meant)
{
    if (meant.ptr != NULL) {
        map_wrong(c, at, "map.name",
            "There is no %s \"%.*s\" here; did you mean \"%.*s\"?", what,
            XD_FMT(name), XD_FMT(meant));
    } else {
        map_wrong(c, at, "map.name", "There is no %s \"%.*s\" here.", what,
            XD_FMT(name));
    }
}


void *
map_room(map_compiler_t *c, size_t count, size_t size)
{
    void *room = xd_alloc_n(c->arena, count > 0 ? count : 1, size);

    if (room == NULL) {
        c->rc = XD_E_MEMORY;
    }

    return room;
}


const char *
map_chars(map_compiler_t *c, xd_str_t text)
{
    xd_str_t own = xd_dup(c->arena, text);

    if (own.ptr == NULL) {
        c->rc = XD_E_MEMORY;
        return "";
    }

    return own.ptr;
}


const xd_str_t *
map_texts(map_compiler_t *c, const xd_vec_t *texts)
{
    xd_str_t *row = map_room(c, texts->count + 1, sizeof(*row));

    for (size_t i = 0; row != NULL && i < texts->count; i++) {
        xd_str_t text = *XD_AT(texts, xd_str_t, i);

        row[i] = (xd_str_t){ map_chars(c, text), text.len };
    }

    return row;
}


/* -- blocks ---------------------------------------------------------------- */

/* The object that a codec's block is against. */
static const xd_field_t *
object_of(const map_scope_t *s, const char *path)
{
    xd_str_t rest = xd_str(path);
    const xd_field_t *f = s->c->doc;

    while (f != NULL && rest.ptr != NULL && rest.len > 0) {
        f = xd_field_find(f, xd_str_cut(&rest, '.'));
        f = f != NULL && f->kind == XD_FIELD_ARRAY ? xd_field_items(f) : f;
    }

    return f;
}


/* A block of a line, as the scope that it is. */
static const map_line_t *
inner_block(map_scope_t *s, const map_stmt_t *stmt, const map_line_t *around,
    map_fact_t *fact, const map_scope_t *like)
{
    map_scope_t *inner = map_room(s->c, 1, sizeof(*inner));

    if (inner == NULL || like->object == NULL) {
        return NULL;
    }

    *inner = (map_scope_t){ .up = s,
        .c = s->c,
        .group = fact->group,
        .object = like->object,
        .block = &stmt->block,
        .at = stmt->at,
        .makes = like->makes,
        .partial = like->partial,
        .around = around,
        .whole = fact->row->whole,
        .lines = XD_VEC(map_line_t),
        .stmts = XD_VEC(const map_stmt_t *),
        .facts = XD_VEC(map_fact_t) };
    fact->inner[fact->ninner++] = inner;

    return map_compile_block(inner);
}


static const map_stmt_t *
named(const map_block_t *block, const char *name)
{
    for (const map_stmt_t *s = block->first; s != NULL; s = s->next) {
        if (s->kind == MAP_S_NAMED && xd_str_is(s->name, name)) {
            return s;
        }
    }

    return NULL;
}


/* Each block that the codec takes must be there, and no other. */
static bool
named_blocks(map_scope_t *s, const map_stmt_t *stmt, map_fact_t *fact,
    map_line_t *line)
{
    const map_blocks_t *b = fact->row->blocks;
    const map_line_t **row = map_room(s->c, BLOCKS_MAX, sizeof(*row));

    line->blocks = row;
    for (size_t i = 0; row != NULL && b[i].name != NULL; i++) {
        const map_stmt_t *one = named(&stmt->block, b[i].name);

        if (one == NULL) {
            map_wrong(s->c, &stmt->at, "map.block",
                "The codec \"%s\" wants a block \"%s\".", fact->row->name,
                b[i].name);
            return false;
        }
        row[i] = inner_block(s, one, line, fact,
            &(map_scope_t){ .object = object_of(s, b[i].object),
                .makes = b[i].makes,
                .partial = b[i].partial });
        if (row[i] == NULL) {
            return false;
        }
    }

    for (const map_stmt_t *one = stmt->block.first; one != NULL;
         one = one->next) {
        xd_guess_t guess = xd_guess(one->name);
        bool known = false;

        for (size_t i = 0; b[i].name != NULL; i++) {
            known |=
                one->kind == MAP_S_NAMED && xd_str_is(one->name, b[i].name);
            xd_guess_try(&guess, xd_str(b[i].name));
        }
        if (!known) {
            map_unknown(s->c, &one->at, "block", one->name, guess.best);
            return false;
        }
    }

    return row != NULL;
}


static bool
blocks(map_scope_t *s, const map_stmt_t *stmt, map_fact_t *fact,
    map_line_t *line)
{
    const map_line_t **row;
    const xd_field_t *object = fact->field;

    fact->inner = map_room(s->c, BLOCKS_MAX, sizeof(*fact->inner));
    if (fact->inner == NULL) {
        return false;
    }

    if (fact->row == NULL || (!fact->row->line && fact->row->blocks == NULL)) {
        if (stmt->has_block) {
            map_wrong(s->c, &stmt->at, "map.block",
                "This line takes no block.");
        }
        return !stmt->has_block;
    }

    if (!stmt->has_block) {
        map_wrong(s->c, &stmt->at, "map.block",
            "The codec \"%s\" wants a block of lines.", fact->row->name);
        return false;
    }

    if (fact->row->blocks != NULL) {
        return named_blocks(s, stmt, fact, line);
    }

    object = object->kind == XD_FIELD_ARRAY ? xd_field_items(object) : object;
    if (object == NULL || object->kind != XD_FIELD_OBJECT) {
        map_wrong(s->c, &stmt->right.at, "map.block",
            "A block is against an object, or an array of objects.");
        return false;
    }

    row = map_room(s->c, 1, sizeof(*row));
    if (row == NULL) {
        return false;
    }
    line->blocks = row;
    row[0] =
        inner_block(s, stmt, line, fact, &(map_scope_t){ .object = object });

    return row[0] != NULL;
}


/* -- lines ----------------------------------------------------------------- */

static void
modifiers(const map_stmt_t *stmt, map_line_t *line)
{
    line->flags |= (stmt->reads ? (uint32_t) MAP_READS : 0)
                   | (stmt->writes ? (uint32_t) MAP_WRITES : 0)
                   | (stmt->lenient ? (uint32_t) MAP_LENIENT : 0)
                   | (stmt->quiet ? (uint32_t) MAP_QUIET : 0)
                   | (stmt->told ? (uint32_t) MAP_TOLD : 0)
                   | (stmt->has_else ? (uint32_t) MAP_ELSE : 0);
    line->with.other = stmt->other;
}


/* Keeps a line that is right. */
static void
keep(map_scope_t *s, const map_stmt_t *stmt, const map_line_t *line,
    const map_fact_t *fact)
{
    map_compiler_t *c = s->c;
    map_line_t *l = xd_vec_push(&s->lines, c->arena);
    const map_stmt_t **st = xd_vec_push(&s->stmts, c->arena);
    map_fact_t *f = xd_vec_push(&s->facts, c->arena);
    map_place_t *p = xd_vec_push(&c->places, c->arena);

    if (l == NULL || st == NULL || f == NULL || p == NULL) {
        c->rc = XD_E_MEMORY;
        return;
    }

    *l = *line;
    l->id = (uint32_t) c->places.count - 1;
    *st = stmt;
    *f = *fact;
    *p = (map_place_t){ stmt->at, stmt->source, (line->flags & MAP_READS) != 0,
        (line->flags & MAP_WRITES) != 0 };

    if (c->places.count > LINES_MAX) {
        map_wrong(c, &stmt->at, "map.limit", "A map has at most %d lines.",
            LINES_MAX);
        c->rc = XD_E_LIMIT;
    }
}


/* Is a member always there, so that what it is written to always is? */
static bool
always_there(const map_scope_t *s, const map_path_t *path)
{
    const xd_field_t *f = s->object;

    if (path->names.count > 0
        && xd_field_find(f, *XD_AT(&path->names, xd_str_t, 0)) == NULL)
    {
        f = s->c->doc;
    }

    for (size_t i = 0; f != NULL && i < path->names.count; i++) {
        f = xd_field_find(f, *XD_AT(&path->names, xd_str_t, i));
        if (f == NULL || (f->flags & XD_FIELD_REQUIRED) == 0) {
            return false;
        }
    }

    return path->scheme[0].len == 0;
}


/* Against one of the members that a line names. */
static void
against(map_scope_t *s, const map_stmt_t *stmt, const map_path_t *path,
    uint32_t flags)
{
    map_line_t line = { .flags = flags };
    map_fact_t fact = { 0 };
    map_left_kind_t left;
    map_right_kind_t right = MAP_R_NONE;
    bool ok;

    modifiers(stmt, &line);
    line.with.words = map_texts(s->c, &stmt->words);
    if (!map_compile_left(s, stmt, &line, &fact, &left)
        || (path != NULL && !map_compile_right(s, path, &line, &fact, &right))
        || !map_compile_condition(s, stmt, &line))
    {
        return;
    }

    if (stmt->right.function.len > 0) {
        ok = map_compile_function(s, stmt, &line, &fact);
        line.nmember = 0;
    } else if (path == NULL) {
        ok = map_compile_constant(s, stmt, &line, &fact);
    } else if (left == MAP_L_FIXED) {
        ok = map_compile_fixed(s, stmt, &line, &fact);
    } else {
        fact.certain = always_there(s, path) || stmt->has_else;
        ok = map_compile_codec(s, stmt, left, right, &line, &fact)
             && blocks(s, stmt, &fact, &line);
    }

    if (ok && s->c->rc == XD_OK) {
        keep(s, stmt, &line, &fact);
    }
}


/* One line of the text: as many of the plan as it names members to choose
 * from. */
static void
line(map_scope_t *s, const map_stmt_t *stmt, uint32_t flags)
{
    size_t n = stmt->right.paths.count;

    if (n > 1 && stmt->reads) {
        map_wrong(s->c, &stmt->right.at, "map.path",
            "Of several members one is written; a line that reads names one.");
        return;
    }

    if (stmt->right.function.len > 0 || n == 0) {
        against(s, stmt, NULL, flags);
        return;
    }

    for (size_t i = 0; i < n; i++) {
        against(s, stmt, XD_AT(&stmt->right.paths, map_path_t, i), flags);
    }
}


/* ours, refuse, same: of members alone. */
static void
of_member(map_scope_t *s, const map_stmt_t *stmt, const map_codec_t *codec)
{
    map_line_t line = { .codec = codec, .flags = MAP_WRITES };
    map_fact_t fact = { .group = s->group };
    map_right_kind_t kind;
    static const char *const no_keys[] = { "", NULL };

    line.keys = no_keys;
    if (!map_compile_right(s, XD_AT(&stmt->right.paths, map_path_t, 0), &line,
            &fact, &kind))
    {
        return;
    }

    if (codec == &map_as_same) {
        map_line_t other = { 0 };
        map_fact_t unused = { 0 };

        if (!map_compile_right(s, &stmt->same, &other, &unused, &kind)
            || !map_one_word(s->c, &line, map_dotted(s->c, &stmt->same)))
        {
            return;
        }
    }

    keep(s, stmt, &line, &fact);
}


static void
unread(map_scope_t *s, const map_stmt_t *stmt)
{
    map_line_t line = { .codec = &map_as_unread, .flags = MAP_READS };
    map_fact_t fact = { 0 };
    map_left_kind_t kind;

    if (!map_compile_left(s, stmt, &line, &fact, &kind)) {
        return;
    }

    if (kind != MAP_L_GROUP) {
        map_wrong(s->c, &stmt->at, "map.path",
            "What is not read is a segment or a loop.");
        return;
    }

    keep(s, stmt, &line, &fact);
}


static void
statements(map_scope_t *s, const map_block_t *block, uint32_t flags)
{
    for (const map_stmt_t *one = block->first; one != NULL && s->c->rc == XD_OK;
         one = one->next)
    {
        switch (one->kind) {
        case MAP_S_LINE:
            line(s, one, flags);
            break;
        case MAP_S_FIRST:
            statements(s, &one->block, flags | MAP_FIRST);
            break;
        case MAP_S_OURS:
            of_member(s, one, &map_as_ours);
            break;
        case MAP_S_REFUSE:
            of_member(s, one, &map_as_refused);
            break;
        case MAP_S_SAME:
            of_member(s, one, &map_as_same);
            break;
        case MAP_S_UNREAD:
            unread(s, one);
            break;
        default:
            map_wrong(s->c, &one->at, "map.statement",
                one->kind == MAP_S_DROP
                    ? "Only a map that extends another one can drop a line."
                    : "Only a codec that takes several blocks has blocks with "
                      "a name.");
        }
    }
}


const map_line_t *
map_compile_block(map_scope_t *s)
{
    map_line_t *end;

    statements(s, s->block, 0);
    if (s->c->rc != XD_OK) {
        return NULL;
    }

    if (!s->c->bad) {
        map_prove_block(s);
    }

    end = xd_vec_push(&s->lines, s->c->arena);
    if (end == NULL) {
        s->c->rc = XD_E_MEMORY;
        return NULL;
    }

    return s->lines.at;
}


/* -- the whole ------------------------------------------------------------- */

static void
settings(map_compiler_t *c, xd_mapping_t *out)
{
    const map_text_t *t = c->text;

    *out = (xd_mapping_t){ .name = map_chars(c, t->name),
        .version =
            xd_fmt(c->arena, "%.*s/%.*s", XD_FMT(t->name), XD_FMT(t->version))
                .ptr,
        .file = t->at.file->path,
        .syntax = map_chars(c, t->syntax),
        .set = map_chars(c, t->set),
        .set_version = map_chars(c, c->set_version),
        .document = map_chars(c, t->document),
        .event = t->event.len > 0 ? map_chars(c, t->event) : "created",
        .occurred = t->occurred.len > 0 ? map_chars(c, t->occurred) : NULL,
        .party = t->party,
        .reads = t->reads,
        .writes = t->writes,
        .usual = t->usual,
        .tree = c->tree,
        .kind = c->kind };

    if (out->version == NULL) {
        c->rc = XD_E_MEMORY;
    }

    if (t->test_path.len > 0) {
        map_tree_test(c, out);
    }

    if (t->occurred.len > 0) {
        xd_str_t rest = t->occurred;
        const xd_field_t *f = c->doc;

        while (f != NULL && rest.ptr != NULL) {
            f = xd_field_find(f, xd_str_cut(&rest, '.'));
        }
        if (f == NULL || f->format == NULL || strcmp(f->format, "instant") != 0)
        {
            map_wrong(c, &t->occurred_at, "map.occurred",
                "\"%.*s\" is no point in time of the document.",
                XD_FMT(t->occurred));
        }
    }
}


/* The grammar and the schema that the header names. */
static bool
sides(map_compiler_t *c, const xd_shape_t *const *shapes,
    xd_shape_place_t *root)
{
    const map_text_t *t = c->text;
    map_tree_t *tree;

    c->rc = map_tree_bind(c->arena, t, &tree, c->rep);
    if (c->rc != XD_OK) {
        return false;
    }

    if (tree != NULL) {
        c->tree = tree;
        c->shape = &map_tree_shape;
        c->kind = &map_kind_tree;
        *root = (xd_shape_place_t){ .of = &tree->form };
    }

    for (; *shapes != NULL && c->shape == NULL; shapes++) {
        c->shape = xd_str_is(t->syntax, (*shapes)->syntax) ? *shapes : NULL;
    }

    c->kind = tree == NULL ? map_kind_find(t->syntax) : c->kind;
    if (c->shape == NULL || c->kind == NULL) {
        map_wrong(c, &t->at, "map.syntax-unknown",
            "There is no syntax \"%.*s\" for maps.", XD_FMT(t->syntax));
    } else if (tree == NULL && !c->shape->root(t->set, c->set_version, root)) {
        map_wrong(c, &t->set_at, "map.set",
            "\"%.*s\" has no grammar here%s%.*s.", XD_FMT(t->set),
            c->set_version.len > 0 ? " in version " : "",
            XD_FMT(c->set_version));
    }

    c->doc = map_target(c->targets, t->document, &c->rc);
    if (c->doc == NULL && c->rc == XD_OK) {
        map_unknown(c, &t->document_at, "document", t->document,
            map_target_nearest(t->document));
    }

    return !c->bad && c->rc == XD_OK;
}


/* One version of the set. */
static xd_rc_t
compile_version(map_compiler_t *c, const xd_shape_t *const *shapes,
    const map_at_t *at, xd_mapping_t *out)
{
    map_scope_t scope = { .c = c,
        .at = *at,
        .block = &c->text->lines,
        .lines = XD_VEC(map_line_t),
        .stmts = XD_VEC(const map_stmt_t *),
        .facts = XD_VEC(map_fact_t) };

    if (!sides(c, shapes, &scope.group)) {
        return c->rc != XD_OK ? c->rc : XD_E_CONF;
    }

    scope.object = c->doc;
    settings(c, out);
    out->lines = map_compile_block(&scope);
    if (!c->bad && c->rc == XD_OK) {
        map_prove_whole(&scope, out->writes);
    }

    out->places = c->places.at;
    out->nlines = (uint32_t) c->places.count;

    return c->rc == XD_E_LIMIT ? XD_E_CONF
           : c->rc != XD_OK    ? c->rc
           : c->bad            ? XD_E_CONF
                               : XD_OK;
}


xd_rc_t
map_compile(map_library_t *lib, map_targets_t *targets,
    const xd_shape_t *const *shapes, const map_text_t *text, xd_vec_t *to)
{
    map_text_t *whole = xd_alloc(lib->arena, sizeof(*whole));
    xd_rc_t rc = whole != NULL ? map_whole(lib, text, whole) : XD_E_MEMORY;
    size_t n = 0;

    /* what is wrong with one version may be so with all: once is enough */
    while (rc == XD_OK && (n == 0 || n < whole->set_versions.count)) {
        xd_mapping_t *out = xd_vec_push(to, lib->arena);
        map_compiler_t c = { .arena = lib->arena,
            .rep = lib->rep,
            .targets = targets,
            .text = whole,
            .set_version = n < whole->set_versions.count
                               ? *XD_AT(&whole->set_versions, xd_str_t, n)
                               : XD_STR(""),
            .tables = XD_VEC(map_table_t *),
            .places = XD_VEC(map_place_t),
            .told = XD_VEC(map_at_t) };

        rc = out != NULL ? compile_version(&c, shapes, &text->at, out)
                         : XD_E_MEMORY;
        if (rc == XD_OK) {
            out->is_first = n == 0;
        }
        n++;
    }

    return rc;
}
