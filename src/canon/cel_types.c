/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Types of members from plans.  Several schemas may be held against one value
 * ($ref beside properties, allOf), so an object's type is a list of plans; its
 * members are looked for only when an expression names them, so schemas that
 * refer to themselves need no care.
 */

#include "canon/cel_types.h"

#include "canon/guess.h"
#include "canon/plan.h"


/* Arrays in arrays; a schema may have itself as its elements. */
#define LISTS_MAX 8

/* Plans held against one value; schemas that double at every level end here,
 * as dyn. */
#define PLANS_MAX 200

#define WHOLE     "doc"

/* One document's types; `root` is the type of the whole. */
typedef struct {
    xd_arena_t *arena;
    const xd_cel_type_t *root;
} types_t;

/* The plans held against one value. */
typedef struct {
    const xd_plan_t *at[PLANS_MAX];
    uint32_t count;
    bool full; /* too many, or no memory for what is asked */
} plans_t;

/* What stands behind the type of an object. */
typedef struct {
    const xd_plan_t **at;
    uint32_t count;
    bool closed; /* other names are a fault */
} object_t;

/* What the plans of one value say together. */
typedef struct {
    unsigned kinds;
    const xd_format_t *format;
    plans_t *elements;
    bool names;    /* members are named */
    bool closed;   /* and no others may stand there */
    xd_str_t home; /* name of the definition that names them */
} shape_t;


/* -- what plans say -------------------------------------------------------- */


static void
add_plan(plans_t *p, const xd_plan_t *plan)
{
    if (p->count == PLANS_MAX) {
        p->full = true;
        return;
    }

    p->at[p->count++] = plan;
}


/* Adds what a plan always holds in place; grows while it is walked. */
static void
add_in_place(plans_t *p)
{
    for (uint32_t i = 0; i < p->count; i++) {
        for (const xd_step_t *s = p->at[i]->first; s != NULL; s = s->next) {
            if (s->keyword->in_place != XD_ALWAYS) {
                continue;
            }

            for (uint32_t n = 0; n < s->arg.plans.count; n++) {
                add_plan(p, s->arg.plans.at[n]);
            }
        }
    }
}


/* A number that is an integer takes both bits, so that sets can be cut. */
static unsigned
wide(unsigned kinds)
{
    return kinds & XD_BIT(XD_NUMBER) ? kinds | XD_BIT_INTEGER : kinds;
}


static void
look_at_members(shape_t *s, const xd_plan_t *plan, const xd_members_t *m)
{
    const xd_node_t *in = plan->source->parent;

    for (uint32_t i = 0; i < m->count; i++) {
        s->names |= m->rows[i].plan != NULL;
    }

    s->closed |= m->others != NULL && m->others->kinds == 0;
    if (s->home.len == 0 && in != NULL && xd_str_is(in->key, "$defs")) {
        s->home = plan->source->key;
    }
}


static void
look_at_step(shape_t *s, const xd_plan_t *plan, const xd_step_t *step)
{
    if (step->check == xd_check_format) {
        s->format = step->arg.format;

    } else if (step->check == xd_check_enum && step->arg.members != NULL) {
        s->kinds &= XD_BIT(XD_STRING);

    } else if (step->check == xd_check_const) {
        s->kinds &= wide(XD_BIT(step->value->kind));

    } else if (step->check == xd_check_items) {
        if (step->arg.items->nprefix == 0 && step->arg.items->rest != NULL) {
            add_plan(s->elements, step->arg.items->rest);
        }

    } else if (step->check == xd_check_members) {
        look_at_members(s, plan, step->arg.members);

    } else if (step->check == xd_check_other_members
               || step->check == xd_check_names_known)
    {
        s->closed |= step->arg.unevaluated.plan->kinds == 0;
    }
}


static void
look(shape_t *s, const plans_t *p)
{
    s->kinds = wide(XD_BIT_ALL);

    for (uint32_t i = 0; i < p->count; i++) {
        s->kinds &= wide(p->at[i]->kinds);

        for (const xd_step_t *t = p->at[i]->first; t != NULL; t = t->next) {
            look_at_step(s, p->at[i], t);
        }
    }

    if (s->kinds & XD_BIT(XD_NUMBER)) {
        s->kinds &= ~XD_BIT_INTEGER;
    }
}


/* -- types ----------------------------------------------------------------- */


static const xd_cel_type_t *
text_type(const xd_format_t *format)
{
    static const struct {
        const char *format;
        xd_cel_kind_t kind;
    } rows[] = {
        { "decimal", XD_CEL_DECIMAL },
        { "instant", XD_CEL_TIMESTAMP },
        { "date", XD_CEL_TIMESTAMP },
        { "date-time", XD_CEL_TIMESTAMP },
    };

    for (size_t i = 0; format != NULL && i < sizeof(rows) / sizeof(rows[0]);
         i++) {
        if (strcmp(rows[i].format, format->name) == 0) {
            return xd_cel_type(rows[i].kind);
        }
    }

    return xd_cel_type(XD_CEL_STRING);
}


static const xd_cel_type_t *
object_type(types_t *t, const plans_t *p, const shape_t *s, xd_str_t name)
{
    xd_cel_type_t *type = xd_alloc(t->arena, sizeof(*type));
    object_t *object = xd_alloc(t->arena, sizeof(*object));

    if (type == NULL || object == NULL) {
        return NULL;
    }

    object->at = xd_alloc_n(t->arena, p->count, sizeof(*object->at));
    if (object->at == NULL) {
        return NULL;
    }

    memcpy(object->at, p->at, p->count * sizeof(*object->at));
    object->count = p->count;
    object->closed = s->closed;
    *type = (xd_cel_type_t){ .kind = XD_CEL_OBJECT,
        .name = s->home.len > 0 ? s->home : name,
        .ctx = object };

    return type;
}


static const xd_cel_type_t *type_of(types_t *t, plans_t *p, xd_str_t name,
    unsigned lists);


static const xd_cel_type_t *
list_type(types_t *t, plans_t *elements, xd_str_t name, unsigned lists)
{
    xd_cel_type_t *type = xd_alloc(t->arena, sizeof(*type));

    if (type == NULL) {
        return NULL;
    }

    type->kind = XD_CEL_LIST;
    type->of = elements->count == 0 || lists == LISTS_MAX
                   ? xd_cel_type(XD_CEL_DYN)
                   : type_of(t, elements, name, lists + 1);

    return type->of != NULL ? type : NULL;
}


/* The type of a value that p's plans are held against; NULL when memory is
 * out.  One kind of value has a type, several have dyn. */
static const xd_cel_type_t *
type_of(types_t *t, plans_t *p, xd_str_t name, unsigned lists)
{
    plans_t elements = { .count = 0 };
    shape_t s = { .elements = &elements };

    add_in_place(p);
    look(&s, p);
    if (p->full) {
        return xd_cel_type(XD_CEL_DYN);
    }

    switch (s.kinds) {
    case XD_BIT(XD_BOOL):
        return xd_cel_type(XD_CEL_BOOL);
    case XD_BIT_INTEGER:
        return xd_cel_type(XD_CEL_INT);
    case XD_BIT(XD_NUMBER):
        return xd_cel_type(XD_CEL_DOUBLE);
    case XD_BIT(XD_STRING):
        return text_type(s.format);
    case XD_BIT(XD_ARRAY):
        return list_type(t, &elements, name, lists);
    case XD_BIT(XD_OBJECT):
        return s.names ? object_type(t, p, &s, name) : xd_cel_type(XD_CEL_DYN);
    default:
        return xd_cel_type(XD_CEL_DYN);
    }
}


/* -- what cel asks --------------------------------------------------------- */


/* Sees each table of names of an object, those of conditional branches left
 * out: they only repeat names. */
typedef void members_fn(void *ctx, const xd_members_t *m);

static void
each_members(const xd_cel_type_t *type, members_fn *fn, void *ctx)
{
    const object_t *object = type->ctx;

    for (uint32_t i = 0; i < object->count; i++) {
        const xd_step_t *s = object->at[i]->first;

        for (; s != NULL; s = s->next) {
            if (s->check == xd_check_members) {
                fn(ctx, s->arg.members);
            }
        }
    }
}


typedef struct {
    xd_str_t name;
    plans_t *plans;
    bool required;
} asked_t;

static void
find_member(void *ctx, const xd_members_t *m)
{
    asked_t *a = ctx;
    const xd_member_t *row = xd_members_find(m, a->name);

    if (row != NULL) {
        a->required |= row->required;
        if (row->plan != NULL) {
            add_plan(a->plans, row->plan);
        }
    }
}


static const xd_cel_type_t *
member_of(void *ctx, const xd_cel_type_t *object, xd_str_t name)
{
    const object_t *o = object->ctx;
    plans_t plans = { .count = 0 };
    asked_t a = { .name = name, .plans = &plans };
    const xd_cel_type_t *type;

    each_members(object, find_member, &a);
    if (plans.count == 0) {
        return o->closed ? NULL : xd_cel_type(XD_CEL_DYN);
    }

    type = type_of(ctx, &plans, name, 0);

    return type != NULL ? type : &xd_cel_no_memory;
}


static bool
may_miss(void *ctx, const xd_cel_type_t *object, xd_str_t name)
{
    const types_t *t = ctx;
    plans_t plans = { .count = 0 };
    asked_t a = { .name = name, .plans = &plans };

    each_members(object != NULL ? object : t->root, find_member, &a);

    return !a.required && !(object == NULL && xd_str_is(name, WHOLE));
}


static const xd_cel_type_t *
variable_of(void *ctx, xd_str_t name)
{
    const types_t *t = ctx;
    plans_t plans = { .count = 0 };
    asked_t a = { .name = name, .plans = &plans };

    if (xd_str_is(name, WHOLE)) {
        return t->root;
    }

    /* A schema that is open for more members names no more variables. */
    each_members(t->root, find_member, &a);

    return plans.count == 0 ? NULL : member_of(ctx, t->root, name);
}


static void
offer_names(void *ctx, const xd_members_t *m)
{
    for (uint32_t i = 0; i < m->count; i++) {
        xd_guess_try(ctx, m->rows[i].name);
    }
}


static xd_str_t
nearest_to(void *ctx, const xd_cel_type_t *object, xd_str_t name)
{
    const types_t *t = ctx;
    xd_guess_t guess = xd_guess(name);

    each_members(object != NULL ? object : t->root, offer_names, &guess);
    if (object == NULL) {
        xd_guess_try(&guess, XD_STR(WHOLE));
    }

    return guess.best;
}


xd_rc_t
xd_cel_document_env(xd_arena_t *arena, const xd_schema_t *schema,
    xd_cel_env_t *env)
{
    types_t *t = xd_alloc(arena, sizeof(*t));
    plans_t plans = { .count = 0 };
    plans_t elements = { .count = 0 };
    shape_t s = { .elements = &elements };

    if (t == NULL) {
        return XD_E_MEMORY;
    }

    add_plan(&plans, schema->plan);
    add_in_place(&plans);
    look(&s, &plans);
    s.home = XD_STR_NONE;
    t->arena = arena;
    t->root = object_type(t, &plans, &s, xd_schema_document(schema));
    if (t->root == NULL) {
        return XD_E_MEMORY;
    }

    *env = (xd_cel_env_t){ .ctx = t,
        .variable = variable_of,
        .member = member_of,
        .optional = may_miss,
        .nearest = nearest_to };

    return XD_OK;
}


xd_rc_t
xd_cel_document_bind(xd_arena_t *scratch, const xd_node_t *doc,
    xd_cel_binding_t bound[XD_CEL_DOCUMENT_BOUND])
{
    xd_cel_value_t whole = xd_cel_of_node(scratch, doc);

    bound[0] = (xd_cel_binding_t){ XD_STR(WHOLE), whole };
    bound[1] = (xd_cel_binding_t){ XD_CEL_MEMBERS, whole };

    return whole.kind == XD_CEL_ERROR ? XD_E_MEMORY : XD_OK;
}
