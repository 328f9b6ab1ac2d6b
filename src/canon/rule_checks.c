/* SPDX-License-Identifier: BSD-2-Clause */

/* The checks that are no sums: numbers that stand once, dates, references. */

#include "canon/rule_checks.h"

#include "base/clock.h"
#include "base/map.h"
#include "canon/codes.h"


#define DAY_LEN 10 /* 2026-05-14 */

/* -- keys ------------------------------------------------------------------ */


/* Texts that were seen.  Most documents have few: these need no memory. */
#define FEW 16

typedef struct {
    xd_rule_run_t *run;
    size_t count;
    xd_str_t few[FEW];
    xd_map_t *many; /* all of them, once there are more */
} keys_t;


static bool
keys_have(const keys_t *k, xd_str_t key)
{
    if (k->many != NULL) {
        return xd_map_get(k->many, key) != NULL;
    }

    for (size_t i = 0; i < k->count; i++) {
        if (xd_str_eq(k->few[i], key)) {
            return true;
        }
    }

    return false;
}


static bool
keys_grow(keys_t *k)
{
    k->many = xd_map_new(k->run->scratch);

    for (size_t i = 0; k->many != NULL && i < k->count; i++) {
        if (xd_map_put(k->many, k->few[i], k, NULL) != XD_OK) {
            return false;
        }
    }

    return k->many != NULL;
}


static void
keys_add(keys_t *k, xd_str_t key)
{
    if (k->count < FEW) {
        k->few[k->count++] = key;

    } else if ((k->many == NULL && !keys_grow(k))
               || xd_map_put(k->many, key, k, NULL) != XD_OK)
    {
        k->run->rc = XD_E_MEMORY;
    }
}


/* The text of one member, or of several, joined by what no text holds.  None
 * when the first is missing. */
static xd_str_t
key_of(xd_rule_run_t *run, const xd_node_t *at, const char *members)
{
    xd_str_t rest = xd_str(members);
    xd_str_t first = xd_str_cut(&rest, '+');
    const xd_node_t *node = first.len == 0 ? at : xd_get_str(at, first);
    xd_str_t key = node == NULL ? XD_STR_NONE : node->text;

    while (key.ptr != NULL && rest.ptr != NULL) {
        node = xd_get_str(at, xd_str_cut(&rest, '+'));
        first = node == NULL ? XD_STR("") : node->text;
        key = xd_fmt(run->scratch, "%.*s\x1f%.*s", XD_FMT(key), XD_FMT(first));
        if (key.ptr == NULL) {
            run->rc = XD_E_MEMORY;
        }
    }

    return key;
}


static void
see_once(void *ctx, const xd_node_t *at)
{
    keys_t *k = ctx;
    xd_rule_run_t *run = k->run;
    const char *members = run->rule->b;
    xd_str_t key;

    if (!xd_rule_holds(at, run->rule->only)) {
        return;
    }

    key = key_of(run, at, members);
    if (key.ptr == NULL) {
        return;
    }

    if (keys_have(k, key)) {
        const xd_node_t *member = xd_rule_node(at, members);

        xd_rule_broken(run, member != NULL ? member : at);

    } else {
        keys_add(k, key);
    }
}


void
xd_rule_unique(xd_rule_run_t *run, const xd_node_t *at)
{
    keys_t k;

    k.run = run;
    k.count = 0;
    k.many = NULL;
    xd_rule_each(at, xd_str(run->rule->a), see_once, &k);
}


static void
note(void *ctx, const xd_node_t *node)
{
    if (node->text.ptr != NULL) {
        keys_add(ctx, node->text);
    }
}


static void
look_up(void *ctx, const xd_node_t *node)
{
    keys_t *k = ctx;

    if (node->text.ptr != NULL && !keys_have(k, node->text)) {
        xd_rule_broken(k->run, node);
    }
}


void
xd_rule_refers(xd_rule_run_t *run, const xd_node_t *at)
{
    keys_t k;

    k.run = run;
    k.count = 0;
    k.many = NULL;
    xd_rule_each(at, xd_str(run->rule->b), note, &k);
    if (k.count > 0) {
        xd_rule_each(at, xd_str(run->rule->a), look_up, &k);
    }
}


/* -- pairs ----------------------------------------------------------------- */


/* Is a later than b?  A day is neither later nor earlier than its hours. */
static bool
is_later(xd_str_t a, xd_str_t b)
{
    int64_t left, right;

    if (a.len < DAY_LEN || b.len < DAY_LEN) {
        return false;
    }

    if (a.len > DAY_LEN && b.len > DAY_LEN) {
        return xd_instant_read(a, &left) && xd_instant_read(b, &right)
               && left > right;
    }

    return memcmp(a.ptr, b.ptr, DAY_LEN) > 0;
}


void
xd_rule_order(xd_rule_run_t *run, const xd_node_t *at)
{
    const char *early = run->rule->a;
    const xd_node_t *from = xd_rule_root(run, at, &early);
    const xd_node_t *a = xd_rule_node(from, early);
    const xd_node_t *b = xd_rule_node(at, run->rule->b);

    if (a != NULL && b != NULL && is_later(a->text, b->text)) {
        xd_rule_found(run, b, ": %.*s is before %.*s", XD_FMT(b->text),
            XD_FMT(a->text));
    }
}


void
xd_rule_differ(xd_rule_run_t *run, const xd_node_t *at)
{
    const xd_node_t *a = xd_rule_node(at, run->rule->a);
    const xd_node_t *b = xd_rule_node(at, run->rule->b);
    xd_str_t left = xd_text(a, "gln"), right = xd_text(b, "gln");
    bool same;

    if (a == NULL || b == NULL) {
        return;
    }

    same = left.ptr != NULL && right.ptr != NULL ? xd_str_eq(left, right)
                                                 : xd_node_equal(a, b);
    if (same) {
        xd_rule_broken(run, b);
    }
}


typedef struct {
    xd_rule_run_t *run;
    xd_str_t uom; /* of the first quantity */
} unit_t;


static void
hold_unit(void *ctx, const xd_node_t *quantity)
{
    unit_t *u = ctx;
    const xd_node_t *uom = xd_get(quantity, "uom");

    if (uom == NULL) {
        return;
    }

    if (u->uom.ptr == NULL) {
        u->uom = uom->text;

    } else if (!xd_str_eq(u->uom, uom->text)) {
        xd_rule_found(u->run, uom, ": %.*s stands beside %.*s",
            XD_FMT(uom->text), XD_FMT(u->uom));
    }
}


void
xd_rule_one_unit(xd_rule_run_t *run, const xd_node_t *at)
{
    unit_t u = { run, XD_STR_NONE };
    xd_str_t paths = xd_str(run->rule->a);

    while (paths.ptr != NULL) {
        xd_rule_each(at, xd_str_cut(&paths, '|'), hold_unit, &u);
    }
}


/* -- money ----------------------------------------------------------------- */


/* An amount and its currency, and nothing else. */
static bool
is_money(const xd_node_t *node)
{
    const xd_node_t *amount = node->first, *ccy;

    if (node->kind != XD_OBJECT || node->count != 2) {
        return false;
    }

    ccy = amount->next;
    if (amount->key.len < ccy->key.len) {
        const xd_node_t *other = amount;

        amount = ccy;
        ccy = other;
    }

    return xd_str_eq(amount->key, XD_STR("amount"))
           && xd_str_eq(ccy->key, XD_STR("ccy")) && amount->kind == XD_STRING
           && ccy->kind == XD_STRING;
}


static bool
left_out(const xd_rule_t *rule, xd_str_t name)
{
    for (const xd_str_t *n = rule->but; n != NULL && n->len > 0; n++) {
        if (xd_str_eq(*n, name)) {
            return true;
        }
    }

    return xd_str_eq(name, XD_STR("meta"));
}


/* Looks at every amount below node but meta's and those left out. */
static void
each_amount(xd_rule_run_t *run, const xd_node_t *node, xd_rule_fn *look)
{
    if (is_money(node)) {
        look(run, node);
        return;
    }

    xd_each (child, node) {
        if (child->first != NULL && !left_out(run->rule, child->key)) {
            each_amount(run, child, look);
        }
    }
}


static void
look_at_currency(xd_rule_run_t *run, const xd_node_t *money)
{
    xd_str_t want = xd_text_at(run->doc, run->rule->a);
    const xd_node_t *ccy = xd_get(money, "ccy");

    if (!xd_str_eq(ccy->text, want)) {
        xd_rule_found(run, ccy, ": write %.*s", XD_FMT(want));
    }
}


void
xd_rule_currency(xd_rule_run_t *run, const xd_node_t *at)
{
    if (xd_text_at(run->doc, run->rule->a).ptr != NULL) {
        each_amount(run, at, look_at_currency);
    }
}


static void
look_at_digits(xd_rule_run_t *run, const xd_node_t *money)
{
    const xd_node_t *amount = xd_get(money, "amount");
    xd_str_t fraction = amount->text;
    int digits = xd_codes_digits(xd_text(money, "ccy"));

    (void) xd_str_cut(&fraction, '.');

    /* Zeros at the end say nothing. */
    while (fraction.len > 0 && fraction.ptr[fraction.len - 1] == '0') {
        fraction.len--;
    }

    if (fraction.len > (size_t) digits) {
        xd_rule_found(run, amount, ": %.*s has %d digits behind the point",
            XD_FMT(xd_text(money, "ccy")), digits);
    }
}


void
xd_rule_minor_digits(xd_rule_run_t *run, const xd_node_t *at)
{
    each_amount(run, at, look_at_digits);
}


/* -- documents ------------------------------------------------------------- */


void
xd_rule_response(xd_rule_run_t *run, const xd_node_t *at)
{
    const xd_node_t *status = xd_get(at, "status");

    if (status == NULL || xd_str_is(status->text, "changed")) {
        return;
    }

    xd_each (line, xd_get(at, "lines")) {
        xd_str_t own = xd_text(line, "status");

        if (own.ptr != NULL && !xd_str_eq(own, status->text)) {
            xd_rule_found(run, status, ": line %.*s is %.*s",
                XD_FMT(xd_text(line, "lineNo")), XD_FMT(own));
            return;
        }
    }
}


/* Marks of a walk: 0 is new, the number of a walk is on the way. */
typedef struct {
    const xd_node_t *unit;
    uint32_t walk;
} place_t;


static xd_map_t *
units_by_number(xd_rule_run_t *run, const xd_node_t *units)
{
    xd_map_t *by_number = xd_map_new(run->scratch);
    place_t *places = xd_alloc_n(run->scratch, units->count, sizeof(*places));

    if (by_number == NULL || places == NULL) {
        run->rc = XD_E_MEMORY;
        return NULL;
    }

    xd_each (unit, units) {
        xd_str_t number = xd_text(unit, "unitNo");

        places->unit = unit;
        if (number.ptr != NULL
            && xd_map_put(by_number, number, places, NULL) != XD_OK) {
            run->rc = XD_E_MEMORY;
            return NULL;
        }
        places++;
    }

    return by_number;
}


/* Goes up from a unit until an earlier walk was there, or none is above.
 * Coming back to the own walk is a circle. */
static void
walk_up(xd_rule_run_t *run, const xd_map_t *units, const xd_node_t *unit,
    uint32_t walk)
{
    while (unit != NULL) {
        const xd_node_t *parent = xd_get(unit, "parent");
        place_t *place = xd_map_get(units, xd_text(unit, "unitNo"));

        if (parent == NULL || place == NULL
            || (place->walk != 0 && place->walk != walk))
        {
            return;
        }

        if (place->walk == walk) {
            xd_rule_broken(run, parent);
            return;
        }

        place->walk = walk;
        place = xd_map_get(units, parent->text);
        unit = place == NULL ? NULL : place->unit;
    }
}


void
xd_rule_circle(xd_rule_run_t *run, const xd_node_t *at)
{
    const xd_node_t *units = xd_get(at, "units");
    xd_map_t *by_number;
    uint32_t walk = 0;

    if (units == NULL || units->count == 0) {
        return;
    }

    by_number = units_by_number(run, units);
    if (by_number == NULL) {
        return;
    }

    xd_each (unit, units) {
        walk_up(run, by_number, unit, ++walk);
    }
}


typedef struct {
    xd_rule_run_t *run;
    xd_str_t owner;
} field_t;


static void
not_theirs(void *ctx, const xd_node_t *node)
{
    field_t *f = ctx;

    xd_rule_found(f->run, node, ": its owner is %.*s", XD_FMT(f->owner));
}


static bool
may_write(const xd_node_t *field, xd_str_t writer)
{
    if (xd_str_eq(xd_text(field, "owner"), writer)) {
        return true;
    }

    xd_each (other, xd_get(field, "writers")) {
        if (xd_str_eq(other->text, writer)) {
            return true;
        }
    }

    return false;
}


void
xd_rule_owner(xd_rule_run_t *run, const xd_node_t *at)
{
    xd_str_t document = xd_text_at(at, "meta.type");
    xd_str_t writer = xd_text_at(at, "meta.source.partner");

    if (writer.ptr == NULL) {
        writer = xd_text_at(at, "meta.source.system");
    }

    if (writer.ptr == NULL) {
        return;
    }

    xd_each (field, xd_get(run->with->owners, "fields")) {
        field_t f = { run, xd_text(field, "owner") };

        if (xd_str_eq(xd_text(field, "document"), document)
            && xd_str_is(xd_text(field, "conflict"), run->rule->a)
            && !may_write(field, writer))
        {
            xd_rule_each(at, xd_text(field, "path"), not_theirs, &f);
        }
    }
}
