/* SPDX-License-Identifier: BSD-2-Clause */

/* What grows old goes, in batches; what is awaited stays. */

#include "orders.h"

#define DAY ((int64_t) 24 * 3600 * 1000)


static void
sql(const char *text)
{
    ck_assert_int_eq(xd_store_begin(store), XD_OK);
    ck_assert_int_eq(xd_sql_run(xd_sql(store, text)), XD_OK);
    ck_assert_int_eq(xd_store_commit(store), XD_OK);
}


static void
prune(int64_t before_ms, int most)
{
    ck_assert_int_eq(xd_store_begin(store), XD_OK);
    ck_assert_int_eq(desk_prune(store, before_ms, most), XD_OK);
    ck_assert_int_eq(xd_store_commit(store), XD_OK);
}


/* Orders 101 to 105 of the days 1 to 5, each with all that hangs on it. */
static void
five_days(void)
{
    sql("WITH d (n) AS (VALUES (1), (2), (3), (4), (5)) INSERT INTO sent"
        " (id, party, isa, gs, st, functional, code, document, number,"
        " business_key, fact, correlation, trace, test, sha256, sent_ms)"
        " SELECT 100 + n, 'acme', n, n, 1, 'PO', '850', 'purchase-order',"
        " 'P' || n, 'k', 'f', 'c', 't', 0, 'h', n * 86400000 FROM d");
    sql("INSERT INTO ordered SELECT id, 1, 'g', '1', 'EA', '1', '1' FROM sent");
    sql("INSERT INTO claim SELECT id, 'invoice', 1, 'I', '1' FROM sent");
    sql("INSERT INTO due SELECT id, 'order-response', sent_ms, 1 FROM sent");
    sql("INSERT INTO interchange (id, sender, receiver, control, date, sha256,"
        " message_id, seen_ms) SELECT id, 's', 'r', number, 'd', 'h', 'm',"
        " sent_ms FROM sent");
    sql("INSERT INTO invoice SELECT 'acme', number, 'h', 'c', sent_ms"
        " FROM sent");
    sql("INSERT INTO control VALUES ('acme', 'ISA', 17)");
}


static const char *const counts[] = {
    "SELECT count(*) FROM sent",
    "SELECT count(*) FROM ordered",
    "SELECT count(*) FROM claim",
    "SELECT count(*) FROM due",
    "SELECT count(*) FROM interchange",
    "SELECT count(*) FROM invoice",
};


static void
ck_left(int64_t rows)
{
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        ck_assert_msg(number(counts[i]) == rows, "%s: %lld, not %lld",
            counts[i], (long long) number(counts[i]), (long long) rows);
    }
}


START_TEST(what_is_old_goes_with_all_that_hangs_on_it)
{
    five_days();
    ck_left(5);
    prune(DAY, 100);
    ck_left(5);
    prune(3 * DAY, 100);
    ck_left(3);
    ck_assert_int_eq(number("SELECT min(id) FROM sent"), 103);
    ck_assert_int_eq(number("SELECT min(sent) FROM claim"), 103);
    ck_assert_int_eq(number("SELECT min(seen_ms) FROM invoice"), 3 * DAY);
    prune(100 * DAY, 100);
    ck_left(0);
    ck_assert_int_eq(number("SELECT last FROM control"), 17);
}
END_TEST


START_TEST(a_look_takes_a_batch)
{
    five_days();
    prune(100 * DAY, 2);
    ck_left(3);
    prune(100 * DAY, 2);
    ck_left(1);
    prune(100 * DAY, 2);
    ck_left(0);
}
END_TEST


START_TEST(what_is_awaited_stays)
{
    five_days();
    sql("UPDATE due SET told = 0 WHERE sent = 102");
    prune(100 * DAY, 100);
    ck_assert_int_eq(number("SELECT count(*) FROM sent"), 1);
    ck_assert_int_eq(number("SELECT sent FROM ordered"), 102);
    ck_assert_int_eq(number("SELECT sent FROM claim"), 102);
    ck_assert_int_eq(number("SELECT sent FROM due"), 102);
}
END_TEST


/* In the order in which orders come to be: an order sent for real. */
START_TEST(a_real_order_goes_too)
{
    order_out();
    ck_assert_int_eq(number("SELECT count(*) FROM ordered"), 2);
    prune(xd_now_ms() - DAY, 100);
    ck_assert_int_eq(number("SELECT count(*) FROM ordered"), 2);
    sql("UPDATE due SET told = 1");
    prune(xd_now_ms() + DAY, 100);
    ck_assert_int_eq(number("SELECT count(*) FROM ordered"), 0);
    ck_assert_int_eq(number("SELECT count(*) FROM sent"), 0);
}
END_TEST


/* Invoices of a store from before they had a time begin to age at its first
 * start, or the first look would forget them all. */
START_TEST(older_stores_keep_their_invoices)
{
    const char *const before[] = { desk_migrations[0], desk_migrations[1],
        NULL };
    const char *const none = "SELECT count(*) FROM invoice WHERE seen_ms <"
                             " CAST(strftime('%s', 'now') AS INTEGER) * 1000"
                             " - 60000";
    xd_str_t path = xd_fmt(arena, "%s/before.db", dir);
    const xd_store_schema_t schema = { before }, now = { desk_migrations };

    xd_store_close(store);
    ck_assert_int_eq(xd_store_open(path.ptr, &schema, &store), XD_OK);
    sql("INSERT INTO invoice VALUES ('acme', 'I-1', 'h', 'c')");
    xd_store_close(store);
    ck_assert_int_eq(xd_store_open(path.ptr, &now, &store), XD_OK);
    ck_assert_int_eq(number("SELECT count(*) FROM invoice"), 1);
    ck_assert_int_eq(number(none), 0);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("x12 prune");
    TCase *tc = tcase_create("prune");
    SRunner *runner = srunner_create(s);
    int failed;

    tcase_add_unchecked_fixture(tc, load_maps, unload_maps);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, what_is_old_goes_with_all_that_hangs_on_it);
    tcase_add_test(tc, a_look_takes_a_batch);
    tcase_add_test(tc, what_is_awaited_stays);
    tcase_add_test(tc, a_real_order_goes_too);
    tcase_add_test(tc, older_stores_keep_their_invoices);
    suite_add_tcase(s, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed == 0 ? 0 : 1;
}
