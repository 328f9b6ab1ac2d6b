/* SPDX-License-Identifier: BSD-2-Clause */

/* Declared trees at work: groups are objects among the members of their
 * group, several of one name one behind the other; all else is a value. */

#include "map/tree.h"

#include "map/codecs.h"

#define NAME_MAX_BYTES 260 /* of one part of a key */


static bool
is_group(const xd_node_t *node)
{
    return node->kind == XD_OBJECT;
}


static const xd_node_t *
group_from(const xd_node_t *node, xd_str_t name)
{
    while (node != NULL && !(is_group(node) && xd_str_eq(node->key, name))) {
        node = node->next;
    }

    return node;
}


static const xd_node_t *
tree_first(const xd_node_t *in, const char *name)
{
    return group_from(in->first, xd_str(name));
}


static const xd_node_t *
tree_next(const xd_node_t *group)
{
    return group_from(group->next, group->key);
}


static const xd_node_t *
value_in(const xd_node_t *group, xd_str_t key)
{
    xd_each (member, group) {
        if (!is_group(member) && xd_str_eq(member->key, key)) {
            return member;
        }
    }

    return NULL;
}


/* Down the groups of a key to its value. */
static const xd_node_t *
tree_value(const xd_node_t *group, const char *key)
{
    xd_str_t rest = xd_str(key), name = xd_str_cut(&rest, '/');

    while (group != NULL && rest.ptr != NULL) {
        group = group_from(group->first, name);
        name = xd_str_cut(&rest, '/');
    }

    return group != NULL ? value_in(group, name) : NULL;
}


static xd_node_t *
tree_add(xd_arena_t *arena, xd_node_t *in, const char *name)
{
    return xd_put(arena, in, name, XD_OBJECT);
}


static xd_node_t *
tree_set(xd_arena_t *arena, xd_node_t *group, const char *key, xd_str_t text)
{
    const char *slash;

    while (group != NULL && (slash = strchr(key, '/')) != NULL) {
        xd_str_t name = { key, (size_t) (slash - key) };
        const xd_node_t *in = group_from(group->first, name);
        char *own = in == NULL ? xd_alloc(arena, name.len + 1) : NULL;

        if (own != NULL) {
            memcpy(own, name.ptr, name.len);
            own[name.len] = '\0';
        }

        /* groups of a tree that is made are ours to change */
        group = in != NULL    ? (xd_node_t *) (uintptr_t) in
                : own != NULL ? tree_add(arena, group, own)
                              : NULL;
        key = slash + 1;
    }

    return xd_put_str(arena, group, key, text);
}


static xd_node_t *
tree_make(xd_arena_t *arena, const char *set, const char *version)
{
    (void) set;
    (void) version;

    return xd_node_new(arena, XD_OBJECT);
}


xd_node_t *
map_tree_root(xd_arena_t *arena, const map_tree_t *tree)
{
    xd_node_t *root = xd_node_new(arena, XD_OBJECT);

    for (size_t i = 0; i < tree->spaces.count; i++) {
        const map_space_t *s = XD_AT(&tree->spaces, map_space_t, i);
        xd_str_t key = xd_fmt(arena, "@xmlns:%.*s", XD_FMT(s->prefix));

        if (key.ptr == NULL || xd_put_str(arena, root, key.ptr, s->uri) == NULL)
        {
            return NULL;
        }
    }

    return root;
}


static const xd_node_t *
tree_groups(const xd_node_t *in, const xd_node_t *last)
{
    const xd_node_t *one = last != NULL ? last->next : in->first;

    while (one != NULL && !is_group(one)) {
        one = one->next;
    }

    return one;
}


static xd_str_t
tree_name(const xd_node_t *group)
{
    return group->key;
}


static bool
tree_is_value(const xd_node_t *member)
{
    return !is_group(member);
}


static const char *
tree_names_by(xd_str_t name, bool composite)
{
    (void) name;
    (void) composite;

    return NULL;
}


static xd_node_t *
tree_insert(xd_arena_t *arena, xd_node_t *in, const char *name, size_t index)
{
    (void) index; /* the order is made at the end */

    return tree_add(arena, in, name);
}


static const char *const none[] = { NULL };

static const map_code_t no_units[] = { { NULL, NULL } };

/* Values as XML writes them: days and points in time by ISO 8601,
 * amounts beside their currency. */
static const map_usual_t usual[] = {
    { MAP_L_DATE, MAP_R_DATE, "iso-day", 0 },
    { MAP_L_TEXT, MAP_R_DATE, "iso-day", 0 },
    { MAP_L_DATE, MAP_R_INSTANT, "iso-instant", 0 },
    { MAP_L_TEXT, MAP_R_INSTANT, "iso-instant", 0 },
    { MAP_L_DATES, MAP_R_INSTANT, "iso-instant", 0 },
    { MAP_L_DATE, MAP_R_MOMENT, "iso-moment", 0 },
    { MAP_L_TEXT, MAP_R_MOMENT, "iso-moment", 0 },
    { MAP_L_DATES, MAP_R_MOMENT, "iso-moment", 0 },
    { MAP_L_VALUES, MAP_R_MONEY, "amount", 0 },
    { MAP_L_TEXT, MAP_R_MONEY, "money", 0 },
    { 0, 0, NULL, 0 },
};

const map_kind_t map_kind_tree = {
    .syntax = "tree",
    .first = tree_first,
    .next = tree_next,
    .value = tree_value,
    .add = tree_add,
    .set = tree_set,
    .make = tree_make,
    .insert = tree_insert,
    .groups = tree_groups,
    .name = tree_name,
    .is_value = tree_is_value,
    .names_by = tree_names_by,
    .structure = none,
    .service = none,
    .units = no_units,
    .units_are_open = true,
    .usual = usual,
};


/* -- order ----------------------------------------------------------------- */

typedef struct {
    xd_node_t *node;
    size_t place;
} placed_t;


/* Where a part stands among those of its form: attributes first, then values,
 * then groups. */
static size_t
place_of(const xd_node_t *node, const map_form_t *form, size_t *n,
    const map_form_t **part)
{
    *part = NULL;
    if (!is_group(node)) {
        return node->key.len > 0 && node->key.ptr[0] == '@' ? 0 : 1;
    }

    *part = map_form_part(form, node->key, n);

    return *part != NULL ? *n + 2 : SIZE_MAX;
}


/* Most stand right already, so each is carried back as far as it must. */
static void
order(placed_t *row, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        placed_t one = row[i];
        size_t j = i;

        for (; j > 0 && row[j - 1].place > one.place; j--) {
            row[j] = row[j - 1];
        }
        row[j] = one;
    }
}


void
map_tree_link(xd_node_t *node, xd_node_t *const *row, size_t count)
{
    node->first = node->last = NULL;
    for (size_t i = 0; i < count; i++) {
        row[i]->next = NULL;
        if (node->last != NULL) {
            node->last->next = row[i];
        } else {
            node->first = row[i];
        }
        node->last = row[i];
    }
    node->count = (uint32_t) count;
    node->index = NULL;
}


static xd_rc_t
sort_parts(xd_arena_t *arena, xd_node_t *node, placed_t *row)
{
    xd_node_t **nodes = xd_alloc_n(arena, node->count, sizeof(*nodes));
    size_t count = node->count;

    if (nodes == NULL) {
        return XD_E_MEMORY;
    }

    order(row, count);
    for (size_t i = 0; i < count; i++) {
        nodes[i] = row[i].node;
    }
    map_tree_link(node, nodes, count);

    return XD_OK;
}


xd_rc_t
map_tree_sort(xd_arena_t *arena, xd_node_t *node, const map_form_t *form)
{
    placed_t *row;
    size_t n = 0, i = 0;
    bool sorted = true;
    xd_rc_t rc = XD_OK;

    if (node->count == 0) {
        return XD_OK;
    }

    row = xd_alloc_n(arena, node->count, sizeof(*row));
    if (row == NULL) {
        return XD_E_MEMORY;
    }

    xd_each (one, node) {
        const map_form_t *part;

        row[i] = (placed_t){ one, place_of(one, form, &n, &part) };
        sorted = sorted && (i == 0 || row[i - 1].place <= row[i].place);
        i++;
        if (is_group(one)) {
            rc = rc == XD_OK ? map_tree_sort(arena, one, part) : rc;
        }
    }

    return rc != XD_OK || sorted ? rc : sort_parts(arena, node, row);
}
