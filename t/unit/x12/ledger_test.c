/* SPDX-License-Identifier: BSD-2-Clause */

/* Control numbers and interchanges seen, in and out of transactions. */

#include "fixture.h"

static xd_work_t work;
static xd_message_t message;
static desk_in_t in;
static xd_edi_interchange_t ic;


/* A message at hand, in an open transaction. */
static void
begin(void)
{
    message = message_of("acme", XD_STR("ISA, as far as the ledger knows"));
    work = (xd_work_t){ .arena = arena, .message = &message, .now_ms = 1000 };
    in = (desk_in_t){ .x = &x12,
        .w = &work,
        .party = xd_registry_party(x12.registry, XD_STR("acme")),
        .bytes = message.body };
    ic = (xd_edi_interchange_t){ .sender_qualifier = XD_STR("ZZ"),
        .sender = XD_STR("ACME"),
        .receiver_qualifier = XD_STR("ZZ"),
        .receiver = XD_STR("CROSSDOCK"),
        .date = XD_STR("260814"),
        .control = XD_STR("000000905"),
        .offset = 0,
        .length = 10 };
    ck_assert_int_eq(xd_store_begin(store), XD_OK);
}


static void
commit(void)
{
    ck_assert_int_eq(xd_store_commit(store), XD_OK);
}


static uint32_t
next(int level)
{
    uint32_t n = 0;

    ck_assert_int_eq(desk_control(&in, level, &n), XD_OK);

    return n;
}


static desk_interchange_t
look(void)
{
    desk_interchange_t seen;

    ck_assert_int_eq(desk_interchange_seen(&in, &ic, &seen), XD_OK);
    if (seen.seen == DESK_NEW) {
        ck_assert_int_eq(desk_interchange_add(&in, &ic, &seen), XD_OK);
    }

    return seen;
}


START_TEST(numbers_grow_by_level_and_party)
{
    begin();
    ck_assert_uint_eq(next(DESK_INTERCHANGE), 1);
    ck_assert_uint_eq(next(DESK_INTERCHANGE), 2);
    ck_assert_uint_eq(next(DESK_GROUP), 1);

    in.party = xd_registry_party(x12.registry, XD_STR("quiet"));
    ck_assert_uint_eq(next(DESK_INTERCHANGE), 1);
    commit();

    begin();
    ck_assert_uint_eq(next(DESK_INTERCHANGE), 3);
    commit();
}
END_TEST


START_TEST(a_number_undone_is_given_again)
{
    begin();
    ck_assert_uint_eq(next(DESK_INTERCHANGE), 1);
    xd_store_rollback(store);

    begin();
    ck_assert_uint_eq(next(DESK_INTERCHANGE), 1);
    ck_assert_int_eq(xd_store_savepoint(store), XD_OK);
    ck_assert_uint_eq(next(DESK_INTERCHANGE), 2);
    xd_store_undo(store);
    ck_assert_uint_eq(next(DESK_INTERCHANGE), 2);
    commit();

    /* What was committed stays, through a restart too. */
    xd_store_close(store);
    open_store(desk_migrations);
    begin();
    ck_assert_uint_eq(next(DESK_INTERCHANGE), 3);
    commit();
}
END_TEST


START_TEST(numbers_wrap_after_nine_digits)
{
    xd_sql_t *q;

    begin();
    next(DESK_INTERCHANGE);
    q = xd_sql(store, "UPDATE control SET last = 999999998");
    ck_assert_int_eq(xd_sql_run(q), XD_OK);
    ck_assert_uint_eq(next(DESK_INTERCHANGE), 999999999);
    ck_assert_uint_eq(next(DESK_INTERCHANGE), 1);
    ck_assert_uint_eq(next(DESK_INTERCHANGE), 2);
    commit();
}
END_TEST


START_TEST(an_interchange_is_new_once)
{
    desk_interchange_t first, again;
    xd_str_t first_id;

    begin();
    first = look();
    ck_assert_int_eq(first.seen, DESK_NEW);
    first_id = message.message_id;
    ck_assert_int_eq(desk_interchange_answered(&in, first.row, XD_STR("abc")),
        XD_OK);
    commit();

    begin();
    again = look();
    ck_assert_int_eq(again.seen, DESK_AGAIN);
    ck_assert(xd_str_is(again.ack, "abc"));
    ck_assert(xd_str_eq(again.first_id, first_id));
    ck_assert_int_eq(again.row, first.row);
    commit();

    /* In one transaction too: a file may hold it twice. */
    begin();
    ck_assert_int_eq(look().seen, DESK_AGAIN);
    ck_assert_int_eq(look().seen, DESK_AGAIN);
    commit();
}
END_TEST


START_TEST(other_bytes_are_a_number_used_again)
{
    desk_interchange_t seen;

    begin();
    ck_assert_int_eq(look().seen, DESK_NEW);
    ic.length = 11;
    seen = look();
    ck_assert_int_eq(seen.seen, DESK_REUSED);
    ck_assert(xd_str_eq(seen.first_id, message.message_id));
    commit();
    ck_assert_int_eq(number("SELECT count(*) FROM interchange"), 1);
}
END_TEST


START_TEST(each_part_of_the_name_counts)
{
    xd_str_t *const parts[] = { &ic.sender_qualifier, &ic.sender,
        &ic.receiver_qualifier, &ic.receiver, &ic.control };

    begin();
    ck_assert_int_eq(look().seen, DESK_NEW);

    for (int i = 0; i < COUNT(parts); i++) {
        xd_str_t kept = *parts[i];

        *parts[i] = XD_STR("other");
        ck_assert_int_eq(look().seen, DESK_NEW);
        ck_assert_int_eq(look().seen, DESK_AGAIN);
        *parts[i] = kept;
    }

    ck_assert_int_eq(look().seen, DESK_AGAIN);
    commit();
}
END_TEST


/* On another date it is the same number, until the partner may have begun
 * again. */
START_TEST(a_number_is_known_for_a_while)
{
    const int64_t day = (int64_t) 24 * 3600 * 1000;

    begin();
    ck_assert_int_eq(look().seen, DESK_NEW);
    ic.date = XD_STR("260913");
    ic.length = 11;
    work.now_ms = 1000 + 30 * day - 1;
    ck_assert_int_eq(look().seen, DESK_REUSED);
    work.now_ms = 1000 + 30 * day;
    ck_assert_int_eq(look().seen, DESK_NEW);

    in.profile = parse("{\"edi\":{\"duplicates_within\":\"1d\"}}");
    ic.date = XD_STR("260915");
    ic.length = 12;
    work.now_ms += day;
    ck_assert_int_eq(look().seen, DESK_NEW);
    ic.length = 13;
    ck_assert_int_eq(look().seen, DESK_REUSED);
    ic.date = XD_STR("260814");
    ck_assert_int_eq(look().seen, DESK_REUSED);
    commit();
}
END_TEST


START_TEST(an_interchange_undone_is_new_again)
{
    begin();
    ck_assert_int_eq(look().seen, DESK_NEW);
    xd_store_rollback(store);

    begin();
    ck_assert_int_eq(look().seen, DESK_NEW);
    commit();
}
END_TEST


START_TEST(a_full_arena_notes_nothing)
{
    desk_interchange_t seen;
    xd_rc_t rc = XD_E_MEMORY;

    for (size_t n = 1; rc != XD_OK; n++) {
        begin();
        in.w->arena = xd_arena_new(0);
        xd_arena_fail_at(in.w->arena, n);
        rc = desk_interchange_seen(&in, &ic, &seen);
        rc = rc == XD_OK ? desk_interchange_add(&in, &ic, &seen) : rc;
        xd_arena_free(in.w->arena);
        commit();

        ck_assert_uint_lt(n, 20);
        ck_assert(rc == XD_E_MEMORY || rc == XD_OK);
        ck_assert_int_eq(number("SELECT count(*) FROM interchange"),
            rc == XD_OK);
    }
}
END_TEST


START_TEST(a_broken_store_is_told)
{
    desk_interchange_t seen;
    uint32_t n;

    begin();
    ck_assert_int_eq(xd_sql_run(
                         xd_sql(store, "ALTER TABLE control RENAME TO gone")),
        XD_OK);
    ck_assert_int_eq(xd_sql_run(xd_sql(store,
                         "ALTER TABLE interchange RENAME TO lost")),
        XD_OK);
    ck_assert_int_eq(desk_control(&in, DESK_INTERCHANGE, &n), XD_E_STORE);
    ck_assert_int_eq(desk_interchange_seen(&in, &ic, &seen), XD_E_STORE);
    ck_assert_int_eq(desk_interchange_add(&in, &ic, &seen), XD_E_STORE);
    ck_assert_int_eq(desk_interchange_answered(&in, 1, XD_STR("abc")),
        XD_E_STORE);
    xd_store_rollback(store);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("x12");
    TCase *tc = tcase_create("ledger");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_unchecked_fixture(tc, load_maps, unload_maps);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, numbers_grow_by_level_and_party);
    tcase_add_test(tc, a_number_undone_is_given_again);
    tcase_add_test(tc, numbers_wrap_after_nine_digits);
    tcase_add_test(tc, an_interchange_is_new_once);
    tcase_add_test(tc, other_bytes_are_a_number_used_again);
    tcase_add_test(tc, each_part_of_the_name_counts);
    tcase_add_test(tc, a_number_is_known_for_a_while);
    tcase_add_test(tc, an_interchange_undone_is_new_again);
    tcase_add_test(tc, a_full_arena_notes_nothing);
    tcase_add_test(tc, a_broken_store_is_told);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
