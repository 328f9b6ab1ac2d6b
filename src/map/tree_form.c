/* SPDX-License-Identifier: BSD-2-Clause */

/* What declared trees may hold: parts found by name and path, shapes bound to
 * where they are used, and the shape that the compiler asks. */

#include "map/tree.h"

#include "canon/guess.h"


#define DEPTH_MAX 32 /* of a path */


const map_form_t *
map_form_part(const map_form_t *form, xd_str_t name, size_t *n)
{
    const map_form_t *in = map_form_inner(form);
    size_t count = in != NULL ? in->parts.count : 0;

    for (size_t i = 0; i < count; i++) {
        size_t at = (*n + i) % count;
        const map_form_t *part = *XD_AT(&in->parts, map_form_t *, at);

        if (xd_str_eq(part->name, name)) {
            *n = at;
            return part;
        }
    }

    return NULL;
}


static const map_form_t *
part_of(const map_form_t *form, xd_str_t name)
{
    size_t n = 0;

    return map_form_part(form, name, &n);
}


const map_form_t *
map_form_value(xd_arena_t *arena, const map_form_t *form, xd_str_t path,
    xd_str_t *key)
{
    const map_form_t *text;
    xd_str_t rest = path;

    *key = XD_STR("");
    for (int i = 0; form != NULL && rest.ptr != NULL && i < DEPTH_MAX; i++) {
        form = part_of(form, xd_str_cut(&rest, '/'));
    }

    if (form == NULL || form->kind != XD_SHAPE_GROUP) {
        *key = form != NULL ? xd_dup(arena, path) : *key;
        return form != NULL && key->ptr != NULL ? form : NULL;
    }

    text = part_of(form, XD_STR("#text"));
    if (text != NULL) {
        *key = xd_fmt(arena, "%.*s/#text", XD_FMT(path));
    }

    return key->ptr != NULL ? text : NULL;
}


/* -- binding --------------------------------------------------------------- */

typedef struct {
    xd_arena_t *arena;
    const map_text_t *text;
    xd_report_t *rep;
    xd_vec_t shapes; /* of map_form_t *: those copied so far */
    xd_rc_t rc;
} bind_t;

static map_form_t *copy_form(bind_t *b, const map_form_t *form);


static const map_form_t *
find_shape(bind_t *b, xd_str_t name, const map_at_t *at)
{
    const map_form_t *found = NULL;
    xd_guess_t guess = xd_guess(name);
    map_form_t *own, **slot;

    for (size_t i = 0; i < b->shapes.count; i++) {
        const map_form_t *one = *XD_AT(&b->shapes, map_form_t *, i);

        if (xd_str_eq(one->name, name)) {
            return one;
        }
    }

    for (size_t i = 0; i < b->text->shapes.count; i++) {
        const map_form_t *one = *XD_AT(&b->text->shapes, map_form_t *, i);

        found = xd_str_eq(one->name, name) ? one : found;
        xd_guess_try(&guess, one->name);
    }

    if (found == NULL) {
        map_fault(b->rep, at, "map.name", "There is no shape \"%.*s\"%s%.*s.",
            XD_FMT(name), guess.best.ptr != NULL ? "; did you mean " : "",
            XD_FMT(guess.best));
        b->rc = XD_E_CONF;
        return NULL;
    }

    /* it is known before its parts are, which may be like itself */
    own = xd_alloc(b->arena, sizeof(*own));
    slot = xd_vec_push(&b->shapes, b->arena);
    if (own == NULL || slot == NULL) {
        b->rc = XD_E_MEMORY;
        return NULL;
    }
    *own = *found;
    *slot = own;
    own->parts = XD_VEC(map_form_t *);
    for (size_t i = 0; i < found->parts.count && b->rc == XD_OK; i++) {
        map_form_t *part = copy_form(b, *XD_AT(&found->parts, map_form_t *, i));

        slot = xd_vec_push(&own->parts, b->arena);
        if (slot == NULL) {
            b->rc = XD_E_MEMORY;
            return NULL;
        }
        *slot = part;
    }

    return own;
}


/* The same with all that is in it, each shape found. */
static map_form_t *
copy_form(bind_t *b, const map_form_t *form)
{
    map_form_t *own = xd_alloc(b->arena, sizeof(*own));

    if (own == NULL) {
        b->rc = XD_E_MEMORY;
        return NULL;
    }

    *own = *form;
    own->parts = XD_VEC(map_form_t *);
    for (size_t i = 0; i < form->parts.count && b->rc == XD_OK; i++) {
        map_form_t *part = copy_form(b, *XD_AT(&form->parts, map_form_t *, i));
        map_form_t **slot = xd_vec_push(&own->parts, b->arena);

        if (slot == NULL) {
            b->rc = XD_E_MEMORY;
            return NULL;
        }
        *slot = part;
    }

    if (form->like.len > 0 && b->rc == XD_OK) {
        own->is = find_shape(b, form->like, &form->at);
    }

    return b->rc == XD_OK ? own : NULL;
}


xd_rc_t
map_tree_bind(xd_arena_t *arena, const map_text_t *whole, map_tree_t **out,
    xd_report_t *rep)
{
    bind_t b = { .arena = arena,
        .text = whole,
        .rep = rep,
        .shapes = XD_VEC(map_form_t *) };
    const map_tree_t *found = NULL;
    map_form_t *form;

    *out = NULL;
    for (size_t i = 0; i < whole->trees.count; i++) {
        const map_tree_t *one = *XD_AT(&whole->trees, map_tree_t *, i);

        found = xd_str_eq(one->form.name, whole->set) ? one : found;
    }

    if (found == NULL) {
        return XD_OK;
    }

    form = copy_form(&b, &found->form);
    *out = xd_alloc(arena, sizeof(**out));
    if (*out == NULL || b.rc != XD_OK) {
        return b.rc != XD_OK ? b.rc : XD_E_MEMORY;
    }

    **out = *found;
    (*out)->form = *form;
    (*out)->spaces = whole->spaces;

    return XD_OK;
}


/* -- as the compiler sees it ----------------------------------------------- */

static bool
no_root(xd_str_t name, xd_str_t version, xd_shape_place_t *out)
{
    (void) name;
    (void) version;
    (void) out;

    return false;
}


static bool
nth_part(const xd_shape_place_t *in, uint32_t n, xd_shape_part_t *out)
{
    const map_form_t *form = map_form_inner(in->of);

    if (form == NULL || n >= form->parts.count) {
        return false;
    }

    form = *XD_AT(&form->parts, map_form_t *, n);
    *out = (xd_shape_part_t){ .name = form->name,
        .kind = form->kind,
        .must = form->must,
        .many = form->many,
        .place = { .of = form } };

    return true;
}


const xd_shape_t map_tree_shape = { "tree", no_root, nth_part };
