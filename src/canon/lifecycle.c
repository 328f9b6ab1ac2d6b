/* SPDX-License-Identifier: BSD-2-Clause */

#include "canon/lifecycle.h"

#include "canon/data.h"
#include "canon/document.h"


/* Back to where it came from: how `to` says it in a file. */
#define BACK "*"

typedef struct {
    xd_life_state_t pub;
    xd_vec_t steps; /* xd_life_step_t */
    bool reached;   /* from the start */
    bool ends;      /* an end can be reached from here */
} state_t;

struct xd_lifecycle_s {
    const xd_data_t *file;
    xd_str_t name;
    xd_vec_t states; /* state_t */
    const xd_life_state_t *all;
    const state_t *start;
};

struct xd_lifecycles_s {
    xd_lifecycle_t *all;
    size_t count;
};

/* One file being read, and what it becomes. */
typedef struct {
    xd_data_reader_t *in;
    xd_lifecycle_t *life;
} reader_t;

#define FAULT(r, at, ...) xd_data_fault((r)->in, (at), "lifecycle." __VA_ARGS__)


/* -- looking up ------------------------------------------------------------ */


static state_t *
find_state(const xd_lifecycle_t *l, xd_str_t name)
{
    for (size_t i = 0; i < l->states.count; i++) {
        state_t *s = XD_AT(&l->states, state_t, i);

        if (xd_str_eq(s->pub.name, name)) {
            return s;
        }
    }

    return NULL;
}


static const xd_life_step_t *
find_step(const state_t *s, xd_str_t event)
{
    for (size_t i = 0; i < s->steps.count; i++) {
        const xd_life_step_t *step = XD_AT(&s->steps, xd_life_step_t, i);

        if (xd_str_eq(step->event, event)) {
            return step;
        }
    }

    return NULL;
}


/* -- reading --------------------------------------------------------------- */


static void *
push(reader_t *r, xd_vec_t *vec)
{
    void *place = xd_vec_push(vec, r->in->arena);

    if (place == NULL) {
        r->in->rc = XD_E_MEMORY;
    }

    return place;
}


static void
read_states(reader_t *r)
{
    xd_lifecycle_t *l = r->life;

    xd_each (node, xd_get(l->file->root, "states")) {
        xd_str_t name = xd_text(node, "name");
        state_t *s;

        if (find_state(l, name) != NULL) {
            FAULT(r, node, "twice", "the state %.*s stands twice",
                XD_FMT(name));
            continue;
        }

        s = push(r, &l->states);
        if (s == NULL) {
            return;
        }

        s->pub.name = name;
        s->pub.shows = xd_text(node, "shows");
        s->pub.end = xd_truth(node, "end", false);
        s->steps = XD_VEC(xd_life_step_t);
        if (s->pub.shows.ptr == NULL) {
            s->pub.shows = name;
        }
    }
}


/* "15m"; the schema has held it to its shape.  0 for none. */
static int64_t
span_ms(xd_str_t span)
{
    static const struct {
        char unit;
        int64_t ms;
    } units[] = { { 's', 1000 }, { 'm', 60000 }, { 'h', 3600000 },
        { 'd', 86400000 } };
    uint64_t count;

    if (span.len < 2
        || !xd_str_uint((xd_str_t){ span.ptr, span.len - 1 }, INT32_MAX,
            &count))
    {
        return 0;
    }

    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (span.ptr[span.len - 1] == units[i].unit) {
            return (int64_t) count * units[i].ms;
        }
    }

    return 0;
}


static xd_life_timer_t
read_timer(const xd_node_t *node)
{
    return (xd_life_timer_t){ .name = xd_text(node, "name"),
        .offset_ms =
            span_ms(xd_text(node, "after")) - span_ms(xd_text(node, "before")),
        .of = xd_text(node, "of"),
        .raise = xd_text(node, "raise") };
}


static xd_life_step_t
read_step(const xd_node_t *row)
{
    xd_life_step_t step = { .event = xd_text(row, "event"),
        .to = xd_text(row, "to"),
        .guard = xd_text(row, "guard"),
        .effect = xd_text(row, "effect"),
        .activity = xd_text(row, "activity"),
        .timer = read_timer(xd_get(row, "timer")) };

    if (xd_str_is(step.to, BACK)) {
        step.to = XD_STR("");
    }

    return step;
}


static void
add_step(reader_t *r, const xd_node_t *from, const xd_life_step_t *step)
{
    state_t *s = find_state(r->life, from->text);
    xd_life_step_t *place;

    if (s == NULL) {
        FAULT(r, from, "state", "there is no state %.*s; declare it in states",
            XD_FMT(from->text));

    } else if (find_step(s, step->event) != NULL) {
        FAULT(r, from, "ambiguous",
            "two rows say where %.*s leads from %.*s; keep one",
            XD_FMT(step->event), XD_FMT(from->text));

    } else {
        place = push(r, &s->steps);
        if (place != NULL) {
            *place = *step;
        }
    }
}


static void
read_rows(reader_t *r)
{
    const xd_node_t *root = r->life->file->root;
    const xd_node_t *guards = xd_get(root, "guards");

    xd_each (row, xd_get(root, "rows")) {
        xd_life_step_t step = read_step(row);

        if (step.to.len > 0 && find_state(r->life, step.to) == NULL) {
            FAULT(r, xd_get(row, "to"), "state",
                "there is no state %.*s; declare it in states",
                XD_FMT(step.to));
        }

        if (step.guard.ptr != NULL && xd_get_str(guards, step.guard) == NULL) {
            FAULT(r, xd_get(row, "guard"), "guard",
                "there is no guard %.*s; say in guards what it asks",
                XD_FMT(step.guard));
        }

        xd_each (from, xd_get(row, "from")) {
            add_step(r, from, &step);
        }
    }
}


/* -- checks ---------------------------------------------------------------- */


/* Goes once over all steps; true when that reached or ended a state more. */
static bool
spread(xd_lifecycle_t *l)
{
    bool more = false;

    for (size_t i = 0; i < l->states.count; i++) {
        state_t *s = XD_AT(&l->states, state_t, i);

        for (size_t j = 0; j < s->steps.count; j++) {
            const xd_life_step_t *step = XD_AT(&s->steps, xd_life_step_t, j);
            state_t *to = find_state(l, step->to);

            /* A step back leads to states that have led here. */
            if (to == NULL) {
                continue;
            }

            more |= (s->reached && !to->reached) || (to->ends && !s->ends);
            to->reached |= s->reached;
            s->ends |= to->ends;
        }
    }

    return more;
}


/* A hold goes back to states that were there before, so it ends as they do. */
static bool
leads_back(const state_t *s)
{
    for (size_t i = 0; i < s->steps.count; i++) {
        if (XD_AT(&s->steps, xd_life_step_t, i)->to.len == 0) {
            return true;
        }
    }

    return false;
}


static void
check_states(reader_t *r)
{
    xd_lifecycle_t *l = r->life;
    const xd_node_t *node = xd_get(l->file->root, "start");
    state_t *start = find_state(l, node->text);

    if (start == NULL) {
        FAULT(r, node, "state", "there is no state %.*s; declare it in states",
            XD_FMT(node->text));
        return;
    }

    l->start = start;
    start->reached = true;
    for (size_t i = 0; i < l->states.count; i++) {
        state_t *s = XD_AT(&l->states, state_t, i);

        s->ends = s->pub.end || leads_back(s);
    }

    while (spread(l)) {
    }

    for (size_t i = 0; i < l->states.count; i++) {
        const state_t *s = XD_AT(&l->states, state_t, i);

        node = xd_nth(xd_get(l->file->root, "states"), i);
        if (!s->reached) {
            FAULT(r, node, "unreached", "nothing leads to %.*s",
                XD_FMT(s->pub.name));
        } else if (!s->ends) {
            FAULT(r, node, "endless",
                "no end can be reached from %.*s; add a row, or \"end\": true",
                XD_FMT(s->pub.name));
        }
    }
}


static bool
uses_guard(const xd_lifecycle_t *l, xd_str_t guard)
{
    xd_each (row, xd_get(l->file->root, "rows")) {
        if (xd_str_eq(xd_text(row, "guard"), guard)) {
            return true;
        }
    }

    return false;
}


static void
check_names(reader_t *r)
{
    const xd_node_t *root = r->life->file->root;

    xd_each (guard, xd_get(root, "guards")) {
        if (!uses_guard(r->life, guard->key)) {
            FAULT(r, guard, "guard", "no row uses the guard %.*s",
                XD_FMT(guard->key));
        }
    }

    xd_each (claim, xd_get(root, "documents")) {
        if (xd_document_find(xd_text(claim, "document")) == NULL) {
            FAULT(r, claim, "document", "there is no document %.*s",
                XD_FMT(xd_text(claim, "document")));
        }
    }
}


/* The public rows, in one piece, once nothing grows any more. */
static void
publish(reader_t *r)
{
    xd_lifecycle_t *l = r->life;
    xd_life_state_t *all =
        xd_alloc_n(r->in->arena, l->states.count, sizeof(*all));

    if (all == NULL) {
        r->in->rc = XD_E_MEMORY;
        return;
    }

    for (size_t i = 0; i < l->states.count; i++) {
        state_t *s = XD_AT(&l->states, state_t, i);

        s->pub.steps = s->steps.at;
        s->pub.count = s->steps.count;
        all[i] = s->pub;
    }

    l->all = all;
}


static void
read_lifecycle(xd_data_reader_t *in, void *row)
{
    reader_t r = { in, row };

    r.life->file = in->file;
    r.life->name = xd_text(in->file->root, "lifecycle");
    r.life->states = XD_VEC(state_t);

    read_states(&r);
    read_rows(&r);
    check_states(&r);
    check_names(&r);
    publish(&r);
}


xd_rc_t
xd_lifecycles_load(xd_arena_t *arena, const char *dir,
    const xd_schemas_t *schemas, xd_lifecycles_t **out, xd_report_t *rep)
{
    static const xd_data_kind_t kind = { "lifecycles", "lifecycle",
        sizeof(xd_lifecycle_t), read_lifecycle };
    xd_data_reader_t in = { .arena = arena, .dir = dir, .rep = rep };
    xd_lifecycles_t *set = xd_alloc(arena, sizeof(*set));
    void *all;
    xd_rc_t rc;

    if (set == NULL) {
        return XD_E_MEMORY;
    }

    rc = xd_data_load(&in, schemas, &kind, &all, &set->count);
    if (rc == XD_OK) {
        set->all = all;
        *out = set;
    }

    return rc;
}


/* -- the calls of others --------------------------------------------------- */


const xd_lifecycle_t *
xd_lifecycle_find(const xd_lifecycles_t *set, xd_str_t name)
{
    for (size_t i = 0; i < set->count; i++) {
        if (xd_str_eq(set->all[i].name, name)) {
            return &set->all[i];
        }
    }

    return NULL;
}


const xd_lifecycle_t *
xd_lifecycle_nth(const xd_lifecycles_t *set, size_t n)
{
    return n < set->count ? &set->all[n] : NULL;
}


const xd_lifecycle_t *
xd_lifecycle_of(const xd_lifecycles_t *set, xd_str_t document, xd_str_t at)
{
    for (size_t i = 0; i < set->count; i++) {
        xd_each (claim, xd_get(set->all[i].file->root, "documents")) {
            if (xd_str_eq(xd_text(claim, "document"), document)
                && xd_str_eq(xd_text(claim, "at"), at))
            {
                return &set->all[i];
            }
        }
    }

    return NULL;
}


xd_str_t
xd_lifecycle_name(const xd_lifecycle_t *l)
{
    return l->name;
}


const xd_life_state_t *
xd_lifecycle_start(const xd_lifecycle_t *l)
{
    return &l->start->pub;
}


const xd_life_state_t *
xd_lifecycle_state(const xd_lifecycle_t *l, xd_str_t name)
{
    const state_t *s = find_state(l, name);

    return s == NULL ? NULL : &s->pub;
}


const xd_life_state_t *
xd_lifecycle_states(const xd_lifecycle_t *l, size_t *count)
{
    *count = l->states.count;

    return l->all;
}


const xd_life_step_t *
xd_lifecycle_step(const xd_lifecycle_t *l, xd_str_t state, xd_str_t event)
{
    const state_t *s = find_state(l, state);

    return s == NULL ? NULL : find_step(s, event);
}


xd_str_t
xd_lifecycle_guard(const xd_lifecycle_t *l, xd_str_t guard)
{
    const xd_node_t *text = xd_get_str(xd_get(l->file->root, "guards"), guard);

    return text == NULL ? XD_STR("") : text->text;
}
