/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A whole daemon, in a child, with its broker away: command line, control
 * socket, reload, stop, privileges.
 */

#include <check.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "daemon/room.h"
#include "web/client.h"

#define PATIENCE_MS 20000

static char dir[64];
static xd_arena_t *arena;


static void
shell(const char *command)
{
    ck_assert_int_eq(system(command), 0);
}


/* The sample configuration, in a folder of its own. */
static void
setup(void)
{
    arena = xd_arena_new(0);
    (void) snprintf(dir, sizeof(dir), "/tmp/xd-daemon-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    ck_assert_int_eq(chmod(dir, 0755), 0);
    shell(xd_fmt(arena,
        "cp -R conf/. %s && cd %s && rm -rf secrets && mkdir -p"
        " secrets/broker && echo pw > secrets/broker/xd-test"
        " && chmod 600 secrets/broker/xd-test"
        " && sed -i 's|\\.\\./var|var|; s|\\.\\./canonical|'$OLDPWD'/canonical|'"
        " crossdock.yaml",
        dir, dir)
              .ptr);
    ck_assert_int_eq(setenv("XD_AMQP_URL", "amqp://127.0.0.1:1/crossdock", 1),
        0);
}


static void
teardown(void)
{
    shell(xd_fmt(arena, "rm -rf %s", dir).ptr);
    xd_arena_free(arena);
}


/* Changes crossdock.yaml by a sed script. */
static void
edit(const char *script)
{
    shell(xd_fmt(arena, "sed -i '%s' %s/crossdock.yaml", script, dir).ptr);
}

/* -- the daemon ------------------------------------------------------------ */

static xd_work_rc_t
work(void *ctx, xd_work_t *w)
{
    (void) ctx;
    (void) w;

    return XD_WORK_DONE;
}


typedef struct {
    xd_daemon_t *d;
    int reloads;
} mine_t;


static xd_rc_t
start(xd_daemon_t *d, void **ctx)
{
    mine_t *mine = xd_alloc(xd_daemon_arena(d), sizeof(*mine));

    ck_assert_ptr_nonnull(xd_daemon_store(d));
    ck_assert_ptr_nonnull(xd_daemon_loop(d));
    ck_assert_ptr_nonnull(xd_daemon_metrics(d));
    ck_assert_ptr_null(xd_daemon_relay(d));
    mine->d = d;
    *ctx = mine;

    return XD_OK;
}


/* Refuses a name that says so: the daemon's own part of a configuration. */
static xd_rc_t
reload(void *ctx, const xd_conf_t *conf, xd_report_t *rep)
{
    mine_t *mine = ctx;

    if (xd_str_is(xd_text(conf->main, "name"), "refused")) {
        xd_reportf(rep, &(xd_finding_t){ .severity = XD_ERROR, .rule = "test" },
            "refused by the daemon itself");
        return XD_E_CONF;
    }

    mine->reloads++;

    return XD_OK;
}


static void
tell(void *ctx, const xd_call_t *call, xd_reply_t *reply)
{
    mine_t *mine = ctx;

    xd_buf_fmt(&reply->body, "%d %s %.*s", mine->reloads,
        xd_daemon_conf(mine->d)->hash, XD_FMT(call->path));
}


static const xd_verb_t verbs[] = {
    { "GET", "/mine/", tell },
    { NULL, NULL, NULL },
};
static const char *const migrations[] = { "CREATE TABLE mine (n INTEGER)",
    NULL };
static const xd_daemon_spec_t spec = { .name = "xd-test",
    .summary = "nothing",
    .schema = { migrations },
    .does = { .work = work },
    .verbs = verbs,
    .start = start,
    .reload = reload };


static int
daemon_main(const char *a, const char *b, const char *c)
{
    const char *words[] = { "xd-test", a, b, c, NULL };
    char *argv[5] = { NULL };
    int argc = 0, status;

    for (; words[argc] != NULL; argc++) {
        argv[argc] = strdup(words[argc]); /* getopt may move them about */
    }

    status = xd_daemon_main(&spec, argc, argv);

    for (int i = 0; i < argc; i++) {
        free(argv[i]);
    }

    return status;
}


static const char *
conf_file(void)
{
    return xd_fmt(arena, "%s/crossdock.yaml", dir).ptr;
}


static pid_t
daemon_fork(void)
{
    pid_t pid = fork();

    ck_assert_int_ne(pid, -1);

    if (pid == 0) {
        int status;

        (void) prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (freopen("/dev/null", "w", stderr) == NULL) {
            _exit(9);
        }
        status = daemon_main("-c", conf_file(), NULL);
        xd_arena_free(arena);
        _exit(status);
    }

    return pid;
}


/* Status of the answer, -1 without one; body gains it, NUL-terminated. */
static int
ask(const char *method, const char *path, const char **body)
{
    xd_web_request_t request = { .method = method,
        .url = xd_fmt(arena, "http://localhost%s", path),
        .unix_socket = xd_fmt(arena, "%s/var/run/xd-test.sock", dir).ptr,
        .timeout_ms = 5000,
        .connect_ms = 1000 };
    xd_buf_t answer = { 0 };
    int status = -1;

    if (xd_web_call(&request, &status, &answer) != XD_OK) {
        status = -1;
    }

    if (body != NULL) {
        *body = xd_dup(arena, xd_buf_str(&answer)).ptr;
    }

    xd_buf_free(&answer);

    return status;
}


static pid_t
daemon_up(void)
{
    int64_t until = xd_mono_ms() + PATIENCE_MS;
    pid_t pid = daemon_fork();

    while (ask("GET", "/health", NULL) != 200 && xd_mono_ms() < until) {
        (void) usleep(20000);
    }

    ck_assert_int_eq(ask("GET", "/health", NULL), 200);

    return pid;
}


static void
daemon_down(pid_t pid)
{
    int status;

    ck_assert_int_eq(kill(pid, SIGTERM), 0);
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
    ck_assert_int_ne(access(xd_fmt(arena, "%s/var/run/xd-test.sock", dir).ptr,
                         F_OK),
        0);
}


static const struct {
    const char *method, *path;
    int status;
    const char *has;
} calls[] = {
    { "GET", "/health", 200, "\"process\":\"xd-test\"" },
    { "GET", "/health", 200, "\"up\":false" },
    { "GET", "/metrics", 200, "xd_outbox_rows 0" },
    { "GET", "/mine/abc", 200, "/mine/abc" },
    { "POST", "/health", 405, "method-not-allowed" },
    { "GET", "/healthy", 404, "not-found" },
    { "GET", "/", 404, "not-found" },
};

START_TEST(the_socket_answers)
{
    pid_t pid = daemon_up();
    const char *body;

    (void) usleep(400000); /* one tick, for the gauges */

    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        ck_assert_int_eq(ask(calls[i].method, calls[i].path, &body),
            calls[i].status);
        ck_assert_msg(strstr(body, calls[i].has) != NULL, "%s: %s",
            calls[i].path, body);
    }

    daemon_down(pid);
}
END_TEST


/* The answer of our verb once it differs from before, or as it was. */
static const char *
told(const char *before, int64_t ms)
{
    int64_t until = xd_mono_ms() + ms;
    const char *now;

    do {
        (void) usleep(20000);
        ck_assert_int_eq(ask("GET", "/mine/", &now), 200);
    } while (strcmp(before, now) == 0 && xd_mono_ms() < until);

    return now;
}


START_TEST(a_reload_swaps_all_or_nothing)
{
    pid_t pid = daemon_up();
    const char *first = told("", 0), *now;

    edit("s/attempts: 8/attempts: 9/");
    ck_assert_int_eq(kill(pid, SIGHUP), 0);
    now = told(first, PATIENCE_MS);
    ck_assert_str_ne(now, first);
    ck_assert_int_eq(now[0], '1');
    first = now;

    edit("s/attempts: 9/attempts: none/");
    ck_assert_int_eq(kill(pid, SIGHUP), 0);
    ck_assert_str_eq(told(first, 700), first);

    edit("s/attempts: none/attempts: 7/; s/^name: .*/name: refused/");
    ck_assert_int_eq(kill(pid, SIGHUP), 0);
    ck_assert_str_eq(told(first, 700), first);

    edit("s/^name: .*/name: taken/");
    ck_assert_int_eq(kill(pid, SIGHUP), 0);
    now = told(first, PATIENCE_MS);
    ck_assert_int_eq(now[0], '2');

    daemon_down(pid);
}
END_TEST


START_TEST(a_second_one_is_refused)
{
    pid_t pid = daemon_up(), second = daemon_fork();
    int status;

    ck_assert_int_eq(waitpid(second, &status, 0), second);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 2);
    ck_assert_int_eq(ask("GET", "/health", NULL), 200);
    daemon_down(pid);
}
END_TEST


START_TEST(root_becomes_the_configured_user)
{
    const struct passwd *user = getpwnam("nobody");
    struct stat st;
    pid_t pid;

    if (geteuid() != 0 || user == NULL) {
        return;
    }

    edit("s/^name: .*/&\\nuser: nobody/");
    pid = daemon_up();

    shell(xd_fmt(arena, "grep -q '^Uid:\t%u\t%u\t%u' /proc/%d/status",
        user->pw_uid, user->pw_uid, user->pw_uid, (int) pid)
              .ptr);
    shell(xd_fmt(arena, "grep -q '^Gid:\t%u\t' /proc/%d/status", user->pw_gid,
        (int) pid)
              .ptr);
    ck_assert_int_eq(stat(xd_fmt(arena, "%s/var/state/xd-test.db", dir).ptr,
                         &st),
        0);
    ck_assert_uint_eq(st.st_uid, user->pw_uid);
    daemon_down(pid);
}
END_TEST


START_TEST(an_unknown_user_is_no_start)
{
    if (geteuid() == 0) {
        edit("s/^name: .*/&\\nuser: no-such-user/");
        ck_assert_int_eq(daemon_main("-c", conf_file(), NULL), 2);
    }
}
END_TEST


START_TEST(without_a_password_no_start)
{
    shell(xd_fmt(arena, "rm %s/secrets/broker/xd-test", dir).ptr);
    ck_assert_int_eq(daemon_main("-c", conf_file(), NULL), 2);
}
END_TEST

/* -- command line ---------------------------------------------------------- */

static const struct {
    const char *a, *b;
    int status;
} lines[] = {
    { "-h", NULL, 0 },
    { "-V", NULL, 0 },
    { "-x", NULL, 2 },
    { "-c", NULL, 2 },
    { "more", NULL, 2 },
    { "-t", "more", 2 },
    { "-c", "/no/such/crossdock.yaml", 2 },
};

START_TEST(the_command_line_is_read)
{
    ck_assert_ptr_nonnull(freopen("/dev/null", "w", stderr));
    ck_assert_ptr_nonnull(freopen("/dev/null", "w", stdout));
    ck_assert_int_eq(daemon_main(lines[_i].a, lines[_i].b, NULL),
        lines[_i].status);
}
END_TEST


START_TEST(a_check_tells)
{
    const char *option = xd_fmt(arena, "-c%s", conf_file()).ptr;

    ck_assert_ptr_nonnull(freopen("/dev/null", "w", stderr));
    ck_assert_int_eq(daemon_main("-t", option, NULL), 0);
    edit("s/attempts: 8/attempts: none/");
    ck_assert_int_eq(daemon_main("-t", option, NULL), 1);
}
END_TEST

/* -- who may --------------------------------------------------------------- */

START_TEST(only_those_allowed_are_served)
{
    xd_daemon_t d = { .spec = &spec, .arena = arena };
    xd_call_t call = { .method = "GET", .path = XD_STR("/zzz") };
    static const struct {
        uid_t uid;
        int status;
    } who[] = { { 0, 404 }, { 4711, 404 }, { 4712, 403 }, { (uid_t) -1, 403 } };

    d.allowed = XD_VEC(uid_t);
    *(uid_t *) xd_vec_push(&d.allowed, arena) = 4711;

    for (size_t i = 0; i < 4; i++) {
        xd_reply_t reply = { 0 };

        call.uid = who[i].uid;
        control_serve(&d, &call, &reply);
        ck_assert_int_eq(reply.status, who[i].status);
        xd_buf_free(&reply.body);
    }
}
END_TEST


static void
add_tests(TCase *tc)
{
    tcase_add_test(tc, the_socket_answers);
    tcase_add_test(tc, a_reload_swaps_all_or_nothing);
    tcase_add_test(tc, a_second_one_is_refused);
    tcase_add_test(tc, root_becomes_the_configured_user);
    tcase_add_test(tc, an_unknown_user_is_no_start);
    tcase_add_test(tc, without_a_password_no_start);
    tcase_add_loop_test(tc, the_command_line_is_read, 0,
        sizeof(lines) / sizeof(lines[0]));
    tcase_add_test(tc, a_check_tells);
    tcase_add_test(tc, only_those_allowed_are_served);
}


int
main(void)
{
    Suite *s = suite_create("daemon");
    TCase *tc = tcase_create("daemon");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, setup, teardown);
    add_tests(tc);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
