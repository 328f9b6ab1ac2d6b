/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Trees of XML (format/xml.h) as maps see them: an element is called by the
 * prefix that the map gives its namespace, whatever the text calls it.
 *
 *   "cbc:ID"     of a namespace that has a prefix in the map
 *   "Order"      of the namespace of the root, or of none where that has none
 *   "{urn:x}ID"  of any other
 *   "#run"       a text behind an element (mixed content): a group of its own
 */

#include "map/tree.h"

#include "format/xml.h"
#include "map/mapping.h"


typedef struct {
    xd_arena_t *arena;
    const map_tree_t *tree;
    xd_rc_t rc;
} turn_t;

/* The last namespace that was looked up: neighbours share it. */
typedef struct {
    xd_str_t uri, prefix; /* prefix.ptr NULL: it has none */
} last_t;


/* -- in -------------------------------------------------------------------- */

static xd_str_t
prefix_of(const map_tree_t *tree, xd_str_t uri)
{
    for (size_t i = 0; i < tree->spaces.count; i++) {
        const map_space_t *s = XD_AT(&tree->spaces, map_space_t, i);

        if (xd_str_eq(s->uri, uri)) {
            return s->prefix;
        }
    }

    return XD_STR_NONE;
}


static void
name_in(turn_t *t, xd_node_t *node, last_t *last, xd_str_t uri)
{
    if (xd_str_eq(uri, t->tree->space)) {
        return; /* as it is */
    }

    if (last->uri.ptr == NULL || !xd_str_eq(last->uri, uri)) {
        *last = (last_t){ uri, prefix_of(t->tree, uri) };
    }

    node->key = last->prefix.ptr != NULL ? xd_fmt(t->arena, "%.*s:%.*s",
                    XD_FMT(last->prefix), XD_FMT(node->key))
                                         : xd_fmt(t->arena, "{%.*s}%.*s",
                                             XD_FMT(uri), XD_FMT(node->key));
    if (node->key.ptr == NULL) {
        t->rc = XD_E_MEMORY;
        node->key = XD_STR("");
    }
}


/* Takes the declaration of an element's own namespace off. */
static xd_str_t
space_in(xd_node_t *node, xd_str_t around)
{
    xd_node_t *before = NULL;

    for (xd_node_t *one = node->first; one != NULL; one = one->next) {
        if (!xd_str_is(one->key, "@xmlns")) {
            before = one;
            continue;
        }
        if (before != NULL) {
            before->next = one->next;
        } else {
            node->first = one->next;
        }
        node->last = node->last == one ? before : node->last;
        node->count--;
        node->index = NULL;
        return one->text;
    }

    return around;
}


/* A text behind an element becomes a group, so that its place is kept. */
static void
runs_in(turn_t *t, xd_node_t *node)
{
    bool behind = false;

    xd_each (one, node) {
        xd_node_t *text;

        if (xd_xml_is_element(one)) {
            behind = true;
        } else if (behind && xd_xml_is_text(one)) {
            text = xd_node_new(t->arena, XD_STRING);
            if (text == NULL) {
                t->rc = XD_E_MEMORY;
                return;
            }
            text->text = one->text;
            text->offset = one->offset;
            text->line = one->line;
            text->column = one->column;
            text->key = one->key;
            one->kind = XD_OBJECT;
            one->text = XD_STR_NONE;
            one->key = XD_STR("#run");
            xd_node_add(t->arena, one, text);
        }
    }
}


static void
element_in(turn_t *t, xd_node_t *node, last_t *last, xd_str_t around)
{
    xd_str_t uri = space_in(node, around);

    name_in(t, node, last, uri);
    xd_each (one, node) {
        if (t->rc == XD_OK && xd_xml_is_element(one)) {
            element_in(t, one, last, uri);
        }
    }
    runs_in(t, node);
}


xd_rc_t
map_xml_in(xd_arena_t *arena, const map_tree_t *tree, xd_node_t *root)
{
    turn_t t = { arena, tree, XD_OK };
    last_t last = { XD_STR_NONE, XD_STR_NONE };

    element_in(&t, root, &last, XD_STR(""));

    return t.rc;
}


/* -- out ------------------------------------------------------------------- */

/* The namespace of a name, and what is left of it. */
static xd_str_t
space_of(const map_tree_t *tree, xd_str_t *name)
{
    const char *mark = name->len > 0 && name->ptr[0] == '{'
                           ? memchr(name->ptr, '}', name->len)
                           : memchr(name->ptr, ':', name->len);
    xd_str_t before;

    if (mark == NULL) {
        return tree->space;
    }

    before = (xd_str_t){ name->ptr, (size_t) (mark - name->ptr) };
    *name = (xd_str_t){ mark + 1, name->len - before.len - 1 };
    if (before.len > 0 && before.ptr[0] == '{') {
        return (xd_str_t){ before.ptr + 1, before.len - 1 };
    }

    for (size_t i = 0; i < tree->spaces.count; i++) {
        const map_space_t *s = XD_AT(&tree->spaces, map_space_t, i);

        if (xd_str_eq(s->prefix, before)) {
            return s->uri;
        }
    }

    return XD_STR("");
}


static void
element_out(turn_t *t, xd_node_t *node, xd_str_t around)
{
    xd_str_t uri = space_of(t->tree, &node->key);

    xd_each (one, node) {
        if (one->kind != XD_OBJECT) {
            continue;
        }
        if (xd_str_is(one->key, "#run")) {
            xd_str_t text = xd_text(one, "#text");

            one->kind = XD_STRING;
            one->first = one->last = NULL;
            one->count = 0;
            one->key = XD_STR("#text");
            one->text = text.ptr != NULL ? text : XD_STR("");
        } else {
            element_out(t, one, uri);
        }
    }

    if (!xd_str_eq(uri, around)) {
        xd_node_t *space = xd_node_new(t->arena, XD_STRING);

        if (space == NULL) {
            t->rc = XD_E_MEMORY;
            return;
        }
        space->key = XD_STR("@xmlns");
        space->text = uri;
        xd_node_add_first(t->arena, node, space);
    }
}


xd_rc_t
map_xml_out(xd_arena_t *arena, const map_tree_t *tree, xd_node_t *root)
{
    turn_t t = { arena, tree, XD_OK };

    root->key = tree->root;
    element_out(&t, root, XD_STR(""));

    return t.rc;
}


/* -- which map ------------------------------------------------------------- */

/* Without its prefix. */
static xd_str_t
local(xd_str_t name)
{
    const char *colon = memchr(name.ptr, ':', name.len);

    return colon != NULL ? (xd_str_t){ colon + 1,
        name.len - (size_t) (colon + 1 - name.ptr) }
                         : name;
}


static bool
has_path(const xd_node_t *node, xd_str_t path)
{
    while (node != NULL && path.ptr != NULL) {
        node = xd_get_str(node, local(xd_str_cut(&path, '/')));
    }

    return node != NULL;
}


static bool
is_known(const map_tree_t *tree, const xd_node_t *root)
{
    xd_str_t name = tree->root;
    xd_str_t uri = space_of(tree, &name);

    if (!xd_str_eq(name, root->key) || !xd_str_eq(uri, xd_xml_ns(root))) {
        return false;
    }

    for (size_t i = 0; i < tree->has.count; i++) {
        if (!has_path(root, *XD_AT(&tree->has, xd_str_t, i))) {
            return false;
        }
    }

    return true;
}


const xd_mapping_t *
xd_mapping_of_xml(const xd_mappings_t *maps, const xd_node_t *root,
    xd_str_t party)
{
    const xd_mapping_t *found = NULL;

    for (size_t i = 0; i < maps->all.count; i++) {
        const xd_mapping_t *map = XD_AT(&maps->all, xd_mapping_t, i);

        if (map->tree == NULL || !map->reads
            || !(map->party.len == 0 || xd_str_eq(map->party, party))
            || !is_known(map->tree, root))
        {
            continue;
        }

        /* the party's own comes first, then the usual one */
        if (found == NULL || (map->party.len > 0 && found->party.len == 0)
            || (map->party.len == found->party.len && map->usual))
        {
            found = map;
        }
    }

    return found;
}


bool
xd_mapping_is_test(const xd_mapping_t *map, const xd_node_t *root)
{
    const xd_node_t *node =
        map->test_key != NULL ? map->kind->value(root, map->test_key) : NULL;

    return node != NULL && xd_str_eq(node->text, map->test_code);
}


/* -- findings -------------------------------------------------------------- */

/* Who tells where in the text a finding of the map is. */
typedef struct {
    xd_report_t *rep;
    xd_arena_t *arena;
    const xd_node_t *root;
} teller_t;


/* The innermost node that begins at an offset; NULL.  What stands in a node
 * begins behind it, one part behind the other. */
static const xd_node_t *
node_at(const xd_node_t *node, size_t offset)
{
    const xd_node_t *found = NULL;

    while (node != NULL) {
        const xd_node_t *next = NULL;

        found = node->offset == offset ? node : found;
        xd_each (one, node) {
            if (one->offset > offset) {
                break;
            }
            next = one;
        }
        node = next;
    }

    return found;
}


static void
tell(void *ctx, const xd_finding_t *f)
{
    const teller_t *t = ctx;
    const xd_node_t *node =
        f->offset > 0 && f->line == 0 ? node_at(t->root, f->offset) : NULL;
    xd_finding_t there = *f;

    if (node != NULL) {
        there.line = node->line;
        there.column = node->column;
        there.path = f->path.len > 0 ? f->path : xd_xml_path(t->arena, node);
    }

    xd_report(t->rep, &there);
}


xd_rc_t
xd_mapping_read_xml(const xd_mapping_t *map, xd_arena_t *arena, xd_node_t *root,
    xd_report_t *rep, xd_node_t **out, xd_node_t **residue)
{
    teller_t t = { rep, arena, root };
    xd_report_t own;
    xd_rc_t rc = map_xml_in(arena, map->tree, root);

    xd_report_init(&own, arena, 0);
    own.sink = tell;
    own.sink_ctx = &t;
    if (rc == XD_OK) {
        rc = xd_mapping_read(map, arena, root, &own, NULL, out, residue);
    }

    return rc == XD_OK ? xd_mapping_exact(map, arena, root, *out, residue) : rc;
}


xd_rc_t
xd_mapping_xml_out(const xd_mapping_t *map, xd_arena_t *arena, xd_node_t *tree)
{
    return map_xml_out(arena, map->tree, tree);
}
