/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Sums that a document names and a set does not: computed when a set is
 * read, compared when one is written, so that nobody can find another sum in
 * it than the document has.
 */

#include "base/decimal.h"
#include "canon/codes.h"
#include "map/x12_map.h"


#define DECIMALS 12 /* of quantity times price */

#define FREIGHT  " D240 G830 " /* element 1300 */

typedef __int128 wide_t;

/* A sum of amounts. */
typedef struct {
    wide_t value; /* with DECIMALS decimals */
    bool vague;   /* an amount was none, or too large */
} sum_t;


/* -- exact arithmetic ------------------------------------------------------ */

static wide_t
power(unsigned n)
{
    wide_t p = 1;

    while (n-- > 0) {
        p *= 10;
    }

    return p;
}


static void
add(sum_t *s, wide_t mantissa, unsigned scale, int sign)
{
    wide_t more;

    if (__builtin_mul_overflow(mantissa, sign * power(DECIMALS - scale), &more)
        || __builtin_add_overflow(s->value, more, &s->value))
    {
        s->vague = true;
    }
}


/* Adds the amount at a path below a node; nothing when it is not there. */
static void
add_at(sum_t *s, const xd_node_t *node, const char *path, int sign)
{
    xd_str_t text = xd_text_at(node, path);
    xd_decimal_t d;

    if (text.ptr == NULL) {
        return;
    }

    if (xd_decimal_read(text, &d) != XD_OK) {
        s->vague = true;
        return;
    }

    add(s, d.mantissa, d.scale, sign);
}


/* How many units a price is for, as a power of ten; other numbers make the
 * sum vague. */
static unsigned
zeros(sum_t *s, xd_str_t base)
{
    xd_decimal_t d;
    unsigned n = 0;

    if (base.ptr == NULL) {
        return 0;
    }

    if (xd_decimal_read(base, &d) != XD_OK || d.mantissa <= 0) {
        s->vague = true;
        return 0;
    }

    while (d.mantissa % 10 == 0) {
        d.mantissa /= 10;
        n++;
    }

    s->vague = s->vague || d.mantissa != 1 || n < d.scale;

    return n - d.scale;
}


/* Quantity times price. */
static void
add_line(sum_t *s, const xd_node_t *line, const char *price_path)
{
    xd_decimal_t quantity, price;
    unsigned n = zeros(s, xd_text(line, "priceBase"));
    unsigned scale;

    if (xd_decimal_read(xd_text_at(line, "qty.value"), &quantity) != XD_OK
        || xd_decimal_read(xd_text_at(line, price_path), &price) != XD_OK)
    {
        s->vague = true;
        return;
    }

    scale = (unsigned) quantity.scale + price.scale + n;
    if (s->vague || scale > DECIMALS) {
        s->vague = true;
        return;
    }

    add(s, (wide_t) quantity.mantissa * price.mantissa, scale, 1);
}


/* What is taken off and put on. */
static void
add_allowances(sum_t *s, const xd_node_t *of)
{
    xd_each (one, xd_get(of, "allowances")) {
        bool off = xd_str_is(xd_text(one, "kind"), "allowance");

        add_at(s, one, "amount.amount", off ? -1 : 1);
    }
}


/* -- money out of sums ----------------------------------------------------- */

/* Rounded half up, away from zero, to the decimals of the currency. */
static bool
rounded(const map_run_t *m, const sum_t *s, xd_decimal_t *out)
{
    unsigned minor = (unsigned) xd_codes_digits(m->ccy);
    wide_t unit = power(DECIMALS - minor), half = unit / 2;
    wide_t value = (s->value + (s->value < 0 ? -half : half)) / unit;

    if (s->vague || value > INT64_MAX || value < INT64_MIN) {
        return false;
    }

    *out =
        (xd_decimal_t){ .mantissa = (int64_t) value, .scale = (uint8_t) minor };

    return true;
}


static void
money_put(map_run_t *m, const map_line_t *line, xd_node_t *to, const char *key,
    const sum_t *s)
{
    char text[XD_DECIMAL_MAX];
    xd_decimal_t d;
    xd_node_t *money;

    if (!rounded(m, s, &d)) {
        map_refuse(m, line, NULL, "%s cannot be summed up.", key);
        return;
    }

    money = map_open(m, to, key, XD_OBJECT);
    map_put(m, money, "amount",
        xd_dup(m->arena, (xd_str_t){ text, xd_decimal_write(d, text) }));
    map_put(m, money, "ccy", m->ccy);
}


/* A member of money must be that sum, to a cent. */
static void
must_be(map_run_t *m, const map_line_t *line, const xd_node_t *money, sum_t sum,
    const char *what)
{
    wide_t cent = power(DECIMALS - 2);

    if (money == NULL) {
        return;
    }

    map_used(m, xd_get(money, "amount"));
    map_used(m, xd_get(money, "ccy"));
    add_at(&sum, money, "amount", -1);

    if (sum.vague || sum.value > cent || sum.value < -cent) {
        map_refuse(m, line, xd_get(money, "amount"), "it is %s.", what);
    }
}


/* -- sales orders ---------------------------------------------------------- */

/* Charges for bringing the goods; an order has no place for others. */
static bool
add_shipping(map_run_t *m, sum_t *shipping, const xd_node_t *group)
{
    bool any = false;

    xd_each (sac, xd_get(group, "SAC")) {
        xd_decimal_t d;

        if (!xd_str_is(xd_text(sac, "1"), "C")) {
            continue;
        }

        if (!map_listed(FREIGHT, xd_text(sac, "2"))
            || xd_decimal_read_edi(xd_str_trim(xd_text(sac, "5")), false, &d)
                   != XD_OK
            || d.scale != 0)
        {
            map_warn(m, "map.charge", sac->offset, xd_text(sac, "2"),
                "The order has no place for this charge; it stays in what is "
                "left.");
            continue;
        }

        map_use(m, sac, "1");
        map_use(m, sac, "2");
        map_use(m, sac, "5");
        add(shipping, d.mantissa, 2, 1);
        any = true;
    }

    return any;
}


static void
order_sums_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    sum_t net = { 0 }, discount = { 0 }, shipping = { 0 }, tax = { 0 }, gross;
    xd_node_t *totals = map_open(m, to, map_key(line), XD_OBJECT);
    bool ships = add_shipping(m, &shipping, group);

    if (m->bad || totals == NULL) {
        return; /* what is missing was told; sums of the rest mean nothing */
    }

    xd_each (one, xd_get(to, "lines")) {
        add_line(&net, one, "unitPrice.amount");
    }

    xd_each (one, xd_get(to, "discounts")) {
        add_at(&discount, one, "amount.amount", 1);
    }

    gross = (sum_t){ .value = net.value - discount.value + shipping.value,
        .vague = net.vague || discount.vague || shipping.vague };

    money_put(m, line, totals, "net", &net);
    if (xd_get(to, "discounts") != NULL) {
        money_put(m, line, totals, "discount", &discount);
    }
    if (ships) {
        money_put(m, line, totals, "shipping", &shipping);
    }
    money_put(m, line, totals, "tax", &tax);
    money_put(m, line, totals, "gross", &gross);
}


const map_codec_t x12_as_order_sums = { .read = order_sums_read };


/* -- invoices -------------------------------------------------------------- */

/* The net of a line that does not say it (PAM). */
static void
net_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    sum_t net = { 0 };

    (void) group;

    if (xd_get(to, map_key(line)) != NULL || xd_get(to, "qty") == NULL
        || xd_get(to, "netPrice") == NULL)
    {
        return;
    }

    add_line(&net, to, "netPrice.amount");
    add_allowances(&net, to);
    money_put(m, line, to, map_key(line), &net);
}


const map_codec_t x12_as_net = { .read = net_read };


/* Amounts of TXI of the summary, also of those that are no tax with a rate. */
static void
add_taxes(sum_t *s, const xd_node_t *group)
{
    xd_each (txi, xd_get(group, "TXI")) {
        xd_decimal_t d;

        if (xd_text(txi, "2").len > 0
            && xd_decimal_read_edi(xd_str_trim(xd_text(txi, "2")), false, &d)
                   == XD_OK)
        {
            add(s, d.mantissa, d.scale, 1);
        }
    }
}


/* totals.gross was read (TDS): net is what remains without tax. */
static void
invoice_sums_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    xd_node_t *totals = xd_get(to, map_key(line));
    sum_t gross = { 0 }, tax = { 0 }, net;

    if (totals == NULL) {
        return;
    }

    add_at(&gross, totals, "gross.amount", 1);
    add_taxes(&tax, group);
    net = gross;
    net.value -= tax.value;
    net.vague = gross.vague || tax.vague;

    money_put(m, line, totals, "net", &net);
    money_put(m, line, totals, "tax", &tax);
    money_put(m, line, totals, "payable", &gross);
}


static void
invoice_sums_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *totals = xd_get(from, map_key(line));
    sum_t tax = { 0 }, gross = { 0 }, net;

    (void) group;

    xd_each (one, xd_get(from, "taxes")) {
        add_at(&tax, one, "amount.amount", 1);
    }

    add_at(&gross, totals, "gross.amount", 1);
    net = gross;
    net.value -= tax.value;

    must_be(m, line, xd_get(totals, "tax"), tax, "the sum of the taxes");
    must_be(m, line, xd_get(totals, "net"), net, "gross without taxes");
    must_be(m, line, xd_get(totals, "payable"), gross, "the same as gross");
}


const map_codec_t x12_as_invoice_sums = { .read = invoice_sums_read,
    .write = invoice_sums_write };


/* A sum that the set left out: what it said of others makes it. */
static void
other_put(map_run_t *m, const map_line_t *line, xd_node_t *totals,
    const char *key, const char *const *plus, const char *const *minus)
{
    sum_t sum = { 0 };

    if (xd_get(totals, key) != NULL) {
        return;
    }

    for (; *plus != NULL; plus++) {
        add_at(&sum, totals, *plus, 1);
    }
    for (; *minus != NULL; minus++) {
        add_at(&sum, totals, *minus, -1);
    }

    money_put(m, line, totals, key, &sum);
}


/* Where lines read the sums of an invoice one by one, but not all of them. */
static void
other_sums_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    static const char *const net[] = { "net.amount", NULL };
    static const char *const whole[] = { "gross.amount", NULL };
    static const char *const gross[] = { "gross.amount", "rounding.amount",
        NULL };
    static const char *const prepaid[] = { "prepaid.amount", NULL };
    xd_node_t *totals = xd_get(to, map_key(line));

    (void) group;

    if (m->bad || xd_get(totals, "gross") == NULL) {
        return;
    }

    if (xd_get(totals, "net") != NULL) {
        other_put(m, line, totals, "tax", whole, net);
    }
    other_put(m, line, totals, "payable", gross, prepaid);
}


const map_codec_t map_as_other_sums = { .read = other_sums_read };
