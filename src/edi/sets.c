/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A set from ST to SE, or to where it breaks off.  What is inside it makes it
 * good or bad; what is around it only tells whether it can be named.
 */

#include "edi/grader.h"


/* AK502 and following. */
enum {
    SET_NOT_SUPPORTED = 1,
    SET_TRAILER_MISSING = 2,
    SET_CONTROL_DIFFERS = 3,
    SET_COUNT_DIFFERS = 4,
    SET_BAD_ID = 6,
    SET_BAD_CONTROL = 7,
    SET_CONTROL_AGAIN = 23
};


/* A flaw of the set's own envelope. */
static edi_flaw_t
set_flaw(edi_grader_t *g, const char *rule, uint32_t element, uint8_t code)
{
    static const char *const acks[] = { [SET_NOT_SUPPORTED] = "AK502:1",
        [SET_TRAILER_MISSING] = "AK502:2",
        [SET_CONTROL_DIFFERS] = "AK502:3",
        [SET_COUNT_DIFFERS] = "AK502:4",
        [SET_BAD_ID] = "AK502:6",
        [SET_BAD_CONTROL] = "AK502:7",
        [SET_CONTROL_AGAIN] = "AK502:23" };
    edi_flaw_t f = element != 0 ? edi_flaw_element(g, rule, element, 0)
                                : edi_flaw_segment(g, rule, 0);

    f.scope = XD_SCOPE_SET;
    f.ack = acks[code];
    edi_code_add(g->set.set_codes, code);

    return f;
}


/* ST02 is new in its group?  Only so many are remembered. */
static void
control_unique(edi_grader_t *g)
{
    void *before = NULL;
    xd_str_t key = edi_keep(g, g->group_arena, g->set.control);

    if (g->controls == NULL) {
        g->controls = xd_map_new(g->group_arena);
    }

    if (g->controls == NULL) {
        g->rc = XD_E_MEMORY;
        return;
    }

    if (xd_map_count(g->controls) >= EDI_MOST_SETS) {
        return;
    }

    if (xd_map_put(g->controls, key, g, &before) != XD_OK) {
        g->rc = XD_E_MEMORY;
        return;
    }

    if (before != NULL) {
        edi_flaw_t f =
            set_flaw(g, "x12.set.control-again", 2, SET_CONTROL_AGAIN);

        edi_flaw(g, &f, "Another set of this group has the same number.");
    }
}


static void
header_check(edi_grader_t *g)
{
    edi_flaw_t f;

    if (g->set.code.len != 3) {
        f = set_flaw(g, "x12.set.id", 1, SET_BAD_ID);
        edi_flaw(g, &f, "ST01 is no set identifier.");
    }

    if (g->set.control.len == 0) {
        f = set_flaw(g, "x12.set.control", 2, SET_BAD_CONTROL);
        edi_flaw(g, &f, "ST02 is missing.");
    } else {
        control_unique(g);
    }
}


static void
grammar_choose(edi_grader_t *g)
{
    const edi_set_t *grammar = edi_grammar_set(g->set.code, g->group.version);
    xd_str_t version =
        g->group.version.len > 0 ? g->group.version : XD_STR("unknown");
    edi_flaw_t f;

    edi_place_begin(g, grammar);

    if (grammar == NULL) {
        f = set_flaw(g, "x12.set.not-supported", 1, SET_NOT_SUPPORTED);
        f.severity = XD_INFO;
        edi_flaw(g, &f,
            "Set %.*s in version %.*s is not supported: only its envelope "
            "was checked.",
            XD_FMT(g->set.code), XD_FMT(version));
        return;
    }

    if (!xd_str_is(g->group.functional, grammar->functional)) {
        f = edi_flaw_element(g, "x12.set.group", 1, 0);
        f.severity = XD_WARNING;
        edi_flaw(g, &f, "A set %.*s belongs into a group %s, not %.*s.",
            XD_FMT(g->set.code), grammar->functional,
            XD_FMT(g->group.functional));
    }
}


void
edi_st(edi_grader_t *g)
{
    xd_arena_reset(g->set_arena);

    g->set = (xd_edi_set_t){ .code = edi_keep(g, g->arena,
                                 xd_x12_element(&g->seg, 1)),
        .control = edi_keep(g, g->arena, xd_x12_element(&g->seg, 2)),
        .offset = g->seg.offset,
        .segments = 1,
        .faults = XD_VEC(xd_edi_fault_t) };
    g->in_set = true;
    g->set_bad = false;
    edi_hl_begin(g);
    edi_sums_begin(g);

    grammar_choose(g);
    header_check(g);

    if (g->place.grammar == NULL) {
        return;
    }

    edi_elements(g, g->place.grammar->rows[0].segment);
    if (g->trees) {
        edi_build_begin(g);
        edi_build(g, &g->place.grammar->rows[0]);
    }
}


/* What a segment does beside being checked.  An HL that has no place here is
 * no level. */
static void
role(edi_grader_t *g, const edi_row_t *row, bool moved)
{
    switch (row->role) {

    case EDI_AS_LEVEL:
        if (moved) {
            edi_hl(g);
        }
        break;

    case EDI_AS_ITEM:
        edi_sums_item(g);
        break;

    case EDI_AS_TOTALS:
        edi_sums_check(g);
        break;

    case EDI_AS_CHARGE:
        edi_sums_charge(g);
        break;

    case EDI_AS_TAX:
        edi_sums_tax(g);
        break;

    case EDI_AS_SUM:
        edi_sums_total(g);
        break;

    default:
        break;
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

    if (row != NULL) {
        role(g, row, moved);
        edi_elements(g, row->segment);
    }

    if (g->trees) {
        edi_build(g, moved ? row : NULL);
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
        if (g->trees) {
            edi_build_end(g);
        }
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
edi_se(edi_grader_t *g)
{
    uint64_t count = 0;
    xd_str_t declared = xd_x12_element(&g->seg, 1);
    edi_flaw_t f;

    edi_body(g);

    if (!xd_str_uint(declared, UINT32_MAX, &count) || count != g->set.segments)
    {
        f = set_flaw(g, "x12.set.count", 1, SET_COUNT_DIFFERS);
        edi_flaw(g, &f, "SE01 says \"%.*s\"; the set has %u segments.",
            (int) (declared.len < 20 ? declared.len : 20), declared.ptr,
            g->set.segments);
    }

    f = edi_flaw_element(g, "x12.set.control-differs", 2, 0);
    f.scope = XD_SCOPE_SET;
    f.ack = "AK502:3";
    if (!edi_control_check(g, g->set.control, &f)) {
        edi_code_add(g->set.set_codes, SET_CONTROL_DIFFERS);
    }

    set_close(g, g->seg.end);
}


void
edi_set_lost(edi_grader_t *g)
{
    edi_flaw_t f = set_flaw(g, "x12.set.no-trailer", 0, SET_TRAILER_MISSING);

    g->place.depth = 0; /* where SE should stand */
    f.severity = XD_FATAL;
    f.position = g->set.segments + 1;
    f.segment_id = XD_STR("SE");
    f.offset = g->seg.offset;
    edi_flaw(g, &f, "The set %.*s ends without SE.", XD_FMT(g->set.control));

    set_close(g, g->seg.offset);
}
