/* SPDX-License-Identifier: BSD-2-Clause */

/* Numbers that a till passes over, until their receipts come. */

#include "t/unit/insight/totals.h"

static void
sold(int seq)
{
    taken((fact_t){ .document = "pos-sale",
        .event = "created",
        .key = "pos-sale:0216:03",
        .body = xd_fmt(arena,
            "{\"store\":\"0216\",\"till\":\"03\",\"businessDay\":"
            "\"2026-05-14\",\"seq\":%d}",
            seq)
                    .ptr,
        .json = true });
}


/* "119-121 130": the gaps as they stand. */
static const char *
gaps(void)
{
    xd_str_t text = XD_STR("");
    xd_sql_t *q = xd_sql(store, "SELECT first, last FROM gap ORDER BY first");

    while (xd_sql_step(q) == XD_OK) {
        text =
            xd_fmt(arena, "%.*s%s%d-%d", XD_FMT(text), text.len > 0 ? " " : "",
                (int) xd_sql_col_int(q, 0), (int) xd_sql_col_int(q, 1));
    }
    xd_sql_done(q);

    return xd_dup(arena, text).ptr;
}


START_TEST(a_till_has_its_gaps)
{
    static const struct {
        int seq;
        const char *gaps;
    } steps[] = {
        { 100, "" },
        { 101, "" },
        { 105, "102-104" },
        { 103, "102-102 104-104" },
        { 103, "102-102 104-104" }, /* again */
        { 95, "96-99 102-102 104-104" },
        { 96, "97-99 102-102 104-104" },
        { 99, "97-98 102-102 104-104" },
        { 102, "97-98 104-104" },
        { 98, "97-97 104-104" },
        { 97, "104-104" },
        { 104, "" },
        { 106, "" },
    };

    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        sold(steps[i].seq);
        ck_assert_str_eq(gaps(), steps[i].gaps);
    }
}
END_TEST


START_TEST(a_gap_is_told_and_resolves)
{
    int64_t now = xd_now_ms();

    sold(118);
    sold(122);
    sold(124);
    ck_assert_uint_eq(look(now), 0);
    ck_assert_uint_eq(look(now + HOUR), 1);
    ck_text(told(0), "code", "totals.pos-gap");
    ck_text(told(0), "text",
        "receipts of store 0216, till 03, day 2026-05-14 are missing: "
        "119-121, 123");
    sold(120);
    sold(123);
    ck_assert_uint_eq(look(now + HOUR), 0);
    sold(119);
    sold(121);
    ck_assert_uint_eq(look(now + HOUR), 1);
    ck_text(told(1), "state", "resolved");
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("tills");
    TCase *tc = tcase_create("tills");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, relay_teardown);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, a_till_has_its_gaps);
    tcase_add_test(tc, a_gap_is_told_and_resolves);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
