/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * bench_load - many HTTP/1.1 callers on one thread
 *
 * Each of N kept connections has one request in flight and sends the next
 * when its answer is whole.  One epoll, one recv and one send an answer: on a
 * machine whose cores are shared, what the callers burn is not the server's.
 *
 *   bench_load --port P [--connections 256] [--method GET] [--path /]
 *       [--headers FILE] [--body FILE] [--requests N | --seconds S]
 *
 * FILE of --headers holds one "Name: value" a line.  Prints requests,
 * seconds, requests a second, latency at the median and the 99th percentile,
 * its own CPU a request, connections broken within an answer, and how often
 * each status came.  Answers need a Content-Length, or a status without body.
 */

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "t/bench/bench.h"

#define ANSWER_SIZE 16384 /* of one read; heads must fit */
#define EVENTS      256
#define BROKEN_MAX  1000
#define STATUSES    600
#define STEPS       64 /* buckets for each doubling of a latency */
#define DOUBLINGS   40


typedef struct {
    int fd;
    uint32_t watched;
    size_t sent, len;
    uint64_t body_left, started;
    bool busy, in_body, last; /* last: the server will close */
    uint32_t status;
    char in[ANSWER_SIZE];
} caller_t;

typedef struct {
    const char *method, *path, *headers_file, *body_file;
    uint64_t port, connections, requests, seconds;
    xd_buf_t request;
    int epoll;
    caller_t *callers;
    uint64_t issued, answered, broken, from, until;
    uint64_t statuses[STATUSES];
    uint64_t latency[DOUBLINGS * STEPS];
} load_t;


/* -- latencies: buckets of equal relative width ---------------------------- */

static size_t
bucket_of(uint64_t ns)
{
    uint64_t v = ns | STEPS;
    size_t shift = 57u - (size_t) __builtin_clzll(v);
    size_t i = shift * STEPS + (size_t) (v >> shift) - STEPS;

    return i < DOUBLINGS * STEPS ? i : DOUBLINGS * STEPS - 1;
}


/* Microseconds below which that share of all answers came. */
static double
percentile(const load_t *l, uint64_t percent)
{
    uint64_t below = l->answered * percent / 100;
    size_t i = 0;

    for (uint64_t seen = l->latency[0];
         seen <= below && i + 1 < DOUBLINGS * STEPS;) {
        seen += l->latency[++i];
    }

    return (double) ((STEPS + i % STEPS) << (i / STEPS)) / 1e3;
}


/* -- one caller ------------------------------------------------------------ */

static void
watch(load_t *l, caller_t *c, uint32_t events)
{
    struct epoll_event e = { .events = events, .data = { .ptr = c } };
    int op = c->watched == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;

    if (c->watched == events) {
        return;
    }

    if (epoll_ctl(l->epoll, op, c->fd, &e) != 0) {
        bench_die("epoll_ctl: %s", strerror(errno));
    }
    c->watched = events;
}


static void
dial(load_t *l, caller_t *c)
{
    struct sockaddr_in to = { .sin_family = AF_INET,
        .sin_port = htons((uint16_t) l->port),
        .sin_addr = { htonl(INADDR_LOOPBACK) } };
    int on = 1;

    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (c->fd < 0
        || connect(c->fd, (const struct sockaddr *) &to, sizeof(to)) != 0
        || setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)) != 0)
    {
        bench_die("127.0.0.1:%d: %s", (int) l->port, strerror(errno));
    }

    c->watched = 0;
    c->busy = false;
    c->last = false;
    watch(l, c, EPOLLIN);
}


static void
redial(load_t *l, caller_t *c)
{
    if (c->busy && ++l->broken > BROKEN_MAX) {
        bench_die("more than %d connections broke", BROKEN_MAX);
    }

    (void) close(c->fd);
    dial(l, c);
}


/* Writes what is left of the request; a broken pipe shows at the next read. */
static void
push(load_t *l, caller_t *c)
{
    ssize_t n = send(c->fd, l->request.ptr + c->sent, l->request.len - c->sent,
        MSG_DONTWAIT | MSG_NOSIGNAL);

    if (n > 0) {
        c->sent += (size_t) n;
    }

    watch(l, c, c->sent < l->request.len ? EPOLLIN | EPOLLOUT : EPOLLIN);
}


static void
ask(load_t *l, caller_t *c, uint64_t now)
{
    bool more = l->requests > 0 ? l->issued < l->requests : now < l->until;

    if (!more) {
        return;
    }

    l->issued++;
    c->busy = true;
    c->in_body = false;
    c->sent = c->len = 0;
    c->started = now;
    push(l, c);
}


/* -- answers --------------------------------------------------------------- */

static bool
named(xd_str_t line, const char *name, xd_str_t *value)
{
    size_t n = strlen(name);

    if (line.len <= n || line.ptr[n] != ':'
        || strncasecmp(line.ptr, name, n) != 0) {
        return false;
    }

    *value = xd_str_trim((xd_str_t){ line.ptr + n + 1, line.len - n - 1 });

    return true;
}


static void
read_head(caller_t *c, xd_str_t head)
{
    xd_str_t line = xd_str_cut(&head, '\n'), value;
    uint64_t status = 0;
    bool sized;

    if (line.len < 12 || !xd_str_starts(line, XD_STR("HTTP/1.1 "))
        || !xd_str_uint((xd_str_t){ line.ptr + 9, 3 }, STATUSES - 1, &status))
    {
        bench_die("no answer of HTTP/1.1: %.*s", XD_FMT(line));
    }

    c->status = (uint32_t) status;
    c->body_left = 0;
    sized = status == 204 || status == 304;

    while (head.ptr != NULL) {
        line = xd_str_cut(&head, '\n');
        if (named(line, "content-length", &value)) {
            sized = xd_str_uint(value, UINT32_MAX, &c->body_left);
        } else if (named(line, "connection", &value)) {
            c->last = xd_str_is(value, "close");
        }
    }

    if (!sized) {
        bench_die("an answer without Content-Length (status %u)", c->status);
    }
}


/* True when the answer is whole. */
static bool
take(caller_t *c)
{
    const char *end;
    size_t head;

    if (!c->in_body) {
        end = memmem(c->in, c->len, "\r\n\r\n", 4);
        if (end == NULL) {
            if (c->len == sizeof(c->in)) {
                bench_die("the head of an answer is too long");
            }
            return false;
        }
        head = (size_t) (end - c->in) + 4;
        read_head(c, (xd_str_t){ c->in, head - 2 });
        c->in_body = true;
        c->len -= head;
    }

    if (c->len > c->body_left) {
        bench_die("more bytes than the answer has");
    }

    c->body_left -= c->len;
    c->len = 0;

    return c->body_left == 0;
}


static void
answered(load_t *l, caller_t *c, uint64_t now)
{
    l->answered++;
    l->statuses[c->status]++;
    l->latency[bucket_of(now - c->started)]++;
    c->busy = false;

    if (c->last) {
        redial(l, c);
    }
    ask(l, c, now);
}


static void
serve(load_t *l, caller_t *c, uint32_t events)
{
    ssize_t n;

    if ((events & EPOLLOUT) != 0) {
        push(l, c);
    }

    if ((events & ~(uint32_t) EPOLLOUT) == 0) {
        return;
    }

    n = recv(c->fd, c->in + c->len, sizeof(c->in) - c->len, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }

    if (n <= 0) {
        redial(l, c);
        ask(l, c, bench_now());
        return;
    }

    c->len += (size_t) n;
    if (take(c)) {
        answered(l, c, bench_now());
    }
}


/* -- the run --------------------------------------------------------------- */

static void
build_request(load_t *l, xd_arena_t *arena)
{
    xd_str_t headers = bench_file(arena, l->headers_file);
    xd_str_t body = bench_file(arena, l->body_file);
    xd_buf_t *out = &l->request;

    xd_buf_fmt(out, "%s %s HTTP/1.1\r\nHost: localhost\r\n", l->method,
        l->path);

    while (headers.ptr != NULL) {
        xd_str_t line = xd_str_trim(xd_str_cut(&headers, '\n'));

        if (line.len > 0) {
            xd_buf_add(out, line);
            xd_buf_text(out, "\r\n");
        }
    }

    if (l->body_file != NULL) {
        xd_buf_fmt(out, "Content-Length: %zu\r\n", body.len);
    }
    xd_buf_text(out, "\r\n");
    xd_buf_add(out, body);

    if (xd_buf_rc(out) != XD_OK) {
        bench_die("no memory");
    }
}


static void
run(load_t *l)
{
    struct epoll_event events[EVENTS];

    l->from = bench_now();
    l->until = l->from + l->seconds * 1000000000;

    for (uint64_t i = 0; i < l->connections; i++) {
        ask(l, &l->callers[i], bench_now());
    }

    /* A broken request was issued and is never answered. */
    while (l->answered + l->broken < l->issued) {
        int n = epoll_wait(l->epoll, events, EVENTS, 10000);

        if (n == 0) {
            bench_die("no answer within 10 s");
        }
        for (int i = 0; i < n; i++) {
            serve(l, events[i].data.ptr, events[i].events);
        }
    }
}


static void
result(const load_t *l, uint64_t ns, uint64_t cpu)
{
    double n = (double) (l->answered > 0 ? l->answered : 1);

    printf("requests=%llu seconds=%.3f per_second=%.0f p50_us=%.0f "
           "p99_us=%.0f cpu_us=%.3f broken=%llu",
        (unsigned long long) l->answered, (double) ns / 1e9,
        (double) l->answered * 1e9 / (double) ns, percentile(l, 50),
        percentile(l, 99), (double) cpu / 1e3 / n,
        (unsigned long long) l->broken);

    for (int i = 0; i < STATUSES; i++) {
        if (l->statuses[i] > 0) {
            printf(" status_%d=%llu", i, (unsigned long long) l->statuses[i]);
        }
    }
    putchar('\n');
}


static void
prepare(load_t *l, xd_arena_t *arena, int argc, char **argv)
{
    const bench_option_t options[] = {
        { "--port", NULL, &l->port },
        { "--connections", NULL, &l->connections },
        { "--method", &l->method, NULL },
        { "--path", &l->path, NULL },
        { "--headers", &l->headers_file, NULL },
        { "--body", &l->body_file, NULL },
        { "--requests", NULL, &l->requests },
        { "--seconds", NULL, &l->seconds },
        { NULL, NULL, NULL },
    };

    l->method = "GET";
    l->path = "/";
    l->connections = 256;
    l->seconds = 4;
    bench_options(argc, argv, options);
    build_request(l, arena);

    l->epoll = epoll_create1(EPOLL_CLOEXEC);
    l->callers = xd_alloc_n(arena, l->connections, sizeof(*l->callers));
    if (l->callers == NULL || l->epoll < 0) {
        bench_die("no memory");
    }

    for (uint64_t i = 0; i < l->connections; i++) {
        dial(l, &l->callers[i]);
    }
}


int
main(int argc, char **argv)
{
    xd_arena_t *arena = xd_arena_new(0);
    load_t *l = arena == NULL ? NULL : xd_alloc(arena, sizeof(*l));
    uint64_t cpu;

    if (l == NULL) {
        bench_die("no memory");
    }

    prepare(l, arena, argc, argv);
    cpu = bench_cpu();
    run(l);
    result(l, bench_now() - l->from, bench_cpu() - cpu);
    xd_buf_free(&l->request);
    xd_arena_free(arena);

    return 0;
}
