/* SPDX-License-Identifier: BSD-2-Clause */

/* Tables of codes: each code has one meaning, and each meaning one code that
 * is written. */

#include "canon/guess.h"
#include "map/compile.h"


static const map_text_table_t *
find(const map_compiler_t *c, xd_str_t name, xd_guess_t *guess)
{
    for (size_t i = 0; i < c->text->tables.count; i++) {
        const map_text_table_t *t =
            XD_AT(&c->text->tables, map_text_table_t, i);

        if (xd_str_eq(t->name, name)) {
            return t;
        }
        xd_guess_try(guess, t->name);
    }

    return NULL;
}


/* No two rows read one code, no two write one name. */
static void
check_row(map_compiler_t *c, const map_text_table_t *table, size_t at)
{
    const map_text_row_t *row = XD_AT(&table->rows, map_text_row_t, at);

    for (size_t i = 0; i < at; i++) {
        const map_text_row_t *other = XD_AT(&table->rows, map_text_row_t, i);

        if (row->reads && other->reads && xd_str_eq(row->code, other->code)) {
            map_wrong(c, &row->at, "map.table",
                "The code \"%.*s\" has two meanings, \"%.*s\" in line %u.",
                XD_FMT(row->code), XD_FMT(other->name), other->at.line);
        } else if (row->writes && other->writes
                   && xd_str_eq(row->name, other->name)) {
            map_wrong(c, &row->at, "map.table",
                "\"%.*s\" has two codes: say by > which of them is only read "
                "(the other one stands in line %u).",
                XD_FMT(row->name), other->at.line);
        }
    }
}


static map_table_t *
make(map_compiler_t *c, const map_text_table_t *from)
{
    map_table_t *table = map_room(c, 1, sizeof(*table)), **slot;

    if (table == NULL) {
        return NULL;
    }

    table->name = from->name;
    table->rows = map_room(c, from->rows.count + 1, sizeof(*table->rows));
    slot = xd_vec_push(&c->tables, c->arena);
    if (table->rows == NULL || slot == NULL) {
        c->rc = XD_E_MEMORY;
        return NULL;
    }

    for (size_t i = 0; i < from->rows.count; i++) {
        const map_text_row_t *row = XD_AT(&from->rows, map_text_row_t, i);

        check_row(c, from, i);
        if (row->reads || row->writes) {
            table->rows[table->count++] =
                (map_row_t){ { map_chars(c, row->code), row->code.len },
                    { map_chars(c, row->name), row->name.len }, row->reads,
                    row->writes };
        }
    }
    *slot = table;

    return table;
}


const map_table_t *
map_compile_table(map_compiler_t *c, xd_str_t name, const map_at_t *at)
{
    xd_guess_t guess = xd_guess(name);
    const map_text_table_t *from;

    for (size_t i = 0; i < c->tables.count; i++) {
        const map_table_t *known = *XD_AT(&c->tables, map_table_t *, i);

        if (xd_str_eq(known->name, name)) {
            return known;
        }
    }

    from = find(c, name, &guess);
    if (from == NULL) {
        map_unknown(c, at, "table", name, guess.best);
        return NULL;
    }

    return make(c, from);
}
