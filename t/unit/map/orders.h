/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_T_UNIT_MAP_ORDERS_H
#define XD_T_UNIT_MAP_ORDERS_H

/* What the tests of orders, answers and invoices share. */

#include <check.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"
#include "canon/schema.h"
#include "format/json.h"
#include "edi/shape.h"
#include "map/mapping.h"
#include "tree/number.h"

#define CASES "t/cases/x12/"
#define SHOWN 1500 /* bytes of a document in a message */

/* Documents that go out, and the tree that the typical one becomes. */
static const struct {
    const char *document, *tree;
} outward[] = {
    { "purchase-order", "order-out" },
    { "order-response", "answer" },
    { "invoice", "invoice" },
};

#define OUTWARD ((int) (sizeof(outward) / sizeof(outward[0])))

static xd_arena_t *arena, *maps_arena;
static xd_mappings_t maps;
static xd_report_t report;
static xd_node_t *got, *left; /* of the last read */


/* The maps of conf/, once for all tests: an unchecked fixture. */
static inline void
load_maps(void)
{
    const xd_mappings_env_t env = { "canonical-schemas", xd_edi_shapes };
    xd_report_t rep;

    maps_arena = xd_arena_new(0);
    xd_report_init(&rep, maps_arena, 10);
    ck_assert_msg(xd_mappings_load(maps_arena, "conf/maps", &env, &maps, &rep)
                      == XD_OK,
        "%.*s", XD_FMT(rep.nkept > 0 ? rep.kept[0].text : XD_STR("")));
}


static inline void
unload_maps(void)
{
    xd_arena_free(maps_arena);
}


static inline void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&report, arena, 100);
    got = left = NULL;
}


static inline void
teardown(void)
{
    xd_arena_free(arena);
}


/* -- helpers -------------------------------------------------------------- */

static inline xd_node_t *
tree(xd_str_t json)
{
    xd_node_t *root = NULL;

    ck_assert_msg(xd_json_read(arena, json, NULL, &root, &report) == XD_OK,
        "%.*s", XD_FMT(json));

    return root;
}


static inline xd_node_t *
quoted(const char *text)
{
    xd_str_t json = xd_dup(arena, xd_str(text));
    char *own = xd_alloc(arena, json.len + 1);

    for (size_t i = 0; i < json.len; i++) {
        own[i] = json.ptr[i] == '\'' ? '"' : json.ptr[i];
    }

    return tree((xd_str_t){ own, json.len });
}


static inline xd_node_t *
sample(const char *path)
{
    xd_str_t bytes;

    ck_assert_msg(xd_file_read(arena, path, 1 << 20, &bytes) == XD_OK, "%s",
        path);

    return tree(bytes);
}


static inline xd_node_t *
example(const char *document, const char *name)
{
    return sample(
        xd_fmt(arena, "canonical-schemas/%s/examples/%s.json", document, name)
            .ptr);
}


static inline bool
told(const char *rule, const char *path)
{
    for (size_t i = 0; i < report.nkept; i++) {
        if (strcmp(report.kept[i].rule, rule) == 0
            && (path == NULL || xd_str_is(report.kept[i].path, path)))
        {
            return true;
        }
    }

    return false;
}


static inline const xd_mapping_t *
map_of(const char *set, const char *document)
{
    const xd_mapping_t *map =
        xd_mapping_in(&maps, &(xd_mapping_query_t){ .set = xd_str(set),
                                 .syntax = XD_STR("x12"),
                                 .document = xd_str(document) });

    ck_assert_ptr_nonnull(map);

    return map;
}


/* The map that reads a set of anybody. */
static inline const xd_mapping_t *
map_in(const char *set)
{
    return xd_mapping_in(&maps, &(xd_mapping_query_t){ .set = xd_str(set) });
}


static inline const xd_mapping_t *
map_out(const char *document)
{
    const xd_mapping_t *map =
        xd_mapping_out(&maps, &(xd_mapping_query_t){ .syntax = XD_STR("x12"),
                                  .document = xd_str(document) });

    ck_assert_ptr_nonnull(map);

    return map;
}


static inline xd_rc_t
reads(const xd_mapping_t *map, const xd_node_t *set)
{
    left = NULL;

    return xd_mapping_read(map, arena, set, &report, NULL, &got, &left);
}


static inline xd_rc_t
writes_tree(const xd_mapping_t *map, const xd_node_t *doc, xd_node_t **set)
{
    return xd_mapping_write(map, arena, doc, &report, NULL, set);
}


static inline void
fits_the_schema(const char *document, const xd_node_t *doc)
{
    xd_schemas_t *schemas = NULL;
    const xd_schema_t *schema;

    ck_assert_int_eq(xd_schemas_load(arena, "canonical-schemas", &schemas,
                         &report),
        XD_OK);
    schema = xd_schema_find(schemas, xd_fmt(arena, "%s#business", document));
    ck_assert_ptr_nonnull(schema);
    ck_assert_msg(xd_schema_check(schema, doc, arena, &report) == XD_OK,
        "%.*s: %.*s", XD_FMT(report.kept[report.nkept - 1].path),
        XD_FMT(report.kept[report.nkept - 1].text));
}


/* -- the same ------------------------------------------------------------- */

static inline bool within(const xd_node_t *small, const xd_node_t *large);


/* Numbers of a party or an article are a set. */
static inline bool
any_of(const xd_node_t *one, const xd_node_t *array)
{
    xd_each (other, array) {
        if (within(one, other)) {
            return true;
        }
    }

    return false;
}


static inline bool
same_text(xd_str_t a, xd_str_t b)
{
    int64_t x, y;

    if (xd_str_eq(a, b)) {
        return true;
    }

    if (xd_instant_read(a, &x) && xd_instant_read(b, &y)) {
        return x == y;
    }

    return a.len > 0 && b.len > 0 && a.ptr[0] >= '-' && a.ptr[0] <= '9'
           && b.ptr[0] >= '-' && b.ptr[0] <= '9' && xd_number_cmp(a, b) == 0;
}


/* Says the large one all that the small one says?  Amounts as numbers, points
 * in time as such. */
static inline bool
within(const xd_node_t *small, const xd_node_t *large)
{
    size_t n = 0;

    if (large == NULL || small->kind != large->kind) {
        return false;
    }

    if (small->kind != XD_ARRAY && small->kind != XD_OBJECT) {
        return same_text(small->text, large->text);
    }

    if (small->kind == XD_ARRAY && small->count != large->count) {
        return false;
    }

    xd_each (child, small) {
        bool found = small->kind == XD_OBJECT
                         ? within(child, xd_get_str(large, child->key))
                     : xd_str_is(small->key, "altIds")
                         ? any_of(child, large)
                         : within(child, xd_nth(large, n));

        n++;
        if (!found) {
            return false;
        }
    }

    return true;
}


/* A copy without what does not go out. */
static inline xd_node_t *
business(const xd_node_t *doc)
{
    static const char *const ours[] = { "meta", "state", "version", "match" };
    xd_node_t *copy = xd_node_new(arena, XD_OBJECT);

    xd_each (member, doc) {
        bool out = true;

        for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++) {
            out = out && !xd_str_is(member->key, ours[i]);
        }

        if (out) {
            xd_node_t *own = xd_node_copy(arena, member);

            own->key = member->key;
            xd_node_add(arena, copy, own);
        }
    }

    return copy;
}


static inline xd_str_t
shown(const xd_node_t *node)
{
    xd_buf_t out = { 0 };
    xd_str_t text;

    xd_json_write(&out, node, XD_JSON_COMPACT);
    text = xd_dup(arena, xd_buf_str(&out));
    xd_buf_free(&out);
    text.len = text.len < SHOWN ? text.len : SHOWN;

    return text;
}


/* Both laws for one document. */
static inline void
laws(const xd_mapping_t *map, const xd_node_t *doc)
{
    xd_node_t *set = NULL, *first, *again, *second = NULL;

    ck_assert_msg(writes_tree(map, doc, &set) == XD_OK, "%.*s: %.*s",
        XD_FMT(report.kept[report.nkept - 1].path),
        XD_FMT(report.kept[report.nkept - 1].text));
    ck_assert_msg(reads(map, set) == XD_OK, "%.*s: %.*s",
        XD_FMT(report.kept[report.nkept - 1].path),
        XD_FMT(report.kept[report.nkept - 1].text));
    first = got;
    ck_assert_msg(within(business(doc), first), "%.*s\nbecame\n%.*s",
        XD_FMT(shown(business(doc))), XD_FMT(shown(first)));
    fits_the_schema(map->document, first);

    /* who writes it has its meta */
    again = xd_node_copy(arena, first);
    if (xd_get(doc, "meta") != NULL) {
        xd_node_t *meta = xd_node_copy(arena, xd_get(doc, "meta"));

        meta->key = XD_STR("meta");
        xd_node_add(arena, again, meta);
    }

    ck_assert_int_eq(writes_tree(map, again, &second), XD_OK);
    ck_assert_int_eq(reads(map, second), XD_OK);
    ck_assert_msg(xd_node_equal(first, got), "%.*s\nbecame\n%.*s",
        XD_FMT(shown(first)), XD_FMT(shown(got)));
}

/* One node of a document, counted through; NULL behind the last. */
static inline xd_node_t *
node_at(xd_node_t *root, size_t *n)
{
    xd_node_t *found = *n == 0 ? root : NULL;

    if (found != NULL) {
        return found;
    }

    --*n;
    xd_each (child, root) {
        found = found == NULL ? node_at(child, n) : found;
    }

    return found;
}


/* Takes a node out of what it stands in. */
static inline void
remove_node(xd_node_t *node)
{
    xd_node_t *in = node->parent, **link = &in->first, *last = NULL;

    while (*link != node) {
        last = *link;
        link = &last->next;
    }
    *link = node->next;
    in->last = in->last == node ? last : in->last;
    in->count--;
    in->index = NULL;
}


/* A document that is spoiled at any place is written or refused, and harms
 * nothing. */
static inline void
harmless(const xd_mapping_t *map, const xd_node_t *doc)
{
    static const xd_kind_t kinds[] = { XD_NULL, XD_NUMBER, XD_STRING, XD_ARRAY,
        XD_OBJECT };
    const size_t nkinds = sizeof(kinds) / sizeof(kinds[0]);
    xd_arena_t *work = xd_arena_new(0);

    for (size_t n = 1;; n++) {
        for (size_t k = 0; k <= nkinds; k++) {
            xd_node_t *copy, *node, *set = NULL;
            size_t at = n;
            xd_rc_t rc;

            xd_arena_reset(work);
            xd_report_init(&report, work, 10);
            copy = xd_node_copy(work, doc);
            node = node_at(copy, &at);
            if (node == NULL) {
                xd_arena_free(work);
                return;
            }

            if (k == nkinds) {
                if (node->parent != NULL) {
                    remove_node(node);
                }
            } else {
                node->kind = kinds[k];
                node->text = kinds[k] == XD_STRING ? XD_STR("?") : XD_STR_NONE;
                node->first = node->last = NULL;
                node->count = 0;
            }
            rc = xd_mapping_write(map, work, copy, &report, NULL, &set);
            ck_assert(rc == XD_OK || rc == XD_E_SYNTAX);
            ck_assert(rc == XD_OK || xd_report_errors(&report) > 0);
        }
    }
}

#endif
