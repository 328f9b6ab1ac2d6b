/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CEL_CEL_H
#define XD_CEL_CEL_H

#include "base/report.h"
#include "cel/value.h"


/* A type; those without parts are named by their kind alone. */
typedef struct xd_cel_type_s xd_cel_type_t;

struct xd_cel_type_s {
    xd_cel_kind_t kind;
    uint32_t param;          /* XD_CEL_PARAM */
    const xd_cel_type_t *of; /* element, key, inside of an optional */
    const xd_cel_type_t *to; /* value of a map */
    xd_str_t name;           /* XD_CEL_OBJECT */
    const void *ctx;         /* XD_CEL_OBJECT: whatever the owner needs */
};

/* The type of a kind without parts; a list or map of it holds dyn. */
const xd_cel_type_t *xd_cel_type(xd_cel_kind_t kind);

/* What the calls of an environment give when they found no memory: the
 * expression is not compiled then, rather than with other types. */
extern const xd_cel_type_t xd_cel_no_memory;

/* Writes "map(string, int)". */
void xd_cel_type_write(xd_buf_t *out, const xd_cel_type_t *type);

/*
 * What an expression may speak of.  A canonical document's schema stands
 * behind these two calls; this room knows nothing of it.
 */
typedef struct {
    void *ctx;

    /* The type of a variable, whose name may have dots; NULL: none of that
     * name.  A NULL call: there are no variables. */
    const xd_cel_type_t *(*variable)(void *ctx, xd_str_t name);

    /* The type of a member of an object; NULL: it has none of that name.  A
     * NULL call: every member is dyn. */
    const xd_cel_type_t *(
        *member)(void *ctx, const xd_cel_type_t *object, xd_str_t name);

    /* May the member be missing in a document that is valid?  An object that
     * is NULL: the variable.  A NULL call: nobody knows. */
    bool (*optional)(void *ctx, const xd_cel_type_t *object, xd_str_t name);

    /* The name that looks most like one that there is not; ptr NULL: none
     * does.  A NULL call: nobody is asked. */
    xd_str_t (*nearest)(void *ctx, const xd_cel_type_t *object, xd_str_t name);

    xd_str_t container; /* prefix that names may leave out; may be empty */
    bool unchecked;     /* types are looked at only when it runs */
    uint32_t depth;     /* most nesting; 0: 200, which is also the most */
    uint32_t nodes;     /* most parts of an expression; 0: 10,000 */
} xd_cel_env_t;

typedef struct xd_cel_program_s xd_cel_program_t;

/*
 * xd_cel_compile - read and check an expression once, for many runs
 *
 *   arena  owns the program; source is copied
 *   env    NULL: no variables, checked; its types must live as long
 *   rep    gains the findings "cel.syntax", "cel.type", "cel.limit", each
 *          with line, column and offset
 *
 * The program is never written to again: any number of threads may run it.
 * Returns XD_OK; XD_E_SYNTAX; XD_E_LIMIT (nesting, size); XD_E_MEMORY.
 *
 * Standard: github.com/google/cel-spec, doc/langdef.md.
 */
XD_CHECKED xd_rc_t xd_cel_compile(xd_arena_t *arena, xd_str_t source,
    const xd_cel_env_t *env, xd_cel_program_t **out, xd_report_t *rep);

/* The type of the result. */
const xd_cel_type_t *xd_cel_result(const xd_cel_program_t *program);

/* Steps of a run in which each list has ten elements and nothing is cut
 * short: to refuse what is plainly too dear before it runs. */
uint64_t xd_cel_estimate(const xd_cel_program_t *program);

/* A variable's value in one run.  The name XD_CEL_MEMBERS, with a document's
 * object as its value, makes each of its members a variable. */
typedef struct {
    xd_str_t name;
    xd_cel_value_t value;
} xd_cel_binding_t;

#define XD_CEL_MEMBERS XD_STR("")

/*
 * xd_cel_eval - run a program
 *
 *   scratch   gains what the result points to; reset it between runs
 *   bound     nbound variables; a declared one that is missing is an error
 *             only where it is used
 *   cost      most steps; 0: 1,000,000
 *   out       the result; kind XD_CEL_ERROR when the expression has none
 *
 * Where the type of a variable or member is known and a document says the
 * same in another form (a decimal, timestamp or duration in a string, a
 * whole number for a double), its value is made of that type.
 * Returns XD_OK; XD_E_SYNTAX with an error in *out; XD_E_LIMIT when the cost
 * is used up; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_cel_eval(const xd_cel_program_t *program,
    xd_arena_t *scratch, const xd_cel_binding_t *bound, size_t nbound,
    uint64_t cost, xd_cel_value_t *out);

/* The same for a condition: anything but a bool is an error; why may be
 * NULL, else gains the error's sentence (in scratch). */
XD_CHECKED xd_rc_t xd_cel_holds(const xd_cel_program_t *program,
    xd_arena_t *scratch, const xd_cel_binding_t *bound, size_t nbound,
    bool *holds, xd_str_t *why);

#endif
