/* SPDX-License-Identifier: BSD-2-Clause */

/* YAML: a configuration file becomes the same tree as the JSON of it. */

#include "fuzz.h"

#include "format/json.h"
#include "format/yaml.h"


static void
is_json(xd_arena_t *arena, const xd_node_t *tree)
{
    xd_buf_t out = { 0 };
    xd_node_t *back;
    xd_report_t rep;

    xd_json_write(&out, tree, XD_JSON_COMPACT);
    MUST(xd_buf_rc(&out) == XD_OK);
    xd_report_init(&rep, arena, KEPT);
    MUST(xd_json_read(arena, xd_buf_str(&out), NULL, &back, &rep) == XD_OK);
    MUST(xd_node_equal(tree, back));
    xd_buf_free(&out);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xd_str_t bytes = fuzz_bytes(data, size);
    xd_arena_t *arena = fuzz_arena();
    xd_node_t *tree;
    xd_report_t rep;
    xd_rc_t rc, again;

    xd_report_init(&rep, arena, KEPT);
    rc = xd_yaml_read(arena, bytes, &tree, &rep);
    fuzz_findings(&rep, bytes);
    MUST((rc == XD_OK) == (xd_report_errors(&rep) == 0));

    if (rc == XD_OK) {
        is_json(arena, tree);
    }

    xd_report_init(&rep, arena, 0);
    xd_arena_fail_at(arena, fuzz_nth(bytes));
    again = xd_yaml_read(arena, bytes, &tree, &rep);
    MUST(again == rc || again == XD_E_MEMORY);
    xd_arena_free(arena);

    return 0;
}
