/* SPDX-License-Identifier: BSD-2-Clause */

/* Files from a partner: which are taken, what becomes of them, and that each
 * becomes it once wherever the process dies. */

#include "fixture.h"

#include <signal.h>
#include <sys/wait.h>

#include "crypt/digest.h"

static file_inbox_t *
box(void)
{
    return f.inboxes;
}


/* Until nothing is left to do at once; the wait that is asked for then. */
static int64_t
turns(void)
{
    int64_t wait = 0;

    for (int i = 0; i < 100 && wait == 0; i++) {
        wait = file_inbox_turn(box());
    }

    return wait;
}


static const char *
raw_ids(void)
{
    return texts("SELECT message_id FROM outbox WHERE exchange = 'xd.raw'"
                 " ORDER BY seq");
}


static xd_node_t *
only_exception(void)
{
    ck_assert_int_eq(
        number("SELECT count(*) FROM outbox WHERE exchange = 'xd.ops'"), 1);

    return json(texts("SELECT body FROM outbox WHERE exchange = 'xd.ops'"));
}


/* The one name in a folder that ends so, without its id. */
static const char *
ending(const char *folder, const char *end)
{
    const char *all = names(folder);
    size_t len = strlen(all), n = strlen(end);

    ck_assert_msg(len > n && strcmp(all + len - n, end) == 0, "%s: %s", folder,
        all);

    return all;
}


START_TEST(a_file_becomes_a_message)
{
    const char *id;
    xd_message_t m;

    write_file("in/856.edi", "ISA*00*~");
    ck_assert_int_gt(turns(), 0);

    id = raw_ids();
    ck_assert_uint_eq(strlen(id), XD_UUID_LEN);
    ck_assert_str_eq(texts("SELECT routing_key FROM outbox"), "in.x12.acme");
    ck_assert_str_eq(texts("SELECT lane FROM outbox"), "in acme");
    ck_assert_str_eq(texts("SELECT body FROM outbox"), "ISA*00*~");

    m = props();
    ck_assert(xd_str_is(m.content_type, "application/edi-x12"));
    ck_assert(xd_str_is(m.user_id, "xd-file"));
    ck_assert(xd_str_is(xd_header(&m, "xd-party"), "acme"));
    ck_assert(xd_str_is(xd_header(&m, "xd-file"), "856.edi"));
    ck_assert(xd_str_is(xd_header(&m, "xd-config"), "c0ffee"));
    ck_assert_uint_gt(xd_header(&m, "traceparent").len, 50);
    ck_assert_uint_eq(xd_header(&m, "xd-received").len, XD_INSTANT_LEN);

    ck_assert_str_eq(names("in"), "");
    ck_assert_str_eq(names("work"), "");
    ck_assert_str_eq(names("quarantine"), "");
}
END_TEST


/* Nothing of the file but its bytes and its claim counts. */
START_TEST(the_same_file_twice_is_two)
{
    for (int i = 0; i < 2; i++) {
        write_file("in/856.edi", "ISA*00*~");
        (void) turns();
    }
    ck_assert_uint_eq(strlen(raw_ids()), 2 * XD_UUID_LEN + 1);
    ck_assert_int_eq(number("SELECT count(DISTINCT message_id) FROM outbox"),
        2);
}
END_TEST


START_TEST(files_go_on_in_the_order_of_their_age)
{
    for (int i = 0; i < 100; i++) {
        const char *name = xd_fmt(arena, "in/f%02d", i * 37 % 100).ptr;
        const struct timespec times[2] = { { 1000 + i, 0 }, { 1000 + i, 0 } };

        write_file(name, xd_fmt(arena, "%02d", i).ptr);
        ck_assert_int_eq(utimensat(AT_FDCWD, at(name), times, 0), 0);
    }
    (void) turns();
    for (int i = 0; i < 100; i++) {
        ck_assert_int_eq(number(xd_fmt(arena,
                             "SELECT body FROM outbox ORDER BY seq"
                             " LIMIT 1 OFFSET %d",
                             i)
                                    .ptr),
            i);
    }
}
END_TEST


START_TEST(a_long_file_is_referred_to)
{
    char *text = xd_alloc(arena, XD_BODY_INLINE + 2);
    char hash[XD_SHA256_HEX + 1];
    xd_message_t m;

    memset(text, 'x', XD_BODY_INLINE + 1);
    xd_sha256_hex(xd_str(text), hash);
    write_file("in/long", text);
    (void) turns();

    ck_assert_int_eq(number("SELECT length(body) FROM outbox"), 0);
    m = props();
    ck_assert(xd_str_is(xd_header(&m, "sha256"), hash));
    ck_assert_str_eq(content(xd_fmt(arena, "archive/%.2s/%s", hash, hash).ptr),
        text);
}
END_TEST


START_TEST(a_file_of_edifact_is_told_as_such)
{
    configure("{'nordic':{'file':{'in':{'folder':'@/in','format':'edifact',"
              "'match':['*'],'ready':'renamed','stable':'1s',"
              "'marker':'.done','largest':'1MiB'}}}}");
    write_file("in/a.edi", "UNB+UNOC:3+A+B+260514:0931+1'UNZ+0+1'");
    (void) turns();
    ck_assert_str_eq(texts("SELECT routing_key FROM outbox"),
        "in.edifact.nordic");
    ck_assert(xd_str_is(props().content_type, "application/edifact"));
}
END_TEST


START_TEST(a_json_file_names_its_document)
{
    configure("{'shop':{'file':{'in':{'folder':'@/in','format':'json',"
              "'document':'sales-order','match':['*.json'],'ready':'renamed',"
              "'stable':'1s','marker':'.done','largest':'1MiB'}}}}");
    write_file("in/a.json", "{}");
    write_file("in/a.txt", "{}");
    (void) turns();
    ck_assert_str_eq(texts("SELECT routing_key FROM outbox"), "in.json.shop");
    ck_assert(xd_str_is(props().type, "sales-order"));
    ck_assert_str_eq(names("in"), "a.txt");
}
END_TEST


#define KEEPING                                                                \
    "{'acme':{'file':{'in':{'folder':'@/in','work':'@/w','quarantine':'@/q',"  \
    "'done':'@/d','format':'x12','match':['*'],'ready':'renamed',"             \
    "'stable':'1s','marker':'.done','largest':'1MiB'}}}}"


START_TEST(taken_files_can_be_kept)
{
    configure(KEEPING);
    write_file("in/a", "x");
    write_file("in/empty", "");
    (void) turns();
    ck_assert_ptr_nonnull(strstr(ending("d", ".a"), raw_ids()));
    (void) ending("q", ".empty.reason");
    ck_assert_str_eq(names("w"), "");
}
END_TEST

/* -- what is not taken ----------------------------------------------------- */

static const struct {
    const char *shell, *code;
} wrong[] = {
    { "touch in/x", "file.empty" },
    { "ln -s /etc/passwd in/x", "file.type" },
    { "ln -s nowhere in/x", "file.type" },
    { "mkfifo in/x", "file.type" },
    { "echo secret > y; ln y in/x", "file.links" },
    { "head -c 1048577 /dev/zero > in/x", "file.large" },
};


START_TEST(goes_to_quarantine_with_a_reason)
{
    xd_node_t *fact;
    const char *reason;

    ck_assert_int_eq(system(xd_fmt(arena, "cd %s && %s", dir, wrong[_i].shell)
                                .ptr),
        0);
    (void) turns();

    ck_assert_str_eq(raw_ids(), "");
    ck_assert_str_eq(names("in"), "");
    ck_assert_str_eq(names("work"), "");
    reason = names("quarantine") + XD_UUID_LEN + strlen(".x ");
    reason = content(xd_fmt(arena, "quarantine/%s", reason).ptr);
    ck_assert_ptr_nonnull(strstr(reason, "file: x\nparty: acme\n"));
    ck_assert_ptr_nonnull(
        strstr(reason, xd_fmt(arena, "code: %s\n", wrong[_i].code).ptr));
    ck_assert_ptr_null(strstr(reason, "secret"));

    fact = only_exception();
    ck_assert(xd_str_is(xd_text(fact, "code"), wrong[_i].code));
    ck_assert_ptr_nonnull(xd_text_at(fact, "meta.correlationId").ptr);
    ck_assert(xd_str_is(xd_text_at(fact, "meta.source.partner"), "acme"));
}
END_TEST


START_TEST(what_may_not_be_read_is_put_away)
{
    pid_t pid;
    int status;

    /* Only as somebody else than root is anything unreadable. */
    if (getuid() != 0) {
        return;
    }

    write_file("in/x", "x");
    ck_assert_int_eq(chmod(at("in/x"), 0), 0);
    ck_assert_int_eq(system(xd_fmt(arena, "chmod -R a+rwX %s", dir).ptr), 0);
    ck_assert_int_eq(chmod(at("in/x"), 0), 0);

    pid = fork();
    if (pid == 0) {
        if (setgid(65534) != 0 || setuid(65534) != 0) {
            _exit(1);
        }
        (void) turns();
        _exit(strstr(names("quarantine"), ".x.reason") != NULL ? 0 : 2);
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert_int_eq(status, 0);
}
END_TEST


START_TEST(stays_where_it_is)
{
    configure("{'acme':{'file':{'in':{'folder':'@/in','format':'x12',"
              "'match':['*.edi'],'ready':'renamed','stable':'1s',"
              "'marker':'.done','largest':'1MiB'}}}}");
    write_file("in/.a.edi", "x");
    write_file("in/a.tmp", "x");
    make_folder("in/b.edi");
    (void) turns();
    ck_assert_str_eq(names("in"), ".a.edi a.tmp b.edi");
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 0);
}
END_TEST

/* -- when it is whole ------------------------------------------------------ */

#define STABLE(ms)                                                             \
    "{'acme':{'file':{'in':{'folder':'@/in','format':'x12','match':['*'],"     \
    "'ready':'stable','stable':'" ms "','marker':'.done',"                     \
    "'largest':'1MiB'}}}}"
#define MARKED                                                                 \
    "{'acme':{'file':{'in':{'folder':'@/in','format':'x12','match':['*'],"     \
    "'ready':'marker','stable':'1s','marker':'.done','largest':'1MiB'}}}}"


START_TEST(a_file_that_grows_is_not_taken)
{
    int64_t wait;
    int fd;

    configure(STABLE("300ms"));
    fd = open(at("in/a"), O_CREAT | O_WRONLY, 0644);
    for (int i = 0; i < 5; i++) {
        ck_assert_int_eq(write(fd, "x", 1), 1);
        wait = turns();
        ck_assert_int_gt(wait, 0);
        ck_assert_int_le(wait, 300);
        ck_assert_str_eq(names("in"), "a");
        (void) usleep(120000);
    }
    ck_assert_int_eq(close(fd), 0);

    (void) turns();
    (void) usleep(320000);
    (void) turns();
    ck_assert_str_eq(names("in"), "");
    ck_assert_str_eq(texts("SELECT body FROM outbox"), "xxxxx");
}
END_TEST


START_TEST(a_marker_lets_it_in)
{
    configure(MARKED);
    write_file("in/a", "x");
    ck_assert_int_eq(turns(), 5000);
    ck_assert_str_eq(names("in"), "a");

    write_file("in/a.done", "");
    (void) turns();
    ck_assert_str_eq(names("in"), "");
    ck_assert_uint_eq(strlen(raw_ids()), XD_UUID_LEN);

    /* One that was left behind speaks of no later file. */
    write_file("in/a.done", "");
    (void) usleep(20000);
    write_file("in/a", "half");
    (void) turns();
    ck_assert_str_eq(names("in"), "a a.done");
    write_file("in/a.done", "");
    (void) turns();
    ck_assert_str_eq(names("in"), "");
}
END_TEST


/* Between claim and commit nobody can stop a writer that still has it open. */
START_TEST(a_file_that_grows_after_it_was_taken_is_told_of)
{
    xd_node_t *fact;
    int fd = open(at("in/a"), O_CREAT | O_WRONLY, 0644);
    pid_t pid;
    int status;

    ck_assert_int_eq(write(fd, "half", 4), 4);
    (void) setenv("XD_CRASH_AT", "file.committed", 1);
    pid = fork();
    if (pid == 0) {
        xd_relay_free(f.relay);
        relay_open();
        (void) turns();
        _exit(1);
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert_int_eq(WIFSIGNALED(status) ? WTERMSIG(status) : 0, SIGKILL);
    (void) unsetenv("XD_CRASH_AT");

    /* As a new start: the same id with more bytes is the relay's conflict. */
    ck_assert_int_eq(write(fd, "more", 4), 4);
    ck_assert_int_eq(close(fd), 0);
    (void) turns();
    ck_assert_str_eq(texts("SELECT body FROM outbox WHERE exchange = 'xd.raw'"),
        "half");
    fact = only_exception();
    ck_assert(xd_str_is(xd_text(fact, "code"), "relay.conflict"));
    ck_assert_str_eq(names("work"), "");
}
END_TEST

/* Its writer comes back while it is being committed. */
static xd_work_rc_t
work_and_grow(void *ctx, xd_work_t *w)
{
    if (xd_str_starts(w->message->routing_key, XD_STR("in."))) {
        int fd = open(at(xd_fmt(arena, "work/%s", names("work")).ptr),
            O_WRONLY | O_APPEND);

        ck_assert_int_eq(write(fd, "more", 4), 4);
        ck_assert_int_eq(close(fd), 0);
    }

    return file_work(ctx, w);
}


START_TEST(a_file_that_grows_meanwhile_is_put_away)
{
    static const xd_relay_work_t growing = { .work = work_and_grow,
        .lane = file_lane };

    xd_relay_free(f.relay);
    relay_open_for(&growing);
    write_file("in/a", "half");
    (void) turns();

    ck_assert_str_eq(texts("SELECT body FROM outbox WHERE exchange = 'xd.raw'"),
        "half");
    ck_assert(xd_str_is(xd_text(only_exception(), "code"), "file.changed"));
    ck_assert_str_eq(names("work"), "");
    (void) ending("quarantine", ".a.reason");
}
END_TEST

/* -- folders --------------------------------------------------------------- */

START_TEST(waits_for_folders)
{
    ck_assert_int_eq(rename(at("in"), at("gone")), 0);
    ck_assert_int_eq(turns(), 5000);
    ck_assert(!box()->state.up);
    ck_assert_int_eq(box()->in.fd, -1);

    ck_assert_int_eq(rename(at("gone"), at("in")), 0);
    write_file("in/a", "x");
    (void) turns();
    ck_assert(box()->state.up);
    ck_assert_uint_eq(strlen(raw_ids()), XD_UUID_LEN);

    /* Another folder in its place, as after a mount. */
    ck_assert_int_eq(rename(at("in"), at("gone")), 0);
    make_folder("in");
    write_file("in/b", "x");
    (void) turns();
    ck_assert_str_eq(names("in"), "");

    /* Our own are made again. */
    ck_assert_int_eq(rmdir(at("work")), 0);
    write_file("in/c", "x");
    (void) turns();
    (void) turns();
    ck_assert_str_eq(names("in"), "");
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 3);
}
END_TEST


static const struct {
    const char *partners, *why;
} refused[] = {
    { "{'a':{'file':{'in':{'folder':'@/in','work':'@/in'}}}}", "else" },
    { "{'a':{'file':{'in':{'folder':'@/in','quarantine':'@/in'}}}}", "else" },
    { "{'a':{'file':{'in':{'folder':'@/in','done':'@/work'}}}}", "else" },
    { "{'a':{'file':{'in':{'folder':'@/in','work':'/dev/shm'}}}}",
        "another file system" },
    { "{'a':{'file':{'in':{'folder':'@/in/../in'},"
      "'out':{'folder':'@/in','name':'x'}}}}",
        "else" },
};


START_TEST(refuses_folders_that_serve_twice)
{
    struct stat st;

    if (strstr(refused[_i].partners, "/dev/shm") != NULL
        && (stat("/dev/shm", &st) != 0 || access("/dev/shm", W_OK) != 0))
    {
        return;
    }

    configure(refused[_i].partners);
    if (f.outboxes != NULL) {
        ck_assert(file_outbox_open(f.outboxes));
    }
    write_file("in/a", "x");
    (void) turns();
    ck_assert_ptr_nonnull(strstr(box()->state.why, refused[_i].why));
    ck_assert_ptr_nonnull(strstr(names("in"), "a"));
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 0);
}
END_TEST


START_TEST(refuses_to_feed_a_folder_from_itself)
{
    xd_report_t rep;

    ck_assert_int_eq(settings("{'a':{'file':{'in':{'folder':'@/in'}}},"
                              "'b':{'file':{'out':{'folder':'@/in',"
                              "'name':'x'}}}}",
                         &rep),
        XD_E_CONF);
    ck_assert_str_eq(rep.kept[0].rule, "file.folder.twice");
    ck_assert(xd_str_is(box()->party, "acme")); /* the old one stays */
}
END_TEST


/* A work folder in common would make one partner's files another's. */
START_TEST(partners_share_no_work_folder)
{
    make_folder("b/in");
    configure("{'a':{'file':{'in':{'folder':'@/in','work':'@/w'},"
              "'out':{'folder':'@/out','work':'@/w','name':'x'}}},"
              "'b':{'file':{'in':{'folder':'@/b/in','work':'@/w'}}}}");
    ck_assert(file_outbox_open(f.outboxes));
    ck_assert(xd_str_is(f.inboxes->party, "b"));
    ck_assert(!file_inbox_open(f.inboxes));
    ck_assert(file_inbox_open(f.inboxes->next));
}
END_TEST


START_TEST(under_pressure_nothing_is_claimed)
{
    xd_relay_stop(f.relay, 0);
    write_file("in/a", "x");
    ck_assert_int_eq(turns(), 1000);
    ck_assert_str_eq(names("in"), "a");
}
END_TEST


START_TEST(an_archive_that_fails_keeps_the_file)
{
    write_file("archive", "no folder");
    write_file("in/a", "x");
    (void) turns();
    (void) ending("work", ".a");
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 0);

    ck_assert_int_eq(unlink(at("archive")), 0);
    (void) turns();
    ck_assert_str_eq(names("work"), "");
    ck_assert_uint_eq(strlen(raw_ids()), XD_UUID_LEN);
}
END_TEST


/* Whatever lies in the work folder that we did not name is not ours. */
START_TEST(strange_names_in_the_work_folder_stay)
{
    (void) turns();
    write_file("work/in.x", "x");
    write_file("work/out." ID1 ".data", "x");
    write_file("work/in." ID1 ".a", "x");
    (void) turns();
    ck_assert_str_eq(raw_ids(), ID1);
    ck_assert_str_eq(names("work"), "in.x out." ID1 ".data");
}
END_TEST

/* -- kill -9 --------------------------------------------------------------- */

static const char *const points[] = { "file.claimed:1", "file.claimed:3",
    "file.archived:1", "file.archived:2", "file.synced", "before-commit",
    "after-commit", "file.committed", "file.told", "file.explained",
    "file.finished:1", "file.finished:2" };


/* Four files, one of them empty, and a process that dies once. */
START_TEST(a_kill_loses_and_doubles_nothing)
{
    pid_t pid;
    int status;

    configure(KEEPING);
    write_file("in/a", "1");
    write_file("in/b", "2");
    write_file("in/c", "");
    write_file("in/d", "3");

    (void) setenv("XD_CRASH_AT", points[_i], 1);
    pid = fork();
    if (pid == 0) {
        xd_relay_free(f.relay);
        relay_open();
        (void) turns();
        _exit(1);
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert_msg(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL,
        "never came to %s", points[_i]);
    (void) unsetenv("XD_CRASH_AT");

    configure(KEEPING);
    (void) turns();
    ck_assert_str_eq(
        texts("SELECT body FROM outbox WHERE exchange = 'xd.raw' ORDER BY 1"),
        "1 2 3");
    (void) only_exception();
    ck_assert_str_eq(names("in"), "");
    ck_assert_str_eq(names("w"), "");
    (void) ending("q", ".c.reason");
    ck_assert_uint_eq(strlen(names("q")),
        2 * XD_UUID_LEN + strlen(".c .c.reason"));
    ck_assert_uint_eq(strlen(names("d")), 3 * (XD_UUID_LEN + 2) + 2);
}
END_TEST


/* -- the watch ------------------------------------------------------------- */

static void
loop_until_empty(const char *folder, int64_t ms)
{
    int64_t until = xd_mono_ms() + ms;

    while (names(folder)[0] != '\0' && xd_mono_ms() < until) {
        ck_assert_int_eq(xd_loop_once(f.loop, 20), XD_OK);
    }
    ck_assert_str_eq(names(folder), "");
}


/* Well below the five seconds of the rescan. */
START_TEST(the_kernel_tells)
{
    ck_assert_int_eq(file_watch_start(&f), XD_OK);
    for (int i = 0; i < 20; i++) {
        ck_assert_int_eq(xd_loop_once(f.loop, 5), XD_OK);
    }
    ck_assert_int_ne(f.notify, -1);

    write_file("in/a", "x");
    loop_until_empty("in", 2000);

    /* After another folder took its place, too: once it was noticed. */
    ck_assert_int_eq(rename(at("in"), at("gone")), 0);
    make_folder("in");
    box()->due = 0;
    ck_assert_int_eq(file_inbox_turn(box()), 5000);
    write_file("in/b", "x");
    loop_until_empty("in", 2000);

    /* And when it cannot tell, the look every few seconds does. */
    file_watch_stop(&f);
    write_file("in/c", "x");
    (void) turns();
    ck_assert_str_eq(names("in"), "");
}
END_TEST


START_TEST(memory_may_end_anywhere)
{
    for (int64_t n = 1; n < 40; n++) {
        write_file("in/a", "x");
        xd_arena_fail_at(f.batch, (size_t) n);
        (void) file_inbox_turn(box());
        (void) file_inbox_turn(box());
        xd_arena_fail_at(f.batch, 0);
        (void) turns();
        ck_assert_str_eq(names("in"), "");
        ck_assert_str_eq(names("work"), "");
        ck_assert_int_eq(number("SELECT count(*) FROM outbox"), n);
    }
}
END_TEST


static void
more_tests(TCase *tc)
{
    tcase_add_test(tc, a_file_that_grows_meanwhile_is_put_away);
    tcase_add_test(tc, waits_for_folders);
    tcase_add_loop_test(tc, refuses_folders_that_serve_twice, 0,
        sizeof(refused) / sizeof(refused[0]));
    tcase_add_test(tc, refuses_to_feed_a_folder_from_itself);
    tcase_add_test(tc, partners_share_no_work_folder);
    tcase_add_test(tc, under_pressure_nothing_is_claimed);
    tcase_add_test(tc, an_archive_that_fails_keeps_the_file);
    tcase_add_test(tc, strange_names_in_the_work_folder_stay);
    tcase_add_loop_test(tc, a_kill_loses_and_doubles_nothing, 0,
        sizeof(points) / sizeof(points[0]));
    tcase_add_test(tc, the_kernel_tells);
    tcase_add_test(tc, memory_may_end_anywhere);
}


int
main(void)
{
    Suite *s = suite_create("file");
    TCase *tc = tcase_create("inbox");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_file_becomes_a_message);
    tcase_add_test(tc, the_same_file_twice_is_two);
    tcase_add_test(tc, files_go_on_in_the_order_of_their_age);
    tcase_add_test(tc, a_long_file_is_referred_to);
    tcase_add_test(tc, a_file_of_edifact_is_told_as_such);
    tcase_add_test(tc, a_json_file_names_its_document);
    tcase_add_test(tc, taken_files_can_be_kept);
    tcase_add_loop_test(tc, goes_to_quarantine_with_a_reason, 0,
        sizeof(wrong) / sizeof(wrong[0]));
    tcase_add_test(tc, what_may_not_be_read_is_put_away);
    tcase_add_test(tc, stays_where_it_is);
    tcase_add_test(tc, a_file_that_grows_is_not_taken);
    tcase_add_test(tc, a_marker_lets_it_in);
    tcase_add_test(tc, a_file_that_grows_after_it_was_taken_is_told_of);
    more_tests(tc);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
