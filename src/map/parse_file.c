/* SPDX-License-Identifier: BSD-2-Clause */

/* What a file of maps has beside statements: its header, includes, tables and
 * blocks with a name. */

#include "base/buf.h"
#include "map/parse.h"
#include "map/tree.h"


/* -- the header ------------------------------------------------------------ */

/* D96A, 2.1 */
static xd_str_t
one_version(map_parser_t *p)
{
    xd_str_t v = map_want_word(p, "a version, as 004010 or D96A");

    while (!p->bad && map_is_mark(p, '.') && p->t.glued) {
        xd_str_t next;

        (void) map_take_word(p);
        next = map_want_word(p, "what stands behind the point of a version");
        v.len = p->bad ? v.len : (size_t) (next.ptr - v.ptr) + next.len;
    }

    return v;
}


/* D96A|D01B */
static void
versions(map_parser_t *p, map_text_t *out)
{
    do {
        map_push(p, &out->set_versions, one_version(p));
    } while (!p->bad && map_took_mark(p, '|'));
}


/* x12/850 or edifact/ORDERS/D96A|D01B, an arrow, and a document */
static void
sides(map_parser_t *p, map_text_t *out)
{
    out->syntax = map_want_word(p, "a syntax, as x12");
    map_want_mark(p, '/');
    out->set_at = p->t.at;
    out->set = map_want_word(p, "a set, as 850");
    if (map_took_mark(p, '/')) {
        versions(p, out);
    }

    out->reads = p->t.kind == MAP_T_BOTH || p->t.kind == MAP_T_READ;
    out->writes = p->t.kind == MAP_T_BOTH || p->t.kind == MAP_T_WRITE;
    if (!out->reads && !out->writes) {
        map_unexpected(p, "<->, -> or <-");
        return;
    }

    (void) map_take_word(p);
    out->document_at = p->t.at;
    out->document = map_want_word(p, "a document, as sales-order");
}


/* map x12-850/1 : x12/850 <-> purchase-order
 * map acme-850/1 extends x12-850 for acme
 * map edifact-invoic-d14b/1 extends edifact-invoic in D14B */
static void
header(map_parser_t *p, map_text_t *out)
{
    if (out->is_map) {
        map_unexpected(p, "one map in a file");
        return;
    }

    out->at = p->t.at;
    out->is_map = true;
    (void) map_take_word(p);
    out->name = map_want_word(p, "the name of the map");
    map_want_mark(p, '/');
    out->version = map_want_word(p, "its version, as 1");

    if (map_is_word(p, "extends")) {
        (void) map_take_word(p);
        out->extends_at = p->t.at;
        out->extends = map_want_word(p, "the name of a map");
        if (!p->bad && map_is_word(p, "in")) {
            (void) map_take_word(p);
            versions(p, out);
        }
    } else {
        map_want_mark(p, ':');
        sides(p, out);
    }

    if (!p->bad && map_is_word(p, "for")) {
        (void) map_take_word(p);
        out->party = map_want_word(p, "the id of a partner");
    }
}


static xd_str_t
dotted(map_parser_t *p)
{
    map_path_t path;
    xd_buf_t text = { 0 };
    xd_str_t out;

    map_parse_path(p, &path);
    for (size_t i = 0; i < path.names.count; i++) {
        xd_buf_fmt(&text, "%s%.*s", i > 0 ? "." : "",
            XD_FMT(*XD_AT(&path.names, xd_str_t, i)));
    }

    out = xd_buf_rc(&text) == XD_OK ? xd_dup(p->arena, xd_buf_str(&text))
                                    : XD_STR_NONE;
    xd_buf_free(&text);
    if (out.ptr == NULL) {
        p->rc = XD_E_MEMORY;
        p->bad = true;
    }

    return out;
}


/* -- tables ---------------------------------------------------------------- */

/* IA = accepted, AA > accepted */
static void
row(map_parser_t *p, map_text_table_t *table)
{
    map_text_row_t *r = xd_vec_push(&table->rows, p->arena);

    if (r == NULL) {
        p->rc = XD_E_MEMORY;
        p->bad = true;
        return;
    }

    r->at = p->t.at;
    r->code = map_want_code(p, "a code, or }");
    r->reads = map_is_mark(p, '=') || map_is_mark(p, '>');
    r->writes = map_is_mark(p, '=') || map_is_mark(p, '<');
    if (!r->reads && !r->writes) {
        map_unexpected(p, "=, > or <");
        return;
    }

    (void) map_take_word(p);
    r->name = map_want_code(p, "what the code means");
}


static void
table(map_parser_t *p, map_text_t *out)
{
    map_text_table_t *table = xd_vec_push(&out->tables, p->arena);

    if (table == NULL) {
        p->rc = XD_E_MEMORY;
        p->bad = true;
        return;
    }

    (void) map_take_word(p);
    *table =
        (map_text_table_t){ .rows = XD_VEC(map_text_row_t), .at = p->t.at };
    table->name = map_want_word(p, "the name of the table");
    map_want_mark(p, '{');
    map_skip_lines(p);

    while (!p->bad && !map_is_mark(p, '}')) {
        row(p, table);
        if (!map_took_mark(p, ',') && p->t.kind != MAP_T_LINE
            && !map_is_mark(p, '}')) {
            map_unexpected(p, "a comma, or the end of the line");
        }
        map_skip_lines(p);
    }

    while (p->bad && p->t.kind != MAP_T_END && !map_is_mark(p, '}')) {
        p->lexer.offset += p->t.kind == MAP_T_BAD;
        (void) map_take_word(p);
    }
    p->bad = p->bad && p->t.kind == MAP_T_END;
    map_want_mark(p, '}');
}


static void
block(map_parser_t *p, map_text_t *out)
{
    map_text_block_t *b = xd_vec_push(&out->blocks, p->arena);

    if (b == NULL) {
        p->rc = XD_E_MEMORY;
        p->bad = true;
        return;
    }

    (void) map_take_word(p);
    *b = (map_text_block_t){ .at = p->t.at };
    b->name = map_want_word(p, "the name of the block");
    map_want_mark(p, '{');
    if (!p->bad) {
        p->depth++;
        map_parse_statements(p, &b->block);
        p->depth--;
        map_want_mark(p, '}');
    }
}


static void
include(map_parser_t *p, map_text_t *out)
{
    map_include_t *i = xd_vec_push(&out->includes, p->arena);

    if (i == NULL) {
        p->rc = XD_E_MEMORY;
        p->bad = true;
        return;
    }

    (void) map_take_word(p);
    i->at = p->t.at;
    if (p->t.kind != MAP_T_TEXT) {
        map_unexpected(p, "a file between \"");
        return;
    }
    i->path = map_take_word(p).text;
}


/* -- the whole ------------------------------------------------------------- */

static void
setting(map_parser_t *p, map_text_t *out)
{
    xd_str_t word = map_take_word(p).text;

    if (xd_str_is(word, "usual")) {
        out->usual = true;
    } else if (xd_str_is(word, "event")) {
        out->event = map_want_word(p, "the name of an event");
    } else {
        out->occurred_at = p->t.at;
        out->occurred = dotted(p);
    }
}


static void
item(map_parser_t *p, map_text_t *out)
{
    if (map_is_word(p, "map")) {
        header(p, out);
    } else if (map_is_word(p, "include")) {
        include(p, out);
    } else if (map_is_word(p, "table")) {
        table(p, out);
    } else if (map_is_word(p, "block")) {
        block(p, out);
    } else if (map_is_word(p, "usual") || map_is_word(p, "event")
               || map_is_word(p, "occurred"))
    {
        setting(p, out);
    } else if (!map_parse_tree(p, out)) {
        map_parse_statement(p, &out->lines);
    }

    map_end_line(p);
    if (map_is_mark(p, '}')) {
        map_unexpected(p, "a statement");
        map_end_line(p);
    }
}


xd_rc_t
map_parse(xd_arena_t *arena, const map_file_t *file, map_text_t *out,
    xd_report_t *rep)
{
    size_t before = xd_report_errors(rep);
    map_parser_t p = { .arena = arena,
        .rep = rep,
        .lexer = { .file = file, .line = 1 } };

    *out = (map_text_t){ .file = file,
        .set_versions = XD_VEC(xd_str_t),
        .includes = XD_VEC(map_include_t),
        .tables = XD_VEC(map_text_table_t),
        .blocks = XD_VEC(map_text_block_t),
        .trees = XD_VEC(map_tree_t *),
        .shapes = XD_VEC(map_form_t *),
        .spaces = XD_VEC(map_space_t) };

    (void) map_take_word(&p);
    map_skip_lines(&p);
    while (p.t.kind != MAP_T_END && p.rc == XD_OK) {
        item(&p, out);
        map_skip_lines(&p);
    }

    if (p.rc != XD_OK) {
        return p.rc;
    }

    return xd_report_errors(rep) == before ? XD_OK : XD_E_SYNTAX;
}
