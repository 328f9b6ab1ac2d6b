/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Types and what may stand for what.  Parameters of functions are found by
 * unification; every binding is noted on a trail, so that an overload that
 * does not fit leaves nothing behind.
 */

#include "cel/room.h"

typedef struct {
    uint32_t param;
    const xd_cel_type_t *old;
} undo_t;


const xd_cel_type_t xd_cel_no_memory = { .kind = XD_CEL_DYN };


const xd_cel_type_t *
xd_cel_type(xd_cel_kind_t kind)
{
    static const xd_cel_type_t dyn = { .kind = XD_CEL_DYN };
    static const xd_cel_type_t types[] = {
        [XD_CEL_ERROR] = { .kind = XD_CEL_DYN },
        [XD_CEL_NULL] = { .kind = XD_CEL_NULL },
        [XD_CEL_BOOL] = { .kind = XD_CEL_BOOL },
        [XD_CEL_INT] = { .kind = XD_CEL_INT },
        [XD_CEL_UINT] = { .kind = XD_CEL_UINT },
        [XD_CEL_DOUBLE] = { .kind = XD_CEL_DOUBLE },
        [XD_CEL_STRING] = { .kind = XD_CEL_STRING },
        [XD_CEL_BYTES] = { .kind = XD_CEL_BYTES },
        [XD_CEL_LIST] = { .kind = XD_CEL_LIST, .of = &dyn },
        [XD_CEL_MAP] = { .kind = XD_CEL_MAP, .of = &dyn, .to = &dyn },
        [XD_CEL_TIMESTAMP] = { .kind = XD_CEL_TIMESTAMP },
        [XD_CEL_DURATION] = { .kind = XD_CEL_DURATION },
        [XD_CEL_DECIMAL] = { .kind = XD_CEL_DECIMAL },
        [XD_CEL_TYPE] = { .kind = XD_CEL_TYPE },
        [XD_CEL_OPTIONAL] = { .kind = XD_CEL_OPTIONAL, .of = &dyn },
    };

    return kind < sizeof(types) / sizeof(types[0]) ? &types[kind] : &dyn;
}


void
xd_cel_type_write(xd_buf_t *out, const xd_cel_type_t *t)
{
    if (t->kind == XD_CEL_OBJECT) {
        xd_buf_add(out, t->name);
        return;
    }

    xd_buf_text(out, xd_cel_kind_name(t->kind));
    if (t->of != NULL) {
        xd_buf_byte(out, '(');
        xd_cel_type_write(out, t->of);
        if (t->to != NULL) {
            xd_buf_text(out, ", ");
            xd_cel_type_write(out, t->to);
        }

        xd_buf_byte(out, ')');
    }
}


/* When memory is out, anything will do: the caller looks at full. */
const xd_cel_type_t *
cel_type_of(cel_unify_t *u, xd_cel_kind_t kind, const xd_cel_type_t *of,
    const xd_cel_type_t *to)
{
    xd_cel_type_t *t = xd_alloc(u->arena, sizeof(*t));

    if (t == NULL) {
        u->full = true;
        return xd_cel_type(XD_CEL_DYN);
    }

    t->kind = kind;
    t->of = of;
    t->to = to;

    return t;
}


const xd_cel_type_t *
cel_type_new(cel_unify_t *u)
{
    xd_cel_type_t *t = xd_alloc(u->arena, sizeof(*t));

    if (t == NULL || xd_vec_push(&u->bound, u->arena) == NULL) {
        u->full = true;
        return xd_cel_type(XD_CEL_DYN);
    }

    t->kind = XD_CEL_PARAM;
    t->param = (uint32_t) u->bound.count - 1;

    return t;
}


static const xd_cel_type_t **
slot(cel_unify_t *u, const xd_cel_type_t *param)
{
    return XD_AT(&u->bound, const xd_cel_type_t *, param->param);
}


const xd_cel_type_t *
cel_type_bare(cel_unify_t *u, const xd_cel_type_t *t)
{
    while (t->kind == XD_CEL_PARAM && *slot(u, t) != NULL) {
        t = *slot(u, t);
    }

    return t;
}


const xd_cel_type_t *
cel_type_final(cel_unify_t *u, const xd_cel_type_t *t)
{
    const xd_cel_type_t *of;
    const xd_cel_type_t *to;

    t = cel_type_bare(u, t);
    if (t->kind == XD_CEL_PARAM) {
        return xd_cel_type(XD_CEL_DYN);
    }

    of = t->of == NULL ? NULL : cel_type_final(u, t->of);
    to = t->to == NULL ? NULL : cel_type_final(u, t->to);

    return of == t->of && to == t->to ? t : cel_type_of(u, t->kind, of, to);
}


static void
bind(cel_unify_t *u, const xd_cel_type_t *param, const xd_cel_type_t *to)
{
    undo_t *undo = xd_vec_push(&u->trail, u->arena);

    if (undo == NULL) {
        u->full = true;
        return;
    }

    *undo = (undo_t){ param->param, *slot(u, param) };
    *slot(u, param) = to;
}


void
cel_undo(cel_unify_t *u, size_t mark)
{
    while (u->trail.count > mark) {
        const undo_t *undo = XD_AT(&u->trail, undo_t, --u->trail.count);

        *XD_AT(&u->bound, const xd_cel_type_t *, undo->param) = undo->old;
    }
}


static bool
occurs(cel_unify_t *u, const xd_cel_type_t *param, const xd_cel_type_t *in)
{
    in = cel_type_bare(u, in);

    return (in->kind == XD_CEL_PARAM && in->param == param->param)
           || (in->of != NULL && occurs(u, param, in->of))
           || (in->to != NULL && occurs(u, param, in->to));
}


/* a says as little as b, or less. */
static bool
less_specific(cel_unify_t *u, const xd_cel_type_t *a, const xd_cel_type_t *b)
{
    a = cel_type_bare(u, a);
    b = cel_type_bare(u, b);

    if (a->kind == XD_CEL_DYN || a->kind == XD_CEL_PARAM) {
        return true;
    }

    return a->kind == b->kind && xd_str_eq(a->name, b->name)
           && (a->of == NULL || less_specific(u, a->of, b->of))
           && (a->to == NULL || less_specific(u, a->to, b->to));
}


/* A parameter takes the most general of what stood for it. */
static bool
substitute(cel_unify_t *u, const xd_cel_type_t *param, const xd_cel_type_t *t)
{
    const xd_cel_type_t *now = *slot(u, param);
    const xd_cel_type_t *bare = cel_type_bare(u, t);

    if (now == NULL) {
        if (occurs(u, param, t)) {
            return bare->kind == XD_CEL_PARAM;
        }

        bind(u, param, t);
        return true;
    }

    if (!cel_assignable(u, now, t)) {
        return false;
    }

    if (bare->kind != XD_CEL_PARAM && less_specific(u, bare, now)
        && !occurs(u, param, bare))
    {
        bind(u, param, bare);
    }

    return true;
}


static bool
nullable(xd_cel_kind_t kind)
{
    return kind == XD_CEL_OBJECT || kind == XD_CEL_OPTIONAL
           || kind == XD_CEL_TIMESTAMP || kind == XD_CEL_DURATION
           || kind == XD_CEL_DECIMAL;
}


bool
cel_assignable(cel_unify_t *u, const xd_cel_type_t *to,
    const xd_cel_type_t *from)
{
    if (to == from) {
        return true;
    }

    if (to->kind == XD_CEL_PARAM) {
        return substitute(u, to, from);
    }

    if (from->kind == XD_CEL_PARAM) {
        return substitute(u, from, to);
    }

    if (to->kind == XD_CEL_DYN || from->kind == XD_CEL_DYN
        || (from->kind == XD_CEL_NULL && nullable(to->kind))
        || (to->kind == XD_CEL_NULL && nullable(from->kind)))
    {
        return true;
    }

    if (to->kind == XD_CEL_MAP && from->kind == XD_CEL_OBJECT) {
        return cel_assignable(u, to->of, xd_cel_type(XD_CEL_STRING))
               && cel_assignable(u, to->to, xd_cel_type(XD_CEL_DYN));
    }

    return to->kind == from->kind && xd_str_eq(to->name, from->name)
           && (to->of == NULL || cel_assignable(u, to->of, from->of))
           && (to->to == NULL || cel_assignable(u, to->to, from->to));
}


const xd_cel_type_t *
cel_join(cel_unify_t *u, const xd_cel_type_t *a, const xd_cel_type_t *b)
{
    size_t mark = u->trail.count;

    if (!cel_assignable(u, a, b)) {
        cel_undo(u, mark);
        return xd_cel_type(XD_CEL_DYN);
    }

    if (cel_type_bare(u, b)->kind == XD_CEL_NULL) {
        return a;
    }

    return cel_type_bare(u, a)->kind != XD_CEL_NULL && less_specific(u, a, b)
               ? a
               : b;
}
