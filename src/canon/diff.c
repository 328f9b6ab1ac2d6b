/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Two versions of schemas walked side by side.  What holds for one value is
 * gathered into a view first, so that moving a rule behind a $ref is seen as
 * what it is: no change.
 */

#include "canon/diff.h"

#include "base/buf.h"
#include "canon/diff_plan.h"

#define VIEW_MOST  256    /* schemas that hold for one value */
#define DEPTH_MOST 100    /* nested values */
#define STEPS_MOST 100000 /* pairs of views in all */


const char *
xd_diff_class_name(xd_diff_class_t class)
{
    static const char *const names[] = { "documentation", "additive",
        "breaking" };

    return names[class];
}


static void
fail(xd_differ_t *d, xd_rc_t rc)
{
    d->rc = d->rc == XD_OK ? rc : d->rc;
}


/* -- views --------------------------------------------------------------- */


static void
push(xd_differ_t *d, xd_view_t *view, const xd_node_t *schema)
{
    const xd_node_t **more;

    if (view->count == VIEW_MOST) {
        fail(d, XD_E_LIMIT);
        return;
    }

    if (view->count == view->room) {
        view->room = view->room == 0 ? 4 : view->room * 2;
        more = xd_alloc_n(d->arena, view->room, sizeof(*more));
        if (more == NULL) {
            fail(d, XD_E_MEMORY);
            return;
        }

        for (size_t i = 0; i < view->count; i++) {
            more[i] = view->at[i];
        }

        view->at = more;
    }

    view->at[view->count++] = schema;
}


static bool
holds(const xd_view_t *view, const xd_node_t *schema)
{
    for (size_t i = 0; i < view->count; i++) {
        if (view->at[i] == schema) {
            return true;
        }
    }

    return false;
}


static const xd_node_t *
follow(xd_differ_t *d, const xd_book_t *book, const xd_node_t *ref)
{
    const xd_node_t *target = xd_book_ref(book, ref, ref->text);
    const xd_leaf_t *leaf = xd_book_leaf_of(book, ref);

    if (target == NULL) {
        xd_reportf(d->rep,
            &(xd_finding_t){ .severity = XD_ERROR,
                .rule = "schema.ref",
                .line = ref->line,
                .column = ref->column,
                .offset = ref->offset,
                .path = leaf != NULL ? leaf->path : XD_STR("") },
            "$ref finds nothing at %.*s; correct it, or give the folder that "
            "the file belongs to",
            XD_FMT(ref->text));
        fail(d, XD_E_SYNTAX);
    }

    return target;
}


void
xd_diff_expand(xd_differ_t *d, const xd_book_t *book, xd_view_t *view,
    const xd_node_t *schema)
{
    const xd_node_t *ref = xd_get(schema, "$ref");

    if (schema == NULL || d->rc != XD_OK || holds(view, schema)) {
        return;
    }

    push(d, view, schema);

    if (ref != NULL && ref->kind == XD_STRING && d->rc == XD_OK) {
        xd_diff_expand(d, book, view, follow(d, book, ref));
    }

    xd_each (branch, xd_get(schema, "allOf")) {
        xd_diff_expand(d, book, view, branch);
    }
}


xd_view_t
xd_diff_view(xd_differ_t *d, const xd_book_t *book, const xd_node_t *schema)
{
    xd_view_t view = { 0 };

    xd_diff_expand(d, book, &view, schema);

    return view;
}


xd_view_t
xd_diff_below(xd_differ_t *d, const xd_book_t *book, const xd_view_t *view,
    const char *keyword)
{
    xd_view_t below = { 0 };

    for (size_t i = 0; i < view->count; i++) {
        xd_diff_expand(d, book, &below, xd_get(view->at[i], keyword));
    }

    return below;
}


const xd_node_t *
xd_diff_first(const xd_view_t *view, const char *keyword)
{
    const xd_node_t *value = NULL;

    for (size_t i = 0; i < view->count && value == NULL; i++) {
        value = xd_get(view->at[i], keyword);
    }

    return value;
}


const xd_node_t *
xd_diff_place(const xd_view_t *view, const char *keyword)
{
    const xd_node_t *value = xd_diff_first(view, keyword);

    return value != NULL || view->count == 0 ? value : view->at[0];
}


/* -- telling ------------------------------------------------------------- */


static const xd_leaf_t *
leaf_of(const xd_differ_t *d, const xd_node_t *at)
{
    const xd_leaf_t *leaf = xd_book_leaf_of(d->new.book, at);

    return leaf != NULL ? leaf : xd_book_leaf_of(d->old.book, at);
}


/* Each change counts for every schema that sees it, and is told once. */
void
xd_diff_tell(xd_differ_t *d, xd_change_kind_t kind, const xd_node_t *at,
    xd_str_t about)
{
    const xd_change_row_t *row = &xd_change_rows[kind];
    const xd_leaf_t *leaf = at != NULL ? leaf_of(d, at) : NULL;
    xd_str_t pointer = at != NULL ? xd_pointer_of(d->arena, at) : XD_STR("");
    xd_str_t text =
        xd_fmt(d->arena, "%s%.*s%s", row->before, XD_FMT(about), row->after);
    xd_str_t path = leaf != NULL ? leaf->path : XD_STR("");
    xd_str_t key = xd_fmt(d->arena, "%s %.*s#%.*s %.*s", row->rule,
        XD_FMT(path), XD_FMT(pointer), XD_FMT(about));
    xd_change_t *change;
    void *old = NULL;

    /* What was not read whole must not look like a change. */
    if (d->rc != XD_OK) {
        return;
    }

    if (pointer.ptr == NULL || text.ptr == NULL || key.ptr == NULL
        || xd_map_put(d->told, key, d, &old) != XD_OK)
    {
        fail(d, XD_E_MEMORY);
        return;
    }

    d->pair->count[row->class]++;
    if (old != NULL) {
        return;
    }

    change = xd_vec_push(&d->out->changes, d->arena);
    if (change == NULL) {
        fail(d, XD_E_MEMORY);
        return;
    }

    *change = (xd_change_t){ row->class, row->rule, path, pointer, text };
    d->out->count[row->class]++;
}


/* -- walking ------------------------------------------------------------- */


static void
add_view(xd_buf_t *key, const xd_view_t *view)
{
    for (size_t i = 0; i < view->count; i++) {
        xd_buf_fmt(key, "%p ", (const void *) view->at[i]);
    }

    xd_buf_byte(key, '/');
}


/* Have these two been compared, or is it being done?  So circles end. */
static bool
seen(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new)
{
    xd_buf_t key = { 0 };
    void *before = NULL;
    xd_str_t kept;

    add_view(&key, old);
    add_view(&key, new);
    kept = xd_buf_rc(&key) == XD_OK ? xd_dup(d->arena, xd_buf_str(&key))
                                    : XD_STR_NONE;
    xd_buf_free(&key);

    if (kept.ptr == NULL || xd_map_put(d->seen, kept, d, &before) != XD_OK) {
        fail(d, XD_E_MEMORY);
        return true;
    }

    return before != NULL;
}


static bool
never(const xd_view_t *view)
{
    for (size_t i = 0; i < view->count; i++) {
        if (view->at[i]->kind == XD_BOOL && !view->at[i]->truth) {
            return true;
        }
    }

    return false;
}


static void
compare(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new)
{
    bool was = never(old), is = never(new);

    if (was || is) {
        if (was != is) {
            xd_diff_tell(d, is ? XD_CHANGE_IMPOSSIBLE : XD_CHANGE_POSSIBLE,
                xd_diff_place(is ? new : old, ""), XD_STR("the schema"));
        }
        return;
    }

    for (const xd_diff_row_t *r = xd_diff_rows;
         r->keyword != NULL && d->rc == XD_OK; r++)
    {
        r->compare(d, old, new, r->keyword);
    }
}


void
xd_diff_views(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new)
{
    if (d->rc != XD_OK || seen(d, old, new)) {
        return;
    }

    if (d->depth == DEPTH_MOST || d->steps == STEPS_MOST) {
        fail(d, XD_E_LIMIT);
        return;
    }

    d->steps++;
    d->depth++;
    compare(d, old, new);
    d->depth--;
}


static void
compare_at(xd_differ_t *d, const xd_node_t *old, const xd_node_t *new)
{
    xd_view_t before = xd_diff_view(d, d->old.book, old);
    xd_view_t after = xd_diff_view(d, d->new.book, new);

    xd_diff_views(d, &before, &after);
}


/* -- a pair of schemas --------------------------------------------------- */


/* Does a schema say nothing of a document, being there for its $defs? */
static bool
is_shelf(const xd_node_t *root)
{
    for (const xd_diff_row_t *r = xd_diff_rows; r->keyword != NULL; r++) {
        if (r->compare != xd_diff_note && xd_get(root, r->keyword) != NULL) {
            return false;
        }
    }

    return xd_get(root, "$ref") == NULL && xd_get(root, "const") == NULL
           && xd_get(root, "allOf") == NULL;
}


/* Those of a shelf are all forms; of a document, those with an anchor. */
static bool
is_form(const xd_node_t *root, const xd_node_t *definition)
{
    return xd_get(definition, "$anchor") != NULL || is_shelf(root);
}


/* A list has no names to find a form by. */
static const xd_node_t *
definitions(const xd_node_t *root)
{
    const xd_node_t *defs = xd_get(root, "$defs");

    return defs != NULL && defs->kind == XD_OBJECT ? defs : NULL;
}


/* The forms of a schema that others check by: "#posted". */
static void
compare_forms(xd_differ_t *d, const xd_node_t *old, const xd_node_t *new)
{
    const xd_node_t *before = definitions(old);
    const xd_node_t *after = definitions(new);

    xd_each (form, before) {
        const xd_node_t *now = xd_get_str(after, form->key);

        if (is_form(old, form) && (now == NULL || !is_form(new, now))) {
            xd_diff_tell(d, XD_CHANGE_FORM_REMOVED, form, form->key);
        } else if (is_form(old, form)) {
            compare_at(d, form, now);
        }
    }

    xd_each (form, after) {
        if (is_form(new, form) && xd_get_str(before, form->key) == NULL) {
            xd_diff_tell(d, XD_CHANGE_FORM_ADDED, form, form->key);
        }
    }
}


static void
compare_version(xd_differ_t *d, const xd_leaf_t *old, const xd_leaf_t *new)
{
    d->pair->new_major = new->major > old->major;

    if (new->major < old->major
        || (new->major == old->major &&new->minor < old->minor))
    {
        xd_diff_tell(d, XD_CHANGE_VERSION_BACK, xd_get(new->root, "$id"),
            new->id);
    }
}


static void
compare_pair(xd_differ_t *d, const xd_leaf_t *old, const xd_leaf_t *new)
{
    d->seen = xd_map_new(d->arena);
    d->pair = xd_vec_push(&d->out->pairs, d->arena);
    if (d->seen == NULL || d->pair == NULL) {
        fail(d, XD_E_MEMORY);
        return;
    }

    d->pair->old = old;
    d->pair->new = new;

    if (new == NULL) {
        xd_diff_tell(d, XD_CHANGE_SCHEMA_REMOVED, old->root, old->path);
    } else if (old == NULL) {
        xd_diff_tell(d, XD_CHANGE_SCHEMA_ADDED, new->root, new->path);
    } else {
        compare_version(d, old, new);
        compare_at(d, old->root, new->root);
        compare_forms(d, old->root, new->root);
    }

    d->pair->refused =
        d->pair->count[XD_DIFF_BREAKING] > 0 && !d->pair->new_major;
    d->out->refused |= d->pair->refused;
}


/* Its newest version in a book, once: not for each older one beside it. */
static bool
is_newest(const xd_book_t *book, const xd_leaf_t *leaf)
{
    return xd_book_find(book, leaf->name) == leaf;
}


static void
compare_books(xd_differ_t *d)
{
    const xd_book_t *before = d->old.book, *after = d->new.book;

    for (size_t i = 0; i < before->leaves.count; i++) {
        const xd_leaf_t *l = *XD_AT(&before->leaves, xd_leaf_t *, i);

        if (is_newest(before, l)) {
            compare_pair(d, l, xd_book_find(after, l->name));
        }
    }

    for (size_t i = 0; i < after->leaves.count; i++) {
        const xd_leaf_t *l = *XD_AT(&after->leaves, xd_leaf_t *, i);

        if (is_newest(after, l) && xd_book_find(before, l->name) == NULL) {
            compare_pair(d, NULL, l);
        }
    }
}


xd_rc_t
xd_schema_diff(xd_arena_t *arena, xd_diff_side_t old, xd_diff_side_t new,
    xd_diff_t *out, xd_report_t *rep)
{
    xd_differ_t d = { .arena = arena,
        .old = old,
        .new = new,
        .out = out,
        .rep = rep,
        .told = xd_map_new(arena) };

    *out = (xd_diff_t){ .changes = XD_VEC(xd_change_t),
        .pairs = XD_VEC(xd_diff_pair_t) };

    if (d.told == NULL) {
        return XD_E_MEMORY;
    }

    if (old.leaf != NULL && new.leaf != NULL) {
        compare_pair(&d, old.leaf, new.leaf);
    } else {
        compare_books(&d);
    }

    return d.rc;
}
