/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "base/map.h"
#include "tree/node.h"

#define MANY 300

static xd_arena_t *arena;
static xd_node_t *obj;


static void
setup(void)
{
    arena = xd_arena_new(0);
    obj = xd_node_new(arena, XD_OBJECT);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


/* {"k0": 0, ..., "kN": N}: more members than stay without an index. */
static void
fill(size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ck_assert_ptr_nonnull(
            xd_put_num(arena, obj, xd_fmt(arena, "k%zu", i).ptr, (int64_t) i));
    }
}


START_TEST(children_keep_their_order)
{
    xd_node_t *array = xd_put(arena, obj, "list", XD_ARRAY);
    size_t place = 0;

    for (int i = 0; i < 5; i++) {
        xd_node_t *n = xd_node_new(arena, XD_NUMBER);

        n->text = xd_fmt(arena, "%d", i);
        ck_assert_ptr_eq(xd_node_add(arena, array, n), n);
        ck_assert_ptr_eq(n->parent, array);
    }

    xd_each (child, array) {
        ck_assert_int_eq(child->text.ptr[0], (char) ('0' + place));
        ck_assert_ptr_eq(xd_nth(array, place), child);
        place++;
    }

    ck_assert_uint_eq(place, 5);
    ck_assert_uint_eq(array->count, 5);
    ck_assert_ptr_eq(array->last, xd_nth(array, 4));
    ck_assert_ptr_null(xd_nth(array, 5));
    ck_assert_ptr_null(xd_nth(NULL, 0));
    ck_assert_ptr_null(xd_nth(array->first, 0));
}
END_TEST


static const size_t sizes[] = { 1, 15, 16, 17, 18, MANY };


START_TEST(members_are_found_at_any_size)
{
    fill(sizes[_i]);
    ck_assert_uint_eq(obj->count, sizes[_i]);
    ck_assert(obj->index == NULL || sizes[_i] > 16);

    for (size_t i = 0; i < sizes[_i]; i++) {
        const char *key = xd_fmt(arena, "k%zu", i).ptr;

        ck_assert_int_eq(xd_int(obj, key, 0, MANY, -1), (int64_t) i);
    }

    ck_assert_ptr_null(xd_get(obj, "k"));
    ck_assert_ptr_null(xd_get(obj, xd_fmt(arena, "k%zu", sizes[_i]).ptr));
}
END_TEST


START_TEST(large_objects_have_an_index)
{
    fill(17);
    ck_assert_ptr_nonnull(obj->index);
    ck_assert_uint_eq(xd_map_count(obj->index), 17);
}
END_TEST


START_TEST(a_first_member_is_first_and_found)
{
    xd_node_t *meta = xd_node_new(arena, XD_OBJECT);

    fill(sizes[_i]);
    meta->key = XD_STR("meta");
    ck_assert_ptr_eq(xd_node_add_first(arena, obj, meta), meta);
    ck_assert_ptr_eq(obj->first, meta);
    ck_assert_ptr_eq(meta->parent, obj);
    ck_assert_ptr_eq(xd_get(obj, "meta"), meta);
    ck_assert_uint_eq(obj->count, sizes[_i] + 1);
    ck_assert(xd_str_is(xd_nth(obj, 1)->key, "k0"));

    fill(1);
    ck_assert_uint_eq(obj->count, sizes[_i] + 2);
}
END_TEST


START_TEST(a_first_member_of_an_empty_object_is_its_last)
{
    xd_node_t *one = xd_node_new(arena, XD_NULL);

    one->key = XD_STR("one");
    ck_assert_ptr_eq(xd_node_add_first(arena, obj, one), one);
    ck_assert_ptr_eq(obj->last, one);
    fill(1);
    ck_assert_ptr_eq(one->next, xd_get(obj, "k0"));
}
END_TEST


/* With and without an index the same of two is found. */
START_TEST(of_duplicates_the_first_is_found)
{
    xd_node_t *first;

    fill(sizes[_i]);
    first = xd_put_str(arena, obj, "twice", XD_STR("a"));
    ck_assert_ptr_nonnull(xd_put_str(arena, obj, "twice", XD_STR("b")));
    ck_assert_ptr_eq(xd_get(obj, "twice"), first);
    fill(MANY);
    ck_assert_ptr_eq(xd_get(obj, "twice"), first);
}
END_TEST


START_TEST(null_is_passed_on)
{
    ck_assert_ptr_null(xd_node_add(arena, NULL, obj));
    ck_assert_ptr_null(xd_node_add(arena, obj, NULL));
    ck_assert_ptr_null(xd_node_add_first(arena, NULL, obj));
    ck_assert_ptr_null(xd_node_add_first(arena, obj, NULL));
    ck_assert_ptr_null(xd_put(arena, NULL, "a", XD_OBJECT));
    ck_assert_ptr_null(xd_put_num(arena, NULL, "a", 1));
    ck_assert_ptr_null(xd_put_bool(arena, NULL, "a", true));
    ck_assert_ptr_null(xd_put_str(arena, NULL, "a", XD_STR("x")));
    ck_assert_ptr_null(xd_put_str(arena, obj, "a", XD_STR_NONE));
    ck_assert_ptr_null(xd_get(NULL, "a"));
    ck_assert_ptr_null(xd_text(NULL, "a").ptr);
    ck_assert_uint_eq(obj->count, 0);
}
END_TEST


START_TEST(a_full_arena_adds_nothing)
{
    fill(16);

    for (size_t n = 1; n <= 4; n++) {
        xd_arena_fail_at(arena, n);
        ck_assert_ptr_null(xd_put_bool(arena, obj, "b", true));
        ck_assert_uint_eq(obj->count, 16);
        ck_assert_ptr_null(obj->index);
        ck_assert_ptr_null(xd_get(obj, "b"));
    }

    xd_arena_fail_at(arena, 1);
    ck_assert_ptr_null(xd_node_new(arena, XD_OBJECT));
    xd_arena_fail_at(arena, 1);
    ck_assert_ptr_null(xd_put_num(arena, obj, "n", 1));
    ck_assert_ptr_nonnull(xd_put_num(arena, obj, "n", 1));
    ck_assert_ptr_nonnull(obj->index);
}
END_TEST


START_TEST(texts_of_strings_and_numbers_only)
{
    ck_assert_ptr_nonnull(xd_put_str(arena, obj, "s", XD_STR("x")));
    ck_assert_ptr_nonnull(xd_put_str(arena, obj, "e", XD_STR("")));
    ck_assert_ptr_nonnull(xd_put_num(arena, obj, "n", INT64_MIN));
    ck_assert_ptr_nonnull(xd_put_bool(arena, obj, "b", true));
    ck_assert_ptr_nonnull(xd_put(arena, obj, "z", XD_NULL));

    ck_assert(xd_str_is(xd_text(obj, "s"), "x"));
    ck_assert_ptr_nonnull(xd_text(obj, "e").ptr);
    ck_assert(xd_str_is(xd_text(obj, "n"), "-9223372036854775808"));
    ck_assert_ptr_null(xd_text(obj, "b").ptr);
    ck_assert_ptr_null(xd_text(obj, "z").ptr);
    ck_assert_ptr_null(xd_text(obj, "missing").ptr);

    ck_assert(xd_truth(obj, "b", false));
    ck_assert(xd_truth(obj, "s", true));
    ck_assert(!xd_truth(obj, "missing", false));
}
END_TEST


static const struct {
    const char *path, *want; /* NULL: nothing there */
} paths[] = {
    { "top", "t" },
    { "meta.source.system", "erp" },
    { "lines.0.qty", "5" },
    { "lines.1.qty", NULL },
    { "lines.x.qty", NULL },
    { "lines.-1", NULL },
    { "lines", NULL },
    { "meta.source", NULL },
    { "meta..system", NULL },
    { "top.more", NULL },
    { "", NULL },
};


START_TEST(dotted_paths_lead_to_texts)
{
    xd_node_t *source = xd_put(arena, xd_put(arena, obj, "meta", XD_OBJECT),
        "source", XD_OBJECT);
    xd_node_t *line = xd_node_add(arena, xd_put(arena, obj, "lines", XD_ARRAY),
        xd_node_new(arena, XD_OBJECT));
    xd_str_t got;

    ck_assert_ptr_nonnull(xd_put_str(arena, source, "system", XD_STR("erp")));
    ck_assert_ptr_nonnull(xd_put_num(arena, line, "qty", 5));
    ck_assert_ptr_nonnull(xd_put_str(arena, obj, "top", XD_STR("t")));

    got = xd_text_at(obj, paths[_i].path);
    ck_assert(xd_str_eq(got, xd_str(paths[_i].want)));
    ck_assert((got.ptr == NULL) == (paths[_i].want == NULL));
    ck_assert_ptr_null(xd_text_at(NULL, paths[_i].path).ptr);
}
END_TEST


static const struct {
    const char *text;
    int64_t want; /* -7: the fallback */
} ints[] = {
    { "5", 5 },
    { "5.0", 5 },
    { "0.5e1", 5 },
    { "-100", -100 },
    { "100", 100 },
    { "101", -7 },
    { "-101", -7 },
    { "5.5", -7 },
    { "99999999999999999999", -7 },
};


START_TEST(integers_are_bounded)
{
    xd_node_t *n = xd_put(arena, obj, "n", XD_NUMBER);

    n->text = xd_str(ints[_i].text);
    ck_assert_int_eq(xd_int(obj, "n", -100, 100, -7), ints[_i].want);
    n->kind = XD_STRING;
    ck_assert_int_eq(xd_int(obj, "n", -100, 100, -7), -7);
    ck_assert_int_eq(xd_int(obj, "missing", -100, 100, -7), -7);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("tree");
    TCase *tc = tcase_create("node");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, children_keep_their_order);
    tcase_add_loop_test(tc, members_are_found_at_any_size, 0,
        (int) (sizeof(sizes) / sizeof(sizes[0])));
    tcase_add_test(tc, large_objects_have_an_index);
    tcase_add_loop_test(tc, a_first_member_is_first_and_found, 0,
        (int) (sizeof(sizes) / sizeof(sizes[0])));
    tcase_add_test(tc, a_first_member_of_an_empty_object_is_its_last);
    tcase_add_loop_test(tc, of_duplicates_the_first_is_found, 0,
        (int) (sizeof(sizes) / sizeof(sizes[0])));
    tcase_add_test(tc, null_is_passed_on);
    tcase_add_test(tc, a_full_arena_adds_nothing);
    tcase_add_test(tc, texts_of_strings_and_numbers_only);
    tcase_add_loop_test(tc, dotted_paths_lead_to_texts, 0,
        (int) (sizeof(paths) / sizeof(paths[0])));
    tcase_add_loop_test(tc, integers_are_bounded, 0,
        (int) (sizeof(ints) / sizeof(ints[0])));

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
