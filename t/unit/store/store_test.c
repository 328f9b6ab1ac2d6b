/* SPDX-License-Identifier: BSD-2-Clause */

/* The file itself: opening, transactions, savepoints, statements, versions. */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "store/store.h"

static const char *const first[] = {
    "CREATE TABLE thing (name TEXT PRIMARY KEY, n INTEGER)", NULL
};
static const char *const second[] = {
    "CREATE TABLE thing (name TEXT PRIMARY KEY, n INTEGER)",
    "ALTER TABLE thing ADD COLUMN more TEXT NOT NULL DEFAULT 'old'", NULL
};
static const char *const broken[] = {
    "CREATE TABLE thing (name TEXT PRIMARY KEY, n INTEGER)",
    "CREATE TABLE half (n INTEGER); CREATE TABLE half (n INTEGER)", NULL
};

static char dir[64], path[96];
static xd_store_t *store;


static xd_rc_t
reopen(const char *const *migrations)
{
    const xd_store_schema_t schema = { migrations };

    xd_store_close(store);

    return xd_store_open(path, &schema, &store);
}


static void
setup(void)
{
    xd_log_init("store_test", XD_LOG_ERROR + 1, 2);
    (void) snprintf(dir, sizeof(dir), "/tmp/xd-store-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    (void) snprintf(path, sizeof(path), "%s/x.db", dir);
    store = NULL;
    ck_assert_int_eq(reopen(first), XD_OK);
}


static void
teardown(void)
{
    char command[128];

    xd_store_close(store);
    store = NULL;
    (void) snprintf(command, sizeof(command), "rm -rf %s", dir);
    ck_assert_int_eq(system(command), 0);
}


static xd_rc_t
put(const char *name, int64_t n)
{
    xd_sql_t *q = xd_sql(store, "INSERT INTO thing (name, n) VALUES (?, ?)");

    xd_sql_text(q, 1, xd_str(name));
    xd_sql_int(q, 2, n);

    return xd_sql_run(q);
}


static int64_t
things(void)
{
    xd_sql_t *q = xd_sql(store, "SELECT count(*) FROM thing");
    int64_t n;

    ck_assert_int_eq(xd_sql_step(q), XD_OK);
    n = xd_sql_col_int(q, 0);
    xd_sql_done(q);

    return n;
}


START_TEST(commit_keeps_and_rollback_forgets)
{
    ck_assert_int_eq(xd_store_begin(store), XD_OK);
    ck_assert_int_eq(put("a", 1), XD_OK);
    ck_assert_int_eq(xd_store_commit(store), XD_OK);

    ck_assert_int_eq(xd_store_begin(store), XD_OK);
    ck_assert_int_eq(put("b", 2), XD_OK);
    xd_store_rollback(store);

    ck_assert_int_eq(reopen(first), XD_OK);
    ck_assert_int_eq(things(), 1);
}
END_TEST


START_TEST(undo_takes_back_one_message_only)
{
    ck_assert_int_eq(xd_store_begin(store), XD_OK);
    ck_assert_int_eq(put("before", 1), XD_OK);

    ck_assert_int_eq(xd_store_savepoint(store), XD_OK);
    ck_assert_int_eq(put("undone", 2), XD_OK);
    xd_store_undo(store);

    ck_assert_int_eq(xd_store_savepoint(store), XD_OK);
    ck_assert_int_eq(put("kept", 3), XD_OK);
    ck_assert_int_eq(xd_store_release(store), XD_OK);

    ck_assert_int_eq(xd_store_commit(store), XD_OK);
    ck_assert_int_eq(things(), 2);
    ck_assert_int_eq(put("undone", 4), XD_OK);
}
END_TEST


START_TEST(a_savepoint_needs_a_transaction)
{
    ck_assert_int_eq(xd_store_savepoint(store), XD_E_STORE);
    ck_assert_int_eq(xd_store_release(store), XD_E_STORE);
    ck_assert_int_eq(xd_store_commit(store), XD_E_STORE);

    ck_assert_int_eq(xd_store_begin(store), XD_OK);
    ck_assert_int_eq(xd_store_begin(store), XD_E_STORE);
}
END_TEST


/* Without its savepoint an undo would leave a message's half work behind. */
START_TEST(what_cannot_be_undone_is_not_committed)
{
    ck_assert_int_eq(xd_store_begin(store), XD_OK);
    ck_assert_int_eq(put("a", 1), XD_OK);
    xd_store_undo(store);
    ck_assert_int_eq(xd_store_commit(store), XD_E_STORE);
    ck_assert_int_eq(things(), 0);

    ck_assert_int_eq(xd_store_begin(store), XD_OK);
    ck_assert_int_eq(put("a", 1), XD_OK);
    ck_assert_int_eq(xd_store_commit(store), XD_OK);
}
END_TEST


START_TEST(a_lost_transaction_takes_no_more_writes)
{
    ck_assert_int_eq(xd_store_begin(store), XD_OK);
    ck_assert_int_eq(put("a", 1), XD_OK);

    /* What a full disk does inside SQLite. */
    ck_assert_int_eq(xd_sql_run(xd_sql(store, "ROLLBACK")), XD_OK);

    ck_assert_int_eq(put("b", 2), XD_E_STORE);
    ck_assert_int_eq(xd_store_commit(store), XD_E_STORE);
    ck_assert_int_eq(things(), 0);
}
END_TEST


START_TEST(a_unique_row_is_a_conflict)
{
    ck_assert_int_eq(put("a", 1), XD_OK);
    ck_assert_int_eq(put("a", 2), XD_E_CONFLICT);
    ck_assert_int_eq(put("b", 2), XD_OK);
    ck_assert_int_eq(xd_store_last_id(store), 2);
    ck_assert_int_eq(xd_store_changes(store), 1);
}
END_TEST


START_TEST(wrong_sql_answers_at_every_call)
{
    xd_sql_t *q = xd_sql(store, "INSERT INTO nowhere VALUES (?)");

    ck_assert_ptr_null(q);
    xd_sql_text(q, 1, XD_STR("a"));
    xd_sql_blob(q, 1, XD_STR("a"));
    xd_sql_int(q, 1, 1);
    xd_sql_null(q, 1);
    ck_assert_int_eq(xd_sql_step(q), XD_E_STORE);
    xd_sql_done(q);
    ck_assert_int_eq(xd_sql_run(q), XD_E_STORE);

    q = xd_sql(store, "INSERT INTO thing (name) VALUES (?1)");
    xd_sql_text(q, 2, XD_STR("no such parameter"));
    ck_assert_int_eq(xd_sql_run(q), XD_E_STORE);
    xd_sql_text(q, 1, XD_STR("good again"));
    ck_assert_int_eq(xd_sql_run(q), XD_OK);
}
END_TEST


START_TEST(bytes_come_back_as_they_went)
{
    static const char bytes[] = "a\0b\xff";
    xd_str_t in = { bytes, 4 }, out;
    xd_sql_t *q = xd_sql(store, "SELECT ?1, ?2, ?3, ?4");

    xd_sql_blob(q, 1, in);
    xd_sql_text(q, 2, in);
    xd_sql_text(q, 3, XD_STR_NONE);
    xd_sql_null(q, 4);
    ck_assert_int_eq(xd_sql_step(q), XD_OK);

    for (int n = 0; n < 2; n++) {
        out = xd_sql_col(q, n);
        ck_assert(xd_str_eq(out, in));
    }

    ck_assert_uint_eq(xd_sql_col(q, 2).len, 0);
    ck_assert_ptr_null(xd_sql_col(q, 3).ptr);
    ck_assert_int_eq(xd_sql_step(q), XD_E_NOT_FOUND);
    xd_sql_done(q);

    /* An empty text is no NULL: NOT NULL columns take it. */
    q = xd_sql(store, "SELECT 1 WHERE ?1 IS NOT NULL");
    xd_sql_text(q, 1, XD_STR_NONE);
    ck_assert_int_eq(xd_sql_step(q), XD_OK);
    xd_sql_done(q);
}
END_TEST


START_TEST(a_second_opener_is_refused)
{
    xd_store_t *other;

    ck_assert_int_eq(xd_store_open(path, NULL, &other), XD_E_STORE);
    ck_assert_ptr_null(other);

    xd_store_close(store);
    store = NULL;
    ck_assert_int_eq(xd_store_open(path, NULL, &other), XD_OK);
    xd_store_close(other);
}
END_TEST


START_TEST(migrations_go_on_from_where_they_were)
{
    xd_sql_t *q;

    ck_assert_int_eq(put("a", 1), XD_OK);
    ck_assert_int_eq(reopen(second), XD_OK);

    q = xd_sql(store, "SELECT more FROM thing WHERE name = 'a'");
    ck_assert_int_eq(xd_sql_step(q), XD_OK);
    ck_assert(xd_str_is(xd_sql_col(q, 0), "old"));
    xd_sql_done(q);

    ck_assert_int_eq(reopen(second), XD_OK);
}
END_TEST


START_TEST(a_newer_store_is_refused)
{
    ck_assert_int_eq(reopen(second), XD_OK);
    ck_assert_int_eq(reopen(first), XD_E_STORE);
    ck_assert_ptr_null(store);
}
END_TEST


START_TEST(a_failed_migration_leaves_nothing)
{
    xd_sql_t *q;

    ck_assert_int_eq(reopen(broken), XD_E_STORE);
    ck_assert_int_eq(reopen(first), XD_OK);

    q = xd_sql(store, "SELECT 1 FROM sqlite_master WHERE name = 'half'");
    ck_assert_int_eq(xd_sql_step(q), XD_E_NOT_FOUND);
    xd_sql_done(q);
}
END_TEST


START_TEST(no_folder_no_store)
{
    xd_store_t *none;

    ck_assert_int_eq(xd_store_open("/tmp/xd-no-such/x.db", NULL, &none),
        XD_E_STORE);
    ck_assert_ptr_null(none);
}
END_TEST


/* The process dies without closing anything; the commit must be there, the
 * open transaction must not, and the lock must be free. */
START_TEST(a_kill_keeps_just_what_was_committed)
{
    int status;
    pid_t child;

    xd_store_close(store);
    store = NULL;
    child = fork();
    ck_assert_int_ne(child, -1);

    if (child == 0) {
        if (reopen(first) == XD_OK && xd_store_begin(store) == XD_OK
            && put("kept", 1) == XD_OK && xd_store_commit(store) == XD_OK
            && xd_store_begin(store) == XD_OK && put("lost", 2) == XD_OK)
        {
            (void) kill(getpid(), SIGKILL);
        }
        _exit(1);
    }

    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(reopen(first), XD_OK);
    ck_assert_int_eq(things(), 1);
}
END_TEST


START_TEST(disk_space_is_compared)
{
    ck_assert(!xd_store_disk_low(store, 1));
    ck_assert(xd_store_disk_low(store, UINT64_MAX));
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("store");
    TCase *tc = tcase_create("store");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, commit_keeps_and_rollback_forgets);
    tcase_add_test(tc, undo_takes_back_one_message_only);
    tcase_add_test(tc, a_savepoint_needs_a_transaction);
    tcase_add_test(tc, what_cannot_be_undone_is_not_committed);
    tcase_add_test(tc, a_lost_transaction_takes_no_more_writes);
    tcase_add_test(tc, a_unique_row_is_a_conflict);
    tcase_add_test(tc, wrong_sql_answers_at_every_call);
    tcase_add_test(tc, bytes_come_back_as_they_went);
    tcase_add_test(tc, a_second_opener_is_refused);
    tcase_add_test(tc, migrations_go_on_from_where_they_were);
    tcase_add_test(tc, a_newer_store_is_refused);
    tcase_add_test(tc, a_failed_migration_leaves_nothing);
    tcase_add_test(tc, no_folder_no_store);
    tcase_add_test(tc, a_kill_keeps_just_what_was_committed);
    tcase_add_test(tc, disk_space_is_compared);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
