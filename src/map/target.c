/* SPDX-License-Identifier: BSD-2-Clause */

#include "map/target.h"

#include "canon/document.h"
#include "canon/guess.h"

#define HOPS 16 /* a reference to a reference to … */

/* Objects that codecs know, by the tables of their members. */
typedef struct {
    const char *name;
    map_right_kind_t kind;
    xd_field_t field;
} known_t;

#define KNOWN 4

struct map_targets_s {
    xd_book_t book;
    xd_describer_t *describer;
    known_t known[KNOWN];
    xd_vec_t described; /* of xd_descriptor_t *: those that were asked for */
};


/* -- documents ------------------------------------------------------------- */

/* The money of common.json, and so on. */
static xd_rc_t
know(map_targets_t *t, xd_arena_t *arena)
{
    const xd_leaf_t *common =
        xd_book_find(&t->book, XD_STR("urn:retail:common:1.0"));
    const xd_node_t *defs =
        common != NULL ? xd_get(common->root, "$defs") : NULL;
    xd_rc_t rc = XD_OK;

    static const known_t known[KNOWN] = {
        { "money", MAP_R_MONEY, { 0 } },
        { "quantity", MAP_R_QUANTITY, { 0 } },
        { "party", MAP_R_PARTY, { 0 } },
        { "item", MAP_R_ITEM, { 0 } },
    };

    t->describer = xd_describer_new(arena, &t->book);
    if (t->describer == NULL) {
        return XD_E_MEMORY;
    }

    for (size_t i = 0; rc == XD_OK && i < KNOWN; i++) {
        const xd_node_t *def = xd_get(defs, known[i].name);

        t->known[i] = known[i];
        rc = def != NULL
                 ? xd_describe_field(t->describer, def, &t->known[i].field)
                 : XD_E_CONF;
    }

    return rc;
}


xd_rc_t
map_targets_load(xd_arena_t *arena, const char *dir, map_targets_t **out,
    xd_report_t *rep)
{
    map_targets_t *t = xd_alloc(arena, sizeof(*t));
    xd_rc_t rc;

    if (t == NULL) {
        return XD_E_MEMORY;
    }

    t->described = XD_VEC(xd_descriptor_t *);
    rc = xd_book_load(arena, dir, &t->book, rep);
    rc = rc == XD_OK ? know(t, arena) : rc;
    *out = t;

    return rc == XD_E_SYNTAX || rc == XD_E_LIMIT ? XD_E_CONF : rc;
}


const xd_field_t *
map_target(map_targets_t *t, xd_str_t document, xd_rc_t *rc)
{
    const xd_leaf_t *leaf = xd_document_find(document) != NULL
                                ? xd_book_find(&t->book, document)
                                : NULL;
    xd_descriptor_t *d, **slot;

    if (leaf == NULL) {
        return NULL;
    }

    for (size_t i = 0; i < t->described.count; i++) {
        d = *XD_AT(&t->described, xd_descriptor_t *, i);
        if (xd_str_is(document, d->document)) {
            return &d->root;
        }
    }

    d = xd_alloc(t->book.arena, sizeof(*d));
    *rc = d != NULL ? xd_describe(t->describer, leaf, d) : XD_E_MEMORY;
    slot = *rc == XD_OK ? xd_vec_push(&t->described, t->book.arena) : NULL;
    if (slot == NULL) {
        *rc = *rc == XD_OK ? XD_E_MEMORY : *rc;
        return NULL;
    }
    *slot = d;

    return &d->root;
}


xd_str_t
map_target_nearest(xd_str_t document)
{
    xd_guess_t guess = xd_guess(document);

    for (const xd_document_t *d = xd_documents; d->name != NULL; d++) {
        xd_guess_try(&guess, xd_str(d->name));
    }

    return guess.best;
}


xd_str_t
map_field_nearest(const xd_field_t *object, xd_str_t name)
{
    xd_guess_t guess = xd_guess(name);

    for (size_t i = 0; object != NULL && i < object->count; i++) {
        if (object->children[i].name != NULL) {
            xd_guess_try(&guess, xd_str(object->children[i].name));
        }
    }

    return guess.best;
}


/* -- members --------------------------------------------------------------- */

/* A keyword where a member's schema is written, or in what that refers to. */
static const xd_node_t *
keyword(const map_targets_t *t, const xd_field_t *f, const char *name)
{
    xd_str_t rest = xd_str(f->pointer);
    const xd_leaf_t *leaf = xd_book_find(&t->book, xd_str_cut(&rest, '#'));
    const xd_node_t *at =
        leaf != NULL && rest.ptr != NULL ? xd_pointer(leaf->root, rest) : NULL;

    for (int i = 0; i < HOPS && at != NULL; i++) {
        const xd_node_t *ref = xd_get(at, "$ref");

        if (xd_get(at, name) != NULL) {
            return xd_get(at, name);
        }
        at = ref != NULL ? xd_book_ref(&t->book, ref, ref->text) : NULL;
    }

    return NULL;
}


const xd_node_t *
map_target_enum(const map_targets_t *t, const xd_field_t *f)
{
    return f != NULL && f->kind == XD_FIELD_STRING ? keyword(t, f, "enum")
                                                   : NULL;
}


static map_right_kind_t
text_kind(const map_targets_t *t, const xd_field_t *f)
{
    static const struct {
        const char *format;
        map_right_kind_t kind;
    } formats[] = {
        { "date", MAP_R_DATE },
        { "instant", MAP_R_INSTANT },
        { "decimal", MAP_R_DECIMAL },
    };

    for (size_t i = 0; f->format != NULL && i < 3; i++) {
        if (strcmp(f->format, formats[i].format) == 0) {
            return formats[i].kind;
        }
    }

    return keyword(t, f, "anyOf") != NULL ? MAP_R_MOMENT : MAP_R_TEXT;
}


static map_right_kind_t
object_kind(const map_targets_t *t, const xd_field_t *f)
{
    for (size_t i = 0; i < KNOWN; i++) {
        if (f->children == t->known[i].field.children) {
            return t->known[i].kind;
        }
    }

    return MAP_R_OBJECT;
}


map_right_kind_t
map_right_kind(const map_targets_t *t, const xd_field_t *f)
{
    const xd_field_t *items = xd_field_items(f);

    switch (f->kind) {
    case XD_FIELD_STRING:
        return text_kind(t, f);
    case XD_FIELD_INTEGER:
        return MAP_R_INTEGER;
    case XD_FIELD_OBJECT:
        return object_kind(t, f);
    case XD_FIELD_ARRAY:
        return items != NULL && items->kind == XD_FIELD_OBJECT   ? MAP_R_ARRAY
               : items != NULL && items->kind == XD_FIELD_STRING ? MAP_R_LIST
                                                                 : MAP_R_OTHER;
    default:
        return MAP_R_OTHER;
    }
}


/* -- conditions ------------------------------------------------------------ */

typedef struct {
    xd_arena_t *arena;
    const xd_field_t *object, *doc;
} env_t;


static const xd_cel_type_t *
type_of(env_t *e, const xd_field_t *f)
{
    xd_cel_type_t *type;

    if (f == NULL) {
        return NULL;
    }

    switch (f->kind) {
    case XD_FIELD_STRING:
        return xd_cel_type(f->format == NULL                   ? XD_CEL_STRING
                           : strcmp(f->format, "decimal") == 0 ? XD_CEL_DECIMAL
                           : strcmp(f->format, "instant") == 0
                                   || strcmp(f->format, "date") == 0
                               ? XD_CEL_TIMESTAMP
                               : XD_CEL_STRING);
    case XD_FIELD_INTEGER:
        return xd_cel_type(XD_CEL_INT);
    case XD_FIELD_NUMBER:
        return xd_cel_type(XD_CEL_DOUBLE);
    case XD_FIELD_BOOLEAN:
        return xd_cel_type(XD_CEL_BOOL);
    case XD_FIELD_OBJECT:
    case XD_FIELD_ARRAY:
        break;
    default:
        return xd_cel_type(XD_CEL_DYN);
    }

    type = xd_alloc(e->arena, sizeof(*type));
    if (type == NULL) {
        return &xd_cel_no_memory;
    }

    *type = (xd_cel_type_t){ .kind = XD_CEL_OBJECT,
        .name = XD_STR("object"),
        .ctx = f };
    if (f->kind == XD_FIELD_ARRAY) {
        *type = (xd_cel_type_t){ .kind = XD_CEL_LIST,
            .of = type_of(e, xd_field_items(f)) };
    }

    return type;
}


static const xd_cel_type_t *
variable(void *ctx, xd_str_t name)
{
    env_t *e = ctx;

    return type_of(e,
        xd_str_is(name, "doc") ? e->doc : xd_field_find(e->object, name));
}


static const xd_cel_type_t *
member(void *ctx, const xd_cel_type_t *object, xd_str_t name)
{
    return type_of(ctx, xd_field_find(object->ctx, name));
}


static bool
optional(void *ctx, const xd_cel_type_t *object, xd_str_t name)
{
    const env_t *e = ctx;
    const xd_field_t *f =
        xd_field_find(object != NULL ? object->ctx : e->object, name);

    return f != NULL && (f->flags & XD_FIELD_REQUIRED) == 0;
}


static xd_str_t
nearest(void *ctx, const xd_cel_type_t *object, xd_str_t name)
{
    const env_t *e = ctx;

    return map_field_nearest(object != NULL ? object->ctx : e->object, name);
}


xd_rc_t
map_target_env(xd_arena_t *arena, const xd_field_t *object,
    const xd_field_t *doc, xd_cel_env_t *env)
{
    env_t *e = xd_alloc(arena, sizeof(*e));

    if (e == NULL) {
        return XD_E_MEMORY;
    }

    *e = (env_t){ arena, object, doc };
    *env = (xd_cel_env_t){ .ctx = e,
        .variable = variable,
        .member = member,
        .optional = optional,
        .nearest = nearest };

    return XD_OK;
}
