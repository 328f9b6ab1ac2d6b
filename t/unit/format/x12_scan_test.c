/* SPDX-License-Identifier: BSD-2-Clause */

/* Every way to scan a block says the same as the plain one. */

#include <check.h>
#include <stdlib.h>

#include "format/x12_scan.h"

#define ROUNDS 20000

static uint32_t seed = 1;


/* Bytes of chance, marks among them more often than others. */
static char
any_byte(const x12_scan_t *s)
{
    const char marks[] = { s->element, s->terminator, s->component,
        s->repetition, ' ', 0x1f, 0x7e, 0x7f, (char) 0x80, (char) 0xff };

    seed = seed * 1664525U + 1013904223U;

    return (seed >> 28) == 0 ? marks[(seed >> 8) % sizeof(marks)]
                             : (char) (seed >> 16);
}


static const x12_scan_way_t *
plain(void)
{
    const x12_scan_way_t *way = x12_scan_ways;

    while (way[1].name != NULL) {
        way++;
    }

    return way;
}


START_TEST(all_ways_say_the_same)
{
    const x12_scan_way_t *way = &x12_scan_ways[_i];
    char block[X12_BLOCK];

    if (way->name == NULL || !way->is_there()) {
        return; /* a machine without it never takes it */
    }

    for (unsigned round = 0; round < ROUNDS; round++) {
        x12_scan_t s = { .element = '*',
            .terminator = round % 3 == 0 ? '\n' : '~',
            .component = round % 2 == 0 ? ':' : 0,
            .repetition = round % 5 == 0 ? (char) 0xa6 : '^' };
        uint64_t marks = 0, special = 0, want_marks = 0, want_special = 0;

        for (size_t i = 0; i < X12_BLOCK; i++) {
            block[i] = any_byte(&s);
        }
        plain()->masks(&s, block, &want_marks, &want_special);
        way->masks(&s, block, &marks, &special);
        ck_assert_msg(marks == want_marks && special == want_special, "%s",
            way->name);
    }
}
END_TEST


START_TEST(the_first_that_is_there_is_taken)
{
    const xd_x12_marks_t marks = { .element = '*', .terminator = '~' };
    x12_scan_t s = { .block = 0 };
    const x12_scan_way_t *way = x12_scan_ways;

    x12_scan_marks(&s, &marks);
    while (!way->is_there()) {
        way++;
    }
    ck_assert_str_eq(s.way->name, way->name);
    ck_assert_str_eq(plain()->name, "plain");
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("format");
    TCase *tc = tcase_create("x12_scan");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_loop_test(tc, all_ways_say_the_same, 0, 3);
    tcase_add_test(tc, the_first_that_is_there_is_taken);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
