/* SPDX-License-Identifier: BSD-2-Clause */

/* Objects and arrays. */

#include <stdlib.h>

#include "base/map.h"
#include "canon/digits.h"
#include "canon/plan.h"


#define SEEN_WORDS (XD_MEMBERS_MAX / 64)

/* Up to so many elements are compared each with each. */
#define FEW 16


/* -- counts -------------------------------------------------------------- */


static bool
too_few(xd_run_t *run, const xd_step_t *step, const xd_node_t *node,
    const char *what)
{
    return xd_fault(run, node, step->keyword->name,
        "must have at least %llu %s; it has %u",
        (unsigned long long) step->arg.count, what, node->count);
}


static bool
too_many(xd_run_t *run, const xd_step_t *step, const xd_node_t *node,
    const char *what)
{
    return xd_fault(run, node, step->keyword->name,
        "must have at most %llu %s; it has %u",
        (unsigned long long) step->arg.count, what, node->count);
}


bool
xd_check_min_items(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    return node->count >= step->arg.count
           || too_few(run, step, node, "elements");
}


bool
xd_check_max_items(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    return node->count <= step->arg.count
           || too_many(run, step, node, "elements");
}


bool
xd_check_min_properties(xd_run_t *run, const xd_step_t *step,
    const xd_node_t *node)
{
    return node->count >= step->arg.count
           || too_few(run, step, node, "members");
}


bool
xd_check_max_properties(xd_run_t *run, const xd_step_t *step,
    const xd_node_t *node)
{
    return node->count <= step->arg.count
           || too_many(run, step, node, "members");
}


/* -- objects ------------------------------------------------------------- */


/* What the walk over one object knows. */
typedef struct {
    xd_run_t *run;
    const xd_members_t *members;
    const xd_node_t *object;
    xd_marks_t *marks;         /* NULL: nobody wants them */
    uint32_t place;            /* of the member in its object */
    uint64_t seen[SEEN_WORDS]; /* a bit for each row that was met */
    uint32_t required;         /* rows met that are required */
} walk_t;


static bool
unknown_member(xd_run_t *run, const xd_node_t *child, const char *rule,
    const xd_members_t *members)
{
    xd_str_t near;

    if (run->quiet > 0) {
        return false;
    }

    near = xd_members_nearest(members, child->key);

    return xd_fault(run, child, rule,
        "there is no member \"%.*s\" here; %s%.*s%s",
        XD_FMT(xd_shown(child->key)),
        near.ptr == NULL ? "remove it" : "did you mean \"", XD_FMT(near),
        near.ptr == NULL ? "" : "\"?");
}


/* A member whose name no row has. */
static bool
check_other(walk_t *w, const xd_node_t *child)
{
    const xd_plan_t *others = w->members->others;

    if (others == NULL) {
        return true;
    }

    return others->kinds == 0 ? unknown_member(w->run, child,
               "additionalProperties", w->members)
                              : xd_check(w->run, others, child);
}


static bool
check_patterns(walk_t *w, const xd_node_t *child, bool *known)
{
    bool good = true;

    for (uint32_t i = 0; i < w->members->npatterns; i++) {
        const xd_member_pattern_t *p = &w->members->patterns[i];

        if (xd_regex_found(w->run, p->regex, child, child->key)) {
            *known = true;
            good = xd_check(w->run, p->plan, child) && good;
        }
    }

    return good;
}


static bool
check_member(walk_t *w, const xd_node_t *child)
{
    const xd_member_t *row = xd_members_find(w->members, child->key);
    bool known = row != NULL && row->plan != NULL;
    bool good = true;

    if (row != NULL) {
        size_t n = (size_t) (row - w->members->rows);
        uint64_t bit = UINT64_C(1) << (n % 64);

        w->required += row->required && !(w->seen[n / 64] & bit);
        w->seen[n / 64] |= bit;
    }

    if (known) {
        good = xd_check(w->run, row->plan, child);
    }

    if (w->members->npatterns > 0) {
        good = check_patterns(w, child, &known) && good;
    }

    if (w->marks != NULL && (known || w->members->others != NULL)) {
        xd_mark(w->marks, w->place);
    }

    return known ? good : check_other(w, child) && good;
}


static bool
missing_members(walk_t *w)
{
    for (uint32_t i = 0; i < w->members->count && w->run->quiet == 0; i++) {
        const xd_member_t *row = &w->members->rows[i];

        if (row->required && !(w->seen[i / 64] & (UINT64_C(1) << (i % 64)))) {
            xd_fault(w->run, w->object, "required",
                "the member \"%.*s\" is missing; add it", XD_FMT(row->name));
        }
    }

    return false;
}


bool
xd_check_members(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    walk_t w = { .run = run,
        .members = step->arg.members,
        .object = node,
        .marks = xd_marks_of(run, node) };
    bool good = true;

    xd_each (child, node) {
        good = check_member(&w, child) && good;
        w.place++;

        if (!good && (run->quiet > 0 || run->full)) {
            return false;
        }
    }

    if (w.required < w.members->required) {
        return missing_members(&w);
    }

    return good;
}


bool
xd_check_names_known(xd_run_t *run, const xd_step_t *step,
    const xd_node_t *node)
{
    const xd_members_t *names = step->arg.unevaluated.names;
    bool good = true;

    xd_each (child, node) {
        if (xd_members_find(names, child->key) == NULL) {
            good = unknown_member(run, child, step->keyword->name, names);
        }
    }

    return good;
}


/* Each name is held against the schema as if it were a value. */
bool
xd_check_names(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    bool good = true;

    xd_each (child, node) {
        xd_node_t name = *child;

        name.kind = XD_STRING;
        name.text = child->key;
        good = xd_check(run, step->arg.plans.at[0], &name) && good;
    }

    return good;
}


/* One member's row: what it asks for. */
static bool
has_needed(xd_run_t *run, const xd_node_t *names, const xd_node_t *node,
    const char *rule)
{
    bool good = true;

    xd_each (name, names) {
        if (xd_get_str(node, name->text) == NULL) {
            good = xd_fault(run, node, rule,
                "where \"%.*s\" is given, \"%.*s\" is needed too; add it",
                XD_FMT(names->key), XD_FMT(name->text));
        }
    }

    return good;
}


bool
xd_check_dependent(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    const xd_plan_t **plan = step->arg.plans.at;
    bool good = true;

    xd_each (row, step->value) {
        if (xd_get_str(node, row->key) == NULL) {
            plan++;
            continue;
        }

        good = (*plan != NULL ? xd_check_within(run, *plan, node)
                              : has_needed(run, row, node, step->keyword->name))
               && good;
        plan++;
    }

    return good;
}


/* -- arrays -------------------------------------------------------------- */


bool
xd_check_items(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    const xd_items_t *items = step->arg.items;
    xd_marks_t *marks = xd_marks_of(run, node);
    bool good = true;
    uint32_t n = 0;

    xd_each (child, node) {
        const xd_plan_t *plan =
            n < items->nprefix ? items->prefix[n] : items->rest;

        if (marks != NULL && plan != NULL) {
            xd_mark(marks, n);
        }

        n++;
        good = (plan == NULL || xd_check(run, plan, child)) && good;

        if (!good && (run->quiet > 0 || run->full)) {
            return false;
        }
    }

    return good;
}


bool
xd_check_contains(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    const xd_contains_t *arg = &step->arg.contains;
    xd_marks_t *marks = xd_marks_of(run, node);
    uint64_t found = 0;
    uint32_t n = 0;

    xd_each (child, node) {
        if (xd_check_branch(run, arg->plan, child, false)) {
            found++;
            if (marks != NULL) {
                xd_mark(marks, n);

            } else if (found >= arg->least && arg->most == UINT64_MAX) {
                return true;
            }
        }
        n++;
    }

    if (found < arg->least) {
        return xd_fault(run, node,
            arg->least > 1 ? "minContains" : step->keyword->name,
            "must have at least %llu elements of a certain form; it has %llu",
            (unsigned long long) arg->least, (unsigned long long) found);
    }

    return found <= arg->most
           || xd_fault(run, node, "maxContains",
               "must have at most %llu elements of a certain form; it has "
               "%llu",
               (unsigned long long) arg->most, (unsigned long long) found);
}


typedef struct {
    uint64_t hash;
    uint32_t place;
    const xd_node_t *node;
} hashed_t;


static uint64_t
mixed(uint64_t a, uint64_t b)
{
    return (a ^ (b + UINT64_C(0x9E3779B97F4A7C15) + (a << 6) + (a >> 2)))
           * UINT64_C(0xFF51AFD7ED558CCD);
}


static uint64_t
number_hash(xd_str_t text)
{
    /* A prime: numbers that differ mostly differ modulo it. */
    xd_digits_t d = xd_digits(text, UINT64_C(999999999999999989));

    return mixed(d.rest * 2 + d.negative, (uint64_t) d.power);
}


/* Equal values have equal hashes, whatever the order of members. */
static uint64_t
node_hash(const xd_node_t *node)
{
    uint64_t hash = mixed((uint64_t) node->kind, node->count);

    switch (node->kind) {

    case XD_NULL:
        break;

    case XD_BOOL:
        hash += node->truth;
        break;

    case XD_NUMBER:
        return mixed(hash, number_hash(node->text));

    case XD_STRING:
        return mixed(hash, xd_hash(node->text));

    case XD_ARRAY:
        xd_each (child, node) {
            hash = mixed(hash, node_hash(child));
        }
        break;

    case XD_OBJECT:
        xd_each (child, node) {
            hash += mixed(xd_hash(child->key), node_hash(child));
        }
        break;
    }

    return hash;
}


static int
hash_order(const void *left, const void *right)
{
    const hashed_t *a = left;
    const hashed_t *b = right;

    if (a->hash != b->hash) {
        return a->hash < b->hash ? -1 : 1;
    }

    return a->place < b->place ? -1 : a->place > b->place;
}


/* The first element that equals an earlier one, by hashes; NULL: none. */
static const xd_node_t *
repeated_of_many(xd_run_t *run, const xd_node_t *node)
{
    hashed_t *rows = xd_alloc_n(run->scratch, node->count, sizeof(*rows));
    uint32_t n = 0;

    if (rows == NULL) {
        run->rc = XD_E_MEMORY;
        return NULL;
    }

    xd_each (child, node) {
        rows[n] = (hashed_t){ node_hash(child), n, child };
        n++;
    }

    qsort(rows, n, sizeof(*rows), hash_order);

    for (uint32_t i = 1; i < n; i++) {
        if (rows[i].hash == rows[i - 1].hash
            && xd_node_equal(rows[i].node, rows[i - 1].node))
        {
            return rows[i].node;
        }
    }

    return NULL;
}


/* Does an earlier element equal this one? */
static bool
repeats(const xd_node_t *array, const xd_node_t *child)
{
    for (const xd_node_t *n = array->first; n != child; n = n->next) {
        if (xd_node_equal(n, child)) {
            return true;
        }
    }

    return false;
}


static const xd_node_t *
repeated_of_few(const xd_node_t *node)
{
    xd_each (child, node) {
        if (repeats(node, child)) {
            return child;
        }
    }

    return NULL;
}


bool
xd_check_unique(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    const xd_node_t *repeated = node->count <= FEW
                                    ? repeated_of_few(node)
                                    : repeated_of_many(run, node);

    return repeated == NULL
           || xd_fault(run, repeated, step->keyword->name,
               "this element stands twice in its array; remove one");
}
