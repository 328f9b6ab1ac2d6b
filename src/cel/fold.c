/* SPDX-License-Identifier: BSD-2-Clause */

/* The macros over lists and maps. */

#include "cel/room.h"

typedef struct {
    cel_run_t *run;
    const cel_node_t *node;
    cel_grow_t made;
    xd_cel_value_t fault; /* XD_CEL_NULL: none */
    size_t hits;
    bool done; /* nothing more can change the result */
} fold_t;


static bool
is_fault(fold_t *f, const cel_node_t *at, xd_cel_value_t *v, bool want_bool)
{
    if (v->kind != XD_CEL_ERROR && want_bool && v->kind != XD_CEL_BOOL) {
        f->run->node = at;
        *v = cel_error(f->run, "no such overload: %s is no condition",
            xd_cel_kind_name(v->kind));
    }

    if (v->kind != XD_CEL_ERROR) {
        return false;
    }

    f->fault = f->fault.kind == XD_CEL_NULL ? *v : f->fault;

    return true;
}


/* all and exists forget an error when another element decides. */
static void
judge(fold_t *f, const xd_cel_value_t *v)
{
    bool decides = f->node->fold == CEL_EXISTS;

    if (f->node->fold == CEL_EXISTS_ONE) {
        f->hits += v->as.truth;
        return;
    }

    if (v->as.truth == decides) {
        f->hits = 1;
        f->done = true;
        f->fault.kind = XD_CEL_NULL;
    }
}


static void
put_entry(fold_t *f, const xd_cel_value_t *key, const xd_cel_value_t *v)
{
    xd_cel_value_t fault;

    if (!cel_add_entry(f->run, &f->made, key, v, &fault)) {
        f->fault = fault;
        f->done = true;
    }
}


static void
put_entries(fold_t *f, const xd_cel_value_t *map)
{
    xd_cel_value_t key;
    xd_cel_value_t v;
    cel_walk_t w;

    if (map->kind != XD_CEL_MAP) {
        f->fault = cel_error(f->run, "no such overload: %s is no entry",
            xd_cel_kind_name(map->kind));
        f->done = true;
        return;
    }

    w = cel_walk(map);
    while (!f->done && cel_step(f->run, &w, &key, &v)) {
        put_entry(f, &key, &v);
    }
}


static void
keep(fold_t *f, const xd_cel_value_t *key, const xd_cel_value_t *v)
{
    switch (f->node->fold) {
    case CEL_TO_LIST:
        f->done = !cel_push(f->run, &f->made, *v);
        break;
    case CEL_TO_MAP:
        put_entry(f, key, v);
        break;
    case CEL_TO_ENTRY:
        put_entries(f, v);
        break;
    default:
        judge(f, v);
    }
}


/* One element: the filter, then the step. */
static void
element(fold_t *f, const xd_cel_value_t *key)
{
    const cel_node_t *node = f->node;
    const cel_node_t *step = node->args[node->filter ? 2 : 1];
    bool judged = node->fold <= CEL_EXISTS_ONE;
    xd_cel_value_t v;

    if (node->filter) {
        v = cel_run(f->run, node->args[1]);
        if (is_fault(f, node->args[1], &v, true)) {
            f->done = true;
            return;
        }

        if (!v.as.truth) {
            return;
        }
    }

    v = cel_run(f->run, step);
    if (is_fault(f, step, &v, judged)) {
        f->done = !judged || node->fold == CEL_EXISTS_ONE;
        return;
    }

    f->run->node = step;
    keep(f, key, &v);
}


static xd_cel_value_t
result(fold_t *f)
{
    if (f->run->rc != XD_OK) {
        return cel_text(XD_CEL_ERROR, xd_str(xd_rc_text(f->run->rc)));
    }

    if (f->fault.kind != XD_CEL_NULL) {
        return f->fault;
    }

    switch (f->node->fold) {
    case CEL_ALL:
        return cel_bool(f->hits == 0);
    case CEL_EXISTS:
    case CEL_EXISTS_ONE:
        return cel_bool(f->hits == 1);
    case CEL_TO_LIST:
        return cel_items(f->run, XD_CEL_LIST, &f->made);
    default:
        return cel_items(f->run, XD_CEL_MAP, &f->made);
    }
}


xd_cel_value_t
cel_fold(cel_run_t *run, const cel_node_t *node)
{
    fold_t f = { .run = run, .node = node, .fault = { .kind = XD_CEL_NULL } };
    xd_cel_value_t range = cel_run(run, node->args[0]);
    xd_cel_value_t *slots = run->slots;
    xd_cel_value_t key;
    xd_cel_value_t v;
    cel_walk_t w;

    if (range.kind == XD_CEL_ERROR) {
        return range;
    }

    run->node = node;
    if (range.kind != XD_CEL_LIST && range.kind != XD_CEL_MAP) {
        return cel_error(run, "no such overload: %s has no elements",
            xd_cel_kind_name(range.kind));
    }

    w = cel_walk(&range);
    while (!f.done && run->rc == XD_OK && cel_step(run, &w, &key, &v)) {
        if (node->slot2 >= 0) {
            slots[node->slot] = key;
            slots[node->slot2] = v;
        } else {
            slots[node->slot] = w.map ? key : v;
        }

        element(&f, &key);
    }

    return result(&f);
}
