/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The reader of HTTP answers by itself: every answer cut at every byte, and
 * changed at random.  Bytes stand in memory that ends where they end, so that
 * the sanitizer sees a look behind them.  Writes TAP.
 */

#include <stdio.h>
#include <stdlib.h>

#include "ngx_xd_answer.h"

#define ROUNDS 20000


static const struct {
    const char *bytes;
    unsigned status;
    const char *body;
    int by_end;   /* whole only when the peer closes */
    size_t spare; /* bytes behind what makes it whole: trailers */
} answers[] = {
    { "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 200, "{}", 0, 0 },
    { "HTTP/1.1 200 OK\nContent-Length:2\n\n{}", 200, "{}", 0, 0 },
    { "HTTP/1.1 204\r\nContent-Length: 0\r\n\r\n", 204, "", 0, 0 },
    { "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n"
      "1;a=b\r\n{\r\n00001\r\n}\r\n0\r\n\r\n",
        200, "{}", 0, 2 },
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
      "A\r\n0123456789\r\n0\r\n",
        200, "0123456789", 0, 0 },
    { "HTTP/1.0 503 \r\nX: y\r\n\r\naway", 503, "away", 1, 0 },
};

#define ANSWERS (sizeof(answers) / sizeof(answers[0]))


static unsigned failed, tests;


static void
check(int good, const char *name, size_t n)
{
    tests++;

    if (!good) {
        failed++;
        printf("not ok %u - %s of answer %zu\n", tests, name, n);
    } else {
        printf("ok %u - %s of answer %zu\n", tests, name, n);
    }
}


static ngx_xd_answer_rc_t
read_copy(const char *bytes, size_t len, bool ended, ngx_xd_answer_t *out,
    char **copy)
{
    *copy = malloc(len == 0 ? 1 : len);
    if (*copy == NULL) {
        exit(2);
    }

    memcpy(*copy, bytes, len);

    return ngx_xd_answer_read(*copy, len, ended, out);
}


/* Nothing is whole before its last byte, and then it is what it is. */
static void
cut_everywhere(size_t n)
{
    size_t len = strlen(answers[n].bytes);
    bool more = true, cut = true;
    ngx_xd_answer_t out;
    char *copy;

    for (size_t i = 0; i < len - answers[n].spare; i++) {
        bool whole = read_copy(answers[n].bytes, i, false, &out, &copy)
                     != NGX_XD_ANSWER_MORE;

        free(copy);
        more = more && !whole;

        /* What only its end makes whole cannot be seen to be cut. */
        if (!answers[n].by_end) {
            whole = read_copy(answers[n].bytes, i, true, &out, &copy)
                    != NGX_XD_ANSWER_BAD;
            cut = cut && !whole && out.why != NULL;
            free(copy);
        }
    }

    check(more, "no part", n);
    check(cut, "each part that is the end is bad", n);

    check(read_copy(answers[n].bytes, len, answers[n].by_end, &out, &copy)
                  == NGX_XD_ANSWER_GOOD
              && out.status == answers[n].status
              && xd_str_is(out.body, answers[n].body),
        "the whole", n);
    free(copy);
}


/* Whatever comes: a body is never outside of the bytes. */
static void
change_at_random(size_t n)
{
    size_t len = strlen(answers[n].bytes);
    bool inside = true;
    char text[256];

    for (int i = 0; i < ROUNDS; i++) {
        ngx_xd_answer_t out;
        char *copy;

        memcpy(text, answers[n].bytes, len);
        for (int k = rand() % 3; k >= 0; k--) {
            text[(size_t) rand() % len] =
                rand() % 2 ? (char) rand() : "\r\n 0f;:"[rand() % 8];
        }

        if (read_copy(text, len, rand() % 2, &out, &copy) == NGX_XD_ANSWER_GOOD
            && out.body.len > 0)
        {
            inside = inside && out.body.ptr >= copy
                     && out.body.ptr + out.body.len <= copy + len;
        }

        free(copy);
    }

    check(inside, "the body, whatever came,", n);
}


int
main(int argc, char **argv)
{
    srand(argc > 1 ? (unsigned) strtoul(argv[1], NULL, 10) : 1);

    for (size_t n = 0; n < ANSWERS; n++) {
        cut_everywhere(n);
        change_at_random(n);
    }

    printf("1..%u\n", tests);

    return failed == 0 ? 0 : 1;
}
