/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The type of every part, and which variable each name means.  Without
 * checking (unchecked) names are found all the same, and what does not fit
 * is left to the run.
 */

#include "cel/check.h"

#include <stdarg.h>

static const xd_cel_type_t *check(cel_check_t *c, cel_node_t *node);


static const xd_cel_type_t *
dyn(void)
{
    return xd_cel_type(XD_CEL_DYN);
}


void
cel_complain(cel_check_t *c, uint32_t at, const char *format, ...)
{
    va_list args;
    xd_str_t text;

    if (c->r->env->unchecked) {
        return;
    }

    va_start(args, format);
    text = xd_vfmt(c->r->arena, format, args);
    va_end(args);
    cel_fault(c->r, XD_E_SYNTAX, at, "%.*s", XD_FMT(text));
}


static xd_str_t
type_text(cel_check_t *c, const xd_cel_type_t *t)
{
    xd_buf_t out = { .limit = 200 };
    xd_str_t text;

    xd_cel_type_write(&out, cel_type_final(&c->u, t));
    text = xd_dup(c->r->arena, xd_buf_str(&out));
    xd_buf_free(&out);

    return text.ptr != NULL ? text : XD_STR("?");
}


/* Tells a name that there is not, with the one that was perhaps meant. */
static void
complain_name(cel_check_t *c, const cel_node_t *node, const char *what,
    const xd_cel_type_t *object)
{
    const xd_cel_env_t *env = c->r->env;
    xd_str_t near = env->nearest == NULL
                        ? XD_STR_NONE
                        : env->nearest(env->ctx, object, node->name);

    cel_complain(c, node->at, "%.*s%s %.*s%s%.*s%s",
        XD_FMT(object != NULL ? object->name : XD_STR("there")), what,
        XD_FMT(node->name), near.ptr == NULL ? "" : "; did you mean ",
        XD_FMT(near), near.ptr == NULL ? "" : "?");
}


/* May it be missing, although the document is valid? */
static bool
may_miss(const cel_check_t *c, const xd_cel_type_t *object, xd_str_t name)
{
    const xd_cel_env_t *env = c->r->env;

    return env->optional != NULL && env->optional(env->ctx, object, name);
}


/* -- names ---------------------------------------------------------------- */

static const cel_scope_t *
in_scope(const cel_check_t *c, xd_str_t name)
{
    const cel_scope_t *s = c->scope;

    while (s != NULL && !xd_str_eq(s->name, name)) {
        s = s->outer;
    }

    return s;
}


/* The name of a type is a value. */
static bool
is_type_name(xd_str_t name)
{
    for (int k = XD_CEL_NULL; k <= XD_CEL_OPTIONAL; k++) {
        if (xd_str_is(name, xd_cel_kind_name((xd_cel_kind_t) k))) {
            return true;
        }
    }

    return false;
}


/* A variable or type of just that name. */
static bool
resolve_one(cel_check_t *c, cel_node_t *node, xd_str_t name)
{
    const xd_cel_env_t *env = c->r->env;
    const xd_cel_type_t *t =
        env->variable == NULL ? NULL : env->variable(env->ctx, name);

    if (t != NULL) {
        c->u.full = c->u.full || t == &xd_cel_no_memory;
        node->kind = CEL_IDENT;
        node->nargs = 0;
        node->name = name;
        node->type = t;
        node->may_miss = may_miss(c, NULL, name);
        return true;
    }

    if (is_type_name(name)) {
        node->kind = CEL_CONST;
        node->nargs = 0;
        node->value = cel_text(XD_CEL_TYPE, name);
        node->type = xd_cel_type(XD_CEL_TYPE);
        return true;
    }

    return false;
}


/* In container a.b, c may mean a.b.c, a.c or c: the first that there is. */
static bool
resolve(cel_check_t *c, cel_node_t *node, xd_str_t name, bool rooted)
{
    xd_str_t in = c->r->env->container;

    while (!rooted && in.len > 0) {
        xd_str_t whole =
            xd_fmt(c->r->arena, "%.*s.%.*s", XD_FMT(in), XD_FMT(name));

        if (whole.ptr == NULL) {
            c->u.full = true;
            return false;
        }

        if (resolve_one(c, node, whole)) {
            return true;
        }

        while (in.len > 0 && in.ptr[in.len - 1] != '.') {
            in.len--;
        }

        in.len -= in.len > 0 ? 1 : 0;
    }

    return resolve_one(c, node, name);
}


static const xd_cel_type_t *
check_ident(cel_check_t *c, cel_node_t *node)
{
    const cel_scope_t *s = node->test ? NULL : in_scope(c, node->name);

    if (s != NULL) {
        node->slot = s->slot;
        return s->type;
    }

    if (resolve(c, node, node->name, node->test)) {
        return node->type;
    }

    complain_name(c, node, " is no variable", NULL);

    return dyn();
}


/* a.b.c as one name; false when something else stands in it. */
static bool
dotted(cel_check_t *c, const cel_node_t *node, xd_str_t *name, bool *rooted)
{
    if (node->kind == CEL_IDENT) {
        *name = node->name;
        *rooted = node->test;
        return node->test || in_scope(c, node->name) == NULL;
    }

    if (node->kind != CEL_SELECT || node->test || node->optional
        || !dotted(c, node->args[0], name, rooted))
    {
        return false;
    }

    *name = xd_fmt(c->r->arena, "%.*s.%.*s", XD_FMT(*name), XD_FMT(node->name));
    c->u.full = c->u.full || name->ptr == NULL;

    return name->ptr != NULL;
}


/* -- members and elements ------------------------------------------------- */

static const xd_cel_type_t *
member_type(cel_check_t *c, cel_node_t *node, const xd_cel_type_t *of)
{
    const xd_cel_env_t *env = c->r->env;
    const xd_cel_type_t *t = NULL;

    switch (of->kind) {
    case XD_CEL_DYN:
    case XD_CEL_PARAM:
        return dyn();
    case XD_CEL_MAP:
        return of->to;
    case XD_CEL_OBJECT:
        t = env->member == NULL ? dyn() : env->member(env->ctx, of, node->name);
        if (t == NULL) {
            complain_name(c, node, " has no member", of);
            return dyn();
        }
        c->u.full = c->u.full || t == &xd_cel_no_memory;
        node->may_miss = may_miss(c, of, node->name);
        return t;
    default:
        cel_complain(c, node->at, "%.*s has no members",
            XD_FMT(type_text(c, of)));
        return dyn();
    }
}


/* What comes out of an optional, or is asked for optionally, is one. */
static const xd_cel_type_t *
wrapped(cel_check_t *c, const xd_cel_type_t *t, bool optional)
{
    if (!optional || cel_type_bare(&c->u, t)->kind == XD_CEL_OPTIONAL) {
        return t;
    }

    return cel_type_of(&c->u, XD_CEL_OPTIONAL, t, NULL);
}


static const xd_cel_type_t *
unwrapped(cel_check_t *c, const xd_cel_type_t *t, bool *optional)
{
    t = cel_type_bare(&c->u, t);
    if (t->kind == XD_CEL_OPTIONAL) {
        *optional = true;
        return cel_type_bare(&c->u, t->of);
    }

    return t;
}


static const xd_cel_type_t *
check_select(cel_check_t *c, cel_node_t *node)
{
    bool optional = node->optional;
    const xd_cel_type_t *t;
    xd_str_t name;
    bool rooted;

    if (dotted(c, node, &name, &rooted) && resolve(c, node, name, rooted)) {
        return node->type;
    }

    t = unwrapped(c, check(c, node->args[0]), &optional);
    t = member_type(c, node, t);

    return node->test ? xd_cel_type(XD_CEL_BOOL) : wrapped(c, t, optional);
}


static bool
fits(cel_check_t *c, const xd_cel_type_t *to, const xd_cel_type_t *from)
{
    size_t mark = c->u.trail.count;
    bool yes = cel_assignable(&c->u, to, from);

    if (!yes) {
        cel_undo(&c->u, mark);
    }

    return yes;
}


static const xd_cel_type_t *
check_index(cel_check_t *c, cel_node_t *node)
{
    bool optional = node->optional;
    const xd_cel_type_t *of = unwrapped(c, check(c, node->args[0]), &optional);
    const xd_cel_type_t *key = check(c, node->args[1]);
    const xd_cel_type_t *t = dyn();

    if (of->kind == XD_CEL_LIST) {
        t = of->of;
        if (!fits(c, xd_cel_type(XD_CEL_INT), key)) {
            cel_complain(c, node->at,
                "a list's elements have a number, not %.*s",
                XD_FMT(type_text(c, key)));
        }
    } else if (of->kind == XD_CEL_MAP) {
        t = of->to;
        if (!fits(c, of->of, key)) {
            cel_complain(c, node->at, "the keys of this map are no %.*s",
                XD_FMT(type_text(c, key)));
        }
    } else if (of->kind != XD_CEL_DYN && of->kind != XD_CEL_PARAM
               && of->kind != XD_CEL_OBJECT)
    {
        cel_complain(c, node->at, "%.*s has no elements",
            XD_FMT(type_text(c, of)));
    }

    return wrapped(c, t, optional);
}


/* -- literals ------------------------------------------------------------- */

static const xd_cel_type_t *
joined(cel_check_t *c, const xd_cel_type_t *so_far, const xd_cel_type_t *t)
{
    return so_far == NULL ? t : cel_join(&c->u, so_far, t);
}


/* ?x gives what is inside of the optional x. */
static const xd_cel_type_t *
check_maybe(cel_check_t *c, cel_node_t *node, bool maybe)
{
    const xd_cel_type_t *t = check(c, node);
    const xd_cel_type_t *bare = cel_type_bare(&c->u, t);

    if (!maybe) {
        return t;
    }

    if (bare->kind != XD_CEL_OPTIONAL) {
        if (bare->kind != XD_CEL_DYN && bare->kind != XD_CEL_PARAM) {
            cel_complain(c, node->at, "an optional should stand here, not %.*s",
                XD_FMT(type_text(c, t)));
        }

        return dyn();
    }

    return bare->of;
}


static const xd_cel_type_t *
check_list(cel_check_t *c, cel_node_t *node)
{
    const xd_cel_type_t *t = NULL;

    for (uint32_t i = 0; i < node->nargs; i++) {
        t = joined(c, t, check_maybe(c, node->args[i], node->args[i]->maybe));
    }

    return cel_type_of(&c->u, XD_CEL_LIST, t != NULL ? t : cel_type_new(&c->u),
        NULL);
}


/* A key that can be none is left to the run; as a type it would also let
 * types grow without bound. */
static const xd_cel_type_t *
key_type(cel_check_t *c, const xd_cel_type_t *t)
{
    t = cel_type_bare(&c->u, t);

    return t->of != NULL ? dyn() : t;
}


static const xd_cel_type_t *
check_map(cel_check_t *c, cel_node_t *node)
{
    const xd_cel_type_t *key = NULL;
    const xd_cel_type_t *value = NULL;

    for (uint32_t i = 0; i + 1 < node->nargs; i += 2) {
        key = joined(c, key, key_type(c, check(c, node->args[i])));
        value = joined(c, value,
            check_maybe(c, node->args[i + 1], node->args[i]->maybe));
    }

    return cel_type_of(&c->u, XD_CEL_MAP,
        key != NULL ? key : cel_type_new(&c->u),
        value != NULL ? value : cel_type_new(&c->u));
}


/* -- operators ------------------------------------------------------------ */

/* ==, != and in have no row: they run without looking one up. */
static const xd_cel_type_t *
check_relation(cel_check_t *c, cel_node_t *node)
{
    const xd_cel_type_t *a = check(c, node->args[0]);
    const xd_cel_type_t *b = check(c, node->args[1]);

    if (node->kind != CEL_IN) {
        if (!fits(c, a, b)) {
            cel_no_match(c, node);
        }
    } else if (cel_overload(c, node, "ALA", "b") == NULL
               && cel_overload(c, node, "AMAB", "b") == NULL
               && cel_type_bare(&c->u, b)->kind != XD_CEL_OBJECT)
    {
        cel_no_match(c, node);
    }

    return xd_cel_type(XD_CEL_BOOL);
}


static const xd_cel_type_t *
check_bools(cel_check_t *c, cel_node_t *node, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        const xd_cel_type_t *t = check(c, node->args[i]);

        if (!fits(c, xd_cel_type(XD_CEL_BOOL), t)) {
            cel_complain(c, node->args[i]->at,
                "a condition should stand here, not %.*s",
                XD_FMT(type_text(c, t)));
        }
    }

    return xd_cel_type(XD_CEL_BOOL);
}


static const xd_cel_type_t *
check_if(cel_check_t *c, cel_node_t *node)
{
    const xd_cel_type_t *a;
    const xd_cel_type_t *b;

    check_bools(c, node, 1);
    a = check(c, node->args[1]);
    b = check(c, node->args[2]);

    if (!fits(c, a, b)) {
        cel_complain(c, node->at, "the two results differ in type (%.*s)",
            XD_FMT(type_text(c, a)));
        return dyn();
    }

    return cel_join(&c->u, a, b);
}


/* -- macros --------------------------------------------------------------- */

static void
enter(cel_check_t *c, cel_scope_t *s, xd_str_t name, const xd_cel_type_t *type,
    uint32_t *depth)
{
    *s = (cel_scope_t){ name, type, c->scope,
        c->scope == NULL ? 0 : c->scope->slot + 1 };
    c->scope = s;
    *depth = (uint32_t) s->slot + 1;
    c->slots = *depth > c->slots ? *depth : c->slots;
}


/* What one and two variables stand for in a range. */
static void
range_types(cel_check_t *c, const cel_node_t *node, const xd_cel_type_t *range,
    const xd_cel_type_t *vars[2])
{
    bool two = node->name2.len > 0;

    range = cel_type_bare(&c->u, range);
    vars[0] = vars[1] = dyn();

    if (range->kind == XD_CEL_LIST) {
        vars[0] = two ? xd_cel_type(XD_CEL_INT) : range->of;
        vars[1] = range->of;
    } else if (range->kind == XD_CEL_MAP) {
        vars[0] = range->of;
        vars[1] = range->to;
    } else if (range->kind == XD_CEL_OBJECT) {
        vars[0] = xd_cel_type(XD_CEL_STRING);
    } else if (range->kind != XD_CEL_DYN && range->kind != XD_CEL_PARAM) {
        cel_complain(c, node->args[0]->at,
            "a list or map should stand here, not %.*s",
            XD_FMT(type_text(c, range)));
    }
}


static const xd_cel_type_t *
fold_type(cel_check_t *c, const cel_node_t *node, const xd_cel_type_t *step,
    const xd_cel_type_t *key)
{
    const xd_cel_type_t *bare = cel_type_bare(&c->u, step);

    switch (node->fold) {
    case CEL_TO_LIST:
        return cel_type_of(&c->u, XD_CEL_LIST, step, NULL);
    case CEL_TO_MAP:
        return cel_type_of(&c->u, XD_CEL_MAP, key, step);
    case CEL_TO_ENTRY:
        return bare->kind == XD_CEL_MAP ? bare : xd_cel_type(XD_CEL_MAP);
    default:
        if (!fits(c, xd_cel_type(XD_CEL_BOOL), step)) {
            cel_complain(c, node->args[1]->at,
                "a condition should stand here, not %.*s",
                XD_FMT(type_text(c, step)));
        }
        return xd_cel_type(XD_CEL_BOOL);
    }
}


static const xd_cel_type_t *
check_fold(cel_check_t *c, cel_node_t *node)
{
    const cel_scope_t *outer = c->scope;
    const xd_cel_type_t *vars[2];
    const xd_cel_type_t *step;
    uint32_t depth;
    cel_scope_t s[2];

    range_types(c, node, check(c, node->args[0]), vars);
    enter(c, &s[0], node->name, vars[0], &depth);
    node->slot = s[0].slot;
    if (node->name2.len > 0) {
        enter(c, &s[1], node->name2, vars[1], &depth);
        node->slot2 = s[1].slot;
    }

    if (node->filter) {
        step = check(c, node->args[1]);
        if (!fits(c, xd_cel_type(XD_CEL_BOOL), step)) {
            cel_complain(c, node->args[1]->at,
                "a condition should stand here, not %.*s",
                XD_FMT(type_text(c, step)));
        }
    }

    step = check(c, node->args[node->filter ? 2 : 1]);
    c->scope = outer;

    return fold_type(c, node, step, vars[0]);
}


static const xd_cel_type_t *
check_bind(cel_check_t *c, cel_node_t *node)
{
    const cel_scope_t *outer = c->scope;
    const xd_cel_type_t *t = check(c, node->args[0]);
    uint32_t depth;
    cel_scope_t s;

    if (node->kind == CEL_OPT) {
        bool optional = false;

        t = unwrapped(c, t, &optional);
        if (!optional && t->kind != XD_CEL_DYN && t->kind != XD_CEL_PARAM) {
            cel_complain(c, node->at, "an optional should stand here, not %.*s",
                XD_FMT(type_text(c, t)));
        }
    }

    enter(c, &s, node->name, t, &depth);
    node->slot = s.slot;
    t = check(c, node->args[1]);
    c->scope = outer;

    return node->kind == CEL_OPT && node->fold == CEL_OPT_MAP
               ? cel_type_of(&c->u, XD_CEL_OPTIONAL, t, NULL)
               : t;
}


static const xd_cel_type_t *
check_arguments(cel_check_t *c, cel_node_t *node)
{
    for (uint32_t i = 0; i < node->nargs; i++) {
        check(c, node->args[i]);
    }

    return cel_check_call(c, node);
}


static const xd_cel_type_t *
check_kind(cel_check_t *c, cel_node_t *node)
{
    switch (node->kind) {
    case CEL_IDENT:
        return check_ident(c, node);
    case CEL_SELECT:
        return check_select(c, node);
    case CEL_INDEX:
        return check_index(c, node);
    case CEL_LIST:
        return check_list(c, node);
    case CEL_MAP:
        return check_map(c, node);
    case CEL_CALL:
        return check_arguments(c, node);
    case CEL_EQUAL:
    case CEL_UNEQUAL:
    case CEL_IN:
        return check_relation(c, node);
    case CEL_AND:
    case CEL_OR:
        return check_bools(c, node, node->nargs);
    case CEL_IF:
        return check_if(c, node);
    case CEL_FOLD:
        return check_fold(c, node);
    case CEL_BIND:
    case CEL_OPT:
        return check_bind(c, node);
    default:
        return xd_cel_type(node->value.kind);
    }
}


static const xd_cel_type_t *
check(cel_check_t *c, cel_node_t *node)
{
    node->type = c->r->rc == XD_OK ? check_kind(c, node) : dyn();

    return node->type;
}


xd_rc_t
cel_check(cel_reader_t *r, xd_cel_program_t *program)
{
    cel_check_t c = { .r = r };

    c.u.arena = r->arena;
    c.u.bound = XD_VEC(const xd_cel_type_t *);
    c.u.trail = (xd_vec_t){ .size = sizeof(void *) * 2 };

    r->rule = "cel.type";
    check(&c, program->root);
    if (r->rc == XD_OK && !c.u.full) {
        program->estimate = cel_finish(&c, program->root);
        program->slots = c.slots;
    }

    if (c.u.full) {
        cel_fault(r, XD_E_MEMORY, 0, "%s", xd_rc_text(XD_E_MEMORY));
    }

    return r->rc;
}
