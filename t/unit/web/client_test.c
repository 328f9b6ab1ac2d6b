/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The client against a peer that follows a script, so that it can break off
 * anywhere.
 */

#include "web_fixture.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "web/listen.h"

#define OK    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
#define WHOLE OK "Content-Length: 5\r\n\r\nhello"

typedef enum {
    CLOSES, /* after the script */
    RESETS,
    STAYS, /* open, for the next request */
    CRAWLS /* one byte a turn of the loop, then stays */
} manner_t;

static xd_loop_t *loop;
static xd_web_t *web;
static got_t got;
static char url[64];

/* The peer: one connection at a time is enough. */
static xd_listen_t peer;
static const char *script;
static manner_t manner;
static int accepted, conn, requests;
static char heard[65536];
static size_t nheard, nsaid;
static xd_timer_t crawl;


static void
hang_up(bool hard)
{
    struct linger now = { 1, 0 };

    if (hard) {
        setsockopt(conn, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    }
    xd_loop_unwatch(loop, conn);
    close(conn);
    conn = -1;
}


static void
say_byte(void *ctx)
{
    (void) ctx;

    if (conn >= 0 && script[nsaid] != '\0') {
        ck_assert_int_eq(send(conn, script + nsaid++, 1, MSG_NOSIGNAL), 1);
        ck_assert_int_eq(xd_timer_set(loop, &crawl, 0), XD_OK);
    }
}


static void
say(void)
{
    if (manner == CRAWLS) {
        nsaid = 0;
        say_byte(NULL);
        return;
    }

    ck_assert_int_eq(send(conn, script, strlen(script), MSG_NOSIGNAL),
        (ssize_t) strlen(script));
    if (manner != STAYS) {
        hang_up(manner == RESETS);
    }
}


static void
on_request(void *ctx, int fd, short revents)
{
    ssize_t n = read(fd, heard + nheard, sizeof(heard) - 1 - nheard);

    (void) ctx;
    (void) revents;

    if (n <= 0) {
        hang_up(false);
        return;
    }
    nheard += (size_t) n;
    heard[nheard] = '\0';

    /* Every request of these tests ends with its head or with "!". */
    if (heard[nheard - 1] == '!' || strcmp(heard + nheard - 4, "\r\n\r\n") == 0)
    {
        requests++;
        say();
    }
}


static void
on_accept(void *ctx, int fd, short revents)
{
    (void) ctx;
    (void) revents;

    if (conn >= 0) {
        hang_up(false);
    }
    conn = accept(fd, NULL, NULL);
    ck_assert_int_ge(conn, 0);
    accepted++;
    nheard = 0;
    ck_assert_int_eq(xd_loop_watch(loop, conn, POLLIN, on_request, NULL),
        XD_OK);
}


static void
setup(void)
{
    loop = xd_loop_new();
    web = xd_web_new(loop);
    got = (got_t){ 0 };
    script = WHOLE;
    manner = STAYS;
    accepted = requests = 0;
    conn = -1;
    crawl = (xd_timer_t){ .fire = say_byte };

    ck_assert_int_eq(xd_listen_tcp(0, &peer), XD_OK);
    ck_assert_int_eq(xd_loop_watch(loop, peer.fd, POLLIN, on_accept, NULL),
        XD_OK);
    snprintf(url, sizeof(url), "http://127.0.0.1:%d/a", peer.port);
}


static void
teardown(void)
{
    xd_web_free(web);
    if (conn >= 0) {
        hang_up(false);
    }
    xd_loop_unwatch(loop, peer.fd);
    close(peer.fd);
    xd_timer_clear(loop, &crawl);
    xd_loop_free(loop);
    xd_buf_free(&got.body);
}


static xd_web_request_t
post(const char *body)
{
    return (xd_web_request_t){ .method = "POST",
        .url = xd_str(url),
        .body = xd_str(body),
        .timeout_ms = 2000,
        .connect_ms = 300 };
}


/* -- what is sent ---------------------------------------------------------- */

START_TEST(sends_what_it_was_given)
{
    xd_web_header_t headers[] = { { XD_STR("Idempotency-Key"), XD_STR("k1") },
        { XD_STR("X-Empty"), XD_STR("") } };
    xd_web_request_t r = post("body!");

    r.headers = headers;
    r.nheaders = 2;
    exchange(loop, web, &r, &got);

    ck_assert_int_eq(got.result, XD_WEB_ANSWERED);
    ck_assert_int_eq(got.status, 200);
    ck_assert_str_eq(got.type, "text/plain");
    ck_assert(xd_str_is(xd_buf_str(&got.body), "hello"));
    ck_assert_int_eq(strncmp(heard, "POST /a HTTP/1.1\r\n", 18), 0);
    ck_assert_ptr_nonnull(strstr(heard, "\r\nIdempotency-Key: k1\r\n"));
    ck_assert_ptr_nonnull(strstr(heard, "\r\nX-Empty:\r\n"));
    ck_assert_ptr_nonnull(strstr(heard, "\r\nContent-Length: 5\r\n"));
    ck_assert_ptr_nonnull(strstr(heard, "\r\n\r\nbody!"));
    ck_assert_ptr_null(strstr(heard, "Content-Type"));
    ck_assert_ptr_null(strstr(heard, "Expect"));
}
END_TEST


static const char *const methods[] = { "GET", "HEAD", "PUT", "DELETE", "POST" };


START_TEST(knows_every_method)
{
    xd_web_request_t r = post("");
    char line[32];

    r.method = methods[_i];
    if (strcmp(r.method, "HEAD") == 0) {
        script = OK "Content-Length: 5\r\n\r\n";
    }
    exchange(loop, web, &r, &got);

    snprintf(line, sizeof(line), "%s /a HTTP/1.1\r\n", r.method);
    ck_assert_int_eq(got.result, XD_WEB_ANSWERED);
    ck_assert_int_eq(strncmp(heard, line, strlen(line)), 0);
}
END_TEST


static const char *const bad_urls[] = { "", "/a", "127.0.0.1/a", "ftp://h/a",
    "file:///etc/passwd", "http://", "http://127.0.0.1/a\r\nX: y",
    "http://127.0.0.1:99999/", "http://127.0.0.1/a b", "gopher://127.0.0.1/" };


START_TEST(refuses_urls)
{
    xd_web_request_t r = post("");

    r.url = xd_str(bad_urls[_i]);
    ck_assert_int_eq(xd_web_send(web, &r, keep_answer, &got), XD_E_CONF);
    ck_assert_int_eq(got.calls, 0);
}
END_TEST


static const xd_web_header_t bad_headers[] = {
    { { "X", 1 }, { "a\r\nY: b", 7 } },
    { { "X\n", 2 }, { "a", 1 } },
    { { "X:", 2 }, { "a", 1 } },
    { { "X", 1 }, { "a\0b", 3 } },
    { { "", 0 }, { "a", 1 } },
};


START_TEST(refuses_headers_that_break_out)
{
    xd_web_request_t r = post("");

    r.headers = &bad_headers[_i];
    r.nheaders = 1;
    ck_assert_int_eq(xd_web_send(web, &r, keep_answer, &got), XD_E_CONF);
}
END_TEST


START_TEST(sends_a_password_of_the_url_as_basic)
{
    xd_web_request_t r = post("!");

    snprintf(url, sizeof(url), "http://me:a%%40b@127.0.0.1:%d/a", peer.port);
    r.url = xd_str(url);
    exchange(loop, web, &r, &got);

    ck_assert_int_eq(got.status, 200);
    ck_assert_ptr_nonnull(
        strstr(heard, "\r\nAuthorization: Basic bWU6YUBi\r\n"));
}
END_TEST


START_TEST(asks_no_proxy_of_the_environment)
{
    xd_web_request_t r = post("!");

    setenv("http_proxy", "http://127.0.0.1:1", 1);
    setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
    exchange(loop, web, &r, &got);
    unsetenv("http_proxy");
    unsetenv("ALL_PROXY");

    ck_assert_int_eq(got.status, 200);
}
END_TEST


/* -- answers ------------------------------------------------------------- */

static const struct {
    const char *script;
    int status;
    const char *body;
    int64_t retry_after_ms;
} answers[] = {
    { WHOLE, 200, "hello", -1 },
    { "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n"
      "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
        201, "hello", -1 },
    { "HTTP/1.1 204 No Content\r\n\r\n", 204, "", -1 },
    { "HTTP/1.1 100 Continue\r\nRetry-After: 9\r\n\r\n" WHOLE, 200, "hello",
        -1 },
    { "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
      "Content-Length: 0\r\n\r\n",
        302, "", -1 },
    { "HTTP/1.1 429 Too Many\r\nretry-after:  7 \r\nContent-Length: 0\r\n\r\n",
        429, "", 7000 },
    { "HTTP/1.1 503 Gone\r\nRetry-After: whenever\r\n"
      "Content-Length: 0\r\n\r\n",
        503, "", -1 },
};


/* Whole at once, and then a byte at a time. */
START_TEST(takes_a_whole_answer)
{
    xd_web_request_t r = post("!");
    int n = _i / 2;

    script = answers[n].script;
    manner = _i % 2 ? CRAWLS : STAYS;
    exchange(loop, web, &r, &got);

    ck_assert_int_eq(got.result, XD_WEB_ANSWERED);
    ck_assert_int_eq(got.status, answers[n].status);
    ck_assert(xd_str_is(xd_buf_str(&got.body), answers[n].body));
    ck_assert_int_eq(got.retry_after_ms, answers[n].retry_after_ms);
    ck_assert_int_eq(accepted, 1);
}
END_TEST


START_TEST(keeps_no_more_than_asked)
{
    xd_web_request_t r = post("!");

    r.answer_max = (size_t) _i;
    exchange(loop, web, &r, &got);

    ck_assert_int_eq(got.result, XD_WEB_ANSWERED);
    ck_assert_int_eq(got.status, 200);
    ck_assert_uint_eq(got.body.len, _i < 5 ? (size_t) _i : 5);
}
END_TEST


/* -- no answer ------------------------------------------------------------- */

static const struct {
    const char *script;
    manner_t manner;
} broken[] = {
    { "", CLOSES },
    { "", RESETS },
    { "", STAYS },
    { "HTTP/1.1 20", CLOSES },
    { OK, CLOSES },
    { OK, RESETS },
    { OK "Content-Length: 5\r\n\r\n", CLOSES },
    { OK "Content-Length: 5\r\n\r\nhell", CLOSES },
    { OK "Content-Length: 5\r\n\r\nhell", STAYS },
    { OK "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n", CLOSES },
    { OK "Transfer-Encoding: chunked\r\n\r\nzz\r\nhe\r\n", STAYS },
    { "HTTP/1.1 100 Continue\r\n\r\n", CLOSES },
    { "220 mail.example ESMTP\r\n", CLOSES },
    { "\x15\x03\x01\x02\x02", RESETS },
};


START_TEST(a_broken_answer_is_unknown)
{
    xd_web_request_t r = post("!");

    r.timeout_ms = 300;
    script = broken[_i].script;
    manner = broken[_i].manner;
    exchange(loop, web, &r, &got);

    ck_assert_int_eq(got.result, XD_WEB_UNKNOWN);
    ck_assert_int_eq(got.status, 0);
    ck_assert_str_ne(got.error, "");
}
END_TEST


START_TEST(refused_is_not_sent)
{
    xd_web_request_t r = post("!");
    xd_listen_t gone;

    ck_assert_int_eq(xd_listen_tcp(0, &gone), XD_OK);
    close(gone.fd);
    snprintf(url, sizeof(url), "http://127.0.0.1:%d/a", gone.port);
    r.url = xd_str(url);
    exchange(loop, web, &r, &got);

    ck_assert_int_eq(got.result, XD_WEB_NOT_SENT);
    ck_assert_str_ne(got.error, "");
}
END_TEST


/* The queue of a listener that accepts nothing is full: nobody answers. */
START_TEST(a_connect_that_hangs_is_not_sent)
{
    struct sockaddr_in addr = { .sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    xd_web_request_t r = post("!");
    int64_t began = xd_mono_ms();
    int fill[8];

    xd_loop_unwatch(loop, peer.fd);
    ck_assert_int_eq(listen(peer.fd, 0), 0);
    addr.sin_port = htons(peer.port);
    for (size_t i = 0; i < 8; i++) {
        fill[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        (void) connect(fill[i], (struct sockaddr *) &addr, sizeof(addr));
    }

    exchange(loop, web, &r, &got);

    ck_assert_int_eq(got.result, XD_WEB_NOT_SENT);
    ck_assert_int_ge(xd_mono_ms() - began, 250);
    ck_assert_int_lt(xd_mono_ms() - began, 1900);
    for (size_t i = 0; i < 8; i++) {
        close(fill[i]);
    }
}
END_TEST


START_TEST(an_unknown_host_is_not_sent)
{
    xd_web_request_t r = post("!");

    r.url = XD_STR("http://nowhere.invalid/");
    exchange(loop, web, &r, &got);

    ck_assert_int_eq(got.result, XD_WEB_NOT_SENT);
}
END_TEST


/* A time-out with half of the request written: some of it left. */
START_TEST(a_stuck_upload_is_unknown)
{
    xd_web_request_t r = post("!");
    xd_buf_t body = { 0 };

    for (int i = 0; i < 4 * 1024 * 1024; i++) {
        xd_buf_text(&body, "0123456789abcdef");
    }
    xd_loop_unwatch(loop, peer.fd); /* connected by the kernel, never read */
    r.body = xd_buf_str(&body);
    r.timeout_ms = 500;
    exchange(loop, web, &r, &got);
    xd_buf_free(&body);

    ck_assert_int_eq(got.result, XD_WEB_UNKNOWN);
}
END_TEST


/* -- connections --------------------------------------------------------- */

START_TEST(only_repeatable_requests_share_a_connection)
{
    xd_web_request_t r = post("!");

    r.repeatable = _i != 0;
    for (int i = 0; i < 3; i++) {
        xd_buf_free(&got.body);
        exchange(loop, web, &r, &got);
        ck_assert_int_eq(got.status, 200);
    }

    ck_assert_int_eq(accepted, r.repeatable ? 1 : 3);
    ck_assert_int_eq(requests, 3);
}
END_TEST


START_TEST(an_idle_connection_that_died_is_not_trusted)
{
    xd_web_request_t r = post("!");

    r.repeatable = true;
    manner = CLOSES;
    for (int i = 0; i < 3; i++) {
        xd_buf_free(&got.body);
        exchange(loop, web, &r, &got);
        ck_assert_int_eq(got.result, XD_WEB_ANSWERED);
    }
    ck_assert_int_eq(accepted, 3);
}
END_TEST


START_TEST(freed_under_way_says_nothing)
{
    xd_web_request_t r = post("!");

    script = "";
    ck_assert_int_eq(xd_web_send(web, &r, keep_answer, &got), XD_OK);
    pump(loop, &requests, 1);
    ck_assert_int_eq(xd_web_send(web, &r, keep_answer, &got), XD_OK);
    xd_web_free(web);
    web = NULL;
    pump_ms(loop, 30);

    ck_assert_int_eq(got.calls, 0);
}
END_TEST


static void
send_again(void *ctx, const xd_web_answer_t *a)
{
    xd_web_request_t r = post("!");

    keep_answer(ctx, a);
    if (got.calls < 3) {
        ck_assert_int_eq(xd_web_send(web, &r, send_again, &got), XD_OK);
    }
}


START_TEST(done_may_send_again)
{
    xd_web_request_t r = post("!");

    ck_assert_int_eq(xd_web_send(web, &r, send_again, &got), XD_OK);
    pump(loop, &got.calls, 3);
    ck_assert_int_eq(requests, 3);
}
END_TEST


/* -- the call that waits --------------------------------------------------- */

static pid_t
peer_in_a_process(void)
{
    pid_t pid = fork();

    if (pid == 0) {
        int fd = accept(peer.fd, NULL, NULL);
        char text[4096];

        (void) fcntl(fd, F_SETFL, 0);
        _exit(fd >= 0 && read(fd, text, sizeof(text)) > 0
                      && write(fd, WHOLE, sizeof(WHOLE) - 1) > 0
                  ? 0
                  : 1);
    }

    return pid;
}


START_TEST(call_waits_for_the_answer)
{
    xd_web_request_t r = post("!");
    int status = 0, exited;
    pid_t pid;

    ck_assert_int_eq(fcntl(peer.fd, F_SETFL, 0), 0);
    pid = peer_in_a_process();
    ck_assert_int_eq(xd_web_call(&r, &status, &got.body), XD_OK);

    ck_assert_int_eq(status, 200);
    ck_assert(xd_str_is(xd_buf_str(&got.body), "hello"));
    ck_assert_int_eq(waitpid(pid, &exited, 0), pid);
    ck_assert_int_eq(exited, 0);
}
END_TEST


START_TEST(call_tells_of_no_answer)
{
    xd_web_request_t r = post("!");
    int status = 1;

    r.url = XD_STR("http://127.0.0.1:1/");
    ck_assert_int_eq(xd_web_call(&r, &status, &got.body), XD_E_LINK);
    ck_assert_int_eq(status, 0);

    r.url = XD_STR("nonsense");
    ck_assert_int_eq(xd_web_call(&r, &status, &got.body), XD_E_CONF);
}
END_TEST


#define COUNT(table) ((int) (sizeof(table) / sizeof((table)[0])))

int
main(void)
{
    Suite *s = suite_create("web");
    TCase *tc = tcase_create("client");

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, sends_what_it_was_given);
    tcase_add_loop_test(tc, knows_every_method, 0, COUNT(methods));
    tcase_add_loop_test(tc, refuses_urls, 0, COUNT(bad_urls));
    tcase_add_loop_test(tc, refuses_headers_that_break_out, 0,
        COUNT(bad_headers));
    tcase_add_test(tc, sends_a_password_of_the_url_as_basic);
    tcase_add_test(tc, asks_no_proxy_of_the_environment);
    tcase_add_loop_test(tc, takes_a_whole_answer, 0, 2 * COUNT(answers));
    tcase_add_loop_test(tc, keeps_no_more_than_asked, 1, 8);
    tcase_add_loop_test(tc, a_broken_answer_is_unknown, 0, COUNT(broken));
    tcase_add_test(tc, refused_is_not_sent);
    tcase_add_test(tc, a_connect_that_hangs_is_not_sent);
    tcase_add_test(tc, an_unknown_host_is_not_sent);
    tcase_add_test(tc, a_stuck_upload_is_unknown);
    tcase_add_loop_test(tc, only_repeatable_requests_share_a_connection, 0, 2);
    tcase_add_test(tc, an_idle_connection_that_died_is_not_trusted);
    tcase_add_test(tc, freed_under_way_says_nothing);
    tcase_add_test(tc, done_may_send_again);
    tcase_add_test(tc, call_waits_for_the_answer);
    tcase_add_test(tc, call_tells_of_no_answer);

    return run_suite(s);
}
