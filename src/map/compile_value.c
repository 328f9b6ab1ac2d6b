/* SPDX-License-Identifier: BSD-2-Clause */

/* What a line says in the place of a codec: constants, functions; and the
 * condition behind it. */

#include "canon/guess.h"
#include "map/compile.h"


/* -- functions and constants ----------------------------------------------- */

xd_str_t
map_dotted(map_compiler_t *c, const map_path_t *path)
{
    xd_str_t text = XD_STR("");

    for (size_t i = 0; i < path->names.count; i++) {
        text = xd_fmt(c->arena, "%.*s%s%.*s", XD_FMT(text), i > 0 ? "." : "",
            XD_FMT(*XD_AT(&path->names, xd_str_t, i)));
        if (text.ptr == NULL) {
            c->rc = XD_E_MEMORY;
            return XD_STR("");
        }
    }

    return text;
}


/* Is there such a path in the document, through arrays? */
static bool
check_path(map_compiler_t *c, const map_path_t *path)
{
    const xd_field_t *f = c->doc;

    for (size_t i = 0; i < path->names.count; i++) {
        xd_str_t name = *XD_AT(&path->names, xd_str_t, i);
        const xd_field_t *in =
            f->kind == XD_FIELD_ARRAY ? xd_field_items(f) : f;

        f = xd_field_find(in, name);
        if (f == NULL) {
            map_unknown(c, &path->at, "member", name,
                map_field_nearest(in, name));
            return false;
        }
    }

    return true;
}


bool
map_one_word(map_compiler_t *c, map_line_t *line, xd_str_t word)
{
    xd_vec_t one = { &word, 1, 1, sizeof(word) };

    line->with.words = map_texts(c, &one);

    return line->with.words != NULL;
}


/* count(lines), sum(lines.qty.value), hash(…), groups(HL) */
bool
map_compile_function(map_scope_t *s, const map_stmt_t *stmt, map_line_t *line,
    map_fact_t *fact)
{
    static const struct {
        const char *name;
        const map_codec_t *codec;
    } functions[] = { { "count", &map_as_count }, { "sum", &map_as_sum },
        { "hash", &map_as_hash }, { "groups", &map_as_groups } };
    const map_path_t *path = XD_AT(&stmt->right.paths, map_path_t, 0);
    xd_guess_t guess = xd_guess(stmt->right.function);

    for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
        if (xd_str_is(stmt->right.function, functions[i].name)) {
            line->codec = functions[i].codec;
        }
        xd_guess_try(&guess, xd_str(functions[i].name));
    }

    if (line->codec == NULL) {
        map_unknown(s->c, &stmt->right.at, "function", stmt->right.function,
            guess.best);
        return false;
    }

    if (stmt->left.keys.count != 1 || !stmt->writes) {
        map_wrong(s->c, &stmt->at, "map.function",
            "What is computed is written into one element, by <-.");
        return false;
    }

    line->flags |= MAP_READS; /* to be compared */
    fact->certain = true;

    return (line->codec == &map_as_groups || check_path(s->c, path))
           && map_one_word(s->c, line, map_dotted(s->c, path));
}


/* "00" | "06", not "CR" */
bool
map_compile_constant(map_scope_t *s, const map_stmt_t *stmt, map_line_t *line,
    map_fact_t *fact)
{
    if (stmt->left.keys.count != 1) {
        map_wrong(s->c, &stmt->at, "map.constant",
            "A constant stands against one element.");
        return false;
    }

    if (stmt->right.not_codes && stmt->writes) {
        map_wrong(s->c, &stmt->at, "map.constant",
            "What must not be can only be read: write ->.");
        return false;
    }

    line->codec = stmt->right.not_codes ? &map_as_not : &map_as_constant;
    line->with.words = map_texts(s->c, &stmt->right.codes);
    fact->certain = true;

    return line->with.words != NULL;
}


/* "edi" <-> channel */
bool
map_compile_fixed(map_scope_t *s, const map_stmt_t *stmt, map_line_t *line,
    const map_fact_t *fact)
{
    xd_str_t text = *XD_AT(&stmt->left.fixed, xd_str_t, 0);
    const xd_node_t *values = map_target_enum(s->c->targets, fact->field);
    bool known = values == NULL;

    xd_each (one, values) {
        known |= xd_str_eq(one->text, text);
    }

    if (!known) {
        map_wrong(s->c, &stmt->left.at, "map.constant",
            "The member cannot be \"%.*s\".", XD_FMT(text));
        return false;
    }

    line->codec = &map_as_fixed;

    return map_one_word(s->c, line, text);
}


/* -- conditions ------------------------------------------------------------ */

/* A fault of an expression at its place in the file. */
static void
cel_fault(void *ctx, const xd_finding_t *f)
{
    const map_at_t *at = ((void **) ctx)[1];
    map_at_t there = *at;

    there.column += (uint32_t) f->offset + 1;
    there.offset += f->offset + 1;
    map_wrong(((void **) ctx)[0], &there, "map.when", "%.*s", XD_FMT(f->text));
}


bool
map_compile_condition(map_scope_t *s, const map_stmt_t *stmt, map_line_t *line)
{
    xd_cel_program_t *program = NULL;
    map_at_t at = stmt->when_at;
    void *ctx[2] = { s->c, &at };
    xd_cel_env_t env;
    xd_report_t rep;
    xd_rc_t rc;

    if (stmt->when.len == 0) {
        return true;
    }

    xd_report_init(&rep, s->c->arena, 0);
    rep.sink = cel_fault;
    rep.sink_ctx = ctx;
    rc = map_target_env(s->c->arena, s->object, s->c->doc, &env);
    if (rc == XD_OK) {
        rc = xd_cel_compile(s->c->arena, stmt->when, &env, &program, &rep);
    }

    if (rc == XD_E_MEMORY) {
        s->c->rc = rc;
        return false;
    }

    if (rc == XD_OK && xd_cel_result(program)->kind != XD_CEL_BOOL
        && xd_cel_result(program)->kind != XD_CEL_DYN)
    {
        map_wrong(s->c, &at, "map.when", "A condition is true or false.");
        return false;
    }

    line->when = program;

    return rc == XD_OK;
}
