/* SPDX-License-Identifier: BSD-2-Clause */

#include "canon/codelist.h"

#include "base/map.h"
#include "canon/data.h"


struct xd_codelist_s {
    const xd_data_t *file;
    xd_str_t name;
    xd_map_t *by_code; /* to its row */
    xd_map_t *by_unit; /* a unit of Recommendation 20 to its row */
};

struct xd_codelists_s {
    xd_codelist_t *all;
    size_t count;
};

/* One file being read, and what it becomes. */
typedef struct {
    xd_data_reader_t *in;
    xd_codelist_t *list;
} reader_t;

#define FAULT(r, at, ...) xd_data_fault((r)->in, (at), "codelist." __VA_ARGS__)


/* -- reading --------------------------------------------------------------- */


static void
put(reader_t *r, xd_map_t *map, xd_str_t key, xd_node_t *row)
{
    if (xd_map_put(map, key, row, NULL) != XD_OK) {
        r->in->rc = XD_E_MEMORY;
    }
}


static void
check_members(reader_t *r, const xd_node_t *row)
{
    const xd_node_t *members = xd_get(r->list->file->root, "members");

    xd_each (member, row) {
        if (!xd_str_is(member->key, "code")
            && xd_get_str(members, member->key) == NULL) {
            FAULT(r, member, "member", "say in members what %.*s is",
                XD_FMT(member->key));
        }
    }
}


/* One code for each unit is written, so that a map can go back. */
static void
add_unit(reader_t *r, xd_node_t *row)
{
    xd_str_t unit = xd_text(row, "rec20");
    bool preferred = xd_truth(row, "preferred", true);
    const xd_node_t *other;

    if (unit.ptr == NULL) {
        return;
    }

    other = xd_map_get(r->list->by_unit, unit);
    if (other == NULL || !xd_truth(other, "preferred", true)) {
        put(r, r->list->by_unit, unit, row);

    } else if (preferred) {
        FAULT(r, row, "preferred",
            "%.*s and %.*s both mean %.*s; \"preferred\" is true for one",
            XD_FMT(xd_text(other, "code")), XD_FMT(xd_text(row, "code")),
            XD_FMT(unit));
    }
}


static void
check_units(reader_t *r)
{
    xd_each (row, xd_get(r->list->file->root, "codes")) {
        xd_str_t unit = xd_text(row, "rec20");
        const xd_node_t *best =
            unit.ptr == NULL ? NULL : xd_map_get(r->list->by_unit, unit);

        if (best == row && !xd_truth(row, "preferred", true)) {
            FAULT(r, row, "preferred",
                "no code for %.*s is preferred; choose one", XD_FMT(unit));
        }
    }
}


static void
read_list(xd_data_reader_t *in, void *made)
{
    xd_codelist_t *l = made;
    reader_t r = { in, l };

    l->file = in->file;
    l->name = xd_text(l->file->root, "list");
    l->by_code = xd_map_new(in->arena);
    l->by_unit = xd_map_new(in->arena);
    if (l->by_code == NULL || l->by_unit == NULL) {
        in->rc = XD_E_MEMORY;
        return;
    }

    xd_each (row, xd_get(l->file->root, "codes")) {
        xd_str_t code = xd_text(row, "code");

        if (xd_map_get(l->by_code, code) != NULL) {
            FAULT(&r, row, "twice", "the code %.*s stands twice", XD_FMT(code));
            continue;
        }

        put(&r, l->by_code, code, row);
        check_members(&r, row);
        add_unit(&r, row);
    }

    check_units(&r);
}


xd_rc_t
xd_codelists_load(xd_arena_t *arena, const char *dir,
    const xd_schemas_t *schemas, xd_codelists_t **out, xd_report_t *rep)
{
    static const xd_data_kind_t kind = { "codes", "codelist",
        sizeof(xd_codelist_t), read_list };
    xd_data_reader_t in = { .arena = arena, .dir = dir, .rep = rep };
    xd_codelists_t *set = xd_alloc(arena, sizeof(*set));
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


/* -- looking up ------------------------------------------------------------ */


const xd_codelist_t *
xd_codelist_find(const xd_codelists_t *set, xd_str_t name)
{
    for (size_t i = 0; i < set->count; i++) {
        if (xd_str_eq(set->all[i].name, name)) {
            return &set->all[i];
        }
    }

    return NULL;
}


const xd_node_t *
xd_codelist_root(const xd_codelist_t *list)
{
    return list->file->root;
}


const xd_node_t *
xd_codelist_row(const xd_codelist_t *list, xd_str_t code)
{
    return xd_map_get(list->by_code, code);
}


xd_str_t
xd_codelist_rec20(const xd_codelist_t *list, xd_str_t code)
{
    return xd_text(xd_codelist_row(list, code), "rec20");
}


xd_str_t
xd_codelist_from_rec20(const xd_codelist_t *list, xd_str_t unit)
{
    return xd_text(xd_map_get(list->by_unit, unit), "code");
}
