/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/siphash.h"
#include "base/vec.h"

#define MANY 5000

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


START_TEST(finds_what_was_put_whatever_the_size)
{
    xd_map_t *map = xd_map_new(arena);
    int *value;

    for (int i = 0; i < MANY; i++) {
        value = xd_alloc(arena, sizeof(*value));
        *value = i;
        ck_assert_int_eq(xd_map_put(map, xd_fmt(arena, "k%d", i), value, NULL),
            XD_OK);
    }

    ck_assert_uint_eq(xd_map_count(map), MANY);

    for (int i = 0; i < MANY; i++) {
        value = xd_map_get(map, xd_fmt(arena, "k%d", i));
        ck_assert_ptr_nonnull(value);
        ck_assert_int_eq(*value, i);
        ck_assert_ptr_null(xd_map_get(map, xd_fmt(arena, "n%d", i)));
    }
}
END_TEST


START_TEST(replaces_and_hands_the_old_back)
{
    xd_map_t *map = xd_map_new(arena);
    int one, two;
    void *old = &two;

    ck_assert_ptr_null(xd_map_get(map, XD_STR("a")));
    ck_assert_int_eq(xd_map_put(map, XD_STR("a"), &one, &old), XD_OK);
    ck_assert_ptr_null(old);
    ck_assert_int_eq(xd_map_put(map, XD_STR("a"), &two, &old), XD_OK);
    ck_assert_ptr_eq(old, &one);
    ck_assert_ptr_eq(xd_map_get(map, XD_STR("a")), &two);
    ck_assert_uint_eq(xd_map_count(map), 1);
}
END_TEST


START_TEST(keys_may_be_empty_or_hold_nuls)
{
    xd_map_t *map = xd_map_new(arena);
    int one, two, three;

    ck_assert_int_eq(xd_map_put(map, XD_STR(""), &one, NULL), XD_OK);
    ck_assert_int_eq(xd_map_put(map, XD_STR("\0"), &two, NULL), XD_OK);
    ck_assert_int_eq(xd_map_put(map, XD_STR("\0\0"), &three, NULL), XD_OK);
    ck_assert_ptr_eq(xd_map_get(map, XD_STR_NONE), &one);
    ck_assert_ptr_eq(xd_map_get(map, XD_STR("\0")), &two);
    ck_assert_ptr_eq(xd_map_get(map, XD_STR("\0\0")), &three);
}
END_TEST


/* A put that fails leaves everything that was there. */
START_TEST(a_full_arena_loses_nothing)
{
    xd_map_t *map;
    char keys[64];
    size_t put = 0;

    xd_arena_fail_at(arena, 1);
    ck_assert_ptr_null(xd_map_new(arena));
    map = xd_map_new(arena);

    for (size_t i = 0; i < sizeof(keys); i++) {
        keys[i] = (char) i;
        xd_arena_fail_at(arena, 1);
        put +=
            xd_map_put(map, (xd_str_t){ keys + i, 1 }, keys + i, NULL) == XD_OK;
        ck_assert_uint_eq(xd_map_count(map), put);
        xd_arena_fail_at(arena, 0);

        if (xd_map_get(map, (xd_str_t){ keys + i, 1 }) == NULL) {
            ck_assert_int_eq(xd_map_put(map, (xd_str_t){ keys + i, 1 },
                                 keys + i, NULL),
                XD_OK);
            put++;
        }
    }

    for (size_t i = 0; i < sizeof(keys); i++) {
        ck_assert_ptr_eq(xd_map_get(map, (xd_str_t){ keys + i, 1 }), keys + i);
    }
}
END_TEST


START_TEST(one_process_hashes_alike)
{
    ck_assert_uint_eq(xd_hash(XD_STR("a")), xd_hash(XD_STR("a")));
    ck_assert_uint_ne(xd_hash(XD_STR("a")), xd_hash(XD_STR("b")));
    ck_assert_uint_ne(xd_hash(XD_STR("a")),
        xd_siphash((xd_sipkey_t){ 0, 0 }, XD_STR("a")));
}
END_TEST


/* The vectors of the algorithm's authors: key 00..0f, input 00, 01, 02, ... */
static const struct {
    size_t len;
    uint64_t want;
} vectors[] = {
    { 0, 0x726fdb47dd0e0e31 },
    { 1, 0x74f839c593dc67fd },
    { 7, 0xab0200f58b01d137 },
    { 8, 0x93f5f5799a932462 },
    { 15, 0xa129ca6149be45e5 },
};


START_TEST(agrees_with_published_vectors)
{
    xd_sipkey_t key = { 0x0706050403020100, 0x0f0e0d0c0b0a0908 };
    char in[16];

    for (size_t i = 0; i < sizeof(in); i++) {
        in[i] = (char) i;
    }

    ck_assert_uint_eq(xd_siphash(key, (xd_str_t){ in, vectors[_i].len }),
        vectors[_i].want);
}
END_TEST


START_TEST(a_vector_keeps_its_elements_as_it_grows)
{
    xd_vec_t vec = XD_VEC(int);

    for (int i = 0; i < 1000; i++) {
        int *at = xd_vec_push(&vec, arena);

        ck_assert_ptr_nonnull(at);
        ck_assert_int_eq(*at, 0);
        *at = i;
    }

    ck_assert_uint_eq(vec.count, 1000);
    for (int i = 0; i < 1000; i++) {
        ck_assert_int_eq(*XD_AT(&vec, int, i), i);
    }
}
END_TEST


START_TEST(a_vector_survives_a_full_arena)
{
    xd_vec_t vec = XD_VEC(int);

    xd_arena_fail_at(arena, 1);
    ck_assert_ptr_null(xd_vec_push(&vec, arena));
    ck_assert_uint_eq(vec.count, 0);

    while (vec.count < 8) {
        *(int *) xd_vec_push(&vec, arena) = 7;
    }

    xd_arena_fail_at(arena, 1);
    ck_assert_ptr_null(xd_vec_push(&vec, arena));
    ck_assert_uint_eq(vec.count, 8);
    ck_assert_int_eq(*XD_AT(&vec, int, 7), 7);
    ck_assert_ptr_nonnull(xd_vec_push(&vec, arena));
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("base");
    TCase *tc = tcase_create("map");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, finds_what_was_put_whatever_the_size);
    tcase_add_test(tc, replaces_and_hands_the_old_back);
    tcase_add_test(tc, keys_may_be_empty_or_hold_nuls);
    tcase_add_test(tc, a_full_arena_loses_nothing);
    tcase_add_test(tc, one_process_hashes_alike);
    tcase_add_loop_test(tc, agrees_with_published_vectors, 0,
        (int) (sizeof(vectors) / sizeof(vectors[0])));
    tcase_add_test(tc, a_vector_keeps_its_elements_as_it_grows);
    tcase_add_test(tc, a_vector_survives_a_full_arena);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
