/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_PLAN_H
#define XD_CANON_PLAN_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/vec.h"
#include "canon/format.h"
#include "canon/members.h"
#include "canon/schema.h"


/*
 * A schema as it is run: a set of kinds and a list of steps, one for a keyword
 * or a family of keywords.  To serve a new keyword: a row in
 * keywords_table.c, a compile function and a check function.
 */

/* Kinds of nodes as bits; "integer" is one more. */
#define XD_BIT(kind)   (1u << (unsigned) (kind))
#define XD_BIT_INTEGER (1u << 6)
#define XD_BIT_ALL     0x3fu

typedef struct xd_step_s xd_step_t;
typedef struct xd_keyword_s xd_keyword_t;
typedef struct xd_compiler_s xd_compiler_t;
typedef struct xd_run_s xd_run_t;

struct xd_plan_s {
    const xd_node_t *source; /* the schema */
    unsigned kinds;          /* bits of what is allowed; 0: the schema false */
    xd_step_t *first, *last;
    uint32_t number; /* in the set's list of plans */
};

typedef struct {
    const xd_plan_t **at; /* "if" may have NULLs */
    uint32_t count;
} xd_plans_t;

typedef struct {
    const xd_plan_t **prefix;
    uint32_t nprefix;
    const xd_plan_t *rest; /* NULL: anything */
} xd_items_t;

struct xd_step_s {
    xd_step_t *next;
    const xd_keyword_t *keyword;
    const xd_node_t *value; /* of the keyword */
    union {
        uint64_t count;
        xd_plans_t plans;
        const xd_members_t *members; /* enum of strings too: its names */
        const xd_items_t *items;
        const xd_format_t *format;
        const pcre2_code *regex;
        struct {
            uint64_t mantissa;
            uint32_t scale;
        } divisor;
    } arg;
};

/* Does a keyword hold its schemas against the same value? */
typedef enum {
    XD_ELSEWHERE, /* no: against children, or it has none */
    XD_ALWAYS,    /* $ref, allOf */
    XD_PERHAPS,   /* anyOf, oneOf, if */
    XD_NEGATED    /* not */
} xd_in_place_t;

/* Takes a keyword into plan.  False only when memory is out: what is wrong in
 * the schema is told with xd_compile_refuse, and compiling goes on. */
typedef bool xd_compile_fn(xd_compiler_t *c, xd_plan_t *plan,
    const xd_keyword_t *keyword, const xd_node_t *value);

/* True when node fits; otherwise it has called xd_fault. */
typedef bool xd_check_fn(xd_run_t *run, const xd_step_t *step,
    const xd_node_t *node);

struct xd_keyword_s {
    const char *name;
    unsigned kinds; /* of nodes that it looks at */
    xd_in_place_t in_place;
    xd_compile_fn *compile; /* NULL: an annotation */
    xd_check_fn *check;     /* NULL: no step of its own */
};

/* In the order in which they are checked; ends with a NULL name. */
extern const xd_keyword_t xd_keywords[];

/* -- compile.c ----------------------------------------------------------- */

typedef struct {
    xd_str_t path; /* below the folder */
    xd_str_t id;
    const xd_node_t *root;
} xd_schema_file_t;

struct xd_compiler_s {
    xd_arena_t *arena;
    xd_report_t *rep;
    xd_schemas_t *set;
    struct xd_map_s *memo; /* address of a schema's node -> its plan */
    size_t faults;
};

struct xd_schema_s {
    xd_str_t id;     /* with "#anchor" where it has one */
    xd_str_t base;   /* without */
    xd_str_t anchor; /* empty: the whole file */
    xd_str_t path;
    const xd_plan_t *plan;
};

struct xd_schemas_s {
    xd_vec_t files;   /* of xd_schema_file_t */
    xd_vec_t schemas; /* of xd_schema_t */
    xd_vec_t plans;   /* of xd_plan_t *: all there are */
};

/* The plan of a schema, compiled once; NULL when memory is out. */
const xd_plan_t *xd_compile(xd_compiler_t *c, const xd_node_t *schema);

/* Tells a fault of the schema; always true. */
bool xd_compile_refuse(xd_compiler_t *c, const xd_node_t *at, const char *rule,
    const char *format, ...) XD_PRINTF(4, 5);

/* A new step at the end of plan; NULL when memory is out. */
xd_step_t *xd_compile_step(xd_compiler_t *c, xd_plan_t *plan,
    const xd_keyword_t *keyword, const xd_node_t *value);

/* The file that a node of a schema stands in. */
const xd_schema_file_t *xd_compile_file(const xd_compiler_t *c,
    const xd_node_t *node);

/* -- compile_keywords.c, compile_children.c ------------------------------ */

xd_compile_fn xd_compile_type, xd_compile_value, xd_compile_enum,
    xd_compile_count, xd_compile_number, xd_compile_divisor, xd_compile_pattern,
    xd_compile_format, xd_compile_flag, xd_compile_dependent,
    xd_compile_members, xd_compile_items, xd_compile_ref, xd_compile_one,
    xd_compile_list, xd_compile_if, xd_compile_branch, xd_compile_defs,
    xd_compile_anchor, xd_compile_root, xd_compile_unevaluated;

/* A regular expression; NULL with a finding, or with c's memory out. */
const pcre2_code *xd_compile_regex(xd_compiler_t *c, const xd_node_t *value,
    xd_str_t pattern);

/* -- link.c: what can be said only when all plans are there -------------- */

/* Refuses schemas that refer to themselves without end, and works out the
 * names of every unevaluatedProperties.  False when memory is out. */
bool xd_compile_link(xd_compiler_t *c);

/* -- check.c ------------------------------------------------------------- */

struct xd_run_s {
    xd_report_t *rep;
    xd_arena_t *scratch;
    size_t faults;
    unsigned quiet; /* above 0: a question only, nothing is reported */
    bool full;      /* the report keeps no more: stop */
    xd_rc_t rc;     /* XD_E_MEMORY once scratch was full */
    pcre2_match_data *match;
    pcre2_match_context *limits;
};

bool xd_check(xd_run_t *run, const xd_plan_t *plan, const xd_node_t *node);

/* The same as a question: true or false, no findings. */
bool xd_check_quietly(xd_run_t *run, const xd_plan_t *plan,
    const xd_node_t *node);

/* Reports a fault at node, unless the run is quiet; always false. */
bool xd_fault(xd_run_t *run, const xd_node_t *node, const char *rule,
    const char *format, ...) XD_PRINTF(4, 5);

/* What of a hostile text is put into a sentence: its beginning. */
xd_str_t xd_shown(xd_str_t text);

/* Does the pattern occur in text?  False too when the limits of the search
 * were reached, after a fault that says so. */
bool xd_regex_found(xd_run_t *run, const pcre2_code *regex,
    const xd_node_t *node, xd_str_t text);

/* -- check_*.c ----------------------------------------------------------- */

xd_check_fn xd_check_const, xd_check_enum, xd_check_min_length,
    xd_check_max_length, xd_check_pattern, xd_check_format, xd_check_minimum,
    xd_check_maximum, xd_check_exclusive_minimum, xd_check_exclusive_maximum,
    xd_check_multiple, xd_check_min_items, xd_check_max_items, xd_check_unique,
    xd_check_items, xd_check_min_properties, xd_check_max_properties,
    xd_check_members, xd_check_names, xd_check_dependent, xd_check_unevaluated,
    xd_check_all, xd_check_any, xd_check_one, xd_check_not, xd_check_if;

#endif
