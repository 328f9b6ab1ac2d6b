/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The one pass over a file.  Envelope segments open and close what is around
 * them, whatever is missing in between; all others belong to the set at hand.
 */

#include "edi/grader.h"


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

    if (g->in_group) {
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
on_isa(edi_grader_t *g)
{
    if (!g->seg.header) {
        on_other(g);
        return;
    }

    close_interchange(g);
    edi_isa(g);
}


static void
on_iea(edi_grader_t *g)
{
    close_group(g);
    edi_iea(g);
}


static void
on_gs(edi_grader_t *g)
{
    close_group(g);
    edi_gs(g);
}


static void
on_ge(edi_grader_t *g)
{
    close_set(g);

    if (g->in_group) {
        edi_ge(g);
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
on_se(edi_grader_t *g)
{
    if (g->in_set) {
        edi_se(g);
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


static const struct {
    char id[4];
    void (*on)(edi_grader_t *g);
} controls[] = {
    { "ISA", on_isa },
    { "IEA", on_iea },
    { "GS", on_gs },
    { "GE", on_ge },
    { "ST", on_st },
    { "SE", on_se },
    { "TA1", on_service },
    { "TA3", on_service },
    { "ISB", on_service },
    { "ISE", on_service },
};

#define CONTROLS (sizeof(controls) / sizeof(controls[0]))


static void
segment(edi_grader_t *g)
{
    char first = g->seg.id.len > 0 ? g->seg.id.ptr[0] : '\0';

    g->key = edi_key(g->seg.id);

    /* most segments are none of these, and seen at their first letter */
    if (first == 'I' || first == 'G' || first == 'S' || first == 'T') {
        for (size_t i = 0; i < CONTROLS; i++) {
            if (g->key == edi_id_key(controls[i].id)) {
                controls[i].on(g);
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
    xd_report(g->rep,
        &(xd_finding_t){ .severity = XD_FATAL,
            .scope = XD_SCOPE_FILE,
            .rule = "x12.file.no-interchange",
            .value = { bytes.ptr, bytes.len < 32 ? bytes.len : 32 },
            .text = XD_STR("The file holds no interchange header (ISA).") });
}


static xd_rc_t
grade(edi_grader_t *g, xd_str_t bytes)
{
    while (g->rc == XD_OK && xd_x12_next(g->reader, &g->seg)) {
        segment(g);
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
        .reader = xd_x12_open(arena, bytes, rep),
        .out = out,
        .trees = options->trees,
        .most_sets =
            options->most_sets != 0 ? options->most_sets : EDI_MOST_SETS };

    if (g->set_arena != NULL && g->group_arena != NULL && g->reader != NULL) {
        rc = grade(g, bytes);
    }

    xd_arena_free(g->set_arena);
    xd_arena_free(g->group_arena);

    return rc;
}
