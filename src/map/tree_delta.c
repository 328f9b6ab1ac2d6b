/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What a document does not say of the tree that it was read from: the tree is
 * held against the one that the document alone would be written as, and what
 * differs goes along in meta.ext.  So what is written again from both is what
 * was read, whatever the map names and however a value was spelled.
 *
 * Entries are named by the path of a group, as in residue.c: "/name/0" is one
 * that the document does not make at all, "/name/0=known" one that it makes.
 * In an entry a member is a value that is only in what was read, or
 * {"is", "was"} for one that would be written otherwise; "#gone" marks a group
 * that was not there, "#order" an order of its own.
 */

#include "map/tree.h"


/* A group on the way down. */
typedef struct at_s {
    const struct at_s *up;
    xd_str_t name, known; /* known.ptr NULL: the document does not make it */
    size_t index;
    xd_node_t *entry; /* once there is one */
} at_t;

typedef struct {
    map_run_t *m;
    xd_node_t *out;
} delta_t;


static bool
is_group(const xd_node_t *node)
{
    return node->kind == XD_OBJECT;
}


/* -- entries --------------------------------------------------------------- */

static void
add_path(const at_t *at, xd_buf_t *path)
{
    if (at->up == NULL) {
        return;
    }

    add_path(at->up, path);
    xd_buf_byte(path, '/');
    map_tree_escape(path, at->name);
    xd_buf_fmt(path, "/%zu", at->index);
    if (at->known.ptr != NULL) {
        xd_buf_byte(path, '=');
        map_tree_escape(path, at->known);
    }
}


/* The entry of a group; NULL when memory is out. */
static xd_node_t *
entry(delta_t *d, at_t *at)
{
    xd_node_t *node;
    xd_buf_t path = { 0 };
    xd_str_t key;

    if (at->entry != NULL || d->m->rc != XD_OK) {
        return at->entry;
    }

    add_path(at, &path);
    key = xd_buf_rc(&path) == XD_OK ? xd_dup(d->m->arena, xd_buf_str(&path))
                                    : XD_STR_NONE;
    xd_buf_free(&path);
    node = key.ptr != NULL ? xd_node_new(d->m->arena, XD_OBJECT) : NULL;
    if (node != NULL) {
        node->key = key;
        node = xd_node_add(d->m->arena, d->out, node);
    }

    if (node == NULL) {
        d->m->rc = XD_E_MEMORY;
    }
    at->entry = node;

    return node;
}


/* A copy of a value under a name. */
static void
put_copy(delta_t *d, xd_node_t *to, xd_str_t key, const xd_node_t *value)
{
    map_put_copy(d->m, to, key, value);
}


static void
differs(delta_t *d, at_t *at, const xd_node_t *was, const xd_node_t *is)
{
    xd_node_t *to = entry(d, at);
    xd_node_t *both = to != NULL ? xd_node_new(d->m->arena, XD_OBJECT) : NULL;

    if (both == NULL) {
        d->m->rc = XD_E_MEMORY;
        return;
    }

    both->key = was->key;
    xd_node_add(d->m->arena, to, both);
    if (is != NULL) {
        put_copy(d, both, XD_STR("is"), is);
    }
    put_copy(d, both, XD_STR("was"), was);
}


/* -- values ---------------------------------------------------------------- */

static const xd_node_t *
value_of(const xd_node_t *in, xd_str_t key)
{
    xd_each (member, in) {
        if (!is_group(member) && xd_str_eq(member->key, key)) {
            return member;
        }
    }

    return NULL;
}


static void
values(delta_t *d, at_t *at, const xd_node_t *was, const xd_node_t *is)
{
    xd_each (value, is) {
        const xd_node_t *other =
            is_group(value) || was == NULL ? NULL : value_of(was, value->key);

        if (is_group(value)) {
            continue;
        }

        if (other == NULL) {
            put_copy(d, entry(d, at), value->key, value);
        } else if (other->kind != value->kind
                   || !xd_str_eq(other->text, value->text)
                   || !xd_node_equal(other, value))
        {
            differs(d, at, other, value);
        }
    }

    xd_each (value, was) {
        if (!is_group(value)
            && (is == NULL || value_of(is, value->key) == NULL)) {
            differs(d, at, value, NULL);
        }
    }
}


/* -- groups ---------------------------------------------------------------- */

static size_t
ordinal(const xd_node_t *group)
{
    size_t n = 0;

    for (const xd_node_t *one = group->parent->first; one != group;
         one = one->next) {
        n += is_group(one) && xd_str_eq(one->key, group->key);
    }

    return n;
}


static xd_node_t *
next_of(xd_node_t *from, xd_str_t name)
{
    while (from != NULL && !(is_group(from) && xd_str_eq(from->key, name))) {
        from = from->next;
    }

    return from;
}


/* Groups of one name, one behind the other, and those made that stand for
 * them: `truth` marks what was found, and before it none is taken any more. */
typedef struct {
    xd_str_t name;
    size_t index, made_index; /* of the next ones */
    xd_node_t *next;          /* of what is made; NULL: there is none left */
    bool one_by_one;          /* as many of each: the nth stands for the nth */
} run_t;


static size_t
count_of(const xd_node_t *in, xd_str_t name)
{
    size_t n = 0;

    xd_each (one, in) {
        n += is_group(one) && xd_str_eq(one->key, name);
    }

    return n;
}


static run_t
run_of(xd_node_t *made, const xd_node_t *group)
{
    run_t run = { .name = group->key, .index = ordinal(group) };

    run.one_by_one =
        count_of(made, run.name) == count_of(group->parent, run.name);
    xd_each (one, made) {
        if (!is_group(one) || !xd_str_eq(one->key, run.name)) {
            continue;
        }
        if (one->truth) {
            run.made_index++;
            run.next = NULL;
        } else if (run.next == NULL) {
            run.next = one;
        }
    }

    if (run.next != NULL) {
        run.made_index = ordinal(run.next);
    }

    return run;
}


/* What stands for the next group of a run; NULL: nothing does. */
static xd_node_t *
counterpart(run_t *run, const xd_node_t *group, const map_form_t *form,
    size_t *index)
{
    xd_str_t known = map_tree_known(group, form);
    xd_node_t *one = run->next;

    *index = run->made_index;
    while (one != NULL && !run->one_by_one && form != NULL && form->by.len > 0
           && !xd_str_eq(map_tree_known(one, form), known))
    {
        one = next_of(one->next, run->name);
        ++*index;
    }

    run->index++;
    if (one != NULL) {
        one->truth = true;
        run->next = next_of(one->next, run->name);
        run->made_index = *index + 1;
    }

    return one;
}


static void level(delta_t *d, at_t *at, xd_node_t *made, const xd_node_t *read,
    const map_form_t *form);


/* A group that was not read, and all that is in it. */
static void
gone(delta_t *d, const at_t *up, const xd_node_t *group, const map_form_t *form)
{
    at_t at = { .up = up,
        .name = group->key,
        .known = map_tree_known(group, form),
        .index = ordinal(group) };
    xd_node_t *to = entry(d, &at);
    size_t n = 0;

    if (to == NULL || xd_put_bool(d->m->arena, to, "#gone", true) == NULL) {
        d->m->rc = XD_E_MEMORY;
        return;
    }

    values(d, &at, group, NULL);
    xd_each (one, group) {
        if (is_group(one) && d->m->rc == XD_OK) {
            gone(d, &at, one, map_form_part(form, one->key, &n));
        }
    }
}


/* One group, the next of its run. */
static void
group_down(delta_t *d, const at_t *up, run_t *run, const xd_node_t *group,
    const map_form_t *form)
{
    at_t at = { .up = up, .name = group->key, .index = run->index };
    size_t index;
    xd_node_t *made = counterpart(run, group, form, &index);

    if (made != NULL) {
        at.known = map_tree_known(made, form);
        at.index = index;
    } else if (entry(d, &at) == NULL) {
        return; /* one without values is told by its entry alone */
    }

    level(d, &at, made, group, form);
}


/* Do groups stand otherwise than their form says? */
static bool
stands_otherwise(const xd_node_t *read, const map_form_t *form)
{
    size_t before = 0, n = 0;

    xd_each (one, read) {
        size_t place;

        if (!is_group(one)) {
            continue;
        }

        place = map_form_part(form, one->key, &n) != NULL ? n : SIZE_MAX - 1;
        if (place < before) {
            return true;
        }
        before = place;
    }

    return false;
}


/* Are there parts that nobody declared, of several names?  They come behind
 * the others, and which of them is first the form does not say. */
static bool
strangers_mixed(const xd_node_t *read, const map_form_t *form)
{
    size_t n = 0;
    xd_str_t last = XD_STR("");

    xd_each (one, read) {
        if (!is_group(one) || map_form_part(form, one->key, &n) != NULL) {
            continue;
        }
        if (last.len > 0 && !xd_str_eq(last, one->key)) {
            return true;
        }
        last = one->key;
    }

    return false;
}


static void
keep_order(delta_t *d, at_t *at, const xd_node_t *read)
{
    xd_node_t *to = entry(d, at);
    xd_node_t *list =
        to != NULL ? xd_put(d->m->arena, to, "#order", XD_ARRAY) : NULL;

    xd_each (one, read) {
        xd_node_t *name = is_group(one) && list != NULL
                              ? xd_node_new(d->m->arena, XD_STRING)
                              : NULL;

        if (name != NULL) {
            name->text = one->key;
            xd_node_add(d->m->arena, list, name);
        } else if (is_group(one)) {
            d->m->rc = XD_E_MEMORY;
            return;
        }
    }
}


static void
level(delta_t *d, at_t *at, xd_node_t *made, const xd_node_t *read,
    const map_form_t *form)
{
    run_t run = { .name = XD_STR_NONE };
    size_t n = 0;

    values(d, at, made, read);
    if (stands_otherwise(read, form) || strangers_mixed(read, form)) {
        keep_order(d, at, read);
    }

    xd_each (one, read) {
        if (!is_group(one) || d->m->rc != XD_OK) {
            continue;
        }
        if (run.name.ptr == NULL || !xd_str_eq(run.name, one->key)) {
            run = run_of(made, one);
        }
        group_down(d, at, &run, one, map_form_part(form, one->key, &n));
    }

    xd_each (one, made) {
        if (is_group(one) && !one->truth && d->m->rc == XD_OK) {
            gone(d, at, one, map_form_part(form, one->key, &n));
        }
    }
}


xd_node_t *
map_tree_delta(map_run_t *m, const map_tree_t *tree, const xd_node_t *read,
    xd_node_t *made)
{
    delta_t d = { m, xd_node_new(m->arena, XD_OBJECT) };
    at_t top = { 0 };

    if (d.out == NULL) {
        m->rc = XD_E_MEMORY;
        return NULL;
    }

    level(&d, &top, made, read, &tree->form);

    return d.out->count > 0 ? d.out : NULL;
}
