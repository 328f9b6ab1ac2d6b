/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_PARSE_H
#define XD_MAP_PARSE_H

#include "map/text.h"


/* Reading a map's text: one word ahead. */
typedef struct {
    xd_arena_t *arena;
    xd_report_t *rep;
    map_lexer_t lexer;
    map_token_t t; /* the next word */
    size_t end;    /* of the word before */
    uint32_t depth;
    bool bad; /* this statement is given up */
    xd_rc_t rc;
} map_parser_t;

/* The next word, which is taken. */
map_token_t map_take_word(map_parser_t *p);

static inline bool
map_is_mark(const map_parser_t *p, char mark)
{
    return p->t.kind == MAP_T_MARK && p->t.mark == mark;
}

static inline bool
map_is_word(const map_parser_t *p, const char *word)
{
    return p->t.kind == MAP_T_WORD && xd_str_is(p->t.text, word);
}

/* Takes a mark if it is there. */
bool map_took_mark(map_parser_t *p, char mark);

/* Takes a mark, a word, or a word or text; a fault otherwise, in which what
 * says what was wanted: "a name". */
void map_want_mark(map_parser_t *p, char mark);
xd_str_t map_want_word(map_parser_t *p, const char *what);
xd_str_t map_want_code(map_parser_t *p, const char *what);

/* A fault at the next word; the statement is given up. */
void map_unexpected(map_parser_t *p, const char *what);

/* Adds a text to a row of them. */
void map_push(map_parser_t *p, xd_vec_t *to, xd_str_t text);

/* Past the ends of lines; to the end of this line, which is told when it does
 * not come. */
void map_skip_lines(map_parser_t *p);
void map_end_line(map_parser_t *p);

/* One statement; statements up to } or the end. */
void map_parse_statement(map_parser_t *p, map_block_t *to);
void map_parse_statements(map_parser_t *p, map_block_t *to);

/* -- parse_path.c ---------------------------------------------------------- */

void map_parse_left(map_parser_t *p, map_left_t *out);
void map_parse_right(map_parser_t *p, map_right_t *out);
void map_parse_path(map_parser_t *p, map_path_t *out);

#endif
