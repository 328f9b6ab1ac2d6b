/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A delta (tree_delta.c) back into a tree that was made of its document: first
 * all groups that it names are found, while each stands where it stood; then
 * values, what is gone, what is added, and the order.
 */

#include "map/tree.h"


#define STEPS_MAX 300 /* a reader lets no tree be deeper */

/* "/cac:Party/0=": a name, a place, and by what it is known. */
typedef struct {
    xd_str_t name, known; /* known.ptr NULL: one to be added */
    size_t index;
} step_t;

/* An entry on its way. */
typedef struct {
    const xd_node_t *entry;
    xd_node_t *group; /* that lines made; NULL: none of that kind */
    const map_form_t *form;
    xd_str_t rest; /* steps to be added below it */
} found_t;

/* The group that was found last at a depth. */
typedef struct {
    const xd_node_t *group;
    size_t index;
} last_t;

#define DEPTHS 8 /* at which that is kept */

typedef struct {
    map_run_t *m;
    last_t last[DEPTHS];
    const map_tree_t *tree;
    found_t *row;
    size_t count;
} back_t;


/* -- names in paths -------------------------------------------------------- */

void
map_tree_escape(xd_buf_t *path, xd_str_t name)
{
    static const char marks[] = "~/=";

    for (size_t i = 0; i < name.len; i++) {
        const char *mark =
            name.ptr[i] != '\0' ? strchr(marks, name.ptr[i]) : NULL;

        if (mark != NULL) {
            xd_buf_fmt(path, "~%d", (int) (mark - marks));
        } else {
            xd_buf_byte(path, name.ptr[i]);
        }
    }
}


/* The name as it was, with a NUL behind. */
static xd_str_t
unescape(map_run_t *m, xd_str_t text)
{
    char *to = xd_alloc(m->arena, text.len + 1);
    size_t len = 0;

    if (to == NULL) {
        m->rc = XD_E_MEMORY;
        return XD_STR("");
    }

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == '~' && i + 1 < text.len && text.ptr[i + 1] >= '0'
            && text.ptr[i + 1] <= '2')
        {
            c = "~/="[text.ptr[++i] - '0'];
        }
        to[len++] = c;
    }
    to[len] = '\0';

    return (xd_str_t){ to, len };
}


/* Takes a step off a path; false when it is none. */
static bool
step_next(map_run_t *m, xd_str_t *path, step_t *out)
{
    xd_str_t rest = *path, number;
    uint64_t index;

    if (rest.len == 0 || rest.ptr[0] != '/') {
        return false;
    }

    rest.ptr++;
    rest.len--;
    out->name = unescape(m, xd_str_cut(&rest, '/'));
    if (rest.ptr == NULL || out->name.len == 0) {
        return false;
    }

    out->known = xd_str_cut(&rest, '/');
    *path = rest.ptr != NULL ? (xd_str_t){ rest.ptr - 1, rest.len + 1 }
                             : XD_STR("");
    number = xd_str_cut(&out->known, '=');
    if (out->known.ptr != NULL) {
        out->known = unescape(m, out->known);
    }
    if (!xd_str_uint(number, 10000000, &index)) {
        return false;
    }
    out->index = (size_t) index;

    return true;
}


/* -- finding --------------------------------------------------------------- */

xd_str_t
map_tree_known(const xd_node_t *group, const map_form_t *form)
{
    const xd_node_t *node = form != NULL && form->by.len > 0
                                ? map_kind_tree.value(group, form->by.ptr)
                                : NULL;

    return node != NULL && node->text.ptr != NULL ? node->text : XD_STR("");
}


/* The group at a place among those of its name.  Entries come in order, so it
 * is looked for from where the last one was found. */
static const xd_node_t *
nth_of_name(last_t *last, const xd_node_t *in, const step_t *step)
{
    bool on = last->group != NULL && last->group->parent == in
              && xd_str_eq(last->group->key, step->name)
              && last->index <= step->index;
    const xd_node_t *one =
        on ? last->group : map_kind_tree.first(in, step->name.ptr);
    size_t i = on ? last->index : 0;

    for (; one != NULL && i < step->index; i++) {
        one = map_kind_tree.next(one);
    }
    *last = (last_t){ one, i };

    return one;
}


/* The group at its place, if it is the one; else the first that is. */
static xd_node_t *
find_known(last_t *last, xd_node_t *in, const step_t *step,
    const map_form_t *form)
{
    const xd_node_t *one = nth_of_name(last, in, step);
    bool any = form == NULL || form->by.len == 0;

    if (any
        || (one != NULL && xd_str_eq(map_tree_known(one, form), step->known))) {
        return (xd_node_t *) (uintptr_t) one;
    }

    one = map_kind_tree.first(in, step->name.ptr);
    while (one != NULL && !xd_str_eq(map_tree_known(one, form), step->known)) {
        one = map_kind_tree.next(one);
    }

    return (xd_node_t *) (uintptr_t) one;
}


static void
homeless(map_run_t *m, const xd_node_t *entry)
{
    xd_report(m->rep, &(xd_finding_t){ .severity = XD_WARNING,
                          .scope = XD_SCOPE_VALUE,
                          .offset = entry->offset,
                          .rule = "map.residue",
                          .path = entry->key,
                          .text = XD_STR("What was kept here has no place in "
                                         "what is written.") });
}


static void
find(back_t *b, found_t *f, const xd_node_t *entry)
{
    xd_str_t rest = entry->key;
    xd_node_t *group = b->m->made;
    const map_form_t *form = &b->tree->form;
    step_t step;

    *f = (found_t){ .entry = entry };
    for (size_t i = 0; group != NULL && rest.len > 0; i++) {
        xd_str_t here = rest;
        size_t n = 0;

        if (i == STEPS_MAX || !step_next(b->m, &rest, &step)) {
            group = NULL;
        } else if (step.known.ptr == NULL) {
            rest = here;
            break;
        } else {
            form = map_form_part(form, step.name, &n);
            group = find_known(&b->last[i < DEPTHS ? i : DEPTHS - 1], group,
                &step, form);
        }
    }

    f->group = group;
    f->form = form;
    f->rest = rest;
    if (group == NULL || entry->kind != XD_OBJECT) {
        f->group = NULL;
        homeless(b->m, entry);
    }
}


/* -- values ---------------------------------------------------------------- */

static xd_node_t *
value_of(const xd_node_t *in, xd_str_t key)
{
    xd_each (member, in) {
        if (member->kind != XD_OBJECT && xd_str_eq(member->key, key)) {
            return member;
        }
    }

    return NULL;
}


static void
cut_out(xd_node_t *in, const xd_node_t *node)
{
    xd_node_t *before = NULL;

    for (xd_node_t *one = in->first; one != NULL; one = one->next) {
        if (one == node) {
            if (before != NULL) {
                before->next = one->next;
            } else {
                in->first = one->next;
            }
            in->last = in->last == one ? before : in->last;
            in->count--;
            in->index = NULL;
            return;
        }
        before = one;
    }
}


static void
add_value(back_t *b, xd_node_t *group, xd_str_t key, const xd_node_t *value)
{
    xd_node_t *copy = xd_node_copy(b->m->arena, value);

    if (copy != NULL) {
        copy->key = key;
        copy->offset = 0;
    }

    /* values stand before groups */
    if (xd_node_add_first(b->m->arena, group, copy) == NULL) {
        b->m->rc = XD_E_MEMORY;
    }
}


/* Another spelling of a value, or none, as long as the document says the same
 * as it did. */
static void
respell(back_t *b, xd_node_t *group, const xd_node_t *both)
{
    const xd_node_t *was = xd_get(both, "was"), *is = xd_get(both, "is");
    xd_node_t *there = value_of(group, both->key);

    if (there == NULL || was == NULL || !xd_str_eq(there->text, was->text)
        || there->kind != was->kind)
    {
        return;
    }

    cut_out(group, there);
    if (is != NULL) {
        add_value(b, group, both->key, is);
    }
}


static bool
is_mark(const xd_node_t *value)
{
    return xd_str_is(value->key, "#gone") || xd_str_is(value->key, "#order");
}


static void
put_values(back_t *b, const found_t *f, xd_node_t *group)
{
    xd_each (value, f->entry) {
        if (is_mark(value)) {
            continue;
        }
        if (value->kind == XD_OBJECT) {
            respell(b, group, value);
        } else if (value_of(group, value->key) == NULL) {
            add_value(b, group, value->key, value);
        }
    }
}


/* -- groups that are added ------------------------------------------------- */

/* Among those of its name, at its place, or behind all. */
static xd_node_t *
insert(map_run_t *m, xd_node_t *in, const step_t *step)
{
    xd_node_t *group = xd_node_new(m->arena, XD_OBJECT), *before = NULL;
    size_t n = 0;

    if (group == NULL) {
        m->rc = XD_E_MEMORY;
        return NULL;
    }
    group->key = step->name;

    xd_each (one, in) {
        if (one->kind != XD_OBJECT || !xd_str_eq(one->key, step->name)) {
            continue;
        }
        if (n++ == step->index) {
            break;
        }
        before = one;
    }

    if (before == NULL && n > 0) { /* before the first of its name */
        return xd_node_add_first(m->arena, in, group);
    }
    if (before == NULL || before->next == NULL) {
        return xd_node_add(m->arena, in, group);
    }

    group->parent = in;
    group->next = before->next;
    before->next = group;
    in->count++;
    in->index = NULL;

    return group;
}


/* A group that the document does not make, below one that it makes. */
static xd_node_t *
add_groups(back_t *b, found_t *f)
{
    xd_node_t *group = f->group;
    xd_str_t rest = f->rest;
    step_t step;

    for (size_t i = 0; group != NULL && rest.len > 0; i++) {
        const xd_node_t *known = NULL;
        size_t place = 0;

        if (i == STEPS_MAX || !step_next(b->m, &rest, &step)) {
            return NULL;
        }
        f->form = map_form_part(f->form, step.name, &place);

        /* those around the last one are there, for they were named before */
        if (rest.len > 0) {
            known = map_kind_tree.first(group, step.name.ptr);
            for (size_t n = 0; known != NULL && n < step.index; n++) {
                known = map_kind_tree.next(known);
            }
            group = (xd_node_t *) (uintptr_t) known;
        } else {
            group = insert(b->m, group, &step);
        }
    }

    return group;
}


/* -- order ----------------------------------------------------------------- */

static size_t
form_place(const map_form_t *form, xd_str_t name)
{
    size_t n = 0;

    return map_form_part(form, name, &n) != NULL ? n : SIZE_MAX;
}


/* A part that no order names stands before the first group that its form has
 * behind it. */
static size_t
put_among(xd_node_t **row, size_t count, xd_node_t *node,
    const map_form_t *form)
{
    size_t at = count;

    for (size_t i = 0; i < count && at == count; i++) {
        bool behind = row[i]->kind == XD_OBJECT
                      && (node->kind != XD_OBJECT
                          || (form_place(form, row[i]->key) != SIZE_MAX
                              && form_place(form, row[i]->key)
                                     > form_place(form, node->key)));

        at = behind ? i : at;
    }

    memmove(row + at + 1, row + at, (count - at) * sizeof(xd_node_t *));
    row[at] = node;

    return count + 1;
}


/* Groups as their names are listed, the first of a name for its first. */
static void
arrange(back_t *b, xd_node_t *group, const map_form_t *form,
    const xd_node_t *list)
{
    xd_node_t **row = xd_alloc_n(b->m->arena, group->count + 1U, sizeof(*row));
    size_t count = 0;

    if (row == NULL) {
        b->m->rc = XD_E_MEMORY;
        return;
    }

    xd_each (one, group) {
        one->truth = one->kind == XD_OBJECT ? false : one->truth;
    }

    xd_each (name, list) {
        xd_node_t *one = group->first;

        while (one != NULL
               && (one->kind != XD_OBJECT || one->truth
                   || !xd_str_eq(one->key, name->text)))
        {
            one = one->next;
        }
        if (one != NULL) {
            one->truth = true;
            row[count++] = one;
        }
    }

    for (xd_node_t *one = group->first; one != NULL; one = one->next) {
        if (one->kind != XD_OBJECT || !one->truth) {
            count = put_among(row, count, one, form);
        }
    }

    map_tree_link(group, row, count);
}


/* -- the whole ------------------------------------------------------------- */

/* A group that was not read goes, unless the document says more by now; what
 * is in it was named behind it. */
static void
prune(back_t *b)
{
    for (size_t i = b->count; i > 0; i--) {
        const found_t *f = &b->row[i - 1];

        if (f->group != NULL && f->rest.len == 0 && f->group->count == 0
            && f->group->parent != NULL && xd_get(f->entry, "#gone") != NULL)
        {
            cut_out(f->group->parent, f->group);
        }
    }
}


static void
add_all(back_t *b)
{
    for (size_t i = 0; i < b->count && b->m->rc == XD_OK; i++) {
        found_t *f = &b->row[i];

        if (f->group == NULL || f->rest.len == 0) {
            continue;
        }

        f->group = add_groups(b, f);
        if (f->group == NULL) {
            homeless(b->m, f->entry);
        } else {
            put_values(b, f, f->group);
        }
    }
}


static void
order_all(back_t *b)
{
    b->m->rc = b->m->rc == XD_OK
                   ? map_tree_sort(b->m->arena, b->m->made, &b->tree->form)
                   : b->m->rc;

    for (size_t i = 0; i < b->count && b->m->rc == XD_OK; i++) {
        const xd_node_t *list = xd_get(b->row[i].entry, "#order");

        if (b->row[i].group != NULL && list != NULL && list->kind == XD_ARRAY) {
            arrange(b, b->row[i].group, b->row[i].form, list);
        }
    }
}


void
map_tree_restore(map_run_t *m, const map_tree_t *tree, const xd_node_t *delta)
{
    back_t b = { .m = m, .tree = tree };

    if (delta == NULL || delta->kind != XD_OBJECT) {
        m->rc = map_tree_sort(m->arena, m->made, &tree->form);
        return;
    }

    b.row = xd_alloc_n(m->arena, delta->count + 1U, sizeof(*b.row));
    if (b.row == NULL) {
        m->rc = XD_E_MEMORY;
        return;
    }

    xd_each (entry, delta) {
        find(&b, &b.row[b.count++], entry);
    }

    for (size_t i = 0; i < b.count && m->rc == XD_OK; i++) {
        if (b.row[i].group != NULL && b.row[i].rest.len == 0) {
            put_values(&b, &b.row[i], b.row[i].group);
        }
    }

    prune(&b);
    add_all(&b);
    order_all(&b);
}
