/* SPDX-License-Identifier: BSD-2-Clause */

/* JSON: what was read is written and read back as the same document, in
 * every form; every node is found again by its pointer. */

#include "fuzz.h"

#include "format/json.h"

#define POINTERS 50 /* nodes looked up: each lookup walks from the root */


static bool
same_bytes(const xd_node_t *tree, xd_json_form_t form, const xd_buf_t *want)
{
    xd_buf_t again = { 0 };
    bool same;

    xd_json_write(&again, tree, form);
    same = xd_buf_rc(&again) == XD_OK
           && xd_str_eq(xd_buf_str(&again), xd_buf_str(want));
    xd_buf_free(&again);

    return same;
}


static void
reads_back(xd_arena_t *arena, const xd_node_t *tree, xd_json_form_t form)
{
    xd_buf_t out = { 0 };
    xd_node_t *back;
    xd_report_t rep;

    xd_json_write(&out, tree, form);

    /* Numbers beyond the doubles have no canonical form. */
    if (form == XD_JSON_CANONICAL && xd_buf_rc(&out) == XD_E_LIMIT) {
        xd_buf_free(&out);
        return;
    }

    MUST(xd_buf_rc(&out) == XD_OK);
    xd_report_init(&rep, arena, KEPT);
    MUST(xd_json_read(arena, xd_buf_str(&out), NULL, &back, &rep) == XD_OK);
    MUST(form == XD_JSON_CANONICAL || xd_node_equal(tree, back));
    MUST(same_bytes(back, form, &out));

    xd_buf_free(&out);
}


static const xd_node_t *
following(const xd_node_t *node)
{
    if (node->first != NULL) {
        return node->first;
    }

    while (node != NULL && node->next == NULL) {
        node = node->parent;
    }

    return node == NULL ? NULL : node->next;
}


static void
is_found(xd_arena_t *arena, const xd_node_t *tree)
{
    const xd_node_t *node = tree;

    for (int i = 0; node != NULL && i < POINTERS; i++) {
        xd_str_t pointer = xd_pointer_of(arena, node);

        MUST(pointer.ptr != NULL);
        MUST(xd_pointer(tree, pointer) == node);
        node = following(node);
    }
}


/* Small limits and everything allowed: never a crash, never more than asked
 * for. */
static void
loose(xd_arena_t *arena, xd_str_t bytes, xd_rc_t strict)
{
    const xd_json_limits_t limits = { .depth = 8,
        .members = 64,
        .allow_duplicates = true,
        .allow_bom = true };
    xd_node_t *tree;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, arena, KEPT);
    rc = xd_json_read(arena, bytes, &limits, &tree, &rep);
    fuzz_findings(&rep, bytes);
    MUST(strict != XD_OK || rc == XD_OK || rc == XD_E_LIMIT);
}


static void
out_of_memory(xd_arena_t *arena, xd_str_t bytes, xd_rc_t before)
{
    xd_node_t *tree;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, arena, 0);
    xd_arena_fail_at(arena, fuzz_nth(bytes));
    rc = xd_json_read(arena, bytes, NULL, &tree, &rep);
    MUST(rc == before || rc == XD_E_MEMORY);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xd_str_t bytes = fuzz_bytes(data, size);
    xd_arena_t *arena = fuzz_arena();
    xd_node_t *tree;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, arena, KEPT);
    rc = xd_json_read(arena, bytes, NULL, &tree, &rep);
    fuzz_findings(&rep, bytes);
    MUST((rc == XD_OK) == (xd_report_errors(&rep) == 0));

    if (rc == XD_OK) {
        reads_back(arena, tree, XD_JSON_COMPACT);
        reads_back(arena, tree, XD_JSON_PRETTY);
        reads_back(arena, tree, XD_JSON_CANONICAL);
        is_found(arena, tree);
    }

    loose(arena, bytes, rc);
    out_of_memory(arena, bytes, rc);
    xd_arena_free(arena);

    return 0;
}
