/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "tree/node.h"

static xd_arena_t *arena;


static void
setup(void)
{
    arena = xd_arena_new(0);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


/* An order with more members than stay without an index. */
static xd_node_t *
order(xd_arena_t *from)
{
    xd_node_t *root = xd_node_new(from, XD_OBJECT);
    xd_node_t *lines = xd_put(from, root, "lines", XD_ARRAY);

    for (int i = 0; i < 20; i++) {
        xd_node_t *line =
            xd_node_add(from, lines, xd_node_new(from, XD_OBJECT));

        (void) xd_put_num(from, line, "qty", i);
        (void) xd_put_str(from, root, xd_fmt(from, "k%d", i).ptr,
            xd_fmt(from, "v%d", i));
    }

    (void) xd_put_bool(from, root, "test", true);
    (void) xd_put(from, root, "none", XD_NULL);

    return root;
}


START_TEST(a_copy_outlives_its_original)
{
    xd_arena_t *other = xd_arena_new(0);
    xd_node_t *original = order(other);
    xd_node_t *copy;

    original->first->line = 7;
    original->first->column = 3;
    original->first->offset = 99;
    copy = xd_node_copy(arena, original);
    ck_assert(xd_node_equal(copy, original));
    xd_arena_free(other);

    ck_assert(xd_node_equal(copy, order(arena)));
    ck_assert_uint_eq(copy->first->line, 7);
    ck_assert_uint_eq(copy->first->column, 3);
    ck_assert_uint_eq(copy->first->offset, 99);
    ck_assert_ptr_null(copy->key.ptr);
    ck_assert_ptr_null(copy->parent);
    ck_assert_ptr_eq(copy->first->first->parent, copy->first);
    ck_assert(xd_str_is(xd_text(copy, "k19"), "v19"));
    ck_assert_ptr_null(xd_get(copy, "none")->text.ptr);
}
END_TEST


/* A member is copied without its neighbours, and keeps its name. */
START_TEST(a_copied_member_stands_alone)
{
    xd_node_t *copy = xd_node_copy(arena, order(arena)->first);

    ck_assert(xd_str_is(copy->key, "lines"));
    ck_assert_ptr_null(copy->next);
    ck_assert_ptr_null(copy->parent);
    ck_assert_uint_eq(copy->count, 20);
}
END_TEST


START_TEST(a_full_arena_gives_no_half_copy)
{
    xd_node_t *original = order(arena);
    size_t n = 0;
    xd_node_t *copy;

    do {
        xd_arena_fail_at(arena, ++n);
        copy = xd_node_copy(arena, original);
    } while (copy == NULL && n < 1000);

    xd_arena_fail_at(arena, 0);
    ck_assert_uint_gt(n, 100);
    ck_assert(xd_node_equal(copy, original));
}
END_TEST


START_TEST(members_may_stand_in_any_order)
{
    xd_node_t *a = xd_node_new(arena, XD_OBJECT);
    xd_node_t *b = xd_node_new(arena, XD_OBJECT);

    (void) xd_put_num(arena, a, "x", 1);
    (void) xd_put_num(arena, a, "y", 2);
    (void) xd_put_num(arena, b, "y", 2);
    ck_assert(!xd_node_equal(a, b));
    ck_assert(!xd_node_equal(b, a));
    (void) xd_put_num(arena, b, "x", 1);
    ck_assert(xd_node_equal(a, b));

    b->last->text = XD_STR("10e-1");
    ck_assert(xd_node_equal(a, b));
    b->last->text = XD_STR("1.5");
    ck_assert(!xd_node_equal(a, b));
    b->last->key = XD_STR("z");
    ck_assert(!xd_node_equal(a, b));
}
END_TEST


START_TEST(elements_may_not)
{
    xd_node_t *a = xd_node_copy(arena, order(arena)->first);
    xd_node_t *b = xd_node_copy(arena, a);

    ck_assert(xd_node_equal(a, b));
    a->first->first->text = XD_STR("1");
    b->first->next->first->text = XD_STR("0");
    ck_assert(!xd_node_equal(a, b));

    b = xd_node_copy(arena, a);
    (void) xd_node_add(arena, b, xd_node_new(arena, XD_NULL));
    ck_assert(!xd_node_equal(a, b));
    ck_assert(!xd_node_equal(b, a));
}
END_TEST


START_TEST(kinds_and_values_tell_apart)
{
    xd_node_t *root = xd_node_new(arena, XD_ARRAY);
    xd_node_t *nodes[8];

    for (int kind = XD_NULL; kind <= XD_OBJECT; kind++) {
        nodes[kind] = xd_node_new(arena, (xd_kind_t) kind);
        nodes[kind]->text = XD_STR("1");
        (void) xd_node_add(arena, root, nodes[kind]);
    }

    nodes[6] = xd_node_copy(arena, nodes[XD_BOOL]);
    nodes[6]->truth = true;
    nodes[7] = xd_node_copy(arena, nodes[XD_STRING]);
    nodes[7]->text = XD_STR("2");

    for (size_t a = 0; a < 8; a++) {
        for (size_t b = 0; b < 8; b++) {
            ck_assert(xd_node_equal(nodes[a], nodes[b]) == (a == b));
        }
    }
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("tree");
    TCase *tc = tcase_create("copy");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_copy_outlives_its_original);
    tcase_add_test(tc, a_copied_member_stands_alone);
    tcase_add_test(tc, a_full_arena_gives_no_half_copy);
    tcase_add_test(tc, members_may_stand_in_any_order);
    tcase_add_test(tc, elements_may_not);
    tcase_add_test(tc, kinds_and_values_tell_apart);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
