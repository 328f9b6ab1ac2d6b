/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What a set says of itself as a whole: how many lines, how much of all, what
 * an invoice comes to.  A sum that does not fit is told to people and rejects
 * nothing: the acknowledgement has no code for it, and whose sum is wrong is
 * for them to find out.
 */

#include <stdlib.h>

#include "base/decimal.h"
#include "edi/grader.h"


#define PRODUCT 12 /* decimals of quantity times price */

/* Element 639: how many units a price is for, where that is not one. */
static const struct {
    const char *code;
    uint8_t zeros;
} bases[] = { { "PN", 1 }, { "HP", 2 }, { "TP", 3 } };


static const edi_wide_t powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000,
    10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000 };


/* Digits with at most one point, few of them: most numbers. */
static bool
short_number(xd_str_t s, xd_decimal_t *out)
{
    int64_t n = 0;
    size_t point = s.len;

    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9') {
            n = n * 10 + (s.ptr[i] - '0');
        } else if (s.ptr[i] == '.' && point == s.len) {
            point = i;
        } else {
            return false;
        }
    }

    *out = (xd_decimal_t){ .mantissa = n,
        .scale = (uint8_t) (point < s.len ? s.len - point - 1 : 0) };

    return true;
}


bool
edi_sums_number(xd_str_t s, xd_decimal_t *out)
{
    /* a point alone is no number, nor is nothing */
    if (s.len > 1 ? s.len <= 7 && short_number(s, out)
                  : s.len == 1 && s.ptr[0] != '.' && short_number(s, out))
    {
        return true;
    }

    return s.len > 0 && xd_decimal_read_edi(s, true, out) == XD_OK;
}


void
edi_sums_add(edi_sums_t *sums, edi_wide_t *sum, edi_wide_t mantissa,
    unsigned scale)
{
    edi_wide_t more;

    if (__builtin_mul_overflow(mantissa, powers[PRODUCT - scale], &more)
        || __builtin_add_overflow(*sum, more, sum))
    {
        sums->vague = true;
    }
}


void
edi_sums_begin(edi_grader_t *g)
{
    g->sums = (edi_sums_t){ 0 };
}


/* A line's quantity times its price. */
static void
line(edi_grader_t *g, xd_decimal_t quantity)
{
    edi_sums_t *s = &g->sums;
    xd_str_t code = xd_x12_element(&g->seg, 5);
    xd_decimal_t price;
    unsigned scale, zeros = 0;

    if (!edi_sums_number(xd_x12_element(&g->seg, 4), &price)) {
        s->vague = true;
        return;
    }

    for (size_t i = 0; code.len > 0 && i < sizeof(bases) / sizeof(bases[0]);
         i++) {
        if (xd_str_is(code, bases[i].code)) {
            zeros = bases[i].zeros;
        }
    }

    scale = (unsigned) quantity.scale + price.scale + zeros;
    if (scale > PRODUCT) {
        s->vague = true;
        return;
    }

    edi_sums_add(s, &s->lines, (edi_wide_t) quantity.mantissa * price.mantissa,
        scale);
}


void
edi_sums_item(edi_grader_t *g)
{
    edi_sums_t *s = &g->sums;
    xd_decimal_t quantity;

    s->items++;

    if (!edi_sums_number(xd_x12_element(&g->seg, 2), &quantity)) {
        s->unread = s->vague = true;
        return;
    }

    edi_sums_add(s, &s->quantity, quantity.mantissa, quantity.scale);
    /* in the old way of counting points and signs do not count */
    s->digits += (uint64_t) llabs(quantity.mantissa);

    if (g->key == edi_key(XD_STR("IT1")) || g->key == edi_key(XD_STR("PO1"))) {
        line(g, quantity);
    }
}


void
edi_sums_charge(edi_grader_t *g)
{
    edi_sums_t *s = &g->sums;
    xd_str_t kind = xd_x12_element(&g->seg, 1);
    xd_decimal_t amount;
    bool off = xd_str_is(kind, "A");

    if (!off && !xd_str_is(kind, "C")) {
        return; /* no allowance, no charge: told only */
    }

    if (!edi_sums_number(xd_x12_element(&g->seg, 5), &amount)
        || amount.scale != 0) {
        s->vague = true;
        return;
    }

    edi_sums_add(s, &s->charges, off ? -amount.mantissa : amount.mantissa, 2);
}


void
edi_sums_tax(edi_grader_t *g)
{
    edi_sums_t *s = &g->sums;
    xd_str_t value = xd_x12_element(&g->seg, 2);
    xd_decimal_t amount;

    if (value.len == 0) {
        return; /* a rate alone */
    }

    if (!edi_sums_number(value, &amount)) {
        s->vague = true;
        return;
    }

    edi_sums_add(s, s->total.rule != NULL ? &s->taxes : &s->line_taxes,
        amount.mantissa, amount.scale);
}


/* What the set comes to stands in element n of the segment at hand. */
static void
total(edi_grader_t *g, uint32_t n)
{
    edi_flaw_t f = edi_flaw_element(g, "x12.total.amount", n, 0);

    f.severity = XD_WARNING;
    f.value = edi_keep(g, g->set_arena, f.value);
    f.segment_id = edi_keep(g, g->set_arena, f.segment_id);
    g->sums.total = f;
    g->sums.total_at = edi_mark_take(g);
}


/* TDS01, in cents. */
void
edi_sums_total(edi_grader_t *g)
{
    total(g, 1);
}


/* AMT02, when AMT01 says that it is the whole (TT): it has its own point. */
void
edi_sums_order(edi_grader_t *g)
{
    if (xd_str_is(xd_x12_element(&g->seg, 1), "TT")) {
        total(g, 2);
    }
}


/* -- comparing ------------------------------------------------------------ */

void
edi_sums_line(edi_grader_t *g)
{
    g->sums.items++;
}


/* CNT+2 says how many lines there are, CNT+1 how much of all.  What other
 * totals are made of is not the same in every message: they are for people. */
void
edi_sums_control(edi_grader_t *g)
{
    xd_str_t code = edi_raw(g, 1, 1);
    xd_decimal_t said;
    edi_flaw_t f;

    if (!edi_sums_number(edi_raw(g, 1, 2), &said)) {
        return;
    }

    if (xd_str_is(code, "1")) {
        edi_totals_control(g, said);
        return;
    }

    if (!xd_str_is(code, "2")
        || xd_decimal_cmp(said, (xd_decimal_t){ .mantissa = g->sums.items })
               == 0)
    {
        return;
    }

    f = edi_flaw_element(g, "x12.total.lines", 1, XD_EDI_NO_FAULT);
    f.severity = XD_WARNING;
    f.component = 2;
    f.value = edi_raw(g, 1, 2);
    edi_flaw(g, &f, "CNT+2 says %.*s; the message has %u lines.",
        XD_FMT(edi_raw(g, 1, 2)), g->sums.items);
}

/* CTT01 counts lines; of a ship notice it counts levels, or items. */
static void
count_check(edi_grader_t *g)
{
    const edi_sums_t *s = &g->sums;
    uint64_t count;
    edi_flaw_t f;

    if (!xd_str_uint(xd_x12_element(&g->seg, 1), UINT32_MAX, &count)
        || count == s->items || (g->hl.seen > 0 && count == g->hl.seen))
    {
        return;
    }

    f = edi_flaw_element(g, "x12.total.lines", 1, 0);
    f.severity = XD_WARNING;
    if (g->hl.seen > 0) {
        edi_flaw(g, &f, "CTT01 says %llu; the set has %u levels, %u of items.",
            (unsigned long long) count, g->hl.seen, s->items);
    } else {
        edi_flaw(g, &f, "CTT01 says %llu; the set has %u lines.",
            (unsigned long long) count, s->items);
    }
}


/* CTT02 is the sum of all quantities, with their points or without. */
static void
hash_check(edi_grader_t *g)
{
    const edi_sums_t *s = &g->sums;
    edi_wide_t total = 0;
    edi_sums_t scratch = { 0 };
    xd_decimal_t hash;
    edi_flaw_t f;

    if (s->unread || !edi_sums_number(xd_x12_element(&g->seg, 2), &hash)) {
        return;
    }

    edi_sums_add(&scratch, &total, hash.mantissa, hash.scale);
    if (scratch.vague || total == s->quantity
        || (uint64_t) hash.mantissa == s->digits)
    {
        return;
    }

    f = edi_flaw_element(g, "x12.total.quantity", 2, 0);
    f.severity = XD_WARNING;
    edi_flaw(g, &f, "CTT02 is not the sum of the quantities of the lines.");
}


void
edi_sums_check(edi_grader_t *g)
{
    count_check(g);
    hash_check(g);
}


bool
edi_sums_near(const edi_sums_t *s, edi_wide_t total, edi_wide_t sum)
{
    edi_wide_t gap = total > sum ? total - sum : sum - total;
    edi_wide_t cent = powers[PRODUCT - 2];

    return gap <= cent + cent / 2 * s->items;
}


/*
 * TDS01 or AMT02 against lines, charges and taxes.  An allowance may be
 * credited otherwise, and taxes of lines may be repeated in the summary: each
 * way of reading them that fits will do.
 */
void
edi_sums_end(edi_grader_t *g)
{
    const edi_sums_t *s = &g->sums;
    const bool cents = s->total.element == 1; /* TDS01 */
    edi_wide_t said = 0;
    edi_sums_t scratch = { 0 };
    xd_decimal_t amount;

    if (s->total.rule == NULL || s->vague || s->items == 0
        || !edi_sums_number(s->total.value, &amount)
        || (cents && amount.scale != 0))
    {
        return;
    }

    edi_sums_add(&scratch, &said, amount.mantissa, cents ? 2 : amount.scale);

    for (unsigned way = 0; way < 8; way++) {
        edi_wide_t sum = s->lines + ((way & 1) != 0 ? s->charges : 0)
                         + ((way & 2) != 0 ? s->taxes : 0)
                         + ((way & 4) != 0 ? s->line_taxes : 0);

        if (edi_sums_near(s, said, sum)) {
            return;
        }
    }

    edi_flaw_at(g, &s->total_at, &s->total,
        cents ? "TDS01 is not what lines, allowances, charges and taxes come "
                "to."
              : "AMT02 is not what lines, allowances, charges and taxes come "
                "to.");
}
