/* SPDX-License-Identifier: BSD-2-Clause */

/* Grading of EDIFACT: whatever comes gets a grade, what was read is written
 * back as it was, and a clean message can be written anew from its tree. */

#include "fuzz.h"

#include "edi/ack_read.h"
#include "edi/message.h"

#define HEAD                                                                   \
    "UNA:+.? 'UNB+UNOC:3+4009999000011:14+4009999000028:14+260318:1015+101'"   \
    "UNH+1+ORDERS:D:96A:UN'BGM+220+PO-1001+9'"
#define TAIL "UNS+S'UNT+9+1'UNZ+1+101'"


/* The file as it is; or the segments of one order, so that changes reach what
 * stands behind a good envelope. */
static xd_str_t
file_of(xd_str_t bytes, xd_buf_t *wrapped)
{
    if (xd_str_starts(bytes, XD_STR("UN"))
        || xd_str_starts(bytes, XD_STR("ISA"))) {
        return bytes;
    }

    xd_buf_add(wrapped, XD_STR(HEAD));
    xd_buf_add(wrapped, bytes);
    xd_buf_add(wrapped, XD_STR(TAIL));
    MUST(xd_buf_rc(wrapped) == XD_OK);

    return xd_buf_str(wrapped);
}


/* A fault has a place that can be told, and a code that says it. */
static void
faults(const xd_edi_set_t *set)
{
    for (size_t i = 0; i < set->faults.count; i++) {
        const xd_edi_fault_t *f = XD_AT(&set->faults, xd_edi_fault_t, i);

        MUST(f->kind > XD_EDI_NO_FAULT && f->kind < XD_EDI_KINDS);
        MUST(xd_edi_codes[f->kind].contrl != 0);
        MUST(f->position > 0 && f->position <= set->segments + 1);
    }

    MUST(set->error.kind < XD_EDI_KINDS);
    MUST(set->error.kind == 0 || set->verdict == 'R');
}


/* In another envelope and other marks it is clean too: the writer asks our own
 * grader. */
static void
anew(xd_arena_t *arena, const xd_edi_set_t *set)
{
    const xd_edi_out_t one = { set->tree, 1, set->code };
    const xd_edi_out_group_t group = { &one, 1, 1 };
    xd_edifact_envelope_t e = { .form = xd_edifact_form_usual,
        .syntax = '3',
        .sender = { XD_STR("US"), XD_STR("14"), XD_STR("") },
        .receiver = { XD_STR("SHOP"), XD_STR("14"), XD_STR("") },
        .version = set->version,
        .release = set->release,
        .control = 1,
        .now_ms = 1778750000000 };
    xd_buf_t out = { 0 };
    xd_report_t rep;
    xd_rc_t rc;

    e.form.set = XD_STR("UNOY");
    e.form.marks.element = '|';
    xd_report_init(&rep, arena, KEPT);
    rc = xd_edi_write_edifact(arena, &e, &group, 1, &rep, &out);
    /* A byte that no set has may be read, never written; all else that is clean
     * can be. */
    MUST(rc == XD_OK
         || (rc == XD_E_SYNTAX
             && (set->verdict != 'A'
                 || strncmp(rep.kept[0].rule, "edifact.write.character", 23)
                        == 0)));
    MUST(rc == XD_OK || out.len == 0);
    xd_buf_free(&out);
}


static void
answered(xd_arena_t *arena, const xd_edi_set_t *set)
{
    xd_edi_contrl_t ack;
    xd_rc_t rc = xd_edi_read_contrl(arena, set->tree, &ack);

    MUST(rc == XD_OK || rc == XD_E_SYNTAX);
    MUST(rc != XD_OK || ack.status == 'A' || ack.status == 'R');
}


/* Returns whether it is EDIFACT. */
static bool
judged(xd_arena_t *arena, const xd_edi_interchange_t *ic, xd_str_t bytes)
{
    MUST(strchr("AER", ic->verdict) != NULL);
    MUST(ic->offset <= bytes.len && ic->length <= bytes.len - ic->offset);
    MUST(ic->accepted <= ic->received);

    for (size_t g = 0; g < ic->groups.count; g++) {
        const xd_edi_group_t *group = XD_AT(&ic->groups, xd_edi_group_t, g);

        MUST(strchr("AEPR", group->verdict) != NULL);
        for (size_t s = 0; s < group->sets.count; s++) {
            const xd_edi_set_t *set = XD_AT(&group->sets, xd_edi_set_t, s);

            MUST(set->offset <= bytes.len);
            MUST(set->length <= bytes.len - set->offset);
            faults(set);
            if (ic->syntax == XD_EDI_EDIFACT && set->tree != NULL) {
                anew(arena, set);
                answered(arena, set);
            }
        }
    }

    return ic->syntax == XD_EDI_EDIFACT;
}


static void
again(xd_arena_t *arena, xd_str_t bytes)
{
    const xd_edi_options_t trees = { .trees = true };
    xd_buf_t out = { 0 };
    bool edifact = true;
    xd_edi_file_t file;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, arena, KEPT);
    MUST(xd_edi_grade(arena, bytes, &trees, &rep, &file) == XD_OK);
    fuzz_findings(&rep, bytes);
    MUST(file.not_edi == (file.interchanges.count == 0));
    MUST(!file.not_edi || xd_report_errors(&rep) > 0);

    for (size_t i = 0; i < file.interchanges.count; i++) {
        edifact &= judged(arena,
            XD_AT(&file.interchanges, xd_edi_interchange_t, i), bytes);
    }

    rc = xd_edi_write_again(arena, &file, bytes, &rep, &out);
    MUST(rc == XD_OK || rc == XD_E_SYNTAX || rc == XD_E_NOT_FOUND);
    MUST(!edifact || file.not_edi
         || (rc == XD_OK && xd_str_eq(xd_buf_str(&out), bytes)));
    xd_buf_free(&out);
}


/* Verdicts alone and a tight memory change nothing of what is found. */
static void
alone(xd_arena_t *arena, xd_str_t bytes)
{
    const xd_edi_options_t options = { .verdicts_only = true };
    xd_edi_file_t file;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, arena, 0);
    MUST(xd_edi_grade(arena, bytes, &options, &rep, &file) == XD_OK);

    xd_arena_fail_at(arena, fuzz_nth(bytes) % 16 + 1);
    rc = xd_edi_grade(arena, bytes, &options, &rep, &file);
    MUST(rc == XD_OK || rc == XD_E_MEMORY);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xd_arena_t *arena = fuzz_arena();
    xd_buf_t wrapped = { 0 };
    xd_str_t bytes = file_of(fuzz_bytes(data, size), &wrapped);

    again(arena, bytes);
    alone(arena, bytes);
    xd_buf_free(&wrapped);
    xd_arena_free(arena);

    return 0;
}
