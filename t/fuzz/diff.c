/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Schemas of anybody: compiled, bundled, and compared with another.  The
 * input is an old and a new one with a blank line between; without one it is
 * both.  A schema compared with itself has not changed.
 */

#include "fuzz.h"

#include "canon/bundle.h"
#include "canon/diff.h"
#include "canon/schema.h"
#include "format/json.h"

typedef struct {
    xd_arena_t *arena;
    xd_report_t rep;
    xd_book_t book;
    const xd_leaf_t *leaf;
} version_t;


static bool
version(version_t *v, xd_arena_t *arena, xd_str_t bytes)
{
    v->arena = arena;
    v->book = xd_book_new(arena);
    xd_report_init(&v->rep, arena, KEPT);

    return xd_book_put(&v->book, XD_STR("a.json"), bytes, &v->leaf, &v->rep)
           == XD_OK;
}


/* What cannot be compiled is told; a bundle of what can be is JSON. */
static void
compile(version_t *v)
{
    const xd_schema_t *schema;
    xd_rc_t rc = xd_schema_compile(v->arena, v->leaf->root, XD_STR(""),
        XD_STR(""), NULL, &schema, &v->rep);
    xd_node_t *bundle = NULL;

    MUST(rc == XD_OK || (rc == XD_E_CONF && xd_report_errors(&v->rep) > 0));

    rc = xd_schema_bundle(v->arena, &v->book, v->leaf, "#", &bundle);
    MUST(rc == XD_OK || rc == XD_E_SYNTAX || rc == XD_E_LIMIT);
    MUST(rc != XD_OK || bundle != NULL);
}


static void
compare(version_t *old, version_t *new, bool same)
{
    xd_diff_t diff;
    xd_rc_t rc =
        xd_schema_diff(old->arena, (xd_diff_side_t){ &old->book, old->leaf },
            (xd_diff_side_t){ &new->book, new->leaf }, &diff, &old->rep);

    MUST(rc == XD_OK || rc == XD_E_SYNTAX || rc == XD_E_LIMIT);
    MUST(!same || diff.changes.count == 0);

    for (size_t i = 0; i < diff.changes.count; i++) {
        const xd_change_t *c = XD_AT(&diff.changes, xd_change_t, i);

        MUST(xd_pointer(new->leaf->root, c->pointer) != NULL
             || xd_pointer(old->leaf->root, c->pointer) != NULL);
        MUST(c->text.len > 0);
    }
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xd_str_t bytes = fuzz_bytes(data, size);
    const char *blank = size > 0 ? memmem(data, size, "\n\n", 2) : NULL;
    size_t first = blank != NULL ? (size_t) (blank - bytes.ptr) : size;
    xd_str_t rest =
        blank == NULL ? bytes : (xd_str_t){ blank + 2, size - first - 2 };
    xd_arena_t *arena = fuzz_arena();
    version_t old, new;

    if (version(&old, arena, (xd_str_t){ bytes.ptr, first })
        && version(&new, arena, rest))
    {
        compile(&old);
        compile(&new);
        compare(&old, &old, true);
        compare(&old, &new, blank == NULL);

        xd_arena_fail_at(arena, fuzz_nth(bytes));
        (void) xd_schema_diff(arena, (xd_diff_side_t){ &old.book, old.leaf },
            (xd_diff_side_t){ &new.book, new.leaf }, &(xd_diff_t){ 0 },
            &old.rep);
    }

    xd_arena_free(arena);

    return 0;
}
