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

/* What few plans need, and others do not pay for: bits of plan->special. */
#define XD_SCOPED 1u /* the set has $dynamicRef: what was entered is noted */
#define XD_MARKED 2u /* has an unevaluated… that looks at marks */

/* True when node fits; otherwise it has called xd_fault. */
typedef bool xd_check_fn(xd_run_t *run, const xd_step_t *step,
    const xd_node_t *node);

struct xd_plan_s {
    const xd_node_t *source; /* the schema */
    unsigned kinds;          /* bits of what is allowed; 0: the schema false */
    unsigned special;        /* XD_SCOPED, XD_MARKED */
    xd_step_t *first, *last;
    uint32_t number; /* in the set's list of plans */
    const struct xd_resource_s *resource;
};

/* How a resource is read: by its $schema, or strictly, as ours are. */
typedef struct {
    unsigned serves; /* XD_STRICT, XD_2020 or XD_07 */
    unsigned vocabs; /* bits: keywords of others are annotations */
    bool formats;    /* are asserted */
} xd_dialect_t;

#define XD_STRICT 1u /* our own: an unknown keyword is a fault */
#define XD_2020   2u
#define XD_07     4u

/* Vocabularies of 2020-12; the basic ones are always there. */
#define XD_V_BASIC       1u
#define XD_V_APPLICATOR  2u
#define XD_V_VALIDATION  4u
#define XD_V_UNEVALUATED 8u
#define XD_V_ALL         15u

/* A schema that has a URI, and what stands below it without one. */
typedef struct xd_resource_s {
    xd_str_t uri; /* without fragment */
    const xd_node_t *root;
    const xd_dialect_t *dialect;
} xd_resource_t;

typedef struct {
    xd_str_t name;
    const xd_resource_t *resource;
    const xd_node_t *node;
    bool dynamic;
} xd_anchor_t;

typedef struct {
    const xd_plan_t **at; /* "if" may have NULLs */
    uint32_t count;
} xd_plans_t;

/* $dynamicRef: of the resources that were entered the outermost that has this
 * anchor gives the schema. */
typedef struct {
    xd_str_t name;
    const xd_plan_t *fixed; /* when none has */
    struct {
        const xd_resource_t *resource;
        const xd_plan_t *plan;
    } * rows;
    uint32_t count;
} xd_dynamic_t;

typedef struct {
    const xd_plan_t *plan;
    uint64_t least, most;
} xd_contains_t;

typedef struct {
    const xd_plan_t *plan;     /* for the children that nobody spoke of */
    const xd_members_t *names; /* where known: that are allowed; NULL: all */
    bool known;                /* no marks are needed */
} xd_unevaluated_t;

typedef struct {
    const xd_plan_t **prefix;
    uint32_t nprefix;
    const xd_plan_t *rest; /* NULL: anything */
} xd_items_t;

struct xd_step_s {
    xd_step_t *next;
    xd_check_fn
        *check; /* the keyword's, near at hand: a run is made of these */
    unsigned kinds;
    const xd_keyword_t *keyword;
    const xd_node_t *value; /* of the keyword */
    union {
        uint64_t count;
        xd_plans_t plans;
        const xd_members_t *members; /* enum of strings too: its names */
        const xd_items_t *items;
        const xd_format_t *format;
        const pcre2_code *regex;
        const xd_dynamic_t *dynamic;
        xd_contains_t contains;
        xd_unevaluated_t unevaluated;
        struct {
            uint64_t mantissa; /* 0: look at the value itself */
            uint32_t scale;
        } divisor;
    } arg;
};

/* Does a keyword hold its schemas against the same value? */
typedef enum {
    XD_ELSEWHERE, /* no: against children, or it has none */
    XD_ALWAYS,    /* $ref, allOf */
    XD_PERHAPS,   /* anyOf, oneOf, if */
    XD_NEGATED,   /* not */
    XD_DYNAMIC    /* $dynamicRef: known only when it is run */
} xd_in_place_t;

/* Takes a keyword into plan.  False only when memory is out: what is wrong in
 * the schema is told with xd_compile_refuse, and compiling goes on. */
typedef bool xd_compile_fn(xd_compiler_t *c, xd_plan_t *plan,
    const xd_keyword_t *keyword, const xd_node_t *value);

/* Where a keyword's value has schemas. */
typedef enum {
    XD_NO_SCHEMA,
    XD_SCHEMAS,  /* it is one, or an array of them */
    XD_SCHEMA_OF /* its members are */
} xd_holds_t;

struct xd_keyword_s {
    const char *name;
    unsigned serves; /* XD_STRICT | XD_2020 | XD_07 */
    unsigned vocab;  /* XD_V_… */
    xd_holds_t holds;
    unsigned kinds; /* of nodes that it looks at */
    xd_in_place_t in_place;
    xd_compile_fn *compile; /* NULL: an annotation */
    xd_check_fn *check;     /* NULL: no step of its own */
};

/* In the order in which they are checked; ends with a NULL name. */
extern const xd_keyword_t xd_keywords[];

/* A keyword by its name, or NULL. */
const xd_keyword_t *xd_keyword_find(xd_str_t name);

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
    bool full;      /* memory ran out while a reference was looked for */
    unsigned depth; /* of schemas being compiled */
    xd_schema_options_t options; /* of a schema by itself */
    const xd_dialect_t *dialect; /* where no $schema says it */
    struct xd_map_s *by_uri;     /* -> xd_resource_t */
    struct xd_map_s *by_node;    /* address of its root -> xd_resource_t */
    struct xd_map_s *by_anchor;  /* "uri#name" -> xd_anchor_t */
    xd_vec_t anchors;            /* of xd_anchor_t *, all */
    xd_vec_t dynamics;           /* of xd_dynamic_t *, all */
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

/* The member of plan's schema, when its dialect has such a keyword. */
const xd_node_t *xd_compile_get(const xd_plan_t *plan, const char *name);

/* Does plan's dialect serve a keyword? */
bool xd_compile_serves(const xd_plan_t *plan, const xd_keyword_t *keyword);

/* Tells a fault of the schema; always true. */
bool xd_compile_refuse(xd_compiler_t *c, const xd_node_t *at, const char *rule,
    const char *format, ...) XD_PRINTF(4, 5);

/* A new step at the end of plan; NULL when memory is out. */
xd_step_t *xd_compile_step(xd_compiler_t *c, xd_plan_t *plan,
    const xd_keyword_t *keyword, const xd_node_t *value);

/* The file that a node of a schema stands in. */
const xd_schema_file_t *xd_compile_file(const xd_compiler_t *c,
    const xd_node_t *node);

/* -- resources.c: what has a URI, and what has an anchor ------------------ */

extern const xd_dialect_t xd_dialect_strict, xd_dialect_2020, xd_dialect_07;

/* The dialect of a schema that names none. */
const xd_dialect_t *xd_dialect_default(const xd_schema_options_t *options);

/* Notes a document and what it holds under uri, which is where it was read
 * from; file is told in findings.  False when memory is out. */
bool xd_resources_add(xd_compiler_t *c, xd_str_t file, xd_str_t uri,
    const xd_node_t *root, const xd_dialect_t *dialect);

/* The same for a text; findings when it is no JSON. */
bool xd_resources_read(xd_compiler_t *c, xd_str_t file, xd_str_t uri,
    xd_str_t text, const xd_dialect_t *dialect);

/* The resource that a node of a schema belongs to. */
const xd_resource_t *xd_resource_of(const xd_compiler_t *c,
    const xd_node_t *node);

/* The schema that a reference in the schema at from means, NULL when there is
 * none, or when c->full.  *anchor gains the anchor it was found by, or NULL. */
const xd_node_t *xd_resources_find(xd_compiler_t *c, const xd_node_t *from,
    xd_str_t ref, const xd_anchor_t **anchor);

/* A whole number from 0 on; larger ones are UINT64_MAX. */
bool xd_compile_whole(const xd_node_t *value, uint64_t *out);

/* A step that holds count plans; NULL when memory is out. */
xd_step_t *xd_compile_plans(xd_compiler_t *c, xd_plan_t *plan,
    const xd_keyword_t *keyword, const xd_node_t *value, uint32_t count);

/* -- compile_keywords.c, compile_children.c, compile_refs.c ---------------- */

xd_compile_fn xd_compile_type, xd_compile_value, xd_compile_enum,
    xd_compile_count, xd_compile_number, xd_compile_divisor, xd_compile_pattern,
    xd_compile_format, xd_compile_flag, xd_compile_dependent,
    xd_compile_members, xd_compile_items, xd_compile_ref, xd_compile_one,
    xd_compile_list, xd_compile_if, xd_compile_branch, xd_compile_defs,
    xd_compile_anchor, xd_compile_root, xd_compile_unevaluated,
    xd_compile_contains, xd_compile_dynamic, xd_compile_additional;

/* A regular expression; NULL with a finding, or with c's memory out. */
const pcre2_code *xd_compile_regex(xd_compiler_t *c, const xd_node_t *value,
    xd_str_t pattern);

/* -- link.c: what can be said only when all plans are there -------------- */

/* Refuses schemas that refer to themselves without end, and works out the
 * names of every unevaluatedProperties.  False when memory is out. */
bool xd_compile_link(xd_compiler_t *c);

/* -- check.c ------------------------------------------------------------- */

/* The resources entered, from the innermost. */
typedef struct xd_entered_s {
    const xd_resource_t *resource;
    const struct xd_entered_s *outer;
} xd_entered_t;

/* Which children of one node a schema has spoken of. */
typedef struct xd_marks_s {
    const xd_node_t *node;
    struct xd_marks_s *outer;
    uint64_t *bits; /* one for each child */
    uint64_t few[2];
} xd_marks_t;

struct xd_run_s {
    xd_report_t *rep;
    xd_arena_t *scratch;
    size_t faults;
    unsigned quiet; /* above 0: a question only, nothing is reported */
    bool full;      /* the report keeps no more: stop */
    bool broken;    /* a limit was met: whatever was found, it is a fault */
    unsigned depth; /* of schemas held against the same value */
    unsigned held;  /* of these, all together */
    const xd_entered_t *scope;
    xd_marks_t *marks;
    xd_rc_t rc; /* XD_E_MEMORY once scratch was full */
    pcre2_match_data *match;
    pcre2_match_context *limits;
};

bool xd_check(xd_run_t *run, const xd_plan_t *plan, const xd_node_t *node);

/* The steps of a plan whose kind fits. */
bool xd_check_steps(xd_run_t *run, const xd_plan_t *plan,
    const xd_node_t *node);

/* A schema in place, with its depth bounded. */
bool xd_check_within(xd_run_t *run, const xd_plan_t *plan,
    const xd_node_t *node);

/* Reports what no "not" may turn into good; always false. */
bool xd_break(xd_run_t *run, const xd_node_t *node, const char *rule,
    const char *text);

/* Reports a fault at node, unless the run is quiet; always false. */
bool xd_fault(xd_run_t *run, const xd_node_t *node, const char *rule,
    const char *format, ...) XD_PRINTF(4, 5);

/* What of a hostile text is put into a sentence: its beginning. */
xd_str_t xd_shown(xd_str_t text);

/* Does the pattern occur in text?  False too when the limits of the search
 * were reached, after a fault that says so. */
bool xd_regex_found(xd_run_t *run, const pcre2_code *regex,
    const xd_node_t *node, xd_str_t text);

/* -- check_marks.c ------------------------------------------------------- */

/* A plan that is special. */
bool xd_check_special(xd_run_t *run, const xd_plan_t *plan,
    const xd_node_t *node);

/* Quietly; its marks are kept when it fits and keep is set. */
bool xd_check_branch(xd_run_t *run, const xd_plan_t *plan,
    const xd_node_t *node, bool keep);

/* unevaluatedProperties: false where the names are known. */
bool xd_check_names_known(xd_run_t *run, const xd_step_t *step,
    const xd_node_t *node);

/* The marks of node, when somebody wants them; else NULL. */
static inline xd_marks_t *
xd_marks_of(const xd_run_t *run, const xd_node_t *node)
{
    return run->marks != NULL && run->marks->node == node ? run->marks : NULL;
}

static inline void
xd_mark(xd_marks_t *marks, uint32_t n)
{
    marks->bits[n / 64] |= UINT64_C(1) << (n % 64);
}

/* -- check_*.c ----------------------------------------------------------- */

xd_check_fn xd_check_const, xd_check_enum, xd_check_min_length,
    xd_check_max_length, xd_check_pattern, xd_check_format, xd_check_minimum,
    xd_check_maximum, xd_check_exclusive_minimum, xd_check_exclusive_maximum,
    xd_check_multiple, xd_check_min_items, xd_check_max_items, xd_check_unique,
    xd_check_items, xd_check_min_properties, xd_check_max_properties,
    xd_check_members, xd_check_names, xd_check_dependent,
    xd_check_other_members, xd_check_other_items, xd_check_contains,
    xd_check_dynamic, xd_check_ref, xd_check_all, xd_check_any, xd_check_one,
    xd_check_not, xd_check_if;

#endif
