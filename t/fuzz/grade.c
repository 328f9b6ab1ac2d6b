/* SPDX-License-Identifier: BSD-2-Clause */

/* Grading and what answers it: whatever comes gets a grade, and every
 * acknowledgement that is written for it reads back without a finding. */

#include "edi.h"


static void
judged(const xd_edi_interchange_t *ic, xd_str_t bytes)
{
    MUST(strchr("AER", ic->verdict) != NULL);
    MUST(ic->offset <= bytes.len && ic->length <= bytes.len - ic->offset);

    for (size_t g = 0; g < ic->groups.count; g++) {
        const xd_edi_group_t *group = XD_AT(&ic->groups, xd_edi_group_t, g);

        MUST(strchr("AEPR", group->verdict) != NULL);
        MUST(group->accepted <= group->received);

        for (size_t s = 0; s < group->sets.count; s++) {
            const xd_edi_set_t *set = XD_AT(&group->sets, xd_edi_set_t, s);

            MUST(strchr("AER", set->verdict) != NULL);
            MUST(set->offset <= bytes.len);
            MUST(set->length <= bytes.len - set->offset);
        }
    }
}


/* Trees and a tight memory change nothing of the verdicts. */
static void
again(xd_arena_t *arena, xd_str_t bytes, const xd_report_t *first)
{
    const xd_edi_options_t trees = { .trees = true };
    xd_edi_file_t file;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, arena, 0);
    MUST(xd_edi_grade(arena, bytes, &trees, &rep, &file) == XD_OK);
    MUST(memcmp(rep.count, first->count, sizeof(rep.count)) == 0);

    xd_report_init(&rep, arena, 0);
    xd_arena_fail_at(arena, fuzz_nth(bytes));
    rc = xd_edi_grade(arena, bytes, &trees, &rep, &file);
    MUST(rc == XD_OK || rc == XD_E_MEMORY);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const xd_edi_options_t options = { 0 };
    xd_arena_t *arena = fuzz_arena();
    xd_buf_t wrapped = { 0 };
    xd_str_t bytes = edi_file(fuzz_bytes(data, size), &wrapped);
    xd_edi_file_t file;
    xd_report_t rep;

    xd_report_init(&rep, arena, KEPT);
    MUST(xd_edi_grade(arena, bytes, &options, &rep, &file) == XD_OK);
    fuzz_findings(&rep, bytes);
    MUST(file.not_edi == (file.interchanges.count == 0));
    MUST(!file.not_edi || xd_report_errors(&rep) > 0);

    for (size_t i = 0; i < file.interchanges.count; i++) {
        const xd_edi_interchange_t *ic =
            XD_AT(&file.interchanges, xd_edi_interchange_t, i);

        judged(ic, bytes);
        edi_answer(arena, ic, xd_edi_write_997);
        edi_answer(arena, ic, xd_edi_write_ta1);
    }

    again(arena, bytes, &rep);
    xd_buf_free(&wrapped);
    xd_arena_free(arena);

    return 0;
}
