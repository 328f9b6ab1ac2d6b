/* SPDX-License-Identifier: BSD-2-Clause */

/* Which codec a line has, and what that is told. */

#include "canon/guess.h"
#include "map/compile.h"

static const char *const left_names[] = {
    [MAP_L_TEXT] = "a text",
    [MAP_L_NUMBER] = "a number",
    [MAP_L_INTEGER] = "a whole number",
    [MAP_L_DATE] = "a day",
    [MAP_L_TIME] = "a time",
    [MAP_L_VALUES] = "several values",
    [MAP_L_DATES] = "a day and a time",
    [MAP_L_PAIRS] = "pairs",
    [MAP_L_PAIR] = "a pair",
    [MAP_L_GROUP] = "a segment or loop",
    [MAP_L_GROUPS] = "segments or loops",
    [MAP_L_TEXTS] = "values of several segments",
    [MAP_L_HERE] = "the group at hand",
    [MAP_L_FIXED] = "a text of the map",
};

static const char *const right_names[] = {
    [MAP_R_NONE] = "the object at hand",
    [MAP_R_TEXT] = "a text",
    [MAP_R_DATE] = "a day",
    [MAP_R_INSTANT] = "a point in time",
    [MAP_R_MOMENT] = "a day or point in time",
    [MAP_R_DECIMAL] = "a number as text",
    [MAP_R_INTEGER] = "a whole number",
    [MAP_R_MONEY] = "an amount of money",
    [MAP_R_QUANTITY] = "a quantity",
    [MAP_R_PARTY] = "a party",
    [MAP_R_ITEM] = "an article",
    [MAP_R_OBJECT] = "an object",
    [MAP_R_ARRAY] = "an array of objects",
    [MAP_R_LIST] = "an array of texts",
    [MAP_R_OTHER] = "something else",
};


/* -- which codec ----------------------------------------------------------- */

static const map_codec_row_t *
row_of(map_compiler_t *c, xd_str_t name, const map_at_t *at)
{
    xd_guess_t guess = xd_guess(name);

    for (const map_codec_row_t *r = map_codec_rows; r->name != NULL; r++) {
        if (xd_str_is(name, r->name)) {
            return r;
        }
        xd_guess_try(&guess, xd_str(r->name));
    }

    map_unknown(c, at, "codec", name, guess.best);

    return NULL;
}


/* The row of two sides; NULL when they have none. */
static const map_usual_t *
usual_row(const map_usual_t *u, map_left_kind_t left, map_right_kind_t right)
{
    while (u != NULL && u->codec != NULL
           && (u->left != left || u->right != right)) {
        u++;
    }

    return u != NULL && u->codec != NULL ? u : NULL;
}


/* The usual codec of two sides; a fault when they have none. */
static const map_codec_row_t *
usual_of(map_compiler_t *c, const map_stmt_t *stmt, map_left_kind_t left,
    map_right_kind_t right, map_line_t *line)
{
    const map_usual_t *u = usual_row(c->kind->usual, left, right);

    u = u != NULL ? u : usual_row(map_usual, left, right);
    if (u != NULL) {
        line->with.number = u->number;
        return row_of(c, xd_str(u->codec), &stmt->at);
    }

    map_wrong(c, &stmt->at, "map.codec",
        "Between %s and %s no codec is usual: name one behind a colon.",
        left_names[left], right_names[right]);

    return NULL;
}


static const map_codec_row_t *
choose(map_compiler_t *c, const map_stmt_t *stmt, map_left_kind_t left,
    map_right_kind_t right, map_line_t *line)
{
    const map_codec_row_t *row;

    if (stmt->codec.len > 0) {
        row = row_of(c, stmt->codec, &stmt->codec_at);
    } else if (stmt->has_block && left == MAP_L_GROUPS) {
        row = row_of(c, XD_STR("each"), &stmt->at);
    } else if (stmt->has_block && (left == MAP_L_GROUP || left == MAP_L_HERE)) {
        row = row_of(c, XD_STR("inside"), &stmt->at);
    } else {
        row = usual_of(c, stmt, left, right, line);
    }

    if (row != NULL && (row->left & MAP_L(left)) == 0) {
        map_wrong(c, stmt->codec.len > 0 ? &stmt->codec_at : &stmt->at,
            "map.codec", "The codec \"%s\" does not take %s.", row->name,
            left_names[left]);
        return NULL;
    }

    return row;
}


/* -- what it is told ------------------------------------------------------- */

static void
take_tables(map_compiler_t *c, const map_stmt_t *stmt,
    const map_codec_row_t *row, map_line_t *line)
{
    bool words = row->words == MAP_W_TABLES || row->codec == &map_as_scheme;

    for (unsigned i = 0; i < row->ntables; i++) {
        xd_str_t name = words && i < stmt->words.count
                            ? *XD_AT(&stmt->words, xd_str_t, i)
                            : xd_str(row->tables[i]);

        if (name.len == 0) {
            map_wrong(c, &stmt->codec_at, "map.codec",
                "The codec \"%s\" wants the name of a table in parentheses.",
                row->name);
            return;
        }
        line->with.tables[i] = map_compile_table(c, name,
            stmt->codec.len > 0 ? &stmt->codec_at : &stmt->at);
    }
}


static void
take_number(map_compiler_t *c, const map_stmt_t *stmt,
    const map_codec_row_t *row, map_line_t *line)
{
    xd_str_t word =
        stmt->words.count > 0 ? *XD_AT(&stmt->words, xd_str_t, 0) : XD_STR("");
    uint64_t n;

    if (stmt->codec.len == 0) {
        return; /* the usual one */
    }

    if (!xd_str_uint(word, 6, &n) || stmt->words.count != 1) {
        map_wrong(c, &stmt->codec_at, "map.codec",
            "The codec \"%s\" wants a number up to 6 in parentheses.",
            row->name);
    } else {
        line->with.number = (int64_t) n;
    }
}


static void
take_words(map_compiler_t *c, const map_stmt_t *stmt,
    const map_codec_row_t *row, map_line_t *line)
{
    size_t most = row->words == MAP_W_TABLES ? row->ntables
                  : row->words == MAP_W_NONE ? 0
                                             : stmt->words.count;

    if (stmt->words.count > most) {
        map_wrong(c, &stmt->codec_at, "map.codec",
            "The codec \"%s\" takes %s in parentheses.", row->name,
            most == 0 ? "nothing" : "less than that");
    }

    line->with.words = map_texts(c, &stmt->words);
    if (row->codec == &map_as_currency && stmt->words.count == 0) {
        map_wrong(c, &stmt->codec_at, "map.codec",
            "The codec \"currency\" wants the currency that is meant when "
            "none is named.");
    }
}


/* -- what other lines carry ------------------------------------------------ */

static bool
is_prefix(const map_line_t *line, const map_path_t *path)
{
    if (path->names.count != (size_t) line->nmember + 2
        || path->scheme[0].len == 0) {
        return false;
    }

    for (uint32_t i = 0; i < line->nmember; i++) {
        if (!xd_str_eq(line->member[i], *XD_AT(&path->names, xd_str_t, i))) {
            return false;
        }
    }

    return true;
}


/* Numbers of the same member in a scheme of their own; pairs of the same place
 * with a qualifier of their own. */
static void
note_apart(map_compiler_t *c, const map_block_t *block, const map_stmt_t *own,
    const map_line_t *line, xd_vec_t *apart)
{
    for (const map_stmt_t *s = block->first; s != NULL; s = s->next) {
        const map_path_t *path = s->right.paths.count > 0
                                     ? XD_AT(&s->right.paths, map_path_t, 0)
                                     : NULL;
        xd_str_t text = XD_STR_NONE, *slot;

        if (s->kind == MAP_S_FIRST) {
            note_apart(c, &s->block, own, line, apart);
        }

        if (own->left.pairs && s->left.pair.len > 0
            && xd_str_starts(s->left.source,
                (xd_str_t){ own->left.source.ptr, own->left.source.len }))
        {
            text = s->left.pair;
        } else if (!own->left.pairs && path != NULL && is_prefix(line, path)) {
            text = path->scheme[1];
        }

        if (text.ptr == NULL) {
            continue;
        }

        slot = xd_vec_push(apart, c->arena);
        if (slot == NULL) {
            c->rc = XD_E_MEMORY;
            return;
        }
        *slot = text;
    }
}


/* -- proofs of one line ---------------------------------------------------- */

/* Is each name of a table a value that there is, and can each be written? */
static void
check_enum(map_scope_t *s, const map_stmt_t *stmt, const map_line_t *line,
    const map_fact_t *fact)
{
    const map_table_t *table = line->with.tables[0];
    const xd_node_t *values = map_target_enum(s->c->targets, fact->field);

    for (size_t i = 0; values != NULL && i < table->count; i++) {
        bool known = false;

        xd_each (one, values) {
            known |= xd_str_eq(one->text, table->rows[i].name);
        }
        if (!known) {
            map_wrong(s->c, &stmt->at, "map.table",
                "Table \"%.*s\" says \"%.*s\", which the member cannot be.",
                XD_FMT(table->name), XD_FMT(table->rows[i].name));
        }
    }

    xd_each (one, values) {
        if (stmt->writes && !stmt->quiet
            && map_table_code(table, one->text).ptr == NULL)
        {
            map_wrong(s->c, &stmt->at, "map.table",
                "Table \"%.*s\" has no code for \"%.*s\", so it cannot be "
                "written.",
                XD_FMT(table->name), XD_FMT(one->text));
        }
    }
}


/* Does each code fit into the element? */
static void
check_codes(map_scope_t *s, const map_stmt_t *stmt, const map_line_t *line)
{
    const map_table_t *table = line->with.tables[0];

    for (size_t i = 0; i < table->count; i++) {
        const map_row_t *row = &table->rows[i];

        if (row->writes
            && (row->code.len < line->min
                || (line->max > 0 && row->code.len > line->max)))
        {
            map_wrong(s->c, &stmt->at, "map.table",
                "The code \"%.*s\" of table \"%.*s\" does not fit: the "
                "element holds %u to %u bytes.",
                XD_FMT(row->code), XD_FMT(table->name), line->min, line->max);
        }
    }
}


/* -- the codec ------------------------------------------------------------- */

static bool
special(map_scope_t *s, const map_stmt_t *stmt, map_right_kind_t right,
    map_line_t *line, const map_fact_t *fact)
{
    const map_codec_t *codec = line->codec;
    xd_vec_t apart = XD_VEC(xd_str_t);

    if (codec == &x12_as_party || codec == &x12_as_item
        || codec == &edifact_as_identity)
    {
        note_apart(s->c, s->block, stmt, line, &apart);
    }
    line->with.apart = map_texts(s->c, &apart);

    if (codec == &x12_as_pair) {
        xd_vec_t one = { (void *) (uintptr_t) &stmt->left.pair, 1, 1,
            sizeof(xd_str_t) };

        line->with.words = map_texts(s->c, &one);
        line->with.number = right == MAP_R_INTEGER;
    } else if (codec == &edifact_as_dated) {
        line->with.number = right;
    } else if (codec == &x12_as_day) {
        line->with.number = right == MAP_R_INSTANT;
    } else if (codec == &map_as_letters && line->with.number == 0) {
        line->with.number = 2;
    } else if ((codec == &map_as_table || codec == &map_as_factor)
               && line->with.tables[0] != NULL)
    {
        check_enum(s, stmt, line, fact);
        check_codes(s, stmt, line);
    }

    return s->c->rc == XD_OK;
}


bool
map_compile_codec(map_scope_t *s, const map_stmt_t *stmt, map_left_kind_t left,
    map_right_kind_t right, map_line_t *line, map_fact_t *fact)
{
    const map_codec_row_t *row = choose(s->c, stmt, left, right, line);
    size_t nkeys = stmt->left.keys.count;

    if (row == NULL) {
        return false;
    }

    if (nkeys < row->min || nkeys > row->most) {
        map_wrong(s->c, &stmt->at, "map.codec",
            "The codec \"%s\" takes %u to %u elements, and here are %zu.",
            row->name, row->min, row->most, nkeys);
        return false;
    }

    fact->row = row;
    line->codec = row->codec;
    take_tables(s->c, stmt, row, line);
    take_words(s->c, stmt, row, line);
    if (row->words == MAP_W_NUMBER) {
        take_number(s->c, stmt, row, line);
    }

    /* a day of XML holds no time */
    if (row->codec == &map_as_iso_instant || row->codec == &map_as_iso_moment) {
        line->with.number = left == MAP_L_DATE;
    }

    return special(s, stmt, right, line, fact);
}
