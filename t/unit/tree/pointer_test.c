/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "tree/node.h"

static xd_arena_t *arena;
static xd_node_t *root;

static const char *const keys[] = { "foo", "", "a/b", "c%d", "e^f", "g|h",
    "i\\j", "k\"l", " ", "m~n", "~1", "0" };


/* The document of RFC 6901 section 5 and some more; each value its key. */
static void
setup(void)
{
    arena = xd_arena_new(0);
    root = xd_node_new(arena, XD_OBJECT);

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        (void) xd_put_str(arena, root, keys[i], xd_str(keys[i]));
    }

    xd_node_t *list = xd_put(arena, root, "list", XD_ARRAY);

    for (size_t i = 0; i < 12; i++) {
        xd_node_t *line =
            xd_node_add(arena, list, xd_node_new(arena, XD_OBJECT));

        (void) xd_put_num(arena, line, "n", (int64_t) i);
    }
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static const struct {
    const char *pointer, *want; /* text found there; NULL: nothing */
} pointers[] = {
    { "/foo", "foo" },
    { "/", "" },
    { "/a~1b", "a/b" },
    { "/c%d", "c%d" },
    { "/i\\j", "i\\j" },
    { "/k\"l", "k\"l" },
    { "/ ", " " },
    { "/m~0n", "m~n" },
    { "/~01", "~1" },
    { "/0", "0" },
    { "/list/0/n", "0" },
    { "/list/11/n", "11" },
    { "/list/12/n", NULL },
    { "/list/01/n", NULL },
    { "/list/-", NULL },
    { "/list/", NULL },
    { "/list/ 1", NULL },
    { "/list/4294967296", NULL },
    { "/foo/more", NULL },
    { "/a/b", NULL },
    { "/m~n", NULL },
    { "/m~", NULL },
    { "/m~2n", NULL },
    { "/m~0", NULL },
    { "/m~0nn", NULL },
    { "foo", NULL },
    { "/foo/", NULL },
};


START_TEST(finds_what_is_named)
{
    xd_node_t *got = xd_pointer(root, xd_str(pointers[_i].pointer));

    if (pointers[_i].want == NULL) {
        ck_assert_ptr_null(got);
        return;
    }

    ck_assert_ptr_nonnull(got);
    ck_assert(xd_str_is(got->text, pointers[_i].want));
    ck_assert(xd_str_is(xd_pointer_of(arena, got), pointers[_i].pointer));
}
END_TEST


START_TEST(the_empty_pointer_is_the_whole)
{
    ck_assert_ptr_eq(xd_pointer(root, XD_STR("")), root);
    ck_assert_ptr_eq(xd_pointer(root, XD_STR_NONE), root);
    ck_assert_ptr_null(xd_pointer(NULL, XD_STR("/a")));
    ck_assert_ptr_nonnull(xd_pointer_of(arena, root).ptr);
    ck_assert_uint_eq(xd_pointer_of(arena, root).len, 0);
}
END_TEST


static void
comes_back(const xd_node_t *node)
{
    xd_str_t pointer = xd_pointer_of(arena, node);

    ck_assert_ptr_nonnull(pointer.ptr);
    ck_assert_ptr_eq(xd_pointer(root, pointer), node);

    xd_each (child, node) {
        comes_back(child);
    }
}


START_TEST(every_node_is_found_by_its_pointer)
{
    comes_back(root);
}
END_TEST


START_TEST(a_full_arena_gives_none)
{
    xd_arena_fail_at(arena, 1);
    ck_assert_ptr_null(xd_pointer_of(arena, root->last->last).ptr);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("tree");
    TCase *tc = tcase_create("pointer");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, finds_what_is_named, 0,
        (int) (sizeof(pointers) / sizeof(pointers[0])));
    tcase_add_test(tc, the_empty_pointer_is_the_whole);
    tcase_add_test(tc, every_node_is_found_by_its_pointer);
    tcase_add_test(tc, a_full_arena_gives_none);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
