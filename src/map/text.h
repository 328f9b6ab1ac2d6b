/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_TEXT_H
#define XD_MAP_TEXT_H

#include "base/report.h"
#include "base/vec.h"


/* The text of a map as a tree, before anything of it is known to be right. */

/* A file of maps, and a place in it. */
typedef struct {
    const char *path;
    xd_str_t bytes;
} map_file_t;

typedef struct {
    const map_file_t *file;
    uint32_t line, column; /* from 1 */
    size_t offset;
} map_at_t;

/* -- words ----------------------------------------------------------------- */

typedef enum {
    MAP_T_END,
    MAP_T_LINE,  /* the end of a line */
    MAP_T_WORD,  /* poNo, BEG, 3, x12-850 */
    MAP_T_TEXT,  /* "…" */
    MAP_T_CEL,   /* `…` */
    MAP_T_BOTH,  /* <-> */
    MAP_T_READ,  /* -> */
    MAP_T_WRITE, /* <- */
    MAP_T_SET,   /* := */
    MAP_T_MARK,  /* one of { } [ ] ( ) . , : = | + * / ? < > */
    MAP_T_BAD
} map_token_kind_t;

typedef struct {
    map_token_kind_t kind;
    char mark;     /* MAP_T_MARK */
    xd_str_t text; /* of words; of texts and conditions what is in them */
    map_at_t at;
    bool glued; /* no blank before it */
} map_token_t;

/* A cursor over the words of a file. */
typedef struct {
    const map_file_t *file;
    size_t offset;
    uint32_t line;
    size_t line_start;
} map_lexer_t;

/* The next word; MAP_T_BAD with a sentence in its text. */
map_token_t map_lex(map_lexer_t *lexer);

/* -- paths ----------------------------------------------------------------- */

/* [IA], [1=IA], [2:=SA], [1=VN|SU] */
typedef struct {
    xd_str_t key;   /* empty: the value that names the group */
    xd_vec_t codes; /* of xd_str_t */
    bool must;
    bool not_these; /* [1 not ST] */
    map_at_t at;
} map_cond_t;

/* N1[ST][*] */
typedef struct {
    xd_str_t name;
    xd_vec_t conds; /* of map_cond_t */
    bool every;
    map_at_t at;
} map_part_t;

/* The side of the format. */
typedef struct {
    bool root;       /* begins with / */
    bool own;        /* [6:=Z].7: conditions of the group at hand, which are
                        those of the one part, without a name */
    xd_vec_t parts;  /* of map_part_t */
    xd_vec_t keys;   /* of xd_str_t */
    bool pairs;      /* .6*: keys, two by two, from there on */
    xd_str_t pair;   /* .6*[PO]: of that qualifier */
    xd_vec_t fixed;  /* of xd_str_t: "edi" */
    xd_str_t source; /* as it is written */
    map_at_t at;
} map_left_t;

/* terms.code, incoterm?.place, lines[*], supplier.altIds[scheme=duns].value */
typedef struct {
    xd_vec_t names; /* of xd_str_t; none: the object at hand */
    bool within;
    bool every;
    xd_str_t scheme[2]; /* behind the last name but one; or ptr NULL */
    map_at_t at;
} map_path_t;

/* The side of the document. */
typedef struct {
    xd_vec_t paths;    /* of map_path_t: one, or several to choose from */
    xd_vec_t codes;    /* of xd_str_t: "00" | "06" */
    bool not_codes;    /* not "CR" | "CN" */
    xd_str_t function; /* count(lines) */
    map_at_t at;
} map_right_t;

/* -- statements ------------------------------------------------------------ */

typedef enum {
    MAP_S_LINE,
    MAP_S_FIRST,
    MAP_S_OURS,
    MAP_S_REFUSE,
    MAP_S_UNREAD,
    MAP_S_SAME,
    MAP_S_USE,
    MAP_S_DROP,
    MAP_S_NAMED /* shipment { … }: lines of a codec that takes several */
} map_stmt_kind_t;

typedef struct map_stmt_s map_stmt_t;

/* Statements in order; those of an overlay are joined to those of its base. */
typedef struct {
    map_stmt_t *first, *last;
} map_block_t;

struct map_stmt_s {
    map_stmt_kind_t kind;
    map_at_t at;
    xd_str_t source; /* as it is written, without its block */
    map_stmt_t *next;

    bool reads, writes;
    map_left_t left;
    map_right_t right;
    map_path_t same; /* MAP_S_SAME: the other one */

    xd_str_t codec; /* empty: what the two sides make of it */
    map_at_t codec_at;
    xd_vec_t words; /* of xd_str_t: in its parentheses */
    bool has_else, else_empty;
    xd_str_t other; /* else "USD" */
    bool lenient, quiet, told;
    xd_str_t when;
    map_at_t when_at;

    xd_str_t name; /* MAP_S_USE, MAP_S_NAMED */
    bool has_block;
    map_block_t block;
    bool laid; /* of the overlay at hand, whose lines leave each other alone */
};

/* -- tables and blocks ----------------------------------------------------- */

typedef struct {
    xd_str_t code, name;
    bool reads, writes;
    map_at_t at;
} map_text_row_t;

typedef struct {
    xd_str_t name;
    xd_vec_t rows; /* of map_text_row_t */
    map_at_t at;
} map_text_table_t;

typedef struct {
    xd_str_t name;
    map_block_t block;
    map_at_t at;
} map_text_block_t;

/* -- a file ---------------------------------------------------------------- */

typedef struct map_text_s map_text_t;

typedef struct {
    xd_str_t path;
    map_at_t at;
    const map_text_t *text; /* once it was read */
} map_include_t;

struct map_text_s {
    const map_file_t *file;
    bool is_map; /* else it is for others to include */
    map_at_t at;
    xd_str_t name, version; /* x12-850/1 */
    xd_str_t syntax, set;   /* x12/850 */
    xd_vec_t set_versions;  /* of xd_str_t: D96A|D01B; none: any */
    bool reads, writes;
    xd_str_t document;
    xd_str_t extends, party;
    map_at_t extends_at, set_at, document_at;
    xd_str_t event, occurred;
    map_at_t occurred_at;
    bool usual;
    xd_str_t test_path, test_code; /* test Request/@mode = test */
    map_at_t test_at;

    xd_vec_t includes; /* of map_include_t */
    xd_vec_t tables;   /* of map_text_table_t */
    xd_vec_t blocks;   /* of map_text_block_t */
    xd_vec_t trees;    /* of map_tree_t * */
    xd_vec_t shapes;   /* of map_form_t * */
    xd_vec_t spaces;   /* of map_space_t */
    map_block_t lines;
};

/*
 * map_parse - the text of one file
 *
 *   arena  owns the tree; slices are those of file, which lives as long
 *   rep    gains faults: path, line, column
 *
 * Returns XD_OK; XD_E_SYNTAX; XD_E_LIMIT (blocks in blocks); XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t map_parse(xd_arena_t *arena, const map_file_t *file,
    map_text_t *out, xd_report_t *rep);

/* A fault at a place: one sentence. */
void map_fault(xd_report_t *rep, const map_at_t *at, const char *rule,
    const char *format, ...) XD_PRINTF(4, 5);

/* Adds a statement to the end of a block. */
void map_block_add(map_block_t *block, map_stmt_t *stmt);

#endif
