/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Numbers of GS1: GTIN of goods, GLN of places, SSCC of cartons and pallets.
 * Their last digit is made of all others; and an SSCC is one carton, so that
 * it stands once in a set.  Neither is the standard's own rule: warnings.
 *
 * Standard: GS1 General Specifications, clause 7.9 (check digits).
 */

#include "edi/grader.h"

#define GLN  13
#define SSCC 18


/* A number where it stands. */
typedef struct {
    uint32_t element, component;
    xd_str_t digits;
    const char *what;
} gs1_t;


static bool
is_digits(xd_str_t s, size_t len)
{
    return s.len == len && edi_is_digits(s);
}


/* The last digit as it should be: all others from the right weigh 3, 1, 3. */
static char
check_digit(xd_str_t digits)
{
    unsigned sum = 0, weight = 3;

    for (size_t i = digits.len - 1; i > 0; i--) {
        sum += weight * (unsigned) (digits.ptr[i - 1] - '0');
        weight = 4 - weight;
    }

    return (char) ('0' + (10 - sum % 10) % 10);
}


static edi_flaw_t
flaw(const edi_grader_t *g, const gs1_t *n, const char *rule)
{
    edi_flaw_t f = edi_flaw_element(g, rule, n->element, XD_EDI_NO_FAULT);

    f.severity = XD_WARNING;
    f.component = n->component;
    f.value = n->digits;

    if (xd_x12_in_file(g->reader, n->digits)) {
        const xd_str_t whole = xd_segment_element(&g->seg, n->element);

        f.offset += (size_t) (n->digits.ptr - whole.ptr);
    }

    return f;
}


static void
check(edi_grader_t *g, const gs1_t *n)
{
    char want = check_digit(n->digits);
    edi_flaw_t f;

    if (n->digits.ptr[n->digits.len - 1] != want) {
        f = flaw(g, n, "x12.gs1.check-digit");
        edi_flaw(g, &f, "%.*s%02u is no %s: its last digit should be %c.",
            XD_FMT(g->seg.id), n->element, n->what, want);
    }
}


/* -- what stands where ---------------------------------------------------- */

static void
gtin(edi_grader_t *g, uint32_t element, uint32_t component)
{
    gs1_t n = { element, component, edi_raw(g, element, component), "GTIN" };

    if ((n.digits.len == 8 || (n.digits.len >= 12 && n.digits.len <= 14))
        && edi_is_digits(n.digits))
    {
        check(g, &n);
    }
}


static void
gln(edi_grader_t *g, uint32_t element, uint32_t component)
{
    gs1_t n = { element, component, edi_raw(g, element, component), "GLN" };

    if (is_digits(n.digits, GLN)) {
        check(g, &n);
    }
}


/* With or without the 00 that says in a bar code what it is. */
static void
sscc(edi_grader_t *g, uint32_t element, uint32_t component)
{
    gs1_t n = { element, component, edi_raw(g, element, component), "SSCC" };
    edi_flaw_t f;

    if (n.digits.len == SSCC + 2 && xd_str_starts(n.digits, XD_STR("00"))) {
        n.digits = (xd_str_t){ n.digits.ptr + 2, SSCC };
    }

    if (!is_digits(n.digits, SSCC)) {
        return;
    }

    check(g, &n);

    if (!edi_seen_new(g, &g->ssccs, g->set_arena, n.digits)) {
        f = flaw(g, &n, "x12.gs1.sscc-again");
        edi_flaw(g, &f, "The %s holds this SSCC already.", g->syntax->set);
    }
}


/* -- segments ------------------------------------------------------------- */

/* Schemes of element 235 whose numbers are GTINs. */
static bool
is_gtin_235(xd_str_t code)
{
    static const char codes[] = "UPENUKEO";

    for (size_t i = 0; code.len == 2 && i < sizeof(codes) - 1; i += 2) {
        if (codes[i] == code.ptr[0] && codes[i + 1] == code.ptr[1]) {
            return true;
        }
    }

    return false;
}


/* A scheme and a number of it, as often as the segment has them. */
static void
pairs(edi_grader_t *g, const edi_segment_t *def)
{
    uint32_t last = g->seg.count < def->count ? g->seg.count : def->count;

    for (uint32_t n = 1; n < last; n++) {
        if (def->elements[n - 1].reference == 235
            && is_gtin_235(xd_segment_element(&g->seg, n)))
        {
            gtin(g, n + 1, 0);
        }
    }
}


static void
n1(edi_grader_t *g, const edi_segment_t *def)
{
    (void) def;

    if (xd_str_is(xd_segment_element(&g->seg, 3), "UL")) {
        gln(g, 4, 0);
    }
}


static void
man(edi_grader_t *g, const edi_segment_t *def)
{
    (void) def;

    for (uint32_t n = 1; n <= 4; n += 3) {
        xd_str_t code = xd_segment_element(&g->seg, n);

        if (xd_str_is(code, "GM") || xd_str_is(code, "AA")) {
            sscc(g, n + 1, 0);
        }
    }
}


/* Kinds of item numbers (7143) that are GTINs. */
static bool
is_gtin_7143(xd_str_t code)
{
    return xd_str_is(code, "EN") || xd_str_is(code, "SRV")
           || xd_str_is(code, "UP");
}


static void
lin(edi_grader_t *g, const edi_segment_t *def)
{
    (void) def;

    if (is_gtin_7143(edi_raw(g, 3, 2))) {
        gtin(g, 3, 1);
    }
}


static void
pia(edi_grader_t *g, const edi_segment_t *def)
{
    (void) def;

    for (uint32_t n = 2; n <= g->seg.count; n++) {
        if (is_gtin_7143(edi_raw(g, n, 2))) {
            gtin(g, n, 1);
        }
    }
}


/* Party or place, of which GS1 (9 of 3055) gave out the number. */
static void
located(edi_grader_t *g, const edi_segment_t *def)
{
    (void) def;

    if (xd_str_is(edi_raw(g, 2, 3), "9")) {
        gln(g, 2, 1);
    }
}


/* One number, or from one to another. */
static void
gin(edi_grader_t *g, const edi_segment_t *def)
{
    (void) def;

    if (!xd_str_is(xd_segment_element(&g->seg, 1), "BJ")) {
        return;
    }

    for (uint32_t n = 2; n <= g->seg.count; n++) {
        sscc(g, n, 1);
        sscc(g, n, 2);
    }
}


/* -- by segment ----------------------------------------------------------- */

static const struct {
    char id[4]; /* empty: pairs, whatever the segment is called */
    bool edifact;
    void (*check)(edi_grader_t *g, const edi_segment_t *def);
} checks[] = {
    { "", false, pairs },
    { "N1", false, n1 },
    { "MAN", false, man },
    { "LIN", true, lin },
    { "PIA", true, pia },
    { "NAD", true, located },
    { "LOC", true, located },
    { "GIN", true, gin },
};


static bool
has_pairs(const edi_segment_t *def)
{
    for (uint8_t i = 0; i + 1 < def->count; i++) {
        if (def->elements[i].reference == 235) {
            return true;
        }
    }

    return false;
}


uint8_t
edi_gs1_of(const edi_syntax_t *syntax, const edi_segment_t *def)
{
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
        if (checks[i].edifact == syntax->edifact
            && (checks[i].id[0] == '\0' ? has_pairs(def)
                                        : strcmp(checks[i].id, def->id) == 0))
        {
            return (uint8_t) (i + 1);
        }
    }

    return 0;
}


void
edi_gs1(edi_grader_t *g, const edi_segment_t *def, uint8_t check_of)
{
    checks[check_of - 1].check(g, def);
}
