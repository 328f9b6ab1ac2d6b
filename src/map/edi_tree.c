/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Trees of EDI (edi/grade.h): a segment id, or a loop's name, names an array of
 * its occurrences; a key names an element, "2", or a component of one, "2.1".
 */

#include "map/edifact_map.h"
#include "map/x12_map.h"

#define COMPONENTS 100 /* of one element */


/* -- groups ---------------------------------------------------------------- */

/* Elements have numbers, segments and loops names. */
static bool
edi_is_value(const xd_node_t *member)
{
    return member->key.len > 0 && member->key.ptr[0] >= '0'
           && member->key.ptr[0] <= '9';
}


/* Loops of EDIFACT have numbers too; they are no keys, as they begin with
 * "SG". */
static const xd_node_t *
edi_first(const xd_node_t *in, const char *name)
{
    const xd_node_t *array = xd_get(in, name);

    return array != NULL && array->kind == XD_ARRAY ? array->first : NULL;
}


static const xd_node_t *
edi_next(const xd_node_t *group)
{
    return group->next;
}


static xd_node_t *
edi_add(xd_arena_t *arena, xd_node_t *in, const char *name)
{
    xd_node_t *array = xd_get(in, name);

    if (array == NULL) {
        array = xd_put(arena, in, name, XD_ARRAY);
    }

    return xd_node_add(arena, array, xd_node_new(arena, XD_OBJECT));
}


static xd_node_t *
edi_insert(xd_arena_t *arena, xd_node_t *in, const char *name, size_t index)
{
    xd_node_t *group = edi_add(arena, in, name), *array, *before;

    if (group == NULL || index + 1 >= group->parent->count) {
        return group;
    }

    array = group->parent;
    before = index > 0 ? xd_nth(array, index - 1) : NULL;
    array->last = xd_nth(array, array->count - 2);
    array->last->next = NULL;
    group->next = before != NULL ? before->next : array->first;
    if (before != NULL) {
        before->next = group;
    } else {
        array->first = group;
    }

    return group;
}


/* The first group of the arrays from a member on. */
static const xd_node_t *
edi_group_from(const xd_node_t *member)
{
    for (; member != NULL; member = member->next) {
        if (member->kind == XD_ARRAY && !edi_is_value(member)
            && member->first != NULL) {
            return member->first;
        }
    }

    return NULL;
}


static const xd_node_t *
edi_groups(const xd_node_t *in, const xd_node_t *last)
{
    if (last == NULL) {
        return edi_group_from(in->first);
    }

    return last->next != NULL ? last->next : edi_group_from(last->parent->next);
}


static xd_str_t
edi_name(const xd_node_t *group)
{
    return group->parent->key;
}


/* -- values ---------------------------------------------------------------- */

/* "2.1": the key of the element, and which component; 0: the element. */
static xd_str_t
element_of(const char *key, uint64_t *component)
{
    xd_str_t rest = xd_str(key), element = xd_str_cut(&rest, '.');

    *component = 0;
    if (rest.ptr != NULL && !xd_str_uint(rest, COMPONENTS, component)) {
        *component = COMPONENTS;
    }

    return element;
}


static const xd_node_t *
edi_value(const xd_node_t *group, const char *key)
{
    uint64_t n;
    xd_str_t element = element_of(key, &n);
    const xd_node_t *node = xd_get_str(group, element);

    if (node == NULL || n == 0) {
        return node;
    }

    node = node->kind == XD_ARRAY ? xd_nth(node, (size_t) n - 1) : NULL;

    /* components before another one are there, though they say nothing */
    return node != NULL && node->text.len > 0 ? node : NULL;
}


/* Sets a component; those before it are made, if they are not there. */
static xd_node_t *
component_set(xd_arena_t *arena, xd_node_t *array, size_t n, xd_str_t text)
{
    xd_node_t *node = xd_nth(array, n - 1);

    while (array != NULL && array->count < n) {
        node = xd_node_add(arena, array, xd_node_new(arena, XD_STRING));
        if (node == NULL) {
            return NULL;
        }
        node->text = XD_STR("");
    }

    if (node != NULL) {
        node->text = text;
    }

    return node;
}


static xd_node_t *
edi_set(xd_arena_t *arena, xd_node_t *group, const char *key, xd_str_t text)
{
    uint64_t n;
    xd_str_t element = element_of(key, &n);
    xd_node_t *array;

    if (n == 0) {
        return xd_put_str(arena, group, key, text);
    }

    array = xd_get_str(group, element);
    if (array == NULL) {
        array = xd_node_new(arena, XD_ARRAY);
        if (array != NULL) {
            array->key = element;
        }
        array = xd_node_add(arena, group, array);
    }

    return array != NULL && array->kind == XD_ARRAY
               ? component_set(arena, array, (size_t) n, text)
               : NULL;
}


/* -- X12 ------------------------------------------------------------------- */

static xd_node_t *
x12_make(xd_arena_t *arena, const char *set, const char *version)
{
    xd_node_t *tree = xd_node_new(arena, XD_OBJECT);

    (void) version; /* is the envelope's matter */

    return xd_put_str(arena, edi_add(arena, tree, "ST"), "1", xd_str(set))
                   != NULL
               ? tree
               : NULL;
}


/* Levels are told apart by what they are, all else by its first element; of
 * totals there is one. */
static const char *
x12_names_by(xd_str_t name, bool composite)
{
    (void) composite;

    return xd_str_is(name, "HL") ? "3" : xd_str_is(name, "CTT") ? NULL : "1";
}


static const char *const x12_service[] = { "ST", "SE", NULL };
static const char *const x12_structure[] = { "ST", "SE", "CTT", "HL", NULL };

const map_kind_t map_kind_x12 = {
    .syntax = "x12",
    .first = edi_first,
    .next = edi_next,
    .value = edi_value,
    .add = edi_add,
    .set = edi_set,
    .make = x12_make,
    .insert = edi_insert,
    .groups = edi_groups,
    .name = edi_name,
    .is_value = edi_is_value,
    .names_by = x12_names_by,
    .service = x12_service,
    .structure = x12_structure,
    .units = x12_units,
    .versions_grow = true,
};


/* -- EDIFACT --------------------------------------------------------------- */

/* UNH02: the message, and its directory: "D96A" is version D, release 96A. */
static xd_node_t *
edifact_make(xd_arena_t *arena, const char *set, const char *version)
{
    xd_node_t *tree = xd_node_new(arena, XD_OBJECT);
    xd_node_t *unh = edi_add(arena, tree, "UNH");

    return unh != NULL && edi_set(arena, unh, "2.1", xd_str(set)) != NULL
                   && edi_set(arena, unh, "2.2",
                          (xd_str_t){ version, version[0] != '\0' })
                          != NULL
                   && edi_set(arena, unh, "2.3",
                          xd_str(version[0] != '\0' ? version + 1 : ""))
                          != NULL
                   && edi_set(arena, unh, "2.4", XD_STR("UN")) != NULL
               ? tree
               : NULL;
}


/* The qualifier comes first, also where it is one of several components; that
 * of a telephone number comes second. */
static const char *
edifact_names_by(xd_str_t name, bool composite)
{
    return xd_str_is(name, "COM") ? "1.2" : composite ? "1.1" : "1";
}


static const char *const edifact_structure[] = { "UNH", "UNT", NULL };

const map_kind_t map_kind_edifact = {
    .syntax = "edifact",
    .first = edi_first,
    .next = edi_next,
    .value = edi_value,
    .add = edi_add,
    .set = edi_set,
    .make = edifact_make,
    .insert = edi_insert,
    .groups = edi_groups,
    .name = edi_name,
    .is_value = edi_is_value,
    .names_by = edifact_names_by,
    .section = "UNS",
    .service = edifact_structure,
    .structure = edifact_structure,
    .units = edifact_units,
    .units_are_open = true,
};


/* -- all kinds ------------------------------------------------------------- */

const map_kind_t *
map_kind_find(xd_str_t syntax)
{
    static const map_kind_t *const kinds[] = { &map_kind_x12,
        &map_kind_edifact };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (xd_str_is(syntax, kinds[i]->syntax)) {
            return kinds[i];
        }
    }

    return NULL;
}
