/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A set from ST to SE, or to where it breaks off.  What is inside it makes it
 * good or bad; what is around it only tells whether it can be named.
 */

#include "edi/grader.h"


edi_flaw_t
edi_set_flaw(edi_grader_t *g, const char *rule, uint32_t element,
    xd_edi_kind_t kind)
{
    edi_flaw_t f = element != 0 ? edi_flaw_element(g, rule, element, kind)
                                : edi_flaw_segment(g, rule, kind);

    f.scope = XD_SCOPE_SET;
    edi_code_add(g->set.set_codes, xd_edi_codes[kind].set);
    edi_error(&g->set.error, &f);

    return f;
}


/* Component n (from 1) of a value in which nothing is released. */
static xd_str_t
plain_part(xd_str_t value, uint32_t n, char mark)
{
    const char *p = value.ptr, *end = p + value.len, *from = p;

    for (; p < end; p++) {
        if (*p != mark) {
            continue;
        }
        if (--n == 0) {
            break;
        }
        from = p + 1;
    }

    return n <= 1 ? (xd_str_t){ from, (size_t) (p - from) } : XD_STR("");
}


xd_str_t
edi_raw(const edi_grader_t *g, uint32_t n, uint32_t component)
{
    xd_str_t value = xd_segment_element(&g->seg, n), rest = value;
    char mark = xd_x12_marks(g->reader)->component;

    if (component > 0 && !g->seg.special) {
        return plain_part(value, component, mark);
    }

    for (uint32_t i = 0; i < component; i++) {
        value =
            rest.ptr != NULL ? xd_edi_cut(g->reader, &rest, mark) : XD_STR("");
    }

    return value;
}


xd_str_t
edi_text(edi_grader_t *g, uint32_t n, uint32_t component)
{
    xd_str_t value = edi_raw(g, n, component), text;

    text = xd_edi_value(g->reader, g->arena, value);
    if (text.ptr == NULL && value.len > 0) {
        g->rc = XD_E_MEMORY;
        return XD_STR("");
    }

    return text.ptr == value.ptr ? edi_keep(g, g->arena, value) : text;
}


static void
control_again(edi_grader_t *g, uint32_t element)
{
    static const char rule[] = "x12.set.control-again";
    edi_flaw_t f;

    g->set.again = g->bears_again;
    if (g->bears_again) {
        f = edi_flaw_element(g, rule, element, XD_EDI_NO_FAULT);
        f.scope = XD_SCOPE_SET;
        f.severity = XD_WARNING;
    } else {
        f = edi_set_flaw(g, rule, element, XD_EDI_SET_CONTROL_AGAIN);
    }

    edi_flaw(g, &f, "Another %s has the same number.", g->syntax->set);
}


static void
control_check(edi_grader_t *g)
{
    uint32_t element = g->syntax->edifact ? 1 : 2;
    edi_flaw_t f;

    if (g->set.control.len == 0) {
        f = edi_set_flaw(g, "x12.set.control", element, XD_EDI_SET_BAD_CONTROL);
        edi_flaw(g, &f, "The number of the %s is missing.", g->syntax->set);
    } else if (!edi_seen_new(g, &g->controls, g->group_arena, g->set.control)) {
        control_again(g, element);
    }
}


void
edi_x12_grammar(edi_grader_t *g)
{
    xd_str_t known = g->group.version;
    xd_str_t version = known.len > 0 ? known : XD_STR("unknown");
    const edi_set_t *grammar = edi_grammar_set(g->set.code, known);
    edi_flaw_t f;

    edi_place_begin(g, grammar);
    g->place.later = known.len >= 6 && memcmp(known.ptr, "005010", 6) >= 0;
    g->place.first = known.len >= 6 && memcmp(known.ptr, "004010", 6) == 0;

    if (grammar == NULL) {
        f = edi_set_flaw(g, "x12.set.not-supported", 1,
            XD_EDI_SET_NOT_SUPPORTED);
        f.severity = XD_INFO;
        edi_flaw(g, &f,
            "Set %.*s in version %.*s is not supported: only its envelope "
            "was checked.",
            XD_FMT(g->set.code), XD_FMT(version));
    } else if (!xd_str_is(g->group.functional, grammar->functional)) {
        f = edi_flaw_element(g, "x12.set.group", 1, XD_EDI_NO_FAULT);
        f.severity = XD_WARNING;
        edi_flaw(g, &f, "A set %.*s belongs into a group %s, not %.*s.",
            XD_FMT(g->set.code), grammar->functional,
            XD_FMT(g->group.functional));
    }

    if (g->set.code.len != 3) {
        f = edi_set_flaw(g, "x12.set.id", 1, XD_EDI_SET_BAD_ID);
        edi_flaw(g, &f, "ST01 is no set identifier.");
    }
}


void
edi_set_begin(edi_grader_t *g)
{
    g->set.offset = g->seg.offset;
    g->set.segments = 1;
    g->set.faults = XD_VEC(xd_edi_fault_t);
    g->in_set = true;
    g->set_bad = false;
    g->sets++;
    edi_hl_begin(g);
    edi_sums_begin(g);
    g->ssccs = (edi_seen_t){ 0 };

    g->syntax->grammar(g);
    edi_totals_begin(g);
    control_check(g);
    g->building = g->trees;
    edi_guide_choose(g);

    if (g->place.grammar == NULL) {
        return;
    }

    g->set.unverified = g->place.grammar->unverified;
    edi_elements(g, g->place.grammar->rows[0].segment);
    if (g->building) {
        edi_build_begin(g);
        edi_build(g, &g->place.grammar->rows[0]);
    }
    if (g->guide.plan != NULL) {
        edi_guide_begin(g);
    }
}


void
edi_st(edi_grader_t *g)
{
    xd_arena_reset(g->set_arena);
    g->set = (xd_edi_set_t){ .code = edi_text(g, 1, 0),
        .control = edi_text(g, 2, 0) };
    edi_set_begin(g);
}


/* What a segment does beside being checked, by edi_role_t. */
static void (*const does[])(edi_grader_t *g) = {
    [EDI_AS_LEVEL] = edi_hl,
    [EDI_AS_ITEM] = edi_sums_item,
    [EDI_AS_TOTALS] = edi_sums_check,
    [EDI_AS_CHARGE] = edi_sums_charge,
    [EDI_AS_TAX] = edi_sums_tax,
    [EDI_AS_SUM] = edi_sums_total,
    [EDI_AS_ORDER_SUM] = edi_sums_order,
    [EDI_AS_LINE] = edi_sums_line,
    [EDI_AS_CONTROL] = edi_sums_control,
    [EDI_AS_QUANTITY] = edi_totals_quantity,
    [EDI_AS_ALLOWANCE] = edi_totals_allowance,
    [EDI_AS_SUMMARY] = edi_totals_summary,
    [EDI_AS_AMOUNT] = edi_totals_amount,
};


/* An HL that has no place here is no level. */
static void
role(edi_grader_t *g, const edi_row_t *row, bool moved)
{
    uint8_t as = g->syntax->nspecials == 0
                     ? row->role
                     : g->place.roles[row - g->place.grammar->rows];

    if (as != EDI_NO_ROLE && (as != EDI_AS_LEVEL || moved)) {
        does[as](g);
    }
}


void
edi_body(edi_grader_t *g)
{
    const edi_row_t *row;
    bool moved = false;

    g->set.segments++;

    if (g->place.grammar == NULL) {
        return;
    }

    row = edi_place_find(g, &moved);

    if (g->guide.plan != NULL && moved) {
        edi_guide_leave(g, row);
    }

    if (row != NULL) {
        uint8_t gs1 = g->place.gs1[row - g->place.grammar->rows];

        role(g, row, moved);
        edi_elements(g, row->segment);
        if (gs1 != 0) {
            edi_gs1(g, row->segment, gs1);
        }
    }

    if (g->building) {
        edi_build(g, moved ? row : NULL);
    }

    if (g->guide.plan != NULL && moved) {
        edi_guide_segment(g, row);
    }
}


/* -- the end -------------------------------------------------------------- */

/* Judges the set and puts it into its group. */
static void
set_close(edi_grader_t *g, size_t end)
{
    xd_edi_set_t *kept;

    if (g->place.grammar != NULL) {
        edi_hl_end(g);
        edi_sums_end(g);
        edi_totals_end(g);
        if (g->building) {
            edi_build_end(g);
        }
        if (g->guide.plan != NULL) {
            edi_guide_end(g);
        }
    }

    if (!g->trees) {
        g->set.tree = NULL; /* it was built for the guide alone */
    }

    g->set.length = end - g->set.offset;
    g->set.verdict = g->set_bad || g->set.set_codes[0] != 0 ? 'R' : 'A';
    g->in_set = false;

    g->group.received++;
    g->group.accepted += g->set.verdict != 'R';

    if (g->kept_sets >= g->most_sets) {
        return;
    }

    kept = xd_vec_push(&g->group.sets, g->arena);
    if (kept == NULL) {
        g->rc = XD_E_MEMORY;
        return;
    }

    *kept = g->set;
    g->kept_sets++;
}


void
edi_set_end(edi_grader_t *g)
{
    uint64_t count = 0;
    xd_str_t declared = xd_segment_element(&g->seg, 1);
    edi_flaw_t f;

    edi_body(g);

    if (!xd_str_uint(declared, UINT32_MAX, &count) || count != g->set.segments)
    {
        f = edi_set_flaw(g, "x12.set.count", 1, XD_EDI_SET_COUNT);
        edi_flaw(g, &f, "%s01 says \"%.*s\"; the %s has %u segments.",
            g->syntax->set_end, (int) (declared.len < 20 ? declared.len : 20),
            declared.ptr, g->syntax->set, g->set.segments);
    }

    f = edi_flaw_element(g, "x12.set.control-differs", 2,
        XD_EDI_SET_CONTROL_DIFFERS);
    f.scope = XD_SCOPE_SET;
    if (!edi_control_check(g, g->set.control, &f)) {
        edi_error(&g->set.error, &f);
        edi_code_add(g->set.set_codes, xd_edi_codes[f.kind].set);
    }

    set_close(g, g->seg.end);
}


void
edi_set_lost(edi_grader_t *g)
{
    edi_flaw_t f =
        edi_set_flaw(g, "x12.set.no-trailer", 0, XD_EDI_SET_NO_TRAILER);

    g->place.depth = 0; /* where the trailer should stand */
    f.severity = XD_FATAL;
    f.position = g->set.segments + 1;
    f.segment_id = xd_str(g->syntax->set_end);
    edi_flaw(g, &f, "The %s %.*s ends without %s.", g->syntax->set,
        XD_FMT(g->set.control), g->syntax->set_end);

    set_close(g, g->seg.offset);
}
