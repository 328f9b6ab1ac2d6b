/* SPDX-License-Identifier: BSD-2-Clause */

/* The maps of conf/, over the tree of any set, good or refused: a document that
 * can be written and read, or a finding that says why there is none; and the
 * set again, with what no line took, or a finding. */

#include "edi.h"

#include "edi/shape.h"
#include "format/json.h"
#include "map/mapping.h"

static xd_mappings_t maps;


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


/* Back into a set, and out of it again. */
static void
write_again(xd_arena_t *arena, const xd_mapping_t *row, xd_node_t *doc,
    xd_node_t *residue)
{
    xd_node_t *meta = xd_put(arena, doc, "meta", XD_OBJECT);
    xd_node_t *set = NULL, *again = NULL, *left = NULL;
    xd_report_t rep;
    xd_rc_t rc;

    xd_put_str(arena, xd_put(arena, meta, "origin", XD_OBJECT), "docType",
        xd_str(row->set));
    if (residue != NULL) {
        residue->key = XD_STR("x12");
        xd_node_add(arena, xd_put(arena, meta, "ext", XD_OBJECT), residue);
    }

    xd_report_init(&rep, arena, KEPT);
    rc = xd_mapping_write(row, arena, doc, &rep, NULL, &set);
    MUST(rc == XD_OK || rc == XD_E_SYNTAX);
    MUST((rc == XD_OK) == (xd_report_errors(&rep) == 0));

    if (rc == XD_OK) {
        rc = xd_mapping_read(row, arena, set, &rep, NULL, &again, &left);
        MUST(rc == XD_OK || rc == XD_E_SYNTAX);
    }
}


static void
map_set(xd_arena_t *arena, const xd_mapping_t *row, const xd_node_t *set,
    xd_str_t bytes)
{
    xd_node_t *doc = NULL, *residue = NULL;
    xd_report_t rep;
    xd_rc_t rc, again;

    xd_report_init(&rep, arena, KEPT);
    rc = xd_mapping_read(row, arena, set, &rep, NULL, &doc, &residue);
    fuzz_findings(&rep, bytes);
    MUST(rc == XD_OK || rc == XD_E_SYNTAX);
    MUST(rc == XD_OK || xd_report_errors(&rep) > 0);

    if (rc == XD_OK) {
        is_document(arena, doc);
        MUST(residue == NULL || residue->kind == XD_OBJECT);
        if (row->writes) {
            write_again(arena, row, doc, residue);
        }
    }

    xd_report_init(&rep, arena, 0);
    xd_arena_fail_at(arena, fuzz_nth(bytes));
    again = xd_mapping_read(row, arena, set, &rep, NULL, &doc, &residue);
    xd_arena_fail_at(arena, 0);
    MUST(again == rc || again == XD_E_MEMORY);
}


/* Every map that reads it, the usual one and others. */
static void
map_interchange(xd_arena_t *arena, const xd_edi_interchange_t *ic,
    xd_str_t bytes)
{
    for (size_t g = 0; g < ic->groups.count; g++) {
        const xd_edi_group_t *group = XD_AT(&ic->groups, xd_edi_group_t, g);

        for (size_t s = 0; s < group->sets.count; s++) {
            const xd_edi_set_t *set = XD_AT(&group->sets, xd_edi_set_t, s);

            for (size_t i = 0; i < maps.all.count; i++) {
                const xd_mapping_t *row = XD_AT(&maps.all, xd_mapping_t, i);

                if (set->tree != NULL && xd_str_is(set->code, row->set)) {
                    map_set(arena, row, set->tree, bytes);
                }
            }
        }
    }
}


int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const xd_mappings_env_t env = { "canonical-schemas", xd_edi_shapes };
    xd_report_t rep;

    (void) argc;
    (void) argv;
    xd_report_init(&rep, NULL, 0);
    MUST(xd_mappings_load(fuzz_arena(), "conf/maps", &env, &maps, &rep)
         == XD_OK);

    return 0;
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
