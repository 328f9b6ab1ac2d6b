/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Descriptors from schemas.  An object's members stand in its properties and
 * in those of what it refers to; a member that says nothing new of its kind
 * (a const beside a $ref) leaves the description as it is.
 */

#include "base/map.h"
#include "canon/descriptor.h"

#define DEPTH_MAX 64
#define HOPS      16 /* a reference to a reference to … */

/* The members of an object, made once for each place they are written at. */
typedef struct {
    const xd_field_t *at;
    size_t count;
} shape_t;

struct xd_describer_s {
    xd_arena_t *arena;
    const xd_book_t *book;
    xd_map_t *shapes; /* pointer of the schema -> shape_t */
    unsigned depth;
    xd_rc_t rc;
};

static shape_t shape_of(xd_describer_t *d, const xd_node_t *schema);


xd_describer_t *
xd_describer_new(xd_arena_t *arena, const xd_book_t *book)
{
    xd_describer_t *d = xd_alloc(arena, sizeof(*d));

    if (d == NULL) {
        return NULL;
    }

    *d = (xd_describer_t){ arena, book, xd_map_new(arena), 0, XD_OK };

    return d->shapes != NULL ? d : NULL;
}


static void
fail(xd_describer_t *d, xd_rc_t rc)
{
    d->rc = d->rc == XD_OK ? rc : d->rc;
}


/* "urn:retail:common:1.0#/$defs/money". */
static const char *
place_of(xd_describer_t *d, const xd_node_t *schema)
{
    const xd_leaf_t *leaf = xd_book_leaf_of(d->book, schema);
    xd_str_t pointer = xd_pointer_of(d->arena, schema);
    xd_str_t place =
        leaf == NULL || pointer.ptr == NULL
            ? XD_STR_NONE
            : xd_fmt(d->arena, "%.*s#%.*s", XD_FMT(leaf->id), XD_FMT(pointer));

    if (place.ptr == NULL) {
        fail(d, XD_E_MEMORY);
        return "";
    }

    return place.ptr;
}


/* What a schema refers to; NULL when it does not. */
static const xd_node_t *
referred(xd_describer_t *d, const xd_node_t *schema)
{
    const xd_node_t *ref = xd_get(schema, "$ref");
    const xd_node_t *to =
        ref != NULL ? xd_book_ref(d->book, ref, ref->text) : NULL;

    if (ref != NULL && to == NULL) {
        fail(d, XD_E_SYNTAX);
    }

    return to;
}


/* A keyword here or in what is referred to; NULL. */
static const xd_node_t *
value_of(xd_describer_t *d, const xd_node_t *schema, const char *keyword)
{
    for (int i = 0; i < HOPS && schema != NULL; i++) {
        const xd_node_t *value = xd_get(schema, keyword);

        if (value != NULL) {
            return value;
        }

        schema = referred(d, schema);
    }

    return NULL;
}


/* -- kinds ---------------------------------------------------------------- */


static const struct {
    const char *type;
    xd_field_kind_t kind;
} kinds[] = {
    { "string", XD_FIELD_STRING },
    { "number", XD_FIELD_NUMBER },
    { "integer", XD_FIELD_INTEGER },
    { "boolean", XD_FIELD_BOOLEAN },
    { "object", XD_FIELD_OBJECT },
    { "array", XD_FIELD_ARRAY },
};


/* Of a schema without a type: by the values that it lists. */
static xd_field_kind_t
kind_of_values(xd_describer_t *d, const xd_node_t *schema)
{
    const xd_node_t *list = value_of(d, schema, "enum");
    const xd_node_t *one = value_of(d, schema, "const");

    if (one == NULL && list == NULL) {
        return XD_FIELD_ANY;
    }

    xd_each (value, list) {
        if (value->kind != XD_STRING) {
            return XD_FIELD_ANY;
        }
    }

    return one == NULL || one->kind == XD_STRING ? XD_FIELD_STRING
                                                 : XD_FIELD_ANY;
}


static bool
is_free(xd_describer_t *d, const xd_node_t *schema)
{
    const xd_node_t *rest = value_of(d, schema, "additionalProperties");

    return value_of(d, schema, "properties") == NULL
           && (rest == NULL || rest->kind == XD_OBJECT || rest->truth);
}


static xd_field_kind_t
kind_of(xd_describer_t *d, const xd_node_t *schema)
{
    const xd_node_t *type = value_of(d, schema, "type");
    xd_field_kind_t kind = XD_FIELD_ANY;

    if (type == NULL && value_of(d, schema, "properties") != NULL) {
        return XD_FIELD_OBJECT;
    }

    if (type == NULL) {
        return kind_of_values(d, schema);
    }

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (type->kind == XD_STRING && xd_str_is(type->text, kinds[i].type)) {
            kind = kinds[i].kind;
        }
    }

    return kind == XD_FIELD_OBJECT && is_free(d, schema) ? XD_FIELD_FREE : kind;
}


/* -- members -------------------------------------------------------------- */


static const char *
text_of(xd_describer_t *d, const xd_node_t *node)
{
    xd_str_t text;

    if (node == NULL) {
        return NULL;
    }

    text = xd_dup(d->arena, node->text);
    if (text.ptr == NULL) {
        fail(d, XD_E_MEMORY);
    }

    return text.ptr;
}


static xd_field_t field_of(xd_describer_t *d, const xd_node_t *schema);


static const xd_field_t *
items_of(xd_describer_t *d, const xd_node_t *schema)
{
    const xd_node_t *items = value_of(d, schema, "items");
    xd_field_t *field =
        items == NULL ? NULL : xd_alloc(d->arena, sizeof(*field));

    if (field != NULL) {
        *field = field_of(d, items);
    } else if (items != NULL) {
        fail(d, XD_E_MEMORY);
    }

    return field;
}


static xd_field_t
field_of(xd_describer_t *d, const xd_node_t *schema)
{
    const xd_node_t *pii = value_of(d, schema, "x-pii");
    xd_field_t f = { .pointer = place_of(d, schema),
        .kind = kind_of(d, schema),
        .flags = pii != NULL && pii->truth ? XD_FIELD_PII : 0,
        .format = text_of(d, value_of(d, schema, "format")) };
    shape_t shape;

    if (++d->depth > DEPTH_MAX) {
        fail(d, XD_E_LIMIT);
    }

    if (f.kind == XD_FIELD_ARRAY && d->rc == XD_OK) {
        f.children = items_of(d, schema);
        f.count = f.children != NULL;
    } else if (f.kind == XD_FIELD_OBJECT && d->rc == XD_OK) {
        shape = shape_of(d, schema);
        f.children = shape.at;
        f.count = shape.count;
    }

    d->depth--;

    return f;
}


/* Where the members of an object are written: each schema on the way along
 * $ref that has properties. */
static size_t
homes(xd_describer_t *d, const xd_node_t *schema, const xd_node_t **found)
{
    size_t n = 0;

    for (int i = 0; i < HOPS && schema != NULL; i++) {
        if (xd_get(schema, "properties") != NULL) {
            found[n++] = schema;
        }
        schema = referred(d, schema);
    }

    return n;
}


/* Is a member also written in one of the homes below? */
static bool
is_below(const xd_node_t **found, size_t from, size_t n, xd_str_t name)
{
    for (size_t i = from; i < n; i++) {
        if (xd_get_str(xd_get(found[i], "properties"), name) != NULL) {
            return true;
        }
    }

    return false;
}


static bool
is_required(const xd_node_t **found, size_t n, xd_str_t name)
{
    for (size_t i = 0; i < n; i++) {
        xd_each (one, xd_get(found[i], "required")) {
            if (xd_str_eq(one->text, name)) {
                return true;
            }
        }
    }

    return false;
}


/* A home that only narrows members of the next one is passed over: meta, of
 * which each document fixes two values, is one shape for all. */
static size_t
first_home(const xd_node_t **found, size_t n)
{
    size_t first = 0;

    while (first + 1 < n) {
        xd_each (member, xd_get(found[first], "properties")) {
            if (!is_below(found, first + 1, n, member->key)) {
                return first;
            }
        }
        first++;
    }

    return first;
}


static xd_field_t *
add_members(xd_describer_t *d, const xd_node_t **found, size_t n, size_t i,
    xd_field_t *to)
{
    xd_each (member, xd_get(found[i], "properties")) {
        if (is_below(found, i + 1, n, member->key)) {
            continue;
        }

        *to = field_of(d, member);
        to->name = xd_dup(d->arena, member->key).ptr;
        to->flags |= is_required(found, n, member->key) ? XD_FIELD_REQUIRED : 0;
        if (to->name == NULL) {
            fail(d, XD_E_MEMORY);
        }
        to++;
    }

    return to;
}


static void
fill(xd_describer_t *d, const xd_node_t **found, size_t n, shape_t *shape)
{
    size_t room = 0;
    xd_field_t *fields, *end;

    for (size_t i = 0; i < n; i++) {
        room += xd_get(found[i], "properties")->count;
    }

    fields = end = xd_alloc_n(d->arena, room, sizeof(*fields));
    if (fields == NULL) {
        fail(d, XD_E_MEMORY);
        return;
    }

    for (size_t i = 0; i < n; i++) {
        end = add_members(d, found, n, i, end);
    }

    shape->at = fields;
    shape->count = (size_t) (end - fields);
}


static shape_t
shape_of(xd_describer_t *d, const xd_node_t *schema)
{
    const xd_node_t *found[HOPS];
    size_t n = homes(d, schema, found);
    size_t first = first_home(found, n);
    const char *place = n > 0 ? place_of(d, found[first]) : "";
    shape_t *shape = n > 0 ? xd_map_get(d->shapes, xd_str(place)) : NULL;

    if (shape != NULL || n == 0) {
        return shape != NULL ? *shape : (shape_t){ 0 };
    }

    shape = xd_alloc(d->arena, sizeof(*shape));
    if (shape == NULL) {
        fail(d, XD_E_MEMORY);
        return (shape_t){ 0 };
    }

    fill(d, found + first, n - first, shape);
    if (xd_map_put(d->shapes, xd_str(place), shape, NULL) != XD_OK) {
        fail(d, XD_E_MEMORY);
    }

    return *shape;
}


xd_rc_t
xd_describe(xd_describer_t *d, const xd_leaf_t *leaf, xd_descriptor_t *out)
{
    xd_str_t name = xd_dup(d->arena, leaf->name);
    xd_str_t id = xd_dup(d->arena, leaf->id);
    xd_str_t space =
        xd_fmt(d->arena, "urn:retail:%.*s:%u", XD_FMT(leaf->name), leaf->major);

    *out = (xd_descriptor_t){ .document = name.ptr,
        .id = id.ptr,
        .space = space.ptr,
        .root = field_of(d, leaf->root) };

    if (name.ptr == NULL || id.ptr == NULL || space.ptr == NULL) {
        fail(d, XD_E_MEMORY);
    }

    return d->rc;
}


xd_rc_t
xd_describe_field(xd_describer_t *d, const xd_node_t *schema, xd_field_t *out)
{
    *out = field_of(d, schema);

    return d->rc;
}
