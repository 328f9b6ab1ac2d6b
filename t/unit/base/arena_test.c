/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"

#define LIMIT 1000

static xd_arena_t *arena;


static void
setup(void)
{
    arena = xd_arena_new(LIMIT);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


START_TEST(limit_is_exact)
{
    ck_assert_ptr_nonnull(xd_alloc(arena, LIMIT - 1));
    ck_assert_ptr_null(xd_alloc(arena, 2));
    ck_assert_ptr_nonnull(xd_alloc(arena, 1));
    ck_assert_ptr_null(xd_alloc(arena, 1));
    ck_assert_uint_eq(xd_arena_used(arena), LIMIT);
}
END_TEST


START_TEST(limit_is_exact_over_many_blocks)
{
    xd_arena_t *big = xd_arena_new(3000000);
    size_t got = 0;

    while (xd_alloc(big, 1000) != NULL) {
        got += 1000;
    }

    ck_assert_uint_eq(got, 3000000);
    xd_arena_free(big);
}
END_TEST


START_TEST(memory_is_zeroed_aligned_and_apart)
{
    unsigned char *at[200];

    for (size_t i = 0; i < 200; i++) {
        xd_arena_t *from = arena;

        at[i] = xd_alloc(from, 1 + i % 5);
        ck_assert_ptr_nonnull(at[i]);
        ck_assert_uint_eq((uintptr_t) at[i] % _Alignof(max_align_t), 0);

        for (size_t n = 0; n < 1 + i % 5; n++) {
            ck_assert_uint_eq(at[i][n], 0);
        }

        memset(at[i], (int) i, 1 + i % 5);
    }

    for (size_t i = 0; i < 200; i++) {
        ck_assert_uint_eq(at[i][i % 5], i);
    }
}
END_TEST


START_TEST(reset_gives_the_first_memory_back_zeroed)
{
    char *first = xd_alloc(arena, 100);

    memset(first, 'x', 100);
    ck_assert_ptr_nonnull(xd_alloc(arena, LIMIT - 100));
    xd_arena_reset(arena);
    ck_assert_uint_eq(xd_arena_used(arena), 0);

    char *again = xd_alloc(arena, LIMIT);

    ck_assert_ptr_eq(again, first);
    for (size_t i = 0; i < LIMIT; i++) {
        ck_assert_int_eq(again[i], 0);
    }
}
END_TEST


/* A body of some megabytes first must not stay with the arena for ever. */
START_TEST(reset_keeps_no_large_block)
{
    xd_arena_t *big = xd_arena_new(0);
    char *large = xd_alloc(big, 4 << 20);
    char *small = xd_alloc(big, 10);

    large[(4 << 20) - 1] = 'x';
    xd_arena_reset(big);
    ck_assert_ptr_eq(xd_alloc(big, 10), small);
    xd_arena_free(big);
}
END_TEST


START_TEST(an_unused_arena_resets_and_frees)
{
    xd_arena_reset(arena);
    ck_assert_uint_eq(xd_arena_used(arena), 0);
    xd_arena_free(NULL);
}
END_TEST


START_TEST(products_and_sizes_do_not_overflow)
{
    xd_arena_t *big = xd_arena_new(0);

    ck_assert_ptr_null(xd_alloc_n(big, SIZE_MAX / 2, 3));
    ck_assert_ptr_null(xd_alloc(big, SIZE_MAX));
    ck_assert_ptr_null(xd_alloc(big, SIZE_MAX - 8));
    ck_assert_ptr_null(xd_dup(big, (xd_str_t){ "x", SIZE_MAX }).ptr);
    ck_assert_ptr_nonnull(xd_alloc_n(big, 10, 10));
    ck_assert_uint_eq(xd_arena_used(big), 100);
    xd_arena_free(big);
}
END_TEST


START_TEST(fails_once_at_the_nth)
{
    xd_arena_fail_at(arena, 2);
    ck_assert_ptr_nonnull(xd_alloc(arena, 1));
    ck_assert_ptr_null(xd_dup(arena, XD_STR("x")).ptr);
    ck_assert_ptr_nonnull(xd_alloc(arena, 1));

    xd_arena_fail_at(arena, 1);
    xd_arena_fail_at(arena, 0);
    ck_assert_ptr_nonnull(xd_alloc(arena, 1));
}
END_TEST


static char ended[8];


static void
note_end(void *ctx)
{
    strncat(ended, ctx, 1);
}


START_TEST(what_was_deferred_ends_once_newest_first)
{
    char a[] = "a", b[] = "b", c[] = "c";
    xd_arena_t *own = xd_arena_new(0);

    ended[0] = '\0';
    ck_assert(xd_arena_defer(own, note_end, a));
    ck_assert(xd_arena_defer(own, note_end, b));
    xd_arena_fail_at(own, 1);
    ck_assert(!xd_arena_defer(own, note_end, c));
    xd_arena_reset(own);
    ck_assert_str_eq(ended, "ba");

    ck_assert(xd_arena_defer(own, note_end, c));
    xd_arena_free(own);
    ck_assert_str_eq(ended, "bac");
}
END_TEST


START_TEST(copies_end_with_a_nul)
{
    const char raw[] = { 'a', 'b', 'c' };
    xd_str_t copy = xd_dup(arena, (xd_str_t){ raw, sizeof(raw) });
    xd_str_t empty = xd_dup(arena, XD_STR_NONE);

    ck_assert_str_eq(copy.ptr, "abc");
    ck_assert_uint_eq(copy.len, 3);
    ck_assert_str_eq(empty.ptr, "");
    ck_assert_uint_eq(empty.len, 0);
}
END_TEST


START_TEST(formats_short_and_long)
{
    xd_str_t short_one = xd_fmt(arena, "%s-%d", "a", 7);
    xd_str_t edge = xd_fmt(arena, "%255d", 1);
    xd_str_t long_one = xd_fmt(arena, "%256d", 1);

    ck_assert_str_eq(short_one.ptr, "a-7");
    ck_assert_uint_eq(short_one.len, 3);
    ck_assert_uint_eq(edge.len, 255);
    ck_assert_uint_eq(strlen(edge.ptr), 255);
    ck_assert_uint_eq(long_one.len, 256);
    ck_assert_uint_eq(strlen(long_one.ptr), 256);
    ck_assert_int_eq(long_one.ptr[255], '1');
    ck_assert_ptr_null(xd_fmt(arena, "%999d", 1).ptr);
    ck_assert_ptr_null(xd_fmt(arena, "%250d%250d", 1, 1).ptr);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("base");
    TCase *tc = tcase_create("arena");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, limit_is_exact);
    tcase_add_test(tc, limit_is_exact_over_many_blocks);
    tcase_add_test(tc, memory_is_zeroed_aligned_and_apart);
    tcase_add_test(tc, reset_gives_the_first_memory_back_zeroed);
    tcase_add_test(tc, reset_keeps_no_large_block);
    tcase_add_test(tc, an_unused_arena_resets_and_frees);
    tcase_add_test(tc, products_and_sizes_do_not_overflow);
    tcase_add_test(tc, fails_once_at_the_nth);
    tcase_add_test(tc, what_was_deferred_ends_once_newest_first);
    tcase_add_test(tc, copies_end_with_a_nul);
    tcase_add_test(tc, formats_short_and_long);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
