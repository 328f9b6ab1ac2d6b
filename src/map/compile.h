/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_COMPILE_H
#define XD_MAP_COMPILE_H

#include "map/codecs.h"
#include "map/mapping.h"
#include "map/overlay.h"
#include "map/target.h"
#include "tree/shape.h"


/* From a map's text to its plan. */

/* Where a line of the plan is written. */
typedef struct map_place_s {
    map_at_t at;
    xd_str_t source;
    bool reads, writes;
} map_place_t;

typedef struct {
    xd_arena_t *arena;
    xd_report_t *rep;
    map_targets_t *targets;
    const map_text_t *text; /* whole: map_whole */
    xd_str_t set_version;   /* the one at hand; empty: any */
    const xd_shape_t *shape;
    const map_kind_t *kind;
    const struct map_tree_s *tree; /* that the map declares, or NULL */
    const xd_field_t *doc;
    xd_vec_t tables; /* of map_table_t *, compiled when they are named */
    xd_vec_t places; /* of map_place_t */
    xd_vec_t told;   /* of map_at_t: a block that many use is told of once */
    bool bad;
    xd_rc_t rc;
} map_compiler_t;

/* A block on its way: what its lines are against. */
typedef struct map_scope_s {
    const struct map_scope_s *up;
    map_compiler_t *c;
    xd_shape_place_t group;
    xd_str_t group_name;
    const xd_field_t *object;
    const map_block_t *block; /* its statements */
    map_at_t at;
    const char *makes; /* members that the codec around it makes, or NULL */
    bool partial;      /* other members of the object are read elsewhere */
    const map_line_t *around; /* the line whose block it is, or NULL */
    bool whole;               /* its codec writes the group itself */
    xd_vec_t lines;           /* of map_line_t */
    xd_vec_t stmts;           /* of const map_stmt_t *, one a line */
    xd_vec_t facts;           /* of map_fact_t, one a line */
} map_scope_t;

/* What the proofs must know of a line beside its plan. */
typedef struct {
    const map_codec_row_t *row; /* NULL: none of a name */
    xd_shape_place_t group;     /* where its last step leads */
    const xd_field_t *field;    /* its member */
    bool certain;               /* it always has a value to write */
    map_scope_t **inner;        /* its blocks */
    uint32_t ninner;
} map_fact_t;

/* The map of a text, once for each version of its set that it names; `to`
 * gains them, xd_mapping_t.  XD_OK; XD_E_CONF with findings; XD_E_MEMORY. */
XD_CHECKED xd_rc_t map_compile(map_library_t *lib, map_targets_t *targets,
    const xd_shape_t *const *shapes, const map_text_t *text, xd_vec_t *to);

/* -- shared by the parts of the compiler ----------------------------------- */

void map_wrong(map_compiler_t *c, const map_at_t *at, const char *rule,
    const char *format, ...) XD_PRINTF(4, 5);

/* A fault at a name that is none; with the one that was meant, if one looks
 * like it.  what: "segment or loop". */
void map_unknown(map_compiler_t *c, const map_at_t *at, const char *what,
    xd_str_t name, xd_str_t meant);

/* Memory for so many of a size; NULL when the arena is full, which is noted. */
void *map_room(map_compiler_t *c, size_t count, size_t size);

/* A text that C may read; "" when memory is out, which is noted. */
const char *map_chars(map_compiler_t *c, xd_str_t text);

/* Texts of a row in the form of plans: with a NULL ptr behind the last. */
const xd_str_t *map_texts(map_compiler_t *c, const xd_vec_t *texts);

/* compile_left.c: what both ways to read the side of the format share.  What
 * codecs take a value for; what a path without keys is, and its last part, NULL
 * when it has none; a fault at a part that is all of its name but not last. */
map_left_kind_t map_left_of(xd_shape_kind_t kind);
const map_part_t *map_left_last(const map_left_t *left, map_line_t *line,
    map_left_kind_t *kind);
bool map_left_every(map_compiler_t *c, const map_left_t *left, size_t part);

/* compile_left.c: steps, keys, room and kind of the side of the format. */
bool map_compile_left(map_scope_t *s, const map_stmt_t *stmt, map_line_t *line,
    map_fact_t *fact, map_left_kind_t *kind);

/* tree_left.c: the same of a tree that the map declares. */
bool map_tree_left(map_scope_t *s, const map_stmt_t *stmt, map_line_t *line,
    map_fact_t *fact, map_left_kind_t *kind);

/* tree_left.c: by what a text is a test. */
void map_tree_test(map_compiler_t *c, xd_mapping_t *out);

/* compile_right.c: the member, and what it is. */
bool map_compile_right(map_scope_t *s, const map_path_t *path, map_line_t *line,
    map_fact_t *fact, map_right_kind_t *kind);

/* compile_codec.c: which codec it is, and what that is told. */
bool map_compile_codec(map_scope_t *s, const map_stmt_t *stmt,
    map_left_kind_t left, map_right_kind_t right, map_line_t *line,
    map_fact_t *fact);

/* compile_value.c: "00" | "06"; "edi" on the left; count(lines); when `…`. */
bool map_compile_constant(map_scope_t *s, const map_stmt_t *stmt,
    map_line_t *line, map_fact_t *fact);
bool map_compile_fixed(map_scope_t *s, const map_stmt_t *stmt, map_line_t *line,
    const map_fact_t *fact);
bool map_compile_function(map_scope_t *s, const map_stmt_t *stmt,
    map_line_t *line, map_fact_t *fact);
bool map_compile_condition(map_scope_t *s, const map_stmt_t *stmt,
    map_line_t *line);

/* The names of a path, "lines.qty.value"; one word as the line's only one. */
xd_str_t map_dotted(map_compiler_t *c, const map_path_t *path);
bool map_one_word(map_compiler_t *c, map_line_t *line, xd_str_t word);

/* tables.c: the compiled table of a name; NULL when there is none, or it is
 * wrong, which was told. */
const map_table_t *map_compile_table(map_compiler_t *c, xd_str_t name,
    const map_at_t *at);

/* compile.c: the lines of a block. */
const map_line_t *map_compile_block(map_scope_t *s);

/* proof.c: what must hold of a block, of the whole. */
void map_prove_block(map_scope_t *s);
void map_prove_whole(map_scope_t *s, bool writes);

#endif
