/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The one pass over a file.  Envelope segments open and close what is around
 * them, whatever is missing in between; all others belong to the set at hand.
 */

#include "edi/grader.h"


#define PASSED ((size_t) 1 << 20) /* bytes between two calls of passed */


static void
close_set(edi_grader_t *g)
{
    if (g->in_set) {
        edi_set_lost(g);
    }
}


static void
close_group(edi_grader_t *g)
{
    close_set(g);

    if (g->in_group && g->group.implied) {
        edi_group_close(g);
    } else if (g->in_group) {
        edi_group_lost(g);
    }
}


static void
close_interchange(edi_grader_t *g)
{
    close_group(g);

    if (g->in_interchange) {
        edi_interchange_lost(g);
    }
}


/* A segment of a set, or one that belongs nowhere. */
static void
on_other(edi_grader_t *g)
{
    if (g->in_set) {
        edi_body(g);
    } else {
        edi_stray(g);
    }
}


/* -- one function per control segment ------------------------------------- */

static void
on_interchange_end(edi_grader_t *g)
{
    close_group(g);
    edi_interchange_end(g);
}


static void
on_gs(edi_grader_t *g)
{
    close_group(g);
    edi_gs(g);
}


static void
on_group_end(edi_grader_t *g)
{
    close_set(g);

    if (g->in_group && !g->group.implied) {
        edi_group_end(g);
    } else {
        edi_stray(g);
    }
}


static void
on_st(edi_grader_t *g)
{
    close_set(g);

    if (!g->in_group) {
        /* its header is lost: what came of it is a group without name */
        edi_stray(g);
        edi_gs_lost(g);
    }

    edi_st(g);
}


static void
on_set_end(edi_grader_t *g)
{
    if (g->in_set) {
        edi_set_end(g);
    } else {
        edi_stray(g);
    }
}


/* Interchange acknowledgements and services stand before the first group. */
static void
on_service(edi_grader_t *g)
{
    if (g->in_set) {
        edi_body(g);
    } else if (g->in_group || g->groups > 0) {
        edi_stray(g);
    } else if (xd_str_is(g->seg.id, "TA1")) {
        edi_ta1(g);
    }
}


static void
on_ung(edi_grader_t *g)
{
    close_group(g);
    edi_ung(g);
}


static void
on_unh(edi_grader_t *g)
{
    close_set(g);

    if (!g->in_group) {
        edi_group_implied(g);
    }

    edi_unh(g);
}


static const edi_control_t x12_controls[] = {
    { "IEA", on_interchange_end },
    { "GS", on_gs },
    { "GE", on_group_end },
    { "ST", on_st },
    { "SE", on_set_end },
    { "TA1", on_service },
    { "TA3", on_service },
    { "ISB", on_service },
    { "ISE", on_service },
};

static const edi_control_t edifact_controls[] = {
    { "UNZ", on_interchange_end },
    { "UNG", on_ung },
    { "UNE", on_group_end },
    { "UNH", on_unh },
    { "UNT", on_set_end },
};

static const edi_special_t edifact_specials[] = {
    { "LIN", EDI_AS_LINE },
    { "CNT", EDI_AS_CONTROL },
    { "QTY", EDI_AS_QUANTITY },
    { "MOA", EDI_AS_AMOUNT },
    { "ALC", EDI_AS_ALLOWANCE },
    { "UNS", EDI_AS_SUMMARY },
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* By xd_edi_syntax_t. */
static const edi_syntax_t syntaxes[] = {
    [XD_EDI_X12] = { .set_end = "SE",
        .group_end = "GE",
        .interchange_end = "IEA",
        .set = "set",
        .inner = "sets",
        .firsts = "IGST",
        .controls = x12_controls,
        .ncontrols = COUNT(x12_controls),
        .header = edi_isa,
        .grammar = edi_x12_grammar,
        .segment = edi_grammar_segment },
    [XD_EDI_EDIFACT] = { .edifact = true,
        .set_end = "UNT",
        .group_end = "UNE",
        .interchange_end = "UNZ",
        .set = "message",
        .inner = "messages",
        .firsts = "UUUU",
        .controls = edifact_controls,
        .ncontrols = COUNT(edifact_controls),
        .header = edi_unb,
        .grammar = edi_edifact_grammar,
        .segment = edi_grammar_edifact_segment,
        .specials = edifact_specials,
        .nspecials = COUNT(edifact_specials) },
};


static void
header(edi_grader_t *g)
{
    close_interchange(g);
    g->syntax = &syntaxes[xd_edi_syntax(g->reader)];
    g->syntax->header(g);
}


static void
segment(edi_grader_t *g)
{
    char first = g->seg.id.len > 0 ? g->seg.id.ptr[0] : '\0';
    const edi_syntax_t *s = g->syntax;

    g->key = edi_key(g->seg.id);

    if (g->seg.header) {
        header(g);
        return;
    }

    /* most segments are none of these, and seen at their first letter */
    if (first == s->firsts[0] || first == s->firsts[1] || first == s->firsts[2]
        || first == s->firsts[3])
    {
        for (size_t i = 0; i < s->ncontrols; i++) {
            if (g->key == edi_id_key(s->controls[i].id)) {
                s->controls[i].on(g);
                return;
            }
        }
    }

    on_other(g);
}


static void
not_edi(edi_grader_t *g, xd_str_t bytes)
{
    g->out->not_edi = true;

    if (xd_edi_told(g->reader)) {
        return; /* it was said already what it is instead */
    }

    xd_report(g->rep,
        &(xd_finding_t){ .severity = XD_FATAL,
            .scope = XD_SCOPE_FILE,
            .rule = "x12.file.no-interchange",
            .value = { bytes.ptr, bytes.len < 32 ? bytes.len : 32 },
            .text =
                XD_STR("The file holds no interchange header (ISA or UNB).") });
}


static xd_rc_t
grade(edi_grader_t *g, xd_str_t bytes, const xd_edi_options_t *options)
{
    size_t told = 0;

    while (g->rc == XD_OK && xd_edi_next(g->reader, &g->seg)) {
        segment(g);

        if (g->seg.end - told >= PASSED && options->passed != NULL) {
            told = g->seg.end;
            options->passed(options->passed_ctx, told);
        }
    }

    if (g->rc != XD_OK) {
        return g->rc;
    }

    /* the end of the file stands for every trailer that is missing */
    g->seg.id = XD_STR("");
    g->seg.offset = bytes.len;
    g->seg.count = 0;
    close_interchange(g);

    if (g->out->interchanges.count == 0 && g->rc == XD_OK) {
        not_edi(g, bytes);
    }

    return g->rc;
}


static uint32_t
most_sets(const xd_edi_options_t *options)
{
    if (options->verdicts_only) {
        return 0;
    }

    return options->most_sets != 0 ? options->most_sets : EDI_MOST_SETS;
}


static xd_edi_reader_t *(*const openers[])(xd_arena_t *arena, xd_str_t bytes,
    xd_report_t *rep) = {
    [XD_EDI_ANY] = xd_edi_open,
    [XD_EDI_ONLY_X12] = xd_x12_open,
    [XD_EDI_ONLY_EDIFACT] = xd_edifact_open,
};


xd_rc_t
xd_edi_grade(xd_arena_t *arena, xd_str_t bytes, const xd_edi_options_t *options,
    xd_report_t *rep, xd_edi_file_t *out)
{
    edi_grader_t *g = xd_alloc(arena, sizeof(*g));
    xd_rc_t rc = XD_E_MEMORY;

    *out = (xd_edi_file_t){ .interchanges = XD_VEC(xd_edi_interchange_t) };

    if (g == NULL) {
        return XD_E_MEMORY;
    }

    *g = (edi_grader_t){ .arena = arena,
        .set_arena = xd_arena_new(0),
        .group_arena = xd_arena_new(0),
        .rep = rep,
        .reader = openers[options->only](arena, bytes, rep),
        .syntax = &syntaxes[XD_EDI_X12],
        .out = out,
        .trees = options->trees,
        .bears_again = options->bears_again,
        .guides = options->guides,
        .use = options->use,
        .most_sets = most_sets(options) };

    g->tree_arena = options->trees ? arena : g->set_arena;

    if (g->set_arena != NULL && g->group_arena != NULL && g->reader != NULL) {
        rc = grade(g, bytes, options);
    }

    xd_arena_free(g->set_arena);
    xd_arena_free(g->group_arena);
    xd_arena_free(g->guide.scratch);

    return rc;
}


xd_str_t
xd_edi_version(xd_arena_t *arena, const xd_edi_group_t *group,
    const xd_edi_set_t *set)
{
    if (group != NULL && group->version.len > 0) {
        return group->version;
    }

    return set != NULL ? xd_fmt(arena, "%.*s%.*s", XD_FMT(set->version),
               XD_FMT(set->release))
                       : XD_STR("");
}
