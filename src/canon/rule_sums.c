/* SPDX-License-Identifier: BSD-2-Clause */

/* Sums of amounts and quantities, exactly: products in 128 bits. */

#include <stdio.h>

#include "base/decimal.h"
#include "canon/codes.h"
#include "canon/rule_checks.h"


/* value / 10^scale.  A product of two decimals has at most 36 digits, and 38
 * fit; what does not is told by `over`. */
typedef __int128 wide_t;

typedef struct {
    wide_t value;
    int scale;
    bool over;
} number_t;

/* As many digits behind the point as a quotient gets. */
#define QUOTIENT_SCALE 12

#define NUMBER_MAX     48 /* 39 digits, a sign, a point, and zeros before it */


/* -- arithmetic ------------------------------------------------------------ */


static void
shift(number_t *n, int scale)
{
    while (n->scale < scale) {
        n->over |= __builtin_mul_overflow(n->value, (wide_t) 10, &n->value);
        n->scale++;
    }
}


static number_t
add(number_t a, number_t b, int sign)
{
    int scale = a.scale > b.scale ? a.scale : b.scale;

    shift(&a, scale);
    shift(&b, scale);
    a.over |= b.over;
    a.over |= sign > 0 ? __builtin_add_overflow(a.value, b.value, &a.value)
                       : __builtin_sub_overflow(a.value, b.value, &a.value);

    return a;
}


static number_t
times(number_t a, number_t b)
{
    a.over |= b.over;
    a.over |= __builtin_mul_overflow(a.value, b.value, &a.value);
    a.scale += b.scale;

    return a;
}


/* Halves away from zero; divisor > 0. */
static wide_t
divide(wide_t value, wide_t divisor)
{
    wide_t rest = value % divisor;
    wide_t half = divisor - divisor / 2;

    value /= divisor;

    if (rest >= half) {
        value++;
    } else if (-rest >= half) {
        value--;
    }

    return value;
}


/* As exact as fits: at least six digits behind the point are.  b is not 0. */
static number_t
per(number_t a, number_t b)
{
    number_t more = a;

    if (b.value < 0) {
        b.value = -b.value;
        a.value = -a.value;
        more = a;
    }

    while (!more.over && more.scale - b.scale < QUOTIENT_SCALE) {
        a = more;
        shift(&more, more.scale + 1);
    }

    a.value = divide(a.value, b.value);
    a.scale -= b.scale;
    shift(&a, 0);

    return a;
}


static number_t
rounded(number_t n, int digits)
{
    wide_t divisor = 1;

    while (n.scale > digits) {
        divisor *= 10;
        n.scale--;
    }

    n.value = divide(n.value, divisor);

    return n;
}


static int
compare(number_t a, number_t b)
{
    number_t d = add(a, b, -1);

    return d.value < 0 ? -1 : d.value > 0;
}


/* The shortest text: no zeros at the end of a fraction. */
static const char *
write(number_t n, char out[NUMBER_MAX])
{
    char *at = out + NUMBER_MAX;
    bool negative = n.value < 0;

    while (n.scale > 0 && n.value % 10 == 0) {
        n.value /= 10;
        n.scale--;
    }

    *--at = '\0';
    for (int i = 0; n.value != 0 || i <= n.scale; i++) {
        int digit = (int) (n.value % 10);

        if (i > 0 && i == n.scale) {
            *--at = '.';
        }
        *--at = (char) ('0' + (digit < 0 ? -digit : digit));
        n.value /= 10;
    }

    if (negative) {
        *--at = '-';
    }

    return at;
}


/* -- operands -------------------------------------------------------------- */


static bool
read_text(xd_str_t text, number_t *out)
{
    xd_decimal_t d;

    if (xd_decimal_read(text, &d) != XD_OK) {
        return false;
    }

    *out = (number_t){ .value = d.mantissa, .scale = d.scale };

    return true;
}


/* An amount, a quantity, or a decimal. */
static bool
read_number(const xd_node_t *node, number_t *out)
{
    if (node != NULL && node->kind == XD_OBJECT) {
        const xd_node_t *amount = xd_get(node, "amount");

        node = amount != NULL ? amount : xd_get(node, "value");
    }

    return node != NULL && node->kind == XD_STRING
           && read_text(node->text, out);
}


/* A path, or a number of its own; without either 1.  False when what stands
 * there is no number. */
static bool
factor(const xd_node_t *at, const char *path, number_t *out)
{
    const xd_node_t *node;

    *out = (number_t){ .value = 1 };

    if (path == NULL) {
        return true;
    }

    if (path[0] >= '0' && path[0] <= '9') {
        return read_text(xd_str(path), out);
    }

    node = xd_rule_node(at, path);

    return node == NULL || read_number(node, out);
}


/* -- sums ------------------------------------------------------------------ */


typedef struct {
    const xd_term_t *term;
    xd_rounding_t rounding;
    number_t total;
    bool found; /* a list or a value was there */
    bool bad;   /* something is no number: the schema says so */
} sum_t;


static int
digits_of(const xd_node_t *amount)
{
    xd_str_t ccy = xd_text(amount, "ccy");

    return ccy.ptr == NULL ? -1 : xd_codes_digits(ccy);
}


static void
add_value(void *ctx, const xd_node_t *at)
{
    sum_t *s = ctx;
    const xd_term_t *t = s->term;
    const xd_node_t *node;
    number_t value, by, divisor;

    if (!xd_rule_holds(at, t->only)) {
        return;
    }

    node = xd_rule_node(at, t->value);
    if (node == NULL) {
        return;
    }

    s->found = true;
    if (!read_number(node, &value) || !factor(at, t->times, &by)
        || !factor(at, t->per, &divisor) || divisor.value == 0)
    {
        s->bad = true;
        return;
    }

    value = times(value, by);
    if (t->per != NULL) {
        value = per(value, divisor);
    }
    if (s->rounding == XD_HALF_UP && digits_of(node) >= 0 && !value.over) {
        value = rounded(value, digits_of(node));
    }

    s->total = add(s->total, value, t->sign);
}


static void
add_term(const xd_rule_run_t *run, const xd_node_t *at, sum_t *s)
{
    const char *path = s->term->list;
    const xd_node_t *from = xd_rule_root(run, at, &path);
    const xd_node_t *list = xd_rule_node(from, path);

    /* A list without elements says something: its sum is 0. */
    s->found |= list != NULL && list->kind == XD_ARRAY && list->count == 0;
    xd_rule_each(from, xd_str(path), add_value, s);
}


/* 0.01 for money, or one unit of the last digit where it is more; nothing
 * for quantities. */
static number_t
tolerance(const xd_rule_t *rule, const xd_node_t *written)
{
    number_t cent = { .value = 1, .scale = 2 };
    int digits = written == NULL ? -1 : digits_of(written);

    if (rule->rounding == XD_EXACT || digits < 0) {
        return (number_t){ .value = 0 };
    }

    if (rule->rounding == XD_HALF_UP && digits < 2) {
        cent.scale = digits;
    }

    return cent;
}


static bool
fits(const xd_rule_t *rule, const xd_node_t *written, number_t value,
    number_t total)
{
    number_t off = add(value, total, -1);

    if (off.over) {
        return false;
    }

    if (rule->rounding == XD_AT_MOST) {
        return off.value <= 0;
    }

    if (off.value < 0) {
        off.value = -off.value;
    }

    return compare(off, tolerance(rule, written)) <= 0;
}


static void
judge(xd_rule_run_t *run, const xd_node_t *at, const xd_node_t *written,
    const sum_t *s)
{
    char says[NUMBER_MAX], should[NUMBER_MAX];
    number_t value = { 0 };

    if (written != NULL && !read_number(written, &value)) {
        return;
    }

    if (s->total.over) {
        xd_rule_found(run, at, ": the numbers are too large to be summed");

    } else if (!fits(run->rule, written, value, s->total)) {
        if (written == NULL) {
            xd_rule_found(run, at, ": the difference is %s",
                write(s->total, says));
        } else {
            xd_rule_found(run, at, ": it says %s; %s %s", write(value, says),
                run->rule->rounding == XD_AT_MOST ? "at most" : "the sum is",
                write(s->total, should));
        }
    }
}


void
xd_rule_sum(xd_rule_run_t *run, const xd_node_t *at)
{
    const xd_rule_t *rule = run->rule;
    const xd_node_t *written =
        rule->a == NULL ? NULL : xd_rule_node(at, rule->a);
    const xd_node_t *place =
        rule->a == NULL ? xd_rule_node(at, rule->b) : written;
    sum_t s = { .rounding = rule->rounding };

    if (place == NULL) {
        return;
    }

    for (s.term = rule->terms; s.term->sign != 0; s.term++) {
        add_term(run, at, &s);
    }

    if (s.found && !s.bad) {
        judge(run, place, written, &s);
    }
}


void
xd_rule_positive(xd_rule_run_t *run, const xd_node_t *at)
{
    const xd_node_t *node = xd_rule_node(at, run->rule->a);
    number_t n;

    if (read_number(node, &n) && n.value <= 0) {
        xd_rule_broken(run, node);
    }
}


void
xd_rule_reason(xd_rule_run_t *run, const xd_node_t *at)
{
    const xd_node_t *node = xd_rule_node(at, run->rule->a);
    number_t n;

    if (read_number(node, &n) && n.value > 0
        && xd_rule_node(at, run->rule->b) == NULL)
    {
        xd_rule_broken(run, at);
    }
}


void
xd_rule_serials(xd_rule_run_t *run, const xd_node_t *at)
{
    const xd_node_t *list = xd_rule_node(at, run->rule->a);
    const xd_node_t *counted = xd_rule_node(at, run->rule->b);
    xd_str_t uom = xd_text(counted, "uom");
    number_t n;

    if (list == NULL || !read_number(counted, &n)
        || !(xd_str_is(uom, "EA") || xd_str_is(uom, "C62")
             || xd_str_is(uom, "H87")))
    {
        return;
    }

    if (n.value < 0) {
        n.value = -n.value;
    }

    if (compare(n, (number_t){ .value = list->count }) != 0) {
        xd_rule_found(run, list, ": there are %u", list->count);
    }
}


/* While the work goes on, what is not done is not short. */
static bool
is_over(const xd_node_t *doc)
{
    static const char *const states[] = { "short", "packed", "ready", "handed",
        "picked" };
    xd_str_t state = xd_text(doc, "state");

    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
        if (xd_str_is(state, states[i])) {
            return true;
        }
    }

    return false;
}


void
xd_rule_short_reason(xd_rule_run_t *run, const xd_node_t *at)
{
    const xd_node_t *done = xd_rule_node(at, run->rule->a);
    number_t got, asked;

    if (is_over(run->doc) && read_number(done, &got)
        && read_number(xd_get(at, "qtyReq"), &asked) && compare(got, asked) < 0
        && xd_rule_node(at, run->rule->b) == NULL)
    {
        xd_rule_broken(run, at);
    }
}
