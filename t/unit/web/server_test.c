/* SPDX-License-Identifier: BSD-2-Clause */

/* The server, called by the client of this room and by bare sockets. */

#include "web_fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "web/listen.h"
#include "web/server.h"

#define BODY_MAX 1000

static xd_loop_t *loop;
static xd_web_t *web;
static xd_server_t *server;
static got_t got;
static char dir[] = "/tmp/xd-server-XXXXXX";
static char path[64], url[96];
static int served;
static uid_t seen_uid;
static size_t seen_body;


/* Says what it was asked; /slow, /cut and /full do what they are called. */
static void
serve(void *ctx, const xd_call_t *call, xd_reply_t *reply)
{
    xd_str_t x = xd_server_arg(call, "x");
    xd_str_t h = xd_server_header(call, "x-one");

    (void) ctx;
    served++;
    seen_uid = call->uid;
    seen_body = call->body.len;

    reply->type = "text/plain";
    reply->delay_ms = xd_str_is(call->path, "/slow") ? 150 : 0;
    reply->cut = xd_str_is(call->path, "/cut");
    if (xd_str_is(call->path, "/full")) {
        reply->body.limit = 1;
    }
    reply->headers[reply->nheaders++] =
        (xd_web_header_t){ XD_STR("Retry-After"), XD_STR("3") };
    xd_buf_fmt(&reply->body, "%s %.*s ?%.*s x=%.*s h=%.*s b=%.*s", call->method,
        XD_FMT(call->path), XD_FMT(call->query), XD_FMT(x), XD_FMT(h),
        XD_FMT(call->body));
}


static xd_rc_t
open_server(const xd_server_conf_t *conf)
{
    return xd_server_new(loop, conf, serve, NULL, &server);
}


static void
on_tcp(void)
{
    xd_server_conf_t conf = { .body_max = BODY_MAX, .idle_ms = 1000 };

    ck_assert_int_eq(open_server(&conf), XD_OK);
    snprintf(url, sizeof(url), "http://127.0.0.1:%d/a", xd_server_port(server));
}


static void
setup(void)
{
    loop = xd_loop_new();
    web = xd_web_new(loop);
    server = NULL;
    served = 0;
    got = (got_t){ 0 };
    strcpy(dir + strlen(dir) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    snprintf(path, sizeof(path), "%s/s", dir);
}


static void
teardown(void)
{
    xd_web_free(web);
    xd_server_free(server);
    xd_loop_free(loop);
    xd_buf_free(&got.body);
    unlink(path);
    ck_assert_int_eq(rmdir(dir), 0);
}


static xd_web_request_t
post(const char *to, xd_str_t body)
{
    char *last = strrchr(url, '/');

    snprintf(last, sizeof(url) - (size_t) (last - url), "%s", to);

    return (xd_web_request_t){ .method = "POST",
        .url = xd_str(url),
        .body = body,
        .timeout_ms = 5000 };
}


static void
expect(const char *text)
{
    ck_assert_int_eq(got.result, XD_WEB_ANSWERED);
    ck_assert_int_eq(got.status, 200);
    ck_assert_msg(xd_str_is(xd_buf_str(&got.body), text), "%.*s",
        XD_FMT(got.body));
}


/* -- calls --------------------------------------------------------------- */

START_TEST(hands_over_the_whole_call)
{
    xd_web_header_t h = { XD_STR("X-One"), XD_STR("1") };
    xd_web_request_t r;

    on_tcp();
    r = post("/a%20b?y=1&x=1%202+3", XD_STR("body"));
    r.headers = &h;
    r.nheaders = 1;
    exchange(loop, web, &r, &got);

    expect("POST /a b ?y=1&x=1%202+3 x=1 2 3 h=1 b=body");
    ck_assert_str_eq(got.type, "text/plain");
    ck_assert_int_eq(got.retry_after_ms, 3000);
    ck_assert(seen_uid == (uid_t) -1);
}
END_TEST


START_TEST(a_call_without_anything)
{
    xd_web_request_t r;

    on_tcp();
    r = post("/", XD_STR(""));
    r.method = "GET";
    exchange(loop, web, &r, &got);

    expect("GET / ? x= h= b=");
}
END_TEST


START_TEST(an_answer_over_its_limit_is_500)
{
    xd_web_request_t r;

    on_tcp();
    r = post("/full", XD_STR(""));
    exchange(loop, web, &r, &got);

    ck_assert_int_eq(got.status, 500);
}
END_TEST


static const struct {
    size_t len;
    int status;
} sizes[] = {
    { BODY_MAX - 1, 200 },
    { BODY_MAX, 200 },
    { BODY_MAX + 1, 413 },
    { 5000000, 413 },
};


START_TEST(limits_the_body)
{
    xd_buf_t body = { 0 };
    xd_web_request_t r;

    on_tcp();
    for (size_t i = 0; i < sizes[_i].len; i++) {
        xd_buf_byte(&body, 'x');
    }
    r = post("/a", xd_buf_str(&body));
    exchange(loop, web, &r, &got);
    xd_buf_free(&body);

    ck_assert_int_eq(got.result, XD_WEB_ANSWERED);
    ck_assert_int_eq(got.status, sizes[_i].status);
    ck_assert_int_eq(served, sizes[_i].status == 200 ? 1 : 0);
    if (served > 0) {
        ck_assert_uint_eq(seen_body, sizes[_i].len);
    } else {
        ck_assert_str_eq(got.type, "application/problem+json");
    }
}
END_TEST


/* Nobody reads 40 MB to say no: the caller may see the answer or a reset. */
START_TEST(does_not_read_a_hopeless_body)
{
    xd_buf_t body = { 0 };
    xd_web_header_t chunked = { XD_STR("Transfer-Encoding"),
        XD_STR("chunked") };
    xd_web_request_t r;

    on_tcp();
    for (size_t i = 0; i < 10000000; i++) {
        xd_buf_text(&body, "four");
    }
    r = post("/a", xd_buf_str(&body));
    r.headers = &chunked;
    r.nheaders = (size_t) _i;
    exchange(loop, web, &r, &got);
    xd_buf_free(&body);

    ck_assert_int_ne(got.result, XD_WEB_NOT_SENT);
    ck_assert(got.result == XD_WEB_UNKNOWN || got.status == 413);
    ck_assert_int_eq(served, 0);

    xd_buf_free(&got.body);
    r = post("/a", XD_STR("x"));
    exchange(loop, web, &r, &got);
    ck_assert_int_eq(got.status, 200);
}
END_TEST


START_TEST(serves_many_at_once)
{
    static const char body[600];
    enum { MANY = 200 };
    got_t all = { 0 };
    xd_web_request_t r;

    on_tcp();
    r = post("/a", (xd_str_t){ body, sizeof(body) });
    for (int i = 0; i < MANY; i++) {
        ck_assert_int_eq(xd_web_send(web, &r, keep_answer, &all), XD_OK);
    }
    pump(loop, &all.calls, MANY);
    xd_buf_free(&all.body);

    ck_assert_int_eq(served, MANY);
    ck_assert_uint_eq(seen_body, sizeof(body));
}
END_TEST


/* -- slow and cut answers -------------------------------------------------- */

START_TEST(a_delayed_answer_holds_up_nobody)
{
    int64_t began = xd_mono_ms();
    got_t slow = { 0 };
    xd_web_request_t r;

    on_tcp();
    r = post("/slow", XD_STR(""));
    ck_assert_int_eq(xd_web_send(web, &r, keep_answer, &slow), XD_OK);
    pump(loop, &served, 1);

    r = post("/a", XD_STR(""));
    exchange(loop, web, &r, &got);
    ck_assert_int_eq(slow.calls, 0);

    pump(loop, &slow.calls, 1);
    ck_assert_int_eq(slow.status, 200);
    ck_assert_int_ge(xd_mono_ms() - began, 150);
    xd_buf_free(&slow.body);
}
END_TEST


START_TEST(freed_while_an_answer_is_delayed)
{
    xd_web_request_t r;

    on_tcp();
    r = post("/slow", XD_STR(""));
    ck_assert_int_eq(xd_web_send(web, &r, keep_answer, &got), XD_OK);
    pump(loop, &served, 1);
    xd_server_free(server);
    server = NULL;
    pump(loop, &got.calls, 1);

    ck_assert_int_eq(served, 1);
}
END_TEST


START_TEST(the_caller_of_a_delayed_answer_leaves)
{
    xd_web_request_t r;

    on_tcp();
    r = post("/slow", XD_STR(""));
    ck_assert_int_eq(xd_web_send(web, &r, keep_answer, &got), XD_OK);
    pump(loop, &served, 1);
    xd_web_free(web);
    web = xd_web_new(loop);
    pump_ms(loop, 250);

    r = post("/a", XD_STR(""));
    exchange(loop, web, &r, &got);
    ck_assert_int_eq(got.status, 200);
}
END_TEST


START_TEST(a_cut_answer_is_unknown)
{
    xd_web_request_t r;

    on_tcp();
    r = post("/cut", XD_STR("x"));
    exchange(loop, web, &r, &got);

    ck_assert_int_eq(got.result, XD_WEB_UNKNOWN);
    ck_assert_int_eq(served, 1);
}
END_TEST


/* -- bare sockets ---------------------------------------------------------- */

static int
bare(void)
{
    struct sockaddr_un addr = { .sun_family = AF_UNIX };
    xd_server_conf_t conf = { .unix_path = path,
        .mode = 0600,
        .idle_ms = 1000 };
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    ck_assert_int_eq(open_server(&conf), XD_OK);
    strcpy(addr.sun_path, path);
    ck_assert_int_eq(connect(fd, (struct sockaddr *) &addr, sizeof(addr)), 0);
    ck_assert_int_eq(fcntl(fd, F_SETFL, O_NONBLOCK), 0);

    return fd;
}


/* Reads until the server closes or an answer is there; the bytes. */
static size_t
hear(int fd, char *text, size_t room)
{
    int64_t end = xd_mono_ms() + 5000;
    size_t len = 0;
    ssize_t n = -1;

    while (n != 0 && len == 0 && xd_mono_ms() < end) {
        ck_assert_int_eq(xd_loop_once(loop, 20), XD_OK);
        n = read(fd, text + len, room - 1 - len);
        len += n > 0 ? (size_t) n : 0;
    }
    text[len] = '\0';
    ck_assert_int_lt(xd_mono_ms(), end);

    return len;
}


START_TEST(takes_a_request_byte_by_byte)
{
    static const char request[] =
        "POST /b?x=7 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
        "Connection: close\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    char text[1024];
    int fd = bare();

    for (size_t i = 0; i + 1 < sizeof(request); i++) {
        ck_assert_int_eq(write(fd, request + i, 1), 1);
        ck_assert_int_eq(xd_loop_once(loop, 0), XD_OK);
    }
    hear(fd, text, sizeof(text));
    close(fd);

    ck_assert_int_eq(strncmp(text, "HTTP/1.1 200 ", 13), 0);
    ck_assert_ptr_nonnull(strstr(text, "POST /b ?x=7 x=7 h= b=abcde"));
}
END_TEST


static const char *const junk[] = {
    "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "GET\r\n\r\n",
    "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: -5\r\n\r\n",
    "POST /a HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
    "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
};


START_TEST(junk_is_refused_and_forgotten)
{
    char text[1024];
    int fd = bare();
    ssize_t len = (ssize_t) strlen(junk[_i]);

    ck_assert_int_eq(write(fd, junk[_i], (size_t) len), len);
    hear(fd, text, sizeof(text));
    close(fd);

    ck_assert_int_eq(served, 0);
    ck_assert_int_ne(strncmp(text, "HTTP/1.1 2", 10), 0);
}
END_TEST


START_TEST(a_silent_caller_is_dropped)
{
    int64_t began = xd_mono_ms();
    char text[64];
    int fd = bare();

    ck_assert_int_eq(write(fd, "GET / HT", 8), 8);
    hear(fd, text, sizeof(text));
    close(fd);

    ck_assert_int_ge(xd_mono_ms() - began, 900);
    ck_assert_int_eq(served, 0);
}
END_TEST


/* -- sockets ------------------------------------------------------------- */

static void
call_unix(const char *to)
{
    xd_web_request_t r;

    strcpy(url, "http://localhost/");
    r = post(to, XD_STR(""));
    r.unix_socket = path;
    exchange(loop, web, &r, &got);
}


START_TEST(knows_who_calls_on_a_unix_socket)
{
    xd_server_conf_t conf = { .unix_path = path, .mode = 0640 };
    struct stat st;

    ck_assert_int_eq(open_server(&conf), XD_OK);
    ck_assert_int_eq(stat(path, &st), 0);
    ck_assert_uint_eq(st.st_mode & 0777, 0640);
    ck_assert_uint_eq(xd_server_port(server), 0);

    call_unix("/u");
    expect("POST /u ? x= h= b=");
    ck_assert_uint_eq(seen_uid, getuid());

    xd_server_free(server);
    server = NULL;
    ck_assert_int_ne(access(path, F_OK), 0);
}
END_TEST


START_TEST(replaces_a_socket_that_nobody_listens_on)
{
    xd_server_conf_t conf = { .unix_path = path, .mode = 0600 };
    xd_listen_t left;

    ck_assert_int_eq(xd_listen_unix(path, 0600, &left), XD_OK);
    close(left.fd);

    ck_assert_int_eq(open_server(&conf), XD_OK);
    call_unix("/u");
    expect("POST /u ? x= h= b=");
}
END_TEST


START_TEST(leaves_a_living_socket_alone)
{
    xd_server_conf_t conf = { .unix_path = path, .mode = 0600 };
    xd_server_t *second = NULL;

    ck_assert_int_eq(open_server(&conf), XD_OK);
    errno = 0;
    ck_assert_int_eq(xd_server_new(loop, &conf, serve, NULL, &second), XD_E_IO);
    ck_assert_int_eq(errno, EADDRINUSE);

    call_unix("/u");
    expect("POST /u ? x= h= b=");
}
END_TEST


START_TEST(leaves_another_file_alone)
{
    xd_server_conf_t conf = { .unix_path = path, .mode = 0600 };
    int fd = open(path, O_CREAT | O_WRONLY, 0600);
    struct stat st;

    close(fd);
    ck_assert_int_eq(open_server(&conf), XD_E_IO);
    ck_assert_int_eq(errno, EEXIST);
    ck_assert_int_eq(stat(path, &st), 0);
    ck_assert(S_ISREG(st.st_mode));
}
END_TEST


START_TEST(leaves_its_successors_socket_alone)
{
    xd_server_conf_t conf = { .unix_path = path, .mode = 0600 };
    xd_server_t *old;

    ck_assert_int_eq(open_server(&conf), XD_OK);
    old = server;
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(open_server(&conf), XD_OK);
    xd_server_free(old);

    call_unix("/u");
    expect("POST /u ? x= h= b=");
}
END_TEST


START_TEST(refuses_an_address_that_is_taken)
{
    xd_server_conf_t conf = { 0 };
    xd_server_t *second = NULL;

    on_tcp();
    conf.port = xd_server_port(server);
    errno = 0;
    ck_assert_int_eq(xd_server_new(loop, &conf, serve, NULL, &second), XD_E_IO);
    ck_assert_int_eq(errno, EADDRINUSE);
}
END_TEST


START_TEST(refuses_paths_that_cannot_be)
{
    char far[200];
    xd_server_conf_t conf = { .unix_path = far, .mode = 0600 };

    memset(far, 'a', sizeof(far));
    far[sizeof(far) - 1] = '\0';
    ck_assert_int_eq(open_server(&conf), XD_E_IO);
    ck_assert_int_eq(errno, ENAMETOOLONG);

    conf.unix_path = "/nowhere/at/all";
    ck_assert_int_eq(open_server(&conf), XD_E_IO);
    ck_assert_int_eq(errno, ENOENT);
}
END_TEST


/* -- problems ------------------------------------------------------------ */

START_TEST(a_problem_is_escaped_json)
{
    xd_reply_t reply = { 0 };

    xd_buf_text(&reply.body, "something half written");
    xd_reply_problem(&reply, 404, "document", "\"units\" is\nempty");

    ck_assert_int_eq(reply.status, 404);
    ck_assert_str_eq(reply.type, "application/problem+json");
    ck_assert(xd_str_is(xd_buf_str(&reply.body),
        "{\"type\":\"urn:crossdock:problem:document\","
        "\"title\":\"Not Found\",\"status\":404,"
        "\"detail\":\"\\\"units\\\" is\\nempty\"}\n"));
    xd_buf_free(&reply.body);
}
END_TEST


#define COUNT(table) ((int) (sizeof(table) / sizeof((table)[0])))

int
main(void)
{
    Suite *s = suite_create("web");
    TCase *tc = tcase_create("server");

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, hands_over_the_whole_call);
    tcase_add_test(tc, a_call_without_anything);
    tcase_add_test(tc, an_answer_over_its_limit_is_500);
    tcase_add_loop_test(tc, limits_the_body, 0, COUNT(sizes));
    tcase_add_loop_test(tc, does_not_read_a_hopeless_body, 0, 2);
    tcase_add_test(tc, serves_many_at_once);
    tcase_add_test(tc, a_delayed_answer_holds_up_nobody);
    tcase_add_test(tc, freed_while_an_answer_is_delayed);
    tcase_add_test(tc, the_caller_of_a_delayed_answer_leaves);
    tcase_add_test(tc, a_cut_answer_is_unknown);
    tcase_add_test(tc, takes_a_request_byte_by_byte);
    tcase_add_loop_test(tc, junk_is_refused_and_forgotten, 0, COUNT(junk));
    tcase_add_test(tc, a_silent_caller_is_dropped);
    tcase_add_test(tc, knows_who_calls_on_a_unix_socket);
    tcase_add_test(tc, replaces_a_socket_that_nobody_listens_on);
    tcase_add_test(tc, leaves_a_living_socket_alone);
    tcase_add_test(tc, leaves_another_file_alone);
    tcase_add_test(tc, leaves_its_successors_socket_alone);
    tcase_add_test(tc, refuses_an_address_that_is_taken);
    tcase_add_test(tc, refuses_paths_that_cannot_be);
    tcase_add_test(tc, a_problem_is_escaped_json);

    return run_suite(s);
}
