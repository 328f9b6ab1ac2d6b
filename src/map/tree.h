/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_TREE_H
#define XD_MAP_TREE_H

#include "map/run.h"
#include "base/buf.h"
#include "map/parse.h"
#include "map/text.h"
#include "tree/shape.h"


/*
 * Trees of XML that maps declare.  A tree says in
 * which order its parts stand, which of them may be there several times and
 * which must be, as far as maps name them; what it does not name is kept
 * beside (tree_delta.c), so no schema of anybody is needed.
 */

typedef struct map_form_s map_form_t;

/* A part of a tree.  An element of text is a group, too, with "#text" and
 * attributes in it. */
struct map_form_s {
    xd_str_t name; /* "cbc:ID", "@schemeID", "#text"; a NUL stands behind */
    xd_shape_kind_t kind;
    bool must, many;
    xd_str_t by;          /* the key that tells groups of the name apart */
    xd_str_t like;        /* the shape whose parts it has; or empty */
    const map_form_t *is; /* the same, once it is bound */
    xd_vec_t parts;       /* of map_form_t * */
    map_at_t at;
};

/* A prefix, and its namespace. */
typedef struct {
    xd_str_t prefix, uri;
} map_space_t;

typedef struct map_tree_s {
    map_form_t form;      /* of the root; its name is that of the set */
    xd_str_t root, space; /* the element, the namespace without prefix */
    xd_vec_t has;         /* of xd_str_t: paths by which it is known */
    xd_vec_t spaces;      /* of map_space_t */
} map_tree_t;

/* -- forms ----------------------------------------------------------------- */

/* What a form's parts are: its own, or those of the shape that it is like. */
static inline const map_form_t *
map_form_inner(const map_form_t *form)
{
    return form != NULL && form->is != NULL ? form->is : form;
}

/* The part of a name; NULL when none is declared.  *n: its place, which is
 * looked at first. */
const map_form_t *map_form_part(const map_form_t *form, xd_str_t name,
    size_t *n);

/* The value of a path, "cac:TaxScheme/cbc:ID" or "cbc:ID/@schemeID", and its
 * whole key, which is made in arena; NULL when there is none, or the arena is
 * full (then key->ptr is NULL and the path is right). */
const map_form_t *map_form_value(xd_arena_t *arena, const map_form_t *form,
    xd_str_t path, xd_str_t *key);

/* parse_tree.c: prefix, tree and shape; goes on behind a word of a key. */
bool map_parse_tree(map_parser_t *p, map_text_t *out);
xd_str_t map_parse_key(map_parser_t *p, xd_str_t first);

/* The tree of a set with all its shapes, as whole's files declare it; NULL
 * when there is none.  XD_OK; XD_E_CONF with a finding; XD_E_MEMORY. */
XD_CHECKED xd_rc_t map_tree_bind(xd_arena_t *arena, const map_text_t *whole,
    map_tree_t **out, xd_report_t *rep);

extern const xd_shape_t map_tree_shape;
extern const map_kind_t map_kind_tree;

/* The root of a tree that is made; NULL when the arena is full. */
xd_node_t *map_tree_root(xd_arena_t *arena, const map_tree_t *tree);

/* -- of documents ---------------------------------------------------------- */

/* Parts in their order; those that are not declared behind the others. */
XD_CHECKED xd_rc_t map_tree_sort(xd_arena_t *arena, xd_node_t *node,
    const map_form_t *form);

/* What writing the document alone would not make of it: read is the tree that
 * was read, made what is written.  An object, or NULL when they are the same;
 * m->rc tells of memory. */
xd_node_t *map_tree_delta(map_run_t *m, const map_tree_t *tree,
    const xd_node_t *read, xd_node_t *made);

/* The same back into a tree that was made of the document. */
void map_tree_restore(map_run_t *m, const map_tree_t *tree,
    const xd_node_t *delta);

/* Children of a node in another order. */
void map_tree_link(xd_node_t *node, xd_node_t *const *row, size_t count);

/* A name in a path: "~0" for "~", "~1" for "/", "~2" for "=". */
void map_tree_escape(xd_buf_t *path, xd_str_t name);

/* A group's value of the key by which it is told apart; or empty. */
xd_str_t map_tree_known(const xd_node_t *group, const map_form_t *form);

/* The root of a text's tree as maps see it, in the place of the reader's; and
 * back. */
XD_CHECKED xd_rc_t map_xml_in(xd_arena_t *arena, const map_tree_t *tree,
    xd_node_t *root);
XD_CHECKED xd_rc_t map_xml_out(xd_arena_t *arena, const map_tree_t *tree,
    xd_node_t *root);

#endif
