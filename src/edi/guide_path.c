/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Paths of guides on the rows of a grammar: "HL(3=I)/LIN/3",
 * "SG2(1=BY)/2/1", "NAD(1=BY)/2/1".  A name that is no number is a loop or a segment, a
 * number behind it an element, one more a component.
 */

#include "edi/guide_plan.h"

#include "canon/guess.h"
#include "edi/grader.h"


/* One path while it is read. */
typedef struct {
    guide_compiler_t *c;
    const guide_rule_t *rule;
    guide_within_t in;
    guide_target_t *to;
    xd_str_t rest;
} path_t;


static void
fault(const path_t *p, const char *text, xd_str_t word)
{
    const xd_node_t *at = xd_get(p->rule->rule, "at");

    edi_guide_fault(p->c, p->rule->guide, at != NULL ? at : p->rule->rule,
        "guide.path", "%s: '%.*s' (in set %s, %s).", text, XD_FMT(word),
        p->in.grammar->code,
        p->in.grammar->directory != NULL ? p->in.grammar->directory : "X12");
}


/* -- rows ----------------------------------------------------------------- */

/* The rows of a loop end where one begins beside or outside of it. */
static bool
ends(const edi_row_t *row, uint8_t depth)
{
    return row->depth < depth || (row->depth == depth && row->loop != NULL);
}


static bool
is_named(const edi_row_t *row, uint8_t depth, xd_str_t name)
{
    if (row->depth == depth + 1 && row->loop != NULL) {
        return xd_str_is(name, row->loop);
    }

    return row->depth == depth && xd_str_is(name, row->segment->id);
}


uint16_t
edi_guide_child(const guide_within_t *in, uint16_t from, xd_str_t name,
    bool *loop)
{
    const edi_row_t *rows = in->grammar->rows;
    bool whole = in->loop == EDI_NO_ROW;
    uint8_t depth = whole ? 0 : rows[in->loop].depth;
    uint16_t first = whole ? 0 : (uint16_t) (in->loop + 1);

    *loop = false;

    /* the segment that begins a loop stands in it, too */
    if (!whole && from <= in->loop
        && xd_str_is(name, rows[in->loop].segment->id)) {
        return in->loop;
    }

    for (uint16_t i = from > first ? from : first;
         i < in->grammar->count && !ends(&rows[i], depth); i++)
    {
        if (is_named(&rows[i], depth, name)) {
            *loop = rows[i].depth > depth;
            return i;
        }
    }

    return EDI_NO_ROW;
}


xd_str_t
edi_guide_nearest(const guide_within_t *in, xd_str_t name)
{
    const edi_row_t *rows = in->grammar->rows;
    bool whole = in->loop == EDI_NO_ROW;
    uint8_t depth = whole ? 0 : rows[in->loop].depth;
    xd_guess_t guess = xd_guess(name);

    for (uint16_t i = whole ? 0 : (uint16_t) (in->loop + 1);
         i < in->grammar->count && !ends(&rows[i], depth); i++)
    {
        if (rows[i].depth == depth + 1 && rows[i].loop != NULL) {
            xd_guess_try(&guess, xd_str(rows[i].loop));
        } else if (rows[i].depth == depth) {
            xd_guess_try(&guess, xd_str(rows[i].segment->id));
        }
    }

    return guess.best;
}


/* -- words ---------------------------------------------------------------- */

/* Up to the next "/" that is not between "(" and ")". */
static xd_str_t
word(xd_str_t *rest)
{
    size_t n = 0;
    bool within = false;
    xd_str_t got;

    while (n < rest->len && (within || rest->ptr[n] != '/')) {
        within = within ? rest->ptr[n] != ')' : rest->ptr[n] == '(';
        n++;
    }

    got = (xd_str_t){ rest->ptr, n };
    *rest = n < rest->len ? (xd_str_t){ rest->ptr + n + 1, rest->len - n - 1 }
                          : XD_STR_NONE;

    return got;
}


/* Element or component n of some rows; false after a fault was told. */
static bool
number(const path_t *p, xd_str_t text, uint8_t *n)
{
    uint64_t value;

    if (!xd_str_uint(text, XD_SEGMENT_ELEMENTS, &value) || value == 0) {
        fault(p, "An element or component is a number from 1 on", text);
        return false;
    }

    *n = (uint8_t) value;

    return true;
}


/* Is there such an element?  *value gains its row. */
static bool
element_known(const path_t *p, const edi_segment_t *segment, uint8_t element,
    uint8_t component, const edi_element_t **value)
{
    *value = NULL;

    if (segment->count == 0) {
        return true; /* the grammar has no elements of it */
    }

    if (element > segment->count) {
        fault(p, "The segment has no such element",
            xd_fmt(p->c->arena, "%s/%u", segment->id, element));
        return false;
    }

    *value = &segment->elements[element - 1];
    if (component == 0) {
        return true;
    }

    if ((*value)->type != EDI_COMPOSITE || component > (*value)->nparts) {
        fault(p, "The element has no such component",
            xd_fmt(p->c->arena, "%s/%u/%u", segment->id, element, component));
        return false;
    }

    *value = &(*value)->parts[component - 1];

    return true;
}


static bool
test_read(const path_t *p, const edi_segment_t *segment, xd_str_t text,
    guide_test_t *test)
{
    xd_str_t rest = text, place = xd_str_cut(&rest, '=');
    xd_str_t element = xd_str_cut(&place, '/');
    const edi_element_t *value;

    test->codes = XD_VEC(xd_str_t);

    if (rest.ptr == NULL || rest.len == 0) {
        fault(p, "Behind a name stands what an element of it is, as (1=ST)",
            text);
        return false;
    }

    if (!number(p, element, &test->element)
        || (place.ptr != NULL && !number(p, place, &test->component))
        || !element_known(p, segment, test->element, test->component, &value))
    {
        return false;
    }

    while (rest.ptr != NULL) {
        xd_str_t *code = xd_vec_push(&test->codes, p->c->arena);
        xd_str_t one = xd_str_cut(&rest, '|');

        if (code == NULL) {
            p->c->full = true;
            return false;
        }
        *code = one;
    }

    return true;
}


/* -- names ---------------------------------------------------------------- */

static void
no_such(const path_t *p, xd_str_t name)
{
    xd_str_t near = edi_guide_nearest(&p->in, name);
    xd_str_t text =
        near.ptr == NULL
            ? XD_STR("There is no such segment or loop here")
            : xd_fmt(p->c->arena,
                "There is no such segment or loop here; did you mean '%.*s'?",
                XD_FMT(near));

    fault(p, text.ptr != NULL ? text.ptr : "", name);
}


static bool
is_number(xd_str_t s)
{
    uint64_t n;

    return xd_str_uint(s, UINT32_MAX, &n);
}


/* A loop of it may begin with what stands alone in it, too: those are rows of
 * their own. */
static bool
is_alike(const path_t *p, uint16_t row, bool loop)
{
    const edi_row_t *rows = p->in.grammar->rows;

    return (rows[row].loop != NULL && row != p->in.loop) == loop;
}


/* All rows of the segment in this loop: it may stand before and behind others
 * of it. */
static bool
rows_add(const path_t *p, uint16_t row, xd_str_t name)
{
    bool loop = false;

    while (row != EDI_NO_ROW && is_alike(p, row, p->to->loop)) {
        uint16_t *slot = xd_vec_push(&p->to->rows, p->c->arena);

        if (slot == NULL) {
            p->c->full = true;
            return false;
        }

        *slot = row;
        row = edi_guide_child(&p->in, (uint16_t) (row + 1), name, &loop);
    }

    return true;
}


/* Loops of EDIFACT have numbers, which differ from directory to directory; so
 * one may also be called by the segment that it begins with.  EDI_NO_ROW: none
 * begins with it, or several do. */
static uint16_t
by_first(const path_t *p, xd_str_t name, bool *several)
{
    const edi_row_t *rows = p->in.grammar->rows;
    bool whole = p->in.loop == EDI_NO_ROW;
    uint8_t depth = whole ? 0 : rows[p->in.loop].depth;
    uint16_t found = EDI_NO_ROW;

    *several = false;

    for (uint16_t i = whole ? 0 : (uint16_t) (p->in.loop + 1);
         i < p->in.grammar->count && !ends(&rows[i], depth); i++)
    {
        if (rows[i].depth == depth + 1 && rows[i].loop != NULL
            && xd_str_is(name, rows[i].segment->id))
        {
            *several = found != EDI_NO_ROW;
            found = i;
        }
    }

    return *several ? EDI_NO_ROW : found;
}


/* The row that a name means from here; EDI_NO_ROW after a fault was told. */
static uint16_t
row_of(const path_t *p, xd_str_t name, bool *loop)
{
    uint16_t row = edi_guide_child(&p->in, 0, name, loop);
    bool several = false;

    if (row == EDI_NO_ROW) {
        row = by_first(p, name, &several);
        *loop = true;
    }

    if (several) {
        fault(p,
            "Several groups begin with this segment: name one by its "
            "number, as SG2",
            name);
    } else if (row == EDI_NO_ROW) {
        no_such(p, name);
    }

    return row;
}


/* One name with its test; the last one is the target. */
static bool
name_read(path_t *p, xd_str_t text)
{
    guide_target_t *to = p->to;
    xd_str_t test = text, name = xd_str_cut(&test, '(');
    guide_test_t means = { 0 };
    xd_str_t after = p->rest;
    bool last = p->rest.ptr == NULL || is_number(word(&after));
    bool loop;
    uint16_t row = row_of(p, name, &loop);

    if (row == EDI_NO_ROW) {
        return false;
    }

    if (test.ptr != NULL) {
        if (test.len == 0 || test.ptr[test.len - 1] != ')') {
            fault(p, "A '(' has no ')' at the end", text);
            return false;
        }
        test.len--;
        if (!test_read(p, p->in.grammar->rows[row].segment, test, &means)) {
            return false;
        }
    }

    if (last) {
        to->loop = loop;
        to->test = means;
        return rows_add(p, row, name);
    }

    if (!loop) {
        fault(p, "Only loops have segments within", name);
        return false;
    }

    to->loops[to->nloops++] = (guide_step_t){ row, means };
    p->in.loop = row;

    return true;
}


bool
edi_guide_path(guide_compiler_t *c, const edi_set_t *grammar,
    const guide_rule_t *rule, guide_target_t *to)
{
    path_t p = { .c = c,
        .rule = rule,
        .in = { grammar, EDI_NO_ROW },
        .to = to,
        .rest = rule->at };
    const edi_segment_t *segment;

    to->rows = XD_VEC(uint16_t);

    while (to->rows.count == 0) {
        if (p.rest.ptr == NULL || !name_read(&p, word(&p.rest))) {
            return false;
        }
    }

    if (p.rest.ptr == NULL) {
        return true;
    }

    to->loop = false;
    if (!number(&p, word(&p.rest), &to->element)) {
        return false;
    }

    if (p.rest.ptr != NULL && !number(&p, word(&p.rest), &to->component)) {
        return false;
    }

    if (p.rest.ptr != NULL) {
        fault(&p, "A path ends with a component", p.rest);
        return false;
    }

    segment = grammar->rows[*XD_AT(&to->rows, uint16_t, 0)].segment;

    return element_known(&p, segment, to->element, to->component, &to->value);
}
