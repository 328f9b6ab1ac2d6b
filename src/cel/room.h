/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CEL_ROOM_H
#define XD_CEL_ROOM_H

#include "base/vec.h"
#include "cel/cel.h"
#include "cel/zone.h"

#define CEL_DEPTH 200
#define CEL_NODES 10000
#define CEL_COST  1000000

/* -- the expression as a tree --------------------------------------------- */

typedef enum {
    CEL_CONST,
    CEL_IDENT,  /* name, or a slot */
    CEL_SELECT, /* args[0].name */
    CEL_CALL,   /* name(args); member: args[0].name(…) */
    CEL_AND,    /* n-ary, so that a long row is not deep */
    CEL_OR,
    CEL_IF,
    CEL_INDEX, /* args[0][args[1]] */
    CEL_EQUAL,
    CEL_UNEQUAL,
    CEL_IN,
    CEL_LIST,
    CEL_MAP,  /* args: key, value, key, value */
    CEL_FOLD, /* a macro over args[0] */
    CEL_BIND, /* name = args[0] in args[1] */
    CEL_OPT   /* args[0].optMap(name, args[1]) */
} cel_node_kind_t;

typedef enum {
    CEL_ALL,
    CEL_EXISTS,
    CEL_EXISTS_ONE,
    CEL_TO_LIST,  /* map, filter, transformList */
    CEL_TO_MAP,   /* transformMap */
    CEL_TO_ENTRY, /* transformMapEntry */
    CEL_OPT_MAP,
    CEL_OPT_FLAT
} cel_fold_t;

typedef struct cel_node_s cel_node_t;
typedef struct cel_row_s cel_row_t;
typedef struct cel_run_s cel_run_t;

struct cel_node_s {
    cel_node_kind_t kind;
    uint32_t at;    /* offset in the source */
    uint32_t depth; /* of what stands below */
    uint32_t nargs;
    cel_node_t **args;
    xd_str_t name, name2;
    xd_cel_value_t value;      /* CEL_CONST */
    const xd_cel_type_t *type; /* of the checker */
    const cel_row_t *rows;     /* CEL_CALL: the first row of its name */
    const cel_row_t *likely;   /* CEL_CALL: the one row that the types allow */
    const char *takes;         /* its overload */
    struct cel_regex_s *regex; /* matches() with a constant pattern */
    int32_t slot, slot2;       /* of a macro's variables; -1: none */
    cel_fold_t fold;
    bool member;   /* CEL_CALL */
    bool test;     /* CEL_SELECT inside of has() */
    bool optional; /* a.?b, a[?b] */
    bool maybe;    /* [?a], {?a: b}: on a or the key */
    bool may_miss; /* CEL_IDENT, CEL_SELECT: also in a valid document */
    bool filter;   /* CEL_FOLD: args[1] is a filter, args[2] the step */
};

struct xd_cel_program_s {
    xd_str_t source;
    cel_node_t *root;
    uint32_t slots; /* of macros, at one time */
    uint64_t estimate;
};

/* -- functions ------------------------------------------------------------ */

typedef xd_cel_value_t cel_fn_t(cel_run_t *run, const cel_row_t *row,
    const xd_cel_value_t *args);

/*
 * One function: rows of one name stand together.  A parameter is one letter,
 * overloads are divided by blanks:
 *   n null  b bool  i int  u uint  d double  s string  y bytes  t timestamp
 *   r duration  m decimal  T type  D dyn  A B any, the same wherever the letter
 *   stands  Lx list of x  Mkv map  Ox optional
 */
struct cel_row_s {
    const char *name;
    const char *takes;
    const char *gives;
    cel_fn_t *run;
    int tag; /* what run needs to know */
    bool member;
};

extern const cel_row_t cel_rows[];
extern const size_t cel_nrows;

/* The first row of a name, or NULL. */
const cel_row_t *cel_rows_find(xd_str_t name, bool member);

/* Behind the parameter that begins at p. */
const char *cel_param_end(const char *p);

/* -- reading -------------------------------------------------------------- */

typedef enum {
    CEL_T_END,
    CEL_T_INT,
    CEL_T_UINT,
    CEL_T_DOUBLE,
    CEL_T_STRING,
    CEL_T_BYTES,
    CEL_T_NAME,
    CEL_T_QUOTED, /* `content-type` */
    CEL_T_SIGN,   /* op: its characters */
    CEL_T_BAD
} cel_token_kind_t;

typedef struct {
    cel_token_kind_t kind;
    uint32_t at;
    xd_str_t text;        /* as written */
    xd_cel_value_t value; /* of a literal */
} cel_token_t;

typedef struct {
    xd_arena_t *arena;
    xd_report_t *rep;
    const xd_cel_env_t *env;
    xd_str_t source;
    size_t at; /* of the lexer */
    cel_token_t token;
    const char *rule; /* of a fault: of the stage */
    uint32_t depth, depth_most;
    uint32_t nodes, nodes_most;
    xd_rc_t rc; /* of the first failure */
} cel_reader_t;

/* The next token; CEL_T_BAD after a fault was told. */
void cel_next(cel_reader_t *r);

/* The bytes of a literal with its quotes and prefix. */
xd_rc_t cel_unquote(cel_reader_t *r, uint32_t at, xd_str_t written,
    xd_cel_value_t *out);

/* A finding at an offset; the first one counts.  Returns NULL. */
void *cel_fault(cel_reader_t *r, xd_rc_t rc, uint32_t at, const char *format,
    ...) XD_PRINTF(4, 5);

cel_node_t *cel_parse(cel_reader_t *r);
cel_node_t *cel_node(cel_reader_t *r, cel_node_kind_t kind, uint32_t at,
    uint32_t nargs);
/* Sets an argument and the depth; false (told) when that is too deep. */
bool cel_arg(cel_reader_t *r, cel_node_t *node, uint32_t n, cel_node_t *arg);
bool cel_is_reserved(xd_str_t name);

/* A call that is a macro becomes what it stands for; any other is returned. */
cel_node_t *cel_macro(cel_reader_t *r, cel_node_t *call);

/* -- checking ------------------------------------------------------------- */

XD_CHECKED xd_rc_t cel_check(cel_reader_t *r, xd_cel_program_t *program);

typedef struct {
    xd_arena_t *arena;
    xd_vec_t bound; /* const xd_cel_type_t *, by number of the parameter */
    xd_vec_t trail; /* what was bound and what it was before */
    bool full;
} cel_unify_t;

const xd_cel_type_t *cel_type_of(cel_unify_t *u, xd_cel_kind_t kind,
    const xd_cel_type_t *of, const xd_cel_type_t *to);
const xd_cel_type_t *cel_type_new(cel_unify_t *u);
/* Follows a parameter to what it is bound to. */
const xd_cel_type_t *cel_type_bare(cel_unify_t *u, const xd_cel_type_t *t);
/* With every parameter replaced; one without value is dyn. */
const xd_cel_type_t *cel_type_final(cel_unify_t *u, const xd_cel_type_t *t);
bool cel_assignable(cel_unify_t *u, const xd_cel_type_t *to,
    const xd_cel_type_t *from);
const xd_cel_type_t *cel_join(cel_unify_t *u, const xd_cel_type_t *a,
    const xd_cel_type_t *b);
void cel_undo(cel_unify_t *u, size_t mark);

/* -- running -------------------------------------------------------------- */

struct cel_run_s {
    const xd_cel_program_t *program;
    xd_arena_t *arena;
    const xd_cel_binding_t *bound;
    size_t nbound;
    xd_cel_value_t *slots;
    uint64_t cost, cost_most;
    const cel_node_t *node; /* the call that runs: where an error is */
    xd_rc_t rc;             /* a failure that no || absorbs */
};

/* Uses up steps; false when there are no more. */
bool cel_cost(cel_run_t *run, uint64_t steps);

/* Steps for work on so many bytes. */
bool cel_cost_bytes(cel_run_t *run, size_t bytes);

xd_cel_value_t cel_error(cel_run_t *run, const char *format, ...)
    XD_PRINTF(2, 3);
xd_cel_value_t cel_memory(cel_run_t *run);
xd_cel_value_t cel_no_overload(cel_run_t *run);

xd_cel_value_t cel_call(cel_run_t *run, const cel_node_t *node,
    const xd_cel_value_t *args, uint32_t nargs);
xd_cel_value_t cel_fold(cel_run_t *run, const cel_node_t *node);
xd_cel_value_t cel_run(cel_run_t *run, const cel_node_t *node);

/* A document's value in the form that the checker promised. */
xd_cel_value_t cel_adapt(cel_run_t *run, xd_cel_value_t v,
    const xd_cel_type_t *type);

/* -- values --------------------------------------------------------------- */

static inline xd_cel_value_t
cel_bool(bool b)
{
    return (xd_cel_value_t){ .kind = XD_CEL_BOOL, .as.truth = b };
}


static inline xd_cel_value_t
cel_int(int64_t i)
{
    return (xd_cel_value_t){ .kind = XD_CEL_INT, .as.number = i };
}


static inline xd_cel_value_t
cel_uint(uint64_t u)
{
    return (xd_cel_value_t){ .kind = XD_CEL_UINT, .as.natural = u };
}


static inline xd_cel_value_t
cel_double(double d)
{
    return (xd_cel_value_t){ .kind = XD_CEL_DOUBLE, .as.real = d };
}


static inline xd_cel_value_t
cel_text(xd_cel_kind_t kind, xd_str_t s)
{
    return (xd_cel_value_t){ .kind = kind, .as.text = s };
}


/* Walks a list's elements, or a map's keys and values. */
typedef struct {
    const xd_cel_items_t *items;
    const xd_node_t *node;
    size_t n;
    bool map;
} cel_walk_t;

cel_walk_t cel_walk(const xd_cel_value_t *v);
bool cel_step(cel_run_t *run, cel_walk_t *w, xd_cel_value_t *key,
    xd_cel_value_t *value);
size_t cel_count(const xd_cel_value_t *v);

xd_cel_value_t cel_of_node(cel_run_t *run, const xd_node_t *node);

/* A list or map that grows: room elements of at are there. */
typedef struct {
    xd_cel_value_t *at;
    size_t count, room;
} cel_grow_t;

bool cel_push(cel_run_t *run, cel_grow_t *g, xd_cel_value_t v);
xd_cel_value_t cel_items(cel_run_t *run, xd_cel_kind_t kind,
    const cel_grow_t *g);
xd_cel_value_t cel_optional(cel_run_t *run, const xd_cel_value_t *inner);

bool cel_equal(cel_run_t *run, const xd_cel_value_t *a,
    const xd_cel_value_t *b);
/* -1, 0, 1; 2 when they have no order. */
int cel_order(const xd_cel_value_t *a, const xd_cel_value_t *b);
bool cel_is_number(xd_cel_kind_t kind);
/* The value of a key; false when there is none. */
bool cel_lookup(cel_run_t *run, const xd_cel_value_t *map,
    const xd_cel_value_t *key, xd_cel_value_t *out);
bool cel_add_entry(cel_run_t *run, cel_grow_t *g, const xd_cel_value_t *key,
    const xd_cel_value_t *value, xd_cel_value_t *fault);

/* The shortest text that reads back; as Go writes it when go is true. */
void cel_double_text(double d, char out[40], bool go);

/* -- time ----------------------------------------------------------------- */

#define CEL_TIME_TEXT 40

bool cel_time_read(xd_str_t s, xd_cel_time_t *out);
/* A day alone is its midnight in UTC: so documents say it. */
bool cel_date_read(xd_str_t s, xd_cel_time_t *out);
size_t cel_time_write(xd_cel_time_t t, char out[CEL_TIME_TEXT]);
bool cel_time_valid(int64_t seconds);
bool cel_duration_read(xd_str_t s, int64_t *nanos);
size_t cel_duration_write(int64_t nanos, char out[CEL_TIME_TEXT]);

/* -- text ----------------------------------------------------------------- */

/* Bytes of the first code point of s, which is not empty. */
static inline size_t
cel_point(xd_str_t s)
{
    size_t n = 1;

    while (n < s.len && ((unsigned char) s.ptr[n] & 0xC0) == 0x80) {
        n++;
    }

    return n;
}


/* NULL with the reason, which is none when the arena is full. */
struct cel_regex_s *cel_regex_compile(xd_arena_t *arena, xd_str_t pattern,
    xd_str_t *why);
/* 1, 0; -1 when a limit was reached, -2 when scratch is full. */
int cel_regex_match(const struct cel_regex_s *regex, xd_arena_t *scratch,
    xd_str_t text);

/* As %s has it. */
void cel_write_plain(xd_buf_t *out, const xd_cel_value_t *value);

xd_cel_value_t cel_to_string(cel_run_t *run, const xd_cel_value_t *v);

/* -- what rows call ------------------------------------------------------- */

cel_fn_t cel_fn_arith, cel_fn_minus, cel_fn_not, cel_fn_concat, cel_fn_compare,
    cel_fn_time_math, cel_fn_decimal_math;
cel_fn_t cel_fn_size, cel_fn_find, cel_fn_matches, cel_fn_char_at,
    cel_fn_index_of, cel_fn_ascii, cel_fn_replace, cel_fn_split,
    cel_fn_substring, cel_fn_trim, cel_fn_join, cel_fn_reverse, cel_fn_quote,
    cel_fn_format;
cel_fn_t cel_fn_to_int, cel_fn_to_uint, cel_fn_to_double, cel_fn_to_string,
    cel_fn_to_bytes, cel_fn_to_bool, cel_fn_to_timestamp, cel_fn_to_duration,
    cel_fn_to_decimal, cel_fn_same, cel_fn_type;
cel_fn_t cel_fn_time_part, cel_fn_duration_part;
cel_fn_t cel_fn_extreme, cel_fn_round, cel_fn_abs, cel_fn_is, cel_fn_bits,
    cel_fn_bit_not;
cel_fn_t cel_fn_opt_of, cel_fn_opt_none, cel_fn_opt_nonzero, cel_fn_opt_has,
    cel_fn_opt_value, cel_fn_opt_or, cel_fn_opt_unwrap;
cel_fn_t cel_fn_base64_encode, cel_fn_base64_decode;

#endif
