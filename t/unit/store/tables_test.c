/* SPDX-License-Identifier: BSD-2-Clause */

/* seen, outbox, held and archive against a real file. */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "store/archive.h"
#include "store/held.h"
#include "store/outbox.h"
#include "store/seen.h"
#include "store/version.h"

#define UUID "0193f5c2-7b1e-7c3a-9a55-0d6f1c2b3a44"

static char dir[64], path[96];
static xd_store_t *store;
static xd_arena_t *arena;
static const uint8_t hash_a[32] = { 1, 2, 3 }, hash_b[32] = { 1, 2, 4 };


static void
setup(void)
{
    xd_log_init("tables_test", XD_LOG_ERROR + 1, 2);
    (void) snprintf(dir, sizeof(dir), "/tmp/xd-tables-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    (void) snprintf(path, sizeof(path), "%s/x.db", dir);
    ck_assert_int_eq(xd_store_open(path, NULL, &store), XD_OK);
    arena = xd_arena_new(0);
}


static void
teardown(void)
{
    char command[128];

    xd_store_close(store);
    xd_arena_free(arena);
    (void) snprintf(command, sizeof(command), "rm -rf %s", dir);
    ck_assert_int_eq(system(command), 0);
}

/* -- seen ------------------------------------------------------------------ */

static const char *const ids[] = { UUID, "order-4711", "", "x" };

START_TEST(an_id_is_taken_once)
{
    xd_str_t id = xd_str(ids[_i]);

    ck_assert_int_eq(xd_seen(store, id, hash_a, 1000), XD_OK);
    ck_assert_int_eq(xd_seen(store, id, hash_a, 2000), XD_E_AGAIN);
    ck_assert_int_eq(xd_seen(store, id, hash_b, 3000), XD_E_CONFLICT);
    ck_assert_int_eq(xd_seen(store, XD_STR("another"), hash_a, 1000), XD_OK);
}
END_TEST


START_TEST(case_of_a_uuid_does_not_matter)
{
    ck_assert_int_eq(xd_seen(store, XD_STR(UUID), hash_a, 1), XD_OK);
    ck_assert_int_eq(xd_seen(store,
                         XD_STR("0193F5C2-7B1E-7C3A-9A55-0D6F1C2B3A44"), hash_a,
                         1),
        XD_E_AGAIN);
    ck_assert_int_eq(xd_seen(store,
                         XD_STR("0193f5c2-7b1e-7c3a-9a55-0d6f1c2b3a45"), hash_a,
                         1),
        XD_OK);
}
END_TEST


static void
see(int n, int64_t at_ms)
{
    xd_str_t id = xd_fmt(arena, "id-%d", n);

    ck_assert_int_eq(xd_seen(store, id, hash_a, at_ms), XD_OK);
}


static int64_t
seen_rows(void)
{
    xd_sql_t *q = xd_sql(store, "SELECT count(*) FROM seen");
    int64_t n;

    ck_assert_int_eq(xd_sql_step(q), XD_OK);
    n = xd_sql_col_int(q, 0);
    xd_sql_done(q);

    return n;
}


START_TEST(old_ids_are_forgotten_a_stretch_a_call)
{
    for (int n = 0; n < 100; n++) {
        see(n, n % 2 == 0 ? 10000 : 90000);
    }

    ck_assert_int_eq(xd_seen_prune(store, 50000, 10), XD_OK);
    ck_assert_int_ge(seen_rows(), 90);

    for (int n = 0; n < 11; n++) {
        ck_assert_int_eq(xd_seen_prune(store, 50000, 10), XD_OK);
    }

    ck_assert_int_eq(seen_rows(), 50);

    /* It begins anew: what has become old meanwhile goes as well. */
    for (int n = 0; n < 11; n++) {
        ck_assert_int_eq(xd_seen_prune(store, 100000, 10), XD_OK);
    }

    ck_assert_int_eq(seen_rows(), 0);
    ck_assert_int_eq(xd_seen_prune(store, 100000, 10), XD_OK);
}
END_TEST

/* -- outbox ---------------------------------------------------------------- */

static void
outbox_put(const char *id)
{
    xd_outbox_row_t row = {
        .lane = XD_STR("lane"),
        .message_id = xd_str(id),
        .exchange = XD_STR("xd.fulfil"),
        .routing_key = XD_STR("shipment.created.v1.none.p00"),
        .props = XD_STR("{}"),
        .body = { "a\0b", 3 },
        .made_ms = 77,
    };

    ck_assert_int_eq(xd_outbox_add(store, &row), XD_OK);
}


START_TEST(versions_of_a_key_count_up_and_are_undone)
{
    uint64_t version = 0;

    ck_assert_int_eq(xd_store_begin(store), XD_OK);
    ck_assert_int_eq(xd_key_version(store, XD_STR("a"), &version), XD_OK);
    ck_assert_uint_eq(version, 1);
    ck_assert_int_eq(xd_key_version(store, XD_STR("a"), &version), XD_OK);
    ck_assert_uint_eq(version, 2);
    xd_store_rollback(store);

    ck_assert_int_eq(xd_store_begin(store), XD_OK);
    ck_assert_int_eq(xd_key_version(store, XD_STR("a"), &version), XD_OK);
    ck_assert_uint_eq(version, 1);
    ck_assert_int_eq(xd_key_version(store, XD_STR("b"), &version), XD_OK);
    ck_assert_uint_eq(version, 1);
    ck_assert_int_eq(xd_store_commit(store), XD_OK);
}
END_TEST


START_TEST(the_outbox_keeps_order_and_never_counts_back)
{
    xd_outbox_row_t *rows;
    size_t count;
    int64_t last, n;

    outbox_put("1");
    outbox_put("2");
    outbox_put("3");

    ck_assert_int_eq(xd_outbox_after(store, 0, 2, arena, &rows, &count), XD_OK);
    ck_assert_uint_eq(count, 2);
    ck_assert(xd_str_is(rows[0].message_id, "1"));
    ck_assert(xd_str_is(rows[1].message_id, "2"));
    ck_assert_uint_eq(rows[1].body.len, 3);
    ck_assert_int_eq(rows[1].made_ms, 77);

    ck_assert_int_eq(xd_outbox_after(store, rows[1].seq, 9, arena, &rows,
                         &count),
        XD_OK);
    ck_assert_uint_eq(count, 1);
    last = rows[0].seq;

    /* The last row goes; its number must not come again. */
    ck_assert_int_eq(xd_outbox_delete(store, last), XD_OK);
    outbox_put("4");
    ck_assert_int_eq(xd_outbox_after(store, last, 9, arena, &rows, &count),
        XD_OK);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(xd_outbox_count(store, &n), XD_OK);
    ck_assert_int_eq(n, 3);
}
END_TEST


START_TEST(a_full_arena_is_told)
{
    xd_outbox_row_t *out;
    xd_held_row_t *held;
    xd_held_row_t row = { .message_id = XD_STR("m"), .lane = XD_STR("l") };
    size_t count;
    int64_t seq;

    outbox_put("1");
    ck_assert_int_eq(xd_held_add(store, &row, &seq), XD_OK);

    for (size_t nth = 1; nth <= 7; nth++) {
        xd_arena_fail_at(arena, nth);
        ck_assert_int_eq(xd_outbox_after(store, 0, 9, arena, &out, &count),
            XD_E_MEMORY);
        xd_arena_fail_at(arena, nth);
        ck_assert_int_eq(xd_held_due(store, 0, 9, arena, &held, &count),
            XD_E_MEMORY);
    }

    xd_arena_fail_at(arena, 0);
    ck_assert_int_eq(xd_outbox_after(store, 0, 9, arena, &out, &count), XD_OK);
    ck_assert_int_eq(xd_held_due(store, 0, 9, arena, &held, &count), XD_OK);
    ck_assert_uint_eq(count, 1);
}
END_TEST

/* -- held ------------------------------------------------------------------ */

static int64_t
hold(const char *id, const char *lane, int64_t due)
{
    xd_held_row_t row = {
        .message_id = xd_str(id),
        .lane = xd_str(lane),
        .queue = XD_STR("xd.q.x12.raw"),
        .due_ms = due,
        .first_ms = 5,
        .reasons = XD_STR("[]"),
        .props = XD_STR("{}"),
        .body = XD_STR("bytes"),
    };
    int64_t seq;

    ck_assert_int_eq(xd_held_add(store, &row, &seq), XD_OK);
    ck_assert_int_gt(seq, 0);

    return seq;
}


/* Message-ids of what is due, joined. */
static const char *
due(int64_t now)
{
    xd_held_row_t *rows;
    size_t count;
    const char *all = "";

    ck_assert_int_eq(xd_held_due(store, now, 100, arena, &rows, &count), XD_OK);

    for (size_t i = 0; i < count; i++) {
        all = xd_fmt(arena, "%s%.*s", all, XD_FMT(rows[i].message_id)).ptr;
    }

    return all;
}


static void
change(const char *id, xd_held_state_t state, int64_t due_ms)
{
    xd_held_row_t row;

    ck_assert_int_eq(xd_held_get(store, xd_str(id), arena, &row), XD_OK);
    row.state = state;
    row.due_ms = due_ms;
    row.attempts++;
    row.reasons = XD_STR("[1]");
    ck_assert_int_eq(xd_held_update(store, &row), XD_OK);
}


START_TEST(only_heads_of_lanes_are_due)
{
    int64_t a1 = hold("a", "A", 10);
    int64_t c1;

    (void) hold("b", "A", 5);
    (void) hold("c", "B", 20);
    (void) hold("d", "", 7);
    (void) hold("e", "", 8);

    ck_assert_str_eq(due(4), "");
    ck_assert_str_eq(due(100), "deac");

    ck_assert_int_eq(xd_held_delete(store, a1), XD_OK);
    ck_assert_str_eq(due(100), "bdec");

    /* A row in the middle of a lane goes: the head stays head. */
    c1 = hold("f", "B", 1);
    (void) hold("g", "B", 1);
    ck_assert_int_eq(xd_held_delete(store, c1), XD_OK);
    ck_assert_str_eq(due(100), "bdec");
}
END_TEST


START_TEST(a_lane_is_taken_until_its_last_row_goes)
{
    int64_t seq = hold("a", "A", 1);

    ck_assert_int_eq(xd_held_lane(store, XD_STR("A")), XD_OK);
    ck_assert_int_eq(xd_held_lane(store, XD_STR("B")), XD_E_NOT_FOUND);
    (void) hold("n", "", 1);
    ck_assert_int_eq(xd_held_lane(store, XD_STR_NONE), XD_E_NOT_FOUND);

    ck_assert_int_eq(xd_held_delete(store, seq), XD_OK);
    ck_assert_int_eq(xd_held_lane(store, XD_STR("A")), XD_E_NOT_FOUND);
}
END_TEST


START_TEST(states_decide_what_is_tried)
{
    int64_t counts[3], next;
    xd_held_row_t row;

    (void) hold("a", "A", 1);
    (void) hold("b", "B", 2);
    (void) hold("c", "C", 3);
    change("a", XD_HELD_WORKING, 1);
    change("b", XD_HELD_WARD, 2);

    ck_assert_str_eq(due(100), "c");
    ck_assert_int_eq(xd_held_next_due(store, &next), XD_OK);
    ck_assert_int_eq(next, 3);
    ck_assert_int_eq(xd_held_count(store, counts), XD_OK);
    ck_assert_int_eq(counts[XD_HELD_WAITING], 1);
    ck_assert_int_eq(counts[XD_HELD_WORKING], 1);
    ck_assert_int_eq(counts[XD_HELD_WARD], 1);

    ck_assert_int_eq(xd_held_recover(store, 50), XD_OK);
    ck_assert_str_eq(due(49), "c");
    ck_assert_str_eq(due(50), "ca");

    ck_assert_int_eq(xd_held_get(store, XD_STR("a"), arena, &row), XD_OK);
    ck_assert_uint_eq(row.attempts, 1);
    ck_assert(xd_str_is(row.reasons, "[1]"));
    ck_assert(xd_str_is(row.body, "bytes"));
    ck_assert_int_eq(row.first_ms, 5);
    ck_assert_int_eq(xd_held_get(store, XD_STR("z"), arena, &row),
        XD_E_NOT_FOUND);
}
END_TEST


START_TEST(a_queue_knows_how_many_wait)
{
    int64_t count = -1;

    (void) hold("a", "A", 5);
    (void) hold("b", "A", 5);
    (void) hold("c", "C", 5);
    change("c", XD_HELD_WARD, 5);
    ck_assert_int_eq(xd_held_of_queue(store, XD_STR("xd.q.x12.raw"), &count),
        XD_OK);
    ck_assert_int_eq(count, 2);
    change("a", XD_HELD_WORKING, 5);
    ck_assert_int_eq(xd_held_of_queue(store, XD_STR("xd.q.x12.raw"), &count),
        XD_OK);
    ck_assert_int_eq(count, 2);
    ck_assert_int_eq(xd_held_of_queue(store, XD_STR("xd.q.x12"), &count),
        XD_OK);
    ck_assert_int_eq(count, 0);
}
END_TEST


START_TEST(times_of_those_that_wait_move_with_the_clock)
{
    (void) hold("a", "A", 5000);
    (void) hold("b", "B", 5000);
    change("b", XD_HELD_WARD, 5000);
    ck_assert_int_eq(xd_held_shift(store, -4000), XD_OK);
    ck_assert_str_eq(due(1000), "a");
    ck_assert_int_eq(xd_held_latest(store, 2000), XD_OK);
    ck_assert_str_eq(due(999), "");
    ck_assert_int_eq(xd_held_latest(store, 900), XD_OK);
    ck_assert_str_eq(due(900), "a");
}
END_TEST


START_TEST(nothing_waits_nothing_is_due)
{
    int64_t next = -1;

    ck_assert_int_eq(xd_held_next_due(store, &next), XD_OK);
    ck_assert_int_eq(next, 0);
}
END_TEST


START_TEST(the_same_message_is_not_held_twice)
{
    xd_held_row_t row = { .message_id = XD_STR("a"), .lane = XD_STR("B") };
    int64_t seq;

    (void) hold("a", "A", 1);
    ck_assert_int_eq(xd_held_add(store, &row, &seq), XD_E_CONFLICT);
    ck_assert_int_eq(seq, 0);
}
END_TEST


START_TEST(a_mended_row_keeps_its_place)
{
    int64_t seq = hold("a", "A", 1);
    xd_held_row_t row;

    (void) hold("b", "A", 1);
    ck_assert_int_eq(xd_held_mend(store, seq, XD_STR("m"), XD_STR("{1}"),
                         XD_STR("better")),
        XD_OK);
    ck_assert_str_eq(due(9), "m");
    ck_assert_int_eq(xd_held_get(store, XD_STR("m"), arena, &row), XD_OK);
    ck_assert_int_eq(row.seq, seq);
    ck_assert(xd_str_is(row.body, "better"));
}
END_TEST

/* -- archive --------------------------------------------------------------- */

START_TEST(bytes_are_kept_under_their_hash)
{
    static const char *const parts[] = { "", "a", "ISA*00*" };
    xd_str_t in = xd_str(parts[_i]), out;
    char one[XD_SHA256_HEX + 1], two[XD_SHA256_HEX + 1];

    ck_assert_int_eq(xd_archive_put(dir, in, one), XD_OK);
    ck_assert_int_eq(xd_archive_put(dir, in, two), XD_OK);
    ck_assert_str_eq(one, two);
    ck_assert(xd_archive_has(dir, xd_str(one)));
    ck_assert_int_eq(xd_archive_get(arena, dir, xd_str(one), &out), XD_OK);
    ck_assert(xd_str_eq(in, out));
}
END_TEST


START_TEST(changed_bytes_are_noticed)
{
    char hash[XD_SHA256_HEX + 1];
    const char *file;
    xd_str_t out;

    ck_assert_int_eq(xd_archive_put(dir, XD_STR("bytes"), hash), XD_OK);
    file = xd_fmt(arena, "%s/%.2s/%s", dir, hash, hash).ptr;
    ck_assert_int_eq(xd_file_write(file, XD_STR("other"), 0640), XD_OK);
    ck_assert_int_eq(xd_archive_get(arena, dir, xd_str(hash), &out),
        XD_E_CONFLICT);
}
END_TEST


static const char *const no_hashes[] = {
    "",
    "0123",
    "../../../../../../../../../../../../../../../../etc/passwd/",
    "ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef0123456789",
    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
};

START_TEST(what_is_no_hash_leads_nowhere)
{
    xd_str_t out;

    ck_assert_int_eq(xd_archive_get(arena, dir, xd_str(no_hashes[_i]), &out),
        XD_E_NOT_FOUND);
    ck_assert(!xd_archive_has(dir, xd_str(no_hashes[_i])));
}
END_TEST


START_TEST(an_archive_that_cannot_be_written_is_told)
{
    char hash[XD_SHA256_HEX + 1];
    const char *file = xd_fmt(arena, "%s/file", dir).ptr;

    ck_assert_int_eq(xd_file_write(file, XD_STR("x"), 0640), XD_OK);
    ck_assert_int_eq(xd_archive_put(file, XD_STR("bytes"), hash), XD_E_IO);
}
END_TEST


static void
add_tests(TCase *tc)
{
    tcase_add_loop_test(tc, an_id_is_taken_once, 0, 4);
    tcase_add_test(tc, case_of_a_uuid_does_not_matter);
    tcase_add_test(tc, old_ids_are_forgotten_a_stretch_a_call);
    tcase_add_test(tc, versions_of_a_key_count_up_and_are_undone);
    tcase_add_test(tc, the_outbox_keeps_order_and_never_counts_back);
    tcase_add_test(tc, a_full_arena_is_told);
    tcase_add_test(tc, only_heads_of_lanes_are_due);
    tcase_add_test(tc, a_lane_is_taken_until_its_last_row_goes);
    tcase_add_test(tc, states_decide_what_is_tried);
    tcase_add_test(tc, a_queue_knows_how_many_wait);
    tcase_add_test(tc, times_of_those_that_wait_move_with_the_clock);
    tcase_add_test(tc, nothing_waits_nothing_is_due);
    tcase_add_test(tc, the_same_message_is_not_held_twice);
    tcase_add_test(tc, a_mended_row_keeps_its_place);
    tcase_add_loop_test(tc, bytes_are_kept_under_their_hash, 0, 3);
    tcase_add_test(tc, changed_bytes_are_noticed);
    tcase_add_loop_test(tc, what_is_no_hash_leads_nowhere, 0, 5);
    tcase_add_test(tc, an_archive_that_cannot_be_written_is_told);
}


int
main(void)
{
    Suite *s = suite_create("store");
    TCase *tc = tcase_create("tables");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    add_tests(tc);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
