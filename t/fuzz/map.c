/* SPDX-License-Identifier: BSD-2-Clause */

/* The maps of X12, over the tree of any set, good or refused: a document that
 * can be written and read, or a finding that says why there is none. */

#include "edi.h"

#include "format/json.h"
#include "map/x12_maps.h"


static void
is_document(xd_arena_t *arena, const xd_node_t *doc)
{
    xd_buf_t out = { 0 };
    xd_node_t *back;
    xd_report_t rep;

    MUST(doc->kind == XD_OBJECT);
    xd_json_write(&out, doc, XD_JSON_COMPACT);
    MUST(xd_buf_rc(&out) == XD_OK);
    xd_report_init(&rep, arena, KEPT);
    MUST(xd_json_read(arena, xd_buf_str(&out), NULL, &back, &rep) == XD_OK);
    MUST(xd_node_equal(doc, back));
    xd_buf_free(&out);
}


static void
map_set(xd_arena_t *arena, const xd_x12_map_t *row, const xd_node_t *set,
    xd_str_t bytes)
{
    xd_node_t *doc = NULL, *residue = NULL;
    xd_report_t rep;
    xd_rc_t rc, again;

    xd_report_init(&rep, arena, KEPT);
    rc = row->map(arena, set, &rep, &doc, &residue);
    fuzz_findings(&rep, bytes);
    MUST(rc == XD_OK || rc == XD_E_SYNTAX);
    MUST(rc == XD_OK || xd_report_errors(&rep) > 0);

    if (rc == XD_OK) {
        is_document(arena, doc);
        MUST(residue == NULL || residue->kind == XD_OBJECT);
    }

    xd_report_init(&rep, arena, 0);
    xd_arena_fail_at(arena, fuzz_nth(bytes));
    again = row->map(arena, set, &rep, &doc, &residue);
    xd_arena_fail_at(arena, 0);
    MUST(again == rc || again == XD_E_MEMORY);
}


static void
map_interchange(xd_arena_t *arena, const xd_edi_interchange_t *ic,
    xd_str_t bytes)
{
    for (size_t g = 0; g < ic->groups.count; g++) {
        const xd_edi_group_t *group = XD_AT(&ic->groups, xd_edi_group_t, g);

        for (size_t s = 0; s < group->sets.count; s++) {
            const xd_edi_set_t *set = XD_AT(&group->sets, xd_edi_set_t, s);
            const xd_x12_map_t *row = xd_x12_map_find(set->code);

            if (set->tree != NULL && row != NULL) {
                map_set(arena, row, set->tree, bytes);
            }
        }
    }
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const xd_edi_options_t options = { .trees = true };
    xd_arena_t *arena = fuzz_arena();
    xd_buf_t wrapped = { 0 };
    xd_str_t bytes = edi_file(fuzz_bytes(data, size), &wrapped);
    xd_edi_file_t file;
    xd_report_t rep;

    xd_report_init(&rep, arena, 0);
    MUST(xd_edi_grade(arena, bytes, &options, &rep, &file) == XD_OK);

    for (size_t i = 0; i < file.interchanges.count; i++) {
        map_interchange(arena,
            XD_AT(&file.interchanges, xd_edi_interchange_t, i), bytes);
    }

    xd_buf_free(&wrapped);
    xd_arena_free(arena);

    return 0;
}
