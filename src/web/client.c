/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * libcurl's multi interface, driven by the loop: curl says which descriptors
 * and which time it waits for, the loop says when they are due.
 *
 * The one thing that callers live by is the result of a failed exchange.  It
 * rests on a fact, not on an error code: CURLINFO_REQUEST_SIZE counts the
 * bytes that were written.  None: not sent, whatever the error was.  Any:
 * unknown, unless a whole answer came.
 */

#include "web/client.h"

#include <curl/curl.h>
#include <poll.h>
#include <strings.h>

#include "base/clock.h"
#include "base/log.h"
#include "web/retry_after.h"

#define TIMEOUT_MS 30000
#define CONNECT_MS 5000
#define ANSWER_MAX ((size_t) 1024 * 1024)


typedef struct exchange_s exchange_t;

struct exchange_s {
    xd_web_t *web;
    exchange_t *prev, *next;
    xd_arena_t *arena; /* owns this and the header lines */
    CURL *easy;
    struct curl_slist *lines;
    xd_web_done_fn *done;
    void *ctx;
    xd_buf_t body;
    size_t answer_max;
    int64_t retry_after_ms;
    bool head; /* its answer's head came to its empty line */
    bool full; /* answer_max was reached: the rest is not read */
    char error[CURL_ERROR_SIZE];
};

struct xd_web_s {
    xd_arena_t *arena;
    xd_loop_t *loop;
    CURLM *multi;
    xd_timer_t timer;
    exchange_t *first;
};


/* -- one exchange -------------------------------------------------------- */

static void
exchange_free(exchange_t *x)
{
    if (x->easy != NULL) {
        curl_easy_cleanup(x->easy);
    }
    curl_slist_free_all(x->lines);
    xd_buf_free(&x->body);
    xd_arena_free(x->arena);
}


static void
link_in(exchange_t *x)
{
    x->next = x->web->first;
    if (x->next != NULL) {
        x->next->prev = x;
    }
    x->web->first = x;
}


static void
link_out(exchange_t *x)
{
    if (x->prev != NULL) {
        x->prev->next = x->next;
    } else {
        x->web->first = x->next;
    }
    if (x->next != NULL) {
        x->next->prev = x->prev;
    }
}


static bool
is_named(xd_str_t s, const char *name)
{
    return s.len == strlen(name) && strncasecmp(s.ptr, name, s.len) == 0;
}


/* A short return makes curl give up: there is enough of the body. */
static size_t /* NOLINTNEXTLINE(readability-non-const-parameter) */
on_body(char *bytes, size_t size, size_t n, void *ctx)
{
    exchange_t *x = ctx;
    size_t room = x->answer_max - x->body.len;
    size_t take = size * n;

    if (take > room) {
        take = room;
        x->full = true;
    }
    xd_buf_add(&x->body, (xd_str_t){ bytes, take });

    return xd_buf_rc(&x->body) == XD_OK ? take : 0;
}


static size_t /* NOLINTNEXTLINE(readability-non-const-parameter) */
on_header(char *bytes, size_t size, size_t n, void *ctx)
{
    exchange_t *x = ctx;
    xd_str_t value = { bytes, size * n };
    xd_str_t name;

    if (xd_str_starts(value, XD_STR("HTTP/"))) {
        x->retry_after_ms = -1; /* of the last answer only, not of a 100 */
        x->head = false;
    }
    x->head = x->head || xd_str_trim(value).len == 0;

    name = xd_str_cut(&value, ':');
    if (is_named(name, "Retry-After")) {
        x->retry_after_ms = xd_retry_after(value, xd_now_ms());
    }

    return size * n;
}


/* -- what is sent -------------------------------------------------------- */

static bool
clean(xd_str_t s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char) s.ptr[i];

        if ((c < 0x20 && c != '\t') || c == 0x7f) {
            return false;
        }
    }

    return true;
}


/* The list may be made anew by curl; the old one stays ours when that
 * fails. */
static xd_rc_t
add_line(exchange_t *x, const char *line)
{
    struct curl_slist *lines = curl_slist_append(x->lines, line);

    if (line == NULL || lines == NULL) {
        return XD_E_MEMORY;
    }
    x->lines = lines;

    return XD_OK;
}


static xd_rc_t
add_header(exchange_t *x, const xd_web_header_t *h)
{
    /* "Name;" is how curl is told to send an empty one. */
    const char *sep = h->value.len > 0 ? ": " : ";";

    if (h->name.len == 0 || !clean(h->name) || !clean(h->value)
        || memchr(h->name.ptr, ':', h->name.len) != NULL)
    {
        return XD_E_CONF;
    }

    return add_line(x,
        xd_fmt(x->arena, "%.*s%s%.*s", XD_FMT(h->name), sep, XD_FMT(h->value))
            .ptr);
}


static xd_rc_t
add_headers(exchange_t *x, const xd_web_request_t *r)
{
    bool typed = false;
    /* curl would wait a second for the answer to its own Expect. */
    xd_rc_t rc = add_line(x, "Expect:");

    for (size_t i = 0; rc == XD_OK && i < r->nheaders; i++) {
        const xd_web_header_t *h = &r->headers[i];

        typed = typed || is_named(h->name, "Content-Type");
        rc = add_header(x, h);
    }
    if (rc == XD_OK && !typed) {
        rc = add_line(x, "Content-Type:"); /* else it calls it a form */
    }

    return rc;
}


/* An absolute URL of http or https; "user:password@" in it is sent as Basic
 * authentication. */
static bool
url_fits(const char *url)
{
    CURLU *u = curl_url();
    char *scheme = NULL;
    bool fits =
        u != NULL && curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK
        && curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK
        && (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0);

    curl_free(scheme);
    curl_url_cleanup(u);

    return fits;
}


/* Whatever has a body is sent as curl sends a POST, under its own name: so
 * length and repetition are handled alike for all of them. */
static void
set_method(CURL *easy, const xd_web_request_t *r)
{
    if (strcmp(r->method, "GET") == 0) {
        curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
        return;
    }
    if (strcmp(r->method, "HEAD") == 0) {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
        return;
    }

    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
        (curl_off_t) r->body.len);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS,
        r->body.len > 0 ? r->body.ptr : "");
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, r->method);
}


/* Nothing that a server says or the environment holds may lead elsewhere. */
static void
set_fences(CURL *easy, const xd_web_request_t *r)
{
    long own = r->repeatable ? 0 : 1;

    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NETRC, (long) CURL_NETRC_IGNORED);
    curl_easy_setopt(easy, CURLOPT_HTTPAUTH, (long) CURLAUTH_BASIC);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_HTTP09_ALLOWED, 0L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, own);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, own);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS,
        (long) (r->timeout_ms > 0 ? r->timeout_ms : TIMEOUT_MS));
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
        (long) (r->connect_ms > 0 ? r->connect_ms : CONNECT_MS));
}


static void
set_answer(exchange_t *x)
{
    curl_easy_setopt(x->easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(x->easy, CURLOPT_WRITEDATA, x);
    curl_easy_setopt(x->easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(x->easy, CURLOPT_HEADERDATA, x);
    curl_easy_setopt(x->easy, CURLOPT_ERRORBUFFER, x->error);
    curl_easy_setopt(x->easy, CURLOPT_PRIVATE, x);
}


/* Only what copies a string can fail, and then for want of memory. */
static xd_rc_t
set_request(exchange_t *x, const xd_web_request_t *r)
{
    const char *url = xd_dup(x->arena, r->url).ptr;
    xd_rc_t rc;

    if (url == NULL) {
        return XD_E_MEMORY;
    }
    if (!clean(r->url) || !url_fits(url)) {
        return XD_E_CONF;
    }
    if (curl_easy_setopt(x->easy, CURLOPT_URL, url) != CURLE_OK
        || curl_easy_setopt(x->easy, CURLOPT_UNIX_SOCKET_PATH, r->unix_socket)
               != CURLE_OK)
    {
        return XD_E_MEMORY;
    }

    rc = add_headers(x, r);
    curl_easy_setopt(x->easy, CURLOPT_HTTPHEADER, x->lines);
    set_method(x->easy, r);
    set_fences(x->easy, r);
    set_answer(x);

    return rc;
}


/* Each has an arena of its own: exchanges end in any order. */
static exchange_t *
exchange_new(xd_web_t *web, const xd_web_request_t *r)
{
    xd_arena_t *arena = xd_arena_new(0);
    exchange_t *x = arena != NULL ? xd_alloc(arena, sizeof(*x)) : NULL;

    if (x == NULL) {
        xd_arena_free(arena);
        return NULL;
    }

    x->web = web;
    x->arena = arena;
    x->answer_max = r->answer_max > 0 ? r->answer_max : ANSWER_MAX;
    x->retry_after_ms = -1;
    x->easy = curl_easy_init();
    if (x->easy == NULL) {
        exchange_free(x);
        return NULL;
    }

    return x;
}


xd_rc_t
xd_web_send(xd_web_t *web, const xd_web_request_t *request,
    xd_web_done_fn *done, void *ctx)
{
    exchange_t *x = exchange_new(web, request);
    xd_rc_t rc;

    if (x == NULL) {
        return XD_E_MEMORY;
    }

    x->done = done;
    x->ctx = ctx;

    rc = set_request(x, request);
    if (rc == XD_OK && curl_multi_add_handle(web->multi, x->easy) != CURLM_OK) {
        rc = XD_E_MEMORY;
    }
    if (rc != XD_OK) {
        exchange_free(x);
        return rc;
    }
    link_in(x);

    return XD_OK;
}


/* -- what came of it ----------------------------------------------------- */

/* curl calls an answer that ends inside its head a good one; and the status of
 * a body that is too long is whole all the same. */
static xd_web_result_t
result_of(exchange_t *x, CURLcode code)
{
    long sent = 0;

    if (x->head && (code == CURLE_OK || (code == CURLE_WRITE_ERROR && x->full)))
    {
        return XD_WEB_ANSWERED;
    }
    curl_easy_getinfo(x->easy, CURLINFO_REQUEST_SIZE, &sent);

    return sent > 0 ? XD_WEB_UNKNOWN : XD_WEB_NOT_SENT;
}


static const char *
error_of(const exchange_t *x, CURLcode code)
{
    if (code == CURLE_OK) {
        return "the answer ends inside its head";
    }

    return x->error[0] != '\0' ? x->error : curl_easy_strerror(code);
}


/* It leaves curl and the list before done is called, which may send again. */
static void
finish(exchange_t *x, CURLcode code)
{
    xd_web_answer_t answer = { .result = result_of(x, code),
        .retry_after_ms = -1 };
    char *type = NULL;
    long status = 0;

    curl_multi_remove_handle(x->web->multi, x->easy);
    link_out(x);

    if (answer.result == XD_WEB_ANSWERED) {
        curl_easy_getinfo(x->easy, CURLINFO_RESPONSE_CODE, &status);
        curl_easy_getinfo(x->easy, CURLINFO_CONTENT_TYPE, &type);
        answer.status = (int) status;
        answer.body = xd_buf_str(&x->body);
        answer.content_type = xd_str(type);
        answer.retry_after_ms = x->retry_after_ms;
    } else {
        answer.error = error_of(x, code);
    }

    x->done(x->ctx, &answer);
    exchange_free(x);
}


/* Messages are read until there is none: a done function may have sent again,
 * and that exchange may have failed already. */
static void
collect(xd_web_t *web)
{
    CURLMsg *msg;
    int left;

    while ((msg = curl_multi_info_read(web->multi, &left)) != NULL) {
        char *x = NULL;

        if (msg->msg == CURLMSG_DONE) {
            CURLcode code = msg->data.result;

            curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, &x);
            finish((exchange_t *) (void *) x, code);
        }
    }
}


/* -- between curl and the loop ------------------------------------------- */

static void
act(xd_web_t *web, curl_socket_t fd, int what)
{
    int running;
    CURLMcode code = curl_multi_socket_action(web->multi, fd, what, &running);

    if (code != CURLM_OK) {
        xd_log(XD_LOG_ERROR, NULL, "libcurl: %s", curl_multi_strerror(code));
    }
    collect(web);
}


/* A hang-up is something to read: the end of the answer may stand before
 * it. */
static void
on_io(void *ctx, int fd, short revents)
{
    int what = 0;

    what |= revents & (POLLIN | POLLHUP) ? CURL_CSELECT_IN : 0;
    what |= revents & POLLOUT ? CURL_CSELECT_OUT : 0;
    what |= revents & (POLLERR | POLLNVAL) ? CURL_CSELECT_ERR : 0;

    act(ctx, fd, what);
}


static void
on_due(void *ctx)
{
    act(ctx, CURL_SOCKET_TIMEOUT, 0);
}


/* -1 makes curl give up all exchanges: without a place in the loop they would
 * hang for ever. */
static int
on_socket(CURL *easy, curl_socket_t fd, int what, void *ctx, void *socket_ctx)
{
    static const short events[] = {
        [CURL_POLL_NONE] = 0,
        [CURL_POLL_IN] = POLLIN,
        [CURL_POLL_OUT] = POLLOUT,
        [CURL_POLL_INOUT] = POLLIN | POLLOUT,
    };
    xd_web_t *web = ctx;

    (void) easy;
    (void) socket_ctx;

    if (what == CURL_POLL_REMOVE) {
        xd_loop_unwatch(web->loop, fd);
        return 0;
    }

    return xd_loop_watch(web->loop, fd, events[what], on_io, web) == XD_OK ? 0
                                                                           : -1;
}


static int
on_timer(CURLM *multi, long ms, void *ctx)
{
    xd_web_t *web = ctx;

    (void) multi;

    if (ms < 0) {
        xd_timer_clear(web->loop, &web->timer);
        return 0;
    }

    return xd_timer_set(web->loop, &web->timer, ms) == XD_OK ? 0 : -1;
}


xd_web_t *
xd_web_new(xd_loop_t *loop)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_web_t *web = arena != NULL ? xd_alloc(arena, sizeof(*web)) : NULL;

    if (web == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        xd_arena_free(arena);
        return NULL;
    }

    web->arena = arena;
    web->loop = loop;
    web->timer = (xd_timer_t){ .fire = on_due, .ctx = web };
    web->multi = curl_multi_init();
    if (web->multi == NULL) {
        curl_global_cleanup();
        xd_arena_free(arena);
        return NULL;
    }

    curl_multi_setopt(web->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(web->multi, CURLMOPT_SOCKETDATA, web);
    curl_multi_setopt(web->multi, CURLMOPT_TIMERFUNCTION, on_timer);
    curl_multi_setopt(web->multi, CURLMOPT_TIMERDATA, web);

    return web;
}


/* Exchanges are taken out before the multi handle goes; curl would otherwise
 * call back into what is half gone. */
void
xd_web_free(xd_web_t *web)
{
    if (web == NULL) {
        return;
    }

    while (web->first != NULL) {
        exchange_t *x = web->first;

        curl_multi_remove_handle(web->multi, x->easy);
        link_out(x);
        exchange_free(x);
    }

    curl_multi_cleanup(web->multi);
    xd_timer_clear(web->loop, &web->timer);
    curl_global_cleanup();
    xd_arena_free(web->arena);
}
