/* SPDX-License-Identifier: BSD-2-Clause */

/* The tree of the full sample is, member by member, the one that the maps
 * are tested with. */

#include <check.h>
#include <stdlib.h>

#include "base/file.h"
#include "edi/grade.h"
#include "format/json.h"

#define SAMPLE "t/cases/x12/asn-pick-and-pack"


START_TEST(is_what_maps_expect)
{
    const xd_edi_options_t options = { .trees = true };
    xd_arena_t *arena = xd_arena_new(0);
    xd_str_t edi, json;
    xd_edi_file_t file;
    xd_node_t *want = NULL;
    const xd_edi_interchange_t *ic;
    const xd_edi_group_t *group;
    xd_report_t rep;

    xd_report_init(&rep, arena, 10);
    ck_assert_int_eq(xd_file_read(arena, SAMPLE ".edi", 1 << 20, &edi), XD_OK);
    ck_assert_int_eq(xd_file_read(arena, SAMPLE ".tree.json", 1 << 20, &json),
        XD_OK);
    ck_assert_int_eq(xd_json_read(arena, json, NULL, &want, &rep), XD_OK);
    ck_assert_int_eq(xd_edi_grade(arena, edi, &options, &rep, &file), XD_OK);

    ic = XD_AT(&file.interchanges, xd_edi_interchange_t, 0);
    group = XD_AT(&ic->groups, xd_edi_group_t, 0);
    ck_assert(xd_node_equal(XD_AT(&group->sets, xd_edi_set_t, 0)->tree, want));
    xd_arena_free(arena);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("edi");
    TCase *tc = tcase_create("tree");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_test(tc, is_what_maps_expect);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
