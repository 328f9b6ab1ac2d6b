/* SPDX-License-Identifier: BSD-2-Clause */

/* Values: lists and maps of both kinds, equality, order, keys. */

#include "cel/room.h"

#include <math.h>
#include <stdlib.h>

#include "tree/number.h"


const char *
xd_cel_kind_name(xd_cel_kind_t kind)
{
    static const char *const names[] = { "error", "null_type", "bool", "int",
        "uint", "double", "string", "bytes", "list", "map",
        "google.protobuf.Timestamp", "google.protobuf.Duration", "decimal",
        "type", "optional_type", "dyn", "map", "dyn" };

    return names[kind];
}


xd_cel_value_t
xd_cel_of_text(xd_str_t text)
{
    return cel_text(XD_CEL_STRING, text);
}


static xd_cel_value_t
of_number(xd_str_t text)
{
    char copy[400];
    int64_t n;

    if (xd_number_int(text, &n)) {
        return cel_int(n);
    }

    if (text.len == 0 || text.len >= sizeof(copy)) {
        return cel_text(XD_CEL_ERROR,
            XD_STR("the number is empty or too long"));
    }

    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';

    return cel_double(strtod(copy, NULL));
}


xd_cel_value_t
xd_cel_of_node(xd_arena_t *scratch, const xd_node_t *node)
{
    xd_cel_items_t *items;
    xd_cel_value_t v;

    switch (node->kind) {
    case XD_BOOL:
        return cel_bool(node->truth);
    case XD_NUMBER:
        return of_number(node->text);
    case XD_STRING:
        return cel_text(XD_CEL_STRING, node->text);
    case XD_ARRAY:
    case XD_OBJECT:
        break;
    default:
        return (xd_cel_value_t){ .kind = XD_CEL_NULL };
    }

    items = xd_alloc(scratch, sizeof(*items));
    if (items == NULL) {
        return cel_text(XD_CEL_ERROR, xd_str(xd_rc_text(XD_E_MEMORY)));
    }

    items->node = node;
    v.kind = node->kind == XD_ARRAY ? XD_CEL_LIST : XD_CEL_MAP;
    v.at = 0;
    v.as.items = items;

    return v;
}


/* In a run, a full arena ends it. */
xd_cel_value_t
cel_of_node(cel_run_t *run, const xd_node_t *node)
{
    xd_cel_value_t v = xd_cel_of_node(run->arena, node);

    return v.kind == XD_CEL_ERROR && node->kind != XD_NUMBER ? cel_memory(run)
                                                             : v;
}


/* -- lists and maps ------------------------------------------------------- */

cel_walk_t
cel_walk(const xd_cel_value_t *v)
{
    return (cel_walk_t){ .items = v->as.items,
        .node = v->as.items->node != NULL ? v->as.items->node->first : NULL,
        .map = v->kind == XD_CEL_MAP };
}


/* A list's key is its index. */
bool
cel_step(cel_run_t *run, cel_walk_t *w, xd_cel_value_t *key,
    xd_cel_value_t *value)
{
    const xd_cel_value_t *at;

    if (w->items->node != NULL) {
        if (w->node == NULL) {
            return false;
        }

        *key = w->map ? xd_cel_of_text(w->node->key) : cel_int((int64_t) w->n);
        *value = cel_of_node(run, w->node);
        w->node = w->node->next;
        w->n++;

        return true;
    }

    if (w->n >= w->items->count) {
        return false;
    }

    at = w->items->at + (w->map ? 2 * w->n : w->n);
    *key = w->map ? at[0] : cel_int((int64_t) w->n);
    *value = w->map ? at[1] : at[0];
    w->n++;

    return true;
}


size_t
cel_count(const xd_cel_value_t *v)
{
    const xd_cel_items_t *items = v->as.items;

    return items->node != NULL ? items->node->count : items->count;
}


bool
cel_push(cel_run_t *run, cel_grow_t *g, xd_cel_value_t v)
{
    if (g->count == g->room) {
        size_t room = g->room == 0 ? 8 : g->room * 2;
        xd_cel_value_t *at = xd_alloc_n(run->arena, room, sizeof(*at));

        if (at == NULL) {
            run->rc = XD_E_MEMORY;
            return false;
        }

        if (g->count > 0) {
            memcpy(at, g->at, g->count * sizeof(*at));
        }

        g->at = at;
        g->room = room;
    }

    g->at[g->count++] = v;

    return true;
}


xd_cel_value_t
cel_items(cel_run_t *run, xd_cel_kind_t kind, const cel_grow_t *g)
{
    xd_cel_items_t *items = xd_alloc(run->arena, sizeof(*items));

    if (items == NULL) {
        return cel_memory(run);
    }

    items->at = g->at;
    items->count = kind == XD_CEL_MAP ? g->count / 2 : g->count;

    return (xd_cel_value_t){ .kind = kind, .as.items = items };
}


xd_cel_value_t
cel_optional(cel_run_t *run, const xd_cel_value_t *inner)
{
    xd_cel_value_t v = { .kind = XD_CEL_OPTIONAL };
    xd_cel_value_t *copy;

    if (inner != NULL) {
        copy = xd_alloc(run->arena, sizeof(*copy));
        if (copy == NULL) {
            return cel_memory(run);
        }

        *copy = *inner;
        v.as.inner = copy;
    }

    return v;
}


/* -- numbers -------------------------------------------------------------- */

bool
cel_is_number(xd_cel_kind_t kind)
{
    return kind == XD_CEL_INT || kind == XD_CEL_UINT || kind == XD_CEL_DOUBLE;
}


static int
order_int_uint(int64_t i, uint64_t u)
{
    if (i < 0 || u > INT64_MAX) {
        return -1;
    }

    return (i > (int64_t) u) - (i < (int64_t) u);
}


static int
flip(int order)
{
    return order == 2 ? 2 : -order;
}


static int
order_doubles(double a, double b)
{
    return isnan(a) || isnan(b) ? 2 : (a > b) - (a < b);
}


/* Of two numbers of different kinds: int before uint before double.  Beside a
 * double a whole number is taken as one, as the suite has it: from 2^53 on
 * neighbours are equal to it. */
static int
order_mixed(const xd_cel_value_t *a, const xd_cel_value_t *b)
{
    if (a->kind > b->kind) {
        return flip(order_mixed(b, a));
    }

    if (a->kind == XD_CEL_INT) {
        return b->kind == XD_CEL_UINT
                   ? order_int_uint(a->as.number, b->as.natural)
                   : order_doubles((double) a->as.number, b->as.real);
    }

    return order_doubles((double) a->as.natural, b->as.real);
}


static int
order_times(xd_cel_time_t a, xd_cel_time_t b)
{
    return a.seconds != b.seconds ? (a.seconds > b.seconds ? 1 : -1)
                                  : (a.nanos > b.nanos) - (a.nanos < b.nanos);
}


static int
order_decimal_int(const xd_cel_value_t *d, int64_t i)
{
    xd_decimal_t whole = { .mantissa = i };

    return xd_decimal_cmp(d->as.decimal, whole);
}


static int
sign_of(int n)
{
    return (n > 0) - (n < 0);
}


static int
order_same(const xd_cel_value_t *a, const xd_cel_value_t *b)
{
    switch (a->kind) {
    case XD_CEL_BOOL:
        return a->as.truth - b->as.truth;
    case XD_CEL_INT:
    case XD_CEL_DURATION:
        return (a->as.number > b->as.number) - (a->as.number < b->as.number);
    case XD_CEL_UINT:
        return (a->as.natural > b->as.natural)
               - (a->as.natural < b->as.natural);
    case XD_CEL_DOUBLE:
        return order_doubles(a->as.real, b->as.real);
    case XD_CEL_STRING:
    case XD_CEL_BYTES:
    case XD_CEL_TYPE:
        return sign_of(xd_str_cmp(a->as.text, b->as.text));
    case XD_CEL_TIMESTAMP:
        return order_times(a->as.time, b->as.time);
    case XD_CEL_DECIMAL:
        return sign_of(xd_decimal_cmp(a->as.decimal, b->as.decimal));
    default:
        return 2;
    }
}


int
cel_order(const xd_cel_value_t *a, const xd_cel_value_t *b)
{
    if (a->kind == b->kind) {
        return order_same(a, b);
    }

    if (cel_is_number(a->kind) && cel_is_number(b->kind)) {
        return order_mixed(a, b);
    }

    if (a->kind == XD_CEL_DECIMAL && b->kind == XD_CEL_INT) {
        return sign_of(order_decimal_int(a, b->as.number));
    }

    if (b->kind == XD_CEL_DECIMAL && a->kind == XD_CEL_INT) {
        return -sign_of(order_decimal_int(b, a->as.number));
    }

    return 2;
}


/* -- equality ------------------------------------------------------------- */

static bool
equal_lists(cel_run_t *run, const xd_cel_value_t *a, const xd_cel_value_t *b)
{
    cel_walk_t wa = cel_walk(a);
    cel_walk_t wb = cel_walk(b);
    xd_cel_value_t key;
    xd_cel_value_t va;
    xd_cel_value_t vb;

    while (cel_step(run, &wa, &key, &va) && cel_step(run, &wb, &key, &vb)) {
        if (!cel_equal(run, &va, &vb)) {
            return false;
        }
    }

    return true;
}


static bool
equal_maps(cel_run_t *run, const xd_cel_value_t *a, const xd_cel_value_t *b)
{
    cel_walk_t w = cel_walk(a);
    xd_cel_value_t key;
    xd_cel_value_t va;
    xd_cel_value_t vb;

    while (cel_step(run, &w, &key, &va)) {
        if (!cel_lookup(run, b, &key, &vb) || !cel_equal(run, &va, &vb)) {
            return false;
        }
    }

    return true;
}


static bool
equal_optionals(cel_run_t *run, const xd_cel_value_t *a,
    const xd_cel_value_t *b)
{
    return a->as.inner == NULL || b->as.inner == NULL
               ? a->as.inner == b->as.inner
               : cel_equal(run, a->as.inner, b->as.inner);
}


/* Values of different types are unequal, which is no error.  Lists nest only
 * as deep as the expression or the document does. */
bool
cel_equal(cel_run_t *run, const xd_cel_value_t *a, const xd_cel_value_t *b)
{
    if (!cel_cost(run, 1)) {
        return false;
    }

    if (a->kind != b->kind) {
        return cel_order(a, b) == 0;
    }

    switch (a->kind) {
    case XD_CEL_NULL:
        return true;
    case XD_CEL_STRING:
    case XD_CEL_BYTES:
        return cel_cost_bytes(run, a->as.text.len)
               && xd_str_eq(a->as.text, b->as.text);
    case XD_CEL_LIST:
        return cel_count(a) == cel_count(b) && equal_lists(run, a, b);
    case XD_CEL_MAP:
        return cel_count(a) == cel_count(b) && equal_maps(run, a, b);
    case XD_CEL_OPTIONAL:
        return equal_optionals(run, a, b);
    default:
        return cel_order(a, b) == 0;
    }
}


/* -- keys ----------------------------------------------------------------- */

static bool
lookup_node(cel_run_t *run, const xd_node_t *node, const xd_cel_value_t *key,
    xd_cel_value_t *out)
{
    const xd_node_t *found =
        key->kind == XD_CEL_STRING ? xd_get_str(node, key->as.text) : NULL;

    if (found != NULL) {
        *out = cel_of_node(run, found);
    }

    return found != NULL;
}


bool
cel_lookup(cel_run_t *run, const xd_cel_value_t *map, const xd_cel_value_t *key,
    xd_cel_value_t *out)
{
    const xd_cel_items_t *items = map->as.items;

    if (items->node != NULL) {
        return lookup_node(run, items->node, key, out);
    }

    for (size_t i = 0; i < items->count && run->rc == XD_OK; i++) {
        if (cel_equal(run, &items->at[2 * i], key)) {
            *out = items->at[2 * i + 1];
            return true;
        }
    }

    return false;
}


/* false with the fault when the key cannot be one, or is there already. */
bool
cel_add_entry(cel_run_t *run, cel_grow_t *g, const xd_cel_value_t *key,
    const xd_cel_value_t *value, xd_cel_value_t *fault)
{
    if (key->kind != XD_CEL_STRING && key->kind != XD_CEL_BOOL
        && key->kind != XD_CEL_INT && key->kind != XD_CEL_UINT)
    {
        *fault = cel_error(run, "unsupported key type: %s",
            xd_cel_kind_name(key->kind));
        return false;
    }

    for (size_t i = 0; i < g->count; i += 2) {
        if (cel_equal(run, &g->at[i], key)) {
            *fault = cel_error(run, "a key stands twice in the map");
            return false;
        }
    }

    if (!cel_push(run, g, *key) || !cel_push(run, g, *value)) {
        *fault = cel_memory(run);
        return false;
    }

    return true;
}
