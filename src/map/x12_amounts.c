/* SPDX-License-Identifier: BSD-2-Clause */

/* Codecs of quantities and money: a number with what it is a number of. */

#include "base/decimal.h"
#include "canon/codes.h"
#include "canon/format.h"
#include "map/x12_line.h"


/* Digits of a number, without sign and point. */
static size_t
digits(xd_str_t s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++) {
        n += s.ptr[i] >= '0' && s.ptr[i] <= '9';
    }

    return n;
}


/* -- quantities ----------------------------------------------------------- */

static void
quantity_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    const xd_node_t *seg = x12_find(m, line, loop);
    const char *unit = x12_names[line->element + 1];

    if (xd_get(to, line->member) == NULL
        && xd_text(seg, x12_names[line->element]).len > 0)
    {
        x12_put_quantity(m, to, line->member, x12_value(m, line, loop),
            x12_take(m, seg, unit), seg->offset);
    }
}


/* The code of a unit: as the sender had it, or the usual one for it. */
static xd_str_t
unit_code(const xd_node_t *quantity)
{
    xd_str_t uom = xd_text(quantity, "uom");
    xd_str_t orig = xd_text(quantity, "origUom");
    const char *name = orig.ptr != NULL ? x12_code(x12_units, orig) : NULL;

    if (name != NULL && xd_str_is(uom, name)) {
        return orig;
    }

    name = x12_code_of(x12_units, uom);
    if (name != NULL) {
        return xd_str(name);
    }

    /* what was read without a name is kept by its code */
    return uom.len == 2 && x12_code(x12_units, uom) == NULL ? uom : XD_STR_NONE;
}


static void
quantity_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *q = x12_member(from, line->member);
    const xd_node_t *value = xd_get(q, "value");
    x12_line_t part = *line;
    xd_str_t unit;

    if (value == NULL) {
        return;
    }

    unit = unit_code(q);
    if (unit.ptr == NULL) {
        x12_refuse(m, line, xd_get(q, "uom"),
            "the unit has no code in element 355.");
        return;
    }

    if (digits(value->text) > line->max) {
        x12_refuse(m, line, value, "it wants a number of at most %u digits.",
            line->max);
        return;
    }

    part.max = (uint16_t) (line->max + 2);
    x12_set(m, &part, loop, value->text, value);
    x12_set_element(m, &part, x12_make(m, line, loop), line->element + 1U, unit,
        xd_get(q, "uom"));
    x12_used(m, xd_get(q, "origUom"));
}


const x12_codec_t x12_as_quantity = { .read = quantity_read,
    .write = quantity_write };


/* -- the currency --------------------------------------------------------- */

static void
assumed_tell(x12_map_t *m)
{
    x12_warn(m, "x12.map.currency", m->set->offset, m->ccy,
        "The set names no currency (CUR): US dollars were assumed.");
}


/* X12 comes from where a set without CUR means dollars. */
static void
currency_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    const xd_node_t *seg = x12_find(m, line, loop);

    if (xd_format_ccy(xd_text(seg, x12_names[line->element]))) {
        m->ccy = x12_value(m, line, loop);
        x12_put(m, to, line->member, m->ccy);
        return;
    }

    m->ccy = XD_STR("USD");
    m->ccy_assumed = true;

    if ((line->flags & X12_ASSUME) != 0) {
        m->ccy_assumed = false;
        assumed_tell(m);
        x12_put(m, to, line->member, m->ccy);
    }
}


/* The document's currency, or that of its first price (`with`). */
static void
currency_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *node = x12_member(from, line->member);

    if (node == NULL) {
        xd_each (one, xd_get(from, "lines")) {
            node = node == NULL ? xd_get(xd_get(one, line->with), "ccy") : node;
        }
    }

    if (node != NULL) {
        m->ccy = node->text;
        x12_set(m, line, loop, node->text, node);
    }
}


const x12_codec_t x12_as_currency = { .read = currency_read,
    .write = currency_write };


/* -- money ---------------------------------------------------------------- */

static void
money_put(x12_map_t *m, const x12_line_t *line, xd_node_t *to, xd_decimal_t d)
{
    char text[XD_DECIMAL_MAX];
    const char *key;
    xd_node_t *around = x12_around(m, to, line, &key), *money;

    if (m->ccy_assumed) {
        m->ccy_assumed = false;
        assumed_tell(m);
    }

    money = x12_open(m, around, key, XD_OBJECT);
    x12_put(m, money, "amount",
        xd_dup(m->arena, (xd_str_t){ text, xd_decimal_write(d, text) }));
    x12_put(m, money, "ccy", m->ccy);
}


static void
no_number(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_str_t value)
{
    x12_warn(m, "x12.map.number", x12_find(m, line, loop)->offset, value,
        "The amount is no number of 12 digits and 6 decimals.");
}


/* The amount of a member, if its currency is the one of the set. */
static const xd_node_t *
money_of(x12_map_t *m, const x12_line_t *line, const xd_node_t *from)
{
    const xd_node_t *money = x12_member(from, line->member);
    const xd_node_t *ccy = xd_get(money, "ccy");

    if (ccy == NULL) {
        return NULL;
    }

    x12_used(m, ccy);
    if (m->ccy.len > 0 && !xd_str_eq(ccy->text, m->ccy)) {
        x12_refuse(m, line, ccy, "all amounts are in one currency, %.*s.",
            XD_FMT(m->ccy));
        return NULL;
    }

    return xd_get(money, "amount");
}


static void
price_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    xd_str_t value;
    xd_decimal_t d;

    if (x12_member(to, line->member) != NULL) {
        return;
    }

    value = x12_value(m, line, loop);
    if (value.len == 0) {
        return;
    }

    if (xd_decimal_read_edi(value, false, &d) != XD_OK) {
        no_number(m, line, loop, value);
        return;
    }

    money_put(m, line, to, d);
}


static void
price_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *amount = money_of(m, line, from);
    x12_line_t wide = *line;

    if (amount == NULL) {
        return;
    }

    if (digits(amount->text) > line->max) {
        x12_refuse(m, line, amount, "it wants a number of at most %u digits.",
            line->max);
        return;
    }

    wide.max = (uint16_t) (line->max + 2);
    x12_set(m, &wide, loop, amount->text, amount);
}


/* An amount with its own point. */
const x12_codec_t x12_as_price = { .read = price_read, .write = price_write };


/* Two decimals are implied; what the currency does not have is dropped when
 * it is nothing. */
static void
implied_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    xd_str_t value = x12_value(m, line, loop);
    int minor = xd_codes_digits(m->ccy);
    xd_decimal_t d;

    if (value.len == 0) {
        return;
    }

    if (xd_decimal_read_edi(value, false, &d) != XD_OK || d.scale != 0) {
        no_number(m, line, loop, value);
        return;
    }

    d.scale = 2;
    while (d.scale > minor && d.mantissa % 10 == 0) {
        d.mantissa /= 10;
        d.scale--;
    }

    money_put(m, line, to, d);
}


static void
implied_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *amount = money_of(m, line, from);
    x12_line_t wide = *line;
    xd_decimal_t d;
    xd_str_t text;

    if (amount == NULL || xd_decimal_read(amount->text, &d) != XD_OK) {
        return;
    }

    while (d.scale > 2 && d.mantissa % 10 == 0) {
        d.mantissa /= 10;
        d.scale--;
    }

    if (d.scale > 2) {
        x12_refuse(m, line, amount, "amounts have two decimals.");
        return;
    }

    for (; d.scale < 2; d.scale++) {
        d.mantissa *= 10;
    }

    text = xd_fmt(m->arena, "%lld", (long long) d.mantissa);
    if (text.ptr == NULL) {
        m->rc = XD_E_MEMORY;
        return;
    }

    wide.max = (uint16_t) (line->max + 1);
    x12_set(m, &wide, loop, text, amount);
}


const x12_codec_t x12_as_implied = { .read = implied_read,
    .write = implied_write };


/* A price for one unit, where the document knows no other: a price for a
 * hundred is divided, if that can be said exactly. */
static void
unit_price_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    const xd_node_t *seg = x12_find(m, line, loop);
    const char *basis = x12_names[line->element + 1];
    xd_str_t value = x12_value(m, line, loop);
    const char *units = x12_code(x12_bases, xd_text(seg, basis));
    xd_decimal_t d;

    if (value.len == 0) {
        return;
    }

    if (xd_decimal_read_edi(value, false, &d) != XD_OK) {
        no_number(m, line, loop, value);
        return;
    }

    for (size_t zeros = units != NULL ? strlen(units) - 1 : 0; zeros > 0;
         zeros--) {
        if (d.scale < 6) {
            d.scale++;
        } else if (d.mantissa % 10 == 0) {
            d.mantissa /= 10;
        } else {
            no_number(m, line, loop, value);
            return;
        }
    }

    if (units != NULL) {
        x12_use(m, seg, basis);
    }
    money_put(m, line, to, d);
}


const x12_codec_t x12_as_unit_price = { .read = unit_price_read,
    .write = price_write };
