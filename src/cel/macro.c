/* SPDX-License-Identifier: BSD-2-Clause */

/* Calls that are no calls: has, the macros over lists and maps, cel.bind. */

#include "cel/room.h"

typedef struct macro_s macro_t;

typedef cel_node_t *expand_fn(cel_reader_t *r, cel_node_t *call,
    const macro_t *m);

struct macro_s {
    const char *name;
    bool member;
    uint32_t nargs; /* with the target */
    expand_fn *expand;
    cel_fold_t fold;
    uint32_t vars;
};


static bool
variable(cel_reader_t *r, const cel_node_t *arg, xd_str_t *name)
{
    if (arg->kind != CEL_IDENT || arg->test) {
        cel_fault(r, XD_E_SYNTAX, arg->at,
            "the name of a variable should stand here");
        return false;
    }

    *name = arg->name;

    return true;
}


static cel_node_t *
expand_has(cel_reader_t *r, cel_node_t *call, const macro_t *m)
{
    cel_node_t *arg = call->args[0];

    (void) m;

    if (arg->kind != CEL_SELECT || arg->optional || arg->test) {
        return cel_fault(r, XD_E_SYNTAX, arg->at,
            "has() takes a member, as in has(a.b)");
    }

    arg->test = true;

    return arg;
}


/* Variables, then a filter where there is one, then the step. */
static cel_node_t *
expand_fold(cel_reader_t *r, cel_node_t *call, const macro_t *m)
{
    uint32_t steps = call->nargs - 1 - m->vars;
    cel_node_t *node = cel_node(r, CEL_FOLD, call->at, 1 + steps);
    bool two = m->vars == 2;

    if (!cel_arg(r, node, 0, call->args[0])
        || !variable(r, call->args[1], &node->name)
        || (two && !variable(r, call->args[2], &node->name2)))
    {
        return NULL;
    }

    if (two && xd_str_eq(node->name, node->name2)) {
        return cel_fault(r, XD_E_SYNTAX, call->args[2]->at,
            "the two variables need two names");
    }

    for (uint32_t i = 0; i < steps; i++) {
        if (!cel_arg(r, node, 1 + i, call->args[1 + m->vars + i])) {
            return NULL;
        }
    }

    node->fold = m->fold;
    node->filter = steps == 2;

    return node;
}


/* A filter is a map whose step is the variable itself. */
static cel_node_t *
expand_filter(cel_reader_t *r, cel_node_t *call, const macro_t *m)
{
    cel_node_t *node = cel_node(r, CEL_FOLD, call->at, 3);
    cel_node_t *self = cel_node(r, CEL_IDENT, call->at, 0);

    if (!cel_arg(r, node, 0, call->args[0])
        || !variable(r, call->args[1], &node->name)
        || !cel_arg(r, node, 1, call->args[2]) || self == NULL)
    {
        return NULL;
    }

    self->name = node->name;
    node->fold = m->fold;
    node->filter = true;

    return cel_arg(r, node, 2, self) ? node : NULL;
}


static cel_node_t *
bind(cel_reader_t *r, xd_str_t name, cel_node_t *init, cel_node_t *body)
{
    cel_node_t *node = cel_node(r, CEL_BIND, init->at, 2);

    if (!cel_arg(r, node, 0, init) || !cel_arg(r, node, 1, body)) {
        return NULL;
    }

    node->name = name;

    return node;
}


static cel_node_t *
expand_bind(cel_reader_t *r, cel_node_t *call, const macro_t *m)
{
    xd_str_t name;

    (void) m;

    return variable(r, call->args[0], &name)
               ? bind(r, name, call->args[1], call->args[2])
               : NULL;
}


static cel_node_t *
expand_opt(cel_reader_t *r, cel_node_t *call, const macro_t *m)
{
    cel_node_t *node = cel_node(r, CEL_OPT, call->at, 2);

    if (!cel_arg(r, node, 0, call->args[0])
        || !variable(r, call->args[1], &node->name)
        || !cel_arg(r, node, 1, call->args[2]))
    {
        return NULL;
    }

    node->fold = m->fold;

    return node;
}


/* cel.index(1), cel.iterVar(0, 1): names that nobody else can write. */
static cel_node_t *
expand_numbered(cel_reader_t *r, cel_node_t *call, const macro_t *m)
{
    cel_node_t *node = cel_node(r, CEL_IDENT, call->at, 0);
    int64_t n[2] = { 0, 0 };

    (void) m;

    for (uint32_t i = 0; i < call->nargs; i++) {
        const cel_node_t *arg = call->args[i];

        if (arg->kind != CEL_CONST || arg->value.kind != XD_CEL_INT
            || arg->value.as.number < 0)
        {
            return cel_fault(r, XD_E_SYNTAX, arg->at,
                "a number should stand here");
        }

        n[i] = arg->value.as.number;
    }

    if (node == NULL) {
        return NULL;
    }

    node->name = xd_fmt(r->arena, "@%.*s:%lld:%lld", XD_FMT(call->name),
        (long long) n[0], (long long) n[1]);

    return node->name.ptr != NULL ? node
                                  : cel_fault(r, XD_E_MEMORY, call->at, "%s",
                                      xd_rc_text(XD_E_MEMORY));
}


/* cel.block([a, b], c): each element is bound for all behind it. */
static cel_node_t *
expand_block(cel_reader_t *r, cel_node_t *call, const macro_t *m)
{
    cel_node_t *list = call->args[0];
    cel_node_t *body = call->args[1];

    (void) m;

    if (list->kind != CEL_LIST) {
        return cel_fault(r, XD_E_SYNTAX, list->at,
            "cel.block() takes a list first");
    }

    for (uint32_t i = list->nargs; i > 0 && body != NULL; i--) {
        xd_str_t name = xd_fmt(r->arena, "@cel.index:%u:0", i - 1);

        if (name.ptr == NULL) {
            return cel_fault(r, XD_E_MEMORY, call->at, "%s",
                xd_rc_text(XD_E_MEMORY));
        }

        body = bind(r, name, list->args[i - 1], body);
    }

    return body;
}


/* math.greatest(a, b, c…) looks at a list. */
static cel_node_t *
expand_extreme(cel_reader_t *r, cel_node_t *call, const macro_t *m)
{
    cel_node_t *list = cel_node(r, CEL_LIST, call->at, call->nargs);
    cel_node_t *node = cel_node(r, CEL_CALL, call->at, 1);

    (void) m;

    for (uint32_t i = 0; i < call->nargs; i++) {
        if (!cel_arg(r, list, i, call->args[i])) {
            return NULL;
        }
    }

    if (!cel_arg(r, node, 0, list)) {
        return NULL;
    }

    node->name = call->name;

    return node;
}


#define ANY 0 /* three arguments or more */

static const macro_t macros[] = {
    { "has", false, 1, expand_has, 0, 0 },
    { "all", true, 3, expand_fold, CEL_ALL, 1 },
    { "all", true, 4, expand_fold, CEL_ALL, 2 },
    { "exists", true, 3, expand_fold, CEL_EXISTS, 1 },
    { "exists", true, 4, expand_fold, CEL_EXISTS, 2 },
    { "exists_one", true, 3, expand_fold, CEL_EXISTS_ONE, 1 },
    { "existsOne", true, 3, expand_fold, CEL_EXISTS_ONE, 1 },
    { "existsOne", true, 4, expand_fold, CEL_EXISTS_ONE, 2 },
    { "map", true, 3, expand_fold, CEL_TO_LIST, 1 },
    { "map", true, 4, expand_fold, CEL_TO_LIST, 1 },
    { "filter", true, 3, expand_filter, CEL_TO_LIST, 1 },
    { "transformList", true, 4, expand_fold, CEL_TO_LIST, 2 },
    { "transformList", true, 5, expand_fold, CEL_TO_LIST, 2 },
    { "transformMap", true, 4, expand_fold, CEL_TO_MAP, 2 },
    { "transformMap", true, 5, expand_fold, CEL_TO_MAP, 2 },
    { "transformMapEntry", true, 4, expand_fold, CEL_TO_ENTRY, 2 },
    { "transformMapEntry", true, 5, expand_fold, CEL_TO_ENTRY, 2 },
    { "optMap", true, 3, expand_opt, CEL_OPT_MAP, 1 },
    { "optFlatMap", true, 3, expand_opt, CEL_OPT_FLAT, 1 },
    { "cel.bind", false, 3, expand_bind, 0, 1 },
    { "cel.block", false, 2, expand_block, 0, 0 },
    { "cel.index", false, 1, expand_numbered, 0, 0 },
    { "cel.iterVar", false, 2, expand_numbered, 0, 0 },
    { "cel.accuVar", false, 2, expand_numbered, 0, 0 },
    { "math.greatest", false, ANY, expand_extreme, 0, 0 },
    { "math.least", false, ANY, expand_extreme, 0, 0 },
};


cel_node_t *
cel_macro(cel_reader_t *r, cel_node_t *call)
{
    for (size_t i = 0; i < sizeof(macros) / sizeof(macros[0]); i++) {
        const macro_t *m = &macros[i];

        if (m->member == call->member && xd_str_is(call->name, m->name)
            && (m->nargs == ANY ? call->nargs > 2 : call->nargs == m->nargs))
        {
            return m->expand(r, call, m);
        }
    }

    return call;
}
