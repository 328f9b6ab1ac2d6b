/* SPDX-License-Identifier: BSD-2-Clause */

/* Trees of EDI (edi/grade.h), and what codecs of X12 have in common. */

#include "map/x12_map.h"


/* -- trees ----------------------------------------------------------------- */

/* A segment id, or a loop's name, names an array of its occurrences. */
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


static const xd_node_t *
edi_value(const xd_node_t *group, const char *key)
{
    return xd_get(group, key);
}


/* Elements have numbers, segments and loops names. */
static bool
edi_is_value(const xd_node_t *member)
{
    return member->key.len > 0 && member->key.ptr[0] >= '0'
           && member->key.ptr[0] <= '9';
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
edi_set(xd_arena_t *arena, xd_node_t *group, const char *key, xd_str_t text)
{
    return xd_put_str(arena, group, key, text);
}


static xd_node_t *
x12_make(xd_arena_t *arena, const char *set)
{
    xd_node_t *tree = xd_node_new(arena, XD_OBJECT);

    return xd_put_str(arena, edi_add(arena, tree, "ST"), "1", xd_str(set))
                   != NULL
               ? tree
               : NULL;
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


/* Levels are told apart by what they are, all else by its first element; of
 * totals there is one. */
static const char *
x12_names_by(xd_str_t name)
{
    return xd_str_is(name, "HL") ? "3" : xd_str_is(name, "CTT") ? NULL : "1";
}


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
    .structure = x12_structure,
    .units = x12_units,
};


const map_kind_t *
map_kind_find(xd_str_t syntax)
{
    static const map_kind_t *const kinds[] = { &map_kind_x12 };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (xd_str_is(syntax, kinds[i]->syntax)) {
            return kinds[i];
        }
    }

    return NULL;
}


/* -- for codecs ------------------------------------------------------------ */

const char *const x12_names[X12_NAMES] = { "0", "1", "2", "3", "4", "5", "6",
    "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19",
    "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31",
    "32", "33", "34", "35", "36", "37", "38", "39" };


const xd_node_t *
x12_segment(const xd_node_t *in, const char *id, const char *qualifier)
{
    xd_each (seg, xd_get(in, id)) {
        if (qualifier == NULL || xd_str_is(xd_text(seg, "1"), qualifier)) {
            return seg;
        }
    }

    return NULL;
}


const char *
x12_scheme(map_run_t *m, const char *element, xd_str_t code)
{
    xd_str_t name = xd_fmt(m->arena, "x12-%s-%.*s", element,
        (int) (code.len < 8 ? code.len : 8), code.ptr);

    if (name.ptr == NULL) {
        m->rc = XD_E_MEMORY;
        return "x12";
    }

    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z')
            && !(c >= 'a' && c <= 'z') && c != '-')
        {
            return "x12";
        }
    }

    return name.ptr;
}
