/* SPDX-License-Identifier: BSD-2-Clause */

/* Texts of maps: a plan, or faults at places of the text; and what has a plan
 * is run over the tree of an order, both ways. */

#include "fuzz.h"

#include "edi/grade.h"
#include "edi/shape.h"
#include "map/compile.h"

/* Where the files stand that a map may include. */
#define PATH "conf/maps/x12/fuzz.map"

static const char order[] =
    "ISA*00*          *00*          *ZZ*ACME           *ZZ*CROSSDOCK      "
    "*260514*0931*U*00401*000000905*1*P*>~"
    "GS*PO*ACME*CROSSDOCK*20260514*0931*412*X*004010~ST*850*0001~"
    "BEG*00*SA*PO-1**20260504~CUR*BY*EUR~REF*CT*C-1~REF*IA*77~"
    "SAC*A*C310***250*Z*3********SALE~ITD*05*3*2**10**30~DTM*064*20260514~"
    "N9*L1**TEXT~MSG*RING TWICE~N1*BY**UL*4012345000016~N1*VN*ACME~N3*A*B~"
    "N1*ST*STORE*92*7~N4*LEEDS**LS1*GB~PO1*1*2*EA*3.5*PE*UP*012345678905~"
    "PID*F****T-SHIRT~PO1*2*1*CT*4**VN*A~CTT*2*3~AMT*TT*11~SE*22*0001~"
    "GE*1*412~IEA*1*000000905~";

static map_targets_t *targets;
static const xd_node_t *tree;


int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const xd_edi_options_t options = { .trees = true };
    xd_arena_t *arena = fuzz_arena();
    const xd_edi_interchange_t *ic;
    const xd_edi_group_t *group;
    xd_edi_file_t file;
    xd_report_t rep;

    (void) argc;
    (void) argv;
    xd_report_init(&rep, NULL, 0);
    MUST(map_targets_load(arena, "canonical-schemas", &targets, &rep) == XD_OK);
    MUST(xd_edi_grade(arena, XD_STR(order), &options, &rep, &file) == XD_OK);
    ic = XD_AT(&file.interchanges, xd_edi_interchange_t, 0);
    group = XD_AT(&ic->groups, xd_edi_group_t, 0);
    tree = XD_AT(&group->sets, xd_edi_set_t, 0)->tree;
    MUST(tree != NULL);

    return 0;
}


static xd_rc_t
compile(xd_arena_t *arena, xd_str_t bytes, xd_report_t *rep, xd_vec_t *out)
{
    map_library_t lib = { arena, rep, XD_VEC(map_text_t *) };
    map_text_t *text;
    xd_rc_t rc = map_library_put(&lib, PATH, bytes, &text);

    return rc == XD_OK && text->is_map
               ? map_compile(&lib, targets, xd_edi_shapes, text, out)
               : rc;
}


static void
run(xd_arena_t *arena, const xd_mapping_t *map)
{
    xd_node_t *doc = NULL, *residue = NULL, *set = NULL;
    xd_report_t rep;
    xd_rc_t rc;

    if (map->set == NULL || strcmp(map->set, "850") != 0) {
        return;
    }

    xd_report_init(&rep, arena, KEPT);
    rc = xd_mapping_read(map, arena, tree, &rep, NULL, &doc, &residue);
    MUST(rc == XD_OK || rc == XD_E_SYNTAX);

    if (rc == XD_OK) {
        rc = xd_mapping_exact(map, arena, tree, doc, &residue);
        MUST(rc == XD_OK || rc == XD_E_SYNTAX);
    }

    if (rc == XD_OK && map->writes) {
        rc = xd_mapping_write(map, arena, doc, &rep, NULL, &set);
        MUST(rc == XD_OK || rc == XD_E_SYNTAX);
    }
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xd_arena_t *arena = fuzz_arena();
    xd_str_t bytes = fuzz_bytes(data, size);
    xd_vec_t maps = XD_VEC(xd_mapping_t);
    xd_report_t rep;
    xd_rc_t rc, again;

    xd_report_init(&rep, arena, KEPT);
    rc = compile(arena, bytes, &rep, &maps);
    MUST(rc == XD_OK || rc == XD_E_CONF);
    MUST((rc == XD_OK) == (xd_report_errors(&rep) == 0));
    for (size_t i = 0; i < rep.nkept; i++) {
        MUST(rep.kept[i].text.len > 0 && rep.kept[i].line > 0);
    }

    for (size_t i = 0; rc == XD_OK && i < maps.count; i++) {
        run(arena, XD_AT(&maps, xd_mapping_t, i));
    }

    xd_report_init(&rep, arena, 0);
    xd_arena_fail_at(arena, fuzz_nth(bytes));
    again = compile(arena, bytes, &rep, &maps);
    xd_arena_fail_at(arena, 0);
    MUST(again == rc || again == XD_E_MEMORY || again == XD_E_CONF);
    xd_arena_free(arena);

    return 0;
}
