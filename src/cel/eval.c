/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Runs the tree.  An error is a value that travels up, and that a false in
 * an && beside it makes forgotten.  What no neighbour may absorb, a cost or
 * memory that is used up, stands in run->rc and ends everything.
 */

#include "cel/room.h"

#include <stdarg.h>

#define ARGS 8 /* of a call, without memory from the arena */


bool
cel_cost(cel_run_t *run, uint64_t steps)
{
    run->cost += steps;
    if (run->cost > run->cost_most && run->rc == XD_OK) {
        run->rc = XD_E_LIMIT;
    }

    return run->rc == XD_OK;
}


bool
cel_cost_bytes(cel_run_t *run, size_t bytes)
{
    return cel_cost(run, bytes / 16);
}


xd_cel_value_t
cel_error(cel_run_t *run, const char *format, ...)
{
    xd_cel_value_t v = { .kind = XD_CEL_ERROR };
    va_list args;

    va_start(args, format);
    v.as.text = xd_vfmt(run->arena, format, args);
    va_end(args);
    v.at = run->node != NULL ? run->node->at : 0;

    return v.as.text.ptr != NULL ? v : cel_memory(run);
}


xd_cel_value_t
cel_memory(cel_run_t *run)
{
    run->rc = run->rc == XD_OK ? XD_E_MEMORY : run->rc;

    return cel_text(XD_CEL_ERROR, xd_str(xd_rc_text(XD_E_MEMORY)));
}


xd_cel_value_t
cel_no_overload(cel_run_t *run)
{
    xd_str_t name = run->node->name;

    return name.len > 0 ? cel_error(run,
               "no such overload: %.*s does not take this", XD_FMT(name))
                        : cel_error(run, "no such overload");
}


/* -- what documents say in another form ----------------------------------- */

static xd_cel_value_t
adapt_text(cel_run_t *run, xd_cel_value_t v, xd_cel_kind_t to)
{
    xd_cel_value_t made = { .kind = to };
    bool good = true;

    switch (to) {
    case XD_CEL_DECIMAL:
        good = xd_decimal_read(v.as.text, &made.as.decimal) == XD_OK;
        break;
    case XD_CEL_TIMESTAMP:
        good = cel_time_read(v.as.text, &made.as.time)
               || cel_date_read(v.as.text, &made.as.time);
        break;
    case XD_CEL_DURATION:
        good = cel_duration_read(v.as.text, &made.as.number);
        break;
    default:
        return v;
    }

    return good ? made
                : cel_error(run, "\"%.*s\" is no %s",
                    v.as.text.len > 60 ? 60 : (int) v.as.text.len,
                    v.as.text.ptr, xd_cel_kind_name(to));
}


xd_cel_value_t
cel_adapt(cel_run_t *run, xd_cel_value_t v, const xd_cel_type_t *type)
{
    if (v.kind == type->kind) {
        return v;
    }

    if (v.kind == XD_CEL_STRING) {
        return adapt_text(run, v, type->kind);
    }

    if (v.kind != XD_CEL_INT) {
        return v;
    }

    if (type->kind == XD_CEL_DOUBLE) {
        return cel_double((double) v.as.number);
    }

    if (type->kind == XD_CEL_UINT && v.as.number >= 0) {
        return cel_uint((uint64_t) v.as.number);
    }

    if (type->kind == XD_CEL_DECIMAL) {
        return (xd_cel_value_t){ .kind = XD_CEL_DECIMAL,
            .as.decimal = { .mantissa = v.as.number } };
    }

    return v;
}


/* -- names, members, elements --------------------------------------------- */

/* The node of a document behind a list or map; NULL: it was computed. */
static const xd_node_t *
node_behind(const xd_cel_value_t *v)
{
    return v->kind == XD_CEL_MAP || v->kind == XD_CEL_LIST ? v->as.items->node
                                                           : NULL;
}


/* A variable's value; NULL when it has none, or when it is a member of a
 * document that was bound with XD_CEL_MEMBERS: then *node is it. */
static const xd_cel_value_t *
bound_to(const cel_run_t *run, const cel_node_t *name, const xd_node_t **node)
{
    if (name->slot >= 0) {
        return &run->slots[name->slot];
    }

    for (size_t i = 0; i < run->nbound; i++) {
        const xd_cel_binding_t *b = &run->bound[i];

        if (xd_str_eq(b->name, name->name)) {
            return &b->value;
        }

        if (b->name.len == 0) {
            *node = xd_get_str(node_behind(&b->value), name->name);
            if (*node != NULL) {
                return NULL;
            }
        }
    }

    return NULL;
}


/* What a name or a row of members, a.b.c, means in a document: the short way,
 * without a word for each step.  NULL: the long way, which can also tell why
 * there is nothing. */
static const xd_node_t *
node_of(cel_run_t *run, const cel_node_t *name)
{
    const xd_node_t *node = NULL;
    const xd_cel_value_t *v;

    run->cost++;
    if (name->kind == CEL_IDENT) {
        v = bound_to(run, name, &node);
        return v != NULL ? node_behind(v) : node;
    }

    if (name->kind != CEL_SELECT || name->test || name->optional) {
        return NULL;
    }

    return xd_get_str(node_of(run, name->args[0]), name->name);
}


static xd_cel_value_t
run_ident(cel_run_t *run, const cel_node_t *name)
{
    const xd_node_t *node = NULL;
    const xd_cel_value_t *v = bound_to(run, name, &node);

    if (v != NULL) {
        return cel_adapt(run, *v, name->type);
    }

    run->node = name;
    if (node != NULL) {
        return cel_adapt(run, cel_of_node(run, node), name->type);
    }

    return cel_error(run, "the variable %.*s has no value%s",
        XD_FMT(name->name),
        name->may_miss ? "; it is optional: ask has() of its document first"
                       : "");
}


/* The type of what is inside, when an optional comes of it. */
static const xd_cel_type_t *
inner_type(const cel_node_t *node)
{
    return node->type->kind == XD_CEL_OPTIONAL ? node->type->of : node->type;
}


/* a.b and a["b"], also where a is optional or the answer shall be. */
static xd_cel_value_t
found_or_not(cel_run_t *run, const cel_node_t *node, bool found,
    xd_cel_value_t v, bool optional)
{
    if (found) {
        v = cel_adapt(run, v, inner_type(node));
        return optional && v.kind != XD_CEL_ERROR ? cel_optional(run, &v) : v;
    }

    run->node = node;
    if (optional) {
        return cel_optional(run, NULL);
    }

    return node->kind == CEL_SELECT
               ? cel_error(run, "no such key: %.*s%s", XD_FMT(node->name),
                   node->may_miss ? "; it is optional: ask has() first" : "")
               : cel_error(run, "no such key");
}


static xd_cel_value_t
run_select(cel_run_t *run, const cel_node_t *node)
{
    const xd_node_t *place = node_of(run, node);
    xd_cel_value_t key = xd_cel_of_text(node->name);
    xd_cel_value_t v = { 0 };
    bool optional = node->optional;
    xd_cel_value_t of;
    bool found;

    if (place != NULL) {
        run->node = node;
        return cel_adapt(run, cel_of_node(run, place), inner_type(node));
    }

    of = cel_run(run, node->args[0]);
    if (of.kind == XD_CEL_OPTIONAL) {
        if (of.as.inner == NULL) {
            return node->test ? cel_bool(false) : of;
        }

        of = *of.as.inner;
        optional = true;
    }

    if (of.kind == XD_CEL_ERROR) {
        return of;
    }

    run->node = node;
    if (of.kind != XD_CEL_MAP) {
        return cel_error(run, "%s has no members", xd_cel_kind_name(of.kind));
    }

    found = cel_lookup(run, &of, &key, &v);

    return node->test ? cel_bool(found)
                      : found_or_not(run, node, found, v, optional);
}


/* 1, 1u and 1.0 are one index. */
static bool
to_index(const xd_cel_value_t *v, int64_t *n)
{
    *n = v->as.number;
    if (v->kind == XD_CEL_UINT) {
        *n = v->as.natural <= INT64_MAX ? (int64_t) v->as.natural : -1;
    } else if (v->kind == XD_CEL_DOUBLE) {
        if (!(v->as.real >= 0 && v->as.real < 1e15)) {
            return false;
        }

        *n = (int64_t) v->as.real;
        return (double) *n >= v->as.real;
    }

    return cel_is_number(v->kind);
}


static bool
nth(cel_run_t *run, const xd_cel_value_t *list, int64_t n, xd_cel_value_t *out)
{
    const xd_cel_items_t *items = list->as.items;

    if (n < 0 || (uint64_t) n >= cel_count(list)) {
        return false;
    }

    if (items->node == NULL) {
        *out = items->at[n];
        return true;
    }

    *out = cel_of_node(run, xd_nth(items->node, (size_t) n));

    return cel_cost(run, (uint64_t) n / 4);
}


static xd_cel_value_t
index_of(cel_run_t *run, const cel_node_t *node, const xd_cel_value_t *of,
    const xd_cel_value_t *key, bool optional)
{
    xd_cel_value_t v = { 0 };
    bool found;
    int64_t n;

    if (of->kind == XD_CEL_MAP) {
        found = cel_lookup(run, of, key, &v);
        return found_or_not(run, node, found, v, optional);
    }

    if (of->kind != XD_CEL_LIST) {
        return cel_error(run, "no such overload: %s has no elements",
            xd_cel_kind_name(of->kind));
    }

    if (!to_index(key, &n)) {
        return cel_error(run, "invalid_argument: no index of a list");
    }

    found = nth(run, of, n, &v);
    if (!found && !optional) {
        return cel_error(run, "index out of bounds: %lld", (long long) n);
    }

    return found_or_not(run, node, found, v, optional);
}


static xd_cel_value_t
run_index(cel_run_t *run, const cel_node_t *node)
{
    xd_cel_value_t of = cel_run(run, node->args[0]);
    xd_cel_value_t key;
    bool optional = node->optional;

    if (of.kind == XD_CEL_ERROR) {
        return of;
    }

    key = cel_run(run, node->args[1]);
    if (key.kind == XD_CEL_ERROR) {
        return key;
    }

    if (of.kind == XD_CEL_OPTIONAL) {
        if (of.as.inner == NULL) {
            return of;
        }

        of = *of.as.inner;
        optional = true;
    }

    run->node = node;

    return index_of(run, node, &of, &key, optional);
}


/* -- literals ------------------------------------------------------------- */

/* What ?x adds: true with *v, or nothing. */
static bool
present(cel_run_t *run, const cel_node_t *at, bool maybe, xd_cel_value_t *v)
{
    if (!maybe || v->kind == XD_CEL_ERROR) {
        return true;
    }

    if (v->kind != XD_CEL_OPTIONAL) {
        run->node = at;
        *v = cel_error(run, "an optional should stand here, not %s",
            xd_cel_kind_name(v->kind));
        return true;
    }

    if (v->as.inner == NULL) {
        return false;
    }

    *v = *v->as.inner;

    return true;
}


static xd_cel_value_t
run_list(cel_run_t *run, const cel_node_t *node)
{
    cel_grow_t g = { 0 };

    for (uint32_t i = 0; i < node->nargs; i++) {
        const cel_node_t *arg = node->args[i];
        xd_cel_value_t v = cel_run(run, arg);

        if (!present(run, arg, arg->maybe, &v)) {
            continue;
        }

        if (v.kind == XD_CEL_ERROR) {
            return v;
        }

        if (!cel_push(run, &g, v)) {
            return cel_memory(run);
        }
    }

    return cel_items(run, XD_CEL_LIST, &g);
}


static xd_cel_value_t
run_map(cel_run_t *run, const cel_node_t *node)
{
    cel_grow_t g = { 0 };
    xd_cel_value_t fault;

    for (uint32_t i = 0; i + 1 < node->nargs; i += 2) {
        xd_cel_value_t key = cel_run(run, node->args[i]);
        xd_cel_value_t v = cel_run(run, node->args[i + 1]);

        if (key.kind == XD_CEL_ERROR) {
            return key;
        }

        if (!present(run, node->args[i + 1], node->args[i]->maybe, &v)) {
            continue;
        }

        if (v.kind == XD_CEL_ERROR) {
            return v;
        }

        run->node = node->args[i];
        if (!cel_add_entry(run, &g, &key, &v, &fault)) {
            return fault;
        }
    }

    return cel_items(run, XD_CEL_MAP, &g);
}


/* -- conditions ----------------------------------------------------------- */

/* One side that decides is enough, wherever it stands; an error matters only
 * when none does. */
static xd_cel_value_t
run_logical(cel_run_t *run, const cel_node_t *node, bool decides)
{
    xd_cel_value_t fault = { .kind = XD_CEL_NULL };

    for (uint32_t i = 0; i < node->nargs; i++) {
        xd_cel_value_t v = cel_run(run, node->args[i]);

        if (v.kind == XD_CEL_BOOL) {
            if (v.as.truth == decides) {
                return v;
            }
        } else if (fault.kind == XD_CEL_NULL) {
            run->node = node->args[i];
            fault = v.kind == XD_CEL_ERROR
                        ? v
                        : cel_error(run, "no such overload: %s is no condition",
                            xd_cel_kind_name(v.kind));
        }
    }

    return fault.kind == XD_CEL_NULL ? cel_bool(!decides) : fault;
}


static xd_cel_value_t
run_if(cel_run_t *run, const cel_node_t *node)
{
    xd_cel_value_t v = cel_run(run, node->args[0]);

    if (v.kind == XD_CEL_ERROR) {
        return v;
    }

    if (v.kind != XD_CEL_BOOL) {
        run->node = node->args[0];
        return cel_error(run, "no such overload: %s is no condition",
            xd_cel_kind_name(v.kind));
    }

    return cel_run(run, node->args[v.as.truth ? 1 : 2]);
}


static xd_cel_value_t
contains(cel_run_t *run, const xd_cel_value_t *a, const xd_cel_value_t *b)
{
    xd_cel_value_t key;
    xd_cel_value_t v;
    cel_walk_t w;

    if (b->kind == XD_CEL_MAP) {
        return cel_bool(cel_lookup(run, b, a, &v));
    }

    if (b->kind != XD_CEL_LIST) {
        return cel_error(run, "no such overload: %s has no elements",
            xd_cel_kind_name(b->kind));
    }

    w = cel_walk(b);
    while (run->rc == XD_OK && cel_step(run, &w, &key, &v)) {
        if (cel_equal(run, a, &v)) {
            return cel_bool(true);
        }
    }

    return cel_bool(false);
}


static xd_cel_value_t
run_relation(cel_run_t *run, const cel_node_t *node)
{
    xd_cel_value_t a = cel_run(run, node->args[0]);
    xd_cel_value_t b;

    if (a.kind == XD_CEL_ERROR) {
        return a;
    }

    b = cel_run(run, node->args[1]);
    if (b.kind == XD_CEL_ERROR) {
        return b;
    }

    run->node = node;
    if (node->kind == CEL_IN) {
        return contains(run, &a, &b);
    }

    return cel_bool(cel_equal(run, &a, &b) == (node->kind == CEL_EQUAL));
}


/* -- calls and the rest --------------------------------------------------- */

static xd_cel_value_t
run_call(cel_run_t *run, const cel_node_t *node)
{
    xd_cel_value_t few[ARGS];
    xd_cel_value_t *args = few;

    if (node->nargs > ARGS) {
        run->node = node;
        return cel_error(run, "no such overload: too many arguments");
    }

    for (uint32_t i = 0; i < node->nargs; i++) {
        args[i] = cel_run(run, node->args[i]);
        if (args[i].kind == XD_CEL_ERROR) {
            return args[i];
        }
    }

    run->node = node;

    return cel_call(run, node, args, node->nargs);
}


static xd_cel_value_t
run_bind(cel_run_t *run, const cel_node_t *node)
{
    xd_cel_value_t v = cel_run(run, node->args[0]);

    if (node->kind == CEL_OPT) {
        run->node = node;
        if (v.kind == XD_CEL_ERROR) {
            return v;
        }

        if (v.kind != XD_CEL_OPTIONAL) {
            return cel_error(run, "no such overload: %s is no optional",
                xd_cel_kind_name(v.kind));
        }

        if (v.as.inner == NULL) {
            return v;
        }

        v = *v.as.inner;
    }

    run->slots[node->slot] = v;
    v = cel_run(run, node->args[1]);

    return node->kind == CEL_OPT && node->fold == CEL_OPT_MAP
                   && v.kind != XD_CEL_ERROR
               ? cel_optional(run, &v)
               : v;
}


xd_cel_value_t
cel_run(cel_run_t *run, const cel_node_t *node)
{
    if (!cel_cost(run, 1)) {
        return cel_text(XD_CEL_ERROR, xd_str(xd_rc_text(run->rc)));
    }

    switch (node->kind) {
    case CEL_IDENT:
        return run_ident(run, node);
    case CEL_SELECT:
        return run_select(run, node);
    case CEL_INDEX:
        return run_index(run, node);
    case CEL_LIST:
        return run_list(run, node);
    case CEL_MAP:
        return run_map(run, node);
    case CEL_CALL:
        return run_call(run, node);
    case CEL_EQUAL:
    case CEL_UNEQUAL:
    case CEL_IN:
        return run_relation(run, node);
    case CEL_AND:
        return run_logical(run, node, false);
    case CEL_OR:
        return run_logical(run, node, true);
    case CEL_IF:
        return run_if(run, node);
    case CEL_FOLD:
        return cel_fold(run, node);
    case CEL_BIND:
    case CEL_OPT:
        return run_bind(run, node);
    default:
        return node->value;
    }
}
