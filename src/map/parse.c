/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The text of a map into statements.  A statement that cannot be read is told
 * and passed over to the end of its line, so that one call tells most of what
 * is wrong in a file.
 */

#include "map/parse.h"

#include <stdarg.h>
#include <stdio.h>

#define DEPTH_MAX 16 /* blocks in blocks */

/* -- telling --------------------------------------------------------------- */

void
map_fault(xd_report_t *rep, const map_at_t *at, const char *rule,
    const char *format, ...)
{
    char text[256];
    va_list args;
    int len;

    va_start(args, format);
    len = vsnprintf(text, sizeof(text), format, args);
    va_end(args);

    len = len < 0 ? 0 : len < (int) sizeof(text) ? len : (int) sizeof(text) - 1;
    xd_report(rep, &(xd_finding_t){ .severity = XD_ERROR,
                       .scope = XD_SCOPE_VALUE,
                       .offset = at->offset,
                       .line = at->line,
                       .column = at->column,
                       .rule = rule,
                       .path = xd_str(at->file->path),
                       .text = { text, (size_t) len } });
}


static xd_str_t
shown(const map_token_t *t)
{
    switch (t->kind) {
    case MAP_T_END:
        return XD_STR("the end of the file");
    case MAP_T_LINE:
        return XD_STR("the end of the line");
    default:
        return (xd_str_t){ t->text.ptr, t->text.len < 40 ? t->text.len : 40 };
    }
}


void
map_unexpected(map_parser_t *p, const char *what)
{
    if (p->bad) {
        return;
    }

    p->bad = true;
    if (p->t.kind == MAP_T_BAD) {
        map_fault(p->rep, &p->t.at, "map.syntax", "%.*s", XD_FMT(p->t.text));
    } else {
        map_fault(p->rep, &p->t.at, "map.syntax",
            "Here %s was expected, not %.*s.", what, XD_FMT(shown(&p->t)));
    }
}


/* -- words ----------------------------------------------------------------- */

map_token_t
map_take_word(map_parser_t *p)
{
    map_token_t t = p->t;

    p->end = p->lexer.offset; /* behind the word that is taken */
    p->t = map_lex(&p->lexer);

    return t;
}


bool
map_took_mark(map_parser_t *p, char mark)
{
    if (!map_is_mark(p, mark)) {
        return false;
    }

    (void) map_take_word(p);

    return true;
}


void
map_want_mark(map_parser_t *p, char mark)
{
    char what[] = "\" \"";

    if (!p->bad && !map_took_mark(p, mark)) {
        what[1] = mark;
        map_unexpected(p, what);
    }
}


xd_str_t
map_want_word(map_parser_t *p, const char *what)
{
    if (p->bad || p->t.kind != MAP_T_WORD) {
        map_unexpected(p, what);
        return XD_STR("");
    }

    return map_take_word(p).text;
}


xd_str_t
map_want_code(map_parser_t *p, const char *what)
{
    if (p->bad || (p->t.kind != MAP_T_WORD && p->t.kind != MAP_T_TEXT)) {
        map_unexpected(p, what);
        return XD_STR("");
    }

    return map_take_word(p).text;
}


void
map_push(map_parser_t *p, xd_vec_t *to, xd_str_t text)
{
    xd_str_t *slot = p->bad ? NULL : xd_vec_push(to, p->arena);

    if (slot != NULL) {
        *slot = text;
    } else if (!p->bad) {
        p->rc = XD_E_MEMORY;
        p->bad = true;
    }
}


/* The rest of a line that could not be read, with the block that it opens. */
static void
skip_line(map_parser_t *p)
{
    uint32_t open = 0;

    while (p->t.kind != MAP_T_END && (open > 0 || p->t.kind != MAP_T_LINE)) {
        if (map_is_mark(p, '{')) {
            open++;
        } else if (map_is_mark(p, '}') && open == 0 && p->depth > 0) {
            break; /* the end of the block around */
        } else if (map_is_mark(p, '}') && open > 0) {
            open--;
        } else if (p->t.kind == MAP_T_BAD) {
            p->lexer.offset++; /* past what is no word */
        }
        (void) map_take_word(p);
    }
    p->bad = false;
}


void
map_end_line(map_parser_t *p)
{
    if (!p->bad && p->t.kind != MAP_T_LINE && p->t.kind != MAP_T_END
        && !map_is_mark(p, '}'))
    {
        map_unexpected(p, "the end of the line");
    }

    if (p->bad) {
        skip_line(p);
    }
}


void
map_skip_lines(map_parser_t *p)
{
    while (p->t.kind == MAP_T_LINE) {
        (void) map_take_word(p);
    }
}


/* -- what stands behind a line --------------------------------------------- */

/* : table(kinds) */
static void
codec(map_parser_t *p, map_stmt_t *s)
{
    s->codec_at = p->t.at;
    s->codec = map_want_word(p, "the name of a codec");

    if (!map_took_mark(p, '(')) {
        return;
    }

    while (!p->bad && !map_is_mark(p, ')')) {
        map_push(p, &s->words, map_want_code(p, "a word"));
        (void) map_took_mark(p, ',');
    }
    map_want_mark(p, ')');
}


static void
otherwise(map_parser_t *p, map_stmt_t *s)
{
    s->has_else = true;

    if (map_took_mark(p, '[')) {
        s->else_empty = true;
        map_want_mark(p, ']');
    } else {
        s->other = map_want_code(p, "a value, or []");
    }
}


static void
condition(map_parser_t *p, map_stmt_t *s)
{
    s->when_at = p->t.at;
    if (p->t.kind != MAP_T_CEL) {
        map_unexpected(p, "a condition between `");
        return;
    }
    s->when = map_take_word(p).text;
}


/* Words behind the two sides, in any order. */
static void
modifiers(map_parser_t *p, map_stmt_t *s)
{
    while (!p->bad && p->t.kind == MAP_T_WORD) {
        xd_str_t word = p->t.text;

        if (xd_str_is(word, "lenient")) {
            s->lenient = true;
        } else if (xd_str_is(word, "quiet")) {
            s->quiet = true;
        } else if (xd_str_is(word, "told")) {
            s->told = true;
        } else if (!xd_str_is(word, "else") && !xd_str_is(word, "when")) {
            map_unexpected(p, "else, when, lenient, quiet, told or the end of "
                              "the line");
            return;
        }

        (void) map_take_word(p);
        if (xd_str_is(word, "else")) {
            otherwise(p, s);
        } else if (xd_str_is(word, "when")) {
            condition(p, s);
        }
    }
}


static void
block(map_parser_t *p, map_stmt_t *s)
{
    s->has_block = true;
    map_want_mark(p, '{');

    if (++p->depth > DEPTH_MAX) {
        map_fault(p->rep, &s->at, "map.limit",
            "Blocks stand at most %d deep in each other.", DEPTH_MAX);
        p->rc = XD_E_LIMIT;
        p->bad = true;
        p->t.kind = MAP_T_END;
        return;
    }

    if (!p->bad) {
        map_parse_statements(p, &s->block);
        map_want_mark(p, '}');
    }
    p->depth--;
}


/* -- statements ------------------------------------------------------------ */

void
map_block_add(map_block_t *to, map_stmt_t *s)
{
    if (to->last != NULL) {
        to->last->next = s;
    } else {
        to->first = s;
    }
    to->last = s;
}


static map_stmt_t *
stmt_new(map_parser_t *p, map_stmt_kind_t kind)
{
    map_stmt_t *s = xd_alloc(p->arena, sizeof(*s));

    if (s == NULL) {
        p->rc = XD_E_MEMORY;
        p->bad = true;
        return NULL;
    }

    *s = (map_stmt_t){ .kind = kind, .at = p->t.at, .words = XD_VEC(xd_str_t) };
    s->left.parts = XD_VEC(map_part_t);
    s->left.keys = XD_VEC(xd_str_t);
    s->left.fixed = XD_VEC(xd_str_t);
    s->right.paths = XD_VEC(map_path_t);
    s->right.codes = XD_VEC(xd_str_t);

    return s;
}


/* What was read of the file since a place. */
static xd_str_t
source_from(const map_parser_t *p, const map_at_t *at)
{
    size_t len = p->end > at->offset ? p->end - at->offset : 0;

    return xd_str_trim((xd_str_t){ at->file->bytes.ptr + at->offset, len });
}


static void
arrow(map_parser_t *p, map_stmt_t *s)
{
    s->reads = p->t.kind == MAP_T_BOTH || p->t.kind == MAP_T_READ;
    s->writes = p->t.kind == MAP_T_BOTH || p->t.kind == MAP_T_WRITE;

    if (!s->reads && !s->writes) {
        map_unexpected(p, "<->, -> or <-");
    } else {
        (void) map_take_word(p);
    }
}


/* PO1[*] <-> lines[*] lenient { … } */
static void
line(map_parser_t *p, map_block_t *to)
{
    map_stmt_t *s = stmt_new(p, MAP_S_LINE);

    if (s == NULL) {
        return;
    }

    map_parse_left(p, &s->left);
    if (!p->bad) {
        s->left.source = source_from(p, &s->at);
        arrow(p, s);
    }
    if (!p->bad) {
        map_parse_right(p, &s->right);
    }
    if (!p->bad && map_took_mark(p, ':')) {
        codec(p, s);
    }
    modifiers(p, s);
    s->source = source_from(p, &s->at);
    if (!p->bad && map_is_mark(p, '{')) {
        block(p, s);
    }
    if (!p->bad) {
        map_block_add(to, s);
    }
}


/* ours meta, state: one statement for each member. */
static void
members(map_parser_t *p, map_block_t *to, map_stmt_kind_t kind)
{
    (void) map_take_word(p);

    do {
        map_stmt_t *s = stmt_new(p, kind);
        map_path_t *path =
            s != NULL ? xd_vec_push(&s->right.paths, p->arena) : NULL;

        if (path == NULL) {
            p->rc = XD_E_MEMORY;
            p->bad = true;
            return;
        }

        s->right.at = p->t.at;
        map_parse_path(p, path);
        s->source = source_from(p, &s->at);
        if (!p->bad) {
            map_block_add(to, s);
        }
    } while (!p->bad && map_took_mark(p, ','));
}


/* same terms.dueDate as dueDate */
static void
same(map_parser_t *p, map_block_t *to)
{
    map_block_t own = { NULL, NULL };

    members(p, &own, MAP_S_SAME);
    if (p->bad || !map_is_word(p, "as")) {
        map_unexpected(p, "as, and the other member");
        return;
    }

    (void) map_take_word(p);
    map_parse_path(p, &own.last->same);
    if (!p->bad) {
        map_block_add(to, own.last);
    }
}


static void
unread(map_parser_t *p, map_block_t *to)
{
    map_stmt_t *s = stmt_new(p, MAP_S_UNREAD);

    if (s != NULL) {
        (void) map_take_word(p);
        map_parse_left(p, &s->left);
        s->source = source_from(p, &s->at);
        s->reads = true;
    }
    if (!p->bad) {
        map_block_add(to, s);
    }
}


/* use allowance; first { … }; shipment { … } */
static void
named(map_parser_t *p, map_block_t *to, map_stmt_kind_t kind)
{
    map_stmt_t *s = stmt_new(p, kind);

    if (s == NULL) {
        return;
    }

    if (kind != MAP_S_NAMED) {
        (void) map_take_word(p);
    }
    if (kind != MAP_S_FIRST) {
        s->name = map_want_word(p, "a name");
    }
    s->source = source_from(p, &s->at);
    if (kind != MAP_S_USE) {
        block(p, s);
    }
    if (!p->bad) {
        map_block_add(to, s);
    }
}


static bool
is_block_ahead(const map_parser_t *p)
{
    map_lexer_t ahead = p->lexer;
    map_token_t t = map_lex(&ahead);

    return t.kind == MAP_T_MARK && t.mark == '{';
}


void
map_parse_statement(map_parser_t *p, map_block_t *to)
{
    static const struct {
        const char *word;
        map_stmt_kind_t kind;
    } words[] = {
        { "ours", MAP_S_OURS },
        { "refuse", MAP_S_REFUSE },
        { "drop", MAP_S_DROP },
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (map_is_word(p, words[i].word)) {
            members(p, to, words[i].kind);
            return;
        }
    }

    if (map_is_word(p, "same")) {
        same(p, to);
    } else if (map_is_word(p, "unread")) {
        unread(p, to);
    } else if (map_is_word(p, "use")) {
        named(p, to, MAP_S_USE);
    } else if (map_is_word(p, "first")) {
        named(p, to, MAP_S_FIRST);
    } else if (p->t.kind == MAP_T_WORD && is_block_ahead(p)) {
        named(p, to, MAP_S_NAMED);
    } else {
        line(p, to);
    }
}


void
map_parse_statements(map_parser_t *p, map_block_t *to)
{
    map_skip_lines(p);
    while (p->t.kind != MAP_T_END && !map_is_mark(p, '}') && p->rc == XD_OK) {
        map_parse_statement(p, to);
        map_end_line(p);
        map_skip_lines(p);
    }
}
