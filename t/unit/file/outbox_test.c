/* SPDX-License-Identifier: BSD-2-Clause */

/* Files for a partner: whole, once, onto nothing, and the same name for the
 * same message wherever the process dies. */

#include "fixture.h"

#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "relay/room.h"

static const char *vanishing; /* a folder that goes just before a move */


/* In the place of the C library's. */
int
renameat2(int from, const char *name, int to, const char *as, unsigned flags)
{
    if (vanishing != NULL) {
        ck_assert_int_eq(rmdir(vanishing), 0);
        vanishing = NULL;
    }

    return (int) syscall(SYS_renameat2, from, name, to, as, flags);
}


static xd_header_t headers[] = {
    { { "xd-document", 11 }, { "functional-ack", 14 } },
    { { "xd-key", 6 }, { "functional-ack:acme:000000042", 29 } },
    { { "xd-causation", 12 }, { "raw-7", 5 } },
    { { "xd-control", 10 }, { "9001", 4 } },
};
static size_t nheaders;


static void
open_outbox(void)
{
    setup();
    nheaders = 3;
    vanishing = NULL;
    configure(ACME_OUT("{document}-{control}.edi"));
}


static xd_message_t
bytes(const char *id, const char *body)
{
    return (xd_message_t){ .exchange = XD_STR("xd.raw"),
        .routing_key = XD_STR("out.file.acme"),
        .user_id = XD_STR("xd-x12"),
        .message_id = xd_str(id),
        .timestamp = 1778751082,
        .headers = headers,
        .nheaders = nheaders,
        .body = xd_str(body) };
}


/* As a delivery of the queue. */
static void
give(const char *id, const char *body)
{
    const xd_message_t m = bytes(id, body);

    ck_assert_int_eq(xd_relay_inject(f.relay, &m, 1, XD_STR("xd.q.file.out")),
        XD_OK);
}


/* Timers that are due: notes go after the commit. */
static void
settle(void)
{
    for (int i = 0; i < 5; i++) {
        ck_assert_int_eq(xd_loop_once(f.loop, 2), XD_OK);
    }
}


static const char *
reason_code(void)
{
    xd_node_t *reasons = json(texts("SELECT reasons FROM held LIMIT 1"));
    xd_str_t code = xd_text(reasons->last, "code");

    return xd_dup(arena, code).ptr;
}


START_TEST(bytes_become_a_file_and_a_fact)
{
    xd_node_t *fact;
    struct stat st;

    give(ID1, "ISA*00*~");
    ck_assert_str_eq(names("out"), "functional-ack-000000042.edi");
    ck_assert_str_eq(content("out/functional-ack-000000042.edi"), "ISA*00*~");
    ck_assert_int_eq(stat(at("out/functional-ack-000000042.edi"), &st), 0);
    ck_assert_int_eq(st.st_mode & 0777, 0640);
    ck_assert_uint_eq(st.st_nlink, 1);

    fact = json(texts("SELECT body FROM outbox"));
    ck_assert(xd_str_is(xd_text(fact, "status"), "confirmed"));
    ck_assert(xd_str_is(xd_text(fact, "system"), "acme"));
    ck_assert(
        xd_str_is(xd_text(fact, "foreignId"), "functional-ack-000000042.edi"));
    ck_assert(xd_str_is(xd_text(fact, "docRef"), ID1));
    ck_assert(xd_str_is(xd_text_at(fact, "meta.source.partner"), "acme"));
    ck_assert(xd_str_is(xd_text_at(fact, "meta.correlationId"), "raw-7"));

    /* The note goes, once it is committed. */
    ck_assert_str_eq(names("work"), "out." ID1 ".name");
    settle();
    ck_assert_str_eq(names("work"), "");
}
END_TEST


/* What the template may use, and what a message may lack. */
static const struct {
    const char *template, *name;
    size_t nheaders;
} named[] = {
    { "{party}_{control}.edi", "acme_9001.edi", 4 },
    { "{party}_{control}.edi", "acme_000000042.edi", 3 },
    { "{date}-{time}", "20260514-093122", 3 },
    { "{id}", ID1, 3 },
    { "{seq}.x12", "000001.x12", 3 },
};


START_TEST(names_follow_the_template)
{
    nheaders = named[_i].nheaders;
    configure(xd_fmt(arena,
        "{'acme':{'file':{'out':{'folder':'@/out','name':'%s'}}}}",
        named[_i].template)
                  .ptr);
    give(ID1, "x");
    ck_assert_str_eq(names("out"), named[_i].name);
}
END_TEST


START_TEST(a_name_that_is_taken_gets_a_number)
{
    write_file("out/functional-ack-000000042.edi", "theirs");
    give(ID1, "one");
    give(ID2, "two");
    ck_assert_str_eq(content("out/functional-ack-000000042.edi"), "theirs");
    ck_assert_str_eq(content("out/functional-ack-000000042-2.edi"), "one");
    ck_assert_str_eq(content("out/functional-ack-000000042-3.edi"), "two");
}
END_TEST


START_TEST(numbers_are_given_out_once)
{
    configure(ACME_OUT("{seq}.edi"));
    give(ID1, "one");
    settle();
    ck_assert_int_eq(unlink(at("out/000001.edi")), 0); /* the partner has it */
    give(ID2, "two");
    ck_assert_str_eq(names("out"), "000002.edi");
}
END_TEST


/* Someone laid the name there between the note and the move. */
START_TEST(a_note_names_again_when_its_name_is_taken)
{
    make_folder("work");
    write_file("work/out." ID1 ".data", "one");
    write_file("work/out." ID1 ".name", "0 functional-ack-000000042.edi");
    write_file("out/functional-ack-000000042.edi", "theirs");
    give(ID1, "one");
    ck_assert_str_eq(content("out/functional-ack-000000042-2.edi"), "one");
    ck_assert_str_eq(content("out/functional-ack-000000042.edi"), "theirs");
}
END_TEST


/* The name stays what the note says, whatever the template would say now. */
START_TEST(a_note_without_data_is_a_file_that_was_laid)
{
    make_folder("work");
    write_file("work/out." ID1 ".name", "7 was.edi");
    configure(ACME_OUT("{seq}.edi"));
    give(ID1, "one");
    ck_assert_str_eq(names("out"), "");
    ck_assert(
        xd_str_is(xd_text(json(texts("SELECT body FROM outbox")), "foreignId"),
            "was.edi"));

    settle();
    ck_assert_str_eq(names("work"), "");
    give(ID2, "two");
    ck_assert_str_eq(names("out"), "000008.edi");
}
END_TEST


/* A note of another message, whose transaction was undone: its number may be
 * with the partner. */
START_TEST(a_number_in_a_note_is_used_up)
{
    make_folder("work");
    write_file("work/out." ID1 ".name", "5 000005.edi");
    write_file("work/out." ID3 ".name", "garbage");
    configure(ACME_OUT("{seq}.edi"));
    give(ID2, "two");
    ck_assert_str_eq(names("out"), "000006.edi");
}
END_TEST


START_TEST(what_a_crash_left_half_is_written_anew)
{
    make_folder("work");
    write_file("work/out." ID1 ".data", "ha");
    write_file("work/.out." ID1 ".data", "h");
    give(ID1, "half no more");
    ck_assert_str_eq(content("out/functional-ack-000000042.edi"),
        "half no more");
    settle();
    ck_assert_str_eq(names("work"), "");
}
END_TEST


START_TEST(a_long_name_is_told_only_as_far_as_it_goes)
{
    char template[140];

    memset(template, 'a', sizeof(template));
    template[sizeof(template) - 1] = '\0';
    configure(xd_fmt(arena,
        "{'acme':{'file':{'out':{'folder':'@/out','name':'%s'}}}}", template)
                  .ptr);
    give(ID1, "x");
    ck_assert_str_eq(names("out"), template);
    ck_assert_ptr_null(
        xd_get(json(texts("SELECT body FROM outbox")), "foreignId"));
}
END_TEST

/* -- what fails ------------------------------------------------------------ */

START_TEST(a_folder_that_is_away_is_waited_for)
{
    ck_assert_int_eq(rename(at("out"), at("gone")), 0);
    give(ID1, "one");
    ck_assert_str_eq(reason_code(), "file.folder");
    ck_assert_int_eq(number("SELECT attempts FROM held"), 0);
    ck_assert(!f.outboxes->state.up);

    ck_assert_int_eq(rename(at("gone"), at("out")), 0);
    ck_assert_int_eq(xd_sql_run(xd_sql(f.store, "UPDATE held SET due = 1")),
        XD_OK);
    held_turn(f.relay);
    ck_assert_str_eq(names("out"), "functional-ack-000000042.edi");
    ck_assert(f.outboxes->state.up);
    ck_assert_int_eq(number("SELECT count(*) FROM held"), 0);
}
END_TEST


/* Under our hands: it is gone though its descriptor is open. */
START_TEST(a_folder_that_goes_meanwhile_loses_nothing)
{
    ck_assert(file_outbox_open(f.outboxes));
    ck_assert_int_eq(rmdir(at("work")), 0);
    give(ID1, "one");
    ck_assert_str_eq(reason_code(), "file.folder");

    ck_assert_int_eq(xd_sql_run(xd_sql(f.store, "UPDATE held SET due = 1")),
        XD_OK);
    held_turn(f.relay);
    ck_assert_str_eq(names("out"), "functional-ack-000000042.edi");
}
END_TEST


/* A move into a folder that is no more says that something is missing; that
 * must not be taken for data that was moved before. */
START_TEST(a_folder_that_goes_before_the_move_loses_nothing)
{
    vanishing = at("out");
    give(ID1, "one");
    ck_assert_str_eq(reason_code(), "file.folder");
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 0);

    make_folder("out");
    ck_assert_int_eq(xd_sql_run(xd_sql(f.store, "UPDATE held SET due = 1")),
        XD_OK);
    held_turn(f.relay);
    ck_assert_str_eq(names("out"), "functional-ack-000000042.edi");
}
END_TEST


static const struct {
    const char *key, *user, *code;
} wrong[] = {
    { "out.file.nobody", "xd-x12", "file.destination" },
    { "out.file.acme", "xd-gateway", "file.sender" },
    { "out.http.acme", "xd-x12", "file.key" },
    { "in.x12.acme", "xd-x12", "file.key" },
    { "quarantine.acme", "xd-x12", "file.key" },
};


START_TEST(what_cannot_be_laid_is_a_case)
{
    xd_message_t m = bytes(ID1, "x");

    m.routing_key = xd_str(wrong[_i].key);
    m.user_id = xd_str(wrong[_i].user);
    ck_assert_int_eq(xd_relay_inject(f.relay, &m, 1, XD_STR("xd.q.file.out")),
        XD_OK);
    ck_assert_str_eq(reason_code(), wrong[_i].code);
    ck_assert_int_eq(number("SELECT state FROM held"), XD_HELD_WARD);
    ck_assert_str_eq(names("out"), "");
    ck_assert_int_eq(
        number("SELECT count(*) FROM outbox WHERE exchange = 'xd.raw'"), 0);
}
END_TEST


/* From the broker nobody can give us a file to publish. */
START_TEST(an_input_of_the_broker_is_none_of_our_own)
{
    xd_message_t m = bytes(ID1, "x");

    m.routing_key = XD_STR("in.x12.acme");
    ck_assert_int_eq(xd_relay_inject(f.relay, &m, 1, FILE_SOURCE), XD_OK);
    ck_assert_int_eq(
        number("SELECT count(*) FROM outbox WHERE exchange = 'xd.raw'"), 0);
}
END_TEST


START_TEST(no_name_is_free_for_ever)
{
    for (int i = 1; i <= 1000; i++) {
        write_file(i == 1 ? "out/x" : xd_fmt(arena, "out/x-%d", i).ptr, "");
    }
    configure(ACME_OUT("x"));
    give(ID1, "one");
    ck_assert_str_eq(reason_code(), "file.name");
    ck_assert_int_eq(number("SELECT state FROM held"), XD_HELD_WARD);
    ck_assert_str_eq(names("work"), "");
}
END_TEST


START_TEST(old_rows_are_forgotten)
{
    give(ID1, "one");
    ck_assert_int_eq(xd_sql_run(xd_sql(f.store, "UPDATE sent SET sent_ms = 1")),
        XD_OK);
    give(ID2, "two");
    ck_assert_str_eq(texts("SELECT message_id FROM sent"), ID2);
}
END_TEST


START_TEST(order_is_kept_by_business_key)
{
    xd_message_t m = bytes(ID1, "x");

    ck_assert(xd_str_is(file_lane(&f, &m, XD_STR_NONE, arena),
        "acme>functional-ack:acme:000000042"));
    m.nheaders = 1;
    ck_assert_uint_eq(file_lane(&f, &m, XD_STR_NONE, arena).len, 0);
    m.nheaders = 3;
    m.routing_key = XD_STR("out");
    ck_assert_uint_eq(file_lane(&f, &m, XD_STR_NONE, arena).len, 0);
}
END_TEST

/* -- kill -9 --------------------------------------------------------------- */

static const char *const points[] = { "file.staged", "file.named",
    "file.placed", "before-commit", "after-commit" };

/* Whether the partner took the file away while we were dead. */
static const struct {
    const char *template, *name;
    bool fetched;
} ways[] = {
    { "{seq}.edi", "000001.edi", false },
    { "{seq}.edi", "000001.edi", true },
    { "same.edi", "same.edi", false },
    { "same.edi", "same.edi", true },
};

#define NWAYS ((int) (sizeof(ways) / sizeof(ways[0])))


static void
die_at(const char *point)
{
    pid_t pid;
    int status;

    (void) setenv("XD_CRASH_AT", point, 1);
    pid = fork();
    if (pid == 0) {
        xd_relay_free(f.relay);
        relay_open();
        give(ID1, "one");
        _exit(1);
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert_msg(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL,
        "never came to %s", point);
    (void) unsetenv("XD_CRASH_AT");
}


/* Another message may come first after the start: it gets neither the name
 * nor the number of the one that was under way. */
START_TEST(a_kill_loses_and_doubles_nothing)
{
    int way = _i % NWAYS;
    const char *name = ways[way].name;
    const char *text = xd_fmt(arena,
        "{'acme':{'file':{'out':{'folder':'@/out','name':'%s'}}}}",
        ways[way].template)
                           .ptr;
    bool there, committed;

    configure(text);
    die_at(points[_i / NWAYS]);

    there = strcmp(names("out"), name) == 0;
    committed = number("SELECT count(*) FROM sent") == 1;
    ck_assert(there || names("out")[0] == '\0');
    ck_assert(!committed || there);
    if (there) {
        ck_assert_str_eq(content(xd_fmt(arena, "out/%s", name).ptr), "one");
    }
    if (there && ways[way].fetched) {
        ck_assert_int_eq(unlink(at(xd_fmt(arena, "out/%s", name).ptr)), 0);
    }

    configure(text);
    give(ID2, "two");
    give(ID1, "one");
    settle();

    ck_assert_str_eq(texts("SELECT message_id FROM sent ORDER BY 1"),
        ID1 " " ID2);
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 2);
    ck_assert_str_eq(names("work"), "");
    ck_assert_int_eq(system(xd_fmt(arena,
                         "cd %s/out && test \"$(cat * | grep -o one | wc -l)\""
                         " = %d && test \"$(cat * | grep -o two | wc -l)\" = 1",
                         dir, there && ways[way].fetched ? 0 : 1)
                                .ptr),
        0);
    if (strstr(ways[way].template, "{seq}") != NULL) {
        ck_assert_int_eq(number("SELECT count(DISTINCT name) FROM sent"), 2);
    }
}
END_TEST


static void
more_tests(TCase *tc)
{
    tcase_add_test(tc, a_folder_that_is_away_is_waited_for);
    tcase_add_test(tc, a_folder_that_goes_meanwhile_loses_nothing);
    tcase_add_test(tc, a_folder_that_goes_before_the_move_loses_nothing);
    tcase_add_loop_test(tc, what_cannot_be_laid_is_a_case, 0,
        sizeof(wrong) / sizeof(wrong[0]));
    tcase_add_test(tc, an_input_of_the_broker_is_none_of_our_own);
    tcase_add_test(tc, no_name_is_free_for_ever);
    tcase_add_test(tc, old_rows_are_forgotten);
    tcase_add_test(tc, order_is_kept_by_business_key);
    tcase_add_loop_test(tc, a_kill_loses_and_doubles_nothing, 0,
        NWAYS * (int) (sizeof(points) / sizeof(points[0])));
}


int
main(void)
{
    Suite *s = suite_create("file");
    TCase *tc = tcase_create("outbox");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, open_outbox, teardown);
    tcase_add_test(tc, bytes_become_a_file_and_a_fact);
    tcase_add_loop_test(tc, names_follow_the_template, 0,
        sizeof(named) / sizeof(named[0]));
    tcase_add_test(tc, a_name_that_is_taken_gets_a_number);
    tcase_add_test(tc, numbers_are_given_out_once);
    tcase_add_test(tc, a_note_names_again_when_its_name_is_taken);
    tcase_add_test(tc, a_note_without_data_is_a_file_that_was_laid);
    tcase_add_test(tc, a_number_in_a_note_is_used_up);
    tcase_add_test(tc, what_a_crash_left_half_is_written_anew);
    tcase_add_test(tc, a_long_name_is_told_only_as_far_as_it_goes);
    more_tests(tc);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
