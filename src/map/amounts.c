/* SPDX-License-Identifier: BSD-2-Clause */

/* Codecs of quantities and money: a number with what it is a number of. */

#include "base/decimal.h"
#include "canon/codes.h"
#include "canon/format.h"
#include "map/line.h"


/* -- quantities ------------------------------------------------------------ */

/* A unit that is not named is the one the map says is meant; one that is that
 * all the same stays in what is left, so it is written again. */
static void
quantity_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *in = map_find(m, line, group);
    xd_str_t unit = map_text(m, in, line->keys[1]);
    bool assumed = (line->flags & MAP_ELSE) != 0
                   && (unit.len == 0 || xd_str_eq(unit, line->with.other));

    if (map_member(to, line) == NULL && map_text(m, in, line->keys[0]).len > 0
        && ((line->flags & MAP_QUIET) == 0 || unit.len > 0))
    {
        map_put_quantity(m, map_around(m, to, line), map_key(line),
            map_value(m, line, group),
            assumed ? line->with.other : map_take(m, in, line->keys[1]),
            in->offset);
    }
}


/* The code of a unit: as the sender had it, or the usual one for it. */
static xd_str_t
unit_code(const map_run_t *m, const xd_node_t *quantity)
{
    const map_code_t *units = m->kind->units;
    xd_str_t uom = xd_text(quantity, "uom");
    xd_str_t orig = xd_text(quantity, "origUom");
    const char *name = orig.ptr != NULL ? map_code(units, orig) : NULL;

    if (name != NULL && xd_str_is(uom, name)) {
        return orig;
    }

    name = map_code_of(units, uom);
    if (name != NULL) {
        return xd_str(name);
    }

    /* what was read without a name is kept by its code */
    return (m->kind->units_are_open || uom.len == 2)
                   && map_code(units, uom) == NULL
               ? uom
               : XD_STR_NONE;
}


static void
quantity_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *q = map_member(from, line);
    const xd_node_t *value = xd_get(q, "value");
    xd_node_t *in;
    xd_str_t unit;

    if (value == NULL) {
        return;
    }

    unit = unit_code(m, q);
    if (unit.ptr == NULL) {
        map_refuse(m, line, xd_get(q, "uom"),
            "the unit has no code in the format.");
        return;
    }

    in = map_make(m, line, group);
    map_set_digits(m, line, group, value->text, value);
    map_used(m, xd_get(q, "origUom"));
    if ((line->flags & MAP_ELSE) != 0 && xd_str_eq(unit, line->with.other)) {
        map_used(m, xd_get(q, "uom"));
    } else {
        map_set_at(m, line, in, line->keys[1], (map_room_t){ 1, 3 }, unit,
            xd_get(q, "uom"));
    }
}


const map_codec_t map_as_quantity = { .read = quantity_read,
    .write = quantity_write };


/* -- the currency ---------------------------------------------------------- */

static void
assumed_tell(map_run_t *m)
{
    xd_reportf(m->rep,
        &(xd_finding_t){ .severity = XD_WARNING,
            .scope = XD_SCOPE_VALUE,
            .offset = m->tree->offset,
            .rule = "map.currency",
            .value = m->ccy },
        "The set names no currency: %.*s was assumed.", XD_FMT(m->ccy));
}


/* Where a format may leave the currency out, the map says which is meant; it
 * is told with the first amount, or at once where the document wants it. */
static void
currency_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *in = map_find(m, line, group);
    xd_str_t code = xd_str_trim(map_text(m, in, line->keys[0]));

    if (xd_format_ccy(code)) {
        m->ccy = map_value(m, line, group);
        if (line->nmember > 0) {
            map_put(m, map_around(m, to, line), map_key(line), m->ccy);
        }
        return;
    }

    m->ccy = line->with.words[0];
    m->ccy_assumed = true;

    if ((line->flags & MAP_ELSE) != 0) {
        m->ccy = line->with.other;
        m->ccy_assumed = false;
        assumed_tell(m);
        map_put(m, map_around(m, to, line), map_key(line), m->ccy);
    }
}


/* The currency of an amount of that name: of the document's own, or of the
 * first entry that has one. */
static const xd_node_t *
first_ccy(const xd_node_t *from, xd_str_t name)
{
    const xd_node_t *node = xd_get(xd_get_str(from, name), "ccy");

    xd_each (member, from) {
        if (member->kind != XD_ARRAY) {
            continue;
        }
        xd_each (one, member) {
            node = node == NULL && one->kind == XD_OBJECT
                       ? xd_get(xd_get_str(one, name), "ccy")
                       : node;
        }
    }

    return node;
}


/* The document's currency, or that of an amount, whose member the second word
 * names; a document may have no member for it (`.`). */
static void
currency_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *node = line->nmember > 0 ? map_member(from, line) : NULL;

    if (node == NULL && line->with.words[1].ptr != NULL) {
        node = first_ccy(from, line->with.words[1]);
    }

    if (node != NULL) {
        m->ccy = node->text;
        map_set(m, line, group, node->text, node);
    }
}


const map_codec_t map_as_currency = { .read = currency_read,
    .write = currency_write };


/* -- money ----------------------------------------------------------------- */

static void
money_put(map_run_t *m, const map_line_t *line, xd_node_t *to, xd_decimal_t d)
{
    char text[XD_DECIMAL_MAX];
    xd_node_t *around = map_around(m, to, line), *money;

    if (around == NULL) {
        return; /* only beside what is not there */
    }

    if (m->ccy_assumed) {
        m->ccy_assumed = false;
        assumed_tell(m);
    }

    money = map_open(m, around, map_key(line), XD_OBJECT);
    map_put(m, money, "amount",
        xd_dup(m->arena, (xd_str_t){ text, xd_decimal_write(d, text) }));
    map_put(m, money, "ccy", m->ccy);
}


static void
no_number(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_str_t value)
{
    map_warn(m, "map.number", map_find(m, line, group)->offset, value,
        "The amount is no number of 12 digits and 6 decimals.");
}


/* The amount of a member, if its currency is the one of the set. */
static const xd_node_t *
money_of(map_run_t *m, const map_line_t *line, const xd_node_t *from)
{
    const xd_node_t *money = map_member(from, line);
    const xd_node_t *ccy = xd_get(money, "ccy");

    if (ccy == NULL) {
        return NULL;
    }

    map_used(m, ccy);
    if (m->ccy.len > 0 && !xd_str_eq(ccy->text, m->ccy)) {
        map_refuse(m, line, ccy, "all amounts are in one currency, %.*s.",
            XD_FMT(m->ccy));
        return NULL;
    }

    return xd_get(money, "amount");
}


static void
money_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    xd_str_t value;
    xd_decimal_t d;

    if (map_member(to, line) != NULL) {
        return;
    }

    value = map_value(m, line, group);
    if (value.len == 0) {
        return;
    }

    if (xd_decimal_read_edi(value, false, &d) != XD_OK) {
        no_number(m, line, group, value);
        return;
    }

    money_put(m, line, to, d);
}


static void
money_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *amount = money_of(m, line, from);

    if (amount != NULL) {
        map_set_digits(m, line, group, amount->text, amount);
    }
}


/* An amount with its own point. */
const map_codec_t map_as_money = { .read = money_read, .write = money_write };


/* An amount, and its currency beside it; that of the document when there is
 * none. */
static void
amount_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *in = map_find(m, line, group);
    xd_str_t all = m->ccy, own;

    if (in == NULL) {
        return;
    }

    own = xd_str_trim(map_text(m, in, line->keys[1]));
    if (xd_format_ccy(own)) {
        map_use(m, in, line->keys[1]);
        m->ccy = own;
    }
    money_read(m, line, group, to);
    m->ccy = all;
}


static void
amount_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *money = map_member(from, line);
    const xd_node_t *amount = xd_get(money, "amount");
    const xd_node_t *ccy = xd_get(money, "ccy");

    if (amount != NULL && ccy != NULL) {
        map_set_digits(m, line, group, amount->text, amount);
        map_set_at(m, line, map_make(m, line, group), line->keys[1],
            (map_room_t){ 3, 3 }, ccy->text, ccy);
    }
}


const map_codec_t map_as_amount = { .read = amount_read,
    .write = amount_write };


/* So many decimals are implied (`number`); what the currency does not have is
 * dropped when it is nothing. */
static void
implied_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    xd_str_t value;
    int minor = xd_codes_digits(m->ccy);
    xd_decimal_t d;

    if (map_member(to, line) != NULL) {
        return;
    }

    value = map_value(m, line, group);
    if (value.len == 0) {
        return;
    }

    if (xd_decimal_read_edi(value, false, &d) != XD_OK || d.scale != 0) {
        no_number(m, line, group, value);
        return;
    }

    d.scale = (uint8_t) line->with.number;
    while (d.scale > minor && d.mantissa % 10 == 0) {
        d.mantissa /= 10;
        d.scale--;
    }

    money_put(m, line, to, d);
}


static void
implied_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *amount = money_of(m, line, from);
    unsigned scale = (unsigned) line->with.number;
    map_line_t wide = *line;
    xd_decimal_t d;

    if (amount == NULL || xd_decimal_read(amount->text, &d) != XD_OK) {
        return;
    }

    while (d.scale > scale && d.mantissa % 10 == 0) {
        d.mantissa /= 10;
        d.scale--;
    }

    if (d.scale > scale) {
        map_refuse(m, line, amount, "amounts have %u decimals.", scale);
        return;
    }

    for (; d.scale < scale; d.scale++) {
        d.mantissa *= 10;
    }

    wide.max = line->max > 0 ? line->max + 1 : 0;
    map_set(m, &wide, group,
        map_kept(m, xd_fmt(m->arena, "%lld", (long long) d.mantissa)), amount);
}


const map_codec_t map_as_implied = { .read = implied_read,
    .write = implied_write };


/* A price for one unit, where the document knows no other: one for a hundred,
 * as the code of the second key says by a table, is divided, if that can be
 * said exactly. */
static void
unit_price_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *in = map_find(m, line, group);
    xd_str_t value = map_value(m, line, group), units;
    xd_decimal_t d;

    if (value.len == 0) {
        return;
    }

    if (xd_decimal_read_edi(value, false, &d) != XD_OK) {
        no_number(m, line, group, value);
        return;
    }

    units =
        map_table_name(line->with.tables[0], map_text(m, in, line->keys[1]));
    for (size_t zeros = units.len > 0 ? units.len - 1 : 0; zeros > 0; zeros--) {
        if (d.scale < 6) {
            d.scale++;
        } else if (d.mantissa % 10 == 0) {
            d.mantissa /= 10;
        } else {
            no_number(m, line, group, value);
            return;
        }
    }

    if (units.len > 0) {
        map_use(m, in, line->keys[1]);
    }
    money_put(m, line, to, d);
}


const map_codec_t map_as_unit_price = { .read = unit_price_read,
    .write = money_write };
