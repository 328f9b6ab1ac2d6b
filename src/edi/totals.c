/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What a message of EDIFACT says of itself as a whole: CNT for lines and
 * quantities, and of an invoice the amounts (MOA) of its lines against those
 * of its summary.  As in X12 a sum that does not fit rejects nothing; and each
 * usual way of adding that fits will do, to half a cent a line and a cent.
 */

#include "edi/grader.h"


/* Qualifiers of MOA (5025). */
#define LINE_AMOUNT  "203"
#define LINES_TOTAL  "79"
#define TAXABLE      "125"
#define TAX          "124"
#define TAX_TOTAL    "176"
#define CHARGES      "131"
#define ALLOWANCES   "260"
#define CHARGES_ONLY "259"

/* What an invoice comes to; the first that is there is compared. */
static const char *const totals[] = { "77", "86", "9" };


void
edi_totals_begin(edi_grader_t *g)
{
    edi_totals_t *t = &g->totals;

    /* tallies are made empty when they are needed */
    memset(t, 0, offsetof(edi_totals_t, quantities));
    t->invoice = g->place.grammar != NULL && g->syntax->edifact
                 && strcmp(g->place.grammar->code, "INVOIC") == 0;
}


/* Of a qualifier; made when it is new, NULL when there are too many. */
static edi_tally_t *
tally(edi_tally_t *rows, uint8_t *count, uint8_t most, xd_str_t code)
{
    for (uint8_t i = 0; i < *count; i++) {
        if (xd_str_is(code, rows[i].code)) {
            return &rows[i];
        }
    }

    if (*count == most || code.len == 0 || code.len >= sizeof(rows[0].code)) {
        return NULL;
    }

    rows[*count] = (edi_tally_t){ .times = 0 };
    memcpy(rows[*count].code, code.ptr, code.len);

    return &rows[(*count)++];
}


static const edi_tally_t *
found(const edi_grader_t *g, const char *code)
{
    const edi_totals_t *t = &g->totals;

    for (uint8_t i = 0; i < t->namounts; i++) {
        if (strcmp(t->amounts[i].code, code) == 0) {
            return &t->amounts[i];
        }
    }

    return NULL;
}


/* Of the amount or quantity of the segment at hand. */
static edi_flaw_t
flaw(const edi_grader_t *g, const char *rule)
{
    edi_flaw_t f = edi_flaw_element(g, rule, 1, XD_EDI_NO_FAULT);
    xd_str_t value = edi_raw(g, 1, 2);

    f.severity = XD_WARNING;
    f.component = 2;
    if (value.len > 0 && xd_x12_in_file(g->reader, value)) {
        f.offset += (size_t) (value.ptr - xd_segment_element(&g->seg, 1).ptr);
    }
    f.value = value;

    return f;
}


/* -- on the way ----------------------------------------------------------- */

void
edi_totals_quantity(edi_grader_t *g)
{
    edi_totals_t *t = &g->totals;
    xd_decimal_t quantity;
    edi_tally_t *to;

    if (g->sums.items == 0 || t->summary) {
        return;
    }

    to = tally(t->quantities, &t->nquantities, EDI_TALLIES, edi_raw(g, 1, 1));

    if (to == NULL || !edi_sums_number(edi_raw(g, 1, 2), &quantity)) {
        t->unread = true;
        return;
    }

    edi_sums_add(&g->sums, &to->sum, quantity.mantissa, quantity.scale);
}


void
edi_totals_allowance(edi_grader_t *g)
{
    xd_str_t kind = xd_segment_element(&g->seg, 1);

    g->totals.sign = xd_str_is(kind, "A") ? -1 : xd_str_is(kind, "C") ? 1 : 0;
}


void
edi_totals_summary(edi_grader_t *g)
{
    g->totals.summary = true;
}


/* What is allowed or charged, of one line or of all. */
static void
charge(edi_grader_t *g, xd_decimal_t amount)
{
    edi_totals_t *t = &g->totals;

    edi_sums_add(&g->sums, g->sums.items > 0 ? &t->line_charges : &t->charges,
        t->sign * amount.mantissa, amount.scale);
}


static void
summary_amount(edi_grader_t *g, xd_str_t code, xd_decimal_t amount)
{
    edi_totals_t *t = &g->totals;
    edi_tally_t *to = tally(t->amounts, &t->namounts, EDI_TALLIES, code);
    edi_flaw_t f;

    if (to == NULL) {
        return; /* of so many none is among those that are compared */
    }

    edi_sums_add(&g->sums, &to->sum, amount.mantissa, amount.scale);

    if (to->times++ == 0) {
        to->first = to->sum;
        f = flaw(g, "x12.total.amount");
        f.value = edi_keep(g, g->set_arena, f.value);
        f.segment_id = edi_keep(g, g->set_arena, f.segment_id);
        to->at = f;
        to->mark = edi_mark_take(g);
    }
}


void
edi_totals_amount(edi_grader_t *g)
{
    edi_totals_t *t = &g->totals;
    xd_str_t code, value;
    xd_decimal_t amount;

    if (!t->invoice) {
        return;
    }

    code = edi_raw(g, 1, 1);
    value = edi_raw(g, 1, 2);

    if (!edi_sums_number(value, &amount)) {
        t->unread = t->unread || value.len > 0;
    } else if (t->summary) {
        summary_amount(g, code, amount);
    } else if (xd_str_is(code, LINE_AMOUNT)) {
        t->priced++;
        edi_sums_add(&g->sums, &t->lines, amount.mantissa, amount.scale);
    } else if (xd_str_is(code, "8") || xd_str_is(code, "23")
               || xd_str_is(code, "204"))
    {
        charge(g, amount);
    }
}


/* -- comparing ------------------------------------------------------------ */

/* CNT+1 is the sum of the quantities of the lines, whichever of them the
 * message is about. */
void
edi_totals_control(edi_grader_t *g, xd_decimal_t said)
{
    const edi_totals_t *t = &g->totals;
    edi_wide_t all = 0, sum = 0;
    edi_flaw_t f;

    edi_sums_add(&g->sums, &sum, said.mantissa, said.scale);

    for (uint8_t i = 0; i < t->nquantities; i++) {
        all += t->quantities[i].sum;
        if (t->quantities[i].sum == sum) {
            return;
        }
    }

    if (t->unread || t->nquantities == 0 || all == sum || g->sums.vague) {
        return;
    }

    f = flaw(g, "x12.total.quantity");
    edi_flaw(g, &f, "CNT+1 is not the sum of the quantities of the lines.");
}


/* Amounts that may be added, or left out. */
typedef struct {
    edi_wide_t at[6];
    size_t count;
} choice_t;

static void
choose(choice_t *c, edi_wide_t amount)
{
    c->at[c->count++] = amount;
}


/* Of a qualifier the first amount, and all of them: those of each rate of a
 * tax may stand beside their sum. */
static void
choose_tally(choice_t *c, const edi_tally_t *from)
{
    if (from != NULL) {
        choose(c, from->first);
        choose(c, from->sum);
    }
}


static bool
adds_up(const edi_grader_t *g, edi_wide_t total)
{
    const edi_totals_t *t = &g->totals;
    const edi_tally_t *lines = found(g, LINES_TOTAL);
    const edi_tally_t *stated = found(g, CHARGES);
    const edi_tally_t *off = found(g, ALLOWANCES);
    const edi_tally_t *on = found(g, CHARGES_ONLY);
    choice_t bases = { { 0 }, 0 }, charges = { { 0 }, 1 }, taxes = { { 0 }, 1 };

    choose(&bases, lines != NULL ? lines->first : t->lines);
    choose(&bases, t->lines + t->line_charges);
    choose_tally(&bases, found(g, TAXABLE));

    choose(&charges, t->charges);
    if (stated != NULL) {
        choose(&charges, stated->first);
        choose(&charges, -stated->first);
    }
    choose(&charges,
        (on != NULL ? on->first : 0) - (off != NULL ? off->first : 0));

    choose_tally(&taxes, found(g, TAX));
    choose_tally(&taxes, found(g, TAX_TOTAL));

    for (size_t b = 0; b < bases.count; b++) {
        for (size_t c = 0; c < charges.count; c++) {
            for (size_t x = 0; x < taxes.count; x++) {
                if (edi_sums_near(&g->sums, total,
                        bases.at[b] + charges.at[c] + taxes.at[x])) {
                    return true;
                }
            }
        }
    }

    return false;
}


void
edi_totals_end(edi_grader_t *g)
{
    const edi_totals_t *t = &g->totals;
    const edi_tally_t *lines = found(g, LINES_TOTAL), *total = NULL;

    if (!t->invoice || t->unread || g->sums.vague || t->priced == 0
        || t->priced != g->sums.items)
    {
        return; /* some line has no amount, or one that nobody can read */
    }

    if (lines != NULL && !edi_sums_near(&g->sums, lines->first, t->lines)
        && !edi_sums_near(&g->sums, lines->first, t->lines + t->line_charges))
    {
        edi_flaw_at(g, &lines->mark, &lines->at,
            "MOA+79 is not the sum of the amounts of the lines (203).");
    }

    for (size_t i = 0; i < sizeof(totals) / sizeof(totals[0]); i++) {
        total = total != NULL ? total : found(g, totals[i]);
    }

    if (total != NULL && !adds_up(g, total->first)) {
        edi_flaw_at(g, &total->mark, &total->at,
            "This total is not what lines, allowances, charges and taxes come "
            "to.");
    }
}
